export const id = 319;
export const ids = [319,882];
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

/***/ 8002:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ faultOf),
/* harmony export */   s: () => (/* binding */ outcomeOf)
/* harmony export */ });
/* harmony import */ var _shared_core_size__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4153);

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
function faultOf(outcome, service, titles) {
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
    return full === undefined ? '' : `The disk of the service is full: ${(0,_shared_core_size__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .X)(full.kibibytes * 1_024)} and ${Number.isNaN(full.inodes) ? 'an unknown number of' : full.inodes} inodes are free. Make room there, then run again.`;
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


/***/ }),

/***/ 7683:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EG: () => (/* binding */ renderPlan),
/* harmony export */   _A: () => (/* binding */ PLAN_FORMAT),
/* harmony export */   hd: () => (/* binding */ newPlanId)
/* harmony export */ });
/* unused harmony export describePlan */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _shared_core_quote__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1338);
/* harmony import */ var _scripts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3046);



/** The number of the plan and journal format. A server refuses plans whose journal has another one. */
const PLAN_FORMAT = 1;
const LINES_SHOWN = 6;
/** A new plan id, which sorts by time: `20261121T140210-3f9a1c`. */
function newPlanId(now) {
    const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
    return `${stamp}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(3).toString('hex')}`;
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
        ...Object.entries(settings).map(([name, value]) => `${name}=${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .h)(value)}`),
        ...Object.entries(plan.environment).map(([name, value]) => `export ${name}=${(0,_shared_core_quote__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .h)(value)}`),
        _scripts_js__WEBPACK_IMPORTED_MODULE_1__/* .executor */ .kx,
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

/***/ 5319:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openServer: () => (/* binding */ openServer)
});

// UNUSED EXPORTS: Overtaken

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var quote = __webpack_require__(1338);
// EXTERNAL MODULE: ./build/shared/system/ssh/connection.js + 17 modules
var ssh_connection = __webpack_require__(485);
// EXTERNAL MODULE: ./build/shared/server/outcome.js
var outcome = __webpack_require__(8002);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
// EXTERNAL MODULE: ./build/shared/server/counters.js
var counters = __webpack_require__(4333);
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
        case 'counters': return { kind, counters: (0,counters/* parseCounters */.b)([first, ...rest].join(' ')) };
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
    return (0,outcome/* outcomeOf */.s)(plan, told);
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
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
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

// EXTERNAL MODULE: ./build/shared/server/state.js + 1 modules
var state = __webpack_require__(2882);
;// CONCATENATED MODULE: ./build/shared/server/server.js










const OVERTAKEN = 73; // by receive.sh
const SPARE_BYTES = 64 * 1_024;
/** Connects to a server. @throws {UserError} with one message for each way a connection can fail. */
async function openServer(target, log, signal) {
    let connection = await (0,ssh_connection.connect)(target, log, signal);
    let renewing;
    const renew = async () => {
        connection.close();
        log.info(`Connection to ${connection.label} lost; reconnecting. The server goes on by itself.`);
        connection = await (0,ssh_connection.connect)(target, log, signal);
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
            await line.get().exec((0,quote/* commandLine */.a)(['sh', scriptOf(plan), 'cancel']));
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
    const inspection = (0,state.parseInspection)(reader.text(), mark);
    return inspection.kind === 'refused' && stderr !== '' ? { kind: 'refused', reason: `${inspection.reason} (${stderr.trim()})` } : inspection;
}
// A packet is sent again only as long as nothing came back; the receiver starts a plan once, however often it arrives.
async function carryOut(line, plan, files, tell, takeover, signal) {
    const taking = takeover === undefined ? [] : [String(takeover.ledgerLength), String(plan.generation), takeover.claim];
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const send = (connection, options) => sendPacket(connection, { plan, takeover: taking, entries: packetEntries((0,server_plan/* renderPlan */.EG)(plan, mark), files), unpackers: 'unpackers' in files ? files.unpackers : [] }, options);
    return followToEnd(line, { plan, verb: 'run', follower: followSent(plan.id, mark, tell), begin: send }, signal);
}
async function ask(line, plan, verb, tell, signal) {
    const begin = (connection, options) => connection.exec((0,quote/* commandLine */.a)(['sh', scriptOf(plan), 'ask', verb]), options);
    return followToEnd(line, { plan, verb, follower: followAsked(plan.id, tell), begin }, signal);
}
async function followToEnd(line, { plan, verb, follower, begin }, signal) {
    const options = { onOutput: (chunk) => follower.hear(chunk), ...(signal === undefined ? {} : { signal }) };
    const attempt = async (connection) => {
        const offset = follower.offset();
        const resume = () => connection.exec((0,quote/* commandLine */.a)(['sh', scriptOf(plan), 'follow', verb, String(offset)]), options);
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
    await persist(line, (connection) => connection.exec((0,quote/* commandLine */.a)(['sh', scriptOf(plan), 'follow', 'run', String(offset), file]), { onOutput, ...(signal === undefined ? {} : { signal }) }), signal);
}
async function persist(line, attempt, signal) {
    for (;;) {
        const connection = line.get();
        try {
            return await attempt(connection);
        }
        catch (error) {
            if (!(error instanceof ssh_connection/* ConnectionLost */.p) || signal?.aborted === true)
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


/***/ })

};
