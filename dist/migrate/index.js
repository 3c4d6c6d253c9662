import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 3916:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path/posix");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 714:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ }),

/***/ 4791:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8424);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9050);


await (0,_shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X, async (inputs, job) => (await __nccwpck_require__.e(/* import() */ 763).then(__nccwpck_require__.bind(__nccwpck_require__, 9763))).migrate(inputs, job));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 9050:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ inputs_action)
});

// EXTERNAL MODULE: ./build/shared/migrations/engines/all.js + 11 modules
var engines_all = __nccwpck_require__(5659);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/checks/shape.js + 1 modules
var shape = __nccwpck_require__(5977);
// EXTERNAL MODULE: ./build/shared/core/secret.js
var secret = __nccwpck_require__(4636);
// EXTERNAL MODULE: ./build/shared/database/source.js
var source = __nccwpck_require__(1659);
;// CONCATENATED MODULE: ./build/shared/database/source-list.js




const KINDS = ['postgres', 'mysql', 'mariadb', 'redis', 'mongodb', 'sqlite', 'files', 'command'];
const COMMON = ['name', 'verify', 'compression'];
const ACCESS = ['host', 'port', 'user', 'password', 'tools', 'container'];
const KEYS = { postgres: ACCESS, mysql: ACCESS, mariadb: ACCESS, redis: ACCESS, mongodb: ACCESS, sqlite: [], files: ['exclude'], command: ['file'] };
const sourceRecord = (0,shape/* record */.g1)({
    name: (0,shape/* text */.Qq)(parseName), verify: oneOf(source/* PROOFS */.iR), compression: oneOf(source/* COMPRESSIONS */._7),
    postgres: (0,shape/* text */.Qq)(parseLine), mysql: (0,shape/* text */.Qq)(parseLine), mariadb: (0,shape/* text */.Qq)(parseLine), redis: (0,shape/* text */.Qq)(parseName), mongodb: (0,shape/* text */.Qq)(parseLine), sqlite: (0,shape/* text */.Qq)(parsePath), files: (0,shape/* text */.Qq)(parsePath), command: (0,shape/* text */.Qq)(),
    host: (0,shape/* text */.Qq)(parseLine), port: (0,shape/* integer */.nd)(1, 65_535), user: (0,shape/* text */.Qq)(parseLine), password: (0,shape/* text */.Qq)((given) => new secret/* Secret */.z(parseLine(given))), tools: (0,shape/* text */.Qq)(parsePath), container: (0,shape/* text */.Qq)(parseName),
    exclude: (0,shape/* list */.p_)((0,shape/* text */.Qq)(parseLine)), file: (0,shape/* text */.Qq)(parseName),
});
const referenceRecord = (0,shape/* record */.g1)({ query: (0,shape/* text */.Qq)(), from: (0,shape/* text */.Qq)(), files: (0,shape/* text */.Qq)(), prefix: (0,shape/* text */.Qq)(parseLine), sha1: (0,shape/* flag */.Jt)() });
/** The sources of a YAML list. @throws {UserError} that names every mistake by its place, such as `sources[1].port`. */
function parseSources(yaml) {
    const faults = [];
    const entries = (0,shape/* list */.p_)(sourceRecord)(yaml, 'sources', faults) ?? [];
    const sources = entries.flatMap((entry, index) => sourceOf(entry, `sources[${index}]`, faults) ?? []);
    const names = sources.map(({ name }) => name);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    faults.push(...new Set(twice.map((name) => `sources: ${name} is the name of two; give one of them another name`)));
    if (faults.length > 0)
        throw new errors/* UserError */.yo(faults.join('; '));
    return sources;
}
/** The references of a YAML list. @throws {UserError} that names every mistake by its place. */
function parseReferences(yaml) {
    const faults = [];
    const entries = list(referenceRecord)(yaml, 'references', faults) ?? [];
    const references = entries.flatMap(({ query, from, files, prefix = '', sha1 = false }, index) => {
        if (query !== undefined && from !== undefined && files !== undefined)
            return [{ query, from, files, prefix, sha1 }];
        faults.push(`references[${index}]: query, from and files are all needed`);
        return [];
    });
    if (faults.length > 0)
        throw new UserError(faults.join('; '));
    return references;
}
function sourceOf(entry, place, faults) {
    const kinds = KINDS.filter((kind) => entry[kind] !== undefined);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1)
        return note(faults, `${place}: accepted is exactly one of ${KINDS.join(', ')}`);
    faults.push(...Object.keys(entry).filter((key) => key !== kind && ![...COMMON, ...KEYS[kind]].includes(key)).map((key) => `${place}.${key} does not belong to ${kind}`));
    const { verify, compression, file } = entry;
    const main = entry[kind] ?? '';
    const name = entry.name ?? nameOf(kind === 'command' ? file ?? '' : main);
    if (name === '')
        return note(faults, `${place}.name is missing: none can be made of what is given`);
    const common = { name, ...(verify !== undefined && { verify }), ...(compression !== undefined && { compression }) };
    switch (kind) {
        case 'postgres': return { ...common, kind, ...accessOf(entry, main) };
        case 'mysql':
        case 'mariadb': return { ...common, kind: 'mysql', ...accessOf(entry, main) };
        case 'redis':
        case 'mongodb': return { ...common, kind, ...accessOf(entry, main) };
        case 'sqlite': return { ...common, kind, database: main };
        case 'files': return { ...common, kind, folder: main, exclude: entry.exclude ?? [] };
        case 'command': return file === undefined ? note(faults, `${place}.file is missing: the name of the file that the command's output becomes`) : { ...common, kind, command: main, file };
    }
}
function accessOf({ host, port, user, password, tools, container }, database) {
    return {
        database, ...(host !== undefined && { host }), ...(port !== undefined && { port }), ...(user !== undefined && { user }),
        ...(password !== undefined && { password }), ...(tools !== undefined && { tools }), ...(container !== undefined && { container }),
    };
}
/** The last part of a path or name, in letters, digits, dots, hyphens and underscores. */
function nameOf(text) {
    const last = text.replace(/\/+$/, '').replace(/^.*\//, '').replace(/\.(sqlite3?|db)$/, '');
    return last.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 63);
}
function oneOf(words) {
    return (0,shape/* text */.Qq)((given) => {
        const word = words.find((candidate) => candidate === given);
        if (word === undefined)
            throw new errors/* UserError */.yo(`accepted is one of ${words.join(', ')}`);
        return word;
    });
}
function parseName(given) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(given))
        throw new errors/* UserError */.yo('accepted are letters, digits, dots, hyphens and underscores, beginning with a letter or digit, 63 at most');
    return given;
}
function parseLine(given) {
    if (/[\u0000-\u001f\u007f]/.test(given))
        throw new errors/* UserError */.yo('accepted is one line of text without control characters');
    return given;
}
function parsePath(given) {
    if (!given.startsWith('/') || given.split('/').includes('..'))
        throw new errors/* UserError */.yo('accepted is an absolute path on the server, without ..');
    return parseLine(given);
}
function note(faults, fault) {
    faults.push(fault);
    return undefined;
}

;// CONCATENATED MODULE: ./build/shared/migrations/engine.js
/** The kinds of database that migrations are for. */
const DATABASES = ['postgres', 'mysql', 'sqlite'];

;// CONCATENATED MODULE: ./build/shared/migrations/database-entry.js



/** The database of a YAML record. @throws {UserError} that names every mistake by its place, such as `database.port`. */
function parseDatabase(yaml) {
    const [source] = parsed(yaml);
    if (source === undefined || !isDatabase(source))
        throw new errors/* UserError */.yo(`database: accepted is exactly one of ${DATABASES.join(', ')} (or mariadb)`);
    if (source.kind === 'sqlite' && source.database.includes('?'))
        throw new errors/* UserError */.yo('database.sqlite: accepted is a path without a question mark, behind which drivers of SQLite look for settings');
    return source;
}
function parsed(yaml) {
    if (Array.isArray(yaml))
        throw new errors/* UserError */.yo('database: accepted is one record, not a list');
    try {
        return parseSources([yaml]);
    }
    catch (error) {
        throw new errors/* UserError */.yo((0,errors/* messageOf */.bD)(error).replaceAll('sources[0]', 'database'));
    }
}
function isDatabase(source) {
    return DATABASES.some((kind) => kind === source.kind);
}

// EXTERNAL MODULE: ./build/shared/migrations/lint/waiver-list.js
var waiver_list = __nccwpck_require__(7635);
// EXTERNAL MODULE: ./build/shared/migrations/options.js
var options = __nccwpck_require__(1514);
;// CONCATENATED MODULE: ./build/shared/release/release-id.js

const MAX_LENGTH = 100;
const SHORT_COMMIT = 7;
/** The id a release gets when none is given: `YYYYMMDD-HHMMSS-<short commit>`, in UTC. */
function defaultReleaseId(time, commit) {
    const [day, clock] = time.toISOString().slice(0, 19).split('T');
    return [day.replaceAll('-', ''), clock.replaceAll(':', ''), commit.slice(0, SHORT_COMMIT)].filter((part) => part !== '').join('-');
}
/**
 * The given release id, which becomes a folder's name on the server.
 * @throws {UserError} unless it is at most 100 letters, digits, dots, dashes, underscores and pluses, begins with none of `.` and `-`, and holds no `..`.
 */
function checkReleaseId(id) {
    const isName = /^[A-Za-z0-9_+][A-Za-z0-9._+-]*$/.test(id) && !id.includes('..') && id.length <= MAX_LENGTH;
    if (isName)
        return id;
    const shown = id.length > MAX_LENGTH ? `${JSON.stringify(id.slice(0, 40))}… (${id.length} characters)` : JSON.stringify(id);
    throw new errors/* UserError */.yo(`${shown} cannot be a release id. Use letters, digits, dots, dashes, underscores and pluses, at most ${MAX_LENGTH}, without a dot or dash at the beginning and without "..", such as 20261121-140500-1a2b3c4 or v1.4.0.`);
}

// EXTERNAL MODULE: ./build/shared/scanners/defaults.js + 1 modules
var defaults = __nccwpck_require__(7003);
// EXTERNAL MODULE: ./build/shared/runner/action.js
var action = __nccwpck_require__(8781);
// EXTERNAL MODULE: ./build/shared/runner/connection-inputs.js
var connection_inputs = __nccwpck_require__(2405);
// EXTERNAL MODULE: ./build/shared/runner/fields.js + 1 modules
var fields = __nccwpck_require__(5642);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/actions/migrate/src/inputs.js










const FOLDER = 'a folder relative to the release, without ..';
const PATH = 'an absolute path on the server, without ..';
const LONGEST_PATH = 4_096; // Linux takes none longer
const checkLength = (path) => (path.length <= LONGEST_PATH ? undefined : `accepted is a path of at most ${LONGEST_PATH} characters`);
const hasNoClimb = (path) => !path.split('/').includes('..');
const inputs_fields = {
    operation: (0,fields/* choice */.Yq)({
        options: ['plan', 'rehearse', 'apply', 'undo', 'status'],
        description: '`plan` tells what is pending, what is wrong with it and what of it cannot be taken back; `rehearse` runs it on a proven copy; `apply` applies what was rehearsed; `undo` takes back what this run applied; `status` tells what is applied.',
        default: 'plan',
    }),
    ...connection_inputs/* connectionFields */.I1,
    engine: (0,fields/* choice */.Yq)({ options: engines_all/* ENGINES */.u.map(({ name }) => name), description: 'What applies the migrations.', default: 'sql' }),
    database: (0,fields/* structure */.QK)({
        description: 'The database, as a YAML record like a source of db-backup: `postgres`, `mariadb`, `mysql` or `sqlite`, with `name`, `host`, `port`, `user`, `password`, `container` and `tools`.',
        required: true, parser: parseDatabase, accepts: 'a YAML record of one database', example: '{ postgres: shop }',
    }),
    directory: (0,fields/* text */.Qq)({ description: 'Folder of the migrations in the release, or in `source`. If left out, `db/migrations` for engine `sql`, else the release itself.', example: 'db/migrations', accepts: FOLDER, check: (path) => checkLength(path) ?? (!path.startsWith('/') && hasNoClimb(path) ? undefined : `accepted is ${FOLDER}`) }),
    source: (0,fields/* text */.Qq)({ description: 'Folder of the workspace that holds the migrations and what runs them. It travels with the plan. If left out, they are in the release on the server.', example: 'migrations', check: checkLength }),
    release: (0,fields/* text */.Qq)({ description: 'The release whose migrations are meant. If left out, the one that this run has prepared, else the one that users reach.', check: (0,field_parsers/* mistakeOf */.Wl)(checkReleaseId) }),
    options: (0,fields/* structure */.QK)({ description: 'What the engine takes besides, as a YAML record; the README has every key.', parser: options/* parseOptions */.Ac, accepts: 'a YAML record of texts', schema: 'failsafe', example: '{ status: bin/migrations, apply: bin/migrate }' }),
    lint: (0,fields/* structure */.QK)({ description: 'Levels of the lint by rule, where they differ from the rule\'s own, as a YAML record: `error` stops `rehearse` and `apply`, then there are `warning`, `notice` and `off`.', parser: waiver_list/* parseLevels */.hl, accepts: 'a YAML record of rules and levels', example: '{ drop-index-blocks: error }' }),
    waivers: (0,fields/* structure */.QK)({ description: 'Findings of the lint that may stay, as a YAML list of `rule`, `migration` and `reason`. A comment in the migration says the same: the README has it.', parser: waiver_list/* parseWaivers */.dU, accepts: 'a YAML list of waivers' }),
    'lock-timeout': (0,fields/* duration */.p0)({ description: 'How long one statement may wait for a lock, while everybody else waits behind it.', default: '2s', min: '100ms', max: '1h' }),
    'lock-retries': (0,fields/* integer */.nd)({ description: 'How often a migration that did not get its lock, and left nothing, is tried again: after 1 s, 2 s, 4 s and so on, 30 s at most.', default: '8', max: 100 }),
    'statement-timeout': (0,fields/* duration */.p0)({ description: 'How long one statement may take.', default: '15m', min: '1s', max: '24h' }),
    'long-transaction': (0,fields/* duration */.p0)({ description: 'From which age on a transaction of somebody else is in the way: behind it a migration would wait, and everybody behind the migration.', default: '30s', min: '1s', max: '24h' }),
    'wait-for-others': (0,fields/* duration */.p0)({ description: 'How long a dump or a long transaction is waited for before `apply` is refused.', default: '1m', min: '0s', max: '24h' }),
    'require-rehearsal': (0,fields/* flag */.Jt)({ description: 'Whether `apply` refuses what was not rehearsed as it is: the same files, release and schema.', default: 'true' }),
    set: (0,fields/* text */.Qq)({ description: 'The backup set that the rehearsal is run on. If left out, the newest proven one that has this database.', example: '20261121T140210-3f9a1c', accepts: 'the name of a set', check: (set) => (/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(set) ? undefined : 'accepted is the name of a set') }),
    sets: (0,fields/* text */.Qq)({ description: 'Folder of the sets on the server. If left out, `backups` in the folder of the service.', accepts: PATH, check: (path) => checkLength(path) ?? (path.startsWith('/') && hasNoClimb(path) ? undefined : `accepted is ${PATH}`) }),
    'scratch-directory': (0,fields/* text */.Qq)({ description: 'Folder for the scratch instance. If left out, that of the sets, or for root `/var/tmp`.', accepts: PATH, check: (path) => checkLength(path) ?? (path.startsWith('/') && hasNoClimb(path) ? undefined : `accepted is ${PATH}`) }),
    'age-identity': (0,fields/* secret */.rJ)({ description: 'What opens a set that is encrypted with age: `AGE-SECRET-KEY-…`, or an SSH key.' }),
    'gpg-secret-key': (0,fields/* secret */.rJ)({ description: 'What opens a set that is encrypted with gpg: a secret key in ASCII armour.' }),
    'gpg-passphrase': (0,fields/* secret */.rJ)({ description: 'Passphrase of `gpg-secret-key`, if it has one.' }),
    neutralize: (0,fields/* text */.Qq)({ description: 'Command that turns off, in the copy, what reaches out of it: mail, payment, fiscal interfaces. It runs before the migrations are rehearsed, in the folder of the release, with the copy as its database.', multiline: true, example: 'psql -c "update mail_server set active = false"' }),
    'rehearsal-network': (0,fields/* choice */.Yq)({ options: ['none', 'allowed'], description: '`none` lets what is rehearsed reach no network and refuses where that cannot be had; `allowed` says openly that it may.', default: 'none' }),
    'edited-history': (0,fields/* choice */.Yq)({ options: ['refuse', 'accept'], description: 'What is done when a file was changed or removed after it was applied. `accept` takes the files as they are for what was applied.', default: 'refuse' }),
    'program-mirror': (0,fields/* text */.Qq)({ description: 'Mirror of https://github.com for the release of dbmate, which is brought to a server that lacks it; no other host is asked then.', check: (0,field_parsers/* mistakeOf */.Wl)((given) => (0,defaults/* sourceOf */.vz)(given)) }),
    timeout: (0,fields/* duration */.p0)({ description: 'How long all of it may take.', default: '2h', min: '10s', max: '24h' }),
    'dry-run': (0,fields/* flag */.Jt)({ description: 'Print the plan step by step, and change nothing.' }),
};
/** The contract of migrate. */
const inputs_action = (0,action/* defineAction */.Q)({
    name: 'migrate',
    title: 'Slipway migrations',
    description: 'Applies to a database only what it has rehearsed on a proven copy, under lock time-outs, and tells by looking what a failure has left.',
    branding: { icon: 'layers', color: 'blue' },
    inputs: inputs_fields,
    outputs: {
        state: 'After `apply` and `undo`: `untouched`, `applied` or `partially-applied`, as it was found.',
        evidence: 'JSON of what that was found by: what is applied and pending, and the lines of the schema that changed.',
        pending: 'JSON list of the names of migrations that are pending.',
        applied: 'JSON list of the names of migrations that are applied.',
        irreversible: 'JSON list of pending migrations that cannot be taken back.',
        'lint-findings': 'JSON list of what the lint of pending SQL found and no waiver covers: rule, level, path, line, message.',
        token: 'Of the rehearsal: what `apply` looks for on the server, so no job has to hand it on.',
        duration: 'Seconds it took, as a decimal number.',
        rehearsal: 'JSON of what the rehearsal saw: set, seconds of each migration, locks, rewritten tables, rows changed.',
    },
    check: (inputs) => [...(0,connection_inputs/* connectionMistakes */.gf)(inputs), ...(0,options/* optionMistakes */.xi)(inputs)],
});


/***/ }),

/***/ 5977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Jt: () => (/* binding */ flag),
  nd: () => (/* binding */ integer),
  p_: () => (/* binding */ list),
  g1: () => (/* binding */ record),
  Qq: () => (/* binding */ shape_text)
});

// UNUSED EXPORTS: anything, dictionary, scalar

// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __nccwpck_require__(1544);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/checks/shown.js
/**
 * Foreign text made fit for one line of a log or a table: control characters escaped, so that it can never be read as a
 * workflow command, and cut after `limit` characters.
 */
function shown_shown(text, limit = 120) {
    const head = text.slice(0, limit * 2);
    const escaped = head.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, shown_escape);
    return escaped.length > limit || text.length > head.length ? `${escaped.slice(0, limit)}… (${text.length} characters)` : escaped;
}
/** The same, in double quotes. */
function quoted(text, limit) {
    return `"${shown_shown(text, limit)}"`;
}
function shown_escape(character) {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

;// CONCATENATED MODULE: ./build/shared/checks/shape.js



/** A record of known keys; an unknown one is a fault that names the nearest. A key without a value counts as absent. */
function record(readers) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are keys with values', value);
        const known = Object.keys(readers);
        faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, shown_shown(key, 40))} is unknown; the nearest is ${(0,nearest/* nearest */.p)(key, known)}`));
        const given = Object.entries(value).filter(([key, item]) => known.includes(key) && item !== undefined && item !== null);
        return Object.fromEntries(given.map(([key, item]) => [key, readers[key](item, join(path, key), faults)]));
    };
}
/** A list of values; one value alone counts as a list of one. */
function list(reader) {
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
        const entries = Object.entries(value).map(([key, item]) => [key, reader(item, join(path, shown(key, 40)), faults)]);
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
    return typeof value === 'number' || typeof value === 'boolean' ? quoted(`${value}`) : 'a record';
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


/***/ }),

/***/ 9809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ Cancelled)
/* harmony export */ });
/** Why a signal was aborted when somebody cancelled the run: neither a user's fault nor a bug. */
class Cancelled extends Error {
    name = 'Cancelled';
    by;
    constructor(by) {
        super(`The run was cancelled (${by}).`);
        this.by = by;
    }
}


/***/ }),

/***/ 2520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   F7: () => (/* binding */ inSeconds),
/* harmony export */   a3: () => (/* binding */ formatDuration)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/**
 * Milliseconds in a duration such as `500ms`, `90s`, `5m`, `1h30m` or `2d`.
 * @throws {UserError} when a unit is missing or unknown, naming the accepted form.
 */
function parseDuration(text) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
    const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text.trim();
    if (!isWhole)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo('a duration carries its unit: 500ms, 90s, 5m, 1h30m or 2d');
    return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit], 0));
}
/** A number of milliseconds as people say it, to two units at most: `840ms`, `2.4s`, `1m 30s`, `2h 5m`. */
function formatDuration(ms) {
    if (ms < 1_000)
        return `${Math.round(ms)}ms`;
    if (ms < 10_000)
        return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')}s`;
    const seconds = Math.round(ms / 1_000);
    if (seconds < 60)
        return `${seconds}s`;
    if (seconds < 3_600)
        return twoUnits(Math.floor(seconds / 60), 'm', seconds % 60, 's');
    const minutes = Math.round(seconds / 60);
    if (minutes < 1_440)
        return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
    const hours = Math.round(minutes / 60);
    return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}
/** The same as decimal seconds, without a unit, as the outputs `duration` say it. */
function inSeconds(ms, digits = 1) {
    return (ms / 1_000).toFixed(digits);
}
function twoUnits(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}


/***/ }),

/***/ 9115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
/* unused harmony export NoRoom */
/**
 * A fault the user can mend: shown as its message alone, without a stack.
 * The message says what happened, to what, why, and what to do. Any other error is a bug of ours and keeps its stack.
 */
class UserError extends Error {
    name = 'UserError';
}
/** There is too little room on a disk of the server for what was to be done there; nothing has been done. */
class NoRoom extends (/* unused pure expression or super */ null && (UserError)) {
}
/** What any thrown value has to say for itself, as text. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 1544:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ likelyMeant),
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** The candidate that needs the fewest edits to become the word, `_` and `-` counting as one; undefined without candidates. */
function nearest(word, candidates) {
    return ranked(word, candidates)[0]?.candidate;
}
/** The candidate that the word is probably a slip of: at most a third of its letters, and two at least, would have to change. */
function likelyMeant(word, candidates) {
    const [best] = ranked(word, candidates);
    return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
function ranked(word, candidates) {
    const wanted = word.replaceAll('_', '-').slice(0, 100);
    return candidates.map((candidate) => ({ candidate, edits: editsBetween(wanted, candidate) })).sort((one, other) => one.edits - other.edits);
}
function editsBetween(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (const [index, letter] of [...one].entries()) {
        const next = [index + 1];
        for (const [column, candidate] of [...other].entries()) {
            const substituted = row[column] + (letter === candidate ? 0 : 1);
            next.push(Math.min(substituted, row[column + 1] + 1, next[column] + 1));
        }
        row = next;
    }
    return row.at(-1);
}


/***/ }),

/***/ 1338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ commandLine),
/* harmony export */   h: () => (/* binding */ quote)
/* harmony export */ });
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


/***/ }),

/***/ 4636:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ Secret)
/* harmony export */ });
// util.inspect.custom, which is documented to be this symbol; so node:util need not be loaded.
const inspected = Symbol.for('nodejs.util.inspect.custom');
/** A value that prints as `[redacted]` wherever it is logged, stringified or serialised; only `reveal()` gives it out. */
class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself, for the one place that needs it. */
    reveal() {
        return this.#value;
    }
    toString() {
        return '[redacted]';
    }
    toJSON() {
        return '[redacted]';
    }
    [inspected]() {
        return '[redacted]';
    }
}


/***/ }),

/***/ 4153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ formatSize)
/* harmony export */ });
/* unused harmony export parseSize */

const UNIT_BYTES = {
    B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40,
};
/**
 * Bytes in a size such as `512B`, `64KiB`, `1.5GB` or `2GiB`.
 * @throws {UserError} when the unit is missing or unknown, naming the accepted form.
 */
function parseSize(text) {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim()) ?? [];
    const bytes = UNIT_BYTES[unit ?? ''];
    if (bytes === undefined)
        throw new UserError('a size carries its unit: 512B, 64KiB, 100MB or 2GiB');
    return Math.round(Number(amount) * bytes);
}
/** A number of bytes as people say it: `0 B`, `4.2 MB`, `1.5 GB`. */
function formatSize(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
    const amount = bytes / 1_000 ** power;
    return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1).replace(/\.0$/, '')} ${units[power]}`;
}


/***/ }),

/***/ 1659:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W7: () => (/* binding */ fileOf),
/* harmony export */   _7: () => (/* binding */ COMPRESSIONS),
/* harmony export */   iR: () => (/* binding */ PROOFS)
/* harmony export */ });
/* unused harmony exports FURTHEST, isRestored, isProvableElsewhere, proofOf, proofOfSet, weaker */
/** How far a part is proven: `readable` to its last byte, `restored` into a scratch instance, and `equal` there, row by row, to the snapshot it came from. */
const PROOFS = ['none', 'readable', 'restored', 'equal'];
/** How the files of a set are compressed. */
const COMPRESSIONS = ['zstd', 'gzip', 'none'];
/** The furthest that a part of each kind can be proven. */
const FURTHEST = { postgres: 'equal', mysql: 'equal', redis: 'equal', mongodb: 'readable', sqlite: 'equal', files: 'equal', command: 'readable' };
/** Whether a proof takes a scratch instance. */
function isRestored(proof) {
    return proof === 'restored' || proof === 'equal';
}
/** Whether a part of this kind can be proven on another server than its own. */
function isProvableElsewhere(kind) {
    return kind === 'postgres' || kind === 'mysql' || kind === 'sqlite' || kind === 'files';
}
/** How far a source's part is to be proven. */
function proofOf(source, verify) {
    return source.verify ?? verify;
}
/** How far the set as a whole is: as its weakest part. */
function proofOfSet({ sources, verify }) {
    return sources.map((source) => proofOf(source, verify)).reduce(weaker);
}
/** The weaker of two proofs. */
function weaker(one, other) {
    return PROOFS.indexOf(one) < PROOFS.indexOf(other) ? one : other;
}
/** The file of a part before it is compressed and encrypted. */
function fileOf(source) {
    switch (source.kind) {
        case 'postgres':
        case 'mysql': return `${source.name}.sql`;
        case 'redis': return `${source.name}.rdb`;
        case 'mongodb': return `${source.name}.archive`;
        case 'sqlite': return `${source.name}.sqlite`;
        case 'files': return `${source.name}.tar`;
        case 'command': return source.file;
    }
}


/***/ }),

/***/ 5659:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  u: () => (/* binding */ ENGINES)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var quote = __nccwpck_require__(1338);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/migrations/engines/told.js


/** What asks a database which one it is: a copy of it, and another of the same name, answer otherwise. */
const WHO = {
    postgres: 'select current_database(), system_identifier from pg_control_system()',
    mysql: 'select database(), @@datadir, @@port',
    sqlite: 'select file from pragma_database_list where name = \'main\'',
};
/** Sets SLIPWAY_WHO, a question, and SLIPWAY_IDENTITY, the answer of the database that is meant: a tool whose own connection answers otherwise is stopped. */
function identify(database) {
    return `export SLIPWAY_KIND=${database} SLIPWAY_WHO=${(0,quote/* quote */.h)(WHO[database])} SLIPWAY_FOLDER="$PWD"\nSLIPWAY_IDENTITY=$(printf '%s;\\n' "$SLIPWAY_WHO" | rows_of)\nexport SLIPWAY_IDENTITY`;
}
/** A status of lines such as `["pending","shop.0002_total","shop/migrations/0002_total.py"]`, ended by `["end"]`. @throws {UserError} when it is anything else. */
function parseTold(tool, printed) {
    const lines = printed.split('\n').filter((line) => line !== '').map((line) => parseLine(tool, line));
    if (lines.at(-1)?.state !== 'end')
        throw new errors/* UserError */.yo(`The status of ${tool} has no end: ${printed.slice(-100)}`);
    const of = (wanted) => lines.filter(({ state }) => state === wanted).map(({ migration }) => migration);
    return { applied: of('applied'), pending: of('pending'), unknown: of('unknown').map(({ name }) => name) };
}
function parseLine(tool, line) {
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



const program = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "alembic.py", 'utf8');
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
    status: (setup) => `${run(setup, ['status'])}\ncat "$ROOM/told"`,
    parseStatus: (printed) => parseTold('Alembic', printed),
    sql: (setup, { name }) => `${run(setup, ['sql', name])}\ncat "$ROOM/told"`,
    read: withoutOwnRecord,
    prepare: (setup) => run(setup, ['prepare']),
    apply: (setup, pending) => pending.map(({ name }) => ({ title: name, script: run(setup, ['apply', name]) })),
    undo: (setup, applied) => applied.map(({ name }) => ({ title: name, script: run(setup, ['undo', name]) })),
};
function run({ database, directory, options }, task) {
    return [
        identify(database), ...(directory === '' ? [] : [`cd ./${(0,quote/* quote */.h)(directory)}`]),
        `export PYTHONDONTWRITEBYTECODE=1 SLIPWAY_CONFIG=${(0,quote/* quote */.h)(options['config'] ?? '')} SLIPWAY_SECTION=${(0,quote/* quote */.h)(options['section'] ?? '')} SLIPWAY_TASK=${(0,quote/* quote */.h)(JSON.stringify(task))}`,
        `${(0,quote/* commandLine */.a)([options['python'] ?? '', '-c', program])} >&2`,
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
    status: ({ options }) => script(options['status'] ?? ''),
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
    apply: ({ options }, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: script(options['apply'] ?? '') }]),
    undo: ({ options }, applied) => {
        const undo = options['undo'] ?? '';
        if (undo === '')
            throw new errors/* UserError */.yo('There is no undo among the options of engine command, so what its apply did cannot be taken back by it.');
        if (applied.length === 0)
            return [];
        const names = applied.map(({ name }) => name);
        return [{ title: names.join(', '), script: `${(0,quote/* commandLine */.a)(['export', `MIGRATIONS=${names.join('\n')}`])}\n${script(undo)}` }];
    },
};
function script(text) {
    return (0,quote/* commandLine */.a)(['sh', '-e', '-c', text]);
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/django.js



const django_program = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "django.py", 'utf8');
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
        identify(database), ...(directory === '' ? [] : [`cd ./${(0,quote/* quote */.h)(directory)}`]),
        `export PYTHONDONTWRITEBYTECODE=1 SLIPWAY_ALIAS=${(0,quote/* quote */.h)(options['alias'] ?? '')} SLIPWAY_TASK=${(0,quote/* quote */.h)(JSON.stringify(task))}`,
        `${(0,quote/* commandLine */.a)([options['python'] ?? '', options['manage'] ?? '', 'shell', '--verbosity', '0', '--command', django_program])} >&2`,
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
        `cd ./${(0,quote/* quote */.h)(directory)}`, `export FLYWAY_URL=${(0,quote/* quote */.h)(jdbc)}`,
        'login=${DATABASE_URL#*://} login=${login%%@*}', 'export FLYWAY_USER="${login%%:*}"', 'case $login in *:*) export FLYWAY_PASSWORD="${login#*:}" ;; esac', 'unset DATABASE_URL login',
        (0,quote/* commandLine */.a)([own, ...(config === '' ? [] : [`-configFiles=${config}`]), ...words]),
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
        `for file in ./${(0,quote/* quote */.h)(directory)}/*.up.sql; do [ ! -f "$file" ] || printf 'file|%s\\n' "$(basename "$file" .up.sql)"; done`,
        `if [ "$(printf '%s;\\n' ${(0,quote/* quote */.h)(IS_THERE[database === 'sqlite' ? 'sqlite' : 'postgres'])} | rows_of)" = 1 ]; then echo "select 'at', version, case when dirty then 'dirty' else 'clean' end from schema_migrations;" | rows_of; fi`, 'echo end',
    ].join('\n'),
    parseStatus: golang_migrate_parseStatus,
    sql: ({ directory }, { name }) => `cat ./${(0,quote/* quote */.h)(`${directory}/${name}`)}.up.sql\n[ ! -s ./${(0,quote/* quote */.h)(`${directory}/${name}`)}.down.sql ] || printf '\\n-- can be undone\\n'`,
    read: (migration, text) => {
        const read = printedSql(migration, text);
        return { ...read, up: { ...read.up, firstLine: 1, road: 'message' } };
    },
    apply: ({ directory }, pending) => pending.map(({ name }) => ({ title: name, script: `${ADDRESS}\nmigrate -path ./${(0,quote/* quote */.h)(directory)} -database "$DATABASE_URL" goto ${(0,quote/* quote */.h)(versionOf(name))}` })),
    undo: ({ directory }, applied) => applied.map(({ name }) => ({ title: name, script: `${ADDRESS}\nif [ "$(echo 'select version from schema_migrations;' | rows_of)" = ${(0,quote/* quote */.h)(versionOf(name))} ]; then migrate -path ./${(0,quote/* quote */.h)(directory)} -database "$DATABASE_URL" down 1; fi` })),
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
function versionOf(name) {
    return BigInt(/^\d+/.exec(name)?.[0] ?? '').toString();
}
function numberOf({ name }) {
    return BigInt(versionOf(name));
}

;// CONCATENATED MODULE: ./build/shared/migrations/engines/odoo.js



const odoo_program = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "odoo.py", 'utf8');
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
        `printf '%s;\\n' ${(0,quote/* quote */.h)(MODULES)} | rows_of >"$ROOM/modules"`,
        `${(0,quote/* commandLine */.a)(['env', `SLIPWAY_ADDONS=${options['addons'] ?? ''}`, options['python'] ?? '', '-c', odoo_program])} <"$ROOM/modules"`,
    ].join('\n');
}
function apply(setup, pending) {
    const { odoo: own = '', config = '' } = setup.options;
    const modules = pending.map(({ name }) => name.replace(/ .*$/, '')).join(',');
    const command = (0,quote/* commandLine */.a)([own, ...(config === '' ? [] : ['-c', config]), '-u', modules, '--stop-after-init', '--no-http']);
    return [
        `${inFolder(setup)}${command} -d "$SLIPWAY_DATABASE"`, `(\n${odoo_status(setup)}\n) >"$ROOM/after"`,
        'if grep -q \'^\\["pending"\' "$ROOM/after"; then',
        '  echo "Error: Odoo ended without a failure, and ir_module_module says that these are not updated: $(sed -n \'s/^\\["pending", "\\([^"]*\\)".*/\\1/p\' "$ROOM/after" | tr \'\\n\' \',\')" >&2',
        '  exit 1', 'fi',
    ].join('\n');
}
function inFolder({ directory }) {
    return directory === '' ? '' : `cd ./${(0,quote/* quote */.h)(directory)}\n`;
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
        `cd ./${(0,quote/* quote */.h)(directory)}`,
        `for folder in ./${(0,quote/* quote */.h)(options['migrations'] ?? '')}/*/; do [ ! -f "$folder/migration.sql" ] || printf 'file|%s\\n' "$(basename "$folder")"; done`,
        `if [ "$(printf '%s;\\n' ${(0,quote/* quote */.h)(prisma_IS_THERE[database])} | rows_of)" = 1 ]; then printf '%s;\\n' ${(0,quote/* quote */.h)(prisma_APPLIED)} | rows_of; fi`, 'echo end',
    ].join('\n'),
    parseStatus: (printed, setup) => prisma_parseStatus(printed, setup),
    read: ({ name, file = name }, text) => ({ name, up: { path: file, text, firstLine: 1, road: 'message' }, down: undefined }),
    apply: ({ directory, options }, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: `cd ./${(0,quote/* quote */.h)(directory)}\n${(0,quote/* commandLine */.a)([options['prisma'] ?? '', 'migrate', 'deploy'])}` }]),
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
        `for file in ./${(0,quote/* quote */.h)([directory, 'db/migrate'].filter(Boolean).join('/'))}/*.rb; do [ ! -f "$file" ] || printf 'file|%s\\n' "$(basename "$file")"; done`,
        `if [ "$(printf '%s;\\n' ${(0,quote/* quote */.h)(rails_IS_THERE[database])} | rows_of)" = 1 ]; then echo "select 'at', version from schema_migrations order by version;" | rows_of; fi`, 'echo end',
    ].join('\n'),
    parseStatus: rails_parseStatus,
    apply: (setup, pending) => pending.map((migration) => ({ title: migration.name, script: rails_run(setup, ['db:migrate:up', `VERSION=${rails_versionOf(migration)}`]) })),
    undo: (setup, applied) => applied.map((migration) => ({ title: migration.name, script: rails_run(setup, ['db:migrate:down', `VERSION=${rails_versionOf(migration)}`]) })),
};
function rails_run({ directory, options }, words) {
    const own = options['rails'] ?? '';
    return [`cd ./${(0,quote/* quote */.h)(directory)}`, `export RAILS_ENV=${(0,quote/* quote */.h)(options['environment'] ?? '')}`, (0,quote/* commandLine */.a)(['ruby', own, ...words])].join('\n');
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
        `${DBMATE} --migrations-dir ${(0,quote/* quote */.h)(setup.directory)} status >"$ROOM/listed"`,
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
        `cp ${(0,quote/* quote */.h)(`./${directory}/${name}`)} "$ROOM/alone/"`,
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
const ENGINES = [sql, django, alembic, rails, golangMigrate, odoo, flyway, prisma, command];


/***/ }),

/***/ 1302:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $l: () => (/* binding */ isSince),
/* harmony export */   n3: () => (/* binding */ isMysql),
/* harmony export */   zJ: () => (/* binding */ databaseOf)
/* harmony export */ });
// Of a database whose version nobody knows, no more is expected than of the oldest that is still in wide use.
const OLDEST = { postgres: [14], mysql: [8, 0, 36], mariadb: [10, 6], sqlite: [3, 40] };
/** The database of a dialect, from the version it tells of itself: `15.4 (Debian …)`, `10.11.6-MariaDB`. */
function databaseOf(dialect, version) {
    const numbers = /\d+(?:\.\d+)*/.exec(version ?? '')?.[0].split('.').map(Number);
    return { dialect, version: numbers ?? OLDEST[dialect] };
}
/** Whether the database has at least this version. */
function isSince({ version }, wanted) {
    const differing = wanted.findIndex((number, index) => number !== (version[index] ?? 0));
    return differing === -1 || (version[differing] ?? 0) > wanted[differing];
}
/** Whether it takes MySQL's words. */
function isMysql({ dialect }) {
    return dialect === 'mysql' || dialect === 'mariadb';
}


/***/ }),

/***/ 2602:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ blocks),
/* harmony export */   LT: () => (/* binding */ workOf),
/* harmony export */   w7: () => (/* binding */ effectsOf)
/* harmony export */ });
/* unused harmony exports LOCKS, isRoomy */
/* harmony import */ var _volatility_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3013);

/** PostgreSQL's locks on tables that a migration meets, the weaker first. */
const LOCKS = ['row exclusive', 'share update exclusive', 'share', 'share row exclusive', 'exclusive', 'access exclusive'];
/** Whether a lock keeps others from writing, or even from reading. */
function blocks(lock) {
    if (lock === 'access exclusive')
        return 'everything';
    return LOCKS.indexOf(lock) >= LOCKS.indexOf('share') ? 'writes' : 'nothing';
}
/** What PostgreSQL does for an act. https://www.postgresql.org/docs/current/explicit-locking.html and .../sql-altertable.html */
function effectsOf(act, database) {
    switch (act.kind) {
        case 'alter-table': return act.changes.flatMap((change) => ofChange(act.table, change, database));
        case 'create-table': return [...act.references.map((table) => effect(table, 'share row exclusive')), ...(act.partitionOf === undefined ? [] : [effect(act.partitionOf, 'access exclusive')])];
        case 'create-index': return [effect(act.table, act.isConcurrent ? 'share update exclusive' : 'share', 'index')];
        case 'drop': return ofDrop(act);
        case 'rename-table': return [effect(act.table, 'access exclusive')];
        case 'truncate': return act.tables.map((table) => effect(table, 'access exclusive'));
        case 'write': return [effect(act.table, 'row exclusive', act.isBounded ? 'none' : 'scan')];
        case 'insert': return [effect(act.table, 'row exclusive')];
        case 'refresh': return [effect(act.name, act.isConcurrent ? 'exclusive' : 'access exclusive', act.isConcurrent ? 'scan' : 'rewrite')];
        case 'rewrite': return [effect(act.table, 'access exclusive', 'rewrite')];
        case 'reindex': return act.name.startsWith('table ') ? [effect(act.name.slice('table '.length), act.isConcurrent ? 'share update exclusive' : 'share', 'index')] : [];
        case 'lock': return act.tables.flatMap((table) => LOCKS.filter((lock) => lock === act.mode).map((lock) => effect(table, lock)));
        case 'trigger': return [effect(act.table, act.isDropped ? 'access exclusive' : 'share row exclusive')];
        default: return [];
    }
}
function ofDrop({ thing, names, isConcurrent }) {
    return thing === 'table' || thing === 'view' || thing === 'materialized view' || (thing === 'index' && !isConcurrent) ? names.map((name) => effect(name, 'access exclusive')) : [];
}
function ofChange(table, change, database) {
    switch (change.kind) {
        case 'add-column': return ofNewColumn(table, change.column, database);
        case 'change-type': return [effect(table, 'access exclusive', isRoomy(change.type) && !change.isComputed ? 'unsure' : 'rewrite')];
        case 'set-not-null': return [effect(table, 'access exclusive', 'scan')];
        case 'add-constraint': return ofConstraint(table, change.constraint);
        case 'validate': return [effect(table, 'share update exclusive', 'scan')];
        case 'attach-partition': return [effect(table, 'share update exclusive'), effect(change.name, 'access exclusive', 'scan')];
        case 'detach-partition': return [effect(table, change.isConcurrent ? 'share update exclusive' : 'access exclusive'), effect(change.name, 'access exclusive')];
        case 'rewrite': return [effect(table, 'access exclusive', 'rewrite')];
        case 'brief': return [effect(table, ofBrief(change.how))];
        case 'option': return [];
        default: return [effect(table, 'access exclusive')];
    }
}
function ofNewColumn(table, column, database) {
    const isRewriting = column.generated === 'stored' || column.generated === 'identity' || (0,_volatility_js__WEBPACK_IMPORTED_MODULE_0__/* .whyRewritten */ .p)(column.preset, database) !== undefined;
    const work = isRewriting ? 'rewrite' : column.isUnique || column.isPrimary ? 'index' : column.isChecked ? 'scan' : 'none';
    return [effect(table, 'access exclusive', work), ...(column.references === undefined ? [] : [effect(column.references, 'share row exclusive')])];
}
function ofConstraint(table, { kind, isLater, usesIndex, references }) {
    if (kind === 'check')
        return [effect(table, 'access exclusive', isLater ? 'none' : 'scan')];
    if (kind !== 'foreign key')
        return [effect(table, 'access exclusive', usesIndex ? 'none' : 'index')];
    return [effect(table, 'share row exclusive', isLater ? 'none' : 'scan'), ...(references === undefined ? [] : [effect(references, 'share row exclusive')])];
}
function ofBrief(how) {
    if (/^(?:SET STATISTICS|SET ?\(|CLUSTER ON|RESET ?\()/.test(how))
        return 'share update exclusive';
    return /^(?:ENABLE|DISABLE) TRIGGER/.test(how) ? 'share row exclusive' : 'access exclusive';
}
const ROOMY = /^(?:text|citext|varchar|character varying|varbit|bit varying|numeric|decimal|interval|timestamptz?|timestamp with(?:out)? time zone|inet|cidr)(?:\([\d,]+\))?$/;
/** Whether a column may become of this type without being written anew, if it was a shorter one of the kind. */
function isRoomy(type) {
    return ROOMY.test(type);
}
function effect(table, lock, work = 'none') {
    return { table, lock, work };
}
/** What PostgreSQL does to the table itself for one change of it. */
function workOf(table, change, database) {
    return ofChange(table, change, database).find((one) => one.table === table)?.work ?? 'none';
}


/***/ }),

/***/ 7464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $J: () => (/* binding */ MYSQL),
/* harmony export */   A_: () => (/* binding */ LEVELS),
/* harmony export */   y2: () => (/* binding */ ALL)
/* harmony export */ });
/** The levels that people may choose. */
const LEVELS = ['off', 'notice', 'warning', 'error'];
/** All databases that the lint reads. */
const ALL = ['postgres', 'mysql', 'mariadb', 'sqlite'];
/** MySQL and what came of it. */
const MYSQL = ['mysql', 'mariadb'];


/***/ }),

/***/ 4159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  y: () => (/* binding */ RULES),
  Q: () => (/* binding */ ruleNamed)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __nccwpck_require__(1544);
// EXTERNAL MODULE: ./build/shared/migrations/lint/rule.js
var rule = __nccwpck_require__(7464);
// EXTERNAL MODULE: ./build/shared/migrations/lint/scene.js
var lint_scene = __nccwpck_require__(3344);
;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/on-change.js

/** Looks at each change of one kind, in tables that are in use; what it says is what a rule finds. */
function onChange(kind, find) {
    const isOfKind = (change) => change.kind === kind;
    return ({ act, scene }) => {
        if (act.kind !== 'alter-table' || !(0,lint_scene/* isLive */.DG)(act.table, scene))
            return [];
        return act.changes.filter(isOfKind).flatMap((change) => find(change, act.table, scene) ?? []);
    };
}
/** All that several look-outs find. */
function anyOf(...finds) {
    return (step) => finds.flatMap((find) => find(step));
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/in-use.js



const CONTRACT = 'Drop it in a later migration, once no release that may still run, or that you may go back to, uses it; then allow this rule there, with that reason.';
/** What takes away or renames what the release that runs is using. */
const IN_USE = [
    {
        id: 'drop-table', level: 'error', engines: rule/* ALL */.y2, instead: CONTRACT,
        why: 'The release that runs fails at each query of it, and its rows are gone.',
        find: ({ act, scene }) => (act.kind === 'drop' && isOf(act.thing, 'table', 'view', 'materialized view') ? act.names.filter((name) => (0,lint_scene/* isLive */.DG)(name, scene) && !scene.rebuilt.has(name)).map((name) => `The ${act.thing} ${name} is dropped`) : []),
    },
    {
        id: 'drop-column', level: 'error', engines: rule/* ALL */.y2, instead: CONTRACT,
        why: 'The release that runs fails at each query that names it, and its values are gone.',
        find: onChange('drop-column', ({ name }, table, scene) => (isNewColumn(table, name, scene) ? undefined : `${table}.${name} is dropped`)),
    },
    {
        id: 'drop-schema', level: 'error', engines: rule/* ALL */.y2, instead: CONTRACT,
        why: 'Everything in it is gone, whatever uses it.',
        find: ({ act }) => (act.kind === 'drop' && isOf(act.thing, 'schema', 'database', 'owned') ? [`${act.thing === 'owned' ? 'All that belongs to' : `The ${act.thing}`} ${act.names.join(', ')} is dropped`] : []),
    },
    {
        id: 'drop-cascade', level: 'error', engines: ['postgres'],
        why: 'CASCADE also drops what depends on it, such as views, foreign keys and columns that no line here names.',
        instead: 'Drop by name what has to go, and leave CASCADE out.',
        find: ({ act, scene }) => (act.kind === 'drop' && act.isCascading && !act.names.every((name) => scene.created.has(name)) ? [`${act.names.join(', ')} goes with all that depends on it`] : []),
    },
    {
        id: 'rename-table', level: 'error', engines: rule/* ALL */.y2,
        why: 'The release that runs fails at each query of it, until the next one has taken over.',
        instead: 'Make a view of the new name and rename later; or make the new table, write both, fill it, and drop the old one in a later migration.',
        find: anyOf(({ act, scene }) => (act.kind === 'rename-table' && (0,lint_scene/* isLive */.DG)(act.table, scene) ? [`${act.table} is called ${act.to} from then on`] : []), onChange('rename-table', ({ to }, table) => (to.endsWith('.') ? `${table} moves to the schema ${to.slice(0, -1)}` : `${table} is called ${to} from then on`))),
    },
    {
        id: 'rename-column', level: 'error', engines: rule/* ALL */.y2,
        why: 'The release that runs fails at each query that names it, until the next one has taken over.',
        instead: 'Add a column of the new name, write both from the application, fill it in batches, and drop the old one in a later migration.',
        find: anyOf(onChange('rename-column', ({ name, to }, table, scene) => (isNewColumn(table, name, scene) ? undefined : `${table}.${name} is called ${to} from then on`)), onChange('modify-column', ({ was, column: { name } }, table) => (was === name ? undefined : `${table}.${was} is called ${name} from then on`))),
    },
    {
        id: 'rename-enum-value', level: 'error', engines: ['postgres'],
        why: 'The release that runs fails where it writes or compares the old word.',
        instead: 'Add the new word beside the old one, and move the rows in batches.',
        find: ({ act }) => (act.kind === 'enum' && act.renamed !== undefined ? [`${act.renamed} of ${act.type} becomes another word`] : []),
    },
    {
        id: 'truncate', level: 'error', engines: rule/* ALL */.y2,
        why: 'Every row is gone, and nobody can read the table until the transaction ends.',
        instead: 'Make a new table and let the next release use it; or delete in batches, by a condition.',
        find: ({ act, scene }) => (act.kind === 'truncate' ? act.tables.filter((table) => (0,lint_scene/* isLive */.DG)(table, scene)).map((table) => `${table}${act.isCascading ? ' and all that refers to it' : ''} is emptied`) : []),
    },
    {
        id: 'write-without-where', level: 'error', engines: rule/* ALL */.y2,
        why: 'It locks every row, or writes every one anew, for as long as it takes, in one piece that nobody can stop half-way.',
        instead: 'Write in batches by key ranges, outside of the migration or in one that runs without a transaction.',
        find: ({ act, scene }) => (act.kind === 'write' && !act.isBounded && (0,lint_scene/* isLive */.DG)(act.table, scene) ? [`${act.verb === 'update' ? 'UPDATE' : 'DELETE'} of all rows of ${act.table}`] : []),
    },
];
function isOf(thing, ...things) {
    return things.includes(thing);
}
function isNewColumn(table, name, { createdColumns }) {
    return createdColumns.has(`${table}.${name}`);
}

// EXTERNAL MODULE: ./build/shared/migrations/lint/dialect.js
var dialect = __nccwpck_require__(1302);
;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/indexes.js



const CREATE = 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY';
/** Indexes of PostgreSQL, whose building and dropping lock a table unless asked not to. */
const INDEXES = [
    {
        id: 'create-index-blocks', level: 'error', engines: ['postgres'], source: CREATE,
        why: 'Nobody can write the table until the index is built.',
        instead: 'Write CREATE INDEX CONCURRENTLY, in a migration of its own that runs without a transaction.',
        find: ({ act, scene }) => (act.kind === 'create-index' && !act.isConcurrent && (0,lint_scene/* isLive */.DG)(act.table, scene) ? [`An index of ${act.table} is built`] : []),
    },
    {
        id: 'drop-index-blocks', level: 'warning', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-dropindex.html',
        why: 'It waits for every query of the table, and all later ones wait behind it.',
        instead: 'Write DROP INDEX CONCURRENTLY, in a migration of its own that runs without a transaction.',
        find: ({ act }) => (act.kind === 'drop' && act.thing === 'index' && !act.isConcurrent ? act.names.map((name) => `The index ${name} is dropped`) : []),
    },
    {
        id: 'reindex-blocks', level: 'error', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-reindex.html',
        why: 'Nobody can write the table, nor read it by this index, until it is built.',
        instead: 'Write REINDEX (CONCURRENTLY), in a migration of its own that runs without a transaction.',
        find: ({ act }) => (act.kind === 'reindex' && !act.isConcurrent ? [`REINDEX of ${act.name}`] : []),
    },
    {
        id: 'concurrently-if-not-exists', level: 'warning', engines: ['postgres'], source: CREATE,
        why: 'A build that failed or was cut off leaves an index of that name which is not valid, and IF NOT EXISTS takes it for the index.',
        instead: 'Put DROP INDEX CONCURRENTLY IF EXISTS of the same name before it, and leave IF NOT EXISTS out.',
        find: ({ act }) => (act.kind === 'create-index' && act.isConcurrent && act.isIfNotExists ? [`The index ${act.index} is built unless its name is there`] : []),
    },
    {
        id: 'detach-partition', level: 'warning', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-altertable.html',
        why: 'Nobody can read or write any partition of the table until every query of it has ended.',
        instead: 'Write DETACH PARTITION … CONCURRENTLY, in a migration of its own that runs without a transaction.',
        find: onChange('detach-partition', (change, table, { database }) => (!change.isConcurrent && (0,dialect/* isSince */.$l)(database, [14]) ? `${change.name} leaves ${table}` : undefined)),
    },
];

;// CONCATENATED MODULE: ./build/shared/migrations/lint/mysql-effects.js

const INSTANT_COLUMN = { mysql: [8, 0, 12], mariadb: [10, 3] };
const INSTANT_DROP = { mysql: [8, 0, 29], mariadb: [10, 4] };
/**
 * The way of one change of an ALTER TABLE. https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html,
 * https://mariadb.com/docs/server/server-usage/storage-engines/innodb/innodb-online-ddl/innodb-online-ddl-overview
 */
function wayOf(change, database) {
    switch (change.kind) {
        case 'add-column': return wayOfColumn(change.column, database);
        case 'drop-column': return (0,dialect/* isSince */.$l)(database, since(INSTANT_DROP, database)) ? 'instant' : 'rebuild';
        case 'modify-column': return 'unsure';
        case 'add-constraint': return wayOfConstraint(change.constraint);
        case 'add-index': return change.type === 'FULLTEXT' || change.type === 'SPATIAL' ? 'blocking' : 'index';
        case 'rewrite': return COPYING.includes(change.how) ? 'copy' : 'rebuild';
        case 'brief': return change.how === 'DROP INDEX' ? 'index' : 'instant';
        case 'unknown': return 'unsure';
        default: return 'instant';
    }
}
const COPYING = ['CONVERT TO CHARACTER SET', 'DROP PRIMARY KEY', 'PARTITION BY', 'REMOVE PARTITIONING', 'REORGANIZE PARTITION', 'COALESCE PARTITION', 'ORDER BY'];
function wayOfColumn({ generated, isUnique, isPrimary, references }, database) {
    if (generated === 'stored')
        return 'copy';
    if (generated === 'identity')
        return 'blocking';
    if (isPrimary || isUnique)
        return 'rebuild';
    if (references !== undefined && database.dialect === 'mariadb')
        return 'copy';
    return (0,dialect/* isSince */.$l)(database, since(INSTANT_COLUMN, database)) ? 'instant' : 'rebuild';
}
function wayOfConstraint({ kind }) {
    if (kind === 'unique')
        return 'index';
    return kind === 'primary key' ? 'rebuild' : 'copy';
}
function since(versions, { dialect }) {
    return dialect === 'mariadb' ? versions.mariadb : versions.mysql;
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/mysql.js



const DOCS = 'https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html';
// With one of these the server refuses what it could only do by copying, or while nobody may write.
const CAREFUL = ['INSTANT', 'INPLACE', 'NOCOPY'];
/** What InnoDB can do to a table only by copying it, or while nobody may write. */
const MYSQL_RULES = [
    {
        id: 'alter-copies', level: 'error', engines: rule/* MYSQL */.$J, source: DOCS,
        why: 'The table is copied row by row, and nobody can write it until that is done.',
        instead: 'Use a tool that copies in the background and swaps, such as gh-ost or pt-online-schema-change; or add a column and fill it in batches.',
        find: (step) => [...found(step, 'copy'), ...(step.act.kind === 'create-index' && step.act.options.includes('COPY') && (0,lint_scene/* isLive */.DG)(step.act.table, step.scene) ? [`ALGORITHM=COPY of ${step.act.table}`] : [])],
    },
    {
        id: 'alter-may-copy', level: 'warning', engines: rule/* MYSQL */.$J, source: DOCS,
        why: 'Where the server cannot do it in place, it copies the table row by row, and nobody can write it until that is done.',
        instead: 'Add ALGORITHM=INSTANT, or ALGORITHM=INPLACE, LOCK=NONE, so that the server refuses rather than copies.',
        find: (step) => found(step, 'unsure'),
    },
    {
        id: 'alter-blocks-writes', level: 'error', engines: rule/* MYSQL */.$J, source: DOCS,
        why: 'Nobody can write the table until it is done.',
        instead: 'Do it in a maintenance window, or with a tool that copies in the background and swaps, such as gh-ost or pt-online-schema-change.',
        find: (step) => [...found(step, 'blocking'), ...ofIndex(step)],
    },
    {
        id: 'alter-rebuilds', level: 'warning', engines: rule/* MYSQL */.$J, source: DOCS,
        why: 'The table is built anew: all can read and write meanwhile, but it takes room for a second copy, and replicas fall behind by as long as it takes.',
        instead: 'Do it when little happens, with room on the disk; or with a tool that goes step by step, such as gh-ost.',
        find: (step) => [...found(step, 'rebuild'), ...(step.act.kind === 'rewrite' && (0,lint_scene/* isLive */.DG)(step.act.table, step.scene) ? [`OPTIMIZE TABLE of ${step.act.table}`] : [])],
    },
    {
        id: 'checks-off', level: 'warning', engines: ['postgres', 'mysql', 'mariadb'],
        why: 'Rows that break a constraint come in unseen, and nothing looks at them later.',
        instead: 'Leave the checks on; load in the order of the references.',
        find: ({ act }) => (act.kind === 'set' && CHECKS.some(([name, values]) => act.name === name && values.includes(act.value)) ? [`${act.name} is ${act.value}`] : []),
    },
];
const CHECKS = [
    ['foreign_key_checks', ['0', 'off', 'false']], ['unique_checks', ['0', 'off', 'false']], ['check_constraint_checks', ['0', 'off', 'false']], ['session_replication_role', ['replica']],
];
function found({ act, scene }, way) {
    if (act.kind !== 'alter-table' || !(0,lint_scene/* isLive */.DG)(act.table, scene))
        return [];
    const [algorithm, lock] = [optionOf(act, 'ALGORITHM'), optionOf(act, 'LOCK')];
    if (way === 'copy' && algorithm === 'COPY')
        return [`ALGORITHM=COPY of ${act.table}`];
    if (way === 'blocking' && (lock === 'SHARED' || lock === 'EXCLUSIVE'))
        return [`LOCK=${lock} of ${act.table}`];
    if (algorithm === 'COPY')
        return [];
    const isReplaced = act.changes.some((change) => (change.kind === 'add-constraint' && change.constraint.kind === 'primary key') || (change.kind === 'add-column' && change.column.isPrimary));
    const changes = act.changes.filter((change) => !(isReplaced && change.kind === 'rewrite' && change.how === 'DROP PRIMARY KEY'));
    return changes.filter((change) => wayOf(change, scene.database) === way && (isPartitioning(change) || !isRefused(way, algorithm, lock))).map((change) => sayingOf(change, act.table));
}
// It is done by copying, whatever ALGORITHM says.
function isPartitioning(change) {
    return change.kind === 'rewrite' && change.how.includes('PARTITION');
}
// What the server refuses anyway, it cannot do to users.
function isRefused(way, algorithm, lock) {
    if (way === 'copy' || way === 'unsure')
        return (algorithm !== undefined && CAREFUL.includes(algorithm)) || lock === 'NONE';
    if (way === 'rebuild')
        return algorithm === 'INSTANT' || algorithm === 'NOCOPY';
    return way === 'blocking' && (lock === 'NONE' || algorithm === 'INSTANT');
}
function ofIndex({ act, scene }) {
    if (act.kind !== 'create-index' || !(0,lint_scene/* isLive */.DG)(act.table, scene))
        return [];
    const isBlocking = act.type === 'FULLTEXT' || act.type === 'SPATIAL' || act.options.includes('SHARED') || act.options.includes('EXCLUSIVE');
    return isBlocking && !act.options.includes('NONE') ? [`An index of ${act.table} is built`] : [];
}
function optionOf({ changes }, name) {
    return changes.find((change) => change.kind === 'option' && change.name === name)?.value;
}
function sayingOf(change, table) {
    switch (change.kind) {
        case 'add-column': return `The column ${table}.${change.column.name} is added`;
        case 'modify-column': return `${table}.${change.was} becomes ${change.column.type}`;
        case 'drop-column': return `The column ${table}.${change.name} is dropped`;
        case 'add-constraint': return `A ${change.constraint.kind} of ${table} is added`;
        case 'add-index': return `An index of ${table} is built`;
        default: return `${'how' in change ? change.how : change.kind} of ${table}`;
    }
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/reading.js


/** What the lint cannot see through, and says so. */
const READING = [
    {
        id: 'unreadable', level: 'error', engines: rule/* ALL */.y2,
        why: 'The lint cannot tell where its statements end, so it has not read them.',
        instead: 'Close what was opened.',
        find: ({ statement }) => statement.tokens.filter(({ isOpen }) => isOpen === true).map(({ kind }) => `A ${kind === 'name' ? 'quoted name' : kind} that begins here has no end`),
    },
    {
        id: 'dynamic-sql', level: 'notice', engines: rule/* ALL */.y2,
        why: 'What it carries out is known only when it runs, so the lint has not read it.',
        instead: 'Write the statements out, or look at what the rehearsal tells of them.',
        find: ({ act, statement }) => {
            if (statement.tokens.some(({ kind, text }) => kind === 'comment' && UNWRITTEN.test(text)))
                return ['Code does this, and no SQL tells what'];
            if (act.kind === 'block')
                return act.body === undefined ? ['A block of statements is run'] : [];
            return act.kind === 'other' && DYNAMIC.includes(act.verb) ? ['SQL that is put together is run'] : [];
        },
    },
    {
        id: 'json-column', level: 'notice', engines: ['postgres'],
        why: 'The type json cannot be compared, so SELECT DISTINCT and GROUP BY of the table fail from then on.',
        instead: 'Use jsonb.',
        find: onChange('add-column', ({ column }, table) => (column.type === 'json' ? `${table}.${column.name} is json` : undefined)),
    },
];
// As Django's sqlmigrate says it, in one version and another.
const UNWRITTEN = /^--.*\bCANNOT BE WRITTEN AS SQL\b/;
const DYNAMIC = ['EXECUTE', 'PREPARE'];

// EXTERNAL MODULE: ./build/shared/migrations/lint/postgres-effects.js
var postgres_effects = __nccwpck_require__(2602);
// EXTERNAL MODULE: ./build/shared/migrations/lint/volatility.js
var volatility = __nccwpck_require__(3013);
;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/rewriting.js




const rewriting_DOCS = 'https://www.postgresql.org/docs/current/sql-altertable.html';
const UNTIL_WRITTEN = 'Nobody can read or write the table until every row and index of it is written anew.';
/** What copies every row of a table while nobody may read it. */
const REWRITING = [
    {
        id: 'change-column-type', level: 'error', engines: ['postgres'], source: rewriting_DOCS, why: UNTIL_WRITTEN,
        instead: 'Add a column of the new type, write both from the application, fill it in batches, and read it from the next release on.',
        find: onChange('change-type', (change, table, { database }) => ((0,postgres_effects/* workOf */.LT)(table, change, database) === 'rewrite' ? `${table}.${change.name} becomes ${change.type}${change.isComputed ? ' by USING' : ''}` : undefined)),
    },
    {
        id: 'widen-column-type', level: 'warning', engines: ['postgres'], source: rewriting_DOCS,
        why: 'It takes a moment if the column was a shorter one of the same kind; from any other type every row is written anew, and nobody can read the table meanwhile.',
        instead: 'Look at what the rehearsal tells of tables written anew; where there is one, add a column and fill it in batches.',
        find: onChange('change-type', (change, table, { database }) => ((0,postgres_effects/* workOf */.LT)(table, change, database) === 'unsure' ? `${table}.${change.name} becomes ${change.type}` : undefined)),
    },
    {
        id: 'add-column-rewrites', level: 'error', engines: ['postgres'], source: rewriting_DOCS, why: UNTIL_WRITTEN,
        instead: 'Add the column without it, set a default for new rows in a second statement, and fill old rows in batches.',
        find: onChange('add-column', (change, table, { database }) => ((0,postgres_effects/* workOf */.LT)(table, change, database) === 'rewrite' ? `The new column ${table}.${change.column.name} writes every row: ${whyWritten(change.column, database)}` : undefined)),
    },
    {
        id: 'rewrite-table', level: 'error', engines: ['postgres'], source: rewriting_DOCS, why: UNTIL_WRITTEN,
        instead: 'Do it in a maintenance window, or with a tool that works while the table is in use, such as pg_repack.',
        find: anyOf(({ act, scene }) => (act.kind === 'rewrite' && (0,lint_scene/* isLive */.DG)(act.table, scene) ? [`${act.how} of ${act.table || 'all tables'}`] : []), onChange('rewrite', (change, table) => `${change.how} of ${table}`)),
    },
    {
        id: 'refresh-blocks', level: 'warning', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html',
        why: 'Nobody can read the view until its query has ended.',
        instead: 'Write REFRESH MATERIALIZED VIEW CONCURRENTLY, for which the view needs a unique index.',
        find: ({ act, scene }) => (act.kind === 'refresh' && !act.isConcurrent && (0,lint_scene/* isLive */.DG)(act.name, scene) ? [`The view ${act.name} is filled anew`] : []),
    },
];
function whyWritten({ generated, type, preset }, database) {
    if (generated === 'stored')
        return 'it is computed and stored';
    if (generated === 'identity')
        return `${type} numbers the rows that are there`;
    return (0,volatility/* whyRewritten */.p)(preset, database) ?? type;
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/sqlite.js


const sqlite_DOCS = 'https://www.sqlite.org/lang_altertable.html';
/** What SQLite refuses, does to every row, or does otherwise than its text says. */
const SQLITE = [
    {
        id: 'add-column-refused', level: 'error', engines: ['sqlite'], source: `${sqlite_DOCS}#alter_table_add_column`,
        why: 'SQLite refuses it on a table, or on one with rows, and the migration fails.',
        instead: 'Add a plain column with a constant default, or without NOT NULL; what is to be unique gets an index of its own.',
        find: onChange('add-column', ({ column }, table) => {
            const first = column.preset?.[0];
            const isVarying = first !== undefined && (first.text === '(' || /^current_(?:time|date|timestamp)$/i.test(first.text));
            const why = column.isPrimary || column.isUnique ? 'is PRIMARY KEY or UNIQUE' : column.generated === 'stored' ? 'is computed and stored' : isVarying ? 'has a default that is no constant' : column.isNotNull && column.preset === undefined && column.generated === undefined ? 'is NOT NULL and has no default' : undefined;
            return why === undefined ? undefined : `${table}.${column.name} ${why}`;
        }),
    },
    {
        id: 'rebuild-table', level: 'warning', engines: ['sqlite'], source: `${sqlite_DOCS}#otheralter`,
        why: 'Every row is copied, and nobody can write any table of the file until the transaction ends.',
        instead: 'Do it in a maintenance window if the table is large.',
        find: ({ act, scene }) => (act.kind === 'drop' && act.thing === 'table' ? act.names.filter((name) => scene.rebuilt.has(name)).map((name) => `${name} is built anew as ${scene.rebuilt.get(name)}`) : []),
    },
    {
        id: 'foreign-keys-in-transaction', level: 'error', engines: ['sqlite'], source: 'https://www.sqlite.org/pragma.html#pragma_foreign_keys',
        why: 'Within a transaction it does nothing: DROP TABLE then deletes the rows first, and with them, by ON DELETE CASCADE, those of other tables.',
        instead: 'Run the migration without a transaction, and open one in it after the PRAGMA.',
        find: ({ act, scene }) => (act.kind === 'set' && act.name === 'foreign_keys' && (scene.transaction.isOpen || scene.road === 'transaction') ? ['PRAGMA foreign_keys in a transaction'] : []),
    },
    {
        id: 'rebuild-keeps-foreign-keys', level: 'warning', engines: ['sqlite'], source: `${sqlite_DOCS}#otheralter`,
        why: 'Where foreign keys are on, DROP TABLE deletes the rows first, and with them, by ON DELETE CASCADE, those of other tables.',
        instead: 'Run the migration without a transaction, and begin it with PRAGMA foreign_keys = OFF, before BEGIN.',
        find: ({ act, scene }) => (act.kind === 'drop' && act.thing === 'table' && scene.foreignKeys !== 'off' ? act.names.filter((name) => scene.rebuilt.has(name)).map((name) => `${name} is dropped to be built anew`) : []),
    },
    {
        id: 'rename-before-rebuild', level: 'error', engines: ['sqlite'], source: `${sqlite_DOCS}#otheralter`,
        why: 'Foreign keys, views and triggers of other tables follow the old table to its new name.',
        instead: 'Make the new table under another name, copy the rows, drop the old one, and rename the new one last.',
        find: ({ act, scene }) => (act.kind === 'create-table' && scene.renamedAway.has(act.table) && (0,lint_scene/* isLive */.DG)(act.table, scene) ? [`${act.table} was renamed, and is made again`] : []),
    },
    {
        id: 'vacuum', level: 'error', engines: ['sqlite'], source: 'https://www.sqlite.org/lang_vacuum.html',
        why: 'It copies the whole file while nobody can write, and is refused within a transaction.',
        instead: 'Leave it out of migrations.',
        find: ({ act }) => (act.kind === 'vacuum' || (act.kind === 'rewrite' && act.how.startsWith('VACUUM')) ? ['VACUUM of the whole file'] : []),
    },
    {
        id: 'drop-column-rewrites', level: 'warning', engines: ['sqlite'], source: `${sqlite_DOCS}#alter_table_drop_column`,
        why: 'Every row is written anew, and nobody can write any table of the file until that is done.',
        instead: 'Do it in a maintenance window if the table is large.',
        find: onChange('drop-column', ({ name }, table) => `${table}.${name} is dropped`),
    },
];

;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/transactions.js




const QUEUE = 'https://www.postgresql.org/docs/current/explicit-locking.html';
/** What statements do to one another within a transaction, and to those who wait. */
const TRANSACTIONS = [
    {
        id: 'concurrently-in-transaction', level: 'error', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT',
        why: 'PostgreSQL refuses it there, and the migration fails. Several statements that are sent as one message are a transaction too.',
        instead: 'Put it into a migration of its own, with nothing else in it, that runs without a transaction.',
        find: (step) => (isInTransaction(step) ? standsAlone(step.act, step.scene) : []),
    },
    {
        id: 'work-under-lock', level: 'error', engines: ['postgres'], source: QUEUE,
        why: 'A lock is held until the transaction ends: nobody can use that table while this reads or writes all its rows.',
        instead: 'Put it into a later migration, with a transaction of its own.',
        find: ({ act, scene }) => {
            const held = [...scene.transaction.held.values()].filter(({ lock }) => (0,postgres_effects/* blocks */.Bv)(lock) === 'everything').map(({ table }) => table);
            const work = (0,lint_scene/* liveEffects */.FB)(act, scene).find((effect) => (effect.work === 'scan' || effect.work === 'index') && (0,postgres_effects/* blocks */.Bv)(effect.lock) !== 'everything') ?? bulkWrite(act, scene);
            return scene.transaction.isOpen && held.length > 0 && work !== undefined ? [`${held.join(', ')} ${held.length === 1 ? 'is' : 'are'} locked by an earlier statement of the transaction, and this goes through ${work.table}`] : [];
        },
    },
    {
        id: 'several-tables-locked', level: 'warning', engines: ['postgres'], source: QUEUE,
        why: 'It holds the first while it waits for the next, so queries of both wait, and with one that takes them in another order it deadlocks.',
        instead: 'Lock one table a migration.',
        find: ({ act, scene }) => {
            const { isOpen, held } = scene.transaction;
            const others = [...held.values()].filter(({ lock }) => (0,postgres_effects/* blocks */.Bv)(lock) === 'everything').map(({ table }) => table);
            const next = (0,lint_scene/* liveEffects */.FB)(act, scene).find(({ table, lock }) => (0,postgres_effects/* blocks */.Bv)(lock) === 'everything' && !held.has(table) && act.kind !== 'drop');
            return isOpen && others.length > 0 && next !== undefined ? [`${next.table} is locked after ${others.join(', ')}, in one transaction`] : [];
        },
    },
    {
        id: 'no-lock-timeout', level: 'warning', engines: ['postgres', 'mysql', 'mariadb'], source: QUEUE,
        why: 'It waits for whoever uses the table, and all later queries wait behind it.',
        instead: 'Put SET lock_timeout = \'2s\' (MySQL: SET lock_wait_timeout = 2) before it, and let the migration be tried again.',
        find: ({ act, scene }) => {
            const table = scene.lockTimeout === 'set' ? undefined : waitedFor(act, scene);
            return table === undefined ? [] : [scene.lockTimeout === 'off' ? `${table} is locked with the lock time-out turned off` : `${table} is locked, and no lock time-out is set`];
        },
    },
    {
        id: 'enum-value-in-transaction', level: 'error', engines: ['postgres'], source: 'https://www.postgresql.org/docs/current/sql-altertype.html',
        why: 'A new word of an enum may be used only once the transaction that brought it has ended, so the migration fails.',
        instead: 'Use it in a later migration.',
        find: ({ act, scene, spoken }) => {
            if (act.kind === 'enum' && act.added !== undefined && scene.transaction.isOpen && !(0,dialect/* isSince */.$l)(scene.database, [12]))
                return [`${act.added} comes to ${act.type} in a transaction, which PostgreSQL before 12 refuses`];
            return spoken.filter(({ kind, text }) => kind === 'string' && scene.transaction.enumValues.has(text)).slice(0, 1).map(({ text }) => `${text} is used in the transaction that brought it`);
        },
    },
    {
        id: 'transaction-control', level: 'error', engines: rule/* ALL */.y2,
        why: 'It ends or nests the transaction that the migration tool keeps: what follows is no longer undone when the migration fails.',
        instead: 'Leave transactions to the tool, or tell it to run this migration without one.',
        find: ({ act, scene }) => (act.kind === 'transaction' && scene.road === 'transaction' ? [`${act.verb.toUpperCase()} in a migration that runs in a transaction`] : []),
    },
    {
        id: 'several-changes', level: 'warning', engines: ['mysql', 'mariadb'], source: 'https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html',
        why: 'Each takes effect at once and none is undone when a later one fails, so the migration may stop half-way.',
        instead: 'Change one thing a migration.',
        find: ({ act, scene }) => (scene.transaction.changes > 0 && isChange(act) ? [`This is change ${scene.transaction.changes + 1} of the schema in one migration`] : []),
    },
];
function isInTransaction({ scene, count }) {
    return scene.transaction.isOpen && (scene.road !== 'message' || scene.transaction.isOwn || count > 1);
}
function standsAlone(act, { database }) {
    if (act.kind === 'create-index' && act.isConcurrent)
        return [`CREATE INDEX CONCURRENTLY of ${act.table}`];
    if (act.kind === 'drop' && act.isConcurrent)
        return [`DROP INDEX CONCURRENTLY of ${act.names.join(', ')}`];
    if (act.kind === 'reindex' && (act.isConcurrent || /^(?:database|schema|system) /.test(act.name)))
        return [`REINDEX of ${act.name}`];
    if (act.kind === 'alter-table' && act.changes.some((change) => change.kind === 'detach-partition' && change.isConcurrent) && (0,dialect/* isSince */.$l)(database, [14]))
        return [`DETACH PARTITION CONCURRENTLY of ${act.table}`];
    return act.kind === 'vacuum' || (act.kind === 'rewrite' && act.how === 'VACUUM FULL') ? ['VACUUM'] : [];
}
// Old rows are filled, or all are gone through.
function bulkWrite(act, scene) {
    return act.kind === 'write' && (0,lint_scene/* isLive */.DG)(act.table, scene) && (!act.isBounded || scene.transaction.held.has(act.table)) ? act : undefined;
}
function waitedFor(act, scene) {
    if (scene.database.dialect === 'postgres')
        return (0,postgres_effects/* effectsOf */.w7)(act, scene.database).find(({ table, lock }) => (0,postgres_effects/* blocks */.Bv)(lock) !== 'nothing' && (0,lint_scene/* isLive */.DG)(table, scene))?.table;
    const tables = act.kind === 'alter-table' || act.kind === 'create-index' || act.kind === 'rename-table' ? [act.table] : act.kind === 'drop' && act.thing === 'table' ? act.names : [];
    return tables.find((table) => (0,lint_scene/* isLive */.DG)(table, scene));
}
const CHANGES = ['create-table', 'alter-table', 'create-index', 'drop', 'rename-table', 'truncate'];
function isChange({ kind }) {
    return CHANGES.includes(kind);
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules/validating.js


const validating_DOCS = 'https://www.postgresql.org/docs/current/sql-altertable.html';
/** What looks at every row of a table while it is locked, or fails because of the rows that are there. */
const VALIDATING = [
    {
        id: 'set-not-null', level: 'error', engines: ['postgres'], source: validating_DOCS,
        why: 'Nobody can read or write the table until every row has been looked at.',
        instead: 'Add CHECK (column IS NOT NULL) NOT VALID, validate it in a later migration, and set NOT NULL after that: PostgreSQL 12 and newer then need not look.',
        find: onChange('set-not-null', ({ name }, table, { checks, database }) => {
            const isProven = (0,dialect/* isSince */.$l)(database, [12]) && [...checks].some(([key, check]) => key.startsWith(`${table} `) && check.column === name && check.isValid);
            return isProven ? undefined : `${table}.${name} becomes NOT NULL, and no CHECK that is known says that it already is`;
        }),
    },
    {
        id: 'add-constraint-validates', level: 'error', engines: ['postgres'], source: validating_DOCS,
        why: 'Nobody can write the table, nor the one that it refers to, until every row has been looked at.',
        instead: 'Add the constraint NOT VALID, and VALIDATE CONSTRAINT in a later migration, which lets all read and write.',
        find: anyOf(onChange('add-constraint', ({ constraint }, table) => (['check', 'foreign key'].includes(constraint.kind) && !constraint.isLater ? `${nameOf(constraint)} of ${table} is checked at once` : undefined)), onChange('add-column', ({ column }, table) => (column.isChecked || (column.references !== undefined && column.preset !== undefined) ? `${table}.${column.name} brings a constraint that is checked at once` : undefined))),
    },
    {
        id: 'add-unique-constraint', level: 'error', engines: ['postgres'], source: validating_DOCS,
        why: 'Nobody can read or write the table until its index is built.',
        instead: 'Build the index with CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX in a later migration.',
        find: anyOf(onChange('add-constraint', ({ constraint }, table) => (['unique', 'primary key', 'exclude'].includes(constraint.kind) && !constraint.usesIndex ? `${nameOf(constraint)} of ${table} builds an index` : undefined)), onChange('add-column', ({ column }, table) => (column.isUnique || column.isPrimary ? `${table}.${column.name} builds an index` : undefined))),
    },
    {
        id: 'attach-partition', level: 'warning', engines: ['postgres'], source: validating_DOCS,
        why: 'Nobody can read or write the new partition, nor a default one, until every row has been looked at.',
        instead: 'Add a CHECK to it beforehand that says what the partition\'s bounds say, NOT VALID and then validated: PostgreSQL then need not look.',
        find: onChange('attach-partition', ({ name }, table, { created }) => (created.has(name) ? undefined : `${name} becomes a partition of ${table}`)),
    },
    {
        id: 'add-not-null-column', level: 'error', engines: ['postgres', 'mysql', 'mariadb'],
        why: 'On a table with rows PostgreSQL refuses it and MySQL puts in an empty value; and the release that runs fails at each INSERT that does not know the column.',
        instead: 'Give it a default, or add it without NOT NULL and demand it once every release writes it.',
        find: onChange('add-column', ({ column }, table, { database: { dialect } }) => {
            const isFilled = column.preset !== undefined || column.generated !== undefined || (dialect === 'postgres' && column.isPrimary);
            return column.isNotNull && !isFilled ? `${table}.${column.name} is NOT NULL and has no default` : undefined;
        }),
    },
];
function nameOf({ name, kind }) {
    return name === undefined ? `A ${kind} constraint` : `The ${kind} constraint ${name}`;
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/rules.js










/** All rules of the lint. */
const RULES = [...IN_USE, ...REWRITING, ...VALIDATING, ...INDEXES, ...TRANSACTIONS, ...MYSQL_RULES, ...SQLITE, ...READING];
/** The rule of this name. @throws {UserError} where there is none, naming the one that was probably meant. */
function ruleNamed(id) {
    const rule = RULES.find((one) => one.id === id);
    if (rule !== undefined)
        return rule;
    const meant = (0,nearest/* likelyMeant */.S)(id, RULES.map((one) => one.id));
    throw new errors/* UserError */.yo(`there is no rule ${id}${meant === undefined ? '; the README lists them' : `, perhaps ${meant} was meant`}`);
}


/***/ }),

/***/ 3344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bz: () => (/* binding */ createScene),
/* harmony export */   DG: () => (/* binding */ isLive),
/* harmony export */   FB: () => (/* binding */ liveEffects),
/* harmony export */   aw: () => (/* binding */ nextMigration),
/* harmony export */   np: () => (/* binding */ advance)
/* harmony export */ });
/* harmony import */ var _postgres_effects_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2602);

/** A scene before the first statement of all; the action may have set a lock time-out. */
function createScene(database, hasLockTimeout) {
    return {
        database, road: 'statements', created: new Set(), createdColumns: new Set(), rebuilt: new Map(), renamedAway: new Set(), foreignKeys: 'unknown', checks: new Map(), lockTimeout: hasLockTimeout ? 'set' : 'none', transaction: createTransaction(false),
    };
}
/** The same at the beginning of another migration. */
function nextMigration(scene, road, hasLockTimeout) {
    return { ...scene, road, rebuilt: new Map(), renamedAway: new Set(), foreignKeys: 'unknown', lockTimeout: hasLockTimeout ? 'set' : 'none', transaction: createTransaction(road !== 'statements' && (road === 'transaction' || scene.database.dialect === 'postgres')) };
}
function createTransaction(isOpen, isOwn = false) {
    return { isOpen, isOwn, held: new Map(), enumValues: new Set(), changes: 0 };
}
/** Whether rows can be in the table, and releases at it. */
function isLive(table, { created }) {
    return !created.has(table);
}
/** What an act does to tables that are in use. */
function liveEffects(act, scene) {
    return scene.database.dialect === 'postgres' ? (0,_postgres_effects_js__WEBPACK_IMPORTED_MODULE_0__/* .effectsOf */ .w7)(act, scene.database).filter(({ table }) => isLive(table, scene)) : [];
}
const CHANGING = ['create-table', 'alter-table', 'create-index', 'drop', 'rename-table', 'truncate', 'trigger', 'rewrite'];
/** Takes note of what a statement did. */
function advance(scene, act) {
    const { created, createdColumns, transaction } = scene;
    if (CHANGING.includes(act.kind))
        transaction.changes += 1;
    if (transaction.isOpen) {
        for (const effect of liveEffects(act, scene))
            if ((0,_postgres_effects_js__WEBPACK_IMPORTED_MODULE_0__/* .blocks */ .Bv)(effect.lock) !== 'nothing')
                transaction.held.set(effect.table, effect);
    }
    switch (act.kind) {
        case 'create-table':
            created.add(act.table);
            break;
        case 'rename-table':
            renamed(scene, act.table, act.to);
            break;
        case 'alter-table':
            for (const change of act.changes) {
                if (change.kind === 'add-column')
                    createdColumns.add(`${act.table}.${change.column.name}`);
                else if (change.kind === 'rename-table')
                    renamed(scene, act.table, change.to);
                else if (change.kind === 'add-constraint' && change.constraint.notNull !== undefined)
                    scene.checks.set(`${act.table} ${change.constraint.name}`, { column: change.constraint.notNull, isValid: !change.constraint.isLater });
                else if (change.kind === 'validate')
                    validated(scene, `${act.table} ${change.name}`);
            }
            break;
        case 'insert':
            if (act.from !== undefined && created.has(act.table) && isLive(act.from, scene))
                scene.rebuilt.set(act.from, act.table);
            break;
        case 'enum':
            if (act.added !== undefined)
                transaction.enumValues.add(act.added);
            break;
        case 'set':
            setting(scene, act.name, act.value);
            break;
        case 'transaction':
            scene.transaction = createTransaction(act.verb === 'begin' || (scene.road === 'transaction'), act.verb === 'begin');
            break;
        default:
    }
}
function renamed({ created, renamedAway }, from, to) {
    if (created.has(from))
        created.add(to);
    else
        renamedAway.add(from);
}
function validated({ checks }, key) {
    const check = checks.get(key);
    if (check !== undefined)
        checks.set(key, { ...check, isValid: true });
}
const TIMEOUTS = ['lock_timeout', 'lock_wait_timeout', 'innodb_lock_wait_timeout', 'busy_timeout'];
function setting(scene, name, value) {
    if (name === 'foreign_keys' && !scene.transaction.isOpen)
        scene.foreignKeys = /^(?:0|off|no|false)$/i.test(value) ? 'off' : 'unknown';
    if (TIMEOUTS.includes(name))
        scene.lockTimeout = /^(?:0\D*|default)$/i.test(value) ? 'off' : 'set';
}


/***/ }),

/***/ 3006:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ru: () => (/* binding */ isSpoken),
  k8: () => (/* binding */ tokensOf),
  aG: () => (/* binding */ wordOf)
});

// EXTERNAL MODULE: ./build/shared/migrations/lint/dialect.js
var lint_dialect = __nccwpck_require__(1302);
;// CONCATENATED MODULE: ./build/shared/migrations/lint/quotation.js
/** The string, quoted name or comment that begins at this place, if one does. */
function quotationAt(text, at, dialect) {
    const isMysql = dialect === 'mysql' || dialect === 'mariadb';
    switch (text[at]) {
        case '-': return isLineComment(text, at, isMysql) ? lineComment(text, at) : undefined;
        case '#': return isMysql ? lineComment(text, at) : undefined;
        case '/': return text[at + 1] === '*' ? blockComment(text, at, dialect === 'postgres') : undefined;
        case "'": return quotation_closed('string', text, at, at + 1, "'", isMysql);
        case '"': return quotation_closed(isMysql ? 'string' : 'name', text, at, at + 1, '"', isMysql);
        case '`': return dialect === 'postgres' ? undefined : quotation_closed('name', text, at, at + 1, '`', false);
        case '[': return dialect === 'sqlite' ? until('name', text, at + 1, ']') : undefined;
        case '$': return dialect === 'postgres' ? dollarString(text, at) : undefined;
        case 'e':
        case 'E': return dialect === 'postgres' && text[at + 1] === "'" ? quotation_closed('string', text, at, at + 2, "'", true) : undefined;
        default: return undefined;
    }
}
// MySQL reads `5--3` as a sum: its comments need a space behind the two hyphens.
function isLineComment(text, at, isMysql) {
    return text[at + 1] === '-' && (!isMysql || at + 2 >= text.length || /[\s\u0000-\u001f]/.test(text[at + 2]));
}
function lineComment(text, at) {
    const end = text.indexOf('\n', at);
    return { kind: 'comment', end: end === -1 ? text.length : end, isOpen: false };
}
function blockComment(text, at, nests) {
    const mark = /\/\*|\*\//g;
    mark.lastIndex = at + 2;
    let depth = 1;
    for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
        if (found[0] === '*/')
            depth -= 1;
        else if (nests)
            depth += 1;
        else
            mark.lastIndex = found.index + 1; // "/*/" ends a comment that has begun
        if (depth === 0)
            return { kind: 'comment', end: mark.lastIndex, isOpen: false };
    }
    return { kind: 'comment', end: text.length, isOpen: true };
}
function dollarString(text, at) {
    const opening = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
    opening.lastIndex = at;
    const tag = opening.exec(text)?.[0];
    return tag === undefined ? undefined : until('string', text, at + tag.length, tag);
}
function until(kind, text, from, closing) {
    const found = text.indexOf(closing, from);
    return found === -1 ? { kind, end: text.length, isOpen: true } : { kind, end: found + closing.length, isOpen: false };
}
// A quote that is doubled, or behind a backslash where those escape, is part of the text.
function quotation_closed(kind, text, at, from, quote, escapes) {
    for (let place = from; place < text.length; place += 1) {
        if (escapes && text[place] === '\\')
            place += 1;
        else if (text[place] === quote) {
            if (text[place + 1] !== quote)
                return { kind, end: place + 1, isOpen: false };
            place += 1;
        }
    }
    return { kind, end: Math.max(text.length, at + 1), isOpen: true };
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/token.js


const SPACE = /[\s\ufeff\u0000]+/y;
const WORD = /[A-Za-z_\u0080-\uffff@][\w$\u0080-\uffff@]*/y;
const NUMBER = /\d[\w.]*/y;
const DELIMITER = /DELIMITER[ \t]+(\S+)[^\n]*/iy;
/** SQL in pieces. Their texts, one after another, are the whole text, whatever it holds. */
function tokensOf(text, dialect) {
    const tokens = [];
    let delimiter = ';';
    let isInHint = false;
    let isFresh = true;
    const add = (kind, length, isOpen = false) => {
        const at = (tokens.at(-1)?.at ?? 0) + (tokens.at(-1)?.text.length ?? 0);
        tokens.push({ kind, text: text.slice(at, at + length), at, ...(isOpen && { isOpen: true }) });
        if (kind !== 'space' && kind !== 'comment')
            isFresh = kind === 'end';
        return at + length;
    };
    for (let at = 0; at < text.length;) {
        const changed = isFresh && (0,lint_dialect/* isMysql */.n3)({ dialect }) ? delimiterAt(text, at) : undefined;
        if (changed !== undefined) {
            delimiter = changed.delimiter;
            at = add('comment', changed.length);
        }
        else if (text.startsWith(delimiter, at))
            at = add('end', delimiter.length);
        else if ((0,lint_dialect/* isMysql */.n3)({ dialect }) && hintLength(text, at) > 0) {
            isInHint = true;
            at = add('comment', hintLength(text, at));
        }
        else if (isInHint && text.startsWith('*/', at)) {
            isInHint = false;
            at = add('comment', 2);
        }
        else
            at = addNext(text, at, dialect, delimiter, add);
    }
    return tokens;
}
function addNext(text, at, dialect, delimiter, add) {
    const quotation = quotationAt(text, at, dialect);
    if (quotation !== undefined)
        return add(quotation.kind, quotation.end - at, quotation.isOpen);
    for (const [kind, pattern] of [['space', SPACE], ['word', WORD], ['number', NUMBER]]) {
        pattern.lastIndex = at;
        const found = pattern.exec(text)?.[0] ?? '';
        const cut = found.indexOf(delimiter); // END$$ is a word and a delimiter
        if (found !== '')
            return add(kind, cut === -1 ? found.length : cut);
    }
    return add('mark', 1);
}
// The mysql client's own command; its line is no SQL.
function delimiterAt(text, at) {
    DELIMITER.lastIndex = at;
    const found = DELIMITER.exec(text);
    return found === null ? undefined : { delimiter: found[1], length: found[0].length };
}
// What MySQL writes as a comment and carries out: /*!50001 ALTER TABLE … */
function hintLength(text, at) {
    if (!text.startsWith('/*!', at) && !text.startsWith('/*M!', at))
        return 0;
    return /^\/\*M?!\d*/.exec(text.slice(at, at + 12))?.[0].length ?? 0;
}
/** A word in capitals, or a mark; nothing for quoted names, strings and numbers. */
function wordOf(token) {
    if (token?.kind === 'word')
        return token.text.toUpperCase();
    return token?.kind === 'mark' ? token.text : '';
}
/** Whether a token says something to the database. */
function isSpoken({ kind }) {
    return kind !== 'space' && kind !== 'comment' && kind !== 'end';
}


/***/ }),

/***/ 3013:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ whyRewritten)
/* harmony export */ });
/* unused harmony export fickleFunction */
/* harmony import */ var _dialect_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1302);
/* harmony import */ var _token_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3006);


// Functions of PostgreSQL that give every row of one statement the same value: the new column's value is then kept once, beside the table.
// https://www.postgresql.org/docs/current/xfunc-volatility.html
const STEADY = new Set([
    'NOW', 'CURRENT_TIMESTAMP', 'TRANSACTION_TIMESTAMP', 'STATEMENT_TIMESTAMP', 'LOCALTIMESTAMP', 'CURRENT_TIME', 'LOCALTIME', 'CURRENT_SETTING', 'CURRENT_DATABASE', 'CURRENT_SCHEMA', 'TIMEZONE', 'DATE_TRUNC',
    'EXTRACT', 'DATE_PART', 'MAKE_DATE', 'MAKE_INTERVAL', 'MAKE_TIMESTAMPTZ', 'TO_TIMESTAMP', 'TO_DATE', 'TO_CHAR', 'LOWER', 'UPPER', 'MD5', 'CONCAT', 'LENGTH', 'COALESCE', 'NULLIF', 'GREATEST', 'LEAST',
    'CAST', 'JSONB_BUILD_OBJECT', 'JSON_BUILD_OBJECT', 'JSONB_BUILD_ARRAY', 'JSON_BUILD_ARRAY', 'TO_JSONB', 'ABS', 'ROUND', 'FLOOR', 'CEIL', 'POWER', 'ARRAY', 'DECODE', 'ENCODE', 'REPEAT', 'TO_TSVECTOR', 'INT4RANGE',
    'TSTZRANGE', 'DATERANGE', 'NUMRANGE',
]);
// What stands before parentheses and is a type, as in 'x'::varchar(20).
const TYPES = new Set(['VARCHAR', 'CHARACTER', 'VARYING', 'CHAR', 'NUMERIC', 'DECIMAL', 'TIMESTAMP', 'TIMESTAMPTZ', 'TIME', 'BIT', 'INTERVAL', 'FLOAT', 'BPCHAR']);
/** A function within a default that may give each row another value, so that PostgreSQL has to write every row; undefined where none does. */
function fickleFunction(preset) {
    return preset.find((token, at) => {
        const isCall = (token.kind === 'word' || token.kind === 'name') && (0,_token_js__WEBPACK_IMPORTED_MODULE_1__/* .wordOf */ .aG)(preset[at + 1]) === '(';
        const name = token.text.toUpperCase();
        return isCall && !STEADY.has(name) && !TYPES.has(name);
    })?.text;
}
/** Why PostgreSQL writes every row for a column with this default, or undefined where it need not. */
function whyRewritten(preset, database) {
    if (preset === undefined)
        return undefined;
    if (!(0,_dialect_js__WEBPACK_IMPORTED_MODULE_0__/* .isSince */ .$l)(database, [11]))
        return 'before PostgreSQL 11 any default is written into every row';
    const fickle = fickleFunction(preset);
    return fickle === undefined ? undefined : `${fickle}() may give each row another value`;
}


/***/ }),

/***/ 7635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   dU: () => (/* binding */ parseWaivers),
/* harmony export */   hl: () => (/* binding */ parseLevels),
/* harmony export */   sD: () => (/* binding */ idleWaivers)
/* harmony export */ });
/* harmony import */ var _shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5977);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _rule_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7464);
/* harmony import */ var _rules_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4159);




const waiverRecord = (0,_shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1)({ rule: (0,_shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(), migration: (0,_shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(), reason: (0,_shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)() });
/** The waivers of a YAML list. @throws {UserError} that names every mistake by its place, such as `waivers[1].reason`. */
function parseWaivers(yaml) {
    const faults = [];
    const waivers = ((0,_shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(waiverRecord)(yaml, 'waivers', faults) ?? []).map(({ rule = '', migration = '', reason = '' }, index) => {
        for (const [key, value] of Object.entries({ rule, migration, reason }))
            if (!/[\p{L}\p{N}]/u.test(value))
                faults.push(`waivers[${index}].${key} is missing`);
        if (rule !== '')
            faults.push(...whyNoRule(rule).map((why) => `waivers[${index}].rule: ${why}`));
        return { rule, migration, reason };
    });
    if (faults.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(faults.join('; '));
    return waivers;
}
/** Levels by rule, of a YAML mapping such as `{ drop-index-blocks: error, json-column: off }`. @throws {UserError} that names every mistake. */
function parseLevels(yaml) {
    if (typeof yaml !== 'object' || yaml === null || Array.isArray(yaml))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo('accepted is a mapping of rules to levels');
    // YAML 1.1 has `off` for false; people write it as a level.
    const entries = Object.entries(yaml).map(([rule, level]) => [rule, _rule_js__WEBPACK_IMPORTED_MODULE_3__/* .LEVELS */ .A_.find((one) => one === (level === false ? 'off' : level))]);
    const faults = entries.flatMap(([rule, level]) => [...whyNoRule(rule), ...(level === undefined ? [`${rule}: accepted is one of ${_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .LEVELS */ .A_.join(', ')}`] : [])]);
    if (faults.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(faults.join('; '));
    return Object.fromEntries(entries);
}
/** A fault for each waiver that matches nothing; one for a migration that is applied has done its work. */
function idleWaivers(waivers, used, pending, applied) {
    return waivers.filter((waiver) => !used.has(waiver) && !applied.some(({ name }) => name === waiver.migration)).map(({ rule, migration }) => {
        const named = pending.find(({ name }) => name === migration);
        const message = named === undefined ? `The waiver of ${rule} is for ${migration}, and no migration has that name. Correct or remove it.` : `The waiver of ${rule} matches nothing in ${migration}. Remove it.`;
        return { rule: 'waiver', level: 'error', migration, path: named?.up.path ?? '', line: undefined, message };
    });
}
function whyNoRule(rule) {
    try {
        (0,_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .ruleNamed */ .Q)(rule);
        return [];
    }
    catch (error) {
        return [(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)];
    }
}


/***/ }),

/***/ 1514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ac: () => (/* binding */ parseOptions),
/* harmony export */   ky: () => (/* binding */ engineOf),
/* harmony export */   rO: () => (/* binding */ withDefaults),
/* harmony export */   xi: () => (/* binding */ optionMistakes)
/* harmony export */ });
/* harmony import */ var _shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5977);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _engines_all_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5659);



/** The options of a YAML record, as texts. @throws {UserError} that names every key no engine takes. */
function parseOptions(yaml) {
    const faults = [];
    const keys = new Set(_engines_all_js__WEBPACK_IMPORTED_MODULE_0__/* .ENGINES */ .u.flatMap(({ options }) => Object.keys(options)));
    const options = (0,_shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1)(Object.fromEntries([...keys].map((key) => [key, (0,_shared_checks_shape__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)()])))(yaml, '', faults) ?? {};
    if (faults.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(faults.join('; '));
    return options;
}
/** The engine of that name. */
function engineOf(name) {
    const engine = _engines_all_js__WEBPACK_IMPORTED_MODULE_0__/* .ENGINES */ .u.find((each) => each.name === name);
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


/***/ }),

/***/ 8781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction),
/* harmony export */   x: () => (/* binding */ camelCase)
/* harmony export */ });
/** Declares an action; the returned object carries the types of its inputs and outputs. */
function defineAction(action) {
    return action;
}
/** `ssh-key` -> `sshKey`. */
function camelCase(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 9981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ appendValue)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);

/** Appends a name and its value, of as many lines as it likes, to a file of the runner's such as GITHUB_OUTPUT; without such a file (a run by hand) this does nothing. */
function appendValue(file, name, value) {
    if (!file)
        return;
    // By hand, because @actions/core loads all of node:crypto for its delimiter: a quarter of the time in which Node starts.
    let delimiter = 'END';
    while (value.includes(delimiter))
        delimiter += '_';
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}


/***/ }),

/***/ 2405:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I1: () => (/* binding */ connectionFields),
/* harmony export */   gf: () => (/* binding */ connectionMistakes),
/* harmony export */   ov: () => (/* binding */ sshTarget)
/* harmony export */ });
/* unused harmony exports optionalConnectionFields, checkHost, checkUser, parsePlace */
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5642);


const CONNECT_RETRIES = 3;
const HOST = 'a host name or an IP address';
const JUMP = 'user@host:port, of which user and port may be left out';
const NAME = 'letters, digits, dots, hyphens and underscores, beginning with a letter or digit, 63 at most';
/** How to reach the server, and which service there is meant: the same in every action, and each may come from `env:` once per job. */
const connectionFields = {
    host: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Host name or IP address of the server.',
        required: true, env: 'DEPLOY_HOST', example: 'web1.example.com', accepts: HOST,
        check: checkHost,
    }),
    port: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ description: 'Port on which the server\'s SSH daemon listens.', default: '22', env: 'DEPLOY_PORT', min: 1, max: 65_535 }),
    user: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'User to log in as. It needs no root rights unless the service itself does.',
        required: true, env: 'DEPLOY_USER', example: 'deploy', check: checkUser,
    }),
    'ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({
        description: 'Private key of that user, the whole file: OpenSSH, PEM or PKCS8; Ed25519, ECDSA or RSA. Without it, the ssh-agent behind `SSH_AUTH_SOCK` is asked.',
        env: 'DEPLOY_SSH_KEY', example: '${{ secrets.DEPLOY_SSH_KEY }}',
    }),
    'ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({ description: 'Passphrase of `ssh-key`, if it has one.', env: 'DEPLOY_SSH_PASSPHRASE' }),
    'known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Lines of a known_hosts file that name the server\'s host key, as `ssh-keyscan` prints them (hashed names and `[host]:port` work). A server whose key is neither here nor in `host-fingerprint` is refused, and the line to add is shown.',
        multiline: true, env: 'DEPLOY_KNOWN_HOSTS',
    }),
    'host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys, instead of or beside `known-hosts`; `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server prints one.',
        env: 'DEPLOY_HOST_FINGERPRINT', example: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', check: checkFingerprints,
    }),
    'jump-host': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Host to go through when the server cannot be reached directly: `user@host:port`. User and port default to `user` and 22.',
        env: 'DEPLOY_JUMP_HOST', example: 'deploy@bastion.example.com', accepts: JUMP,
        check: (jump) => (parsePlace(jump) ? undefined : `accepted is ${JUMP}`),
    }),
    'jump-ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({ description: 'Private key for the jump host. Without it, `ssh-key` (or the agent) serves there too.', env: 'DEPLOY_JUMP_SSH_KEY' }),
    'jump-ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .secret */ .rJ)({ description: 'Passphrase of `jump-ssh-key`, if it has one.', env: 'DEPLOY_JUMP_SSH_PASSPHRASE' }),
    'jump-known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Known-hosts lines of the jump host. They may as well stand in `known-hosts`.', multiline: true, env: 'DEPLOY_JUMP_KNOWN_HOSTS',
    }),
    'jump-host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys of the jump host.', env: 'DEPLOY_JUMP_HOST_FINGERPRINT', check: checkFingerprints,
    }),
    'connect-timeout': (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)({
        description: 'How long one attempt to connect may take. Attempts that failed before the login are repeated up to three times.',
        default: '20s', env: 'DEPLOY_CONNECT_TIMEOUT', min: '1s', max: '10m',
    }),
    service: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Name of the service on the server: one service has one ledger, one lock, and one release that is live.',
        required: true, env: 'DEPLOY_SERVICE', example: 'shop', check: checkName,
    }),
    environment: (0,_fields_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        description: 'Which installation of the service is meant, where a server holds several.',
        default: 'production', env: 'DEPLOY_ENVIRONMENT', example: 'staging', check: checkName,
    }),
};
/** The same for actions that can do without a server: nothing is required, and sshTarget() says what is missing when one is needed after all. */
const optionalConnectionFields = {
    ...connectionFields,
    host: { ...connectionFields.host, required: false, absent: undefined },
    user: { ...connectionFields.user, required: false, absent: undefined },
    service: { ...connectionFields.service, required: false, absent: undefined },
};
/**
 * Where and how to log in.
 * @throws {UserError} when host or user is missing, or there is neither a key nor an agent.
 */
function sshTarget(inputs, agent = process.env['SSH_AUTH_SOCK']) {
    const { host, user } = inputs;
    const missing = connectionMistakes(inputs, agent);
    if (missing.length > 0 || host === undefined || user === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`To log in, ${missing.join('; ')}.`);
    const shared = { connectTimeout: inputs.connectTimeout, connectRetries: CONNECT_RETRIES };
    const login = identity(inputs.sshKey, inputs.sshPassphrase, agent);
    const target = {
        ...shared, ...login, host: bareHost(host), port: inputs.port, user,
        hostKeys: { knownHosts: inputs.knownHosts ?? '', fingerprints: inputs.hostFingerprint },
    };
    const jump = inputs.jumpHost === undefined ? undefined : parsePlace(inputs.jumpHost);
    if (!jump)
        return target;
    const jumpLogin = inputs.jumpSshKey ? identity(inputs.jumpSshKey, inputs.jumpSshPassphrase, agent) : login;
    const knownHosts = [inputs.jumpKnownHosts, inputs.knownHosts].filter((part) => part !== undefined).join('\n');
    return {
        ...target,
        jump: { ...shared, ...jumpLogin, host: jump.host, port: jump.port ?? 22, user: jump.user ?? user, hostKeys: { knownHosts, fingerprints: inputs.jumpHostFingerprint } },
    };
}
/** What is missing for a login, for an action's `check`: told together with every other mistake. */
function connectionMistakes(inputs, agent = process.env['SSH_AUTH_SOCK']) {
    const mistakes = [];
    if (inputs.host === undefined)
        mistakes.push('host is missing; give it under `with:`, or as DEPLOY_HOST in `env:`');
    if (inputs.user === undefined)
        mistakes.push('user is missing; give it under `with:`, or as DEPLOY_USER in `env:`');
    if (!inputs.sshKey && !agent)
        mistakes.push('ssh-key is missing and no ssh-agent runs (SSH_AUTH_SOCK is not set); give ssh-key, or DEPLOY_SSH_KEY in `env:`');
    return mistakes;
}
function identity(key, passphrase, agent) {
    if (key)
        return passphrase ? { key, passphrase } : { key };
    return agent ? { agent } : {};
}
function isHost(host) {
    if (host.includes(':'))
        return isIPv6(bareHost(host));
    return host.length <= 253 && /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/.test(host);
}
// By the reader of addresses that is there already: node:net takes as long to load as all inputs to be read.
function isIPv6(host) {
    const [, address] = /^([0-9A-Fa-f:.]+)(?:%[\w.-]+)?$/.exec(host) ?? [];
    return address !== undefined && URL.canParse(`http://[${address}]`);
}
function bareHost(host) {
    return host.replace(/^\[(.*)\]$/, '$1');
}
/** What is wrong with a host; undefined when nothing is. */
function checkHost(host) {
    return isHost(host) ? undefined : `accepted is ${HOST}`;
}
/** What is wrong with a login name; undefined when nothing is. */
function checkUser(user) {
    return /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/.test(user) ? undefined : 'accepted is a login name: letters, digits and . _ - + @, not beginning with a hyphen, 64 at most';
}
function checkName(name) {
    return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) ? undefined : `accepted are ${NAME}`;
}
function checkFingerprints(fingerprints) {
    return fingerprints.every((line) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(line)) ? undefined : 'accepted are fingerprints such as SHA256: followed by 43 characters, as `ssh-keygen -l` prints them';
}
/** A host written as `user@host:port`, of which user and port may be left out; undefined where it is not written so. */
function parsePlace(text) {
    const [, user, host = '', port] = /^(?:(.+)@)?(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
    if (!isHost(host) || !isPort || (user !== undefined && checkUser(user) !== undefined))
        return undefined;
    return { ...(user !== undefined && { user }), host: bareHost(host), ...(port !== undefined && { port: Number(port) }) };
}


/***/ }),

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FH: () => (/* binding */ choiceOf),
/* harmony export */   R3: () => (/* binding */ withinRange),
/* harmony export */   Wl: () => (/* binding */ mistakeOf),
/* harmony export */   fd: () => (/* binding */ normaliseSecret),
/* harmony export */   iP: () => (/* binding */ flagOf),
/* harmony export */   wh: () => (/* binding */ plainText),
/* harmony export */   wo: () => (/* binding */ integerIn),
/* harmony export */   yD: () => (/* binding */ secretText)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4636);


// Line and paragraph separators are line breaks to some readers; a tab is harmless.
const BREAKS_A_LINE = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029]/;
const BREAKS_A_TEXT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
/**
 * Text without its surrounding blanks, line ends as LF.
 * @throws {UserError} on control characters, and on line breaks where one line is wanted.
 */
function plainText(given, accepts, isMultiline = false) {
    const value = given.replace(/\r\n/g, '\n').trim();
    if ((isMultiline ? BREAKS_A_TEXT : BREAKS_A_LINE).test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return value;
}
/**
 * A secret with its line ends as LF and none at its end, whatever the place it was pasted from added.
 * @throws {UserError} on a NUL byte.
 */
function secretText(given) {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('accepted is text without NUL bytes');
    return new _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z(normaliseSecret(given));
}
/** The form in which a secret is used: LF line ends, none trailing. */
function normaliseSecret(given) {
    return given.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}
/** The word of the list that was given. @throws {UserError} when it is none of them. */
function choiceOf(words, given, accepts) {
    const word = words.find((candidate) => candidate === given.trim());
    if (word === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return word;
}
/** A whole number within bounds. @throws {UserError} on anything else, `1e3`, `0x10` and `12abc` included. */
function integerIn(min, max, given, accepts) {
    const value = /^-?\d{1,16}$/.test(given.trim()) ? Number(given) : Number.NaN;
    if (!(value >= min && value <= max))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return value;
}
/** A measured value between two others of its kind. @throws {UserError} outside of them or without a unit. */
function withinRange(parse, range, given, accepts) {
    const value = parse(given.trim());
    const isTooSmall = range.min !== undefined && value < parse(range.min);
    const isTooLarge = range.max !== undefined && value > parse(range.max);
    if (isTooSmall || isTooLarge)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${accepts}`);
    return value;
}
/** YAML 1.2's idea of a boolean (core schema), as GitHub documents it. @throws {UserError} on `yes`, `1`, `on` and the like. */
function flagOf(given) {
    const value = given.trim();
    if (!/^(?:true|True|TRUE|false|False|FALSE)$/.test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('accepted is true or false');
    return value.toLowerCase() === 'true';
}
/** A field's `check` out of a parser that throws: the message of its error, or undefined when it has none. */
function mistakeOf(parse) {
    return async (given) => {
        try {
            await parse(given);
            return undefined;
        }
        catch (error) {
            return (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error);
        }
    };
}


/***/ }),

/***/ 5642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yq: () => (/* binding */ choice),
  p0: () => (/* binding */ fields_duration),
  Jt: () => (/* binding */ flag),
  nd: () => (/* binding */ integer),
  Mn: () => (/* binding */ lines),
  rJ: () => (/* binding */ secret),
  QK: () => (/* binding */ structure),
  Qq: () => (/* binding */ fields_text)
});

// UNUSED EXPORTS: percentage, size

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __nccwpck_require__(4153);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/yaml-text.js


const ITEM = 'a YAML list of plain values, or one value per line, without control characters';
/**
 * The values of a list written as YAML (`- one` or `[one, two]`) or one per line; blank lines are dropped.
 * @throws {UserError} on nested values, control characters or broken YAML.
 */
async function parseLines(given) {
    const items = isYamlList(given) ? await yamlItems(given) : given.split(/\r?\n/);
    return items.map((item) => (0,field_parsers/* plainText */.wh)(item, ITEM)).filter((item) => item !== '');
}
/**
 * What a piece of YAML 1.2 holds.
 * @throws {UserError} with the line and column of the first mistake; the text itself is not repeated.
 */
async function parseYaml(given, schema = 'core') {
    if (given.includes('\0'))
        throw new errors/* UserError */.yo('accepted is YAML without NUL bytes');
    // Loaded on demand: most runs give no YAML, and it would be a tenth of their start-up time.
    const { LineCounter, parseDocument } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(given, { schema, prettyErrors: false, lineCounter });
    const [mistake] = document.errors;
    if (mistake) {
        const { line, col } = lineCounter.linePos(mistake.pos[0]);
        throw new errors/* UserError */.yo(`the YAML has a mistake in line ${line}, column ${col}: ${mistake.message}`);
    }
    try {
        return document.toJS();
    }
    catch (error) {
        // An alias without its anchor, or so many aliases that they would fill the memory.
        throw new errors/* UserError */.yo(`the YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function isYamlList(given) {
    return /^\s*-(?:\s|$)/.test(given) || /^\s*\[[^]*\]\s*$/.test(given);
}
async function yamlItems(given) {
    const list = await parseYaml(given, 'failsafe');
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string'))
        throw new errors/* UserError */.yo(`accepted is ${ITEM}`);
    return list;
}

;// CONCATENATED MODULE: ./build/shared/runner/fields.js






/** A line of text, or several with `multiline`; control characters are refused. Surrounding blanks are dropped. */
function fields_text(options) {
    const isMultiline = options.multiline === true;
    const accepts = options.accepts ?? (isMultiline ? 'text without control characters' : 'one line of text without control characters');
    return optional('text', accepts, options, (given) => (0,field_parsers/* plainText */.wh)(given, accepts, isMultiline));
}
/** A value that is masked before anything is printed, and reaches the code as a Secret. */
function secret(options) {
    return optional('secret', 'text without NUL bytes', options, field_parsers/* secretText */.yD);
}
/** One of a few words. */
function choice(options) {
    const accepts = `one of ${options.options.join(', ')}`;
    return optional('choice', accepts, options, (given) => (0,field_parsers/* choiceOf */.FH)(options.options, given, accepts));
}
/** A whole number in decimal digits. */
function integer(options) {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
    const accepts = `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`;
    return optional('integer', accepts, options, (given) => (0,field_parsers/* integerIn */.wo)(min, max, given, accepts));
}
/** A percentage, as the number of percent. */
function percentage(options) {
    return optional('percentage', PERCENTAGE, options, parsePercentage);
}
/** A time span with its unit, as milliseconds. */
function fields_duration(options) {
    const accepts = `a duration with its unit, such as 90s or 5m${rangeOf(options)}`;
    const parse = (given) => (0,field_parsers/* withinRange */.R3)(duration/* parseDuration */.E9, options, given, accepts);
    return optional('duration', accepts, options, parse);
}
/** A size with its unit, as bytes. */
function fields_size(options) {
    const accepts = `a size with its unit, such as 64KiB or 2GiB${rangeOf(options)}`;
    const parse = (given) => withinRange(parseSize, options, given, accepts);
    return optional('size', accepts, options, parse);
}
/** true or false; false when nothing is said. */
function flag(options) {
    return field('flag', 'true or false', options, (given) => (0,field_parsers/* flagOf */.iP)(given), false);
}
/** A YAML list, or one value a line; empty when nothing is said. */
function lines(options) {
    return field('lines', 'a YAML list, or one value per line', options, parseLines, []);
}
/**
 * YAML that `parser` turns into a value; the parser throws UserError naming the place and what belongs there. With `schema: failsafe`
 * every plain value reaches it as the text it was written as: `1.10` stays `1.10`.
 */
function structure(options) {
    const parse = async (given) => options.parser(await parseYaml(given, options.schema));
    return optional('structure', options.accepts ?? 'YAML', options, parse);
}
function optional(kind, accepts, options, parse) {
    return field(kind, accepts, options, parse, undefined);
}
function field(kind, accepts, options, parse, absent) {
    const { description, required = false, env, example, default: standIn } = options;
    const checked = async (given) => {
        const value = await parse(given);
        const complaint = await options.check?.(value);
        if (complaint !== undefined)
            throw new errors/* UserError */.yo(complaint);
        return value;
    };
    return {
        kind, description, required, accepts, absent, parse: checked,
        ...(standIn !== undefined && { default: standIn }), ...(env !== undefined && { env }), ...(example !== undefined && { example }),
    };
}
function rangeOf({ min, max }) {
    if (min !== undefined && max !== undefined)
        return `, from ${min} to ${max}`;
    if (min !== undefined)
        return `, at least ${min}`;
    return max === undefined ? '' : `, at most ${max}`;
}


/***/ }),

/***/ 8502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ neutralLines)
/* harmony export */ });
// The runner trims white space before it looks for a command, and compares texts in a way that does not see characters without width.
const UNSEEN = String.raw `[\s\u0085\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
const COMMAND = lazily(`^${UNSEEN}:${UNSEEN}:`, 'u');
const LEGACY_COMMAND = lazily(`#(?=${UNSEEN}#${UNSEEN}\\[)`, 'gu');
// The two take milliseconds to compile, and most runs print no line that either could be found in.
const MAYBE_COMMAND = /^[^!-9;-~]/;
const COLOUR = /\u001B\[[0-9;]*m/g;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/**
 * Text as lines that a log shows and the runner never obeys: `::command::` and `##[command]` are disarmed by a visible character,
 * a lone CR ends a line, colours stay, and other control characters are shown as symbols.
 */
function neutralLines(text) {
    return text.split(/\r\n|\n|\r/).map(neutralLine);
}
function neutralLine(line) {
    const colours = line.match(COLOUR) ?? [];
    const plain = line.split(COLOUR).map((part) => part.replace(CONTROL, symbolOf));
    // Colours between the characters of a command do not disarm it for every reader, so it is looked for without them.
    const bare = plain.join('');
    const single = bare.includes('#') && bare.includes('[') ? bare.replace(LEGACY_COMMAND(), '# ') : bare;
    const disarmed = MAYBE_COMMAND.test(single) ? single.replace(COMMAND(), (start) => `| ${start}`) : single;
    if (disarmed !== bare)
        return disarmed;
    return plain.map((part, index) => part + (colours[index] ?? '')).join('');
}
function lazily(source, flags) {
    let made;
    return () => (made ??= new RegExp(source, flags));
}
function symbolOf(character) {
    const code = character.charCodeAt(0);
    if (code === 0x7F)
        return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
}


/***/ }),

/***/ 825:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   L: () => (/* binding */ inputVariable)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1544);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4636);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8781);




const LONGEST_SHOWN = 80;
/**
 * The inputs of a step: from `INPUT_<NAME>`, else the field's DEPLOY_ variable, else its default; typed, checked and deeply frozen.
 * Secrets are masked before anything else happens.
 * @throws {UserError} that names every mistake at once.
 */
async function readInputs(action, environment, masks) {
    maskSecrets(action.inputs, environment, masks);
    const values = {};
    const mistakes = [];
    for (const [name, field] of Object.entries(action.inputs)) {
        try {
            values[(0,_action_js__WEBPACK_IMPORTED_MODULE_1__/* .camelCase */ .x)(name)] = await readField(name, field, environment);
        }
        catch (error) {
            if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo))
                throw error;
            mistakes.push(error.message);
        }
    }
    mistakes.push(...unknownInputs(action.inputs, environment));
    if (mistakes.length === 0)
        mistakes.push(...(action.check?.(values) ?? []));
    forgetSecrets(action.inputs, environment);
    if (mistakes.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(asOneMessage(action.name, mistakes));
    return deepFreeze(values);
}
/** The variable in which GitHub hands over an input: only blanks are replaced, hyphens stay. */
function inputVariable(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
async function readField(name, field, environment) {
    const source = [inputVariable(name), field.env].find((variable) => variable !== undefined && (environment[variable] ?? '').trim() !== '');
    const given = source === undefined ? field.default : environment[source];
    const place = source !== undefined && source === field.env ? `${name} (from ${source})` : name;
    if (given === undefined) {
        if (field.required)
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${name} is missing${field.env ? `; give it under \`with:\`, or as ${field.env} in \`env:\`` : ''}`);
        return field.absent;
    }
    try {
        return await field.parse(given);
    }
    catch (error) {
        if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo))
            throw error;
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${place}: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}; given was ${shown(field, given)}`);
    }
}
// A cut secret is one the runner no longer recognises and hides, so what is long or looks like a key shows little or nothing.
function shown(field, given) {
    if (field.kind === 'secret')
        return 'a secret (not shown)';
    if (field.kind === 'structure')
        return `${given.length} characters of YAML (not shown: it may hold secrets)`;
    if (/PRIVATE KEY-----/.test(given))
        return 'what looks like a private key (not shown)';
    if (given.length <= LONGEST_SHOWN)
        return JSON.stringify(given);
    return `${given.length} characters beginning with ${JSON.stringify(given.slice(0, 12))}`;
}
function maskSecrets(fields, environment, masks) {
    for (const variable of secretVariables(fields))
        masks.add(environment[variable] ?? '');
    for (const variable of Object.entries(fields).flatMap(variablesOf))
        passwordsIn(environment[variable] ?? '').forEach((password) => masks.add(password));
}
function forgetSecrets(fields, environment) {
    for (const variable of secretVariables(fields))
        delete environment[variable];
}
function secretVariables(fields) {
    return Object.entries(fields).filter(([, field]) => field.kind === 'secret').flatMap(variablesOf);
}
function variablesOf([name, field]) {
    return [inputVariable(name), ...(field.env === undefined ? [] : [field.env])];
}
// Addresses are no secrets, but one may hold the password of a protected site: https://user:password@staging.example.com
function passwordsIn(given) {
    return [...given.matchAll(/:\/\/[^\s/?#:@]*:([^\s/?#]+)@/g)].flatMap(([, password = '']) => [password, decoded(password)]);
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
// GitHub only warns about an input that an action does not have, and a typo would silently leave the default in force. What is like
// no input of ours may be somebody else's: act hands the inputs of a composite action down to its steps.
function unknownInputs(fields, environment) {
    const known = Object.keys(fields);
    const variables = new Set(known.map(inputVariable));
    return Object.keys(environment).filter((variable) => variable.startsWith('INPUT_') && !variables.has(variable.toUpperCase()))
        .map((variable) => variable.slice('INPUT_'.length).toLowerCase())
        .flatMap((name) => {
        const meant = (0,_shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__/* .likelyMeant */ .S)(name, known);
        return meant === undefined ? [] : [`${name}: there is no such input; the nearest is ${meant}`];
    });
}
function asOneMessage(action, mistakes) {
    if (mistakes.length === 1)
        return `Input of ${action} to mend: ${mistakes[0]}.`;
    return [`${mistakes.length} inputs of ${action} to mend:`, ...mistakes.map((mistake) => `- ${mistake}.`)].join('\n');
}
function deepFreeze(value) {
    if (isContainer(value) && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}
function isContainer(value) {
    if (typeof value !== 'object' || value === null || value instanceof _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z)
        return false;
    const prototype = Object.getPrototypeOf(value);
    return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}


/***/ }),

/***/ 8424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/cancelled.js
var cancelled = __nccwpck_require__(9809);
;// CONCATENATED MODULE: ./build/shared/runner/ending.js



// GitHub sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s after that: we are gone before each next blow.
const AFTER_SIGINT_MS = 7_000;
const AFTER_SIGTERM_MS = 2_000;
const AFTER_OTHERS_MS = 20_000;
// Long enough for open sockets to close by themselves and for the log to be written.
const LINGER_MS = 1_000;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };
/** Takes over signals, stray failures and the exit of this process; `conclude` tells the outcome and is called once. */
function createEnding({ log, conclude }) {
    const stopping = new AbortController();
    let isOver = false;
    const finish = (failure) => {
        if (isOver)
            return;
        isOver = true;
        const reason = stopping.signal.reason;
        conclude(failure, reason);
        process.exitCode = exitCode(failure, reason);
        setTimeout(leave, LINGER_MS).unref();
    };
    const exitNow = (code) => {
        finish();
        process.exitCode = code;
        leave();
    };
    const stop = (reason) => {
        if (isOver || stopping.signal.aborted)
            return;
        const grace = graceOf(reason);
        setTimeout(() => {
            finish(new errors/* UserError */.yo(`It did not wind down within ${(0,duration/* formatDuration */.a3)(grace)}${whileDoing(log.current)}.`));
            leave();
        }, grace).unref();
        stopping.abort(reason);
    };
    const onSignal = (name) => {
        if (isOver || stopping.signal.reason instanceof cancelled/* Cancelled */.c)
            return exitNow(EXIT_CODES[name]);
        log.info(cancelNotice(name, log.current));
        if (stopping.signal.aborted)
            return exitNow(EXIT_CODES[name]);
        stop(new cancelled/* Cancelled */.c(name));
    };
    // A promise nobody waited for has failed: the story may be none the wiser, but the step must not pass.
    const onStray = (error) => {
        if (!isOver)
            return stop(error instanceof Error ? error : new Error(String(error)));
        process.exitCode = 1;
        conclude(error, undefined);
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('unhandledRejection', onStray).on('uncaughtException', onStray);
    process.once('beforeExit', () => finish(stopping.signal.aborted ? undefined : new Error('Nothing was left to wait for, but the work was not finished')));
    return { signal: stopping.signal, stop, finish };
}
function exitCode(failure, reason) {
    if (reason instanceof cancelled/* Cancelled */.c)
        return EXIT_CODES[reason.by];
    return failure === undefined && reason === undefined ? 0 : 1;
}
function graceOf(reason) {
    if (!(reason instanceof cancelled/* Cancelled */.c))
        return AFTER_OTHERS_MS;
    return reason.by === 'SIGINT' ? AFTER_SIGINT_MS : AFTER_SIGTERM_MS;
}
function cancelNotice(name, current) {
    return `Cancelled (${name})${whileDoing(current)}. Winding down; what a server has begun, it goes on with or heals by itself.`;
}
function whileDoing(current) {
    return current.length > 0 ? ` while: ${current.join(' > ')}` : '';
}
// The only place that ends the process: a socket that hangs must not hold the job.
function leave() {
    process.stdout.write('', () => process.exit());
    setTimeout(() => process.exit(), LINGER_MS).unref();
}

;// CONCATENATED MODULE: ./build/shared/runner/failure.js


/**
 * What to tell about a failure, or undefined when there was none. A user's fault is its message; a bug also shows its stack, line by line.
 * `reason` is why the work was told to stop, if it was: what went wrong after that is told beneath it, unless it only repeats it.
 */
function describeFailure(action, failure, reason, showStack) {
    const faults = [reason, isEchoOf(reason, failure) ? undefined : failure].filter((fault) => fault !== undefined);
    if (faults.length === 0)
        return undefined;
    return faults.map((fault) => describe(action, fault, showStack)).join('\n');
}
function describe(action, fault, showStack) {
    if (fault instanceof errors/* UserError */.yo || fault instanceof cancelled/* Cancelled */.c)
        return fault.message;
    stacksOf(fault).forEach(showStack);
    return `${(0,errors/* messageOf */.bD)(fault)}\nThis is a bug in ${action}, not in your workflow: please report it with the stack from the log.`;
}
// Whatever was under way when the signal was aborted ends with the reason itself or with Node's AbortError.
function isEchoOf(reason, failure) {
    if (reason === undefined)
        return false;
    if (failure === reason)
        return true;
    return failure instanceof Error && (failure.name === 'AbortError' || failure.cause === reason);
}
function stacksOf(fault, depth = 0) {
    if (!(fault instanceof Error))
        return [String(fault)];
    const causes = fault instanceof AggregateError ? fault.errors : fault.cause === undefined ? [] : [fault.cause];
    return [fault.stack ?? fault.message, ...(depth < 5 ? causes.flatMap((cause) => stacksOf(cause, depth + 1)) : [])];
}

// EXTERNAL MODULE: ./build/shared/core/secret.js
var secret = __nccwpck_require__(4636);
;// CONCATENATED MODULE: ./build/shared/runner/cover.js
/** Shorter pieces would hide half of every log and protect nothing. */
const SHORTEST_COVERED = 4;
const MARK = '***';
/** An empty cover. A text is gone through once, not once for each hidden text: scanners find thousands of secrets, and decisions have megabytes. */
function createCover() {
    const byStart = new Map();
    const slots = new Uint8Array(0x10000);
    const longestAt = (text, at) => {
        const found = slots[slotOf(text, at)] === 0 ? undefined : byStart.get(text.slice(at, at + SHORTEST_COVERED));
        return found?.lengths.find((length) => found.texts.has(text.slice(at, at + length))) ?? 0;
    };
    return {
        add(hidden) {
            if (hidden.length < SHORTEST_COVERED)
                return;
            const start = hidden.slice(0, SHORTEST_COVERED);
            const { texts, lengths } = byStart.get(start) ?? { texts: new Set(), lengths: [] };
            texts.add(hidden);
            byStart.set(start, { texts, lengths: lengths.includes(hidden.length) ? lengths : [...lengths, hidden.length].sort((one, other) => other - one) });
            slots[slotOf(hidden, 0)] = 1;
        },
        over: (text) => (byStart.size === 0 ? text : covered(text, longestAt)),
    };
}
function covered(text, longestAt) {
    let shown = '';
    let end = 0;
    for (let at = 0; at + SHORTEST_COVERED <= text.length; at++) {
        const length = longestAt(text, at);
        if (length === 0)
            continue;
        if (at >= end)
            shown += text.slice(end, at) + MARK;
        end = Math.max(end, at + length);
    }
    return end === 0 ? text : shown + text.slice(end);
}
function slotOf(text, at) {
    return (((text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2)) * 31 + text.charCodeAt(at + 3)) & 0xffff;
}

// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/masks.js



// The end of an address that is long enough to be a secret and no word.
const SHORTEST_END = 16;
/** An empty set of masks; `tell` hands each form to the runner, which hides it in what others print. */
function createMasks(tell) {
    const forms = new Set();
    const cover = createCover();
    const add = (value, wanted = 'all') => {
        for (const form of (wanted === 'all' ? formsOf(value) : asIs(value)).filter((candidate) => !forms.has(candidate))) {
            forms.add(form);
            cover.add(form);
            tell(form);
        }
        return new secret/* Secret */.z((0,field_parsers/* normaliseSecret */.fd)(value));
    };
    return { add, redact: cover.over };
}
/** Every form of a secret that could turn up in a log: whole, line by line, base64, URL-encoded, JSON and shell quoted. */
function formsOf(value) {
    const whole = (0,field_parsers/* normaliseSecret */.fd)(value);
    if (whole.trim() === '')
        return [];
    const wellFormed = whole.toWellFormed();
    const forms = [
        value, whole, whole.trim(), ...whole.split('\n').map((line) => line.trim()).filter(isTelling),
        ...base64Forms(whole), encodeURIComponent(wellFormed), encodeURIComponent(wellFormed).replaceAll('%20', '+'),
        JSON.stringify(wellFormed).slice(1, -1), whole.replaceAll("'", String.raw `'\''`), ...addressForms(whole),
    ];
    return [...new Set(forms)].filter((form) => form === whole || form.length >= SHORTEST_COVERED);
}
function asIs(value) {
    const whole = (0,field_parsers/* normaliseSecret */.fd)(value).trim();
    return whole === '' ? [] : [...new Set([whole, ...whole.split('\n').map((line) => line.trim()).filter(isTelling)])];
}
/** What makes an address a secret, also alone: the end of a webhook's, the password in a database's. */
function addressForms(value) {
    const address = URL.parse(value.trim());
    if (address === null || !value.includes('://'))
        return [];
    const end = /^https?:$/.test(address.protocol) ? address.pathname.split('/').at(-1) ?? '' : '';
    return [address.password, decoded(address.password), ...(end.length >= SHORTEST_END ? [end] : [])];
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function isTelling(line) {
    return line.length >= SHORTEST_COVERED && /[\p{L}\p{N}]/u.test(line) && !/^-+ ?(?:BEGIN|END) [A-Z0-9 ]+-+$/.test(line);
}
/** The stable middle of the base64 of a value, wherever in a longer text it stands: the edge characters depend on its neighbours. */
function base64Forms(value) {
    const bytes = Buffer.from(value);
    const inner = [0, 1, 2].map((shift) => {
        const head = (3 - shift) % 3;
        const whole = bytes.subarray(head, head + Math.floor((bytes.length - head) / 3) * 3);
        return whole.toString('base64');
    });
    return [bytes.toString('base64'), ...inner].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
        .filter((form) => form.length >= 2 * SHORTEST_COVERED);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./build/shared/runner/command-file.js
var command_file = __nccwpck_require__(9981);
;// CONCATENATED MODULE: ./build/shared/runner/markdown.js
/** Inline text as GitHub markdown, everything special in it escaped, on one line. */
function inline(piece) {
    if (typeof piece === 'string')
        return escapeMarkdown(piece);
    const content = piece.code ? `<code>${escapeMarkdown(piece.text)}</code>` : escapeMarkdown(piece.text);
    return piece.href !== undefined && isLink(piece.href) ? `[${content}](<${linkTarget(piece.href)}>)` : content;
}
/** Text that reads in GitHub markdown as it was written; line breaks become `<br>`. */
function escapeMarkdown(text) {
    return visible(text)
        .replace(/[\\`*_[\]|~$#]/g, String.raw `\$&`)
        .replace(/[&<>@]/g, (character) => ENTITIES[character])
        .replace(/^([ \t]*)(?=[-+=])/gm, '$1\\')
        .replace(/^([ \t]*\d+)(?=[.)](?:\s|$))/gm, '$1\\')
        .replace(/\n/g, '<br>');
}
/** A code block whose fence is longer than any run of backticks inside. */
function codeBlock(text) {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}text\n${visible(text).replace(/\n+$/, '')}\n${fence}`;
}
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;' };
function visible(text) {
    return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD');
}
function isLink(href) {
    return /^https?:\/\//.test(href);
}
function linkTarget(href) {
    return href.replace(/[\s<>\\]/g, encodeURIComponent);
}

;// CONCATENATED MODULE: ./build/shared/runner/summary.js

/** GitHub drops a summary of more than 1 MiB altogether; the rest is room for what the runner adds. */
const SUMMARY_LIMIT = 1_000_000;
// Tried in turn until everything fits: details go first, then table rows, then the length of texts.
const ALLOWANCES = [
    { detailCharacters: Infinity, rows: Infinity, characters: Infinity },
    ...[200_000, 50_000, 10_000, 2_000, 0].map((detailCharacters) => ({ detailCharacters, rows: Infinity, characters: Infinity })),
    ...[1_000, 100, 20].map((rows) => ({ detailCharacters: 0, rows, characters: Infinity })),
    ...[10_000, 1_000, 100].map((characters) => ({ detailCharacters: 0, rows: 20, characters })),
];
/** The sections as GitHub markdown of at most `limit` bytes; what had to be cut is said where it stood. */
function renderSummary(sections, limit = SUMMARY_LIMIT) {
    for (const allowance of ALLOWANCES) {
        const markdown = sections.map((section) => renderSection(section, allowance)).join('\n');
        if (Buffer.byteLength(markdown) <= limit)
            return markdown;
    }
    return firstThatFit(sections.map((section) => renderSection(section, ALLOWANCES.at(-1))), limit);
}
function firstThatFit(parts, limit) {
    const note = '\n_Further sections were left out: the summary is full._\n';
    let markdown = '';
    for (const part of parts) {
        if (Buffer.byteLength(markdown) + Buffer.byteLength(part) + Buffer.byteLength(note) + 1 > limit)
            break;
        markdown += `${part}\n`;
    }
    return markdown + note;
}
function renderSection(section, allowance) {
    const shorten = (piece) => shortened(piece, allowance.characters);
    const paragraphs = (section.paragraphs ?? []).map((paragraph) => [paragraph].flat().map((piece) => inline(shorten(piece))).join('').trim());
    return [
        `## ${inline(shorten(section.heading)).replaceAll('<br>', ' ').trim()}`,
        ...paragraphs,
        ...(section.table ? [renderTable(section.table, allowance)] : []),
        ...(section.details ?? []).map((detail) => renderDetail(detail, allowance.detailCharacters)),
    ].join('\n\n').concat('\n');
}
function renderTable({ columns, rows }, allowance) {
    const row = (cells) => `| ${cells.map((cell) => inline(shortened(cell, allowance.characters))).join(' | ')} |`;
    const shown = rows.slice(0, allowance.rows);
    const left = rows.length - shown.length;
    return [row(columns), `|${' --- |'.repeat(columns.length)}`, ...shown.map(row), ...(left > 0 ? ['', `_${left} more rows were left out._`] : [])].join('\n');
}
// The end of a log tells more than its beginning.
function renderDetail({ title, text }, characters) {
    const left = Math.max(0, text.length - characters);
    const note = left > 0 ? `_The first ${left} characters were left out._\n\n` : '';
    const kept = left < text.length ? `${codeBlock(text.slice(left))}\n\n` : '';
    return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${note}${kept}</details>`;
}
function shortened(piece, characters) {
    const text = typeof piece === 'string' ? piece : piece.text;
    if (text.length <= characters)
        return piece;
    const cut = `${text.slice(0, characters)}…`;
    return typeof piece === 'string' ? cut : { ...piece, text: cut };
}

;// CONCATENATED MODULE: ./build/shared/runner/outputs.js



/** Sets outputs, objects as JSON, with everything secret in them already masked and replaced; undefined sets nothing. */
function setOutputs(values, masks) {
    for (const [name, value] of Object.entries(values)) {
        if (value === undefined)
            continue;
        (0,command_file/* appendValue */.A)(process.env['GITHUB_OUTPUT'], name, masks.redact(typeof value === 'string' ? value : JSON.stringify(value)));
    }
}
/** Appends the sections to the job summary; without GitHub's file for it (a run by hand) this does nothing. */
function writeSummary(sections, masks) {
    const file = process.env['GITHUB_STEP_SUMMARY'];
    if (file && sections.length > 0)
        (0,external_node_fs_.appendFileSync)(file, renderSummary(sections.map((section) => redactSection(section, masks))));
}
// Before rendering, because escaping would tear a secret apart.
function redactSection(section, masks) {
    return redactDeep(section, masks);
}
function redactDeep(value, masks) {
    if (typeof value === 'string')
        return masks.redact(value);
    if (Array.isArray(value))
        return value.map((item) => redactDeep(item, masks));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item, masks)]));
}

// EXTERNAL MODULE: ./build/shared/runner/read-inputs.js
var read_inputs = __nccwpck_require__(825);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./build/shared/runner/run-identity.js

const LONGEST = 300; // characters; GitHub's own are shorter, and every line of a ledger repeats them
/** The workflow run that this process belongs to; on a person's own machine, one made of the person and the shell it was started from. */
function runIdentity(given = process.env) {
    const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.slice(0, LONGEST)]));
    const { GITHUB_RUN_ID: id, GITHUB_REPOSITORY: repository = '', GITHUB_SERVER_URL: server = 'https://github.com' } = environment;
    const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) || 1;
    return {
        id: id ?? `local-${process.ppid}`,
        attempt,
        url: id && repository ? `${server}/${repository}/actions/runs/${id}/attempts/${attempt}` : '',
        actor: environment['GITHUB_TRIGGERING_ACTOR'] ?? environment['GITHUB_ACTOR'] ?? userName(),
        commit: environment['GITHUB_SHA'] ?? '',
        ref: environment['GITHUB_REF'] ?? '',
        repository,
        workflow: environment['GITHUB_WORKFLOW'] ?? '',
    };
}
// A container may run under a number that has no name.
function userName() {
    try {
        return (0,external_node_os_.userInfo)().username;
    }
    catch {
        return 'unknown';
    }
}

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 2 modules
var core = __nccwpck_require__(4346);
// EXTERNAL MODULE: ./build/shared/runner/neutral-text.js
var neutral_text = __nccwpck_require__(8502);
;// CONCATENATED MODULE: ./build/shared/runner/job-log.js


/** A log that prints for GitHub: groups fold, warnings become annotations, secrets and commands in texts are disarmed. */
function createJobLog(masks) {
    const current = [];
    // Secrets are replaced before the text is taken apart into lines: one with a line break in it would be torn otherwise.
    const print = (text) => (0,neutral_text/* neutralLines */.F)(masks.redact(text)).forEach((line) => (0,core/* info */.pq)(line));
    return {
        current,
        info: print,
        output: print,
        warning: (message) => (0,core/* warning */.$e)((0,neutral_text/* neutralLines */.F)(masks.redact(message)).join('\n')),
        group: async (title, task) => {
            // GitHub does not nest groups: an inner one would end the outer, so it is only a line.
            const isOutermost = current.length === 0;
            const shown = masks.redact(title).replace(/\s+/g, ' ');
            if (isOutermost)
                (0,core/* startGroup */.Oh)(shown);
            else
                print(`${shown} …`);
            current.push(title);
            try {
                return await task();
            }
            finally {
                current.splice(current.lastIndexOf(title), 1);
                if (isOutermost)
                    (0,core/* endGroup */.N4)();
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/runner/venue.js



const LEVELS = { error: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
/** A step of a workflow: GitHub's runner reads what is printed. */
const workflowVenue = {
    hide: core/* setSecret */.Pq,
    createLog: createJobLog,
    annotate: ({ level, title, message, path, line, endLine }, { redact }) => {
        const place = path === undefined ? {} : { file: redact(path), ...(line !== undefined && { startLine: line, endLine: endLine ?? line }) };
        LEVELS[level]((0,neutral_text/* neutralLines */.F)(redact(message)).join('\n'), { title: (0,neutral_text/* neutralLines */.F)(redact(title)).join(' '), ...place });
    },
    fail: (message) => (0,core/* setFailed */.C1)((0,neutral_text/* neutralLines */.F)(message).join('\n')),
    environment: (given) => given,
};

;// CONCATENATED MODULE: ./build/shared/runner/run-action.js









/**
 * Runs an action from its first line to its exit code: reads the inputs, tells the story, and decides here alone what a failure is.
 * Never rejects. Cancelling and the `timeout` input abort `job.signal`; outputs and summary are kept whatever happens.
 */
async function runAction(action, story) {
    const words = action.commandLine === undefined ? [] : process.argv.slice(2);
    const venue = words.length === 0 ? workflowVenue : (await __nccwpck_require__.e(/* import() */ 7).then(__nccwpck_require__.bind(__nccwpck_require__, 2007))).terminalVenue(action, words);
    const masks = createMasks(venue.hide);
    const log = venue.createLog(masks);
    const sections = [];
    const ending = createEnding({
        log,
        conclude: (failure, reason) => {
            const message = describeFailure(action.name, failure, reason, (text) => log.output(text));
            if (message !== undefined)
                venue.fail(masks.redact(message));
            writeSummary(sections, masks);
        },
    });
    try {
        const environment = venue.environment(process.env);
        if (environment === undefined)
            return ending.finish();
        const inputs = await (0,read_inputs/* readInputs */.K)(action, environment, masks);
        startTimeout(action, inputs, ending);
        await story(inputs, createJob(masks, { ...venue, log }, sections, ending));
        ending.finish();
    }
    catch (error) {
        ending.finish(error);
    }
}
function createJob(masks, { log, annotate }, sections, ending) {
    return {
        log,
        run: runIdentity(),
        signal: ending.signal,
        output: (values) => setOutputs(values, masks),
        summarise: (section) => void sections.push(section),
        annotate: (annotation) => annotate(annotation, masks),
        mask: masks.add,
        redact: masks.redact,
    };
}
function startTimeout(action, inputs, ending) {
    const { timeout } = inputs;
    if (action.inputs['timeout']?.kind !== 'duration' || typeof timeout !== 'number')
        return;
    const reason = new errors/* UserError */.yo(`${action.name} did not finish within ${(0,duration/* formatDuration */.a3)(timeout)}, the limit set by its input timeout. The log shows what it was doing; raise timeout if that may take longer.`);
    // Node fires a timer of more than 2^31 ms at once.
    setTimeout(() => ending.stop(reason), Math.min(timeout, 2 ** 31 - 1)).unref();
}


/***/ }),

/***/ 7003:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  aZ: () => (/* binding */ PATIENCE),
  vz: () => (/* binding */ sourceOf)
});

// UNUSED EXPORTS: MINIMUM_AGE

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/scanners/lock.js
/** Where the files of releases are, unless a mirror is named. */
const GITHUB = 'https://github.com';
/** Hosts that GitHub sends downloads of releases on to. */
const RELEASE_HOSTS = ['github.com', 'objects.githubusercontent.com', 'release-assets.githubusercontent.com'];
/**
 * The pinned scanners, the newest version of each first. Every sha256 is the publisher's, as at least two unrelated public
 * projects that had checked the file recorded it; script/scanner-pins compares them with the files themselves. See docs/scanners.md.
 */
const LOCK = {
    trivy: [{
            version: '0.74.0', released: '2026-08-14',
            artefacts: {
                'linux-x64': { path: '/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-64bit.tar.gz', sha256: '2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a', member: 'trivy' },
                'linux-arm64': { path: '/aquasecurity/trivy/releases/download/v0.74.0/trivy_0.74.0_Linux-ARM64.tar.gz', sha256: 'b94ce1976bbf3c15b514b605ee88be7c6d94a29be2302847ff01cb794d47aad5', member: 'trivy' },
            },
        }],
    gitleaks: [{
            version: '8.30.1', released: '2026-03-21',
            artefacts: {
                'linux-x64': { path: '/gitleaks/gitleaks/releases/download/v8.30.1/gitleaks_8.30.1_linux_x64.tar.gz', sha256: '551f6fc83ea457d62a0d98237cbad105af8d557003051f41f3e7ca7b3f2470eb', bytes: 8_230_402, member: 'gitleaks' },
                'linux-arm64': { path: '/gitleaks/gitleaks/releases/download/v8.30.1/gitleaks_8.30.1_linux_arm64.tar.gz', sha256: 'e4a487ee7ccd7d3a7f7ec08657610aa3606637dab924210b3aee62570fb4b080', member: 'gitleaks' },
            },
        }],
    'osv-scanner': [{
            version: '2.6.0', released: '2026-09-14',
            artefacts: {
                'linux-x64': { path: '/google/osv-scanner/releases/download/v2.6.0/osv-scanner_linux_amd64', sha256: 'ca69b3d3cd08f889a49dc0a383122f71cc528b83803671df5fd874d97485b108' },
                'linux-arm64': { path: '/google/osv-scanner/releases/download/v2.6.0/osv-scanner_linux_arm64', sha256: '2c71403eb443d05891c4f268c3ad771cf4f16e5443463fd7851ef8f454d3c7e4' },
            },
        }],
    grype: [{
            version: '0.117.0', released: '2026-08-14',
            artefacts: {
                'linux-x64': { path: '/anchore/grype/releases/download/v0.117.0/grype_0.117.0_linux_amd64.tar.gz', sha256: '38525dab1e06f162ebaa02f94d82d1f807076b011a44180cf2777edf1a7b9c26', member: 'grype' },
                'linux-arm64': { path: '/anchore/grype/releases/download/v0.117.0/grype_0.117.0_linux_arm64.tar.gz', sha256: '935f628bdf9331ffdd946931ea5fdb50045d3970ba52670cbeb44a88f127291b', member: 'grype' },
            },
        }],
    trufflehog: [{
            version: '3.97.0', released: '2026-08-18',
            artefacts: {
                'linux-x64': { path: '/trufflesecurity/trufflehog/releases/download/v3.97.0/trufflehog_3.97.0_linux_amd64.tar.gz', sha256: '62224de2f9dd7cd418800feb953760a302ed2f82a7c547fe1146a4874fb179e4', member: 'trufflehog' },
                'linux-arm64': { path: '/trufflesecurity/trufflehog/releases/download/v3.97.0/trufflehog_3.97.0_linux_arm64.tar.gz', sha256: 'f48f57e3d4343377865b1b64653f96d381d61a7792d89d026e85524732039fde', member: 'trufflehog' },
            },
        }],
};

;// CONCATENATED MODULE: ./build/shared/scanners/defaults.js


/** How long a scanner's release must have been out unless told otherwise, ms: hostile ones were all found out sooner. */
const MINIMUM_AGE = (/* unused pure expression or super */ null && (14 * 86_400_000));
/** Where releases come from: GitHub, or a mirror, which then is the only host that is asked. @throws {UserError} when the mirror is no web address. */
function sourceOf(mirror) {
    if (mirror === undefined)
        return { base: GITHUB, hosts: RELEASE_HOSTS };
    const url = URL.parse(mirror);
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
        throw new errors/* UserError */.yo('a mirror is a web address without a login, a query or a fragment, such as https://mirror.example.com/github');
    return { base: mirror, hosts: [url.host] };
}
/** Between tries, and for a server that is silent, ms. */
const PATIENCE = { pauses: [2_000, 10_000], patience: 30_000 };


/***/ }),

/***/ 4346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ debug),
  N4: () => (/* binding */ endGroup),
  z3: () => (/* binding */ error),
  pq: () => (/* binding */ info),
  lm: () => (/* binding */ notice),
  C1: () => (/* binding */ setFailed),
  Pq: () => (/* binding */ setSecret),
  Oh: () => (/* binding */ startGroup),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, exportVariable, getBooleanInput, getIDToken, getInput, getMultilineInput, getState, group, isDebug, markdownSummary, platform, saveState, setCommandEcho, setOutput, summary, toPlatformPath, toPosixPath, toWin32Path

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(4791);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
