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

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

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

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

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
/* harmony import */ var _shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2094);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3347);
/* harmony import */ var _smoke_test_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7009);



await (0,_shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X, _smoke_test_js__WEBPACK_IMPORTED_MODULE_2__/* .smokeTest */ .K);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 3347:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ hasSimpleCheck),
/* harmony export */   X: () => (/* binding */ action)
/* harmony export */ });
/* harmony import */ var _shared_checks_check_list__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1405);
/* harmony import */ var _shared_checks_check_fields__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(112);
/* harmony import */ var _shared_checks_json_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9834);
/* harmony import */ var _shared_checks_status_range__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7472);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2520);
/* harmony import */ var _shared_runner_action__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(8781);
/* harmony import */ var _shared_runner_connection_inputs__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(2405);
/* harmony import */ var _shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(382);
/* harmony import */ var _shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6835);









const fields = {
    url: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)({
        description: 'Base address of the service. Checks that give only a path are put behind it.',
        env: 'DEPLOY_URL', example: 'https://shop.example.com', accepts: 'an address such as https://shop.example.com', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_6__/* .mistakeOf */ .Wl)(_shared_checks_check_fields__WEBPACK_IMPORTED_MODULE_1__/* .parseUrl */ .Dl),
    }),
    checks: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .structure */ .QK)({
        description: 'The checks, as a YAML list; the README has every key. Without it, one check is made of the inputs `path` to `max-response-time`; if any of those is given, that check is made besides.',
        parser: _shared_checks_check_list__WEBPACK_IMPORTED_MODULE_0__/* .parseChecks */ .B, accepts: 'a YAML list of checks', example: '[{ path: /health, status: 200 }, { tcp: "db.example.com:5432" }]',
    }),
    slot: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .choice */ .Yq)({
        options: ['idle', 'live', 'blue', 'green'],
        description: 'Ask this slot of `service` on its server, over SSH, instead of the public address: `idle` is the one that `blue-green-switch` would switch to. `url`, if given, says which host is asked for.',
    }),
    path: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)({ description: 'Path behind `url` that the simple check asks for; `url` itself if left out.', example: '/health', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_6__/* .mistakeOf */ .Wl)(_shared_checks_check_fields__WEBPACK_IMPORTED_MODULE_1__/* .parsePath */ .Rr) }),
    'expect-status': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)({ description: 'Statuses that are as expected: single ones, ranges and families, with commas. 2xx if left out.', example: '200, 204, 3xx', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_6__/* .mistakeOf */ .Wl)(_shared_checks_status_range__WEBPACK_IMPORTED_MODULE_3__/* .parseStatus */ .i$) }),
    'expect-text': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)({ description: 'Text that the body must hold.', multiline: true }),
    'expect-version': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)({
        description: 'The version that must answer; a green answer from any other fails. A full commit hash also accepts its abbreviation. Needs `version-header` or `version-json-path`.',
        check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_6__/* .mistakeOf */ .Wl)(_shared_checks_check_fields__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN),
    }),
    'version-header': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)({ description: 'Response header in which the service says its version.', example: 'X-Version', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_6__/* .mistakeOf */ .Wl)(_shared_checks_check_fields__WEBPACK_IMPORTED_MODULE_1__/* .parseHeaderName */ .iT) }),
    'version-json-path': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .text */ .Qq)({ description: 'JSON path (RFC 9535) at which the body says the version.', example: '$.version', check: (0,_shared_runner_field_parsers__WEBPACK_IMPORTED_MODULE_6__/* .mistakeOf */ .Wl)(_shared_checks_json_path__WEBPACK_IMPORTED_MODULE_2__/* .parseJsonPath */ .Hf) }),
    'max-response-time': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .duration */ .p0)({ description: 'How long the answer of the simple check may take, from the first packet to the last byte.', example: '2s' }),
    'max-error-rate': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .percentage */ .X1)({
        description: 'How many answers of the live slot of `service` (or of `slot`) may be errors (5xx) from the start of this step to its end, as its router counts them. It makes a check besides; no request at all is inconclusive.',
        example: '1%',
    }),
    timeout: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .duration */ .p0)({ description: 'How long to wait until every check passes: failed ones are measured anew, after 200ms at first and 5s at most.', default: '1m', min: '1s', max: '6h' }),
    'attempt-timeout': (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .duration */ .p0)({ description: 'How long one attempt at a check may take.', default: '10s', min: '10ms', max: '1h' }),
    successes: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .integer */ .nd)({ description: 'How often in a row each check must pass; a failure starts the count again.', default: '1', min: 1, max: 1_000 }),
    interval: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .duration */ .p0)({
        description: 'How long to wait between two of the passes that `successes` asks for; by back-off if left out. With `once: true` it makes a watch, which fails at the first fault.',
        example: '30s', min: '10ms', max: '1h',
    }),
    once: (0,_shared_runner_fields__WEBPACK_IMPORTED_MODULE_7__/* .flag */ .Jt)({ description: 'Measure each check once (or `successes` times) and do not try again: for a service that is up already, where a retry would hide faults that come and go.' }),
    ..._shared_runner_connection_inputs__WEBPACK_IMPORTED_MODULE_5__/* .optionalConnectionFields */ .eO,
};
/** The contract of smoke-test. */
const action = (0,_shared_runner_action__WEBPACK_IMPORTED_MODULE_8__/* .defineAction */ .Q)({
    name: 'smoke-test',
    title: 'Slipway smoke test',
    description: 'Checks that a deployment really works and is the version it should be: HTTP, TCP and commands, from outside or over SSH.',
    branding: { icon: 'check-circle', color: 'green' },
    inputs: fields,
    outputs: {
        verdict: '`pass`, `fail` or `inconclusive`. Only `pass` lets the step pass.',
        checks: 'JSON list of the results: name, verdict, reason, durationMs, attempts, and of HTTP checks status and version.',
        passed: 'Number of checks that passed.',
        failed: 'Number of checks that failed.',
        inconclusive: 'Number of checks that could not be made.',
        duration: 'Seconds that the checks took together, as a decimal number.',
        version: 'The version that answered, where one was asked for.',
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
function intervalMistakes({ successes, interval, timeout }) {
    if (interval === undefined)
        return [];
    if (successes === 1)
        return ['successes is missing: interval is the time between several passes'];
    const least = (successes - 1) * interval;
    return least < timeout ? [] : [`timeout is too short: ${successes} passes with ${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a)(interval)} between them take longer than ${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_4__/* .formatDuration */ .a)(timeout)}`];
}
function serverMistakes(inputs) {
    const about = inputs.slot !== undefined ? 'slot is one of its slots' : 'max-error-rate is about its router';
    if (inputs.slot !== undefined || inputs.maxErrorRate !== undefined)
        return [...(0,_shared_runner_connection_inputs__WEBPACK_IMPORTED_MODULE_5__/* .connectionMistakes */ .gf)(inputs), ...(inputs.service === undefined ? [`service is missing: ${about}`] : [])];
    return inputs.checks?.needsServer ? (0,_shared_runner_connection_inputs__WEBPACK_IMPORTED_MODULE_5__/* .connectionMistakes */ .gf)(inputs).map((mistake) => `${mistake} (a check in checks goes through ssh or is a command)`) : [];
}


/***/ }),

/***/ 7009:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  K: () => (/* binding */ smokeTest)
});

// EXTERNAL MODULE: ./build/shared/checks/status-range.js
var status_range = __nccwpck_require__(7472);
;// CONCATENATED MODULE: ./build/shared/checks/blind-spots.js

/** What checks as they are set would not notice, one sentence each, for people to read before they trust a pass. */
function blindSpots(checks, successes = 1) {
    const http = checks.filter((check) => check.kind === 'http');
    return [
        ...generalBlindSpots(checks, http, successes),
        ...http.flatMap((check) => httpBlindSpots(check).map((spot) => `${check.name}: ${spot}`)),
        ...checks.filter((check) => check.kind === 'tcp' && check.banner === undefined)
            .map((check) => `${check.name}: no banner is expected, so anything that listens on the port passes`),
        ...checks.filter((check) => check.kind === 'command' && check.text === undefined && check.matches === undefined)
            .map((check) => `${check.name}: only the exit code is looked at, not the output`),
    ];
}
function generalBlindSpots(checks, http, successes) {
    const hasVersion = http.some((check) => check.expect?.version !== undefined);
    const isOutside = checks.some((check) => check.kind !== 'command' && check.from !== 'server');
    return [
        ...(hasVersion ? [] : ['no version is expected (expect-version), so a healthy old version passes']),
        ...(successes > 1 ? [] : ['one pass is enough (successes: 1), so a service that fails now and then can pass']),
        ...(isOutside ? [] : ['nothing looks from outside, so DNS, the proxy and its certificate are not tried']),
    ];
}
function httpBlindSpots({ expect = {}, followRedirects = 0, insecure = false, method }) {
    const looksInside = [expect.text, expect.matches, expect.json].some((list) => (list ?? []).length > 0) || expect.version?.jsonPath !== undefined;
    const redirect = (expect.status ?? []).filter(({ first, last }) => first < 400 && last >= 300);
    const error = (expect.status ?? []).filter(({ last }) => last >= 400);
    return [
        ...(looksInside || method === 'HEAD' ? [] : ['the body is not looked at, so an error page or an empty page with a good status passes']),
        ...(redirect.length > 0 ? [`a redirect is accepted (${(0,status_range/* formatStatus */.me)(redirect)}) and where it leads is not asked`] : []),
        ...(error.length > 0 ? [`an error is accepted (${(0,status_range/* formatStatus */.me)(error)})`] : []),
        ...(followRedirects > 0 ? ['redirects are followed, so a login or maintenance page elsewhere may be what answers'] : []),
        ...(expect.maxResponseTime === undefined ? ['the response time is not limited, so a slow answer passes'] : []),
        ...(insecure ? ['the certificate is not verified (insecure), so anybody may be answering'] : []),
    ];
}

;// CONCATENATED MODULE: ./build/shared/checks/kept-connection.js
/** Keeps what `open` gives; a failure to open is not kept, so that the next attempt tries again. */
function keptConnection(open) {
    let current;
    const forget = () => {
        current?.then((connection) => connection.close(), () => undefined);
        current = undefined;
    };
    const watched = async (connection, task) => {
        try {
            return await task(await connection);
        }
        catch (error) {
            if (error.name === 'ConnectionLost' && current === connection)
                forget();
            throw error;
        }
    };
    return {
        async server() {
            const connection = current ??= open();
            const { label } = await connection.catch((error) => {
                if (current === connection)
                    forget();
                throw error;
            });
            return {
                label,
                exec: (command, options) => watched(connection, (server) => server.exec(command, options)),
                openSocket: (path) => watched(connection, (server) => server.openSocket(path)),
                openPort: (host, port) => watched(connection, (server) => server.openPort(host, port)),
            };
        },
        close: forget,
    };
}

// EXTERNAL MODULE: ./build/shared/checks/redaction.js
var redaction = __nccwpck_require__(5721);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var quote = __nccwpck_require__(1338);
// EXTERNAL MODULE: ./build/shared/checks/deadline.js
var deadline = __nccwpck_require__(9926);
// EXTERNAL MODULE: ./build/shared/checks/dial.js
var dial = __nccwpck_require__(4280);
// EXTERNAL MODULE: ./build/shared/checks/failure.js
var failure = __nccwpck_require__(674);
// EXTERNAL MODULE: ./build/shared/checks/pattern.js + 1 modules
var checks_pattern = __nccwpck_require__(9086);
// EXTERNAL MODULE: ./build/shared/checks/shown.js
var shown = __nccwpck_require__(3697);
;// CONCATENATED MODULE: ./build/shared/checks/command-check.js







const OUTPUT_SHOWN = 500;
// What the server may take beyond the command's limit to end it and say so.
const GRACE_MS = 5_000;
/**
 * A command line that runs `command` and ends it, with all it started, once `limitMs` has passed: by `timeout` where the server has a
 * usable one, else by a watch-dog in plain sh. It does not need the connection, nor SSH signals, which servers ignore.
 */
function timeLimited(command, limitMs) {
    const argv = typeof command === 'string' ? ['sh', '-c', command] : command;
    const words = (0,quote/* commandLine */.a)(argv);
    const seconds = Math.max(1, Math.ceil(limitMs / 1_000));
    return (0,quote/* commandLine */.a)(['sh', '-c', `if timeout -k 1 5 true >/dev/null 2>&1; then exec timeout -k 1 ${seconds} ${words}; fi
if command -v setsid >/dev/null 2>&1; then setsid ${words} & else ${words} & fi
child=$!
end() { kill "-$1" "-$child" 2>/dev/null || kill "-$1" "$child" 2>/dev/null; }
nap() { sleep "$1" & nap=$!; wait "$nap"; }
( trap 'kill "$nap" 2>/dev/null; exit' TERM; nap ${seconds}; end TERM; nap 1; end KILL ) </dev/null >/dev/null 2>&1 &
dog=$!
wait "$child"; code=$?
kill "$dog" 2>/dev/null
[ "$code" -le 128 ] || kill -KILL "-$child" 2>/dev/null
exit "$code"`]);
}
/** Runs the check's command once on the server and judges its exit status and output. Rejects with ConnectionLost and the like. */
async function tryCommand(check, limitMs, context, progress) {
    const server = await (0,dial/* serverOf */.FN)(context);
    progress.target = server.label;
    const started = performance.now();
    const { code, stdout, stderr } = await run(server, timeLimited(check.command, limitMs), patience(limitMs), context.signal);
    const ms = performance.now() - started;
    const evidence = { target: `${commandText(check)} on ${server.label}`, exitCode: code, output: (0,shown/* shown */.S)(stdout || stderr, OUTPUT_SHOWN), responseMs: Math.round(ms) };
    const wasEnded = ms >= limitMs && [124, 137, 143].includes(code);
    if (wasEnded)
        return { verdict: 'fail', reason: `still ran after ${(0,duration/* formatDuration */.a)(limitMs)} and was ended`, evidence, answered: true };
    const faults = faultsOf(check, code, stdout, stderr);
    if (faults.length > 0)
        return { verdict: 'fail', reason: faults.join('; '), evidence, answered: true };
    return { verdict: 'pass', reason: `exit code ${code} in ${(0,duration/* formatDuration */.a)(ms)}`, evidence, answered: true };
}
/** Milliseconds after which the runner stops waiting for a command that the server should have ended by itself. */
function patience(limitMs) {
    return limitMs + GRACE_MS;
}
async function run(server, command, patienceMs, signal) {
    try {
        return await (0,deadline/* orAborted */.H6)(server.exec(command, { signal }), signal);
    }
    catch (error) {
        const isOverdue = signal.reason instanceof deadline/* TimeLimit */.h9 && signal.reason.limitMs === patienceMs;
        if (!isOverdue)
            throw error;
        throw new failure/* NotMeasured */.ke(`${server.label} did not say within ${(0,duration/* formatDuration */.a)(patienceMs)} how the command ended`);
    }
}
function faultsOf({ exitCode = 0, text = [], matches = [] }, code, stdout, stderr) {
    const said = stderr.trim() === '' ? '' : `: ${(0,shown/* quoted */.T)(stderr.trim())}`;
    if (code !== exitCode)
        return [`exit code ${code}${said}, expected ${exitCode}`];
    return [
        ...text.filter((wanted) => !stdout.includes(wanted)).map((wanted) => `the output does not hold ${(0,shown/* quoted */.T)(wanted)}: ${(0,shown/* quoted */.T)(stdout)}`),
        ...matches.filter((pattern) => !(0,checks_pattern/* isMatch */.uv)(pattern, stdout)).map((pattern) => `the output does not match ${(0,shown/* quoted */.T)(pattern)}: ${(0,shown/* quoted */.T)(stdout)}`),
    ];
}
function commandText({ command }) {
    return (0,shown/* shown */.S)(typeof command === 'string' ? command : (0,quote/* commandLine */.a)(command), 200);
}

;// CONCATENATED MODULE: ./build/shared/checks/attempt.js






// An answer over a line that works takes one round trip.
const LINE_LIMIT_MS = 3_000;
/** Measures the check once, within its own time limit or the context's. Never rejects: whatever goes wrong is a verdict. */
async function attempt(check, context) {
    const limitMs = check.timeout ?? context.attemptTimeout;
    const progress = { phase: 'connecting', target: check.name, bytes: 0 };
    return (0,deadline/* within */.ux)(check.kind === 'command' ? patience(limitMs) : limitMs, context.signal, async (signal) => {
        try {
            return await measure(check, limitMs, { ...context, signal }, progress);
        }
        catch (error) {
            const cause = await lineFault(check, context, error) ?? error;
            return { ...(0,failure/* failureOf */.g5)(cause, progress, signal), evidence: evidenceOf(check) };
        }
    });
}
// Loaded on demand: HTTP is a tenth of the start-up time of what makes no such check.
async function measure(check, limitMs, context, progress) {
    switch (check.kind) {
        case 'http': return (await __nccwpck_require__.e(/* import() */ 354).then(__nccwpck_require__.bind(__nccwpck_require__, 9354))).tryHttp(check, context, progress);
        case 'tcp': return (await __nccwpck_require__.e(/* import() */ 162).then(__nccwpck_require__.bind(__nccwpck_require__, 6162))).tryTcp(check, context, progress);
        case 'command': return tryCommand(check, limitMs, context, progress);
    }
}
// A forwarded connection ends alike whether the service closed it or SSH broke off underneath; asking SSH for anything tells which.
async function lineFault(check, { server, signal }, error) {
    const isForwarded = check.kind !== 'command' && check.from === 'server';
    if (!isForwarded || server === undefined || signal.aborted || error instanceof failure/* NotMeasured */.ke || error instanceof errors/* UserError */.y)
        return undefined;
    try {
        await (0,deadline/* within */.ux)(LINE_LIMIT_MS, signal, async (limit) => (0,deadline/* orAborted */.H6)((await (0,deadline/* orAborted */.H6)(server(), limit)).exec('exit 0'), limit));
        return undefined;
    }
    catch (fault) {
        return new failure/* NotMeasured */.ke(`the SSH connection was lost: ${(0,shown/* shown */.S)((0,errors/* messageOf */.b)(fault))}`);
    }
}
function evidenceOf(check) {
    return check.kind === 'http' ? { target: `${check.method ?? 'GET'} ${(0,redaction/* shownUrl */.zA)(check.url)}` } : {};
}

;// CONCATENATED MODULE: ./build/shared/checks/back-off.js
const START_MS = 200;
const CAP_MS = 5_000;
/**
 * Milliseconds to wait after the n-th like outcome in a row (from 1): doubling from 200 ms to at most 5 s, of which a random half is
 * left out, so that many who wait for one thing do not ask in step. `random` gives 0 to 1.
 */
function backOff(count, random = Math.random) {
    const full = Math.min(CAP_MS, START_MS * 2 ** Math.min(count - 1, 16));
    return Math.round(full * (0.5 + random() / 2));
}

;// CONCATENATED MODULE: ./build/shared/checks/readiness.js






/**
 * Measures the check anew, with back-off, until it has passed often enough in a row or the time is up.
 * A failure starts the count of passes again. An attempt that the total limit cut short says nothing, unless it is the only one.
 */
async function runCheck(check, context, readiness = { total: 0 }) {
    const started = performance.now();
    const history = { attempts: 0, streak: 0, answers: 0 };
    const isOnce = readiness.total === 0;
    const repeat = async (signal) => untilReady(check, { ...context, signal }, readiness, history);
    await (isOnce ? measureOnce(check, context, readiness, history) : (0,deadline/* within */.ux)(readiness.total, context.signal, repeat));
    const concluded = conclusion(history, readiness, performance.now() - started);
    const isStopped = isCancelled(context.signal) && concluded.verdict !== 'pass';
    const { verdict, reason } = isStopped ? stopped(context.signal, concluded.reason) : concluded;
    const evidence = history.last?.evidence ?? {};
    return { name: check.name, verdict, reason, evidence, durationMs: Math.round(performance.now() - started), attempts: history.attempts };
}
// Once means once for every pass that is asked for: the first failure ends it.
async function measureOnce(check, context, { successes = 1, interval = 0 }, history) {
    for (let count = 1;; count += 1) {
        note(history, await attempt(check, context));
        if (history.last?.verdict !== 'pass' || count === successes)
            return;
        await pause(interval, context.signal);
        if (context.signal.aborted)
            return;
    }
}
async function untilReady(check, context, { successes = 1, interval }, history) {
    for (;;) {
        const found = await attempt(check, context);
        const wasCutShort = context.signal.aborted && found.verdict !== 'pass';
        if (!wasCutShort || history.attempts === 0 || !isTimeUp(context.signal))
            note(history, found);
        const isReady = found.verdict === 'pass' && history.streak >= successes;
        if (isReady || found.isFinal === true || context.signal.aborted)
            return;
        await pause(found.verdict === 'pass' && interval !== undefined ? interval : backOff(history.streak), context.signal);
        if (context.signal.aborted)
            return;
    }
}
/** Ends early, without an error, when the signal does. */
async function pause(ms, signal) {
    await (0,promises_.setTimeout)(ms, undefined, { signal }).catch(() => undefined);
}
function note(history, found) {
    const isSame = (history.last?.verdict === 'pass') === (found.verdict === 'pass');
    history.streak = isSame ? history.streak + 1 : 1;
    history.attempts += 1;
    history.answers += found.answered ? 1 : 0;
    history.first ??= found;
    history.last = found;
}
function isCancelled(signal) {
    return signal.aborted && !isTimeUp(signal);
}
function stopped(signal, reason) {
    const isSaid = reason.includes('stopped before it was done');
    return { verdict: 'inconclusive', reason: isSaid ? reason : `stopped before it was done: ${(0,errors/* messageOf */.b)(signal.reason)}; ${reason}` };
}
function isTimeUp(signal) {
    return signal.reason instanceof deadline/* TimeLimit */.h9;
}
function conclusion({ attempts, streak, answers, first, last }, { total, successes = 1 }, ms) {
    if (first === undefined || last === undefined)
        return { verdict: 'inconclusive', reason: 'was not measured' };
    if (last.verdict === 'pass' && streak < successes) {
        return { verdict: 'fail', reason: `passed ${streak} times in a row within ${(0,duration/* formatDuration */.a)(total || ms)}, expected ${successes} times (${attempts} attempts)` };
    }
    if (attempts === 1)
        return last;
    const spent = `${attempts} attempts in ${(0,duration/* formatDuration */.a)(ms)}`;
    if (last.verdict === 'pass')
        return { verdict: 'pass', reason: first.verdict === 'pass' ? `${last.reason} (${spent})` : `${last.reason} (${spent}; at first: ${first.reason})` };
    const prefix = answers === 0 ? 'never answered' : `answered ${answers} times, not as expected at the end`;
    return { verdict: last.verdict, reason: `${prefix}: ${last.reason} (${spent})` };
}

;// CONCATENATED MODULE: ./build/shared/checks/run-checks.js

const PARALLEL = 8;
/**
 * Runs the checks, eight at a time or as many as told, each until it is ready; the results are in the order of the checks.
 * Give them to `overall` for the verdict: no check at all is inconclusive.
 */
async function runChecks(checks, context, readiness, parallel = PARALLEL) {
    const results = [];
    const waiting = checks.entries();
    const work = async () => {
        for (const [index, check] of waiting)
            results[index] = await runCheck(check, context, readiness);
    };
    await Promise.all(Array.from({ length: Math.min(parallel, checks.length) }, work));
    return results;
}

// EXTERNAL MODULE: ./build/shared/core/verdict.js
var core_verdict = __nccwpck_require__(2751);
// EXTERNAL MODULE: ./build/shared/runner/connection-inputs.js
var connection_inputs = __nccwpck_require__(2405);
// EXTERNAL MODULE: ./build/shared/checks/check-list.js
var check_list = __nccwpck_require__(1405);
// EXTERNAL MODULE: ./build/actions/smoke-test/src/inputs.js
var src_inputs = __nccwpck_require__(3347);
;// CONCATENATED MODULE: ./build/actions/smoke-test/src/checks.js




/** Every check that the inputs ask for: the simple one first, then those of the list. HTTP checks go to the slot, if one is meant. */
function gatherChecks(inputs, { slot, errors } = {}) {
    const url = inputs.url ?? (slot === undefined ? undefined : 'http://localhost');
    const listed = (inputs.checks?.drafts ?? []).map((draft) => draft(url));
    const all = url !== undefined && (0,src_inputs/* hasSimpleCheck */.N)(inputs) ? [simpleCheck(inputs, url), ...listed] : listed;
    return [...(slot === undefined ? all : all.map((check) => throughSlot(check, slot))), ...(errors === undefined ? [] : [errors])];
}
// The URL still says which host is asked for; plain HTTP, because TLS ends at the proxy.
function throughSlot(check, slot) {
    if (check.kind !== 'http' || check.connectTo !== undefined)
        return check;
    return { ...check, url: check.url.replace(/^https:/, 'http:'), from: 'server', connectTo: slot };
}
function simpleCheck(inputs, base) {
    const { path, expectStatus, expectText, expectVersion, versionHeader, versionJsonPath, maxResponseTime } = inputs;
    const url = path === undefined ? base : (0,check_list/* joinUrl */.w)(base, path);
    return {
        kind: 'http',
        name: `GET ${(0,shown/* shown */.S)(new URL(url).pathname)}`,
        url,
        expect: {
            maxResponseTime,
            ...(expectStatus === undefined ? {} : { status: (0,status_range/* parseStatus */.i$)(expectStatus) }),
            ...(expectText === undefined ? {} : { text: [expectText] }),
            ...(expectVersion === undefined ? {} : { version: { equals: expectVersion, header: versionHeader, jsonPath: versionJsonPath } }),
        },
    };
}

;// CONCATENATED MODULE: ./build/actions/smoke-test/src/report.js

const MARK = { pass: '✓', fail: '✗', inconclusive: '?' };
/** The whole result in one line, naming the checks that did not pass. */
function verdictLine(verdict, results) {
    if (verdict === 'pass')
        return `Smoke test passed: ${results.length} of ${results.length} checks.`;
    const named = ['fail', 'inconclusive'].flatMap((kind) => results.filter((result) => result.verdict === kind)
        .map(({ name, reason }) => `${name} ${kind === 'fail' ? 'failed' : 'is inconclusive'}: ${reason}`));
    return `Smoke test ${verdict === 'fail' ? 'failed' : 'is inconclusive'}. ${named.map((text) => `${text.replace(/\.$/, '')}.`).join(' ')}`;
}
/** Prints each result, what was seen where a check did not pass, and what a pass would not prove. */
function logResults(log, results, spots) {
    for (const { name, verdict, reason, durationMs, evidence } of results) {
        log.info(`${MARK[verdict]} ${name}: ${reason} [${(0,duration/* formatDuration */.a)(durationMs)}]`);
        if (verdict !== 'pass')
            Object.entries(evidence).filter(([, value]) => value !== undefined).forEach(([key, value]) => log.output(`    ${key}: ${value}`));
    }
    if (spots.length > 0)
        log.info(['What these settings would miss:', ...spots.map((spot) => `  - ${spot}`)].join('\n'));
}
/** The results as a table for the job summary. */
function summaryOf(verdict, results, spots) {
    return {
        heading: `Smoke test: ${verdict}`,
        table: {
            columns: ['Check', 'Verdict', 'What was found', 'Attempts', 'Duration'],
            rows: results.map((result) => [result.name, `${MARK[result.verdict]} ${result.verdict}`, result.reason, String(result.attempts), (0,duration/* formatDuration */.a)(result.durationMs)]),
        },
        details: [
            ...results.filter((result) => result.verdict !== 'pass').map((result) => ({ title: `What ${result.name} saw`, text: JSON.stringify(result.evidence, null, 2) })),
            ...(spots.length === 0 ? [] : [{ title: `What these settings would miss (${spots.length})`, text: spots.join('\n') }]),
        ],
    };
}
/** The action's outputs. */
function outputsOf(verdict, results, ms) {
    const count = (kind) => results.filter((result) => result.verdict === kind).length;
    return {
        verdict,
        passed: count('pass'),
        failed: count('fail'),
        inconclusive: count('inconclusive'),
        duration: (ms / 1_000).toFixed(1),
        version: results.map(({ evidence }) => evidence.version).find((version) => version !== undefined),
        checks: results.map(({ name, verdict: found, reason, durationMs, attempts, evidence }) => ({
            name, verdict: found, reason, durationMs, attempts, status: evidence.status, version: evidence.version,
        })),
    };
}

;// CONCATENATED MODULE: ./build/shared/traffic/conclude-error-rate.js
/** The result at the end of a watch, when no more requests come: judged by those there were, and inconclusive if there was none. */
function concludeErrorRate(result, percent) {
    const [, requests, errors] = /^(\d+) requests, (\d+) errors/.exec(result.evidence.output ?? '') ?? [];
    if (result.verdict !== 'pass' || requests === undefined)
        return result;
    const counted = `${errors} of ${requests} requests were answered with errors`;
    if (requests === '0')
        return { ...result, verdict: 'inconclusive', reason: 'no request reached the slot while it was watched' };
    return Number(errors) * 100 > Number(requests) * percent ? { ...result, verdict: 'fail', reason: `${counted}, expected ${percent}% at most` } : { ...result, reason: counted };
}

;// CONCATENATED MODULE: ./build/actions/smoke-test/src/service.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});



/** Looks up the slot and the router's counters, where the inputs ask for them. @throws {UserError} when the slot holds no release. */
async function lookUpService(inputs, { log, signal }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { slot, service, environment, maxErrorRate } = inputs;
        if (service === undefined || (slot === undefined && maxErrorRate === undefined))
            return {};
        const [{ openServer }, { readDeployed }, { idleSlot }, { slotListener }, { errorRateCheck }] = await Promise.all([
            Promise.all(/* import() */[__nccwpck_require__.e(118), __nccwpck_require__.e(310), __nccwpck_require__.e(746)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1746)), __nccwpck_require__.e(/* import() */ 526).then(__nccwpck_require__.bind(__nccwpck_require__, 3526)), __nccwpck_require__.e(/* import() */ 882).then(__nccwpck_require__.bind(__nccwpck_require__, 2882)), __nccwpck_require__.e(/* import() */ 755).then(__nccwpck_require__.bind(__nccwpck_require__, 5755)), __nccwpck_require__.e(/* import() */ 77).then(__nccwpck_require__.bind(__nccwpck_require__, 77)),
        ]);
        const server = __addDisposableResource(env_1, await openServer((0,connection_inputs/* sshTarget */.ov)(inputs), log, signal), true);
        const state = await readDeployed(server, { service, environment });
        const meant = slot === 'idle' ? idleSlot(state) : slot === undefined || slot === 'live' ? state.live : slot;
        const release = meant === undefined ? undefined : state.slots[meant];
        if (meant === undefined || release === undefined)
            throw new errors/* UserError */.y(`slot: ${slot ?? 'live'} of ${service} holds no release on ${server.label}. Deploy one first, or correct slot.`);
        log.info(`Slot ${meant} holds ${release}.`);
        return {
            ...(slot !== undefined && { slot: slotListener(state.definition, meant) }),
            ...(maxErrorRate !== undefined && { errors: await errorRateCheck(server.connection(), state.definition, meant, maxErrorRate) }),
        };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** The results with that of the error rate judged by all requests there were. */
function withErrorRate(results, { errors }, percent) {
    if (errors === undefined || percent === undefined)
        return results;
    return results.map((result) => (result.name === errors.name ? concludeErrorRate(result, percent) : result));
}

;// CONCATENATED MODULE: ./build/actions/smoke-test/src/smoke-test.js










// Left of the time limit for the report, so that it says what was found rather than that time was up.
const REPORT_MS = 1_000;
/** Runs the checks until they pass or the time is up, reports what they found and what they would miss, and fails unless all passed. */
async function smokeTest(inputs, job) {
    const service = await lookUpService(inputs, job);
    const checks = gatherChecks(inputs, service);
    checks.flatMap(redaction/* maskable */.dm).forEach((secret) => job.mask(secret));
    const connection = keptConnection(async () => connectToServer(inputs, job));
    const context = { signal: job.signal, attemptTimeout: inputs.attemptTimeout, server: () => connection.server() };
    const readiness = { total: inputs.once ? 0 : inputs.timeout - Math.min(REPORT_MS, inputs.timeout / 10), successes: inputs.successes, ...(inputs.interval === undefined ? {} : { interval: inputs.interval }) };
    const started = performance.now();
    try {
        const measured = await job.log.group(checks.length === 1 ? 'Running the check' : `Running ${checks.length} checks`, () => runChecks(checks, context, readiness));
        const results = withErrorRate(measured, service, inputs.maxErrorRate);
        const verdict = (0,core_verdict/* overall */.M)(results.map((result) => result.verdict));
        const spots = blindSpots(checks, inputs.successes);
        job.output(outputsOf(verdict, results, performance.now() - started));
        job.summarise(summaryOf(verdict, results, spots));
        logResults(job.log, results, spots);
        if (verdict !== 'pass')
            throw new errors/* UserError */.y(verdictLine(verdict, results));
        job.log.info(verdictLine(verdict, results));
    }
    finally {
        connection.close();
    }
}
// SSH is most of the program, and most smoke tests need none.
async function connectToServer(inputs, { log, signal }) {
    const { connect } = await __nccwpck_require__.e(/* import() */ 310).then(__nccwpck_require__.bind(__nccwpck_require__, 5310));
    return connect((0,connection_inputs/* sshTarget */.ov)(inputs), log, signal);
}


/***/ }),

/***/ 112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dl: () => (/* binding */ parseUrl),
/* harmony export */   EQ: () => (/* binding */ checkRecord),
/* harmony export */   Rr: () => (/* binding */ parsePath),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   iT: () => (/* binding */ parseHeaderName)
/* harmony export */ });
/* unused harmony export parsePattern */
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2520);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4636);
/* harmony import */ var _shared_core_size__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4153);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9086);
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9281);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(3697);
/* harmony import */ var _status_range_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(7472);









const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
// RFC 9110, sections 5.1 and 5.5.
const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const LONGEST_SOCKET = 107;
const LONGEST_URL = 8_000; // characters; servers take no longer ones either
/** Every key a check of the list may have; which of them go together is the parser's matter. */
const checkRecord = (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .record */ .g1)({
    name: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(oneLine),
    url: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parseUrl),
    path: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parsePath),
    method: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parseMethod),
    headers: readHeaders,
    body: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)((given) => new _shared_core_secret__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .z(given)),
    host: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parseHost),
    'follow-redirects': (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .integer */ .nd)(0, 20),
    insecure: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .flag */ .Jt)(),
    'body-limit': (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(_shared_core_size__WEBPACK_IMPORTED_MODULE_3__/* .parseSize */ .D),
    timeout: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(_shared_core_duration__WEBPACK_IMPORTED_MODULE_1__/* .parseDuration */ .E),
    through: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parseThrough),
    socket: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parseSocket),
    port: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .integer */ .nd)(1, 65_535),
    status: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .list */ .p_)((0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .scalar */ .d_)(_status_range_js__WEBPACK_IMPORTED_MODULE_5__/* .parseStatus */ .i$)),
    'expect-headers': readHeaderExpectations,
    text: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .list */ .p_)((0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)()),
    matches: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .list */ .p_)((0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parsePattern)),
    json: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .list */ .p_)((0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .record */ .g1)({ path: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(), equals: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .anything */ .D8)(), matches: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parsePattern), exists: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .flag */ .Jt)() })),
    'max-response-time': (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(_shared_core_duration__WEBPACK_IMPORTED_MODULE_1__/* .parseDuration */ .E),
    version: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .record */ .g1)({ equals: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(oneLine), header: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parseHeaderName), 'json-path': (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)() }),
    tcp: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .scalar */ .d_)(parseTcp),
    banner: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(),
    command: readCommand,
    'exit-code': (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .integer */ .nd)(0, 255),
});
/** An http or https address. @throws {UserError} on anything else, blanks and control characters included. */
function parseUrl(given) {
    const url = given.length > LONGEST_URL || /[\s\u0000-\u001f\u007f\\]/.test(given) ? null : URL.parse(given);
    if (url === null || !/^https?:$/.test(url.protocol) || !isReadable(url.username + url.password))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('accepted is an address such as https://example.com/health');
    return url.href.replace(/#.*$/, '');
}
/** A path within the base address. @throws {UserError} when it could lead to another host. */
function parsePath(given) {
    if (given.length > LONGEST_URL || !/^\/(?!\/)[^\s\u0000-\u001f\u007f\\]*$/.test(given))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('accepted is a path that begins with one slash, such as /health');
    return given;
}
/** Text of one line. @throws {UserError} on control characters. */
function oneLine(given) {
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(given))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('accepted is one line of text without control characters');
    return given.trim();
}
/** A regular expression's source. @throws {UserError} when it is none. */
function parsePattern(given) {
    try {
        (0,_pattern_js__WEBPACK_IMPORTED_MODULE_4__/* .compile */ .wE)(given);
        return given;
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y(`accepted is a JavaScript regular expression (${(0,_shown_js__WEBPACK_IMPORTED_MODULE_8__/* .shown */ .S)(error.message, 200)})`);
    }
}
/** The name of a header. @throws {UserError} when it cannot be one. */
function parseHeaderName(given) {
    if (!HEADER_NAME.test(given))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y(`${(0,_shown_js__WEBPACK_IMPORTED_MODULE_8__/* .quoted */ .T)(given, 40)} cannot be the name of a header`);
    return given;
}
function isReadable(encoded) {
    try {
        return decodeURIComponent(encoded) !== undefined;
    }
    catch {
        return false; // a percent sign that stands for itself
    }
}
function parseMethod(given) {
    if (!METHODS.includes(given))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y(`accepted is one of ${METHODS.join(', ')}`);
    return given;
}
function parseHost(given) {
    const url = /[\s/?#@\\]/.test(given) ? null : URL.parse(`http://${given}`);
    if (url === null)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('accepted is a host name, with :port if it is not the usual one');
    return url.host;
}
function parseThrough(given) {
    if (given !== 'ssh')
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('accepted is ssh; leave it out to look from the runner');
    return given;
}
function parseSocket(given) {
    if (!given.startsWith('/') || given.includes('\0') || Buffer.byteLength(given) > LONGEST_SOCKET) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y(`accepted is the absolute path of a unix socket, ${LONGEST_SOCKET} bytes at most`);
    }
    return given;
}
// Without a host it is left empty: the server itself is meant.
function parseTcp(given) {
    if (given.startsWith('/'))
        return { socket: parseSocket(given) };
    const [, bracketed, plain, port] = /^(?:(?:\[([^\]]+)\]|([^\s:[\]/@\\]+)):)?(\d{1,5})$/.exec(given) ?? [];
    const isAddress = Number(port) >= 1 && Number(port) <= 65_535 && (bracketed === undefined || (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(bracketed));
    if (!isAddress)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('accepted is host:port or [IPv6 address]:port, and through: ssh also a port or the path of a socket alone');
    return { host: bracketed ?? plain ?? '', port: Number(port) };
}
// A header's value is taken as a secret: nothing about it is repeated.
function readHeaders(value, path, faults) {
    const headers = (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .dictionary */ .zz)((0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .scalar */ .d_)((given) => given))(value, path, faults);
    for (const [name, content] of Object.entries(headers ?? {})) {
        if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(content)) {
            faults.push(`${path}.${(0,_shown_js__WEBPACK_IMPORTED_MODULE_8__/* .shown */ .S)(name, 40)}: this cannot be a header: its name takes letters, digits and hyphens, its value no line breaks`);
        }
    }
    return headers && Object.fromEntries(Object.entries(headers).map(([name, content]) => [name, new _shared_core_secret__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .z(content)]));
}
function readHeaderExpectations(value, path, faults) {
    const expectation = (item, place, found) => (typeof item === 'object' ? (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .record */ .g1)({ text: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(), matches: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(parsePattern) })(item, place, found) : { text: (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .scalar */ .d_)((given) => given)(item, place, found) ?? '' });
    const headers = (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .dictionary */ .zz)(expectation)(value, path, faults);
    return headers && Object.entries(headers).map(([name, expected]) => ({ name, ...expected }));
}
function readCommand(value, path, faults) {
    const isRunnable = (given) => {
        if (given.includes('\0'))
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('accepted is a command without NUL bytes');
        return given;
    };
    return (Array.isArray(value) ? (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .list */ .p_)((0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(isRunnable)) : (0,_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)(isRunnable))(value, path, faults);
}


/***/ }),

/***/ 1405:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ parseChecks),
/* harmony export */   w: () => (/* binding */ joinUrl)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9115);
/* harmony import */ var _check_fields_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(112);
/* harmony import */ var _json_path_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9834);
/* harmony import */ var _dial_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4280);
/* harmony import */ var _shape_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9281);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3697);






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
    const entries = (0,_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .list */ .p_)(_check_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .checkRecord */ .EQ)(Array.isArray(yaml) ? yaml : [yaml], place, faults) ?? [];
    if (Array.isArray(yaml) && yaml.length === 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y('the list is empty, and no check is no evidence: give one, or leave checks out');
    const drafts = entries.map((entry, index) => draft(entry, `${place}[${index}]`, faults));
    faults.push(...(await Promise.all(entries.map((entry, index) => jsonPathFaults(entry, `${place}[${index}]`)))).flat());
    if (faults.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .y(faults.join('; '));
    return {
        drafts: drafts.filter((one) => one !== undefined),
        needsBase: entries.some((entry) => kindOf(entry) === 'http' && entry.url === undefined),
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
    const kind = kindOf(entry);
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
function kindOf(entry) {
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
    const faults = paths.map(async ([key, path]) => (path === undefined ? [] : (0,_json_path_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJsonPath */ .Hf)(path).then(() => [], (error) => [`${place}.${key}: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .b)(error)}`])));
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
    return { kind: 'tcp', name: entry.name ?? `tcp ${(0,_dial_js__WEBPACK_IMPORTED_MODULE_2__/* .addressText */ .GI)(address)}`, address, banner: entry.banner, timeout: entry.timeout, from };
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
    return (0,_shown_js__WEBPACK_IMPORTED_MODULE_5__/* .shown */ .S)(path?.split('?')[0] ?? `${host}${pathname}`);
}
function note(faults, fault) {
    faults.push(fault);
    return undefined;
}


/***/ }),

/***/ 9926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FN: () => (/* binding */ serverOf),
/* harmony export */   GI: () => (/* binding */ addressText),
/* harmony export */   zy: () => (/* binding */ dial)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8474);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2520);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_system_ssh_tunnel__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5603);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9926);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(674);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3697);








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
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_7__/* .UserError */ .y('This check looks from the server, and there is no connection to one: give host, user and ssh-key');
    try {
        return await (0,_deadline_js__WEBPACK_IMPORTED_MODULE_4__/* .orAborted */ .H6)(server(), signal);
    }
    catch (error) {
        if (!(error instanceof _deadline_js__WEBPACK_IMPORTED_MODULE_4__/* .TimeLimit */ .h9))
            throw error;
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_5__/* .NotMeasured */ .ke(`no SSH connection to the server within ${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a)(error.limitMs)}`);
    }
}


/***/ }),

/***/ 674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   kX: () => (/* binding */ WrongAnswer),
/* harmony export */   ke: () => (/* binding */ NotMeasured)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2520);
/* harmony import */ var _deadline_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9926);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3697);




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
        return { verdict: 'inconclusive', reason: `stopped before it was done: ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)((0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .b)(cause))}`, answered: false, isFinal: true };
    if (cause instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y)
        return { verdict: 'inconclusive', reason: (0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)(cause.message.replace(/\s*\n\s*/g, ' '), 2_000), answered: false, isFinal: true };
    if (cause?.name === 'ConnectionLost') {
        return { verdict: 'inconclusive', reason: `the SSH connection was lost: ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)((0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .b)(cause))}`, answered: false };
    }
    return networkFailure(cause, progress);
}
function overdue({ phase, target, bytes }, limitMs) {
    const limit = (0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(limitMs);
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
    const message = errors.map((one) => (0,_shown_js__WEBPACK_IMPORTED_MODULE_2__/* .shown */ .S)((0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .b)(one))).join(', ');
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hf: () => (/* binding */ parseJsonPath),
/* harmony export */   Lt: () => (/* binding */ select),
/* harmony export */   xC: () => (/* binding */ jsonFault)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9086);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3697);




/** An RFC 9535 path. @throws {UserError} when it is none. */
async function parseJsonPath(given) {
    const query = await loadQuery();
    try {
        query(null, given);
        return given;
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`accepted is a JSON path such as $.status (${(0,_shown_js__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .S)(error.message, 200)})`);
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
    return (await __nccwpck_require__.e(/* import() */ 525).then(__nccwpck_require__.bind(__nccwpck_require__, 4525))).query;
}
function isScalar(value) {
    return ['string', 'number', 'boolean'].includes(typeof value);
}
// Text has its quotes either way, so a number and the text of it can be told apart.
function json(value, say) {
    return typeof value === 'string' ? say(value) : say(JSON.stringify(value) ?? String(value)).slice(1, -1);
}


/***/ }),

/***/ 9086:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  wE: () => (/* binding */ compile),
  RN: () => (/* binding */ inTime),
  uv: () => (/* binding */ isMatch)
});

;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
// EXTERNAL MODULE: ./build/shared/checks/failure.js
var failure = __nccwpck_require__(674);
// EXTERNAL MODULE: ./build/shared/checks/shown.js
var shown = __nccwpck_require__(3697);
;// CONCATENATED MODULE: ./build/shared/checks/pattern.js



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
    return inTime(`The pattern ${(0,shown/* quoted */.T)(pattern)}`, () => expression.test(text));
}
/**
 * The task's result, computed at once.
 * @throws {NotMeasured} when it takes over two seconds.
 */
function inTime(what, task) {
    try {
        return (0,external_node_vm_namespaceObject.runInNewContext)('task()', { task }, { timeout: PATTERN_LIMIT_MS });
    }
    catch (error) {
        if (error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
            throw error;
        throw new failure/* NotMeasured */.ke(`${what} took over ${PATTERN_LIMIT_MS / 1_000} s on this text; simplify it`);
    }
}


/***/ }),

/***/ 5721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ redactor),
/* harmony export */   dm: () => (/* binding */ maskable),
/* harmony export */   zA: () => (/* binding */ shownUrl)
/* harmony export */ });
const HARMLESS = new Set([
    'accept', 'accept-charset', 'accept-encoding', 'accept-language', 'cache-control', 'connection', 'content-type', 'host', 'pragma', 'range', 'user-agent',
]);
const SHORTEST = 6;
const SENSITIVE_PARAMETER = /token|key|secret|sig|pass|auth|code|credential/i;
/** Strikes the secrets of a check's request out of a text, in plain, URL-encoded, JSON, HTML and base64 form. */
function redactor(check) {
    const forms = [...new Set(secretsOf(check).flatMap(formsOf))].sort((one, other) => other.length - one.length);
    return (text) => forms.reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
}
/** The secrets in a check's request, for whoever hides them in everything that is printed. */
function maskable(check) {
    return check.kind === 'http' ? secretsOf(check) : [];
}
/** A URL as it may be shown: no user information, and no value of a parameter whose name sounds secret. */
function shownUrl(text) {
    const url = new URL(text);
    url.username = '';
    url.password = '';
    for (const name of new Set(url.searchParams.keys()))
        if (SENSITIVE_PARAMETER.test(name))
            url.searchParams.set(name, 'redacted');
    return url.href;
}
function secretsOf({ url, headers = {}, body }) {
    const { username, password, searchParams } = new URL(url);
    const parameters = [...searchParams].filter(([name]) => SENSITIVE_PARAMETER.test(name)).map(([, value]) => value);
    const values = Object.entries(headers).filter(([name]) => !HARMLESS.has(name.toLowerCase())).map(([, value]) => value);
    const account = [decodeURIComponent(username), decodeURIComponent(password)];
    return [...values.flatMap(partsOf), ...(body ? partsOf(body) : []), ...parameters, ...account].filter((value) => value.length >= SHORTEST);
}
// A server may repeat the token without its scheme, one cookie of several, or the password of `Basic`.
function partsOf(secret) {
    const value = secret.reveal();
    const parts = value.split(/[\s;,&"'{}]+|[=:](?=\S)/).filter((part) => part.length >= 8);
    const account = /^basic\s+(\S+)$/i.exec(value)?.[1];
    const decoded = account === undefined ? '' : Buffer.from(account, 'base64').toString();
    return [value, ...parts, decoded, decoded.slice(decoded.indexOf(':') + 1)];
}
function formsOf(value) {
    const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    return [value, encodeURIComponent(value), new URLSearchParams({ '': value }).toString().slice(1), JSON.stringify(value).slice(1, -1), html,
        html.replaceAll("'", '&#39;'), Buffer.from(value).toString('hex'), ...base64Forms(value)];
}
// Inside a longer text a value has one of three base64 forms, by where it begins; the outer characters depend on its neighbours.
function base64Forms(value) {
    const whole = Buffer.from(value).toString('base64');
    const aligned = [0, 1, 2].map((shift) => {
        const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString('base64').replace(/=+$/, '');
        return text.slice(shift === 0 ? 0 : shift + 1, -1);
    });
    return [whole, ...aligned].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]).filter((form) => form.length >= SHORTEST);
}


/***/ }),

/***/ 9281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D8: () => (/* binding */ anything),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   d_: () => (/* binding */ scalar),
/* harmony export */   g1: () => (/* binding */ record),
/* harmony export */   nd: () => (/* binding */ integer),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   zz: () => (/* binding */ dictionary)
/* harmony export */ });
/* harmony import */ var _shared_core_nearest__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1544);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3697);



/** A record of known keys; an unknown one is a fault that names the nearest. A key without a value counts as absent. */
function record(readers) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are keys with values', value);
        const known = Object.keys(readers);
        faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, (0,_shown_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .S)(key, 40))} is unknown; the nearest is ${(0,_shared_core_nearest__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(key, known)}`));
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
        const entries = Object.entries(value).map(([key, item]) => [key, reader(item, join(path, (0,_shown_js__WEBPACK_IMPORTED_MODULE_0__/* .shown */ .S)(key, 40)), faults)]);
        return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    };
}
function text(parse = (given) => given) {
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
    return (value, path, faults) => text(parse)(typeof value === 'number' ? String(value) : value, path, faults);
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
    return typeof value === 'number' || typeof value === 'boolean' ? (0,_shown_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .T)(`${value}`) : 'a record';
}
function attempt(task, path, faults) {
    try {
        return task();
    }
    catch (error) {
        return refuse(faults, path, (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .b)(error));
    }
}
function join(path, key) {
    return path === '' ? key : `${path}.${key}`;
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
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`${(0,_shown_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .T)(entry)} is no HTTP status: write 200, 200-299 or 2xx, several with commas`);
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
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('a duration carries its unit: 500ms, 90s, 5m, 1h30m or 2d');
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
function twoUnits(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}


/***/ }),

/***/ 9115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ messageOf),
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * A fault the user can mend: shown as its message alone, without a stack.
 * The message says what happened, to what, why, and what to do. Any other error is a bug of ours and keeps its stack.
 */
class UserError extends Error {
    name = 'UserError';
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

/***/ 1338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ commandLine),
/* harmony export */   h: () => (/* binding */ quote)
/* harmony export */ });
const PLAIN = /^[A-Za-z0-9_/.,:=@%+-]+$/;
/**
 * Quotes a value as one word of POSIX shell, whatever bytes it holds.
 * @throws {TypeError} on a NUL byte, which no shell word can hold.
 */
function quote(value) {
    if (value.includes('\0'))
        throw new TypeError('A shell word cannot hold a NUL byte');
    return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
/** A command as one line of POSIX shell: every argument quoted, none of them interpreted. */
function commandLine(argv) {
    return argv.map(quote).join(' ');
}


/***/ }),

/***/ 4636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ Secret)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);

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
    [node_util__WEBPACK_IMPORTED_MODULE_0__.inspect.custom]() {
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('a size carries its unit: 512B, 64KiB, 100MB or 2GiB');
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

/***/ 2751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ overall)
/* harmony export */ });
/** The verdict over many: one failure fails, one gap in the evidence is inconclusive, and nothing at all is inconclusive. */
function overall(verdicts) {
    if (verdicts.includes('fail'))
        return 'fail';
    return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
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
/* harmony export */   eO: () => (/* binding */ optionalConnectionFields),
/* harmony export */   gf: () => (/* binding */ connectionMistakes),
/* harmony export */   ov: () => (/* binding */ sshTarget)
/* harmony export */ });
/* unused harmony export connectionFields */
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6835);



const CONNECT_RETRIES = 3;
const HOST = 'a host name or an IP address';
const JUMP = 'user@host:port, of which user and port may be left out';
const NAME = 'letters, digits, dots, hyphens and underscores, beginning with a letter or digit, 63 at most';
/** How to reach the server, and which service there is meant: the same in every action, and each may come from `env:` once per job. */
const connectionFields = {
    host: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Host name or IP address of the server.',
        required: true, env: 'DEPLOY_HOST', example: 'web1.example.com', accepts: HOST,
        check: (host) => (isHost(host) ? undefined : `accepted is ${HOST}`),
    }),
    port: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Port on which the server\'s SSH daemon listens.', default: '22', env: 'DEPLOY_PORT', min: 1, max: 65_535 }),
    user: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'User to log in as. It needs no root rights unless the service itself does.',
        required: true, env: 'DEPLOY_USER', example: 'deploy', check: checkUser,
    }),
    'ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({
        description: 'Private key of that user, the whole file: OpenSSH, PEM or PKCS8; Ed25519, ECDSA or RSA. Without it, the ssh-agent behind `SSH_AUTH_SOCK` is asked.',
        env: 'DEPLOY_SSH_KEY', example: '${{ secrets.DEPLOY_SSH_KEY }}',
    }),
    'ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'Passphrase of `ssh-key`, if it has one.', env: 'DEPLOY_SSH_PASSPHRASE' }),
    'known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Lines of a known_hosts file that name the server\'s host key, as `ssh-keyscan` prints them (hashed names and `[host]:port` work). A server whose key is neither here nor in `host-fingerprint` is refused, and the line to add is shown.',
        multiline: true, env: 'DEPLOY_KNOWN_HOSTS',
    }),
    'host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys, instead of or beside `known-hosts`; `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server prints one.',
        env: 'DEPLOY_HOST_FINGERPRINT', example: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', check: checkFingerprints,
    }),
    'jump-host': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Host to go through when the server cannot be reached directly: `user@host:port`. User and port default to `user` and 22.',
        env: 'DEPLOY_JUMP_HOST', example: 'deploy@bastion.example.com', accepts: JUMP,
        check: (jump) => (parseJumpHost(jump) ? undefined : `accepted is ${JUMP}`),
    }),
    'jump-ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'Private key for the jump host. Without it, `ssh-key` (or the agent) serves there too.', env: 'DEPLOY_JUMP_SSH_KEY' }),
    'jump-ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'Passphrase of `jump-ssh-key`, if it has one.', env: 'DEPLOY_JUMP_SSH_PASSPHRASE' }),
    'jump-known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Known-hosts lines of the jump host. They may as well stand in `known-hosts`.', multiline: true, env: 'DEPLOY_JUMP_KNOWN_HOSTS',
    }),
    'jump-host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys of the jump host.', env: 'DEPLOY_JUMP_HOST_FINGERPRINT', check: checkFingerprints,
    }),
    'connect-timeout': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)({
        description: 'How long one attempt to connect may take. Attempts that failed before the login are repeated up to three times.',
        default: '20s', env: 'DEPLOY_CONNECT_TIMEOUT', min: '1s', max: '10m',
    }),
    service: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Name of the service on the server: one service has one ledger, one lock, and one release that is live.',
        required: true, env: 'DEPLOY_SERVICE', example: 'shop', check: checkName,
    }),
    environment: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
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
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`To log in, ${missing.join('; ')}.`);
    const shared = { connectTimeout: inputs.connectTimeout, connectRetries: CONNECT_RETRIES };
    const login = identity(inputs.sshKey, inputs.sshPassphrase, agent);
    const target = {
        ...shared, ...login, host: bareHost(host), port: inputs.port, user,
        hostKeys: { knownHosts: inputs.knownHosts ?? '', fingerprints: inputs.hostFingerprint },
    };
    const jump = inputs.jumpHost === undefined ? undefined : parseJumpHost(inputs.jumpHost);
    if (!jump)
        return target;
    const jumpLogin = inputs.jumpSshKey ? identity(inputs.jumpSshKey, inputs.jumpSshPassphrase, agent) : login;
    const knownHosts = [inputs.jumpKnownHosts, inputs.knownHosts].filter((part) => part !== undefined).join('\n');
    return {
        ...target,
        jump: { ...shared, ...jumpLogin, ...jump, user: jump.user ?? user, hostKeys: { knownHosts, fingerprints: inputs.jumpHostFingerprint } },
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
    // Node's test for IPv6 takes 5 ms to compile, a tenth of an action's start; IPv4 has the form of a name.
    return host.includes(':') ? (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(bareHost(host)) : (host.length <= 253 && /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/.test(host));
}
function bareHost(host) {
    return host.replace(/^\[(.*)\]$/, '$1');
}
function checkUser(user) {
    return /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/.test(user) ? undefined : 'accepted is a login name: letters, digits and . _ - + @, not beginning with a hyphen, 64 at most';
}
function checkName(name) {
    return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) ? undefined : `accepted are ${NAME}`;
}
function checkFingerprints(fingerprints) {
    return fingerprints.every((line) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(line)) ? undefined : 'accepted are fingerprints such as SHA256: followed by 43 characters, as `ssh-keygen -l` prints them';
}
function parseJumpHost(jump) {
    const [, user, host = '', port = '22'] = /^(?:(.+)@)?(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(jump) ?? [];
    const isPort = Number(port) >= 1 && Number(port) <= 65_535;
    if (!isHost(host) || !isPort || (user !== undefined && checkUser(user) !== undefined))
        return undefined;
    return { ...(user !== undefined && { user }), host: bareHost(host), port: Number(port) };
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
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/**
 * A secret with its line ends as LF and none at its end, whatever the place it was pasted from added.
 * @throws {UserError} on a NUL byte.
 */
function secretText(given) {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('accepted is text without NUL bytes');
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
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return word;
}
/** A whole number within bounds. @throws {UserError} on anything else, `1e3`, `0x10` and `12abc` included. */
function integerIn(min, max, given, accepts) {
    const value = /^-?\d{1,16}$/.test(given.trim()) ? Number(given) : Number.NaN;
    if (!(value >= min && value <= max))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/** A measured value between two others of its kind. @throws {UserError} outside of them or without a unit. */
function withinRange(parse, range, given, accepts) {
    const value = parse(given.trim());
    const isTooSmall = range.min !== undefined && value < parse(range.min);
    const isTooLarge = range.max !== undefined && value > parse(range.max);
    if (isTooSmall || isTooLarge)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/** YAML 1.2's idea of a boolean (core schema), as GitHub documents it. @throws {UserError} on `yes`, `1`, `on` and the like. */
function flagOf(given) {
    const value = given.trim();
    if (!/^(?:true|True|TRUE|false|False|FALSE)$/.test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('accepted is true or false');
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
            return (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .b)(error);
        }
    };
}


/***/ }),

/***/ 6835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yq: () => (/* binding */ choice),
  p0: () => (/* binding */ fields_duration),
  Jt: () => (/* binding */ flag),
  nd: () => (/* binding */ integer),
  Mn: () => (/* binding */ lines),
  X1: () => (/* binding */ percentage),
  rJ: () => (/* binding */ secret),
  QK: () => (/* binding */ structure),
  Qq: () => (/* binding */ fields_text)
});

// UNUSED EXPORTS: size

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/core/percentage.js

/** What reads as a percentage, as it reads after "accepted is". */
const PERCENTAGE = 'a percentage such as 1% or 0.5%';
/** `0.5%` as the number of percent. @throws {UserError} on anything but a percentage up to 100, with two decimals at most. */
function parsePercentage(given) {
    const percent = /^(\d{1,3}(?:\.\d{1,2})?)\s*%$/.exec(given.trim())?.[1];
    if (percent === undefined || Number(percent) > 100)
        throw new errors/* UserError */.y(`accepted is ${PERCENTAGE}`);
    return Number(percent);
}

// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __nccwpck_require__(4153);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/yaml-text.js


const ITEM = 'a YAML list of plain values, or one value per line, without control characters';
/**
 * The values of a list written as YAML (`- one` or `[one, two]`) or one per line; blank lines are dropped.
 * @throws {UserError} on nested values, control characters or broken YAML.
 */
async function parseLines(given) {
    const items = isYamlList(given) ? await yamlItems(given) : given.split(/\r?\n/);
    return items.map((item) => (0,field_parsers/* plainText */.wh)(item, ITEM)).filter((item) => item !== '');
}
/**
 * What a piece of YAML 1.2 holds.
 * @throws {UserError} with the line and column of the first mistake; the text itself is not repeated.
 */
async function parseYaml(given, schema = 'core') {
    if (given.includes('\0'))
        throw new errors/* UserError */.y('accepted is YAML without NUL bytes');
    // Loaded on demand: most runs give no YAML, and it would be a tenth of their start-up time.
    const { LineCounter, parseDocument } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(given, { schema, prettyErrors: false, lineCounter });
    const [mistake] = document.errors;
    if (mistake) {
        const { line, col } = lineCounter.linePos(mistake.pos[0]);
        throw new errors/* UserError */.y(`the YAML has a mistake in line ${line}, column ${col}: ${mistake.message}`);
    }
    try {
        return document.toJS();
    }
    catch (error) {
        // An alias without its anchor, or so many aliases that they would fill the memory.
        throw new errors/* UserError */.y(`the YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function isYamlList(given) {
    return /^\s*-(?:\s|$)/.test(given) || /^\s*\[[^]*\]\s*$/.test(given);
}
async function yamlItems(given) {
    const list = await parseYaml(given, 'failsafe');
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string'))
        throw new errors/* UserError */.y(`accepted is ${ITEM}`);
    return list;
}

;// CONCATENATED MODULE: ./build/shared/runner/fields.js






/** A line of text, or several with `multiline`; control characters are refused. Surrounding blanks are dropped. */
function fields_text(options) {
    const isMultiline = options.multiline === true;
    const accepts = options.accepts ?? (isMultiline ? 'text without control characters' : 'one line of text without control characters');
    return optional('text', accepts, options, (given) => (0,field_parsers/* plainText */.wh)(given, accepts, isMultiline));
}
/** A value that is masked before anything is printed, and reaches the code as a Secret. */
function secret(options) {
    return optional('secret', 'text without NUL bytes', options, field_parsers/* secretText */.yD);
}
/** One of a few words. */
function choice(options) {
    const accepts = `one of ${options.options.join(', ')}`;
    return optional('choice', accepts, options, (given) => (0,field_parsers/* choiceOf */.FH)(options.options, given, accepts));
}
/** A whole number in decimal digits. */
function integer(options) {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
    const accepts = `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`;
    return optional('integer', accepts, options, (given) => (0,field_parsers/* integerIn */.wo)(min, max, given, accepts));
}
/** A percentage, as the number of percent. */
function percentage(options) {
    return optional('percentage', PERCENTAGE, options, parsePercentage);
}
/** A time span with its unit, as milliseconds. */
function fields_duration(options) {
    const accepts = `a duration with its unit, such as 90s or 5m${rangeOf(options)}`;
    const parse = (given) => (0,field_parsers/* withinRange */.R3)(duration/* parseDuration */.E, options, given, accepts);
    return optional('duration', accepts, options, parse);
}
/** A size with its unit, as bytes. */
function fields_size(options) {
    const accepts = `a size with its unit, such as 64KiB or 2GiB${rangeOf(options)}`;
    const parse = (given) => withinRange(parseSize, options, given, accepts);
    return optional('size', accepts, options, parse);
}
/** true or false; false when nothing is said. */
function flag(options) {
    return field('flag', 'true or false', options, (given) => (0,field_parsers/* flagOf */.iP)(given), false);
}
/** A YAML list, or one value a line; empty when nothing is said. */
function lines(options) {
    return field('lines', 'a YAML list, or one value per line', options, parseLines, []);
}
/** YAML that `parser` turns into a value; the parser throws UserError naming the place and what belongs there. */
function structure(options) {
    const parse = async (given) => options.parser(await parseYaml(given));
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
            throw new errors/* UserError */.y(complaint);
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

/***/ 8502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ neutralLines)
/* harmony export */ });
// The runner trims white space before it looks for a command, and compares texts in a way that does not see characters without width.
const UNSEEN = String.raw `[\s\u0085\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
const COMMAND = new RegExp(`^${UNSEEN}:${UNSEEN}:`, 'u');
const LEGACY_COMMAND = new RegExp(`#(?=${UNSEEN}#${UNSEEN}\\[)`, 'gu');
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
    const disarmed = bare.replace(LEGACY_COMMAND, '# ').replace(COMMAND, (start) => `| ${start}`);
    if (disarmed !== bare)
        return disarmed;
    return plain.map((part, index) => part + (colours[index] ?? '')).join('');
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
            if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y))
                throw error;
            mistakes.push(error.message);
        }
    }
    mistakes.push(...unknownInputs(action.inputs, environment));
    if (mistakes.length === 0)
        mistakes.push(...(action.check?.(values) ?? []));
    forgetSecrets(action.inputs, environment);
    if (mistakes.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(asOneMessage(action.name, mistakes));
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
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`${name} is missing${field.env ? `; give it under \`with:\`, or as ${field.env} in \`env:\`` : ''}`);
        return field.absent;
    }
    try {
        return await field.parse(given);
    }
    catch (error) {
        if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y))
            throw error;
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`${place}: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .b)(error)}; given was ${shown(field, given)}`);
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

/***/ 2094:
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
            finish(new errors/* UserError */.y(`It did not wind down within ${(0,duration/* formatDuration */.a)(grace)}${whileDoing(log.current)}.`));
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
    if (fault instanceof errors/* UserError */.y || fault instanceof cancelled/* Cancelled */.c)
        return fault.message;
    stacksOf(fault).forEach(showStack);
    return `${(0,errors/* messageOf */.b)(fault)}\nThis is a bug in ${action}, not in your workflow: please report it with the stack from the log.`;
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
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/masks.js


// Shorter pieces would hide half of every log and protect nothing.
const SHORTEST_PIECE = 4;
// The end of an address that is long enough to be a secret and no word.
const SHORTEST_END = 16;
const HIDDEN = '***';
/** An empty set of masks; `tell` hands each form to the runner, which hides it in what others print. */
function createMasks(tell) {
    const forms = new Set();
    const add = (value) => {
        for (const form of formsOf(value).filter((candidate) => !forms.has(candidate))) {
            forms.add(form);
            tell(form);
        }
        return new secret/* Secret */.z((0,field_parsers/* normaliseSecret */.fd)(value));
    };
    const redact = (text) => [...forms].filter((form) => form.length >= SHORTEST_PIECE && text.includes(form)).sort((one, other) => other.length - one.length)
        .reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
    return { add, redact };
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
    return [...new Set(forms)].filter((form) => form === whole || form.length >= SHORTEST_PIECE);
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
    return line.length >= SHORTEST_PIECE && /[\p{L}\p{N}]/u.test(line) && !/^-+ ?(?:BEGIN|END) [A-Z0-9 ]+-+$/.test(line);
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
        .filter((form) => form.length >= 2 * SHORTEST_PIECE);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
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
        addOutput(name, masks.redact(typeof value === 'string' ? value : JSON.stringify(value)));
    }
}
// By hand, because @actions/core loads all of node:crypto for its delimiter: a quarter of the time in which Node starts.
function addOutput(name, value) {
    let delimiter = 'END';
    while (value.includes(delimiter))
        delimiter += '_';
    const file = process.env['GITHUB_OUTPUT'];
    if (file)
        (0,external_node_fs_.appendFileSync)(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
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
    const reason = new errors/* UserError */.y(`${action.name} did not finish within ${(0,duration/* formatDuration */.a)(timeout)}, the limit set by its input timeout. The log shows what it was doing; raise timeout if that may take longer.`);
    // Node fires a timer of more than 2^31 ms at once.
    setTimeout(() => ending.stop(reason), Math.min(timeout, 2 ** 31 - 1)).unref();
}


/***/ }),

/***/ 5375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LB: () => (/* binding */ TunnelRefused),
/* harmony export */   ib: () => (/* binding */ openPort),
/* harmony export */   kn: () => (/* binding */ openSocket)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _line_state_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5375);


/** The server would not open a channel: `isForbidden` tells its rules from a peer that does not answer. */
class TunnelRefused extends _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y {
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
            const why = (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .b)(error).replace('(SSH) Channel open failure: ', '');
            reject(state.isLost ? new _line_state_js__WEBPACK_IMPORTED_MODULE_0__/* .ConnectionLost */ .p(state) : new TunnelRefused(state.label, to, reason === FORBIDDEN, why));
        });
    });
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
