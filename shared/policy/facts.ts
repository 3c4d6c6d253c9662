import type { MergedFinding } from '#shared/findings/finding';
import { worst, type Severity } from '#shared/findings/severity';
import { standingOf, type Baseline, type Standing } from './baseline.ts';

/** What is known of exploits, from files that the run brought along. */
export interface Feeds {
  /** CVEs in CISA's catalogue. */
  readonly kev: ReadonlySet<string> | undefined;
  /** Probability of exploitation by CVE. */
  readonly epss: ReadonlyMap<string, number> | undefined;
}

/** No feed. */
export const NO_FEEDS: Feeds = { kev: undefined, epss: undefined };

/** A finding with all that rules ask about. */
export interface Facts extends Standing {
  readonly finding: MergedFinding;
  /** The one that counts. */
  readonly severity: Severity;
  /** Who said so, where the policy ranks sources and one of them spoke. */
  readonly severityFrom: string | undefined;
  readonly isSecret: boolean;
  readonly isKev: boolean;
  /** Undefined where nobody gives one. */
  readonly epss: number | undefined;
}

/** What facts are made of besides the finding. */
export interface FactSources {
  readonly severityFrom: readonly string[];
  /** Whether what a scanner set aside stays aside; where it does not, its severity counts as well. */
  readonly takesSuppressions: boolean;
  readonly baseline: Baseline | undefined;
  readonly feeds: Feeds;
  readonly now: Date;
}

/** All that rules ask about a finding. */
export function factsOf(finding: MergedFinding, { severityFrom, takesSuppressions, baseline, feeds, now }: FactSources): Facts {
  const { severity, by } = countingSeverity(finding, severityFrom, takesSuppressions);
  const scores = [finding.epss, ...finding.sources.map(({ epss }) => epss), ...finding.aliases.map((alias) => feeds.epss?.get(alias.toUpperCase()))].filter((score) => score !== undefined);
  return {
    finding, severity, severityFrom: by, ...standingOf(finding, severity, baseline, now),
    isSecret: finding.kinds.includes('secrets') || finding.sources.some(({ kind, secretHash }) => kind === 'secrets' || secretHash !== undefined),
    isKev: finding.knownExploited === true || finding.sources.some(({ knownExploited }) => knownExploited === true) || finding.aliases.some((alias) => feeds.kev?.has(alias.toUpperCase())),
    epss: scores.length === 0 ? undefined : Math.max(...scores),
  };
}

// A ranked source that says "unknown" has not spoken.
function countingSeverity(finding: MergedFinding, ranking: readonly string[], takesSuppressions: boolean): { readonly severity: Severity; readonly by: string | undefined } {
  const open = finding.sources.filter(({ suppressedBy }) => suppressedBy === undefined);
  const counted = takesSuppressions && open.length > 0 ? open : finding.sources;
  const claims = counted.flatMap(({ tool, claims: said }) => said.map(({ severity, source }) => ({ severity, names: [tool, source?.toLowerCase()] })));
  for (const name of ranking) {
    const severity = worst(claims.filter(({ names }) => names.includes(name)).map((claim) => claim.severity));
    if (severity !== 'unknown') return { severity, by: name };
  }
  return { severity: worst([finding.severity, ...counted.map(({ severity }) => severity)]), by: undefined };
}
