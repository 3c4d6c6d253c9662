import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import type { Engine, Migration, Setup } from '../engine.ts';
import { identify, parseTold, printedSql } from './told.ts';

const program = readFileSync(new URL('./django.py', import.meta.url), 'utf8');

/** Django's migrations, by a program of ours within `manage.py shell`: its status, its SQL, and each migration alone. */
export const django: Engine = {
  name: 'django',
  databases: ['postgres', 'mysql', 'sqlite'],
  isTested: true,
  needsPassword: false,
  options: {
    python: { description: 'The Python that has Django, such as `.venv/bin/python`.', default: 'python3' },
    manage: { description: 'Path of manage.py, from the folder of the migrations.', default: 'manage.py' },
    alias: { description: 'Name of the database in Django\'s settings.', default: 'default' },
  },
  programs: ({ options }) => (options['python']?.includes('/') === true ? [] : [options['python'] ?? '']),
  status: (setup) => `${run(setup, ['status'])}\ncat "$ROOM/told"`,
  parseStatus: (printed) => parseTold('Django', printed),
  sql: (setup, migration) => `${run(setup, ['sql', ...wordsOf(migration)])}\ncat "$ROOM/told"`,
  read: printedSql,
  prepare: (setup) => run(setup, ['prepare']),
  apply: (setup, pending) => pending.map((migration) => ({ title: migration.name, script: run(setup, ['apply', ...wordsOf(migration)]) })),
  undo: (setup, applied) => applied.map((migration) => ({ title: migration.name, script: run(setup, ['undo', ...wordsOf(migration)]) })),
};

function run({ database, directory, options }: Setup, task: readonly string[]): string {
  return [
    identify(database), ...(directory === '' ? [] : [`cd ./${quote(directory)}`]),
    `export PYTHONDONTWRITEBYTECODE=1 SLIPWAY_ALIAS=${quote(options['alias'] ?? '')} SLIPWAY_TASK=${quote(JSON.stringify(task))}`,
    `${commandLine([options['python'] ?? '', options['manage'] ?? '', 'shell', '--verbosity', '0', '--command', program])} >&2`,
  ].join('\n');
}

// An app's label has no dot.
function wordsOf({ name }: Migration): readonly string[] {
  const at = name.indexOf('.');
  return [name.slice(0, at), name.slice(at + 1)];
}
