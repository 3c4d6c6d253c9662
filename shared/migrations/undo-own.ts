import type { Run } from '#shared/core/run';
import type { Secret } from '#shared/core/secret';
import { UserError } from '#shared/core/errors';
import type { Follow } from '#shared/server/carry-out';
import type { LedgerEvent } from '#shared/server/ledger';
import type { Server } from '#shared/server/server';
import type { DeployedState } from '#shared/server/service';
import { change, type Decided, type Left } from './apply.ts';
import { faultOf } from './fault.ts';
import { look, settle } from './look.ts';
import { appliedBy } from './own-migrations.ts';
import { worksOf } from './recipe.ts';
import type { Seen } from './seen.ts';
import type { Work } from './work.ts';

/** Migrations that were undone in a database. */
export interface Undone {
  readonly database: string;
  readonly migrations: readonly string[];
  readonly left: Left | undefined;
}

/** What an undo of certain applies would do; undefined where nothing of them is applied any more. @throws {UserError} when the engine has no way back. */
export function decideUndo(work: Work, seen: Seen, events: readonly LedgerEvent[], isMeant: (event: LedgerEvent) => boolean): Decided | undefined {
  const names = new Set(appliedBy(events, isMeant, work));
  const migrations = seen.status.applied.filter(({ name }) => names.has(name)).toReversed();
  if (migrations.length === 0) return undefined;
  if (work.engine.undo === undefined) throw new UserError(`Engine ${work.engine.name} has no way back. Restore a backup set instead: operation: restore of db-backup.`);
  return { what: 'undo', migrations, calls: work.engine.undo(work.setup, migrations), seen, irreversible: [], token: '', isHistoryAccepted: false, texts: '' };
}

/**
 * Undoes, in every database of a service, what certain applies brought and what is still applied, with the files of the release that they were of.
 * @throws {UserError} when one fails, saying what it left.
 */
export async function undoApplied(server: Server, state: DeployedState, run: Run, isMeant: (event: LedgerEvent) => boolean, password: Secret | undefined, follow: Follow): Promise<readonly Undone[]> {
  const undone: Undone[] = [];
  if (!state.events.some((event) => event.event === 'migration' && isMeant(event))) return undone;
  for (const work of await worksOf(server, state, run, password)) {
    if (appliedBy(state.events, isMeant, work).length === 0) continue;
    const seen = await look(server, work, follow);
    if (seen.underWay !== undefined) await settle(server, work, { ...seen, underWay: seen.underWay }, follow);
    const decided = decideUndo(work, seen, state.events, isMeant);
    if (decided === undefined) continue;
    const changed = await change(server, work, decided, follow);
    if (changed.failure !== undefined) throw new UserError((await faultOf(server, work, changed, follow)).message);
    undone.push({ database: work.database.name, migrations: decided.migrations.map(({ name }) => name), left: changed.left });
  }
  return undone;
}
