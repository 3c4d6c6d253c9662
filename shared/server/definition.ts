import { UserError } from '#shared/core/errors';

/** How a service is deployed, given once to its first deployment and recorded on the server with each release. */
export interface ServiceDefinition {
  readonly format: 1;
  readonly service: string;
  readonly environment: string;
  readonly path: string;
  /** `slots`: the new release starts beside the old one. `in-place`: `current` is renamed and the service restarted. */
  readonly mode: 'slots' | 'in-place';
  /** What moves traffic between slots. */
  readonly router: 'nginx-socket';
  /** The folder of the sockets, on a file system that is empty after a boot. */
  readonly runtimeDir: string;
  /** The folder of the router's configuration, looked through for what would break a switch. */
  readonly routerConfig: string;
  /** The TCP ports of apps that do not listen on the slot's socket; a bridge stands between. */
  readonly ports?: { readonly blue: number; readonly green: number };
  /** Commands of the user's, run by `sh -e` in the release's folder; empty where there is none. */
  readonly start: string;
  readonly stop: string;
  readonly restart: string;
  readonly health: HealthCheck;
  /** The public address, empty where it was not given. */
  readonly url: string;
  /** How many verified releases are kept. */
  readonly keep: number;
}

/** How the server itself tells that a release answers. Exactly one of `path` (or URL) and `command` is given. */
export interface HealthCheck {
  readonly path: string;
  readonly command: string;
  /** Milliseconds until a release that does not answer is given up. */
  readonly timeout: number;
}

/** Reads a recorded definition. @throws {UserError} when a newer version of these actions wrote it. */
export function parseDefinition(text: string): ServiceDefinition {
  const definition = JSON.parse(text) as ServiceDefinition | { readonly format: number };
  if (definition.format !== 1) {
    throw new UserError(`The service definition on the server has format ${definition.format}, written by a newer version of these actions. Use that version here too.`);
  }
  return definition as ServiceDefinition;
}

/** The name of a service on its server: `shop.staging`. */
export function serviceKey(service: string, environment: string): string {
  return `${service}.${environment}`;
}
