import { chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a test wants at a path: a file's text, or a file with a mode, a link, or an empty folder. */
export type Planted = string | { readonly text: string; readonly mode: number } | { readonly link: string } | { readonly folder: number };

/** Makes files, links and folders below `root`, with the folders they need, whatever the umask. */
export function plant(root: string, entries: Readonly<Record<string, Planted>>): void {
  mkdirSync(root, { recursive: true });
  for (const [path, entry] of Object.entries(entries)) {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    plantOne(at, entry);
  }
}

/** Every entry below `root` as one line: kind, mode, and text or target. Modes of links and contents of folders say nothing. */
export function treeLines(root: string): readonly string[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => `${JSON.stringify(name)} ${entryLine(join(root, name))}`);
}

function plantOne(at: string, entry: Planted): void {
  if (typeof entry === 'object' && 'link' in entry) return symlinkSync(entry.link, at);
  if (typeof entry === 'object' && 'folder' in entry) {
    mkdirSync(at, { recursive: true });
    return chmodSync(at, entry.folder);
  }
  const { text, mode } = typeof entry === 'string' ? { text: entry, mode: 0o644 } : entry;
  writeFileSync(at, text);
  chmodSync(at, mode);
}

function entryLine(at: string): string {
  const found = lstatSync(at);
  const mode = (found.mode & 0o7777).toString(8);
  if (found.isSymbolicLink()) return `-> ${readlinkSync(at)}`;
  return found.isDirectory() ? `folder ${mode}` : `${found.isFile() ? 'file' : 'other'} ${mode} ${readFileSync(at, 'latin1')}`;
}
