export * from '../chunks/60d57fffa043.js';
