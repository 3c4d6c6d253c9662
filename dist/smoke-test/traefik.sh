# shellcheck shell=sh disable=SC2154
# Traefik watches a folder; a move is a new file there, which is taken when Traefik's API says so.

live_route=$ROUTER_RUNTIME/traefik/$ROUTER_SERVICE.yml

router_prepare() { mkdir -p "${live_route%/*}" && prepare_route "$1"; }
route_text() {
  say 'http:'
  say '  services:'
  say "    $ROUTER_SERVICE:"
  case $1 in
    closed | none) printf '%s\n' '      loadBalancer:' '        servers: []' ;;
    *) printf '%s\n' '      weighted:'; stickiness; say '        services:'; weight_line blue $((100 - $1)); weight_line green "$1" ;;
  esac
  printf "    $ROUTER_SERVICE-%s:\n      loadBalancer:\n        serversTransport: $ROUTER_SERVICE\n        servers:\n          - url: http://%s\n" blue "$ROUTER_BLUE" green "$ROUTER_GREEN"
  # Shorter than apps keep connections that wait (Node.js 5s): a POST on one that the app is just closing would get a 502.
  printf '%s\n' '  serversTransports:' "    $ROUTER_SERVICE:" '      forwardingTimeouts:' '        idleConnTimeout: 2s'
  printf '%s\n' '  middlewares:' "    $ROUTER_SERVICE-closed:" '      headers:' '        customResponseHeaders:'
  case $1 in closed | none) say '          Retry-After: "120"' ;; *) say '          X-Slipway: ""' ;; esac
  say "    $ROUTER_SERVICE-health:"
  case $1 in
    closed | none) printf '%s\n' '      errors:' '        status: ["503"]' '        statusRewrites:' '          "503": 200' '        service: ping@internal' '        query: /' ;;
    *) printf '%s\n' '      headers:' '        customResponseHeaders:' '          X-Slipway: ""' ;;
  esac
}
stickiness() { [ -z "$ROUTER_COOKIE" ] || printf '%s\n' '        sticky:' '          cookie:' "            name: $ROUTER_COOKIE"; }
weight_line() { [ "$2" -eq 0 ] || printf '          - name: %s\n            weight: %s\n' "$ROUTER_SERVICE-$1" "$2"; }

router_check() {
  case $ROUTER_BLUE in unix:*) unfit 'Traefik leads to no unix sockets: have the app listen on TCP ports, and give blue-port and green-port.'; return 1 ;; esac
  is_route_ours || return 1
  [ -n "$(ask_traefik /api/version)" ] || { unfit "Traefik's API does not answer at $ROUTER_CONTROL. Give its address as router-control, and turn it on as examples/traefik/traefik.yml does."; return 1; }
  await_taken has_taken_live || unfit "Traefik does not read ${live_route%/*}. Make that the folder of its file provider, as examples/traefik/traefik.yml does."
}
router_send() { send_route "$1"; }
take_route() { await_taken has_taken "$1" || unfit "Traefik has not taken $live_route."; }

# A restart reads the same link, so it loses nothing.
router_keep() {
  is_route_ours && make_route "$1" && point "$confirmed_route" "$(route_of "$1")" || return 1
  is_live_route "$1" || send_route "$1"
}

# Traefik tells nothing by slot unless its metrics are on.
router_tell() { tell_connections; }

ask_traefik() { curl --silent --show-error --fail --max-time 5 "$ROUTER_CONTROL$1" 2>/dev/null; }
# What Traefik says of itself.
taken_services() { ask_traefik "/api/http/services/$ROUTER_SERVICE@file" | sed -n 's/.*"weighted":{"services":\[\([^]]*\)\].*/\1/p'; }
weighted_json() {
  [ "$1" -eq 100 ] || printf '{"name":"%s-blue","weight":%s}' "$ROUTER_SERVICE" $((100 - $1))
  [ "$1" -eq 0 ] || [ "$1" -eq 100 ] || printf ,
  [ "$1" -eq 0 ] || printf '{"name":"%s-green","weight":%s}' "$ROUTER_SERVICE" "$1"
}
await_taken() {
  over=$(($(now) + 10))
  until "$@"; do
    [ "$(now)" -lt "$over" ] || return 1
    nap 0.02
  done
}
has_taken_live() {
  file=$(readlink -f "$live_route") file=${file##*/}
  has_taken "${file%.conf}"
}
has_taken() {
  case $1 in
    closed | none) ask_traefik "/api/http/services/$ROUTER_SERVICE@file" | grep -q '"loadBalancer"' ;;
    *) [ "$(taken_services)" = "$(weighted_json "$1")" ] ;;
  esac
}
