import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '#shared/core/quote';
import { freePort } from './ports.ts';
import { findProgram } from './programs.ts';
import { startProxy, takesConnections, type ProxyStart } from './proxy.ts';

/** Starts kamal-proxy, whose whole configuration is what it is told by its command. */
export const startKamalProxy: ProxyStart = async (folder, site, env = {}) => {
  mkdirSync(folder, { recursive: true });
  const own = { HOME: folder, XDG_RUNTIME_DIR: folder };
  const command = `env ${Object.entries(own).map(([name, value]) => quote(`${name}=${value}`)).join(' ')} ${quote(findProgram('kamal-proxy') ?? 'kamal-proxy')}`;
  const ports = ['--http-port', String(site.port), '--https-port', String(await freePort())];
  return startProxy(folder, site.port, {
    name: 'kamal-proxy', args: ['run', ...ports], env: { ...env, ...own },
    inputs: {
      router: 'kamal-proxy', 'router-entry': `http://127.0.0.1:${site.port}`, 'router-control': command,
      'router-reload': `${command} deploy ${site.service} --target "$TARGET" --health-check-path /health --drain-timeout 4s`,
    },
    isReady: async () => (await takesConnections(site.port)) && (await takesConnections(join(folder, 'kamal-proxy.sock'))),
    reload: async () => undefined, // it has nothing to read again
  });
};
