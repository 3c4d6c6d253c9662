import { UserError } from '#shared/core/errors';
import { commandLine, quote } from '#shared/core/quote';
import type { Engine, Setup, Status } from '../engine.ts';

const IS_THERE: Readonly<Record<Setup['database'], string>> = {
  postgres: 'select case when to_regclass(\'_prisma_migrations\') is null then 0 else 1 end',
  mysql: 'select count(*) from information_schema.tables where table_schema = database() and table_name = \'_prisma_migrations\'',
  sqlite: 'select count(*) from sqlite_master where name = \'_prisma_migrations\'',
};
const APPLIED = 'select migration_name, case when finished_at is null then \'failed\' else \'done\' end from _prisma_migrations where rolled_back_at is null order by started_at';

/** Prisma Migrate. What is applied is read from its table, what there is from its folders. */
export const prisma: Engine = {
  name: 'prisma',
  databases: ['postgres', 'mysql', 'sqlite'],
  isTested: false,
  needsPassword: true,
  options: { prisma: { description: 'Prisma\'s program.', default: 'node_modules/.bin/prisma' }, migrations: { description: 'Folder of the migrations.', default: 'prisma/migrations' } },
  programs: () => ['node'],
  status: ({ database, directory, options }) => [
    `cd ./${quote(directory)}`,
    `for folder in ./${quote(options['migrations'] ?? '')}/*/; do [ ! -f "$folder/migration.sql" ] || printf 'file|%s\\n' "$(basename "$folder")"; done`,
    `if [ "$(printf '%s;\\n' ${quote(IS_THERE[database])} | rows_of)" = 1 ]; then printf '%s;\\n' ${quote(APPLIED)} | rows_of; fi`, 'echo end',
  ].join('\n'),
  parseStatus: (printed, setup) => parseStatus(printed, setup),
  read: ({ name, file = name }, text) => ({ name, up: { path: file, text, firstLine: 1, road: 'message' }, down: undefined }),
  apply: ({ directory, options }, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: `cd ./${quote(directory)}\n${commandLine([options['prisma'] ?? '', 'migrate', 'deploy'])}` }]),
};

function parseStatus(printed: string, { directory, options }: Setup): Status {
  const lines = printed.split('\n').filter((line) => line !== '');
  const strange = lines.slice(0, -1).find((line) => !/^file\|[^|]+$|^[^|]+\|(?:done|failed)$/.test(line));
  if (lines.at(-1) !== 'end' || strange !== undefined) throw new UserError(`The status of Prisma's migrations is not understood: ${(strange ?? printed).slice(0, 100)}`);
  const rows = lines.slice(0, -1).map((line) => line.split('|') as [string, string]);
  const failed = rows.find(([, state]) => state === 'failed');
  if (failed !== undefined) throw new UserError(`Prisma's migration ${failed[0]} has failed half-way. Mend the database, then run "prisma migrate resolve".`);
  const files = rows.filter(([kind]) => kind === 'file').map(([, name]) => name);
  const applied = rows.filter(([kind]) => kind !== 'file').map(([name]) => name);
  const of = (names: readonly string[]) => names.map((name) => ({ name, file: [directory, options['migrations'], name, 'migration.sql'].filter(Boolean).join('/') }));
  return { applied: of(applied.filter((name) => files.includes(name))), pending: of(files.filter((name) => !applied.includes(name))), unknown: applied.filter((name) => !files.includes(name)) };
}
