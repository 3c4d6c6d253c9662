import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { renderExample, type ExampleNames } from '#shared/testing/examples';
import { startHost, type Host } from '#shared/testing/host';
import { startLoad, type Load } from '#shared/testing/load';
import { waitUntil } from '#shared/testing/ports';
import { ended, processes, send } from '#shared/testing/processes';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';
import { recreateRuntimeDir } from '#shared/testing/runtime-dir';

// The README's "Adopt an app that already runs" and "Take Slipway off a server", on a machine where users never stop asking.
const CONNECTION = ['host', 'port', 'user', 'ssh-key', 'known-hosts', 'service'];
const test = needs('nginx', 'runsvdir', 'sshd', 'curl');

type Inputs = Readonly<Record<string, string>>;

let host: Host;
let load: Load;
let oldApp: number;
let run = 2000;

beforeAll(async () => {
  host = await startHost({ mode: 'bridge' });
  await unconfigure();
  oldApp = startOldApp();
  await waitUntil('the app that was there answers', async () => (await versionOf()) === 'old');
});
afterAll(async () => {
  send(oldApp, 'SIGTERM');
  await ended([oldApp]);
  await host?.stop();
});

/** The machine as it was: nginx passes straight on to an app of which Slipway knows nothing. */
async function unconfigure(): Promise<void> {
  await configure({ 'old.conf': siteOn(ports().blue) });
  rmSync(host.runtimeDir, { recursive: true });
}

function siteOn(port: number): string {
  return `server {\n  listen ${new URL(host.url).host};\n  location / { proxy_pass http://127.0.0.1:${port}; }\n}\n`;
}

function startOldApp(): number {
  const folder = host.makeRelease('old');
  cpSync(folder, join(host.root, 'opt'), { recursive: true });
  const app = spawn(process.execPath, ['server.js'], { cwd: join(host.root, 'opt'), env: { PORT: String(ports().blue) }, stdio: 'ignore' });
  return app.pid ?? 0;
}

/** Gives nginx these files alone, reloads it, and waits until nobody works by the old ones any more. */
async function configure(files: Inputs): Promise<void> {
  const folder = join(host.root, 'proxy', 'sites');
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const [master, ...workers] = host.proxy.pids();
  await host.proxy.reload();
  await waitUntil('the old workers of nginx are gone', () => host.proxy.pids().every((pid) => pid === master || !workers.includes(pid)));
}

function slipwaySite(): Inputs {
  return { 'slipway-shop.conf': renderExample('nginx/slipway-service.conf', names()), 'slipway-shop-bridge.conf': renderExample('nginx/slipway-bridge.conf', names()) };
}

function ports(): { readonly blue: number; readonly green: number } {
  if (host.ports === undefined) throw new Error('A host with bridges has ports.');
  return host.ports;
}

function names(): ExampleNames {
  const { service, path, runtimeDir } = host;
  return { service, path, runtimeDir, publicPort: new URL(host.url).host, bluePort: ports().blue, greenPort: ports().green };
}

async function versionOf(url = host.url): Promise<string | undefined> {
  const answer = await fetch(`${url}/version`).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as { version: string }).version : undefined;
}

function connection(): Inputs {
  return Object.fromEntries(CONNECTION.map((name) => [name, host.inputs[name] as string]));
}
function deploy(version: string, more: Inputs = {}): Promise<StepResult> {
  const { blue, green } = ports();
  const inputs = { ...host.inputs, 'blue-port': String(blue), 'green-port': String(green), source: host.makeRelease(version), release: version, 'health-timeout': '10s', ...more };
  return runBundle('ssh-deploy', { with: inputs, runId: String(run) });
}
function act(action: 'blue-green-switch' | 'rollback', more: Inputs = {}): Promise<StepResult> {
  return runBundle(action, { with: { ...connection(), 'version-header': 'x-release', ...more }, runId: String(run) });
}
function ok(result: StepResult): Inputs {
  if (result.code !== 0) throw new Error(`exit ${result.code}\n${result.log}`);
  return result.outputs;
}

/** The answers to requests made while something changes, each on a connection of its own: a reload of nginx closes idle ones, and a request on its way there is lost. */
async function askMeanwhile(change: () => Promise<void>): Promise<readonly number[]> {
  let isOver = false;
  const clients = Array.from({ length: 8 }, async () => {
    const statuses: number[] = [];
    while (!isOver || statuses.length < 20) statuses.push(await statusOf(`${host.url}/health`));
    return statuses;
  });
  await change();
  isOver = true;
  return (await Promise.all(clients)).flat();
}
function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0))).once('error', () => resolve(0));
  });
}

test('the app that runs already becomes slot blue, and no request in flight is lost', async () => {
  const statuses = await askMeanwhile(async () => {
    mkdirSync(join(host.path, 'slots'), { recursive: true });
    symlinkSync(join(host.runtimeDir, 'blue.sock'), join(host.path, 'confirmed.sock'));
    recreateRuntimeDir(names(), host.root);
    await configure(slipwaySite());
  });
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(await versionOf()).toBe('old');
});

test('the first deployment goes to green; a switch that nobody confirms goes back to the app that was there', async () => {
  load = await startLoad({ url: host.url, connections: { get: 10, post: 10, slow: 2, download: 2 } });
  expect(ok(await deploy('v1'))).toMatchObject({ slot: 'green', 'previous-release': '', generation: '1' });
  expect(await versionOf()).toBe('old');
  ok(await act('blue-green-switch', { 'confirm-within': '5s' }));
  expect(await versionOf()).toBe('v1');
  await waitUntil('nobody confirmed it', async () => (await versionOf()) === 'old');
});

test('rollback takes an unconfirmed first switch back at once', async () => {
  ok(await act('blue-green-switch', { 'confirm-within': '10m' }));
  expect(await versionOf()).toBe('v1');
  expect(ok(await act('rollback'))).toMatchObject({ 'restored-release': '', 'undone-release': 'v1', slot: 'blue' });
  expect(await versionOf()).toBe('old');
});

test('once confirmed, there is no release to go back to, and rollback says so', async () => {
  run += 1;
  ok(await deploy('v1'));
  expect(ok(await act('blue-green-switch'))).toMatchObject({ release: 'v1', slot: 'green', 'previous-release': '', confirmed: 'true' });
  const refused = await act('rollback', { release: 'previous' });
  expect(refused.log).toContain('There is no release to go back to: none but v1 was ever verified here.');
  expect(await versionOf()).toBe('v1');
});

test('as long as the old app holds the port of slot blue, nothing else may take it for a release', async () => {
  run += 1;
  const refused = await deploy('v2');
  expect(refused.log).toMatch(/Something is healthy in slot blue .*port \d+.*, which should be empty/);
  expect(await versionOf()).toBe('v1');
});

test('with the old app stopped, the second release takes its place, and from then on there is a way back', async () => {
  send(oldApp, 'SIGTERM');
  await ended([oldApp]);
  run += 1;
  expect(ok(await deploy('v2'))).toMatchObject({ slot: 'blue', 'previous-release': 'v1' });
  ok(await act('blue-green-switch'));
  expect(await versionOf()).toBe('v2');
  expect(ok(await act('rollback'))).toMatchObject({ 'restored-release': 'v1', verified: 'true' });
  expect(await versionOf()).toBe('v1');
});

test('Slipway taken off again, users reach the release that was live, and nothing of it is left running', async () => {
  const totals = await load.stop();
  expect(totals).toMatchObject({ lost: 0, losses: [] });
  const statuses = await askMeanwhile(async () => {
    // The bridges go last: until then, workers of the old configuration still lead through them.
    const site = slipwaySite();
    const direct = site['slipway-shop.conf']?.replace(/proxy_pass http:\/\/unix:.*;/, `proxy_pass http://127.0.0.1:${ports().green};`) ?? '';
    await configure({ ...site, 'slipway-shop.conf': direct });
    await configure({ 'slipway-shop.conf': direct });
    rmSync(host.runtimeDir, { recursive: true });
    for (const name of ['.slipway', 'confirmed.sock']) rmSync(join(host.path, name), { recursive: true });
    rmSync(join(host.home, '.slipway'), { recursive: true });
  });
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(await versionOf()).toBe('v1');
  await waitUntil('its timers have noticed', () => !processes().some(({ command }) => command.includes(host.path) && command.includes('plan.sh')));
});
