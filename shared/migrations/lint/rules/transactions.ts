import type { Act } from '../act.ts';
import { isSince } from '../dialect.ts';
import { blocks, effectsOf } from '../postgres-effects.ts';
import { ALL, type Rule, type Step } from '../rule.ts';
import { isLive, liveEffects, type Scene } from '../scene.ts';

const QUEUE = 'https://www.postgresql.org/docs/current/explicit-locking.html';

/** What statements do to one another within a transaction, and to those who wait. */
export const TRANSACTIONS: readonly Rule[] = [
  {
    id: 'concurrently-in-transaction', level: 'error', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT',
    why: 'PostgreSQL refuses it there, and the migration fails. Several statements that are sent as one message are a transaction too.',
    instead: 'Put it into a migration of its own, with nothing else in it, that runs without a transaction.',
    find: (step) => (isInTransaction(step) ? standsAlone(step.act, step.scene) : []),
  },
  {
    id: 'work-under-lock', level: 'error', engines: ['postgres'], source: QUEUE,
    why: 'A lock is held until the transaction ends: nobody can use that table while this reads or writes all its rows.',
    instead: 'Put it into a later migration, with a transaction of its own.',
    find: ({ act, scene }) => {
      const held = [...scene.transaction.held.values()].filter(({ lock }) => blocks(lock) === 'everything').map(({ table }) => table);
      const work = liveEffects(act, scene).find((effect) => (effect.work === 'scan' || effect.work === 'index') && blocks(effect.lock) !== 'everything') ?? bulkWrite(act, scene);
      return scene.transaction.isOpen && held.length > 0 && work !== undefined ? [`${held.join(', ')} ${held.length === 1 ? 'is' : 'are'} locked by an earlier statement of the transaction, and this goes through ${work.table}`] : [];
    },
  },
  {
    id: 'several-tables-locked', level: 'warning', engines: ['postgres'], source: QUEUE,
    why: 'It holds the first while it waits for the next, so queries of both wait, and with one that takes them in another order it deadlocks.',
    instead: 'Lock one table a migration.',
    find: ({ act, scene }) => {
      const { isOpen, held } = scene.transaction;
      const others = [...held.values()].filter(({ lock }) => blocks(lock) === 'everything').map(({ table }) => table);
      const next = liveEffects(act, scene).find(({ table, lock }) => blocks(lock) === 'everything' && !held.has(table) && act.kind !== 'drop');
      return isOpen && others.length > 0 && next !== undefined ? [`${next.table} is locked after ${others.join(', ')}, in one transaction`] : [];
    },
  },
  {
    id: 'no-lock-timeout', level: 'warning', engines: ['postgres', 'mysql', 'mariadb'], source: QUEUE,
    why: 'It waits for whoever uses the table, and all later queries wait behind it.',
    instead: 'Put SET lock_timeout = \'2s\' (MySQL: SET lock_wait_timeout = 2) before it, and let the migration be tried again.',
    find: ({ act, scene }) => {
      const table = scene.lockTimeout === 'set' ? undefined : waitedFor(act, scene);
      return table === undefined ? [] : [scene.lockTimeout === 'off' ? `${table} is locked with the lock time-out turned off` : `${table} is locked, and no lock time-out is set`];
    },
  },
  {
    id: 'enum-value-in-transaction', level: 'error', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-altertype.html',
    why: 'A new word of an enum may be used only once the transaction that brought it has ended, so the migration fails.',
    instead: 'Use it in a later migration.',
    find: ({ act, scene, spoken }) => {
      if (act.kind === 'enum' && act.added !== undefined && scene.transaction.isOpen && !isSince(scene.database, [12])) return [`${act.added} comes to ${act.type} in a transaction, which PostgreSQL before 12 refuses`];
      return spoken.filter(({ kind, text }) => kind === 'string' && scene.transaction.enumValues.has(text)).slice(0, 1).map(({ text }) => `${text} is used in the transaction that brought it`);
    },
  },
  {
    id: 'transaction-control', level: 'error', engines: ALL,
    why: 'It ends or nests the transaction that the migration tool keeps: what follows is no longer undone when the migration fails.',
    instead: 'Leave transactions to the tool, or tell it to run this migration without one.',
    find: ({ act, scene }) => (act.kind === 'transaction' && scene.road === 'transaction' ? [`${act.verb.toUpperCase()} in a migration that runs in a transaction`] : []),
  },
  {
    id: 'several-changes', level: 'warning', engines: ['mysql', 'mariadb'], source: 'https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html',
    why: 'Each takes effect at once and none is undone when a later one fails, so the migration may stop half-way.',
    instead: 'Change one thing a migration.',
    find: ({ act, scene }) => (scene.transaction.changes > 0 && isChange(act) ? [`This is change ${scene.transaction.changes + 1} of the schema in one migration`] : []),
  },
];

function isInTransaction({ scene, count }: Step): boolean {
  return scene.transaction.isOpen && (scene.road !== 'message' || scene.transaction.isOwn || count > 1);
}

function standsAlone(act: Act, { database }: Scene): readonly string[] {
  if (act.kind === 'create-index' && act.isConcurrent) return [`CREATE INDEX CONCURRENTLY of ${act.table}`];
  if (act.kind === 'drop' && act.isConcurrent) return [`DROP INDEX CONCURRENTLY of ${act.names.join(', ')}`];
  if (act.kind === 'reindex' && (act.isConcurrent || /^(?:database|schema|system) /.test(act.name))) return [`REINDEX of ${act.name}`];
  if (act.kind === 'alter-table' && act.changes.some((change) => change.kind === 'detach-partition' && change.isConcurrent) && isSince(database, [14])) return [`DETACH PARTITION CONCURRENTLY of ${act.table}`];
  return act.kind === 'vacuum' || (act.kind === 'rewrite' && act.how === 'VACUUM FULL') ? ['VACUUM'] : [];
}

// Old rows are filled, or all are gone through.
function bulkWrite(act: Act, scene: Scene): { readonly table: string } | undefined {
  return act.kind === 'write' && isLive(act.table, scene) && (!act.isBounded || scene.transaction.held.has(act.table)) ? act : undefined;
}

function waitedFor(act: Act, scene: Scene): string | undefined {
  if (scene.database.dialect === 'postgres') return effectsOf(act, scene.database).find(({ table, lock }) => blocks(lock) !== 'nothing' && isLive(table, scene))?.table;
  const tables = act.kind === 'alter-table' || act.kind === 'create-index' || act.kind === 'rename-table' ? [act.table] : act.kind === 'drop' && act.thing === 'table' ? act.names : [];
  return tables.find((table) => isLive(table, scene));
}

const CHANGES: readonly Act['kind'][] = ['create-table', 'alter-table', 'create-index', 'drop', 'rename-table', 'truncate'];

function isChange({ kind }: Act): boolean {
  return CHANGES.includes(kind);
}
