export const id = 34;
export const ids = [34];
export const modules = {

/***/ 8034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readRunContext: () => (/* binding */ readRunContext)
});

;// CONCATENATED MODULE: ./build/shared/github/commit.js
/** The commit that the run releases. */
async function readCommit(repository, { commit: ref }) {
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/commits/{ref}', { ...repository.named, ref });
    return { sha: data.sha, subject: data.commit.message.split(/\r?\n/, 1)[0] ?? '', author: loginOf(data.author) ?? data.commit.author?.name ?? '', url: data.html_url };
}
/** The pull request by which the commit came: the one it merged, or else one it is part of; undefined without one. */
async function readPullRequest(repository, { commit }) {
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { ...repository.named, commit_sha: commit });
    const found = data.find((one) => one.merge_commit_sha === commit && one.merged_at !== null) ?? data.find(({ merged_at: merged }) => merged !== null) ?? data[0];
    return found && { number: found.number, title: found.title, url: found.html_url };
}
// An author that GitHub does not know is null, or an object without members.
function loginOf(author) {
    return author !== null && 'login' in author && typeof author.login === 'string' ? author.login : undefined;
}

;// CONCATENATED MODULE: ./build/shared/github/job-log.js
const MOST_LINES = 20;
/** Kept of a log, in bytes: a job's may be hundreds of megabytes. */
const KEPT = 1_048_576;
const STAMP = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z ?/;
/** The last lines that a step wrote, up to the error that ended it; without time stamps, colours and the runner's marks. */
async function tailOf(log, window = {}) {
    const lines = (await lastBytes(log)).split(/\r?\n/).filter((line) => isWithin(line, window)).map(plain).filter((line) => line !== undefined);
    const lastError = lines.findLastIndex((line) => line.startsWith('Error: '));
    return lines.slice(0, lastError < 0 ? lines.length : lastError + 1).slice(-MOST_LINES).join('\n').trim();
}
async function lastBytes(log) {
    let kept = Buffer.alloc(0);
    let isCut = false;
    for await (const chunk of log) {
        const all = Buffer.concat([kept, chunk]);
        isCut ||= all.length > KEPT;
        kept = all.subarray(-KEPT);
    }
    const text = kept.toString();
    return isCut ? text.slice(text.indexOf('\n') + 1) : text;
}
// Steps are told to the second, lines more finely; a line without a time belongs to the one before and is kept.
function isWithin(line, { from, to }) {
    const [, at] = STAMP.exec(line) ?? [];
    return at === undefined || ((!from || at >= from.slice(0, 19)) && (!to || at <= to.slice(0, 19)));
}
/** A line as people read it; undefined for a mark that is nothing to read. */
function plain(line) {
    const text = line.replace(STAMP, '').replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, '').trimEnd();
    if (text === '' || text.startsWith('##[endgroup]'))
        return undefined;
    return text.replace(/^##\[error\]/, 'Error: ').replace(/^##\[warning\]/, 'Warning: ').replace(/^##\[(?:group|command|section|debug|notice)\]/, '');
}

// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __webpack_require__(9115);
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
    if (status === 429 || (status === 403 && /rate limit/i.test((0,errors/* messageOf */.bD)(error))))
        return `${what}: GitHub's rate limit is reached`;
    // What a token may not see is, to it, not there.
    if (status === 403 || status === 404)
        return `${permission} (${what})`;
    return `${what}: ${(0,errors/* messageOf */.bD)(error)}`;
}
/** The HTTP status with which GitHub refused, if that is what happened. */
function statusOf(error) {
    return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

;// CONCATENATED MODULE: ./build/shared/github/failing-step.js


/**
 * The first job that failed, or in which a step has failed so far, with the end of its log; undefined where none did. A step with
 * `continue-on-error` has not failed.
 */
async function readFailing(repository, jobs, redact, attempt) {
    const failed = jobs.filter((job) => isFailure(job.conclusion) || (job.status === 'in_progress' && failedStep(job) !== undefined));
    const job = failed.toSorted((one, other) => (endOf(one) < endOf(other) ? -1 : 1))[0];
    if (job === undefined)
        return undefined;
    const step = failedStep(job);
    const logTail = await attempt(readTail(repository, Number(job.id), { from: step?.started_at, to: step?.completed_at }));
    return { job: job.name, step: step?.name ?? '', url: `${job.html_url ?? ''}${step ? `#step:${step.number}:1` : ''}`, logTail: redact(logTail ?? '') };
}
async function readTail(repository, job, window) {
    try {
        // The answer is a redirect to a storage elsewhere, to which fetch does not carry the token on.
        const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', { ...repository.named, job_id: job, request: { parseSuccessResponseBody: false } });
        return await tailOf(data, window);
    }
    catch (error) {
        // There is no log yet of a job that runs, such as the one that asks.
        if (statusOf(error) === 404)
            return '';
        throw error;
    }
}
function failedStep({ steps = [] }) {
    return steps.find(({ conclusion }) => isFailure(conclusion));
}
function isFailure(conclusion) {
    return conclusion === 'failure' || conclusion === 'timed_out';
}
function endOf(job) {
    return failedStep(job)?.completed_at ?? job.completed_at ?? job.started_at;
}

;// CONCATENATED MODULE: ./build/shared/github/jobs.js
const PAGE = 100;
/**
 * The jobs of this attempt, from all pages, in the order they started: those that ran in it, and those of earlier attempts that
 * were not run again. All attempts are asked for, because what `filter=latest` leaves out has changed before.
 */
async function readJobs(repository, run) {
    const all = [];
    for (let page = 1;; page += 1) {
        const { jobs, total_count: total } = await pageOfJobs(repository, run, page);
        all.push(...jobs);
        if (jobs.length === 0 || all.length >= total)
            break;
    }
    const upToNow = all.filter((job) => attemptOf(job) <= run.attempt);
    const latest = new Map();
    for (const job of upToNow)
        latest.set(job.name, Math.max(latest.get(job.name) ?? 0, attemptOf(job)));
    return upToNow.filter((job) => attemptOf(job) === latest.get(job.name))
        .toSorted((one, other) => (one.started_at < other.started_at ? -1 : Number(one.started_at > other.started_at)))
        .map((answer) => ({ answer, job: jobOf(answer) }));
}
async function pageOfJobs(repository, { id }, page) {
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', { ...repository.named, run_id: Number(id), filter: 'all', per_page: PAGE, page });
    return data;
}
function attemptOf({ run_attempt: attempt }) {
    return attempt ?? 1;
}
function jobOf(answer) {
    const { name, status, conclusion, started_at: startedAt, completed_at: completedAt, html_url: url } = answer;
    return { name, attempt: attemptOf(answer), status, conclusion, startedAt, completedAt: completedAt ?? undefined, url: url ?? '' };
}

;// CONCATENATED MODULE: ./build/shared/github/last-deployment.js
/** How many deployments are looked at: each costs a request, and failed ones in a row are few. */
const MOST_LOOKED_AT = 10;
/** The commit of the environment's last successful deployment before this run's own; undefined where there is none. */
async function lastDeployed(repository, environment, run) {
    const { data: deployments } = await repository.ask('GET /repos/{owner}/{repo}/deployments', { ...repository.named, environment, per_page: MOST_LOOKED_AT });
    for (const { id, sha } of deployments) {
        const { data: statuses } = await repository.ask('GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', { ...repository.named, deployment_id: Number(id), per_page: 100 });
        const isOwn = statuses.some(({ log_url: log, target_url: target }) => [log, target].some((url) => `${url}/`.includes(`/actions/runs/${run.id}/`)));
        // Once the next one went out, an earlier one is `inactive`: that it was a success stands before it in the list.
        if (!isOwn && statuses.some(({ state }) => state === 'success'))
            return sha;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/shared/github/run-context.js





/** What GitHub tells of a run within the signal's time. Never throws: what it does not tell is named in `missing`. */
async function readRunContext(access, run, signal) {
    const { token } = access;
    if (token === undefined)
        return { jobs: [], missing: ['a token to ask GitHub with'] };
    if (run.repository === '' || run.commit === '')
        return { jobs: [], missing: ['a workflow run to ask GitHub about'] };
    const missing = [];
    const repository = await answerOr(repositoryOf({ ...access, token }, run, signal), 'GitHub', '', missing, signal);
    return repository === undefined ? { jobs: [], missing } : { ...await answersOf(repository, access, run, signal, missing), missing };
}
async function answersOf(repository, access, run, signal, missing) {
    const { environment } = access;
    const [commit, pullRequest, base, { jobs, failing }] = await Promise.all([
        answerOr(readCommit(repository, run), 'the commit', 'contents: read', missing, signal),
        answerOr(readPullRequest(repository, run), 'the pull request of the commit', 'pull-requests: read', missing, signal),
        environment ? answerOr(lastDeployed(repository, environment, run), `the last deployment to ${environment}`, 'deployments: read', missing, signal) : undefined,
        jobsAndFailure(repository, access, run, signal, missing),
    ]);
    const compareUrl = base !== undefined && base !== run.commit ? `${repositoryUrl(run, commit?.url)}/compare/${base}...${run.commit}` : undefined;
    return { jobs, ...(commit && { commit }), ...(pullRequest && { pullRequest }), ...(compareUrl && { compareUrl }), ...(failing && { failing }) };
}
async function jobsAndFailure(repository, { redact }, run, signal, missing) {
    const answers = await answerOr(readJobs(repository, run), 'the jobs of the run', 'actions: read', missing, signal);
    if (answers === undefined)
        return { jobs: [] };
    const failing = await readFailing(repository, answers.map(({ answer }) => answer), redact, (work) => answerOr(work, 'the log of the failing job', 'actions: read', missing, signal));
    return { jobs: answers.map(({ job }) => job), ...(failing && { failing }) };
}
function repositoryUrl({ url, repository }, commitUrl = '') {
    return `${(url || commitUrl).split(`/${repository}/`)[0]}/${repository}`;
}


/***/ })

};
