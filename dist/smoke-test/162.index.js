export * from '../chunks/ceaf72ff6115.js';
