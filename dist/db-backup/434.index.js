export const id = 434;
export const ids = [434];
export const modules = {

/***/ 5434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dbBackup: () => (/* binding */ dbBackup)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/quote.js
var quote = __webpack_require__(1338);
// EXTERNAL MODULE: ./build/shared/core/run.js
var core_run = __webpack_require__(9567);
// EXTERNAL MODULE: ./build/shared/server/ledger.js
var ledger = __webpack_require__(3501);
// EXTERNAL MODULE: ./build/shared/database/far-place.js
var far_place = __webpack_require__(6667);
// EXTERNAL MODULE: ./build/shared/database/scripts.js
var scripts = __webpack_require__(4340);
// EXTERNAL MODULE: ./build/shared/database/set-plan.js + 1 modules
var set_plan = __webpack_require__(5270);
;// CONCATENATED MODULE: ./build/shared/database/copy-plan.js






const LOCK_WAIT = 1_800_000;
/** The plan by which the server copies a set that is there to other places. The set stays what it is, whether or not that succeeds. */
function planCopies({ id, set, directory, state, generation, run, places, access, timeout }) {
    const copies = places.map((place, index) => ({ name: `copy-${index + 1}`, title: `Copying set ${set} to ${place.text}`, phase: 'before', script: copyTo(place), timeout }));
    const written = (0,ledger/* members */.ol)({ set, to: places.map(({ text }) => text).join(' '), ...(0,core_run/* runMembers */.B)(run) });
    const record = { name: 'record', title: 'Recording the copies', phase: 'after', script: `record copy ${(0,quote/* quote */.h)(written)}`, timeout };
    const settings = { SETS: directory, SET: set, SCRATCH: '', ENDPOINT: access.s3Endpoint };
    return {
        id, state, generation, steps: [...copies, record], functions: [...Object.entries(settings).map(([name, value]) => `${name}=${(0,quote/* quote */.h)(value)}`), scripts/* copyFunctions */.rb].join('\n'),
        clear: 'rm -rf "$KEYS"', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {},
    };
}
function copyTo(place) {
    return place.kind === 'ssh' ? (0,quote/* commandLine */.a)(['copy_over_ssh', place.user, place.host, String(place.port), place.folder]) : (0,quote/* commandLine */.a)(['copy_to_s3', place.bucket, place.prefix]);
}
/** What travels beside the plan, and goes with its end: the key and the host keys for SSH; for S3 what each of its clients reads. */
function copyFiles({ access: { ssh, s3AccessKey, s3SecretKey } }) {
    return (0,set_plan/* onceFiles */.LU)({
        ...(ssh && (0,far_place/* farFiles */.j)(ssh)),
        ...(s3AccessKey !== undefined && s3SecretKey !== undefined && credentials(s3AccessKey.reveal(), s3SecretKey.reveal())),
    });
}
function credentials(id, key) {
    return {
        's3.aws': `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\n`,
        's3.rclone': `[second]\ntype = s3\nprovider = Other\nno_check_bucket = true\naccess_key_id = ${id}\nsecret_access_key = ${key}\n`,
        's3.s3cmd': `[default]\naccess_key = ${id}\nsecret_key = ${key}\n`,
    };
}

// EXTERNAL MODULE: ./build/shared/database/backup-set.js
var backup_set = __webpack_require__(973);
// EXTERNAL MODULE: ./build/shared/server/scripts.js
var server_scripts = __webpack_require__(3046);
;// CONCATENATED MODULE: ./build/shared/database/read-sets.js



// A set is a folder with a manifest; one that still grows has another name.
const LIST = `for manifest in "$1"/*/manifest.json; do
  case $manifest in *.partial/manifest.json) ;; *) [ ! -f "$manifest" ] || { printf '\\036'; cat "$manifest" || exit 1; } ;; esac
done`;
/** The sets in a folder of the server, oldest first; none where there is no such folder. @throws {UserError} when one cannot be read. */
async function readSets(server, directory) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec((0,server_scripts/* scriptCommand */.rG)(LIST, [directory])));
    if (code !== 0)
        throw new errors/* UserError */.yo(`The sets in ${directory} of ${server.label} could not be read: ${stderr.trim()}`);
    return stdout.split('\u001e').filter((text) => text !== '').map(backup_set/* parseManifest */.Ng).sort((one, other) => one.set.localeCompare(other.set, 'en'));
}

// EXTERNAL MODULE: ./build/shared/runner/connection-inputs.js
var connection_inputs = __webpack_require__(2405);
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

// EXTERNAL MODULE: ./build/shared/server/plan.js
var server_plan = __webpack_require__(7683);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
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
class ConnectionFault extends errors/* UserError */.yo {
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
    return new ConnectionFault(fault.kind, `${fault.message} Tried ${tries} times in ${(0,duration/* formatDuration */.a3)(tookMs)}.`);
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
    const timer = setTimeout(() => given.reject(faults_faultOf('jump-cannot-reach', at, `it did not answer within ${(0,duration/* formatDuration */.a3)(limit)}`)), limit);
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
        return faults_faultOf('failed', at, (0,errors/* messageOf */.bD)(error));
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
        default: return faults_faultOf('failed', at, (0,errors/* messageOf */.bD)(error));
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
    const message = (0,errors/* messageOf */.bD)(error);
    const [, missing] = /no matching (.+)/.exec(message) ?? [];
    if (missing !== undefined)
        return faults_faultOf('no-common-algorithm', at, missing.replace('host key format', 'type of host key').replace(/^[CS]->[CS] /, ''));
    const isCut = error.code === 'ECONNRESET' || message === CLOSED;
    return isCut ? faults_faultOf('reset', at) : faults_faultOf('handshake', at, printable(message));
}
async function loginFault({ methods, isPartlyIn }, error, at, login) {
    const { level } = error;
    const message = (0,errors/* messageOf */.bD)(error);
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
            log.info(`${error.message} Trying again in ${(0,duration/* formatDuration */.a3)(wait)} (${tries} of ${retries}).`);
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
    const openLanes = () => allOf(lanes, () => openLane(connection, { command: (0,server_scripts/* laneCommand */.sZ)(state, id, attempt, unpacker), unpacker, signal, allTaken: allTaken.promise }, queue));
    try {
        return await connection.exec((0,server_scripts/* receiveCommand */.TQ)(state, id, takeover, attempt, unpacker), { ...options, stdin: compressed(packet(firstLane(queue, { open: isLong ? openLanes : undefined, worthIt, allTaken: allTaken.resolve })), unpacker) });
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
function definition_hasSlots({ strategy }) {
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
        ask: (plan, verb, tell) => server_ask(line, plan, verb, tell, verb === 'revert' ? undefined : signal),
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
    const { stderr } = await connection.exec((0,server_scripts/* inspectCommand */.QR)({ mark, ...request, base: beginBase === undefined ? '' : 'base' }), { onOutput: reader.read });
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
async function server_ask(line, plan, verb, tell, signal) {
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
    yield { path: 'journal', mode: 0o600, kind: 'text', text: `slipway-journal ${server_plan/* PLAN_FORMAT */._A}\n` };
    yield { path: 'output', mode: 0o600, kind: 'text', text: '' };
    yield* 'unpackers' in files ? files.entries() : files;
}
function scriptOf({ state, id }) {
    return `${state}/plans/${id}/plan.sh`;
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
    const plan = { id: newPlanId(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: service_LOCK_WAIT, environment: {} };
    await carryOut(server, plan, [], follow);
    return true;
}

// EXTERNAL MODULE: ./build/shared/database/retention.js
var retention = __webpack_require__(1614);
// EXTERNAL MODULE: ./build/shared/database/source.js
var source = __webpack_require__(1659);
// EXTERNAL MODULE: ./build/actions/db-backup/src/copy-place.js
var copy_place = __webpack_require__(890);
;// CONCATENATED MODULE: ./build/actions/db-backup/src/copy.js



/** Has the server copy a set; says which set stays where it is when that fails. @throws {UserError} */
async function copySet(server, copies, job, service) {
    try {
        await carry_out_carryOut(server, planCopies(copies), copyFiles(copies), { log: job.log, signal: job.signal, service });
    }
    catch (error) {
        if (error instanceof errors/* UserError */.yo)
            throw new errors/* UserError */.yo(`Set ${copies.set} is there and proven, but not copied. ${error.message}`);
        throw error;
    }
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
    const line = `Set ${set}: ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, ${(0,core_size/* formatSize */.X)(size)}, ${wording(proof)}.${(0,source/* isRestored */.Le)(proof) ? ` Restoring took ${(0,duration/* formatDuration */.a3)(restoreSeconds * 1_000)}.` : ''}`;
    job.log.info(`${line} It is in ${folder}.`);
    job.summarise({
        heading: `${manifest.service}: backup ${set}`,
        paragraphs: [line, ...(parts.length > 1 ? [manifest.quiesced ? 'Writers were held back while its parts were taken.' : `${(0,backup_set/* skewOf */.Me)(manifest)} s lie between the first and the last of its parts.`] : [])],
        table: { columns: ['Part', 'Kind', 'Proof', 'What is in it', 'Taken', 'Restored in'], rows: parts.map(rowOf) },
    });
}
/** Tells which sets there are, newest first. */
function reportList(job, directory, sets) {
    const newestFirst = sets.toReversed();
    job.output({ sets: newestFirst });
    job.log.output(newestFirst.length === 0 ? `There is no set in ${directory}.` : newestFirst.map(({ set, proof, size, parts }) => `${set}  ${proof.padEnd(8)}  ${(0,core_size/* formatSize */.X)(size).padStart(8)}  ${parts.map(({ name }) => name).join(', ')}`).join('\n'));
}
function wording(proof) {
    switch (proof) {
        case 'equal': return 'restored and equal to what it was taken from';
        case 'restored': return 'restored, and not compared';
        case 'readable': return 'read to its end, and not restored';
        case 'none': return 'not proven in any way';
    }
}
function rowOf(part) {
    const { name, kind, server, proof, provenOn, time, restoreSeconds } = part;
    return [name, server ?? kind, provenOn === undefined ? proof : `${proof}, on ${provenOn}`, contentOf(part), time, restoreSeconds === undefined ? '' : `${restoreSeconds} s`];
}
function contentOf({ tables, rows, files, keys, unchangedKeys }) {
    if (tables !== undefined)
        return `${tables} tables, ${rows ?? 0} rows`;
    if (keys !== undefined)
        return `${keys} keys, of which ${unchangedKeys ?? 0} stood still and were compared`;
    return files === undefined ? '' : `${files} files and folders`;
}

// EXTERNAL MODULE: ./build/shared/database/opened-set.js
var opened_set = __webpack_require__(7554);
// EXTERNAL MODULE: ./build/shared/server/user-command.js
var user_command = __webpack_require__(5755);
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

// EXTERNAL MODULE: ./build/shared/database/set-functions.js + 1 modules
var set_functions = __webpack_require__(7262);
;// CONCATENATED MODULE: ./build/shared/database/restore-plan.js








const MOMENT = 60_000;
const restore_plan_LOCK_WAIT = 1_800_000;
/** The plan of a restore that moves nothing else. */
function planRestore(restore, state, generation) {
    const { before, closing, swapping, opening, after, functions, clear, back } = restoreSteps(restore);
    return { id: restore.id, state, generation, steps: [...before, closing, swapping, opening, after], functions, clear, back, confirmWithin: 0, lockWait: restore_plan_LOCK_WAIT, environment: {} };
}
/** The steps that restore beside what is live, say what would be lost, and swap. */
function restoreSteps(restore) {
    const { opened: { sources, manifest }, undoes, quiesce, run, timeout } = restore;
    const step = (name, phase, title, script, limit = timeout) => ({ name, title, phase, script, timeout: limit });
    const told = (0,ledger/* members */.ol)({ ...(undoes === undefined ? { set: manifest?.set } : { undoes }), parts: sources.map(({ name }) => name).join(', '), ...(0,core_run/* runMembers */.B)(run) });
    return {
        before: [
            step('check-set', 'before', 'Checking set, tools, versions, rights and room', 'check_restore'),
            ...(undoes !== undefined ? [] : sources.map(({ name }, index) => step(`restore-${index + 1}`, 'before', `Restoring ${name} beside what is live`, `restore ${index + 1}`))),
            step('weigh', 'before', 'Finding out what would be lost', 'weigh'),
            ...(quiesce === '' ? [] : [step('hold-back', 'before', 'Holding writers back', 'hold_back')]),
        ],
        closing: step('close-doors', 'act', 'Closing the doors of what is live', 'close_doors', MOMENT + restore.opened.lockTimeout),
        swapping: step('swap', 'act', 'Swapping what is live for what was restored', 'swap_parts', MOMENT),
        opening: step('open-doors', 'act', 'Opening the doors', 'open_doors', MOMENT),
        after: step('settle', 'after', 'Recording the restore', `settle ${(0,quote/* quote */.h)(told)}`, MOMENT),
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
        scripts/* restoreFunctions */.yL,
        (0,set_functions/* assignments */.TT)({ MAX_LOSS: String(maxLoss), ACCEPTED: isLossAccepted ? 'yes' : '', WHICH: undoes ?? opened.manifest?.set ?? '', LIFTS: lifts.join(' '), RAISES: raises.join(' ') }),
        ...Object.entries({ quiesce, resume }).map(([name, command]) => `hook_${name}() {\n${command === '' ? ':' : (0,user_command/* userCommand */.L_)(definition, occasion, command)}\n}`),
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

// EXTERNAL MODULE: ./build/shared/runner/restore-inputs.js
var restore_inputs = __webpack_require__(471);
;// CONCATENATED MODULE: ./build/actions/db-backup/src/restore.js







/** Makes a set live again, or what an earlier restore put aside. */
async function restoreSet(inputs, job, server, state, { directory, sets }) {
    const occasion = { definition: state.definition, events: state.events, run: job.run, directory };
    const restore = inputs.operation === 'restore' ? (0,restore_inputs/* restoreOf */.W6)(inputs, (0,restore_inputs/* wantedSet */.iV)(sets, inputs.set ?? '', occasion), occasion, job.log) : (0,restore_inputs/* swapBackOf */.g$)(inputs, inputs.swapBack ?? '', occasion);
    const plan = planRestore(restore, state.folder, (0,ledger/* latestClaim */.QM)(state.events)?.generation ?? 0);
    if (inputs.dryRun)
        return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output((0,server_plan/* describePlan */.df)(plan)));
    job.output({ restore: restore.id, ...(restore.opened.manifest && { set: restore.opened.manifest.set }) });
    await carryOutSwap(server, plan, restore, job, inputs.service);
    const { lost } = (await readDeployed(server, inputs)).events.findLast(({ event, plan: by }) => event === 'restore' && by === restore.id) ?? {};
    const line = (0,restore_inputs/* restoreTold */.AP)(restore, lost);
    job.output({ lost });
    job.log.info(line);
    job.summarise({ heading: `${inputs.service}: ${restore.undoes === undefined ? 'restore' : 'swap back'}`, paragraphs: [line] });
}
async function carryOutSwap(server, plan, { opened }, { log, signal }, service) {
    try {
        await carry_out_carryOut(server, plan, (0,opened_set/* openedFiles */.vm)(opened), { log, signal, service });
    }
    catch (error) {
        if (!(error instanceof PlanFailed))
            throw error;
        const message = error.message.replace('Traffic went back to where it was.', 'What was live before is live again.').replace('users noticed nothing.', 'what is live was not touched.');
        throw new PlanFailed(message, error.outcome);
    }
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


















/** Takes a backup set on the server and proves it there, lists the sets, or makes one live again. */
async function dbBackup(inputs, job) {
    const began = performance.now();
    await operate(inputs, job);
    job.output({ duration: (0,duration/* inSeconds */.F7)(performance.now() - began) });
}
async function operate(inputs, job) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const server = __addDisposableResource(env_1, await openServer((0,connection_inputs/* sshTarget */.ov)(inputs), job.log, job.signal), true);
        const state = await readDeployed(server, inputs);
        const directory = inputs.directory ?? `${state.definition.path}/backups`;
        const sets = await readSets(server, directory);
        if (inputs.operation === 'list')
            return reportList(job, directory, sets);
        if (inputs.operation !== 'backup')
            return restoreSet(inputs, job, server, state, { directory, sets });
        const generation = (0,ledger/* latestClaim */.QM)(state.events)?.generation ?? 0;
        const backup = backupFrom(inputs, job, { definition: state.definition, state: state.folder, generation, directory }, sets);
        const plan = (0,set_plan/* planBackup */.W6)(backup);
        if (inputs.dryRun) {
            const copies = copiesOf(backup, inputs);
            const plans = [plan, ...(copies === undefined ? [] : [planCopies(copies)])];
            return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(plans.map(server_plan/* describePlan */.df).join('\nThen, as a plan of its own:\n')));
        }
        await carry_out_carryOut(server, plan, (0,set_plan/* backupFiles */.U_)(backup), { log: job.log, signal: job.signal, service: inputs.service });
        const set = (await readSets(server, directory)).find((each) => each.set === backup.set);
        if (set === undefined)
            throw new errors/* UserError */.yo(`Set ${backup.set} was taken, but is not in ${directory} of ${server.label} any more. Look who else removes files there.`);
        await reportSet(job, `${directory}/${backup.set}`, set);
        const copies = copiesOf(backup, inputs);
        if (copies === undefined)
            return;
        await copySet(server, copies, job, inputs.service);
        job.output({ copies: inputs.copyTo });
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
function copiesOf(backup, { copyTo, copySshKey, copyKnownHosts = '', s3Endpoint = '', s3AccessKey, s3SecretKey, timeout }) {
    if (copyTo.length === 0)
        return undefined;
    const access = { s3Endpoint, ...(copySshKey !== undefined && { ssh: { sshKey: copySshKey, knownHosts: copyKnownHosts } }), ...(s3AccessKey !== undefined && { s3AccessKey }), ...(s3SecretKey !== undefined && { s3SecretKey }) };
    return { ...backup, id: (0,server_plan/* newPlanId */.hd)(new Date()), places: copyTo.map(copy_place/* parseCopyPlace */.qG), access, timeout };
}
function backupFrom(inputs, { run }, place, sets) {
    const { sources = [], references = [], verify, compression, quiesce = '', resume = '', lockTimeout, timeout, scratchDirectory = '' } = inputs;
    const set = (0,server_plan/* newPlanId */.hd)(new Date());
    const expected = { set, time: new Date().toISOString(), proof: (0,source/* proofOfSet */._K)({ sources, verify }) };
    // What takes the same parts replaces it; a nightly set of everything is none of a set's business that is taken before each release.
    const parts = (named) => JSON.stringify(named.map(({ name }) => name).sort());
    const replaced = sets.filter((0,backup_set/* isOf */.yW)(place.definition)).filter((each) => parts(each.parts) === parts(sources));
    const expired = (0,retention/* expiredSets */.T)(expected, replaced, { last: inputs.keepLast, daily: inputs.keepDaily, weekly: inputs.keepWeekly, monthly: inputs.keepMonthly, minimum: inputs.keepMinimum });
    return { ...place, set, run, scratch: scratchDirectory, sources, references, verify, proofHost: proofHostOf(inputs), compression, encryption: encryptionOf(inputs), quiesce, resume, lockTimeout, timeout, expired };
}
function proofHostOf({ proofHost = '', proofSshKey, proofKnownHosts = '' }) {
    const place = (0,copy_place/* parseFarPlace */.Q7)(proofHost);
    return place && proofSshKey && { place, login: { sshKey: proofSshKey, knownHosts: proofKnownHosts } };
}
function encryptionOf({ ageRecipients, gpgKey }) {
    if (gpgKey !== undefined)
        return { program: 'gpg', recipients: gpgKey };
    return ageRecipients.length > 0 ? { program: 'age', recipients: ageRecipients.join('\n') } : { program: 'none', recipients: '' };
}


/***/ })

};
