import type { Readable } from 'node:stream';

const KEPT = 1_048_576;

/**
 * Listens to a stream at once. With a handler each chunk goes there (its faults to `fail`) and nothing is kept;
 * without one the returned function gives the last MiB as text.
 */
export function gather(stream: Readable, handler: ((chunk: Buffer) => void) | undefined, fail: (error: unknown) => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  const keep = (chunk: Buffer): void => {
    chunks.push(chunk);
    size += chunk.length;
    while (size - (chunks[0]?.length ?? 0) >= KEPT) size -= chunks.shift()?.length ?? 0;
  };
  stream.on('data', (chunk: Buffer) => {
    try {
      (handler ?? keep)(chunk);
    } catch (error) {
      fail(error); // thrown into ssh2 it would end the whole connection
    }
  });
  return () => textOf(Buffer.concat(chunks), size > KEPT);
}

function textOf(bytes: Buffer, isCut: boolean): string {
  if (!isCut) return bytes.toString();
  let start = bytes.length - KEPT;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1; // not in the middle of a character
  return bytes.subarray(start).toString();
}
