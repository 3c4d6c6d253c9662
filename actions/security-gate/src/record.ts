import type { Run } from '#shared/core/run';
import { DECISION_FORMAT } from '#shared/policy/baseline';
import { dayText } from '#shared/policy/day';
import type { Case } from '#shared/policy/decide';
import type { Decision, Judgement } from '#shared/policy/decision';

/** What the record tells of the files that the decision was made by: their sha256 by name. */
export type Fingerprints = Readonly<Record<string, string>>;

/**
 * The decision as it is kept, JSON in pieces: what was decided and why, by which files, and what is known from now on. A later run takes it
 * as its baseline. As one text, 20,000 findings would take more memory than all that was read.
 */
export function* recordPieces(decision: Decision, given: Case, run: Run, fingerprints: Fingerprints): Generator<string> {
  const { judgements, decidedAt } = decision;
  const head = JSON.stringify(outline(decision, given, run, fingerprints), null, 1);
  yield `${head.slice(0, head.lastIndexOf('\n}'))},\n "findings": [`;
  yield* separated(judgements.filter(({ outcome }) => outcome !== 'allowed'), (judgement) => JSON.stringify(recorded(judgement)));
  yield '\n ],\n "known": {';
  yield* separated(knownKeys(judgements, decidedAt), ([key, known]) => `${JSON.stringify(key)}: ${JSON.stringify(known)}`);
  yield '\n }\n}\n';
}

function outline(decision: Decision, { reports, target }: Case, run: Run, fingerprints: Fingerprints): object {
  const { stage, verdict, isOpen, evidence, decidedAt } = decision;
  return {
    format: DECISION_FORMAT, decidedAt: decidedAt.toISOString(), stage: stage.name, verdict, open: isOpen, reportOnly: stage.isReportOnly, commit: target.commits[0] ?? run.commit, run: run.url,
    counts: decision.counts, new: decision.newCount, blocking: decision.blocking, beyond: decision.beyond, findingsHash: decision.signOffHash,
    evidence, reports: reports.map(({ report: { path, format, tools, toolVersion, sha256, bytes } }) => ({ path, format, tools, toolVersion, sha256, bytes })), decidedBy: fingerprints,
    waivers: decision.waiverNotes.map(({ waiver, state, reason }) => ({ place: waiver.place, state, reason })), notes: [...decision.signOffNotes, ...decision.notes],
  };
}

function* separated<Value>(values: Iterable<Value>, textOf: (value: Value) => string): Generator<string> {
  let mark = '\n  ';
  for (const value of values) {
    yield `${mark}${textOf(value)}`;
    mark = ',\n  ';
  }
}

function* knownKeys(judgements: readonly Judgement[], decidedAt: Date): Generator<[string, unknown]> {
  for (const { facts: { finding, severity, firstSeen } } of judgements) {
    for (const key of finding.keys) yield [key, [severity, firstSeen ?? decidedAt.toISOString()]];
  }
}

function recorded({ facts, outcome, rule, because, waiver, voids }: Judgement): object {
  const { finding, severity, isNew, firstSeen, isKev, epss, severityFrom } = facts;
  const { key, rule: name, aliases, title, kinds, tools, package: of, fixedIn, locations, url, isDisputed } = finding;
  return {
    key, rule: name, aliases, title, kinds, tools, package: of, fixedIn, locations, url, severity, severityFrom, claims: finding.sources.flatMap(({ tool, claims }) => claims.map((claim) => ({ tool, ...claim }))), isDisputed,
    isNew, firstSeen, isKev, epss, outcome, blockedBy: rule?.name, because,
    waiver: waiver && { place: waiver.place, expires: dayText(waiver.expires), approvedBy: waiver.approvedBy, approval: waiver.approval }, voids: voids.map(({ waiver: one, reason }) => ({ place: one.place, reason })),
  };
}
