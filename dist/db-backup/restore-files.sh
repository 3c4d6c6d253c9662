# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174,SC3013
# (SC3013: dash, bash and busybox ash all know test's -ef.)
# Folders and SQLite databases: restored beside what is live, in the same folder, and renamed.

# ---- folders ----

check_live_files() {
  above=${FOLDER%/*}
  [ -d "${above:-/}" ] && [ -w "${above:-/}" ] || { fail "$FOLDER is restored beside what is there, so $(id -un) must be able to write in ${above:-/}."; return 1; }
  [ ! -L "$FOLDER" ] || { fail "$FOLDER is a link. Give the folder it leads to: $(readlink -f "$FOLDER")"; return 1; }
  ! awk -v folder="$FOLDER" '$5 == folder { found = 1 } END { exit !found }' /proc/self/mountinfo || { fail "$FOLDER is a mount point, which cannot be renamed. Restore it by hand, as the manifest says."; return 1; }
  [ ! -e "$BEFORE" ] || { fail "There is $BEFORE already."; return 1; }
  if [ -z "$MADE" ]; then [ -d "$NEXT" ] || fail "There is no $NEXT to swap back."; return; fi
  [ -d "$FOLDER" ] || { : >"$ROOM/absent.$PART"; return; }
  enough_in "$above" "$(du -sk "$FOLDER" | cut -f1)" "another $FOLDER"
}
restore_files() {
  mkdir "$NEXT" || return 1
  if [ "$(id -u)" -eq 0 ]; then fill_files "$NEXT" --same-owner; else fill_files "$NEXT" --no-same-owner; fi || return 1
  [ ! -d "$FOLDER" ] || { chmod "$(stat -c %a "$FOLDER")" "$NEXT" && own "$(stat -c %u:%g "$FOLDER")" "$NEXT"; }
}
drop_next_files() { [ ! -d "$NEXT" ] || { chmod -R u+rwX "$NEXT" && rm -rf "$NEXT"; }; }
# New ones, and those whose size, time or rights are others; contents are not read again.
weigh_files() {
  [ -d "$FOLDER" ] || return 0
  for side in "$FOLDER" "$NEXT"; do
    (cd "$side" && find . -type f -printf '%m %s %Ts %p\0') | tr '\n\0' '\1\n' >"$ROOM/files.$([ "$side" = "$NEXT" ] && echo next || echo live)"
  done
  lost "$(only_in "$ROOM/files.live" "$ROOM/files.next")" "of $(($(wc -l <"$ROOM/files.live"))) files"
}
close_files() { :; }
open_files() { :; }
swap_files() {
  [ -d "$NEXT" ] || return 0
  [ -e "$BEFORE" ] || [ ! -e "$FOLDER" ] || mv "$FOLDER" "$BEFORE" || return 1
  mv "$NEXT" "$FOLDER"
}
back_files() {
  if [ -d "$FOLDER" ] && [ ! -e "$NEXT" ] && { [ -d "$BEFORE" ] || [ -e "$ROOM/absent.$PART" ]; }; then mv "$FOLDER" "$NEXT" || return 1; fi
  [ ! -d "$BEFORE" ] || mv "$BEFORE" "$FOLDER"
}

# ---- SQLite ----

check_live_sqlite() {
  command -v sqlite3 >/dev/null || { fail "sqlite3 is not installed, which compares what is restored. On Debian: apt-get install sqlite3"; return 1; }
  above=${DATABASE%/*}
  [ -d "${above:-/}" ] && [ -w "${above:-/}" ] || { fail "$DATABASE is restored beside what is there, so $(id -un) must be able to write in ${above:-/}."; return 1; }
  [ ! -L "$DATABASE" ] || { fail "$DATABASE is a link. Give the file it leads to: $(readlink -f "$DATABASE")"; return 1; }
  [ ! -e "$BEFORE" ] || { fail "There is $BEFORE already."; return 1; }
  if [ -z "$MADE" ]; then [ -f "$NEXT" ] || fail "There is no $NEXT to swap back."; return; fi
  [ -f "$DATABASE" ] || { : >"$ROOM/absent.$PART"; return; }
  [ "$(id -u)" -eq 0 ] || [ "$(stat -c %u "$DATABASE")" = "$(id -u)" ] || fail "$DATABASE belongs to $(stat -c %U "$DATABASE"), and only root could give another one to that user." || return 1
  enough_in "$above" "$(du -k "$DATABASE" | cut -f1)" "another $DATABASE"
}
restore_sqlite() {
  fill_sqlite "$NEXT" && rm -f "$NEXT-shm" "$NEXT-wal" || return 1
  [ ! -f "$DATABASE" ] || { chmod "$(stat -c %a "$DATABASE")" "$NEXT" && own "$(stat -c %u:%g "$DATABASE")" "$NEXT"; } || return 1
  durable "$NEXT"
}
drop_next_sqlite() { rm -f "$NEXT" "$NEXT-wal" "$NEXT-shm" "$NEXT-journal"; }
sqlite_quoted() { printf '%s' "$1" | sed "s/'/''/g"; }
# Rows of which the columns that both have are the same nowhere on the other side; equal rows count once.
weigh_sqlite() {
  [ -f "$DATABASE" ] || return 0
  cat >"$ROOM/weigh.sql" <<'SQL'
select 'select ' || quote(quote(l.name)) || ' || ''|'' || (select count(*) from live."' || replace(l.name, '"', '""') || '") || ''|'' || ' || case when c.columns is null then '(select count(*) from live."' || replace(l.name, '"', '""') || '")'
  else '(select count(*) from (select ' || c.columns || ' from live."' || replace(l.name, '"', '""') || '" except select ' || c.columns || ' from next."' || replace(l.name, '"', '""') || '"))' end || ';'
from live.sqlite_schema l left join (
  select t.name, group_concat('"' || replace(a.name, '"', '""') || '"') as columns from live.sqlite_schema t, pragma_table_info(t.name, 'live') a where t.type = 'table' and a.name in (select name from pragma_table_info(t.name, 'next')) group by t.name
) c on c.name = l.name where l.type = 'table' and l.name not like 'sqlite\_%' escape '\' and l.sql not like 'create virtual%' order by l.name;
SQL
  attach="attach 'file:$(uri_path "$DATABASE")?mode=ro' as live; attach 'file:$(uri_path "$NEXT")?mode=ro' as next;"
  { printf '%s\n' '.bail on' ".timeout ${LOCK_TIMEOUT}000" "$attach"; cat "$ROOM/weigh.sql"; } | (cd "$ROOM" && sqlite3 -batch -noheader file::memory:?cache=private) >"$ROOM/weigh.tables" 2>"$ROOM/sqlite3.err" &&
    { printf '%s\n' '.bail on' ".timeout ${LOCK_TIMEOUT}000" "$attach"; cat "$ROOM/weigh.tables"; } | (cd "$ROOM" && sqlite3 -batch -noheader file::memory:?cache=private) >"$ROOM/weighed" 2>"$ROOM/sqlite3.err" || fail "$DATABASE cannot be compared: $(sed -n '/locked\|busy\|malformed\|unable/p' "$ROOM/sqlite3.err" | head -n 1 | cut -c 1-200)" || return 1
  while IFS= read -r line; do
    rest=${line%|*}
    lost "${line##*|}" "of ${rest##*|} rows in table ${rest%|*}"
  done <"$ROOM/weighed"
}
uri_path() { printf '%s' "$1" | sed "s/%/%25/g; s/?/%3f/g; s/#/%23/g; s/'/''/g"; }
# Whoever has it open would go on writing into the file that is put aside. Of other users' processes only root sees this.
held_open() {
  for fd in /proc/[0-9]*/fd/*; do
    case $(readlink "$fd" 2>/dev/null) in "$DATABASE" | "$DATABASE-wal" | "$DATABASE-shm") fd=${fd#/proc/}; printf '%s\n' "${fd%%/*}" ;; esac
  done | sort -un
}
# Opened and closed by nobody else, it takes what is committed into the file, and leaves no -wal or -shm behind.
close_sqlite() {
  [ -f "$DATABASE" ] || return 0
  end=$(($(now) + LOCK_TIMEOUT))
  until holders=$(held_open) && [ -z "$holders" ]; do
    [ "$(now)" -lt "$end" ] || { fail "$DATABASE is open in process $(say "$holders" | head -n 1) ($(tr '\0' ' ' <"/proc/$(say "$holders" | head -n 1)/cmdline" | cut -c 1-100)). Have quiesce stop what uses it, and resume start it."; return 1; }
    nap 0.1
  done
  settled_sqlite "$DATABASE"
}
settled_sqlite() {
  [ ! -e "$1-wal" ] && [ ! -e "$1-journal" ] || (cd "${1%/*}" && sqlite3 -batch "./${1##*/}" ".timeout ${LOCK_TIMEOUT}000" 'pragma wal_checkpoint(truncate)' >/dev/null 2>&1)
  [ ! -s "$1-wal" ] && [ ! -s "$1-journal" ] || { fail "What is in $1-wal could not be taken into $1: somebody has it open, or it is damaged."; return 1; }
  rm -f "$1-wal" "$1-shm" "$1-journal"
}
# The name is never without a file, and the file never beside another's -wal.
swap_sqlite() {
  [ -f "$NEXT" ] || return 0
  [ ! -f "$DATABASE" ] || [ -e "$BEFORE" ] || ln "$DATABASE" "$BEFORE" || return 1
  mv "$NEXT" "$DATABASE" && durable "${DATABASE%/*}"
}
open_sqlite() { :; }
back_sqlite() {
  if [ "$BEFORE" -ef "$DATABASE" ]; then
    # It never came to the rename.
    rm -f "$BEFORE"
  elif [ -f "$BEFORE" ]; then
    settled_sqlite "$DATABASE" && { [ -e "$NEXT" ] || ln "$DATABASE" "$NEXT"; } && mv -f "$BEFORE" "$DATABASE"
  elif [ -e "$ROOM/absent.$PART" ] && [ -f "$DATABASE" ]; then
    settled_sqlite "$DATABASE" && mv "$DATABASE" "$NEXT"
  fi
}
