import type { Job } from '#shared/runner/action';
import { bookOf, type Work } from '#shared/migrations/work';
import { engineOf, withDefaults } from '#shared/migrations/options';
import { uploaded } from '#shared/migrations/uploaded';
import { UserError } from '#shared/core/errors';
import { latestClaim } from '#shared/server/ledger';
import type { Server } from '#shared/server/server';
import { readDeployed, type DeployedState } from '#shared/server/service';
import { liveRelease } from '#shared/server/state';
import type { action, Inputs } from './inputs.ts';

/** What all operations work on: the migrations of one database, of a release on the server or of the workspace. */
export async function assemble(inputs: Inputs, job: Job<typeof action>, server: Server): Promise<{ readonly work: Work; readonly state: DeployedState }> {
  const state = await readDeployed(server, inputs);
  const engine = engineOf(inputs.engine);
  const files = inputs.source === undefined ? [] : await uploaded(inputs.source, job.signal);
  const release = inputs.source === undefined ? releaseOf(inputs, state, job.run.id) : '';
  const work: Work = {
    definition: state.definition, state: state.folder, generation: latestClaim(state.events)?.generation ?? 0, run: job.run, engine,
    setup: { database: inputs.database.kind, directory: directoryOf(inputs), options: withDefaults(engine, inputs.options) },
    database: inputs.database, release, files, timeout: inputs.timeout,
    limits: { lockTimeout: inputs.lockTimeout, statementTimeout: inputs.statementTimeout, longTransaction: inputs.longTransaction, patience: inputs.waitForOthers, retries: inputs.lockRetries },
  };
  job.log.info(`Migrations of ${inputs.database.name}, ${files.length > 0 ? `${inputs.source} of the workspace` : `release ${release}`}. What is kept of them is in ${bookOf(work)} of ${server.label}.`);
  return { work, state };
}

// A folder that is nothing but migrations, with files that came along; engine sql looks nowhere else for them.
function directoryOf({ directory, engine, source }: Inputs): string {
  if (directory !== undefined) return directory.replace(/^\.\//, '').replace(/\/+$/, '') || '.';
  if (source !== undefined) return '.';
  return engine === 'sql' ? 'db/migrations' : '';
}

function releaseOf({ release }: Inputs, state: DeployedState, run: string): string {
  const own = state.events.findLast((event) => event.event === 'release' && event.run === run)?.release;
  const found = release ?? own ?? liveRelease(state);
  if (found === undefined) throw new UserError(`Users reach no release of ${state.definition.service} yet, and this run has prepared none. Deploy first, or name a release or a source.`);
  if (!state.releases.includes(found)) throw new UserError(`Release ${found} is not on the server any more. There are: ${state.releases.join(', ') || 'none'}.`);
  return found;
}
