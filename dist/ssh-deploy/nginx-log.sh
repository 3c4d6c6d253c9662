# shellcheck shell=sh disable=SC2154
# What nginx's configuration and its log say of a service.

# read_configuration COMMAND...: hands the command each file of nginx's configuration that this user may read.
read_configuration() {
  find -L "$ROUTER_CONFIG" -type f 2>/dev/null | while read -r file; do
    [ ! -r "$file" ] || "$@" "$file" || :
  done
}

# The log of format `slipway-SERVICE` (of any that begins so) in which nginx writes of each request: the slot's socket, status, seconds.
access_log() { read_configuration sed -n 's|^[[:space:]]*access_log[[:space:]]\{1,\}\([^[:space:]]*/slipway-'"$ROUTER_SERVICE"'\.log\)[[:space:]]\{1,\}slipway[^[:space:]]*;.*|\1|p' | head -n 1; }
# What was logged since this plan first looked, and a little before; all of it once the log has been rotated, or for no plan.
log_since_start() {
  [ -n "${HERE-}" ] || { cat "$1"; return; }
  size=$(wc -c <"$1")
  [ -e "$HERE/log-start" ] || say $((size > 1048576 ? size - 1048576 : 0)) >"$HERE/log-start"
  start=$(cat "$HERE/log-start")
  [ "$size" -ge "$start" ] || start=0
  tail -c "+$((start + 1))" "$1"
}
count_logged() {
  socket=$1 awk '$1 == ENVIRON["socket"] && NF == 3 { requests++; if ($2 >= 500) errors++; seconds += $3 } END { printf "%d %d %d\n", requests, errors, seconds * 1000 }'
}
