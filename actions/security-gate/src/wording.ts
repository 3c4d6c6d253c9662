import { formatDuration } from '#shared/core/duration';
import type { MergedFinding } from '#shared/findings/finding';
import { SEVERITIES, type Severity } from '#shared/findings/severity';
import { type Decision, type Judgement, withOutcome } from '#shared/policy/decision';

// Some scanners put a paragraph there.
const LONGEST_TITLE = 120;

/** What the decision comes to, in one or two sentences. */
export function headline(decision: Decision): string {
  const { stage, verdict, blocking, evidence } = decision;
  const lacking = evidence.filter(({ status }) => status !== 'ok');
  const held = lacking.length === 0 ? '' : `${count(lacking.length, 'report')} of ${evidence.length} ${lacking.length === 1 ? 'is' : 'are'} no evidence (${lacking.slice(0, 3).map(({ path, status }) => `${path}: ${status}`).join('; ')}${lacking.length > 3 ? '; …' : ''})`;
  const would = stage.isReportOnly ? 'would be' : 'is';
  if (verdict === 'pass') return `${stage.name} may go on: nothing blocks. ${total(decision)}`;
  if (verdict === 'inconclusive') return `${stage.name} ${would} held: ${held}. ${total(decision)}`;
  return `${stage.name} ${would} blocked by ${count(blocking, 'finding')} (${severityCounts(blockingCounts(decision))})${held === '' ? '.' : `, and ${held}.`}`;
}

/** Where a finding is: package and version, or file and line. */
export function placeOf({ package: one, location, locations }: MergedFinding): string {
  const at = location ?? locations[0];
  const file = at === undefined ? '' : `${at.path}${at.line === undefined ? '' : `:${at.line}`}`;
  const more = locations.length > 1 ? ` and ${locations.length - 1} more` : '';
  if (one === undefined) return file === '' ? '' : `${file}${more}`;
  return `${[one.name, one.version].filter(Boolean).join(' ')}${file === '' ? '' : ` (${file}${more})`}`;
}

/** What to do about a finding. */
export function mendingOf({ facts: { finding, isSecret } }: Judgement, decision: Decision): string {
  if (isSecret) return 'Revoke it where it was issued, then take it out of the code and give it as a secret.';
  if (finding.kinds.includes('licence')) return `Replace ${finding.package?.name ?? 'the package'}, or let its licence in by the policy.`;
  if (finding.package !== undefined && finding.fixedIn.length > 0) return `Update ${finding.package.name}${finding.package.version === undefined ? '' : ` from ${finding.package.version}`} to ${finding.fixedIn.slice(0, 3).join(' or ')}.`;
  const waiver = decision.stage.exceptions.includes('waivers') ? ', or have it waived for a while' : decision.stage.exceptions.includes('sign-off') ? ', or have it signed off' : '';
  if (finding.package !== undefined) return `No version without it is known: replace ${finding.package.name}${waiver}.`;
  return `Mend it at ${placeOf(finding) || 'its place'}${waiver}.`;
}

/** What a finding is called: its advisory or rule, and its title. */
export function nameOf({ aliases, rule, title }: MergedFinding): string {
  const id = aliases[0] ?? rule;
  if (title === '' || title === id) return id;
  return `${id}: ${title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`}`;
}

/** Numbers by severity as people say them: `1 critical, 2 high`. */
export function severityCounts(counts: Readonly<Partial<Record<Severity, number>>>): string {
  return SEVERITIES.filter((severity) => (counts[severity] ?? 0) > 0).map((severity) => `${counts[severity]} ${severity}`).join(', ') || 'none';
}

/** How many findings of each severity block. */
export function blockingCounts(decision: Decision): Record<Severity, number> {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { facts } of withOutcome(decision, 'blocks')) counts[facts.severity] += 1;
  for (const { severity, count: of, blocks } of decision.beyond) if (blocks) counts[severity] += of;
  return counts;
}

/** `in 9d`, for a moment that is still to come. */
export function untilText(expires: Date, now: Date): string {
  return `${expires.toISOString().slice(0, 10)} (in ${formatDuration(expires.getTime() - now.getTime())})`;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function total({ counts, newCount, evidence }: Decision): string {
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const reports = evidence.filter(({ status }) => status === 'ok').length;
  return `${count(all, 'finding')} in ${count(reports, 'sound report')}${all === 0 ? '' : ` (${severityCounts(counts)}; ${newCount} new)`}.`;
}
