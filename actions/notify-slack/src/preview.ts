import { EVENTS, happeningOf } from '#shared/notices/event';
import { type Listener, listenersOf, rulingsOn } from '#shared/notices/routing';
import { findingsOf, findingText } from '#shared/notices/slack/inspect';
import { wholeMessage, type Notice } from '#shared/notices/slack/notice';
import { fillBlocks, type OwnBlocks } from '#shared/notices/slack/own-blocks';
import { timelineOf } from '#shared/notices/timeline';
import { templateValues } from '#shared/notices/values';
import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { type Audience, readBlocks, readRoutes } from './audience.ts';
import type { action, Inputs } from './inputs.ts';

type NoticeJob = Job<typeof action>;

/** Prints who would hear of every event in every environment that routes or inputs name, and why others would not. @throws {UserError} on a mistake in the file. */
export async function explain(inputs: Inputs, job: NoticeJob): Promise<void> {
  const routes = await readRoutes(inputs);
  if (routes === undefined) return job.log.info(`Without routes-file, everything goes to ${inputs.channel.join(', ') || 'the webhook of the step'}.`);
  const environments = [...new Set([inputs.environment, ...routes.routes.flatMap((route) => route.environments)].filter((name) => name !== undefined))];
  const service = inputs.service ?? job.run.repository.split('/').at(-1) ?? '';
  const chosen = happeningOf(inputs);
  const events = chosen === undefined ? EVENTS : [chosen.event];
  const rows: string[][] = [];
  for (const environment of environments.length === 0 ? [''] : environments) {
    for (const event of events) {
      const happening = { ...happeningOf({ ...(chosen === undefined ? {} : { status: inputs.status, stage: inputs.stage }), event })!, environment };
      const rulings = rulingsOn(routes.routes, { ...happening, service }, new Date());
      const heard = listenersOf(rulings).map(listenerText);
      rows.push([event, environment, happening.severity, heard.join('; ') || 'nobody', rulings.filter(({ verdict }) => verdict !== 'yes').map(({ route, verdict }) => `${route.name}: ${verdict}`).join('; ')]);
    }
  }
  rows.forEach(([event = '', environment = '', severity = '', heard = '', not = '']) => job.log.output(`${event} in ${environment || 'no environment'} (${severity}) -> ${heard}${not === '' ? '' : `   [${not}]`}`));
  job.summarise({ heading: 'Who hears of what', paragraphs: [`For ${service}, at this hour.`], table: { columns: ['Event', 'Environment', 'Severity', 'Who', 'Who not, and why'], rows } });
}

/** Checks what would be sent. @throws {UserError} that names everything Slack would not take. */
export async function validate(inputs: Inputs, job: NoticeJob, notice: Notice, { listeners, people }: Audience): Promise<void> {
  const blocks = await readBlocks(inputs);
  const own = blocks === undefined ? [] : findingsOf({ text: 'own blocks', blocks: fillBlocks(blocks, templateValues(timelineOf([notice.entry]), notice.key)) });
  if (own.length > 0) throw new UserError([`${inputs.blocksFile} has blocks that Slack would not take:`, ...own.map((finding) => `- ${findingText(finding)}`)].join('\n'));
  const style = { people, ownBlocks: blocks, say: job.log.warning };
  const changes = new Set(listeners.flatMap((listener) => wholeMessage(notice, [notice.entry], listener, style).changes));
  if (changes.size > 0) job.log.info(['It would be shortened:', ...changes].join('\n  '));
  job.log.info(`Slack would take it. It would go to ${listeners.map(listenerText).join('; ') || 'nobody'}.`);
}

/** Prints what would be sent, and to whom. */
export function showMessages(job: NoticeJob, notice: Notice, { listeners, people }: Audience, ownBlocks: OwnBlocks | undefined): void {
  if (listeners.length === 0) job.log.info('Nobody would hear of it: no route leads anywhere.');
  for (const listener of listeners) {
    const { message } = wholeMessage(notice, [notice.entry], listener, { people, ownBlocks, say: job.log.info });
    job.log.info(`To ${listenerText(listener)}:`);
    job.log.output(JSON.stringify(message, null, 2));
  }
}

function listenerText({ channel, mention, isOnlyOnChange, by }: Listener): string {
  const notes = [by.length > 0 ? `by ${by.join(', ')}` : '', mention.length > 0 ? `calling ${mention.join(' ')}` : '', isOnlyOnChange ? 'only on change' : ''].filter(Boolean);
  return `${channel.id === 'default' ? 'the step\'s webhook' : channel.id}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}
