import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { sshTarget } from '#shared/runner/connection-inputs';
import type { action, Inputs } from './inputs.ts';

/** The socket of the slot that `slot` means, as the service's record on its server says; undefined when the checks are not about a slot. */
export async function slotSocketOf(inputs: Inputs, { log, signal }: Job<typeof action>): Promise<string | undefined> {
  const { slot, service, environment } = inputs;
  if (slot === undefined || service === undefined) return undefined;
  const [{ openServer }, { readDeployed }, { idleSlot }, { slotSocket }] = await Promise.all([
    import('#shared/server/server'), import('#shared/server/service'), import('#shared/server/state'), import('#shared/server/user-command'),
  ]);
  await using server = await openServer(sshTarget(inputs), log, signal);
  const state = await readDeployed(server, { service, environment });
  const meant = slot === 'idle' ? idleSlot(state) : slot === 'live' ? state.live : slot;
  const release = meant === undefined ? undefined : state.slots[meant];
  if (meant === undefined || release === undefined) throw new UserError(`slot: ${slot} of ${service} holds no release on ${server.label}. Deploy one first, or correct slot.`);
  log.info(`Slot ${meant} holds ${release}.`);
  return slotSocket(state.definition, meant);
}
