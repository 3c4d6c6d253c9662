import { request as startHttp, Agent as HttpAgent, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as startHttps, Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** The proxy settings of an environment, under the names they have there. */
export type ProxySettings = Readonly<Record<string, string>>;

/** One request, ready to be written. */
export interface WebRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** One answer. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No answer came. Whether the request reached somebody is known only when no connection was made. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly wasSent: boolean;
  /** The system's name for what went wrong, such as `ECONNREFUSED`. */
  readonly code: string;

  constructor(cause: Error & { readonly code?: string }, wasSent: boolean) {
    super(cause.message, { cause });
    this.wasSent = wasSent;
    this.code = cause.name === 'TimeoutError' ? 'ETIMEDOUT' : cause.code ?? 'EUNKNOWN';
  }
}

const LONGEST_ANSWER = 8 * 2 ** 20;

/**
 * Sends a request over a connection of its own, through the proxy that the settings name for it, and reads the answer.
 * @throws {NoAnswer} when there is none within the signal's time.
 */
export async function exchange({ url, method, headers, body }: WebRequest, proxy: ProxySettings, signal: AbortSignal): Promise<WebAnswer> {
  const isSecure = url.protocol === 'https:';
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: false, proxyEnv: proxy } as object);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const options: RequestOptions = { method, agent, headers: { ...headers, ...length, connection: 'close' }, signal };
  let wasSent = false;
  try {
    return await new Promise<WebAnswer>((resolve, reject) => {
      const started = (isSecure ? startHttps : startHttp)(url, options);
      started.once('socket', (socket: Socket) => {
        // A socket that is ready at once is a proxy's tunnel.
        if (socket.connecting) socket.once(isSecure ? 'secureConnect' : 'connect', () => { wasSent = true; });
        else wasSent = true;
      });
      started.once('error', reject).once('response', (response: IncomingMessage) => void readAnswer(response).then(resolve, reject));
      started.end(body);
    });
  } catch (error) {
    const cause = signal.aborted && signal.reason instanceof Error ? signal.reason : error;
    throw new NoAnswer(cause as Error, wasSent);
  } finally {
    agent.destroy();
  }
}

async function readAnswer(response: IncomingMessage): Promise<WebAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LONGEST_ANSWER) break;
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]));
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() };
}
