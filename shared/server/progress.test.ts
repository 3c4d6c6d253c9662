import { expect, test } from '@jest/globals';
import { progressReader, type Progress } from '#shared/server/progress';

function readAll(chunks: readonly Buffer[]): Progress[] {
  const told: Progress[] = [];
  const reader = progressReader('m4rk', (progress) => told.push(progress));
  chunks.forEach((chunk) => reader.read(chunk));
  reader.end();
  expect(reader.bytes()).toBe(Buffer.concat(chunks).length);
  return told;
}

const OUTPUT = Buffer.from('\x1em4rk begin assemble\nhéllo 😀\nno newline yet\x1em4rk end assemble 3\n\x1em4rk full 12 0\n\x1eother begin x\n\x1em4rk refused 7 812 2026-11-21T14:02:10Z https://x/y\n\x1em4rk state cleared\nlast');
const TOLD: Progress[] = [
  { kind: 'begin', step: 'assemble' },
  { kind: 'line', text: 'héllo 😀' },
  { kind: 'line', text: 'no newline yet' },
  { kind: 'end', step: 'assemble', code: 3 },
  { kind: 'full', kibibytes: 12, inodes: 0 },
  { kind: 'line', text: '\x1eother begin x' },
  { kind: 'refused', by: { generation: 7, run: '812', time: '2026-11-21T14:02:10Z', url: 'https://x/y' } },
  { kind: 'state', state: 'cleared' },
  { kind: 'line', text: 'last' },
];

test('steps and states are told from a program\'s own lines', () => {
  expect(readAll([OUTPUT])).toEqual(TOLD);
});

test.each([1, 2, 3, 7])('the same is told when it comes %d bytes at a time', (size) => {
  const chunks = Array.from({ length: Math.ceil(OUTPUT.length / size) }, (_, index) => OUTPUT.subarray(index * size, (index + 1) * size));
  expect(readAll(chunks)).toEqual(TOLD);
});
