import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect } from '@jest/globals';
import { needs } from './equipment.ts';
import { renderExample } from './examples.ts';
import { EVERY_KIND, startLoad } from './load.ts';
import { waitUntil } from './ports.ts';
import { send } from './processes.ts';
import { startSharingNginx } from './nginx.ts';
import { startSite, type Site, type SiteMode, type SiteOptions } from './site.ts';
import type { Slot } from './supervisor.ts';

const it = needs('nginx', 'runsvdir', 'sv');
const MODES: readonly SiteMode[] = ['socket', 'bridge'];
const started: Site[] = [];

afterEach(async () => {
  for (const site of started.splice(0)) await site.stop();
});

async function site(mode: SiteMode, options?: SiteOptions): Promise<Site> {
  const one = await startSite(mode, options);
  started.push(one);
  return one;
}

/** A deployment by hand: the release into the slot, the slot started, until the new version answers there. */
async function deploy(to: Site, slot: Slot, version: string, fault?: string): Promise<void> {
  cpSync(to.makeRelease(version, fault), join(to.path, 'releases', version), { recursive: true });
  link(join('..', 'releases', version), join(to.path, 'slots', slot));
  command(to, slot, to.supervisor.startCommand);
  await waitUntil(`${version} answers in ${slot}`, async () => (await versionAt(to, slot)) === version);
}

function switchTo(to: Site, slot: Slot): void {
  link(join(to.runtimeDir, `${slot}.sock`), join(to.runtimeDir, 'live.sock'));
}

function confirm(to: Site, slot: Slot): void {
  link(join(to.runtimeDir, `${slot}.sock`), join(to.path, 'confirmed.sock'));
}

function link(target: string, at: string): void {
  symlinkSync(target, `${at}.new`);
  renameSync(`${at}.new`, at);
}

function command(to: Site, slot: Slot, line: string): void {
  execFileSync('sh', ['-c', line], { env: { ...process.env, SLOT: slot }, stdio: 'pipe' });
}

/** The version that answers in the slot, or undefined. */
async function versionAt(to: Site, slot: Slot): Promise<string | undefined> {
  try {
    const answer = execFileSync('curl', ['-sf', '--unix-socket', join(to.runtimeDir, `${slot}.sock`), 'http://shop/version'], { encoding: 'utf8' });
    return (JSON.parse(answer) as { version: string }).version;
  } catch {
    return undefined;
  }
}

async function publicVersion(of: Site): Promise<string> {
  const response = await fetch(`${of.url}/`);
  await response.text();
  return response.headers.get('x-release') ?? String(response.status);
}

describe.each(MODES)('a site whose app is reached by %s', (mode) => {
  it('loses no request over three switches', async () => {
    const shop = await site(mode);
    await deploy(shop, 'blue', 'v0');
    switchTo(shop, 'blue');
    const load = await startLoad({ url: shop.url, connections: EVERY_KIND, slow: 1000, streams: { sse: 5, ws: 5 } });
    for (const round of [1, 2, 3]) {
      const slot = round % 2 === 1 ? 'green' : 'blue';
      await deploy(shop, slot, `v${round}`);
      switchTo(shop, slot);
      await wait(2500); // drain: the download of 2 s is the longest
    }
    const totals = await load.stop();
    expect(totals.losses).toEqual([]);
    expect(totals.lost).toBe(0);
    expect(totals.ok).toBe(totals.sent);
    expect(totals.versions.map((seen) => seen.version)).toEqual(['v0', 'v1', 'v2', 'v3']);
    for (const kind of ['get', 'post', 'slow', 'download'] as const) expect(totals.kinds[kind].ok).toBeGreaterThan(10);
    expect(totals.ends.filter((end) => !end.isClean)).toEqual([]);
    for (const kind of ['sse', 'ws'] as const) {
      expect(totals.streams[kind]).toMatchObject({ cut: 0, refused: 0 });
      // v0 and v1 were stopped, each with five streams, but for what was just connecting again.
      expect(totals.streams[kind].closed).toBeGreaterThanOrEqual(7);
    }
  });

  it('comes back with the confirmed slot after a power cut', async () => {
    const shop = await site(mode);
    await deploy(shop, 'blue', 'v1');
    switchTo(shop, 'blue');
    confirm(shop, 'blue');
    await deploy(shop, 'green', 'v2');
    switchTo(shop, 'green');
    expect(await publicVersion(shop)).toBe('v2');
    await shop.powerCut();
    await expect(publicVersion(shop)).rejects.toThrow('fetch failed');
    await shop.boot();
    await waitUntil('v1 serves', async () => (await publicVersion(shop)) === 'v1');
    await waitUntil('v2 runs in green', async () => (await versionAt(shop, 'green')) === 'v2');
    await shop.powerCut();
    rmSync(join(shop.path, 'slots', 'green'));
    await shop.boot();
    await waitUntil('v1 serves', async () => (await publicVersion(shop)) === 'v1');
    expect(await versionAt(shop, 'green')).toBeUndefined();
  });
});

it('loses no request for which the links of a share move while nginx looks them up', async () => {
  const shop = await site('socket', { proxy: startSharingNginx });
  for (const slot of ['blue', 'green'] as const) {
    await deploy(shop, slot, slot);
    const buckets = join(shop.path, 'shares', slot);
    mkdirSync(buckets, { recursive: true });
    for (let bucket = 0; bucket < 100; bucket++) symlinkSync(join(shop.runtimeDir, `${slot}.sock`), join(buckets, `${String(bucket).padStart(2, '0')}.sock`));
    link(buckets, join(shop.runtimeDir, 'live'));
  }
  const load = await startLoad({ url: shop.url, connections: { get: 16 } });
  for (const until = performance.now() + 3_000; performance.now() < until; await turn()) {
    for (const slot of ['blue', 'green']) link(join(shop.path, 'shares', slot), join(shop.runtimeDir, 'live'));
  }
  const totals = await load.stop();
  expect(totals.losses).toEqual([]);
  expect(totals).toMatchObject({ lost: 0, ok: totals.sent });
  expect(totals.versions.map(({ version }) => version).sort()).toEqual(['blue', 'green']);
});

it('a stopped slot stays stopped, a killed app comes back', async () => {
  const shop = await site('socket');
  await deploy(shop, 'blue', 'v1');
  const [app] = shop.supervisor.pids().slice(-1);
  send(app ?? 0, 'SIGKILL');
  await waitUntil('another app runs', async () => (await versionAt(shop, 'blue')) === 'v1' && !shop.supervisor.pids().includes(app ?? 0));
  command(shop, 'blue', shop.supervisor.stopCommand);
  expect(shop.supervisor.pids()).toHaveLength(3);
  await wait(1500);
  expect(await versionAt(shop, 'blue')).toBeUndefined();
});

it('nginx starts beside the sockets of a killed nginx only after what the drop-in runs', async () => {
  const shop = await site('bridge');
  await shop.proxy.powerCut();
  await expect(shop.proxy.boot()).rejects.toThrow('Address already in use');
  for (const [, line = ''] of renderExample('systemd/nginx-slipway.conf', shop).matchAll(/^ExecStartPre=(.*)$/gm)) execFileSync('sh', ['-c', line]);
  await shop.proxy.boot();
  expect(await publicVersion(shop)).toBe('502');
});

it('names and kills a process that is left', async () => {
  const shop = await startSite('socket');
  mkdirSync(join(shop.path, 'idle'));
  execFileSync('sh', ['-c', 'sleep 600 >/dev/null 2>&1 & '], { cwd: join(shop.path, 'idle'), stdio: 'ignore' });
  await expect(shop.stop()).rejects.toThrow('sleep 600');
});

describe('the load', () => {
  it('notices requests and streams that are cut', async () => {
    const shop = await site('socket');
    await deploy(shop, 'blue', 'v1');
    switchTo(shop, 'blue');
    const load = await startLoad({ url: shop.url, connections: EVERY_KIND, streams: { sse: 3, ws: 3 } });
    await waitUntil('streams are open', async () => (await load.stats()).streams.ws.events > 10);
    send(shop.supervisor.pids().at(-1) ?? 0, 'SIGKILL');
    await wait(500);
    const totals = await load.stop();
    expect(totals.kinds.slow.lost).toBeGreaterThanOrEqual(10);
    expect(totals.kinds.download.lost).toBeGreaterThanOrEqual(5);
    expect(totals.causes.status).toBeGreaterThan(10);
    expect(totals.causes.reset).toBeGreaterThanOrEqual(5);
    expect(totals.streams).toMatchObject({ sse: { cut: 3 }, ws: { cut: 3 } });
    expect(totals.lost).toBe(totals.sent - totals.ok);
  });

  it('notices what a reload of nginx loses', async () => {
    const shop = await site('socket');
    await deploy(shop, 'blue', 'v1');
    switchTo(shop, 'blue');
    const load = await startLoad({ url: shop.url, connections: { post: 150 }, pause: 0 });
    for (let reload = 0; reload < 5; reload += 1) {
      await wait(300);
      await shop.proxy.reload();
    }
    const totals = await load.stop();
    expect(totals.causes.reset).toBeGreaterThan(0);
    expect(totals.causes.reset).toBe(totals.lost);
  });

  it('notices a release that turns sick', async () => {
    const shop = await site('socket');
    await deploy(shop, 'blue', 'v1', 'sick-after:500');
    switchTo(shop, 'blue');
    const load = await startLoad({ url: shop.url, connections: { get: 5 } });
    await wait(1000);
    const totals = await load.stop();
    expect(totals.ok).toBeGreaterThan(10);
    expect(totals.losses[0]).toMatchObject({ cause: 'status', version: 'v1' });
    expect(totals.versions[0]?.lastSeen).toBeLessThan(totals.losses[0]?.at ?? 0);
  });

  it('does not call it a loss when a connection is closed between requests', async () => {
    const server = createServer((_request, response) => {
      response.end('ok', () => setTimeout(() => response.socket?.end(), 10));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const load = await startLoad({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: { get: 10 }, pause: 60 });
    await wait(1000);
    const totals = await load.stop();
    server.close();
    expect(totals).toMatchObject({ lost: 0, ok: totals.sent });
    expect(totals.sent).toBeGreaterThan(50);
  });
});
