import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './call.ts';

/** What goes wrong with a call; `accepted` tells whether it took effect all the same. */
export interface Misbehaviour {
  readonly accepted: boolean;
  /** Sends the answer, or does not. */
  deliver(answer: Answer, response: ServerResponse): Promise<void>;
}

/** The call takes effect, and no answer ever comes; the connection stays open. */
export const answerNeverSent: Misbehaviour = { accepted: true, deliver: async () => undefined };

/** Nothing takes effect, and no answer ever comes. */
export const deaf: Misbehaviour = { accepted: false, deliver: async () => undefined };

/** The call takes effect, and the connection is cut before the answer. */
export const cutAfterAcceptance: Misbehaviour = { accepted: true, deliver: async (_, response) => void response.destroy() };

/** The connection is cut before anything takes effect. */
export const cutBefore: Misbehaviour = { accepted: false, deliver: async (_, response) => void response.destroy() };

/** The answer comes so many milliseconds late. */
export function answerLate(ms: number): Misbehaviour {
  return { accepted: true, deliver: async (answer, response) => (await wait(ms), send(answer, response)) };
}

/** The answer comes a byte at a time, one in so many milliseconds. */
export function slowDrip(everyMs: number): Misbehaviour {
  return {
    accepted: true,
    async deliver(answer, response) {
      const { type, text } = written(answer);
      response.writeHead(answer.status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...answer.headers });
      for (const byte of Buffer.from(text)) {
        if (response.destroyed) return;
        response.write(Buffer.of(byte));
        await wait(everyMs);
      }
      response.end();
    },
  };
}

/** An incoming webhook's `500 rollup_error`, whether or not the message was posted. */
export function rollupError({ accepted = false } = {}): Misbehaviour {
  return answerInstead({ status: 500, body: 'rollup_error' }, { accepted });
}

/** A load balancer's 503 with a page of HTML. */
export function htmlOutage({ accepted = false } = {}): Misbehaviour {
  return answerInstead({ status: 503, body: '<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>Server Error</h1></body></html>', headers: { 'content-type': 'text/html; charset=utf-8' } }, { accepted });
}

/** Another answer than the one that is due. */
export function answerInstead(answer: Answer, { accepted = false } = {}): Misbehaviour {
  return { accepted, deliver: async (_, response) => send(answer, response) };
}

/** Sends an answer as it should be. */
export function send(answer: Answer, response: ServerResponse): void {
  const { type, text } = written(answer);
  if (!response.destroyed) response.writeHead(answer.status, { 'content-type': type, ...answer.headers }).end(text);
}

function written({ body }: Answer): { readonly type: string; readonly text: string } {
  return typeof body === 'string' ? { type: 'text/plain; charset=utf-8', text: body } : { type: 'application/json; charset=utf-8', text: JSON.stringify(body) };
}
