import { startCaddy } from './caddy.ts';
import { startHaproxy } from './haproxy.ts';
import { startKamalProxy } from './kamal-proxy.ts';
import { startNginx, startSharingNginx } from './nginx.ts';
import { startReloadingNginx } from './nginx-reload.ts';
import type { ProxyStart } from './proxy.ts';
import { startTraefik } from './traefik.ts';

/** How releases reach users: from slots, by nginx's live socket, by its shares or by another router; from compose projects; or published in place. */
export type Mode = 'slots' | 'shares' | 'haproxy' | 'nginx-reload' | 'caddy' | 'traefik' | 'kamal-proxy' | 'compose' | 'in-place';

interface Setting {
  readonly proxy: ProxyStart;
  readonly onPorts?: true;
  /** Whether slots are compose projects, whose app answers GET alone. */
  readonly inContainers?: true;
  /** Whether a move closes connections, so that requests on them are lost. */
  readonly closesConnections?: true;
}

/** What is set up for each. */
export const MODES: Readonly<Record<Mode, Setting>> = {
  slots: { proxy: startNginx },
  shares: { proxy: startSharingNginx },
  haproxy: { proxy: startHaproxy },
  'nginx-reload': { proxy: startReloadingNginx, closesConnections: true },
  caddy: { proxy: startCaddy, closesConnections: true },
  traefik: { proxy: startTraefik, onPorts: true },
  'kamal-proxy': { proxy: startKamalProxy, onPorts: true },
  compose: { proxy: startNginx, onPorts: true, inContainers: true },
  'in-place': { proxy: startNginx },
};
