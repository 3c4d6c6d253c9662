import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { confirm, type Follow } from '#shared/server/carry-out';
import { lastMove, latestClaim } from '#shared/server/ledger';
import type { Server } from '#shared/server/server';
import { readDeployed, type DeployedState } from '#shared/server/service';
import { liveRelease } from '#shared/server/state';
import type { action, Inputs } from './inputs.ts';

// The last line of its journal: it waits, or whoever confirmed it before did not live to the end.
const PENDING = /^\d+ (verified|stopped|confirmed|(begin|process|end) confirm( \d+)*)$/;

/** Confirms the switch that is waiting for it; done twice, it changes nothing more. */
export async function confirmPending(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<void> {
  const state = await readDeployed(server, inputs);
  refuseSuperseded(state, inputs.service, job.run.id);
  const pending = state.unfinished.find(({ last }) => PENDING.test(last));
  const share = lastMove(state.events);
  if (pending !== undefined && share?.event === 'share') {
    throw new UserError(`${share.release} of ${inputs.service} has ${share.percent} % of the traffic: that is no state to stay in. Switch on to all of it, or let it go back.`);
  }
  if (pending === undefined) refuseUnlessConfirmed(state, inputs.service);
  else await confirm(server, { id: pending.plan, state: state.folder }, follow);
  const release = liveRelease(state) ?? '';
  job.log.info(pending === undefined ? `${release} was confirmed already.` : `${release} is confirmed: ${server.label} boots into slot ${state.live}.`);
  job.output({ release, slot: state.live ?? '', confirmed: true });
}

// What waits now is another run's, and was never looked at in this one. A run that has claimed nothing confirms whatever waits: a person's.
function refuseSuperseded({ events }: DeployedState, service: string, run: string): void {
  const claim = latestClaim(events);
  if (claim === undefined || claim.run === run || !events.some((event) => event.event === 'claim' && event.run === run)) return;
  throw new UserError(`Refused: run ${claim.run} took over ${service} at ${claim.time} (${claim.url}), so nothing of this run waits to be confirmed.`);
}

function refuseUnlessConfirmed({ events, live, confirmed }: DeployedState, service: string): void {
  const last = events.findLast(({ event }) => event === 'confirm' || event === 'back');
  if (last?.event === 'confirm' && live === confirmed) return;
  const gone = last?.event === 'back' ? ` Traffic went back from ${last.undone} at ${last.time}: the switch was not confirmed in time, or a newer run took over.` : '';
  throw new UserError(`No switch of ${service} waits to be confirmed.${gone}`);
}
