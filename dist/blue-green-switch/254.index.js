export * from '../chunks/2312325c286a.js';
