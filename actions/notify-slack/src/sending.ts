import type { Budget } from '#shared/notices/budget';
import { keyText } from '#shared/notices/entry';
import { parseMemory, remember } from '#shared/notices/memory';
import type { Outcome } from '#shared/notices/outcome';
import { isAtLeast } from '#shared/notices/event';
import type { Delivery } from '#shared/notices/slack/deliver';
import { withoutSecrets } from '#shared/notices/redaction';
import type { Notice } from '#shared/notices/slack/notice';
import type { OwnBlocks } from '#shared/notices/slack/own-blocks';
import { filledText } from '#shared/notices/template';
import { timelineOf } from '#shared/notices/timeline';
import { templateValues } from '#shared/notices/values';
import type { Job } from '#shared/runner/action';
import { keepForJob, keptForJob, surroundings } from '#shared/runner/surroundings';
import { type Audience, readBlocks } from './audience.ts';
import type { action, Inputs } from './inputs.ts';

type NoticeJob = Job<typeof action>;

const MEMORY = 'SLIPWAY_NOTICES';

/** Sends the notice to everybody who is to hear of it, and keeps for this job's later steps where its messages are. Never rejects. */
export async function send(inputs: Inputs, job: NoticeJob, notice: Notice, audience: Audience, budget: Budget): Promise<readonly Outcome[]> {
  const { deliver } = await import('#shared/notices/slack/deliver');
  const memory = parseMemory(keptForJob(MEMORY));
  const outcomes = await deliver(notice, audience.listeners, { ...deliveryOf(inputs, job, notice, budget), memory, people: audience.people, ownBlocks: await ownBlocks(inputs, job) });
  const key = keyText(notice.key);
  const known = outcomes.filter(({ entries }) => entries.length > 0).reduce((list, { channel, at, entries }) => remember(list, { key, channel, at, entries }), memory);
  if (known !== memory) keepForJob(MEMORY, JSON.stringify(known));
  return outcomes;
}

function deliveryOf(inputs: Inputs, job: NoticeJob, notice: Notice, budget: Budget): Omit<Delivery, 'memory' | 'people' | 'ownBlocks'> {
  const { variables } = inputs;
  const values = templateValues(timelineOf([notice.entry]), notice.key);
  return {
    token: inputs.slackToken, webhook: inputs.slackWebhook, apiUrl: inputs.slackApiUrl, given: inputs.thread, onStart: inputs.onStart, files: inputs.attach,
    manners: { budget, requestTimeout: inputs.requestTimeout, proxy: surroundings().proxy, onWait: (why) => job.log.info(`Waiting: ${why}.`) },
    isBroadcast: inputs.broadcast === 'failures' && isAtLeast(notice.happening.severity, 'critical'),
    variables: variables === undefined ? undefined : Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, withoutSecrets(job.redact(filledText(value, values)))])),
    say: job.log.info,
  };
}

// A mistake in the file must not keep a failure from being told.
async function ownBlocks(inputs: Inputs, job: NoticeJob): Promise<OwnBlocks | undefined> {
  return readBlocks(inputs).catch((error: Error) => void job.log.warning(`${error.message} The usual message is sent instead.`));
}
