import { formatDuration } from '#shared/core/duration';
import { formatSize } from '#shared/core/size';
import { overall } from '#shared/core/verdict';
import type { Address, Attempt, CheckContext, Evidence, HttpCheck } from './check.ts';
import { dial } from './dial.ts';
import type { Progress } from './failure.ts';
import { faultsOf, versionOf } from './http-answer.ts';
import { exchange, type HttpAnswer, type HttpRequest } from './http-exchange.ts';
import { redirected } from './redirect.ts';
import { redactor, shownUrl } from './redaction.ts';
import { quoted, shown } from './shown.ts';

const BODY_LIMIT = 1_048_576;
const BODY_SHOWN = 500;

interface Journey {
  readonly answer: HttpAnswer;
  readonly urls: readonly URL[];
  readonly ms: number;
  /** Why a redirect was not followed, though following was allowed. */
  readonly halt: string | undefined;
}

/** Sends the check's request once, follows the redirects it allows, and judges the answer. Rejects as `exchange` does. */
export async function tryHttp(check: HttpCheck, context: CheckContext, progress: Progress): Promise<Attempt> {
  const journey = await travel(check, context, progress);
  const redact = redactor(check);
  const say = (text: string): string => quoted(redact(text));
  const faults = await faultsOf({ ...journey.answer, say }, check.expect ?? {}, journey.ms);
  const evidence = await evidenceOf(check, journey, redact);
  if (faults.length === 0) return { verdict: 'pass', reason: success(journey, evidence), evidence, answered: true };
  const reasons = [...faults.map(({ reason }) => reason), ...(journey.halt === undefined ? [] : [journey.halt])];
  return { verdict: overall(faults.map(({ verdict }) => verdict)), reason: reasons.join('; '), evidence, answered: true };
}

async function travel(check: HttpCheck, context: CheckContext, progress: Progress): Promise<Journey> {
  const started = performance.now();
  const urls: URL[] = [];
  let request = firstRequest(check);
  for (;;) {
    urls.push(request.url);
    const answer = await exchange(request, dial(addressOf(check, request.url), check.from ?? 'runner', context, progress), progress, context.signal);
    const next = urls.length > (check.followRedirects ?? 0) ? undefined : redirected(request, answer, check.connectTo !== undefined);
    if (next === undefined || 'halt' in next) return { answer, urls, ms: performance.now() - started, halt: next?.halt ?? loop(check, answer, urls) };
    request = next.request;
  }
}

function loop({ followRedirects = 0 }: HttpCheck, { headers }: HttpAnswer, urls: readonly URL[]): string | undefined {
  if (followRedirects === 0 || headers['location'] === undefined || urls.length <= followRedirects) return undefined;
  return `stopped after ${followRedirects} redirects`;
}

function firstRequest(check: HttpCheck): HttpRequest {
  const url = new URL(check.url);
  const given = Object.entries(check.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value.reveal()] as const);
  const defaults = { 'user-agent': 'slipway', accept: '*/*', 'accept-encoding': 'identity', 'cache-control': 'no-cache', ...account(url) };
  return {
    url,
    method: check.method ?? 'GET',
    headers: { host: url.host, ...defaults, ...Object.fromEntries(given), ...(check.host === undefined ? {} : { host: check.host }) },
    body: check.body?.reveal(),
    insecure: check.insecure ?? false,
    bodyLimit: check.bodyLimit ?? BODY_LIMIT,
  };
}

function account({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function addressOf({ connectTo }: HttpCheck, url: URL): Address {
  if (connectTo !== undefined) return connectTo;
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

function success({ answer, ms, urls }: Journey, { version }: Evidence): string {
  const cut = answer.isCut ? `, body longer than the ${formatSize(Buffer.byteLength(answer.body))} read` : '';
  const path = urls.length > 1 ? `, after ${urls.length - 1} redirects` : '';
  return `status ${answer.status} in ${formatDuration(ms)}${version === undefined ? '' : `, version "${version}"`}${path}${cut}`;
}

async function evidenceOf(check: HttpCheck, { answer, urls, ms }: Journey, redact: (text: string) => string): Promise<Evidence> {
  const { location } = answer.headers;
  const version = check.expect?.version === undefined ? undefined : await versionOf(answer, check.expect.version);
  return {
    target: `${check.method ?? 'GET'} ${urls.map((url) => shown(redact(shownUrl(url.href)), 300)).join(' -> ')}`,
    address: answer.address,
    status: answer.status,
    location: location === undefined ? undefined : shown(redact(location), 300),
    version: version === undefined ? undefined : shown(redact(version)),
    body: shown(redact(answer.body), BODY_SHOWN),
    responseMs: Math.round(ms),
  };
}
