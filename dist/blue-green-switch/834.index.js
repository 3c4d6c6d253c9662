export * from '../chunks/de802ab74151.js';
