import type { IncomingMessage } from 'node:http';
import { missingScope } from './access.ts';
import { type Answer, type App, argumentsOf, refused, tokenOf } from './call.ts';
import { takeUpload } from './files.ts';
import { type Limits, type Meter, rateLimited } from './limits.ts';
import { methods } from './methods.ts';
import { answerTrigger, answerWebhook } from './webhooks.ts';
import type { Workspace } from './workspace.ts';

/** All that answering needs. */
export interface Surroundings {
  readonly workspace: Workspace;
  readonly apps: readonly App[];
  /** The last part of every webhook's address. */
  readonly secret: string;
  readonly meter: Meter;
  readonly limits: Limits;
  readonly triggered: Readonly<Record<string, unknown>>[];
  origin: string;
}

/** What a request is for: the method's name, or `webhook`, `trigger`, `upload`, or its path. */
export function kindOf({ url = '/' }: IncomingMessage): string {
  const [, first = '', rest = ''] = /^\/([^/?]+)\/?([^?]*)/.exec(url) ?? [];
  return { api: rest, services: 'webhook', triggers: 'trigger', upload: 'upload' }[first] ?? url;
}

/** Has a request take effect, and returns its answer. */
export function answerOf(request: IncomingMessage, body: Buffer, surroundings: Surroundings): Answer {
  const { workspace, secret, triggered } = surroundings;
  const parts = (request.url ?? '/').split(/[/?]/).slice(1);
  if (parts[0] === 'api') return answerMethod(parts[1] ?? '', request, body.toString(), surroundings);
  if (parts[0] === 'upload') return takeUpload(workspace, parts[2] ?? '', body);
  if (parts[0] === 'triggers') {
    const answer = answerTrigger(parts[2] === secret, body.toString());
    if (answer.values !== undefined) triggered.push(answer.values);
    return answer;
  }
  if (parts[0] !== 'services') return { status: 404, body: 'not found' };
  if (parts[3] !== secret) return { status: 403, body: 'invalid_token' };
  return postLimit(`webhook ${parts[2]}`, surroundings, true) ?? answerWebhook(workspace, workspace.channels.find(({ id }) => id === parts[2]), body.toString());
}

function answerMethod(name: string, request: IncomingMessage, body: string, surroundings: Surroundings): Answer {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) return refused('unknown_method', { req_method: name });
  const type = request.headers['content-type'] ?? '';
  const isUnread = method.formOnly === true && type.startsWith('application/json');
  const args = argumentsOf(request.method ?? 'POST', new URL(request.url ?? '/', 'http://slack').searchParams, type, isUnread ? '{}' : body);
  if (args === undefined) return refused('invalid_json');
  const token = tokenOf(request.headers, args);
  if (token === undefined) return refused('not_authed');
  const app = surroundings.apps.find((one) => one.token === token);
  if (app === undefined) return refused('invalid_auth');
  const scopes = { 'x-oauth-scopes': app.scopes.join(','), 'x-accepted-oauth-scopes': method.scopes.join(',') };
  const limited = methodLimit(name, args, app, method.perMinute, surroundings);
  const isAllowed = method.scopes.length === 0 || method.scopes.some((scope) => app.scopes.includes(scope));
  const answer = limited ?? (isAllowed ? method.answer({ ...surroundings, app, args }) : missingScope(method.scopes[0] ?? '', app.scopes));
  return { ...answer, headers: { ...scopes, ...answer.headers } };
}

function methodLimit(name: string, { channel }: Readonly<Record<string, unknown>>, { bot }: App, perMinute: number, surroundings: Surroundings): Answer | undefined {
  if (name === 'chat.postMessage') return postLimit(`post ${surroundings.workspace.find(channel)?.id}`, surroundings, false);
  const wait = surroundings.meter.take(`${bot} ${name}`, perMinute / 60, perMinute);
  return wait === 0 ? undefined : rateLimited(wait / 1000, false);
}

function postLimit(kind: string, { meter, limits }: Surroundings, isWebhook: boolean): Answer | undefined {
  const wait = meter.take(kind, limits.postsPerSecond, limits.burst);
  return wait === 0 ? undefined : rateLimited(wait / 1000, isWebhook);
}
