import { commandLine, quote } from '#shared/core/quote';
import type { ServiceDefinition } from './definition.ts';
import type { Slot } from './state.ts';

/** For which release, and where, one of the user's commands runs. */
export interface Occasion {
  /** The folder it runs in; where that is missing, the service's own. */
  readonly folder: string;
  /** Undefined for an app that was there before its first release. */
  readonly release: string | undefined;
  readonly slot?: Slot;
  /** What else the command finds in its environment. */
  readonly about?: Readonly<Record<string, string>>;
  /** Whether it has just been started, so that a container that restarts is a fault. */
  readonly isFresh?: boolean;
}

/** A place on the server where HTTP is answered. */
export type Listener = { readonly socket: string } | { readonly host: string; readonly port: number; readonly tls?: boolean };

/** The socket of a slot, where its app listens, or the bridge to its port. */
export function slotSocket({ runtimeDir }: Pick<ServiceDefinition, 'runtimeDir'>, slot: Slot): string {
  return `${runtimeDir}/${slot}.sock`;
}

/** Where the router finds a slot: the app's port if it has one, which nginx-socket reaches by a bridge from the slot's socket. */
export function slotListener(definition: ServiceDefinition, slot: Slot): Listener {
  const port = definition.router.name === 'nginx-socket' ? undefined : definition.ports?.[slot];
  return port === undefined ? { socket: slotSocket(definition, slot) } : { host: '127.0.0.1', port };
}

/** A listener as people and routers write it: `unix:/run/slipway/shop/blue.sock`, or `127.0.0.1:3001`. */
export function listenerText(listener: Listener): string {
  return 'socket' in listener ? `unix:${listener.socket}` : `${listener.host}:${listener.port}`;
}

/**
 * Sh text that runs a command of the user's under `sh -e`, with what it needs to know in its environment. The lock's descriptor is
 * closed where the command hands over to a supervisor: what lives on must not hold the lock. With `within`, milliseconds, it is ended then.
 */
export function userCommand(definition: ServiceDefinition, occasion: Occasion, command: string, handsOver = true, within?: number): string {
  const { folder, release, slot, about } = occasion;
  const environment: Record<string, string> = {
    SERVICE: definition.service, ENVIRONMENT: definition.environment, SERVICE_PATH: definition.path, RELEASE: release ?? '', RELEASE_DIR: folder,
    ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), PORT: String(definition.ports?.[slot] ?? '') }),
    ...about,
  };
  return [
    '(',
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`),
    `cd ${quote(`${folder}/`)} 2>/dev/null || cd ${quote(definition.path)}`,
    `exec ${commandLine([...(within === undefined ? [] : ['timeout', String(Math.ceil(within / 1_000))]), 'sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
    ')',
  ].join('\n');
}

/**
 * Sh text that succeeds once the release answers as healthy, and fails with the reason when it has not within so many milliseconds.
 * It is asked in its slot, or at the listener given.
 */
export function awaitHealthy(definition: ServiceDefinition, occasion: Occasion, within: number, at?: Listener): string {
  const { health, strategy } = definition;
  const { slot, isFresh = false } = occasion;
  const seconds = String(Math.ceil(within / 1_000));
  // Containers tell by themselves that they ended (await_stack is of shared/containers).
  const patience = strategy !== 'compose' || slot === undefined ? ['patiently', seconds] : ['await_stack', slot, seconds, isFresh ? 'fresh' : 'later'];
  if (health.command !== '') return `check_health() {\n${userCommand(definition, occasion, health.command)}\n}\n${commandLine([...patience, 'check_health'])}`;
  return commandLine([...patience, ...(health.path === '' ? [] : question(definition, occasion, at))]);
}

function question(definition: ServiceDefinition, { slot }: Occasion, at: Listener | undefined): string[] {
  const listener = at ?? (slot === undefined ? undefined : slotListener(definition, slot));
  return listener === undefined ? ['answers', definition.health.path] : asking(definition, listener, definition.health.path);
}

// The app may know its own name only, so it is asked by that, whatever it listens on.
function asking({ url }: ServiceDefinition, listener: Listener, path: string): string[] {
  const scheme = 'tls' in listener && listener.tls === true ? 'https' : 'http';
  const address = `${scheme}://${url === '' ? 'localhost' : new URL(url).host}${path}`;
  return ['answers', address, ...('socket' in listener ? ['--unix-socket', listener.socket] : ['--connect-to', `::${listener.host}:${listener.port}`])];
}
