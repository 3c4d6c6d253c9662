export * from '../chunks/d7cbb318f36e.js';
