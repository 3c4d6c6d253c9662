import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LogLevel, type Logger, WebClient } from '@slack/web-api';
import { IncomingWebhook, WebhookTrigger } from '@slack/webhook';
import { isTooMuch } from './block-kit.ts';
import { answerLate, answerNeverSent, cutAfterAcceptance, cutBefore, htmlOutage, rollupError, slowDrip } from './misbehaviour.ts';
import { type Slack, startSlack } from './slack.ts';

const nothing = (): void => undefined;
const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing, getLevel: () => LogLevel.ERROR };
let slack: Slack;
let client: WebClient;
const clientFor = (token: string, timeout = 5_000): WebClient => new WebClient(token, { slackApiUrl: slack.apiUrl, timeout, logger: silent, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const errorOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'no error', (error: Error & { data?: { error?: string } }) => error.data?.error ?? error.message);

beforeAll(async () => {
  slack = await startSlack({ channels: [{ name: 'deploys' }, { name: 'alerts' }, { name: 'old', isArchived: true }, { name: 'foreign', isMember: false }, { name: 'hidden', isPrivate: true, isMember: false }], limits: { burst: 60 } });
  client = clientFor(slack.token);
});
afterAll(() => slack.stop());

describe("with Slack's own client", () => {
  test('a message is posted, changed, found by its metadata, linked and answered in a thread', async () => {
    const metadata = { event_type: 'slipway_notice', event_payload: { run: '812' } };
    const posted = await client.chat.postMessage({ channel: '#deploys', text: 'one', blocks: [section('one')], metadata });
    const { channel = '', ts = '' } = posted;
    await client.chat.update({ channel, ts, text: 'two', blocks: [section('two')] });
    await client.chat.postMessage({ channel, thread_ts: ts, text: 'detail' });
    const history = await client.conversations.history({ channel, include_all_metadata: true, limit: 5 });
    expect(history.messages).toMatchObject([{ ts, text: 'two', metadata, reply_count: 1, edited: {} }]);
    expect((await client.conversations.history({ channel })).messages?.[0]?.metadata).toEqual({ event_type: 'slipway_notice' });
    expect((await client.conversations.replies({ channel, ts })).messages?.map(({ text }) => text)).toEqual(['two', 'detail']);
    expect((await client.chat.getPermalink({ channel, message_ts: ts })).permalink).toContain(ts.replace('.', ''));
    expect(slack.messages('deploys')[0]?.versions.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(await client.auth.test()).toMatchObject({ ok: true, bot_id: 'B0SLIPWAY0' });
  });

  test('a text without blocks takes the blocks away', async () => {
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: 'alerts', text: 'one', blocks: [section('one')] });
    await client.chat.update({ channel, ts, text: 'two' });
    expect(slack.messages('alerts').at(-1)).toMatchObject({ text: 'two' });
    expect(slack.messages('alerts').at(-1)).not.toHaveProperty('blocks');
  });

  test('a message is taken away', async () => {
    const { channel = '', ts = '' } = await client.chat.postMessage({ channel: 'alerts', text: 'by mistake' });
    await client.chat.delete({ channel, ts });
    expect(slack.messages('alerts').some((message) => message.ts === ts)).toBe(false);
    expect(slack.deleted('alerts')).toMatchObject([{ ts, text: 'by mistake' }]);
  });

  test('all blocks together may be as large as was measured', async () => {
    const markdown = (length: number) => ({ type: 'markdown', text: 'x'.repeat(length) });
    const sections = (length: number) => [section('x'.repeat(3_000)), section('x'.repeat(3_000)), section('x'.repeat(3_000)), section('x'.repeat(length))];
    expect(isTooMuch([markdown(13_297)])).toBe(false);
    expect(isTooMuch([markdown(13_298)])).toBe(true);
    expect(isTooMuch([markdown(13_172), { type: 'divider' }])).toBe(false);
    expect(isTooMuch([markdown(13_173), { type: 'divider' }])).toBe(true);
    expect(await errorOf(client.chat.postMessage({ channel: 'alerts', text: 'x', blocks: sections(2_900) }))).toBe('no error');
    expect(await errorOf(client.chat.postMessage({ channel: 'alerts', text: 'x', blocks: [...sections(2_900), section('x'.repeat(900))] }))).toBe('msg_blocks_too_long');
  });

  test('history is paged, newest first, in the order of ts', async () => {
    for (let index = 0; index < 7; index += 1) await client.chat.postMessage({ channel: 'alerts', text: `note ${index}` });
    const texts: (string | undefined)[] = [];
    for await (const page of client.paginate('conversations.history', { channel: slack.channel('alerts').id, limit: 3 })) texts.push(...((page as { messages?: { text?: string }[] }).messages ?? []).map(({ text }) => text));
    expect(texts.slice(0, 7)).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `note ${index}`));
    const stamps = slack.messages('alerts').map(({ ts }) => ts);
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(stamps.toSorted()).toEqual(stamps);
  });

  test('a file goes into a thread', async () => {
    const { ts = '' } = await client.chat.postMessage({ channel: 'deploys', text: 'with a file' });
    await client.files.uploadV2({ channel_id: slack.channel('deploys').id, thread_ts: ts, filename: 'report.txt', file: Buffer.from('all is well') });
    expect(slack.files.at(-1)).toMatchObject({ name: 'report.txt', body: Buffer.from('all is well'), thread: ts });
    expect(slack.messages('deploys').at(-1)).toMatchObject({ thread_ts: ts, files: [slack.files.at(-1)?.id] });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['invalid_auth', () => clientFor('xoxb-none').chat.postMessage({ channel: 'deploys', text: 'x' })],
    ['missing_scope', () => clientFor(slack.tokenWith('channels:history')).chat.postMessage({ channel: 'deploys', text: 'x' })],
    ['cant_update_message', () => clientFor(slack.tokenWith('chat:write')).chat.update({ channel: slack.channel('deploys').id, ts: slack.messages('deploys')[0]?.ts ?? '', text: 'x' })],
    ['channel_not_found', () => client.chat.postMessage({ channel: 'nowhere', text: 'x' })],
    ['channel_not_found', () => client.chat.postMessage({ channel: 'hidden', text: 'x' })],
    ['channel_not_found', () => client.chat.update({ channel: '#deploys', ts: '1.0', text: 'x' })],
    ['message_not_found', () => client.chat.update({ channel: slack.channel('deploys').id, ts: '1.000000', text: 'x' })],
    ['not_in_channel', () => client.chat.postMessage({ channel: 'foreign', text: 'x' })],
    ['is_archived', () => client.chat.postMessage({ channel: 'old', text: 'x' })],
    ['no_text', () => client.chat.postMessage({ channel: 'deploys', text: '' })],
    ['msg_too_long', () => client.chat.update({ channel: slack.channel('deploys').id, ts: slack.messages('deploys')[0]?.ts ?? '', text: 'x'.repeat(40_001) })],
    ['invalid_blocks', () => client.chat.postMessage({ channel: 'deploys', text: 'x', blocks: [section('x'.repeat(3001))] })],
    ['invalid_blocks', () => client.chat.postMessage({ channel: 'deploys', text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) })],
    ['invalid_blocks', () => client.chat.postMessage({ channel: 'deploys', text: 'x', blocks: [{ type: 'alert', text: { type: 'mrkdwn', text: 'x' } }] })],
    ['msg_blocks_too_long', () => client.chat.postMessage({ channel: 'deploys', text: 'x', blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) })],
    ['metadata_too_large', () => client.chat.postMessage({ channel: 'deploys', text: 'x', metadata: { event_type: 'a', event_payload: { x: 'x'.repeat(20_000) } } })],
    ['thread_not_found', () => client.conversations.replies({ channel: slack.channel('deploys').id, ts: '1.000000' })],
  ])('%s', async (error, call) => expect(await errorOf(call())).toBe(error));

  test('blocks.validate says where and why', async () => {
    const refusal = await client.apiCall('blocks.validate', { blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }, { type: 'divider', colour: 'red' }] }).then(() => undefined, (error: { data: unknown }) => error.data);
    expect(refusal).toMatchObject({ ok: false, error: 'invalid_blocks', errors: [{ pointer: '/0/text/text', code: 'failed_constraint' }, { pointer: '/1', code: 'additional_property' }] });
  });
});

describe('webhooks', () => {
  const sent = (text: string, url = slack.webhookUrl('alerts')) => new IncomingWebhook(url).send(text);

  test('answer ok, and their message no token may change', async () => {
    expect(await sent('by hook')).toMatchObject({ text: 'ok' });
    const { ts } = slack.messages('alerts').at(-1) as { ts: string };
    expect(await errorOf(client.chat.update({ channel: slack.channel('alerts').id, ts, text: 'x' }))).toBe('cant_update_message');
  });

  test.each([
    ['no_service', 404, () => `${slack.origin}/services/T0/C0NONE/${slack.webhookUrl('alerts').split('/').at(-1)}`, '{"text":"x"}'],
    ['invalid_token', 403, () => `${slack.webhookUrl('alerts')}x`, '{"text":"x"}'],
    ['channel_is_archived', 410, () => slack.webhookUrl('old'), '{"text":"x"}'],
    ['invalid_payload', 400, () => slack.webhookUrl('alerts'), 'text=x'],
    ['no_text', 400, () => slack.webhookUrl('alerts'), '{}'],
    ['invalid_blocks', 400, () => slack.webhookUrl('alerts'), '{"blocks":[{"type":"none"}]}'],
  ])('%s is plain text with status %i', async (word, status, url, body) => {
    const response = await fetch(url(), { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([status, word]);
  });

  test('a trigger takes a flat object of strings', async () => {
    expect(await new WebhookTrigger(slack.triggerUrl).send({ version: '1.1.0' })).toEqual({ ok: true });
    expect(slack.triggered).toEqual([{ version: '1.1.0' }]);
    expect(await errorOf(new WebhookTrigger(slack.triggerUrl).send({ nested: {} } as never))).toContain('400');
  });

  test('too many are told when to come again', async () => {
    const busy = await startSlack({ limits: { postsPerSecond: 0.5, burst: 1 } });
    const post = async () => fetch(busy.webhookUrl('alerts'), { method: 'POST', body: '{"text":"x"}' });
    expect((await post()).status).toBe(200);
    const refused = await post();
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([429, '2', 'rate_limited']);
    await busy.stop();
  });
});

describe('misbehaviour', () => {
  const post = (text: string, timeout = 300) => errorOf(clientFor(slack.token, timeout).chat.postMessage({ channel: 'deploys', text }));
  const posted = (text: string): number => slack.messages('deploys').filter((message) => message.text === text).length;

  test.each([
    ['an answer never sent', answerNeverSent, 1], ['a cut after acceptance', cutAfterAcceptance, 1], ['a cut before', cutBefore, 0], ['an answer too late', answerLate(600), 1],
    ['a drip', slowDrip(50), 1], ['503 with HTML', htmlOutage(), 0], ['500 after acceptance', rollupError({ accepted: true }), 1],
  ])('%s is an error, whether or not it was posted', async (name, how, times) => {
    slack.misbehave('chat.postMessage', how);
    expect(await post(name)).not.toBe('no error');
    expect(posted(name)).toBe(times);
    expect(await post(`${name} over`)).toBe('no error');
  });

  test('moments are told in order, and a request can be dropped on arrival', async () => {
    const moments: string[] = [];
    slack.onMoment((moment, { kind, body }) => {
      if (!body.includes('dropped')) return undefined;
      moments.push(`${moment} ${kind}`);
      return moments.length === 1 ? 'drop' : undefined;
    });
    expect(await post('dropped')).not.toBe('no error');
    expect(await post('not dropped', 5_000)).toBe('no error');
    expect(moments).toEqual(['arrived chat.postMessage', 'arrived chat.postMessage', 'accepted chat.postMessage', 'answered chat.postMessage']);
    expect(posted('dropped')).toBe(0);
  });
});
