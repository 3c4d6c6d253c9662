export * from '../chunks/e7eb60c08dea.js';
