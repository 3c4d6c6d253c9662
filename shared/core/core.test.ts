import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { formatSize, parseSize } from '#shared/core/size';
import { overall } from '#shared/core/verdict';

test('a secret shows itself only when revealed', () => {
  const secret = new Secret('hunter2');
  expect(`${secret} ${JSON.stringify({ secret })} ${inspect({ secret })}`).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});

test.each([['512B', 512], ['64KiB', 65_536], ['1.5GB', 1.5e9], ['2 GiB', 2 ** 31]])('%j is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(['', '12', 'GB', '5 kb', '-1MB'])('size %j is refused', (text) => {
  expect(() => parseSize(text)).toThrow('a size carries its unit');
});

test.each([[0, '0 B'], [999, '999 B'], [4_200_000, '4.2 MB'], [1.5e9, '1.5 GB']])('%d bytes read %j', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test('one failure fails, a gap is inconclusive, nothing is inconclusive', () => {
  expect(overall(['pass', 'pass'])).toBe('pass');
  expect(overall(['pass', 'inconclusive', 'fail'])).toBe('fail');
  expect(overall(['pass', 'inconclusive'])).toBe('inconclusive');
  expect(overall([])).toBe('inconclusive');
});
