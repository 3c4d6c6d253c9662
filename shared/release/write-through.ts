import type { Reuse } from './assemble.ts';
import { absolute, serverScript } from './script.ts';

const TOLERATED = 128 * 1_048_576; // bytes of others that are written along: a fraction of a second, on a disk of today

/**
 * POSIX sh text that returns once the files of the folder `next`, of which `bytes` are new, are on the disk. In one go with the whole file
 * system where next to nothing else waits to be written on this machine; else file by file, because that would stall the database next door.
 * Files that are further names of the base's have been written through with it.
 */
export function writeThrough({ next, bytes, reuse }: { readonly next: string; readonly bytes: number; readonly reuse: Reuse }): string {
  const [kibibytes, tests] = [Math.ceil((bytes + TOLERATED) / 1_024), reuse === 'hard-link' ? '-links 1' : ''];
  return serverScript({ next: absolute(next), kibibytes, tests }, BODY);
}

// Many at once share the file system's commits.
const BODY = String.raw`
cd -- "$next" || fail "There is no release in $next."
waiting=$(sed -n 's/^Dirty: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
if [ "${'$'}{waiting:-$((kibibytes + 1))}" -le "$kibibytes" ] && sync -f . 2> /dev/null; then exit 0; fi
# shellcheck disable=SC2086 # no word, or two
find . -type f $tests -print0 | xargs -0 -r -n 100 -P 16 sync -d 2> /dev/null || find . -type f $tests -exec sync {} + ||
  fail "The files in $next could not be written through to the disk."
`;
