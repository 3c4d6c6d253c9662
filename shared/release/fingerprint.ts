import { createHash, hash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Keep } from './contents.ts';
import type { ReleaseFile } from './tree.ts';

/** Bytes up to which a file is read at once; larger ones are streamed. */
export const SMALL = 256 * 1024;
const STREAM_CHUNK = 1024 * 1024;
const buffer = Buffer.allocUnsafe(SMALL + 1);

/**
 * A small file's record, read synchronously: 10,000 files take 0.1 s this way, 0.5 s through the thread pool. `keep` sees its bytes, which
 * hold until the next one is read. Returns undefined when the file is not small.
 */
export function fingerprintSmall(source: string, path: string, keep?: Keep): ReleaseFile | undefined {
  const descriptor = openSync(source, 'r');
  try {
    const { mode, size: announced } = fstatSync(descriptor);
    if (announced > SMALL) return undefined;
    const size = readFully(descriptor);
    if (size > SMALL) return undefined;
    const bytes = buffer.subarray(0, size);
    keep?.(path, bytes);
    return { path, mode: permissions(mode, bytes), size, sha256: hash('sha256', bytes) };
  } finally {
    closeSync(descriptor);
  }
}

/** A file's record, read as a stream, however large it is. @throws when the signal is aborted. */
export async function fingerprintLarge(source: string, path: string, signal?: AbortSignal): Promise<ReleaseFile> {
  const digest = createHash('sha256');
  let size = 0;
  let start: Uint8Array = Buffer.alloc(0);
  let mode = 0;
  const stream = createReadStream(source, { highWaterMark: STREAM_CHUNK, signal });
  stream.on('open', (descriptor) => { mode = fstatSync(descriptor).mode; });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (size === 0) start = chunk.subarray(0, 2);
    size += chunk.length;
    digest.update(chunk);
  }
  return { path, mode: permissions(mode, start), size, sha256: digest.digest('hex') };
}

/**
 * The permission bits a file gets on the server. Windows has no executable bit, so there a script is known by its `#!`.
 */
export function permissions(mode: number, start: Uint8Array, platform: string = process.platform): number {
  if (platform !== 'win32') return mode & 0o777;
  return start[0] === 0x23 && start[1] === 0x21 ? 0o755 : 0o644;
}

function readFully(descriptor: number): number {
  let size = 0;
  for (let read = -1; read !== 0 && size < buffer.length; size += read) read = readSync(descriptor, buffer, size, buffer.length - size, null);
  return size;
}
