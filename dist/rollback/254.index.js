export * from '../chunks/ff98e59b5f51.js';
