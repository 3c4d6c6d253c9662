const DAY_MS = 86_400_000;

/** The step of the workflow that asks the security gate. */
export const GATE = 'Ask the security gate';

/** The shop's waivers: none yet, or the one that lets what bandit finds in orders-report.py stay for two weeks. */
export function waiversText(isWaived: boolean, now = new Date()): string {
  if (!isWaived) return '{} # nothing is waived\n';
  const day = (offset: number): string => new Date(now.getTime() + offset * DAY_MS).toISOString().slice(0, 10);
  return `waivers:
  - finding: B602
    paths: orders-report.py
    stages: production
    reason: Only the bookkeeper's own timer calls it, with an address of ours.
    requested-by: ada
    approved-by: grace
    created: ${day(0)}
    expires: ${day(14)}
`;
}
