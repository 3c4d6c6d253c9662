import { setTimeout as wait } from 'node:timers/promises';
import type { FetchFunction } from '@slack/web-api';
import type { Budget } from '../budget.ts';
import { exchange, NoAnswer, type ProxySettings, type WebAnswer, type WebRequest } from './exchange.ts';

/** How requests are made. */
export interface Manners {
  readonly budget: Budget;
  /** Milliseconds for one request. */
  readonly requestTimeout: number;
  readonly proxy: ProxySettings;
  /** Told of each wait, in words. */
  onWait?(why: string): void;
}

// Reading changes nothing, an update done twice leaves what one leaves, and a second deletion finds nothing.
const REPEATABLE = /\/(?:chat\.(?:update|delete|getPermalink)|conversations\.\w+|files\.getUploadURLExternal)$/;
const PAUSES_MS = [300, 1_000];
const RATE_LIMIT_PAUSE_MS = 1_000; // where Slack names none
const NEEDED_AFTER_PAUSE_MS = 300;

/**
 * A `fetch` for Slack's own clients with our manners: each request has its time-out and all of them one budget; a rate limit is
 * waited for if its time fits; what failed or got no answer is repeated only where a repeat cannot post twice.
 */
export function patientFetch(manners: Manners): FetchFunction {
  return async (url, init = {}) => {
    const request: WebRequest = { url: new URL(url), method: init.method ?? 'GET', headers: init.headers ?? {}, body: bodyOf(init.body) };
    return responseOf(await persistently(request, manners), String(url));
  };
}

/** Sends a request, again and again as far as manners allow. @throws {NoAnswer} when the last try got none. */
export async function persistently(request: WebRequest, manners: Manners): Promise<WebAnswer> {
  const isRepeatable = REPEATABLE.test(request.url.pathname);
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await once(request, manners);
    const pause = pauseAfter(outcome, isRepeatable, attempt);
    const isOver = manners.budget.signal.aborted;
    if (isOver || pause === undefined || pause.ms + NEEDED_AFTER_PAUSE_MS > manners.budget.left()) {
      if (outcome instanceof NoAnswer) throw outcome;
      return outcome;
    }
    manners.onWait?.(pause.why);
    await wait(pause.ms, undefined, { signal: manners.budget.signal }).catch(() => undefined);
  }
}

async function once(request: WebRequest, { budget, requestTimeout, proxy }: Manners): Promise<WebAnswer | NoAnswer> {
  const signal = AbortSignal.any([budget.signal, AbortSignal.timeout(requestTimeout)]);
  try {
    signal.throwIfAborted();
    return await exchange(request, proxy, signal);
  } catch (error) {
    return error instanceof NoAnswer ? error : new NoAnswer(error as Error, false);
  }
}

function pauseAfter(outcome: WebAnswer | NoAnswer, isRepeatable: boolean, attempt: number): { readonly ms: number; readonly why: string } | undefined {
  const pause = PAUSES_MS[attempt];
  if (outcome instanceof NoAnswer) {
    const mayRepeat = !outcome.wasSent || isRepeatable;
    return mayRepeat && pause !== undefined ? { ms: pause, why: `no answer (${outcome.code})` } : undefined;
  }
  if (outcome.status === 429) {
    const seconds = Number.parseFloat(outcome.headers['retry-after'] ?? '');
    return { ms: Number.isFinite(seconds) ? seconds * 1_000 : RATE_LIMIT_PAUSE_MS, why: 'Slack limits the rate' };
  }
  return outcome.status >= 500 && isRepeatable && pause !== undefined ? { ms: pause, why: `status ${outcome.status}` } : undefined;
}

function bodyOf(body: unknown): string | undefined {
  if (body === undefined || typeof body === 'string') return body;
  throw new TypeError('Only text is sent this way');
}

function responseOf({ status, headers, body }: WebAnswer, url: string): Awaited<ReturnType<FetchFunction>> {
  return {
    ok: status >= 200 && status < 300, status, statusText: '', url,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null, entries: () => Object.entries(headers) },
    text: async () => body, json: async () => JSON.parse(body) as unknown, arrayBuffer: async () => new TextEncoder().encode(body).buffer,
  };
}
