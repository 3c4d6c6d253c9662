import { dayText } from '#shared/policy/day';
import { type Decision, type Judgement, withOutcome } from '#shared/policy/decision';
import { count, headline, mendingOf, nameOf, placeOf } from './wording.ts';

const MOST_SHOWN = 30;

/** The decision as lines of a log or a terminal: what blocks with what to do, what is let through, what is no evidence, and the verdict at the end. A gate that stays closed says its verdict as it fails. */
export function reportLines(decision: Decision): readonly string[] {
  const blocking = withOutcome(decision, 'blocks');
  return [
    ...blocking.slice(0, MOST_SHOWN).flatMap((one) => findingLines(one, decision)),
    ...(blocking.length > MOST_SHOWN ? [`… and ${count(blocking.length - MOST_SHOWN, 'finding')} more that block`] : []),
    ...decision.beyond.map(({ path, severity, count: of, blocks }) => `${severity.toUpperCase()}  ${of} more in ${path}, too many to keep${blocks ? ': they block' : ''}`),
    ...withOutcome(decision, 'waived').map(({ facts: { finding }, waiver }) => `waived   ${nameOf(finding)}  ${placeOf(finding)}  until ${waiver === undefined ? '' : dayText(waiver.expires)}`),
    ...withOutcome(decision, 'signed off', 'not affected', 'suppressed').slice(0, MOST_SHOWN).map(({ facts: { finding }, outcome, because }) => `${outcome}  ${nameOf(finding)}  ${placeOf(finding)}  ${because ?? ''}`),
    ...decision.waiverNotes.map(({ waiver, state, reason }) => `${waiver.place} ${state}: ${reason}`),
    ...decision.signOffNotes,
    ...(decision.signOffHash === undefined ? [] : [`A sign-off of these findings is for ${decision.signOffHash}`]),
    ...decision.notes,
    ...decision.evidence.map(({ path, tools, status, reason, remarks }) => `${status === 'ok' ? 'ok' : status.toUpperCase()}  ${path}${tools.length === 0 ? '' : ` (${tools.join(', ')})`}${[reason, ...(status === 'ok' ? remarks : [])].filter(Boolean).map((text, index) => `${index === 0 ? '  ' : ', '}${text}`).join('')}`),
    ...(decision.isOpen ? ['', headline(decision)] : []),
  ];
}

function findingLines(judgement: Judgement, decision: Decision): readonly string[] {
  const { facts: { finding, severity, isNew }, voids } = judgement;
  return [
    `${severity.toUpperCase()}  ${nameOf(finding)}${isNew ? '' : ' (in the baseline)'}`,
    `    ${[placeOf(finding), finding.tools.join(', ')].filter(Boolean).join(' · ')}`,
    `    ${mendingOf(judgement, decision)}`,
    ...voids.map(({ waiver, reason }) => `    ${waiver.place} does not hold: ${reason}`),
  ];
}
