// Of the emulators on npm, emulate@0.12.2 comes nearest: it keeps channels and messages, and knows no limit of Block Kit, no rate limit and no lost answer.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createLoopback } from '../loopback.ts';
import type { Answer, App } from './call.ts';
import { createMeter, type Limits, USUAL_LIMITS } from './limits.ts';
import { type Misbehaviour, send } from './misbehaviour.ts';
import { answerOf, kindOf, type Surroundings } from './router.ts';
import { type Channel, type ChannelSettings, createWorkspace, type Message, type SharedFile } from './workspace.ts';

/** What reached Slack, and what became of it. */
export interface SlackRequest {
  /** `chat.postMessage` and its like, or `webhook`, `trigger`, `upload`. */
  readonly kind: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Undefined when it took no effect because it was told to misbehave. */
  answer?: Answer;
}

/** A moment in the life of a request: it was read, it took effect, its answer was handed over. */
export type Moment = 'arrived' | 'accepted' | 'answered';

/** Slack on loopback: what the published API takes it takes, what that refuses it refuses; and it can be told to misbehave. */
export interface Slack {
  /** Such as `http://127.0.0.1:8080/api/`, for `slack-api-url`. */
  readonly apiUrl: string;
  readonly origin: string;
  /** A bot token with all scopes that were given. */
  readonly token: string;
  /** Another app's token, with these scopes. */
  tokenWith(...scopes: readonly string[]): string;
  /** The incoming webhook of a channel. */
  webhookUrl(channel: string): string;
  readonly triggerUrl: string;
  /** What the trigger's workflow was started with. */
  readonly triggered: readonly Readonly<Record<string, unknown>>[];
  readonly requests: readonly SlackRequest[];
  /** How often such a call was made. */
  count(kind: string): number;
  channel(name: string): Channel;
  /** All messages of a channel in order, those in threads too. */
  messages(channel: string): readonly Message[];
  /** Those that were posted to it and taken away again. */
  deleted(channel: string): readonly Message[];
  readonly files: readonly SharedFile[];
  /** The next calls of a kind (`*`: any) go wrong so, `times` of them. */
  misbehave(kind: string, how: Misbehaviour, times?: number): void;
  /** Calls back at each moment of each request, and goes on when that is done; `drop` on arrival makes it as if it was never sent. */
  onMoment(listener: (moment: Moment, request: SlackRequest) => void | 'drop' | Promise<void | 'drop'>): void;
  stop(): Promise<void>;
}

const SCOPES = ['chat:write', 'channels:history', 'groups:history', 'channels:read', 'groups:read', 'files:write'];

/** Starts one; with the public channels `deploys` and `alerts` unless told otherwise. */
export async function startSlack(options: { readonly channels?: readonly ChannelSettings[]; readonly scopes?: readonly string[]; readonly limits?: Partial<Limits> } = {}): Promise<Slack> {
  const workspace = createWorkspace(options.channels ?? [{ name: 'deploys' }, { name: 'alerts' }]);
  const apps: App[] = [];
  const addApp = (scopes: readonly string[]): string => {
    const token = `xoxb-${randomBytes(24).toString('hex')}`;
    apps.push({ token, scopes, bot: `B0SLIPWAY${apps.length}` });
    return token;
  };
  const secret = randomBytes(12).toString('hex');
  const surroundings: Surroundings = { workspace, apps, secret, origin: '', meter: createMeter(), limits: { ...USUAL_LIMITS, ...options.limits }, triggered: [] };
  const requests: SlackRequest[] = [];
  const faults: { kind: string; how: Misbehaviour; left: number }[] = [];
  const listeners: Parameters<Slack['onMoment']>[0][] = [];
  const tell = async (moment: Moment, request: SlackRequest): Promise<boolean> => (await Promise.all(listeners.map(async (listener) => listener(moment, request)))).includes('drop');
  const misbehaviourOf = (kind: string): Misbehaviour | undefined => {
    const fault = faults.find((one) => one.left > 0 && [kind, '*'].includes(one.kind));
    if (fault !== undefined) fault.left -= 1;
    return fault?.how;
  };
  const loopback = createLoopback();
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const request: SlackRequest = { kind: kindOf(incoming), body: body.toString(), headers: incoming.headers, at: Date.now() };
    requests.push(request);
    if (await tell('arrived', request)) return void response.destroy();
    const how = misbehaviourOf(request.kind);
    if (how?.accepted !== false) request.answer = answerOf(incoming, body, surroundings);
    await tell('accepted', request);
    const answer = request.answer ?? { status: 200, body: 'ok' };
    await (how === undefined ? send(answer, response) : how.deliver(answer, response));
    await tell('answered', request);
  };
  const origin = `http://127.0.0.1:${await loopback.listen(createServer((incoming, response) => void serve(incoming, response).catch(() => response.destroy())))}`;
  surroundings.origin = origin;
  const channel = (name: string): Channel => found(workspace.find(name), name);
  return {
    origin, requests, channel, apiUrl: `${origin}/api/`, token: addApp(options.scopes ?? SCOPES), triggerUrl: `${origin}/triggers/${workspace.team}/${secret}`, triggered: surroundings.triggered,
    tokenWith: (...scopes) => addApp(scopes),
    webhookUrl: (name) => `${origin}/services/${workspace.team}/${channel(name).id}/${secret}`,
    count: (kind) => requests.filter((request) => request.kind === kind).length,
    messages: (name) => channel(name).messages,
    deleted: (name) => channel(name).deleted,
    get files() { return [...workspace.files.values()]; },
    misbehave: (kind, how, times = 1) => void faults.push({ kind, how, left: times }),
    onMoment: (listener) => void listeners.push(listener),
    stop: loopback.close,
  };
}

/** The body; of a form with parts, its one file, because uploads may come either way. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const body = await buffer(incoming);
  const type = incoming.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer());
}

function found(channel: Channel | undefined, name: string): Channel {
  if (channel === undefined) throw new Error(`The loopback Slack has no channel ${name}.`);
  return channel;
}
