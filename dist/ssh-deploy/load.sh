# shellcheck shell=sh
# Puts images together from pieces of layers, then a tar from standard input that ends the archive: sh -c THIS slipway STORE REFERENCES LAYER:PIECES...
# REFERENCES are parted by blanks. Code 66 says that pieces are missing.
set -u
store=$1 references=$2
shift 2
for layer; do
  count=0
  for piece in "$store/${layer%:*}"/[0-9]*; do [ ! -f "$piece" ] || count=$((count + 1)); done
  [ "$count" -eq "${layer#*:}" ] || { echo "Of layer ${layer%:*} $count of ${layer#*:} pieces are there." >&2; exit 66; }
done
archive() {
  for layer; do
    for piece in "$store/${layer%:*}"/[0-9]*; do
      case $piece in *.gz) gzip -dc "$piece" ;; *) cat "$piece" ;; esac || return
    done
  done
  cat
}
archive "$@" | docker load
code=$?
# At once: what is brought and never deployed is removed again, too.
for reference in $references; do
  [ "$code" -eq 0 ] || break
  id=$(docker image inspect --format '{{.Id}}' "$reference") && printf '%s %s\n' "$id" "$reference" >>"${store%/*}/images.brought" || code=$?
done
# What an engine did not take once it would not take again.
for layer; do rm -rf "${store:?}/${layer%:*}"; done
rmdir "$store" 2>/dev/null
exit "$code"
