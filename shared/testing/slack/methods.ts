import { missingScope, refusedChannel, shown } from './access.ts';
import { faultsOfBlocks } from './block-kit.ts';
import { type Answer, type Call, type Method, ok, refused, textOf } from './call.ts';
import { contentOf } from './content.ts';
import { files } from './files.ts';
import { reading } from './reading.ts';
import { isObject } from './rules.ts';
import type { Channel, Message } from './workspace.ts';

/** The methods that are spoken here, by name. */
export const methods: Readonly<Record<string, Method>> = {
  'auth.test': { scopes: [], perMinute: 600, answer: authTest },
  'blocks.validate': { scopes: [], perMinute: 20, answer: validate },
  'chat.postMessage': { scopes: ['chat:write'], perMinute: 600, answer: postMessage },
  'chat.update': { scopes: ['chat:write'], perMinute: 50, answer: update },
  'chat.delete': { scopes: ['chat:write'], perMinute: 50, answer: remove },
  'chat.getPermalink': { scopes: [], perMinute: 600, answer: permalink },
  ...reading,
  ...files,
};

function authTest({ app, workspace, origin }: Call): Answer {
  return ok({ url: `${origin}/`, team: 'Slipway', user: 'slipway', team_id: workspace.team, user_id: 'U0SLIPWAY', bot_id: app.bot, is_enterprise_install: false });
}

function validate({ args }: Call): Answer {
  const given = ['blocks', 'message', 'view'].filter((name) => args[name] !== undefined);
  if (given.length !== 1 || given[0] === 'view') return refused('invalid_arguments');
  const isMessage = given[0] === 'message';
  const blocks = isMessage && isObject(args['message']) ? (args['message']['blocks'] ?? []) : args['blocks'];
  const errors = faultsOfBlocks(blocks, isMessage ? '/blocks' : '');
  return errors.length === 0 ? ok() : refused(isMessage ? 'invalid_message' : 'invalid_blocks', { errors });
}

function postMessage({ args, workspace, app }: Call): Answer {
  const channel = workspace.find(args['channel']);
  const refusal = refusedChannel(channel, app.scopes);
  if (channel === undefined || refusal !== undefined) return refusal ?? refused('channel_not_found');
  const parsed = contentOf(args, { mayCut: true });
  if ('refusal' in parsed) return parsed.refusal;
  const { thread_ts: thread, username, icon_emoji: icon } = args;
  if (thread !== undefined && !channel.messages.some(({ ts }) => ts === thread)) return refused('thread_not_found');
  if (username !== undefined && !app.scopes.includes('chat:write.customize')) return missingScope('chat:write.customize', app.scopes);
  const message = workspace.post(channel, {
    ...parsed.content, bot: app.bot, ...(typeof thread === 'string' && { thread_ts: thread }), ...(typeof username === 'string' && { username }),
    ...(typeof icon === 'string' && { icon_emoji: icon }), ...(textOf(args, 'reply_broadcast') === 'true' && { broadcast: true }),
  });
  return ok({ channel: channel.id, ts: message.ts, message: shown(message, true) });
}

function update(call: Call): Answer {
  const { args, workspace } = call;
  const own = ownMessage(call, 'cant_update_message');
  if ('refusal' in own) return own.refusal;
  const { channel, message } = own;
  // What is left out stays, but a text without blocks takes the blocks away.
  const kept = args['text'] === undefined ? { text: message.text, blocks: message.blocks } : {};
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  const parsed = contentOf({ ...JSON.parse(JSON.stringify(kept)) as object, attachments: message.attachments, metadata: message.metadata, ...given }, { mayCut: false });
  if ('refusal' in parsed) return parsed.refusal;
  const changed = workspace.change(channel, message, parsed.content);
  return ok({ channel: channel.id, ts: changed.ts, text: changed.text, message: shown(changed, true) });
}

function remove(call: Call): Answer {
  const own = ownMessage(call, 'cant_delete_message');
  if ('refusal' in own) return own.refusal;
  call.workspace.remove(own.channel, own.message);
  return ok({ channel: own.channel.id, ts: own.message.ts });
}

/** The message that a call is about: it is named by the channel's ID, and it is the caller's own. */
function ownMessage({ args, workspace, app }: Call, whenForeign: string): { readonly channel: Channel; readonly message: Message } | { readonly refusal: Answer } {
  const channel = workspace.channels.find(({ id }) => id === args['channel']);
  if (channel === undefined) return { refusal: refused('channel_not_found') };
  const message = channel.messages.find(({ ts }) => ts === args['ts']);
  if (message === undefined) return { refusal: refused('message_not_found') };
  if (message.bot !== app.bot) return { refusal: refused(whenForeign) };
  return channel.isArchived ? { refusal: refused('is_archived') } : { channel, message };
}

function permalink({ args, workspace, origin }: Call): Answer {
  const channel = workspace.channels.find(({ id }) => id === args['channel']);
  if (channel === undefined || !channel.isMember) return refused('channel_not_found');
  const message = channel.messages.find(({ ts }) => ts === args['message_ts']);
  if (message === undefined) return refused('message_not_found');
  return ok({ channel: channel.id, permalink: `${origin}/archives/${channel.id}/p${message.ts.replace('.', '')}` });
}
