export const id = 254;
export const ids = [254,912];
export const modules = {

/***/ 7692:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "e0d97440d23b1211907d.sh";

/***/ }),

/***/ 6855:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "67cd8d0e9cc93bbd7235.sh";

/***/ }),

/***/ 4948:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "4f90f26c4e7797baa288.sh";

/***/ }),

/***/ 5748:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "b7b8ce0a7ec979220d67.sh";

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

/***/ 3254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sshDeploy: () => (/* binding */ sshDeploy)
});

// EXTERNAL MODULE: ./build/shared/release/release-id.js
var release_id = __webpack_require__(7217);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/shared/core/quote.js
const PLAIN = /^[A-Za-z0-9_/.,:=@%+-]+$/;
/**
 * Quotes a value as one word of POSIX shell, whatever bytes it holds.
 * @throws {TypeError} on a NUL byte, which no shell word can hold.
 */
function quote_quote(value) {
    if (value.includes('\0'))
        throw new TypeError('A shell word cannot hold a NUL byte');
    return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
/** A command as one line of POSIX shell: every argument quoted, none of them interpreted. */
function quote_commandLine(argv) {
    return argv.map(quote_quote).join(' ');
}

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

;// CONCATENATED MODULE: ./build/shared/system/ssh/line-state.js
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

;// CONCATENATED MODULE: ./build/shared/system/ssh/tunnel.js


/** The server would not open a channel: `isForbidden` tells its rules from a peer that does not answer. */
class TunnelRefused extends errors/* UserError */.yo {
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
            throw new ConnectionLost(state);
        open((error, channel) => {
            if (!error)
                return resolve(channel);
            const { reason } = error;
            const why = (0,errors/* messageOf */.bD)(error).replace('(SSH) Channel open failure: ', '');
            reject(state.isLost ? new ConnectionLost(state) : new TunnelRefused(state.label, to, reason === FORBIDDEN, why));
        });
    });
}

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
    if (error instanceof TunnelRefused)
        return error.isForbidden ? faultOf('jump-forbidden', at) : faultOf('jump-cannot-reach', at, error.why);
    if (error instanceof ConnectionLost)
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
            throw new ConnectionLost(state);
        const asked = performance.now();
        client.exec(command, (error, channel) => {
            if (error)
                return reject(state.isLost ? new ConnectionLost(state) : new errors/* UserError */.yo(refusalOf(state.label, error)));
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
        throw new ConnectionLost(state);
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
    const state = watchLine(client, label, transport.destroyed);
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
        openSocket: (path) => openSocket(client, state, path),
        openPort: (host, port) => openPort(client, state, host, port),
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/shared/server/scripts.js


/** Sh functions that tell how much room a disk has. */
const roomScript = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "room.sh", 'utf8');
/** The part every plan carries: locking, journal, healing, timers, following. POSIX sh. */
const executor = `${roomScript}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "executor.sh", 'utf8')}`;
const unpack = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "unpack.sh", 'utf8');
const receiver = `${roomScript}\n${unpack}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "receive.sh", 'utf8')}`;
const lane = `${roomScript}\n${unpack}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "lane.sh", 'utf8')}`;
const inspector = `${roomScript}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "inspect.sh", 'utf8')}`;
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
    return quote_commandLine(['sh', '-c', script, 'slipway', ...args]);
}

;// CONCATENATED MODULE: ./build/shared/server/plan.js



/** The number of the plan and journal format. A server refuses plans whose journal has another one. */
const PLAN_FORMAT = 1;
const LINES_SHOWN = 6;
/** A new plan id, which sorts by time: `20261121T140210-3f9a1c`. */
function newPlanId(now) {
    const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
    return `${stamp}-${(0,external_node_crypto_.randomBytes)(3).toString('hex')}`;
}
/** The plan as the one sh script a server keeps and runs. `mark` tells its own lines from a program's output. */
function renderPlan(plan, mark) {
    const settings = {
        PLAN_FORMAT: String(PLAN_FORMAT),
        STATE: plan.state,
        GENERATION: String(plan.generation),
        MARK: mark,
        STEPS: plan.steps.map(({ name, phase, timeout }) => `${name}:${phase}:${seconds(timeout)}`).join(' '),
        CONFIRM_WITHIN: String(seconds(plan.confirmWithin)),
        CONTINUES: plan.continues ?? '',
        LOCK_WAIT: String(seconds(plan.lockWait)),
    };
    return [
        '#!/bin/sh',
        ...Object.entries(settings).map(([name, value]) => `${name}=${quote_quote(value)}`),
        ...Object.entries(plan.environment).map(([name, value]) => `export ${name}=${quote_quote(value)}`),
        executor,
        plan.functions ?? '',
        ...plan.steps.map(({ name, script }) => stepFunction(name, script)),
        stepFunction('clear', plan.clear),
        stepFunction('back', plan.back),
        stepFunction('retire', plan.retire ?? ''),
        'main "$@"',
        '',
    ].join('\n');
}
/** The plan as people read it, for a dry run: one line a step, with the beginning of what runs in it. */
function describePlan(plan) {
    return plan.steps
        .map(({ title, phase, script }, index) => `${index + 1}. ${title}${phase === 'act' ? '   <- what users see changes here' : ''}\n${excerpt(script)}`)
        .join('\n');
}
function stepFunction(name, script) {
    return `step_${name.replaceAll('-', '_')}() {\n:\n${script}\n}`;
}
function excerpt(script) {
    const lines = script.split('\n').filter((line) => line !== '');
    const rest = lines.length - LINES_SHOWN;
    return [...lines.slice(0, LINES_SHOWN), ...(rest > 0 ? [`… and ${rest} lines more`] : [])].map((line) => `     ${line}`).join('\n');
}
function seconds(ms) {
    return Math.ceil(ms / 1_000);
}

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
    const records = Buffer.from(record('path', path) + (target === '' ? '' : record('linkpath', target)));
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
function record(key, value) {
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
const send_packet_PLAIN = { lanes: 6, worthIt: 2 * 1_048_576 };
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
    const { lanes, worthIt } = unpacker === undefined ? send_packet_PLAIN : COMPRESSED;
    const queue = (isLong ? inPieces(entries, PIECE) : entries)[Symbol.iterator]();
    const over = new AbortController();
    const allTaken = Promise.withResolvers();
    const signal = AbortSignal.any([over.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    const openLanes = () => allOf(lanes, () => openLane(connection, { command: laneCommand(state, id, attempt, unpacker), unpacker, signal, allTaken: allTaken.promise }, queue));
    try {
        return await connection.exec(receiveCommand(state, id, takeover, attempt, unpacker), { ...options, stdin: compressed(packet(firstLane(queue, { open: isLong ? openLanes : undefined, worthIt, allTaken: allTaken.resolve })), unpacker) });
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
        carryOut: (plan, files, tell, takeover) => carryOut(line, plan, files, tell, takeover, signal),
        // The way back is asked for when the job is being cancelled, too.
        ask: (plan, verb, tell) => ask(line, plan, verb, tell, verb === 'revert' ? undefined : signal),
        tail: (plan, file, hear) => tail(line, plan, file, hear, signal),
        async cancel(plan) {
            await line.get().exec(quote_commandLine(['sh', scriptOf(plan), 'cancel']));
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
    const { stderr } = await connection.exec(inspectCommand({ mark, ...request, base: beginBase === undefined ? '' : 'base' }), { onOutput: reader.read });
    const inspection = parseInspection(reader.text(), mark);
    return inspection.kind === 'refused' && stderr !== '' ? { kind: 'refused', reason: `${inspection.reason} (${stderr.trim()})` } : inspection;
}
// A packet is sent again only as long as nothing came back; the receiver starts a plan once, however often it arrives.
async function carryOut(line, plan, files, tell, takeover, signal) {
    const taking = takeover === undefined ? [] : [String(takeover.ledgerLength), String(plan.generation), takeover.claim];
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const send = (connection, options) => sendPacket(connection, { plan, takeover: taking, entries: packetEntries(renderPlan(plan, mark), files), unpackers: 'unpackers' in files ? files.unpackers : [] }, options);
    return followToEnd(line, { plan, verb: 'run', follower: followSent(plan.id, mark, tell), begin: send }, signal);
}
async function ask(line, plan, verb, tell, signal) {
    const begin = (connection, options) => connection.exec(quote_commandLine(['sh', scriptOf(plan), 'ask', verb]), options);
    return followToEnd(line, { plan, verb, follower: followAsked(plan.id, tell), begin }, signal);
}
async function followToEnd(line, { plan, verb, follower, begin }, signal) {
    const options = { onOutput: (chunk) => follower.hear(chunk), ...(signal === undefined ? {} : { signal }) };
    const attempt = async (connection) => {
        const offset = follower.offset();
        const resume = () => connection.exec(quote_commandLine(['sh', scriptOf(plan), 'follow', verb, String(offset)]), options);
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
    await persist(line, (connection) => connection.exec(quote_commandLine(['sh', scriptOf(plan), 'follow', 'run', String(offset), file]), { onOutput, ...(signal === undefined ? {} : { signal }) }), signal);
}
async function persist(line, attempt, signal) {
    for (;;) {
        const connection = line.get();
        try {
            return await attempt(connection);
        }
        catch (error) {
            if (!(error instanceof ConnectionLost) || signal?.aborted === true)
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
    yield { path: 'journal', mode: 0o600, kind: 'text', text: `slipway-journal ${PLAN_FORMAT}\n` };
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

// EXTERNAL MODULE: ./build/actions/ssh-deploy/src/hook-inputs.js
var hook_inputs = __webpack_require__(325);
;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/definition.js



/** The service as the inputs of this deployment define it. @throws {UserError} where they do not. */
function definitionFrom(inputs) {
    const hooks = (0,hook_inputs/* hooksFrom */.ZR)(inputs);
    const { service, path = '', bluePort, greenPort } = inputs;
    return {
        format: 1,
        service,
        environment: inputs.environment,
        path: withoutTrailingSlash(path),
        strategy: strategyOf(inputs),
        router: routerFrom(inputs),
        runtimeDir: withoutTrailingSlash(inputs.runtimeDir ?? `/run/slipway/${service}`),
        ...(bluePort === undefined || greenPort === undefined ? {} : { ports: { blue: bluePort, green: greenPort } }),
        ...(inputs.moreApps !== undefined && { moreApps: inputs.moreApps }),
        start: inputs.start ?? '',
        stop: inputs.stop ?? '',
        restart: inputs.restart ?? '',
        health: { path: inputs.health ?? '', command: inputs.healthCommand ?? '', timeout: inputs.healthTimeout },
        ...(Object.keys(hooks).length > 0 && { hooks }),
        ...(inputs.configPaths.length > 0 && { configPaths: absolutePaths(inputs.configPaths, withoutTrailingSlash(path)) }),
        url: inputs.url === undefined ? '' : withoutAccount(inputs.url),
        keep: inputs.keep,
        ...(inputs.strategy === 'compose' || inputs.strategy === 'compose-rolling' ? { compose: composeFrom(inputs) } : {}),
    };
}
function strategyOf({ strategy }) {
    if (strategy === 'script')
        throw new errors/* UserError */.yo('Strategy script has no release, so there is nothing to look at. Give the strategy that the service is deployed with.');
    return strategy;
}
function composeFrom({ composeFiles, envFile = '', project, service, environment, preStop = '', stopTimeout }) {
    return { files: composeFiles, envFile, project: project ?? projectName(`${service}-${environment}`), preStop, stopTimeout };
}
// As compose itself makes one of a folder's name.
function projectName(name) {
    return name.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '').replace(/^[^a-z0-9]+/, '');
}
function routerFrom({ router, service, health = '/up', routerEntry, routerConfig, routerControl, routerTest, routerReload, routerCookie }) {
    const usual = usualRouter(service, health)[router];
    return {
        name: router, entry: routerEntry ?? (router === 'nginx-socket' ? '' : 'http://127.0.0.1'),
        config: routerConfig ?? usual.config ?? '', control: routerControl ?? usual.control ?? '', test: routerTest ?? usual.test ?? '', reload: routerReload ?? usual.reload ?? '',
        ...(routerCookie !== undefined && { cookie: routerCookie }),
    };
}
// Where each is found as Debian and the examples set it up.
function usualRouter(service, health) {
    return {
        'nginx-socket': { config: '/etc/nginx' },
        nginx: { config: '/etc/nginx', test: 'sudo nginx -t', reload: 'sudo systemctl reload nginx' },
        haproxy: { config: '/etc/haproxy', control: `/run/haproxy/${service}.sock` },
        caddy: { config: '/etc/caddy/Caddyfile', control: 'http://localhost:2019' },
        traefik: { control: 'http://127.0.0.1:8099' },
        'kamal-proxy': { control: 'kamal-proxy', reload: `kamal-proxy deploy ${service} --target "$TARGET" --health-check-path ${quote_quote(health)} --drain-timeout 10s` },
    };
}
// The definition stays on the server for years: the password of a protected site stays with the run that it was given to.
function withoutAccount(address) {
    const url = new URL(address);
    if (url.username === '' && url.password === '')
        return address;
    url.username = '';
    url.password = '';
    return url.href;
}
function absolutePaths(paths, base) {
    return paths.map((path) => withoutTrailingSlash(path.startsWith('/') ? path : `${base}/${path}`));
}
function withoutTrailingSlash(path) {
    return path.replace(/(?<=.)\/+$/, '');
}

;// CONCATENATED MODULE: ./build/shared/server/user-command.js

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
        ...Object.entries(environment).map(([name, value]) => `export ${name}=${quote_quote(value)}`),
        `cd ${quote_quote(`${folder}/`)} 2>/dev/null || cd ${quote_quote(definition.path)}`,
        `exec ${quote_commandLine([...(within === undefined ? [] : ['timeout', String(Math.ceil(within / 1_000))]), 'sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
        ')',
    ].join('\n');
}
/**
 * Sh text that succeeds once the release answers as healthy, and fails with the reason when it has not within so many milliseconds.
 * It is asked in its slot, or at the listener given, and so are all further apps of the service.
 */
function user_command_awaitHealthy(definition, occasion, within, at) {
    const { slot, isFresh = false } = occasion;
    const seconds = String(Math.ceil(within / 1_000));
    // Containers tell by themselves that they ended (await_stack is of shared/containers).
    const patience = definition.strategy !== 'compose' || slot === undefined ? ['patiently', seconds] : ['await_stack', slot, seconds, isFresh ? 'fresh' : 'later'];
    const questions = healthQuestions(definition, occasion, at);
    return questions.length === 0 ? quote_commandLine(patience) : `check_health() {\n${questions.join(' &&\n')}\n}\n${quote_commandLine([...patience, 'check_health'])}`;
}
/** Sh texts, each of which succeeds when a part of the release answers as healthy: its first app, and each further one. */
function healthQuestions(definition, occasion, at) {
    const { health } = definition;
    const first = health.command !== '' ? [userCommand(definition, occasion, health.command)] : health.path === '' ? [] : [quote_commandLine(question(definition, occasion, at))];
    return [...first, ...(occasion.slot === undefined ? [] : appQuestions(definition, occasion.slot, at).map(quote_commandLine))];
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
        ROUTER_BLUE: listenerText(slotListener(blue, 'blue')), ROUTER_GREEN: listenerText(slotListener(green, 'green')),
        ROUTER_APPS: [...appsOf(blue, 'blue'), ...appsOf(green, 'green')].join('\n'),
    };
    return [...Object.entries(settings).map(([name, value]) => `${name}=${quote_quote(value)}`), common, texts[router.name]].join('\n');
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

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/diagnosis.js
/** All is well. */
function ok(name, detail) {
    return { name, verdict: 'ok', detail, mend: '' };
}
/** A deployment works, but something is not as it should be. */
function warning(name, detail, mend) {
    return { name, verdict: 'warning', detail, mend };
}
/** A deployment, a switch or the next boot would fail. */
function problem(name, detail, mend) {
    return { name, verdict: 'problem', detail, mend };
}
/** It could not be found out; `mend` tells how to. */
function unknown(name, detail, mend) {
    return { name, verdict: 'unknown', detail, mend };
}
/** A command as the user of the examination has to give it to have root's rights. */
function asRoot({ user }, command) {
    return user === 'root' ? command : `sudo ${command}`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/facts.js
/** The lines of a section that hold something. */
function lines(text) {
    return text.split('\n').filter((line) => line.trim() !== '');
}
/** Reads `<kind> <writable> <type> <which>`. */
function facts_place(line) {
    const [kind, writable, fileSystem = 'unknown', ...nearest] = line.split(' ');
    return { nearest: nearest.join(' '), isFolder: kind === 'folder', isWritable: writable === 'yes', fileSystem };
}
/** Reads `<mode> <uid> <gid> <path>`. */
function rights(line) {
    const [mode = '', uid, gid, ...path] = line.split(' ');
    return { mode, uid: Number(uid), gid: Number(gid), path: path.join(' ') };
}
/** Reads `<kind> <path> [<target>]`, by path. */
function facts_link(line) {
    const [kind = 'none', path = '', target = ''] = line.split(' ');
    return [path, { kind: kind, target }];
}
/** Reads a line of `df -Pk`; the columns are told by the percent sign, because names of devices may hold blanks. */
function space(line = '') {
    return fill(line, 1_024);
}
/** The same of `df -Pi`; undefined where the file system counts no inodes. */
function inodes(line = '') {
    return fill(line, 1);
}
/** Reads the words `<pid> nginx <title> <group name>- <uid> <gid> <group>...`. */
function webServer([pid, , title = '', groupName = '', uid, ...groups]) {
    return { pid: Number(pid), isWorker: title.startsWith('nginx:_worker'), uid: Number(uid), groups: groups.map(Number), groupName: groupName.replace(/-$/, '') };
}
/** Reads `<port> <owner> <pid or hyphen> <command line>`. */
function portUser(line) {
    const [port, owner = '', pid = '-', ...command] = line.split(' ');
    return { port: Number(port), owner, process: pid === '-' ? '' : `process ${pid} (${command.join(' ').trim()})` };
}
function fill(line, unit) {
    const [, used, free] = /\s(\d+)\s+(\d+)\s+\d+%/.exec(line) ?? [];
    const counts = { free: Number(free) * unit, total: (Number(used) + Number(free)) * unit };
    return used === undefined || counts.total === 0 ? undefined : counts;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/tools.js


const ALWAYS = ['awk', 'cmp', 'cut', 'date', 'df', 'find', 'flock', 'grep', 'head', 'ln', 'mkdir', 'mv', 'readlink', 'sed', 'setsid', 'sha256sum', 'sort', 'tail', 'tar', 'tr', 'wc', 'xargs'];
const OF_COMMANDS = /(?<=^|[\s;&|(])(?:sudo|systemctl|docker|podman|sv|supervisorctl|rc-service)(?=$|\s)/gm;
/** The programs that deployments of the service call on the server, as far as its commands show them. */
function neededTools(definition) {
    const { health, router } = definition;
    const ofRouter = (0,server_definition/* hasSlots */.e8)(definition) ? [...routerTools(definition), ...programsIn([router.test, router.reload, router.control])] : [];
    const ofContainers = definition.compose === undefined ? [] : ['docker'];
    return [...new Set([...ALWAYS, ...ofRouter, ...ofContainers, ...(health.command === '' ? ['curl'] : []), ...commandTools(definition)])];
}
/** The programs for supervision and rights that the service's own commands call. */
function commandTools({ start, stop, restart }) {
    return programsIn([start, stop, restart]);
}
function programsIn(commands) {
    return [...new Set(commands.join('\n').match(OF_COMMANDS) ?? [])];
}
/** The command that installs programs with the server's package manager, without sudo. */
function installation(tools, packageManager) {
    const packages = [...new Set(tools.map((tool) => PACKAGES[tool] ?? 'coreutils'))];
    return `${INSTALL[packageManager ?? ''] ?? 'apt-get install -y'} ${packages.join(' ')}`;
}
const INSTALL = {
    'apt-get': 'apt-get install -y', dnf: 'dnf install -y', yum: 'yum install -y', apk: 'apk add', zypper: 'zypper install -y', pacman: 'pacman -S --noconfirm',
};
const PACKAGES = {
    awk: 'gawk', cmp: 'diffutils', find: 'findutils', xargs: 'findutils', flock: 'util-linux', setsid: 'util-linux', grep: 'grep', sed: 'sed', tar: 'tar', curl: 'curl', socat: 'socat',
    sudo: 'sudo', systemctl: 'systemd', docker: 'docker.io', podman: 'podman', sv: 'runit', supervisorctl: 'supervisor', 'rc-service': 'openrc',
};

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/machine.js



const LITTLE_SPACE = 1_000_000_000;
const NO_SPACE = 200_000_000;
const FEW_INODES = 1_000;
const LITTLE_PART = 0.05;
const SKEW_LIMIT = 5; // seconds
/** That the login works is shown by the facts being there. */
const judgeLogin = ({ user, hostName, system }) => ok('login', `${user} on ${hostName} (${system}); the key is accepted`);
/** The programs that deployments call. */
const judgeTools = (examination) => {
    const { missingTools, packageManager } = examination;
    if (missingTools.length === 0)
        return ok('tools', 'every program that deployments call is there');
    const are = missingTools.length === 1 ? 'is' : 'are';
    return problem('tools', `${missingTools.join(', ')} ${are} not on the PATH of a login without a terminal`, asRoot(examination, installation(missingTools, packageManager)));
};
/** Bytes that are free where releases go. */
const judgeDisk = ({ disk, path }) => judgeFill('disk', disk, {
    shown: size/* formatSize */.X, none: NO_SPACE, little: LITTLE_SPACE,
    mend: `du -xsh ${path.nearest}/* | sort -h | tail    # remove what is not needed, or lower keep`,
    missing: `df -Pk ${path.nearest}`,
});
/** Inodes that are free where releases go; a file system such as btrfs counts none. */
const judgeInodes = ({ inodes, path }) => (inodes === undefined ? undefined : judgeFill('inodes', inodes, {
    shown: String, none: FEW_INODES, little: 10 * FEW_INODES,
    mend: `du -x --inodes ${path.nearest} | sort -n | tail    # remove folders of many small files`,
    missing: '',
}));
/** Seconds that the server's clock is ahead of the runner's, negative when behind; undefined where it has none. */
function judgeClock(skew, user) {
    const mend = asRoot({ user }, 'timedatectl set-ntp true');
    if (skew === undefined)
        return unknown('clock', 'the server did not tell its time', 'date');
    const size = Math.abs(Math.round(skew));
    if (size <= SKEW_LIMIT)
        return ok('clock', 'agrees with the runner\'s');
    return warning('clock', `is ${size} s ${skew > 0 ? 'ahead of' : 'behind'} the runner's: times in the ledger will mislead`, mend);
}
/** How full something is: a problem below `none`, a warning below `little` or a twentieth. */
function judgeFill(name, fill, { shown, none, little, mend, missing }) {
    if (fill === undefined)
        return unknown(name, 'what is free cannot be told', missing);
    const detail = `${shown(fill.free)} of ${shown(fill.total)} free`;
    if (fill.free < none)
        return problem(name, detail, mend);
    return fill.free < little || fill.free < LITTLE_PART * fill.total ? warning(name, detail, mend) : ok(name, detail);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/containers.js




const containers_NO_SPACE = 1_000_000_000;
const containers_LITTLE_SPACE = 5_000_000_000;
const ROTATING = ['local', 'journald', 'syslog', 'none', 'fluentd', 'gelf', 'awslogs', 'splunk', 'gcplogs', 'etwlogs'];
/** Reads what engine.sh printed. */
function dockerFacts(lines) {
    const said = new Map(lines.map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1).trim()]));
    const [version = '', logging = '', ...folder] = (said.get('engine') ?? '').split(' ');
    const given = (name) => (said.get(name) ? { [name]: said.get(name) ?? '' } : {});
    const disk = space(said.get('disk'));
    return { ...(version !== '' && { engine: { version, logging, folder: folder.join(' ') } }), ...given('silent'), ...given('compose'), ...given('old'), ...given('boot'), ...(disk && { disk }), isRotating: said.has('rotation') };
}
/** Whether containers can be run, and go on running: the engine, compose, room for images, logs with an end, the start at boot. */
const judgeDocker = (examination, { definition }) => {
    if (definition.compose === undefined || examination.missingTools.includes('docker'))
        return undefined;
    const { engine, disk } = examination.containers;
    const reached = judgeEngine(examination);
    if (engine === undefined)
        return [reached, judgeCompose(examination)];
    const room = judgeFill('docker disk', disk, { shown: size/* formatSize */.X, none: containers_NO_SPACE, little: containers_LITTLE_SPACE, mend: 'docker system df    # then docker image prune, docker builder prune', missing: asRoot(examination, `df -h ${engine.folder}`) });
    return [reached, judgeCompose(examination), room, judgeLogs(examination), ...judgeStart(examination)];
};
function judgeEngine(examination) {
    const { user, hasSystemd, containers: { engine, silent = '' } } = examination;
    if (engine !== undefined)
        return ok('docker', `the engine answers ${user} (version ${engine.version})`);
    if (/permission denied/i.test(silent))
        return problem('docker', `${user} may not talk to the engine`, `${asRoot(examination, `usermod -aG docker ${user}`)}    # then a new login; the group is as good as root`);
    return problem('docker', `the engine does not answer: ${silent}`, asRoot(examination, hasSystemd ? 'systemctl enable --now docker' : 'service docker start'));
}
function judgeCompose(examination) {
    const { compose, old } = examination.containers;
    if (compose !== undefined)
        return ok('docker compose', `version ${compose}`);
    const detail = old === undefined ? 'the plugin is not there' : `the plugin is not there; docker-compose ${old} is the old Compose v1, which is not supported`;
    return problem('docker compose', detail, asRoot(examination, 'apt-get install -y docker-compose-plugin    # of Docker\'s own packages; docker-compose-v2 of Ubuntu\'s'));
}
function judgeLogs(examination) {
    const { engine, isRotating } = examination.containers;
    const driver = engine?.logging ?? '';
    if (isRotating || ROTATING.includes(driver))
        return ok('docker logs', `driver ${driver}${isRotating ? ', with max-size' : ''}`);
    return warning('docker logs', `driver ${driver} keeps what containers print for ever, until the disk is full`, `${asRoot(examination, 'tee /etc/docker/daemon.json')} <<<'{"log-driver":"local"}'    # merge it with what is there; counts for new containers once docker is restarted`);
}
function judgeStart(examination) {
    const { boot } = examination.containers;
    if (boot !== 'disabled')
        return [];
    return [problem('docker boot', 'a boot does not start the engine, so nothing would start the containers', asRoot(examination, 'systemctl enable docker'))];
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/examination.js








const script = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "examine.sh", 'utf8');
const engine = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "engine.sh", 'utf8');
/** The command line that examines a server for a service; `root` goes before the paths of the machine's own settings. */
function examineCommand(definition, key, mark, root = '') {
    const isSlotted = (0,server_definition/* hasSlots */.e8)(definition);
    const ports = isSlotted ? [definition.ports, ...Object.values(definition.moreApps ?? {}).map((app) => app.ports)].flatMap((each) => (each === undefined ? [] : [each.blue, each.green])).join(' ') : '';
    const text = definition.compose === undefined ? script : script.replace(/^section end$/m, () => `section containers\n${engine}section end`);
    const runtimeDir = isSlotted ? definition.runtimeDir : '';
    return scriptCommand(text, [mark, key, definition.path, runtimeDir, definition.router.config, ports, neededTools(definition).join(' '), routerComplaint(definition), root]);
}
/** Reads what examine.sh printed. @throws {UserError} when the answer was cut short. */
function parseExamination(output, mark) {
    const sections = new Map(output.split(`\u001e${mark} `).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
    if (!sections.has('end'))
        throw new errors/* UserError */.yo(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
    const of = (name) => lines(sections.get(name) ?? '');
    const [user = '', , hostName = '', system = 'unknown system'] = of('login');
    const [path, runtime] = of('places').map(facts_place);
    return {
        ...watchedFacts(of),
        containers: dockerFacts(of('containers')),
        clock: /^\d+$/.test(of('clock')[0] ?? '') ? Number(of('clock')[0]) : undefined,
        user, hostName, system,
        missingTools: of('tools'),
        packageManager: of('packages')[0],
        path: path, runtime, home: facts_place(of('home')[0]), state: of('state')[1] === undefined ? undefined : facts_place(of('state')[1]),
        registered: of('registered')[0],
        ways: [...new Set(of('ways'))].map(rights),
        links: new Map(of('links').map(facts_link)),
        sockets: of('sockets').map(rights),
        disk: space(of('bytes')[0]),
        inodes: inodes(of('inodes')[0]),
    };
}
function watchedFacts(of) {
    const [access = 'missing', ...nginx] = of('nginx');
    const [docker] = of('docker');
    const processes = of('processes').map((line) => line.split(' '));
    return {
        tmpfiles: of('tmpfiles').map((line) => line.split(' ')).map(([type = '', path = '', target = '', file = '']) => ({ type, path, target, file })),
        hasSystemd: of('systemd').length > 0,
        isLingering: of('lingering').length > 0,
        logind: of('logind'),
        docker: docker === 'open' || docker === 'closed' ? docker : undefined,
        processes: new Map(processes.filter(([, name]) => name !== 'nginx').map(([pid, name = '']) => [Number(pid), name])),
        webServers: processes.filter(([, name]) => name === 'nginx').map(webServer),
        nginxConfig: {
            access: access === 'open' || access === 'closed' ? access : 'missing',
            closed: nginx.filter((line) => line.startsWith('closed ')).map((line) => line.slice(7)),
            naming: nginx.filter((line) => line.startsWith('names ')).map((line) => line.slice(6).trim()),
        },
        router: of('router').join('\n'),
        plans: of('plans').map((line) => line.split(' ')).map(([plan = '', heading = '', ...last]) => ({ plan, heading: heading.replaceAll('_', ' '), last: last.join(' ') })),
        lock: lockFacts(of('lock'), of('holder')[0]),
        ports: of('ports').map(portUser),
    };
}
function lockFacts(found, holder) {
    const holders = found.filter((line) => line !== 'held').map((line) => line.trim().split(' '))
        .map(([pid, kind, ...command]) => ({ pid: Number(pid), isOfStep: kind === 'step', command: command.join(' ') }));
    const [plan = '', pid = ''] = holder?.split(' ') ?? [];
    return { isHeld: found.length > 0, holders, running: holder === undefined ? undefined : { plan, pid: Number(pid) } };
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/web-user.js
/** The group nginx works as; guessed from the kind of system where nginx does not run. */
function webGroup({ webServers, packageManager }) {
    const worker = webServers.find(({ isWorker }) => isWorker);
    return worker?.groupName || (packageManager === 'apt-get' ? 'www-data' : 'nginx');
}
/** nginx's workers, one for each user and groups they work as; users' requests pass through them. */
function webWorkers({ webServers }) {
    const workers = webServers.filter(({ isWorker }) => isWorker);
    return [...new Map(workers.map((worker) => [`${worker.uid} ${worker.groups.join(' ')}`, worker])).values()];
}
/** Whether the worker has the right, `w` or `x`; access lists, which `ls` only hints at, count as granting it. */
function may(worker, right, { mode, uid, gid }) {
    if (worker.uid === 0 || mode.endsWith('+'))
        return true;
    const [owner, group, others] = [mode.slice(1, 4), mode.slice(4, 7), mode.slice(7, 10)];
    const granted = worker.uid === uid ? owner : worker.groups.includes(gid) ? group : others;
    return new RegExp(right === 'x' ? '[xst]' : 'w').test(granted);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/folders.js



const VOLATILE = new Set(['tmpfs', 'ramfs']);
/** The service's folder: it, or the nearest parent that is there, must be writable; and it must outlive a boot. */
const judgePath = (examination, { definition: { path } }) => {
    const { path: place, user, state } = examination;
    if (place.nearest === path && !place.isFolder)
        return problem('path', `${path} is not a folder`, asRoot(examination, `mv ${path} ${path}.old`));
    const make = asRoot(examination, `install -d -o ${user} ${path}`);
    if (!place.isFolder)
        return problem('path', `${user} may not create ${path}: ${place.nearest} is not a folder`, `${asRoot(examination, `mv ${place.nearest} ${place.nearest}.old`)} && ${make}`);
    if (!place.isWritable && place.nearest === path)
        return problem('path', `${user} may not write in ${path}`, asRoot(examination, `chown ${user} ${path}`));
    if (!place.isWritable)
        return problem('path', `${user} may not create ${path}: ${place.nearest} is not writable`, make);
    if (state !== undefined && !state.isWritable)
        return problem('path', `${state.nearest} belongs to another user`, asRoot(examination, `chown -R ${user} ${state.nearest}`));
    if (VOLATILE.has(place.fileSystem))
        return warning('path', `${path} is on ${place.fileSystem}, which a boot empties: releases would be gone`, 'path: /srv/… on a disk, in the inputs of the deployment');
    return ok('path', place.nearest === path ? `${user} may write in ${path}` : `${path} is not there yet; ${user} may create it`);
};
/** The record of services in the user's home, by which later actions find this one. */
const judgeRecord = (examination, { definition: { path } }) => {
    const { home, user, registered } = examination;
    if (!home.isFolder || !home.isWritable)
        return problem('record', `${user} may not write in ${home.nearest}, where ~/.slipway records the services`, asRoot(examination, `chown ${user} ${home.nearest}`));
    if (registered === undefined)
        return ok('record', 'the service is not recorded yet: its first deployment does that');
    if (registered === `${path}/.slipway`)
        return ok('record', `the service is recorded at ${path}`);
    return warning('record', `the service is recorded at ${registered.replace(/\/\.slipway$/, '')}, not at ${path}: a deployment with this path would begin anew there`, `path: ${registered.replace(/\/\.slipway$/, '')}`);
};
/** The folder of the sockets must be there, or be creatable. */
const judgeRuntime = (examination, { definition }) => {
    const { runtime, user } = examination;
    const { runtimeDir } = definition;
    if (runtime === undefined)
        return undefined;
    if (runtime.isFolder && runtime.isWritable)
        return ok('runtime-dir', runtime.nearest === runtimeDir ? `${user} may write in ${runtimeDir}` : `${runtimeDir} is not there yet; ${user} may create it`);
    if (runtime.nearest !== runtimeDir)
        return problem('runtime-dir', `${runtimeDir} is not there, and ${user} may not create it in ${runtime.nearest}`, makeRuntime(examination, definition));
    return runtime.isFolder
        ? problem('runtime-dir', `${user} may not write in ${runtimeDir}`, asRoot(examination, `chown ${user} ${runtimeDir}`))
        : problem('runtime-dir', `${runtimeDir} is not a folder`, asRoot(examination, `rm ${runtimeDir}`));
};
/** What is made at boot: the folder of the sockets, and the link of traffic to what was confirmed last. */
const judgeBoot = (examination, { definition }) => {
    const { runtime, tmpfiles, hasSystemd } = examination;
    const { runtimeDir, path, service } = definition;
    if (runtime === undefined)
        return undefined;
    if (!VOLATILE.has(runtime.fileSystem))
        return outlives(runtimeDir, runtime.fileSystem, service);
    const mend = makeRuntime(examination, definition);
    const folder = tmpfiles.find((line) => line.path === runtimeDir && /^[dDqv]/.test(line.type));
    const live = tmpfiles.find((line) => line.path !== runtimeDir && line.type.startsWith('L'));
    if (folder === undefined && !hasSystemd)
        return unknown('boot', `what makes ${runtimeDir} at boot cannot be told: there is no systemd-tmpfiles`, makeByHand(examination, definition));
    if (folder === undefined)
        return warning('boot', `no line of tmpfiles.d makes ${runtimeDir} at boot: after one, the slots would have no place for their sockets`, mend);
    if (live === undefined)
        return warning('boot', `${folder.file} makes no live.sock: after a boot users would reach nothing until the next switch`, mend);
    if (live.type.includes('+'))
        return warning('boot', `${live.file} makes live.sock by "${live.type}", which would also move traffic whenever systemd-tmpfiles runs`, asRoot(examination, `sed -i 's|^L+|L|' ${live.file}`));
    if (live.target !== `${path}/confirmed.sock`)
        return warning('boot', `${live.file} points live.sock to ${live.target}, not to ${path}/confirmed.sock`, mend);
    return ok('boot', `${folder.file} makes ${runtimeDir} and live.sock`);
};
/** What deployments rename must be links, or not be there. */
const judgeLinks = ({ links }) => {
    const wrong = [...links].filter(([, { kind }]) => kind === 'folder' || kind === 'file');
    return wrong.map(([path, { kind }]) => problem('links', `${path} is a real ${kind}, where deployments make a link`, `mv ${path} ${path}.old`));
};
/** The link that nginx follows, the one a boot follows, and the socket behind them. */
const judgeSockets = (examination, subject) => {
    const { definition: { runtimeDir, path, start }, isDeployed, live } = subject;
    if (examination.runtime === undefined)
        return undefined;
    const isLink = (name) => examination.links.get(name)?.kind === 'link';
    if (live === undefined)
        return ok('live.sock', `is made by the first switch of traffic${isDeployed ? '; so far users reach no release' : ''}`);
    if (!isLink(`${runtimeDir}/live.sock`))
        return problem('live.sock', `${runtimeDir}/live.sock is gone: users reach nothing`, `ln -s ${path}/confirmed.sock ${runtimeDir}/live.sock`);
    const confirmed = isLink(`${path}/confirmed.sock`)
        ? ok('confirmed.sock', `a boot leads to ${folders_baseName(examination.links.get(`${path}/confirmed.sock`)?.target)}`)
        : warning('confirmed.sock', `${path}/confirmed.sock is not there: the switch is not confirmed, and after a boot users would reach nothing`, '- uses: …/blue-green-switch@v1\n  with: { operation: confirm }');
    return [isAnswered(examination, subject, start), confirmed];
};
function isAnswered(examination, { definition: { runtimeDir }, live }, start) {
    const socket = `${runtimeDir}/${live}.sock`;
    if (examination.sockets.some(({ path }) => path === socket))
        return ok('live.sock', `leads to slot ${live}`);
    return problem('live.sock', `leads to slot ${live}, and ${socket} is not there: its app does not run`, `SLOT=${live} SOCKET=${socket} sh -e -c ${quote_quote(start)}`);
}
function outlives(runtimeDir, fileSystem, service) {
    if (fileSystem === 'unknown')
        return unknown('boot', `the file system of ${runtimeDir} cannot be told; a boot should empty it`, `df ${runtimeDir}`);
    return warning('boot', `${runtimeDir} is on ${fileSystem}, which a boot does not empty: users might then reach a slot that was not confirmed, through a stale socket`, `runtime-dir: /run/slipway/${service}`);
}
// As examples/tmpfiles.d/slipway.conf has it.
function makeRuntime(examination, { runtimeDir, path, service }) {
    if (!examination.hasSystemd)
        return makeByHand(examination, { runtimeDir, path });
    const [owner, file] = [`${examination.user} ${webGroup(examination)}`, `slipway-${service}.conf`];
    return `printf '%s\\n' 'd ${runtimeDir} 2755 ${owner} -' 'L ${runtimeDir}/live.sock - ${owner} - ${path}/confirmed.sock' | ${asRoot(examination, `tee /etc/tmpfiles.d/${file}`)} && ${asRoot(examination, `systemd-tmpfiles --create ${file}`)}`;
}
function makeByHand(examination, { runtimeDir, path }) {
    return `${asRoot(examination, `install -d -m 2755 -o ${examination.user} -g ${webGroup(examination)} ${runtimeDir}`)} && ln -s ${path}/confirmed.sock ${runtimeDir}/live.sock    # at each boot`;
}
function folders_baseName(path = '') {
    return path.split('/').at(-1) ?? '';
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/nginx.js


/** nginx must run. */
const judgeNginxProcess = (examination, { definition }) => {
    const { runtime, webServers, processes } = examination;
    if (runtime === undefined || !definition.router.name.startsWith('nginx'))
        return undefined;
    if (webServers.length > 0)
        return ok('nginx', `runs (${webServers.length} processes)`);
    const start = asRoot(examination, examination.hasSystemd ? 'systemctl enable --now nginx' : 'nginx');
    return processes.has(1) ? problem('nginx', 'does not run: users reach nothing', start) : unknown('nginx', 'other users\' processes are hidden, so whether it runs cannot be told', asRoot(examination, 'pgrep -a nginx'));
};
/** nginx must come through every folder on the way to the sockets, and may connect to them. */
const judgeNginxRights = (examination, { definition }) => {
    const workers = webWorkers(examination);
    const { runtime, ways, sockets } = examination;
    if (runtime === undefined || !definition.router.name.startsWith('nginx'))
        return undefined;
    const shutTo = (worker) => ways.filter((folder) => !may(worker, 'x', folder));
    const deafTo = (worker) => sockets.filter((socket) => !may(worker, 'w', socket));
    // A container's nginx shows among the processes too, so one that may is enough.
    if (workers.some((worker) => shutTo(worker).length + deafTo(worker).length === 0))
        return ok('nginx rights', 'nginx may reach the sockets');
    const [shut, deaf] = [shutTo(workers[0] ?? SOMEBODY), deafTo(workers[0] ?? SOMEBODY)];
    if (shut.length > 0)
        return judged(workers.length > 0, `nginx may not pass through ${nginx_listed(shut)} to the sockets`, asRoot(examination, `chmod o+x ${nginx_words(shut)}`));
    if (deaf.length > 0)
        return judged(workers.length > 0, `nginx may not connect to ${nginx_listed(deaf)}`, `${asRoot(examination, `chgrp ${webGroup(examination)} ${nginx_words(deaf)}`)} && ${asRoot(examination, `chmod g+w ${nginx_words(deaf)}`)}    # and UMask=0002 in the unit of the app`);
    return ok('nginx rights', 'everybody may reach the sockets');
};
/** A file of the configuration must lead to the live socket, straight and not through an upstream. */
const judgeNginxConfig = (examination, { definition }) => {
    const { runtimeDir, router, ports } = definition;
    const { config } = router;
    const { access, closed, naming } = examination.nginxConfig;
    if (examination.runtime === undefined || router.name !== 'nginx-socket')
        return undefined;
    if (access === 'missing')
        return unknown(CONFIG, `${config} is not there, so nothing can be looked through for what would break a switch`, 'nginx -V 2>&1 | tr " " "\\n" | grep conf-path    # then give router-config');
    if (access === 'closed')
        return unknown(CONFIG, `${examination.user} may not read ${config}`, asRoot(examination, `chmod o+rx ${config}`));
    const live = naming.filter((line) => line.includes(`${runtimeDir}/live.sock`) || line.includes(`${runtimeDir}/live/`));
    const unread = closed.length === 0 ? '' : ` in what ${examination.user} may read; ${closed.length} files are closed`;
    const missing = closed.length === 0 ? problem : unknown;
    if (live.length === 0)
        return missing(CONFIG, `no file in ${config} names ${runtimeDir}/live.sock${unread}`, useLive(examination, runtimeDir));
    const bridged = ['blue', 'green'].filter((slot) => !naming.some((line) => line.startsWith('listen') && line.includes(`${runtimeDir}/${slot}.sock`)));
    if (ports !== undefined && bridged.length > 0) {
        return missing(CONFIG, `no bridge listens on ${bridged.map((slot) => `${runtimeDir}/${slot}.sock`).join(' and ')}${unread}`, `server { listen unix:${runtimeDir}/${bridged[0]}.sock; location / { proxy_pass http://127.0.0.1:${ports[bridged[0]]}; proxy_set_header Host $http_host; } }    # whole: examples/nginx/slipway-bridge.conf`);
    }
    if (examination.router === '' && live.some((line) => line.startsWith('server ') || /[\s{;]server\s+unix:/.test(line))) {
        return warning(CONFIG, 'live.sock is reached through an upstream, where newer versions of nginx keep connections to the old slot', useLive(examination, runtimeDir));
    }
    return ok(CONFIG, `${config} leads to ${runtimeDir}/live.sock`);
};
/** The router must be fit for a switch; with nginx-socket, an upstream that keeps connections would answer from the old slot after one. */
const judgeRouter = (examination, { definition: { runtimeDir, router } }) => {
    const complaint = examination.router.replace(/\.$/, '');
    if (examination.runtime === undefined || (complaint === '' && router.name === 'nginx-socket'))
        return undefined;
    if (router.name === 'nginx-socket')
        return problem('nginx keepalive', complaint, useLive(examination, runtimeDir));
    return complaint === '' ? ok('router', `${router.name} is fit for a switch`) : problem('router', complaint, 'set it up as docs/routers.md says');
};
/** What the public address answered to the runner. */
function judgeUrl(url, answer, hasRelease) {
    const mend = `curl -v ${url}`;
    if (answer.status === undefined)
        return (hasRelease ? problem : warning)('url', `${url} does not answer the runner: ${answer.error}`, mend);
    if (answer.status < 500)
        return ok('url', `${url} answers the runner with status ${answer.status}`);
    if (!hasRelease)
        return ok('url', `${url} answers the runner with status ${answer.status}, as it must before the first release`);
    return problem('url', `${url} answers the runner with status ${answer.status}`, mend);
}
const CONFIG = 'nginx config';
// Whoever nginx works as where it does not run: neither owner nor of the group.
const SOMEBODY = { pid: 0, isWorker: true, uid: -1, groups: [], groupName: '' };
function judged(isKnown, detail, mend) {
    return isKnown ? problem('nginx rights', detail, mend) : warning('nginx rights', `${detail}, unless as their owner or group`, mend);
}
function useLive(examination, runtimeDir) {
    return `location / { proxy_pass http://unix:${runtimeDir}/live.sock:; proxy_http_version 1.1; proxy_set_header Host $http_host; }    # in the server block, then: ${asRoot(examination, 'nginx -t')} && ${asRoot(examination, 'nginx -s reload')}`;
}
function nginx_listed(things) {
    return things.map(({ path }) => path).join(', ');
}
function nginx_words(things) {
    return things.map(({ path }) => path).join(' ');
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/plans.js


const plans_HEADING = `slipway-journal ${PLAN_FORMAT}`;
/** The lock of the service must be free, or held by a plan that runs. */
const judgeLock = ({ lock }) => {
    if (!lock.isHeld)
        return ok('lock', 'is free');
    if (lock.running !== undefined)
        return warning('lock', `plan ${lock.running.plan} is running (process ${lock.running.pid}); a deployment now waits for it`, `tail -f ~/.slipway/*/plans/${lock.running.plan}/output`);
    const strays = lock.holders.filter(({ isOfStep }) => !isOfStep);
    if (lock.holders.length > 0 && strays.length === 0)
        return warning('lock', `is held by ${named(lock.holders)}, which a killed plan left; the next one ends it`, '- uses: …/rollback@v1, or deploy again');
    const mend = strays.length === 0 ? 'sudo lslocks' : `kill ${strays.map(({ pid }) => pid).join(' ')}    # and close descriptor 9 where it is started: … 9>&-`;
    return problem('lock', `is held by ${strays.length === 0 ? 'a process of another user' : named(strays)}, which no plan looks after`, mend);
};
/** Plans that did not end are healed by the next deployment, unless a newer version of these actions wrote them. */
const judgePlans = (examination) => {
    const { plans, lock } = examination;
    const left = plans.filter(({ plan }) => !lock.isHeld || plan !== lock.running?.plan);
    return left.length === 0 ? ok('plans', 'none is left unfinished') : left.map((plan) => judgePlan(plan));
};
/** Each slot's port must be free where the slot is empty, and used where it holds a release. */
const judgePorts = ({ ports: users, links }, { definition }) => {
    const { ports, moreApps = {}, path } = definition;
    if (ports === undefined)
        return undefined;
    const all = [ports, ...Object.values(moreApps).map((app) => app.ports)];
    return all.flatMap((each) => ['blue', 'green'].map((slot) => ({ slot, port: each[slot] }))).map(({ slot, port }) => {
        const user = users.find((each) => each.port === port);
        const isFull = links.get(`${path}/slots/${slot}`)?.kind === 'link';
        const by = user === undefined ? '' : `${user.owner}${user.process === '' ? '' : `, ${user.process}`}`;
        if (isFull)
            return user === undefined ? warning(`port ${port}`, `nobody listens, though slot ${slot} holds a release`, `ss -ltn 'sport = :${port}'`) : ok(`port ${port}`, `slot ${slot} listens (${by})`);
        return user === undefined ? ok(`port ${port}`, `is free for slot ${slot}`) : problem(`port ${port}`, `is taken by ${by}, though slot ${slot} is empty: the next release could not listen there`, `sudo ss -ltnp 'sport = :${port}'    # end it, or give other ports`);
    });
};
function named(holders) {
    return holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ');
}
function judgePlan({ plan, heading, last }) {
    if (heading !== plans_HEADING && heading !== '') {
        return problem('plans', `plan ${plan} has the journal format "${heading}", which this version does not know: it would be refused`, 'uses: …/ssh-deploy@<the version that wrote it, or a later one>');
    }
    if (last.endsWith(' verified'))
        return warning('plans', `plan ${plan} waits to be confirmed; a deployment now would take its switch back first`, '- uses: …/blue-green-switch@v1\n  with: { operation: confirm }');
    return warning('plans', `plan ${plan} did not end (${last.replace(/^\d+ /, '')}); the next deployment or rollback heals it`, '- uses: …/rollback@v1, or deploy again');
}

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(3916);
;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/supervision.js



const SUPERVISORS = {
    runsvdir: 'runit', supervisord: 'supervisord', 's6-svscan': 's6', dockerd: 'Docker',
};
/** Something must start the app again after a crash and at boot. */
const judgeSupervisor = (examination, { definition }) => {
    const { hasSystemd, docker, processes, user } = examination;
    const tools = commandTools(definition);
    const found = [...(hasSystemd ? ['systemd'] : []), ...new Set([...processes.values()].flatMap((name) => SUPERVISORS[name] ?? []))];
    if (tools.includes('systemctl') && !hasSystemd)
        return problem('supervisor', 'the service\'s commands call systemctl, and systemd does not run here', `ps -o comm= -p 1    # tells what does; change start, stop and restart`);
    if (tools.includes('docker') && docker === 'closed')
        return problem('supervisor', `${user} may not talk to Docker`, asRoot(examination, `usermod -aG docker ${user}`));
    if (found.length > 0)
        return ok('supervisor', `${found.join(', ')} ${found.length === 1 ? 'runs' : 'run'}`);
    const mend = asRoot(examination, 'apt-get install -y runit    # or another supervisor, for which start and stop are written');
    return processes.has(1) ? warning('supervisor', 'none was found: nothing would start the app again after a crash or a boot', mend) : unknown('supervisor', 'other users\' processes are hidden, so it cannot be told', 'cat /proc/1/comm');
};
/** A user's own systemd ends with the last login, unless the user lingers. */
const judgeLingering = (examination, { definition: { start, restart } }) => {
    const { hasSystemd, isLingering, user } = examination;
    if (!hasSystemd || !/systemctl\s(.*\s)?--user\b/.test(`${start}\n${restart}`))
        return undefined;
    if (isLingering)
        return ok('lingering', `what ${user} starts outlives the login, and starts at boot`);
    return problem('lingering', `${user}'s systemd ends with the last login, and the app with it`, asRoot(examination, `loginctl enable-linger ${user}`));
};
/**
 * logind must leave alone what a login started, or a plan would die with the line. Lingering does not change that: it keeps the
 * user's systemd, and so the timers of a switch, but not what runs in the session of the login.
 */
const judgeLogind = (examination) => {
    const { hasSystemd, isLingering, user } = examination;
    if (!hasSystemd)
        return undefined;
    const settings = logindSettings(examination);
    const excluded = supervision_words(settings.get('KillExcludeUsers') ?? 'root');
    const only = supervision_words(settings.get('KillOnlyUsers'));
    const kills = isYes(settings.get('KillUserProcesses')) && !excluded.includes(user) && (only.length === 0 || only.includes(user));
    if (!kills)
        return ok('logind', 'leaves alone what a login started');
    const timers = isLingering ? '' : ', and a switch that nobody confirms would not go back by itself, because its timer ends with the login';
    return problem('logind', `KillUserProcesses=yes: a plan would be killed when the line drops${timers}`, `${asRoot(examination, 'mkdir -p /etc/systemd/logind.conf.d')} && printf '[Login]\\nKillExcludeUsers=root ${user}\\n' | ${asRoot(examination, 'tee /etc/systemd/logind.conf.d/slipway.conf')} && ${asRoot(examination, 'systemctl restart systemd-logind')}`);
};
/** Whether sudo asks for a password cannot be told without asking it, which it may report to the administrator. */
const judgeSudo = ({ user, missingTools }, { definition }) => {
    if (user === 'root' || missingTools.includes('sudo') || !commandTools(definition).includes('sudo'))
        return undefined;
    return unknown('sudo', `the service's commands call sudo; whether it lets ${user} without a password is not tried here`, 'sudo -n -l    # as that user: must list the commands with NOPASSWD');
};
// A drop-in goes before the main file, the last by name first, and /etc before /run before /usr/lib. A comment tells what is built in.
function logindSettings({ logind }) {
    const settings = logind.flatMap((line) => {
        const [, file = '', comment, name = '', value = ''] = /^(.*?):\s*([#;]?)\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
        return name === '' ? [] : [{ name, value, order: orderOf(file, comment !== '') }];
    });
    return new Map(settings.sort((one, other) => (one.order < other.order ? -1 : 1)).map(({ name, value }) => [name, value]));
}
function orderOf(file, isComment) {
    const { dir: folder, base: name } = (0,posix_.parse)(file);
    const place = ['/usr/lib/', '/run/', '/etc/'].findIndex((root) => folder.includes(root));
    return `${isComment ? 0 : folder.endsWith('.d') ? 2 : 1} ${name} ${place}`;
}
function isYes(value = 'no') {
    return /^(yes|true|on|1)$/i.test(value);
}
function supervision_words(text = '') {
    return text.split(/\s+/).filter(Boolean);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/judgement.js






const JUDGES = [
    judgeLogin, judgeTools, judgePath, judgeRecord, judgeDisk, judgeInodes, judgeRuntime, judgeBoot, judgeLinks, judgeSockets,
    judgeDocker, judgeSupervisor, judgeLingering, judgeLogind, judgeSudo, judgeNginxProcess, judgeNginxConfig, judgeRouter, judgeNginxRights,
    judgePorts, judgeLock, judgePlans,
];
/** What the facts mean for the service, one line a matter, in the order in which a person would look. */
function judge(examination, subject) {
    return JUDGES.flatMap((each) => each(examination, subject) ?? []);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/public-answer.js

const LIMIT = 10_000;
/** What a public address answers to the runner: a status, or why there was none. A redirect is an answer. Never rejects. */
async function askPublicly(url, signal) {
    try {
        const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]) });
        await response.body?.cancel();
        return { status: response.status };
    }
    catch (error) {
        const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
        return { error: (0,errors/* messageOf */.bD)(cause) || cause.code || 'the connection failed' };
    }
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/report.js
const MARK = { ok: '✓', warning: '!', problem: '✗', unknown: '?' };
/** Prints each line, and below what is not ok, its mend. */
function logDiagnoses(log, diagnoses) {
    for (const { name, verdict, detail, mend } of diagnoses) {
        log.info(`${MARK[verdict]} ${name}: ${detail}`);
        if (verdict !== 'ok')
            log.info(mend.replaceAll(/^/gm, '    '));
    }
}
/** The lines as a table for the job summary, what is not ok first. */
function diagnosesTable(server, service, diagnoses) {
    const isWell = ({ verdict }) => verdict === 'ok';
    const ordered = [...diagnoses.filter((each) => !isWell(each)), ...diagnoses.filter(isWell)];
    return {
        heading: `${service} on ${server}: ${conclusion(diagnoses)}`,
        table: {
            columns: ['', 'What', 'Found', 'Mend'],
            rows: ordered.map(({ name, verdict, detail, mend }) => [MARK[verdict], name, detail, mend === '' ? '' : { text: mend, code: true }]),
        },
    };
}
/** `ready`, or how many problems and warnings there are. */
function conclusion(diagnoses) {
    const counted = ['problem', 'warning'].flatMap((kind) => {
        const count = diagnoses.filter(({ verdict }) => verdict === kind).length;
        return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
    });
    return counted.length === 0 ? 'ready' : counted.join(', ');
}
/** What a person should read where there are problems; undefined where there are none. */
function report_faultOf(server, diagnoses) {
    const problems = diagnoses.filter(({ verdict }) => verdict === 'problem');
    if (problems.length === 0)
        return undefined;
    return [`${server} is not ready:`, ...problems.map(({ name, detail, mend }) => `  ✗ ${name}: ${detail}\n${mend.replaceAll(/^/gm, '      ')}`)].join('\n');
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/check-server.js











/**
 * Looks the server over for what would keep a deployment, a switch or a boot from working, and says how to mend it; changes nothing.
 * @throws {UserError} naming every problem. Warnings do not fail.
 */
async function checkServer(inputs, job, server) {
    const state = await stateOf(inputs, server);
    const definition = check_server_definitionOf(inputs, state);
    const hasRelease = liveRelease(state) !== undefined;
    const { examination, skew, answer } = await examine(inputs, job, server, definition);
    const subject = { definition, isDeployed: state.definition !== undefined, live: state.live };
    const diagnoses = [
        ...judge(examination, subject), judgeClock(skew, examination.user),
        ...(answer === undefined ? [] : [judgeUrl(definition.url, answer, hasRelease)]),
    ];
    logDiagnoses(job.log, diagnoses);
    job.output({ checks: diagnoses });
    job.summarise(diagnosesTable(server.label, definition.service, diagnoses));
    const fault = report_faultOf(server.label, diagnoses);
    if (fault !== undefined)
        throw new errors/* UserError */.yo(fault);
    job.log.info(`${server.label}: ${conclusion(diagnoses)}.`);
}
async function stateOf({ service, environment, path }, server) {
    const inspection = await server.inspect((0,server_definition/* serviceKey */.jq)(service, environment), path ?? '', '', '');
    if (inspection.kind === 'state')
        return inspection.state;
    throw new errors/* UserError */.yo(`${server.label} knows no service ${service} in environment ${environment}. To look at it before the first deployment, give path, and the other inputs of that deployment.`);
}
// The inputs of a deployment count as it would take them; with the connection alone, what the last one recorded.
function check_server_definitionOf(inputs, { definition, folder }) {
    const { path = folder.replace(/\/\.slipway$/, ''), runtimeDir, url, health, healthCommand } = inputs;
    if (definition === undefined || health !== undefined || healthCommand !== undefined)
        return definitionFrom({ ...inputs, path });
    return { ...definition, path, runtimeDir: runtimeDir ?? definition.runtimeDir, url: url ?? definition.url };
}
async function examine(inputs, { signal }, server, definition) {
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const began = Date.now();
    const asked = definition.url === '' ? undefined : askPublicly(definition.url, signal);
    const { stdout } = await server.connection().exec(examineCommand(definition, (0,server_definition/* serviceKey */.jq)(inputs.service, inputs.environment), mark), { signal });
    const examination = parseExamination(stdout, mark);
    return { examination, skew: check_server_skewOf(examination.clock, began, Date.now()), answer: await asked };
}
// The server read its clock, of whole seconds, at some moment in between.
function check_server_skewOf(clock, began, ended) {
    if (clock === undefined)
        return undefined;
    const ahead = clock - ended / 1_000;
    const behind = clock + 1 - began / 1_000;
    return ahead > 0 ? ahead : Math.min(behind, 0);
}

;// CONCATENATED MODULE: ./build/shared/containers/rolling/record.js

const record_PRIVATE = 0o600;
const OWN_ENV = 'env'; // where the record keeps the file of variables
/** The label by which a container says of which release it is. */
const RELEASE_LABEL = 'slipway.release';
/** What a packet brings so that the release runs the same on every day to come: how compose is called, its services and their images. */
function recordEntries(made) {
    const text = (path, lines) => ({ kind: 'text', path: `containers/${path}`, mode: record_PRIVATE, text: lines.map((line) => `${line}\n`).join('') });
    return [
        { kind: 'folder', path: 'containers', mode: 0o700 },
        text('compose.sh', composeCall(made)),
        text('services', made.services.map(({ name, role, replicas }) => `${name} ${role} ${replicas}`)),
        text('images', made.images.map(({ id, reference, digest = '-' }) => `${id} ${reference} ${digest}`)),
        text('images.yaml', [JSON.stringify(pinning(made))]),
    ];
}
function composeCall({ definition: { compose, path }, release }) {
    const record = `${path}/.slipway/releases/${release}/containers`;
    const environment = compose.envFile === '' ? [] : ['--env-file', `${record}/${OWN_ENV}`];
    const files = [...compose.files, `${record}/images.yaml`].flatMap((file) => ['--file', file]);
    return [
        `cd ${quote_quote(`${path}/releases/${release}`)} || exit`,
        'export COMPOSE_IGNORE_ORPHANS=1',
        `exec ${quote_commandLine(['docker', 'compose', '--project-name', compose.project, ...files, ...environment])} "$@"`,
    ];
}
// JSON is YAML. What lasts carries no release: it belongs to all of them.
function pinning({ services, images, release }) {
    const idOf = (reference) => images.find((image) => image.reference === reference)?.id ?? reference;
    return {
        services: Object.fromEntries(services.map(({ name, image, role }) => [
            name, { image: idOf(image), pull_policy: 'never', ...(role === 'lasting' ? {} : { labels: { [RELEASE_LABEL]: release } }) },
        ])),
    };
}

;// CONCATENATED MODULE: ./build/shared/core/run.js
/** What a ledger keeps of a run with each event. */
function runMembers({ id, attempt, url, actor, commit }) {
    return { run: id, attempt, url, actor, commit };
}

;// CONCATENATED MODULE: ./build/shared/containers/exit-code.js

/** A sh function that tells what a container ended with, also while it runs again: `last_exit_code CONTAINER`. */
const exitCodeFunction = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "exit-code.sh", 'utf8');

;// CONCATENATED MODULE: ./build/shared/containers/images/prune.js

/** Sh functions by which a plan removes the images that were brought for releases which are gone: `prune_images NAME`. */
const pruneFunctions = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "prune.sh", 'utf8');

;// CONCATENATED MODULE: ./build/shared/traffic/hook.js


const hook_LIMIT = 300_000;
// Going back and clearing away have two minutes in all, and users come first.
const LIMIT_IN_A_HURRY = 30_000;
const MARGIN = 15_000;
/** The step that runs a hook which has to succeed before anything users see changes; none where the service has no such hook. */
function hookBefore(definition, hook, occasion) {
    const command = definition.hooks?.[hook];
    if (command === undefined)
        return [];
    return [{ name: hook, title: `Running the hook ${hook}`, phase: 'before', timeout: hook_LIMIT, script: userCommand(definition, toldOf(hook, occasion), command) }];
}
/** The step that runs a hook when users are served already: its failure is told, and changes nothing. */
function hookAfter(definition, hook, occasion) {
    const command = definition.hooks?.[hook];
    if (command === undefined)
        return [];
    return [{ name: hook, title: `Running the hook ${hook}`, phase: 'after', timeout: hook_LIMIT + MARGIN, script: attempt(definition, hook, occasion, command, hook_LIMIT) }];
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








const rolling_script = (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(5211), __webpack_require__.b), 'utf8');
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
    return [...Object.entries(settings).map(([name, value]) => `${name}=${quote_quote(value)}`), pruneFunctions, exitCodeFunction, rolling_script, `own_check() {\n${own}\n}`].join('\n');
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
        before('check-current', 'Checking that current is a link', MOMENT, quote_commandLine(['expect_link', `${path}/current`])),
        before('check-images', `Checking the images of ${release}`, PULL_LIMIT, quote_commandLine(['require_images', release])),
        before('start-lasting', 'Starting what lasts, where it is not there', COMPOSE_LIMIT, quote_commandLine(['start_lasting', release])),
        before('await-lasting', 'Waiting until what lasts is healthy', timeout + MOMENT, quote_commandLine(['await_lasting', seconds])),
        before('start-beside', `Starting ${release} beside what runs`, COMPOSE_LIMIT, quote_commandLine(['start_beside', release])),
        before('await-health', `Waiting until ${release} is healthy`, timeout + MOMENT, quote_commandLine(['await_containers', release, seconds, 'web'])),
        ...(purpose === 'deploy' ? hookBefore(definition, 'before-publish', { folder, release, run, other: previous }) : []),
        act('publish', `Making ${release} the one that stays`, MOMENT, quote_commandLine(['point', `${path}/current`, `releases/${release}`])),
        verify('swap-single', 'Stopping what must not run twice, and starting its successor', draining, quote_commandLine(['swap_single', release])),
        verify('check-live', `Checking that all of ${release} is healthy`, timeout + MOMENT, quote_commandLine(['await_containers', release, seconds, 'web', 'worker', 'singleton'])),
        after('record', 'Recording the release as verified', MOMENT, ...(purpose === 'rollback' ? [quote_commandLine(['record', 'rollback', members({ ...who, release, undone: previous })])] : []), `record confirm ${quote_quote(`${members({ ...who, release, by: purpose })},`)}"$(images_member ${quote_quote(release)})"`),
        after('drain', 'Having the old containers finish', draining, quote_commandLine(['drain_others', release])),
        ...hookAfter(definition, purpose === 'deploy' ? 'after-publish' : 'on-rollback', { folder, release, run, other: previous }),
    ];
}
/** Sh text that takes away what was started of a release that users are not to reach. */
function clearRolling({ definition, release }) {
    return `! noted 'begin start-beside' || [ "$(readlink ${quote_quote(`${definition.path}/current`)})" = ${quote_quote(`releases/${release}`)} ] || { hurry; ${quote_commandLine(['remove_release', release])}; }`;
}
/** Sh text that has the previous release stay after all; its containers have not been told to finish yet, but for what must not run twice. */
function rollingBack({ definition, release, previous, run, purpose }) {
    const current = `${definition.path}/current`;
    const record = quote_commandLine(['record', 'back', members({ ...runMembers(run), undone: release, release: previous })]);
    const hooks = purpose === 'rollback' ? [] : [
        ...hookLast(definition, 'on-failure', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }),
        ...hookLast(definition, 'on-rollback', { folder: current, release: previous, run, other: release }),
    ];
    if (previous === undefined)
        return [`rm -f ${quote_quote(current)}`, record, 'hurry', quote_commandLine(['remove_release', release]), ...hooks].join('\n');
    const seconds = String(Math.min(Math.ceil(definition.health.timeout / 1_000), HURRY));
    return [
        'hurry',
        quote_commandLine(['point', current, `releases/${previous}`]),
        record,
        ...(previous === release ? [] : [
            `if [ -e "$(record_of ${quote_quote(previous)})" ]; then`,
            quote_commandLine(['swap_single', previous]),
            quote_commandLine(['start_beside', previous]),
            `${quote_commandLine(['await_containers', previous, seconds, 'web', 'worker', 'singleton'])} || say ${quote_quote(`${previous} is not healthy either`)}`,
            'fi',
            quote_commandLine(['remove_release', release]),
        ]),
        ...hooks,
    ].join('\n');
}
/** The step that keeps how a release runs, and with which images. */
function keepRecord({ definition: { compose }, release }) {
    const script = quote_commandLine(['keep_record', release, ...(compose.envFile === '' ? [] : [compose.envFile])]);
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

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/shared/release/compressible.js



const LITTLE = 1_048_576; // bytes of files, beside which the lists of the packet count; those are text
const SAMPLES = 16;
const SAMPLE = 32_768; // bytes
const WORTH_IT = 0.75; // of the bytes may be left; images, archives and films keep all of them
/** Whether what travels gets clearly smaller by compression, judged by samples from all over it, which takes a few milliseconds. */
function isCompressible(source, { send, bytesToSend }) {
    if (bytesToSend < LITTLE)
        return true;
    const buffer = Buffer.allocUnsafe(SAMPLE);
    const apart = bytesToSend / SAMPLES;
    let [passed, next, before, after] = [0, apart / 2, 0, 0];
    for (const { path, size } of send) {
        for (; next < passed + size; next += apart) {
            const sample = buffer.subarray(0, readAt((0,external_node_path_.join)(source, path), next - passed, buffer));
            before += sample.length;
            after += (0,external_node_zlib_.zstdCompressSync)(sample).length;
        }
        passed += size;
    }
    return after < before * WORTH_IT;
}
// A file that cannot be read is told of when it is sent.
function readAt(path, position, into) {
    try {
        const descriptor = (0,external_node_fs_.openSync)(path, 'r');
        try {
            return (0,external_node_fs_.readSync)(descriptor, into, 0, into.length, Math.floor(position));
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
    }
    catch {
        return 0;
    }
}

;// CONCATENATED MODULE: ./build/shared/release/file-table.js
const HASH = 32; // bytes of a sha256
const file_table_BLOCK = 262_144; // bytes taken at once; a growing buffer would leave its smaller selves behind each time
/** An empty table, which gives its files back in the order they came. */
function fileTable() {
    const [paths, hashes] = [blocks(), blocks()];
    const [starts, lengths, modes, sizes] = [[], [], [], []];
    const fileAt = (index) => ({
        path: paths.text('utf8', starts[index], lengths[index]), mode: modes[index], size: sizes[index], sha256: hashes.text('hex', index * HASH, HASH),
    });
    return {
        get length() {
            return starts.length;
        },
        add({ path, mode, size, sha256 }) {
            modes.push(mode);
            sizes.push(size);
            hashes.append(sha256, 'hex', HASH);
            const length = Buffer.byteLength(path);
            lengths.push(length);
            return starts.push(paths.append(path, 'utf8', length)) - 1;
        },
        replace(index, { mode, size, sha256 }) {
            [modes[index], sizes[index]] = [mode, size];
            hashes.write(sha256, 'hex', index * HASH);
        },
        *[Symbol.iterator]() {
            for (let index = 0; index < starts.length; index += 1)
                yield fileAt(index);
        },
    };
}
/** The files for which it holds, and the others. Each is asked for once, in order; only a bit of the answer is held. */
function parted(files, holds) {
    const answers = new Uint8Array(files.length);
    let [index, count] = [0, 0];
    for (const file of files) {
        const answer = holds(file) ? 1 : 0;
        answers[index] = answer;
        count += answer;
        index += 1;
    }
    return [answering(1, count), answering(0, files.length - count)];
    function answering(answer, length) {
        return {
            length,
            *[Symbol.iterator]() {
                let at = 0;
                for (const file of files)
                    if (answers[at++] === answer)
                        yield file;
            },
        };
    }
}
// No text lies across two blocks.
function blocks() {
    const all = [];
    let used = 0;
    const blockOf = (at) => all[Math.floor(at / file_table_BLOCK)];
    const write = (text, encoding, at) => void blockOf(at).write(text, at % file_table_BLOCK, encoding);
    return {
        write,
        text: (encoding, at, length) => blockOf(at).toString(encoding, at % file_table_BLOCK, (at % file_table_BLOCK) + length),
        append(text, encoding, length) {
            if (used + length > all.length * file_table_BLOCK)
                used = all.push(Buffer.allocUnsafeSlow(file_table_BLOCK)) * file_table_BLOCK - file_table_BLOCK;
            const at = used;
            write(text, encoding, at);
            used += length;
            return at;
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/release/tree.js
/** From so many files on, the lists of a release are what takes memory: its files' contents are not kept, and what is done with is given back. */
const MANY_FILES = 50_000;
/** Compares as the paths' UTF-8 bytes do; plain string order would put characters outside of the basic plane too early. */
function byPath(a, b) {
    return comparePaths(a.path, b.path);
}
/** The same for two paths. */
function comparePaths(a, b) {
    const length = Math.min(a.length, b.length);
    for (let index = 0; index < length; index += 1) {
        const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
        if (difference !== 0)
            return difference;
    }
    return a.length - b.length;
}
function rank(unit) {
    if (unit < 0xd800)
        return unit;
    return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

;// CONCATENATED MODULE: ./build/shared/release/delta.js


/** What must travel to make `next` where `base` already is. Folders and links always do; without a base, everything. */
function delta(next, base) {
    const known = inStep(base?.files ?? []);
    let bytesToSend = 0;
    const [keep, send] = parted(next.files, (file) => {
        const isKept = isSame(file, known(file.path));
        if (!isKept)
            bytesToSend += file.size;
        return isKept;
    });
    return { send, keep, folders: next.folders, links: next.links, bytesToSend };
}
function isSame(file, other) {
    return other !== undefined && file.sha256 === other.sha256 && file.size === other.size && file.mode === other.mode;
}
/** Looks up paths in a sorted list. They must be asked for in that order, too: both lists are gone through once. */
function inStep(files) {
    const ahead = files[Symbol.iterator]();
    let current = ahead.next();
    return (path) => {
        while (current.done !== true && comparePaths(current.value.path, path) < 0)
            current = ahead.next();
        return current.done !== true && current.value.path === path ? current.value : undefined;
    };
}

// EXTERNAL MODULE: ./build/shared/release/exclude.js
var exclude = __webpack_require__(3912);
// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./build/shared/system/heap.js


let collect;
/**
 * From now on the part of the heap where new objects are made grows no further. By itself it grows to 100 MB and more under a stream
 * of short-lived objects, and never gives that back, though a tenth of it serves as well.
 */
function keepHeapSmall() {
    (0,external_node_v8_.setFlagsFromString)('--semi-space-growth-factor=1');
}
/**
 * Collects all garbage now, some 30 ms. V8 by itself waits until a limit that it makes of the machine's memory, and never gives back what it
 * took until then: who knows when much of the heap is garbage calls this, and needs the same on every machine.
 */
function collectGarbage() {
    if (collect === undefined) {
        (0,external_node_v8_.setFlagsFromString)('--expose-gc');
        collect = (0,external_node_vm_.runInNewContext)('gc');
    }
    collect();
}

;// CONCATENATED MODULE: ./build/shared/release/incoming.js



const incoming_PRIVATE = 0o600;
/**
 * The packet entries that `assembleRelease` and `verifyRelease` work on, below the folder `incoming` of the packet: what changed
 * (`tree/`), which files to keep (`keep.list`), what all must be in the end (`sums`), and folders and files sent by mode (`modes.*`, `file-modes.*`).
 * Made one by one, because the lists of a large release are long; `progress` hears of the files.
 */
function* incomingEntries(source, next, { send, keep, folders, links }, progress) {
    const incoming = 'incoming';
    yield { kind: 'folder', path: incoming, mode: 0o700 };
    const tidy = next.files.length > MANY_FILES ? collectGarbage : () => { };
    tidy();
    yield { kind: 'lines', path: `${incoming}/sums`, mode: incoming_PRIVATE, lines: () => sumLines(next) };
    tidy();
    yield { kind: 'lines', path: `${incoming}/keep.list`, mode: incoming_PRIVATE, lines: () => nulSeparated(keep) };
    tidy();
    yield* modeLists(`${incoming}/modes`, folders);
    yield* modeLists(`${incoming}/file-modes`, send);
    yield { kind: 'folder', path: `${incoming}/tree`, mode: 0o755 };
    for (const { path, mode } of folders)
        yield { kind: 'folder', path: `${incoming}/tree/${path}`, mode };
    for (const { path, mode, size } of send) {
        progress?.begun();
        const content = next.contents?.get(path);
        yield { kind: 'file', path: `${incoming}/tree/${path}`, mode, size, source: (0,external_node_path_.join)(source, path), ...(content && { content }), ...(progress && { sent: progress.sent }) };
    }
    for (const { path, target } of links)
        yield { kind: 'link', path: `${incoming}/tree/${path}`, mode: 0o777, target };
}
/** What `verifyRelease` expects, one line an entry: kind, octal mode or link target, size, path, parted by tabs; and one more a file, as `sha256sum -b` writes it. */
function* sumLines({ files, folders, links }) {
    for (const { path, mode, size, sha256 } of files) {
        const name = oneLine(path);
        yield `file\t${mode.toString(8)}\t${size}\t./${name}\n${sha256} *./${name}\n`;
    }
    for (const { path } of folders)
        yield `folder\t-\t-\t./${oneLine(path)}\n`;
    for (const { path, target } of links)
        yield `link\t${oneLine(target)}\t-\t./${oneLine(path)}\n`;
}
function* modeLists(path, entries) {
    const modes = new Set();
    for (const { mode } of entries)
        modes.add(mode);
    for (const mode of modes)
        yield { kind: 'lines', path: `${path}.${mode.toString(8)}`, mode: incoming_PRIVATE, lines: () => nulSeparated(withMode(mode, entries)) };
}
function* withMode(mode, entries) {
    for (const entry of entries)
        if (entry.mode === mode)
            yield entry;
}
function* nulSeparated(entries) {
    for (const { path } of entries)
        yield `./${path}\0`;
}
function oneLine(name) {
    return name.includes('\n') ? name.replaceAll('\n', '\x01') : name;
}

;// CONCATENATED MODULE: ./build/shared/release/script.js

/** The exit status of a script that found the server's files to be other than what was released: sending everything mends it. */
const RELEASE_DIFFERS = 65;
// each LIST COMMAND...: runs the command with the names of a NUL-separated list. Through a pipe, because busybox's xargs loses its place in a
// file: the tools it runs without exec move the file's offset when they end, and names come out cut.
const PREAMBLE = String.raw `LC_ALL=C; export LC_ALL
fail() { printf '%s\n' "$1" >&2; exit "${'$'}{2:-1}"; }
each() { list=$1; shift; cat -- "$list" | xargs -0 -r "$@"; }`;
/**
 * One POSIX sh text for a server: the values as variables, each quoted, then the body, all in a subshell so that nothing of it leaks
 * into what runs beside it. The body is constant text; values reach it by name only.
 */
function serverScript(values, body) {
    const variables = Object.entries(values).map(([name, value]) => `${name}=${quote_quote(String(value))}`);
    return ['# shellcheck disable=SC2002,SC2016 # a pipe for xargs on purpose, and in single quotes what the sh it starts expands', '(', ...variables, PREAMBLE, body.trim(), ')', ''].join('\n');
}
/** The given path of the server. @throws {TypeError} unless it is absolute, without `..`, and below the root. */
function absolute(path) {
    if (!path.startsWith('/') || path.split('/').includes('..') || /^[/.]*$/.test(path))
        throw new TypeError(`Not an absolute path below the root: ${path}`);
    return path;
}

// EXTERNAL MODULE: ./build/shared/release/shared-paths.js
var shared_paths = __webpack_require__(5776);
;// CONCATENATED MODULE: ./build/shared/release/link-shared.js




/**
 * POSIX sh text that puts a link to the shared file or folder at each path of the release, in place of what the release ships there.
 * Every path is checked before anything changes. A missing shared folder is made, once with the content the release ships. Idempotent.
 */
function linkShared({ release, shared, paths }) {
    const calls = (verb) => paths.map(({ path, kind }) => quote_commandLine([verb, path, kind]));
    return serverScript({ release: absolute(release), shared: absolute(shared) }, [FUNCTIONS.trim(), ...calls('check'), ...calls('adopt'), ...calls('link')].join('\n'));
}
/** The tree without what shared paths took the place of: what the release's folder on the server still has of it, to be its recorded manifest. */
function withoutShared({ files, folders, links }, shared) {
    const stays = ({ path }) => !(0,shared_paths/* isShared */.y)(path, shared);
    const [own] = parted(files, stays);
    return { files: own, folders: folders.filter(stays), links: links.filter(stays) };
}
// A new shared folder is filled under another name and renamed, so that a kill leaves either none or the whole.
const FUNCTIONS = String.raw `
[ -d "$release" ] || fail "There is no release in $release."
check() {
  if [ "$2" = folder ]; then
    [ ! -e "$shared/$1" ] || [ -d "$shared/$1" ] || fail "shared lists the folder $1/, but $shared/$1 on the server is a file. List it without the slash, or move the file away."
  else
    [ -e "$shared/$1" ] || fail "The shared file $1 is missing. Put it at $shared/$1 on the server; or list it as $1/ if it is a folder that may start empty."
  fi
}
adopt() {
  [ ! -d "$shared/$1" ] && [ "$2" = folder ] || return 0
  new=$shared/$1.slipway-new
  {
    rm -rf -- "$new" && mkdir -p -- "${'$'}{new%/*}" &&
      if [ -d "$release/$1" ] && [ ! -L "$release/$1" ]; then cp -pR -- "$release/$1" "$new"; else mkdir -- "$new"; fi &&
      mv -- "$new" "$shared/$1"
  } || fail "The shared folder $shared/$1 could not be made."
}
link() {
  [ "$(readlink -- "$release/$1")" != "$shared/$1" ] || return 0
  in_release=$release/$1
  { mkdir -p -- "${'$'}{in_release%/*}" && rm -rf -- "$in_release" && ln -s -- "$shared/$1" "$in_release"; } ||
    fail "$release/$1 could not be made a link to $shared/$1."
}
`;

;// CONCATENATED MODULE: ./build/shared/release/manifest.js




const FORMAT = 1;
const HEADER = /^slipway-manifest (\d+)$/;
/**
 * A tree as lines of text: a format line, then one line an entry, sorted bytewise by path:
 * kind, octal mode, size, sha256, path and link target, parted by tabs, `-` where a kind has none. Names are escaped, so an entry is always one line.
 */
function* manifestLines({ files, folders, links }) {
    yield `slipway-manifest ${FORMAT}\n`;
    const others = [...folders.map(folderLine), ...links.map(linkLine)].sort(byPath);
    let next = 0;
    for (const file of files) {
        for (; next < others.length && comparePaths(others[next].path, file.path) < 0; next += 1)
            yield others[next].line;
        yield `file\t${file.mode.toString(8)}\t${file.size}\t${file.sha256}\t${escaped(file.path)}\t-\n`;
    }
    for (; next < others.length; next += 1)
        yield others[next].line;
}
/** A reader of one manifest, from its first byte on. */
function manifestReader() {
    const tree = { files: fileTable(), folders: [], links: [] };
    const decoder = new external_node_string_decoder_.StringDecoder();
    let [rest, number] = ['', 0];
    const take = (line) => {
        number += 1;
        if (number === 1)
            checkFormat(line);
        else if (!addLine(tree, line))
            throw new errors/* UserError */.yo(`The manifest of the release on the server is damaged: line ${number} cannot be read.`);
    };
    return {
        read(chunk) {
            const lines = `${rest}${decoder.write(chunk)}`.split('\n');
            rest = lines.pop() ?? '';
            lines.forEach(take);
        },
        tree() {
            if (number === 0 && rest === '')
                return undefined;
            if (number === 0)
                checkFormat(rest);
            if (rest !== '' || number === 0)
                throw new errors/* UserError */.yo('The manifest of the release on the server is damaged: its end is missing.');
            return tree;
        },
    };
}
function folderLine({ path, mode }) {
    return { path, line: `folder\t${mode.toString(8)}\t-\t-\t${escaped(path)}\t-\n` };
}
function linkLine({ path, target }) {
    return { path, line: `link\t-\t-\t-\t${escaped(path)}\t${escaped(target)}\n` };
}
function checkFormat(line) {
    const format = HEADER.exec(line)?.[1];
    if (format === undefined)
        throw new errors/* UserError */.yo('The manifest of the release on the server is damaged: its first line is not "slipway-manifest 1".');
    if (Number(format) > FORMAT) {
        throw new errors/* UserError */.yo(`The manifest of the release on the server has format ${format}, and this version of Slipway reads up to ${FORMAT}. A newer one deployed last: use that version or a later one here, too.`);
    }
}
function addLine(tree, line) {
    const [kind, mode = '', size = '', sha256 = '', path = '', target = '', ...rest] = line.split('\t');
    if (rest.length > 0 || path === '' || target === '')
        return false;
    if (kind === 'link')
        tree.links.push({ path: unescaped(path), target: unescaped(target) });
    else if (!/^[0-7]{1,3}$/.test(mode))
        return false;
    else if (kind === 'folder')
        tree.folders.push({ path: unescaped(path), mode: parseInt(mode, 8) });
    else if (kind !== 'file' || !/^\d+$/.test(size) || !/^[0-9a-f]{64}$/.test(sha256))
        return false;
    else
        tree.files.add({ path: unescaped(path), mode: parseInt(mode, 8), size: Number(size), sha256 });
    return true;
}
const ESCAPES = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };
function escaped(name) {
    return name.replace(/[\\\n\t]/g, (character) => ESCAPES[character]);
}
function unescaped(text) {
    return text.includes('\\') ? text.replace(/\\([\\nt])/g, (_, letter) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\')) : text;
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/shared/release/contents.js
const ROOM = 48 * 1_048_576; // bytes
const contents_BLOCK = 1_048_576; // bytes taken at once
/** Some to be filled: no file of more than 1 MiB, until 48 MiB are taken up; later ones are read again. */
function openContents() {
    const contents = new Map();
    let [block, used, room] = [Buffer.alloc(0), 0, ROOM / contents_BLOCK];
    return {
        contents,
        keep(path, bytes) {
            if (used + bytes.length > block.length) {
                if (room === 0)
                    return;
                [block, used, room] = [Buffer.allocUnsafeSlow(contents_BLOCK), 0, room - 1];
            }
            contents.set(path, block.subarray(used, used += bytes.copy(block, used)));
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/release/fingerprint.js


/** Bytes up to which a file is read at once; larger ones are streamed. */
const SMALL = 256 * 1024;
const STREAM_CHUNK = 1024 * 1024;
const buffer = Buffer.allocUnsafe(SMALL + 1);
/**
 * A small file's record, read synchronously: 10,000 files take 0.1 s this way, 0.5 s through the thread pool. `keep` sees its bytes, which
 * hold until the next one is read. Returns undefined when the file is not small.
 */
function fingerprintSmall(source, path, keep) {
    const descriptor = (0,external_node_fs_.openSync)(source, 'r');
    try {
        const { mode, size: announced } = (0,external_node_fs_.fstatSync)(descriptor);
        if (announced > SMALL)
            return undefined;
        const size = readFully(descriptor);
        if (size > SMALL)
            return undefined;
        const bytes = buffer.subarray(0, size);
        keep?.(path, bytes);
        return { path, mode: permissions(mode, bytes), size, sha256: (0,external_node_crypto_.hash)('sha256', bytes) };
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
/** A file's record, read as a stream, however large it is. @throws when the signal is aborted. */
async function fingerprintLarge(source, path, signal) {
    const digest = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    let start = Buffer.alloc(0);
    let mode = 0;
    const stream = (0,external_node_fs_.createReadStream)(source, { highWaterMark: STREAM_CHUNK, signal });
    stream.on('open', (descriptor) => { mode = (0,external_node_fs_.fstatSync)(descriptor).mode; });
    for await (const chunk of stream) {
        if (size === 0)
            start = chunk.subarray(0, 2);
        size += chunk.length;
        digest.update(chunk);
    }
    return { path, mode: permissions(mode, start), size, sha256: digest.digest('hex') };
}
/**
 * The permission bits a file gets on the server. Windows has no executable bit, so there a script is known by its `#!`.
 */
function permissions(mode, start, platform = process.platform) {
    if (platform !== 'win32')
        return mode & 0o777;
    return start[0] === 0x23 && start[1] === 0x21 ? 0o755 : 0o644;
}
function readFully(descriptor) {
    let size = 0;
    for (let read = -1; read !== 0 && size < buffer.length; size += read)
        read = (0,external_node_fs_.readSync)(descriptor, buffer, size, buffer.length - size, null);
    return size;
}

;// CONCATENATED MODULE: ./build/shared/release/links.js

const MAX_HOPS = 40; // as the kernel counts; beyond, the link leads nowhere
/** The links of a tree that lead out of it, or are absolute: followed step by step through the tree's other links, as the server would. */
function escapingLinks(links) {
    const targets = new Map(links.map((link) => [link.path, link.target]));
    return links.filter((link) => escapes(link, targets));
}
function escapes(link, targets) {
    const at = link.path.split('/').slice(0, -1);
    const ahead = segmentsBackwards(link.target);
    if (isAbsolute(link.target))
        return true;
    for (let hops = 0; ahead.length > 0 && hops < MAX_HOPS;) {
        const segment = ahead.pop();
        if (segment === '..' && at.pop() === undefined)
            return true;
        if (segment === '' || segment === '.' || segment === '..')
            continue;
        const target = targets.get([...at, segment].join('/'));
        if (target === undefined) {
            at.push(segment);
        }
        else if (isAbsolute(target)) {
            return true;
        }
        else {
            hops += 1;
            ahead.push(...segmentsBackwards(target));
        }
    }
    return false;
}
function segmentsBackwards(target) {
    return target.split('/').reverse();
}
function isAbsolute(target) {
    return target.startsWith('/') || (process.platform === 'win32' && external_node_path_.win32.isAbsolute(target));
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/shared/release/walk.js




// The owner may always write, or the release could be neither assembled nor removed.
const OWNER_ALL = 0o700;
const MANY = 5_000; // files; up to here memory is no question
/** Walks a directory without following links. Excluded folders are not entered. */
async function walk(source, exclude, signal) {
    const found = { files: [], folders: [], links: [], faults: [] };
    const waiting = [''];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        for (const entry of entriesOf((0,external_node_path_.join)(source, folder)))
            sortIn(found, waiting, source, folder, entry, exclude);
        if (found.files.length > MANY)
            keepHeapSmall();
        await breath(signal);
    }
    return found;
}
// A name that is not UTF-8 would come back as another name, so those that look like it are read as bytes.
function entriesOf(folder) {
    const entries = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    return entries.some(({ name }) => name.includes('\ufffd')) ? (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, encoding: 'buffer' }) : entries;
}
/** Lets signals and timers in between slices of synchronous work. @throws the reason of a signal that was aborted. */
async function breath(signal) {
    await new Promise((resolve) => void setImmediate(resolve));
    signal?.throwIfAborted();
}
function sortIn(found, waiting, source, folder, entry, exclude) {
    const path = folder === '' ? entry.name.toString() : `${folder}/${entry.name.toString()}`;
    const isFolder = entry.isDirectory();
    if (exclude(path, isFolder ? 'folder' : 'other'))
        return;
    if (typeof entry.name !== 'string' && !(0,external_node_buffer_.isUtf8)(entry.name)) {
        found.faults.push(`${folder === '' ? '' : `${folder}/`}${visible(entry.name)} has a name that is not valid UTF-8`);
    }
    else if (isFolder) {
        found.folders.push({ path, mode: folderMode((0,external_node_path_.join)(source, path)) });
        waiting.push(path);
    }
    else if (entry.isFile()) {
        found.files.push(path);
    }
    else if (entry.isSymbolicLink()) {
        addLink(found, source, path);
    }
    else {
        found.faults.push(`${path} is ${kindOf(entry)}`);
    }
}
function addLink(found, source, path) {
    const target = (0,external_node_fs_.readlinkSync)((0,external_node_path_.join)(source, path), { encoding: 'buffer' });
    if (!(0,external_node_buffer_.isUtf8)(target))
        found.faults.push(`${path} is a link whose target is not valid UTF-8`);
    else
        found.links.push({ path, target: process.platform === 'win32' ? target.toString().replaceAll('\\', '/') : target.toString() });
}
function folderMode(path) {
    return process.platform === 'win32' ? 0o755 : ((0,external_node_fs_.lstatSync)(path).mode & 0o777) | OWNER_ALL;
}
function visible(name) {
    return name.toString('latin1').replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
function kindOf(entry) {
    if (entry.isSocket())
        return 'a socket';
    if (entry.isFIFO())
        return 'a named pipe';
    if (entry.isBlockDevice() || entry.isCharacterDevice())
        return 'a device';
    return 'neither a file, a folder nor a link';
}

;// CONCATENATED MODULE: ./build/shared/release/scan.js










const FAULTS_SHOWN = 10;
const SLICE = 64; // small files between two breaths: a few milliseconds
const UNKNOWN = '0'.repeat(64); // holds the place of a hash
const LARGE_AT_ONCE = 4; // as many as Node has threads for reading
/**
 * What would be released from a directory on the runner, every file with its sha256. Links that lead out of it are left out where
 * a shared path takes their place.
 * @throws when the signal is aborted, and {UserError} naming the source when it is missing, not a directory, or empty, and each entry that cannot be released.
 */
async function scanTree(source, exclude, shared = [], signal) {
    await refuseUnlessDirectory(source);
    try {
        const found = await walk(source, exclude, signal);
        const links = insideLinks(found, shared);
        refuseFaults(source, found.faults);
        if (found.files.length + links.length === 0)
            throw nothingIn(source);
        const { contents, keep } = openContents();
        const files = await fingerprints(source, found.files, found.files.length < MANY_FILES ? keep : undefined, signal);
        return { files, contents, folders: found.folders.toSorted(byPath), links: links.toSorted(byPath) };
    }
    catch (error) {
        throw isFileFault(error) ? new errors/* UserError */.yo(`${source} could not be read wholly: ${(0,errors/* messageOf */.bD)(error)}. Give the runner's user the right to read it, and let nothing change it meanwhile.`) : error;
    }
}
async function refuseUnlessDirectory(source) {
    const found = await (0,external_node_fs_promises_.stat)(source).catch((error) => {
        throw new errors/* UserError */.yo(`The source ${source} cannot be released: ${isMissing(error) ? 'it does not exist. Build it in an earlier step, or correct the path' : (0,errors/* messageOf */.bD)(error)}.`);
    });
    if (!found.isDirectory())
        throw new errors/* UserError */.yo(`The source ${source} is not a directory. Give the directory whose contents become the release.`);
}
function insideLinks(found, shared) {
    const outside = new Set(escapingLinks(found.links));
    const links = found.links.filter((link) => !outside.has(link) || !(0,shared_paths/* isShared */.y)(link.path, shared));
    for (const link of escapingLinks(links)) {
        found.faults.push(`${link.path} is a link that leads out of the release (to ${link.target}): exclude it, or list ${link.path} under shared`);
    }
    return links;
}
function refuseFaults(source, faults) {
    if (faults.length === 0)
        return;
    const more = faults.length > FAULTS_SHOWN ? [`and ${faults.length - FAULTS_SHOWN} more`] : [];
    throw new errors/* UserError */.yo([`${source} cannot be released as it is. Exclude or mend:`, ...faults.slice(0, FAULTS_SHOWN), ...more].join('\n  '));
}
function nothingIn(source) {
    return new errors/* UserError */.yo(`There is nothing to release in ${source}: no file is in it, or all are excluded. Check that the build ran and wrote there, and the exclude patterns.`);
}
// Takes the list apart from its end on, so that it is not held together with the table it becomes.
async function fingerprints(source, paths, keep, signal) {
    const files = fileTable();
    paths.sort((a, b) => comparePaths(b, a));
    const large = [];
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        const file = fingerprintSmall((0,external_node_path_.join)(source, path), path, keep);
        const index = files.add(file ?? { path, mode: 0, size: 0, sha256: UNKNOWN });
        if (file === undefined)
            large.push({ path, index });
        if (index % SLICE === SLICE - 1)
            await breath(signal);
    }
    const readers = Array.from({ length: LARGE_AT_ONCE }, async () => {
        for (let next = large.pop(); next !== undefined; next = large.pop())
            files.replace(next.index, await fingerprintLarge((0,external_node_path_.join)(source, next.path), next.path, signal));
    });
    await Promise.all(readers);
    return files;
}
function isMissing(error) {
    return isFileFault(error) && error.code === 'ENOENT';
}
function isFileFault(error) {
    return typeof error === 'object' && error !== null && 'syscall' in error;
}

;// CONCATENATED MODULE: ./build/shared/release/upload-progress.js


const FIRST = 5_000; // milliseconds; what is over before needs no word
const EARLY = 10_000;
const LATE = 30_000;
const EARLY_UNTIL = 60_000;
/**
 * Tells how far an upload has come: after 5 s, then every 10 s, after a minute every 30 s. `now` gives milliseconds of any clock.
 */
function uploadProgress({ files, bytes }, tell, now = () => performance.now()) {
    const began = now();
    const done = { files: 0, bytes: 0 };
    let due = FIRST;
    return {
        begun: () => void (done.files += 1),
        sent(more) {
            done.bytes += more;
            const took = now() - began;
            if (took < due)
                return;
            const pause = took < EARLY_UNTIL ? EARLY : LATE;
            while (due <= took)
                due += pause;
            tell(`Sent ${done.files} of ${files} files, ${(0,size/* formatSize */.X)(done.bytes)} of ${(0,size/* formatSize */.X)(bytes)}, at ${(0,size/* formatSize */.X)((done.bytes / took) * 1_000)}/s; about ${left(bytes - done.bytes, done.bytes / took)} left.`);
        },
    };
}
function left(bytes, bytesPerMillisecond) {
    const seconds = Math.ceil(Math.max(0, bytes) / bytesPerMillisecond / 1_000);
    return (0,duration/* formatDuration */.a3)(seconds * 1_000);
}

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
function together_inStep(plan, { patience, batches, waitBetween }) {
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
    const command = quote_commandLine(['sh', '-c', ': >"$1/go" && date +%s%3N', 'slipway', `${state}/plans/${id}`]);
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
    const own = together === undefined ? plan : together_inStep(plan, together);
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




const LOCK_WAIT = 1_800_000;
/** What the server knows of a service; with claim members, it takes a new generation first. @throws {UserError} when it may not. */
async function readState(server, name, claim = '', beginBase) {
    const inspection = await server.inspect((0,server_definition/* serviceKey */.jq)(name.service, name.environment), name.path ?? '', name.runtimeDir ?? '', claim, beginBase);
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
        throw new UserError(`${service} has not been deployed to ${server.label} yet: no deployment has come to its end.`);
    return state;
}
/** Heals what earlier plans left, if there is anything, under this generation; then there is a new state to read. */
async function heal(server, state, generation, follow) {
    if (state.unfinished.length === 0)
        return false;
    follow.log.info(`Earlier plans of ${follow.service} have not ended: ${state.unfinished.map(({ plan, last }) => `${plan} (${last})`).join(', ')}. They are healed first.`);
    const plan = { id: newPlanId(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
    await carry_out_carryOut(server, plan, [], follow);
    return true;
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
    const emptyOther = held.strategy === definition.strategy ? '' : `[ ! -L ${quote_quote(link)} ] || {\n${emptySlot(held, place)}\n}\n`;
    return [
        { name: 'empty-slot', title: `Emptying slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT, script: `rm -f "$STATE/standby"\n${emptyOther}${empty}` },
        {
            // What the router includes is there before anybody can set the router up.
            name: 'start', title: `Starting ${release} in slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT,
            script: `router_prepare none\n${keepDefinition(definition, slot)}\n${quote_commandLine(['point', link, `../releases/${release}`])}\n${start}`,
        },
        {
            name: 'await-health', title: `Waiting until slot ${slot} is healthy`, phase: 'before', timeout: definition.health.timeout + HEALTH_SLACK,
            script: user_command_awaitHealthy(definition, { ...slotOccasion(definition, place), isFresh: true }, definition.health.timeout),
        },
    ];
}
// By it the slot is asked, stopped and started again, whatever later releases come with.
function keepDefinition(definition, slot) {
    const kept = `"$STATE"/slots/${slot}`;
    return `mkdir -p "$STATE/slots"\nsay ${quote_quote(JSON.stringify(definition))} >${kept}.new\nmv ${kept}.new ${kept}\ndurable ${kept}`;
}
function byCompose({ path }, { slot, release }, lasting) {
    return { empty: `${quote_commandLine(['empty_stack', slot])}\nrm -f ${quote_quote(`${path}/slots/${slot}`)}`, start: quote_commandLine(['start_stack', slot, release, lasting]) };
}
function byCommands(definition, place, held) {
    const { slot } = place;
    const link = `${definition.path}/slots/${slot}`;
    const stopNow = definition.stop === '' ? ':' : slotCommand(definition, place, definition.stop);
    // Where its own command fails, the one of now may be the mended one.
    const stopOld = held.stop === definition.stop || held.stop === '' ? stopNow : `{ ${slotCommand(held, place, held.stop)}\n} || {\n${stopNow}\n}`;
    const awaitEmpty = definition.stop === '' ? '' : refuseStranger(definition, slot);
    return { empty: `if [ -L ${quote_quote(link)} ]; then\n${stopOld}\nrm -f ${quote_quote(link)}\nfi\n${awaitEmpty}`, start: slotCommand(definition, place, definition.start) };
}
/** Sh text that stops what runs in a slot and takes the slot's link away, so that a boot does not start it either. */
function emptySlot(definition, place) {
    const link = `${definition.path}/slots/${place.slot}`;
    const stop = definition.strategy === 'compose' ? quote_commandLine(['empty_stack', place.slot]) : definition.stop === '' ? ':' : slotCommand(definition, place, definition.stop);
    return `${stop} || echo ${quote_quote(`Slot ${place.slot} could not be stopped`)}\nrm -f ${quote_quote(link)}`;
}
/**
 * Sh text that starts what is in a slot again, unless it answers (a deployment that was killed may have stopped it), and fails when it is
 * not healthy within so many milliseconds.
 */
function revive(definition, place, within) {
    const { slot, release = '' } = place;
    const healthy = (limit) => awaitHealthy(definition, slotOccasion(definition, place), limit);
    const byCommand = definition.start === '' ? 'false' : slotCommand(definition, place, definition.start);
    const start = definition.strategy !== 'compose' ? byCommand : commandLine(['revive_stack', slot, release]);
    return `{ ${healthy(0)}\n} >/dev/null 2>&1 || {\n{ ${start}\n} && { ${healthy(within)}\n}\n}`;
}
// Whatever goes on answering in an emptied slot would vouch for the new release: a stop command that stops nothing, an app of somebody else's.
function refuseStranger(definition, slot) {
    const port = definition.ports === undefined ? '' : `, port ${definition.ports[slot]}`;
    const refusal = `Something is healthy in slot ${slot} (${listenerText(slotListener(definition, slot))}${port}), which should be empty, so it would pass for the new release. Stop it; if it is the release before, mend the command stop.`;
    const answers = healthQuestions(definition, slotOccasion(definition, { slot, release: undefined })).join(' ||\n');
    return `is_empty() {\nif ( ${answers}\n) >/dev/null 2>&1; then echo ${quote_quote(refusal)}; return 1; fi\n}\n${quote_commandLine(['patiently', String(EMPTY_WITHIN / 1_000), 'is_empty'])}`;
}

;// CONCATENATED MODULE: ./build/shared/containers/compose-service.js

/**
 * What a part of a service is: `web` ones run twice while they are replaced, `worker` and `singleton` ones stop before their
 * successor starts, `lasting` ones (a database, a cache) are started if they are not there, and never touched again.
 */
const ROLES = ['web', 'worker', 'singleton', 'lasting'];
/** The label by which a compose file says the role of a service; `web` where it has none. */
const ROLE_LABEL = 'slipway.role';
/** The services in what `docker compose config --format json` prints. @throws {UserError} when one has no image, or no known role. */
function composeServices(json) {
    const { services = {} } = JSON.parse(json);
    return Object.entries(services).map(([name, model]) => {
        if (model.image === undefined)
            throw new errors/* UserError */.yo(`Service ${name} of the compose file has no image. Give it the name of one that your build made: a server does not build.`);
        return {
            name, image: model.image, role: roleOf(name, model), replicas: model.scale ?? model.deploy?.replicas ?? 1,
            containerName: model.container_name, fixedPorts: fixedPorts(model), usesHostNetwork: model.network_mode === 'host',
        };
    });
}
/** Why services cannot run beside their successors, one line each. */
function rollingFaults(services) {
    return services.filter(({ role }) => role === 'web').flatMap(({ name, containerName, fixedPorts: ports, usesHostNetwork }) => [
        ...(containerName === undefined ? [] : [`${name} has container_name ${containerName}: two containers cannot have one name. Remove it`]),
        ...(ports.length === 0 ? [] : [`${name} publishes ${ports.join(', ')}: two containers cannot have one port. Let a proxy in the same network reach it by its service name, or give ports without a number of the host`]),
        ...(usesHostNetwork ? [`${name} has network_mode host: two containers would want the same ports. Give it a network`] : []),
    ]);
}
function roleOf(name, { labels = {} }) {
    const given = labels[ROLE_LABEL] ?? 'web';
    const role = ROLES.find((each) => each === given);
    if (role === undefined)
        throw new errors/* UserError */.yo(`Service ${name} of the compose file has the label ${ROLE_LABEL}: ${given}. Accepted are ${ROLES.join(', ')}.`);
    return role;
}
// Of a range an engine takes what is free.
function fixedPorts({ ports = [] }) {
    return ports.filter(({ published = '' }) => /^\d+$/.test(published) && published !== '0').map(({ published, target, protocol = 'tcp' }) => `${published}:${target}/${protocol}`);
}

;// CONCATENATED MODULE: ./build/shared/containers/compose-config.js








const compose_config_script = (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(6855), __webpack_require__.b), 'utf8');
const compose_config_LARGEST = 256 * 1_024; // bytes; compose files and what they refer to are far smaller
const compose_config_LONGEST_SHOWN = 1_000; // characters
const NO_COMPOSE = 69; // by compose-config.sh
/**
 * The services of a release as compose on the server itself reads its files, with the variables and shared files that are there. Nothing
 * of it stays on the server. @throws {UserError} with what compose says of them.
 */
async function readComposeServices(server, source) {
    const { compose, path, tree, variables = {} } = source;
    const absent = compose.files.filter((file) => !has(tree, file));
    if (absent.length > 0)
        throw new errors/* UserError */.yo(`The release has no ${shown(absent.join(', no '))}. Name the compose files in compose-files, relative to source.`);
    const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quote_quote(value)}\n`).join('');
    const command = scriptCommand(exports + compose_config_script, [`${path}/.slipway`, compose.project, compose.envFile, ...compose.files]);
    const pieces = [];
    return server.persist(async (connection) => {
        pieces.length = 0;
        const { code, stderr } = await connection.exec(command, { stdin: packet(compose_config_entriesOf(source)), onOutput: (piece) => void pieces.push(piece) });
        if (code === NO_COMPOSE)
            throw new errors/* UserError */.yo(`${connection.label} has no docker compose, version 2. ${stderr.trim()} Install the package docker-compose-plugin there.`.replace('  ', ' '));
        if (code !== 0)
            throw new errors/* UserError */.yo(`docker compose on ${connection.label} does not accept ${shown(compose.files.join(', '))}: ${shown(withoutValues(stderr.trim()))}`);
        return composeServices(Buffer.concat(pieces).toString());
    });
}
// Names may be of any length, and hold what a terminal takes for its own.
function shown(words) {
    const plain = words.replaceAll(/[\0-\x09\x0b-\x1f\x7f]/g, ' ');
    return plain.length <= compose_config_LONGEST_SHOWN ? plain : `${plain.slice(0, compose_config_LONGEST_SHOWN)} …`;
}
// What it stumbled over in a file of variables may be a secret.
function withoutValues(words) {
    return words.replaceAll(/(unexpected character|variable name|invalid interpolation format|invalid template).*/g, '$1 (what it found is not shown, for it may be a secret)');
}
function has(tree, wanted) {
    for (const { path } of tree.files)
        if (path === wanted)
            return true;
    return false;
}
function* compose_config_entriesOf({ tree, source, shared, path }) {
    for (const folder of tree.folders)
        yield { kind: 'folder', path: folder.path, mode: 0o700 };
    for (const { path: file, size } of tree.files) {
        if (size <= compose_config_LARGEST && !(0,shared_paths/* isShared */.y)(file, shared))
            yield { kind: 'file', path: file, mode: 0o600, size, source: (0,external_node_path_.join)(source, file) };
    }
    for (const each of shared)
        yield { kind: 'link', path: each.path, mode: 0o777, target: `${path}/shared/${each.path}` };
}

;// CONCATENATED MODULE: ./build/shared/containers/images/pins.js



const pins_script = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "pin.sh", 'utf8');
/** What the names mean on the server now. @throws {UserError} naming an image that is not there. */
async function pinImages(server, references) {
    const pins = [];
    for (const reference of references)
        pins.push(await server.persist((connection) => pin(connection, reference)));
    return pins;
}
async function pin(connection, reference) {
    const { code, stdout, stderr } = await connection.exec(scriptCommand(pins_script, [reference]));
    if (code !== 0)
        throw new errors/* UserError */.yo(`${reference} is not on ${connection.label}: ${stderr.trim()}`);
    return parsePin(reference, stdout.trim());
}
function parsePin(reference, told) {
    const [id = '', ...rest] = told.split(' ');
    const digests = JSON.parse(rest.join(' ') || '[]');
    const repository = reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
    const digest = digests?.find((each) => each.startsWith(`${repository}@`)) ?? digests?.[0];
    return { reference, id, ...(digest === undefined ? {} : { digest }) };
}

;// CONCATENATED MODULE: ./build/shared/containers/images/image.js
/** What an image's configuration says of its layers and its platform. @throws {SyntaxError} when it is not JSON. */
function readConfiguration(config) {
    const { os, architecture, rootfs } = JSON.parse(config);
    return { diffIds: rootfs.diff_ids, platform: `${os}/${architecture}` };
}
/**
 * How many of these layers, from the lowest up, an engine has already: those that an image of its own begins with. The same layer on top
 * of others is of no use to it.
 */
function heldLayers(diffIds, held) {
    return Math.max(0, ...held.map((layers) => {
        const differs = diffIds.findIndex((diffId, index) => layers[index] !== diffId);
        return differs < 0 ? diffIds.length : differs;
    }));
}

;// CONCATENATED MODULE: ./build/shared/containers/images/held.js





const held_script = (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(4948), __webpack_require__.b), 'utf8');
const CONTAINERD_STORE = 'io.containerd.snapshotter';
/** Asks a server what its engine has. @throws {UserError} when it has none that the user may use. */
async function askHeld(connection, store) {
    const lines = [];
    let rest = '';
    const { code, stderr } = await connection.exec(scriptCommand(`${roomScript}\n${held_script}`, [store]), {
        onOutput: (chunk) => {
            const parts = (rest + chunk.toString('latin1')).split('\n');
            rest = parts.pop() ?? '';
            lines.push(...parts);
        },
    });
    if (code !== 0)
        throw new errors/* UserError */.yo(`${connection.label} cannot use Docker: ${stderr.trim()}. Install it there, and let this user use it (usermod -aG docker USER).`);
    return parseHeld(lines);
}
function parseHeld(lines) {
    const told = (kind) => lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
    const images = told('image').map((line) => line.split(' ')).map(([id = '', ...layers]) => [id, layers]);
    return {
        platform: told('platform')[0] ?? '',
        takesParts: !(told('store')[0] ?? '').includes(CONTAINERD_STORE),
        images: new Map(images),
        pieces: new Set(told('piece').map((piece) => piece.replace(/\.gz$/, ''))),
        free: { engine: diskOf(told('engine')[0]), here: diskOf(told('here')[0]) },
    };
}
function diskOf(line = '') {
    const [kibibytes = '', ...device] = line.split(' ');
    return { bytes: /^\d+$/.test(kibibytes) ? Number(kibibytes) * 1_024 : undefined, device: device.join(' ') };
}
/** How many layers of an image the server need not be sent. */
function heldOf({ images, takesParts }, diffIds) {
    return takesParts ? heldLayers(diffIds, [...images.values()]) : 0;
}
/**
 * What to tell when there is no room for so many bytes of layers: they arrive as pieces, then the engine unpacks the archive, then it keeps
 * the layers. Undefined where there is room, or where that cannot be told.
 */
function imageSpaceFault(label, bytes, { free: { engine, here } }) {
    const isOne = engine.device === here.device;
    const short = [
        { where: 'where Docker keeps images', disk: engine, need: (isOne ? 3 : 2) * bytes },
        ...(isOne ? [] : [{ where: 'of the service', disk: here, need: bytes }]),
    ].find(({ disk, need }) => disk.bytes !== undefined && disk.bytes < need);
    if (short === undefined)
        return undefined;
    return `The disk ${short.where} on ${label} is too full: the images need ${(0,size/* formatSize */.X)(short.need)} while they arrive, ${(0,size/* formatSize */.X)(short.disk.bytes ?? 0)} are free. Remove images (docker image prune), or old releases, there.`;
}

;// CONCATENATED MODULE: ./build/shared/containers/images/pull-need.js

/**
 * Bytes that pulls will download, by what pull.sh was told when it asked: the layers of each image that no image of its repository on the
 * server begins with. Undefined where a registry did not tell.
 */
function downloadOf(told, references, platform, held) {
    const answers = told.split('\u001e').slice(1).map((part) => ({ name: part.slice(0, part.indexOf('\n')), content: contentOf(part.slice(part.indexOf('\n')), platform) }));
    const here = answers.flatMap(({ name, content }) => (name.includes('@') && content !== undefined ? [content.layers.map(({ digest }) => digest)] : []));
    let bytes = 0;
    for (const reference of references) {
        const content = answers.find(({ name }) => name === reference)?.content;
        if (content === undefined)
            return undefined;
        const digests = content.layers.map(({ digest }) => digest);
        const lacking = held.has(content.config.digest) ? [] : content.layers.slice(heldLayers(digests, here));
        bytes += lacking.reduce((sum, { size }) => sum + size, 0);
    }
    return bytes;
}
function contentOf(json, platform) {
    if (json.trim() === '')
        return undefined;
    const manifests = [JSON.parse(json)].flat();
    const own = manifests.length === 1 ? manifests[0] : manifests.find(({ Descriptor: { platform: of } }) => `${of?.os}/${of?.architecture}` === platform);
    return own?.SchemaV2Manifest ?? own?.OCIManifest;
}

;// CONCATENATED MODULE: ./build/shared/containers/images/registry-fault.js
const RULES = [
    { fault: 'disk-full', says: /no space left on device|disk quota exceeded/i, told: 'the server\'s disk is full. Remove images there (docker image prune), or old releases' },
    { fault: 'platform', says: /no matching manifest for|does not match the specified platform/i, told: 'it is not built for the server\'s platform. Build it for that one, too (docker build --platform)' },
    { fault: 'rate-limited', says: /toomanyrequests|too many requests|rate limit|\b429\b/i, told: 'the registry lets no more through for now (429). Log in with registry-user and registry-password, wait, or send the images with images: transfer' },
    { fault: 'not-found', says: /manifest unknown|manifest for .* not found|name unknown|repository .* not found|\b404\b/i, told: 'the registry has none under that name and tag (404). Push it first, or correct the name' },
    { fault: 'unauthorized', says: /unauthorized|authentication required|incorrect username or password|no basic auth credentials|\b401\b/i, told: 'the registry wants another login (401). Correct registry, registry-user and registry-password' },
    { fault: 'denied', says: /denied|forbidden|insufficient_scope|\b403\b/i, told: 'the registry does not let this account have it (403), or has none under that name. Give the account the right to read it, or correct the name' },
    { fault: 'certificate', says: /x509|certificate|gave HTTP response to HTTPS client/i, told: 'the server does not trust the registry\'s certificate. Install its authority in /etc/docker/certs.d on the server, or name the registry in insecure-registries of daemon.json' },
    { fault: 'timeout', says: /timeout|timed out|deadline exceeded/i, told: 'the registry did not answer in time. Run again, or send the images with images: transfer' },
    { fault: 'server-error', says: /unexpected HTTP status: 5\d\d|internal server error|service unavailable|bad gateway|\b50[0-4]\b|unknown: /i, told: 'the registry has a fault of its own (5xx). Run again later, or send the images with images: transfer' },
    { fault: 'unreachable', says: /no such host|connection refused|connection reset|no route to host|network is unreachable|server misbehaving|EOF$/i, told: 'the server cannot reach the registry. Look at its name and at the server\'s network, or send the images with images: transfer' },
];
const TIMED_OUT = 124; // by timeout(1)
/** What went wrong in a pull, by what Docker printed and the code it ended with, and the same for people. */
function registryFaultOf(code, words) {
    const rule = code === TIMED_OUT ? RULES.find(({ fault }) => fault === 'timeout') : RULES.find(({ says }) => says.test(words));
    if (rule === undefined)
        return { fault: 'other', told: 'Docker could not pull it' };
    return { fault: rule.fault, told: rule.told };
}
/** Whether the image may still come from the runner: not where it would not fit or not run there either. */
function isMendedByTransfer(fault) {
    return fault !== 'disk-full' && fault !== 'platform';
}

;// CONCATENATED MODULE: ./build/shared/containers/images/pull.js







const pull_script = (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(5748), __webpack_require__.b), 'utf8');
const AMPLE = 20e9; // bytes
const UNPACKED = 3; // times what is downloaded: that itself, and what it is unpacked to
const HUB = 'https://index.docker.io/v1/'; // Docker Hub's name in a config.json
/** An image that could not be pulled, and why. */
class PullFailed extends errors/* UserError */.yo {
    fault;
    constructor(message, fault) {
        super(message);
        this.fault = fault;
    }
}
/**
 * Has the server pull images; what it has got is kept if the line drops. The login travels on standard input and is removed with the pull.
 * @throws {PullFailed} with the registry's answer and what to do about it; {NoRoom} where the disk is too full.
 */
async function pullImages(server, { references, login, state, timeout }, { log, signal }) {
    const command = (verb) => scriptCommand(pull_script, [verb, `${state}/incoming`, String(Math.ceil(timeout / 1_000)), ...references]);
    const stdin = login === undefined ? '' : configOf(login);
    await server.persist((connection) => refuseFullDisk(connection, { references, state }, (verb) => connection.exec(command(verb), { stdin, signal })));
    await log.group(`Pulling ${references.join(', ')} on ${server.label}`, () => server.persist(async (connection) => {
        const { code, stdout, stderr } = await connection.exec(command('pull'), { stdin, signal });
        stdout.split('\n').filter((line) => line !== '').forEach((line) => log.output(line));
        if (code === 0)
            return;
        const { fault, told } = registryFaultOf(code, stderr);
        const message = `${server.label} could not pull ${failing(references, stdout)}: ${told}.\n${stderr.trim().split('\n').map((line) => `  | ${line}`).join('\n')}`;
        throw fault === 'disk-full' ? new errors/* NoRoom */.Pd(message) : new PullFailed(message, fault);
    }));
}
// Registries count what they are asked, so they are asked only where it may matter.
async function refuseFullDisk(connection, { references, state }, run) {
    const held = await askHeld(connection, `${state}/images`);
    const { bytes: free } = held.free.engine;
    if (free === undefined || free > AMPLE)
        return;
    const { stdout } = await run('ask');
    const download = downloadOf(stdout, references, held.platform, new Set(held.images.keys()));
    if (download === undefined || download * UNPACKED <= free)
        return;
    throw new errors/* NoRoom */.Pd(`The disk where Docker keeps images on ${connection.label} is too full: ${references.join(', ')} need about ${(0,size/* formatSize */.X)(download * UNPACKED)}, ${(0,size/* formatSize */.X)(free)} are free. Remove images (docker image prune), or old releases, there. Nothing was pulled.`);
}
// Docker ends its words on each image that it has with a line that begins with "Status:".
function failing(references, stdout) {
    return references[stdout.split('\n').filter((line) => line.startsWith('Status: ')).length] ?? references.join(', ');
}
function configOf({ registry, user, password }) {
    const auth = Buffer.from(`${user}:${password.reveal()}`).toString('base64');
    return JSON.stringify({ auths: { [/^(registry-1\.|index\.)?docker\.io$/.test(registry) ? HUB : registry]: { auth } } });
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6118);
;// CONCATENATED MODULE: ./build/shared/containers/images/spool.js








const GZIP = [0x1f, 0x8b];
const DIGEST_NAME = /^blobs\/sha256\/([0-9a-f]{64})$/;
/**
 * Keeps the files of a tar stream in a folder, hashed as they come; `isHeld` tells of a blob, by its SHA-256, that it need not be kept.
 * @throws {UserError} when the stream is no tar, or a blob is not what its name says.
 */
async function spool(stream, folder, isHeld) {
    const [blobs, links] = [new Map(), new Map()];
    const entries = (0,tar_stream.extract)();
    const reading = (0,external_node_stream_promises_.pipeline)(stream, entries);
    reading.catch(() => undefined); // the loop below fails with it
    for await (const entry of entries) {
        const { name, type, linkname } = entry.header;
        const path = external_node_path_.posix.normalize(name);
        const hex = DIGEST_NAME.exec(path)?.[1];
        if (type === 'symlink' || type === 'link')
            links.set(path, type === 'link' ? external_node_path_.posix.normalize(linkname ?? '') : external_node_path_.posix.join(external_node_path_.posix.dirname(path), linkname ?? ''));
        if (type !== 'file' || (hex !== undefined && isHeld(hex)))
            entry.resume();
        else
            blobs.set(path, await keep(entry, (0,external_node_path_.join)(folder, String(blobs.size)), path));
    }
    await reading;
    return { blobs, links };
}
/** The same for an archive that is there: a tar, gzipped or not, or the folder of an OCI layout. @throws {UserError} when it is neither. */
async function spoolPath(path, folder) {
    const found = await (0,external_node_fs_promises_.stat)(path).catch((error) => {
        throw new errors/* UserError */.yo(`The image archive ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}.`);
    });
    if (found.isDirectory())
        return layoutIn(path);
    const head = await pipeHead(path);
    const stream = (0,external_node_fs_.createReadStream)(path);
    const plain = GZIP.every((byte, index) => head[index] === byte) ? stream.pipe((0,external_node_zlib_.createGunzip)()) : stream;
    stream.on('error', (error) => plain.destroy(error));
    return spool(plain, folder, () => false).catch((error) => {
        throw error instanceof errors/* UserError */.yo ? error : new errors/* UserError */.yo(`The image archive ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}. Write it with "docker save" or "docker buildx build --output type=oci".`);
    });
}
// Written synchronously: it goes into memory at first anyway, and through the thread pool takes twice as long.
async function keep(entry, file, name) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const descriptor = (0,external_node_fs_.openSync)(file, 'wx', 0o600);
    let size = 0;
    try {
        for await (const chunk of entry) {
            hash.update(chunk);
            for (let written = 0; written < chunk.length; written += (0,external_node_fs_.writeSync)(descriptor, chunk, written))
                ;
            size += chunk.length;
        }
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
    return spool_named({ hex: hash.digest('hex'), file, size }, name);
}
function spool_named(blob, name) {
    const announced = DIGEST_NAME.exec(name)?.[1];
    if (announced !== undefined && announced !== blob.hex)
        throw new errors/* UserError */.yo(`${name} in the image archive has the digest ${blob.hex}: the archive is damaged. Build it again.`);
    return blob;
}
async function pipeHead(path) {
    for await (const chunk of (0,external_node_fs_.createReadStream)(path, { end: 1 }))
        return chunk;
    return Buffer.alloc(0);
}
async function layoutIn(folder) {
    const blobs = new Map();
    for (const entry of await (0,external_node_fs_promises_.readdir)(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile())
            continue;
        const file = (0,external_node_path_.join)(entry.parentPath, entry.name);
        const name = external_node_path_.posix.relative(folder, file);
        blobs.set(name, spool_named(await hashed(file), name));
    }
    return { blobs, links: new Map() };
}
async function hashed(file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    for await (const chunk of (0,external_node_fs_.createReadStream)(file, { highWaterMark: 1_048_576 })) {
        hash.update(chunk);
        size += chunk.length;
    }
    return { hex: hash.digest('hex'), file, size };
}
/** The text of a file in the archive, following links; undefined where there is none. */
async function textIn(spooled, path) {
    const blob = blobAt(spooled, path);
    return blob === undefined ? undefined : (0,external_node_fs_promises_.readFile)(blob.file, 'utf8');
}
/** A file in the archive, following links; undefined where it was left out or is not there. */
function blobAt({ blobs, links }, path) {
    const target = links.get(path);
    return blobs.get(path) ?? (target === undefined ? undefined : blobs.get(target));
}

;// CONCATENATED MODULE: ./build/shared/containers/images/archive.js



const NOT_AN_IMAGE = 'unknown'; // the architecture by which build attestations are told from images
/**
 * The images in an archive: what `docker save` of any age writes, or an OCI layout, of which those for the platform are taken.
 * @throws {UserError} when it holds none.
 */
async function imagesIn(spooled, platform) {
    const docker = await textIn(spooled, 'manifest.json');
    if (docker !== undefined)
        return Promise.all(JSON.parse(docker).map((manifest) => fromDocker(spooled, manifest)));
    const index = await textIn(spooled, 'index.json');
    if (index === undefined)
        throw new errors/* UserError */.yo('The image archive has neither manifest.json nor index.json, so it is none that "docker save" or "docker buildx build --output type=oci" wrote.');
    return fromIndex(spooled, index, platform, []);
}
async function fromDocker(spooled, { Config, RepoTags, Layers }) {
    const config = await required(spooled, Config);
    return imageOf(spooled, config, RepoTags ?? [], Layers);
}
async function fromIndex(spooled, index, platform, names) {
    const { manifests = [] } = JSON.parse(index);
    const images = manifests.filter((each) => each.platform === undefined || isFor(each.platform, platform, manifests));
    const found = await Promise.all(images.map(async (each) => {
        const { text } = await required(spooled, pathOf(each.digest));
        const carried = [...names, ...namesIn(each)];
        const manifest = JSON.parse(text);
        if (manifest.manifests !== undefined)
            return fromIndex(spooled, text, platform, carried);
        const config = await required(spooled, pathOf(manifest.config?.digest ?? ''));
        return [imageOf(spooled, config, carried, (manifest.layers ?? []).map(({ digest }) => pathOf(digest)))];
    }));
    return found.flat();
}
// Where there is but one, it is told as it is: that it is for another machine is said by its name.
function isFor({ os, architecture }, platform, among) {
    if (architecture === NOT_AN_IMAGE)
        return false;
    return `${os}/${architecture}` === platform || among.filter((each) => each.platform?.architecture !== NOT_AN_IMAGE).length === 1;
}
function namesIn({ annotations = {} }) {
    const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'];
    return name === undefined ? [] : [name];
}
function imageOf(spooled, config, references, layers) {
    const { diffIds, platform } = readConfiguration(config.text);
    if (diffIds.length !== layers.length)
        throw new errors/* UserError */.yo(`The image archive is damaged: ${references.join(', ')} has ${diffIds.length} layers by its configuration, ${layers.length} by its manifest. Build it again.`);
    return { id: `sha256:${config.hex}`, references, config: config.text, platform, layers: diffIds.map((diffId, index) => ({ diffId, blob: blobAt(spooled, layers[index]) })) };
}
async function required(spooled, path) {
    const [blob, text] = [blobAt(spooled, path), await textIn(spooled, path)];
    if (blob === undefined || text === undefined)
        throw new errors/* UserError */.yo(`The image archive is damaged: it lacks ${path}. Build it again.`);
    return { text, hex: blob.hex };
}
function pathOf(digest) {
    return `blobs/${digest.replace(':', '/')}`;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/shared/containers/images/pieces.js
var pieces_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var pieces_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




/** Bytes of a layer that travel at once. */
const PIECE_BYTES = 8 * 1_048_576;
const pieces_BLOCK = 512;
const OCTAL_LIMIT = 8 ** 11;
const pieces_SAMPLE = 65_536; // bytes by which it is told whether compressing helps: layers of an OCI layout are compressed already
const pieces_WORTH_IT = 0.9;
const FASTEST = { level: external_node_zlib_.constants.Z_BEST_SPEED };
const compress = (0,external_node_util_.promisify)(external_node_zlib_.gzip);
/** How many pieces a layer is sent as. */
function pieces_piecesOf({ size }) {
    return Math.ceil((pieces_BLOCK + padded(size)) / PIECE_BYTES);
}
/** The name of a layer in the archive that an engine is given. */
function memberName(hex) {
    return `${hex}.tar`;
}
/** The name of a piece in the store, without the suffix that tells a compressed one. */
function pieceName(number) {
    return String(number).padStart(6, '0');
}
/** Reads a piece, the first being number 0; compressed for lines on which bytes are dear, where that makes it smaller. */
async function readPiece(blob, number, isDear) {
    const plain = await pieces_bytesOf(blob, number * PIECE_BYTES);
    const isSmaller = isDear && (await compress(plain.subarray(0, pieces_SAMPLE), FASTEST)).length < pieces_SAMPLE * pieces_WORTH_IT;
    const bytes = isSmaller ? await compress(plain, FASTEST) : plain;
    return { name: `${pieceName(number)}${isSmaller ? '.gz' : ''}`, bytes, sum: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') };
}
// The stream is a header, the content, and zeros up to the next block; the content is read from the file.
async function pieces_bytesOf({ hex, file, size }, from) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const end = Math.min(from + PIECE_BYTES, pieces_BLOCK + padded(size));
        const bytes = Buffer.alloc(end - from);
        if (from === 0)
            pieces_tarHeader(memberName(hex), size).copy(bytes);
        const start = Math.max(from - pieces_BLOCK, 0);
        const at = start + pieces_BLOCK - from;
        const length = Math.min(size - start, bytes.length - at);
        const handle = pieces_addDisposableResource(env_1, await (0,external_node_fs_promises_.open)(file), true);
        let read = 0;
        while (read < length) {
            const { bytesRead } = await handle.read(bytes, at + read, length - read, start + read);
            if (bytesRead === 0)
                throw new Error(`${file} became shorter while it was sent`);
            read += bytesRead;
        }
        return bytes;
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = pieces_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function padded(size) {
    return Math.ceil(size / pieces_BLOCK) * pieces_BLOCK;
}
/** A ustar header for a file; sizes beyond 8 GiB in GNU's base-256 form. */
function pieces_tarHeader(name, size) {
    const header = Buffer.alloc(pieces_BLOCK);
    header.write(name, 0);
    header.write('0000600\0' + '0000000\0' + '0000000\0', 100);
    if (size < OCTAL_LIMIT)
        header.write(`${size.toString(8).padStart(11, '0')} `, 124);
    else {
        header[124] = 0x80;
        header.writeBigUInt64BE(BigInt(size), 128);
    }
    header.write(`${'0'.repeat(11)} `, 136);
    header.write('        0', 148);
    header.write('ustar\0' + '00', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return header;
}

;// CONCATENATED MODULE: ./build/shared/containers/images/load.js





const load_script = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "load.sh", 'utf8');
const PIECES_MISSING = 66; // by load.sh
// What an engine says of a layer that was left out because it had it, and has no longer.
const LAYER_MISSING = /no such file or directory|layer .* not found/i;
/** Something the server had, or had been sent, is gone again: asked anew, it is sent. */
class PiecesMissing extends errors/* UserError */.yo {
}
/** Has the server's engine take the images from the layers that were sent, and removes those. @throws {UserError} with what the engine said. */
async function loadImages(connection, store, images, sent, isPartial) {
    const layers = sent.map((blob) => `${blob.hex}:${pieces_piecesOf(blob)}`);
    const { code, stderr } = await connection.exec(scriptCommand(load_script, [store, images.flatMap(({ references }) => references).join(' '), ...layers]), { stdin: packet(ending(images)) });
    if (code === 0)
        return;
    const message = `The Docker of ${connection.label} did not take the images: ${stderr.trim()}`;
    throw code === PIECES_MISSING || (isPartial && LAYER_MISSING.test(stderr)) ? new PiecesMissing(message) : new errors/* UserError */.yo(message);
}
// An engine skips a layer it has, whether the archive holds it or not, as long as the manifest names it.
function ending(images) {
    const manifest = images.map(({ id, references, layers }) => ({
        Config: configName(id), RepoTags: references.filter((reference) => !reference.includes('@')).map(tagged), Layers: layers.map(({ blob, diffId }) => memberName(blob?.hex ?? hexOf(diffId))),
    }));
    return [
        ...images.map(({ id, config }) => ({ kind: 'text', path: configName(id), mode: 0o600, text: config })),
        { kind: 'text', path: 'manifest.json', mode: 0o600, text: JSON.stringify(manifest) },
    ];
}
function configName(id) {
    return `${hexOf(id)}.json`;
}
function hexOf(digest) {
    return digest.replace('sha256:', '');
}
function tagged(reference) {
    return /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
;// CONCATENATED MODULE: ./build/shared/containers/images/runner-engine.js




const run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
const LARGEST_ANSWER = 16 * 1_048_576;
/** What the runner's Docker has under these names. @throws {UserError} naming those it has not, or that it does not answer. */
async function ownImages(references, environment, signal) {
    const found = await Promise.all(references.map(async (reference) => ({ reference, answer: await runner_engine_inspect(reference, environment, signal) })));
    const missing = found.filter(({ answer }) => answer === undefined).map(({ reference }) => reference);
    if (missing.length > 0) {
        throw new errors/* UserError */.yo(`The runner's Docker has no ${missing.join(', no ')} to send. Build it in this job (docker/build-push-action with load: true), or pull it before; images that are in an archive are sent from there with image-archive.`);
    }
    return found.map(({ reference, answer = '' }) => ({ reference, diffIds: JSON.parse(answer) }));
}
/** The images as the archive that `docker save` writes. The stream fails with a {UserError} where docker does. */
function savedImages(references, environment, signal) {
    const child = (0,external_node_child_process_.spawn)('docker', ['save', ...references], { stdio: ['ignore', 'pipe', 'pipe'], env: environment, signal });
    let words = '';
    child.stderr.on('data', (chunk) => (words += chunk.toString()));
    // Its end is told only once it is known that docker came to its own.
    (0,external_node_events_.once)(child, 'close').then(([code]) => code !== 0 && child.stdout.destroy(new errors/* UserError */.yo(`docker save failed on the runner: ${words.trim()}`)), (error) => child.stdout.destroy(error));
    return child.stdout;
}
async function runner_engine_inspect(reference, environment, signal) {
    try {
        const { stdout } = await run('docker', ['image', 'inspect', '--format', '{{json .RootFS.Layers}}', reference], { maxBuffer: LARGEST_ANSWER, env: environment, signal });
        return stdout;
    }
    catch (error) {
        signal.throwIfAborted();
        const { code, stderr = '' } = error;
        if (code === 'ENOENT')
            throw new errors/* UserError */.yo('The runner has no Docker from which images could be sent. Use a runner with Docker, or give image-archive.');
        if (/no such image/i.test(stderr))
            return undefined;
        throw new errors/* UserError */.yo(`The runner's Docker does not answer: ${stderr.trim()}`);
    }
}

;// CONCATENATED MODULE: ./build/shared/containers/images/send-pieces.js





const send_pieces_script = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "receive-piece.sh", 'utf8');
const send_pieces_LONG = 15; // milliseconds of a round trip: the line leads through the Internet, where bytes are dear and one channel's window is small
const LANES = { short: 2, long: 6 }; // of the 10 sessions that an sshd allows unless told otherwise
/** Sends the pieces of layers that are not among those that have arrived. @throws {UserError} when the server does not take one. */
async function sendPieces(connection, store, blobs, arrived, { log, signal }) {
    const errands = blobs.flatMap((blob) => Array.from({ length: pieces_piecesOf(blob) }, (_, number) => ({ blob, number })))
        .filter(({ blob, number }) => !arrived.has(`${blob.hex}/${pieceName(number)}`));
    const isLong = connection.roundTrip() > send_pieces_LONG;
    const progress = uploadProgress({ files: errands.length, bytes: blobs.reduce((sum, { size }) => sum + size, 0) }, log.info);
    const queue = errands[Symbol.iterator]();
    const lane = async () => {
        for (let next = queue.next(); next.done !== true; next = queue.next())
            await sendOne(connection, store, next.value, isLong, signal, progress);
    };
    const lanes = await Promise.allSettled(Array.from({ length: isLong ? LANES.long : LANES.short }, lane));
    const failed = lanes.find((each) => each.status === 'rejected');
    if (failed !== undefined)
        throw failed.reason;
}
async function sendOne(connection, store, { blob, number }, isDear, signal, progress) {
    const { name, bytes, sum } = await readPiece(blob, number, isDear);
    progress.begun();
    const { code, stderr } = await connection.exec(scriptCommand(send_pieces_script, [store, blob.hex, name, sum]), { stdin: bytes, signal });
    if (code !== 0)
        throw new errors/* UserError */.yo(`${connection.label} did not take a piece of layer ${blob.hex.slice(0, 12)}: ${stderr.trim()}`);
    progress.sent(bytes.length);
}

;// CONCATENATED MODULE: ./build/shared/containers/images/transfer.js











const TRIES = 3; // an image that somebody removes from the server meanwhile takes layers away that were counted on
const STORE = 'images';
/**
 * Sends images over the SSH connection and has the server's engine take them: only layers that no image there begins with, in pieces that
 * are kept until all have come, so that what was cut off goes on where it was.
 * @throws {UserError} when an image is not to be had here, is for another platform, or finds no room; nothing has been sent then.
 */
async function transferImages(server, transfer, { log, signal }) {
    const folder = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'slipway-images-'));
    try {
        for (let tries = 1;; tries += 1) {
            try {
                return await transfer_attempt(server, transfer, folder, { log, signal });
            }
            catch (error) {
                if (!(error instanceof PiecesMissing) || tries === TRIES)
                    throw error;
                log.info(`${error.message} What the server has is asked again.`);
            }
        }
    }
    finally {
        await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function transfer_attempt(server, transfer, folder, { log, signal }) {
    const store = `${transfer.state}/${STORE}`;
    const asking = server.persist((connection) => askHeld(connection, store));
    const [held, own] = await Promise.all([asking, transfer.archive === undefined ? ownImages(transfer.references, transfer.environment, signal) : []]);
    const images = wantedOf(await transfer_gather(transfer, own, held, folder, signal), transfer);
    images.forEach((image) => refuseOther(image, held, server.label));
    const blobs = lacking(images, held);
    const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
    const fault = imageSpaceFault(server.label, bytes, held);
    if (fault !== undefined)
        throw new errors/* NoRoom */.Pd(`${fault} No image was sent.`);
    log.info(`${saying(images, blobs)} (${(0,size/* formatSize */.X)(bytes)}) to send, the rest is on ${server.label}.`);
    let arrived = held.pieces;
    await server.persist(async (connection) => {
        // Once the line has dropped, more is there than was told.
        const there = arrived ?? (await askHeld(connection, store)).pieces;
        arrived = undefined;
        await sendPieces(connection, store, blobs, there, { log, signal });
    });
    await server.persist((connection) => loadImages(connection, store, images, blobs, held.takesParts));
    return { bytes };
}
async function transfer_gather({ archive, environment }, own, held, folder, signal) {
    const into = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)(folder, 'blobs-'));
    const spooled = archive === undefined ? await saved(own, environment, held, into, signal) : await spoolPath(archive, into);
    return imagesIn(spooled, held.platform);
}
function saved(own, environment, held, into, signal) {
    const needed = new Set(own.flatMap(({ diffIds }) => diffIds.slice(heldOf(held, diffIds))));
    const spare = new Set(own.flatMap(({ diffIds }) => diffIds).filter((diffId) => !needed.has(diffId)));
    return spool(savedImages(own.map(({ reference }) => reference), environment, signal), into, (hex) => spare.has(`sha256:${hex}`));
}
function wantedOf(images, { references, archive }) {
    const missing = references.filter((reference) => !images.some((image) => carries(image, reference)));
    if (missing.length > 0) {
        const there = images.flatMap((image) => image.references).join(', ') || 'images without a name';
        throw new errors/* UserError */.yo(`${archive ?? 'What docker save wrote'} holds no ${missing.join(', no ')}, but ${there}. Name the images in it as the compose file does.`);
    }
    return images.filter((image) => references.some((reference) => carries(image, reference)))
        .map((image) => ({ ...image, references: references.filter((reference) => carries(image, reference)) }));
}
function carries({ references }, wanted) {
    return references.some((reference) => fullName(reference) === fullName(wanted));
}
/** A name as engines write it out: `shop` is `docker.io/library/shop:latest`. */
function fullName(reference) {
    const [host = '', ...rest] = reference.split('/');
    const hasHost = rest.length > 0 && (/[.:]/.test(host) || host === 'localhost');
    const path = hasHost ? reference : `docker.io/${rest.length === 0 ? 'library/' : ''}${reference}`;
    return /[:@][^/]*$/.test(path) ? path : `${path}:latest`;
}
function refuseOther({ references, platform }, held, label) {
    if (platform === held.platform)
        return;
    throw new errors/* UserError */.yo(`${references.join(', ')} is built for ${platform}, but ${label} is ${held.platform}. Build it for that platform (docker build --platform ${held.platform}).`);
}
// Two images may share layers that the server lacks.
function lacking(images, held) {
    const blobs = new Map();
    for (const { layers } of images) {
        for (const { blob, diffId } of layers.slice(heldOf(held, layers.map((layer) => layer.diffId)))) {
            if (blob === undefined)
                throw new Error(`Layer ${diffId} was left out, though the server lacks it`);
            blobs.set(blob.hex, blob);
        }
    }
    return [...blobs.values()];
}
function saying(images, { length }) {
    const all = new Set(images.flatMap(({ layers }) => layers.map(({ diffId }) => diffId))).size;
    return `${images.flatMap(({ references }) => references).join(', ')}: ${length} of ${all} ${all === 1 ? 'layer' : 'layers'}`;
}

;// CONCATENATED MODULE: ./build/shared/containers/images/bring.js





/**
 * Brings images to a server, where users notice nothing of it, and says what each name means there. What comes is noted in the service's state
 * folder by the very command that it comes by, so that it goes when no release needs it, or none was ever made of it.
 * @throws {UserError} when they cannot be had in the way asked for; with `auto`, saying why in neither.
 */
async function bringImages(server, bringing, telling) {
    const { references, way } = bringing;
    const { by, bytes } = way === 'transfer' ? await transferred(server, bringing, telling) : await pulled(server, bringing, telling);
    return { images: await pinImages(server, references), by, bytes };
}
async function pulled(server, bringing, telling) {
    try {
        await pullImages(server, { ...bringing, timeout: bringing.pullTimeout }, telling);
        return { by: 'pull', bytes: 0 };
    }
    catch (error) {
        if (bringing.way === 'pull' || !(error instanceof PullFailed) || !isMendedByTransfer(error.fault))
            throw error;
        telling.log.warning(`${error.message.split('\n')[0]} The images are sent from the runner instead (images: auto).`);
        return transferred(server, bringing, telling).catch((second) => {
            telling.signal.throwIfAborted();
            throw second instanceof errors/* UserError */.yo ? new errors/* UserError */.yo(`${(0,errors/* messageOf */.bD)(error)}\nNor could the runner send the images: ${second.message}`) : second;
        });
    }
}
async function transferred(server, bringing, telling) {
    const { bytes } = await transferImages(server, bringing, telling);
    return { by: 'transfer', bytes };
}

// EXTERNAL MODULE: ./build/shared/runner/command-file.js
var command_file = __webpack_require__(9981);
;// CONCATENATED MODULE: ./build/shared/runner/surroundings.js



const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
/** What the environment says. */
function surroundings(environment = process.env) {
    const { GITHUB_API_URL = 'https://api.github.com', GITHUB_SERVER_URL = 'https://github.com', RUNNER_TEMP, GITHUB_EVENT_PATH, GITHUB_REF_TYPE, GITHUB_REF = '' } = environment;
    const proxy = PROXY_NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []));
    return {
        apiUrl: GITHUB_API_URL, serverUrl: GITHUB_SERVER_URL, temp: RUNNER_TEMP || tmpdir(), event: readEvent(GITHUB_EVENT_PATH),
        isTag: GITHUB_REF_TYPE === 'tag' || GITHUB_REF.startsWith('refs/tags/'), proxy: Object.fromEntries(proxy),
    };
}
/** All variables of the job, for programs that are to see some of them; what was read as a secret is no longer among them. */
function jobEnvironment() {
    return { ...process.env };
}
/** What an earlier step of this job kept under a name; empty where none did. */
function keptForJob(name) {
    return process.env[name] ?? '';
}
/** Keeps a text for later steps of this job, where the runner has a file for that. */
function keepForJob(name, text) {
    appendValue(process.env['GITHUB_ENV'], name, text);
}
function readEvent(path) {
    try {
        const event = path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8'));
        return typeof event === 'object' && event !== null ? event : {};
    }
    catch {
        return {}; // It is only a source of what would be nice to show.
    }
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/containers.js






/** What runs in containers, as compose on the server reads the release; nothing where no compose is used. @throws {UserError} naming what cannot be released so. */
async function readServices(server, { definition, release, ...source }) {
    const { strategy, compose, path, service, environment } = definition;
    if (compose === undefined)
        return [];
    const asked = { ...source, compose, path };
    if (strategy === 'compose') {
        const variables = { SERVICE: service, ENVIRONMENT: environment, SERVICE_PATH: path, RELEASE: release, RELEASE_DIR: `${path}/releases/${release}`, SLOT: 'blue', ...portVariables(definition, 'blue') };
        // The images of what lasts are had when it is started, or updated.
        return (await readComposeServices(server, { ...asked, variables })).filter(({ role }) => role !== 'lasting');
    }
    const services = await readComposeServices(server, asked);
    const faults = rollingFaults(services);
    if (faults.length > 0)
        throw new errors/* UserError */.yo(`The compose file cannot be released with strategy compose-rolling:\n${faults.map((fault) => `  ${fault}.`).join('\n')}`);
    return services;
}
/** Brings the images of a release to the server and says what their names mean there. @throws {UserError} when they are not to be had. */
async function bringReleaseImages(inputs, { log, signal }, server, { services, state }) {
    const references = [...new Set(services.map(({ image }) => image))];
    if (references.length === 0)
        return [];
    const { images: way, imageArchive: archive, registry, registryUser: user, registryPassword: password, pullTimeout } = inputs;
    const login = user === undefined || password === undefined ? undefined : { registry, user, password };
    const brought = await bringImages(server, { references, way, archive, login, pullTimeout, state: state.folder, environment: jobEnvironment() }, { log, signal });
    return brought.images;
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
    return [...Object.entries(settings).map(([name, value]) => `${name}=${quote_quote(value)}`), ...stack_texts].join('\n');
}
function slotPorts(definition, slot) {
    return Object.entries(portVariables(definition, slot)).map(([name, port]) => `${name}=${port}`).join(' ');
}
/** The steps that refuse a stack which could not be deployed, and pin its images, before anything of it runs; none without compose. */
function prepareStack({ strategy }, release) {
    if (strategy !== 'compose')
        return [];
    return [
        { name: 'check-compose', title: 'Checking the compose files', phase: 'before', timeout: stack_MOMENT, script: quote_commandLine(['check_stack', release]) },
        { name: 'pin-images', title: `Pinning the images of ${release}`, phase: 'before', timeout: stack_MOMENT, script: quote_commandLine(['pin_images', release]) },
    ];
}
/** Sh text that records a release as prepared, with the digests of its images where it has any. */
function recordRelease({ strategy }, release, who) {
    if (strategy !== 'compose')
        return quote_commandLine(['record', 'release', members(who)]);
    return `record release ${quote_quote(`${members(who)},`)}"$(${quote_commandLine(['images_member', release])})"`;
}
/** The step, if any, that stops what has a role in the other slot and then starts it in this one. */
function handOverStep(definition, role, slot, phase) {
    if (definition.strategy !== 'compose')
        return [];
    return [{ name: `hand-over-${role}s`, title: `Handing ${role}s over to slot ${slot}`, phase, timeout: ROLE_LIMIT + ROLE_HEALTHY_WITHIN, script: handOver(role, slot) }];
}
/** Sh text that hands a role back to the slot users return to; their traffic goes back even if it does not start. */
function takeBack({ strategy }, role, slot) {
    return strategy !== 'compose' ? ':' : `${handOver(role, slot)} || echo ${quote(`Not every ${role} runs in slot ${slot} again`)}`;
}
function handOver(role, slot) {
    return commandLine(['hand_over', role, slot, String(ROLE_HEALTHY_WITHIN / 1_000)]);
}
/** Sh text that stops what has a role in a slot, for there is no other to hand it over to. */
function stopRoles({ strategy }, slot) {
    return strategy !== 'compose' ? ':' : ['singleton', 'worker'].map((role) => commandLine(['stop_role', slot, role])).join('\n');
}
/** Sh text that checks that workers and singletons still run in a slot. */
function checkRoles({ strategy }, slot) {
    return strategy !== 'compose' ? ':' : commandLine(['check_roles', slot]);
}
/** The step, if any, that has a boot start them in this slot, and not in the other one. */
function settleStep({ strategy }, slot) {
    if (strategy !== 'compose')
        return [];
    return [{ name: 'settle-roles', title: `Having a boot start workers and singletons in slot ${slot}`, phase: 'after', timeout: ROLE_LIMIT, script: commandLine(['settle_roles', slot]) }];
}
/** Sh text that removes releases which are not needed any more, but for those of which what lasts was made, or has files mounted; then images that none needs. */
function discardReleases(definition, gone, discard) {
    const { path, compose } = definition;
    if (compose === undefined)
        return gone.map(discard);
    const unlessLasting = (release) => `[ "$(readlink ${quote_quote(`${path}/lasting`)})" = ${quote_quote(`releases/${release}`)} ] || ${quote_commandLine(['is_mounted', `${path}/releases/${release}`])} || ${discard(release)}`;
    return [...gone.map(unlessLasting), ...releaseImages(definition)];
}
/** Sh text that removes images that no release needs. */
function releaseImages({ strategy }) {
    return strategy === 'compose' ? ['release_images'] : [];
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
    const settings = `CONFIG_PATHS=${quote_quote(configPaths.map((path) => path.slice(1)).join('\n'))}`;
    const putBack = from === undefined ? [] : [`${quote_commandLine(['configure', from])} || echo ${quote_quote(`The configuration of ${from} could not be put back`)}`];
    const at = texts.steps.findIndex(({ name }) => name === after) + 1;
    return {
        ...texts,
        functions: [texts.functions ?? '', settings, functions].join('\n'),
        steps: [...texts.steps.slice(0, at), configuration_handOver(to, after === undefined ? undefined : from), ...texts.steps.slice(at)],
        clear: [...putBack, texts.clear].join('\n'),
        back: [...putBack, texts.back].join('\n'),
    };
}
// What an abandoned release has left is not taken for a new one's beginning.
function configuration_handOver(to, beginning) {
    const releases = [...(beginning === undefined ? [] : [beginning]), to];
    return { name: 'configure', title: `Keeping the configuration for ${to}`, phase: 'before', timeout: configuration_LIMIT, script: ['check_configuration', ...releases.map((release) => quote_commandLine(['configure', release]))].join('\n') };
}

;// CONCATENATED MODULE: ./build/shared/release/assemble.js

/**
 * POSIX sh text that makes the folder `next` from what was sent and what the base already has, and from nothing else.
 * Run again after a kill at any point, or with another packet, it gives the same folder.
 * Ends with RELEASE_DIFFERS, naming the first ten, when files of the base are gone or no longer files.
 */
function assembleRelease({ incoming, base, next, reuse }) {
    return serverScript({ incoming: absolute(incoming), base: base === undefined ? '' : absolute(base), next: absolute(next), reuse }, BODY);
}
// cp takes whole lists, several at once, where it knows GNU's options, which is tried out rather than guessed from its version; else the
// files of one folder at a time, named to cp by their positions. Modes come last: GNU's --parents gives existing folders the base's. Only
// GNU's tar is known to have given files theirs; busybox's applies the umask of an ordinary user.
const BODY = String.raw `
keep=$incoming/keep.list
unpacked=$(tar --version 2> /dev/null | head -n 1)
if [ -d "$incoming/tree" ]; then
  rm -rf -- "$next" || fail "The unfinished release $next could not be cleared away."
  mv -- "$incoming/tree" "$next" || fail "What was sent could not be moved from $incoming/tree to $next."
fi
[ -d "$next" ] || fail "Nothing to assemble: neither $incoming/tree nor $next is there."

copy_all() {
  case $reuse in hard-link) how=--link ;; *) how=--reflink=auto ;; esac
  cat -- "$1" | xargs -0 -r -n 1000 -P 4 cp "$how" --preserve=mode,timestamps --remove-destination --parents -t "$2" --
}
can_copy_all() {
  probe=$incoming/probe
  { rm -rf -- "$probe" && mkdir -p -- "$probe/from/a" "$probe/to" && : > "$probe/from/a/f" && printf './a/f\0' > "$probe/list"; } || return 1
  (cd -- "$probe/from" && copy_all "$probe/list" "$probe/to") 2> /dev/null && [ -f "$probe/to/a/f" ]
}
copy_by_folder() {
  each "$1" sh -c '
    to=$1 reuse=$2 at="" words="" position=0
    shift 2
    take() {
      [ -n "$words" ] || return 0
      case $reuse in hard-link) how="ln -f" ;; *) how="cp -pf" ;; esac
      eval "$how -- $words \"\$to/\$at\"" || exit 255
      words=""
    }
    for path do
      position=$((position + 1))
      if [ "${'$'}{path%/*}" != "$at" ]; then take "$@"; at=${'$'}{path%/*}; fi
      words="$words \"\${$position}\""
    done
    take "$@"' sh "$2" "$reuse"
}

if [ -s "$keep" ]; then
  { [ -n "$base" ] && cd -- "$base"; } || fail "The release $base, whose unchanged files were to be used again, is gone." 65
  gone=$(each "$keep" sh -c 'for path do [ -f "$path" ] && [ ! -L "$path" ] || printf "%s\n" "$path"; done' sh | head -n 10)
  [ -z "$gone" ] || fail "Files of the release $base were removed or replaced since it was deployed, among them:
$gone" 65
  if can_copy_all; then copy_all "$keep" "$next"; else copy_by_folder "$keep" "$next"; fi ||
    fail "Unchanged files could not be taken from $base; see the lines above."
fi

for same in "$incoming"/modes.* "$incoming"/file-modes.*; do
  [ -e "$same" ] || continue
  case $same:$unpacked in */file-modes.*:*GNU*) continue ;; esac
  (cd -- "$next" && each "$same" chmod -- "${'$'}{same##*.}") || fail "The modes of files could not be set in $next."
done
if [ -g "${'$'}{next%/*}" ]; then find "$next" -type d -exec chmod g+s {} + || fail "The group of $next could not be handed down."; fi
`;

;// CONCATENATED MODULE: ./build/shared/release/space.js


const space_BLOCK = 4096; // bytes; what a file, folder or link takes at least on common file systems
const LIST_BYTES = 300; // bytes an entry has in the lists of the packet and of the verification
const MEND = 'Remove old releases or other files there, or lower keep.';
/** What a release will take up on the server until it is assembled. Reflinks may save bytes; they are not counted on. */
function projectedNeed({ send, keep, folders, links }, reuse) {
    const made = reuse === 'copy' ? [send, keep] : [send];
    const entries = send.length + keep.length + folders.length + links.length;
    const inodes = made.reduce((sum, { length }) => sum + length, folders.length + links.length);
    return { bytes: blocksOf(made) + (folders.length + links.length) * space_BLOCK + entries * LIST_BYTES, inodes };
}
function blocksOf(lists) {
    let bytes = 0;
    for (const list of lists)
        for (const { size } of list)
            bytes += Math.ceil(size / space_BLOCK) * space_BLOCK;
    return bytes;
}
/** What of it is still to be taken up once everything that travels has arrived. */
function needAfterArrival(changes, reuse) {
    const { bytes, inodes } = projectedNeed({ ...changes, send: [], folders: [], links: [] }, reuse);
    return { bytes: bytes + (changes.send.length + changes.folders.length + changes.links.length) * LIST_BYTES, inodes };
}
/** What to tell when a disk has less room than is needed; undefined where it has enough, or where that is not known. */
function spaceFault(path, need, free) {
    if (free.bytes !== undefined && free.bytes < need.bytes)
        return `The disk of ${path} is too full: ${(0,size/* formatSize */.X)(need.bytes)} needed, ${(0,size/* formatSize */.X)(free.bytes)} free. ${MEND}`;
    if (free.inodes !== undefined && free.inodes < need.inodes)
        return `The disk of ${path} has too few inodes: ${need.inodes} needed, ${free.inodes} free. ${MEND}`;
    return undefined;
}
/**
 * POSIX sh text that ends non-zero, saying what is needed and what is free, when the file system of `path` (which need not exist yet)
 * has fewer bytes or inodes left. What it cannot find out (inodes on btrfs, a df without -i) it says and lets pass.
 */
function checkSpace(path, bytes, inodes) {
    const kibibytes = Math.ceil(bytes / 1024);
    return serverScript({ path: absolute(path), kibibytes, inodes, needed: (0,size/* formatSize */.X)(bytes) }, space_BODY);
}
// The free column is the word before the one with a percent sign: names of devices and mount points may hold spaces.
const space_BODY = String.raw `
set -f
at=$path
while [ ! -e "$at" ] && [ -n "$at" ]; do at=${'$'}{at%/*}; done
at=${'$'}{at:-/}
free_in() {
  free='' previous=''
  for word in $(df -P "$1" -- "$at" 2> /dev/null | tail -n 1); do
    # Nothing used and nothing free: there is no such count, as with inodes on btrfs.
    case $word:$previous in 0%:0) return 1 ;; [0-9]*%:*) free=$previous; break ;; esac
    previous=$word
  done
  case $free in '' | *[!0-9]*) return 1 ;; esac
}
status=0
if ! free_in -k; then
  printf '%s\n' "Free space on the disk of $path cannot be told; not checked." >&2
elif [ "$free" -lt "$kibibytes" ]; then
  printf '%s\n' "The disk of $path is too full: $needed needed, $((free * 1024 / 1000000)) MB free. Remove old releases or other files there, or lower keep." >&2
  status=1
fi
if ! free_in -i; then
  printf '%s\n' "Free inodes on the disk of $path cannot be told; not checked." >&2
elif [ "$free" -lt "$inodes" ]; then
  printf '%s\n' "The disk of $path has too few inodes: $inodes needed, $free free. Remove folders with many small files there, or lower keep." >&2
  status=1
fi
exit "$status"
`;

;// CONCATENATED MODULE: ./build/shared/release/verify.js

/**
 * POSIX sh text that compares the folder `next` with the list `sums` of its packet: names and kinds of all entries, size, mode and
 * sha256 of every file, target of every link; nothing may be missing or too much. Run it before `linkShared` and `prepare`.
 * Ends with RELEASE_DIFFERS, naming the first ten, when anything differs. Leaves working files beside `sums`.
 */
function verifyRelease({ next, sums }) {
    return serverScript({ next: absolute(next), sums: absolute(sums) }, verify_BODY);
}
// A line an entry and another one for the hash of a file, as sumLines() writes them, in any order: so the folder is gone through once, and its
// files are hashed by several processes, each with an output of its own. What a list that broke off leaves out is missing in the comparison.
// sha256sum escapes odd names (GNU) or breaks the line (busybox): such files are hashed one by one, from stdin.
const verify_BODY = String.raw `
found=$sums.found
as_lines() { tr '\n\000' '\001\n'; }
stop() { fail "The files in $next could not be $1; see the lines above."; }
cd -- "$next" || fail "There is no release in $next."
rm -f -- "$found".* || stop read

# Files to hash, by how: each by a process of its own, many by one, and those whose names need care.
touch -- "$found.large" "$found.small" "$found.odd" || stop listed
odd=$(printf '*[\\\\\n\r]*')
list_entries() {
  find . -type d ! -name . -printf 'folder\t-\t-\t%p\0' -o -type l -printf 'link\t%l\t-\t%p\0' -o ! -type d ! -type f -printf 'other\t-\t-\t%p\0' \
    -o -type f -printf 'file\t%m\t%s\t%p\0' \( -path "$odd" -fprint0 "$found.odd" -o -size +8192 -fprint0 "$found.large" -o -fprint0 "$found.small" \) 2> /dev/null | as_lines
}
# Where find cannot print, as busybox's.
list_entries_by_stat() {
  find . ! -name . -type d -print0 | as_lines | sed 's/^/folder	-	-	/'
  find . -type f -print0 > "$found.names" && each "$found.names" stat -c 'file	%a	%s' > "$found.stat" && as_lines < "$found.names" | paste "$found.stat" - || return 1
  find . -type l -exec sh -c 'for path do target=$(readlink -n -- "$path" && echo .) && printf "link\t%s\t-\t%s\0" "${'$'}{target%.}" "$path" || exit 255; done' sh {} + | as_lines
  find . ! -type f ! -type d ! -type l -print0 | as_lines | sed 's/^/other	-	-	/'
  find . -type f -path "$odd" -print0 > "$found.odd" && find . -type f ! -path "$odd" -print0 > "$found.small"
}
if find . -prune -printf '' 2> /dev/null; then list_entries; else list_entries_by_stat; fi > "$found.entries" || stop listed

# Its SHA-256 is three times as quick where coreutils' own makes no use of the processor's instructions. What they say of a file is the same
# text; busybox puts a blank where the others put a star.
hash=sha256sum
case $(sha256sum -b /dev/null 2> /dev/null) in *' */dev/null') hash='sha256sum -b' ;; esac
case $(openssl dgst -sha256 -r /dev/null 2> /dev/null) in e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\ *) hash='openssl dgst -sha256 -r' ;; esac
# Busybox's xargs takes long names apart when it counts them.
parallel=''
case $(xargs --version 2> /dev/null) in *GNU*) parallel='-P 4 -n' ;; esac
# Two lines a file, and four that share them: starting one takes as long as the hashes of hundreds of small files.
together=$(($(wc -l < "$sums") / 8 + 100))
# hash_files COUNT: those named on standard input, so many by each process.
hash_files() {
  # shellcheck disable=SC2086 # options, or none
  xargs -0 -r ${'$'}{parallel:+$parallel "$1"} sh -c 'to=$1.$$; shift; exec $0 "$@" >> "$to"' "$hash" "$found.hashed"
}
hash_odd_files() {
  each "$found.odd" sh -c 'for path do sum=$(sha256sum < "$path") && printf "%.64s *%s\0" "$sum" "$path" || exit 255; done' sh | as_lines
}
{ cat "$found.large" | hash_files 1 && cat "$found.small" | hash_files "$together" && hash_odd_files > "$found.hashes"; } || stop read
find "${'$'}{found%/*}" -name "${'$'}{found##*/}.hashed.*" -exec cat -- {} + >> "$found.hashes" || stop read
if [ "$hash" = sha256sum ]; then sed -i 's/^\([0-9a-f]*\)  /\1 */' "$found.hashes" || stop read; fi

# No pipe here: a sort that failed on a full disk would look like two equal lists.
sort -o "$found.sorted" -- "$sums" "$found.entries" "$found.hashes" || stop compared
uniq -u "$found.sorted" > "$found.differing" || stop compared
[ "$(wc -l < "$found.sorted")" -eq "$(cat -- "$sums" "$found.entries" "$found.hashes" | wc -l)" ] || stop compared
[ -s "$found.differing" ] || exit 0
sed 's/^[0-9a-f]\{64\} \*/-	-	-	/' < "$found.differing" | cut -f 4- | sort -u > "$found.names"
fail "$(wc -l < "$found.names" | tr -d ' ') of the files in $next are not as they were released, among them:
$(head -n 10 "$found.names")" 65
`;

;// CONCATENATED MODULE: ./build/shared/release/write-through.js

const TOLERATED = 128 * 1_048_576; // bytes of others that are written along: a fraction of a second, on a disk of today
/**
 * POSIX sh text that returns once the files of the folder `next`, of which `bytes` are new, are on the disk. In one go with the whole file
 * system where next to nothing else waits to be written on this machine; else file by file, because that would stall the database next door.
 * Files that are further names of the base's have been written through with it.
 */
function writeThrough({ next, bytes, reuse }) {
    const [kibibytes, tests] = [Math.ceil((bytes + TOLERATED) / 1_024), reuse === 'hard-link' ? '-links 1' : ''];
    return serverScript({ next: absolute(next), kibibytes, tests }, write_through_BODY);
}
// Many at once share the file system's commits.
const write_through_BODY = String.raw `
cd -- "$next" || fail "There is no release in $next."
waiting=$(sed -n 's/^Dirty: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
if [ "${'$'}{waiting:-$((kibibytes + 1))}" -le "$kibibytes" ] && sync -f . 2> /dev/null; then exit 0; fi
# shellcheck disable=SC2086 # no word, or two
find . -type f $tests -print0 | xargs -0 -r -n 100 -P 16 sync -d 2> /dev/null || find . -type f $tests -exec sync {} + ||
  fail "The files in $next could not be written through to the disk."
`;

;// CONCATENATED MODULE: ./build/shared/traffic/publish.js





const publish_MOMENT = 15_000;
const publish_COMMAND_LIMIT = 120_000;
/** The steps that rename `current`, restart the service and wait until it is healthy. */
function publishSteps({ definition, release, previous, run, purpose }) {
    const { health } = definition;
    const who = members({ ...runMembers(run), release, by: purpose });
    const undone = members({ ...runMembers(run), release, undone: previous });
    return [
        { name: 'check-current', title: 'Checking that current is a link', phase: 'before', timeout: publish_MOMENT, script: quote_commandLine(['expect_link', currentLink(definition)]) },
        ...(purpose === 'deploy' ? hookBefore(definition, 'before-publish', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }) : []),
        { name: 'publish', title: `Publishing ${release}`, phase: 'act', timeout: publish_MOMENT, script: quote_commandLine(['point', currentLink(definition), `releases/${release}`]) },
        { name: 'restart', title: 'Restarting the service', phase: 'verify', timeout: publish_COMMAND_LIMIT, script: restart(definition, release) },
        {
            name: 'await-health', title: 'Waiting until the service is healthy', phase: 'verify', timeout: health.timeout + publish_MOMENT,
            script: user_command_awaitHealthy(definition, occasion(definition, release), health.timeout),
        },
        {
            name: 'record', title: 'Recording the release as verified', phase: 'after', timeout: publish_MOMENT,
            script: [...(purpose === 'rollback' ? [quote_commandLine(['record', 'rollback', undone])] : []), quote_commandLine(['record', 'confirm', who])].join('\n'),
        },
        ...hookAfter(definition, purpose === 'deploy' ? 'after-publish' : 'on-rollback', { ...occasion(definition, release), run, other: previous }),
    ];
}
/** Sh text that publishes the previous release again. */
function publishBack({ definition, before = definition, release, previous, run, purpose }) {
    const record = quote_commandLine(['record', 'back', members({ ...runMembers(run), undone: release, release: previous })]);
    const hooks = purpose === 'rollback' ? [] : [
        ...hookLast(definition, 'on-failure', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }),
        ...hookLast(definition, 'on-rollback', { folder: currentLink(definition), release: previous, run, other: release }),
    ];
    if (previous === undefined)
        return [`rm -f ${quote_quote(currentLink(definition))}`, record, ...hooks].join('\n');
    return [
        quote_commandLine(['point', currentLink(definition), `releases/${previous}`]),
        record,
        restart(before, previous),
        user_command_awaitHealthy(before, occasion(before, previous), before.health.timeout),
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

;// CONCATENATED MODULE: ./build/shared/traffic/plan-functions.js


/** The sh functions that a plan of a service with slots is made of: those of its router, and of its compose projects if it has such; `held` is what the slots were started with. */
function planFunctions(definition, held = {}) {
    const stack = [definition, ...Object.values(held)].find(({ strategy }) => strategy === 'compose') ?? definition;
    return `${routerFunctions(definition, held)}\n${stackFunctions(stack)}`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/deploy-plan.js



















const deploy_plan_MOMENT = 30_000;
const DISK_WORK = 1_800_000;
const deploy_plan_LOCK_WAIT = 1_800_000;
// What a plan takes up beside its release: script, journal, output, and the room it keeps for its own way back.
const PLAN_BYTES = 262_144;
const PLAN_INODES = 32;
/** Plans a deployment: the release is built, prepared and started aside; where there are no slots it is then published. */
function planDeployment(deployment) {
    const { definition, state, release } = deployment;
    const slot = (0,server_definition/* hasSlots */.e8)(definition) ? idleSlot(state) : undefined;
    const id = newPlanId(new Date());
    const common = { id, state: state.folder, generation: deployment.generation, confirmWithin: 0, lockWait: deploy_plan_LOCK_WAIT, environment: {} };
    const { starting, after = [], ...texts } = slot === undefined ? publishing(deployment) : {
        starting: [...startInSlot(definition, { slot, release }, definitionOf(state, definition, placeOf(state, slot)), deployment.lasting), ...preparationHook(deployment, 'after-prepare', slot), recordPrepared(deployment, slot)], clear: clearAway(deployment, stopStarted(definition, slot, release)), back: ':', functions: planFunctions(definition, heldDefinitions(state, definition)),
    };
    const steps = [...building(deployment, id), ...starting, tidyUp(deployment), ...after];
    return { plan: withConfiguration(definition, { ...common, ...texts, steps }, { to: release, from: liveRelease(state), after: 'place' }), slot };
}
function publishing(deployment) {
    const { definition, state, release, run } = deployment;
    const previous = liveRelease(state);
    const publication = { definition, before: definitionOf(state, definition, { release: previous }), release, previous, run, purpose: 'deploy' };
    if (!isRolling(definition))
        return { starting: publishSteps(publication), clear: clearAway(deployment, []), back: publishBack(publication) };
    const { steps, clear, ...texts } = rollingTexts({ ...publication, definition });
    return { ...texts, starting: [keepRecord({ definition, release }), ...steps], clear: `${clearAway(deployment, [clear])}\n${PRUNE}`, after: [pruneImages()] };
}
/** What to tell when the server's disk has no room for what is to be sent and made there; undefined when it has. */
function roomFault({ definition, state, reuse, changes }) {
    const { bytes, inodes } = projectedNeed(changes, reuse);
    const need = { bytes: bytes + PLAN_BYTES, inodes: inodes + PLAN_INODES };
    return spaceFault(definition.path, need, { ...(state.freeBytes !== undefined && { bytes: state.freeBytes }), ...(state.freeInodes !== undefined && { inodes: state.freeInodes }) });
}
function building(deployment, id) {
    const { definition, state, release, reuse, shared, changes, prepare } = deployment;
    const [folder, next] = [`${definition.path}/releases/${release}`, `${definition.path}/releases/.next`];
    const incoming = `${state.folder}/plans/${id}/incoming`;
    const need = needAfterArrival(changes, reuse);
    const base = changes.keep.length === 0 ? undefined : `${definition.path}/releases/${liveRelease(state)}`;
    const before = (name, title, timeout, script) => ({ name, title, phase: 'before', timeout, script });
    return [
        before('check-space', 'Checking disk space', deploy_plan_MOMENT, checkSpace(definition.path, need.bytes, need.inodes)),
        before('assemble', `Assembling ${release}`, DISK_WORK, assembleRelease({ incoming, base, next, reuse })),
        before('verify', 'Verifying every file', DISK_WORK, sideBySide(verifyRelease({ next, sums: `${incoming}/sums` }), writeThrough({ next, bytes: projectedNeed(changes, reuse).bytes, reuse }))),
        ...(shared.length === 0 ? [] : [before('link-shared', 'Linking shared paths', DISK_WORK, linkShared({ release: next, shared: `${definition.path}/shared`, paths: shared }))]),
        before('place', `Placing ${release}`, deploy_plan_MOMENT, `${PLACE}\n${quote_commandLine(['place', next, folder, release])}`),
        ...preparationHook(deployment, 'before-prepare'),
        ...prepareStack(definition, release),
        // A job that is run again finds its release live: users are served from the folder in which the command would run.
        ...(prepare === undefined || liveRelease(state) === release ? [] : [before('prepare', 'Preparing the release', deployment.prepareTimeout, userCommand(definition, { folder, release }, prepare, false))]),
        ...(definition.strategy === 'in-place' ? preparationHook(deployment, 'after-prepare') : []),
    ];
}
function preparationHook(deployment, hook, slot) {
    return liveRelease(deployment.state) === deployment.release ? [] : hookBefore(deployment.definition, hook, hookOccasion(deployment, slot));
}
function hookOccasion({ definition, state, release, run }, slot) {
    const where = slot === undefined ? { folder: `${definition.path}/releases/${release}`, release } : slotOccasion(definition, { slot, release });
    return { ...where, run, other: liveRelease(state) };
}
function recordPrepared({ definition, release, run }, slot) {
    return {
        name: 'record', title: `Recording ${release} as prepared in slot ${slot} of ${definition.service}`, phase: 'after', timeout: deploy_plan_MOMENT,
        script: recordRelease(definition, release, { ...runMembers(run), release, slot }),
    };
}
function tidyUp(deployment) {
    const { release } = deployment;
    return {
        name: 'tidy-up', title: 'Keeping what is needed', phase: 'after', timeout: DISK_WORK,
        script: [
            'rm -rf "$HERE/incoming"',
            'cp "$HERE/definition" "$STATE/definition.new"',
            'durable "$STATE/definition.new"',
            // A release that was there already may have come with another one.
            `cp "$STATE/definition.new" "$STATE"/releases/${quote_quote(release)}/definition`,
            'mv "$STATE/definition.new" "$STATE/definition"',
            'durable "$STATE"',
            ...discarding(deployment),
        ].join('\n'),
    };
}
// What users reach, what waits beside it, and the newest verified releases stay; failed and old ones go.
function discarding({ definition, state, release }) {
    const verified = verifiedReleases(state.events).slice(-definition.keep);
    const kept = new Set([release, ...verified, liveRelease(state), ...Object.values(state.slots), state.current]);
    const gone = state.releases.filter((each) => !kept.has(each));
    return discardReleases(definition, gone, (each) => quote_commandLine(['discard', `${definition.path}/releases/${each}`, `${state.folder}/releases/${each}`]));
}
/** Plans to remove what a deployment would remove at its end, before it begins: releases that failed or are old, and images that none needs. */
function planRoom(deployment) {
    const { definition, state, release, run, generation } = deployment;
    const functions = isRolling(definition) ? rollingFunctions({ definition, release, previous: liveRelease(state), run, purpose: 'deploy' }) : planFunctions(definition);
    const script = [...discarding(deployment), ...(isRolling(definition) ? [PRUNE] : [])].join('\n') || ':';
    return {
        id: newPlanId(new Date()), state: state.folder, generation, confirmWithin: 0, lockWait: deploy_plan_LOCK_WAIT, environment: {}, functions, clear: ':', back: ':',
        steps: [{ name: 'make-room', title: 'Removing what no release needs any more', phase: 'after', timeout: DISK_WORK, script }],
    };
}
// Only what this plan started: a standby of the same name stays warm.
function stopStarted(definition, slot, release) {
    const link = `${definition.path}/slots/${slot}`;
    return [`if noted 'begin start' && [ "$(readlink ${quote_quote(link)})" = ${quote_quote(`../releases/${release}`)} ]; then\n${emptySlot(definition, { slot, release })}\nfi`];
}
function clearAway(deployment, stopping) {
    const { definition, release } = deployment;
    const folder = `${definition.path}/releases/${release}`;
    return [
        ...hookLast(definition, 'on-failure', hookOccasion(deployment, undefined)),
        ...stopping,
        'rm -rf "$HERE/incoming"',
        quote_commandLine(['discard', `${definition.path}/releases/.next`]),
        // What lasts stays, and may have been made of it just now.
        `[ ! -e "$HERE/placed" ] || ${definition.compose === undefined ? '' : `${quote_commandLine(['is_mounted', folder])} || `}${quote_commandLine(['discard', folder])} "$STATE"/releases/${quote_quote(release)}`,
        ...releaseImages(definition),
    ].join('\n');
}
// One waits for the processor, the other for the disk. What the first finds is said first.
function sideBySide(first, second) {
    return `{\n${second}} &\nsecond=$! code=0\n{\n${first}} || code=$?\nwait "$second" || exit $((code > 0 ? code : 1))\nexit "$code"`;
}
// A release of that name that is there already is used again if it was made of the same files, and refused if not.
const PLACE = String.raw `place() {
  mkdir -p "$STATE/releases"
  if [ -e "$STATE/releases/$3/manifest" ] && [ -d "$2" ]; then
    cmp -s "$HERE/manifest" "$STATE/releases/$3/manifest" || [ -e "$HERE/placed" ] || {
      echo "There is a release $3 already, made of other files. Give this one another name." >&2; return 1; }
    discard "$1"
  else
    : >"$HERE/placed"
    discard "$2" "$STATE/releases/$3"
    mkdir "$STATE/releases/$3"
    cp "$HERE/manifest" "$HERE/definition" "$STATE/releases/$3/"
    mv "$1" "$2"
    durable "${'$'}{2%/*}"
  fi
}`;

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/make-room.js




/**
 * Does what needs room on the server's disks; where there is too little, what no release needs any more is removed first, and it is tried once again.
 * Never goes below what a rollback may need. @throws {NoRoom} when there is too little even so.
 */
async function inRoom(job, server, deployment, act) {
    try {
        return await act(deployment);
    }
    catch (error) {
        if (!(error instanceof errors/* NoRoom */.Pd))
            throw error;
        job.log.info(`${(0,errors/* messageOf */.bD)(error)}\nWhat no release needs any more is removed first.`);
        const { definition } = deployment;
        try {
            await carry_out_carryOut(server, planRoom(deployment), [], { ...job, service: definition.service });
        }
        catch (fault) {
            job.signal.throwIfAborted();
            job.log.info((0,errors/* messageOf */.bD)(fault));
            throw error;
        }
        return act({ ...deployment, state: await readState(server, definition, '') });
    }
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/deploy.js



























/** Puts a release on the server beside the old one and waits until it is healthy; where there are no slots, publishes it. */
async function deploy(inputs, job, server, reading, together) {
    const began = performance.now();
    const wanted = await decide(inputs, job, server, reading, together);
    job.log.info(`${wanted.release}: ${sentLine(wanted)} of ${wanted.tree.files.length} to send.`);
    if (inputs.dryRun)
        return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(describePlan(planDeployment(wanted).plan)));
    const deployment = await inRoom(job, server, wanted, async (asFound) => {
        const fault = roomFault(asFound);
        if (fault !== undefined)
            throw new errors/* NoRoom */.Pd(`${fault} Nothing was sent.`);
        return { ...asFound, images: await bringReleaseImages(inputs, job, server, asFound) };
    });
    const decided = planDeployment(deployment);
    const done = await send(server, deployment, decided, inputs.source, { log: job.log, signal: job.signal, service: inputs.service, ...(together && { together }) });
    report(job, done, decided.slot, performance.now() - began);
}
/** What is to be released: all of the source that is not excluded, and the paths that are shared instead. @throws {UserError} when it cannot be. */
async function readSource(inputs, signal) {
    const shared = (0,shared_paths/* parseSharedPaths */.j)(inputs.shared);
    const more = inputs.excludeFile === undefined ? [] : await (0,exclude.readExcludeFile)(inputs.excludeFile);
    return { tree: await scanTree(inputs.source, (0,exclude.excluding)([...inputs.exclude, ...more]), shared, signal), shared };
}
async function decide(inputs, job, server, reading, together) {
    const definition = definitionFrom(inputs);
    const { tree, shared } = await job.log.group(`Reading ${inputs.source}`, () => reading);
    const claim = inputs.dryRun ? '' : claimMembers(job.run, 'deploy');
    const runtimeDir = (0,server_definition/* hasSlots */.e8)(definition) ? definition.runtimeDir : '';
    let base = manifestReader();
    const beginBase = () => (base = manifestReader()).read;
    const taken = await readState(server, { ...definition, runtimeDir }, claim, beginBase);
    together?.serves(liveRelease(taken)); // as it is found: healing may change it
    const generation = taken.claimed ?? 0;
    const isHealed = !inputs.dryRun && (await heal(server, taken, generation, { ...job, service: inputs.service }));
    const state = isHealed ? await readState(server, definition, '', beginBase) : taken;
    refuseLeftBehind(definition, state);
    const release = inputs.release ?? (0,release_id/* defaultReleaseId */.s)(new Date(), job.run.commit);
    const services = await readServices(server, { definition, release, source: inputs.source, tree, shared });
    return {
        definition, state, generation, run: job.run, tree, shared, changes: delta(tree, base.tree()), reuse: inputs.reuse, lasting: inputs.lasting, services, images: [],
        release, prepare: inputs.prepare, prepareTimeout: inputs.prepareTimeout,
    };
}
// What runs under another strategy or project is neither replaced nor stopped by this one.
function refuseLeftBehind({ service, strategy, compose }, { definition: before, live }) {
    if (live !== undefined && !(0,server_definition/* hasSlots */.e8)({ strategy })) {
        throw new errors/* UserError */.yo(`${service} runs in slots here, and its router sends users to slot ${live}: with strategy ${strategy} they would stay there. Keep the strategy, or take Slipway off that server first, as the README shows.`);
    }
    if (before?.strategy === 'compose-rolling' && strategy !== before.strategy) {
        throw new errors/* UserError */.yo(`${service} runs in containers that strategy compose-rolling replaces: with strategy ${strategy} they would run on, workers beside the new ones. Keep the strategy, or take Slipway off that server first, as the README shows.`);
    }
    if (compose !== undefined && before?.compose !== undefined && compose.project !== before.compose.project) {
        throw new errors/* UserError */.yo(`The compose project of ${service} is ${before.compose.project} here. As ${compose.project} its workers would run twice, and what lasts would begin anew, without its data. Give project: ${before.compose.project}.`);
    }
}
// Files of the last release may have been changed on the server since; then everything is sent, once.
async function send(server, deployment, decided, source, follow) {
    try {
        const unpackers = isCompressible(source, deployment.changes) ? deployment.state.unpackers : [];
        await carryOutForGood(server, decided.plan, { entries: () => packetFiles(deployment, source, follow.log), unpackers }, follow);
        return deployment;
    }
    catch (error) {
        const isBaseSpoilt = error instanceof PlanFailed && error.outcome.exitCode === RELEASE_DIFFERS && deployment.changes.keep.length > 0;
        if (!isBaseSpoilt)
            throw error;
        follow.log.info('Files of the last release were changed on the server, so all files are sent.');
        const whole = { ...deployment, changes: delta(deployment.tree, undefined) };
        return send(server, whole, planDeployment(whole), source, follow);
    }
}
function* packetFiles({ definition, tree, shared, changes, ...made }, source, log) {
    yield { kind: 'text', path: 'definition', mode: 0o600, text: JSON.stringify(definition) };
    const recorded = withoutShared(tree, shared);
    yield { kind: 'lines', path: 'manifest', mode: 0o600, lines: () => manifestLines(recorded) };
    if (isRolling(definition))
        yield* recordEntries({ definition, ...made });
    yield* incomingEntries(source, tree, changes, uploadProgress({ files: changes.send.length, bytes: changes.bytesToSend }, log.info));
}
function report(job, deployment, slot, took) {
    const { release, definition, state, generation, changes, images } = deployment;
    const before = liveRelease(state);
    job.output({
        release, 'previous-release': before ?? '', slot: slot ?? '', 'slot-url': slot === undefined ? '' : slotUrl(definition, slot),
        'files-changed': changes.send.length, 'bytes-sent': changes.bytesToSend, duration: (0,duration/* inSeconds */.F7)(took), generation,
    });
    const place = slot === undefined ? 'is live and healthy' : `runs in slot ${slot}, healthy`;
    const next = slot === undefined ? '' : ` Users still reach ${before ?? 'what they did before'}; blue-green-switch moves them.`;
    job.log.info(`${release} ${place} (${(0,duration/* formatDuration */.a3)(took)}).${next}`);
    job.summarise({
        heading: `${definition.service}: ${release} deployed`,
        table: {
            columns: ['', ''],
            rows: [
                ['Environment', definition.environment],
                ['Slot', slot ?? 'none (in place)'],
                ...images.map(({ reference, id, digest }) => ['Image', `${reference} (${digest ?? id})`]),
                ['Release before', before ?? 'none'],
                ['Sent', sentLine(deployment)],
                ['Took', (0,duration/* formatDuration */.a3)(took)],
                ['Generation', String(generation)],
            ],
        },
    });
}
function sentLine({ changes }) {
    const { length } = changes.send;
    return `${length} ${length === 1 ? 'file' : 'files'} (${(0,size/* formatSize */.X)(changes.bytesToSend)})`;
}

;// CONCATENATED MODULE: ./build/shared/script/printed.js

/** A reader that tells each line, without its end, to `tell`. */
function lineReader(tell) {
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    let rest = '';
    return {
        hear(chunk) {
            const lines = (rest + decoder.write(chunk)).split('\n');
            rest = lines.pop();
            lines.forEach(tell);
        },
        end() {
            rest += decoder.end();
            if (rest !== '')
                tell(rest);
            rest = '';
        },
    };
}
/** A capture of at most `limit` bytes. */
function capture(limit) {
    const kept = [];
    let bytes = 0;
    return {
        hear(chunk) {
            bytes += chunk.length;
            if (bytes <= limit)
                kept.push(chunk);
        },
        text: () => (bytes > limit ? undefined : Buffer.concat(kept).toString().replace(/\r?\n$/, '')),
        bytes: () => bytes,
    };
}

;// CONCATENATED MODULE: ./build/shared/script/open-state.js





const open_state_opener = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "open-state.sh", 'utf8');
/** The generation under which every script runs. */
const SCRIPT_GENERATION = 1;
/**
 * The folder on a server where the scripts of a service keep their plans and their lock; it is made where it is not there.
 * @throws {UserError} when it cannot be, or a tool is missing.
 */
async function openScriptState(server, key, run) {
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const command = scriptCommand(open_state_opener, [mark, key, claimMembers(run, 'script')]);
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec(command));
    const [, folder] = new RegExp(`${mark} (/.*)`).exec(stdout) ?? [];
    if (code !== 0 || folder === undefined)
        throw new errors/* UserError */.yo(`${server.label} has no place to run scripts from, ~/.slipway/.scripts: ${stderr.trim() || `exit code ${code}`}`);
    return folder;
}

;// CONCATENATED MODULE: ./build/shared/script/script-plan.js






const script_plan_functions = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "script.sh", 'utf8');
/** The one step of a script's plan. */
const SCRIPT_STEP = 'script';
/** The shells there are, each with the options that make it strict: the first failure and the first unset variable end the script. */
const STRICT = { bash: ['bash', '-euo', 'pipefail'], sh: ['sh', '-eu'] };
/** The plan that runs a script in a state folder. Killed in the middle, it is not run again: only its author knows whether it may be. */
function planScript({ shell, timeout, lockWait, run }, state) {
    const record = `record script ${quote_quote(`${members(runMembers(run))},"exit":`)}"$code"`;
    return {
        id: newPlanId(new Date()), state, generation: SCRIPT_GENERATION, confirmWithin: 0, lockWait, environment: {}, functions: script_plan_functions,
        steps: [{
                name: SCRIPT_STEP, title: 'Running the script', phase: 'before', timeout,
                script: `code=0\n${quote_commandLine(['run_script', ...STRICT[shell]])} || code=$?\n${record} || :\nexit "$code"`,
            }],
        clear: ':', back: ':',
    };
}
/** What goes along with that plan: text and environment, which are deleted when it ends, and where its output goes. */
function scriptFiles({ text, environment }) {
    const file = (path, content) => ({ kind: 'text', path, mode: 0o600, text: content });
    const exported = Object.entries(environment).map(([name, value]) => `export ${name}=${quote_quote(value)}\n`);
    return [{ kind: 'folder', path: 'once', mode: 0o700 }, file('once/script', `${text}\n`), file('once/env', exported.join('')), file('stdout', ''), file('stderr', '')];
}

;// CONCATENATED MODULE: ./build/shared/script/carry-out-script.js





const YELLOW = '\u001B[33m';
const carry_out_script_PLAIN = '\u001B[0m';
const LAST_LINES = 10;
/**
 * Runs a script on a server and prints what it prints as it comes, standard error in yellow.
 * @throws {UserError} when it did not come to run, or nobody knows how it ended.
 */
async function carryOutScript(server, state, script, follow) {
    const { log } = follow;
    const plan = planScript(script, state);
    const kept = capture(follow.captureLimit);
    const lastWords = [];
    const out = lineReader((line) => log.output(line));
    const err = lineReader((line) => {
        log.output(`${YELLOW}${line}${carry_out_script_PLAIN}`);
        lastWords.push(line);
        if (lastWords.length > LAST_LINES)
            lastWords.shift();
    });
    const hear = { stdout: (chunk) => (kept.hear(chunk), out.hear(chunk)), stderr: err.hear };
    const tails = [];
    const listen = () => {
        tails.push(...['stdout', 'stderr'].map((file) => server.tail(plan, file, hear[file])));
        tails.forEach((tail) => void tail.catch(() => { })); // told below, once the plan's own end is known
    };
    try {
        const outcome = await server.carryOut(plan, scriptFiles(script), (progress) => relate(progress, log, listen));
        await Promise.all(tails);
        return { ...carry_out_script_endOf(outcome, server.label), stdout: kept.text(), bytes: kept.bytes(), lastWords: lastWords.length > 0 ? lastWords : outcome.lastLines };
    }
    catch (error) {
        if (follow.signal.aborted && follow.endsWithJob)
            await stopPlan(server, plan, follow);
        throw error;
    }
    finally {
        await Promise.allSettled(tails);
        out.end();
        err.end();
    }
}
function relate(progress, log, listen) {
    if (progress.kind === 'begin' && progress.step === SCRIPT_STEP)
        listen();
    if (progress.kind === 'line')
        log.output(progress.text);
    if (progress.kind === 'healing')
        log.info(`Clearing away after script ${progress.plan}, which did not end by itself.`);
}
function carry_out_script_endOf(outcome, label) {
    if (outcome.state === 'completed')
        return { code: 0, timedOutAfter: undefined };
    if (outcome.failedStep === SCRIPT_STEP && outcome.exitCode !== undefined)
        return { code: outcome.exitCode, timedOutAfter: outcome.timedOutAfter };
    const fault = outcome_faultOf(outcome, `scripts on ${label}`, new Map([[SCRIPT_STEP, 'Running the script']]));
    throw new errors/* UserError */.yo(outcome.state === undefined ? `The script on ${label} ended without a word: it was killed, or the server went down. It is not run again by itself.` : fault ?? `The script did not run on ${label}.`);
}

// EXTERNAL MODULE: ./build/actions/ssh-deploy/src/script-inputs.js
var script_inputs = __webpack_require__(2573);
;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/run-script.js








// GitHub takes 1 MiB of all outputs of a job together, in UTF-16.
const CAPTURE_LIMIT = 262_144;
const NAMELESS = 'scripts';
const SECRET_NAME = /(PASS|PASSWORD|PASSWD|PASSPHRASE|PWD|TOKEN|SECRET|KEY|CREDENTIALS?|DSN|AUTH|WEBHOOK(_URL)?)$/i;
/** Runs a script on the server: strictly, once, and to the end, whether or not the runner lives. */
async function runScript(inputs, job, server, together) {
    await together?.prepared();
    const began = performance.now();
    const service = inputs.service || NAMELESS;
    for (const [name, value] of Object.entries(inputs.env ?? {}))
        if (SECRET_NAME.test(name))
            job.mask(value);
    const script = await run_script_scriptOf({ ...inputs, service }, job);
    if (inputs.dryRun)
        return job.log.group('Script (dry run: it is not run)', async () => job.log.output(script.text));
    const state = await openScriptState(server, (0,server_definition/* serviceKey */.jq)(service, inputs.environment), job.run);
    job.log.info(`Running the script with ${inputs.shell}, for ${(0,duration/* formatDuration */.a3)(inputs.scriptTimeout)} at most.`);
    const end = await carryOutScript(server, state, script, { log: job.log, signal: job.signal, endsWithJob: inputs.onCancel === 'end', captureLimit: CAPTURE_LIMIT });
    run_script_report({ ...inputs, service }, job, server, end, performance.now() - began);
}
async function run_script_scriptOf({ script, scriptFile, shell, env = {}, scriptTimeout, timeout, service, environment }, { run }) {
    const about = { SERVICE: service, ENVIRONMENT: environment, RUN_ID: run.id, RUN_URL: run.url, ACTOR: run.actor, COMMIT: run.commit };
    return { text: script ?? (await readScript(scriptFile ?? '')), shell, environment: { ...about, ...env }, timeout: scriptTimeout, lockWait: timeout, run };
}
async function readScript(path) {
    const text = await (0,external_node_fs_promises_.readFile)(path, 'utf8').catch((error) => {
        throw new errors/* UserError */.yo(`script-file ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}. Check it out, or build it, before this step.`);
    });
    const complaint = text.includes('\0') ? 'it holds NUL bytes, so it is no script' : (0,script_inputs/* checkScript */.wN)(text);
    if (complaint !== undefined)
        throw new errors/* UserError */.yo(`script-file ${path}: ${complaint}.`);
    return text.replaceAll('\r\n', '\n'); // as a checkout on Windows leaves it
}
function run_script_report({ capture, service }, job, { label }, end, took) {
    const { code, timedOutAfter, stdout, bytes, lastWords } = end;
    job.output({ 'exit-code': code, duration: (0,duration/* inSeconds */.F7)(took), ...(capture && { stdout }) });
    const how = timedOutAfter !== undefined ? `was ended after ${timedOutAfter} s, the limit set by script-timeout` : code === 0 ? `ended well after ${(0,duration/* formatDuration */.a3)(took)}` : `failed with exit code ${code}`;
    job.summarise({ heading: `${service}: script on ${label}`, paragraphs: [`It ${how}.`] });
    if (code !== 0)
        throw new errors/* UserError */.yo([`The script on ${label} ${how}.`, ...lastWords.map((line) => `  | ${line}`)].join('\n'));
    job.log.info(`The script ${how}.`);
    if (capture && stdout === undefined)
        throw new errors/* UserError */.yo(`The script ended well, but printed ${(0,size/* formatSize */.X)(bytes)} on standard output: an output takes ${(0,size/* formatSize */.X)(CAPTURE_LIMIT)} at most. Print less, or write it to a file.`);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/status-text.js
/** The status as a block of text for the log. */
function statusText(status) {
    const { candidates, unfinished, events, time } = status;
    return [
        `${status.service} (${status.environment}) on ${status.server}, ${moment(time)}`,
        headline(status),
        ...status.slots.map((slot) => `  slot ${slot.slot.padEnd(5)}  ${slotText(slot, status)}`),
        `  kept for a rollback: ${candidates.join(', ') || 'no other release'}`,
        ...shareText(status),
        ...unconfirmedText(status),
        ...unfinished.map((plan) => `  ! ${unfinishedText(plan, time)}`),
        ...(events.length === 0 ? [] : ['Last events:', ...events.map((event) => `  ${eventText(event, time)}`)]),
    ].join('\n');
}
/** The same for the job summary, with links to the runs. */
function statusSection(status) {
    const { events, time, slots, candidates } = status;
    return {
        heading: `${status.service} (${status.environment}) on ${status.server}`,
        paragraphs: [
            headline(status),
            ...slots.map((slot) => `Slot ${slot.slot}: ${slotText(slot, status)}`),
            `Kept for a rollback: ${candidates.join(', ') || 'no other release'}`,
            ...[...shareText(status), ...unconfirmedText(status)].map((line) => line.trim()),
            ...status.unfinished.map((plan) => unfinishedText(plan, time)),
        ],
        ...(events.length === 0 ? {} : { table: { columns: ['When', 'Event', 'Release', 'Slot', 'Generation', 'By', 'Run'], rows: events.map((event) => eventRow(event, time)) } }),
    };
}
/** How long before `now` a time was, both ISO 8601: `12 min ago`. */
function ago(time, now) {
    const seconds = Math.round((Date.parse(now) - Date.parse(time)) / 1_000);
    if (Number.isNaN(seconds))
        return 'at an unknown time';
    if (seconds < 0)
        return `in ${span(-seconds)}`;
    return `${span(seconds)} ago`;
}
function span(seconds) {
    if (seconds < 60)
        return `${seconds} s`;
    if (seconds < 3_600)
        return `${Math.floor(seconds / 60)} min`;
    return seconds < 2 * 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} days`;
}
function headline({ live, maintenance, strategy, generation, time, path }) {
    if (strategy === 'none')
        return 'No deployment has come to its end yet.';
    if (maintenance !== undefined)
        return `Closed for maintenance${sinceText(maintenance.since, time)}: users get status 503 until operation: maintenance-off of blue-green-switch. Generation ${generation}, in ${path}.`;
    const where = live?.slot === undefined ? 'in place' : `in slot ${live.slot}`;
    const what = live === undefined ? 'Users reach no release yet' : `Users reach ${live.release} ${where}${sinceText(live.since, time)}`;
    return `${what}. Generation ${generation}, in ${path}.`;
}
function slotText({ role, release, since, until }, { time: now, maintenance, share }) {
    switch (role) {
        case 'empty': return 'empty';
        case 'share': return `${release}: gets ${share?.percent} % of the requests${sinceText(since, now)}`;
        case 'live': return `${release}: ${maintenance === undefined ? `live${sinceText(since, now)}` : 'behind the maintenance page'}`;
        case 'prepared': return `${release}: prepared, waits for its switch${sinceText(since, now)}`;
        case 'failed': return `${release}: taken back${sinceText(since, now).replace(' since', '')}`;
        case 'standby': return `${release}: on standby${sinceText(since, now)}${until === undefined ? '' : `, until ${dated(until, now)}`}`;
    }
}
function shareText({ share }) {
    return share === undefined ? [] : [`  ! ${share.release} has a share of the traffic, which is no state to stay in: without a further step it goes back`];
}
function unconfirmedText({ unconfirmed, time }) {
    if (unconfirmed === undefined)
        return [];
    const { slot, back, since } = unconfirmed;
    return [`  ! the switch to slot ${slot}${sinceText(since, time).replace(' since', ' of')} is not confirmed: a boot leads ${back === undefined ? 'nowhere' : `back to slot ${back}`}`];
}
function sinceText({ time, actor, run, url }, now) {
    if (time === undefined)
        return '';
    const by = [actor === undefined ? '' : ` by ${actor}`, run === undefined ? '' : `, run ${run}`, url === undefined ? '' : ` ${url}`].join('');
    return ` since ${dated(time, now)}${by}`;
}
function dated(time, now) {
    return `${moment(time)} (${ago(time, now)})`;
}
function moment(time) {
    return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
function eventText(event, now) {
    const { release, slot, undone, percent, actor, run } = event;
    const what = [event.event, percent === undefined ? undefined : `${percent} % to`, release, slot === undefined ? undefined : `in ${slot}`, undone === undefined ? undefined : `instead of ${undone}`];
    const by = [actor === undefined ? undefined : `by ${actor}`, run === undefined ? undefined : `run ${run}`];
    return [`${dated(event.time, now)}  `, ...what, ...by].filter((part) => part !== undefined).join(' ');
}
function eventRow(event, now) {
    const { release = '', slot = '', undone, actor = '', run = '', url = '', generation } = event;
    const link = url === '' ? run : { text: run || url, href: url };
    return [dated(event.time, now), event.event, undone === undefined ? release : `${release} instead of ${undone}`, slot, String(generation), actor, link];
}
function unfinishedText({ plan, last }, now) {
    const what = last.endsWith(' verified') ? 'waits to be confirmed' : 'has not ended: it is running, or the next deployment or rollback heals it';
    return `plan ${plan} ${what} (${lastWords(last, now)})`;
}
// A line of the journal: seconds since 1970, then words.
function lastWords(last, now) {
    const [, seconds, words] = /^(\d+) (.*)$/.exec(last) ?? [];
    return seconds === undefined ? last : `${words} ${ago(new Date(Number(seconds) * 1_000).toISOString(), now)}`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/service-status.js



const EVENTS_SHOWN = 10;
/** What runs where, by what the server knows. */
function statusOf(where, state) {
    const { definition, events, live, confirmed } = state;
    const release = liveRelease(state);
    const share = shareOut(state);
    const strategy = definition?.strategy ?? 'none';
    return {
        ...where, strategy,
        path: definition?.path ?? '',
        time: new Date(state.clock * 1_000).toISOString(),
        generation: latestClaim(events)?.generation ?? 0,
        ...(release === undefined ? {} : { live: { release, ...(live === undefined ? {} : { slot: live }), since: liveSince(events, release, live) } }),
        slots: definition !== undefined && !(0,server_definition/* hasSlots */.e8)(definition) ? [] : ['blue', 'green'].map((slot) => slotStatus(state, slot)),
        ...(share === undefined ? {} : { share }),
        ...(state.closed === undefined ? {} : { maintenance: { since: told(state.closed) } }),
        ...(live === undefined || live === confirmed ? {} : { unconfirmed: { slot: live, ...(confirmed === undefined ? {} : { back: confirmed }), since: liveSince(events, release, live) } }),
        candidates: verifiedReleases(events).filter((each) => each !== release && state.releases.includes(each)).toReversed(),
        unfinished: state.unfinished,
        events: events.slice(-EVENTS_SHOWN).toReversed(),
    };
}
function slotStatus(state, slot) {
    const { events, live, confirmed } = state;
    const release = state.slots[slot];
    if (release === undefined)
        return { slot, role: 'empty', since: {} };
    if (slot === live)
        return { slot, role: 'live', release, since: liveSince(events, release, live) };
    const share = shareOut(state);
    if (slot === share?.slot)
        return { slot, role: 'share', release, since: share.since };
    if (slot === confirmed)
        return { slot, role: 'standby', release, since: liveSince(events, liveRelease(state), live) };
    const prepared = events.findLastIndex(({ event, ...of }) => event === 'release' && of.release === release && of.slot === slot);
    const confirmation = events.findLastIndex(({ event, slot: to }) => event === 'confirm' && to === live);
    // What was put into the slot after the last confirmation waits for its switch.
    if (state.standby !== undefined && confirmation > prepared)
        return { slot, role: 'standby', release, since: told(events[confirmation]), ...standbyEnd(events[confirmation]) };
    const undone = events.findLastIndex((event) => event.undone === release);
    return { slot, release, ...(undone > prepared ? { role: 'failed', since: told(events[undone]) } : { role: 'prepared', since: told(events[prepared]) }) };
}
// A share is out only as long as its plan has not ended, and the machine was not started anew: that leads back to what was confirmed.
function shareOut({ events, unfinished, interrupted }) {
    const last = lastMove(events);
    if (last?.event !== 'share' || unfinished.every(({ plan }) => interrupted.includes(plan)))
        return undefined;
    const { release = '', slot = '', percent = 0 } = last;
    return { release, slot, percent, since: told(last) };
}
function liveSince(events, release, slot) {
    const moves = slot === undefined ? ['confirm', 'back'] : ['switch', 'rollback', 'back', 'open'];
    return told(events.findLast((event) => moves.includes(event.event) && event.release === release && (slot === undefined || event.slot === slot)));
}
function told(event) {
    if (event === undefined)
        return {};
    const { time, actor, run, url } = event;
    return { time, ...(actor && { actor }), ...(run && { run }), ...(url && { url }) };
}
// The confirmation that put a slot on standby notes for how many seconds.
function standbyEnd(confirmation) {
    if (confirmation?.standby === undefined)
        return {};
    return { until: new Date(Date.parse(confirmation.time) + confirmation.standby * 1_000).toISOString() };
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/status.js



/** Tells what runs where: in the log, the job summary and the output `status`. Changes nothing. */
async function showStatus(inputs, job, server) {
    const { service, environment, path } = inputs;
    const state = await readState(server, { service, environment, ...(path === undefined ? {} : { path }) });
    const status = statusOf({ service, environment, server: server.label }, state);
    job.output({ status });
    job.log.info(statusText(status));
    job.summarise(statusSection(status));
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/ssh-deploy.js






/** Deploys, or looks at the servers, as `operation` says. */
async function sshDeploy(given, job) {
    const inputs = { ...given, release: given.release ?? (0,release_id/* defaultReleaseId */.s)(new Date(), job.run.commit) }; // the same on every host
    const isScript = inputs.operation === 'deploy' && inputs.strategy === 'script';
    // The source is read while the servers are being called: that costs no time of its own.
    const over = new AbortController();
    const reading = inputs.operation === 'deploy' && !isScript ? readSource(inputs, AbortSignal.any([job.signal, over.signal])) : undefined;
    reading?.catch(() => { }); // told once a server has answered, or not at all when that is what failed
    await onEveryHost(inputs, job, { has: hasOf(inputs), isScript }, async (own, server, together) => {
        switch (inputs.operation) {
            case 'check': return await checkServer(inputs, own, server);
            case 'status': return await showStatus(inputs, own, server);
            default: return reading === undefined ? await runScript(inputs, own, server, together) : await deploy(inputs, own, server, reading, together);
        }
    }).finally(() => over.abort());
}
function hasOf({ operation, strategy, release }) {
    if (operation !== 'deploy')
        return 'answered';
    if (strategy === 'script')
        return 'ran the script';
    return strategy === 'in-place' ? `serve ${release}` : `hold ${release}, which users do not reach yet`;
}


/***/ }),

/***/ 3912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   excluding: () => (/* binding */ excluding),
/* harmony export */   readExcludeFile: () => (/* binding */ readExcludeFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var ignore__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(298);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9115);



const LONGEST_PATTERN = 1_000; // characters; a far longer one becomes a regular expression too large to run
/**
 * Exclusion by patterns as in a `.gitignore` file: `*.log`, `/build/`, `!keep.log`; later lines win, names are case-sensitive.
 * `.git` is always left out, at any depth.
 * @throws {UserError} on a pattern that cannot be understood.
 */
function excluding(patterns) {
    const tooLong = patterns.find((pattern) => pattern.length > LONGEST_PATTERN);
    if (tooLong !== undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The exclude pattern beginning with ${JSON.stringify(tooLong.slice(0, 40))} has ${tooLong.length} characters; accepted are ${LONGEST_PATTERN} at most.`);
    const rules = ignore__WEBPACK_IMPORTED_MODULE_1__({ ignorecase: false });
    try {
        rules.add(patterns);
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The exclude patterns cannot be understood: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`);
    }
    const hasRules = patterns.some((pattern) => pattern.trim() !== '');
    return (path, kind) => path === '.git' || path.endsWith('/.git')
        || (hasRules && rules.ignores(kind === 'folder' ? `${path}/` : path));
}
/**
 * The lines of an exclude file on the runner.
 * @throws {UserError} when it cannot be read.
 */
async function readExcludeFile(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')).split(/\r?\n/);
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The exclude file ${path} cannot be read: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}. Give the path of a file in the checkout, or leave the input out.`);
    }
}


/***/ })

};
