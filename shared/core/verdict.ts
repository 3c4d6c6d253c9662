/** What a check found. No evidence is `inconclusive`, and never a pass. */
export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** The verdict over many: one failure fails, one gap in the evidence is inconclusive, and nothing at all is inconclusive. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}
