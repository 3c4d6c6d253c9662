import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseLedger, type LedgerEvent } from '#shared/server/ledger';
import { startHost, type Host } from '#shared/testing/host';
import { faultTold, liveVersion, outputsOf, pipeline } from '#shared/testing/pipeline';
import { lockTimes, unfinishedPlans } from '#shared/testing/plan-times';
import { waitUntil } from '#shared/testing/ports';
import { processesUsing } from '#shared/testing/processes';

const FIRST_RUN = 1000;
const LIMIT = 400_000;
// The old slot's time must be over soon, so that what is left is exactly the slot users reach.
const SHORT = { 'drain-timeout': '0s', standby: '1s' };

interface Ending {
  readonly run: string;
  readonly version: string;
  readonly generation: number;
  readonly result: 'live' | 'refused' | 'failed';
  readonly told: string;
}

let host: Host;
let endings: readonly Ending[];

/** One workflow run; its `prepare` tells when another plan of the service is at work beside it. */
async function deployAndSwitch(number: number): Promise<Ending> {
  const version = `v${number}`;
  const run = String(FIRST_RUN + number);
  const { deploy, switchTraffic } = pipeline(host, run);
  const alone = `mkdir ${host.root}/alone || echo ${version} >>${host.root}/overlaps; sleep 0.2; rmdir ${host.root}/alone`;
  const deployed = await deploy(version, { prepare: alone });
  const last = deployed.code === 0 ? await switchTraffic(SHORT) : deployed;
  const told = faultTold(last);
  const generation = ledger().findLast((event) => event.event === 'claim' && event.run === run)?.generation ?? 0;
  const result = last.code === 0 ? 'live' : /^Refused: run \d+ took over/.test(told) ? 'refused' : 'failed';
  return { run, version, generation, result, told: result === 'failed' ? last.log : told };
}

function ledger(): readonly LedgerEvent[] {
  return parseLedger(readFileSync(join(host.path, '.slipway', 'ledger'), 'utf8'));
}
function newest(): Ending {
  return endings.reduce((one, other) => (other.generation > one.generation ? other : one));
}
function runs(slot: string): boolean {
  return processesUsing(host.root).some(({ environ, command }) => command.includes('server.js') && environ.includes(`SLOT=${slot}\0`));
}

// All at once, most are superseded while they wait; the long sample also has them meet at every later stage.
const CROWDS = [{ deployments: 50, apart: 0 }, ...(process.env['SLIPWAY_FULL'] === '1' ? [{ deployments: 50, apart: 2_000 }] : [])];

describe.each(CROWDS)('$deployments deployments of one service, $apart ms apart', ({ deployments, apart }) => {
  beforeAll(async () => {
    host = await startHost({ mode: 'socket' });
    const first = pipeline(host, String(FIRST_RUN));
    outputsOf(await first.deploy('v0'));
    outputsOf(await first.switchTraffic(SHORT));
    endings = await Promise.all(Array.from({ length: deployments }, async (_, at) => {
      await wait(at * apart);
      return deployAndSwitch(at + 1);
    }));
  }, LIMIT);
  afterAll(() => host.stop());

  test('each took a generation of its own', () => {
    expect(new Set(endings.map(({ generation }) => generation)).size).toBe(deployments);
    expect(newest().generation).toBe(deployments + 1);
  });

  test('the last generation is live and verified', async () => {
    expect(newest()).toMatchObject({ result: 'live' });
    expect(await liveVersion(host)).toBe(newest().version);
    expect(ledger().findLast(({ event }) => event === 'confirm')).toMatchObject({ release: newest().version, generation: newest().generation });
  });

  test('every other one was live before it was superseded, or was refused by the name of a later run', () => {
    expect(endings.filter(({ result }) => result === 'failed').map(({ told }) => told)).toEqual([]);
    const generations = new Map(endings.map(({ run, generation }) => [run, generation]));
    for (const { generation, told } of endings.filter(({ result }) => result === 'refused')) {
      const by = /run (\d+) took over shop at \S+ \(https:\S+\/runs\/\1\b/.exec(told)?.[1] ?? '';
      expect(generations.get(by)).toBeGreaterThan(generation);
    }
    const confirmed = ledger().filter(({ event }) => event === 'confirm').map(({ release }) => release);
    expect(endings.filter(({ result }) => result === 'live').map(({ version }) => version).toSorted()).toEqual(confirmed.filter((release) => release !== 'v0').toSorted());
  });

  test('no two plans were at work at the same time', () => {
    const times = lockTimes(host.path);
    expect(times.length).toBeGreaterThanOrEqual(4);
    const overlaps = times.filter(({ from }, at) => at > 0 && from < (times[at - 1]?.to ?? 0));
    expect(overlaps).toEqual([]);
    expect(existsSync(join(host.root, 'overlaps'))).toBe(false);
  });

  test('nothing is left running, half published or locked', async () => {
    const live = readlinkSync(join(host.runtimeDir, 'live.sock')).replace(/^.*\/|\.sock$/g, '');
    const idle = live === 'blue' ? 'green' : 'blue';
    await waitUntil('the standby has ended', () => !runs(idle) && !existsSync(join(host.path, '.slipway', 'standby')), 30_000);
    expect(runs(live)).toBe(true);
    expect(readdirSync(join(host.path, 'slots'))).toEqual([live]);
    expect(unfinishedPlans(host.path)).toEqual([]);
    const releases = readdirSync(join(host.path, 'releases'));
    expect(releases).not.toContain('.next');
    expect(releases).toContain(newest().version);
    expect(readdirSync(join(host.path, '.slipway', 'releases')).toSorted()).toEqual(releases.toSorted());
    expect(readdirSync(join(host.path, '.slipway', 'incoming')).filter((name) => name !== 'lock')).toEqual([]);
    expect(existsSync(join(host.path, '.slipway', 'trash'))).toBe(false);
    await waitUntil('no process but nginx, the supervisor and sshd is left', () => !processesUsing(host.root).some(({ command }) => command.includes('plan.sh')), 10_000);
  });

  test('the next deployment meets nothing in its way', async () => {
    const next = pipeline(host, '2000');
    expect((await next.deploy('next')).log).not.toContain('Earlier plans');
    outputsOf(await next.switchTraffic(SHORT));
    expect(await liveVersion(host)).toBe('next');
    await waitUntil('the standby has ended', () => !existsSync(join(host.path, '.slipway', 'standby')), 30_000);
  });

  test('a switch that is still being proved gives way to a later run, and names it', async () => {
    const early = pipeline(host, '2001');
    outputsOf(await early.deploy('early'));
    // This proof fails until traffic has gone back; passing then must not help.
    const proving = early.startSwitch({ ...SHORT, 'expect-version': 'next', 'proof-timeout': '60s' });
    await proving.untilPrinted('Proving it from outside');
    const late = pipeline(host, '2002');
    expect((await late.deploy('late')).log).toContain('Healing plan');
    expect(await liveVersion(host)).toBe('next');
    expect(faultTold(await proving.result)).toMatch(/^Refused: run 2002 took over shop at .* Traffic went back to where it was\.$/);
    outputsOf(await late.switchTraffic(SHORT));
    expect(await liveVersion(host)).toBe('late');
    await waitUntil('the standby has ended', () => !existsSync(join(host.path, '.slipway', 'standby')), 30_000);
  }, 120_000);
});
