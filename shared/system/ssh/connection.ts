import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { formatDuration } from '#shared/core/duration';
import type { Log } from '#shared/core/log';
import { type ConnectionFault, afterTries, faultOf, hostKeyFault, isPassing, place } from './faults.ts';
import { HOST_KEY_TYPES, type Pins, type Refusal, normaliseFingerprint, pinsFor, preferredTypes } from './host-keys.ts';
import { reachThrough } from './jump.ts';
import { parseKnownHosts } from './known-hosts.ts';
import { type Attempt, type Line, dialDirectly, openLine } from './line.ts';
import { prepareLogin } from './login.ts';
import { type SshConnection, connectionOver } from './session.ts';
import { type Party, type SshTarget, hostLabel } from './target.ts';

export { ConnectionLost } from './line-state.ts';
export type { ExecOptions, ExecResult } from './exec.ts';
export type { SshConnection } from './session.ts';

/** How long things wait, in milliseconds: a sign of life is asked for every `keepalive` (three unanswered end the line), the first retry waits `backOff`, each later one twice as long. */
export interface Pace {
  readonly keepalive: number;
  readonly backOff: number;
}

const PACE: Pace = { keepalive: 10_000, backOff: 1_000 };
const LONGEST_PAUSE = 15_000;
const PROBLEMS_SHOWN = 5;

/**
 * Logs in, through the jump hosts if there are any. Tries again, waiting longer each time, only where the server could not be reached: never once a log-in has begun.
 * @throws {ConnectionFault} with its own message for every fault; the signal's reason when it is aborted.
 */
export function connect(target: SshTarget, log: Log, signal?: AbortSignal, pace: Pace = PACE): Promise<SshConnection> {
  // Derived, because a fleet connects at once, and more than ten listeners on one signal look like a leak.
  return connectParty(target, false, log, signal && AbortSignal.any([signal]), pace);
}

async function connectParty(target: SshTarget, isJump: boolean, log: Log, signal: AbortSignal | undefined, pace: Pace): Promise<SshConnection> {
  const at: Party = { host: target.host, port: target.port, user: target.user, isJump };
  const pins = readPins(target, at);
  // The server is called while ssh2 is loaded and the key read; a key that is no good hangs up before a word was said.
  const early = target.jump === undefined ? [dialDirectly(at)] : [];
  const login = await prepareLogin(target, at).catch(hangUp(early));
  const jump = target.jump === undefined ? undefined : await connectParty(target.jump, true, log, signal, pace);
  const limit = target.connectTimeout;
  const reach = jump === undefined ? async () => early.pop() ?? dialDirectly(at) : () => reachThrough(jump, at, limit, signal);
  const attempt: Attempt = { at, login, pins, limit, keepalive: pace.keepalive, signal, reach };
  try {
    const line = await withRetries(() => openPinnedLine(attempt), target.connectRetries, pace, log, signal);
    log.info(`Connected to ${place(at)}.`);
    return connectionOver(line, hostLabel(at.host, at.port), () => jump?.close());
  } catch (error) {
    jump?.close();
    return hangUp(early)(error);
  }
}

function hangUp(sockets: readonly Socket[]): (reason: unknown) => never {
  return (reason) => {
    for (const socket of sockets) socket.destroy();
    throw reason;
  };
}

function readPins({ host, port, hostKeys }: SshTarget, at: Party): Pins {
  const { lines, unreadable } = parseKnownHosts(hostKeys.knownHosts);
  if (unreadable.length > 0) throw faultOf('known-hosts-unreadable', at, listed(unreadable.map(({ line, problem }) => `line ${line}: ${problem}`)));
  const given = hostKeys.fingerprints.filter((text) => text.trim() !== '');
  const fingerprints = given.map(normaliseFingerprint).filter((text) => text !== undefined);
  const bad = given.findIndex((text) => normaliseFingerprint(text) === undefined);
  if (bad >= 0) throw faultOf('fingerprint-unreadable', at, `number ${bad + 1} is not a SHA256 fingerprint`);
  return pinsFor(host, port, lines, fingerprints);
}

function listed(problems: readonly string[]): string {
  const left = problems.length - PROBLEMS_SHOWN;
  return [...problems.slice(0, PROBLEMS_SHOWN), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

// A fingerprint does not tell its key's type, and a server shows one key only: if that is not it, the server is asked for its other types one by one.
async function openPinnedLine(attempt: Attempt): Promise<Line> {
  const first = await openLine(attempt, preferredTypes(attempt.pins));
  if ('client' in first) return first;
  const others: Refusal[] = [];
  const isWorthAsking = attempt.pins.fingerprints.length > 0 && first.reason !== 'revoked';
  for (const type of isWorthAsking ? HOST_KEY_TYPES.filter((each) => each !== first.type) : []) {
    const outcome = await openLine(attempt, [type]).catch(unlessAbsent);
    if (outcome === undefined) continue;
    if ('client' in outcome) return outcome;
    others.push(outcome);
  }
  throw hostKeyFault(attempt.at, first, others);
}

function unlessAbsent(error: unknown): undefined {
  if ((error as Partial<ConnectionFault>).kind !== 'no-common-algorithm') throw error;
}

async function withRetries(attempt: () => Promise<Line>, retries: number, pace: Pace, log: Log, signal: AbortSignal | undefined): Promise<Line> {
  const began = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (tries > retries) throw tries === 1 ? error : afterTries(error, tries, performance.now() - began);
      const wait = Math.min(pace.backOff * 2 ** (tries - 1), LONGEST_PAUSE);
      log.info(`${error.message} Trying again in ${formatDuration(wait)} (${tries} of ${retries}).`);
      await pause(wait, undefined, { signal }).catch(() => signal?.throwIfAborted());
    }
  }
}
