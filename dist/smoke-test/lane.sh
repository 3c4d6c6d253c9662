# shellcheck shell=sh
# Takes a part of a packet from standard input while receive.sh takes the rest: sh -c THIS slipway STATE PLAN ATTEMPT UNPACKER
# Says "ready" once it does, so that nothing is given to it where a server allows no more sessions; and not before all folders are there, for
# two tars that make the same one at the same time fail.
set -u
umask 077
state=$1 incoming=$1/incoming/$2.$3
tries=0
until [ -e "$incoming/folders-made" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || exit 71
  # Where the sender is gone this ends it here.
  [ $((tries % 10)) -ne 0 ] || echo 'waiting for the packet' >&2
  sleep 0.1 2>/dev/null || sleep 1
done
echo ready
unpack "$4" "$incoming" || { echo "A part of the packet did not arrive whole. $(room_in "$state")" >&2; exit 72; }
