# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# MongoDB: an archive of mongodump, which reads each collection at a moment of its own. It is read back to its end and not restored.
# A part's settings: NAME, DATABASE, DB_HOST, DB_PORT, DB_USER, PART (its number), CONTAINER, TOOLS

reach_mongodb() {
  [ -z "$CONTAINER" ] || { enter_container && hand_in_password; } || return 1
  mongo_dump=$(program_inside "${TOOLS:+$TOOLS/}mongodump") || { fail "There is no mongodump${CONTAINER:+ in container $CONTAINER}. It comes with MongoDB's database tools."; return 1; }
}
# How large it is, only the server could tell, through a client that need not be there.
check_mongodb() { reach_mongodb && database_bytes=0; }
# A password is in a file of settings, so that it is no argument. Users of a server are kept in its database admin.
dump_mongodb() {
  set -- --quiet --archive --db="$DATABASE"
  [ -z "$DB_HOST" ] || set -- "$@" --host="$DB_HOST"
  [ -z "$DB_PORT" ] || set -- "$@" --port="$DB_PORT"
  [ -z "$DB_USER" ] || set -- "$@" --username="$DB_USER" --authenticationDatabase=admin
  if [ ! -e "$KEYS/$PART" ]; then :; elif [ -n "$CONTAINER" ]; then set -- "$@" --config="$key_inside"; else set -- "$@" --config="$KEYS/$PART"; fi
  inside "$mongo_dump" "$@"
}
capture_mongodb() {
  reach_mongodb || return 1
  began=$(now)
  taken_now
  kept "$FILE" mongodump dump_mongodb || return 1
  leave_containers
  fact '"dumpSeconds":'"$(elapsed_since "$began")"
}
