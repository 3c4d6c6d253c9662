# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# A backup set: one id, one time, all of its parts or none. It grows in WORK, is proven there, and is a set once WORK is renamed.
# Settings besides those of streams.sh: PARTS (numbers), part_N (functions that set a part's settings), RUN and HEAD (JSON members),
#   PROVING (here, or as elsewhere.sh tells)

begin_set() {
  mkdir -p "$SETS" "$SCRATCH" && mkdir -m 700 "$WORK" && mkdir -m 711 "$ROOM" || { fail "There is no place for the set: $SETS and $SCRATCH must be folders that $(id -un) may write in."; return 1; }
  [ "$ENCRYPTION" = none ] || command -v "$ENCRYPTION" >/dev/null || { fail "$ENCRYPTION is not installed, which encrypts the set."; return 1; }
  timestamp >"$ROOM/time" || full_or_failed || return 1
  rm -f "$ROOM/about"
  needed=0 largest=0
  for part in $PARTS; do
    "part_$part"
    case $COMPRESSION in none) ;; *) command -v "$COMPRESSION" >/dev/null || { fail "$COMPRESSION is not installed, which compresses $NAME. Install it, or set compression."; return 1; } ;; esac
    "check_$KIND" || return 1
    say "$NAME: about $((database_bytes / 1000)) kB of $KIND"
    # Half of it is what a compressed dump takes at most, nearly always; a scratch instance needs all of it, its log and its own tables.
    needed=$((needed + database_bytes / 2048))
    need=0
    case $VERIFY in restored | equal) need=$((database_bytes / 1024 + 131072)) && about room "$((database_bytes / 2048)) $need" ;; esac
    [ "$need" -le "$largest" ] || largest=$need
  done
  case $PROVING in elsewhere) largest=0 && check_elsewhere || return 1 ;; esac
  check_room || return 1
  make_key
}
# about WORD WORDS: what another server is told of the part under way, if it is proven there.
about() { say "$1 $PART $2" >>"$ROOM/about"; }
check_room() {
  if [ "$(df -P "$SETS" | tail -n 1 | cut -d' ' -f1)" = "$(df -P "$SCRATCH" | tail -n 1 | cut -d' ' -f1)" ]; then needed=$((needed + largest)) largest=0; fi
  enough_in "$SETS" "$needed" 'the set' && enough_in "$SCRATCH" "$largest" 'its proof'
}
enough_in() {
  free_here=$(free_in -k "$1") || { say "How much is free on the disk of $1 cannot be told; not checked."; return 0; }
  [ "$free_here" -ge "$2" ] || fail "The disk of $1 is too full for $3: about $(($2 / 1000)) MB needed, $((free_here / 1000)) MB free. Nothing was taken."
}
capture() {
  "part_$1"
  began_at=$(now)
  "capture_$KIND" || full_or_failed || return 1
  say "$NAME: $(($(wc -c <"$WORK/$(kept_name "$FILE")") / 1000)) kB in $(elapsed_since "$began_at") s"
}
# Says so where a full disk may be why something failed; fails in any case.
full_or_failed() { full_or_failed_in "$SETS" "$SCRATCH"; }
full_or_failed_in() {
  for folder; do
    ! is_full "$folder" || fail "The disk of $folder is full." || return 1
  done
  return 1
}
# Whether what is kept can be read to its end, and ends as it should. A cut dump may load without a fault.
read_whole() {
  case $KIND in
    postgres) read_back "$FILE" tail tail -c 500 >"$ROOM/end" && grep -q '^-- PostgreSQL database dump complete' "$ROOM/end" || fail "$NAME is cut short." ;;
    mysql) read_back "$FILE" tail tail -c 500 >"$ROOM/end" && grep -q '^-- Dump completed' "$ROOM/end" || fail "$NAME is cut short." ;;
    redis) is_whole_redis || fail "$NAME is cut short." ;;
    files) read_back "$FILE" tar tar --list >/dev/null ;;
    *) read_back "$FILE" tail tail -c 1 >/dev/null ;;
  esac
}
prove() {
  "part_$1"
  case $PROVING,$VERIFY in elsewhere,restored | elsewhere,equal) prove_elsewhere; return ;; esac
  read_whole || full_or_failed || return 1
  case $VERIFY in
    restored | equal)
      if recall_fingerprint && "hold_$KIND"; then proven=0; else proven=1; fi
      "end_scratch_$KIND"
      [ "$proven" -eq 0 ] || full_or_failed || return 1 ;;
  esac
  say "$NAME: proven $VERIFY"
}
# check_reference NUMBER FOLDER LIST PREFIX: whether each row that the query gave is the name of a file in the set.
check_reference() {
  tr '\0' '\n' <"$ROOM/$2.list" | sed 's/^\.\///' | LC_ALL=C sort -u >"$ROOM/names"
  sed "/^\$/d; s/^/$3/" "$ROOM/reference.$1" | LC_ALL=C sort -u >"$ROOM/referred"
  absent=$(LC_ALL=C comm -23 "$ROOM/referred" "$ROOM/names" | wc -l)
  [ "$absent" -eq 0 ] || { fail "references[$(($1 - 1))]: $absent of $(($(wc -l <"$ROOM/referred"))) files that the database names are not in $2."; return 1; }
  say "references[$(($1 - 1))]: all $(($(wc -l <"$ROOM/referred"))) files that the database names are in $2"
}
# Writes every file and then the manifest through to the disk; nothing is read from it before it is renamed.
seal() {
  rm -rf "$KEYS"
  files='' size=0
  for file in "$WORK"/*; do
    durable "$file" || return 1
    bytes=$(($(wc -c <"$file"))) size=$((size + bytes))
    hash=$(sha256sum <"$file") || return 1
    [ ! -e "$ROOM/sent.${file##*/}" ] || [ "${hash%% *}" = "$(cat "$ROOM/sent.${file##*/}")" ] || { fail "${file##*/} is not what was proven any more."; return 1; }
    files="$files${files:+,}{\"file\":\"${file##*/}\",\"size\":$bytes,\"sha256\":\"${hash%% *}\"}"
  done
  parts='' restore=0
  for part in $PARTS; do
    "part_$part"
    parts="$parts${parts:+,}{$HEAD$(cat "$ROOM/$NAME.facts")}"
    took=$(sed -n 's/.*"restoreSeconds":\([0-9]*\).*/\1/p' "$ROOM/$NAME.facts")
    restore=$((restore + ${took:-0}))
  done
  printf '%s\n' "{\"format\":1,\"set\":\"$SET\",\"time\":\"$(cat "$ROOM/time")\",$ABOUT,\"skewSeconds\":$(awk 'NR == 1 || $1 < first { first = $1 } $1 > last { last = $1 } END { print last - first }' "$ROOM/moments"),\"size\":$size,\"restoreSeconds\":$restore,\"parts\":[$parts],\"files\":[$files]}" >"$WORK/manifest.json" || return 1
  durable "$WORK/manifest.json" && durable "$WORK"
}
# The one moment in which there is a set. May be done again.
publish() {
  [ -d "$SETS/$SET" ] || mv "$WORK" "$SETS/$SET" || return 1
  durable "$SETS" && clear_set
}
# prune SET...: sets that nobody asked to keep. Each loses its name first, so that half of one is never taken for one.
prune() {
  [ -e "$SETS/$SET/manifest.json" ] || { fail "$SET is not there, so no other set is removed."; return 1; }
  for old; do
    [ ! -d "$SETS/$old" ] || { mv "$SETS/$old" "$SETS/$old.partial" && say "Removing set $old"; } || return 1
    rm -rf "$SETS/$old.partial" || return 1
  done
}
write_down() {
  ! grep -qaF "\"set\":\"$SET\"" "$LEDGER" || return 0
  total=$(sed -n 's/.*\("size":[0-9]*,"restoreSeconds":[0-9]*\),"parts".*/\1/p' "$SETS/$SET/manifest.json")
  record backup "\"set\":\"$SET\",$total,$1"
}
# ---- one moment for all parts ----

# Before the user's command, because half of it may be done when it fails.
quiesce() {
  : >"$ROOM/quiesced"
  setsid sh "$PLAN" step stand-by </dev/null >>"$HERE/output" 2>&1 9>&- &
  hook_quiesce
}
resume() { hook_resume && rm -f "$ROOM/quiesced"; }
# What was quiesced does not wait for the next plan when this one is killed.
stand_by() {
  executor=$(sed -n 's/^[0-9]* run //p' "$JOURNAL")
  # shellcheck disable=SC2086
  while [ -e "$ROOM/quiesced" ]; do
    is_running $executor || { say "The plan is gone, so what it had quiesced resumes"; resume; return; }
    nap 0.5
  done
}

# Whatever happened: nothing runs, nothing is held back, nothing secret and nothing half is left.
clear_set() {
  case $PROVING in elsewhere) clear_elsewhere ;; esac
  end_scratch "$ROOM/cluster/postmaster.pid"
  end_scratch "$ROOM/cluster/scratch.pid"
  end_scratch_container
  leave_containers
  [ ! -e "$ROOM/quiesced" ] || resume || return 1
  rm -rf "$KEYS" "$SOCKETS"
  [ ! -d "$ROOM" ] || { chmod -R u+rwX "$ROOM"; rm -rf "$ROOM"; }
  rm -rf "$WORK"
}
