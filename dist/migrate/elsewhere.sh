# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# The proof of a part on another server. PROVING tells where this text is: "elsewhere" on the database's own server, "away" on the one that proves.
# The first sends what the part is kept in, and proof.sh, a plan with the steps ready, attend-N, prove-N and clear; the second restores and compares, as long
# as the first is at the other end of the line. Settings besides those of set.sh and far.sh: FAR_USER, FAR_HOST, FAR_PORT, FAR_FOLDER

# ---- on the database's own server ----

at_proof_host() { at_far "$FAR_USER" "$FAR_HOST" "$FAR_PORT" "$FAR_FOLDER" "$SET-proof"; }
# Before anything is taken: whether the other server can prove every part.
check_elsewhere() { at_proof_host && visit_far 'nothing can be proven there.' ask_ready; }
ask_ready() {
  send_script || return 1
  # What cannot be said any more was a line that was cut.
  if far_side run ready </dev/null >"$HERE/answer"; then clear_elsewhere; return; else code=$?; fi
  [ "$code" -eq 255 ] || { sent=never; far_fault 'it cannot prove this set.'; clear_elsewhere; }
  return 1
}
clear_elsewhere() { [ ! -e "$KEYS/far-key" ] || { at_proof_host && far_side clear </dev/null >/dev/null; } || :; }
# The plan over there, and what it must know of the servers here, as `about`.
send_script() {
  cp "$HERE/proof.sh" "$ROOM/plan.sh" && for file in plan.sh about; do send_file "$ROOM" "$file" "$(sha256sum <"$ROOM/$file" | cut -d' ' -f1)" || return 1; done
}
prove_elsewhere() {
  at_proof_host && visit_far "$NAME cannot be proven there." prove_over_there || return 1
  clear_elsewhere
  fact "\"provenOn\":\"$FAR_HOST\""
}
prove_over_there() {
  send_script || return 1
  for file in "$FILE" "$NAME.setup.sql" "$NAME.fingerprint.tar"; do
    file=$(found "$file") || continue
    # What is kept in the end must be what was proven.
    [ -e "$ROOM/sent.$file" ] || sha256sum <"$KEPT/$file" | cut -d' ' -f1 >"$ROOM/sent.$file" || return 1
    send_file "$KEPT" "$file" "$(cat "$ROOM/sent.$file")" || return 1
  done
  if { lend_key && beats; } | far_side run "attend-$PART" >"$HERE/answer"; then
    facts=$(sed -n 's/^facts //p' "$HERE/answer")
    say "$facts" | grep -qx '\(,"[A-Za-z]*":[0-9]*\)*' && grep -qx "proven $VERIFY" "$HERE/answer" && printf '%s' "$facts" >>"$ROOM/$NAME.facts" && return
    sent=never
    fail "$far_host: its answer about $NAME cannot be understood, so it is not proven."
  else
    code=$?
    [ "$code" -eq 255 ] || { sent=never; far_fault "$NAME is not proven."; }
    return 1
  fi
}
# The key that was made for this set and goes with its proof; the recipients' own never come here.
lend_key() {
  case $ENCRYPTION in
    age) cat "$KEYS/age" ;;
    gpg) gpg_here --pinentry-mode loopback --passphrase '' --armor --export-secret-keys "slipway-$SET" ;;
  esac && say lent
}
# Says once a second that somebody is there, until nobody listens.
beats() { trap '' PIPE && while say; do nap 1; done 2>/dev/null; }

# ---- on the server that proves ----

# told WORD: what the other server said of the part under way: server (its version), room (KiB of the part, and of a scratch instance).
told() { sed -n "s/^$1 $PART //p" "$HERE/about"; }
# Whether every part can be restored here.
ready() {
  mkdir -p "$SCRATCH" && mkdir -p -m 711 "$ROOM" || { fail "$SCRATCH must be a folder that $(id -un) may write in."; return 1; }
  clear_left
  for part in $PARTS; do
    "part_$part"
    [ -n "$(told room)" ] || continue
    case $COMPRESSION in none) ;; *) needs_program "$COMPRESSION" "$NAME" || return 1 ;; esac
    case $ENCRYPTION in none) ;; *) needs_program "$ENCRYPTION" "$NAME" || return 1 ;; esac
    "fit_$KIND" || return 1
    # shellcheck disable=SC2046
    set -- $(told room)
    needed=$1 largest=$2
    check_room || return 1
  done
}
# What other proofs have left here: those that went down with the machine, those that nobody came back to, those that were not sent to their end for a day.
clear_left() {
  for other in "$SETS"/*-proof.partial; do
    [ -d "$other" ] && [ "$other" != "$HERE" ] || continue
    case $(cat "$other/attending" 2>/dev/null) in
      '') [ -z "$(find "$other" -maxdepth 0 -mmin -1440)" ] || continue ;;
      *" $BOOT") [ -z "$(find "$other/attending" -mmin -60)" ] && [ -z "$(find "$other/beat" -mmin -2)" ] || continue ;;
    esac
    [ ! -e "$other/plan.sh" ] || sh "$other/plan.sh" step clear
    rm -rf "$other"
  done
}
# attend N: has a part proven while the line stands, which says the key first and then that it stands. What ends the line ends the proof.
attend() {
  "part_$1"
  leave_nothing
  mkdir -p -m 711 "$ROOM" && take_lent_key || return 1
  say "$$ $(started $$) $BOOT" >"$HERE/attending" && : >"$HERE/beat" && rm -f "$HERE/cut" "$HERE/over" || return 1
  exec 3<&0
  # shellcheck disable=SC2086
  setsid $GENTLE sh "$PLAN" step "prove-$1" </dev/null >"$HERE/said" 2>&1 3<&- &
  say $! "$BOOT" >"$HERE/worker"
  setsid sh "$PLAN" step watch-line </dev/null >/dev/null 2>&1 3<&- &
  (
    while read -r _; do : >"$HERE/beat"; done <&3
    : >"$HERE/cut"
  ) >/dev/null 2>&1 &
  listening=$!
  read -r worker _ <"$HERE/worker" && wait "$worker" && proven=0 || proven=1
  facts=$(cat "$ROOM/$NAME.facts" 2>/dev/null)
  leave_nothing
  : >"$HERE/over"
  kill "$listening" 2>/dev/null
  if [ "$proven" -ne 0 ]; then cat "$HERE/said" >&2; return 1; fi
  say "proven $VERIFY"
  say "facts $facts"
}
take_lent_key() {
  mkdir -p -m 700 "$KEYS" && lent=/dev/null
  case $ENCRYPTION in age) lent=$KEYS/age ;; gpg) lent=$KEYS/gpg.asc && : >"$KEYS/gpg.passphrase" ;; esac
  while IFS= read -r line && [ "$line" != lent ]; do printf '%s\n' "$line"; done >"$lent"
  take_identity
}
# Ends the proof under way, its instance and its key. Whoever attends to it ends by that.
leave_nothing() {
  worker=''
  [ ! -e "$HERE/worker" ] || { read -r worker boot <"$HERE/worker" && [ "$boot" = "$BOOT" ]; } || worker=''
  [ -z "$worker" ] || ! is_worker || kill -s KILL "$worker"
  end_scratch "$ROOM/cluster/postmaster.pid"
  end_scratch "$ROOM/cluster/scratch.pid"
  [ -z "$worker" ] || kill -KILL "-$worker" 2>/dev/null
  rm -rf "$KEYS" "$SOCKETS" "$HERE/worker"
  [ ! -d "$ROOM" ] || { chmod -R u+rwX "$ROOM"; rm -rf "$ROOM"; }
}
is_worker() { tr '\0' ' ' <"/proc/$worker/cmdline" 2>/dev/null | grep -qF "$PLAN"; }
# Looks whether somebody is at the other end. Once nobody is, what was sent waits ten minutes for the line to come back.
watch_line() {
  attending=$(cat "$HERE/attending")
  # shellcheck disable=SC2086
  while is_running $attending && [ ! -e "$HERE/cut" ] && [ -n "$(find "$HERE/beat" -mmin -2)" ]; do
    nap 0.5
  done
  [ ! -e "$HERE/over" ] && [ -d "$HERE" ] || return 0
  # shellcheck disable=SC2086
  set -- $attending
  kill -s KILL "$1" 2>/dev/null
  leave_nothing
  end=$(($(now) + 600))
  while [ -d "$HERE" ] && [ "$(cat "$HERE/attending")" = "$attending" ]; do
    [ "$(now)" -lt "$end" ] || { clear_set; return; }
    nap 1
  done
}
