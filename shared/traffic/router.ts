import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import type { Router, ServiceDefinition } from '#shared/server/definition';
import { listenerText, slotListener, type Listener } from '#shared/server/user-command';
import type { HeldDefinitions, Slot } from '#shared/server/state';
import type { Target } from './share.ts';

const common = readFileSync(new URL('./traffic.sh', import.meta.url), 'utf8');

const TOOLS: Readonly<Record<Router['name'], readonly string[]>> = {
  'nginx-socket': ['awk'], haproxy: ['awk', 'socat'], nginx: ['awk', 'cksum'], caddy: ['awk', 'cksum', 'curl'], traefik: ['awk', 'cksum', 'curl'], 'kamal-proxy': ['awk'],
};

// What the functions need of the executor where there is none.
const WITHOUT_EXECUTOR = ["say() { printf '%s\\n' \"$*\"; }", 'now() { date +%s; }', 'nap() { sleep "$1" 2>/dev/null || sleep 1; }'].join('\n');

const nginxLog = readFileSync(new URL('./routers/nginx-log.sh', import.meta.url), 'utf8');
const routeFile = readFileSync(new URL('./routers/route-file.sh', import.meta.url), 'utf8');

const texts: Readonly<Record<Router['name'], string>> = {
  'nginx-socket': nginxLog + readFileSync(new URL('./routers/nginx-socket.sh', import.meta.url), 'utf8'),
  haproxy: readFileSync(new URL('./routers/haproxy.sh', import.meta.url), 'utf8'),
  nginx: nginxLog + routeFile + readFileSync(new URL('./routers/nginx.sh', import.meta.url), 'utf8'),
  caddy: routeFile + readFileSync(new URL('./routers/caddy.sh', import.meta.url), 'utf8'),
  traefik: routeFile + readFileSync(new URL('./routers/traefik.sh', import.meta.url), 'utf8'),
  'kamal-proxy': readFileSync(new URL('./routers/kamal-proxy.sh', import.meta.url), 'utf8'),
};

/** The sh functions by which a plan moves this service's traffic: those of its router, those that all routers share, and their settings. A slot is where what it holds was started. */
export function routerFunctions(definition: ServiceDefinition, { blue = definition, green = definition }: HeldDefinitions = {}): string {
  const { router, path, runtimeDir, service } = definition;
  const settings: Record<string, string> = {
    ROUTER_PATH: path, ROUTER_RUNTIME: runtimeDir, ROUTER_SERVICE: service,
    ROUTER_ENTRY: router.entry, ROUTER_CONFIG: router.config, ROUTER_CONTROL: router.control, ROUTER_TEST: router.test, ROUTER_RELOAD: router.reload, ROUTER_COOKIE: router.cookie ?? '',
    ROUTER_BLUE: listenerText(slotListener(blue, 'blue')), ROUTER_GREEN: listenerText(slotListener(green, 'green')),
    ROUTER_APPS: [...appsOf(blue, 'blue'), ...appsOf(green, 'green')].join('\n'),
  };
  return [...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`), common, texts[router.name]].join('\n');
}

function appsOf({ moreApps = {} }: ServiceDefinition, slot: Slot): string[] {
  return Object.entries(moreApps).map(([name, { ports }]) => `${slot}-${name} 127.0.0.1:${ports[slot]}`);
}

/** The same for a plain shell, which has no executor. */
export function plainRouterFunctions(definition: ServiceDefinition, held?: HeldDefinitions): string {
  return `${WITHOUT_EXECUTOR}\n${routerFunctions(definition, held)}`;
}

/** The programs that a router needs on the server, besides those every plan needs and those of the user's commands. */
export function routerTools({ router }: Pick<ServiceDefinition, 'router'>): readonly string[] {
  return TOOLS[router.name];
}

/** Sh text for a plain shell that says in one sentence what the router is not fit for, and nothing where it is. */
export function routerComplaint(definition: ServiceDefinition): string {
  return `${plainRouterFunctions(definition)}\nrouter_check 0`;
}

/** Sh text that calls one of those functions for a target. */
export function route(verb: 'prepare_traffic' | 'send_traffic' | 'keep_traffic', target: Target): string {
  return commandLine([verb, String(target)]);
}

/** Where users' requests come in on the server: the router's entry, or with nginx-socket the link that it follows. */
export function entryListener({ router, runtimeDir }: ServiceDefinition): Listener {
  if (router.entry === '') return { socket: `${runtimeDir}/live.sock` };
  const { protocol, hostname, port } = new URL(router.entry);
  const tls = protocol === 'https:';
  return { host: hostname, port: port === '' ? (tls ? 443 : 80) : Number(port), tls };
}
