import type { Run } from '#shared/core/run';
import type { Secret } from '#shared/core/secret';

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
  /** The first job that failed, its step, and the last lines of its log (empty where they cannot be read yet). */
  readonly failing?: { readonly job: string; readonly step: string; readonly url: string; readonly logTail: string };
  /** What could not be found out, and why; a permission that the token lacks is named as a workflow writes it: `deployments: read`. */
  readonly missing: readonly string[];
}

/** What GitHub tells of a run within the signal's time. Never throws: what it does not tell is named in `missing`. */
export async function readRunContext(_access: GitHubAccess, _run: Run, _signal: AbortSignal): Promise<RunContext> {
  return { jobs: [], missing: ['the run: it is not asked yet'] };
}
