import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Blob } from './image.ts';

/** Bytes of a layer that travel at once. */
export const PIECE_BYTES = 8 * 1_048_576;

const BLOCK = 512;
const OCTAL_LIMIT = 8 ** 11;
const SAMPLE = 65_536; // bytes by which it is told whether compressing helps: layers of an OCI layout are compressed already
const WORTH_IT = 0.9;
const FASTEST = { level: constants.Z_BEST_SPEED };
const compress = promisify(gzip);

/** A piece of a layer, as a member of a tar: its name in the store, its bytes, and their SHA-256. */
export interface Piece {
  readonly name: string;
  readonly bytes: Buffer;
  readonly sum: string;
}

/** How many pieces a layer is sent as. */
export function piecesOf({ size }: Blob): number {
  return Math.ceil((BLOCK + padded(size)) / PIECE_BYTES);
}

/** The name of a layer in the archive that an engine is given. */
export function memberName(hex: string): string {
  return `${hex}.tar`;
}

/** The name of a piece in the store, without the suffix that tells a compressed one. */
export function pieceName(number: number): string {
  return String(number).padStart(6, '0');
}

/** Reads a piece, the first being number 0; compressed for lines on which bytes are dear, where that makes it smaller. */
export async function readPiece(blob: Blob, number: number, isDear: boolean): Promise<Piece> {
  const plain = await bytesOf(blob, number * PIECE_BYTES);
  const isSmaller = isDear && (await compress(plain.subarray(0, SAMPLE), FASTEST)).length < SAMPLE * WORTH_IT;
  const bytes = isSmaller ? await compress(plain, FASTEST) : plain;
  return { name: `${pieceName(number)}${isSmaller ? '.gz' : ''}`, bytes, sum: createHash('sha256').update(bytes).digest('hex') };
}

// The stream is a header, the content, and zeros up to the next block; the content is read from the file.
async function bytesOf({ hex, file, size }: Blob, from: number): Promise<Buffer> {
  const end = Math.min(from + PIECE_BYTES, BLOCK + padded(size));
  const bytes = Buffer.alloc(end - from);
  if (from === 0) tarHeader(memberName(hex), size).copy(bytes);
  const start = Math.max(from - BLOCK, 0);
  const at = start + BLOCK - from;
  const length = Math.min(size - start, bytes.length - at);
  await using handle = await open(file);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, at + read, length - read, start + read);
    if (bytesRead === 0) throw new Error(`${file} became shorter while it was sent`);
    read += bytesRead;
  }
  return bytes;
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** A ustar header for a file; sizes beyond 8 GiB in GNU's base-256 form. */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000600\0' + '0000000\0' + '0000000\0', 100);
  if (size < OCTAL_LIMIT) header.write(`${size.toString(8).padStart(11, '0')} `, 124);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write(`${'0'.repeat(11)} `, 136);
  header.write('        0', 148);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
