import type { Act } from './act.ts';
import type { Database } from './dialect.ts';
import { blocks, effectsOf, type Effect } from './postgres-effects.ts';

/** How the statements of a migration reach the database: all in one transaction, all as one message without one, or each on its own. */
export type Road = 'transaction' | 'message' | 'statements';

/** What is known at a statement of what came before it. */
export interface Scene {
  readonly database: Database;
  readonly road: Road;
  /** Tables that no release knows: made by a migration that is pending too. */
  readonly created: Set<string>;
  /** Columns likewise, as `table.column`. */
  readonly createdColumns: Set<string>;
  /** Tables that are built anew under another name, and what their names were: SQLite's way to change a table. */
  readonly rebuilt: Map<string, string>;
  /** Tables that got another name in this migration. */
  readonly renamedAway: Set<string>;
  /** SQLite's, as a PRAGMA left them. */
  foreignKeys: 'unknown' | 'off';
  /** CHECK (x IS NOT NULL) by table and name: its column, and whether all rows are known to meet it. */
  readonly checks: Map<string, { readonly column: string; readonly isValid: boolean }>;
  /** The action sets a lock time-out itself, a statement does, or turns it off. */
  lockTimeout: 'none' | 'set' | 'off';
  transaction: Transaction;
}

/** What the transaction that is open has done; one that is not open has done nothing. */
export interface Transaction {
  readonly isOpen: boolean;
  /** It was opened by the file itself. */
  readonly isOwn: boolean;
  /** Tables that it keeps others from reading or writing, by what it did to them. */
  readonly held: Map<string, Effect>;
  readonly enumValues: Set<string>;
  /** How many statements changed the schema. */
  changes: number;
}

/** A scene before the first statement of all; the action may have set a lock time-out. */
export function createScene(database: Database, hasLockTimeout: boolean): Scene {
  return {
    database, road: 'statements', created: new Set(), createdColumns: new Set(), rebuilt: new Map(), renamedAway: new Set(), foreignKeys: 'unknown', checks: new Map(), lockTimeout: hasLockTimeout ? 'set' : 'none', transaction: createTransaction(false),
  };
}

/** The same at the beginning of another migration. */
export function nextMigration(scene: Scene, road: Road, hasLockTimeout: boolean): Scene {
  return { ...scene, road, rebuilt: new Map(), renamedAway: new Set(), foreignKeys: 'unknown', lockTimeout: hasLockTimeout ? 'set' : 'none', transaction: createTransaction(road !== 'statements' && (road === 'transaction' || scene.database.dialect === 'postgres')) };
}

function createTransaction(isOpen: boolean, isOwn = false): Transaction {
  return { isOpen, isOwn, held: new Map(), enumValues: new Set(), changes: 0 };
}

/** Whether rows can be in the table, and releases at it. */
export function isLive(table: string, { created }: Scene): boolean {
  return !created.has(table);
}

/** What an act does to tables that are in use. */
export function liveEffects(act: Act, scene: Scene): readonly Effect[] {
  return scene.database.dialect === 'postgres' ? effectsOf(act, scene.database).filter(({ table }) => isLive(table, scene)) : [];
}

const CHANGING: readonly Act['kind'][] = ['create-table', 'alter-table', 'create-index', 'drop', 'rename-table', 'truncate', 'trigger', 'rewrite'];

/** Takes note of what a statement did. */
export function advance(scene: Scene, act: Act): void {
  const { created, createdColumns, transaction } = scene;
  if (CHANGING.includes(act.kind)) transaction.changes += 1;
  if (transaction.isOpen) {
    for (const effect of liveEffects(act, scene)) if (blocks(effect.lock) !== 'nothing') transaction.held.set(effect.table, effect);
  }
  switch (act.kind) {
    case 'create-table': created.add(act.table); break;
    case 'rename-table': renamed(scene, act.table, act.to); break;
    case 'alter-table':
      for (const change of act.changes) {
        if (change.kind === 'add-column') createdColumns.add(`${act.table}.${change.column.name}`);
        else if (change.kind === 'rename-table') renamed(scene, act.table, change.to);
        else if (change.kind === 'add-constraint' && change.constraint.notNull !== undefined) scene.checks.set(`${act.table} ${change.constraint.name}`, { column: change.constraint.notNull, isValid: !change.constraint.isLater });
        else if (change.kind === 'validate') validated(scene, `${act.table} ${change.name}`);
      }
      break;
    case 'insert': if (act.from !== undefined && created.has(act.table) && isLive(act.from, scene)) scene.rebuilt.set(act.from, act.table); break;
    case 'enum': if (act.added !== undefined) transaction.enumValues.add(act.added); break;
    case 'set': setting(scene, act.name, act.value); break;
    case 'transaction': scene.transaction = createTransaction(act.verb === 'begin' || (scene.road === 'transaction'), act.verb === 'begin'); break;
    default:
  }
}

function renamed({ created, renamedAway }: Scene, from: string, to: string): void {
  if (created.has(from)) created.add(to);
  else renamedAway.add(from);
}

function validated({ checks }: Scene, key: string): void {
  const check = checks.get(key);
  if (check !== undefined) checks.set(key, { ...check, isValid: true });
}

const TIMEOUTS = ['lock_timeout', 'lock_wait_timeout', 'innodb_lock_wait_timeout', 'busy_timeout'];

function setting(scene: Scene, name: string, value: string): void {
  if (name === 'foreign_keys' && !scene.transaction.isOpen) scene.foreignKeys = /^(?:0|off|no|false)$/i.test(value) ? 'off' : 'unknown';
  if (TIMEOUTS.includes(name)) scene.lockTimeout = /^(?:0\D*|default)$/i.test(value) ? 'off' : 'set';
}
