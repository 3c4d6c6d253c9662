/** A regular file of a release: path with `/`, relative and without a leading `./`; permission bits; size in bytes; sha256 in hex. */
export interface ReleaseFile { readonly path: string; readonly mode: number; readonly size: number; readonly sha256: string }

/** A directory of a release, empty or not; the top one is not listed. */
export interface ReleaseFolder { readonly path: string; readonly mode: number }

/** A symbolic link of a release, with its target as written. */
export interface ReleaseLink { readonly path: string; readonly target: string }

/** What a release is made of, each list sorted by path as bytes. */
export interface Tree {
  readonly files: readonly ReleaseFile[];
  readonly folders: readonly ReleaseFolder[];
  readonly links: readonly ReleaseLink[];
}

/** A tree with each list sorted bytewise by path. */
export function sortedTree(tree: Tree): Tree {
  return { files: tree.files.toSorted(byPath), folders: tree.folders.toSorted(byPath), links: tree.links.toSorted(byPath) };
}

/** Compares as the paths' UTF-8 bytes do; plain string order would put characters outside of the basic plane too early. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  const length = Math.min(a.path.length, b.path.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(a.path.charCodeAt(index)) - rank(b.path.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.path.length - b.path.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
