import type { Address, CheckResult, CommandCheck } from '#shared/checks/check';
import { UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import type { Server } from '#shared/server/server';
import { concludeErrorRate } from '#shared/traffic/conclude-error-rate';
import type { Inputs } from './inputs.ts';

/** What the service's record on its server adds to the checks. */
export interface Surroundings {
  /** Where the slot that `slot` means listens, in place of the public address. */
  readonly slot?: Address;
  /** That the router counts few enough errors from now on. */
  readonly errors?: CommandCheck;
}

/** Looks up the slot and the router's counters, where the inputs ask for them. @throws {UserError} when the slot holds no release. */
export async function lookUpService(inputs: Inputs, log: Log, server: Server): Promise<Surroundings> {
  const { slot, service, environment, maxErrorRate } = inputs;
  if (service === undefined || (slot === undefined && maxErrorRate === undefined)) return {};
  const [{ readDeployed }, { definitionOf, idleSlot }, { slotListener }, { errorRateCheck }] = await Promise.all([
    import('#shared/server/service'), import('#shared/server/state'), import('#shared/server/user-command'), import('#shared/traffic/error-rate'),
  ]);
  const state = await readDeployed(server, { service, environment });
  const meant = slot === 'idle' ? idleSlot(state) : slot === undefined || slot === 'live' ? state.live : slot;
  const release = meant === undefined ? undefined : state.slots[meant];
  if (meant === undefined || release === undefined) throw new UserError(`slot: ${slot ?? 'live'} of ${service} holds no release on ${server.label}. Deploy one first, or correct slot.`);
  log.info(`Slot ${meant} holds ${release}.`);
  return {
    ...(slot !== undefined && { slot: slotListener(definitionOf(state, state.definition, { slot: meant, release }), meant) }),
    ...(maxErrorRate !== undefined && { errors: await errorRateCheck(server.connection(), state, meant, maxErrorRate) }),
  };
}

/** The results with that of the error rate judged by all requests there were. */
export function withErrorRate(results: readonly CheckResult[], { errors }: Surroundings, percent: number | undefined): readonly CheckResult[] {
  if (errors === undefined || percent === undefined) return results;
  return results.map((result) => (result.name === errors.name ? concludeErrorRate(result, percent) : result));
}
