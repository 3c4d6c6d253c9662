export const id = 755;
export const ids = [755];
export const modules = {

/***/ 5755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   awaitHealthy: () => (/* binding */ awaitHealthy),
/* harmony export */   healthQuestions: () => (/* binding */ healthQuestions),
/* harmony export */   listenerText: () => (/* binding */ listenerText),
/* harmony export */   portVariables: () => (/* binding */ portVariables),
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
/** The variables by which commands and compose files find the ports of a slot: PORT, and PORT_<NAME> for each further app. */
function portVariables({ ports, moreApps = {} }, slot) {
    const more = Object.entries(moreApps).map(([name, app]) => [`PORT_${name.toUpperCase().replaceAll('-', '_')}`, String(app.ports[slot])]);
    return { PORT: String(ports?.[slot] ?? ''), ...Object.fromEntries(more) };
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
        ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), ...portVariables(definition, slot) }),
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
 * It is asked in its slot, or at the listener given, and so are all further apps of the service.
 */
function awaitHealthy(definition, occasion, within, at) {
    const { slot, isFresh = false } = occasion;
    const seconds = String(Math.ceil(within / 1_000));
    // Containers tell by themselves that they ended (await_stack is of shared/containers).
    const patience = definition.strategy !== 'compose' || slot === undefined ? ['patiently', seconds] : ['await_stack', slot, seconds, isFresh ? 'fresh' : 'later'];
    const questions = healthQuestions(definition, occasion, at);
    return questions.length === 0 ? (0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)(patience) : `check_health() {\n${questions.join(' &&\n')}\n}\n${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)([...patience, 'check_health'])}`;
}
/** Sh texts, each of which succeeds when a part of the release answers as healthy: its first app, and each further one. */
function healthQuestions(definition, occasion, at) {
    const { health } = definition;
    const first = health.command !== '' ? [userCommand(definition, occasion, health.command)] : health.path === '' ? [] : [(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a)(question(definition, occasion, at))];
    return [...first, ...(occasion.slot === undefined ? [] : appQuestions(definition, occasion.slot, at).map(_shared_core_quote__WEBPACK_IMPORTED_MODULE_0__/* .commandLine */ .a))];
}
function question(definition, { slot }, at) {
    const listener = at ?? (slot === undefined ? undefined : slotListener(definition, slot));
    return listener === undefined ? ['answers', definition.health.path] : asking(definition.url, listener, definition.health.path);
}
function appQuestions(definition, slot, at) {
    const asked = Object.values(definition.moreApps ?? {}).filter(({ health }) => health !== '');
    return asked.map((app) => asking(app.url || definition.url, at ?? appListener(definition, app, slot), app.health));
}
// nginx-socket finds all apps of a slot behind the slot's one socket.
function appListener(definition, { ports }, slot) {
    return definition.router.name === 'nginx-socket' ? { socket: slotSocket(definition, slot) } : { host: '127.0.0.1', port: ports[slot] };
}
// The app may know its own name only, so it is asked by that, whatever it listens on.
function asking(url, listener, path) {
    const scheme = 'tls' in listener && listener.tls === true ? 'https' : 'http';
    const address = `${scheme}://${url === '' ? 'localhost' : new URL(url).host}${path}`;
    return ['answers', address, ...('socket' in listener ? ['--unix-socket', listener.socket] : ['--connect-to', `::${listener.host}:${listener.port}`])];
}


/***/ })

};
