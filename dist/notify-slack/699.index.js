export const id = 699;
export const ids = [699];
export const modules = {

/***/ 3699:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  deliver: () => (/* binding */ deliver)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: ./build/shared/notices/entry.js
var notices_entry = __webpack_require__(7978);
// EXTERNAL MODULE: ./build/shared/notices/memory.js
var notices_memory = __webpack_require__(6239);
// EXTERNAL MODULE: ./build/shared/notices/routes.js
var routes = __webpack_require__(9534);
// EXTERNAL MODULE: ./build/shared/notices/timeline.js
var timeline = __webpack_require__(3235);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/shared/notices/slack/faults.js
const ADVICE = {
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
function faultOf(error) {
    const { data, statusCode, body, original, retryAfter } = error;
    if (typeof data?.error === 'string')
        return platformFault(data.error, data.needed);
    if (statusCode !== undefined)
        return httpFault(statusCode, typeof body === 'string' ? body : '');
    if (retryAfter !== undefined || (error instanceof Error && error.message.includes('Retry header')))
        return fault('rate_limited', false);
    return lostFault(original ?? error);
}
/** The fault in one line. */
function faultText({ code, advice }) {
    return `${code}: ${advice}`;
}
function platformFault(code, needed) {
    const word = wordIn(code) ?? 'unreadable_answer';
    const scope = typeof needed === 'string' && /^[\w:.,]{1,200}$/.test(needed) ? ` Needed: ${needed}.` : '';
    const { advice, mayHaveArrived } = fault(word, word === 'unreadable_answer' || AMBIGUOUS.has(word));
    return { code: word, advice: advice + scope, mayHaveArrived };
}
// Webhooks answer in plain text; a gateway in between answers in whatever it likes.
function httpFault(status, body) {
    const word = wordIn(body) ?? errorIn(body);
    if (status === 429)
        return fault('rate_limited', false);
    const { code, advice } = word === undefined ? { code: `http_${status}`, advice: statusAdvice(status) } : fault(word, false);
    return { code, advice, mayHaveArrived: status >= 500 };
}
function lostFault(error) {
    const { code = 'EUNKNOWN', wasSent = true } = error;
    const word = /^[A-Z][A-Z0-9_]{2,50}$/.test(code) ? code : 'EUNKNOWN';
    const advice = ADVICE[word] ?? (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(word) ? 'The certificate is not trusted. Behind a proxy with one of its own, set NODE_EXTRA_CA_CERTS on the runner.' : 'The request did not get through.');
    return { code: word, advice, mayHaveArrived: wasSent };
}
function fault(code, mayHaveArrived) {
    return { code, mayHaveArrived, advice: ADVICE[code] ?? 'Slack answered with this word; docs.slack.dev/reference/methods explains it.' };
}
function wordIn(text) {
    return /^[a-z][a-z0-9_]{2,60}$/.exec(text.trim())?.[0];
}
function errorIn(body) {
    return /"error"\s*:\s*"([a-z][a-z0-9_]{2,60})"/.exec(body)?.[1];
}
function statusAdvice(status) {
    if (status >= 500)
        return 'Slack, or a gateway before it, broke down.';
    return status === 404 || status === 410 ? 'There is nothing at this address. Copy it whole.' : 'Slack, or a gateway before it, refused the request.';
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
;// CONCATENATED MODULE: ./build/shared/notices/slack/exchange.js


/** No answer came. Whether the request reached somebody is known only when no connection was made. */
class NoAnswer extends Error {
    name = 'NoAnswer';
    wasSent;
    /** The system's name for what went wrong, such as `ECONNREFUSED`. */
    code;
    constructor(cause, wasSent) {
        super(cause.message, { cause });
        this.wasSent = wasSent;
        this.code = cause.name === 'TimeoutError' ? 'ETIMEDOUT' : cause.code ?? 'EUNKNOWN';
    }
}
const LONGEST_ANSWER = 8 * 2 ** 20;
/**
 * Sends a request over a connection of its own, through the proxy that the settings name for it, and reads the answer.
 * @throws {NoAnswer} when there is none within the signal's time.
 */
async function exchange({ url, method, headers, body }, proxy, signal) {
    const isSecure = url.protocol === 'https:';
    const agent = new (isSecure ? external_node_https_.Agent : external_node_http_.Agent)({ keepAlive: false, proxyEnv: proxy });
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { method, agent, headers: { ...headers, ...length, connection: 'close' }, signal };
    let wasSent = false;
    try {
        return await new Promise((resolve, reject) => {
            const started = (isSecure ? external_node_https_.request : external_node_http_.request)(url, options);
            started.once('socket', (socket) => {
                // A socket that is ready at once is a proxy's tunnel.
                if (socket.connecting)
                    socket.once(isSecure ? 'secureConnect' : 'connect', () => { wasSent = true; });
                else
                    wasSent = true;
            });
            started.once('error', reject).once('response', (response) => void readAnswer(response).then(resolve, reject));
            started.end(body);
        });
    }
    catch (error) {
        const cause = signal.aborted && signal.reason instanceof Error ? signal.reason : error;
        throw new NoAnswer(cause, wasSent);
    }
    finally {
        agent.destroy();
    }
}
async function readAnswer(response) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > LONGEST_ANSWER)
            break;
    }
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]));
    return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString() };
}

;// CONCATENATED MODULE: ./build/shared/notices/slack/patience.js


// Reading changes nothing, an update done twice leaves what one leaves, and a second deletion finds nothing.
const REPEATABLE = /\/(?:chat\.(?:update|delete|getPermalink)|conversations\.\w+|files\.getUploadURLExternal)$/;
const PAUSES_MS = [300, 1_000];
const RATE_LIMIT_PAUSE_MS = 1_000; // where Slack names none
const NEEDED_AFTER_PAUSE_MS = 300;
/**
 * A `fetch` for Slack's own clients with our manners: each request has its time-out and all of them one budget; a rate limit is
 * waited for if its time fits; what failed or got no answer is repeated only where a repeat cannot post twice.
 */
function patientFetch(manners) {
    return async (url, init = {}) => {
        const request = { url: new URL(url), method: init.method ?? 'GET', headers: init.headers ?? {}, body: bodyOf(init.body) };
        return responseOf(await persistently(request, manners), String(url));
    };
}
/** Sends a request, again and again as far as manners allow. @throws {NoAnswer} when the last try got none. */
async function persistently(request, manners) {
    const isRepeatable = REPEATABLE.test(request.url.pathname);
    for (let attempt = 0;; attempt += 1) {
        const outcome = await once(request, manners);
        const pause = pauseAfter(outcome, isRepeatable, attempt);
        const isOver = manners.budget.signal.aborted;
        if (isOver || pause === undefined || pause.ms + NEEDED_AFTER_PAUSE_MS > manners.budget.left()) {
            if (outcome instanceof NoAnswer)
                throw outcome;
            return outcome;
        }
        manners.onWait?.(pause.why);
        await (0,external_node_timers_promises_.setTimeout)(pause.ms, undefined, { signal: manners.budget.signal }).catch(() => undefined);
    }
}
async function once(request, { budget, requestTimeout, proxy }) {
    const signal = AbortSignal.any([budget.signal, AbortSignal.timeout(requestTimeout)]);
    try {
        signal.throwIfAborted();
        return await exchange(request, proxy, signal);
    }
    catch (error) {
        return error instanceof NoAnswer ? error : new NoAnswer(error, false);
    }
}
function pauseAfter(outcome, isRepeatable, attempt) {
    const pause = PAUSES_MS[attempt];
    if (outcome instanceof NoAnswer) {
        const mayRepeat = !outcome.wasSent || isRepeatable;
        return mayRepeat && pause !== undefined ? { ms: pause, why: `no answer (${outcome.code})` } : undefined;
    }
    if (outcome.status === 429) {
        const seconds = Number.parseFloat(outcome.headers['retry-after'] ?? '');
        return { ms: Number.isFinite(seconds) ? seconds * 1_000 : RATE_LIMIT_PAUSE_MS, why: 'Slack limits the rate' };
    }
    return outcome.status >= 500 && isRepeatable && pause !== undefined ? { ms: pause, why: `status ${outcome.status}` } : undefined;
}
function bodyOf(body) {
    if (body === undefined || typeof body === 'string')
        return body;
    throw new TypeError('Only text is sent this way');
}
function responseOf({ status, headers, body }, url) {
    return {
        ok: status >= 200 && status < 300, status, statusText: '', url,
        headers: { get: (name) => headers[name.toLowerCase()] ?? null, entries: () => Object.entries(headers) },
        text: async () => body, json: async () => JSON.parse(body), arrayBuffer: async () => new TextEncoder().encode(body).buffer,
    };
}

;// CONCATENATED MODULE: ./build/shared/notices/slack/attach.js





/**
 * Puts files into the thread of a message: asks where, sends the bytes, shows them.
 * @throws {UserError} that says which could not be attached; the others are.
 */
async function attachFiles(workspace, paths, at, manners) {
    const sent = await Promise.allSettled(paths.map((path) => upload(workspace, path, manners)));
    const files = sent.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
    const failures = sent.flatMap((result, index) => (result.status === 'rejected' ? [`${paths[index]}: ${reasonOf(result.reason)}`] : []));
    await workspace.share(files, at).catch((error) => failures.push(reasonOf(error)));
    if (failures.length > 0)
        throw new errors/* UserError */.yo(`Not attached: ${failures.join('; ')}`);
}
async function upload(workspace, path, manners) {
    const body = await (0,promises_.readFile)(path).catch((error) => { throw new errors/* UserError */.yo(`it cannot be read (${(0,errors/* messageOf */.bD)(error)})`); });
    if (body.length === 0)
        throw new errors/* UserError */.yo('it is empty, and Slack takes no empty files');
    const title = (0,external_node_path_.basename)(path);
    const { url, id } = await workspace.uploadAddress(title, body.length);
    const { status } = await persistently({ url: new URL(url), method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body }, manners);
    if (status !== 200)
        throw new errors/* UserError */.yo(`Slack answered its bytes with status ${status}`);
    return { id, title };
}
function reasonOf(error) {
    return error instanceof errors/* UserError */.yo ? error.message : faultText(faultOf(error));
}

// EXTERNAL MODULE: ./build/shared/notices/slack/mrkdwn.js
var mrkdwn = __webpack_require__(9920);
// EXTERNAL MODULE: ./build/shared/notices/slack/notice.js
var slack_notice = __webpack_require__(6141);
// EXTERNAL MODULE: ./build/shared/notices/cut.js
var cut = __webpack_require__(7526);
// EXTERNAL MODULE: ./build/shared/notices/slack/limits.js
var limits = __webpack_require__(849);
;// CONCATENATED MODULE: ./build/shared/notices/slack/record.js



const HEAD = 'slipway_deployment';
const EVENT = 'slipway_event';
const TEXT_STEPS = [1_000, 300, 100, 40];
/** The metadata of a deployment's message. */
function headMetadata({ key, founding, stands, failures }) {
    return small(founding, (entry) => ({ event_type: HEAD, event_payload: { ...payloadOf(entry), ...key, key: (0,notices_entry/* keyText */.P)(key), stands, failures } }));
}
/** The metadata of one event in its thread. */
function eventMetadata(key, entry) {
    return small(entry, (shorter) => ({ event_type: EVENT, event_payload: { ...payloadOf(shorter), run: key.run, environment: key.environment, service: key.service } }));
}
/** The head that a message is, or undefined when it is none of ours. */
function headOf({ ts, metadata, replies }) {
    if (metadata?.event_type !== HEAD)
        return undefined;
    const { repository, run, environment, service, stands, failures } = metadata.event_payload;
    const founding = (0,notices_entry/* parseEntry */.E)(metadata.event_payload);
    const names = [repository, run, environment, service];
    if (founding === undefined || !names.every((name) => typeof name === 'string'))
        return undefined;
    return {
        ts, replies, founding, stands: (typeof stands === 'string' ? stands : founding.state), failures: typeof failures === 'number' ? failures : 0,
        key: { repository: String(repository), run: String(run), environment: String(environment), service: String(service) },
    };
}
/** The events that messages of a thread tell of, the head's own among them, each with its place. */
function entriesIn(messages) {
    return messages.flatMap(({ ts, metadata }) => {
        const entry = metadata?.event_type === EVENT || metadata?.event_type === HEAD ? (0,notices_entry/* parseEntry */.E)(metadata.event_payload) : undefined;
        return entry === undefined ? [] : [{ ts, entry }];
    });
}
function payloadOf({ id, attempt, event, state, stage, at, started, facts, fields, links }) {
    return { id, attempt, event, state, at, ...(stage !== undefined && { stage }), ...(started !== undefined && { started }), facts, fields, links };
}
// Long texts stay in the message; the record needs only as much as the head shows.
function small(entry, metadata) {
    for (const most of TEXT_STEPS) {
        const shorter = metadata({ ...entry, facts: shortTexts(entry.facts, most), fields: shortTexts(entry.fields, most) });
        if (JSON.stringify(shorter).length <= limits/* LONGEST_METADATA */.J9)
            return shorter;
    }
    const { release, actor } = entry.facts;
    const facts = { ...(release !== undefined && { release }), ...(actor !== undefined && { actor }) };
    return metadata({ ...entry, facts: shortTexts(facts, 100), fields: {}, links: {} });
}
// An address that is cut leads nowhere.
function shortTexts(texts, most) {
    const short = Object.entries(texts).filter(([name, value]) => !name.endsWith('Url') || value.length <= Math.max(most, 300));
    return Object.fromEntries(short.map(([name, value]) => [name, name.endsWith('Url') ? value : (0,cut/* cut */.J)(value, most)]));
}

;// CONCATENATED MODULE: ./build/shared/notices/slack/find-head.js


const MOST_PAGES = 5;
/** The messages of a deployment that a channel holds since a moment (seconds since 1970). Rejects when Slack lets nobody look. */
async function findHeads(workspace, channel, key, since, needsPrevious) {
    const own = [];
    let previous;
    let cursor;
    for (let page = 0; page < MOST_PAGES; page += 1) {
        const { messages, next } = await workspace.history(channel, since, cursor);
        const heads = messages.map(headOf).filter((head) => head !== undefined);
        own.push(...heads.filter((head) => (0,notices_entry/* keyText */.P)(head.key) === (0,notices_entry/* keyText */.P)(key)));
        previous ??= heads.find((head) => isAbout(head.key, key));
        cursor = next;
        if (cursor === undefined || (own.length > 0 && (previous !== undefined || !needsPrevious)))
            break;
    }
    return { own: own.sort((one, other) => Number(one.ts) - Number(other.ts)), previous };
}
function isAbout(one, other) {
    return one.repository === other.repository && one.environment === other.environment && one.service === other.service && one.run !== other.run;
}

// EXTERNAL MODULE: ./build/shared/notices/slack/fit.js
var fit = __webpack_require__(378);
// EXTERNAL MODULE: ./build/shared/notices/slack/render.js
var render = __webpack_require__(2457);
;// CONCATENATED MODULE: ./build/shared/notices/slack/thread.js







const MOST_REFRESHES = 4;
const LOOKS_MS = [0, 700]; // pauses before looking for a message whose answer was lost
/** Begins the thread with an event: the message itself. When another job was quicker, the event joins its thread instead. */
async function beginThread(thread, entry, details, failures) {
    const { workspace, channel, key, since } = thread;
    const own = async () => (await findHeads(workspace, channel, key, since, false)).own;
    const mine = async () => {
        const found = (await own()).find(({ founding }) => founding.id === entry.id);
        return found === undefined ? undefined : { channel, ts: found.ts };
    };
    const metadata = headMetadata({ key, founding: entry, stands: (0,timeline/* timelineOf */.h)([entry]).state, failures });
    const posted = await postOnce(() => workspace.post(channel, headMessage(thread, [entry], details), { metadata }), mine, thread.budget);
    const [first, ...strays] = await own().catch(() => []);
    if (first === undefined || (first.ts === posted.ts && strays.length === 0))
        return posted;
    const head = { channel: posted.channel, ts: first.ts };
    // The event is told by now; what cannot be tidied up, the next event's step does.
    await adopt(thread, head, strays).then(() => refresh(thread, head)).catch(() => undefined);
    return head;
}
/** Adds an event to the thread. Its message shows it after `refresh`. */
async function addToThread(thread, head, entry, details) {
    const { workspace, key, budget, address, isBroadcast } = thread;
    const { entries } = await readThread(thread, head);
    const { message } = (0,fit/* fit */.U)((0,render/* renderEvent */.N)(entry, (0,timeline/* timelineOf */.h)([...entries, entry]), key, details), address);
    const options = { thread: head.ts, metadata: eventMetadata(key, entry), isBroadcast };
    const mine = async () => {
        const found = (await readThread(thread, head)).found.find((candidate) => candidate.entry.id === entry.id);
        return found === undefined ? undefined : { channel: head.channel, ts: found.ts };
    };
    await postOnce(() => workspace.post(head.channel, message, options), mine, budget);
}
/** Moves the events of messages that should not have been into the thread of the one that counts, and takes them away. */
async function adopt(thread, head, strays) {
    const { workspace, key, address } = thread;
    for (const { ts, founding, replies } of strays) {
        if (replies > 0)
            continue;
        const { entries } = await readThread(thread, head);
        const { message } = (0,fit/* fit */.U)((0,render/* renderEvent */.N)(founding, (0,timeline/* timelineOf */.h)([...entries, founding]), key), address);
        if (!entries.some(({ id }) => id === founding.id))
            await workspace.post(head.channel, message, { thread: head.ts, metadata: eventMetadata(key, founding) });
        // Another job may have been quicker here as well.
        await workspace.remove({ channel: head.channel, ts }).catch(() => undefined);
    }
}
/** Shows what the thread tells, again until nothing has been added meanwhile: whoever adds last shows last. `failures` as in the record, if it changes. */
async function refresh(thread, head, failures) {
    let shown = '';
    for (let round = 0; round < MOST_REFRESHES; round += 1) {
        const { record, found, entries } = await readThread(thread, head);
        const [founding] = entries;
        const ids = entries.map(({ id }) => id).join(' ');
        if (founding === undefined || ids === shown)
            return;
        await removeTwins(thread, head, found);
        const metadata = headMetadata({ key: record?.key ?? thread.key, founding, stands: (0,timeline/* timelineOf */.h)(entries).state, failures: failures ?? record?.failures ?? 0 });
        await thread.workspace.update(head, headMessage(thread, entries), metadata);
        shown = ids;
    }
}
/** The message that shows these events. Details are for one that stands alone: where there are more events, the thread has them. */
function headMessage({ key, address, view }, entries, details = {}) {
    const standard = (0,render/* renderDeployment */._)((0,timeline/* timelineOf */.h)(entries), key, entries.length === 1 ? details : {});
    return (0,fit/* fit */.U)(view === undefined ? standard : view(standard, entries), address).message;
}
// A post whose answer was lost may be there all the same: it is looked for before it is ever sent again.
async function postOnce(post, find, { signal }) {
    try {
        return await post();
    }
    catch (error) {
        if (!faultOf(error).mayHaveArrived)
            throw error;
        const unknown = () => { throw error; };
        for (const pause of LOOKS_MS) {
            await (0,external_node_timers_promises_.setTimeout)(pause, undefined, { signal }).catch(unknown);
            const found = await find().catch(unknown);
            if (found !== undefined)
                return found;
        }
        return post().catch(async () => (await find().catch(unknown)) ?? unknown());
    }
}
async function readThread({ workspace }, at) {
    const messages = [];
    let cursor;
    do {
        const page = await workspace.replies(at, cursor);
        messages.push(...page.messages);
        cursor = page.next;
    } while (cursor !== undefined);
    const found = entriesIn(messages);
    return { record: messages.map(headOf).find((head) => head !== undefined), found, entries: found.map(({ entry }) => entry) };
}
// A late answer's post, and the one that replaced it.
async function removeTwins({ workspace }, { channel, ts: head }, found) {
    const twins = found.filter(({ ts, entry }, index) => ts !== head && found.findIndex((other) => other.entry.id === entry.id) < index);
    for (const { ts } of twins)
        await workspace.remove({ channel, ts }).catch(() => undefined);
}

;// CONCATENATED MODULE: ./build/shared/notices/slack/tell.js









const GONE = new Set(['message_not_found', 'thread_not_found']);
const UNREADABLE = new Set(['missing_scope', 'not_in_channel', 'channel_not_found', 'not_allowed_token_type', 'no_permission']);
/** Tells a channel: in the deployment's message, found again wherever it is, or in a new one. Never rejects. */
async function tellChannel(given) {
    const known = (0,notices_memory/* recall */.I9)(given.memory, (0,notices_entry/* keyText */.P)(given.thread.key), given.thread.channel);
    // A name serves to post; everything else needs the ID, which the first answer told.
    const telling = { ...given, thread: { ...given.thread, channel: known?.at?.channel ?? given.thread.channel } };
    const entries = [...(known?.entries ?? []), given.entry];
    const channel = given.thread.channel;
    let at;
    let hasSpoken = false;
    try {
        const heads = await lookFor(telling, known !== undefined);
        hasSpoken = true;
        at = givenPlace(telling) ?? placeOf(heads, telling.thread) ?? known?.at;
        const silence = heads === undefined || at !== undefined ? undefined : await changeOnly(telling, heads);
        if (silence !== undefined)
            return { channel, delivered: 'no', reason: silence, isSilence: true, entries: [] };
        const told = at === undefined ? await begin(telling, heads) : await goOn(telling, at, heads, entries);
        at = told.at;
        const permalink = await telling.thread.workspace.permalink(at).catch(() => undefined);
        return { channel, delivered: 'yes', ...told, ...(permalink !== undefined && { permalink }), entries };
    }
    catch (error) {
        const fault = faultOf(error);
        return { channel, delivered: hasSpoken && fault.mayHaveArrived ? 'unknown' : 'no', reason: faultText(fault), entries, ...(at !== undefined && { at }), unsent: unsentMessage(telling, at, entries) };
    }
}
async function begin(telling, heads) {
    const at = await beginThread(telling.thread, withFailures(telling.entry, heads), telling.details, failuresNow(telling, heads) ?? 0);
    return { at, reason: '' };
}
async function goOn(telling, at, heads, entries) {
    const { thread, entry, details, say } = telling;
    if (heads === undefined)
        return tellBlindly(telling, at, entries);
    try {
        await addToThread(thread, at, withFailures(entry, heads), details);
    }
    catch (error) {
        const { code } = faultOf(error);
        if (!UNREADABLE.has(code) && !GONE.has(code))
            throw error;
        if (UNREADABLE.has(code)) {
            say(unreadable(telling, code));
            return tellBlindly(telling, at, entries);
        }
        say(`The deployment's message in ${thread.channel} is gone, so there is a new one.`);
        return begin(telling, heads);
    }
    const tidied = adopt(thread, at, heads.own.filter(({ ts }) => ts !== at.ts)).then(() => refresh(thread, at, failuresNow(telling, heads)));
    return tidied.then(() => ({ at, reason: '' }), (error) => staleMessage(telling, at, entries, error));
}
// Without the thread to read, the message shows what this job knows.
async function tellBlindly(telling, at, entries) {
    const { thread: { workspace, key, address, isBroadcast }, entry, details } = telling;
    const { message } = (0,fit/* fit */.U)((0,render/* renderEvent */.N)(entry, (0,timeline/* timelineOf */.h)(entries), key, details), address);
    await workspace.post(at.channel, message, { thread: at.ts, metadata: eventMetadata(key, entry), isBroadcast });
    const { body } = unsentMessage(telling, at, entries);
    return workspace.update(at, { text: body.text, blocks: body.blocks }, body.metadata)
        .then(() => ({ at, reason: '' }), (error) => staleMessage(telling, at, entries, error));
}
function staleMessage(telling, at, entries, error) {
    return { at, reason: `The thread tells it, but the message above could not be changed; the next notice does that. ${faultText(faultOf(error))}`, unsent: unsentMessage(telling, at, entries) };
}
function unsentMessage({ thread, details }, at, entries) {
    const message = headMessage(thread, entries, details);
    const metadata = headMetadata({ key: thread.key, founding: entries[0], stands: (0,timeline/* timelineOf */.h)(entries).state, failures: 0 });
    if (at === undefined)
        return { method: 'chat.postMessage', body: { channel: thread.channel, ...message, metadata } };
    return { method: 'chat.update', body: { ...at, ...message, metadata } };
}
// Undefined where Slack lets nobody look: then only what this job remembers, or was told, is known.
async function lookFor(telling, isKnown) {
    const { thread, role, isOnlyOnChange, say } = telling;
    const needsPrevious = role === 'outcome' || isOnlyOnChange;
    if (isKnown && !needsPrevious)
        return { own: [], previous: undefined };
    if (thread.channel.startsWith('#'))
        return void say(unreadable(telling, 'its name was given and not its ID'));
    try {
        return await findHeads(thread.workspace, thread.channel, thread.key, thread.since, needsPrevious);
    }
    catch (error) {
        const { code } = faultOf(error);
        if (!UNREADABLE.has(code))
            throw error;
        return void say(unreadable(telling, code));
    }
}
function unreadable({ thread: { channel } }, why) {
    return `Messages of ${channel} cannot be looked through (${why}), so other jobs do not find this deployment's message by themselves. `
        + 'Give the app the scope channels:history (groups:history for a private channel), invite it, and give the channel\'s ID; or hand the output ts on to the input thread.';
}
function placeOf(heads, { channel }) {
    const [first] = heads?.own ?? [];
    return first === undefined ? undefined : { channel, ts: first.ts };
}
function givenPlace({ given, thread }) {
    return given === undefined ? undefined : { channel: thread.channel, ts: given };
}
// Says why nothing is told, or undefined when it is. A failure after a failure is added to the message of the first.
async function changeOnly(telling, { previous }) {
    const { isOnlyOnChange, role, entry, thread, details } = telling;
    if (!isOnlyOnChange)
        return undefined;
    if (role !== 'outcome' || !['succeeded', 'failed'].includes(entry.state))
        return 'This channel hears only of changes.';
    const [wasFailing, isFailing] = [(previous?.failures ?? 0) > 0, entry.state === 'failed'];
    if (wasFailing !== isFailing)
        return undefined;
    if (!isFailing || previous === undefined)
        return 'Nothing has changed: it succeeded before.';
    const joined = { ...thread, key: previous.key, isBroadcast: false };
    const head = { channel: thread.channel, ts: previous.ts };
    await addToThread(joined, head, { ...entry, facts: { ...entry.facts, failures: String(previous.failures) } }, details);
    await refresh(joined, head, previous.failures + 1);
    return `Nothing has changed: it failed before. Added to that message, ${previous.failures + 1} failures in a row.`;
}
function failuresNow({ role, entry }, heads) {
    if (role !== 'outcome')
        return undefined;
    const before = heads?.previous?.failures ?? 0;
    if (entry.state === 'succeeded')
        return 0;
    return entry.state === 'failed' ? before + 1 : before;
}
function withFailures(entry, heads) {
    const before = heads?.previous;
    const isOutcome = entry.state === 'succeeded' || entry.state === 'failed';
    return isOutcome && before !== undefined && before.failures > 0 && entry.event !== 'stage' ? { ...entry, facts: { ...entry.facts, failures: String(before.failures) } } : entry;
}

;// CONCATENATED MODULE: ./build/shared/notices/slack/web-api.js
const PAGE = 200; // messages; what Slack recommends at most
/** The workspace a bot token belongs to, through Slack's own client, with its retries, waits and log switched off: `fetch` decides. */
async function openWorkspace(token, apiUrl, fetch) {
    // Two hundred kilobytes that webhooks, previews and refused inputs do without.
    const { WebClient } = await __webpack_require__.e(/* import() */ 105).then(__webpack_require__.t.bind(__webpack_require__, 5105, 19));
    const client = new WebClient(token.reveal(), {
        slackApiUrl: apiUrl, fetch, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, allowAbsoluteUrls: false, logger: SILENT,
    });
    return {
        post: async (channel, message, { thread, metadata, isBroadcast }) => {
            const shown = { channel, ...message, metadata, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
            const place = thread === undefined ? {} : { thread_ts: thread, ...(isBroadcast === true && { reply_broadcast: true }) };
            const { channel: id, ts } = await client.chat.postMessage({ ...shown, ...place });
            return { channel: id ?? channel, ts: ts ?? '' };
        },
        update: async ({ channel, ts }, message, metadata) => {
            await client.chat.update({ channel, ts, ...message, metadata, parse: 'none', link_names: false });
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
            if (first !== undefined)
                await client.files.completeUploadExternal({ files: [first, ...rest], channel_id: channel, thread_ts: ts });
        },
    };
}
function pageOf(answer) {
    const { messages = [], response_metadata: { next_cursor: next = '' } = {} } = answer;
    return {
        messages: messages.map(({ ts = '', metadata, reply_count: replies = 0 }) => ({ ts, metadata: metadataOf(metadata), replies })),
        next: next === '' ? undefined : next,
    };
}
function metadataOf(given) {
    const { event_type: type, event_payload: payload } = (given ?? {});
    return typeof type === 'string' && typeof payload === 'object' && payload !== null ? { event_type: type, event_payload: payload } : undefined;
}
const nothing = () => undefined;
// Its log would print addresses and, when asked to, whole messages.
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing, getLevel: () => 'error' };

// EXTERNAL MODULE: ./build/shared/notices/wording.js
var wording = __webpack_require__(238);
;// CONCATENATED MODULE: ./build/shared/notices/slack/webhook.js

/** What kind of webhook an address is: one that posts a message, or one that starts a workflow with variables. */
function webhookKind(address) {
    const path = URL.parse(address.reveal())?.pathname ?? '';
    return /^\/(?:triggers|workflows)\//.test(path) ? 'workflow' : 'incoming';
}
/** What an incoming webhook gets. */
function incomingPayload(message) {
    return { ...message, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
}
/** Posts through an incoming webhook. Rejects with an error that faults.ts can read. */
async function postToWebhook(address, payload, fetch) {
    const { IncomingWebhook } = await __webpack_require__.e(/* import() */ 443).then(__webpack_require__.t.bind(__webpack_require__, 4443, 19));
    await new IncomingWebhook(address.reveal(), { fetch, timeout: 0 }).send(payload);
}
/** Starts a workflow. Rejects with an error that faults.ts can read. */
async function startWorkflow(address, variables, fetch) {
    const { WebhookTrigger } = await __webpack_require__.e(/* import() */ 443).then(__webpack_require__.t.bind(__webpack_require__, 4443, 19));
    const answer = await new WebhookTrigger(address.reveal(), { fetch }).send(variables);
    if (!answer.ok)
        throw Object.assign(new Error('The workflow was not started'), { data: { error: answer.error ?? 'unreadable_answer' } });
}
/** What a workflow can show of a deployment: flat text, which its own message lays out. */
function workflowVariables(timeline, key) {
    const { facts, state, started, ended, links, stages } = timeline;
    const all = {
        title: (0,wording/* headline */.Pl)(timeline, key), status: wording/* LOOKS */.BJ[state].word, service: key.service, environment: key.environment, release: facts.release, actor: facts.actor,
        commit: facts.sha?.slice(0, 7), subject: facts.subject, author: facts.author, run_url: facts.runUrl, url: links['Open site'], took: (0,wording/* tookText */.vR)(started, ended),
        message: facts.message, failed_at: [facts.failingJob, facts.failingStep].filter(Boolean).join(' › '),
        stages: stages.map((stage) => `${wording/* LOOKS */.BJ[stage.state].mark} ${stage.name}`).join('\n'),
    };
    return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? '']));
}

;// CONCATENATED MODULE: ./build/shared/notices/slack/deliver.js













/** Tells every listener, all at once. Never rejects. */
async function deliver(notice, listeners, delivery) {
    const { token, webhook, apiUrl, manners } = delivery;
    const workspace = token === undefined ? undefined : await openWorkspace(token, apiUrl, patientFetch(manners));
    return Promise.all(listeners.map(async (listener) => {
        const { id } = listener.channel;
        if (workspace !== undefined && id !== routes/* STEP_CHANNEL */.NF)
            return tellBySlack(notice, listener, delivery, workspace);
        if (webhook !== undefined && (0,mrkdwn/* webAddress */.Dy)(webhook.reveal()) === undefined)
            return { channel: '', delivered: 'no', reason: 'slack-webhook is no address that begins with https://. Copy it whole into the secret.', entries: [] };
        if (webhook !== undefined && id === routes/* STEP_CHANNEL */.NF)
            return tellByWebhook(notice, listener, delivery, webhook);
        return { channel: id === routes/* STEP_CHANNEL */.NF ? '' : id, delivered: 'no', reason: missing(id, token), entries: [] };
    }));
}
function missing(channel, token) {
    if (channel !== routes/* STEP_CHANNEL */.NF)
        return 'slack-token is empty, and a webhook is bound to its own channel.';
    return token === undefined ? 'slack-token and slack-webhook are both empty. Pull requests from forks get no secrets.' : 'channel is empty: give the ID of the channel to post to.';
}
async function tellBySlack(notice, listener, delivery, workspace) {
    const { key, entry, address, since, happening } = notice;
    const { memory, given, isBroadcast, manners, files, say } = delivery;
    const thread = { workspace, channel: listener.channel.id, key, since, budget: manners.budget, address, isBroadcast, view: (0,slack_notice/* viewOf */.du)(key, delivery.ownBlocks) };
    const details = (0,slack_notice/* calling */.X_)(notice.details, entry, listener, delivery);
    const outcome = await tellChannel({ thread, entry, role: happening.role, details, memory, given, isOnlyOnChange: listener.isOnlyOnChange, say });
    if (files.length === 0 || outcome.at === undefined || outcome.delivered !== 'yes')
        return outcome;
    return attachFiles(workspace, files, outcome.at, manners).then(() => outcome, (error) => ({ ...outcome, reason: error instanceof errors/* UserError */.yo ? error.message : (0,errors/* messageOf */.bD)(error) }));
}
async function tellByWebhook(notice, listener, delivery, webhook) {
    const { key, entry, happening } = notice;
    const { memory, manners, onStart, variables, say } = delivery;
    const entries = [...((0,notices_memory/* recall */.I9)(memory, (0,notices_entry/* keyText */.P)(key), '')?.entries ?? []), entry];
    const base = { channel: '', entries };
    const silence = (0,slack_notice/* webhookSilence */.HB)(happening.role, onStart);
    if (silence !== undefined)
        return { ...base, delivered: 'no', isSilence: true, reason: silence };
    if (listener.isOnlyOnChange)
        say('A webhook cannot be asked what was told before, so only-on-change does nothing for it.');
    const fetch = patientFetch(manners);
    const isWorkflow = webhookKind(webhook) === 'workflow';
    const body = isWorkflow ? variables ?? workflowVariables((0,timeline/* timelineOf */.h)(entries), key) : incomingPayload((0,slack_notice/* wholeMessage */.dH)(notice, entries, listener, delivery).message);
    try {
        await (isWorkflow ? startWorkflow(webhook, body, fetch) : postToWebhook(webhook, body, fetch));
        return { ...base, delivered: 'yes', reason: '' };
    }
    catch (error) {
        const fault = faultOf(error);
        return { ...base, delivered: fault.mayHaveArrived ? 'unknown' : 'no', reason: faultText(fault), unsent: { method: 'webhook', body } };
    }
}


/***/ })

};
