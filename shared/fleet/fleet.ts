import { messageOf, UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import { openServer, type Server } from '#shared/server/server';
import type { Together } from '#shared/server/together';
import type { SshTarget } from '#shared/system/ssh/target';
import { hostLog } from './host-log.ts';
import { limiter } from './limiter.ts';
import { batchesOf, HeldBack, muster, type Muster } from './muster.ts';

/** A host of a fleet, by the name that people know it by. */
export interface Station {
  readonly label: string;
  readonly target: SshTarget;
}

/** How a fleet is gone through. */
export interface Tempo {
  /** How many hosts are worked on at once until they are prepared. */
  readonly maxParallel: number;
  /** How many publish at once. */
  readonly batchSize: number;
  readonly isFirstAlone: boolean;
  /** Milliseconds between two batches. */
  readonly waitBetween: number;
  /** How many hosts may be out of reach. */
  readonly tolerateUnreachable: number;
  /** Milliseconds for all of it: so long a prepared host waits for the others. */
  readonly patience: number;
}

/** What a story on one host works with. */
export interface Post {
  readonly label: string;
  readonly server: Server;
  readonly log: Log;
  readonly together: Together;
}

/** How it went on one host. `held-back`: well itself, but another one failed. */
export interface HostEnd {
  readonly label: string;
  readonly result: 'done' | 'failed' | 'held-back' | 'unreachable';
  readonly reason: string;
  /** The release its users reached before, as far as it was read. */
  readonly served: string | undefined;
  /** When its users saw the change, in milliseconds since 1970 by this machine's clock. */
  readonly actedAt: number | undefined;
  readonly seconds: number;
}

interface Context {
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Tells one story on every host at once; the hosts wait for each other where a story asks `together`. Never throws for what fails on a host.
 * @throws {UserError} when more hosts than tolerated are out of reach: then no story has begun.
 */
export async function overFleet(stations: readonly Station[], tempo: Tempo, context: Context, story: (post: Post) => Promise<void>): Promise<HostEnd[]> {
  const reached = await reach(stations, tempo, context);
  const servers = reached.filter((each) => 'server' in each);
  const batches = batchesOf(servers.map(({ label }) => label), tempo.batchSize, tempo.isFirstAlone);
  const meeting = muster({ batches, waitBetween: tempo.waitBetween }, context.signal);
  const inTurn = limiter(tempo.maxParallel);
  const served = new Map<string, string>();
  const tell = (label: string, release: string | undefined): void => {
    served.set(label, release ?? 'nothing');
    if (served.size === servers.length) nameMixture(new Map(servers.map((each) => [each.label, served.get(each.label) ?? ''])), context.log);
  };
  const ends = await Promise.all(reached.map(async (each) => {
    if (!('server' in each)) return { label: each.label, result: 'unreachable', reason: each.reason, served: undefined, actedAt: undefined, seconds: 0 } as const;
    return inTurn((letNextIn) => onHost(each, { tempo, batches: batches.length, meeting, tell, letNextIn, log: hostLog(context.log, each.label) }, story));
  }));
  return ends.map((end) => ({ ...end, served: served.get(end.label) }));
}

interface Surroundings {
  readonly tempo: Tempo;
  readonly batches: number;
  readonly meeting: Muster;
  readonly log: Log;
  tell(label: string, release: string | undefined): void;
  letNextIn(): void;
}

async function onHost({ label, server }: Reached, { tempo, batches, meeting, tell, letNextIn, log }: Surroundings, story: (post: Post) => Promise<void>): Promise<HostEnd> {
  const began = performance.now();
  let actedAt: number | undefined;
  const together: Together = {
    patience: tempo.patience, batches, waitBetween: tempo.waitBetween,
    serves: (release) => tell(label, release),
    prepared: () => (letNextIn(), meeting.prepared(label)),
    acted: (at) => void (actedAt ??= at),
    published: () => meeting.published(label),
  };
  const end = (result: HostEnd['result'], reason: string): HostEnd => ({ label, result, reason, served: undefined, actedAt, seconds: (performance.now() - began) / 1_000 });
  try {
    await story({ label, server, log, together });
    meeting.leave(label);
    return end('done', '');
  } catch (error) {
    meeting.leave(label, error);
    if (!(error instanceof UserError) && error instanceof Error && error.stack !== undefined) log.output(error.stack);
    log.info(messageOf(error));
    return end(error instanceof HeldBack ? 'held-back' : 'failed', messageOf(error));
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

interface Reached {
  readonly label: string;
  readonly server: Server;
}

async function reach(stations: readonly Station[], { maxParallel, tolerateUnreachable }: Tempo, { log, signal }: Context): Promise<(Reached | { readonly label: string; readonly reason: string })[]> {
  const inTurn = limiter(maxParallel);
  const all = await Promise.all(stations.map(({ label, target }) => inTurn(() =>
    openServer(target, hostLog(log, label), signal).then((server) => ({ label, server }), (error: unknown) => ({ label, reason: messageOf(error) })))));
  const lost = all.filter((each) => 'reason' in each);
  if (lost.length === 0) return all;
  const named = lost.map(({ label, reason }) => `- ${label}: ${reason}`).join('\n');
  if (lost.length <= tolerateUnreachable && lost.length < all.length) {
    log.warning(`Out of reach, and tolerated: ${lost.map(({ label }) => label).join(', ')}. They keep what they serve until a later run reaches them.\n${named}`);
    return all;
  }
  await Promise.all(all.flatMap((each) => ('server' in each ? [each.server[Symbol.asyncDispose]()] : [])));
  throw new UserError(`${lost.length} of ${all.length} hosts cannot be reached (tolerate-unreachable is ${tolerateUnreachable}), so nothing was begun on any:\n${named}`);
}

function nameMixture(served: ReadonlyMap<string, string>, log: Log): void {
  const releases = new Map<string, string[]>();
  for (const [label, release] of served) releases.set(release, [...(releases.get(release) ?? []), label]);
  if (releases.size < 2) return;
  const named = [...releases].map(([release, labels]) => `${labels.join(', ')} ${labels.length === 1 ? 'serves' : 'serve'} ${release}`).join('; ');
  log.warning(`The fleet is mixed: ${named}. This run makes it one again.`);
}
