import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { UserError, messageOf } from '#shared/core/errors';
import { filling, TAR_BLOCK, tarHeader } from './tar-header.ts';

/**
 * One thing inside a packet; `path` is relative to where the packet is unpacked, `mode` holds the permission bits, `source` is a path on the runner.
 * `lines` are a long text that is never held as a whole: they are gone through twice, once they are `ready`, and must be the same both times.
 */
export type PacketEntry = { readonly path: string; readonly mode: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'lines'; lines(): Iterable<string>; readonly ready?: Promise<unknown> }
  | FileContent
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'folder' }
);

/** A file, or a piece of one, which then says where it begins, and whether more follows in another entry. */
interface FileContent {
  readonly kind: 'file';
  readonly source: string;
  readonly size: number;
  /** All of it, if it was read already. */
  readonly content?: Buffer;
  readonly piece?: { readonly start: number; readonly isLast: boolean };
  /** Hears of bytes as they are read. */
  sent?(bytes: number): void;
}
type FileEntry = Extract<PacketEntry, { kind: 'file' }>;

// Bytes; larger files are streamed. Small ones are read synchronously, straight to where they are sent from: they were hashed a moment ago, so
// they come from memory, and 10,000 of them take 0.1 s this way but 0.5 s through the thread pool.
const READ_WHOLE = 256 * 1024;
const BLOCK = 2 * READ_WHOLE; // bytes handed on at once; tar's headers alone would each become an SSH packet
const CHUNK = 64 * 1024; // bytes from which on it is not worth it to copy them together
const ZEROS = Buffer.alloc(TAR_BLOCK);

/**
 * A tar stream (pax where names need it, owner 0:0) of the entries, for one command's stdin: unpack it with unpack.sh
 * (under `umask 0` where modes matter: busybox's tar applies the umask of an ordinary user).
 * Reads on only as fast as it is read from, and holds a few megabytes at most. Every entry carries `mtime`.
 * The stream fails with a {UserError} naming a file that could not be read or whose size is no longer the one announced.
 */
export function packet(entries: Iterable<PacketEntry> | AsyncIterable<PacketEntry>, mtime = new Date()): Readable {
  return Readable.from(chunks(entries, mtime), { objectMode: false, highWaterMark: READ_WHOLE });
}

async function* chunks(entries: Iterable<PacketEntry> | AsyncIterable<PacketEntry>, mtime: Date): AsyncGenerator<Buffer> {
  const block = openBlock();
  for await (const entry of entries) {
    if (entry.kind === 'file' && entry.size <= READ_WHOLE && entry.piece === undefined) {
      const header = headerOf(entry, entry.size, mtime);
      const length = header.length + entry.size + filling(entry.size);
      if (length >= block.room()) yield block.flush();
      block.append(header);
      readWhole(entry, block.next(entry.size + 1));
      block.pass(entry.size);
      block.append(zeros(entry.size));
      continue;
    }
    for await (const piece of piecesOf(entry, mtime)) {
      if (piece.length > block.room()) yield block.flush();
      if (piece.length < CHUNK) block.append(piece);
      else yield* [block.flush(), piece];
    }
  }
  block.append(Buffer.alloc(2 * TAR_BLOCK));
  yield block.flush();
}

interface Block {
  /** Bytes that are still free; no less than one small file with its header takes, once it was flushed. */
  room(): number;
  append(bytes: Buffer): void;
  /** The free bytes to come, to be filled by somebody else. */
  next(length: number): Buffer;
  pass(length: number): void;
  /** What was gathered; it begins anew. */
  flush(): Buffer;
}

function openBlock(): Block {
  let bytes = Buffer.allocUnsafeSlow(BLOCK);
  let used = 0;
  return {
    room: () => BLOCK - used - 2 * TAR_BLOCK,
    append: (more) => void (used += more.copy(bytes, used)),
    next: (length) => bytes.subarray(used, used + length),
    pass: (length) => void (used += length),
    flush() {
      const full = bytes.subarray(0, used);
      bytes = Buffer.allocUnsafeSlow(BLOCK);
      used = 0;
      return full;
    },
  };
}

async function* piecesOf(entry: PacketEntry, mtime: Date): AsyncGenerator<Buffer> {
  if (entry.kind === 'lines') await entry.ready;
  const size = sizeOf(entry);
  yield headerOf(entry, size, mtime);
  if (entry.kind === 'text') yield Buffer.from(entry.text);
  if (entry.kind === 'lines') yield* joined(entry.lines());
  if (entry.kind === 'file') yield* fileChunks(entry);
  yield zeros(size);
}

function sizeOf(entry: PacketEntry): number {
  switch (entry.kind) {
    case 'text': return Buffer.byteLength(entry.text);
    case 'lines': return bytesOf(entry.lines());
    case 'file': return entry.size;
    default: return 0;
  }
}

function headerOf(entry: PacketEntry, size: number, mtime: Date): Buffer {
  const { path, mode } = entry;
  if (entry.kind === 'link') return tarHeader({ kind: 'link', path, mode, size, target: entry.target }, mtime);
  return tarHeader({ kind: entry.kind === 'folder' ? 'folder' : 'file', path, mode, size }, mtime);
}

function zeros(size: number): Buffer {
  return ZEROS.subarray(0, filling(size));
}

// Into a buffer that has room for one byte more, so that a file that has grown is noticed.
function readWhole(entry: FileEntry, into: Buffer): void {
  const bytes = entry.content === undefined ? readInto(entry, into) : entry.content.copy(into);
  if (bytes !== entry.size) throw changed(entry, bytes);
  entry.sent?.(bytes);
}

function readInto(entry: FileEntry, into: Buffer): number {
  try {
    const descriptor = openSync(entry.source, 'r');
    try {
      let bytes = 0;
      for (let read = -1; read !== 0 && bytes < entry.size; bytes += read) read = readSync(descriptor, into, bytes, into.length - bytes, null);
      // A file of no bytes, and one that is no file, tell by being read.
      return entry.size === 0 ? readSync(descriptor, into, 0, 1, null) : bytes;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw unreadable(entry, error);
  }
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

function changed(entry: FileEntry, bytes: number): UserError {
  const before = entry.piece?.start ?? 0;
  return new UserError(`${entry.source} changed while it was being sent: it had ${before + entry.size} bytes, now ${before + bytes}. Let nothing write to the release while it is deployed, then run again.`);
}

function unreadable(entry: FileEntry, error: unknown): UserError {
  return new UserError(`${entry.source} could not be read while it was being sent: ${messageOf(error)}. Let nothing write to the release while it is deployed, then run again.`);
}
