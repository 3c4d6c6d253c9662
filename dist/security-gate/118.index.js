export * from '../chunks/14bb8b403772.js';
