import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { outcomeOf, type Outcome } from '#shared/server/outcome';
import { newPlanId, renderPlan, type Plan, type Step } from '#shared/server/plan';
import { progressReader, type Progress } from '#shared/server/progress';

const roots: string[] = [];

/** Removes the folders of all servers made here. */
export function removeServers(): void {
  roots.forEach((root) => rmSync(root, { recursive: true, force: true }));
}

/** A state folder on this machine and the commands an SSH connection would run in it. */
export type LocalServer = ReturnType<typeof localServer>;

/** A server without SSH, whose shell and tools are those of `path`. */
export function localServer(path: string) {
  const root = mkdtempSync(join(tmpdir(), 'slipway-executor-'));
  roots.push(root);
  const state = join(root, '.slipway');
  mkdirSync(join(state, 'plans'), { recursive: true });
  mkdirSync(join(state, 'incoming'));
  writeFileSync(join(state, 'ledger'), '');
  const env = { PATH: path, HOME: root };
  const claim = (generation: number, run = '812'): void => {
    const line = { event: 'claim', generation, time: '2026-11-21T14:02:10Z', run, url: `https://example.test/runs/${run}` };
    writeFileSync(join(state, 'ledger'), `${JSON.stringify(line)}\n`, { flag: 'a' });
  };
  const folder = (plan: Plan): string => join(state, 'plans', plan.id);
  const start = (plan: Plan): void => {
    mkdirSync(folder(plan));
    writeFileSync(join(folder(plan), 'plan.sh'), renderPlan(plan, 'mark'));
    writeFileSync(join(folder(plan), 'journal'), 'slipway-journal 1\n');
    writeFileSync(join(folder(plan), 'output'), '');
    execFileSync('sh', [join(folder(plan), 'plan.sh'), 'launch', 'run'], { env, stdio: 'ignore' });
  };
  const follow = (plan: Plan, verb = 'run', offset = 0): Promise<Outcome & { code: number; bytes: number }> => listen(plan, ['follow', verb, String(offset)]);
  const listen = async (plan: Plan, args: string[]): Promise<Outcome & { code: number; bytes: number }> => {
    const told: Progress[] = [];
    const reader = progressReader('mark', (progress) => told.push(progress));
    const child = spawn('sh', [join(folder(plan), 'plan.sh'), ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk: Buffer) => reader.read(chunk));
    const code = await new Promise<number>((resolve) => child.on('close', (exit) => resolve(exit ?? -1)));
    reader.end();
    return { ...outcomeOf(plan.id, told), code, bytes: reader.bytes() };
  };
  return {
    root, state, env, claim, start, follow, folder,
    run: (plan: Plan) => (start(plan), follow(plan)),
    ask: (plan: Plan, verb: string) => listen(plan, ['ask', verb]),
    journal: (plan: Plan) => readFileSync(join(folder(plan), 'journal'), 'utf8').replaceAll(/^\d+ /gm, ''),
    processOf: (plan: Plan) => Number(readFileSync(join(folder(plan), 'process.run'), 'utf8').split(' ')[0]),
    ledger: () => readFileSync(join(state, 'ledger'), 'utf8'),
    read: (name: string) => readFileSync(join(root, name), 'utf8'),
    has: (name: string) => existsSync(join(root, name)),
    live: () => { try { return readlinkSync(join(root, 'live')); } catch { return undefined; } },
  };
}

/** A step that nothing is said about but its name. */
export function step(name: string, phase: Step['phase'], script: string, timeout = 20_000): Step {
  return { name, title: `Doing ${name}`, phase, script, timeout };
}

/** A plan with the shape of a switch: something prepared, a link renamed, a check, a record. */
export function planOn({ root, state }: { root: string; state: string }, changes: Partial<Plan> & { slow?: string } = {}): Plan {
  const pause = (name: string): string => (changes.slow === name ? `touch ${root}/in-${name}; sleep 30` : ':');
  return {
    id: newPlanId(new Date()), state, generation: 1, confirmWithin: 0, lockWait: 20_000, environment: {},
    steps: [
      step('prepare', 'before', `echo one >${root}/prepared\n${pause('prepare')}`),
      step('switch', 'act', `point ${root}/live new\n${pause('switch')}`),
      step('check', 'verify', pause('check')),
      step('tidy-up', 'after', `record confirm '"release":"r1"'\n${pause('tidy-up')}`),
    ],
    clear: `rm -f ${root}/prepared`,
    back: `point ${root}/live old`,
    ...changes,
  };
}

/** Waits for a condition, ten seconds at most. */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 400) throw new Error('It never came');
    await sleep(25);
  }
}

/** Whether a process runs; one that ended and was not waited for does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Kills a plan's executor, and with `everything` also the process groups of its steps. */
export function killPlan(host: LocalServer, plan: Plan, victim: string): void {
  const executor = host.processOf(plan);
  process.kill(executor, 'SIGKILL');
  if (victim === 'executor') return;
  for (const [, group] of host.journal(plan).matchAll(/^process \S+ (\d+)/gm)) {
    try { process.kill(-Number(group), 'SIGKILL'); } catch { /* that step has ended */ }
  }
}
