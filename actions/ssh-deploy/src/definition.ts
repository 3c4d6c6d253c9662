import type { ServiceDefinition } from '#shared/server/definition';
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
    router: 'nginx-socket',
    runtimeDir: withoutTrailingSlash(inputs.runtimeDir ?? `/run/slipway/${service}`),
    routerConfig: inputs.nginxConfig,
    ...(bluePort === undefined || greenPort === undefined ? {} : { ports: { blue: bluePort, green: greenPort } }),
    start: inputs.start ?? '',
    stop: inputs.stop ?? '',
    restart: inputs.restart ?? '',
    health: { path: inputs.health ?? '', command: inputs.healthCommand ?? '', timeout: inputs.healthTimeout },
    url: inputs.url === undefined ? '' : withoutAccount(inputs.url),
    keep: inputs.keep,
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

function withoutTrailingSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
