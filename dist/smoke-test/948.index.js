export const id = 948;
export const ids = [948,834];
export const modules = {

/***/ 4948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  joinUrl: () => (/* binding */ joinUrl),
  parseChecks: () => (/* binding */ parseChecks)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/secret.js
var secret = __webpack_require__(4636);
// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __webpack_require__(4153);
// EXTERNAL MODULE: ./build/shared/checks/pattern.js
var pattern = __webpack_require__(6330);
// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __webpack_require__(1544);
// EXTERNAL MODULE: ./build/shared/checks/shown.js
var shown = __webpack_require__(3697);
;// CONCATENATED MODULE: ./build/shared/checks/shape.js



/** A record of known keys; an unknown one is a fault that names the nearest. A key without a value counts as absent. */
function record(readers) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are keys with values', value);
        const known = Object.keys(readers);
        faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, (0,shown/* shown */.S)(key, 40))} is unknown; the nearest is ${(0,nearest/* nearest */.p)(key, known)}`));
        const given = Object.entries(value).filter(([key, item]) => known.includes(key) && item !== undefined && item !== null);
        return Object.fromEntries(given.map(([key, item]) => [key, readers[key](item, join(path, key), faults)]));
    };
}
/** A list of values; one value alone counts as a list of one. */
function list(reader) {
    return (value, path, faults) => {
        if (!Array.isArray(value))
            return asList(reader(value, path, faults));
        if (value.length === 0)
            return refuse(faults, path, 'it is empty', value);
        return value.map((item, index) => reader(item, `${path}[${index}]`, faults)).filter((item) => item !== undefined);
    };
}
/** A record of any keys whose values are all of one kind. */
function dictionary(reader) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are names with values', value);
        const entries = Object.entries(value).map(([key, item]) => [key, reader(item, join(path, (0,shown/* shown */.S)(key, 40)), faults)]);
        return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    };
}
function shape_text(parse = (given) => given) {
    return (value, path, faults) => {
        if (typeof value === 'number' || typeof value === 'boolean')
            return refuse(faults, path, `YAML reads it as ${String(value)}, not as text: put it in quotes`);
        if (typeof value !== 'string' || value === '')
            return refuse(faults, path, 'accepted is text', value);
        return attempt(() => parse(value), path, faults);
    };
}
/** Text or a number, as text, that `parse` turns into a value. */
function scalar(parse) {
    return (value, path, faults) => shape_text(parse)(typeof value === 'number' ? String(value) : value, path, faults);
}
/** A whole number within bounds. */
function integer(min, max) {
    return (value, path, faults) => {
        if (typeof value === 'number' && Number.isInteger(value) && min <= value && value <= max)
            return value;
        return refuse(faults, path, `accepted is a whole number from ${min} to ${max}`, value);
    };
}
/** `true` or `false`. */
function flag() {
    return (value, path, faults) => (typeof value === 'boolean' ? value : refuse(faults, path, 'accepted is true or false', value));
}
/** Whatever is there. */
function anything() {
    return (value) => ({ value });
}
function asList(value) {
    return value === undefined ? undefined : [value];
}
// A wrong value may be a secret in the wrong place: what is repeated is only its kind.
function refuse(faults, path, reason, value) {
    faults.push(`${path}: ${reason}${value === undefined ? '' : `, not ${kindOf(value)}`}`);
    return undefined;
}
function kindOf(value) {
    if (value === '')
        return 'empty text';
    if (Array.isArray(value))
        return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'string')
        return 'this text';
    return typeof value === 'number' || typeof value === 'boolean' ? (0,shown/* quoted */.T)(`${value}`) : 'a record';
}
function attempt(task, path, faults) {
    try {
        return task();
    }
    catch (error) {
        return refuse(faults, path, (0,errors/* messageOf */.bD)(error));
    }
}
function join(path, key) {
    return path === '' ? key : `${path}.${key}`;
}

// EXTERNAL MODULE: ./build/shared/checks/texts.js
var texts = __webpack_require__(5540);
// EXTERNAL MODULE: ./build/shared/checks/status-range.js
var status_range = __webpack_require__(7472);
;// CONCATENATED MODULE: ./build/shared/checks/check-fields.js










const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
// RFC 9110, section 5.5.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const LONGEST_SOCKET = 107;
/** Every key a check of the list may have; which of them go together is the parser's matter. */
const checkRecord = record({
    name: shape_text(texts/* oneLine */.TN),
    url: shape_text(texts/* parseUrl */.Dl),
    path: shape_text(texts/* parsePath */.Rr),
    method: shape_text(parseMethod),
    headers: readHeaders,
    body: shape_text((given) => new secret/* Secret */.z(given)),
    host: shape_text(parseHost),
    'follow-redirects': integer(0, 20),
    insecure: flag(),
    'body-limit': shape_text(size/* parseSize */.D),
    timeout: shape_text(duration/* parseDuration */.E9),
    through: shape_text(parseThrough),
    socket: shape_text(parseSocket),
    port: integer(1, 65_535),
    status: list(scalar(status_range/* parseStatus */.i$)),
    'expect-headers': readHeaderExpectations,
    text: list(shape_text()),
    matches: list(shape_text(parsePattern)),
    json: list(record({ path: shape_text(), equals: anything(), matches: shape_text(parsePattern), exists: flag() })),
    'max-response-time': shape_text(duration/* parseDuration */.E9),
    version: record({ equals: shape_text(texts/* oneLine */.TN), header: shape_text(texts/* parseHeaderName */.iT), 'json-path': shape_text() }),
    tcp: scalar(parseTcp),
    banner: shape_text(),
    command: readCommand,
    'exit-code': integer(0, 255),
});
/** A regular expression's source. @throws {UserError} when it is none. */
function parsePattern(given) {
    try {
        (0,pattern/* compile */.wE)(given);
        return given;
    }
    catch (error) {
        throw new errors/* UserError */.yo(`accepted is a JavaScript regular expression (${(0,shown/* shown */.S)(error.message, 200)})`);
    }
}
function parseMethod(given) {
    if (!METHODS.includes(given))
        throw new errors/* UserError */.yo(`accepted is one of ${METHODS.join(', ')}`);
    return given;
}
function parseHost(given) {
    const url = /[\s/?#@\\]/.test(given) ? null : URL.parse(`http://${given}`);
    if (url === null)
        throw new errors/* UserError */.yo('accepted is a host name, with :port if it is not the usual one');
    return url.host;
}
function parseThrough(given) {
    if (given !== 'ssh')
        throw new errors/* UserError */.yo('accepted is ssh; leave it out to look from the runner');
    return given;
}
function parseSocket(given) {
    if (!given.startsWith('/') || given.includes('\0') || Buffer.byteLength(given) > LONGEST_SOCKET) {
        throw new errors/* UserError */.yo(`accepted is the absolute path of a unix socket, ${LONGEST_SOCKET} bytes at most`);
    }
    return given;
}
// Without a host it is left empty: the server itself is meant.
function parseTcp(given) {
    if (given.startsWith('/'))
        return { socket: parseSocket(given) };
    const [, bracketed, plain, port] = /^(?:(?:\[([^\]]+)\]|([^\s:[\]/@\\]+)):)?(\d{1,5})$/.exec(given) ?? [];
    const isAddress = Number(port) >= 1 && Number(port) <= 65_535 && (bracketed === undefined || (0,external_node_net_.isIPv6)(bracketed));
    if (!isAddress)
        throw new errors/* UserError */.yo('accepted is host:port or [IPv6 address]:port, and through: ssh also a port or the path of a socket alone');
    return { host: bracketed ?? plain ?? '', port: Number(port) };
}
// A header's value is taken as a secret: nothing about it is repeated.
function readHeaders(value, path, faults) {
    const headers = dictionary(scalar((given) => given))(value, path, faults);
    for (const [name, content] of Object.entries(headers ?? {})) {
        if (!texts/* HEADER_NAME */.EQ.test(name) || !HEADER_VALUE.test(content)) {
            faults.push(`${path}.${(0,shown/* shown */.S)(name, 40)}: this cannot be a header: its name takes letters, digits and hyphens, its value no line breaks`);
        }
    }
    return headers && Object.fromEntries(Object.entries(headers).map(([name, content]) => [name, new secret/* Secret */.z(content)]));
}
function readHeaderExpectations(value, path, faults) {
    const expectation = (item, place, found) => (typeof item === 'object' ? record({ text: shape_text(), matches: shape_text(parsePattern) })(item, place, found) : { text: scalar((given) => given)(item, place, found) ?? '' });
    const headers = dictionary(expectation)(value, path, faults);
    return headers && Object.entries(headers).map(([name, expected]) => ({ name, ...expected }));
}
function readCommand(value, path, faults) {
    const isRunnable = (given) => {
        if (given.includes('\0'))
            throw new errors/* UserError */.yo('accepted is a command without NUL bytes');
        return given;
    };
    return (Array.isArray(value) ? list(shape_text(isRunnable)) : shape_text(isRunnable))(value, path, faults);
}

// EXTERNAL MODULE: ./build/shared/checks/json-path.js
var json_path = __webpack_require__(9834);
// EXTERNAL MODULE: ./build/shared/checks/dial.js
var dial = __webpack_require__(4280);
;// CONCATENATED MODULE: ./build/shared/checks/check-list.js






const SERVER_ITSELF = '127.0.0.1';
const COMMON = ['name', 'timeout', 'through'];
const KEYS = {
    http: [...COMMON, 'url', 'path', 'method', 'headers', 'body', 'host', 'follow-redirects', 'insecure', 'body-limit', 'socket', 'port', 'status',
        'expect-headers', 'text', 'matches', 'json', 'max-response-time', 'version'],
    tcp: [...COMMON, 'tcp', 'banner'],
    command: [...COMMON, 'command', 'exit-code', 'text', 'matches'],
};
/**
 * The checks of a list, or of one check alone; `place` is what messages call the list.
 * @throws {UserError} that names every mistake by its place, such as `checks[2].status`. An empty list is one.
 */
async function parseChecks(yaml, place = 'checks') {
    const faults = [];
    const entries = list(checkRecord)(Array.isArray(yaml) ? yaml : [yaml], place, faults) ?? [];
    if (Array.isArray(yaml) && yaml.length === 0)
        throw new errors/* UserError */.yo('the list is empty, and no check is no evidence: give one, or leave checks out');
    const drafts = entries.map((entry, index) => draft(entry, `${place}[${index}]`, faults));
    faults.push(...(await Promise.all(entries.map((entry, index) => jsonPathFaults(entry, `${place}[${index}]`)))).flat());
    if (faults.length > 0)
        throw new errors/* UserError */.yo(faults.join('; '));
    return {
        drafts: drafts.filter((one) => one !== undefined),
        needsBase: entries.some((entry) => check_list_kindOf(entry) === 'http' && entry.url === undefined),
        needsServer: entries.some((entry) => entry.through === 'ssh' || entry.command !== undefined),
    };
}
/** A path put behind a base address: `https://example.com/shop` and `/health` make `https://example.com/shop/health`. */
function joinUrl(base, path) {
    const url = new URL(base);
    const [, pathname = '', search = ''] = /^([^?#]*)(\?[^#]*)?/.exec(path) ?? [];
    url.pathname = url.pathname.replace(/\/$/, '') + pathname;
    url.search = search;
    return url.href;
}
function draft(entry, place, faults) {
    const kind = check_list_kindOf(entry);
    if (kind === undefined)
        return note(faults, `${place}: accepted is exactly one of url, path, tcp and command`);
    const foreign = Object.keys(entry).filter((key) => !KEYS[kind].includes(key));
    faults.push(...foreign.map((key) => `${place}.${key} does not belong to ${kind === 'http' ? 'an HTTP' : `a ${kind}`} check`));
    if (entry.through === undefined && entry.socket !== undefined)
        faults.push(`${place}.socket is a path on the server: add through: ssh`);
    if (entry.through === undefined && entry.port !== undefined)
        faults.push(`${place}.port is a port of the server: add through: ssh`);
    if (entry.socket !== undefined && entry.port !== undefined)
        faults.push(`${place}: accepted is socket or port, not both`);
    if (kind === 'command')
        return () => commandCheck(entry);
    if (kind === 'tcp')
        return tcpDraft(entry, place, faults);
    faults.push(...httpFaults(entry, place));
    return (base) => httpCheck(entry, base);
}
function check_list_kindOf(entry) {
    const given = [entry.url, entry.path, entry.tcp, entry.command].filter((value) => value !== undefined);
    if (given.length !== 1)
        return undefined;
    if (entry.tcp !== undefined)
        return 'tcp';
    return entry.command === undefined ? 'http' : 'command';
}
function httpFaults({ version, json = [], method, body }, place) {
    const faults = json.flatMap((expected, index) => jsonFaults(expected, `${place}.json[${index}]`));
    if (version !== undefined && version.equals === undefined)
        faults.push(`${place}.version.equals is missing`);
    if (version !== undefined && (version.header === undefined) === (version['json-path'] === undefined)) {
        faults.push(`${place}.version: accepted is exactly one of header and json-path, which say where the answer tells its version`);
    }
    if (body !== undefined && ['GET', 'HEAD'].includes(method ?? 'GET'))
        faults.push(`${place}.body needs a method that sends one, such as method: POST`);
    return faults;
}
function jsonFaults(expected, place) {
    if (expected.path === undefined)
        return [`${place}.path is missing`];
    const hasValue = expected.equals !== undefined || expected.matches !== undefined;
    if (hasValue && expected.exists === false)
        return [`${place}: exists: false leaves nothing to compare`];
    return hasValue || expected.exists !== undefined ? [] : [`${place}: accepted is at least one of equals, matches and exists`];
}
async function jsonPathFaults({ json = [], version }, place) {
    const paths = [...json.map(({ path }, index) => [`json[${index}].path`, path]), ['version.json-path', version?.['json-path']]];
    const faults = paths.map(async ([key, path]) => (path === undefined ? [] : (0,json_path.parseJsonPath)(path).then(() => [], (error) => [`${place}.${key}: ${(0,errors/* messageOf */.bD)(error)}`])));
    return (await Promise.all(faults)).flat();
}
function httpCheck(entry, base) {
    const url = entry.url ?? joinUrl(base ?? '', entry.path ?? '');
    return {
        kind: 'http', name: entry.name ?? `${entry.method ?? 'GET'} ${shownPath(entry.path, url)}`, url, timeout: entry.timeout, method: entry.method,
        headers: entry.headers, body: entry.body, host: entry.host, followRedirects: entry['follow-redirects'], insecure: entry.insecure,
        bodyLimit: entry['body-limit'], from: entry.through === 'ssh' ? 'server' : 'runner', connectTo: slotAddress(entry),
        expect: {
            status: entry.status?.flat(), headers: entry['expect-headers'], text: entry.text, matches: entry.matches,
            json: entry.json?.map(({ path = '$', equals, matches, exists }) => ({ path, matches, exists, ...(equals === undefined ? {} : { equals: equals.value }) })),
            maxResponseTime: entry['max-response-time'], version: versionOf(entry),
        },
    };
}
function tcpCheck(entry) {
    const address = 'host' in entry.tcp && entry.tcp.host === '' ? { ...entry.tcp, host: SERVER_ITSELF } : entry.tcp;
    const from = entry.through === 'ssh' ? 'server' : 'runner';
    return { kind: 'tcp', name: entry.name ?? `tcp ${(0,dial/* addressText */.GI)(address)}`, address, banner: entry.banner, timeout: entry.timeout, from };
}
function tcpDraft(entry, place, faults) {
    const isServersOwn = 'socket' in entry.tcp || entry.tcp.host === '';
    if (isServersOwn && entry.through === undefined)
        faults.push(`${place}.tcp without a host is a port or socket of the server: add through: ssh`);
    return () => tcpCheck(entry);
}
function commandCheck({ name, command = '', timeout, text, matches, 'exit-code': exitCode }) {
    const line = typeof command === 'string' ? command : command.join(' ');
    return { kind: 'command', name: name ?? line.slice(0, 60), command, timeout, text, matches, exitCode };
}
function versionOf({ version }) {
    return version?.equals === undefined ? undefined : { equals: version.equals, header: version.header, jsonPath: version['json-path'] };
}
function slotAddress({ socket, port }) {
    if (socket !== undefined)
        return { socket };
    return port === undefined ? undefined : { host: SERVER_ITSELF, port };
}
// A query may hold a token.
function shownPath(path, url) {
    const { host, pathname } = new URL(url);
    return (0,shown/* shown */.S)(path?.split('?')[0] ?? `${host}${pathname}`);
}
function note(faults, fault) {
    faults.push(fault);
    return undefined;
}


/***/ }),

/***/ 9926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H6: () => (/* binding */ orAborted),
/* harmony export */   h9: () => (/* binding */ TimeLimit),
/* harmony export */   ux: () => (/* binding */ within)
/* harmony export */ });
/** The reason of a signal that aborted because time ran out. */
class TimeLimit extends Error {
    name = 'TimeLimit';
    limitMs;
    constructor(limitMs) {
        super(`time limit of ${limitMs} ms`);
        this.limitMs = limitMs;
    }
}
/**
 * Runs the task with a signal that aborts after `limitMs` (its reason a TimeLimit) or together with `signal`.
 * The task is what ends itself; nothing is raced.
 */
async function within(limitMs, signal, task) {
    const own = new AbortController();
    const timer = setTimeout(() => own.abort(new TimeLimit(limitMs)), limitMs);
    const follow = () => own.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
    if (signal.aborted)
        follow();
    try {
        return await task(own.signal);
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', follow);
    }
}
/**
 * What the promise gives, unless the signal aborts first: then rejects with its reason, and hands what still comes to `discard`.
 */
async function orAborted(promise, signal, discard = () => undefined) {
    const { promise: aborted, reject } = Promise.withResolvers();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted)
        abort();
    try {
        return await Promise.race([promise, aborted]);
    }
    catch (error) {
        if (signal.aborted)
            promise.then(discard, () => undefined);
        throw error;
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}


/***/ }),

/***/ 4280:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FN: () => (/* binding */ serverOf),
/* harmony export */   GI: () => (/* binding */ addressText),
/* harmony export */   zy: () => (/* binding */ dial)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8474);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2520);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9115);
/* harmony import */ var _shared_system_ssh_tunnel__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5603);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9926);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(674);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3697);








/** How an address is shown to people. */
function addressText(address) {
    if ('socket' in address)
        return `socket ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_6__/* .shown */ .S)(address.socket)}`;
    return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${(0,_shown_js__WEBPACK_IMPORTED_MODULE_6__/* .shown */ .S)(address.host)}:${address.port}`;
}
/**
 * A fresh connection to the address: from the runner by the first of its IPv6 and IPv4 addresses that answers (each connection asks
 * DNS anew), or from the server through SSH. Rejects with the system's error, or with the signal's reason when it aborts.
 */
async function dial(address, from, context, progress) {
    progress.phase = 'connecting';
    progress.target = addressText(address);
    return from === 'server' ? dialThroughServer(address, context, progress) : dialHere(address, context.signal);
}
async function dialHere(address, signal) {
    const socket = 'socket' in address
        ? (0,node_net__WEBPACK_IMPORTED_MODULE_0__.connect)({ path: address.socket })
        : (0,node_net__WEBPACK_IMPORTED_MODULE_0__.connect)({ ...address, noDelay: true, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 500 });
    try {
        await (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(socket, 'connect', { signal });
        return socket;
    }
    catch (error) {
        socket.on('error', () => undefined).destroy();
        throw error;
    }
}
async function dialThroughServer(address, context, progress) {
    const server = await serverOf(context);
    progress.target = `${addressText(address)} on ${server.label}`;
    const opening = 'socket' in address ? server.openSocket(address.socket) : server.openPort(address.host, address.port);
    try {
        return await (0,_deadline_js__WEBPACK_IMPORTED_MODULE_4__/* .orAborted */ .H6)(opening, context.signal, (late) => late.destroy());
    }
    catch (error) {
        if (!(error instanceof _shared_system_ssh_tunnel__WEBPACK_IMPORTED_MODULE_3__/* .TunnelRefused */ .LB))
            throw error;
        // Nothing listening is an answer; a rule of sshd's against asking is none.
        throw error.isForbidden ? new _failure_js__WEBPACK_IMPORTED_MODULE_5__/* .NotMeasured */ .ke(error.message) : new Error(error.why);
    }
}
/**
 * The context's server, connected.
 * @throws {UserError} when the context has none, and NotMeasured when SSH takes the whole attempt.
 */
async function serverOf({ server, signal }) {
    if (server === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .yo('This check looks from the server, and there is no connection to one: give host, user and ssh-key');
    try {
        return await (0,_deadline_js__WEBPACK_IMPORTED_MODULE_4__/* .orAborted */ .H6)(server(), signal);
    }
    catch (error) {
        if (!(error instanceof _deadline_js__WEBPACK_IMPORTED_MODULE_4__/* .TimeLimit */ .h9))
            throw error;
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_5__/* .NotMeasured */ .ke(`no SSH connection to the server within ${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(error.limitMs)}`);
    }
}


/***/ }),

/***/ 674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   kX: () => (/* binding */ WrongAnswer),
/* harmony export */   ke: () => (/* binding */ NotMeasured)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9115);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2520);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9926);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3697);




/** Thrown where evidence is missing and the thing measured is not what withheld it. */
class NotMeasured extends Error {
    name = 'NotMeasured';
}
/** Thrown where the thing measured answered, and wrongly, in a way that ends the attempt. */
class WrongAnswer extends Error {
    name = 'WrongAnswer';
}
// Ours, not the server's: the runner's resolver, routes, sockets and firewall.
const LOCAL = {
    EAI_AGAIN: 'the resolver did not answer',
    EAI_FAIL: 'the resolver failed',
    ENETUNREACH: 'this machine has no route to the network',
    EADDRNOTAVAIL: 'this machine has no address to connect from',
    EMFILE: 'this machine has no free file descriptor',
    ENFILE: 'this machine has no free file descriptor',
    ENOBUFS: 'this machine has no free socket buffer',
    ENOMEM: 'this machine is out of memory',
    EPERM: "this machine's firewall forbids the connection",
};
const REMOTE = {
    ECONNREFUSED: 'connection refused',
    ENOTFOUND: 'no such name in DNS',
    ENODATA: 'the name has no address in DNS',
    ETIMEDOUT: 'no connection: the network timed out',
    EHOSTUNREACH: 'the host is unreachable',
    ENOENT: 'no such socket',
    EACCES: 'no right to connect to this socket',
};
const CERTIFICATE = {
    DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
    SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority this machine does not know',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority this machine does not know',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'cannot be verified: the server does not send the intermediate certificate',
    CERT_HAS_EXPIRED: 'has expired',
    CERT_NOT_YET_VALID: 'is not valid yet',
    ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
};
/** Sorts an error into a verdict by the rule at CheckResult. `signal` is the attempt's own: once aborted, its reason is the cause. */
function failureOf(error, progress, signal) {
    if (error instanceof WrongAnswer)
        return { verdict: 'fail', reason: error.message, answered: true };
    if (error instanceof NotMeasured)
        return { verdict: 'inconclusive', reason: error.message, answered: false };
    const cause = signal.aborted ? signal.reason : error;
    if (cause instanceof _deadline_js__WEBPACK_IMPORTED_MODULE_1__/* .TimeLimit */ .h9)
        return { verdict: 'fail', reason: overdue(progress, cause.limitMs), answered: progress.phase === 'reading' };
    if (signal.aborted)
        return { verdict: 'inconclusive', reason: `stopped before it was done: ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)((0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(cause))}`, answered: false, isFinal: true };
    if (cause instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo)
        return { verdict: 'inconclusive', reason: (0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)(cause.message.replace(/\s*\n\s*/g, ' '), 2_000), answered: false, isFinal: true };
    if (cause?.name === 'ConnectionLost') {
        return { verdict: 'inconclusive', reason: `the SSH connection was lost: ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)((0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(cause))}`, answered: false };
    }
    return networkFailure(cause, progress);
}
function overdue({ phase, target, bytes }, limitMs) {
    const limit = (0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(limitMs);
    switch (phase) {
        case 'connecting': return `no connection to ${target} within ${limit}`;
        case 'securing': return `${target} accepted the connection but did not finish the TLS handshake within ${limit}`;
        case 'waiting': return `${target} accepted the connection but sent no answer within ${limit}`;
        case 'reading': return `the answer was not complete within ${limit} (${bytes} bytes of it arrived)`;
    }
}
function networkFailure(error, progress) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    const codes = errors.map(codeOf);
    // Of several addresses tried, one that refused is evidence, whatever the others lacked.
    const code = codes.find((one) => !(one in LOCAL)) ?? codes[0] ?? '';
    if (code in LOCAL)
        return { verdict: 'inconclusive', reason: `${progress.target} was not reached: ${LOCAL[code]}`, answered: false };
    return { verdict: 'fail', reason: remoteReason(code, errors, progress), answered: hasAnswered(progress, code) };
}
// A certificate and a broken answer are answers; a connection that closed before either is none.
function hasAnswered({ phase }, code) {
    return phase === 'reading' || (phase === 'securing' && code !== 'ECONNRESET') || code.startsWith('HPE_');
}
function remoteReason(code, errors, progress) {
    const message = errors.map((one) => (0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)((0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(one))).join(', ');
    if (progress.phase === 'connecting')
        return `${progress.target}: ${REMOTE[code] ?? message}`;
    if (code in CERTIFICATE)
        return `${progress.target}: its certificate ${CERTIFICATE[code]}; insecure: true accepts it`;
    if (progress.phase === 'securing')
        return `${progress.target}: TLS failed: ${message}`;
    if (code.startsWith('HPE_'))
        return `${progress.target} answered with something that is not HTTP (${message})`;
    if (code.startsWith('Z_'))
        return `the body could not be decompressed (${message})`;
    if (progress.phase === 'waiting')
        return `${progress.target} closed the connection without an answer (${code || message})`;
    return `the connection closed before the answer was complete (${progress.bytes} bytes arrived)`;
}
function codeOf(error) {
    return String(error?.code ?? '');
}


/***/ }),

/***/ 9834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jsonFault: () => (/* binding */ jsonFault),
/* harmony export */   parseJsonPath: () => (/* binding */ parseJsonPath),
/* harmony export */   select: () => (/* binding */ select)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9115);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6330);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3697);




/** An RFC 9535 path. @throws {UserError} when it is none. */
async function parseJsonPath(given) {
    const query = await loadQuery();
    try {
        query(null, given);
        return given;
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`accepted is a JSON path such as $.status (${(0,_shown_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .S)(error.message, 200)})`);
    }
}
/**
 * The values an RFC 9535 path selects.
 * @throws {Error} when the path is malformed.
 */
async function select(document, path) {
    const query = await loadQuery();
    return (0,_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .inTime */ .RN)(`The path ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(path)}`, () => query(document, path));
}
/** What is wrong with the document by this expectation, or undefined. A path that selects nothing is wrong unless that is what is wanted. */
async function jsonFault(document, expectation, say) {
    const values = await select(document, expectation.path);
    const path = (0,_shown_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .S)(expectation.path);
    if (expectation.exists === false)
        return values.length === 0 ? undefined : `${path} is there (${json(values[0], say)}) and should not be`;
    if (values.length === 0)
        return `${path} selects nothing in the body`;
    if ('equals' in expectation && expectation.equals !== undefined) {
        const wrong = values.find((value) => !(0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(value, expectation.equals));
        if (values.some((value) => !(0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(value, expectation.equals)))
            return `${path} is ${json(wrong, say)}, expected ${json(expectation.equals, say)}`;
    }
    const { matches } = expectation;
    const unmatched = matches === undefined ? [] : values.filter((value) => !isScalar(value) || !(0,_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .isMatch */ .uv)(matches, String(value)));
    return unmatched.length === 0 ? undefined : `${path} is ${json(unmatched[0], say)}, which does not match ${say(matches ?? '')}`;
}
// On demand: its parser is a third of what a smoke test that asks for no JSON would load.
async function loadQuery() {
    return (await __webpack_require__.e(/* import() */ 525).then(__webpack_require__.bind(__webpack_require__, 4525))).query;
}
function isScalar(value) {
    return ['string', 'number', 'boolean'].includes(typeof value);
}
// Text has its quotes either way, so a number and the text of it can be told apart.
function json(value, say) {
    return typeof value === 'string' ? say(value) : say(JSON.stringify(value) ?? String(value)).slice(1, -1);
}


/***/ }),

/***/ 6330:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RN: () => (/* binding */ inTime),
/* harmony export */   uv: () => (/* binding */ isMatch),
/* harmony export */   wE: () => (/* binding */ compile)
/* harmony export */ });
/* harmony import */ var node_vm__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(714);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(674);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3697);



const PATTERN_LIMIT_MS = 2_000;
/**
 * A JavaScript regular expression in which `^` and `$` match at lines.
 * @throws {SyntaxError} when it is none.
 */
function compile(pattern) {
    return new RegExp(pattern, 'm');
}
/**
 * Whether the pattern is found in the text.
 * @throws {NotMeasured} when that takes over two seconds: a pattern that backtracks without end would hold up every other check.
 */
function isMatch(pattern, text) {
    const expression = compile(pattern);
    return inTime(`The pattern ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(pattern)}`, () => expression.test(text));
}
/**
 * The task's result, computed at once.
 * @throws {NotMeasured} when it takes over two seconds.
 */
function inTime(what, task) {
    try {
        return (0,node_vm__WEBPACK_IMPORTED_MODULE_0__.runInNewContext)('task()', { task }, { timeout: PATTERN_LIMIT_MS });
    }
    catch (error) {
        if (error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
            throw error;
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .NotMeasured */ .ke(`${what} took over ${PATTERN_LIMIT_MS / 1_000} s on this text; simplify it`);
    }
}


/***/ }),

/***/ 5375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ ConnectionLost),
/* harmony export */   u: () => (/* binding */ watchLine)
/* harmony export */ });
/** The line dropped. What was under way may have happened, in part or wholly. */
class ConnectionLost extends Error {
    name = 'ConnectionLost';
    constructor({ label, why }) {
        super(`The connection to ${label} was lost${why === '' ? '' : ` (${why})`}.`);
    }
}
/** Keeps watch over a line. Closing it ourselves counts as lost too: whatever is still running is no longer followed. */
function watchLine(client, label, isLost) {
    const state = { label, isLost, why: '', roundTrip: 0 };
    client.on('error', (error) => {
        state.why ||= error.message;
    });
    client.once('close', () => {
        state.isLost = true;
    });
    return state;
}


/***/ }),

/***/ 5603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LB: () => (/* binding */ TunnelRefused),
/* harmony export */   ib: () => (/* binding */ openPort),
/* harmony export */   kn: () => (/* binding */ openSocket)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9115);
/* harmony import */ var _line_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5375);


/** The server would not open a channel: `isForbidden` tells its rules from a peer that does not answer. */
class TunnelRefused extends _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo {
    isForbidden;
    why;
    constructor(label, to, isForbidden, why) {
        super(isForbidden
            ? `${label} does not allow connections to ${to} through SSH. Allow them in its sshd_config (AllowTcpForwarding, AllowStreamLocalForwarding, PermitOpen).`
            : `${label} could not connect to ${to}: ${why}. Check that something listens there, that the user may use it, and that sshd allows it (AllowStreamLocalForwarding for sockets).`);
        this.isForbidden = isForbidden;
        this.why = why;
    }
}
/** A stream to a unix socket on the server. @throws {TunnelRefused} {ConnectionLost} */
function openSocket(client, state, path) {
    // sshd gives the same answer for a socket that is not there and for one it forbids.
    return openTunnel(state, path, (done) => client.openssh_forwardOutStreamLocal(path, done));
}
/** A stream to a TCP port as the server reaches it. @throws {TunnelRefused} {ConnectionLost} */
function openPort(client, state, host, port) {
    return openTunnel(state, `${host}:${port}`, (done) => client.forwardOut('127.0.0.1', 0, host, port, done));
}
const FORBIDDEN = 1; // SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, RFC 4254 section 5.1
function openTunnel(state, to, open) {
    return new Promise((resolve, reject) => {
        if (state.isLost)
            throw new _line_state_js__WEBPACK_IMPORTED_MODULE_0__/* .ConnectionLost */ .p(state);
        open((error, channel) => {
            if (!error)
                return resolve(channel);
            const { reason } = error;
            const why = (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error).replace('(SSH) Channel open failure: ', '');
            reject(state.isLost ? new _line_state_js__WEBPACK_IMPORTED_MODULE_0__/* .ConnectionLost */ .p(state) : new TunnelRefused(state.label, to, reason === FORBIDDEN, why));
        });
    });
}


/***/ })

};
