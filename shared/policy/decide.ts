import { overall, type Verdict } from '#shared/core/verdict';
import type { Evidence } from '#shared/findings/evidence';
import type { Kind, MergedFinding } from '#shared/findings/finding';
import type { Report } from '#shared/findings/report';
import { compareSeverity, SEVERITIES, type Severity } from '#shared/findings/severity';
import type { Baseline } from './baseline.ts';
import type { Beyond, Decision, Judgement } from './decision.ts';
import { exemptionOf, suppressionOf, type Exemption, type Ignore } from './exemption.ts';
import { factsOf, type Facts, type Feeds } from './facts.ts';
import type { Policy, Rule, Stage } from './policy.ts';
import { evidenceFor, feedEvidence, type GivenReport, type Target } from './require.ts';
import { isAtLeast, unmet } from './rule.ts';
import { signOff } from './signing.ts';
import { isAbout, whyVoid } from './waiving.ts';
import { waiverNotes } from './waiver-notes.ts';
import type { Waiver, Waivers } from './waiver.ts';

/** All that a decision is made of; the same always gives the same. */
export interface Case {
  readonly policy: Policy;
  readonly stage: Stage;
  readonly reports: readonly GivenReport[];
  /** Where a report was looked for and none was found. */
  readonly missing: readonly Evidence[];
  /** What the reports hold, merged: what they count and what they set aside. */
  readonly findings: readonly MergedFinding[];
  readonly waivers: Waivers;
  readonly ignores: readonly Ignore[];
  readonly exemptions: readonly Exemption[];
  readonly baseline: Baseline | undefined;
  readonly feeds: Feeds;
  /** When the KEV and EPSS files were made, where they tell. */
  readonly feedsAt: { readonly kev?: Date | undefined; readonly epss?: Date | undefined };
  readonly target: Target;
  /** A sign-off by the environment of the job, and the set of findings it was asked for. */
  readonly environmentSignOff?: { readonly findings: string; readonly by: string } | undefined;
  readonly notes: readonly string[];
  readonly now: Date;
}

/** What the policy makes of the reports. It does and asks nothing: given the same, it decides the same. */
export function decide(given: Case): Decision {
  const { stage, findings, reports, notes, now } = given;
  const evidence = [...given.missing, ...evidenceFor(given), ...feedEvidence(given)];
  const judged = findings.map((finding) => judge(factsFor(finding, given), given)).sort(byWeight);
  const beyond = reports.flatMap(({ report }) => beyondOf(report, stage));
  const { judgements, hash, notes: signOffNotes } = signOff(judged, beyond.some(({ blocks }) => blocks), given);
  const blocking = judgements.filter(({ outcome }) => outcome === 'blocks').length + sum(beyond.filter(({ blocks }) => blocks));
  const verdict = verdictOf(blocking, evidence);
  const counted = judgements.filter(({ outcome }) => outcome !== 'suppressed' && outcome !== 'not affected');
  return {
    stage, verdict, isOpen: verdict === 'pass' || stage.isReportOnly, evidence, judgements, beyond, blocking,
    counts: countsOf(counted, beyond), newCount: counted.filter(({ facts }) => facts.isNew).length + sum(beyond),
    waiverNotes: waiverNotes(judgements, given), signOffHash: hash, signOffNotes, notes, decidedAt: now,
  };
}

// What blocks is a fail, whatever evidence is missing besides; missing evidence alone is inconclusive.
function verdictOf(blocking: number, evidence: readonly Evidence[]): Verdict {
  const ofEvidence = evidence.map(({ status }): Verdict => (status === 'ok' ? 'pass' : 'inconclusive'));
  return overall([blocking > 0 ? 'fail' : 'pass', ...ofEvidence]);
}

function factsFor(finding: MergedFinding, { policy, stage, baseline, feeds, now }: Case): Facts {
  return factsOf(finding, { severityFrom: policy.severityFrom, takesSuppressions: stage.exceptions.includes('suppressions'), baseline, feeds, now });
}

function judge(facts: Facts, given: Case): Judgement {
  const rule = given.stage.block.find((candidate) => unmet(candidate, facts, given.now) === undefined);
  const setAside = judgeSetAside(facts, rule, given);
  if (setAside !== undefined) return setAside;
  if (rule === undefined) return { facts, rule, because: undefined, waiver: undefined, voids: [], outcome: 'allowed' };
  return judgeWaivers(facts, rule, given);
}

// Where the stage takes no such exceptions the finding counts like any other.
function judgeSetAside(facts: Facts, rule: Rule | undefined, { stage, ignores, exemptions, now }: Case): Judgement | undefined {
  const suppressed = stage.exceptions.includes('suppressions') ? suppressionOf(facts.finding, ignores, now) : undefined;
  const exempt = stage.exceptions.includes('vex') && !facts.isSecret ? exemptionOf(facts.finding, exemptions) : undefined;
  const because = suppressed ?? exempt;
  if (because === undefined) return undefined;
  return { facts, rule, because, waiver: undefined, voids: [], outcome: suppressed === undefined ? 'not affected' : 'suppressed' };
}

function judgeWaivers(facts: Facts, rule: Rule, { stage, waivers, policy, now }: Case): Judgement {
  const terms = { terms: policy.waivers, stage: stage.name, now };
  const reasonAgainst = (waiver: Waiver): string | undefined =>
    (stage.exceptions.includes('waivers') ? whyVoid(waiver, facts, terms) : `the stage ${stage.name} takes no waivers`);
  const judged = waivers.waivers.filter((waiver) => isAbout(waiver, facts.finding)).map((waiver) => ({ waiver, reason: reasonAgainst(waiver) }));
  const voids = judged.flatMap(({ waiver, reason }) => (reason === undefined ? [] : [{ waiver, reason }]));
  // The one that holds longest is the one that people have to know of.
  const [held] = judged.filter(({ reason }) => reason === undefined).map(({ waiver }) => waiver).sort((one, other) => other.expires.getTime() - one.expires.getTime());
  return { facts, rule, because: held?.reason, waiver: held, voids, outcome: held === undefined ? 'blocks' : 'waived' };
}

function beyondOf({ path, beyond, kinds }: Report, { block }: Stage): readonly Beyond[] {
  return SEVERITIES.flatMap((severity) => {
    const count = beyond?.[severity] ?? 0;
    return count === 0 ? [] : [{ path, severity, count, blocks: block.some((rule) => mayMeet(rule, severity, kinds)) }];
  });
}

// Of these nothing is known but their severity and what their report is about: every other condition of a rule counts as met.
function mayMeet(rule: Rule, severity: Severity, kinds: readonly Kind[]): boolean {
  const isBadEnough = rule.severity === undefined || isAtLeast(severity, rule.severity);
  return isBadEnough && (rule.kinds === undefined || kinds.some((kind) => rule.kinds?.includes(kind)));
}

function countsOf(judgements: readonly Judgement[], beyond: readonly Beyond[]): Record<Severity, number> {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { facts } of judgements) counts[facts.severity] += 1;
  for (const { severity, count } of beyond) counts[severity] += count;
  return counts;
}

function sum(beyond: readonly Beyond[]): number {
  return beyond.reduce((total, { count }) => total + count, 0);
}

// What blocks comes first, then the worst, then what is known to be exploited, what can be mended, what is new; keys keep the order the same every time.
function byWeight(one: Judgement, other: Judgement): number {
  const [a, b] = [one.facts, other.facts];
  return firstWhere(one.outcome === 'blocks', other.outcome === 'blocks')
    || compareSeverity(a.severity, b.severity)
    || firstWhere(a.isKev, b.isKev)
    || firstWhere(a.finding.fixedIn.length > 0, b.finding.fixedIn.length > 0)
    || firstWhere(a.isNew, b.isNew)
    || (a.finding.key < b.finding.key ? -1 : Number(a.finding.key > b.finding.key));
}

function firstWhere(one: boolean, other: boolean): number {
  return Number(other) - Number(one);
}
