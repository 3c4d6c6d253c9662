# shellcheck shell=sh disable=SC2154
# Caddy reads the upstreams from a file that its Caddyfile imports; a move is a new file, and the Caddyfile loaded through the admin API.
# Upstreams are repeated in the proportion of their shares, which every version and `lb_policy random` understand.

caddyfile=$ROUTER_CONFIG

router_prepare() { prepare_route "$1"; }
route_text() {
  say "($ROUTER_SERVICE-closed) {"
  case $1 in closed | none) say "	import $ROUTER_SERVICE-maintenance" ;; esac
  printf '%s\n' '}' "($ROUTER_SERVICE-upstreams) {" "	to $(upstreams_of "$1")" '}'
}
# Caddy writes unix//run/slipway/shop/blue.sock.
upstreams_of() {
  target=$1 blue=$(caddy_address "$ROUTER_BLUE") green=$(caddy_address "$ROUTER_GREEN") awk 'BEGIN {
    green = ENVIRON["target"] + 0; blue = 100 - green
    unit = blue; rest = green
    while (rest > 0) { next_rest = unit % rest; unit = rest; rest = next_rest }
    for (; blue > 0; blue -= unit) line = line " " ENVIRON["blue"]
    for (; green > 0; green -= unit) line = line " " ENVIRON["green"]
    print substr(line, 2)
  }'
}
caddy_address() {
  case $1 in unix:*) say "unix/${1#unix:}" ;; *) say "$1" ;; esac
}

router_check() {
  is_route_ours || return 1
  [ -n "$(ask_caddy /config/)" ] || { unfit "Caddy's admin API does not answer at $ROUTER_CONTROL. Give its address as router-control, or mend the option admin of the Caddyfile."; return 1; }
  [ -r "$caddyfile" ] || { unfit "This user may not read $caddyfile, which a switch hands to Caddy. Give the Caddyfile as router-config, and let everybody read it."; return 1; }
  grep -sqF "import $live_route" "$caddyfile" || { unfit "$caddyfile does not import $live_route, from which Caddy is to learn where requests go. Take over examples/caddy/Caddyfile."; return 1; }
  is_caddyfile_loaded || unfit "Caddy runs something else than $caddyfile says, so a switch would change more than where requests go. Put that right (caddy reload --config $caddyfile), and run this again."
}

# Should somebody edit the Caddyfile after the check and not load it, what was checked is loaded in its place: a way back must not
# depend on whether the edit is sound, nor bring it into force.
checked_of() { say "$ROUTER_RUNTIME/caddy-$1.json"; }
router_arm() {
  (umask 077 && route=$(route_of "$1") live=$live_route awk '{
    at = index($0, "import " ENVIRON["live"])
    print at ? substr($0, 1, at + 6) ENVIRON["route"] substr($0, at + 7 + length(ENVIRON["live"])) : $0
  }' "$caddyfile" | adapted - >"$(checked_of "$1").new") && mv -f "$(checked_of "$1").new" "$(checked_of "$1")"
}

router_send() {
  loads=$caddyfile type=text/caddyfile
  if [ -s "$(checked_of "$1")" ] && ! is_caddyfile_loaded; then
    say "Caddy runs something else than $caddyfile says: somebody has edited it since the check. It is not loaded now."
    loads=$(checked_of "$1") type=application/json
  fi
  send_route "$1"
}
take_route() {
  refused=$(to_caddy /load --header "Content-Type: $type" --data-binary "@$loads") || { unfit "Caddy does not answer at $ROUTER_CONTROL: $refused"; return 1; }
  [ -z "$refused" ] || unfit "Caddy refused $loads: $refused"
}

# A restart reads the same link, so it loses nothing.
router_keep() {
  is_route_ours && make_route "$1" && point "$confirmed_route" "$(route_of "$1")" || return 1
  is_live_route "$1" || router_send "$1"
}

# Caddy counts no more than the requests and streams that are open, and forgets those of a slot once none are sent there: these the
# slot's own listener tells.
router_tell() {
  open=$(ask_caddy /reverse_proxy/upstreams | tr '{' '\n')
  for slot in blue green; do
    number=$(say "$open" | grep -F "\"$(caddy_address "$(address_of "$slot")")\"" | sed -n 's/.*"num_requests":\([0-9]*\).*/\1/p' | head -n 1)
    [ -n "$number" ] || number=$(open_connections "$(address_of "$slot")")
    say "$slot - - - ${number:--}"
  done
}

# ---- speaking to Caddy ----

to_caddy() {
  path=$1
  shift
  case $ROUTER_CONTROL in
    unix:*) curl --silent --show-error --max-time 10 --unix-socket "${ROUTER_CONTROL#unix:}" "$@" "http://localhost$path" 2>&1 ;;
    *) curl --silent --show-error --max-time 10 "$@" "$ROUTER_CONTROL$path" 2>&1 ;;
  esac
}
ask_caddy() { to_caddy "$1" --fail 2>/dev/null | grep '^[[{]'; }
# adapted FILE: as the JSON that Caddy makes of it; nothing where it can make none.
adapted() {
  to_caddy /adapt --header 'Content-Type: text/caddyfile' --data-binary "@$1" |
    sed -n 's/^{"warnings":\[.*\],"result":/{"result":/; s/,"warnings":\[.*$/}/; s/^{"result":\(.*\)}$/\1/p'
}

# Whether what runs is what the Caddyfile says. The order of members does not matter, nor does the name of the file, which file_server hides.
is_caddyfile_loaded() {
  [ "$(ask_caddy /config/ | pieces)" = "$(adapted "$caddyfile" | pieces)" ]
}
pieces() { sed 's/[][{},]/\n/g' | grep . | grep -vxF -e '"./Caddyfile"' -e "\"$caddyfile\"" | sort; }
