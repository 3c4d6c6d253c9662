import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect } from '@jest/globals';
import { startCaddy } from '#shared/testing/caddy';
import { needs, needsBuilt } from '#shared/testing/equipment';
import { startHaproxy } from '#shared/testing/haproxy';
import { renderExample } from '#shared/testing/examples';
import { startKamalProxy } from '#shared/testing/kamal-proxy';
import { startSharingNginx } from '#shared/testing/nginx';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import type { ProxyStart } from '#shared/testing/proxy';
import { definitionOf } from '#shared/testing/router-functions';
import { startRouterServer, type RouterServer } from '#shared/testing/router-server';
import { runScript } from '#shared/testing/run-script';
import { startTraefik } from '#shared/testing/traefik';
import { freePort, waitUntil } from '#shared/testing/ports';
import { routerComplaint } from '../router.ts';

interface Contender { readonly start: ProxyStart; readonly program: string; readonly onPorts: boolean; readonly page: string }
const ROUTERS: Readonly<Record<string, Contender>> = {
  nginx: { start: startReloadingNginx, program: 'nginx', onPorts: false, page: 'Back soon' },
  caddy: { start: startCaddy, program: 'caddy', onPorts: false, page: 'Back soon' },
  traefik: { start: startTraefik, program: 'traefik', onPorts: true, page: '' },
};
let server: RouterServer;
afterEach(() => server.stop());

async function go(target: number | 'closed'): Promise<void> {
  for (const verb of ['prepare_traffic', 'send_traffic', 'keep_traffic']) await server.must(verb, target);
}
async function refusal(target: number | 'closed' = 100): Promise<string> {
  const { code, stderr } = await server.call('prepare_traffic', target);
  expect(code).toBe(1);
  return stderr;
}
async function restart(): Promise<void> {
  await server.proxy.powerCut();
  rmSync(join(server.runtimeDir, 'maintenance.sock'), { force: true }); // as nginx-slipway.conf of examples/systemd does
  await server.proxy.boot();
}
/** Waits until nobody works by what was before: old workers finish what they have. */
async function settled(slot: string): Promise<void> {
  await waitUntil(`all goes to ${slot}`, async () => (await server.spread(20))[slot] === 20);
}

describe.each(Object.entries(ROUTERS))('%s', (_name, { start, program, onPorts, page }) => {
  const it = program === 'traefik' ? needsBuilt(program) : needs(program);

  it('sends all and a share; a start comes up with what was kept', async () => {
    server = await startRouterServer(start, { onPorts });
    expect((await server.ask()).status).toBe(503);
    await go(0);
    await settled('blue');
    await server.must('prepare_traffic', 25);
    await server.must('send_traffic', 25);
    await waitUntil('the share is sent', async () => ((await server.spread(40))['green'] ?? 0) > 0);
    const { green = 0 } = await server.spread(400);
    expect(green).toBeGreaterThan(56); // 5 standard deviations
    expect(green).toBeLessThan(144);
    await server.must('send_traffic', 100);
    await settled('green');
    await server.reboot();
    await settled('blue');
    await go(100);
    await server.reboot();
    await settled('green');
  });

  it('restarted in each phase, goes where it was sent last', async () => {
    server = await startRouterServer(start, { onPorts });
    await go(0);
    const phases: readonly (readonly [string, string])[] = [['prepare_traffic', 'blue'], ['send_traffic', 'green'], ['keep_traffic', 'green']];
    for (const [verb, expected] of phases) {
      await server.must(verb, 100);
      await restart();
      await settled(expected);
    }
  });

  it('closes with 503 and when to come back, and opens again', async () => {
    server = await startRouterServer(start, { onPorts });
    await go(0);
    await server.must('prepare_traffic', 'closed');
    await server.must('send_traffic', 'closed');
    await waitUntil('it is closed', async () => (await server.ask()).status === 503);
    expect(await server.ask()).toMatchObject({ status: 503, headers: { 'retry-after': '120' }, body: expect.stringContaining(page) });
    expect((await server.ask('/health')).status).toBe(200);
    await server.must('send_traffic', 0);
    await settled('blue');
    expect((await server.ask('/health')).body).toBe('blue');
  });

  it('tells what is open to a slot', async () => {
    server = await startRouterServer(start, { onPorts });
    await go(100);
    await settled('green');
    const stream = get(`${server.proxy.url}/stream`, { agent: false }).on('error', () => undefined);
    await new Promise((resolve) => stream.once('response', resolve));
    const open = (count: number): Promise<void> => waitUntil(`${count} are open`, async () => (await server.must('open_to', 'green')) === `${count}\n`);
    await open(1); // once connections that are kept for a next request have closed
    await server.must('send_traffic', 0);
    await settled('blue');
    await open(1);
    stream.destroy();
    await open(0);
  });

  it('notices what was edited by hand, and leaves it', async () => {
    server = await startRouterServer(start, { onPorts });
    await go(0);
    await server.must('prepare_traffic', 100);
    const file = join(server.path, 'routes', '100.conf');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# mine\n`);
    expect(await refusal()).toContain(`Somebody has edited ${file}, so it is left as it is.`);
    for (const verb of ['send_traffic', 'keep_traffic']) expect((await server.call(verb, 100)).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toContain('# mine');
    expect(readlinkSync(join(server.path, 'confirmed.conf'))).toContain('/routes/0.conf');
    rmSync(file);
    await go(100);
    await settled('green');
    expect(existsSync(file)).toBe(true);
  });
});

needs('nginx')('nginx-socket notices a bucket changed by hand, and leaves it', async () => {
  server = await startRouterServer(startSharingNginx);
  await go(0);
  await server.must('prepare_traffic', 5);
  await server.must('send_traffic', 5);
  const [mine, gone] = ['77', '03'].map((bucket) => join(server.path, 'shares/5', `${bucket}.sock`)) as [string, string];
  const [blue, green] = ['blue', 'green'].map((slot) => join(server.runtimeDir, `${slot}.sock`)) as [string, string];
  expect(readlinkSync(mine)).toBe(blue);
  rmSync(mine);
  symlinkSync(green, mine);
  for (const target of [5, 25, 100]) expect(await refusal(target)).toContain(`Somebody has changed the buckets of a share by hand: ${join(server.path, 'shares/5')}/77.sock, which leads to ${green} instead of ${blue}.`);
  expect(readlinkSync(mine)).toBe(green);
  rmSync(mine);
  symlinkSync(blue, mine);
  rmSync(gone);
  expect(await refusal(25)).toContain(`by hand: ${join(server.path, 'shares/5')}.`);
  symlinkSync(green, gone);
  await server.must('prepare_traffic', 25);
  await server.must('send_traffic', 25);
  rmSync(mine); // a share that is in force no longer
  await server.must('prepare_traffic', 100);
}, 30_000);

needs('nginx', 'caddy', 'haproxy', 'socat')('a look before the first deployment, in a plain shell, says what comes first', async () => {
  for (const [start, expected] of [[startReloadingNginx, 'live.conf is not there yet'], [startCaddy, 'live.conf is not there yet'], [startHaproxy, 'haproxy.map is not there yet']] as const) {
    server = await startRouterServer(start);
    const definition = definitionOf({ service: 'shop', path: server.path, runtimeDir: server.runtimeDir }, server.proxy.inputs);
    expect(runScript(process.env['PATH'] ?? '', routerComplaint(definition))).toMatchObject({ code: 0, stderr: '' });
    for (const file of [join(server.path, 'haproxy.map'), join(server.runtimeDir, 'live.conf')]) rmSync(file, { force: true });
    expect(runScript(process.env['PATH'] ?? '', routerComplaint(definition)).stderr).toContain(expected);
    if (start !== startHaproxy) await server.stop();
  }
});

needs('nginx').each([
  ['with shares', startSharingNginx, 'nginx/slipway-shares.conf'],
  ['that is reloaded', startReloadingNginx, 'nginx/slipway-upstream.conf'],
] as const)('nginx %s counts by slot, beside another service', async (_name, start, example) => {
  server = await startRouterServer(start);
  const { root, path, runtimeDir } = server;
  const other = renderExample(example, { service: 'blog', path, runtimeDir, publicPort: `127.0.0.1:${await freePort()}` });
  writeFileSync(join(root, 'proxy', 'sites', 'blog.conf'), other.replace('/var/log/nginx', root));
  await go(100);
  await server.proxy.reload();
  await settled('green');
  await server.ask('/fail');
  let told = '';
  await waitUntil('the log is written', async () => (told = await server.must('router_tell')).includes(' 1 '));
  expect(told).toMatch(/^blue 0 0 0 0\ngreen \d+ 1 \d+ \d+\n$/);
});

describe('what a move would not work with is refused before', () => {
  needs('nginx')('nginx that does not include the route, or is broken', async () => {
    server = await startRouterServer(startReloadingNginx);
    await go(0);
    await settled('blue');
    const file = join(server.root, 'proxy', 'sites', 'service.conf');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}nonsense;\n`);
    expect(await refusal()).toMatch(/The test of nginx's configuration .* failed: .*unknown directive "nonsense"/s);
    expect((await server.call('send_traffic', 100)).code).toBe(1);
    expect((await server.ask()).body).toBe('blue');
    writeFileSync(file, text.replace(/include .*live\.conf;/, 'server 127.0.0.1:1;'));
    expect(await refusal()).toMatch(/No file in .* includes .*live\.conf/);
  });

  needs('caddy')('Caddy that runs something else than its Caddyfile says, or does not answer', async () => {
    server = await startRouterServer(startCaddy);
    await go(0);
    const file = join(server.root, 'proxy', 'Caddyfile');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('lb_policy random', 'lb_policy first'));
    expect(await refusal()).toMatch(/Caddy runs something else than .*Caddyfile says/);
    writeFileSync(file, text.replace(/import .*live\.conf/, '(shop-closed) {\n}\n(shop-upstreams) {\n\tto 127.0.0.1:1\n}'));
    expect(await refusal()).toMatch(/Caddyfile does not import .*live\.conf/);
    writeFileSync(file, text);
    await server.proxy.reload();
    await server.must('prepare_traffic', 100);
    await server.proxy.stop();
    expect(await refusal()).toContain('Caddy\'s admin API does not answer');
    await server.proxy.boot();
  });

  needsBuilt('traefik')('Traefik before unix sockets, or that does not answer', async () => {
    server = await startRouterServer(startTraefik, { onPorts: true });
    await go(0);
    expect((await server.call('eval', 'ROUTER_BLUE=unix:/x && router_check 100')).stderr).toContain('Traefik leads to no unix sockets');
    await server.proxy.stop();
    expect(await refusal()).toContain('Traefik\'s API does not answer');
    await server.proxy.boot();
  });
});

needs('kamal-proxy')('kamal-proxy switches at once, closes, and sends no shares', async () => {
  server = await startRouterServer(startKamalProxy, { onPorts: true });
  await go(0);
  expect((await server.ask()).body).toBe('blue');
  await go(100);
  expect((await server.ask()).body).toBe('green');
  expect(await refusal(5)).toContain('kamal-proxy sends no share of the traffic');
  await server.must('send_traffic', 'closed');
  expect((await server.ask()).status).toBe(503);
  expect((await server.ask('/health')).status).toBe(200);
  await server.must('send_traffic', 0);
  expect((await server.ask()).body).toBe('blue');
  await server.reboot();
  expect((await server.ask()).body).toBe('blue'); // never kept: kamal-proxy knows no such difference
  // Another environment of the service, which has never been switched, has slots of its own.
  const other = { service: 'shop', path: join(server.root, 'staging'), runtimeDir: join(server.root, 'run/staging'), ports: { blue: await freePort(), green: await freePort() } };
  mkdirSync(other.runtimeDir, { recursive: true });
  expect(runScript(process.env['PATH'] ?? '', routerComplaint(definitionOf(other, server.proxy.inputs))).stderr).toMatch(/^kamal-proxy leads shop to 127\.0\.0\.1:\d+, which is no slot of this service/);
  await server.must('eval', 'rm -f "$ROUTER_RUNTIME/live.sock" && router_check 100'); // as a boot before the first confirmation leaves it
  expect((await server.call('eval', 'ROUTER_RELOAD="kamal-proxy deploy" && router_check 100')).stderr).toContain('$TARGET');
  await server.proxy.stop();
  expect(await refusal()).toContain('kamal-proxy does not answer');
  await server.proxy.boot();
});
