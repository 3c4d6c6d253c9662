import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { carryOut, type Follow } from '#shared/server/carry-out';
import { hasSlots } from '#shared/server/definition';
import { claimMembers, latestClaim, type LedgerEvent } from '#shared/server/ledger';
import { describePlan, newPlanId, type Plan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import { heal, readDeployed, type DeployedState } from '#shared/server/service';
import { closing, opening } from '#shared/traffic/maintenance';
import type { action, Inputs } from './inputs.ts';

const LOCK_WAIT = 300_000;

/** Answers users with the maintenance page from now on; an emergency stop also stops what runs in the slots. */
export async function closeTraffic(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<void> {
  const { state, generation } = await takeOver(inputs, job, server, follow);
  const stops = inputs.operation === 'emergency-stop';
  if (state.closed !== undefined && !stops) return tell(job, state, 'Maintenance was on already.');
  await perform(inputs, job, server, follow, { ...base(state, generation), ...closing({ state, run: job.run, stops }) });
  if (!inputs.dryRun) tell(job, state, stops ? 'Users see the maintenance page, and nothing runs in the slots.' : 'Users see the maintenance page.');
}

/** Sends users to the release again that was live before; it is started first, should it not run any more. */
export async function openTraffic(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<void> {
  const { state, generation } = await takeOver(inputs, job, server, follow);
  const { closed } = state;
  if (closed === undefined) return tell(job, state, 'Maintenance was off already.');
  await perform(inputs, job, server, follow, { ...base(state, generation), ...opening({ state, run: job.run, closed }) });
  if (!inputs.dryRun) tell(job, state, `Users reach ${closed.release ?? 'the app'} again.`);
}

/** Why a switch is refused while another run's maintenance is on. */
export function maintenanceIsOn(service: string, { run, time, url }: LedgerEvent): string {
  return `${service} is closed for maintenance since ${time} by run ${run} (${url}). A switch would open it. Open it first with operation: maintenance-off, or switch in that run.`;
}

async function takeOver(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow): Promise<{ state: DeployedState; generation: number }> {
  const seen = await readDeployed(server, inputs);
  if (!hasSlots(seen.definition)) throw new UserError(`${inputs.service} is deployed in place: without slots there is no router that could answer for it.`);
  const isOwn = inputs.dryRun || latestClaim(seen.events)?.run === job.run.id;
  const taken = isOwn ? seen : await readDeployed(server, inputs, claimMembers(job.run, 'maintenance'));
  const generation = taken.claimed ?? latestClaim(taken.events)?.generation ?? 0;
  const isHealed = !inputs.dryRun && (await heal(server, taken, generation, follow));
  return { state: isHealed ? await readDeployed(server, inputs) : taken, generation };
}

function base(state: DeployedState, generation: number): Pick<Plan, 'id' | 'state' | 'generation' | 'lockWait' | 'environment' | 'confirmWithin'> {
  return { id: newPlanId(new Date()), state: state.folder, generation, lockWait: LOCK_WAIT, environment: {}, confirmWithin: 0 };
}

async function perform(inputs: Inputs, job: Job<typeof action>, server: Server, follow: Follow, plan: Plan): Promise<void> {
  if (inputs.dryRun) job.log.output(describePlan(plan));
  else await carryOut(server, plan, [], follow);
}

// An emergency stop has emptied the slot, and the release is started there again.
function tell(job: Job<typeof action>, { definition, live, slots, closed }: DeployedState, line: string): void {
  job.log.info(line);
  job.output({ slot: live ?? '', release: (live === undefined ? undefined : slots[live]) ?? closed?.release ?? '' });
  job.summarise({ heading: `${definition.service}: traffic`, paragraphs: [line] });
}
