import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.ts';
import { renderExample } from './examples.ts';
import { startProxy, type Proxy, type ProxyProgram, type ProxySite, type ProxyStart } from './proxy.ts';

/** Starts nginx as the current user with the configuration that users are given for the live socket; apps on ports are behind bridges. */
export const startNginx: ProxyStart = (folder, site, env) => start(folder, site, env, 'nginx/slipway-service.conf');

/** The same, counting, for a service with a second app, below /ai/, on these ports. */
export function startNginxForApps(blueAi: number, greenAi: number): ProxyStart {
  return (folder, site, env) => start(folder, site, env, 'nginx/slipway-shares.conf', { blueAi, greenAi });
}

/** The same with the configuration that sends shares of traffic, and counts. */
export const startSharingNginx: ProxyStart = (folder, site, env) => start(folder, site, env, 'nginx/slipway-shares.conf');

function start(folder: string, site: ProxySite, env: Readonly<Record<string, string>> = {}, front: string, second?: { readonly blueAi: number; readonly greenAi: number }): Promise<Proxy> {
  for (const name of ['sites', 'temp']) mkdirSync(join(folder, name), { recursive: true });
  const names = { ...site, publicPort: `127.0.0.1:${site.port}`, ...(site.ports && { bluePort: site.ports.blue, greenPort: site.ports.green }) };
  writeFileSync(join(folder, 'sites', 'service.conf'), renderExample(front, names).replace('/var/log/nginx', folder));
  writeFileSync(join(folder, 'sites', 'maintenance.conf'), renderExample('nginx/slipway-maintenance.conf', names));
  if (site.ports) writeFileSync(join(folder, 'sites', 'bridge.conf'), renderExample(`nginx/slipway-bridge${second === undefined ? '' : '-apps'}.conf`, { ...names, ...second }));
  return startNginxIn(folder, site.port, { env, inputs: { router: 'nginx-socket', 'router-config': folder } });
}

/** Starts nginx with what is in `folder/sites`. nginx itself removes nothing, so after a power cut a stale socket fails its start as it does a user's. */
export function startNginxIn(folder: string, port: number, { env, inputs, ...more }: Pick<ProxyProgram, 'env' | 'inputs' | 'atBoot'>): Promise<Proxy> {
  writeFileSync(join(folder, 'nginx.conf'), mainConfiguration());
  const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'];
  return startProxy(folder, port, {
    name: 'nginx', args, inputs, ...(env && { env }), ...more,
    isReady: (pid) => isReady(folder, pid),
    reload: async () => void execFileSync(findProgram('nginx') ?? 'nginx', [...args, '-s', 'reload'], { stdio: 'pipe' }),
  });
}

/** What a distribution's nginx.conf says, as far as it matters, but with every path under the prefix. */
function mainConfiguration(): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path temp/${name};`);
  return [
    ...(process.getuid?.() === 0 ? [`user ${userInfo().username};`] : []),
    'daemon off;',
    'worker_processes 2;',
    'pid nginx.pid;',
    'error_log error.log warn;',
    'events { worker_connections 4096; }',
    'http {',
    '  access_log off;',
    ...temporary,
    '  include sites/*.conf;',
    '}',
    '',
  ].join('\n');
}

/** nginx writes its pid once every socket is open; before, while it tries again to bind one, it already accepts connections on others. */
function isReady(folder: string, pid: number): boolean {
  const file = join(folder, 'nginx.pid');
  return existsSync(file) && readFileSync(file, 'utf8').trim() === String(pid);
}
