export * from '../chunks/0f822fb0848c.js';
