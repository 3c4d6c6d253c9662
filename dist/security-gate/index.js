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

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

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

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

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

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 481:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 714:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

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

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ }),

/***/ 4128:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2533);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(758);


await (0,_shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X, async (inputs, job) => (await Promise.all(/* import() */[__nccwpck_require__.e(80), __nccwpck_require__.e(144)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8144))).securityGate(inputs, job));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ inputs_action)
});

// EXTERNAL MODULE: ./build/shared/runner/action.js
var action = __nccwpck_require__(8781);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __nccwpck_require__(4153);
// EXTERNAL MODULE: ./build/shared/runner/yaml-text.js
var yaml_text = __nccwpck_require__(5430);
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
    return optional('choice', accepts, options, (given) => choiceOf(options.options, given, accepts));
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
    return field('lines', 'a YAML list, or one value per line', options, yaml_text/* parseLines */.L, []);
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

// EXTERNAL MODULE: ./build/shared/scanners/defaults.js
var defaults = __nccwpck_require__(6806);
// EXTERNAL MODULE: ./build/shared/scanners/scan.js + 10 modules
var scan = __nccwpck_require__(5569);
;// CONCATENATED MODULE: ./build/actions/security-gate/src/inputs.js





const digests = (given) => (given.every((one) => /^(?:\S+@)?sha256:[0-9a-f]{64}$/.test(one)) ? undefined : 'accepted are digests, sha256: and 64 digits, with or without the image before an @');
const ALERTS = ['code-scanning', 'dependabot'];
const fields = {
    stage: fields_text({ description: 'Stage of the policy that is asked to open: pre-commit, build, staging, production, dast-weekly, preview, or one of your own.', required: true, example: 'build' }),
    reports: lines({
        description: 'Reports of scanners: files, folders, or patterns such as `reports/**/*.json`. They are known by their content; `gitleaks=reports/leaks.json` says which tool one has to be of. What is named here and is not there, is damaged or is no report, closes the gate.',
        example: 'reports/',
    }),
    'github-alerts': lines({
        description: 'Alerts that GitHub itself has, to be read as reports: `code-scanning` (of the branch or pull request of this run), `dependabot` (of the default branch). Needs `github-token`, with security-events: read; Dependabot\'s alerts need the token of an app or a person that may read Dependabot alerts.',
        example: 'code-scanning', check: (given) => (given.every((one) => ALERTS.includes(one)) ? undefined : `accepted are ${ALERTS.join(' and ')}`),
    }),
    scan: lines({
        description: 'Scanners to run now, whose reports are read with the others: trivy, gitleaks, grype, osv-scanner, trufflehog (installed as pinned here), bandit, semgrep, pip-audit, npm audit (from PATH).', example: 'trivy fs .',
        check: (0,field_parsers/* mistakeOf */.Wl)((given) => (0,scan.readScans)(given)),
    }),
    'scan-timeout': fields_duration({ description: 'How long one scan may take.', default: '10m', min: '1s' }),
    'scanner-minimum-age': fields_duration({ description: 'How long a scanner\'s release must have been out before it is installed.', default: '14d' }),
    'scanner-mirror': fields_text({ description: 'Mirror of https://github.com for releases of scanners; no other host is asked then.', check: (0,field_parsers/* mistakeOf */.Wl)((given) => (0,defaults.sourceOf)(given)) }),
    'scanner-offline': flag({ description: 'Download nothing: scanners come from PATH or the tool cache, and use the databases that are there.' }),
    policy: fields_text({ description: 'File with your policy. Without one, the built-in policy is in force (`examples/security/policy.yml`).', example: '.github/security-policy.yml' }),
    waivers: fields_text({ description: 'File with waivers and sign-offs.', example: '.github/security-waivers.yml' }),
    'ignore-files': lines({ description: 'Ignore files of scanners, to be followed for the findings of that scanner, and shown: .trivyignore, .trivyignore.yaml, osv-scanner.toml, .grype.yaml, suppression files of Dependency-Check.', example: '.trivyignore' }),
    vex: lines({ description: 'VEX documents (OpenVEX, CycloneDX): files or patterns.', example: 'security/*.openvex.json' }),
    products: lines({ description: 'What VEX documents call what you ship, where they speak of packages within a product: purls, image names. The digests of `digest` are among them.', example: 'pkg:oci/shop' }),
    baseline: lines({
        description: 'What is not new: reports, or the `report` of an earlier decision; files or patterns. In a path `{merge-base}` is the hash of the commit that the pull request is measured against; `artifact:security-decision` is the artifact of that name which a run of that commit has kept, and needs `github-token` with actions: read. Where there is none, everything is new, and the summary tells why.',
        example: 'artifact:security-decision',
    }),
    'kev-file': fields_text({ description: 'CISA\'s catalogue of known exploited vulnerabilities, JSON or CSV, for rules that ask for `kev`.' }),
    'epss-file': fields_text({ description: 'FIRST\'s EPSS scores, CSV, also gzipped, for rules that ask for `epss`.' }),
    commit: fields_text({ description: 'Commit that reports have to be of, where they tell. The run\'s own, and the head of its pull request, if left out.', check: (given) => (/^[0-9a-f]{7,64}$/i.test(given) ? undefined : 'accepted is a commit\'s hash') }),
    digest: lines({ description: 'Digests of the images that reports have to be of, where they tell.', check: digests, example: '${{ steps.build.outputs.digest }}' }),
    'sign-off': fields_text({ description: 'Output `findings-hash` of the job before the approval, where the environment of this job is the sign-off.', check: (given) => (/^sha256:[0-9a-f]{64}$/.test(given) ? undefined : 'accepted is the output findings-hash of an earlier job') }),
    'sign-off-environment': fields_text({ description: 'Environment whose approval in this run is the sign-off. Needs `github-token` with actions: read.', example: 'security-sign-off' }),
    explain: fields_text({ description: 'Tell in the log why a finding counts as it does: an advisory, a rule, a package, a path or a key.', example: 'CVE-2026-1234' }),
    name: fields_text({ description: 'Name of this gate, where a pull request has several of one stage.', check: (given) => (/^[\w. -]{1,60}$/.test(given) ? undefined : 'accepted are letters, digits, dots, dashes and blanks') }),
    comment: flag({ description: 'Tell the decision in a comment on the pull request, which later runs change. Needs `github-token` with pull-requests: write; without it, as on pull requests from forks, there is none.' }),
    'pull-request': integer({ description: 'Number of the pull request for `comment`. The one that started the run if left out.', min: 1 }),
    'github-token': secret({ description: 'Token for `comment`, for the review that brought a waiver, and for the approval of an environment. No decision needs one.', example: '${{ github.token }}' }),
    'secret-key': secret({ description: 'Key by which secrets that scanners found are named in reports and baselines, so that nobody can try out values against these names. Made of the repository\'s name if left out.' }),
    'output-folder': fields_text({ description: 'Where decision and SARIF are written. A folder in RUNNER_TEMP if left out; on a terminal nothing is written then.' }),
    timeout: fields_duration({ description: 'How long all of it may take.', default: '10m', min: '1s' }),
};
/** Everything that security-gate takes and puts out. */
const inputs_action = (0,action/* defineAction */.Q)({
    name: 'security-gate',
    title: 'Slipway security gate',
    description: 'One policy for all stages over every scanner\'s report. It fails closed: a report that is missing, empty, damaged, failed, stale or of another commit is never a pass. Every decision is explained.',
    branding: { icon: 'shield', color: 'green' },
    commandLine: 'reports',
    inputs: fields,
    outputs: {
        verdict: '`pass`, `fail` (findings block) or `inconclusive` (evidence is missing), also where the stage is report-only and passes all the same.',
        blocking: 'How many findings block.',
        critical: 'How many findings are critical, set aside by suppressions or VEX not counted.',
        high: 'How many are high.',
        medium: 'How many are medium.',
        low: 'How many are low.',
        info: 'How many are informational.',
        unknown: 'Of how many no severity is known.',
        new: 'How many are not in the baseline.',
        waived: 'How many would block and have a waiver.',
        'findings-hash': 'Name of the exact set of findings that a sign-off would have to be for; empty where none is wanted.',
        report: 'The decision as JSON: a file that a later run takes as `baseline`.',
        sarif: 'All findings merged into one SARIF file within GitHub\'s limits. Empty where evidence is missing: uploaded, it would close the alerts of the scanner that failed.',
    },
    check: ({ signOff, signOffEnvironment, githubToken, baseline, reports, scan, githubAlerts }) => [
        ...((signOff === undefined) === (signOffEnvironment === undefined) ? [] : ['sign-off and sign-off-environment belong together: the set of findings, and whose approval is for it']),
        ...(signOffEnvironment !== undefined && githubToken === undefined ? ['github-token is missing: only GitHub knows who approved sign-off-environment'] : []),
        ...baseline.filter((one) => reports.includes(one)).map((one) => `baseline: ${one} is among the reports, and nothing would ever be new`),
        ...(githubAlerts.length > 0 && githubToken === undefined ? ['github-token is missing: github-alerts cannot be read without one'] : []),
        ...(baseline.some((one) => one.startsWith('artifact:')) && githubToken === undefined ? ['github-token is missing: a baseline in an artifact cannot be fetched without one'] : []),
        ...(reports.length + scan.length + githubAlerts.length === 0 ? ['reports, scan and github-alerts are all empty: no report is no evidence'] : []),
    ],
});


/***/ }),

/***/ 2520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   a3: () => (/* binding */ formatDuration)
/* harmony export */ });
/* unused harmony export inSeconds */
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

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R3: () => (/* binding */ withinRange),
/* harmony export */   Wl: () => (/* binding */ mistakeOf),
/* harmony export */   fd: () => (/* binding */ normaliseSecret),
/* harmony export */   iP: () => (/* binding */ flagOf),
/* harmony export */   wh: () => (/* binding */ plainText),
/* harmony export */   wo: () => (/* binding */ integerIn),
/* harmony export */   yD: () => (/* binding */ secretText)
/* harmony export */ });
/* unused harmony export choiceOf */
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
        throw new UserError(`accepted is ${accepts}`);
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

/***/ 2533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/core/cancelled.js
/** Why a signal was aborted when somebody cancelled the run: neither a user's fault nor a bug. */
class Cancelled extends Error {
    name = 'Cancelled';
    by;
    constructor(by) {
        super(`The run was cancelled (${by}).`);
        this.by = by;
    }
}

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
        if (isOver || stopping.signal.reason instanceof Cancelled)
            return exitNow(EXIT_CODES[name]);
        log.info(cancelNotice(name, log.current));
        if (stopping.signal.aborted)
            return exitNow(EXIT_CODES[name]);
        stop(new Cancelled(name));
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
    if (reason instanceof Cancelled)
        return EXIT_CODES[reason.by];
    return failure === undefined && reason === undefined ? 0 : 1;
}
function graceOf(reason) {
    if (!(reason instanceof Cancelled))
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
    if (fault instanceof errors/* UserError */.yo || fault instanceof Cancelled)
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
// EXTERNAL MODULE: ./build/shared/runner/summary.js + 1 modules
var summary = __nccwpck_require__(6062);
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
        (0,external_node_fs_.appendFileSync)(file, (0,summary/* renderSummary */.B)(sections.map((section) => redactSection(section, masks))));
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

/***/ 6062:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  B: () => (/* binding */ renderSummary)
});

// UNUSED EXPORTS: SUMMARY_LIMIT

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


/***/ }),

/***/ 5430:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ parseLines),
/* harmony export */   h: () => (/* binding */ parseYaml)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _field_parsers_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(382);


const ITEM = 'a YAML list of plain values, or one value per line, without control characters';
/**
 * The values of a list written as YAML (`- one` or `[one, two]`) or one per line; blank lines are dropped.
 * @throws {UserError} on nested values, control characters or broken YAML.
 */
async function parseLines(given) {
    const items = isYamlList(given) ? await yamlItems(given) : given.split(/\r?\n/);
    return items.map((item) => (0,_field_parsers_js__WEBPACK_IMPORTED_MODULE_0__/* .plainText */ .wh)(item, ITEM)).filter((item) => item !== '');
}
/**
 * What a piece of YAML 1.2 holds.
 * @throws {UserError} with the line and column of the first mistake; the text itself is not repeated.
 */
async function parseYaml(given, schema = 'core') {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('accepted is YAML without NUL bytes');
    // Loaded on demand: most runs give no YAML, and it would be a tenth of their start-up time.
    const { LineCounter, parseDocument } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(given, { schema, prettyErrors: false, lineCounter });
    const [mistake] = document.errors;
    if (mistake) {
        const { line, col } = lineCounter.linePos(mistake.pos[0]);
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the YAML has a mistake in line ${line}, column ${col}: ${mistake.message}`);
    }
    try {
        return document.toJS();
    }
    catch (error) {
        // An alias without its anchor, or so many aliases that they would fill the memory.
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`the YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function isYamlList(given) {
    return /^\s*-(?:\s|$)/.test(given) || /^\s*\[[^]*\]\s*$/.test(given);
}
async function yamlItems(given) {
    const list = await parseYaml(given, 'failsafe');
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo(`accepted is ${ITEM}`);
    return list;
}


/***/ }),

/***/ 6806:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   MINIMUM_AGE: () => (/* binding */ MINIMUM_AGE),
/* harmony export */   PATIENCE: () => (/* binding */ PATIENCE),
/* harmony export */   sourceOf: () => (/* binding */ sourceOf)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _lock_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7747);


/** How long a scanner's release must have been out unless told otherwise, ms: hostile ones were all found out sooner. */
const MINIMUM_AGE = 14 * 86_400_000;
/** Where releases come from: GitHub, or a mirror, which then is the only host that is asked. @throws {UserError} when the mirror is no web address. */
function sourceOf(mirror) {
    if (mirror === undefined)
        return { base: _lock_js__WEBPACK_IMPORTED_MODULE_0__.GITHUB, hosts: _lock_js__WEBPACK_IMPORTED_MODULE_0__.RELEASE_HOSTS };
    const url = URL.parse(mirror);
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '')
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .yo('a mirror is a web address without a login, a query or a fragment, such as https://mirror.example.com/github');
    return { base: mirror, hosts: [url.host] };
}
/** Between tries, and for a server that is silent, ms. */
const PATIENCE = { pauses: [2_000, 10_000], patience: 30_000 };


/***/ }),

/***/ 7096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   VU: () => (/* binding */ byCode),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   qz: () => (/* binding */ nothingScanned)
/* harmony export */ });
const LONGEST_LINE = 300;
/** What an exit code stands for by a scanner's own table; any other, and a missing report, is a failure. */
function byCode(outcomes, exit) {
    const { code, reportBytes } = exit;
    const outcome = code === undefined ? undefined : outcomes[code];
    if (outcome === undefined)
        return failed(`It ${code === undefined ? 'was ended by a signal' : `failed with exit code ${code}`}${said(exit)}`);
    if (outcome === 'nothing scanned')
        return { outcome, reason: `It found nothing to scan${said(exit)}` };
    return reportBytes === 0 ? failed(`It ended with exit code ${code} and wrote no report${said(exit)}`) : { outcome, reason: '' };
}
/** A scan that failed, for a reason that is a sentence. */
function failed(reason) {
    return { outcome: 'failed', reason };
}
/** A scan that ran and had nothing before it. */
function nothingScanned(reason) {
    return { outcome: 'nothing scanned', reason };
}
// The line of the log that most likely tells why: the last that speaks of an error, or the last.
function said({ log }) {
    const lines = log.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const line = lines.findLast((one) => /\b(?:error|fatal|FTL|ERR|failed|cannot|unable|invalid|no such)\b/i.test(one)) ?? lines.at(-1);
    if (line === undefined)
        return '.';
    return `: ${line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line}`;
}


/***/ }),

/***/ 7747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GITHUB: () => (/* binding */ GITHUB),
/* harmony export */   LOCK: () => (/* binding */ LOCK),
/* harmony export */   RELEASE_HOSTS: () => (/* binding */ RELEASE_HOSTS)
/* harmony export */ });
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


/***/ }),

/***/ 5569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  SCAN: () => (/* binding */ SCAN),
  readScans: () => (/* binding */ readScans)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __nccwpck_require__(1544);
// EXTERNAL MODULE: ./build/shared/scanners/exit.js
var scanners_exit = __nccwpck_require__(7096);
;// CONCATENATED MODULE: ./build/shared/scanners/tools/bandit.js

/** https://bandit.readthedocs.io: faults in Python's sources. */
const bandit = {
    name: 'bandit',
    program: 'bandit',
    modes: { '': { kinds: ['sast'], target: ['.'] } },
    reserved: ['--format', '-f', '--output', '-o', '--recursive', '-r', '--exit-zero', '--msg-template', '--quiet', '-q', '--silent'],
    versionArgs: ['--version'],
    args: ({ words, report }) => ['--recursive', '--format', 'json', '--output', report, ...words],
    passesOn: /^PYTHON/,
    // It is 1 for findings, and for a fault of Python's, which prints a traceback.
    judge: (exit) => (/^Traceback /m.test(exit.log) ? (0,scanners_exit/* failed */.gz)('It broke down with a traceback.') : (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'findings' }, exit)),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/gitleaks.js

/** https://github.com/gitleaks/gitleaks: secrets in files and in git's history. */
const gitleaks = {
    name: 'gitleaks',
    program: 'gitleaks',
    modes: { git: { kinds: ['secrets'], target: ['.'] }, dir: { kinds: ['secrets'], target: ['.'] } },
    reserved: ['--exit-code', '--report-format', '-f', '--report-path', '-r', '--report-template', '--no-color', '--log-level', '-l'],
    versionArgs: ['version'],
    // By default findings and faults are both 1.
    args: ({ mode, words, report }) => [mode, '--no-banner', '--no-color', '--exit-code', '2', '--report-format', 'json', '--report-path', report, ...words],
    passesOn: /^GITLEAKS_/,
    judge,
};
// A fault of git's, such as a wrong range or a folder of another user, ends with "no leaks found" and exit code 0:
// https://github.com/gitleaks/gitleaks/issues/1464, https://github.com/gitleaks/gitleaks/issues/2129
function judge(exit) {
    const ended = (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 2: 'findings' }, exit);
    if (ended.outcome === 'failed')
        return ended;
    const fault = /^.*\b(?:ERR|FTL)\b(.*)$/m.exec(exit.log);
    if (fault !== null)
        return (0,scanners_exit/* failed */.gz)(`It met a fault and went on: ${fault[1]?.trim()}`);
    const scanned = /scanned ~(\d+) bytes/.exec(exit.log);
    if (scanned === null)
        return (0,scanners_exit/* failed */.gz)('It did not tell how much it scanned.');
    if (Number(scanned[1]) > 0)
        return ended;
    return (0,scanners_exit/* nothingScanned */.qz)('It scanned 0 bytes. Is there anything in the folder, and does the checkout have its history (fetch-depth: 0)?');
}

;// CONCATENATED MODULE: ./build/shared/scanners/tools/grype.js

/** https://github.com/anchore/grype: packages with known vulnerabilities in images, folders and SBOMs. */
const grype = {
    name: 'grype',
    program: 'grype',
    modes: { '': { kinds: ['sca', 'container'], target: ['dir:.'] } },
    reserved: ['--output', '-o', '--file', '--fail-on', '-f', '--template', '-t', '--quiet', '-q'],
    versionArgs: ['version'],
    args: ({ words, report }) => ['--output', 'json', '--file', report, ...words],
    environment: (isOffline) => ({ GRYPE_CHECK_FOR_APP_UPDATE: 'false', ...(isOffline ? { GRYPE_DB_AUTO_UPDATE: 'false' } : {}) }),
    passesOn: /^GRYPE_|^SYFT_|^DOCKER_/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'done' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/npm-audit.js

/** https://docs.npmjs.com/cli/commands/npm-audit: npm packages of the lock file with known vulnerabilities. */
const npmAudit = {
    name: 'npm-audit',
    program: 'npm',
    modes: { '': { kinds: ['sca'], target: [] } },
    reserved: ['--json', '--audit-level', '--dry-run', '--force'],
    mistake: (words) => (/^[^-]/.test(words[0] ?? '-') ? `"npm audit ${words[0]}" is not a scan` : undefined),
    versionArgs: ['--version'],
    args: ({ words }) => ['audit', '--json', ...words],
    reportsTo: 'stdout',
    environment: () => ({ npm_config_update_notifier: 'false' }),
    // A private registry's token, which .npmrc takes from the environment.
    passesOn: /^npm_config_|^NPM_|^NODE_AUTH_TOKEN$|^NODE_EXTRA_CA_CERTS$/i,
    // It is 1 for findings and for faults, and its report says which: a fault is a document of its own.
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'done' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/osv-scanner.js

/** https://google.github.io/osv-scanner/: packages of lock files with known vulnerabilities. Exit codes: https://google.github.io/osv-scanner/output/#return-codes */
const osvScanner = {
    name: 'osv-scanner',
    program: 'osv-scanner',
    modes: { source: { kinds: ['sca'], target: ['--recursive', '.'] }, image: { kinds: ['container'], target: undefined } },
    reserved: ['--format', '-f', '--output', '--output-file', '--serve', '--allow-no-lockfiles'],
    versionArgs: ['--version'],
    args: ({ mode, words, report, isOffline }) => ['scan', mode, '--format', 'json', '--output-file', report, '--all-packages', ...(isOffline ? ['--offline'] : []), ...words],
    passesOn: /^OSV_SCANNER_/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'findings', 128: 'nothing scanned' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/pip-audit.js

/** https://github.com/pypa/pip-audit: Python packages with known vulnerabilities. */
const pipAudit = {
    name: 'pip-audit',
    program: 'pip-audit',
    // Without a target it would audit the packages it is itself installed with.
    modes: { '': { kinds: ['sca'], target: ['--requirement', 'requirements.txt'] } },
    reserved: ['--format', '-f', '--output', '-o', '--fix', '--dry-run', '-d'],
    versionArgs: ['--version'],
    args: ({ words, report }) => ['--format', 'json', '--output', report, '--progress-spinner', 'off', ...words],
    passesOn: /^PIP_|^PYTHON/,
    // It is 1 for findings and for faults, and writes the report only when it got to the end.
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 1: 'findings' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/semgrep.js

/** https://semgrep.dev: faults in sources, by rules that the scan names. */
const semgrep = {
    name: 'semgrep',
    program: 'semgrep',
    modes: { scan: { kinds: ['sast'], target: undefined } },
    reserved: ['--json', '--json-output', '--sarif', '--sarif-output', '--text', '--emacs', '--vim', '--gitlab-sast', '--gitlab-secrets', '--junit-xml', '--output', '-o', '--error', '--metrics', '--autofix', '-a'],
    // Without rules it asks its maker's server which to take, and tells that server about the project.
    mistake: (words) => (words.some((word) => /^(?:--config(?:=|$)|-c|-f)/.test(word)) ? undefined : 'it needs its rules and what to scan: semgrep --config rules.yml .'),
    // Without the second it asks its maker for newer versions, and where there is no network waits a hundred seconds for the answer.
    versionArgs: ['--version', '--disable-version-check'],
    args: ({ words, report }) => ['scan', '--json', '--output', report, '--metrics', 'off', '--disable-version-check', ...words],
    passesOn: /^SEMGREP_|^PYTHON/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'done' }, exit),
};

;// CONCATENATED MODULE: ./build/shared/scanners/tools/trivy.js

const FOUND = 9;
/** https://trivy.dev: packages with known vulnerabilities in folders and images, and misconfigurations. */
const trivy = {
    name: 'trivy',
    program: 'trivy',
    modes: {
        fs: { kinds: ['sca'], target: ['.'] }, image: { kinds: ['container'], target: undefined }, config: { kinds: ['iac'], target: ['.'] },
        rootfs: { kinds: ['container'], target: undefined }, sbom: { kinds: ['sca'], target: undefined },
    },
    reserved: ['--exit-code', '--format', '-f', '--output', '-o', '--template', '-t', '--compliance', '--report', '--quiet', '-q', '--download-db-only', '--generate-default-config'],
    versionArgs: ['--version'],
    // By default findings are 0, and with --exit-code 1 they are what any fault is.
    args: ({ mode, words, report }) => [mode, '--format', 'json', '--output', report, '--exit-code', String(FOUND), ...(mode === 'config' ? [] : packagesOnly(words)), ...words],
    environment: (isOffline) => ({
        TRIVY_DISABLE_TELEMETRY: 'true', TRIVY_SKIP_VERSION_CHECK: 'true', TRIVY_NO_PROGRESS: 'true',
        ...(isOffline ? { TRIVY_SKIP_DB_UPDATE: 'true', TRIVY_SKIP_JAVA_DB_UPDATE: 'true', TRIVY_SKIP_CHECK_UPDATE: 'true', TRIVY_OFFLINE_SCAN: 'true' } : {}),
    }),
    passesOn: /^TRIVY_|^DOCKER_/,
    judge: (exit) => (0,scanners_exit/* byCode */.VU)({ 0: 'clean', [FOUND]: 'findings' }, exit),
};
// The packages it looked at are its proof of work; what its own files set aside is shown, not left out.
function packagesOnly(words) {
    return ['--list-all-pkgs', '--show-suppressed', ...(words.some((word) => /^--scanners(?:=|$)/.test(word)) ? [] : ['--scanners', 'vuln'])];
}

;// CONCATENATED MODULE: ./build/shared/scanners/tools/trufflehog.js

/** https://github.com/trufflesecurity/trufflehog: secrets, which it tries out with who issued them unless offline. */
const trufflehog = {
    name: 'trufflehog',
    program: 'trufflehog',
    modes: { git: { kinds: ['secrets'], target: ['file://.'] }, filesystem: { kinds: ['secrets'], target: ['.'] } },
    reserved: ['--json', '-j', '--json-legacy', '--github-actions', '--fail', '--fail-on-scan-errors', '--log-level', '--print-avg-detector-time'],
    versionArgs: ['--version'],
    args: ({ mode, words, isOffline }) => [mode, '--json', '--no-update', '--fail', '--fail-on-scan-errors', ...(isOffline ? ['--no-verification'] : []), ...words],
    reportsTo: 'stdout',
    passesOn: /^TRUFFLEHOG_/,
    judge: trufflehog_judge,
    isSilentWhenClean: true,
};
// A range that is wrong ends with exit code 0: https://github.com/trufflesecurity/trufflehog/issues/4218
function trufflehog_judge(exit) {
    const ended = (0,scanners_exit/* byCode */.VU)({ 0: 'clean', 183: 'findings' }, { ...exit, reportBytes: Math.max(exit.reportBytes, exit.code === 0 ? 1 : 0) });
    if (ended.outcome === 'failed')
        return ended;
    if (/encountered errors during scan/.test(exit.log))
        return (0,scanners_exit/* failed */.gz)('It met errors and went on: "encountered errors during scan".');
    const chunks = /"chunks":\s*(\d+)/.exec(exit.log);
    if (chunks === null)
        return (0,scanners_exit/* failed */.gz)('It did not tell how much it scanned.');
    return Number(chunks[1]) > 0 ? ended : (0,scanners_exit/* nothingScanned */.qz)('It scanned 0 chunks. Is the range right, and does the checkout have its history (fetch-depth: 0)?');
}

;// CONCATENATED MODULE: ./build/shared/scanners/tools/all.js









/** Every scanner that can be run. */
const SCANNERS = [trivy, gitleaks, osvScanner, grype, trufflehog, bandit, semgrep, pipAudit, npmAudit];

;// CONCATENATED MODULE: ./build/shared/scanners/scan.js



/** How a scan is written. */
const SCAN = 'a scanner with what it is to scan, such as "trivy fs", "gitleaks" or "semgrep --config rules.yml src"';
/**
 * The scans of a list, whose items may hold several, separated by commas: `trivy fs, gitleaks dir src`.
 * @throws {UserError} naming each scan that is none, and why.
 */
function readScans(items) {
    const texts = items.flatMap((item) => item.split(/,\s+/)).map((text) => text.trim()).filter((text) => text !== '');
    const read = texts.map(attempt);
    const mistakes = read.filter((one) => typeof one === 'string');
    if (mistakes.length > 0)
        throw new errors/* UserError */.yo(mistakes.join('; '));
    return read.filter((one) => typeof one !== 'string');
}
function attempt(text) {
    try {
        return readScan(text);
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            return `"${text}": ${error.message}`;
        throw error;
    }
}
function readScan(text) {
    const [first = '', ...rest] = wordsOf(text);
    const [name, version] = splitOnce(first);
    const isNpm = name === 'npm' && rest[0] === 'audit';
    const scanner = SCANNERS.find((one) => one.name === (isNpm ? 'npm-audit' : name));
    if (scanner === undefined)
        throw new errors/* UserError */.yo(`there is no scanner ${name}${meant(name)}; accepted is ${SCAN}. There are: ${SCANNERS.map((one) => one.name).join(', ')}`);
    if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version))
        throw new errors/* UserError */.yo(`a version is three numbers, such as ${scanner.name}@1.2.3, and never "latest"`);
    return { text, scanner, version, ...modeAndWords(scanner, isNpm ? rest.slice(1) : rest) };
}
function modeAndWords(scanner, rest) {
    const names = Object.keys(scanner.modes);
    const isNamed = rest[0] !== undefined && names.includes(rest[0]);
    const mode = isNamed ? rest[0] : names[0];
    const given = isNamed ? rest.slice(1) : rest;
    if (!isNamed && names.length > 1 && rest[0] !== undefined && !rest[0].startsWith('-'))
        throw new errors/* UserError */.yo(`${scanner.name} scans ${names.join(', ')}, and not "${rest[0]}"`);
    const taken = given.find((word) => isReserved(word, scanner.reserved));
    if (taken !== undefined)
        throw new errors/* UserError */.yo(`${taken} decides over the report or the exit code, which are set here; leave it out`);
    const target = scanner.modes[mode]?.target;
    const words = given.length > 0 ? given : target ?? [];
    const mistake = scanner.mistake?.(words) ?? (words.length === 0 && target === undefined ? `say what to scan: "${scanner.name} ${mode} ..."` : undefined);
    if (mistake !== undefined)
        throw new errors/* UserError */.yo(mistake);
    return { mode, words };
}
// Some programs take `-fjson` for `-f json`, and the beginning of a long option for all of it.
function isReserved(word, reserved) {
    if (!word.startsWith('-'))
        return false;
    const [option = ''] = word.split('=');
    if (!option.startsWith('--'))
        return reserved.some((one) => !one.startsWith('--') && option.startsWith(one));
    return option.length > 3 && reserved.some((one) => one === option || (one.startsWith(option) && one.startsWith('--')));
}
function wordsOf(text) {
    const words = /(?:[^\s"']+|"[^"]*"|'[^']*')+/g;
    if (text.replace(words, '').trim() !== '')
        throw new errors/* UserError */.yo('a quotation mark has no partner');
    return (text.match(words) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
function splitOnce(word) {
    const at = word.indexOf('@');
    return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
function meant(name) {
    const candidate = (0,nearest/* likelyMeant */.S)(name, SCANNERS.map((one) => one.name));
    return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}


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
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
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
/******/ var __webpack_exports__ = __nccwpck_require__(4128);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
