import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import type { Delta } from './delta.ts';

const LITTLE = 1_048_576; // bytes of files, beside which the lists of the packet count; those are text
const SAMPLES = 16;
const SAMPLE = 32_768; // bytes
const WORTH_IT = 0.75; // of the bytes may be left; images, archives and films keep all of them

/** Whether what travels gets clearly smaller by compression, judged by samples from all over it, which takes a few milliseconds. */
export function isCompressible(source: string, { send, bytesToSend }: Pick<Delta, 'send' | 'bytesToSend'>): boolean {
  if (bytesToSend < LITTLE) return true;
  const buffer = Buffer.allocUnsafe(SAMPLE);
  const apart = bytesToSend / SAMPLES;
  let [passed, next, before, after] = [0, apart / 2, 0, 0];
  for (const { path, size } of send) {
    for (; next < passed + size; next += apart) {
      const sample = buffer.subarray(0, readAt(join(source, path), next - passed, buffer));
      before += sample.length;
      after += zstdCompressSync(sample).length;
    }
    passed += size;
  }
  return after < before * WORTH_IT;
}

// A file that cannot be read is told of when it is sent.
function readAt(path: string, position: number, into: Buffer): number {
  try {
    const descriptor = openSync(path, 'r');
    try {
      return readSync(descriptor, into, 0, into.length, Math.floor(position));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return 0;
  }
}
