# shellcheck shell=sh disable=SC2154
# HAProxy gives each request one of 100 buckets and looks the bucket's backend up in a map. The act replaces the map in the running
# HAProxy, all of it in one commit; the file, which HAProxy reads when it starts or reloads, follows when the move is to stay.

haproxy_map=$ROUTER_PATH/haproxy.map
haproxy_example=examples/haproxy/slipway-service.cfg

# HAProxy does not start without the file. Where somebody has removed or emptied it, it is made anew as it was.
router_prepare() { [ -s "$haproxy_map" ] || write_map "$(confirmed_target)"; }
confirmed_target() {
  case $(readlink "$ROUTER_PATH/confirmed.sock") in
    */blue.sock) say 0 ;;
    */green.sock) say 100 ;;
    */maintenance.sock) say closed ;;
    *) say none ;;
  esac
}

router_check() {
  is_new_enough && knows_map && knows_backend blue "$ROUTER_BLUE" && knows_backend green "$ROUTER_GREEN" && knows_apps && is_not_locked_in || return 1
  [ "$1" != closed ] || [ -n "$(backend_value closed status)" ] || { unfit "HAProxy has no backend $ROUTER_SERVICE-closed, which answers during maintenance. It is in $haproxy_example."; return 1; }
  is_map_ours
}

router_send() {
  if ! replace_map "$1" || ! is_running_map "$1"; then unfit "HAProxy did not take the buckets of the map $haproxy_map."; return 1; fi
  say "$1" >"$ROUTER_RUNTIME/haproxy.sent"
}
# All lines are put in place of all others in one commit, so nobody ever meets a mixture. HAProxy says nothing when all went well.
replace_map() {
  version=$(patiently_ask "prepare map $haproxy_map" | sed -n 's/^New version created: //p')
  [ -n "$version" ] && add_lines "$1" && refused=$(to_haproxy_say "commit map @$version $haproxy_map") && [ -z "$refused" ]
}
add_lines() {
  [ "$1" = none ] || refused=$({ say "add map @$version $haproxy_map <<"; map_lines "$1"; say; } | to_haproxy) && [ -z "${refused-}" ]
}

router_keep() {
  router_prepare && is_file_ours && write_map "$1" && router_send "$1"
}
write_map() {
  map_file "$1" >"$haproxy_map.new" && durable "$haproxy_map.new" && mv -f "$haproxy_map.new" "$haproxy_map" && durable "$ROUTER_PATH"
}

# A reload or restart goes back to the file, in which a share never is.
router_hold() {
  patiently_ask "show map $haproxy_map" >/dev/null || return 1
  sent=$(sent_target)
  ! is_running_map "$sent" || return 0
  is_running_map "$(kept_target)" || { refuse_changed; return 1; }
  say "HAProxy was reloaded or restarted since it was sent the share, so it is sent that again."
  router_send "$sent"
}

router_tell() {
  to_haproxy_say 'show stat -1 2 -1' | service=$ROUTER_SERVICE apps=$ROUTER_APPS awk -F , '
    BEGIN {
      split("blue green " ENVIRON["apps"], words, /[ \n]+/)
      for (at in words) if (words[at] ~ /^(blue|green)/) ours[ENVIRON["service"] "-" words[at]] = words[at] ~ /^blue/ ? "blue" : "green"
    }
    /^# / { sub(/^# /, ""); for (i = 1; i <= NF; i++) column[$i] = i; next }
    $1 in ours { slot = ours[$1]; seen[slot] = 1; requests[slot] += $column["req_tot"]; errors[slot] += $column["hrsp_5xx"]; open[slot] += $column["scur"] + $column["qcur"] }
    function tell(slot) { if (slot in seen) print slot, requests[slot], errors[slot], "-", open[slot] }
    END { tell("blue"); tell("green") }'
}

# ---- speaking to HAProxy ----

to_haproxy() { socat -t 10 - "UNIX-CONNECT:$ROUTER_CONTROL"; }
to_haproxy_say() { say "$1" | to_haproxy; }
# While HAProxy is being restarted nobody answers for a moment.
patiently_ask() {
  over=$(($(now) + 8))
  until to_haproxy_say "$1" 2>/dev/null; do
    [ "$(now)" -lt "$over" ] || { unfit "HAProxy does not answer at $ROUTER_CONTROL: $(to_haproxy_say "$1" 2>&1 | tail -n 1)"; return 1; }
    nap 0.1
  done
}
# backend_value SLOT COLUMN [ROW]: what HAProxy's statistics say of a backend, or of a row of it.
backend_value() {
  to_haproxy_say 'show stat' | backend="$ROUTER_SERVICE-$1" column=$2 row=${3:-BACKEND} awk -F , '
    /^# / { sub(/^# /, ""); for (i = 1; i <= NF; i++) if ($i == ENVIRON["column"]) at = i; next }
    $1 == ENVIRON["backend"] && (ENVIRON["row"] == "*" ? $2 != "BACKEND" : $2 == ENVIRON["row"]) { print $at }'
}

# ---- the map ----

# map_lines TARGET: "BUCKET BACKEND", for each of the 100.
map_lines() {
  [ "$1" = none ] || target=$1 service=$ROUTER_SERVICE awk 'BEGIN {
    for (bucket = 0; bucket < 100; bucket++)
      print bucket, ENVIRON["service"] "-" (ENVIRON["target"] == "closed" ? "closed" : bucket < ENVIRON["target"] + 0 ? "green" : "blue")
  }'
}
map_file() {
  say '# Slipway writes this file when a switch is confirmed. HAProxy reads it when it starts or reloads.'
  say "# target $1"
  map_lines "$1"
}
kept_target() { sed -n 's/^# target \([a-z0-9]*\)$/\1/p' "$haproxy_map" | head -n 1; }
sent_target() { cat "$ROUTER_RUNTIME/haproxy.sent" 2>/dev/null; }
# The lines of what runs are "ADDRESS BUCKET BACKEND".
is_running_map() { [ "$(to_haproxy_say "show map $haproxy_map" 2>/dev/null | awk 'NF == 3 { print $2, $3 }' | sort -n)" = "$(map_lines "$1")" ]; }

# ---- what a move needs ----

is_new_enough() {
  command -v socat >/dev/null || { unfit 'HAProxy is spoken to by socat, which this server lacks. Install it: apt-get install socat'; return 1; }
  told=$(to_haproxy_say 'show info' 2>&1)
  version=$(say "$told" | sed -n 's/^Version: //p')
  [ -n "$version" ] || { unfit "HAProxy does not answer at $ROUTER_CONTROL (${told##* E }). If it runs: its section global needs \"stats socket $ROUTER_CONTROL user $(id -un) mode 600 level operator\"."; return 1; }
  say "$version" | awk -F '[.-]' '{ exit !($1 > 2 || ($1 == 2 && $2 >= 4)) }' || unfit "This is HAProxy $version; a map is replaced in one act since 2.4."
}
knows_map() {
  case $(to_haproxy_say "show map $haproxy_map") in
    'Unknown map'*) unfit "HAProxy's configuration reads no map $haproxy_map. Add $haproxy_example to it, and reload HAProxy." ;;
  esac
}
# knows_backend SLOT ADDRESS: whether it is there and leads to the slot. Of a unix socket HAProxy says no more than that it is one.
knows_backend() {
  [ -n "$(backend_value "$1" status)" ] || { unfit "HAProxy has no backend $ROUTER_SERVICE-$1. It is in $haproxy_example."; return 1; }
  leads=$(backend_value "$1" addr '*')
  case $2 in
    unix:*) wanted=unix ;;
    *) wanted=$2 ;;
  esac
  [ "$leads" = "$wanted" ] || [ -z "$leads" ] || unfit "HAProxy's backend $ROUTER_SERVICE-$1 leads to $(say "$leads" | tr '\n' ' ')where slot $1 is at $2. Correct it, and reload HAProxy."
}
# Further apps have backends of their own, named after the slot's: shop-blue-ai.
knows_apps() {
  say "$ROUTER_APPS" | while read -r backend address; do
    [ -z "$backend" ] || knows_backend "$backend" "$address" || exit 1
  done
}
is_not_locked_in() {
  case $ROUTER_BLUE in unix:*) ;; *) return 0 ;; esac
  found=$(grep -sRl '^[[:space:]]*chroot[[:space:]]' "$ROUTER_CONFIG") || :
  [ -z "$found" ] || unfit "HAProxy changes its root folder (chroot in $found), so it cannot reach the sockets of the slots. Remove that line, or have the app listen on TCP ports."
}

# Neither the file nor the running map says anything but what Slipway put there.
is_map_ours() {
  is_file_ours || return 1
  if is_running_map "$(kept_target)" || is_running_map "$(sent_target)"; then return 0; fi
  refuse_changed
}
refuse_changed() { unfit "Somebody else has changed the map $haproxy_map in the running HAProxy, so it is left as it is. Reload HAProxy, which goes back to the file, and run this again."; }
is_file_ours() {
  [ -e "$haproxy_map" ] || { unfit "$haproxy_map is not there yet. The first deployment makes it; set HAProxy up after that."; return 1; }
  [ "$(cat "$haproxy_map")" = "$(map_file "$(kept_target)")" ] ||
    unfit "Somebody has edited $haproxy_map, so it is left as it is. If Slipway may write it anew, remove it and run this again."
}
