import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type JobFolder, prepareJobFolder, readJobFolder } from './job-folder.ts';
import { readActionFile, stepEnvironment, type StepIdentity } from './step-environment.ts';
import { type Annotation, readJobOutput } from './workflow-commands.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NODE = `${ROOT}node_modules/node/bin/node`;
// Hundreds of runs: compiling the actions anew for each would take most of the time.
const COMPILED = `${ROOT}node_modules/.cache/actions`;

/** One step of a job: what a workflow would write, and whose run it is. */
export interface Step extends StepIdentity {
  /** Inputs as written under `with:`. */
  readonly with?: Readonly<Record<string, string>>;
  /** What `env:` adds; nothing else of this process's environment is handed on but PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** The working directory and GITHUB_WORKSPACE; an empty one is made unless given. */
  readonly workspace?: string;
  /** Another entry file than the action's own, for tests of the runner itself. */
  readonly entry?: string;
}

/** What a step leaves behind. */
export interface StepResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Everything printed, in order, without the lines that tell the runner what to hide; nothing is hidden here. */
  readonly log: string;
  /** The same with those lines. */
  readonly raw: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What later steps of the job would find in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  /** What the runner was told to hide. */
  readonly masks: readonly string[];
  /** Milliseconds from start to end. */
  readonly took: number;
}

/** A step that is under way. */
export interface RunningStep {
  readonly pid: number;
  /** What it has printed so far. */
  printed(): string;
  /** Resolves once the pattern was printed; rejects when the step ends without it. */
  untilPrinted(pattern: string | RegExp): Promise<void>;
  /** Sends what GitHub sends on a cancel: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL. */
  cancel(): Promise<StepResult>;
  kill(signal?: NodeJS.Signals): Promise<StepResult>;
  readonly result: Promise<StepResult>;
}

/** Runs an action as GitHub's runner does, to its end. Its sources are run, or its bundle in dist/ when SLIPWAY_TEST_BUNDLES=1. */
export async function runBundle(action: string, step: Step = {}): Promise<StepResult> {
  return startBundle(action, step).result;
}

/** Starts an action as GitHub's runner does. */
export function startBundle(action: string, step: Step = {}): RunningStep {
  const folder = prepareJobFolder(step.workspace);
  const startedAt = performance.now();
  const child = spawn(NODE, [step.entry ?? entryOf(action)], {
    cwd: folder.workspace,
    env: { NODE_COMPILE_CACHE: COMPILED, ...stepEnvironment(readActionFile(`${ROOT}actions/${action}/action.yml`), folder, step) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const printed = (): string => Buffer.concat(chunks).toString();
  const result = resultOf(child, folder, printed, startedAt);
  return {
    pid: child.pid!, printed, result,
    untilPrinted: (pattern) => untilPrinted(pattern, printed, child),
    cancel: async () => (await sendCancel(child), result),
    kill: async (signal = 'SIGKILL') => (child.kill(signal), result),
  };
}

function entryOf(action: string): string {
  return process.env['SLIPWAY_TEST_BUNDLES'] === '1' ? `${ROOT}dist/${action}/index.js` : `${ROOT}actions/${action}/src/index.ts`;
}

async function resultOf(child: ChildProcess, folder: JobFolder, printed: () => string, startedAt: number): Promise<StepResult> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  const took = performance.now() - startedAt;
  return { code, signal, raw: printed(), took, ...readJobOutput(printed()), ...readJobFolder(folder) };
}

async function untilPrinted(pattern: string | RegExp, printed: () => string, child: ChildProcess): Promise<void> {
  const isThere = (): boolean => (typeof pattern === 'string' ? printed().includes(pattern) : pattern.test(printed()));
  while (!isThere()) {
    if (hasEnded(child)) throw new Error(`The step ended without printing ${pattern}:\n${printed()}`);
    await wait(10);
  }
}

async function sendCancel(child: ChildProcess): Promise<void> {
  for (const [signal, patience] of [['SIGINT', 7_500], ['SIGTERM', 2_500]] as const) {
    if (hasEnded(child)) return;
    child.kill(signal);
    const over = new AbortController();
    await Promise.race([once(child, 'exit', { signal: over.signal }), wait(patience, undefined, { signal: over.signal })]).finally(() => over.abort());
  }
  if (!hasEnded(child)) child.kill('SIGKILL');
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
