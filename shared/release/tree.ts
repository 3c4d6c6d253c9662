import type { Contents } from './contents.ts';

/** A regular file of a release: path with `/`, relative and without a leading `./`; permission bits; size in bytes; sha256 in hex. */
export interface ReleaseFile { readonly path: string; readonly mode: number; readonly size: number; readonly sha256: string }

/** Files sorted by path as bytes. There may be hundreds of thousands, so that they are gone through and not held as objects. */
export interface Files extends Iterable<ReleaseFile> { readonly length: number }

/** A directory of a release, empty or not; the top one is not listed. */
export interface ReleaseFolder { readonly path: string; readonly mode: number }

/** A symbolic link of a release, with its target as written. */
export interface ReleaseLink { readonly path: string; readonly target: string }

/** From so many files on, the lists of a release are what takes memory: its files' contents are not kept, and what is done with is given back. */
export const MANY_FILES = 50_000;

/** What a release is made of, each list sorted by path as bytes. */
export interface Tree {
  readonly files: Files;
  readonly folders: readonly ReleaseFolder[];
  readonly links: readonly ReleaseLink[];
  /** Where it was read from files on this machine. */
  readonly contents?: Contents;
}

/** Compares as the paths' UTF-8 bytes do; plain string order would put characters outside of the basic plane too early. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return comparePaths(a.path, b.path);
}

/** The same for two paths. */
export function comparePaths(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
