/** How a database reads SQL. */
export type Dialect = 'postgres' | 'mysql' | 'mariadb' | 'sqlite';

/** The database that migrations are for. */
export interface Database {
  readonly dialect: Dialect;
  /** Its version's numbers: [15, 4], [8, 0, 36]. */
  readonly version: readonly number[];
}

// Of a database whose version nobody knows, no more is expected than of the oldest that is still in wide use.
const OLDEST: Readonly<Record<Dialect, readonly number[]>> = { postgres: [14], mysql: [8, 0, 36], mariadb: [10, 6], sqlite: [3, 40] };

/** The database of a dialect, from the version it tells of itself: `15.4 (Debian …)`, `10.11.6-MariaDB`. */
export function databaseOf(dialect: Dialect, version?: string): Database {
  const numbers = /\d+(?:\.\d+)*/.exec(version ?? '')?.[0].split('.').map(Number);
  return { dialect, version: numbers ?? OLDEST[dialect] };
}

/** Whether the database has at least this version. */
export function isSince({ version }: Database, wanted: readonly number[]): boolean {
  const differing = wanted.findIndex((number, index) => number !== (version[index] ?? 0));
  return differing === -1 || (version[differing] ?? 0) > (wanted[differing] as number);
}

/** Whether it takes MySQL's words. */
export function isMysql({ dialect }: Pick<Database, 'dialect'>): boolean {
  return dialect === 'mysql' || dialect === 'mariadb';
}
