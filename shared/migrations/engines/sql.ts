import { UserError } from '#shared/core/errors';
import { quote } from '#shared/core/quote';
import type { Engine, Migration, Setup } from '../engine.ts';
import { sectionsOf } from '../lint/sections.ts';

const DBMATE = 'dbmate --env-file "$ADDRESS" --no-dump-schema';
// A variable that is there goes before that of the file.
const OWN_ADDRESS = 'unset DATABASE_URL';

/**
 * A folder of SQL files with `-- migrate:up` and `-- migrate:down`, run by dbmate. Its address of the database is in a file that it reads by
 * itself ($ADDRESS), so a password reaches neither its arguments nor its environment.
 */
export const sql: Engine = {
  name: 'sql',
  databases: ['postgres', 'mysql', 'sqlite'],
  isTested: true,
  needsPassword: false,
  options: {},
  programs: () => ['dbmate'],
  // It lists files alone; what the database has besides is asked for itself.
  status: (setup) => [
    OWN_ADDRESS,
    `${DBMATE} --migrations-dir ${quote(setup.directory)} status >"$ROOM/listed"`,
    'sed -n "/^\\[[X ]\\] /p" "$ROOM/listed"',
    'if grep -q "^\\[X\\] " "$ROOM/listed"; then echo "select version from schema_migrations order by version" | rows_of; fi',
  ].join('\n'),
  parseStatus,
  // Without files there is nothing to roll back, which it says once it has made its table.
  prepare: () => [OWN_ADDRESS, 'rm -rf "$ROOM/alone"', 'mkdir "$ROOM/alone"', `${DBMATE} --migrations-dir "$ROOM/alone" rollback || :`].join('\n'),
  read: ({ name, file = name }, text) => sectionsOf(name, file, text),
  apply: ({ directory }, pending) => pending.map((migration) => ({ title: migration.name, script: alone(directory, migration, 'migrate') })),
  undo: ({ directory }, applied) => applied.map((migration) => ({ title: migration.name, script: alone(directory, migration, 'rollback') })),
};

// In a folder of its own it is the only one that dbmate finds, so nothing else is applied or undone.
function alone(directory: string, { name }: Migration, command: string): string {
  return [
    OWN_ADDRESS, 'rm -rf "$ROOM/alone"', 'mkdir "$ROOM/alone"',
    `cp ${quote(`./${directory}/${name}`)} "$ROOM/alone/"`,
    `${DBMATE} --migrations-dir "$ROOM/alone" ${command}`,
  ].join('\n');
}

function parseStatus(printed: string, { directory }: Setup): ReturnType<Engine['parseStatus']> {
  const lines = printed.split('\n').filter((line) => line !== '');
  const listed = lines.flatMap((line) => {
    const [, sign, name = ''] = /^\[([X ])\] (.+)$/.exec(line) ?? [];
    return sign === undefined ? [] : [{ isApplied: sign === 'X', name, file: `${directory}/${name}` }];
  });
  const versions = lines.filter((line) => !line.startsWith('['));
  const strange = versions.find((version) => !/^\d+$/.test(version));
  if (strange !== undefined) throw new UserError(`dbmate's status has a line that is not understood: ${strange.slice(0, 100)}`);
  for (const [index, { name }] of listed.entries()) {
    const other = listed.slice(0, index).find((each) => versionOf(each.name) === versionOf(name));
    if (other !== undefined) throw new UserError(`${other.name} and ${name} are of one version, so once one is applied the other passes for it and never runs. Give the newer one another number.`);
  }
  const known = new Set(listed.map(({ name }) => versionOf(name)));
  const plain = (isApplied: boolean): readonly Migration[] => listed.filter((each) => each.isApplied === isApplied).map(({ name, file }) => ({ name, file }));
  return { applied: plain(true), pending: plain(false), unknown: versions.filter((version) => !known.has(version)) };
}

function versionOf(name: string): string {
  return /^\d+/.exec(name)?.[0] ?? name;
}
