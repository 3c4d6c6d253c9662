export const id = 150;
export const ids = [150];
export const modules = {

/***/ 9150:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dbBackup: () => (/* binding */ dbBackup)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
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
function quote_commandLine(argv) {
    return argv.map(quote).join(' ');
}

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

;// CONCATENATED MODULE: ./build/shared/database/backup-set.js

/** The manifest that a set's file holds. @throws {UserError} when a newer version wrote it or it is damaged. */
function parseManifest(text) {
    let manifest;
    try {
        manifest = JSON.parse(text);
    }
    catch {
        throw new errors/* UserError */.y('The manifest of a backup set is damaged: it is no JSON.');
    }
    if (manifest.format !== 1)
        throw new errors/* UserError */.y(`The manifest of a backup set has format ${String(manifest.format)}, which this version does not know. Use the version that wrote it.`);
    return manifest;
}
/** Seconds between the first and the last snapshot of a set. */
function skewOf({ parts }) {
    const times = parts.map(({ time }) => Date.parse(time)).filter((time) => !Number.isNaN(time));
    return times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1_000;
}

;// CONCATENATED MODULE: ./build/shared/database/read-sets.js



// A set is a folder with a manifest; one that still grows has another name.
const LIST = `for manifest in "$1"/*/manifest.json; do
  case $manifest in *.partial/manifest.json) ;; *) [ ! -f "$manifest" ] || { printf '\\036'; cat "$manifest" || exit 1; } ;; esac
done`;
/** The sets in a folder of the server, oldest first; none where there is no such folder. @throws {UserError} when one cannot be read. */
async function readSets(server, directory) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scriptCommand(LIST, [directory])));
    if (code !== 0)
        throw new errors/* UserError */.y(`The sets in ${directory} of ${server.label} could not be read: ${stderr.trim()}`);
    return stdout.split('\u001e').filter((text) => text !== '').map(parseManifest).sort((one, other) => one.set.localeCompare(other.set, 'en'));
}

// EXTERNAL MODULE: ./build/shared/runner/connection-inputs.js
var connection_inputs = __webpack_require__(2405);
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
/** The first migration that cannot be taken back among the events after the given release was last confirmed. */
function barrierSince(events, release) {
    const confirmed = events.findLastIndex((event) => event.event === 'confirm' && event.release === release);
    return events.slice(confirmed + 1).find(({ barrier }) => barrier === true);
}

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

// EXTERNAL MODULE: ./build/shared/core/size.js
var core_size = __webpack_require__(4153);
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
    return full === undefined ? '' : `The disk of the service is full: ${(0,core_size/* formatSize */.X)(full.kibibytes * 1_024)} and ${Number.isNaN(full.inodes) ? 'an unknown number of' : full.inodes} inodes are free. Make room there, then run again.`;
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
class PlanFailed extends errors/* UserError */.y {
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
    const fault = faultOf(outcome, service, titles);
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

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/shared/server/plan.js



/** The number of the plan and journal format. A server refuses plans whose journal has another one. */
const PLAN_FORMAT = 1;
const LINES_SHOWN = 6;
/** A new plan id, which sorts by time: `20261121T140210-3f9a1c`. */
function plan_newPlanId(now) {
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
        ...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`),
        ...Object.entries(plan.environment).map(([name, value]) => `export ${name}=${quote(value)}`),
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
;// CONCATENATED MODULE: ./build/shared/system/ssh/target.js
/** The host as people say it: with its port only where that is not 22. */
function hostLabel(host, port) {
    return port === 22 ? host : `${bracketed(host)}:${port}`;
}
/** Host and port, always both: `web1:22`, `[::1]:2222`. */
function hostAndPort(host, port) {
    return `${bracketed(host)}:${port}`;
}
function bracketed(host) {
    return host.includes(':') ? `[${host}]` : host;
}

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
class ConnectionFault extends errors/* UserError */.y {
    kind;
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}
/** The fault of this kind, said of this server; `detail` is what the message needs beyond that, never a secret. */
function faults_faultOf(kind, at, detail = '') {
    const message = MESSAGES[kind](at, detail);
    return new ConnectionFault(kind, message.replace(/^the /, 'The '));
}
/** The fault of a refused host key: what was shown, what was expected, and the line to pin. `others` are further keys the server showed. */
function hostKeyFault(at, refusal, others = []) {
    const shown = [refusal, ...others].map((each) => `${each.type} ${each.fingerprint}`).join(', ');
    const expected = refusal.expected.length === 0 ? '' : ` Pinned: ${refusal.expected.join(', ')}.`;
    if (refusal.reason === 'revoked')
        return faults_faultOf('host-key-revoked', at, `Shown: ${shown}.`);
    const where = refusal.expected.length === 0 ? `add this line to ${input(at, 'known-hosts')}` : `pin this line in ${input(at, 'known-hosts')} instead`;
    const file = `/etc/ssh/ssh_host_${shortType(refusal.type)}_key.pub`;
    return faults_faultOf(`host-key-${refusal.reason}`, at, `Shown: ${shown}.${expected} If "ssh-keygen -lf ${file}" on the server itself prints the shown fingerprint, ${where}:\n${refusal.pin}`);
}
/** Whether trying again may help and cannot repeat anything. */
function isPassing(error) {
    return error instanceof ConnectionFault && PASSING.includes(error.kind);
}
/** The same fault, saying how often it was tried. */
function afterTries(fault, tries, tookMs) {
    return new ConnectionFault(fault.kind, `${fault.message} Tried ${tries} times in ${(0,duration/* formatDuration */.a)(tookMs)}.`);
}
/** Server and user as a message names them: `web1:22 as deploy`, `the jump host gate:22 as ops`. */
function place(at) {
    return `${at.isJump ? 'the jump host ' : ''}${hostAndPort(at.host, at.port)} as ${at.user}`;
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
class TunnelRefused extends errors/* UserError */.y {
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
            const why = (0,errors/* messageOf */.b)(error).replace('(SSH) Channel open failure: ', '');
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
    const timer = setTimeout(() => given.reject(faults_faultOf('jump-cannot-reach', at, `it did not answer within ${(0,duration/* formatDuration */.a)(limit)}`)), limit);
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
        return error.isForbidden ? faults_faultOf('jump-forbidden', at) : faults_faultOf('jump-cannot-reach', at, error.why);
    if (error instanceof ConnectionLost)
        return faults_faultOf('failed', at, (0,errors/* messageOf */.b)(error));
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
    const limit = (0,duration/* formatDuration */.a)(limitMs);
    const isTimeOut = error.level === 'client-timeout';
    if (progress.stage === 'reaching')
        return isTimeOut ? faults_faultOf('time-out', at, limit) : reachingFault(error, at);
    if (progress.stage === 'login')
        return isTimeOut ? faults_faultOf('login-time-out', at, limit) : loginFault(progress, error, at, login);
    if (isTimeOut)
        return faults_faultOf('silent', at, limit);
    return progress.stage === 'greeting' ? greetingFault(progress, at) : handshakeFault(error, at);
}
function reachingFault(error, at) {
    switch (error.code) {
        case 'ECONNREFUSED': return faults_faultOf('refused', at);
        case 'ETIMEDOUT': return faults_faultOf('time-out', at, "the system's own limit");
        case 'ENOTFOUND': return faults_faultOf('dns', at);
        case 'EAI_AGAIN': return faults_faultOf('dns-down', at);
        case 'EHOSTUNREACH':
        case 'ENETUNREACH': return faults_faultOf('unreachable', at);
        case 'ECONNRESET': return faults_faultOf('reset', at);
        default: return faults_faultOf('failed', at, (0,errors/* messageOf */.b)(error));
    }
}
function greetingFault({ greeting }, at) {
    const said = printable(greeting);
    if (said === '')
        return faults_faultOf('reset', at);
    // OpenSSH says so in plain text when it drops a connection unheard.
    return faults_faultOf(/Exceeded MaxStartups|Not allowed at this time/.test(said) ? 'crowded' : 'not-ssh', at, said);
}
function handshakeFault(error, at) {
    const message = (0,errors/* messageOf */.b)(error);
    const [, missing] = /no matching (.+)/.exec(message) ?? [];
    if (missing !== undefined)
        return faults_faultOf('no-common-algorithm', at, missing.replace('host key format', 'type of host key').replace(/^[CS]->[CS] /, ''));
    const isCut = error.code === 'ECONNRESET' || message === CLOSED;
    return isCut ? faults_faultOf('reset', at) : faults_faultOf('handshake', at, printable(message));
}
async function loginFault({ methods, isPartlyIn }, error, at, login) {
    const { level } = error;
    const message = (0,errors/* messageOf */.b)(error);
    if (level === 'agent')
        return faults_faultOf('agent-failed', at, `${message} at ${login.agent}`);
    if (/too many authentication failures/i.test(message))
        return faults_faultOf('too-many-failures', at);
    if (level !== 'client-authentication')
        return faults_faultOf('login-closed', at);
    if (isPartlyIn)
        return faults_faultOf('second-factor', at, methods.join(', '));
    if (methods.length > 0 && !methods.includes('publickey'))
        return faults_faultOf('keys-not-accepted', at, methods.join(', '));
    return login.refused(at);
}
/** What is said of a line that closed before the log-in was done, where nothing says why. */
const CLOSED = 'No response from server';
function printable(text) {
    return text.replaceAll(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 80);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/line.js




/** A TCP connection, perhaps still in the making. Without TCP_NODELAY each command waits for the peer's delayed acknowledgement: 250 ms for the first. */
function dialDirectly({ host, port }) {
    const socket = (0,external_node_net_.connect)({ host, port, noDelay: true });
    socket.on('error', () => { }); // it may fail before anybody attends to it; openLine looks
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
        throw faults_faultOf(block.kind, at, block.problem);
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
        throw faults_faultOf('passphrase-missing', at);
    const parsed = parse(formatKeyBlock(block), passphrase);
    if ('getPublicSSH' in parsed)
        return parsed;
    if (/^Unsupported (?:OpenSSH|cipher|kdf)/.test(parsed.message))
        throw unsupported(at, `${parsed.message}. Make one with "ssh-keygen -t ed25519".`);
    // "Malformed" is said of the outer form only; a wrong passphrase shows as nonsense inside.
    throw cipher === 'none' || parsed.message.startsWith('Malformed') ? damaged(at) : faults_faultOf('passphrase-wrong', at);
}
function readPem(at, block, passphrase, parse) {
    if (block.label.startsWith('DSA'))
        throw unsupported(at, dsaAdvice);
    const isEncrypted = block.header !== '' || block.label.startsWith('ENCRYPTED');
    if (isEncrypted && passphrase === undefined)
        throw faults_faultOf('passphrase-missing', at);
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
        throw passphrase === undefined ? damaged(at) : faults_faultOf('passphrase-wrong', at);
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
    return faults_faultOf('key-unreadable', at, 'its content is damaged or incomplete');
}
function unsupported(at, problem) {
    return faults_faultOf('key-unsupported', at, problem);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/login.js





/** The login of a target, its key read and opened. @throws {ConnectionFault} when there is neither key nor agent, or the key is no good. */
async function prepareLogin(target, at) {
    if (target.key !== undefined) {
        const { default: { parseKey } } = await __webpack_require__.e(/* import() */ 789).then(__webpack_require__.t.bind(__webpack_require__, 1789, 19));
        const key = readPrivateKey(at, target.key, target.passphrase, parseKey);
        return { methods: signersOf(key).map((signer) => ({ type: 'publickey', username: at.user, key: signer })), refused: async () => faults_faultOf('key-refused', at, adviceFor(at, key)) };
    }
    if (target.agent === undefined || target.agent === '')
        throw faults_faultOf('no-key', at);
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
        return faults_faultOf('agent-empty', at);
    if (others.length === 0)
        return faults_faultOf('key-refused', at, adviceFor(at, first));
    return faults_faultOf('key-refused', at, `The ssh-agent offered ${keys.map(describe).join(', ')}. ${causes(at)}`);
}
function adviceFor(at, key) {
    return `Offered: ${describe(key)}. ${causes(at)} The line that lets it in:\n${key.type} ${key.getPublicSSH().toString('base64')}`;
}
function causes(at) {
    return `Either it is not in the authorized_keys of ${at.user} on ${hostLabel(at.host, at.port)}, or user is wrong, or sshd ignores that file because others may write to it or its folders ("chmod go-w ~ ~/.ssh ~/.ssh/authorized_keys").`;
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
                return reject(state.isLost ? new ConnectionLost(state) : new errors/* UserError */.y(refusalOf(state.label, error)));
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
    return `${label} refused to run a command: ${(0,errors/* messageOf */.b)(error)}. Its sshd may limit sessions (MaxSessions), or the key may be restricted in authorized_keys.`;
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
        return connectionOver(line, hostLabel(at.host, at.port), () => jump?.close());
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
        throw faults_faultOf('known-hosts-unreadable', at, listed(unreadable.map(({ line, problem }) => `line ${line}: ${problem}`)));
    const given = hostKeys.fingerprints.filter((text) => text.trim() !== '');
    const fingerprints = given.map(normaliseFingerprint).filter((text) => text !== undefined);
    const bad = given.findIndex((text) => normaliseFingerprint(text) === undefined);
    if (bad >= 0)
        throw faults_faultOf('fingerprint-unreadable', at, `number ${bad + 1} is not a SHA256 fingerprint`);
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
            log.info(`${error.message} Trying again in ${(0,duration/* formatDuration */.a)(wait)} (${tries} of ${retries}).`);
            await (0,promises_.setTimeout)(wait, undefined, { signal }).catch(() => signal?.throwIfAborted());
        }
    }
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

// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __webpack_require__(6118);
;// CONCATENATED MODULE: ./build/shared/server/packet.js




// Bytes; larger files are streamed. Small ones are read synchronously: they were hashed a moment ago, so they come from memory,
// and 10,000 of them take 0.1 s this way but 0.5 s through the thread pool.
const READ_WHOLE = 256 * 1024;
const CHUNK = 64 * 1024; // bytes handed on at once; tar's 512-byte headers alone would each become an SSH packet
const REGULAR = 0o100000; // tar-stream takes mode 0 as "not given", so the type bits go along; it masks them off
/**
 * A tar stream (pax where names or sizes need it, owner 0:0) of the entries, for one command's stdin: unpack it with unpack.sh
 * (under `umask 0` where modes matter: busybox's tar applies the umask of an ordinary user).
 * Reads on only as fast as it is read from, and holds a few megabytes at most. Every entry carries `mtime`.
 * The stream fails with a {UserError} naming a file that could not be read or whose size is no longer the one announced.
 */
function packet(entries, mtime = new Date()) {
    return external_node_stream_.Readable.from(chunks(entries, mtime), { objectMode: false, highWaterMark: 4 * CHUNK });
}
async function* chunks(entries, mtime) {
    const pack = (0,tar_stream.pack)({ highWaterMark: 4 * CHUNK });
    const filling = fill(pack, entries, mtime).catch((error) => void pack.destroy(error));
    try {
        yield* gathered(pack);
    }
    finally {
        pack.destroy();
        await filling;
    }
}
async function* gathered(pack) {
    let waiting = [];
    let bytes = 0;
    for await (const piece of pack) {
        waiting.push(piece);
        bytes += piece.length;
        if (bytes < CHUNK)
            continue;
        if (piece.length < CHUNK)
            yield Buffer.concat(waiting, bytes);
        else
            yield* waiting;
        waiting = [];
        bytes = 0;
    }
    yield Buffer.concat(waiting, bytes);
}
async function fill(pack, entries, mtime) {
    for await (const entry of entries) {
        if (entry.kind === 'lines')
            await addPieces(pack, headers(entry, bytesOf(entry.lines()), mtime), joined(entry.lines()));
        else if (entry.kind === 'file' && (entry.size > READ_WHOLE || entry.piece !== undefined))
            await addPieces(pack, headers(entry, entry.size, mtime), fileChunks(entry));
        else
            await addWhole(pack, entry, bodyOf(entry), mtime);
    }
    pack.finalize();
}
function bodyOf(entry) {
    if (entry.kind === 'text')
        return Buffer.from(entry.text);
    return entry.kind === 'file' ? readWhole(entry) : Buffer.alloc(0);
}
function readWhole(entry) {
    let body;
    try {
        body = (0,external_node_fs_.readFileSync)(entry.source);
    }
    catch (error) {
        throw unreadable(entry, error);
    }
    if (body.length !== entry.size)
        throw changed(entry, body.length);
    entry.sent?.(body.length);
    return body;
}
function addWhole(pack, entry, body, mtime) {
    return new Promise((resolve, reject) => {
        const done = (error) => (error ? reject(error) : resolve());
        if (body.length === 0)
            pack.entry(headers(entry, 0, mtime), done).end(null);
        else
            pack.entry(headers(entry, body.length, mtime), body, done);
    });
}
async function addPieces(pack, header, pieces) {
    const added = Promise.withResolvers();
    added.promise.catch(() => undefined); // the loop below may fail first
    const sink = pack.entry(header, (error) => (error ? added.reject(error) : added.resolve()));
    sink.on('error', () => undefined); // the packet itself fails with it
    for await (const piece of pieces)
        await write(sink, piece);
    sink.end(null);
    await added.promise;
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
function write(sink, chunk) {
    if (sink.write(chunk))
        return Promise.resolve();
    return new Promise((resolve, reject) => {
        const settle = (outcome) => () => {
            sink.off('drain', drained).off('close', closed);
            outcome();
        };
        const drained = settle(resolve);
        const closed = settle(() => reject(new Error('The packet was closed before its end')));
        sink.on('drain', drained).on('close', closed);
    });
}
function headers(entry, size, mtime) {
    const mode = REGULAR | entry.mode;
    const common = { name: entry.path, mode, mtime, uid: 0, gid: 0, size };
    if (entry.kind === 'folder')
        return { ...common, type: 'directory' };
    if (entry.kind === 'link')
        return { ...common, type: 'symlink', linkname: entry.target };
    return { ...common, type: 'file' };
}
function changed(entry, bytes) {
    const before = entry.piece?.start ?? 0;
    return new errors/* UserError */.y(`${entry.source} changed while it was being sent: it had ${before + entry.size} bytes, now ${before + bytes}. Let nothing write to the release while it is deployed, then run again.`);
}
function unreadable(entry, error) {
    return new errors/* UserError */.y(`${entry.source} could not be read while it was being sent: ${(0,errors/* messageOf */.b)(error)}. Let nothing write to the release while it is deployed, then run again.`);
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
        const folder = `pieces/${number}`;
        yield { ...entry, size, piece: { start: 0, isLast: false } };
        yield { kind: 'text', path: `${folder}/path`, mode: PRIVATE, text: entry.path };
        yield { kind: 'text', path: `${folder}/mode`, mode: PRIVATE, text: entry.mode.toString(8) };
        for (let start = size, count = 1; start < entry.size; start += size, count += 1) {
            const isLast = start + size >= entry.size;
            yield { ...entry, path: `${folder}/${String(count).padStart(6, '0')}`, mode: PRIVATE, size: isLast ? entry.size - start : size, piece: { start, isLast } };
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
    const signal = AbortSignal.any([over.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    const openLanes = () => allOf(isLong ? lanes : 0, () => openLane(connection, { command: laneCommand(state, id, attempt, unpacker), unpacker, signal }, queue));
    try {
        return await connection.exec(receiveCommand(state, id, takeover, attempt, unpacker), { ...options, stdin: compressed(packet(firstLane(queue, openLanes, worthIt)), unpacker) });
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
async function* firstLane(queue, openLanes, worthIt) {
    let bytes = 0;
    let lanes;
    for (const entry of rest(queue)) {
        bytes += entry.kind === 'file' ? entry.size : 0;
        if (bytes > worthIt)
            lanes ??= openLanes();
        yield entry;
    }
    await lanes;
    yield { kind: 'text', path: 'complete', mode: 0o600, text: '' };
}
// Takes nothing out of the queue before the other side has said that it is there; refused, it has taken nothing.
async function openLane(connection, { command, unpacker, signal }, queue) {
    const ready = Promise.withResolvers();
    const ended = connection.exec(command, { signal, onOutput: () => ready.resolve(true), stdin: compressed(packet(laterEntries(ready.promise, queue)), unpacker) });
    ended.catch(() => { }).finally(() => ready.resolve(false));
    const isOpen = await ready.promise;
    const end = await ended.catch((error) => {
        if (isOpen)
            throw error;
    });
    if (isOpen && end !== undefined && end.code !== 0)
        throw new errors/* UserError */.y(`${connection.label} did not take a part of the plan: ${end.stderr.trim()}`);
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
        throw new errors/* UserError */.y(`The service definition on the server has format ${definition.format}, written by a newer version of these actions. Use that version here too.`);
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
        throw new errors/* UserError */.y(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
    return { kind: 'state', state: stateFrom(sections) };
}
/** What a slot holds. */
function placeOf(state, slot) {
    return { slot, release: state.slots[slot] };
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
        carryOut: (plan, files, tell, takeover) => server_carryOut(line, plan, files, tell, takeover, signal),
        // The way back is asked for when the job is being cancelled, too.
        ask: (plan, verb, tell) => server_ask(line, plan, verb, tell, verb === 'revert' ? undefined : signal),
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
async function server_carryOut(line, plan, files, tell, takeover, signal) {
    const taking = takeover === undefined ? [] : [String(takeover.ledgerLength), String(plan.generation), takeover.claim];
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const send = (connection, options) => sendPacket(connection, { plan, takeover: taking, entries: packetEntries(renderPlan(plan, mark), files), unpackers: 'unpackers' in files ? files.unpackers : [] }, options);
    return followToEnd(line, { plan, verb: 'run', follower: followSent(plan.id, mark, tell), begin: send }, signal);
}
async function server_ask(line, plan, verb, tell, signal) {
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
            throw new errors/* UserError */.y(`${connection.label} did not take the plan: ${firstAndLast(stderr)}`);
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

;// CONCATENATED MODULE: ./build/shared/server/service.js




const LOCK_WAIT = 1_800_000;
/** What the server knows of a service; with claim members, it takes a new generation first. @throws {UserError} when it may not. */
async function readState(server, name, claim = '', beginBase) {
    const inspection = await server.inspect(serviceKey(name.service, name.environment), name.path ?? '', name.runtimeDir ?? '', claim, beginBase);
    if (inspection.kind === 'state')
        return inspection.state;
    if (inspection.kind === 'refused')
        throw new errors/* UserError */.y(`${server.label} refused: ${inspection.reason}`);
    const known = inspection.known.length === 0 ? 'It knows none' : `It knows ${inspection.known.join(', ')}`;
    throw new errors/* UserError */.y(`${server.label} knows no service ${name.service} in environment ${name.environment}. ${known}. Deploy it first, or correct service and environment.`);
}
/** The same for a service that must have been deployed. @throws {UserError} when it has not. */
async function readDeployed(server, name, claim = '') {
    return asDeployed(server, name, await readState(server, name, claim));
}
/** The state as that of a service that has been deployed. @throws {UserError} when it has not. */
function asDeployed(server, { service }, state) {
    if (state.definition === undefined)
        throw new errors/* UserError */.y(`${service} has not been deployed to ${server.label} yet: no deployment has come to its end.`);
    return state;
}
/** Heals what earlier plans left, if there is anything, under this generation; then there is a new state to read. */
async function heal(server, state, generation, follow) {
    if (state.unfinished.length === 0)
        return false;
    follow.log.info(`Earlier plans of ${follow.service} have not ended: ${state.unfinished.map(({ plan, last }) => `${plan} (${last})`).join(', ')}. They are healed first.`);
    const plan = { id: newPlanId(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
    await carryOut(server, plan, [], follow);
    return true;
}

;// CONCATENATED MODULE: ./build/shared/core/run.js
/** What a ledger keeps of a run with each event. */
function runMembers({ id, attempt, url, actor, commit }) {
    return { run: id, attempt, url, actor, commit };
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
        ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), PORT: String(definition.ports?.[slot] ?? '') }),
        ...about,
    };
    return [
        '(',
        ...Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`),
        `cd ${quote(`${folder}/`)} 2>/dev/null || cd ${quote(definition.path)}`,
        `exec ${quote_commandLine([...(within === undefined ? [] : ['timeout', String(Math.ceil(within / 1_000))]), 'sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
        ')',
    ].join('\n');
}
/**
 * Sh text that succeeds once the release answers as healthy, and fails with the reason when it has not within so many milliseconds.
 * It is asked in its slot, or at the listener given.
 */
function awaitHealthy(definition, occasion, within, at) {
    const { health, strategy } = definition;
    const { slot, isFresh = false } = occasion;
    const seconds = String(Math.ceil(within / 1_000));
    // Containers tell by themselves that they ended (await_stack is of shared/containers).
    const patience = strategy !== 'compose' || slot === undefined ? ['patiently', seconds] : ['await_stack', slot, seconds, isFresh ? 'fresh' : 'later'];
    if (health.command !== '')
        return `check_health() {\n${userCommand(definition, occasion, health.command)}\n}\n${commandLine([...patience, 'check_health'])}`;
    return commandLine([...patience, ...(health.path === '' ? [] : question(definition, occasion, at))]);
}
function question(definition, { slot }, at) {
    const listener = at ?? (slot === undefined ? undefined : slotListener(definition, slot));
    return listener === undefined ? ['answers', definition.health.path] : asking(definition, listener, definition.health.path);
}
// The app may know its own name only, so it is asked by that, whatever it listens on.
function asking({ url }, listener, path) {
    const scheme = 'tls' in listener && listener.tls === true ? 'https' : 'http';
    const address = `${scheme}://${url === '' ? 'localhost' : new URL(url).host}${path}`;
    return ['answers', address, ...('socket' in listener ? ['--unix-socket', listener.socket] : ['--connect-to', `::${listener.host}:${listener.port}`])];
}

// EXTERNAL MODULE: ./build/shared/database/source.js
var database_source = __webpack_require__(1659);
;// CONCATENATED MODULE: ./build/shared/database/by-hand.js


/** How to restore a part with plain tools, one command a line, for somebody who has the set and nothing of ours. */
function byHand(source, compression, encryption) {
    const open = (file) => reading(file, compression, encryption);
    switch (source.kind) {
        case 'postgres': return [
            '# Makes roles (without passwords; those that are there already are told as errors) and an empty database like the old one:',
            `${open(`${source.name}.setup.sql`)} | psql -X -d postgres -v restored=${quote(`${source.database}_restored`)}`,
            '# Fills it, wholly or not at all, then gathers statistics:',
            `${open((0,database_source/* fileOf */.W7)(source))} | psql -X -q -v ON_ERROR_STOP=1 --single-transaction -d ${quote(`${source.database}_restored`)} && vacuumdb --analyze-only -d ${quote(`${source.database}_restored`)}`,
        ];
        case 'mysql': return [
            `# Character set and collation are in ${source.name}.setup.sql:`,
            open(`${source.name}.setup.sql`),
            `mysql -e ${quote(`create database ${identifier(`${source.database}_restored`)}`)} && ${open((0,database_source/* fileOf */.W7)(source))} | mysql ${quote(`${source.database}_restored`)}`,
        ];
        case 'sqlite': return [`# With what uses it stopped, and no -wal or -shm beside it:`, `${open((0,database_source/* fileOf */.W7)(source))} >restored.sqlite && sqlite3 restored.sqlite 'pragma integrity_check'`];
        case 'files': return [`mkdir restored && ${open((0,database_source/* fileOf */.W7)(source))} | tar -xpf - -C restored`];
        case 'command': return [open((0,database_source/* fileOf */.W7)(source))];
    }
}
function identifier(name) {
    return `\`${name.replaceAll('`', '``')}\``;
}
function reading(file, compression, encryption) {
    const kept = `${file}${{ zstd: '.zst', gzip: '.gz', none: '' }[compression]}${encryption === 'none' ? '' : `.${encryption}`}`;
    const opened = { age: ['age -d -i YOUR-KEY'], gpg: ['gpg --decrypt'], none: [] }[encryption];
    const unpacked = { zstd: ['zstd -dc'], gzip: ['gzip -dc'], none: [] }[compression];
    const [first = 'cat', ...rest] = [...opened, ...unpacked];
    return [`${first} ${quote(kept)}`, ...rest].join(' | ');
}

;// CONCATENATED MODULE: ./build/shared/database/scripts.js

/** What a plan that takes or proves a backup set carries behind the executor: sh functions, which name each other freely. */
const databaseFunctions = [
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "streams.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "compare.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "postgres.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "mysql.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "sqlite.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "files.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "command.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "set.sh", 'utf8'),
].join('\n');

;// CONCATENATED MODULE: ./build/shared/database/set-plan.js







const set_plan_LOCK_WAIT = 1_800_000;
// Databases first, so that what they refer to is in what is copied after them.
const ORDER = ['postgres', 'mysql', 'sqlite', 'command', 'files'];
const set_plan_PRIVATE = 0o600;
/** The plan that takes a set, proves it, and then names it. Until that moment there is none. */
function planBackup(given) {
    const backup = { ...given, sources: inOrder(given.sources) };
    return {
        id: backup.set, state: backup.state, generation: backup.generation, steps: stepsOf(backup), functions: functionsOf(backup),
        clear: 'clear_set', back: ':', confirmWithin: 0, lockWait: set_plan_LOCK_WAIT, environment: {},
    };
}
/** What travels beside the plan: passwords, which go with its end, and the user's queries. */
function backupFiles(given) {
    const sources = inOrder(given.sources);
    const passwords = sources.flatMap((source, index) => ('password' in source && source.password !== undefined ? [set_plan_text(`once/${index + 1}`, passwordFile(source.kind, source.password.reveal()))] : []));
    const queries = given.references.map(({ query }, index) => set_plan_text(`reference.${index + 1}`, query));
    return [...(passwords.length === 0 ? [] : [{ kind: 'folder', path: 'once', mode: 0o700 }]), ...passwords, ...queries];
}
/** As the client of the database reads it: .pgpass, or an options file. */
function passwordFile(kind, password) {
    if (kind === 'postgres')
        return `*:*:*:*:${password.replaceAll(/[\\:]/g, '\\$&')}\n`;
    return `[client]\npassword="${password.replaceAll(/[\\"]/g, '\\$&')}"\n`;
}
function set_plan_text(path, content) {
    return { kind: 'text', path, mode: set_plan_PRIVATE, text: content };
}
/** How far a source's part is to be proven. */
function proofOf(source, verify) {
    return source.verify ?? verify;
}
/** How far the set as a whole is: as its weakest part. */
function proofOfSet({ sources, verify }) {
    return sources.map((source) => proofOf(source, verify)).reduce(database_source/* weaker */.mp);
}
function inOrder(sources) {
    return ORDER.flatMap((kind) => sources.filter((source) => source.kind === kind));
}
function stepsOf(backup) {
    const { sources, references, quiesce, resume, expired, timeout } = backup;
    const step = (name, phase, title, script) => ({ name, title, phase, script, timeout });
    return [
        step('check', 'before', 'Checking tools, versions, rights and room', 'begin_set'),
        ...(quiesce === '' ? [] : [step('quiesce', 'before', 'Holding writers back', 'quiesce')]),
        ...sources.map((source, index) => step(`take-${index + 1}`, 'before', `Taking ${source.name}`, `capture ${index + 1}`)),
        ...(resume === '' ? [] : [step('resume', 'before', 'Letting writers go on', 'resume')]),
        ...sources.flatMap((source, index) => (proofOf(source, backup.verify) === 'none' ? [] : [step(`prove-${index + 1}`, 'before', `Proving ${source.name}`, `prove ${index + 1}`)])),
        ...(references.length === 0 ? [] : [step('references', 'before', 'Looking up what databases refer to', references.map(lookUp).join('\n'))]),
        step('seal', 'before', 'Writing the set through to the disk', 'seal || full_or_failed'),
        step('publish', 'after', `Naming set ${backup.set}`, 'publish'),
        step('record', 'after', 'Recording the set', `write_down ${quote(members({ proof: proofOfSet(backup), ...runMembers(backup.run) }))}`),
        ...(expired.length === 0 ? [] : [step('prune', 'after', `Removing ${expired.length} older sets`, ['prune', ...expired].map(quote).join(' '))]),
    ];
}
function lookUp({ files, prefix }, index) {
    const escaped = prefix.replaceAll(/[\\/&]/g, '\\$&'); // it becomes the text of a sed command
    return ['check_reference', String(index + 1), files, escaped].map(quote).join(' ');
}
function functionsOf(backup) {
    const { sources, definition, quiesce, resume, run } = backup;
    const occasion = { folder: definition.path, release: undefined };
    const about = members({ service: definition.service, environment: definition.environment, proof: proofOfSet(backup), quiesced: quiesce !== '', run: run.id, url: run.url, commit: run.commit });
    const settings = {
        SETS: backup.directory, SET: backup.set, SCRATCH: backup.scratch, ENCRYPTION: backup.encryption.program, RECIPIENTS: backup.encryption.recipients,
        LOCK_TIMEOUT: String(Math.ceil(backup.lockTimeout / 1_000)), ABOUT: about, PARTS: sources.map((_, index) => index + 1).join(' '),
    };
    return [
        assignments(settings),
        databaseFunctions,
        ...sources.map((source, index) => `part_${index + 1}() {\n${assignments(partSettings(source, index + 1, backup))}\n}`),
        ...sources.flatMap((source, index) => (source.kind === 'command' ? [`command_${index + 1}() {\n${userCommand(definition, occasion, source.command, false)}\n}`] : [])),
        ...Object.entries({ quiesce, resume }).map(([name, command]) => `hook_${name}() {\n${command === '' ? ':' : userCommand(definition, occasion, command)}\n}`),
        'step_stand_by() { stand_by; }',
    ].join('\n');
}
function partSettings(source, number, backup) {
    const proof = proofOf(source, backup.verify);
    const compression = source.compression ?? backup.compression;
    const head = members({ name: source.name, kind: source.kind, proof, ...('database' in source ? { database: source.database } : {}), ...('folder' in source ? { folder: source.folder } : {}) });
    const restore = JSON.stringify(byHand(source, compression, backup.encryption.program));
    return {
        PART: String(number), NAME: source.name, KIND: source.kind, FILE: (0,database_source/* fileOf */.W7)(source), VERIFY: proof, COMPRESSION: compression, HEAD: `${head},"restore":${restore}`,
        REFERENCES: backup.references.flatMap(({ from }, index) => (from === source.name ? [index + 1] : [])).join(' '),
        ...kindSettings(source, number, backup),
    };
}
function kindSettings(source, number, { references }) {
    switch (source.kind) {
        case 'postgres':
        case 'mysql': return {
            DATABASE: source.database, DB_HOST: source.host ?? '', DB_PORT: String(source.port ?? ''), DB_USER: source.user ?? '', TOOLS: source.tools ?? '', CONTAINER: source.container ?? '',
        };
        case 'sqlite': return { DATABASE: source.database };
        case 'files': return { FOLDER: source.folder, EXCLUDE: source.exclude.join('\n'), SHA1_NAMES: references.some(({ files, sha1 }) => sha1 && files === source.name) ? 'yes' : '' };
        case 'command': return { COMMAND: `command_${number}` };
    }
}
function assignments(values) {
    return Object.entries(values).map(([name, value]) => `${name}=${quote(value)}`).join('\n');
}

;// CONCATENATED MODULE: ./build/shared/database/retention.js
const DAY_MS = 86_400_000;
/** Whether a proof is one that a restore may be promised by. */
function isProven(proof) {
    return proof === 'restored' || proof === 'equal';
}
/**
 * The sets that nobody asked to keep, oldest first; none where the newest is not proven, or nothing is said about keeping.
 * The newest proven set is always kept. Days, weeks (from Monday) and months are those of UTC.
 */
function expiredSets(sets, { last, daily, weekly, monthly, minimum }) {
    const newestFirst = [...sets].sort((one, other) => (one.time < other.time || (one.time === other.time && one.set < other.set) ? 1 : -1));
    const proven = newestFirst.filter(({ proof }) => isProven(proof));
    if (last + daily + weekly + monthly === 0 || newestFirst[0] === undefined || newestFirst[0] !== proven[0])
        return [];
    const kept = new Set([
        ...newestFirst.slice(0, last), ...proven.slice(0, Math.max(1, minimum)),
        ...newestOfEach(proven, daily, (time) => time.slice(0, 10)),
        ...newestOfEach(proven, weekly, weekOf),
        ...newestOfEach(proven, monthly, (time) => time.slice(0, 7)),
    ]);
    return newestFirst.filter((set) => !kept.has(set)).map(({ set }) => set).reverse();
}
function newestOfEach(newestFirst, count, span) {
    const newest = new Map();
    for (const set of newestFirst)
        if (!newest.has(span(set.time)))
            newest.set(span(set.time), set);
    return [...newest.values()].slice(0, count);
}
// 1 January 1970 was a Thursday.
function weekOf(time) {
    return String(Math.floor((Date.parse(time) / DAY_MS + 3) / 7));
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/shared/runner/command-file.js
var command_file = __webpack_require__(9981);
;// CONCATENATED MODULE: ./build/shared/runner/surroundings.js



const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
/** What the environment says. */
function surroundings(environment = process.env) {
    const { GITHUB_API_URL = 'https://api.github.com', GITHUB_SERVER_URL = 'https://github.com', RUNNER_TEMP, GITHUB_EVENT_PATH, GITHUB_REF_TYPE, GITHUB_REF = '' } = environment;
    const proxy = PROXY_NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []));
    return {
        apiUrl: GITHUB_API_URL, serverUrl: GITHUB_SERVER_URL, temp: RUNNER_TEMP || (0,external_node_os_.tmpdir)(), event: readEvent(GITHUB_EVENT_PATH),
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
        const event = path === undefined ? {} : JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
        return typeof event === 'object' && event !== null ? event : {};
    }
    catch {
        return {}; // It is only a source of what would be nice to show.
    }
}

;// CONCATENATED MODULE: ./build/actions/db-backup/src/report.js






/** Tells of the set that was taken, in log, outputs and summary. */
async function reportSet(job, folder, manifest) {
    const { set, parts, size, proof, restoreSeconds } = manifest;
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    const file = (0,external_node_path_.join)(surroundings().temp, `${set}.manifest.json`);
    await (0,external_node_fs_promises_.writeFile)(file, text);
    job.output({ set, parts, size, proof, 'restore-seconds': restoreSeconds, manifest: text, 'manifest-file': file });
    const line = `Set ${set}: ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, ${(0,core_size/* formatSize */.X)(size)}, ${wording(proof)}.${isTimed(manifest) ? ` Restoring took ${(0,duration/* formatDuration */.a)(restoreSeconds * 1_000)}.` : ''}`;
    job.log.info(`${line} It is in ${folder}.`);
    job.summarise({
        heading: `${manifest.service}: backup ${set}`,
        paragraphs: [line, ...(parts.length > 1 ? [manifest.quiesced ? 'Writers were held back while its parts were taken.' : `${skewOf(manifest)} s lie between the first and the last of its parts.`] : [])],
        table: { columns: ['Part', 'Kind', 'Proof', 'What is in it', 'Taken', 'Restored in'], rows: parts.map(rowOf) },
    });
}
/** Tells which sets there are, newest first. */
function reportList(job, directory, sets) {
    const newestFirst = sets.toReversed();
    job.output({ sets: newestFirst });
    job.log.output(newestFirst.length === 0 ? `There is no set in ${directory}.` : newestFirst.map(({ set, proof, size, parts }) => `${set}  ${proof.padEnd(8)}  ${(0,core_size/* formatSize */.X)(size).padStart(8)}  ${parts.map(({ name }) => name).join(', ')}`).join('\n'));
}
function isTimed({ proof }) {
    return proof === 'equal' || proof === 'restored';
}
function wording(proof) {
    switch (proof) {
        case 'equal': return 'restored and equal to what it was taken from';
        case 'restored': return 'restored, and not compared';
        case 'readable': return 'read to its end, and not restored';
        case 'none': return 'not proven in any way';
    }
}
function rowOf({ name, kind, server, proof, tables, rows, files, time, restoreSeconds }) {
    const content = tables !== undefined ? `${tables} tables, ${rows ?? 0} rows` : files !== undefined ? `${files} files and folders` : '';
    return [name, server ?? kind, proof, content, time, restoreSeconds === undefined ? '' : `${restoreSeconds} s`];
}

;// CONCATENATED MODULE: ./build/actions/db-backup/src/db-backup.js
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












/** Takes a backup set on the server and proves it there, or lists the sets. */
async function dbBackup(inputs, job) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const server = __addDisposableResource(env_1, await openServer((0,connection_inputs/* sshTarget */.ov)(inputs), job.log, job.signal), true);
        const state = await readDeployed(server, inputs);
        const directory = inputs.directory ?? `${state.definition.path}/backups`;
        const sets = await readSets(server, directory);
        if (inputs.operation === 'list')
            return reportList(job, directory, sets);
        const generation = latestClaim(state.events)?.generation ?? 0;
        const backup = backupFrom(inputs, job, { definition: state.definition, state: state.folder, generation, directory }, sets);
        const plan = planBackup(backup);
        if (inputs.dryRun)
            return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(describePlan(plan)));
        await carry_out_carryOut(server, plan, backupFiles(backup), { log: job.log, signal: job.signal, service: inputs.service });
        const set = (await readSets(server, directory)).find((each) => each.set === backup.set);
        if (set === undefined)
            throw new errors/* UserError */.y(`Set ${backup.set} was taken, but is not in ${directory} of ${server.label} any more. Look who else removes files there.`);
        await reportSet(job, `${directory}/${backup.set}`, set);
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
function backupFrom(inputs, { run }, place, sets) {
    const { sources = [], references = [], verify, compression, quiesce = '', resume = '', lockTimeout, timeout, scratchDirectory = '' } = inputs;
    const set = plan_newPlanId(new Date());
    const expected = { set, time: new Date().toISOString(), proof: proofOfSet({ sources, verify }) };
    const expired = expiredSets([...sets, expected], { last: inputs.keepLast, daily: inputs.keepDaily, weekly: inputs.keepWeekly, monthly: inputs.keepMonthly, minimum: inputs.keepMinimum });
    return { ...place, set, run, scratch: scratchDirectory, sources, references, verify, compression, encryption: encryptionOf(inputs), quiesce, resume, lockTimeout, timeout, expired };
}
function encryptionOf({ ageRecipients, gpgKey }) {
    if (gpgKey !== undefined)
        return { program: 'gpg', recipients: gpgKey };
    return ageRecipients.length > 0 ? { program: 'age', recipients: ageRecipients.join('\n') } : { program: 'none', recipients: '' };
}


/***/ })

};
