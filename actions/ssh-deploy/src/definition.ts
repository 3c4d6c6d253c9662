import { UserError } from '#shared/core/errors';
import { quote } from '#shared/core/quote';
import type { ComposeDefinition, Router, ServiceDefinition } from '#shared/server/definition';
import { hooksFrom } from './hook-inputs.ts';
import type { Inputs } from './inputs.ts';

/** The service as the inputs of this deployment define it. @throws {UserError} where they do not. */
export function definitionFrom(inputs: Inputs): ServiceDefinition {
  const hooks = hooksFrom(inputs);
  const { service, path = '', bluePort, greenPort } = inputs;
  return {
    format: 1,
    service,
    environment: inputs.environment,
    path: withoutTrailingSlash(path),
    strategy: strategyOf(inputs),
    router: routerFrom(inputs),
    runtimeDir: withoutTrailingSlash(inputs.runtimeDir ?? `/run/slipway/${service}`),
    ...(bluePort === undefined || greenPort === undefined ? {} : { ports: { blue: bluePort, green: greenPort } }),
    ...(inputs.moreApps !== undefined && { moreApps: inputs.moreApps }),
    start: inputs.start ?? '',
    stop: inputs.stop ?? '',
    restart: inputs.restart ?? '',
    health: { path: inputs.health ?? '', command: inputs.healthCommand ?? '', timeout: inputs.healthTimeout },
    ...(Object.keys(hooks).length > 0 && { hooks }),
    ...(inputs.configPaths.length > 0 && { configPaths: absolutePaths(inputs.configPaths, withoutTrailingSlash(path)) }),
    url: inputs.url === undefined ? '' : withoutAccount(inputs.url),
    keep: inputs.keep,
    ...(inputs.strategy === 'compose' || inputs.strategy === 'compose-rolling' ? { compose: composeFrom(inputs) } : {}),
  };
}

function strategyOf({ strategy }: Inputs): ServiceDefinition['strategy'] {
  if (strategy === 'script') throw new UserError('Strategy script has no release, so there is nothing to look at. Give the strategy that the service is deployed with.');
  return strategy;
}

function composeFrom({ composeFiles, envFile = '', project, service, environment, preStop = '', stopTimeout }: Inputs): ComposeDefinition {
  return { files: composeFiles, envFile, project: project ?? projectName(`${service}-${environment}`), preStop, stopTimeout };
}

// As compose itself makes one of a folder's name.
function projectName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '').replace(/^[^a-z0-9]+/, '');
}

function routerFrom({ router, service, health = '/up', routerEntry, routerConfig, routerControl, routerTest, routerReload, routerCookie }: Inputs): Router {
  const usual = usualRouter(service, health)[router];
  return {
    name: router, entry: routerEntry ?? (router === 'nginx-socket' ? '' : 'http://127.0.0.1'),
    config: routerConfig ?? usual.config ?? '', control: routerControl ?? usual.control ?? '', test: routerTest ?? usual.test ?? '', reload: routerReload ?? usual.reload ?? '',
    ...(routerCookie !== undefined && { cookie: routerCookie }),
  };
}

// Where each is found as Debian and the examples set it up.
function usualRouter(service: string, health: string): Readonly<Record<Router['name'], Partial<Router>>> {
  return {
    'nginx-socket': { config: '/etc/nginx' },
    nginx: { config: '/etc/nginx', test: 'sudo nginx -t', reload: 'sudo systemctl reload nginx' },
    haproxy: { config: '/etc/haproxy', control: `/run/haproxy/${service}.sock` },
    caddy: { config: '/etc/caddy/Caddyfile', control: 'http://localhost:2019' },
    traefik: { control: 'http://127.0.0.1:8099' },
    'kamal-proxy': { control: 'kamal-proxy', reload: `kamal-proxy deploy ${service} --target "$TARGET" --health-check-path ${quote(health)} --drain-timeout 10s` },
  };
}

// The definition stays on the server for years: the password of a protected site stays with the run that it was given to.
function withoutAccount(address: string): string {
  const url = new URL(address);
  if (url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  return url.href;
}

function absolutePaths(paths: readonly string[], base: string): string[] {
  return paths.map((path) => withoutTrailingSlash(path.startsWith('/') ? path : `${base}/${path}`));
}

function withoutTrailingSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
