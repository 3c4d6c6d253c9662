import { request as startRequest, type IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import { once } from 'node:events';
import { TextDecoder } from 'node:util';
import type { Progress } from './failure.ts';

/** One HTTP request, ready to be written. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case; `host` included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly insecure: boolean;
  readonly bodyLimit: number;
}

/** One HTTP answer, its body decompressed and cut after the request's limit. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated headers joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isCut: boolean;
  /** The IP address that answered, where it is known. */
  readonly address: string | undefined;
}

const DECODERS = {
  gzip: 'createGunzip', 'x-gzip': 'createGunzip', deflate: 'createInflate', br: 'createBrotliDecompress', zstd: 'createZstdDecompress',
} as const;

/**
 * Sends the request over a connection of its own and reads the answer; the connection is closed whatever comes.
 * Rejects with the system's error; `progress` then says how far it came.
 */
export async function exchange(request: HttpRequest, dialling: Promise<Duplex>, progress: Progress, signal: AbortSignal): Promise<HttpAnswer> {
  const connection = (await dialling).on('error', () => undefined);
  const close = (): void => void connection.destroy();
  signal.addEventListener('abort', close, { once: true });
  try {
    const stream = request.url.protocol === 'https:' ? await secure(connection, request, progress, signal) : connection;
    progress.phase = 'waiting';
    const response = await send(request, stream);
    progress.phase = 'reading';
    const { body, isCut } = await readBody(response, request.bodyLimit, progress);
    const address = (connection as Socket).remoteAddress;
    return { status: response.statusCode ?? 0, headers: flatten(response), body, isCut, address };
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}

async function secure(socket: Duplex, request: HttpRequest, progress: Progress, signal: AbortSignal): Promise<Duplex> {
  progress.phase = 'securing';
  const host = hostName(request);
  const name = isIP(host) === 0 ? { servername: host } : {};
  const tls = await import('node:tls');
  const secured = tls.connect({ socket, host, ...name, rejectUnauthorized: !request.insecure, ALPNProtocols: ['http/1.1'] });
  secured.on('error', () => undefined);
  await once(secured, 'secureConnect', { signal });
  return secured;
}

function hostName({ url, headers }: HttpRequest): string {
  return new URL(`http://${headers['host'] ?? url.host}`).hostname.replace(/^\[|\]$/g, '');
}

async function send({ url, method, headers, body }: HttpRequest, stream: Duplex): Promise<IncomingMessage> {
  const path = `${url.pathname}${url.search}`;
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const request = startRequest({ method, path, headers: { ...headers, ...length, connection: 'close' }, createConnection: () => stream });
  request.on('error', () => undefined).end(body);
  const [response] = await once(request, 'response') as [IncomingMessage];
  return response;
}

async function readBody(response: IncomingMessage, limit: number, progress: Progress): Promise<{ body: string; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await decoded(response) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    progress.bytes = size;
    if (size > limit) break;
  }
  const bytes = Buffer.concat(chunks).subarray(0, limit);
  return { body: decoder(response.headers['content-type']).decode(bytes), isCut: size > limit };
}

// Identity is asked for, but some servers compress all the same; the limit holds for what comes out, so that a bomb cannot fill the memory.
async function decoded(response: IncomingMessage): Promise<Readable> {
  const encoding = response.headers['content-encoding']?.toLowerCase().trim() ?? '';
  if (!Object.hasOwn(DECODERS, encoding)) return response;
  const zlib = await import('node:zlib');
  return pipeline(response, zlib[DECODERS[encoding as keyof typeof DECODERS]](), () => undefined);
}

function decoder(contentType = ''): TextDecoder {
  try {
    return new TextDecoder(/charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}

function flatten({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}
