import type { Constraint } from '../act.ts';
import { isSince } from '../dialect.ts';
import type { Rule } from '../rule.ts';
import { anyOf, onChange } from './on-change.ts';

const DOCS = 'https://www.postgresql.org/docs/current/sql-altertable.html';

/** What looks at every row of a table while it is locked, or fails because of the rows that are there. */
export const VALIDATING: readonly Rule[] = [
  {
    id: 'set-not-null', level: 'error', engines: ['postgres'], source: DOCS,
    why: 'Nobody can read or write the table until every row has been looked at.',
    instead: 'Add CHECK (column IS NOT NULL) NOT VALID, validate it in a later migration, and set NOT NULL after that: PostgreSQL 12 and newer then need not look.',
    find: onChange('set-not-null', ({ name }, table, { checks, database }) => {
      const isProven = isSince(database, [12]) && [...checks].some(([key, check]) => key.startsWith(`${table} `) && check.column === name && check.isValid);
      return isProven ? undefined : `${table}.${name} becomes NOT NULL, and no CHECK that is known says that it already is`;
    }),
  },
  {
    id: 'add-constraint-validates', level: 'error', engines: ['postgres'], source: DOCS,
    why: 'Nobody can write the table, nor the one that it refers to, until every row has been looked at.',
    instead: 'Add the constraint NOT VALID, and VALIDATE CONSTRAINT in a later migration, which lets all read and write.',
    find: anyOf(
      onChange('add-constraint', ({ constraint }, table) => (['check', 'foreign key'].includes(constraint.kind) && !constraint.isLater ? `${nameOf(constraint)} of ${table} is checked at once` : undefined)),
      onChange('add-column', ({ column }, table) => (column.isChecked || (column.references !== undefined && column.preset !== undefined) ? `${table}.${column.name} brings a constraint that is checked at once` : undefined)),
    ),
  },
  {
    id: 'add-unique-constraint', level: 'error', engines: ['postgres'], source: DOCS,
    why: 'Nobody can read or write the table until its index is built.',
    instead: 'Build the index with CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX in a later migration.',
    find: anyOf(
      onChange('add-constraint', ({ constraint }, table) => (['unique', 'primary key', 'exclude'].includes(constraint.kind) && !constraint.usesIndex ? `${nameOf(constraint)} of ${table} builds an index` : undefined)),
      onChange('add-column', ({ column }, table) => (column.isUnique || column.isPrimary ? `${table}.${column.name} builds an index` : undefined)),
    ),
  },
  {
    id: 'attach-partition', level: 'warning', engines: ['postgres'], source: DOCS,
    why: 'Nobody can read or write the new partition, nor a default one, until every row has been looked at.',
    instead: 'Add a CHECK to it beforehand that says what the partition\'s bounds say, NOT VALID and then validated: PostgreSQL then need not look.',
    find: onChange('attach-partition', ({ name }, table, { created }) => (created.has(name) ? undefined : `${name} becomes a partition of ${table}`)),
  },
  {
    id: 'add-not-null-column', level: 'error', engines: ['postgres', 'mysql', 'mariadb'],
    why: 'On a table with rows PostgreSQL refuses it and MySQL puts in an empty value; and the release that runs fails at each INSERT that does not know the column.',
    instead: 'Give it a default, or add it without NOT NULL and demand it once every release writes it.',
    find: onChange('add-column', ({ column }, table, { database: { dialect } }) => {
      const isFilled = column.preset !== undefined || column.generated !== undefined || (dialect === 'postgres' && column.isPrimary);
      return column.isNotNull && !isFilled ? `${table}.${column.name} is NOT NULL and has no default` : undefined;
    }),
  },
];

function nameOf({ name, kind }: Constraint): string {
  return name === undefined ? `A ${kind} constraint` : `The ${kind} constraint ${name}`;
}
