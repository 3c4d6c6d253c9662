import { relative } from 'node:path';
import { messageOf } from '#shared/core/errors';
import { repositoryOf, type Repository } from '#shared/github/questions';
import { withApprovals } from '#shared/policy/approval';
import type { Decision } from '#shared/policy/decision';
import { environmentApproval } from '#shared/policy/environment-approval';
import { historyOf } from '#shared/policy/history';
import type { Waivers } from '#shared/policy/waiver';
import { waiverLines } from '#shared/policy/waiver-lines';
import type { Job } from '#shared/runner/action';
import { surroundings } from '#shared/runner/surroundings';
import { commentBody, putComment } from './comment.ts';
import type { Inputs } from './inputs.ts';
import type { Rules } from './rules.ts';
import { summarySections } from './summary.ts';

/** The repository as the token may ask about it; undefined without token or run. */
export async function repositoryWith(inputs: Inputs, job: Job): Promise<Repository | undefined> {
  const { githubToken: token } = inputs;
  if (token === undefined || job.run.repository === '') return undefined;
  return repositoryOf({ apiUrl: surroundings().apiUrl, token }, job.run, job.signal);
}

/** The waivers with what GitHub says about who allowed them. */
export async function approvedWaivers({ waivers, waiverText, policy }: Rules, inputs: Inputs, repository: Repository | undefined, job: Job): Promise<Waivers> {
  const isNone = waivers.waivers.length + waivers.signOffs.length === 0;
  if (repository === undefined || waiverText === undefined || isNone || policy.waivers.approval === 'stated') return waivers;
  const path = relative(process.cwd(), inputs.waivers ?? '').replaceAll('\\', '/');
  const history = path.startsWith('../') || job.run.commit === '' ? `${path} is not in the repository` : await historyOf(repository, { path, commit: job.run.commit, text: waiverText });
  return withApprovals(waivers, history, await waiverLines(waiverText));
}

/** The sign-off that the environment's approval is; why it is none, as a note. */
export async function environmentSignOff(inputs: Inputs, repository: Repository | undefined, job: Job): Promise<{ readonly signOff: { readonly findings: string; readonly by: string } | undefined; readonly notes: readonly string[] }> {
  const { signOff: findings, signOffEnvironment: environment } = inputs;
  if (findings === undefined || environment === undefined || repository === undefined) return { signOff: undefined, notes: [] };
  const found = await environmentApproval(repository, { run: job.run.id, environment, actor: job.run.actor });
  return typeof found === 'string' ? { signOff: undefined, notes: [`There is no sign-off: ${found}.`] } : { signOff: { findings, by: found.by }, notes: [] };
}

/** Tells the decision in the pull request's comment. Never fails: that it could not is a warning. */
export async function comment(decision: Decision, inputs: Inputs, repository: Repository | undefined, job: Job): Promise<void> {
  const pull = inputs.pullRequest ?? pullRequestOf();
  if (!inputs.comment || pull === undefined) return;
  if (repository === undefined) return job.log.warning('There is no comment on the pull request: comment needs github-token.');
  const mark = [decision.stage.name, inputs.name].filter(Boolean).join(' ');
  const sections = summarySections(decision, inputs.name);
  const link = job.run.url === '' ? [] : [{ heading: 'More', paragraphs: [[{ text: 'The run and its job summary', href: job.run.url }]] }];
  const refusal = await putComment(repository, pull, mark, job.redact(commentBody([...sections, ...link], mark))).catch(messageOf);
  if (refusal !== undefined) job.log.warning(`There is no comment on pull request #${pull}: ${refusal}.`);
}

function pullRequestOf(): number | undefined {
  const pull = surroundings().event['pull_request'];
  const number = typeof pull === 'object' && pull !== null && 'number' in pull ? pull.number : undefined;
  return typeof number === 'number' ? number : undefined;
}
