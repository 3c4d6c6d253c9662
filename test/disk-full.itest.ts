import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { makeGate, type Gate } from '#shared/testing/kill-gate';
import { startLoad, type Load } from '#shared/testing/load';
import { faultTold, liveVersion, outputsOf, pipeline, type Pipeline } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import type { StepResult } from '#shared/testing/run-bundle';
import { fillLastPage, mountSmallDisk, type SmallDisk } from '#shared/testing/small-disk';

const STANDBY_TIMER = /plan\.sh timer|sleep /;
const it = needs('root', 'mount', 'sshd', 'nginx', 'runsvdir');
const FULL = /The disk of the service is full: \d+(\.\d+)? [kM]?B and \d+ inodes are free\. Make room there, then run again\./;
let host: Host;
let gate: Gate;
let disk: SmallDisk;
let load: Load;
let number = 1;

beforeAll(async () => {
  gate = makeGate();
  host = await startHost({ mode: 'socket', env: { PATH: `${gate.bin}:${process.env['PATH']}` } });
  disk = mountSmallDisk(join(host.root, 'srv'), 'size=24m,nr_inodes=1500');
  mkdirSync(join(host.path, 'slots'), { recursive: true });
  const first = newRun();
  outputsOf(await first.deploy('v1'));
  outputsOf(await first.switchTraffic());
  load = await startLoad({ url: host.url, connections: { get: 4, post: 2 }, pause: 50 });
}, 120_000);
afterEach(() => {
  gate.open();
  disk.makeRoom();
});
afterAll(async () => {
  const { lost, losses } = (await load?.stop()) ?? { lost: 0, losses: [] };
  gate?.open();
  disk?.unmount();
  await host?.stop(STANDBY_TIMER);
  gate?.remove();
  if (lost > 0) throw new Error(`${lost} requests were lost: ${JSON.stringify(losses.slice(0, 5))}`);
}, 60_000);

function newRun(): Pipeline {
  return pipeline(host, String((number += 1)));
}
const state = (...path: readonly string[]): string => join(host.path, '.slipway', ...path);

/** The journal that was written to last; the names of two plans of one second do not tell which came first. */
function journal(): string {
  const journals = readdirSync(state('plans')).map((plan) => state('plans', plan, 'journal')).filter((each) => existsSync(each));
  return journals.sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs).at(-1)!;
}

/** Takes all room there is, in the last pages of the files that would be written next, too. */
function fillUp(...files: readonly ('ledger' | 'journal')[]): void {
  if (files.includes('ledger')) fillLastPage(state('ledger'), (padding) => `{"event":"padding","generation":0,"time":"${padding}"}`);
  if (files.includes('journal')) fillLastPage(journal(), (padding) => `0 padding ${padding}`);
  disk.fill();
}
const fillAll = (): void => fillUp('ledger', 'journal');

/** What a failed step must leave as it was, and what it must not leave at all. */
function traces(): unknown {
  const plans = readdirSync(state('plans')).filter((plan) => existsSync(state('plans', plan, 'incoming')));
  const slots = readdirSync(join(host.path, 'slots')).map((slot) => `${slot} ${readlinkSync(join(host.path, 'slots', slot))}`);
  return {
    releases: readdirSync(join(host.path, 'releases')), records: readdirSync(state('releases')), incoming: readdirSync(state('incoming')).filter((name) => name !== 'lock'), plans,
    trash: existsSync(state('trash')), live: readlinkSync(join(host.runtimeDir, 'live.sock')), liveSlot: slots.filter((slot) => slot.endsWith('/v1')), definition: JSON.parse(readFileSync(state('definition'), 'utf8')) as unknown,
  };
}

/** Runs a step that is held at a point of the server's work, where `act` happens. */
async function whileHeld(point: string, act: () => void, step: () => Promise<StepResult>): Promise<StepResult> {
  gate.close(point, 'before');
  let isOver = false;
  const result = step().finally(() => { isOver = true; });
  await gate.untilHeld(() => isOver);
  // The step runs before its process is written down.
  if (point.startsWith('step-')) await waitUntil('the step is in the journal', () => readFileSync(journal(), 'utf8').includes(` process ${point.slice('step-'.length)} `));
  act();
  gate.open();
  return result;
}

describe('ssh-deploy', () => {
  // Each: where in the server's work the disk fills up, how, and what the user reads.
  const moments: readonly [point: string, act: () => void, words: string | RegExp][] = [
    ['receive', () => disk.fill(), /did not take the plan: .*No space left on device.*Free on the disk of \S+: 0 KiB, \d+ inodes/s],
    ['receive', () => disk.fillInodes(), /did not take the plan: .*No space left on device.*Free on the disk of \S+: \d+ KiB, 0 inodes/s],
    ['step-assemble', fillAll, '"Assembling '],
    ['step-verify', fillAll, '"Verifying every file" failed'],
    ['step-verify', () => disk.fillInodes(), '"Verifying every file" failed'],
    ['step-place', fillAll, '"Placing '],
    ['step-prepare', fillAll, FULL],
    ['step-start', fillAll, FULL],
  ];
  it.each(moments)('full at %s: says so, leaves nothing half, and a plain re-run converges: %#', async (point, act, words) => {
    const before = traces();
    const run = newRun();
    const release = `d${number}`;
    const deploy = (): Promise<StepResult> => run.deploy(release, { prepare: 'true' });
    const failed = await whileHeld(point, act, deploy);
    expect({ code: failed.code, told: faultTold(failed) }).toEqual({ code: 1, told: expect.stringMatching(words) });
    expect(faultTold(failed)).toMatch(point === 'receive' ? words : FULL);
    expect(traces()).toEqual(before);
    disk.makeRoom();
    outputsOf(await deploy());
    expect(await liveVersion(host)).toBe('v1');
  });

  it('a release that does not fit is refused before anything is sent, with what it needs and what is free', async () => {
    const before = traces();
    const large = host.makeRelease('large');
    writeFileSync(join(large, 'large.bin'), Buffer.alloc(30_000_000));
    const tooLarge = await newRun().deploy('large', { source: large });
    expect(faultTold(tooLarge)).toMatch(/^The disk of \S+ is too full: 30\.\d MB needed, 2\d\.?\d? MB free\. Remove old releases or other files there, or lower keep\. Nothing was sent\.$/);
    rmSync(join(large, 'large.bin'));
    for (let file = 0; file < 1_500; file += 1) writeFileSync(join(large, `file${file}`), '');
    const tooMany = await newRun().deploy('large', { source: large });
    expect(faultTold(tooMany)).toMatch(/^The disk of \S+ has too few inodes: 15\d\d needed, \d+ free\. .* Nothing was sent\.$/);
    expect(traces()).toEqual(before);
  });

  it('a release that nobody needs any more makes room for one that would not fit', async () => {
    for (const folder of [join(host.path, 'releases', 'left'), state('releases', 'left')]) mkdirSync(folder);
    const { bavail, bsize } = statfsSync(host.path);
    writeFileSync(join(host.path, 'releases', 'left', 'large.bin'), Buffer.alloc(bavail * bsize - 5_000_000));
    const large = host.makeRelease('fits');
    writeFileSync(join(large, 'large.bin'), Buffer.alloc(9_000_000));
    const { log } = await newRun().deploy('fits', { source: large });
    expect(log).toMatch(/is too full: 9\.\d MB needed, .* Nothing was sent\.\nWhat no release needs any more is removed first\./);
    expect([existsSync(join(host.path, 'releases', 'left')), existsSync(join(host.path, 'releases', 'fits')), await liveVersion(host)]).toEqual([false, true, 'v1']);
  });

  it('prepare that writes too much fails by its own name', async () => {
    const before = traces();
    const failed = await newRun().deploy('greedy', { prepare: 'echo filling >&2; dd if=/dev/zero of=large bs=1M count=100' });
    expect(faultTold(failed)).toMatch(/"Preparing the release" failed with exit code 1\.\n {2}\| filling\n.*No space left on device/);
    expect(faultTold(failed)).toMatch(FULL);
    expect(traces()).toEqual(before);
  });

  it('a release that could not be written down is written down by the next step', async () => {
    const run = newRun();
    const failed = await whileHeld('step-record', fillAll, () => run.deploy(`d${number}`));
    expect(faultTold(failed)).toMatch(/^"Recording d\d+ as prepared in slot \w+ of shop" failed/);
    expect(faultTold(failed)).toMatch(FULL);
    disk.makeRoom();
    outputsOf(await run.switchTraffic({ 'dry-run': 'false' }));
    expect(await liveVersion(host)).toBe(`d${number}`);
    outputsOf(await run.rollback());
  });
});

describe('blue-green-switch', () => {
  const switching = async (point: string, words: RegExp): Promise<void> => {
    const run = newRun();
    outputsOf(await run.deploy(`s${number}`));
    const failed = await whileHeld(point, fillAll, () => run.switchTraffic());
    expect({ code: failed.code, told: faultTold(failed) }).toEqual({ code: 1, told: expect.stringMatching(words) });
    expect(await liveVersion(host)).toBe('v1');
    disk.makeRoom();
    outputsOf(await run.switchTraffic());
    expect(await liveVersion(host)).toBe(`s${number}`);
    outputsOf(await run.rollback());
  };
  it('full before it is sent: traffic stays', () => switching('receive', /did not take the plan: .*No space left on device/s));
  it('full before the act: traffic stays', () => switching('step-check-slot', FULL));
  it('full after the act: traffic goes back', () => switching('step-check-live', FULL));

  it('a confirmation needs no room but what was kept for the way back', async () => {
    const run = newRun();
    outputsOf(await run.deploy(`c${number}`));
    outputsOf(await run.switchTraffic({ 'confirm-within': '10m' }));
    fillUp('ledger');
    expect(outputsOf(await run.switchTraffic({ operation: 'confirm' }))['confirmed']).toBe('true');
    disk.makeRoom();
    expect(await liveVersion(host)).toBe(`c${number}`);
    outputsOf(await run.rollback());
  });
});

it('rollback full after the act: users stay where they were, and a plain re-run takes them back', async () => {
  const run = newRun();
  outputsOf(await run.deploy(`b${number}`));
  outputsOf(await run.switchTraffic());
  const failed = await whileHeld('step-check-live', fillAll, () => run.rollback());
  expect({ code: failed.code, told: faultTold(failed) }).toEqual({ code: 1, told: expect.stringMatching(FULL) });
  expect(await liveVersion(host)).toBe(`b${number}`);
  disk.makeRoom();
  expect(outputsOf(await run.rollback())).toMatchObject({ 'restored-release': 'v1', verified: 'true' });
});

it('rollback works on a full disk, from the room kept for it', async () => {
  for (const fill of [fillAll, (): void => disk.fillInodes()]) {
    const run = newRun();
    outputsOf(await run.deploy(`r${number}`));
    outputsOf(await run.switchTraffic());
    fill();
    expect(outputsOf(await run.rollback())).toMatchObject({ 'restored-release': 'v1', verified: 'true' });
    disk.makeRoom();
  }
});
