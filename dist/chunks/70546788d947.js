export const id = 834;
export const ids = [834];
export const modules = {

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


/***/ })

};
