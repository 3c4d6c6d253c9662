import { userInfo } from 'node:os';
import type { Run } from '#shared/core/run';

const LONGEST = 300; // characters; GitHub's own are shorter, and every line of a ledger repeats them

/** The workflow run that this process belongs to; on a person's own machine, one made of the person and the shell it was started from. */
export function runIdentity(given: Readonly<Record<string, string | undefined>> = process.env): Run {
  const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.slice(0, LONGEST)]));
  const { GITHUB_RUN_ID: id, GITHUB_REPOSITORY: repository = '', GITHUB_SERVER_URL: server = 'https://github.com' } = environment;
  const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) || 1;
  return {
    id: id ?? `local-${process.ppid}`,
    attempt,
    url: id && repository ? `${server}/${repository}/actions/runs/${id}/attempts/${attempt}` : '',
    actor: environment['GITHUB_TRIGGERING_ACTOR'] ?? environment['GITHUB_ACTOR'] ?? userName(),
    commit: environment['GITHUB_SHA'] ?? '',
    ref: environment['GITHUB_REF'] ?? '',
    repository,
    workflow: environment['GITHUB_WORKFLOW'] ?? '',
  };
}

// A container may run under a number that has no name.
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
