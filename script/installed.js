// Exits 0 when node_modules holds what package-lock.json says. Plain JavaScript: it runs before Node 24 is there.
import { readFileSync } from 'node:fs';

const packagesIn = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const found = packagesIn('node_modules/.package-lock.json'); // written by npm after every install
  return Object.entries(wanted).every(([path, { version, optional }]) => path === '' || (found[path]?.version ?? (optional ? version : undefined)) === version);
}

try {
  process.exitCode = isInstalled() ? 0 : 1;
} catch {
  process.exitCode = 1; // never installed
}
