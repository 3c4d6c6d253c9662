import type { CommandCheck, Server } from '#shared/checks/check';
import { UserError } from '#shared/core/errors';
import { permyriad } from '#shared/core/percentage';
import { parseCounters } from '#shared/server/counters';
import { scriptCommand } from '#shared/server/scripts';
import type { DeployedState } from '#shared/server/service';
import { heldDefinitions, type Slot } from '#shared/server/state';
import { plainRouterFunctions } from './router.ts';

/** Requests by which a rate is judged while more may come. */
const LEAST = 20;

/**
 * A check that of what a slot answers from now on, no more than so many percent are errors (5xx), as the router counts them.
 * @throws {UserError} where the router counts none.
 */
export async function errorRateCheck(server: Pick<Server, 'exec' | 'label'>, state: DeployedState, slot: Slot, percent: number): Promise<CommandCheck> {
  const { definition } = state;
  const functions = plainRouterFunctions(definition, heldDefinitions(state, definition));
  const { stdout } = await server.exec(scriptCommand(`${functions}\nrouter_tell`, []));
  const { requests, errors } = stdout.split('\n').map((line) => parseCounters(`now ${line}`)).find((counters) => counters.slot === slot) ?? {};
  if (requests === undefined || errors === undefined) throw new UserError(`max-error-rate: ${definition.router.name} on ${server.label} counts no errors of slot ${slot}. docs/routers.md says how it does.`);
  const judge = `requests_before=${requests} errors_before=${errors} most=${permyriad(percent)}\njudge_errors ${slot} ${LEAST} && say "$requests requests, $errors errors"`;
  return { kind: 'command', name: `errors of slot ${slot}`, command: ['sh', '-c', `${functions}\n${judge}`], text: ['requests'] };
}
