import type { Run } from '#shared/core/run';
import type { Repository } from './questions.ts';
import type { RunJob } from './run-context.ts';

const PAGE = 100;

/** A job as GitHub's REST API describes it. */
export type JobAnswer = Awaited<ReturnType<typeof pageOfJobs>>['jobs'][number];

/**
 * The jobs of this attempt, from all pages, in the order they started: those that ran in it, and those of earlier attempts that
 * were not run again. All attempts are asked for, because what `filter=latest` leaves out has changed before.
 */
export async function readJobs(repository: Repository, run: Run): Promise<readonly { readonly job: RunJob; readonly answer: JobAnswer }[]> {
  const all: JobAnswer[] = [];
  for (let page = 1; ; page += 1) {
    const { jobs, total_count: total } = await pageOfJobs(repository, run, page);
    all.push(...jobs);
    if (jobs.length === 0 || all.length >= total) break;
  }
  const upToNow = all.filter((job) => attemptOf(job) <= run.attempt);
  const latest = new Map<string, number>();
  for (const job of upToNow) latest.set(job.name, Math.max(latest.get(job.name) ?? 0, attemptOf(job)));
  return upToNow.filter((job) => attemptOf(job) === latest.get(job.name))
    .toSorted((one, other) => (one.started_at < other.started_at ? -1 : Number(one.started_at > other.started_at)))
    .map((answer) => ({ answer, job: jobOf(answer) }));
}

async function pageOfJobs(repository: Repository, { id }: Run, page: number) {
  const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', { ...repository.named, run_id: Number(id), filter: 'all', per_page: PAGE, page });
  return data;
}

function attemptOf({ run_attempt: attempt }: JobAnswer): number {
  return attempt ?? 1;
}

function jobOf(answer: JobAnswer): RunJob {
  const { name, status, conclusion, started_at: startedAt, completed_at: completedAt, html_url: url } = answer;
  return { name, attempt: attemptOf(answer), status, conclusion, startedAt, completedAt: completedAt ?? undefined, url: url ?? '' };
}
