import type { IncomingHttpHeaders } from 'node:http';
import type { Workspace } from './workspace.ts';

/** Who calls: an app with a bot token. */
export interface App {
  readonly token: string;
  readonly bot: string;
  readonly scopes: readonly string[];
}

/** One call of a Web API method. */
export interface Call {
  readonly workspace: Workspace;
  readonly app: App;
  readonly args: Readonly<Record<string, unknown>>;
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string;
}

/** A Web API method: what it needs, and what it does. */
export interface Method {
  /** One of these scopes is needed; none where it is empty. */
  readonly scopes: readonly string[];
  /** Calls a minute: tier 3 is 50, tier 4 is 100. Posting has a limit of its own, by channel. */
  readonly perMinute: number;
  /** Some take no JSON. */
  readonly formOnly?: boolean;
  answer(call: Call): Answer;
}

/** What is answered: an object goes out as JSON, a string as plain text. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Success. */
export function ok(members: Readonly<Record<string, unknown>> = {}): Answer {
  return { status: 200, body: { ok: true, ...members } };
}

/** A refusal, which the Web API answers with status 200 as well. */
export function refused(error: string, members: Readonly<Record<string, unknown>> = {}): Answer {
  return { status: 200, body: { ok: false, error, ...members } };
}

/** Arguments as JSON or as a form. Undefined where the body is neither; a token in JSON is not looked at, as Slack does. */
export function argumentsOf(method: string, query: URLSearchParams, type: string, body: string): Readonly<Record<string, unknown>> | undefined {
  if (method === 'GET') return Object.fromEntries(query);
  if (!type.startsWith('application/json')) return unpacked(Object.fromEntries(new URLSearchParams(body)));
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed, token: undefined } : undefined;
  } catch {
    return undefined;
  }
}

const STRUCTURED = new Set(['blocks', 'attachments', 'metadata', 'files', 'message']);

// Forms carry structures as JSON; what is not JSON stays a string, which no rule takes.
function unpacked(form: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, STRUCTURED.has(name) ? parsedOr(value) : value]));
}

function parsedOr(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** An argument as text; empty where it is none. */
export function textOf(args: Readonly<Record<string, unknown>>, name: string): string {
  const value = args[name];
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value as string) : '';
}

/** The token of a call: from its header, or from a form. */
export function tokenOf(headers: IncomingHttpHeaders, args: Readonly<Record<string, unknown>>): string | undefined {
  const [, bearer] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
  return bearer ?? (typeof args['token'] === 'string' ? args['token'] : undefined);
}
