import { UserError } from '#shared/core/errors';
import { copyFiles, planCopies, type Copies } from '#shared/database/copy-plan';
import type { Job } from '#shared/runner/action';
import { carryOut } from '#shared/server/carry-out';
import type { Server } from '#shared/server/server';

/** Has the server copy a set; says which set stays where it is when that fails. @throws {UserError} */
export async function copySet(server: Server, copies: Copies, job: Pick<Job<never>, 'log' | 'signal'>, service: string): Promise<void> {
  try {
    await carryOut(server, planCopies(copies), copyFiles(copies), { log: job.log, signal: job.signal, service });
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`Set ${copies.set} is there and proven, but not copied. ${error.message}`);
    throw error;
  }
}
