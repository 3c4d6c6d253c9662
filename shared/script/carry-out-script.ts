import { UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import { stopPlan } from '#shared/server/carry-out';
import { faultOf, type Outcome } from '#shared/server/outcome';
import type { Progress } from '#shared/server/progress';
import type { Server } from '#shared/server/server';
import { capture, lineReader } from './printed.ts';
import { planScript, SCRIPT_STEP, scriptFiles, type Script } from './script-plan.ts';

const YELLOW = '\u001B[33m';
const PLAIN = '\u001B[0m';
const LAST_LINES = 10;

/** What running a script needs besides. */
export interface ScriptFollow {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Whether the script is ended when the job is cancelled or out of time; else it goes on, and nobody hears of it any more. */
  readonly endsWithJob: boolean;
  /** Bytes of standard output that are kept. */
  readonly captureLimit: number;
}

/** How a script ended. */
export interface ScriptEnd {
  readonly code: number;
  /** After how many seconds it was ended, if it was. */
  readonly timedOutAfter: number | undefined;
  /** Its standard output without the last line end; undefined where there was more than the limit. */
  readonly stdout: string | undefined;
  readonly bytes: number;
  /** The last lines of its standard error. */
  readonly lastWords: readonly string[];
}

/**
 * Runs a script on a server and prints what it prints as it comes, standard error in yellow.
 * @throws {UserError} when it did not come to run, or nobody knows how it ended.
 */
export async function carryOutScript(server: Server, state: string, script: Script, follow: ScriptFollow): Promise<ScriptEnd> {
  const { log } = follow;
  const plan = planScript(script, state);
  const kept = capture(follow.captureLimit);
  const lastWords: string[] = [];
  const out = lineReader((line) => log.output(line));
  const err = lineReader((line) => {
    log.output(`${YELLOW}${line}${PLAIN}`);
    lastWords.push(line);
    if (lastWords.length > LAST_LINES) lastWords.shift();
  });
  const hear = { stdout: (chunk: Buffer): void => (kept.hear(chunk), out.hear(chunk)), stderr: err.hear };
  const tails: Promise<void>[] = [];
  const listen = (): void => {
    tails.push(...(['stdout', 'stderr'] as const).map((file) => server.tail(plan, file, hear[file])));
    tails.forEach((tail) => void tail.catch(() => {})); // told below, once the plan's own end is known
  };
  try {
    const outcome = await server.carryOut(plan, scriptFiles(script), (progress) => relate(progress, log, listen));
    await Promise.all(tails);
    return { ...endOf(outcome, server.label), stdout: kept.text(), bytes: kept.bytes(), lastWords: lastWords.length > 0 ? lastWords : outcome.lastLines };
  } catch (error) {
    if (follow.signal.aborted && follow.endsWithJob) await stopPlan(server, plan, follow);
    throw error;
  } finally {
    await Promise.allSettled(tails);
    out.end();
    err.end();
  }
}

function relate(progress: Progress, log: Log, listen: () => void): void {
  if (progress.kind === 'begin' && progress.step === SCRIPT_STEP) listen();
  if (progress.kind === 'line') log.output(progress.text);
  if (progress.kind === 'healing') log.info(`Clearing away after script ${progress.plan}, which did not end by itself.`);
}

function endOf(outcome: Outcome, label: string): Pick<ScriptEnd, 'code' | 'timedOutAfter'> {
  if (outcome.state === 'completed') return { code: 0, timedOutAfter: undefined };
  if (outcome.failedStep === SCRIPT_STEP && outcome.exitCode !== undefined) return { code: outcome.exitCode, timedOutAfter: outcome.timedOutAfter };
  const fault = faultOf(outcome, `scripts on ${label}`, new Map([[SCRIPT_STEP, 'Running the script']]));
  throw new UserError(outcome.state === undefined ? `The script on ${label} ended without a word: it was killed, or the server went down. It is not run again by itself.` : fault ?? `The script did not run on ${label}.`);
}
