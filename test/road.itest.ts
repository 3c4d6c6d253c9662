import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startHost, type Host } from '#shared/testing/host';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';

// The ten minutes of a standby outlast a test.
const STANDBY_TIMER = /plan\.sh timer|sleep /;

type Inputs = Readonly<Record<string, string>>;

let host: Host;
let run = 1000;
beforeAll(async () => { host = await startHost({ mode: 'socket' }); });
afterAll(() => host.stop(STANDBY_TIMER));

const CONNECTION = ['host', 'port', 'user', 'ssh-key', 'known-hosts', 'service'];
function connection(): Inputs {
  return Object.fromEntries(CONNECTION.map((name) => [name, host.inputs[name] as string]));
}
function deploy(version: string, more: Inputs = {}, fault?: string): Promise<StepResult> {
  return runBundle('ssh-deploy', { with: { ...host.inputs, source: host.makeRelease(version, fault), release: version, 'health-timeout': '10s', ...more }, runId: String(run) });
}
function switchTraffic(more: Inputs = {}): Promise<StepResult> {
  return runBundle('blue-green-switch', { with: { ...connection(), 'version-json-path': '$.version', 'proof-path': '/version', 'drain-timeout': '5s', ...more }, runId: String(run) });
}
function rollback(more: Inputs = {}): Promise<StepResult> {
  return runBundle('rollback', { with: { ...connection(), 'version-json-path': '$.version', 'proof-path': '/version', ...more }, runId: String(run) });
}
async function liveVersion(): Promise<string> {
  const answer = await fetch(`${host.url}/version`);
  return ((await answer.json()) as { version: string }).version;
}
function ok(result: StepResult): Inputs {
  if (result.code !== 0) throw new Error(`exit ${result.code}\n${result.log}`);
  return result.outputs;
}

describe('a release, from a checkout to users and back', () => {
  test('a first release that is not healthy is cleared away, and there is nothing to take back', async () => {
    const failed = await deploy('v0', { 'health-timeout': '1s' }, 'unhealthy');
    expect(failed.code).toBe(1);
    const rolledBack = await rollback();
    expect(ok(rolledBack)).toMatchObject({ 'restored-release': '', 'undone-release': '', verified: 'false' });
    expect(rolledBack.log).toContain('has come to its end on 127.0.0.1');
    expect((await rollback({ release: 'v0' })).code).toBe(1);
  });

  test('the first release starts in slot blue, is switched to, and proved from outside', async () => {
    run += 1;
    expect(ok(await deploy('v1'))).toMatchObject({ release: 'v1', slot: 'blue', generation: '2', 'previous-release': '' });
    expect(ok(await switchTraffic())).toMatchObject({ release: 'v1', slot: 'blue', verified: 'true', confirmed: 'true' });
    expect(await liveVersion()).toBe('v1');
  });

  test('the second starts beside it; only what changed travels', async () => {
    run += 1;
    expect(ok(await deploy('v2'))).toMatchObject({ release: 'v2', slot: 'green', 'files-changed': '1', 'previous-release': 'v1' });
    expect(await liveVersion()).toBe('v1');
    const look = { ...connection(), path: '/version', 'version-json-path': '$.version' };
    expect(ok(await runBundle('smoke-test', { with: { ...look, slot: 'idle', 'expect-version': 'v2' } }))).toMatchObject({ verdict: 'pass', version: 'v2' });
    expect(ok(await runBundle('smoke-test', { with: { ...look, slot: 'live', 'expect-version': 'v1' } }))).toMatchObject({ verdict: 'pass' });
    expect(ok(await switchTraffic())).toMatchObject({ release: 'v2', slot: 'green', 'previous-release': 'v1', 'open-connections': '0' });
    expect(await liveVersion()).toBe('v2');
  });

  test('rollback without inputs takes back what this run did, once', async () => {
    expect(ok(await rollback())).toMatchObject({ 'restored-release': 'v1', 'undone-release': 'v2', slot: 'blue', verified: 'true' });
    expect(await liveVersion()).toBe('v1');
    expect(ok(await rollback())).toMatchObject({ 'restored-release': 'v1', 'undone-release': '', verified: 'true' });
  });

  test('a release that is not healthy is cleared away, and rollback changes nothing', async () => {
    run += 1;
    const failed = await deploy('v3', { 'health-timeout': '2s' }, 'unhealthy');
    expect(failed.code).toBe(1);
    expect(failed.annotations.map(({ message }) => message).join()).toContain('"Waiting until slot green is healthy" failed');
    expect(ok(await rollback())['undone-release']).toBe('');
    expect(await liveVersion()).toBe('v1');
  });

  test('a failing proof goes back by itself', async () => {
    run += 1;
    ok(await deploy('v4'));
    const failed = await switchTraffic({ 'expect-version': 'v5', 'proof-timeout': '1s' });
    expect(failed.code).toBe(1);
    expect(failed.annotations.at(-1)?.message).toMatch(/^The proof from outside failed: .*"v4".*"v5".*Traffic went back to where it was\.$/);
    expect(await liveVersion()).toBe('v1');
  });

  test('a rollback to previous takes back a switch that waits to be confirmed, and no more', async () => {
    run += 1;
    ok(await deploy('v5'));
    ok(await switchTraffic({ 'confirm-within': '5m' }));
    expect(await liveVersion()).toBe('v5');
    run += 1;
    expect(ok(await rollback({ release: 'previous' }))).toMatchObject({ 'restored-release': 'v1', verified: 'true' });
    expect(await liveVersion()).toBe('v1');
  });

  test('a name that is taken by other files is refused, and the standby of that name stays warm', async () => {
    run += 1;
    ok(await deploy('v6'));
    ok(await switchTraffic());
    run += 1;
    const warm = host.supervisor.pids();
    const refused = await deploy('v7', { release: 'v1' });
    expect(refused.log).toContain('There is a release v1 already, made of other files. Give this one another name.');
    expect(host.supervisor.pids()).toEqual(warm);
  });

  test('deployed again, what is live is not prepared again in the folder that users are served from', async () => {
    run += 1;
    const prepare = 'echo once >>"$SERVICE_PATH/shared/prepared"';
    const prepared = (): string => readFileSync(join(host.path, 'shared/prepared'), 'utf8');
    expect(ok(await deploy('v6', { prepare }))).toMatchObject({ release: 'v6', 'previous-release': 'v6' });
    expect(() => prepared()).toThrow('ENOENT');
    expect(ok(await deploy('v8', { prepare }))).toMatchObject({ release: 'v8', 'previous-release': 'v6' });
    expect(prepared()).toBe('once\n');
  });

  test('a run confirms its own switch only, and is told that another took over', async () => {
    const confirm = (by: number): Promise<StepResult> => runBundle('blue-green-switch', { with: { ...connection(), operation: 'confirm' }, runId: String(by) });
    const [mine, theirs] = [run + 1, run + 2];
    run = mine;
    ok(await deploy('v9'));
    ok(await switchTraffic({ 'confirm-within': '5m' }));
    run = theirs;
    ok(await deploy('v10'));
    ok(await switchTraffic({ 'confirm-within': '5m' }));
    for (const state of ['waits', 'is confirmed']) {
      const refused = await confirm(mine);
      expect([state, refused.code, refused.outputs['confirmed']]).toEqual([state, 1, undefined]);
      expect(refused.log).toContain(`Refused: run ${theirs} took over shop at`);
      expect(ok(await confirm(theirs))).toMatchObject({ release: 'v10', confirmed: 'true' });
    }
    expect(ok(await confirm(run + 1))).toMatchObject({ release: 'v10', confirmed: 'true' }); // a person, from a run of its own
  });

  test('a release is asked and started as it came, whatever a later one has changed', async () => {
    run += 1;
    const source = host.makeRelease('v11');
    const server = join(source, 'server.js');
    writeFileSync(server, readFileSync(server, 'utf8').replace("'GET /health'", "'GET /healthz'"));
    const changed = { source, release: 'v11', health: '/healthz', start: `[ "$RELEASE" = v11 ] && ${host.inputs['start']}` };
    ok(await deploy('v12', changed));
    ok(await switchTraffic());
    const unnamed = { 'proof-path': '', 'version-json-path': '' };
    expect(ok(await rollback(unnamed))).toMatchObject({ 'restored-release': 'v10', verified: 'true' });
    expect(await liveVersion()).toBe('v10');
    run += 1;
    ok(await switchTraffic({ operation: 'emergency-stop' }));
    expect(ok(await switchTraffic({ operation: 'maintenance-off' }))).toMatchObject({ release: 'v10' });
    expect(await liveVersion()).toBe('v10');
    // Deployed again by its own name, it may come with other commands.
    ok(await deploy('v10', { health: '/version' }));
    expect(JSON.parse(readFileSync(join(host.path, '.slipway/releases/v10/definition'), 'utf8'))).toMatchObject({ health: { path: '/version' } });
  });
});
