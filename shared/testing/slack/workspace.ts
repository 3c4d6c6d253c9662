/** A channel as a test makes it; public and with the app in it unless told otherwise. */
export interface ChannelSettings {
  readonly name: string;
  readonly id?: string;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  readonly isMember?: boolean;
}

/** What a message says, and said. */
export interface Content {
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly metadata?: Metadata;
}

/** What an app keeps with a message for itself. */
export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

/** One message, with all it ever said, oldest first. */
export interface Message extends Content {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly username?: string;
  readonly icon_emoji?: string;
  readonly broadcast?: boolean;
  /** Which app posted it: only that one may change it. */
  readonly bot: string;
  readonly edited?: string;
  readonly files: readonly string[];
  readonly versions: readonly Content[];
  /** When each of them began to be shown. */
  readonly at: readonly string[];
}

/** A channel and all that was posted to it, in the order of `ts`. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  isArchived: boolean;
  isMember: boolean;
  readonly messages: Message[];
  /** What was posted and taken away again. */
  readonly deleted: Message[];
}

/** A file on its way, or shared. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  body?: Buffer;
  title?: string;
  channel?: string;
  thread?: string;
}

/** All that is in a workspace. */
export interface Workspace {
  readonly team: string;
  readonly channels: readonly Channel[];
  readonly files: Map<string, SharedFile>;
  /** By ID or by name, with or without `#`. */
  find(channel: unknown): Channel | undefined;
  post(channel: Channel, message: Content & Pick<Message, 'thread_ts' | 'username' | 'icon_emoji' | 'broadcast'> & { readonly bot: string; readonly files?: readonly string[] }): Message;
  change(channel: Channel, message: Message, content: Content): Message;
  remove(channel: Channel, message: Message): void;
}

/** An empty workspace with these channels. */
export function createWorkspace(settings: readonly ChannelSettings[]): Workspace {
  const channels = settings.map(channelOf);
  const nextTs = clock();
  return {
    team: 'T0SLIPWAY', channels, files: new Map(),
    find: (wanted) => channels.find(({ id, name }) => wanted === id || String(wanted).replace(/^#/, '') === name),
    post(channel, { bot, files = [], ...rest }) {
      const ts = nextTs();
      const message: Message = { ...rest, bot, files, ts, versions: [contentOf(rest)], at: [ts] };
      channel.messages.push(message);
      return message;
    },
    change(channel, message, content) {
      const { ts, thread_ts: thread, username, bot, files, versions, at } = message;
      const edited = nextTs();
      const changed: Message = { ts, bot, files, ...(thread && { thread_ts: thread }), ...(username && { username }), ...content, edited, versions: [...versions, content], at: [...at, edited] };
      channel.messages[channel.messages.indexOf(message)] = changed;
      return changed;
    },
    remove: (channel, message) => void channel.deleted.push(...channel.messages.splice(channel.messages.indexOf(message), 1)),
  };
}

function channelOf({ name, id, isPrivate = false, isArchived = false, isMember = true }: ChannelSettings, index: number): Channel {
  return { name, id: id ?? `${isPrivate ? 'G' : 'C'}0SLIPWAY${index}`, isPrivate, isArchived, isMember, messages: [], deleted: [] };
}

function contentOf({ text, blocks, attachments, metadata }: Content): Content {
  return { text, ...(blocks && { blocks }), ...(attachments && { attachments }), ...(metadata && { metadata }) };
}

/** Seconds and six digits, each later than the one before, as Slack's are. */
function clock(): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Date.now() * 1000);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}
