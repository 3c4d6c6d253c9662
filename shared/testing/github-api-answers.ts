// The answers are typed by GitHub's own OpenAPI description (@octokit/openapi-types): one that GitHub could not give does not compile.
import type { components } from '@octokit/openapi-types';

type Schemas = components['schemas'];

/** A job as a test describes it; it has succeeded unless told otherwise. */
export interface JobSettings {
  readonly name: string;
  readonly attempt?: number;
  readonly status?: Schemas['job']['status'];
  readonly conclusion?: Schemas['job']['conclusion'];
  readonly startedAt?: string;
  readonly completedAt?: string | null;
  readonly steps?: Schemas['job']['steps'];
  /** What its log says; none while it runs. */
  readonly log?: string;
}

/** A deployment as a test describes it, with the states it went through, oldest first. */
export interface DeploymentSettings {
  readonly sha: string;
  readonly environment: string;
  readonly run: string;
  readonly states: readonly Schemas['deployment-status']['state'][];
}

/** A pull request as a test describes it. */
export interface PullRequestSettings {
  readonly number: number;
  readonly title: string;
  /** The commit that merged it; it is open without one. */
  readonly mergedAs?: string;
}

/** Where things are: the address of the API, that of the pages, and `owner/name`. */
export interface Place {
  readonly api: string;
  readonly pages: string;
  readonly repository: string;
}

/** A pull request without the two repositories in it, each of which has a hundred members that nobody reads. */
export type PullRequestAnswer = Omit<Schemas['pull-request-simple'], 'head' | 'base'> & Record<'head' | 'base', Omit<Schemas['pull-request-simple']['head'], 'repo'>>;

const WHEN = '2026-11-21T14:00:00Z';

/** A person, as GitHub describes one. */
export function userAnswer(login: string, { api, pages }: Place): Schemas['simple-user'] {
  const url = `${api}/users/${login}`;
  return {
    login, id: 1, node_id: 'U_1', avatar_url: `${pages}/${login}.png`, gravatar_id: '', url, html_url: `${pages}/${login}`, followers_url: `${url}/followers`, following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`, starred_url: `${url}/starred{/owner}{/repo}`, subscriptions_url: `${url}/subscriptions`, organizations_url: `${url}/orgs`, repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`, received_events_url: `${url}/received_events`, type: 'User', site_admin: false,
  };
}

/** A commit; its author is known to GitHub by `login` where that is given. */
export function commitAnswer({ sha, message, name, login }: { readonly sha: string; readonly message: string; readonly name: string; readonly login?: string }, place: Place): Schemas['commit'] {
  const url = `${place.api}/repos/${place.repository}/commits/${sha}`;
  const person = { name, email: 'ada@example.com', date: WHEN };
  const user = login === undefined ? null : userAnswer(login, place);
  return {
    url, sha, node_id: `C_${sha}`, html_url: `${place.pages}/${place.repository}/commit/${sha}`, comments_url: `${url}/comments`, author: user, committer: user, parents: [],
    commit: { url, author: person, committer: person, message, comment_count: 0, tree: { sha, url } },
  };
}

/** A pull request, merged or open. */
export function pullRequestAnswer({ number, title, mergedAs }: PullRequestSettings, place: Place): PullRequestAnswer {
  const url = `${place.api}/repos/${place.repository}/pulls/${number}`;
  const link = { href: url };
  const user = userAnswer('ada', place);
  const side = { label: 'octo-org:main', ref: 'main', sha: mergedAs ?? '', user };
  const merged = mergedAs === undefined ? null : WHEN;
  return {
    url, id: number, node_id: `PR_${number}`, html_url: `${place.pages}/${place.repository}/pull/${number}`, diff_url: url, patch_url: url, issue_url: url, commits_url: url, review_comments_url: url,
    review_comment_url: url, comments_url: url, statuses_url: url, number, state: merged === null ? 'open' : 'closed', locked: false, title, user, body: null, labels: [], milestone: null, created_at: WHEN,
    updated_at: WHEN, closed_at: merged, merged_at: merged, merge_commit_sha: mergedAs ?? null, assignee: null, head: side, base: side, author_association: 'MEMBER', auto_merge: null,
    _links: { comments: link, commits: link, statuses: link, html: link, issue: link, review_comments: link, review_comment: link, self: link },
  };
}

/** A deployment with this number. */
export function deploymentAnswer({ sha, environment }: DeploymentSettings, id: number, place: Place): Schemas['deployment'] {
  const repository = `${place.api}/repos/${place.repository}`;
  const url = `${repository}/deployments/${id}`;
  return { url, id, node_id: `DE_${id}`, sha, ref: 'main', task: 'deploy', payload: {}, environment, description: null, creator: userAnswer('ada', place), created_at: WHEN, updated_at: WHEN, statuses_url: `${url}/statuses`, repository_url: repository };
}

/** Its statuses, newest first, as Actions makes them: each with the address of the run. */
export function statusAnswers({ run, states }: DeploymentSettings, id: number, place: Place): readonly Schemas['deployment-status'][] {
  const repository = `${place.api}/repos/${place.repository}`;
  const page = `${place.pages}/${place.repository}/actions/runs/${run}/job/1`;
  return states.toReversed().map((state, index) => ({
    url: `${repository}/deployments/${id}/statuses/${index}`, id: index, node_id: `DES_${index}`, state, creator: userAnswer('github-actions[bot]', place), description: '', target_url: page, log_url: page,
    created_at: WHEN, updated_at: WHEN, deployment_url: `${repository}/deployments/${id}`, repository_url: repository,
  }));
}

/** A job of a run. */
export function jobAnswer(settings: JobSettings, id: number, { run, sha }: { readonly run: string; readonly sha: string }, place: Place): Schemas['job'] {
  const { name, attempt = 1, status = 'completed', conclusion = status === 'completed' ? 'success' : null, startedAt = WHEN, steps = [] } = settings;
  const repository = `${place.api}/repos/${place.repository}`;
  return {
    id, run_id: Number(run), run_url: `${repository}/actions/runs/${run}`, run_attempt: attempt, node_id: `CR_${id}`, head_sha: sha, url: `${repository}/actions/jobs/${id}`,
    html_url: `${place.pages}/${place.repository}/actions/runs/${run}/job/${id}`, status, conclusion, created_at: startedAt, started_at: startedAt, completed_at: settings.completedAt ?? (status === 'completed' ? WHEN : null), name, steps,
    check_run_url: `${repository}/check-runs/${id}`, labels: ['ubuntu-latest'], runner_id: 1, runner_name: 'runner', runner_group_id: 1, runner_group_name: 'Default', workflow_name: 'Release', head_branch: 'main',
  };
}

/** A refusal, as GitHub words it. */
export function refusalAnswer(message: string, status: number): Schemas['basic-error'] {
  return { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
}
