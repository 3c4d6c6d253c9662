import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { Damage } from './damage.ts';
import { zipEntries } from './zip.ts';

/** A report's bytes, which can be read again and again: unpacked, UTF-8, without a byte order mark. */
export interface ReportBytes {
  /** The file's path; within an archive, the entry's after `!`. */
  readonly path: string;
  /** Each chunk holds until the next is asked for. @throws {Damage} while reading, when it cannot be unpacked or grows beyond the limit. */
  open(): AsyncIterable<Buffer>;
}

/** An unpacked report may be this large, bytes. Four times the largest asked for; what grows further is a bomb. */
export const LARGEST_REPORT = 1024 ** 3;

const CHUNK = 64 * 1024;

/** The reports in a file: itself, plain or gzipped, or the files in a ZIP archive. @throws {Damage} when the archive cannot be read. */
export async function reportBytes(path: string, largest = LARGEST_REPORT): Promise<readonly ReportBytes[]> {
  const head = await firstBytes(path);
  if (head.toString('latin1', 0, 4) !== 'PK\u0003\u0004' && head.toString('latin1', 0, 4) !== 'PK\u0005\u0006') {
    return [{ path, open: () => readable(fileChunks(path), largest) }];
  }
  const entries = await zipEntries(path);
  return entries.map(({ name, open }) => ({ path: `${path}!${name}`, open: () => readable(open(), largest) }));
}

/** A file's bytes in one buffer that is filled again and again: a new one for each chunk would be garbage faster than it is collected. */
export async function* fileChunks(path: string, size = CHUNK): AsyncGenerator<Buffer> {
  const file = await open(path);
  const buffer = Buffer.alloc(size);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, size);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  for await (const chunk of fileChunks(path, 4)) return chunk;
  return Buffer.alloc(0);
}

async function* readable(raw: AsyncIterable<Buffer>, largest: number): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of asUtf8(unzipped(raw))) {
    total += chunk.length;
    if (total > largest) throw new Damage(`unpacked it is larger than ${Math.floor(largest / 1024 / 1024)} MiB`);
    yield chunk;
  }
}

async function* unzipped(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const [head, rest] = await peek(raw, 2);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* rest;
  try {
    // Node hands an error of the source on through the pipeline, but asks for a callback.
    yield* pipeline(copies(rest), createGunzip({ chunkSize: CHUNK }), () => {});
  } catch (error) {
    throw error instanceof Damage ? error : new Damage('it is compressed, and damaged or cut off');
  }
}

// The pipeline reads ahead.
async function* copies(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

async function* asUtf8(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const [head, rest] = await peek(bytes, 200);
  const encoding = encodingOf(head);
  if (encoding === 'utf-8') {
    let skip = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
    for await (const chunk of rest) {
      yield skip === 0 ? chunk : chunk.subarray(skip);
      skip = 0;
    }
    return;
  }
  const decoder = decoderOf(encoding);
  for await (const chunk of rest) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

// PowerShell's `>` writes UTF-16 with a mark. Without a mark, JSON and XML begin with a character below 128, which shows in the zeros.
function encodingOf(head: Buffer): string {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] !== 0 && head[1] === 0 && head[2] !== 0)) return 'utf-16le';
  if ((head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0 && head[1] !== 0 && head[1] !== undefined)) return 'utf-16be';
  return /^\s*<\?xml[^>]*\sencoding=["']([\w.-]+)["']/.exec(head.toString('latin1').replace('\u00EF\u00BB\u00BF', ''))?.[1]?.toLowerCase() ?? 'utf-8';
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new Damage('it says that it has an encoding which is not known');
  }
}

// The first chunk with at least so many bytes, if there are so many, and everything including it.
async function peek(bytes: AsyncIterable<Buffer>, least: number): Promise<[Buffer, AsyncIterable<Buffer>]> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < least) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]); // a copy: the chunk does not last
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (head.length > 0) yield head;
      yield* { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) };
    } finally {
      await iterator.return?.();
    }
  }
  return [head, all()];
}
