import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pack as openPack, type Header, type Pack } from 'tar-stream';
import { UserError, messageOf } from '#shared/core/errors';

/**
 * One thing inside a packet; `path` is relative to where the packet is unpacked, `mode` holds the permission bits, `source` is a path on the runner.
 * `lines` are a long text that is never held as a whole: they are gone through twice, and must be the same both times.
 */
export type PacketEntry = { readonly path: string; readonly mode: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'lines'; lines(): Iterable<string> }
  | FileContent
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder' }
);

/** A file, or a piece of one, which then says where it begins, and whether more follows in another entry. */
interface FileContent {
  readonly kind: 'file';
  readonly source: string;
  readonly size: number;
  readonly piece?: { readonly start: number; readonly isLast: boolean };
  /** Hears of bytes as they are read. */
  sent?(bytes: number): void;
}
type FileEntry = Extract<PacketEntry, { kind: 'file' }>;
type WholeEntry = Exclude<PacketEntry, { kind: 'lines' }>;
type Headers = Pick<Header, 'name'> & Partial<Header>;
type Sink = ReturnType<Pack['entry']>;

// Bytes; larger files are streamed. Small ones are read synchronously: they were hashed a moment ago, so they come from memory,
// and 10,000 of them take 0.1 s this way but 0.5 s through the thread pool.
const READ_WHOLE = 256 * 1024;
const CHUNK = 64 * 1024; // bytes handed on at once; tar's 512-byte headers alone would each become an SSH packet
const REGULAR = 0o100000; // tar-stream takes mode 0 as "not given", so the type bits go along; it masks them off

/**
 * A tar stream (pax where names or sizes need it, owner 0:0) of the entries, for one command's stdin: unpack it with unpack.sh
 * (under `umask 0` where modes matter: busybox's tar applies the umask of an ordinary user).
 * Reads on only as fast as it is read from, and holds a few megabytes at most. Every entry carries `mtime`.
 * The stream fails with a {UserError} naming a file that could not be read or whose size is no longer the one announced.
 */
export function packet(entries: Iterable<PacketEntry> | AsyncIterable<PacketEntry>, mtime = new Date()): Readable {
  return Readable.from(chunks(entries, mtime), { objectMode: false, highWaterMark: 4 * CHUNK });
}

async function* chunks(entries: Iterable<PacketEntry> | AsyncIterable<PacketEntry>, mtime: Date): AsyncGenerator<Buffer> {
  const pack = openPack({ highWaterMark: 4 * CHUNK });
  const filling = fill(pack, entries, mtime).catch((error: unknown) => void pack.destroy(error as Error));
  try {
    yield* gathered(pack as AsyncIterable<Buffer>);
  } finally {
    pack.destroy();
    await filling;
  }
}

async function* gathered(pack: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pack) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < CHUNK) continue;
    if (piece.length < CHUNK) yield Buffer.concat(waiting, bytes);
    else yield* waiting;
    waiting = [];
    bytes = 0;
  }
  yield Buffer.concat(waiting, bytes);
}

async function fill(pack: Pack, entries: Iterable<PacketEntry> | AsyncIterable<PacketEntry>, mtime: Date): Promise<void> {
  for await (const entry of entries) {
    if (entry.kind === 'lines') await addPieces(pack, headers(entry, bytesOf(entry.lines()), mtime), joined(entry.lines()));
    else if (entry.kind === 'file' && (entry.size > READ_WHOLE || entry.piece !== undefined)) await addPieces(pack, headers(entry, entry.size, mtime), fileChunks(entry));
    else await addWhole(pack, entry, bodyOf(entry), mtime);
  }
  pack.finalize();
}

function bodyOf(entry: WholeEntry): Buffer {
  if (entry.kind === 'text') return Buffer.from(entry.text);
  return entry.kind === 'file' ? readWhole(entry) : Buffer.alloc(0);
}

function readWhole(entry: FileEntry): Buffer {
  let body: Buffer;
  try {
    body = readFileSync(entry.source);
  } catch (error) {
    throw unreadable(entry, error);
  }
  if (body.length !== entry.size) throw changed(entry, body.length);
  entry.sent?.(body.length);
  return body;
}

function addWhole(pack: Pack, entry: WholeEntry, body: Buffer, mtime: Date): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error ? reject(error) : resolve());
    if (body.length === 0) pack.entry(headers(entry, 0, mtime), done).end(null);
    else pack.entry(headers(entry, body.length, mtime), body, done);
  });
}

async function addPieces(pack: Pack, header: Headers, pieces: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void> {
  const added = Promise.withResolvers<void>();
  added.promise.catch(() => undefined); // the loop below may fail first
  const sink = pack.entry(header, (error) => (error ? added.reject(error) : added.resolve()));
  sink.on('error', () => undefined); // the packet itself fails with it
  for await (const piece of pieces) await write(sink, piece);
  sink.end(null);
  await added.promise;
}

async function* fileChunks(entry: FileEntry): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of readChunks(entry)) {
    bytes += chunk.length;
    if (bytes > entry.size) throw changed(entry, bytes);
    entry.sent?.(chunk.length);
    yield chunk;
  }
  if (bytes !== entry.size) throw changed(entry, bytes);
}

async function* readChunks(entry: FileEntry): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(entry.source, { highWaterMark: READ_WHOLE, ...rangeOf(entry) });
  } catch (error) {
    throw unreadable(entry, error);
  }
}

// The last piece is read to the end of the file, so that more than was announced is noticed.
function rangeOf({ piece, size }: FileEntry): { readonly start?: number; readonly end?: number } {
  if (piece === undefined) return {};
  return piece.isLast ? { start: piece.start } : { start: piece.start, end: piece.start + size - 1 };
}

function bytesOf(lines: Iterable<string>): number {
  let bytes = 0;
  for (const line of lines) bytes += Buffer.byteLength(line);
  return bytes;
}

function* joined(lines: Iterable<string>): Generator<Buffer> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

function write(sink: Sink, chunk: Buffer): Promise<void> {
  if (sink.write(chunk)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => (): void => {
      sink.off('drain', drained).off('close', closed);
      outcome();
    };
    const drained = settle(resolve);
    const closed = settle(() => reject(new Error('The packet was closed before its end')));
    sink.on('drain', drained).on('close', closed);
  });
}

function headers(entry: PacketEntry, size: number, mtime: Date): Headers {
  const mode = REGULAR | entry.mode;
  const common = { name: entry.path, mode, mtime, uid: 0, gid: 0, size };
  if (entry.kind === 'folder') return { ...common, type: 'directory' };
  if (entry.kind === 'link') return { ...common, type: 'symlink', linkname: entry.target };
  return { ...common, type: 'file' };
}

function changed(entry: FileEntry, bytes: number): UserError {
  const before = entry.piece?.start ?? 0;
  return new UserError(`${entry.source} changed while it was being sent: it had ${before + entry.size} bytes, now ${before + bytes}. Let nothing write to the release while it is deployed, then run again.`);
}

function unreadable(entry: FileEntry, error: unknown): UserError {
  return new UserError(`${entry.source} could not be read while it was being sent: ${messageOf(error)}. Let nothing write to the release while it is deployed, then run again.`);
}
