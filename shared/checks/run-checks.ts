import type { Check, CheckContext, CheckResult } from './check.ts';
import { runCheck, type Readiness } from './readiness.ts';

const PARALLEL = 8;

/**
 * Runs the checks, eight at a time or as many as told, each until it is ready; the results are in the order of the checks.
 * Give them to `overall` for the verdict: no check at all is inconclusive.
 */
export async function runChecks(checks: readonly Check[], context: CheckContext, readiness?: Readiness, parallel = PARALLEL): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const waiting = checks.entries();
  const work = async (): Promise<void> => {
    for (const [index, check] of waiting) results[index] = await runCheck(check, context, readiness);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, checks.length) }, work));
  return results;
}
