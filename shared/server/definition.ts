import { UserError } from '#shared/core/errors';

/**
 * `slots`: the new release starts beside the old one. `compose`: the same, as a compose project a slot. `in-place`: `current` is renamed and
 * the service restarted. `compose-rolling`: new containers of one compose project start beside the old ones, which then finish.
 */
export type Strategy = 'slots' | 'compose' | 'in-place' | 'compose-rolling';

/** How a service is deployed, given once to its first deployment and recorded on the server with each release. */
export interface ServiceDefinition {
  readonly format: 1;
  readonly service: string;
  readonly environment: string;
  readonly path: string;
  readonly strategy: Strategy;
  readonly router: Router;
  /** The folder of the sockets, on a file system that is empty after a boot. */
  readonly runtimeDir: string;
  /** The TCP ports of apps that do not listen on the slot's socket. */
  readonly ports?: SlotPorts | undefined;
  /** What else users reach of the service, by name: apps on ports of their own, which start, move and go back together with the first. */
  readonly moreApps?: Readonly<Record<string, MoreApp>> | undefined;
  /** Commands of the user's, run by `sh -e` in the release's folder; empty where there is none. */
  readonly start: string;
  readonly stop: string;
  readonly restart: string;
  readonly health: HealthCheck;
  /** Commands of the user's at certain moments; those that there are. */
  readonly hooks?: Hooks;
  /** Absolute paths of files and folders outside of releases that belong to a release, because its hooks change them. */
  readonly configPaths?: readonly string[];
  /** The public address, empty where it was not given. */
  readonly url: string;
  /** How many verified releases are kept. */
  readonly keep: number;
  /** Where the service runs in containers. */
  readonly compose?: ComposeDefinition | undefined;
}

/** The TCP port of an app in each slot. */
export interface SlotPorts { readonly blue: number; readonly green: number }

/** An app of a service besides its first. */
export interface MoreApp {
  readonly ports: SlotPorts;
  /** The path by which it is asked, as users ask it; empty where Docker's own health check tells. */
  readonly health: string;
  /** Its public address, empty where it is the service's. */
  readonly url: string;
}

/** How a service runs as a compose project. */
export interface ComposeDefinition {
  /** Of the release, relative to its folder. */
  readonly files: readonly string[];
  /** File of variables for the compose files, on the server; empty for what compose finds itself (.env). */
  readonly envFile: string;
  /** The project's name; with slots, each slot's begins with it. */
  readonly project: string;
  /** Command run in a container before it is told to stop; empty where there is none. */
  readonly preStop: string;
  /** Milliseconds that a container has to end by itself. */
  readonly stopTimeout: number;
}

/** The moments at which a command of the user's may run. */
export const HOOKS = ['before-prepare', 'after-prepare', 'before-publish', 'after-publish', 'on-failure', 'on-rollback'] as const;

/** One of them. */
export type HookName = (typeof HOOKS)[number];

/** Commands by the moment at which they run. */
export type Hooks = Readonly<Partial<Record<HookName, string>>>;

/** The routers there are. */
export const ROUTERS = ['nginx-socket', 'haproxy', 'nginx', 'caddy', 'traefik', 'kamal-proxy'] as const;

/** What moves traffic between slots, and how it is spoken to; texts are empty where the router needs none. */
export interface Router {
  readonly name: (typeof ROUTERS)[number];
  /** Where users' requests come in on the server, such as `http://127.0.0.1:80`. */
  readonly entry: string;
  /** The file or folder of its configuration. */
  readonly config: string;
  /** HAProxy's stats socket, or the address of the API. */
  readonly control: string;
  /** Commands that test the configuration, and have the router read it. */
  readonly test: string;
  readonly reload: string;
  /** The name of a cookie by which clients stay with their slot, where Slipway is to have it set. */
  readonly cookie?: string;
}

/** How the server itself tells that a release answers. At most one of `path` (or URL) and `command` is given; with none, Docker's own health checks tell. */
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

/** Whether releases of a service start beside each other in two slots, between which a router moves traffic. */
export function hasSlots({ strategy }: Pick<ServiceDefinition, 'strategy'>): boolean {
  return strategy === 'slots' || strategy === 'compose';
}
