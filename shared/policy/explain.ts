import type { Facts } from './facts.ts';
import { dayText } from './day.ts';
import type { Decision, Judgement } from './decision.ts';
import { packageNames, unmet } from './rule.ts';
import { fitsName } from './pattern.ts';

/** The judgements that a word means: a key or its beginning, an advisory, a rule, a package, a path. */
export function meantBy(word: string, { judgements }: Decision): readonly Judgement[] {
  const wanted = word.trim().toLowerCase();
  return judgements.filter(({ facts: { finding } }) => {
    const names = [finding.rule, ...finding.aliases, ...finding.sources.flatMap(({ rule, aliases }) => [rule, ...aliases]), ...packageNames(finding), ...finding.locations.map(({ path }) => path)];
    return names.some((name) => fitsName(wanted, name)) || finding.keys.some((key) => wanted.length >= 8 && key.toLowerCase().startsWith(wanted));
  });
}

/** Why a finding counts as it does, line by line: what it is, who says so, what each rule and each exception makes of it. */
export function explain({ facts, outcome, rule, because, waiver, voids }: Judgement, { stage, decidedAt }: Decision): readonly string[] {
  const { finding } = facts;
  return [
    `${finding.title} — ${outcomeText(outcome)} at ${stage.name}`,
    `  key       ${finding.key}`,
    ...(finding.aliases.length > 0 ? [`  names     ${finding.aliases.join(', ')}`] : []),
    ...(finding.package === undefined ? [] : [`  package   ${finding.package.purl ?? [finding.package.name, finding.package.version].filter(Boolean).join(' ')}; ${finding.fixedIn.length > 0 ? `mended in ${finding.fixedIn.join(', ')}` : 'no version without it is known'}`]),
    ...finding.locations.slice(0, 5).map(({ path, line }) => `  at        ${path}${line === undefined ? '' : `:${line}`}`),
    ...severityLines(facts),
    ...factLines(facts),
    ...stage.block.map((candidate) => `  rule      ${candidate.name}: ${unmet(candidate, facts, decidedAt) ?? 'met'}${candidate === rule ? ' — this one decides' : ''}`),
    ...(waiver === undefined ? [] : [`  waiver    ${waiver.place} until ${dayText(waiver.expires)}, allowed by ${waiver.approvedBy} (${approvalText(waiver.approval)})`]),
    ...voids.map(({ waiver: one, reason }) => `  waiver    ${one.place} does not hold: ${reason}`),
    ...(because === undefined ? [] : [`  because   ${because}`]),
  ];
}

function outcomeText(outcome: Judgement['outcome']): string {
  return outcome === 'allowed' ? 'meets no rule' : outcome === 'blocks' ? 'blocks' : `is ${outcome}`;
}

function severityLines({ finding, severity, severityFrom }: Facts): readonly string[] {
  const claims = finding.sources.flatMap((source) => source.claims.map(({ severity: said, from, text, source: quoted }) => `            ${source.tool}${quoted === undefined ? '' : `, quoting ${quoted}`}: ${said} (${from} ${text})`));
  const why = severityFrom === undefined ? (finding.isDisputed ? 'the sources disagree, and the worst counts' : 'as every source says') : `as ${severityFrom} says, whom the policy ranks first of those that speak`;
  return [`  severity  ${severity}: ${claims.length === 0 ? 'no source says one' : why}`, ...claims];
}

function factLines({ finding, isNew, firstSeen, isKev, epss }: Facts): readonly string[] {
  const facts = [isNew ? 'new' : 'in the baseline', ...(firstSeen === undefined ? [] : [`known since ${firstSeen.slice(0, 10)}`]), ...(isKev ? ['known to be exploited'] : []), ...(epss === undefined ? [] : [`EPSS ${epss}`])];
  return [`  known     ${facts.join(', ')}`, `  tools     ${finding.tools.join(', ')}`];
}

function approvalText(approval: NonNullable<Judgement['waiver']>['approval']): string {
  return approval.state === 'proven' ? `proven: ${approval.by}` : `${approval.state}: ${approval.reason}`;
}
