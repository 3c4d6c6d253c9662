# shellcheck shell=sh disable=SC2154
# What plans that move traffic are made of, whatever the router. Each routers/*.sh brings these, which take a TARGET, the place
# where requests go: the percentage that slot green gets (0 to 100; blue gets the rest), `closed` (maintenance) or `none`.
#   router_prepare TARGET   makes what the move will need, changing nothing that the router reads now
#   router_check TARGET     fails, with the reason, unless the move will work and nobody has edited what Slipway wrote
#   router_arm TARGET       after the check keeps what the move will need however things stand by then; most need nothing
#   router_send TARGET      sends requests there, now, in the running router only
#   router_keep TARGET      has the router come up with it, too
#   router_hold             sends requests again where they were sent last, should the router have forgotten that; fails where somebody
#                           has led them elsewhere. For routers that do not forget it does nothing
#   router_tell             prints "SLOT REQUESTS ERRORS MILLISECONDS OPEN" for blue and green; what it cannot tell is "-"
# They find ROUTER_PATH, ROUTER_RUNTIME, ROUTER_SERVICE, ROUTER_ENTRY, ROUTER_CONFIG, ROUTER_CONTROL, ROUTER_TEST, ROUTER_RELOAD, ROUTER_COOKIE,
# ROUTER_BLUE and ROUTER_GREEN (unix:/run/slipway/shop/blue.sock, or 127.0.0.1:3001), and ROUTER_APPS (for each further app a line a
# slot: blue-ai 127.0.0.1:4001), which the plan sets.

# Says why a router is not fit for the move, and what to do.
unfit() {
  say "$*" >&2
  return 1
}
router_hold() { :; }
address_of() { if [ "$1" = blue ]; then say "$ROUTER_BLUE"; else say "$ROUTER_GREEN"; fi; }

router_arm() { :; }
prepare_traffic() { router_prepare "$1" && router_check "$1" && router_arm "$1"; }

# The links are the record of where traffic goes, now and after a boot. For nginx-socket they are also the act.
send_traffic() { router_send "$1" && remember "$ROUTER_RUNTIME/live.sock" "$1"; }
keep_traffic() { router_keep "$1" && remember "$ROUTER_PATH/confirmed.sock" "$1"; }
remember() {
  case $2 in
    0) point "$1" "$ROUTER_RUNTIME/blue.sock" ;;
    100) point "$1" "$ROUTER_RUNTIME/green.sock" ;;
    closed) point "$1" "$ROUTER_RUNTIME/maintenance.sock" ;;
    none) rm -f "$1" ;;
    *) ;; # a share: what is there stays the slot that most users reach
  esac
}

# tell_traffic WHEN: hands the router's counters on to the follower.
tell_traffic() {
  router_tell | while read -r counted; do
    mark counters "$1" "$counted"
  done
}

# counted SLOT FIELD: one of the router's counters of a slot, or nothing where it cannot tell. FIELD is 2 to 5, see router_tell.
counted() { router_tell | awk -v slot="$1" -v field="$2" '$1 == slot && $field != "-" { print $field }'; }
open_to() { counted "$1" 5; }

# What of `router_tell` can be told of slots whose router counts nothing.
tell_connections() {
  for slot in blue green; do
    open=$(open_connections "$(address_of "$slot")")
    say "$slot - - - ${open:--}"
  done
}
# How many connections are open to an address, as its listener sees them, or nothing where that cannot be told.
open_connections() {
  case $1 in
    unix:*) open_to_socket "${1#unix:}" ;;
    *) open_to_port "${1##*:}" ;;
  esac
}
open_to_socket() {
  socket=$1 awk '$8 == ENVIRON["socket"] { if ($6 == "01") listens = 1; if ($6 == "03") open++ } END { if (listens) print open + 0 }' /proc/net/unix
}
# Ports are in hexadecimal there; 01 is an established connection, 0A a listener.
open_to_port() {
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | port=$(printf ':%04X' "$1") awk '
    substr($2, length($2) - 4) == ENVIRON["port"] { if ($4 == "0A") listens = 1; if ($4 == "01") open++ } END { if (listens) print open + 0 }'
}

# drain SLOT SECONDS: waits until nothing is open to the slot any more; prints what is left each time that changes, and the
# router's counters at last.
drain() {
  await_drained "$@"
  router_tell | sed 's/^/counters drained /'
}
await_drained() {
  drained_by=$(($(now) + $2)) before=none
  while :; do
    left=$(open_to "$1")
    [ "$left" = "$before" ] || say "${left:-unknown}"
    [ "$left" != 0 ] || return 0
    [ "$(now)" -lt "$drained_by" ] || return 1
    before=$left
    nap 0.1
  done
}

# watch_share SLOT SECONDS PERMYRIAD: looks at a slot that has got a share of the traffic, for so long: `check_share`, which the plan
# brings, must find it healthy each time, and of its answers no more than so many in 10,000 may be errors.
watch_share() {
  watched_until=$(($(now) + $2)) most=$3 # not "over", which the routers' functions have
  requests_before=$(counted "$1" 2) errors_before=$(counted "$1" 3)
  [ -n "$errors_before" ] || say 'The router does not count errors, so only the health of the slot is watched.'
  while [ "$(now)" -lt "$watched_until" ]; do
    nap 2
    router_hold || return 1
    (check_share) || return 1
    judge_errors "$1" 20 || return 1
  done
  judge_errors "$1" 1 || return 1
  [ -z "$errors_before" ] || say "Slot $1 answered $requests requests, $errors of them with errors."
}
# judge_errors SLOT LEAST: judges once there are so many requests to judge by. The counters start anew with their router.
judge_errors() {
  [ -n "$errors_before" ] || return 0
  requests=$(counted "$1" 2) errors=$(counted "$1" 3)
  [ "${requests:-0}" -ge "$requests_before" ] || requests_before=0 errors_before=0
  requests=$((${requests:-0} - requests_before)) errors=$((${errors:-0} - errors_before))
  [ "$requests" -ge "$2" ] && [ $((errors * 10000)) -gt $((requests * most)) ] || return 0
  unfit "Slot $1 answered $errors of $requests requests with errors, more than max-error-rate allows."
}
