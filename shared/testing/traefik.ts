import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderExample } from './examples.ts';
import { freePort } from './ports.ts';
import { startProxy, takesConnections, type Proxy, type ProxySite, type ProxyStart } from './proxy.ts';
import { prepareRouter } from './router-functions.ts';
import { carryOut } from './runtime-dir.ts';

/** Starts Traefik with the configuration that users are given in examples/traefik. */
export const startTraefik: ProxyStart = (folder, site, env) => start(folder, site, env);

/** The same, and clients stay with their slot by a cookie. */
export const startStickyTraefik: ProxyStart = (folder, site, env) => start(folder, site, env, { 'router-cookie': `${site.service}-slot` });

async function start(folder: string, site: ProxySite, env: Readonly<Record<string, string>> = {}, more: Readonly<Record<string, string>> = {}): Promise<Proxy> {
  mkdirSync(folder, { recursive: true });
  const api = await freePort();
  const routers = join(folder, `slipway-${site.service}.yml`);
  writeFileSync(join(folder, 'traefik.yml'), renderExample('traefik/traefik.yml', site).replace('address: :80', `address: 127.0.0.1:${site.port}`).replace('8099', String(api)));
  writeFileSync(routers, renderExample('traefik/slipway-service.yml', site));
  const inputs = { router: 'traefik', 'router-entry': `http://127.0.0.1:${site.port}`, 'router-control': `http://127.0.0.1:${api}`, ...more };
  prepareRouter(site, inputs);
  return startProxy(folder, site.port, {
    name: 'traefik', args: [`--configFile=${join(folder, 'traefik.yml')}`], inputs, env,
    atBoot: () => carryOut(renderExample('tmpfiles.d/slipway-traefik.conf', site).replaceAll(`/etc/traefik/slipway-${site.service}.yml`, routers)),
    isReady: async () => (await takesConnections(site.port)) && (await knowsService(api, site.service)),
    reload: async () => undefined, // it reads each change by itself
  });
}

async function knowsService(api: number, service: string): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${api}/api/http/services/${service}@file`)).ok;
}
