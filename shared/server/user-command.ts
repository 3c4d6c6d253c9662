import { commandLine, quote } from '#shared/core/quote';
import type { MoreApp, ServiceDefinition } from './definition.ts';
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

/** The variables by which commands and compose files find the ports of a slot: PORT, and PORT_<NAME> for each further app. */
export function portVariables({ ports, moreApps = {} }: Pick<ServiceDefinition, 'ports' | 'moreApps'>, slot: Slot): Readonly<Record<string, string>> {
  const more = Object.entries(moreApps).map(([name, app]) => [`PORT_${name.toUpperCase().replaceAll('-', '_')}`, String(app.ports[slot])]);
  return { PORT: String(ports?.[slot] ?? ''), ...(Object.fromEntries(more) as Record<string, string>) };
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
    ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), ...portVariables(definition, slot) }),
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
 * It is asked in its slot, or at the listener given, and so are all further apps of the service.
 */
export function awaitHealthy(definition: ServiceDefinition, occasion: Occasion, within: number, at?: Listener): string {
  const { slot, isFresh = false } = occasion;
  const seconds = String(Math.ceil(within / 1_000));
  // Containers tell by themselves that they ended (await_stack is of shared/containers).
  const patience = definition.strategy !== 'compose' || slot === undefined ? ['patiently', seconds] : ['await_stack', slot, seconds, isFresh ? 'fresh' : 'later'];
  const questions = healthQuestions(definition, occasion, at);
  return questions.length === 0 ? commandLine(patience) : `check_health() {\n${questions.join(' &&\n')}\n}\n${commandLine([...patience, 'check_health'])}`;
}

/** Sh texts, each of which succeeds when a part of the release answers as healthy: its first app, and each further one. */
export function healthQuestions(definition: ServiceDefinition, occasion: Occasion, at?: Listener): string[] {
  const { health } = definition;
  const first = health.command !== '' ? [userCommand(definition, occasion, health.command)] : health.path === '' ? [] : [commandLine(question(definition, occasion, at))];
  return [...first, ...(occasion.slot === undefined ? [] : appQuestions(definition, occasion.slot, at).map(commandLine))];
}

function question(definition: ServiceDefinition, { slot }: Occasion, at: Listener | undefined): string[] {
  const listener = at ?? (slot === undefined ? undefined : slotListener(definition, slot));
  return listener === undefined ? ['answers', definition.health.path] : asking(definition.url, listener, definition.health.path);
}

function appQuestions(definition: ServiceDefinition, slot: Slot, at: Listener | undefined): string[][] {
  const asked = Object.values(definition.moreApps ?? {}).filter(({ health }) => health !== '');
  return asked.map((app) => asking(app.url || definition.url, at ?? appListener(definition, app, slot), app.health));
}

// nginx-socket finds all apps of a slot behind the slot's one socket.
function appListener(definition: ServiceDefinition, { ports }: MoreApp, slot: Slot): Listener {
  return definition.router.name === 'nginx-socket' ? { socket: slotSocket(definition, slot) } : { host: '127.0.0.1', port: ports[slot] };
}

// The app may know its own name only, so it is asked by that, whatever it listens on.
function asking(url: string, listener: Listener, path: string): string[] {
  const scheme = 'tls' in listener && listener.tls === true ? 'https' : 'http';
  const address = `${scheme}://${url === '' ? 'localhost' : new URL(url).host}${path}`;
  return ['answers', address, ...('socket' in listener ? ['--unix-socket', listener.socket] : ['--connect-to', `::${listener.host}:${listener.port}`])];
}
