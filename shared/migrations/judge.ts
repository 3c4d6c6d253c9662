import { UserError } from '#shared/core/errors';
import { irreversibleOf, type Irreversible } from './lint/irreversible.ts';
import { databaseOf, type Database } from './lint/dialect.ts';
import type { LintFinding } from './lint/finding.ts';
import { lint } from './lint/lint.ts';
import type { Level } from './lint/rule.ts';
import type { MigrationWaiver } from './lint/waiver-list.ts';
import type { MigrationSql } from './lint/sql-text.ts';
import type { Engine, Migration, Status } from './engine.ts';
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

// What an applied migration may have proven for one that is pending is proven shortly before, so older ones are not read.
const NEWEST = 100;
const NEWEST_PRINTED = 10;

/** The applied migrations whose texts say something about the pending ones, whose texts these are; an engine that prints them takes a second for each. */
export function historyToRead({ applied }: Status, { sql }: Pick<Engine, 'sql'>, pending: ReadonlyMap<string, string>): readonly Migration[] {
  return [...pending.values()].some((text) => /set\s+not\s+null/i.test(text)) ? applied.slice(sql === undefined ? -NEWEST : -NEWEST_PRINTED) : [];
}

/** Judges the pending migrations by their texts, knowing those of applied ones. @throws {UserError} when a pending one is not as its engine has it. */
export function judge({ applied, pending }: Status, texts: ReadonlyMap<string, string>, { read }: Pick<Engine, 'read'>, { server }: Pick<Facts, 'server'>, { levels, waivers }: Judging): Judged {
  const known = pending.flatMap((migration) => (read !== undefined && texts.has(migration.name) ? [read(migration, texts.get(migration.name) ?? '')] : []));
  const names = new Set(known.map(({ name }) => name));
  const database = databaseFrom(server);
  return {
    // Who carries them out sets the lock time-out.
    findings: lint(known, { database, levels, waivers, hasLockTimeout: true, applied: applied.map((migration) => readApplied(migration, texts, read)) }),
    irreversible: irreversibleOf(known, database),
    unread: pending.map(({ name }) => name).filter((name) => !names.has(name)),
  };
}

// One that is not as its engine has it now tells nothing, and is nobody's fault any more.
function readApplied(migration: Migration, texts: ReadonlyMap<string, string>, read: Engine['read']): MigrationSql {
  const nothing: MigrationSql = { name: migration.name, up: { path: '', text: '', firstLine: undefined, road: 'statements' }, down: undefined };
  try {
    return read?.(migration, texts.get(migration.name) ?? '') ?? nothing;
  } catch (error) {
    if (error instanceof UserError) return nothing;
    throw error;
  }
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
