# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# What is there: status, schema and files, in a folder of the plan's from which the runner reads them.

# look FOLDER: status, schema, and what a rehearsal is bound to.
look() {
  mkdir -p "$1" || return 1
  status_into "$1/status" && schema_of "$1/schema" || return 1
  files_of >"$1/files" || return 1
  printf '%s\n' "schema $(hash_of "$1/schema")" "files $(hash_of "$1/files")" "release $(release_hash)" >"$1/facts"
}
status_into() {
  case $WHERE in live) engine engine_status ;; scratch) isolated engine_status ;; esac >"$1" 2>"$ROOM/status.err" || { tame <"$ROOM/status.err" | tail -n 5 >&2; fail "The status of the migrations of $DATABASE cannot be told."; return 1; }
}
# Each file of the folder with its hash, a line each, in an order of its own.
files_of() {
  [ -z "$DIRECTORY" ] || (cd "$FOLDER/$DIRECTORY" && find . -type f | LC_ALL=C sort | while IFS= read -r file; do hash=$(sha256sum <"$file") && printf '%s  %s\n' "${hash%% *}" "$file" || exit 1; done)
}
release_hash() { if [ -r "$STATE/releases/$RELEASE/manifest" ]; then hash_of "$STATE/releases/$RELEASE/manifest"; else say none; fi; }

# What a look adds for the runner: what was applied by us, and what an apply has left that did not live to tell.
look_around() {
  at_database || return 1
  mkdir -p "$BOOK" || return 1
  await_leftovers || return 1
  look "$HERE/look" || return 1
  [ ! -f "$BOOK/chain" ] || cp "$BOOK/chain" "$HERE/look/chain" || return 1
  [ ! -d "$BOOK/under-way" ] || cp -R "$BOOK/under-way" "$HERE/look/" || return 1
  [ ! -d "$BOOK/under-way" ] || difference "$BOOK/under-way/schema" "$HERE/look/schema" >"$HERE/look/under-way/difference"
  printf '%s\n' "$(hash_of "$HERE/look/facts") $(hash_of "$HERE/look/status")" >"$HERE/look/identity"
  ! [ -d "$BOOK/rehearsals" ] || for rehearsal in "$BOOK"/rehearsals/*/; do
    [ ! -f "$rehearsal/record" ] || { cat "$rehearsal/record" && echo; }
  done >"$HERE/look/rehearsals" || return 1
  case $KIND in
    postgres) say "server PostgreSQL $pg_version" ;;
    mysql) say "server $flavour $my_version" ;;
    sqlite) say "server SQLite $(sqlite3 --version | cut -d' ' -f1)" ;;
  esac >>"$HERE/look/facts"
  say "Looked at $NAME and the migrations in ${DIRECTORY:-its release}"
}
# Whoever was killed may have left a session of the database that goes on: it is ended, and waited for.
await_leftovers() {
  [ -r "$BOOK/under-way/application" ] && [ "$KIND" = postgres ] || return 0
  leftover=$(cat "$BOOK/under-way/application")
  patiently 30 left_alone
}
left_alone() {
  left=$(printf '%s\n' "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = :'leftover'" | ask_postgres -v leftover="$leftover") && [ "$left" = 0 ] || { say "A session of the plan that was killed still runs in $DATABASE."; return 1; }
}
# What each pending migration would run, as its engine prints it.
print_all() {
  at_database && mkdir -p "$HERE/printed" || return 1
  for call in $CALLS; do
    engine "call_$call" >"$HERE/printed/$call" 2>"$ROOM/print.err" || { tame <"$ROOM/print.err" | tail -n 5 >&2; fail "$(title "$call"): its SQL cannot be told."; return 1; }
  done
}

# difference BEFORE AFTER: lines of two schemas that differ, 60 at most.
difference() { diff "$1" "$2" | grep '^[<>]' | grep -v '^[<>] *\(--.*\)\{0,1\}$' | head -n 60 | cut -c 1-300; return 0; }

# settle MEMBERS: what an apply has left that was killed, into the ledger.
settle() {
  [ -d "$BOOK/under-way" ] || return 0
  record migration "$1" && rm -rf "$BOOK/under-way"
}

# What a program said, as it may be in a log: lines about faults, in which what may be of a row is left out.
tame() {
  grep -i 'error\|fatal\|exception\|denied\|fail\|not found\|cannot\|timed\{0,1\} \{0,1\}out\|timeout\|locked\|no such' |
    grep -vi '^ *\(detail\|context\|hint\|query\|statement\|line [0-9]*\|failing row\)[: ]' |
    sed "s/\(key\|[Cc]olumn\|[Tt]able\|name\|[Dd]atabase\|[Uu]ser\|[Ii]ndex\|[Rr]elation\|[Cc]onstraint\) '\([^']*\)'/\1 <<\2>>/g; s/'[^']*'/'...'/g; s/<<\([^>]*\)>>/'\1'/g" |
    sed 's/Key (\([^)]*\))=(.*)/Key (\1)=(...)/; s/\(invalid input [^:]*: \)".*"/\1"..."/; s/\(out of range[^:]*: \)".*"/\1"..."/; s/\(value \)".*"\( is out of range\)/\1"..."\2/; s/Failing row contains.*//; s/\(malformed [^:]*: \)".*"/\1"..."/; s/\(Incorrect [a-z]* value: \)[^ ]*/\1.../; s/near "[^"]*"/near "..."/' |
    cut -c 1-300
}
