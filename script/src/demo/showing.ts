import { chmodSync, createWriteStream, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findProgram } from '#shared/testing/programs';
import type { DeliveredStep } from './delivery.ts';
import type { Stage } from './measured.ts';
import { tell, tellStage, tellTitle } from './story.ts';
import { sweep } from './tidy.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LOG = join(ROOT, '.tools/demo.log');

/** One showing of a demo: all it makes is below `folder`, all that its workflow prints goes to `log`. */
export interface Showing {
  readonly folder: string;
  readonly runner: 'act' | 'bundles';
  readonly signal: AbortSignal;
  readonly log: (text: string) => void;
  readonly stages: Stage[];
  /** What else has to be ended, however the showing ends; done twice it does no harm. */
  readonly endings: (() => Promise<unknown>)[];
}

/** What a showing came to, as a person reads it and as JSON. */
export interface Outcome {
  readonly report: { readonly ok: boolean };
  readonly summary: string;
  readonly verdict: string;
}

/** Shows a demo from its first line to its last, and ends this process as a demo ends: 0 when all went as promised, by the signal that stopped it. */
export async function show(what: string, workflow: string, demonstrate: (showing: Showing) => Promise<Outcome>): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, 'without-act': { type: 'boolean', default: false } } });
  const isActThere = findProgram('act') !== undefined;
  const runner = isActThere && !values['without-act'] ? 'act' : 'bundles';
  // Everything that is started has this folder in its environment, by which it is found again.
  const folder = mkdtempSync(join(tmpdir(), 'slipway-demo-'));
  chmodSync(folder, 0o711); // PostgreSQL's own user passes through
  Object.assign(process.env, { TMPDIR: folder, SLIPWAY_TEST_BUNDLES: '1' });
  const stop = new AbortController();
  const interrupted = interruption(stop);
  const log = createWriteStream(LOG);
  await new Promise((resolve) => log.once('open', resolve));
  tell(`Slipway: ${what}, ${runner === 'act' ? `by ${workflow} under act` : `by the steps of ${workflow}, each run as GitHub's runner does (${isActThere ? 'as asked' : 'act is not to be had here'})`}.`);
  const showing: Showing = { folder, runner, signal: stop.signal, log: (text) => void log.write(text), stages: [], endings: [] };
  const end = demonstrate(showing).then((outcome) => conclude(outcome, values.json), (error: unknown) => (stop.signal.aborted ? undefined : tellFailure(error)));
  const signal = await Promise.race([interrupted, end]);
  await Promise.allSettled(showing.endings.map((done) => done()));
  await sweep(folder);
  if (signal === undefined) return void process.removeAllListeners();
  console.error(`\nStopped by ${signal}. Nothing that was started is left.`);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Does a piece of getting ready, tells it as a stage and returns what came of it. */
export async function timed<Result>({ stages }: Pick<Showing, 'stages'>, name: string, work: Promise<Result>): Promise<Result> {
  const began = performance.now();
  const result = await work;
  const stage = { name, ms: Math.round(performance.now() - began), passed: true };
  stages.push(stage);
  tellStage(stage);
  return result;
}

/** Takes a workflow's step as a stage, tells it, and returns it. */
export function tellStep({ stages }: Pick<Showing, 'stages'>, release: string, step: DeliveredStep): DeliveredStep {
  const stage = { release, name: step.name, ms: step.ended - step.began, passed: step.passed };
  stages.push(stage);
  tellStage(stage, step.fault);
  return step;
}

/** Resolves with the signal that asks this process to end. */
function interruption(stop: AbortController): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        stop.abort();
        resolve(signal);
      });
    }
  });
}

function conclude({ report, summary, verdict }: Outcome, jsonFile: string | undefined): void {
  tellTitle('What users saw');
  tell(summary);
  tell(verdict);
  tell(`The workflow's own log: ${LOG}`);
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.ok ? 0 : 1;
}

function tellFailure(error: unknown): void {
  const lines = readFileSync(LOG, 'utf8').trimEnd().split('\n').slice(-60);
  console.error(`\n${lines.join('\n')}\n\nThe demo could not be brought to its end: ${error instanceof Error ? error.message : String(error)}\nThe lines above are the last of ${LOG}.`);
  process.exitCode = 1;
}
