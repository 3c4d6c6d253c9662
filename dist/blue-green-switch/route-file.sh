# shellcheck shell=sh disable=SC2154
# For routers that read from a file where requests go. Each target has a file of its own in `routes`; what the running router reads is
# a link in the runtime folder that leads to one of them, and the machine boots into a second link, in the service's folder.
# A router that uses this brings `route_text TARGET`, which prints the file.

live_route=$ROUTER_RUNTIME/live.conf
confirmed_route=$ROUTER_PATH/confirmed.conf
route_of() { say "$ROUTER_PATH/routes/$1.conf"; }

# The links are there from the first deployment on, before anybody can set the router up.
prepare_route() {
  mkdir -p "$ROUTER_PATH/routes" && chmod 755 "$ROUTER_PATH/routes" && make_route "$1" || return 1
  is_link "$confirmed_route" || point "$confirmed_route" "$(route_of "$1")" || return 1
  is_link "$live_route" || point "$live_route" "$confirmed_route"
}
# Makes the file; anew where it was written for other addresses.
make_route() {
  file=$(route_of "$1")
  if [ -e "$file" ]; then
    ! route_text "$1" | sealed | cmp -s - "$file" || return 0
    is_sealed "$file" || { refuse_edited "$file"; return 1; }
  fi
  route_text "$1" | sealed >"$file.new" && chmod 644 "$file.new" && durable "$file.new" && mv -f "$file.new" "$file"
}
is_link() { [ -L "$1" ] || [ -e "$1" ]; }

# Its first line is the checksum of the others, by which a file written for other addresses is told from one that somebody has edited.
sealed() {
  text=$(cat)
  say "# Slipway wrote this file, and leaves it alone once somebody edits it: $(say "$text" | cksum)"
  say "$text"
}
is_sealed() { [ "$(sed 1d "$1" | sealed)" = "$(cat "$1")" ]; }
refuse_edited() { unfit "Somebody has edited $1, so it is left as it is. If Slipway may write it anew, remove it and run this again."; }

# Whether the links lead to files of ours, and these are as they were written.
is_route_ours() {
  for link in "$live_route" "$confirmed_route"; do
    is_link "$link" || { unfit "$link is not there yet. The first deployment makes it; set the router up after that."; return 1; }
    case $(readlink "$link") in
      "$confirmed_route" | "$ROUTER_PATH/routes/"*) ;;
      *) unfit "$link is not the link that Slipway made, so it is left as it is. Remove it, and run this again."; return 1 ;;
    esac
    is_sealed "$link" || { refuse_edited "$(readlink -f "$link")"; return 1; }
  done
}
# Leads the link there, and has the router take it.
send_route() { make_route "$1" && point "$live_route" "$(route_of "$1")" && take_route "$1"; }
is_live_route() { [ "$(readlink -f "$live_route")" = "$(readlink -f "$(route_of "$1")")" ]; }

# run_quietly WHAT COMMAND: runs one of the user's commands; what it says is only shown when it fails.
run_quietly() { told=$(sh -e -c "$2" 2>&1 9>&-) || unfit "$1 failed: $(say "$told" | tail -n 5)"; }
