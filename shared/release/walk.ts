import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, readlinkSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { keepHeapSmall } from '#shared/system/heap';
import type { Exclude } from './exclude.ts';
import type { ReleaseFolder, ReleaseLink } from './tree.ts';

/** What a walk found: files by path only, and a line for every entry that cannot be released. */
export interface Found { readonly files: string[]; readonly folders: ReleaseFolder[]; readonly links: ReleaseLink[]; readonly faults: string[] }

// The owner may always write, or the release could be neither assembled nor removed.
const OWNER_ALL = 0o700;

type Entry = Dirent<string> | Dirent<Buffer>;

const MANY = 5_000; // files; up to here memory is no question

/** Walks a directory without following links. Excluded folders are not entered. */
export async function walk(source: string, exclude: Exclude, signal?: AbortSignal): Promise<Found> {
  const found: Found = { files: [], folders: [], links: [], faults: [] };
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of entriesOf(join(source, folder))) sortIn(found, waiting, source, folder, entry, exclude);
    if (found.files.length > MANY) keepHeapSmall();
    await breath(signal);
  }
  return found;
}

// A name that is not UTF-8 would come back as another name, so those that look like it are read as bytes.
function entriesOf(folder: string): readonly Entry[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.some(({ name }) => name.includes('\ufffd')) ? readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }) : entries;
}

/** Lets signals and timers in between slices of synchronous work. @throws the reason of a signal that was aborted. */
export async function breath(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => void setImmediate(resolve));
  signal?.throwIfAborted();
}

function sortIn(found: Found, waiting: string[], source: string, folder: string, entry: Entry, exclude: Exclude): void {
  const path = folder === '' ? entry.name.toString() : `${folder}/${entry.name.toString()}`;
  const isFolder = entry.isDirectory();
  if (exclude(path, isFolder ? 'folder' : 'other')) return;
  if (typeof entry.name !== 'string' && !isUtf8(entry.name)) {
    found.faults.push(`${folder === '' ? '' : `${folder}/`}${visible(entry.name)} has a name that is not valid UTF-8`);
  } else if (isFolder) {
    found.folders.push({ path, mode: folderMode(join(source, path)) });
    waiting.push(path);
  } else if (entry.isFile()) {
    found.files.push(path);
  } else if (entry.isSymbolicLink()) {
    addLink(found, source, path);
  } else {
    found.faults.push(`${path} is ${kindOf(entry)}`);
  }
}

function addLink(found: Found, source: string, path: string): void {
  const target = readlinkSync(join(source, path), { encoding: 'buffer' });
  if (!isUtf8(target)) found.faults.push(`${path} is a link whose target is not valid UTF-8`);
  else found.links.push({ path, target: process.platform === 'win32' ? target.toString().replaceAll('\\', '/') : target.toString() });
}

function folderMode(path: string): number {
  return process.platform === 'win32' ? 0o755 : (lstatSync(path).mode & 0o777) | OWNER_ALL;
}

function visible(name: Buffer): string {
  return name.toString('latin1').replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function kindOf(entry: Entry): string {
  if (entry.isSocket()) return 'a socket';
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'a device';
  return 'neither a file, a folder nor a link';
}
