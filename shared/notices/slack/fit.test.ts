import { describe, expect, test } from '@jest/globals';
import { hostileValues } from '#shared/testing/hostile-values';
import { cut, lastOf } from '../cut.ts';
import { fit } from './fit.ts';
import { findingsOf, findingText } from './inspect.ts';
import { LIMITS } from './limits.ts';
import { section, type Block, type Message } from './message.ts';
import { codeBox, escapeLine, escapeText, link } from './mrkdwn.ts';

const RUN = 'https://github.com/octo-org/shop/actions/runs/812';
const message = (...blocks: Block[]): Message => ({ text: 'text', blocks });
interface Paragraph { readonly text: { readonly text: string } }
const long = (length: number): string => 'word '.repeat(length).slice(0, length);

describe('a message that Slack would refuse', () => {
  const button = (more: object): Block => ({ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' }, url: RUN, ...more }] });
  const refused: Readonly<Record<string, Message>> = {
    'too many blocks': message(...Array.from({ length: 70 }, () => section('x'))),
    'too long a text': message(section(long(3_001))),
    'too long a headline': message({ type: 'header', text: { type: 'plain_text', text: long(151) } }),
    'too many fields': message({ type: 'section', fields: Array.from({ length: 11 }, () => ({ type: 'mrkdwn', text: 'x' })) }),
    'too long a field': message({ type: 'section', fields: [{ type: 'mrkdwn', text: long(2_001) }] }),
    'too many buttons': message({ type: 'actions', elements: Array.from({ length: 26 }, () => (button({})['elements'] as unknown[])[0]) }),
    'too long a label': message(button({ text: { type: 'plain_text', text: long(76) } })),
    'too long an address': message(button({ url: `${RUN}?${'x'.repeat(3_000)}` })),
    'no address': message(button({ url: '' }), section('stays')),
    'too much in all': message(...Array.from({ length: 10 }, () => section(long(2_900)))),
    'too much in many pieces': message(...Array.from({ length: 45 }, () => ({ type: 'section', fields: Array.from({ length: 10 }, () => ({ type: 'mrkdwn', text: long(190) })) }))),
    'a block for modals': message({ type: 'alert', text: 'x' }, section('stays')),
    'a section of nothing': message({ type: 'section' }),
    'an empty text': message(section('')),
    'the same block_id twice': message({ ...section('a'), block_id: 'x' }, { ...section('b'), block_id: 'x' }),
    'no text for notifications': { text: '', blocks: [section('a')] },
    'too long a text for notifications': { text: long(4_001), blocks: [] },
    'a headline that formats': message({ type: 'header', text: { type: 'mrkdwn', text: 'x' } }),
  };

  test.each(Object.entries(refused))('%s: is found, and mended with a link to the whole', (_, given) => {
    expect(findingsOf(given)).not.toEqual([]);
    const { message: fitted, changes } = fit(given, RUN);
    expect(findingsOf(fitted).map(findingText)).toEqual([]);
    expect(changes.length).toBeGreaterThan(0);
    expect(JSON.stringify(fitted.blocks.at(-1))).toContain(`Shortened: <${RUN}|`);
  });

  test('loses only what is wrong', () => {
    expect(JSON.stringify(fit(refused['no address']!, RUN).message.blocks)).toContain('stays');
    expect(fit(refused['too many blocks']!, RUN).message.blocks).toHaveLength(50);
    const kept = fit(refused['too much in all']!, RUN).message.blocks.slice(0, -1) as unknown as readonly Paragraph[];
    expect(kept).toHaveLength(10);
    expect(kept.reduce((sum, block) => sum + block.text.text.length, 0)).toBeGreaterThan(10_000);
  });

  test.each(LIMITS.filter(({ unit }) => unit === 'characters'))('$of.$at of $most characters is taken, of one more is not', ({ of, at, most }) => {
    const address = `${RUN}?${'x'.repeat(most - RUN.length - 1)}`;
    const text = (length: number): string => (at.endsWith('url') ? `${address}${'x'.repeat(length - most)}` : 'x'.repeat(length));
    const found = (length: number): readonly string[] => findingsOf(withText(of, at, text(length))).map((finding) => findingText(finding)).filter((line) => line.includes(`at most ${most} `));
    expect([found(most), found(most + 1).length]).toEqual([[], 1]);
  });
});

/** A message with one text of this length at the place of a limit. */
function withText(of: string, at: string, text: string): Message {
  const node = at.split('.').reduceRight<unknown>((inner, step) => (step.endsWith('[]') ? { [step.slice(0, -2)]: [inner] } : { [step]: inner }), text) as object;
  if (of === 'message') return { text, blocks: [] };
  if (at === 'fields[].text' || at === 'elements[].text') return message({ type: of, [at.slice(0, at.indexOf('['))]: [{ type: 'mrkdwn', text }] });
  return of === 'button' ? message({ type: 'actions', elements: [{ type: 'button', ...node }] }) : message({ type: of, ...node });
}

describe('cutting', () => {
  const pieces = ['👩🏽‍🚒', 'é', '漢', '\u0301', '🇩🇪', 'x', '\uD83D', '&amp;', '<https://a.example/|b>'];

  test('never halves what people see as one character, an entity or a link', () => {
    const text = Array.from({ length: 200 }, (_, index) => pieces[(index * 7) % 6]).join('');
    const whole = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index);
    for (let most = 2; most < 120; most += 1) {
      const shorter = cut(text, most);
      expect(shorter.length).toBeLessThanOrEqual(most);
      expect(whole).toContain(shorter.length - 1);
    }
    const escaped = fit(message(section('x'.repeat(2_990) + escapeText('&&&&') + link('https://a.example', 'label'))), RUN).message.blocks[0] as unknown as Paragraph;
    expect(escaped.text.text).toMatch(/^x{2990}&amp;…$/);
  });

  test('closes the box of code that it cuts', () => {
    const { text } = fit(message(section(codeBox(long(5_000)))), RUN).message.blocks[0] as unknown as Paragraph;
    expect(text.text.length).toBeLessThanOrEqual(3_000);
    expect(text.text.match(/```/g)).toHaveLength(2);
    expect(text.text.endsWith('\n```')).toBe(true);
  });

  test('of a log keeps its end, from the beginning of a line', () => {
    expect(lastOf('first line\nsecond line\nthird line', 20)).toBe('…\nthird line');
    expect(lastOf('short', 20)).toBe('short');
    expect(lastOf('😀'.repeat(30), 10)).toMatch(/^…\n(?:😀)+$/u);
  });
});

describe('values', () => {
  const hostile = ['<!channel>', '<@U024BE7LH>', '<!subteam^S0604QSJC>', '<https://evil.example|https://bank.example>', '&lt;!here&gt;', '&#60;!here&#62;', '```\n<!here>', 'a\u202Eb', '\uD800', ...hostileValues('/tmp/canary').map(({ value }) => value)];

  test.each(hostile.map((value) => ({ name: JSON.stringify(value).slice(0, 40), value })))('$name: nothing in it is obeyed', ({ value }) => {
    for (const text of [escapeText(value), escapeLine(value), codeBox(value), link('https://a.example/x', value), link(value, 'label')]) {
      const ours = text.replaceAll(/<https?:[^<>|]*\|[^<>]*>/g, '');
      expect(ours).not.toMatch(/[<>\u202A-\u202E]|&(?!amp;|lt;|gt;)/);
      expect(text.isWellFormed()).toBe(true);
    }
    expect(codeBox(value).match(/```/g)).toHaveLength(2);
    expect(escapeText(value).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').length).toBeGreaterThanOrEqual(value.replaceAll('\r\n', '\n').length);
  });

  test('an address can leave neither its link nor the web', () => {
    expect(link('https://a.example/|<!here>', 'x')).toBe('<https://a.example/%7C%3C!here%3E|x>');
    expect(link('javascript:alert(1)', 'x')).toBe('x');
    expect(link('https://a.example/?a=1&b=2', 'a|b')).toBe('<https://a.example/?a=1&amp;b=2|a|b>');
  });
});
