# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# Files of a set for another server, over SSH. Each must have there the hash that it has here; a line that is cut is taken up where it was.
# KEYS has far-key and far-hosts: the key that lets this server in over there, and whom it may find there.

# at_far USER HOST PORT FOLDER NAME: where the functions below send to. What arrives grows in FOLDER/NAME.partial.
at_far() { far_user=$1 far_host=$2 far_port=$3 far_folder=$4 far_name=$5; }
# What runs over there, for one verb: FOLDER NAME [FILE or STEP]. A copy that nobody went on with for a day goes; elsewhere.sh sees to proofs.
FAR_SIDE='umask 077
durable() { sync "$1" 2>/dev/null || fsync "$1" 2>/dev/null || :; }
at=$2/$3.partial
case $1 in
  begin)
    mkdir -p "$2" && find "$2" -maxdepth 1 -name "[0-9]*T[0-9]*-??????.partial" ! -name "$3.partial" -mmin +1440 -exec rm -rf {} + || exit 1
    if [ -e "$2/$3/manifest.json" ]; then echo there; exit; fi
    mkdir -p "$at" && cd "$at" && echo free "$(df -Pk . | tail -n 1 | tr -s " " | cut -d" " -f4)" && for file in *; do [ ! -f "$file" ] || echo "$(($(wc -c <"$file"))) $file"; done ;;
  add) cat >>"$at/$4" && durable "$at/$4" && echo "hash $(sha256sum <"$at/$4")" ;;
  drop) rm -f "$at/$4" ;;
  name) durable "$at" && mv "$at" "$2/$3" && durable "$2" ;;
  run) [ ! -e "$at/plan.sh" ] || exec sh "$at/plan.sh" step "$4" ;;
  clear) [ ! -e "$at/plan.sh" ] || sh "$at/plan.sh" step clear; rm -rf "$at" ;;
esac'
# far_side VERB [FILE or STEP]
far_side() {
  set -- "$1" "$far_folder" "$far_name" ${2:+"$2"}
  far_command="sh -c $(sh_word "$FAR_SIDE") sh"
  for word; do far_command="$far_command $(sh_word "$word")"; done
  ssh -F /dev/null -T -i "$KEYS/far-key" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$KEYS/far-hosts" -o GlobalKnownHostsFile=/dev/null \
    -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4 -o LogLevel=ERROR -p "$far_port" -l "$far_user" -- "$far_host" "$far_command" 2>"$HERE/far.err"
}
sh_word() { printf "'%s'" "$(printf '%s\n' "$1" | sed "s/'/'\\\\''/g")"; }
far_fault() { fail "$far_host: $1 $(grep -v '^\*\*' "$HERE/far.err" | tail -n 2 | tr -d '\r' | tr '\n' ' ' | cut -c 1-300)"; }
# visit_far WHAT COMMAND...: begins over there, and does the command until it is done, ten times at most: it says "cut" in `sent` where it failed because the
# line was cut, and is then done again from where it had come to. WHAT is what cannot be had where it cannot begin.
visit_far() {
  command -v ssh >/dev/null || { fail "ssh is not installed, by which $far_host is reached. On Debian: apt-get install openssh-client"; return 1; }
  cuts=0 what=$1
  shift
  far_side begin </dev/null >"$HERE/far" || { far_fault "$what"; return 1; }
  until sent='cut' && "$@"; do
    [ "$sent" = cut ] && cuts=$((cuts + 1)) && [ "$cuts" -le 10 ] || return 1
    say "The line to $far_host was cut; going on from where it had come to"
    until far_side begin </dev/null >"$HERE/far"; do cuts=$((cuts + 1)); [ "$cuts" -le 10 ] || { far_fault 'cannot be reached any more.'; return 1; }; nap 3; done
  done
}
# send_file FOLDER FILE HASH: so that over there it has this hash.
send_file() {
  from=$(awk -v file="$2" '$2 == file { print $1 }' "$HERE/far")
  for again in no yes; do
    tail -c "+$((${from:-0} + 1))" "$1/$2" | far_side add "$2" >"$HERE/answer" || { far_fault "$2 did not get there."; return 1; }
    [ "$(sed -n 's/^hash \([0-9a-f]*\).*/\1/p' "$HERE/answer")" != "$3" ] || return 0
    # What was there was not its beginning; only this once.
    far_side drop "$2" </dev/null || return 1
    from=0
  done
  sent=never
  fail "$2 has another hash in $far_folder of $far_host than here. It is not taken for what it should be."
}
