import { formatDuration } from '#shared/core/duration';
import type { MergedFinding } from '#shared/findings/finding';
import { SEVERITIES, type Severity } from '#shared/findings/severity';
import { type Decision, type Judgement, withOutcome } from '#shared/policy/decision';

// Some scanners put a paragraph there.
const LONGEST_TITLE = 120;

/** What the decision comes to, in one or two sentences. */
export function headline(decision: Decision): string {
  const { stage, verdict, blocking } = decision;
  if (verdict === 'pass') return `${stage.name} may go on: nothing blocks. ${total(decision)}`;
  const would = stage.isReportOnly ? 'would be' : 'is';
  const lacks = lackingEvidence(decision);
  if (verdict === 'inconclusive') return `${stage.name} ${would} held: ${lacks}. ${total(decision)}`;
  const blocked = `${stage.name} ${would} blocked by ${count(blocking, 'finding')} (${severityCounts(blockingCounts(decision))})`;
  return lacks === undefined ? `${blocked}.` : `${blocked}, and ${lacks}.`;
}

// `2 reports of 4 are no evidence (sca: missing; secrets: stale)`
function lackingEvidence({ evidence }: Decision): string | undefined {
  const lacking = evidence.filter(({ status }) => status !== 'ok');
  if (lacking.length === 0) return undefined;
  const named = lacking.slice(0, 3).map(({ path, status }) => `${path}: ${status}`);
  const are = lacking.length === 1 ? 'is' : 'are';
  return `${count(lacking.length, 'report')} of ${evidence.length} ${are} no evidence (${[...named, ...(lacking.length > 3 ? ['…'] : [])].join('; ')})`;
}

/** Where a finding is: package and version, or file and line. */
export function placeOf({ package: one, location, locations }: MergedFinding): string {
  const at = location ?? locations[0];
  const more = locations.length > 1 ? ` and ${locations.length - 1} more` : '';
  const file = at === undefined ? '' : `${[at.path, at.line].filter((part) => part !== undefined).join(':')}${more}`;
  if (one === undefined) return file;
  const name = [one.name, one.version].filter(Boolean).join(' ');
  return file === '' ? name : `${name} (${file})`;
}

/** What to do about a finding. */
export function mendingOf({ facts: { finding, isSecret } }: Judgement, { stage }: Decision): string {
  const { package: of, kinds, fixedIn } = finding;
  if (isSecret) return 'Revoke it where it was issued, then take it out of the code and give it as a secret.';
  if (kinds.includes('licence')) return `Replace ${of?.name ?? 'the package'}, or let its licence in by the policy.`;
  if (of === undefined) return `Mend it at ${placeOf(finding) || 'its place'}${wayOut(stage)}.`;
  if (fixedIn.length === 0) return `No version without it is known: replace ${of.name}${wayOut(stage)}.`;
  return `Update ${of.name}${of.version === undefined ? '' : ` from ${of.version}`} to ${fixedIn.slice(0, 3).join(' or ')}.`;
}

function wayOut({ exceptions }: Decision['stage']): string {
  if (exceptions.includes('waivers')) return ', or have it waived for a while';
  return exceptions.includes('sign-off') ? ', or have it signed off' : '';
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
