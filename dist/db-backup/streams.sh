# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# (SC2034, SC2154: the files of this folder are one text on a server, and use the names of each other; SC2015: A && B || C is meant wherever it stands here.)
# Streams of a backup set. A plan carries it, behind the executor and behind these settings:
#   SETS (folder of the sets), SET (this set's id), SCRATCH (folder of scratch instances), RECIPIENTS, ENCRYPTION (none, age or gpg),
#   OPENED (the folder of a set that is there already, where it is read and none is taken; SET is then the plan's id)
# WORK is where the set grows; it is a set once it is renamed. KEPT is where files of a set are read from. Functions run under || and &&, where set -e is off: each line answers for itself.

[ -n "$SCRATCH" ] || if [ "$(id -u)" -eq 0 ]; then SCRATCH=/var/tmp; else SCRATCH=$SETS; fi # where the user postgres may enter
WORK=$SETS/$SET.partial
KEPT=${OPENED:-$WORK}
ROOM=$SCRATCH/.slipway-$SET
SOCKETS=/tmp/slipway-$SET
KEYS=$HERE/once

# Nothing that a database's program says about a row may reach a log: what is let through is chosen below, by each caller.
fail() { printf '%s\n' "$*" >&2; return 1; }
elapsed_since() { printf '%s\n' "$(($(now) - $1))"; }

# fact WORDS: a JSON member of the part under way, for the manifest.
fact() { printf ',%s' "$*" >>"$ROOM/$NAME.facts"; }
# The moment that the part under way shows.
taken_now() {
  fact '"time":"'"$(timestamp)"'"'
  now >>"$ROOM/moments"
}

# of_pipe NAME COMMAND...: one member of a pipe. Its exit code is written down, because sh has no pipefail; who was killed leaves none.
of_pipe() {
  member=$1
  shift
  if "$@" 2>"$ROOM/$member.err"; then member_code=0; else member_code=$?; fi
  printf '%s\n' "$member_code" >"$ROOM/$member.exit"
}
# ended_well NAME...: whether every member of the pipe that just ended did so with 0; says who did not, and what they may say.
ended_well() {
  for member; do
    read -r ended 2>/dev/null <"$ROOM/$member.exit" || ended='no exit code: it was killed'
    [ "$ended" = 0 ] || { fail "$member ended with $ended. $(words_of "$member")"; return 1; }
  done
}
# The last of what a member said on stderr that is known to hold no rows.
words_of() {
  case $1 in
    pg_dump | psql) sed -n 's/^psql:[^:]*:\([0-9]*\): \(ERROR: *[0-9A-Z]\{5\}\).*/line \1: \2/p; /^\(pg_dump\|psql\): \(error\|detail\|warning\)/p; /: not found$/p' ;;
    mysqldump | mysql) sed -n 's/^\(ERROR [0-9]* ([0-9A-Z]*) at line [0-9]*\).*/\1/p; /^\(mysqldump\|mariadb-dump\): \(Got error\|Error\|Couldn\)/p; s/^\(ERROR [0-9]* ([0-9A-Z]*): Access denied.*\)/\1/p; s/^\(ERROR [0-9]* ([0-9A-Z]*): Can.t connect.*\)/\1/p' ;;
    mongodump) sed -n 's/^[^	]*	\(Failed: [^{]*\).*/\1/p' ;;
    redis) grep -a -E '^(Could not connect|Error: |AUTH failed|NOAUTH|NOPERM|ERR unknown command|LOADING|MASTERDOWN|SYNC with master failed|I/O error|Invalid response)' ;;
    *) cat ;;
  esac <"$ROOM/$1.err" 2>/dev/null | tail -n 3 | cut -c 1-300
}

# Says when a stream's first block has come by.
flow() { dd bs=1 count=4096 2>/dev/null && : >"$ROOM/flowing" && cat; }
pack() {
  case $COMPRESSION in
    zstd) zstd -q -3 ;;
    gzip) gzip -n ;;
    none) cat ;;
  esac
}
unpack() {
  case $1 in
    *.zst | *.zst.age | *.zst.gpg) zstd -q -dc ;;
    *.gz | *.gz.age | *.gz.gpg) gzip -dc ;;
    *) cat ;;
  esac
}

# Encryption is to the recipients, and to a key that is made for this set and lives until it is proven: what is proven are the bytes that are kept.
make_key() {
  mkdir -p -m 700 "$KEYS"
  case $ENCRYPTION in
    age)
      rm -f "$KEYS/age"
      age-keygen -o "$KEYS/age" 2>/dev/null && age-keygen -y "$KEYS/age" >"$KEYS/age.pub" ;;
    gpg)
      mkdir -p -m 700 "$KEYS/gpg" && : >"$KEYS/gpg.passphrase" &&
        printf '%s\n' "$RECIPIENTS" | gpg_here --import 2>/dev/null &&
        gpg_here --passphrase '' --quick-generate-key "slipway-$SET" rsa3072 encr 1d 2>/dev/null ;;
  esac
}
gpg_here() { gpg --homedir "$KEYS/gpg" --batch --no-tty --quiet "$@"; }
encrypt() {
  case $ENCRYPTION in
    age) printf '%s\n' "$RECIPIENTS" | cat - "$KEYS/age.pub" >"$KEYS/recipients" && age --encrypt --recipients-file "$KEYS/recipients" ;;
    gpg)
      set --
      for recipient in $(gpg_here --list-keys --with-colons | sed -n 's/^fpr:*\([0-9A-F]*\):$/\1/p'); do set -- "$@" --recipient "$recipient"; done
      gpg_here --trust-model always --compress-algo none "$@" --encrypt ;;
    none) cat ;;
  esac
}
decrypt() {
  case $1 in
    *.age) age --decrypt --identity "$KEYS/age" ;;
    *.gpg) gpg_here --pinentry-mode loopback --passphrase-file "$KEYS/gpg.passphrase" --decrypt ;;
    *) cat ;;
  esac
}

# The name that a file has in the set: with the ends of what it went through.
kept_name() {
  case $COMPRESSION in zstd) kept=$1.zst ;; gzip) kept=$1.gz ;; none) kept=$1 ;; esac
  case $ENCRYPTION in none) ;; *) kept=$kept.$ENCRYPTION ;; esac
  printf '%s\n' "$kept"
}
# kept NAME PROGRAM COMMAND...: what the command prints, as a file of the set. PROGRAM is what messages call it.
kept() {
  kept=$1 program=$2
  shift 2
  kept=$(kept_name "$kept")
  rm -f "$ROOM"/*.exit
  case $program in
    mysqldump) of_pipe "$program" "$@" | of_pipe flow flow | of_pipe "$COMPRESSION" pack | of_pipe encrypt encrypt >"$WORK/$kept" && ended_well flow ;;
    *) of_pipe "$program" "$@" | of_pipe "$COMPRESSION" pack | of_pipe encrypt encrypt >"$WORK/$kept" ;;
  esac
  ended_well "$program" "$COMPRESSION" encrypt || fail "$kept was not made." || return 1
}
# The name that a file of the set is kept by, whatever it went through; fails where there is none.
found() {
  for packed in '' .zst .gz; do
    for locked in '' .age .gpg; do
      [ ! -f "$KEPT/$1$packed$locked" ] || { printf '%s\n' "$1$packed$locked"; return; }
    done
  done
  return 1
}
# read_back NAME PROGRAM COMMAND...: gives a file of the set, as it is kept, to a command's standard input.
read_back() {
  back=$(found "$1") || fail "$1 is not in the set." || return 1
  program=$2
  shift 2
  rm -f "$ROOM"/*.exit
  of_pipe decrypt decrypt "$back" <"$KEPT/$back" | of_pipe unpack unpack "$back" | of_pipe "$program" "$@"
  ended_well "$program" unpack decrypt || fail "$back could not be read back." || return 1
}

# With the least claim to processor and disk that there is.
GENTLE='nice -n 15'
if command -v ionice >/dev/null; then GENTLE="$GENTLE ionice -c 2 -n 7"; fi
# as_owner USER COMMAND...: as that user where this is root, whom databases refuse.
as_owner() {
  owner=$1
  shift
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid="$owner" --regid="$owner" --init-groups -- "$@"; else "$@"; fi
}
own() { [ "$(id -u)" -ne 0 ] || chown "$@"; }

# end_scratch FILE [SIGNAL]: ends the process whose number a pid file of a scratch instance tells, if its working folder is in that instance.
end_scratch() {
  [ -r "$1" ] && read -r scratch_pid <"$1" || return 0
  case $(readlink "/proc/$scratch_pid/cwd") in
    "$ROOM"/*)
      kill -s "${2:-QUIT}" "$scratch_pid" 2>/dev/null
      for _ in 1 2 3 4 5 6 7 8 9 10; do [ -n "$(started "$scratch_pid")" ] || return 0; nap 0.2; done
      kill -s KILL "$scratch_pid" 2>/dev/null ;;
  esac
}
