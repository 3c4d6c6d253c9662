/** What went wrong with a request to Slack. */
export interface SlackFault {
  /** Slack's own word for it, `http_502`, or the system's, such as `ECONNREFUSED`. */
  readonly code: string;
  /** Whether Slack may have done it all the same. */
  readonly mayHaveArrived: boolean;
  /** What it means and what to do, in one or two sentences. */
  readonly advice: string;
}

const ADVICE: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know this token. Take the bot token (xoxb-...) from "OAuth & Permissions" of your app and put it into the secret anew.',
  not_authed: 'No token arrived. The secret is empty here: pull requests from forks get none, and reusable workflows only those passed on.',
  account_inactive: 'The token belongs to an app or user that was removed. Install the app again and put its new token into the secret.',
  token_revoked: 'The token was revoked. Install the app again and put its new token into the secret.',
  token_expired: 'The token has expired: token rotation is on for this app. Switch it off, or hand in a fresh token.',
  missing_scope: 'The app lacks a scope. Add it under "OAuth & Permissions" and install the app again.',
  not_allowed_token_type: 'This kind of token cannot do that. Use the bot token (xoxb-...).',
  no_permission: 'The workspace does not allow this app to do that. Ask its administrator.',
  ekm_access_denied: 'An administrator has suspended posting in this workspace.',
  restricted_action: 'The channel lets only some people post. Allow the app in the channel\'s settings.',
  channel_not_found: 'There is no such channel, or the app is not in it if it is private. Give the channel\'s ID (C..., at the bottom of its details) and invite the app.',
  not_in_channel: 'The app is not in the channel. Invite it: /invite @your-app.',
  is_archived: 'The channel is archived. Give another, or unarchive it.',
  channel_is_archived: 'The channel is archived. Give another, or unarchive it.',
  message_not_found: 'The message is gone: somebody deleted it.',
  thread_not_found: 'The message is gone: somebody deleted it.',
  cant_update_message: 'Only the app that wrote a message may change it. Use the same app in all jobs.',
  edit_window_closed: 'The workspace forbids changing messages of that age. Its administrator can lift that.',
  msg_too_long: 'Slack finds the text too long, though it is within the published limits. Please report it with the replay file.',
  msg_blocks_too_long: 'Slack finds the blocks too long, though they are within the known limits. Please report it with the replay file.',
  metadata_too_large: 'Slack finds the record of the deployment too large. Give fewer or shorter fields.',
  invalid_blocks: 'Slack refuses the blocks. With a blocks-file, try validate-only: true; else please report it with the replay file.',
  invalid_blocks_format: 'Slack refuses the blocks. With a blocks-file, try validate-only: true; else please report it with the replay file.',
  invalid_payload: 'Slack refuses the message as a whole. With a blocks-file, try validate-only: true; else please report it with the replay file.',
  no_text: 'Slack finds no text in the message. Please report it with the replay file.',
  rate_limited: 'Slack limits the rate, and its time did not fit into the budget. Send less often, or raise budget.',
  ratelimited: 'Slack limits the rate, and its time did not fit into the budget. Send less often, or raise budget.',
  user_not_found: 'The webhook posts to a person who is gone. Make a new webhook.',
  action_prohibited: 'An administrator has forbidden incoming webhooks to post there.',
  posting_to_general_channel_denied: 'Only some people may post to the general channel. Choose another, or allow it in the workspace\'s settings.',
  too_many_attachments: 'The message has more attachments than Slack takes.',
  no_service: 'The webhook is gone or switched off. Make a new one under "Incoming Webhooks" of your app and put its address into the secret.',
  no_active_hooks: 'The webhook is switched off. Make a new one under "Incoming Webhooks" of your app and put its address into the secret.',
  no_service_id: 'The webhook\'s address is incomplete. Copy it whole.',
  no_team: 'The webhook\'s workspace does not exist. Copy its address whole.',
  team_disabled: 'The webhook\'s workspace is switched off.',
  invalid_token: 'The webhook\'s address is wrong at its end, or has been revoked. Copy it whole.',
  rollup_error: 'Slack could not accept the message.',
  invalid_workflow_input: 'The workflow expects other variables than were sent. Name them in variables.',
  parameter_validation_failed: 'The workflow expects other variables than were sent. Name them in variables.',
  file_uploads_disabled: 'The workspace forbids files.',
  fatal_error: 'Slack broke down while it worked on this; it may have done it.',
  internal_error: 'Slack broke down while it worked on this; it may have done it.',
  service_unavailable: 'Slack is not available at the moment.',
  request_timeout: 'Slack did not get the whole request in time.',
  ENOTFOUND: 'DNS does not know the host. Look at slack-api-url and at the proxy settings of the runner.',
  EAI_AGAIN: 'DNS did not answer. Look at the runner\'s network.',
  ECONNREFUSED: 'Nothing listens there. Look at slack-api-url and at the proxy settings of the runner.',
  ECONNRESET: 'The connection was cut.',
  ETIMEDOUT: 'No answer came in time.',
  EPIPE: 'The connection was cut.',
  ERR_PROXY_TUNNEL: 'The proxy refused to connect to Slack. Look at HTTPS_PROXY and at what the proxy allows.',
};

const AMBIGUOUS = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

/** The fault behind an error of Slack's clients or of ours; it repeats neither address nor token. */
export function faultOf(error: unknown): SlackFault {
  const { data, statusCode, body, original, retryAfter } = error as Partial<Readonly<{ data: { readonly error?: unknown; readonly needed?: unknown }; statusCode: number; body: unknown; original: unknown; retryAfter: number }>>;
  if (typeof data?.error === 'string') return platformFault(data.error, data.needed);
  if (statusCode !== undefined) return httpFault(statusCode, typeof body === 'string' ? body : '');
  if (retryAfter !== undefined || (error instanceof Error && error.message.includes('Retry header'))) return fault('rate_limited', false);
  return lostFault(original ?? error);
}

/** The fault in one line. */
export function faultText({ code, advice }: SlackFault): string {
  return `${code}: ${advice}`;
}

function platformFault(code: string, needed: unknown): SlackFault {
  const word = wordIn(code) ?? 'unreadable_answer';
  const scope = typeof needed === 'string' && /^[\w:.,]{1,200}$/.test(needed) ? ` Needed: ${needed}.` : '';
  const { advice, mayHaveArrived } = fault(word, word === 'unreadable_answer' || AMBIGUOUS.has(word));
  return { code: word, advice: advice + scope, mayHaveArrived };
}

// Webhooks answer in plain text; a gateway in between answers in whatever it likes.
function httpFault(status: number, body: string): SlackFault {
  const word = wordIn(body) ?? errorIn(body);
  if (status === 429) return fault('rate_limited', false);
  const { code, advice } = word === undefined ? { code: `http_${status}`, advice: statusAdvice(status) } : fault(word, false);
  return { code, advice, mayHaveArrived: status >= 500 };
}

function lostFault(error: unknown): SlackFault {
  const { code = 'EUNKNOWN', wasSent = true } = error as { readonly code?: string; readonly wasSent?: boolean };
  const word = /^[A-Z][A-Z0-9_]{2,50}$/.test(code) ? code : 'EUNKNOWN';
  const advice = ADVICE[word] ?? (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(word) ? 'The certificate is not trusted. Behind a proxy with one of its own, set NODE_EXTRA_CA_CERTS on the runner.' : 'The request did not get through.');
  return { code: word, advice, mayHaveArrived: wasSent };
}

function fault(code: string, mayHaveArrived: boolean): SlackFault {
  return { code, mayHaveArrived, advice: ADVICE[code] ?? 'Slack answered with this word; docs.slack.dev/reference/methods explains it.' };
}

function wordIn(text: string): string | undefined {
  return /^[a-z][a-z0-9_]{2,60}$/.exec(text.trim())?.[0];
}

function errorIn(body: string): string | undefined {
  return /"error"\s*:\s*"([a-z][a-z0-9_]{2,60})"/.exec(body)?.[1];
}

function statusAdvice(status: number): string {
  if (status >= 500) return 'Slack, or a gateway before it, broke down.';
  return status === 404 || status === 410 ? 'There is nothing at this address. Copy it whole.' : 'Slack, or a gateway before it, refused the request.';
}
