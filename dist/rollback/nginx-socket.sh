# shellcheck shell=sh disable=SC2154,SC2012
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
    if [ "$2" = closed ]; then owner=maintenance; elif [ "$bucket" -lt "$2" ]; then owner=green; else owner=blue; fi
    if [ "$bucket" -lt 10 ]; then name=0$bucket; else name=$bucket; fi
    ln -s "$ROUTER_RUNTIME/$owner.sock" "$1/$name.sock" || return 1
    bucket=$((bucket + 1))
  done
}

# refuse_edited TARGET: fails where a bucket of that share, or of one that is in force now or after a boot, is not as it was made.
refuse_edited() {
  edited=$(LC_ALL=C ls -lR "$ROUTER_PATH/shares" 2>/dev/null | runtime=$ROUTER_RUNTIME used=" $1 $(used_share "$ROUTER_RUNTIME/live") $(used_share "$ROUTER_PATH/confirmed") " awk '
    function wanted(share, bucket) { return ENVIRON["runtime"] "/" (share == "closed" ? "maintenance" : bucket < share + 0 ? "green" : "blue") ".sock" }
    function close_share() { if (folder != "" && right < 100 && first == "") first = folder; folder = ""; right = 0 }
    /:$/ { close_share(); share = $0; sub(/:$/, "", share); path = share; sub(/.*\//, "", share); if (index(ENVIRON["used"], " " share " ")) folder = path }
    folder != "" && NF > 2 && $(NF - 1) == "->" {
      if ($NF == wanted(share, substr($(NF - 2), 1, 2) + 0)) right++
      else if (first == "") first = folder "/" $(NF - 2) ", which leads to " $NF " instead of " wanted(share, substr($(NF - 2), 1, 2) + 0)
    }
    END { close_share(); print first }')
  [ -z "$edited" ] || unfit "Somebody has changed the buckets of a share by hand: $edited. Slipway does not overwrite that. Set the links as they were (ln -sfn), or move away the folder of a share that is not in force, which is then made anew."
}
used_share() {
  leads=$(readlink "$1")
  say "${leads##*/}"
}

router_check() {
  refuse_keepalive && refuse_edited "$1" || return 1
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
