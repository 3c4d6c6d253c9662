import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import { webApp } from '#shared/testing/docker/image';
import { COMPOSE_FILE, gapOf, overlaps, startStackHost, type StackHost } from '#shared/testing/docker/stack';
import { missing, needs, needsFull } from '#shared/testing/equipment';
import { waitUntil } from '#shared/testing/ports';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';
import { huntFor } from '#shared/testing/secret-hunt';

const test = needs(...ENGINE_NEEDS);
const ROLES = ['worker', 'singleton'] as const;

let stack: StackHost;
beforeAll(async () => { if (missing(...ENGINE_NEEDS).length === 0) stack = await startStackHost(); });
afterAll(() => stack?.stop());

function ok(result: StepResult): Readonly<Record<string, string>> {
  if (result.code !== 0) throw new Error(`exit ${result.code}\n${result.log}`);
  return result.outputs;
}
async function beatIn(slot: string): Promise<void> {
  for (const role of ROLES) await waitUntil(`the ${role} beats in slot ${slot}`, () => stack.beats(role).at(-1)?.startsWith(`${slot} `) === true);
}

interface Examined { readonly name: string; readonly verdict: string; readonly detail: string; readonly mend: string }
/** What the server is told to lack, by what was looked at. */
async function check(): Promise<ReadonlyMap<string, Examined>> {
  const { outputs } = await runBundle('ssh-deploy', { with: { ...stack.connection, operation: 'check' } });
  return new Map((JSON.parse(outputs['checks'] ?? '[]') as readonly Examined[]).map((found) => [found.name, found]));
}
async function withoutPlugin<Result>(act: () => Promise<Result>): Promise<Result> {
  const plugin = join(stack.engine.env['DOCKER_CONFIG'] ?? '', 'cli-plugins');
  renameSync(plugin, `${plugin}.away`);
  try {
    return await act();
  } finally {
    renameSync(`${plugin}.away`, plugin);
  }
}

describe('a compose project with web, worker and singleton', () => {
  test('the first release starts with its web alone; the switch starts the others', async () => {
    await stack.images('v1');
    expect(ok(await stack.deploy('v1'))).toMatchObject({ release: 'v1', slot: 'blue' });
    expect(await stack.running()).toEqual(['blue web']);
    expect(ok(await stack.switchTraffic())).toMatchObject({ release: 'v1', slot: 'blue', verified: 'true', confirmed: 'true' });
    expect(await stack.running()).toEqual(['blue adapter', 'blue jobs', 'blue web']);
    expect(await stack.liveVersion()).toBe('v1');
    await beatIn('blue');
  });

  test('the second starts beside it; at the switch worker and singleton move, and the gap is told', async () => {
    stack.nextRun();
    await stack.images('v2');
    expect(ok(await stack.deploy('v2'))).toMatchObject({ release: 'v2', slot: 'green', 'previous-release': 'v1' });
    expect(await stack.running()).toEqual(['blue adapter', 'blue jobs', 'blue web', 'green web']);
    const switched = await stack.switchTraffic();
    expect(ok(switched)).toMatchObject({ release: 'v2', slot: 'green' });
    const [, told] = /adapter stops in slot blue before it starts in slot green.*\n.*adapter was away for (\d+\.\d\d) s\./.exec(switched.log) ?? [];
    expect(await stack.running()).toEqual(['blue web', 'green adapter', 'green jobs', 'green web']);
    expect(await stack.liveVersion()).toBe('v2');
    await beatIn('green');
    // It beats every 0.1 s; that it runs is told a moment after it does.
    const gap = gapOf(stack.beats('singleton'));
    expect(Number(told)).toBeGreaterThan(gap - 0.3);
    expect(Number(told)).toBeLessThan(gap + 3);
  });

  test('rollback to the warm slot is one act: users first, then what has one place only', async () => {
    const requests = stack.registry.requests.length;
    const rolledBack = await stack.rollback();
    expect(rolledBack.log).toMatch(/Switching traffic to slot blue[^]*Handing singletons over to slot blue[^]*Handing workers over to slot blue/);
    expect(ok(rolledBack)).toMatchObject({ 'restored-release': 'v1', 'undone-release': 'v2', slot: 'blue', verified: 'true' });
    expect(stack.registry.requests.slice(requests)).toEqual([]);
    expect(await stack.running()).toEqual(['blue adapter', 'blue jobs', 'blue web', 'green web']);
    await beatIn('blue');
  });

  test('a broken image: the old release serves, its worker never stopped, and the log has exit code and last lines', async () => {
    stack.nextRun();
    const worker = (): string | undefined => stack.beats('worker').at(-1)?.split(' ')[1];
    const before = worker();
    await stack.images('v3', { run: 'echo "cannot open the ledger"; exit 3\n' });
    const failed = await stack.deploy('v3');
    expect(failed.code).toBe(1);
    expect(failed.log).toMatch(/Service web exited with code 3/);
    expect(failed.log).toContain('| cannot open the ledger');
    await stack.images('v4', { ...webApp('v4'), health: 'exit 1' });
    const unhealthy = await stack.deploy('v4');
    expect(unhealthy.code).toBe(1);
    expect(unhealthy.log).toContain('Service web is unhealthy');
    expect(await stack.running()).toEqual(['blue adapter', 'blue jobs', 'blue web']);
    expect(worker()).toBe(before);
    expect(await stack.liveVersion()).toBe('v1');
  });

  test('what the files get wrong is refused before anything is stopped, and no value of the env file is told', async () => {
    const running = await stack.running();
    const refused = async (from: string, to: string): Promise<string> => (await stack.deploy('v2x', {}, { 'compose.yaml': COMPOSE_FILE.replace(from, to) })).log;
    await stack.images('v2x');
    expect(await refused("'127.0.0.1:${PORT}:80'", "'127.0.0.1:8088:80'")).toContain('Service web publishes port 8088 in both slots.');
    expect(await refused('restart: unless-stopped', 'container_name: shop')).toContain('Service web has the container_name shop, which both slots cannot have.');
    expect(await refused('slipway.role: worker', 'slipway.role: cron')).toContain('Service jobs of the compose file has the label slipway.role: cron.');
    const torn = await stack.deploy('v2x', {}, { '.env': 'PASS WORD=hunter2\n' });
    expect(torn.log).toContain('does not accept compose.yaml');
    expect(torn.log).not.toContain('hunter2');
    expect(await stack.running()).toEqual(running);
  });

  test('through deployment, switch and rollback, no password is anywhere but where it belongs, and the strangest names are data', async () => {
    const [secret, login] = ['correct-horse-battery', { user: 'ada', password: 'registry-Tq9-staple' }];
    const registry = await stack.mirror(login);
    const strange = `it's $(touch canary) & "x" \`touch canary\``;
    const file = join(stack.host.path, 'shared', `${strange}.env`);
    writeFileSync(file, `REGISTRY=${registry.name}\nPASSWORD='${secret} $(touch canary) "x" ;'\n`, { mode: 0o600 });
    stack.nextRun();
    const hunt = huntFor({ password: secret, login: login.password });
    const watching = hunt.watch(() => undefined);
    const names = { 'compose.yaml': '', [`${strange}.yaml`]: COMPOSE_FILE.replace('shop:${RELEASE}', 'shop:v2') };
    const deployed = await stack.deploy('v2y', {
      'env-file': file, 'compose-files': `${strange}.yaml`, images: 'pull', registry: registry.name, 'registry-user': login.user, 'registry-password': login.password, 'pre-stop': `${strange}"'`,
    }, names);
    const results = [deployed, await stack.switchTraffic({ 'expect-version': 'v2' }), await stack.rollback()];
    const { found } = watching.stop();
    results.forEach(ok);
    const container = await stack.engine.docker('ps', '--quiet', '--filter', 'label=slipway.release=v2y', '--filter', 'label=com.docker.compose.service=web');
    expect(await stack.engine.docker('inspect', '--format', '{{json .Config.Env}}', container)).toContain(JSON.stringify(`PASSWORD=${secret} $(touch canary) "x" ;`));
    // The containers may know, one whose program is just being loaded among them, and the action was given its inputs by the runner.
    expect(found.filter((each) => !/^process \d+ ( |\S+\/bin\/node |\/bin\/sh \/run|httpd|sleep|wget|cat|\/bin\/sh -c)/.test(each))).toEqual([]);
    expect(results.flatMap(({ log, summary, outputs }) => hunt.inText('what it told', `${log}${summary}${JSON.stringify(outputs)}`))).toEqual([]);
    expect(hunt.inFiles(stack.host.root).filter((each) => !each.includes('releases/v2y/variables') && !each.includes(`${strange}.env`))).toEqual([]);
    expect(statSync(join(stack.host.path, '.slipway/releases/v2y/variables')).mode & 0o777).toBe(0o600);
    expect(readdirSync(stack.host.root, { recursive: true }).filter((each) => /(^|\/)canary$/.test(String(each)))).toEqual([]);
  });

  test('a tag that moved changes neither the release nor its rollback, also from cold with the registry down', async () => {
    stack.nextRun();
    await stack.images('v5');
    ok(await stack.deploy('v5'));
    ok(await stack.switchTraffic({ 'drain-timeout': '0s', standby: '0s' }));
    await stack.images('v1', webApp('not v1'));
    await stack.engine.docker('pull', '--quiet', `${stack.registry.name}/shop:v1`);
    await waitUntil('the slot users left is empty', async () => (await stack.running()).every((each) => each.startsWith('green ')), 30_000);
    stack.registry.setDown(true);
    expect(ok(await stack.rollback({ release: 'v1' }))).toMatchObject({ 'restored-release': 'v1', 'undone-release': 'v5' });
    expect(await stack.liveVersion()).toBe('v1');
    stack.registry.setDown(false);
    expect(readFileSync(join(stack.host.path, '.slipway/ledger'), 'utf8')).toMatch(new RegExp(`"event":"release",[^\\n]*"images":{"adapter":"${stack.registry.name}/beat@sha256:[0-9a-f]{64}","jobs":"[^"]*","web":"${stack.registry.name}/shop@sha256:`));
  });

  test('operation: check sees the engine, compose and its disk; without the plugin it says what to install, and so does a deployment', async () => {
    const sound = await check();
    expect(['docker', 'docker compose'].map((name) => sound.get(name)?.verdict)).toEqual(['ok', 'ok']);
    expect(sound.get('docker logs')?.verdict).toBe('warning'); // an engine without settings keeps logs for ever
    const [faulty, refused] = await withoutPlugin(async () => [await check(), await stack.deploy('v9')] as const);
    expect(faulty.get('docker compose')).toMatchObject({ verdict: 'problem', mend: expect.stringContaining('docker-compose-plugin') });
    expect(refused.log).toContain('has no docker compose, version 2.');
  });

  needsFull(...ENGINE_NEEDS, 'docker-compose')('Compose v1 alone is refused by its name and version, before anything is touched', async () => {
    const running = await stack.running();
    const [faulty, refused] = await withoutPlugin(async () => [await check(), await stack.deploy('v9')] as const);
    expect(faulty.get('docker compose')).toMatchObject({ verdict: 'problem', detail: expect.stringMatching(/^the plugin is not there; docker-compose 1\.\d+\.\d+ is the old Compose v1, which is not supported$/) });
    expect([refused.code, refused.log]).toEqual([1, expect.stringMatching(/has no docker compose, version 2\. What it has is docker-compose, version 1, which is no longer kept up and is not supported\. Install the package docker-compose-plugin there\./)]);
    expect([await stack.running(), existsSync(join(stack.host.path, 'releases/v9'))]).toEqual([running, false]);
  });

  test('never did two workers or two singletons run at once', () => {
    for (const role of ROLES) expect({ role, twoAtOnce: overlaps(stack.beats(role)) }).toEqual({ role, twoAtOnce: false });
  });
});
