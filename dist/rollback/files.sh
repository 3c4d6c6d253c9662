# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# A folder: what is in it is listed and hashed, archived by that list, and after extraction listed and hashed again.
# A part's settings: NAME, FOLDER, EXCLUDE (find's patterns, one a line)

check_files() {
  [ -d "$FOLDER" ] && [ -r "$FOLDER" ] || { fail "$FOLDER is no folder that $(id -un) may read."; return 1; }
  fit_files || return 1
  database_bytes=$(($(du -sk "$FOLDER" | cut -f1) * 1024))
}
# Whether it can be archived, and extracted.
fit_files() {
  tar --version 2>/dev/null | grep -q 'GNU tar' || { fail "Archiving $FOLDER needs GNU tar (Alpine: apk add tar)."; return 1; }
  find / -maxdepth 0 -printf '' 2>/dev/null || { fail "Archiving $FOLDER needs GNU find (Alpine: apk add findutils)."; return 1; }
}
# Everything below the folder that is not excluded, each name ended by NUL.
listed_files() {
  (
    set -f
    cd "$FOLDER" || exit 1
    set -- .
    if [ -n "$EXCLUDE" ]; then
      set -- "$@" '('
      while read -r pattern; do
        [ "$#" -eq 2 ] || set -- "$@" -o
        set -- "$@" -path "./$pattern"
      done <<LIST
$EXCLUDE
LIST
      set -- "$@" ')' -prune -o
    fi
    find "$@" '(' -type f -o -type d -o -type l ')' -print0
  )
}
# facts_of FOLDER LIST: type, rights, size or target of each, and the hash of every file, in the list's order.
facts_of() {
  (
    cd "$1" || exit 1
    # Times of folders and their sizes are the file system's own.
    xargs -0 -r sh -c 'find "$@" -maxdepth 0 "(" -type f -printf "f %m %s %Ts %p\0" -o -type l -printf "l %l %p\0" -o -printf "%y %m %p\0" ")"' sh <"$2" && echo &&
      xargs -0 -r sh -c 'for file; do [ -L "$file" ] || [ -d "$file" ] || sha256sum -z -- "$file" || exit 255; done' sh <"$2"
  )
}
capture_files() {
  began=$(now)
  taken_now
  listed_files >"$ROOM/$NAME.list" 2>"$ROOM/find.err" || { fail "$FOLDER could not be listed: $(tail -n 1 "$ROOM/find.err")"; return 1; }
  fact '"files":'"$(tr -dc '\0' <"$ROOM/$NAME.list" | wc -c)"
  facts_of "$FOLDER" "$ROOM/$NAME.list" >"$ROOM/$NAME.source" 2>"$ROOM/find.err" || { fail "$FOLDER changed while it was read, or holds what may not be read: $(tail -n 1 "$ROOM/find.err")"; return 1; }
  kept "$NAME.tar" tar archived_files || return 1
  fact '"dumpSeconds":'"$(elapsed_since "$began")"
  case $VERIFY in equal) keep_fingerprint "$NAME.list" "$NAME.source" ;; esac
}
# GNU tar ends with 1 where a file or folder changed under it. New files in a folder are no fault; changed ones are told by their hash.
archived_files() {
  tar --create --format=posix --acls --xattrs --no-recursion --null --directory="$FOLDER" --files-from="$ROOM/$NAME.list" || [ "$?" -eq 1 ] && case $VERIFY in
    equal) ;;
    *) facts_of "$FOLDER" "$ROOM/$NAME.list" | cmp -s - "$ROOM/$NAME.source" || fail "$FOLDER changed while it was read." ;;
  esac
}
# What the part holds, as the folder NAME.files in ROOM.
hold_files() { mkdir "$ROOM/$NAME.files" && fill_files "$ROOM/$NAME.files" --no-same-owner && own_hashes "$ROOM/$NAME.files"; }
end_scratch_files() { [ ! -d "$ROOM/$NAME.files" ] || { chmod -R u+rwX "$ROOM/$NAME.files" && rm -rf "$ROOM/$NAME.files"; }; }
# fill_files FOLDER OPTION: fills an empty folder, and compares it with the fingerprint.
fill_files() {
  began=$(now)
  read_back "$NAME.tar" tar tar --extract --acls --xattrs --preserve-permissions "$2" --directory="$1" || return 1
  fact '"restoreSeconds":'"$(elapsed_since "$began")"
  case $VERIFY in equal)
    facts_of "$1" "$ROOM/$NAME.list" >"$ROOM/restored.print" 2>/dev/null && cmp -s "$ROOM/$NAME.source" "$ROOM/restored.print" ||
      { fail "$NAME is not equal to $FOLDER: something in it changed while it was read. Quiesce what writes there, or exclude it."; return 1; } ;;
  esac
}
# Content-addressed files are named by their own SHA-1; where a reference says so, each is held to it.
own_hashes() {
  [ -n "$SHA1_NAMES" ] || return 0
  (cd "$1" && find . -type f -exec sha1sum -- {} +) | awk '{ name = $2; sub(/.*\//, "", name); if (name ~ /^[0-9a-f]+$/ && length(name) == 40 && name != $1) bad++ } END { if (bad) { print bad " files are not what their names say (SHA-1)."; exit 1 } }' >&2
}
