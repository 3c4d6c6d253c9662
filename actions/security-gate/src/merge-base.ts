import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mergeBaseOnGitHub } from '#shared/github/merge-base';
import type { Repository } from '#shared/github/questions';
import type { Job } from '#shared/runner/action';
import { surroundings } from '#shared/runner/surroundings';

const COMMIT = /^[0-9a-f]{40,64}$/;

/**
 * The commit that the pull request or merge queue of this run is measured against, and on a terminal the one where the branch left the
 * default branch; otherwise a sentence that says why there is none, and what to do.
 */
export async function mergeBase(repository: Repository | undefined, { run }: Job): Promise<{ readonly commit: string } | string> {
  const [base, head] = run.url === '' ? ['origin/HEAD', 'HEAD'] : [baseOfEvent(), run.commit];
  if (base === undefined) return 'this run is of no pull request, so there is nothing to measure it against';
  const here = await inClone(base, head);
  if (here !== undefined) return { commit: here };
  if (repository !== undefined && COMMIT.test(base)) return mergeBaseOnGitHub(repository, base, head);
  return `this clone does not reach back to where ${base.slice(0, 12)} and ${head.slice(0, 12)} part: let actions/checkout fetch with fetch-depth: 0, or give github-token`;
}

function baseOfEvent(): string | undefined {
  const { pull_request: pull, merge_group: queue } = surroundings().event as { readonly pull_request?: { readonly base?: { readonly sha?: unknown } }; readonly merge_group?: { readonly base_sha?: unknown } };
  return [pull?.base?.sha, queue?.base_sha].find((one) => typeof one === 'string' && COMMIT.test(one)) as string | undefined;
}

// Undefined in a shallow clone, in none, and where git does not trust the folder.
async function inClone(base: string, head: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['merge-base', base, head]);
    const commit = stdout.trim();
    return COMMIT.test(commit) ? commit : undefined;
  } catch {
    return undefined;
  }
}
