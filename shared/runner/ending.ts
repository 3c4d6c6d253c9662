import { Cancelled } from '#shared/core/cancelled';
import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { JobLog } from './job-log.ts';

/** How an action comes to its end: by itself, or told to stop and given a moment to wind down. */
export interface Ending {
  readonly signal: AbortSignal;
  /** Aborts the signal with this reason; the process ends soon after, whatever the story does. */
  stop(reason: Error): void;
  /** The story is over, with this failure if one is given. Only the first call counts. */
  finish(failure?: unknown): void;
}

// GitHub sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s after that: we are gone before each next blow.
const AFTER_SIGINT_MS = 7_000;
const AFTER_SIGTERM_MS = 2_000;
const AFTER_OTHERS_MS = 20_000;
// Long enough for open sockets to close by themselves and for the log to be written.
const LINGER_MS = 1_000;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Takes over signals, stray failures and the exit of this process; `conclude` tells the outcome and is called once. */
export function createEnding(
  { log, conclude }: { readonly log: JobLog; conclude(failure: unknown, reason: unknown): void },
): Ending {
  const stopping = new AbortController();
  let isOver = false;

  const finish = (failure?: unknown): void => {
    if (isOver) return;
    isOver = true;
    const reason: unknown = stopping.signal.reason;
    conclude(failure, reason);
    process.exitCode = exitCode(failure, reason);
    setTimeout(leave, LINGER_MS).unref();
  };
  const exitNow = (code: number): void => {
    finish();
    process.exitCode = code;
    leave();
  };
  const stop = (reason: Error): void => {
    if (isOver || stopping.signal.aborted) return;
    const grace = graceOf(reason);
    setTimeout(() => {
      finish(new UserError(`It did not wind down within ${formatDuration(grace)}${whileDoing(log.current)}.`));
      leave();
    }, grace).unref();
    stopping.abort(reason);
  };
  const onSignal = (name: 'SIGINT' | 'SIGTERM'): void => {
    if (isOver || stopping.signal.reason instanceof Cancelled) return exitNow(EXIT_CODES[name]);
    log.info(cancelNotice(name, log.current));
    if (stopping.signal.aborted) return exitNow(EXIT_CODES[name]);
    stop(new Cancelled(name));
  };
  // A promise nobody waited for has failed: the story may be none the wiser, but the step must not pass.
  const onStray = (error: unknown): void => {
    if (!isOver) return stop(error instanceof Error ? error : new Error(String(error)));
    process.exitCode = 1;
    conclude(error, undefined);
  };

  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('unhandledRejection', onStray).on('uncaughtException', onStray);
  process.once('beforeExit', () => finish(stopping.signal.aborted ? undefined : new Error('Nothing was left to wait for, but the work was not finished')));
  return { signal: stopping.signal, stop, finish };
}

function exitCode(failure: unknown, reason: unknown): number {
  if (reason instanceof Cancelled) return EXIT_CODES[reason.by];
  return failure === undefined && reason === undefined ? 0 : 1;
}

function graceOf(reason: Error): number {
  if (!(reason instanceof Cancelled)) return AFTER_OTHERS_MS;
  return reason.by === 'SIGINT' ? AFTER_SIGINT_MS : AFTER_SIGTERM_MS;
}

function cancelNotice(name: string, current: readonly string[]): string {
  return `Cancelled (${name})${whileDoing(current)}. Winding down; what a server has begun, it goes on with or heals by itself.`;
}

function whileDoing(current: readonly string[]): string {
  return current.length > 0 ? ` while: ${current.join(' > ')}` : '';
}

// The only place that ends the process: a socket that hangs must not hold the job.
function leave(): void {
  process.stdout.write('', () => process.exit());
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
