import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { Damage } from './damage.ts';
import { zipEntries } from './zip.ts';

/** A report's bytes, which can be read again and again: unpacked, UTF-8, without a byte order mark. */
export interface ReportBytes {
  /** The file's path; within an archive, the entry's after `!`. */
  readonly path: string;
  /** @throws {Damage} while reading, when it cannot be unpacked or grows beyond the limit. */
  open(): AsyncIterable<Buffer>;
}

/** An unpacked report may be this large, bytes. Four times the largest asked for; what grows further is a bomb. */
export const LARGEST_REPORT = 1024 ** 3;

const CHUNK = 64 * 1024;

/** The reports in a file: itself, plain or gzipped, or the files in a ZIP archive. @throws {Damage} when the archive cannot be read. */
export async function reportBytes(path: string, largest = LARGEST_REPORT): Promise<readonly ReportBytes[]> {
  const head = await firstBytes(path);
  if (head.toString('latin1', 0, 4) !== 'PK\u0003\u0004' && head.toString('latin1', 0, 4) !== 'PK\u0005\u0006') {
    return [{ path, open: () => readable(createReadStream(path, { highWaterMark: CHUNK }), largest) }];
  }
  const entries = await zipEntries(path);
  return entries.map(({ name, open }) => ({ path: `${path}!${name}`, open: () => readable(open(), largest) }));
}

async function firstBytes(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 3 })) return chunk as Buffer;
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
    yield* pipeline(rest, createGunzip({ chunkSize: CHUNK }), () => {});
  } catch (error) {
    throw error instanceof Damage ? error : new Damage('it is compressed, and damaged or cut off');
  }
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
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
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
