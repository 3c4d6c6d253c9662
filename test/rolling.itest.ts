import { afterAll, beforeAll, expect } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage, type ImageContent } from '#shared/testing/docker/image';
import { needs, needsFull } from '#shared/testing/equipment';
import { waitUntil } from '#shared/testing/ports';
import { startBundle, type RunningStep, type StepResult } from '#shared/testing/run-bundle';
import { startSshd, type Sshd } from '#shared/testing/sshd';

let engine: Engine;
let sshd: Sshd;
let root: string;
let run = 900;

const withEngine = needs(...ENGINE_NEEDS);
const fully = needsFull(...ENGINE_NEEDS);
const LIVES = 'trap "exit 0" TERM; while :; do sleep 0.1; done\n';

beforeAll(async () => {
  if (process.getuid?.() !== 0) return;
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

const web = (version: string, run = `echo "web ${version} begins"; ${LIVES}`): ImageContent => ({ files: { version }, run, health: 'test -e /version' });
// Says when it begins and when it ends: there must never be two.
const queue = (version: string): ImageContent => ({
  run: `echo ${version} begins >>/seen/queue; trap "echo ${version} ends >>/seen/queue; exit 0" TERM; while :; do sleep 0.1; done\n`, health: 'true',
});

/** A release whose services run in images of this tag, built now. */
async function release(tag: string, images: Readonly<Record<string, ImageContent>> = { web: web(tag), queue: queue(tag) }, more: object = {}): Promise<string> {
  for (const [name, content] of Object.entries(images)) await buildImage(engine, `shop/${name}:${tag}`, content);
  const folder = mkdtempSync(join(root, 'source-'));
  const common = { network_mode: 'none', volumes: [`${root}/seen:/seen`], restart: 'always' };
  writeFileSync(join(folder, 'compose.yaml'), JSON.stringify({
    services: {
      web: { ...common, image: `shop/web:${tag}`, deploy: { replicas: 2 }, ...more },
      queue: { ...common, image: `shop/queue:${tag}`, labels: { 'slipway.role': 'worker' } },
      cache: { ...common, image: 'shop/cache:1', labels: { 'slipway.role': 'lasting' }, container_name: 'cache' },
    },
  }));
  return folder;
}

function start(action: 'ssh-deploy' | 'rollback', inputs: Readonly<Record<string, string>>): RunningStep {
  run += 1;
  const connection = { host: sshd.host, port: String(sshd.port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': sshd.knownHosts, service: 'shop' };
  return startBundle(action, { runId: String(run), env: engine.env, with: { ...connection, ...inputs } });
}

const deployment = (name: string, source: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  ({ strategy: 'compose-rolling', path: join(root, 'shop'), source, release: name, images: 'transfer', keep: '2', 'health-timeout': '20s', 'stop-timeout': '5s', ...more });
const deploy = (...given: Parameters<typeof deployment>): Promise<StepResult> => start('ssh-deploy', deployment(...given)).result;

async function succeeded(step: Promise<StepResult>): Promise<StepResult> {
  const result = await step;
  if (result.code !== 0) throw new Error(result.log);
  return result;
}

/** What is there, running or not, one line a container. */
async function containers(): Promise<string[]> {
  const told = await engine.docker('ps', '--all', '--format', '{{.Label "com.docker.compose.service"}} {{.Label "slipway.release"}} {{.State}}');
  return told.split('\n').sort();
}
const idsOf = (service: string): Promise<string> => engine.docker('ps', '--quiet', '--no-trunc', '--filter', `label=com.docker.compose.service=${service}`);
const whole = (name: string): string[] => ['cache  running', `queue ${name} running`, `web ${name} running`, `web ${name} running`];
const seen = (file: string): string => readFileSync(join(root, 'seen', file), 'utf8');

withEngine('new containers are healthy beside the old ones before these finish; what must not run twice never does, and what lasts stays', async () => {
  await buildImage(engine, 'shop/cache:1', { run: LIVES, health: 'true' });
  await succeeded(deploy('r1', await release('v1')));
  expect(await containers()).toEqual(whole('r1'));
  const cache = await idsOf('cache');

  await succeeded(deploy('r2', await release('v2'), { 'pre-stop': 'test ! -e /version || echo "$(cat /version) drains" >>/seen/web' }));
  expect(await containers()).toEqual(whole('r2'));
  expect(await idsOf('cache')).toBe(cache);
  expect(seen('web')).toBe('v1 drains\nv1 drains\n');
  expect(seen('queue')).toBe('v1 begins\nv1 ends\nv2 begins\n');
}, 120_000);

withEngine('a release whose containers end is taken away again, and the log says what they said and how they ended', async () => {
  const before = await idsOf('web');
  const { code, log } = await deploy('r3', await release('v3', { web: web('v3', 'echo "no database at db:5432"; exit 3\n'), queue: queue('v3') }));
  expect({ code, log }).toMatchObject({ code: 1, log: expect.stringMatching(/no database at db:5432[\s\S]*shop-production-web-\d ended with exit code 3/) });
  expect(await containers()).toEqual(whole('r2'));
  expect(await idsOf('web')).toBe(before);
  // Its images went, too.
  expect((await engine.attempt('image', 'inspect', 'shop/web:v3')).code).not.toBe(0);
}, 120_000);

withEngine('a rollback runs the images of then, though their names mean others now', async () => {
  const ids = (await engine.docker('image', 'inspect', '--format', '{{.Id}}', 'shop/web:v1', 'shop/queue:v1')).split('\n');
  await buildImage(engine, 'shop/web:v1', web('v1 of another day'));
  await succeeded(start('rollback', { release: 'r1' }).result);
  expect(await containers()).toEqual(whole('r1'));
  const running = (await Promise.all([idsOf('web'), idsOf('queue')])).flatMap((each) => each.split('\n'));
  const images = await engine.docker('inspect', '--format', '{{.Image}}', ...running);
  expect(new Set(images.split('\n'))).toEqual(new Set(ids));
}, 120_000);

withEngine('what could not run beside its successor is refused by name, before anything is sent', async () => {
  const { code, log } = await deploy('r4', await release('v2', {}, { container_name: 'shop', ports: ['8080:80'], network_mode: 'bridge', deploy: { replicas: 1 } }));
  expect(code).toBe(1);
  expect(log).toContain('web has container_name shop');
  expect(log).toContain('web publishes 8080:80/tcp');
  expect(existsSync(join(root, 'shop/releases/r4'))).toBe(false);
}, 60_000);

/** Kills a deployment's executor and what it runs as soon as it has begun a step; the runner follows until it is told. */
async function killAt(step: string, running: RunningStep, known: readonly string[]): Promise<void> {
  const plans = join(root, 'shop/.slipway/plans');
  const journal = (): string => readdirSync(plans).filter((plan) => !known.includes(plan)).map((plan) => join(plans, plan, 'journal')).filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8')).join('');
  await waitUntil(`${step} has begun`, () => journal().includes(` process ${step} `), 60_000);
  const [, executor] = / run (\d+) /.exec(journal()) ?? [];
  const [, group] = new RegExp(` process ${step} (\\d+) `).exec(journal()) ?? [];
  process.kill(Number(executor), 'SIGKILL');
  try { process.kill(-Number(group), 'SIGKILL'); } catch { /* it had ended already */ }
  await running.result;
}

async function killedAndRunAgain(step: string, name: string): Promise<void> {
  const known = readdirSync(join(root, 'shop/.slipway/plans'));
  const source = await release(name);
  await killAt(step, start('ssh-deploy', deployment(name, source)), known);
  await succeeded(deploy(name, source));
  expect(await containers()).toEqual(whole(name));
  const heartbeat = seen('queue').trim().split('\n').slice(-2);
  expect(heartbeat.at(-1)).toBe(`${name} begins`);
}

for (const step of ['start-beside', 'swap-single', 'drain']) {
  withEngine(`killed at ${step}, the next run leaves each container once`, () => killedAndRunAgain(step, `k-${step}`), 120_000);
}
withEngine('images of releases that are gone went with them, and what is kept is held by a tag of ours', async () => {
  const tags = (await engine.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).split('\n').filter((tag) => tag.startsWith('shop/web:k-'));
  expect(tags.sort()).toEqual(['shop/web:k-drain', 'shop/web:k-swap-single']);
  expect((await engine.docker('image', 'ls', '--format', '{{.Tag}}', 'slipway/shop-production')).split('\n')).toHaveLength(5);
}, 30_000);

for (const step of ['keep-record', 'start-lasting', 'await-health', 'publish', 'check-live', 'record', 'tidy-up', 'prune-images']) {
  fully(`killed at ${step}, the next run leaves each container once`, () => killedAndRunAgain(step, `k-${step}`), 120_000);
}
