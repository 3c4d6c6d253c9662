import { absolute, serverScript } from './script.ts';

/**
 * POSIX sh text that compares the folder `next` with the list `sums` of its packet: names and kinds of all entries, size, mode and
 * sha256 of every file, target of every link; nothing may be missing or too much. Run it before `linkShared` and `prepare`.
 * Ends with RELEASE_DIFFERS, naming the first ten, when anything differs. Leaves working files beside `sums`.
 */
export function verifyRelease({ next, sums }: { readonly next: string; readonly sums: string }): string {
  return serverScript({ next: absolute(next), sums: absolute(sums) }, BODY);
}

// One line an entry, as sumLines() writes it: mode and kind as stat's %f, size, sha256 or link target, path. The columns are made in bulk
// and pasted together. sha256sum escapes odd names (GNU) or breaks the line (busybox): such files are hashed one by one, from stdin.
const BODY = String.raw`
found=$sums.found
as_lines() { tr '\n\000' '\001\n'; }
stop() { fail "The files in $next could not be $1; see the lines above."; }
cd -- "$next" || fail "There is no release in $next."

odd=$(printf '*[\\\\\n\r]*')
find . -type f ! -path "$odd" -print0 > "$found.plain" || stop listed
find . -type f -path "$odd" -print0 > "$found.odd" || stop listed
find . ! -name . -type d -print0 > "$found.folders" || stop listed
find . ! -type f ! -type d -print0 > "$found.links" || stop listed

# Its SHA-256 is three times as quick where coreutils' own makes no use of the processor's instructions.
hash=sha256sum
case $(openssl dgst -sha256 -r /dev/null 2> /dev/null) in e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\ *) hash='openssl dgst -sha256 -r' ;; esac
# shellcheck disable=SC2086 # a command and its options
each "$found.plain" $hash > "$found.sums" || stop read
cut -c 1-64 < "$found.sums" > "$found.plain.sums" || stop read
each "$found.odd" sh -c 'for path do sha256sum < "$path" || exit 255; done' sh > "$found.sums" || stop read
cut -c 1-64 < "$found.sums" > "$found.odd.sums" || stop read
for kind in plain odd; do
  each "$found.$kind" stat -c '%f	%s' > "$found.stat" || stop read
  as_lines < "$found.$kind" > "$found.names" || stop read
  paste "$found.stat" "$found.$kind.sums" "$found.names" || stop read
done > "$found"

as_lines < "$found.folders" | sed 's/^/folder	-	-	/' >> "$found" || stop read
each "$found.links" stat -c '%f	-' > "$found.stat" || stop read
as_lines < "$found.links" > "$found.names" || stop read
if ! each "$found.links" readlink -z -- > "$found.targets" 2> /dev/null; then
  each "$found.links" sh -c 'for path do readlink -n -- "$path" && printf "\0" || exit 255; done' sh > "$found.targets" || stop read
fi
as_lines < "$found.targets" | paste "$found.stat" - "$found.names" >> "$found" || stop read

# No pipe here: a sort that failed on a full disk would look like two equal lists.
sort -o "$found.sorted" -- "$sums" "$found" || stop compared
uniq -u "$found.sorted" > "$found.differing" || stop compared
[ "$(wc -l < "$found.sorted")" -eq "$(($(wc -l < "$sums") + $(wc -l < "$found")))" ] || stop compared
[ -s "$found.differing" ] || exit 0
cut -f 4- < "$found.differing" | sort -u > "$found.names"
fail "$(wc -l < "$found.names" | tr -d ' ') of the files in $next are not as they were released, among them:
$(head -n 10 "$found.names")" 65
`;
