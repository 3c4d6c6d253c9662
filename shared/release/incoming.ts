import { join } from 'node:path';
import { collectGarbage } from '#shared/system/heap';
import type { PacketEntry } from '#shared/server/packet';
import type { Delta } from './delta.ts';
import { MANY_FILES, type Tree } from './tree.ts';
import type { UploadProgress } from './upload-progress.ts';

const PRIVATE = 0o600;

/**
 * The packet entries that `assembleRelease` and `verifyRelease` work on, below the folder `incoming` of the packet: what changed
 * (`tree/`), which files to keep (`keep.list`), what all must be in the end (`sums`), and folders and files sent by mode (`modes.*`, `file-modes.*`).
 * Made one by one, because the lists of a large release are long; `progress` hears of the files.
 */
export function* incomingEntries(source: string, next: Tree, { send, keep, folders, links }: Delta, progress?: UploadProgress): Generator<PacketEntry> {
  const incoming = 'incoming';
  yield { kind: 'folder', path: incoming, mode: 0o700 };
  const tidy = next.files.length > MANY_FILES ? collectGarbage : () => {};
  tidy();
  yield { kind: 'lines', path: `${incoming}/sums`, mode: PRIVATE, lines: () => sumLines(next) };
  tidy();
  yield { kind: 'lines', path: `${incoming}/keep.list`, mode: PRIVATE, lines: () => nulSeparated(keep) };
  tidy();
  yield* modeLists(`${incoming}/modes`, folders);
  yield* modeLists(`${incoming}/file-modes`, send);
  yield { kind: 'folder', path: `${incoming}/tree`, mode: 0o755 };
  for (const { path, mode } of folders) yield { kind: 'folder', path: `${incoming}/tree/${path}`, mode };
  for (const { path, mode, size } of send) {
    progress?.begun();
    const content = next.contents?.get(path);
    yield { kind: 'file', path: `${incoming}/tree/${path}`, mode, size, source: join(source, path), ...(content && { content }), ...(progress && { sent: progress.sent }) };
  }
  for (const { path, target } of links) yield { kind: 'link', path: `${incoming}/tree/${path}`, mode: 0o777, target };
}

/** What `verifyRelease` expects, one line an entry: kind, octal mode or link target, size, path, parted by tabs; and one more a file, as `sha256sum -b` writes it. */
export function* sumLines({ files, folders, links }: Tree): Generator<string> {
  for (const { path, mode, size, sha256 } of files) {
    const name = oneLine(path);
    yield `file\t${mode.toString(8)}\t${size}\t./${name}\n${sha256} *./${name}\n`;
  }
  for (const { path } of folders) yield `folder\t-\t-\t./${oneLine(path)}\n`;
  for (const { path, target } of links) yield `link\t${oneLine(target)}\t-\t./${oneLine(path)}\n`;
}

interface Moded { readonly path: string; readonly mode: number }

function* modeLists(path: string, entries: Iterable<Moded>): Generator<PacketEntry> {
  const modes = new Set<number>();
  for (const { mode } of entries) modes.add(mode);
  for (const mode of modes) yield { kind: 'lines', path: `${path}.${mode.toString(8)}`, mode: PRIVATE, lines: () => nulSeparated(withMode(mode, entries)) };
}

function* withMode(mode: number, entries: Iterable<Moded>): Generator<Moded> {
  for (const entry of entries) if (entry.mode === mode) yield entry;
}

function* nulSeparated(entries: Iterable<{ readonly path: string }>): Generator<string> {
  for (const { path } of entries) yield `./${path}\0`;
}

function oneLine(name: string): string {
  return name.includes('\n') ? name.replaceAll('\n', '\x01') : name;
}
