import { readFileSync } from 'node:fs';

/** A sh function that tells what a container ended with, also while it runs again: `last_exit_code CONTAINER`. */
export const exitCodeFunction = readFileSync(new URL('./exit-code.sh', import.meta.url), 'utf8');
