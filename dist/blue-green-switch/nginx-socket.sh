# shellcheck shell=sh disable=SC2154
# nginx opens the live socket anew for each request, so that renaming a link moves traffic, without a reload. For shares it picks one
# of 100 buckets by split_clients; each is a link in the folder that `live` leads to, so that a share, too, is one rename.

# share_folder TARGET: where the buckets of a share are.
share_folder() { say "$ROUTER_PATH/shares/$1"; }

router_prepare() {
  [ "$1" != none ] && [ ! -d "$(share_folder "$1")" ] || return 0
  folder=$(share_folder "$1")
  rm -rf "$folder.new"
  # nginx works as another user.
  mkdir -p "$folder.new" && chmod 755 "${folder%/*}" "$folder.new" && make_buckets "$folder.new" "$1" && mv "$folder.new" "$folder"
}
make_buckets() {
  bucket=0
  while [ "$bucket" -lt 100 ]; do
    ln -s "$ROUTER_RUNTIME/$(bucket_owner "$bucket" "$2").sock" "$1/$(printf %02d "$bucket").sock" || return 1
    bucket=$((bucket + 1))
  done
}
bucket_owner() {
  if [ "$2" = closed ]; then say maintenance; elif [ "$1" -lt "$2" ]; then say green; else say blue; fi
}

router_check() {
  refuse_keepalive || return 1
  case $1 in
    closed) [ -S "$ROUTER_RUNTIME/maintenance.sock" ] || unfit "Nothing listens on $ROUTER_RUNTIME/maintenance.sock, which answers during maintenance. Install examples/nginx/slipway-maintenance.conf." ;;
    0 | 100 | none) ;;
    *) uses_buckets || unfit "nginx reads no bucket of $ROUTER_RUNTIME/live, so it cannot send a share of traffic. Install examples/nginx/slipway-shares.conf in place of slipway-service.conf." ;;
  esac
}

router_send() { point_buckets "$ROUTER_RUNTIME/live" "$1"; }
router_keep() { point_buckets "$ROUTER_PATH/confirmed" "$1"; }
point_buckets() {
  if [ "$2" = none ]; then rm -f "$1"; else point "$1" "$(share_folder "$2")"; fi
}

router_tell() {
  log=$(access_log)
  for slot in blue green; do
    open=$(open_to_socket "$ROUTER_RUNTIME/$slot.sock")
    if [ -r "$log" ]; then logged=$(log_since_start "$log" | count_logged "$ROUTER_RUNTIME/$slot.sock"); else logged='- - -'; fi
    say "$slot $logged ${open:--}"
  done
}
uses_buckets() { [ -n "$(read_configuration grep -lF "$ROUTER_RUNTIME/live/")" ]; }

# An `upstream` that keeps connections to the live socket open would go on answering from the old slot after a switch.
refuse_keepalive() {
  found=$(read_configuration find_keepalive)
  [ -z "$found" ] || unfit "$found keeps connections to $ROUTER_RUNTIME/live.sock alive (keepalive in its upstream), so the old slot would go on answering after a switch. Use proxy_pass http://unix:$ROUTER_RUNTIME/live.sock: without an upstream."
}
find_keepalive() {
  live=$ROUTER_RUNTIME/live awk '
    { sub(/#.*/, "") }
    /^[ \t]*upstream[ \t]/ { inside = 1; names = 0; keeps = 0 }
    inside && (index($0, ENVIRON["live"] ".sock") || index($0, ENVIRON["live"] "/")) { names = 1 }
    inside && /(^|[ \t;{])keepalive[ \t]+[0-9]/ { keeps = 1 }
    inside && names && keeps { print FILENAME; exit }
    /}/ { inside = 0 }' "$1"
}
