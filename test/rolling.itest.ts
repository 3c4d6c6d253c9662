import { afterAll, beforeAll, expect } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage, type ImageContent } from '#shared/testing/docker/image';
import { countServices, type Census } from '#shared/testing/docker/services';
import { needs, needsFull } from '#shared/testing/equipment';
import { waitUntil } from '#shared/testing/ports';
import { startBundle, type RunningStep, type StepResult } from '#shared/testing/run-bundle';
import { huntFor } from '#shared/testing/secret-hunt';
import { startSshd, type Sshd } from '#shared/testing/sshd';

let engine: Engine;
let census: Census;
let sshd: Sshd;
let root: string;
let run = 900;

const withEngine = needs(...ENGINE_NEEDS);
const fully = needsFull(...ENGINE_NEEDS);
const LIVES = 'trap "exit 0" TERM; while :; do sleep 0.1; done\n';

beforeAll(async () => {
  if (process.getuid?.() !== 0) return;
  engine = await startEngine();
  census = countServices(engine);
  root = mkdtempSync(join(tmpdir(), 'rolling-'));
  for (const folder of ['home', 'seen']) mkdirSync(join(root, folder));
  sshd = await startSshd({ setEnv: { ...engine.env, HOME: join(root, 'home') } });
}, 60_000);
afterAll(async () => {
  await sshd?.stop();
  await census?.stop();
  await engine?.stop();
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
});

// Two of them serve, and each has a volume without a name.
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
      web: { ...common, volumes: [...common.volumes, '/scratch'], image: `shop/web:${tag}`, deploy: { replicas: 2 }, ...more },
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

/** Since the census began two or more served all the time, what must not run twice did not, and nothing is left over. */
async function expectServed(): Promise<void> {
  expect({ web: census.fewest('web'), queue: census.most('queue'), cache: census.fewest('cache') }).toEqual({ web: 2, queue: 1, cache: 1 });
  expect(await engine.docker('volume', 'ls', '--quiet', '--filter', 'dangling=true')).toBe('');
  expect(await engine.docker('network', 'ls', '--quiet', '--filter', 'type=custom')).toBe('');
}

/** What is there, running or not, one line a container. */
async function containers(): Promise<string[]> {
  const told = await engine.docker('ps', '--all', '--format', '{{.Label "com.docker.compose.service"}} {{.Label "slipway.release"}} {{.State}}');
  return told.split('\n').sort();
}
const idsOf = (service: string): Promise<string> => engine.docker('ps', '--quiet', '--no-trunc', '--filter', `label=com.docker.compose.service=${service}`);
const whole = (name: string): string[] => ['cache  running', `queue ${name} running`, `web ${name} running`, `web ${name} running`];
const configuration = (): string => readFileSync(join(root, 'shop/shared/config'), 'utf8');
const configuredAs = (text: string): Readonly<Record<string, string>> => ({ 'config-paths': 'shared/config', 'before-prepare': `printf ${text} >"$SERVICE_PATH/shared/config"` });
const seen = (file: string): string => readFileSync(join(root, 'seen', file), 'utf8');

withEngine('new containers are healthy beside the old ones before these finish; what must not run twice never does, and what lasts stays', async () => {
  await buildImage(engine, 'shop/cache:1', { run: LIVES, health: 'true' });
  mkdirSync(join(root, 'shop/shared'), { recursive: true });
  await succeeded(deploy('r1', await release('v1'), configuredAs('one')));
  expect(await containers()).toEqual(whole('r1'));
  const cache = await idsOf('cache');

  census.begin();
  await succeeded(deploy('r2', await release('v2'), { ...configuredAs('two'), 'pre-stop': 'test ! -e /version || echo "$(cat /version) drains" >>/seen/web' }));
  expect(await containers()).toEqual(whole('r2'));
  expect(await idsOf('cache')).toBe(cache);
  expect(configuration()).toBe('two');
  expect(seen('web')).toBe('v1 drains\nv1 drains\n');
  expect(seen('queue')).toBe('v1 begins\nv1 ends\nv2 begins\n');
  await expectServed();
}, 120_000);

withEngine('a release whose containers end is taken away again, and the log says what they said and how they ended', async () => {
  const before = await idsOf('web');
  const { code, log } = await deploy('r3', await release('v3', { web: web('v3', 'echo "no database at db:5432"; exit 3\n'), queue: queue('v3') }), configuredAs('three'));
  expect(configuration()).toBe('two');
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
  expect(configuration()).toBe('one');
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

withEngine('the same commit in two environments of one server is two services, deployed at once, and each keeps its own; secrets stay where they belong, and strange names are data', async () => {
  await buildImage(engine, 'shop/twin:v1', web('twin v1'));
  await buildImage(engine, 'shop/twin:v2', web('twin v2'));
  const strange = `it's $(touch canary) & "x"`;
  const envFile = join(root, `${strange}.env`);
  writeFileSync(envFile, "TOKEN='correct-horse $(touch canary)'\n", { mode: 0o600 });
  const source = (tag: string): string => {
    const folder = mkdtempSync(join(root, 'source-'));
    writeFileSync(join(folder, `${strange}.yaml`), JSON.stringify({ services: { twin: { image: `shop/twin:${tag}`, network_mode: 'none', environment: { TOKEN: '${TOKEN}' } } } }));
    return folder;
  };
  const twin = (environment: string, tag: string): Promise<StepResult> => succeeded(start('ssh-deploy', {
    ...deployment(tag, source(tag)), service: 'twin', environment, path: join(root, `twin-${environment}`), 'compose-files': `${strange}.yaml`, 'env-file': envFile, 'pre-stop': `: ${JSON.stringify(strange)}`,
  }).result);
  const ids = (environment: string): Promise<string> => engine.docker('ps', '--quiet', '--filter', `label=com.docker.compose.project=twin-${environment}`);
  const hunt = huntFor({ token: 'correct-horse' });
  const watch = hunt.watch(() => undefined);
  const results = await Promise.all([twin('staging', 'v1'), twin('production', 'v1')]);
  const inProduction = await ids('production');
  results.push(await twin('staging', 'v2'));
  const { found } = watch.stop();
  expect([await ids('production'), (await ids('staging')).split('\n').length]).toEqual([inProduction, 1]);
  const held = (await engine.docker('image', 'ls', '--format', '{{.Repository}}', 'slipway/twin-*')).split('\n');
  expect(held.sort()).toEqual(['slipway/twin-production', 'slipway/twin-staging', 'slipway/twin-staging']);
  // Containers may know, pre-stop among them.
  expect(found.filter((place) => !/^process \d+ (\/bin\/sh \/run|httpd |wget |sleep|\/bin\/sh -c|sh -c : )/.test(place))).toEqual([]);
  expect(results.flatMap(({ log, summary, outputs }) => hunt.inText('what it told', `${log}${summary}${JSON.stringify(outputs)}`))).toEqual([]);
  expect(hunt.inFiles(root).filter((place) => !/\/containers\/env |\.env /.test(place))).toEqual([]);
  expect(readdirSync(root, { recursive: true }).filter((file) => /(^|\/)canary$/.test(String(file)))).toEqual([]);
  await engine.docker('rm', '--force', '--volumes', inProduction, await ids('staging'));
}, 120_000);

const plans = (): string => join(root, 'shop/.slipway/plans');

/** Waits until a plan that is none of those known has begun a step, and returns its journal. */
async function untilAt(step: string, known: readonly string[]): Promise<string> {
  const journal = (): string => readdirSync(plans()).filter((plan) => !known.includes(plan)).map((plan) => join(plans(), plan, 'journal')).filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8')).join('');
  await waitUntil(`${step} has begun`, () => journal().includes(` process ${step} `), 60_000);
  return journal();
}

type Strike = (running: RunningStep, step: string, journal: string) => Promise<void> | void;

/** The executor and what it runs are gone; the runner follows until it is told. */
const killExecutor: Strike = (_, step, journal) => {
  const [, executor] = / run (\d+) /.exec(journal) ?? [];
  const [, group] = new RegExp(` process ${step} (\\d+) `).exec(journal) ?? [];
  process.kill(Number(executor), 'SIGKILL');
  try { process.kill(-Number(group), 'SIGKILL'); } catch { /* it had ended already */ }
};
const killRunner: Strike = async (running) => void (await running.kill());
const cancel: Strike = async (running) => void (await running.cancel());

async function struckAndRunAgain(action: 'ssh-deploy' | 'rollback', name: string, inputs: Readonly<Record<string, string>>, step: string, strike: Strike, between = async (): Promise<unknown> => undefined): Promise<void> {
  const known = readdirSync(plans());
  census.begin();
  const running = start(action, inputs);
  await strike(running, step, await untilAt(step, known));
  await running.result;
  await between();
  await succeeded(start(action, inputs).result);
  expect(await containers()).toEqual(whole(name));
  await expectServed();
  expect(seen('queue').trim().split('\n').at(-1)).toMatch(/ begins$/);
}
async function deployedAgain(step: string, strike = killExecutor, name = `k-${step}`): Promise<void> {
  // What a cancelled plan cleared away was the runner's, too: here both have one engine.
  const builtAgain = async (): Promise<unknown> => {
    await waitUntil('no plan is under way', () => readdirSync(plans()).every((plan) => existsSync(join(plans(), plan, 'final'))), 60_000);
    return release(name);
  };
  await struckAndRunAgain('ssh-deploy', name, deployment(name, await release(name)), step, strike, strike === cancel ? builtAgain : undefined);
}

withEngine('killed at swap-single, the next run leaves each container once', () => deployedAgain('swap-single'), 120_000);
for (const step of ['start-beside', 'drain']) {
  fully(`killed at ${step}, the next run leaves each container once`, () => deployedAgain(step), 120_000);
}
fully('images of releases that are gone went with them, and what is kept is held by a tag of ours', async () => {
  const tags = (await engine.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')).split('\n').filter((tag) => tag.startsWith('shop/web:k-'));
  expect(tags.sort()).toEqual(['shop/web:k-drain', 'shop/web:k-start-beside']);
  expect((await engine.docker('image', 'ls', '--format', '{{.Tag}}', 'slipway/shop-production')).split('\n')).toHaveLength(5);
}, 30_000);
fully('a rollback that is killed when users are back is carried on by the next', () =>
  struckAndRunAgain('rollback', 'k-start-beside', { release: 'k-start-beside' }, 'swap-single', killExecutor), 120_000);

for (const step of ['keep-record', 'start-lasting', 'await-health', 'publish', 'check-live', 'record', 'tidy-up', 'prune-images']) {
  fully(`killed at ${step}, the next run leaves each container once`, () => deployedAgain(step), 120_000);
}
for (const [how, strike] of [['killed', killRunner], ['cancelled', cancel]] as const) {
  for (const step of ['start-beside', 'await-health', 'drain']) {
    fully(`the runner ${how} at ${step}, the next run leaves each container once`, () => deployedAgain(step, strike, `${how}-${step}`), 120_000);
  }
}
