import { UserError } from '#shared/core/errors';
import { carryOut, type Follow } from './carry-out.ts';
import { serviceKey, type ServiceDefinition } from './definition.ts';
import { newPlanId, type Plan } from './plan.ts';
import type { BeginBase, Server } from './server.ts';
import type { ServerState } from './state.ts';

const LOCK_WAIT = 1_800_000;

/** Which service is meant, and where it lives if that is not on the server's record yet. */
export interface ServiceName {
  readonly service: string;
  readonly environment: string;
  readonly path?: string;
  readonly runtimeDir?: string;
}

/** A service's state whose definition is there, so that it has been deployed at least once. */
export type DeployedState = ServerState & { readonly definition: ServiceDefinition };

/** What the server knows of a service; with claim members, it takes a new generation first. @throws {UserError} when it may not. */
export async function readState(server: Server, name: ServiceName, claim = '', beginBase?: BeginBase): Promise<ServerState> {
  const inspection = await server.inspect(serviceKey(name.service, name.environment), name.path ?? '', name.runtimeDir ?? '', claim, beginBase);
  if (inspection.kind === 'state') return inspection.state;
  if (inspection.kind === 'refused') throw new UserError(`${server.label} refused: ${inspection.reason}`);
  const known = inspection.known.length === 0 ? 'It knows none' : `It knows ${inspection.known.join(', ')}`;
  throw new UserError(`${server.label} knows no service ${name.service} in environment ${name.environment}. ${known}. Deploy it first, or correct service and environment.`);
}

/** The same for a service that must have been deployed. @throws {UserError} when it has not. */
export async function readDeployed(server: Server, name: ServiceName, claim = ''): Promise<DeployedState> {
  return asDeployed(server, name, await readState(server, name, claim));
}

/** The state as that of a service that has been deployed. @throws {UserError} when it has not. */
export function asDeployed(server: Server, { service }: ServiceName, state: ServerState): DeployedState {
  if (state.definition === undefined) throw new UserError(`${service} has not been deployed to ${server.label} yet: no deployment has come to its end.`);
  return state as DeployedState;
}

/** Heals what earlier plans left, if there is anything, under this generation; then there is a new state to read. */
export async function heal(server: Server, state: ServerState, generation: number, follow: Follow): Promise<boolean> {
  if (state.unfinished.length === 0) return false;
  follow.log.info(`Earlier plans of ${follow.service} have not ended: ${state.unfinished.map(({ plan, last }) => `${plan} (${last})`).join(', ')}. They are healed first.`);
  const plan: Plan = { id: newPlanId(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
  await carryOut(server, plan, [], follow);
  return true;
}
