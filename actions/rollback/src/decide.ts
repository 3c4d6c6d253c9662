import { UserError } from '#shared/core/errors';
import type { Manifest } from '#shared/database/backup-set';
import { isAmong } from '#shared/database/opened-set';
import { isProven } from '#shared/database/retention';
import { barriersSince, latestClaim, verifiedReleases, type LedgerEvent } from '#shared/server/ledger';
import type { DeployedState } from '#shared/server/service';
import { liveRelease } from '#shared/server/state';

/**
 * What a rollback has to do: nothing, with the reason, or go from one release to another. A first switch that is not confirmed yet goes
 * back to no release of ours: to the app that was there before, if there was one.
 */
export type Decision =
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'go-back'; readonly to: string | undefined; readonly undone: string | undefined };

/**
 * Decides where to go back to. Without a name only what this run changed is taken back, so that a deployment that failed early, or was
 * superseded, never takes a good release away.
 * @throws {UserError} when the release named is no candidate.
 */
export function decideRollback(state: DeployedState, wanted: string | undefined, run: string): Decision {
  return wanted === undefined ? takeBackOwn(state, run) : goTo(state, wanted);
}

function takeBackOwn(state: DeployedState, run: string): Decision {
  const { service } = state.definition;
  const live = liveRelease(state);
  const own = state.events.findLast((event) => event.event === 'claim' && event.run === run);
  if (own === undefined) return nothing(`This run has not deployed ${service} here, so there is nothing to take back. ${stays(live)} To go back further, name a release, or previous.`);
  const latest = latestClaim(state.events);
  if (latest !== undefined && latest.run !== run) return nothing(`Run ${latest.run} took over ${service} at ${latest.time} (${latest.url}), so nothing of this run is left to take back.`);
  const moved = ownMove(state.events, run);
  if (moved === undefined) return nothing(`This run has not changed what users reach. ${stays(live)}`);
  const to = verifiedReleases(state.events).findLast((release) => release !== moved);
  const isConfirmed = state.live === state.confirmed;
  if (to === undefined && isConfirmed) throw new UserError(`There is no release of ${service} to go back to: none but ${moved} was ever verified.`);
  return live === to ? nothing(`${to} is live already.`) : { kind: 'go-back', to, undone: moved };
}

// The release this run made users reach since it last took over, unless that was taken back. A rollback may have gone back itself.
function ownMove(events: readonly LedgerEvent[], run: string): string | undefined {
  const since = events.findLastIndex((event) => event.event === 'claim' && event.run !== run);
  const reached = new Set<string | undefined>();
  let moved: string | undefined;
  for (const { event, release, by } of events.slice(since + 1).filter((each) => each.run === run)) {
    if (event === 'switch' || (event === 'confirm' && by !== 'rollback')) {
      reached.add(release);
      moved = release;
    }
    if (event === 'rollback') moved = undefined;
    if (event === 'back') moved = reached.has(release) ? release : undefined;
  }
  return moved;
}

function goTo(state: DeployedState, wanted: string): Decision {
  const live = liveRelease(state);
  const verified = verifiedReleases(state.events);
  const candidates = verified.filter((release) => state.releases.includes(release));
  if (wanted === live) return nothing(`${wanted} is live already${state.closed === undefined ? '' : ', behind the maintenance page; operation: maintenance-off of blue-green-switch opens it'}.`);
  if (wanted !== 'previous') {
    if (candidates.includes(wanted)) return { kind: 'go-back', to: wanted, undone: live };
    const others = candidates.filter((release) => release !== live);
    throw new UserError(`${wanted} is no release to go back to: it was never verified here, was taken back, or is not kept any more. ${others.length === 0 ? 'There is none' : `Candidates are ${others.join(', ')}`}.`);
  }
  // What went back by itself, or was just healed, was never verified; a rollback that went back has undone a release that was.
  const wentBack = ({ event, undone }: LedgerEvent): boolean => event === 'back' && undone !== undefined && !verified.includes(undone);
  const last = state.events.findLast((each) => wentBack(each) || each.event === 'switch' || each.event === 'rollback' || (each.event === 'confirm' && each.by === 'deploy'));
  if (last?.event === 'rollback' || last?.event === 'back') return nothing(`Traffic already went back to ${live} at ${last.time} (${last.url}). To go back further, name a release: ${candidates.filter((release) => release !== live).join(', ') || 'there is none'}.`);
  const to = candidates.findLast((release) => release !== live);
  if (to === undefined) throw new UserError(`There is no release to go back to: none but ${live ?? 'the first'} was ever verified here.`);
  return { kind: 'go-back', to, undone: live };
}

/**
 * Refuses to go back across a schema barrier, unless the data goes back with it to a set from before it; `sets` are those there are.
 * @throws {UserError} which names the ways.
 */
export function refuseBarrier({ events, definition }: DeployedState, { to }: Extract<Decision, { kind: 'go-back' }>, sets: readonly Manifest[], restored?: Manifest): void {
  const barrier = to === undefined ? undefined : barriersSince(events, to).find(({ time, database }) => restored === undefined || restored.time >= time || !isAmong(restored.parts, database));
  if (barrier === undefined) return;
  const lies = `Between ${to} and now lies a migration of ${definition.service} that cannot be taken back (run ${barrier.run}, ${barrier.time}), so ${to} may not work with the database as it is.`;
  if (restored !== undefined) throw new UserError(`${lies} ${restored.time < barrier.time ? `Nothing of ${barrier.database} is restored with set ${restored.set}, so that is no way back` : `Set ${restored.set} is no way back: it was taken after that, ${restored.time}`}. ${wayBack(sets, barrier)}`);
  throw new UserError(`${lies} Decide: go forward and deploy a mended release, or ${lowerFirst(wayBack(sets, barrier))}`);
}

function wayBack(sets: readonly Manifest[], barrier: LedgerEvent): string {
  const last = sets.findLast(({ time, proof, parts }) => time < barrier.time && isProven(proof) && isAmong(parts, barrier.database));
  if (last === undefined) return 'Restore the data from a backup of before that by hand: no proven set is that old.';
  return `Go back with data: restore, set: ${last.set} (taken ${last.time}, ${rowsOf(last)}). Whatever was written since would be lost: it says how many rows before it acts, and goes on only up to max-data-loss.`;
}

function rowsOf({ parts, proof }: Manifest): string {
  const rows = parts.reduce((sum, part) => sum + (part.rows ?? 0), 0);
  return rows === 0 ? `proven ${proof}` : `${rows} rows, proven ${proof}`;
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

/**
 * Whether data that is to go back, in so many words, still has to: where the release does, where one was named, and where this run has
 * migrated it and not restored it since.
 */
export function isDataToGoBack({ events }: DeployedState, decision: Decision, wanted: string | undefined, run: string): boolean {
  const own = events.filter((event) => event.run === run);
  const last = own.findLast(({ event }) => event === 'migration' || event === 'restore');
  if (last?.event === 'restore') return false;
  return decision.kind === 'go-back' || wanted !== undefined || last !== undefined;
}

function nothing(reason: string): Decision {
  return { kind: 'nothing', reason };
}

function stays(live: string | undefined): string {
  return live === undefined ? 'Users reach no release.' : `Users still reach ${live}.`;
}
