import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { sshTarget } from '#shared/runner/connection-inputs';
import { proofOf } from '#shared/runner/proof-inputs';
import { carryOut, confirm, goBack, type Follow } from '#shared/server/carry-out';
import { describePlan, type Plan } from '#shared/server/plan';
import { openServer, type Server } from '#shared/server/server';
import { drain } from '#shared/traffic/drain';
import type { Move } from '#shared/traffic/move';
import { proofGap, proveLive, type Proof } from '#shared/traffic/proof';
import { confirmPending } from './confirm.ts';
import { decideMove } from './decide.ts';
import type { action, Inputs } from './inputs.ts';
import { planSwitch } from './switch-plan.ts';

/** Moves traffic to the prepared release, or confirms that it stays there. */
export async function blueGreenSwitch(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  const began = performance.now();
  await using server = await openServer(sshTarget(inputs), job.log, job.signal);
  const follow = { log: job.log, signal: job.signal, service: inputs.service };
  if (inputs.operation === 'confirm') return await confirmPending(inputs, job, server, follow);
  const { move, generation, folder } = await decideMove(inputs, job, server, follow);
  const plan = planSwitch(move, generation, folder, inputs);
  if (inputs.dryRun) return job.log.output(describePlan(plan));
  await carryOut(server, plan, [], follow);
  job.log.info(`Users reach ${move.to.release} in slot ${move.to.slot} (${formatDuration(performance.now() - began)} after the start). Proving it from outside.`);
  await proveOrGoBack(server, plan, proofOf(inputs, move.definition, move.to.release), follow);
  job.output({ release: move.to.release, slot: move.to.slot, 'previous-release': move.from?.release ?? '', verified: true, confirmed: false });
  if (inputs.confirmWithin === undefined) await confirmAndDrain(inputs, job, server, plan, move, follow);
  else job.log.info(`Not confirmed yet: without operation: confirm within ${formatDuration(inputs.confirmWithin)}, ${server.label} goes back by itself.`);
  job.output({ duration: ((performance.now() - began) / 1_000).toFixed(1) });
  job.summarise({ heading: `${inputs.service}: traffic moved to ${move.to.release}`, paragraphs: [switchLine(inputs, move)] });
}

async function proveOrGoBack(server: Server, plan: Plan, proof: Proof, follow: Follow): Promise<void> {
  const { verdict, reason } = await proveLive(server, proof, follow.signal);
  const gap = proofGap(proof);
  if (gap !== undefined) follow.log.warning(gap);
  if (verdict === 'pass') return follow.log.info(`Proved: ${reason}.`);
  await goBack(server, plan, follow);
  throw new UserError(`The proof from outside ${verdict === 'fail' ? 'failed' : 'was inconclusive'}: ${reason}. Traffic went back to where it was.`);
}

async function confirmAndDrain(inputs: Inputs, job: Job<typeof action>, server: Server, plan: Plan, move: Move, follow: Follow): Promise<void> {
  await confirm(server, plan, follow);
  job.output({ confirmed: true });
  if (move.from === undefined) return;
  const left = await job.log.group(`Draining slot ${move.from.slot}`, () => drain(server, plan, move, inputs.drainTimeout, job.log));
  job.output({ 'open-connections': left ?? '' });
}

function switchLine({ confirmWithin, standby }: Inputs, { to, from }: Move): string {
  const state = confirmWithin === undefined ? 'confirmed' : `to be confirmed within ${formatDuration(confirmWithin)}`;
  const before = from?.release === undefined ? '' : ` ${from.release} stays warm for ${formatDuration(standby)}.`;
  return `Slot ${to.slot}, verified, ${state}.${before}`;
}
