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
}

/** The socket of a slot, where its app or the bridge to its port listens. */
export function slotSocket({ runtimeDir }: ServiceDefinition, slot: Slot): string {
  return `${runtimeDir}/${slot}.sock`;
}

/**
 * Sh text that runs a command of the user's under `sh -e`, with what it needs to know in its environment. The lock's descriptor is
 * closed where the command hands over to a supervisor: what lives on must not hold the lock.
 */
export function userCommand(definition: ServiceDefinition, occasion: Occasion, command: string, handsOver = true): string {
  const { folder, release, slot } = occasion;
  const environment: Record<string, string> = {
    SERVICE: definition.service, ENVIRONMENT: definition.environment, SERVICE_PATH: definition.path, RELEASE: release ?? '', RELEASE_DIR: folder,
    ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), PORT: String(definition.ports?.[slot] ?? '') }),
  };
  return [
    '(',
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`),
    `cd ${quote(`${folder}/`)} 2>/dev/null || cd ${quote(definition.path)}`,
    `exec ${commandLine(['sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
    ')',
  ].join('\n');
}

/** Sh text that succeeds once the release answers as healthy, and fails with the reason when it has not within so many milliseconds. */
export function awaitHealthy(definition: ServiceDefinition, occasion: Occasion, within: number, socket?: string): string {
  const { health, url } = definition;
  const seconds = String(Math.ceil(within / 1_000));
  if (health.command !== '') return `check_health() {\n${userCommand(definition, occasion, health.command)}\n}\npatiently ${seconds} check_health`;
  const by = socket ?? (occasion.slot === undefined ? undefined : slotSocket(definition, occasion.slot));
  if (by === undefined) return commandLine(['patiently', seconds, 'answers', health.path]);
  const host = url === '' ? 'localhost' : new URL(url).host;
  return commandLine(['patiently', seconds, 'answers', `http://${host}${health.path}`, by]);
}
