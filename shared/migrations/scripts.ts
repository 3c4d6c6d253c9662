import { readFileSync } from 'node:fs';
import { databaseFunctions } from '#shared/database/scripts';

/** What a plan that looks at, rehearses, applies or undoes migrations carries behind the executor: sh functions. */
export const migrationFunctions = [
  databaseFunctions,
  readFileSync(new URL('./database.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./looking.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./applying.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./rehearsing.sh', import.meta.url), 'utf8'),
].join('\n');
