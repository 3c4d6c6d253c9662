import { isRolling } from '#shared/containers/rolling/rolling';
import { formatDuration, inSeconds } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { onEveryHost } from '#shared/runner/over-fleet';
import { proofOf } from '#shared/runner/proof-inputs';
import { hasSlots } from '#shared/server/definition';
import { planRestore, type Restore } from '#shared/database/restore-plan';
import type { Follow } from '#shared/server/carry-out';
import { describePlan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import type { DeployedState } from '#shared/server/service';
import { definitionOf } from '#shared/server/state';
import type { Together } from '#shared/server/together';
import { proofGap, proveLive } from '#shared/traffic/proof';
import { decideRollback, type Decision } from './decide.ts';
import type { action, Inputs } from './inputs.ts';
import { dataFor, dataTold } from './data.ts';
import { undoMigrations } from './migrations.ts';
import { goBack, reachedIn, restoreAlone, settledState, type Reached } from './retreat.ts';
import { planRollback } from './rollback-plan.ts';

const BEFORE_THE_FIRST = 'what they reached before the first release';
const NOT_TAKEN_BACK = 'Not taken back: what the undone release wrote to databases, shared files and other services.';

/** Takes users back to a release that was verified once, on one server or on many at once, and proves that it answers. */
export async function rollback(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  await onEveryHost(inputs, job, { has: 'went back' }, (own, server, together) => rollbackOn(inputs, own, server, together));
}

async function rollbackOn(inputs: Inputs, job: Job<typeof action>, server: Server, together: Together | undefined): Promise<void> {
  const began = performance.now();
  const follow = { log: job.log, signal: job.signal, service: inputs.service, ...(together && { together }) };
  const seen = await settledState(inputs, job, server, follow);
  if (seen === undefined) return nothingDeployed(inputs, job, server);
  const decision = decideRollback(seen, inputs.release, job.run.id);
  const data = await dataFor(inputs, job, server, seen, decision, together);
  if (inputs.dryRun) return job.log.output(preview(inputs, job, seen, decision, data));
  const { release: restored, slot } = await carryOutDecision(inputs, job, server, seen, decision, follow, data);
  job.output({ 'restored-release': restored ?? '', 'undone-release': decision.kind === 'nothing' ? '' : decision.undone ?? '', slot: slot ?? '', verified: false });
  const reached = formatDuration(performance.now() - began);
  const undone = inputs.data === 'undo-migrations' ? await undoMigrations(inputs, job, server, decision) : undefined;
  const told = undone ?? (data === undefined ? NOT_TAKEN_BACK : await dataTold(inputs, job, server, data));
  const line = decision.kind === 'nothing' ? decision.reason : `Users reach ${restored ?? BEFORE_THE_FIRST} again, after ${reached}.`;
  const lines = decision.kind === 'nothing' && data === undefined && undone === undefined ? [line] : [line, told];
  job.log.info(lines.join(' '));
  job.summarise({ heading: `${inputs.service}: rollback`, paragraphs: lines });
  if (restored !== undefined) await prove(inputs, job, server, seen, restored, together === undefined);
  job.output({ duration: inSeconds(performance.now() - began, 2) });
}

async function prove(inputs: Inputs, job: Job<typeof action>, server: Server, state: DeployedState, release: string, isAlone: boolean): Promise<void> {
  const definition = definitionOf(state, state.definition, { release });
  const asked = proofOf(inputs, definition, release);
  // What the public address answers says nothing of one host among many.
  const proof = isAlone ? asked : { ...asked, url: undefined };
  if (!hasSlots(definition) && proof.url === undefined) {
    job.log.info(`No url is known, so it was not asked from outside. ${isRolling(definition) ? `All containers of ${release} are healthy` : `${release} passed the health check of its server`}.`);
    return job.output({ verified: true });
  }
  const { verdict, reason } = await proveLive(server, proof, job.signal);
  const gap = proofGap(proof);
  if (gap !== undefined && isAlone) job.log.warning(gap);
  if (verdict !== 'pass') throw new UserError(`Users reach ${release}, but the proof from outside ${verdict === 'fail' ? 'failed' : 'was inconclusive'}: ${reason}.`);
  job.log.info(`Proved: ${reason}.`);
  job.output({ verified: true });
}

// The very first deployment failed and was cleared away: a step with `if: failure()` must not fail for that.
function nothingDeployed({ service }: Inputs, job: Job<typeof action>, { label }: Server): void {
  job.log.info(`No deployment of ${service} has come to its end on ${label} yet, so there is nothing to take back.`);
  job.output({ 'restored-release': '', 'undone-release': '', slot: '', verified: false });
}

async function carryOutDecision(inputs: Inputs, job: Job<typeof action>, server: Server, seen: DeployedState, decision: Decision, follow: Follow, data: Restore | undefined): Promise<Reached> {
  if (decision.kind === 'go-back') return goBack(inputs, job, server, seen, decision, follow, data);
  if (data !== undefined) await restoreAlone(inputs, job, server, data, follow);
  return reachedIn(seen);
}

function preview(inputs: Inputs, job: Job<typeof action>, state: DeployedState, decision: Decision, data: Restore | undefined): string {
  if (decision.kind === 'nothing') return data === undefined ? decision.reason : describePlan(planRestore(data, state.folder, 0));
  if (decision.to === undefined) return `The switch to ${decision.undone} is not confirmed, so it is taken back: users reach ${BEFORE_THE_FIRST} again.`;
  return describePlan(planRollback({ standby: inputs.standby, state, generation: 0, to: decision.to, run: job.run, data }));
}
