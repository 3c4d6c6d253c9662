import { blindSpots } from '#shared/checks/blind-spots';
import { keptConnection } from '#shared/checks/kept-connection';
import { maskable } from '#shared/checks/redaction';
import { runChecks } from '#shared/checks/run-checks';
import { UserError } from '#shared/core/errors';
import { overall } from '#shared/core/verdict';
import type { Job } from '#shared/runner/action';
import { sshTarget } from '#shared/runner/connection-inputs';
import type { action, Inputs } from './inputs.ts';
import { gatherChecks } from './checks.ts';
import { logResults, outputsOf, summaryOf, verdictLine } from './report.ts';
import { lookUpService, withErrorRate } from './service.ts';

// Left of the time limit for the report, so that it says what was found rather than that time was up.
const REPORT_MS = 1_000;

/** Runs the checks until they pass or the time is up, reports what they found and what they would miss, and fails unless all passed. */
export async function smokeTest(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  const service = await lookUpService(inputs, job);
  const checks = gatherChecks(inputs, service);
  checks.flatMap(maskable).forEach((secret) => job.mask(secret));
  const connection = keptConnection(async () => connectToServer(inputs, job));
  const context = { signal: job.signal, attemptTimeout: inputs.attemptTimeout, server: () => connection.server() };
  const readiness = { total: inputs.once ? 0 : inputs.timeout - Math.min(REPORT_MS, inputs.timeout / 10), successes: inputs.successes, ...(inputs.interval === undefined ? {} : { interval: inputs.interval }) };
  const started = performance.now();
  try {
    const measured = await job.log.group(checks.length === 1 ? 'Running the check' : `Running ${checks.length} checks`, () => runChecks(checks, context, readiness));
    const results = withErrorRate(measured, service, inputs.maxErrorRate);
    const verdict = overall(results.map((result) => result.verdict));
    const spots = blindSpots(checks, inputs.successes);
    job.output(outputsOf(verdict, results, performance.now() - started));
    job.summarise(summaryOf(verdict, results, spots));
    logResults(job.log, results, spots);
    if (verdict !== 'pass') throw new UserError(verdictLine(verdict, results));
    job.log.info(verdictLine(verdict, results));
  } finally {
    connection.close();
  }
}

// SSH is most of the program, and most smoke tests need none.
async function connectToServer(inputs: Inputs, { log, signal }: Job<typeof action>): ReturnType<typeof import('#shared/system/ssh/connection').connect> {
  const { connect } = await import('#shared/system/ssh/connection');
  return connect(sshTarget(inputs), log, signal);
}
