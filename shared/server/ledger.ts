import type { Run } from '#shared/core/run';

/** One line of a service's ledger. Members beyond the first three depend on the event. */
export interface LedgerEvent {
  /** claim · release · share · switch · confirm · back · rollback · close · open · retire · migration · backup · restore */
  readonly event: string;
  readonly generation: number;
  /** ISO 8601, UTC, by the server's clock. */
  readonly time: string;
  readonly run?: string;
  readonly attempt?: number;
  readonly url?: string;
  readonly actor?: string;
  readonly commit?: string;
  readonly release?: string;
  readonly slot?: string;
  /** On a rollback or back: the release that users no longer reach. */
  readonly undone?: string;
  /** On a confirm: what made users reach the release, a `switch`, `deploy` or `rollback`. */
  readonly by?: string;
  /** On a confirm: seconds that the slot users left stays warm. */
  readonly standby?: number;
  /** On a confirm of a release in containers: the id of each image, by its name. */
  readonly images?: Readonly<Record<string, string>>;
  /** On a share: the percentage of requests that its slot gets. */
  readonly percent?: number;
  /** On a migration that cannot be taken back: written before it is applied, by this plan. */
  readonly barrier?: boolean;
  readonly plan?: string;
  /** The plan whose barrier turned out to be none, or is none any more. */
  readonly lifts?: string;
  /** The plan whose barrier stands again, since the data of after it is live again. */
  readonly raises?: string;
  readonly database?: string;
  readonly engine?: string;
  /** On a migration: `apply` or `undo`, of which migrations, what was found after it, and how many of its calls ended well. */
  readonly what?: string;
  readonly migrations?: readonly string[];
  readonly state?: string;
  readonly calls?: number;
  /** On a restore: how many rows and files that were live are not in what took their place. What was put aside is named by `plan`. */
  readonly lost?: number;
}

const MOVES = new Set(['share', 'switch', 'confirm', 'back', 'rollback', 'close', 'open']);

/** The events of a ledger, oldest first. A torn line, left by a power cut, is passed over. */
export function parseLedger(text: string): LedgerEvent[] {
  return text.split('\n').flatMap((line) => {
    try {
      const event = JSON.parse(line) as LedgerEvent;
      return typeof event.event === 'string' && typeof event.generation === 'number' ? [event] : [];
    } catch {
      return [];
    }
  });
}

/** The JSON members of an event, without braces, as `record` in the executor takes them. */
export function members(fields: Readonly<Record<string, string | number | boolean | undefined>>): string {
  return JSON.stringify(fields).slice(1, -1);
}

/** The members of a claim. Shell reads `run` and `url` back, so they hold no quote, comma or brace. */
export function claimMembers(run: Run, purpose: 'deploy' | 'switch' | 'rollback' | 'maintenance' | 'script'): string {
  const plain = (text: string): string => text.replaceAll(/["\\,{}]|\p{Cc}/gu, '');
  return members({
    purpose, run: plain(run.id), attempt: run.attempt, url: plain(run.url), actor: run.actor, commit: run.commit,
  });
}

/** The newest claim, which alone may still change the service; undefined before the first. */
export function latestClaim(events: readonly LedgerEvent[]): LedgerEvent | undefined {
  return events.findLast(({ event }) => event === 'claim');
}

/** The event that says where traffic goes now; undefined before the first switch. */
export function lastMove(events: readonly LedgerEvent[]): LedgerEvent | undefined {
  return events.findLast(({ event }) => MOVES.has(event));
}

/** The releases that were verified while serving and have not been taken back since, newest last. */
export function verifiedReleases(events: readonly LedgerEvent[]): string[] {
  const verified = new Set<string>();
  for (const { event, release, undone } of events) {
    if (event === 'confirm' && release !== undefined) {
      verified.delete(release);
      verified.add(release);
    }
    // A rollback that went back itself undoes its target, which is as good as it was.
    if (event === 'rollback' && undone !== undefined) verified.delete(undone);
  }
  return [...verified];
}

/** The migrations that cannot be taken back, and whose barriers stand, but did not when the given release was last confirmed. */
export function barriersSince(events: readonly LedgerEvent[], release: string): readonly LedgerEvent[] {
  const confirmed = events.findLastIndex((event) => event.event === 'confirm' && event.release === release);
  const [then, is] = [standingBarriers(events.slice(0, confirmed + 1)), standingBarriers(events)];
  return events.filter(({ barrier, plan }, index) => barrier === true && (plan === undefined ? index > confirmed : is.has(plan) && !then.has(plan)));
}

/** The plans whose barriers stand after these events. */
export function standingBarriers(events: readonly LedgerEvent[]): ReadonlySet<string> {
  const standing = new Set<string>();
  for (const { barrier, plan, lifts, raises } of events) {
    if (barrier === true && plan !== undefined) standing.add(plan);
    if (lifts !== undefined) standing.delete(lifts);
    if (raises !== undefined) standing.add(raises);
  }
  return standing;
}
