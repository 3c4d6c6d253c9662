import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { latestClaim, parseLedger } from '#shared/server/ledger';
import { startHost, type Host } from '#shared/testing/host';
import { faultTold, liveVersion, outputsOf, pipeline, type Inputs, type Pipeline } from '#shared/testing/pipeline';
import { unfinishedPlans } from '#shared/testing/plan-times';
import { isAlive, send } from '#shared/testing/processes';

// The ten minutes of a standby outlast a test.
const STANDBY_TIMER = /plan\.sh timer|sleep /;

let host: Host;
let runs = 100;
beforeAll(async () => {
  host = await startHost({ mode: 'socket' });
  await release('v0');
});
afterAll(() => host.stop(STANDBY_TIMER));

function nextRun(): Pipeline {
  runs += 1;
  return pipeline(host, String(runs));
}
/** One plain run: a deployment and its switch. Gives the slot it is in, and what the deployment logged. */
async function release(version: string, more: Inputs = {}): Promise<{ readonly slot: string; readonly log: string }> {
  const run = nextRun();
  const deployed = await run.deploy(version, more);
  outputsOf(deployed);
  outputsOf(await run.switchTraffic());
  expect(await liveVersion(host)).toBe(version);
  return { slot: deployed.outputs['slot'] as string, log: deployed.log };
}
const at = (...names: string[]): string => join(host.path, ...names);
const state = (...names: string[]): string => at('.slipway', ...names);
const entries = (...names: string[]): readonly string[] => readdirSync(at(...names)).filter((name) => name !== 'lock').toSorted();

function layDown(path: string, content = 'left over\n'): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}
function repoint(link: string, target: string): void {
  rmSync(link, { force: true });
  symlinkSync(target, link);
}
function agePath(path: string): void {
  const then = Date.now() / 1_000 - 7_200;
  utimesSync(path, then, then);
}
/** A plan that was taken in, but whose process ended, or was never started, before it got the lock. */
function layDownPlan(name: string, journal = 'slipway-journal 1\n'): string {
  for (const file of ['plan.sh', 'output']) layDown(state('plans', name, file), '');
  layDown(state('plans', name, 'journal'), journal);
  return state('plans', name);
}

describe('healed by one plain run', () => {
  test('half a deployment of everything, and a server whose links are gone', async () => {
    for (const folder of [host.path, host.runtimeDir]) layDown(join(folder, '.slipway-new', 'live.sock'));
    symlinkSync('/nowhere', at('slots', '.slipway-new'));
    layDown(at('releases', 'half', 'server.js'));
    layDown(at('releases', '.next', 'server.js'));
    layDown(state('incoming', '20261121T100000-aaaaaa.4711', 'plan.sh'));
    layDown(state('incoming', '20261121T100000-aaaaaa.4711.lock'), '');
    layDown(state('incoming', '20261121T100000-bbbbbb.4712.lock'), '');
    agePath(state('incoming', '20261121T100000-bbbbbb.4712.lock'));
    layDown(join(layDownPlan('20261121T100000-cccccc'), 'process.run'), '999999 1 another-boot\n');
    const neverStarted = layDownPlan('20261121T100000-dddddd');
    for (const path of [...readdirSync(neverStarted).map((name) => join(neverStarted, name)), neverStarted]) agePath(path);
    layDown(state('trash', 'old', 'server.js'));
    appendFileSync(state('ledger'), '{"event":"release","generation":1,"ti');
    unlinkSync(state('runtime'));
    unlinkSync(join(host.runtimeDir, 'live.sock'));
    repoint(at('slots', 'green'), '../releases/gone');

    expect(await release('v1')).toMatchObject({ slot: 'green' });
    expect(entries('releases')).toEqual(['v0', 'v1']);
    expect(entries('slots')).toEqual(['blue', 'green']);
    expect(entries()).not.toContain('.slipway-new');
    expect(readdirSync(host.runtimeDir).toSorted()).toEqual(['blue.sock', 'green.sock', 'live', 'live.sock', 'maintenance.sock']);
    expect(entries('.slipway', 'incoming')).toEqual([]);
    expect(entries('.slipway')).toEqual(expect.arrayContaining(['runtime']));
    expect(entries('.slipway')).not.toContain('trash');
    expect(unfinishedPlans(host.path)).toEqual([]);
    const lines = readFileSync(state('ledger'), 'utf8').split('\n');
    expect(lines.filter((line) => line !== '' && parseLedger(line).length === 0)).toEqual(['{"event":"release","generation":1,"ti']);
    expect(latestClaim(parseLedger(lines.join('\n')))).toMatchObject({ generation: 2 });
  });

  test('a live link that leads nowhere, the live release gone, a ledger without its last newline', async () => {
    repoint(join(host.runtimeDir, 'live.sock'), join(host.runtimeDir, 'nobody.sock'));
    repoint(at('slots', 'green'), '../releases/gone');
    rmSync(at('releases', 'v1'), { recursive: true });
    truncateSync(state('ledger'), readFileSync(state('ledger')).length - 1);
    expect(await release('v2')).toMatchObject({ slot: 'blue' });
    expect(entries('releases')).toEqual(['v0', 'v2']);
    const lines = readFileSync(state('ledger'), 'utf8').trim().split('\n');
    expect(lines.filter((line) => parseLedger(line).length === 0)).toHaveLength(1);
  });

  test('what a step left running in its own session is ended by the next plan, which says so', async () => {
    await release('v3', { prepare: `sleep 300 & echo $! >${host.root}/forgotten` });
    const forgotten = Number(readFileSync(join(host.root, 'forgotten'), 'utf8'));
    expect(isAlive(forgotten)).toBe(false);
    const outputs = readdirSync(state('plans')).map((plan) => readFileSync(state('plans', plan, 'output'), 'utf8'));
    expect(outputs.join('')).toContain(`Ending process ${forgotten}, left over by plan`);
  });
});

describe('named, with what to do', () => {
  test('an app that inherited the lock, by its number and command; once it has ended the next run passes', async () => {
    const run = nextRun();
    outputsOf(await run.deploy('v4', { prepare: `setsid sleep 301 </dev/null >/dev/null 2>&1 & echo $! >${host.root}/stray` }));
    const stray = Number(readFileSync(join(host.root, 'stray'), 'utf8'));
    expect(faultTold(await run.switchTraffic())).toContain(`The lock of shop is held by process ${stray} (sleep 301), which a step left running. End it`);
    send(stray, 'SIGKILL');
    await release('v5');
  });

  test('the journal of a newer version, and a definition of one', async () => {
    const plan = layDownPlan('20271121T100000-eeeeee', 'slipway-journal 2\n1 run 1 2 3\n');
    expect(faultTold(await nextRun().deploy('v6'))).toContain('Refused: plan 20271121T100000-eeeeee of shop has journal format 2, which this version does not know. Use the version that wrote it.');
    rmSync(plan, { recursive: true });
    const definition = readFileSync(state('definition'));
    writeFileSync(state('definition'), '{"format":2}');
    for (const told of [await nextRun().deploy('v6'), await nextRun().switchTraffic(), await nextRun().rollback()]) {
      expect(faultTold(told)).toContain('has format 2, written by a newer version of these actions. Use that version here too.');
    }
    writeFileSync(state('definition'), definition);
    await release('v6');
  });

  test('a slot whose release is gone is not switched to', async () => {
    const run = nextRun();
    const { slot } = outputsOf(await run.deploy('v7'));
    rmSync(at('releases', 'v7'), { recursive: true });
    expect(faultTold(await run.switchTraffic())).toContain(`Slot ${slot} does not hold v7. Deploy it again.`);
    expect(await liveVersion(host)).toBe('v6');
  });

  test('in place, current that is a real folder, before anything users see has changed', async () => {
    const path = join(host.root, 'srv', 'site');
    const inPlace = { service: 'site', path, strategy: 'in-place', start: '', stop: '', health: '', url: '', 'health-command': 'test -e VERSION', restart: `echo restarted >>${host.root}/restarted` };
    layDown(join(path, 'current', 'index.html'));
    const told = faultTold(await nextRun().deploy('w1', inPlace));
    expect(told).toContain(`${path}/current is a real folder, where a link is expected. Move it away: mv ${path}/current ${path}/current.old`);
    expect(told).toContain('users noticed nothing');
    expect(existsSync(join(host.root, 'restarted'))).toBe(false);
    expect(readdirSync(join(path, 'releases'))).toEqual([]);
    rmSync(join(path, 'current'), { recursive: true });
    layDown(join(path, '.slipway-new', 'current'));
    outputsOf(await nextRun().deploy('w1', inPlace));
    expect(readFileSync(join(path, 'current', 'VERSION'), 'utf8')).toBe('w1\n');
    expect(readdirSync(path)).not.toContain('.slipway-new');
  });
});
