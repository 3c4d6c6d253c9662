export * from '../chunks/a4d3e0402c05.js';
