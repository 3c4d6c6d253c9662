import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { Damage } from './damage.ts';

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Its bytes; opened anew at each call. @throws {Damage} when they cannot be read. */
  open(): AsyncIterable<Buffer>;
}

// A job's artifact has a few reports; an archive of this many is not one.
const MOST_ENTRIES = 200;

/** The files in a ZIP archive, such as GitHub makes of artifacts, ordered by name. @throws {Damage} when it cannot be read or has too many. */
export async function zipEntries(path: string): Promise<readonly ZipEntry[]> {
  const entries = (await inArchive(path, readEntries)).filter(({ fileName }) => !fileName.endsWith('/'));
  const names = entries.map(({ fileName }) => fileName).sort();
  if (new Set(names).size < names.length) throw new Damage('the archive has a file twice');
  if (entries.some((entry) => entry.isEncrypted())) throw new Damage('the archive is encrypted');
  return names.map((name) => ({ name, open: () => bytesOf(path, name) }));
}

function readEntries(archive: ZipFile): Promise<readonly Entry[]> {
  if (archive.entryCount > MOST_ENTRIES) throw new Damage(`the archive has more than ${MOST_ENTRIES} files`);
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    archive.on('error', reject).on('end', () => { resolve(entries); });
    archive.on('entry', (entry: Entry) => {
      entries.push(entry);
      archive.readEntry();
    });
    archive.readEntry();
  });
}

async function* bytesOf(path: string, name: string): AsyncGenerator<Buffer> {
  const archive = await opened(path);
  try {
    const entry = (await readEntries(archive)).find(({ fileName }) => fileName === name) as Entry;
    let sum = 0;
    for await (const chunk of await streamOf(archive, entry)) {
      sum = crc32(chunk as Buffer, sum);
      yield chunk as Buffer;
    }
    if (sum !== entry.crc32) throw new Damage('its checksum in the archive is another');
  } catch (error) {
    throw damageOf(error);
  } finally {
    archive.close();
  }
}

async function inArchive<Result>(path: string, task: (archive: ZipFile) => Promise<Result>): Promise<Result> {
  const archive = await opened(path);
  try {
    return await task(archive);
  } catch (error) {
    throw damageOf(error);
  } finally {
    archive.close();
  }
}

async function opened(path: string): Promise<ZipFile> {
  const { open } = await import('yauzl');
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, archive) => {
      if (error === null) resolve(archive);
      else reject(damageOf(error));
    });
  });
}

function streamOf(archive: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error === null) resolve(stream);
      else reject(error);
    });
  });
}

function damageOf(error: unknown): Damage {
  return error instanceof Damage ? error : new Damage('it is a ZIP archive, and damaged or cut off');
}
