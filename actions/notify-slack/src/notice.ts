import { randomUUID } from 'node:crypto';
import type { RunContext, RunJob } from '#shared/github/run-context';
import type { Budget } from '#shared/notices/budget';
import type { Entry, Facts } from '#shared/notices/entry';
import { happeningOf, type Happening } from '#shared/notices/event';
import { withoutSecrets } from '#shared/notices/redaction';
import type { Notice } from '#shared/notices/slack/notice';
import { filledText } from '#shared/notices/template';
import { timelineOf } from '#shared/notices/timeline';
import { templateValues } from '#shared/notices/values';
import type { Job } from '#shared/runner/action';
import { surroundings, type Surroundings } from '#shared/runner/surroundings';
import { commitOf, pullRequestOf } from './event-facts.ts';
import type { action, Inputs } from './inputs.ts';
import { jobLines } from './job-lines.ts';
import { parseTook } from './small-inputs.ts';

type NoticeJob = Job<typeof action>;

const LONGEST_CONTEXT_MS = 4_000;
const LOOK_BACK_S = 30 * 86_400; // an approval may wait for as long
const CLOCK_SKEW_S = 300;

/** What happened, with everything that is known of it: from the inputs, the run, its event, and GitHub where a token allows. */
export async function gatherNotice(inputs: Inputs, job: NoticeJob, budget: Budget): Promise<Notice> {
  const around = surroundings();
  const happening = happeningOf(inputs)!;
  const context = await contextOf(inputs, job, happening, around, budget);
  const clean = (text: string): string => withoutSecrets(job.redact(text));
  const { repository, id } = job.run;
  const key = { repository, run: id, environment: happening.environment, service: inputs.service ?? repository.split('/').at(-1) ?? '' };
  const jobs = happening.role === 'outcome' ? jobLines(context.jobs, job.run.attempt) : [];
  const entry = cleaned(filledIn(entryOf(inputs, job, happening, around, context), key), clean);
  const log = context.failing?.logTail;
  return {
    happening, key, entry, address: job.run.url, since: sinceOf(context.jobs, job.run.attempt),
    details: { jobs: jobs.map(clean), ...(happening.state === 'failed' && log !== undefined && { log: clean(log) }) },
  };
}

async function contextOf(inputs: Inputs, job: NoticeJob, { role, state, environment }: Happening, around: Surroundings, budget: Budget): Promise<RunContext> {
  const nothing: RunContext = { jobs: [], missing: [] };
  // A step on the way tells only of itself: asking each time would use up the token's thousand requests an hour.
  if (inputs.githubToken === undefined || (role === 'progress' && state !== 'failed')) return nothing;
  // Most of what GitHub's client brings is needed nowhere else.
  const { readRunContext } = await import('#shared/github/run-context');
  const signal = AbortSignal.any([budget.signal, AbortSignal.timeout(Math.floor(Math.min(LONGEST_CONTEXT_MS, budget.left() / 3)))]);
  const access = { apiUrl: around.apiUrl, token: inputs.githubToken, environment: environment || undefined, redact: job.redact };
  const context = await readRunContext(access, job.run, signal);
  context.missing.forEach((missing) => job.log.info(`Not known from GitHub: ${missing}`));
  return context;
}

function entryOf(inputs: Inputs, { run }: NoticeJob, { event, state, stage }: Happening, around: Surroundings, context: RunContext): Entry {
  const at = Math.floor(Date.now() / 1_000);
  const took = inputs.duration === undefined ? undefined : parseTook(inputs.duration) / 1_000;
  return {
    id: `${run.id}-${run.attempt}-${randomUUID()}`, attempt: run.attempt, event, state, at,
    ...(stage !== undefined && { stage }), ...(took !== undefined && { started: at - took }),
    facts: factsOf(inputs, run, around, context, state === 'failed'), fields: inputs.fields, links: linksOf(inputs, run, around),
  };
}

function factsOf(inputs: Inputs, run: NoticeJob['run'], around: Surroundings, context: RunContext, isFailure: boolean): Facts {
  const commit = context.commit ?? commitOf(around.event, run.commit, `${around.serverUrl}/${run.repository}/commit/${run.commit}`);
  const pull = context.pullRequest ?? pullRequestOf(around.event);
  const tag = around.isTag ? run.ref.replace(/^refs\/tags\//, '') : run.commit.slice(0, 7);
  const failing = isFailure ? context.failing : undefined;
  return known({
    release: inputs.release ?? tag, actor: run.actor, workflow: run.workflow, runUrl: run.url, title: inputs.title, message: inputs.message,
    sha: commit.sha, subject: commit.subject, author: commit.author, commitUrl: commit.url, compareUrl: context.compareUrl,
    pull: pull === undefined ? undefined : String(pull.number), pullTitle: pull?.title, pullUrl: pull?.url,
    failingJob: failing?.job, failingStep: failing?.step, failingUrl: failing?.url,
  });
}

function linksOf(inputs: Inputs, run: NoticeJob['run'], { serverUrl }: Surroundings): Readonly<Record<string, string>> {
  const rollback = inputs.rollbackWorkflow === undefined ? undefined : `${serverUrl}/${run.repository}/actions/workflows/${inputs.rollbackWorkflow}`;
  return known({ 'Open site': inputs.url, 'View run': run.url, Dashboard: inputs.dashboardUrl, ...inputs.buttons, 'Roll back': rollback });
}

/** The user's own texts with their `{{ names }}` filled in. */
function filledIn(entry: Entry, key: Notice['key']): Entry {
  const { title, message } = entry.facts;
  const values = templateValues(timelineOf([{ ...entry, facts: known({ ...entry.facts, title: undefined, message: undefined }) }]), key);
  const fill = (text: string): string => filledText(text, values);
  return {
    ...entry, facts: known({ ...entry.facts, title: title === undefined ? undefined : fill(title), message: message === undefined ? undefined : fill(message) }),
    fields: mapped(entry.fields, fill),
  };
}

function cleaned(entry: Entry, clean: (text: string) => string): Entry {
  return { ...entry, facts: mapped(entry.facts, clean), fields: mapped(entry.fields, clean), links: mapped(entry.links, clean) };
}

// The first attempt's first job is no later than anything the run has posted; of a later attempt that is not known.
function sinceOf(jobs: readonly RunJob[], attempt: number): number {
  const now = Date.now() / 1_000;
  const begun = jobs.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [Date.parse(startedAt) / 1_000])).filter(Number.isFinite);
  return Math.floor(attempt === 1 && begun.length > 0 ? Math.min(...begun, now) - CLOCK_SKEW_S : now - LOOK_BACK_S);
}

function known<const Name extends string>(values: { readonly [Key in Name]?: string | undefined }): { readonly [Key in Name]?: string } & Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as ReturnType<typeof known<Name>>;
}

function mapped<Texts extends object>(texts: Texts, change: (text: string) => string): Texts {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(String(text))])) as Texts;
}
