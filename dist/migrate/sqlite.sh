# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# SQLite: copied through its backup API and fingerprinted in one read transaction, so both see the same, whoever writes meanwhile.
# A part's settings: NAME, DATABASE (the file)

check_sqlite() {
  fit_sqlite || return 1
  # sqlite3 would make a new, empty database in its place.
  [ -f "$DATABASE" ] && [ "$(head -c 15 "$DATABASE")" = 'SQLite format 3' ] || { fail "$DATABASE is no SQLite database that $(id -un) may read."; return 1; }
  fact '"server":"SQLite '"$(sqlite3 --version | cut -d' ' -f1)"'"'
  # What is committed may still be in the log beside it.
  database_bytes=$(($(wc -c <"$DATABASE") + $(cat "$DATABASE-wal" 2>/dev/null | wc -c)))
}
# Whether it can be copied, and restored.
fit_sqlite() {
  command -v sqlite3 >/dev/null || { fail "sqlite3 is not installed, which copies $DATABASE as a whole. On Debian: apt-get install sqlite3"; return 1; }
}
# Dot commands of sqlite3 get names of ours alone, in the folder it is started in.
capture_sqlite() {
  rm -f "$ROOM/copy.sqlite" "$ROOM/answers"
  began=$(now)
  taken_now
  (
    cd "$ROOM" && {
      printf '%s\n' '.bail on' ".timeout ${LOCK_TIMEOUT}000" 'begin;' 'select count(*) from sqlite_schema;'
      sqlite_section fingerprint
      printf '%s\n' '.sha3sum --schema'
      for reference in $REFERENCES; do
        sqlite_section "reference.$reference"
        cat "$HERE/reference.$reference"
        printf '\n;\n'
      done
      printf '%s\n' '.backup copy.sqlite' 'commit;'
    } | sqlite3 -batch -readonly "$DATABASE" >answers 2>sqlite3.err
  ) && [ ! -s "$ROOM/sqlite3.err" ] && [ -s "$ROOM/copy.sqlite" ] || { fail "$DATABASE was not copied: $(sed -n '/locked\|busy\|unable to open\|read-*only\|malformed\|not a database\|disk/p' "$ROOM/sqlite3.err" | head -n 1 | cut -c 1-200)"; return 1; }
  sections "$ROOM/answers" && [ -s "$ROOM/fingerprint" ] && mv "$ROOM/fingerprint" "$ROOM/$NAME.source" || return 1
  kept "$NAME.sqlite" cat cat "$ROOM/copy.sqlite" && rm -f "$ROOM/copy.sqlite" || return 1
  fact '"dumpSeconds":'"$(elapsed_since "$began")"
  case $VERIFY in equal) keep_fingerprint "$NAME.source" ;; esac
}
sqlite_section() { printf '%s\n' ".print section $SET $1"; }
# What the part holds, as the file NAME.sqlite in ROOM.
hold_sqlite() { fill_sqlite "$ROOM/$NAME.sqlite"; }
end_scratch_sqlite() { rm -f "$ROOM/$NAME.sqlite"; }
fill_sqlite() {
  began=$(now)
  read_back "$NAME.sqlite" cat cat >"$1" || return 1
  fact '"restoreSeconds":'"$(elapsed_since "$began")"
  sound=$(cd "${1%/*}" && sqlite3 -batch -readonly "./${1##*/}" 'pragma integrity_check(1)' 2>/dev/null | head -n 1)
  [ "$sound" = ok ] || { fail "$NAME came back damaged: its integrity check does not pass."; return 1; }
  case $VERIFY in equal)
    (cd "${1%/*}" && sqlite3 -batch -readonly "./${1##*/}" '.sha3sum --schema') >"$ROOM/restored.print" 2>/dev/null && cmp -s "$ROOM/$NAME.source" "$ROOM/restored.print" ||
      { fail "$NAME is not equal to the $DATABASE that it was taken from."; return 1; } ;;
  esac
}
