# shellcheck shell=sh
# Takes a plan's packet from standard input, whole or not at all, starts it once, and follows it: sh -c THIS slipway STATE PLAN
set -u
umask 077
state=$1 plan=$2
incoming=$state/incoming/$plan.$$
give_up() {
  rm -rf "$incoming" "$incoming.lock"
  echo "$1 $(room_in "$state")" >&2
  exit 72
}
mkdir -p "$state/plans" "$state/incoming" || give_up 'The packet has no place.'

# The lock tells a later plan that a sender is still at work here; so it is there before the folder.
touch "$incoming.lock" || give_up 'The packet has no place.'
exec 8>>"$incoming.lock"
flock 8
mkdir "$incoming" || give_up 'The packet has no place.'
# The last entry of the packet is "complete": a cut connection never leaves a plan that looks whole.
if ! tar -xpf - -C "$incoming" || [ ! -e "$incoming/complete" ]; then give_up 'The packet did not arrive whole.'; fi

# A packet sent again after a lost answer finds its plan there already, and only follows it.
(
  flock 7
  if [ ! -e "$state/plans/$plan" ]; then
    mv "$incoming" "$state/plans/$plan" && sh "$state/plans/$plan/plan.sh" launch run 7>&- 8>&-
  fi
) 7>>"$state/incoming/lock"
rm -rf "$incoming" "$incoming.lock"
exec sh "$state/plans/$plan/plan.sh" follow run 0 8>&-
