# shellcheck shell=sh disable=SC2154
# kamal-proxy is told by its own command, checks the new target itself, and waits for what is open to the old one.
# It writes down at once what it was told, so that it comes up with it, confirmed or not.

router_prepare() { :; }

router_check() {
  case $1 in
    0 | 100 | closed | none) ;;
    *) unfit 'kamal-proxy sends no share of the traffic to a new release (its rollout is for clients with a cookie of yours). Switch at once, or choose another router.'; return 1 ;;
  esac
  case $ROUTER_BLUE in unix:*) unfit 'kamal-proxy leads to no unix sockets: have the app listen on TCP ports, and give blue-port and green-port.'; return 1 ;; esac
  case $ROUTER_RELOAD in
    *TARGET*) ;;
    *) unfit "kamal-proxy needs your command as router-reload, with \$TARGET where the address belongs: kamal-proxy deploy $ROUTER_SERVICE --target \"\$TARGET\" --health-check-path /health --drain-timeout 10s"; return 1 ;;
  esac
  run_proxy list >/dev/null || { unfit "kamal-proxy does not answer ($ROUTER_CONTROL list): $(run_proxy list 2>&1 | tail -n 1)"; return 1; }
  is_not_anothers || { unfit "kamal-proxy leads $ROUTER_SERVICE to $(told_of 4), which is no slot of this service: another environment's perhaps, whose users a switch would move. Give this one another name as service; if it is to take that address over, remove $ROUTER_SERVICE from kamal-proxy first."; return 1; }
  is_as_sent || unfit "Somebody has led kamal-proxy to $(told_of 4) ($(told_of 5)), where Slipway left it at $wanted, so it stays as it is. Lead it back by kamal-proxy's own command, and run this again."
}
# Before the first switch, too, nobody else's users are to be led anywhere.
is_not_anothers() {
  [ ! -L "$ROUTER_RUNTIME/live.sock" ] && is_known || return 0
  case $(told_of 4) in "$ROUTER_BLUE" | "$ROUTER_GREEN") ;; *) return 1 ;; esac
}
# Whether it still is where users were sent last, if it ever was.
is_as_sent() {
  leads=$(readlink "$ROUTER_RUNTIME/live.sock")
  [ "$leads" != "$ROUTER_PATH/confirmed.sock" ] || leads=$(readlink "$leads")
  case $leads in
    */blue.sock) wanted="$ROUTER_BLUE (running)" ;;
    */green.sock) wanted="$ROUTER_GREEN (running)" ;;
    */maintenance.sock) wanted="$(told_of 4) (stopped)" ;;
    *) return 0 ;;
  esac
  ! is_known || [ "$(told_of 4) ($(told_of 5))" = "$wanted" ]
}

router_send() {
  case $1 in
    0) lead_to "$ROUTER_BLUE" ;;
    100) lead_to "$ROUTER_GREEN" ;;
    closed) run_proxy stop "$ROUTER_SERVICE" --drain-timeout 1s ;;
    none) ! is_known || run_proxy remove "$ROUTER_SERVICE" ;;
  esac
}
lead_to() {
  told=$(TARGET=$1 sh -e -c "$ROUTER_RELOAD" 2>&1 9>&-) || { unfit "kamal-proxy did not take $1: $(say "$told" | tail -n 3)"; return 1; }
  [ "$(told_of 5)" = running ] || run_proxy resume "$ROUTER_SERVICE"
}

router_keep() {
  case $1 in
    0) [ "$(told_of 4)" = "$ROUTER_BLUE" ] ;;
    100) [ "$(told_of 4)" = "$ROUTER_GREEN" ] ;;
    *) false ;;
  esac || router_send "$1"
}

# kamal-proxy counts by service, not by target.
router_tell() { tell_connections; }

run_proxy() { sh -c "$ROUTER_CONTROL \"\$@\"" kamal-proxy "$@" 9>&-; }
# told_of FIELD: of its table (service, host, path, target, state, tls), without the colours.
told_of() { run_proxy list 2>/dev/null | awk -v service="$ROUTER_SERVICE" -v field="$1" '{ gsub(/\033\[[0-9;]*m/, "") } $1 == service { print $field }'; }
is_known() { [ -n "$(told_of 1)" ]; }
