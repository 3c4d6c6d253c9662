import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { carryOut, type Follow } from '#shared/server/carry-out';
import { claimMembers, latestClaim } from '#shared/server/ledger';
import type { Server } from '#shared/server/server';
import { asDeployed, heal, readDeployed, readState, type DeployedState } from '#shared/server/service';
import { liveRelease, slotHolding } from '#shared/server/state';
import { decideRollback, type Decision } from './decide.ts';
import type { action, Inputs } from './inputs.ts';
import { planRollback } from './rollback-plan.ts';

/** A decision to go back. */
export type GoBack = Extract<Decision, { kind: 'go-back' }>;

/**
 * The state to decide by, undefined where no deployment has come to its end yet. What is left unfinished is healed first: a rollback
 * that was killed half-way looks done. Not so for a run whose service another one took over, and not where taking back what this run
 * switched to heals it anyway.
 */
export async function settledState(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<DeployedState | undefined> {
  const first = await readState(server, inputs);
  const isByRun = inputs.release === undefined;
  if (isByRun && first.definition === undefined && first.unfinished.length === 0) return undefined;
  const seen = asDeployed(server, inputs, first);
  if (inputs.dryRun || seen.unfinished.length === 0 || (isByRun && !isLeftHanging(seen, job.run.id))) return seen;
  const taken = isByRun ? seen : await readDeployed(server, inputs, claimMembers(job.run, 'rollback'));
  await heal(server, taken, taken.claimed ?? latestClaim(taken.events)?.generation ?? 0, follow);
  return readDeployed(server, inputs);
}

/** Goes back as decided, under a new generation. @throws {UserError} when the release is gone or was confirmed meanwhile. */
export async function goBack(inputs: Inputs, job: Job<typeof action>, server: Server, { to, undone }: GoBack, follow: Follow): Promise<DeployedState> {
  const taken = await readDeployed(server, inputs, claimMembers(job.run, 'rollback'));
  const generation = taken.claimed ?? 0;
  const isHealed = await heal(server, taken, generation, follow);
  const state = isHealed ? await readDeployed(server, inputs) : taken;
  if (liveRelease(state) === to) return state;
  if (to === undefined) throw new UserError(`${undone} was confirmed meanwhile, and there is no release before it to go back to.`);
  if (slotHolding(state, to) === undefined && !state.releases.includes(to)) throw new UserError(`${to} is not on ${server.label} any more. Deploy it again.`);
  await carryOut(server, planRollback({ state, generation, to, run: job.run, standby: inputs.standby }), [], follow);
  return readDeployed(server, inputs);
}

function isLeftHanging(state: DeployedState, run: string): boolean {
  return latestClaim(state.events)?.run === run && decideRollback(state, undefined, run).kind === 'nothing';
}
