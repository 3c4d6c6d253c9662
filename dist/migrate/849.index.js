export * from '../chunks/6fb0710559f0.js';
