import { expect, test } from '@jest/globals';
import { formatDuration, parseDuration } from '#shared/core/duration';

test.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['1.5s', 1_500],
  ['1h30m', 5_400_000],
  [' 2d ', 172_800_000],
])('%j is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '10', '5 minutes', '-5s', '5x', 's5', '1m junk'])('%j is refused', (text) => {
  expect(() => parseDuration(text)).toThrow('a duration carries its unit');
});

test.each([
  [0, '0ms'],
  [840, '840ms'],
  [2_400, '2.4s'],
  [59_400, '59s'],
  [90_000, '1m 30s'],
  [7_500_000, '2h 5m'],
  [90_000_000, '1d 1h'],
])('%d ms reads %j', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
