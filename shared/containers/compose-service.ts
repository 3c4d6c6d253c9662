import { UserError } from '#shared/core/errors';

/**
 * What a part of a service is: `web` ones run twice while they are replaced, `worker` and `singleton` ones stop before their
 * successor starts, `lasting` ones (a database, a cache) are started if they are not there, and never touched again.
 */
export const ROLES = ['web', 'worker', 'singleton', 'lasting'] as const;
export type Role = (typeof ROLES)[number];

/** A service of a compose file, as far as a deployment needs to know it. */
export interface ComposeService {
  readonly name: string;
  readonly image: string;
  readonly role: Role;
  readonly replicas: number;
  readonly containerName: string | undefined;
  /** Ports of the host that only one container at a time can have. */
  readonly fixedPorts: readonly string[];
  /** Whether the container has no network of its own, so that its ports are the host's. */
  readonly usesHostNetwork: boolean;
}

/** The label by which a compose file says the role of a service; `web` where it has none. */
export const ROLE_LABEL = 'slipway.role';

interface Model {
  readonly services?: Readonly<Record<string, ServiceModel>>;
}
interface ServiceModel {
  readonly image?: string;
  readonly container_name?: string;
  readonly network_mode?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly scale?: number;
  readonly deploy?: { readonly replicas?: number };
  readonly ports?: readonly { readonly published?: string; readonly target: number; readonly protocol?: string }[];
}

/** The services in what `docker compose config --format json` prints. @throws {UserError} when one has no image, or no known role. */
export function composeServices(json: string): ComposeService[] {
  const { services = {} } = JSON.parse(json) as Model;
  return Object.entries(services).map(([name, model]) => {
    if (model.image === undefined) throw new UserError(`Service ${name} of the compose file has no image. Give it the name of one that your build made: a server does not build.`);
    return {
      name, image: model.image, role: roleOf(name, model), replicas: model.scale ?? model.deploy?.replicas ?? 1,
      containerName: model.container_name, fixedPorts: fixedPorts(model), usesHostNetwork: model.network_mode === 'host',
    };
  });
}

/** Why services cannot run beside their successors, one line each. */
export function rollingFaults(services: readonly ComposeService[]): string[] {
  return services.filter(({ role }) => role === 'web').flatMap(({ name, containerName, fixedPorts: ports, usesHostNetwork }) => [
    ...(containerName === undefined ? [] : [`${name} has container_name ${containerName}: two containers cannot have one name. Remove it`]),
    ...(ports.length === 0 ? [] : [`${name} publishes ${ports.join(', ')}: two containers cannot have one port. Let a proxy in the same network reach it by its service name, or give ports without a number of the host`]),
    ...(usesHostNetwork ? [`${name} has network_mode host: two containers would want the same ports. Give it a network`] : []),
  ]);
}

function roleOf(name: string, { labels = {} }: ServiceModel): Role {
  const given = labels[ROLE_LABEL] ?? 'web';
  const role = ROLES.find((each) => each === given);
  if (role === undefined) throw new UserError(`Service ${name} of the compose file has the label ${ROLE_LABEL}: ${given}. Accepted are ${ROLES.join(', ')}.`);
  return role;
}

// Of a range an engine takes what is free.
function fixedPorts({ ports = [] }: ServiceModel): string[] {
  return ports.filter(({ published = '' }) => /^\d+$/.test(published) && published !== '0').map(({ published, target, protocol = 'tcp' }) => `${published}:${target}/${protocol}`);
}
