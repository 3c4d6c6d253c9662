import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { UserError, messageOf } from '#shared/core/errors';
import type { Blob } from './image.ts';

/** The files of an image archive by their path in it, and links to them; those left out are not among them. */
export interface Spool {
  readonly blobs: ReadonlyMap<string, Blob>;
  readonly links: ReadonlyMap<string, string>;
}

const GZIP = [0x1f, 0x8b];
const DIGEST_NAME = /^blobs\/sha256\/([0-9a-f]{64})$/;

/**
 * Keeps the files of a tar stream in a folder, hashed as they come; `isHeld` tells of a blob, by its SHA-256, that it need not be kept.
 * @throws {UserError} when the stream is no tar, or a blob is not what its name says.
 */
export async function spool(stream: Readable, folder: string, isHeld: (hex: string) => boolean): Promise<Spool> {
  const [blobs, links] = [new Map<string, Blob>(), new Map<string, string>()];
  const entries = extract();
  const reading = pipeline(stream, entries);
  reading.catch(() => undefined); // the loop below fails with it
  for await (const entry of entries) {
    const { name, type, linkname } = entry.header;
    const path = posix.normalize(name);
    const hex = DIGEST_NAME.exec(path)?.[1];
    if (type === 'symlink' || type === 'link') links.set(path, type === 'link' ? posix.normalize(linkname ?? '') : posix.join(posix.dirname(path), linkname ?? ''));
    if (type !== 'file' || (hex !== undefined && isHeld(hex))) entry.resume();
    else blobs.set(path, await keep(entry, join(folder, String(blobs.size)), path));
  }
  await reading;
  return { blobs, links };
}

/** The same for an archive that is there: a tar, gzipped or not, or the folder of an OCI layout. @throws {UserError} when it is neither. */
export async function spoolPath(path: string, folder: string): Promise<Spool> {
  const found = await stat(path).catch((error: unknown) => {
    throw new UserError(`The image archive ${path} cannot be read: ${messageOf(error)}.`);
  });
  if (found.isDirectory()) return layoutIn(path);
  const head = await pipeHead(path);
  const stream = createReadStream(path);
  const plain = GZIP.every((byte, index) => head[index] === byte) ? stream.pipe(createGunzip()) : stream;
  stream.on('error', (error) => plain.destroy(error));
  return spool(plain, folder, () => false).catch((error: unknown) => {
    throw error instanceof UserError ? error : new UserError(`The image archive ${path} cannot be read: ${messageOf(error)}. Write it with "docker save" or "docker buildx build --output type=oci".`);
  });
}

// Written synchronously: it goes into memory at first anyway, and through the thread pool takes twice as long.
async function keep(entry: AsyncIterable<unknown>, file: string, name: string): Promise<Blob> {
  const hash = createHash('sha256');
  const descriptor = openSync(file, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      hash.update(chunk);
      for (let written = 0; written < chunk.length; written += writeSync(descriptor, chunk, written));
      size += chunk.length;
    }
  } finally {
    closeSync(descriptor);
  }
  return named({ hex: hash.digest('hex'), file, size }, name);
}

function named(blob: Blob, name: string): Blob {
  const announced = DIGEST_NAME.exec(name)?.[1];
  if (announced !== undefined && announced !== blob.hex) throw new UserError(`${name} in the image archive has the digest ${blob.hex}: the archive is damaged. Build it again.`);
  return blob;
}

async function pipeHead(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 1 })) return chunk as Buffer;
  return Buffer.alloc(0);
}

async function layoutIn(folder: string): Promise<Spool> {
  const blobs = new Map<string, Blob>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const name = posix.relative(folder, file);
    blobs.set(name, named(await hashed(file), name));
  }
  return { blobs, links: new Map() };
}

async function hashed(file: string): Promise<Blob> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { hex: hash.digest('hex'), file, size };
}

/** The text of a file in the archive, following links; undefined where there is none. */
export async function textIn(spooled: Spool, path: string): Promise<string | undefined> {
  const blob = blobAt(spooled, path);
  return blob === undefined ? undefined : readFile(blob.file, 'utf8');
}

/** A file in the archive, following links; undefined where it was left out or is not there. */
export function blobAt({ blobs, links }: Spool, path: string): Blob | undefined {
  const target = links.get(path);
  return blobs.get(path) ?? (target === undefined ? undefined : blobs.get(target));
}
