import { request as startHttp, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { request as startHttps, Agent as HttpsAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf, UserError } from '#shared/core/errors';
import { formatDuration } from '#shared/core/duration';
import { formatSize } from '#shared/core/size';

/** How files are fetched. */
export interface Downloading {
  /** The only hosts that are asked, redirects included, as an address names them: with the port where it has one. */
  readonly hosts: readonly string[];
  /** The proxy settings of the environment, under the names they have there. */
  readonly proxy: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Pauses before each further try, ms. */
  readonly pauses: readonly number[];
  /** How long a server may be silent, ms. */
  readonly patience: number;
  onRetry(why: string): void;
}

const MOST_REDIRECTS = 5;

// What may be otherwise the next time.
class Passing extends Error {}

/**
 * The bytes at an address, at most `limit` of them. Faults that may pass are tried again.
 * @throws {UserError} when they cannot be had, or another host than the allowed would have to be asked.
 */
export async function download(url: URL, limit: number, downloading: Downloading): Promise<Buffer> {
  for (const pause of [...downloading.pauses, undefined]) {
    try {
      return await attempt(url, limit, downloading, MOST_REDIRECTS);
    } catch (error) {
      downloading.signal.throwIfAborted();
      if (!(error instanceof Passing)) throw error;
      if (pause === undefined) throw new UserError(`${url.href} could not be downloaded: ${error.message}`);
      downloading.onRetry(`${error.message}; trying again in ${formatDuration(pause)}`);
      await wait(pause, undefined, { signal: downloading.signal });
    }
  }
  throw new Error('unreachable: the last try returns or throws');
}

async function attempt(url: URL, limit: number, downloading: Downloading, redirects: number): Promise<Buffer> {
  if (!downloading.hosts.includes(url.host)) throw new UserError(`${url.host} is not a host that scanners may come from. Those are: ${downloading.hosts.join(', ')}.`);
  const agent = new (url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: false, proxyEnv: downloading.proxy } as object);
  try {
    const answer = await ask(url, agent, downloading);
    const next = redirectOf(answer, url);
    if (next === undefined) return await read(answer, limit, url);
    answer.destroy();
    if (redirects === 0) throw new UserError(`${url.href} is redirected again and again.`);
    return await attempt(next, limit, downloading, redirects - 1);
  } finally {
    agent.destroy();
  }
}

function ask(url: URL, agent: HttpAgent, { signal, patience }: Downloading): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? startHttps : startHttp;
    const started = start(url, { agent, signal, timeout: patience, headers: { 'user-agent': 'slipway', accept: 'application/octet-stream', connection: 'close' } }, resolve);
    started.on('timeout', () => started.destroy(new Passing(`${url.host} was silent for ${formatDuration(patience)}`)));
    started.on('error', (error) => reject(error instanceof Passing ? error : new Passing(`${url.host}: ${error.message}`)));
    started.end();
  });
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  const to = URL.parse(location, from.href);
  if (to === null || !/^https?:$/.test(to.protocol)) throw new UserError(`${from.href} is redirected to what is no web address.`);
  if (from.protocol === 'https:' && to.protocol !== 'https:') throw new UserError(`${from.href} is redirected to an address without TLS, on ${to.host}.`);
  return to;
}

async function read(answer: IncomingMessage, limit: number, url: URL): Promise<Buffer> {
  const { statusCode = 0 } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    if (statusCode >= 500 || statusCode === 408 || statusCode === 429) throw new Passing(`${url.host} answered ${statusCode}`);
    throw new UserError(`${url.href} could not be downloaded: ${url.host} answered ${statusCode}.`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new UserError(`${url.href} is larger than the ${formatSize(limit)} it may have.`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof UserError || error instanceof Passing) throw error;
    throw new Passing(`${url.host} broke off after ${formatSize(size)}: ${messageOf(error)}`);
  }
  return Buffer.concat(chunks);
}
