# shellcheck shell=sh disable=SC2154
# Files that belong to a release although they are outside of it, because its hooks change them. CONFIG_PATHS has them, a line each.
# `$STATE/configured` names the release whose configuration is there now, and each release keeps its own in
# `$STATE/releases/<release>/configuration` while another's is there.
CONFIG_LARGEST=16384 # KiB; more than that is data

# configure RELEASE: keeps what is there as that of the release it belongs to, and puts back this one's, if it has had one. Killed
# half-way, it begins again: what it had begun to put back belongs to nobody.
configure() {
  owner=$(cat "$STATE/configured" 2>/dev/null) || owner=
  case $owner in
    "$1") return 0 ;;
    '' | 'half of '*) ;;
    *) keep_configuration "$owner" || return 1 ;;
  esac
  if [ -e "$STATE/releases/$1/configuration" ]; then
    note_configured "half of $1" && restore_configuration "$STATE/releases/$1/configuration" || return 1
    say "The configuration of $1 is back."
  fi
  note_configured "$1"
}
note_configured() { say "$1" >"$STATE/configured.new" && durable "$STATE/configured.new" && mv -f "$STATE/configured.new" "$STATE/configured" && durable "$STATE"; }

# check_configuration: fails unless all of it can be kept, and put back.
check_configuration() {
  while read -r path; do
    [ -e "/$path" ] || continue
    { [ -r "/$path" ] && [ -w "$(dirname "/$path")" ]; } || { say "config-paths: $(id -un) may not read /$path, or not write to its folder, so it could not be put back." >&2; return 1; }
    [ "$(du -sk "/$path" | cut -f 1)" -le "$CONFIG_LARGEST" ] || { say "config-paths: /$path holds more than 16 MiB. That is data, which a rollback does not take back." >&2; return 1; }
  done <<PATHS
$CONFIG_PATHS
PATHS
}

keep_configuration() {
  [ -d "$STATE/releases/$1" ] || return 0 # it came to nothing, and its files are gone
  set -- "$STATE/releases/$1/configuration"
  while read -r path; do
    if [ -e "/$path" ] || [ -L "/$path" ]; then set -- "$@" "./$path"; fi
  done <<PATHS
$CONFIG_PATHS
PATHS
  kept=$1
  shift
  if [ $# -eq 0 ]; then : >"$kept.new"; else tar -cf "$kept.new" -C / "$@" || return 1; fi
  durable "$kept.new" && mv -f "$kept.new" "$kept" && durable "${kept%/*}"
}

# restore_configuration ARCHIVE: each file by one rename; what the archive does not have goes.
restore_configuration() {
  place=$STATE/configuration.here
  rm -rf "$place"
  mkdir "$place" || return 1
  [ ! -s "$1" ] || tar -xpf "$1" -C "$place" || return 1
  while read -r path; do
    restore_path "$place" "./$path" </dev/null || return 1
  done <<PATHS
$CONFIG_PATHS
PATHS
  rm -rf "$place"
}
restore_path() {
  if [ -e "/$2" ] || [ -L "/$2" ]; then
    (cd / && find "$2" -depth) | while IFS= read -r file; do
      if [ -e "$1/$file" ] || [ -L "$1/$file" ]; then continue; fi
      if [ -d "/$file" ] && [ ! -L "/$file" ]; then rmdir "/$file"; else rm -f "/$file"; fi || return 1
    done || return 1
  fi
  [ -e "$1/$2" ] || [ -L "$1/$2" ] || return 0
  (cd "$1" && find "$2" -type d) | while IFS= read -r folder; do mkdir -p "/$folder" || return 1; done || return 1
  (cd "$1" && find "$2" ! -type d) | while IFS= read -r file; do
    mkdir -p "/${file%/*}" && cp -pP "$1/$file" "/$file.slipway" && mv -f "/$file.slipway" "/$file" || return 1
  done
}
