import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '#shared/core/quote';
import { renderExample } from './examples.ts';
import { startNginxIn } from './nginx.ts';
import { findProgram } from './programs.ts';
import type { ProxyStart } from './proxy.ts';
import { prepareRouter } from './router-functions.ts';
import { carryOut } from './runtime-dir.ts';

/** Starts nginx with the configuration that users are given for the router that reloads it. */
export const startReloadingNginx: ProxyStart = (folder, site, env = {}) => {
  for (const name of ['sites', 'temp']) mkdirSync(join(folder, name), { recursive: true });
  const names = { ...site, publicPort: `127.0.0.1:${site.port}` };
  writeFileSync(join(site.path, 'maintenance.html'), '<h1>Back soon</h1>\n');
  writeFileSync(join(folder, 'sites', 'service.conf'), renderExample('nginx/slipway-upstream.conf', names).replace('/var/log/nginx', folder));
  writeFileSync(join(folder, 'sites', 'maintenance.conf'), renderExample('nginx/slipway-maintenance.conf', names));
  const command = `${quote(findProgram('nginx') ?? 'nginx')} -p ${quote(folder)} -c nginx.conf -e error.log`;
  const inputs = {
    router: 'nginx', 'router-entry': `http://127.0.0.1:${site.port}`, 'router-config': folder, 'router-test': `${command} -t`, 'router-reload': `${command} -s reload`,
  };
  prepareRouter(site, inputs);
  return startNginxIn(folder, site.port, { env, inputs, atBoot: () => carryOut(renderExample('tmpfiles.d/slipway-route.conf', names)) });
};
