# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# Applying and undoing: one call after the other, and after each a look at what it left. Settings besides those of database.sh:
#   CALLS (numbers), call_N (functions), title_N, EXPECTED (hash of the facts the plan was made by), BARRIER and MEMBERS (JSON members of the
#   ledger's event), WHAT (apply or undo). Files that came along: chain (as it is once all is applied)

# Whether the database, the files and the release are still what the plan was made by.
still_so() {
  at_database || return 1
  look "$HERE/before" || return 1
  [ "$(hash_of "$HERE/before/facts") $(hash_of "$HERE/before/status")" = "$EXPECTED" ] || fail "$NAME is not as it was when this was decided: its schema, its migrations or their files have changed meanwhile. Nothing was done. Run again."
}
free_to_go() { at_database && await_free; }

apply_all() {
  at_database && hold_lock || return 1
  engine engine_prepare >"$BOOK/output" 2>&1 && schema_of "$HERE/before/schema" || { tame <"$BOOK/output" >&2; return 1; }
  begin_record || return 1
  applied=0 failed=''
  for call in $CALLS; do
    apply_one "$call" || { failed=$call; break; }
    applied=$((applied + 1))
  done
  conclude
}
# What is needed to tell, after a kill, what an apply has left.
begin_record() {
  rm -rf "$BOOK/under-way.new" && mkdir -p "$BOOK/under-way.new" && cp "$HERE/before/status" "$HERE/before/schema" "$BOOK/under-way.new/" || return 1
  say "$APPLICATION" >"$BOOK/under-way.new/application"
  say "{\"plan\":\"${HERE##*/}\",\"what\":\"$WHAT\",\"time\":\"$(timestamp)\",$MEMBERS}" >"$BOOK/under-way.new/about"
  durable "$BOOK/under-way.new/about" && rm -rf "$BOOK/under-way" && mv "$BOOK/under-way.new" "$BOOK/under-way" && durable "$BOOK" || return 1
  # So that a rollback can undo it, when what came along with this plan is long gone.
  cp "$HERE/recipe" "$BOOK/recipe" || return 1
  if [ -d "$HERE/migrations" ]; then rm -rf "$BOOK/files" && cp -R "$HERE/migrations" "$BOOK/files" || return 1; fi
  if [ -f "$HERE/chain" ]; then cp "$HERE/chain" "$BOOK/chain.new" && durable "$BOOK/chain.new" && mv "$BOOK/chain.new" "$BOOK/chain" || return 1; fi
  # Before it is so: killed in between, a rollback still knows.
  [ -z "$BARRIER" ] || record migration "\"barrier\":true,\"plan\":\"${HERE##*/}\",$BARRIER"
}
# apply_one N: a call, again where it only waited for a lock in vain and left nothing.
apply_one() {
  tries=0 pause=1
  while :; do
    status_into "$HERE/call.status" && schema_of "$HERE/call.schema" && contents_of >"$HERE/call.contents" || return 1
    run_call "$1" && return 0
    leaves_nothing || return 1
    is_about_locks || return 1
    [ "$tries" -lt "$RETRIES" ] || { fail "A lock was waited for $((tries + 1)) times, $LOCK_TIMEOUT_MS ms each, and not had. Run again at a quieter time, or raise lock-timeout."; return 1; }
    tries=$((tries + 1))
    say "$(title "$1"): a lock was not had within $LOCK_TIMEOUT_MS ms, and nothing was changed; once more in $pause s"
    nap "$pause"
    [ "$pause" -ge 30 ] || pause=$((pause * 2))
  done
}
run_call() {
  began=$(clock)
  say "$(title "$1")"
  begin_watch
  if engine "call_$1" >"$BOOK/output" 2>&1; then code=0; else code=$?; fi
  end_watch
  seconds=$(since "$began")
  [ "$code" -eq 0 ] || { tame <"$BOOK/output" | tail -n 8 >&2; fail "$(title "$1"): failed with exit code $code after $seconds s. All that it printed is in $BOOK/output on the server."; return 1; }
  status_into "$HERE/now.status" || return 1
  ! cmp -s "$HERE/call.status" "$HERE/now.status" || { fail "$(title "$1"): it ended well, but the status of the migrations is what it was before, so nothing was $WHAT""ed."; return 1; }
  say "$(title "$1"): $seconds s"
  say "$1 $seconds" >>"$HERE/times"
}
title() { sed -n "$1p" "$HERE/titles"; }
clock() { read -r up _ </proc/uptime && say "$up"; }
since() { read -r up _ </proc/uptime && say "$1 $up" | awk '{ printf "%.2f\n", $2 - $1 }'; }

# Whether all is as it was before the call, by looking.
leaves_nothing() {
  status_into "$HERE/now.status" && schema_of "$HERE/now.schema" && contents_of >"$HERE/now.contents" || return 1
  cmp -s "$HERE/call.status" "$HERE/now.status" && cmp -s "$HERE/call.schema" "$HERE/now.schema" && cmp -s "$HERE/call.contents" "$HERE/now.contents"
}
is_about_locks() { [ -e "$ROOM/interrupted" ] || grep -q '55P03\|canceling statement due to lock timeout\|[Ll]ock wait timeout exceeded\|database is locked\|database table is locked\|SQLITE_BUSY' "$BOOK/output"; }

# Without transactional DDL a failure may have left rows, too. Tables that the files of this apply name are compared by their content, if all of them
# together have no more than a million rows; which are not is said.
contents_of() {
  [ "$KIND" = mysql ] && [ -s "$HERE/named" ] && [ "$WHERE" = live ] || return 0
  echo "select table_name, coalesce(table_rows, 0) from information_schema.tables where table_schema = database() and table_type in ('BASE TABLE', 'SYSTEM VERSIONED') order by 1" | rows_of | while IFS='|' read -r table rows; do
    grep -qwF -e "$table" "$HERE/named" || continue
    if [ "$rows" -gt 1000000 ]; then say "$table not-looked-at"; continue; fi
    say "checksum table $(printf '%s' "$table" | sed 's/`/``/g; s/^/`/; s/$/`/')" | rows_of || return 1
  done
}

# MariaDB and MySQL take a time-out for such locks from no framework's environment: whoever waits to change a table for longer is interrupted. Comments
# may stand before what it runs.
begin_watch() {
  rm -f "$ROOM/interrupted" watcher=''
  [ "$KIND,$WHERE" = mysql,live ] || return 0
  watch_waiters 5>&- 6>&- 9>&- &
  watcher=$!
}
end_watch() { if [ -n "$watcher" ]; then kill "$watcher" 2>/dev/null; wait "$watcher" 2>/dev/null || watcher=''; fi; }
watch_waiters() {
  elapsed='time * 1000'
  case $flavour in mariadb) elapsed=time_ms ;; esac
  while nap 0.1; do
    say "select id from information_schema.processlist where db = database() and user = substring_index(current_user(), '@', 1) and state like 'Waiting for table metadata lock%' and $elapsed > $LOCK_TIMEOUT_MS and info regexp '^([[:space:]]|--[^\\n]*\\n|#[^\\n]*\\n|/[*].*?[*]/)*(alter|create|drop|rename|truncate|optimize|lock)[[:space:]]'" | ask_mysql 2>/dev/null | while read -r waiter; do
      : >"$ROOM/interrupted"
      echo "kill query $waiter" | ask_mysql 2>/dev/null
    done
  done
}

# Tells what was found, in the ledger and to the runner, and only then forgets what a kill would have needed.
conclude() {
  look "$HERE/after" || { fail "What has been left cannot be told now: $DATABASE does not answer. The next run looks again."; return 1; }
  difference "$HERE/before/schema" "$HERE/after/schema" >"$HERE/after/difference"
  found=partially-applied
  if [ -z "$failed" ]; then
    found=applied
  elif [ "$applied" -eq 0 ] && leaves_nothing; then
    found=untouched
  fi
  if [ -n "$failed" ] && ! cmp -s "$HERE/call.schema" "$HERE/after/schema"; then difference "$HERE/call.schema" "$HERE/after/schema"; fi >"$HERE/after/half"
  if [ -n "$failed" ] && [ -f "$HERE/now.contents" ]; then diff "$HERE/call.contents" "$HERE/now.contents" | sed -n 's/^> \([^|]*\).*/\1/p; s/^> \(.*\) not-looked-at/\1/p'; fi >"$HERE/after/rows"
  say "$found" >"$HERE/after/state"
  write_event "$found" && rm -rf "$BOOK/under-way" || return 1
  [ "$found" = applied ] || { say "State found: $found"; return 1; }
}
as_rehearsed() {
  rehearsed=$BOOK/rehearsals/$TOKEN/schema
  cmp -s "$rehearsed" "$HERE/after/schema" && return 0
  difference "$rehearsed" "$HERE/after/schema" >&2
  fail "All migrations are applied, but the schema of $NAME is not the one that the rehearsal led to: lines with < are of the rehearsal, those with > of $NAME. Something else changes it, or a migration does not do the same twice."
}
clear_room() {
  ROOM=$HERE/room
  leave_containers
  rm -rf "$HERE/room"
}
# A barrier that turns out to be none is lifted.
write_event() {
  lifts=''
  [ -z "$BARRIER" ] || [ "$1" != untouched ] || lifts="\"lifts\":\"${HERE##*/}\","
  record migration "$lifts\"what\":\"$WHAT\",\"state\":\"$1\",\"calls\":$applied,$MEMBERS"
}
