export * from '../chunks/59fdad21a2db.js';
