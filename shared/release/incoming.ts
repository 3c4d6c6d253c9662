import { join } from 'node:path';
import type { PacketEntry } from '#shared/server/packet';
import type { Delta } from './delta.ts';
import type { Tree } from './tree.ts';

const PRIVATE = 0o600;

/**
 * The packet entries that `assembleRelease` and `verifyRelease` work on, below the folder `incoming` of the packet: what changed
 * (`tree/`), which files to keep (`keep.list`), what all must be in the end (`sums`), and what was sent by mode (`modes.*`).
 * Made one by one, because the lists of a large release are long.
 */
export function* incomingEntries(source: string, next: Tree, { send, keep, folders, links }: Delta, incoming = 'incoming'): Generator<PacketEntry> {
  yield { kind: 'folder', path: incoming, mode: 0o700 };
  yield { kind: 'text', path: `${incoming}/sums`, mode: PRIVATE, text: sumLines(next) };
  yield { kind: 'text', path: `${incoming}/keep.list`, mode: PRIVATE, text: nulSeparated(keep) };
  yield* modeLists([...folders, ...send], incoming);
  yield { kind: 'folder', path: `${incoming}/tree`, mode: 0o755 };
  for (const { path, mode } of folders) yield { kind: 'folder', path: `${incoming}/tree/${path}`, mode };
  for (const { path, mode, size } of send) yield { kind: 'file', path: `${incoming}/tree/${path}`, mode, size, source: join(source, path) };
  for (const { path, target } of links) yield { kind: 'link', path: `${incoming}/tree/${path}`, mode: 0o777, target };
}

/** What `verifyRelease` expects, one line an entry: raw mode in hex, size, sha256 or link target, path; parted by tabs. */
export function sumLines({ files, folders, links }: Tree): string {
  return [
    ...files.map(({ path, mode, size, sha256 }) => `${(0o100000 | mode).toString(16)}\t${size}\t${sha256}\t./${oneLine(path)}\n`),
    ...folders.map(({ path }) => `folder\t-\t-\t./${oneLine(path)}\n`),
    ...links.map(({ path, target }) => `a1ff\t-\t${oneLine(target)}\t./${oneLine(path)}\n`),
  ].join('');
}

function* modeLists(entries: readonly { readonly path: string; readonly mode: number }[], incoming: string): Generator<PacketEntry> {
  for (const [mode, group] of Map.groupBy(entries, (entry) => entry.mode)) {
    yield { kind: 'text', path: `${incoming}/modes.${mode.toString(8)}`, mode: PRIVATE, text: nulSeparated(group) };
  }
}

function nulSeparated(entries: readonly { readonly path: string }[]): string {
  return entries.map(({ path }) => `./${path}\0`).join('');
}

function oneLine(name: string): string {
  return name.replaceAll('\n', '\x01');
}
