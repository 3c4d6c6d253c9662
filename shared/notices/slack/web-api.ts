import type { ChatPostMessageArguments, ChatUpdateArguments, FetchFunction } from '@slack/web-api';
import type { Secret } from '#shared/core/secret';
import type { Message } from './message.ts';

/** What an app keeps with a message, unseen by people. */
export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

/** A message as Slack gives it back. */
export interface StoredMessage {
  readonly ts: string;
  readonly metadata: Metadata | undefined;
  readonly replies: number;
}

/** Where a message is. */
export interface Posted {
  /** The channel's ID, whatever name it was given by. */
  readonly channel: string;
  readonly ts: string;
}

/** What a post may say besides its message. */
export interface PostOptions {
  readonly thread?: string;
  readonly metadata: Metadata;
  /** Shows a reply in the channel as well. */
  readonly isBroadcast?: boolean;
}

/** A page of messages, and where the next begins. */
export interface Page {
  readonly messages: readonly StoredMessage[];
  readonly next: string | undefined;
}

/** A workspace, as far as notices need it. Every call rejects with an error that faults.ts can read. */
export interface Workspace {
  post(channel: string, message: Message, options: PostOptions): Promise<Posted>;
  update(at: Posted, message: Message, metadata: Metadata): Promise<void>;
  remove(at: Posted): Promise<void>;
  /** Messages of a channel since a moment (seconds since 1970), newest first. */
  history(channel: string, oldest: number, cursor?: string): Promise<Page>;
  /** A message and its thread, oldest first. */
  replies(at: Posted, cursor?: string): Promise<Page>;
  permalink(at: Posted): Promise<string | undefined>;
  /** Where to put the bytes of a file, and the file's ID. */
  uploadAddress(filename: string, bytes: number): Promise<{ readonly url: string; readonly id: string }>;
  /** Shows uploaded files in a thread. */
  share(files: readonly { readonly id: string; readonly title: string }[], at: Posted): Promise<void>;
}

const PAGE = 200; // messages; what Slack recommends at most

/** The workspace a bot token belongs to, through Slack's own client, with its retries, waits and log switched off: `fetch` decides. */
export async function openWorkspace(token: Secret, apiUrl: string, fetch: FetchFunction): Promise<Workspace> {
  // Two hundred kilobytes that webhooks, previews and refused inputs do without.
  const { WebClient } = await import('@slack/web-api');
  const client = new WebClient(token.reveal(), {
    slackApiUrl: apiUrl, fetch, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, allowAbsoluteUrls: false, logger: SILENT,
  });
  return {
    post: async (channel, message, { thread, metadata, isBroadcast }) => {
      const shown = { channel, ...message, metadata, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
      const place = thread === undefined ? {} : { thread_ts: thread, ...(isBroadcast === true && { reply_broadcast: true }) };
      const { channel: id, ts } = await client.chat.postMessage({ ...shown, ...place } as unknown as ChatPostMessageArguments);
      return { channel: id ?? channel, ts: ts ?? '' };
    },
    update: async ({ channel, ts }, message, metadata) => {
      await client.chat.update({ channel, ts, ...message, metadata, parse: 'none', link_names: false } as unknown as ChatUpdateArguments);
    },
    remove: async ({ channel, ts }) => void (await client.chat.delete({ channel, ts })),
    history: async (channel, oldest, cursor) => pageOf(await client.conversations.history({
      channel, oldest: String(oldest), include_all_metadata: true, limit: PAGE, ...(cursor !== undefined && { cursor }),
    })),
    replies: async ({ channel, ts }, cursor) => pageOf(await client.conversations.replies({
      channel, ts, include_all_metadata: true, limit: PAGE, ...(cursor !== undefined && { cursor }),
    })),
    permalink: async ({ channel, ts }) => (await client.chat.getPermalink({ channel, message_ts: ts })).permalink,
    uploadAddress: async (filename, length) => {
      const { upload_url: url = '', file_id: id = '' } = await client.files.getUploadURLExternal({ filename, length });
      return { url, id };
    },
    share: async ([first, ...rest], { channel, ts }) => {
      if (first !== undefined) await client.files.completeUploadExternal({ files: [first, ...rest], channel_id: channel, thread_ts: ts });
    },
  };
}

interface Answer {
  readonly messages?: readonly { readonly ts?: string; readonly metadata?: unknown; readonly reply_count?: number }[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

function pageOf(answer: object): Page {
  const { messages = [], response_metadata: { next_cursor: next = '' } = {} } = answer as Answer;
  return {
    messages: messages.map(({ ts = '', metadata, reply_count: replies = 0 }) => ({ ts, metadata: metadataOf(metadata), replies })),
    next: next === '' ? undefined : next,
  };
}

function metadataOf(given: unknown): Metadata | undefined {
  const { event_type: type, event_payload: payload } = (given ?? {}) as Partial<Metadata>;
  return typeof type === 'string' && typeof payload === 'object' && payload !== null ? { event_type: type, event_payload: payload } : undefined;
}

const nothing = (): void => undefined;
// Its log would print addresses and, when asked to, whole messages.
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing, getLevel: () => 'error' as never };
