# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# Whether what came back is what was there. Files of the part under way: rows.*, sequences.*, schema.* in ROOM. Names are told, rows never.

# keep_fingerprint FILE...: keeps these files of ROOM in the set, so that it can be compared with its own snapshot whenever it is restored.
keep_fingerprint() { kept "$NAME.fingerprint.tar" tar tar -C "$ROOM" -cf - "$@"; }
# Puts them into ROOM again, for the part under way.
recall_fingerprint() { case $VERIFY in equal) read_back "$NAME.fingerprint.tar" tar tar -xf - -C "$ROOM" ;; esac; }

compare_rows() {
  [ -s "$ROOM/rows.source" ] || { fail "There is no fingerprint of $DATABASE to compare with."; return 1; }
  cmp -s "$ROOM/rows.source" "$ROOM/rows.restored" && return 0
  fail "$NAME is not equal to the $DATABASE that it was taken from. Rows differ in: $(diff "$ROOM/rows.source" "$ROOM/rows.restored" | sed -n 's/^[<>] \(.*\)|[-0-9]*|[-0-9]*$/\1/p' | sort -u | head -n 10 | tr '\n' ' ')"
}
# A sequence goes on during a dump: what came back lies between what it was before and after.
compare_sequences() {
  awk -F'|' '
    { value = $NF; name = $0; sub(/[|][^|]*$/, "", name); got[part, name] = value; names[name] }
    END {
      for (name in names) {
        low = got[0, name]; high = got[1, name]; is = got[2, name]
        if (low + 0 > high + 0) { swap = low; low = high; high = swap }
        if (low == "" || is == "" || is + 0 < low + 0 || is + 0 > high + 0) bad = bad " " name
      }
      if (bad != "") { print "Sequences came back with other values:" bad; exit 1 }
    }' part=0 "$ROOM/sequences.before" part=1 "$ROOM/sequences.after" part=2 "$ROOM/sequences.restored" >&2
}
compare_schema() {
  cmp -s "$ROOM/schema.source" "$ROOM/schema.restored" && return 0
  fail "The schema of $NAME is not that of $DATABASE: $(diff "$ROOM/schema.source" "$ROOM/schema.restored" | grep -c '^[<>]') lines differ."
}
