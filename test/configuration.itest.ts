import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import { freePort, waitUntil } from '#shared/testing/ports';
import { processes, send } from '#shared/testing/processes';
import { runBundle, startBundle, type StepResult } from '#shared/testing/run-bundle';

// "Previous configuration restored": files outside of releases, which hooks change, go back with the release.

const test = needs('sshd', 'nginx', 'sv', 'curl');
let host: Host;
let run = 0;
beforeAll(async () => { host = await startHost({ mode: 'socket' }); });
afterAll(() => host?.stop(/plan\.sh timer|sleep /));

const folder = (): string => join(host.path, 'shared', 'config');
/** Each file of the configuration with its text and mode. */
function configuration(): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(folder(), { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder(), name)).isFile()).map((name) => {
    const file = join(folder(), name);
    return [name, `${readFileSync(file, 'utf8')} ${(statSync(file).mode & 0o777).toString(8)}`];
  }));
}
function ok({ code, log, outputs }: StepResult): Readonly<Record<string, string>> {
  if (code !== 0) throw new Error(log);
  return outputs;
}
const connection = (of = host): Readonly<Record<string, string>> => Object.fromEntries(['host', 'port', 'user', 'ssh-key', 'known-hosts', 'service'].map((name) => [name, of.inputs[name] ?? '']));
const deployment = (release: string, hooks: Readonly<Record<string, string>>) => ({ with: { ...host.inputs, release, source: host.makeRelease(release), 'config-paths': 'shared/config', ...hooks }, runId: String(run += 1) });
const deploy = (release: string, hooks: Readonly<Record<string, string>> = {}): Promise<StepResult> => runBundle('ssh-deploy', deployment(release, hooks));
const act = (action: string, more: Readonly<Record<string, string>> = {}): Promise<StepResult> => runBundle(action, { with: { ...connection(), ...more }, runId: String(run) });

const FIRST = { 'app.ini': 'pool = 5 600', 'tls/ciphers': 'strong 640' };
const SECOND = { 'app.ini': 'pool = 50 640', 'new/feature.ini': 'on 644' };
const CHANGE = 'cd "$SERVICE_PATH/shared/config"; printf "pool = 50" >app.ini; chmod 640 app.ini; rm -r tls; mkdir new; printf on >new/feature.ini; chmod 644 new/feature.ini';

describe('config-paths', () => {
  test('go back with a rollback, exactly as they were, and forward again', async () => {
    mkdirSync(join(folder(), 'tls'), { recursive: true });
    for (const [name, given] of Object.entries(FIRST)) {
      const [, text = '', mode = ''] = /^(.*) (\d+)$/.exec(given) ?? [];
      writeFileSync(join(folder(), name), text);
      chmodSync(join(folder(), name), Number.parseInt(mode, 8));
    }
    ok(await deploy('v1'));
    ok(await act('blue-green-switch'));
    ok(await deploy('v2', { 'after-prepare': CHANGE }));
    ok(await act('blue-green-switch'));
    expect(configuration()).toEqual(SECOND);
    ok(await act('rollback'));
    expect(configuration()).toEqual(FIRST);
    ok(await deploy('v2'));
    expect(configuration()).toEqual(SECOND);
    ok(await act('blue-green-switch'));
    ok(await act('rollback'));
    expect(configuration()).toEqual(FIRST);
  });

  test('are put back when a deployment fails, when a switch fails, and when a plan was killed', async () => {
    const failed = await deploy('v3', { 'after-prepare': `${CHANGE}; false` });
    expect([failed.code, configuration()]).toEqual([1, FIRST]);
    expect(failed.log).toContain('The configuration of v1 is back.');

    ok(await deploy('v4', { 'before-publish': `${CHANGE}; false` }));
    expect((await act('blue-green-switch')).code).toBe(1);
    expect(configuration()).toEqual(FIRST);

    const killed = startBundle('ssh-deploy', deployment('v5', { 'after-prepare': `${CHANGE}; echo the hook was here; sleep 300` }));
    await killed.untilPrinted('the hook was here');
    for (const { pid } of processes().filter(({ environ, command }) => environ.includes(`HOME=${host.home}\0`) && /plan\.sh|sleep 300/.test(command))) send(pid, 'SIGKILL');
    await killed.kill();
    ok(await deploy('v6'));
    expect(configuration()).toEqual(FIRST);
  });

  // Each release is asked as it was when it was deployed.
  test('with strategy in-place as well', async () => {
    const service = { service: 'jobs', path: join(host.root, 'srv', 'jobs'), strategy: 'in-place', start: '', stop: '', restart: ':', health: '', 'health-command': 'true' };
    mkdirSync(join(service.path, 'shared'), { recursive: true });
    writeFileSync(join(service.path, 'shared', 'config'), 'one');
    const told = (): string => readFileSync(join(service.path, 'shared', 'config'), 'utf8');
    ok(await deploy('v1', service));
    ok(await deploy('v2', { ...service, 'health-command': 'test "$RELEASE" = v2', 'health-timeout': '1s', 'before-publish': 'printf two >"$SERVICE_PATH/shared/config"' }));
    expect(told()).toBe('two');
    ok(await act('rollback', { service: 'jobs' }));
    expect(told()).toBe('one');
    const failed = await deploy('v3', { ...service, 'before-publish': 'printf three >"$SERVICE_PATH/shared/config"', 'health-command': 'false', 'health-timeout': '1s' });
    expect(failed.log).not.toContain('Going back failed');
    expect([failed.code, told()]).toEqual([1, 'one']);
  });

  test('which could not be put back are refused', async () => {
    rmSync(folder(), { recursive: true });
    mkdirSync(folder());
    writeFileSync(join(folder(), 'dump'), Buffer.alloc(17 * 1_048_576));
    expect((await deploy('v7')).log).toContain('holds more than 16 MiB. That is data');
    expect((await deploy('v7', { 'config-paths': 'releases/v1' })).log).toContain('none of what Slipway keeps there itself');
  });
});

describe('what a release was deployed with', () => {
  const asksNew = { health: '', 'health-command': 'grep -q ^n VERSION && curl -fsS --unix-socket "$SOCKET" http://localhost/health', 'health-timeout': '5s' };
  const pidOf = async (): Promise<number> => ((await (await fetch(`${host.url}/version`)).json()) as { pid: number }).pid;

  test('is what it is gone back to with: its own health check, while it waits and once it has to be started again', async () => {
    rmSync(folder(), { recursive: true, force: true });
    ok(await deploy('o1'));
    ok(await act('blue-green-switch'));
    const pid = await pidOf();
    ok(await deploy('n2', asksNew));
    const failed = await act('blue-green-switch', { 'proof-path': '/none', 'proof-timeout': '1s' });
    expect([failed.code, await pidOf()]).toEqual([1, pid]);
    expect(failed.log).not.toContain('is not healthy either');
    ok(await act('blue-green-switch'));
    expect(ok(await act('rollback'))).toMatchObject({ 'restored-release': 'o1', verified: 'true' });
    expect(await pidOf()).toBe(pid);
    ok(await deploy('n3', asksNew));
    ok(await act('blue-green-switch'));
    ok(await deploy('n4', asksNew));
    expect(ok(await act('rollback', { release: 'o1' }))).toMatchObject({ 'restored-release': 'o1', verified: 'true' });
    const moved = await deploy('n5', { strategy: 'in-place', start: '', stop: '', restart: ':', health: '', 'health-command': 'true' });
    expect([moved.code, moved.log]).toEqual([1, expect.stringContaining('its router sends users to slot')]);
  });

  test('is where the router finds it: a slot keeps the port that it was started with', async () => {
    const other = await startHost({ mode: 'socket', proxy: startReloadingNginx });
    try {
      const step = async (action: string, more: Readonly<Record<string, string>>): Promise<StepResult> => runBundle(action, { with: { ...connection(other), ...more }, runId: String(run) });
      const told = async (): Promise<{ version: string; pid: number }> => (await (await fetch(`${other.url}/version`)).json()) as { version: string; pid: number };
      // What a worker of before a reload has accepted, it still answers.
      const reaches = (release: string): Promise<void> => waitUntil(`users reach ${release}`, async () => (await told()).version === release, 3_000);
      const stop = 'kill "$(cat "$SERVICE_PATH/$SLOT.pid")"';
      const begin = async (release: string): Promise<StepResult> => {
        run += 1;
        const ports = { 'blue-port': String(await freePort()), 'green-port': String(await freePort()) };
        const start = `env -u SOCKET setsid ${process.execPath} server.js >/dev/null 2>&1 & echo $! >"$SERVICE_PATH/$SLOT.pid"`;
        return step('ssh-deploy', { ...other.inputs, ...ports, start, stop, release, source: other.makeRelease(release) });
      };
      ok(await begin('p1'));
      ok(await step('blue-green-switch', {}));
      const { pid } = await told();
      ok(await begin('p2'));
      for (const [slot, release] of [['live', 'p1'], ['idle', 'p2']] as const) ok(await step('smoke-test', { slot, path: '/version', 'expect-version': release, 'version-json-path': '$.version', once: 'true' }));
      expect((await step('blue-green-switch', { 'proof-path': '/none', 'proof-timeout': '1s' })).code).toBe(1);
      await reaches('p1');
      ok(await step('blue-green-switch', {}));
      await reaches('p2');
      ok(await step('rollback', {}));
      await reaches('p1');
      expect((await told()).pid).toBe(pid);
    } finally {
      await other.stop(/plan\.sh timer|sleep |server\.js/);
    }
  });
});
