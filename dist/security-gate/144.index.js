export const id = 144;
export const ids = [144];
export const modules = {

/***/ 8144:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  securityGate: () => (/* binding */ securityGate)
});

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
;// CONCATENATED MODULE: ./build/shared/core/verdict.js
/** The verdict over many: one failure fails, one gap in the evidence is inconclusive, and nothing at all is inconclusive. */
function overall(verdicts) {
    if (verdicts.includes('fail'))
        return 'fail';
    return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}

;// CONCATENATED MODULE: ./build/shared/findings/severity.js
/** Severities, the worst first. `unknown` is a class of its own, never a low one: where it counts, the policy says how. */
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'];
const WORDS = {
    critical: 'critical', blocker: 'critical', urgent: 'critical', defcon1: 'critical',
    high: 'high', important: 'high', major: 'high', error: 'high',
    medium: 'medium', moderate: 'medium', warning: 'medium',
    low: 'low', minor: 'low', note: 'low',
    info: 'info', informational: 'info', information: 'info', negligible: 'info', none: 'info',
};
/** The severity a word stands for, in the meaning most tools share; `unknown` for any other word. Tools that mean something else have a table of their own. */
function severityOfWord(word) {
    const key = word.trim().toLowerCase();
    return Object.hasOwn(WORDS, key) ? WORDS[key] ?? 'unknown' : 'unknown';
}
/**
 * The severity of a CVSS base score by FIRST's table; `unknown` for what is no score. Version 2 has no critical.
 * https://www.first.org/cvss/v3-1/specification-document#Qualitative-Severity-Rating-Scale
 */
function severityOfScore(score, version = 3) {
    if (!(score >= 0 && score <= 10))
        return 'unknown';
    if (score >= 9 && version > 2)
        return 'critical';
    if (score >= 7)
        return 'high';
    if (score >= 4)
        return 'medium';
    return score > 0 ? 'low' : 'info';
}
/** Below 0 when `a` is worse than `b`: an order for sorting, the worst first, unknown last. */
function compareSeverity(a, b) {
    return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
/** The worst of some severities; `unknown` only when none is known. */
function worst(severities) {
    return severities.reduce((a, b) => (compareSeverity(a, b) <= 0 ? a : b), 'unknown');
}

// EXTERNAL MODULE: ./build/shared/policy/exemption.js
var exemption = __webpack_require__(6936);
;// CONCATENATED MODULE: ./build/shared/policy/baseline.js

/** Whether a finding is new against the baseline, or worse than there; without a baseline everything is new. A new finding is first seen now. */
function standingOf(finding, severity, baseline, now) {
    const known = finding.keys.map((key) => baseline?.known.get(key)).filter((one) => one !== undefined);
    const seen = [...known.map(({ firstSeen }) => firstSeen), finding.firstSeen, ...finding.sources.map(({ firstSeen }) => firstSeen)].filter(isMoment).toSorted((one, other) => Date.parse(one) - Date.parse(other));
    const isNew = known.every((before) => isWorse(severity, before.severity));
    return { isNew, firstSeen: seen[0] ?? (baseline !== undefined && known.length === 0 ? now.toISOString() : undefined) };
}
/** A baseline out of findings. */
function baselineOf(findings, of) {
    return { of, known: new Map([...findings].flatMap(({ keys, severity, firstSeen }) => keys.map((key) => [key, { severity, firstSeen }]))) };
}
/** The baseline that a stored decision holds, or undefined where the value is none. */
function storedBaseline(value) {
    if (!isObject(value) || value['format'] !== DECISION_FORMAT || !isObject(value['known']) || typeof value['decidedAt'] !== 'string')
        return undefined;
    const entries = Object.entries(value['known']).map(([key, known]) => [key, parseKnown(known)]);
    if (entries.some(([, known]) => known === undefined))
        return undefined;
    const commit = typeof value['commit'] === 'string' ? value['commit'].slice(0, 12) : '';
    return { known: new Map(entries), of: [commit, value['decidedAt'].slice(0, 10)].filter(Boolean).join(', ') };
}
/** The `format` of a decision's JSON: a later one that reads otherwise has another number. */
const DECISION_FORMAT = 'slipway-security-decision/1';
function parseKnown(value) {
    const [severity, firstSeen] = Array.isArray(value) ? value : [];
    const found = SEVERITIES.find((one) => one === severity);
    return found === undefined ? undefined : { severity: found, firstSeen: typeof firstSeen === 'string' ? firstSeen : undefined };
}
// To and from an unknown severity nobody can tell whether it rose: it counts as a rise, but for those that turn out to be medium or less.
function isWorse(now, before) {
    if (now === 'unknown' || before === 'unknown')
        return now !== before && (now === 'unknown' || compareSeverity(now, 'high') <= 0);
    return compareSeverity(now, before) < 0;
}
function isMoment(text) {
    return text !== undefined && !Number.isNaN(Date.parse(text));
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/shared/policy/facts.js


/** No feed. */
const NO_FEEDS = { kev: undefined, epss: undefined };
/** All that rules ask about a finding. */
function factsOf(finding, { severityFrom, takesSuppressions, baseline, feeds, now }) {
    const { severity, by } = countingSeverity(finding, severityFrom, takesSuppressions);
    const scores = [finding.epss, ...finding.sources.map(({ epss }) => epss), ...finding.aliases.map((alias) => feeds.epss?.get(alias.toUpperCase()))].filter((score) => score !== undefined);
    return {
        finding, severity, severityFrom: by, ...standingOf(finding, severity, baseline, now),
        isSecret: finding.kinds.includes('secrets') || finding.sources.some(({ kind, secretHash }) => kind === 'secrets' || secretHash !== undefined),
        isKev: finding.knownExploited === true || finding.sources.some(({ knownExploited }) => knownExploited === true) || finding.aliases.some((alias) => feeds.kev?.has(alias.toUpperCase())),
        epss: scores.length === 0 ? undefined : Math.max(...scores),
    };
}
// A ranked source that says "unknown" has not spoken.
function countingSeverity(finding, ranking, takesSuppressions) {
    const open = finding.sources.filter(({ suppressedBy }) => suppressedBy === undefined);
    const counted = takesSuppressions && open.length > 0 ? open : finding.sources;
    const claims = counted.flatMap(({ tool, claims: said }) => said.map(({ severity, source }) => ({ severity, names: [tool, source?.toLowerCase()] })));
    for (const name of ranking) {
        const severity = worst(claims.filter(({ names }) => names.includes(name)).map((claim) => claim.severity));
        if (severity !== 'unknown')
            return { severity, by: name };
    }
    return { severity: worst([finding.severity, ...counted.map(({ severity }) => severity)]), by: undefined };
}

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
;// CONCATENATED MODULE: ./build/shared/findings/evidence.js

/** What a report is worth as evidence. Only `ok` lets a stage pass. */
const EVIDENCE_STATUSES = (/* unused pure expression or super */ null && (['ok', 'missing', 'empty', 'unreadable', 'wrong tool', 'scanner failed', 'incomplete', 'stale', 'wrong subject', 'nothing scanned']));
const FAULTS = { missing: 'missing', empty: 'empty', unreadable: 'unreadable', unrecognised: 'unreadable' };
// Clocks of two machines differ; a report an hour ahead is of another clock, or another day.
const CLOCK_TOLERANCE = 3_600_000;
const SHORTEST_COMMIT = 7;
/** What a report is worth, by all its own signs and by what was expected of it. */
function evidenceOf(report, expected) {
    const [status, reason] = judges.map((judge) => judge(report, expected)).find((lack) => lack !== undefined) ?? ['ok', ''];
    return { path: report.path, tools: report.tools, kinds: report.kinds, status, reason, remarks: remarksOf(report, expected) };
}
// In the order in which a person would have to mend them.
const judges = [
    faulty, ofAnotherTool, ({ signs }) => first('scanner failed', signs.failures), nothingScanned, ({ signs }, { takesIncomplete }) => (takesIncomplete ? undefined : first('incomplete', signs.gaps)),
    unsure, stale, staleDatabase, ofAnotherSubject,
];
function faulty({ fault }, { tool }) {
    if (fault === undefined)
        return undefined;
    if (fault.kind === 'unrecognised' && tool !== undefined)
        return ['wrong tool', `It is no report of ${tool}: ${fault.reason}`];
    return [FAULTS[fault.kind], fault.reason];
}
function ofAnotherTool({ tools, format }, { tool }) {
    return tool === undefined || tools.includes(tool) || format === tool ? undefined : ['wrong tool', `It was to be of ${tool}, and is of ${tools.join(', ') || 'no tool that is known'}.`];
}
function nothingScanned({ signs: { nothingScanned: signs, scanned } }) {
    return scanned?.count === 0 ? ['nothing scanned', `It scanned 0 ${scanned.of}.`] : first('nothing scanned', signs);
}
// A reader that lost its way without saying so must not read as a clean scan.
function unsure({ tools, kinds }) {
    return tools.length === 0 || kinds.length === 0 ? ['unreadable', 'It does not tell which tool made it.'] : undefined;
}
function stale({ signs: { createdAt } }, { maxAge, now }) {
    return tooOld('It was made', createdAt, maxAge, now) ?? (createdAt === undefined && maxAge !== undefined ? ['stale', `It does not tell when it was made, and may be ${(0,duration/* formatDuration */.a3)(maxAge)} old at most.`] : undefined);
}
function staleDatabase({ signs: { databaseAt } }, { maxDatabaseAge, now }) {
    return tooOld('Its vulnerability database was made', databaseAt, maxDatabaseAge, now);
}
function tooOld(what, at, maxAge, now) {
    if (at === undefined)
        return undefined;
    const time = Date.parse(at);
    if (Number.isNaN(time))
        return maxAge === undefined ? undefined : ['stale', `${what} at no time that can be read.`];
    const age = now.getTime() - time;
    if (age < -CLOCK_TOLERANCE)
        return ['stale', `${what} in the future, at ${at}: one of the clocks is wrong.`];
    if (maxAge === undefined || age <= maxAge)
        return undefined;
    return ['stale', `${what} ${(0,duration/* formatDuration */.a3)(age)} ago, and may be ${(0,duration/* formatDuration */.a3)(maxAge)} old at most. Scan again.`];
}
function ofAnotherSubject({ signs: { subject } }, { commits, digests, needsSubject }) {
    const [ofCommit, ofDigest] = [isOurs(subject.commits, commits, sameCommit), isOurs(subject.digests, digests, (one, other) => one === other)];
    if (ofCommit === 'no')
        return ['wrong subject', `It is of commit ${subject.commits.map(shortened).join(', ')}, and not of ${commits.map(shortened).join(' or ')}.`];
    if (ofDigest === 'no')
        return ['wrong subject', `It is of image ${subject.digests.map(shortened).join(', ')}, and not of ${digests.map(shortened).join(' or ')}.`];
    if (needsSubject && ofCommit !== 'yes' && ofDigest !== 'yes')
        return ['wrong subject', 'It does not tell which commit or image it is of, as this stage asks.'];
    return undefined;
}
function isOurs(told, ours, isSame) {
    if (told.length === 0 || ours.length === 0)
        return 'untold';
    return told.some((one) => ours.some((other) => isSame(one.toLowerCase(), other.toLowerCase()))) ? 'yes' : 'no';
}
/** Whether two hashes, each of which may be shortened to seven digits, are of one commit. */
function sameCommit(one, other) {
    const length = Math.min(one.length, other.length);
    return length >= SHORTEST_COMMIT && one.slice(0, length) === other.slice(0, length);
}
function shortened(name) {
    return name.replace(/^(sha256:)?([0-9a-f]{12})[0-9a-f]+$/i, '$1$2');
}
function first(status, [sentence, ...others]) {
    if (sentence === undefined)
        return undefined;
    return [status, others.length === 0 ? sentence : `${sentence} (and ${others.length} more)`];
}
function remarksOf({ signs: { scanned, createdAt, gaps, remarks }, toolVersion }, { takesIncomplete }) {
    return [
        ...(toolVersion === undefined ? [] : [`version ${toolVersion}`]), ...(scanned === undefined ? [] : [`${scanned.count} ${scanned.of}`]), ...(createdAt === undefined ? [] : [`made ${createdAt}`]),
        ...(takesIncomplete ? gaps : []), ...remarks,
    ];
}

;// CONCATENATED MODULE: ./build/shared/policy/require.js


/** What each report is worth, and what the stage asks for and nobody brought. */
function evidenceFor({ reports, stage, target, now }) {
    const found = reports.map(({ report, tool }) => evidenceOf(report, { ...target, ...strictest(report, stage), tool, maxDatabaseAge: stage.maxDatabaseAge, needsSubject: stage.needsSubject, now }));
    return [...found, ...stage.require.flatMap((requirement) => lacksOf(requirement, found))];
}
/** What rules ask of files that are not there, or too old. */
function feedEvidence({ stage, feeds, feedsAt, policy: { maxFeedAge }, now }) {
    const asked = [
        { name: 'kev', isAsked: stage.block.some(({ kev }) => kev !== undefined), isThere: feeds.kev !== undefined, at: feedsAt.kev },
        { name: 'epss', isAsked: stage.block.some(({ epss }) => epss !== undefined), isThere: feeds.epss !== undefined, at: feedsAt.epss },
    ];
    return asked.filter(({ isAsked }) => isAsked).map(({ name, isThere, at }) => {
        const common = { path: `${name}-file`, tools: [], kinds: [], remarks: at === undefined ? [] : [`made ${at.toISOString()}`] };
        if (!isThere)
            return { ...common, status: 'missing', reason: `A rule of the stage asks for ${name.toUpperCase()}: give ${name}-file.` };
        const age = at === undefined ? undefined : now.getTime() - at.getTime();
        if (age === undefined || !(age <= maxFeedAge))
            return { ...common, status: 'stale', reason: age === undefined ? 'It does not tell when it was made.' : `It was made ${(0,duration/* formatDuration */.a3)(age)} ago, and may be ${(0,duration/* formatDuration */.a3)(maxFeedAge)} old at most.` };
        return { ...common, status: 'ok', reason: '' };
    });
}
// A report that serves two requirements has to meet both.
function strictest({ kinds }, stage) {
    const asked = stage.require.filter(({ kind }) => kinds.includes(kind));
    const ages = asked.map(({ maxAge }) => maxAge ?? stage.maxAge).filter((age) => age !== undefined);
    return { maxAge: ages.length > 0 ? Math.min(...ages) : stage.maxAge, takesIncomplete: asked.length > 0 && asked.every(({ takesIncomplete }) => takesIncomplete) };
}
function lacksOf({ kind, tools }, found) {
    const ofKind = found.filter(({ kinds }) => kinds.includes(kind));
    const missing = (path, names, reason) => ({ path, tools: names, kinds: [kind], status: 'missing', reason, remarks: [] });
    if (tools.length === 0)
        return ofKind.length > 0 ? [] : [missing(kind, [], `The stage asks for a report of kind ${kind}, and none was given.`)];
    const absent = tools.filter((tool) => !ofKind.some((evidence) => evidence.tools.includes(tool)));
    return absent.map((tool) => missing(`${kind}: ${tool}`, [tool], `The stage asks for a report of ${tool}, and none was given.`));
}

// EXTERNAL MODULE: ./build/shared/policy/pattern.js
var policy_pattern = __webpack_require__(5361);
;// CONCATENATED MODULE: ./build/shared/policy/rule.js



/** Why a finding does not meet a rule: the first condition that it fails, as a sentence; undefined when it meets all. */
function unmet(rule, facts, now) {
    for (const condition of conditions) {
        const reason = condition(rule, facts, now);
        if (reason !== undefined)
            return reason;
    }
    return undefined;
}
/** Whether a severity is at least as bad as another; unknown is as bad as unknown alone. */
function isAtLeast(severity, threshold) {
    if (severity === 'unknown' || threshold === 'unknown')
        return severity === threshold;
    return compareSeverity(severity, threshold) <= 0;
}
const conditions = [
    ({ severity: threshold }, { severity }) => (threshold === undefined || isAtLeast(severity, threshold) ? undefined : threshold === 'unknown' ? `its severity is known: ${severity}` : `${severity} is not ${threshold} or worse`),
    ({ kinds }, { finding }) => among(kinds, finding.kinds, 'kinds'),
    ({ tools }, { finding }) => among(tools?.map((tool) => tool.toLowerCase()), finding.tools, 'tools'),
    ({ packages }, { finding }) => fitting(packages, packageNames(finding), 'package', policy_pattern/* fitsName */.g),
    ({ paths }, { finding }) => fitting(paths, finding.sources.flatMap(({ location, otherLocations = [] }) => [location, ...otherLocations].flatMap((one) => one?.path ?? [])), 'path', policy_pattern/* fitsPath */.i),
    ({ licences }, { finding }) => fitting(licences, finding.sources.flatMap(({ licence, kind, rule }) => [licence, kind === 'licence' ? rule : undefined]).filter((name) => name !== undefined), 'licence', policy_pattern/* fitsName */.g),
    ({ scope }, { finding }) => (scope === undefined || finding.sources.some((source) => (source.scope ?? scope) === scope) ? undefined : `it is not a ${scope} dependency`),
    ({ fixable }, { finding }) => differing(fixable, finding.fixedIn.length > 0, 'a version without it is known', 'no version without it is known'),
    ({ kev }, { isKev }) => differing(kev, isKev, 'it is known to be exploited', 'it is not known to be exploited'),
    unlikelyExploited,
    tooYoung,
    ({ new: wanted }, { isNew }) => differing(wanted, isNew, 'it is new', 'the baseline has it'),
];
/** The names by which a package may be called: its own, with its version, its purls. */
function packageNames(finding) {
    return namesOfPackages([finding, ...finding.sources].flatMap(({ package: one }) => one ?? []));
}
/** The same of some packages. */
function namesOfPackages(packages) {
    const all = packages.flatMap(({ name, version, purl }) => [name, ...(version === undefined ? [] : [`${name}@${version}`]), ...(purl === undefined ? [] : [purl, purl.replace(/[?#].*$/, ''), purl.replace(/@[^/]*$/, '')])]);
    return [...new Set(all)];
}
function among(wanted, found, what) {
    return wanted === undefined || found.some((one) => wanted.includes(one)) ? undefined : `its ${what} are ${found.join(', ')}`;
}
function fitting(patterns, names, what, fits) {
    if (patterns === undefined || patterns.some((pattern) => names.some((name) => fits(pattern, name))))
        return undefined;
    return names.length === 0 ? `it has no ${what}` : `its ${what} is ${names[0]}`;
}
function differing(wanted, is, positive, negative) {
    return wanted === undefined || wanted === is ? undefined : is ? positive : negative;
}
// Only advisories are scored; one that has no score yet may be the newest of all.
function unlikelyExploited({ epss: threshold }, { epss, finding }) {
    if (threshold === undefined)
        return undefined;
    if (epss !== undefined)
        return epss >= threshold ? undefined : `its EPSS is ${epss}, below ${threshold}`;
    return finding.aliases.length > 0 ? undefined : 'it is no advisory, and EPSS scores nothing else';
}
function tooYoung({ olderThan }, { firstSeen }, now) {
    if (olderThan === undefined || firstSeen === undefined)
        return undefined;
    const age = Math.max(0, now.getTime() - Date.parse(firstSeen));
    return age > olderThan ? undefined : `it has been known for ${(0,duration/* formatDuration */.a3)(age)}, and the rule is about more than ${(0,duration/* formatDuration */.a3)(olderThan)}`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/shared/policy/naming.js
var naming = __webpack_require__(8255);
;// CONCATENATED MODULE: ./build/shared/policy/sign-off.js


/** The name of an exact set of findings: another finding, another version of its package, or another severity makes another name. */
function findingsHash(stage, findings) {
    const lines = findings.map(({ finding, severity }) => JSON.stringify([[...finding.keys].sort(), severity, ...versionsOf(finding)])).sort();
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(['slipway-findings/1', stage, ...lines].join('\n')).digest('hex')}`;
}
// Tools write one version differently.
function versionsOf(finding) {
    const versions = [...(0,naming/* packagesByVersion */.h1)(finding).keys()];
    return versions.length > 1 ? versions.sort() : [finding.package?.version ?? ''];
}

;// CONCATENATED MODULE: ./build/shared/policy/day.js

/** Milliseconds of a day. */
const DAY = 86_400_000;
/** The beginning, in UTC, of a day such as 2026-12-01. @throws {UserError} on any other text and on days that no calendar has. */
function parseDay(text) {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
    // 2026-02-30 would be read as 2 March.
    if (Number.isNaN(day.getTime()) || dayText(day) !== text)
        throw new errors/* UserError */.yo('accepted is a day such as 2026-12-01');
    return day;
}
/** A moment as its day in UTC, 2026-12-01. */
function dayText(day) {
    return day.toISOString().slice(0, 10);
}

;// CONCATENATED MODULE: ./build/shared/policy/waiving.js






/** Whether a waiver is about a finding: by name, package in every version of it, and every place. It says nothing of whether the waiver holds. */
function isAbout(waiver, finding) {
    const { finding: name, package: wanted, paths } = waiver;
    if (name !== undefined && !(0,naming/* isNamed */.ev)(finding, new Set([name.toLowerCase()])))
        return false;
    if (wanted !== undefined && ![...(0,naming/* packagesByVersion */.h1)(finding).values()].every((packages) => namesOfPackages(packages).some((known) => (0,policy_pattern/* fitsName */.g)(wanted, known))))
        return false;
    // Of its places, a merged finding keeps only some.
    return paths.length === 0 || finding.sources.every(({ location }) => location !== undefined && paths.some((pattern) => (0,policy_pattern/* fitsPath */.i)(pattern, location.path)));
}
/** Why a waiver that is about a finding does not hold for it, as a sentence; undefined when it holds. */
function whyVoid(waiver, facts, { terms, stage, now }) {
    const { severity, finding, isSecret } = facts;
    if (isSecret)
        return 'a secret is never waived: take it back where it was issued';
    if (!waiver.stages.includes(stage))
        return `it is for ${waiver.stages.join(', ')}, not for ${stage}`;
    if (isExpired(waiver, now))
        return `it expired on ${dayText(waiver.expires)}`;
    if (waiver.severity !== undefined && isBeyond(severity, waiver.severity))
        return `it bears ${waiver.severity} at most, and the finding is ${severity}`;
    if (waiver.isVoidWhenFixed && finding.fixedIn.length > 0)
        return `the problem is mended in ${finding.fixedIn.join(', ')}`;
    const lifetime = waiver.expires.getTime() - waiver.created.getTime();
    if (lifetime > terms.lifetime[severity])
        return `it lasts ${(0,duration/* formatDuration */.a3)(lifetime)}, and for ${severity} findings the policy allows ${(0,duration/* formatDuration */.a3)(terms.lifetime[severity])}`;
    return approvalFault(waiver.approval, terms);
}
/** Whether a waiver or a sign-off is over. */
function isExpired({ expires }, now) {
    return now.getTime() >= expires.getTime();
}
/** Why a sign-off of these findings does not hold, as a sentence; undefined when it holds. */
function whyUnsigned(signOff, findings, { terms, now }) {
    if (isExpired(signOff, now))
        return `it expired on ${dayText(signOff.expires)}`;
    const lifetime = signOff.expires.getTime() - signOff.created.getTime();
    const allowed = Math.min(...findings.map(({ severity }) => terms.lifetime[severity]));
    if (lifetime > allowed)
        return `it lasts ${(0,duration/* formatDuration */.a3)(lifetime)}, and for these findings the policy allows ${(0,duration/* formatDuration */.a3)(allowed)}`;
    return approvalFault(signOff.approval, terms);
}
function approvalFault(approval, { approval: asked }) {
    if (asked === 'stated' || approval.state === 'proven')
        return undefined;
    if (approval.state === 'refuted')
        return approval.reason;
    return asked === 'proven' ? `its approval is not proven: ${approval.reason}` : undefined;
}
// An unknown severity may be anything: only a waiver that bears unknown ones, or criticals, bears it.
function isBeyond(severity, borne) {
    if (severity === 'unknown')
        return borne !== 'unknown' && borne !== 'critical';
    return borne === 'unknown' || compareSeverity(severity, borne) < 0;
}

;// CONCATENATED MODULE: ./build/shared/policy/signing.js


/** Opens the stage for exactly the findings that somebody signed off. A secret, or findings that nobody has seen, cannot be. */
function signOff(judgements, hasUnseen, given) {
    const { stage, policy, waivers, environmentSignOff, now } = given;
    const blocking = judgements.filter(({ outcome }) => outcome === 'blocks').map(({ facts }) => facts);
    if (!stage.exceptions.includes('sign-off') || blocking.length === 0)
        return { judgements, hash: undefined, notes: [] };
    if (hasUnseen || blocking.some(({ isSecret }) => isSecret))
        return { judgements, hash: undefined, notes: [hasUnseen ? 'There are more findings than can be shown: nobody can sign them off.' : 'A secret cannot be signed off.'] };
    const hash = findingsHash(stage.name, blocking);
    const signed = (because) => ({ judgements: judgements.map((one) => (one.outcome === 'blocks' ? { ...one, because, outcome: 'signed off' } : one)), hash, notes: [] });
    if (environmentSignOff?.findings === hash)
        return signed(`signed off by ${environmentSignOff.by}, who approved this run`);
    const tried = waivers.signOffs.filter((one) => one.stage === stage.name).map((one) => ({
        one, reason: one.findings === hash ? whyUnsigned(one, blocking, { terms: policy.waivers, stage: stage.name, now }) : 'it is for another set of findings',
    }));
    const held = tried.find(({ reason }) => reason === undefined)?.one;
    if (held !== undefined)
        return signed(`signed off by ${held.approvedBy}: ${held.reason}`);
    const notes = tried.map(({ one, reason }) => `${one.place} of ${one.approvedBy} does not hold: ${reason}.`);
    return { judgements, hash, notes: [...(environmentSignOff === undefined ? [] : [`The approval by ${environmentSignOff.by} is for another set of findings.`]), ...notes] };
}

;// CONCATENATED MODULE: ./build/shared/policy/waiver-notes.js


/** The waivers of this stage that somebody should look at: expired, void, of no use, or about to expire. */
function waiverNotes(judgements, { waivers: { waivers }, stage, policy, now }) {
    const used = new Set(judgements.map(({ waiver }) => waiver));
    const voids = new Map(judgements.flatMap((one) => one.voids.map(({ waiver, reason }) => [waiver, reason])));
    const note = (waiver) => {
        if (isExpired(waiver, now))
            return { state: 'expired', reason: `it expired on ${dayText(waiver.expires)}: take it out, or have it allowed anew` };
        if (used.has(waiver))
            return waiver.expires.getTime() - now.getTime() <= policy.waivers.soon ? { state: 'expires soon', reason: `it expires on ${dayText(waiver.expires)}` } : undefined;
        const reason = voids.get(waiver);
        if (reason !== undefined)
            return { state: 'void', reason };
        const isMet = judgements.some(({ facts }) => isAbout(waiver, facts.finding));
        return { state: 'unused', reason: isMet ? 'what it is for does not block' : 'nothing that it is for was found: take it out' };
    };
    return waivers.filter(({ stages }) => stages.includes(stage.name)).flatMap((waiver) => {
        const found = note(waiver);
        return found === undefined ? [] : [{ waiver, ...found }];
    });
}

;// CONCATENATED MODULE: ./build/shared/policy/decide.js









/** What the policy makes of the reports. It does and asks nothing: given the same, it decides the same. */
function decide(given) {
    const { stage, findings, reports, notes, now } = given;
    const evidence = [...given.missing, ...evidenceFor(given), ...feedEvidence(given)];
    const judged = findings.map((finding) => judge(factsFor(finding, given), given)).sort(byWeight);
    const beyond = reports.flatMap(({ report }) => beyondOf(report, stage));
    const { judgements, hash, notes: signOffNotes } = signOff(judged, beyond.some(({ blocks }) => blocks), given);
    const blocking = judgements.filter(({ outcome }) => outcome === 'blocks').length + sum(beyond.filter(({ blocks }) => blocks));
    const verdict = verdictOf(blocking, evidence);
    const counted = judgements.filter(({ outcome }) => outcome !== 'suppressed' && outcome !== 'not affected');
    return {
        stage, verdict, isOpen: verdict === 'pass' || stage.isReportOnly, evidence, judgements, beyond, blocking,
        counts: countsOf(counted, beyond), newCount: counted.filter(({ facts }) => facts.isNew).length + sum(beyond),
        waiverNotes: waiverNotes(judgements, given), signOffHash: hash, signOffNotes, notes, decidedAt: now,
    };
}
// What blocks is a fail, whatever evidence is missing besides; missing evidence alone is inconclusive.
function verdictOf(blocking, evidence) {
    const ofEvidence = evidence.map(({ status }) => (status === 'ok' ? 'pass' : 'inconclusive'));
    return overall([blocking > 0 ? 'fail' : 'pass', ...ofEvidence]);
}
function factsFor(finding, { policy, stage, baseline, feeds, now }) {
    return factsOf(finding, { severityFrom: policy.severityFrom, takesSuppressions: stage.exceptions.includes('suppressions'), baseline, feeds, now });
}
function judge(facts, given) {
    const rule = given.stage.block.find((candidate) => unmet(candidate, facts, given.now) === undefined);
    const setAside = judgeSetAside(facts, rule, given);
    if (setAside !== undefined)
        return setAside;
    if (rule === undefined)
        return { facts, rule, because: undefined, waiver: undefined, voids: [], outcome: 'allowed' };
    return judgeWaivers(facts, rule, given);
}
// Where the stage takes no such exceptions the finding counts like any other.
function judgeSetAside(facts, rule, { stage, ignores, exemptions, now }) {
    const suppressed = stage.exceptions.includes('suppressions') ? (0,exemption/* suppressionOf */.XV)(facts.finding, ignores, now) : undefined;
    const exempt = stage.exceptions.includes('vex') && !facts.isSecret ? (0,exemption/* exemptionOf */.Vi)(facts.finding, exemptions) : undefined;
    const because = suppressed ?? exempt;
    if (because === undefined)
        return undefined;
    return { facts, rule, because, waiver: undefined, voids: [], outcome: suppressed === undefined ? 'not affected' : 'suppressed' };
}
function judgeWaivers(facts, rule, { stage, waivers, policy, now }) {
    const terms = { terms: policy.waivers, stage: stage.name, now };
    const reasonAgainst = (waiver) => (stage.exceptions.includes('waivers') ? whyVoid(waiver, facts, terms) : `the stage ${stage.name} takes no waivers`);
    const judged = waivers.waivers.filter((waiver) => isAbout(waiver, facts.finding)).map((waiver) => ({ waiver, reason: reasonAgainst(waiver) }));
    const voids = judged.flatMap(({ waiver, reason }) => (reason === undefined ? [] : [{ waiver, reason }]));
    // The one that holds longest is the one that people have to know of.
    const [held] = judged.filter(({ reason }) => reason === undefined).map(({ waiver }) => waiver).sort((one, other) => other.expires.getTime() - one.expires.getTime());
    return { facts, rule, because: held?.reason, waiver: held, voids, outcome: held === undefined ? 'blocks' : 'waived' };
}
function beyondOf({ path, beyond, kinds }, { block }) {
    return SEVERITIES.flatMap((severity) => {
        const count = beyond?.[severity] ?? 0;
        return count === 0 ? [] : [{ path, severity, count, blocks: block.some((rule) => mayMeet(rule, severity, kinds)) }];
    });
}
// Of these nothing is known but their severity and what their report is about: every other condition of a rule counts as met.
function mayMeet(rule, severity, kinds) {
    const isBadEnough = rule.severity === undefined || isAtLeast(severity, rule.severity);
    return isBadEnough && (rule.kinds === undefined || kinds.some((kind) => rule.kinds?.includes(kind)));
}
function countsOf(judgements, beyond) {
    const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
    for (const { facts } of judgements)
        counts[facts.severity] += 1;
    for (const { severity, count } of beyond)
        counts[severity] += count;
    return counts;
}
function sum(beyond) {
    return beyond.reduce((total, { count }) => total + count, 0);
}
// What blocks comes first, then the worst, then what is known to be exploited, what can be mended, what is new; keys keep the order the same every time.
function byWeight(one, other) {
    const [a, b] = [one.facts, other.facts];
    return firstWhere(one.outcome === 'blocks', other.outcome === 'blocks')
        || compareSeverity(a.severity, b.severity)
        || firstWhere(a.isKev, b.isKev)
        || firstWhere(a.finding.fixedIn.length > 0, b.finding.fixedIn.length > 0)
        || firstWhere(a.isNew, b.isNew)
        || (a.finding.key < b.finding.key ? -1 : Number(a.finding.key > b.finding.key));
}
function firstWhere(one, other) {
    return Number(other) - Number(one);
}

;// CONCATENATED MODULE: ./build/shared/policy/decision.js
/** The judgements with one of these outcomes. */
function withOutcome({ judgements }, ...outcomes) {
    return judgements.filter(({ outcome }) => outcomes.includes(outcome));
}

;// CONCATENATED MODULE: ./build/shared/policy/explain.js



/** The judgements that a word means: a key or its beginning, an advisory, a rule, a package, a path. */
function meantBy(word, { judgements }) {
    const wanted = word.trim().toLowerCase();
    return judgements.filter(({ facts: { finding } }) => {
        const names = [finding.rule, ...finding.aliases, ...finding.sources.flatMap(({ rule, aliases }) => [rule, ...aliases]), ...packageNames(finding), ...finding.locations.map(({ path }) => path)];
        return names.some((name) => (0,policy_pattern/* fitsName */.g)(wanted, name)) || finding.keys.some((key) => wanted.length >= 8 && key.toLowerCase().startsWith(wanted));
    });
}
/** Why a finding counts as it does, line by line: what it is, who says so, what each rule and each exception makes of it. */
function explain({ facts, outcome, rule, because, waiver, voids }, { stage, decidedAt }) {
    const { finding } = facts;
    return [
        `${finding.title} — ${outcomeText(outcome)} at ${stage.name}`,
        `  key       ${finding.key}`,
        ...(finding.aliases.length > 0 ? [`  names     ${finding.aliases.join(', ')}`] : []),
        ...(finding.package === undefined ? [] : [`  package   ${finding.package.purl ?? [finding.package.name, finding.package.version].filter(Boolean).join(' ')}; ${finding.fixedIn.length > 0 ? `mended in ${finding.fixedIn.join(', ')}` : 'no version without it is known'}`]),
        ...finding.locations.slice(0, 5).map(({ path, line }) => `  at        ${path}${line === undefined ? '' : `:${line}`}`),
        ...severityLines(facts),
        ...factLines(facts),
        ...stage.block.map((candidate) => `  rule      ${candidate.name}: ${unmet(candidate, facts, decidedAt) ?? 'met'}${candidate === rule ? ' — this one decides' : ''}`),
        ...(waiver === undefined ? [] : [`  waiver    ${waiver.place} until ${dayText(waiver.expires)}, allowed by ${waiver.approvedBy} (${approvalText(waiver.approval)})`]),
        ...voids.map(({ waiver: one, reason }) => `  waiver    ${one.place} does not hold: ${reason}`),
        ...(because === undefined ? [] : [`  because   ${because}`]),
    ];
}
function outcomeText(outcome) {
    return outcome === 'allowed' ? 'meets no rule' : outcome === 'blocks' ? 'blocks' : `is ${outcome}`;
}
function severityLines({ finding, severity, severityFrom }) {
    const claims = finding.sources.flatMap((source) => source.claims.map(({ severity: said, from, text, source: quoted }) => `            ${source.tool}${quoted === undefined ? '' : `, quoting ${quoted}`}: ${said} (${from} ${text})`));
    const why = severityFrom === undefined ? (finding.isDisputed ? 'the sources disagree, and the worst counts' : 'as every source says') : `as ${severityFrom} says, whom the policy ranks first of those that speak`;
    return [`  severity  ${severity}: ${claims.length === 0 ? 'no source says one' : why}`, ...claims];
}
function factLines({ finding, isNew, firstSeen, isKev, epss }) {
    const facts = [isNew ? 'new' : 'in the baseline', ...(firstSeen === undefined ? [] : [`known since ${firstSeen.slice(0, 10)}`]), ...(isKev ? ['known to be exploited'] : []), ...(epss === undefined ? [] : [`EPSS ${epss}`])];
    return [`  known     ${facts.join(', ')}`, `  tools     ${finding.tools.join(', ')}`];
}
function approvalText(approval) {
    return approval.state === 'proven' ? `proven: ${approval.by}` : `${approval.state}: ${approval.reason}`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/wording.js



// Some scanners put a paragraph there.
const LONGEST_TITLE = 120;
/** What the decision comes to, in one or two sentences. */
function headline(decision) {
    const { stage, verdict, blocking } = decision;
    if (verdict === 'pass')
        return `${stage.name} may go on: nothing blocks. ${total(decision)}`;
    const would = stage.isReportOnly ? 'would be' : 'is';
    const lacks = lackingEvidence(decision);
    if (verdict === 'inconclusive')
        return `${stage.name} ${would} held: ${lacks}. ${total(decision)}`;
    const blocked = `${stage.name} ${would} blocked by ${count(blocking, 'finding')} (${severityCounts(blockingCounts(decision))})`;
    return lacks === undefined ? `${blocked}.` : `${blocked}, and ${lacks}.`;
}
// `2 reports of 4 are no evidence (sca: missing; secrets: stale)`
function lackingEvidence({ evidence }) {
    const lacking = evidence.filter(({ status }) => status !== 'ok');
    if (lacking.length === 0)
        return undefined;
    const named = lacking.slice(0, 3).map(({ path, status }) => `${path}: ${status}`);
    const are = lacking.length === 1 ? 'is' : 'are';
    return `${count(lacking.length, 'report')} of ${evidence.length} ${are} no evidence (${[...named, ...(lacking.length > 3 ? ['…'] : [])].join('; ')})`;
}
/** Where a finding is: package and version, or file and line. */
function placeOf({ package: one, location, locations }) {
    const at = location ?? locations[0];
    const more = locations.length > 1 ? ` and ${locations.length - 1} more` : '';
    const file = at === undefined ? '' : `${[at.path, at.line].filter((part) => part !== undefined).join(':')}${more}`;
    if (one === undefined)
        return file;
    const name = [one.name, one.version].filter(Boolean).join(' ');
    return file === '' ? name : `${name} (${file})`;
}
/** What to do about a finding. */
function mendingOf({ facts: { finding, isSecret } }, { stage }) {
    const { package: of, kinds, fixedIn } = finding;
    if (isSecret)
        return 'Revoke it where it was issued, then take it out of the code and give it as a secret.';
    if (kinds.includes('licence'))
        return `Replace ${of?.name ?? 'the package'}, or let its licence in by the policy.`;
    if (of === undefined)
        return `Mend it at ${placeOf(finding) || 'its place'}${wayOut(stage)}.`;
    if (fixedIn.length === 0)
        return `No version without it is known: replace ${of.name}${wayOut(stage)}.`;
    return `Update ${of.name}${of.version === undefined ? '' : ` from ${of.version}`} to ${fixedIn.slice(0, 3).join(' or ')}.`;
}
function wayOut({ exceptions }) {
    if (exceptions.includes('waivers'))
        return ', or have it waived for a while';
    return exceptions.includes('sign-off') ? ', or have it signed off' : '';
}
/** What a finding is called: its advisory or rule, and its title. */
function nameOf({ aliases, rule, title }) {
    const id = aliases[0] ?? rule;
    if (title === '' || title === id)
        return id;
    return `${id}: ${title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`}`;
}
/** Numbers by severity as people say them: `1 critical, 2 high`. */
function severityCounts(counts) {
    return SEVERITIES.filter((severity) => (counts[severity] ?? 0) > 0).map((severity) => `${counts[severity]} ${severity}`).join(', ') || 'none';
}
/** How many findings of each severity block. */
function blockingCounts(decision) {
    const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
    for (const { facts } of withOutcome(decision, 'blocks'))
        counts[facts.severity] += 1;
    for (const { severity, count: of, blocks } of decision.beyond)
        if (blocks)
            counts[severity] += of;
    return counts;
}
/** `in 9d`, for a moment that is still to come. */
function untilText(expires, now) {
    return `${expires.toISOString().slice(0, 10)} (in ${(0,duration/* formatDuration */.a3)(expires.getTime() - now.getTime())})`;
}
/** `1 finding`, `2 findings`. */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
function total({ counts, newCount, evidence }) {
    const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const reports = evidence.filter(({ status }) => status === 'ok').length;
    return `${count(all, 'finding')} in ${count(reports, 'sound report')}${all === 0 ? '' : ` (${severityCounts(counts)}; ${newCount} new)`}.`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/annotations.js


// GitHub shows ten of each level a step, and the step's own failure is one of the errors.
const MOST = 10;
const MOST_ERRORS = 9;
/** Remarks at the lines of the ten most important findings that block. */
function annotationsOf(decision) {
    return withOutcome(decision, 'blocks').slice(0, MOST).map((one, index) => {
        const { finding, severity } = one.facts;
        return {
            level: index < MOST_ERRORS && !decision.isOpen ? 'error' : 'warning', title: `${severity}: ${nameOf(finding)}`.slice(0, 200),
            message: [placeOf(finding), mendingOf(one, decision), `Found by ${finding.tools.join(', ')}; blocks by the rule "${one.rule?.name}".`].filter(Boolean).join('\n'), ...fileOf(finding),
        };
    });
}
// A URL, or a file within an image, is in no change that GitHub could show it in.
function fileOf({ location, locations }) {
    const at = location ?? locations[0];
    return at === undefined || /^[a-z][a-z0-9+.-]*:|^\//i.test(at.path) ? {} : { path: at.path, line: at.line, endLine: at.endLine };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
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

;// CONCATENATED MODULE: ./build/shared/findings/alias.js
// The families of advisory names. GHSA's alphabet has no vowels and nothing that looks like another character.
const FAMILIES = [
    /CVE-\d{4}-\d{4,}/i,
    /GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/i,
    /(?:PYSEC|GO|RUSTSEC|MAL|HSEC|RSEC|OSV|BIT|PSF|CURL|ROOT|ECHO|MINI|CLEANSTART)-(?:[\w.]+-)?\d{4}-\d+/i,
    /(?:DSA|DLA|DTSA|USN|LSN|ELSA|GLSA|ASB-A|A)-\d+(?:-\d+)?/i,
    /(?:RHSA|RHBA|RHEA|ALSA|ALBA|ALEA|RLSA|RXSA|ALAS\w*|SUSE-[SRO]U|openSUSE-[SRO]U|MGASA|CGA|EEF)-[\w:.-]+/i,
    /SNYK-[A-Z0-9]+-[\w.-]+/i,
    /SFTY-\d{8}-\d+/i,
    /GMS-\d{4}-\d+/i,
    /(?:npm|pip|composer|rubygems|maven|golang):[\w@./-]+:\d{8}/,
];
const WHOLE = FAMILIES.map((family) => new RegExp(`^(?:${family.source})$`, family.flags));
const IN_TEXT = new RegExp(`\\b(?:${FAMILIES[0].source}|${FAMILIES[1].source}|PYSEC-\\d{4}-\\d+|GO-\\d{4}-\\d{4,}|RUSTSEC-\\d{4}-\\d{4})\\b`, 'gi');
/** An advisory's name as its database writes it (`cve-2021-1` is `CVE-2021-1`, `ghsa-X` is `GHSA-x`), or undefined for what names no advisory. */
function normaliseAlias(name) {
    const trimmed = name.trim();
    if (!WHOLE.some((family) => family.test(trimmed)))
        return undefined;
    if (/^ghsa-/i.test(trimmed))
        return `GHSA${trimmed.slice(4).toLowerCase()}`;
    return trimmed.includes(':') && /^[a-z]+:/.test(trimmed) ? trimmed : trimmed.toUpperCase();
}
/** The advisory names among some texts, each once, the preferred first: CVE, then GHSA, then by name. */
function aliasesOf(names) {
    const found = names.flatMap((name) => (name === undefined ? [] : normaliseAlias(name) ?? []));
    return [...new Set(found)].sort(compareAliases);
}
/** The names of advisories that a text or an address mentions. */
function aliasesIn(text) {
    return aliasesOf(text.match(IN_TEXT) ?? []);
}
function compareAliases(a, b) {
    return rank(a) - rank(b) || (a < b ? -1 : 1);
}
function rank(alias) {
    if (alias.startsWith('CVE-'))
        return 0;
    return alias.startsWith('GHSA-') ? 1 : 2;
}

;// CONCATENATED MODULE: ./build/shared/findings/damage.js
/**
 * Thrown where a report is not what its format promises. The message is one sentence for people.
 * It never quotes the report's values: they may hold a secret that nothing has masked yet.
 */
class Damage extends Error {
    name = 'Damage';
}
/** A member's name as a fault may show it: names that look like anything but a name are left out. */
function shownKey(key) {
    return typeof key === 'number' || /^[\w@$./-]{1,60}$/.test(key) ? String(key) : '…';
}
/** `runs.0.results`: where in a report something is. */
function shownPath(keys) {
    return keys.length === 0 ? 'the document' : keys.map(shownKey).join('.');
}
/** What a JSON value is, for people. */
function typeName(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'a list';
    return { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value] ?? 'nothing';
}

;// CONCATENATED MODULE: ./build/shared/findings/hidden-secret.js

/**
 * Hides secrets by `mask` and names them by a keyed hash: the same secret has the same name in every report and run, and
 * nobody without the key can try out values against it. The repository's name will do as a key, but then who knows it can.
 */
function secretHider(mask, key) {
    return (value) => {
        mask(value);
        return (0,external_node_crypto_.createHmac)('sha256', key).update(value.trim()).digest('hex').slice(0, 32);
    };
}
/** Whether the scanner blotted the value out itself, wholly or in part: then it names no secret, and two of them are not the same. */
function isBlotted(value) {
    return !isTelling(value) || /[*•]{3}|x{8}|\.{3}$|…/i.test(value);
}
/** Whether a value has anything of a secret in it: what is partly blotted out still has. */
function isTelling(value) {
    return value.replace(/[^\p{L}\p{N}]/gu, '').length >= 2 && !/^\W*(?:redacted|censored|hidden|masked)\W*$/i.test(value);
}

;// CONCATENATED MODULE: ./build/shared/findings/package-name.js
// What tools call an ecosystem, and its purl type.
const ECOSYSTEMS = {
    npm: 'npm', 'node-pkg': 'npm', node: 'npm', yarn: 'npm', pnpm: 'npm', javascript: 'npm', bun: 'npm', nodejs: 'npm',
    pypi: 'pypi', pip: 'pypi', python: 'pypi', 'python-pkg': 'pypi', pipenv: 'pypi', poetry: 'pypi', uv: 'pypi', 'conda-pkg': 'conda',
    go: 'golang', golang: 'golang', gomod: 'golang', gobinary: 'golang', gomodules: 'golang', 'go-module': 'golang',
    maven: 'maven', jar: 'maven', pom: 'maven', gradle: 'maven', 'java-archive': 'maven', sbt: 'maven', java: 'maven',
    cargo: 'cargo', 'crates.io': 'cargo', rust: 'cargo', 'rust-binary': 'cargo', rustbinary: 'cargo', 'rust-crate': 'cargo',
    rubygems: 'gem', gem: 'gem', gemspec: 'gem', bundler: 'gem', ruby: 'gem',
    packagist: 'composer', composer: 'composer', php: 'composer', 'php-composer': 'composer', 'composer-vendor': 'composer',
    nuget: 'nuget', dotnet: 'nuget', 'dotnet-core': 'nuget', 'packages-props': 'nuget',
    pub: 'pub', hex: 'hex', swift: 'swift', swifturl: 'swift', cocoapods: 'cocoapods', conan: 'conan', githubactions: 'githubactions', actions: 'githubactions',
    debian: 'deb', ubuntu: 'deb', deb: 'deb', dpkg: 'deb', alpine: 'apk', apk: 'apk', wolfi: 'apk', chainguard: 'apk',
    redhat: 'rpm', rhel: 'rpm', centos: 'rpm', rocky: 'rpm', almalinux: 'rpm', alma: 'rpm', amazon: 'rpm', oracle: 'rpm', fedora: 'rpm', suse: 'rpm', opensuse: 'rpm', photon: 'rpm', rpm: 'rpm',
};
const SYSTEMS = ['deb', 'rpm', 'apk'];
/** The purl type of what a tool calls an ecosystem: `Debian:12` is `deb`. Undefined when it is not known. */
function ecosystemOf(word) {
    const key = word?.toLowerCase().replace(/[: ].*$/, '') ?? '';
    return Object.hasOwn(ECOSYSTEMS, key) ? ECOSYSTEMS[key] : undefined;
}
/**
 * What a purl names, or undefined for what is none: `pkg:maven/org.apache/x@1` is `org.apache/x` of maven.
 * https://github.com/package-url/purl-spec
 */
function parsePurl(purl) {
    const found = /^pkg:\/{0,2}([a-z][\w.+-]*)\/([^?#]+)/i.exec(purl);
    if (found?.[1] === undefined || found[2] === undefined)
        return undefined;
    const at = found[2].lastIndexOf('@');
    const hasVersion = at > found[2].lastIndexOf('/');
    const name = decoded((hasVersion ? found[2].slice(0, at) : found[2]).replace(/\/$/, ''));
    const ecosystem = found[1].toLowerCase();
    // The distribution is no part of a system package's name.
    const own = SYSTEMS.includes(ecosystem) ? name.slice(name.lastIndexOf('/') + 1) : name;
    return { ecosystem, name: own, ...(hasVersion ? { version: decoded(found[2].slice(at + 1)) } : {}) };
}
/** The name by which packages of different tools are compared; ecosystem `''` when nothing tells it. */
function packageName(given) {
    const purl = given.purl === undefined ? undefined : parsePurl(given.purl);
    const ecosystem = purl?.ecosystem ?? ecosystemOf(given.ecosystem) ?? given.ecosystem?.toLowerCase() ?? '';
    return { ecosystem, name: normalise(purl?.name ?? given.name, ecosystem) };
}
function normalise(name, ecosystem) {
    const lower = name.trim().toLowerCase();
    if (ecosystem === 'pypi')
        return lower.replace(/[-_.]+/g, '-'); // https://peps.python.org/pep-0503/
    // Snyk puts the source package in front: `openssl/libssl3`.
    if (SYSTEMS.includes(ecosystem))
        return lower.slice(lower.lastIndexOf('/') + 1);
    return ecosystem === 'maven' ? lower.replace(':', '/') : lower;
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/identity.js


/** Whether findings of a kind are about packages and named by advisories. */
function isVulnerability(kind) {
    return kind === 'sca' || kind === 'container';
}
/**
 * A finding's key: `vuln-3f9a1c2b7d4e5f60`. Of a vulnerability it depends on the preferred advisory and the package without its
 * version, of a secret on its keyed hash, of anything else on tool, rule, path and what the code there is; never on lines.
 */
function keyOf(parts) {
    const { kind, secretHash, licence } = parts;
    const of = parts.package === undefined ? undefined : packageName(parts.package);
    if (isVulnerability(kind) && of !== undefined)
        return key('vuln', parts.aliases[0] ?? parts.rule, of.ecosystem, of.name);
    if (kind === 'licence' && of !== undefined)
        return key('licence', (licence ?? parts.rule).toLowerCase(), of.ecosystem, of.name);
    if (kind === 'secrets' && secretHash !== undefined)
        return key('secret', secretHash);
    const name = isVulnerability(kind) ? 'vuln' : kind === 'secrets' ? 'secret' : kind;
    return key(name, parts.tool, parts.aliases[0] ?? parts.rule, parts.path ?? '', parts.fingerprint ?? '');
}
/** The key of the n-th finding, from 1, that nothing but its lines tells from the others in its report. */
function keyOfNth(first, n) {
    return n === 1 ? first : key(first.slice(0, first.lastIndexOf('-')), first, String(n));
}
/** Code as a fingerprint: without the spaces that formatters move. */
function codeFingerprint(code) {
    return code.replace(/\s+/g, ' ').trim().slice(0, 2_000);
}
// Where GitHub's runners and the usual containers have the sources. Absolute paths would make each machine's findings new.
const CHECKOUTS = /^(?:\/home\/runner\/work\/[^/]+\/[^/]+|\/github\/workspace|\/__w\/[^/]+\/[^/]+|[a-z]:\/a\/[^/]+\/[^/]+)(?=\/|$)/i;
/** A path as it is in the repository: relative to `root`, with `/`. An address stays as it is. */
function normalisePath(given, root) {
    const slashed = decodedFile(given).replaceAll('\\', '/');
    if (/^https?:\/\//i.test(slashed))
        return slashed;
    const inside = root !== undefined && slashed.startsWith(`${root}/`) ? slashed.slice(root.length) : slashed.replace(CHECKOUTS, '');
    const relative = inside === slashed ? slashed : inside.replace(/^\/+/, '');
    return relative.replace(/^(?:\.\/)+/, '').replace(/\/{2,}/g, '/');
}
function decodedFile(path) {
    if (!/^file:/i.test(path))
        return path;
    try {
        return decodeURIComponent(path.replace(/^file:\/{0,2}(?=\/|[a-z]:)/i, '').replace(/^\/(?=[a-z]:)/i, ''));
    }
    catch {
        return path;
    }
}
function key(name, ...parts) {
    return `${name}-${(0,external_node_crypto_.createHash)('sha256').update(JSON.stringify([name, ...parts])).digest('hex').slice(0, 16)}`;
}

;// CONCATENATED MODULE: ./build/shared/findings/plain-text.js
/**
 * Foreign text made fit for one line: control characters and marks that turn the direction of writing are spaces, and it is cut
 * after `most` characters. What was cut is a copy, so that it keeps no larger text alive.
 */
function plainText(text, most = 300) {
    const line = text.slice(0, most * 4).replace(/[\s\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g, ' ').trim();
    const short = line.length > most || text.length > most * 4 ? `${line.slice(0, most).toWellFormed()}…` : line;
    return text.length > most ? Buffer.from(short).toString() : short;
}

;// CONCATENATED MODULE: ./build/shared/findings/draft.js





const LONG_TEXT = 1_000;
/** The tool's own judgement: the first of a draft's claims that says anything. */
function severityOf({ claims = [] }) {
    return claims.find(({ severity }) => severity !== 'unknown')?.severity ?? 'unknown';
}
/** Hides what a draft holds of secrets; the hash of the one it is known by, and a way to say texts without any of them. */
function concealed(draft, hide) {
    const hidden = [draft.secret, ...draft.conceal ?? []].filter((value) => value !== undefined && isTelling(value));
    const hashes = hidden.map(hide);
    const isKnown = draft.secret !== undefined && hidden[0] === draft.secret && !isBlotted(draft.secret);
    return { secretHash: isKnown ? hashes[0] : undefined, say: speaker(hidden) };
}
/** The finding that a draft is. Secrets are hidden before anything else is done with it. @throws {Damage} when it has no name. */
function complete(draft, { tool, hide, root }) {
    const { secretHash, say } = concealed(draft, hide);
    const rule = say(draft.rule);
    // Policies and waivers go by it: without one nobody could say which finding is meant.
    if (rule === '')
        throw new Damage('a finding does not say of which rule or advisory it is');
    const aliases = aliasesOf([draft.rule, ...draft.aliases ?? []]);
    const path = draft.path === undefined || draft.path === '' ? undefined : say(normalisePath(draft.path, root));
    const claims = draft.claims ?? [];
    const fingerprint = draft.fingerprint ?? (draft.code === undefined ? undefined : codeFingerprint(draft.code));
    const ownTool = draft.tool ?? tool;
    return compact({
        key: keyOf({ kind: draft.kind, tool: ownTool, rule, aliases, package: packageOf(draft), path, licence: draft.licence, secretHash, fingerprint }),
        kind: draft.kind, tool: ownTool, rule, aliases, title: say(draft.title ?? draft.message ?? draft.rule, 200),
        message: draft.message === undefined || draft.message === draft.title ? undefined : say(draft.message, LONG_TEXT),
        package: packageOf(draft), fixedIn: draft_versionsOf(draft.fixedIn),
        location: path === undefined ? undefined : compact({ path, line: lineOf(draft.line), endLine: lineOf(draft.endLine) }),
        severity: severityOf(draft), claims: distinct(claims),
        scope: draft.scope, firstSeen: draft.firstSeen === undefined ? undefined : isoTime(draft.firstSeen),
        suppressedBy: draft.suppressedBy === undefined ? undefined : compact({ by: say(draft.suppressedBy.by), reason: draft.suppressedBy.reason === undefined ? undefined : say(draft.suppressedBy.reason) }),
        secretHash, cwes: cwesOf(draft.cwes), url: urlOf(draft.url, say), knownExploited: draft.knownExploited, epss: draft.epss,
        licence: draft.licence === undefined ? undefined : say(draft.licence), occurrences: 1,
    });
}
/** A time in any of the forms tools write it, as ISO 8601 in UTC; undefined for what is no time. */
function isoTime(text) {
    // Go prints nanoseconds and a zone's name.
    const given = text.trim().replace(/(\.\d{3})\d+/, '$1').replace(/ UTC$/, 'Z').replace(/ ([+-]\d{2}):?(\d{2})(?: \w+)?$/, '$1:$2');
    // Without a zone it is UTC, which runners have; the machine that reads may have another.
    const zoned = /[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(given) ? given.replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T').replace(/$/, given.startsWith('2') ? 'Z' : ' UTC') : given;
    const time = new Date(zoned);
    return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
function speaker(secrets) {
    const telling = secrets.map((secret) => secret.trim()).filter((secret) => secret.length > 1);
    return (text, most) => plainText(telling.reduce((rest, secret) => rest.replaceAll(secret, '***'), text), most);
}
function packageOf({ package: given }) {
    if (given === undefined)
        return undefined;
    const { name, version, ecosystem, purl } = given;
    return compact({ name: plainText(name), version: filled(version), ecosystem: filled(ecosystem), purl: filled(purl) });
}
function filled(text) {
    return text === undefined || text === '' ? undefined : plainText(text);
}
function draft_versionsOf(given = []) {
    const versions = given.flatMap((one) => (one ?? '').split(/,\s*/)).map((one) => plainText(one, 100)).filter((one) => one !== '');
    return [...new Set(versions)].slice(0, 20);
}
function cwesOf(given = []) {
    const numbers = given.flatMap((one) => /(?:^|cwe-)(\d+)/i.exec(String(one ?? ''))?.[1] ?? []).filter((one) => Number(one) > 0);
    return [...new Set(numbers.map((one) => `CWE-${Number(one)}`))].slice(0, 20);
}
function urlOf(url, say) {
    return url !== undefined && /^https?:\/\//i.test(url) && url.length < 500 ? say(url, 500) : undefined;
}
function lineOf(line) {
    return line !== undefined && Number.isInteger(line) && line > 0 ? line : undefined;
}
function distinct(claims) {
    const told = claims.map((claim) => ({ ...claim, text: plainText(claim.text, 150) }));
    if (told.length < 2)
        return told;
    return [...new Map(told.map((claim) => [JSON.stringify(claim), claim])).values()].slice(0, 12);
}
// Members that are undefined are left out, as the types promise.
function compact(value) {
    const filled = {};
    for (const [name, one] of Object.entries(value))
        if (one !== undefined)
            filled[name] = one;
    return filled;
}

;// CONCATENATED MODULE: ./build/shared/findings/finding.js
/** The kinds of evidence a policy can ask for. */
const KINDS = ['sast', 'sca', 'container', 'secrets', 'dast', 'iac', 'licence'];

;// CONCATENATED MODULE: ./build/shared/findings/shelf.js


// What goes first when room is needed. What nobody has judged may be anything, so it goes after what is known to be small.
const LEAST_FIRST = ['info', 'low', 'medium', 'unknown', 'high', 'critical'];
const MOST_LOCATIONS = 20;
/** A shelf with room for so many findings. */
function createShelf(most) {
    const stock = { kept: new Map(SEVERITIES.map((severity) => [severity, new Map()])), beyond: new Map(), places: new Map(), nth: new Map(), size: 0 };
    return {
        hasRoomFor: (severity) => stock.size < most || lesserThan(severity, stock) !== undefined,
        put(finding) {
            put(stock, finding);
            if (stock.size > most)
                dropOne(stock);
        },
        count: (severity) => { countBeyond(stock, severity); },
        all: () => [...stock.kept.values()].flatMap((of) => [...of.values()]).sort((a, b) => compareSeverity(a.severity, b.severity) || compareKeys(a, b)),
        beyond: () => Object.fromEntries(stock.beyond),
    };
}
function compareKeys({ key: a }, { key: b }) {
    return a === b ? 0 : a < b ? -1 : 1;
}
function lesserThan(severity, { kept }) {
    return LEAST_FIRST.slice(0, LEAST_FIRST.indexOf(severity)).find((lesser) => shelfOf(kept, lesser).size > 0);
}
function put(stock, finding) {
    const key = ownKey(stock, finding);
    const name = finding.package === undefined ? key : [key, finding.package.version, finding.location?.path].join('\n');
    const before = SEVERITIES.map((severity) => shelfOf(stock.kept, severity).get(name)).find((one) => one !== undefined);
    const now = before === undefined ? { ...finding, key } : again(before, finding);
    if (before === undefined)
        stock.size++;
    else if (before.severity !== now.severity)
        shelfOf(stock.kept, before.severity).delete(name);
    shelfOf(stock.kept, now.severity).set(name, now);
}
function dropOne(stock) {
    const least = LEAST_FIRST.find((severity) => shelfOf(stock.kept, severity).size > 0);
    const [first] = shelfOf(stock.kept, least).keys();
    shelfOf(stock.kept, least).delete(first);
    stock.size--;
    countBeyond(stock, least);
}
function shelfOf(kept, severity) {
    return kept.get(severity);
}
function countBeyond({ beyond }, severity) {
    beyond.set(severity, (beyond.get(severity) ?? 0) + 1);
}
// Two findings of a rule in one file are two, if they are at different places; a package or a secret has one key wherever it is.
function ownKey({ places, nth }, { key, kind, location, package: of, secretHash }) {
    if (of !== undefined || secretHash !== undefined || location === undefined || kind === 'dast')
        return key;
    const place = `${key}:${location.line ?? ''}:${location.endLine ?? ''}`;
    const known = places.get(place);
    if (known !== undefined)
        return known;
    const n = (nth.get(key) ?? 0) + 1;
    nth.set(key, n);
    const own = keyOfNth(key, n);
    places.set(place, own);
    return own;
}
function again(before, more) {
    const occurrences = before.occurrences + 1;
    const fixedIn = before.fixedIn.length === 0 ? more.fixedIn : before.fixedIn;
    const worse = compareSeverity(more.severity, before.severity) < 0 ? { ...before, severity: more.severity, claims: more.claims } : before;
    return { ...withScope(worse, more), fixedIn, occurrences, ...otherLocations(before, more) };
}
// What is for development once, and once is not, is of no scope alone.
function withScope(before, { scope }) {
    if (before.scope === scope)
        return before;
    return Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'scope'));
}
function otherLocations({ location, otherLocations: others = [] }, more) {
    const isNew = more.location !== undefined && ![location, ...others].some((one) => one?.path === more.location?.path && one?.line === more.location?.line);
    return isNew && others.length < MOST_LOCATIONS ? { otherLocations: [...others, more.location] } : {};
}

;// CONCATENATED MODULE: ./build/shared/findings/sign-collector.js


// Every file of a repository may be one; people read the first few.
const sign_collector_MOST = 20;
/** Collects what a tool tells of its own run: lists of sentences, of limited length, and the oldest of several times. */
function createSignCollector() {
    const lists = { failures: sentences(), gaps: sentences(), nothingScanned: sentences(), remarks: sentences() };
    const subject = { commits: new Set(), digests: new Set(), names: new Set() };
    const times = {};
    const scanned = new Map();
    const older = (name) => (time) => {
        const iso = time === undefined ? undefined : isoTime(time);
        if (iso !== undefined && (times[name] === undefined || iso < times[name]))
            times[name] = iso;
    };
    return {
        collect: {
            failure: lists.failures.add, gap: lists.gaps.add, nothingScanned: lists.nothingScanned.add, remark: lists.remarks.add,
            scanned: (count, of) => { scanned.set(of, (scanned.get(of) ?? 0) + count); },
            createdAt: older('createdAt'), databaseAt: older('databaseAt'),
            subject: (of, value) => { if (value !== undefined && value !== '' && subject[of].size < sign_collector_MOST)
                subject[of].add(plainText(value)); },
        },
        collected: () => ({
            failures: lists.failures.all(), gaps: lists.gaps.all(), nothingScanned: lists.nothingScanned.all(), remarks: lists.remarks.all(),
            ...scannedMost(scanned), ...times, subject: { commits: [...subject.commits], digests: [...subject.digests], names: [...subject.names] },
        }),
    };
}
function scannedMost(scanned) {
    const [most] = [...scanned].sort(([, a], [, b]) => b - a);
    return most === undefined ? {} : { scanned: { count: most[1], of: most[0] } };
}
function sentences() {
    const kept = new Set();
    let more = 0;
    return {
        add(sentence) {
            if (kept.size < sign_collector_MOST)
                kept.add(plainText(sentence, 400).replace(/\.{2,}$/, '.'));
            else
                more++;
        },
        all: () => (more === 0 ? [...kept] : [...kept, `And ${more} more of the sort.`]),
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/collector.js





// Four times what GitHub shows of a run; a report of a million takes no more memory than this allows. Beyond it nothing is compared
// any more, so that a finding which is there twice counts twice.
const collector_MOST = 20_000;
/** A collector, and what to call when the report is read. */
function createCollector({ hide, root, most = collector_MOST }) {
    const tools = [];
    const versions = [];
    const kinds = new Set();
    const [open, suppressed] = [createShelf(most), createShelf(most)];
    const signs = createSignCollector();
    const collect = {
        ...signs.collect,
        tool(name, version) {
            if (!tools.includes(toolName(name)))
                tools.push(toolName(name));
            if (version !== undefined && version !== '')
                versions.push(plainText(version, 60));
        },
        kind(...more) { for (const kind of more)
            kinds.add(kind); },
        add(draft) {
            kinds.add(draft.kind);
            const tool = draft.tool === undefined ? tools[0] ?? 'unknown' : toolName(draft.tool);
            const on = draft.suppressedBy === undefined ? open : suppressed;
            const severity = severityOf(draft);
            if (on.hasRoomFor(severity))
                on.put(complete({ ...draft, tool }, { tool, hide, root }));
            else {
                concealed(draft, hide);
                on.count(severity);
            }
        },
    };
    return { collect, collected: () => ({
            tools, ...(versions[0] === undefined ? {} : { toolVersion: versions[0] }), kinds: KINDS.filter((kind) => kinds.has(kind)),
            signs: signs.collected(), findings: open.all(), suppressed: suppressed.all(), ...collector_beyondOf(open),
        }) };
}
/** A tool's name as policies write it: `OWASP Dependency-Check` is `dependency-check`. */
function toolName(name) {
    const plain = plainText(name, 60).toLowerCase().replace(/^owasp\s+/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
    return plain === '' ? 'unknown' : plain;
}
function collector_beyondOf(shelf) {
    const beyond = shelf.beyond();
    return Object.keys(beyond).length === 0 ? {} : { beyond };
}

;// CONCATENATED MODULE: ./build/shared/findings/json-shape.js
/** A value wanted whole: it has to fit in memory. */
function value(take) {
    return { kind: 'value', take };
}
/** A value that handlers beside or below it ask for; kept as `reduce` leaves it. */
function fact(reduce = (whole) => whole) {
    return { kind: 'fact', reduce };
}
/** A list or map, however long, read one element at a time into one fact: the list of what `reduce` makes of them, without undefined. */
function gather(reduce) {
    return { kind: 'gather', reduce };
}
/** An object of which some members matter; `done` is called at its end. */
function members(of, done) {
    return { kind: 'members', of, done };
}
/** A list, however long. */
function json_shape_elements(of) {
    return { kind: 'elements', of };
}
/** An object used as a map, however long. */
function entries(of) {
    return { kind: 'entries', of };
}
/** A place where a tool writes now a list, now an object. */
function either(list, object) {
    return { kind: 'either', list, object };
}
/** A fact of this scope or the nearest one around it that has it. */
function factOf(scope, name) {
    for (let at = scope; at !== undefined; at = at.parent)
        if (Object.hasOwn(at.facts, name))
            return at.facts[name];
    return undefined;
}
/** The same, where it is a text. */
function factText(scope, name) {
    const found = factOf(scope, name);
    return typeof found === 'string' ? found : undefined;
}
/** The keys that lead to a scope from the document's top. */
function pathOf(scope) {
    const keys = [];
    for (let at = scope; at?.parent?.parent !== undefined; at = at.parent)
        keys.unshift(at.key);
    return keys;
}

;// CONCATENATED MODULE: ./build/shared/findings/fields.js


/** The fields of a value. @throws {Damage} when it is no object. */
function fields(value, ...path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw wrong(path, value, 'an object');
    return { path, members: value };
}
/** The shape of a list, however long, of which each object is handed over as its fields. */
function objects(take) {
    return json_shape_elements(object(take));
}
/** The shape of an object that is handed over as its fields. */
function object(take) {
    return value((one, scope, key) => { take(fields(one, ...pathOf(scope), key), scope, key); });
}
/** The shape of a text, or of a number taken as text. */
function wording(take) {
    return value((one, scope, key) => { take(textOrNumber({ path: pathOf(scope), members: { [key]: one } }, String(key)) ?? ''); });
}
/** A text. @throws {Damage} */
function fields_text(of, name) {
    const value = member(of, name);
    if (value !== undefined && typeof value !== 'string')
        throw wrong([...of.path, name], value, 'a text');
    return value;
}
/** A text that has to be there and not be empty. @throws {Damage} */
function need(of, name) {
    const value = fields_text(of, name);
    if (value === undefined || value === '')
        throw new Damage(`${shownPath([...of.path, name])} is missing`);
    return value;
}
/** A text, or a number as text: tools do not agree on ids. @throws {Damage} */
function textOrNumber(of, name) {
    const value = member(of, name);
    return typeof value === 'number' ? String(value) : fields_text(of, name);
}
/** A number, also where it is written as text. @throws {Damage} */
function number(of, name) {
    const value = member(of, name);
    if (value === undefined || value === '')
        return undefined;
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number))
        throw wrong([...of.path, name], value, 'a number');
    return number;
}
/** How many of something there are; no text is no number of them, and no less than none can be. @throws {Damage} */
function amount(of, name) {
    const value = member(of, name);
    const found = value === '' ? Number.NaN : number(of, name);
    if (found !== undefined && !(Number.isInteger(found) && found >= 0))
        throw wrong([...of.path, name], value, 'how many there are');
    return found;
}
/** True or false. @throws {Damage} */
function flag(of, name) {
    const value = member(of, name);
    if (value !== undefined && typeof value !== 'boolean')
        throw wrong([...of.path, name], value, 'true or false');
    return value;
}
/** The fields of an object; of an empty one when there is none. @throws {Damage} */
function inner(of, name) {
    return fields(member(of, name) ?? {}, ...of.path, name);
}
/** A list; empty when there is none. @throws {Damage} */
function list(of, name) {
    const value = member(of, name) ?? [];
    if (!Array.isArray(value))
        throw wrong([...of.path, name], value, 'a list');
    return value;
}
/** The fields of each object in a list. @throws {Damage} */
function each(of, name) {
    return list(of, name).map((value, index) => fields(value, ...of.path, name, index));
}
/** The texts of a list; a single text counts as a list of one. @throws {Damage} */
function texts(of, name) {
    const value = member(of, name);
    if (typeof value === 'string')
        return value === '' ? [] : [value];
    return list(of, name).map((one, index) => {
        if (typeof one !== 'string')
            throw wrong([...of.path, name, index], one, 'a text');
        return one;
    });
}
/** Whether a member is there and not null. */
function has(of, name) {
    return member(of, name) !== undefined;
}
function member({ members }, name) {
    return Object.hasOwn(members, name) ? members[name] ?? undefined : undefined;
}
function wrong(path, value, wanted) {
    return new Damage(`${shownPath(path)} is ${typeName(value)}, expected is ${wanted}`);
}

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

// EXTERNAL MODULE: ./node_modules/ae-cvss-calculator/dist/ae-cvss-calculator.js
var ae_cvss_calculator = __webpack_require__(4353);
;// CONCATENATED MODULE: ./build/shared/findings/cvss.js


/** A CVSS base score with its version; `undefined` for a vector that is incomplete or none. Threat and environment are left out: they are others'. */
function scoreOfVector(vector) {
    const text = vector.trim().replace(/^\((.*)\)$/, '$1').replace(/^CVSS2[#:]/, '');
    if (/^CVSS:4\.\d\//.test(text))
        return scored(4, () => new ae_cvss_calculator.Cvss4P0(`CVSS:4.0/${base(text, BASE_4)}`));
    if (text.startsWith('CVSS:3.0/'))
        return scored(3, () => new ae_cvss_calculator.Cvss3P0(`CVSS:3.0/${base(text, BASE_3)}`));
    if (text.startsWith('CVSS:3.'))
        return scored(3, () => new ae_cvss_calculator.Cvss3P1(`CVSS:3.1/${base(text, BASE_3)}`));
    return /^AV:[LAN]\//.test(text) ? scored(2, () => new ae_cvss_calculator.Cvss2(base(text, BASE_2))) : undefined;
}
// The library prints what it does not know, and what is printed here could be a command to the runner.
const BASE_2 = /^(?:AV:[LAN]|AC:[HML]|Au:[MSN]|[CIA]:[NPC])$/;
const BASE_3 = /^(?:AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH])$/;
const BASE_4 = /^(?:AV:[NALP]|AC:[LH]|AT:[NP]|PR:[NLH]|UI:[NPA]|[VS][CIA]:[NLH])$/;
function base(vector, metric) {
    return vector.split('/').filter((part) => metric.test(part)).join('/');
}
/** What a vector says of the severity; `undefined` when nothing can be computed from it. */
function claimOfVector(vector, source) {
    const found = scoreOfVector(vector);
    if (found === undefined)
        return undefined;
    return { severity: severityOfScore(found.score, found.version), from: 'vector', text: vector, score: found.score, vector, ...(source === undefined ? {} : { source }) };
}
function scored(version, calculator) {
    try {
        const vector = calculator();
        const scores = vector.calculateScores(false);
        const score = 'baseMetricsOnly' in scores ? scores.baseMetricsOnly : scores.base;
        return vector.isBaseFullyDefined() && score !== undefined ? { score, version } : undefined;
    }
    catch {
        return undefined; // it throws on what is no vector
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/claim.js


/** What a word says of the severity; nothing when there is no word, unknown when it is none we know. */
function labelled(word, source) {
    return word === undefined || word.trim() === '' ? [] : [{ severity: severityOfWord(word), from: 'label', text: word, ...from(source) }];
}
/** What a CVSS base score says; nothing when there is none. A score of 0 beside no vector is how several tools write "none given". */
function claim_scored(score, version = 3, source, vector) {
    if (score === undefined || (score === 0 && vector === undefined))
        return [];
    return [{ severity: severityOfScore(score, version), from: 'score', text: String(score), score, ...(vector === undefined ? {} : { vector }), ...from(source) }];
}
/** What a CVSS vector says; nothing when there is none, or it is incomplete. */
function vectored(vector, source) {
    const claim = vector === undefined ? undefined : claimOfVector(vector, source);
    return claim === undefined ? [] : [claim];
}
/** What a tool's own level says, by that tool's table. */
function levelled(severity, level) {
    return [{ severity, from: 'level', text: level }];
}
/** What we say where the tool says nothing: `because` is the reason, for people. */
function ruled(severity, because) {
    return [{ severity, from: 'rule', text: because }];
}
/** The CVSS version that a vector or a version number is of. */
function cvssVersion(text) {
    const digit = text === undefined ? undefined : /^(?:CVSS:)?([234])\b/.exec(text)?.[1];
    if (digit !== undefined)
        return Number(digit);
    return text?.startsWith('AV:') === true ? 2 : 3;
}
function from(source) {
    return source === undefined || source === '' ? {} : { source };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/anchore.js



/** Anchore Engine's and Enterprise's vulnerabilities of an image. https://docs.anchore.com/current/docs/integration/api_cli */
const anchore = {
    name: 'anchore',
    recognise: (sketch) => sketch.has('imageDigest', 'vulnerabilities') || sketch.has('image_digest', 'vulnerabilities') || sketch.has('vulnerabilities.#.vuln', 'vulnerabilities.#.package'),
    read(collect) {
        collect.tool('anchore');
        collect.kind('container');
        return { shape: members({
                imageDigest: wording((digest) => { collect.subject('digests', digest); }),
                image_digest: wording((digest) => { collect.subject('digests', digest); }),
                vulnerabilities: objects((one) => { collect.add(draftOf(one)); }),
            }, ({ seen }) => { if (!seen.has('vulnerabilities'))
                collect.failure('It has no list of vulnerabilities, not even an empty one.'); }) };
    },
};
function draftOf(one) {
    const fix = fields_text(one, 'fix');
    const scores = each(one, 'nvd_data').map((data) => number(inner(data, 'cvss_v3'), 'base_score')).filter((score) => (score ?? 0) > 0);
    return {
        kind: 'container', rule: need(one, 'vuln'), aliases: each(one, 'nvd_data').map((data) => fields_text(data, 'id')), url: fields_text(one, 'url'),
        package: { name: fields_text(one, 'package_name') ?? need(one, 'package'), version: fields_text(one, 'package_version'), ecosystem: fields_text(one, 'package_type'), purl: fields_text(one, 'purl') },
        fixedIn: fix === undefined || fix === 'None' ? [] : texts(one, 'fix'), path: fields_text(one, 'package_path') === 'pkgdb' ? undefined : fields_text(one, 'package_path'),
        claims: [...labelled(need(one, 'severity')), ...scores.flatMap((score) => claim_scored(score, 3, 'nvd'))],
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/bandit.js



// Their text quotes what they take for a password.
const PASSWORD_TESTS = ['B105', 'B106', 'B107'];
/** Bandit's JSON. https://github.com/PyCQA/bandit/blob/main/bandit/formatters/json.py */
const bandit = {
    name: 'bandit',
    recognise: (sketch) => sketch.has('errors', 'generated_at', 'metrics') || sketch.has('results.#.test_id', 'results.#.issue_severity'),
    read(collect) {
        collect.tool('bandit');
        collect.kind('sast');
        let files = 0;
        return { shape: members({
                errors: objects((one) => { collect.gap(`${fields_text(one, 'filename') ?? 'A file'} was not checked: ${fields_text(one, 'reason') ?? 'it does not say why'}.`); }),
                generated_at: wording((time) => { collect.createdAt(time); }),
                metrics: entries(value((_of, _scope, name) => { if (name !== '_totals')
                    files++; })),
                results: objects((one) => { collect.add(bandit_draftOf(one)); }),
            }, ({ seen }) => {
                if (!seen.has('results'))
                    collect.failure('It has no results, not even none.');
                if (seen.has('metrics'))
                    collect.scanned(files, 'files');
            }) };
    },
};
function bandit_draftOf(one) {
    const rule = need(one, 'test_id');
    const line = number(one, 'line_number');
    const said = need(one, 'issue_text');
    const holdsPassword = PASSWORD_TESTS.includes(rule);
    return {
        kind: 'sast', rule, title: `${fields_text(one, 'test_name') ?? rule}: ${said}`, message: said, path: need(one, 'filename'), line,
        conceal: holdsPassword ? [/: '(.*)'$/s.exec(said)?.[1]] : [], code: holdsPassword ? undefined : bandit_lineOf(fields_text(one, 'code'), line),
        claims: labelled(need(one, 'issue_severity')), cwes: [textOrNumber(inner(one, 'issue_cwe'), 'id')], url: fields_text(one, 'more_info'),
    };
}
// `code` is a few lines, each with its number in front.
function bandit_lineOf(code, line) {
    return code?.split('\n').find((one) => one.startsWith(`${line} `))?.slice(String(line).length);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/checkov.js



/** Checkov's JSON: an object, or a list of one for each framework. https://www.checkov.io/8.Outputs/JSON.html */
const checkov = {
    name: 'checkov',
    recognise: (sketch) => ['', '#.'].some((at) => sketch.has(`${at}check_type`, `${at}results`) || sketch.has(`${at}summary.checkov_version`) || sketch.has(`${at}results.failed_checks`)) || sketch.has('passed', 'failed', 'checkov_version'),
    read(collect) {
        collect.tool('checkov');
        collect.kind('iac');
        const one = framework(collect);
        return { shape: either(json_shape_elements(one), one) };
    },
};
function framework(collect) {
    return members({
        check_type: fact(),
        checkov_version: wording((version) => { collect.tool('checkov', version); }),
        summary: object((of) => { tellSummary(collect, of); }),
        results: members({
            failed_checks: objects((check, scope) => { collect.add(checkov_draftOf(check, scope)); }),
            skipped_checks: objects((check, scope) => { collect.add({ ...checkov_draftOf(check, scope), suppressedBy: { by: 'a checkov:skip comment', reason: fields_text(inner(check, 'check_result'), 'suppress_comment') ?? '' } }); }),
            parsing_errors: json_shape_elements(value((path) => { collect.gap(`${typeof path === 'string' ? path : 'A file'} could not be read by Checkov.`); })),
        }),
    }, ({ seen }) => { if (!seen.has('results'))
        collect.nothingScanned('Checkov found no file that it knows.'); });
}
function tellSummary(collect, of) {
    collect.tool('checkov', fields_text(of, 'checkov_version'));
    const checks = (number(of, 'passed') ?? 0) + (number(of, 'failed') ?? 0) + (number(of, 'skipped') ?? 0);
    collect.scanned(checks, 'checks');
    const broken = number(of, 'parsing_errors') ?? 0;
    if (broken > 0)
        collect.gap(`Checkov could not read ${broken} files.`);
}
function checkov_draftOf(check, scope) {
    const lines = list(check, 'file_line_range').map(Number);
    const type = factText(scope, 'check_type') ?? '';
    return {
        kind: kindOf(type), rule: need(check, 'check_id'), title: fields_text(check, 'check_name'), path: (fields_text(check, 'repo_file_path') ?? need(check, 'file_path')).replace(/^\//, ''),
        line: lines[0], endLine: lines[1], fingerprint: fields_text(check, 'resource'), claims: labelled(fields_text(check, 'severity')), url: fields_text(check, 'guideline'),
    };
}
function kindOf(type) {
    if (type === 'secrets')
        return 'secrets';
    if (type.startsWith('sast'))
        return 'sast';
    return type === 'sca_package' || type === 'sca_image' ? 'sca' : 'iac';
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/clair.js




/** Clair 4's report, and that of clair-scanner for older ones. https://github.com/quay/clair/blob/main/Documentation/reference/api.md */
const clair = {
    name: 'clair',
    recognise: (sketch) => sketch.has('manifest_hash', 'packages') || sketch.has('package_vulnerabilities', 'vulnerabilities') || sketch.has('image', 'unapproved', 'vulnerabilities'),
    read(collect) {
        collect.tool('clair');
        collect.kind('container');
        return { shape: members({
                manifest_hash: wording((hash) => { collect.subject('digests', hash); }),
                image: wording((name) => { collect.subject('names', name); }),
                packages: fact(), unapproved: fact(),
                vulnerabilities: { kind: 'either', list: objects((one) => { collect.add(oldDraft(one)); }), object: fact() },
                package_vulnerabilities: entries(value((ids, scope, of) => { addAll(collect, ids, scope, String(of)); })),
                error: value(() => { collect.failure('Clair answered with an error.'); }),
            }, ({ seen, facts }) => {
                if (seen.has('unapproved') && facts['vulnerabilities'] !== undefined)
                    throw new Damage('vulnerabilities is an object, expected is a list');
                if (seen.has('unapproved'))
                    return;
                if (!seen.has('package_vulnerabilities') || !seen.has('packages'))
                    collect.failure('It does not say which packages were looked at and what is wrong with them.');
                else
                    collect.scanned(Object.keys(fields(facts['packages'], 'packages').members).length, 'packages');
            }) };
    },
};
function addAll(collect, ids, scope, of) {
    const packages = fields(factOf(scope, 'packages') ?? {}, 'packages');
    const vulnerabilities = fields(factOf(scope, 'vulnerabilities') ?? {}, 'vulnerabilities');
    if (!Array.isArray(ids))
        throw new Damage('package_vulnerabilities has something else than lists');
    for (const id of ids) {
        const one = fields(vulnerabilities.members[String(id)], 'vulnerabilities', String(id));
        collect.add(clair_draftOf(one, inner(packages, of)));
    }
}
function clair_draftOf(one, of) {
    const name = need(one, 'name');
    return {
        kind: 'container', rule: name, aliases: [name.split(' ')[0]], message: fields_text(one, 'description'), url: fields_text(one, 'links')?.split(' ')[0],
        package: { name: fields_text(of, 'name') ?? need(inner(one, 'package'), 'name'), version: fields_text(of, 'version'), ecosystem: fields_text(inner(one, 'distribution'), 'did') },
        fixedIn: [fields_text(one, 'fixed_in_version')], claims: [...labelled(fields_text(one, 'normalized_severity')), ...labelled(fields_text(one, 'severity'), 'distribution')],
    };
}
function oldDraft(one) {
    return {
        kind: 'container', rule: need(one, 'vulnerability'), message: fields_text(one, 'description'), url: fields_text(one, 'link'), claims: labelled(need(one, 'severity')),
        package: { name: need(one, 'featurename'), version: fields_text(one, 'featureversion'), ecosystem: fields_text(one, 'namespace') }, fixedIn: [fields_text(one, 'fixedby')],
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/cyclonedx.js




/** CycloneDX 1.4 and later with vulnerabilities. https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
const cyclonedx = {
    name: 'cyclonedx',
    recognise: (sketch) => sketch.text('bomFormat') === 'CycloneDX',
    read(collect) {
        let components = 0;
        return { shape: members({
                metadata: object((of) => { tellMetadata(collect, of); }),
                components: gather((one) => {
                    const all = componentsIn(fields(one, 'components'));
                    components += new Set(all.map(([, component]) => component)).size;
                    return all;
                }),
                vulnerabilities: objects((one, scope) => { for (const draft of draftsOf(one, scope))
                    collect.add(draft); }),
            }, ({ seen }) => {
                collect.tool('cyclonedx');
                collect.kind('sca');
                if (!seen.has('vulnerabilities'))
                    collect.nothingScanned('It lists components, and nobody looked for vulnerabilities in them.');
                else if (seen.has('components'))
                    collect.scanned(components, 'components');
            }) };
    },
};
function componentsIn(one) {
    const purl = fields_text(one, 'purl');
    const group = fields_text(one, 'group') ?? '';
    const component = { name: `${group === '' ? '' : `${group}/`}${need(one, 'name')}`, version: fields_text(one, 'version'), purl };
    const own = [fields_text(one, 'bom-ref'), purl].filter((ref) => ref !== undefined).map((ref) => [ref, component]);
    return [...own, ...each(one, 'components').flatMap(componentsIn)];
}
function tellMetadata(collect, of) {
    collect.createdAt(fields_text(of, 'timestamp'));
    const tools = Array.isArray(of.members['tools']) ? each(of, 'tools') : each(inner(of, 'tools'), 'components');
    for (const tool of tools)
        collect.tool(fields_text(tool, 'name') ?? '', fields_text(tool, 'version'));
    const subject = inner(of, 'component');
    collect.subject('names', fields_text(subject, 'name'));
    collect.subject('digests', /@(sha256[:%].*?)(?:\?|$)/.exec(fields_text(subject, 'purl') ?? '')?.[1]?.replace('%3A', ':'));
    if (fields_text(subject, 'type') === 'container')
        collect.kind('container');
}
function draftsOf(one, scope) {
    const components = byReference((factOf(scope, 'components') ?? []));
    const affected = each(one, 'affects').map((affects) => need(affects, 'ref'));
    const claims = each(one, 'ratings').flatMap(claimsOf).sort((a, b) => compareSeverity(a.severity, b.severity));
    const draft = {
        kind: 'sca', rule: need(one, 'id'), aliases: each(one, 'references').map((reference) => fields_text(reference, 'id')), message: fields_text(one, 'description') ?? fields_text(one, 'detail'),
        claims, cwes: list(one, 'cwes').map(Number), url: fields_text(inner(one, 'source'), 'url'), fixedIn: fixesOf(one), suppressedBy: analysed(inner(one, 'analysis')),
    };
    return affected.length === 0 ? [draft] : affected.map((ref) => ({ ...draft, package: cyclonedx_packageOf(ref, components) }));
}
const references = new WeakMap();
// Made once for all vulnerabilities.
function byReference(gathered) {
    const known = references.get(gathered) ?? new Map(gathered.flat());
    references.set(gathered, known);
    return known;
}
// A reference can be `urn:cdx:<serial>/<version>#<bom-ref>`, and a bom-ref is often a purl.
function cyclonedx_packageOf(ref, components) {
    const local = /^urn:cdx:[^#]*#(.*)$/s.exec(ref)?.[1];
    const found = components.get(ref) ?? components.get(local ?? '') ?? components.get(decodedOr(local ?? ref));
    const purl = [found?.purl, ref, local].find((one) => one?.startsWith('pkg:') === true);
    return { name: found?.name ?? ref, version: found?.version, purl };
}
function claimsOf(rating) {
    const [source, vector] = [fields_text(inner(rating, 'source'), 'name'), fields_text(rating, 'vector')];
    const method = fields_text(rating, 'method') ?? '';
    const score = method.startsWith('CVSS') ? claim_scored(number(rating, 'score'), cvssVersion(method.replace(/^CVSSv?/, '')), source, vector) : [];
    const word = fields_text(rating, 'severity');
    return [...labelled(word, source), ...score, ...score.length > 0 ? [] : vectored(vector, source)];
}
function fixesOf(one) {
    const unaffected = each(one, 'affects').flatMap((affects) => each(affects, 'versions')).filter((version) => fields_text(version, 'status') === 'unaffected').flatMap((version) => fields_text(version, 'version') ?? []);
    const told = [...(fields_text(one, 'recommendation') ?? '').matchAll(/\bto (?:version )?v?(\d[\w.+~:-]*)/gi)].map(([, version]) => version?.replace(/[.,;]$/, '') ?? '');
    return [...unaffected, ...told];
}
function analysed(analysis) {
    const state = fields_text(analysis, 'state') ?? '';
    if (!['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree'].includes(state))
        return undefined;
    const why = [state.replaceAll('_', ' '), fields_text(analysis, 'justification')?.replaceAll('_', ' '), fields_text(analysis, 'detail')];
    return { by: 'the analysis in the SBOM', reason: why.filter((one) => one !== undefined).join(': ') };
}
function decodedOr(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/dependency-check.js




/** OWASP Dependency-Check's JSON. https://github.com/dependency-check/DependencyCheck/blob/main/core/src/main/resources/templates/jsonReport.vsl */
const dependencyCheck = {
    name: 'dependency-check',
    recognise: (sketch) => sketch.has('scanInfo.engineVersion') || sketch.has('reportSchema', 'scanInfo'),
    read(collect) {
        collect.tool('dependency-check');
        collect.kind('sca');
        return { shape: members({
                scanInfo: object((of) => { tellScan(collect, of); }),
                projectInfo: object((of) => {
                    collect.createdAt(fields_text(of, 'reportDate'));
                    collect.subject('names', fields_text(of, 'name'));
                }),
                dependencies: objects((one) => { addDependency(collect, one); }),
            }, ({ seen }) => {
                if (!seen.has('dependencies'))
                    collect.failure('It has no list of dependencies.');
                collect.scanned(0, 'dependencies');
            }) };
    },
};
function tellScan(collect, of) {
    collect.tool('dependency-check', fields_text(of, 'engineVersion'));
    for (const { members: { exception } } of each(of, 'analysisExceptions')) {
        const said = typeof exception === 'object' && exception !== null && 'message' in exception && typeof exception.message === 'string' ? exception.message : 'it does not say which';
        collect.failure(`An analysis failed: ${said}.`);
    }
    // How new the data is, not when it was looked for; older versions have one time only.
    const sources = each(of, 'dataSource');
    const modified = sources.filter((one) => /modified/i.test(fields_text(one, 'name') ?? ''));
    for (const one of modified.length === 0 ? sources : modified)
        collect.databaseAt(fields_text(one, 'timestamp'));
}
function addDependency(collect, dependency) {
    collect.scanned(1, 'dependencies');
    for (const one of each(dependency, 'vulnerabilities'))
        collect.add(dependency_check_draftOf(one, dependency));
    for (const one of each(dependency, 'suppressedVulnerabilities')) {
        collect.add({ ...dependency_check_draftOf(one, dependency), suppressedBy: { by: "Dependency-Check's suppression file", reason: fields_text(one, 'notes') ?? '' } });
    }
}
function dependency_check_draftOf(one, dependency) {
    const purl = each(dependency, 'packages').map((of) => fields_text(of, 'id')).find((id) => id?.startsWith('pkg:'));
    const of = purl === undefined ? undefined : parsePurl(purl);
    const name = need(one, 'name');
    return {
        kind: 'sca', rule: name, aliases: [fields_text(one, 'source') === 'NVD' ? name : undefined], message: fields_text(one, 'description'), path: fields_text(dependency, 'filePath'),
        package: of === undefined ? { name: need(dependency, 'fileName') } : { ...of, purl }, claims: dependency_check_claimsOf(one), cwes: texts(one, 'cwes'),
        url: each(one, 'references').map((reference) => fields_text(reference, 'url')).find((url) => url !== undefined),
        ...(has(one, 'knownExploitedVulnerability') ? { knownExploited: true } : {}),
    };
}
// `unscored` ones have no severity, whatever the word in its place says.
function dependency_check_claimsOf(one) {
    const isUnscored = ['true', true].includes(one.members['unscored']);
    const scores = [
        ...claim_scored(number(inner(one, 'cvssv4'), 'baseScore'), 4), ...claim_scored(number(inner(one, 'cvssv3'), 'baseScore'), 3), ...claim_scored(number(inner(one, 'cvssv2'), 'score'), 2),
    ];
    const word = fields_text(one, 'severity');
    return isUnscored ? labelled(word).map((claim) => ({ ...claim, severity: 'unknown' })) : [...labelled(word), ...scores];
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/ggshield.js



/** GitGuardian's ggshield, `secret scan --json`. https://github.com/GitGuardian/ggshield/blob/main/ggshield/verticals/secret/output/schemas.py */
const ggshield = {
    name: 'ggshield',
    recognise: (sketch) => sketch.has('total_incidents', 'type') || sketch.has('scans.#.total_incidents') || sketch.has('entities_with_incidents.#.incidents') || sketch.has('secrets_engine_version'),
    read(collect) {
        collect.tool('ggshield');
        collect.kind('secrets');
        let listed = 0;
        let counted = 0;
        const entities = objects((one) => {
            listed++;
            addEntity(collect, one);
        });
        const errors = objects((one) => { collect.gap(`Files were left out: ${fields_text(one, 'description') ?? 'it does not say why'}.`); });
        // Scans that found nothing are not listed, so that none is no sign of anything.
        const scan = (depth) => members({ entities_with_incidents: entities, errors, ...depth > 0 ? { scans: json_shape_elements(scan(depth - 1)) } : {} });
        return { shape: members({
                entities_with_incidents: entities, errors, scans: json_shape_elements(scan(2)), total_incidents: wording((count) => { counted = Number(count); }),
            }, () => { if (counted > 0 && listed === 0)
                collect.gap(`It counts ${counted} incidents, and lists none.`); }) };
    },
};
function addEntity(collect, entity) {
    const path = need(entity, 'filename');
    for (const incident of each(entity, 'incidents')) {
        for (const place of each(incident, 'occurrences'))
            collect.add(ggshield_draftOf(incident, place, path));
        if (each(incident, 'occurrences').length === 0)
            collect.add(ggshield_draftOf(incident, inner(incident, 'none'), path));
    }
}
// Its `ignore_sha` names the secret: a hash that has no key, so it is hidden by ours like the value would be.
function ggshield_draftOf(incident, place, path) {
    const type = fields_text(incident, 'type') ?? fields_text(incident, 'detector') ?? need(incident, 'policy');
    const validity = fields_text(incident, 'validity');
    return {
        kind: 'secrets', rule: type, title: validity === 'valid' ? `${type}: a secret that works` : type, path, line: number(place, 'line_start'), endLine: number(place, 'line_end'),
        secret: fields_text(incident, 'ignore_sha'), conceal: [fields_text(place, 'match')], claims: ruled('critical', validity === 'valid' ? 'a secret that works' : 'a secret in the sources'), url: fields_text(incident, 'incident_url'),
        ...(has(incident, 'ignore_reason') ? { suppressedBy: { by: 'ggshield', reason: reasonOf(incident) } } : {}),
    };
}
function reasonOf(incident) {
    const given = incident.members['ignore_reason'];
    return typeof given === 'string' ? given : fields_text(inner(incident, 'ignore_reason'), 'kind') ?? '';
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif-tools.js



// By what the driver's name begins with, lower case. The first that fits.
const TOOLS = [
    ['codeql', { tool: 'codeql', kinds: ['sast'] }],
    ['semgrep', { tool: 'semgrep', kinds: ['sast'] }],
    ['opengrep', { tool: 'semgrep', kinds: ['sast'] }],
    ['bandit', { tool: 'bandit', kinds: ['sast'] }],
    ['trivy', { tool: 'trivy', kinds: [], refine: trivy }],
    ['grype', { tool: 'grype', kinds: [], refine: grype }],
    ['anchore container vulnerability report', { tool: 'grype', kinds: ['container'], refine: grype, suppressesAll: true }],
    ['gitleaks', { tool: 'gitleaks', kinds: ['secrets'], refine: gitleaks, hasNoLevel: true }],
    ['trufflehog', { tool: 'trufflehog', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['ggshield', { tool: 'ggshield', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['gitguardian', { tool: 'ggshield', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['detect-secrets', { tool: 'detect-secrets', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
    ['osv-scanner', { tool: 'osv-scanner', kinds: ['sca'], refine: osvScanner, hasNoLevel: true }],
    ['snykcode', { tool: 'snyk-code', kinds: ['sast'] }],
    ['snyk code', { tool: 'snyk-code', kinds: ['sast'] }],
    ['snyk container', { tool: 'snyk', kinds: ['container'], refine: snyk }],
    ['snyk iac', { tool: 'snyk-iac', kinds: ['iac'] }],
    ['snyk', { tool: 'snyk', kinds: ['sca'], refine: snyk }],
    ['dependency-check', { tool: 'dependency-check', kinds: ['sca'], refine: namedPackage }],
    ['checkov', { tool: 'checkov', kinds: ['iac'] }],
    ['kics', { tool: 'kics', kinds: ['iac'] }],
    ['tfsec', { tool: 'tfsec', kinds: ['iac'] }],
    ['terrascan', { tool: 'terrascan', kinds: ['iac'] }],
    ['hadolint', { tool: 'hadolint', kinds: ['iac'] }],
    ['zizmor', { tool: 'zizmor', kinds: ['iac'] }],
    ['kubescape', { tool: 'kubescape', kinds: ['iac'] }],
    ['zap', { tool: 'zap', kinds: ['dast'] }],
    ['nuclei', { tool: 'nuclei', kinds: ['dast'] }],
];
/** How to read the results of a tool by its driver's name; an unknown one is taken for static analysis. */
function quirksOf(driver) {
    const name = driver.trim().toLowerCase().replace(/^owasp /, '');
    return TOOLS.find(([start]) => name.startsWith(start))?.[1] ?? { tool: driver, kinds: ['sast'] };
}
// Each result repeats its own severity in its message; the rule has that of another package with the same advisory.
function trivy(_draft, { message, rule }) {
    const said = (label) => new RegExp(`^ ?${label}:? (.+)$`, 'm').exec(message)?.[1]?.trim();
    const claims = labelled(said('Severity'));
    if (rule?.tags.includes('secret') === true)
        return { kind: 'secrets', claims, conceal: [said('Match')], message: `Secret ${said('Secret') ?? ''}`, code: undefined };
    if (rule?.tags.includes('misconfiguration') === true)
        return { kind: 'iac', claims };
    const named = said('Package') ?? said('PkgName');
    const of = named === undefined ? undefined : { name: named, version: said('Installed Version') };
    if (rule?.tags.includes('license') === true)
        return { kind: 'licence', claims, package: of, licence: said('License') };
    return { kind: rule?.name === 'OsPackageVulnerability' ? 'container' : 'sca', claims, package: of, fixedIn: [said('Fixed Version')] };
}
// `CVE-2021-1 high vulnerability for openssl package`; the help lists the rest.
function grype(_draft, { rule }) {
    const said = (label) => new RegExp(`^${label}: (.+)$`, 'm').exec(rule?.help ?? '')?.[1]?.trim();
    const name = said('Package');
    const type = said('Type');
    return {
        kind: ['deb', 'rpm', 'apk'].includes(type ?? '') ? 'container' : 'sca', fixedIn: [said('Fix Version')],
        claims: labelled(said('Severity') ?? /^\S+ (\w+) vulnerability for /.exec(rule?.title ?? '')?.[1]),
        aliases: aliasesIn(`${rule?.id ?? ''} ${rule?.title ?? ''}`),
        ...(name === undefined ? {} : { package: { name, version: said('Version'), ecosystem: type } }),
    };
}
// Its snippet is the secret itself; its fingerprints are the author's name and mail.
function gitleaks(_draft, { snippet }) {
    return { ...leak(), secret: snippet, code: undefined };
}
function leak() {
    return { claims: ruled('critical', 'a secret in the sources'), code: undefined };
}
function osvScanner(_draft, { message, rule }) {
    const found = /^Package '(.+)@([^'@]*)' is vulnerable/.exec(message);
    return { aliases: rule?.aliases, ...(found?.[1] === undefined ? {} : { package: { name: found[1], version: found[2] } }) };
}
function snyk(_draft, { message, rule, logical }) {
    const [name, version] = /^(.+)@([^@]*)$/.exec(logical[0] ?? '')?.slice(1) ?? [];
    const word = /with an? (\w+) severity/.exec(message)?.[1] ?? / (critical|high|medium|low) severity/i.exec(rule?.title ?? '')?.[1];
    return { claims: labelled(word), aliases: aliasesIn(rule?.help ?? ''), ...(name === undefined ? {} : { package: { name, version } }) };
}
function namedPackage(_draft, { logical }) {
    const purl = logical.find((name) => name.startsWith('pkg:'));
    const of = purl === undefined ? undefined : parsePurl(purl);
    return of === undefined ? {} : { package: { ...of, purl } };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/github-alerts.js



const LEVELS = { error: 'high', warning: 'medium', note: 'low', none: 'info' };
/** Code scanning alerts as GitHub's API gives them. https://docs.github.com/en/rest/code-scanning/code-scanning#list-code-scanning-alerts-for-a-repository */
const codeScanningAlerts = {
    name: 'github-code-scanning',
    recognise: (sketch) => sketch.has('#.most_recent_instance', '#.rule', '#.tool'),
    read(collect) {
        collect.kind('sast');
        return {
            shape: objects((alert) => {
                const quirks = quirksOf(need(inner(alert, 'tool'), 'name'));
                collect.tool(quirks.tool, fields_text(inner(alert, 'tool'), 'version'));
                if (fields_text(alert, 'state') !== 'fixed')
                    collect.add(codeDraft(alert, quirks));
            }),
            done: () => { collect.tool('github-code-scanning'); },
        };
    },
};
/** Dependabot alerts as GitHub's API gives them. https://docs.github.com/en/rest/dependabot/alerts#list-dependabot-alerts-for-a-repository */
const dependabotAlerts = {
    name: 'github-dependabot',
    recognise: (sketch) => sketch.has('#.security_advisory', '#.dependency'),
    read(collect) {
        collect.tool('dependabot');
        collect.kind('sca');
        return { shape: objects((alert) => { if (fields_text(alert, 'state') !== 'fixed')
                collect.add(dependencyDraft(alert)); }) };
    },
};
function codeDraft(alert, { tool, kinds }) {
    const [rule, instance] = [inner(alert, 'rule'), inner(alert, 'most_recent_instance')];
    const place = inner(instance, 'location');
    const level = fields_text(rule, 'severity') ?? '';
    const message = fields_text(inner(instance, 'message'), 'text');
    return {
        kind: kinds[0] ?? 'sast', tool, rule: need(rule, 'id'), title: fields_text(rule, 'description'), message, path: fields_text(place, 'path'), line: number(place, 'start_line'), endLine: number(place, 'end_line'),
        claims: [...labelled(fields_text(rule, 'security_severity_level')), ...levelled(LEVELS[level] ?? 'unknown', level)], cwes: texts(rule, 'tags').filter((tag) => /cwe-\d/i.test(tag)),
        firstSeen: fields_text(alert, 'created_at'), url: fields_text(alert, 'html_url'), suppressedBy: dismissal(alert),
    };
}
function dependencyDraft(alert) {
    const [advisory, vulnerability, dependency] = [inner(alert, 'security_advisory'), inner(alert, 'security_vulnerability'), inner(alert, 'dependency')];
    const of = inner(has(dependency, 'package') ? dependency : vulnerability, 'package');
    const scores = [inner(advisory, 'cvss'), ...['cvss_v4', 'cvss_v3'].map((name) => inner(inner(advisory, 'cvss_severities'), name))];
    const scope = fields_text(dependency, 'scope');
    return {
        kind: 'sca', rule: need(advisory, 'ghsa_id'), aliases: [fields_text(advisory, 'cve_id'), ...each(advisory, 'identifiers').map((one) => fields_text(one, 'value'))],
        title: fields_text(advisory, 'summary'), message: fields_text(advisory, 'description'), package: { name: need(of, 'name'), ecosystem: fields_text(of, 'ecosystem') },
        fixedIn: [fields_text(inner(vulnerability, 'first_patched_version'), 'identifier')], path: fields_text(dependency, 'manifest_path'),
        claims: [...labelled(fields_text(vulnerability, 'severity') ?? fields_text(advisory, 'severity')), ...scores.flatMap((one) => claim_scored(number(one, 'score'), cvssVersion(fields_text(one, 'vector_string')), undefined, fields_text(one, 'vector_string')))],
        scope: scope === 'runtime' || scope === 'development' ? scope : undefined, cwes: each(advisory, 'cwes').map((one) => fields_text(one, 'cwe_id')),
        firstSeen: fields_text(alert, 'created_at'), url: fields_text(alert, 'html_url'), suppressedBy: dismissal(alert),
        epss: number(inner(advisory, 'epss'), 'percentage'),
    };
}
function dismissal(alert) {
    const state = fields_text(alert, 'state');
    if (state !== 'dismissed' && state !== 'auto_dismissed')
        return undefined;
    const who = state === 'auto_dismissed' ? 'a rule on GitHub' : fields_text(inner(alert, 'dismissed_by'), 'login') ?? 'somebody on GitHub';
    return { by: who, reason: [fields_text(alert, 'dismissed_reason'), fields_text(alert, 'dismissed_comment')].filter((one) => one !== undefined && one !== '').join(': ') };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/gitleaks.js


/** Gitleaks' JSON. An empty list is a clean scan, but nothing in it says that it is of Gitleaks. https://github.com/gitleaks/gitleaks/blob/master/report/finding.go */
const gitleaks_gitleaks = {
    name: 'gitleaks',
    recognise: (sketch) => sketch.has('#.RuleID', '#.Fingerprint') || sketch.has('#.RuleID', '#.Secret'),
    read(collect) {
        collect.tool('gitleaks');
        collect.kind('secrets');
        return { shape: objects((one) => {
                collect.add({
                    kind: 'secrets', rule: need(one, 'RuleID'), title: fields_text(one, 'Description'), path: fields_text(one, 'SymlinkFile') || fields_text(one, 'File'),
                    line: number(one, 'StartLine'), endLine: number(one, 'EndLine'), secret: fields_text(one, 'Secret'), conceal: [fields_text(one, 'Match')],
                    claims: ruled('critical', 'a secret in the sources'), firstSeen: fields_text(one, 'Date'),
                });
            }) };
    },
};

;// CONCATENATED MODULE: ./build/shared/findings/formats/grype.js



/** Grype's JSON. https://github.com/anchore/grype/tree/main/grype/presenter/models */
const grype_grype = {
    name: 'grype',
    recognise: (sketch) => sketch.has('matches.#.vulnerability', 'matches.#.artifact') || (sketch.has('matches') && sketch.text('descriptor.name') === 'grype'),
    read(collect) {
        collect.tool('grype');
        return { shape: members({
                source: fact(),
                matches: objects((match, scope) => { collect.add(grype_draftOf(match, scope)); }),
                ignoredMatches: objects((match, scope) => { collect.add({ ...grype_draftOf(match, scope), suppressedBy: ruleThatIgnores(match) }); }),
                distro: object((of) => { collect.subject('names', fields_text(of, 'name') === '' ? undefined : `${fields_text(of, 'name') ?? ''} ${fields_text(of, 'version') ?? ''}`.trim()); }),
                descriptor: object((of) => { tellRun(collect, of); }),
            }, (scope) => {
                collect.kind(isImage(scope) ? 'container' : 'sca');
                tellSource(collect, sourceOf(scope));
            }) };
    },
};
function grype_draftOf(match, scope) {
    const vulnerability = inner(match, 'vulnerability');
    const artifact = inner(match, 'artifact');
    const fix = inner(vulnerability, 'fix');
    const related = each(match, 'relatedVulnerabilities');
    const epss = each(vulnerability, 'epss').concat(related.flatMap((one) => each(one, 'epss'))).map((one) => number(one, 'epss') ?? 0);
    return {
        kind: isImage(scope) ? 'container' : 'sca', rule: need(vulnerability, 'id'), aliases: related.map((one) => fields_text(one, 'id')),
        message: fields_text(vulnerability, 'description') ?? related.map((one) => fields_text(one, 'description')).find((one) => one !== undefined),
        package: { name: need(artifact, 'name'), version: fields_text(artifact, 'version'), ecosystem: fields_text(artifact, 'type'), purl: fields_text(artifact, 'purl') },
        fixedIn: fields_text(fix, 'state') === 'fixed' ? texts(fix, 'versions') : [], path: each(artifact, 'locations').map((one) => fields_text(one, 'path'))[0],
        claims: [...labelled(fields_text(vulnerability, 'severity')), ...[vulnerability, ...related].flatMap(scoresOf)], url: fields_text(vulnerability, 'dataSource'),
        ...(epss.length === 0 ? {} : { epss: Math.max(...epss) }),
        ...([vulnerability, ...related].some((one) => list(one, 'knownExploited').length > 0) ? { knownExploited: true } : {}),
    };
}
function scoresOf(vulnerability) {
    return each(vulnerability, 'cvss').flatMap((one) => claim_scored(number(inner(one, 'metrics'), 'baseScore'), cvssVersion(fields_text(one, 'version')), fields_text(one, 'source'), fields_text(one, 'vector')));
}
function ruleThatIgnores(match) {
    const reasons = each(match, 'appliedIgnoreRules').map((rule) => fields_text(rule, 'reason') ?? fields_text(rule, 'vex-status') ?? fields_text(rule, 'vulnerability') ?? '');
    return { by: "Grype's ignore rules", reason: reasons.filter((reason) => reason !== '').join(', ') };
}
function sourceOf(scope) {
    return fields(factOf(scope, 'source') ?? {}, 'source');
}
// Without a source, older versions were asked about an image.
function isImage(scope) {
    return (fields_text(sourceOf(scope), 'type') ?? 'image') === 'image';
}
function tellSource(collect, source) {
    const { target } = source.members;
    if (typeof target === 'string')
        return collect.subject('names', target);
    const of = inner(source, 'target');
    for (const digest of [fields_text(of, 'imageID'), fields_text(of, 'manifestDigest'), ...texts(of, 'repoDigests').map((one) => one.split('@')[1])])
        collect.subject('digests', digest);
    for (const name of [fields_text(of, 'userInput'), ...texts(of, 'tags')])
        collect.subject('names', name);
}
function tellRun(collect, descriptor) {
    const database = inner(descriptor, 'db');
    const status = inner(database, 'status');
    collect.tool('grype', fields_text(descriptor, 'version'));
    collect.createdAt(fields_text(descriptor, 'timestamp'));
    collect.databaseAt(fields_text(status, 'built') ?? fields_text(database, 'built'));
    const error = fields_text(status, 'error') ?? fields_text(database, 'error') ?? '';
    const isInvalid = flag(status, 'valid') === false || flag(database, 'valid') === false;
    if (isInvalid || error !== '')
        collect.failure(`Grype's database of vulnerabilities was not usable${error === '' ? '' : `: ${error}`}.`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/npm-advisory.js



/** Drafts of an advisory as the registry's first audit address gave it: npm 6, pnpm and Yarn 1 to 3 pass it on; one for each version found. */
function advisoryDrafts(advisory) {
    const found = each(advisory, 'findings');
    const versions = found.length === 0 ? [undefined] : [...new Set(found.map((one) => fields_text(one, 'version')))];
    return versions.map((version) => ({
        kind: 'sca', rule: fields_text(advisory, 'github_advisory_id') ?? textOrNumber(advisory, 'id') ?? need(advisory, 'url'),
        aliases: [...texts(advisory, 'cves'), ...aliasesIn(fields_text(advisory, 'url') ?? '')], title: fields_text(advisory, 'title'), message: fields_text(advisory, 'overview'),
        package: { name: need(advisory, 'module_name'), version, ecosystem: 'npm' }, fixedIn: [patchedIn(fields_text(advisory, 'patched_versions'))],
        claims: [...labelled(fields_text(advisory, 'severity')), ...cvssClaims(inner(advisory, 'cvss'))], cwes: texts(advisory, 'cwe'), url: fields_text(advisory, 'url'),
        scope: found.length > 0 && found.every((one) => flag(one, 'dev') === true) ? 'development' : undefined,
    }));
}
/** What an advisory's `cvss` says: `{ score, vectorString }`, the score 0 when there is none. */
function cvssClaims(cvss) {
    const vector = fields_text(cvss, 'vectorString');
    return claim_scored(number(cvss, 'score'), cvssVersion(vector), undefined, vector);
}
// `<0.0.0` is the registry's way to say that there is none.
function patchedIn(range) {
    return range === undefined || range === '<0.0.0' ? undefined : range.replace(/^>=\s*/, '');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/npm-audit.js






/**
 * npm's audit, of npm 7 and later and of npm 6, and what either writes when the registry did not answer.
 * https://github.com/npm/cli/blob/latest/workspaces/arborist/lib/audit-report.js
 */
const npmAudit = {
    name: 'npm-audit',
    recognise: (sketch) => sketch.has('auditReportVersion') || sketch.has('runId', 'advisories') || sketch.has('message', 'method', 'uri', 'statusCode') || sketch.has('error.summary', 'error.detail'),
    read(collect) {
        collect.tool('npm-audit');
        collect.kind('sca');
        let advisories = 0;
        let counted = 0;
        const reasons = [];
        const names = new Set();
        const pointers = new Set();
        return { shape: members({
                vulnerabilities: entries(object((one, _scope, name) => {
                    names.add(String(name));
                    advisories += addPackage(collect, one, pointers);
                })),
                advisories: entries(object((advisory) => { for (const draft of advisoryDrafts(advisory))
                    collect.add(draft); advisories++; })),
                metadata: object((of) => { counted = npm_audit_tellMetadata(collect, of); }),
                error: object((of) => { reasons.push(textOrNumber(of, 'code'), fields_text(of, 'summary'), fields_text(of, 'detail')); }),
                message: wording((message) => { reasons.unshift(message); }),
            }, ({ seen }) => {
                const hasList = seen.has('vulnerabilities') || seen.has('advisories');
                if (!hasList || seen.has('error') || seen.has('message'))
                    collect.failure(`npm could not audit: ${because(reasons)}.`);
                const lost = [...pointers].find((name) => !names.has(name));
                if (lost !== undefined)
                    collect.gap(`It says that ${lost} is vulnerable, and has nothing about it.`);
                if (counted > 0 && advisories === 0)
                    collect.gap(`npm counts ${counted} vulnerable packages, and lists none of their advisories.`);
            }) };
    },
};
// Texts in `via` lead to other packages of the report, which have the advisories.
function addPackage(collect, one, pointers) {
    const vias = list(one, 'via');
    for (const via of vias)
        if (typeof via === 'string')
            pointers.add(via);
    const advisories = vias.filter((via) => typeof via !== 'string').map((via, index) => fields(via, ...one.path, 'via', index));
    for (const advisory of advisories)
        collect.add(npm_audit_draftOf(advisory, one));
    return advisories.length;
}
function npm_audit_draftOf(advisory, vulnerable) {
    const url = fields_text(advisory, 'url');
    const [alias] = aliasesIn(url ?? '');
    return {
        kind: 'sca', rule: alias ?? textOrNumber(advisory, 'source') ?? need(advisory, 'url'), title: fields_text(advisory, 'title'), url,
        package: { name: fields_text(advisory, 'dependency') ?? need(advisory, 'name'), ecosystem: 'npm' }, fixedIn: npm_audit_fixesOf(advisory, vulnerable),
        path: texts(vulnerable, 'nodes')[0], claims: [...labelled(fields_text(advisory, 'severity')), ...cvssClaims(inner(advisory, 'cvss'))], cwes: texts(advisory, 'cwe'),
    };
}
// The first version beyond the vulnerable range, if npm knows any fix; else what it would have to install instead.
function npm_audit_fixesOf(advisory, vulnerable) {
    const fix = vulnerable.members['fixAvailable'];
    if (fix === false || fix === undefined)
        return [];
    const beyond = (fields_text(advisory, 'range') ?? '').split('||').flatMap((range) => /<\s*([\w.+-]+)\s*$/.exec(range)?.[1] ?? []);
    if (beyond.length > 0 || fix === true)
        return beyond.length > 0 ? beyond : ['by npm audit fix'];
    const of = inner(vulnerable, 'fixAvailable');
    return [`${need(of, 'name')}@${need(of, 'version')}`];
}
function npm_audit_tellMetadata(collect, metadata) {
    // npm 6 has a number where npm 7 has an object of numbers.
    const perKind = typeof metadata.members['dependencies'] === 'object' ? amount(inner(metadata, 'dependencies'), 'total') : undefined;
    const total = amount(metadata, 'totalDependencies') ?? perKind;
    if (total !== undefined)
        collect.scanned(total, 'dependencies');
    return amount(inner(metadata, 'vulnerabilities'), 'total') ?? 0;
}
function because(reasons) {
    const said = reasons.flatMap((reason) => (reason === undefined || reason === '' ? [] : [plainText(reason, 200)]));
    return said.length === 0 ? 'there is no list of vulnerabilities, not even an empty one' : said.join(', ');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/osv-scanner.js




/** OSV-Scanner's JSON. https://github.com/google/osv-scanner/blob/main/pkg/models/results.go */
const osv_scanner_osvScanner = {
    name: 'osv-scanner',
    recognise: (sketch) => sketch.has('results.#.packages', 'results.#.source') || sketch.has('results.#.packages.#.groups') || sketch.has('results', 'experimental_config'),
    read(collect) {
        collect.tool('osv-scanner');
        collect.kind('sca');
        return { shape: members({
                results: json_shape_elements(members({ source: fact(), packages: objects((one, scope) => { osv_scanner_addPackage(collect, one, scope); }) })),
            }, ({ seen }) => { if (!seen.has('results'))
                collect.failure('It has no results, not even none.'); }) };
    },
};
// A group is one problem under its several names.
function osv_scanner_addPackage(collect, one, scope) {
    collect.scanned(1, 'packages');
    const source = fields(factOf(scope, 'source') ?? {}, 'source');
    const advisories = each(one, 'vulnerabilities');
    const byId = new Map(advisories.map((advisory) => [need(advisory, 'id'), advisory]));
    const groups = each(one, 'groups').map((group) => ({ ids: texts(group, 'ids'), group }));
    const grouped = new Set(groups.flatMap(({ ids }) => ids));
    const single = [...byId.keys()].filter((id) => !grouped.has(id)).map((id) => ({ ids: [id], group: undefined }));
    for (const { ids, group } of [...groups, ...single]) {
        collect.add(osv_scanner_draftOf(inner(one, 'package'), ids, group, ids.flatMap((id) => byId.get(id) ?? []), source));
    }
}
function osv_scanner_draftOf(of, ids, group, advisories, source) {
    const name = fields_text(of, 'name') || fields_text(of, 'commit') || need(source, 'path');
    const aliases = aliasesOf([...ids, ...group === undefined ? [] : texts(group, 'aliases'), ...advisories.flatMap((one) => texts(one, 'aliases'))]);
    const told = (member) => advisories.map((one) => fields_text(one, member)).find((one) => one !== undefined && one !== '');
    return {
        kind: fields_text(source, 'type') === 'docker' ? 'container' : 'sca', rule: ids[0] ?? aliases[0] ?? '', aliases, title: told('summary'), message: told('details'),
        package: { name, version: fields_text(of, 'version'), ecosystem: fields_text(of, 'ecosystem') }, fixedIn: advisories.flatMap((one) => osv_scanner_fixesOf(one, name)), path: fields_text(source, 'path'),
        claims: [...claim_scored(group === undefined ? undefined : number(group, 'max_severity')), ...advisories.flatMap(osv_scanner_claimsOf)],
        cwes: advisories.flatMap((one) => texts(inner(one, 'database_specific'), 'cwe_ids')), url: aliases[0] === undefined ? undefined : `https://osv.dev/${aliases[0]}`,
    };
}
function osv_scanner_claimsOf(advisory) {
    const vectors = each(advisory, 'severity').flatMap((one) => vectored(fields_text(one, 'score'), fields_text(advisory, 'id')));
    const { severity } = inner(advisory, 'database_specific').members;
    return [...vectors, ...typeof severity === 'string' ? labelled(severity, fields_text(advisory, 'id')) : []];
}
function osv_scanner_fixesOf(advisory, name) {
    const affected = each(advisory, 'affected').filter((one) => (fields_text(inner(one, 'package'), 'name') ?? name) === name);
    return affected.flatMap((one) => each(one, 'ranges')).filter((range) => fields_text(range, 'type') !== 'GIT')
        .flatMap((range) => each(range, 'events')).map((event) => fields_text(event, 'fixed'));
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/pip-audit.js


/** pip-audit's JSON; before 2.0 it was the bare list. https://github.com/pypa/pip-audit/blob/main/pip_audit/_format/json.py */
const pipAudit = {
    name: 'pip-audit',
    recognise: (sketch) => ['dependencies.#', '#'].some((at) => sketch.has(`${at}.name`) && (sketch.has(`${at}.vulns`) || sketch.has(`${at}.skip_reason`))) || sketch.has('dependencies', 'fixes'),
    read(collect) {
        collect.tool('pip-audit');
        collect.kind('sca');
        const dependencies = json_shape_elements(object((one) => { pip_audit_addDependency(collect, one); }));
        return {
            shape: either(dependencies, members({ dependencies }, ({ seen }) => { if (!seen.has('dependencies'))
                collect.failure('It has no list of dependencies.'); })),
            // None audited is none scanned, also where every one was skipped.
            done: () => { collect.scanned(0, 'dependencies'); },
        };
    },
};
function pip_audit_addDependency(collect, dependency) {
    const name = need(dependency, 'name');
    const skipped = fields_text(dependency, 'skip_reason');
    if (skipped !== undefined)
        return collect.gap(`${name} was not audited: ${skipped}.`);
    collect.scanned(1, 'dependencies');
    for (const one of each(dependency, 'vulns')) {
        collect.add({
            kind: 'sca', rule: need(one, 'id'), aliases: texts(one, 'aliases'), message: fields_text(one, 'description'),
            package: { name, version: fields_text(dependency, 'version'), ecosystem: 'pypi' }, fixedIn: texts(one, 'fix_versions'), claims: [],
        });
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/pnpm-audit.js



/** pnpm's audit, and that of Yarn 2 and 3, which pass on the registry's answer. https://pnpm.io/cli/audit */
const pnpmAudit = {
    name: 'pnpm-audit',
    // npm 6, which writes nearly the same, has a runId and is asked for first.
    recognise: (sketch) => sketch.has('advisories', 'metadata') || sketch.text('error.code')?.startsWith('ERR_PNPM_') === true,
    read(collect) {
        collect.tool('pnpm-audit');
        collect.kind('sca');
        return { shape: members({
                advisories: entries(object((advisory) => { for (const draft of advisoryDrafts(advisory))
                    collect.add(draft); })),
                metadata: object((of) => {
                    const total = amount(of, 'totalDependencies') ?? amount(of, 'dependencies');
                    if (total !== undefined)
                        collect.scanned(total, 'dependencies');
                }),
                error: object((of) => { collect.failure(`pnpm could not audit: ${fields_text(of, 'message') ?? fields_text(of, 'code') ?? 'it did not say why'}.`); }),
            }, ({ seen }) => { if (!seen.has('advisories') && !seen.has('error'))
                collect.failure('It has no list of advisories, not even an empty one.'); }) };
    },
};

;// CONCATENATED MODULE: ./build/shared/findings/formats/safety.js



/**
 * Safety's JSON, of `safety check` and of `safety scan`.
 * https://github.com/pyupio/safety/blob/main/safety/formatters/json.py, https://github.com/pyupio/safety_schemas
 */
const safety = {
    name: 'safety',
    recognise: (sketch) => sketch.has('report_meta', 'vulnerabilities') || sketch.has('report_meta.safety_version') || sketch.has('scan_results.projects') || sketch.has('meta', 'scan_results'),
    read(collect) {
        collect.tool('safety');
        collect.kind('sca');
        const file = object((of) => { addFile(collect, of); });
        return { shape: members({
                report_meta: object((of) => { tellMeta(collect, of); }),
                meta: object((of) => { tellMeta(collect, of); }),
                vulnerabilities: objects((one) => { collect.add(safety_draftOf(one)); }),
                ignored_vulnerabilities: objects((one) => { collect.add({ ...safety_draftOf(one), suppressedBy: ignored(one) }); }),
                scan_results: members({ projects: json_shape_elements(members({ files: json_shape_elements(file) })), files: either(json_shape_elements(file), file) }),
            }, ({ seen }) => { if (!seen.has('vulnerabilities') && !seen.has('scan_results'))
                collect.failure('It has no list of vulnerabilities, not even an empty one.'); }) };
    },
};
function tellMeta(collect, of) {
    collect.tool('safety', fields_text(of, 'safety_version') ?? fields_text(inner(of, 'telemetry'), 'safety_version'));
    collect.createdAt(fields_text(of, 'timestamp'));
    const packages = amount(of, 'packages_found');
    if (packages !== undefined)
        collect.scanned(packages, 'packages');
}
function safety_draftOf(one) {
    const cve = fields_text(one, 'CVE');
    const fixed = list(one, 'fixed_versions').length > 0 ? texts(one, 'fixed_versions') : [fields_text(one, 'closest_versions_without_known_vulnerabilities')].filter((version) => version !== undefined);
    return {
        kind: 'sca', rule: need(one, 'vulnerability_id'), aliases: cve?.split(/[,\s]+/), message: fields_text(one, 'advisory'), url: fields_text(one, 'more_info_url'),
        package: { name: need(one, 'package_name'), version: fields_text(one, 'analyzed_version'), ecosystem: 'pypi' }, fixedIn: fixed, claims: safety_claimsOf(one),
    };
}
// A number where an account would have an object.
function safety_claimsOf(one) {
    const { severity } = one.members;
    if (typeof severity === 'string')
        return labelled(severity);
    const of = typeof severity === 'object' ? inner(one, 'severity') : { path: [], members: {} };
    const [v3, v2] = [inner(of, 'cvssv3'), inner(of, 'cvssv2')];
    return [...labelled(fields_text(v3, 'base_severity')), ...claim_scored(number(v3, 'base_score'), 3), ...vectored(fields_text(v3, 'vector_string')), ...claim_scored(number(v2, 'base_score'), 2)];
}
function ignored(one) {
    const until = fields_text(one, 'ignored_expires');
    return { by: "Safety's policy", reason: `${fields_text(one, 'ignored_reason') ?? ''}${until === undefined ? '' : ` (until ${until})`}`.trim() };
}
function addFile(collect, file) {
    const dependencies = each(inner(file, 'results'), 'dependencies');
    collect.scanned(dependencies.length, 'dependencies');
    for (const dependency of dependencies)
        for (const specification of each(dependency, 'specifications'))
            addSpecification(collect, file, dependency, specification);
}
function addSpecification(collect, file, dependency, specification) {
    const of = inner(specification, 'vulnerabilities');
    const fixed = fields_text(inner(of, 'remediation'), 'recommended');
    for (const one of each(of, 'known_vulnerabilities')) {
        const by = inner(one, 'ignored');
        const isIgnored = has(one, 'ignored') && flag(by, 'is_ignored') !== false && Object.keys(by.members).length > 0;
        collect.add({
            kind: 'sca', rule: textOrNumber(one, 'id') ?? need(one, 'id'), path: fields_text(file, 'location'), fixedIn: [fixed], claims: safety_claimsOf(one), aliases: [fields_text(one, 'CVE')],
            package: { name: need(dependency, 'name'), version: /==\s*([\w.+!-]+)/.exec(fields_text(specification, 'raw') ?? '')?.[1], ecosystem: 'pypi' },
            ...(isIgnored ? { suppressedBy: { by: "Safety's policy", reason: fields_text(by, 'reason') ?? '' } } : {}),
        });
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif-rules.js


/** Reduces a run's `tool`. @throws {Damage} */
function readTool(value) {
    const tool = fields(value, 'tool');
    const driver = inner(tool, 'driver');
    const components = [driver, ...each(tool, 'extensions')].map(componentOf);
    return { name: fields_text(driver, 'name') ?? '', version: fields_text(driver, 'semanticVersion') ?? fields_text(driver, 'version'), components };
}
function componentOf(component) {
    const rules = each(component, 'rules').map(ruleOf);
    return { name: fields_text(component, 'name') ?? '', rules, byId: new Map(rules.map((rule) => [rule.id, rule])) };
}
function ruleOf(rule) {
    const properties = inner(rule, 'properties');
    const id = fields_text(rule, 'id') ?? '';
    return {
        id, name: fields_text(rule, 'name'), title: fields_text(inner(rule, 'shortDescription'), 'text') ?? fields_text(inner(rule, 'fullDescription'), 'text'),
        // Of a help, which can be long, only some tools' first lines matter.
        help: fields_text(inner(rule, 'help'), 'text')?.slice(0, 600), url: fields_text(rule, 'helpUri'),
        level: fields_text(inner(rule, 'defaultConfiguration'), 'level'),
        securitySeverity: textOrNumber(properties, 'security-severity'),
        problemSeverity: typeof properties.members['problem.severity'] === 'string' ? properties.members['problem.severity'] : undefined,
        tags: Array.isArray(properties.members['tags']) ? texts(properties, 'tags') : [],
        aliases: aliasesOf([id, ...texts(rule, 'deprecatedIds')]),
    };
}
/**
 * The rule a result refers to, by index or id, in the driver or an extension; an index that leads to a rule of another id is
 * wrong (old Grype writes 0 everywhere), and the id decides. SARIF 2.1.0, 3.27.7 and 3.52.
 */
function ruleOfResult(tool, result) {
    const reference = inner(result, 'rule');
    const id = fields_text(result, 'ruleId') ?? fields_text(reference, 'id');
    const index = number(result, 'ruleIndex') ?? number(reference, 'index');
    const component = componentReferred(tool, inner(reference, 'toolComponent'));
    const indexed = index === undefined || index < 0 ? undefined : component?.rules[index];
    if (indexed !== undefined && (id === undefined || isOf(id, indexed.id)))
        return indexed;
    if (id === undefined)
        return undefined;
    const found = (component === undefined ? [] : [component]).concat(tool.components).map(({ byId }) => byId.get(id) ?? byId.get(id.replace(/\/[^/]*$/, '')));
    return found.find((rule) => rule !== undefined);
}
/** The level of a failing result when it has none: the run's override, the rule's default, or `warning`. SARIF 2.1.0, 3.27.10. */
function defaultLevel(rule, overrides) {
    return overrides.get(rule?.id ?? '') ?? rule?.level ?? 'warning';
}
/** Levels that an invocation sets otherwise than the rules have them, by rule. */
function levelOverrides(invocations) {
    const overrides = invocations.flatMap((invocation) => each(invocation, 'ruleConfigurationOverrides'));
    return new Map(overrides.flatMap((override) => {
        const [id, level] = [fields_text(inner(override, 'descriptor'), 'id'), fields_text(inner(override, 'configuration'), 'level')];
        return id === undefined || level === undefined ? [] : [[id, level]];
    }));
}
function componentReferred(tool, reference) {
    const index = number(reference, 'index');
    if (index !== undefined && index >= 0)
        return tool.components[index + 1];
    const name = fields_text(reference, 'name');
    return name === undefined ? tool.components[0] : tool.components.find((component) => component.name === name) ?? tool.components[0];
}
// `CA1000/1` is a case of rule `CA1000`.
function isOf(id, rule) {
    return id === rule || id.startsWith(`${rule}/`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif-result.js




const sarif_result_LEVELS = { error: 'high', warning: 'medium', note: 'low', none: 'info' };
/** The draft of a result that is a failure. @throws {Damage} */
function sarif_result_draftOf(result, rule, quirks, overrides) {
    const [first] = each(result, 'locations');
    const place = first === undefined ? undefined : inner(first, 'physicalLocation');
    const region = place === undefined ? undefined : inner(place, 'region');
    const message = sarif_result_messageOf(result);
    const logical = first === undefined ? [] : each(first, 'logicalLocations').flatMap((one) => fields_text(one, 'fullyQualifiedName') ?? []);
    const snippet = region === undefined ? undefined : fields_text(inner(region, 'snippet'), 'text');
    const draft = {
        kind: quirks.kinds[0] ?? 'sast', tool: quirks.tool, rule: idOf(result, rule), title: rule?.title ?? message, message,
        aliases: [...rule?.aliases ?? [], ...aliasesIn(`${rule?.id ?? ''} ${rule?.tags.join(' ') ?? ''}`)],
        path: place === undefined ? undefined : fields_text(inner(place, 'artifactLocation'), 'uri'),
        line: region === undefined ? undefined : number(region, 'startLine'), endLine: region === undefined ? undefined : number(region, 'endLine'),
        fingerprint: fingerprintOf(result), code: snippet, url: rule?.url, cwes: sarif_result_cwesOf(rule), claims: [],
        suppressedBy: quirks.suppressesAll === true ? undefined : suppressionOf(result),
    };
    const own = quirks.refine?.(draft, { message, rule, snippet, logical }) ?? {};
    return { ...draft, ...own, claims: [...own.claims ?? [], ...sarif_result_claimsOf(result, rule, quirks, overrides)] };
}
/** Whether a result is a finding: other kinds are checks that passed or did not apply, and an absent one is of an older scan. SARIF 2.1.0, 3.27.9 and 3.27.24. */
function isFailure(result) {
    return (fields_text(result, 'kind') ?? 'fail') === 'fail' && fields_text(result, 'baselineState') !== 'absent';
}
// The score of the result, then of the rule, then a word in their place, then the level, which every result has.
function sarif_result_claimsOf(result, rule, quirks, overrides) {
    const own = textOrNumber(inner(result, 'properties'), 'security-severity');
    const given = [own, rule?.securitySeverity].filter((one) => one !== undefined && one !== '');
    const scores = given.flatMap((one) => claim_scored(Number.isNaN(Number(one)) ? undefined : Number(one)));
    const words = given.flatMap((one) => (Number.isNaN(Number(one)) ? labelled(one) : [])).filter(({ severity }) => severity !== 'unknown');
    if (quirks.hasNoLevel === true)
        return [...scores, ...words];
    const level = fields_text(result, 'level') ?? defaultLevel(rule, overrides);
    return [...scores, ...words, ...levelled(Object.hasOwn(sarif_result_LEVELS, level) ? sarif_result_LEVELS[level] ?? 'unknown' : 'unknown', level)];
}
function idOf(result, rule) {
    return fields_text(result, 'ruleId') ?? fields_text(inner(result, 'rule'), 'id') ?? rule?.id ?? '(no rule)';
}
function sarif_result_messageOf(result) {
    const message = inner(result, 'message');
    return fields_text(message, 'text') ?? fields_text(message, 'markdown') ?? fields_text(message, 'id') ?? '';
}
// Only what is made to survive moved lines; others hold a commit or an author.
function fingerprintOf(result) {
    const partial = inner(result, 'partialFingerprints');
    const whole = inner(result, 'fingerprints');
    return fields_text(partial, 'primaryLocationLineHash') ?? fields_text(whole, 'matchBasedId/v1')?.replace(/_\d+$/, '') ?? fields_text(whole, '1') ?? fields_text(whole, '0');
}
/** Set aside only when there is a suppression and none of them is rejected or still to be reviewed. SARIF 2.1.0, 3.27.23. */
function suppressionOf(result) {
    const all = each(result, 'suppressions');
    const isHeld = all.some((one) => !['accepted', undefined].includes(fields_text(one, 'status')));
    const [first] = all;
    if (first === undefined || isHeld)
        return undefined;
    const reason = fields_text(first, 'justification');
    return { by: fields_text(first, 'kind') === 'inSource' ? 'a comment in the source' : 'the scanner\'s configuration', ...(reason === undefined ? {} : { reason }) };
}
function sarif_result_cwesOf(rule) {
    return (rule?.tags ?? []).flatMap((tag) => /\bcwe-?\/?(?:cwe-)?(\d+)/i.exec(tag)?.[1] ?? []);
}
/** Commits that the run says it was of. */
function commitsOf(provenance) {
    return provenance.flatMap((one) => fields_text(one, 'revisionId') ?? []);
}
/** The image that a run says it was of, as Trivy writes it. */
function imageOf(properties) {
    const id = fields_text(properties, 'imageID');
    const digests = texts(properties, 'repoDigests').flatMap((one) => one.split('@')[1] ?? []);
    return { names: [fields_text(properties, 'imageName') ?? '', ...texts(properties, 'repoTags')].filter((name) => name !== ''), digests: id === undefined ? digests : [...digests, id] };
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/semgrep.js



// What stands where an account would have a value.
const WITHHELD = 'requires login';
/** Semgrep's JSON. https://github.com/semgrep/semgrep-interfaces/blob/main/semgrep_output_v1.atd */
const semgrep = {
    name: 'semgrep',
    recognise: (sketch) => sketch.has('results.#.check_id', 'results.#.extra') || sketch.has('results', 'errors', 'paths') || sketch.has('results', 'paths.scanned'),
    read(collect) {
        collect.tool('semgrep');
        collect.kind('sast');
        let files = 0;
        return { shape: members({
                version: wording((version) => { collect.tool('semgrep', version); }),
                results: objects((one) => { collect.add(semgrep_draftOf(one)); }),
                errors: objects((one) => { tellError(collect, one); }),
                paths: members({ scanned: json_shape_elements(value(() => { files++; })), skipped: objects((one) => { tellSkipped(collect, one); }) }, ({ seen }) => { if (seen.has('scanned'))
                    collect.scanned(files, 'files'); }),
                skipped_rules: objects((one) => { collect.gap(`Rule ${fields_text(one, 'rule_id') ?? ''} was left out.`); }),
            }, ({ seen }) => { if (!seen.has('results'))
                collect.failure('It has no results, not even none.'); }) };
    },
};
function semgrep_draftOf(one) {
    const extra = inner(one, 'extra');
    const about = inner(extra, 'metadata');
    const isSecret = !['NO_VALIDATOR', undefined].includes(fields_text(extra, 'validation_state'));
    const found = inner(inner(inner(extra, 'sca_info'), 'dependency_match'), 'found_dependency');
    const [fingerprint, lines] = [fields_text(extra, 'fingerprint'), fields_text(extra, 'lines')];
    const rule = need(one, 'check_id');
    return {
        kind: has(extra, 'sca_info') ? 'sca' : isSecret ? 'secrets' : 'sast', rule, title: rule.slice(rule.lastIndexOf('.') + 1), message: fields_text(extra, 'message'),
        path: need(one, 'path'), line: number(inner(one, 'start'), 'line'), endLine: number(inner(one, 'end'), 'line'),
        fingerprint: fingerprint === WITHHELD ? undefined : fingerprint?.replace(/_\d+$/, ''), code: isSecret || lines === WITHHELD ? undefined : lines, conceal: isSecret ? [lines === WITHHELD ? undefined : lines] : [],
        claims: semgrep_severityOf(need(extra, 'severity')), cwes: textsOrNone(about, 'cwe'), aliases: [fields_text(about, 'sca-vuln-database-identifier'), fields_text(about, 'ghsa'), fields_text(about, 'cve')],
        url: fields_text(about, 'source') ?? fields_text(about, 'shortlink'),
        ...(has(extra, 'sca_info') ? { package: { name: need(found, 'package'), version: fields_text(found, 'version'), ecosystem: fields_text(found, 'ecosystem') } } : {}),
        ...(flag(extra, 'is_ignored') === true ? { suppressedBy: { by: 'a nosemgrep comment in the source' } } : {}),
    };
}
// Its older words: an INFO is what others call low.
function semgrep_severityOf(word) {
    if (word === 'EXPERIMENT' || word === 'INVENTORY')
        return ruled('info', `Semgrep's ${word}`);
    const [claim] = labelled(word);
    return claim === undefined ? [] : [{ ...claim, severity: word === 'INFO' ? 'low' : claim.severity }];
}
// Rules are written by anybody: their metadata is of any type.
function textsOrNone(about, name) {
    const value = about.members[name];
    if (typeof value === 'string')
        return [value];
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? texts(about, name) : [];
}
// Semgrep only warns of a file that it could not parse, and ends with 0. Only these warnings are of something else, a rule that this version cannot run;
// what a later version may come to warn of is taken for a file that was not looked at.
const OF_NO_FILE = /^(?:semgrep ?warning|fixpoint ?timeout|missing ?plugin|incompatible ?rule)$/i;
/** Whether Semgrep left something out, by the kind of error it tells. */
function leavesOut(kind) {
    return !OF_NO_FILE.test(kind);
}
function tellError(collect, error) {
    const said = fields_text(error, 'message') ?? fields_text(error, 'short_msg') ?? typeOf(error);
    const path = fields_text(error, 'path');
    if (fields_text(error, 'level') !== 'error' && !leavesOut(typeOf(error)))
        collect.remark(`Semgrep warns${path === undefined ? '' : ` of ${path}`}: ${said}`);
    else if (path === undefined)
        collect.failure(`Semgrep reports an error: ${said}`);
    else
        collect.gap(`${path} was not checked wholly: ${said}`);
}
function typeOf(error) {
    const [first] = Array.isArray(error.members['type']) ? list(error, 'type') : [];
    return typeof first === 'string' ? first : fields_text(error, 'type') ?? 'an error';
}
function tellSkipped(collect, one) {
    const reason = fields_text(one, 'reason') ?? '';
    if (/analysis_failed|too_big|timeout|memory|exceeded|insufficient|unreadable/i.test(reason))
        collect.gap(`${fields_text(one, 'path') ?? 'A file'} was left out: ${reason}.`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sarif.js







/** SARIF 2.1.0 of any tool. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
const sarif = {
    name: 'sarif',
    recognise: (sketch) => sketch.has('runs') && (sketch.text('version')?.startsWith('2.') === true || sketch.text('$schema')?.includes('sarif') === true || sketch.has('runs.#.tool.driver')),
    read(collect) {
        let runs = 0;
        const shape = members({
            version: value((version) => { if (version !== '2.1.0')
                throw new Damage('it is of another version of SARIF than 2.1.0'); }),
            runs: json_shape_elements(run(collect, () => { runs++; })),
            inlineExternalProperties: value(() => { collect.gap('Parts of it are kept outside of the runs, where they are not read.'); }),
        }, ({ seen }) => {
            if (!seen.has('runs'))
                throw new Damage('runs is missing');
            if (runs === 0)
                collect.failure('It has no run: no scan took place.');
        });
        return { shape };
    },
};
function run(collect, begin) {
    let others = 0;
    return members({
        tool: fact(readTool),
        invocations: fact(invocationsOf),
        versionControlProvenance: value((list) => { for (const commit of commitsOf(listOf(list)))
            collect.subject('commits', commit); }),
        properties: object((of) => { tellImage(collect, of); }),
        externalPropertyFileReferences: object((of) => { if (has(of, 'results'))
            collect.gap('Its results are in other files.'); }),
        results: objects((result, scope) => {
            if (isFailure(result))
                addResult(collect, result, scope);
            else
                others++;
        }),
    }, (scope) => {
        begin();
        endRun(collect, scope, others);
        others = 0;
    });
}
function addResult(collect, result, scope) {
    const tool = factOf(scope, 'tool');
    // Not there yet: results before the tool are read in a second walk; a run without one ends in a fault.
    if (tool === undefined)
        return;
    const rule = ruleOfResult(tool, result);
    collect.add(sarif_result_draftOf(result, rule, quirksOf(tool.name), levelOverrides((factOf(scope, 'invocations') ?? []))));
}
function endRun(collect, { facts, seen }, others) {
    const tool = facts['tool'];
    if (tool === undefined || tool.name === '')
        throw new Damage('a run does not say which tool it is of');
    const quirks = quirksOf(tool.name);
    collect.tool(quirks.tool, tool.version);
    collect.kind(...kindsOf(tool, quirks.kinds));
    // An empty list says that nothing was found; no list says that nothing was looked for.
    if (!seen.has('results'))
        collect.failure(`The run of ${tool.name} has no results, not even none: the scan did not come that far.`);
    if (others > 0)
        collect.remark(`${others} results are no findings: checks that passed, or findings that are gone.`);
    for (const invocation of (facts['invocations'] ?? []))
        tellInvocation(collect, tool.name, invocation);
}
// Trivy and Grype are of several kinds, and tell by their rules; without rules, what everybody has them for.
function kindsOf(tool, kinds) {
    const hasRules = tool.components.some(({ rules }) => rules.length > 0);
    return kinds.length > 0 || hasRules ? kinds : ['sca'];
}
function invocationsOf(list) {
    return listOf(list).map((one) => {
        fields_text(one, 'endTimeUtc');
        return one;
    });
}
function tellInvocation(collect, tool, invocation) {
    const hasRun = flag(invocation, 'executionSuccessful');
    const notes = [...each(invocation, 'toolExecutionNotifications'), ...each(invocation, 'toolConfigurationNotifications')];
    const isFault = (note) => fields_text(note, 'level') === 'error' || (/^semgrep/i.test(tool) && leavesOut(fields_text(inner(note, 'descriptor'), 'id') ?? ''));
    const errors = notes.filter(isFault).map((note) => fields_text(inner(note, 'message'), 'text') ?? 'an error without words');
    const crash = fields_text(invocation, 'processStartFailureMessage') ?? fields_text(invocation, 'exitSignalName');
    if (hasRun === false || crash !== undefined)
        collect.failure(`${tool} says that it did not run through${sarif_because(crash ?? errors[0])}`);
    else
        for (const error of errors)
            collect.gap(`${tool} reports an error${sarif_because(error)}`);
    collect.createdAt(fields_text(invocation, 'startTimeUtc') ?? fields_text(invocation, 'endTimeUtc'));
}
function tellImage(collect, properties) {
    const { names, digests } = imageOf(properties);
    for (const name of names)
        collect.subject('names', name);
    for (const digest of digests)
        collect.subject('digests', digest);
    if (digests.length > 0)
        collect.kind('container');
}
function sarif_because(reason) {
    return reason === undefined ? '.' : `: ${reason.trim().replace(/\.$/, '')}.`;
}
function listOf(value) {
    return each({ path: [], members: { list: value } }, 'list');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/snyk.js




/** Snyk's JSON of `test` and `container test`: one project, or a list of them. https://docs.snyk.io/developer-tools/snyk-cli/commands/test */
const snyk_snyk = {
    name: 'snyk',
    recognise: (sketch) => ['', '#.'].some((at) => sketch.has(`${at}ok`) && (sketch.has(`${at}vulnerabilities`) || sketch.has(`${at}error`)) || sketch.has(`${at}vulnerabilities`, `${at}dependencyCount`)),
    read(collect) {
        collect.tool('snyk');
        let projects = 0;
        const counted = () => { projects++; };
        const project = projectShape(collect, counted);
        return {
            shape: either(json_shape_elements(project), project),
            done: () => { if (projects === 0)
                collect.nothingScanned('It has no project.'); },
        };
    },
};
function projectShape(collect, begin, isInner = false) {
    let ids = new Set();
    const vulnerabilities = objects((one, scope) => {
        ids.add(need(one, 'id'));
        collect.add(snyk_draftOf(one, scope));
    });
    return members({
        packageManager: fact(), docker: fact(), displayTargetFile: fact(), error: fact(), uniqueCount: fact(countOf), ok: fact(),
        path: wording((name) => { if (!isInner)
            collect.subject('names', name); }),
        dependencyCount: wording((count) => { collect.scanned(Number(count), 'dependencies'); }),
        vulnerabilities, ...(isInner ? {} : { applications: json_shape_elements(projectShape(collect, begin, true)) }),
    }, (scope) => {
        begin();
        endProject(collect, scope, ids.size);
        ids = new Set();
    });
}
function countOf(count) {
    if (typeof count !== 'number')
        throw new Damage('uniqueCount is no number');
    return count;
}
function endProject(collect, scope, found) {
    const { facts: { error, uniqueCount, ok }, seen } = scope;
    collect.kind(snyk_kindOf(scope));
    if (error !== undefined)
        return collect.failure(`Snyk could not test a project: ${typeof error === 'string' ? error : 'it does not say why'}.`);
    if (!seen.has('vulnerabilities'))
        collect.failure('A project has no list of vulnerabilities, not even an empty one.');
    if (typeof uniqueCount === 'number' && uniqueCount > found)
        collect.gap(`Snyk counts ${uniqueCount} problems, and lists ${found}.`);
    else if (ok === false && found === 0 && uniqueCount === undefined)
        collect.gap('Snyk says that something is wrong, and lists nothing.');
}
// One entry for each path to the package; together they are one finding.
function snyk_draftOf(one, scope) {
    const ids = inner(one, 'identifiers');
    const isLicence = fields_text(one, 'type') === 'license';
    const name = fields_text(one, 'packageName') ?? fields_text(one, 'moduleName') ?? need(one, 'name');
    const vector = fields_text(one, 'CVSSv3');
    return {
        kind: isLicence ? 'licence' : snyk_kindOf(scope), rule: need(one, 'id'), aliases: [...texts(ids, 'CVE'), ...texts(ids, 'GHSA')], title: fields_text(one, 'title'),
        package: { name, version: fields_text(one, 'version'), ecosystem: snyk_ecosystemOf(one, scope) }, fixedIn: texts(one, 'fixedIn'), cwes: texts(ids, 'CWE'),
        path: factText(scope, 'displayTargetFile'), claims: [...labelled(fields_text(one, 'severityWithCritical') ?? fields_text(one, 'severity')), ...claim_scored(number(one, 'cvssScore'), cvssVersion(vector), undefined, vector)],
        licence: isLicence ? fields_text(one, 'license') ?? fields_text(one, 'title') : undefined, suppressedBy: snyk_ignored(inner(one, 'filtered')),
    };
}
function snyk_ecosystemOf(one, scope) {
    return fields_text(one, 'packageManager') ?? factText(scope, 'packageManager') ?? fields_text(one, 'language');
}
function snyk_ignored(filtered) {
    const [by] = each(filtered, 'ignored');
    return by === undefined ? undefined : { by: 'a .snyk policy', reason: fields_text(by, 'reason') ?? '' };
}
function snyk_kindOf(scope) {
    return factOf(scope, 'docker') !== undefined || ['deb', 'apk', 'rpm', 'linux'].includes(factText(scope, 'packageManager') ?? '') ? 'container' : 'sca';
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/sonarqube.js



const sonarqube_SEVERITIES = { BLOCKER: 'critical', CRITICAL: 'high', MAJOR: 'medium', MINOR: 'low', INFO: 'info' };
/** SonarQube's answers of api/issues/search and api/hotspots/search. https://next.sonarqube.com/sonarqube/web_api/api/issues */
const sonarqube = {
    name: 'sonarqube',
    recognise: (sketch) => (sketch.has('paging') && (sketch.has('issues') || sketch.has('hotspots'))) || sketch.has('issues.#.rule', 'issues.#.component', 'issues.#.key'),
    read(collect) {
        collect.tool('sonarqube');
        collect.kind('sast');
        let listed = 0;
        let total;
        return { shape: members({
                total: value((all) => { if (typeof all === 'number')
                    total = all; }),
                paging: object((of) => { total = amount(of, 'total'); }),
                issues: objects((one) => {
                    listed++;
                    if (isSecurity(one) && fields_text(one, 'resolution') !== 'FIXED' && fields_text(one, 'issueStatus') !== 'FIXED')
                        collect.add(issue(one));
                }),
                hotspots: objects((one) => {
                    listed++;
                    if (fields_text(one, 'resolution') !== 'FIXED')
                        collect.add(hotspot(one));
                }),
                errors: objects((one) => { collect.failure(`SonarQube answers: ${fields_text(one, 'msg') ?? 'an error'}.`); }),
            }, ({ seen }) => {
                if (!seen.has('issues') && !seen.has('hotspots'))
                    collect.failure('It has no list of issues, not even an empty one.');
                if (total === undefined)
                    collect.gap('It does not say how many issues there are, so some may be missing.');
                else if (total > listed)
                    collect.gap(`It has ${listed} of ${total} issues: fetch all pages.`);
            }) };
    },
};
function isSecurity(issue) {
    return fields_text(issue, 'type') === 'VULNERABILITY' || each(issue, 'impacts').some((impact) => fields_text(impact, 'softwareQuality') === 'SECURITY');
}
function issue(one) {
    const decision = fields_text(one, 'resolution') ?? fields_text(one, 'issueStatus') ?? '';
    return {
        kind: 'sast', rule: need(one, 'rule'), title: fields_text(one, 'message'), path: sonarqube_pathOf(one), line: number(one, 'line'), fingerprint: fields_text(one, 'hash'),
        claims: sonarqube_claimsOf(one), firstSeen: fields_text(one, 'creationDate'), cwes: texts(one, 'tags').filter((tag) => /^cwe/i.test(tag)),
        ...(/FALSE.POSITIVE|WONTFIX|ACCEPTED/.test(decision) ? { suppressedBy: { by: 'SonarQube', reason: decision } } : {}),
    };
}
// The impact on security is the newer word, and the better one where both are there.
function sonarqube_claimsOf(one) {
    const impact = each(one, 'impacts').find((each) => fields_text(each, 'softwareQuality') === 'SECURITY');
    const severity = fields_text(one, 'severity');
    return [...labelled(impact === undefined ? undefined : fields_text(impact, 'severity')), ...severity === undefined ? [] : levelled(sonarqube_SEVERITIES[severity] ?? 'unknown', severity)];
}
function hotspot(one) {
    const isSafe = ['SAFE', 'ACKNOWLEDGED'].includes(fields_text(one, 'resolution') ?? '');
    return {
        kind: 'sast', rule: fields_text(one, 'ruleKey') ?? need(one, 'securityCategory'), title: fields_text(one, 'message'), path: sonarqube_pathOf(one), line: number(one, 'line'),
        claims: labelled(need(one, 'vulnerabilityProbability')), firstSeen: fields_text(one, 'creationDate'),
        ...(isSafe ? { suppressedBy: { by: 'SonarQube', reason: `reviewed: ${fields_text(one, 'resolution')}` } } : {}),
    };
}
// `project:src/app.ts`
function sonarqube_pathOf(one) {
    const [component, project] = [need(one, 'component'), fields_text(one, 'project')];
    return project !== undefined && component.startsWith(`${project}:`) ? component.slice(project.length + 1) : component.replace(/^[^/]*:/, '');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/trivy.js



/**
 * Trivy's JSON: of images, file systems, repositories, configurations, SBOMs and clusters.
 * https://github.com/aquasecurity/trivy/blob/main/pkg/types/report.go
 */
const trivy_trivy = {
    name: 'trivy',
    recognise: (sketch) => (sketch.text('SchemaVersion') !== undefined && sketch.has('ArtifactName'))
        || sketch.has('ArtifactName', 'Results') || (sketch.has('ClusterName') && (sketch.has('Resources') || sketch.has('Vulnerabilities') || sketch.has('Misconfigurations')))
        || sketch.has('#.Target', '#.Vulnerabilities') || sketch.has('#.Target', '#.Class'),
    read(collect) {
        collect.tool('trivy');
        let targets = 0;
        let others = 0;
        const results = json_shape_elements(result(collect, (kind) => {
            targets++;
            if (kind === undefined)
                return;
            others++;
            collect.kind(kind);
        }));
        const resources = json_shape_elements(members({ Results: results, Error: value((error) => { if (error !== '')
                collect.failure('It could not scan a resource of the cluster.'); }) }));
        const whole = members({
            CreatedAt: wording((time) => { collect.createdAt(time); }),
            ArtifactName: wording((name) => { collect.subject('names', name); }),
            ArtifactType: fact(), ClusterName: fact(), Metadata: object((of) => { trivy_tellMetadata(collect, of); }),
            Trivy: object((of) => { collect.tool('trivy', fields_text(of, 'Version')); }),
            Results: results, Resources: resources, Vulnerabilities: resources, Misconfigurations: resources,
        }, (scope) => { if (targets === 0 || targets > others)
            collect.kind(...trivy_kindsOf(scope)); });
        return { shape: either(results, whole), done: () => {
                if (targets === 0)
                    collect.nothingScanned('It lists no target: Trivy found no package or file to scan, or did not say which (--list-all-pkgs has it say so).');
            } };
    },
};
// What is no scan of packages: a look at configuration alone says nothing of what depends on what.
const KINDS_OF_CLASSES = { config: 'iac', secret: 'secrets', license: 'licence', 'license-file': 'licence' };
function result(collect, begin) {
    return members({
        Target: fact(), Class: fact(), Type: fact(),
        Packages: json_shape_elements(value(() => { collect.scanned(1, 'packages'); })),
        Vulnerabilities: objects((one, scope) => { collect.add(vulnerability(one, scope)); }),
        Misconfigurations: objects((one, scope) => { if (fields_text(one, 'Status') !== 'PASS')
            collect.add(misconfiguration(one, scope)); }),
        Secrets: objects((one, scope) => { collect.add(secret(one, scope)); }),
        Licenses: objects((one, scope) => { collect.add(licence(one, scope)); }),
        ExperimentalModifiedFindings: objects((one, scope) => { addModified(collect, one, scope); }),
    }, (scope) => { begin(KINDS_OF_CLASSES[factText(scope, 'Class') ?? '']); });
}
function vulnerability(one, scope) {
    const isSystem = factOf(scope, 'Class') === 'os-pkgs';
    const purl = fields_text(inner(one, 'PkgIdentifier'), 'PURL');
    return {
        kind: isSystem || isOfImage(scope) ? 'container' : 'sca', rule: need(one, 'VulnerabilityID'), aliases: texts(one, 'VendorIDs'),
        title: fields_text(one, 'Title'), message: fields_text(one, 'Description'), url: fields_text(one, 'PrimaryURL'),
        package: { name: need(one, 'PkgName'), version: fields_text(one, 'InstalledVersion'), ecosystem: factText(scope, 'Type'), purl },
        fixedIn: [fields_text(one, 'FixedVersion')], path: fields_text(one, 'PkgPath') ?? (isSystem ? undefined : factText(scope, 'Target')),
        claims: [...labelled(fields_text(one, 'Severity'), fields_text(one, 'SeveritySource')), ...trivy_scoresOf(inner(one, 'CVSS'))],
        cwes: texts(one, 'CweIDs'),
    };
}
function trivy_scoresOf(bySource) {
    return Object.entries(bySource.members).flatMap(([source, scores]) => {
        const of = fields(scores, 'CVSS');
        return [...claim_scored(number(of, 'V40Score'), 4, source, fields_text(of, 'V40Vector')), ...claim_scored(number(of, 'V3Score'), 3, source, fields_text(of, 'V3Vector')), ...claim_scored(number(of, 'V2Score'), 2, source, fields_text(of, 'V2Vector'))];
    });
}
function misconfiguration(one, scope) {
    const cause = inner(one, 'CauseMetadata');
    return {
        kind: 'iac', rule: need(one, 'ID'), title: fields_text(one, 'Title'), message: fields_text(one, 'Message'), url: fields_text(one, 'PrimaryURL'),
        path: factText(scope, 'Target'), line: number(cause, 'StartLine'), endLine: number(cause, 'EndLine'), fingerprint: fields_text(cause, 'Resource'),
        claims: labelled(fields_text(one, 'Severity')),
        ...(fields_text(one, 'Status') === 'EXCEPTION' ? { suppressedBy: { by: 'an exception in Trivy\'s checks' } } : {}),
    };
}
function secret(one, scope) {
    return {
        kind: 'secrets', rule: need(one, 'RuleID'), title: fields_text(one, 'Title'), path: factText(scope, 'Target'),
        line: number(one, 'StartLine'), endLine: number(one, 'EndLine'), conceal: [fields_text(one, 'Match')], claims: labelled(fields_text(one, 'Severity')),
    };
}
function licence(one, scope) {
    const name = need(one, 'Name');
    return {
        kind: 'licence', rule: name, licence: name, title: `${name} (${fields_text(one, 'Category') ?? 'not classified'})`, url: fields_text(one, 'Link'),
        package: fields_text(one, 'PkgName') === undefined || fields_text(one, 'PkgName') === '' ? undefined : { name: fields_text(one, 'PkgName') ?? '', ecosystem: factText(scope, 'Type') },
        path: fields_text(one, 'FilePath') ?? factText(scope, 'Target'), claims: labelled(fields_text(one, 'Severity')),
    };
}
// What an ignore file or a VEX document of Trivy's took away, shown with `--show-suppressed`.
function addModified(collect, one, scope) {
    const suppressedBy = { by: fields_text(one, 'Source') ?? 'Trivy', reason: fields_text(one, 'Statement') ?? fields_text(one, 'Status') ?? '' };
    if (fields_text(one, 'Type') === 'vulnerability')
        collect.add({ ...vulnerability(inner(one, 'Finding'), scope), suppressedBy });
}
function trivy_tellMetadata(collect, of) {
    const system = inner(of, 'OS');
    if (flag(system, 'EOSL') === true)
        collect.remark(`${fields_text(system, 'Family') ?? 'The system'} ${fields_text(system, 'Name') ?? ''} gets no security updates any more: what is wrong with it may be listed nowhere.`);
    collect.subject('digests', fields_text(of, 'ImageID'));
    for (const digest of texts(of, 'RepoDigests'))
        collect.subject('digests', digest.split('@')[1]);
    for (const tag of texts(of, 'RepoTags'))
        collect.subject('names', tag);
    collect.subject('commits', fields_text(of, 'Commit'));
}
function trivy_kindsOf(scope) {
    return [isOfImage(scope) || factOf(scope, 'ClusterName') !== undefined ? 'container' : 'sca'];
}
function isOfImage(scope) {
    return ['container_image', 'vm', 'virtual_machine'].includes(factText(scope, 'ArtifactType') ?? '');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/trufflehog.js


/**
 * TruffleHog's JSON lines. Its log, if it is mixed in (`2>&1`), proves that the scan came to its end; alone, no finding is an empty file.
 * https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/json.go
 */
const trufflehog = {
    name: 'trufflehog',
    recognise: (sketch) => sketch.has('DetectorName', 'SourceMetadata') || (sketch.has('level', 'msg') && sketch.text('logger') === 'trufflehog'),
    read(collect) {
        collect.tool('trufflehog');
        collect.kind('secrets');
        const log = { hasBegun: false, hasEnded: false };
        return {
            takesMany: true,
            shape: object((line) => {
                if (has(line, 'DetectorName'))
                    collect.add(trufflehog_draftOf(line));
                else
                    tellLog(collect, line, log);
            }),
            done: () => { if (log.hasBegun && !log.hasEnded)
                collect.failure('Its log does not say that the scan was finished.'); },
        };
    },
};
function trufflehog_draftOf(line) {
    const detector = need(line, 'DetectorName');
    const [place] = Object.values(inner(inner(line, 'SourceMetadata'), 'Data').members);
    const at = fields(place ?? {}, 'SourceMetadata', 'Data');
    const parts = Object.values(inner(line, 'SecretParts').members).filter((part) => typeof part === 'string');
    const isVerified = flag(line, 'Verified') === true;
    const isUnsure = fields_text(line, 'VerificationError') !== undefined;
    return {
        kind: 'secrets', rule: detector, title: `${detector}: ${isVerified ? 'a secret that works' : isUnsure ? 'a secret; whether it works could not be found out' : 'a secret'}`,
        path: fields_text(at, 'file') ?? fields_text(at, 'link') ?? fields_text(at, 'image'), line: number(at, 'line'), firstSeen: fields_text(at, 'timestamp'),
        secret: fields_text(line, 'Raw'), conceal: [fields_text(line, 'RawV2'), ...parts],
        claims: ruled('critical', isVerified ? 'a secret that works' : 'a secret in the sources'),
    };
}
function tellLog(collect, line, log) {
    const message = fields_text(line, 'msg');
    if (message === undefined)
        return;
    log.hasBegun = true;
    const isError = fields_text(line, 'level') === 'error' || /encountered errors during scan/i.test(message);
    if (isError)
        collect.failure(`TruffleHog reports an error: ${message}.`);
    if (isError || /finished scanning/i.test(message))
        log.hasEnded = true;
    if (/finished scanning/i.test(message))
        collect.scanned(amount(line, 'chunks') ?? 0, 'pieces of data');
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/yarn-audit.js




// What Yarn 1 calls its lines; those of its log are all there is when the registry did not answer.
const LINES = ['auditAdvisory', 'auditSummary', 'auditAction', 'info', 'warning', 'error'];
/** Yarn's audit, a line of JSON for each advisory: `yarn audit --json` of Yarn 1, `yarn npm audit --json` of Yarn 4. */
const yarnAudit = {
    name: 'yarn-audit',
    recognise: (sketch) => (sketch.has('data') && LINES.includes(sketch.text('type') ?? '')) || sketch.has('value', 'children.Severity'),
    read(collect) {
        collect.tool('yarn-audit');
        collect.kind('sca');
        const state = { isOld: false, hasEnded: false, hasFailed: false };
        return {
            takesMany: true,
            shape: object((line) => {
                if (typeof line.members['children'] === 'object')
                    addLine(collect, line);
                else
                    tellLine(collect, line, state);
            }),
            done: () => { if (state.isOld && !state.hasEnded && !state.hasFailed)
                collect.failure('Its summary, which Yarn writes at the end, is missing: the audit did not run through.'); },
        };
    },
};
function tellLine(collect, line, state) {
    const type = need(line, 'type');
    state.isOld = true;
    if (type === 'error') {
        state.hasFailed = true;
        collect.failure(`Yarn could not audit: ${typeof line.members['data'] === 'string' ? line.members['data'] : 'it did not say why'}.`);
    }
    if (type === 'auditSummary') {
        state.hasEnded = true;
        collect.scanned(amount(inner(line, 'data'), 'totalDependencies') ?? 0, 'dependencies');
    }
    if (type !== 'auditAdvisory')
        return;
    const { members } = inner(line, 'data');
    const isDevelopment = flag(inner({ path: line.path, members }, 'resolution'), 'dev') === true;
    for (const draft of advisoryDrafts(fields(members['advisory'], ...line.path, 'data', 'advisory')))
        collect.add({ ...draft, ...(isDevelopment ? { scope: 'development' } : {}) });
}
// { value: <package>, children: { ID, Issue, URL, Severity, 'Vulnerable Versions', 'Tree Versions', Dependents } }
function addLine(collect, line) {
    const advisory = inner(line, 'children');
    const url = fields_text(advisory, 'URL');
    const ecosystem = 'npm';
    const [alias] = aliasesIn(url ?? '');
    const id = alias ?? textOrNumber(advisory, 'ID') ?? need(advisory, 'Issue');
    // Packages that are only deprecated are told in the same form.
    if (/deprecat/i.test(textOrNumber(advisory, 'ID') ?? ''))
        return;
    const versions = texts(advisory, 'Tree Versions');
    // It is vulnerable, whether or not it says in which version it is there.
    for (const version of versions.length > 0 ? versions : [undefined]) {
        collect.add({ kind: 'sca', rule: id, title: fields_text(advisory, 'Issue'), url, package: { name: need(line, 'value'), version, ecosystem }, claims: labelled(fields_text(advisory, 'Severity')) });
    }
}

;// CONCATENATED MODULE: ./build/shared/findings/formats/zap.js



const RISKS = { 3: 'high', 2: 'medium', 1: 'low', 0: 'info' };
/** ZAP's traditional JSON. https://github.com/zaproxy/zap-extensions/tree/main/addOns/reports/src/main/zapHomeFiles/reports/traditional-json */
const zap = {
    name: 'zap',
    recognise: (sketch) => sketch.has('site', '@version') || sketch.has('site', '@generated') || sketch.has('site.#.alerts') || sketch.has('site.alerts'),
    read(collect) {
        collect.tool('zap');
        collect.kind('dast');
        let sites = 0;
        const site = object((one) => {
            sites++;
            addSite(collect, one);
        });
        return { shape: members({
                '@version': wording((version) => { collect.tool('zap', version); }),
                '@generated': wording((time) => { collect.createdAt(time); }),
                created: fact((time) => { collect.createdAt(String(time)); }),
                stoppingInsight: value((of) => { tellStop(collect, of); }),
                site: either(json_shape_elements(site), site),
            }, ({ seen }) => {
                if (!seen.has('site'))
                    collect.failure('It has no list of sites.');
                else if (sites === 0)
                    collect.nothingScanned('It has no site: ZAP reached nothing.');
            }) };
    },
};
function addSite(collect, site) {
    const name = fields_text(site, '@name') ?? need(site, '@host');
    collect.subject('names', name);
    for (const alert of has(site, 'alerts') ? each(site, 'alerts') : [])
        addAlert(collect, name, alert);
}
/** Adds an alert of a site; JSON and XML have the same members. @throws {Damage} */
function addAlert(collect, site, alert) {
    const risk = textOrNumber(alert, 'riskcode') ?? '';
    const plugin = textOrNumber(alert, 'alertRef') || textOrNumber(alert, 'pluginid') || need(alert, 'name');
    const places = list(alert, 'instances').map((one, index) => fields(one, ...alert.path, 'instances', index));
    const title = fields_text(alert, 'name') ?? fields_text(alert, 'alert') ?? plugin;
    // Once for each place: they are one finding, and its number of occurrences.
    for (const place of places.length === 0 ? [undefined] : places) {
        collect.add({
            kind: 'dast', rule: plugin, title, message: place === undefined ? undefined : zap_placeOf(place), path: site, fingerprint: 'site',
            claims: levelled(RISKS[risk] ?? 'unknown', fields_text(alert, 'riskdesc') ?? risk), cwes: [textOrNumber(alert, 'cweid')],
            ...(textOrNumber(alert, 'confidence') === '0' ? { suppressedBy: { by: 'ZAP', reason: 'marked as a false positive' } } : {}),
        });
    }
}
// A query can hold a session or a token.
function zap_placeOf(place) {
    const uri = (fields_text(place, 'uri') ?? '').replace(/[?#].*$/s, '');
    const parameter = fields_text(place, 'param') ?? '';
    return `${fields_text(place, 'method') ?? ''} ${uri}${parameter === '' ? '' : ` (parameter ${parameter})`}`.trim();
}
function tellStop(collect, insight) {
    const of = typeof insight === 'object' && insight !== null && !Array.isArray(insight) ? fields(insight, 'stoppingInsight') : undefined;
    collect.failure(`ZAP stopped the scan: ${of === undefined ? 'it does not say why' : fields_text(of, 'description') ?? fields_text(of, 'reason') ?? 'it does not say why'}.`);
}

;// CONCATENATED MODULE: ./build/shared/findings/formats.js























/** Every format that is read. The first that recognises a document reads it: the particular come before the general. */
const FORMATS_READ = [
    sarif, cyclonedx, trivy_trivy, grype_grype, npmAudit, yarnAudit, pnpmAudit, safety, clair, anchore, snyk_snyk, pipAudit, gitleaks_gitleaks, trufflehog, bandit, semgrep, osv_scanner_osvScanner,
    dependencyCheck, zap, ggshield, sonarqube, checkov, codeScanningAlerts, dependabotAlerts,
];

;// CONCATENATED MODULE: ./build/shared/findings/json-frame.js


/** Where a document begins; `shape` is the document's. */
function rootFrame(document, shape) {
    return json_frame_frame({ key: document, parent: undefined, shape, isList: true, depth: 0, awaits: 'document', next: document });
}
/** An object or a list that opens as the next value of its parent. */
function childFrame(parent, shape, isList) {
    return json_frame_frame({ key: parent.next, parent, shape, isList, depth: parent.depth + 1, awaits: 'first', next: isList ? 0 : '' });
}
function json_frame_frame(fields) {
    return { ...fields, facts: {}, seen: new Set(), gathered: [], wasUsed: false, isLate: false };
}
/** A name of an open object or list, the same in every walk. */
function json_frame_idOf(frame) {
    let root = frame;
    while (root.parent !== undefined)
        root = root.parent;
    return JSON.stringify([root.key, ...pathOf(frame)]);
}
/** The shape that the next value of a frame should have. */
function nextShape({ shape, next, depth }) {
    if (depth === 0)
        return shape;
    if (shape?.kind === 'members')
        return Object.hasOwn(shape.of, next) ? shape.of[next] : undefined;
    return shape?.kind === 'elements' || shape?.kind === 'entries' ? shape.of : undefined;
}
/** The shape that a list, or anything else, has where a tool writes either. */
function chosenShape(shape, isList) {
    return shape?.kind === 'either' ? shape[isList ? 'list' : 'object'] : shape;
}
/** Hands a whole value to what its frame wants done with it. @throws {Damage} when a list or an object was wanted. */
function deliver(frame, value) {
    const given = nextShape(frame);
    if (given?.kind === 'either' && value !== null && typeof value !== 'object')
        throw mistyped(frame, value);
    const wanted = chosenShape(given, Array.isArray(value));
    if (frame.shape?.kind === 'gather' && frame.depth > 0)
        return gatherValue(frame, frame.shape.reduce(value, frame.next));
    // In an object, null is what some languages write for nothing.
    if (wanted === undefined || (value === null && !frame.isList))
        return;
    frame.seen.add(String(frame.next));
    if (wanted.kind === 'fact')
        setFact(frame, String(frame.next), wanted.reduce(value));
    else if (wanted.kind === 'value') {
        for (let at = frame; at !== undefined && !at.wasUsed; at = at.parent)
            at.wasUsed = true;
        wanted.take(value, frame, frame.next);
    }
    else
        throw mistyped(frame, value);
}
/** What to throw where the next value of a frame is of another type than its shape says. */
function mistyped(frame, value) {
    return new Damage(`${shownPath([...pathOf(frame), ...(frame.depth === 0 ? [] : [frame.next])])} is ${typeName(value)}, which this format does not have there`);
}
/** Sets a fact, and notes when it comes too late. */
function setFact(frame, name, value) {
    if (frame.wasUsed && !Object.hasOwn(frame.facts, name))
        frame.isLate = true;
    frame.facts[name] = value;
}
function gatherValue(frame, reduced) {
    if (reduced !== undefined)
        frame.gathered.push(reduced);
}

;// CONCATENATED MODULE: ./build/shared/findings/json-slice.js

/** One value may take this much memory, bytes. A value is one finding, or all rules of a tool; those are some 10 MB at most. */
const LARGEST_VALUE = 64 * 1024 * 1024;
// Ten times what any scanner writes, and far from what exhausts a parser.
const DEEPEST = 500;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A slice that begins with this byte. With `isKept` false its bytes are passed over. */
function beginSlice(firstByte, isKept) {
    const isBare = firstByte !== QUOTE && (firstByte | 0x20) !== 0x7b;
    return { parts: [], isKept, isBare, bytes: 0, depth: 0, inString: false, isEscaped: false };
}
/**
 * Takes bytes from `at`; returns the index after the value's last byte, or -1 while it goes on.
 * @throws {Damage} when the value is too deep or too large.
 */
function takeSlice(slice, chunk, at) {
    const end = slice.isBare ? endOfBare(chunk, at) : endOfQuotedOrNested(slice, chunk, at);
    if (!slice.isKept)
        return end;
    // What goes on in the next chunk is copied: a chunk does not last.
    const piece = end === -1 ? Buffer.from(chunk.subarray(at)) : chunk.subarray(at, end);
    slice.bytes += piece.length;
    if (slice.bytes > LARGEST_VALUE)
        throw new Damage(`one value takes more than ${LARGEST_VALUE / 1024 / 1024} MiB`);
    slice.parts.push(piece);
    return end;
}
/** The value as text. Bytes that are not UTF-8 become U+FFFD: they can be in a path or a snippet, never in the structure. */
function textOfSlice({ parts }) {
    return (parts.length === 1 ? parts[0] : Buffer.concat(parts)).toString('utf8');
}
// Every byte of a report passes here: local variables, no calls.
function endOfQuotedOrNested(slice, chunk, from) {
    let { depth, inString, isEscaped } = slice;
    let at = from;
    for (; at < chunk.length; at++) {
        const byte = chunk[at];
        if (inString) {
            if (isEscaped)
                isEscaped = false;
            else if (byte === BACKSLASH)
                isEscaped = true;
            else if (byte === QUOTE) {
                inString = false;
                if (depth === 0)
                    return at + 1;
            }
        }
        else if (byte === QUOTE)
            inString = true;
        else if ((byte | 0x20) === 0x7b) { // { or [, which differ in one bit
            if (++depth > DEEPEST)
                throw new Damage(`values are nested more than ${DEEPEST} deep`);
        }
        else if ((byte | 0x20) === 0x7d && --depth === 0)
            return at + 1; // } or ]
    }
    slice.depth = depth;
    slice.inString = inString;
    slice.isEscaped = isEscaped;
    return -1;
}
function endOfBare(chunk, from) {
    for (let at = from; at < chunk.length; at++) {
        const byte = chunk[at];
        if (byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20)
            return at;
    }
    return -1;
}

;// CONCATENATED MODULE: ./build/shared/findings/log-line.js
// Longer lines are no program's log.
const LONGEST = 16 * 1024; // bytes
/**
 * Whether a line between documents is some program's log, which `2>&1` mixes in, and not a piece of a broken document:
 * taking a piece for a log line would read what is left of a report as a whole one.
 */
function isLogLine(line) {
    if (line.length > LONGEST)
        return false;
    const text = line.toString('utf8').replace(/\u001B\[[\d;]*m/g, '').trim();
    return !/^["}\]:,]|[{[,}]$|":|^(?:-?\d[\d.eE+-]*|true|false)$/.test(text);
}
/** Whether a byte after `[` shows that no list of JSON begins there: `[INFO] scanning`. */
function beginsLogLabel(byte) {
    return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || byte === 0x1b || (byte >= 0x61 && byte <= 0x7a && !'tfn'.includes(String.fromCharCode(byte))));
}

;// CONCATENATED MODULE: ./build/shared/findings/json-walk.js





// What has no shape is walked down to here rather than cut out, so that a large part that nobody wants is never held whole.
const WALKED_DEPTH = 4;
const NEWLINE = 0x0a;
const json_walk_QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
/**
 * A walk through documents of this shape, in memory bounded by the largest single value. What has no shape is checked to be
 * JSON and passed over. With `sketching` nothing is checked below the depth that is walked, and the end may come anywhere.
 */
function beginWalk(shape, known = new Map(), sketching) {
    return { shape, known, sketching, late: new Map(), documents: 0, logLines: 0, top: rootFrame(0, shape), cutting: undefined, slice: beginSlice(0, false), line: [] };
}
/** Takes the next bytes, which are UTF-8. @throws {Damage} where they are not JSON, or not of the shape. */
function walkOn(walk, chunk) {
    for (let at = 0; at < chunk.length;) {
        const byte = chunk[at];
        if (walk.cutting === 'line')
            at = takeLine(walk, chunk, at);
        else if (walk.cutting !== undefined)
            at = takeCut(walk, chunk, at);
        else if (byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09)
            at++;
        else
            at = step(walk, chunk, at);
    }
}
/** Says that there are no more bytes. @throws {Damage} when a document is cut off. */
function endWalk(walk) {
    if (walk.cutting === 'line')
        endLine(walk);
    // A document that is taken as one value is cut off outside of every frame.
    const isCutOff = walk.top.depth > 0 || walk.cutting === 'value' || walk.cutting === 'key';
    if (isCutOff && walk.sketching === undefined)
        throw new Damage(`it ends in the middle, in ${shownPath(pathOf(walk.top))}`);
}
// One byte that is no space, outside of what is cut out.
function step(walk, chunk, at) {
    const byte = chunk[at];
    const { top } = walk;
    switch (top.awaits) {
        case 'document':
            if ((byte === OPEN_LIST && !beginsLogLabel(chunk[at + 1])) || byte === OPEN_OBJECT)
                return beginValue(walk, byte, at);
            walk.cutting = 'line';
            return at;
        case 'first':
            if (byte === closerOf(top))
                return json_walk_close(walk, at);
            return top.isList ? beginValue(walk, byte, at) : beginKey(walk, byte, at);
        case 'key': return beginKey(walk, byte, at);
        case 'value': return beginValue(walk, byte, at);
        case 'colon':
            if (byte !== 0x3a)
                throw broken(top);
            top.awaits = 'value';
            return at + 1;
        case 'comma':
            if (byte === closerOf(top))
                return json_walk_close(walk, at);
            if (byte !== 0x2c)
                throw broken(top);
            if (top.isList)
                top.next = Number(top.next) + 1;
            top.awaits = top.isList ? 'value' : 'key';
            return at + 1;
    }
}
function beginKey(walk, byte, at) {
    if (byte !== json_walk_QUOTE)
        throw broken(walk.top);
    walk.cutting = 'key';
    walk.slice = beginSlice(byte, true);
    return at;
}
function beginValue(walk, byte, at) {
    const { top, sketching } = walk;
    const isList = byte === OPEN_LIST;
    const isContainer = isList || byte === OPEN_OBJECT;
    if (isContainer) {
        const shape = chosenShape(nextShape(top), isList);
        sketching?.(top, top.next, undefined);
        if (isWalked(top, shape, isList)) {
            json_walk_open(walk, shape, isList);
            return at + 1;
        }
    }
    walk.cutting = 'value';
    walk.slice = beginSlice(byte, sketching === undefined || !isContainer);
    return at;
}
function isWalked(top, shape, isList) {
    if (shape === undefined)
        return top.depth < WALKED_DEPTH && (top.shape?.kind !== 'gather' || top.depth === 0);
    if (shape.kind === 'value' || shape.kind === 'fact')
        return false;
    if (shape.kind !== 'gather' && isList !== (shape.kind === 'elements'))
        throw mistyped(top, isList ? [] : {});
    return true;
}
function json_walk_open(walk, shape, isList) {
    if (shape !== undefined)
        walk.top.seen.add(String(walk.top.next));
    const frame = childFrame(walk.top, shape, isList);
    if (walk.known.size > 0)
        Object.assign(frame.facts, walk.known.get(json_frame_idOf(frame)));
    walk.top = frame;
}
function json_walk_close(walk, at) {
    const { top: frame } = walk;
    const parent = frame.parent;
    if (frame.isLate)
        walk.late.set(json_frame_idOf(frame), frame.facts);
    if (frame.shape?.kind === 'members')
        frame.shape.done?.(frame);
    if (frame.shape?.kind === 'gather')
        setFact(parent, String(frame.key), frame.gathered);
    walk.top = parent;
    passed(walk);
    return at + 1;
}
function passed(walk) {
    if (walk.top.depth > 0)
        walk.top.awaits = 'comma';
    else
        walk.top = rootFrame(++walk.documents, walk.shape);
}
function takeCut(walk, chunk, at) {
    const end = takeSlice(walk.slice, chunk, at);
    if (end === -1)
        return chunk.length;
    const isKey = walk.cutting === 'key';
    walk.cutting = undefined;
    if (isKey)
        takeKey(walk);
    else
        takeValue(walk);
    return end;
}
function takeKey({ top, slice }) {
    top.next = parsed(top, slice);
    top.awaits = 'colon';
    if (nextShape(top) !== undefined && top.shape?.kind === 'members' && top.seen.has(top.next))
        throw new Damage(`${shownPath([...pathOf(top), top.next])} is there twice`);
}
function takeValue(walk) {
    const { top, slice } = walk;
    if (slice.isKept) {
        const value = parsed(top, slice);
        walk.sketching?.(top, top.next, value);
        deliver(top, value);
    }
    passed(walk);
}
// The parser's own message quotes the document, and what it quotes may be a secret.
function parsed(frame, slice) {
    try {
        return JSON.parse(textOfSlice(slice));
    }
    catch {
        throw broken(frame);
    }
}
function takeLine(walk, chunk, at) {
    const end = chunk.indexOf(NEWLINE, at);
    walk.line.push(end === -1 ? Buffer.from(chunk.subarray(at)) : chunk.subarray(at, end));
    if (end === -1)
        return chunk.length;
    endLine(walk);
    return end + 1;
}
function endLine(walk) {
    const line = Buffer.concat(walk.line);
    walk.line = [];
    walk.cutting = undefined;
    if (!isLogLine(line))
        throw new Damage('a piece of it is neither JSON nor a line of a log');
    walk.logLines++;
}
function closerOf(frame) {
    return frame.isList ? 0x5d : 0x7d;
}
function broken(frame) {
    return new Damage(`it is not valid JSON, in ${shownPath(frame.depth === 0 ? [] : [...pathOf(frame), frame.next])}`);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
;// CONCATENATED MODULE: ./build/shared/findings/zip.js


// A job's artifact has a few reports; an archive of this many is not one.
const MOST_ENTRIES = 200;
/** The files in a ZIP archive, such as GitHub makes of artifacts, ordered by name. @throws {Damage} when it cannot be read or has too many. */
async function zipEntries(path) {
    const entries = (await inArchive(path, readEntries)).filter(({ fileName }) => !fileName.endsWith('/'));
    const names = entries.map(({ fileName }) => fileName).sort();
    if (new Set(names).size < names.length)
        throw new Damage('the archive has a file twice');
    if (entries.some((entry) => entry.isEncrypted()))
        throw new Damage('the archive is encrypted');
    return names.map((name) => ({ name, open: () => bytesOf(path, name) }));
}
function readEntries(archive) {
    if (archive.entryCount > MOST_ENTRIES)
        throw new Damage(`the archive has more than ${MOST_ENTRIES} files`);
    const entries = [];
    return new Promise((resolve, reject) => {
        archive.on('error', reject).on('end', () => { resolve(entries); });
        archive.on('entry', (entry) => {
            entries.push(entry);
            archive.readEntry();
        });
        archive.readEntry();
    });
}
async function* bytesOf(path, name) {
    const archive = await opened(path);
    try {
        const entry = (await readEntries(archive)).find(({ fileName }) => fileName === name);
        let sum = 0;
        for await (const chunk of await streamOf(archive, entry)) {
            sum = (0,external_node_zlib_.crc32)(chunk, sum);
            yield chunk;
        }
        if (sum !== entry.crc32)
            throw new Damage('its checksum in the archive is another');
    }
    catch (error) {
        throw damageOf(error);
    }
    finally {
        archive.close();
    }
}
async function inArchive(path, task) {
    const archive = await opened(path);
    try {
        return await task(archive);
    }
    catch (error) {
        throw damageOf(error);
    }
    finally {
        archive.close();
    }
}
async function opened(path) {
    const { open } = await __webpack_require__.e(/* import() */ 663).then(__webpack_require__.t.bind(__webpack_require__, 663, 19));
    return new Promise((resolve, reject) => {
        open(path, { lazyEntries: true, autoClose: false }, (error, archive) => {
            if (error === null)
                resolve(archive);
            else
                reject(damageOf(error));
        });
    });
}
function streamOf(archive, entry) {
    return new Promise((resolve, reject) => {
        archive.openReadStream(entry, (error, stream) => {
            if (error === null)
                resolve(stream);
            else
                reject(error);
        });
    });
}
function damageOf(error) {
    return error instanceof Damage ? error : new Damage('it is a ZIP archive, and damaged or cut off');
}

;// CONCATENATED MODULE: ./build/shared/findings/report-bytes.js





/** An unpacked report may be this large, bytes. Four times the largest asked for; what grows further is a bomb. */
const LARGEST_REPORT = 1024 ** 3;
const CHUNK = 64 * 1024;
/** The reports in a file: itself, plain or gzipped, or the files in a ZIP archive. @throws {Damage} when the archive cannot be read. */
async function reportBytes(path, largest = LARGEST_REPORT) {
    const head = await firstBytes(path);
    if (head.toString('latin1', 0, 4) !== 'PK\u0003\u0004' && head.toString('latin1', 0, 4) !== 'PK\u0005\u0006') {
        return [{ path, open: () => readable(fileChunks(path), largest) }];
    }
    const entries = await zipEntries(path);
    return entries.map(({ name, open }) => ({ path: `${path}!${name}`, open: () => readable(open(), largest) }));
}
/** A file's bytes in one buffer that is filled again and again: a new one for each chunk would be garbage faster than it is collected. */
async function* fileChunks(path, size = CHUNK) {
    const file = await (0,promises_.open)(path);
    const buffer = Buffer.alloc(size);
    try {
        for (;;) {
            const { bytesRead } = await file.read(buffer, 0, size);
            if (bytesRead === 0)
                return;
            yield buffer.subarray(0, bytesRead);
        }
    }
    finally {
        await file.close();
    }
}
async function firstBytes(path) {
    for await (const chunk of fileChunks(path, 4))
        return chunk;
    return Buffer.alloc(0);
}
async function* readable(raw, largest) {
    let total = 0;
    for await (const chunk of asUtf8(unzipped(raw))) {
        total += chunk.length;
        if (total > largest)
            throw new Damage(`unpacked it is larger than ${Math.floor(largest / 1024 / 1024)} MiB`);
        yield chunk;
    }
}
async function* unzipped(raw) {
    const [head, rest] = await peek(raw, 2);
    if (head[0] !== 0x1f || head[1] !== 0x8b)
        return yield* rest;
    try {
        // Node hands an error of the source on through the pipeline, but asks for a callback.
        yield* (0,external_node_stream_.pipeline)(copies(rest), (0,external_node_zlib_.createGunzip)({ chunkSize: CHUNK }), () => { });
    }
    catch (error) {
        throw error instanceof Damage ? error : new Damage('it is compressed, and damaged or cut off');
    }
}
// The pipeline reads ahead.
async function* copies(chunks) {
    for await (const chunk of chunks)
        yield Buffer.from(chunk);
}
async function* asUtf8(bytes) {
    const [head, rest] = await peek(bytes, 200);
    const encoding = encodingOf(head);
    if (encoding === 'utf-8') {
        let skip = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
        for await (const chunk of rest) {
            yield skip === 0 ? chunk : chunk.subarray(skip);
            skip = 0;
        }
        return;
    }
    const decoder = decoderOf(encoding);
    for await (const chunk of rest)
        yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
}
// PowerShell's `>` writes UTF-16 with a mark. Without a mark, JSON and XML begin with a character below 128, which shows in the zeros.
function encodingOf(head) {
    if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] !== 0 && head[1] === 0 && head[2] !== 0))
        return 'utf-16le';
    if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] !== 0 && head[1] !== undefined))
        return 'utf-16be';
    return /^\s*<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(head.toString('latin1').replace('\u00EF\u00BB\u00BF', ''))?.[1]?.toLowerCase() ?? 'utf-8';
}
function decoderOf(encoding) {
    try {
        return new TextDecoder(encoding);
    }
    catch {
        throw new Damage('it says that it has an encoding which is not known');
    }
}
// The first chunk with at least so many bytes, if there are so many, and everything including it.
async function peek(bytes, least) {
    const iterator = bytes[Symbol.asyncIterator]();
    let head = Buffer.alloc(0);
    while (head.length < least) {
        const next = await iterator.next();
        if (next.done === true)
            break;
        head = Buffer.concat([head, next.value]); // a copy: the chunk does not last
    }
    async function* all() {
        try {
            if (head.length > 0)
                yield head;
            yield* { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) };
        }
        finally {
            await iterator.return?.();
        }
    }
    return [head, all()];
}

;// CONCATENATED MODULE: ./build/shared/findings/report.js
/** The formats that are read. */
const FORMATS = [
    'sarif', 'trivy', 'grype', 'snyk', 'npm-audit', 'yarn-audit', 'pnpm-audit', 'pip-audit', 'gitleaks', 'trufflehog', 'bandit', 'semgrep', 'osv-scanner',
    'dependency-check', 'zap', 'safety', 'ggshield', 'clair', 'anchore', 'sonarqube', 'checkov', 'cyclonedx', 'github-code-scanning', 'github-dependabot',
];
/** The signs of a scan that tells nothing about itself. */
const NO_SIGNS = { failures: [], gaps: [], nothingScanned: [], remarks: [], subject: { commits: [], digests: [], names: [] } };

;// CONCATENATED MODULE: ./build/shared/findings/sketch.js


// Keys can be names of packages or files; enough of them for any format, and no more.
const MOST_PATHS = 20_000;
const LONGEST_TEXT = 300;
/** Begins to sketch; feed its walk with chunk after chunk until the sketch is enough. */
function beginSketch() {
    const texts = new Map();
    const walk = beginWalk(undefined, undefined, (scope, key, value) => { note(texts, scope, key, value); });
    const sketch = {
        has: (...paths) => paths.every((path) => texts.has(path)),
        text: (path) => texts.get(path),
        get documents() { return walk.documents; },
        get isEmpty() { return texts.size === 1 && texts.has(''); },
    };
    return { walk, sketch };
}
function note(texts, scope, key, value) {
    if (texts.size > MOST_PATHS)
        return;
    const isTop = scope.parent === undefined;
    const path = isTop ? '' : [...pathOf(scope), key].map((one) => (typeof one === 'number' ? '#' : one)).join('.');
    if (texts.has(path) && texts.get(path) !== undefined)
        return;
    texts.set(path, typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST_TEXT) : undefined);
}

// EXTERNAL MODULE: ./node_modules/saxes/saxes.js
var saxes = __webpack_require__(9800);
;// CONCATENATED MODULE: ./build/shared/findings/formats/zap-xml.js





// An alert with all its instances; a page's evidence is some kilobytes.
const LARGEST_ALERT = 16 * 1024 * 1024;
const zap_xml_DEEPEST = 50;
/** Whether a document begins as XML does. */
async function isXml(bytes) {
    for await (const chunk of bytes.open())
        return /^\s*<[?!a-z]/i.test(chunk.toString('latin1', 0, 200));
    return false;
}
/**
 * Reads ZAP's XML report. Entities that a document declares itself are not known to the parser, so none can be a bomb.
 * @throws {Damage} when it is not XML, or no report of ZAP.
 */
async function readZapXml(bytes, options) {
    const { collect, collected } = createCollector(options);
    collect.tool('zap');
    collect.kind('dast');
    const state = { collect, path: [], site: '', alert: undefined, instance: undefined, text: '', size: 0, sites: 0 };
    const parser = new saxes/* SaxesParser */.wT();
    parser.on('error', () => { throw new Damage('it is not valid XML'); });
    parser.on('opentag', ({ name, attributes }) => { zap_xml_opened(state, name, attributes); });
    parser.on('closetag', ({ name }) => { zap_xml_closed(state, name); });
    parser.on('text', (text) => { addText(state, text); });
    parser.on('cdata', (text) => { addText(state, text); });
    const decoder = new TextDecoder();
    for await (const chunk of bytes.open())
        parser.write(decoder.decode(chunk, { stream: true }));
    parser.close();
    if (state.sites === 0)
        collect.nothingScanned('It has no site: ZAP reached nothing.');
    return collected();
}
function zap_xml_opened(state, name, attributes) {
    if (state.path.length === 0 && name !== 'OWASPZAPReport')
        throw new Damage('it is XML, but no report of ZAP');
    if (state.path.length > zap_xml_DEEPEST)
        throw new Damage(`elements are nested more than ${zap_xml_DEEPEST} deep`);
    state.path.push(name);
    state.text = '';
    if (name === 'OWASPZAPReport')
        tellReport(state.collect, attributes);
    if (name === 'site') {
        state.sites++;
        state.site = attributes['name'] ?? attributes['host'] ?? '';
        if (state.site === '')
            throw new Damage('a site has no name');
        state.collect.subject('names', state.site);
    }
    if (name === 'alertitem') {
        state.alert = { instances: [] };
        state.size = 0;
    }
    if (name === 'instance')
        state.instance = {};
}
function tellReport(collect, attributes) {
    collect.tool('zap', attributes['version']);
    collect.createdAt(attributes['created'] ?? attributes['generated']);
}
function zap_xml_closed(state, name) {
    state.path.pop();
    const parent = state.path.at(-1);
    if (name === 'alertitem' && state.alert !== undefined) {
        addAlert(state.collect, state.site, fields(state.alert, 'alertitem'));
        state.alert = undefined;
    }
    else if (name === 'instance' && state.instance !== undefined) {
        state.alert?.['instances']?.push(state.instance);
        state.instance = undefined;
    }
    else if (parent === 'instance' && state.instance !== undefined)
        state.instance[name] = state.text;
    else if (parent === 'alertitem' && state.alert !== undefined)
        setText(state.alert, name, state.text);
    else if (name === 'stoppingInsight')
        state.collect.failure('ZAP stopped the scan.');
}
function setText(alert, name, text) {
    if (name !== 'instances')
        alert[name] = text.trim();
}
function addText(state, text) {
    state.size += text.length;
    if (state.size > LARGEST_ALERT)
        throw new Damage('one alert takes more than 16 MiB');
    state.text += text;
}

;// CONCATENATED MODULE: ./build/shared/findings/read-report.js












/** The reports in a file: one, or those of a ZIP archive. Never throws for what is in the file: that is the report's `fault`. */
async function readReports(path, options) {
    const missing = missingFault(path);
    if (missing !== undefined)
        return [read_report_faulty({ path, sha256: '', bytes: 0 }, ...missing)];
    const file = await digestOf(path);
    if (file.bytes === 0)
        return [read_report_faulty({ path, ...file }, 'empty', 'The file is empty: the scan did not run, or did not write its report.')];
    try {
        const found = await reportBytes(path, options.largest);
        if (found.length === 0)
            return [read_report_faulty({ path, ...file }, 'empty', 'The archive has no files.')];
        const reports = [];
        for (const bytes of found)
            reports.push(await readReportBytes(bytes, file, options));
        return reports;
    }
    catch (error) {
        return [read_report_faulty({ path, ...file }, 'unreadable', read_report_reasonOf(error))];
    }
}
const MANY_BYTES = 1024 * 1024; // up to here memory is no question
const COLLECTED_EVERY = 32 * 1024 * 1024; // bytes of a report, which make about as much garbage
/** The report in some bytes, which are of this file. Never throws for what is in them. */
async function readReportBytes(bytes, file, options) {
    const about = { path: bytes.path, ...file };
    let collected;
    let format;
    try {
        if (await isXml(bytes))
            return { ...about, format: 'zap', ...await readZapXml(bytes, options) };
        const sketch = await sketchOf(bytes);
        format = FORMATS_READ.find((one) => one.recognise(sketch)) ?? toldFormat(sketch, options.format);
        if (format === undefined)
            return read_report_faulty(about, ...unrecognised(sketch));
        collected = await readAs(format, bytes, options);
        return { ...about, format: format.name, ...collected };
    }
    catch (error) {
        return { ...read_report_faulty(about, 'unreadable', read_report_reasonOf(error)), ...(format === undefined ? {} : { format: format.name }) };
    }
}
// Of the tools that have to be named, only these write an empty list when all is well.
const EMPTY_WHEN_CLEAN = ['gitleaks', 'github-code-scanning', 'github-dependabot'];
// These write a list alone, by a name that others have too; without it they are of a scan that failed.
const BARE_WHEN_CLEAN = ['osv-scanner', 'pip-audit'];
// A first line that is cut off is no document, and a number no report, whatever it is said to be.
function toldFormat(sketch, told) {
    const isWhole = sketch.documents > 0 && sketch.text('') === undefined;
    if (!isWhole || !(sketch.isEmpty ? EMPTY_WHEN_CLEAN : BARE_WHEN_CLEAN).includes(told))
        return undefined;
    return FORMATS_READ.find(({ name }) => name === told);
}
// It is read to where it is recognised, which is mostly the first chunk.
async function sketchOf(bytes) {
    const { walk, sketch } = beginSketch();
    for await (const chunk of bytes.open()) {
        walkOn(walk, chunk);
        if (FORMATS_READ.some((format) => format.recognise(sketch)))
            return sketch;
    }
    endWalk(walk);
    return sketch;
}
async function readAs(format, bytes, options) {
    const first = await readOnce(format, bytes, options, new Map());
    // Members came in another order than the tool writes them: what comes late is known the second time.
    return first.late.size === 0 ? first.collected : (await readOnce(format, bytes, options, first.late)).collected;
}
async function readOnce(format, bytes, options, known) {
    const { collect, collected } = createCollector(options);
    const reading = format.read(collect);
    const walk = beginWalk(reading.shape, known);
    let read = 0;
    let collectAt = COLLECTED_EVERY;
    for await (const chunk of bytes.open()) {
        walkOn(walk, chunk);
        if ((read += chunk.length) > MANY_BYTES)
            keepHeapSmall();
        if (read < collectAt)
            continue;
        collectGarbage();
        collectAt += COLLECTED_EVERY;
    }
    if (read > MANY_BYTES)
        collectGarbage();
    endWalk(walk);
    if (walk.documents > 1 && reading.takesMany !== true)
        throw new Damage('it has several documents, one after another; this format has one');
    if (walk.logLines > 0)
        collect.remark(`${walk.logLines} lines of a log are mixed into the report: let the tool write it to a file of its own.`);
    reading.done?.(walk.documents);
    return { collected: collected(), late: walk.late };
}
function unrecognised(sketch) {
    if (sketch.documents === 0)
        return ['empty', 'There is no document in the file.'];
    return ['unrecognised', sketch.isEmpty
            ? 'It is an empty list or object, which several tools write when they found nothing: say which tool it is of.'
            : 'It is JSON, but no report of a tool that is known here.'];
}
function missingFault(path) {
    try {
        const found = (0,external_node_fs_.statSync)(path);
        if (found.isFile())
            return undefined;
        return ['unreadable', found.isDirectory() ? 'It is a folder.' : 'It is not a file.'];
    }
    catch (error) {
        const { code } = error;
        return code === 'ENOENT' || code === 'ENOTDIR' ? ['missing', 'There is no such file.'] : ['unreadable', `It cannot be opened (${code}).`];
    }
}
async function digestOf(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    try {
        for await (const chunk of fileChunks(path)) {
            hash.update(chunk);
            bytes += chunk.length;
        }
    }
    catch {
        return { sha256: '', bytes };
    }
    return { sha256: hash.digest('hex'), bytes };
}
function read_report_reasonOf(error) {
    if (error instanceof Damage)
        return `It is damaged, or not what it seems: ${plainText(error.message)}.`;
    const { code } = error;
    // A fault of ours must not pass for a fault of the report.
    if (typeof code !== 'string')
        throw error;
    return `It cannot be read (${code}).`;
}
function read_report_faulty(about, kind, reason) {
    return { ...about, tools: [], kinds: [], fault: { kind, reason }, signs: NO_SIGNS, findings: [], suppressed: [] };
}

;// CONCATENATED MODULE: ./build/shared/findings/github-alerts.js










// 10,000 alerts; nobody decides about so many.
const MOST_PAGES = 100;
const PER_PAGE = 100;
/** The repository's Dependabot alerts as a report; what GitHub refuses makes it unreadable. Needs the right to read them. */
async function readDependabotAlerts(ask, { owner, repo }, options) {
    const path = 'github:dependabot';
    return orRefusal(path, 'github-dependabot', options, async () => {
        const { items, isCut } = await pages(ask, 'GET /repos/{owner}/{repo}/dependabot/alerts', { owner, repo, state: 'open,dismissed,auto_dismissed' });
        return told(await reportOf(path, 'github-dependabot', items, options), { gaps: cutGap(isCut) });
    });
}
/**
 * The repository's code scanning alerts as a report, with what GitHub knows of the analyses they are from: without any analysis
 * nothing was scanned. What GitHub refuses makes it unreadable. Needs the right to read them.
 */
async function readCodeScanningAlerts(ask, { owner, repo, ref, commits = [] }, options) {
    const path = 'github:code-scanning';
    const about = { owner, repo, ...(ref === undefined ? {} : { ref }) };
    return orRefusal(path, 'github-code-scanning', options, async () => {
        const analyses = await pages(ask, 'GET /repos/{owner}/{repo}/code-scanning/analyses', about, 1);
        const found = [];
        for (const state of ['open', 'dismissed'])
            found.push(await pages(ask, 'GET /repos/{owner}/{repo}/code-scanning/alerts', { ...about, state }));
        const report = await reportOf(path, 'github-code-scanning', found.flatMap(({ items }) => items), options);
        return withAnalyses(told(report, { gaps: cutGap(found.some(({ isCut }) => isCut)) }), each({ path: [], members: { analyses: analyses.items } }, 'analyses'), commits);
    });
}
async function pages(ask, route, parameters, most = MOST_PAGES) {
    const items = [];
    let next = {};
    for (let page = 1; page <= most; page++) {
        const { data, headers } = await ask(route, { ...parameters, per_page: PER_PAGE, ...next });
        items.push(...list({ path: [route], members: { data } }, 'data'));
        const link = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
        if (link === undefined)
            return { items, isCut: false };
        // Some lists count pages and some have cursors: whichever the link names.
        next = Object.fromEntries([...new URL(link).searchParams].filter(([name]) => ['page', 'after', 'cursor'].includes(name)));
    }
    return { items, isCut: true };
}
async function reportOf(path, format, items, options) {
    const bytes = Buffer.from(JSON.stringify(items));
    const open = async function* () { yield bytes; };
    return readReportBytes({ path, open }, { sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex'), bytes: bytes.length }, { ...options, format });
}
// The newest analysis of each tool and category is what the alerts are from. A quick tool does not vouch for one that is still at work, nor
// one for images for one that reads sources.
function withAnalyses(report, analyses, commits) {
    const newest = new Map();
    for (const analysis of analyses.toSorted((a, b) => (need(a, 'created_at') < need(b, 'created_at') ? -1 : 1)))
        newest.set(`${need(inner(analysis, 'tool'), 'name')} ${fields_text(analysis, 'category') ?? ''}`, analysis);
    const ours = [...newest.values()].filter((analysis) => commits.some((commit) => sameCommit(need(analysis, 'commit_sha').toLowerCase(), commit.toLowerCase())));
    const last = ours.length > 0 ? ours : [...newest.values()];
    const tools = last.map((analysis) => quirksOf(need(inner(analysis, 'tool'), 'name')));
    const isUntold = last.length === 0;
    const errors = last.map((analysis) => fields_text(analysis, 'error') ?? '').filter((error) => error !== '');
    const [oldest] = last.map((analysis) => isoTime(need(analysis, 'created_at'))).filter((time) => time !== undefined).sort();
    return told({
        ...report, tools: isUntold ? report.tools : [...new Set([...tools.map(({ tool }) => toolName(tool)), 'github-code-scanning'])],
        kinds: isUntold ? report.kinds : KINDS.filter((kind) => tools.some(({ kinds }) => (kinds.length === 0 ? ['sca'] : kinds).includes(kind))),
    }, {
        failures: errors.map((error) => `GitHub could not take an analysis: ${error}`), nothingScanned: last.length === 0 ? ['There is no analysis of this branch on GitHub.'] : [],
        subject: { ...report.signs.subject, commits: [...new Set(last.map((analysis) => need(analysis, 'commit_sha')))] }, ...(oldest === undefined ? {} : { createdAt: oldest }),
    });
}
function told(report, more) {
    const { signs } = report;
    return { ...report, signs: { ...signs, ...more, failures: [...signs.failures, ...more.failures ?? []], gaps: [...signs.gaps, ...more.gaps ?? []], nothingScanned: [...signs.nothingScanned, ...more.nothingScanned ?? []] } };
}
function cutGap(isCut) {
    return isCut ? [`GitHub has more than ${MOST_PAGES * PER_PAGE} alerts; the rest was not fetched.`] : [];
}
async function orRefusal(path, format, options, task) {
    try {
        return await task();
    }
    catch (error) {
        const empty = await reportOf(path, format, [], options);
        const [status, message] = [fields(error).members['status'], (0,errors/* messageOf */.bD)(error)];
        if (status === 404 && /no analysis/i.test(message))
            return withAnalyses(empty, [], []);
        if (status === 403 && SWITCHED_OFF.test(message))
            return told(empty, { nothingScanned: ['This is switched off for the repository: see its settings, under Advanced Security.'] });
        return { ...empty, fault: { kind: 'unreadable', reason: `GitHub did not give its alerts: ${refusalOf(status, message)}.` } };
    }
}
// "Dependabot alerts are disabled for this repository.", "Advanced Security must be enabled for this repository to use code scanning."
const SWITCHED_OFF = /\bdisabled\b|not enabled|must be enabled/i;
function refusalOf(status, message) {
    if (status === 401)
        return 'it does not take the token';
    if (status === 429 || /rate limit/i.test(message))
        return 'its rate limit is reached';
    if (status === 403 || status === 404)
        return 'the token may not read them';
    return plainText(message).replace(/\.$/, '');
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/alerts.js


/** The alerts that the inputs name, each kind as a report. @throws {UserError} where there is no repository to ask about. */
async function readAlerts({ githubAlerts: wanted }, reading, repository, commits, job) {
    if (wanted.length === 0)
        return [];
    if (repository === undefined)
        throw new errors/* UserError */.yo('github-alerts are of a repository on GitHub, and this is no run of one. Set GITHUB_REPOSITORY to owner/name.');
    const { ask, named } = repository;
    const request = (route, parameters) => ask(route, parameters);
    const reports = [];
    if (wanted.includes('code-scanning'))
        reports.push({ report: await readCodeScanningAlerts(request, { ...named, ref: job.run.ref || undefined, commits }, reading) });
    if (wanted.includes('dependabot'))
        reports.push({ report: await readDependabotAlerts(request, named, reading) });
    return reports;
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/shared/github/questions.js

const silence = () => undefined;
/** A way to ask GitHub about one repository. Octokit is loaded only now, because it is most of what an action would load. */
async function repositoryOf({ apiUrl, token }, run, signal) {
    const { getOctokit } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 2413));
    const octokit = getOctokit(token.reveal(), { baseUrl: apiUrl.replace(/\/+$/, ''), log: { debug: silence, info: silence, warn: silence, error: silence } });
    const [owner = '', repo = ''] = run.repository.split('/');
    return { ask: octokit.request.defaults({ request: { signal } }), named: { owner, repo } };
}
/** An answer, or undefined with its lack told to `missing`: the permission where that is what lacks, else what was asked and why it failed. */
async function answerOr(question, what, permission, missing, signal) {
    try {
        return await question;
    }
    catch (error) {
        missing.push(lackOf(error, what, permission, signal));
        return undefined;
    }
}
function lackOf(error, what, permission, signal) {
    if (signal.aborted)
        return `${what}: GitHub did not answer in time`;
    const status = statusOf(error);
    if (status === 401)
        return `${what}: GitHub does not take the token`;
    if (status === 429 || (status === 403 && /rate limit/i.test(messageOf(error))))
        return `${what}: GitHub's rate limit is reached`;
    // What a token may not see is, to it, not there.
    if (status === 403 || status === 404)
        return `${permission} (${what})`;
    return `${what}: ${messageOf(error)}`;
}
/** The HTTP status with which GitHub refused, if that is what happened. */
function statusOf(error) {
    return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

;// CONCATENATED MODULE: ./build/shared/policy/approval.js
/** The waivers with what GitHub says about who allowed them; `history` is a sentence where GitHub said nothing. */
function withApprovals({ waivers, signOffs }, history, lines) {
    const approved = (entry) => ({ ...entry, approval: approvalOf(entry.approvedBy, lines.get(entry.place), history) });
    return { waivers: waivers.map(approved), signOffs: signOffs.map(approved) };
}
function approvalOf(approver, lines, history) {
    if (typeof history === 'string')
        return { state: 'unchecked', reason: history };
    const changes = lines === undefined ? [] : history.filter(({ from, to }) => from <= lines.to && to >= lines.from);
    if (lines === undefined || !isWhole(changes, lines))
        return { state: 'unchecked', reason: 'GitHub does not tell who brought its lines' };
    const written = changes.find(({ authors }) => authors.includes(approver));
    if (written !== undefined)
        return { state: 'refuted', reason: `${approver} allowed it and wrote it too (${written.commit.slice(0, 12)})` };
    const bare = changes.find(({ pulls }) => !pulls.some((pull) => pull.author !== approver && pull.approvers.includes(approver)));
    if (bare !== undefined)
        return { state: 'refuted', reason: `${approver} has not approved the pull request that brought it (${bare.pulls.map(({ number }) => `#${number}`).join(', ') || `none, commit ${bare.commit.slice(0, 12)}`})` };
    const pulls = [...new Set(changes.flatMap((change) => change.pulls.filter(({ approvers }) => approvers.includes(approver)).map(({ number }) => `#${number}`)))];
    return { state: 'proven', by: `${approver} approved ${pulls.join(', ')}` };
}
function isWhole(changes, { from, to }) {
    return Array.from({ length: to - from + 1 }, (_, index) => from + index).every((line) => changes.some((change) => change.from <= line && line <= change.to));
}

;// CONCATENATED MODULE: ./build/shared/policy/environment-approval.js


/** Who approved a run for an environment, other than who started it; a sentence that says why nobody has, otherwise. */
async function environmentApproval(repository, { run, environment, actor }) {
    try {
        const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals', { ...repository.named, run_id: Number(run) });
        const about = data.filter(({ environments }) => environments.some(({ name }) => name?.toLowerCase() === environment.toLowerCase()));
        const by = about.filter(({ state }) => state === 'approved').map(({ user }) => user.login).find((login) => login.toLowerCase() !== actor.toLowerCase());
        if (by !== undefined && !about.some(({ state }) => state === 'rejected'))
            return { by };
        return about.length === 0 ? `nobody has approved this run for the environment ${environment}` : `nobody but ${actor}, who started this run, has approved it for the environment ${environment}`;
    }
    catch (error) {
        const status = statusOf(error);
        return status === 403 || status === 404 ? 'the token needs actions: read to see who approved this run' : `GitHub did not tell who approved this run (${(0,errors/* messageOf */.bD)(error)})`;
    }
}

// EXTERNAL MODULE: ./build/shared/policy/ignores/ignore-file.js
var ignore_file = __webpack_require__(5128);
;// CONCATENATED MODULE: ./build/shared/policy/history.js




const QUESTION = `query($owner: String!, $name: String!, $commit: String!, $blob: String!, $path: String!) {
  repository(owner: $owner, name: $name) {
    file: object(expression: $blob) { oid }
    commit: object(expression: $commit) { ... on Commit { blame(path: $path) { ranges { startingLine endingLine commit {
      oid
      authors(first: 20) { nodes { user { login } } }
      associatedPullRequests(first: 5) { nodes { number headRefOid author { login } reviews(states: [APPROVED], first: 100) { nodes { author { login } commit { oid } } } } }
    } } } } }
  }
}`;
/**
 * Who brought each line of a file as it is at a commit, by GitHub's blame; a sentence that says why it is not known, otherwise.
 * `text` is the file as this run reads it: another one would have lines that nobody reviewed.
 */
async function historyOf(repository, { path, commit, text }) {
    const { owner, repo: name } = repository.named;
    try {
        const { data } = await repository.ask('POST /graphql', { query: QUESTION, variables: { owner, name, commit, blob: `${commit}:${path}`, path } });
        const { file, commit: found } = (0,ignore_file/* looseMapping */.ZO)((0,ignore_file/* looseMapping */.ZO)((0,ignore_file/* looseMapping */.ZO)(data)['data'])['repository']);
        if ((0,ignore_file/* looseText */.o0)((0,ignore_file/* looseMapping */.ZO)(file)['oid']) === undefined)
            return `GitHub has no ${path} at commit ${commit.slice(0, 12)}${faultsOf(data)}`;
        if ((0,ignore_file/* looseMapping */.ZO)(file)['oid'] !== blobName(text))
            return `${path} is not the same here as at commit ${commit.slice(0, 12)}`;
        const ranges = (0,ignore_file/* looseList */.J2)((0,ignore_file/* looseMapping */.ZO)((0,ignore_file/* looseMapping */.ZO)(found)['blame'])['ranges']);
        return ranges.length === 0 ? `GitHub tells nothing about the lines of ${path}${faultsOf(data)}` : ranges.map(changeOf);
    }
    catch (error) {
        const status = statusOf(error);
        return status === undefined || status >= 500 ? `GitHub did not answer (${(0,errors/* messageOf */.bD)(error)})` : `GitHub refused (${status}): the token needs contents: read and pull-requests: read`;
    }
}
/** Git's name for a file's content. */
function blobName(text) {
    const bytes = Buffer.from(text);
    return (0,external_node_crypto_.createHash)('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
function changeOf({ startingLine, endingLine, commit }) {
    const about = (0,ignore_file/* looseMapping */.ZO)(commit);
    return {
        from: Number(startingLine), to: Number(endingLine), commit: (0,ignore_file/* looseText */.o0)(about['oid']) ?? '',
        authors: nodesOf(about['authors']).map(({ user }) => loginOf(user)).filter((login) => login !== ''),
        pulls: nodesOf(about['associatedPullRequests']).map(pullOf),
    };
}
// An approval is of the commit that was the newest then: what was pushed after it, nobody has approved.
function pullOf({ number, headRefOid, author, reviews }) {
    const approvals = nodesOf(reviews).filter(({ commit }) => (0,ignore_file/* looseMapping */.ZO)(commit)['oid'] === headRefOid);
    return { number: Number(number), author: loginOf(author), approvers: approvals.map((review) => loginOf(review['author'])).filter((login) => login !== '') };
}
function nodesOf(connection) {
    return (0,ignore_file/* looseList */.J2)((0,ignore_file/* looseMapping */.ZO)(connection)['nodes']);
}
function loginOf(actor) {
    return ((0,ignore_file/* looseText */.o0)((0,ignore_file/* looseMapping */.ZO)(actor)['login']) ?? '').toLowerCase();
}
function faultsOf(answer) {
    const [first] = (0,ignore_file/* looseList */.J2)((0,ignore_file/* looseMapping */.ZO)(answer)['errors']);
    const message = (0,ignore_file/* looseText */.o0)(first?.['message']);
    return message === undefined ? '' : `: ${message}`;
}

;// CONCATENATED MODULE: ./build/shared/policy/waiver-lines.js
/** Where each waiver and sign-off of a file stands, by its place such as `waivers[2]`. */
async function waiverLines(text) {
    const { isNode, isSeq, LineCounter, parseDocument } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter });
    const lines = new Map();
    for (const list of ['waivers', 'sign-offs']) {
        const node = document.get(list, true);
        const items = isSeq(node) ? node.items : [node];
        for (const [index, item] of items.entries()) {
            const [start, end] = isNode(item) && item.range ? item.range : [];
            if (start !== undefined && end !== undefined)
                lines.set(`${list}[${index}]`, { from: lineCounter.linePos(start).line, to: lineCounter.linePos(Math.max(start, end - 1)).line });
        }
    }
    return lines;
}

// EXTERNAL MODULE: ./build/shared/runner/summary.js + 1 modules
var summary = __webpack_require__(6062);
;// CONCATENATED MODULE: ./build/actions/security-gate/src/comment.js



// GitHub takes 65,536 characters; no text has more characters than bytes.
const LONGEST_BODY = 65_000;
const PAGE = 100;
const comment_MOST_PAGES = 30;
/** What a comment says, with the hidden mark by which later runs find it. */
function commentBody(sections, mark) {
    return `${markText(mark)}\n${(0,summary/* renderSummary */.B)(sections, LONGEST_BODY - markText(mark).length - 1)}`;
}
/**
 * Puts the text into the one comment on a pull request that bears the mark and is our own; makes it if there is none, and takes away what
 * is there twice. Returns why it could not.
 */
async function putComment(repository, pull, mark, body) {
    try {
        const me = await ownLogin(repository);
        const [first, ...others] = await ownComments(repository, pull, mark, me);
        if (first !== undefined)
            await replace(repository, first, others, body);
        else
            await create(repository, pull, mark, me, body);
        return undefined;
    }
    catch (error) {
        const status = statusOf(error);
        if (status === 403 || status === 404)
            return `GitHub refused it (${status}): the token needs pull-requests: write, which it never has on pull requests from forks`;
        return (0,errors/* messageOf */.bD)(error);
    }
}
// Two runs may both find no comment: each looks again after making its own, and all keep the oldest.
async function create(repository, pull, mark, me, body) {
    const { data } = await repository.ask('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repository.named, issue_number: pull, body });
    const [first, ...others] = await ownComments(repository, pull, mark, me);
    if (first !== undefined && first.id !== Number(data.id))
        await replace(repository, first, others, body);
}
async function replace(repository, first, others, body) {
    if (first.body !== body)
        await repository.ask('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repository.named, comment_id: first.id, body });
    for (const { id } of others) {
        await repository.ask('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repository.named, comment_id: id }).catch((error) => {
            if (statusOf(error) !== 404)
                throw error;
        });
    }
}
// Anybody may write our mark into a comment: only what we wrote ourselves is ours. GET /user is closed to the tokens of workflows and apps.
async function ownLogin(repository) {
    const { data } = await repository.ask('POST /graphql', { query: 'query { viewer { login } }' });
    const { data: { viewer } } = data;
    return viewer.login;
}
async function ownComments(repository, pull, mark, me) {
    const found = [];
    for (let page = 1; page <= comment_MOST_PAGES; page += 1) {
        const { data } = await repository.ask('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repository.named, issue_number: pull, per_page: PAGE, page });
        found.push(...data.filter(({ body, user }) => body?.startsWith(markText(mark)) === true && sameLogin(user?.login ?? '', me)).map(({ id, body }) => ({ id: Number(id), body: body ?? '' })));
        if (data.length < PAGE)
            break;
    }
    return found.toSorted((one, other) => one.id - other.id);
}
// REST calls an app's account app[bot], GraphQL may leave the ending out.
function sameLogin(one, other) {
    const plain = (login) => login.toLowerCase().replace(/\[bot\]$/, '');
    return plain(one) === plain(other);
}
function markText(mark) {
    return `<!-- slipway security-gate: ${mark.replaceAll(/[^\w. -]/g, '_').replaceAll('--', '- -')} -->`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/summary.js




const MARKS = { pass: '✅', fail: '❌', inconclusive: '⚠️' };
/** The decision as sections of a summary: the verdict first, then what blocks and how to mend it, what is let through and until when, and the evidence. */
function summarySections(decision, name) {
    const { stage, verdict } = decision;
    const title = [`${MARKS[verdict]} Security gate`, stage.name, name].filter(Boolean).join(' · ');
    const preview = stage.isReportOnly && verdict !== 'pass' ? ['This is a preview: it holds nothing up.'] : [];
    return [
        { heading: title, paragraphs: [headline(decision), ...preview] },
        ...blockingSection(decision), ...signOffSection(decision), ...letThroughSections(decision), ...waiverSection(decision), evidenceSection(decision), countsSection(decision),
        ...(decision.notes.length > 0 ? [{ heading: 'Worth knowing', table: { columns: ['Note'], rows: decision.notes.map((note) => [note]) } }] : []),
    ];
}
function blockingSection(decision) {
    const blocking = withOutcome(decision, 'blocks');
    const beyond = decision.beyond.filter(({ blocks }) => blocks).map(({ path, severity, count }) => [severity, `${count} more findings`, path, 'There are too many to keep: mend those that are shown, and scan again.', '', '']);
    if (blocking.length + beyond.length === 0)
        return [];
    const rows = blocking.map((one) => [severityCell(one), linked(one), placeOf(one.facts.finding), howTo(one, decision), one.facts.finding.tools.join(', '), one.rule?.name ?? '']);
    return [{ heading: 'What blocks, and how to mend it', table: { columns: ['Severity', 'Finding', 'Where', 'What to do', 'Found by', 'Rule'], rows: [...rows, ...beyond] } }];
}
// A waiver that somebody relied on says by itself why it did not help.
function howTo(judgement, decision) {
    return [mendingOf(judgement, decision), ...judgement.voids.map(({ waiver, reason }) => `Its waiver (${waiver.place}) does not hold: ${reason}.`)].join(' ');
}
function signOffSection({ signOffHash, signOffNotes, stage }) {
    if (signOffHash === undefined && signOffNotes.length === 0)
        return [];
    const how = signOffHash === undefined ? [] : ['Security may sign off exactly these findings, by an entry under sign-offs of the waiver file, or by the approval of an environment: ', { text: signOffHash, code: true }];
    return [{ heading: `Sign-off for ${stage.name}`, paragraphs: [...(how.length > 0 ? [how] : []), ...signOffNotes] }];
}
function letThroughSections(decision) {
    const waived = withOutcome(decision, 'waived').map((one) => [
        severityCell(one), linked(one), placeOf(one.facts.finding), one.waiver === undefined ? '' : untilText(one.waiver.expires, decision.decidedAt), `${one.waiver?.approvedBy ?? ''} (${one.waiver === undefined ? '' : one.waiver.approval.state})`, one.because ?? '',
    ]);
    const others = withOutcome(decision, 'signed off', 'suppressed', 'not affected').map((one) => [severityCell(one), linked(one), placeOf(one.facts.finding), one.outcome, one.because ?? '']);
    return [
        ...(waived.length > 0 ? [{ heading: 'Waived', table: { columns: ['Severity', 'Finding', 'Where', 'Until', 'Allowed by', 'Because'], rows: waived } }] : []),
        ...(others.length > 0 ? [{ heading: 'Set aside', table: { columns: ['Severity', 'Finding', 'Where', 'How', 'Because'], rows: others } }] : []),
    ];
}
function waiverSection({ waiverNotes }) {
    if (waiverNotes.length === 0)
        return [];
    const rows = waiverNotes.map(({ waiver, state, reason }) => [waiver.place, [waiver.finding, waiver.package, ...waiver.paths].filter(Boolean).join(', '), state, reason, waiver.requestedBy]);
    return [{ heading: 'Waivers to look at', table: { columns: ['Waiver', 'For', 'State', 'Why', 'Requested by'], rows } }];
}
function evidenceSection({ evidence }) {
    const rows = evidence.map(({ path, tools, kinds, status, reason, remarks }) => [path, tools.join(', '), kinds.join(', '), status === 'ok' ? '✅ ok' : `❌ ${status}`, reason === '' ? remarks.join(', ') : reason]);
    return { heading: 'Evidence', table: { columns: ['Report', 'Tool', 'Kind', 'Status', 'What it tells'], rows } };
}
function countsSection(decision) {
    const blocking = blockingCounts(decision);
    const fresh = (severity) => decision.judgements.filter(({ facts, outcome }) => facts.severity === severity && facts.isNew && outcome !== 'suppressed' && outcome !== 'not affected').length;
    return { heading: 'Findings', table: { columns: ['Severity', 'All', 'New', 'Blocking'], rows: SEVERITIES.map((severity) => [severity, `${decision.counts[severity]}`, `${fresh(severity)}`, `${blocking[severity]}`]) } };
}
function severityCell({ facts: { severity, isNew, isKev, finding } }) {
    return [severity, ...(isNew ? ['new'] : []), ...(isKev ? ['exploited'] : []), ...(finding.isDisputed ? ['disputed'] : [])].join(', ');
}
function linked({ facts: { finding, firstSeen } }) {
    const text = `${nameOf(finding)}${firstSeen === undefined ? '' : ` (known since ${dayText(new Date(firstSeen))})`}`;
    return finding.url === undefined ? text : { text, href: finding.url };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/github.js










/** The repository as the token may ask about it; undefined without token or run. */
async function repositoryWith(inputs, job) {
    const { githubToken: token } = inputs;
    if (token === undefined || job.run.repository === '')
        return undefined;
    return repositoryOf({ apiUrl: surroundings().apiUrl, token }, job.run, job.signal);
}
/** The waivers with what GitHub says about who allowed them. */
async function approvedWaivers({ waivers, waiverText, policy }, inputs, repository, job) {
    const isNone = waivers.waivers.length + waivers.signOffs.length === 0;
    if (repository === undefined || waiverText === undefined || isNone || policy.waivers.approval === 'stated')
        return waivers;
    const path = (0,external_node_path_.relative)(process.cwd(), inputs.waivers ?? '').replaceAll('\\', '/');
    const history = path.startsWith('../') || job.run.commit === '' ? `${path} is not in the repository` : await historyOf(repository, { path, commit: job.run.commit, text: waiverText });
    return withApprovals(waivers, history, await waiverLines(waiverText));
}
/** The sign-off that the environment's approval is; why it is none, as a note. */
async function environmentSignOff(inputs, repository, job) {
    const { signOff: findings, signOffEnvironment: environment } = inputs;
    if (findings === undefined || environment === undefined || repository === undefined)
        return { signOff: undefined, notes: [] };
    const found = await environmentApproval(repository, { run: job.run.id, environment, actor: job.run.actor });
    return typeof found === 'string' ? { signOff: undefined, notes: [`There is no sign-off: ${found}.`] } : { signOff: { findings, by: found.by }, notes: [] };
}
/** Tells the decision in the pull request's comment. Never fails: that it could not is a warning. */
async function comment(decision, inputs, repository, job) {
    const pull = inputs.pullRequest ?? pullRequestOf();
    if (!inputs.comment || pull === undefined)
        return;
    if (repository === undefined)
        return job.log.warning('There is no comment on the pull request: comment needs github-token.');
    const mark = [decision.stage.name, inputs.name].filter(Boolean).join(' ');
    const sections = summarySections(decision, inputs.name);
    const link = job.run.url === '' ? [] : [{ heading: 'More', paragraphs: [[{ text: 'The run and its job summary', href: job.run.url }]] }];
    const refusal = await putComment(repository, pull, mark, job.redact(commentBody([...sections, ...link], mark))).catch(errors/* messageOf */.bD);
    if (refusal !== undefined)
        job.log.warning(`There is no comment on pull request #${pull}: ${refusal}.`);
}
function pullRequestOf() {
    const pull = surroundings().event['pull_request'];
    const number = typeof pull === 'object' && pull !== null && 'number' in pull ? pull.number : undefined;
    return typeof number === 'number' ? number : undefined;
}

// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
;// CONCATENATED MODULE: ./build/shared/policy/feeds.js





const CVE = /^CVE-\d{4}-\d{4,}$/i;
const LARGEST_LINE = 10_000; // characters
/** CISA's catalogue of known exploited vulnerabilities, its JSON or its CSV. @throws {UserError} when it is neither, or empty. */
async function readKev(text, file) {
    const feed = text.trimStart().startsWith('{') ? await (0,ignore_file/* parsing */.LK)(file, () => kevJson(JSON.parse(text))) : kevCsv(text);
    if (feed.content.size === 0)
        throw new errors/* UserError */.yo(`${file} is not the KEV catalogue: it names no CVE. Take known_exploited_vulnerabilities.json of CISA.`);
    return feed;
}
/** The scores of these CVEs in FIRST's EPSS file, CSV or gzipped CSV. @throws {UserError} when it is none, is cut off, or has no score at all. */
async function readEpss(path, wanted) {
    const content = new Map();
    let madeAt;
    let count = 0;
    try {
        for await (const line of linesOf(path)) {
            const [, date] = /^#.*\bscore_date:(\S+)/.exec(line.slice(0, LARGEST_LINE)) ?? [];
            madeAt ??= dateOf(date);
            const [cve = '', score = ''] = line.slice(0, LARGEST_LINE).split(',');
            const value = score === '' ? Number.NaN : Number(score);
            if (!CVE.test(cve) || !(value >= 0 && value <= 1))
                continue;
            count += 1;
            if (wanted.has(cve.toUpperCase()))
                content.set(cve.toUpperCase(), value);
        }
    }
    catch (error) {
        throw new errors/* UserError */.yo(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (count === 0)
        throw new errors/* UserError */.yo(`${path} is not the EPSS file: it has no line such as CVE-2026-1234,0.5,0.9. Take epss_scores-current.csv.gz of FIRST.`);
    return { content, madeAt };
}
function kevJson(json) {
    const root = (0,ignore_file/* looseMapping */.ZO)(json);
    const names = (0,ignore_file/* looseList */.J2)(root['vulnerabilities']).map(({ cveID }) => (0,ignore_file/* looseText */.o0)(cveID)).filter((name) => name !== undefined);
    return { content: cves(names), madeAt: dateOf((0,ignore_file/* looseText */.o0)(root['dateReleased'])) };
}
// The CSV does not tell when it was made: the day on which its newest entry was added is the least it can be.
function kevCsv(text) {
    const lines = text.split('\n');
    const added = lines.flatMap((line) => /,(\d{4}-\d{2}-\d{2}),/.exec(line)?.[1] ?? []).sort().at(-1);
    return { content: cves(lines.map((line) => line.split(',')[0]?.replaceAll('"', '') ?? '')), madeAt: dateOf(added) };
}
function cves(names) {
    return new Set(names.filter((name) => CVE.test(name)).map((name) => name.toUpperCase()));
}
function linesOf(path) {
    const file = (0,external_node_fs_.createReadStream)(path);
    const text = path.endsWith('.gz') ? file.pipe((0,external_node_zlib_.createGunzip)()) : file;
    const lines = (0,external_node_readline_.createInterface)({ input: text, crlfDelay: Infinity });
    // An error of the file reaches neither the unpacker nor the lines by itself.
    return (async function* () {
        const failed = new Promise((_, reject) => [file, text].forEach((stream) => stream.on('error', reject)));
        failed.catch(() => undefined);
        const iterator = lines[Symbol.asyncIterator]();
        for (let next = await Promise.race([iterator.next(), failed]); next.done !== true; next = await Promise.race([iterator.next(), failed]))
            yield next.value;
    })();
}
function dateOf(text) {
    const date = new Date(text === undefined ? Number.NaN : text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    return Number.isNaN(date.getTime()) ? undefined : date;
}

;// CONCATENATED MODULE: ./build/shared/github/run-artifact.js


const LARGEST = 200_000_000; // bytes
const run_artifact_PAGE = 100;
const run_artifact_MOST_PAGES = 10;
/**
 * The newest artifact of this name that a run of this commit has kept, as a ZIP archive; otherwise a sentence that says why there is none.
 * Runs of forks do not count: anybody can have those.
 */
async function artifactOf(repository, name, commit) {
    try {
        const found = await find(repository, name, commit);
        if (found === undefined)
            return `no run of ${commit.slice(0, 12)} has an artifact ${name}`;
        if (found.expired)
            return `the artifact ${name} of ${commit.slice(0, 12)} has expired`;
        if (found.size > LARGEST)
            return `the artifact ${name} of ${commit.slice(0, 12)} is larger than ${LARGEST / 1e6} MB`;
        const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', { ...repository.named, artifact_id: found.id, archive_format: 'zip' });
        return { zip: Buffer.from(data) };
    }
    catch (error) {
        const status = statusOf(error);
        return status === 403 || status === 404 ? 'the token needs actions: read to fetch artifacts' : `GitHub did not give the artifact ${name} (${(0,errors/* messageOf */.bD)(error)})`;
    }
}
async function find(repository, name, commit) {
    for (let page = 1; page <= run_artifact_MOST_PAGES; page += 1) {
        const { data: { artifacts } } = await repository.ask('GET /repos/{owner}/{repo}/actions/artifacts', { ...repository.named, name, per_page: run_artifact_PAGE, page });
        const found = artifacts.find(({ workflow_run: run }) => run?.head_sha === commit && run.head_repository_id === run.repository_id);
        if (found !== undefined)
            return { id: found.id, expired: found.expired, size: found.size_in_bytes };
        if (artifacts.length < run_artifact_PAGE)
            return undefined;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/files.js




const MAGIC = /[*?[\]{}]/;
// What scanners write beside their reports for people.
const FOR_PEOPLE = /\.(?:html?|md|txt|log|pdf|csv|css|js|png|svg)$/i;
/** The files that a pattern, a folder or a path names, in order; those of a folder that are for people are told apart. None where nothing is there. */
function filesOf(pattern) {
    const found = (0,external_node_fs_.statSync)(pattern, { throwIfNoEntry: false });
    if (found?.isDirectory() === true)
        return inFolder(pattern);
    if (found !== undefined)
        return { files: [pattern], passedOver: [] };
    return { files: MAGIC.test(pattern) ? glob(pattern) : [], passedOver: [] };
}
/** The text of a file that an input names. @throws {UserError} that names both when it cannot be read. */
function readText(input, path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (error) {
        throw new errors/* UserError */.yo(`${input} ${path} cannot be read: ${(0,errors/* messageOf */.bD)(error)}. Whatever depends on it stays closed.`);
    }
}
/** sha256 of a text, in hexadecimal digits. */
function sha256(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex');
}
function inFolder(folder) {
    const all = glob((0,external_node_path_.join)(folder, '**'));
    return { files: all.filter((path) => !FOR_PEOPLE.test(path)), passedOver: all.filter((path) => FOR_PEOPLE.test(path)) };
}
function glob(pattern) {
    return (0,external_node_fs_.globSync)(pattern).filter((path) => (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isFile() === true).sort();
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/shared/github/merge-base.js


/** The newest commit that both have in their history, as GitHub knows them; otherwise a sentence that says why it is not known. */
async function mergeBaseOnGitHub(repository, base, head) {
    try {
        const { data } = await repository.ask('GET /repos/{owner}/{repo}/compare/{basehead}', { ...repository.named, basehead: `${base}...${head}`, per_page: 1 });
        return { commit: data.merge_base_commit.sha };
    }
    catch (error) {
        const status = statusOf(error);
        return status === 403 || status === 404 ? 'the token needs contents: read to compare commits on GitHub' : `GitHub did not tell the merge base (${(0,errors/* messageOf */.bD)(error)})`;
    }
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/merge-base.js




const COMMIT = /^[0-9a-f]{40,64}$/;
/**
 * The commit that the pull request or merge queue of this run is measured against, and on a terminal the one where the branch left the
 * default branch; otherwise a sentence that says why there is none, and what to do.
 */
async function mergeBase(repository, { run }) {
    const [base, head] = run.url === '' ? ['origin/HEAD', 'HEAD'] : [baseOfEvent(), run.commit];
    if (base === undefined)
        return 'this run is of no pull request, so there is nothing to measure it against';
    const here = await inClone(base, head);
    if (here !== undefined)
        return { commit: here };
    if (repository !== undefined && COMMIT.test(base))
        return mergeBaseOnGitHub(repository, base, head);
    return `this clone does not reach back to where ${base.slice(0, 12)} and ${head.slice(0, 12)} part: let actions/checkout fetch with fetch-depth: 0, or give github-token`;
}
function baseOfEvent() {
    const { pull_request: pull, merge_group: queue } = surroundings().event;
    return [pull?.base?.sha, queue?.base_sha].find((one) => typeof one === 'string' && COMMIT.test(one));
}
// Undefined in a shallow clone, in none, and where git does not trust the folder.
async function inClone(base, head) {
    try {
        const { stdout } = await (0,external_node_util_.promisify)(external_node_child_process_.execFile)('git', ['merge-base', base, head]);
        const commit = stdout.trim();
        return COMMIT.test(commit) ? commit : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/baseline-files.js






/** What stands for the merge base's hash in a path. */
const MERGE_BASE = '{merge-base}';
const ARTIFACT = 'artifact:';
/** The files that the input `baseline` names; the merge base is looked up only where one of them depends on it. */
async function baselineFiles({ baseline }, repository, job) {
    const isOfMergeBase = (given) => given.startsWith(ARTIFACT) || given.includes(MERGE_BASE);
    const paths = baseline.filter((given) => !isOfMergeBase(given)).flatMap((given) => filesOf(given).files);
    const wanted = baseline.filter(isOfMergeBase);
    if (wanted.length === 0)
        return { paths, notes: [] };
    const base = await mergeBase(repository, job);
    if (typeof base === 'string')
        return { paths, notes: [`There is no baseline of the merge base: ${base}.`] };
    const found = await Promise.all(wanted.map(async (given) => (given.startsWith(ARTIFACT) ? await inArtifact(given, base.commit, repository) : atPath(given, base.commit))));
    return { paths: [...paths, ...found.flatMap((one) => one.paths)], notes: found.flatMap((one) => one.notes) };
}
function atPath(given, commit) {
    const path = given.replaceAll(MERGE_BASE, commit);
    const { files } = filesOf(path);
    return { paths: files, notes: files.length === 0 ? [`There is no baseline of the merge base: nothing is at ${path}.`] : [] };
}
async function inArtifact(given, commit, repository) {
    const name = given.slice(ARTIFACT.length);
    const found = repository === undefined ? 'artifacts are fetched with github-token, in a run' : await artifactOf(repository, name, commit);
    if (typeof found === 'string')
        return { paths: [], notes: [`There is no baseline of the merge base: ${found}.`] };
    const path = (0,external_node_path_.join)((0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(surroundings().temp, 'slipway-baseline-')), `${name.replaceAll(/[^\w.-]/g, '_')}.zip`);
    (0,external_node_fs_.writeFileSync)(path, found.zip);
    return { paths: [path], notes: [] };
}

;// CONCATENATED MODULE: ./build/shared/findings/union.js
/** So many things, each by itself. */
function createUnion(count) {
    const parents = Uint32Array.from({ length: count }, (_, index) => index);
    const rootOf = (of) => {
        let at = of;
        while (parents[at] !== at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    };
    return {
        rootOf,
        join(a, b) {
            const [low, high] = [rootOf(a), rootOf(b)].sort((one, other) => one - other);
            parents[high] = low;
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/findings/merge.js





const merge_MOST_LOCATIONS = 100;
/**
 * The problems behind findings of several reports, each once, the worst first. Vulnerabilities are the same when one of their
 * names and the package are; secrets when their value is; anything else when the same tool means the same place.
 * The severity is the highest of the sources'. The order of the given findings does not matter.
 */
function mergeFindings(findings) {
    const ordered = findings.toSorted((a, b) => compare(a.key, b.key) || compare(a.tool, b.tool) || compare(a.location?.path ?? '', b.location?.path ?? '') || compare(a.package?.version ?? '', b.package?.version ?? '') || compareSeverity(a.severity, b.severity));
    const union = createUnion(ordered.length);
    joinByKey(ordered, union);
    joinByAlias(ordered, union);
    const groups = Map.groupBy(ordered.keys(), union.rootOf);
    return [...groups.values()].map((indices) => merged(indices.map((index) => ordered[index])))
        .sort((a, b) => compareSeverity(a.severity, b.severity) || compare(a.key, b.key));
}
function joinByKey(findings, { join }) {
    const first = new Map();
    for (const [index, { key, kind, tool, rule, location, secretHash, package: of }] of findings.entries()) {
        const isAtPlace = !isVulnerability(kind) && of === undefined && secretHash === undefined && location?.line !== undefined;
        // SARIF and a tool's own format fingerprint differently; rule and line are the same.
        const names = isAtPlace ? [key, JSON.stringify([kind, tool, rule, location.path, location.line])] : [key];
        for (const name of names)
            join(first.get(name) ?? index, index);
        for (const name of names)
            if (!first.has(name))
                first.set(name, index);
    }
}
// A package without an ecosystem, or none at all, is taken for the only one that the advisory is otherwise about.
function joinByAlias(findings, { join }) {
    const byAlias = new Map();
    for (const [index, finding] of findings.entries()) {
        if (!isVulnerability(finding.kind))
            continue;
        const of = finding.package === undefined ? undefined : packageName(finding.package);
        for (const alias of finding.aliases) {
            const known = byAlias.get(alias) ?? [];
            byAlias.set(alias, known);
            known.push({ index, ecosystem: of?.ecosystem ?? '', name: of?.name });
        }
    }
    for (const all of byAlias.values())
        joinNamed(all, join);
}
function joinNamed(all, join) {
    const byName = Map.groupBy(all.filter(({ name }) => name !== undefined), ({ name }) => name);
    for (const same of byName.values()) {
        const ecosystems = Map.groupBy(same, ({ ecosystem }) => ecosystem);
        for (const one of ecosystems.values())
            joinAll(one, join);
        const known = [...ecosystems.keys()].filter((ecosystem) => ecosystem !== '');
        if (known.length === 1)
            joinAll(same, join);
    }
    const nameless = all.filter(({ name }) => name === undefined);
    joinAll(nameless, join);
    if (byName.size === 1)
        joinAll([...nameless.slice(0, 1), ...all.filter(({ name }) => name !== undefined).slice(0, 1)], join);
}
function joinAll(all, join) {
    for (const one of all.slice(1))
        join(all[0].index, one.index);
}
// Sources that set it aside do not make it less; it is set aside when all of them do.
function merged(sources) {
    const open = sources.filter(({ suppressedBy }) => suppressedBy === undefined);
    const counted = open.length > 0 ? open : sources;
    const severity = worst(counted.map((one) => one.severity));
    const main = counted.find((one) => one.severity === severity);
    const aliases = aliasesOf(sources.flatMap((one) => one.aliases));
    const epss = sources.flatMap((one) => one.epss ?? []);
    return {
        ...unjudged(main), ...filledIn(sources), ...scopeOf(sources), ...(open.length > 0 || main.suppressedBy === undefined ? {} : { suppressedBy: main.suppressedBy }),
        key: keyOfAll(main, aliases, sources), aliases, severity, fixedIn: [...new Set(sources.flatMap((one) => one.fixedIn))],
        cwes: [...new Set(sources.flatMap((one) => one.cwes))].sort(), occurrences: occurrencesOf(sources),
        keys: [...new Set([keyOfAll(main, aliases, sources), ...sources.map((one) => one.key)])].sort(),
        kinds: [...new Set(sources.map((one) => one.kind))].sort(), tools: [...new Set(sources.map((one) => one.tool))].sort(),
        locations: locationsOf(sources), sources, isDisputed: isDisputed(counted),
        ...(sources.some((one) => one.knownExploited === true) ? { knownExploited: true } : {}), ...(epss.length > 0 ? { epss: Math.max(...epss) } : {}),
    };
}
// What depends on all sources is left out.
function unjudged(main) {
    return Object.fromEntries(Object.entries(main).filter(([name]) => !['suppressedBy', 'scope', 'otherLocations'].includes(name)));
}
// What one source lacks another may have.
function filledIn(sources) {
    const of = sources.map((one) => one.package).filter((one) => one !== undefined).sort((a, b) => Number(a.purl === undefined) - Number(b.purl === undefined))[0];
    const seen = sources.flatMap((one) => one.firstSeen ?? []).sort()[0];
    return { ...(of === undefined ? {} : { package: of }), ...(seen === undefined ? {} : { firstSeen: seen }) };
}
// For development only when every source says so.
function scopeOf(sources) {
    const scopes = new Set(sources.map(({ scope }) => scope));
    if (scopes.has('runtime'))
        return { scope: 'runtime' };
    return scopes.size === 1 && scopes.has('development') ? { scope: 'development' } : {};
}
// By the names all sources together know, so that it does not depend on which tool told the preferred one.
function keyOfAll(main, aliases, sources) {
    if (!isVulnerability(main.kind) || aliases.length === 0)
        return sources.length === 1 ? main.key : sources.map(({ key }) => key).sort()[0];
    const named = sources.map((one) => one.package).find((one) => one !== undefined && packageName(one).ecosystem !== '') ?? main.package;
    return keyOf({ kind: main.kind, tool: main.tool, rule: main.rule, aliases, package: named, path: main.location?.path });
}
// Each tool counts them all.
function occurrencesOf(sources) {
    const byTool = Map.groupBy(sources, ({ tool }) => tool);
    return Math.max(...[...byTool.values()].map((all) => all.reduce((sum, { occurrences }) => sum + occurrences, 0)));
}
function isDisputed(sources) {
    const byTool = Map.groupBy(sources, ({ tool }) => tool);
    const judged = [...byTool.values()].map((all) => worst(all.map((one) => one.severity))).filter((severity) => severity !== 'unknown');
    return new Set(judged).size > 1;
}
function locationsOf(sources) {
    const all = sources.flatMap(({ location, otherLocations = [] }) => (location === undefined ? [] : [location, ...otherLocations])).map((location) => [`${location.path}:${location.line ?? ''}`, location]);
    return [...new Map(all).values()].sort((a, b) => compare(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)).slice(0, merge_MOST_LOCATIONS);
}
function compare(a, b) {
    return a === b ? 0 : a < b ? -1 : 1;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/reports.js





/** Reads every report that the patterns name, one after the other. */
async function readAllReports(patterns, reading, job) {
    const reports = [];
    const missing = [];
    const notes = [];
    const read = new Set();
    // What says more of a file comes before the folder that has it, too.
    const ordered = patterns.map(typed).sort((one, other) => Number(one.tool === undefined) - Number(other.tool === undefined));
    for (const { pattern, tool } of ordered) {
        const { files, passedOver } = filesOf(pattern);
        if (files.length === 0)
            missing.push({ path: pattern, tools: tool === undefined ? [] : [tool], kinds: [], status: 'missing', reason: `Nothing is at ${pattern}: did the scan run, and was its report downloaded?`, remarks: [] });
        if (passedOver.length > 0)
            notes.push(`${pattern}: ${passedOver.length} files for people were passed over (${passedOver.slice(0, 3).join(', ')}${passedOver.length > 3 ? ', …' : ''})`);
        for (const path of files.filter((one) => !read.has((0,external_node_path_.resolve)(one)))) {
            job.signal.throwIfAborted();
            read.add((0,external_node_path_.resolve)(path));
            reports.push(...(await readReports(path, { ...reading, format: formatOf(tool) })).map((report) => ({ report, tool })));
        }
    }
    return { reports, missing, notes };
}
/** What all of them hold, what they set aside included, each problem once. */
function mergedFindings(reports) {
    return mergeFindings(reports.flatMap(({ report }) => [...report.findings, ...report.suppressed]));
}
function typed(given) {
    const [, tool, pattern] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? [];
    return { pattern: pattern ?? given, tool };
}
function formatOf(tool) {
    return FORMATS.find((format) => format === tool);
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/known-before.js






const LARGEST_DECISION = 200_000_000; // bytes
/** The baseline that the inputs name, with why a part of it does not count; without any, everything is new. */
async function readBaseline(inputs, reading, repository, job) {
    if (inputs.baseline.length === 0)
        return { baseline: undefined, notes: [] };
    const { paths, notes: lacks } = await baselineFiles(inputs, repository, job);
    const stored = await Promise.all(paths.map(async (path) => ({ path, decisions: await decisionsIn(path) })));
    const decisions = stored.flatMap((one) => one.decisions);
    const { reports } = await readAllReports(stored.filter((one) => one.decisions.length === 0).map(({ path }) => path), reading, job);
    const faulty = reports.filter(({ report }) => report.fault !== undefined);
    const sound = reports.filter(({ report }) => report.fault === undefined);
    const all = [...decisions, ...(sound.length > 0 ? [baselineOf(mergedFindings(sound), sound.map(({ report }) => report.path).join(', '))] : [])];
    const notes = [
        ...lacks,
        ...faulty.map(({ report }) => `The baseline ${report.path} does not count: ${report.fault?.reason}`),
        ...(all.length === 0 ? ['There is no baseline that counts: every finding is new.'] : [`New is what is not in ${all.map(({ of }) => of).join(' and ')}.`]),
    ];
    return { notes, baseline: all.length === 0 ? undefined : { of: all.map(({ of }) => of).join(' and '), known: new Map(all.flatMap(({ known }) => [...known])) } };
}
/** What the KEV and EPSS files tell of what was found. @throws {UserError} when one cannot be read. */
async function readFeeds(inputs, findings) {
    const wanted = new Set(findings.flatMap(({ aliases }) => aliases.map((alias) => alias.toUpperCase())));
    const kev = inputs.kevFile === undefined ? undefined : await readKev(readText('kev-file', inputs.kevFile), inputs.kevFile);
    const epss = inputs.epssFile === undefined ? undefined : await readEpss(inputs.epssFile, wanted);
    return { feeds: { kev: kev?.content, epss: epss?.content }, feedsAt: { kev: kev?.madeAt, epss: epss?.madeAt } };
}
// What is damaged is read as a report, which tells why it does not count.
async function decisionsIn(path) {
    try {
        const texts = await Promise.all((await reportBytes(path, LARGEST_DECISION)).map(decisionText));
        return texts.flatMap((text) => (text === undefined ? [] : storedBaseline(JSON.parse(text)) ?? []));
    }
    catch {
        return [];
    }
}
async function decisionText({ open }) {
    const chunks = [];
    for await (const chunk of open()) {
        if (chunks.length === 0 && !chunk.toString('latin1', 0, 200).includes('slipway-security-decision/'))
            return undefined;
        chunks.push(Buffer.from(chunk));
    }
    return Buffer.concat(chunks).toString();
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/reading.js

// Runner and gate compare every line that is printed from then on with every mask; the runner makes ten more of each itself.
const MASKED_IN_ALL_FORMS = 100;
const MOST_MASKED = 10_000;
/** The one way in which this run reads reports: a secret that is in several of them is masked once. */
function readingOf(inputs, job) {
    const masked = new Set();
    let isTooMany = false;
    const mask = (value) => {
        if (masked.has(value))
            return;
        isTooMany = masked.size >= MOST_MASKED;
        if (isTooMany)
            return;
        masked.add(value);
        job.mask(value, masked.size <= MASKED_IN_ALL_FORMS ? 'all' : 'as-is');
    };
    return {
        hide: secretHider(mask, inputs.secretKey?.reveal() ?? job.run.repository), root: process.cwd(),
        notes: () => (isTooMany ? [`There are more than ${MOST_MASKED} different secrets in the reports. Those beyond are in nothing that this gate prints or writes, but a later step of the job that prints one would show it.`] : []),
    };
}

// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __webpack_require__(1544);
;// CONCATENATED MODULE: ./build/shared/checks/shown.js
/**
 * Foreign text made fit for one line of a log or a table: control characters escaped, so that it can never be read as a
 * workflow command, and cut after `limit` characters.
 */
function shown(text, limit = 120) {
    const head = text.slice(0, limit * 2);
    const escaped = head.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, shown_escape);
    return escaped.length > limit || text.length > head.length ? `${escaped.slice(0, limit)}… (${text.length} characters)` : escaped;
}
/** The same, in double quotes. */
function quoted(text, limit) {
    return `"${shown(text, limit)}"`;
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
        faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, shown(key, 40))} is unknown; the nearest is ${(0,nearest/* nearest */.p)(key, known)}`));
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
function shape_flag() {
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
    faults.push(`${path}: ${reason}${value === undefined ? '' : `, not ${shape_kindOf(value)}`}`);
    return undefined;
}
function shape_kindOf(value) {
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

;// CONCATENATED MODULE: ./build/shared/policy/field.js




/** Gives a field the meaning of its key. */
function field_key(description, field) {
    return { ...field, description };
}
/** Any text. */
const anyText = { reader: shape_text(), schema: { type: 'string', minLength: 1 }, accepts: 'text' };
/** True or false. */
const yesOrNo = { reader: shape_flag(), schema: { type: 'boolean' }, accepts: 'true or false' };
/** A time span, as milliseconds. */
const span = { reader: shape_text(duration/* parseDuration */.E9), schema: { type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$' }, accepts: 'a duration such as 12h or 7d' };
/** A number above 0 and up to 1. */
const probability = {
    reader: (value, path, faults) => (typeof value === 'number' && value > 0 && value <= 1 ? value : void faults.push(`${path}: accepted is a number above 0 and up to 1`)),
    schema: { type: 'number', exclusiveMinimum: 0, maximum: 1 }, accepts: 'a number above 0 and up to 1',
};
/** One of a few words. */
function word(words) {
    const parse = (given) => {
        const found = words.find((candidate) => candidate === given);
        if (found !== undefined)
            return found;
        const near = (0,nearest/* likelyMeant */.S)(given, words);
        throw new errors/* UserError */.yo(near === undefined ? `accepted is one of ${words.join(', ')}` : `there is no ${given}; the nearest is ${near}`);
    };
    return { reader: shape_text(parse), schema: { enum: words }, accepts: words.join(', ') };
}
/** Text that has to fit an expression, which starts and ends with the text. */
function formed(pattern, accepts) {
    const parse = (given) => {
        if (!pattern.test(given))
            throw new errors/* UserError */.yo(`accepted is ${accepts}`);
        return given;
    };
    return { reader: shape_text(parse), schema: { type: 'string', pattern: pattern.source }, accepts };
}
/** One value, or a list of them. */
function many(field) {
    return { reader: shape_list(field.reader), schema: { anyOf: [field.schema, { type: 'array', minItems: 1, items: field.schema }] }, accepts: `one or a list of: ${field.accepts}` };
}
/** The same, where the list may be empty, and an editor does not mind it without a value. */
function manyOrNone(field) {
    return {
        reader: (value, path, faults) => (Array.isArray(value) && value.length === 0 ? [] : shape_list(field.reader)(value, path, faults)),
        schema: { anyOf: [field.schema, { type: 'array', items: field.schema }, { type: 'null' }] }, accepts: `none, one or a list of: ${field.accepts}`,
    };
}
/** Names of one's own with a value each. */
function dictionaryOf(field, names, accepts) {
    const reader = (value, path, faults) => {
        const read = dictionary(field.reader)(value, path, faults);
        if (read !== undefined && Object.keys(read).length === 0)
            faults.push(`${path}: accepted is one at least`);
        faults.push(...Object.keys(read ?? {}).filter((name) => !names.test(name)).map((name) => `${path}: ${JSON.stringify(name.slice(0, 40))} is no name; accepted is ${accepts}`));
        return read;
    };
    return { reader, schema: { type: 'object', minProperties: 1, propertyNames: { pattern: names.source }, additionalProperties: field.schema }, accepts: `names with: ${field.accepts}` };
}
/** A mapping of these keys alone; those that are required have to be there. */
function mapping(keys, required = []) {
    const names = Object.keys(keys);
    const readers = Object.fromEntries(names.map((name) => [name, keys[name].reader]));
    const reader = (value, path, faults) => {
        const read = record(readers)(value, path, faults);
        const given = typeof value === 'object' && value !== null ? value : {};
        if (read !== undefined)
            faults.push(...required.filter((name) => !Object.hasOwn(given, name)).map((name) => `${path === '' ? name : `${path}.${name}`} is missing`));
        return read;
    };
    const properties = Object.fromEntries(names.map((name) => [name, { ...keys[name].schema, description: keys[name].description }]));
    return { reader, keys, schema: { type: 'object', additionalProperties: false, required, properties }, accepts: 'keys with values' };
}

;// CONCATENATED MODULE: ./build/shared/policy/policy.js
/** What may keep a finding from blocking a stage. */
const EXCEPTIONS = ['suppressions', 'vex', 'waivers', 'sign-off'];
/** What is asked of an approver: see the reference of the policy's keys. */
const APPROVALS = ['stated', 'checked', 'proven'];

;// CONCATENATED MODULE: ./build/shared/policy/policy-fields.js




const SUBJECTS = ['if-told', 'required'];
/** A rule of a stage: what blocks. */
const ruleFields = mapping({
    name: field_key('How the summary calls the rule.', anyText),
    severity: field_key('This severity or worse. `unknown` is a class of its own: only a rule that names it is met by it.', word(SEVERITIES)),
    kinds: field_key('Findings of these kinds of scanners.', many(word(KINDS))),
    tools: field_key('Findings of these scanners.', many(anyText)),
    packages: field_key('Packages, by name or purl; `*` stands for any characters.', many(anyText)),
    paths: field_key('Files; `*` stands for any characters but `/`, `**` for any folders.', many(anyText)),
    licences: field_key('Licences by their SPDX names; `*` stands for any characters.', many(anyText)),
    scope: field_key('Dependencies of this scope. A finding that does not tell its scope meets it.', word(['runtime', 'development'])),
    fixable: field_key('`true`: a version without it is known. `false`: none is.', yesOrNo),
    kev: field_key('`true`: in CISA\'s catalogue of known exploited vulnerabilities (input `kev-file`, or as the scanner says).', yesOrNo),
    epss: field_key('Probability of exploitation, this or more (input `epss-file`, or as the scanner says). An advisory without a score meets it.', probability),
    'older-than': field_key('Known for longer than this, by the baseline or the scanner. A finding of unknown age meets it.', span),
    new: field_key('`true`: not in the baseline, or worse than there. Without a baseline everything is new.', yesOrNo),
});
/** Evidence that a stage asks for, with conditions. */
const requirementFields = mapping({
    kind: field_key('Kind of scanner.', word(KINDS)),
    tools: field_key('Each of these must have reported. Any scanner of the kind if left out.', many(anyText)),
    'max-age': field_key('Age of its reports, instead of the stage\'s.', span),
    'accept-incomplete': field_key('`true`: take reports whose scanner left parts out, such as a dependency it does not know.', yesOrNo),
}, ['kind']);
const kindAlone = word(KINDS);
// Evidence is asked for by its kind alone, or with conditions.
const requirement = {
    reader: (value, path, faults) => {
        if (typeof value !== 'string')
            return requirementFields.reader(value, path, faults);
        const kind = kindAlone.reader(value, path, faults);
        return kind === undefined ? undefined : { kind };
    },
    schema: { anyOf: [kindAlone.schema, requirementFields.schema] },
    accepts: `a kind (${kindAlone.accepts}), or the keys below`,
};
/** A stage of a pipeline. */
const stageFields = mapping({
    require: field_key('Evidence without which the stage does not pass.', many(requirement)),
    block: field_key('Rules. A finding that meets every condition of one of them blocks.', many({ ...ruleFields, accepts: 'the keys below' })),
    exceptions: field_key('What may keep a finding from blocking: `suppressions` (the scanner\'s own ignore files and comments), `vex`, `waivers`, `sign-off`. None if left out.', many(word(EXCEPTIONS))),
    'report-only': field_key('`true`: tell the verdict, and let everything pass.', yesOrNo),
    'max-age': field_key('Age of a report. One that does not tell when it was made is too old.', span),
    'max-database-age': field_key('Age of a scanner\'s vulnerability database, where it tells.', span),
    subject: field_key('`required`: a report must say which commit or image it is of, and it must be ours. `if-told`, the default: it must be ours where it says so.', word(SUBJECTS)),
}, ['require', 'block']);
const lifetime = mapping(Object.fromEntries(SEVERITIES.map((severity) => [severity, field_key(`Of a waiver for a finding that is ${severity}.`, span)])));
/** What is asked of waivers. */
const waiverTermFields = mapping({
    lifetime: field_key('Longest time from `created` to `expires`, by severity of the finding.', lifetime),
    approval: field_key('`checked`, the default: the review that brought a waiver is looked up where a token allows, and a waiver without the approver\'s approval does not count. `proven`: nor does one that cannot be looked up. `stated`: the file\'s word is enough.', word(APPROVALS)),
    soon: field_key('How long before it expires a waiver is told of.', span),
});
/** The whole file. */
const policyFields = mapping({
    stages: field_key('The stages by name: pre-commit, build, staging, production, dast-weekly, and your own.', dictionaryOf(stageFields, /^[a-z0-9][a-z0-9-]{0,59}$/, 'small letters, digits and dashes')),
    waivers: field_key('What is asked of waivers and sign-offs.', waiverTermFields),
    'severity-from': field_key('Whose severity counts, best first: a scanner, or whom it quotes (`nvd`, `ghsa`). The worst of all where none of them says one, or if left out.', many(anyText)),
    'max-feed-age': field_key('Age of `kev-file` and `epss-file`.', span),
}, ['stages']);

;// CONCATENATED MODULE: ./build/shared/policy/read-shape.js

/**
 * What a reader makes of a file's YAML.
 * @throws {UserError} that names every mistake by its place. A key without a value is one: a condition that is not there would widen what it stands in.
 */
function readShape(yaml, reader, check = () => undefined) {
    const faults = emptyPlaces(yaml, '').map((place) => `${place === '' ? 'the file' : place} has no value`);
    const value = faults.length > 0 ? undefined : reader(yaml, '', faults);
    if (value !== undefined && faults.length === 0)
        check(value, faults);
    if (faults.length === 0 && value !== undefined)
        return value;
    const shown = faults.map((fault) => fault.replace(/^: /, 'the file: '));
    throw new errors/* UserError */.yo(shown.length === 1 ? shown[0] : `${shown.length} mistakes:\n${shown.map((fault) => `- ${fault}`).join('\n')}`);
}
function emptyPlaces(value, place) {
    if (value === null || value === undefined)
        return [place];
    if (Array.isArray(value))
        return value.flatMap((item, index) => emptyPlaces(item, `${place}[${index}]`));
    if (typeof value !== 'object')
        return [];
    return Object.entries(value).flatMap(([key, item]) => emptyPlaces(item, place === '' ? key : `${place}.${key}`));
}

;// CONCATENATED MODULE: ./build/shared/policy/parse-policy.js




const DAY_MS = 86_400_000;
const LIFETIME = { critical: 7 * DAY_MS, high: 30 * DAY_MS, medium: 90 * DAY_MS, low: 180 * DAY_MS, info: 180 * DAY_MS, unknown: 30 * DAY_MS };
const SOON = 14 * DAY_MS;
const MAX_FEED_AGE = 7 * DAY_MS;
/** The policy in a file's YAML. @throws {UserError} that names every mistake by its place, such as `stages.build.block[0].severity`. */
function parsePolicy(yaml) {
    const given = readShape(yaml, policyFields.reader, (read, faults) => {
        faults.push(...Object.entries(read.stages ?? {}).flatMap(([name, stage]) => stageFaults(`stages.${name}`, stage)));
    });
    return {
        stages: Object.fromEntries(Object.entries(given.stages ?? {}).map(([name, stage]) => [name, stageOf(name, stage)])),
        waivers: termsOf(given.waivers ?? {}),
        severityFrom: (given['severity-from'] ?? []).map((name) => name.toLowerCase()),
        maxFeedAge: given['max-feed-age'] ?? MAX_FEED_AGE,
    };
}
/** The stage of that name. @throws {UserError} that names those there are. */
function stageNamed(policy, name) {
    const found = Object.hasOwn(policy.stages, name) ? policy.stages[name] : undefined;
    if (found !== undefined)
        return found;
    const names = Object.keys(policy.stages);
    const near = (0,nearest/* likelyMeant */.S)(name, names);
    throw new errors/* UserError */.yo(`The policy has no stage ${name}${near === undefined ? '' : `; the nearest is ${near}`}. It has ${names.join(', ')}.`);
}
// A rule that asks for nothing would be met by everything: somebody has mistyped, or left a condition for later.
function stageFaults(place, { block = [], require = [] }) {
    const bare = block.flatMap((rule, index) => (Object.keys(rule).some((name) => name !== 'name') ? [] : [`${place}.block[${index}] has no condition; severity: info with a second rule for unknown is everything`]));
    const kinds = require.map(({ kind }) => kind);
    const twice = kinds.filter((kind, index) => kinds.indexOf(kind) !== index);
    return [...bare, ...twice.map((kind) => `${place}.require names ${kind} twice: say all about it in one place`)];
}
function stageOf(name, given) {
    return {
        name, require: (given.require ?? []).map(requirementOf), block: (given.block ?? []).map(parse_policy_ruleOf), exceptions: given.exceptions ?? [],
        isReportOnly: given['report-only'] ?? false, maxAge: given['max-age'], maxDatabaseAge: given['max-database-age'], needsSubject: given.subject === 'required',
    };
}
function requirementOf(given) {
    return { kind: given.kind, tools: (given.tools ?? []).map((tool) => tool.toLowerCase()), maxAge: given['max-age'], takesIncomplete: given['accept-incomplete'] ?? false };
}
function parse_policy_ruleOf(given) {
    const { name, 'older-than': olderThan, ...conditions } = given;
    return { ...conditions, ...(olderThan !== undefined && { olderThan }), name: name ?? ruleName(given) };
}
/** What the rule asks for, in words: `high or worse, fixable`. */
function ruleName({ severity, fixable, kev, new: isNew, ...given }) {
    const words = [
        severity === undefined ? '' : severity === 'critical' || severity === 'unknown' ? severity : `${severity} or worse`,
        isNew === undefined ? '' : isNew ? 'new' : 'not new', fixable === undefined ? '' : fixable ? 'fixable' : 'without a fix', kev === undefined ? '' : kev ? 'known exploited' : 'not known exploited',
        ...Object.entries(given).map(([name, value]) => (name === 'kinds' ? [value].flat().join(' or ') : `${name} ${name === 'older-than' ? `${Number(value) / DAY_MS}d` : [value].flat().join(' or ')}`)),
    ];
    return words.filter((part) => part !== '').join(', ');
}
function termsOf(given) {
    return { lifetime: { ...LIFETIME, ...given.lifetime }, approval: given.approval ?? 'checked', soon: given.soon ?? SOON };
}

;// CONCATENATED MODULE: ./build/shared/policy/default-policy.js

const SCANS = ['sast', 'sca', 'container', 'secrets'];
const SECRETS = { name: 'any secret', kinds: 'secrets' };
const STAGING = [{ severity: 'high' }, { severity: 'unknown' }, SECRETS];
/** The policy in force where no file is given, as its YAML would say it; `examples/security/policy.yml` is the same with comments. */
const DEFAULT_POLICY = {
    stages: {
        'pre-commit': { require: 'secrets', block: SECRETS, exceptions: 'suppressions' },
        build: { require: SCANS, block: [{ severity: 'critical' }, SECRETS], exceptions: ['suppressions', 'vex'] },
        staging: { require: SCANS, block: STAGING, exceptions: ['suppressions', 'vex', 'waivers'] },
        production: { require: SCANS, block: [{ severity: 'medium' }, { severity: 'unknown' }, SECRETS], exceptions: ['vex', 'sign-off'] },
        'dast-weekly': { require: { kind: 'dast', 'max-age': '8d' }, block: { severity: 'high' }, exceptions: ['suppressions', 'waivers'] },
        preview: { require: SCANS, block: STAGING, exceptions: ['suppressions', 'vex', 'waivers'], 'report-only': true },
    },
};
/** The built-in policy. */
function defaultPolicy() {
    return parsePolicy(DEFAULT_POLICY);
}

;// CONCATENATED MODULE: ./build/shared/policy/ignores/read-ignores.js

/**
 * What a scanner's own ignore file says: .trivyignore, .trivyignore.yaml, osv-scanner.toml, .grype.yaml, or a suppression file of Dependency-Check.
 * @throws {UserError} when it cannot be read as what its name promises.
 */
async function readIgnores(text, file) {
    return (0,ignore_file/* parsing */.LK)(file, async () => {
        if (file.endsWith('.toml')) {
            const [{ parse }, { parseOsvIgnore }] = await Promise.all([__webpack_require__.e(/* import() */ 292).then(__webpack_require__.bind(__webpack_require__, 3292)), __webpack_require__.e(/* import() */ 290).then(__webpack_require__.bind(__webpack_require__, 4290))]);
            return parseOsvIgnore(parse(text), file);
        }
        if (file.endsWith('.xml'))
            return (await __webpack_require__.e(/* import() */ 874).then(__webpack_require__.bind(__webpack_require__, 2874))).parseDependencyCheckIgnore(text, file);
        const trivy = await __webpack_require__.e(/* import() */ 778).then(__webpack_require__.bind(__webpack_require__, 6778));
        return /\.ya?ml$/.test(file) ? readYaml(text, file) : trivy.parseTrivyIgnore(text, file);
    });
}
async function readYaml(text, file) {
    const { parse } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    const yaml = parse(text);
    if (Array.isArray((0,ignore_file/* looseMapping */.ZO)(yaml)['ignore']))
        return (await __webpack_require__.e(/* import() */ 731).then(__webpack_require__.bind(__webpack_require__, 9731))).parseGrypeIgnore(yaml, file);
    const keys = Object.keys((0,ignore_file/* looseMapping */.ZO)(yaml));
    if (!keys.some((key) => ['vulnerabilities', 'misconfigurations', 'secrets', 'licenses'].includes(key)))
        throw new Error('it is neither a .trivyignore.yaml nor a .grype.yaml');
    return (await __webpack_require__.e(/* import() */ 778).then(__webpack_require__.bind(__webpack_require__, 6778))).parseTrivyIgnoreYaml(yaml, file);
}

;// CONCATENATED MODULE: ./build/shared/policy/vex.js




const EXEMPT_STATES = ['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree'];
/**
 * What documents of OpenVEX or CycloneDX say does not affect us. A statement counts for the packages that it names; where it speaks
 * of a product with packages in it, that has to be one of ours. Of two about the same, in whichever documents, the later counts.
 * @throws {UserError} when one is neither.
 */
async function readVex(documents, products, now) {
    const statements = (await Promise.all(documents.map(async (document) => statementsIn(document, products)))).flat();
    const isLate = ({ at }) => at > now.getTime() + DAY;
    const [followed, odd] = [statements.filter((one) => one.fault === undefined && !isLate(one)), statements.filter((one) => one.fault !== undefined || isLate(one))];
    const latest = followed.filter((one) => one.isExempt && !followed.some((other) => !other.isExempt && !(other.at < one.at) && isAboutSame(one, other)));
    return {
        exemptions: latest.map(({ file, ids, packages, reason }) => ({ file, ids, packages, reason })),
        notes: odd.map(({ file, place, fault }) => `${file}, ${place}: not followed, because ${fault ?? 'its time lies in the future'}`),
    };
}
async function statementsIn({ file, text }, products) {
    const statements = statementsOf((0,ignore_file/* looseMapping */.ZO)(await (0,ignore_file/* parsing */.LK)(file, () => JSON.parse(text))), products);
    if (statements === undefined)
        throw new errors/* UserError */.yo(`${file} is neither OpenVEX nor CycloneDX.`);
    return statements.map((statement) => ({ ...statement, file }));
}
function statementsOf(document, products) {
    const context = [document['@context']].flat().join(' ');
    if (context.includes('openvex'))
        return (0,ignore_file/* looseList */.J2)(document['statements']).map((statement, index) => openVexStatement(statement, `statements[${index}]`, timeOf(document), products));
    if (document['bomFormat'] === 'CycloneDX')
        return cycloneDxStatements(document);
    return undefined;
}
function openVexStatement(statement, place, documentTime, products) {
    const status = (0,ignore_file/* looseText */.o0)(statement['status']) ?? '';
    const why = (0,ignore_file/* looseText */.o0)(statement['justification']) ?? (0,ignore_file/* looseText */.o0)(statement['impact_statement']);
    const packages = [statement['products']].flat().flatMap((product) => packagesOf(product, products));
    const time = timeOf(statement);
    return {
        place, ids: vulnerabilityNames(statement['vulnerability']), packages, isExempt: status === 'not_affected' || status === 'fixed', reason: [status, why].filter(Boolean).join(': '), at: Number.isNaN(time) ? documentTime : time,
        fault: status === 'not_affected' && why === undefined ? 'it says not_affected and gives no justification' : packages.length === 0 ? 'it names no package of ours' : undefined,
    };
}
function vulnerabilityNames(given) {
    if (typeof given === 'string')
        return [given];
    const { name, aliases, '@id': id } = (0,ignore_file/* looseMapping */.ZO)(given);
    return [(0,ignore_file/* looseText */.o0)(name), (0,ignore_file/* looseText */.o0)(id)?.split('/').at(-1), ...(0,ignore_file/* looseTexts */.Py)(aliases)].filter((one) => one !== undefined);
}
// A product without packages in it is the package itself; one with packages in it has to be ours.
function packagesOf(product, products) {
    const names = namesOf(product);
    const within = [(0,ignore_file/* looseMapping */.ZO)(product)['subcomponents']].flat().flatMap(namesOf);
    if (within.length === 0)
        return names;
    return names.some((name) => products.some((ours) => vex_isOurs(name, ours))) ? within : [];
}
function namesOf(component) {
    if (typeof component === 'string')
        return [component];
    const { '@id': id, identifiers } = (0,ignore_file/* looseMapping */.ZO)(component);
    return [(0,ignore_file/* looseText */.o0)(id), (0,ignore_file/* looseText */.o0)((0,ignore_file/* looseMapping */.ZO)(identifiers)['purl'])].filter((one) => one !== undefined);
}
function vex_isOurs(name, ours) {
    return name === ours || (ours.startsWith('pkg:') && (0,exemption/* samePackage */.nT)(ours, name)) || (/^sha256:[0-9a-f]{64}$/.test(ours) && decodeURIComponent(name.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')).includes(ours));
}
function cycloneDxStatements(document) {
    const purls = new Map(componentsOf(document).flatMap((component) => {
        const [ref, purl] = [(0,ignore_file/* looseText */.o0)(component['bom-ref']), (0,ignore_file/* looseText */.o0)(component['purl'])];
        return ref === undefined || purl === undefined ? [] : [[ref, purl]];
    }));
    return (0,ignore_file/* looseList */.J2)(document['vulnerabilities']).map((vulnerability, index) => {
        const analysis = (0,ignore_file/* looseMapping */.ZO)(vulnerability['analysis']);
        const state = (0,ignore_file/* looseText */.o0)(analysis['state']) ?? '';
        const packages = (0,ignore_file/* looseList */.J2)(vulnerability['affects']).flatMap(({ ref }) => purlOf((0,ignore_file/* looseText */.o0)(ref) ?? '', purls));
        const ids = [(0,ignore_file/* looseText */.o0)(vulnerability['id']), ...(0,ignore_file/* looseList */.J2)(vulnerability['references']).map(({ id }) => (0,ignore_file/* looseText */.o0)(id))].filter((id) => id !== undefined);
        const reason = [state, (0,ignore_file/* looseText */.o0)(analysis['justification']), (0,ignore_file/* looseText */.o0)(analysis['detail'])].filter(Boolean).join(': ');
        return { place: `vulnerabilities[${index}]`, ids, packages, isExempt: EXEMPT_STATES.includes(state), reason, at: timeOf((0,ignore_file/* looseMapping */.ZO)(document['metadata'])), fault: packages.length === 0 ? 'it names no package' : undefined };
    });
}
function componentsOf(document) {
    const below = (component) => [component, ...(0,ignore_file/* looseList */.J2)(component['components']).flatMap(below)];
    return (0,ignore_file/* looseList */.J2)(document['components']).flatMap(below);
}
// A reference names a component of the document, is a purl, or leads into another document by a BOM-Link.
function purlOf(ref, purls) {
    const end = ref.startsWith('urn:cdx:') ? decodeURIComponent(ref.split('#')[1] ?? '') : ref;
    const purl = purls.get(end) ?? (end.startsWith('pkg:') ? end : undefined);
    return purl === undefined ? [] : [purl];
}
function isAboutSame(one, other) {
    return one.ids.some((id) => other.ids.includes(id)) && one.packages.some((wanted) => other.packages.some((purl) => (0,exemption/* samePackage */.nT)(wanted, purl) || (0,exemption/* samePackage */.nT)(purl, wanted)));
}
function timeOf({ timestamp, last_updated: updated }) {
    return Date.parse((0,ignore_file/* looseText */.o0)(updated) ?? (0,ignore_file/* looseText */.o0)(timestamp) ?? '');
}

;// CONCATENATED MODULE: ./build/shared/policy/waiver-fields.js




const day = { reader: shape_text(parseDay), schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }, accepts: 'a day such as 2026-12-01' };
const stages = many(anyText);
// "ok" and "n/a" explain nothing to whoever reads them in half a year.
const reason = formed(/^[^]*\S[^]{8,}\S[^]*$/, 'a reason of ten characters at least');
const person = formed(/^@?[A-Za-z0-9][\w.@-]{0,99}$/, 'a GitHub login');
/** Named `sha256:` and 64 digits, as the summary prints it. */
const hash = formed(/^sha256:[0-9a-f]{64}$/, 'the hash that the summary prints, sha256: and 64 digits');
const common = {
    reason: field_key('Why it is bearable until then.', reason),
    'requested-by': field_key('Who asks for it.', person),
    'approved-by': field_key('Who allows it: somebody else.', person),
    created: field_key('From this day on, UTC.', day),
    expires: field_key('Until this day, UTC: on the day itself it no longer counts.', day),
};
const COMMON = ['reason', 'requested-by', 'approved-by', 'created', 'expires'];
/** A waiver: a finding, a package or a path that may stay for a while. */
const waiverFields = mapping({
    finding: field_key('Advisory or rule by any of its names (CVE-2026-1234, GHSA-…, B602), or the key that `explain` prints.', anyText),
    package: field_key('Package, by name, name@version or purl; `*` stands for any characters.', anyText),
    paths: field_key('Files; `*` stands for any characters but `/`, `**` for any folders. Each place of the finding has to fit.', many(anyText)),
    stages: field_key('Stages it counts in, where the policy lets waivers in.', stages),
    severity: field_key('The worst that it bears: it is void when the finding becomes worse.', word(SEVERITIES)),
    'void-when-fixed': field_key('`true`: it is void as soon as a version without the problem is known.', yesOrNo),
    ...common,
}, ['stages', ...COMMON]);
/** A sign-off: exactly these findings, and no other, may stay for a while. */
const signOffFields = mapping({
    stage: field_key('Stage it counts in, where the policy lets sign-offs in.', anyText),
    findings: field_key('Hash of the exact findings, as the summary prints it. Another finding, or one that became worse, voids it.', hash),
    ...common,
}, ['stage', 'findings', ...COMMON]);
/** The whole file. */
const waiverFileFields = mapping({
    waivers: field_key('Findings, packages or paths that may stay for a while.', manyOrNone(waiverFields)),
    'sign-offs': field_key('Exact sets of findings that may stay for a while.', manyOrNone(signOffFields)),
});

;// CONCATENATED MODULE: ./build/shared/policy/waiver.js




/** No waiver and no sign-off. */
const NO_WAIVERS = { waivers: [], signOffs: [] };
const UNCHECKED = { state: 'unchecked', reason: 'no token was given to look the review up with' };
/** The waivers and sign-offs in a file's YAML; `now` is what `created` may not lie behind. @throws {UserError} that names every mistake by its place. */
function parseWaivers(yaml, now) {
    const given = readShape(withoutEmptyLists(yaml), waiverFileFields.reader, (read, faults) => {
        faults.push(...(read.waivers ?? []).flatMap((waiver, index) => [...entryFaults(`waivers[${index}]`, waiver, now), ...aimFaults(`waivers[${index}]`, waiver)]));
        faults.push(...(read['sign-offs'] ?? []).flatMap((signOff, index) => entryFaults(`sign-offs[${index}]`, signOff, now)));
    });
    return {
        waivers: (given.waivers ?? []).map((waiver, index) => ({
            ...entryOf(`waivers[${index}]`, waiver), finding: waiver.finding, package: waiver.package, paths: waiver.paths ?? [], stages: waiver.stages,
            severity: waiver.severity, isVoidWhenFixed: waiver['void-when-fixed'] ?? false,
        })),
        signOffs: (given['sign-offs'] ?? []).map((signOff, index) => ({ ...entryOf(`sign-offs[${index}]`, signOff), stage: signOff.stage, findings: signOff.findings })),
    };
}
/** Every stage that waivers name has to be one of the policy's. @throws {UserError} on one that is not: its author believes it counts. */
function checkStages({ waivers, signOffs }, stages) {
    const named = [...waivers.flatMap(({ place, stages: of }) => of.map((stage) => ({ place, stage }))), ...signOffs];
    const odd = named.find(({ stage }) => !stages.includes(stage));
    if (odd !== undefined)
        throw new errors/* UserError */.yo(`${odd.place}: the policy has no stage ${odd.stage}; it has ${stages.join(', ')}`);
}
// What is left of a file or a list when the last entry is taken out of it, or made a comment: no waiver, and no mistake.
function withoutEmptyLists(yaml) {
    if (yaml === null || yaml === undefined)
        return {};
    if (typeof yaml !== 'object' || Array.isArray(yaml))
        return yaml;
    return Object.fromEntries(Object.entries(yaml).filter(([name, value]) => value !== null || !Object.hasOwn(waiverFileFields.keys, name)));
}
function entryOf(place, given) {
    return {
        place, reason: given.reason.trim(), requestedBy: login(given['requested-by']), approvedBy: login(given['approved-by']), created: given.created, expires: given.expires,
        approval: UNCHECKED,
    };
}
function entryFaults(place, given, now) {
    const { created, expires, 'requested-by': requestedBy, 'approved-by': approvedBy } = given;
    return [
        ...(created >= expires ? [`${place}.expires is not after created`] : []),
        // A day ahead is today for whoever lives east of Greenwich.
        ...(created.getTime() > now.getTime() + DAY ? [`${place}.created lies in the future`] : []),
        ...(login(requestedBy) === login(approvedBy) ? [`${place}.approved-by is who requested it: somebody else has to allow it`] : []),
    ];
}
function aimFaults(place, { finding, package: name, paths = [] }) {
    if (finding === undefined && name === undefined && paths.length === 0)
        return [`${place}: what it is for is missing; give finding, package or paths`];
    const wide = [...(name === undefined ? [] : [name]), ...paths].filter((pattern) => !/[^*/.@?]/.test(pattern));
    return wide.map((pattern) => `${place}: ${pattern} fits everything; name what may stay`);
}
function login(given) {
    return given.replace(/^@/, '').toLowerCase();
}

// EXTERNAL MODULE: ./build/shared/runner/yaml-text.js
var yaml_text = __webpack_require__(5430);
;// CONCATENATED MODULE: ./build/actions/security-gate/src/rules.js








/** Reads them. @throws {UserError} that names the file and its mistakes: nothing is decided by half of a policy. */
async function readRules(inputs, now) {
    const policyText = inputs.policy === undefined ? undefined : readText('policy', inputs.policy);
    const policy = policyText === undefined ? defaultPolicy() : await rules_parsed('policy', inputs.policy, policyText, parsePolicy);
    const waiverText = inputs.waivers === undefined ? undefined : readText('waivers', inputs.waivers);
    const parse = (yaml) => {
        const waivers = parseWaivers(yaml, now);
        checkStages(waivers, Object.keys(policy.stages));
        return waivers;
    };
    const waivers = waiverText === undefined ? NO_WAIVERS : await rules_parsed('waivers', inputs.waivers, waiverText, parse);
    const ignores = await readAll('ignore-files', inputs.ignoreFiles, readIgnores);
    const vex = await readVex(await readAll('vex', inputs.vex, async (text, file) => ({ text, file })), [...inputs.products, ...inputs.digest.map(plainDigest)], now);
    return {
        policy, stage: stageNamed(policy, inputs.stage), waivers, ignores: ignores.flatMap((one) => one.ignores), exemptions: vex.exemptions,
        notes: [...ignores, vex].flatMap(({ notes }) => notes), waiverText,
        fingerprints: { policy: policyText === undefined ? 'built-in' : sha256(policyText), ...(waiverText !== undefined && { waivers: sha256(waiverText) }) },
    };
}
/** `sha256:…` of `image@sha256:…`. */
function plainDigest(given) {
    return given.slice(given.lastIndexOf('@') + 1).toLowerCase();
}
async function rules_parsed(input, path, text, parse) {
    try {
        return parse(await (0,yaml_text/* parseYaml */.h)(text));
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        throw new errors/* UserError */.yo(`${input} ${path}: ${error.message}`);
    }
}
async function readAll(input, patterns, read) {
    const files = patterns.flatMap((pattern) => {
        const found = filesOf(pattern).files;
        if (found.length === 0)
            throw new errors/* UserError */.yo(`${input}: there is no file ${pattern}`);
        return found;
    });
    return Promise.all(files.map((path) => read(readText(input, path), path)));
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/scans.js




/** Runs the scanners that the inputs name, and reads their reports, each with how its scan ended. */
async function scanAll(inputs, reading, job, now) {
    if (inputs.scan.length === 0)
        return [];
    const isByHand = job.run.url === '';
    // Reports have the secrets that were found in them: they are not put where something is uploaded from, and on a terminal not left behind.
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(surroundings().temp, 'slipway-scans-'));
    try {
        return await scanInto(folder, inputs, reading, job, now);
    }
    finally {
        if (isByHand)
            (0,external_node_fs_.rmSync)(folder, { recursive: true });
    }
}
async function scanInto(folder, inputs, reading, job, now) {
    const [{ readScans }, { runScanners }, { withScanSigns }] = await Promise.all([Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 5569)), __webpack_require__.e(/* import() */ 622).then(__webpack_require__.bind(__webpack_require__, 2622)), __webpack_require__.e(/* import() */ 457).then(__webpack_require__.bind(__webpack_require__, 2457))]);
    const results = await runScanners(readScans(inputs.scan), await scanningOf(inputs, job, folder, now));
    const read = results.map(async (result) => (await readReports(result.report, { ...reading, format: result.tool })).map((report) => ({ report: { ...withScanSigns(report, result), path: `scan ${result.scan}` }, tool: result.tool })));
    return (await Promise.all(read)).flat();
}
async function scanningOf(inputs, job, folder, now) {
    const [{ PATIENCE, sourceOf }, { LOCK }] = await Promise.all([Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 6806)), Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 7747))]);
    const { base, hosts } = sourceOf(inputs.scannerMirror);
    const { temp, proxy } = surroundings();
    const environment = jobEnvironment();
    return {
        log: job.log, signal: job.signal, workspace: process.cwd(), folder, environment, timeout: inputs.scanTimeout, lock: LOCK, redact: job.redact, terms: { minimumAge: inputs.scannerMinimumAge, now },
        installing: {
            downloading: { hosts, proxy, signal: job.signal, ...PATIENCE, onRetry: (why) => job.log.info(`Trying again: ${why}`) }, base, isOffline: inputs.scannerOffline,
            hasToolCache: Boolean(environment['RUNNER_TOOL_CACHE']), temp, platform: `${process.platform}-${process.arch}`,
        },
    };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/gather.js









const EARLIEST = Date.UTC(2026, 0, 1);
/** Now. @throws {UserError} when the clock cannot be right: expired waivers would count again. */
function soundClock(now = new Date()) {
    if (now.getTime() < EARLIEST)
        throw new errors/* UserError */.yo(`The clock of this machine says ${now.toISOString()}. Set it: waivers and the age of reports go by it.`);
    return now;
}
/** All that the decision is made of. @throws {UserError} on a file that cannot be read. */
async function gatherCase(rules, inputs, repository, job, now) {
    const reading = readingOf(inputs, job);
    const scanned = await scanAll(inputs, reading, job, now);
    const target = targetOf(inputs, job);
    const alerts = await readAlerts(inputs, reading, repository, target.commits, job);
    const { reports: given, missing, notes } = await job.log.group('Reading reports', () => readAllReports(inputs.reports, reading, job));
    const reports = [...scanned, ...alerts, ...given];
    const findings = mergedFindings(reports);
    const before = await readBaseline(inputs, reading, repository, job);
    const { signOff, notes: signOffNotes } = await environmentSignOff(inputs, repository, job);
    return {
        ...rules, reports, missing, findings, baseline: before.baseline, ...await readFeeds(inputs, findings), target, now,
        waivers: await approvedWaivers(rules, inputs, repository, job), environmentSignOff: signOff, notes: [...rules.notes, ...notes, ...before.notes, ...signOffNotes, ...reading.notes()],
    };
}
// GitHub runs a pull request on a merge that nobody made; scanners may tell either that or the head.
function targetOf(inputs, { run }) {
    const head = headOf(surroundings().event['pull_request']);
    const commits = inputs.commit === undefined ? [run.commit, head].filter((one) => one !== undefined && one !== '') : [inputs.commit];
    return { commits: commits, digests: inputs.digest.map(plainDigest) };
}
function headOf(pull) {
    const head = typeof pull === 'object' && pull !== null && 'head' in pull ? pull.head : undefined;
    return typeof head === 'object' && head !== null && 'sha' in head && typeof head.sha === 'string' ? head.sha : undefined;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/record.js


/**
 * The decision as it is kept, JSON in pieces: what was decided and why, by which files, and what is known from now on. A later run takes it
 * as its baseline. As one text, 20,000 findings would take more memory than all that was read.
 */
function* recordPieces(decision, given, run, fingerprints) {
    const { judgements, decidedAt } = decision;
    const head = JSON.stringify(outline(decision, given, run, fingerprints), null, 1);
    yield `${head.slice(0, head.lastIndexOf('\n}'))},\n "findings": [`;
    yield* separated(judgements.filter(({ outcome }) => outcome !== 'allowed'), (judgement) => JSON.stringify(recorded(judgement)));
    yield '\n ],\n "known": {';
    yield* separated(knownKeys(judgements, decidedAt), ([key, known]) => `${JSON.stringify(key)}: ${JSON.stringify(known)}`);
    yield '\n }\n}\n';
}
function outline(decision, { reports, target }, run, fingerprints) {
    const { stage, verdict, isOpen, evidence, decidedAt } = decision;
    return {
        format: DECISION_FORMAT, decidedAt: decidedAt.toISOString(), stage: stage.name, verdict, open: isOpen, reportOnly: stage.isReportOnly, commit: target.commits[0] ?? run.commit, run: run.url,
        counts: decision.counts, new: decision.newCount, blocking: decision.blocking, beyond: decision.beyond, findingsHash: decision.signOffHash,
        evidence, reports: reports.map(({ report: { path, format, tools, toolVersion, sha256, bytes } }) => ({ path, format, tools, toolVersion, sha256, bytes })), decidedBy: fingerprints,
        waivers: decision.waiverNotes.map(({ waiver, state, reason }) => ({ place: waiver.place, state, reason })), notes: [...decision.signOffNotes, ...decision.notes],
    };
}
function* separated(values, textOf) {
    let mark = '\n  ';
    for (const value of values) {
        yield `${mark}${textOf(value)}`;
        mark = ',\n  ';
    }
}
function* knownKeys(judgements, decidedAt) {
    for (const { facts: { finding, severity, firstSeen } } of judgements) {
        for (const key of finding.keys)
            yield [key, [severity, firstSeen ?? decidedAt.toISOString()]];
    }
}
function recorded({ facts, outcome, rule, because, waiver, voids }) {
    const { finding, severity, isNew, firstSeen, isKev, epss, severityFrom } = facts;
    const { key, rule: name, aliases, title, kinds, tools, package: of, fixedIn, locations, url, isDisputed } = finding;
    return {
        key, rule: name, aliases, title, kinds, tools, package: of, fixedIn, locations, url, severity, severityFrom, claims: finding.sources.flatMap(({ tool, claims }) => claims.map((claim) => ({ tool, ...claim }))), isDisputed,
        isNew, firstSeen, isKev, epss, outcome, blockedBy: rule?.name, because,
        waiver: waiver && { place: waiver.place, expires: dayText(waiver.expires), approvedBy: waiver.approvedBy, approval: waiver.approval }, voids: voids.map(({ waiver: one, reason }) => ({ place: one.place, reason })),
    };
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/sarif.js


// https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
const MOST_RESULTS = 5_000;
const MOST_BYTES_PACKED = 10_000_000;
const MOST_TAGS = 10;
const sarif_MOST_LOCATIONS = 100;
const sarif_LONGEST_TEXT = 1_000;
const sarif_LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note', unknown: 'warning' };
/** Scores that GitHub shows as the severity; what is unknown has none. */
const SCORES = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0', info: '0.1', unknown: undefined };
/**
 * All findings as one SARIF run within GitHub's limits, the most important first. Undefined where evidence is missing: what GitHub does
 * not find in an upload it takes for mended.
 */
function mergedSarif(decision, name) {
    if (decision.evidence.some(({ status }) => status !== 'ok'))
        return undefined;
    const beyond = decision.beyond.reduce((sum, { count }) => sum + count, 0);
    for (let most = MOST_RESULTS;; most = Math.floor(most / 2)) {
        const text = JSON.stringify(sarif_document(decision.judgements.slice(0, most), decision, name));
        if ((0,external_node_zlib_.gzipSync)(text).length <= MOST_BYTES_PACKED || most === 0)
            return { text, left: Math.max(0, decision.judgements.length - most) + beyond };
    }
}
function sarif_document(judgements, decision, name) {
    const ids = [...new Set(judgements.map(ruleId))];
    const index = new Map(ids.map((id, position) => [id, position]));
    // The worst stands first, so it is the one that a rule is described by.
    const rules = ids.map((id) => sarif_ruleOf(id, judgements.find((one) => ruleId(one) === id)));
    return {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0',
        runs: [{
                tool: { driver: { name: 'security-gate', informationUri: 'https://github.com/org/actions', rules } },
                automationDetails: { id: `${['security-gate', decision.stage.name, name].filter(Boolean).join('/')}/` },
                invocations: [{ executionSuccessful: true }],
                results: judgements.map((one) => resultOf(one, decision, index.get(ruleId(one)) ?? 0)),
            }],
    };
}
function sarif_ruleOf(id, { facts: { finding, severity } }) {
    const score = SCORES[severity];
    return {
        id, shortDescription: { text: cut(nameOf(finding)) }, fullDescription: { text: cut(finding.message ?? finding.title) }, ...(finding.url !== undefined && { helpUri: finding.url }), defaultConfiguration: { level: sarif_LEVELS[severity] },
        properties: { tags: ['security', ...finding.kinds, ...finding.cwes.map((cwe) => `external/cwe/${cwe.toLowerCase()}`)].slice(0, MOST_TAGS), ...(score !== undefined && { 'security-severity': score }) },
    };
}
function resultOf(judgement, decision, ruleIndex) {
    const { facts: { finding, severity }, outcome, because } = judgement;
    const isSetAside = outcome === 'suppressed' || outcome === 'not affected' || outcome === 'waived' || outcome === 'signed off';
    return {
        ruleId: ruleId(judgement), ruleIndex, level: sarif_LEVELS[severity], message: { text: cut(`${nameOf(finding)}\n${placeOf(finding)}\n${mendingOf(judgement, decision)}\nFound by ${finding.tools.join(', ')}; ${severity}.`) },
        locations: sarif_locationsOf(finding, decision), partialFingerprints: { 'primaryLocationLineHash': finding.key, 'securityGateFinding/v1': finding.key },
        ...(isSetAside && { suppressions: [{ kind: 'external', status: 'accepted', justification: cut(because ?? outcome) }] }), properties: { outcome, tools: finding.tools },
    };
}
// GitHub takes no result without a place; one without a file is put where its report was.
function sarif_locationsOf({ locations, package: of }, { evidence }) {
    const places = locations.length > 0 ? locations : [{ path: of?.name ?? evidence[0]?.path ?? 'unknown', line: undefined, endLine: undefined }];
    return places.slice(0, sarif_MOST_LOCATIONS).map(({ path, line, endLine }) => ({
        physicalLocation: { artifactLocation: { uri: encodeURI(path.replace(/^[a-z][a-z0-9+.-]*:\/*/i, '').replace(/^\/+/, '')) || 'unknown' }, region: { startLine: Math.max(1, line ?? 1), ...(endLine !== undefined && endLine >= (line ?? 1) && { endLine }) } },
    }));
}
function ruleId({ facts: { finding } }) {
    return finding.aliases[0] ?? `${finding.tool}/${finding.rule}`;
}
function cut(text) {
    const shown = text.toWellFormed();
    return shown.length <= sarif_LONGEST_TEXT ? shown : `${shown.slice(0, sarif_LONGEST_TEXT)}…`;
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/keep.js






const PORTION = 256 * 1024; // characters
/** Writes the decision as JSON and the findings as SARIF. On a terminal only where a folder is named. @throws {UserError} when they cannot be written. */
async function keep(decision, given, fingerprints, inputs, job) {
    if (inputs.outputFolder === undefined && job.run.url === '')
        return { report: undefined, sarif: undefined, notes: [] };
    const folder = inputs.outputFolder ?? (0,external_node_path_.join)(surroundings().temp, 'security-gate', [decision.stage.name, inputs.name].filter(Boolean).join('-'));
    const [report, sarif] = [(0,external_node_path_.join)(folder, 'decision.json'), (0,external_node_path_.join)(folder, 'findings.sarif')];
    const merged = mergedSarif(decision, inputs.name);
    try {
        (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
        writePieces(report, recordPieces(decision, given, job.run, fingerprints), job.redact);
        if (merged !== undefined)
            (0,external_node_fs_.writeFileSync)(sarif, job.redact(merged.text));
    }
    catch (error) {
        throw new errors/* UserError */.yo(`The decision cannot be written to ${folder}: ${(0,errors/* messageOf */.bD)(error)}. Name another output-folder.`);
    }
    if (merged === undefined)
        return { report, sarif: undefined, notes: ['No SARIF was written: evidence is missing, and GitHub would take what is not in it for mended.'] };
    return { report, sarif, notes: merged.left > 0 ? [`The SARIF has the most important findings; ${merged.left} more are over GitHub's limits.`] : [] };
}
// Redacted in large portions, each of whole pieces: that is cheaper, and no secret is in two of them.
function writePieces(path, pieces, redact) {
    const file = (0,external_node_fs_.openSync)(path, 'w');
    let portion = '';
    const write = () => {
        (0,external_node_fs_.writeFileSync)(file, redact(portion));
        portion = '';
    };
    try {
        for (const piece of pieces) {
            portion += piece;
            if (portion.length > PORTION)
                write();
        }
        write();
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/report-text.js



const MOST_SHOWN = 30;
/** The decision as lines of a log or a terminal: what blocks with what to do, what is let through, what is no evidence, and the verdict at the end. A gate that stays closed says its verdict as it fails. */
function reportLines(decision) {
    const blocking = withOutcome(decision, 'blocks');
    return [
        ...blocking.slice(0, MOST_SHOWN).flatMap((one) => findingLines(one, decision)),
        ...(blocking.length > MOST_SHOWN ? [`… and ${count(blocking.length - MOST_SHOWN, 'finding')} more that block`] : []),
        ...decision.beyond.map(({ path, severity, count: of, blocks }) => `${severity.toUpperCase()}  ${of} more in ${path}, too many to keep${blocks ? ': they block' : ''}`),
        ...withOutcome(decision, 'waived').map(({ facts: { finding }, waiver }) => `waived   ${nameOf(finding)}  ${placeOf(finding)}  until ${waiver === undefined ? '' : dayText(waiver.expires)}`),
        ...withOutcome(decision, 'signed off', 'not affected', 'suppressed').slice(0, MOST_SHOWN).map(({ facts: { finding }, outcome, because }) => `${outcome}  ${nameOf(finding)}  ${placeOf(finding)}  ${because ?? ''}`),
        ...decision.waiverNotes.map(({ waiver, state, reason }) => `${waiver.place} ${state}: ${reason}`),
        ...decision.signOffNotes,
        ...(decision.signOffHash === undefined ? [] : [`A sign-off of these findings is for ${decision.signOffHash}`]),
        ...decision.notes,
        ...decision.evidence.map(({ path, tools, status, reason, remarks }) => `${status === 'ok' ? 'ok' : status.toUpperCase()}  ${path}${tools.length === 0 ? '' : ` (${tools.join(', ')})`}${[reason, ...(status === 'ok' ? remarks : [])].filter(Boolean).map((text, index) => `${index === 0 ? '  ' : ', '}${text}`).join('')}`),
        ...(decision.isOpen ? ['', headline(decision)] : []),
    ];
}
function findingLines(judgement, decision) {
    const { facts: { finding, severity, isNew }, voids } = judgement;
    return [
        `${severity.toUpperCase()}  ${nameOf(finding)}${isNew ? '' : ' (in the baseline)'}`,
        `    ${[placeOf(finding), finding.tools.join(', ')].filter(Boolean).join(' · ')}`,
        `    ${mendingOf(judgement, decision)}`,
        ...voids.map(({ waiver, reason }) => `    ${waiver.place} does not hold: ${reason}`),
    ];
}

;// CONCATENATED MODULE: ./build/actions/security-gate/src/security-gate.js












/** Decides by the policy whether the stage may go on, tells why, and fails the step when it may not. */
async function securityGate(inputs, job) {
    // Whatever goes wrong from here on, nothing that reads the outputs takes it for a pass.
    job.output({ verdict: 'inconclusive' });
    const now = soundClock();
    const rules = await readRules(inputs, now);
    const repository = await repositoryWith(inputs, job);
    const given = await gatherCase(rules, inputs, repository, job, now);
    const decided = decide(given);
    const kept = await keep(decided, given, rules.fingerprints, inputs, job);
    const decision = { ...decided, notes: [...decided.notes, ...kept.notes] };
    security_gate_put(decision, kept, job);
    tell(decision, inputs, job);
    await comment(decision, inputs, repository, job);
    if (!decision.isOpen)
        throw new errors/* UserError */.yo(headline(decision));
}
function security_gate_put(decision, { report, sarif }, job) {
    const { verdict, blocking, counts, newCount, signOffHash } = decision;
    job.output({ ...counts, verdict, blocking, new: newCount, waived: withOutcome(decision, 'waived').length, 'findings-hash': signOffHash ?? '', report: report ?? '', sarif: sarif ?? '' });
}
function tell(decision, inputs, job) {
    reportLines(decision).forEach((line) => job.log.info(line));
    summarySections(decision, inputs.name).forEach(job.summarise);
    annotationsOf(decision).forEach(job.annotate);
    if (inputs.explain === undefined)
        return;
    const meant = meantBy(inputs.explain, decision);
    if (meant.length === 0)
        job.log.warning(`Nothing was found that ${inputs.explain} is a name of.`);
    meant.flatMap((one) => ['', ...explain(one, decision)]).forEach((line) => job.log.info(line));
}


/***/ }),

/***/ 6936:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vi: () => (/* binding */ exemptionOf),
/* harmony export */   XV: () => (/* binding */ suppressionOf),
/* harmony export */   nT: () => (/* binding */ samePackage),
/* harmony export */   pY: () => (/* binding */ fitsOwnFile)
/* harmony export */ });
/* harmony import */ var _naming_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8255);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5361);


/** An entry that fits everything its scanner found, for others to narrow. */
function fitsOwnFile(file, tool) {
    return { file, tool, id: undefined, packages: [], purl: undefined, paths: [], until: undefined, reason: undefined };
}
/** Who set a finding aside: every one of its sources has to be, each by its own scanner's word; undefined when one is left. */
function suppressionOf(finding, ignores, now) {
    const words = finding.sources.map((source) => ownWord(source) ?? ignoredBy(source, ignores, now));
    return words.length > 0 && words.every((word) => word !== undefined) ? [...new Set(words)].join('; ') : undefined;
}
/** Why a finding does not affect us, as VEX documents say, of every version of its package; undefined where they do not. */
function exemptionOf(finding, exemptions) {
    const about = exemptions.filter(({ ids }) => (0,_naming_js__WEBPACK_IMPORTED_MODULE_1__/* .isNamed */ .ev)(finding, new Set(ids.map((id) => id.toLowerCase()))));
    const words = [...(0,_naming_js__WEBPACK_IMPORTED_MODULE_1__/* .packagesByVersion */ .h1)(finding).values()].map((versions) => {
        const found = about.find(({ packages }) => packages.some((wanted) => versions.some(({ purl }) => purl !== undefined && samePackage(wanted, purl))));
        return found && `${found.reason} (${found.file})`;
    });
    return words.every((word) => word !== undefined) ? [...new Set(words)].join('; ') : undefined;
}
/** Whether two purls name the same package: a version or a qualifier that only one of them has does not part them; nor is a narrower one met by a wider. */
function samePackage(wanted, purl) {
    const [one, other] = [partsOf(wanted), partsOf(purl)];
    if (one.name !== other.name)
        return false;
    if (one.version !== undefined && one.version !== other.version)
        return false;
    return [...one.qualifiers].every(([name, value]) => other.qualifiers.get(name) === value);
}
function partsOf(purl) {
    const [, head = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(purl) ?? [];
    const at = head.lastIndexOf('@');
    const isVersion = at > head.lastIndexOf('/');
    return { name: decoded(isVersion ? head.slice(0, at) : head).toLowerCase(), version: isVersion ? decoded(head.slice(at + 1)) : undefined, qualifiers: new URLSearchParams(query) };
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function ownWord({ suppressedBy }) {
    return suppressedBy && `${suppressedBy.by}${suppressedBy.reason === undefined ? '' : `: ${suppressedBy.reason}`}`;
}
function ignoredBy(source, ignores, now) {
    if (source.kind === 'secrets' || source.secretHash !== undefined)
        return undefined;
    const found = ignores.find((ignore) => ignore.tool === source.tool && covers(ignore, source) && (ignore.until === undefined || now.getTime() < ignore.until.getTime()));
    return found && `${found.file}${found.reason === undefined ? '' : `: ${found.reason}`}`;
}
function covers({ id, packages, purl: pattern, paths }, source) {
    if (id !== undefined && !(0,_naming_js__WEBPACK_IMPORTED_MODULE_1__/* .namesOf */ .eZ)(source).includes(id.toLowerCase()))
        return false;
    const names = source.package === undefined ? [] : [source.package.name, ...(source.package.version === undefined ? [] : [`${source.package.name}@${source.package.version}`])];
    const purl = source.package?.purl;
    if (pattern !== undefined && !(purl !== undefined && pattern.test(purl)))
        return false;
    if (packages.length > 0 && !packages.some((wanted) => names.some((name) => (0,_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsName */ .g)(wanted, name)) || (purl !== undefined && samePackage(wanted, purl))))
        return false;
    return paths.length === 0 || (source.location !== undefined && paths.some((pattern) => (0,_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsPath */ .i)(pattern, source.location.path)));
}


/***/ }),

/***/ 5128:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J2: () => (/* binding */ looseList),
/* harmony export */   LK: () => (/* binding */ parsing),
/* harmony export */   Py: () => (/* binding */ looseTexts),
/* harmony export */   ZO: () => (/* binding */ looseMapping),
/* harmony export */   g: () => (/* binding */ untilOf),
/* harmony export */   o0: () => (/* binding */ looseText),
/* harmony export */   se: () => (/* binding */ beyondUs)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9115);

/** The value as a mapping, an empty one if it is none. */
function looseMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
/** The mappings of a list; what is no list has none. */
function looseList(value) {
    return Array.isArray(value) ? value.map(looseMapping) : [];
}
/** The texts of a list. */
function looseTexts(value) {
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
/** The value as text that is not empty. */
function looseText(value) {
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
/** The names of conditions in an entry that are not among those we can judge. */
function beyondUs(entry, known) {
    return Object.keys(entry).filter((key) => !known.includes(key));
}
/** When an entry ends: never if nothing is said, undefined when what is said is no time. */
function untilOf(value) {
    if (value === undefined || value === null)
        return { until: undefined };
    const isWritten = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
    const until = value instanceof Date ? new Date(value.getTime()) : new Date(isWritten ? value : Number.NaN);
    return Number.isNaN(until.getTime()) ? undefined : { until };
}
/** Runs a parser of a file. @throws {UserError} that names the file, where the parser fails. */
async function parsing(file, parse) {
    try {
        return await parse();
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${file} cannot be read: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error).split('\n', 1)[0]}`);
    }
}


/***/ }),

/***/ 8255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eZ: () => (/* binding */ namesOf),
/* harmony export */   ev: () => (/* binding */ isNamed),
/* harmony export */   h1: () => (/* binding */ packagesByVersion)
/* harmony export */ });
/**
 * Whether the names (small letters) mean a finding: one of its keys, or a name of every source. A source joined by an alias may lack
 * the name, but not where it tells of another CVE: what is said of one vulnerability does not speak for a second.
 */
function isNamed(finding, names) {
    if ([finding.key, ...finding.keys].some((key) => names.has(key.toLowerCase())))
        return true;
    const own = finding.sources.map(namesOf);
    const meant = withTheirCves(names, own);
    return own.some((of) => of.some((name) => meant.has(name))) && own.every((of) => of.some((name) => meant.has(name)) || !of.some(isCve));
}
/** The names of a rule or advisory, in small letters. */
function namesOf({ rule, aliases }) {
    return [rule, ...aliases].map((name) => name.toLowerCase());
}
/**
 * The packages of a finding, those of a version together: what is said of one version does not speak for another beside it. One that tells
 * no version is of each. Tools write or leave out the epoch of a version, and the v of Go's.
 */
function packagesByVersion({ package: main, sources }) {
    const all = [main, ...sources.map((source) => source.package)].filter((one) => one !== undefined);
    const told = Map.groupBy(all.filter(({ version }) => version !== undefined), ({ version = '' }) => version.replace(/^(?:\d+:|v(?=\d))/, ''));
    const untold = all.filter(({ version }) => version === undefined);
    return told.size === 0 ? new Map([['', untold]]) : new Map([...told].map(([version, packages]) => [version, [...packages, ...untold]]));
}
// An advisory of another database means every CVE that it tells of.
function withTheirCves(names, own) {
    return [...names].some(isCve) ? names : new Set([...names, ...own.filter((of) => of.some((name) => names.has(name))).flat()]);
}
function isCve(name) {
    return name.startsWith('cve-');
}


/***/ }),

/***/ 5361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ fitsName),
/* harmony export */   i: () => (/* binding */ fitsPath)
/* harmony export */ });
const ANY_FOLDERS = /^\*\*\/?$/;
/** Whether a name fits a pattern in which `*` stands for any characters; letters count alike, small or capital. */
function fitsName(pattern, name) {
    return expression(pattern.toLowerCase().split(/\*+/).map(literally).join('.*')).test(name.toLowerCase());
}
/** Whether a path fits a pattern: `*` stands for any characters but `/`, `**` for any folders, hidden ones too; `docs/` for all below it. */
function fitsPath(pattern, path) {
    const whole = plainPath(pattern.endsWith('/') ? `${pattern}**` : pattern);
    const parts = whole.split(/(\*\*\/?)/).map((part) => (ANY_FOLDERS.test(part) ? anyFolders(part) : part.split(/\*+/).map(literally).join('[^/]*')));
    return expression(parts.join('')).test(plainPath(path));
}
function anyFolders(part) {
    return part.endsWith('/') ? '(?:.*/)?' : '.*';
}
function literally(text) {
    return text.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw `\$&`);
}
function plainPath(path) {
    return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}
const known = new Map();
function expression(source) {
    const found = known.get(source) ?? new RegExp(`^${source}$`, 's');
    known.set(source, found);
    return found;
}


/***/ })

};
