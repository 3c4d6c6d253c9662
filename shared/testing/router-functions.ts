import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '#shared/core/quote';
import type { Router, ServiceDefinition } from '#shared/server/definition';
import { executor } from '#shared/server/scripts';
import { routerFunctions } from '#shared/traffic/router';
import type { ProxySite } from './proxy.ts';

/** A script that calls one of the functions by which plans move traffic, named by its arguments. `inputs` are those of a proxy. */
export function routerScript(site: Omit<ProxySite, 'port'>, inputs: Readonly<Record<string, string>>): string {
  const settings = `STATE=${quote(join(site.path, '.slipway'))} GENERATION=1 MARK=mark`;
  return [settings, executor, routerFunctions(definitionOf(site, inputs)), 'set -e', '"$@"', ''].join('\n');
}

/** What a first deployment does before anybody can set the proxy up: makes what its configuration includes. */
export function prepareRouter(site: ProxySite, inputs: Readonly<Record<string, string>>): void {
  mkdirSync(join(site.path, '.slipway'), { recursive: true });
  execFileSync('sh', ['-c', routerScript(site, inputs), join(site.path, '.slipway', 'plan.sh'), 'router_prepare', 'none'], { stdio: 'pipe' });
}

/** A service of which only the router matters. */
export function definitionOf({ service, path, runtimeDir, ports, moreApps }: Omit<ProxySite, 'port'>, inputs: Readonly<Record<string, string>>): ServiceDefinition {
  const text = (name: string): string => inputs[`router-${name}`] ?? '';
  const router: Router = { name: inputs['router'] as Router['name'], entry: text('entry'), config: text('config'), control: text('control'), test: text('test'), reload: text('reload'), cookie: text('cookie') };
  return {
    format: 1, service, environment: 'production', path, runtimeDir, strategy: 'slots', router, start: '', stop: '', restart: '',
    health: { path: '/health', command: '', timeout: 10_000 }, url: '', keep: 5, ...(ports && { ports }), ...(moreApps && { moreApps }),
  };
}
