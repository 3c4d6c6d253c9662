import type { Finding, Kind } from './finding.ts';
import type { Severity } from './severity.ts';

/** The formats that are read. */
export const FORMATS = [
  'sarif', 'trivy', 'grype', 'snyk', 'npm-audit', 'yarn-audit', 'pnpm-audit', 'pip-audit', 'gitleaks', 'trufflehog', 'bandit', 'semgrep', 'osv-scanner',
  'dependency-check', 'zap', 'safety', 'ggshield', 'clair', 'anchore', 'sonarqube', 'checkov', 'cyclonedx', 'github-code-scanning', 'github-dependabot',
] as const;
export type FormatName = (typeof FORMATS)[number];

/** Why a file says nothing about security: `unrecognised` is a sound document that is no report of a tool we know. */
export type FaultKind = 'missing' | 'empty' | 'unreadable' | 'unrecognised';

export interface ReportFault {
  readonly kind: FaultKind;
  /** One sentence for people, without a word of the report's own content but the names of its members. */
  readonly reason: string;
}

/** What a scan was of, as the report says: a commit, an image's digests, a name such as `alpine:3.20`. */
export interface Subject {
  readonly commits: readonly string[];
  readonly digests: readonly string[];
  readonly names: readonly string[];
}

/** What a tool tells about its own run. Lists are sentences for people; empty means the tool told nothing of the sort. */
export interface Signs {
  /** The scan failed: whatever findings there are, others may be missing altogether. */
  readonly failures: readonly string[];
  /** Parts were left out: files that could not be parsed, dependencies skipped, pages missing. */
  readonly gaps: readonly string[];
  /** The tool looked at nothing at all. */
  readonly nothingScanned: readonly string[];
  /** Worth knowing, and no reason to refuse: an operating system at its end of life. */
  readonly remarks: readonly string[];
  /** How much was scanned, where the tool tells: `{ count: 214, of: 'packages' }`. */
  readonly scanned?: { readonly count: number; readonly of: string };
  /** When the scan ran, ISO 8601. */
  readonly createdAt?: string;
  /** How new the tool's vulnerability database was, ISO 8601. */
  readonly databaseAt?: string;
  readonly subject: Subject;
}

/** What reading one report gave. With a `fault` nothing in it may be relied on, though `findings` has what was read before it. */
export interface Report {
  readonly path: string;
  /** Undefined when the content was not recognised. */
  readonly format?: FormatName;
  /** The tool's name as policies write it: lower case with dashes, `codeql`, `trivy`, `npm-audit`. Several for a merged SARIF. */
  readonly tools: readonly string[];
  readonly toolVersion?: string;
  /** The kinds of evidence it gives, also when it found nothing. */
  readonly kinds: readonly Kind[];
  readonly fault?: ReportFault;
  readonly signs: Signs;
  /** The worst first; the key of a package as often as there are versions of it and files with it. */
  readonly findings: readonly Finding[];
  /** Set aside by the scanner's own configuration: shown, not counted. */
  readonly suppressed: readonly Finding[];
  /** Findings of which, for their number, no more was kept than this: they count, and no waiver reaches them. Undefined when all were kept. */
  readonly beyond?: Readonly<Partial<Record<Severity, number>>>;
  /** Of the file as it is, still compressed if it was. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The signs of a scan that tells nothing about itself. */
export const NO_SIGNS: Signs = { failures: [], gaps: [], nothingScanned: [], remarks: [], subject: { commits: [], digests: [], names: [] } };
