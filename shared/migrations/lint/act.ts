import type { Token } from './token.ts';

/** A column as it is to be. */
export interface Column {
  readonly name: string;
  /** `varchar(20)`, in small letters. */
  readonly type: string;
  readonly isNotNull: boolean;
  /** What its default is made of; undefined where it has none. */
  readonly preset: readonly Token[] | undefined;
  readonly isUnique: boolean;
  readonly isPrimary: boolean;
  readonly isChecked: boolean;
  /** The table that it refers to. */
  readonly references: string | undefined;
  readonly generated: 'stored' | 'virtual' | 'identity' | undefined;
}

/** What a constraint demands of the rows. */
export type ConstraintKind = 'check' | 'foreign key' | 'unique' | 'primary key' | 'exclude';

/** A constraint of a table. */
export interface Constraint {
  readonly name: string | undefined;
  readonly kind: ConstraintKind;
  /** NOT VALID: the rows that are there are not looked at. */
  readonly isLater: boolean;
  /** Made of an index that is there. */
  readonly usesIndex: boolean;
  /** The column that it keeps from being null, and does nothing else. */
  readonly notNull: string | undefined;
  readonly references: string | undefined;
}

/** One change of an ALTER TABLE. */
export type Change =
  | { readonly kind: 'add-column'; readonly column: Column }
  /** MySQL's MODIFY and CHANGE; `was` is the column's name before. */
  | { readonly kind: 'modify-column'; readonly column: Column; readonly was: string }
  | { readonly kind: 'drop-column'; readonly name: string }
  | { readonly kind: 'rename-column'; readonly name: string; readonly to: string }
  | { readonly kind: 'rename-table'; readonly to: string }
  | { readonly kind: 'change-type'; readonly name: string; readonly type: string; readonly isComputed: boolean }
  | { readonly kind: 'set-not-null'; readonly name: string }
  | { readonly kind: 'validate'; readonly name: string }
  | { readonly kind: 'drop-constraint'; readonly name: string }
  | { readonly kind: 'add-constraint'; readonly constraint: Constraint }
  | { readonly kind: 'add-index'; readonly type: string }
  | { readonly kind: 'attach-partition'; readonly name: string }
  | { readonly kind: 'detach-partition'; readonly name: string; readonly isConcurrent: boolean }
  | { readonly kind: 'rewrite'; readonly how: string }
  | { readonly kind: 'option'; readonly name: 'ALGORITHM' | 'LOCK'; readonly value: string }
  /** Without more than a moment's work: its words, `SET STATISTICS`. */
  | { readonly kind: 'brief'; readonly how: string }
  | { readonly kind: 'unknown'; readonly how: string };

/** What is dropped as a whole. */
export type Thing = 'table' | 'view' | 'materialized view' | 'index' | 'schema' | 'database' | 'type' | 'owned' | 'column' | 'other';

/** What a statement does, as far as a rule asks. */
export type Act =
  | { readonly kind: 'create-table'; readonly table: string; readonly isTemporary: boolean; readonly references: readonly string[]; readonly partitionOf: string | undefined }
  | { readonly kind: 'alter-table'; readonly table: string; readonly changes: readonly Change[] }
  | { readonly kind: 'create-index'; readonly table: string; readonly index: string | undefined; readonly isConcurrent: boolean; readonly isIfNotExists: boolean; readonly type: string; readonly options: readonly string[] }
  | { readonly kind: 'drop'; readonly thing: Thing; readonly names: readonly string[]; readonly isConcurrent: boolean; readonly isCascading: boolean }
  | { readonly kind: 'rename-table'; readonly table: string; readonly to: string }
  | { readonly kind: 'truncate'; readonly tables: readonly string[]; readonly isCascading: boolean }
  | { readonly kind: 'write'; readonly verb: 'update' | 'delete'; readonly table: string; readonly isBounded: boolean }
  | { readonly kind: 'insert'; readonly table: string; readonly from: string | undefined; readonly replaces: boolean }
  | { readonly kind: 'reindex' | 'refresh'; readonly name: string; readonly isConcurrent: boolean }
  | { readonly kind: 'rewrite'; readonly table: string; readonly how: string }
  | { readonly kind: 'lock'; readonly tables: readonly string[]; readonly mode: string }
  | { readonly kind: 'trigger'; readonly table: string; readonly isDropped: boolean }
  | { readonly kind: 'enum'; readonly type: string; readonly added: string | undefined; readonly renamed: string | undefined }
  | { readonly kind: 'set'; readonly name: string; readonly value: string }
  | { readonly kind: 'transaction'; readonly verb: 'begin' | 'commit' | 'rollback' }
  | { readonly kind: 'vacuum' }
  | { readonly kind: 'block'; readonly body: string | undefined }
  | { readonly kind: 'other'; readonly verb: string };
