import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '#shared/core/errors';
import { overallOutcome, type Outcome } from '#shared/notices/outcome';
import type { Job } from '#shared/runner/action';
import { surroundings } from '#shared/runner/surroundings';
import type { action, Inputs } from './inputs.ts';

type NoticeJob = Job<typeof action>;

/** Says what became of the notice, and keeps what could not be sent. @throws {UserError} with `fail-on-error`, when it was not delivered. */
export async function report(inputs: Inputs, job: NoticeJob, outcomes: readonly Outcome[]): Promise<void> {
  const { delivered, reason } = overallOutcome(outcomes);
  const first = outcomes.find(({ at }) => at !== undefined);
  const replay = await keepUnsent(inputs, job, outcomes);
  job.output({
    delivered, reason, replay, channel: first?.at?.channel, ts: first?.at?.ts, permalink: first?.permalink,
    messages: outcomes.map(({ channel, at, permalink, ...outcome }) => ({ channel: at?.channel ?? channel, delivered: outcome.delivered, reason: outcome.reason, ts: at?.ts, permalink })),
  });
  const isSilence = outcomes.every((outcome) => outcome.isSilence === true);
  if (isSilence) return job.log.info(`Nothing was sent. ${reason}`.trim());
  if (delivered === 'yes' && reason === '') return job.log.info(`Told ${first?.permalink ?? 'Slack'}.`);
  const line = { yes: 'Slack was told, but not everything went well', no: 'Slack was not told', unknown: 'Whether Slack was told is not known' }[delivered];
  if (inputs.failOnError && delivered !== 'yes') throw new UserError(`${line}. ${reason}`);
  job.log.warning(`${line}. ${reason} The deployment goes on.`);
}

async function keepUnsent(inputs: Inputs, job: NoticeJob, outcomes: readonly Outcome[]): Promise<string | undefined> {
  const unsent = outcomes.flatMap(({ channel, reason, unsent: what }) => (what === undefined ? [] : [{ channel, reason, ...what }]));
  if (unsent.length === 0) return undefined;
  const folder = inputs.replayFolder ?? surroundings().temp;
  const kept = await mkdir(folder, { recursive: true }).then(() => true, (error: unknown) => void job.log.info(`${folder} cannot be made: ${messageOf(error)}`));
  for (const [index, { channel, reason, method, body }] of unsent.entries()) {
    const path = join(folder, `slack-notice-${Date.now()}-${index}.json`);
    const text = job.redact(JSON.stringify(body, null, 2));
    if (kept === true) await writeFile(path, text).catch((error: unknown) => job.log.info(`${path} cannot be written: ${messageOf(error)}`));
    job.summarise({
      heading: `Not sent to Slack${channel === '' ? '' : `: ${channel}`}`,
      paragraphs: [reason, 'To send it by hand, save the message as message.json and run:', { text: commandFor(method, inputs.slackApiUrl), code: true }],
      details: [{ title: `The message (${path})`, text }],
    });
  }
  return folder;
}

function commandFor(method: string, apiUrl: string): string {
  const data = "-H 'Content-Type: application/json; charset=utf-8' --data @message.json";
  if (method === 'webhook') return `curl --fail-with-body ${data} "$SLACK_WEBHOOK"`;
  return `curl --fail-with-body -H "Authorization: Bearer $SLACK_TOKEN" ${data} ${new URL(method, apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`).href}`;
}
