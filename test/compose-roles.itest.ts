import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import { buildImage, webApp } from '#shared/testing/docker/image';
import { startStackHost, type StackHost } from '#shared/testing/docker/stack';
import { missing, needs, needsFull } from '#shared/testing/equipment';
import { startHaproxy } from '#shared/testing/haproxy';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';

// What lasts, what runs to its end before the others start, and maintenance, of a compose project behind HAProxy.

const NEEDS = ['haproxy', 'socat', ...ENGINE_NEEDS] as const;
const test = needs(...NEEDS);
const full = needsFull(...NEEDS);
const compose = (task: string, database = '1'): Readonly<Record<string, string>> => ({
  'compose.yaml': `services:
  web:
    image: \${REGISTRY}/shop:\${RELEASE}
    restart: unless-stopped
    ports: ['127.0.0.1:\${PORT}:80']
    depends_on: { prepare: { condition: service_completed_successfully }, db: { condition: service_healthy } }
    stop_grace_period: 2s
  prepare:
    image: \${REGISTRY}/beat:1
    command: [/bin/sh, -c, '${task}']
  jobs:
    image: \${REGISTRY}/beat:1
    restart: unless-stopped
    command: [/bin/sh, -c, 'trap "exit 0" TERM; while :; do sleep 0.1; done']
    labels: { slipway.role: worker }
    volumes: ['data:/data']
  db:
    image: database:${database}
    restart: unless-stopped
    labels: { slipway.role: lasting }
    stop_grace_period: 1s
volumes: { data: {} }
`,
});

let stack: StackHost;
beforeAll(async () => {
  if (missing(...NEEDS).length > 0) return;
  stack = await startStackHost({}, { proxy: startHaproxy });
  for (const version of ['1', '2']) await buildImage(stack.engine, `database:${version}`, { run: `echo ${version} >/ready; trap "exit 0" TERM; while :; do sleep 0.1; done\n`, health: 'cat /ready' });
});
afterAll(() => stack?.stop());

function ok({ code, log, outputs }: StepResult): Readonly<Record<string, string>> {
  if (code !== 0) throw new Error(`exit ${code}\n${log}`);
  return outputs;
}
const operate = (operation: string): Promise<StepResult> => runBundle('blue-green-switch', { with: { ...stack.connection, operation }, runId: 'operations' });
const database = (): Promise<string> => stack.engine.docker('inspect', '--format', '{{.Id}} {{.State.StartedAt}} {{.Config.Image}}', 'shop-production-db-1');
const configuration = (): string => readFileSync(join(stack.host.path, 'shared', 'config'), 'utf8');
const configuredAs = (text: string): Readonly<Record<string, string>> => ({ 'config-paths': 'shared/config', 'before-prepare': `printf ${text} >"$SERVICE_PATH/shared/config"` });
async function release(version: string, task: string, more: Readonly<Record<string, string>> = {}, files = compose(task)): Promise<StepResult> {
  stack.nextRun();
  await stack.images(version, webApp(version));
  return stack.deploy(version, more, files);
}

describe('a compose project with roles, behind HAProxy', () => {
  test('what lasts starts once and is left alone; a task comes to its end before the web service starts; configuration goes back with its release', async () => {
    writeFileSync(join(stack.host.path, 'shared', 'config'), 'one');
    ok(await release('v1', 'sleep 1; echo prepared', configuredAs('one')));
    ok(await stack.switchTraffic());
    expect(await stack.liveVersion()).toBe('v1');
    expect(await stack.engine.docker('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', 'shop-production-blue-prepare-1')).toBe('exited 0');
    const before = await database();
    ok(await release('v2', 'echo prepared', configuredAs('two')));
    ok(await stack.switchTraffic());
    expect(configuration()).toBe('two');
    ok(await stack.rollback());
    expect(configuration()).toBe('one');
    expect(await stack.liveVersion()).toBe('v1');
    expect(await database()).toBe(before);
    expect(await stack.running()).toEqual(['blue jobs', 'blue web', 'db', 'green web']);
  });

  test('a deployment that is run again makes of its release what it was: roles, restart policies, the volume that both slots share; with the variables of now', async () => {
    const environment = join(stack.host.path, 'shared', 'production.env');
    const setToken = (token: string): void => writeFileSync(environment, `REGISTRY=${stack.registry.name}\nTOKEN=${token}\n`);
    setToken('first');
    const [more, files] = [{ 'compose-files': 'stack.yaml', 'env-file': environment }, { 'stack.yaml': compose('true')['compose.yaml']?.replace('    ports:', "    environment: { TOKEN: '${TOKEN}' }\n    ports:") ?? '' }];
    ok(await release('v2b', 'true', more, files));
    setToken('second');
    expect((await stack.deploy('v2b', { ...more, project: 'other' }, files)).log).toContain('without its data. Give project: shop-production.');
    ok(await stack.deploy('v2b', more, files));
    ok(await stack.switchTraffic());
    expect(await stack.engine.docker('inspect', '--format', '{{.HostConfig.RestartPolicy.Name}} {{(index .Mounts 0).Name}}', 'shop-production-green-jobs-1')).toBe('always shop-production_data');
    expect(await stack.engine.docker('inspect', '--format', '{{.Config.Env}}', 'shop-production-green-web-1')).toContain('TOKEN=second');
    expect(await stack.engine.docker('volume', 'ls', '--format', '{{.Name}}')).toBe('shop-production_data');
    ok(await stack.rollback());
    expect(await stack.running()).toEqual(['blue jobs', 'blue web', 'db', 'green web']);
  });

  test('what has data never runs twice: neither where it is said to last no more, nor where it is said so while a slot runs it', async () => {
    const before = await database();
    const unlabelled = compose('true')['compose.yaml']?.replace('labels: { slipway.role: lasting }', "volumes: ['data:/data']").replace('image: database:1', "image: ${REGISTRY}/beat:1\n    command: [/bin/sh, -c, 'sleep 60']");
    const named = await release('v2c', 'true', {}, { 'compose.yaml': unlabelled ?? '' });
    expect([named.code, await stack.running(), await database()]).toEqual([1, ['blue jobs', 'blue web', 'db'], before]);
    expect(named.log).toContain('Service db lasts here');

    await stack.engine.docker('run', '--detach', '--name', 'twin', '--label', 'com.docker.compose.project=shop-production-blue', '--label', 'com.docker.compose.service=db', 'database:1');
    const twice = await release('v2d', 'true');
    expect([twice.code, await stack.running()]).toEqual([1, ['blue db', 'blue jobs', 'blue web', 'db']]);
    expect(twice.log).toContain('Service db is to last, but runs in slot blue as twin');
    await stack.engine.docker('rm', '--force', 'twin');
  });

  full('a task that fails keeps the release from users, with its exit code and its words', async () => {
    const failed = await release('v3', 'echo no table orders; exit 4', configuredAs('three'));
    expect(configuration()).toBe('one');
    expect(failed.code).toBe(1);
    expect(failed.log).toMatch(/Service prepare exited with code 4/);
    expect(failed.log).toContain('no table orders');
    expect(await stack.liveVersion()).toBe('v1');
  });

  full('lasting: update brings what lasts to what the release says', async () => {
    const before = await database();
    ok(await release('v4', 'true', { lasting: 'update' }, compose('true', '2')));
    expect(await database()).not.toBe(before);
    expect(await database()).toContain('database:2');
  });

  test('maintenance closes and opens; an emergency stop ends all but what lasts, and opening starts it again, by its own compose files', async () => {
    ok(await operate('maintenance-on'));
    expect((await fetch(stack.host.url)).status).toBe(503);
    ok(await operate('maintenance-off'));
    expect(await stack.liveVersion()).toBe('v1');
    ok(await operate('emergency-stop'));
    expect((await fetch(stack.host.url)).status).toBe(503);
    expect(await stack.running()).toEqual(['db']);
    ok(await operate('maintenance-off'));
    expect(await stack.liveVersion()).toBe('v1');
    expect(await stack.running()).toEqual(['blue jobs', 'blue web', 'db']);
  });
});
