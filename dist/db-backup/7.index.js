export * from '../chunks/84b186dee1fb.js';
