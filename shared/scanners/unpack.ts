import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf, UserError } from '#shared/core/errors';
import { formatSize } from '#shared/core/size';

// Of the program in an archive, bytes. The largest scanners are a quarter of it.
const LARGEST = 1024 * 2 ** 20;

/**
 * One file of a .tar.gz archive; nothing is written anywhere.
 * @throws {UserError} when the archive is damaged, has anything that leads out of its folder, or does not have the file.
 */
export async function memberOf(archive: Buffer, name: string, what: string): Promise<Buffer> {
  const { extract } = await import('tar-stream');
  const found: Buffer[] = [];
  const entries = extract();
  const reading = pipeline(Readable.from([archive]), createGunzip(), entries);
  reading.catch(() => undefined); // told by the loop, which ends first
  try {
    for await (const entry of entries) {
      const { header } = entry;
      if (leadsOut(header)) throw new UserError(`The archive of ${what} is not unpacked: its entry ${JSON.stringify(header.name)} leads out of its folder.`);
      if (posix.normalize(header.name) === name && header.type === 'file') found.push(await bytesOf(entry, what));
      else entry.resume();
    }
    await reading;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`The archive of ${what} is damaged: ${messageOf(error)}.`);
  }
  const [program, ...others] = found;
  if (program === undefined || others.length > 0) throw new UserError(`The archive of ${what} has ${found.length} files ${name}, and not one.`);
  return program;
}

interface Header {
  readonly name: string;
  readonly type?: string | null | undefined;
  readonly linkname?: string | null | undefined;
}

function leadsOut({ name, type, linkname }: Header): boolean {
  if (isOutside(name)) return true;
  if (type === 'symlink') return isOutside(linkname ?? '') || isOutside(posix.join(posix.dirname(name), linkname ?? ''));
  return type === 'link' && isOutside(linkname ?? '');
}

function isOutside(path: string): boolean {
  return posix.isAbsolute(path) || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path) || posix.normalize(path).split('/')[0] === '..';
}

async function bytesOf(entry: AsyncIterable<unknown>, what: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) throw new UserError(`The archive of ${what} unpacks to more than ${formatSize(LARGEST)}.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
