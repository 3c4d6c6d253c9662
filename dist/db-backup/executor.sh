# shellcheck shell=sh disable=SC2154,SC2015,SC3013
# (SC3013: dash, bash and busybox ash all know test's -ef; SC2015: A && B || C is meant wherever it stands here.)
# The executor: every plan carries it, so a server needs nothing installed. It follows the plan's own settings
# (PLAN_FORMAT, STATE, GENERATION, MARK, STEPS, CONFIRM_WITHIN, CONTINUES, LOCK_WAIT) and functions, and is called as
#   sh plan.sh run | confirm | cancel | revert | retire | heal | ask VERB | follow VERB OFFSET [FILE] | drain SLOT SECONDS | step NAME | timer SECONDS VERB
# The journal is one line an event, "<epoch> <word> ...":
#   run PID START BOOT, begin STEP, process STEP PID START, end STEP CODE, act, verified, confirmed, stopped, final HOW

HERE=$(cd "${0%/*}" && pwd -P)
PLAN=$HERE/plan.sh
JOURNAL=$HERE/journal
LEDGER=$STATE/ledger
read -r BOOT </proc/sys/kernel/random/boot_id

say() { printf '%s\n' "$*"; }
# The time in seconds since 1970, in $clock, a second late at most. No process is started for it: when this machine was booted is asked for
# once, and handed down to the steps; what has passed since is told by its uptime, which nobody sets.
read_clock() {
  [ -n "${SLIPWAY_BOOTED-}" ] || { SLIPWAY_BOOTED=$(sed -n 's/^btime //p' /proc/stat) && export SLIPWAY_BOOTED; }
  read -r clock_up _ </proc/uptime
  clock=$((SLIPWAY_BOOTED + ${clock_up%.*}))
}
now() { read_clock; say "$clock"; }
timestamp() { date -u +%Y-%m-%dT%H:%M:%SZ; }
nap() { sleep "$1" 2>/dev/null || sleep 1; }

# A line for the follower, told from a program's own output by the plan's random mark.
mark() { printf '\036%s %s\n' "$MARK" "$*"; }

# Writes a file or folder through to the disk, and only that: a global sync stalls the database next door. By what, is found out
# once and handed down to the steps.
durable() {
  [ -n "${SLIPWAY_SYNC-}" ] || choose_sync
  case $SLIPWAY_SYNC in
    sync | fsync) "$SLIPWAY_SYNC" "$1" ;;
    *) [ -d "$1" ] || dd if=/dev/null of="$1" conv=notrunc,fsync 2>/dev/null ;;
  esac
}

choose_sync() {
  if sync --version >/dev/null 2>&1; then SLIPWAY_SYNC=sync; elif command -v fsync >/dev/null 2>&1; then SLIPWAY_SYNC=fsync; else SLIPWAY_SYNC="dd"; fi
  export SLIPWAY_SYNC
}

torn_note=
# A line that may wait for the disk until the next one that may not: all of a journal is written through together.
jot() {
  read_clock
  if printf "$torn_note"'%s %s\n' "$clock" "$*" >>"$JOURNAL"; then
    torn_note=
  else
    torn_note='\n'
    return 1
  fi
}
note() { jot "$@" && durable "$JOURNAL"; }
# Says so where a full disk may be why something failed, and gives the spare room up so that it can be said.
tell_if_full() {
  is_full "$STATE" || return 0
  room="$(free_in -k "$STATE") $(free_in -i "$STATE")"
  rm -f "$HERE/spare"
  mark full "$room"
}
# keep NAME WORDS...: writes a small file beside the plan, whole or not at all, into the spare room if there is no other.
keep() {
  kept=$HERE/$1
  shift
  say "$@" >"$kept.new" || { rm -f "$HERE/spare" && say "$@" >"$kept.new"; } || return 1
  mv "$kept.new" "$kept"
}
noted() { grep -q "^[0-9]* $1\( \|\$\)" "$JOURNAL"; }
end_as() {
  [ ! -e "$HERE/once" ] || rm -rf "$HERE/once" # what only its own run may read
  note final "$1" && : >"$HERE/final"
  mark state "$1"
}

# The start time of a process in clock ticks, which with its number and the boot names it for ever.
started() {
  [ -r "/proc/$1/stat" ] || return 1
  read -r stat_line <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2086
  set -- ${stat_line##*) }
  [ "$1" = Z ] || say "${20}"
}
session_of() {
  read -r stat_line <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2086
  set -- ${stat_line##*) }
  say "$4"
}
# Whether "PID START BOOT", as recorded, still runs.
is_running() { [ "$3" = "$BOOT" ] && [ "$(started "$1")" = "$2" ]; }

# ---- the ledger ----

# record EVENT FIELDS: appends one event to the ledger; FIELDS are rendered JSON members. A torn last line is closed first.
record() {
  torn=
  [ -z "$(tail -c 1 "$LEDGER")" ] || torn='\n'
  (
    flock 8
    printf "$torn"'{"event":"%s","generation":%s,"time":"%s",%s}\n' "$1" "$GENERATION" "$(timestamp)" "$2" >&8
  ) 8>>"$LEDGER" && durable "$LEDGER"
}
# A power cut may leave bytes in it that are no text in any other locale.
last_claim() { LC_ALL=C sed -n -e '/^{"event":"claim",.*}$/h' -e '$!d' -e 'x;p' "$LEDGER"; }
member() { LC_ALL=C sed -n 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/p'; }
is_superseded() { case $(last_claim) in *'"generation":'"$GENERATION"[,'}']*) return 1 ;; esac; }
tell_superseded() {
  claim=$(last_claim)
  mark refused "$(say "$claim" | member generation) $(say "$claim" | member run) $(say "$claim" | member time) $(say "$claim" | member url)"
}
tell_if_superseded() { ! is_superseded || tell_superseded; }
# Whether a migration that cannot be taken back was recorded after the last confirmed release, was not lifted since (it changed nothing after all,
# or the data was restored) or was raised again (that was swapped back), and is not this plan's own.
is_behind_barrier() {
  confirmed=$(grep -an '^{"event":"confirm"' "$LEDGER" | tail -n 1 | cut -d: -f1)
  for barrier in $(tail -n "+$((${confirmed:-0} + 1))" "$LEDGER" | grep -a '"barrier":true' | sed -e 's/.*"plan":"\([^"]*\)".*/\1/' -e t -e 's/.*/unnamed/'); do
    [ "$barrier" = "${HERE##*/}" ] || grep -ao "\"[a-z]*s\":\"$barrier\"" "$LEDGER" | tail -n 1 | grep -q lifts || return 0
  done
  return 1
}

# ---- the lock ----

# The processes that hold the lock's open file, one "PID" a line; waiters have it open too, but without the lock.
lock_holders() {
  for fd in /proc/[0-9]*/fd/*; do
    if [ "$fd" -ef "$STATE/lock" ]; then
      pid=${fd#/proc/} pid=${pid%%/*}
      grep -q '^lock:' "/proc/$pid/fdinfo/${fd##*/}" 2>/dev/null && say "$pid"
    fi
  done | sort -un
}

# Whether the executor that last took the lock has ended.
is_held_by_none() {
  read -r plan pid start boot <"$STATE/holder" 2>/dev/null && ! is_running "$pid" "$start" "$boot"
}
# Ends what a dead executor left running, in its own session (a sync under way) and in its steps'; names every other process that
# keeps the lock.
end_orphans() {
  is_held_by_none || return 0
  sessions=" $pid $(cat "$STATE"/plans/*/journal | sed -n 's/^[0-9]* process [^ ]* \([0-9]*\) .*/\1/p' | tr '\n' ' ') "
  strangers='' holders=$(lock_holders)
  # Whoever got the lock since has said so before it began a step.
  is_held_by_none || return 0
  for pid in $holders; do
    session=$(session_of "$pid") || continue # ended meanwhile
    leader=$(tr '\0' ' ' <"/proc/$session/cmdline" 2>/dev/null)
    # A step that its executor did not live to write down is told by its leader's name, as long as that one lives.
    case "$sessions|$leader" in
      *" $session "*'|'* | *'|'*'plan.sh step '*)
        sessions="$sessions$session "
        say "Ending process $pid, left over by plan $plan"
        end_process "$pid" ;;
      *'|'*plan.sh*) ;;
      *) strangers="$strangers $pid" ;;
    esac
  done
  flock -n 9 && return 0
  [ -n "$strangers" ] || return 0
  for pid in $strangers; do
    mark holder "$pid $(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | cut -c 1-200)"
  done
  return 1
}
end_process() {
  kill -s TERM "$1" 2>/dev/null
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ -n "$(started "$1")" ] || return 0
    nap 0.2
  done
  kill -s KILL "$1" 2>/dev/null
}

# Waits for the lock on descriptor 9, which every step inherits, for LOCK_WAIT seconds at most.
acquire() {
  exec 9>>"$STATE/lock"
  read_clock
  until=$((clock + LOCK_WAIT)) tries=0
  until flock -n 9; do
    tries=$((tries + 1))
    if [ "$1" = run ] && [ -e "$HERE/cancel" ]; then end_as cancelled; return 1; fi
    if [ "$1" = run ] && is_superseded; then tell_superseded; end_as refused; return 1; fi
    [ $((tries % 10)) -ne 0 ] || end_orphans || { finish_unless_begun; mark state locked; return 1; }
    read_clock
    [ "$clock" -lt "$until" ] || { finish_unless_begun; mark state locked; return 1; }
    # Fifty may be waiting: who waits long looks less often.
    if [ "$tries" -lt 30 ]; then nap 0.1; else nap 0.5; fi
  done
  say "${HERE##*/} $$ $(started $$) $BOOT" >"$STATE/holder"
}
finish_unless_begun() { noted run || end_as refused; }

# ---- steps ----

# run_step NAME SECONDS HOW: runs one step in a process group of its own. The watchdog ends that group when time is up
# and, if HOW is "stoppable", when the plan is cancelled or superseded. What cannot be written down has failed (74), unless
# HOW is "whatever", because clearing away is what frees a full disk.
run_step() {
  note begin "$1" || [ "$3" = whatever ] || { tell_if_full; return 1; }
  mark begin "$1"
  setsid sh "$PLAN" step "$1" &
  step=$! noting=0
  jot process "$1" "$step" "$(started "$step")" || noting=74 # which means nothing after a power cut
  (
    exec 9>&-
    watch "$step" "$2" "$3"
  ) &
  watchdog=$!
  wait "$step"
  code=$?
  kill "$watchdog" 2>/dev/null
  wait "$watchdog" 2>/dev/null
  # What a signal ended may have left what it had begun, which must not run beside what comes next.
  [ "$code" -le 128 ] || end_group "$step"
  jot end "$1" "$code" || noting=74 # and whatever comes next is noted
  [ "$code" -ne 0 ] || [ "$3" = whatever ] || code=$noting
  [ "$code" -eq 0 ] || tell_if_full
  mark end "$1" "$code"
  return "$code"
}
# As `kill -s TERM -- -PID` it would fail under busybox, and with -0 under dash.
end_group() {
  kill -TERM "-$1" 2>/dev/null || return 0
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
    kill -0 "-$1" 2>/dev/null || return 0
    nap 0.2
  done
  kill -KILL "-$1" 2>/dev/null
}
watch() {
  read_clock
  end=$((clock + $2))
  while nap 0.5 && kill -0 "$1" 2>/dev/null; do
    read_clock
    if [ "$clock" -ge "$end" ]; then
      mark timeout "$2"
    elif [ "$3" != stoppable ] || may_go_on; then
      continue
    fi
    end_group "$1"
    return
  done
}

# run_phases PHASE...: runs the plan's steps of these phases ("before", "act", "watch", "verify", "after"), in order.
run_phases() {
  for entry in $STEPS; do
    name=${entry%%:*} rest=${entry#*:}
    phase=${rest%%:*} how=to-its-end
    case " $* " in *" $phase "*) ;; *) continue ;; esac
    case $phase in before | watch) may_go_on && how=stoppable || return 1 ;; esac
    run_step "$name" "${rest#*:}" "$how" || return 1
  done
}
has_phase() { case " $STEPS" in *":$1:"*) return 0 ;; *) return 1 ;; esac; }
may_go_on() {
  if [ -e "$HERE/cancel" ]; then mark cancelled; return 1; fi
  if is_superseded; then tell_superseded; return 1; fi
}

# ---- what a plan does, and how it is healed ----

run() {
  acquire run || return 1
  noted run && return 0
  note run "$$" "$(started $$)" "$BOOT"
  heal_others || { end_as blocked; return 1; }
  run_phases before && may_go_on || { give_up; return 1; }
  if has_phase act; then
    arm_confirmation || { give_up; return 1; }
    note act || { tell_if_full; give_up; return 1; }
    end_continued || { tell_if_full; go_back; return 1; }
    run_phases act watch && run_phases verify || { go_back; return 1; }
  fi
  note verified || { tell_if_full; take_back; return 1; }
  if [ "$CONFIRM_WITHIN" -eq 0 ]; then finish; return; fi
  # Whoever cancelled meanwhile will not confirm.
  if [ -e "$HERE/cancel" ]; then go_back; return 1; fi
  mark state unconfirmed
}
# A plan that goes on from an unconfirmed one (a larger share of the same release), or from one that stopped at a schema barrier which this
# one goes back across with the data, takes its place, once its own way back is armed.
is_continued() { [ "${1##*/}" = "$CONTINUES" ] && grep -q '^[0-9]* \(verified\|stopped\)$' "$1/journal"; }
end_continued() {
  continued=$(unended_continued) || return 0
  (JOURNAL=$continued/journal && note final continued) && : >"$continued/final"
}
unended_continued() {
  continued=$STATE/plans/${CONTINUES:-none}
  [ -e "$continued/journal" ] && [ ! -e "$continued/final" ] && say "$continued"
}
# Where it cannot go on, users do not keep the share until its time is up.
give_up() {
  clear_away
  continued=$(unended_continued) || return 0
  mark healing "${continued##*/}"
  sh "$continued/plan.sh" heal && mark healed "${continued##*/}" && mark state back
}
take_back() { if has_phase act; then go_back; else clear_away; fi; }
arm_confirmation() { [ "$CONFIRM_WITHIN" -eq 0 ] || arm "$CONFIRM_WITHIN" revert; }

finish() {
  run_phases after || { mark state unfinished; return 1; }
  end_as completed
}
clear_away() {
  rm -f "$HERE/spare"
  run_step clear 120 whatever || { mark state uncleared; return 1; }
  end_as cleared
}
go_back() {
  if is_behind_barrier; then note stopped; mark state barrier; return 1; fi
  rm -f "$HERE/spare"
  run_step back 120 whatever || { mark state stuck; return 1; }
  end_as back
}

# Another plan, holding the lock, calls this on a plan that did not end; so does nobody else.
heal() {
  if ! noted act && ! noted verified; then
    say "Clearing away what ${HERE##*/} had begun"; clear_away
  elif ! noted verified || { [ "$CONFIRM_WITHIN" -gt 0 ] && ! noted confirmed; }; then
    say "Going back: ${HERE##*/} was not confirmed"; go_back
  else
    say "Finishing ${HERE##*/}"; finish
  fi
}
# Whether a plan that has not run yet still may: its process waits for the lock. A sender that is just placing it holds
# its own lock until that process is there.
is_waiting() {
  flock 7
  read -r pid start boot <"$1/process.run" && is_running "$pid" "$start" "$boot"
} 7>>"$STATE/incoming/lock" 2>/dev/null
heal_others() {
  for other in "$STATE"/plans/*/; do
    other=${other%/}
    [ "$other" != "$HERE" ] && [ -e "$other/journal" ] && [ ! -e "$other/final" ] || continue
    format=$(sed -n '1s/^slipway-journal //p' "$other/journal")
    if [ "$format" != "$PLAN_FORMAT" ]; then mark newer "${other##*/} $format"; return 1; fi
    if ! grep -q '^[0-9]* run ' "$other/journal"; then
      is_waiting "$other" || { rm -rf "$other/once"; : >"$other/final"; }
      continue
    fi
    ! is_continued "$other" || continue
    mark healing "${other##*/}"
    sh "$other/plan.sh" heal || return 1
    mark healed "${other##*/}"
  done
  clean_up
}
# Whether a plan has ended so long ago that nobody follows it any more, and is not the one that ends the standby.
is_past() {
  [ -n "$(find "$STATE/plans/$1/final" -mmin +60 2>/dev/null)" ] && [ "$(cat "$STATE/standby" 2>/dev/null)" != "$1" ]
}
# Takes away what no plan refers to: half-received packets whose sender is gone, the trash, and old journals.
clean_up() {
  rm -rf "$STATE/trash"
  for packet in "$STATE"/incoming/*/; do
    [ -d "$packet" ] || continue
    if (flock -n 8) 8>>"${packet%/}.lock"; then rm -rf "$packet" "${packet%/}.lock"; fi
  done
  find "$STATE/incoming" -name '*.lock' -mmin +60 | while read -r lock; do
    [ -d "${lock%.lock}" ] || rm -f "$lock"
  done
  set -- "$STATE/plans"/*/
  [ "$#" -gt 30 ] || return 0
  # shellcheck disable=SC2012 # plan names are ours: no blanks, no newlines
  ls -1t "$STATE/plans" | tail -n +31 | while read -r old; do
    ! is_past "$old" || rm -rf "${STATE:?}/plans/$old"
  done
}

confirm() {
  acquire confirm || return 1
  if noted confirmed && [ -e "$HERE/final" ]; then mark state confirmed; return 0; fi
  if [ -e "$HERE/final" ]; then tell_if_superseded; mark state gone-back; return 1; fi
  if ! noted verified; then mark state unverified; return 1; fi
  if is_superseded; then tell_superseded; mark state refused; return 1; fi
  rm -f "$HERE/spare" # which was for the way back
  note confirmed && finish
}
# Asked by a cancelled runner: stop before users see anything, or take back what is not confirmed.
cancel() {
  : >"$HERE/cancel"
  if noted verified && [ "$CONFIRM_WITHIN" -gt 0 ]; then revert; fi
}
revert() {
  acquire revert || return 1
  if noted confirmed; then mark state confirmed; return 0; fi
  if [ -e "$HERE/final" ] || ! noted act; then tell_if_superseded; mark state back; return 0; fi
  say 'Not confirmed: going back'
  go_back
}
# The warm standby's time is up: stop it, if it is still ours to stop. While a switch back to it waits to be confirmed,
# users may be on it.
retire() {
  acquire retire || return 1
  is_on_standby || return 0
  if is_any_unconfirmed; then arm 30 retire; return; fi
  run_step retire 120 to-its-end && rm -f "$STATE/standby"
}
is_on_standby() { [ "$(cat "$STATE/standby" 2>/dev/null)" = "${HERE##*/}" ]; }
is_any_unconfirmed() {
  for other in "$STATE"/plans/*/; do
    if [ ! -e "$other/final" ] && grep -q '^[0-9]* act$' "$other/journal"; then return 0; fi
  done 2>/dev/null
  return 1
}

# ---- timers, following, and the links that decide what users see ----

# arm SECONDS VERB: has this server call the verb later, whoever is still connected then. A lingering user's own systemd
# outlives logins; without one a detached process does.
arm() {
  if [ "$(id -u)" -eq 0 ] && [ -d /run/systemd/system ]; then
    on_timer "$@" && return 0
  elif [ -e "/var/lib/systemd/linger/$(id -un)" ]; then
    XDG_RUNTIME_DIR=/run/user/$(id -u) on_timer "$@" --user && return 0
  fi
  setsid sh "$PLAN" timer "$1" "$2" </dev/null >/dev/null 2>&1 9>&- &
}
# Left to itself systemd may be a minute late.
on_timer() { systemd-run ${3:+"$3"} --quiet --collect --on-active="$1" --timer-property=AccuracySec=1s sh "$PLAN" "$2"; }
# Ends early once there is nothing left to do for it: a switch that has ended needs no way back, and a slot that is
# no longer the standby no end.
timer() {
  read_clock
  due=$((clock + $1))
  while read_clock && [ "$clock" -lt "$due" ]; do
    if [ ! -e "$PLAN" ]; then return; fi
    case $2 in
      revert) [ ! -e "$HERE/final" ] || return 0 ;;
      retire) is_on_standby || return 0 ;;
    esac
    nap 1
  done
  exec sh "$PLAN" "$2" >>"$HERE/output" 2>&1
}

# Starts a verb detached from this login, once, and returns when it has said which process it is; its exit code is kept
# in exit.VERB.
launch() {
  setsid sh "$PLAN" begin "$1" </dev/null >>"$HERE/output" 2>&1 &
  until [ -s "$HERE/process.$1" ] || [ -z "$(started $!)" ]; do nap 0.01; done
}
begin() {
  keep "process.$1" "$$ $(started $$) $BOOT" || return 1
  "$1"
  keep "exit.$1" "$?"
}

# ask VERB: starts a verb and follows it; says first which mark and which byte of the output its lines begin with.
ask() {
  offset=$(wc -c <"$HERE/output")
  # First of all: where nobody listens any more this ends it here, and leaves what was asked again meanwhile alone.
  say "$MARK $((offset))"
  rm -f "$HERE/process.$1" "$HERE/exit.$1"
  launch "$1"
  follow "$1" "$offset"
}

# follow VERB OFFSET [FILE]: prints the output, or another file of the plan's, from that byte on until the verb has ended, then ends
# with its exit code; 71 says that its process died without one.
follow() {
  at=$2 told=$HERE/${3:-output} pause=0.02 unborn=0
  while :; do
    over=
    if [ -e "$HERE/exit.$1" ]; then
      over=$(cat "$HERE/exit.$1")
    elif read -r pid start boot <"$HERE/process.$1"; then
      is_running "$pid" "$start" "$boot" || [ -e "$HERE/exit.$1" ] || over=71
    else
      unborn=$((unborn + 1))
      [ "$unborn" -lt 100 ] || over=71
    fi 2>/dev/null
    size=$(wc -c <"$told")
    if [ "$size" -gt "$at" ]; then
      tail -c "+$((at + 1))" "$told" | head -c "$((size - at))" || return 1
      at=$size pause=0.02
    elif [ -n "$over" ]; then
      return "$over"
    else
      nap "$pause"
      case $pause in 0.02) pause=0.05 ;; 0.05) pause=0.1 ;; *) pause=0.2 ;; esac
    fi
  done
}

# point LINK TARGET: makes LINK a symlink to TARGET in one rename, so that no moment is without it; the rename happens
# inside the link's folder, where mv cannot take an old link to a folder for the destination.
point() {
  expect_link "$1" || return 1
  folder=${1%/*}
  { [ ! -e "$folder/.slipway-new" ] && [ ! -L "$folder/.slipway-new" ]; } || rm -rf "$folder/.slipway-new"
  mkdir -p "$folder/.slipway-new" && ln -s "$2" "$folder/.slipway-new/${1##*/}" || return 1
  mv -f "$folder/.slipway-new/${1##*/}" "$folder/" && rmdir "$folder/.slipway-new" && durable "$folder"
}
expect_link() {
  if [ -L "$1" ] || [ ! -d "$1" ]; then return 0; fi
  say "$1 is a real folder, where a link is expected. Move it away: mv $1 $1.old" >&2
  return 1
}
discard() {
  mkdir -p "$STATE/trash" || { rm -rf "$@"; return; } # no room for the trash either
  for thing in "$@"; do
    [ ! -e "$thing" ] && [ ! -L "$thing" ] || mv "$thing" "$STATE/trash/${thing##*/}.$$"
  done
  rm -rf "$STATE/trash"
}

# ---- what steps are made of ----

# patiently SECONDS COMMAND...: repeats a command until it succeeds; says its last words when the time is up.
patiently() {
  read_clock
  end=$((clock + $1)) limit=$1
  shift
  until words=$("$@" 2>&1); do
    read_clock
    [ "$clock" -lt "$end" ] || { say "$words" "Not so within $limit s." >&2; return 1; }
    nap 0.2
  done
}
# answers URL [CURL'S OPTIONS]: one request, which must be answered with a status of 2xx in 5 s.
answers() {
  asked=$1
  shift
  status=$(curl --silent --show-error --max-time 5 --output /dev/null --write-out '%{http_code}' \
    --header 'X-Forwarded-Proto: https' "$@" "$asked") || return 1
  case $status in 2??) ;; *) say "$asked answered with status $status"; return 1 ;; esac
}
# step NAME: what a step runs in its own process; its function is called like it, with _ for -.
step() {
  function=$1
  while :; do
    case $function in *-*) function=${function%%-*}_${function#*-} ;; *) break ;; esac
  done
  set -e
  "step_$function"
}

main() {
  case ${1:-} in
    step) step "$2" ;;
    run | confirm | cancel | revert | retire | heal | ask | follow | drain | timer | launch | begin) "$@" ;;
    *) say "Unknown verb: ${1:-}" >&2; return 64 ;;
  esac
}
