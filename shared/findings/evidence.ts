import { formatDuration } from '#shared/core/duration';
import type { Kind } from './finding.ts';
import type { FaultKind, Report } from './report.ts';

/** What a report is worth as evidence. Only `ok` lets a stage pass. */
export const EVIDENCE_STATUSES = ['ok', 'missing', 'empty', 'unreadable', 'wrong tool', 'scanner failed', 'incomplete', 'stale', 'wrong subject', 'nothing scanned'] as const;
export type EvidenceStatus = (typeof EVIDENCE_STATUSES)[number];

/** A report, or the lack of one, and what it is worth. */
export interface Evidence {
  /** The report's path; where there is none, what was asked for. */
  readonly path: string;
  readonly tools: readonly string[];
  readonly kinds: readonly Kind[];
  readonly status: EvidenceStatus;
  /** Why it is not ok, and what to do; empty when it is. */
  readonly reason: string;
  /** Worth knowing: what was scanned and when. */
  readonly remarks: readonly string[];
}

/** What a report has to be. */
export interface Expectation {
  /** The tool it was said to be of. */
  readonly tool?: string | undefined;
  /** ms. */
  readonly maxAge?: number | undefined;
  readonly maxDatabaseAge?: number | undefined;
  /** What the stage is about, as far as it is known: any of these commits, any of these digests. */
  readonly commits: readonly string[];
  readonly digests: readonly string[];
  /** Whether it must tell what it is of. */
  readonly needsSubject: boolean;
  readonly takesIncomplete: boolean;
  readonly now: Date;
}

type Lack = readonly [EvidenceStatus, string];
type Judge = (report: Report, expected: Expectation) => Lack | undefined;

const FAULTS: Readonly<Record<FaultKind, EvidenceStatus>> = { missing: 'missing', empty: 'empty', unreadable: 'unreadable', unrecognised: 'unreadable' };
// Clocks of two machines differ; a report an hour ahead is of another clock, or another day.
const CLOCK_TOLERANCE = 3_600_000;
const SHORTEST_COMMIT = 7;

/** What a report is worth, by all its own signs and by what was expected of it. */
export function evidenceOf(report: Report, expected: Expectation): Evidence {
  const [status, reason] = judges.map((judge) => judge(report, expected)).find((lack) => lack !== undefined) ?? ['ok', ''];
  return { path: report.path, tools: report.tools, kinds: report.kinds, status, reason, remarks: remarksOf(report, expected) };
}

// In the order in which a person would have to mend them.
const judges: readonly Judge[] = [
  faulty, ofAnotherTool, ({ signs }) => first('scanner failed', signs.failures), nothingScanned, ({ signs }, { takesIncomplete }) => (takesIncomplete ? undefined : first('incomplete', signs.gaps)),
  unsure, stale, staleDatabase, ofAnotherSubject,
];

function faulty({ fault }: Report, { tool }: Expectation): Lack | undefined {
  if (fault === undefined) return undefined;
  if (fault.kind === 'unrecognised' && tool !== undefined) return ['wrong tool', `It is no report of ${tool}: ${fault.reason}`];
  return [FAULTS[fault.kind], fault.reason];
}

function ofAnotherTool({ tools, format }: Report, { tool }: Expectation): Lack | undefined {
  return tool === undefined || tools.includes(tool) || format === tool ? undefined : ['wrong tool', `It was to be of ${tool}, and is of ${tools.join(', ') || 'no tool that is known'}.`];
}

function nothingScanned({ signs: { nothingScanned: signs, scanned } }: Report): Lack | undefined {
  return scanned?.count === 0 ? ['nothing scanned', `It scanned 0 ${scanned.of}.`] : first('nothing scanned', signs);
}

// A reader that lost its way without saying so must not read as a clean scan.
function unsure({ tools, kinds }: Report): Lack | undefined {
  return tools.length === 0 || kinds.length === 0 ? ['unreadable', 'It does not tell which tool made it.'] : undefined;
}

function stale({ signs: { createdAt } }: Report, { maxAge, now }: Expectation): Lack | undefined {
  return tooOld('It was made', createdAt, maxAge, now) ?? (createdAt === undefined && maxAge !== undefined ? ['stale', `It does not tell when it was made, and may be ${formatDuration(maxAge)} old at most.`] : undefined);
}

function staleDatabase({ signs: { databaseAt } }: Report, { maxDatabaseAge, now }: Expectation): Lack | undefined {
  return tooOld('Its vulnerability database was made', databaseAt, maxDatabaseAge, now);
}

function tooOld(what: string, at: string | undefined, maxAge: number | undefined, now: Date): Lack | undefined {
  if (at === undefined) return undefined;
  const time = Date.parse(at);
  if (Number.isNaN(time)) return maxAge === undefined ? undefined : ['stale', `${what} at no time that can be read.`];
  const age = now.getTime() - time;
  if (age < -CLOCK_TOLERANCE) return ['stale', `${what} in the future, at ${at}: one of the clocks is wrong.`];
  if (maxAge === undefined || age <= maxAge) return undefined;
  return ['stale', `${what} ${formatDuration(age)} ago, and may be ${formatDuration(maxAge)} old at most. Scan again.`];
}

function ofAnotherSubject({ signs: { subject } }: Report, { commits, digests, needsSubject }: Expectation): Lack | undefined {
  const [ofCommit, ofDigest] = [isOurs(subject.commits, commits, sameCommit), isOurs(subject.digests, digests, (one, other) => one === other)];
  if (ofCommit === 'no') return ['wrong subject', `It is of commit ${subject.commits.map(shortened).join(', ')}, and not of ${commits.map(shortened).join(' or ')}.`];
  if (ofDigest === 'no') return ['wrong subject', `It is of image ${subject.digests.map(shortened).join(', ')}, and not of ${digests.map(shortened).join(' or ')}.`];
  if (needsSubject && ofCommit !== 'yes' && ofDigest !== 'yes') return ['wrong subject', 'It does not tell which commit or image it is of, as this stage asks.'];
  return undefined;
}

function isOurs(told: readonly string[], ours: readonly string[], isSame: (one: string, other: string) => boolean): 'yes' | 'no' | 'untold' {
  if (told.length === 0 || ours.length === 0) return 'untold';
  return told.some((one) => ours.some((other) => isSame(one.toLowerCase(), other.toLowerCase()))) ? 'yes' : 'no';
}

/** Whether two hashes, each of which may be shortened to seven digits, are of one commit. */
export function sameCommit(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return length >= SHORTEST_COMMIT && one.slice(0, length) === other.slice(0, length);
}

function shortened(name: string): string {
  return name.replace(/^(sha256:)?([0-9a-f]{12})[0-9a-f]+$/i, '$1$2');
}

function first(status: EvidenceStatus, [sentence, ...others]: readonly string[]): Lack | undefined {
  if (sentence === undefined) return undefined;
  return [status, others.length === 0 ? sentence : `${sentence} (and ${others.length} more)`];
}

function remarksOf({ signs: { scanned, createdAt, gaps, remarks }, toolVersion }: Report, { takesIncomplete }: Expectation): readonly string[] {
  return [
    ...(toolVersion === undefined ? [] : [`version ${toolVersion}`]), ...(scanned === undefined ? [] : [`${scanned.count} ${scanned.of}`]), ...(createdAt === undefined ? [] : [`made ${createdAt}`]),
    ...(takesIncomplete ? gaps : []), ...remarks,
  ];
}
