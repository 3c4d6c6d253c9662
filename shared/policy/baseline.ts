import type { MergedFinding } from '#shared/findings/finding';
import { compareSeverity, SEVERITIES, type Severity } from '#shared/findings/severity';

/** What was known before: the findings of the merge base, or of an earlier decision. */
export interface Baseline {
  /** By each key of a finding. */
  readonly known: ReadonlyMap<string, Known>;
  /** What it was made of, for people: `main at 0123456, 2026-11-20`. */
  readonly of: string;
}

/** A finding that was there before. */
export interface Known {
  readonly severity: Severity;
  /** ISO 8601, where it is known. */
  readonly firstSeen?: string | undefined;
}

/** How a finding stands to the baseline. */
export interface Standing {
  readonly isNew: boolean;
  /** Since when it is known, ISO 8601; undefined where nobody knows. */
  readonly firstSeen: string | undefined;
}

/** Whether a finding is new against the baseline, or worse than there; without a baseline everything is new. A new finding is first seen now. */
export function standingOf(finding: MergedFinding, severity: Severity, baseline: Baseline | undefined, now: Date): Standing {
  const known = finding.keys.map((key) => baseline?.known.get(key)).filter((one) => one !== undefined);
  const seen = [...known.map(({ firstSeen }) => firstSeen), finding.firstSeen, ...finding.sources.map(({ firstSeen }) => firstSeen)].filter(isMoment).toSorted((one, other) => Date.parse(one) - Date.parse(other));
  const isNew = known.every((before) => isWorse(severity, before.severity));
  return { isNew, firstSeen: seen[0] ?? (baseline !== undefined && known.length === 0 ? now.toISOString() : undefined) };
}

/** A baseline out of findings. */
export function baselineOf(findings: Iterable<MergedFinding>, of: string): Baseline {
  return { of, known: new Map([...findings].flatMap(({ keys, severity, firstSeen }) => keys.map((key) => [key, { severity, firstSeen }] as const))) };
}

/** The baseline that a stored decision holds, or undefined where the value is none. */
export function storedBaseline(value: unknown): Baseline | undefined {
  if (!isObject(value) || value['format'] !== DECISION_FORMAT || !isObject(value['known']) || typeof value['decidedAt'] !== 'string') return undefined;
  const entries = Object.entries(value['known']).map(([key, known]) => [key, parseKnown(known)] as const);
  if (entries.some(([, known]) => known === undefined)) return undefined;
  const commit = typeof value['commit'] === 'string' ? value['commit'].slice(0, 12) : '';
  return { known: new Map(entries as readonly (readonly [string, Known])[]), of: [commit, value['decidedAt'].slice(0, 10)].filter(Boolean).join(', ') };
}

/** The `format` of a decision's JSON: a later one that reads otherwise has another number. */
export const DECISION_FORMAT = 'slipway-security-decision/1';

function parseKnown(value: unknown): Known | undefined {
  const [severity, firstSeen] = Array.isArray(value) ? value : [];
  const found = SEVERITIES.find((one) => one === severity);
  return found === undefined ? undefined : { severity: found, firstSeen: typeof firstSeen === 'string' ? firstSeen : undefined };
}

// To and from an unknown severity nobody can tell whether it rose: it counts as a rise, but for those that turn out to be medium or less.
function isWorse(now: Severity, before: Severity): boolean {
  if (now === 'unknown' || before === 'unknown') return now !== before && (now === 'unknown' || compareSeverity(now, 'high') <= 0);
  return compareSeverity(now, before) < 0;
}

function isMoment(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
