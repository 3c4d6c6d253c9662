import { missingScope, shown } from './access.ts';
import { type Answer, type Call, type Method, ok, refused, textOf } from './call.ts';
import type { Channel, Message } from './workspace.ts';

const MOST = 999;

/** The methods that read conversations. */
export const reading: Readonly<Record<string, Method>> = {
  'conversations.history': { scopes: ['channels:history', 'groups:history'], perMinute: 50, answer: history },
  'conversations.replies': { scopes: ['channels:history', 'groups:history'], perMinute: 50, answer: replies },
  'conversations.info': { scopes: ['channels:read', 'groups:read'], perMinute: 50, answer: info },
  'conversations.list': { scopes: ['channels:read', 'groups:read'], perMinute: 20, answer: list },
};

// Newest first; replies are in their threads, unless they were sent to the channel as well.
function history(call: Call): Answer {
  return read(call, (channel) => channel.messages.filter(({ ts, thread_ts: thread, broadcast }) => thread === undefined || thread === ts || broadcast).toReversed(), 100);
}

// Oldest first, beginning with the message that the thread hangs on.
function replies(call: Call): Answer {
  const root = call.args['ts'];
  return read(call, (channel) => channel.messages.filter(({ ts, thread_ts: thread }) => ts === root || thread === root), 999, 'thread_not_found');
}

function read({ args, workspace, app }: Call, select: (channel: Channel) => readonly Message[], usual: number, whenEmpty?: string): Answer {
  const channel = workspace.channels.find(({ id }) => id === args['channel']);
  if (channel === undefined || (channel.isPrivate && !channel.isMember)) return refused('channel_not_found');
  const needed = channel.isPrivate ? 'groups:history' : 'channels:history';
  if (!app.scopes.includes(needed)) return missingScope(needed, app.scopes);
  if (!channel.isMember) return refused('not_in_channel');
  const all = select(channel);
  if (all.length === 0 && whenEmpty !== undefined) return refused(whenEmpty);
  const page = pageOf(all.filter(({ ts }) => isWithin(ts, args)), args, usual);
  if (page === undefined) return refused('invalid_cursor');
  const withMetadata = textOf(args, 'include_all_metadata') === 'true';
  const messages = page.items.map((message) => withReplies(channel, shown(message, withMetadata), message));
  return ok({ messages, has_more: page.next !== '', ...(page.next && { response_metadata: { next_cursor: page.next } }) });
}

/** The items at the cursor and the cursor behind them, empty at the end; undefined for a cursor that is none. */
function pageOf<Item>(all: readonly Item[], args: Call['args'], usual: number): { readonly items: readonly Item[]; readonly next: string } | undefined {
  const from = Number(Buffer.from(textOf(args, 'cursor'), 'base64').toString() || 0);
  if (!Number.isSafeInteger(from)) return undefined;
  const to = from + Math.min(Number(textOf(args, 'limit')) || usual, MOST);
  return { items: all.slice(from, to), next: to < all.length ? Buffer.from(String(to)).toString('base64') : '' };
}

// Compared as text, because a ts has more digits than a number holds; all are of one length.
function isWithin(ts: string, args: Call['args']): boolean {
  const isInclusive = ['true', '1'].includes(textOf(args, 'inclusive'));
  const [oldest, latest] = ['oldest', 'latest'].map((name) => textOf(args, name)).map((bound) => (bound === '' || bound.includes('.') ? bound : `${bound}.000000`)) as [string, string];
  const isAfter = oldest === '' || ts > oldest || (isInclusive && ts === oldest);
  return isAfter && (latest === '' || ts < latest || (isInclusive && ts === latest));
}

function withReplies({ messages }: Channel, answer: Readonly<Record<string, unknown>>, { ts }: Message): Readonly<Record<string, unknown>> {
  const thread = messages.filter((one) => one.thread_ts === ts && one.ts !== ts);
  return thread.length === 0 ? answer : { ...answer, thread_ts: ts, reply_count: thread.length, latest_reply: thread.at(-1)?.ts };
}

function info({ args, workspace }: Call): Answer {
  const channel = workspace.channels.find(({ id }) => id === args['channel']);
  return channel === undefined || (channel.isPrivate && !channel.isMember) ? refused('channel_not_found') : ok({ channel: described(channel) });
}

function list({ args, workspace, app }: Call): Answer {
  const types = (textOf(args, 'types') || 'public_channel').split(',');
  if (types.includes('private_channel') && !app.scopes.includes('groups:read')) return missingScope('groups:read', app.scopes);
  const all = workspace.channels.filter(({ isPrivate, isMember }) => (isPrivate ? isMember && types.includes('private_channel') : types.includes('public_channel')))
    .filter(({ isArchived }) => textOf(args, 'exclude_archived') !== 'true' || !isArchived);
  const page = pageOf(all, args, 100);
  return page === undefined ? refused('invalid_cursor') : ok({ channels: page.items.map(described), response_metadata: { next_cursor: page.next } });
}

function described({ id, name, isPrivate, isArchived, isMember }: Channel): Readonly<Record<string, unknown>> {
  return { id, name, is_channel: !isPrivate, is_private: isPrivate, is_archived: isArchived, is_member: isMember };
}
