import { UserError } from '#shared/core/errors';
import { commandLine, quote } from '#shared/core/quote';
import type { Engine, Migration, Setup, Status } from '../engine.ts';

const IS_THERE: Readonly<Record<Setup['database'], string>> = {
  postgres: 'select case when to_regclass(\'schema_migrations\') is null then 0 else 1 end',
  mysql: 'select count(*) from information_schema.tables where table_schema = database() and table_name = \'schema_migrations\'',
  sqlite: 'select count(*) from sqlite_master where name = \'schema_migrations\'',
};

/** Rails' migrations, one by one, by `bin/rails`; DATABASE_URL goes before config/database.yml. What is applied is read from its table. */
export const rails: Engine = {
  name: 'rails',
  databases: ['postgres', 'mysql', 'sqlite'],
  isTested: true,
  needsPassword: false,
  options: { rails: { description: 'Rails\' program.', default: 'bin/rails' }, environment: { description: 'Value of RAILS_ENV.', default: 'production' } },
  programs: () => ['ruby'],
  status: ({ database, directory }) => [
    `for file in ./${quote([directory, 'db/migrate'].filter(Boolean).join('/'))}/*.rb; do [ ! -f "$file" ] || printf 'file|%s\\n' "$(basename "$file")"; done`,
    `if [ "$(printf '%s;\\n' ${quote(IS_THERE[database])} | rows_of)" = 1 ]; then echo "select 'at', version from schema_migrations order by version;" | rows_of; fi`, 'echo end',
  ].join('\n'),
  parseStatus,
  apply: (setup, pending) => pending.map((migration) => ({ title: migration.name, script: run(setup, ['db:migrate:up', `VERSION=${versionOf(migration)}`]) })),
  undo: (setup, applied) => applied.map((migration) => ({ title: migration.name, script: run(setup, ['db:migrate:down', `VERSION=${versionOf(migration)}`]) })),
};

function run({ directory, options }: Setup, words: readonly string[]): string {
  const own = options['rails'] ?? '';
  return [`cd ./${quote(directory)}`, `export RAILS_ENV=${quote(options['environment'] ?? '')}`, commandLine(['ruby', own, ...words])].join('\n');
}

function parseStatus(printed: string, { directory }: Setup): Status {
  const lines = printed.split('\n').filter((line) => line !== '');
  const strange = lines.slice(0, -1).find((line) => !/^file\|\d+_[^|]+\.rb$|^at\|\d+$/.test(line));
  if (lines.at(-1) !== 'end' || strange !== undefined) throw new UserError(`The status of Rails' migrations is not understood: ${(strange ?? printed).slice(0, 100)}`);
  const of = (kind: string): readonly string[] => lines.filter((line) => line.startsWith(`${kind}|`)).map((line) => line.slice(kind.length + 1));
  const [files, versions] = [of('file').toSorted(), of('at')];
  const known = (isApplied: boolean): readonly Migration[] => files.filter((file) => versions.includes(versionOf({ name: file })) === isApplied).map((file) => ({ name: file.replace(/\.rb$/, ''), file: [directory, 'db/migrate', file].filter(Boolean).join('/') }));
  return { applied: known(true), pending: known(false), unknown: versions.filter((version) => !files.some((file) => versionOf({ name: file }) === version)) };
}

function versionOf({ name }: Migration): string {
  return /^\d+/.exec(name)?.[0] ?? name;
}
