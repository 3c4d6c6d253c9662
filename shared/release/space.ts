import { formatSize } from '#shared/core/size';
import type { Reuse } from './assemble.ts';
import type { Delta } from './delta.ts';
import { absolute, serverScript } from './script.ts';
import type { Files } from './tree.ts';

const BLOCK = 4096; // bytes; what a file, folder or link takes at least on common file systems
const LIST_BYTES = 300; // bytes an entry has in the lists of the packet and of the verification
const MEND = 'Remove old releases or other files there, or lower keep.';

/** Bytes, and inodes (files, folders and links). */
export interface Room { readonly bytes: number; readonly inodes: number }

/** What a release will take up on the server until it is assembled. Reflinks may save bytes; they are not counted on. */
export function projectedNeed({ send, keep, folders, links }: Delta, reuse: Reuse): Room {
  const made = reuse === 'copy' ? [send, keep] : [send];
  const entries = send.length + keep.length + folders.length + links.length;
  const inodes = made.reduce((sum, { length }) => sum + length, folders.length + links.length);
  return { bytes: blocksOf(made) + (folders.length + links.length) * BLOCK + entries * LIST_BYTES, inodes };
}

function blocksOf(lists: readonly Files[]): number {
  let bytes = 0;
  for (const list of lists) for (const { size } of list) bytes += Math.ceil(size / BLOCK) * BLOCK;
  return bytes;
}

/** What of it is still to be taken up once everything that travels has arrived. */
export function needAfterArrival(changes: Delta, reuse: Reuse): Room {
  const { bytes, inodes } = projectedNeed({ ...changes, send: [], folders: [], links: [] }, reuse);
  return { bytes: bytes + (changes.send.length + changes.folders.length + changes.links.length) * LIST_BYTES, inodes };
}

/** What to tell when a disk has less room than is needed; undefined where it has enough, or where that is not known. */
export function spaceFault(path: string, need: Room, free: Partial<Room>): string | undefined {
  if (free.bytes !== undefined && free.bytes < need.bytes) return `The disk of ${path} is too full: ${formatSize(need.bytes)} needed, ${formatSize(free.bytes)} free. ${MEND}`;
  if (free.inodes !== undefined && free.inodes < need.inodes) return `The disk of ${path} has too few inodes: ${need.inodes} needed, ${free.inodes} free. ${MEND}`;
  return undefined;
}

/**
 * POSIX sh text that ends non-zero, saying what is needed and what is free, when the file system of `path` (which need not exist yet)
 * has fewer bytes or inodes left. What it cannot find out (inodes on btrfs, a df without -i) it says and lets pass.
 */
export function checkSpace(path: string, bytes: number, inodes: number): string {
  const kibibytes = Math.ceil(bytes / 1024);
  return serverScript({ path: absolute(path), kibibytes, inodes, needed: formatSize(bytes) }, BODY);
}

// The free column is the word before the one with a percent sign: names of devices and mount points may hold spaces.
const BODY = String.raw`
set -f
at=$path
while [ ! -e "$at" ] && [ -n "$at" ]; do at=${'$'}{at%/*}; done
at=${'$'}{at:-/}
free_in() {
  free='' previous=''
  for word in $(df -P "$1" -- "$at" 2> /dev/null | tail -n 1); do
    # Nothing used and nothing free: there is no such count, as with inodes on btrfs.
    case $word:$previous in 0%:0) return 1 ;; [0-9]*%:*) free=$previous; break ;; esac
    previous=$word
  done
  case $free in '' | *[!0-9]*) return 1 ;; esac
}
status=0
if ! free_in -k; then
  printf '%s\n' "Free space on the disk of $path cannot be told; not checked." >&2
elif [ "$free" -lt "$kibibytes" ]; then
  printf '%s\n' "The disk of $path is too full: $needed needed, $((free * 1024 / 1000000)) MB free. Remove old releases or other files there, or lower keep." >&2
  status=1
fi
if ! free_in -i; then
  printf '%s\n' "Free inodes on the disk of $path cannot be told; not checked." >&2
elif [ "$free" -lt "$inodes" ]; then
  printf '%s\n' "The disk of $path has too few inodes: $inodes needed, $free free. Remove folders with many small files there, or lower keep." >&2
  status=1
fi
exit "$status"
`;
