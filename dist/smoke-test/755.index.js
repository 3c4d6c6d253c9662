export const id = 755;
export const ids = [755];
export const modules = {

/***/ 5755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   awaitHealthy: () => (/* binding */ awaitHealthy),
/* harmony export */   listenerText: () => (/* binding */ listenerText),
/* harmony export */   slotListener: () => (/* binding */ slotListener),
/* harmony export */   slotSocket: () => (/* binding */ slotSocket),
/* harmony export */   userCommand: () => (/* binding */ userCommand)
/* harmony export */ });
/* harmony import */ var _shared_core_quote__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1338);

/** The socket of a slot, where its app listens, or the bridge to its port. */
function slotSocket({ runtimeDir }, slot) {
    return `${runtimeDir}/${slot}.sock`;
}
/** Where the router finds a slot: the app's port if it has one, which nginx-socket reaches by a bridge from the slot's socket. */
function slotListener(definition, slot) {
    const port = definition.router.name === 'nginx-socket' ? undefined : definition.ports?.[slot];
    return port === undefined ? { socket: slotSocket(definition, slot) } : { host: '127.0.0.1', port };
}
/** A listener as people and routers write it: `unix:/run/slipway/shop/blue.sock`, or `127.0.0.1:3001`. */
function listenerText(listener) {
    return 'socket' in listener ? `unix:${listener.socket}` : `${listener.host}:${listener.port}`;
}
/**
 * Sh text that runs a command of the user's under `sh -e`, with what it needs to know in its environment. The lock's descriptor is
 * closed where the command hands over to a supervisor: what lives on must not hold the lock. With `within`, milliseconds, it is ended then.
 */
function userCommand(definition, occasion, command, handsOver = true, within) {
    const { folder, release, slot, about } = occasion;
    const environment = {
        SERVICE: definition.service, ENVIRONMENT: definition.environment, SERVICE_PATH: definition.path, RELEASE: release ?? '', RELEASE_DIR: folder,
        ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), PORT: String(definition.ports?.[slot] ?? '') }),
        ...about,
    };
    return [
        '(',
        ...Object.entries(environment).map(([name, value]) => `export ${name}=${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .h)(value)}`),
        `cd ${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .h)(`${folder}/`)} 2>/dev/null || cd ${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .h)(definition.path)}`,
        `exec ${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)([...(within === undefined ? [] : ['timeout', String(Math.ceil(within / 1_000))]), 'sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
        ')',
    ].join('\n');
}
/**
 * Sh text that succeeds once the release answers as healthy, and fails with the reason when it has not within so many milliseconds.
 * It is asked in its slot, or at the listener given.
 */
function awaitHealthy(definition, occasion, within, at) {
    const { health, strategy } = definition;
    const { slot, isFresh = false } = occasion;
    const seconds = String(Math.ceil(within / 1_000));
    // Containers tell by themselves that they ended (await_stack is of shared/containers).
    const patience = strategy !== 'compose' || slot === undefined ? ['patiently', seconds] : ['await_stack', slot, seconds, isFresh ? 'fresh' : 'later'];
    if (health.command !== '')
        return `check_health() {\n${userCommand(definition, occasion, health.command)}\n}\n${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)([...patience, 'check_health'])}`;
    return (0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)([...patience, ...(health.path === '' ? [] : question(definition, occasion, at))]);
}
function question(definition, { slot }, at) {
    const listener = at ?? (slot === undefined ? undefined : slotListener(definition, slot));
    return listener === undefined ? ['answers', definition.health.path] : asking(definition, listener, definition.health.path);
}
// The app may know its own name only, so it is asked by that, whatever it listens on.
function asking({ url }, listener, path) {
    const scheme = 'tls' in listener && listener.tls === true ? 'https' : 'http';
    const address = `${scheme}://${url === '' ? 'localhost' : new URL(url).host}${path}`;
    return ['answers', address, ...('socket' in listener ? ['--unix-socket', listener.socket] : ['--connect-to', `::${listener.host}:${listener.port}`])];
}


/***/ })

};
