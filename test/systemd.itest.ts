import { afterAll, beforeAll, expect } from '@jest/globals';
import { needsFull } from '#shared/testing/equipment';
import { faultTold, liveVersion, outputsOf, pipeline, type Inputs, type Pipeline } from '#shared/testing/pipeline';
import { freePort, waitUntil } from '#shared/testing/ports';
import { runBundle, startBundle, type StepResult } from '#shared/testing/run-bundle';
import { MACHINE_NEEDS, startMachine, type Machine } from '#shared/testing/systemd-machine';
import { installService, type SystemdService } from '#shared/testing/systemd-service';

const MINUTES = 60_000;
const MAKING_THE_IMAGE = 10 * MINUTES;

/** What `operation: check` found. */
interface Found {
  readonly name: string;
  readonly verdict: string;
  readonly detail: string;
  readonly mend: string;
}

const test = needsFull(...MACHINE_NEEDS);
let machine: Machine;
let shop: SystemdService;
let rights: Inputs;
let run = 1000;

beforeAll(async () => {
  machine = await startMachine();
  shop = await installService(machine, { service: 'shop', units: 'system' });
  rights = shop.grant('sudo');
}, MAKING_THE_IMAGE);
afterAll(() => machine.stop());

function nextRun(): Pipeline {
  run += 1;
  return pipeline({ ...shop, inputs: { ...shop.inputs, ...rights } }, String(run));
}
async function release(version: string, more: Inputs = {}): Promise<Inputs> {
  const { deploy, switchTraffic } = nextRun();
  outputsOf(await deploy(version));
  return outputsOf(await switchTraffic({ 'drain-timeout': '0s', ...more }));
}
function check(inputs: Inputs): Promise<StepResult> {
  return runBundle('ssh-deploy', { with: { ...inputs, operation: 'check' } });
}
function foundIn({ outputs }: StepResult): readonly Found[] {
  return JSON.parse(outputs['checks'] ?? '[]') as Found[];
}
function notOk(result: StepResult): readonly string[] {
  return foundIn(result).filter(({ verdict }) => verdict !== 'ok').map(({ name, verdict, detail }) => `${name}: ${verdict}: ${detail}`);
}
async function untilLive(service: SystemdService, version: string, limit = MINUTES): Promise<void> {
  await waitUntil(`${version} is live`, async () => (await liveVersion(service).catch(() => '')) === version, limit);
}
function activeSlots(): string[] {
  return machine.asRoot('systemctl list-units --plain --no-legend --state active "shop@*.service"').split('\n').flatMap((line) => line.split(' ')[0] || []);
}
async function untilAlone(slot: string): Promise<void> {
  await waitUntil('the standby is stopped', () => activeSlots().join() === `shop@${slot}.service`, MINUTES);
}
function timers(): string[] {
  return machine.asRoot('ps -eo user:20,args').split('\n').filter((line) => /^deploy .*plan\.sh timer/.test(line));
}
function killUserProcesses(is: 'yes' | 'no'): void {
  machine.put('/etc/systemd/logind.conf.d/kill.conf', `[Login]\nKillUserProcesses=${is}\n`);
  machine.asRoot('systemctl restart systemd-logind');
}

test('a user without rights deploys, switches and rolls back by the shipped units and sudoers file', async () => {
  const before = await check({ ...shop.inputs, ...rights });
  expect(before.code).toBe(0);
  expect(notOk(before)).toEqual([expect.stringContaining('sudo: unknown: ')]);
  expect(await release('v1')).toMatchObject({ slot: 'blue', confirmed: 'true' });
  const second = nextRun();
  outputsOf(await second.deploy('v2'));
  outputsOf(await second.switchTraffic());
  expect(await liveVersion(shop)).toBe('v2');
  expect(outputsOf(await second.rollback())).toMatchObject({ 'restored-release': 'v1', 'undone-release': 'v2', verified: 'true' });
  expect(await liveVersion(shop)).toBe('v1');
  expect(notOk(await check({ ...shop.inputs, ...rights }))).toEqual([expect.stringContaining('sudo: unknown: ')]);
  await expect(machine.asDeployer('sudo -n systemctl restart nginx')).rejects.toThrow('password');
}, 4 * MINUTES);

test('without lingering, a detached process outlives the login and takes back what nobody confirms', async () => {
  expect(await release('v3', { 'confirm-within': '15s' })).toMatchObject({ confirmed: 'false' });
  expect(timers()).not.toEqual([]);
  await untilLive(shop, 'v1');
}, 4 * MINUTES);

test('a logind that kills what a login started is found out, and mended as it says', async () => {
  killUserProcesses('yes');
  const found = await check({ ...shop.inputs, ...rights });
  expect(found.code).toBe(1);
  expect(faultTold(found)).toContain('KillUserProcesses=yes: a plan would be killed when the line drops, and a switch that nobody confirms would not go back');
  // And so it is: users stay with what nobody confirmed until the next plan heals.
  expect(await release('v4', { 'confirm-within': '1m' })).toMatchObject({ confirmed: 'false' });
  await waitUntil('the detached process is gone', () => timers().length === 0, 20_000);
  expect(await liveVersion(shop)).toBe('v4');

  machine.asRoot(foundIn(found).find(({ name }) => name === 'logind')?.mend ?? 'false');
  const outputs = await release('v5', { 'confirm-within': '15s' });
  expect(outputs).toMatchObject({ 'previous-release': 'v1' });
  await untilLive(shop, 'v1');
  expect((await check({ ...shop.inputs, ...rights })).code).toBe(0);
  machine.asRoot('rm /etc/systemd/logind.conf.d/slipway.conf && systemctl restart systemd-logind');
}, 4 * MINUTES);

test('a lingering user\'s own systemd takes back what nobody confirms, and stops the standby, whatever logind kills', async () => {
  machine.asRoot('loginctl enable-linger deploy');
  await release('v6', { 'confirm-within': '20s' });
  expect(await machine.asDeployer('systemctl --user list-timers')).toMatch(/run-\w+\.timer\s+run-\w+\.service/);
  expect(await machine.asDeployer('systemctl --user show --property AccuracyUSec "run-*.timer"')).toBe('AccuracyUSec=1s\n'); // a minute is what systemd gives itself
  expect(timers()).toEqual([]);
  await untilLive(shop, 'v1');

  const { slot = '' } = await release('v7', { standby: '1s' });
  await untilAlone(slot);
  // The plan itself is in the session of the login, and goes with it.
  const step = { ...shop.inputs, ...rights, source: shop.makeRelease('v8'), release: 'v8', prepare: 'echo asleep && sleep 1000' };
  const cut = startBundle('ssh-deploy', { with: step, runId: String(run += 1) });
  await cut.untilPrinted('asleep');
  await cut.kill();
  await waitUntil('the plan is gone', () => !machine.asRoot('ps -eo args').includes('sleep 1000'), 20_000);
  expect(machine.asRoot('ps -eo args')).not.toContain('plan.sh');
  killUserProcesses('no');
}, 4 * MINUTES);

test('the machine boots into the confirmed release, whatever users were on, and the same run again converges', async () => {
  const pending = nextRun();
  const deployed = await pending.deploy('v8');
  expect(deployed.log).toContain('Earlier plans of shop have not ended');
  outputsOf(deployed);
  outputsOf(await pending.switchTraffic({ 'confirm-within': '1h' }));
  expect(await liveVersion(shop)).toBe('v8');
  await machine.reboot();
  await untilLive(shop, 'v7');
  expect(activeSlots()).toEqual(['shop@blue.service', 'shop@green.service']);
  outputsOf(await pending.deploy('v8'));
  const { slot = '' } = outputsOf(await pending.switchTraffic({ 'drain-timeout': '0s', standby: '1s' }));
  expect(await liveVersion(shop)).toBe('v8');
  await untilAlone(slot);
  await machine.powerCut();
  await untilLive(shop, 'v8');
  expect(activeSlots()).toEqual([`shop@${slot}.service`]);
  expect((await check({ ...shop.inputs, ...rights })).code).toBe(0);
}, 4 * MINUTES);

test('with the polkit rule nothing is left to mend', async () => {
  rights = shop.grant('polkit');
  await release('v9');
  expect(await liveVersion(shop)).toBe('v9');
  expect(notOk(await check({ ...shop.inputs, ...rights }))).toEqual([]);
  await expect(machine.asDeployer('systemctl restart nginx')).rejects.toThrow('authentication');
}, 4 * MINUTES);

test('nginx starts again over the sockets of its bridges that it left behind', async () => {
  const [blue, green] = [await freePort(), await freePort()];
  const desk = await installService(machine, { service: 'desk', units: 'system', ports: { blue, green } });
  const inputs = { ...desk.inputs, ...desk.grant('sudo') };
  const { deploy, switchTraffic } = pipeline({ ...desk, inputs }, '1');
  outputsOf(await deploy('v1'));
  outputsOf(await switchTraffic());
  const kill = 'systemctl kill --signal KILL nginx; while systemctl is-active --quiet nginx; do sleep 0.1; done';
  expect(machine.asRoot(`${kill}; systemctl start nginx || journalctl -u nginx`)).toContain('bind() to unix:/run/slipway/desk/blue.sock failed (98: Address already in use)');
  desk.protectNginx();
  machine.asRoot('systemctl start nginx');
  await untilLive(desk, 'v1');
  machine.asRoot(`${kill}; systemctl start nginx`);
  await untilLive(desk, 'v1');
  expect(notOk(await check(inputs))).toEqual([expect.stringContaining('sudo: unknown: ')]);
}, 4 * MINUTES);

test('user units of a lingering user need no rights at all, and start at boot without a login', async () => {
  const blog = await installService(machine, { service: 'blog', units: 'user' });
  const { deploy, switchTraffic, rollback } = pipeline(blog, '1');
  outputsOf(await deploy('v1'));
  outputsOf(await switchTraffic());
  const second = pipeline(blog, '2');
  outputsOf(await second.deploy('v2'));
  outputsOf(await second.switchTraffic());
  expect(await liveVersion(blog)).toBe('v2');
  expect(outputsOf(await second.rollback())).toMatchObject({ 'restored-release': 'v1' });
  await machine.reboot();
  await untilLive(blog, 'v1');
  expect(notOk(await check(blog.inputs))).toEqual([]);
  outputsOf(await rollback());
}, 4 * MINUTES);
