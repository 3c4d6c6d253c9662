import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLoopback } from '#shared/testing/loopback';
import { noticeStage, shown, type NoticeStage } from '#shared/testing/notice-stage';
import { answerInstead, answerNeverSent, cutAfterAcceptance, cutBefore, deaf, htmlOutage, rollupError } from '#shared/testing/slack/misbehaviour';
import { tellStory } from '#shared/testing/tell-story';
import { action } from './inputs.ts';
import { notifySlack } from './notify-slack.ts';

const loopback = createLoopback();
afterAll(() => loopback.close());

let stage: NoticeStage;

beforeEach(async () => { stage = await noticeStage(); });
afterEach(() => stage.stop());

describe('answers that are lost', () => {
  const slow = { 'request-timeout': '300ms', budget: '6s' };

  test.each([['never sent', answerNeverSent], ['cut', cutAfterAcceptance], ['an outage after it was done', htmlOutage({ accepted: true })], ['fatal_error after it was done', answerInstead({ status: 200, body: { ok: false, error: 'fatal_error' } }, { accepted: true })]])('%s: the post is found, and not repeated', async (_, how) => {
    stage.slack.misbehave('chat.postMessage', how);
    expect((await stage.tell(stage.bot({ ...slow, event: 'production-started' }))).outputs).toMatchObject({ delivered: 'yes' });
    stage.slack.misbehave('chat.postMessage', how);
    expect((await stage.tell(stage.bot({ ...slow, stage: 'backup', status: 'success', environment: 'production' }))).outputs).toMatchObject({ delivered: 'yes' });
    expect([stage.slack.count('chat.postMessage'), stage.slack.messages('deploys').length]).toEqual([2, 2]);
  });

  test.each([['nobody listening', deaf], ['a cut before it', cutBefore]])('%s: the post is not found, so it is sent again', async (_, how) => {
    stage.slack.misbehave('chat.postMessage', how);
    expect((await stage.tell(stage.bot({ ...slow, event: 'production-started' }))).outputs).toMatchObject({ delivered: 'yes' });
    expect([stage.slack.count('chat.postMessage'), stage.heads().length]).toEqual([2, 1]);
  });

  test('reading and updating are simply repeated', async () => {
    await stage.tell(stage.bot({ event: 'production-started' }));
    for (const kind of ['conversations.history', 'conversations.replies', 'chat.update']) stage.slack.misbehave(kind, htmlOutage());
    expect((await stage.tell(stage.bot({ status: 'success', environment: 'production' }))).outputs).toMatchObject({ delivered: 'yes', reason: '' });
    expect(stage.heads()[0]?.text).toContain('is live');
  });

  test('an update that fails for good leaves the thread right, and the next notice mends the message', async () => {
    await stage.tell(stage.bot({ event: 'production-started' }));
    stage.slack.misbehave('chat.update', htmlOutage(), 3);
    const { outputs } = await stage.tell(stage.bot({ stage: 'backup', status: 'success', environment: 'production' }));
    expect(outputs).toMatchObject({ delivered: 'yes', reason: expect.stringContaining('could not be changed'), replay: stage.folder });
    expect(stage.heads()[0]?.text).toContain('under way');
    await stage.tell(stage.bot({ status: 'success', environment: 'production' }));
    expect(shown(stage.heads()[0])).toContain('Backup');
    expect(stage.heads()[0]?.text).toContain('is live');
  });

  test('a webhook is never called twice: it may have posted', async () => {
    for (const [how, delivered] of [[answerNeverSent, 'unknown'], [cutAfterAcceptance, 'unknown'], [rollupError({ accepted: true }), 'unknown']] as const) {
      const before = stage.slack.count('webhook');
      stage.slack.misbehave('webhook', how);
      expect((await stage.tell(stage.webhook({ ...slow, status: 'success' }))).outputs).toMatchObject({ delivered, replay: stage.folder });
      expect(stage.slack.count('webhook')).toBe(before + 1);
    }
  });

  test('what never got a connection was not sent', async () => {
    const { outputs } = await stage.tell(stage.webhook({ status: 'failure', 'slack-webhook': 'http://127.0.0.1:9/services/T0/B0/x', budget: '1s' }));
    expect(outputs).toMatchObject({ delivered: 'no', reason: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('the budget', () => {
  test.each([['fits is waited for', 1, 'yes', 2], ['does not fit ends it', 60, 'no', 1]])('a rate limit whose time %s', async (_, seconds, delivered, calls) => {
    stage.slack.misbehave('webhook', answerInstead({ status: 429, body: 'rate_limited', headers: { 'retry-after': String(seconds) } }));
    expect((await stage.tell(stage.webhook({ status: 'success', budget: '5s' }))).outputs).toMatchObject({ delivered });
    expect(stage.slack.count('webhook')).toBe(calls);
  });

  test('holds whatever Slack does, and the deployment goes on', async () => {
    stage.slack.misbehave('*', answerNeverSent, 99);
    const began = performance.now();
    const { outputs, lines } = await stage.tell(stage.bot({ status: 'success', environment: 'production', budget: '1s', 'request-timeout': '400ms' }));
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(outputs).toMatchObject({ delivered: expect.stringMatching(/no|unknown/), replay: stage.folder });
    expect(lines.join('\n')).toContain('The deployment goes on.');
  });
});

describe('refusals', () => {
  test.each([
    ['invalid_auth', { 'slack-token': 'xoxb-not-this-one' }], ['channel_not_found', { channel: 'C0NOWHERE0' }],
  ])('%s: told with its mend, and no reason to fail', async (code, wrong) => {
    const { outputs, lines } = await stage.tell(stage.bot({ status: 'success', ...wrong }));
    expect(outputs).toMatchObject({ delivered: 'no', reason: expect.stringMatching(`^${code}: .{30}`) });
    expect(lines.join('\n')).not.toContain('not-this-one');
    const failed = await tellStory(action, notifySlack, stage.bot({ status: 'success', 'fail-on-error': 'true', ...wrong }));
    expect(failed.failure).toMatchObject({ name: 'UserError', message: expect.stringContaining(code) });
  });

  test('without the right to read, one job keeps its message, and another is told how', async () => {
    const token = stage.slack.tokenWith('chat:write');
    const { outputs, lines } = await stage.tell(stage.bot({ 'slack-token': token, event: 'production-started' }));
    expect(lines.join('\n')).toContain('channels:history');
    await stage.tell(stage.bot({ 'slack-token': token, status: 'success', environment: 'production', thread: outputs['ts'] as string }));
    expect(stage.heads()).toHaveLength(1);
    expect(stage.heads()[0]?.text).toBe('✅ shop v1.4.0 is live in production');
  });

  test('a webhook that is no address', async () => {
    expect((await stage.tell(stage.webhook({ status: 'failure', 'slack-webhook': 'T0/B0/canary' }))).outputs).toMatchObject({ delivered: 'no', reason: expect.stringMatching(/^slack-webhook is no address/) });
  });

  test('no secret at all is no reason to fail either', async () => {
    expect((await stage.tell({ status: 'success', service: 'shop' })).outputs).toMatchObject({ delivered: 'no', reason: expect.stringContaining('forks') });
  });
});

test('a server that is no Slack is told apart from one', async () => {
  const address = await loopback.web((_, response) => response.setHeader('content-type', 'text/html').end('<html>'));
  expect((await stage.tell(stage.bot({ status: 'success', 'slack-api-url': address, budget: '2s' }))).outputs).toMatchObject({ delivered: 'no', reason: expect.stringContaining('unreadable_answer') });
});
