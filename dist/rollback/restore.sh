# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# A set's parts become live again: each is restored beside what is live, compared, and only then changes places with it; what was live is kept.
# Settings besides those of opened-set.sh: MAX_LOSS (rows and files that may be lost), ACCEPTED (whether any loss was accepted), and of each part:
#   WHICH (the set, or the restore that is taken back), NEXT (what is restored is called so until the swap), BEFORE (what was live is called so after it), SERVER (of the snapshot), MADE (empty where
#   NEXT was there before this plan: a restore that is swapped back)
# A part's kind has check_live_, restore_, weigh_, close_, swap_, open_, back_ and drop_next_ of its own. All may be done again.

check_restore() {
  if [ -n "$OPENED" ]; then open_set; else mkdir -p "$SCRATCH" && mkdir -p -m 711 "$ROOM"; fi || return 1
  for part in $PARTS; do
    "part_$part"
    "check_live_$KIND" || return 1
  done
}
restore() {
  open_part "$1" || return 1
  : >"$ROOM/made.$PART"
  began_at=$(now)
  case $KIND in files | sqlite) beside=${NEXT%/*} ;; *) beside='' ;; esac
  "restore_$KIND" || full_or_failed_in "$SETS" "$SCRATCH" ${beside:+"$beside"} || return 1
  say "$NAME: restored beside what is live in $(elapsed_since "$began_at") s, $([ "$VERIFY" = equal ] && echo 'and equal to its snapshot' || echo 'and not compared: the set is older than fingerprints in sets')"
}

# ---- what would be lost ----

# lost NUMBER WHAT: so much of a part is live and not in what takes its place. Names and numbers, never rows.
lost() {
  [ "$1" -eq 0 ] || say "$NAME: $1 $2 would be lost"
  printf '%s\n' "$1" >>"$ROOM/lost"
}
weigh() {
  : >"$ROOM/lost"
  for part in $PARTS; do
    "part_$part"
    "weigh_$KIND" || return 1
  done
  all=$(awk '{ n += $1 } END { printf "%d", n }' "$ROOM/lost")
  say "$all rows and files that are live are not in what takes their place, or differ there."
  printf '%s\n' "$all" >"$ROOM/lost.all"
  [ "$all" -le "$MAX_LOSS" ] || [ -n "$ACCEPTED" ] || fail "That is more than max-data-loss, which is $MAX_LOSS. Nothing was changed. To go on all the same, give accept-data-loss: $WHICH"
}
# only_in ONE OTHER: how many lines of a file the other has not, each as often as it stands there.
only_in() { LC_ALL=C sort -T "$ROOM" "$1" >"$ROOM/one" && LC_ALL=C sort -T "$ROOM" "$2" | LC_ALL=C comm -23 "$ROOM/one" - | wc -l; }

# ---- the swap ----

# From here on somebody waits. Should this plan be killed, the doors do not stay closed until the next one comes.
guard() {
  [ ! -e "$ROOM/guarded" ] || return 0
  : >"$ROOM/guarded"
  setsid sh "$PLAN" step stand-guard </dev/null >>"$HERE/output" 2>&1 9>&- &
}
stand_guard() {
  executor=$(sed -n 's/^[0-9]* run //p' "$JOURNAL")
  # shellcheck disable=SC2086
  while [ ! -e "$HERE/final" ] && [ -d "$ROOM" ]; do
    is_running $executor || {
      acquire heal && [ ! -e "$HERE/final" ] && say 'The plan is gone, so it is healed' && heal
      return
    }
    nap 0.2
  done
}
hold_back() { guard && : >"$ROOM/quiesced" && hook_quiesce; }
of_each() {
  for part in $PARTS; do
    "part_$part"
    "$1_$KIND" || return 1
  done
}
close_doors() { guard && now >"$ROOM/closed" && of_each close; }
swap_parts() { of_each swap; }
# From then on what was restored may be written to.
open_doors() { : >"$ROOM/opened" && of_each open; }
# Every part goes back, whatever becomes of the others.
undo_restore() {
  undone=0
  for part in $PARTS; do
    "part_$part"
    [ ! -e "$ROOM/closed" ] || "back_$KIND" || { say "$NAME could not be put back." >&2; undone=1; }
  done
  [ "$undone" -eq 0 ] && clear_restore
}
# What users may have written to before it was swapped out again is kept; what they never reached is dropped.
clear_restore() {
  for part in $PARTS; do
    "part_$part"
    [ ! -e "$ROOM/made.$PART" ] || [ -e "$ROOM/opened" ] || "drop_next_$KIND" || return 1
  done
  clear_set
}
# settle MEMBERS: writers go on, and the ledger says what happened.
settle() {
  [ ! -e "$ROOM/quiesced" ] || resume || return 1
  for lifted in $LIFTS; do
    grep -qaF "\"lifts\":\"$lifted\",\"plan\":\"$SET\"" "$LEDGER" || record lift "\"lifts\":\"$lifted\",\"plan\":\"$SET\",$1" || return 1
  done
  for raised in $RAISES; do
    grep -qaF "\"raises\":\"$raised\",\"plan\":\"$SET\"" "$LEDGER" || record raise "\"raises\":\"$raised\",\"plan\":\"$SET\",$1" || return 1
  done
  grep -qa "^{\"event\":\"restore\",.*\"plan\":\"$SET\"" "$LEDGER" || record restore "\"plan\":\"$SET\",\"lost\":$(cat "$ROOM/lost.all"),$1" || return 1
  for part in $PARTS; do
    "part_$part"
    [ -e "$ROOM/absent.$PART" ] || say "$NAME: what was live before is kept as $BEFORE"
  done
  rm -f "$ROOM/guarded"
  clear_set
}
