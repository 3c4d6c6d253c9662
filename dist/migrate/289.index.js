export * from '../chunks/b6aa9ecc86cf.js';
