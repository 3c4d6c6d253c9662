import { Damage } from './damage.ts';

/** One value may take this much memory, bytes. A value is one finding, or all rules of a tool; those are some 10 MB at most. */
export const LARGEST_VALUE = 64 * 1024 * 1024;

// Ten times what any scanner writes, and far from what exhausts a parser.
const DEEPEST = 500;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** One JSON value as it is cut out of a stream of bytes. Whether it is valid is seen when it is parsed. */
export interface Slice {
  readonly parts: Buffer[];
  readonly isKept: boolean;
  /** A number or a literal: it ends where something else begins. */
  readonly isBare: boolean;
  bytes: number;
  depth: number;
  inString: boolean;
  isEscaped: boolean;
}

/** A slice that begins with this byte. With `isKept` false its bytes are passed over. */
export function beginSlice(firstByte: number, isKept: boolean): Slice {
  const isBare = firstByte !== QUOTE && (firstByte | 0x20) !== 0x7b;
  return { parts: [], isKept, isBare, bytes: 0, depth: 0, inString: false, isEscaped: false };
}

/**
 * Takes bytes from `at`; returns the index after the value's last byte, or -1 while it goes on.
 * @throws {Damage} when the value is too deep or too large.
 */
export function takeSlice(slice: Slice, chunk: Buffer, at: number): number {
  const end = slice.isBare ? endOfBare(chunk, at) : endOfQuotedOrNested(slice, chunk, at);
  if (!slice.isKept) return end;
  // What goes on in the next chunk is copied: a chunk does not last.
  const piece = end === -1 ? Buffer.from(chunk.subarray(at)) : chunk.subarray(at, end);
  slice.bytes += piece.length;
  if (slice.bytes > LARGEST_VALUE) throw new Damage(`one value takes more than ${LARGEST_VALUE / 1024 / 1024} MiB`);
  slice.parts.push(piece);
  return end;
}

/** The value as text. Bytes that are not UTF-8 become U+FFFD: they can be in a path or a snippet, never in the structure. */
export function textOfSlice({ parts }: Slice): string {
  return (parts.length === 1 ? parts[0] as Buffer : Buffer.concat(parts)).toString('utf8');
}

// Every byte of a report passes here: local variables, no calls.
function endOfQuotedOrNested(slice: Slice, chunk: Buffer, from: number): number {
  let { depth, inString, isEscaped } = slice;
  let at = from;
  for (; at < chunk.length; at++) {
    const byte = chunk[at] as number;
    if (inString) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) {
        inString = false;
        if (depth === 0) return at + 1;
      }
    } else if (byte === QUOTE) inString = true;
    else if ((byte | 0x20) === 0x7b) { // { or [, which differ in one bit
      if (++depth > DEEPEST) throw new Damage(`values are nested more than ${DEEPEST} deep`);
    } else if ((byte | 0x20) === 0x7d && --depth === 0) return at + 1; // } or ]
  }
  slice.depth = depth;
  slice.inString = inString;
  slice.isEscaped = isEscaped;
  return -1;
}

function endOfBare(chunk: Buffer, from: number): number {
  for (let at = from; at < chunk.length; at++) {
    const byte = chunk[at] as number;
    if (byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20) return at;
  }
  return -1;
}
