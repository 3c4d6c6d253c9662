import type { Job } from '#shared/runner/action';
import type { Server } from '#shared/server/server';
import type { action, Inputs } from './inputs.ts';

/** Tells what runs where. */
export async function showStatus(inputs: Inputs, job: Job<typeof action>, server: Server): Promise<void> {
  await server.connection().exec('true');
  job.log.info(inputs.service);
}
