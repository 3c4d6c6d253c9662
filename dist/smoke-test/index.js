import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 714:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ }),

/***/ 2508:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4612);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3347);


await (0,_shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .XI, async (inputs, job) => (await Promise.all(/* import() */[__nccwpck_require__.e(948), __nccwpck_require__.e(166)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3166))).smokeTest(inputs, job));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 3347:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Aj: () => (/* binding */ asksServer),
/* harmony export */   N7: () => (/* binding */ hasSimpleCheck),
/* harmony export */   XI: () => (/* binding */ action)
/* harmony export */ });
/* harmony import */ var _shared_checks_texts__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5540);
/* harmony import */ var _shared_checks_status_range__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7472);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2520);
/* harmony import */ var _shared_runner_action__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8781);
/* harmony import */ var _shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6681);
/* harmony import */ var _shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(382);
/* harmony import */ var _shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7078);







const fields = {
    url: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({
        description: 'Base address of the service. Checks that give only a path are put behind it.',
        env: 'DEPLOY_URL', example: 'https://shop.example.com', accepts: 'an address such as https://shop.example.com', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_3__/* .mistakeOf */ .Wl)(_shared_checks_texts__WEBPACK_IMPORTED_MODULE_5__/* .parseUrl */ .Dl),
    }),
    checks: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .structure */ .QK)({
        description: 'The checks, as a YAML list; the README has every key. Without it, one check is made of the inputs `path` to `max-response-time`; if any of those is given, that check is made besides.',
        parser: async (yaml) => (await __nccwpck_require__.e(/* import() */ 948).then(__nccwpck_require__.bind(__nccwpck_require__, 4948))).parseChecks(yaml), accepts: 'a YAML list of checks', example: '[{ path: /health, status: 200 }, { tcp: "db.example.com:5432" }]',
    }),
    slot: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .choice */ .Yq)({
        options: ['idle', 'live', 'blue', 'green'],
        description: 'Ask this slot of `service` on its server, over SSH, instead of the public address: `idle` is the one that `blue-green-switch` would switch to. `url`, if given, says which host is asked for.',
    }),
    path: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({ description: 'Path behind `url` that the simple check asks for; `url` itself if left out.', example: '/health', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_3__/* .mistakeOf */ .Wl)(_shared_checks_texts__WEBPACK_IMPORTED_MODULE_5__/* .parsePath */ .Rr) }),
    'expect-status': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({ description: 'Statuses that are as expected: single ones, ranges and families, with commas. 2xx if left out.', example: '200, 204, 3xx', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_3__/* .mistakeOf */ .Wl)(_shared_checks_status_range__WEBPACK_IMPORTED_MODULE_0__/* .parseStatus */ .i$) }),
    'expect-text': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({ description: 'Text that the body must hold.', multiline: true }),
    'expect-version': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({
        description: 'The version that must answer; a green answer from any other fails. A full commit hash also accepts its abbreviation. Needs `version-header` or `version-json-path`.',
        check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_3__/* .mistakeOf */ .Wl)(_shared_checks_texts__WEBPACK_IMPORTED_MODULE_5__/* .oneLine */ .TN),
    }),
    'version-header': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({ description: 'Response header in which the service says its version.', example: 'X-Version', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_3__/* .mistakeOf */ .Wl)(_shared_checks_texts__WEBPACK_IMPORTED_MODULE_5__/* .parseHeaderName */ .iT) }),
    'version-json-path': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({ description: 'JSON path (RFC 9535) at which the body says the version.', example: '$.version', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_3__/* .mistakeOf */ .Wl)(_shared_checks_texts__WEBPACK_IMPORTED_MODULE_5__/* .readJsonPath */ .Ad) }),
    'max-response-time': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)({ description: 'How long the answer of the simple check may take, from the first packet to the last byte.', example: '2s' }),
    'max-error-rate': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .percentage */ .X1)({
        description: 'How many answers of the live slot of `service` (or of `slot`) may be errors (5xx) from the start of this step to its end, as its router counts them. It makes a check besides; no request at all is inconclusive.',
        example: '1%',
    }),
    timeout: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)({ description: 'How long to wait until every check passes: failed ones are measured anew, after 200ms at first and 5s at most.', default: '1m', min: '1s', max: '6h' }),
    'attempt-timeout': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)({ description: 'How long one attempt at a check may take.', default: '10s', min: '10ms', max: '1h' }),
    successes: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .integer */ .nd)({ description: 'How often in a row each check must pass; a failure starts the count again.', default: '1', min: 1, max: 1_000 }),
    interval: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)({
        description: 'How long to wait between two of the passes that `successes` asks for; by back-off if left out. With `once: true` it makes a watch, which fails at the first fault.',
        example: '30s', min: '10ms', max: '1h',
    }),
    once: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_4__/* .flag */ .Jt)({ description: 'Measure each check once (or `successes` times) and do not try again: for a service that is up already, where a retry would hide faults that come and go.' }),
    ..._shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_2__/* .watchedFleetFields */ .Q_,
};
/** The contract of smoke-test. */
const action = (0,_shared_runner_action__WEBPACK_IMPORTED_MODULE_6__/* .defineAction */ .Q)({
    name: 'smoke-test',
    title: 'Slipway smoke test',
    description: 'Checks that a deployment really works and is the version it should be: HTTP, TCP and commands, from outside or over SSH.',
    branding: { icon: 'check-circle', color: 'green' },
    inputs: fields,
    outputs: {
        verdict: '`pass`, `fail` or `inconclusive`. Only `pass` lets the step pass.',
        checks: 'JSON list of the results: host (of a fleet), name, verdict, reason, durationMs, attempts, and of HTTP checks status and version.',
        passed: 'Number of checks that passed.',
        failed: 'Number of checks that failed.',
        inconclusive: 'Number of checks that could not be made.',
        duration: 'Seconds that the checks took together, as a decimal number.',
        version: 'The version that answered, where one was asked for; with commas, where several did.',
        hosts: _shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_2__/* .fleetOutputs */ .nQ.hosts,
    },
    check: (inputs) => [...evidenceMistakes(inputs), ...serverMistakes(inputs), ...intervalMistakes(inputs)],
});
/** Whether the inputs describe a check of their own, besides those of the list. */
function hasSimpleCheck({ url, slot, checks, path, expectStatus, expectText, expectVersion, versionHeader, versionJsonPath, maxResponseTime }) {
    const isDescribed = [path, expectStatus, expectText, expectVersion, versionHeader, versionJsonPath, maxResponseTime].some((value) => value !== undefined);
    return isDescribed || (checks === undefined && (url !== undefined || slot !== undefined));
}
function evidenceMistakes(inputs) {
    const { slot, checks, expectVersion, versionHeader, versionJsonPath, maxErrorRate } = inputs;
    const url = inputs.url ?? slot;
    const places = [versionHeader, versionJsonPath].filter((place) => place !== undefined).length;
    return [
        ...(url === undefined && checks === undefined && maxErrorRate === undefined ? ['url or checks is missing: without a check there is no evidence, and that is never a pass'] : []),
        ...(url === undefined && checks?.needsBase ? ['url is missing: a check in checks gives only a path'] : []),
        ...(url === undefined && checks !== undefined && hasSimpleCheck(inputs) ? ['url is missing: path, expect-... and max-response-time are about it'] : []),
        ...(expectVersion !== undefined && places !== 1 ? ['expect-version needs exactly one of version-header and version-json-path, which say where the answer tells its version'] : []),
        ...(expectVersion === undefined && places > 0 ? ['expect-version is missing: version-header and version-json-path only say where to look for it'] : []),
    ];
}
function intervalMistakes(inputs) {
    const { successes, interval, timeout, host, maxParallel } = inputs;
    if (interval === undefined)
        return [];
    if (successes === 1)
        return ['successes is missing: interval is the time between several passes'];
    const rounds = asksServer(inputs) ? Math.max(1, Math.ceil(host.length / maxParallel)) : 1;
    const least = rounds * (successes - 1) * interval;
    if (least < timeout)
        return [];
    const several = rounds === 1 ? '' : `, on ${host.length} hosts of which ${maxParallel} are asked at once (max-parallel),`;
    return [`timeout is too short: ${successes} passes with ${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(interval)} between them${several} take longer than ${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(timeout)}`];
}
/** Whether any of what is asked is asked of the server itself. */
function asksServer({ slot, maxErrorRate, checks }) {
    return slot !== undefined || maxErrorRate !== undefined || checks?.needsServer === true;
}
function serverMistakes(inputs) {
    const about = inputs.slot !== undefined ? 'slot is one of its slots' : 'max-error-rate is about its router';
    if (inputs.slot !== undefined || inputs.maxErrorRate !== undefined)
        return [...(0,_shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_2__/* .fleetMistakes */ .Sz)(inputs), ...(inputs.service === undefined ? [`service is missing: ${about}`] : [])];
    return asksServer(inputs) ? (0,_shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_2__/* .fleetMistakes */ .Sz)(inputs).map((mistake) => `${mistake} (a check in checks goes through ssh or is a command)`) : [];
}


/***/ }),

/***/ 3697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ shown),
/* harmony export */   T: () => (/* binding */ quoted)
/* harmony export */ });
/**
 * Foreign text made fit for one line of a log or a table: control characters escaped, so that it can never be read as a
 * workflow command, and cut after `limit` characters.
 */
function shown(text, limit = 120) {
    const head = text.slice(0, limit * 2);
    const escaped = head.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escape);
    return escaped.length > limit || text.length > head.length ? `${escaped.slice(0, limit)}… (${text.length} characters)` : escaped;
}
/** The same, in double quotes. */
function quoted(text, limit) {
    return `"${shown(text, limit)}"`;
}
function escape(character) {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}


/***/ }),

/***/ 7472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   hU: () => (/* binding */ covers),
/* harmony export */   i$: () => (/* binding */ parseStatus),
/* harmony export */   me: () => (/* binding */ formatStatus),
/* harmony export */   qO: () => (/* binding */ SUCCESS)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3697);


/** Any successful answer: what is expected when nothing is said. */
const SUCCESS = [{ first: 200, last: 299 }];
/**
 * The ranges in a list such as `200, 204, 3xx` or `200-299`.
 * @throws {UserError} naming the entry that is no status.
 */
function parseStatus(text) {
    return text.split(',').map((entry) => parseRange(entry.trim()));
}
function parseRange(entry) {
    const [, family] = /^([1-5])xx$/i.exec(entry) ?? [];
    if (family !== undefined)
        return { first: Number(family) * 100, last: Number(family) * 100 + 99 };
    const [, first, last = first] = /^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/.exec(entry) ?? [];
    if (first === undefined || Number(last) < Number(first)) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${(0,_shown_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .T)(entry)} is no HTTP status: write 200, 200-299 or 2xx, several with commas`);
    }
    return { first: Number(first), last: Number(last) };
}
/** Whether one of the ranges holds the status. */
function covers(ranges, status) {
    return ranges.some(({ first, last }) => first <= status && status <= last);
}
/** The ranges as people write them: `200, 3xx`. */
function formatStatus(ranges) {
    return ranges.map(formatRange).join(', ');
}
function formatRange({ first, last }) {
    if (first === last)
        return String(first);
    return first % 100 === 0 && last === first + 99 ? `${first / 100}xx` : `${first}-${last}`;
}


/***/ }),

/***/ 5540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ad: () => (/* binding */ readJsonPath),
/* harmony export */   Dl: () => (/* binding */ parseUrl),
/* harmony export */   EQ: () => (/* binding */ HEADER_NAME),
/* harmony export */   Rr: () => (/* binding */ parsePath),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   iT: () => (/* binding */ parseHeaderName)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3697);


// Apart from the other fields of a check, because every action reads some of these among its inputs, and those pull in all that checks are made of.
const LONGEST_URL = 8_000; // characters; servers take no longer ones either
/** What the name of a header looks like: RFC 9110, section 5.1. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
/** An http or https address. @throws {UserError} on anything else, blanks and control characters included. */
function parseUrl(given) {
    const url = given.length > LONGEST_URL || /[\s\u0000-\u001f\u007f\\]/.test(given) ? null : URL.parse(given);
    if (url === null || !/^https?:$/.test(url.protocol) || !isReadable(url.username + url.password))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('accepted is an address such as https://example.com/health');
    return url.href.replace(/#.*$/, '');
}
/** A path within the base address. @throws {UserError} when it could lead to another host. */
function parsePath(given) {
    if (given.length > LONGEST_URL || !/^\/(?!\/)[^\s\u0000-\u001f\u007f\\]*$/.test(given))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('accepted is a path that begins with one slash, such as /health');
    return given;
}
/** Text of one line. @throws {UserError} on control characters. */
function oneLine(given) {
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(given))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('accepted is one line of text without control characters');
    return given.trim();
}
/** The name of a header. @throws {UserError} when it cannot be one. */
function parseHeaderName(given) {
    if (!HEADER_NAME.test(given))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${(0,_shown_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .T)(given, 40)} cannot be the name of a header`);
    return given;
}
/** An RFC 9535 path, by a parser that is loaded only now. @throws {UserError} when it is none. */
async function readJsonPath(given) {
    return (await __nccwpck_require__.e(/* import() */ 834).then(__nccwpck_require__.bind(__nccwpck_require__, 9834))).parseJsonPath(given);
}
function isReadable(encoded) {
    try {
        return decodeURIComponent(encoded) !== undefined;
    }
    catch {
        return false; // a percent sign that stands for itself
    }
}


/***/ }),

/***/ 9809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ Cancelled)
/* harmony export */ });
/** Why a signal was aborted when somebody cancelled the run: neither a user's fault nor a bug. */
class Cancelled extends Error {
    name = 'Cancelled';
    by;
    constructor(by) {
        super(`The run was cancelled (${by}).`);
        this.by = by;
    }
}


/***/ }),

/***/ 2520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   F7: () => (/* binding */ inSeconds),
/* harmony export */   a3: () => (/* binding */ formatDuration)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/**
 * Milliseconds in a duration such as `500ms`, `90s`, `5m`, `1h30m` or `2d`.
 * @throws {UserError} when a unit is missing or unknown, naming the accepted form.
 */
function parseDuration(text) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
    const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text.trim();
    if (!isWhole)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('a duration carries its unit: 500ms, 90s, 5m, 1h30m or 2d');
    return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit], 0));
}
/** A number of milliseconds as people say it, to two units at most: `840ms`, `2.4s`, `1m 30s`, `2h 5m`. */
function formatDuration(ms) {
    if (ms < 1_000)
        return `${Math.round(ms)}ms`;
    if (ms < 10_000)
        return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')}s`;
    const seconds = Math.round(ms / 1_000);
    if (seconds < 60)
        return `${seconds}s`;
    if (seconds < 3_600)
        return twoUnits(Math.floor(seconds / 60), 'm', seconds % 60, 's');
    const minutes = Math.round(seconds / 60);
    if (minutes < 1_440)
        return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
    const hours = Math.round(minutes / 60);
    return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}
/** The same as decimal seconds, without a unit, as the outputs `duration` say it. */
function inSeconds(ms, digits = 1) {
    return (ms / 1_000).toFixed(digits);
}
function twoUnits(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}


/***/ }),

/***/ 9115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
/* unused harmony export NoRoom */
/**
 * A fault the user can mend: shown as its message alone, without a stack.
 * The message says what happened, to what, why, and what to do. Any other error is a bug of ours and keeps its stack.
 */
class UserError extends Error {
    name = 'UserError';
}
/** There is too little room on a disk of the server for what was to be done there; nothing has been done. */
class NoRoom extends (/* unused pure expression or super */ null && (UserError)) {
}
/** What any thrown value has to say for itself, as text. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 1544:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ likelyMeant),
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** The candidate that needs the fewest edits to become the word, `_` and `-` counting as one; undefined without candidates. */
function nearest(word, candidates) {
    return ranked(word, candidates)[0]?.candidate;
}
/** The candidate that the word is probably a slip of: at most a third of its letters, and two at least, would have to change. */
function likelyMeant(word, candidates) {
    const [best] = ranked(word, candidates);
    return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
function ranked(word, candidates) {
    const wanted = word.replaceAll('_', '-').slice(0, 100);
    return candidates.map((candidate) => ({ candidate, edits: editsBetween(wanted, candidate) })).sort((one, other) => one.edits - other.edits);
}
function editsBetween(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (const [index, letter] of [...one].entries()) {
        const next = [index + 1];
        for (const [column, candidate] of [...other].entries()) {
            const substituted = row[column] + (letter === candidate ? 0 : 1);
            next.push(Math.min(substituted, row[column + 1] + 1, next[column] + 1));
        }
        row = next;
    }
    return row.at(-1);
}


/***/ }),

/***/ 4660:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A3: () => (/* binding */ parsePercentage),
/* harmony export */   Ct: () => (/* binding */ permyriad),
/* harmony export */   LN: () => (/* binding */ PERCENTAGE)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

/** What reads as a percentage, as it reads after "accepted is". */
const PERCENTAGE = 'a percentage such as 1% or 0.5%';
/** Percent as whole parts of 10,000, with which a shell can count. */
function permyriad(percent) {
    return Math.round(percent * 100);
}
/** `0.5%` as the number of percent. @throws {UserError} on anything but a percentage up to 100, with two decimals at most. */
function parsePercentage(given) {
    const percent = /^(\d{1,3}(?:\.\d{1,2})?)\s*%$/.exec(given.trim())?.[1];
    if (percent === undefined || Number(percent) > 100)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`accepted is ${PERCENTAGE}`);
    return Number(percent);
}


/***/ }),

/***/ 4636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ Secret)
/* harmony export */ });
// util.inspect.custom, which is documented to be this symbol; so node:util need not be loaded.
const inspected = Symbol.for('nodejs.util.inspect.custom');
/** A value that prints as `[redacted]` wherever it is logged, stringified or serialised; only `reveal()` gives it out. */
class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself, for the one place that needs it. */
    reveal() {
        return this.#value;
    }
    toString() {
        return '[redacted]';
    }
    toJSON() {
        return '[redacted]';
    }
    [inspected]() {
        return '[redacted]';
    }
}


/***/ }),

/***/ 4153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ parseSize),
/* harmony export */   X: () => (/* binding */ formatSize)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

const UNIT_BYTES = {
    B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40,
};
/**
 * Bytes in a size such as `512B`, `64KiB`, `1.5GB` or `2GiB`.
 * @throws {UserError} when the unit is missing or unknown, naming the accepted form.
 */
function parseSize(text) {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim()) ?? [];
    const bytes = UNIT_BYTES[unit ?? ''];
    if (bytes === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('a size carries its unit: 512B, 64KiB, 100MB or 2GiB');
    return Math.round(Number(amount) * bytes);
}
/** A number of bytes as people say it: `0 B`, `4.2 MB`, `1.5 GB`. */
function formatSize(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
    const amount = bytes / 1_000 ** power;
    return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1).replace(/\.0$/, '')} ${units[power]}`;
}


/***/ }),

/***/ 8781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction),
/* harmony export */   x: () => (/* binding */ camelCase)
/* harmony export */ });
/** Declares an action; the returned object carries the types of its inputs and outputs. */
function defineAction(action) {
    return action;
}
/** `ssh-key` -> `sshKey`. */
function camelCase(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 2405:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   De: () => (/* binding */ parsePlace),
/* harmony export */   I1: () => (/* binding */ connectionFields),
/* harmony export */   Og: () => (/* binding */ checkUser),
/* harmony export */   RC: () => (/* binding */ checkHost),
/* harmony export */   eO: () => (/* binding */ optionalConnectionFields),
/* harmony export */   gf: () => (/* binding */ connectionMistakes),
/* harmony export */   ov: () => (/* binding */ sshTarget)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7078);


const CONNECT_RETRIES = 3;
const HOST = 'a host name or an IP address';
const JUMP = 'user@host:port, of which user and port may be left out';
const NAME = 'letters, digits, dots, hyphens and underscores, beginning with a letter or digit, 63 at most';
/** How to reach the server, and which service there is meant: the same in every action, and each may come from `env:` once per job. */
const connectionFields = {
    host: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Host name or IP address of the server.',
        required: true, env: 'DEPLOY_HOST', example: 'web1.example.com', accepts: HOST,
        check: checkHost,
    }),
    port: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ description: 'Port on which the server\'s SSH daemon listens.', default: '22', env: 'DEPLOY_PORT', min: 1, max: 65_535 }),
    user: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'User to log in as. It needs no root rights unless the service itself does.',
        required: true, env: 'DEPLOY_USER', example: 'deploy', check: checkUser,
    }),
    'ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({
        description: 'Private key of that user, the whole file: OpenSSH, PEM or PKCS8; Ed25519, ECDSA or RSA. Without it, the ssh-agent behind `SSH_AUTH_SOCK` is asked.',
        env: 'DEPLOY_SSH_KEY', example: '${{ secrets.DEPLOY_SSH_KEY }}',
    }),
    'ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({ description: 'Passphrase of `ssh-key`, if it has one.', env: 'DEPLOY_SSH_PASSPHRASE' }),
    'known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Lines of a known_hosts file that name the server\'s host key, as `ssh-keyscan` prints them (hashed names and `[host]:port` work). A server whose key is neither here nor in `host-fingerprint` is refused, and the line to add is shown.',
        multiline: true, env: 'DEPLOY_KNOWN_HOSTS',
    }),
    'host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys, instead of or beside `known-hosts`; `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server prints one.',
        env: 'DEPLOY_HOST_FINGERPRINT', example: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', check: checkFingerprints,
    }),
    'jump-host': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Host to go through when the server cannot be reached directly: `user@host:port`. User and port default to `user` and 22.',
        env: 'DEPLOY_JUMP_HOST', example: 'deploy@bastion.example.com', accepts: JUMP,
        check: (jump) => (parsePlace(jump) ? undefined : `accepted is ${JUMP}`),
    }),
    'jump-ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({ description: 'Private key for the jump host. Without it, `ssh-key` (or the agent) serves there too.', env: 'DEPLOY_JUMP_SSH_KEY' }),
    'jump-ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({ description: 'Passphrase of `jump-ssh-key`, if it has one.', env: 'DEPLOY_JUMP_SSH_PASSPHRASE' }),
    'jump-known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Known-hosts lines of the jump host. They may as well stand in `known-hosts`.', multiline: true, env: 'DEPLOY_JUMP_KNOWN_HOSTS',
    }),
    'jump-host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys of the jump host.', env: 'DEPLOY_JUMP_HOST_FINGERPRINT', check: checkFingerprints,
    }),
    'connect-timeout': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)({
        description: 'How long one attempt to connect may take. Attempts that failed before the login are repeated up to three times.',
        default: '20s', env: 'DEPLOY_CONNECT_TIMEOUT', min: '1s', max: '10m',
    }),
    service: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Name of the service on the server: one service has one ledger, one lock, and one release that is live.',
        required: true, env: 'DEPLOY_SERVICE', example: 'shop', check: checkName,
    }),
    environment: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Which installation of the service is meant, where a server holds several.',
        default: 'production', env: 'DEPLOY_ENVIRONMENT', example: 'staging', check: checkName,
    }),
};
/** The same for actions that can do without a server: nothing is required, and sshTarget() says what is missing when one is needed after all. */
const optionalConnectionFields = {
    ...connectionFields,
    host: { ...connectionFields.host, required: false, absent: undefined },
    user: { ...connectionFields.user, required: false, absent: undefined },
    service: { ...connectionFields.service, required: false, absent: undefined },
};
/**
 * Where and how to log in.
 * @throws {UserError} when host or user is missing, or there is neither a key nor an agent.
 */
function sshTarget(inputs, agent = process.env['SSH_AUTH_SOCK']) {
    const { host, user } = inputs;
    const missing = connectionMistakes(inputs, agent);
    if (missing.length > 0 || host === undefined || user === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`To log in, ${missing.join('; ')}.`);
    const shared = { connectTimeout: inputs.connectTimeout, connectRetries: CONNECT_RETRIES };
    const login = identity(inputs.sshKey, inputs.sshPassphrase, agent);
    const target = {
        ...shared, ...login, host: bareHost(host), port: inputs.port, user,
        hostKeys: { knownHosts: inputs.knownHosts ?? '', fingerprints: inputs.hostFingerprint },
    };
    const jump = inputs.jumpHost === undefined ? undefined : parsePlace(inputs.jumpHost);
    if (!jump)
        return target;
    const jumpLogin = inputs.jumpSshKey ? identity(inputs.jumpSshKey, inputs.jumpSshPassphrase, agent) : login;
    const knownHosts = [inputs.jumpKnownHosts, inputs.knownHosts].filter((part) => part !== undefined).join('\n');
    return {
        ...target,
        jump: { ...shared, ...jumpLogin, host: jump.host, port: jump.port ?? 22, user: jump.user ?? user, hostKeys: { knownHosts, fingerprints: inputs.jumpHostFingerprint } },
    };
}
/** What is missing for a login, for an action's `check`: told together with every other mistake. */
function connectionMistakes(inputs, agent = process.env['SSH_AUTH_SOCK']) {
    const mistakes = [];
    if (inputs.host === undefined)
        mistakes.push('host is missing; give it under `with:`, or as DEPLOY_HOST in `env:`');
    if (inputs.user === undefined)
        mistakes.push('user is missing; give it under `with:`, or as DEPLOY_USER in `env:`');
    if (!inputs.sshKey && !agent)
        mistakes.push('ssh-key is missing and no ssh-agent runs (SSH_AUTH_SOCK is not set); give ssh-key, or DEPLOY_SSH_KEY in `env:`');
    return mistakes;
}
function identity(key, passphrase, agent) {
    if (key)
        return passphrase ? { key, passphrase } : { key };
    return agent ? { agent } : {};
}
function isHost(host) {
    if (host.includes(':'))
        return isIPv6(bareHost(host));
    return host.length <= 253 && /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/.test(host);
}
// By the reader of addresses that is there already: node:net takes as long to load as all inputs to be read.
function isIPv6(host) {
    const [, address] = /^([0-9A-Fa-f:.]+)(?:%[\w.-]+)?$/.exec(host) ?? [];
    return address !== undefined && URL.canParse(`http://[${address}]`);
}
function bareHost(host) {
    return host.replace(/^\[(.*)\]$/, '$1');
}
/** What is wrong with a host; undefined when nothing is. */
function checkHost(host) {
    return isHost(host) ? undefined : `accepted is ${HOST}`;
}
/** What is wrong with a login name; undefined when nothing is. */
function checkUser(user) {
    return /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/.test(user) ? undefined : 'accepted is a login name: letters, digits and . _ - + @, not beginning with a hyphen, 64 at most';
}
function checkName(name) {
    return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) ? undefined : `accepted are ${NAME}`;
}
function checkFingerprints(fingerprints) {
    return fingerprints.every((line) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(line)) ? undefined : 'accepted are fingerprints such as SHA256: followed by 43 characters, as `ssh-keygen -l` prints them';
}
/** A host written as `user@host:port`, of which user and port may be left out; undefined where it is not written so. */
function parsePlace(text) {
    const [, user, host = '', port] = /^(?:(.+)@)?(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
    if (!isHost(host) || !isPort || (user !== undefined && checkUser(user) !== undefined))
        return undefined;
    return { ...(user !== undefined && { user }), host: bareHost(host), ...(port !== undefined && { port: Number(port) }) };
}


/***/ }),

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FH: () => (/* binding */ choiceOf),
/* harmony export */   R3: () => (/* binding */ withinRange),
/* harmony export */   Wl: () => (/* binding */ mistakeOf),
/* harmony export */   fd: () => (/* binding */ normaliseSecret),
/* harmony export */   iP: () => (/* binding */ flagOf),
/* harmony export */   wh: () => (/* binding */ plainText),
/* harmony export */   wo: () => (/* binding */ integerIn),
/* harmony export */   yD: () => (/* binding */ secretText)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4636);


// Line and paragraph separators are line breaks to some readers; a tab is harmless.
const BREAKS_A_LINE = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029]/;
const BREAKS_A_TEXT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
/**
 * Text without its surrounding blanks, line ends as LF.
 * @throws {UserError} on control characters, and on line breaks where one line is wanted.
 */
function plainText(given, accepts, isMultiline = false) {
    const value = given.replace(/\r\n/g, '\n').trim();
    if ((isMultiline ? BREAKS_A_TEXT : BREAKS_A_LINE).test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return value;
}
/**
 * A secret with its line ends as LF and none at its end, whatever the place it was pasted from added.
 * @throws {UserError} on a NUL byte.
 */
function secretText(given) {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('accepted is text without NUL bytes');
    return new _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z(normaliseSecret(given));
}
/** The form in which a secret is used: LF line ends, none trailing. */
function normaliseSecret(given) {
    return given.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}
/** The word of the list that was given. @throws {UserError} when it is none of them. */
function choiceOf(words, given, accepts) {
    const word = words.find((candidate) => candidate === given.trim());
    if (word === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return word;
}
/** A whole number within bounds. @throws {UserError} on anything else, `1e3`, `0x10` and `12abc` included. */
function integerIn(min, max, given, accepts) {
    const value = /^-?\d{1,16}$/.test(given.trim()) ? Number(given) : Number.NaN;
    if (!(value >= min && value <= max))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return value;
}
/** A measured value between two others of its kind. @throws {UserError} outside of them or without a unit. */
function withinRange(parse, range, given, accepts) {
    const value = parse(given.trim());
    const isTooSmall = range.min !== undefined && value < parse(range.min);
    const isTooLarge = range.max !== undefined && value > parse(range.max);
    if (isTooSmall || isTooLarge)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return value;
}
/** YAML 1.2's idea of a boolean (core schema), as GitHub documents it. @throws {UserError} on `yes`, `1`, `on` and the like. */
function flagOf(given) {
    const value = given.trim();
    if (!/^(?:true|True|TRUE|false|False|FALSE)$/.test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('accepted is true or false');
    return value.toLowerCase() === 'true';
}
/** A field's `check` out of a parser that throws: the message of its error, or undefined when it has none. */
function mistakeOf(parse) {
    return async (given) => {
        try {
            await parse(given);
            return undefined;
        }
        catch (error) {
            return (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error);
        }
    };
}


/***/ }),

/***/ 7078:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   QK: () => (/* binding */ structure),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   X1: () => (/* binding */ percentage),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   rJ: () => (/* binding */ secret)
/* harmony export */ });
/* unused harmony export size */
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2520);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_percentage__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4660);
/* harmony import */ var _shared_core_size__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4153);
/* harmony import */ var _yaml_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5430);
/* harmony import */ var _field_parsers_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(382);






/** A line of text, or several with `multiline`; control characters are refused. Surrounding blanks are dropped. */
function text(options) {
    const isMultiline = options.multiline === true;
    const accepts = options.accepts ?? (isMultiline ? 'text without control characters' : 'one line of text without control characters');
    return optional('text', accepts, options, (given) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_3__/* .plainText */ .wh)(given, accepts, isMultiline));
}
/** A value that is masked before anything is printed, and reaches the code as a Secret. */
function secret(options) {
    return optional('secret', 'text without NUL bytes', options, _field_parsers_js__WEBPACK_IMPORTED_MODULE_3__/* .secretText */ .yD);
}
/** One of a few words. */
function choice(options) {
    const accepts = `one of ${options.options.join(', ')}`;
    return optional('choice', accepts, options, (given) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_3__/* .choiceOf */ .FH)(options.options, given, accepts));
}
/** A whole number in decimal digits. */
function integer(options) {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
    const accepts = `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`;
    return optional('integer', accepts, options, (given) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_3__/* .integerIn */ .wo)(min, max, given, accepts));
}
/** A percentage, as the number of percent. */
function percentage(options) {
    return optional('percentage', _shared_core_percentage__WEBPACK_IMPORTED_MODULE_4__/* .PERCENTAGE */ .LN, options, _shared_core_percentage__WEBPACK_IMPORTED_MODULE_4__/* .parsePercentage */ .A3);
}
/** A time span with its unit, as milliseconds. */
function duration(options) {
    const accepts = `a duration with its unit, such as 90s or 5m${rangeOf(options)}`;
    const parse = (given) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_3__/* .withinRange */ .R3)(_shared_core_duration__WEBPACK_IMPORTED_MODULE_0__/* .parseDuration */ .E9, options, given, accepts);
    return optional('duration', accepts, options, parse);
}
/** A size with its unit, as bytes. */
function size(options) {
    const accepts = `a size with its unit, such as 64KiB or 2GiB${rangeOf(options)}`;
    const parse = (given) => withinRange(parseSize, options, given, accepts);
    return optional('size', accepts, options, parse);
}
/** true or false; false when nothing is said. */
function flag(options) {
    return field('flag', 'true or false', options, (given) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_3__/* .flagOf */ .iP)(given), false);
}
/** A YAML list, or one value a line; empty when nothing is said. */
function lines(options) {
    return field('lines', 'a YAML list, or one value per line', options, _yaml_text_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLines */ .L, []);
}
/**
 * YAML that `parser` turns into a value; the parser throws UserError naming the place and what belongs there. With `schema: failsafe`
 * every plain value reaches it as the text it was written as: `1.10` stays `1.10`.
 */
function structure(options) {
    const parse = async (given) => options.parser(await (0,_yaml_text_js__WEBPACK_IMPORTED_MODULE_2__/* .parseYaml */ .h)(given, options.schema));
    return optional('structure', options.accepts ?? 'YAML', options, parse);
}
function optional(kind, accepts, options, parse) {
    return field(kind, accepts, options, parse, undefined);
}
function field(kind, accepts, options, parse, absent) {
    const { description, required = false, env, example, default: standIn } = options;
    const checked = async (given) => {
        const value = await parse(given);
        const complaint = await options.check?.(value);
        if (complaint !== undefined)
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_5__/* .UserError */ .yo(complaint);
        return value;
    };
    return {
        kind, description, required, accepts, absent, parse: checked,
        ...(standIn !== undefined && { default: standIn }), ...(env !== undefined && { env }), ...(example !== undefined && { example }),
    };
}
function rangeOf({ min, max }) {
    if (min !== undefined && max !== undefined)
        return `, from ${min} to ${max}`;
    if (min !== undefined)
        return `, at least ${min}`;
    return max === undefined ? '' : `, at most ${max}`;
}


/***/ }),

/***/ 6681:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q_: () => (/* binding */ watchedFleetFields),
/* harmony export */   Ry: () => (/* binding */ tempoOf),
/* harmony export */   Sz: () => (/* binding */ fleetMistakes),
/* harmony export */   nQ: () => (/* binding */ fleetOutputs),
/* harmony export */   vL: () => (/* binding */ stationsOf),
/* harmony export */   yL: () => (/* binding */ oneOf)
/* harmony export */ });
/* unused harmony export fleetFields */
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_system_ssh_target__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9368);
/* harmony import */ var _connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2405);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7078);
/* harmony import */ var _yaml_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5430);





const HOSTS = 'a host name or an IP address, or a list of hosts: user@host:port, or maps of host, user, port and label';
const BATCHES = 'a number of hosts such as 2, or a percentage of them such as 25%';
const MEMBERS = ['host', 'user', 'port', 'label'];
const manyHosts = {
    kind: 'lines', accepts: HOSTS, parse: parseHosts, absent: [],
    description: 'Host name or IP address of the server; or of several, which are then one fleet: one per line or a YAML list, each `host`, `user@host:port`, or a map of `host`, `user`, `port` and `label`.',
};
/** The inputs of a connection to one server or to many. */
const fleetFields = {
    ..._connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .connectionFields */ .I1,
    host: { ..._connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .connectionFields */ .I1.host, ...manyHosts },
    'max-parallel': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'How many hosts of a fleet are prepared at once.', default: '10', min: 1, max: 100 }),
    batches: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({ description: 'How many hosts of a fleet users are moved on at once, as a number or a percentage. All of them if left out. What a batch has published is confirmed when the last one has.', example: '25%', accepts: BATCHES, check: (given) => (isBatches(given) ? undefined : `accepted is ${BATCHES}`) }),
    'first-alone': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt)({ description: 'Whether the first host of a fleet is a batch of its own.' }),
    'wait-between': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)({ description: 'How long to wait between two batches.', default: '0s', min: '0s', max: '1h' }),
    'tolerate-unreachable': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'How many hosts of a fleet may be out of reach at the start. They are named, and keep what they serve. With more of them nothing is begun on any.', default: '0', min: 0, max: 1_000 }),
};
/** The same for an action that only looks, and can do without a server: nothing is required, and nothing moves in batches. */
const watchedFleetFields = {
    ..._connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .optionalConnectionFields */ .eO,
    host: { ..._connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .optionalConnectionFields */ .eO.host, ...manyHosts },
    'max-parallel': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'How many hosts of a fleet are asked at once.', default: '10', min: 1, max: 100 }),
    'tolerate-unreachable': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'How many hosts of a fleet may be out of reach. They are named, and count for nothing. With more of them none is asked.', default: '0', min: 0, max: 1_000 }),
};
/** What a fleet's outputs say, beside those of one host. */
const fleetOutputs = {
    hosts: 'JSON list with a result for each host of a fleet: `label`, `result` (`done`, `failed`, `held-back` because another failed, or `unreachable`), `reason`, `seconds`, and what it would have put out alone. Empty for one host.',
    'skew-ms': 'Milliseconds between the first and the last host of a fleet on which users saw the change; empty where that was none or one.',
};
/** What is missing for a login, or wrong with the hosts together. */
function fleetMistakes(inputs) {
    const labels = inputs.host.map(({ label }) => label);
    const twice = labels.find((label, index) => labels.indexOf(label) !== index);
    return [...(0,_connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .connectionMistakes */ .gf)(oneOf(inputs, inputs.host[0])), ...(twice === undefined ? [] : [`host names ${twice} twice; give each host once, or a label of its own`])];
}
/** The one host of these inputs as a connection has it, or the first of many. */
function oneOf(inputs, given) {
    const { host, user = inputs.user, port = inputs.port } = given ?? { host: undefined };
    return { ...inputs, host, user, port };
}
/** The hosts with how to log in to each. */
function stationsOf(inputs) {
    return inputs.host.map((given) => ({ label: given.label, target: (0,_connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .sshTarget */ .ov)(oneOf(inputs, given)) }));
}
/** How the fleet is gone through. A script has nothing to prepare, so its batches are as large as what runs at once. */
function tempoOf(inputs, isScript = false) {
    const { maxParallel, batches, firstAlone = false, waitBetween = 0, tolerateUnreachable, timeout } = inputs;
    const count = inputs.host.length;
    const batchSize = batches === undefined ? (isScript ? maxParallel : count) : batches.endsWith('%') ? Math.ceil((count * Number.parseFloat(batches)) / 100) : Number(batches);
    return { maxParallel, batchSize, isFirstAlone: firstAlone, waitBetween, tolerateUnreachable, patience: timeout };
}
function isBatches(given) {
    return /^[1-9]\d{0,3}$/.test(given) || (/^\d{1,3}%$/.test(given) && Number.parseInt(given, 10) >= 1 && Number.parseInt(given, 10) <= 100);
}
async function parseHosts(given) {
    const isYaml = /^\s*-\s/.test(given) || /^\s*\[[^]*\]\s*$/.test(given) && given.includes(',');
    const items = isYaml ? await (0,_yaml_text_js__WEBPACK_IMPORTED_MODULE_2__/* .parseYaml */ .h)(given, 'failsafe') : given.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
    if (!Array.isArray(items) || items.length === 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`accepted is ${HOSTS}`);
    return items.map((item) => (typeof item === 'string' ? hostIn(item.trim()) : hostOf(item)));
}
function hostIn(text) {
    if ((0,_connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .checkHost */ .RC)(text) === undefined)
        return { host: text, label: text };
    const parsed = (0,_connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .parsePlace */ .De)(text);
    if (parsed === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`accepted is ${HOSTS}`);
    const { host, user, port } = parsed;
    return { host, label: port === undefined ? host : (0,_shared_system_ssh_target__WEBPACK_IMPORTED_MODULE_4__/* .hostLabel */ .v)(host, port), ...(user !== undefined && { user }), ...(port !== undefined && { port }) };
}
function hostOf(item) {
    if (typeof item !== 'object' || item === null || Array.isArray(item))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`accepted is ${HOSTS}`);
    const { host, user, port, label } = item;
    const strange = Object.keys(item).find((name) => !MEMBERS.includes(name));
    if (strange !== undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`a host has no ${JSON.stringify(strange.slice(0, 40))}; accepted is ${HOSTS}`);
    if (typeof host !== 'string' || (0,_connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .checkHost */ .RC)(host) !== undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo('each host needs a host name or an IP address under host');
    if (user !== undefined && (typeof user !== 'string' || (0,_connection_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .checkUser */ .Og)(user) !== undefined))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`user of ${host} is no login name`);
    if (port !== undefined && (typeof port !== 'string' || !/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`port of ${host} is no port from 1 to 65535`);
    if (label !== undefined && (typeof label !== 'string' || !/^[\w.@:-]{1,63}$/.test(label)))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .yo(`label of ${host} is not made of letters, digits and . _ - @ :, 63 at most`);
    const named = label ?? (port === undefined ? host : (0,_shared_system_ssh_target__WEBPACK_IMPORTED_MODULE_4__/* .hostLabel */ .v)(host, Number(port)));
    return { host, label: named, ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) };
}


/***/ }),

/***/ 8502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ neutralLines)
/* harmony export */ });
// The runner trims white space before it looks for a command, and compares texts in a way that does not see characters without width.
const UNSEEN = String.raw `[\s\u0085\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
const COMMAND = lazily(`^${UNSEEN}:${UNSEEN}:`, 'u');
const LEGACY_COMMAND = lazily(`#(?=${UNSEEN}#${UNSEEN}\\[)`, 'gu');
// The two take milliseconds to compile, and most runs print no line that either could be found in.
const MAYBE_COMMAND = /^[^!-9;-~]/;
const COLOUR = /\u001B\[[0-9;]*m/g;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/**
 * Text as lines that a log shows and the runner never obeys: `::command::` and `##[command]` are disarmed by a visible character,
 * a lone CR ends a line, colours stay, and other control characters are shown as symbols.
 */
function neutralLines(text) {
    return text.split(/\r\n|\n|\r/).map(neutralLine);
}
function neutralLine(line) {
    const colours = line.match(COLOUR) ?? [];
    const plain = line.split(COLOUR).map((part) => part.replace(CONTROL, symbolOf));
    // Colours between the characters of a command do not disarm it for every reader, so it is looked for without them.
    const bare = plain.join('');
    const single = bare.includes('#') && bare.includes('[') ? bare.replace(LEGACY_COMMAND(), '# ') : bare;
    const disarmed = MAYBE_COMMAND.test(single) ? single.replace(COMMAND(), (start) => `| ${start}`) : single;
    if (disarmed !== bare)
        return disarmed;
    return plain.map((part, index) => part + (colours[index] ?? '')).join('');
}
function lazily(source, flags) {
    let made;
    return () => (made ??= new RegExp(source, flags));
}
function symbolOf(character) {
    const code = character.charCodeAt(0);
    if (code === 0x7F)
        return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
}


/***/ }),

/***/ 825:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   L: () => (/* binding */ inputVariable)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1544);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4636);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8781);




const LONGEST_SHOWN = 80;
/**
 * The inputs of a step: from `INPUT_<NAME>`, else the field's DEPLOY_ variable, else its default; typed, checked and deeply frozen.
 * Secrets are masked before anything else happens.
 * @throws {UserError} that names every mistake at once.
 */
async function readInputs(action, environment, masks) {
    maskSecrets(action.inputs, environment, masks);
    const values = {};
    const mistakes = [];
    for (const [name, field] of Object.entries(action.inputs)) {
        try {
            values[(0,_action_js__WEBPACK_IMPORTED_MODULE_1__/* .camelCase */ .x)(name)] = await readField(name, field, environment);
        }
        catch (error) {
            if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo))
                throw error;
            mistakes.push(error.message);
        }
    }
    mistakes.push(...unknownInputs(action.inputs, environment));
    if (mistakes.length === 0)
        mistakes.push(...(action.check?.(values) ?? []));
    forgetSecrets(action.inputs, environment);
    if (mistakes.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(asOneMessage(action.name, mistakes));
    return deepFreeze(values);
}
/** The variable in which GitHub hands over an input: only blanks are replaced, hyphens stay. */
function inputVariable(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
async function readField(name, field, environment) {
    const source = [inputVariable(name), field.env].find((variable) => variable !== undefined && (environment[variable] ?? '').trim() !== '');
    const given = source === undefined ? field.default : environment[source];
    const place = source !== undefined && source === field.env ? `${name} (from ${source})` : name;
    if (given === undefined) {
        if (field.required)
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${name} is missing${field.env ? `; give it under \`with:\`, or as ${field.env} in \`env:\`` : ''}`);
        return field.absent;
    }
    try {
        return await field.parse(given);
    }
    catch (error) {
        if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo))
            throw error;
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${place}: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}; given was ${shown(field, given)}`);
    }
}
// A cut secret is one the runner no longer recognises and hides, so what is long or looks like a key shows little or nothing.
function shown(field, given) {
    if (field.kind === 'secret')
        return 'a secret (not shown)';
    if (field.kind === 'structure')
        return `${given.length} characters of YAML (not shown: it may hold secrets)`;
    if (/PRIVATE KEY-----/.test(given))
        return 'what looks like a private key (not shown)';
    if (given.length <= LONGEST_SHOWN)
        return JSON.stringify(given);
    return `${given.length} characters beginning with ${JSON.stringify(given.slice(0, 12))}`;
}
function maskSecrets(fields, environment, masks) {
    for (const variable of secretVariables(fields))
        masks.add(environment[variable] ?? '');
    for (const variable of Object.entries(fields).flatMap(variablesOf))
        passwordsIn(environment[variable] ?? '').forEach((password) => masks.add(password));
}
function forgetSecrets(fields, environment) {
    for (const variable of secretVariables(fields))
        delete environment[variable];
}
function secretVariables(fields) {
    return Object.entries(fields).filter(([, field]) => field.kind === 'secret').flatMap(variablesOf);
}
function variablesOf([name, field]) {
    return [inputVariable(name), ...(field.env === undefined ? [] : [field.env])];
}
// Addresses are no secrets, but one may hold the password of a protected site: https://user:password@staging.example.com
function passwordsIn(given) {
    return [...given.matchAll(/:\/\/[^\s/?#:@]*:([^\s/?#]+)@/g)].flatMap(([, password = '']) => [password, decoded(password)]);
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
// GitHub only warns about an input that an action does not have, and a typo would silently leave the default in force. What is like
// no input of ours may be somebody else's: act hands the inputs of a composite action down to its steps.
function unknownInputs(fields, environment) {
    const known = Object.keys(fields);
    const variables = new Set(known.map(inputVariable));
    return Object.keys(environment).filter((variable) => variable.startsWith('INPUT_') && !variables.has(variable.toUpperCase()))
        .map((variable) => variable.slice('INPUT_'.length).toLowerCase())
        .flatMap((name) => {
        const meant = (0,_shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__/* .likelyMeant */ .S)(name, known);
        return meant === undefined ? [] : [`${name}: there is no such input; the nearest is ${meant}`];
    });
}
function asOneMessage(action, mistakes) {
    if (mistakes.length === 1)
        return `Input of ${action} to mend: ${mistakes[0]}.`;
    return [`${mistakes.length} inputs of ${action} to mend:`, ...mistakes.map((mistake) => `- ${mistake}.`)].join('\n');
}
function deepFreeze(value) {
    if (isContainer(value) && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}
function isContainer(value) {
    if (typeof value !== 'object' || value === null || value instanceof _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z)
        return false;
    const prototype = Object.getPrototypeOf(value);
    return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}


/***/ }),

/***/ 4612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/cancelled.js
var cancelled = __nccwpck_require__(9809);
;// CONCATENATED MODULE: ./build/shared/runner/ending.js



// GitHub sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s after that: we are gone before each next blow.
const AFTER_SIGINT_MS = 7_000;
const AFTER_SIGTERM_MS = 2_000;
const AFTER_OTHERS_MS = 20_000;
// Long enough for open sockets to close by themselves and for the log to be written.
const LINGER_MS = 1_000;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };
/** Takes over signals, stray failures and the exit of this process; `conclude` tells the outcome and is called once. */
function createEnding({ log, conclude }) {
    const stopping = new AbortController();
    let isOver = false;
    const finish = (failure) => {
        if (isOver)
            return;
        isOver = true;
        const reason = stopping.signal.reason;
        conclude(failure, reason);
        process.exitCode = exitCode(failure, reason);
        setTimeout(leave, LINGER_MS).unref();
    };
    const exitNow = (code) => {
        finish();
        process.exitCode = code;
        leave();
    };
    const stop = (reason) => {
        if (isOver || stopping.signal.aborted)
            return;
        const grace = graceOf(reason);
        setTimeout(() => {
            finish(new errors/* UserError */.yo(`It did not wind down within ${(0,duration/* formatDuration */.a3)(grace)}${whileDoing(log.current)}.`));
            leave();
        }, grace).unref();
        stopping.abort(reason);
    };
    const onSignal = (name) => {
        if (isOver || stopping.signal.reason instanceof cancelled/* Cancelled */.c)
            return exitNow(EXIT_CODES[name]);
        log.info(cancelNotice(name, log.current));
        if (stopping.signal.aborted)
            return exitNow(EXIT_CODES[name]);
        stop(new cancelled/* Cancelled */.c(name));
    };
    // A promise nobody waited for has failed: the story may be none the wiser, but the step must not pass.
    const onStray = (error) => {
        if (!isOver)
            return stop(error instanceof Error ? error : new Error(String(error)));
        process.exitCode = 1;
        conclude(error, undefined);
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('unhandledRejection', onStray).on('uncaughtException', onStray);
    process.once('beforeExit', () => finish(stopping.signal.aborted ? undefined : new Error('Nothing was left to wait for, but the work was not finished')));
    return { signal: stopping.signal, stop, finish };
}
function exitCode(failure, reason) {
    if (reason instanceof cancelled/* Cancelled */.c)
        return EXIT_CODES[reason.by];
    return failure === undefined && reason === undefined ? 0 : 1;
}
function graceOf(reason) {
    if (!(reason instanceof cancelled/* Cancelled */.c))
        return AFTER_OTHERS_MS;
    return reason.by === 'SIGINT' ? AFTER_SIGINT_MS : AFTER_SIGTERM_MS;
}
function cancelNotice(name, current) {
    return `Cancelled (${name})${whileDoing(current)}. Winding down; what a server has begun, it goes on with or heals by itself.`;
}
function whileDoing(current) {
    return current.length > 0 ? ` while: ${current.join(' > ')}` : '';
}
// The only place that ends the process: a socket that hangs must not hold the job.
function leave() {
    process.stdout.write('', () => process.exit());
    setTimeout(() => process.exit(), LINGER_MS).unref();
}

;// CONCATENATED MODULE: ./build/shared/runner/failure.js


/**
 * What to tell about a failure, or undefined when there was none. A user's fault is its message; a bug also shows its stack, line by line.
 * `reason` is why the work was told to stop, if it was: what went wrong after that is told beneath it, unless it only repeats it.
 */
function describeFailure(action, failure, reason, showStack) {
    const faults = [reason, isEchoOf(reason, failure) ? undefined : failure].filter((fault) => fault !== undefined);
    if (faults.length === 0)
        return undefined;
    return faults.map((fault) => describe(action, fault, showStack)).join('\n');
}
function describe(action, fault, showStack) {
    if (fault instanceof errors/* UserError */.yo || fault instanceof cancelled/* Cancelled */.c)
        return fault.message;
    stacksOf(fault).forEach(showStack);
    return `${(0,errors/* messageOf */.bD)(fault)}\nThis is a bug in ${action}, not in your workflow: please report it with the stack from the log.`;
}
// Whatever was under way when the signal was aborted ends with the reason itself or with Node's AbortError.
function isEchoOf(reason, failure) {
    if (reason === undefined)
        return false;
    if (failure === reason)
        return true;
    return failure instanceof Error && (failure.name === 'AbortError' || failure.cause === reason);
}
function stacksOf(fault, depth = 0) {
    if (!(fault instanceof Error))
        return [String(fault)];
    const causes = fault instanceof AggregateError ? fault.errors : fault.cause === undefined ? [] : [fault.cause];
    return [fault.stack ?? fault.message, ...(depth < 5 ? causes.flatMap((cause) => stacksOf(cause, depth + 1)) : [])];
}

// EXTERNAL MODULE: ./build/shared/core/secret.js
var secret = __nccwpck_require__(4636);
;// CONCATENATED MODULE: ./build/shared/runner/cover.js
/** Shorter pieces would hide half of every log and protect nothing. */
const SHORTEST_COVERED = 4;
const MARK = '***';
/** An empty cover. A text is gone through once, not once for each hidden text: scanners find thousands of secrets, and decisions have megabytes. */
function createCover() {
    const byStart = new Map();
    const slots = new Uint8Array(0x10000);
    const longestAt = (text, at) => {
        const found = slots[slotOf(text, at)] === 0 ? undefined : byStart.get(text.slice(at, at + SHORTEST_COVERED));
        return found?.lengths.find((length) => found.texts.has(text.slice(at, at + length))) ?? 0;
    };
    return {
        add(hidden) {
            if (hidden.length < SHORTEST_COVERED)
                return;
            const start = hidden.slice(0, SHORTEST_COVERED);
            const { texts, lengths } = byStart.get(start) ?? { texts: new Set(), lengths: [] };
            texts.add(hidden);
            byStart.set(start, { texts, lengths: lengths.includes(hidden.length) ? lengths : [...lengths, hidden.length].sort((one, other) => other - one) });
            slots[slotOf(hidden, 0)] = 1;
        },
        over: (text) => (byStart.size === 0 ? text : covered(text, longestAt)),
    };
}
function covered(text, longestAt) {
    let shown = '';
    let end = 0;
    for (let at = 0; at + SHORTEST_COVERED <= text.length; at++) {
        const length = longestAt(text, at);
        if (length === 0)
            continue;
        if (at >= end)
            shown += text.slice(end, at) + MARK;
        end = Math.max(end, at + length);
    }
    return end === 0 ? text : shown + text.slice(end);
}
function slotOf(text, at) {
    return (((text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2)) * 31 + text.charCodeAt(at + 3)) & 0xffff;
}

// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/masks.js



// The end of an address that is long enough to be a secret and no word.
const SHORTEST_END = 16;
/** An empty set of masks; `tell` hands each form to the runner, which hides it in what others print. */
function createMasks(tell) {
    const forms = new Set();
    const cover = createCover();
    const add = (value, wanted = 'all') => {
        for (const form of (wanted === 'all' ? formsOf(value) : asIs(value)).filter((candidate) => !forms.has(candidate))) {
            forms.add(form);
            cover.add(form);
            tell(form);
        }
        return new secret/* Secret */.z((0,field_parsers/* normaliseSecret */.fd)(value));
    };
    return { add, redact: cover.over };
}
/** Every form of a secret that could turn up in a log: whole, line by line, base64, URL-encoded, JSON and shell quoted. */
function formsOf(value) {
    const whole = (0,field_parsers/* normaliseSecret */.fd)(value);
    if (whole.trim() === '')
        return [];
    const wellFormed = whole.toWellFormed();
    const forms = [
        value, whole, whole.trim(), ...whole.split('\n').map((line) => line.trim()).filter(isTelling),
        ...base64Forms(whole), encodeURIComponent(wellFormed), encodeURIComponent(wellFormed).replaceAll('%20', '+'),
        JSON.stringify(wellFormed).slice(1, -1), whole.replaceAll("'", String.raw `'\''`), ...addressForms(whole),
    ];
    return [...new Set(forms)].filter((form) => form === whole || form.length >= SHORTEST_COVERED);
}
function asIs(value) {
    const whole = (0,field_parsers/* normaliseSecret */.fd)(value).trim();
    return whole === '' ? [] : [...new Set([whole, ...whole.split('\n').map((line) => line.trim()).filter(isTelling)])];
}
/** What makes an address a secret, also alone: the end of a webhook's, the password in a database's. */
function addressForms(value) {
    const address = URL.parse(value.trim());
    if (address === null || !value.includes('://'))
        return [];
    const end = /^https?:$/.test(address.protocol) ? address.pathname.split('/').at(-1) ?? '' : '';
    return [address.password, decoded(address.password), ...(end.length >= SHORTEST_END ? [end] : [])];
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function isTelling(line) {
    return line.length >= SHORTEST_COVERED && /[\p{L}\p{N}]/u.test(line) && !/^-+ ?(?:BEGIN|END) [A-Z0-9 ]+-+$/.test(line);
}
/** The stable middle of the base64 of a value, wherever in a longer text it stands: the edge characters depend on its neighbours. */
function base64Forms(value) {
    const bytes = Buffer.from(value);
    const inner = [0, 1, 2].map((shift) => {
        const head = (3 - shift) % 3;
        const whole = bytes.subarray(head, head + Math.floor((bytes.length - head) / 3) * 3);
        return whole.toString('base64');
    });
    return [bytes.toString('base64'), ...inner].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
        .filter((form) => form.length >= 2 * SHORTEST_COVERED);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/shared/runner/command-file.js

/** Appends a name and its value, of as many lines as it likes, to a file of the runner's such as GITHUB_OUTPUT; without such a file (a run by hand) this does nothing. */
function appendValue(file, name, value) {
    if (!file)
        return;
    // By hand, because @actions/core loads all of node:crypto for its delimiter: a quarter of the time in which Node starts.
    let delimiter = 'END';
    while (value.includes(delimiter))
        delimiter += '_';
    (0,external_node_fs_.appendFileSync)(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}

;// CONCATENATED MODULE: ./build/shared/runner/markdown.js
/** Inline text as GitHub markdown, everything special in it escaped, on one line. */
function inline(piece) {
    if (typeof piece === 'string')
        return escapeMarkdown(piece);
    const content = piece.code ? `<code>${escapeMarkdown(piece.text)}</code>` : escapeMarkdown(piece.text);
    return piece.href !== undefined && isLink(piece.href) ? `[${content}](<${linkTarget(piece.href)}>)` : content;
}
/** Text that reads in GitHub markdown as it was written; line breaks become `<br>`. */
function escapeMarkdown(text) {
    return visible(text)
        .replace(/[\\`*_[\]|~$#]/g, String.raw `\$&`)
        .replace(/[&<>@]/g, (character) => ENTITIES[character])
        .replace(/^([ \t]*)(?=[-+=])/gm, '$1\\')
        .replace(/^([ \t]*\d+)(?=[.)](?:\s|$))/gm, '$1\\')
        .replace(/\n/g, '<br>');
}
/** A code block whose fence is longer than any run of backticks inside. */
function codeBlock(text) {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}text\n${visible(text).replace(/\n+$/, '')}\n${fence}`;
}
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;' };
function visible(text) {
    return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD');
}
function isLink(href) {
    return /^https?:\/\//.test(href);
}
function linkTarget(href) {
    return href.replace(/[\s<>\\]/g, encodeURIComponent);
}

;// CONCATENATED MODULE: ./build/shared/runner/summary.js

/** GitHub drops a summary of more than 1 MiB altogether; the rest is room for what the runner adds. */
const SUMMARY_LIMIT = 1_000_000;
// Tried in turn until everything fits: details go first, then table rows, then the length of texts.
const ALLOWANCES = [
    { detailCharacters: Infinity, rows: Infinity, characters: Infinity },
    ...[200_000, 50_000, 10_000, 2_000, 0].map((detailCharacters) => ({ detailCharacters, rows: Infinity, characters: Infinity })),
    ...[1_000, 100, 20].map((rows) => ({ detailCharacters: 0, rows, characters: Infinity })),
    ...[10_000, 1_000, 100].map((characters) => ({ detailCharacters: 0, rows: 20, characters })),
];
/** The sections as GitHub markdown of at most `limit` bytes; what had to be cut is said where it stood. */
function renderSummary(sections, limit = SUMMARY_LIMIT) {
    for (const allowance of ALLOWANCES) {
        const markdown = sections.map((section) => renderSection(section, allowance)).join('\n');
        if (Buffer.byteLength(markdown) <= limit)
            return markdown;
    }
    return firstThatFit(sections.map((section) => renderSection(section, ALLOWANCES.at(-1))), limit);
}
function firstThatFit(parts, limit) {
    const note = '\n_Further sections were left out: the summary is full._\n';
    let markdown = '';
    for (const part of parts) {
        if (Buffer.byteLength(markdown) + Buffer.byteLength(part) + Buffer.byteLength(note) + 1 > limit)
            break;
        markdown += `${part}\n`;
    }
    return markdown + note;
}
function renderSection(section, allowance) {
    const shorten = (piece) => shortened(piece, allowance.characters);
    const paragraphs = (section.paragraphs ?? []).map((paragraph) => [paragraph].flat().map((piece) => inline(shorten(piece))).join('').trim());
    return [
        `## ${inline(shorten(section.heading)).replaceAll('<br>', ' ').trim()}`,
        ...paragraphs,
        ...(section.table ? [renderTable(section.table, allowance)] : []),
        ...(section.details ?? []).map((detail) => renderDetail(detail, allowance.detailCharacters)),
    ].join('\n\n').concat('\n');
}
function renderTable({ columns, rows }, allowance) {
    const row = (cells) => `| ${cells.map((cell) => inline(shortened(cell, allowance.characters))).join(' | ')} |`;
    const shown = rows.slice(0, allowance.rows);
    const left = rows.length - shown.length;
    return [row(columns), `|${' --- |'.repeat(columns.length)}`, ...shown.map(row), ...(left > 0 ? ['', `_${left} more rows were left out._`] : [])].join('\n');
}
// The end of a log tells more than its beginning.
function renderDetail({ title, text }, characters) {
    const left = Math.max(0, text.length - characters);
    const note = left > 0 ? `_The first ${left} characters were left out._\n\n` : '';
    const kept = left < text.length ? `${codeBlock(text.slice(left))}\n\n` : '';
    return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${note}${kept}</details>`;
}
function shortened(piece, characters) {
    const text = typeof piece === 'string' ? piece : piece.text;
    if (text.length <= characters)
        return piece;
    const cut = `${text.slice(0, characters)}…`;
    return typeof piece === 'string' ? cut : { ...piece, text: cut };
}

;// CONCATENATED MODULE: ./build/shared/runner/outputs.js



/** Sets outputs, objects as JSON, with everything secret in them already masked and replaced; undefined sets nothing. */
function setOutputs(values, masks) {
    for (const [name, value] of Object.entries(values)) {
        if (value === undefined)
            continue;
        appendValue(process.env['GITHUB_OUTPUT'], name, masks.redact(typeof value === 'string' ? value : JSON.stringify(value)));
    }
}
/** Appends the sections to the job summary; without GitHub's file for it (a run by hand) this does nothing. */
function writeSummary(sections, masks) {
    const file = process.env['GITHUB_STEP_SUMMARY'];
    if (file && sections.length > 0)
        (0,external_node_fs_.appendFileSync)(file, renderSummary(sections.map((section) => redactSection(section, masks))));
}
// Before rendering, because escaping would tear a secret apart.
function redactSection(section, masks) {
    return redactDeep(section, masks);
}
function redactDeep(value, masks) {
    if (typeof value === 'string')
        return masks.redact(value);
    if (Array.isArray(value))
        return value.map((item) => redactDeep(item, masks));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item, masks)]));
}

// EXTERNAL MODULE: ./build/shared/runner/read-inputs.js
var read_inputs = __nccwpck_require__(825);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./build/shared/runner/run-identity.js

const LONGEST = 300; // characters; GitHub's own are shorter, and every line of a ledger repeats them
/** The workflow run that this process belongs to; on a person's own machine, one made of the person and the shell it was started from. */
function runIdentity(given = process.env) {
    const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.slice(0, LONGEST)]));
    const { GITHUB_RUN_ID: id, GITHUB_REPOSITORY: repository = '', GITHUB_SERVER_URL: server = 'https://github.com' } = environment;
    const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) || 1;
    return {
        id: id ?? `local-${process.ppid}`,
        attempt,
        url: id && repository ? `${server}/${repository}/actions/runs/${id}/attempts/${attempt}` : '',
        actor: environment['GITHUB_TRIGGERING_ACTOR'] ?? environment['GITHUB_ACTOR'] ?? userName(),
        commit: environment['GITHUB_SHA'] ?? '',
        ref: environment['GITHUB_REF'] ?? '',
        repository,
        workflow: environment['GITHUB_WORKFLOW'] ?? '',
    };
}
// A container may run under a number that has no name.
function userName() {
    try {
        return (0,external_node_os_.userInfo)().username;
    }
    catch {
        return 'unknown';
    }
}

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
// EXTERNAL MODULE: ./build/shared/runner/neutral-text.js
var neutral_text = __nccwpck_require__(8502);
;// CONCATENATED MODULE: ./build/shared/runner/job-log.js


/** A log that prints for GitHub: groups fold, warnings become annotations, secrets and commands in texts are disarmed. */
function createJobLog(masks) {
    const current = [];
    // Secrets are replaced before the text is taken apart into lines: one with a line break in it would be torn otherwise.
    const print = (text) => (0,neutral_text/* neutralLines */.F)(masks.redact(text)).forEach((line) => info(line));
    return {
        current,
        info: print,
        output: print,
        warning: (message) => warning((0,neutral_text/* neutralLines */.F)(masks.redact(message)).join('\n')),
        group: async (title, task) => {
            // GitHub does not nest groups: an inner one would end the outer, so it is only a line.
            const isOutermost = current.length === 0;
            const shown = masks.redact(title).replace(/\s+/g, ' ');
            if (isOutermost)
                startGroup(shown);
            else
                print(`${shown} …`);
            current.push(title);
            try {
                return await task();
            }
            finally {
                current.splice(current.lastIndexOf(title), 1);
                if (isOutermost)
                    endGroup();
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/runner/venue.js



const LEVELS = { error: error, warning: warning, notice: notice };
/** A step of a workflow: GitHub's runner reads what is printed. */
const workflowVenue = {
    hide: setSecret,
    createLog: createJobLog,
    annotate: ({ level, title, message, path, line, endLine }, { redact }) => {
        const place = path === undefined ? {} : { file: redact(path), ...(line !== undefined && { startLine: line, endLine: endLine ?? line }) };
        LEVELS[level]((0,neutral_text/* neutralLines */.F)(redact(message)).join('\n'), { title: (0,neutral_text/* neutralLines */.F)(redact(title)).join(' '), ...place });
    },
    fail: (message) => setFailed((0,neutral_text/* neutralLines */.F)(message).join('\n')),
    environment: (given) => given,
};

;// CONCATENATED MODULE: ./build/shared/runner/run-action.js









/**
 * Runs an action from its first line to its exit code: reads the inputs, tells the story, and decides here alone what a failure is.
 * Never rejects. Cancelling and the `timeout` input abort `job.signal`; outputs and summary are kept whatever happens.
 */
async function runAction(action, story) {
    const words = action.commandLine === undefined ? [] : process.argv.slice(2);
    const venue = words.length === 0 ? workflowVenue : (await __nccwpck_require__.e(/* import() */ 7).then(__nccwpck_require__.bind(__nccwpck_require__, 2007))).terminalVenue(action, words);
    const masks = createMasks(venue.hide);
    const log = venue.createLog(masks);
    const sections = [];
    const ending = createEnding({
        log,
        conclude: (failure, reason) => {
            const message = describeFailure(action.name, failure, reason, (text) => log.output(text));
            if (message !== undefined)
                venue.fail(masks.redact(message));
            writeSummary(sections, masks);
        },
    });
    try {
        const environment = venue.environment(process.env);
        if (environment === undefined)
            return ending.finish();
        const inputs = await (0,read_inputs/* readInputs */.K)(action, environment, masks);
        startTimeout(action, inputs, ending);
        await story(inputs, createJob(masks, { ...venue, log }, sections, ending));
        ending.finish();
    }
    catch (error) {
        ending.finish(error);
    }
}
function createJob(masks, { log, annotate }, sections, ending) {
    return {
        log,
        run: runIdentity(),
        signal: ending.signal,
        output: (values) => setOutputs(values, masks),
        summarise: (section) => void sections.push(section),
        annotate: (annotation) => annotate(annotation, masks),
        mask: masks.add,
        redact: masks.redact,
    };
}
function startTimeout(action, inputs, ending) {
    const { timeout } = inputs;
    if (action.inputs['timeout']?.kind !== 'duration' || typeof timeout !== 'number')
        return;
    const reason = new errors/* UserError */.yo(`${action.name} did not finish within ${(0,duration/* formatDuration */.a3)(timeout)}, the limit set by its input timeout. The log shows what it was doing; raise timeout if that may take longer.`);
    // Node fires a timer of more than 2^31 ms at once.
    setTimeout(() => ending.stop(reason), Math.min(timeout, 2 ** 31 - 1)).unref();
}


/***/ }),

/***/ 5430:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ parseLines),
/* harmony export */   h: () => (/* binding */ parseYaml)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _field_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(382);


const ITEM = 'a YAML list of plain values, or one value per line, without control characters';
/**
 * The values of a list written as YAML (`- one` or `[one, two]`) or one per line; blank lines are dropped.
 * @throws {UserError} on nested values, control characters or broken YAML.
 */
async function parseLines(given) {
    const items = isYamlList(given) ? await yamlItems(given) : given.split(/\r?\n/);
    return items.map((item) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(item, ITEM)).filter((item) => item !== '');
}
/**
 * What a piece of YAML 1.2 holds.
 * @throws {UserError} with the line and column of the first mistake; the text itself is not repeated.
 */
async function parseYaml(given, schema = 'core') {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('accepted is YAML without NUL bytes');
    // Loaded on demand: most runs give no YAML, and it would be a tenth of their start-up time.
    const { LineCounter, parseDocument } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(given, { schema, prettyErrors: false, lineCounter });
    const [mistake] = document.errors;
    if (mistake) {
        const { line, col } = lineCounter.linePos(mistake.pos[0]);
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the YAML has a mistake in line ${line}, column ${col}: ${mistake.message}`);
    }
    try {
        return document.toJS();
    }
    catch (error) {
        // An alias without its anchor, or so many aliases that they would fill the memory.
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function isYamlList(given) {
    return /^\s*-(?:\s|$)/.test(given) || /^\s*\[[^]*\]\s*$/.test(given);
}
async function yamlItems(given) {
    const list = await parseYaml(given, 'failsafe');
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${ITEM}`);
    return list;
}


/***/ }),

/***/ 9368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ hostAndPort),
/* harmony export */   v: () => (/* binding */ hostLabel)
/* harmony export */ });
/** The host as people say it: with its port only where that is not 22. */
function hostLabel(host, port) {
    return port === 22 ? host : `${bracketed(host)}:${port}`;
}
/** Host and port, always both: `web1:22`, `[::1]:2222`. */
function hostAndPort(host, port) {
    return `${bracketed(host)}:${port}`;
}
function bracketed(host) {
    return host.includes(':') ? `[${host}]` : host;
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(2508);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
