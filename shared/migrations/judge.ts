import { irreversibleOf, type Irreversible } from './lint/irreversible.ts';
import { databaseOf, type Database } from './lint/dialect.ts';
import type { LintFinding } from './lint/finding.ts';
import { lint } from './lint/lint.ts';
import type { Level } from './lint/rule.ts';
import type { MigrationWaiver } from './lint/waiver-list.ts';
import type { Engine, Status } from './engine.ts';
import type { Facts } from './rehearsal.ts';

/** What is known of pending migrations before anything is done. */
export interface Judged {
  readonly findings: readonly LintFinding[];
  readonly irreversible: readonly Irreversible[];
  /** Names of those whose SQL nobody tells, so that only the rehearsal can judge them. */
  readonly unread: readonly string[];
}

/** How findings are weighed. */
export interface Judging {
  readonly levels: Readonly<Record<string, Level>>;
  readonly waivers: readonly MigrationWaiver[];
}

/** Judges the pending migrations by their texts. @throws {UserError} when one is not as its engine has it. */
export function judge({ pending }: Status, texts: ReadonlyMap<string, string>, { read }: Engine, { server }: Pick<Facts, 'server'>, { levels, waivers }: Judging): Judged {
  const known = pending.flatMap((migration) => (read !== undefined && texts.has(migration.name) ? [read(migration, texts.get(migration.name) ?? '')] : []));
  const names = new Set(known.map(({ name }) => name));
  const database = databaseFrom(server);
  return {
    // Who carries them out sets the lock time-out.
    findings: lint(known, { database, levels, waivers, hasLockTimeout: true }),
    irreversible: irreversibleOf(known, database),
    unread: pending.map(({ name }) => name).filter((name) => !names.has(name)),
  };
}

/** `PostgreSQL 15.18`, `mariadb 10.11.19-MariaDB`, `SQLite 3.40.1`, as a look tells them. */
function databaseFrom(server: string): Database {
  const [name = '', version] = server.split(' ');
  switch (name.toLowerCase()) {
    case 'postgresql': return databaseOf('postgres', version);
    case 'mariadb': return databaseOf('mariadb', version);
    case 'mysql': return databaseOf('mysql', version);
    default: return databaseOf('sqlite', version);
  }
}
