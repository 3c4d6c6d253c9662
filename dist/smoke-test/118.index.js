export * from '../chunks/7aa826a270dd.js';
