import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect } from '@jest/globals';
import { startCaddy } from '#shared/testing/caddy';
import { needs, needsBuilt } from '#shared/testing/equipment';
import { startHaproxy } from '#shared/testing/haproxy';
import { startSharingNginx } from '#shared/testing/nginx';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import { waitUntil } from '#shared/testing/ports';
import type { ProxyStart } from '#shared/testing/proxy';
import { startRouterServer, type Client, type RouterServer } from '#shared/testing/router-server';
import { startStickyTraefik } from '#shared/testing/traefik';

// Clients stay with their slot where the router is set up so, as docs/routers.md says: while the share grows nobody who is on the new release is
// sent back, and in the end all are there.
const CLIENTS = 60;

interface Stickiness {
  readonly start: ProxyStart;
  readonly onPorts?: boolean;
  /** What is written in another way than in the example, and in which file of the proxy's folder. */
  readonly file?: string;
  readonly changes?: readonly (readonly [RegExp, string])[];
  readonly by: 'address' | 'cookie';
  /** Whether a larger share takes clients that were on the old release before. */
  readonly takesMore: boolean;
}

const COOKIE = `http-request set-var(txn.bucket) req.cook(shop-bucket) if { req.cook(shop-bucket) -m int 0:99 }
    http-request set-var(txn.bucket) rand(100) if !{ var(txn.bucket) -m found }
    http-after-response add-header Set-Cookie "shop-bucket=%[var(txn.bucket)]; Path=/; Max-Age=86400; HttpOnly"
    use_backend %[var(txn.bucket),`;

let server: RouterServer;
afterEach(() => server.stop());

needs('nginx').each<readonly [string, Stickiness]>([
  ['nginx-socket', { start: startSharingNginx, file: 'sites/service.conf', changes: [[/"\$request_id"/, '"$remote_addr"']], by: 'address', takesMore: true }],
  ['nginx', { start: startReloadingNginx, file: 'sites/service.conf', changes: [[/(include .*live\.conf;)/, 'ip_hash; $1']], by: 'address', takesMore: true }],
])('%s keeps clients by their address', (_name, stickiness) => expectSticky(stickiness));

needs('haproxy', 'socat').each<readonly [string, Stickiness]>([
  ['address', { start: startHaproxy, file: 'haproxy.cfg', changes: [[/rand\(100\)(?=,map)/, 'src,xxh32,mod(100)']], by: 'address', takesMore: true }],
  ['cookie', { start: startHaproxy, file: 'haproxy.cfg', changes: [[/use_backend %\[rand\(100\),/, COOKIE]], by: 'cookie', takesMore: true }],
])('haproxy keeps clients by their %s', (_by, stickiness) => expectSticky(stickiness));

needs('caddy')('caddy keeps clients by a cookie', () => expectSticky({
  start: startCaddy, file: 'Caddyfile', changes: [[/lb_policy random/, 'lb_policy cookie shop-slot a-secret-of-yours']], by: 'cookie', takesMore: false,
}));

needsBuilt('traefik')('traefik keeps clients by a cookie', () => expectSticky({ start: startStickyTraefik, onPorts: true, by: 'cookie', takesMore: false }));

async function expectSticky({ start, onPorts = false, file, changes = [], by, takesMore }: Stickiness): Promise<void> {
  server = await startRouterServer(start, { onPorts });
  if (file !== undefined) await reconfigure(join(server.root, 'proxy', file), changes);
  await go(0);
  await waitUntil('all goes to blue', async () => (await server.spread(20))['blue'] === 20);
  await go(30);
  const clients = Array.from({ length: CLIENTS }, (_, index) => visitor(by, index));
  const onGreen = (slots: readonly string[]): number => slots.filter((slot) => slot === 'green').length;
  // A reload is over once no process of before answers; who has a cookie already would keep it.
  const isSettled = async (): Promise<boolean> => {
    const [first, again] = await reachedTwice(clients);
    return onGreen(first) > 0 && String(first) === String(again);
  };
  await waitUntil('the share is sent', by === 'address' ? isSettled : async () => ((await server.spread(40))['green'] ?? 0) > 0);
  const [first, again] = await reachedTwice(clients);
  expect(again).toEqual(first);
  expect(onGreen(first)).toBeGreaterThan(3);
  expect(onGreen(first)).toBeLessThan(40);
  await go(70);
  if (takesMore) await waitUntil('the larger share is sent', async () => onGreen(await reached(clients)) > onGreen(first));
  const later = await reached(clients);
  first.forEach((slot, index) => { if (slot === 'green' || !takesMore) expect(later[index]).toBe(slot); });
  await go(100);
  await waitUntil('all are there', async () => onGreen(await reached(clients)) === CLIENTS);
}

async function go(target: number): Promise<void> {
  for (const verb of ['prepare_traffic', 'send_traffic']) await server.must(verb, target);
}

function reconfigure(file: string, changes: NonNullable<Stickiness['changes']>): Promise<void> {
  const before = readFileSync(file, 'utf8');
  const after = changes.reduce((text, [from, to]) => text.replace(from, to), before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  return server.proxy.reload();
}

type Visitor = () => Promise<string>;

/** Somebody who asks again and again; which slot answered. Networks of their own, because nginx takes no more than the first three numbers of an address. */
function visitor(by: Stickiness['by'], index: number): Visitor {
  const cookies = new Map<string, string>();
  return async () => {
    const known: Client = by === 'address' ? { localAddress: `127.0.${index + 1}.1` } : { headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } };
    const { body, headers } = await server.ask('/', known);
    for (const [, name = '', value = ''] of (headers['set-cookie'] ?? []).map((line) => /^([^=]+)=([^;]*)/.exec(line) ?? [])) cookies.set(name, value);
    return body;
  };
}

async function reachedTwice(clients: readonly Visitor[]): Promise<readonly [readonly string[], readonly string[]]> {
  return [await reached(clients), await reached(clients)];
}

function reached(clients: readonly Visitor[]): Promise<readonly string[]> {
  return Promise.all(clients.map((ask) => ask()));
}
