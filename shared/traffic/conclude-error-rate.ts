import type { CheckResult } from '#shared/checks/check';

/** The result at the end of a watch, when no more requests come: judged by those there were, and inconclusive if there was none. */
export function concludeErrorRate(result: CheckResult, percent: number): CheckResult {
  const [, requests, errors] = /^(\d+) requests, (\d+) errors/.exec(result.evidence.output ?? '') ?? [];
  if (result.verdict !== 'pass' || requests === undefined) return result;
  const counted = `${errors} of ${requests} requests were answered with errors`;
  if (requests === '0') return { ...result, verdict: 'inconclusive', reason: 'no request reached the slot while it was watched' };
  return Number(errors) * 100 > Number(requests) * percent ? { ...result, verdict: 'fail', reason: `${counted}, expected ${percent}% at most` } : { ...result, reason: counted };
}
