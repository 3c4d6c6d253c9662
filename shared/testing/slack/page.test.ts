import { describe, expect, test } from '@jest/globals';
import { calledBy, linksIn } from './audience.ts';
import { asOf, pageOf } from './page.ts';
import { mrkdwnHtml } from './page-text.ts';
import { createWorkspace } from './workspace.ts';

test.each([
  ['*bold* and _italic_ and ~old~ and `code`', '<b>bold</b> and <i>italic</i> and <s>old</s> and <code>code</code>'],
  ['<https://x.test/?a=1&amp;b=2|here &lt;now&gt;>', '<a href="https://x.test/?a=1&amp;b=2">here &lt;now&gt;</a>'],
  ['a\n```\n*not bold* &lt;!here&gt;\n```\nb', 'a<pre>*not bold* &lt;!here&gt;</pre>b'],
  ['<!date^1795277743^{time}|14:15 UTC>', '16:15'],
  ['<script>', '<a href="script">script</a>'],
  ['&lt;script&gt;', '&lt;script&gt;'],
  ['> said\nnext', '<blockquote>said</blockquote>next'],
])('%j is shown as Slack shows it', (text, html) => expect(mrkdwnHtml(text)).toBe(html));

describe('who is called', () => {
  const section = (text: string, type = 'mrkdwn') => ({ type: 'section', text: { type, text } });
  test.each<[string, unknown[], string[]]>([
    ['<!channel> <@U1|ada>', [], ['!channel', '@U1']],
    ['x', [section('<!subteam^S1>'), section('<!here>', 'plain_text')], ['!subteam^S1']],
    ['x', [section('&lt;!channel&gt; @channel <!date^1^{time}|now>')], []],
    ['x', [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }, { type: 'user', user_id: 'U2' }] }] }], ['!here', '@U2']],
  ])('%s %j', (text, blocks, called) => expect(calledBy({ text, blocks })).toEqual(called));

  test('links are told with what they are called', () => {
    expect(linksIn({ text: '<https://evil.test|https://good.test>' })).toMatchObject([{ url: 'https://evil.test', label: 'https://good.test' }]);
  });
});

test('a page shows a message as it looked by then, with its thread, and draws nothing out of what it says', () => {
  const workspace = createWorkspace([{ name: 'deploys' }]);
  const channel = workspace.channels[0]!;
  const header = (text: string) => [{ type: 'header', text: { type: 'plain_text', text } }, { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Run' }, url: 'https://x.test/"><script>' }] }];
  const first = workspace.post(channel, { text: 'one', blocks: header('<b>begun</b>'), bot: 'B1' });
  const reply = workspace.post(channel, { text: 'half way', bot: 'B1', thread_ts: first.ts });
  const ended = workspace.change(channel, first, { text: 'two', blocks: header('ended') });
  const page = (ts: string): string => pageOf({ title: 'Notices', about: '', sender: 'Slipway', scenes: [{ moment: 'now', channel: 'deploys', message: asOf(ended, ts)!, thread: [asOf(reply, ts)].filter((one) => one !== undefined) }] });
  expect(page(first.ts)).toContain('&lt;b&gt;begun&lt;/b&gt;');
  expect(page(first.ts)).not.toContain('half way');
  expect(page(ended.edited!)).toContain('ended');
  expect(page(ended.edited!)).toContain('1 reply');
  expect(page(ended.edited!)).not.toMatch(/<script|begun/);
});
