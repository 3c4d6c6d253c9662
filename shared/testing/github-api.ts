import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  commitAnswer, deploymentAnswer, type DeploymentSettings, jobAnswer, type JobSettings, type Place, pullRequestAnswer, type PullRequestSettings, refusalAnswer, statusAnswers,
} from './github-api-answers.ts';
import { createLoopback } from './loopback.ts';

/** What a token may read. */
export type Permission = 'contents' | 'deployments' | 'pull-requests' | 'actions';

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
  /** All of them unless given. */
  readonly permissions?: readonly Permission[];
  /** Below which path the API is: GitHub Enterprise has it at `/api/v3`. */
  readonly prefix?: string;
  /** Milliseconds until an answer. */
  readonly delay?: number;
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
  repository: 'octo-org/shop', run: '812', commit: COMMIT, pullRequests: [], deployments: [], jobs: [], permissions: ['contents', 'deployments', 'pull-requests', 'actions'], prefix: '', delay: 0,
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
];

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
