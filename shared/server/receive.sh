# shellcheck shell=sh
# Takes a plan's packet from standard input, whole or not at all, starts it once, and follows it: sh -c THIS slipway STATE PLAN
set -u
umask 077
state=$1 plan=$2
incoming=$state/incoming/$plan.$$
mkdir -p "$state/plans" "$state/incoming" || exit 72

# The lock tells a later plan that a sender is still at work here; so it is there before the folder.
exec 8>>"$incoming.lock"
flock 8
mkdir "$incoming" || exit 72
# The last entry of the packet is "complete": a cut connection never leaves a plan that looks whole.
if ! tar -xpf - -C "$incoming" || [ ! -e "$incoming/complete" ]; then
  rm -rf "$incoming" "$incoming.lock"
  echo 'The packet did not arrive whole' >&2
  exit 72
fi
printf 'slipway-journal 1\n' >"$incoming/journal"
: >"$incoming/output"

# A packet sent again after a lost answer finds its plan there already, and only follows it.
(
  flock 7
  if [ ! -e "$state/plans/$plan" ]; then
    mv "$incoming" "$state/plans/$plan" && sh "$state/plans/$plan/plan.sh" launch run 7>&- 8>&-
  fi
) 7>>"$state/incoming/lock"
rm -rf "$incoming" "$incoming.lock"
exec sh "$state/plans/$plan/plan.sh" follow run 0 8>&-
