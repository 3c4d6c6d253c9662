import type { Change, Column, Constraint } from './act.ts';
import { isSince, type Database } from './dialect.ts';

/**
 * How InnoDB does a change: `instant` at once, `index` without building the table anew while all may write, `rebuild` likewise but builds it
 * anew, `blocking` while nobody may write, `copy` row by row while nobody may write; `unsure` depends on what the column was.
 */
export type Way = 'instant' | 'index' | 'rebuild' | 'blocking' | 'copy' | 'unsure';

const INSTANT_COLUMN = { mysql: [8, 0, 12], mariadb: [10, 3] } as const;
const INSTANT_DROP = { mysql: [8, 0, 29], mariadb: [10, 4] } as const;

/**
 * The way of one change of an ALTER TABLE. https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html,
 * https://mariadb.com/docs/server/server-usage/storage-engines/innodb/innodb-online-ddl/innodb-online-ddl-overview
 */
export function wayOf(change: Change, database: Database): Way {
  switch (change.kind) {
    case 'add-column': return wayOfColumn(change.column, database);
    case 'drop-column': return isSince(database, since(INSTANT_DROP, database)) ? 'instant' : 'rebuild';
    case 'modify-column': return 'unsure';
    case 'add-constraint': return wayOfConstraint(change.constraint);
    case 'add-index': return change.type === 'FULLTEXT' || change.type === 'SPATIAL' ? 'blocking' : 'index';
    case 'rewrite': return COPYING.includes(change.how) ? 'copy' : 'rebuild';
    case 'brief': return change.how === 'DROP INDEX' ? 'index' : 'instant';
    case 'unknown': return 'unsure';
    default: return 'instant';
  }
}

const COPYING = ['CONVERT TO CHARACTER SET', 'DROP PRIMARY KEY', 'PARTITION BY', 'REMOVE PARTITIONING', 'REORGANIZE PARTITION', 'COALESCE PARTITION', 'ORDER BY'];

function wayOfColumn({ generated, isUnique, isPrimary, references }: Column, database: Database): Way {
  if (generated === 'stored') return 'copy';
  if (generated === 'identity') return 'blocking';
  if (isPrimary || isUnique) return 'rebuild';
  if (references !== undefined && database.dialect === 'mariadb') return 'copy';
  return isSince(database, since(INSTANT_COLUMN, database)) ? 'instant' : 'rebuild';
}

function wayOfConstraint({ kind }: Constraint): Way {
  if (kind === 'unique') return 'index';
  return kind === 'primary key' ? 'rebuild' : 'copy';
}

function since(versions: { readonly mysql: readonly number[]; readonly mariadb: readonly number[] }, { dialect }: Database): readonly number[] {
  return dialect === 'mariadb' ? versions.mariadb : versions.mysql;
}
