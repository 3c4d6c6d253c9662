import type { LedgerEvent } from '#shared/server/ledger';
import type { Work } from './work.ts';

/**
 * Names of the migrations that certain applies (those of a run, or of a release) brought to a database and nobody has undone since, as far as the ledger
 * tells; the database tells which still are.
 */
export function appliedBy(events: readonly LedgerEvent[], isMeant: (event: LedgerEvent) => boolean, { database, engine }: Pick<Work, 'database' | 'engine'>): readonly string[] {
  const names = new Set<string>();
  for (const event of events) {
    const { what, migrations = [], state } = event;
    if (event.event !== 'migration' || event.database !== database.name || event.engine !== engine.name || state === undefined) continue;
    if (what === 'apply' && state !== 'untouched' && isMeant(event)) for (const name of migrations) names.add(name);
    if (what === 'undo' && state === 'applied') for (const name of migrations) names.delete(name);
  }
  return [...names];
}
