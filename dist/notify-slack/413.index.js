export * from '../chunks/dda6fa6a9cda.js';
