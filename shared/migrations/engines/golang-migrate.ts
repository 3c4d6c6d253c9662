import { UserError } from '#shared/core/errors';
import { quote } from '#shared/core/quote';
import type { Engine, Migration, Setup, Status } from '../engine.ts';
import { printedSql } from './told.ts';

const IS_THERE: Readonly<Record<'postgres' | 'sqlite', string>> = { postgres: 'select case when to_regclass(\'schema_migrations\') is null then 0 else 1 end', sqlite: 'select count(*) from sqlite_master where name = \'schema_migrations\'' };
// Its address is an argument of its own, so it must hold no password: lib/pq takes that from PGPASSFILE.
const ADDRESS = '. "$ADDRESS"\ncase $DATABASE_URL in sqlite:*) DATABASE_URL="sqlite://${DATABASE_URL#sqlite:}" ;; esac';

/** golang-migrate: a folder of NUMBER_title.up.sql and .down.sql; its table holds the one number that the database is at. */
export const golangMigrate: Engine = {
  name: 'golang-migrate',
  databases: ['postgres', 'sqlite'],
  isTested: true,
  needsPassword: false,
  options: {},
  programs: () => ['migrate'],
  status: ({ database, directory }) => [
    `for file in ./${quote(directory)}/*.up.sql; do [ ! -f "$file" ] || printf 'file|%s\\n' "$(basename "$file" .up.sql)"; done`,
    `if [ "$(printf '%s;\\n' ${quote(IS_THERE[database === 'sqlite' ? 'sqlite' : 'postgres'])} | rows_of)" = 1 ]; then echo "select 'at', version, case when dirty then 'dirty' else 'clean' end from schema_migrations;" | rows_of; fi`, 'echo end',
  ].join('\n'),
  parseStatus,
  sql: ({ directory }, { name }) => `cat ./${quote(`${directory}/${name}`)}.up.sql\n[ ! -s ./${quote(`${directory}/${name}`)}.down.sql ] || printf '\\n-- can be undone\\n'`,
  read: (migration, text) => {
    const read = printedSql(migration, text);
    return { ...read, up: { ...read.up, firstLine: 1, road: 'message' } };
  },
  apply: ({ directory }, pending) => pending.map(({ name }) => ({ title: name, script: `${ADDRESS}\nmigrate -path ./${quote(directory)} -database "$DATABASE_URL" goto ${quote(versionOf(name))}` })),
  undo: ({ directory }, applied) => applied.map(({ name }) => ({ title: name, script: `${ADDRESS}\nif [ "$(echo 'select version from schema_migrations;' | rows_of)" = ${quote(versionOf(name))} ]; then migrate -path ./${quote(directory)} -database "$DATABASE_URL" down 1; fi` })),
};

function parseStatus(printed: string, { directory }: Setup): Status {
  const lines = printed.split('\n').filter((line) => line !== '');
  const strange = lines.slice(0, -1).find((line) => !/^file\|\d+_[^|]*$|^at\|\d+\|(?:dirty|clean)$/.test(line));
  if (lines.at(-1) !== 'end' || strange !== undefined) throw new UserError(`The status of golang-migrate is not understood: ${(strange ?? printed).slice(0, 100)}`);
  const [, at, state] = lines.find((line) => line.startsWith('at|'))?.split('|') ?? [];
  if (state === 'dirty') throw new UserError(`golang-migrate has left version ${at} dirty: it failed half-way. Mend the database, then run "migrate force" with the version that it is at.`);
  const reached = at === undefined ? -1n : BigInt(at);
  const files: readonly Migration[] = lines.filter((line) => line.startsWith('file|')).map((line) => line.slice('file|'.length)).map((name) => ({ name, file: `${directory === '' ? '' : `${directory}/`}${name}.up.sql` })).toSorted((one, other) => (numberOf(one) < numberOf(other) ? -1 : 1));
  return { applied: files.filter((one) => numberOf(one) <= reached), pending: files.filter((one) => numberOf(one) > reached), unknown: at !== undefined && !files.some((one) => numberOf(one) === reached) ? [at] : [] };
}

function versionOf(name: string): string {
  return BigInt(/^\d+/.exec(name)?.[0] ?? '').toString();
}

function numberOf({ name }: Migration): bigint {
  return BigInt(versionOf(name));
}
