# shellcheck shell=sh
# Makes the folder in which scripts of a service keep their plans, unless it is there: sh -c THIS slipway MARK KEY CLAIM
# Says "MARK <folder>". The one claim of its ledger, with the members CLAIM, is generation 1: scripts wait for each other, none supersedes another.
set -eu
umask 077
mark=$1 state=$HOME/.slipway/.scripts/$2 claim=$3
for tool in flock setsid tar; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 1; }
done
mkdir -p "$state/plans" "$state/incoming"
cd "$state"
# shellcheck disable=SC2094 # what is looked at is not what is then appended
(
  flock 8
  [ -s ledger ] || printf '{"event":"claim","generation":1,"time":"%s",%s}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$claim" >&8
) 8>>ledger
printf '%s %s\n' "$mark" "$(pwd -P)"
