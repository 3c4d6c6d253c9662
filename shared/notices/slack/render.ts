import type { DeploymentKey, Entry } from '../entry.ts';
import { cut, lastOf } from '../cut.ts';
import type { Stage, Timeline } from '../timeline.ts';
import { headline, LOOKS, titleOf, tookText } from '../wording.ts';
import { context, mrkdwn, plain, section, type Block, type Message } from './message.ts';
import { clock, codeBox, escapeLine, escapeText, link, oneLine, webAddress } from './mrkdwn.ts';

/** What a notice may say beyond the entries of its deployment. */
export interface Details {
  /** The last lines of the failing job's log. */
  readonly log?: string;
  /** A line for each job of the run. */
  readonly jobs?: readonly string[];
  /** Who is to be called, in Slack's own notation. */
  readonly mentions?: readonly string[];
}

const LONGEST_TITLE = 145; // of the 150 there are
const LONGEST_VALUE = 300; // characters, before they are escaped
const LONGEST_LOG = 2_000;
const LONGEST_BOX = 2_200; // beside the longest names of a job and its step, escaped, in one section
const MOST_STAGES = 40;

/** The message that stands for a deployment: headline, facts, timeline, buttons. */
export function renderDeployment(timeline: Timeline, key: DeploymentKey, details: Details = {}): Message {
  const title = oneLine(headline(timeline, key));
  const mentions = (details.mentions ?? []).join(' ');
  const blocks = [
    { type: 'header', text: plain(cut(title, LONGEST_TITLE), true) },
    ...(mentions === '' ? [] : [section(mentions)]),
    ...factBlocks(timeline, key),
    ...(timeline.facts.message === undefined ? [] : [section(escapeText(timeline.facts.message))]),
    ...fieldBlocks(Object.entries(timeline.fields)),
    ...(timeline.stages.length === 0 ? [] : [section(timeline.stages.slice(-MOST_STAGES).map((stage) => stageLine(stage, timeline.attempt)).join('\n'))]),
    ...failureBlocks(timeline, details.log),
    ...(details.jobs === undefined || details.jobs.length === 0 ? [] : [context(details.jobs.map((job) => escapeLine(job)).join('\n'))]),
    ...buttonBlocks(timeline.links),
    context(footnote(timeline)),
  ];
  return { text: [mentions, escapeText(title)].filter(Boolean).join(' '), blocks };
}

/** One event of a deployment, as it is told in the message's thread. */
export function renderEvent(entry: Entry, timeline: Timeline, key: DeploymentKey, details: Details = {}): Message {
  const stage = timeline.stages.find(({ name }) => name === entry.stage);
  const took = stage === undefined ? undefined : tookText(stage.started, stage.ended);
  const what = entry.stage === undefined ? headline(timeline, key) : `${LOOKS[entry.state].mark} ${titleOf(entry.stage)}: ${LOOKS[entry.state].word}${took === undefined ? '' : ` after ${took}`}`;
  const mentions = (details.mentions ?? []).join(' ');
  const line = [mentions, `*${escapeLine(what).replaceAll('*', '∗')}*`].filter(Boolean).join(' ');
  const fields = Object.entries(entry.fields).map(([label, value]) => `*${escapeLine(label)}*: ${escapeLine(value)}`);
  const text = [line, ...(entry.facts.message === undefined ? [] : [escapeText(entry.facts.message)]), ...fields].join('\n');
  const blocks = [
    section(text), ...failureBlocks({ ...timeline, facts: entry.facts }, details.log),
    ...(details.jobs === undefined || details.jobs.length === 0 ? [] : [context(details.jobs.map((job) => escapeLine(job)).join('\n'))]),
  ];
  return { text: [mentions, escapeLine(what)].filter(Boolean).join(' '), blocks };
}

/** A stage on one line: how it stands, what it is, how long it took. */
function stageLine(stage: Stage, attempt: number): string {
  const { mark, word } = LOOKS[stage.state];
  const took = tookText(stage.started, stage.ended);
  const time = stage.ended === undefined && stage.started !== undefined ? `since ${clock(stage.started)}` : took;
  const notes = [stage.state === 'succeeded' ? undefined : word, time, stage.attempt === attempt ? undefined : `attempt ${stage.attempt}`];
  return [`${mark} *${escapeLine(titleOf(stage.name)).replaceAll('*', '∗')}*`, ...notes.filter((note) => note !== undefined)].join(' · ');
}

function factBlocks({ facts, state }: Timeline, key: DeploymentKey): readonly Block[] {
  const { release, actor, sha, subject, author, commitUrl, compareUrl, pull, pullTitle, pullUrl } = facts;
  const commit = sha === undefined ? undefined : link(commitUrl, sha.slice(0, 7));
  const change = [commit, escapeLine(short(subject)), author === undefined ? undefined : `by ${escapeLine(short(author))}`].filter(Boolean).join(' ');
  const request = pull === undefined ? undefined : `${link(pullUrl, `#${pull}`)} ${escapeLine(short(pullTitle))}`.trim();
  const compare = compareUrl === undefined ? undefined : link(compareUrl, 'what has changed');
  const lines = [change, [request, compare].filter(Boolean).join(' · ')].filter((line) => line !== '');
  return [
    ...fieldBlocks([['Version', release], ['Environment', key.environment], ['Status', state === 'noted' ? undefined : LOOKS[state].word], ['By', actor]]),
    ...(lines.length === 0 ? [] : [section(lines.join('\n'))]),
  ];
}

function fieldBlocks(pairs: readonly (readonly [string, string | undefined])[]): readonly Block[] {
  const fields = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined && pair[1].trim() !== '')
    .map(([label, value]) => mrkdwn(`*${escapeLine(short(label)).replaceAll('*', '∗')}*\n${escapeText(short(value))}`));
  const rows = Array.from({ length: Math.ceil(fields.length / 10) }, (_, row) => fields.slice(row * 10, row * 10 + 10));
  return rows.map((row) => ({ type: 'section', fields: row }));
}

function failureBlocks({ facts }: Timeline, log: string | undefined): readonly Block[] {
  const { failingJob, failingStep, failingUrl } = facts;
  if (failingJob === undefined) return [];
  const where = [failingJob, failingStep].filter(Boolean).map((name) => short(name)).join(' › ');
  const tail = log === undefined || log.trim() === '' ? [] : [logBox(log.trimEnd())];
  return [section([`Failed in ${link(failingUrl, where)}`, ...tail].join('\n'))];
}

// Its end tells most, so it is shortened from its beginning until it fits with everything escaped.
function logBox(log: string, most = LONGEST_LOG): string {
  const box = codeBox(lastOf(log, most));
  return box.length <= LONGEST_BOX ? box : logBox(log, Math.floor(most / 2));
}

function buttonBlocks(links: Readonly<Record<string, string>>): readonly Block[] {
  const buttons = Object.entries(links).toSorted(([one], [other]) => placeOf(one) - placeOf(other)).flatMap(([label, address], index) => {
    const url = webAddress(address);
    if (url === undefined) return [];
    return [{ type: 'button', text: plain(oneLine(label)), url, action_id: `slipway-${index}`, ...(label === 'Roll back' && { style: 'danger' }) }];
  });
  return buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons.slice(0, 25) }];
}

// What is pressed most comes first, and what should not be pressed by mistake last; the user's own are in between.
function placeOf(label: string): number {
  const place = ['Open site', 'View run', 'Dashboard', '', 'Roll back'].indexOf(label);
  return place < 0 ? 3 : place;
}

function footnote({ facts, started, ended, attempt, earlier }: Timeline): string {
  const took = tookText(started, ended);
  return [
    link(facts.runUrl, facts.workflow === undefined ? 'Run' : short(facts.workflow)), attempt > 1 ? `attempt ${attempt}` : undefined,
    `${clock(started)}`, took === undefined ? undefined : `took ${took}`, ...earlier.map((line) => escapeLine(line)),
  ].filter((part) => part !== undefined).join(' · ');
}

function short(text = ''): string {
  return cut(text, LONGEST_VALUE);
}
