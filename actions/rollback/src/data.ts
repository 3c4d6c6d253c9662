import { UserError } from '#shared/core/errors';
import { isOf } from '#shared/database/backup-set';
import { readSets } from '#shared/database/read-sets';
import type { Restore } from '#shared/database/restore-plan';
import type { Job } from '#shared/runner/action';
import { restoreOf, restoreTold, wantedSet } from '#shared/runner/restore-inputs';
import type { Server } from '#shared/server/server';
import { readDeployed, type DeployedState } from '#shared/server/service';
import type { Together } from '#shared/server/together';
import { isDataToGoBack, refuseBarrier, type Decision } from './decide.ts';
import type { action, Inputs } from './inputs.ts';

/** The data that goes back with a decision, undefined where it stays. @throws {UserError} when a schema barrier forbids to go back without, or the set does not fit. */
export async function dataFor(inputs: Inputs, job: Job<typeof action>, server: Server, state: DeployedState, decision: Decision, together: Together | undefined): Promise<Restore | undefined> {
  const isWanted = inputs.data === 'restore';
  const hasBarrier = state.events.some(({ barrier }) => barrier === true);
  if (!isWanted && !hasBarrier) return undefined;
  if (isWanted && together !== undefined) throw new UserError('data: restore takes one host. Restore the data where the database is with operation: restore of db-backup, then roll the hosts back.');
  const directory = inputs.directory ?? `${state.definition.path}/backups`;
  const sets = await readSets(server, directory);
  const isDue = isWanted && isDataToGoBack(state, decision, inputs.release, job.run.id);
  const manifest = isDue ? wantedSet(sets, inputs.set ?? 'latest', { definition: state.definition, directory }) : undefined;
  const restore = manifest === undefined ? undefined : restoreOf(inputs, manifest, { definition: state.definition, events: state.events, run: job.run, directory }, job.log);
  const restored = manifest && restore && { ...manifest, parts: manifest.parts.filter(({ name }) => restore.opened.sources.some((source) => source.name === name)) };
  if (decision.kind === 'go-back') refuseBarrier(state, decision, sets.filter(isOf(state.definition)), restored);
  return restore;
}

/** Puts out and says what became of the data. */
export async function dataTold(inputs: Inputs, job: Job<typeof action>, server: Server, data: Restore): Promise<string> {
  const { lost } = (await readDeployed(server, inputs)).events.findLast(({ event, plan }) => event === 'restore' && plan === data.id) ?? {};
  job.output({ set: data.opened.manifest?.set ?? '', restore: data.id, lost });
  return restoreTold(data, lost);
}
