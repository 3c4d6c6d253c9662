import type { Act, Change, Column, Constraint } from './act.ts';
import type { Database } from './dialect.ts';
import { whyRewritten } from './volatility.ts';

/** PostgreSQL's locks on tables that a migration meets, the weaker first. */
export const LOCKS = ['row exclusive', 'share update exclusive', 'share', 'share row exclusive', 'exclusive', 'access exclusive'] as const;

/** One of them. */
export type Lock = (typeof LOCKS)[number];

/** What a statement does to a table that is there: the lock it holds, and what it does meanwhile. */
export interface Effect {
  readonly table: string;
  readonly lock: Lock;
  /** `rewrite` copies every row, `scan` reads every row, `index` does so to build an index; `unsure` depends on what the column was. */
  readonly work: 'none' | 'scan' | 'index' | 'rewrite' | 'unsure';
}

/** Whether a lock keeps others from writing, or even from reading. */
export function blocks(lock: Lock): 'nothing' | 'writes' | 'everything' {
  if (lock === 'access exclusive') return 'everything';
  return LOCKS.indexOf(lock) >= LOCKS.indexOf('share') ? 'writes' : 'nothing';
}

/** What PostgreSQL does for an act. https://www.postgresql.org/docs/current/explicit-locking.html and .../sql-altertable.html */
export function effectsOf(act: Act, database: Database): readonly Effect[] {
  switch (act.kind) {
    case 'alter-table': return act.changes.flatMap((change) => ofChange(act.table, change, database));
    case 'create-table': return [...act.references.map((table) => effect(table, 'share row exclusive')), ...(act.partitionOf === undefined ? [] : [effect(act.partitionOf, 'access exclusive')])];
    case 'create-index': return [effect(act.table, act.isConcurrent ? 'share update exclusive' : 'share', 'index')];
    case 'drop': return ofDrop(act);
    case 'rename-table': return [effect(act.table, 'access exclusive')];
    case 'truncate': return act.tables.map((table) => effect(table, 'access exclusive'));
    case 'write': return [effect(act.table, 'row exclusive', act.isBounded ? 'none' : 'scan')];
    case 'insert': return [effect(act.table, 'row exclusive')];
    case 'refresh': return [effect(act.name, act.isConcurrent ? 'exclusive' : 'access exclusive', act.isConcurrent ? 'scan' : 'rewrite')];
    case 'rewrite': return [effect(act.table, 'access exclusive', 'rewrite')];
    case 'reindex': return act.name.startsWith('table ') ? [effect(act.name.slice('table '.length), act.isConcurrent ? 'share update exclusive' : 'share', 'index')] : [];
    case 'lock': return act.tables.flatMap((table) => LOCKS.filter((lock) => lock === act.mode).map((lock) => effect(table, lock)));
    case 'trigger': return [effect(act.table, act.isDropped ? 'access exclusive' : 'share row exclusive')];
    default: return [];
  }
}

function ofDrop({ thing, names, isConcurrent }: Extract<Act, { kind: 'drop' }>): readonly Effect[] {
  return thing === 'table' || thing === 'view' || thing === 'materialized view' || (thing === 'index' && !isConcurrent) ? names.map((name) => effect(name, 'access exclusive')) : [];
}

function ofChange(table: string, change: Change, database: Database): readonly Effect[] {
  switch (change.kind) {
    case 'add-column': return ofNewColumn(table, change.column, database);
    case 'change-type': return [effect(table, 'access exclusive', isRoomy(change.type) && !change.isComputed ? 'unsure' : 'rewrite')];
    case 'set-not-null': return [effect(table, 'access exclusive', 'scan')];
    case 'add-constraint': return ofConstraint(table, change.constraint);
    case 'validate': return [effect(table, 'share update exclusive', 'scan')];
    case 'attach-partition': return [effect(table, 'share update exclusive'), effect(change.name, 'access exclusive', 'scan')];
    case 'detach-partition': return [effect(table, change.isConcurrent ? 'share update exclusive' : 'access exclusive'), effect(change.name, 'access exclusive')];
    case 'rewrite': return [effect(table, 'access exclusive', 'rewrite')];
    case 'brief': return [effect(table, ofBrief(change.how))];
    case 'option': return [];
    default: return [effect(table, 'access exclusive')];
  }
}

function ofNewColumn(table: string, column: Column, database: Database): readonly Effect[] {
  const isRewriting = column.generated === 'stored' || column.generated === 'identity' || whyRewritten(column.preset, database) !== undefined;
  const work = isRewriting ? 'rewrite' : column.isUnique || column.isPrimary ? 'index' : column.isChecked ? 'scan' : 'none';
  return [effect(table, 'access exclusive', work), ...(column.references === undefined ? [] : [effect(column.references, 'share row exclusive')])];
}

function ofConstraint(table: string, { kind, isLater, usesIndex, references }: Constraint): readonly Effect[] {
  if (kind === 'check') return [effect(table, 'access exclusive', isLater ? 'none' : 'scan')];
  if (kind !== 'foreign key') return [effect(table, 'access exclusive', usesIndex ? 'none' : 'index')];
  return [effect(table, 'share row exclusive', isLater ? 'none' : 'scan'), ...(references === undefined ? [] : [effect(references, 'share row exclusive')])];
}

function ofBrief(how: string): Lock {
  if (/^(?:SET STATISTICS|SET ?\(|CLUSTER ON|RESET ?\()/.test(how)) return 'share update exclusive';
  return /^(?:ENABLE|DISABLE) TRIGGER/.test(how) ? 'share row exclusive' : 'access exclusive';
}

const ROOMY = /^(?:text|citext|varchar|character varying|varbit|bit varying|numeric|decimal|interval|timestamptz?|timestamp with(?:out)? time zone|inet|cidr)(?:\([\d,]+\))?$/;

/** Whether a column may become of this type without being written anew, if it was a shorter one of the kind. */
export function isRoomy(type: string): boolean {
  return ROOMY.test(type);
}

function effect(table: string, lock: Lock, work: Effect['work'] = 'none'): Effect {
  return { table, lock, work };
}

/** What PostgreSQL does to the table itself for one change of it. */
export function workOf(table: string, change: Change, database: Database): Effect['work'] {
  return ofChange(table, change, database).find((one) => one.table === table)?.work ?? 'none';
}
