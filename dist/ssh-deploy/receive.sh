# shellcheck shell=sh
# Takes a plan's packet from standard input, whole or not at all, starts it once, and follows it:
#   sh -c THIS slipway STATE PLAN [LENGTH GENERATION CLAIM [ATTEMPT UNPACKER]]
# With CLAIM, the JSON members of a claim event, the plan takes its GENERATION as it starts, and only if nothing has happened since
# the ledger was LENGTH bytes long; else this ends with code 73. With ATTEMPT, parts of the packet may come by lane.sh.
# UNPACKER is how it is compressed.
set -u
# What a login's own programs make has the login's own modes; a script that a plan runs for it does, too.
SLIPWAY_UMASK=$(umask)
export SLIPWAY_UMASK
umask 077
state=$1 plan=$2 length=${3-} generation=${4-} claim=${5-}
incoming=$state/incoming/$plan.${6:-$$}
give_up() {
  rm -rf "$incoming" "$incoming.lock"
  echo "$1 $(room_in "$state")" >&2
  exit 72
}
# A rollback may need the room that is kept for it.
[ -z "$claim" ] || ! is_full "$state" || rm -rf "$state/reserve"
mkdir -p "$state/plans" "$state/incoming" || give_up 'The packet has no place.'

# The lock tells a later plan that a sender is still at work here; so it is there before the folder.
touch "$incoming.lock" || give_up 'The packet has no place.'
exec 8>>"$incoming.lock"
flock 8
mkdir "$incoming" || give_up 'The packet has no place.'
# The last entry of the packet is "complete": a cut connection never leaves a plan that looks whole.
if ! unpack "${7-}" "$incoming" || [ ! -e "$incoming/complete" ]; then give_up 'The packet did not arrive whole.'; fi

# Of a large file only the beginning is at its place; the rest lies in pieces/NUMBER.*, with its path and mode.
join_pieces() {
  for kept in "$incoming"/pieces/*.path; do
    [ -e "$kept" ] || continue
    piece=${kept%.path}
    path=$(cat "$kept" && echo .) || return 1
    path=$incoming/${path%.}
    chmod u+w "$path" && cat "$piece".[0-9]* >>"$path" && chmod "$(cat "$piece.mode")" "$path" && rm -f "$piece".* || return 1
  done
  rm -rf "$incoming/pieces" "$incoming/folders-made"
}
join_pieces || give_up 'The packet could not be put together.'

# shellcheck disable=SC2094 # what is read is not what is then appended
take_over() {
  flock 6
  [ "$(($(wc -c <"$state/ledger")))" -eq "$length" ] && [ -z "$(tail -c 1 "$state/ledger")" ] && ! is_any_under_way || return 73
  printf '{"event":"claim","generation":%s,"time":"%s",%s}\n' "$generation" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$claim" >&6
} 6>>"$state/ledger"
is_any_under_way() {
  for other in "$state"/plans/*/; do
    if [ -e "$other/journal" ] && [ ! -e "$other/final" ]; then return; fi
  done
  return 1
}

# A packet sent again after a lost answer finds its plan there already, and only follows it.
(
  flock 7
  if [ ! -e "$state/plans/$plan" ]; then
    [ -z "$claim" ] || take_over || exit
    mv "$incoming" "$state/plans/$plan" && sh "$state/plans/$plan/plan.sh" launch run 7>&- 8>&-
  fi
  exit 0
) 7>>"$state/incoming/lock"
code=$?
rm -rf "$incoming" "$incoming.lock"
[ "$code" -eq 0 ] || exit "$code"
exec sh "$state/plans/$plan/plan.sh" follow run 0 8>&-
