export * from '../chunks/f63087e533c6.js';
