import { readFileSync } from 'node:fs';

/** What a plan that takes or proves a backup set carries behind the executor: sh functions, which name each other freely. */
export const databaseFunctions = [
  readFileSync(new URL('./streams.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./compare.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./container.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./postgres.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./mysql.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./redis.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./mongodb.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./sqlite.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./files.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./command.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./set.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./opened-set.sh', import.meta.url), 'utf8'),
].join('\n');

const far = readFileSync(new URL('./far.sh', import.meta.url), 'utf8');

/** What a plan that has a set proven on another server carries besides, and that server's own. */
export const elsewhereFunctions = `${far}\n${readFileSync(new URL('./elsewhere.sh', import.meta.url), 'utf8')}`;

/** What a plan that copies a set carries. */
export const copyFunctions = [
  readFileSync(new URL('./streams.sh', import.meta.url), 'utf8'),
  far,
  readFileSync(new URL('./copy.sh', import.meta.url), 'utf8'),
].join('\n');

/** What a plan that makes a set live again carries besides. */
export const restoreFunctions = [
  readFileSync(new URL('./restore.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./restore-postgres.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./restore-mysql.sh', import.meta.url), 'utf8'),
  readFileSync(new URL('./restore-files.sh', import.meta.url), 'utf8'),
].join('\n');
