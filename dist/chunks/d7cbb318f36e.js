export const id = 162;
export const ids = [162];
export const modules = {

/***/ 6162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   tryTcp: () => (/* binding */ tryTcp)
/* harmony export */ });
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8474);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _shared_core_duration__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2520);
/* harmony import */ var _dial_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4280);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(674);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3697);






const SETTLING_MS = 150;
const BANNER_LIMIT = 65_536;
/** Connects once, and reads the greeting if one is expected. Rejects with the system's error, or WrongAnswer. */
async function tryTcp(check, context, progress) {
    const started = performance.now();
    const connection = await (0,_dial_js__WEBPACK_IMPORTED_MODULE_3__/* .dial */ .zy)(check.address, check.from ?? 'runner', context, progress);
    const close = () => void connection.destroy();
    context.signal.addEventListener('abort', close, { once: true });
    connection.on('error', () => undefined);
    const connectMs = Math.round(performance.now() - started);
    const evidence = { target: (0,_dial_js__WEBPACK_IMPORTED_MODULE_3__/* .addressText */ .GI)(check.address), responseMs: connectMs };
    try {
        progress.phase = 'waiting';
        if (check.banner === undefined)
            await staysOpen(connection, context.signal);
        const banner = check.banner === undefined ? undefined : await readUntil(connection, check.banner, progress);
        const reason = `connected in ${(0,_shared_core_duration__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(connectMs)}`;
        if (banner === undefined)
            return { verdict: 'pass', reason, answered: true, evidence };
        return { verdict: 'pass', reason: `${reason}, greets with ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(banner)}`, answered: true, evidence: { ...evidence, output: (0,_shown_js__WEBPACK_IMPORTED_MODULE_5__/* .shown */ .S)(banner) } };
    }
    finally {
        context.signal.removeEventListener('abort', close);
        close();
    }
}
// A proxy with nothing behind it (Docker's, HAProxy, an SSH forward) accepts first and closes at once: that is no open port.
async function staysOpen(connection, signal) {
    const settled = new AbortController();
    const data = (0,node_events__WEBPACK_IMPORTED_MODULE_0__.once)(connection, 'data', { signal: settled.signal });
    const end = (0,node_events__WEBPACK_IMPORTED_MODULE_0__.once)(connection, 'end', { signal: settled.signal }).then(closed, closed);
    try {
        await Promise.race([data, end, (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(SETTLING_MS, undefined, { signal })]);
    }
    finally {
        settled.abort();
        data.catch(() => undefined);
        end.catch(() => undefined);
    }
}
function closed() {
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_4__/* .WrongAnswer */ .kX('accepted the connection and closed it at once, as a proxy with nothing behind it does');
}
async function readUntil(connection, wanted, progress) {
    const chunks = [];
    const text = () => Buffer.concat(chunks).toString();
    try {
        for await (const chunk of connection) {
            chunks.push(chunk);
            progress.bytes += chunk.length;
            if (text().includes(wanted))
                return text();
            if (progress.bytes > BANNER_LIMIT)
                break;
        }
    }
    catch (error) {
        if (chunks.length === 0)
            throw error;
    }
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_4__/* .WrongAnswer */ .kX(chunks.length === 0 ? `closed without a greeting, expected ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(wanted)}` : `greets with ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(text())}, expected ${(0,_shown_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(wanted)}`);
}


/***/ })

};
