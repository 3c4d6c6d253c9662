export const id = 291;
export const ids = [291,834];
export const modules = {

/***/ 7692:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "e0d97440d23b1211907d.sh";

/***/ }),

/***/ 5211:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "d6a0e00d0f4d5e150e59.sh";

/***/ }),

/***/ 6333:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "4b6e539c4e011c7e92ff.sh";

/***/ }),

/***/ 4582:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "12b3b7a292bd1c2112c2.sh";

/***/ }),

/***/ 8554:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "2b4b8ee250545cf2c17c.sh";

/***/ }),

/***/ 1215:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "10f43328deede66cd01b.sh";

/***/ }),

/***/ 8291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollback: () => (/* binding */ rollback)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var core_quote = __webpack_require__(1338);
;// CONCATENATED MODULE: ./build/shared/core/run.js
/** What a ledger keeps of a run with each event. */
function runMembers({ id, attempt, url, actor, commit }) {
    return { run: id, attempt, url, actor, commit };
}

// EXTERNAL MODULE: ./build/shared/server/ledger.js
var ledger = __webpack_require__(3501);
;// CONCATENATED MODULE: ./build/shared/server/user-command.js

/** The socket of a slot, where its app listens, or the bridge to its port. */
function slotSocket({ runtimeDir }, slot) {
    return `${runtimeDir}/${slot}.sock`;
}
/** Where the router finds a slot: the app's port if it has one, which nginx-socket reaches by a bridge from the slot's socket. */
function user_command_slotListener(definition, slot) {
    const port = definition.router.name === 'nginx-socket' ? undefined : definition.ports?.[slot];
    return port === undefined ? { socket: slotSocket(definition, slot) } : { host: '127.0.0.1', port };
}
/** The variables by which commands and compose files find the ports of a slot: PORT, and PORT_<NAME> for each further app. */
function portVariables({ ports, moreApps = {} }, slot) {
    const more = Object.entries(moreApps).map(([name, app]) => [`PORT_${name.toUpperCase().replaceAll('-', '_')}`, String(app.ports[slot])]);
    return { PORT: String(ports?.[slot] ?? ''), ...Object.fromEntries(more) };
}
/** A listener as people and routers write it: `unix:/run/slipway/shop/blue.sock`, or `127.0.0.1:3001`. */
function user_command_listenerText(listener) {
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
        ...Object.entries(environment).map(([name, value]) => `export ${name}=${(0,core_quote/* quote */.h)(value)}`),
        `cd ${(0,core_quote/* quote */.h)(`${folder}/`)} 2>/dev/null || cd ${(0,core_quote/* quote */.h)(definition.path)}`,
        `exec ${(0,core_quote/* commandLine */.a)([...(within === undefined ? [] : ['timeout', String(Math.ceil(within / 1_000))]), 'sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
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
    return questions.length === 0 ? (0,core_quote/* commandLine */.a)(patience) : `check_health() {\n${questions.join(' &&\n')}\n}\n${(0,core_quote/* commandLine */.a)([...patience, 'check_health'])}`;
}
/** Sh texts, each of which succeeds when a part of the release answers as healthy: its first app, and each further one. */
function healthQuestions(definition, occasion, at) {
    const { health } = definition;
    const first = health.command !== '' ? [userCommand(definition, occasion, health.command)] : health.path === '' ? [] : [(0,core_quote/* commandLine */.a)(question(definition, occasion, at))];
    return [...first, ...(occasion.slot === undefined ? [] : appQuestions(definition, occasion.slot, at).map(core_quote/* commandLine */.a))];
}
function question(definition, { slot }, at) {
    const listener = at ?? (slot === undefined ? undefined : user_command_slotListener(definition, slot));
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

;// CONCATENATED MODULE: ./build/shared/containers/exit-code.js

/** A sh function that tells what a container ended with, also while it runs again: `last_exit_code CONTAINER`. */
const exitCodeFunction = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "exit-code.sh", 'utf8');

;// CONCATENATED MODULE: ./build/shared/containers/images/prune.js

/** Sh functions by which a plan removes the images that were brought for releases which are gone: `prune_images NAME`. */
const pruneFunctions = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "prune.sh", 'utf8');

;// CONCATENATED MODULE: ./build/shared/traffic/hook.js


const LIMIT = 300_000;
// Going back and clearing away have two minutes in all, and users come first.
const LIMIT_IN_A_HURRY = 30_000;
const MARGIN = 15_000;
/** The step that runs a hook which has to succeed before anything users see changes; none where the service has no such hook. */
function hookBefore(definition, hook, occasion) {
    const command = definition.hooks?.[hook];
    if (command === undefined)
        return [];
    return [{ name: hook, title: `Running the hook ${hook}`, phase: 'before', timeout: LIMIT, script: userCommand(definition, toldOf(hook, occasion), command) }];
}
/** The step that runs a hook when users are served already: its failure is told, and changes nothing. */
function hookAfter(definition, hook, occasion) {
    const command = definition.hooks?.[hook];
    if (command === undefined)
        return [];
    return [{ name: hook, title: `Running the hook ${hook}`, phase: 'after', timeout: LIMIT + MARGIN, script: attempt(definition, hook, occasion, command, LIMIT) }];
}
/** Sh text that runs a hook at the end of going back or clearing away, if there is one. Its failure is told, and changes nothing. */
function hookLast(definition, hook, occasion) {
    const command = definition.hooks?.[hook];
    return command === undefined ? [] : [attempt(definition, hook, occasion, command, LIMIT_IN_A_HURRY)];
}
function attempt(definition, hook, occasion, command, limit) {
    return `{\n${userCommand(definition, toldOf(hook, occasion), command, true, limit)}\n} || mark hook-failed ${hook} "$?"`;
}
function toldOf(hook, { run, other = '', ...occasion }) {
    const { url, actor, commit } = runMembers(run);
    const about = { HOOK: hook, RUN_ID: run.id, RUN_URL: url, ACTOR: actor, COMMIT: commit, [hook === 'on-rollback' ? 'UNDONE_RELEASE' : 'PREVIOUS_RELEASE']: other };
    return { ...occasion, about };
}

;// CONCATENATED MODULE: ./build/shared/containers/rolling/rolling.js








const script = (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(5211), __webpack_require__.b), 'utf8');
const MOMENT = 30_000;
const COMPOSE_LIMIT = 300_000;
const PULL_LIMIT = 1_800_000;
const HURRY = 30; // seconds; going back has two minutes in all
/** Whether a service is released so. */
function isRolling(definition) {
    return definition.strategy === 'compose-rolling' && definition.compose !== undefined;
}
/** Sh functions that the plan of a rolling release is made of. */
function rollingFunctions({ definition, release }) {
    const { compose, path, health } = definition;
    const own = health.command === '' ? ':' : userCommand(definition, { folder: `${path}/releases/${release}`, release }, `export CONTAINER\n${health.command}`);
    const settings = { PROJECT: compose.project, SERVICE_PATH: path, STOP_TIMEOUT: String(Math.ceil(compose.stopTimeout / 1_000)), PRE_STOP: compose.preStop, HAS_OWN_CHECK: health.command === '' ? 'no' : 'yes' };
    return [...Object.entries(settings).map(([name, value]) => `${name}=${(0,core_quote/* quote */.h)(value)}`), pruneFunctions, exitCodeFunction, script, `own_check() {\n${own}\n}`].join('\n');
}
/**
 * The steps that start a release's containers beside the old ones, wait until they are healthy, and then have the old ones finish. What must
 * never run twice is swapped in between.
 */
function rollingSteps(rolling) {
    const { definition, release, previous, run, purpose } = rolling;
    const { health: { timeout }, path } = definition;
    const draining = 2 * definition.compose.stopTimeout + COMPOSE_LIMIT;
    const step = (phase) => (name, title, limit, ...lines) => ({ name, title, phase, timeout: limit, script: lines.join('\n') });
    const [before, act, verify, after] = [step('before'), step('act'), step('verify'), step('after')];
    const seconds = String(Math.ceil(timeout / 1_000));
    const folder = `${path}/releases/${release}`;
    const who = runMembers(run);
    return [
        before('check-current', 'Checking that current is a link', MOMENT, (0,core_quote/* commandLine */.a)(['expect_link', `${path}/current`])),
        before('check-images', `Checking the images of ${release}`, PULL_LIMIT, (0,core_quote/* commandLine */.a)(['require_images', release])),
        before('start-lasting', 'Starting what lasts, where it is not there', COMPOSE_LIMIT, (0,core_quote/* commandLine */.a)(['start_lasting', release])),
        before('await-lasting', 'Waiting until what lasts is healthy', timeout + MOMENT, (0,core_quote/* commandLine */.a)(['await_lasting', seconds])),
        before('start-beside', `Starting ${release} beside what runs`, COMPOSE_LIMIT, (0,core_quote/* commandLine */.a)(['start_beside', release])),
        before('await-health', `Waiting until ${release} is healthy`, timeout + MOMENT, (0,core_quote/* commandLine */.a)(['await_containers', release, seconds, 'web'])),
        ...(purpose === 'deploy' ? hookBefore(definition, 'before-publish', { folder, release, run, other: previous }) : []),
        act('publish', `Making ${release} the one that stays`, MOMENT, (0,core_quote/* commandLine */.a)(['point', `${path}/current`, `releases/${release}`])),
        verify('swap-single', 'Stopping what must not run twice, and starting its successor', draining, (0,core_quote/* commandLine */.a)(['swap_single', release])),
        verify('check-live', `Checking that all of ${release} is healthy`, timeout + MOMENT, (0,core_quote/* commandLine */.a)(['await_containers', release, seconds, 'web', 'worker', 'singleton'])),
        after('record', 'Recording the release as verified', MOMENT, ...(purpose === 'rollback' ? [(0,core_quote/* commandLine */.a)(['record', 'rollback', (0,ledger/* members */.ol)({ ...who, release, undone: previous })])] : []), `record confirm ${(0,core_quote/* quote */.h)(`${(0,ledger/* members */.ol)({ ...who, release, by: purpose })},`)}"$(images_member ${(0,core_quote/* quote */.h)(release)})"`),
        after('drain', 'Having the old containers finish', draining, (0,core_quote/* commandLine */.a)(['drain_others', release])),
        ...hookAfter(definition, purpose === 'deploy' ? 'after-publish' : 'on-rollback', { folder, release, run, other: previous }),
    ];
}
/** Sh text that takes away what was started of a release that users are not to reach. */
function clearRolling({ definition, release }) {
    return `! noted 'begin start-beside' || [ "$(readlink ${(0,core_quote/* quote */.h)(`${definition.path}/current`)})" = ${(0,core_quote/* quote */.h)(`releases/${release}`)} ] || { hurry; ${(0,core_quote/* commandLine */.a)(['remove_release', release])}; }`;
}
/** Sh text that has the previous release stay after all; its containers have not been told to finish yet, but for what must not run twice. */
function rollingBack({ definition, release, previous, run, purpose }) {
    const current = `${definition.path}/current`;
    const record = (0,core_quote/* commandLine */.a)(['record', 'back', (0,ledger/* members */.ol)({ ...runMembers(run), undone: release, release: previous })]);
    const hooks = purpose === 'rollback' ? [] : [
        ...hookLast(definition, 'on-failure', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }),
        ...hookLast(definition, 'on-rollback', { folder: current, release: previous, run, other: release }),
    ];
    if (previous === undefined)
        return [`rm -f ${(0,core_quote/* quote */.h)(current)}`, record, 'hurry', (0,core_quote/* commandLine */.a)(['remove_release', release]), ...hooks].join('\n');
    const seconds = String(Math.min(Math.ceil(definition.health.timeout / 1_000), HURRY));
    return [
        'hurry',
        (0,core_quote/* commandLine */.a)(['point', current, `releases/${previous}`]),
        record,
        ...(previous === release ? [] : [
            `if [ -e "$(record_of ${(0,core_quote/* quote */.h)(previous)})" ]; then`,
            (0,core_quote/* commandLine */.a)(['swap_single', previous]),
            (0,core_quote/* commandLine */.a)(['start_beside', previous]),
            `${(0,core_quote/* commandLine */.a)(['await_containers', previous, seconds, 'web', 'worker', 'singleton'])} || say ${(0,core_quote/* quote */.h)(`${previous} is not healthy either`)}`,
            'fi',
            (0,core_quote/* commandLine */.a)(['remove_release', release]),
        ]),
        ...hooks,
    ].join('\n');
}
/** The step that keeps how a release runs, and with which images. */
function keepRecord({ definition: { compose }, release }) {
    const script = commandLine(['keep_record', release, ...(compose.envFile === '' ? [] : [compose.envFile])]);
    return { name: 'keep-record', title: `Keeping what ${release} is made of`, phase: 'before', timeout: MOMENT, script };
}
/** Sh text that removes the images that no release needs any more. */
const PRUNE = 'prune_images "$PROJECT"';
/** The step that removes the images that no release needs any more, once those releases are gone. */
function pruneImages() {
    return { name: 'prune-images', title: 'Removing images that no release needs', phase: 'after', timeout: COMPOSE_LIMIT, script: PRUNE };
}
/** A plan's texts for a rolling release. */
function rollingTexts(rolling) {
    return { steps: rollingSteps(rolling), clear: clearRolling(rolling), back: rollingBack(rolling), functions: rollingFunctions(rolling) };
}

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/shared/system/ssh/target.js
var ssh_target = __webpack_require__(9368);
;// CONCATENATED MODULE: ./build/shared/system/ssh/faults.js



// Each: what happened, to what, why, what to do. docs/connection-faults.md explains them at length; a test holds the two together.
const MESSAGES = {
    refused: (at) => `${place(at)} refused the connection: nothing listens there, or a firewall rejects it. Check ${input(at, 'host')} and ${input(at, 'port')}, and that sshd runs ("systemctl status ssh" on the server).`,
    'time-out': (at, limit) => `${place(at)} did not answer within ${limit}. Usually a firewall drops the packets, or the address is wrong. Check ${input(at, 'host')} and ${input(at, 'port')}, and that this runner's address may come in.`,
    silent: (at, limit) => `${place(at)} took the connection but did not finish the SSH greeting within ${limit}. The server is overloaded, or what listens on that port does not speak SSH. Check ${input(at, 'port')}, or raise connect-timeout.`,
    unreachable: (at) => `${place(at)} cannot be reached: there is no route to it from this runner. Check ${input(at, 'host')} and the network in between (VPN, private address).`,
    dns: (at) => `${at.host} has no address, so ${place(at)} cannot be reached. Check the spelling of ${input(at, 'host')}, and that its name is known outside your network.`,
    'dns-down': (at) => `The name server did not answer when asked for ${at.host}, so ${place(at)} cannot be reached. Try again, or give the address instead of the name in ${input(at, 'host')}.`,
    reset: (at) => `${place(at)} closed the connection before the log-in began. Something in between or a list of banned addresses (fail2ban, hosts.deny) turned it away, or sshd is just starting. Check the server's sshd log.`,
    crowded: (at, greeting) => `${place(at)} turned the connection away ("${greeting}"). It has too many log-ins under way, or punishes this address for failed ones. Raise MaxStartups or PerSourcePenalties in its sshd_config, or wait.`,
    'not-ssh': (at, greeting) => `${place(at)} answers, but not as an SSH server: it said "${greeting}". Check ${input(at, 'port')}: sshd's own port is wanted, usually 22.`,
    'no-common-algorithm': (at, what) => `${place(at)} and Slipway have no ${what} in common: the server is too old, or restricted. Allow a modern one in its sshd_config (host keys ssh-ed25519, ecdsa-sha2-*, rsa-sha2-*; ciphers aes-gcm, aes-ctr).`,
    handshake: (at, what) => `The SSH handshake with ${place(at)} failed: ${what}. Check the server's sshd log; a proxy in between may be changing the data.`,
    failed: (at, what) => `${place(at)} cannot be reached: ${what}. Check ${input(at, 'host')} and ${input(at, 'port')}.`,
    'host-key-unknown': (at, shown) => `The host key of ${place(at)} is not pinned, so it was refused and nothing was sent. ${shown}`,
    'host-key-changed': (at, shown) => `THE HOST KEY OF ${place(at)} HAS CHANGED, so it was refused and nothing was sent. Either the server was set up anew, or somebody is listening in between. ${shown}`,
    'host-key-wrong-type': (at, shown) => `The host key of ${place(at)} is of another type than the one pinned, so it was refused and nothing was sent. The server no longer has a key of the pinned type. ${shown}`,
    'host-key-revoked': (at, shown) => `The host key of ${place(at)} is marked @revoked in ${input(at, 'known-hosts')}, so it was refused and nothing was sent. Whoever uses it may have stolen it: give the server a new host key. ${shown}`,
    'host-key-authority': (at, shown) => `For ${place(at)} ${input(at, 'known-hosts')} has only a @cert-authority line, and certificates of hosts cannot be checked here. Pin the server's own key beside it. ${shown}`,
    'known-hosts-unreadable': (at, problem) => `${input(at, 'known-hosts')} for ${place(at)} cannot be read: ${problem}. Each line is "<host> <key type> <key>", as "ssh-keyscan" prints it; correct or remove it.`,
    'fingerprint-unreadable': (at, problem) => `${input(at, 'host-fingerprint')} for ${place(at)} cannot be read: ${problem}. Give what "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub" prints on the server: SHA256: and 43 characters.`,
    'no-key': (at) => `There is no key to log in to ${place(at)} with. Put a private key into ${input(at, 'ssh-key')}, or start an ssh-agent before this step (SSH_AUTH_SOCK).`,
    'key-unreadable': (at, problem) => `${input(at, 'ssh-key')} for ${place(at)} is not a readable private key: ${problem}. Paste the whole file, from its BEGIN line to its END line.`,
    'key-public': (at) => `${input(at, 'ssh-key')} for ${place(at)} is a public key; the private one is wanted. It is the file of the same name without ".pub", and begins with "-----BEGIN".`,
    'key-unsupported': (at, problem) => `${input(at, 'ssh-key')} for ${place(at)} cannot be used: ${problem}`,
    'passphrase-missing': (at) => `${input(at, 'ssh-key')} for ${place(at)} is encrypted, and there is no passphrase. Put it into ${input(at, 'ssh-passphrase')}, or use a key without one.`,
    'passphrase-wrong': (at) => `${input(at, 'ssh-passphrase')} does not open ${input(at, 'ssh-key')} for ${place(at)}. Check it with "ssh-keygen -y -f <key file>"; blanks and line ends around it count.`,
    'agent-failed': (at, problem) => `The ssh-agent failed while logging in to ${place(at)}: ${problem}. Check SSH_AUTH_SOCK ("ssh-add -l" must list the key), or give ${input(at, 'ssh-key')}.`,
    'agent-empty': (at) => `The ssh-agent holds no key to log in to ${place(at)} with. Add one with "ssh-add", or give ${input(at, 'ssh-key')}.`,
    'key-refused': (at, key) => `${place(at)} does not accept the key. ${key}`,
    'keys-not-accepted': (at, methods) => `${place(at)} lets nobody in by key, only by ${methods}. Set "PubkeyAuthentication yes" in its sshd_config.`,
    'second-factor': (at, methods) => `${place(at)} accepts the key but asks for more: ${methods}. Nobody is here to answer: exempt ${at.user} with "AuthenticationMethods publickey" in a Match User block of its sshd_config.`,
    'too-many-failures': (at) => `${place(at)} ended the log-in after too many refused keys (MaxAuthTries). The ssh-agent holds more keys than the server has patience for: give the right one in ${input(at, 'ssh-key')}.`,
    'login-closed': (at) => `${place(at)} closed the connection during the log-in. The account may be locked, expired or not in AllowUsers, or this address is banned. The server's sshd log ("journalctl -u ssh") says why.`,
    'login-time-out': (at, limit) => `${place(at)} did not decide about the key within ${limit}. Its user lookup (LDAP, PAM, DNS) may hang: set "UseDNS no" in its sshd_config, or raise connect-timeout.`,
    'jump-forbidden': (at) => `The jump host does not pass connections on to ${place(at)}. Allow it in the jump host's sshd_config (AllowTcpForwarding, PermitOpen), or drop the restriction of the key there.`,
    'jump-cannot-reach': (at, why) => `The jump host cannot reach ${place(at)}: ${why}. Check ${input(at, 'host')} and ${input(at, 'port')} as they are seen from the jump host, and its firewall.`,
};
/** Every kind of fault, for the documentation. */
const FAULT_KINDS = Object.keys(MESSAGES);
// Nothing of ours can have happened on the server yet, and the next attempt may well fare better.
const PASSING = ['refused', 'time-out', 'silent', 'unreachable', 'dns-down', 'reset', 'crowded', 'jump-cannot-reach'];
/** A connection that did not come to be, by the user's or the server's fault. */
class ConnectionFault extends errors/* UserError */.yo {
    kind;
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}
/** The fault of this kind, said of this server; `detail` is what the message needs beyond that, never a secret. */
function faultOf(kind, at, detail = '') {
    const message = MESSAGES[kind](at, detail);
    return new ConnectionFault(kind, message.replace(/^the /, 'The '));
}
/** The fault of a refused host key: what was shown, what was expected, and the line to pin. `others` are further keys the server showed. */
function hostKeyFault(at, refusal, others = []) {
    const shown = [refusal, ...others].map((each) => `${each.type} ${each.fingerprint}`).join(', ');
    const expected = refusal.expected.length === 0 ? '' : ` Pinned: ${refusal.expected.join(', ')}.`;
    if (refusal.reason === 'revoked')
        return faultOf('host-key-revoked', at, `Shown: ${shown}.`);
    const where = refusal.expected.length === 0 ? `add this line to ${input(at, 'known-hosts')}` : `pin this line in ${input(at, 'known-hosts')} instead`;
    const file = `/etc/ssh/ssh_host_${shortType(refusal.type)}_key.pub`;
    return faultOf(`host-key-${refusal.reason}`, at, `Shown: ${shown}.${expected} If "ssh-keygen -lf ${file}" on the server itself prints the shown fingerprint, ${where}:\n${refusal.pin}`);
}
/** Whether trying again may help and cannot repeat anything. */
function isPassing(error) {
    return error instanceof ConnectionFault && PASSING.includes(error.kind);
}
/** The same fault, saying how often it was tried. */
function afterTries(fault, tries, tookMs) {
    return new ConnectionFault(fault.kind, `${fault.message} Tried ${tries} times in ${(0,duration/* formatDuration */.a3)(tookMs)}.`);
}
/** Server and user as a message names them: `web1:22 as deploy`, `the jump host gate:22 as ops`. */
function place(at) {
    return `${at.isJump ? 'the jump host ' : ''}${(0,ssh_target/* hostAndPort */.P)(at.host, at.port)} as ${at.user}`;
}
function input(at, name) {
    if (!at.isJump)
        return name;
    return ['host', 'port', 'user'].includes(name) ? 'jump-host' : `jump-${name}`;
}
function shortType(type) {
    return type.startsWith('ecdsa') ? 'ecdsa' : type.replace('ssh-', '');
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/wire.js
/** SSH's length-prefixed string. */
function packString(value) {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
}
/** The first `count` length-prefixed strings of a blob, or undefined when it is too short to hold them. */
function unpackStrings(blob, count) {
    const strings = [];
    let at = 0;
    while (strings.length < count) {
        if (at + 4 > blob.length)
            return undefined;
        const end = at + 4 + blob.readUInt32BE(at);
        if (end > blob.length)
            return undefined;
        strings.push(blob.subarray(at + 4, end));
        at = end;
    }
    return strings;
}
/** The type a public key names itself by, such as `ssh-ed25519`; empty when the blob is not a key. */
function keyTypeOf(publicKey) {
    return unpackStrings(publicKey, 1)?.[0]?.toString('latin1') ?? '';
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/known-hosts.js


const LONGEST_SHOWN = 40;
/** The lines of a known_hosts text, and those that are none. Comments and blank lines are left out. */
function parseKnownHosts(text) {
    const lines = [];
    const unreadable = [];
    // A text kept in an environment file often has its line ends written out as \n.
    for (const [index, raw] of text.replaceAll(/\\r\\n|\\n/g, '\n').split(/\r\n|\r|\n/).entries()) {
        const trimmed = raw.trim();
        if (trimmed === '' || trimmed.startsWith('#'))
            continue;
        const parsed = parseLine(trimmed, index + 1);
        if ('problem' in parsed)
            unreadable.push(parsed);
        else
            lines.push(parsed);
    }
    return { lines, unreadable };
}
/** The lines that speak of this host and port. As in OpenSSH, a line without a port serves other ports too when none names the port. */
function linesFor(lines, host, port) {
    const bareName = host.toLowerCase();
    const exactName = `[${bareName}]:${port}`;
    const candidates = lines.filter(({ hosts }) => !isExcluded(hosts, bareName) && !isExcluded(hosts, exactName));
    const bare = candidates.filter(({ hosts }) => isNamed(hosts, bareName));
    const exact = candidates.filter(({ hosts }) => isNamed(hosts, exactName));
    const hasOwn = port !== 22 && exact.some(({ marker }) => marker !== 'revoked');
    // What is revoked for the host is revoked on each of its ports.
    return [...exact, ...bare.filter((line) => !exact.includes(line) && (!hasOwn || line.marker === 'revoked'))];
}
/** The line that pins a key: `web1 ssh-ed25519 AAAA...`, or `[web1]:2222 ...` for another port than 22. */
function knownHostsLine(host, port, key) {
    return `${port === 22 ? host : `[${host}]:${port}`} ${keyTypeOf(key)} ${key.toString('base64')}`;
}
function parseLine(text, line) {
    const words = text.split(/\s+/);
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
    if (marker !== undefined && marker !== '@revoked' && marker !== '@cert-authority')
        return { line, problem: `the marker ${marker.slice(0, LONGEST_SHOWN)} is unknown` };
    const [hosts = '', type = '', encoded = ''] = words;
    if (keyTypeOf(Buffer.from(type, 'base64')) === hosts)
        return { line, problem: `it begins with the key: put the host's name before ${hosts}` };
    if (encoded === '')
        return { line, problem: 'it is not "<host> <key type> <key>"' };
    const key = Buffer.from(encoded, 'base64');
    if (keyTypeOf(key) !== type)
        return { line, problem: `its key is damaged or not of the type ${type.slice(0, LONGEST_SHOWN)}` };
    return { line, marker: marker === undefined ? 'none' : marker === '@revoked' ? 'revoked' : 'cert-authority', hosts, type, key };
}
function isNamed(hosts, name) {
    return hosts.startsWith('|1|') ? isHashOf(hosts, name) : patternsOf(hosts).some((pattern) => isMatch(pattern, name));
}
function isExcluded(hosts, name) {
    return patternsOf(hosts).some((pattern) => pattern.startsWith('!') && isMatch(pattern.slice(1), name));
}
function patternsOf(hosts) {
    return hosts.startsWith('|') ? [] : hosts.toLowerCase().split(',');
}
function isHashOf(hashed, name) {
    const [, , salt = '', hash = ''] = hashed.split('|');
    return (0,external_node_crypto_.createHmac)('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
function isMatch(pattern, name) {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
    return new RegExp(`^${escaped}$`).test(name);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/host-keys.js



// The order of preference, and the signature algorithms of each type. SHA-1 signatures (ssh-rsa) are not accepted.
const ALGORITHMS = {
    'ssh-ed25519': ['ssh-ed25519'],
    'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
    'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
    'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
    'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};
/** Every type of host key that can be checked, in the order of preference. */
const HOST_KEY_TYPES = Object.keys(ALGORITHMS);
/** SHA256 fingerprint of a public key as ssh-keygen prints it. */
function fingerprintOf(key) {
    return `SHA256:${(0,external_node_crypto_.createHash)('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
/** A fingerprint in its one written form, from the forms people paste (a whole line of `ssh-keygen -l`, without the prefix); undefined when it is none. */
function normaliseFingerprint(text) {
    const [, digest] = /(?:^|\s)(?:SHA256:)?([A-Za-z0-9+/]{43})=?(?:\s|$)/.exec(text.trim()) ?? [];
    return digest === undefined ? undefined : `SHA256:${digest}`;
}
/** What is pinned for a host out of all known_hosts lines. */
function pinsFor(host, port, lines, fingerprints) {
    return { host, port, lines: linesFor(lines, host, port), fingerprints };
}
/** The algorithms of the given types, for the negotiation. */
function algorithmsOf(types) {
    return types.flatMap((type) => ALGORITHMS[type]);
}
/** All types, those pinned by a line first: the server follows our order, so it shows the key that is pinned if it has it. */
function preferredTypes(pins) {
    const pinned = new Set(pinnedLines(pins).map((line) => line.type));
    return [...HOST_KEY_TYPES.filter((type) => pinned.has(type)), ...HOST_KEY_TYPES.filter((type) => !pinned.has(type))];
}
/** Undefined when the key is pinned, else why it is refused. */
function judgeHostKey(pins, key) {
    const type = keyTypeOf(key);
    const fingerprint = fingerprintOf(key);
    const pinned = pinnedLines(pins);
    const isRevoked = pins.lines.some((line) => line.marker === 'revoked' && line.key.equals(key));
    if (!isRevoked && (pins.fingerprints.includes(fingerprint) || pinned.some((line) => line.key.equals(key))))
        return undefined;
    const expected = [...pinned.map((line) => `${line.type} ${fingerprintOf(line.key)} (line ${line.line})`), ...pins.fingerprints];
    return { reason: isRevoked ? 'revoked' : reasonFor(pins, type), type, fingerprint, pin: knownHostsLine(pins.host, pins.port, key), expected };
}
function reasonFor(pins, type) {
    const pinned = pinnedLines(pins);
    if (pins.fingerprints.length > 0 || pinned.some((line) => line.type === type))
        return 'changed';
    if (pinned.length > 0)
        return 'wrong-type';
    return pins.lines.some((line) => line.marker === 'cert-authority') ? 'authority' : 'unknown';
}
function pinnedLines(pins) {
    return pins.lines.filter((line) => line.marker === 'none');
}

// EXTERNAL MODULE: ./build/shared/system/ssh/line-state.js
var line_state = __webpack_require__(5375);
// EXTERNAL MODULE: ./build/shared/system/ssh/tunnel.js
var tunnel = __webpack_require__(5603);
;// CONCATENATED MODULE: ./build/shared/system/ssh/jump.js





/**
 * The way to a server through its jump host, opened within `limit` ms; the jump host itself may wait for minutes.
 * @throws {ConnectionFault} when it cannot or may not lead there.
 */
async function reachThrough(jump, at, limit, signal) {
    const opening = jump.openPort(at.host, at.port);
    const given = Promise.withResolvers();
    const abort = () => given.reject(signal?.reason);
    const timer = setTimeout(() => given.reject(faultOf('jump-cannot-reach', at, `it did not answer within ${(0,duration/* formatDuration */.a3)(limit)}`)), limit);
    signal?.addEventListener('abort', abort);
    try {
        return await Promise.race([opening, given.promise]);
    }
    catch (error) {
        opening.then((late) => late.destroy(), () => { });
        throw jumpFault(error, at);
    }
    finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
    }
}
function jumpFault(error, at) {
    if (error instanceof tunnel/* TunnelRefused */.LB)
        return error.isForbidden ? faultOf('jump-forbidden', at) : faultOf('jump-cannot-reach', at, error.why);
    if (error instanceof line_state/* ConnectionLost */.p)
        return faultOf('failed', at, (0,errors/* messageOf */.bD)(error));
    return error;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/module-folder.js
// ssh2 asks for __dirname, which a bundle in ESM form does not have; imported before ssh2 is loaded.
globalThis.__dirname ??= import.meta.dirname;


// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/shared/system/ssh/progress.js



const GREETING_LIMIT = 2_048;
/** Notes when the transport stands and what the server says first. To be called after ssh2 took the transport, which it has paused. */
function watchGreeting(transport, progress) {
    transport.once('connect', () => {
        progress.stage = 'greeting';
    });
    const note = (chunk) => {
        progress.greeting = (progress.greeting + chunk.toString('latin1')).slice(0, GREETING_LIMIT);
        const isSsh = /^SSH-/m.test(progress.greeting);
        if (isSsh)
            progress.stage = 'handshake';
        if (isSsh || progress.greeting.length === GREETING_LIMIT)
            transport.off('data', note);
    };
    transport.on('data', note);
}
/** The fault that a failed attempt shows, by how far it came and what went wrong. */
async function faultAt(progress, error, at, login, limitMs) {
    const limit = (0,duration/* formatDuration */.a3)(limitMs);
    const isTimeOut = error.level === 'client-timeout';
    if (progress.stage === 'reaching')
        return isTimeOut ? faultOf('time-out', at, limit) : reachingFault(error, at);
    if (progress.stage === 'login')
        return isTimeOut ? faultOf('login-time-out', at, limit) : loginFault(progress, error, at, login);
    if (isTimeOut)
        return faultOf('silent', at, limit);
    return progress.stage === 'greeting' ? greetingFault(progress, at) : handshakeFault(error, at);
}
function reachingFault(error, at) {
    switch (error.code) {
        case 'ECONNREFUSED': return faultOf('refused', at);
        case 'ETIMEDOUT': return faultOf('time-out', at, "the system's own limit");
        case 'ENOTFOUND': return faultOf('dns', at);
        case 'EAI_AGAIN': return faultOf('dns-down', at);
        case 'EHOSTUNREACH':
        case 'ENETUNREACH': return faultOf('unreachable', at);
        case 'ECONNRESET': return faultOf('reset', at);
        default: return faultOf('failed', at, (0,errors/* messageOf */.bD)(error));
    }
}
function greetingFault({ greeting }, at) {
    const said = printable(greeting);
    if (said === '')
        return faultOf('reset', at);
    // OpenSSH says so in plain text when it drops a connection unheard.
    return faultOf(/Exceeded MaxStartups|Not allowed at this time/.test(said) ? 'crowded' : 'not-ssh', at, said);
}
function handshakeFault(error, at) {
    const message = (0,errors/* messageOf */.bD)(error);
    const [, missing] = /no matching (.+)/.exec(message) ?? [];
    if (missing !== undefined)
        return faultOf('no-common-algorithm', at, missing.replace('host key format', 'type of host key').replace(/^[CS]->[CS] /, ''));
    const isCut = error.code === 'ECONNRESET' || message === CLOSED;
    return isCut ? faultOf('reset', at) : faultOf('handshake', at, printable(message));
}
async function loginFault({ methods, isPartlyIn }, error, at, login) {
    const { level } = error;
    const message = (0,errors/* messageOf */.bD)(error);
    if (level === 'agent')
        return faultOf('agent-failed', at, `${message} at ${login.agent}`);
    if (/too many authentication failures/i.test(message))
        return faultOf('too-many-failures', at);
    if (level !== 'client-authentication')
        return faultOf('login-closed', at);
    if (isPartlyIn)
        return faultOf('second-factor', at, methods.join(', '));
    if (methods.length > 0 && !methods.includes('publickey'))
        return faultOf('keys-not-accepted', at, methods.join(', '));
    return login.refused(at);
}
/** What is said of a line that closed before the log-in was done, where nothing says why. */
const CLOSED = 'No response from server';
function printable(text) {
    return text.replaceAll(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 80);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/quick-packets.js

/**
 * Hands what is written in one turn to the system in one call: ssh2 writes a packet in three parts, and the first, of 4 bytes, would travel by itself.
 * Only for sockets; elsewhere parts are not written together anyway.
 */
function writeTogether(socket) {
    const write = socket.write.bind(socket);
    socket.write = (...given) => {
        if (socket.writableCorked === 0) {
            socket.cork();
            process.nextTick(() => socket.uncork());
        }
        return write(...given);
    };
}
/**
 * Keeps the keys of AES-GCM ready from one packet to the next: ssh2 makes a cipher for each and gives it bytes, of which Node each time finds out
 * by two errors, thrown and caught, that they are no key object. That is a third of what sending takes.
 */
function keepKeysReady(client) {
    client.on('handshake', () => {
        const { _cipher: sealing, _decipher: opening } = client._protocol ?? {};
        if (Buffer.isBuffer(sealing?._encKey))
            sealing._encKey = (0,external_node_crypto_.createSecretKey)(sealing._encKey);
        if (Buffer.isBuffer(opening?._decipherKey))
            opening._decipherKey = (0,external_node_crypto_.createSecretKey)(opening._decipherKey);
    });
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/line.js





/** A TCP connection, perhaps still in the making. Without TCP_NODELAY each command waits for the peer's delayed acknowledgement: 250 ms for the first. */
function dialDirectly({ host, port }) {
    const socket = (0,external_node_net_.connect)({ host, port, noDelay: true });
    socket.on('error', () => { }); // it may fail before anybody attends to it; openLine looks
    writeTogether(socket);
    return socket;
}
/**
 * One attempt, offering these types of host key in this order. Returns the refusal when the server's key is not pinned.
 * @throws {ConnectionFault} for every other failure; the reason of the signal when it was aborted.
 */
async function openLine(attempt, types) {
    const { at, login, signal } = attempt;
    signal?.throwIfAborted();
    const transport = await attempt.reach();
    const progress = { stage: 'reaching', greeting: '', methods: [], isPartlyIn: false };
    const abort = () => void transport.destroy();
    signal?.addEventListener('abort', abort);
    const seen = {};
    try {
        // Only now, so that the server is being called meanwhile. Only the client: with its server, SFTP's tools and agents for HTTP, loading ssh2 takes half as long again.
        const { default: SshClient } = await Promise.all(/* import() */[__webpack_require__.e(789), __webpack_require__.e(849), __webpack_require__.e(297)]).then(__webpack_require__.t.bind(__webpack_require__, 6297, 19));
        if (transport.errored)
            throw transport.errored;
        if (transport.connecting !== true)
            progress.stage = 'greeting';
        return { client: await logIn(new SshClient(), transport, attempt, types, progress, seen), transport };
    }
    catch (error) {
        transport.destroy();
        signal?.throwIfAborted();
        if (seen.refusal !== undefined)
            return seen.refusal;
        throw await faultAt(progress, error, at, login, attempt.limit);
    }
    finally {
        signal?.removeEventListener('abort', abort);
    }
}
async function logIn(client, transport, attempt, types, progress, seen) {
    const ready = Promise.withResolvers();
    // The first listener stays: an error without one would end the process.
    client.on('error', ready.reject).once('ready', ready.resolve).once('close', () => ready.reject(new Error(CLOSED)));
    client.once('handshake', () => {
        progress.stage = 'login';
    });
    keepKeysReady(client);
    client.connect({
        sock: transport, // typed as a Readable, used as a Duplex
        username: attempt.at.user,
        readyTimeout: attempt.limit,
        keepaliveInterval: attempt.keepalive,
        keepaliveCountMax: 3,
        strictVendor: false,
        algorithms: { serverHostKey: algorithmsOf(types) },
        authHandler: inTurn(attempt.login, progress),
        hostVerifier: (key) => {
            const refusal = judgeHostKey(attempt.pins, key);
            if (refusal !== undefined)
                seen.refusal = refusal;
            return refusal === undefined;
        },
    });
    watchGreeting(transport, progress);
    await ready.promise;
    return client;
}
// Only ours: asking for "none" first, as ssh2 does by itself, costs a round trip.
function inTurn(login, progress) {
    const untried = [...login.methods];
    return (offered, isPartial) => {
        progress.methods = offered ?? [];
        progress.isPartlyIn = isPartial ?? false;
        return untried.shift() ?? false;
    };
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/key-text.js
/**
 * The key in a pasted text. Carriage returns, a missing last line end, blanks around lines, quotes, line ends written as `\n` or
 * turned into blanks, and a base64 layer around the whole are mended, because secrets lose their shape on the way into a store.
 */
function readKeyBlock(pasted) {
    const text = unpasted(pasted);
    const [, label = '', content = ''] = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \1-----/s.exec(text) ?? [];
    if (label === '')
        return notAKey(text);
    const [, header = '', rest = content] = /^\s*Proc-Type:\s*4,ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+,[0-9A-Fa-f]+)\s(.*)$/s.exec(content) ?? [];
    const body = rest.replaceAll(/\s/g, '');
    if (!/^[A-Za-z0-9+/]+=*$/.test(body))
        return { kind: 'key-unreadable', problem: 'there are characters in it that no key has' };
    return { label, header, body };
}
/** The block in its canonical form: lines of 64 characters, each ended. */
function formatKeyBlock({ label, header, body }) {
    const head = header === '' ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${header}\n\n`;
    return `-----BEGIN ${label}-----\n${head}${body.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END ${label}-----\n`;
}
function unpasted(pasted) {
    const text = pasted.replace(/^\uFEFF/, '').replaceAll(/\\r\\n|\\n|\\r/g, '\n').trim();
    return text.startsWith('LS0tLS1CRUdJTi') ? Buffer.from(text, 'base64').toString('latin1') : text;
}
function notAKey(text) {
    const unreadable = (problem) => ({ kind: 'key-unreadable', problem });
    const unsupported = (problem) => ({ kind: 'key-unsupported', problem });
    if (text === '')
        return unreadable('it is empty');
    if (/-cert-v01@openssh\.com/.test(text))
        return unsupported('it is a user certificate. Give the private key that it belongs to, and put its public key into authorized_keys on the server.');
    if (/^(?:ssh-|ecdsa-|sk-)\S+\s+AAAA/.test(text) || /-----BEGIN [A-Z0-9 ]*PUBLIC KEY-----/.test(text))
        return { kind: 'key-public', problem: '' };
    if (text.startsWith('PuTTY-User-Key-File-'))
        return unsupported('it is in PuTTY\'s format. Convert it with "puttygen key.ppk -O private-openssh -o key".');
    if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text))
        return unreadable('its END line is missing, so it was cut off while it was copied');
    if (/-----END [A-Z0-9 ]*PRIVATE KEY-----/.test(text))
        return unreadable('its BEGIN line is missing');
    if (/-----BEGIN /.test(text))
        return unreadable('it is another kind of PEM file');
    if (/^[~./][^\s]*$/.test(text))
        return unreadable('it looks like the path of a file, and the text of the key itself is wanted');
    return unreadable('it has no BEGIN line');
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/openssh-key.js

const MAGIC = 'openssh-key-v1\0';
/** The readable part of a key in OpenSSH's format, or undefined when it is damaged. */
function readOpenSshHeader(blob) {
    if (blob.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
        return undefined;
    const rest = blob.subarray(MAGIC.length);
    const [cipher, kdf, options] = unpackStrings(rest, 3) ?? [];
    if (cipher === undefined || kdf === undefined || options === undefined)
        return undefined;
    const keys = rest.subarray(12 + cipher.length + kdf.length + options.length + 4);
    const [publicKey] = unpackStrings(keys, 1) ?? [];
    return publicKey === undefined ? undefined : { cipher: cipher.toString('latin1'), type: keyTypeOf(publicKey) };
}
/** An ed25519 key (seed and public part, 32 bytes each) in OpenSSH's format, base64, not encrypted: the only form of it that ssh2 reads. */
function packEd25519(seed, point) {
    const publicKey = Buffer.concat([packString('ssh-ed25519'), packString(point)]);
    const check = Buffer.alloc(8); // two equal numbers: a sign of the right passphrase, which this key does not have
    const content = Buffer.concat([check, publicKey, packString(Buffer.concat([seed, point])), packString('')]);
    const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (content.length % 8)) % 8));
    const one = Buffer.from([0, 0, 0, 1]);
    return Buffer.concat([Buffer.from(MAGIC), packString('none'), packString('none'), packString(''), one, packString(publicKey), packString(Buffer.concat([content, padding]))]).toString('base64');
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/private-key.js




const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
/**
 * The private key, ready to sign with: ed25519, ECDSA or RSA in OpenSSH's format, PKCS1, SEC1 or PKCS8, encrypted or not.
 * @throws {ConnectionFault} saying what is wrong with the key or its passphrase, never quoting either.
 */
function readPrivateKey(at, key, passphrase, parse) {
    const block = readKeyBlock(key.reveal());
    if ('kind' in block)
        throw faultOf(block.kind, at, block.problem);
    const phrase = passphrase?.reveal() || undefined;
    return block.label.startsWith('OPENSSH') ? readOpenSsh(at, block, phrase, parse) : readPem(at, block, phrase, parse);
}
function readOpenSsh(at, block, passphrase, parse) {
    const header = readOpenSshHeader(Buffer.from(block.body, 'base64'));
    if (header === undefined)
        throw damaged(at);
    const { cipher, type } = header;
    if (type.startsWith('sk-'))
        throw unsupported(at, `it lives on a security key (${type}), which must be touched. Make one for deployments with "ssh-keygen -t ed25519", or forward an ssh-agent.`);
    if (type === 'ssh-dss')
        throw unsupported(at, dsaAdvice);
    if (cipher.startsWith('chacha20'))
        throw unsupported(at, `it is encrypted with ${cipher}. Encrypt it anew with "ssh-keygen -p -Z aes256-ctr -f <key file>".`);
    if (cipher !== 'none' && passphrase === undefined)
        throw faultOf('passphrase-missing', at);
    const parsed = parse(formatKeyBlock(block), passphrase);
    if ('getPublicSSH' in parsed)
        return parsed;
    if (/^Unsupported (?:OpenSSH|cipher|kdf)/.test(parsed.message))
        throw unsupported(at, `${parsed.message}. Make one with "ssh-keygen -t ed25519".`);
    // "Malformed" is said of the outer form only; a wrong passphrase shows as nonsense inside.
    throw cipher === 'none' || parsed.message.startsWith('Malformed') ? damaged(at) : faultOf('passphrase-wrong', at);
}
function readPem(at, block, passphrase, parse) {
    if (block.label.startsWith('DSA'))
        throw unsupported(at, dsaAdvice);
    const isEncrypted = block.header !== '' || block.label.startsWith('ENCRYPTED');
    if (isEncrypted && passphrase === undefined)
        throw faultOf('passphrase-missing', at);
    const parsed = parse(portable(at, private_key_open(at, block, isEncrypted ? passphrase : undefined)));
    if ('getPublicSSH' in parsed)
        return parsed;
    throw damaged(at);
}
function private_key_open(at, block, passphrase) {
    try {
        return (0,external_node_crypto_.createPrivateKey)({ key: formatKeyBlock(block), ...(passphrase === undefined ? {} : { passphrase }) });
    }
    catch {
        throw passphrase === undefined ? damaged(at) : faultOf('passphrase-wrong', at);
    }
}
// ssh2 reads neither PKCS8 nor most ciphers of encrypted PEM files; Node reads them all and writes what ssh2 reads.
function portable(at, key) {
    const type = key.asymmetricKeyType;
    if (type === 'rsa')
        return key.export({ type: 'pkcs1', format: 'pem' }).toString();
    if (type === 'ed25519') {
        const { d = '', x = '' } = key.export({ format: 'jwk' });
        return formatKeyBlock({ label: 'OPENSSH PRIVATE KEY', header: '', body: packEd25519(Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')) });
    }
    const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
    if (type === 'ec' && CURVES.includes(curve))
        return key.export({ type: 'sec1', format: 'pem' }).toString();
    throw unsupported(at, type === 'dsa' ? dsaAdvice : `it is a key of the type ${[type, curve].filter(Boolean).join(' ')}, which SSH does not use. Make one with "ssh-keygen -t ed25519".`);
}
const dsaAdvice = 'it is a DSA key, which no server accepts any more. Make one with "ssh-keygen -t ed25519".';
function damaged(at) {
    return faultOf('key-unreadable', at, 'its content is damaged or incomplete');
}
function unsupported(at, problem) {
    return faultOf('key-unsupported', at, problem);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/login.js





/** The login of a target, its key read and opened. @throws {ConnectionFault} when there is neither key nor agent, or the key is no good. */
async function prepareLogin(target, at) {
    if (target.key !== undefined) {
        const { default: { parseKey } } = await __webpack_require__.e(/* import() */ 789).then(__webpack_require__.t.bind(__webpack_require__, 1789, 19));
        const key = readPrivateKey(at, target.key, target.passphrase, parseKey);
        return { methods: signersOf(key).map((signer) => ({ type: 'publickey', username: at.user, key: signer })), refused: async () => faultOf('key-refused', at, adviceFor(at, key)) };
    }
    if (target.agent === undefined || target.agent === '')
        throw faultOf('no-key', at);
    const { createAgent } = await Promise.all(/* import() */[__webpack_require__.e(789), __webpack_require__.e(849)]).then(__webpack_require__.t.bind(__webpack_require__, 3849, 19));
    const agent = createAgent(target.agent);
    const keys = () => new Promise((resolve) => agent.getIdentities((error, found) => resolve(error ? [] : (found ?? []).filter((key) => typeof key === 'object' && 'getPublicSSH' in key))));
    return { methods: [{ type: 'agent', username: at.user, agent }], agent: target.agent, refused: async () => agentFault(at, await keys()) };
}
// ssh2 by itself offers RSA with SHA-256 alone (SHA-1 to servers that know no better), but a server may insist on SHA-512.
function signersOf(key) {
    if (key.type !== 'ssh-rsa')
        return [key];
    const sha512 = Object.assign(Object.create(key), { type: 'rsa-sha2-512', sign: (content) => key.sign(content, 'sha512') });
    return [sha512, key];
}
function agentFault(at, keys) {
    const [first, ...others] = keys;
    if (first === undefined)
        return faultOf('agent-empty', at);
    if (others.length === 0)
        return faultOf('key-refused', at, adviceFor(at, first));
    return faultOf('key-refused', at, `The ssh-agent offered ${keys.map(describe).join(', ')}. ${causes(at)}`);
}
function adviceFor(at, key) {
    return `Offered: ${describe(key)}. ${causes(at)} The line that lets it in:\n${key.type} ${key.getPublicSSH().toString('base64')}`;
}
function causes(at) {
    return `Either it is not in the authorized_keys of ${at.user} on ${(0,ssh_target/* hostLabel */.v)(at.host, at.port)}, or user is wrong, or sshd ignores that file because others may write to it or its folders ("chmod go-w ~ ~/.ssh ~/.ssh/authorized_keys").`;
}
function describe(key) {
    return `${key.type} ${fingerprintOf(key.getPublicSSH())}`;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
;// CONCATENATED MODULE: ./build/shared/system/ssh/happens.js
/** Resolves at the next event of this name. Unlike `once` of node:events it never rejects at an `error` event. */
function happens(emitter, event) {
    return new Promise((resolve) => void emitter.once(event, () => resolve()));
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/output.js
const KEPT = 1_048_576;
/**
 * Listens to a stream at once. With a handler each chunk goes there (its faults to `fail`) and nothing is kept;
 * without one the returned function gives the last MiB as text.
 */
function gather(stream, handler, fail) {
    const chunks = [];
    let size = 0;
    const keep = (chunk) => {
        chunks.push(chunk);
        size += chunk.length;
        while (size - (chunks[0]?.length ?? 0) >= KEPT)
            size -= chunks.shift()?.length ?? 0;
    };
    stream.on('data', (chunk) => {
        try {
            (handler ?? keep)(chunk);
        }
        catch (error) {
            fail(error); // thrown into ssh2 it would end the whole connection
        }
    });
    return () => textOf(Buffer.concat(chunks), size > KEPT);
}
function textOf(bytes, isCut) {
    if (!isCut)
        return bytes.toString();
    let start = bytes.length - KEPT;
    while (((bytes[start] ?? 0) & 0xc0) === 0x80)
        start += 1; // not in the middle of a character
    return bytes.subarray(start).toString();
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/exec.js






/**
 * Runs one command line.
 * @throws {ConnectionLost} when the line drops before the command was seen to end.
 */
function exec(client, state, command, options) {
    const feed = feedOf(options.stdin);
    // Derived, because one signal may serve many commands at once, and more than ten listeners on it look like a leak.
    const signal = options.signal && AbortSignal.any([options.signal]);
    return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        signal?.addEventListener('abort', () => reject(signal.reason));
        if (state.isLost)
            throw new line_state/* ConnectionLost */.p(state);
        const asked = performance.now();
        client.exec(command, (error, channel) => {
            if (error)
                return reject(state.isLost ? new line_state/* ConnectionLost */.p(state) : new errors/* UserError */.yo(refusalOf(state.label, error)));
            measure(state, performance.now() - asked);
            if (signal?.aborted)
                channel.close();
            signal?.addEventListener('abort', () => channel.close());
            // At once, not in a later microtask: a short command's last words may be in the same packet.
            attend(channel, feed, state, options).then(resolve, reject);
        });
    }).finally(() => feed.destroy());
}
// The channel is opened, then the command is asked for: two round trips.
function measure(state, took) {
    state.roundTrip = Math.min(state.roundTrip || Infinity, took / 2);
}
async function attend(channel, feed, state, options) {
    const failed = Promise.withResolvers();
    const fail = (error) => {
        failed.reject(error);
        channel.close();
    };
    const stdout = gather(channel, options.onOutput, fail);
    const stderr = gather(channel.stderr, options.onError, fail);
    const ended = endOf(channel);
    pump(feed, channel, ended).catch(fail);
    const code = await Promise.race([ended, failed.promise]);
    if (code === undefined || state.isLost)
        throw new line_state/* ConnectionLost */.p(state);
    return { code, stdout: stdout(), stderr: stderr() };
}
// Settles when both streams were read to their end; undefined when the channel closed without saying how the command ended.
async function endOf(channel) {
    let code;
    channel.once('exit', (status, signal) => {
        code = status ?? 128 + (external_node_os_.constants.signals[signal] ?? 127);
    });
    channel.on('error', () => { }); // writing to a command that has ended is no fault; its exit status says what happened
    await Promise.all([happens(channel, 'close'), happens(channel.stderr, 'close')]);
    return code;
}
// Read from the first moment on: a child process that ends before the channel is open would take its unread output with it.
function feedOf(stdin) {
    const source = stdin instanceof external_node_stream_.Readable ? stdin : external_node_stream_.Readable.from(stdin === undefined || stdin.length === 0 ? [] : [Buffer.from(stdin)], { objectMode: false });
    const feed = new external_node_stream_.PassThrough();
    feed.on('error', () => { }); // the pump sees it, if it is still at work
    (0,external_node_stream_.pipeline)(source, feed, () => { });
    return feed;
}
// By hand, because the channel never calls back for what is written after the command has closed it, and a pipeline would wait for ever.
async function pump(feed, channel, ended) {
    let isOver = false;
    const over = ended.then(() => {
        isOver = true;
        feed.destroy();
    });
    try {
        for await (const chunk of feed) {
            if (isOver || !channel.writable)
                return;
            if (!channel.write(chunk))
                await Promise.race([happens(channel, 'drain'), over]);
        }
        if (!isOver)
            channel.end();
    }
    catch (error) {
        if (!isOver)
            throw error;
    }
}
function refusalOf(label, error) {
    return `${label} refused to run a command: ${(0,errors/* messageOf */.bD)(error)}. Its sshd may limit sessions (MaxSessions), or the key may be restricted in authorized_keys.`;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/session.js




const GOODBYE_LIMIT = 1_000;
/** The connection over a logged-in line; `release` closes what it rests on (the jump host). */
function connectionOver({ client, transport }, label, release) {
    const state = (0,line_state/* watchLine */.u)(client, label, transport.destroyed);
    const closed = state.isLost ? Promise.resolve() : happens(client, 'close');
    void closed.then(release);
    const close = () => {
        client.end();
        // A server that is gone answers no goodbye, and its open socket would keep the process alive.
        const timer = setTimeout(() => transport.destroy(), GOODBYE_LIMIT).unref();
        void closed.then(() => clearTimeout(timer));
    };
    return {
        label,
        exec: (command, options = {}) => exec(client, state, command, options),
        roundTrip: () => state.roundTrip,
        openSocket: (path) => (0,tunnel/* openSocket */.kn)(client, state, path),
        openPort: (host, port) => (0,tunnel/* openPort */.ib)(client, state, host, port),
        close,
        async [Symbol.asyncDispose]() {
            close();
            await closed;
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/connection.js











const PACE = { keepalive: 10_000, backOff: 1_000 };
const LONGEST_PAUSE = 15_000;
const PROBLEMS_SHOWN = 5;
/**
 * Logs in, through the jump hosts if there are any. Tries again, waiting longer each time, only where the server could not be reached: never once a log-in has begun.
 * @throws {ConnectionFault} with its own message for every fault; the signal's reason when it is aborted.
 */
function connect(target, log, signal, pace = PACE) {
    // Derived, because a fleet connects at once, and more than ten listeners on one signal look like a leak.
    return connectParty(target, false, log, signal && AbortSignal.any([signal]), pace);
}
async function connectParty(target, isJump, log, signal, pace) {
    const at = { host: target.host, port: target.port, user: target.user, isJump };
    const pins = readPins(target, at);
    // The server is called while ssh2 is loaded and the key read; a key that is no good hangs up before a word was said.
    const early = target.jump === undefined ? [dialDirectly(at)] : [];
    const login = await prepareLogin(target, at).catch(hangUp(early));
    const jump = target.jump === undefined ? undefined : await connectParty(target.jump, true, log, signal, pace);
    const limit = target.connectTimeout;
    const reach = jump === undefined ? async () => early.pop() ?? dialDirectly(at) : () => reachThrough(jump, at, limit, signal);
    const attempt = { at, login, pins, limit, keepalive: pace.keepalive, signal, reach };
    try {
        const line = await withRetries(() => openPinnedLine(attempt), target.connectRetries, pace, log, signal);
        log.info(`Connected to ${place(at)}.`);
        return connectionOver(line, (0,ssh_target/* hostLabel */.v)(at.host, at.port), () => jump?.close());
    }
    catch (error) {
        jump?.close();
        return hangUp(early)(error);
    }
}
function hangUp(sockets) {
    return (reason) => {
        for (const socket of sockets)
            socket.destroy();
        throw reason;
    };
}
function readPins({ host, port, hostKeys }, at) {
    const { lines, unreadable } = parseKnownHosts(hostKeys.knownHosts);
    if (unreadable.length > 0)
        throw faultOf('known-hosts-unreadable', at, listed(unreadable.map(({ line, problem }) => `line ${line}: ${problem}`)));
    const given = hostKeys.fingerprints.filter((text) => text.trim() !== '');
    const fingerprints = given.map(normaliseFingerprint).filter((text) => text !== undefined);
    const bad = given.findIndex((text) => normaliseFingerprint(text) === undefined);
    if (bad >= 0)
        throw faultOf('fingerprint-unreadable', at, `number ${bad + 1} is not a SHA256 fingerprint`);
    return pinsFor(host, port, lines, fingerprints);
}
function listed(problems) {
    const left = problems.length - PROBLEMS_SHOWN;
    return [...problems.slice(0, PROBLEMS_SHOWN), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}
// A fingerprint does not tell its key's type, and a server shows one key only: if that is not it, the server is asked for its other types one by one.
async function openPinnedLine(attempt) {
    const first = await openLine(attempt, preferredTypes(attempt.pins));
    if ('client' in first)
        return first;
    const others = [];
    const isWorthAsking = attempt.pins.fingerprints.length > 0 && first.reason !== 'revoked';
    for (const type of isWorthAsking ? HOST_KEY_TYPES.filter((each) => each !== first.type) : []) {
        const outcome = await openLine(attempt, [type]).catch(unlessAbsent);
        if (outcome === undefined)
            continue;
        if ('client' in outcome)
            return outcome;
        others.push(outcome);
    }
    throw hostKeyFault(attempt.at, first, others);
}
function unlessAbsent(error) {
    if (error.kind !== 'no-common-algorithm')
        throw error;
}
async function withRetries(attempt, retries, pace, log, signal) {
    const began = performance.now();
    for (let tries = 1;; tries += 1) {
        try {
            return await attempt();
        }
        catch (error) {
            if (!isPassing(error))
                throw error;
            if (tries > retries)
                throw tries === 1 ? error : afterTries(error, tries, performance.now() - began);
            const wait = Math.min(pace.backOff * 2 ** (tries - 1), LONGEST_PAUSE);
            log.info(`${error.message} Trying again in ${(0,duration/* formatDuration */.a3)(wait)} (${tries} of ${retries}).`);
            await (0,promises_.setTimeout)(wait, undefined, { signal }).catch(() => signal?.throwIfAborted());
        }
    }
}

// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __webpack_require__(4153);
;// CONCATENATED MODULE: ./build/shared/server/outcome.js

/** The outcome that a plan's progress amounts to. */
function outcomeOf(plan, told) {
    const failure = told.find((progress) => progress.kind === 'end' && progress.code !== 0);
    const failedStep = failure?.kind === 'end' ? failure.step : undefined;
    const last = (kind) => told.findLast((progress) => progress.kind === kind);
    return {
        plan,
        state: last('state')?.state,
        failedStep,
        exitCode: failure?.kind === 'end' ? failure.code : undefined,
        timedOutAfter: last('timeout')?.seconds,
        full: told.find((progress) => progress.kind === 'full'),
        refusedBy: last('refused')?.by,
        holders: told.filter((progress) => progress.kind === 'holder'),
        newer: last('newer'),
        healed: told.flatMap((progress) => (progress.kind === 'healed' ? [progress.plan] : [])),
        counters: told.flatMap((progress) => (progress.kind === 'counters' ? [progress.counters] : [])),
        lastLines: linesOf(failedStep, told).slice(-10),
    };
}
/**
 * What a person should read when a plan did not reach the state it was made for; undefined when it did.
 * `titles` gives each step's title by its name.
 */
function outcome_faultOf(outcome, service, titles) {
    if (outcome.state === 'completed' || outcome.state === 'unconfirmed' || outcome.state === 'confirmed')
        return undefined;
    return [reason(outcome, service, titles), fullness(outcome), consequence(outcome)].filter((part) => part !== '').join(' ');
}
function reason(outcome, service, titles) {
    const { refusedBy, holders, newer } = outcome;
    if (refusedBy !== undefined)
        return `Refused: run ${refusedBy.run} took over ${service} at ${refusedBy.time} (${refusedBy.url}).`;
    if (newer !== undefined)
        return `Refused: plan ${newer.plan} of ${service} has journal format ${newer.format}, which this version does not know. Use the version that wrote it.`;
    if (holders.length > 0)
        return `The lock of ${service} is held by ${holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ')}, which a step left running. End it, and make the step close or hand over what it starts.`;
    if (outcome.state === 'locked')
        return `Another plan of ${service} was still running when the time to wait for it was over.`;
    if (outcome.state === undefined)
        return `The plan's process on the server ended without a word (killed, or the server went down).`;
    if (outcome.failedStep === undefined)
        return '';
    return failedStep(outcome, titles.get(outcome.failedStep) ?? outcome.failedStep);
}
function failedStep({ timedOutAfter, exitCode, lastLines }, title) {
    const how = timedOutAfter === undefined ? `failed with exit code ${exitCode}` : `was ended after ${timedOutAfter} s`;
    return [`"${title}" ${how}.`, ...lastLines.map((line) => `  | ${line}`), ''].join('\n');
}
function fullness({ full }) {
    return full === undefined ? '' : `The disk of the service is full: ${(0,size/* formatSize */.X)(full.kibibytes * 1_024)} and ${Number.isNaN(full.inodes) ? 'an unknown number of' : full.inodes} inodes are free. Make room there, then run again.`;
}
function consequence({ state, refusedBy }) {
    switch (state) {
        case 'cleared': return 'What had begun was cleared away; users noticed nothing.';
        case 'cancelled': return 'Cancelled before anything began.';
        case 'back': return 'Traffic went back to where it was.';
        case 'gone-back': return refusedBy === undefined ? 'Its switch has gone back already: it was not confirmed in time.' : 'Traffic went back to where it was.';
        case 'unverified': return 'There is nothing to confirm: it has not been switched to.';
        case 'unfinished': return 'Everything users see is in order; only writing down and tidying up is left, which the next step or run finishes.';
        case 'uncleared': return 'Clearing away failed too; the next run tries again.';
        case 'stuck': return 'Going back failed too; the next run tries again. Look at the server now.';
        case 'barrier': return 'A migration that cannot be taken back has been applied since, so going back by itself is not safe. Decide: keep the new release (operation: confirm of blue-green-switch), or restore the data and release the old version.';
        case 'blocked': return 'An earlier plan has to be healed first, see above.';
        case undefined: return 'The next run heals what it left.';
        default: return '';
    }
}
function linesOf(step, told) {
    const begin = told.findLastIndex((progress) => progress.kind === 'begin' && progress.step === step);
    const rest = told.slice(begin + 1);
    const end = rest.findIndex(({ kind }) => kind === 'end');
    return rest.slice(0, end < 0 ? undefined : end).flatMap((progress) => (progress.kind === 'line' ? [progress.text] : []));
}

// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./build/shared/server/counters.js
/** Reads a line of counters, `WHEN SLOT REQUESTS ERRORS MILLISECONDS OPEN`, in which `-` is what cannot be told. */
function parseCounters(line) {
    const [when = '', slot = '', ...numbers] = line.split(' ');
    const names = ['requests', 'errors', 'milliseconds', 'open'];
    return { when, slot, ...Object.fromEntries(names.flatMap((name, index) => (/^\d+$/.test(numbers[index] ?? '') ? [[name, Number(numbers[index])]] : []))) };
}

;// CONCATENATED MODULE: ./build/shared/server/progress.js


/** A reader that hands each piece of progress on as soon as its line is whole. */
function progressReader(mark, tell) {
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    const sign = `\u001e${mark} `;
    let bytes = 0;
    let rest = '';
    const take = (line) => {
        const [text, told] = splitAt(line, sign);
        if (text !== '' || told === undefined)
            tell({ kind: 'line', text });
        if (told !== undefined)
            tell(parseMark(told));
    };
    return {
        bytes: () => bytes,
        read(chunk) {
            bytes += chunk.length;
            const lines = (rest + decoder.write(chunk)).split('\n');
            rest = lines.pop();
            lines.forEach(take);
        },
        end() {
            if (rest !== '')
                take(rest);
            rest = '';
        },
    };
}
function splitAt(line, sign) {
    const at = line.indexOf(sign);
    return at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + sign.length)];
}
function parseMark(told) {
    const [kind, first = '', ...rest] = told.split(' ');
    switch (kind) {
        case 'begin': return { kind, step: first };
        case 'end': return { kind, step: first, code: Number(rest[0]) };
        case 'timeout': return { kind, seconds: Number(first) };
        case 'full': return { kind, kibibytes: Number(first), inodes: Number(rest[0]) };
        case 'state': return { kind, state: first };
        case 'refused': return { kind, by: { generation: Number(first), run: rest[0] ?? '', time: rest[1] ?? '', url: rest[2] ?? '' } };
        case 'holder': return { kind, pid: Number(first), command: rest.join(' ').trim() };
        case 'newer': return { kind, plan: first, format: rest[0] ?? '' };
        case 'healing':
        case 'healed': return { kind, plan: first };
        case 'counters': return { kind, counters: parseCounters([first, ...rest].join(' ')) };
        case 'acted': return { kind, at: /^\d{13}$/.test(first) ? Number(first) : undefined };
        case 'hook-failed': return { kind, hook: first, code: Number(rest[0]) };
        case 'cancelled': return { kind };
        default: return { kind: 'line', text: told };
    }
}

;// CONCATENATED MODULE: ./build/shared/server/follow.js


const LINES_KEPT = 500;
const HEADING = /([0-9a-f]{16}) (\d+)\n/;
/** A follower of a plan that was just sent: its mark is known, and its output begins at byte 0. */
function followSent(plan, mark, tell) {
    const told = [];
    const reader = progressReader(mark, (progress) => remember(told, progress, tell));
    return {
        hear: (chunk) => reader.read(chunk),
        offset: () => reader.bytes() || undefined,
        outcome: () => conclude(plan, reader, told),
    };
}
/** A follower of a verb asked of a plan that was there before: a line `MARK OFFSET` comes ahead of its output, and whatever a login shell has to say ahead of that. */
function followAsked(plan, tell) {
    const told = [];
    let heading = Buffer.alloc(0);
    let reader;
    let start = 0;
    return {
        hear(chunk) {
            if (reader !== undefined)
                return reader.read(chunk);
            heading = Buffer.concat([heading, chunk]);
            const found = HEADING.exec(heading.toString('latin1'));
            if (found === null)
                return;
            const [line, mark = '', offset = ''] = found;
            start = Number(offset);
            reader = progressReader(mark, (progress) => remember(told, progress, tell));
            reader.read(heading.subarray(found.index + line.length));
        },
        offset: () => (reader === undefined ? undefined : start + reader.bytes()),
        outcome: () => conclude(plan, reader, told),
    };
}
function remember(told, progress, tell) {
    told.push(progress);
    if (told.length > 2 * LINES_KEPT) {
        const marks = told.slice(0, -LINES_KEPT).filter(({ kind }) => kind !== 'line');
        told.splice(0, told.length - LINES_KEPT, ...marks);
    }
    tell(progress);
}
function conclude(plan, reader, told) {
    reader?.end();
    return outcomeOf(plan, told);
}

;// CONCATENATED MODULE: ./build/shared/server/inspection-reader.js
/**
 * A reader that hands on the content of the section `base` as it comes, and holds nothing of it: it is the manifest of a release,
 * which may have tens of megabytes.
 */
function inspectionReader(mark, hearBase) {
    const [opening, closing] = [Buffer.from(`\u001e${mark} base\n`), Buffer.from(`\u001e${mark} `)];
    let stage = 'before';
    let kept = Buffer.alloc(0);
    let waiting = kept;
    const read = (chunk) => {
        if (stage === 'base')
            pass(chunk);
        else
            waiting = Buffer.concat([waiting, chunk]);
        if (stage === 'before')
            enter();
    };
    const enter = () => {
        const at = waiting.indexOf(opening);
        if (at < 0)
            return;
        stage = 'base';
        kept = waiting.subarray(0, at + opening.length);
        const begun = waiting.subarray(kept.length);
        waiting = waiting.subarray(0, 0);
        pass(begun);
    };
    // What may be the beginning of the closing mark waits for the next chunk.
    const pass = (chunk) => {
        const all = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
        const at = all.indexOf(closing);
        const end = at < 0 ? whereMarkMayBegin(all) : at;
        if (end > 0)
            hearBase(all.subarray(0, end));
        waiting = all.subarray(end);
        if (at >= 0)
            stage = 'after';
    };
    const whereMarkMayBegin = (text) => {
        const at = text.indexOf(closing[0], Math.max(0, text.length - closing.length));
        return at < 0 ? text.length : at;
    };
    return { read, text: () => Buffer.concat([kept, waiting]).toString() };
}

// EXTERNAL MODULE: ./build/shared/server/plan.js
var server_plan = __webpack_require__(7683);
// EXTERNAL MODULE: ./build/shared/server/scripts.js
var scripts = __webpack_require__(3046);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/shared/server/compression.js


const WRITES = 1_048_576; // bytes that are compressed at once; each time a thread is called and answers
const LEVEL = 1; // the quickest: a processor core is worth more here than a tenth of the bytes
/**
 * The best way for a packet: zstd compresses faster than a line carries what it saves; gzip, five times as slow, only pays where the
 * line is long. Undefined where the server has neither.
 */
function chooseUnpacker(available, isLong) {
    return available.find((each) => each === 'zstd' || isLong);
}
/** The stream, compressed in a thread of its own; its faults are those of what it gives. */
function compressed(stream, unpacker) {
    if (unpacker === undefined)
        return stream;
    const compressor = unpacker === 'zstd'
        ? (0,external_node_zlib_.createZstdCompress)({ chunkSize: WRITES, params: { [external_node_zlib_.constants.ZSTD_c_compressionLevel]: LEVEL } })
        : (0,external_node_zlib_.createGzip)({ chunkSize: WRITES, level: LEVEL });
    return (0,external_node_stream_.pipeline)(stream, compressor, () => { });
}

;// CONCATENATED MODULE: ./build/shared/server/tar-header.js
/** Bytes; headers are as long, and contents are filled up to a multiple of it. */
const TAR_BLOCK = 512;
const FLAGS = { file: '0', link: '2', folder: '5', pax: 'x' };
const [NAME, PREFIX] = [100, 155]; // bytes that a name and what stands before it may have
const LARGEST = 8 ** 11 - 1; // what fits in octal; beyond, GNU's binary numbers are used
/** The header of an entry, with one of pax ahead of it where a name does not fit. Its owner is 0:0, its time the given one. */
function tarHeader(entry, mtime) {
    const path = entry.kind === 'folder' ? `${entry.path}/` : entry.path;
    const target = entry.target ?? '';
    const parts = isPlain(target, NAME) ? partsOf(path) : undefined;
    const fields = { flag: FLAGS[entry.kind], mode: entry.mode, size: entry.size, mtime };
    if (parts !== undefined)
        return block({ ...fields, ...parts, target });
    const records = Buffer.from(tar_header_record('path', path) + (target === '' ? '' : tar_header_record('linkpath', target)));
    const head = block({ ...fields, flag: FLAGS.pax, mode: 0o644, size: records.length, name: 'pax', prefix: '', target: '' });
    return Buffer.concat([head, records, Buffer.alloc(filling(records.length)), block({ ...fields, name: 'pax', prefix: '', target: '' })]);
}
/** How many zeros follow a content of this size. */
function filling(size) {
    return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}
function block({ name, prefix, target, flag, mode, size, mtime }) {
    const bytes = Buffer.alloc(TAR_BLOCK);
    bytes.write(`${octal(mode, 7)}\0${'0'.repeat(7)}\0${'0'.repeat(7)}\0`, 100, 'latin1');
    if (size <= LARGEST) {
        bytes.write(octal(size, 11), 124, 'latin1');
    }
    else {
        bytes.writeUInt8(0x80, 124);
        bytes.writeBigUInt64BE(BigInt(size), 128);
    }
    bytes.write(`${octal(Math.floor(mtime.getTime() / 1_000), 11)}\0${' '.repeat(8)}${flag}`, 136, 'latin1');
    bytes.write('ustar\x0000', 257, 'latin1');
    bytes.write(name, 0, 'latin1');
    bytes.write(target, 157, 'latin1');
    bytes.write(prefix, 345, 'latin1');
    let sum = 0;
    for (let at = 0; at < TAR_BLOCK; at += 1)
        sum += bytes[at];
    bytes.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
    return bytes;
}
function octal(value, digits) {
    return value.toString(8).padStart(digits, '0');
}
// Undefined where it takes pax.
function partsOf(path) {
    if (!isPlain(path, NAME + 1 + PREFIX))
        return undefined;
    if (path.length <= NAME)
        return { name: path, prefix: '' };
    const cut = path.indexOf('/', path.length - NAME - 1);
    return cut < 1 || cut > PREFIX || cut === path.length - 1 ? undefined : { name: path.slice(cut + 1), prefix: path.slice(0, cut) };
}
// Whether all of it is ASCII, and no more of it.
function isPlain(text, longest) {
    return text.length <= longest && /^[\x01-\x7f]*$/.test(text);
}
// Its length is counted with the digits that tell it.
function tar_header_record(key, value) {
    const rest = ` ${key}=${value}\n`;
    const bytes = Buffer.byteLength(rest);
    let length = bytes + String(bytes).length;
    if (String(length).length > String(bytes).length)
        length = bytes + String(length).length;
    return `${length}${rest}`;
}

;// CONCATENATED MODULE: ./build/shared/server/packet.js




// Bytes; larger files are streamed. Small ones are read synchronously, straight to where they are sent from: they were hashed a moment ago, so
// they come from memory, and 10,000 of them take 0.1 s this way but 0.5 s through the thread pool.
const READ_WHOLE = 256 * 1024;
const BLOCK = 2 * READ_WHOLE; // bytes handed on at once; tar's headers alone would each become an SSH packet
const CHUNK = 64 * 1024; // bytes from which on it is not worth it to copy them together
const ZEROS = Buffer.alloc(TAR_BLOCK);
/**
 * A tar stream (pax where names need it, owner 0:0) of the entries, for one command's stdin: unpack it with unpack.sh
 * (under `umask 0` where modes matter: busybox's tar applies the umask of an ordinary user).
 * Reads on only as fast as it is read from, and holds a few megabytes at most. Every entry carries `mtime`.
 * The stream fails with a {UserError} naming a file that could not be read or whose size is no longer the one announced.
 */
function packet(entries, mtime = new Date()) {
    return external_node_stream_.Readable.from(chunks(entries, mtime), { objectMode: false, highWaterMark: READ_WHOLE });
}
async function* chunks(entries, mtime) {
    const block = openBlock();
    for await (const entry of entries) {
        if (entry.kind === 'file' && entry.size <= READ_WHOLE && entry.piece === undefined) {
            const header = headerOf(entry, entry.size, mtime);
            const length = header.length + entry.size + filling(entry.size);
            if (length >= block.room())
                yield block.flush();
            block.append(header);
            readWhole(entry, block.next(entry.size + 1));
            block.pass(entry.size);
            block.append(zeros(entry.size));
            continue;
        }
        for await (const piece of piecesOf(entry, mtime)) {
            if (piece.length > block.room())
                yield block.flush();
            if (piece.length < CHUNK)
                block.append(piece);
            else
                yield* [block.flush(), piece];
        }
    }
    block.append(Buffer.alloc(2 * TAR_BLOCK));
    yield block.flush();
}
function openBlock() {
    let bytes = Buffer.allocUnsafeSlow(BLOCK);
    let used = 0;
    return {
        room: () => BLOCK - used - 2 * TAR_BLOCK,
        append: (more) => void (used += more.copy(bytes, used)),
        next: (length) => bytes.subarray(used, used + length),
        pass: (length) => void (used += length),
        flush() {
            const full = bytes.subarray(0, used);
            bytes = Buffer.allocUnsafeSlow(BLOCK);
            used = 0;
            return full;
        },
    };
}
async function* piecesOf(entry, mtime) {
    if (entry.kind === 'lines')
        await entry.ready;
    const size = sizeOf(entry);
    yield headerOf(entry, size, mtime);
    if (entry.kind === 'text')
        yield Buffer.from(entry.text);
    if (entry.kind === 'lines')
        yield* joined(entry.lines());
    if (entry.kind === 'file')
        yield* fileChunks(entry);
    yield zeros(size);
}
function sizeOf(entry) {
    switch (entry.kind) {
        case 'text': return Buffer.byteLength(entry.text);
        case 'lines': return bytesOf(entry.lines());
        case 'file': return entry.size;
        default: return 0;
    }
}
function headerOf(entry, size, mtime) {
    const { path, mode } = entry;
    if (entry.kind === 'link')
        return tarHeader({ kind: 'link', path, mode, size, target: entry.target }, mtime);
    return tarHeader({ kind: entry.kind === 'folder' ? 'folder' : 'file', path, mode, size }, mtime);
}
function zeros(size) {
    return ZEROS.subarray(0, filling(size));
}
// Into a buffer that has room for one byte more, so that a file that has grown is noticed.
function readWhole(entry, into) {
    const bytes = entry.content === undefined ? readInto(entry, into) : entry.content.copy(into);
    if (bytes !== entry.size)
        throw changed(entry, bytes);
    entry.sent?.(bytes);
}
function readInto(entry, into) {
    try {
        const descriptor = (0,external_node_fs_.openSync)(entry.source, 'r');
        try {
            let bytes = 0;
            for (let read = -1; read !== 0 && bytes < entry.size; bytes += read)
                read = (0,external_node_fs_.readSync)(descriptor, into, bytes, into.length - bytes, null);
            // A file of no bytes, and one that is no file, tell by being read.
            return entry.size === 0 ? (0,external_node_fs_.readSync)(descriptor, into, 0, 1, null) : bytes;
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
    }
    catch (error) {
        throw unreadable(entry, error);
    }
}
async function* fileChunks(entry) {
    let bytes = 0;
    for await (const chunk of readChunks(entry)) {
        bytes += chunk.length;
        if (bytes > entry.size)
            throw changed(entry, bytes);
        entry.sent?.(chunk.length);
        yield chunk;
    }
    if (bytes !== entry.size)
        throw changed(entry, bytes);
}
async function* readChunks(entry) {
    try {
        yield* (0,external_node_fs_.createReadStream)(entry.source, { highWaterMark: READ_WHOLE, ...rangeOf(entry) });
    }
    catch (error) {
        throw unreadable(entry, error);
    }
}
// The last piece is read to the end of the file, so that more than was announced is noticed.
function rangeOf({ piece, size }) {
    if (piece === undefined)
        return {};
    return piece.isLast ? { start: piece.start } : { start: piece.start, end: piece.start + size - 1 };
}
function bytesOf(lines) {
    let bytes = 0;
    for (const line of lines)
        bytes += Buffer.byteLength(line);
    return bytes;
}
function* joined(lines) {
    let text = '';
    for (const line of lines) {
        text += line;
        if (text.length < CHUNK)
            continue;
        yield Buffer.from(text);
        text = '';
    }
    yield Buffer.from(text);
}
function changed(entry, bytes) {
    const before = entry.piece?.start ?? 0;
    return new errors/* UserError */.yo(`${entry.source} changed while it was being sent: it had ${before + entry.size} bytes, now ${before + bytes}. Let nothing write to the release while it is deployed, then run again.`);
}
function unreadable(entry, error) {
    return new errors/* UserError */.yo(`${entry.source} could not be read while it was being sent: ${(0,errors/* messageOf */.bD)(error)}. Let nothing write to the release while it is deployed, then run again.`);
}

;// CONCATENATED MODULE: ./build/shared/server/pieces.js
const PRIVATE = 0o600;
/**
 * The same entries, with files larger than `size` bytes taken apart: the beginning at the file's own place, and the rest below `pieces/`,
 * from where receive.sh puts it behind the beginning.
 */
function* inPieces(entries, size) {
    let number = 0;
    for (const entry of entries) {
        if (entry.kind !== 'file' || entry.size <= size) {
            yield entry;
            continue;
        }
        number += 1;
        const place = `pieces/${number}`;
        yield { ...entry, size, piece: { start: 0, isLast: false } };
        yield { kind: 'text', path: `${place}.path`, mode: PRIVATE, text: entry.path };
        yield { kind: 'text', path: `${place}.mode`, mode: PRIVATE, text: entry.mode.toString(8) };
        for (let start = size, count = 1; start < entry.size; start += size, count += 1) {
            const isLast = start + size >= entry.size;
            yield { ...entry, path: `${place}.${String(count).padStart(6, '0')}`, mode: PRIVATE, size: isLast ? entry.size - start : size, piece: { start, isLast } };
        }
    }
}

;// CONCATENATED MODULE: ./build/shared/server/send-packet.js






const LONG = 15; // milliseconds of a round trip from which on the window of one channel, 2 MiB in OpenSSH, limits what passes
// How many channels more, and from how many bytes of files on: what is less passes in one window anyway. With the packet itself 7 of the 10
// sessions that an sshd allows unless told otherwise.
const PLAIN = { lanes: 6, worthIt: 2 * 1_048_576 };
const COMPRESSED = { lanes: 2, worthIt: 64 * 1_048_576 };
const PIECE = 8 * 1_048_576; // bytes
/**
 * Sends a plan's packet and follows the plan. Over a long line it goes through several channels at once, each with a window of its own;
 * whichever has room takes the next entry. Where the server opens no more channels, the first carries what is left.
 */
async function sendPacket(connection, { plan: { state, id }, takeover, entries, unpackers }, options) {
    const attempt = (0,external_node_crypto_.randomBytes)(6).toString('hex');
    const isLong = connection.roundTrip() > LONG;
    const unpacker = chooseUnpacker(unpackers, isLong);
    const { lanes, worthIt } = unpacker === undefined ? PLAIN : COMPRESSED;
    const queue = (isLong ? inPieces(entries, PIECE) : entries)[Symbol.iterator]();
    const over = new AbortController();
    const allTaken = Promise.withResolvers();
    const signal = AbortSignal.any([over.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    const openLanes = () => allOf(lanes, () => openLane(connection, { command: (0,scripts/* laneCommand */.sZ)(state, id, attempt, unpacker), unpacker, signal, allTaken: allTaken.promise }, queue));
    try {
        return await connection.exec((0,scripts/* receiveCommand */.TQ)(state, id, takeover, attempt, unpacker), { ...options, stdin: compressed(packet(firstLane(queue, { open: isLong ? openLanes : undefined, worthIt, allTaken: allTaken.resolve })), unpacker) });
    }
    finally {
        over.abort(new Error('The packet was sent'));
    }
}
// One that fails before it is waited for must not look like nobody's fault.
function allOf(count, open) {
    const all = Promise.all(Array.from({ length: count }, open));
    all.catch(() => { });
    return all;
}
// Folders come before files in a packet, and those of the lanes' own before the sign by which lane.sh knows that all are there.
async function* firstLane(queue, { open, worthIt, allTaken }) {
    let bytes = 0;
    let lanes;
    for (const entry of rest(queue)) {
        bytes += entry.kind === 'file' ? entry.size : 0;
        if (bytes > worthIt && open !== undefined && lanes === undefined) {
            yield { kind: 'folder', path: 'pieces', mode: 0o700 };
            yield { kind: 'text', path: 'folders-made', mode: 0o600, text: '' };
            lanes = open();
        }
        yield entry;
    }
    allTaken();
    await lanes;
    yield { kind: 'text', path: 'complete', mode: 0o600, text: '' };
}
// Takes nothing out of the queue before the other side has said that it is there; refused, it has taken nothing.
async function openLane(connection, { command, unpacker, signal, allTaken }, queue) {
    const ready = Promise.withResolvers();
    const ended = connection.exec(command, { signal, onOutput: () => ready.resolve(true), stdin: compressed(packet(laterEntries(ready.promise, queue)), unpacker) });
    ended.catch(() => { }).finally(() => ready.resolve(false));
    void allTaken.then(() => ready.resolve(false));
    if (!(await ready.promise))
        return;
    const { code, stderr } = await ended;
    if (code !== 0)
        throw new errors/* UserError */.yo(`${connection.label} did not take a part of the plan: ${stderr.trim()}`);
}
async function* laterEntries(isReady, queue) {
    if (await isReady)
        yield* rest(queue);
}
// A loop over the iterator itself would end it for the others, too, when one lane breaks off.
function* rest(queue) {
    for (let next = queue.next(); next.done !== true; next = queue.next())
        yield next.value;
}

;// CONCATENATED MODULE: ./build/shared/server/definition.js

/** The moments at which a command of the user's may run. */
const HOOKS = (/* unused pure expression or super */ null && (['before-prepare', 'after-prepare', 'before-publish', 'after-publish', 'on-failure', 'on-rollback']));
/** The routers there are. */
const ROUTERS = (/* unused pure expression or super */ null && (['nginx-socket', 'haproxy', 'nginx', 'caddy', 'traefik', 'kamal-proxy']));
/** Reads a recorded definition. @throws {UserError} when a newer version of these actions wrote it. */
function parseDefinition(text) {
    const definition = JSON.parse(text);
    if (definition.format !== 1) {
        throw new errors/* UserError */.yo(`The service definition on the server has format ${definition.format}, written by a newer version of these actions. Use that version here too.`);
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
    const own = hasSlots(recorded) === hasSlots(definition) ? recorded : definition;
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
    const events = (0,ledger/* parseLedger */.h8)(text('ledger'));
    const closed = closing(events);
    const live = slotOf(links.get('live.sock')) ?? slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot);
    return {
        folder: text('state'),
        claimed: text('claimed') === '' ? undefined : Number(text('claimed')),
        clock: Number(text('clock')),
        events,
        ledgerLength: Number(text('length')),
        definition: text('definition') === '' ? undefined : parseDefinition(text('definition')),
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
    return new Map(text.split('\n').filter((line) => line.endsWith('}')).map((line) => [line.slice(0, line.indexOf(' ')), parseDefinition(line.slice(line.indexOf(' ')))]));
}
function closing(events) {
    const last = (0,ledger/* lastMove */.kf)(events);
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

;// CONCATENATED MODULE: ./build/shared/server/server.js










const OVERTAKEN = 73; // by receive.sh
const SPARE_BYTES = 64 * 1_024;
/** Connects to a server. @throws {UserError} with one message for each way a connection can fail. */
async function openServer(target, log, signal) {
    let connection = await connect(target, log, signal);
    let renewing;
    const renew = async () => {
        connection.close();
        log.info(`Connection to ${connection.label} lost; reconnecting. The server goes on by itself.`);
        connection = await connect(target, log, signal);
    };
    const line = {
        get: () => connection,
        // Several who follow at once lose the line at once.
        renew: async (lost) => {
            if (connection === lost)
                await (renewing ??= renew().finally(() => (renewing = undefined)));
        },
    };
    return {
        label: connection.label,
        connection: line.get,
        persist: (attempt) => persist(line, attempt, signal),
        inspect: (key, path, runtimeDir, claim, beginBase) => persist(line, (connection) => inspect(connection, { key, path, runtimeDir, claim }, beginBase), signal),
        carryOut: (plan, files, tell, takeover) => server_carryOut(line, plan, files, tell, takeover, signal),
        // The way back is asked for when the job is being cancelled, too.
        ask: (plan, verb, tell) => ask(line, plan, verb, tell, verb === 'revert' ? undefined : signal),
        tail: (plan, file, hear) => tail(line, plan, file, hear, signal),
        async cancel(plan) {
            await line.get().exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'cancel']));
        },
        async [Symbol.asyncDispose]() {
            connection.close();
        },
    };
}
/** A plan was not started: since the state that it goes by was read, something has happened. */
class Overtaken extends Error {
    name = 'Overtaken';
}
async function inspect(connection, request, beginBase) {
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const reader = inspectionReader(mark, beginBase?.() ?? (() => { }));
    const { stderr } = await connection.exec((0,scripts/* inspectCommand */.QR)({ mark, ...request, base: beginBase === undefined ? '' : 'base' }), { onOutput: reader.read });
    const inspection = parseInspection(reader.text(), mark);
    return inspection.kind === 'refused' && stderr !== '' ? { kind: 'refused', reason: `${inspection.reason} (${stderr.trim()})` } : inspection;
}
// A packet is sent again only as long as nothing came back; the receiver starts a plan once, however often it arrives.
async function server_carryOut(line, plan, files, tell, takeover, signal) {
    const taking = takeover === undefined ? [] : [String(takeover.ledgerLength), String(plan.generation), takeover.claim];
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const send = (connection, options) => sendPacket(connection, { plan, takeover: taking, entries: packetEntries((0,server_plan/* renderPlan */.EG)(plan, mark), files), unpackers: 'unpackers' in files ? files.unpackers : [] }, options);
    return followToEnd(line, { plan, verb: 'run', follower: followSent(plan.id, mark, tell), begin: send }, signal);
}
async function ask(line, plan, verb, tell, signal) {
    const begin = (connection, options) => connection.exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'ask', verb]), options);
    return followToEnd(line, { plan, verb, follower: followAsked(plan.id, tell), begin }, signal);
}
async function followToEnd(line, { plan, verb, follower, begin }, signal) {
    const options = { onOutput: (chunk) => follower.hear(chunk), ...(signal === undefined ? {} : { signal }) };
    const attempt = async (connection) => {
        const offset = follower.offset();
        const resume = () => connection.exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'follow', verb, String(offset)]), options);
        const { code, stderr } = await (offset === undefined ? begin : resume)(connection, options);
        if (code === OVERTAKEN && follower.offset() === undefined)
            throw new Overtaken(`${connection.label} has changed since its state was read.`);
        if (code !== 0 && follower.offset() === undefined)
            throw new errors/* UserError */.yo(`${connection.label} did not take the plan: ${firstAndLast(stderr)}`);
        return follower.outcome();
    };
    return persist(line, attempt, signal);
}
async function tail(line, plan, file, hear, signal) {
    let offset = 0;
    const onOutput = (chunk) => {
        offset += chunk.length;
        hear(chunk);
    };
    await persist(line, (connection) => connection.exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'follow', 'run', String(offset), file]), { onOutput, ...(signal === undefined ? {} : { signal }) }), signal);
}
async function persist(line, attempt, signal) {
    for (;;) {
        const connection = line.get();
        try {
            return await attempt(connection);
        }
        catch (error) {
            if (!(error instanceof line_state/* ConnectionLost */.p) || signal?.aborted === true)
                throw error;
            await line.renew(connection);
        }
    }
}
// tar complains of every single file, and what it amounts to comes last.
function firstAndLast(stderr) {
    const lines = stderr.trim().split('\n');
    return [...lines.slice(0, 2), ...lines.slice(2).slice(-1)].join('\n');
}
function* packetEntries(script, files) {
    yield { path: 'plan.sh', mode: 0o600, kind: 'text', text: script };
    // Deleted first when a disk is full, so that what went wrong can still be written down.
    yield { path: 'spare', mode: 0o600, kind: 'text', text: (0,external_node_crypto_.randomBytes)(SPARE_BYTES / 2).toString('hex') };
    // What the plan writes into first of all is there as soon as the plan is.
    yield { path: 'journal', mode: 0o600, kind: 'text', text: `slipway-journal ${server_plan/* PLAN_FORMAT */._A}\n` };
    yield { path: 'output', mode: 0o600, kind: 'text', text: '' };
    yield* 'unpackers' in files ? files.entries() : files;
}
function scriptOf({ state, id }) {
    return `${state}/plans/${id}/plan.sh`;
}

;// CONCATENATED MODULE: ./build/shared/fleet/host-log.js
/** A log whose every line begins with the host it is about. Groups of hosts at work at once would tear each other apart, so they are lines, too. */
function hostLog(log, label) {
    const named = (text) => text.split('\n').map((line) => `[${label}] ${line}`).join('\n');
    return {
        info: (message) => log.info(named(message)),
        output: (line) => log.output(named(line)),
        warning: (message) => log.warning(`${label}: ${message}`),
        group: (title, task) => {
            log.info(named(`${title} …`));
            return task();
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/fleet/limiter.js
/** A limiter of `limit` tasks at once, in the order in which they come. */
function limiter(limit) {
    const queue = [];
    let running = 0;
    const next = () => {
        if (running >= limit)
            return;
        const start = queue.shift();
        if (start === undefined)
            return;
        running += 1;
        start();
    };
    return async (task) => {
        await new Promise((resolve) => {
            queue.push(resolve);
            next();
        });
        let isIn = true;
        const leave = () => {
            if (!isIn)
                return;
            isIn = false;
            running -= 1;
            next();
        };
        return task(leave).finally(leave);
    };
}

;// CONCATENATED MODULE: ./build/shared/fleet/muster.js


/** Why a host that is well itself does not publish, or goes back: another one failed. */
class HeldBack extends errors/* UserError */.yo {
}
/** A muster of the hosts in `order`. Nobody waits any longer once the signal is aborted. */
function muster({ batches, waitBetween }, signal) {
    const stages = new Map(batches.flat().map((label) => [label, 'preparing']));
    const waiting = new Map();
    const begun = new Set();
    let broken;
    const are = (labels, ...expected) => labels.every((label) => expected.includes(stages.get(label)));
    const release = (labels, to) => labels.forEach((label) => {
        if (stages.get(label) === 'prepared')
            stages.set(label, to);
        waiting.get(label)?.resolve();
        waiting.delete(label);
    });
    const advance = () => {
        if (broken !== undefined) {
            waiting.forEach(({ reject }) => reject(broken));
            return waiting.clear();
        }
        const all = [...stages.keys()];
        if (!are(all, 'prepared', 'going', 'published', 'gone'))
            return;
        const next = batches.findIndex((labels) => !are(labels, 'published', 'gone'));
        if (next < 0)
            return release(all, 'going');
        if (begun.has(next))
            return;
        begun.add(next);
        const start = () => (broken === undefined ? release(batches[next], 'going') : advance());
        if (next === 0 || waitBetween === 0)
            start();
        else
            void (0,promises_.setTimeout)(waitBetween, undefined, { signal }).then(start, () => { });
    };
    const breakUp = (why) => {
        broken ??= why;
        advance();
    };
    const wait = (label, stage) => {
        const { promise, resolve, reject } = Promise.withResolvers();
        stages.set(label, stage);
        waiting.set(label, { resolve, reject });
        advance();
        return promise;
    };
    signal.addEventListener('abort', () => breakUp(signal.reason), { once: true });
    return {
        prepared: (label) => wait(label, 'prepared'),
        published: (label) => wait(label, 'published'),
        leave(label, failure) {
            stages.set(label, 'gone');
            waiting.delete(label); // its plan has ended, so there is nobody to tell
            if (failure !== undefined && !(failure instanceof HeldBack))
                breakUp(new HeldBack(`Held back, because ${label} failed.`));
            advance();
        },
    };
}
/** The labels in the order and number in which they publish: the first alone if asked, then `size` at a time. */
function batchesOf(labels, size, isFirstAlone) {
    const first = isFirstAlone && labels.length > 1 ? [labels.slice(0, 1)] : [];
    const rest = labels.slice(first.length);
    return [...first, ...Array.from({ length: Math.ceil(rest.length / size) }, (_, index) => rest.slice(index * size, (index + 1) * size))];
}

;// CONCATENATED MODULE: ./build/shared/fleet/fleet.js





/**
 * Tells one story on every host at once; the hosts wait for each other where a story asks `together`. Never throws for what fails on a host.
 * @throws {UserError} when more hosts than tolerated are out of reach: then no story has begun.
 */
async function overFleet(stations, tempo, context, story) {
    const reached = await reach(stations, tempo, context);
    const servers = reached.filter((each) => 'server' in each);
    const batches = batchesOf(servers.map(({ label }) => label), tempo.batchSize, tempo.isFirstAlone);
    const meeting = muster({ batches, waitBetween: tempo.waitBetween }, context.signal);
    const inTurn = limiter(tempo.maxParallel);
    const served = new Map();
    const tell = (label, release) => {
        served.set(label, release ?? 'nothing');
        if (served.size === servers.length)
            nameMixture(new Map(servers.map((each) => [each.label, served.get(each.label) ?? ''])), context.log);
    };
    const ends = await Promise.all(reached.map(async (each) => {
        if (!('server' in each))
            return { label: each.label, result: 'unreachable', reason: each.reason, served: undefined, actedAt: undefined, seconds: 0 };
        return inTurn((letNextIn) => onHost(each, { tempo, batches: batches.length, meeting, tell, letNextIn, log: hostLog(context.log, each.label) }, story));
    }));
    return ends.map((end) => ({ ...end, served: served.get(end.label) }));
}
async function onHost({ label, server }, { tempo, batches, meeting, tell, letNextIn, log }, story) {
    const began = performance.now();
    let actedAt;
    const together = {
        patience: tempo.patience, batches, waitBetween: tempo.waitBetween,
        serves: (release) => tell(label, release),
        prepared: () => (letNextIn(), meeting.prepared(label)),
        acted: (at) => void (actedAt ??= at),
        published: () => meeting.published(label),
    };
    const end = (result, reason) => ({ label, result, reason, served: undefined, actedAt, seconds: (performance.now() - began) / 1_000 });
    try {
        await story({ label, server, log, together });
        meeting.leave(label);
        return end('done', '');
    }
    catch (error) {
        meeting.leave(label, error);
        if (!(error instanceof errors/* UserError */.yo) && error instanceof Error && error.stack !== undefined)
            log.output(error.stack);
        log.info((0,errors/* messageOf */.bD)(error));
        return end(error instanceof HeldBack ? 'held-back' : 'failed', (0,errors/* messageOf */.bD)(error));
    }
    finally {
        await server[Symbol.asyncDispose]();
    }
}
async function reach(stations, { maxParallel, tolerateUnreachable }, { log, signal }) {
    const inTurn = limiter(maxParallel);
    const all = await Promise.all(stations.map(({ label, target }) => inTurn(() => openServer(target, hostLog(log, label), signal).then((server) => ({ label, server }), (error) => ({ label, reason: (0,errors/* messageOf */.bD)(error) })))));
    const lost = all.filter((each) => 'reason' in each);
    if (lost.length === 0)
        return all;
    const named = lost.map(({ label, reason }) => `- ${label}: ${reason}`).join('\n');
    if (lost.length <= tolerateUnreachable && lost.length < all.length) {
        log.warning(`Out of reach, and tolerated: ${lost.map(({ label }) => label).join(', ')}. They keep what they serve until a later run reaches them.\n${named}`);
        return all;
    }
    await Promise.all(all.flatMap((each) => ('server' in each ? [each.server[Symbol.asyncDispose]()] : [])));
    throw new errors/* UserError */.yo(`${lost.length} of ${all.length} hosts cannot be reached (tolerate-unreachable is ${tolerateUnreachable}), so nothing was begun on any:\n${named}`);
}
function nameMixture(served, log) {
    const releases = new Map();
    for (const [label, release] of served)
        releases.set(release, [...(releases.get(release) ?? []), label]);
    if (releases.size < 2)
        return;
    const named = [...releases].map(([release, labels]) => `${labels.join(', ')} ${labels.length === 1 ? 'serves' : 'serve'} ${release}`).join('; ');
    log.warning(`The fleet is mixed: ${named}. This run makes it one again.`);
}

// EXTERNAL MODULE: ./build/shared/runner/fleet-inputs.js + 1 modules
var fleet_inputs = __webpack_require__(1741);
;// CONCATENATED MODULE: ./build/shared/runner/over-fleet.js
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





/**
 * Tells a story on the one host that the inputs name, or on every host of a fleet at once, with a table and a list of how it went on each.
 * @throws {UserError} naming every host on which it failed, and how the others are.
 */
async function onEveryHost(inputs, job, words, story) {
    const [only, ...others] = (0,fleet_inputs/* stationsOf */.vL)(inputs);
    if (only !== undefined && others.length === 0) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const server = __addDisposableResource(env_1, await openServer(only.target, job.log, job.signal), true);
            return await story(job, server, undefined, only.label);
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
    const began = performance.now();
    const put = new Map();
    const ends = await overFleet((0,fleet_inputs/* stationsOf */.vL)(inputs), (0,fleet_inputs/* tempoOf */.Ry)(inputs, words.isScript), job, ({ label, server, log, together }) => {
        const own = {};
        put.set(label, own);
        return story({ ...job, log, output: (values) => void Object.assign(own, values), summarise: () => { } }, server, together, label);
    });
    const outputs = (label) => put.get(label) ?? {};
    const skew = skewOf(ends);
    const hosts = ends.map(({ label, result, reason, seconds }) => ({ label, result, ...(reason !== '' && { reason }), seconds: Number(seconds.toFixed(1)), ...outputs(label) }));
    const common = inCommon(ends.filter(({ result }) => result === 'done').map(({ label }) => outputs(label)));
    job.output({ ...common, hosts, ...(words.isLook !== true && { 'skew-ms': skew ?? '' }), ...('duration' in common && { duration: (0,duration/* inSeconds */.F7)(performance.now() - began) }) });
    job.summarise({
        heading: `${ends.filter(({ result }) => result === 'done').length} of ${ends.length} hosts done`,
        ...(skew !== undefined && { paragraphs: [`${skew} ms between the first and the last host on which users saw the change.`] }),
        table: { columns: ['Host', 'Result', 'Served before', 'Took', ''], rows: ends.map(({ label, result, served = '', seconds, reason }) => [label, result, served, `${seconds.toFixed(1)} s`, reason.split('\n')[0] ?? '']) },
    });
    const fault = job.signal.aborted ? undefined : over_fleet_faultOf(ends, words);
    job.signal.throwIfAborted();
    if (fault !== undefined)
        throw new errors/* UserError */.yo(fault);
    job.log.info(`All ${ends.filter(({ result }) => result === 'done').length} hosts ${words.has}.${skew === undefined ? '' : ` ${skew} ms between the first and the last.`}`);
}
function skewOf(ends) {
    const times = ends.flatMap(({ actedAt, result }) => (actedAt === undefined || result !== 'done' ? [] : [actedAt]));
    return times.length < 2 ? undefined : Math.round(Math.max(...times) - Math.min(...times));
}
// What all hosts say alike is what the fleet says.
function inCommon(all) {
    const [first = {}, ...others] = all;
    return Object.fromEntries(Object.entries(first).filter(([name, value]) => others.every((other) => JSON.stringify(other[name]) === JSON.stringify(value))).concat('duration' in first ? [['duration', first['duration']]] : []));
}
function over_fleet_faultOf(ends, { has, isLook = false }) {
    const named = (result) => ends.filter((end) => end.result === result).map(({ label }) => label).join(', ');
    const failed = ends.filter(({ result }) => result === 'failed');
    if (failed.length === 0)
        return undefined;
    const isMixed = !isLook && named('done') !== '';
    return [
        `${failed.length} of ${ends.length} hosts failed:`,
        ...failed.map(({ label, reason }) => `- ${label}: ${reason}`),
        ...(named('held-back') === '' ? [] : [`Held back for that, and as before: ${named('held-back')}.`]),
        ...(isMixed ? [`Mixed until the next run, which makes it one again: ${named('done')} ${has}.`] : []),
    ].join('\n');
}

// EXTERNAL MODULE: ./build/shared/runner/proof-inputs.js
var proof_inputs = __webpack_require__(7451);
;// CONCATENATED MODULE: ./build/shared/database/beside.js
const LONGEST = 63; // bytes of a name in PostgreSQL; MySQL takes 64 characters
/** What a part is called that is kept beside what is live: `shop__before_<id>`, a name too long for that being cut. */
function nameBeside(source, word, id) {
    const end = `__${word}_${id}`;
    switch (source.kind) {
        case 'files': return `${source.folder.replace(/\/+$/, '')}${end}`;
        case 'sqlite': return `${source.database}${end}`;
        case 'command': return `${source.file}${end}`;
        default: return `${cut(source.database, LONGEST - end.length)}${end}`;
    }
}
function cut(name, bytes) {
    let kept = '';
    for (const character of name) {
        if (Buffer.byteLength(kept + character) > bytes)
            break;
        kept += character;
    }
    return kept;
}

// EXTERNAL MODULE: ./build/shared/database/opened-set.js
var opened_set = __webpack_require__(7554);
// EXTERNAL MODULE: ./build/shared/database/scripts.js
var database_scripts = __webpack_require__(4340);
// EXTERNAL MODULE: ./build/shared/database/set-functions.js + 1 modules
var set_functions = __webpack_require__(7262);
;// CONCATENATED MODULE: ./build/shared/database/restore-plan.js








const restore_plan_MOMENT = 60_000;
const LOCK_WAIT = 1_800_000;
/** The plan of a restore that moves nothing else. */
function planRestore(restore, state, generation) {
    const { before, closing, swapping, opening, after, functions, clear, back } = restoreSteps(restore);
    return { id: restore.id, state, generation, steps: [...before, closing, swapping, opening, after], functions, clear, back, confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
}
/** The steps that restore beside what is live, say what would be lost, and swap. */
function restoreSteps(restore) {
    const { opened: { sources, manifest }, undoes, quiesce, run, timeout } = restore;
    const step = (name, phase, title, script, limit = timeout) => ({ name, title, phase, script, timeout: limit });
    const told = (0,ledger/* members */.ol)({ ...(undoes === undefined ? { set: manifest?.set } : { undoes }), parts: sources.map(({ name }) => name).join(', '), ...runMembers(run) });
    return {
        before: [
            step('check-set', 'before', 'Checking set, tools, versions, rights and room', 'check_restore'),
            ...(undoes !== undefined ? [] : sources.map(({ name }, index) => step(`restore-${index + 1}`, 'before', `Restoring ${name} beside what is live`, `restore ${index + 1}`))),
            step('weigh', 'before', 'Finding out what would be lost', 'weigh'),
            ...(quiesce === '' ? [] : [step('hold-back', 'before', 'Holding writers back', 'hold_back')]),
        ],
        closing: step('close-doors', 'act', 'Closing the doors of what is live', 'close_doors', restore_plan_MOMENT + restore.opened.lockTimeout),
        swapping: step('swap', 'act', 'Swapping what is live for what was restored', 'swap_parts', restore_plan_MOMENT),
        opening: step('open-doors', 'act', 'Opening the doors', 'open_doors', restore_plan_MOMENT),
        after: step('settle', 'after', 'Recording the restore', `settle ${(0,core_quote/* quote */.h)(told)}`, restore_plan_MOMENT),
        functions: functionsOf(restore),
        clear: 'clear_restore',
        back: 'undo_restore',
    };
}
function functionsOf({ id, definition, opened, undoes, lifts, raises, maxLoss, isLossAccepted, quiesce, resume }) {
    const occasion = { folder: definition.path, release: undefined };
    const part = (source) => ({
        NEXT: undoes === undefined ? nameBeside(source, 'next', id) : nameBeside(source, 'before', undoes),
        BEFORE: nameBeside(source, 'before', id),
        MADE: undoes === undefined ? 'yes' : '',
        ...takenFrom(opened, source),
    });
    return [
        (0,opened_set/* openedFunctions */.r7)(opened, id, part),
        database_scripts/* restoreFunctions */.yL,
        (0,set_functions/* assignments */.TT)({ MAX_LOSS: String(maxLoss), ACCEPTED: isLossAccepted ? 'yes' : '', WHICH: undoes ?? opened.manifest?.set ?? '', LIFTS: lifts.join(' '), RAISES: raises.join(' ') }),
        ...Object.entries({ quiesce, resume }).map(([name, command]) => `hook_${name}() {\n${command === '' ? ':' : userCommand(definition, occasion, command)}\n}`),
        'step_stand_guard() { stand_guard; }',
        // Going back from here is going back to the schema that the barrier stands for.
        'is_behind_barrier() { return 1; }',
    ].join('\n');
}
// What the part's server was when its snapshot was taken.
function takenFrom({ manifest }, { name }) {
    const part = manifest?.parts.find((each) => each.name === name);
    return { SERVER: part?.server ?? '', WAL_POSITION: part?.walPosition ?? '', TRANSACTIONS: String(part?.transactions ?? 0) };
}

// EXTERNAL MODULE: ./build/shared/core/secret.js
var secret = __webpack_require__(4636);
// EXTERNAL MODULE: ./build/shared/checks/pattern.js
var checks_pattern = __webpack_require__(6330);
// EXTERNAL MODULE: ./build/shared/checks/shape.js
var shape = __webpack_require__(9281);
// EXTERNAL MODULE: ./build/shared/checks/shown.js
var checks_shown = __webpack_require__(3697);
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
const check_fields_checkRecord = (0,shape/* record */.g1)({
    name: (0,shape/* text */.Qq)(texts/* oneLine */.TN),
    url: (0,shape/* text */.Qq)(texts/* parseUrl */.Dl),
    path: (0,shape/* text */.Qq)(texts/* parsePath */.Rr),
    method: (0,shape/* text */.Qq)(parseMethod),
    headers: readHeaders,
    body: (0,shape/* text */.Qq)((given) => new secret/* Secret */.z(given)),
    host: (0,shape/* text */.Qq)(parseHost),
    'follow-redirects': (0,shape/* integer */.nd)(0, 20),
    insecure: (0,shape/* flag */.Jt)(),
    'body-limit': (0,shape/* text */.Qq)(size/* parseSize */.D),
    timeout: (0,shape/* text */.Qq)(duration/* parseDuration */.E9),
    through: (0,shape/* text */.Qq)(parseThrough),
    socket: (0,shape/* text */.Qq)(parseSocket),
    port: (0,shape/* integer */.nd)(1, 65_535),
    status: (0,shape/* list */.p_)((0,shape/* scalar */.d_)(status_range/* parseStatus */.i$)),
    'expect-headers': readHeaderExpectations,
    text: (0,shape/* list */.p_)((0,shape/* text */.Qq)()),
    matches: (0,shape/* list */.p_)((0,shape/* text */.Qq)(parsePattern)),
    json: (0,shape/* list */.p_)((0,shape/* record */.g1)({ path: (0,shape/* text */.Qq)(), equals: (0,shape/* anything */.D8)(), matches: (0,shape/* text */.Qq)(parsePattern), exists: (0,shape/* flag */.Jt)() })),
    'max-response-time': (0,shape/* text */.Qq)(duration/* parseDuration */.E9),
    version: (0,shape/* record */.g1)({ equals: (0,shape/* text */.Qq)(texts/* oneLine */.TN), header: (0,shape/* text */.Qq)(texts/* parseHeaderName */.iT), 'json-path': (0,shape/* text */.Qq)() }),
    tcp: (0,shape/* scalar */.d_)(parseTcp),
    banner: (0,shape/* text */.Qq)(),
    command: readCommand,
    'exit-code': (0,shape/* integer */.nd)(0, 255),
});
/** A regular expression's source. @throws {UserError} when it is none. */
function parsePattern(given) {
    try {
        (0,checks_pattern/* compile */.wE)(given);
        return given;
    }
    catch (error) {
        throw new errors/* UserError */.yo(`accepted is a JavaScript regular expression (${(0,checks_shown/* shown */.S)(error.message, 200)})`);
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
    const headers = (0,shape/* dictionary */.zz)((0,shape/* scalar */.d_)((given) => given))(value, path, faults);
    for (const [name, content] of Object.entries(headers ?? {})) {
        if (!texts/* HEADER_NAME */.EQ.test(name) || !HEADER_VALUE.test(content)) {
            faults.push(`${path}.${(0,checks_shown/* shown */.S)(name, 40)}: this cannot be a header: its name takes letters, digits and hyphens, its value no line breaks`);
        }
    }
    return headers && Object.fromEntries(Object.entries(headers).map(([name, content]) => [name, new secret/* Secret */.z(content)]));
}
function readHeaderExpectations(value, path, faults) {
    const expectation = (item, place, found) => (typeof item === 'object' ? (0,shape/* record */.g1)({ text: (0,shape/* text */.Qq)(), matches: (0,shape/* text */.Qq)(parsePattern) })(item, place, found) : { text: (0,shape/* scalar */.d_)((given) => given)(item, place, found) ?? '' });
    const headers = (0,shape/* dictionary */.zz)(expectation)(value, path, faults);
    return headers && Object.entries(headers).map(([name, expected]) => ({ name, ...expected }));
}
function readCommand(value, path, faults) {
    const isRunnable = (given) => {
        if (given.includes('\0'))
            throw new errors/* UserError */.yo('accepted is a command without NUL bytes');
        return given;
    };
    return (Array.isArray(value) ? (0,shape/* list */.p_)((0,shape/* text */.Qq)(isRunnable)) : (0,shape/* text */.Qq)(isRunnable))(value, path, faults);
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
        throw new UserError('the list is empty, and no check is no evidence: give one, or leave checks out');
    const drafts = entries.map((entry, index) => draft(entry, `${place}[${index}]`, faults));
    faults.push(...(await Promise.all(entries.map((entry, index) => jsonPathFaults(entry, `${place}[${index}]`)))).flat());
    if (faults.length > 0)
        throw new UserError(faults.join('; '));
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
    const faults = paths.map(async ([key, path]) => (path === undefined ? [] : parseJsonPath(path).then(() => [], (error) => [`${place}.${key}: ${messageOf(error)}`])));
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
    return { kind: 'tcp', name: entry.name ?? `tcp ${addressText(address)}`, address, banner: entry.banner, timeout: entry.timeout, from };
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
    return shown(path?.split('?')[0] ?? `${host}${pathname}`);
}
function note(faults, fault) {
    faults.push(fault);
    return undefined;
}

// EXTERNAL MODULE: ./build/shared/checks/deadline.js
var deadline = __webpack_require__(9926);
// EXTERNAL MODULE: ./build/shared/checks/failure.js
var failure = __webpack_require__(674);
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
    const words = (0,core_quote/* commandLine */.a)(argv);
    const seconds = Math.max(1, Math.ceil(limitMs / 1_000));
    return (0,core_quote/* commandLine */.a)(['sh', '-c', `if timeout -k 1 5 true >/dev/null 2>&1; then exec timeout -k 1 ${seconds} ${words}; fi
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
    const evidence = { target: `${commandText(check)} on ${server.label}`, exitCode: code, output: (0,checks_shown/* shown */.S)(stdout || stderr, OUTPUT_SHOWN), responseMs: Math.round(ms) };
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
    const said = stderr.trim() === '' ? '' : `: ${(0,checks_shown/* quoted */.T)(stderr.trim())}`;
    if (code !== exitCode)
        return [`exit code ${code}${said}, expected ${exitCode}`];
    return [
        ...text.filter((wanted) => !stdout.includes(wanted)).map((wanted) => `the output does not hold ${(0,checks_shown/* quoted */.T)(wanted)}: ${(0,checks_shown/* quoted */.T)(stdout)}`),
        ...matches.filter((pattern) => !(0,checks_pattern/* isMatch */.uv)(pattern, stdout)).map((pattern) => `the output does not match ${(0,checks_shown/* quoted */.T)(pattern)}: ${(0,checks_shown/* quoted */.T)(stdout)}`),
    ];
}
function commandText({ command }) {
    return (0,checks_shown/* shown */.S)(typeof command === 'string' ? command : (0,core_quote/* commandLine */.a)(command), 200);
}

// EXTERNAL MODULE: ./build/shared/checks/redaction.js
var redaction = __webpack_require__(5721);
;// CONCATENATED MODULE: ./build/shared/checks/attempt.js






// An answer over a line that works takes one round trip.
const LINE_LIMIT_MS = 3_000;
/** Measures the check once, within its own time limit or the context's. Never rejects: whatever goes wrong is a verdict. */
async function attempt_attempt(check, context) {
    const limitMs = check.timeout ?? context.attemptTimeout;
    const progress = { phase: 'connecting', target: check.name, bytes: 0 };
    return (0,deadline/* within */.ux)(check.kind === 'command' ? patience(limitMs) : limitMs, context.signal, async (signal) => {
        try {
            return await attempt_measure(check, limitMs, { ...context, signal }, progress);
        }
        catch (error) {
            const cause = await lineFault(check, context, error) ?? error;
            return { ...(0,failure/* failureOf */.g5)(cause, progress, signal), evidence: evidenceOf(check) };
        }
    });
}
// Loaded on demand: HTTP is a tenth of the start-up time of what makes no such check.
async function attempt_measure(check, limitMs, context, progress) {
    switch (check.kind) {
        case 'http': return (await __webpack_require__.e(/* import() */ 254).then(__webpack_require__.bind(__webpack_require__, 9254))).tryHttp(check, context, progress);
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
        return new failure/* NotMeasured */.ke(`the SSH connection was lost: ${(0,checks_shown/* shown */.S)((0,errors/* messageOf */.bD)(fault))}`);
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
        readiness_note(history, await attempt_attempt(check, context));
        if (history.last?.verdict !== 'pass' || count === successes)
            return;
        await pause(interval, context.signal);
        if (context.signal.aborted)
            return;
    }
}
async function untilReady(check, context, { successes = 1, interval }, history) {
    for (;;) {
        const found = await attempt_attempt(check, context);
        const wasCutShort = context.signal.aborted && found.verdict !== 'pass';
        if (!wasCutShort || history.attempts === 0 || !isTimeUp(context.signal))
            readiness_note(history, found);
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
function readiness_note(history, found) {
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

;// CONCATENATED MODULE: ./build/shared/traffic/router.js



const common = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "traffic.sh", 'utf8');
const TOOLS = {
    'nginx-socket': ['awk'], haproxy: ['awk', 'socat'], nginx: ['awk', 'cksum'], caddy: ['awk', 'cksum', 'curl'], traefik: ['awk', 'cksum', 'curl'], 'kamal-proxy': ['awk'],
};
// What the functions need of the executor where there is none.
const WITHOUT_EXECUTOR = ["say() { printf '%s\\n' \"$*\"; }", 'now() { date +%s; }', 'nap() { sleep "$1" 2>/dev/null || sleep 1; }'].join('\n');
const nginxLog = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "nginx-log.sh", 'utf8');
const routeFile = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "route-file.sh", 'utf8');
const router_texts = {
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
        ROUTER_BLUE: user_command_listenerText(user_command_slotListener(blue, 'blue')), ROUTER_GREEN: user_command_listenerText(user_command_slotListener(green, 'green')),
        ROUTER_APPS: [...appsOf(blue, 'blue'), ...appsOf(green, 'green')].join('\n'),
    };
    return [...Object.entries(settings).map(([name, value]) => `${name}=${(0,core_quote/* quote */.h)(value)}`), common, router_texts[router.name]].join('\n');
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
    return (0,core_quote/* commandLine */.a)([verb, String(target)]);
}
/** Where users' requests come in on the server: the router's entry, or with nginx-socket the link that it follows. */
function entryListener({ router, runtimeDir }) {
    if (router.entry === '')
        return { socket: `${runtimeDir}/live.sock` };
    const { protocol, hostname, port } = new URL(router.entry);
    const tls = protocol === 'https:';
    return { host: hostname, port: port === '' ? (tls ? 443 : 80) : Number(port), tls };
}

;// CONCATENATED MODULE: ./build/shared/traffic/proof.js




const ATTEMPT_LIMIT = 5_000;
/** Asks the service where users do, and then each further app of it, until they answer as they should or the time is up. */
async function proveLive(server, proof, signal) {
    const context = { signal, attemptTimeout: ATTEMPT_LIMIT, server: async () => server.connection() };
    const first = await runCheck(proofCheck(proof), context, { total: proof.timeout });
    for (const app of Object.values(proof.definition.moreApps ?? {}).filter(({ health }) => health !== '')) {
        if (first.verdict !== 'pass')
            return first;
        const result = await runCheck(appCheck(proof, app), context, { total: proof.timeout });
        if (result.verdict !== 'pass')
            return result;
    }
    return first;
}
/** What a pass of this proof would not show, as a sentence; undefined where it shows both the version and the public address. */
function proofGap({ definition, url, version }) {
    if (url === undefined)
        return `No url is known, so the proof went through SSH: DNS, TLS${definition.router.entry === '' ? ' and the proxy' : ''} were not tried.`;
    return version === undefined ? 'No version was asked for (version-header or version-json-path), so a healthy old version would have passed too.' : undefined;
}
function proofCheck({ definition, url, path, version }) {
    const asked = path ?? (definition.health.path.startsWith('/') ? definition.health.path : '/');
    return {
        kind: 'http', name: `GET ${(0,checks_shown/* shown */.S)(asked)}`,
        ...(url === undefined ? atEntry(definition, asked) : { url: joinUrl(url, asked) }),
        expect: version === undefined ? {} : { version },
    };
}
function appCheck({ definition, url: given }, { health, url }) {
    const name = `GET ${(0,checks_shown/* shown */.S)(health)}`;
    if (given !== undefined)
        return { kind: 'http', name, url: joinUrl(url || given, health) };
    return { kind: 'http', name, ...atEntry(definition, health), ...(url !== '' && { host: new URL(url).host }) };
}
// A certificate for the public name says nothing at the server's own address.
function atEntry(definition, path) {
    const { tls = false, ...connectTo } = { tls: undefined, ...entryListener(definition) };
    return { url: joinUrl(tls ? 'https://localhost' : 'http://localhost', path), from: 'server', connectTo, insecure: tls };
}

// EXTERNAL MODULE: ./build/shared/database/retention.js
var retention = __webpack_require__(1614);
;// CONCATENATED MODULE: ./build/actions/rollback/src/decide.js





/**
 * Decides where to go back to. Without a name only what this run changed is taken back, so that a deployment that failed early, or was
 * superseded, never takes a good release away.
 * @throws {UserError} when the release named is no candidate.
 */
function decideRollback(state, wanted, run) {
    return wanted === undefined ? takeBackOwn(state, run) : goTo(state, wanted);
}
function takeBackOwn(state, run) {
    const { service } = state.definition;
    const live = liveRelease(state);
    const own = state.events.findLast((event) => event.event === 'claim' && event.run === run);
    if (own === undefined)
        return nothing(`This run has not deployed ${service} here, so there is nothing to take back. ${stays(live)} To go back further, name a release, or previous.`);
    const latest = (0,ledger/* latestClaim */.QM)(state.events);
    if (latest !== undefined && latest.run !== run)
        return nothing(`Run ${latest.run} took over ${service} at ${latest.time} (${latest.url}), so nothing of this run is left to take back.`);
    const moved = ownMove(state.events, run);
    if (moved === undefined)
        return nothing(`This run has not changed what users reach. ${stays(live)}`);
    const to = (0,ledger/* verifiedReleases */.DS)(state.events).findLast((release) => release !== moved);
    const isConfirmed = state.live === state.confirmed;
    if (to === undefined && isConfirmed)
        throw new errors/* UserError */.yo(`There is no release of ${service} to go back to: none but ${moved} was ever verified.`);
    return live === to ? nothing(`${to} is live already.`) : { kind: 'go-back', to, undone: moved };
}
// The release this run made users reach since it last took over, unless that was taken back. A rollback may have gone back itself.
function ownMove(events, run) {
    const since = events.findLastIndex((event) => event.event === 'claim' && event.run !== run);
    const reached = new Set();
    let moved;
    for (const { event, release, by } of events.slice(since + 1).filter((each) => each.run === run)) {
        if (event === 'switch' || (event === 'confirm' && by !== 'rollback')) {
            reached.add(release);
            moved = release;
        }
        if (event === 'rollback')
            moved = undefined;
        if (event === 'back')
            moved = reached.has(release) ? release : undefined;
    }
    return moved;
}
function goTo(state, wanted) {
    const live = liveRelease(state);
    const verified = (0,ledger/* verifiedReleases */.DS)(state.events);
    const candidates = verified.filter((release) => state.releases.includes(release));
    if (wanted === live)
        return nothing(`${wanted} is live already${state.closed === undefined ? '' : ', behind the maintenance page; operation: maintenance-off of blue-green-switch opens it'}.`);
    if (wanted !== 'previous') {
        if (candidates.includes(wanted))
            return { kind: 'go-back', to: wanted, undone: live };
        const others = candidates.filter((release) => release !== live);
        throw new errors/* UserError */.yo(`${wanted} is no release to go back to: it was never verified here, was taken back, or is not kept any more. ${others.length === 0 ? 'There is none' : `Candidates are ${others.join(', ')}`}.`);
    }
    // What went back by itself, or was just healed, was never verified; a rollback that went back has undone a release that was.
    const wentBack = ({ event, undone }) => event === 'back' && undone !== undefined && !verified.includes(undone);
    const last = state.events.findLast((each) => wentBack(each) || each.event === 'switch' || each.event === 'rollback' || (each.event === 'confirm' && each.by === 'deploy'));
    if (last?.event === 'rollback' || last?.event === 'back')
        return nothing(`Traffic already went back to ${live} at ${last.time} (${last.url}). To go back further, name a release: ${candidates.filter((release) => release !== live).join(', ') || 'there is none'}.`);
    const to = candidates.findLast((release) => release !== live);
    if (to === undefined)
        throw new errors/* UserError */.yo(`There is no release to go back to: none but ${live ?? 'the first'} was ever verified here.`);
    return { kind: 'go-back', to, undone: live };
}
/**
 * Refuses to go back across a schema barrier, unless the data goes back with it to a set from before it; `sets` are those there are.
 * @throws {UserError} which names the ways.
 */
function refuseBarrier({ events, definition }, { to }, sets, restored) {
    const barrier = to === undefined ? undefined : (0,ledger/* barriersSince */.xM)(events, to).find(({ time, database }) => restored === undefined || restored.time >= time || !(0,opened_set/* isAmong */.FB)(restored.parts, database));
    if (barrier === undefined)
        return;
    const lies = `Between ${to} and now lies a migration of ${definition.service} that cannot be taken back (run ${barrier.run}, ${barrier.time}), so ${to} may not work with the database as it is.`;
    if (restored !== undefined)
        throw new errors/* UserError */.yo(`${lies} ${restored.time < barrier.time ? `Nothing of ${barrier.database} is restored with set ${restored.set}, so that is no way back` : `Set ${restored.set} is no way back: it was taken after that, ${restored.time}`}. ${wayBack(sets, barrier)}`);
    throw new errors/* UserError */.yo(`${lies} Decide: go forward and deploy a mended release, or ${lowerFirst(wayBack(sets, barrier))}`);
}
function wayBack(sets, barrier) {
    const last = sets.findLast(({ time, proof, parts }) => time < barrier.time && (0,retention/* isProven */.n)(proof) && (0,opened_set/* isAmong */.FB)(parts, barrier.database));
    if (last === undefined)
        return 'Restore the data from a backup of before that by hand: no proven set is that old.';
    return `Go back with data: restore, set: ${last.set} (taken ${last.time}, ${rowsOf(last)}). Whatever was written since would be lost: it says how many rows before it acts, and goes on only up to max-data-loss.`;
}
function rowsOf({ parts, proof }) {
    const rows = parts.reduce((sum, part) => sum + (part.rows ?? 0), 0);
    return rows === 0 ? `proven ${proof}` : `${rows} rows, proven ${proof}`;
}
function lowerFirst(text) {
    return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
/**
 * Whether data that is to go back, in so many words, still has to: where the release does, where one was named, and where this run has
 * migrated it and not restored it since.
 */
function isDataToGoBack({ events }, decision, wanted, run) {
    const own = events.filter((event) => event.run === run);
    const last = own.findLast(({ event }) => event === 'migration' || event === 'restore');
    if (last?.event === 'restore')
        return false;
    return decision.kind === 'go-back' || wanted !== undefined || last !== undefined;
}
function nothing(reason) {
    return { kind: 'nothing', reason };
}
function stays(live) {
    return live === undefined ? 'Users reach no release.' : `Users still reach ${live}.`;
}

// EXTERNAL MODULE: ./build/shared/database/backup-set.js
var backup_set = __webpack_require__(973);
;// CONCATENATED MODULE: ./build/shared/database/read-sets.js



// A set is a folder with a manifest; one that still grows has another name.
const LIST = `for manifest in "$1"/*/manifest.json; do
  case $manifest in *.partial/manifest.json) ;; *) [ ! -f "$manifest" ] || { printf '\\036'; cat "$manifest" || exit 1; } ;; esac
done`;
/** The sets in a folder of the server, oldest first; none where there is no such folder. @throws {UserError} when one cannot be read. */
async function readSets(server, directory) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec((0,scripts/* scriptCommand */.rG)(LIST, [directory])));
    if (code !== 0)
        throw new errors/* UserError */.yo(`The sets in ${directory} of ${server.label} could not be read: ${stderr.trim()}`);
    return stdout.split('\u001e').filter((text) => text !== '').map(backup_set/* parseManifest */.Ng).sort((one, other) => one.set.localeCompare(other.set, 'en'));
}

// EXTERNAL MODULE: ./build/shared/runner/restore-inputs.js
var restore_inputs = __webpack_require__(471);
// EXTERNAL MODULE: ./build/shared/core/cancelled.js
var cancelled = __webpack_require__(9809);
;// CONCATENATED MODULE: ./build/shared/server/narrate.js
/** A narrator that calls each step by its title. What it is told is logged in that order, a group being closed before the next line. */
function narrator(log, titles) {
    let open;
    let told = Promise.resolve();
    const close = async () => {
        open?.close();
        await open?.closed;
        open = undefined;
    };
    const begin = async (title) => {
        await close();
        const { promise, resolve } = Promise.withResolvers();
        open = { close: resolve, closed: log.group(title, () => promise) };
    };
    const relate = async (progress) => {
        if (progress.kind === 'begin')
            await begin(titles.get(progress.step) ?? OWN_STEPS[progress.step] ?? progress.step);
        if (progress.kind === 'line')
            log.output(progress.text);
        if (progress.kind === 'end')
            await close();
        if (progress.kind === 'hook-failed')
            log.warning(`The hook ${progress.hook} failed with exit code ${progress.code}. Nothing was taken back for it: look at what it printed.`);
        if (progress.kind === 'healing')
            log.info(`Healing plan ${progress.plan}, which did not end by itself`);
    };
    const later = (task) => (told = told.then(task));
    return { tell: (progress) => void later(() => relate(progress)), end: () => later(close) };
}
const OWN_STEPS = {
    clear: 'Clearing away what had begun',
    back: 'Going back',
    confirm: 'Confirming the switch',
    retire: 'Stopping the standby',
};

;// CONCATENATED MODULE: ./build/shared/server/together.js

const WAIT_STEP = 'await-fleet';
/** Milliseconds that a runner may need beside what the steps themselves may take. */
const together_MARGIN = 60_000;
/**
 * The plan as it runs in a fleet: prepared, it waits for the word of the runner, which comes when all hosts are; what it then changes
 * goes back by itself unless it is confirmed, with time enough for the batches after it. A plan that shows users nothing stays as it is.
 */
function inStep(plan, { patience, batches, waitBetween }) {
    const at = plan.steps.findIndex(({ phase }) => phase === 'act');
    if (at < 0)
        return plan;
    const script = 'until [ -e "$HERE/go" ]; do nap 0.02; done';
    const shown = plan.steps.slice(at).map((step) => (step.phase === 'act' ? { ...step, script: `${step.script}\nmark acted "$(date +%s%3N)"` } : step));
    const inSight = plan.steps.filter(({ phase }) => ['act', 'watch', 'verify'].includes(phase)).reduce((sum, { timeout }) => sum + timeout, 0);
    return {
        ...plan,
        confirmWithin: (plan.confirmWithin || inSight + together_MARGIN) + (batches - 1) * (waitBetween + inSight + together_MARGIN),
        steps: [...plan.steps.slice(0, at), { name: WAIT_STEP, title: 'Waiting until every host is prepared', phase: 'before', timeout: patience, script }, ...shown],
    };
}
/** A keeper for one plan. */
function stepKeeper(server, plan, together) {
    let going = Promise.resolve();
    let ahead = 0;
    let fault;
    const go = async () => {
        try {
            await together.prepared();
        }
        catch (why) {
            fault = { why };
            return void (await server.cancel(plan).catch(() => { })); // then it stops by itself when its patience ends
        }
        ahead = await giveWord(server, plan);
    };
    return {
        hear(progress) {
            if (progress.kind === 'begin' && progress.step === WAIT_STEP)
                going = go().catch((why) => void (fault = { why }));
            if (progress.kind === 'acted')
                void going.then(() => together.acted((progress.at ?? Date.now()) - (progress.at === undefined ? 0 : ahead)));
        },
        settle() {
            if (fault !== undefined)
                throw fault.why;
        },
    };
}
// How many milliseconds the server's clock is ahead of ours, as far as the way there and back lets tell.
async function giveWord(server, { state, id }) {
    let asked = 0;
    const command = (0,core_quote/* commandLine */.a)(['sh', '-c', ': >"$1/go" && date +%s%3N', 'slipway', `${state}/plans/${id}`]);
    const { code, stdout, stderr } = await server.persist((connection) => {
        asked = Date.now();
        return connection.exec(command);
    });
    if (code !== 0)
        throw new Error(`${server.label} did not take the word to go on: ${stderr.trim()}`);
    // Where its date knows no milliseconds, nothing is said of them in the plan either.
    return /^\d{13}$/.test(stdout.trim()) ? Number(stdout) - (asked + Date.now()) / 2 : 0;
}

;// CONCATENATED MODULE: ./build/shared/server/carry-out.js





/** A plan that did not reach the state it was made for; the message says why and what it left, the outcome tells the rest. */
class PlanFailed extends errors/* UserError */.yo {
    outcome;
    constructor(message, outcome) {
        super(message);
        this.outcome = outcome;
    }
}
/**
 * Has the server carry out a plan and tells its steps in the log. A cancelled job asks the server to stop, which it does as long as
 * users have seen nothing, or to take back what is not confirmed.
 * @throws {PlanFailed} when the plan did not reach the state it was made for, saying why and what it left; {Overtaken} when it was to
 * take the service over as it starts, and something has happened since.
 */
async function carry_out_carryOut(server, plan, files, follow, takeover) {
    const { together } = follow;
    const own = together === undefined ? plan : inStep(plan, together);
    const keeper = together === undefined ? undefined : stepKeeper(server, plan, together);
    const titles = new Map(own.steps.map(({ name, title }) => [name, title]));
    const story = narrator(follow.log, titles);
    const tell = (progress) => {
        story.tell(progress);
        keeper?.hear(progress);
    };
    try {
        const outcome = await server.carryOut(own, files, tell, takeover);
        if (outcome.state === 'cleared')
            keeper?.settle();
        return succeeded(outcome, follow, titles);
    }
    catch (error) {
        if (follow.signal.aborted)
            await stopPlan(server, plan, follow);
        throw error;
    }
    finally {
        await story.end();
    }
}
/**
 * The same for a change that stays as soon as it is made; in a fleet, once it is made on every host.
 * @throws besides, what failed elsewhere, when it was taken back here for that.
 */
async function carryOutForGood(server, plan, files, follow, takeover) {
    const outcome = await carry_out_carryOut(server, plan, files, follow, takeover);
    if (outcome.state !== 'unconfirmed')
        return outcome;
    await stayTogether(server, plan, follow);
    await carry_out_confirm(server, plan, follow);
    return outcome;
}
/** Waits until every host of the fleet has published, too; where one has not, takes the change back here and throws what failed there. */
async function stayTogether(server, plan, follow) {
    try {
        await follow.together?.published();
    }
    catch (error) {
        await goBack(server, plan, follow);
        throw error;
    }
}
/** Confirms a switch. @throws {PlanFailed} when it is superseded or has gone back. */
async function carry_out_confirm(server, plan, follow) {
    succeeded(await carry_out_ask(server, plan, 'confirm', follow), follow, new Map());
}
/** Takes back a switch that is not confirmed. @throws {PlanFailed} when that was not possible, or another run did so or it was confirmed meanwhile. */
async function goBack(server, plan, follow) {
    const outcome = await carry_out_ask(server, plan, 'revert', follow);
    if (outcome.state === 'confirmed')
        throw new PlanFailed('The switch was confirmed meanwhile, so it was not taken back.', outcome);
    if (outcome.state !== 'back' || outcome.refusedBy !== undefined)
        succeeded(outcome, follow, new Map());
}
async function carry_out_ask(server, plan, verb, follow) {
    const story = narrator(follow.log, new Map());
    try {
        return await server.ask(plan, verb, story.tell);
    }
    finally {
        await story.end();
    }
}
function succeeded(outcome, { service }, titles) {
    const fault = outcome_faultOf(outcome, service, titles);
    if (fault !== undefined)
        throw new PlanFailed(fault, outcome);
    return outcome;
}
/** Asks the server to stop a plan, or take it back, because the job is being ended. Never throws: what cannot be asked heals by itself. */
async function stopPlan(server, plan, { log, signal }) {
    const why = signal.reason instanceof cancelled/* Cancelled */.c ? 'cancelled' : 'out of time';
    log.info(`The job was ${why}; asking ${server.label} to stop or take back plan ${plan.id}.`);
    await server.cancel(plan).catch(() => log.info(`${server.label} could not be asked. It stops by itself before the next step, or goes back when nothing confirms the switch.`));
}

;// CONCATENATED MODULE: ./build/shared/server/service.js




const service_LOCK_WAIT = 1_800_000;
/** What the server knows of a service; with claim members, it takes a new generation first. @throws {UserError} when it may not. */
async function readState(server, name, claim = '', beginBase) {
    const inspection = await server.inspect(serviceKey(name.service, name.environment), name.path ?? '', name.runtimeDir ?? '', claim, beginBase);
    if (inspection.kind === 'state')
        return inspection.state;
    if (inspection.kind === 'refused')
        throw new errors/* UserError */.yo(`${server.label} refused: ${inspection.reason}`);
    const known = inspection.known.length === 0 ? 'It knows none' : `It knows ${inspection.known.join(', ')}`;
    throw new errors/* UserError */.yo(`${server.label} knows no service ${name.service} in environment ${name.environment}. ${known}. Deploy it first, or correct service and environment.`);
}
/** The same for a service that must have been deployed. @throws {UserError} when it has not. */
async function readDeployed(server, name, claim = '') {
    return asDeployed(server, name, await readState(server, name, claim));
}
/** The state as that of a service that has been deployed. @throws {UserError} when it has not. */
function asDeployed(server, { service }, state) {
    if (state.definition === undefined)
        throw new errors/* UserError */.yo(`${service} has not been deployed to ${server.label} yet: no deployment has come to its end.`);
    return state;
}
/** Heals what earlier plans left, if there is anything, under this generation; then there is a new state to read. */
async function heal(server, state, generation, follow) {
    if (state.unfinished.length === 0)
        return false;
    follow.log.info(`Earlier plans of ${follow.service} have not ended: ${state.unfinished.map(({ plan, last }) => `${plan} (${last})`).join(', ')}. They are healed first.`);
    const plan = { id: (0,server_plan/* newPlanId */.hd)(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: service_LOCK_WAIT, environment: {} };
    await carry_out_carryOut(server, plan, [], follow);
    return true;
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/data.js






/** The data that goes back with a decision, undefined where it stays. @throws {UserError} when a schema barrier forbids to go back without, or the set does not fit. */
async function dataFor(inputs, job, server, state, decision, together) {
    const isWanted = inputs.data === 'restore';
    const hasBarrier = state.events.some(({ barrier }) => barrier === true);
    if (!isWanted && !hasBarrier)
        return undefined;
    if (isWanted && together !== undefined)
        throw new errors/* UserError */.yo('data: restore takes one host. Restore the data where the database is with operation: restore of db-backup, then roll the hosts back.');
    const directory = inputs.directory ?? `${state.definition.path}/backups`;
    const sets = await readSets(server, directory);
    const isDue = isWanted && isDataToGoBack(state, decision, inputs.release, job.run.id);
    const manifest = isDue ? (0,restore_inputs/* wantedSet */.iV)(sets, inputs.set ?? 'latest', { definition: state.definition, directory }) : undefined;
    const restore = manifest === undefined ? undefined : (0,restore_inputs/* restoreOf */.W6)(inputs, manifest, { definition: state.definition, events: state.events, run: job.run, directory }, job.log);
    const restored = manifest && restore && { ...manifest, parts: manifest.parts.filter(({ name }) => restore.opened.sources.some((source) => source.name === name)) };
    if (decision.kind === 'go-back')
        refuseBarrier(state, decision, sets.filter((0,backup_set/* isOf */.yW)(state.definition)), restored);
    return restore;
}
/** Puts out and says what became of the data. */
async function dataTold(inputs, job, server, data) {
    const { lost } = (await readDeployed(server, inputs)).events.findLast(({ event, plan }) => event === 'restore' && plan === data.id) ?? {};
    job.output({ set: data.opened.manifest?.set ?? '', restore: data.id, lost });
    return (0,restore_inputs/* restoreTold */.AP)(data, lost);
}

;// CONCATENATED MODULE: ./build/shared/migrations/chain.js


/** The links of a chain's text. @throws {UserError} when it is not whole, or somebody changed it. */
function parseChain(text) {
    const links = text.split('\n').filter((line) => line !== '').map((line) => {
        const [, sha256 = '', link = '', name = ''] = /^([0-9a-f]{64}) ([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
        return { name, sha256, link };
    });
    const broken = links.findIndex((each, index) => each.link !== linkAfter(links[index - 1]?.link ?? '', each));
    if (broken >= 0)
        throw new errors/* UserError */.yo(`The record of applied migrations on the server does not hold together at ${links[broken].name || `line ${broken + 1}`}: somebody changed it. Look who writes in the service's state folder; with edited-history: accept it is begun anew from the files as they are.`);
    return links;
}
/** The chain as text. */
function renderChain(links) {
    return links.map(({ sha256, link, name }) => `${sha256} ${link} ${name}\n`).join('');
}
/** What is wrong with the files of what was applied; `hashes` are those of the files as they are, by their paths. */
function historyFaults({ applied, unknown }, chain, hashes) {
    const recorded = new Map(chain.map(({ name, sha256 }) => [name, sha256]));
    return [
        ...applied.flatMap(({ name, file }) => {
            const [then, is] = [recorded.get(name), file === undefined ? undefined : hashes.get(file)];
            return then === undefined || is === undefined || then === is ? [] : [`${name} was edited after it was applied: its sha256 was ${then}, and is ${is}`];
        }),
        ...unknown.map((name) => `${name} was applied, and its file is not among the migrations any more`),
    ];
}
/**
 * The chain once all that is pending is applied: files of what is applied already as they were then (with `isAccepted`, as they are), those of what is
 * pending as they are. What it knows of others, which are not applied any more, is left out.
 */
function nextChain({ applied, pending }, chain, hashes, isAccepted) {
    const recorded = new Map(chain.map(({ name, sha256 }) => [name, sha256]));
    const is = ({ file }) => (file === undefined ? undefined : hashes.get(file));
    const links = [];
    const add = (name, sha256) => {
        if (sha256 !== undefined)
            links.push({ name, sha256, link: linkAfter(links.at(-1)?.link ?? '', { name, sha256 }) });
    };
    for (const each of applied)
        add(each.name, (isAccepted ? undefined : recorded.get(each.name)) ?? is(each));
    for (const each of pending)
        add(each.name, is(each));
    return links;
}
function linkAfter(before, { name, sha256 }) {
    return (0,external_node_crypto_.createHash)('sha256').update(`${before}\n${sha256}\n${name}\n`).digest('hex');
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/told.js


/** What asks a database which one it is: a copy of it, and another of the same name, answer otherwise. */
const WHO = {
    postgres: 'select current_database(), system_identifier from pg_control_system()',
    mysql: 'select database(), @@datadir, @@port',
    sqlite: 'select file from pragma_database_list where name = \'main\'',
};
/** Sets SLIPWAY_WHO, a question, and SLIPWAY_IDENTITY, the answer of the database that is meant: a tool whose own connection answers otherwise is stopped. */
function identify(database) {
    return `export SLIPWAY_KIND=${database} SLIPWAY_WHO=${(0,core_quote/* quote */.h)(WHO[database])} SLIPWAY_FOLDER="$PWD"\nSLIPWAY_IDENTITY=$(printf '%s;\\n' "$SLIPWAY_WHO" | rows_of)\nexport SLIPWAY_IDENTITY`;
}
/** A status of lines such as `["pending","shop.0002_total","shop/migrations/0002_total.py"]`, ended by `["end"]`. @throws {UserError} when it is anything else. */
function parseTold(tool, printed) {
    const lines = printed.split('\n').filter((line) => line !== '').map((line) => told_parseLine(tool, line));
    if (lines.at(-1)?.state !== 'end')
        throw new errors/* UserError */.yo(`The status of ${tool} has no end: ${printed.slice(-100)}`);
    const of = (wanted) => lines.filter(({ state }) => state === wanted).map(({ migration }) => migration);
    return { applied: of('applied'), pending: of('pending'), unknown: of('unknown').map(({ name }) => name) };
}
function told_parseLine(tool, line) {
    let value;
    try {
        value = JSON.parse(line);
    }
    catch {
        value = undefined;
    }
    const [state, name, file] = Array.isArray(value) ? value : [];
    if (state === 'end')
        return { state, migration: { name: '' } };
    if (!['applied', 'pending', 'unknown'].includes(String(state)) || typeof name !== 'string' || !(typeof file === 'string' || file === null))
        throw new errors/* UserError */.yo(`The status of ${tool} has a line that is not understood: ${line.slice(0, 100)}`);
    return { state: state, migration: { name, ...(typeof file === 'string' && { file }) } };
}
const CAN_BE_UNDONE = '\n-- can be undone\n';
/** SQL that a tool printed for a migration, and whether it knows how to undo it. */
function printedSql({ name, file = name }, printed) {
    const text = printed.replace(CAN_BE_UNDONE, '\n');
    return { name, up: { path: file, text, firstLine: undefined, road: 'statements' }, down: printed.endsWith(CAN_BE_UNDONE) ? 'by-tool' : undefined };
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/alembic.js



const program = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "alembic.py", 'utf8');
/** Alembic's revisions, by a program of ours beside it: its status, its SQL, and each revision alone. */
const alembic = {
    name: 'alembic',
    databases: ['postgres', 'mysql', 'sqlite'],
    isTested: true,
    needsPassword: false,
    options: {
        python: { description: 'The Python that has Alembic, such as `.venv/bin/python`.', default: 'python3' },
        config: { description: 'Path of alembic.ini, from the folder of the migrations.', default: 'alembic.ini' },
        section: { description: 'Its section.', default: 'alembic' },
    },
    programs: ({ options }) => (options['python']?.includes('/') === true ? [] : [options['python'] ?? '']),
    status: (setup) => `${alembic_run(setup, ['status'])}\ncat "$ROOM/told"`,
    parseStatus: (printed) => parseTold('Alembic', printed),
    sql: (setup, { name }) => `${alembic_run(setup, ['sql', name])}\ncat "$ROOM/told"`,
    read: withoutOwnRecord,
    prepare: (setup) => alembic_run(setup, ['prepare']),
    apply: (setup, pending) => pending.map(({ name }) => ({ title: name, script: alembic_run(setup, ['apply', name]) })),
    undo: (setup, applied) => applied.map(({ name }) => ({ title: name, script: alembic_run(setup, ['undo', name]) })),
};
function alembic_run({ database, directory, options }, task) {
    return [
        identify(database), ...(directory === '' ? [] : [`cd ./${(0,core_quote/* quote */.h)(directory)}`]),
        `export PYTHONDONTWRITEBYTECODE=1 SLIPWAY_CONFIG=${(0,core_quote/* quote */.h)(options['config'] ?? '')} SLIPWAY_SECTION=${(0,core_quote/* quote */.h)(options['section'] ?? '')} SLIPWAY_TASK=${(0,core_quote/* quote */.h)(JSON.stringify(task))}`,
        `${(0,core_quote/* commandLine */.a)([options['python'] ?? '', '-c', program])} >&2`,
    ].join('\n');
}
// What it writes down of itself is nothing that a migration does.
function withoutOwnRecord(migration, printed) {
    return printedSql(migration, printed.replaceAll(/^(?:INSERT INTO|UPDATE|DELETE FROM) alembic_version\b[^\n]*;$/gm, ''));
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/command.js


/**
 * Commands of the user's own. The status prints a line a migration, in their order: `applied NAME` or `pending NAME`, and behind a tab the
 * file it is in, if it is one.
 */
const command = {
    name: 'command',
    databases: ['postgres', 'mysql', 'sqlite'],
    isTested: true,
    needsPassword: false,
    options: {
        status: { description: 'Command that prints `applied NAME` or `pending NAME` for each migration, one a line, in their order, and behind a tab its file, if it is one.' },
        apply: { description: 'Command that applies all that is pending; done twice it changes nothing more.' },
        undo: { description: 'Command that undoes the migrations in the environment variable MIGRATIONS, one a line, the newest first.', default: '' },
    },
    programs: () => [],
    status: ({ options }) => command_script(options['status'] ?? ''),
    parseStatus: (printed) => {
        const all = printed.split('\n').filter((line) => line !== '').map((line) => {
            const [, state, name = '', file] = /^(applied|pending) ([^\t]+)(?:\t(.+))?$/.exec(line) ?? [];
            if (state === undefined)
                throw new errors/* UserError */.yo(`The status command printed a line that is neither "applied NAME" nor "pending NAME": ${line.slice(0, 100)}`);
            return { state, migration: { name, ...(file !== undefined && { file }) } };
        });
        const of = (wanted) => all.filter(({ state }) => state === wanted).map(({ migration }) => migration);
        return { applied: of('applied'), pending: of('pending'), unknown: [] };
    },
    apply: ({ options }, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: command_script(options['apply'] ?? '') }]),
    undo: ({ options }, applied) => {
        const undo = options['undo'] ?? '';
        if (undo === '')
            throw new errors/* UserError */.yo('There is no undo among the options of engine command, so what its apply did cannot be taken back by it.');
        if (applied.length === 0)
            return [];
        const names = applied.map(({ name }) => name);
        return [{ title: names.join(', '), script: `${(0,core_quote/* commandLine */.a)(['export', `MIGRATIONS=${names.join('\n')}`])}\n${command_script(undo)}` }];
    },
};
function command_script(text) {
    return (0,core_quote/* commandLine */.a)(['sh', '-e', '-c', text]);
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/django.js



const django_program = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "django.py", 'utf8');
/** Django's migrations, by a program of ours within `manage.py shell`: its status, its SQL, and each migration alone. */
const django = {
    name: 'django',
    databases: ['postgres', 'mysql', 'sqlite'],
    isTested: true,
    needsPassword: false,
    options: {
        python: { description: 'The Python that has Django, such as `.venv/bin/python`.', default: 'python3' },
        manage: { description: 'Path of manage.py, from the folder of the migrations.', default: 'manage.py' },
        alias: { description: 'Name of the database in Django\'s settings.', default: 'default' },
    },
    programs: ({ options }) => (options['python']?.includes('/') === true ? [] : [options['python'] ?? '']),
    status: (setup) => `${django_run(setup, ['status'])}\ncat "$ROOM/told"`,
    parseStatus: (printed) => parseTold('Django', printed),
    sql: (setup, migration) => `${django_run(setup, ['sql', ...wordsOf(migration)])}\ncat "$ROOM/told"`,
    read: printedSql,
    prepare: (setup) => django_run(setup, ['prepare']),
    apply: (setup, pending) => pending.map((migration) => ({ title: migration.name, script: django_run(setup, ['apply', ...wordsOf(migration)]) })),
    undo: (setup, applied) => applied.map((migration) => ({ title: migration.name, script: django_run(setup, ['undo', ...wordsOf(migration)]) })),
};
function django_run({ database, directory, options }, task) {
    return [
        identify(database), ...(directory === '' ? [] : [`cd ./${(0,core_quote/* quote */.h)(directory)}`]),
        `export PYTHONDONTWRITEBYTECODE=1 SLIPWAY_ALIAS=${(0,core_quote/* quote */.h)(options['alias'] ?? '')} SLIPWAY_TASK=${(0,core_quote/* quote */.h)(JSON.stringify(task))}`,
        `${(0,core_quote/* commandLine */.a)([options['python'] ?? '', options['manage'] ?? '', 'shell', '--verbosity', '0', '--command', django_program])} >&2`,
    ].join('\n');
}
// An app's label has no dot.
function wordsOf({ name }) {
    const at = name.indexOf('.');
    return [name.slice(0, at), name.slice(at + 1)];
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/flyway.js


// What Flyway calls the states of a migration; anything else is a fault.
const APPLIED = ['Success', 'Out of Order', 'Baseline', 'Below Baseline'];
const PENDING = ['Pending', 'Outdated'];
const UNKNOWN = ['Missing', 'Future'];
/** Flyway, by what its `info` tells as JSON. Its way back is of a paid edition, so it has none here. */
const flyway = {
    name: 'flyway',
    databases: ['postgres', 'mysql'],
    isTested: false,
    needsPassword: true,
    options: { flyway: { description: 'Flyway\'s program.', default: 'flyway' }, jdbc: { description: 'The database\'s address as Java has it, without user and password.' }, config: { description: 'Its configuration file; empty for its own.', default: '' } },
    programs: ({ options }) => [options['flyway'] ?? ''].filter((name) => !name.includes('/')),
    status: (setup) => flyway_run(setup, ['info', '-outputType=json']),
    parseStatus,
    apply: (setup, pending) => (pending.some(({ name }) => !/^\d/.test(name)) ? [{ title: pending.map(({ name }) => name).join(', '), script: flyway_run(setup, ['migrate']) }] : pending.map(({ name }) => ({ title: name, script: flyway_run(setup, [`-target=${name.replace(/ .*$/, '')}`, 'migrate']) }))),
};
// The password is what stands between the user and the host of the address.
function flyway_run({ directory, options }, words) {
    const { flyway: own = '', jdbc = '', config = '' } = options;
    return [
        `cd ./${(0,core_quote/* quote */.h)(directory)}`, `export FLYWAY_URL=${(0,core_quote/* quote */.h)(jdbc)}`,
        'login=${DATABASE_URL#*://} login=${login%%@*}', 'export FLYWAY_USER="${login%%:*}"', 'case $login in *:*) export FLYWAY_PASSWORD="${login#*:}" ;; esac', 'unset DATABASE_URL login',
        (0,core_quote/* commandLine */.a)([own, ...(config === '' ? [] : [`-configFiles=${config}`]), ...words]),
    ].join('\n');
}
function parseStatus(printed) {
    const migrations = migrationsOf(printed);
    const of = (states) => migrations.filter(({ state }) => states.includes(state)).map(({ name }) => ({ name }));
    const other = migrations.find(({ state }) => ![...APPLIED, ...PENDING, ...UNKNOWN].includes(state));
    if (other !== undefined)
        throw new errors/* UserError */.yo(`Flyway tells that ${other.name} is ${other.state}. Mend that first; "flyway info" tells more.`);
    return { applied: of(APPLIED), pending: of(PENDING), unknown: of(UNKNOWN).map(({ name }) => name) };
}
function migrationsOf(printed) {
    try {
        const { migrations } = JSON.parse(printed);
        return migrations.map(({ version, description, state }) => {
            if (typeof description !== 'string' || typeof state !== 'string')
                throw new TypeError('no description or state');
            return { name: [typeof version === 'string' ? version : '', description].filter(Boolean).join(' '), state };
        });
    }
    catch {
        throw new errors/* UserError */.yo(`Flyway's info is not the JSON of migrations that it prints: ${printed.slice(0, 100)}`);
    }
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/golang-migrate.js



const IS_THERE = { postgres: 'select case when to_regclass(\'schema_migrations\') is null then 0 else 1 end', sqlite: 'select count(*) from sqlite_master where name = \'schema_migrations\'' };
// Its address is an argument of its own, so it must hold no password: lib/pq takes that from PGPASSFILE.
const ADDRESS = '. "$ADDRESS"\ncase $DATABASE_URL in sqlite:*) DATABASE_URL="sqlite://${DATABASE_URL#sqlite:}" ;; esac';
/** golang-migrate: a folder of NUMBER_title.up.sql and .down.sql; its table holds the one number that the database is at. */
const golangMigrate = {
    name: 'golang-migrate',
    databases: ['postgres', 'sqlite'],
    isTested: true,
    needsPassword: false,
    options: {},
    programs: () => ['migrate'],
    status: ({ database, directory }) => [
        `for file in ./${(0,core_quote/* quote */.h)(directory)}/*.up.sql; do [ ! -f "$file" ] || printf 'file|%s\\n' "$(basename "$file" .up.sql)"; done`,
        `if [ "$(printf '%s;\\n' ${(0,core_quote/* quote */.h)(IS_THERE[database === 'sqlite' ? 'sqlite' : 'postgres'])} | rows_of)" = 1 ]; then echo "select 'at', version, case when dirty then 'dirty' else 'clean' end from schema_migrations;" | rows_of; fi`, 'echo end',
    ].join('\n'),
    parseStatus: golang_migrate_parseStatus,
    sql: ({ directory }, { name }) => `cat ./${(0,core_quote/* quote */.h)(`${directory}/${name}`)}.up.sql\n[ ! -s ./${(0,core_quote/* quote */.h)(`${directory}/${name}`)}.down.sql ] || printf '\\n-- can be undone\\n'`,
    read: (migration, text) => {
        const read = printedSql(migration, text);
        return { ...read, up: { ...read.up, firstLine: 1, road: 'message' } };
    },
    apply: ({ directory }, pending) => pending.map(({ name }) => ({ title: name, script: `${ADDRESS}\nmigrate -path ./${(0,core_quote/* quote */.h)(directory)} -database "$DATABASE_URL" goto ${(0,core_quote/* quote */.h)(golang_migrate_versionOf(name))}` })),
    undo: ({ directory }, applied) => applied.map(({ name }) => ({ title: name, script: `${ADDRESS}\nif [ "$(echo 'select version from schema_migrations;' | rows_of)" = ${(0,core_quote/* quote */.h)(golang_migrate_versionOf(name))} ]; then migrate -path ./${(0,core_quote/* quote */.h)(directory)} -database "$DATABASE_URL" down 1; fi` })),
};
function golang_migrate_parseStatus(printed, { directory }) {
    const lines = printed.split('\n').filter((line) => line !== '');
    const strange = lines.slice(0, -1).find((line) => !/^file\|\d+_[^|]*$|^at\|\d+\|(?:dirty|clean)$/.test(line));
    if (lines.at(-1) !== 'end' || strange !== undefined)
        throw new errors/* UserError */.yo(`The status of golang-migrate is not understood: ${(strange ?? printed).slice(0, 100)}`);
    const [, at, state] = lines.find((line) => line.startsWith('at|'))?.split('|') ?? [];
    if (state === 'dirty')
        throw new errors/* UserError */.yo(`golang-migrate has left version ${at} dirty: it failed half-way. Mend the database, then run "migrate force" with the version that it is at.`);
    const reached = at === undefined ? -1n : BigInt(at);
    const files = lines.filter((line) => line.startsWith('file|')).map((line) => line.slice('file|'.length)).map((name) => ({ name, file: `${directory === '' ? '' : `${directory}/`}${name}.up.sql` })).toSorted((one, other) => (numberOf(one) < numberOf(other) ? -1 : 1));
    return { applied: files.filter((one) => numberOf(one) <= reached), pending: files.filter((one) => numberOf(one) > reached), unknown: at !== undefined && !files.some((one) => numberOf(one) === reached) ? [at] : [] };
}
function golang_migrate_versionOf(name) {
    return BigInt(/^\d+/.exec(name)?.[0] ?? '').toString();
}
function numberOf({ name }) {
    return BigInt(golang_migrate_versionOf(name));
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/odoo.js



const odoo_program = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "odoo.py", 'utf8');
const MODULES = 'select name, state, coalesce(latest_version, \'\') from ir_module_module where state not in (\'uninstalled\', \'uninstallable\') order by name';
/**
 * Odoo's modules: each that is installed and newer on the disk is pending. What the database has in ir_module_module is the truth, before and
 * after; Odoo's exit code is 0 too when it has ignored a module or left one half-way.
 */
const odoo = {
    name: 'odoo',
    databases: ['postgres'],
    isTested: false,
    needsPassword: false,
    options: {
        odoo: { description: 'Odoo\'s program, such as `./odoo-bin`.', default: 'odoo' },
        python: { description: 'A Python to read manifests with.', default: 'python3' },
        config: { description: 'Odoo\'s configuration file; empty for its own.', default: '' },
        addons: { description: 'Folders of modules, with commas between them, those of Odoo itself too.' },
    },
    programs: ({ options }) => [options['odoo'] ?? '', options['python'] ?? ''].filter((name) => !name.includes('/')),
    status: (setup) => `${inFolder(setup)}${odoo_status(setup)}`,
    parseStatus: (printed) => parseTold('Odoo', printed),
    apply: (setup, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: apply(setup, pending) }]),
};
function odoo_status({ options }) {
    return [
        `printf '%s;\\n' ${(0,core_quote/* quote */.h)(MODULES)} | rows_of >"$ROOM/modules"`,
        `${(0,core_quote/* commandLine */.a)(['env', `SLIPWAY_ADDONS=${options['addons'] ?? ''}`, options['python'] ?? '', '-c', odoo_program])} <"$ROOM/modules"`,
    ].join('\n');
}
function apply(setup, pending) {
    const { odoo: own = '', config = '' } = setup.options;
    const modules = pending.map(({ name }) => name.replace(/ .*$/, '')).join(',');
    const command = (0,core_quote/* commandLine */.a)([own, ...(config === '' ? [] : ['-c', config]), '-u', modules, '--stop-after-init', '--no-http']);
    return [
        `${inFolder(setup)}${command} -d "$SLIPWAY_DATABASE"`, `(\n${odoo_status(setup)}\n) >"$ROOM/after"`,
        'if grep -q \'^\\["pending"\' "$ROOM/after"; then',
        '  echo "Error: Odoo ended without a failure, and ir_module_module says that these are not updated: $(sed -n \'s/^\\["pending", "\\([^"]*\\)".*/\\1/p\' "$ROOM/after" | tr \'\\n\' \',\')" >&2',
        '  exit 1', 'fi',
    ].join('\n');
}
function inFolder({ directory }) {
    return directory === '' ? '' : `cd ./${(0,core_quote/* quote */.h)(directory)}\n`;
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/prisma.js


const prisma_IS_THERE = {
    postgres: 'select case when to_regclass(\'_prisma_migrations\') is null then 0 else 1 end',
    mysql: 'select count(*) from information_schema.tables where table_schema = database() and table_name = \'_prisma_migrations\'',
    sqlite: 'select count(*) from sqlite_master where name = \'_prisma_migrations\'',
};
const prisma_APPLIED = 'select migration_name, case when finished_at is null then \'failed\' else \'done\' end from _prisma_migrations where rolled_back_at is null order by started_at';
/** Prisma Migrate. What is applied is read from its table, what there is from its folders. */
const prisma = {
    name: 'prisma',
    databases: ['postgres', 'mysql', 'sqlite'],
    isTested: false,
    needsPassword: true,
    options: { prisma: { description: 'Prisma\'s program.', default: 'node_modules/.bin/prisma' }, migrations: { description: 'Folder of the migrations.', default: 'prisma/migrations' } },
    programs: () => ['node'],
    status: ({ database, directory, options }) => [
        `cd ./${(0,core_quote/* quote */.h)(directory)}`,
        `for folder in ./${(0,core_quote/* quote */.h)(options['migrations'] ?? '')}/*/; do [ ! -f "$folder/migration.sql" ] || printf 'file|%s\\n' "$(basename "$folder")"; done`,
        `if [ "$(printf '%s;\\n' ${(0,core_quote/* quote */.h)(prisma_IS_THERE[database])} | rows_of)" = 1 ]; then printf '%s;\\n' ${(0,core_quote/* quote */.h)(prisma_APPLIED)} | rows_of; fi`, 'echo end',
    ].join('\n'),
    parseStatus: (printed, setup) => prisma_parseStatus(printed, setup),
    read: ({ name, file = name }, text) => ({ name, up: { path: file, text, firstLine: 1, road: 'message' }, down: undefined }),
    apply: ({ directory, options }, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: `cd ./${(0,core_quote/* quote */.h)(directory)}\n${(0,core_quote/* commandLine */.a)([options['prisma'] ?? '', 'migrate', 'deploy'])}` }]),
};
function prisma_parseStatus(printed, { directory, options }) {
    const lines = printed.split('\n').filter((line) => line !== '');
    const strange = lines.slice(0, -1).find((line) => !/^file\|[^|]+$|^[^|]+\|(?:done|failed)$/.test(line));
    if (lines.at(-1) !== 'end' || strange !== undefined)
        throw new errors/* UserError */.yo(`The status of Prisma's migrations is not understood: ${(strange ?? printed).slice(0, 100)}`);
    const rows = lines.slice(0, -1).map((line) => line.split('|'));
    const failed = rows.find(([, state]) => state === 'failed');
    if (failed !== undefined)
        throw new errors/* UserError */.yo(`Prisma's migration ${failed[0]} has failed half-way. Mend the database, then run "prisma migrate resolve".`);
    const files = rows.filter(([kind]) => kind === 'file').map(([, name]) => name);
    const applied = rows.filter(([kind]) => kind !== 'file').map(([name]) => name);
    const of = (names) => names.map((name) => ({ name, file: [directory, options['migrations'], name, 'migration.sql'].filter(Boolean).join('/') }));
    return { applied: of(applied.filter((name) => files.includes(name))), pending: of(files.filter((name) => !applied.includes(name))), unknown: applied.filter((name) => !files.includes(name)) };
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/rails.js


const rails_IS_THERE = {
    postgres: 'select case when to_regclass(\'schema_migrations\') is null then 0 else 1 end',
    mysql: 'select count(*) from information_schema.tables where table_schema = database() and table_name = \'schema_migrations\'',
    sqlite: 'select count(*) from sqlite_master where name = \'schema_migrations\'',
};
/** Rails' migrations, one by one, by `bin/rails`; DATABASE_URL goes before config/database.yml. What is applied is read from its table. */
const rails = {
    name: 'rails',
    databases: ['postgres', 'mysql', 'sqlite'],
    isTested: true,
    needsPassword: false,
    options: { rails: { description: 'Rails\' program.', default: 'bin/rails' }, environment: { description: 'Value of RAILS_ENV.', default: 'production' } },
    programs: () => ['ruby'],
    status: ({ database, directory }) => [
        `for file in ./${(0,core_quote/* quote */.h)([directory, 'db/migrate'].filter(Boolean).join('/'))}/*.rb; do [ ! -f "$file" ] || printf 'file|%s\\n' "$(basename "$file")"; done`,
        `if [ "$(printf '%s;\\n' ${(0,core_quote/* quote */.h)(rails_IS_THERE[database])} | rows_of)" = 1 ]; then echo "select 'at', version from schema_migrations order by version;" | rows_of; fi`, 'echo end',
    ].join('\n'),
    parseStatus: rails_parseStatus,
    apply: (setup, pending) => pending.map((migration) => ({ title: migration.name, script: rails_run(setup, ['db:migrate:up', `VERSION=${rails_versionOf(migration)}`]) })),
    undo: (setup, applied) => applied.map((migration) => ({ title: migration.name, script: rails_run(setup, ['db:migrate:down', `VERSION=${rails_versionOf(migration)}`]) })),
};
function rails_run({ directory, options }, words) {
    const own = options['rails'] ?? '';
    return [`cd ./${(0,core_quote/* quote */.h)(directory)}`, `export RAILS_ENV=${(0,core_quote/* quote */.h)(options['environment'] ?? '')}`, (0,core_quote/* commandLine */.a)(['ruby', own, ...words])].join('\n');
}
function rails_parseStatus(printed, { directory }) {
    const lines = printed.split('\n').filter((line) => line !== '');
    const strange = lines.slice(0, -1).find((line) => !/^file\|\d+_[^|]+\.rb$|^at\|\d+$/.test(line));
    if (lines.at(-1) !== 'end' || strange !== undefined)
        throw new errors/* UserError */.yo(`The status of Rails' migrations is not understood: ${(strange ?? printed).slice(0, 100)}`);
    const of = (kind) => lines.filter((line) => line.startsWith(`${kind}|`)).map((line) => line.slice(kind.length + 1));
    const [files, versions] = [of('file').toSorted(), of('at')];
    const known = (isApplied) => files.filter((file) => versions.includes(rails_versionOf({ name: file })) === isApplied).map((file) => ({ name: file.replace(/\.rb$/, ''), file: [directory, 'db/migrate', file].filter(Boolean).join('/') }));
    return { applied: known(true), pending: known(false), unknown: versions.filter((version) => !files.some((file) => rails_versionOf({ name: file }) === version)) };
}
function rails_versionOf({ name }) {
    return /^\d+/.exec(name)?.[0] ?? name;
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/sections.js

// The marks of dbmate: https://github.com/amacneil/dbmate#creating-migrations
const MARK = /^--[ \t]*migrate:(up|down)\b([^\n]*)$/gm;
/** A file with `-- migrate:up` and `-- migrate:down` as its two sections. @throws {UserError} that names the file and what is wrong with its marks. */
function sectionsOf(name, path, text) {
    const marks = [...text.matchAll(MARK)].map((found) => ({ name: found[1], options: found[2].trim(), from: found.index + found[0].length, at: found.index }));
    const [up, down, more] = marks;
    if (up?.name !== 'up' || (down !== undefined && down.name !== 'down') || more !== undefined)
        throw new errors/* UserError */.yo(`${path} has the marks ${marks.map((mark) => mark.name).join(', ') || 'of no section'}; accepted is "-- migrate:up", then "-- migrate:down", each once.`);
    const section = (from, to, options) => ({
        path, text: text.slice(from, to), firstLine: text.slice(0, from).split('\n').length, road: runsWithout(options, path) ? 'message' : 'transaction',
    });
    return { name, up: section(up.from, down?.at ?? text.length, up.options), down: down === undefined ? undefined : section(down.from, text.length, down.options) };
}
function runsWithout(options, path) {
    const unknown = options.split(/\s+/).find((option) => option !== '' && !/^transaction:(?:true|false)$/.test(option));
    if (unknown !== undefined)
        throw new errors/* UserError */.yo(`${path} has the option ${unknown} at a mark; accepted is transaction:false.`);
    return options.includes('transaction:false');
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/sql.js



const DBMATE = 'dbmate --env-file "$ADDRESS" --no-dump-schema';
// A variable that is there goes before that of the file.
const OWN_ADDRESS = 'unset DATABASE_URL';
/**
 * A folder of SQL files with `-- migrate:up` and `-- migrate:down`, run by dbmate. Its address of the database is in a file that it reads by
 * itself ($ADDRESS), so a password reaches neither its arguments nor its environment.
 */
const sql = {
    name: 'sql',
    databases: ['postgres', 'mysql', 'sqlite'],
    isTested: true,
    needsPassword: false,
    options: {},
    programs: () => ['dbmate'],
    // It lists files alone; what the database has besides is asked for itself.
    status: (setup) => [
        OWN_ADDRESS,
        `${DBMATE} --migrations-dir ${(0,core_quote/* quote */.h)(setup.directory)} status >"$ROOM/listed"`,
        'sed -n "/^\\[[X ]\\] /p" "$ROOM/listed"',
        'if grep -q "^\\[X\\] " "$ROOM/listed"; then echo "select version from schema_migrations order by version" | rows_of; fi',
    ].join('\n'),
    parseStatus: sql_parseStatus,
    // Without files there is nothing to roll back, which it says once it has made its table.
    prepare: () => [OWN_ADDRESS, 'rm -rf "$ROOM/alone"', 'mkdir "$ROOM/alone"', `${DBMATE} --migrations-dir "$ROOM/alone" rollback || :`].join('\n'),
    read: ({ name, file = name }, text) => sectionsOf(name, file, text),
    apply: ({ directory }, pending) => pending.map((migration) => ({ title: migration.name, script: alone(directory, migration, 'migrate') })),
    undo: ({ directory }, applied) => applied.map((migration) => ({ title: migration.name, script: alone(directory, migration, 'rollback') })),
};
// In a folder of its own it is the only one that dbmate finds, so nothing else is applied or undone.
function alone(directory, { name }, command) {
    return [
        OWN_ADDRESS, 'rm -rf "$ROOM/alone"', 'mkdir "$ROOM/alone"',
        `cp ${(0,core_quote/* quote */.h)(`./${directory}/${name}`)} "$ROOM/alone/"`,
        `${DBMATE} --migrations-dir "$ROOM/alone" ${command}`,
    ].join('\n');
}
function sql_parseStatus(printed, { directory }) {
    const lines = printed.split('\n').filter((line) => line !== '');
    const listed = lines.flatMap((line) => {
        const [, sign, name = ''] = /^\[([X ])\] (.+)$/.exec(line) ?? [];
        return sign === undefined ? [] : [{ isApplied: sign === 'X', name, file: `${directory}/${name}` }];
    });
    const versions = lines.filter((line) => !line.startsWith('['));
    const strange = versions.find((version) => !/^\d+$/.test(version));
    if (strange !== undefined)
        throw new errors/* UserError */.yo(`dbmate's status has a line that is not understood: ${strange.slice(0, 100)}`);
    for (const [index, { name }] of listed.entries()) {
        const other = listed.slice(0, index).find((each) => sql_versionOf(each.name) === sql_versionOf(name));
        if (other !== undefined)
            throw new errors/* UserError */.yo(`${other.name} and ${name} are of one version, so once one is applied the other passes for it and never runs. Give the newer one another number.`);
    }
    const known = new Set(listed.map(({ name }) => sql_versionOf(name)));
    const plain = (isApplied) => listed.filter((each) => each.isApplied === isApplied).map(({ name, file }) => ({ name, file }));
    return { applied: plain(true), pending: plain(false), unknown: versions.filter((version) => !known.has(version)) };
}
function sql_versionOf(name) {
    return /^\d+/.exec(name)?.[0] ?? name;
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/all.js









/** The engines there are. */
const all_ENGINES = [sql, django, alembic, rails, golangMigrate, odoo, flyway, prisma, command];

;// CONCATENATED MODULE: ./build/shared/migrations/options.js



/** The options of a YAML record, as texts. @throws {UserError} that names every key no engine takes. */
function parseOptions(yaml) {
    const faults = [];
    const keys = new Set(ENGINES.flatMap(({ options }) => Object.keys(options)));
    const options = record(Object.fromEntries([...keys].map((key) => [key, text()])))(yaml, '', faults) ?? {};
    if (faults.length > 0)
        throw new UserError(faults.join('; '));
    return options;
}
/** The engine of that name. */
function engineOf(name) {
    const engine = all_ENGINES.find((each) => each.name === name);
    if (engine === undefined)
        throw new Error(`There is no engine ${name}`);
    return engine;
}
/** The options that an engine is given, with its defaults. */
function withDefaults({ options }, given = {}) {
    return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, given[name] ?? option.default ?? '']));
}
/** What is wrong with an engine's options and database, for an action's `check`. */
function optionMistakes({ engine: name, options = {}, database }) {
    const engine = engineOf(name);
    return [
        ...Object.keys(options).filter((key) => !Object.hasOwn(engine.options, key)).map((key) => `options.${key} does not belong to engine ${name}`),
        ...Object.entries(engine.options).filter(([key, option]) => option.default === undefined && (options[key] ?? '') === '').map(([key, { description }]) => `options.${key} is missing: ${description}`),
        ...(engine.databases.includes(database.kind) ? [] : [`engine ${name} does not know ${database.kind}; it knows ${engine.databases.join(', ')}`]),
    ];
}

;// CONCATENATED MODULE: ./build/shared/migrations/seen.js


const READ = `cd "$1" && shift && for file; do [ ! -f "$file" ] || { printf '\\036%s\\n' "$file" && cat "$file" || exit 1; }; done`;
const FILES = ['status', 'facts', 'identity', 'files', 'chain', 'rehearsals', 'under-way/about', 'under-way/status', 'under-way/difference'];
/** Texts of a folder of the server, by their paths in it; those that there are. @throws {UserError} when one cannot be read. */
async function seen_readTexts(server, folder, paths) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec((0,scripts/* scriptCommand */.rG)(READ, [folder, ...paths])));
    if (code !== 0)
        throw new errors/* UserError */.yo(`${folder} of ${server.label} could not be read: ${stderr.trim()}`);
    return new Map(stdout.split('\u001e').slice(1).map((part) => {
        const end = part.indexOf('\n');
        return [part.slice(0, end), part.slice(end + 1)];
    }));
}
/** What the look of a plan found. @throws {UserError} when its status is not what the engine prints. */
async function readSeen(server, state, plan, engine, setup) {
    const texts = await seen_readTexts(server, `${state}/plans/${plan}/look`, FILES);
    const text = (path) => texts.get(path) ?? '';
    const about = texts.get('under-way/about');
    return {
        plan, status: engine.parseStatus(text('status'), setup),
        facts: factsOf(text('facts')),
        identity: text('identity').trim(),
        hashes: hashesOf(text('files'), setup.directory),
        chain: text('chain'),
        rehearsals: seen_linesOf(text('rehearsals')).map((line) => JSON.parse(line)),
        underWay: about === undefined ? undefined : {
            ...JSON.parse(about),
            before: engine.parseStatus(text('under-way/status'), setup), difference: seen_linesOf(text('under-way/difference')),
        },
    };
}
/** The lines of a text that are not empty. */
function seen_linesOf(text) {
    return text.split('\n').filter((line) => line !== '');
}
function factsOf(text) {
    const facts = new Map(seen_linesOf(text).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
    return { schema: facts.get('schema') ?? '', files: facts.get('files') ?? '', release: facts.get('release') ?? '', server: facts.get('server') ?? '' };
}
function hashesOf(text, directory) {
    return new Map(seen_linesOf(text).map((line) => [`${directory}/${line.slice(68)}`, line.slice(0, 64)]));
}

;// CONCATENATED MODULE: ./build/shared/migrations/recipe.js





const recipe_READ = 'for recipe in "$1"/migrations/*/recipe; do [ ! -f "$recipe" ] || { cat "$recipe" && echo; } || exit 1; done';
/** The recipe of some work, as one line. */
function recipeOf({ engine, setup, database, release, limits, timeout }) {
    const { password, ...open } = { password: undefined, ...database };
    return JSON.stringify({ format: 1, engine: engine.name, setup, database: open, hasPassword: password !== undefined, release, limits, timeout });
}
/** What the migrations of each database of a service were applied with last. @throws {UserError} when a password is needed and not given, or a newer version wrote it. */
async function worksOf(server, state, run, password) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec((0,scripts/* scriptCommand */.rG)(recipe_READ, [state.folder])));
    if (code !== 0)
        throw new errors/* UserError */.yo(`What was migrated on ${server.label} could not be read: ${stderr.trim()}`);
    return seen_linesOf(stdout).map((line) => workOf(JSON.parse(line), state, run, password));
}
function workOf(recipe, state, run, password) {
    const { format, engine, setup, database, hasPassword, release, limits, timeout } = recipe;
    if (format !== 1)
        throw new errors/* UserError */.yo(`How ${database.name} was migrated is written in format ${String(format)}, which this version does not know. Use the version that wrote it.`);
    if (hasPassword && password === undefined)
        throw new errors/* UserError */.yo(`The migrations of ${database.name} were applied with a password, which is not kept on the server. Give it again (database-password).`);
    return {
        definition: state.definition, state: state.folder, generation: (0,ledger/* latestClaim */.QM)(state.events)?.generation ?? 0, run, engine: engineOf(engine), setup,
        database: { ...database, ...(hasPassword && { password }) }, release, files: [], limits, timeout,
    };
}

// EXTERNAL MODULE: ./build/shared/database/set-plan.js + 1 modules
var set_plan = __webpack_require__(5270);
// EXTERNAL MODULE: ./build/shared/database/source.js
var source = __webpack_require__(1659);
;// CONCATENATED MODULE: ./build/shared/migrations/scripts.js


/** What a plan that looks at, rehearses, applies or undoes migrations carries behind the executor: sh functions. */
const migrationFunctions = [
    database_scripts/* databaseFunctions */.LX,
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "database.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "looking.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "applying.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "rehearsing.sh", 'utf8'),
].join('\n');

;// CONCATENATED MODULE: ./build/shared/migrations/work.js






const work_LOCK_WAIT = 1_800_000;
const work_PRIVATE = 0o600;
/** A plan about the migrations of a database; `settings` are what its functions need besides, `part` what a set calls the database. */
function work_planOf(work, id, given) {
    const { state, generation } = work;
    const { steps, settings = {}, calls = [], functions = '', clear = 'clear_room', part = work.database.name } = given;
    return {
        id, state, generation, steps, clear, back: clear, confirmWithin: 0, lockWait: work_LOCK_WAIT, environment: {},
        functions: [
            (0,set_functions/* assignments */.TT)({ ...settingsOf(work, id), CALLS: calls.map((_, index) => index + 1).join(' '), ...settings }), migrationFunctions, `part_1() {\n${(0,set_functions/* assignments */.TT)(partOf(work.database, part))}\n}`,
            textFunction('engine_status', work.engine.status(work.setup)), textFunction('engine_prepare', work.engine.prepare?.(work.setup) ?? ''), ...calls.map(({ script }, index) => textFunction(`call_${index + 1}`, script)), functions,
        ].join('\n'),
    };
}
/** One step of such a plan. */
function work_stepOf(work, name, phase, title, script) {
    return { name, phase, title, script, timeout: work.timeout };
}
/** What travels beside every such plan: passwords and what opens a set, which go with its end, and the files of the workspace. */
function work_filesOf({ database, files }, calls = [], more = [], identity = {}) {
    return [...passwordFiles(database, identity), ...files, ...(calls.length === 0 ? [] : [textEntry('titles', calls.map(({ title }) => `${title.replaceAll('\n', ' ')}\n`).join(''))]), ...more];
}
/** A small text beside the plan, for nobody else. */
function textEntry(path, text) {
    return { kind: 'text', path, mode: work_PRIVATE, text };
}
/** The folder that commands run in: that of the release, of what came along with this plan, or of what came along with the last apply. */
function work_folderOf(work, id) {
    const { files, definition, release, state } = work;
    if (files.length > 0)
        return `${state}/plans/${id}/migrations`;
    return release === '' ? `${bookOf(work)}/files` : `${definition.path}/releases/${release}`;
}
/** The folder in which the server keeps what is to be remembered of a database's migrations. */
function bookOf({ state, engine, database }) {
    return `${state}/migrations/${engine.name}.${database.name}`;
}
/** What the ledger's event says of the migrations, as JSON members. */
function eventMembers(work, migrations, token) {
    const { engine, database, release, run } = work;
    return `"migrations":${JSON.stringify(migrations)},${(0,ledger/* members */.ol)({ database: database.name, engine: engine.name, ...(release !== '' && { release }), ...(token !== '' && { token }), ...runMembers(run) })}`;
}
function settingsOf(work, id) {
    const { definition, engine, setup, database, release, limits } = work;
    return {
        SETS: `${definition.path}/backups`, SET: id, SCRATCH: '', SHARED: 'yes', ENCRYPTION: 'none', RECIPIENTS: '', PROVING: 'here', PARTS: '1', ABOUT: '', LOCK_TIMEOUT: String(Math.ceil(limits.lockTimeout / 1_000)),
        FOLDER: work_folderOf(work, id), RELEASE: release, DIRECTORY: setup.directory, BOOK: bookOf(work), PROGRAMS: engine.programs(setup).join(' '),
        SERVICE_NAME: definition.service, SERVICE_ENVIRONMENT: definition.environment,
        LOCK_TIMEOUT_MS: String(limits.lockTimeout), STATEMENT_TIMEOUT_MS: String(limits.statementTimeout), LONG: String(Math.ceil(limits.longTransaction / 1_000)),
        PATIENCE: String(Math.ceil(limits.patience / 1_000)), RETRIES: String(limits.retries), NEEDS_PASSWORD: engine.needsPassword ? 'yes' : '',
        URL_USER: encoded('user' in database ? database.user ?? '' : ''), URL_DATABASE: encoded(database.kind === 'sqlite' ? '' : database.database), NETWORK: 'none', OPENED: '',
        EXPECTED: '', BARRIER: '', MEMBERS: '', WHAT: '', TOKEN: '',
    };
}
function partOf(database, name) {
    return {
        DB_HOST: '', DB_PORT: '', DB_USER: '', TOOLS: '', CONTAINER: '', REFERENCES: '', COMPRESSION: 'none',
        PART: '1', NAME: name, KIND: database.kind, FILE: (0,source/* fileOf */.W7)({ ...database, name }), ...(0,set_functions/* kindSettings */.s8)(database, 1, []),
    };
}
function passwordFiles(database, identity) {
    const password = 'password' in database ? database.password?.reveal() : undefined;
    const { age, gpg, passphrase } = identity;
    return (0,set_plan/* onceFiles */.LU)({
        ...(0,set_plan/* passwordsOf */.ig)([database]), ...(password !== undefined && { url: encoded(password) }), ...(age && { age: `${age.reveal().trimEnd()}\n` }),
        ...(gpg && { 'gpg.asc': gpg.reveal(), 'gpg.passphrase': passphrase?.reveal() ?? '' }),
    });
}
// For an address between single quotes, too.
function encoded(text) {
    return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
function textFunction(name, script) {
    return `${name}() {\n:\n${script}\n}`;
}

;// CONCATENATED MODULE: ./build/shared/migrations/apply.js






const AFTER = ['after/state', 'after/status', 'after/difference', 'after/half', 'after/rows', 'times'];
/** The plan that applies or undoes migrations, one after the other, and looks after each. */
function planChange(work, decided, id = (0,server_plan/* newPlanId */.hd)(new Date())) {
    const { what, migrations, calls, seen, irreversible, token } = decided;
    const names = migrations.map(({ name }) => name);
    const barrier = irreversible.length === 0 ? '' : `"irreversible":${JSON.stringify(irreversible)},${eventMembers(work, names, token)}`;
    const title = what === 'apply' ? 'Applying' : 'Undoing';
    return work_planOf(work, id, {
        calls,
        settings: { EXPECTED: seen.identity, BARRIER: barrier, MEMBERS: eventMembers(work, names, token), WHAT: what, TOKEN: token },
        steps: [
            work_stepOf(work, 'still-so', 'before', `Looking whether ${work.database.name} is still as it was`, 'still_so'),
            work_stepOf(work, 'free', 'before', 'Looking whether anybody is in the way', 'free_to_go'),
            work_stepOf(work, 'apply', 'act', `${title} ${names.length} ${names.length === 1 ? 'migration' : 'migrations'}`, 'apply_all'),
            ...(token === '' ? [] : [work_stepOf(work, 'compare', 'verify', 'Comparing the schema with that of the rehearsal', 'as_rehearsed')]),
            work_stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room'),
        ],
    });
}
/** Has the server carry out a change, and tells what it left, failed or not. */
async function change(server, work, decided, follow) {
    const plan = planChange(work, decided);
    let failure;
    try {
        await carry_out_carryOut(server, plan, work_filesOf(work, decided.calls, [...entriesOf(decided), textEntry('recipe', recipeOf(work))]), follow);
    }
    catch (error) {
        if (!(error instanceof PlanFailed))
            throw error;
        failure = error;
    }
    return { plan: plan.id, left: await readLeft(server, work, plan.id), failure };
}
/** Where the server keeps all that the engine printed last. */
function outputFile(work) {
    return `${bookOf(work)}/output`;
}
function entriesOf({ what, seen, isHistoryAccepted, texts }) {
    if (what === 'undo')
        return [textEntry('named', texts)];
    const chain = isHistoryAccepted ? [] : parseChain(seen.chain);
    return [textEntry('named', texts), textEntry('chain', renderChain(nextChain(seen.status, chain, seen.hashes, isHistoryAccepted)))];
}
async function readLeft(server, { state, engine, setup }, plan) {
    const texts = await seen_readTexts(server, `${state}/plans/${plan}`, AFTER);
    const found = texts.get('after/state')?.trim();
    if (found === undefined)
        return undefined;
    const lines = (path) => seen_linesOf(texts.get(path) ?? '');
    return {
        state: found, status: engine.parseStatus(texts.get('after/status') ?? '', setup), difference: lines('after/difference'), half: lines('after/half'), rows: lines('after/rows'),
        seconds: lines('times').map((line) => Number(line.split(' ')[1])),
    };
}

;// CONCATENATED MODULE: ./build/shared/migrations/state-found.js
/** What is found after an apply or undo that did not live to tell, by what was before and what is now. */
function stateFound(what, before, now, isSchemaChanged) {
    const todo = what === 'apply' ? before.pending : before.applied;
    const done = changedBetween(what, before, now);
    if (done.length === 0)
        return isSchemaChanged ? 'partially-applied' : 'untouched';
    return what === 'apply' && done.length === todo.length ? 'applied' : 'partially-applied';
}
/** The migrations that were applied, or undone, between two looks. */
function changedBetween(what, before, now) {
    const [todo, done] = what === 'apply' ? [before.pending, now.applied] : [before.applied, now.pending];
    const names = new Set(done.map(({ name }) => name));
    return todo.filter(({ name }) => names.has(name));
}

;// CONCATENATED MODULE: ./build/shared/migrations/look.js







/** The plan that looks at a database, its migrations and their files, and changes nothing. */
function planLook(work, id = (0,server_plan/* newPlanId */.hd)(new Date())) {
    return work_planOf(work, id, { steps: [work_stepOf(work, 'look', 'before', `Looking at ${work.database.name} and its migrations`, 'look_around'), work_stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room')] });
}
/** What is applied and what is pending, and all that a decision needs. @throws {PlanFailed} when the database or the engine does not tell. */
async function look(server, work, follow) {
    const plan = planLook(work);
    await carry_out_carryOut(server, plan, work_filesOf(work), follow);
    return readSeen(server, work.state, plan.id, work.engine, work.setup);
}
/** What is found after an apply that did not live to tell; it is written into the ledger, and then forgotten. */
async function settle(server, work, { underWay, status }, follow) {
    const { what, before, difference, plan, migrations } = underWay;
    const state = stateFound(what, before, status, difference.length > 0);
    const event = `${(0,ledger/* members */.ol)({ what, state, ...(state === 'untouched' && { lifts: plan }), of: plan, run: underWay.run, database: work.database.name, engine: work.engine.name })},"migrations":${JSON.stringify(migrations)}`;
    const settling = work_planOf(work, (0,server_plan/* newPlanId */.hd)(new Date()), { steps: [work_stepOf(work, 'settle', 'after', `Recording what plan ${plan} has left`, `settle ${(0,core_quote/* quote */.h)(event)}`)] });
    await carry_out_carryOut(server, settling, [], follow);
    return state;
}
/** The texts of some of the migrations, by name: of their files, as the look found them, or what the engine prints; of those for which there is one. */
async function textsOf(server, work, { plan }, migrations, follow) {
    const { sql } = work.engine;
    if (sql !== undefined)
        return printedTexts(server, work, migrations, sql, follow);
    const files = migrations.flatMap(({ file }) => file ?? []);
    if (files.length === 0)
        return new Map();
    const texts = await readTexts(server, folderOf(work, plan), files);
    return new Map(migrations.flatMap(({ name, file }) => (file !== undefined && texts.has(file) ? [[name, texts.get(file) ?? '']] : [])));
}
async function printedTexts(server, work, migrations, sql, follow) {
    if (migrations.length === 0)
        return new Map();
    const id = newPlanId(new Date());
    const calls = migrations.map((migration) => ({ title: migration.name, script: sql(work.setup, migration) }));
    const plan = planOf(work, id, { calls, steps: [stepOf(work, 'print', 'before', 'Reading what migrations run', 'print_all'), stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room')] });
    await carryOut(server, plan, filesOf(work, calls), follow);
    const texts = await readTexts(server, `${work.state}/plans/${id}/printed`, migrations.map((_, index) => String(index + 1)));
    return new Map(migrations.flatMap(({ name }, index) => (texts.has(String(index + 1)) ? [[name, texts.get(String(index + 1)) ?? '']] : [])));
}

;// CONCATENATED MODULE: ./build/shared/migrations/fault.js


const BEFORE_ANYTHING = new Set(['cleared', 'refused', 'cancelled', 'locked', 'blocked']);
/** Why a change failed and what it left. One that was killed says nothing of that, so it is looked for. */
async function fault_faultOf(server, work, { failure, left }, follow) {
    const { name } = work.database;
    const outcome = failure?.outcome;
    if (left !== undefined) {
        const lines = (outcome?.lastLines ?? []).map((line) => `  | ${line}`).join('\n');
        return { state: left.state, message: `The migrations of ${name} failed. State found: ${left.state}.\n${lines}\nAll that was printed is in ${outputFile(work)} on ${server.label}.` };
    }
    if (outcome?.state !== undefined && BEFORE_ANYTHING.has(outcome.state))
        return { state: 'untouched', message: failure?.message ?? '' };
    const seen = await look(server, work, follow);
    const state = seen.underWay === undefined ? 'untouched' : await settle(server, work, { ...seen, underWay: seen.underWay }, follow);
    return { state, message: `The plan that was to change ${name} did not come to its end. State found: ${state}.\n${failure?.message ?? ''}`, found: { status: seen.status, schema: seen.underWay?.difference ?? [] } };
}

;// CONCATENATED MODULE: ./build/shared/migrations/own-migrations.js
/**
 * Names of the migrations that certain applies (those of a run, or of a release) brought to a database and nobody has undone since, as far as the ledger
 * tells; the database tells which still are.
 */
function appliedBy(events, isMeant, { database, engine }) {
    const names = new Set();
    for (const event of events) {
        const { what, migrations = [], state } = event;
        if (event.event !== 'migration' || event.database !== database.name || event.engine !== engine.name || state === undefined)
            continue;
        if (what === 'apply' && state !== 'untouched' && isMeant(event))
            for (const name of migrations)
                names.add(name);
        if (what === 'undo' && state === 'applied')
            for (const name of migrations)
                names.delete(name);
    }
    return [...names];
}

;// CONCATENATED MODULE: ./build/shared/migrations/undo-own.js






/** What an undo of certain applies would do; undefined where nothing of them is applied any more. @throws {UserError} when the engine has no way back. */
function decideUndo(work, seen, events, isMeant) {
    const names = new Set(appliedBy(events, isMeant, work));
    const migrations = seen.status.applied.filter(({ name }) => names.has(name)).toReversed();
    if (migrations.length === 0)
        return undefined;
    if (work.engine.undo === undefined)
        throw new errors/* UserError */.yo(`Engine ${work.engine.name} has no way back. Restore a backup set instead: operation: restore of db-backup.`);
    return { what: 'undo', migrations, calls: work.engine.undo(work.setup, migrations), seen, irreversible: [], token: '', isHistoryAccepted: false, texts: '' };
}
/**
 * Undoes, in every database of a service, what certain applies brought and what is still applied, with the files of the release that they were of.
 * @throws {UserError} when one fails, saying what it left.
 */
async function undoApplied(server, state, run, isMeant, password, follow) {
    const undone = [];
    if (!state.events.some((event) => event.event === 'migration' && isMeant(event)))
        return undone;
    for (const work of await worksOf(server, state, run, password)) {
        if (appliedBy(state.events, isMeant, work).length === 0)
            continue;
        const seen = await look(server, work, follow);
        if (seen.underWay !== undefined)
            await settle(server, work, { ...seen, underWay: seen.underWay }, follow);
        const decided = decideUndo(work, seen, state.events, isMeant);
        if (decided === undefined)
            continue;
        const changed = await change(server, work, decided, follow);
        if (changed.failure !== undefined)
            throw new errors/* UserError */.yo((await fault_faultOf(server, work, changed, follow)).message);
        undone.push({ database: work.database.name, migrations: decided.migrations.map(({ name }) => name), left: changed.left });
    }
    return undone;
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/migrations.js


/** Undoes what this run or the undone release has migrated, with the files it came with; says what. @throws {UserError} when one fails, saying what it left. */
async function undoMigrations(inputs, job, server, decision) {
    const undone = decision.kind === 'go-back' ? decision.undone : undefined;
    const state = await readDeployed(server, inputs);
    const done = await undoApplied(server, state, job.run, ({ run, release }) => run === job.run.id || (undone !== undefined && release === undone), inputs.databasePassword, { log: job.log, signal: job.signal, service: inputs.service });
    const names = done.flatMap(({ migrations }) => migrations);
    job.output({ 'undone-migrations': names });
    return names.length === 0 ? 'There was no migration to undo.' : `Undone in ${done.map(({ database }) => database).join(', ')}: ${names.join(', ')}.`;
}

;// CONCATENATED MODULE: ./build/shared/configuration/configuration.js


const functions = (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(7692), __webpack_require__.b), 'utf8');
const configuration_LIMIT = 60_000;
/**
 * A plan's texts with the files under the service's `configPaths` taken along: before any hook runs they are kept for the release they belong to, and
 * those of the other are put back, if it has had any; so they are when the plan goes back or clears away. Without such paths the texts as they are.
 */
function withConfiguration({ configPaths = [] }, texts, { to, from, after }) {
    if (configPaths.length === 0)
        return texts;
    const settings = `CONFIG_PATHS=${(0,core_quote/* quote */.h)(configPaths.map((path) => path.slice(1)).join('\n'))}`;
    const putBack = from === undefined ? [] : [`${(0,core_quote/* commandLine */.a)(['configure', from])} || echo ${(0,core_quote/* quote */.h)(`The configuration of ${from} could not be put back`)}`];
    const at = texts.steps.findIndex(({ name }) => name === after) + 1;
    return {
        ...texts,
        functions: [texts.functions ?? '', settings, functions].join('\n'),
        steps: [...texts.steps.slice(0, at), handOver(to, after === undefined ? undefined : from), ...texts.steps.slice(at)],
        clear: [...putBack, texts.clear].join('\n'),
        back: [...putBack, texts.back].join('\n'),
    };
}
// What an abandoned release has left is not taken for a new one's beginning.
function handOver(to, beginning) {
    const releases = [...(beginning === undefined ? [] : [beginning]), to];
    return { name: 'configure', title: `Keeping the configuration for ${to}`, phase: 'before', timeout: configuration_LIMIT, script: ['check_configuration', ...releases.map((release) => (0,core_quote/* commandLine */.a)(['configure', release]))].join('\n') };
}

;// CONCATENATED MODULE: ./build/shared/containers/stack/stack.js






const stack_texts = [
    (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(4582), __webpack_require__.b), 'utf8'), (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(6333), __webpack_require__.b), 'utf8'),
    pruneFunctions, exitCodeFunction,
    (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(1215), __webpack_require__.b), 'utf8'), (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(8554), __webpack_require__.b), 'utf8'),
];
const stack_MOMENT = 30_000;
const ROLE_LIMIT = 120_000;
const ROLE_HEALTHY_WITHIN = 60_000;
/** The sh functions by which a plan runs this service's compose projects; none where it has no such. */
function stackFunctions(definition) {
    const { strategy, compose, path, service, environment, health } = definition;
    if (strategy !== 'compose' || compose === undefined)
        return '';
    const settings = {
        STACK_NAME: compose.project, STACK_PATH: path, STACK_FILES: compose.files.join(':'), STACK_ENV_FILE: compose.envFile,
        STACK_SERVICE: service, STACK_ENVIRONMENT: environment, STACK_BLUE: slotPorts(definition, 'blue'), STACK_GREEN: slotPorts(definition, 'green'),
        STACK_HEALTH: health.path === '' && health.command === '' ? 'none' : 'ours',
    };
    return [...Object.entries(settings).map(([name, value]) => `${name}=${(0,core_quote/* quote */.h)(value)}`), ...stack_texts].join('\n');
}
function slotPorts(definition, slot) {
    return Object.entries(portVariables(definition, slot)).map(([name, port]) => `${name}=${port}`).join(' ');
}
/** The steps that refuse a stack which could not be deployed, and pin its images, before anything of it runs; none without compose. */
function prepareStack({ strategy }, release) {
    if (strategy !== 'compose')
        return [];
    return [
        { name: 'check-compose', title: 'Checking the compose files', phase: 'before', timeout: stack_MOMENT, script: commandLine(['check_stack', release]) },
        { name: 'pin-images', title: `Pinning the images of ${release}`, phase: 'before', timeout: stack_MOMENT, script: commandLine(['pin_images', release]) },
    ];
}
/** Sh text that records a release as prepared, with the digests of its images where it has any. */
function recordRelease({ strategy }, release, who) {
    if (strategy !== 'compose')
        return commandLine(['record', 'release', members(who)]);
    return `record release ${quote(`${members(who)},`)}"$(${commandLine(['images_member', release])})"`;
}
/** The step, if any, that stops what has a role in the other slot and then starts it in this one. */
function handOverStep(definition, role, slot, phase) {
    if (definition.strategy !== 'compose')
        return [];
    return [{ name: `hand-over-${role}s`, title: `Handing ${role}s over to slot ${slot}`, phase, timeout: ROLE_LIMIT + ROLE_HEALTHY_WITHIN, script: stack_handOver(role, slot) }];
}
/** Sh text that hands a role back to the slot users return to; their traffic goes back even if it does not start. */
function takeBack({ strategy }, role, slot) {
    return strategy !== 'compose' ? ':' : `${stack_handOver(role, slot)} || echo ${(0,core_quote/* quote */.h)(`Not every ${role} runs in slot ${slot} again`)}`;
}
function stack_handOver(role, slot) {
    return (0,core_quote/* commandLine */.a)(['hand_over', role, slot, String(ROLE_HEALTHY_WITHIN / 1_000)]);
}
/** Sh text that stops what has a role in a slot, for there is no other to hand it over to. */
function stopRoles({ strategy }, slot) {
    return strategy !== 'compose' ? ':' : ['singleton', 'worker'].map((role) => (0,core_quote/* commandLine */.a)(['stop_role', slot, role])).join('\n');
}
/** Sh text that checks that workers and singletons still run in a slot. */
function checkRoles({ strategy }, slot) {
    return strategy !== 'compose' ? ':' : (0,core_quote/* commandLine */.a)(['check_roles', slot]);
}
/** The step, if any, that has a boot start them in this slot, and not in the other one. */
function settleStep({ strategy }, slot) {
    if (strategy !== 'compose')
        return [];
    return [{ name: 'settle-roles', title: `Having a boot start workers and singletons in slot ${slot}`, phase: 'after', timeout: ROLE_LIMIT, script: (0,core_quote/* commandLine */.a)(['settle_roles', slot]) }];
}
/** Sh text that removes releases which are not needed any more, but for those of which what lasts was made, or has files mounted; then images that none needs. */
function discardReleases(definition, gone, discard) {
    const { path, compose } = definition;
    if (compose === undefined)
        return gone.map(discard);
    const unlessLasting = (release) => `[ "$(readlink ${quote(`${path}/lasting`)})" = ${quote(`releases/${release}`)} ] || ${commandLine(['is_mounted', `${path}/releases/${release}`])} || ${discard(release)}`;
    return [...gone.map(unlessLasting), ...releaseImages(definition)];
}
/** Sh text that removes images that no release needs. */
function releaseImages({ strategy }) {
    return strategy === 'compose' ? ['release_images'] : [];
}

;// CONCATENATED MODULE: ./build/shared/traffic/share.js
/** The target that gives a slot so many percent. */
function shareOf(slot, percent) {
    return slot === 'green' ? percent : 100 - percent;
}
/** The other slot. */
function otherSlot(slot) {
    return slot === 'blue' ? 'green' : 'blue';
}

;// CONCATENATED MODULE: ./build/shared/core/percentage.js

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
        throw new UserError(`accepted is ${PERCENTAGE}`);
    return Number(percent);
}

;// CONCATENATED MODULE: ./build/shared/traffic/slot.js


const COMMAND_LIMIT = 120_000;
const HEALTH_SLACK = 15_000;
const EMPTY_WITHIN = 10_000;
/** How people reach a slot by hand, on the server. */
function slotUrl(definition, slot) {
    const port = definition.ports?.[slot];
    return port === undefined ? listenerText(slotListener(definition, slot)) : `http://127.0.0.1:${port}`;
}
/** Sh text that runs one of the user's commands for a slot, in the folder of its release. */
function slotCommand(definition, place, command) {
    return userCommand(definition, slotOccasion(definition, place), command);
}
/** A slot as the occasion of a command. */
function slotOccasion({ path }, { slot, release }) {
    return { folder: `${path}/slots/${slot}`, release, slot };
}
/**
 * The steps that run a release in a slot which users do not reach: whatever was in it stops, by the definition that it was started with (`held`), the
 * release starts and proves healthy.
 */
function startInSlot(definition, place, held = definition, lasting = 'keep') {
    const { slot, release } = place;
    const link = `${definition.path}/slots/${slot}`;
    const { empty, start } = definition.strategy !== 'compose' ? byCommands(definition, place, held) : byCompose(definition, place, lasting);
    const emptyOther = held.strategy === definition.strategy ? '' : `[ ! -L ${(0,core_quote/* quote */.h)(link)} ] || {\n${emptySlot(held, place)}\n}\n`;
    return [
        { name: 'empty-slot', title: `Emptying slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT, script: `rm -f "$STATE/standby"\n${emptyOther}${empty}` },
        {
            // What the router includes is there before anybody can set the router up.
            name: 'start', title: `Starting ${release} in slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT,
            script: `router_prepare none\n${keepDefinition(definition, slot)}\n${(0,core_quote/* commandLine */.a)(['point', link, `../releases/${release}`])}\n${start}`,
        },
        {
            name: 'await-health', title: `Waiting until slot ${slot} is healthy`, phase: 'before', timeout: definition.health.timeout + HEALTH_SLACK,
            script: awaitHealthy(definition, { ...slotOccasion(definition, place), isFresh: true }, definition.health.timeout),
        },
    ];
}
// By it the slot is asked, stopped and started again, whatever later releases come with.
function keepDefinition(definition, slot) {
    const kept = `"$STATE"/slots/${slot}`;
    return `mkdir -p "$STATE/slots"\nsay ${(0,core_quote/* quote */.h)(JSON.stringify(definition))} >${kept}.new\nmv ${kept}.new ${kept}\ndurable ${kept}`;
}
function byCompose({ path }, { slot, release }, lasting) {
    return { empty: `${(0,core_quote/* commandLine */.a)(['empty_stack', slot])}\nrm -f ${(0,core_quote/* quote */.h)(`${path}/slots/${slot}`)}`, start: (0,core_quote/* commandLine */.a)(['start_stack', slot, release, lasting]) };
}
function byCommands(definition, place, held) {
    const { slot } = place;
    const link = `${definition.path}/slots/${slot}`;
    const stopNow = definition.stop === '' ? ':' : slotCommand(definition, place, definition.stop);
    // Where its own command fails, the one of now may be the mended one.
    const stopOld = held.stop === definition.stop || held.stop === '' ? stopNow : `{ ${slotCommand(held, place, held.stop)}\n} || {\n${stopNow}\n}`;
    const awaitEmpty = definition.stop === '' ? '' : refuseStranger(definition, slot);
    return { empty: `if [ -L ${(0,core_quote/* quote */.h)(link)} ]; then\n${stopOld}\nrm -f ${(0,core_quote/* quote */.h)(link)}\nfi\n${awaitEmpty}`, start: slotCommand(definition, place, definition.start) };
}
/** Sh text that stops what runs in a slot and takes the slot's link away, so that a boot does not start it either. */
function emptySlot(definition, place) {
    const link = `${definition.path}/slots/${place.slot}`;
    const stop = definition.strategy === 'compose' ? (0,core_quote/* commandLine */.a)(['empty_stack', place.slot]) : definition.stop === '' ? ':' : slotCommand(definition, place, definition.stop);
    return `${stop} || echo ${(0,core_quote/* quote */.h)(`Slot ${place.slot} could not be stopped`)}\nrm -f ${(0,core_quote/* quote */.h)(link)}`;
}
/**
 * Sh text that starts what is in a slot again, unless it answers (a deployment that was killed may have stopped it), and fails when it is
 * not healthy within so many milliseconds.
 */
function revive(definition, place, within) {
    const { slot, release = '' } = place;
    const healthy = (limit) => awaitHealthy(definition, slotOccasion(definition, place), limit);
    const byCommand = definition.start === '' ? 'false' : slotCommand(definition, place, definition.start);
    const start = definition.strategy !== 'compose' ? byCommand : (0,core_quote/* commandLine */.a)(['revive_stack', slot, release]);
    return `{ ${healthy(0)}\n} >/dev/null 2>&1 || {\n{ ${start}\n} && { ${healthy(within)}\n}\n}`;
}
// Whatever goes on answering in an emptied slot would vouch for the new release: a stop command that stops nothing, an app of somebody else's.
function refuseStranger(definition, slot) {
    const port = definition.ports === undefined ? '' : `, port ${definition.ports[slot]}`;
    const refusal = `Something is healthy in slot ${slot} (${user_command_listenerText(user_command_slotListener(definition, slot))}${port}), which should be empty, so it would pass for the new release. Stop it; if it is the release before, mend the command stop.`;
    const answers = healthQuestions(definition, slotOccasion(definition, { slot, release: undefined })).join(' ||\n');
    return `is_empty() {\nif ( ${answers}\n) >/dev/null 2>&1; then echo ${(0,core_quote/* quote */.h)(refusal)}; return 1; fi\n}\n${(0,core_quote/* commandLine */.a)(['patiently', String(EMPTY_WITHIN / 1_000), 'is_empty'])}`;
}

;// CONCATENATED MODULE: ./build/shared/traffic/share-steps.js









const share_steps_MOMENT = 15_000;
/** The steps that give a slot one share after the other; each is watched by the server itself, runner or no runner. */
function shareSteps(definition, to, shares, run) {
    const { slot, release } = to;
    const checkShare = `check_share() {\n${awaitHealthy(definition, slotOccasion(definition, to), 0)}\n}`;
    return shares.flatMap(({ percent, watch, maxErrorRate }) => {
        const record = (0,core_quote/* commandLine */.a)(['record', 'share', (0,ledger/* members */.ol)({ ...runMembers(run), release, slot, percent })]);
        const watching = (0,core_quote/* commandLine */.a)(['watch_share', slot, String(Math.ceil(watch / 1_000)), String(permyriad(maxErrorRate))]);
        return [
            { name: `share-${percent}`, title: `Sending ${percent} % of traffic to slot ${slot}`, phase: 'act', timeout: share_steps_MOMENT, script: `${route('send_traffic', shareOf(slot, percent))}\n${record}` },
            {
                name: `watch-${percent}`, title: `Watching ${release} at ${percent} % for ${(0,duration/* formatDuration */.a3)(watch)}`, phase: 'watch', timeout: watch + 2 * share_steps_MOMENT,
                script: `${checkShare}\n${watching}\ntell_traffic at-${percent}`,
            },
        ];
    });
}

;// CONCATENATED MODULE: ./build/shared/traffic/move.js










const move_MOMENT = 15_000;
const STILL_HEALTHY_WITHIN = 10_000;
/** The steps that move traffic: the slot proves healthy, the router sends users there, at once or share by share, and the new release answers; then it is confirmed. */
function moveSteps(move) {
    const { definition, to, shares, isWhole } = move;
    const targets = new Set([...shares.map(({ percent }) => shareOf(to.slot, percent)), ...(isWhole ? [shareOf(to.slot, 100)] : []), targetBack(move)]);
    const checkRouter = [...[...targets].map((target) => route('prepare_traffic', target)), 'tell_traffic before'].join('\n');
    return [
        { name: 'check-router', title: 'Checking the router', phase: 'before', timeout: move_MOMENT, script: checkRouter },
        { name: 'check-slot', title: `Checking that slot ${to.slot} holds ${to.release} and is healthy`, phase: 'before', timeout: 2 * move_MOMENT, script: checkSlot(move) },
        ...(move.purpose === 'switch' ? hookBefore(definition, 'before-publish', occasionOf(move)) : []),
        ...shareSteps(definition, to, shares, move.run),
        ...(isWhole ? wholeSteps(move) : []),
    ];
}
/** Sh text that takes the move back; the slot users return to is started first, should it not run any more. */
function moveBack(move) {
    const { definition, from, to, closed, isThere } = move;
    const who = runMembers(move.run);
    const send = route('send_traffic', targetBack(move));
    if (closed !== undefined)
        return [send, ...(from === undefined ? [stopRoles(definition, to.slot)] : takeRolesBack(definition, from.slot)), (0,core_quote/* commandLine */.a)(['record', 'close', (0,ledger/* members */.ol)({ ...who, slot: closed.slot, release: closed.release, undone: to.release })])].join('\n');
    if (isThere === true)
        return [send, (0,core_quote/* commandLine */.a)(['record', 'back', (0,ledger/* members */.ol)({ ...who, release: to.release, slot: to.slot })])].join('\n');
    const record = (0,core_quote/* commandLine */.a)(['record', 'back', (0,ledger/* members */.ol)({ ...who, undone: to.release, release: from?.release, slot: from?.slot })]);
    const hooks = [...failureHook(move), ...(move.purpose === 'switch' ? hookLast(definition, 'on-rollback', { folder: `${definition.path}/slots/${from?.slot}`, release: from?.release, ...(from && { slot: from.slot }), run: move.run, other: to.release }) : [])];
    if (from === undefined)
        return [send, stopRoles(definition, to.slot), record, ...hooks].join('\n');
    return [
        `{ ${revive(heldBy(move, from), from, STILL_HEALTHY_WITHIN)}\n} || echo ${(0,core_quote/* quote */.h)(`Slot ${from.slot} is not healthy either`)}`,
        send,
        ...takeRolesBack(definition, from.slot),
        record,
        ...hooks,
    ].join('\n');
}
// Users first: of what has one place only, the gap is the same before and after.
function takeRolesBack(definition, slot) {
    return ['singleton', 'worker'].map((role) => takeBack(definition, role, slot));
}
/** Sh text that runs the hook `on-failure` of a switch that comes to nothing, if there is one; a rollback has none. */
function failureHook(move) {
    return move.purpose === 'switch' ? hookLast(move.definition, 'on-failure', occasionOf(move)) : [];
}
function occasionOf({ definition, to, from, run }) {
    return { ...slotOccasion(definition, to), run, other: from?.release };
}
/** Sh text that ends the standby: counts what is still connected to the slot users left, and stops it. */
function retireStandby(move) {
    const { from, run } = move;
    if (from === undefined)
        return ':';
    const who = (0,ledger/* members */.ol)({ run: run.id, slot: from.slot, release: from.release });
    return [
        `open=$(${(0,core_quote/* commandLine */.a)(['open_to', from.slot])})`,
        emptySlot(heldBy(move, from), from),
        `record retire ${(0,core_quote/* quote */.h)(`${who},"open":`)}"\${open:-0}"`,
    ].join('\n');
}
function heldBy({ definition, held = {} }, { slot }) {
    return held[slot] ?? definition;
}
function targetBack({ from, to, closed, isThere }) {
    if (closed !== undefined)
        return 'closed';
    if (isThere === true)
        return shareOf(to.slot, 100);
    return from === undefined ? 'none' : shareOf(from.slot, 100);
}
function wholeSteps(move) {
    const { definition, to, purpose } = move;
    const proveLive = awaitHealthy(heldBy(move, to), slotOccasion(definition, to), STILL_HEALTHY_WITHIN, entryListener(definition));
    const isBack = purpose === 'rollback';
    return [
        ...(isBack ? [] : handOverStep(definition, 'singleton', to.slot, 'act')),
        { name: 'switch', title: `Switching traffic to slot ${to.slot}`, phase: 'act', timeout: move_MOMENT, script: route('send_traffic', shareOf(to.slot, 100)) },
        ...(isBack ? handOverStep(definition, 'singleton', to.slot, 'verify') : []),
        ...handOverStep(definition, 'worker', to.slot, 'verify'),
        {
            name: 'check-live', title: `Checking that ${to.release} answers where users are`, phase: 'verify', timeout: 2 * move_MOMENT,
            script: [proveLive, checkRoles(definition, to.slot), ...(purpose === 'switch' ? [recordMove(move)] : []), 'tell_traffic switched'].join('\n'),
        },
        ...settleStep(definition, to.slot),
        { name: 'confirm', title: `Making slot ${to.slot} the one to boot into`, phase: 'after', timeout: move_MOMENT, script: confirmation(move) },
        ...hookAfter(definition, purpose === 'switch' ? 'after-publish' : 'on-rollback', occasionOf(move)),
    ];
}
// A switch is told once users reach the slot, while it may still go back; a rollback when it stays.
function recordMove({ run, from, to, purpose }) {
    const undone = purpose === 'rollback' ? from?.release : undefined;
    return (0,core_quote/* commandLine */.a)(['record', purpose, (0,ledger/* members */.ol)({ ...runMembers(run), release: to.release, slot: to.slot, undone })]);
}
function checkSlot(move) {
    const { to, purpose } = move;
    const definition = heldBy(move, to);
    const link = `${definition.path}/slots/${to.slot}`;
    const refusal = `Slot ${to.slot} does not hold ${to.release}. Deploy it again.`;
    return [
        `[ "$(readlink ${(0,core_quote/* quote */.h)(link)})" = ${(0,core_quote/* quote */.h)(`../releases/${to.release}`)} ] && [ -d ${(0,core_quote/* quote */.h)(`${link}/`)} ] || { echo ${(0,core_quote/* quote */.h)(refusal)} >&2; exit 1; }`,
        purpose === 'rollback' ? revive(definition, to, STILL_HEALTHY_WITHIN) : awaitHealthy(definition, slotOccasion(definition, to), STILL_HEALTHY_WITHIN),
    ].join('\n');
}
function confirmation(move) {
    const { to, from, standby, run, purpose } = move;
    const seconds = Math.ceil(standby / 1_000);
    const who = (0,ledger/* members */.ol)({ ...runMembers(run), release: to.release, slot: to.slot, by: purpose, standby: from === undefined ? undefined : seconds });
    return [
        route('keep_traffic', shareOf(to.slot, 100)),
        ...(purpose === 'rollback' ? [recordMove(move)] : []),
        (0,core_quote/* commandLine */.a)(['record', 'confirm', who]),
        ...(from === undefined ? [] : ['say "${HERE##*/}" >"$STATE/standby"', (0,core_quote/* commandLine */.a)(['arm', String(seconds), 'retire'])]),
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/shared/traffic/plan-functions.js


/** The sh functions that a plan of a service with slots is made of: those of its router, and of its compose projects if it has such; `held` is what the slots were started with. */
function planFunctions(definition, held = {}) {
    const stack = [definition, ...Object.values(held)].find(({ strategy }) => strategy === 'compose') ?? definition;
    return `${routerFunctions(definition, held)}\n${stackFunctions(stack)}`;
}

;// CONCATENATED MODULE: ./build/shared/traffic/publish.js





const publish_MOMENT = 15_000;
const publish_COMMAND_LIMIT = 120_000;
/** The steps that rename `current`, restart the service and wait until it is healthy. */
function publishSteps({ definition, release, previous, run, purpose }) {
    const { health } = definition;
    const who = (0,ledger/* members */.ol)({ ...runMembers(run), release, by: purpose });
    const undone = (0,ledger/* members */.ol)({ ...runMembers(run), release, undone: previous });
    return [
        { name: 'check-current', title: 'Checking that current is a link', phase: 'before', timeout: publish_MOMENT, script: (0,core_quote/* commandLine */.a)(['expect_link', currentLink(definition)]) },
        ...(purpose === 'deploy' ? hookBefore(definition, 'before-publish', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }) : []),
        { name: 'publish', title: `Publishing ${release}`, phase: 'act', timeout: publish_MOMENT, script: (0,core_quote/* commandLine */.a)(['point', currentLink(definition), `releases/${release}`]) },
        { name: 'restart', title: 'Restarting the service', phase: 'verify', timeout: publish_COMMAND_LIMIT, script: restart(definition, release) },
        {
            name: 'await-health', title: 'Waiting until the service is healthy', phase: 'verify', timeout: health.timeout + publish_MOMENT,
            script: awaitHealthy(definition, occasion(definition, release), health.timeout),
        },
        {
            name: 'record', title: 'Recording the release as verified', phase: 'after', timeout: publish_MOMENT,
            script: [...(purpose === 'rollback' ? [(0,core_quote/* commandLine */.a)(['record', 'rollback', undone])] : []), (0,core_quote/* commandLine */.a)(['record', 'confirm', who])].join('\n'),
        },
        ...hookAfter(definition, purpose === 'deploy' ? 'after-publish' : 'on-rollback', { ...occasion(definition, release), run, other: previous }),
    ];
}
/** Sh text that publishes the previous release again. */
function publishBack({ definition, before = definition, release, previous, run, purpose }) {
    const record = (0,core_quote/* commandLine */.a)(['record', 'back', (0,ledger/* members */.ol)({ ...runMembers(run), undone: release, release: previous })]);
    const hooks = purpose === 'rollback' ? [] : [
        ...hookLast(definition, 'on-failure', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }),
        ...hookLast(definition, 'on-rollback', { folder: currentLink(definition), release: previous, run, other: release }),
    ];
    if (previous === undefined)
        return [`rm -f ${(0,core_quote/* quote */.h)(currentLink(definition))}`, record, ...hooks].join('\n');
    return [
        (0,core_quote/* commandLine */.a)(['point', currentLink(definition), `releases/${previous}`]),
        record,
        restart(before, previous),
        awaitHealthy(before, occasion(before, previous), before.health.timeout),
        ...hooks,
    ].join('\n');
}
function restart(definition, release) {
    return definition.restart === '' ? ':' : userCommand(definition, occasion(definition, release), definition.restart);
}
function occasion(definition, release) {
    return { folder: currentLink(definition), release };
}
function currentLink({ path }) {
    return `${path}/current`;
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/rollback-plan.js










const rollback_plan_LOCK_WAIT = 300_000;
/** The plan that takes users back: the same road as a deployment's, without building; what is warm is only switched to. */
function planRollback(retreat) {
    const { state, generation, data, continues } = retreat;
    const common = { id: data?.id ?? (0,server_plan/* newPlanId */.hd)(new Date()), state: state.folder, generation, lockWait: rollback_plan_LOCK_WAIT, confirmWithin: 0, environment: {}, ...(continues !== undefined && { continues }) };
    const texts = hasSlots(state.definition) ? slotRollback(retreat) : placeRollback(retreat);
    const moved = data === undefined ? texts : withData(texts, data);
    return withConfiguration(state.definition, { ...common, ...moved }, { to: retreat.to, from: liveRelease(state) });
}
// The release that is gone back to needs the data it knows, so it is started and asked only once that is live.
function withData(texts, data) {
    const { before, closing, swapping, opening, after, functions, clear, back } = restoreSteps(data);
    const isOfRouter = ({ name }) => name === 'check-router' || name === 'check-current';
    const of = (phase) => texts.steps.filter((step) => step.phase === phase);
    const later = of('before').filter((step) => !isOfRouter(step)).map((step) => ({ ...step, phase: 'act' }));
    return {
        ...texts,
        steps: [...before, ...of('before').filter(isOfRouter), closing, swapping, opening, ...later, ...of('act'), ...of('verify'), after, ...of('after')],
        functions: `${texts.functions ?? ''}\n${functions}`,
        clear,
        back: `unrestored=\n${back} || unrestored=yes\n${texts.back}\n${texts.clear}\n[ -z "$unrestored" ]`,
    };
}
/** The slot in which users will reach a release again: where it is warm, else the idle one. Undefined in a service without slots. */
function slotFor(state, release) {
    return hasSlots(state.definition) ? slotHolding(state, release) ?? idleSlot(state) : undefined;
}
function slotRollback({ state, to, run, standby }) {
    const { definition } = state;
    const warm = slotHolding(state, to);
    const slot = warm ?? idleSlot(state);
    const own = definitionOf(state, definition, { slot, release: to });
    const held = heldDefinitions(state, definition);
    const from = state.live === undefined || state.live === slot ? undefined : placeOf(state, state.live);
    const move = { definition, held: { ...held, [slot]: own }, to: { slot, release: to }, from, closed: state.closed, run, purpose: 'rollback', standby, shares: [], isWhole: true };
    return {
        functions: planFunctions(own, move.held),
        steps: [...(warm === undefined ? startInSlot(own, move.to, held[slot]) : []), ...moveSteps(move)],
        clear: warm === undefined ? emptySlot(own, move.to) : ':',
        back: moveBack(move),
        retire: retireStandby(move),
    };
}
function placeRollback({ state, to, run }) {
    const { current } = state;
    const [definition, before] = [to, current].map((release) => definitionOf(state, state.definition, { release }));
    const publication = { definition, before, release: to, previous: current, run, purpose: 'rollback' };
    if (isRolling(definition))
        return rollingTexts({ ...publication, definition });
    return { steps: publishSteps(publication), clear: ':', back: publishBack(publication) };
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/retreat.js










/**
 * The state to decide by, undefined where no deployment has come to its end yet. What is left unfinished is healed first: a rollback
 * that was killed half-way looks done. Not so for a run whose service another one took over, and not where taking back what this run
 * switched to heals it anyway.
 */
async function settledState(inputs, job, server, follow) {
    const first = await readState(server, inputs);
    follow.together?.serves(liveRelease(first));
    const isByRun = inputs.release === undefined;
    if (isByRun && first.definition === undefined && first.unfinished.length === 0)
        return undefined;
    const seen = asDeployed(server, inputs, first);
    if (inputs.dryRun || seen.unfinished.length === 0 || (isByRun && !isLeftHanging(seen, job.run.id)))
        return seen;
    const taken = isByRun ? seen : await readDeployed(server, inputs, (0,ledger/* claimMembers */.UO)(job.run, 'rollback'));
    await heal(server, taken, taken.claimed ?? (0,ledger/* latestClaim */.QM)(taken.events)?.generation ?? 0, follow);
    return readDeployed(server, inputs);
}
/** Goes back as decided, under a new generation. @throws {UserError} when the release is gone or was confirmed meanwhile. */
async function retreat_goBack(inputs, job, server, seen, { to, undone }, follow, data) {
    const claim = (0,ledger/* claimMembers */.UO)(job.run, 'rollback');
    const latest = (0,ledger/* latestClaim */.QM)(seen.events);
    // What stopped at a schema barrier can only be healed by what goes back across it.
    const continues = data === undefined ? undefined : seen.unfinished.find(({ last }) => last.startsWith('stopped'))?.plan;
    const retreat = { run: job.run, standby: inputs.standby, data, continues };
    if (to !== undefined && latest !== undefined && seen.unfinished.every(({ plan }) => plan === continues)) {
        try {
            // In one go with the claim: each visit to the server costs two round trips.
            return await retreat_goTo({ ...retreat, state: seen, generation: latest.generation + 1, to }, server, follow, { claim, ledgerLength: seen.ledgerLength });
        }
        catch (error) {
            if (!(error instanceof Overtaken))
                throw error;
            follow.log.info(`${error.message} It is read again.`);
        }
    }
    const taken = await readDeployed(server, inputs, claim);
    const generation = taken.claimed ?? 0;
    const isHealed = continues === undefined && await heal(server, taken, generation, follow);
    const state = isHealed ? await readDeployed(server, inputs) : taken;
    if (liveRelease(state) === to)
        return reachedIn(state);
    if (to === undefined)
        throw new errors/* UserError */.yo(`${undone} was confirmed meanwhile, and there is no release before it to go back to.`);
    return retreat_goTo({ ...retreat, state, generation, to }, server, follow);
}
/** Where users are by a state. */
function reachedIn(state) {
    return { release: liveRelease(state), slot: state.live };
}
async function retreat_goTo(retreat, server, follow, takeover) {
    const { state, to } = retreat;
    if (slotHolding(state, to) === undefined && !state.releases.includes(to))
        throw new errors/* UserError */.yo(`${to} is not on ${server.label} any more. Deploy it again.`);
    await carryOutForGood(server, planRollback(retreat), retreat.data === undefined ? [] : (0,opened_set/* openedFiles */.vm)(retreat.data.opened), follow, takeover);
    return { release: to, slot: slotFor(state, to) };
}
/** Restores data where no traffic has to move, under a new generation. */
async function restoreAlone(inputs, job, server, data, follow) {
    const taken = await readDeployed(server, inputs, (0,ledger/* claimMembers */.UO)(job.run, 'rollback'));
    await carry_out_carryOut(server, planRestore(data, taken.folder, taken.claimed ?? 0), (0,opened_set/* openedFiles */.vm)(data.opened), follow);
}
function isLeftHanging(state, run) {
    return (0,ledger/* latestClaim */.QM)(state.events)?.run === run && decideRollback(state, undefined, run).kind === 'nothing';
}

;// CONCATENATED MODULE: ./build/actions/rollback/src/rollback.js















const BEFORE_THE_FIRST = 'what they reached before the first release';
const NOT_TAKEN_BACK = 'Not taken back: what the undone release wrote to databases, shared files and other services.';
/** Takes users back to a release that was verified once, on one server or on many at once, and proves that it answers. */
async function rollback(inputs, job) {
    await onEveryHost(inputs, job, { has: 'went back' }, (own, server, together) => rollbackOn(inputs, own, server, together));
}
async function rollbackOn(inputs, job, server, together) {
    const began = performance.now();
    const follow = { log: job.log, signal: job.signal, service: inputs.service, ...(together && { together }) };
    const seen = await settledState(inputs, job, server, follow);
    if (seen === undefined)
        return nothingDeployed(inputs, job, server);
    const decision = decideRollback(seen, inputs.release, job.run.id);
    const data = await dataFor(inputs, job, server, seen, decision, together);
    if (inputs.dryRun)
        return job.log.output(preview(inputs, job, seen, decision, data));
    const { release: restored, slot } = await carryOutDecision(inputs, job, server, seen, decision, follow, data);
    job.output({ 'restored-release': restored ?? '', 'undone-release': decision.kind === 'nothing' ? '' : decision.undone ?? '', slot: slot ?? '', verified: false });
    const reached = (0,duration/* formatDuration */.a3)(performance.now() - began);
    const undone = inputs.data === 'undo-migrations' ? await undoMigrations(inputs, job, server, decision) : undefined;
    const told = undone ?? (data === undefined ? NOT_TAKEN_BACK : await dataTold(inputs, job, server, data));
    const line = decision.kind === 'nothing' ? decision.reason : `Users reach ${restored ?? BEFORE_THE_FIRST} again, after ${reached}.`;
    const lines = decision.kind === 'nothing' && data === undefined && undone === undefined ? [line] : [line, told];
    job.log.info(lines.join(' '));
    job.summarise({ heading: `${inputs.service}: rollback`, paragraphs: lines });
    if (restored !== undefined)
        await prove(inputs, job, server, seen, restored, together === undefined);
    job.output({ duration: (0,duration/* inSeconds */.F7)(performance.now() - began, 2) });
}
async function prove(inputs, job, server, state, release, isAlone) {
    const definition = definitionOf(state, state.definition, { release });
    const asked = (0,proof_inputs/* proofOf */.oX)(inputs, definition, release);
    // What the public address answers says nothing of one host among many.
    const proof = isAlone ? asked : { ...asked, url: undefined };
    if (!hasSlots(definition) && proof.url === undefined) {
        job.log.info(`No url is known, so it was not asked from outside. ${isRolling(definition) ? `All containers of ${release} are healthy` : `${release} passed the health check of its server`}.`);
        return job.output({ verified: true });
    }
    const { verdict, reason } = await proveLive(server, proof, job.signal);
    const gap = proofGap(proof);
    if (gap !== undefined && isAlone)
        job.log.warning(gap);
    if (verdict !== 'pass')
        throw new errors/* UserError */.yo(`Users reach ${release}, but the proof from outside ${verdict === 'fail' ? 'failed' : 'was inconclusive'}: ${reason}.`);
    job.log.info(`Proved: ${reason}.`);
    job.output({ verified: true });
}
// The very first deployment failed and was cleared away: a step with `if: failure()` must not fail for that.
function nothingDeployed({ service }, job, { label }) {
    job.log.info(`No deployment of ${service} has come to its end on ${label} yet, so there is nothing to take back.`);
    job.output({ 'restored-release': '', 'undone-release': '', slot: '', verified: false });
}
async function carryOutDecision(inputs, job, server, seen, decision, follow, data) {
    if (decision.kind === 'go-back')
        return retreat_goBack(inputs, job, server, seen, decision, follow, data);
    if (data !== undefined)
        await restoreAlone(inputs, job, server, data, follow);
    return reachedIn(seen);
}
function preview(inputs, job, state, decision, data) {
    if (decision.kind === 'nothing')
        return data === undefined ? decision.reason : (0,server_plan/* describePlan */.df)(planRestore(data, state.folder, 0));
    if (decision.to === undefined)
        return `The switch to ${decision.undone} is not confirmed, so it is taken back: users reach ${BEFORE_THE_FIRST} again.`;
    return (0,server_plan/* describePlan */.df)(planRollback({ standby: inputs.standby, state, generation: 0, to: decision.to, run: job.run, data }));
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

/***/ 5721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ redactor),
/* harmony export */   zA: () => (/* binding */ shownUrl)
/* harmony export */ });
/* unused harmony export maskable */
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

/***/ 7472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hU: () => (/* binding */ covers),
/* harmony export */   i$: () => (/* binding */ parseStatus),
/* harmony export */   me: () => (/* binding */ formatStatus),
/* harmony export */   qO: () => (/* binding */ SUCCESS)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9115);
/* harmony import */ var _shown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3697);


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
