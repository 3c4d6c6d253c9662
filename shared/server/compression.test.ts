import { Readable } from 'node:stream';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { chooseUnpacker, compressed } from './compression.ts';

const TEXT = 'some text, and more of it\n'.repeat(100_000);

it.each([
  [['zstd', 'gzip'], false, 'zstd'],
  [['zstd', 'gzip'], true, 'zstd'],
  [['gzip'], false, undefined],
  [['gzip'], true, 'gzip'],
  [[], true, undefined],
] as const)('of %j, on a long line: %j, it takes %j', (available, isLong, chosen) => expect(chooseUnpacker(available, isLong)).toBe(chosen));

it.each([['zstd', zstdDecompressSync], ['gzip', gunzipSync]] as const)('what went through %s comes out as it was, and much smaller', async (unpacker, open) => {
  const sent = Buffer.concat(await compressed(Readable.from([Buffer.from(TEXT)]), unpacker).toArray());
  expect(open(sent).toString()).toBe(TEXT);
  expect(sent.length).toBeLessThan(TEXT.length / 10);
});

it.each(['zstd', 'gzip', undefined] as const)('passes on the fault of what it compresses (%s)', async (unpacker) => {
  async function* torn(): AsyncGenerator<Buffer> {
    yield Buffer.from(TEXT);
    await Promise.reject(new Error('the file changed'));
  }
  await expect(compressed(Readable.from(torn()), unpacker).toArray()).rejects.toThrow('the file changed');
});
