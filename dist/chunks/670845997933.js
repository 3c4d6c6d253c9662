export const id = 254;
export const ids = [254];
export const modules = {

/***/ 9254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tryHttp: () => (/* binding */ tryHttp)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __webpack_require__(4153);
;// CONCATENATED MODULE: ./build/shared/core/verdict.js
/** The verdict over many: one failure fails, one gap in the evidence is inconclusive, and nothing at all is inconclusive. */
function overall(verdicts) {
    if (verdicts.includes('fail'))
        return 'fail';
    return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}

// EXTERNAL MODULE: ./build/shared/checks/dial.js
var dial = __webpack_require__(4280);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: ./build/shared/checks/failure.js
var failure = __webpack_require__(674);
// EXTERNAL MODULE: ./build/shared/checks/json-path.js
var json_path = __webpack_require__(9834);
// EXTERNAL MODULE: ./build/shared/checks/pattern.js
var checks_pattern = __webpack_require__(6330);
// EXTERNAL MODULE: ./build/shared/checks/status-range.js
var status_range = __webpack_require__(7472);
;// CONCATENATED MODULE: ./build/shared/checks/version.js
const COMMIT = /^[0-9a-f]{7,40}$/i;
/** Whether both name the same version: the same text, or a commit hash and its abbreviation (7 digits or more). */
function isVersion(actual, expected) {
    if (actual === expected)
        return true;
    if (!COMMIT.test(actual) || !COMMIT.test(expected) || Math.max(actual.length, expected.length) !== 40)
        return false;
    const [short = '', long = ''] = [actual.toLowerCase(), expected.toLowerCase()].sort((one, other) => one.length - other.length);
    return long.startsWith(short);
}

;// CONCATENATED MODULE: ./build/shared/checks/http-answer.js








/** Every expectation the answer does not meet; of an answer with an unexpected status only that is said. */
async function faultsOf(answer, expect, responseMs) {
    const ranges = expect.status ?? status_range/* SUCCESS */.qO;
    if (!(0,status_range/* covers */.hU)(ranges, answer.status))
        return [{ verdict: 'fail', reason: statusFault(answer, (0,status_range/* formatStatus */.me)(ranges)) }];
    const probes = [
        () => versionFault(answer, expect.version),
        ...(expect.headers ?? []).map((header) => () => headerFault(answer, header)),
        ...(expect.text ?? []).map((text) => () => textFault(answer, text)),
        ...(expect.matches ?? []).map((pattern) => () => patternFault(answer, pattern)),
        () => jsonFaults(answer, expect),
        () => slowness(responseMs, expect.maxResponseTime),
    ];
    return (await Promise.all(probes.map(judge))).filter((fault) => fault !== undefined);
}
/** The version the answer says it comes from, or undefined where it says none. */
async function versionOf(answer, { header, jsonPath }) {
    if (header !== undefined)
        return answer.headers[header.toLowerCase()]?.trim() || undefined;
    try {
        const [value] = await (0,json_path.select)(JSON.parse(answer.body), jsonPath ?? '$');
        return typeof value === 'string' || typeof value === 'number' ? String(value).trim() || undefined : undefined;
    }
    catch {
        return undefined;
    }
}
async function judge(probe) {
    try {
        const reason = await probe();
        return reason === undefined ? undefined : { verdict: 'fail', reason };
    }
    catch (error) {
        if (!(error instanceof failure/* NotMeasured */.ke))
            throw error;
        return { verdict: 'inconclusive', reason: error.message };
    }
}
function statusFault({ status, headers, say }, expected) {
    const target = headers['location'];
    const redirect = target === undefined ? '' : `, which points to ${say(target)}`;
    return `status ${status}${redirect}, expected ${expected}`;
}
function headerFault({ headers, say }, { name, text, matches }) {
    const value = headers[name.toLowerCase()];
    if (value === undefined)
        return `the header ${name} is missing`;
    if (text !== undefined && !value.toLowerCase().includes(text.toLowerCase()))
        return `the header ${name} is ${say(value)}, expected ${say(text)}`;
    return matches === undefined || (0,checks_pattern/* isMatch */.uv)(matches, value) ? undefined : `the header ${name} is ${say(value)}, which does not match ${say(matches)}`;
}
async function versionFault(answer, expected) {
    if (expected === undefined)
        return undefined;
    const version = await versionOf(answer, expected);
    const place = expected.header === undefined ? `at ${expected.jsonPath} of its body` : `in the header ${expected.header}`;
    const wanted = `expected ${answer.say(expected.equals)}`;
    if (version === undefined && expected.header === undefined)
        return bodyFault(answer, `the answer does not say its version ${place}, ${wanted}`);
    if (version === undefined)
        return `the answer does not say its version ${place}, ${wanted}`;
    if (isVersion(version, expected.equals))
        return undefined;
    const age = Number(answer.headers['age'] ?? 0);
    const cache = age > 0 ? ` (the answer is ${age} s old, from a cache in between)` : '';
    return `version ${answer.say(version)} answers, ${wanted}${cache}`;
}
function textFault(answer, text) {
    return answer.body.includes(text) ? undefined : bodyFault(answer, `the body does not hold ${answer.say(text)}`);
}
function patternFault(answer, pattern) {
    return (0,checks_pattern/* isMatch */.uv)(pattern, answer.body) ? undefined : bodyFault(answer, `the body does not match ${answer.say(pattern)}`);
}
async function jsonFaults(answer, { json = [] }) {
    if (json.length === 0)
        return undefined;
    let document;
    try {
        document = JSON.parse(answer.body);
    }
    catch (error) {
        return bodyFault(answer, `the body is not JSON: ${answer.body === '' ? 'it is empty' : answer.say((0,errors/* messageOf */.bD)(error))}`);
    }
    const faults = await Promise.all(json.map((expectation) => (0,json_path.jsonFault)(document, expectation, answer.say)));
    return faults.filter((fault) => fault !== undefined).join('; ') || undefined;
}
// What lies behind the limit nobody has read: its absence there proves nothing.
function bodyFault({ body, isCut }, reason) {
    if (!isCut)
        return reason;
    throw new failure/* NotMeasured */.ke(`${reason}, but only its first ${(0,size/* formatSize */.X)(Buffer.byteLength(body))} were read: raise body-limit`);
}
function slowness(responseMs, limit) {
    if (limit === undefined || responseMs <= limit)
        return undefined;
    return `the answer took ${(0,duration/* formatDuration */.a3)(responseMs)}, allowed are ${(0,duration/* formatDuration */.a3)(limit)}`;
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/shared/checks/http-exchange.js





const DECODERS = {
    gzip: 'createGunzip', 'x-gzip': 'createGunzip', deflate: 'createInflate', br: 'createBrotliDecompress', zstd: 'createZstdDecompress',
};
/**
 * Sends the request over a connection of its own and reads the answer; the connection is closed whatever comes.
 * Rejects with the system's error; `progress` then says how far it came.
 */
async function exchange(request, dialling, progress, signal) {
    const connection = (await dialling).on('error', () => undefined);
    const close = () => void connection.destroy();
    signal.addEventListener('abort', close, { once: true });
    try {
        const stream = request.url.protocol === 'https:' ? await http_exchange_secure(connection, request, progress, signal) : connection;
        progress.phase = 'waiting';
        const response = await send(request, stream);
        progress.phase = 'reading';
        const { body, isCut } = await readBody(response, request.bodyLimit, progress);
        const address = connection.remoteAddress;
        return { status: response.statusCode ?? 0, headers: flatten(response), body, isCut, address };
    }
    finally {
        signal.removeEventListener('abort', close);
        close();
    }
}
async function http_exchange_secure(socket, request, progress, signal) {
    progress.phase = 'securing';
    const host = hostName(request);
    const name = (0,external_node_net_.isIP)(host) === 0 ? { servername: host } : {};
    const tls = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1692, 19));
    const secured = tls.connect({ socket, host, ...name, rejectUnauthorized: !request.insecure, ALPNProtocols: ['http/1.1'] });
    secured.on('error', () => undefined);
    await (0,external_node_events_.once)(secured, 'secureConnect', { signal });
    return secured;
}
function hostName({ url, headers }) {
    return new URL(`http://${headers['host'] ?? url.host}`).hostname.replace(/^\[|\]$/g, '');
}
async function send({ url, method, headers, body }, stream) {
    const path = `${url.pathname}${url.search}`;
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = (0,external_node_http_.request)({ method, path, headers: { ...headers, ...length, connection: 'close' }, createConnection: () => stream });
    request.on('error', () => undefined).end(body);
    const [response] = await (0,external_node_events_.once)(request, 'response');
    return response;
}
async function readBody(response, limit, progress) {
    const chunks = [];
    let size = 0;
    for await (const chunk of await decoded(response)) {
        chunks.push(chunk);
        size += chunk.length;
        progress.bytes = size;
        if (size > limit)
            break;
    }
    const bytes = Buffer.concat(chunks).subarray(0, limit);
    return { body: decoder(response.headers['content-type']).decode(bytes), isCut: size > limit };
}
// Identity is asked for, but some servers compress all the same; the limit holds for what comes out, so that a bomb cannot fill the memory.
async function decoded(response) {
    const encoding = response.headers['content-encoding']?.toLowerCase().trim() ?? '';
    if (!Object.hasOwn(DECODERS, encoding))
        return response;
    const zlib = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8522, 19));
    return (0,external_node_stream_.pipeline)(response, zlib[DECODERS[encoding]](), () => undefined);
}
function decoder(contentType = '') {
    try {
        return new external_node_util_.TextDecoder(/charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8');
    }
    catch {
        return new external_node_util_.TextDecoder();
    }
}
function flatten({ headers }) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

;// CONCATENATED MODULE: ./build/shared/checks/redirect.js
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const ANONYMOUS = new Set(['user-agent', 'accept', 'accept-encoding', 'accept-language', 'cache-control', 'content-type']);
/**
 * The request a redirect asks for, undefined when the answer is none, or why it must not be followed.
 * Another origin gets neither our headers nor our body; https never becomes http; with `isBound` (the connection goes to an
 * address of its own, a slot say) no other origin is asked, as it would be asked at the wrong place.
 */
function redirected(request, answer, isBound) {
    const { location } = answer.headers;
    if (!REDIRECTS.has(answer.status) || location === undefined)
        return undefined;
    const url = URL.parse(location, request.url.href);
    if (url === null || !/^https?:$/.test(url.protocol))
        return { halt: 'not followed: it does not lead to an HTTP address' };
    if (request.url.protocol === 'https:' && url.protocol === 'http:')
        return { halt: 'not followed: it leads from https to http' };
    const isSameOrigin = url.origin === request.url.origin;
    if (isBound && !isSameOrigin)
        return { halt: 'not followed: it leads away from the address this check is bound to' };
    return { request: onward(request, url, answer.status, isSameOrigin) };
}
function onward(request, url, status, isSameOrigin) {
    const keepsMethod = status === 307 || status === 308 || ['GET', 'HEAD'].includes(request.method);
    const headers = Object.entries(request.headers).filter(([name]) => isSameOrigin || ANONYMOUS.has(name));
    return {
        ...request,
        url,
        method: keepsMethod ? request.method : 'GET',
        body: keepsMethod && isSameOrigin ? request.body : undefined,
        headers: { ...Object.fromEntries(headers), ...(isSameOrigin ? {} : { host: url.host }) },
    };
}

// EXTERNAL MODULE: ./build/shared/checks/redaction.js
var redaction = __webpack_require__(5721);
// EXTERNAL MODULE: ./build/shared/checks/shown.js
var shown = __webpack_require__(3697);
;// CONCATENATED MODULE: ./build/shared/checks/http-check.js









const BODY_LIMIT = 1_048_576;
const BODY_SHOWN = 500;
/** Sends the check's request once, follows the redirects it allows, and judges the answer. Rejects as `exchange` does. */
async function tryHttp(check, context, progress) {
    const journey = await travel(check, context, progress);
    const redact = (0,redaction/* redactor */.$p)(check);
    const say = (text) => (0,shown/* quoted */.T)(redact(text));
    const faults = await faultsOf({ ...journey.answer, say }, check.expect ?? {}, journey.ms);
    const evidence = await evidenceOf(check, journey, redact);
    if (faults.length === 0)
        return { verdict: 'pass', reason: success(journey, evidence), evidence, answered: true };
    const reasons = [...faults.map(({ reason }) => reason), ...(journey.halt === undefined ? [] : [journey.halt])];
    return { verdict: overall(faults.map(({ verdict }) => verdict)), reason: reasons.join('; '), evidence, answered: true };
}
async function travel(check, context, progress) {
    const started = performance.now();
    const urls = [];
    let request = firstRequest(check);
    for (;;) {
        urls.push(request.url);
        const answer = await exchange(request, (0,dial/* dial */.zy)(addressOf(check, request.url), check.from ?? 'runner', context, progress), progress, context.signal);
        const next = urls.length > (check.followRedirects ?? 0) ? undefined : redirected(request, answer, check.connectTo !== undefined);
        if (next === undefined || 'halt' in next)
            return { answer, urls, ms: performance.now() - started, halt: next?.halt ?? loop(check, answer, urls) };
        request = next.request;
    }
}
function loop({ followRedirects = 0 }, { headers }, urls) {
    if (followRedirects === 0 || headers['location'] === undefined || urls.length <= followRedirects)
        return undefined;
    return `stopped after ${followRedirects} redirects`;
}
function firstRequest(check) {
    const url = new URL(check.url);
    const given = Object.entries(check.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value.reveal()]);
    const defaults = { 'user-agent': 'slipway', accept: '*/*', 'accept-encoding': 'identity', 'cache-control': 'no-cache', ...account(url) };
    return {
        url,
        method: check.method ?? 'GET',
        headers: { host: url.host, ...defaults, ...Object.fromEntries(given), ...(check.host === undefined ? {} : { host: check.host }) },
        body: check.body?.reveal(),
        insecure: check.insecure ?? false,
        bodyLimit: check.bodyLimit ?? BODY_LIMIT,
    };
}
function account({ username, password }) {
    if (username === '')
        return {};
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}
function addressOf({ connectTo }, url) {
    if (connectTo !== undefined)
        return connectTo;
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}
function success({ answer, ms, urls }, { version }) {
    const cut = answer.isCut ? `, body longer than the ${(0,size/* formatSize */.X)(Buffer.byteLength(answer.body))} read` : '';
    const path = urls.length > 1 ? `, after ${urls.length - 1} redirects` : '';
    return `status ${answer.status} in ${(0,duration/* formatDuration */.a3)(ms)}${version === undefined ? '' : `, version "${version}"`}${path}${cut}`;
}
async function evidenceOf(check, { answer, urls, ms }, redact) {
    const { location } = answer.headers;
    const version = check.expect?.version === undefined ? undefined : await versionOf(answer, check.expect.version);
    return {
        target: `${check.method ?? 'GET'} ${urls.map((url) => (0,shown/* shown */.S)(redact((0,redaction/* shownUrl */.zA)(url.href)), 300)).join(' -> ')}`,
        address: answer.address,
        status: answer.status,
        location: location === undefined ? undefined : (0,shown/* shown */.S)(redact(location), 300),
        version: version === undefined ? undefined : (0,shown/* shown */.S)(redact(version)),
        body: (0,shown/* shown */.S)(redact(answer.body), BODY_SHOWN),
        responseMs: Math.round(ms),
    };
}


/***/ })

};
