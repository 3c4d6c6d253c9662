import { messageOf, NoRoom } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { carryOut } from '#shared/server/carry-out';
import type { Server } from '#shared/server/server';
import { readState } from '#shared/server/service';
import { planRoom, type Deployment } from './deploy-plan.ts';
import type { action } from './inputs.ts';

/**
 * Does what needs room on the server's disks; where there is too little, what no release needs any more is removed first, and it is tried once again.
 * Never goes below what a rollback may need. @throws {NoRoom} when there is too little even so.
 */
export async function inRoom<Result>(job: Pick<Job<typeof action>, 'log' | 'signal'>, server: Server, deployment: Deployment, act: (deployment: Deployment) => Promise<Result>): Promise<Result> {
  try {
    return await act(deployment);
  } catch (error) {
    if (!(error instanceof NoRoom)) throw error;
    job.log.info(`${messageOf(error)}\nWhat no release needs any more is removed first.`);
    const { definition } = deployment;
    try {
      await carryOut(server, planRoom(deployment), [], { ...job, service: definition.service });
    } catch (fault) {
      job.signal.throwIfAborted();
      job.log.info(messageOf(fault));
      throw error;
    }
    return act({ ...deployment, state: await readState(server, definition, '') });
  }
}
