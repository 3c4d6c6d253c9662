# shellcheck shell=sh disable=SC3013
# (SC3013: dash, bash and busybox ash all know test's -ef.)
# Tells what a server knows of a service, as sections headed by "<mark> <name>", and takes a generation where asked:
#   sh -c THIS slipway MARK KEY PATH RUNTIME_DIR CLAIM BASE
# KEY names the service under ~/.slipway. PATH and RUNTIME_DIR, given by a deployment, create what is not there yet. CLAIM is the
# JSON members of a claim event, or empty to change nothing. BASE is `base` where the manifest of the live release is wanted, of many megabytes perhaps.
set -u
umask 022
mark=$1 key=$2 path=$3 runtime=$4 claim=$5 wanted=$6
registry=$HOME/.slipway

section() { printf '\036%s %s\n' "$mark" "$1"; }
refuse() {
  section refused
  printf '%s\n' "$*"
  exit 0
}

# Left alone where it is right already: busybox's ln takes the old link away first, and another job may be reading it.
link() { { [ -L "$2" ] && [ "$(readlink "$2")" = "$1" ]; } || ln -sfn "$1" "$2"; }

# Room that nothing can take, for the way back from what filled the disk: many files, because inodes run out, too.
keep_reserve() {
  [ ! -d "$state/reserve" ] || return 0
  rm -rf "$state/reserve.new"
  mkdir "$state/reserve.new" || return
  head -c 262144 /dev/urandom >"$state/reserve.new/room" || return
  for inode in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do true >"$state/reserve.new/$inode" || return; done
  mv "$state/reserve.new" "$state/reserve"
} 2>/dev/null

# A service has one folder, and a folder one service: whoever gave one twice would release into the other's slots, or roll the other back.
refuse_other() {
  owner=$(LC_ALL=C sed -n 's/^{"format":[0-9]*,"service":"\([^"]*\)","environment":"\([^"]*\)".*/\1.\2/p' "$path/.slipway/definition" 2>/dev/null)
  for other in "$registry"/*; do
    [ "${other##*/}" != "$key" ] || continue
    [ ! "$other/ledger" -ef "$path/.slipway/ledger" ] || owner=${other##*/}
    [ -z "$runtime" ] || [ "$(readlink "$other/runtime")" != "$runtime" ] || refuse "the sockets of ${other##*/} are in $runtime, so its users would be moved with those of $key. Give runtime-dir a folder of its own, such as /run/slipway/$key"
  done
  [ -z "$owner" ] || [ "$owner" = "$key" ] || refuse "$path belongs to $owner. Give $key a path of its own"
  known=$(readlink "$registry/$key") || return 0
  [ ! -e "$known/ledger" ] || [ "$known/ledger" -ef "$path/.slipway/ledger" ] || refuse "$key is in ${known%/.slipway} already, so it cannot be in $path. Give that path; if this is another service, give it a name of its own; to move it, move the whole folder"
}

if [ -n "$path" ]; then
  if [ -n "$claim" ]; then
    refuse_other
    mkdir -p "$path" "$registry" || refuse "$(id -un) may not create $path. As root: install -d -o $(id -un) $path"
    [ -w "$path" ] || refuse "$(id -un) may not write in $path. As root: chown $(id -un) $path"
    mkdir -p "$path/.slipway/plans" "$path/.slipway/incoming" "$path/releases" "$path/shared" "$path/slots" || refuse "$path cannot be prepared. $(room_in "$path")"
    chmod 700 "$path/.slipway"
    [ -e "$path/.slipway/ledger" ] || : >>"$path/.slipway/ledger"
    if [ -n "$runtime" ]; then
      mkdir -p "$runtime" || refuse "$(id -un) may not create $runtime, where the sockets live. Install the tmpfiles.d snippet of the README, or give runtime-dir"
      link "$runtime" "$path/.slipway/runtime"
    fi
    link "$path/.slipway" "$registry/$key"
  fi
  state=$path/.slipway
  [ -z "$claim" ] || is_full "$state" || keep_reserve
else
  state=$(readlink "$registry/$key") || {
    section unknown
    ls "$registry" 2>/dev/null
    exit 0
  }
  [ -z "$claim" ] || ! is_full "$state" || rm -rf "$state/reserve"
fi

last_claim() { LC_ALL=C sed -n -e '/^{"event":"claim",.*}$/h' -e '$!d' -e 'x;s/^{"event":"claim","generation":\([0-9]*\),.*/\1/p' "$state/ledger"; }
if [ -n "$claim" ]; then
  torn=
  [ -z "$(tail -c 1 "$state/ledger")" ] || torn='\n'
  (
    flock 8
    # Where nobody listens any more this ends it here: the sender has come again, and a late claim would supersede him.
    section claiming
    generation=$(last_claim)
    printf "$torn"'{"event":"claim","generation":%s,"time":"%s",%s}\n' "$((${generation:-0} + 1))" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$claim" >&8 || exit 1
    section claimed
    last_claim
  ) 8>>"$state/ledger" || refuse "The ledger in $state cannot be written. $(room_in "$state")"
fi

# Before all else that changes: whoever finds the ledger still as long later, and no plan under way, knows that all is as told here.
section length
wc -c <"$state/ledger" 2>/dev/null
# Before all that plans change: one that ends while this reads on is either told here, or done with what is read below.
section unfinished
for plan in "$state"/plans/*/; do
  [ ! -e "$plan/journal" ] || [ -e "$plan/final" ] || printf '%s %s\n' "$(basename "$plan")" "$(tail -n 1 "$plan/journal")"
done
section interrupted
read -r boot </proc/sys/kernel/random/boot_id
for plan in "$state"/plans/*/; do
  [ ! -e "$plan/journal" ] || [ -e "$plan/final" ] || grep -q " run .* $boot\$" "$plan/journal" || basename "$plan"
done
section state
printf '%s\n' "$state"
section clock
date +%s
section ledger
# Backups may be recorded by the hour. Of old lines only the others are told: who took over, what was confirmed, what bars the way back.
old=$(($(wc -l 2>/dev/null <"$state/ledger" || echo 0) - 2000))
[ "$old" -lt 1 ] || head -n "$old" "$state/ledger" | LC_ALL=C grep -av '^{"event":"\(backup\|copy\)"' | tail -n 2000
tail -n "+$((old > 0 ? old + 1 : 1))" "$state/ledger" 2>/dev/null
section definition
[ ! -e "$state/definition" ] || cat "$state/definition" 2>/dev/null
section definitions
for each in "$state"/slots/* "$state"/releases/*/definition; do
  name=${each%/definition} known=
  [ ! -r "$each" ] || read -r known <"$each"
  [ -z "$known" ] || printf '%s %s\n' "${name#"$state"/}" "$known"
done
section links
target_of() { [ ! -L "$1" ] || readlink "$1"; }
for link in runtime/live.sock ../confirmed.sock ../slots/blue ../slots/green ../current; do
  printf '%s %s\n' "${link##*/}" "$(target_of "$state/$link")"
done
section standby
[ ! -e "$state/standby" ] || cat "$state/standby" 2>/dev/null
section releases
ls "$state/../releases" 2>/dev/null

live=$(target_of "$state/runtime/live.sock")
[ -n "$live" ] || live=$(target_of "$state/../confirmed.sock")
live=${live##*/} live=${live%.sock}
base=$(target_of "$state/../slots/${live:-none}")
[ -n "$base" ] || base=$(target_of "$state/../current")
section base
[ -z "$wanted" ] || cat "$state/releases/${base##*/}/manifest" 2>/dev/null
section tools
for tool in flock setsid tar sha256sum curl; do
  command -v "$tool" >/dev/null || printf '%s\n' "$tool"
done
section unpackers
for tool in zstd gzip; do
  command -v "$tool" >/dev/null && printf '%s\n' "$tool"
done
section space
df -Pk "${path:-$state}" 2>/dev/null | tail -n 1
df -Pi "${path:-$state}" 2>/dev/null | tail -n 1
section end
