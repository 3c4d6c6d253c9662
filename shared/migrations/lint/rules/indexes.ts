import { isSince } from '../dialect.ts';
import type { Rule } from '../rule.ts';
import { isLive } from '../scene.ts';
import { onChange } from './on-change.ts';

const CREATE = 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY';

/** Indexes of PostgreSQL, whose building and dropping lock a table unless asked not to. */
export const INDEXES: readonly Rule[] = [
  {
    id: 'create-index-blocks', level: 'error', engines: ['postgres'], source: CREATE,
    why: 'Nobody can write the table until the index is built.',
    instead: 'Write CREATE INDEX CONCURRENTLY, in a migration of its own that runs without a transaction.',
    find: ({ act, scene }) => (act.kind === 'create-index' && !act.isConcurrent && isLive(act.table, scene) ? [`An index of ${act.table} is built`] : []),
  },
  {
    id: 'drop-index-blocks', level: 'warning', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-dropindex.html',
    why: 'It waits for every query of the table, and all later ones wait behind it.',
    instead: 'Write DROP INDEX CONCURRENTLY, in a migration of its own that runs without a transaction.',
    find: ({ act }) => (act.kind === 'drop' && act.thing === 'index' && !act.isConcurrent ? act.names.map((name) => `The index ${name} is dropped`) : []),
  },
  {
    id: 'reindex-blocks', level: 'error', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-reindex.html',
    why: 'Nobody can write the table, nor read it by this index, until it is built.',
    instead: 'Write REINDEX (CONCURRENTLY), in a migration of its own that runs without a transaction.',
    find: ({ act }) => (act.kind === 'reindex' && !act.isConcurrent ? [`REINDEX of ${act.name}`] : []),
  },
  {
    id: 'concurrently-if-not-exists', level: 'warning', engines: ['postgres'], source: CREATE,
    why: 'A build that failed or was cut off leaves an index of that name which is not valid, and IF NOT EXISTS takes it for the index.',
    instead: 'Put DROP INDEX CONCURRENTLY IF EXISTS of the same name before it, and leave IF NOT EXISTS out.',
    find: ({ act }) => (act.kind === 'create-index' && act.isConcurrent && act.isIfNotExists ? [`The index ${act.index} is built unless its name is there`] : []),
  },
  {
    id: 'detach-partition', level: 'warning', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
    why: 'Nobody can read or write any partition of the table until every query of it has ended.',
    instead: 'Write DETACH PARTITION … CONCURRENTLY, in a migration of its own that runs without a transaction.',
    find: onChange('detach-partition', (change, table, { database }) => (!change.isConcurrent && isSince(database, [14]) ? `${change.name} leaves ${table}` : undefined)),
  },
];
