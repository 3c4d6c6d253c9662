import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { openedFiles } from '#shared/database/opened-set';
import { planRestore, type Restore } from '#shared/database/restore-plan';
import { carryOut, carryOutForGood, type Follow } from '#shared/server/carry-out';
import { claimMembers, latestClaim } from '#shared/server/ledger';
import { Overtaken, type Server, type Takeover } from '#shared/server/server';
import { asDeployed, heal, readDeployed, readState, type DeployedState } from '#shared/server/service';
import { liveRelease, slotHolding, type Slot } from '#shared/server/state';
import { decideRollback, type Decision } from './decide.ts';
import type { action, Inputs } from './inputs.ts';
import { planRollback, slotFor, type Retreat } from './rollback-plan.ts';

/** A decision to go back. */
export type GoBack = Extract<Decision, { kind: 'go-back' }>;

/**
 * The state to decide by, undefined where no deployment has come to its end yet. What is left unfinished is healed first: a rollback
 * that was killed half-way looks done. Not so for a run whose service another one took over, and not where taking back what this run
 * switched to heals it anyway.
 */
export async function settledState(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<DeployedState | undefined> {
  const first = await readState(server, inputs);
  follow.together?.serves(liveRelease(first));
  const isByRun = inputs.release === undefined;
  if (isByRun && first.definition === undefined && first.unfinished.length === 0) return undefined;
  const seen = asDeployed(server, inputs, first);
  if (inputs.dryRun || seen.unfinished.length === 0 || (isByRun && !isLeftHanging(seen, job.run.id))) return seen;
  const taken = isByRun ? seen : await readDeployed(server, inputs, claimMembers(job.run, 'rollback'));
  await heal(server, taken, taken.claimed ?? latestClaim(taken.events)?.generation ?? 0, follow);
  return readDeployed(server, inputs);
}

/** Where users are: the release, and the slot if there are slots. */
export interface Reached {
  readonly release: string | undefined;
  readonly slot: Slot | undefined;
}

/** Goes back as decided, under a new generation. @throws {UserError} when the release is gone or was confirmed meanwhile. */
export async function goBack(inputs: Inputs, job: Job<typeof action>, server: Server, seen: DeployedState, { to, undone }: GoBack, follow: Follow, data?: Restore): Promise<Reached> {
  const claim = claimMembers(job.run, 'rollback');
  const latest = latestClaim(seen.events);
  // What stopped at a schema barrier can only be healed by what goes back across it.
  const continues = data === undefined ? undefined : seen.unfinished.find(({ last }) => last.startsWith('stopped'))?.plan;
  const retreat = { run: job.run, standby: inputs.standby, data, continues };
  if (to !== undefined && latest !== undefined && seen.unfinished.every(({ plan }) => plan === continues)) {
    try {
      // In one go with the claim: each visit to the server costs two round trips.
      return await goTo({ ...retreat, state: seen, generation: latest.generation + 1, to }, server, follow, { claim, ledgerLength: seen.ledgerLength });
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      follow.log.info(`${error.message} It is read again.`);
    }
  }
  const taken = await readDeployed(server, inputs, claim);
  const generation = taken.claimed ?? 0;
  const isHealed = continues === undefined && await heal(server, taken, generation, follow);
  const state = isHealed ? await readDeployed(server, inputs) : taken;
  if (liveRelease(state) === to) return reachedIn(state);
  if (to === undefined) throw new UserError(`${undone} was confirmed meanwhile, and there is no release before it to go back to.`);
  return goTo({ ...retreat, state, generation, to }, server, follow);
}

/** Where users are by a state. */
export function reachedIn(state: DeployedState): Reached {
  return { release: liveRelease(state), slot: state.live };
}

async function goTo(retreat: Retreat, server: Server, follow: Follow, takeover?: Takeover): Promise<Reached> {
  const { state, to } = retreat;
  if (slotHolding(state, to) === undefined && !state.releases.includes(to)) throw new UserError(`${to} is not on ${server.label} any more. Deploy it again.`);
  await carryOutForGood(server, planRollback(retreat), retreat.data === undefined ? [] : openedFiles(retreat.data.opened), follow, takeover);
  return { release: to, slot: slotFor(state, to) };
}

/** Restores data where no traffic has to move, under a new generation. */
export async function restoreAlone(inputs: Inputs, job: Job<typeof action>, server: Server, data: Restore, follow: Follow): Promise<void> {
  const taken = await readDeployed(server, inputs, claimMembers(job.run, 'rollback'));
  await carryOut(server, planRestore(data, taken.folder, taken.claimed ?? 0), openedFiles(data.opened), follow);
}

function isLeftHanging(state: DeployedState, run: string): boolean {
  return latestClaim(state.events)?.run === run && decideRollback(state, undefined, run).kind === 'nothing';
}
