# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# A set that is there already, opened to be looked at, restored, or rehearsed upon. Settings besides those of streams.sh: OPENED, PARTS and part_N.
# A plan's first step is open_set. From then on, for part N, each step by itself:
#   open_part N && hold_KIND    a scratch instance that holds the part, compared with its fingerprint; one at a time. It outlives the step.
#   at_part N                   in a later step: part N's settings and programs again. Then, by its kind:
#       postgres  scratch_psql -d restored ..., scratch_tool pg_dump ...; user proof_$SET on the socket in SOCKETS, or in socket_folder of container slipway-$SET
#       mysql     scratch_mysql "$DATABASE" ..., scratch_mysqldump ...; user root on the socket my_socket, in that container where there is one
#       sqlite    the file ROOM/NAME.sqlite
#       files     the folder ROOM/NAME.files
#   end_scratch_KIND            ends it. The plan's clear, and its last step, is clear_set, which ends whatever is left.

# Whether every file of these parts is what the manifest says, and the key that opens them is there.
open_set() {
  [ -r "$OPENED/manifest.json" ] || { fail "There is no set ${OPENED##*/} in ${OPENED%/*} that $(id -un) may read."; return 1; }
  mkdir -p "$SCRATCH" && mkdir -p -m 711 "$ROOM" || { fail "$SCRATCH must be a folder that $(id -un) may write in."; return 1; }
  take_identity || return 1
  for part in $PARTS; do
    "part_$part"
    case $KIND in postgres | mysql) set -- "$FILE" "$NAME.setup.sql" ;; *) set -- "$FILE" ;; esac
    ! grep -q "{\"file\":\"${NAME}[.]fingerprint[.]tar" "$OPENED/manifest.json" || set -- "$@" "$NAME.fingerprint.tar"
    for file; do intact "$file" || return 1; done
    can_unpack "$(found "$FILE")" && opens "$(found "$file")" || return 1
  done
}
# The secret key of gpg becomes a keyring, once.
take_identity() {
  [ -e "$KEYS/gpg.asc" ] && [ ! -d "$KEYS/gpg" ] || return 0
  command -v gpg >/dev/null || { fail 'gpg is not installed, which opens the set.'; return 1; }
  mkdir -m 700 "$KEYS/gpg" && gpg_here --pinentry-mode loopback --passphrase-file "$KEYS/gpg.passphrase" --import <"$KEYS/gpg.asc" 2>/dev/null || fail 'The secret key for the set was not accepted by gpg.'
}
can_unpack() {
  case $1 in *.zst | *.zst.*) needs_program zstd "$1" ;; *.gz | *.gz.*) needs_program gzip "$1" ;; esac || return 1
  case $1 in
    *.age) [ -e "$KEYS/age" ] && command -v age >/dev/null || { fail "$1 is encrypted: it takes age, and age-identity, the secret key for one of its recipients."; return 1; } ;;
    *.gpg) [ -d "$KEYS/gpg" ] || { fail "$1 is encrypted: it takes gpg-secret-key, the secret key for one of its recipients."; return 1; } ;;
  esac
}
needs_program() { command -v "$1" >/dev/null || fail "$1 is not installed, which unpacks $2."; }
# Whether the key fits; the last file is a small one, where there is any.
opens() {
  case $1 in *.age | *.gpg) decrypt "$1" <"$KEPT/$1" 2>"$ROOM/decrypt.err" >/dev/null || fail "$1 does not open with the key given: $(words_of decrypt)" ;; esac
}
# intact NAME: whether a file has the hash that the manifest says.
intact() {
  intact=$(found "$1") || { fail "$1 is not in set ${OPENED##*/} any more."; return 1; }
  promised=$(grep -o "{\"file\":\"$(printf '%s' "$intact" | sed 's/\./[.]/g')\",\"size\":[0-9]*,\"sha256\":\"[0-9a-f]*\"}" "$OPENED/manifest.json" | sed 's/.*"sha256":"\([0-9a-f]*\)".*/\1/')
  actual=$(sha256sum <"$OPENED/$intact") && [ "${actual%% *}" = "$promised" ] || fail "$intact of set ${OPENED##*/} is not what was written: it is damaged. Take another set."
}
# Makes part N the one under way, and puts its fingerprint into ROOM. A set without one is older than fingerprints in sets.
open_part() {
  "part_$1"
  VERIFY=restored
  ! found "$NAME.fingerprint.tar" >/dev/null || VERIFY=equal
  recall_fingerprint
}
at_part() {
  "part_$1"
  case $KIND in postgres | mysql) "reach_$KIND" ;; esac
}
