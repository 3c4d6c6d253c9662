export const id = 755;
export const ids = [755];
export const modules = {

/***/ 5755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   awaitHealthy: () => (/* binding */ awaitHealthy),
/* harmony export */   slotSocket: () => (/* binding */ slotSocket),
/* harmony export */   userCommand: () => (/* binding */ userCommand)
/* harmony export */ });
/* harmony import */ var _shared_core_quote__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1338);

/** The socket of a slot, where its app or the bridge to its port listens. */
function slotSocket({ runtimeDir }, slot) {
    return `${runtimeDir}/${slot}.sock`;
}
/**
 * Sh text that runs a command of the user's under `sh -e`, with what it needs to know in its environment. The lock's descriptor is
 * closed where the command hands over to a supervisor: what lives on must not hold the lock.
 */
function userCommand(definition, occasion, command, handsOver = true) {
    const { folder, release, slot } = occasion;
    const environment = {
        SERVICE: definition.service, ENVIRONMENT: definition.environment, SERVICE_PATH: definition.path, RELEASE: release ?? '', RELEASE_DIR: folder,
        ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), PORT: String(definition.ports?.[slot] ?? '') }),
    };
    return [
        '(',
        ...Object.entries(environment).map(([name, value]) => `export ${name}=${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .h)(value)}`),
        `cd ${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .h)(`${folder}/`)} 2>/dev/null || cd ${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .h)(definition.path)}`,
        `exec ${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)(['sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
        ')',
    ].join('\n');
}
/** Sh text that succeeds once the release answers as healthy, and fails with the reason when it has not within so many milliseconds. */
function awaitHealthy(definition, occasion, within, socket) {
    const { health, url } = definition;
    const seconds = String(Math.ceil(within / 1_000));
    if (health.command !== '')
        return `check_health() {\n${userCommand(definition, occasion, health.command)}\n}\npatiently ${seconds} check_health`;
    const by = socket ?? (occasion.slot === undefined ? undefined : slotSocket(definition, occasion.slot));
    if (by === undefined)
        return (0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)(['patiently', seconds, 'answers', health.path]);
    const host = url === '' ? 'localhost' : new URL(url).host;
    return (0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)(['patiently', seconds, 'answers', `http://${host}${health.path}`, by]);
}


/***/ })

};
