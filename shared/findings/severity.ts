/** Severities, the worst first. `unknown` is a class of its own, never a low one: where it counts, the policy says how. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What one source says of a severity. `text` is what it wrote, for people. */
export interface SeverityClaim {
  readonly severity: Severity;
  /** A word for severity, a CVSS score, a CVSS vector, a level such as SARIF's `error`, or a rule of ours about the tool. */
  readonly from: 'label' | 'score' | 'vector' | 'level' | 'rule';
  readonly text: string;
  readonly score?: number;
  readonly vector?: string;
  /** Who says so, when the tool passes on what others say: `nvd`, `ghsa`, `redhat` ... */
  readonly source?: string;
}

const WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical', blocker: 'critical', urgent: 'critical', defcon1: 'critical',
  high: 'high', important: 'high', major: 'high', error: 'high',
  medium: 'medium', moderate: 'medium', warning: 'medium',
  low: 'low', minor: 'low', note: 'low',
  info: 'info', informational: 'info', information: 'info', negligible: 'info', none: 'info',
};

/** The severity a word stands for, in the meaning most tools share; `unknown` for any other word. Tools that mean something else have a table of their own. */
export function severityOfWord(word: string): Severity {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(WORDS, key) ? WORDS[key] ?? 'unknown' : 'unknown';
}

/**
 * The severity of a CVSS base score by FIRST's table; `unknown` for what is no score. Version 2 has no critical.
 * https://www.first.org/cvss/v3-1/specification-document#Qualitative-Severity-Rating-Scale
 */
export function severityOfScore(score: number, version: 2 | 3 | 4 = 3): Severity {
  if (!(score >= 0 && score <= 10)) return 'unknown';
  if (score >= 9 && version > 2) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}

/** Below 0 when `a` is worse than `b`: an order for sorting, the worst first, unknown last. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

/** The worst of some severities; `unknown` only when none is known. */
export function worst(severities: readonly Severity[]): Severity {
  return severities.reduce((a, b) => (compareSeverity(a, b) <= 0 ? a : b), 'unknown');
}
