import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { StreamKind, Tally } from './load-totals.ts';

const REOPEN_MS = 100;

/** How a stream ended: undefined when the load itself ended it. */
type Ending = { readonly isClean: boolean; readonly version: string; readonly detail: string } | 'refused' | undefined;

/** Holds one event stream open until the signal, opening it again when it ends. Clean is an end after the event `bye`. */
export function holdSse(url: string, counts: Tally, signal: AbortSignal): Promise<void> {
  return hold('sse', counts, signal, () => readEvents(url, counts, signal));
}

/** The same for a WebSocket. Clean is an end with a close frame from the server (1000 or 1001). */
export function holdWebSocket(url: string, counts: Tally, signal: AbortSignal): Promise<void> {
  return hold('ws', counts, signal, () => readSocket(url, counts, signal));
}

async function hold(kind: StreamKind, counts: Tally, signal: AbortSignal, open: () => Promise<Ending>): Promise<void> {
  while (!signal.aborted) {
    const ending = await open();
    if (ending === 'refused') counts.stream(kind, 'refused');
    else if (ending !== undefined) counts.ended({ kind, ...ending });
    if (!signal.aborted) await wait(REOPEN_MS);
  }
}

function readEvents(url: string, counts: Tally, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const asking = get(`${url}/events`, { agent: false, signal });
    asking.on('error', () => resolve(signal.aborted ? undefined : 'refused'));
    asking.on('response', (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        return resolve('refused');
      }
      counts.stream('sse', 'opened');
      void followEvents(response, counts).then((ending) => resolve(signal.aborted ? undefined : ending));
    });
  });
}

async function followEvents(response: IncomingMessage, counts: Tally): Promise<Ending> {
  const version = String(response.headers['x-release'] ?? '');
  let last = '';
  try {
    for await (const chunk of response) {
      last = `${last}${chunk}`.slice(-200);
      counts.stream('sse', 'events');
    }
    return { isClean: /event: bye\ndata: [^\n]*\n\n$/.test(last), version, detail: `ended after ${JSON.stringify(last.slice(-60))}` };
  } catch (error) {
    return { isClean: false, version, detail: String(error) };
  }
}

function readSocket(url: string, counts: Tally, signal: AbortSignal): Promise<Ending> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`);
    const leave = (): void => socket.close(1000);
    signal.addEventListener('abort', leave);
    let isOpen = false;
    let version = '';
    socket.onopen = () => {
      isOpen = true;
      counts.stream('ws', 'opened');
      socket.send('hello');
      if (signal.aborted) leave();
    };
    socket.onmessage = ({ data }) => {
      counts.stream('ws', 'events');
      version = /^tick (.*)/.exec(String(data))?.[1] ?? version;
    };
    socket.onclose = ({ code, wasClean }) => {
      signal.removeEventListener('abort', leave);
      if (signal.aborted) return resolve(undefined);
      resolve(!isOpen ? 'refused' : { isClean: wasClean && [1000, 1001].includes(code), version, detail: `close code ${code}` });
    };
  });
}
