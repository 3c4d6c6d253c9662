export * from '../chunks/670845997933.js';
