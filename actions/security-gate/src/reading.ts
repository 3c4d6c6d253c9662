import { secretHider } from '#shared/findings/hidden-secret';
import type { ReadOptions } from '#shared/findings/read-report';
import type { Job } from '#shared/runner/action';
import type { Inputs } from './inputs.ts';

/** How the reports of a run are read: secrets in them are hidden and named by its key, paths told from the working directory. */
export interface Reading extends Pick<ReadOptions, 'hide' | 'root'> {
  /** What people have to know of secrets that could not be hidden from later steps. */
  readonly notes: () => readonly string[];
}

// Runner and gate compare every line that is printed from then on with every mask; the runner makes ten more of each itself.
const MASKED_IN_ALL_FORMS = 100;
const MOST_MASKED = 10_000;

/** The one way in which this run reads reports: a secret that is in several of them is masked once. */
export function readingOf(inputs: Inputs, job: Job): Reading {
  const masked = new Set<string>();
  let isTooMany = false;
  const mask = (value: string): void => {
    if (masked.has(value)) return;
    isTooMany = masked.size >= MOST_MASKED;
    if (isTooMany) return;
    masked.add(value);
    job.mask(value, masked.size <= MASKED_IN_ALL_FORMS ? 'all' : 'as-is');
  };
  return {
    hide: secretHider(mask, inputs.secretKey?.reveal() ?? job.run.repository), root: process.cwd(),
    notes: () => (isTooMany ? [`There are more than ${MOST_MASKED} different secrets in the reports. Those beyond are in nothing that this gate prints or writes, but a later step of the job that prints one would show it.`] : []),
  };
}
