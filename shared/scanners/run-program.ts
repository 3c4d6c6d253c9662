import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '#shared/core/errors';

/** A program to be run; no shell is involved. */
export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The file its standard output goes to; with none it is part of the log. */
  readonly stdoutTo?: string | undefined;
  /** ms. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Hears each line of the log, without colours. */
  onLine?(line: string): void;
}

/** How a program ended. */
export interface ProgramEnd {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  /** The end of its log. */
  readonly log: string;
  /** `timeout`, `cancelled`, or a sentence that says why it could not be started; undefined when it ran to its end. */
  readonly fault: string | undefined;
}

const KEPT_LINES = 400;
// Between being asked to end and being made to, ms: GitHub itself gives a cancelled job 7.5 s.
const GRACE = 3_000;

/** Runs a program to its end, with all it starts. Never rejects: what goes wrong is in the answer. */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const stdout = run.stdoutTo === undefined ? 'pipe' : openSync(run.stdoutTo, 'w', 0o600);
  // A process group of its own: what it starts ends with it.
  const child = spawn(run.program, run.args, { cwd: run.cwd, env: run.env, stdio: ['ignore', stdout, 'pipe'], detached: true });
  if (typeof stdout === 'number') closeSync(stdout);
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr].filter((one) => one !== null)) {
    createInterface({ input: stream }).on('line', (line) => hear(line, log, run)).on('error', () => undefined);
  }
  const closed = new Promise((resolve) => child.once('close', resolve));
  const ended = new Promise<Pick<ProgramEnd, 'code' | 'fault'>>((resolve) => {
    child.once('error', (error) => resolve({ code: undefined, fault: `It could not be started: ${messageOf(error)}.` }));
    child.once('exit', (code) => resolve({ code: code ?? undefined, fault: undefined }));
  });
  const fault = await interrupted(ended, run);
  if (fault !== undefined && child.pid !== undefined) await end(child.pid, ended);
  const { code, fault: own } = await ended;
  if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL'); // whatever it left behind would hold its log open
  if (own === undefined) await Promise.race([closed, wait(GRACE, undefined, { ref: false })]);
  return { code, fault: fault ?? own, log: log.join('\n') };
}

function hear(line: string, log: string[], run: ProgramRun): void {
  const plain = line.replace(/\u001B\[[\d;]*[A-Za-z]/g, '');
  log.push(plain);
  if (log.length > KEPT_LINES) log.shift();
  run.onLine?.(plain);
}

// Why it must end before its time; undefined when it ended by itself.
async function interrupted(ended: Promise<unknown>, { signal, timeout }: ProgramRun): Promise<'timeout' | 'cancelled' | undefined> {
  const over = new AbortController();
  const limit = wait(timeout, 'timeout' as const, { signal: over.signal }).catch(() => undefined);
  const cancelled = new Promise<'cancelled'>((resolve) => {
    if (signal.aborted) resolve('cancelled');
    signal.addEventListener('abort', () => resolve('cancelled'), { signal: over.signal });
  });
  const first = await Promise.race([ended.then(() => undefined), limit, cancelled]);
  over.abort();
  return first;
}

async function end(group: number, ended: Promise<unknown>): Promise<void> {
  signalGroup(group, 'SIGTERM');
  await Promise.race([ended, wait(GRACE, undefined, { ref: false })]);
  signalGroup(group, 'SIGKILL');
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It is gone already.
  }
}
