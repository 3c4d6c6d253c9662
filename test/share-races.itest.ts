import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { findFaults, lossesIn } from '#shared/testing/kill-invariants';
import { share, startWorld, SWITCH, SWITCH_IN_STEPS, type Request, type World } from '#shared/testing/kill-world';
import type { Load } from '#shared/testing/load';

// What else may come while a share of the traffic is out, or when it is whole: another run, the same job once more, a person. Users lose nothing.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const FOR_LONG: Request = { ...SWITCH_IN_STEPS, with: { ...SWITCH_IN_STEPS.with, 'step-duration': '20m', timeout: '2h' } };

let world: World;
let users: Load;
beforeAll(async () => {
  world = await startWorld('shares');
  users = await world.load();
});
afterAll(async () => {
  const totals = await users?.stop();
  await world?.stop();
  expect(totals && lossesIn(totals)).toEqual([]);
});

describe('a newer run', () => {
  it('takes back a share that is being watched, without waiting for its time', async () => {
    const run = world.newRun();
    await world.runAll([world.deploy(world.newRelease())], run);
    const watched = world.start(FOR_LONG, run);
    await watched.untilPrinted(/Watching .* at 5 %/);
    const newer = await takeOver();
    expect(await watched.result).toMatchObject({ code: 1, log: expect.stringMatching(/Refused: run \d+ took over shop .* Traffic went back to where it was/) });
    expect(await findFaults(world, { wanted: newer })).toEqual([]);
  });

  it('takes back one that waits for its next step, which is then refused', async () => {
    const run = world.newRun();
    await world.runAll([world.deploy(world.newRelease()), share(10, '1h')], run);
    const newer = await takeOver();
    expect(await world.start(share(40), run).result).toMatchObject({ code: 1, log: expect.stringMatching(/Refused: run \d+ took over shop/) });
    expect(await findFaults(world, { wanted: newer })).toEqual([]);
  });
});

it('a job run again after its work was done, and whose proof then fails, leaves users where they are', async () => {
  const run = world.newRun();
  const wanted = world.newRelease();
  await world.runAll([world.deploy(wanted), SWITCH_IN_STEPS, SWITCH_IN_STEPS], run);
  const unproved = { ...SWITCH, with: { ...SWITCH.with, 'proof-path': '/nowhere', 'proof-timeout': '1s' } };
  expect(await world.start(unproved, run).result).toMatchObject({ code: 1, log: expect.stringContaining('The proof from outside failed') });
  expect(await findFaults(world, { wanted })).toEqual([]);
});

it('a configuration edited by hand meanwhile is left as it is; the share goes back at once', async () => {
  const file = join(world.host.root, 'proxy/sites/service.conf');
  const [before, run] = [readFileSync(file, 'utf8'), world.newRun()];
  const wanted = await world.liveVersion();
  await world.runAll([world.deploy(world.newRelease()), share(10, '1h')], run);
  const edited = before.replaceAll('/live/', '/other/');
  writeFileSync(file, edited);
  expect(await world.start(share(40), run).result).toMatchObject({ code: 1, log: expect.stringMatching(/nginx reads no bucket of .*Traffic went back to where it was/s) });
  expect(readFileSync(file, 'utf8')).toBe(edited);
  expect(await findFaults(world, { wanted, leavesPrepared: true })).toEqual([]);
  writeFileSync(file, before);
});

async function takeOver(): Promise<string> {
  const release = world.newRelease();
  await world.runAll([world.deploy(release), SWITCH]);
  return release;
}
