import type { Finding, MergedFinding, Package } from '#shared/findings/finding';

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

/**
 * The packages of a finding, those of a version together: what is said of one version does not speak for another beside it. One that tells
 * no version is of each. Tools write or leave out the epoch of a version, and the v of Go's.
 */
export function packagesByVersion({ package: main, sources }: MergedFinding): ReadonlyMap<string, readonly Package[]> {
  const all = [main, ...sources.map((source) => source.package)].filter((one) => one !== undefined);
  const told = Map.groupBy(all.filter(({ version }) => version !== undefined), ({ version = '' }) => version.replace(/^(?:\d+:|v(?=\d))/, ''));
  const untold = all.filter(({ version }) => version === undefined);
  return told.size === 0 ? new Map([['', untold]]) : new Map([...told].map(([version, packages]) => [version, [...packages, ...untold]]));
}

// An advisory of another database means every CVE that it tells of.
function withTheirCves(names: ReadonlySet<string>, own: readonly (readonly string[])[]): ReadonlySet<string> {
  return [...names].some(isCve) ? names : new Set([...names, ...own.filter((of) => of.some((name) => names.has(name))).flat()]);
}

function isCve(name: string): boolean {
  return name.startsWith('cve-');
}
