# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# Whatever a command of the user's prints. A part's settings: NAME, FILE, hook_N (the command)

check_command() { database_bytes=0; }
capture_command() {
  began=$(now)
  taken_now
  kept "$FILE" command "$COMMAND" || return 1
  [ -s "$WORK/$(kept_name "$FILE")" ] || fail "The command of $NAME printed nothing."
  fact '"dumpSeconds":'"$(elapsed_since "$began")"
}
