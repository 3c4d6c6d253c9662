import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { sshTarget } from '#shared/runner/connection-inputs';
import { oneOf } from '#shared/runner/fleet-inputs';
import { gatherChecks } from './checks.ts';
import { asksServer, type action, type Inputs } from './inputs.ts';
import { measure } from './measure.ts';
import { logResults, outputsOf, summaryOf, verdictLine } from './report.ts';
import { lookUpService, type Surroundings } from './service.ts';

/** Runs the checks until they pass or the time is up, reports what they found and what they would miss, and fails unless all passed. */
export async function smokeTest(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  if (inputs.host.length > 1 && asksServer(inputs)) return (await import('./fleet.ts')).smokeTestFleet(inputs, job);
  const service = await lookUpOne(inputs, job);
  const checks = gatherChecks(inputs, service);
  const started = performance.now();
  const { verdict, results, spots } = await measure(inputs, job, { checks, service, open: () => connectToServer(inputs, job) });
  job.output(outputsOf(verdict, results, performance.now() - started));
  job.summarise(summaryOf(verdict, results, spots));
  logResults(job.log, results, spots);
  if (verdict !== 'pass') throw new UserError(verdictLine(verdict, results));
  job.log.info(verdictLine(verdict, results));
}

async function lookUpOne(inputs: Inputs, { log, signal }: Job<typeof action>): Promise<Surroundings> {
  if (inputs.slot === undefined && inputs.maxErrorRate === undefined) return {};
  const { openServer } = await import('#shared/server/server');
  await using server = await openServer(sshTarget(oneOf(inputs, inputs.host[0])), log, signal);
  return await lookUpService(inputs, log, server);
}

// SSH is most of the program, and most smoke tests need none.
async function connectToServer(inputs: Inputs, { log, signal }: Job<typeof action>): ReturnType<typeof import('#shared/system/ssh/connection').connect> {
  const { connect } = await import('#shared/system/ssh/connection');
  return connect(sshTarget(oneOf(inputs, inputs.host[0])), log, signal);
}
