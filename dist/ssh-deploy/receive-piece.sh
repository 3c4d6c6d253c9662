# shellcheck shell=sh
# Takes a piece of a layer from standard input, whole or not at all: sh -c THIS slipway STORE LAYER PIECE SHA256
set -eu
umask 077
mkdir -p "$1/$2"
new=$1/$2/.$3.$$
trap 'rm -f "$new"' EXIT
trap 'exit 1' HUP INT TERM PIPE
cat >"$new"
# Where it is there, openssl takes a third of the time.
sum=$(openssl dgst -sha256 -r "$new" 2>/dev/null || sha256sum "$new")
[ "${sum%% *}" = "$4" ] || { echo 'It did not arrive whole.' >&2; exit 65; }
mv "$new" "$1/$2/$3"
