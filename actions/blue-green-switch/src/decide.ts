import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import type { Follow } from '#shared/server/carry-out';
import { hasSlots } from '#shared/server/definition';
import { claimMembers, lastMove, latestClaim } from '#shared/server/ledger';
import type { Server } from '#shared/server/server';
import { heal, readDeployed, type DeployedState } from '#shared/server/service';
import { heldDefinitions, liveRelease, placeOf, slotHolding } from '#shared/server/state';
import type { Move } from '#shared/traffic/move';
import type { action, Inputs } from './inputs.ts';
import { maintenanceIsOn } from './maintenance.ts';
import { sharesOf } from './shares.ts';

/** A move that may be made, under which generation, in which state folder. */
export interface Decision {
  readonly move: Move;
  readonly generation: number;
  readonly folder: string;
  /** The plan of this run that gave the release a smaller share, from which this one goes on. */
  readonly continues: string | undefined;
}

/** Which release goes live, and from where: what this run prepared, or what is named. Heals first what earlier plans left. */
export async function decideMove(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<Decision> {
  const seen = await readDeployed(server, inputs);
  follow.together?.serves(liveRelease(seen));
  if (!hasSlots(seen.definition)) throw new UserError(`${inputs.service} is deployed in place: it has no slots to switch between.`);
  const takesOver = !inputs.dryRun && inputs.release !== undefined && !isOwn(seen, job.run.id);
  const taken = takesOver ? await readDeployed(server, inputs, claimMembers(job.run, 'switch')) : seen;
  const generation = taken.claimed ?? ownGeneration(taken, inputs, job.run.id);
  const continues = pendingShare(taken, generation);
  const isHealed = !inputs.dryRun && continues === undefined && (await heal(server, taken, generation, follow));
  const state = isHealed ? await readDeployed(server, inputs) : taken;
  const to = preparedPlace(state, inputs.release ?? preparedRelease(state, generation), inputs.service);
  const isThere = state.live === to.slot;
  const from = state.live === undefined || isThere ? undefined : placeOf(state, state.live);
  const { definition, closed } = state;
  if (closed !== undefined && closed.run !== job.run.id) throw new UserError(maintenanceIsOn(inputs.service, closed));
  const asked = sharesOf(inputs);
  if (asked.shares.length > 0 && closed !== undefined) throw new UserError(`${inputs.service} is closed for maintenance, so there is no traffic to share. Switch without weight and steps.`);
  const { shares, isWhole } = asked.shares.length > 0 && from === undefined ? allAtOnce(to, job) : asked;
  const move = { definition, held: heldDefinitions(state, definition), to, from, isThere, closed, run: job.run, purpose: 'switch', standby: inputs.standby, shares, isWhole } as const;
  return { move, generation, folder: state.folder, continues };
}

// So it is at the first deployment, and when a job is run again that had done its work.
function allAtOnce({ release }: Decision['move']['to'], { log }: Job<typeof action>): Pick<Move, 'shares' | 'isWhole'> {
  log.info(`There is no other release to share the traffic with, so ${release} gets all of it.`);
  return { shares: [], isWhole: true };
}

// The one plan that has not ended, where it is this run's and waits at a share for the next step.
function pendingShare({ events, unfinished }: DeployedState, generation: number): string | undefined {
  const last = lastMove(events);
  const [pending, ...others] = unfinished;
  const isWaiting = last?.event === 'share' && last.generation === generation && pending?.last.endsWith(' verified') === true;
  return isWaiting && others.length === 0 ? pending.plan : undefined;
}

function isOwn({ events }: DeployedState, run: string): boolean {
  return latestClaim(events)?.run === run;
}

function ownGeneration({ events }: DeployedState, { service, dryRun, release }: Inputs, run: string): number {
  const claim = latestClaim(events);
  if (claim?.run === run || (dryRun && release !== undefined)) return claim?.generation ?? 0;
  throw new UserError(`Refused: run ${claim?.run} took over ${service} at ${claim?.time} (${claim?.url}). Switch in that run, or name the release here to take over from it.`);
}

function preparedRelease({ events }: DeployedState, generation: number): string {
  const prepared = events.findLast((event) => event.event === 'release' && event.generation === generation)?.release;
  if (prepared === undefined) throw new UserError('This run has prepared no release to switch to. Run ssh-deploy before it, or name a release.');
  return prepared;
}

function preparedPlace(state: DeployedState, release: string, service: string): Decision['move']['to'] {
  const slot = slotHolding(state, release);
  if (slot !== undefined) return { slot, release };
  const held = Object.entries(state.slots).map(([name, each]) => `${name} holds ${each}`).join(', ') || 'no slot holds a release';
  throw new UserError(`${release} of ${service} runs in no slot (${held}). Deploy it again; to go back to an older release, use rollback.`);
}
