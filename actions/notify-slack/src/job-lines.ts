import { formatDuration } from '#shared/core/duration';
import type { RunJob } from '#shared/github/run-context';

const MOST = 25;
const MARKS: Readonly<Record<NonNullable<RunJob['conclusion']>, string>> = {
  success: '✅', failure: '❌', cancelled: '🚫', skipped: '⏭️', timed_out: '⌛', neutral: '▫️', action_required: '✋',
};

/** A line for each job of a run, with how long it took; those of an earlier attempt say so. Failures come first when there are many. */
export function jobLines(jobs: readonly RunJob[], attempt: number): readonly string[] {
  const over = jobs.filter(({ conclusion }) => conclusion !== null && conclusion !== 'skipped');
  const ordered = over.length <= MOST ? over : over.toSorted((one, other) => Number(other.conclusion !== 'success') - Number(one.conclusion !== 'success'));
  const lines = ordered.slice(0, MOST).map((job) => [`${MARKS[job.conclusion!]} ${job.name}`, tookOf(job), job.attempt === attempt ? undefined : `attempt ${job.attempt}`]
    .filter((part) => part !== undefined).join(' · '));
  return over.length > MOST ? [...lines, `and ${over.length - MOST} more`] : lines;
}

function tookOf({ startedAt, completedAt }: RunJob): string | undefined {
  const ms = Date.parse(completedAt ?? '') - Date.parse(startedAt ?? '');
  return ms >= 0 ? formatDuration(ms) : undefined;
}
