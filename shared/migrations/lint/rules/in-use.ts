import type { Thing } from '../act.ts';
import { ALL, type Rule } from '../rule.ts';
import { isLive, type Scene } from '../scene.ts';
import { anyOf, onChange } from './on-change.ts';

const CONTRACT = 'Drop it in a later migration, once no release that may still run, or that you may go back to, uses it; then allow this rule there, with that reason.';

/** What takes away or renames what the release that runs is using. */
export const IN_USE: readonly Rule[] = [
  {
    id: 'drop-table', level: 'error', engines: ALL, instead: CONTRACT,
    why: 'The release that runs fails at each query of it, and its rows are gone.',
    find: ({ act, scene }) => (act.kind === 'drop' && isOf(act.thing, 'table', 'view', 'materialized view') ? act.names.filter((name) => isLive(name, scene) && !scene.rebuilt.has(name)).map((name) => `The ${act.thing} ${name} is dropped`) : []),
  },
  {
    id: 'drop-column', level: 'error', engines: ALL, instead: CONTRACT,
    why: 'The release that runs fails at each query that names it, and its values are gone.',
    find: onChange('drop-column', ({ name }, table, scene) => (isNewColumn(table, name, scene) ? undefined : `${table}.${name} is dropped`)),
  },
  {
    id: 'drop-schema', level: 'error', engines: ALL, instead: CONTRACT,
    why: 'Everything in it is gone, whatever uses it.',
    find: ({ act }) => (act.kind === 'drop' && isOf(act.thing, 'schema', 'database', 'owned') ? [`${act.thing === 'owned' ? 'All that belongs to' : `The ${act.thing}`} ${act.names.join(', ')} is dropped`] : []),
  },
  {
    id: 'drop-cascade', level: 'error', engines: ['postgres'],
    why: 'CASCADE also drops what depends on it, such as views, foreign keys and columns that no line here names.',
    instead: 'Drop by name what has to go, and leave CASCADE out.',
    find: ({ act, scene }) => (act.kind === 'drop' && act.isCascading && !act.names.every((name) => scene.created.has(name)) ? [`${act.names.join(', ')} goes with all that depends on it`] : []),
  },
  {
    id: 'rename-table', level: 'error', engines: ALL,
    why: 'The release that runs fails at each query of it, until the next one has taken over.',
    instead: 'Make a view of the new name and rename later; or make the new table, write both, fill it, and drop the old one in a later migration.',
    find: anyOf(
      ({ act, scene }) => (act.kind === 'rename-table' && isLive(act.table, scene) ? [`${act.table} is called ${act.to} from then on`] : []),
      onChange('rename-table', ({ to }, table) => (to.endsWith('.') ? `${table} moves to the schema ${to.slice(0, -1)}` : `${table} is called ${to} from then on`)),
    ),
  },
  {
    id: 'rename-column', level: 'error', engines: ALL,
    why: 'The release that runs fails at each query that names it, until the next one has taken over.',
    instead: 'Add a column of the new name, write both from the application, fill it in batches, and drop the old one in a later migration.',
    find: anyOf(
      onChange('rename-column', ({ name, to }, table, scene) => (isNewColumn(table, name, scene) ? undefined : `${table}.${name} is called ${to} from then on`)),
      onChange('modify-column', ({ was, column: { name } }, table) => (was === name ? undefined : `${table}.${was} is called ${name} from then on`)),
    ),
  },
  {
    id: 'rename-enum-value', level: 'error', engines: ['postgres'],
    why: 'The release that runs fails where it writes or compares the old word.',
    instead: 'Add the new word beside the old one, and move the rows in batches.',
    find: ({ act }) => (act.kind === 'enum' && act.renamed !== undefined ? [`${act.renamed} of ${act.type} becomes another word`] : []),
  },
  {
    id: 'truncate', level: 'error', engines: ALL,
    why: 'Every row is gone, and nobody can read the table until the transaction ends.',
    instead: 'Make a new table and let the next release use it; or delete in batches, by a condition.',
    find: ({ act, scene }) => (act.kind === 'truncate' ? act.tables.filter((table) => isLive(table, scene)).map((table) => `${table}${act.isCascading ? ' and all that refers to it' : ''} is emptied`) : []),
  },
  {
    id: 'write-without-where', level: 'error', engines: ALL,
    why: 'It locks every row, or writes every one anew, for as long as it takes, in one piece that nobody can stop half-way.',
    instead: 'Write in batches by key ranges, outside of the migration or in one that runs without a transaction.',
    find: ({ act, scene }) => (act.kind === 'write' && !act.isBounded && isLive(act.table, scene) ? [`${act.verb === 'update' ? 'UPDATE' : 'DELETE'} of all rows of ${act.table}`] : []),
  },
];

function isOf(thing: Thing, ...things: readonly Thing[]): boolean {
  return things.includes(thing);
}

function isNewColumn(table: string, name: string, { createdColumns }: Scene): boolean {
  return createdColumns.has(`${table}.${name}`);
}
