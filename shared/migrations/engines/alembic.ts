import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import type { Engine, Migration, Setup } from '../engine.ts';
import type { MigrationSql } from '../lint/sql-text.ts';
import { identify, parseTold, printedSql } from './told.ts';

const program = readFileSync(new URL('./alembic.py', import.meta.url), 'utf8');

/** Alembic's revisions, by a program of ours beside it: its status, its SQL, and each revision alone. */
export const alembic: Engine = {
  name: 'alembic',
  databases: ['postgres', 'mysql', 'sqlite'],
  isTested: true,
  needsPassword: false,
  options: {
    python: { description: 'The Python that has Alembic, such as `.venv/bin/python`.', default: 'python3' },
    config: { description: 'Path of alembic.ini, from the folder of the migrations.', default: 'alembic.ini' },
    section: { description: 'Its section.', default: 'alembic' },
  },
  programs: ({ options }) => (options['python']?.includes('/') === true ? [] : [options['python'] ?? '']),
  status: (setup) => `${run(setup, ['status'])}\ncat "$ROOM/told"`,
  parseStatus: (printed) => parseTold('Alembic', printed),
  sql: (setup, { name }) => `${run(setup, ['sql', name])}\ncat "$ROOM/told"`,
  read: withoutOwnRecord,
  prepare: (setup) => run(setup, ['prepare']),
  apply: (setup, pending) => pending.map(({ name }) => ({ title: name, script: run(setup, ['apply', name]) })),
  undo: (setup, applied) => applied.map(({ name }) => ({ title: name, script: run(setup, ['undo', name]) })),
};

function run({ database, directory, options }: Setup, task: readonly string[]): string {
  return [
    identify(database), ...(directory === '' ? [] : [`cd ./${quote(directory)}`]),
    `export PYTHONDONTWRITEBYTECODE=1 SLIPWAY_CONFIG=${quote(options['config'] ?? '')} SLIPWAY_SECTION=${quote(options['section'] ?? '')} SLIPWAY_TASK=${quote(JSON.stringify(task))}`,
    `${commandLine([options['python'] ?? '', '-c', program])} >&2`,
  ].join('\n');
}

// What it writes down of itself is nothing that a migration does.
function withoutOwnRecord(migration: Migration, printed: string): MigrationSql {
  return printedSql(migration, printed.replaceAll(/^(?:INSERT INTO|UPDATE|DELETE FROM) alembic_version\b[^\n]*;$/gm, ''));
}
