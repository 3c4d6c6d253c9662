export * from '../chunks/78551845a2fb.js';
