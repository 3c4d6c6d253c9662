import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, Migration, Setup, Status } from '#shared/migrations/engine';
import type { MigrationSql } from '#shared/migrations/lint/sql-text';

/** A database as an engine's texts find it. */
export interface EngineDatabase {
  readonly kind: Setup['database'];
  /** The variables of its own clients, DATABASE_URL and the like. */
  readonly environment: Readonly<Record<string, string>>;
  /** sh for the body of rows_of. */
  readonly rowsOf: string;
}

/** An engine in the hands of a test: each runs its text in dash, in the folder, with what the interface promises it. */
export interface EngineShell {
  status(): Status;
  sql(migration: Migration): MigrationSql;
  prepare(): void;
  apply(...names: readonly string[]): void;
  undo(...names: readonly string[]): void;
  /** The same with other variables. */
  with(environment: Readonly<Record<string, string>>): EngineShell;
}

/** Makes one; `options` beside the engine's defaults. */
export function engineShell(engine: Engine, folder: string, database: EngineDatabase, given: { readonly directory?: string; readonly options?: Readonly<Record<string, string>>; readonly lockTimeout?: number } = {}): EngineShell {
  const defaults = Object.fromEntries(Object.entries(engine.options).map(([name, option]) => [name, option.default ?? '']));
  const setup: Setup = { database: database.kind, directory: given.directory ?? '', options: { ...defaults, ...given.options } };
  const run = (text: string): string => {
    const room = mkdtempSync(join(tmpdir(), 'room-'));
    try {
      return execFileSync('dash', ['-e', '-c', `rows_of() {\n${database.rowsOf}\n}\n${text}`], {
        cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', ROOM: room, LOCK_TIMEOUT_MS: String(given.lockTimeout ?? 2_000), STATEMENT_TIMEOUT_MS: '60000', ...database.environment },
      });
    } finally {
      rmSync(room, { recursive: true, force: true });
    }
  };
  const named = (names: readonly string[]): readonly Migration[] => names.map((name) => ({ name }));
  return {
    status: () => engine.parseStatus(run(engine.status(setup)), setup),
    sql: (migration) => {
      if (engine.sql === undefined || engine.read === undefined) throw new Error(`${engine.name} prints no SQL`);
      return engine.read(migration, run(engine.sql(setup, migration)));
    },
    prepare: () => { if (engine.prepare !== undefined) run(engine.prepare(setup)); },
    apply: (...names) => { for (const { script } of engine.apply(setup, named(names))) run(script); },
    undo: (...names) => { for (const { script } of engine.undo?.(setup, named(names)) ?? []) run(script); },
    with: (environment) => engineShell(engine, folder, { ...database, environment: { ...database.environment, ...environment } }, given),
  };
}

/** A PostgreSQL database of a test's cluster. */
export function postgresOf(cluster: { readonly socket: string; readonly user: string }, name: string): EngineDatabase {
  return {
    kind: 'postgres', rowsOf: 'psql -XAtq -v ON_ERROR_STOP=1 -F "|"',
    environment: { PGHOST: cluster.socket, PGUSER: cluster.user, PGDATABASE: name, SLIPWAY_DATABASE: name, DATABASE_URL: `postgres://${cluster.user}@/${name}?host=${cluster.socket}` },
  };
}

/** A MariaDB database, as root of its server. */
export function mariadbOf({ socket }: { readonly socket: string }, name: string): EngineDatabase {
  return {
    kind: 'mysql', rowsOf: 'mariadb --no-defaults --socket="$MYSQL_UNIX_PORT" --user="$MYSQL_USER" -N -B "$SLIPWAY_DATABASE" | tr "\\t" "|"',
    environment: { MYSQL_UNIX_PORT: socket, MYSQL_USER: 'root', SLIPWAY_DATABASE: name, DATABASE_URL: `mysql://root@/${name}?socket=${socket}` },
  };
}

/** A SQLite file. */
export function sqliteOf(path: string): EngineDatabase {
  return { kind: 'sqlite', rowsOf: 'sqlite3 -batch -bail -separator "|" "$SLIPWAY_DATABASE"', environment: { SLIPWAY_DATABASE: path, DATABASE_URL: `sqlite:///${path}` } };
}
