import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isCompressible } from './compressible.ts';

const SIZES = { 'text': 3_000_000, 'noise': 3_000_000, 'little noise': 1_000 };
const source = mkdtempSync(join(tmpdir(), 'compressible-'));
beforeAll(() => {
  writeFileSync(join(source, 'text'), 'const answer = 42;\n'.repeat(SIZES.text / 19 + 1));
  writeFileSync(join(source, 'noise'), randomBytes(SIZES.noise));
  writeFileSync(join(source, 'little noise'), randomBytes(SIZES['little noise']));
});
afterAll(() => rmSync(source, { recursive: true }));

it.each([
  ['text', ['text'], true],
  ['noise', ['noise'], false],
  ['text, and as much noise', ['noise', 'text'], true],
  ['next to nothing', ['little noise'], true],
  ['nothing at all', [], true],
  ['files that are gone', ['gone'], false],
])('%s', (_what, paths, expected) => {
  const send = paths.map((path) => ({ path, mode: 0o644, size: SIZES[path as keyof typeof SIZES] ?? 3_000_000, sha256: '' }));
  expect(isCompressible(source, { send, bytesToSend: send.reduce((sum, { size }) => sum + size, 0) })).toBe(expected);
});
