# shellcheck shell=sh disable=SC2154
# nginx with an `upstream` whose servers are in a file; a move is a new file, a test and a reload.

router_prepare() { prepare_route "$1"; }
route_text() {
  case $1 in
    0) server_line "$ROUTER_BLUE" ;;
    100) server_line "$ROUTER_GREEN" ;;
    closed | none) server_line "unix:$ROUTER_RUNTIME/maintenance.sock" ;;
    *) server_line "$ROUTER_BLUE" " weight=$((100 - $1))"; server_line "$ROUTER_GREEN" " weight=$1" ;;
  esac
}
server_line() { say "server $1${2-};"; }

router_check() {
  is_route_ours || return 1
  [ -n "$(read_configuration grep -lF "$live_route")" ] || { unfit "No file in $ROUTER_CONFIG includes $live_route, from which nginx is to learn where requests go. Install examples/nginx/slipway-upstream.conf."; return 1; }
  [ "$1" != closed ] || [ -S "$ROUTER_RUNTIME/maintenance.sock" ] || { unfit "Nothing listens on $ROUTER_RUNTIME/maintenance.sock, which answers during maintenance. Install examples/nginx/slipway-maintenance.conf."; return 1; }
  run_quietly "The test of nginx's configuration ($ROUTER_TEST)" "$ROUTER_TEST"
}

router_send() { send_route "$1"; }
take_route() {
  run_quietly "The test of nginx's configuration ($ROUTER_TEST)" "$ROUTER_TEST" || return 1
  workers=$(nginx_workers)
  run_quietly "The reload of nginx ($ROUTER_RELOAD)" "$ROUTER_RELOAD" && await_handover
}
# A reload returns before the new workers are there, and the old ones go on accepting until they are; nothing says more than that the old ones end.
await_handover() {
  over=$(($(now) + 5))
  while [ -n "$workers" ] && [ "$(now)" -lt "$over" ]; do
    remaining=" $(nginx_workers) "
    for worker in $workers; do
      case $remaining in *" $worker "*) ;; *) return 0 ;; esac
    done
    nap 0.05
  done
}
nginx_workers() { grep -slxz 'nginx: worker process' /proc/[0-9]*/cmdline | tr '\n' ' '; }

# A restart reads the same link, so it loses nothing.
router_keep() {
  is_route_ours && make_route "$1" && point "$confirmed_route" "$(route_of "$1")" || return 1
  is_live_route "$1" || send_route "$1"
}

router_tell() {
  log=$(access_log)
  for slot in blue green; do
    address=$(address_of "$slot") open=$(open_connections "$(address_of "$slot")")
    if [ -r "$log" ]; then logged=$(log_since_start "$log" | count_logged "$address"); else logged='- - -'; fi
    say "$slot $logged ${open:--}"
  done
}
