# shellcheck shell=sh
# Takes a piece of a layer from standard input, whole or not at all: sh -c THIS slipway STORE LAYER PIECE SHA256
set -eu
umask 077
mkdir -p "$1/$2"
new=$1/$2/.$3.$$
trap 'rm -f "$new"' EXIT
trap 'exit 1' HUP INT TERM PIPE
cat >"$new"
printf '%s  %s\n' "$4" "$new" | sha256sum -c >/dev/null 2>&1 || { echo 'It did not arrive whole.' >&2; exit 65; }
mv "$new" "$1/$2/$3"
