import { expect, test } from '@jest/globals';
import { readJobOutput } from '#shared/testing/workflow-commands';
import { neutralLines } from './neutral-text.ts';

const HOSTILE = [
  '::error::x', '  ::set-output name=a::b', '\u00A0\u3000::add-mask::x', '\u200B::error::x', ':\u00AD:error::x', 'a\r::error::x', 'a\r\n::stop-commands::x',
  '##[error]x', 'text ##[group]x', '#\u200D#[error]x', '###[error]x', '##\u200B[error]x', '\u001B[31m::error::x', '\u001B[1m#\u001B[0m#[error]x', '\0::error::x', '\u0085::error::x',
];

// The runner compares as people read: characters without width count for nothing.
const asTheRunnerSees = (line: string): string => line.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u0000\u001B]/gu, '').replace(/^[\s\u0085]+/, '');

test.each(HOSTILE)('%j commands nothing', (text) => {
  const shown = neutralLines(text).map(asTheRunnerSees).join('\n');
  expect(shown).not.toMatch(/^::|##\[/m);
  expect(readJobOutput(shown).annotations).toEqual([]);
  expect(shown).toMatch(/[xb]$/);
});

test('ordinary text, colours and tabs stay as they are', () => {
  for (const line of ['std::vector<int> x', 'a # [b]', '\u001B[32mok\u001B[0m\tdone', 'ünïcode 🚢', '']) expect(neutralLines(line)).toEqual([line]);
});

test('a carriage return ends a line, and other control characters are shown', () => {
  expect(neutralLines('10%\r20%\r\n30%\n')).toEqual(['10%', '20%', '30%', '']);
  expect(neutralLines('a\bb\u001B]0;title\u0007c\u007F')).toEqual(['a␈b␛]0;title␇c␡']);
});
