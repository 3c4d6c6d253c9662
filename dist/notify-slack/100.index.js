export const id = 100;
export const ids = [100];
export const modules = {

/***/ 9664:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ readRoutes),
/* harmony export */   O: () => (/* binding */ audienceOf),
/* harmony export */   readBlocks: () => (/* binding */ readBlocks)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9115);
/* harmony import */ var _shared_notices_event__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1398);
/* harmony import */ var _shared_notices_routing__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1276);
/* harmony import */ var _shared_notices_routes__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9534);
/* harmony import */ var _shared_notices_slack_own_blocks__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3184);
/* harmony import */ var _shared_runner_yaml_text__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5430);







/** Who hears of a notice: whom the routing file names, else the channels or the webhook of the step. @throws {UserError} when the file cannot be read. */
async function audienceOf(inputs, { happening, key }) {
    const routes = await readRoutes(inputs);
    const people = { ...routes?.people, ...inputs.people };
    if (routes === undefined)
        return { listeners: stepListeners(inputs, (0,_shared_notices_event__WEBPACK_IMPORTED_MODULE_1__/* .isAtLeast */ .du)(happening.severity, inputs.mentionFrom)), people };
    const listeners = (0,_shared_notices_routing__WEBPACK_IMPORTED_MODULE_2__/* .listenersOf */ .b)((0,_shared_notices_routing__WEBPACK_IMPORTED_MODULE_2__/* .rulingsOn */ .S)(routes.routes, { ...happening, service: key.service }, new Date()));
    return { listeners: listeners.flatMap((listener) => resolved(listener, inputs)), people };
}
/** The routes that the step names, if it does. @throws {UserError} that names the file and its first mistake. */
async function readRoutes({ routesFile }) {
    return routesFile === undefined ? undefined : read('routes-file', routesFile, _shared_notices_routes__WEBPACK_IMPORTED_MODULE_3__/* .parseRoutes */ .Sr);
}
/** The user's own blocks, if the step names some. @throws {UserError} that names the file and its first mistake. */
async function readBlocks({ blocksFile }) {
    return blocksFile === undefined ? undefined : read('blocks-file', blocksFile, _shared_notices_slack_own_blocks__WEBPACK_IMPORTED_MODULE_4__/* .parseOwnBlocks */ .q);
}
function stepListeners(inputs, mayCall) {
    const ids = inputs.channel.length > 0 && inputs.slackToken !== undefined ? inputs.channel : [_shared_notices_routes__WEBPACK_IMPORTED_MODULE_3__/* .STEP_CHANNEL */ .NF];
    return ids.map((id) => ({ channel: { kind: 'slack', id }, mention: mayCall ? inputs.mention : [], isOnlyOnChange: false, by: [] }));
}
// `default` in a routing file stands for what the step would have told.
function resolved(listener, inputs) {
    if (listener.channel.id !== _shared_notices_routes__WEBPACK_IMPORTED_MODULE_3__/* .STEP_CHANNEL */ .NF)
        return [listener];
    return stepListeners(inputs, false).map(({ channel }) => ({ ...listener, channel }));
}
async function read(input, path, parse) {
    try {
        return parse(await (0,_shared_runner_yaml_text__WEBPACK_IMPORTED_MODULE_5__/* .parseYaml */ .h)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')));
    }
    catch (error) {
        const reason = error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_6__/* .UserError */ .yo ? error.message : `it cannot be read (${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .bD)(error)})`;
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_6__/* .UserError */ .yo(`${input} ${path}: ${reason.replace(/\.$/, '')}.`);
    }
}


/***/ }),

/***/ 2100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  notifySlack: () => (/* binding */ notifySlack)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
;// CONCATENATED MODULE: ./build/shared/notices/budget.js
/** A budget that begins now. */
function startBudget(ms, signal) {
    const end = performance.now() + ms;
    return { signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]), left: () => Math.max(0, end - performance.now()) };
}

// EXTERNAL MODULE: ./build/actions/notify-slack/src/audience.js
var src_audience = __webpack_require__(9664);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/shared/notices/event.js
var notices_event = __webpack_require__(1398);
;// CONCATENATED MODULE: ./build/shared/notices/redaction.js
/** What gives a secret away by its shape alone; each pattern names what is kept of it in its first group. */
const SHAPES = [
    /\b(xox[a-z]-|xapp-|xoxe\.)[\w.-]{8,}/g, // Slack
    /\b(gh[pousr]_|github_pat_)\w{16,}/g,
    /(\/(?:services|workflows|triggers)\/)[A-Z]\w{5,}\/[\w/-]{8,}/g, // Slack's webhook addresses
    /\b((?:AKIA|ASIA))[0-9A-Z]{16}\b/g,
    /\b(sk-|sk_live_|rk_live_|glpat-|npm_|dop_v1_|pypi-|hf_)[\w-]{16,}/g,
    /\b(eyJ)[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, // JSON web tokens
    /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[^-]+(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
    /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,200}(?=@)/gi, // a password in an address
    /(\b(?:authorization|x-api-key|api[_-]?key|password|passwd|secret|token)["']?\s*[:=]\s*["']?(?:bearer |basic )?)[^\s"',;]{8,}/gi,
];
/** The text without what looks like a secret, for whatever leaves for a place where many read. */
function withoutSecrets(text) {
    return SHAPES.reduce((rest, shape) => rest.replace(shape, '$1***'), text);
}

// EXTERNAL MODULE: ./build/shared/notices/template.js
var template = __webpack_require__(1158);
// EXTERNAL MODULE: ./build/shared/notices/timeline.js
var timeline = __webpack_require__(3235);
// EXTERNAL MODULE: ./build/shared/notices/values.js
var notices_values = __webpack_require__(9214);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/shared/runner/command-file.js
var command_file = __webpack_require__(9981);
;// CONCATENATED MODULE: ./build/shared/runner/surroundings.js



const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
/** What the environment says. */
function surroundings(environment = process.env) {
    const { GITHUB_API_URL = 'https://api.github.com', GITHUB_SERVER_URL = 'https://github.com', RUNNER_TEMP, GITHUB_EVENT_PATH, GITHUB_REF_TYPE, GITHUB_REF = '' } = environment;
    const proxy = PROXY_NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []));
    return {
        apiUrl: GITHUB_API_URL, serverUrl: GITHUB_SERVER_URL, temp: RUNNER_TEMP || (0,external_node_os_.tmpdir)(), event: readEvent(GITHUB_EVENT_PATH),
        isTag: GITHUB_REF_TYPE === 'tag' || GITHUB_REF.startsWith('refs/tags/'), proxy: Object.fromEntries(proxy),
    };
}
/** All variables of the job, for programs that are to see some of them; what was read as a secret is no longer among them. */
function jobEnvironment() {
    return { ...process.env };
}
/** What an earlier step of this job kept under a name; empty where none did. */
function keptForJob(name) {
    return process.env[name] ?? '';
}
/** Keeps a text for later steps of this job, where the runner has a file for that. */
function keepForJob(name, text) {
    (0,command_file/* appendValue */.A)(process.env['GITHUB_ENV'], name, text);
}
function readEvent(path) {
    try {
        const event = path === undefined ? {} : JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
        return typeof event === 'object' && event !== null ? event : {};
    }
    catch {
        return {}; // It is only a source of what would be nice to show.
    }
}

;// CONCATENATED MODULE: ./build/actions/notify-slack/src/event-facts.js
/** What the event that started the run says of its commit; only its hash where it says nothing. */
function commitOf(event, sha, url) {
    const head = objectIn(event, 'head_commit');
    const isIt = head['id'] === sha;
    const author = objectIn(head, 'author');
    return {
        sha, url: sha === '' ? '' : url, subject: isIt ? textIn(head, 'message').split('\n')[0] ?? '' : '',
        author: isIt ? textIn(author, 'username') || textIn(author, 'name') : '',
    };
}
/** The pull request that started the run, if one did. */
function pullRequestOf(event) {
    const pull = objectIn(event, 'pull_request');
    const { number } = pull;
    return typeof number === 'number' ? { number, title: textIn(pull, 'title'), url: textIn(pull, 'html_url') } : undefined;
}
function objectIn(from, name) {
    const value = from[name];
    return typeof value === 'object' && value !== null ? value : {};
}
function textIn(from, name) {
    const value = from[name];
    return typeof value === 'string' ? value : '';
}

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
;// CONCATENATED MODULE: ./build/actions/notify-slack/src/job-lines.js

const MOST = 25;
const MARKS = {
    success: '✅', failure: '❌', cancelled: '🚫', skipped: '⏭️', timed_out: '⌛', neutral: '▫️', action_required: '✋',
};
/** A line for each job of a run, with how long it took; those of an earlier attempt say so. Failures come first when there are many. */
function jobLines(jobs, attempt) {
    const over = jobs.filter(({ conclusion }) => conclusion !== null && conclusion !== 'skipped');
    const ordered = over.length <= MOST ? over : over.toSorted((one, other) => Number(other.conclusion !== 'success') - Number(one.conclusion !== 'success'));
    const lines = ordered.slice(0, MOST).map((job) => [`${MARKS[job.conclusion]} ${job.name}`, tookOf(job), job.attempt === attempt ? undefined : `attempt ${job.attempt}`]
        .filter((part) => part !== undefined).join(' · '));
    return over.length > MOST ? [...lines, `and ${over.length - MOST} more`] : lines;
}
function tookOf({ startedAt, completedAt }) {
    const ms = Date.parse(completedAt ?? '') - Date.parse(startedAt ?? '');
    return ms >= 0 ? (0,duration/* formatDuration */.a3)(ms) : undefined;
}

// EXTERNAL MODULE: ./build/actions/notify-slack/src/small-inputs.js
var small_inputs = __webpack_require__(8377);
;// CONCATENATED MODULE: ./build/actions/notify-slack/src/notice.js










const LONGEST_CONTEXT_MS = 4_000;
const LOOK_BACK_S = 30 * 86_400; // an approval may wait for as long
const CLOCK_SKEW_S = 300;
/** What happened, with everything that is known of it: from the inputs, the run, its event, and GitHub where a token allows. */
async function gatherNotice(inputs, job, budget) {
    const around = surroundings();
    const happening = (0,notices_event/* happeningOf */.IU)(inputs);
    const context = await contextOf(inputs, job, happening, around, budget);
    const clean = (text) => withoutSecrets(job.redact(text));
    const { repository, id } = job.run;
    const key = { repository, run: id, environment: happening.environment, service: inputs.service ?? repository.split('/').at(-1) ?? '' };
    const jobs = happening.role === 'outcome' ? jobLines(context.jobs, job.run.attempt) : [];
    const entry = cleaned(filledIn(entryOf(inputs, job, happening, around, context), key), clean);
    const log = context.failing?.logTail;
    return {
        happening, key, entry, address: job.run.url, since: sinceOf(context.jobs, job.run.attempt),
        details: { jobs: jobs.map(clean), ...(happening.state === 'failed' && log !== undefined && { log: clean(log) }) },
    };
}
async function contextOf(inputs, job, { role, state, environment }, around, budget) {
    const nothing = { jobs: [], missing: [] };
    // A step on the way tells only of itself: asking each time would use up the token's thousand requests an hour.
    if (inputs.githubToken === undefined || (role === 'progress' && state !== 'failed'))
        return nothing;
    // Most of what GitHub's client brings is needed nowhere else.
    const { readRunContext } = await __webpack_require__.e(/* import() */ 34).then(__webpack_require__.bind(__webpack_require__, 8034));
    const signal = AbortSignal.any([budget.signal, AbortSignal.timeout(Math.floor(Math.min(LONGEST_CONTEXT_MS, budget.left() / 3)))]);
    const access = { apiUrl: around.apiUrl, token: inputs.githubToken, environment: environment || undefined, redact: job.redact };
    const context = await readRunContext(access, job.run, signal);
    context.missing.forEach((missing) => job.log.info(`Not known from GitHub: ${missing}`));
    return context;
}
function entryOf(inputs, { run }, { event, state, stage }, around, context) {
    const at = Math.floor(Date.now() / 1_000);
    const took = inputs.duration === undefined ? undefined : (0,small_inputs/* parseTook */.jg)(inputs.duration) / 1_000;
    return {
        id: `${run.id}-${run.attempt}-${(0,external_node_crypto_.randomUUID)()}`, attempt: run.attempt, event, state, at,
        ...(stage !== undefined && { stage }), ...(took !== undefined && { started: at - took }),
        facts: factsOf(inputs, run, around, context, state === 'failed'), fields: inputs.fields, links: linksOf(inputs, run, around),
    };
}
function factsOf(inputs, run, around, context, isFailure) {
    const commit = context.commit ?? commitOf(around.event, run.commit, `${around.serverUrl}/${run.repository}/commit/${run.commit}`);
    const pull = context.pullRequest ?? pullRequestOf(around.event);
    const tag = around.isTag ? run.ref.replace(/^refs\/tags\//, '') : run.commit.slice(0, 7);
    const failing = isFailure ? context.failing : undefined;
    return known({
        release: inputs.release ?? tag, actor: run.actor, workflow: run.workflow, runUrl: run.url, title: inputs.title, message: inputs.message,
        sha: commit.sha, subject: commit.subject, author: commit.author, commitUrl: commit.url, compareUrl: context.compareUrl,
        pull: pull === undefined ? undefined : String(pull.number), pullTitle: pull?.title, pullUrl: pull?.url,
        failingJob: failing?.job, failingStep: failing?.step, failingUrl: failing?.url,
    });
}
function linksOf(inputs, run, { serverUrl }) {
    const rollback = inputs.rollbackWorkflow === undefined ? undefined : `${serverUrl}/${run.repository}/actions/workflows/${inputs.rollbackWorkflow}`;
    return known({ 'Open site': inputs.url, 'View run': run.url, Dashboard: inputs.dashboardUrl, ...inputs.buttons, 'Roll back': rollback });
}
/** The user's own texts with their `{{ names }}` filled in. */
function filledIn(entry, key) {
    const { title, message } = entry.facts;
    const values = (0,notices_values/* templateValues */.n)((0,timeline/* timelineOf */.h)([{ ...entry, facts: known({ ...entry.facts, title: undefined, message: undefined }) }]), key);
    const fill = (text) => (0,template/* filledText */.U)(text, values);
    return {
        ...entry, facts: known({ ...entry.facts, title: title === undefined ? undefined : fill(title), message: message === undefined ? undefined : fill(message) }),
        fields: mapped(entry.fields, fill),
    };
}
function cleaned(entry, clean) {
    return { ...entry, facts: mapped(entry.facts, clean), fields: mapped(entry.fields, clean), links: mapped(entry.links, clean) };
}
// The first attempt's first job is no later than anything the run has posted; of a later attempt that is not known.
function sinceOf(jobs, attempt) {
    const now = Date.now() / 1_000;
    const begun = jobs.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [Date.parse(startedAt) / 1_000])).filter(Number.isFinite);
    return Math.floor(attempt === 1 && begun.length > 0 ? Math.min(...begun, now) - CLOCK_SKEW_S : now - LOOK_BACK_S);
}
function known(values) {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));
}
function mapped(texts, change) {
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(String(text))]));
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/shared/notices/outcome.js
/** The outcome over several channels: the worst counts, and silence is nothing bad. */
function overallOutcome(outcomes) {
    const spoken = outcomes.filter(({ isSilence }) => isSilence !== true);
    const told = spoken.length === 0 ? outcomes : spoken;
    const delivered = told.some((outcome) => outcome.delivered === 'no') ? 'no' : told.some((outcome) => outcome.delivered === 'unknown') ? 'unknown' : 'yes';
    const reasons = told.map(({ channel, reason }) => (reason !== '' && outcomes.length > 1 ? `${channel}: ${reason}` : reason)).filter((reason) => reason !== '');
    return { delivered: told.length === 0 ? 'no' : delivered, reason: [...new Set(reasons)].join(' ') };
}

;// CONCATENATED MODULE: ./build/actions/notify-slack/src/report.js





/** Says what became of the notice, and keeps what could not be sent. @throws {UserError} with `fail-on-error`, when it was not delivered. */
async function report(inputs, job, outcomes) {
    const { delivered, reason } = overallOutcome(outcomes);
    const first = outcomes.find(({ at }) => at !== undefined);
    const replay = await keepUnsent(inputs, job, outcomes);
    job.output({
        delivered, reason, replay, channel: first?.at?.channel, ts: first?.at?.ts, permalink: first?.permalink,
        messages: outcomes.map(({ channel, at, permalink, ...outcome }) => ({ channel: at?.channel ?? channel, delivered: outcome.delivered, reason: outcome.reason, ts: at?.ts, permalink })),
    });
    const isSilence = outcomes.every((outcome) => outcome.isSilence === true);
    if (isSilence)
        return job.log.info(`Nothing was sent. ${reason}`.trim());
    if (delivered === 'yes' && reason === '')
        return job.log.info(`Told ${first?.permalink ?? 'Slack'}.`);
    const line = { yes: 'Slack was told, but not everything went well', no: 'Slack was not told', unknown: 'Whether Slack was told is not known' }[delivered];
    if (inputs.failOnError && delivered !== 'yes')
        throw new errors/* UserError */.yo(`${line}. ${reason}`);
    job.log.warning(`${line}. ${reason} The deployment goes on.`);
}
async function keepUnsent(inputs, job, outcomes) {
    const unsent = outcomes.flatMap(({ channel, reason, unsent: what }) => (what === undefined ? [] : [{ channel, reason, ...what }]));
    if (unsent.length === 0)
        return undefined;
    const folder = inputs.replayFolder ?? surroundings().temp;
    const kept = await (0,promises_.mkdir)(folder, { recursive: true }).then(() => true, (error) => void job.log.info(`${folder} cannot be made: ${(0,errors/* messageOf */.bD)(error)}`));
    for (const [index, { channel, reason, method, body }] of unsent.entries()) {
        const path = (0,external_node_path_.join)(folder, `slack-notice-${Date.now()}-${index}.json`);
        const text = job.redact(JSON.stringify(body, null, 2));
        if (kept === true)
            await (0,promises_.writeFile)(path, text).catch((error) => job.log.info(`${path} cannot be written: ${(0,errors/* messageOf */.bD)(error)}`));
        job.summarise({
            heading: `Not sent to Slack${channel === '' ? '' : `: ${channel}`}`,
            paragraphs: [reason, 'To send it by hand, save the message as message.json and run:', { text: commandFor(method, inputs.slackApiUrl), code: true }],
            details: [{ title: `The message (${path})`, text }],
        });
    }
    return folder;
}
function commandFor(method, apiUrl) {
    const data = "-H 'Content-Type: application/json; charset=utf-8' --data @message.json";
    if (method === 'webhook')
        return `curl --fail-with-body ${data} "$SLACK_WEBHOOK"`;
    return `curl --fail-with-body -H "Authorization: Bearer $SLACK_TOKEN" ${data} ${new URL(method, apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`).href}`;
}

// EXTERNAL MODULE: ./build/shared/notices/entry.js
var entry = __webpack_require__(7978);
// EXTERNAL MODULE: ./build/shared/notices/memory.js
var notices_memory = __webpack_require__(6239);
;// CONCATENATED MODULE: ./build/actions/notify-slack/src/sending.js









const MEMORY = 'SLIPWAY_NOTICES';
/** Sends the notice to everybody who is to hear of it, and keeps for this job's later steps where its messages are. Never rejects. */
async function send(inputs, job, notice, audience, budget) {
    const { deliver } = await Promise.all(/* import() */[__webpack_require__.e(141), __webpack_require__.e(699)]).then(__webpack_require__.bind(__webpack_require__, 3699));
    const memory = (0,notices_memory/* parseMemory */.Pw)(keptForJob(MEMORY));
    const outcomes = await deliver(notice, audience.listeners, { ...deliveryOf(inputs, job, notice, budget), memory, people: audience.people, ownBlocks: await ownBlocks(inputs, job) });
    const key = (0,entry/* keyText */.P)(notice.key);
    const known = outcomes.filter(({ entries }) => entries.length > 0).reduce((list, { channel, at, entries }) => (0,notices_memory/* remember */.kY)(list, { key, channel, at, entries }), memory);
    if (known !== memory)
        keepForJob(MEMORY, JSON.stringify(known));
    return outcomes;
}
function deliveryOf(inputs, job, notice, budget) {
    const { variables } = inputs;
    const values = (0,notices_values/* templateValues */.n)((0,timeline/* timelineOf */.h)([notice.entry]), notice.key);
    return {
        token: inputs.slackToken, webhook: inputs.slackWebhook, apiUrl: inputs.slackApiUrl, given: inputs.thread, onStart: inputs.onStart, files: inputs.attach,
        manners: { budget, requestTimeout: inputs.requestTimeout, proxy: surroundings().proxy, onWait: (why) => job.log.info(`Waiting: ${why}.`) },
        isBroadcast: inputs.broadcast === 'failures' && (0,notices_event/* isAtLeast */.du)(notice.happening.severity, 'critical'),
        variables: variables === undefined ? undefined : Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, withoutSecrets(job.redact((0,template/* filledText */.U)(value, values)))])),
        say: job.log.info,
    };
}
// A mistake in the file must not keep a failure from being told.
async function ownBlocks(inputs, job) {
    return (0,src_audience.readBlocks)(inputs).catch((error) => void job.log.warning(`${error.message} The usual message is sent instead.`));
}

;// CONCATENATED MODULE: ./build/actions/notify-slack/src/notify-slack.js






/** Tells Slack what happened, within its budget; that it could not is a warning, and fails the step only where that was asked for. */
async function notifySlack(inputs, job) {
    if (inputs.explain || inputs.validateOnly || inputs.dryRun)
        return preview(inputs, job);
    const outcomes = await tell(inputs, job);
    job.signal.throwIfAborted();
    await report(inputs, job, outcomes);
}
async function tell(inputs, job) {
    try {
        const budget = startBudget(inputs.budget, job.signal);
        const notice = await gatherNotice(inputs, job, budget);
        const audience = await (0,src_audience/* audienceOf */.O)(inputs, notice);
        if (audience.listeners.length === 0)
            return [silence('No route leads anywhere for this event.')];
        return await send(inputs, job, notice, audience, budget);
    }
    catch (error) {
        return [{ channel: '', delivered: 'no', reason: reasonOf(error, job), entries: [] }];
    }
}
async function preview(inputs, job) {
    const { explain, showMessages, validate } = await Promise.all(/* import() */[__webpack_require__.e(141), __webpack_require__.e(260)]).then(__webpack_require__.bind(__webpack_require__, 1260));
    if (inputs.explain)
        return explain(inputs, job);
    const notice = await gatherNotice(inputs, job, startBudget(inputs.budget, job.signal));
    const audience = await (0,src_audience/* audienceOf */.O)(inputs, notice);
    if (inputs.validateOnly)
        return validate(inputs, job, notice, audience);
    const { readBlocks } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 9664));
    showMessages(job, notice, audience, await readBlocks(inputs));
}
// Not even a bug of ours is worth a failed deployment; it is told with its stack.
function reasonOf(error, { log }) {
    if (error instanceof errors/* UserError */.yo)
        return error.message;
    log.output(error instanceof Error ? error.stack ?? error.message : String(error));
    return `This is a bug in notify-slack, please report it with the stack from the log: ${(0,errors/* messageOf */.bD)(error)}`;
}
function silence(reason) {
    return { channel: '', delivered: 'no', reason, isSilence: true, entries: [] };
}


/***/ }),

/***/ 7978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseEntry),
/* harmony export */   P: () => (/* binding */ keyText)
/* harmony export */ });
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1398);

/** The key in one line, by which a message is found again. */
function keyText({ repository, run, environment, service }) {
    return [repository, run, environment, service].join('\n');
}
/** The entry in what came back from outside, or undefined where it is none of ours. */
function parseEntry(given) {
    if (!isObject(given))
        return undefined;
    const { id, attempt, event, state, stage, at, started, facts, fields, links } = given;
    const isOurs = typeof id === 'string' && isCount(attempt) && isCount(at) && isOneOf(_event_js__WEBPACK_IMPORTED_MODULE_0__/* .EVENTS */ .qY, event) && isOneOf(_event_js__WEBPACK_IMPORTED_MODULE_0__/* .STATES */ .xj, state);
    if (!isOurs)
        return undefined;
    return {
        id, attempt, event, state, at, ...(typeof stage === 'string' && { stage }), ...(isCount(started) && { started }),
        facts: texts(facts), fields: texts(fields), links: texts(links),
    };
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isCount(value) {
    return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
function isOneOf(words, value) {
    return words.includes(value);
}
function texts(value) {
    return isObject(value) ? Object.fromEntries(Object.entries(value).filter((pair) => typeof pair[1] === 'string')) : {};
}


/***/ }),

/***/ 6239:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I9: () => (/* binding */ recall),
/* harmony export */   Pw: () => (/* binding */ parseMemory),
/* harmony export */   kY: () => (/* binding */ remember)
/* harmony export */ });
/* harmony import */ var _entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7978);

const MOST_ENTRIES = 30;
const MOST_DEPLOYMENTS = 8;
/** What was remembered, out of the text of the job's variable; nothing where it holds something else. */
function parseMemory(text) {
    try {
        const list = JSON.parse(text);
        return Array.isArray(list) ? list.flatMap(parseRemembered) : [];
    }
    catch {
        return [];
    }
}
/** The memory with what is known of a deployment now. */
function remember(memory, fresh) {
    const others = memory.filter(({ key, channel }) => key !== fresh.key || channel !== fresh.channel);
    return [...others.slice(-MOST_DEPLOYMENTS + 1), { ...fresh, entries: fresh.entries.slice(-MOST_ENTRIES) }];
}
/** What is remembered of a deployment in a channel. */
function recall(memory, key, channel) {
    return memory.find((item) => item.key === key && item.channel === channel);
}
function parseRemembered(given) {
    const { key, channel, at, entries } = (given ?? {});
    if (typeof key !== 'string' || typeof channel !== 'string' || !Array.isArray(entries))
        return [];
    const place = (at ?? {});
    const known = typeof place.channel === 'string' && typeof place.ts === 'string' ? { at: { channel: place.channel, ts: place.ts } } : {};
    return [{ key, channel, ...known, entries: entries.map(_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .parseEntry */ .E).filter((entry) => entry !== undefined) }];
}


/***/ }),

/***/ 1276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ rulingsOn),
/* harmony export */   b: () => (/* binding */ listenersOf)
/* harmony export */ });
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1398);
/* harmony import */ var _quiet_hours_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9612);


/** What each route makes of an event at a moment. */
function rulingsOn(routes, subject, at) {
    return routes.map((route) => ({ route, verdict: verdictOf(route, subject, at) }));
}
/** Who hears of it: one listener a channel, with everybody whom any of its routes calls. */
function listenersOf(rulings) {
    const listeners = new Map();
    for (const { route } of rulings.filter(({ verdict }) => verdict === 'yes')) {
        for (const { channel, mention } of route.to) {
            const known = listeners.get(`${channel.kind} ${channel.id}`);
            listeners.set(`${channel.kind} ${channel.id}`, {
                channel, mention: [...new Set([...(known?.mention ?? []), ...mention])], by: [...(known?.by ?? []), route.name],
                isOnlyOnChange: route.isOnlyOnChange && (known?.isOnlyOnChange ?? true),
            });
        }
    }
    return [...listeners.values()];
}
function verdictOf(route, { event, environment, severity, service }, at) {
    if (route.events.length > 0 && !route.events.includes(event))
        return `no: it is not about ${event}`;
    if (!matches(route.environments, environment))
        return `no: it is not about ${environment === '' ? 'no environment' : environment}`;
    if (!matches(route.services, service))
        return `no: it is not about ${service}`;
    if (!(0,_event_js__WEBPACK_IMPORTED_MODULE_0__/* .isAtLeast */ .du)(severity, route.severity))
        return `no: ${severity} is less than ${route.severity}`;
    return route.quiet !== undefined && (0,_quiet_hours_js__WEBPACK_IMPORTED_MODULE_1__/* .isQuiet */ .rM)(route.quiet, severity, at) ? 'no: it is quiet at this hour' : 'yes';
}
// `review-*` stands for every name that begins so.
function matches(patterns, name) {
    return patterns.length === 0 || patterns.some((pattern) => {
        const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
        return new RegExp(`^${parts.join('.*')}$`).test(name);
    });
}


/***/ }),

/***/ 3184:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ parseOwnBlocks),
/* harmony export */   w: () => (/* binding */ fillBlocks)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9115);
/* harmony import */ var _template_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1158);
/* harmony import */ var _mrkdwn_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9920);
/* harmony import */ var _places_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4725);




const MENTION = /<!(?!date\^)[^<>]*>|<@[^<>]*>/;
const CALLING_ELEMENTS = new Set(['user', 'usergroup', 'broadcast']);
const MOST_DEPTH = 12;
/**
 * Blocks out of parsed YAML or JSON: a list, or `blocks:` with one.
 * @throws {UserError} when it is neither, or calls somebody: that is for the input `mention` alone.
 */
function parseOwnBlocks(yaml) {
    const list = Array.isArray(yaml) ? yaml : yaml?.blocks;
    if (!Array.isArray(list) || list.length === 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('accepted is a list of blocks, or a mapping with the list blocks');
    const odd = list.findIndex((block) => typeof block?.type !== 'string');
    if (odd >= 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`blocks[${odd}]: its type is missing`);
    refuseCalls(list, ['blocks']);
    return list;
}
/** The blocks with their `{{ names }}` filled in. Only texts are looked at, each by itself, so no value can become a block, a link or a call. */
function fillBlocks(blocks, values) {
    return fillNode(blocks, values, '', '');
}
function fillNode(node, values, name, type) {
    if (typeof node === 'string')
        return filledLeaf(node, values, name, type);
    if (Array.isArray(node))
        return node.map((item) => fillNode(item, values, name, type));
    if (typeof node !== 'object' || node === null)
        return node;
    const own = node.type;
    const kind = typeof own === 'string' ? own : type;
    return Object.fromEntries(Object.entries(node).map(([member, value]) => [member, fillNode(value, values, member, kind)]));
}
function filledLeaf(leaf, values, name, type) {
    if (!leaf.includes('{{') || name === 'type')
        return leaf;
    if (name === 'url' || name.endsWith('_url'))
        return filledAddress(leaf, values);
    const isFormatted = name === 'text' && (type === 'mrkdwn' || type === 'markdown');
    return (0,_template_js__WEBPACK_IMPORTED_MODULE_2__/* .filled */ .B)(leaf, values, isFormatted ? _mrkdwn_js__WEBPACK_IMPORTED_MODULE_0__/* .escapeText */ .X1 : _mrkdwn_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .RK);
}
// A value that is the whole address stays one; as a part of one it can be no more than a part.
function filledAddress(leaf, values) {
    const address = /^\s*\{\{[^{}]*\}\}\s*$/.test(leaf) ? (0,_template_js__WEBPACK_IMPORTED_MODULE_2__/* .filled */ .B)(leaf, values) : (0,_template_js__WEBPACK_IMPORTED_MODULE_2__/* .filled */ .B)(leaf, values, (value) => encodeURIComponent((0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(value)));
    return (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_0__/* .webAddress */ .Dy)(address) ?? '';
}
function refuseCalls(node, path) {
    if (path.length > MOST_DEPTH)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${(0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .placeName */ .fW)(path)}: blocks are not nested that deep`);
    if (typeof node === 'string' && MENTION.test(node))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${(0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .placeName */ .fW)(path)}: people and channels are called by the input mention only`);
    if (typeof node !== 'object' || node === null)
        return;
    if (CALLING_ELEMENTS.has(String(node.type)))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`${(0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .placeName */ .fW)(path)}: people and channels are called by the input mention only`);
    for (const [name, value] of Object.entries(node))
        refuseCalls(value, [...path, Array.isArray(node) ? Number(name) : name]);
}


/***/ }),

/***/ 4725:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cO: () => (/* binding */ withValue),
/* harmony export */   fW: () => (/* binding */ placeName),
/* harmony export */   sP: () => (/* binding */ typedNodes),
/* harmony export */   uQ: () => (/* binding */ placesAt)
/* harmony export */ });
/** The values at a path such as `fields[].text`; none where something on the way is missing. */
function placesAt(root, path) {
    const steps = path.split('.').flatMap((name) => (name.endsWith('[]') ? [name.slice(0, -2), '[]'] : [name]));
    return steps.reduce((places, step) => places.flatMap((place) => next(place, step)), [{ path: [], value: root }]);
}
/** The tree with another value at a place; everything else is as it was. */
function withValue(root, path, value) {
    const [first, ...rest] = path;
    if (first === undefined)
        return value;
    if (Array.isArray(root))
        return root.map((item, index) => (index === first ? withValue(item, rest, value) : item));
    return { ...root, [first]: withValue(root[first], rest, value) };
}
/** A place as people write it: `blocks[2].text.text`. */
function placeName(path) {
    return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}
/** Every object in a tree that says its type, outermost first. */
function typedNodes(root, path = []) {
    if (typeof root !== 'object' || root === null)
        return [];
    const { type } = root;
    const own = typeof type === 'string' && !Array.isArray(root) ? [{ path, value: root, type }] : [];
    return [...own, ...Object.entries(root).flatMap(([name, value]) => typedNodes(value, [...path, Array.isArray(root) ? Number(name) : name]))];
}
function next({ path, value }, step) {
    if (step === '[]')
        return Array.isArray(value) ? value.map((item, index) => ({ path: [...path, index], value: item })) : [];
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
        return [];
    return [{ path: [...path, step], value: value[step] }];
}


/***/ }),

/***/ 1158:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ filled),
/* harmony export */   U: () => (/* binding */ filledText)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9115);
/* harmony import */ var _shared_core_nearest__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1544);


const PLACEHOLDER = /\{\{\s*([a-z][\w-]*)\s*\}\}/g;
/** The text with those `{{ names }}` replaced that there are values for; anything else in it is text, whoever wrote it. */
function filledText(template, values) {
    return template.replace(PLACEHOLDER, (placeholder, name) => (Object.hasOwn(values, name) ? values[name] ?? '' : placeholder));
}
/**
 * The text with its `{{ names }}` replaced by values, each made fit for its place by `escape`; what a value holds is not looked at again.
 * @throws {UserError} on a name that is none, with the nearest.
 */
function filled(template, values, escape = (value) => value) {
    return template.replace(PLACEHOLDER, (_, name) => {
        const value = Object.hasOwn(values, name) ? values[name] : undefined;
        if (value === undefined)
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(unknownName(name, Object.keys(values)));
        return escape(value);
    });
}
function unknownName(name, known) {
    const near = (0,_shared_core_nearest__WEBPACK_IMPORTED_MODULE_1__/* .likelyMeant */ .S)(name, known);
    return `{{ ${name} }} is not known; ${near === undefined ? `there are ${known.join(', ')}` : `the nearest is {{ ${near} }}`}`;
}


/***/ }),

/***/ 3235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ timelineOf)
/* harmony export */ });
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1398);

const UNDER_WAY = ['running', 'waiting'];
/** The deployment that one or more entries tell of, in whatever order and however often they came. Throws when there is none. */
function timelineOf(given) {
    const entries = [...new Map(given.map((entry) => [entry.id, entry])).values()].sort((one, other) => one.attempt - other.attempt || one.at - other.at);
    const newest = entries.at(-1);
    if (newest === undefined)
        throw new Error('A timeline needs an entry');
    const own = entries.filter(({ attempt }) => attempt === newest.attempt);
    const head = own.findLast((entry) => roleOf(entry) !== 'progress');
    const stages = stagesOf(entries, newest.attempt);
    // Who called for somebody has been answered once the work went on.
    const isStanding = head !== undefined && head.state !== 'noted' && (roleOf(head) !== 'attention' || head === newest);
    const state = isStanding ? head.state : stateOf(own, stages);
    const ended = isStanding && roleOf(head) === 'outcome' ? head.at : undefined;
    return {
        state, event: isStanding ? head.event : newest.event, attempt: newest.attempt, started: Math.min(...own.map(({ started, at }) => started ?? at)), ended,
        stages: ended === undefined ? stages : stages.map((stage) => settled(stage)),
        earlier: earlierAttempts(entries, newest.attempt),
        facts: merged(entries, ({ facts }) => facts), fields: merged(entries, ({ fields }) => fields), links: merged(entries, ({ links }) => links),
    };
}
function roleOf({ event, state }) {
    if (event !== 'custom')
        return (0,_event_js__WEBPACK_IMPORTED_MODULE_0__/* .happeningOf */ .IU)({ event }).role;
    if (state === 'noted')
        return 'progress';
    return UNDER_WAY.includes(state) ? 'start' : 'outcome';
}
// Nobody has said yet how the deployment stands: its stages do.
function stateOf(own, stages) {
    const states = stages.map(({ state }) => state);
    const found = UNDER_WAY.find((state) => states.includes(state)) ?? ['failed', 'cancelled'].find((state) => states.includes(state));
    return found ?? (stages.length > 0 ? 'running' : own.at(-1).state);
}
// What an earlier attempt did well is not done again when only failed jobs are run again; its failures are.
function stagesOf(entries, attempt) {
    const stages = new Map();
    for (const entry of entries) {
        if (entry.stage === undefined)
            continue;
        const before = stages.get(entry.stage);
        const isUnderWay = UNDER_WAY.includes(entry.state);
        const began = entry.started ?? (isUnderWay ? entry.at : before?.attempt === entry.attempt ? before.started : undefined);
        stages.set(entry.stage, { name: entry.stage, state: entry.state, attempt: entry.attempt, started: began, ended: isUnderWay ? undefined : entry.at });
    }
    return [...stages.values()].filter((stage) => stage.attempt === attempt || stage.state === 'succeeded');
}
// A stage that never told its end, in a deployment that is over.
function settled(stage) {
    return UNDER_WAY.includes(stage.state) ? { ...stage, state: 'noted' } : stage;
}
function earlierAttempts(entries, attempt) {
    const numbers = [...new Set(entries.map((entry) => entry.attempt))].filter((number) => number < attempt);
    return numbers.map((number) => {
        const last = entries.findLast((entry) => entry.attempt === number && entry.state !== 'succeeded') ?? entries.findLast((entry) => entry.attempt === number);
        return `attempt ${number} ${last.state.replace('-', ' ')}${last.stage === undefined ? '' : ` at ${last.stage}`}`;
    });
}
function merged(entries, part) {
    return Object.assign({}, ...entries.map(part));
}


/***/ }),

/***/ 9214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ templateValues)
/* harmony export */ });
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(238);

/** What templates may show of a deployment, by name; empty where it is not known. */
function templateValues(timeline, key) {
    const { facts, state, event, stages, started, ended, attempt, links } = timeline;
    const values = {
        service: key.service, environment: key.environment, repository: key.repository, 'run-id': key.run, attempt: String(attempt),
        event, status: _wording_js__WEBPACK_IMPORTED_MODULE_0__/* .LOOKS */ .BJ[state].word, mark: _wording_js__WEBPACK_IMPORTED_MODULE_0__/* .LOOKS */ .BJ[state].mark, release: facts.release, actor: facts.actor, workflow: facts.workflow,
        headline: (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .headline */ .Pl)({ ...timeline, facts: { ...facts, title: undefined } }, key),
        commit: facts.sha, 'short-commit': facts.sha?.slice(0, 7), 'commit-subject': facts.subject, 'commit-author': facts.author, 'commit-url': facts.commitUrl,
        'compare-url': facts.compareUrl, 'pull-request': facts.pull, 'pull-request-title': facts.pullTitle, 'pull-request-url': facts.pullUrl,
        'run-url': facts.runUrl, url: links['Open site'], message: facts.message, duration: (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .tookText */ .vR)(started, ended),
        'failing-job': facts.failingJob, 'failing-step': facts.failingStep, 'failing-url': facts.failingUrl,
        timeline: stages.map((stage) => [`${_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .LOOKS */ .BJ[stage.state].mark} ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .titleOf */ .Gg)(stage.name)}`, (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .tookText */ .vR)(stage.started, stage.ended)].filter(Boolean).join(' · ')).join('\n'),
    };
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
}


/***/ }),

/***/ 238:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BJ: () => (/* binding */ LOOKS),
/* harmony export */   Gg: () => (/* binding */ titleOf),
/* harmony export */   Pl: () => (/* binding */ headline),
/* harmony export */   vR: () => (/* binding */ tookText)
/* harmony export */ });
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2520);

/** How each state looks and reads. */
const LOOKS = {
    waiting: { mark: '✋', word: 'waiting' },
    running: { mark: '⏳', word: 'under way' },
    succeeded: { mark: '✅', word: 'succeeded' },
    failed: { mark: '❌', word: 'failed' },
    cancelled: { mark: '🚫', word: 'cancelled' },
    skipped: { mark: '⏭️', word: 'skipped' },
    'rolled-back': { mark: '↩️', word: 'rolled back' },
    blocked: { mark: '⛔', word: 'blocked' },
    noted: { mark: '▫️', word: 'told no end' },
};
/** The headline of a deployment, as plain text on one line. */
function headline(timeline, key) {
    const { facts, state, event } = timeline;
    if (facts.title !== undefined)
        return `${LOOKS[state].mark} ${facts.title}`;
    const what = [key.service, facts.release].filter(Boolean).join(' ');
    return `${markOf(timeline)} ${SAYS[event]?.(what, key.environment) ?? standing(timeline, what, key.environment)}`;
}
/** How long something took, or has taken so far, in words; undefined where that is not known. */
function tookText(started, ended) {
    return started === undefined || ended === undefined || ended <= started ? undefined : (0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)((ended - started) * 1_000);
}
/** `pre-flight_checks` -> `Pre-flight checks`. */
function titleOf(stage) {
    return stage.charAt(0).toUpperCase() + stage.slice(1).replaceAll('_', ' ');
}
const SAYS = {
    'approval-requested': (what, environment) => `${what}: approval asked${place(' for ', environment)}`,
    'security-alert': (what) => `${what}: security alert`,
    'pipeline-blocked': (what, environment) => `${what}: pipeline${place(' to ', environment)} is blocked`,
    'recovery-needed': (what, environment) => `${what}: somebody must recover${place(' ', environment)}`,
    'build-failed': (what) => `${what}: build failed`,
};
function markOf({ event, state }) {
    if (event === 'security-alert')
        return '🚨';
    return event === 'recovery-needed' ? '🆘' : LOOKS[state].mark;
}
function standing({ state, stages, facts, event }, what, environment) {
    const failed = stages.findLast((stage) => stage.state === 'failed');
    const workflow = environment === '' && facts.workflow !== undefined ? `${facts.workflow} ` : '';
    const said = {
        waiting: `${what}${place(' → ', environment)}: waiting`,
        running: `${what}${place(' → ', environment)}: under way`,
        succeeded: event.endsWith('-succeeded') ? `${what} is live in ${environment}${recovery(facts.failures)}` : `${what}: ${workflow}succeeded${recovery(facts.failures)}`,
        failed: `${what}: ${workflow}failed${place(' in ', environment)}${failed === undefined ? '' : ` at ${failed.name}`}${times(facts.failures)}`,
        cancelled: `${what}: ${workflow}cancelled${place(' in ', environment)}`,
        skipped: `${what}: ${workflow}skipped${place(' in ', environment)}`,
        'rolled-back': `${what} was rolled back${place(' in ', environment)}`,
        blocked: `${what}${place(' → ', environment)}: blocked`,
        noted: `${what}${workflow === '' ? '' : `: ${workflow.trim()}`}${place(' → ', environment)}`,
    };
    return said[state];
}
function place(before, environment) {
    return environment === '' ? '' : `${before}${environment}`;
}
function recovery(failures) {
    if (failures === undefined || failures === '0')
        return '';
    return `, fixed after ${failures} ${failures === '1' ? 'failure' : 'failures'}`;
}
function times(failures) {
    return failures === undefined || Number(failures) < 1 ? '' : `, ${Number(failures) + 1} times in a row`;
}


/***/ })

};
