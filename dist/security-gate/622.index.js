export const id = 622;
export const ids = [622];
export const modules = {

/***/ 2622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runScanners: () => (/* binding */ runScanners)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
;// CONCATENATED MODULE: ./build/shared/core/quote.js
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

;// CONCATENATED MODULE: ./build/shared/scanners/environment.js
// What any program needs: where things are, in which language, and how the network is reached.
const EVERYBODYS = /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TERM|TMPDIR|TEMP|TMP|XDG_\w+|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|CI)$/i;
/**
 * The variables of the job that a scanner gets to see. Inputs, tokens and the DEPLOY_ secrets are not among them: a scanner reads
 * whatever is in the repository, and was itself the way in more than once.
 */
function passedOn(environment, own) {
    const kept = Object.entries(environment).filter(([name, value]) => value !== undefined && (EVERYBODYS.test(name) || own.test(name)));
    return Object.fromEntries(kept);
}

// EXTERNAL MODULE: ./build/shared/scanners/exit.js
var exit = __webpack_require__(7096);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/shared/core/size.js
var core_size = __webpack_require__(4153);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/shared/scanners/download.js






const MOST_REDIRECTS = 5;
// What may be otherwise the next time.
class Passing extends Error {
}
/**
 * The bytes at an address, at most `limit` of them. Faults that may pass are tried again.
 * @throws {UserError} when they cannot be had, or another host than the allowed would have to be asked.
 */
async function download(url, limit, downloading) {
    for (const pause of [...downloading.pauses, undefined]) {
        try {
            return await attempt(url, limit, downloading, MOST_REDIRECTS);
        }
        catch (error) {
            downloading.signal.throwIfAborted();
            if (!(error instanceof Passing))
                throw error;
            if (pause === undefined)
                throw new errors/* UserError */.yo(`${url.href} could not be downloaded: ${error.message}`);
            downloading.onRetry(`${error.message}; trying again in ${(0,duration/* formatDuration */.a3)(pause)}`);
            await (0,external_node_timers_promises_.setTimeout)(pause, undefined, { signal: downloading.signal });
        }
    }
    throw new Error('unreachable: the last try returns or throws');
}
async function attempt(url, limit, downloading, redirects) {
    if (!downloading.hosts.includes(url.host))
        throw new errors/* UserError */.yo(`${url.host} is not a host that scanners may come from. Those are: ${downloading.hosts.join(', ')}.`);
    const agent = new (url.protocol === 'https:' ? external_node_https_.Agent : external_node_http_.Agent)({ keepAlive: false, proxyEnv: downloading.proxy });
    try {
        const answer = await ask(url, agent, downloading);
        const next = redirectOf(answer, url);
        if (next === undefined)
            return await read(answer, limit, url);
        answer.destroy();
        if (redirects === 0)
            throw new errors/* UserError */.yo(`${url.href} is redirected again and again.`);
        return await attempt(next, limit, downloading, redirects - 1);
    }
    finally {
        agent.destroy();
    }
}
function ask(url, agent, { signal, patience }) {
    return new Promise((resolve, reject) => {
        const start = url.protocol === 'https:' ? external_node_https_.request : external_node_http_.request;
        const started = start(url, { agent, signal, timeout: patience, headers: { 'user-agent': 'slipway', accept: 'application/octet-stream', connection: 'close' } }, resolve);
        started.on('timeout', () => started.destroy(new Passing(`${url.host} was silent for ${(0,duration/* formatDuration */.a3)(patience)}`)));
        started.on('error', (error) => reject(error instanceof Passing ? error : new Passing(`${url.host}: ${error.message}`)));
        started.end();
    });
}
function redirectOf({ statusCode = 0, headers: { location } }, from) {
    if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined)
        return undefined;
    const to = URL.parse(location, from.href);
    if (to === null || !/^https?:$/.test(to.protocol))
        throw new errors/* UserError */.yo(`${from.href} is redirected to what is no web address.`);
    if (from.protocol === 'https:' && to.protocol !== 'https:')
        throw new errors/* UserError */.yo(`${from.href} is redirected to an address without TLS, on ${to.host}.`);
    return to;
}
async function read(answer, limit, url) {
    const { statusCode = 0 } = answer;
    if (statusCode !== 200) {
        answer.destroy();
        if (statusCode >= 500 || statusCode === 408 || statusCode === 429)
            throw new Passing(`${url.host} answered ${statusCode}`);
        throw new errors/* UserError */.yo(`${url.href} could not be downloaded: ${url.host} answered ${statusCode}.`);
    }
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of answer) {
            size += chunk.length;
            if (size > limit)
                throw new errors/* UserError */.yo(`${url.href} is larger than the ${(0,core_size/* formatSize */.X)(limit)} it may have.`);
            chunks.push(chunk);
        }
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo || error instanceof Passing)
            throw error;
        throw new Passing(`${url.host} broke off after ${(0,core_size/* formatSize */.X)(size)}: ${(0,errors/* messageOf */.bD)(error)}`);
    }
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./build/shared/scanners/pick.js


/**
 * The pinned release to be installed.
 * @throws {UserError} when none is pinned in that version, or none is old enough.
 */
function pickRelease(name, releases, { version, minimumAge, now }) {
    const wanted = releases.filter((release) => version === undefined || release.version === version);
    if (wanted.length === 0)
        throw new errors/* UserError */.yo(`${name} ${version} is not pinned; pinned is ${releases.map((release) => release.version).join(', ')}. Have that version on PATH, or leave the version out.`);
    const [picked] = wanted.filter((release) => ageOf(release, now) >= minimumAge);
    if (picked !== undefined)
        return picked;
    const told = wanted.map((release) => `${release.version} was out by ${release.released}, ${(0,duration/* formatDuration */.a3)(Math.max(0, ageOf(release, now)))} ago`);
    throw new errors/* UserError */.yo(`No release of ${name} is old enough: ${told.join('; ')}, and it is to be at least ${(0,duration/* formatDuration */.a3)(minimumAge)} old.`);
}
/**
 * The file of a release for this machine.
 * @throws {UserError} when none is pinned for it.
 */
function pickArtefact(name, { version, artefacts }, platform) {
    const artefact = artefacts[platform];
    if (artefact === undefined)
        throw new errors/* UserError */.yo(`${name} ${version} is pinned for ${Object.keys(artefacts).join(', ')}, and not for ${platform}. Have it on PATH.`);
    return artefact;
}
// From the end of the day it was out by.
function ageOf({ released }, now) {
    return now.getTime() - Date.parse(`${released}T23:59:59Z`);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/shared/scanners/unpack.js






// Of the program in an archive, bytes. The largest scanners are a quarter of it.
const LARGEST = 1024 * 2 ** 20;
/**
 * One file of a .tar.gz archive; nothing is written anywhere.
 * @throws {UserError} when the archive is damaged, has anything that leads out of its folder, or does not have the file.
 */
async function memberOf(archive, name, what) {
    const { extract } = await __webpack_require__.e(/* import() */ 118).then(__webpack_require__.t.bind(__webpack_require__, 6118, 19));
    const found = [];
    const entries = extract();
    const reading = (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from([archive]), (0,external_node_zlib_.createGunzip)(), entries);
    reading.catch(() => undefined); // told by the loop, which ends first
    try {
        for await (const entry of entries) {
            const { header } = entry;
            if (leadsOut(header))
                throw new errors/* UserError */.yo(`The archive of ${what} is not unpacked: its entry ${JSON.stringify(header.name)} leads out of its folder.`);
            if (external_node_path_.posix.normalize(header.name) === name && header.type === 'file')
                found.push(await bytesOf(entry, what));
            else
                entry.resume();
        }
        await reading;
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw error;
        throw new errors/* UserError */.yo(`The archive of ${what} is damaged: ${(0,errors/* messageOf */.bD)(error)}.`);
    }
    const [program, ...others] = found;
    if (program === undefined || others.length > 0)
        throw new errors/* UserError */.yo(`The archive of ${what} has ${found.length} files ${name}, and not one.`);
    return program;
}
function leadsOut({ name, type, linkname }) {
    if (isOutside(name))
        return true;
    if (type === 'symlink')
        return isOutside(linkname ?? '') || isOutside(external_node_path_.posix.join(external_node_path_.posix.dirname(name), linkname ?? ''));
    return type === 'link' && isOutside(linkname ?? '');
}
function isOutside(path) {
    return external_node_path_.posix.isAbsolute(path) || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path) || external_node_path_.posix.normalize(path).split('/')[0] === '..';
}
async function bytesOf(entry, what) {
    const chunks = [];
    let size = 0;
    for await (const chunk of entry) {
        size += chunk.length;
        if (size > LARGEST)
            throw new errors/* UserError */.yo(`The archive of ${what} unpacks to more than ${(0,core_size/* formatSize */.X)(LARGEST)}.`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./build/shared/scanners/install.js








// Of a file whose size is not pinned, bytes.
const install_LARGEST = 512 * 2 ** 20;
const ARCHIVE = 'archive';
/**
 * Installs a pinned release for this job alone. What is kept in the tool cache is the file as it was published, which is hashed again
 * each time before anything comes out of it: other jobs can write there.
 * @throws {UserError} when it cannot be had, or is not what is pinned.
 */
async function install(name, release, installing) {
    const artefact = pickArtefact(name, release, installing.platform);
    const what = `${name} ${release.version}`;
    const cached = await fromCache(name, release, artefact, installing);
    const bytes = cached ?? await fromRelease(what, artefact, installing);
    const program = artefact.member === undefined ? bytes : await memberOf(bytes, artefact.member, what);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(installing.temp, 'slipway-scanner-'));
    const path = (0,external_node_path_.join)(folder, name);
    await (0,promises_.writeFile)(path, program, { mode: 0o700, flag: 'wx' });
    if (cached === undefined)
        await keep(name, release, bytes, folder, installing);
    return { path, from: cached === undefined ? 'release' : 'tool cache' };
}
async function fromCache(name, { version }, artefact, { hasToolCache, log }) {
    if (!hasToolCache)
        return undefined;
    const { find } = await __webpack_require__.e(/* import() */ 289).then(__webpack_require__.bind(__webpack_require__, 4289));
    const folder = find(cacheName(name), version);
    if (folder === '')
        return undefined;
    const bytes = await (0,promises_.readFile)((0,external_node_path_.join)(folder, ARCHIVE)).catch(() => undefined);
    if (bytes !== undefined && digestOf(bytes) === artefact.sha256)
        return bytes;
    log.warning(`${name} ${version} in the tool cache is not what is pinned, and is not used: somebody else wrote there.`);
    return undefined;
}
async function fromRelease(what, { path, sha256, bytes: size }, { base, isOffline, downloading, log }) {
    if (isOffline)
        throw new errors/* UserError */.yo(`${what} is neither on PATH nor in the tool cache, and nothing may be downloaded.`);
    const url = new URL(base.replace(/\/+$/, '') + path);
    log.info(`Downloading ${url.href}`);
    const bytes = await download(url, size ?? install_LARGEST, downloading);
    const digest = digestOf(bytes);
    if (digest === sha256)
        return bytes;
    throw new errors/* UserError */.yo(`${what} is not what is pinned: ${url.href} has sha256 ${digest} (${(0,core_size/* formatSize */.X)(bytes.length)}), and pinned is ${sha256}${size === undefined ? '' : ` (${(0,core_size/* formatSize */.X)(size)})`}. Nothing of it was run. If it is damaged, run the job again; if it stays so, somebody changed the release or the mirror.`);
}
async function keep(name, { version }, bytes, folder, { hasToolCache, log }) {
    if (!hasToolCache)
        return;
    const { cacheFile } = await __webpack_require__.e(/* import() */ 289).then(__webpack_require__.bind(__webpack_require__, 4289));
    const source = (0,external_node_path_.join)(folder, ARCHIVE);
    try {
        await (0,promises_.writeFile)(source, bytes);
        await cacheFile(source, ARCHIVE, cacheName(name), version);
        await (0,promises_.rm)(source);
    }
    catch (error) {
        log.info(`${name} ${version} could not be kept in the tool cache: ${String(error)}`); // it is only slower the next time
    }
}
function cacheName(name) {
    return `slipway-${name}`;
}
function digestOf(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
;// CONCATENATED MODULE: ./build/shared/scanners/run-program.js





const KEPT_LINES = 400;
// Between being asked to end and being made to, ms: GitHub itself gives a cancelled job 7.5 s.
const GRACE = 3_000;
/** Runs a program to its end, with all it starts. Never rejects: what goes wrong is in the answer. */
async function runProgram(run) {
    const stdout = run.stdoutTo === undefined ? 'pipe' : (0,external_node_fs_.openSync)(run.stdoutTo, 'w', 0o600);
    // A process group of its own: what it starts ends with it.
    const child = (0,external_node_child_process_.spawn)(run.program, run.args, { cwd: run.cwd, env: run.env, stdio: ['ignore', stdout, 'pipe'], detached: true });
    if (typeof stdout === 'number')
        (0,external_node_fs_.closeSync)(stdout);
    const log = [];
    for (const stream of [child.stdout, child.stderr].filter((one) => one !== null)) {
        (0,external_node_readline_.createInterface)({ input: stream }).on('line', (line) => hear(line, log, run)).on('error', () => undefined);
    }
    const closed = new Promise((resolve) => child.once('close', resolve));
    const ended = new Promise((resolve) => {
        child.once('error', (error) => resolve({ code: undefined, fault: `It could not be started: ${(0,errors/* messageOf */.bD)(error)}.` }));
        child.once('exit', (code) => resolve({ code: code ?? undefined, fault: undefined }));
    });
    const fault = await interrupted(ended, run);
    if (fault !== undefined && child.pid !== undefined)
        await end(child.pid, ended);
    const { code, fault: own } = await ended;
    if (child.pid !== undefined)
        signalGroup(child.pid, 'SIGKILL'); // whatever it left behind would hold its log open
    if (own === undefined)
        await Promise.race([closed, (0,external_node_timers_promises_.setTimeout)(GRACE, undefined, { ref: false })]);
    return { code, fault: fault ?? own, log: log.join('\n') };
}
function hear(line, log, run) {
    const plain = line.replace(/\u001B\[[\d;]*[A-Za-z]/g, '');
    log.push(plain);
    if (log.length > KEPT_LINES)
        log.shift();
    run.onLine?.(plain);
}
// Why it must end before its time; undefined when it ended by itself.
async function interrupted(ended, { signal, timeout }) {
    const over = new AbortController();
    const limit = (0,external_node_timers_promises_.setTimeout)(timeout, 'timeout', { signal: over.signal }).catch(() => undefined);
    const cancelled = new Promise((resolve) => {
        if (signal.aborted)
            resolve('cancelled');
        signal.addEventListener('abort', () => resolve('cancelled'), { signal: over.signal });
    });
    const first = await Promise.race([ended.then(() => undefined), limit, cancelled]);
    over.abort();
    return first;
}
async function end(group, ended) {
    signalGroup(group, 'SIGTERM');
    await Promise.race([ended, (0,external_node_timers_promises_.setTimeout)(GRACE, undefined, { ref: false })]);
    signalGroup(group, 'SIGKILL');
}
function signalGroup(group, signal) {
    try {
        process.kill(-group, signal);
    }
    catch {
        // It is gone already.
    }
}

;// CONCATENATED MODULE: ./build/shared/scanners/on-path.js



const LIMIT = 60_000;
/** A program on PATH, or undefined. What the repository itself brings, such as its node_modules/.bin, is passed over: it would judge itself. */
function findOnPath(name, path, workspace) {
    const inside = (folder) => `${resolved(folder)}${external_node_path_.sep}`.startsWith(`${resolved(workspace)}${external_node_path_.sep}`);
    return path.split(external_node_path_.delimiter).filter((folder) => (0,external_node_path_.isAbsolute)(folder) && !inside(folder)).map((folder) => (0,external_node_path_.join)(folder, name)).find(isProgram);
}
/** The version that a program says it has; undefined when it does not tell. */
async function versionOf(program, args, run) {
    const { log } = await runProgram({ ...run, program, args, timeout: LIMIT });
    return /(?<![\d.])\d+\.\d+\.\d+(?![\d.])/.exec(log)?.[0];
}
function isProgram(path) {
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
        return (0,external_node_fs_.statSync)(path).isFile();
    }
    catch {
        return false;
    }
}
function resolved(folder) {
    try {
        return (0,external_node_fs_.realpathSync)(folder);
    }
    catch {
        return folder;
    }
}

;// CONCATENATED MODULE: ./build/shared/scanners/program.js





/**
 * The program for a scan: on PATH when it is there in the wanted version, else installed from what is pinned.
 * @throws {UserError} when it is to be had in neither way.
 */
async function programFor({ scanner, version }, finding) {
    const { name } = scanner;
    const path = findOnPath(scanner.program, finding.environment['PATH'] ?? '', finding.workspace);
    const releases = finding.lock[name];
    // Starting it only to ask its version would take as long as many a scan.
    const isVersionAsked = path !== undefined && (releases !== undefined || version !== undefined);
    const there = isVersionAsked ? await versionOf(path, scanner.versionArgs, { cwd: finding.workspace, env: passedOn(finding.environment, scanner.passesOn), signal: finding.signal }) : undefined;
    const onPath = path === undefined ? undefined : { path, version: there, from: 'PATH' };
    if (releases === undefined)
        return fromPathAlone(name, version, onPath);
    if (onPath !== undefined && there !== undefined && (version === undefined ? releases.some((release) => release.version === there) : version === there))
        return onPath;
    const release = pickRelease(name, releases, { ...finding.terms, version });
    if (onPath !== undefined)
        finding.installing.log.info(`${onPath.path} is ${there ?? 'of an untold version'}, and not ${release.version}: it is passed over.`);
    return { ...await installed(name, release, finding.installing), version: release.version };
}
function fromPathAlone(name, version, onPath) {
    if (onPath === undefined)
        throw new errors/* UserError */.yo(`${name} is not on PATH, and is not among the scanners that are installed here. Install it in a step before this one.`);
    if (version !== undefined && onPath.version !== version)
        throw new errors/* UserError */.yo(`${name} on PATH is ${onPath.version ?? 'of an untold version'}, and not ${version}.`);
    return onPath;
}
// Two scans with the same scanner install it once.
const underWay = new WeakMap();
function installed(name, release, installing) {
    const ofJob = underWay.get(installing.downloading) ?? new Map();
    underWay.set(installing.downloading, ofJob);
    const key = `${name} ${release.version}`;
    const started = ofJob.get(key) ?? install(name, release, installing);
    ofJob.set(key, started);
    return started;
}

;// CONCATENATED MODULE: ./build/shared/scanners/run-scanners.js









const MOST_LINES = 200;
/** Runs the scans one after the other. A scan that fails, for whatever reason, is a result that says so. @throws the signal's reason when cancelled. */
async function runScanners(scans, scanning) {
    await (0,promises_.mkdir)(scanning.folder, { recursive: true, mode: 0o700 });
    const results = [];
    for (const [index, scan] of scans.entries()) {
        scanning.signal.throwIfAborted();
        results.push(await scanning.log.group(`Scanning with ${scan.text}`, () => runScan(scan, index, scanning)));
    }
    return results;
}
async function runScan(scan, index, scanning) {
    const began = performance.now();
    const { scanner, text, mode } = scan;
    const report = (0,external_node_path_.join)(scanning.folder, `${index + 1}-${[scanner.name, mode].filter((part) => part !== '').join('-')}.json`);
    await (0,promises_.rm)(report, { force: true }); // an older one must not pass for this scan's
    const { ended, program } = await run_scanners_attempt(scan, report, scanning);
    scanning.signal.throwIfAborted();
    const reason = withoutCredentials(scanning.redact(ended.reason));
    const took = performance.now() - began;
    scanning.log.info(`${ended.outcome} in ${(0,duration/* formatDuration */.a3)(took)}${reason === '' ? '' : `. ${reason}`}`);
    return { scan: text, tool: scanner.name, kinds: scanner.modes[mode]?.kinds ?? [], report, outcome: ended.outcome, reason, program, took, isSilentWhenClean: scanner.isSilentWhenClean ?? false };
}
async function run_scanners_attempt(scan, report, scanning) {
    let program;
    try {
        const { workspace, environment, lock, log, signal } = scanning;
        program = await programFor(scan, { lock, workspace, environment, terms: scanning.terms, installing: { ...scanning.installing, log }, signal });
        log.info(`${[scan.scanner.name, program.version].filter((part) => part !== undefined).join(' ')}, from ${program.from}`);
        return { ended: await execute(scan, program, report, scanning), program };
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        return { ended: (0,exit/* failed */.gz)(error.message), program };
    }
}
async function execute(scan, { path }, report, scanning) {
    const { scanner, mode, words } = scan;
    const { isOffline } = scanning.installing;
    const args = scanner.args({ mode, words, report, isOffline });
    scanning.log.info(withoutCredentials(commandLine([scanner.program, ...args])));
    const { code, log, fault } = await runProgram({
        program: path, args, cwd: scanning.workspace, env: { ...passedOn(scanning.environment, scanner.passesOn), ...scanner.environment?.(isOffline) },
        stdoutTo: scanner.reportsTo === 'stdout' ? report : undefined, timeout: scanning.timeout, signal: scanning.signal, onLine: shownLines(scanning.log),
    });
    if (fault === 'timeout')
        return (0,exit/* failed */.gz)(`It was ended after ${(0,duration/* formatDuration */.a3)(scanning.timeout)}, the limit for one scan.`);
    if (fault !== undefined)
        return (0,exit/* failed */.gz)(fault);
    return scanner.judge({ code, log, reportBytes: await sizeOf(report) });
}
function shownLines(log) {
    let count = 0;
    return (line) => {
        count++;
        if (count <= MOST_LINES)
            log.output(withoutCredentials(line));
        else if (count === MOST_LINES + 1)
            log.info('More lines are not shown.');
    };
}
// Registries and remotes are often written with their password.
function withoutCredentials(text) {
    return text.replace(/(:\/\/)[^/\s@]+@/g, '$1***@');
}
async function sizeOf(path) {
    return (await (0,promises_.stat)(path).catch(() => undefined))?.size ?? 0;
}


/***/ })

};
