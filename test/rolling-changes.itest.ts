import { afterAll, beforeAll, expect } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage } from '#shared/testing/docker/image';
import { missing, needs } from '#shared/testing/equipment';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';
import { startSshd, type Sshd } from '#shared/testing/sshd';

// Strategy compose-rolling where one release is not like the one before: names, roles, variables.

const test = needs(...ENGINE_NEEDS);
const LIVES = 'trap "exit 0" TERM; while :; do sleep 0.1; done\n';
let engine: Engine;
let sshd: Sshd;
let root: string;
let run = 0;

beforeAll(async () => {
  if (missing(...ENGINE_NEEDS).length > 0) return;
  engine = await startEngine();
  root = mkdtempSync(join(tmpdir(), 'rolling-'));
  for (const folder of ['home', 'seen']) mkdirSync(join(root, folder));
  sshd = await startSshd({ setEnv: { ...engine.env, HOME: join(root, 'home') } });
}, 60_000);
afterAll(async () => {
  await sshd?.stop();
  await engine?.stop();
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
});

function deploy(more: Readonly<Record<string, string>>): Promise<StepResult> {
  run += 1;
  const connection = { host: sshd.host, port: String(sshd.port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': sshd.knownHosts, service: 'shop' };
  const usual = { strategy: 'compose-rolling', path: join(root, 'shop'), images: 'transfer', keep: '2', 'health-timeout': '20s', 'stop-timeout': '5s' };
  return runBundle('ssh-deploy', { runId: String(run), env: engine.env, with: { ...connection, ...usual, ...more } });
}
async function succeeded(step: Promise<StepResult>): Promise<void> {
  const { code, log } = await step;
  if (code !== 0) throw new Error(log);
}
const idsOf = (service: string): Promise<string> => engine.docker('ps', '--quiet', '--no-trunc', '--filter', `label=com.docker.compose.service=${service}`);
const seen = (file: string): string => readFileSync(join(root, 'seen', file), 'utf8');

test('a service that is said to last from now on is left alone, one that lasts is not doubled, a worker of another name follows the one before, and variables that come too late are not passed over', async () => {
  await buildImage(engine, 'shop/part:1', { run: LIVES, health: 'true' });
  for (const name of ['beat', 'tick']) await buildImage(engine, `shop/${name}:1`, { run: `echo ${name} begins >>/seen/renamed; trap "echo ${name} ends >>/seen/renamed; exit 0" TERM; while :; do sleep 0.1; done\n`, health: 'true' });
  const variables = join(root, 'production.env');
  writeFileSync(variables, 'TOKEN=first\n');
  const changed = (name: string, worker: string, storeLabels: object, more: Readonly<Record<string, string>> = {}): Promise<StepResult> => {
    const source = mkdtempSync(join(root, 'source-'));
    const part = { network_mode: 'none', image: 'shop/part:1' };
    writeFileSync(join(source, 'store.conf'), name);
    writeFileSync(join(source, 'compose.yaml'), JSON.stringify({ services: {
      app: part, store: { ...part, labels: storeLabels, volumes: ['./store.conf:/store.conf'] }, [worker]: { ...part, image: `shop/${worker}:1`, volumes: [`${root}/seen:/seen`], labels: { 'slipway.role': 'worker' } },
    } }));
    return deploy({ source, release: name, 'env-file': variables, ...more });
  };
  await succeeded(changed('c1', 'beat', {}));
  const store = await idsOf('store');
  await succeeded(changed('c2', 'tick', { 'slipway.role': 'lasting' }));
  expect(await idsOf('store')).toBe(store);
  expect(seen('renamed')).toBe('beat begins\nbeat ends\ntick begins\n');

  await engine.docker('rm', '--force', store);
  expect((await changed('c3', 'tick', { 'slipway.role': 'lasting' }, { 'before-publish': 'false' })).code).toBe(1);
  expect(existsSync(join(root, 'shop/releases/c3/store.conf'))).toBe(true);
  await succeeded(changed('c3', 'tick', { 'slipway.role': 'lasting' }));
  const lasting = await idsOf('store');
  writeFileSync(variables, 'TOKEN=second\n');
  const unheard = await changed('c3', 'tick', { 'slipway.role': 'lasting' });
  expect([unheard.code, unheard.log]).toEqual([1, expect.stringContaining(`Containers of c3 run already, with other variables than ${variables} has now`)]);
  const doubled = await changed('c4', 'tick', {});
  expect([doubled.code, await idsOf('store')]).toEqual([1, lasting]);
  expect(doubled.log).toContain('Service store lasts here (shop-production-store-1)');
  // The file that it has mounted stays, however old its release.
  for (const name of ['c5', 'c6', 'c7']) await succeeded(changed(name, 'tick', { 'slipway.role': 'lasting' }));
  await engine.docker('restart', '--time', '1', lasting);
  expect(await engine.docker('exec', lasting, '/bin/sh', '-c', 'read -r name </store.conf || echo "$name"')).toBe('c3');
  expect(readdirSync(join(root, 'shop/releases')).sort()).toEqual(['c3', 'c5', 'c6', 'c7']);
  const slots = await changed('c8', 'tick', {}, { strategy: 'compose', 'stop-timeout': '', 'blue-port': '3001', 'green-port': '3002', 'runtime-dir': join(root, 'run') });
  expect([slots.code, slots.log]).toEqual([1, expect.stringContaining('with strategy compose they would run on')]);
}, 180_000);
