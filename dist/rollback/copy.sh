# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# Copies of a set in a second place, from this server to it. Each file must there have the hash that the manifest tells; the manifest itself comes
# last, so that half a copy is no set there either.
# Settings besides those of streams.sh: ENDPOINT (of S3); KEYS has what far.sh needs for SSH, and s3.CLIENT for S3, where they were given

COPIED=$SETS/$SET
# The files of the set, its manifest last.
copied_files() {
  for path in "$COPIED"/*; do case $path in */manifest.json) ;; *) say "${path##*/}" ;; esac; done
  say manifest.json
}
# hash_told FILE: what the manifest says of it; the manifest's own is what it is.
hash_told() {
  case $1 in
    manifest.json) sha256sum <"$COPIED/$1" | cut -d' ' -f1 ;;
    *) sed 's/},{/}\n{/g' "$COPIED/manifest.json" | sed -n 's/.*"file":"'"$1"'","size":[0-9]*,"sha256":"\([0-9a-f]*\)".*/\1/p' ;;
  esac
}

# ---- over SSH ----

# copy_over_ssh USER HOST PORT FOLDER
copy_over_ssh() { at_far "$@" "$SET" && visit_far 'no copy can be made there.' copy_rest; }
copy_rest() {
  ! grep -q '^there$' "$HERE/far" || return 0
  needed=$(du -sk "$COPIED" | cut -f1) free=$(sed -n 's/^free \([0-9]*\)$/\1/p' "$HERE/far")
  has=$(awk '$1 ~ /^[0-9]+$/ { sum += $1 } END { printf "%d", sum / 1024 }' "$HERE/far")
  [ "${free:-$needed}" -ge $((needed - has)) ] || { sent=never; fail "$far_host: the disk of $far_folder is too full for the copy: $((needed / 1000)) MB needed, $((free / 1000)) MB free."; return 1; }
  for file in $(copied_files); do
    send_file "$COPIED" "$file" "$(hash_told "$file")" || return 1
  done
  far_side name </dev/null >/dev/null || far_side begin </dev/null | grep -q '^there$' || { far_fault 'the copy could not be named.'; return 1; }
}

# ---- to S3, by the server's own client ----

# copy_to_s3 BUCKET PREFIX: reads back what it wrote, because what a store says of it is not of the whole file.
copy_to_s3() {
  s3_at=$1/${2:+$2/}$SET
  for s3_client in aws rclone s3cmd none; do ! command -v "$s3_client" >/dev/null || break; done
  [ "$s3_client" != none ] || { fail 'There is none of aws, rclone and s3cmd, one of which speaks to S3.'; return 1; }
  s3_keys=$KEYS/s3.$s3_client
  for file in $(copied_files); do
    "s3_by_$s3_client" put "$COPIED/$file" "$s3_at/$file" >/dev/null 2>"$HERE/far.err" || { s3_fault "$file was not written."; return 1; }
    rm -f "$HERE"/s3.exit
    { "s3_by_$s3_client" get "$s3_at/$file" 2>"$HERE/far.err"; echo $? >"$HERE/s3.exit"; } | sha256sum >"$HERE/answer"
    [ "$(cat "$HERE/s3.exit")" = 0 ] || { s3_fault "$file cannot be read again."; return 1; }
    [ "$(cut -d' ' -f1 "$HERE/answer")" = "$(hash_told "$file")" ] || { fail "$file has another hash in s3://$s3_at than the manifest tells."; return 1; }
  done
}
s3_fault() { fail "s3://$s3_at: $1 $s3_client says: $(grep -v '^$' "$HERE/far.err" | tail -n 2 | tr '\n\t' '  ' | cut -c 1-300)"; }
s3_by_aws() {
  verb=$1 from=$2 to=${3:+s3://$3}
  [ "$verb" = put ] || from=s3://$2 to=-
  set -- s3 cp --only-show-errors "$from" "$to"
  [ -z "$ENDPOINT" ] || set -- --endpoint-url "$ENDPOINT" "$@"
  if [ -e "$s3_keys" ]; then AWS_SHARED_CREDENTIALS_FILE=$s3_keys AWS_EC2_METADATA_DISABLED=true aws "$@"; else aws "$@"; fi
}
s3_by_rclone() {
  s3_options="--s3-provider=Other --s3-env-auth --s3-no-check-bucket"
  remote=:s3
  [ ! -e "$s3_keys" ] || { s3_options="--config=$s3_keys"; remote=second; }
  # shellcheck disable=SC2086
  case $1 in
    put) rclone $s3_options ${ENDPOINT:+--s3-endpoint="$ENDPOINT"} copyto "$2" "$remote:$3" ;;
    get) rclone $s3_options ${ENDPOINT:+--s3-endpoint="$ENDPOINT"} cat "$remote:$2" ;;
  esac
}
s3_by_s3cmd() {
  verb=$1 from=$2 to=${3:+s3://$3}
  [ "$verb" = put ] || from=s3://$2 to=-
  set -- --no-progress --quiet "$verb" "$from" "$to"
  [ -z "$ENDPOINT" ] || set -- --host="${ENDPOINT#*://}" --host-bucket="${ENDPOINT#*://}" "$@"
  case $ENDPOINT in http://*) set -- --no-ssl "$@" ;; esac
  [ ! -e "$s3_keys" ] || set -- --config="$s3_keys" "$@"
  s3cmd "$@"
}
