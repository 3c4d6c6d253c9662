import { expect, test } from '@jest/globals';
import { renderSummary, SUMMARY_LIMIT } from './summary.ts';

test('sections read as GitHub markdown', () => {
  expect(renderSummary([{
    heading: 'Release 20261121-1405',
    paragraphs: ['It is live.', ['Replaced by ', { text: 'run 812', href: 'https://github.com/o/r/actions/runs/812' }, '.']],
    table: { columns: ['Step', 'Took'], rows: [['Upload', '2.4s'], [{ text: 'ln -s', code: true }, 'a|b']] },
    details: [{ title: 'Log', text: 'one\n```\ntwo\n' }],
  }])).toBe(`## Release 20261121-1405

It is live.

Replaced by [run 812](<https://github.com/o/r/actions/runs/812>).

| Step | Took |
| --- | --- |
| Upload | 2.4s |
| <code>ln -s</code> | a\\|b |

<details><summary>Log</summary>

\`\`\`\`text
one
\`\`\`
two
\`\`\`\`

</details>
`);
});

test.each([
  ['<img src=x onerror=1>', '&lt;img src=x onerror=1&gt;'], ['[a](javascript:x)', '\\[a\\](javascript:x)'], ['**b** _c_ `d` ~e~ $f$', '\\*\\*b\\*\\* \\_c\\_ \\`d\\` \\~e\\~ \\$f\\$'],
  ['@octocat', '&#64;octocat'], ['# no heading', '\\# no heading'], ['- no list', '\\- no list'], ['a\r\n- b', 'a<br>\\- b'], ['    no code', 'no code'], ['  - a', '\\- a'], ['1. a', '1\\. a'], ['1.5 s', '1.5 s'], ['=== x', '\\=== x'], ['a\u0007', 'a\uFFFD'],
])('%j is shown, not obeyed', (text, expected) => {
  expect(renderSummary([{ heading: 'x', paragraphs: [text] }])).toBe(`## x\n\n${expected}\n`);
});

test('a link that is no web address is text, and cannot end early', () => {
  const render = (href: string): string => renderSummary([{ heading: 'x', paragraphs: [{ text: 'a', href }] }]);
  expect(render('javascript:alert(1)')).toBe('## x\n\na\n');
  expect(render('https://x/>)<b>')).toBe('## x\n\n[a](<https://x/%3E)%3Cb%3E>)\n');
});

test('what is too large is cut, the details first and from their beginning', () => {
  const text = `${'é'.repeat(700_000)}the end`;
  const rows = Array.from({ length: 5_000 }, (_, index) => [`row ${index}`]);
  const markdown = renderSummary([{ heading: 'x', table: { columns: ['a'], rows }, details: [{ title: 'Log', text }] }]);
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(SUMMARY_LIMIT);
  expect(markdown).toContain('row 4999');
  expect(markdown).toContain('the end');
  expect(markdown).toMatch(/_The first \d+ characters were left out\._/);
});

test.each([
  ['rows', { heading: 'x', table: { columns: ['a'], rows: Array.from({ length: 100_000 }, () => ['long enough cell']) } }, /_\d+ more rows were left out\._/],
  ['texts', { heading: 'x', paragraphs: ['&'.repeat(1_000_000)] }, /…/],
] as const)('%s are cut when cutting details is not enough', (_, section, note) => {
  const markdown = renderSummary([section]);
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(SUMMARY_LIMIT);
  expect(markdown).toMatch(note);
});

test('of too many sections the first are kept', () => {
  const markdown = renderSummary(Array.from({ length: 20_000 }, (_, index) => ({ heading: `Section ${index}`, paragraphs: ['&'.repeat(90)] })));
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(SUMMARY_LIMIT);
  expect(markdown).toContain('Section 0');
  expect(markdown).toContain('Further sections were left out');
});
