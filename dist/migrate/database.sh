# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174,SC2030,SC2031
# The database that migrations are for: the live one, or a scratch instance that holds a set's part (WHERE is live or scratch), reached by our
# own questions and by the engine's process. A plan carries this behind shared/database, with part_1 (the database) and these settings:
#   FOLDER (where commands run), RELEASE, DIRECTORY (of the migrations, relative to it), BOOK (what is kept of this database's migrations),
#   LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, LONG (seconds), PATIENCE (seconds), RETRIES, NEEDS_PASSWORD, URL_USER, URL_DATABASE, PROGRAMS

WHERE=live
APPLICATION=slipway-${HERE##*/}

# at_database: makes the live database the one under way; each step begins with it.
at_database() {
  part_1
  VERIFY=readable
  [ "$WHERE" = scratch ] || ROOM=$HERE/room
  mkdir -p -m 700 "$ROOM" || return 1
  PATH=$STATE/programs:$PATH
  for program in $PROGRAMS; do command -v "$program" >/dev/null || { fail "$program is not on the PATH of $(id -un)."; return 1; }; done
  [ -d "$FOLDER/$DIRECTORY" ] || { fail "$FOLDER has no folder $DIRECTORY."; return 1; }
  case $KIND in
    sqlite)
      command -v sqlite3 >/dev/null || { fail 'sqlite3 is not installed, which looks into the database. On Debian: apt-get install sqlite3'; return 1; }
      [ "$WHERE" = scratch ] || [ -f "$DATABASE" ] || { fail "$DATABASE is not there. An empty file is a new SQLite database: touch it first."; return 1; } ;;
    *) "reach_$KIND" && reach_from_outside ;;
  esac
}
# Where a program of this machine finds a database that lives in a container, and as whom: LIVE_HOST and LIVE_USER.
reach_from_outside() {
  [ -n "$CONTAINER" ] && [ "$WHERE" = live ] || return 0
  case $(docker inspect --format '{{.HostConfig.NetworkMode}}' "$container") in
    host) LIVE_HOST=127.0.0.1 ;;
    *) LIVE_HOST=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "$container" | awk '{ print $1 }') ;;
  esac
  [ -n "$LIVE_HOST" ] || { fail "Container $CONTAINER (database.container) is on no network, so what applies migrations on this server cannot reach its database. Give it one, such as that of its compose project."; return 1; }
  case $KIND,$DB_USER in
    mysql,) LIVE_USER=$(echo "select substring_index(current_user(), '@', 1)" | ask_mysql) || return 1 ;;
    *) LIVE_USER=$DB_USER ;;
  esac
  case $URL_USER,$LIVE_USER in ,*[!A-Za-z0-9._-]*) fail "The user of $DATABASE in container $CONTAINER has a name with other signs than letters, digits, dots, hyphens and underscores. Give it as database.user." ;; esac
}

# rows_of: asks the database what comes on standard input; rows, with columns between |.
rows_of() {
  case ${ISOLATED-},$CONTAINER in yes,?*) ask_outside; return ;; esac
  case $WHERE,$KIND in
    live,postgres) ask_postgres ;;
    scratch,postgres) scratch_psql -d restored ;;
    live,mysql) with_bars ask_mysql ;;
    scratch,mysql) with_bars scratch_mysql "$DATABASE" ;;
    *,sqlite) sqlite3 -batch -bail -separator '|' -cmd '.timeout 5000' "$(sqlite_file)" ;;
  esac
}
# The exit code is the client's.
with_bars() {
  { client_code=$({ tell_code "$@" 4>&- | tr '\t' '|' >&4 3>&-; } 3>&1); } 4>&1
  return "$client_code"
}
tell_code() { if "$@" 3>&-; then say 0 >&3; else say "$?" >&3; fi; }
sqlite_file() { if [ "$WHERE" = scratch ]; then say "$ROOM/$NAME.sqlite"; else say "$DATABASE"; fi; }

# schema_of FILE: the schema as text, the same for the same schema, with what a dump leaves out.
schema_of() {
  case $WHERE,$KIND in
    live,postgres) postgres_schema migrated.schema pg pg_dump --no-password --lock-wait-timeout=30s ;;
    scratch,postgres) postgres_schema migrated.schema scratch_tool pg_dump --no-password --dbname=restored ;;
    live,mysql) mysql_schema migrated.schema "$DATABASE" my "$my_dump" ;;
    scratch,mysql) mysql_schema migrated.schema "$DATABASE" scratch_mysqldump ;;
    *,sqlite) sqlite3 -batch -readonly -cmd '.timeout 5000' "$(sqlite_file)" "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_schema order by type, name" >"$ROOM/migrated.schema" 2>"$ROOM/sqlite3.err" || fail "The schema of $DATABASE cannot be read." ;;
  esac || return 1
  case $KIND in postgres)
    echo "select 'invalid index ' || indexrelid::regclass from pg_index where not indisvalid order by 1" | rows_of >>"$ROOM/migrated.schema" || return 1 ;;
  esac
  cp "$ROOM/migrated.schema" "$1"
}
hash_of() { sha256sum <"$1" | cut -d' ' -f1; }

# ---- what the engine's process finds ----

# In a subshell: the database in variables, and passwords in files that only this plan has.
introduce() {
  unset DATABASE_URL PGSERVICE
  [ "$WHERE" = live ] || export SLIPWAY_REHEARSAL=yes
  export SLIPWAY_DATABASE="$DATABASE" LOCK_TIMEOUT_MS STATEMENT_TIMEOUT_MS ROOM
  export SERVICE="$SERVICE_NAME" ENVIRONMENT="$SERVICE_ENVIRONMENT" RELEASE RELEASE_DIR="$FOLDER" SLIPWAY_SQL="$ROOM/sql" SLIPWAY_PLAN="$PLAN"
  # shellcheck disable=SC2016 # it is what runs it that puts the path in
  say 'exec sh "$SLIPWAY_PLAN" step sql' >"$SLIPWAY_SQL"
  secret=''
  [ "$NEEDS_PASSWORD,$WHERE" != yes,live ] || [ ! -e "$KEYS/url" ] || secret=:$(cat "$KEYS/url")
  "introduce_$KIND"
  export DATABASE_URL
}
introduce_postgres() {
  export PGDATABASE="$DATABASE" PGAPPNAME="$APPLICATION" PGOPTIONS="-c lock_timeout=${LOCK_TIMEOUT_MS} -c statement_timeout=${STATEMENT_TIMEOUT_MS}"
  address_host=$DB_HOST user=$URL_USER
  if [ "$WHERE" = scratch ]; then
    unset PGPASSFILE
    address_host=$(scratch_folder)
    URL_DATABASE=restored
    export PGHOST="$address_host" PGPORT=5432 PGDATABASE=restored SLIPWAY_DATABASE=restored
    PGUSER=$(cat "$ROOM/role") && export PGUSER
    user=$(cat "$ROOM/role.url")
  elif [ -n "$CONTAINER" ]; then
    export PGHOST="$LIVE_HOST" PGUSER="$LIVE_USER"
    address_host=$LIVE_HOST user=${URL_USER:-$LIVE_USER}
    [ ! -e "$KEYS/$PART" ] || export PGPASSFILE="$KEYS/$PART"
  fi
  case $address_host in
    /* | '') place="/$URL_DATABASE${address_host:+?host=$address_host}" mode=disable ;;
    127.* | localhost | ::1) place="$address_host:${DB_PORT:-5432}/$URL_DATABASE" mode=disable ;;
    *) place="$address_host:${DB_PORT:-5432}/$URL_DATABASE" mode=require; [ -z "$CONTAINER" ] || mode=disable ;;
  esac
  [ "$WHERE" = live ] || mode=disable
  DATABASE_URL="postgres://${user:+$user$secret@}$place"
  case $place in *'?'*) extra='&' ;; *) extra='?' ;; esac
  write_address "$DATABASE_URL${extra}sslmode=${PGSSLMODE:-$mode}"
}
# The folder of a scratch instance's socket.
scratch_folder() { say "$SOCKETS${CONTAINER:+/inside}"; }
introduce_mysql() {
  unset MYSQL_PWD MYSQL_HOST MYSQL_TCP_PORT MYSQL_UNIX_PORT
  # lib/pq's kind of file does not exist here: the tool's own address needs the password, in a file of its own.
  own_secret='' socket=$DB_HOST user=$URL_USER
  [ ! -e "$KEYS/url" ] || own_secret=:$(cat "$KEYS/url")
  if [ "$WHERE" = scratch ]; then
    socket=$(scratch_folder)/s user=$(cat "$ROOM/role.url") own_secret=''
  else
    [ ! -e "$KEYS/$PART" ] || export MYSQL_DEFAULTS_FILE="$KEYS/$PART"
    [ -z "$CONTAINER" ] || socket=$LIVE_HOST user=${URL_USER:-$LIVE_USER}
  fi
  export MYSQL_USER="${user:-$(id -un)}"
  case $socket in
    /* | '')
      socket=${socket:-$(echo 'select @@socket' | rows_of)} && export MYSQL_UNIX_PORT="$socket"
      place="/$URL_DATABASE?socket=$socket" extra='&' ;;
    *)
      export MYSQL_HOST="$socket" MYSQL_TCP_PORT="${DB_PORT:-3306}"
      place="$socket:$MYSQL_TCP_PORT/$URL_DATABASE" extra='?' ;;
  esac
  DATABASE_URL="mysql://${user:-$(id -un)}$secret@$place"
  seconds=$(((LOCK_TIMEOUT_MS + 999) / 1000))
  write_address "mysql://${user:-$(id -un)}$own_secret@$place${extra}lock_wait_timeout=$seconds&innodb_lock_wait_timeout=$seconds"
}
introduce_sqlite() {
  SLIPWAY_DATABASE=$(sqlite_file)
  DATABASE_URL="sqlite:///$SLIPWAY_DATABASE"
  # By a link, because what a name is in an address differs from driver to driver; SQLite itself goes by the file it leads to.
  ln -sfn "$SLIPWAY_DATABASE" "$ROOM/linked.sqlite"
  write_address "sqlite:$ROOM/linked.sqlite?_busy_timeout=$LOCK_TIMEOUT_MS"
}
# A program that reads its variables from a file has them neither in its arguments nor in the environment it was started with.
write_address() {
  mkdir -p -m 700 "$KEYS"
  export ADDRESS="$KEYS/address"
  say "DATABASE_URL='$1'" >"$ADDRESS"
}

# engine FUNCTION [WRAPPER...]: runs a text of the engine's in the folder, with the database, and without what this plan holds open. In a process of
# its own, because `set -e` counts for nothing in a function that somebody asks for its exit code.
engine() {
  called=$1
  shift
  (
    export pg_bin my_client my_dump my_socket flavour container key_inside LIVE_HOST LIVE_USER WITHIN="$WHERE" ROOM_WITHIN="$ROOM" CALLED="$called"
    "$@" sh "$PLAN" step engine
  ) </dev/null 5>&- 6>&-
}
step_engine() {
  PATH=$STATE/programs:$PATH
  settle_in
  [ -z "${ISOLATED-}" ] || hide_others
  introduce
  cd "$FOLDER" || exit 1
  "$CALLED"
}
settle_in() {
  WHERE=$WITHIN ROOM=$ROOM_WITHIN
  part_1
  [ -z "$CONTAINER" ] || DB_USER=${DB_USER:-$LIVE_USER}
}
# The question on standard input, for whoever has no client of the database: SLIPWAY_SQL.
step_sql() {
  settle_in
  rows_of
}

# ---- one at a time ----

# A lock of the database's own, which ends with its session whatever happens here: other servers may have the same database.
hold_lock() {
  case $KIND in
    sqlite)
      exec 6<"$DATABASE"
      flock -n 6 || { fail "Other migrations of $DATABASE are under way. Nothing was changed."; return 1; } ;;
    *)
      trap '' PIPE
      rm -f "$ROOM/lock" && mkfifo "$ROOM/lock" && : >"$ROOM/lock.answers" || return 1
      "lock_$KIND" <"$ROOM/lock" >"$ROOM/lock.answers" 2>"$ROOM/lock.err" 9>&- &
      locker=$!
      exec 5>"$ROOM/lock"
      case $KIND in
        postgres) say "select case when pg_try_advisory_lock(hashtext('slipway.migrate')) then 'held' else 'busy' end;" ;;
        mysql) say "set session wait_timeout = 86400; select if(get_lock(concat('slipway.', sha1(database())), 0) = 1, 'held', 'busy');" ;;
      esac >&5
      until grep -q . "$ROOM/lock.answers"; do [ -n "$(started "$locker")" ] || { fail "$DATABASE cannot be locked: $(tail -n 1 "$ROOM/lock.err" | cut -c 1-200)"; return 1; }; nap 0.05; done
      grep -q held "$ROOM/lock.answers" || { exec 5>&-; fail "Other migrations of $DATABASE are under way, maybe from another server. Nothing was changed. Run again when they have ended."; return 1; } ;;
  esac
}
lock_postgres() { PGAPPNAME=$APPLICATION ask_postgres; }
lock_mysql() { ask_mysql; }

# ---- who is in the way ----

# Waits until no dump and no long transaction holds tables, PATIENCE seconds at most: a migration would queue behind it, and everybody behind the migration.
await_free() {
  end=$(($(now) + PATIENCE))
  while :; do
    "in_the_way_$KIND" >"$ROOM/in-the-way" || return 1
    [ -s "$ROOM/in-the-way" ] || return 0
    [ "$(now)" -lt "$end" ] || { fail "In the way of migrations of $DATABASE: $(head -n 5 "$ROOM/in-the-way" | tr '\n' ';' | sed 's/;$//; s/;/; /g'). Nothing was changed. Run again when it has ended, or end it."; return 1; }
    nap 0.5
  done
}
in_the_way_postgres() {
  ask_postgres <<SQL
select format('process %s (%s), in a transaction for %s s', pid, coalesce(nullif(application_name, ''), backend_type), extract(epoch from now() - xact_start)::int)
from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type <> 'autovacuum worker'
and xact_start is not null and (application_name in ('pg_dump', 'pg_dumpall', 'pg_restore') or xact_start < now() - interval '$LONG seconds') order by xact_start
SQL
}
in_the_way_mysql() {
  ask_mysql 2>/dev/null <<SQL || say 'Who is in the way cannot be told without the right PROCESS; not checked.' >&2
select concat('connection ', t.trx_mysql_thread_id, ' (', p.user, '), in a transaction for ', timestampdiff(second, t.trx_started, now()), ' s')
from information_schema.innodb_trx t join information_schema.processlist p on p.id = t.trx_mysql_thread_id
where p.id <> connection_id() and p.db = database() and (t.trx_started < now() - interval $LONG second or p.info like 'SELECT /*!40001%')
SQL
}
in_the_way_sqlite() { :; }
