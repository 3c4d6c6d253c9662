import type { Severity, SeverityClaim } from './severity.ts';

/** The kinds of evidence a policy can ask for. */
export const KINDS = ['sast', 'sca', 'container', 'secrets', 'dast', 'iac', 'licence'] as const;
export type Kind = (typeof KINDS)[number];

/** What a vulnerable thing is: a package as its registry names it. `purl` is as the tool gave it, version included. */
export interface Package {
  readonly name: string;
  readonly version?: string;
  /** The purl type: `npm`, `pypi`, `deb` ... */
  readonly ecosystem?: string;
  readonly purl?: string;
}

/** Where in the sources, the image or the site; `path` is a file's path with `/`, or a URL. Lines count from 1. */
export interface Location {
  readonly path: string;
  readonly line?: number;
  readonly endLine?: number;
}

/** That somebody set a finding aside before it came here, in the scanner's own configuration or in the source. */
export interface Suppression {
  readonly by: string;
  readonly reason?: string;
}

/** One problem as one tool reports it. It never holds the value of a secret. */
export interface Finding {
  /** Names the problem in baselines and waivers: the same after a re-run, after lines moved, and for every version of a package. */
  readonly key: string;
  readonly kind: Kind;
  readonly tool: string;
  /** The tool's own name of the problem: a rule, an advisory, a licence. */
  readonly rule: string;
  /** Every advisory name of the problem (CVE, GHSA, PYSEC ...), the preferred first; `rule` among them if it is one. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly message?: string;
  readonly package?: Package;
  /** Versions that mend it; empty when none is known. */
  readonly fixedIn: readonly string[];
  readonly location?: Location;
  /** Further places of the same finding in the same report; the first twenty. A package in another file is a finding of its own. */
  readonly otherLocations?: readonly Location[];
  /** The tool's own judgement: the first of the claims that says anything; `unknown` when none does. */
  readonly severity: Severity;
  /** All that the report says of it, the tool's own judgement first: a score and a vendor's label may differ from it. */
  readonly claims: readonly SeverityClaim[];
  readonly scope?: 'runtime' | 'development';
  /** When the tool saw it first, ISO 8601. */
  readonly firstSeen?: string;
  readonly suppressedBy?: Suppression;
  /** Keyed hash of the secret found: equal for the same secret, and no way back to it. */
  readonly secretHash?: string;
  readonly cwes: readonly string[];
  readonly url?: string;
  /** Said by the tool to be in CISA's catalogue of known exploited vulnerabilities. */
  readonly knownExploited?: boolean;
  /** Probability of exploitation within 30 days, 0 to 1, where the tool gives it. */
  readonly epss?: number;
  readonly licence?: string;
  /** How often the report has it: paths to a package, commits with a secret, pages with an alert. */
  readonly occurrences: number;
}

/** A problem as the gate counts it: what one or several tools report about the same thing. */
export interface MergedFinding extends Finding {
  /** The keys of all sources: a waiver or a baseline that names any of them means this. */
  readonly keys: readonly string[];
  readonly kinds: readonly Kind[];
  readonly tools: readonly string[];
  readonly locations: readonly Location[];
  readonly sources: readonly Finding[];
  /** Whether the sources, each at its highest, disagree about the severity. */
  readonly isDisputed: boolean;
}
