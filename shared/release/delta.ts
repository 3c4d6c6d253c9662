import type { ReleaseFile, ReleaseFolder, ReleaseLink, Tree } from './tree.ts';

/** What turns a base release into the next one. */
export interface Delta {
  /** Files that travel: new, or changed in content or mode. */
  readonly send: readonly ReleaseFile[];
  /** Files taken from the base, where they have the same content and mode. */
  readonly keep: readonly ReleaseFile[];
  readonly folders: readonly ReleaseFolder[];
  readonly links: readonly ReleaseLink[];
  /** Paths the base has, of whatever kind, and the next release has not. */
  readonly removed: readonly string[];
  /** Content of the files that travel, without what tar adds. */
  readonly bytesToSend: number;
}

/** What must travel to make `next` where `base` already is. Folders and links always do; without a base, everything. */
export function delta(next: Tree, base: Tree | undefined): Delta {
  const known = new Map(base?.files.map((file) => [file.path, file]));
  const send: ReleaseFile[] = [];
  const keep: ReleaseFile[] = [];
  for (const file of next.files) (isSame(file, known.get(file.path)) ? keep : send).push(file);
  const bytesToSend = send.reduce((sum, file) => sum + file.size, 0);
  return { send, keep, folders: next.folders, links: next.links, removed: base ? missingFrom(next, base) : [], bytesToSend };
}

function isSame(file: ReleaseFile, other: ReleaseFile | undefined): boolean {
  return other !== undefined && file.sha256 === other.sha256 && file.size === other.size && file.mode === other.mode;
}

function missingFrom(next: Tree, base: Tree): string[] {
  const present = new Set(pathsOf(next));
  return pathsOf(base).filter((path) => !present.has(path));
}

function pathsOf(tree: Tree): string[] {
  return [...tree.folders, ...tree.files, ...tree.links].map((entry) => entry.path);
}
