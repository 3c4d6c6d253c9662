import { blindSpots } from '#shared/checks/blind-spots';
import type { Check, CheckResult, Server } from '#shared/checks/check';
import { keptConnection } from '#shared/checks/kept-connection';
import { maskable } from '#shared/checks/redaction';
import { runChecks } from '#shared/checks/run-checks';
import { overall, type Verdict } from '#shared/core/verdict';
import type { Job } from '#shared/runner/action';
import type { action, Inputs } from './inputs.ts';
import { withErrorRate, type Surroundings } from './service.ts';

// Left of the time limit for the report, so that it says what was found rather than that time was up.
const REPORT_MS = 1_000;

/** What the checks found, and what a pass of them would not prove. */
export interface Found {
  readonly verdict: Verdict;
  readonly results: readonly CheckResult[];
  readonly spots: readonly string[];
}

/** What is asked, and how the server is reached that some of it is asked of. */
export interface Question {
  readonly checks: readonly Check[];
  readonly service?: Surroundings;
  /** Milliseconds of `timeout` that are gone already. */
  readonly spent?: number;
  open(): Promise<Server & { close(): void }>;
}

/** Runs the checks until they pass or the time is up. */
export async function measure(inputs: Inputs, { log, signal, mask }: Job<typeof action>, { checks, service = {}, spent = 0, open }: Question): Promise<Found> {
  checks.flatMap(maskable).forEach((secret) => mask(secret));
  const { timeout, attemptTimeout, successes, interval, once } = inputs;
  const connection = keptConnection(open);
  const context = { signal, attemptTimeout, server: () => connection.server() };
  const total = Math.max(1, timeout - spent - Math.min(REPORT_MS, timeout / 10));
  try {
    const measured = await log.group(checks.length === 1 ? 'Running the check' : `Running ${checks.length} checks`, () =>
      runChecks(checks, context, { total: once ? 0 : total, successes, ...(interval === undefined ? {} : { interval }) }));
    const results = withErrorRate(measured, service, inputs.maxErrorRate);
    return { verdict: overall(results.map((result) => result.verdict)), results, spots: blindSpots(checks, successes) };
  } finally {
    connection.close();
  }
}
