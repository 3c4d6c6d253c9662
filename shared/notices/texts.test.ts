import { describe, expect, test } from '@jest/globals';
import { parseEntry, type Entry } from './entry.ts';
import { parseMemory, remember, recall } from './memory.ts';
import { withoutSecrets } from './redaction.ts';
import { faultOf } from './slack/faults.ts';
import { NoAnswer } from './slack/exchange.ts';
import { findingsOf } from './slack/inspect.ts';
import { LONGEST_METADATA } from './slack/limits.ts';
import { entriesIn, eventMetadata, headMetadata, headOf } from './slack/record.ts';
import { renderDeployment, renderEvent } from './slack/render.ts';
import { filled, filledText } from './template.ts';
import { timelineOf } from './timeline.ts';

const key = { repository: 'octo-org/shop', run: '812', environment: 'production', service: 'shop' };
const entry: Entry = {
  id: 'one', attempt: 1, event: 'failed', state: 'failed', at: 1_795_280_000,
  facts: { release: 'v1.4.0', actor: 'ada', sha: '0123456789abcdef', subject: 'Fix <b> & co', author: 'ada', commitUrl: 'https://github.com/c', failingJob: 'deploy', failingStep: 'Migrate', failingUrl: 'https://github.com/j', runUrl: 'https://github.com/r', workflow: 'Release' },
  fields: { Ticket: 'OPS-12' }, links: { 'View run': 'https://github.com/r', Odd: 'javascript:alert(1)' },
};
const huge: Entry = { ...entry, facts: Object.fromEntries(Object.keys(entry.facts).map((name) => [name, `&<>*👩🏽‍🚒${'x'.repeat(5_000)}`])), fields: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index} ${'l'.repeat(500)}`, '<'.repeat(9_000)])) };

test('a message reads so', () => {
  const { text, blocks } = renderDeployment(timelineOf([entry]), key, { log: 'one\n```two```', jobs: ['✅ build · 40s'], mentions: ['<!here>'] });
  const lines = blocks.map((block) => (JSON.stringify(block).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? []).map((match) => JSON.parse(match.slice(7)) as string).join(' / '));
  expect([text, ...lines]).toEqual([
    '<!here> ❌ shop v1.4.0: failed in production', '❌ shop v1.4.0: failed in production', '<!here>',
    '*Version*\nv1.4.0 / *Environment*\nproduction / *Status*\nfailed / *By*\nada', '<https://github.com/c|0123456> Fix &lt;b&gt; &amp; co by ada', '*Ticket*\nOPS-12',
    'Failed in <https://github.com/j|deploy › Migrate>\n```\none\n\'\'\'two\'\'\'\n```', '✅ build · 40s', 'View run', '<https://github.com/r|Release> · <!date^1795280000^{time}|16:53 UTC>',
  ]);
});

test('no entry, however large, makes a message or a record that Slack refuses', () => {
  const log = '<&>`'.repeat(20_000);
  for (const message of [renderDeployment(timelineOf([huge]), key, { log }), renderEvent(huge, timelineOf([huge]), key, { log })]) {
    expect(findingsOf(message).filter(({ limit }) => limit?.at !== 'text' && limit?.at !== 'text.text' && limit !== undefined)).toEqual([]);
  }
  for (const metadata of [headMetadata({ key, founding: huge, stands: 'failed', failures: 3 }), eventMetadata(key, huge)]) {
    expect(JSON.stringify(metadata).length).toBeLessThanOrEqual(LONGEST_METADATA);
    expect(entriesIn([{ ts: '1', metadata, replies: 0 }])[0]?.entry).toMatchObject({ id: 'one', event: 'failed' });
  }
});

test('a record comes back as it was, and what others left is none', () => {
  const metadata = headMetadata({ key, founding: entry, stands: 'rolled-back', failures: 2 });
  expect(headOf({ ts: '7.1', metadata: JSON.parse(JSON.stringify(metadata)) as typeof metadata, replies: 4 })).toEqual({ ts: '7.1', replies: 4, key, founding: entry, stands: 'rolled-back', failures: 2 });
  expect(headOf({ ts: '7.1', metadata: { event_type: 'slipway_deployment', event_payload: { key: 'x' } }, replies: 0 })).toBeUndefined();
  expect([null, 'x', {}, { ...entry, at: '1' }, { ...entry, event: 'other' }].map(parseEntry)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('what a job remembers survives its variable, and a broken one is nothing', () => {
  const memory = remember([], { key: 'k', channel: 'C1', at: { channel: 'C1', ts: '1.2' }, entries: [entry] });
  expect(recall(parseMemory(JSON.stringify(memory)), 'k', 'C1')).toEqual(memory[0]);
  expect(['', '{', 'null', '[1, null, {"key":1}]'].map(parseMemory)).toEqual([[], [], [], []]);
});

test('templates fill in values once, and say what is not known', () => {
  expect(filledText('{{ a }} {{b}} {{ c }}', { a: '{{ b }}', b: '2' })).toBe('{{ b }} 2 {{ c }}');
  expect(() => filled('{{ relaese }}', { release: 'v1', service: 's' })).toThrow('{{ relaese }} is not known; the nearest is {{ release }}');
  expect(() => filled('{{ constructor }}', { release: 'v1' })).toThrow('is not known');
});

test.each([
  ['token xoxb-1234567890-abcdef', 'token xoxb-***'], ['ghp_0123456789abcdef0123', 'ghp_***'], ['https://hooks.slack.com/services/T0123456/B0123456/abcdefgh', 'https://hooks.slack.com/services/***'],
  ['postgres://shop:hunter22@db/shop', 'postgres://shop:***@db/shop'], ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer ***'], ['AKIAABCDEFGHIJKLMNOP', 'AKIA***'],
  ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----', '-----BEGIN RSA PRIVATE KEY-----***'], ['nothing secret: 12:30 token ring', 'nothing secret: 12:30 token ring'],
])('%j leaves as %j', (text, wanted) => expect(withoutSecrets(text)).toBe(wanted));

describe('faults', () => {
  test.each([
    [{ data: { error: 'missing_scope', needed: 'channels:history' } }, { code: 'missing_scope', mayHaveArrived: false, advice: expect.stringContaining('Needed: channels:history.') }],
    [{ data: { error: 'fatal_error' } }, { code: 'fatal_error', mayHaveArrived: true }], [{ data: { error: '<html>xoxb-1</html>' } }, { code: 'unreadable_answer', mayHaveArrived: true }],
    [{ statusCode: 404, body: 'no_service' }, { code: 'no_service', mayHaveArrived: false }], [{ statusCode: 410, body: 'channel_is_archived\n' }, { code: 'channel_is_archived', mayHaveArrived: false }],
    [{ statusCode: 500, body: 'rollup_error' }, { code: 'rollup_error', mayHaveArrived: true }], [{ statusCode: 503, body: '<html>' }, { code: 'http_503', mayHaveArrived: true }],
    [{ statusCode: 429, body: '' }, { code: 'rate_limited', mayHaveArrived: false }], [{ retryAfter: 30 }, { code: 'rate_limited', mayHaveArrived: false }],
    [{ original: new NoAnswer(Object.assign(new Error('https://hooks.slack.com/services/T/B/secret'), { code: 'ECONNRESET' }), true) }, { code: 'ECONNRESET', mayHaveArrived: true, advice: 'The connection was cut.' }],
    [new NoAnswer(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), false), { code: 'ENOTFOUND', mayHaveArrived: false }],
  ])('%# %j', (error, wanted) => expect(faultOf(error)).toMatchObject(wanted));
});
