export const id = 166;
export const ids = [166];
export const modules = {

/***/ 2063:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ gatherChecks)
/* harmony export */ });
/* harmony import */ var _shared_checks_check_list__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4948);
/* harmony import */ var _shared_checks_shown__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3697);
/* harmony import */ var _shared_checks_status_range__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7472);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3347);




/** Every check that the inputs ask for: the simple one first, then those of the list. HTTP checks go to the slot, if one is meant. */
function gatherChecks(inputs, { slot, errors } = {}) {
    const url = inputs.url ?? (inputs.slot === undefined ? undefined : 'http://localhost');
    const listed = (inputs.checks?.drafts ?? []).map((draft) => draft(url));
    const all = url !== undefined && (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .hasSimpleCheck */ .N7)(inputs) ? [simpleCheck(inputs, url), ...listed] : listed;
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
    const url = path === undefined ? base : (0,_shared_checks_check_list__WEBPACK_IMPORTED_MODULE_0__.joinUrl)(base, path);
    return {
        kind: 'http',
        name: `GET ${(0,_shared_checks_shown__WEBPACK_IMPORTED_MODULE_3__/* .shown */ .S)(new URL(url).pathname)}`,
        url,
        expect: {
            maxResponseTime,
            ...(expectStatus === undefined ? {} : { status: (0,_shared_checks_status_range__WEBPACK_IMPORTED_MODULE_1__/* .parseStatus */ .i$)(expectStatus) }),
            ...(expectText === undefined ? {} : { text: [expectText] }),
            ...(expectVersion === undefined ? {} : { version: { equals: expectVersion, header: versionHeader, jsonPath: versionJsonPath } }),
        },
    };
}


/***/ }),

/***/ 3325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x: () => (/* binding */ measure_measure)
});

// EXTERNAL MODULE: ./build/shared/checks/status-range.js
var status_range = __webpack_require__(7472);
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
var redaction = __webpack_require__(5721);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var quote = __webpack_require__(1338);
// EXTERNAL MODULE: ./build/shared/checks/deadline.js
var deadline = __webpack_require__(9926);
// EXTERNAL MODULE: ./build/shared/checks/dial.js
var dial = __webpack_require__(4280);
// EXTERNAL MODULE: ./build/shared/checks/failure.js
var failure = __webpack_require__(674);
// EXTERNAL MODULE: ./build/shared/checks/pattern.js
var checks_pattern = __webpack_require__(6330);
// EXTERNAL MODULE: ./build/shared/checks/shown.js
var shown = __webpack_require__(3697);
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
        return { verdict: 'fail', reason: `still ran after ${(0,duration/* formatDuration */.a3)(limitMs)} and was ended`, evidence, answered: true };
    const faults = faultsOf(check, code, stdout, stderr);
    if (faults.length > 0)
        return { verdict: 'fail', reason: faults.join('; '), evidence, answered: true };
    return { verdict: 'pass', reason: `exit code ${code} in ${(0,duration/* formatDuration */.a3)(ms)}`, evidence, answered: true };
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
        throw new failure/* NotMeasured */.ke(`${server.label} did not say within ${(0,duration/* formatDuration */.a3)(patienceMs)} how the command ended`);
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
        case 'http': return (await __webpack_require__.e(/* import() */ 354).then(__webpack_require__.bind(__webpack_require__, 9354))).tryHttp(check, context, progress);
        case 'tcp': return (await __webpack_require__.e(/* import() */ 162).then(__webpack_require__.bind(__webpack_require__, 6162))).tryTcp(check, context, progress);
        case 'command': return tryCommand(check, limitMs, context, progress);
    }
}
// A forwarded connection ends alike whether the service closed it or SSH broke off underneath; asking SSH for anything tells which.
async function lineFault(check, { server, signal }, error) {
    const isForwarded = check.kind !== 'command' && check.from === 'server';
    if (!isForwarded || server === undefined || signal.aborted || error instanceof failure/* NotMeasured */.ke || error instanceof errors/* UserError */.yo)
        return undefined;
    try {
        await (0,deadline/* within */.ux)(LINE_LIMIT_MS, signal, async (limit) => (0,deadline/* orAborted */.H6)((await (0,deadline/* orAborted */.H6)(server(), limit)).exec('exit 0'), limit));
        return undefined;
    }
    catch (fault) {
        return new failure/* NotMeasured */.ke(`the SSH connection was lost: ${(0,shown/* shown */.S)((0,errors/* messageOf */.bD)(fault))}`);
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
    return { verdict: 'inconclusive', reason: isSaid ? reason : `stopped before it was done: ${(0,errors/* messageOf */.bD)(signal.reason)}; ${reason}` };
}
function isTimeUp(signal) {
    return signal.reason instanceof deadline/* TimeLimit */.h9;
}
function conclusion({ attempts, streak, answers, first, last }, { total, successes = 1 }, ms) {
    if (first === undefined || last === undefined)
        return { verdict: 'inconclusive', reason: 'was not measured' };
    if (last.verdict === 'pass' && streak < successes) {
        return { verdict: 'fail', reason: `passed ${streak} times in a row within ${(0,duration/* formatDuration */.a3)(total || ms)}, expected ${successes} times (${attempts} attempts)` };
    }
    if (attempts === 1)
        return last;
    const spent = `${attempts} attempts in ${(0,duration/* formatDuration */.a3)(ms)}`;
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
var verdict = __webpack_require__(2751);
// EXTERNAL MODULE: ./build/actions/smoke-test/src/service.js + 1 modules
var src_service = __webpack_require__(6984);
;// CONCATENATED MODULE: ./build/actions/smoke-test/src/measure.js






// Left of the time limit for the report, so that it says what was found rather than that time was up.
const REPORT_MS = 1_000;
/** Runs the checks until they pass or the time is up. */
async function measure_measure(inputs, { log, signal, mask }, { checks, service = {}, spent = 0, open }) {
    checks.flatMap(redaction/* maskable */.dm).forEach((secret) => mask(secret));
    const { timeout, attemptTimeout, successes, interval, once } = inputs;
    const connection = keptConnection(open);
    const context = { signal, attemptTimeout, server: () => connection.server() };
    const total = Math.max(1, timeout - spent - Math.min(REPORT_MS, timeout / 10));
    try {
        const measured = await log.group(checks.length === 1 ? 'Running the check' : `Running ${checks.length} checks`, () => runChecks(checks, context, { total: once ? 0 : total, successes, ...(interval === undefined ? {} : { interval }) }));
        const results = (0,src_service/* withErrorRate */.J)(measured, service, inputs.maxErrorRate);
        return { verdict: (0,verdict/* overall */.M)(results.map((result) => result.verdict)), results, spots: blindSpots(checks, successes) };
    }
    finally {
        connection.close();
    }
}


/***/ }),

/***/ 9228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MT: () => (/* binding */ verdictLine),
/* harmony export */   YG: () => (/* binding */ summaryOf),
/* harmony export */   Yz: () => (/* binding */ outputsOf),
/* harmony export */   ly: () => (/* binding */ logResults)
/* harmony export */ });
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2520);

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
        log.info(`${MARK[verdict]} ${name}: ${reason} [${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(durationMs)}]`);
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
            rows: results.map((result) => [result.name, `${MARK[result.verdict]} ${result.verdict}`, result.reason, String(result.attempts), (0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(result.durationMs)]),
        },
        details: [
            ...results.filter((result) => result.verdict !== 'pass').map((result) => ({ title: `What ${result.name} saw`, text: JSON.stringify(result.evidence, null, 2) })),
            ...(spots.length === 0 ? [] : [{ title: `What these settings would miss (${spots.length})`, text: spots.join('\n') }]),
        ],
    };
}
/** The action's outputs; with results of several hosts, each says of which. */
function outputsOf(verdict, results, ms) {
    const count = (kind) => results.filter((result) => result.verdict === kind).length;
    return {
        verdict,
        passed: count('pass'),
        failed: count('fail'),
        inconclusive: count('inconclusive'),
        duration: (0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_0__/* .inSeconds */ .F7)(ms),
        version: versionsIn(results),
        checks: results.map(({ host, name, verdict: found, reason, durationMs, attempts, evidence }) => ({
            host, name, verdict: found, reason, durationMs, attempts, status: evidence.status, version: evidence.version,
        })),
    };
}
function versionsIn(results) {
    const versions = results.flatMap(({ evidence }) => (evidence.version === undefined ? [] : [evidence.version]));
    return versions.length === 0 ? undefined : [...new Set(versions)].join(', ');
}


/***/ }),

/***/ 6984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ lookUpService),
  J: () => (/* binding */ withErrorRate)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
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


/** Looks up the slot and the router's counters, where the inputs ask for them. @throws {UserError} when the slot holds no release. */
async function lookUpService(inputs, log, server) {
    const { slot, service, environment, maxErrorRate } = inputs;
    if (service === undefined || (slot === undefined && maxErrorRate === undefined))
        return {};
    const [{ readDeployed }, { definitionOf, idleSlot }, { slotListener }, { errorRateCheck }] = await Promise.all([
        __webpack_require__.e(/* import() */ 328).then(__webpack_require__.bind(__webpack_require__, 3328)), __webpack_require__.e(/* import() */ 882).then(__webpack_require__.bind(__webpack_require__, 2882)), __webpack_require__.e(/* import() */ 755).then(__webpack_require__.bind(__webpack_require__, 5755)), __webpack_require__.e(/* import() */ 77).then(__webpack_require__.bind(__webpack_require__, 77)),
    ]);
    const state = await readDeployed(server, { service, environment });
    const meant = slot === 'idle' ? idleSlot(state) : slot === undefined || slot === 'live' ? state.live : slot;
    const release = meant === undefined ? undefined : state.slots[meant];
    if (meant === undefined || release === undefined)
        throw new errors/* UserError */.yo(`slot: ${slot ?? 'live'} of ${service} holds no release on ${server.label}. Deploy one first, or correct slot.`);
    log.info(`Slot ${meant} holds ${release}.`);
    return {
        ...(slot !== undefined && { slot: slotListener(definitionOf(state, state.definition, { slot: meant, release }), meant) }),
        ...(maxErrorRate !== undefined && { errors: await errorRateCheck(server.connection(), state, meant, maxErrorRate) }),
    };
}
/** The results with that of the error rate judged by all requests there were. */
function withErrorRate(results, { errors }, percent) {
    if (errors === undefined || percent === undefined)
        return results;
    return results.map((result) => (result.name === errors.name ? concludeErrorRate(result, percent) : result));
}


/***/ }),

/***/ 3166:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   smokeTest: () => (/* binding */ smokeTest)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9115);
/* harmony import */ var _shared_runner_connection_inputs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2405);
/* harmony import */ var _shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6681);
/* harmony import */ var _checks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2063);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3347);
/* harmony import */ var _measure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3325);
/* harmony import */ var _report_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9228);
/* harmony import */ var _service_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6984);
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








/** Runs the checks until they pass or the time is up, reports what they found and what they would miss, and fails unless all passed. */
async function smokeTest(inputs, job) {
    if (inputs.host.length > 1 && (0,_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .asksServer */ .Aj)(inputs))
        return (await Promise.all(/* import() */[__webpack_require__.e(485), __webpack_require__.e(244)]).then(__webpack_require__.bind(__webpack_require__, 3244))).smokeTestFleet(inputs, job);
    const service = await lookUpOne(inputs, job);
    const checks = (0,_checks_js__WEBPACK_IMPORTED_MODULE_2__/* .gatherChecks */ .t)(inputs, service);
    const started = performance.now();
    const { verdict, results, spots } = await (0,_measure_js__WEBPACK_IMPORTED_MODULE_4__/* .measure */ .x)(inputs, job, { checks, service, open: () => connectToServer(inputs, job) });
    job.output((0,_report_js__WEBPACK_IMPORTED_MODULE_5__/* .outputsOf */ .Yz)(verdict, results, performance.now() - started));
    job.summarise((0,_report_js__WEBPACK_IMPORTED_MODULE_5__/* .summaryOf */ .YG)(verdict, results, spots));
    (0,_report_js__WEBPACK_IMPORTED_MODULE_5__/* .logResults */ .ly)(job.log, results, spots);
    if (verdict !== 'pass')
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_6__/* .UserError */ .yo((0,_report_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictLine */ .MT)(verdict, results));
    job.log.info((0,_report_js__WEBPACK_IMPORTED_MODULE_5__/* .verdictLine */ .MT)(verdict, results));
}
async function lookUpOne(inputs, { log, signal }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (inputs.slot === undefined && inputs.maxErrorRate === undefined)
            return {};
        const { openServer } = await Promise.all(/* import() */[__webpack_require__.e(485), __webpack_require__.e(319)]).then(__webpack_require__.bind(__webpack_require__, 5319));
        const server = __addDisposableResource(env_1, await openServer((0,_shared_runner_connection_inputs__WEBPACK_IMPORTED_MODULE_0__/* .sshTarget */ .ov)((0,_shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(inputs, inputs.host[0])), log, signal), true);
        return await (0,_service_js__WEBPACK_IMPORTED_MODULE_7__/* .lookUpService */ .c)(inputs, log, server);
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
// SSH is most of the program, and most smoke tests need none.
async function connectToServer(inputs, { log, signal }) {
    const { connect } = await __webpack_require__.e(/* import() */ 485).then(__webpack_require__.bind(__webpack_require__, 485));
    return connect((0,_shared_runner_connection_inputs__WEBPACK_IMPORTED_MODULE_0__/* .sshTarget */ .ov)((0,_shared_runner_fleet_inputs__WEBPACK_IMPORTED_MODULE_1__/* .oneOf */ .yL)(inputs, inputs.host[0])), log, signal);
}


/***/ }),

/***/ 5721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

/***/ 1338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

/***/ 2751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ overall)
/* harmony export */ });
/** The verdict over many: one failure fails, one gap in the evidence is inconclusive, and nothing at all is inconclusive. */
function overall(verdicts) {
    if (verdicts.includes('fail'))
        return 'fail';
    return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}


/***/ })

};
