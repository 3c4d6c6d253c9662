import { existsSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect } from '@jest/globals';
import { startCaddy } from '#shared/testing/caddy';
import { needs } from '#shared/testing/equipment';
import { startKamalProxy } from '#shared/testing/kamal-proxy';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import type { ProxyStart } from '#shared/testing/proxy';
import { startRouterServer, type RouterServer } from '#shared/testing/router-server';
import { startTraefik } from '#shared/testing/traefik';
import { waitUntil } from '#shared/testing/ports';

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
/** Waits until nobody works by what was before: old workers finish what they have. */
async function settled(slot: string): Promise<void> {
  await waitUntil(`all goes to ${slot}`, async () => (await server.spread(20))[slot] === 20);
}

describe.each(Object.entries(ROUTERS))('%s', (_name, { start, program, onPorts, page }) => {
  const it = needs(program);

  it('sends all and a share; a start comes up with what was kept', async () => {
    server = await startRouterServer(start, { onPorts });
    expect((await server.ask()).status).toBe(503);
    await go(0);
    await settled('blue');
    await server.must('prepare_traffic', 25);
    await server.must('send_traffic', 25);
    await waitUntil('the share is sent', async () => ((await server.spread(40))['green'] ?? 0) > 0);
    const { green = 0 } = await server.spread(1000);
    expect(green).toBeGreaterThan(180);
    expect(green).toBeLessThan(320);
    await server.must('send_traffic', 100);
    await settled('green');
    await server.reboot();
    await settled('blue');
    await go(100);
    await server.reboot();
    await settled('green');
  });

  it('closes with 503 and when to come back, and opens again', async () => {
    server = await startRouterServer(start, { onPorts });
    await go(0);
    await server.must('prepare_traffic', 'closed');
    await server.must('send_traffic', 'closed');
    await waitUntil('it is closed', async () => (await server.ask()).status === 503);
    expect(await server.ask()).toMatchObject({ status: 503, headers: { 'retry-after': '120' }, body: expect.stringContaining(page) });
    await server.must('send_traffic', 0);
    await settled('blue');
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

describe('what a move would not work with is refused before', () => {
  needs('nginx')('nginx that does not include the route, or is broken', async () => {
    server = await startRouterServer(startReloadingNginx);
    await go(0);
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

  needs('traefik')('Traefik before unix sockets, or that does not answer', async () => {
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
  await server.must('send_traffic', 0);
  expect((await server.ask()).body).toBe('blue');
  await server.reboot();
  expect((await server.ask()).body).toBe('blue'); // never kept: kamal-proxy knows no such difference
  expect((await server.call('eval', 'ROUTER_RELOAD="kamal-proxy deploy" && router_check 100')).stderr).toContain('$TARGET');
  await server.proxy.stop();
  expect(await refusal()).toContain('kamal-proxy does not answer');
  await server.proxy.boot();
});
