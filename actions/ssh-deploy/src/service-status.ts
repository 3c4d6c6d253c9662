import { hasSlots, type Strategy } from '#shared/server/definition';
import { lastMove, latestClaim, verifiedReleases, type LedgerEvent } from '#shared/server/ledger';
import { liveRelease, type ServerState, type Slot } from '#shared/server/state';

const EVENTS_SHOWN = 10;

/** Which service is meant, and on which server. */
export interface ServiceOnServer {
  readonly service: string;
  readonly environment: string;
  readonly server: string;
}

/** When something came about, and through whom. */
export interface Since {
  /** ISO 8601, UTC; undefined where the ledger does not tell. */
  readonly time?: string;
  readonly actor?: string;
  readonly run?: string;
  readonly url?: string;
}

/**
 * A slot and what is in it: `live` answers users (all but a share of them, or again after maintenance), `share` answers a part of their
 * requests, `standby` answered them until the last switch, `prepared` may be switched to, `failed` was taken back.
 */
export interface SlotStatus {
  readonly slot: Slot;
  readonly role: 'live' | 'share' | 'standby' | 'prepared' | 'failed' | 'empty';
  readonly release?: string;
  readonly since: Since;
  /** Of a standby: when it is stopped, as ISO 8601, if the ledger tells. */
  readonly until?: string;
}

/** What runs where. */
export interface ServiceStatus extends ServiceOnServer {
  readonly strategy: Strategy | 'none';
  /** Empty before the first deployment has come to its end. */
  readonly path: string;
  /** The server's clock, ISO 8601, UTC. */
  readonly time: string;
  readonly generation: number;
  /** The release users reach, and since when. */
  readonly live?: { readonly release: string; readonly slot?: Slot; readonly since: Since };
  readonly slots: readonly SlotStatus[];
  /** A release that gets this percentage of the requests for now. */
  readonly share?: { readonly release: string; readonly slot: string; readonly percent: number; readonly since: Since };
  /** Since when users get the maintenance page; `live` is then what they reach when it is opened, if anything is left of it. */
  readonly maintenance?: { readonly since: Since };
  /** A switch that is not confirmed: a boot, or the server's own timer, leads back to `back`. */
  readonly unconfirmed?: { readonly slot: Slot; readonly back?: Slot; readonly since: Since };
  /** Verified releases that a rollback may go to, newest first. */
  readonly candidates: readonly string[];
  readonly unfinished: readonly { readonly plan: string; readonly last: string }[];
  /** The last ten, newest first. */
  readonly events: readonly LedgerEvent[];
}

/** What runs where, by what the server knows. */
export function statusOf(where: ServiceOnServer, state: ServerState): ServiceStatus {
  const { definition, events, live, confirmed } = state;
  const release = liveRelease(state);
  const share = shareOut(state);
  const strategy = definition?.strategy ?? 'none';
  return {
    ...where, strategy,
    path: definition?.path ?? '',
    time: new Date(state.clock * 1_000).toISOString(),
    generation: latestClaim(events)?.generation ?? 0,
    ...(release === undefined ? {} : { live: { release, ...(live === undefined ? {} : { slot: live }), since: liveSince(events, release, live) } }),
    slots: definition !== undefined && !hasSlots(definition) ? [] : (['blue', 'green'] as const).map((slot) => slotStatus(state, slot)),
    ...(share === undefined ? {} : { share }),
    ...(state.closed === undefined ? {} : { maintenance: { since: told(state.closed) } }),
    ...(live === undefined || live === confirmed ? {} : { unconfirmed: { slot: live, ...(confirmed === undefined ? {} : { back: confirmed }), since: liveSince(events, release, live) } }),
    candidates: verifiedReleases(events).filter((each) => each !== release && state.releases.includes(each)).toReversed(),
    unfinished: state.unfinished,
    events: events.slice(-EVENTS_SHOWN).toReversed(),
  };
}

function slotStatus(state: ServerState, slot: Slot): SlotStatus {
  const { events, live, confirmed } = state;
  const release = state.slots[slot];
  if (release === undefined) return { slot, role: 'empty', since: {} };
  if (slot === live) return { slot, role: 'live', release, since: liveSince(events, release, live) };
  const share = shareOut(state);
  if (slot === share?.slot) return { slot, role: 'share', release, since: share.since };
  if (slot === confirmed) return { slot, role: 'standby', release, since: liveSince(events, liveRelease(state), live) };
  const prepared = events.findLastIndex(({ event, ...of }) => event === 'release' && of.release === release && of.slot === slot);
  const confirmation = events.findLastIndex(({ event, slot: to }) => event === 'confirm' && to === live);
  // What was put into the slot after the last confirmation waits for its switch.
  if (state.standby !== undefined && confirmation > prepared) return { slot, role: 'standby', release, since: told(events[confirmation]), ...standbyEnd(events[confirmation]) };
  const undone = events.findLastIndex((event) => event.undone === release);
  return { slot, release, ...(undone > prepared ? { role: 'failed', since: told(events[undone]) } : { role: 'prepared', since: told(events[prepared]) }) };
}

// A share is out only as long as its plan has not ended, and the machine was not started anew: that leads back to what was confirmed.
function shareOut({ events, unfinished, interrupted }: ServerState): ServiceStatus['share'] {
  const last = lastMove(events);
  if (last?.event !== 'share' || unfinished.every(({ plan }) => interrupted.includes(plan))) return undefined;
  const { release = '', slot = '', percent = 0 } = last;
  return { release, slot, percent, since: told(last) };
}

function liveSince(events: readonly LedgerEvent[], release: string | undefined, slot: Slot | undefined): Since {
  const moves = slot === undefined ? ['confirm', 'back'] : ['switch', 'rollback', 'back', 'open'];
  return told(events.findLast((event) => moves.includes(event.event) && event.release === release && (slot === undefined || event.slot === slot)));
}

function told(event: LedgerEvent | undefined): Since {
  if (event === undefined) return {};
  const { time, actor, run, url } = event;
  return { time, ...(actor && { actor }), ...(run && { run }), ...(url && { url }) };
}

// The confirmation that put a slot on standby notes for how many seconds.
function standbyEnd(confirmation: (LedgerEvent & { readonly standby?: number }) | undefined): { readonly until?: string } {
  if (confirmation?.standby === undefined) return {};
  return { until: new Date(Date.parse(confirmation.time) + confirmation.standby * 1_000).toISOString() };
}
