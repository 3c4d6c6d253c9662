import { absolute, serverScript } from './script.ts';

/**
 * POSIX sh text that compares the folder `next` with the list `sums` of its packet: names and kinds of all entries, size, mode and
 * sha256 of every file, target of every link; nothing may be missing or too much. Run it before `linkShared` and `prepare`.
 * Ends with RELEASE_DIFFERS, naming the first ten, when anything differs. Leaves working files beside `sums`.
 */
export function verifyRelease({ next, sums }: { readonly next: string; readonly sums: string }): string {
  return serverScript({ next: absolute(next), sums: absolute(sums) }, BODY);
}

// A line an entry and another one for the hash of a file, as sumLines() writes them, in any order: so the folder is gone through once, and its
// files are hashed by several processes, each with an output of its own. What a list that broke off leaves out is missing in the comparison.
// sha256sum escapes odd names (GNU) or breaks the line (busybox): such files are hashed one by one, from stdin.
const BODY = String.raw`
found=$sums.found
as_lines() { tr '\n\000' '\001\n'; }
stop() { fail "The files in $next could not be $1; see the lines above."; }
cd -- "$next" || fail "There is no release in $next."
rm -f -- "$found".* || stop read

# Files to hash, by how: each by a process of its own, many by one, and those whose names need care.
touch -- "$found.large" "$found.small" "$found.odd" || stop listed
odd=$(printf '*[\\\\\n\r]*')
list_entries() {
  find . -type d ! -name . -printf 'folder\t-\t-\t%p\0' -o -type l -printf 'link\t%l\t-\t%p\0' -o ! -type d ! -type f -printf 'other\t-\t-\t%p\0' \
    -o -type f -printf 'file\t%m\t%s\t%p\0' \( -path "$odd" -fprint0 "$found.odd" -o -size +8192 -fprint0 "$found.large" -o -fprint0 "$found.small" \) 2> /dev/null | as_lines
}
# Where find cannot print, as busybox's.
list_entries_by_stat() {
  find . ! -name . -type d -print0 | as_lines | sed 's/^/folder	-	-	/'
  find . -type f -print0 > "$found.names" && each "$found.names" stat -c 'file	%a	%s' > "$found.stat" && as_lines < "$found.names" | paste "$found.stat" - || return 1
  find . -type l -exec sh -c 'for path do target=$(readlink -n -- "$path" && echo .) && printf "link\t%s\t-\t%s\0" "${'$'}{target%.}" "$path" || exit 255; done' sh {} + | as_lines
  find . ! -type f ! -type d ! -type l -print0 | as_lines | sed 's/^/other	-	-	/'
  find . -type f -path "$odd" -print0 > "$found.odd" && find . -type f ! -path "$odd" -print0 > "$found.small"
}
if find . -prune -printf '' 2> /dev/null; then list_entries; else list_entries_by_stat; fi > "$found.entries" || stop listed

# Its SHA-256 is three times as quick where coreutils' own makes no use of the processor's instructions. What they say of a file is the same
# text; busybox puts a blank where the others put a star.
hash=sha256sum
case $(sha256sum -b /dev/null 2> /dev/null) in *' */dev/null') hash='sha256sum -b' ;; esac
case $(openssl dgst -sha256 -r /dev/null 2> /dev/null) in e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\ *) hash='openssl dgst -sha256 -r' ;; esac
# Busybox's xargs takes long names apart when it counts them.
parallel=''
case $(xargs --version 2> /dev/null) in *GNU*) parallel='-P 4 -n' ;; esac
# Two lines a file, and four that share them: starting one takes as long as the hashes of hundreds of small files.
together=$(($(wc -l < "$sums") / 8 + 100))
# hash_files COUNT: those named on standard input, so many by each process.
hash_files() {
  # shellcheck disable=SC2086 # options, or none
  xargs -0 -r ${'$'}{parallel:+$parallel "$1"} sh -c 'to=$1.$$; shift; exec $0 "$@" >> "$to"' "$hash" "$found.hashed"
}
hash_odd_files() {
  each "$found.odd" sh -c 'for path do sum=$(sha256sum < "$path") && printf "%.64s *%s\0" "$sum" "$path" || exit 255; done' sh | as_lines
}
{ cat "$found.large" | hash_files 1 && cat "$found.small" | hash_files "$together" && hash_odd_files > "$found.hashes"; } || stop read
find "${'$'}{found%/*}" -name "${'$'}{found##*/}.hashed.*" -exec cat -- {} + >> "$found.hashes" || stop read
if [ "$hash" = sha256sum ]; then sed -i 's/^\([0-9a-f]*\)  /\1 */' "$found.hashes" || stop read; fi

# No pipe here: a sort that failed on a full disk would look like two equal lists.
sort -o "$found.sorted" -- "$sums" "$found.entries" "$found.hashes" || stop compared
uniq -u "$found.sorted" > "$found.differing" || stop compared
[ "$(wc -l < "$found.sorted")" -eq "$(cat -- "$sums" "$found.entries" "$found.hashes" | wc -l)" ] || stop compared
[ -s "$found.differing" ] || exit 0
sed 's/^[0-9a-f]\{64\} \*/-	-	-	/' < "$found.differing" | cut -f 4- | sort -u > "$found.names"
fail "$(wc -l < "$found.names" | tr -d ' ') of the files in $next are not as they were released, among them:
$(head -n 10 "$found.names")" 65
`;
