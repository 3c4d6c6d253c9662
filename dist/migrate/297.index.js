export * from '../chunks/3819de1cc3ec.js';
