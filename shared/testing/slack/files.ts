import { refusedChannel, shown } from './access.ts';
import { type Answer, type Call, type Method, ok, refused, textOf } from './call.ts';
import { isObject } from './rules.ts';
import type { SharedFile, Workspace } from './workspace.ts';

const LARGEST = 1_000_000_000;

/** The external upload: an address is asked for, the bytes go there, the upload is completed. */
export const files: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': { scopes: ['files:write'], perMinute: 100, formOnly: true, answer: uploadAddress },
  'files.completeUploadExternal': { scopes: ['files:write'], perMinute: 100, answer: complete },
};

function uploadAddress({ args, workspace, origin }: Call): Answer {
  const { filename, length } = args;
  if (typeof filename !== 'string' || filename === '') return refused('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing required field: filename'] } });
  const size = Number(length);
  if (!Number.isSafeInteger(size) || size < 1) return refused('missing_argument');
  if (size > LARGEST) return refused('file_upload_size_restricted');
  const id = `F0SLIPWAY${workspace.files.size}`;
  workspace.files.set(id, { id, name: filename, length: size });
  return ok({ upload_url: `${origin}/upload/v1/${id}`, file_id: id });
}

/** Takes the bytes of a file; they must be as many as were announced. */
export function takeUpload({ files: known }: Workspace, id: string, body: Buffer): Answer {
  const file = known.get(id);
  if (file === undefined) return { status: 404, body: 'file_not_found' };
  if (body.length !== file.length) return { status: 400, body: 'length_mismatch' };
  file.body = body;
  return { status: 200, body: `OK - ${body.length}` };
}

function complete({ args, workspace, app }: Call): Answer {
  const { files: listed, channel_id: channelId, thread_ts: thread } = args;
  if (!Array.isArray(listed) || listed.length === 0 || !listed.every(isObject)) return refused('invalid_arguments');
  const found = listed.map(({ id }) => workspace.files.get(String(id)));
  if (!found.every((file): file is SharedFile => file?.body !== undefined && file.channel === undefined)) return refused('file_not_found');
  for (const [index, file] of found.entries()) file.title = textOf(listed[index] ?? {}, 'title') || file.name;
  if (channelId === undefined) return ok({ files: found.map(({ id, title }) => ({ id, title })) });
  const channel = workspace.channels.find(({ id }) => id === channelId);
  const refusal = refusedChannel(channel, app.scopes);
  if (channel === undefined || refusal !== undefined) return refusal ?? refused('channel_not_found');
  if (thread !== undefined && !channel.messages.some(({ ts }) => ts === thread)) return refused('invalid_thread_ts');
  for (const file of found) {
    file.channel = channel.id;
    if (typeof thread === 'string') file.thread = thread;
  }
  const message = workspace.post(channel, { text: textOf(args, 'initial_comment'), bot: app.bot, files: found.map(({ id }) => id), ...(typeof thread === 'string' && { thread_ts: thread }) });
  return ok({ files: found.map(({ id, title }) => ({ id, title, ...shown(message, false) })) });
}
