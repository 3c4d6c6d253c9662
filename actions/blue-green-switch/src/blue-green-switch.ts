import { formatDuration, inSeconds } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { onEveryHost } from '#shared/runner/over-fleet';
import { proofOf } from '#shared/runner/proof-inputs';
import { carryOut, confirm, goBack, stayTogether, type Follow } from '#shared/server/carry-out';
import type { Counters } from '#shared/server/counters';
import { describePlan, type Plan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import { drain } from '#shared/traffic/drain';
import type { Move } from '#shared/traffic/move';
import { proofGap, proveLive, type Proof } from '#shared/traffic/proof';
import { confirmPending } from './confirm.ts';
import { decideMove } from './decide.ts';
import type { action, Inputs } from './inputs.ts';
import { closeTraffic, openTraffic } from './maintenance.ts';
import { planSwitch } from './switch-plan.ts';

/** Moves traffic to the prepared release, confirms that it stays there, or closes and opens the service. */
export async function blueGreenSwitch(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  await onEveryHost(inputs, job, { has: HAS[inputs.operation] }, async (own, server, together) => {
    const follow = { log: own.log, signal: own.signal, service: inputs.service };
    switch (inputs.operation) {
      case 'switch': return await moveTraffic(inputs, own, server, { ...follow, ...(together && { together }) });
      case 'confirm': return await confirmPending(inputs, own, server, follow);
      case 'maintenance-off': return await openTraffic(inputs, own, server, follow);
      default: return await closeTraffic(inputs, own, server, follow);
    }
  });
}

const HAS: Readonly<Record<Inputs['operation'], string>> = {
  switch: 'serve the new release', confirm: 'have confirmed', 'maintenance-on': 'are closed', 'maintenance-off': 'are open', 'emergency-stop': 'are stopped',
};

async function moveTraffic(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<void> {
  const began = performance.now();
  const decision = await decideMove(inputs, job, server, follow);
  const { move } = decision;
  const plan = planSwitch(decision, inputs);
  if (inputs.dryRun) return job.log.output(describePlan(plan));
  const { counters } = await carryOut(server, plan, [], follow);
  job.log.info(`${reach(move)} (${formatDuration(performance.now() - began)} after the start).`);
  if (move.isWhole) await proveOrGoBack(server, plan, proofOf(inputs, move.held?.[move.to.slot] ?? move.definition, move.to.release), follow);
  await stayTogether(server, plan, follow);
  job.output({ release: move.to.release, slot: move.to.slot, 'previous-release': move.from?.release ?? '', verified: true, confirmed: false, counters });
  if (inputs.confirmWithin === undefined) await confirmAndDrain(inputs, job, server, plan, move, counters, follow);
  else job.log.info(`Not confirmed yet: without a further step within ${formatDuration(inputs.confirmWithin)}, ${server.label} goes back by itself.`);
  job.output({ duration: inSeconds(performance.now() - began) });
  job.summarise({ heading: `${inputs.service}: traffic moved to ${move.to.release}`, paragraphs: [switchLine(inputs, move)] });
}

async function proveOrGoBack(server: Server, plan: Plan, asked: Proof, follow: Follow): Promise<void> {
  follow.log.info('Proving it from outside.');
  // What the public address answers says nothing of one host among many.
  const proof = follow.together === undefined ? asked : { ...asked, url: undefined };
  const { verdict, reason } = await proveLive(server, proof, follow.signal);
  const gap = proofGap(proof);
  if (gap !== undefined && follow.together === undefined) follow.log.warning(gap);
  if (verdict === 'pass') return follow.log.info(`Proved: ${reason}.`);
  await goBack(server, plan, follow);
  throw new UserError(`The proof from outside ${verdict === 'fail' ? 'failed' : 'was inconclusive'}: ${reason}. Traffic went back to where it was.`);
}

async function confirmAndDrain(inputs: Inputs, job: Job<typeof action>, server: Server, plan: Plan, move: Move, counters: readonly Counters[], follow: Follow): Promise<void> {
  await confirm(server, plan, follow);
  job.output({ confirmed: true });
  const { from } = move;
  if (from === undefined) return;
  const drained = await job.log.group(`Draining slot ${from.slot}`, () => drain(server, plan, move, inputs.drainTimeout, job.log));
  job.output({ 'open-connections': drained.open ?? '', counters: [...counters, ...drained.counters] });
}

function reach({ to, isWhole, shares }: Move): string {
  return `${isWhole ? 'Users' : `${shares.at(-1)?.percent} % of requests`} reach ${to.release} in slot ${to.slot}`;
}

function switchLine({ confirmWithin, standby }: Inputs, move: Move): string {
  const { to, from, isWhole } = move;
  if (!isWhole) return `${reach(move)}; ${confirmWithin === undefined ? '' : `without a further step, traffic goes back after ${formatDuration(confirmWithin)}.`}`;
  const state = confirmWithin === undefined ? 'confirmed' : `to be confirmed within ${formatDuration(confirmWithin)}`;
  const before = from?.release === undefined ? '' : ` ${from.release} stays warm for ${formatDuration(standby)}.`;
  return `Slot ${to.slot}, verified, ${state}.${before}`;
}
