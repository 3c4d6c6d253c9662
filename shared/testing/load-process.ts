// The process behind load.ts: makes requests, holds streams open, and counts what becomes of them.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { holdSse, holdWebSocket } from './load-streams.ts';
import type { LoadMessage } from './load.ts';
import { createTally, now, type LoadKind, type LoadOptions, type LossCause, type Tally } from './load-totals.ts';

const tally = createTally();
const stopping = new AbortController();
let work: Promise<unknown> = Promise.resolve();

process.on('disconnect', () => process.exit()); // stopped, or the test that started it has died
process.on('message', (message: LoadMessage) => {
  if (message.order === 'stop') stopping.abort();
  if (message.order === 'start') work = run(message.options, tally, stopping.signal);
  void (message.order === 'stop' ? work : Promise.resolve()).then(() => process.send?.({ id: message.id, totals: tally.totals() }));
});

async function run(options: LoadOptions, counts: Tally, signal: AbortSignal): Promise<void> {
  const { connections = {}, streams = {}, url } = options;
  const kinds = Object.entries(connections).flatMap(([kind, count]) => Array<LoadKind>(count).fill(kind as LoadKind));
  const holds = [
    ...Array.from({ length: streams.sse ?? 0 }, () => holdSse),
    ...Array.from({ length: streams.ws ?? 0 }, () => holdWebSocket),
  ];
  await Promise.all([...kinds.map((kind) => keepAsking(kind, options, counts, signal)), ...holds.map((hold) => hold(url, counts, signal))]);
}

/** One connection of its own, one request at a time. */
async function keepAsking(kind: LoadKind, options: LoadOptions, counts: Tally, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await wait(Math.random() * (options.pause ?? 20)); // not all in step
  while (!signal.aborted) {
    await askOnce(kind, options, agent, counts);
    await wait(options.pause ?? 20);
  }
  agent.destroy();
}

async function askOnce(kind: LoadKind, options: LoadOptions, agent: Agent, counts: Tally): Promise<void> {
  const sentAt = now();
  counts.sent(kind);
  for (;;) {
    const asked = await ask(kind, options, agent);
    if (asked.outcome === 'unsent') counts.renewed();
    else if (asked.outcome === 'ok') return counts.answered(kind, asked.version, now() - sentAt);
    else return counts.lost({ kind, sentAt, cause: asked.outcome, version: asked.version, detail: asked.detail });
  }
}

interface Asked {
  readonly outcome: 'ok' | 'unsent' | LossCause;
  readonly version: string;
  readonly detail: string;
}

async function ask(kind: LoadKind, options: LoadOptions, agent: Agent): Promise<Asked> {
  const question = questionOf(kind, options);
  const asking = request(`${options.url}${question.path}`, { method: question.body ? 'POST' : 'GET', agent });
  const wasSent = watchSending(asking);
  const timer = setTimeout(() => asking.destroy(Object.assign(new Error('no answer in time'), { code: 'LIMIT' })), options.limit ?? 20_000);
  try {
    asking.end(question.body);
    const { response, body } = await answerTo(asking);
    const version = String(response.headers['x-release'] ?? '');
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) return { outcome: status < 500 ? 'body' : 'status', version, detail: `${status} from ${version || 'the router'}: ${body.subarray(0, 80)}` };
    return { outcome: question.isRight(body) ? 'ok' : 'body', version, detail: `${body.length} bytes from ${version}: ${body.subarray(0, 80)}` };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { outcome: wasSent() ? causeOf(code) : 'unsent', version: '', detail: `${code} ${message}` };
  } finally {
    clearTimeout(timer);
  }
}

/** Tells whether anything went out on a kept-alive connection; a new connection that fails is always the server's loss. */
function watchSending(asking: ClientRequest): () => boolean {
  let before = 0;
  asking.on('socket', (socket) => (before = socket.bytesWritten));
  return () => !asking.reusedSocket || (asking.socket?.bytesWritten ?? 0) > before;
}

function answerTo(asking: ClientRequest): Promise<{ response: IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    asking.on('error', reject);
    asking.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject); // an answer cut short, too
      response.on('end', () => resolve({ response, body: Buffer.concat(chunks) }));
    });
  });
}

function causeOf(code: string): LossCause {
  if (code === 'LIMIT') return 'timeout';
  return code === 'ECONNREFUSED' ? 'refused' : 'reset';
}

interface Question {
  readonly path: string;
  readonly body?: Buffer;
  isRight(answer: Buffer): boolean;
}

function questionOf(kind: LoadKind, { slow = 3000, downloadBytes = 65_536, bodyBytes = 2048 }: LoadOptions): Question {
  if (kind === 'get') return { path: '/', isRight: (answer) => answer.length > 0 };
  if (kind === 'slow') return { path: `/slow?ms=${slow}`, isRight: (answer) => answer.length > 0 };
  if (kind === 'download') return { path: `/download?bytes=${downloadBytes}`, isRight: (answer) => answer.length === downloadBytes && answer.every((byte, at) => byte === at % 256) };
  if (kind === 'order') return { path: '/orders', body: Buffer.from(JSON.stringify({ item: `tea ${randomInt(1e6)}` })), isRight: (answer) => /^\{"id":\d+\}\s*$/.test(answer.toString()) };
  const body = randomBytes(bodyBytes);
  const hash = createHash('sha256').update(body).digest('hex');
  return { path: '/echo', body, isRight: (answer) => answer.includes(`"${hash}"`) };
}
