# shellcheck shell=sh disable=SC3013,SC2012
# (SC3013: dash, bash and busybox ash all know test's -ef. SC2012: of what ls prints, only columns before a name are read.)
# Tells what a deployment would find on this server, as sections headed by "<mark> <name>", and changes nothing:
#   sh -c THIS slipway MARK KEY PATH RUNTIME_DIR NGINX_CONFIG PORTS TOOLS ROUTER ROOT
# RUNTIME_DIR is empty where there are no slots; PORTS and TOOLS are words; ROUTER is the sh text that fails where the
# router is not fit for a switch; ROOT goes before the paths of the machine's own settings, and is empty but in tests.
set -u
LC_ALL=C
export LC_ALL
mark=$1 key=$2 path=$3 runtime=$4 config=$5 ports=$6 tools=$7 router=$8 root=$9
state=$path/.slipway
user=$(id -un)

say() { printf '%s\n' "$*"; }
section() { printf '\036%s %s\n' "$mark" "$1"; }

# Mode, owner and group of what is there, as numbers.
rights() { ls -ldn "$1" 2>/dev/null | { read -r mode _ uid gid _ && say "$mode $uid $gid $1"; }; }

# The folder if it is there, or the nearest of its parents: "<kind> <writable> <type of its file system> <which>".
place() {
  at=$1
  while [ -n "$at" ] && [ ! -e "$at" ] && [ ! -L "$at" ]; do at=${at%/*}; done
  at=${at:-/} kind=other writable=no
  [ ! -d "$at" ] || kind=folder
  [ ! -w "$at" ] || [ ! -x "$at" ] || writable=yes
  type=$(stat -f -c %T "$at" 2>/dev/null | tr ' ' _)
  say "$kind $writable ${type:-unknown} $at"
}

# Every folder from the one given up to the root, as far as they are there.
way() {
  at=$(readlink -f "$1" 2>/dev/null)
  at=${at:-$1}
  while [ -n "$at" ]; do
    [ ! -d "$at" ] || rights "$at"
    at=${at%/*}
  done
}

link() {
  if [ -L "$1" ]; then say "link $1 $(readlink "$1")"
  elif [ -d "$1" ]; then say "folder $1"
  elif [ -e "$1" ]; then say "file $1"
  else say "none $1"
  fi
}

section clock
date +%s

section login
say "$user"
id -u
uname -n
sed -n 's/^PRETTY_NAME=//p' /etc/os-release 2>/dev/null | tr -d '"'

section tools
for tool in $tools; do command -v "$tool" >/dev/null 2>&1 || say "$tool"; done
section packages
for tool in apt-get dnf yum apk zypper pacman; do ! command -v "$tool" >/dev/null 2>&1 || say "$tool"; done

section places
place "$path"
[ -z "$runtime" ] || place "$runtime"
section home
place "$HOME/.slipway"
section state
rights "$state"
[ ! -d "$state" ] || place "$state"
section registered
readlink "$HOME/.slipway/$key"
section ways
way "$path"
[ -z "$runtime" ] || way "$runtime"

section links
if [ -n "$runtime" ]; then
  for name in "$path/slots/blue" "$path/slots/green" "$path/confirmed.sock" "$runtime/live.sock"; do link "$name"; done
else
  link "$path/current"
fi
section sockets
for slot in blue green; do [ ! -S "$runtime/$slot.sock" ] || rights "$runtime/$slot.sock"; done

section bytes
df -Pk "$(place "$path" | { read -r _ _ _ at && say "$at"; })" 2>/dev/null | tail -n 1
section inodes
df -Pi "$(place "$path" | { read -r _ _ _ at && say "$at"; })" 2>/dev/null | tail -n 1

section tmpfiles
for file in "$root"/etc/tmpfiles.d/*.conf "$root"/run/tmpfiles.d/*.conf "$root"/usr/local/lib/tmpfiles.d/*.conf "$root"/usr/lib/tmpfiles.d/*.conf; do
  [ ! -r "$file" ] || runtime=$runtime awk '
    ENVIRON["runtime"] != "" && ($2 == ENVIRON["runtime"] || $2 == ENVIRON["runtime"] "/live.sock") { print $1, $2, ($7 == "" ? "-" : $7), FILENAME }' "$file"
done

section systemd
[ ! -d "$root/run/systemd/system" ] || say running
section lingering
[ ! -e "$root/var/lib/systemd/linger/$user" ] || say yes
section logind
for file in "$root"/usr/lib/systemd/logind.conf "$root"/etc/systemd/logind.conf \
  "$root"/usr/lib/systemd/logind.conf.d/*.conf "$root"/run/systemd/logind.conf.d/*.conf "$root"/etc/systemd/logind.conf.d/*.conf; do
  [ ! -r "$file" ] || awk '/^[#; \t]*Kill(UserProcesses|OnlyUsers|ExcludeUsers)[ \t]*=/ { print FILENAME ":" $0 }' "$file"
done
section docker
if [ -S /var/run/docker.sock ]; then
  if [ -w /var/run/docker.sock ]; then say open; else say closed; fi
fi

section processes
for folder in /proc/[0-9]*; do
  read -r name <"$folder/comm" || continue
  case ${folder#/proc/}:$name in
    1:* | *:runsvdir | *:supervisord | *:s6-svscan | *:dockerd | *:crond | *:cron) say "${folder#/proc/} $name" ;;
    *:nginx)
      ids=$(awk '/^Uid:/ { uid = $3 } /^Gid:/ { gid = $3 } /^Groups:/ { $1 = ""; groups = $0 } END { print uid, gid groups }' "$folder/status")
      # shellcheck disable=SC2086
      set -- $ids
      say "${folder#/proc/} nginx $(tr '\0' ' ' <"$folder/cmdline" | tr -s ' \n' '__') $(gid=$2 awk -F : '$3 == ENVIRON["gid"] { print $1; exit }' /etc/group)- $ids"
      ;;
  esac
done 2>/dev/null

section nginx
if [ -z "$runtime" ]; then
  :
elif [ ! -d "$config" ]; then
  say missing
elif [ ! -r "$config" ] || [ ! -x "$config" ]; then
  say closed
else
  say open
  # Of comments nothing is left, and of lines only those that name a socket of the service.
  find -L "$config" -type f 2>/dev/null | while read -r file; do
    if [ ! -r "$file" ]; then say "closed $file"; continue; fi
    sockets=$runtime/ awk '{ sub(/#.*/, "") } index($0, ENVIRON["sockets"]) { print "names", $0 }' "$file"
  done
fi
section router
[ -z "$runtime" ] || sh -c "$router" 2>&1

section plans
for plan in "$state"/plans/*/; do
  plan=${plan%/}
  [ ! -e "$plan/journal" ] || [ -e "$plan/final" ] || say "${plan##*/} $(sed -n '1s/ /_/gp' "$plan/journal") $(tail -n 1 "$plan/journal")"
done

# A shared lock, tried for a moment on a descriptor that is only read from, keeps nobody waiting.
section lock
if [ -e "$state/lock" ] && ! flock -s -n "$state/lock" true 2>/dev/null; then
  command -v flock >/dev/null 2>&1 && say held
  for fd in /proc/[0-9]*/fd/*; do
    [ "$fd" -ef "$state/lock" ] || continue
    pid=${fd#/proc/} pid=${pid%%/*}
    grep -q '^lock:' "/proc/$pid/fdinfo/${fd##*/}" 2>/dev/null || continue
    # The next plan ends what a step of a killed one left in its session, and nothing else.
    session=$(sed 's/.*) //' "/proc/$pid/stat" | cut -d ' ' -f 4) kind=stray
    ! grep -q "^[0-9]* process [^ ]* $session " "$state"/plans/*/journal 2>/dev/null || kind=step
    say "$pid $kind $(tr '\0' ' ' <"/proc/$pid/cmdline" | tr '\n' ' ' | cut -c 1-200)"
  done | sort -un
fi
section holder
if [ -r "$state/holder" ]; then
  read -r plan pid _ <"$state/holder"
  [ ! -d "/proc/$pid" ] || say "$plan $pid"
fi

section ports
for port in $ports; do
  hex=$(printf ':%04X' "$port")
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | hex=$hex awk '$4 == "0A" && substr($2, length($2) - 4) == ENVIRON["hex"] { print $8, $10 }' \
    | sort -u | while read -r uid inode; do say "$port $uid $inode"; done
done | while read -r port uid inode; do
  # As far as we may look into processes: our own.
  pid=$(ls -l /proc/[0-9]*/fd 2>/dev/null | socket="socket:[$inode]" awk '/^\/proc\// { at = $1 } $NF == ENVIRON["socket"] { split(at, parts, "/"); print parts[3]; exit }')
  owner=$(uid=$uid awk -F : '$3 == ENVIRON["uid"] { print $1; exit }' /etc/passwd)
  say "$port ${owner:-$uid} ${pid:--} $([ -z "$pid" ] || tr '\0' ' ' <"/proc/$pid/cmdline" | tr '\n' ' ' | cut -c 1-120)"
done
section end
