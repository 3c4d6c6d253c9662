import { parted } from './file-table.ts';
import { comparePaths, type Files, type ReleaseFile, type ReleaseFolder, type ReleaseLink, type Tree } from './tree.ts';

/** What turns a base release into the next one. */
export interface Delta {
  /** Files that travel: new, or changed in content or mode. */
  readonly send: Files;
  /** Files taken from the base, where they have the same content and mode. */
  readonly keep: Files;
  readonly folders: readonly ReleaseFolder[];
  readonly links: readonly ReleaseLink[];
  /** Content of the files that travel, without what tar adds. */
  readonly bytesToSend: number;
}

/** What must travel to make `next` where `base` already is. Folders and links always do; without a base, everything. */
export function delta(next: Tree, base: Tree | undefined): Delta {
  const known = inStep(base?.files ?? []);
  let bytesToSend = 0;
  const [keep, send] = parted(next.files, (file) => {
    const isKept = isSame(file, known(file.path));
    if (!isKept) bytesToSend += file.size;
    return isKept;
  });
  return { send, keep, folders: next.folders, links: next.links, bytesToSend };
}

function isSame(file: ReleaseFile, other: ReleaseFile | undefined): boolean {
  return other !== undefined && file.sha256 === other.sha256 && file.size === other.size && file.mode === other.mode;
}

/** Looks up paths in a sorted list. They must be asked for in that order, too: both lists are gone through once. */
function inStep(files: Iterable<ReleaseFile>): (path: string) => ReleaseFile | undefined {
  const ahead = files[Symbol.iterator]();
  let current = ahead.next();
  return (path) => {
    while (current.done !== true && comparePaths(current.value.path, path) < 0) current = ahead.next();
    return current.done !== true && current.value.path === path ? current.value : undefined;
  };
}
