import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { renderExample } from './examples.ts';
import { freePort } from './ports.ts';
import { startProxy, takesConnections, type Proxy, type ProxySite, type ProxyStart } from './proxy.ts';
import { prepareRouter } from './router-functions.ts';
import { carryOut } from './runtime-dir.ts';

const run = promisify(execFile);

/** A Caddy newer than Debian's, which script/setup builds for the long samples. */
export const NEWER_CADDY = fileURLToPath(new URL('../../.tools/go/caddy/caddy', import.meta.url));

/** Starts Caddy with the configuration that users are given in examples/caddy. */
export const startCaddy: ProxyStart = (folder, site, env) => start('caddy', folder, site, env);

/** The same with the newer one, which is told to let WebSockets go on. */
export const startNewerCaddy: ProxyStart = (folder, site, env) => start(NEWER_CADDY, folder, site, env);

async function start(program: string, folder: string, site: ProxySite, env: Readonly<Record<string, string>> = {}): Promise<Proxy> {
  mkdirSync(folder, { recursive: true });
  const [admin, caddyfile, home] = [`http://localhost:${await freePort()}`, join(folder, 'Caddyfile'), join(folder, 'home')];
  const names = { ...site, publicAddress: `http://:${site.port}` };
  const example = renderExample('caddy/Caddyfile', names).replace('# stream_close_delay', program === NEWER_CADDY ? 'stream_close_delay' : '#');
  writeFileSync(join(site.path, 'maintenance.html'), '<h1>Back soon</h1>\n');
  writeFileSync(caddyfile, `{\n\tadmin ${admin.slice(7)}\n}\n${example}`);
  const inputs = { router: 'caddy', 'router-entry': `http://127.0.0.1:${site.port}`, 'router-config': caddyfile, 'router-control': admin };
  prepareRouter(site, inputs);
  const args = ['--config', caddyfile, '--adapter', 'caddyfile'];
  return startProxy(folder, site.port, {
    name: program, args: ['run', ...args], inputs, env: { ...env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home },
    atBoot: () => carryOut(renderExample('tmpfiles.d/slipway-route.conf', names)),
    isReady: () => takesConnections(site.port),
    reload: async () => void (await run(program, ['reload', ...args, '--address', admin.slice(7)], { env: { ...process.env, HOME: home } })),
  });
}
