export * from '../chunks/70546788d947.js';
