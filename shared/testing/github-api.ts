import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  commitAnswer, deploymentAnswer, type DeploymentSettings, jobAnswer, type JobSettings, type Place, pullRequestAnswer, type PullRequestSettings, refusalAnswer, statusAnswers,
} from './github-api-answers.ts';
import { createLoopback } from './loopback.ts';

/** What a token may read. */
export type Permission = 'contents' | 'deployments' | 'pull-requests' | 'actions' | 'security-events';

/** One repository with one run, as a test describes it. */
export interface GitHubSettings {
  readonly repository?: string;
  /** Empty for whatever run is asked for. */
  readonly run?: string;
  /** Whose `sha` is empty is whatever commit is asked for. */
  readonly commit?: { readonly sha: string; readonly message: string; readonly name: string; readonly login?: string };
  readonly pullRequests?: readonly PullRequestSettings[];
  /** Newest first, as GitHub lists them. */
  readonly deployments?: readonly DeploymentSettings[];
  readonly jobs?: readonly JobSettings[];
  /** Analyses and alerts as GitHub gives them; `off` where code scanning is. */
  readonly codeScanning?: { readonly analyses: readonly object[]; readonly alerts: readonly object[] } | 'off';
  readonly dependabot?: readonly object[] | 'off';
  /** Of any two commits; with none GitHub knows no such commits. */
  readonly mergeBase?: string;
  readonly artifacts?: readonly ArtifactSettings[];
  /** All of them unless given. */
  readonly permissions?: readonly Permission[];
  /** Below which path the API is: GitHub Enterprise has it at `/api/v3`. */
  readonly prefix?: string;
  /** Milliseconds until an answer. */
  readonly delay?: number;
}

/** An artifact of a run. */
export interface ArtifactSettings {
  readonly name: string;
  readonly commit: string;
  readonly zip: Buffer;
  readonly isExpired?: boolean;
  /** Its run is of a fork. */
  readonly isForeign?: boolean;
}

/** The part of GitHub's REST API that tells of a run, on loopback. */
export interface GitHub {
  readonly apiUrl: string;
  readonly token: string;
  /** Method and path of each request, the log storage's too. */
  readonly requests: readonly string[];
  /** Authorization headers that reached the storage of logs, which must see none. */
  readonly leaked: readonly string[];
  stop(): Promise<void>;
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Surroundings extends Required<GitHubSettings> {
  readonly place: Place;
  /** Where logs lie: another host, as on GitHub. */
  readonly storage: string;
  readonly token: string;
}

const COMMIT = { sha: '0123456789abcdef0123456789abcdef01234567', message: 'Sell tea\n\nAnd coffee.', name: 'Ada Lovelace', login: 'ada' };
const DEFAULTS: Required<GitHubSettings> = {
  repository: 'octo-org/shop', run: '812', commit: COMMIT, pullRequests: [], deployments: [], jobs: [], codeScanning: { analyses: [], alerts: [] }, dependabot: [], mergeBase: '', artifacts: [],
  permissions: ['contents', 'deployments', 'pull-requests', 'actions', 'security-events'], prefix: '', delay: 0,
};

/** Starts one. */
export async function startGitHub(settings: GitHubSettings = {}): Promise<GitHub> {
  const loopback = createLoopback();
  const requests: string[] = [];
  const leaked: string[] = [];
  const all = { ...DEFAULTS, ...settings };
  const token = `ghs_${randomBytes(21).toString('hex')}`;
  const storagePort = await loopback.listen(createServer((request, response) => {
    requests.push(`${request.method} storage${request.url}`);
    if (request.headers.authorization !== undefined) leaked.push(request.headers.authorization);
    const [, artifact] = /^\/artifact\/(\d+)$/.exec(request.url ?? '') ?? [];
    if (artifact !== undefined) return void response.setHeader('content-type', 'application/zip').end(all.artifacts[Number(artifact) - 1]?.zip);
    response.end(all.jobs[Number(request.url?.slice(1)) - 1]?.log);
  }));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(`${request.method} ${request.url}`);
    await wait(all.delay, undefined, { ref: false });
    const { status = 200, body, headers = {} } = answerOf(request, surroundings);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body === undefined ? '' : JSON.stringify(body));
  };
  const port = await loopback.listen(createServer((request, response) => void serve(request, response).catch(() => response.destroy())));
  const apiUrl = `http://127.0.0.1:${port}${all.prefix}`;
  const surroundings: Surroundings = { ...all, token, storage: `http://localhost:${storagePort}`, place: { api: apiUrl, pages: 'https://github.example', repository: all.repository } };
  return { apiUrl, token, requests, leaked, stop: loopback.close };
}

function answerOf(request: IncomingMessage, surroundings: Surroundings): Answer {
  const { place, token } = surroundings;
  const url = new URL(request.url ?? '/', place.api);
  if (![`token ${token}`, `Bearer ${token}`].includes(request.headers.authorization ?? '')) return refusal(401, 'Bad credentials');
  const start = `${new URL(place.api).pathname.replace(/\/$/, '')}/repos/${place.repository}`;
  if (request.method !== 'GET' || !url.pathname.startsWith(`${start}/`)) return refusal(404, 'Not Found');
  const path = url.pathname.slice(start.length);
  const route = routes.find(({ pattern }) => pattern.test(path));
  if (route === undefined) return refusal(404, 'Not Found');
  if (!surroundings.permissions.includes(route.permission)) return refusal(403, 'Resource not accessible by integration');
  return route.answer(route.pattern.exec(path)?.[1] ?? '', url.searchParams, surroundings);
}

const routes: readonly { readonly pattern: RegExp; readonly permission: Permission; answer(id: string, query: URLSearchParams, surroundings: Surroundings): Answer }[] = [
  { pattern: /^\/commits\/([^/]+)$/, permission: 'contents', answer: (sha, _, { commit, place }) => ([sha, ''].includes(commit.sha) ? { body: commitAnswer({ ...commit, sha }, place) } : refusal(422, `No commit found for SHA: ${sha}`)) },
  { pattern: /^\/commits\/([^/]+)\/pulls$/, permission: 'pull-requests', answer: (_, __, { pullRequests, place }) => ({ body: pullRequests.map((one) => pullRequestAnswer(one, place)) }) },
  { pattern: /^\/deployments$/, permission: 'deployments', answer: deploymentsAnswer },
  { pattern: /^\/deployments\/(\d+)\/statuses$/, permission: 'deployments', answer: (id, _, { deployments, place }) => {
    const found = deployments[Number(id) - 1];
    return found === undefined ? refusal(404, 'Not Found') : { body: statusAnswers(found, Number(id), place) };
  } },
  { pattern: /^\/actions\/runs\/(\d+)\/jobs$/, permission: 'actions', answer: jobsAnswer },
  { pattern: /^\/actions\/jobs\/(\d+)\/logs$/, permission: 'actions', answer: (id, _, { jobs, storage }) =>
    (jobs[Number(id) - 1]?.log === undefined ? refusal(404, 'Not Found') : { status: 302, body: undefined, headers: { location: `${storage}/${id}` } }) },
  { pattern: /^\/code-scanning\/analyses$/, permission: 'security-events', answer: (_, query, { codeScanning, place }) => {
    if (codeScanning === 'off') return refusal(403, 'Code scanning is not enabled for this repository. Please enable code scanning in the repository settings.');
    return codeScanning.analyses.length === 0 ? refusal(404, 'no analysis found') : pagedAnswer('/code-scanning/analyses', codeScanning.analyses, query, place);
  } },
  { pattern: /^\/code-scanning\/alerts$/, permission: 'security-events', answer: (_, query, { codeScanning, place }) =>
    pagedAnswer('/code-scanning/alerts', codeScanning === 'off' ? [] : codeScanning.alerts.filter((alert) => 'state' in alert && alert.state === query.get('state')), query, place) },
  { pattern: /^\/dependabot\/alerts$/, permission: 'security-events', answer: (_, query, { dependabot, place }) =>
    (dependabot === 'off' ? refusal(403, 'Dependabot alerts are disabled for this repository.') : pagedAnswer('/dependabot/alerts', dependabot, query, place)) },
  { pattern: /^\/compare\/([0-9a-f]{40}\.\.\.[0-9a-f]{40})$/, permission: 'contents', answer: (_, __, { mergeBase }) => (mergeBase === '' ? refusal(404, 'Not Found') : { body: { merge_base_commit: { sha: mergeBase } } }) },
  { pattern: /^\/actions\/artifacts$/, permission: 'actions', answer: artifactsAnswer },
  { pattern: /^\/actions\/artifacts\/(\d+)\/zip$/, permission: 'actions', answer: (id, _, { storage }) => ({ status: 302, body: undefined, headers: { location: `${storage}/artifact/${id}` } }) },
];

// The newest first, as GitHub lists them.
function artifactsAnswer(_: string, query: URLSearchParams, { artifacts }: Surroundings): Answer {
  const found = artifacts.map((one, index) => ({ one, id: index + 1 })).filter(({ one }) => query.get('name') === null || one.name === query.get('name')).toReversed();
  const answer = ({ one: { name, commit, zip, isExpired = false, isForeign = false }, id }: typeof found[number]): object => ({
    id, name, size_in_bytes: zip.length, expired: isExpired, workflow_run: { id: 1, repository_id: 1, head_repository_id: isForeign ? 2 : 1, head_branch: 'main', head_sha: commit },
  });
  return { body: { total_count: found.length, artifacts: pageOf(found, query).map(answer) } };
}

// Dependabot's lists have cursors, and no pages.
function pagedAnswer(path: string, all: readonly object[], query: URLSearchParams, { api, repository }: Place): Answer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Number(query.get('page') ?? query.get('after') ?? 1);
  const name = path.startsWith('/dependabot') ? 'after' : 'page';
  const link = `<${api}/repos/${repository}${path}?per_page=${size}&${name}=${page + 1}>; rel="next"`;
  return { body: all.slice((page - 1) * size, page * size), ...(all.length > page * size && { headers: { link } }) };
}

function deploymentsAnswer(_: string, query: URLSearchParams, { deployments, place }: Surroundings): Answer {
  const environment = query.get('environment');
  const all = deployments.map((one, index) => ({ one, id: index + 1 })).filter(({ one }) => environment === null || one.environment === environment);
  return { body: pageOf(all, query).map(({ one, id }) => deploymentAnswer(one, id, place)) };
}

function jobsAnswer(run: string, query: URLSearchParams, surroundings: Surroundings): Answer {
  if (![run, ''].includes(surroundings.run)) return refusal(404, 'Not Found');
  const newest = Math.max(...surroundings.jobs.map(({ attempt = 1 }) => attempt));
  const all = surroundings.jobs.map((job, index) => ({ job, id: index + 1 })).filter(({ job }) => query.get('filter') === 'all' || (job.attempt ?? 1) === newest);
  return { body: { total_count: all.length, jobs: pageOf(all, query).map(({ job, id }) => jobAnswer(job, id, { run, sha: surroundings.commit.sha }, surroundings.place)) } };
}

function pageOf<Item>(all: readonly Item[], query: URLSearchParams): readonly Item[] {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Number(query.get('page') ?? 1);
  return all.slice((page - 1) * size, page * size);
}

function refusal(status: number, message: string): Answer {
  return { status, body: refusalAnswer(message, status) };
}
