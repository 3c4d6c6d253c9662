import type { Rule } from '../rule.ts';
import { isLive } from '../scene.ts';
import { onChange } from './on-change.ts';

const DOCS = 'https://www.sqlite.org/lang_altertable.html';

/** What SQLite refuses, does to every row, or does otherwise than its text says. */
export const SQLITE: readonly Rule[] = [
  {
    id: 'add-column-refused', level: 'error', engines: ['sqlite'], source: `${DOCS}#alter_table_add_column`,
    why: 'SQLite refuses it on a table, or on one with rows, and the migration fails.',
    instead: 'Add a plain column with a constant default, or without NOT NULL; what is to be unique gets an index of its own.',
    find: onChange('add-column', ({ column }, table) => {
      const first = column.preset?.[0];
      const isVarying = first !== undefined && (first.text === '(' || /^current_(?:time|date|timestamp)$/i.test(first.text));
      const why = column.isPrimary || column.isUnique ? 'is PRIMARY KEY or UNIQUE' : column.generated === 'stored' ? 'is computed and stored' : isVarying ? 'has a default that is no constant' : column.isNotNull && column.preset === undefined && column.generated === undefined ? 'is NOT NULL and has no default' : undefined;
      return why === undefined ? undefined : `${table}.${column.name} ${why}`;
    }),
  },
  {
    id: 'rebuild-table', level: 'warning', engines: ['sqlite'], source: `${DOCS}#otheralter`,
    why: 'Every row is copied, and nobody can write any table of the file until the transaction ends.',
    instead: 'Do it in a maintenance window if the table is large.',
    find: ({ act, scene }) => (act.kind === 'drop' && act.thing === 'table' ? act.names.filter((name) => scene.rebuilt.has(name)).map((name) => `${name} is built anew as ${scene.rebuilt.get(name)}`) : []),
  },
  {
    id: 'foreign-keys-in-transaction', level: 'error', engines: ['sqlite'], source: 'https://www.sqlite.org/pragma.html#pragma_foreign_keys',
    why: 'Within a transaction it does nothing: DROP TABLE then deletes the rows first, and with them, by ON DELETE CASCADE, those of other tables.',
    instead: 'Run the migration without a transaction, and open one in it after the PRAGMA.',
    find: ({ act, scene }) => (act.kind === 'set' && act.name === 'foreign_keys' && (scene.transaction.isOpen || scene.road === 'transaction') ? ['PRAGMA foreign_keys in a transaction'] : []),
  },
  {
    id: 'rebuild-keeps-foreign-keys', level: 'warning', engines: ['sqlite'], source: `${DOCS}#otheralter`,
    why: 'Where foreign keys are on, DROP TABLE deletes the rows first, and with them, by ON DELETE CASCADE, those of other tables.',
    instead: 'Run the migration without a transaction, and begin it with PRAGMA foreign_keys = OFF, before BEGIN.',
    find: ({ act, scene }) => (act.kind === 'drop' && act.thing === 'table' && scene.foreignKeys !== 'off' ? act.names.filter((name) => scene.rebuilt.has(name)).map((name) => `${name} is dropped to be built anew`) : []),
  },
  {
    id: 'rename-before-rebuild', level: 'error', engines: ['sqlite'], source: `${DOCS}#otheralter`,
    why: 'Foreign keys, views and triggers of other tables follow the old table to its new name.',
    instead: 'Make the new table under another name, copy the rows, drop the old one, and rename the new one last.',
    find: ({ act, scene }) => (act.kind === 'create-table' && scene.renamedAway.has(act.table) && isLive(act.table, scene) ? [`${act.table} was renamed, and is made again`] : []),
  },
  {
    id: 'vacuum', level: 'error', engines: ['sqlite'], source: 'https://www.sqlite.org/lang_vacuum.html',
    why: 'It copies the whole file while nobody can write, and is refused within a transaction.',
    instead: 'Leave it out of migrations.',
    find: ({ act }) => (act.kind === 'vacuum' || (act.kind === 'rewrite' && act.how.startsWith('VACUUM')) ? ['VACUUM of the whole file'] : []),
  },
  {
    id: 'drop-column-rewrites', level: 'warning', engines: ['sqlite'], source: `${DOCS}#alter_table_drop_column`,
    why: 'Every row is written anew, and nobody can write any table of the file until that is done.',
    instead: 'Do it in a maintenance window if the table is large.',
    find: onChange('drop-column', ({ name }, table) => `${table}.${name} is dropped`),
  },
];
