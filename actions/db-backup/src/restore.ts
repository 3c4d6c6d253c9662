import type { Manifest } from '#shared/database/backup-set';
import { openedFiles } from '#shared/database/opened-set';
import { planRestore, type Restore } from '#shared/database/restore-plan';
import type { Job } from '#shared/runner/action';
import { restoreOf, restoreTold, swapBackOf, wantedSet } from '#shared/runner/restore-inputs';
import { carryOut, PlanFailed } from '#shared/server/carry-out';
import { latestClaim } from '#shared/server/ledger';
import { describePlan, type Plan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import { readDeployed, type DeployedState } from '#shared/server/service';
import type { action, Inputs } from './inputs.ts';

interface Sets {
  readonly directory: string;
  readonly sets: readonly Manifest[];
}

/** Makes a set live again, or what an earlier restore put aside. */
export async function restoreSet(inputs: Inputs, job: Job<typeof action>, server: Server, state: DeployedState, { directory, sets }: Sets): Promise<void> {
  const occasion = { definition: state.definition, events: state.events, run: job.run, directory };
  const restore = inputs.operation === 'restore' ? restoreOf(inputs, wantedSet(sets, inputs.set ?? '', occasion), occasion, job.log) : swapBackOf(inputs, inputs.swapBack ?? '', occasion);
  const plan = planRestore(restore, state.folder, latestClaim(state.events)?.generation ?? 0);
  if (inputs.dryRun) return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(describePlan(plan)));
  job.output({ restore: restore.id, ...(restore.opened.manifest && { set: restore.opened.manifest.set }) });
  await carryOutSwap(server, plan, restore, job, inputs.service);
  const { lost } = (await readDeployed(server, inputs)).events.findLast(({ event, plan: by }) => event === 'restore' && by === restore.id) ?? {};
  const line = restoreTold(restore, lost);
  job.output({ lost });
  job.log.info(line);
  job.summarise({ heading: `${inputs.service}: ${restore.undoes === undefined ? 'restore' : 'swap back'}`, paragraphs: [line] });
}

async function carryOutSwap(server: Server, plan: Plan, { opened }: Restore, { log, signal }: Job<typeof action>, service: string): Promise<void> {
  try {
    await carryOut(server, plan, openedFiles(opened), { log, signal, service });
  } catch (error) {
    if (!(error instanceof PlanFailed)) throw error;
    const message = error.message.replace('Traffic went back to where it was.', 'What was live before is live again.').replace('users noticed nothing.', 'what is live was not touched.');
    throw new PlanFailed(message, error.outcome);
  }
}
