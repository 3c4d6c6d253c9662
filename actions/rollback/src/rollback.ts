import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { sshTarget } from '#shared/runner/connection-inputs';
import { proofOf } from '#shared/runner/proof-inputs';
import { carryOut, type Follow } from '#shared/server/carry-out';
import { claimMembers, latestClaim } from '#shared/server/ledger';
import { describePlan } from '#shared/server/plan';
import { openServer, type Server } from '#shared/server/server';
import { asDeployed, heal, readDeployed, readState, type DeployedState } from '#shared/server/service';
import { liveRelease, slotHolding } from '#shared/server/state';
import { proofGap, proveLive } from '#shared/traffic/proof';
import { decideRollback, type Decision } from './decide.ts';
import type { action, Inputs } from './inputs.ts';
import { planRollback } from './rollback-plan.ts';

type GoBack = Extract<Decision, { kind: 'go-back' }>;

/** Takes users back to a release that was verified once, and proves that it answers. */
export async function rollback(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  const began = performance.now();
  await using server = await openServer(sshTarget(inputs), job.log, job.signal);
  const follow = { log: job.log, signal: job.signal, service: inputs.service };
  const first = await readState(server, inputs);
  if (inputs.release === undefined && first.definition === undefined && first.unfinished.length === 0) return nothingDeployed(inputs, job, server);
  const seen = await settle(inputs, job, server, asDeployed(server, inputs, first), follow);
  const decision = decideRollback(seen, inputs.release, job.run.id);
  if (decision.kind === 'nothing') job.log.info(decision.reason);
  else if (inputs.dryRun) return job.log.output(preview(inputs, job, seen, decision));
  const state = decision.kind === 'nothing' ? seen : await goBack(inputs, job, server, decision, follow);
  const restored = liveRelease(state);
  job.output({ 'restored-release': restored ?? '', 'undone-release': decision.kind === 'nothing' ? '' : decision.undone ?? '', slot: state.live ?? '', verified: false });
  if (restored !== undefined) await prove(inputs, job, server, state, restored);
  job.output({ duration: ((performance.now() - began) / 1_000).toFixed(2) });
  const line = decision.kind === 'nothing' ? decision.reason : `Users reach ${restored ?? BEFORE_THE_FIRST} again, after ${formatDuration(performance.now() - began)}. ${NOT_TAKEN_BACK}`;
  job.log.info(line);
  job.summarise({ heading: `${inputs.service}: rollback`, paragraphs: [line] });
}

const BEFORE_THE_FIRST = 'what they reached before the first release';
const NOT_TAKEN_BACK = 'Not taken back: what the undone release wrote to databases, shared files and other services.';

// The very first deployment failed and was cleared away: a step with `if: failure()` must not fail for that.
function nothingDeployed({ service }: Inputs, job: Job<typeof action>, { label }: Server): void {
  job.log.info(`No deployment of ${service} has come to its end on ${label} yet, so there is nothing to take back.`);
  job.output({ 'restored-release': '', 'undone-release': '', slot: '', verified: false });
}

function preview(inputs: Inputs, job: Job<typeof action>, state: DeployedState, { to, undone }: GoBack): string {
  if (to === undefined) return `The switch to ${undone} is not confirmed, so it is taken back: users reach ${BEFORE_THE_FIRST} again.`;
  return describePlan(planRollback({ ...inputs, state, generation: 0, to, run: job.run }));
}

// What is left unfinished is healed before anything is decided by what users reach: a rollback that was killed half-way looks done. Not for a
// run whose service another one took over, and not where taking back what this run switched to heals it anyway.
async function settle(inputs: Inputs, job: Job<typeof action>, server: Server, seen: DeployedState, follow: Follow): Promise<DeployedState> {
  if (inputs.dryRun || seen.unfinished.length === 0) return seen;
  if (inputs.release === undefined && !isLeftHanging(seen, job.run.id)) return seen;
  const taken = inputs.release === undefined ? seen : await readDeployed(server, inputs, claimMembers(job.run, 'rollback'));
  await heal(server, taken, taken.claimed ?? latestClaim(taken.events)?.generation ?? 0, follow);
  return readDeployed(server, inputs);
}

function isLeftHanging(state: DeployedState, run: string): boolean {
  return latestClaim(state.events)?.run === run && decideRollback(state, undefined, run).kind === 'nothing';
}

async function goBack(inputs: Inputs, job: Job<typeof action>, server: Server, { to, undone }: GoBack, follow: Follow): Promise<DeployedState> {
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

async function prove(inputs: Inputs, job: Job<typeof action>, server: Server, { definition }: DeployedState, release: string): Promise<void> {
  const proof = proofOf(inputs, definition, release);
  const { verdict, reason } = await proveLive(server, proof, job.signal);
  const gap = proofGap(proof);
  if (gap !== undefined) job.log.warning(gap);
  if (verdict !== 'pass') throw new UserError(`Users reach ${release} again, but the proof from outside ${verdict === 'fail' ? 'failed' : 'was inconclusive'}: ${reason}.`);
  job.log.info(`Proved: ${reason}.`);
  job.output({ verified: true });
}
