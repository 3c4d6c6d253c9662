import type { Act, Change } from '../act.ts';
import { wayOf, type Way } from '../mysql-effects.ts';
import { MYSQL, type Rule, type Step } from '../rule.ts';
import { isLive } from '../scene.ts';

const DOCS = 'https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html';
// With one of these the server refuses what it could only do by copying, or while nobody may write.
const CAREFUL = ['INSTANT', 'INPLACE', 'NOCOPY'];

/** What InnoDB can do to a table only by copying it, or while nobody may write. */
export const MYSQL_RULES: readonly Rule[] = [
  {
    id: 'alter-copies', level: 'error', engines: MYSQL, source: DOCS,
    why: 'The table is copied row by row, and nobody can write it until that is done.',
    instead: 'Use a tool that copies in the background and swaps, such as gh-ost or pt-online-schema-change; or add a column and fill it in batches.',
    find: (step) => [...found(step, 'copy'), ...(step.act.kind === 'create-index' && step.act.options.includes('COPY') && isLive(step.act.table, step.scene) ? [`ALGORITHM=COPY of ${step.act.table}`] : [])],
  },
  {
    id: 'alter-may-copy', level: 'warning', engines: MYSQL, source: DOCS,
    why: 'Where the server cannot do it in place, it copies the table row by row, and nobody can write it until that is done.',
    instead: 'Add ALGORITHM=INSTANT, or ALGORITHM=INPLACE, LOCK=NONE, so that the server refuses rather than copies.',
    find: (step) => found(step, 'unsure'),
  },
  {
    id: 'alter-blocks-writes', level: 'error', engines: MYSQL, source: DOCS,
    why: 'Nobody can write the table until it is done.',
    instead: 'Do it in a maintenance window, or with a tool that copies in the background and swaps, such as gh-ost or pt-online-schema-change.',
    find: (step) => [...found(step, 'blocking'), ...ofIndex(step)],
  },
  {
    id: 'alter-rebuilds', level: 'warning', engines: MYSQL, source: DOCS,
    why: 'The table is built anew: all can read and write meanwhile, but it takes room for a second copy, and replicas fall behind by as long as it takes.',
    instead: 'Do it when little happens, with room on the disk; or with a tool that goes step by step, such as gh-ost.',
    find: (step) => [...found(step, 'rebuild'), ...(step.act.kind === 'rewrite' && isLive(step.act.table, step.scene) ? [`OPTIMIZE TABLE of ${step.act.table}`] : [])],
  },
  {
    id: 'checks-off', level: 'warning', engines: ['postgres', 'mysql', 'mariadb'],
    why: 'Rows that break a constraint come in unseen, and nothing looks at them later.',
    instead: 'Leave the checks on; load in the order of the references.',
    find: ({ act }) => (act.kind === 'set' && CHECKS.some(([name, values]) => act.name === name && values.includes(act.value)) ? [`${act.name} is ${act.value}`] : []),
  },
];

const CHECKS: readonly (readonly [string, readonly string[]])[] = [
  ['foreign_key_checks', ['0', 'off', 'false']], ['unique_checks', ['0', 'off', 'false']], ['check_constraint_checks', ['0', 'off', 'false']], ['session_replication_role', ['replica']],
];

function found({ act, scene }: Step, way: Way): readonly string[] {
  if (act.kind !== 'alter-table' || !isLive(act.table, scene)) return [];
  const [algorithm, lock] = [optionOf(act, 'ALGORITHM'), optionOf(act, 'LOCK')];
  if (way === 'copy' && algorithm === 'COPY') return [`ALGORITHM=COPY of ${act.table}`];
  if (way === 'blocking' && (lock === 'SHARED' || lock === 'EXCLUSIVE')) return [`LOCK=${lock} of ${act.table}`];
  if (algorithm === 'COPY') return [];
  const isReplaced = act.changes.some((change) => (change.kind === 'add-constraint' && change.constraint.kind === 'primary key') || (change.kind === 'add-column' && change.column.isPrimary));
  const changes = act.changes.filter((change) => !(isReplaced && change.kind === 'rewrite' && change.how === 'DROP PRIMARY KEY'));
  return changes.filter((change) => wayOf(change, scene.database) === way && (isPartitioning(change) || !isRefused(way, algorithm, lock))).map((change) => sayingOf(change, act.table));
}

// It is done by copying, whatever ALGORITHM says.
function isPartitioning(change: Change): boolean {
  return change.kind === 'rewrite' && change.how.includes('PARTITION');
}

// What the server refuses anyway, it cannot do to users.
function isRefused(way: Way, algorithm: string | undefined, lock: string | undefined): boolean {
  if (way === 'copy' || way === 'unsure') return (algorithm !== undefined && CAREFUL.includes(algorithm)) || lock === 'NONE';
  if (way === 'rebuild') return algorithm === 'INSTANT' || algorithm === 'NOCOPY';
  return way === 'blocking' && (lock === 'NONE' || algorithm === 'INSTANT');
}

function ofIndex({ act, scene }: Step): readonly string[] {
  if (act.kind !== 'create-index' || !isLive(act.table, scene)) return [];
  const isBlocking = act.type === 'FULLTEXT' || act.type === 'SPATIAL' || act.options.includes('SHARED') || act.options.includes('EXCLUSIVE');
  return isBlocking && !act.options.includes('NONE') ? [`An index of ${act.table} is built`] : [];
}

function optionOf({ changes }: Extract<Act, { kind: 'alter-table' }>, name: 'ALGORITHM' | 'LOCK'): string | undefined {
  return changes.find((change): change is Extract<Change, { kind: 'option' }> => change.kind === 'option' && change.name === name)?.value;
}

function sayingOf(change: Change, table: string): string {
  switch (change.kind) {
    case 'add-column': return `The column ${table}.${change.column.name} is added`;
    case 'modify-column': return `${table}.${change.was} becomes ${change.column.type}`;
    case 'drop-column': return `The column ${table}.${change.name} is dropped`;
    case 'add-constraint': return `A ${change.constraint.kind} of ${table} is added`;
    case 'add-index': return `An index of ${table} is built`;
    default: return `${'how' in change ? change.how : change.kind} of ${table}`;
  }
}
