import type { Router, ServiceDefinition } from '#shared/server/definition';
import type { Inputs } from './inputs.ts';

/** The service as the inputs of this deployment define it. */
export function definitionFrom(inputs: Inputs): ServiceDefinition {
  const { service, path = '', bluePort, greenPort } = inputs;
  return {
    format: 1,
    service,
    environment: inputs.environment,
    path: withoutTrailingSlash(path),
    mode: inputs.mode,
    router: routerFrom(inputs),
    runtimeDir: withoutTrailingSlash(inputs.runtimeDir ?? `/run/slipway/${service}`),
    ...(bluePort === undefined || greenPort === undefined ? {} : { ports: { blue: bluePort, green: greenPort } }),
    start: inputs.start ?? '',
    stop: inputs.stop ?? '',
    restart: inputs.restart ?? '',
    health: { path: inputs.health ?? '', command: inputs.healthCommand ?? '', timeout: inputs.healthTimeout },
    url: inputs.url === undefined ? '' : withoutAccount(inputs.url),
    keep: inputs.keep,
  };
}

function routerFrom({ router, routerEntry, routerConfig, routerControl, routerTest, routerReload }: Inputs): Router {
  return { name: router, entry: routerEntry ?? '', config: routerConfig ?? '/etc/nginx', control: routerControl ?? '', test: routerTest ?? '', reload: routerReload ?? '' };
}

// The definition stays on the server for years: the password of a protected site stays with the run that it was given to.
function withoutAccount(address: string): string {
  const url = new URL(address);
  if (url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  return url.href;
}

function withoutTrailingSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
