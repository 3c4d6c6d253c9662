export const id = 366;
export const ids = [366,834];
export const modules = {

/***/ 7692:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "e0d97440d23b1211907d.sh";

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

/***/ 4366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  blueGreenSwitch: () => (/* binding */ blueGreenSwitch)
});

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
function ledger_members(fields) {
    return JSON.stringify(fields).slice(1, -1);
}
/** The members of a claim. Shell reads `run` and `url` back, so they hold no quote, comma or brace. */
function claimMembers(run, purpose) {
    const plain = (text) => text.replaceAll(/["\\,{}]|\p{Cc}/gu, '');
    return ledger_members({
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
    const events = parseLedger(text('ledger'));
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

// EXTERNAL MODULE: ./build/shared/runner/proof-inputs.js
var proof_inputs = __webpack_require__(7451);
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
const MARGIN = 60_000;
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
        confirmWithin: (plan.confirmWithin || inSight + MARGIN) + (batches - 1) * (waitBetween + inSight + MARGIN),
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

;// CONCATENATED MODULE: ./build/shared/traffic/drain.js


const COUNTERS = 'counters ';
/**
 * Waits until no request or stream is open to the slot users left, for `within` milliseconds at most. It holds no lock, so a rollback
 * need not wait.
 */
async function drain(server, plan, { from }, within, log) {
    if (from === undefined)
        return { open: 0, counters: [] };
    const script = `${plan.state}/plans/${plan.id}/plan.sh`;
    const command = quote_commandLine(['sh', script, 'drain', from.slot, String(Math.ceil(within / 1_000))]);
    const heard = [];
    const hear = (chunk) => {
        const lines = chunk.toString().trim().split('\n');
        heard.push(...lines);
        const left = lines.filter((line) => !line.startsWith(COUNTERS));
        if (left.length > 0)
            log.info(`Open to slot ${from.slot}: ${left.join(', ')}`);
    };
    await server.persist((connection) => connection.exec(command, { onOutput: hear }));
    const last = heard.findLast((line) => !line.startsWith(COUNTERS)) ?? '';
    const counters = heard.filter((line) => line.startsWith(COUNTERS)).map((line) => parseCounters(line.slice(COUNTERS.length)));
    return { open: /^\d+$/.test(last) ? Number(last) : undefined, counters };
}

// EXTERNAL MODULE: ./build/shared/core/secret.js
var secret = __webpack_require__(4636);
// EXTERNAL MODULE: ./build/shared/checks/pattern.js
var checks_pattern = __webpack_require__(6330);
// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __webpack_require__(1544);
// EXTERNAL MODULE: ./build/shared/checks/shown.js
var checks_shown = __webpack_require__(3697);
;// CONCATENATED MODULE: ./build/shared/checks/shape.js



/** A record of known keys; an unknown one is a fault that names the nearest. A key without a value counts as absent. */
function shape_record(readers) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are keys with values', value);
        const known = Object.keys(readers);
        faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, (0,checks_shown/* shown */.S)(key, 40))} is unknown; the nearest is ${(0,nearest/* nearest */.p)(key, known)}`));
        const given = Object.entries(value).filter(([key, item]) => known.includes(key) && item !== undefined && item !== null);
        return Object.fromEntries(given.map(([key, item]) => [key, readers[key](item, join(path, key), faults)]));
    };
}
/** A list of values; one value alone counts as a list of one. */
function shape_list(reader) {
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
        const entries = Object.entries(value).map(([key, item]) => [key, reader(item, join(path, (0,checks_shown/* shown */.S)(key, 40)), faults)]);
        return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    };
}
function shape_text(parse = (given) => given) {
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
    return (value, path, faults) => shape_text(parse)(typeof value === 'number' ? String(value) : value, path, faults);
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
    return typeof value === 'number' || typeof value === 'boolean' ? (0,checks_shown/* quoted */.T)(`${value}`) : 'a record';
}
function attempt(task, path, faults) {
    try {
        return task();
    }
    catch (error) {
        return refuse(faults, path, (0,errors/* messageOf */.bD)(error));
    }
}
function join(path, key) {
    return path === '' ? key : `${path}.${key}`;
}

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
const check_fields_checkRecord = shape_record({
    name: shape_text(texts/* oneLine */.TN),
    url: shape_text(texts/* parseUrl */.Dl),
    path: shape_text(texts/* parsePath */.Rr),
    method: shape_text(parseMethod),
    headers: readHeaders,
    body: shape_text((given) => new secret/* Secret */.z(given)),
    host: shape_text(parseHost),
    'follow-redirects': integer(0, 20),
    insecure: flag(),
    'body-limit': shape_text(size/* parseSize */.D),
    timeout: shape_text(duration/* parseDuration */.E9),
    through: shape_text(parseThrough),
    socket: shape_text(parseSocket),
    port: integer(1, 65_535),
    status: shape_list(scalar(status_range/* parseStatus */.i$)),
    'expect-headers': readHeaderExpectations,
    text: shape_list(shape_text()),
    matches: shape_list(shape_text(parsePattern)),
    json: shape_list(shape_record({ path: shape_text(), equals: anything(), matches: shape_text(parsePattern), exists: flag() })),
    'max-response-time': shape_text(duration/* parseDuration */.E9),
    version: shape_record({ equals: shape_text(texts/* oneLine */.TN), header: shape_text(texts/* parseHeaderName */.iT), 'json-path': shape_text() }),
    tcp: scalar(parseTcp),
    banner: shape_text(),
    command: readCommand,
    'exit-code': integer(0, 255),
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
    const headers = dictionary(scalar((given) => given))(value, path, faults);
    for (const [name, content] of Object.entries(headers ?? {})) {
        if (!texts/* HEADER_NAME */.EQ.test(name) || !HEADER_VALUE.test(content)) {
            faults.push(`${path}.${(0,checks_shown/* shown */.S)(name, 40)}: this cannot be a header: its name takes letters, digits and hyphens, its value no line breaks`);
        }
    }
    return headers && Object.fromEntries(Object.entries(headers).map(([name, content]) => [name, new secret/* Secret */.z(content)]));
}
function readHeaderExpectations(value, path, faults) {
    const expectation = (item, place, found) => (typeof item === 'object' ? shape_record({ text: shape_text(), matches: shape_text(parsePattern) })(item, place, found) : { text: scalar((given) => given)(item, place, found) ?? '' });
    const headers = dictionary(expectation)(value, path, faults);
    return headers && Object.entries(headers).map(([name, expected]) => ({ name, ...expected }));
}
function readCommand(value, path, faults) {
    const isRunnable = (given) => {
        if (given.includes('\0'))
            throw new errors/* UserError */.yo('accepted is a command without NUL bytes');
        return given;
    };
    return (Array.isArray(value) ? shape_list(shape_text(isRunnable)) : shape_text(isRunnable))(value, path, faults);
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
        needsBase: entries.some((entry) => check_list_kindOf(entry) === 'http' && entry.url === undefined),
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
    const kind = check_list_kindOf(entry);
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
function check_list_kindOf(entry) {
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
    const words = quote_commandLine(argv);
    const seconds = Math.max(1, Math.ceil(limitMs / 1_000));
    return quote_commandLine(['sh', '-c', `if timeout -k 1 5 true >/dev/null 2>&1; then exec timeout -k 1 ${seconds} ${words}; fi
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
    return (0,checks_shown/* shown */.S)(typeof command === 'string' ? command : quote_commandLine(command), 200);
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
function awaitHealthy(definition, occasion, within, at) {
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
    return [...Object.entries(settings).map(([name, value]) => `${name}=${quote_quote(value)}`), common, router_texts[router.name]].join('\n');
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
    return quote_commandLine([verb, String(target)]);
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

;// CONCATENATED MODULE: ./build/shared/server/service.js




const LOCK_WAIT = 1_800_000;
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
    const plan = { id: newPlanId(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
    await carry_out_carryOut(server, plan, [], follow);
    return true;
}

;// CONCATENATED MODULE: ./build/actions/blue-green-switch/src/confirm.js





// The last line of its journal: it waits, or whoever confirmed it before did not live to the end.
const PENDING = /^\d+ (verified|stopped|confirmed|(begin|process|end) confirm( \d+)*)$/;
/** Confirms the switch that is waiting for it; done twice, it changes nothing more. */
async function confirmPending(inputs, job, server, follow) {
    const state = await readDeployed(server, inputs);
    refuseSuperseded(state, inputs.service, job.run.id);
    const pending = state.unfinished.find(({ last }) => PENDING.test(last));
    const share = lastMove(state.events);
    if (pending !== undefined && share?.event === 'share') {
        throw new errors/* UserError */.yo(`${share.release} of ${inputs.service} has ${share.percent} % of the traffic: that is no state to stay in. Switch on to all of it, or let it go back.`);
    }
    if (pending === undefined)
        refuseUnlessConfirmed(state, inputs.service);
    else
        await carry_out_confirm(server, { id: pending.plan, state: state.folder }, follow);
    const release = liveRelease(state) ?? '';
    job.log.info(pending === undefined ? `${release} was confirmed already.` : `${release} is confirmed: ${server.label} boots into slot ${state.live}.`);
    job.output({ release, slot: state.live ?? '', confirmed: true });
}
// What waits now is another run's, and was never looked at in this one. A run that has claimed nothing confirms whatever waits: a person's.
function refuseSuperseded({ events }, service, run) {
    const claim = latestClaim(events);
    if (claim === undefined || claim.run === run || !events.some((event) => event.event === 'claim' && event.run === run))
        return;
    throw new errors/* UserError */.yo(`Refused: run ${claim.run} took over ${service} at ${claim.time} (${claim.url}), so nothing of this run waits to be confirmed.`);
}
function refuseUnlessConfirmed({ events, live, confirmed }, service) {
    const last = events.findLast(({ event }) => event === 'confirm' || event === 'back');
    if (last?.event === 'confirm' && live === confirmed)
        return;
    const gone = last?.event === 'back' ? ` Traffic went back from ${last.undone} at ${last.time}: the switch was not confirmed in time, or a newer run took over.` : '';
    throw new errors/* UserError */.yo(`No switch of ${service} waits to be confirmed.${gone}`);
}

;// CONCATENATED MODULE: ./build/shared/containers/exit-code.js

/** A sh function that tells what a container ended with, also while it runs again: `last_exit_code CONTAINER`. */
const exitCodeFunction = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "exit-code.sh", 'utf8');

;// CONCATENATED MODULE: ./build/shared/containers/images/prune.js

/** Sh functions by which a plan removes the images that were brought for releases which are gone: `prune_images NAME`. */
const pruneFunctions = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "prune.sh", 'utf8');

;// CONCATENATED MODULE: ./build/shared/containers/stack/stack.js






const stack_texts = [
    (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(4582), __webpack_require__.b), 'utf8'), (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(6333), __webpack_require__.b), 'utf8'),
    pruneFunctions, exitCodeFunction,
    (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(1215), __webpack_require__.b), 'utf8'), (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(8554), __webpack_require__.b), 'utf8'),
];
const MOMENT = 30_000;
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
        { name: 'check-compose', title: 'Checking the compose files', phase: 'before', timeout: MOMENT, script: commandLine(['check_stack', release]) },
        { name: 'pin-images', title: `Pinning the images of ${release}`, phase: 'before', timeout: MOMENT, script: commandLine(['pin_images', release]) },
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
    return [{ name: `hand-over-${role}s`, title: `Handing ${role}s over to slot ${slot}`, phase, timeout: ROLE_LIMIT + ROLE_HEALTHY_WITHIN, script: handOver(role, slot) }];
}
/** Sh text that hands a role back to the slot users return to; their traffic goes back even if it does not start. */
function takeBack({ strategy }, role, slot) {
    return strategy !== 'compose' ? ':' : `${handOver(role, slot)} || echo ${quote_quote(`Not every ${role} runs in slot ${slot} again`)}`;
}
function handOver(role, slot) {
    return quote_commandLine(['hand_over', role, slot, String(ROLE_HEALTHY_WITHIN / 1_000)]);
}
/** Sh text that stops what has a role in a slot, for there is no other to hand it over to. */
function stopRoles({ strategy }, slot) {
    return strategy !== 'compose' ? ':' : ['singleton', 'worker'].map((role) => quote_commandLine(['stop_role', slot, role])).join('\n');
}
/** Sh text that checks that workers and singletons still run in a slot. */
function checkRoles({ strategy }, slot) {
    return strategy !== 'compose' ? ':' : quote_commandLine(['check_roles', slot]);
}
/** The step, if any, that has a boot start them in this slot, and not in the other one. */
function settleStep({ strategy }, slot) {
    if (strategy !== 'compose')
        return [];
    return [{ name: 'settle-roles', title: `Having a boot start workers and singletons in slot ${slot}`, phase: 'after', timeout: ROLE_LIMIT, script: quote_commandLine(['settle_roles', slot]) }];
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

;// CONCATENATED MODULE: ./build/shared/core/run.js
/** What a ledger keeps of a run with each event. */
function runMembers({ id, attempt, url, actor, commit }) {
    return { run: id, attempt, url, actor, commit };
}

;// CONCATENATED MODULE: ./build/shared/traffic/plan-functions.js


/** The sh functions that a plan of a service with slots is made of: those of its router, and of its compose projects if it has such; `held` is what the slots were started with. */
function planFunctions(definition, held = {}) {
    const stack = [definition, ...Object.values(held)].find(({ strategy }) => strategy === 'compose') ?? definition;
    return `${routerFunctions(definition, held)}\n${stackFunctions(stack)}`;
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
            script: awaitHealthy(definition, { ...slotOccasion(definition, place), isFresh: true }, definition.health.timeout),
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
    const start = definition.strategy !== 'compose' ? byCommand : quote_commandLine(['revive_stack', slot, release]);
    return `{ ${healthy(0)}\n} >/dev/null 2>&1 || {\n{ ${start}\n} && { ${healthy(within)}\n}\n}`;
}
// Whatever goes on answering in an emptied slot would vouch for the new release: a stop command that stops nothing, an app of somebody else's.
function refuseStranger(definition, slot) {
    const port = definition.ports === undefined ? '' : `, port ${definition.ports[slot]}`;
    const refusal = `Something is healthy in slot ${slot} (${user_command_listenerText(user_command_slotListener(definition, slot))}${port}), which should be empty, so it would pass for the new release. Stop it; if it is the release before, mend the command stop.`;
    const answers = healthQuestions(definition, slotOccasion(definition, { slot, release: undefined })).join(' ||\n');
    return `is_empty() {\nif ( ${answers}\n) >/dev/null 2>&1; then echo ${quote_quote(refusal)}; return 1; fi\n}\n${quote_commandLine(['patiently', String(EMPTY_WITHIN / 1_000), 'is_empty'])}`;
}

;// CONCATENATED MODULE: ./build/shared/traffic/maintenance.js










const maintenance_MOMENT = 15_000;
const STOPPING = 120_000;
const HEALTHY_WITHIN = 10_000;
/** What closes a service: users get the maintenance page now and after a boot; with `stops`, both slots are emptied as well. */
function maintenance_closing({ state, run, stops }) {
    const { definition, live, closed } = state;
    const held = heldDefinitions(state, definition);
    const slot = live ?? closed?.slot;
    const who = ledger_members({ ...runMembers(run), slot, release: (live && state.slots[live]) ?? closed?.release });
    const before = closed !== undefined ? 'closed' : targetOf(live);
    const record = quote_commandLine(['record', 'close', who]);
    return {
        functions: planFunctions(definition, held),
        steps: [
            { name: 'check-router', title: 'Checking the router', phase: 'before', timeout: maintenance_MOMENT, script: [route('prepare_traffic', 'closed'), route('prepare_traffic', before), 'tell_traffic before'].join('\n') },
            { name: 'close', title: 'Closing the service for maintenance', phase: 'act', timeout: maintenance_MOMENT, script: route('send_traffic', 'closed') },
            { name: 'keep-closed', title: 'Making it stay so over a boot', phase: 'after', timeout: maintenance_MOMENT, script: `${route('keep_traffic', 'closed')}\n${record}` },
            ...(stops ? [stopSlots(state)] : []),
        ],
        clear: ':',
        back: route('send_traffic', before),
    };
}
/** What opens a service again for the release that was live when it was closed. */
function opening({ state, run, closed }) {
    const { live } = state;
    if (live === undefined)
        throw new Error('A service that is closed had a live slot');
    const place = { slot: live, release: state.slots[live] ?? closed.release };
    const definition = definitionOf(state, state.definition, place);
    const target = shareOf(live, 100);
    const record = quote_commandLine(['record', 'open', ledger_members({ ...runMembers(run), slot: live, release: place.release })]);
    return {
        functions: planFunctions(definition, { ...heldDefinitions(state, state.definition), [live]: definition }),
        steps: [
            { name: 'check-router', title: 'Checking the router', phase: 'before', timeout: maintenance_MOMENT, script: [route('prepare_traffic', target), route('prepare_traffic', 'closed')].join('\n') },
            ...bringUp(definition, state, place),
            ...handOverStep(definition, 'singleton', live, 'act'),
            { name: 'open', title: `Sending users to slot ${live} again`, phase: 'act', timeout: maintenance_MOMENT, script: route('send_traffic', target) },
            ...handOverStep(definition, 'worker', live, 'verify'),
            {
                name: 'check-live', title: 'Checking that it answers where users are', phase: 'verify', timeout: 2 * maintenance_MOMENT,
                script: awaitHealthy(definition, slotOccasion(definition, place), HEALTHY_WITHIN, entryListener(definition)),
            },
            ...settleStep(definition, live),
            { name: 'keep-open', title: 'Making it stay so over a boot', phase: 'after', timeout: maintenance_MOMENT, script: `${route('keep_traffic', target)}\n${record}` },
        ],
        clear: ':',
        back: route('send_traffic', 'closed'),
    };
}
function targetOf(live) {
    return live === undefined ? 'none' : shareOf(live, 100);
}
function stopSlots(state) {
    const scripts = ['blue', 'green'].map((slot) => emptySlot(definitionOf(state, state.definition, placeOf(state, slot)), placeOf(state, slot)));
    return { name: 'stop-slots', title: 'Stopping what runs in the slots', phase: 'after', timeout: 2 * STOPPING, script: ['rm -f "$STATE/standby"', ...scripts].join('\n') };
}
// An emergency stop has emptied the slot.
function bringUp(definition, state, place) {
    const { slot, release } = place;
    if (state.slots[slot] === undefined && release !== undefined)
        return startInSlot(definition, { slot, release });
    return [{ name: 'check-slot', title: `Checking that slot ${slot} is healthy`, phase: 'before', timeout: definition.health.timeout + maintenance_MOMENT, script: revive(definition, place, definition.health.timeout) }];
}

;// CONCATENATED MODULE: ./build/actions/blue-green-switch/src/maintenance.js







const maintenance_LOCK_WAIT = 300_000;
/** Answers users with the maintenance page from now on; an emergency stop also stops what runs in the slots. */
async function closeTraffic(inputs, job, server, follow) {
    const { state, generation } = await takeOver(inputs, job, server, follow);
    const stops = inputs.operation === 'emergency-stop';
    if (state.closed !== undefined && !stops)
        return tell(job, state, 'Maintenance was on already.');
    await perform(inputs, job, server, follow, { ...base(state, generation), ...maintenance_closing({ state, run: job.run, stops }) });
    if (!inputs.dryRun)
        tell(job, state, stops ? 'Users see the maintenance page, and nothing runs in the slots.' : 'Users see the maintenance page.');
}
/** Sends users to the release again that was live before; it is started first, should it not run any more. */
async function openTraffic(inputs, job, server, follow) {
    const { state, generation } = await takeOver(inputs, job, server, follow);
    const { closed } = state;
    if (closed === undefined)
        return tell(job, state, 'Maintenance was off already.');
    await perform(inputs, job, server, follow, { ...base(state, generation), ...opening({ state, run: job.run, closed }) });
    if (!inputs.dryRun)
        tell(job, state, `Users reach ${closed.release ?? 'the app'} again.`);
}
/** Why a switch is refused while another run's maintenance is on. */
function maintenanceIsOn(service, { run, time, url }) {
    return `${service} is closed for maintenance since ${time} by run ${run} (${url}). A switch would open it. Open it first with operation: maintenance-off, or switch in that run.`;
}
async function takeOver(inputs, job, server, follow) {
    const seen = await readDeployed(server, inputs);
    if (!hasSlots(seen.definition))
        throw new errors/* UserError */.yo(`${inputs.service} is deployed in place: without slots there is no router that could answer for it.`);
    const isOwn = inputs.dryRun || latestClaim(seen.events)?.run === job.run.id;
    const taken = isOwn ? seen : await readDeployed(server, inputs, claimMembers(job.run, 'maintenance'));
    const generation = taken.claimed ?? latestClaim(taken.events)?.generation ?? 0;
    const isHealed = !inputs.dryRun && (await heal(server, taken, generation, follow));
    return { state: isHealed ? await readDeployed(server, inputs) : taken, generation };
}
function base(state, generation) {
    return { id: newPlanId(new Date()), state: state.folder, generation, lockWait: maintenance_LOCK_WAIT, environment: {}, confirmWithin: 0 };
}
async function perform(inputs, job, server, follow, plan) {
    if (inputs.dryRun)
        job.log.output(describePlan(plan));
    else
        await carry_out_carryOut(server, plan, [], follow);
}
// An emergency stop has emptied the slot, and the release is started there again.
function tell(job, { definition, live, slots, closed }, line) {
    job.log.info(line);
    job.output({ slot: live ?? '', release: (live === undefined ? undefined : slots[live]) ?? closed?.release ?? '' });
    job.summarise({ heading: `${definition.service}: traffic`, paragraphs: [line] });
}

// EXTERNAL MODULE: ./build/actions/blue-green-switch/src/shares.js
var src_shares = __webpack_require__(9671);
;// CONCATENATED MODULE: ./build/actions/blue-green-switch/src/decide.js







/** Which release goes live, and from where: what this run prepared, or what is named. Heals first what earlier plans left. */
async function decideMove(inputs, job, server, follow) {
    const seen = await readDeployed(server, inputs);
    follow.together?.serves(liveRelease(seen));
    if (!hasSlots(seen.definition))
        throw new errors/* UserError */.yo(`${inputs.service} is deployed in place: it has no slots to switch between.`);
    const takesOver = !inputs.dryRun && inputs.release !== undefined && !isOwn(seen, job.run.id);
    const taken = takesOver ? await readDeployed(server, inputs, claimMembers(job.run, 'switch')) : seen;
    const generation = taken.claimed ?? ownGeneration(taken, inputs, job.run.id);
    const continues = pendingShare(taken, generation);
    const isHealed = !inputs.dryRun && continues === undefined && (await heal(server, taken, generation, follow));
    const state = isHealed ? await readDeployed(server, inputs) : taken;
    const to = preparedPlace(state, inputs.release ?? preparedRelease(state, generation), inputs.service);
    const isThere = state.live === to.slot;
    const from = state.live === undefined || isThere ? undefined : placeOf(state, state.live);
    const { definition, closed } = state;
    if (closed !== undefined && closed.run !== job.run.id)
        throw new errors/* UserError */.yo(maintenanceIsOn(inputs.service, closed));
    const asked = (0,src_shares/* sharesOf */.AR)(inputs);
    if (asked.shares.length > 0 && closed !== undefined)
        throw new errors/* UserError */.yo(`${inputs.service} is closed for maintenance, so there is no traffic to share. Switch without weight and steps.`);
    const { shares, isWhole } = asked.shares.length > 0 && from === undefined ? allAtOnce(to, job) : asked;
    const move = { definition, held: heldDefinitions(state, definition), to, from, isThere, closed, run: job.run, purpose: 'switch', standby: inputs.standby, shares, isWhole };
    return { move, generation, folder: state.folder, continues };
}
// So it is at the first deployment, and when a job is run again that had done its work.
function allAtOnce({ release }, { log }) {
    log.info(`There is no other release to share the traffic with, so ${release} gets all of it.`);
    return { shares: [], isWhole: true };
}
// The one plan that has not ended, where it is this run's and waits at a share for the next step.
function pendingShare({ events, unfinished }, generation) {
    const last = lastMove(events);
    const [pending, ...others] = unfinished;
    const isWaiting = last?.event === 'share' && last.generation === generation && pending?.last.endsWith(' verified') === true;
    return isWaiting && others.length === 0 ? pending.plan : undefined;
}
function isOwn({ events }, run) {
    return latestClaim(events)?.run === run;
}
function ownGeneration({ events }, { service, dryRun, release }, run) {
    const claim = latestClaim(events);
    if (claim?.run === run || (dryRun && release !== undefined))
        return claim?.generation ?? 0;
    throw new errors/* UserError */.yo(`Refused: run ${claim?.run} took over ${service} at ${claim?.time} (${claim?.url}). Switch in that run, or name the release here to take over from it.`);
}
function preparedRelease({ events }, generation) {
    const prepared = events.findLast((event) => event.event === 'release' && event.generation === generation)?.release;
    if (prepared === undefined)
        throw new errors/* UserError */.yo('This run has prepared no release to switch to. Run ssh-deploy before it, or name a release.');
    return prepared;
}
function preparedPlace(state, release, service) {
    const slot = slotHolding(state, release);
    if (slot !== undefined)
        return { slot, release };
    const held = Object.entries(state.slots).map(([name, each]) => `${name} holds ${each}`).join(', ') || 'no slot holds a release';
    throw new errors/* UserError */.yo(`${release} of ${service} runs in no slot (${held}). Deploy it again; to go back to an older release, use rollback.`);
}

;// CONCATENATED MODULE: ./build/shared/configuration/configuration.js


const functions = (0,external_node_fs_.readFileSync)(new URL(/* asset import */ __webpack_require__(7692), __webpack_require__.b), 'utf8');
const LIMIT = 60_000;
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
    return { name: 'configure', title: `Keeping the configuration for ${to}`, phase: 'before', timeout: LIMIT, script: ['check_configuration', ...releases.map((release) => quote_commandLine(['configure', release]))].join('\n') };
}

;// CONCATENATED MODULE: ./build/shared/traffic/hook.js


const hook_LIMIT = 300_000;
// Going back and clearing away have two minutes in all, and users come first.
const LIMIT_IN_A_HURRY = 30_000;
const hook_MARGIN = 15_000;
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
    return [{ name: hook, title: `Running the hook ${hook}`, phase: 'after', timeout: hook_LIMIT + hook_MARGIN, script: hook_attempt(definition, hook, occasion, command, hook_LIMIT) }];
}
/** Sh text that runs a hook at the end of going back or clearing away, if there is one. Its failure is told, and changes nothing. */
function hookLast(definition, hook, occasion) {
    const command = definition.hooks?.[hook];
    return command === undefined ? [] : [hook_attempt(definition, hook, occasion, command, LIMIT_IN_A_HURRY)];
}
function hook_attempt(definition, hook, occasion, command, limit) {
    return `{\n${userCommand(definition, toldOf(hook, occasion), command, true, limit)}\n} || mark hook-failed ${hook} "$?"`;
}
function toldOf(hook, { run, other = '', ...occasion }) {
    const { url, actor, commit } = runMembers(run);
    const about = { HOOK: hook, RUN_ID: run.id, RUN_URL: url, ACTOR: actor, COMMIT: commit, [hook === 'on-rollback' ? 'UNDONE_RELEASE' : 'PREVIOUS_RELEASE']: other };
    return { ...occasion, about };
}

// EXTERNAL MODULE: ./build/shared/core/percentage.js
var percentage = __webpack_require__(4660);
;// CONCATENATED MODULE: ./build/shared/traffic/share-steps.js









const share_steps_MOMENT = 15_000;
/** The steps that give a slot one share after the other; each is watched by the server itself, runner or no runner. */
function shareSteps(definition, to, shares, run) {
    const { slot, release } = to;
    const checkShare = `check_share() {\n${awaitHealthy(definition, slotOccasion(definition, to), 0)}\n}`;
    return shares.flatMap(({ percent, watch, maxErrorRate }) => {
        const record = quote_commandLine(['record', 'share', ledger_members({ ...runMembers(run), release, slot, percent })]);
        const watching = quote_commandLine(['watch_share', slot, String(Math.ceil(watch / 1_000)), String((0,percentage/* permyriad */.Ct)(maxErrorRate))]);
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
        return [send, ...(from === undefined ? [stopRoles(definition, to.slot)] : takeRolesBack(definition, from.slot)), quote_commandLine(['record', 'close', ledger_members({ ...who, slot: closed.slot, release: closed.release, undone: to.release })])].join('\n');
    if (isThere === true)
        return [send, quote_commandLine(['record', 'back', ledger_members({ ...who, release: to.release, slot: to.slot })])].join('\n');
    const record = quote_commandLine(['record', 'back', ledger_members({ ...who, undone: to.release, release: from?.release, slot: from?.slot })]);
    const hooks = [...failureHook(move), ...(move.purpose === 'switch' ? hookLast(definition, 'on-rollback', { folder: `${definition.path}/slots/${from?.slot}`, release: from?.release, ...(from && { slot: from.slot }), run: move.run, other: to.release }) : [])];
    if (from === undefined)
        return [send, stopRoles(definition, to.slot), record, ...hooks].join('\n');
    return [
        `{ ${revive(heldBy(move, from), from, STILL_HEALTHY_WITHIN)}\n} || echo ${quote_quote(`Slot ${from.slot} is not healthy either`)}`,
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
    const who = ledger_members({ run: run.id, slot: from.slot, release: from.release });
    return [
        `open=$(${quote_commandLine(['open_to', from.slot])})`,
        emptySlot(heldBy(move, from), from),
        `record retire ${quote_quote(`${who},"open":`)}"\${open:-0}"`,
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
    return quote_commandLine(['record', purpose, ledger_members({ ...runMembers(run), release: to.release, slot: to.slot, undone })]);
}
function checkSlot(move) {
    const { to, purpose } = move;
    const definition = heldBy(move, to);
    const link = `${definition.path}/slots/${to.slot}`;
    const refusal = `Slot ${to.slot} does not hold ${to.release}. Deploy it again.`;
    return [
        `[ "$(readlink ${quote_quote(link)})" = ${quote_quote(`../releases/${to.release}`)} ] && [ -d ${quote_quote(`${link}/`)} ] || { echo ${quote_quote(refusal)} >&2; exit 1; }`,
        purpose === 'rollback' ? revive(definition, to, STILL_HEALTHY_WITHIN) : awaitHealthy(definition, slotOccasion(definition, to), STILL_HEALTHY_WITHIN),
    ].join('\n');
}
function confirmation(move) {
    const { to, from, standby, run, purpose } = move;
    const seconds = Math.ceil(standby / 1_000);
    const who = ledger_members({ ...runMembers(run), release: to.release, slot: to.slot, by: purpose, standby: from === undefined ? undefined : seconds });
    return [
        route('keep_traffic', shareOf(to.slot, 100)),
        ...(purpose === 'rollback' ? [recordMove(move)] : []),
        quote_commandLine(['record', 'confirm', who]),
        ...(from === undefined ? [] : ['say "${HERE##*/}" >"$STATE/standby"', quote_commandLine(['arm', String(seconds), 'retire'])]),
    ].join('\n');
}

;// CONCATENATED MODULE: ./build/actions/blue-green-switch/src/switch-plan.js




const switch_plan_LOCK_WAIT = 300_000;
/** How much longer than its own proof this step may need until it confirms. */
const switch_plan_MARGIN = 60_000;
/** The plan that moves traffic and goes back by itself unless it is confirmed. */
function planSwitch({ move, generation, folder, continues }, { confirmWithin, proofTimeout }) {
    const watched = move.shares.reduce((sum, { watch }) => sum + watch, 0);
    const plan = {
        id: newPlanId(new Date()), state: folder, generation, lockWait: switch_plan_LOCK_WAIT, environment: {},
        confirmWithin: watched + (confirmWithin ?? proofTimeout + switch_plan_MARGIN),
        ...(continues !== undefined && { continues }),
        functions: planFunctions(move.definition, move.held),
        steps: moveSteps(move),
        clear: [':', ...failureHook(move)].join('\n'),
        back: moveBack(move),
        retire: retireStandby(move),
    };
    // Where users are already there is nothing before it: a job that is run again.
    return withConfiguration(move.definition, plan, { to: move.to.release, from: move.from?.release });
}

;// CONCATENATED MODULE: ./build/actions/blue-green-switch/src/blue-green-switch.js












/** Moves traffic to the prepared release, confirms that it stays there, or closes and opens the service. */
async function blueGreenSwitch(inputs, job) {
    await onEveryHost(inputs, job, { has: HAS[inputs.operation] }, async (own, server, together) => {
        const follow = { log: own.log, signal: own.signal, service: inputs.service };
        switch (inputs.operation) {
            case 'switch': return await moveTraffic(inputs, own, server, { ...follow, ...(together && { together }) });
            case 'confirm': return await confirmPending(inputs, own, server, follow);
            case 'maintenance-off': return await openTraffic(inputs, own, server, follow);
            default: return await closeTraffic(inputs, own, server, follow);
        }
    });
}
const HAS = {
    switch: 'serve the new release', confirm: 'have confirmed', 'maintenance-on': 'are closed', 'maintenance-off': 'are open', 'emergency-stop': 'are stopped',
};
async function moveTraffic(inputs, job, server, follow) {
    const began = performance.now();
    const decision = await decideMove(inputs, job, server, follow);
    const { move } = decision;
    const plan = planSwitch(decision, inputs);
    if (inputs.dryRun)
        return job.log.output(describePlan(plan));
    const { counters } = await carry_out_carryOut(server, plan, [], follow);
    job.log.info(`${blue_green_switch_reach(move)} (${(0,duration/* formatDuration */.a3)(performance.now() - began)} after the start).`);
    if (move.isWhole)
        await proveOrGoBack(server, plan, (0,proof_inputs/* proofOf */.oX)(inputs, move.held?.[move.to.slot] ?? move.definition, move.to.release), follow);
    await stayTogether(server, plan, follow);
    job.output({ release: move.to.release, slot: move.to.slot, 'previous-release': move.from?.release ?? '', verified: true, confirmed: false, counters });
    if (inputs.confirmWithin === undefined)
        await confirmAndDrain(inputs, job, server, plan, move, counters, follow);
    else
        job.log.info(`Not confirmed yet: without a further step within ${(0,duration/* formatDuration */.a3)(inputs.confirmWithin)}, ${server.label} goes back by itself.`);
    job.output({ duration: (0,duration/* inSeconds */.F7)(performance.now() - began) });
    job.summarise({ heading: `${inputs.service}: traffic moved to ${move.to.release}`, paragraphs: [switchLine(inputs, move)] });
}
async function proveOrGoBack(server, plan, asked, follow) {
    follow.log.info('Proving it from outside.');
    // What the public address answers says nothing of one host among many.
    const proof = follow.together === undefined ? asked : { ...asked, url: undefined };
    const { verdict, reason } = await proveLive(server, proof, follow.signal);
    const gap = proofGap(proof);
    if (gap !== undefined && follow.together === undefined)
        follow.log.warning(gap);
    if (verdict === 'pass')
        return follow.log.info(`Proved: ${reason}.`);
    await goBack(server, plan, follow);
    throw new errors/* UserError */.yo(`The proof from outside ${verdict === 'fail' ? 'failed' : 'was inconclusive'}: ${reason}. Traffic went back to where it was.`);
}
async function confirmAndDrain(inputs, job, server, plan, move, counters, follow) {
    await carry_out_confirm(server, plan, follow);
    job.output({ confirmed: true });
    const { from } = move;
    if (from === undefined)
        return;
    const drained = await job.log.group(`Draining slot ${from.slot}`, () => drain(server, plan, move, inputs.drainTimeout, job.log));
    job.output({ 'open-connections': drained.open ?? '', counters: [...counters, ...drained.counters] });
}
function blue_green_switch_reach({ to, isWhole, shares }) {
    return `${isWhole ? 'Users' : `${shares.at(-1)?.percent} % of requests`} reach ${to.release} in slot ${to.slot}`;
}
function switchLine({ confirmWithin, standby }, move) {
    const { to, from, isWhole } = move;
    if (!isWhole)
        return `${blue_green_switch_reach(move)}; ${confirmWithin === undefined ? '' : `without a further step, traffic goes back after ${(0,duration/* formatDuration */.a3)(confirmWithin)}.`}`;
    const state = confirmWithin === undefined ? 'confirmed' : `to be confirmed within ${(0,duration/* formatDuration */.a3)(confirmWithin)}`;
    const before = from?.release === undefined ? '' : ` ${from.release} stays warm for ${(0,duration/* formatDuration */.a3)(standby)}.`;
    return `Slot ${to.slot}, verified, ${state}.${before}`;
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
