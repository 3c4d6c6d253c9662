import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { renderExample } from './examples.ts';
import { waitUntil } from './ports.ts';
import { startProxy, takesConnections, type Proxy, type ProxySite } from './proxy.ts';
import { prepareRouter } from './router-functions.ts';

/** Starts HAProxy (a master and its worker) as the current user, with the configuration that users are given in examples/haproxy. */
export async function startHaproxy(folder: string, site: ProxySite, env: Readonly<Record<string, string>> = {}): Promise<Proxy> {
  mkdirSync(folder, { recursive: true });
  const [socket, master] = [join(folder, 'admin.sock'), join(folder, 'master.sock')];
  writeFileSync(join(folder, 'haproxy.cfg'), configuration(site, socket));
  writeFileSync(join(site.path, 'maintenance.html'), '<h1>Back soon</h1>\n');
  const inputs = { router: 'haproxy', 'router-entry': `http://127.0.0.1:${site.port}`, 'router-config': folder, 'router-control': socket };
  prepareRouter(site, inputs);
  const said = (text: string): number => readFileSync(join(folder, 'error.log'), 'utf8').split(text).length - 1;
  return startProxy(folder, site.port, {
    name: 'haproxy',
    args: ['-W', '-S', master, '-f', 'haproxy.cfg'],
    env, inputs,
    isReady: () => takesConnections(master), // which comes up last
    reload: async () => {
      const [orders, loads, stops] = [said('Reloading HAProxy'), said('Loading success'), said(`Proxy ${site.service} stopped`)];
      // While the master executes itself anew, as a reload has it do, it hears nothing.
      for (let tries = 0; said('Reloading HAProxy') === orders; tries += 1) {
        if (tries % 50 === 0) await order(master, 'reload');
        await wait(20);
      }
      await waitUntil('HAProxy has a new worker, and the old one takes no more connections', () => said('Loading success') > loads && said(`Proxy ${site.service} stopped`) > stops);
    },
  });
}

function order(socket: string, command: string): Promise<void> {
  return new Promise((resolve) => connect(socket).end(`${command}\n`).on('error', () => resolve()).on('close', () => resolve()).resume());
}

/** What a distribution's haproxy.cfg says, as far as it matters, and the example; an app on ports is written as the example's comments say. */
function configuration(site: ProxySite, socket: string): string {
  const names = { ...site, publicAddress: `127.0.0.1:${site.port}`, ...(site.ports && { bluePort: site.ports.blue, greenPort: site.ports.green }) };
  const example = renderExample('haproxy/slipway-service.cfg', names);
  const service = site.ports === undefined ? example : example.replaceAll(/server app .*TCP ports: (.*)/g, '$1');
  return ['global', '    log stderr format raw local0 notice', `    stats socket ${socket} mode 600 level operator expose-fd listeners`, '    hard-stop-after 30s', '', service].join('\n');
}
