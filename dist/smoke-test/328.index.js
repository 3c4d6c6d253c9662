export const id = 328;
export const ids = [328];
export const modules = {

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

/***/ 3328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  asDeployed: () => (/* binding */ asDeployed),
  heal: () => (/* binding */ heal),
  readDeployed: () => (/* binding */ readDeployed),
  readState: () => (/* binding */ readState)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/cancelled.js
var cancelled = __webpack_require__(9809);
;// CONCATENATED MODULE: ./build/shared/server/narrate.js
/** A narrator that calls each step by its title. What it is told is logged in that order, a group being closed before the next line. */
function narrate_narrator(log, titles) {
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

// EXTERNAL MODULE: ./build/shared/server/outcome.js
var server_outcome = __webpack_require__(8002);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var quote = __webpack_require__(1338);
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
    const command = (0,quote/* commandLine */.a)(['sh', '-c', ': >"$1/go" && date +%s%3N', 'slipway', `${state}/plans/${id}`]);
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
async function carryOut(server, plan, files, follow, takeover) {
    const { together } = follow;
    const own = together === undefined ? plan : inStep(plan, together);
    const keeper = together === undefined ? undefined : stepKeeper(server, plan, together);
    const titles = new Map(own.steps.map(({ name, title }) => [name, title]));
    const story = narrate_narrator(follow.log, titles);
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
    const outcome = await carryOut(server, plan, files, follow, takeover);
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
    succeeded(await ask(server, plan, 'confirm', follow), follow, new Map());
}
/** Takes back a switch that is not confirmed. @throws {PlanFailed} when that was not possible, or another run did so or it was confirmed meanwhile. */
async function goBack(server, plan, follow) {
    const outcome = await ask(server, plan, 'revert', follow);
    if (outcome.state === 'confirmed')
        throw new PlanFailed('The switch was confirmed meanwhile, so it was not taken back.', outcome);
    if (outcome.state !== 'back' || outcome.refusedBy !== undefined)
        succeeded(outcome, follow, new Map());
}
async function ask(server, plan, verb, follow) {
    const story = narrator(follow.log, new Map());
    try {
        return await server.ask(plan, verb, story.tell);
    }
    finally {
        await story.end();
    }
}
function succeeded(outcome, { service }, titles) {
    const fault = (0,server_outcome/* faultOf */.K)(outcome, service, titles);
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

// EXTERNAL MODULE: ./build/shared/server/definition.js
var definition = __webpack_require__(7857);
// EXTERNAL MODULE: ./build/shared/server/plan.js
var server_plan = __webpack_require__(7683);
;// CONCATENATED MODULE: ./build/shared/server/service.js




const LOCK_WAIT = 1_800_000;
/** What the server knows of a service; with claim members, it takes a new generation first. @throws {UserError} when it may not. */
async function readState(server, name, claim = '', beginBase) {
    const inspection = await server.inspect((0,definition/* serviceKey */.jq)(name.service, name.environment), name.path ?? '', name.runtimeDir ?? '', claim, beginBase);
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
    const plan = { id: (0,server_plan/* newPlanId */.hd)(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
    await carryOut(server, plan, [], follow);
    return true;
}


/***/ })

};
