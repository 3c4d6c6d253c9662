import { setTimeout as wait } from 'node:timers/promises';
import { formatDuration } from '#shared/core/duration';
import { messageOf } from '#shared/core/errors';
import { attempt } from './attempt.ts';
import { backOff } from './back-off.ts';
import type { Attempt, Check, CheckContext, CheckResult } from './check.ts';
import { TimeLimit, within } from './deadline.ts';

/** How long to wait for a check to pass, and how often in a row it must. */
export interface Readiness {
  /** Milliseconds for all attempts together; 0 measures once. */
  readonly total: number;
  /** Passes in a row; 1 by default. */
  readonly successes?: number;
  /** Milliseconds between two passes in a row; by back-off if left out, and none where it is measured once. */
  readonly interval?: number;
}

interface History {
  attempts: number;
  /** Passes, or failures, in a row up to now. */
  streak: number;
  answers: number;
  first?: Attempt;
  last?: Attempt;
}

/**
 * Measures the check anew, with back-off, until it has passed often enough in a row or the time is up.
 * A failure starts the count of passes again. An attempt that the total limit cut short says nothing, unless it is the only one.
 */
export async function runCheck(check: Check, context: CheckContext, readiness: Readiness = { total: 0 }): Promise<CheckResult> {
  const started = performance.now();
  const history: History = { attempts: 0, streak: 0, answers: 0 };
  const isOnce = readiness.total === 0;
  const repeat = async (signal: AbortSignal): Promise<void> => untilReady(check, { ...context, signal }, readiness, history);
  await (isOnce ? measureOnce(check, context, readiness, history) : within(readiness.total, context.signal, repeat));
  const concluded = conclusion(history, readiness, performance.now() - started);
  const isStopped = isCancelled(context.signal) && concluded.verdict !== 'pass';
  const { verdict, reason } = isStopped ? stopped(context.signal, concluded.reason) : concluded;
  const evidence = history.last?.evidence ?? {};
  return { name: check.name, verdict, reason, evidence, durationMs: Math.round(performance.now() - started), attempts: history.attempts };
}

// Once means once for every pass that is asked for: the first failure ends it.
async function measureOnce(check: Check, context: CheckContext, { successes = 1, interval = 0 }: Readiness, history: History): Promise<void> {
  for (let count = 1; ; count += 1) {
    note(history, await attempt(check, context));
    if (history.last?.verdict !== 'pass' || count === successes) return;
    await pause(interval, context.signal);
    if (context.signal.aborted) return;
  }
}

async function untilReady(check: Check, context: CheckContext, { successes = 1, interval }: Readiness, history: History): Promise<void> {
  for (;;) {
    const found = await attempt(check, context);
    const wasCutShort = context.signal.aborted && found.verdict !== 'pass';
    if (!wasCutShort || history.attempts === 0 || !isTimeUp(context.signal)) note(history, found);
    const isReady = found.verdict === 'pass' && history.streak >= successes;
    if (isReady || found.isFinal === true || context.signal.aborted) return;
    await pause(found.verdict === 'pass' && interval !== undefined ? interval : backOff(history.streak), context.signal);
    if (context.signal.aborted) return;
  }
}

/** Ends early, without an error, when the signal does. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

function note(history: History, found: Attempt): void {
  const isSame = (history.last?.verdict === 'pass') === (found.verdict === 'pass');
  history.streak = isSame ? history.streak + 1 : 1;
  history.attempts += 1;
  history.answers += found.answered ? 1 : 0;
  history.first ??= found;
  history.last = found;
}

function isCancelled(signal: AbortSignal): boolean {
  return signal.aborted && !isTimeUp(signal);
}

function stopped(signal: AbortSignal, reason: string): Pick<CheckResult, 'verdict' | 'reason'> {
  const isSaid = reason.includes('stopped before it was done');
  return { verdict: 'inconclusive', reason: isSaid ? reason : `stopped before it was done: ${messageOf(signal.reason)}; ${reason}` };
}

function isTimeUp(signal: AbortSignal): boolean {
  return signal.reason instanceof TimeLimit;
}

function conclusion({ attempts, streak, answers, first, last }: History, { total, successes = 1 }: Readiness, ms: number): Pick<CheckResult, 'verdict' | 'reason'> {
  if (first === undefined || last === undefined) return { verdict: 'inconclusive', reason: 'was not measured' };
  if (last.verdict === 'pass' && streak < successes) {
    return { verdict: 'fail', reason: `passed ${streak} times in a row within ${formatDuration(total || ms)}, expected ${successes} times (${attempts} attempts)` };
  }
  if (attempts === 1) return last;
  const spent = `${attempts} attempts in ${formatDuration(ms)}`;
  if (last.verdict === 'pass') return { verdict: 'pass', reason: first.verdict === 'pass' ? `${last.reason} (${spent})` : `${last.reason} (${spent}; at first: ${first.reason})` };
  const prefix = answers === 0 ? 'never answered' : `answered ${answers} times, not as expected at the end`;
  return { verdict: last.verdict, reason: `${prefix}: ${last.reason} (${spent})` };
}
