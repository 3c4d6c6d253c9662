import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseLedger, type LedgerEvent } from '#shared/server/ledger';
import { startHaproxy } from '#shared/testing/haproxy';
import { startHost, type Host } from '#shared/testing/host';
import { EVERY_KIND, startLoad } from '#shared/testing/load';
import { startNginx } from '#shared/testing/nginx';
import { faultTold, liveVersion, outputsOf, pipeline } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import type { ProxyStart } from '#shared/testing/proxy';
import { quickSwitches } from '#shared/testing/quick-switches';
import type { SiteMode } from '#shared/testing/site';

// The ten minutes of a standby outlast a test.
const STANDBY_TIMER = /plan\.sh timer|sleep /;
const SWITCHES = process.env['SLIPWAY_FULL'] === '1' ? 200 : 15;
const STREAMS = { sse: 6, ws: 6 };
const DRAIN = 3_000;
// Between the requests of a connection: without it the load alone takes both cores, and the switches take minutes.
const PAUSE = 50;

let host: Host;
afterAll(() => host.stop(STANDBY_TIMER));

function ledger(): readonly (LedgerEvent & { readonly open?: number })[] {
  return parseLedger(readFileSync(join(host.path, '.slipway', 'ledger'), 'utf8'));
}

interface Road {
  readonly name: string;
  readonly mode: SiteMode;
  readonly proxy: ProxyStart;
  readonly switches: number;
  /** Makes the router unfit, and takes that back. */
  spoil(): () => void;
  readonly refusal: RegExp;
}

/** An upstream that would go on answering from the old slot. */
function keepAlive(): () => void {
  const file = join(host.root, 'proxy', 'sites', 'upstream.conf');
  writeFileSync(file, `upstream shop {\n  server unix:${host.runtimeDir}/live.sock; # the live one\n  keepalive 8;\n}\n`);
  return () => rmSync(file);
}

function editMap(): () => void {
  const file = join(host.path, 'haproxy.map');
  const before = readFileSync(file);
  appendFileSync(file, '100 shop-green\n');
  return () => writeFileSync(file, before);
}

const NGINX = { proxy: startNginx, switches: SWITCHES, spoil: keepAlive, refusal: /Checking the router" failed[^]*upstream\.conf keeps connections to .*live\.sock alive/ };

describe.each<Road>([
  { name: 'nginx-socket, the app behind a socket', mode: 'socket', ...NGINX },
  { name: 'nginx-socket, the app behind a bridge', mode: 'bridge', ...NGINX },
  { name: 'haproxy', mode: 'socket', proxy: startHaproxy, switches: Math.max(10, SWITCHES / 5), spoil: editMap, refusal: /Checking the router" failed[^]*Somebody has edited .*haproxy\.map/ },
])('with $name', ({ mode, proxy, switches: count, spoil, refusal }) => {
  beforeAll(async () => {
    await host?.stop(STANDBY_TIMER);
    host = await startHost({ mode, proxy });
    for (const version of ['v1', 'v2']) {
      const { deploy, switchTraffic } = pipeline(host, version);
      outputsOf(await deploy(version));
      outputsOf(await switchTraffic());
    }
  }, 120_000);

  test(`${count} switches lose none of the requests of 100 keep-alive connections`, async () => {
    const load = await startLoad({ url: host.url, connections: EVERY_KIND, pause: PAUSE });
    await using switches = await quickSwitches(host, '3');
    for (let move = 0; move < count; move += 1) {
      expect(await switches.move()).toBe(move % 2 === 0 ? 'v1' : 'v2');
      expect(await liveVersion(host)).toBe(move % 2 === 0 ? 'v1' : 'v2');
    }
    const totals = await load.stop();
    expect(totals).toMatchObject({ lost: 0, losses: [] });
    for (const kind of ['get', 'post', 'slow', 'download'] as const) expect(totals.kinds[kind].ok).toBeGreaterThan(0);
    expect(totals.versions.map(({ version }) => version).toSorted()).toEqual(['v1', 'v2']);
    expect(ledger().filter(({ event, generation }) => event === 'confirm' && generation === 3)).toHaveLength(count);
  }, count * 6_000 + 60_000);

  test('streams are not cut while the old slot drains; when its standby ends they are closed cleanly, and counted', async () => {
    const load = await startLoad({ url: host.url, connections: EVERY_KIND, streams: STREAMS, pause: PAUSE });
    const opened = async (): Promise<number> => Object.values((await load.stats()).streams).reduce((sum, kind) => sum + kind.opened, 0);
    await waitUntil('all streams are open', async () => (await opened()) === STREAMS.sse + STREAMS.ws);
    const before = await liveVersion(host);
    const release = before === 'v1' ? 'v2' : 'v1';
    const began = Date.now();
    outputsOf(await pipeline(host, '4').switchTraffic({ release, 'drain-timeout': `${DRAIN}ms`, standby: '5s' }));
    await waitUntil('the standby has ended', () => ledger().some(({ event }) => event === 'retire'), 60_000);
    await waitUntil('the streams have been opened again', async () => (await opened()) === 2 * (STREAMS.sse + STREAMS.ws));
    const totals = await load.stop();
    expect(totals).toMatchObject({ lost: 0, losses: [], streams: { sse: { closed: STREAMS.sse, cut: 0 }, ws: { closed: STREAMS.ws, cut: 0 } } });
    for (const { at, version } of totals.ends) {
      expect(at).toBeGreaterThan(began + DRAIN);
      expect(version).toBe(before);
    }
    expect(ledger().filter(({ event }) => event === 'retire')).toMatchObject([{ release: before, open: STREAMS.sse + STREAMS.ws }]);
  }, 120_000);

  test('what would lose requests is refused, and users stay where they are', async () => {
    const { deploy, switchTraffic } = pipeline(host, '5');
    const live = await liveVersion(host);
    const idle = outputsOf(await deploy('v3'))['slot'] as string;
    await using switches = await quickSwitches(host, '5');

    const mend = spoil();
    expect(faultTold(await switchTraffic({ release: 'v3' }))).toMatch(refusal);
    mend();

    const link = join(host.path, 'slots', idle);
    const hold = (release: string) => (): void => {
      rmSync(link);
      symlinkSync(`../releases/${release}`, link);
    };
    await expect(switches.move(hold(live))).rejects.toThrow(`Slot ${idle} does not hold v3. Deploy it again.`);
    expect(faultTold(await switchTraffic({ release: 'v3' }))).toContain('v3 of shop runs in no slot');
    hold('v3')();

    execFileSync('sh', ['-c', host.supervisor.stopCommand], { env: { ...process.env, SLOT: idle } });
    expect(faultTold(await switchTraffic({ release: 'v3' }))).toContain(`"Checking that slot ${idle} holds v3 and is healthy" failed`);
    expect(await liveVersion(host)).toBe(live);
  }, 120_000);
});
