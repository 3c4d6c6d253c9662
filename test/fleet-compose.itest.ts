import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage, webOfAnyRelease } from '#shared/testing/docker/image';
import { startRegistry, type Registry } from '#shared/testing/docker/registry';
import { missing, needs, needsFull } from '#shared/testing/equipment';
import { startFleet, type Fleet, type Member } from '#shared/testing/fleet';
import { freePort, waitUntil } from '#shared/testing/ports';
import { startBundle } from '#shared/testing/run-bundle';
import { tellStory, type Told } from '#shared/testing/tell-story';
import { blueGreenSwitch } from '../actions/blue-green-switch/src/blue-green-switch.ts';
import { action as switchAction } from '../actions/blue-green-switch/src/inputs.ts';
import { action as rollbackAction } from '../actions/rollback/src/inputs.ts';
import { rollback } from '../actions/rollback/src/rollback.ts';
import { action as deployAction } from '../actions/ssh-deploy/src/inputs.ts';
import { sshDeploy } from '../actions/ssh-deploy/src/ssh-deploy.ts';

// A fleet whose hosts each have an engine of their own, and a compose project a slot: all prepare, all are switched, all go back. Two hosts; five with --full.
type Inputs = Readonly<Record<string, string>>;

const NEEDS = [...ENGINE_NEEDS, 'sshd', 'unshare', 'socat', 'curl'];
const it = needs(...NEEDS);
const full = needsFull(...NEEDS);
const SIZE = process.env['SLIPWAY_FULL'] === '1' ? 5 : 2;
// Containers of all hosts publish their ports on the one loopback of this machine, each host on an address of its own.
const addressOf = (index: number): string => `127.0.0.${index + 11}`;

let registry: Registry;
let engines: readonly Engine[];
let fleet: Fleet;
let ports: readonly [blue: number, green: number];
let [pinned, first] = ['', ''];
beforeAll(async () => {
  if (missing(...NEEDS).length > 0) return;
  registry = await startRegistry();
  engines = await Promise.all(Array.from({ length: SIZE }, () => startEngine()));
  ports = [await freePort(), await freePort()];
  await pushApp('the first');
  fleet = await startFleet(SIZE, (index) => ({ ...engines[index]?.env, HOST_ADDRESS: addressOf(index) }));
  fleet.members.forEach(bridge);
}, 120_000);
afterAll(async () => {
  await fleet?.[Symbol.asyncDispose]();
  await Promise.all((engines ?? []).map((engine) => engine.stop()));
  await registry?.close();
}, 60_000);

/** Has the one tag of the app mean other bits from now on. */
async function pushApp(word: string): Promise<void> {
  const [first] = engines as [Engine];
  const app = webOfAnyRelease();
  pinned = await buildImage(first, `${registry.name}/shop:1`, { ...app, files: { ...app.files, word }, health: '[ "${UNHEALTHY_AT:-none}" != "$HOST_ADDRESS" ]' });
  await first.docker('push', '--quiet', `${registry.name}/shop:1`);
}

// What nginx does on a server: each slot's socket leads to the port of its containers.
function bridge({ disk }: Member, index: number): void {
  mkdirSync(join(disk, 'run'));
  for (const [slot, port] of [['blue', ports[0]], ['green', ports[1]]] as const) {
    spawn('socat', [`UNIX-LISTEN:${disk}/run/${slot}.sock,fork`, `TCP:${addressOf(index)}:${port}`], { env: { PATH: process.env['PATH'], FLEET_MEMBER: disk }, stdio: 'ignore' });
  }
}

function sourceOf(release: string, unhealthyAt: string): string {
  const folder = fleet.makeRelease(release);
  const image = `${registry.name}/shop:1`;
  const web = { image, restart: 'unless-stopped', ports: ['${HOST_ADDRESS}:${PORT}:80'], environment: { RELEASE: '${RELEASE}', HOST_ADDRESS: '${HOST_ADDRESS}', UNHEALTHY_AT: unhealthyAt }, stop_grace_period: '2s' };
  const jobs = { image, restart: 'always', network_mode: 'none', command: ['/bin/sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'], labels: { 'slipway.role': 'worker' }, stop_grace_period: '2s' };
  writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({ services: { web, jobs } }));
  return folder;
}
const inputs = (release: string, more: Inputs = {}, unhealthyAt = ''): Inputs => ({
  ...fleet.connection, path: fleet.slots['path'] as string, 'runtime-dir': fleet.slots['runtime-dir'] as string, strategy: 'compose', images: 'pull', 'blue-port': String(ports[0]), 'green-port': String(ports[1]),
  health: '/health', 'health-timeout': '20s', source: sourceOf(release, unhealthyAt), release, ...more,
});
const PROOF: Inputs = { 'version-json-path': '$.version', 'proof-path': '/version', 'proof-timeout': '5s' };
const deploy = (release: string, more: Inputs = {}, unhealthyAt = ''): Promise<Told> => tellStory(deployAction, sshDeploy, inputs(release, more, unhealthyAt), { id: release });
const switchTraffic = (release: string, more: Inputs = {}): Promise<Told> => tellStory(switchAction, blueGreenSwitch, { ...fleet.connection, ...PROOF, 'drain-timeout': '0s', ...more }, { id: release });
const served = (): string[] => fleet.members.flatMap((member) => [member.serves(), member.confirmed()]);
const all = (release: string): string[] => fleet.members.flatMap(() => [release, release]);
const last = (): Member => fleet.members[SIZE - 1] as Member;

function done({ failure }: Told): void {
  if (failure !== undefined) throw failure;
}

async function containersOf(engine: Engine): Promise<string[]> {
  const told = await engine.docker('ps', '--all', '--format', '{{.Label "com.docker.compose.service"}} {{.Label "slipway.release"}} {{.State}}');
  return told.split('\n').map((line) => line.replace(/ (exited|created)$/, ' ended')).sort();
}
/** Every host runs the web of these releases, and the worker of the first alone. */
async function expectRunning(live: string, standby?: string): Promise<void> {
  const wanted = [`jobs ${live} running`, `web ${live} running`, ...(standby === undefined ? [] : [`jobs ${standby} ended`, `web ${standby} running`])].sort();
  expect(await Promise.all(engines.map(containersOf))).toEqual(engines.map(() => wanted));
  expect(served()).toEqual(all(live));
}
const workers = async (): Promise<string[]> => (await Promise.all(engines.map(containersOf))).flat().filter((each) => /^jobs .* running$/.test(each));
const imagesOf = (service: string): Promise<string[]> => Promise.all(engines.map(async ({ docker }) =>
  docker('inspect', '--format', '{{.Image}}', await docker('ps', '--quiet', '--filter', `label=com.docker.compose.service=${service}`, '--filter', 'status=running'))));

describe('a compose project a slot, on a fleet', () => {
  it('every host prepares; one on which it fails after the act takes all back, workers with them; mended, all are moved', async () => {
    done(await deploy('r1'));
    done(await switchTraffic('r1'));
    await expectRunning('r1');
    first = pinned;
    await pushApp('the second');
    // It spoils the release right before its users come, unless it has been told not to.
    const hook = `[ "$HOST_ADDRESS" != ${addressOf(SIZE - 1)} ] || [ -e "$SERVICE_PATH/mended" ] || docker exec "shop-production-$SLOT-web-1" sh -c "rm /health"`;
    done(await deploy('r2', { 'before-publish': hook }));
    expect(served()).toEqual(all('r1'));
    const told = await switchTraffic('r2');
    expect(told.failure?.message).toContain(`1 of ${SIZE} hosts failed:\n- web${SIZE}: `);
    expect(told.failure?.message).toContain('Held back for that, and as before: web1');
    expect([served(), await workers()]).toEqual([all('r1'), engines.map(() => 'jobs r1 running')]);
    await engines[SIZE - 1]?.docker('exec', 'shop-production-green-web-1', 'sh', '-c', 'echo ok >/health');
    writeFileSync(join(last().disk, 'mended'), '');
    done(await switchTraffic('r2'));
    await expectRunning('r2', 'r1');
    expect(await imagesOf('jobs')).toEqual(engines.map(() => pinned));
  });

  it('goes back everywhere, to the very bits that its release had, though the tag has moved', async () => {
    // What stands by is gone, as after a boot without it.
    await Promise.all(engines.map(async ({ docker }) => docker('rm', '--force', '--volumes', ...(await docker('ps', '--all', '--quiet', '--filter', 'label=slipway.release=r1')).split('\n'))));
    registry.setDown(true);
    done(await tellStory(rollbackAction, rollback, { ...fleet.connection, ...PROOF, release: 'r1' }, { id: 'back' }));
    registry.setDown(false);
    await expectRunning('r1', 'r2');
    expect([first === pinned, await imagesOf('jobs')]).toEqual([false, engines.map(() => first)]);
  });

  full('one host on which it is not healthy keeps all from being prepared', async () => {
    const told = await deploy('r3', { 'health-timeout': '10s' }, addressOf(SIZE - 1));
    expect(told.failure?.message).toMatch(new RegExp(`^1 of ${SIZE} hosts failed:\n- web${SIZE}: [^]*Service web is unhealthy`));
    expect([served(), await workers()]).toEqual([all('r1'), engines.map(() => 'jobs r1 running')]);
  });

  for (const step of ['switch', 'check-live', 'hand-over-workers']) {
    full(`one host whose executor is killed at ${step}: the same release everywhere after the next run`, async () => {
      const release = `k-${step}`;
      done(await deploy(release));
      const plans = join(last().disk, '.slipway/plans');
      const known = readdirSync(plans);
      const switching = startBundle('blue-green-switch', { with: { ...fleet.connection, ...PROOF, 'drain-timeout': '0s' }, runId: release });
      const isAt = (): boolean => readdirSync(plans).some((plan) => !known.includes(plan) && readFileSync(join(plans, plan, 'journal'), 'utf8').includes(` process ${step} `));
      await waitUntil(`the last host is at ${step}`, isAt, 60_000);
      last().kill(/plan\.sh\0/);
      await switching.result;
      const next = `after-${step}`;
      done(await deploy(next));
      done(await switchTraffic(next, { standby: '0s' }));
      expect(served()).toEqual(all(next));
      expect(await workers()).toEqual(engines.map(() => `jobs ${next} running`));
    });
  }
});
