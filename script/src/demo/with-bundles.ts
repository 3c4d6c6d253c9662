import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { runBundle } from '#shared/testing/run-bundle';
import { capture } from '../process.ts';
import type { Deliver, DeliveredStep, Delivery } from './delivery.ts';
import { evaluate, isDue, type Context } from './expressions.ts';

interface WrittenStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface WrittenJob { readonly env?: Readonly<Record<string, string>>; readonly steps: readonly WrittenStep[] }
interface Written { readonly jobs: Readonly<Record<string, WrittenJob>> }
interface Ended { readonly passed: boolean; readonly log: string; readonly outputs: Readonly<Record<string, string>>; readonly fault: string }

/**
 * Delivers without act: the workflow's jobs one after the other, as each needs the one before, and their steps likewise, each bundle spawned as the
 * runner does it. Understood is what the demo's workflow uses: checkout, shell steps, our actions, conditions on failure, and plain expressions. Throws on anything else.
 */
export const withBundles: Deliver = async (delivery) => {
  const { jobs } = parse(delivery.yaml) as Written;
  for (const job of Object.values(jobs)) {
    if (!(await runJob(job, delivery))) return;
  }
};

// Whether no step of it failed.
async function runJob({ env, steps }: WrittenJob, delivery: Delivery): Promise<boolean> {
  const context: Context = { inputs: delivery.inputs, vars: delivery.variables, secrets: delivery.secrets, steps: {} };
  const workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  let hasFailed = false;
  for (const step of steps) {
    if (!isDue(step.if, hasFailed, context)) continue;
    delivery.signal.throwIfAborted();
    delivery.onLog(`\n== ${step.name}\n`);
    const began = Date.now();
    const ended = await carryOut(step, { ...env, ...step.env }, { delivery, context, workspace });
    delivery.onLog(ended.log);
    if (step.id !== undefined) context.steps[step.id] = { outputs: ended.outputs, outcome: ended.passed ? 'success' : 'failure' };
    hasFailed ||= !ended.passed;
    delivery.onStep({ name: step.name, began, ended: Date.now(), passed: ended.passed, fault: ended.fault } satisfies DeliveredStep);
  }
  return !hasFailed;
}

async function carryOut(step: WrittenStep, env: Readonly<Record<string, string>>, { delivery, context, workspace }: { delivery: Delivery; context: Context; workspace: string }): Promise<Ended> {
  const filled = (values: Readonly<Record<string, string | number | boolean>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, evaluate(String(value), context)]));
  const [, action] = /^org\/actions\/([\w-]+)@v1$/.exec(step.uses ?? '') ?? [];
  if (action !== undefined) {
    const { code, log, outputs, annotations } = await runBundle(action, { with: filled(step.with), env: { ...filled(env), ...delivery.runner }, workspace, runId: delivery.runId, repository: 'acme/shop' });
    return { passed: code === 0, log, outputs, fault: annotations.findLast(({ level }) => level === 'error')?.message ?? '' };
  }
  if (step.uses?.startsWith('actions/checkout@')) return checkOut(delivery.files, workspace);
  if (step.run === undefined) throw new Error(`Step "${step.name}" uses ${step.uses}, which only act understands.`);
  const { code, stdout, stderr } = await capture('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', evaluate(step.run, context)], { cwd: workspace, env: filled(env) });
  return { passed: code === 0, log: `${stdout}${stderr}`, outputs: {}, fault: stderr };
}

function checkOut(files: Readonly<Record<string, string>>, workspace: string): Ended {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return { passed: true, log: `${Object.keys(files).length} files\n`, outputs: {}, fault: '' };
}
