import { expect, test } from '@jest/globals';
import { createMasks, formsOf } from './masks.ts';

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\nQyNTUxOQAAACDx\n}\n-----END OPENSSH PRIVATE KEY-----\n';

test('a secret is hidden whole, by line, and encoded', () => {
  const told: string[] = [];
  const masks = createMasks((form) => told.push(form));
  masks.add(KEY.replaceAll('\n', '\r\n'));
  expect(told).toEqual(expect.arrayContaining([KEY.trimEnd(), 'b3BlbnNzaC1rZXktdjEAAAAA', 'QyNTUxOQAAACDx', Buffer.from(KEY.trimEnd()).toString('base64'), encodeURIComponent(KEY.trimEnd())]));
  expect(told.filter((form) => /^(?:\}|-----(?:BEGIN|END) [A-Z ]+-----)$/.test(form))).toEqual([]);
  expect(masks.redact(`> ${KEY}`)).not.toMatch(/b3Blb|QyNTU/);
});

test.each([0, 1, 2])('base64 is hidden wherever in a longer text the secret stood (%i)', (shift) => {
  const masks = createMasks(() => undefined);
  masks.add('correct horse battery');
  const shown = masks.redact(Buffer.from(`${'x'.repeat(shift)}correct horse battery and more`).toString('base64'));
  expect(shown).toContain('***');
  expect(Buffer.from(shown.replaceAll('***', ''), 'base64').toString()).not.toContain('horse');
});

test.each([[`it's`, `echo 'it'\\''s'`], ['a"b\\c', JSON.stringify('a"b\\c')], ['p@ss w/rd', 'p%40ss+w%2Frd']])('%j is hidden when quoted: %s', (value, quoted) => {
  const masks = createMasks(() => undefined);
  masks.add(value);
  expect(masks.redact(quoted)).toContain('***');
});

test('empty secrets hide nothing, and an unpaired surrogate is no obstacle', () => {
  expect(formsOf(' \n')).toEqual([]);
  expect(formsOf('abcd\uD800')).toContain('abcd\uD800');
});

test('of secrets that contain each other the longer is hidden first', () => {
  const masks = createMasks(() => undefined);
  masks.add('hunter');
  masks.add('hunter-two');
  expect(masks.redact('hunter-two')).toBe('***');
});

test.each([
  ['https://hooks.slack.com/services/T024BE7LD/B024BE91L/abcdefghijklmnop01234567', 'abcdefghijklmnop01234567'],
  ['postgres://shop:hunt%40er@db.example.com/customers_in_production', 'hunt@er'],
])('what makes the address %s a secret is hidden alone, and the rest of it is not', (address, secret) => {
  const masks = createMasks(() => undefined);
  masks.add(address);
  expect(masks.redact(`it is ${secret}`)).toBe('it is ***');
  expect(masks.redact('hooks.slack.com services customers_in_production shop')).toBe('hooks.slack.com services customers_in_production shop');
});

test('where secrets overlap nothing of either is left', () => {
  const masks = createMasks(() => undefined);
  for (const secret of ['abcd-efgh', 'efgh-ijkl-mnop']) masks.add(secret);
  expect(masks.redact('<abcd-efgh-ijkl-mnop> abcd-efgh.efgh-ijkl-mnop')).toBe('<***> ***.***');
});

test('thousands are hidden as they are, line by line, with one form each', () => {
  const told: string[] = [];
  const masks = createMasks((form) => told.push(form));
  const secrets = Array.from({ length: 5_000 }, (_, index) => `token_${index}_${'x'.repeat(index % 7)}`);
  for (const secret of secrets) masks.add(secret, 'as-is');
  expect(told).toEqual(secrets);
  expect(masks.redact(`${'-'.repeat(1_000_000)}${secrets.join(' ')}`)).toBe(`${'-'.repeat(1_000_000)}${secrets.map(() => '***').join(' ')}`);
  masks.add('first line\nsecond line', 'as-is');
  expect(told.slice(-3)).toEqual(['first line\nsecond line', 'first line', 'second line']);
});
