import { messageOf } from '#shared/core/errors';
import type { Run } from '#shared/core/run';
import type { Secret } from '#shared/core/secret';

/** One repository on GitHub that questions are asked about. */
export interface Repository {
  /** Asks one endpoint, such as `GET /repos/{owner}/{repo}/commits/{ref}`; rejects as octokit does. */
  readonly ask: ReturnType<typeof import('@actions/github').getOctokit>['request'];
  readonly named: { readonly owner: string; readonly repo: string };
}

const silence = (): void => undefined;

/** A way to ask GitHub about one repository. Octokit is loaded only now, because it is most of what an action would load. */
export async function repositoryOf({ apiUrl, token }: { readonly apiUrl: string; readonly token: Secret }, run: Run, signal: AbortSignal): Promise<Repository> {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token.reveal(), { baseUrl: apiUrl.replace(/\/+$/, ''), log: { debug: silence, info: silence, warn: silence, error: silence } });
  const [owner = '', repo = ''] = run.repository.split('/');
  return { ask: octokit.request.defaults({ request: { signal } }), named: { owner, repo } };
}

/** An answer, or undefined with its lack told to `missing`: the permission where that is what lacks, else what was asked and why it failed. */
export async function answerOr<Answer>(question: Promise<Answer>, what: string, permission: string, missing: string[], signal: AbortSignal): Promise<Answer | undefined> {
  try {
    return await question;
  } catch (error) {
    missing.push(lackOf(error, what, permission, signal));
    return undefined;
  }
}

function lackOf(error: unknown, what: string, permission: string, signal: AbortSignal): string {
  if (signal.aborted) return `${what}: GitHub did not answer in time`;
  const status = statusOf(error);
  if (status === 401) return `${what}: GitHub does not take the token`;
  if (status === 429 || (status === 403 && /rate limit/i.test(messageOf(error)))) return `${what}: GitHub's rate limit is reached`;
  // What a token may not see is, to it, not there.
  if (status === 403 || status === 404) return `${permission} (${what})`;
  return `${what}: ${messageOf(error)}`;
}

/** The HTTP status with which GitHub refused, if that is what happened. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}
