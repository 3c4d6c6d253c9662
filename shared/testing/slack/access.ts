import { type Answer, refused } from './call.ts';
import type { Channel, Message } from './workspace.ts';

/** Why nothing can be posted to a channel; a private one that the app is not in does not exist for it. */
export function refusedChannel(channel: Channel | undefined, scopes: readonly string[]): Answer | undefined {
  if (channel === undefined || (channel.isPrivate && !channel.isMember)) return refused('channel_not_found');
  if (channel.isArchived) return refused('is_archived');
  return channel.isMember || scopes.includes('chat:write.public') ? undefined : refused('not_in_channel');
}

/** The refusal of a call whose token may not make it. */
export function missingScope(needed: string, provided: readonly string[]): Answer {
  return refused('missing_scope', { needed, provided: provided.join(',') });
}

/** A message as the Web API shows it. */
export function shown(message: Message, withMetadata: boolean): Readonly<Record<string, unknown>> {
  const { ts, text, blocks, attachments, metadata, thread_ts: thread, bot, edited, username, files: shared } = message;
  return {
    type: 'message', user: 'U0SLIPWAY', bot_id: bot, app_id: 'A0SLIPWAY', team: 'T0SLIPWAY', ts, text,
    ...(username && { username, subtype: 'bot_message' }), ...(blocks && { blocks }), ...(attachments && { attachments }), ...(thread && { thread_ts: thread }),
    ...(edited && { edited: { user: 'B0SLIPWAY', ts: edited } }), ...(shared.length > 0 && { files: shared.map((id) => ({ id })) }),
    ...(metadata && (withMetadata ? { metadata } : { metadata: { event_type: metadata.event_type } })),
  };
}
