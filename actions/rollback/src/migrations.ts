import { undoApplied } from '#shared/migrations/undo-own';
import type { Job } from '#shared/runner/action';
import type { Server } from '#shared/server/server';
import { readDeployed } from '#shared/server/service';
import type { Decision } from './decide.ts';
import type { action, Inputs } from './inputs.ts';

/** Undoes what this run or the undone release has migrated, with the files it came with; says what. @throws {UserError} when one fails, saying what it left. */
export async function undoMigrations(inputs: Inputs, job: Job<typeof action>, server: Server, decision: Decision): Promise<string> {
  const undone = decision.kind === 'go-back' ? decision.undone : undefined;
  const state = await readDeployed(server, inputs);
  const done = await undoApplied(server, state, job.run, ({ run, release }) => run === job.run.id || (undone !== undefined && release === undone), inputs.databasePassword, { log: job.log, signal: job.signal, service: inputs.service });
  const names = done.flatMap(({ migrations }) => migrations);
  job.output({ 'undone-migrations': names });
  return names.length === 0 ? 'There was no migration to undo.' : `Undone in ${done.map(({ database }) => database).join(', ')}: ${names.join(', ')}.`;
}
