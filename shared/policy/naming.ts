import type { Finding, MergedFinding } from '#shared/findings/finding';

/**
 * Whether the names (small letters) mean a finding: one of its keys, or a name of every source. A source joined by an alias may lack
 * the name, but not where it tells of another CVE: what is said of one vulnerability does not speak for a second.
 */
export function isNamed(finding: MergedFinding, names: ReadonlySet<string>): boolean {
  if ([finding.key, ...finding.keys].some((key) => names.has(key.toLowerCase()))) return true;
  const own = finding.sources.map(namesOf);
  const meant = withTheirCves(names, own);
  return own.some((of) => of.some((name) => meant.has(name))) && own.every((of) => of.some((name) => meant.has(name)) || !of.some(isCve));
}

/** The names of a rule or advisory, in small letters. */
export function namesOf({ rule, aliases }: Finding): readonly string[] {
  return [rule, ...aliases].map((name) => name.toLowerCase());
}

// An advisory of another database means every CVE that it tells of.
function withTheirCves(names: ReadonlySet<string>, own: readonly (readonly string[])[]): ReadonlySet<string> {
  return [...names].some(isCve) ? names : new Set([...names, ...own.filter((of) => of.some((name) => names.has(name))).flat()]);
}

function isCve(name: string): boolean {
  return name.startsWith('cve-');
}
