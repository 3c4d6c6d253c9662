import type { Run } from '#shared/core/run';
import type { Secret } from '#shared/core/secret';
import { readCommit, readPullRequest } from './commit.ts';
import { readFailing } from './failing-step.ts';
import { readJobs } from './jobs.ts';
import { lastDeployed } from './last-deployment.ts';
import { answerOr, repositoryOf, type Repository } from './questions.ts';

/** Where GitHub is asked, and as whom. */
export interface GitHubAccess {
  /** Such as `https://api.github.com`, or `https://github.example.com/api/v3` of GitHub Enterprise. */
  readonly apiUrl: string;
  /** Without one nothing is asked. */
  readonly token?: Secret | undefined;
  /** Whose last deployment a comparison begins at. */
  readonly environment?: string | undefined;
  /** Hides the caller's secrets in what a log says. */
  redact(text: string): string;
}

/** A job of the run; a job of a called workflow is named `caller / callee`, one of a matrix carries its values. */
export interface RunJob {
  readonly name: string;
  /** The attempt that it ran in: when failed jobs are run again, the others keep theirs. */
  readonly attempt: number;
  readonly status: 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
  /** Null until it has completed. */
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed_out' | 'action_required' | null;
  /** ISO 8601; undefined until then. */
  readonly startedAt: string | undefined;
  readonly completedAt: string | undefined;
  readonly url: string;
}

/** What GitHub knows of a run and of what it releases; values as their authors wrote them. */
export interface RunContext {
  /** The first line of its message, and who wrote it: a login where GitHub knows one, else the name in the commit. */
  readonly commit?: { readonly sha: string; readonly subject: string; readonly author: string; readonly url: string };
  /** What changed since the last successful deployment to the environment. */
  readonly compareUrl?: string;
  readonly pullRequest?: { readonly number: number; readonly title: string; readonly url: string };
  /** In the order they started. */
  readonly jobs: readonly RunJob[];
  /** The first job that failed, its step, and the last lines of its log (empty while the job has not ended: GitHub gives it out only then). */
  readonly failing?: { readonly job: string; readonly step: string; readonly url: string; readonly logTail: string };
  /** What could not be found out, and why; a permission that the token lacks is named as a workflow writes it: `deployments: read`. */
  readonly missing: readonly string[];
}

/** What GitHub tells of a run within the signal's time. Never throws: what it does not tell is named in `missing`. */
export async function readRunContext(access: GitHubAccess, run: Run, signal: AbortSignal): Promise<RunContext> {
  const { token } = access;
  if (token === undefined) return { jobs: [], missing: ['a token to ask GitHub with'] };
  if (run.repository === '' || run.commit === '') return { jobs: [], missing: ['a workflow run to ask GitHub about'] };
  const missing: string[] = [];
  const repository = await answerOr(repositoryOf({ ...access, token }, run, signal), 'GitHub', '', missing, signal);
  return repository === undefined ? { jobs: [], missing } : { ...await answersOf(repository, access, run, signal, missing), missing };
}

async function answersOf(repository: Repository, access: GitHubAccess, run: Run, signal: AbortSignal, missing: string[]): Promise<Omit<RunContext, 'missing'>> {
  const { environment } = access;
  const [commit, pullRequest, base, { jobs, failing }] = await Promise.all([
    answerOr(readCommit(repository, run), 'the commit', 'contents: read', missing, signal),
    answerOr(readPullRequest(repository, run), 'the pull request of the commit', 'pull-requests: read', missing, signal),
    environment ? answerOr(lastDeployed(repository, environment, run), `the last deployment to ${environment}`, 'deployments: read', missing, signal) : undefined,
    jobsAndFailure(repository, access, run, signal, missing),
  ]);
  const compareUrl = base !== undefined && base !== run.commit ? `${repositoryUrl(run, commit?.url)}/compare/${base}...${run.commit}` : undefined;
  return { jobs, ...(commit && { commit }), ...(pullRequest && { pullRequest }), ...(compareUrl && { compareUrl }), ...(failing && { failing }) };
}

async function jobsAndFailure(repository: Repository, { redact }: GitHubAccess, run: Run, signal: AbortSignal, missing: string[]): Promise<Pick<RunContext, 'jobs' | 'failing'>> {
  const answers = await answerOr(readJobs(repository, run), 'the jobs of the run', 'actions: read', missing, signal);
  if (answers === undefined) return { jobs: [] };
  const failing = await readFailing(repository, answers.map(({ answer }) => answer), redact, (work) => answerOr(work, 'the log of the failing job', 'actions: read', missing, signal));
  return { jobs: answers.map(({ job }) => job), ...(failing && { failing }) };
}

function repositoryUrl({ url, repository }: Run, commitUrl = ''): string {
  return `${(url || commitUrl).split(`/${repository}/`)[0]}/${repository}`;
}
