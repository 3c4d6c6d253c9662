export * from '../chunks/19a99d22040f.js';
