import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { createLoopback } from './loopback.ts';

/** A comment on a pull request. */
export interface PostedComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** What a test says of the part of GitHub that pull requests and approvals are in. */
export interface PullRequestSettings {
  /** Whose token it is. */
  readonly me?: string;
  readonly comments?: readonly { readonly login: string; readonly body: string }[];
  /** The answer to a question about blame. */
  readonly blame?: object;
  /** What GET …/approvals answers: environment, who, and what they said. */
  readonly approvals?: readonly { readonly environment: string; readonly login: string; readonly state: 'approved' | 'rejected' }[];
  /** Refuses everything that changes something. */
  readonly isReadOnly?: boolean;
  /** Called before each comment is made: what happens at the same time. */
  readonly meanwhile?: (add: (login: string, body: string) => void) => void;
}

/** GitHub's comments, viewer, blame and approvals on loopback; repository octo-org/shop. */
export interface PullRequestApi {
  readonly apiUrl: string;
  readonly token: string;
  readonly comments: readonly PostedComment[];
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

type Answer = readonly [status: number, body: unknown];

const LONGEST_COMMENT = 65_536;

/** Starts one. */
export async function startPullRequestApi(settings: PullRequestSettings = {}): Promise<PullRequestApi> {
  const { me = 'github-actions[bot]', isReadOnly = false, blame = {}, approvals = [] } = settings;
  const loopback = createLoopback();
  const token = `ghs_${randomBytes(21).toString('hex')}`;
  const requests: string[] = [];
  const comments: PostedComment[] = [];
  const add = (login: string, body: string): PostedComment => {
    const comment = { id: 100 + comments.length + requests.length, body, user: { login } };
    comments.push(comment);
    return comment;
  };
  for (const { login, body } of settings.comments ?? []) add(login, body);
  const change = (id: number, body: string | undefined): Answer => {
    const index = comments.findIndex((one) => one.id === id);
    if (index < 0) return [404, { message: 'Not Found' }];
    if (body === undefined) return [204, comments.splice(index, 1) && undefined];
    comments[index]!.body = body;
    return [200, comments[index]];
  };
  const answer = (method: string, path: string, query: URLSearchParams, body: { readonly body?: string; readonly query?: string }): Answer => {
    const [, id] = /\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    if (path === '/graphql') return [200, { data: body.query?.includes('blame') === true ? blame : { viewer: { login: me } } }];
    if (path.endsWith('/approvals')) return [200, approvals.map(({ environment, login, state }) => ({ state, comment: '', user: { login }, environments: [{ name: environment }] }))];
    if (method === 'GET' && path.endsWith('/issues/7/comments')) return [200, page(comments, query)];
    if (isReadOnly) return [403, { message: 'Resource not accessible by integration' }];
    if ((body.body?.length ?? 0) > LONGEST_COMMENT) return [422, { message: 'Body is too long (maximum is 65536 characters)' }];
    if (method === 'POST' && path.endsWith('/issues/7/comments')) {
      settings.meanwhile?.((login, text) => void add(login, text));
      return [201, add(me, body.body ?? '')];
    }
    return id === undefined ? [404, { message: 'Not Found' }] : change(Number(id), method === 'DELETE' ? undefined : body.body);
  };
  const port = await loopback.listen(createServer((request, response) => void textOf(request).then((text) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${request.method} ${url.pathname}`);
    const isMine = [`token ${token}`, `Bearer ${token}`].includes(request.headers.authorization ?? '');
    const [status, body] = isMine ? answer(request.method ?? '', url.pathname, url.searchParams, text === '' ? {} : JSON.parse(text) as object) : [401, { message: 'Bad credentials' }];
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body === undefined ? '' : JSON.stringify(body));
  }).catch(() => response.destroy())));
  return { apiUrl: `http://127.0.0.1:${port}`, token, comments, requests, stop: loopback.close };
}

function page(all: readonly PostedComment[], query: URLSearchParams): readonly PostedComment[] {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  return all.slice((Number(query.get('page') ?? 1) - 1) * size, Number(query.get('page') ?? 1) * size);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
