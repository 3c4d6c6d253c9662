import type { Answer } from './call.ts';
import { contentOf } from './content.ts';
import { isObject } from './rules.ts';
import type { Channel, Workspace } from './workspace.ts';

/** Who posts through webhooks: their app has a bot of its own, whose messages no token may change. */
const WEBHOOK_BOT = 'B0WEBHOOK';
/** Errors of the Web API that webhooks word otherwise. */
const OTHER_WORDS: Readonly<Record<string, string>> = { invalid_arguments: 'invalid_payload' };

/** What an incoming webhook answers: plain text, `ok` alone for success. */
export function answerWebhook(workspace: Workspace, channel: Channel | undefined, body: string): Answer {
  if (channel === undefined) return { status: 404, body: 'no_service' };
  if (channel.isArchived) return { status: 410, body: 'channel_is_archived' };
  const payload = payloadOf(body);
  if (payload === undefined) return { status: 400, body: 'invalid_payload' };
  const parsed = contentOf(payload, { mayCut: true });
  if ('refusal' in parsed) return { status: 400, body: wordOf(parsed.refusal) };
  workspace.post(channel, { ...parsed.content, bot: WEBHOOK_BOT });
  return { status: 200, body: 'ok' };
}

/** What a trigger of Workflow Builder answers; its values are a flat object of strings. */
export function answerTrigger(isKnown: boolean, body: string): Answer & { readonly values?: Readonly<Record<string, unknown>> } {
  if (!isKnown) return { status: 404, body: { ok: false, error: 'invalid_trigger' } };
  const payload = payloadOf(body);
  if (payload === undefined || !Object.values(payload).every((value) => typeof value === 'string')) return { status: 400, body: { ok: false, error: 'invalid_webhook_format', response_metadata: { messages: [] } } };
  return { status: 200, body: { ok: true }, values: payload };
}

function payloadOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function wordOf({ body }: Answer): string {
  const error = typeof body === 'string' ? body : String(body['error']);
  return OTHER_WORDS[error] ?? error;
}
