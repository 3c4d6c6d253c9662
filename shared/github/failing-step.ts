import type { JobAnswer } from './jobs.ts';
import { type LogWindow, tailOf } from './job-log.ts';
import { type Repository, statusOf } from './questions.ts';
import type { RunContext } from './run-context.ts';

type Step = NonNullable<JobAnswer['steps']>[number];

/**
 * The first job that failed, or in which a step has failed so far, with the end of its log; undefined where none did. A step with
 * `continue-on-error` has not failed.
 */
export async function readFailing(
  repository: Repository, jobs: readonly JobAnswer[], redact: (text: string) => string, attempt: (work: Promise<string>) => Promise<string | undefined>,
): Promise<RunContext['failing']> {
  const failed = jobs.filter((job) => isFailure(job.conclusion) || (job.status === 'in_progress' && failedStep(job) !== undefined));
  const job = failed.toSorted((one, other) => (endOf(one) < endOf(other) ? -1 : 1))[0];
  if (job === undefined) return undefined;
  const step = failedStep(job);
  const logTail = await attempt(readTail(repository, Number(job.id), { from: step?.started_at, to: step?.completed_at }));
  return { job: job.name, step: step?.name ?? '', url: `${job.html_url ?? ''}${step ? `#step:${step.number}:1` : ''}`, logTail: redact(logTail ?? '') };
}

async function readTail(repository: Repository, job: number, window: LogWindow): Promise<string> {
  try {
    // The answer is a redirect to a storage elsewhere, to which fetch does not carry the token on.
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', { ...repository.named, job_id: job, request: { parseSuccessResponseBody: false } });
    return await tailOf(data as unknown as AsyncIterable<Uint8Array>, window);
  } catch (error) {
    // There is no log yet of a job that runs, such as the one that asks.
    if (statusOf(error) === 404) return '';
    throw error;
  }
}

function failedStep({ steps = [] }: JobAnswer): Step | undefined {
  return steps.find(({ conclusion }) => isFailure(conclusion));
}

function isFailure(conclusion: string | null): boolean {
  return conclusion === 'failure' || conclusion === 'timed_out';
}

function endOf(job: JobAnswer): string {
  return failedStep(job)?.completed_at ?? job.completed_at ?? job.started_at;
}
