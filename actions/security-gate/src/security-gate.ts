import { UserError } from '#shared/core/errors';
import { decide } from '#shared/policy/decide';
import { type Decision, withOutcome } from '#shared/policy/decision';
import { explain, meantBy } from '#shared/policy/explain';
import type { Job } from '#shared/runner/action';
import { annotationsOf } from './annotations.ts';
import { gatherCase, soundClock } from './gather.ts';
import { comment, repositoryWith } from './github.ts';
import type { action, Inputs } from './inputs.ts';
import { keep, type Kept } from './keep.ts';
import { reportLines } from './report-text.ts';
import { readRules } from './rules.ts';
import { summarySections } from './summary.ts';
import { headline } from './wording.ts';

/** Decides by the policy whether the stage may go on, tells why, and fails the step when it may not. */
export async function securityGate(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  // Whatever goes wrong from here on, nothing that reads the outputs takes it for a pass.
  job.output({ verdict: 'inconclusive' });
  const now = soundClock();
  const rules = await readRules(inputs, now);
  const repository = await repositoryWith(inputs, job);
  const given = await gatherCase(rules, inputs, repository, job, now);
  const decided = decide(given);
  const kept = await keep(decided, given, rules.fingerprints, inputs, job);
  const decision = { ...decided, notes: [...decided.notes, ...kept.notes] };
  put(decision, kept, job);
  tell(decision, inputs, job);
  await comment(decision, inputs, repository, job);
  if (!decision.isOpen) throw new UserError(headline(decision));
}

function put(decision: Decision, { report, sarif }: Kept, job: Job<typeof action>): void {
  const { verdict, blocking, counts, newCount, signOffHash } = decision;
  job.output({ ...counts, verdict, blocking, new: newCount, waived: withOutcome(decision, 'waived').length, 'findings-hash': signOffHash ?? '', report: report ?? '', sarif: sarif ?? '' });
}

function tell(decision: Decision, inputs: Inputs, job: Job<typeof action>): void {
  reportLines(decision).forEach((line) => job.log.info(line));
  summarySections(decision, inputs.name).forEach(job.summarise);
  annotationsOf(decision).forEach(job.annotate);
  if (inputs.explain === undefined) return;
  const meant = meantBy(inputs.explain, decision);
  if (meant.length === 0) job.log.warning(`Nothing was found that ${inputs.explain} is a name of.`);
  meant.flatMap((one) => ['', ...explain(one, decision)]).forEach((line) => job.log.info(line));
}
