import { readFileSync } from 'node:fs';

/** Sh functions by which a plan removes the images that were brought for releases which are gone: `prune_images NAME`. */
export const pruneFunctions = readFileSync(new URL('./prune.sh', import.meta.url), 'utf8');
