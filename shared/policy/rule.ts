import { formatDuration } from '#shared/core/duration';
import type { MergedFinding, Package } from '#shared/findings/finding';
import { compareSeverity, type Severity } from '#shared/findings/severity';
import type { Facts } from './facts.ts';
import { fitsName, fitsPath } from './pattern.ts';
import type { Rule } from './policy.ts';

type Condition = (rule: Rule, facts: Facts, now: Date) => string | undefined;

/** Why a finding does not meet a rule: the first condition that it fails, as a sentence; undefined when it meets all. */
export function unmet(rule: Rule, facts: Facts, now: Date): string | undefined {
  for (const condition of conditions) {
    const reason = condition(rule, facts, now);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Whether a severity is at least as bad as another; unknown is as bad as unknown alone. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  if (severity === 'unknown' || threshold === 'unknown') return severity === threshold;
  return compareSeverity(severity, threshold) <= 0;
}

const conditions: readonly Condition[] = [
  ({ severity: threshold }, { severity }) => (threshold === undefined || isAtLeast(severity, threshold) ? undefined : threshold === 'unknown' ? `its severity is known: ${severity}` : `${severity} is not ${threshold} or worse`),
  ({ kinds }, { finding }) => among(kinds, finding.kinds, 'kinds'),
  ({ tools }, { finding }) => among(tools?.map((tool) => tool.toLowerCase()), finding.tools, 'tools'),
  ({ packages }, { finding }) => fitting(packages, packageNames(finding), 'package', fitsName),
  ({ paths }, { finding }) => fitting(paths, finding.sources.flatMap(({ location, otherLocations = [] }) => [location, ...otherLocations].flatMap((one) => one?.path ?? [])), 'path', fitsPath),
  ({ licences }, { finding }) => fitting(licences, finding.sources.flatMap(({ licence, kind, rule }) => [licence, kind === 'licence' ? rule : undefined]).filter((name) => name !== undefined), 'licence', fitsName),
  ({ scope }, { finding }) => (scope === undefined || finding.sources.some((source) => (source.scope ?? scope) === scope) ? undefined : `it is not a ${scope} dependency`),
  ({ fixable }, { finding }) => differing(fixable, finding.fixedIn.length > 0, 'a version without it is known', 'no version without it is known'),
  ({ kev }, { isKev }) => differing(kev, isKev, 'it is known to be exploited', 'it is not known to be exploited'),
  unlikelyExploited,
  tooYoung,
  ({ new: wanted }, { isNew }) => differing(wanted, isNew, 'it is new', 'the baseline has it'),
];

/** The names by which a package may be called: its own, with its version, its purls. */
export function packageNames(finding: MergedFinding): readonly string[] {
  return namesOfPackages([finding, ...finding.sources].flatMap(({ package: one }) => one ?? []));
}

/** The same of some packages. */
export function namesOfPackages(packages: readonly Package[]): readonly string[] {
  const all = packages.flatMap(({ name, version, purl }) => [name, ...(version === undefined ? [] : [`${name}@${version}`]), ...(purl === undefined ? [] : [purl, purl.replace(/[?#].*$/, ''), purl.replace(/@[^/]*$/, '')])]);
  return [...new Set(all)];
}

function among(wanted: readonly string[] | undefined, found: readonly string[], what: string): string | undefined {
  return wanted === undefined || found.some((one) => wanted.includes(one)) ? undefined : `its ${what} are ${found.join(', ')}`;
}

function fitting(patterns: readonly string[] | undefined, names: readonly string[], what: string, fits: (pattern: string, name: string) => boolean): string | undefined {
  if (patterns === undefined || patterns.some((pattern) => names.some((name) => fits(pattern, name)))) return undefined;
  return names.length === 0 ? `it has no ${what}` : `its ${what} is ${names[0]}`;
}

function differing(wanted: boolean | undefined, is: boolean, positive: string, negative: string): string | undefined {
  return wanted === undefined || wanted === is ? undefined : is ? positive : negative;
}

// Only advisories are scored; one that has no score yet may be the newest of all.
function unlikelyExploited({ epss: threshold }: Rule, { epss, finding }: Facts): string | undefined {
  if (threshold === undefined) return undefined;
  if (epss !== undefined) return epss >= threshold ? undefined : `its EPSS is ${epss}, below ${threshold}`;
  return finding.aliases.length > 0 ? undefined : 'it is no advisory, and EPSS scores nothing else';
}

function tooYoung({ olderThan }: Rule, { firstSeen }: Facts, now: Date): string | undefined {
  if (olderThan === undefined || firstSeen === undefined) return undefined;
  const age = Math.max(0, now.getTime() - Date.parse(firstSeen));
  return age > olderThan ? undefined : `it has been known for ${formatDuration(age)}, and the rule is about more than ${formatDuration(olderThan)}`;
}
