import type { MigrationSql } from './lint/sql-text.ts';

/** The kinds of database that migrations are for. */
export const DATABASES = ['postgres', 'mysql', 'sqlite'] as const;
export type Database = (typeof DATABASES)[number];

/** One migration, as its engine knows it. */
export interface Migration {
  /** As the status tells it, and as its undo takes it. */
  readonly name: string;
  /** Its file, relative to the folder that commands run in; undefined where there is none, or it is not one file. */
  readonly file?: string;
}

/** What an engine finds in a database and in its files. */
export interface Status {
  /** In the order in which they were, or are to be, applied. */
  readonly applied: readonly Migration[];
  readonly pending: readonly Migration[];
  /** Names of what the database has had applied and the files do not know. */
  readonly unknown: readonly string[];
}

/** What an engine goes by. */
export interface Setup {
  readonly database: Database;
  /** Folder of the migrations, relative to the folder that commands run in; empty for that folder itself. */
  readonly directory: string;
  /** Values of the engine's own options, defaults filled in. */
  readonly options: Readonly<Record<string, string>>;
}

/** Something that is run on the server, after which the database has had so much more applied, or undone. */
export interface Call {
  /** What it applies or undoes, for people. */
  readonly title: string;
  readonly script: string;
}

/** An option that an engine takes besides what all have. */
export interface EngineOption {
  readonly description: string;
  /** Absent where it must be given. */
  readonly default?: string;
}

/**
 * A tool that applies migrations, as pure values: sh texts and readers of what they print. A text runs on the server under `set -e` in the
 * release's folder (or that of the uploaded files), in a shell that has
 * - the database in the variables of its own clients (PGHOST … with PGPASSFILE and PGOPTIONS; MYSQL_HOST, MYSQL_TCP_PORT, MYSQL_USER and
 *   MYSQL_DEFAULTS_FILE), in SLIPWAY_DATABASE its name, and in DATABASE_URL as an address, with its password only where `needsPassword`;
 * - LOCK_TIMEOUT_MS and STATEMENT_TIMEOUT_MS, for tools that hear neither of them from PGOPTIONS;
 * - `rows_of`, a function that asks the database what comes on its standard input and prints rows with columns between `|`;
 * - ROOM, an empty folder of its own that goes with the plan.
 * No value is put into a text but through quote() or commandLine().
 */
export interface Engine {
  readonly name: string;
  readonly databases: readonly Database[];
  /** Whether its tests run the real tool; told in the README where not. */
  readonly isTested: boolean;
  /** Whether its process must have the password in its environment, because it reads it from nowhere else. */
  readonly needsPassword: boolean;
  readonly options: Readonly<Record<string, EngineOption>>;
  /** Programs without which it cannot work, each looked for on the server's PATH. */
  programs(setup: Setup): readonly string[];
  /** Prints what `parseStatus` reads: the same, byte by byte, as long as nothing is applied or undone. */
  status(setup: Setup): string;
  /** @throws {UserError} when it is not what the tool prints. */
  parseStatus(printed: string, setup: Setup): Status;
  /** Prints the SQL that applying one migration would run; absent where the tool cannot, or its file is the SQL. */
  sql?(setup: Setup, migration: Migration): string;
  /** A pending migration as the lint reads it, from the text of its file or from what `sql` printed; absent where neither tells. @throws {UserError} when the text is not as the tool has it. */
  read?(migration: Migration, text: string): MigrationSql;
  /** Makes what the tool keeps its own record in, where it does so by itself at the first apply: a failure of that one must not look like a change. */
  prepare?(setup: Setup): string;
  /** Applies all that is pending, one call for each where the tool can be held after it, for then it is known what each left. */
  apply(setup: Setup, pending: readonly Migration[]): readonly Call[];
  /** Undoes what was applied, the newest first; absent where the tool has no way back. */
  undo?(setup: Setup, applied: readonly Migration[]): readonly Call[];
}
