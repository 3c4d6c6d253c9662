import { expect, test } from '@jest/globals';
import { createMasks } from '#shared/runner/masks';
import { inputVariable, readInputs } from '#shared/runner/read-inputs';
import { definitionFrom } from './definition.ts';
import { action } from './inputs.ts';

const GIVEN = { host: 'web1', user: 'deploy', 'ssh-key': 'KEY', service: 'shop', path: '/srv/shop', start: 'true', health: '/health' };

async function routerOf(more: Readonly<Record<string, string>>) {
  const environment = Object.fromEntries(Object.entries({ ...GIVEN, ...more }).map(([name, value]) => [inputVariable(name), value]));
  return definitionFrom(await readInputs(action, environment, createMasks(() => undefined))).router;
}

test.each([
  [{}, { name: 'nginx-socket', entry: '', config: '/etc/nginx' }],
  [{ router: 'nginx' }, { name: 'nginx', entry: 'http://127.0.0.1', test: 'sudo nginx -t', reload: 'sudo systemctl reload nginx' }],
  [{ router: 'haproxy' }, { name: 'haproxy', control: '/run/haproxy/shop.sock' }],
  [{ router: 'caddy', 'router-control': 'unix:/run/caddy/admin.sock' }, { config: '/etc/caddy/Caddyfile', control: 'unix:/run/caddy/admin.sock' }],
  [{ router: 'traefik', 'router-cookie': 'shop-slot' }, { name: 'traefik', control: 'http://127.0.0.1:8099', cookie: 'shop-slot' }],
  [{ router: 'kamal-proxy' }, { control: 'kamal-proxy', reload: 'kamal-proxy deploy shop --target "$TARGET" --health-check-path /health --drain-timeout 10s' }],
])('the router of %j', async (given, expected) => {
  expect(await routerOf(given)).toMatchObject(expected);
});

test.each([
  [{ router: 'caddy', 'router-cookie': 'shop-slot' }, 'router-cookie is for router: traefik; docs/routers.md says how clients stay with their slot behind caddy'],
  [{ router: 'traefik', 'router-cookie': 'a b' }, 'a name of letters, digits, - and _, 64 at most'],
])('%j is refused', async (given, why) => {
  await expect(routerOf(given)).rejects.toThrow(why);
});
