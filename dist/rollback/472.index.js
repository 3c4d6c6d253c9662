export * from '../chunks/1498def9ff12.js';
