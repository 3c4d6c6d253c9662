import { absolute, serverScript } from './script.ts';

/** How unchanged files come out of the base: as copies (by reflink where the file system can), or as further names of the same file. */
export type Reuse = 'copy' | 'hard-link';

export interface Assembly {
  /** Folder on the server where the packet of `incomingEntries` was unpacked; on the same file system as `next`. */
  readonly incoming: string;
  /** Folder of the release that unchanged files are taken from. */
  readonly base: string | undefined;
  /** Folder to make; nothing else may use it yet. */
  readonly next: string;
  readonly reuse: Reuse;
}

/**
 * POSIX sh text that makes the folder `next` from what was sent and what the base already has, and from nothing else.
 * Run again after a kill at any point, or with another packet, it gives the same folder.
 * Ends with RELEASE_DIFFERS, naming the first ten, when files of the base are gone or no longer files.
 */
export function assembleRelease({ incoming, base, next, reuse }: Assembly): string {
  return serverScript({ incoming: absolute(incoming), base: base === undefined ? '' : absolute(base), next: absolute(next), reuse }, BODY);
}

// cp takes whole lists, several at once, where it knows GNU's options, which is tried out rather than guessed from its version; else the
// files of one folder at a time, named to cp by their positions. Modes come last: GNU's --parents gives existing folders the base's. Only
// GNU's tar is known to have given files theirs; busybox's applies the umask of an ordinary user.
const BODY = String.raw`
keep=$incoming/keep.list
unpacked=$(tar --version 2> /dev/null | head -n 1)
if [ -d "$incoming/tree" ]; then
  rm -rf -- "$next" || fail "The unfinished release $next could not be cleared away."
  mv -- "$incoming/tree" "$next" || fail "What was sent could not be moved from $incoming/tree to $next."
fi
[ -d "$next" ] || fail "Nothing to assemble: neither $incoming/tree nor $next is there."

copy_all() {
  case $reuse in hard-link) how=--link ;; *) how=--reflink=auto ;; esac
  cat -- "$1" | xargs -0 -r -n 1000 -P 4 cp "$how" --preserve=mode,timestamps --remove-destination --parents -t "$2" --
}
can_copy_all() {
  probe=$incoming/probe
  { rm -rf -- "$probe" && mkdir -p -- "$probe/from/a" "$probe/to" && : > "$probe/from/a/f" && printf './a/f\0' > "$probe/list"; } || return 1
  (cd -- "$probe/from" && copy_all "$probe/list" "$probe/to") 2> /dev/null && [ -f "$probe/to/a/f" ]
}
copy_by_folder() {
  each "$1" sh -c '
    to=$1 reuse=$2 at="" words="" position=0
    shift 2
    take() {
      [ -n "$words" ] || return 0
      case $reuse in hard-link) how="ln -f" ;; *) how="cp -pf" ;; esac
      eval "$how -- $words \"\$to/\$at\"" || exit 255
      words=""
    }
    for path do
      position=$((position + 1))
      if [ "${'$'}{path%/*}" != "$at" ]; then take "$@"; at=${'$'}{path%/*}; fi
      words="$words \"\${$position}\""
    done
    take "$@"' sh "$2" "$reuse"
}

if [ -s "$keep" ]; then
  { [ -n "$base" ] && cd -- "$base"; } || fail "The release $base, whose unchanged files were to be used again, is gone." 65
  gone=$(each "$keep" sh -c 'for path do [ -f "$path" ] && [ ! -L "$path" ] || printf "%s\n" "$path"; done' sh | head -n 10)
  [ -z "$gone" ] || fail "Files of the release $base were removed or replaced since it was deployed, among them:
$gone" 65
  if can_copy_all; then copy_all "$keep" "$next"; else copy_by_folder "$keep" "$next"; fi ||
    fail "Unchanged files could not be taken from $base; see the lines above."
fi

for same in "$incoming"/modes.* "$incoming"/file-modes.*; do
  [ -e "$same" ] || continue
  case $same:$unpacked in */file-modes.*:*GNU*) continue ;; esac
  (cd -- "$next" && each "$same" chmod -- "${'$'}{same##*.}") || fail "The modes of files could not be set in $next."
done
if [ -g "${'$'}{next%/*}" ]; then find "$next" -type d -exec chmod g+s {} + || fail "The group of $next could not be handed down."; fi
`;
