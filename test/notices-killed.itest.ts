// A step is killed at every moment of its talk with Slack, and the next step, in a job that knows nothing of it, puts all right.
import { afterAll, describe, expect, test } from '@jest/globals';
import { byToken, notice, startNotice } from '#shared/testing/slack/notice-step';
import { type Moment, type Slack, startSlack } from '#shared/testing/slack/slack';
import type { RunningStep } from '#shared/testing/run-bundle';

const BEGIN = { event: 'production-started', release: '1.4.0' };
const STAGE = { stage: 'backup', status: 'success', release: '1.4.0' };
const END = { status: 'success', release: '1.4.0' };
const CHANGES = new Set(['chat.postMessage', 'chat.update', 'chat.delete']);
const isFull = process.env['SLIPWAY_FULL'] === '1';

interface Case {
  readonly kind: string;
  readonly at: number;
  readonly moment: Moment;
}

interface Seen {
  readonly heads: readonly string[];
  /** How often the thread tells of the step that was killed. */
  readonly told: number;
  readonly shows: boolean;
}

const slacks: Slack[] = [];
afterAll(async () => {
  await Promise.all(slacks.map((slack) => slack.stop()));
});

async function newSlack(): Promise<Slack> {
  const slack = await startSlack({ limits: { burst: 100 } });
  slacks.push(slack);
  return slack;
}

/** The requests of the step when nothing happens to it. */
async function requestsOf(before: readonly Given[], step: Given): Promise<readonly string[]> {
  const slack = await newSlack();
  for (const one of before) await notice({ ...byToken(slack), ...one });
  const from = slack.requests.length;
  await notice({ ...byToken(slack), ...step });
  return slack.requests.slice(from).map(({ kind }) => kind);
}
type Given = Readonly<Record<string, string>>;

/** Every moment that leaves Slack otherwise than the one before it; with --full every moment of every request. */
function casesOf(kinds: readonly string[]): readonly Case[] {
  const moments: readonly Moment[] = isFull ? ['arrived', 'accepted', 'answered'] : ['arrived', 'accepted'];
  return kinds.flatMap((kind, at) => (isFull || CHANGES.has(kind) ? moments.map((moment) => ({ kind, at, moment })) : []));
}

async function killAndGoOn(before: readonly Given[], step: Given, next: Given, { at, moment }: Case): Promise<Seen & { readonly wasKilled: boolean }> {
  const slack = await newSlack();
  for (const one of before) await notice({ ...byToken(slack), ...one });
  const from = slack.requests.length;
  const running: { step?: RunningStep } = {};
  slack.onMoment(async (now, request) => {
    if (now !== moment || slack.requests.indexOf(request) !== from + at) return undefined;
    await running.step?.kill();
    return 'drop';
  });
  running.step = startNotice({ ...byToken(slack), ...step });
  const { signal } = await running.step.result;
  const { outputs } = await notice({ ...byToken(slack), ...next });
  expect(outputs['delivered']).toBe('yes');
  return { ...seen(slack), wasKilled: signal === 'SIGKILL' };
}

function seen(slack: Slack): Seen {
  const all = slack.messages('deploys');
  const heads = all.filter(({ thread_ts: thread }) => thread === undefined);
  const thread = all.filter(({ thread_ts: root }) => root === heads[0]?.ts);
  return { heads: heads.map(({ text }) => text), told: thread.filter(({ text }) => /backup/i.test(text)).length, shows: /Backup/.test(JSON.stringify(heads[0]?.blocks)) };
}

async function expectRight(before: readonly Given[], step: Given, next: Given, expected: (one: Case, slackTook: boolean) => Omit<Seen, 'told' | 'shows'> & Partial<Seen>): Promise<void> {
  const kinds = await requestsOf(before, step);
  expect(kinds).toContain('chat.postMessage');
  const posted = kinds.indexOf('chat.postMessage');
  const cases = casesOf(kinds);
  for (let from = 0; from < cases.length; from += 2) {
    await Promise.all(cases.slice(from, from + 2).map(async (one) => {
      const result = await killAndGoOn(before, step, next, one);
      const slackTook = one.at > posted || (one.at === posted && one.moment !== 'arrived');
      expect({ ...one, ...result }).toMatchObject({ ...one, wasKilled: true, ...expected(one, slackTook) });
    }));
  }
}

describe('killed at every request', () => {
  const live = '✅ shop 1.4.0 is live in production';

  test('the first step leaves one message or none, and the next tells in one', () => expectRight([], BEGIN, END, () => ({ heads: [live] })));

  test('a later step has told of its stage once or not at all, and the message says what the thread does', () =>
    expectRight([BEGIN], STAGE, END, (_, slackTook) => ({ heads: [live], told: slackTook ? 1 : 0, shows: slackTook })));
});

test('a step that is run again after it was killed tells its stage once more, and the message shows it once', async () => {
  const slack = await newSlack();
  await notice({ ...byToken(slack), ...BEGIN });
  const running: { step?: RunningStep } = {};
  slack.onMoment(async (now, { kind }) => (now === 'accepted' && kind === 'chat.update' && running.step !== undefined ? void (await running.step.kill()) : undefined));
  running.step = startNotice({ ...byToken(slack), ...STAGE });
  await running.step.result;
  delete running.step;
  await notice({ ...byToken(slack), ...STAGE });
  const [head] = slack.messages('deploys');
  expect(JSON.stringify(head?.blocks).match(/Backup/g)).toHaveLength(1);
});
