import { UserError } from '#shared/core/errors';
import { parsePath, parseUrl } from '#shared/checks/texts';
import { structure } from '#shared/runner/fields';
import type { MoreApp } from '#shared/server/definition';

const APPS = 'YAML of names and their ports, such as ai: { blue-port: 4001, green-port: 4002, health: /ai/health }';
const NAME = /^[a-z][a-z0-9-]{0,30}$/;
const KEYS = ['blue-port', 'green-port', 'health', 'url'];
// The routers that have one act for all apps of a slot.
const ROUTERS = ['nginx-socket', 'haproxy'];

/** The input by which a service has several apps that users reach. */
export const appFields = {
  'more-apps': structure({
    description: 'Further apps that users reach, as YAML: each with a port a slot, which `start` or a compose file finds as `$PORT_<NAME>`, its `health` path as users ask it, and its `url` if that is another one. All of them start, move and go back together.',
    example: 'ai: { blue-port: 4001, green-port: 4002, health: /ai/health }', accepts: APPS, schema: 'failsafe', parser: parseApps,
  }),
};

interface Given {
  readonly strategy: string;
  readonly router: string;
  readonly bluePort: number | undefined;
  readonly greenPort: number | undefined;
  readonly moreApps: Readonly<Record<string, MoreApp>> | undefined;
}

/** What is wrong with it together with the other inputs. */
export function appMistakes({ strategy, router, bluePort, greenPort, moreApps = {} }: Given): string[] {
  const apps = Object.entries(moreApps);
  if (apps.length === 0) return [];
  const ports = [bluePort, greenPort, ...apps.flatMap(([, { ports: { blue, green } }]) => [blue, green])].filter((port) => port !== undefined);
  const twice = ports.find((port, index) => ports.indexOf(port) !== index);
  return [
    ...(strategy !== 'slots' && strategy !== 'compose' ? ['more-apps is for strategies with slots (slots, compose)'] : []),
    ...(ROUTERS.includes(router) ? [] : [`more-apps needs router ${ROUTERS.join(' or ')}; with ${router}, have one app of the slot pass requests on to the others`]),
    ...(twice === undefined ? [] : [`port ${twice} is given twice: every app has one port in each slot`]),
    ...(strategy === 'slots' ? apps.filter(([, { health }]) => health === '').map(([name]) => `more-apps: ${name} has no health: without a health check there is no evidence, and that is never a pass`) : []),
  ];
}

function parseApps(yaml: unknown): Readonly<Record<string, MoreApp>> {
  return Object.fromEntries(Object.entries(mapOf(yaml, APPS)).map(([name, given]) => {
    if (!NAME.test(name)) throw new UserError(`${JSON.stringify(name.slice(0, 40))} is no name of an app: lower-case letters, digits and -, beginning with a letter, 31 at most`);
    return [name, parseApp(name, mapOf(given, `${name} with ${KEYS.join(', ')}`))];
  }));
}

function parseApp(name: string, given: Readonly<Record<string, unknown>>): MoreApp {
  const unknown = Object.keys(given).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new UserError(`${name} has ${unknown}; accepted are ${KEYS.join(', ')}`);
  const { health = '', url = '' } = given;
  if (typeof health !== 'string' || typeof url !== 'string') throw new UserError(`health and url of ${name} are texts`);
  if (health !== '') parsePath(health);
  if (url !== '' && new URL(parseUrl(url)).username !== '') throw new UserError(`url of ${name} has an account in it; give the address alone`);
  return { ports: { blue: portOf(name, given, 'blue-port'), green: portOf(name, given, 'green-port') }, health, url };
}

function portOf(name: string, given: Readonly<Record<string, unknown>>, key: string): number {
  const text = given[key];
  const port = typeof text === 'string' && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new UserError(`${key} of ${name} is a TCP port from 1 to 65535`);
  return port;
}

function mapOf(yaml: unknown, accepted: string): Readonly<Record<string, unknown>> {
  if (typeof yaml !== 'object' || yaml === null || Array.isArray(yaml)) throw new UserError(`accepted is ${accepted}`);
  return yaml as Readonly<Record<string, unknown>>;
}
