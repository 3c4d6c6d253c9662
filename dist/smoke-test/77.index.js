export const id = 77;
export const ids = [77,882,755];
export const modules = {

/***/ 4333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ parseCounters)
/* harmony export */ });
/** Reads a line of counters, `WHEN SLOT REQUESTS ERRORS MILLISECONDS OPEN`, in which `-` is what cannot be told. */
function parseCounters(line) {
    const [when = '', slot = '', ...numbers] = line.split(' ');
    const names = ['requests', 'errors', 'milliseconds', 'open'];
    return { when, slot, ...Object.fromEntries(names.flatMap((name, index) => (/^\d+$/.test(numbers[index] ?? '') ? [[name, Number(numbers[index])]] : []))) };
}


/***/ }),

/***/ 7857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JA: () => (/* binding */ parseDefinition),
/* harmony export */   e8: () => (/* binding */ hasSlots),
/* harmony export */   jq: () => (/* binding */ serviceKey)
/* harmony export */ });
/* unused harmony exports HOOKS, ROUTERS */
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9115);

/** The moments at which a command of the user's may run. */
const HOOKS = (/* unused pure expression or super */ null && (['before-prepare', 'after-prepare', 'before-publish', 'after-publish', 'on-failure', 'on-rollback']));
/** The routers there are. */
const ROUTERS = (/* unused pure expression or super */ null && (['nginx-socket', 'haproxy', 'nginx', 'caddy', 'traefik', 'kamal-proxy']));
/** Reads a recorded definition. @throws {UserError} when a newer version of these actions wrote it. */
function parseDefinition(text) {
    const definition = JSON.parse(text);
    if (definition.format !== 1) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`The service definition on the server has format ${definition.format}, written by a newer version of these actions. Use that version here too.`);
    }
    return definition;
}
/** The name of a service on its server: `shop.staging`. */
function serviceKey(service, environment) {
    return `${service}.${environment}`;
}
/** Whether releases of a service start beside each other in two slots, between which a router moves traffic. */
function hasSlots({ strategy }) {
    return strategy === 'slots' || strategy === 'compose';
}


/***/ }),

/***/ 3046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QR: () => (/* binding */ inspectCommand),
/* harmony export */   TQ: () => (/* binding */ receiveCommand),
/* harmony export */   kx: () => (/* binding */ executor),
/* harmony export */   rG: () => (/* binding */ scriptCommand),
/* harmony export */   sZ: () => (/* binding */ laneCommand)
/* harmony export */ });
/* unused harmony export roomScript */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _shared_core_quote__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1338);


/** Sh functions that tell how much room a disk has. */
const roomScript = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(__webpack_require__.ab + "room.sh", 'utf8');
/** The part every plan carries: locking, journal, healing, timers, following. POSIX sh. */
const executor = `${roomScript}\n${(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(__webpack_require__.ab + "executor.sh", 'utf8')}`;
const unpack = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(__webpack_require__.ab + "unpack.sh", 'utf8');
const receiver = `${roomScript}\n${unpack}\n${(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(__webpack_require__.ab + "receive.sh", 'utf8')}`;
const lane = `${roomScript}\n${unpack}\n${(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(__webpack_require__.ab + "lane.sh", 'utf8')}`;
const inspector = `${roomScript}\n${(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(__webpack_require__.ab + "inspect.sh", 'utf8')}`;
/** The command line that takes a plan's packet from standard input, starts it and follows it; see receive.sh for the arguments. */
function receiveCommand(state, planId, [length = '', generation = '', claim = ''] = [], attempt = '', unpacker = '') {
    return scriptCommand(receiver, [state, planId, length, generation, claim, attempt, unpacker]);
}
/** The command line that takes a part of that packet meanwhile. */
function laneCommand(state, planId, attempt, unpacker = '') {
    return scriptCommand(lane, [state, planId, attempt, unpacker]);
}
/** The command line that tells what a server knows of a service; see inspect.sh for the arguments. */
function inspectCommand(args) {
    return scriptCommand(inspector, [args.mark, args.key, args.path, args.runtimeDir, args.claim, args.base]);
}
/** A command line that runs a POSIX sh text with arguments, whatever the login shell is. */
function scriptCommand(script, args) {
    return (0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_1__/* .commandLine */ .a)(['sh', '-c', script, 'slipway', ...args]);
}


/***/ }),

/***/ 2882:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  definitionOf: () => (/* binding */ definitionOf),
  heldDefinitions: () => (/* binding */ heldDefinitions),
  idleSlot: () => (/* binding */ idleSlot),
  liveRelease: () => (/* binding */ liveRelease),
  parseInspection: () => (/* binding */ parseInspection),
  placeOf: () => (/* binding */ placeOf),
  slotHolding: () => (/* binding */ slotHolding)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
;// CONCATENATED MODULE: ./build/shared/server/ledger.js
const MOVES = new Set(['share', 'switch', 'confirm', 'back', 'rollback', 'close', 'open']);
/** The events of a ledger, oldest first. A torn line, left by a power cut, is passed over. */
function parseLedger(text) {
    return text.split('\n').flatMap((line) => {
        try {
            const event = JSON.parse(line);
            return typeof event.event === 'string' && typeof event.generation === 'number' ? [event] : [];
        }
        catch {
            return [];
        }
    });
}
/** The JSON members of an event, without braces, as `record` in the executor takes them. */
function members(fields) {
    return JSON.stringify(fields).slice(1, -1);
}
/** The members of a claim. Shell reads `run` and `url` back, so they hold no quote, comma or brace. */
function claimMembers(run, purpose) {
    const plain = (text) => text.replaceAll(/["\\,{}]|\p{Cc}/gu, '');
    return members({
        purpose, run: plain(run.id), attempt: run.attempt, url: plain(run.url), actor: run.actor, commit: run.commit,
    });
}
/** The newest claim, which alone may still change the service; undefined before the first. */
function latestClaim(events) {
    return events.findLast(({ event }) => event === 'claim');
}
/** The event that says where traffic goes now; undefined before the first switch. */
function lastMove(events) {
    return events.findLast(({ event }) => MOVES.has(event));
}
/** The releases that were verified while serving and have not been taken back since, newest last. */
function verifiedReleases(events) {
    const verified = new Set();
    for (const { event, release, undone } of events) {
        if (event === 'confirm' && release !== undefined) {
            verified.delete(release);
            verified.add(release);
        }
        // A rollback that went back itself undoes its target, which is as good as it was.
        if (event === 'rollback' && undone !== undefined)
            verified.delete(undone);
    }
    return [...verified];
}
/** The migrations that cannot be taken back, and whose barriers stand, but did not when the given release was last confirmed. */
function barriersSince(events, release) {
    const confirmed = events.findLastIndex((event) => event.event === 'confirm' && event.release === release);
    const [then, is] = [standingBarriers(events.slice(0, confirmed + 1)), standingBarriers(events)];
    return events.filter(({ barrier, plan }, index) => barrier === true && (plan === undefined ? index > confirmed : is.has(plan) && !then.has(plan)));
}
/** The plans whose barriers stand after these events. */
function standingBarriers(events) {
    const standing = new Set();
    for (const { barrier, plan, lifts, raises } of events) {
        if (barrier === true && plan !== undefined)
            standing.add(plan);
        if (lifts !== undefined)
            standing.delete(lifts);
        if (raises !== undefined)
            standing.add(raises);
    }
    return standing;
}

// EXTERNAL MODULE: ./build/shared/server/definition.js
var server_definition = __webpack_require__(7857);
;// CONCATENATED MODULE: ./build/shared/server/state.js



/** Reads what inspect.sh printed. @throws {UserError} when the answer was cut short. */
function parseInspection(output, mark) {
    const sections = parseSections(output, mark);
    const refused = sections.get('refused');
    if (refused !== undefined)
        return { kind: 'refused', reason: refused.trim() };
    const unknown = sections.get('unknown');
    if (unknown !== undefined)
        return { kind: 'unknown', known: words(unknown) };
    if (!sections.has('end'))
        throw new errors/* UserError */.yo(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
    return { kind: 'state', state: stateFrom(sections) };
}
/** What a slot holds. */
function placeOf(state, slot) {
    return { slot, release: state.slots[slot] };
}
/**
 * The service as a release knows it, in a slot or anywhere: commands, health check, apps and compose files are those it was deployed with, all
 * else is as `definition` says now. What runs keeps its ports; what is to be started takes those of now.
 */
function definitionOf(state, definition, { slot, release }) {
    const isHeld = slot !== undefined && release !== undefined && state.slots[slot] === release;
    const recorded = (isHeld ? state.definitions.get(`slots/${slot}`) : undefined) ?? state.definitions.get(`releases/${release}`) ?? state.definition ?? definition;
    // One of before there were slots does not know how to start in one.
    const own = (0,server_definition/* hasSlots */.e8)(recorded) === (0,server_definition/* hasSlots */.e8)(definition) ? recorded : definition;
    const { strategy, start, stop, restart, health, ports, moreApps, compose } = own;
    const known = { ...definition, strategy, start, stop, restart, health, ports, moreApps, compose };
    return isHeld ? known : { ...known, ports: ports && (definition.ports ?? ports), moreApps: moreApps && withPortsOf(definition, moreApps) };
}
function withPortsOf({ moreApps: now = {} }, apps) {
    return Object.fromEntries(Object.entries(apps).map(([name, app]) => [name, { ...app, ports: now[name]?.ports ?? app.ports }]));
}
/** What each slot that holds something was started with. */
function heldDefinitions(state, definition) {
    return Object.fromEntries(Object.keys(state.slots).map((slot) => [slot, definitionOf(state, definition, placeOf(state, slot))]));
}
/** The slot in which a release runs, if any; of two, the one users do not reach. */
function slotHolding(state, release) {
    const idle = idleSlot(state);
    return [idle, idle === 'blue' ? 'green' : 'blue'].find((slot) => state.slots[slot] === release);
}
/** The slot a new release goes to: the one users do not reach, before a reboot or after one. */
function idleSlot(state) {
    return (state.confirmed ?? state.live) === 'blue' ? 'green' : 'blue';
}
/** The release users reach, or undefined before the first. */
function liveRelease(state) {
    return state.live === undefined ? state.current : state.slots[state.live];
}
function stateFrom(sections) {
    const text = (name) => (sections.get(name) ?? '').trim();
    const links = new Map(text('links').split('\n').map((line) => line.split(' ', 2)));
    const [bytesLine = '', inodesLine = ''] = text('space').split('\n');
    const events = parseLedger(text('ledger'));
    const closed = closing(events);
    const live = slotOf(links.get('live.sock')) ?? slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot);
    return {
        folder: text('state'),
        claimed: text('claimed') === '' ? undefined : Number(text('claimed')),
        clock: Number(text('clock')),
        events,
        ledgerLength: Number(text('length')),
        definition: text('definition') === '' ? undefined : (0,server_definition/* parseDefinition */.JA)(text('definition')),
        definitions: parseDefinitions(text('definitions')),
        live,
        confirmed: slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot),
        closed,
        slots: definedSlots({ blue: baseName(links.get('blue')), green: baseName(links.get('green')) }),
        current: baseName(links.get('current')),
        standby: text('standby') || undefined,
        releases: words(text('releases')),
        unfinished: text('unfinished').split('\n').filter(Boolean).map((line) => ({ plan: line.split(' ', 1)[0], last: line.slice(line.indexOf(' ') + 1) })),
        interrupted: words(text('interrupted')),
        missingTools: words(text('tools')),
        unpackers: words(text('unpackers')),
        freeBytes: freeIn(bytesLine, 1_024),
        freeInodes: freeIn(inodesLine, 1),
    };
}
// One that a power cut has torn is passed over.
function parseDefinitions(text) {
    return new Map(text.split('\n').filter((line) => line.endsWith('}')).map((line) => [line.slice(0, line.indexOf(' ')), (0,server_definition/* parseDefinition */.JA)(line.slice(line.indexOf(' ')))]));
}
function closing(events) {
    const last = lastMove(events);
    return last?.event === 'close' ? last : undefined;
}
function parseSections(output, mark) {
    const parts = output.split(`\u001e${mark} `).slice(1);
    return new Map(parts.map((part) => {
        const end = part.indexOf('\n');
        return [part.slice(0, end), part.slice(end + 1)];
    }));
}
function slotOf(target) {
    const name = baseName(target)?.replace(/\.sock$/, '');
    return name === 'blue' || name === 'green' ? name : undefined;
}
function definedSlots(slots) {
    return Object.fromEntries(Object.entries(slots).filter(([, release]) => release !== undefined));
}
function baseName(target) {
    return target?.split('/').at(-1) || undefined;
}
function words(text) {
    return text.split(/\s+/).filter(Boolean);
}
// A file system without a fixed number of inodes, such as btrfs, has 0 of them, all told. Names of devices may hold blanks.
function freeIn(line, unit) {
    const [, free] = /\s[1-9]\d*\s+\d+\s+(\d+)\s+\d+%/.exec(line) ?? [];
    return free === undefined ? undefined : Number(free) * unit;
}


/***/ }),

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


/***/ }),

/***/ 77:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  errorRateCheck: () => (/* binding */ errorRateCheck)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var core_errors = __webpack_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/percentage.js
var percentage = __webpack_require__(4660);
// EXTERNAL MODULE: ./build/shared/server/counters.js
var counters = __webpack_require__(4333);
// EXTERNAL MODULE: ./build/shared/server/scripts.js
var scripts = __webpack_require__(3046);
// EXTERNAL MODULE: ./build/shared/server/state.js + 1 modules
var server_state = __webpack_require__(2882);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var quote = __webpack_require__(1338);
// EXTERNAL MODULE: ./build/shared/server/user-command.js
var user_command = __webpack_require__(5755);
;// CONCATENATED MODULE: ./build/shared/traffic/router.js



const common = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "traffic.sh", 'utf8');
const TOOLS = {
    'nginx-socket': ['awk'], haproxy: ['awk', 'socat'], nginx: ['awk', 'cksum'], caddy: ['awk', 'cksum', 'curl'], traefik: ['awk', 'cksum', 'curl'], 'kamal-proxy': ['awk'],
};
// What the functions need of the executor where there is none.
const WITHOUT_EXECUTOR = ["say() { printf '%s\\n' \"$*\"; }", 'now() { date +%s; }', 'nap() { sleep "$1" 2>/dev/null || sleep 1; }'].join('\n');
const nginxLog = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "nginx-log.sh", 'utf8');
const routeFile = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "route-file.sh", 'utf8');
const texts = {
    'nginx-socket': nginxLog + (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "nginx-socket.sh", 'utf8'),
    haproxy: (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "haproxy.sh", 'utf8'),
    nginx: nginxLog + routeFile + (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "nginx.sh", 'utf8'),
    caddy: routeFile + (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "caddy.sh", 'utf8'),
    traefik: routeFile + (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "traefik.sh", 'utf8'),
    'kamal-proxy': (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "kamal-proxy.sh", 'utf8'),
};
/** The sh functions by which a plan moves this service's traffic: those of its router, those that all routers share, and their settings. A slot is where what it holds was started. */
function routerFunctions(definition, { blue = definition, green = definition } = {}) {
    const { router, path, runtimeDir, service } = definition;
    const settings = {
        ROUTER_PATH: path, ROUTER_RUNTIME: runtimeDir, ROUTER_SERVICE: service,
        ROUTER_ENTRY: router.entry, ROUTER_CONFIG: router.config, ROUTER_CONTROL: router.control, ROUTER_TEST: router.test, ROUTER_RELOAD: router.reload, ROUTER_COOKIE: router.cookie ?? '',
        ROUTER_BLUE: (0,user_command.listenerText)((0,user_command.slotListener)(blue, 'blue')), ROUTER_GREEN: (0,user_command.listenerText)((0,user_command.slotListener)(green, 'green')),
        ROUTER_APPS: [...appsOf(blue, 'blue'), ...appsOf(green, 'green')].join('\n'),
    };
    return [...Object.entries(settings).map(([name, value]) => `${name}=${(0,quote/* quote */.h)(value)}`), common, texts[router.name]].join('\n');
}
function appsOf({ moreApps = {} }, slot) {
    return Object.entries(moreApps).map(([name, { ports }]) => `${slot}-${name} 127.0.0.1:${ports[slot]}`);
}
/** The same for a plain shell, which has no executor. */
function plainRouterFunctions(definition, held) {
    return `${WITHOUT_EXECUTOR}\n${routerFunctions(definition, held)}`;
}
/** The programs that a router needs on the server, besides those every plan needs and those of the user's commands. */
function routerTools({ router }) {
    return TOOLS[router.name];
}
/** Sh text for a plain shell that says in one sentence what the router is not fit for, and nothing where it is. */
function routerComplaint(definition) {
    return `${plainRouterFunctions(definition)}\nrouter_check 0`;
}
/** Sh text that calls one of those functions for a target. */
function route(verb, target) {
    return commandLine([verb, String(target)]);
}
/** Where users' requests come in on the server: the router's entry, or with nginx-socket the link that it follows. */
function entryListener({ router, runtimeDir }) {
    if (router.entry === '')
        return { socket: `${runtimeDir}/live.sock` };
    const { protocol, hostname, port } = new URL(router.entry);
    const tls = protocol === 'https:';
    return { host: hostname, port: port === '' ? (tls ? 443 : 80) : Number(port), tls };
}

;// CONCATENATED MODULE: ./build/shared/traffic/error-rate.js






/** Requests by which a rate is judged while more may come. */
const LEAST = 20;
/**
 * A check that of what a slot answers from now on, no more than so many percent are errors (5xx), as the router counts them.
 * @throws {UserError} where the router counts none.
 */
async function errorRateCheck(server, state, slot, percent) {
    const { definition } = state;
    const functions = plainRouterFunctions(definition, (0,server_state.heldDefinitions)(state, definition));
    const { stdout } = await server.exec((0,scripts/* scriptCommand */.rG)(`${functions}\nrouter_tell`, []));
    const { requests, errors } = stdout.split('\n').map((line) => (0,counters/* parseCounters */.b)(`now ${line}`)).find((counters) => counters.slot === slot) ?? {};
    if (requests === undefined || errors === undefined)
        throw new core_errors/* UserError */.yo(`max-error-rate: ${definition.router.name} on ${server.label} counts no errors of slot ${slot}. docs/routers.md says how it does.`);
    const judge = `requests_before=${requests} errors_before=${errors} most=${(0,percentage/* permyriad */.Ct)(percent)}\njudge_errors ${slot} ${LEAST} && say "$requests requests, $errors errors"`;
    return { kind: 'command', name: `errors of slot ${slot}`, command: ['sh', '-c', `${functions}\n${judge}`], text: ['requests'] };
}


/***/ })

};
