import type { Column } from '../act.ts';
import type { Database } from '../dialect.ts';
import { workOf } from '../postgres-effects.ts';
import type { Rule } from '../rule.ts';
import { isLive } from '../scene.ts';
import { whyRewritten } from '../volatility.ts';
import { anyOf, onChange } from './on-change.ts';

const DOCS = 'https://www.postgresql.org/docs/current/sql-altertable.html';
const UNTIL_WRITTEN = 'Nobody can read or write the table until every row and index of it is written anew.';

/** What copies every row of a table while nobody may read it. */
export const REWRITING: readonly Rule[] = [
  {
    id: 'change-column-type', level: 'error', engines: ['postgres'], source: DOCS, why: UNTIL_WRITTEN,
    instead: 'Add a column of the new type, write both from the application, fill it in batches, and read it from the next release on.',
    find: onChange('change-type', (change, table, { database }) => (workOf(table, change, database) === 'rewrite' ? `${table}.${change.name} becomes ${change.type}${change.isComputed ? ' by USING' : ''}` : undefined)),
  },
  {
    id: 'widen-column-type', level: 'warning', engines: ['postgres'], source: DOCS,
    why: 'It takes a moment if the column was a shorter one of the same kind; from any other type every row is written anew, and nobody can read the table meanwhile.',
    instead: 'Look at what the rehearsal tells of tables written anew; where there is one, add a column and fill it in batches.',
    find: onChange('change-type', (change, table, { database }) => (workOf(table, change, database) === 'unsure' ? `${table}.${change.name} becomes ${change.type}` : undefined)),
  },
  {
    id: 'add-column-rewrites', level: 'error', engines: ['postgres'], source: DOCS, why: UNTIL_WRITTEN,
    instead: 'Add the column without it, set a default for new rows in a second statement, and fill old rows in batches.',
    find: onChange('add-column', (change, table, { database }) => (workOf(table, change, database) === 'rewrite' ? `The new column ${table}.${change.column.name} writes every row: ${whyWritten(change.column, database)}` : undefined)),
  },
  {
    id: 'rewrite-table', level: 'error', engines: ['postgres'], source: DOCS, why: UNTIL_WRITTEN,
    instead: 'Do it in a maintenance window, or with a tool that works while the table is in use, such as pg_repack.',
    find: anyOf(
      ({ act, scene }) => (act.kind === 'rewrite' && isLive(act.table, scene) ? [`${act.how} of ${act.table || 'all tables'}`] : []),
      onChange('rewrite', (change, table) => `${change.how} of ${table}`),
    ),
  },
  {
    id: 'refresh-blocks', level: 'warning', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html',
    why: 'Nobody can read the view until its query has ended.',
    instead: 'Write REFRESH MATERIALIZED VIEW CONCURRENTLY, for which the view needs a unique index.',
    find: ({ act, scene }) => (act.kind === 'refresh' && !act.isConcurrent && isLive(act.name, scene) ? [`The view ${act.name} is filled anew`] : []),
  },
];

function whyWritten({ generated, type, preset }: Column, database: Database): string {
  if (generated === 'stored') return 'it is computed and stored';
  if (generated === 'identity') return `${type} numbers the rows that are there`;
  return whyRewritten(preset, database) ?? type;
}
