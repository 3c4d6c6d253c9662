import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage } from '#shared/testing/docker/image';
import { startRegistry, type Registry } from '#shared/testing/docker/registry';
import { missing, needs, needsFull } from '#shared/testing/equipment';
import { startFleet, type Fleet, type Member } from '#shared/testing/fleet';
import { waitUntil } from '#shared/testing/ports';
import { startBundle, type RunningStep } from '#shared/testing/run-bundle';

// A fleet whose hosts each have an engine of their own, and run containers that are replaced one by one. Two hosts; five with --full.
type Inputs = Readonly<Record<string, string>>;

const NEEDS = [...ENGINE_NEEDS, 'sshd', 'unshare'];
const it = needs(...NEEDS);
const isFull = process.env['SLIPWAY_FULL'] === '1';
const SIZE = isFull ? 5 : 2;
const PHASES = isFull ? ['start-beside', 'await-health', 'await-fleet', 'publish', 'swap-single', 'check-live', 'record', 'drain'] : ['swap-single'];
const RUN = 'trap "exit 0" TERM; while :; do sleep 0.1; done\n';

let engines: readonly Engine[];
let fleet: Fleet;
let registry: Registry;
let source: string;
let count = 0;
let good = '';
beforeAll(async () => {
  if (missing(...NEEDS).length > 0) return;
  registry = await startRegistry();
  engines = await Promise.all(Array.from({ length: SIZE }, () => startEngine()));
  const [first] = engines as [Engine];
  await buildImage(first, `${registry.name}/shop:1`, { run: RUN });
  await first.docker('push', '--quiet', `${registry.name}/shop:1`);
  fleet = await startFleet(SIZE, (index) => engines[index]?.env ?? {});
  source = mkdtempSync(join(tmpdir(), 'fleet-source-'));
  await release();
}, 120_000);
afterAll(async () => {
  await fleet?.[Symbol.asyncDispose]();
  await Promise.all((engines ?? []).map((engine) => engine.stop()));
  await registry?.close();
  if (source !== undefined) rmSync(source, { recursive: true });
});

const inputs = (name: string, more: Inputs = {}): Inputs => ({
  ...fleet.connection, strategy: 'compose-rolling', path: fleet.inPlace['path'] as string, source: sourceOf(name), release: name, images: 'pull', 'health-command': 'true', 'health-timeout': '20s', 'stop-timeout': '5s', ...more,
});
const start = (name: string, more: Inputs = {}): RunningStep => startBundle('ssh-deploy', { with: inputs(name, more), runId: name });
const next = (): string => `r${(count += 1)}`;

function sourceOf(name: string): string {
  const folder = join(source, name);
  mkdirSync(folder, { recursive: true });
  const service = { image: `${registry.name}/shop:1`, network_mode: 'none', restart: 'always' };
  writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({ services: { web: service, queue: { ...service, labels: { 'slipway.role': 'worker' } } } }));
  return folder;
}

/** A whole run that has to succeed, whatever was before it. */
async function release(): Promise<void> {
  const name = next();
  const { code, log } = await start(name).result;
  if (code !== 0) throw new Error(log);
  await expectAllOn(name);
  good = name;
}

async function containersOf(engine: Engine): Promise<string[]> {
  return (await engine.docker('ps', '--all', '--format', '{{.Label "com.docker.compose.service"}} {{.Label "slipway.release"}} {{.State}}')).split('\n').sort();
}
async function expectAllOn(name: string): Promise<void> {
  expect(await Promise.all(engines.map(containersOf))).toEqual(engines.map(() => [`queue ${name} running`, `web ${name} running`]));
  expect(fleet.members.map((member) => member.serves())).toEqual(fleet.members.map(() => name));
}

const plansOf = ({ disk }: Member): string => join(disk, '.slipway/plans');
const victim = (): Member => fleet.members[SIZE - 1] as Member;

/** Waits until the last host is at a step of a plan that it did not have before. */
async function untilAt(step: string, known: readonly string[]): Promise<void> {
  const isThere = (): boolean => readdirSync(plansOf(victim())).some((plan) => !known.includes(plan) && new RegExp(`^\\d+ process ${step} `, 'm').test(readFileSync(join(plansOf(victim()), plan, 'journal'), 'utf8')));
  await waitUntil(`the last host is at ${step}`, isThere, 60_000);
}

describe('compose-rolling on a fleet', () => {
  it('one host on which it is not healthy takes all of them back, containers and all', async () => {
    const { code, log } = await start(next(), { 'health-command': `test "$(cat "$SERVICE_PATH/label")" != ${victim().label}`, 'health-timeout': '3s' }).result;
    expect([code, log.includes(`1 of ${SIZE} hosts failed:`)]).toEqual([1, true]);
    await expectAllOn(good);
  });

  for (const phase of PHASES) {
    it(`one host whose executor is killed at ${phase}: after the next run the same release everywhere, each container once`, async () => {
      const known = readdirSync(plansOf(victim()));
      const step = start(next());
      await untilAt(phase, known);
      victim().kill(/plan\.sh\0/);
      await step.result;
      await release();
    });
  }

  needsFull(...NEEDS)('the runner killed while all stand unconfirmed: the next run makes them one', async () => {
    const known = readdirSync(plansOf(victim()));
    const step = start(next());
    await untilAt('check-live', known);
    await step.kill();
    await release();
  });

  it('goes back everywhere', async () => {
    const wanted = good;
    await release();
    const names = ['path', 'source', 'release', 'strategy', 'images', 'health-command', 'health-timeout', 'stop-timeout'];
    const connection = Object.fromEntries(Object.entries(inputs(wanted)).filter(([name]) => !names.includes(name)));
    const { code, log } = await startBundle('rollback', { with: { ...connection, release: wanted }, runId: 'back' }).result;
    expect(code === 0 ? '' : log).toBe('');
    await expectAllOn(wanted);
  });
});
