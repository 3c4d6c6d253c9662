import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import { webApp } from '#shared/testing/docker/image';
import { startStackHost, type StackHost } from '#shared/testing/docker/stack';
import { missing, needsFull } from '#shared/testing/equipment';
import { waitUntil } from '#shared/testing/ports';
import { processes, send } from '#shared/testing/processes';
import { faultTold } from '#shared/testing/pipeline';
import { startBundle, type StepResult } from '#shared/testing/run-bundle';
import { mountSmallDisk, type SmallDisk } from '#shared/testing/small-disk';

// A deployment was cancelled the hard way, its images and containers were left, and weeks later the disk that the engine keeps them on is full.

const NEEDS = [...ENGINE_NEEDS, 'mount'] as const;
const it = needsFull(...NEEDS);
const MIB = 1_048_576;
const LARGE = 8 * MIB; // of each image its own layer; a pull is thought to need three times that
const RELEASES = ['v1', 'v2', 'v3', 'v4', 'v5'];
const folder = mkdtempSync(join(tmpdir(), 'engine-disk-'));

let stack: StackHost;
let disk: SmallDisk;
beforeAll(async () => {
  if (process.env['SLIPWAY_FULL'] !== '1' || missing(...NEEDS).length > 0) return;
  disk = mountSmallDisk(folder, 'size=128m');
  stack = await startStackHost({}, { dataRoot: join(folder, 'engine') });
  for (const release of RELEASES) {
    const { files, ...app } = webApp(release);
    await stack.images(release, { ...app, files: { ...files, ballast: randomBytes(LARGE / 2).toString('hex') }, ...(release === 'v3' && { health: 'sleep 20' }) });
  }
}, 120_000);
afterAll(async () => {
  await stack?.stop();
  disk?.unmount();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

function ok(result: StepResult): string {
  if (result.code !== 0) throw new Error(`exit ${result.code}\n${result.log}`);
  return result.log;
}
const deploy = (release: string): Promise<StepResult> => stack.deploy(release, { keep: '2', images: 'pull' });
async function live(release: string): Promise<void> {
  stack.nextRun();
  ok(await deploy(release));
  ok(await stack.switchTraffic({ standby: '10m' }));
}
/** Takes all room but so many bytes. */
function leave(bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast', `${bavail}`), Buffer.alloc(bavail * bsize - bytes));
}
/** Releases of which the engine has the image that the service holds. */
async function held(): Promise<readonly string[]> {
  const images = await stack.engine.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}');
  return RELEASES.filter((release) => images.includes(`/shop:${release}`));
}

it('the next run removes what the cancelled one left, and no more than that; where it is too little, it says so and touches nothing', async () => {
  await live('v1');
  await live('v2');
  stack.nextRun();
  const cancelled = startBundle('ssh-deploy', { with: stack.deployInputs('v3', { keep: '2', images: 'pull' }), runId: '40' });
  await cancelled.untilPrinted('Waiting until slot blue is healthy');
  await cancelled.kill();
  for (const { pid } of processes().filter(({ command }) => command.includes(stack.host.path) && command.includes('plan.sh'))) send(pid, 'SIGKILL');
  await waitUntil('the cancelled release runs beside the one users reach', async () => (await stack.running()).includes('blue web'));
  expect([await held(), await stack.liveVersion()]).toEqual([['v1', 'v2', 'v3'], 'v2']);

  leave(LARGE);
  stack.nextRun();
  const log = ok(await deploy('v4'));
  expect(log).toMatch(/The disk where Docker keeps images on \S+ is too full: .*\/shop:v4.* Nothing was pulled\.[^]*What no release needs any more is removed first\.[^]*Removed image \S+\/shop:v3 /);
  ok(await stack.switchTraffic({ standby: '10m' }));
  expect([await held(), await stack.liveVersion()]).toEqual([['v1', 'v2', 'v4'], 'v4']);

  leave(MIB);
  const before = await stack.running();
  stack.nextRun();
  const refused = await deploy('v5');
  expect([refused.code, faultTold(refused)]).toEqual([1, expect.stringMatching(/^The disk where Docker keeps images on \S+ is too full: .*\/shop:v5 need about .*, .* are free\. .* Nothing was pulled\.$/)]);
  // What two verified releases need stays, however full it is.
  expect([await held(), await stack.running(), await stack.liveVersion()]).toEqual([['v2', 'v4'], before, 'v4']);
  ok(await stack.rollback({ release: 'v2' }));
  expect(await stack.liveVersion()).toBe('v2');
}, 240_000);
