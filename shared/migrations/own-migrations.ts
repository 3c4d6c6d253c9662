import type { LedgerEvent } from '#shared/server/ledger';
import type { Work } from './work.ts';

/** Names of the migrations that a run has applied to a database and not undone since, as far as its ledger tells; the database tells which still are. */
export function appliedBy(events: readonly LedgerEvent[], run: string, { database, engine }: Pick<Work, 'database' | 'engine'>): readonly string[] {
  const own = events.filter((event) => event.event === 'migration' && event.run === run && event.database === database.name && event.engine === engine.name && event.state !== undefined && event.state !== 'untouched');
  const names = new Set<string>();
  for (const { what, migrations = [], state } of own) {
    for (const name of migrations) {
      if (what === 'apply') names.add(name);
      else if (state === 'applied') names.delete(name);
    }
  }
  return [...names];
}
