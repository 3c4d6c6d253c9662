import type { Job } from '#shared/runner/action';
import type { Server } from '#shared/server/server';
import { readState } from '#shared/server/service';
import type { action, Inputs } from './inputs.ts';
import { statusSection, statusText } from './status-text.ts';
import { statusOf } from './service-status.ts';

/** Tells what runs where: in the log, the job summary and the output `status`. Changes nothing. */
export async function showStatus(inputs: Inputs, job: Job<typeof action>, server: Server): Promise<void> {
  const { service, environment, path } = inputs;
  const state = await readState(server, { service, environment, ...(path === undefined ? {} : { path }) });
  const status = statusOf({ service, environment, server: server.label }, state);
  job.output({ status });
  job.log.info(statusText(status));
  job.summarise(statusSection(status));
}
