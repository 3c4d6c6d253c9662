import { SEVERITIES } from '#shared/findings/severity';
import { dayText } from '#shared/policy/day';
import { type Decision, type Judgement, withOutcome } from '#shared/policy/decision';
import type { Inline } from '#shared/runner/markdown';
import type { SummarySection } from '#shared/runner/summary';
import { blockingCounts, headline, mendingOf, nameOf, placeOf, untilText } from './wording.ts';

const MARKS = { pass: '✅', fail: '❌', inconclusive: '⚠️' } as const;

/** The decision as sections of a summary: the verdict first, then what blocks and how to mend it, what is let through and until when, and the evidence. */
export function summarySections(decision: Decision, name: string | undefined): readonly SummarySection[] {
  const { stage, verdict } = decision;
  const title = [`${MARKS[verdict]} Security gate`, stage.name, name].filter(Boolean).join(' · ');
  const preview = stage.isReportOnly && verdict !== 'pass' ? ['This is a preview: it holds nothing up.'] : [];
  return [
    { heading: title, paragraphs: [headline(decision), ...preview] },
    ...blockingSection(decision), ...signOffSection(decision), ...letThroughSections(decision), ...waiverSection(decision), evidenceSection(decision), countsSection(decision),
    ...(decision.notes.length > 0 ? [{ heading: 'Worth knowing', table: { columns: ['Note'], rows: decision.notes.map((note) => [note]) } }] : []),
  ];
}

function blockingSection(decision: Decision): readonly SummarySection[] {
  const blocking = withOutcome(decision, 'blocks');
  const beyond = decision.beyond.filter(({ blocks }) => blocks).map(({ path, severity, count }) => [severity, `${count} more findings`, path, 'There are too many to keep: mend those that are shown, and scan again.', '', '']);
  if (blocking.length + beyond.length === 0) return [];
  const rows = blocking.map((one) => [severityCell(one), linked(one), placeOf(one.facts.finding), howTo(one, decision), one.facts.finding.tools.join(', '), one.rule?.name ?? '']);
  return [{ heading: 'What blocks, and how to mend it', table: { columns: ['Severity', 'Finding', 'Where', 'What to do', 'Found by', 'Rule'], rows: [...rows, ...beyond] } }];
}

// A waiver that somebody relied on says by itself why it did not help.
function howTo(judgement: Judgement, decision: Decision): string {
  return [mendingOf(judgement, decision), ...judgement.voids.map(({ waiver, reason }) => `Its waiver (${waiver.place}) does not hold: ${reason}.`)].join(' ');
}

function signOffSection({ signOffHash, signOffNotes, stage }: Decision): readonly SummarySection[] {
  if (signOffHash === undefined && signOffNotes.length === 0) return [];
  const how: Inline[] = signOffHash === undefined ? [] : ['Security may sign off exactly these findings, by an entry under sign-offs of the waiver file, or by the approval of an environment: ', { text: signOffHash, code: true }];
  return [{ heading: `Sign-off for ${stage.name}`, paragraphs: [...(how.length > 0 ? [how] : []), ...signOffNotes] }];
}

function letThroughSections(decision: Decision): readonly SummarySection[] {
  const waived = withOutcome(decision, 'waived').map((one) => [
    severityCell(one), linked(one), placeOf(one.facts.finding), one.waiver === undefined ? '' : untilText(one.waiver.expires, decision.decidedAt), `${one.waiver?.approvedBy ?? ''} (${one.waiver === undefined ? '' : one.waiver.approval.state})`, one.because ?? '',
  ]);
  const others = withOutcome(decision, 'signed off', 'suppressed', 'not affected').map((one) => [severityCell(one), linked(one), placeOf(one.facts.finding), one.outcome, one.because ?? '']);
  return [
    ...(waived.length > 0 ? [{ heading: 'Waived', table: { columns: ['Severity', 'Finding', 'Where', 'Until', 'Allowed by', 'Because'], rows: waived } }] : []),
    ...(others.length > 0 ? [{ heading: 'Set aside', table: { columns: ['Severity', 'Finding', 'Where', 'How', 'Because'], rows: others } }] : []),
  ];
}

function waiverSection({ waiverNotes }: Decision): readonly SummarySection[] {
  if (waiverNotes.length === 0) return [];
  const rows = waiverNotes.map(({ waiver, state, reason }) => [waiver.place, [waiver.finding, waiver.package, ...waiver.paths].filter(Boolean).join(', '), state, reason, waiver.requestedBy]);
  return [{ heading: 'Waivers to look at', table: { columns: ['Waiver', 'For', 'State', 'Why', 'Requested by'], rows } }];
}

function evidenceSection({ evidence }: Decision): SummarySection {
  const rows = evidence.map(({ path, tools, kinds, status, reason, remarks }) => [path, tools.join(', '), kinds.join(', '), status === 'ok' ? '✅ ok' : `❌ ${status}`, reason === '' ? remarks.join(', ') : reason]);
  return { heading: 'Evidence', table: { columns: ['Report', 'Tool', 'Kind', 'Status', 'What it tells'], rows } };
}

function countsSection(decision: Decision): SummarySection {
  const blocking = blockingCounts(decision);
  const fresh = (severity: string): number => decision.judgements.filter(({ facts, outcome }) => facts.severity === severity && facts.isNew && outcome !== 'suppressed' && outcome !== 'not affected').length;
  return { heading: 'Findings', table: { columns: ['Severity', 'All', 'New', 'Blocking'], rows: SEVERITIES.map((severity) => [severity, `${decision.counts[severity]}`, `${fresh(severity)}`, `${blocking[severity]}`]) } };
}

function severityCell({ facts: { severity, isNew, isKev, finding } }: Judgement): string {
  return [severity, ...(isNew ? ['new'] : []), ...(isKev ? ['exploited'] : []), ...(finding.isDisputed ? ['disputed'] : [])].join(', ');
}

function linked({ facts: { finding, firstSeen } }: Judgement): Inline {
  const text = `${nameOf(finding)}${firstSeen === undefined ? '' : ` (known since ${dayText(new Date(firstSeen))})`}`;
  return finding.url === undefined ? text : { text, href: finding.url };
}
