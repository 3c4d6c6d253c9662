// Jobs of one run that tell at the same time: each of their events is in the thread once, and the one message shows them all.
import { afterEach, expect, test } from '@jest/globals';
import { needsFull } from '#shared/testing/equipment';
import { answerLate } from '#shared/testing/slack/misbehaviour';
import { byToken, notice } from '#shared/testing/slack/notice-step';
import { type Slack, startSlack } from '#shared/testing/slack/slack';

const slacks: Slack[] = [];
afterEach(async () => {
  await Promise.all(slacks.splice(0).map((slack) => slack.stop()));
});

async function newSlack(): Promise<Slack> {
  const slack = await startSlack({ limits: { burst: 1_000 } });
  slacks.push(slack);
  return slack;
}

function tellStages(slack: Slack, stages: readonly string[]): Promise<unknown> {
  return Promise.all(stages.map(async (stage) => {
    const { outputs } = await notice({ ...byToken(slack), stage, status: 'success', release: '1.4.0', budget: '1m', 'request-timeout': '20s' });
    expect(outputs).toMatchObject({ delivered: 'yes', reason: '' });
  }));
}

function expectAllTold(slack: Slack, stages: readonly string[]): void {
  const all = slack.messages('deploys');
  const heads = all.filter(({ thread_ts: thread }) => thread === undefined);
  expect(heads).toHaveLength(1);
  const shown = JSON.stringify(heads[0]?.blocks);
  const ids = [...heads, ...all.filter(({ thread_ts: thread }) => thread === heads[0]?.ts)].map(({ metadata }) => metadata?.event_payload['stage']).filter((stage) => stage !== undefined);
  expect(ids.toSorted()).toEqual(stages.toSorted());
  for (const stage of stages) expect(shown.match(new RegExp(`✅ \\*${stage}\\*`, 'gi'))).toHaveLength(1);
}

test('two jobs, of which one has read the thread before the other added to it, and writes after', async () => {
  const slack = await newSlack();
  await notice({ ...byToken(slack), event: 'production-started' });
  let isFirst = true;
  let release = (): void => undefined;
  const secondIsDone = new Promise<void>((resolve) => (release = resolve));
  slack.onMoment(async (moment, { kind }) => {
    if (moment !== 'arrived' || kind !== 'chat.update' || !isFirst) return;
    isFirst = false;
    await secondIsDone;
  });
  const first = tellStages(slack, ['backup']);
  while (isFirst) await new Promise((resolve) => setTimeout(resolve, 10));
  await tellStages(slack, ['migration']);
  release();
  await first;
  expectAllTold(slack, ['backup', 'migration']);
});

const FIVE = ['backup', 'migration', 'deploy', 'checks', 'watch'];

test('five jobs, none of which finds a message yet', async () => {
  const slack = await newSlack();
  await tellStages(slack, FIVE);
  expectAllTold(slack, FIVE);
});

needsFull()('five jobs, again and again, with answers that come late by chance', async () => {
  for (let round = 0; round < 12; round += 1) {
    const slack = await newSlack();
    if (round % 2 === 1) await notice({ ...byToken(slack), event: 'production-started' });
    for (let count = 0; count < 40; count += 1) slack.misbehave(['conversations.history', 'conversations.replies', 'chat.postMessage', 'chat.update'][Math.floor(Math.random() * 4)]!, answerLate(Math.random() * 800));
    await tellStages(slack, FIVE);
    expectAllTold(slack, FIVE);
  }
}, 600_000);
