# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# MariaDB and MySQL: a dump in one transaction, the fingerprints of another that began in the same moment, and both again from a scratch instance.
# A part's settings: NAME, DATABASE, DB_HOST, DB_PORT, DB_USER, PART (its number), CONTAINER, TOOLS, LOCK_TIMEOUT

reach_mysql() {
  unset MYSQL_PWD MYSQL_HOST MYSQL_TCP_PORT
  my_tools=${TOOLS:+$TOOLS/}
  if [ -n "$CONTAINER" ]; then my_socket=$(socket_folder)/s; else my_socket=$SOCKETS/s; fi
  [ -z "$CONTAINER" ] || { enter_container && hand_in_password; } || return 1
  my_client=$(program_inside "${my_tools}mariadb" "${my_tools}mysql") || { fail "There is neither mariadb nor mysql, the client${CONTAINER:+, in container $CONTAINER}."; return 1; }
  find_mysql_version || return 1
  case $my_version in *MariaDB*) flavour=mariadb my_dump=$(program_inside "${my_tools}mariadb-dump" "${my_tools}mysqldump") ;; *) flavour=mysql my_dump=$(program_inside "${my_tools}mysqldump") ;; esac || { fail 'There is no mysqldump.'; return 1; }
  my_server=$(program_inside "${my_tools}mariadbd" "${my_tools}mysqld" /usr/sbin/mariadbd /usr/sbin/mysqld) || my_server=''
  dump_version=$(inside "$my_dump" --version </dev/null | sed 's/.*Distrib //; s/.*Ver //; s/[ ,].*//')
  case $flavour,$dump_version in mysql,*MariaDB*) ;; *)
    # Of 10.11.19, 10.11 is the version whose dumps load.
    [ "${dump_version%.*}" != "$(short_version "$my_version")" ] && [ "$(short_version "$dump_version")" != "$(short_version "$my_version")" ] || return 0 ;;
  esac
  [ "$PROVING" != away ] || { wrong_scratch_version "${my_dump##*/}" "$dump_version"; return 1; }
  fail "${my_dump##*/} is version $dump_version, but the server of $DATABASE is version $my_version. A dump by another version may not load again: install the client of that version, or name the folder of the right programs (tools)."
}
find_mysql_version() {
  if [ "$PROVING" = away ]; then my_version=$(told server); return; fi
  my_version=$(my "$my_client" -N -B -e 'select version()' </dev/null 2>"$ROOM/mysql.err") || fail "$DATABASE cannot be reached: $(sed -n 's/^ERROR/&/p' "$ROOM/mysql.err" | head -n 1 | cut -c 1-200)"
}
wrong_scratch_version() { fail "$1 is version $2, but the server of $DATABASE is version $my_version. Its scratch instance has to be of the same version."; }
short_version() { printf '%s\n' "$1" | sed 's/^\([0-9]*\.[0-9]*\).*/\1/'; }
# my PROGRAM ARGUMENTS...: one of the client's programs; a password is in a file that only it reads.
my() {
  my_program=$1
  shift
  case $DB_HOST in
    '') ;;
    /*) set -- "--socket=$DB_HOST" "$@" ;;
    *) set -- "--host=$DB_HOST" "$@" ;;
  esac
  [ -z "$DB_PORT" ] || set -- "--port=$DB_PORT" "$@"
  [ -z "$DB_USER" ] || set -- "--user=$DB_USER" "$@"
  if [ ! -e "$KEYS/$PART" ]; then :; elif [ -n "$CONTAINER" ]; then set -- "--defaults-extra-file=$key_inside" "$@"; else set -- "--defaults-extra-file=$KEYS/$PART" "$@"; fi
  inside "$my_program" "$@"
}
ask_mysql() { my "$my_client" --batch --raw --skip-column-names --unbuffered --default-character-set=utf8mb4 --init-command="set time_zone = '+00:00', group_concat_max_len = 16000000, lock_wait_timeout = $LOCK_TIMEOUT" "$DATABASE"; }
check_mysql() {
  reach_mysql || return 1
  fact '"server":"'"$flavour $(printf '%s' "$my_version" | tr -dc '0-9A-Za-z.+~-')"'"'
  database_bytes=$(echo 'select coalesce(sum(data_length + index_length), 0) from information_schema.tables where table_schema = database()' | ask_mysql 2>"$ROOM/mysql.err") || { fail "$DATABASE cannot be read: $(words_of mysql)"; return 1; }
  other_engines=$(echo "select count(*) from information_schema.tables where table_schema = database() and table_type in ('BASE TABLE', 'SYSTEM VERSIONED') and engine <> 'InnoDB'" | ask_mysql)
  [ "$other_engines" = 0 ] || say "$NAME: $other_engines tables are not InnoDB: they show the moment in which each is read. The proof tells if that made a difference."
  [ "$(echo "select count(*) from information_schema.tables where table_schema = database() and table_type = 'SYSTEM VERSIONED'" | ask_mysql)" = 0 ] || dumps_history || say "$NAME: what was before in its system-versioned tables is in no set, because ${my_dump##*/} cannot write it"
  about server "$my_version"
  about names "$(ask_lower_case)"
  case $PROVING,$VERIFY in here,restored | here,equal) fit_scratch_mysql ;; esac
}
# Whether a scratch instance can be had.
fit_mysql() { reach_mysql && fit_scratch_mysql; }
fit_scratch_mysql() {
  [ -n "$my_server" ] || { fail "$DATABASE is to be proven, but its scratch instance needs mariadbd or mysqld. Install the server, which need not run, or set verify: readable."; return 1; }
  server_version=$(inside "$my_server" --no-defaults --version </dev/null | sed 's/.*Ver //; s/ .*//')
  [ "$(short_version "$server_version")" = "$(short_version "$my_version")" ] || wrong_scratch_version "$my_server" "$server_version"
}
# Whether a dump can hold the history of system-versioned tables: not where one tells it by transactions instead of times, nor before 10.11.
can_dump_history() { inside "$my_dump" --no-defaults --help </dev/null | grep -q -e --dump-history; }
BY_TRANSACTIONS="select count(*) from information_schema.columns where table_schema = database() and generation_expression = 'ROW START' and data_type = 'bigint'"
dumps_history() { can_dump_history && [ "$(echo "$BY_TRANSACTIONS" | ask_mysql)" = 0 ]; }
# How the server keeps names of tables.
ask_lower_case() { if [ "$PROVING" = away ]; then told names; else echo 'select @@lower_case_table_names' | ask_mysql; fi; }
dump_mysql() {
  # A default that is the next number of a sequence cannot be told while tables are locked.
  set -- --skip-add-locks
  ! dumps_history || set -- "$@" --dump-history
  my "$my_dump" --default-character-set=utf8mb4 --single-transaction --quick --routines --triggers --events --hex-blob --skip-dump-date --max-allowed-packet=1G --add-drop-table "$@" "$DATABASE"
}
mysql_schema() {
  schema=$1 of=$2
  shift 2
  "$@" --default-character-set=utf8mb4 --no-data --routines --triggers --events --skip-comments --skip-dump-date --max-allowed-packet=1G "$of" >"$ROOM/schema.whole" 2>"$ROOM/mysqldump.err" || fail "The schema cannot be read: $(words_of mysqldump)" || return 1
  # The next number of a table or sequence goes on whatever snapshot looks at it.
  sed 's/ AUTO_INCREMENT=[0-9]*//; /^DO SETVAL(/d' "$ROOM/schema.whole" >"$ROOM/$schema" && [ -s "$ROOM/$schema" ]
}
# A query for each table, in an order of its own and whatever order its rows are in: bytes as they are, FLOAT with all its digits, all else as text. Of a
# system-versioned table also what was; without its history, not when each row came, which is told anew.
mysql_queries() {
  # As the server's own mode would have it, names would be quoted otherwise, and a CHAR be filled up with blanks.
  echo "set sql_mode = '';"
  printf 'set @history = %s and (%s) = 0;\n' "$(can_dump_history && echo true || echo false)" "$BY_TRANSACTIONS"
  cat <<'SQL'
select concat('select ', quote(concat('table ', json_quote(t.table_name))), ', ''|'', count(*), ''|'', coalesce(sum(cast(conv(left(md5(concat_ws('','', ',
  group_concat(concat('ifnull(md5(', case when c.data_type in ('binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'bit', 'geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon', 'geometrycollection') then c.named
    when c.data_type = 'float' then concat('cast(', c.named, ' as double)') else concat('cast(', c.named, ' as char character set utf8mb4)') end, '), ''-'')') order by c.ordinal_position separator ', '),
  if(@history and t.table_type = 'SYSTEM VERSIONED' and sum(c.is_period) = 0, ', row_start, row_end', ''),
  ')), 16), 16, 10) as unsigned)), 0) from `', replace(t.table_name, '`', '``'), '`', if(@history and t.table_type = 'SYSTEM VERSIONED', ' for system_time all', ''), ';')
from information_schema.tables t join (
  select table_schema, table_name, ordinal_position, data_type, concat('`', replace(column_name, '`', '``'), '`') named, coalesce(generation_expression in ('ROW START', 'ROW END'), false) is_period from information_schema.columns
) c on c.table_schema = t.table_schema and c.table_name = t.table_name and (@history or not c.is_period)
where t.table_schema = database() and t.table_type in ('BASE TABLE', 'SYSTEM VERSIONED') group by t.table_name order by binary t.table_name;
SQL
}
mysql_section() { printf '%s\n' "select 'section $SET $1';"; }
# Columns are told apart by a character of ours, as psql does it.
mysql_sections() { sections "$1" && for rows in "$ROOM"/rows.*; do sed 's/	|	/|/g' "$rows" >"$rows.new" && mv "$rows.new" "$rows"; done; }

# session NUMBER ANSWERS: a session that is asked through a pipe with that descriptor.
mysql_says() { until grep -q "^$2\$" "$ROOM/$1"; do [ -n "$(started "$3")" ] || return 1; nap 0.05; done; }
# Writers wait while two transactions begin, a tenth of a second; without the right to hold up all of the server, those of this database do.
lock_mysql() {
  for how in server tables; do
    rm -f "$ROOM/lock" "$ROOM/lock.answers"
    mkfifo "$ROOM/lock" && : >"$ROOM/lock.answers" || return 1
    ask_mysql <"$ROOM/lock" >"$ROOM/lock.answers" 2>"$ROOM/mysql.err" 5>&- &
    locker=$!
    exec 6>"$ROOM/lock"
    case $how in
      server) echo 'flush tables with read lock;' ;;
      tables) echo "select concat('lock tables ', group_concat('\`', replace(table_name, '\`', '\`\`'), '\` read' separator ', '), ';') from information_schema.tables where table_schema = database() and table_type in ('BASE TABLE', 'SYSTEM VERSIONED')" | ask_mysql ;;
    esac >&6
    echo "select 'locked';" >&6
    mysql_says lock.answers locked "$locker" && return 0
    exec 6>&-
  done
  fail "$DATABASE cannot be held still while its snapshot is taken: $(sed -n 's/^\(ERROR [0-9]* ([0-9A-Z]*)\).*: \(Access denied.*\|Lock wait.*\|Table .* doesn.t exist\)/\1: \2/p' "$ROOM/mysql.err" | head -n 1). The user needs RELOAD, or LOCK TABLES."
}
begin_mysql_snapshot() {
  rm -f "$ROOM/questions" "$ROOM/flowing"
  mkfifo "$ROOM/questions" && : >"$ROOM/answers" || return 1
  ask_mysql <"$ROOM/questions" >"$ROOM/answers" 2>"$ROOM/session.err" &
  session=$!
  exec 5>"$ROOM/questions"
  lock_mysql || return 1
  printf '%s\n' 'set session transaction isolation level repeatable read;' 'start transaction with consistent snapshot;' "select 'snapshot';" >&5
  mysql_says answers snapshot "$session" || return 1
  taken_now
  kept "$NAME.sql" mysqldump dump_mysql 5>&- 6>&- &
  dumping=$!
  # Its first block holds more than its heading, which says that its transaction has begun.
  until [ -e "$ROOM/flowing" ] || [ -z "$(started "$dumping")" ]; do nap 0.02; done
  echo 'unlock tables;' >&6
  exec 6>&-
  wait "$locker"
}
capture_mysql() {
  trap '' PIPE
  reach_mysql || return 1
  mysql_queries | ask_mysql >"$ROOM/queries" 2>"$ROOM/mysql.err" || fail "$DATABASE cannot be read: $(words_of mysql)" || return 1
  began=$(now)
  begin_mysql_snapshot || { exec 5>&- 6>&-; return 1; }
  wait "$dumping" || { exec 5>&-; return 1; }
  fact '"dumpSeconds":'"$(elapsed_since "$began")"
  {
    echo "set sql_mode = '';"
    mysql_section rows.source
    case $VERIFY in equal) cat "$ROOM/queries" ;; esac
    echo 'set sql_mode = @@global.sql_mode;'
    for reference in $REFERENCES; do
      mysql_section "reference.$reference"
      cat "$HERE/reference.$reference"
      printf '\n;\n'
    done
  } >&5
  exec 5>&-
  wait "$session" || fail "$DATABASE ended the session that held its snapshot: $(sed -n 's/^\(ERROR [0-9]* ([0-9A-Z]*)\).*/\1/p' "$ROOM/session.err" | head -n 1)" || return 1
  mysql_sections "$ROOM/answers" || return 1
  case $VERIFY in equal) mysql_schema schema.source "$DATABASE" my "$my_dump" || return 1 ;; esac
  echo "select concat('create database \`', replace(schema_name, '\`', '\`\`'), '\` character set ', default_character_set_name, ' collate ', default_collation_name, ';') from information_schema.schemata where schema_name = database()" | ask_mysql >"$ROOM/setup.sql" &&
    kept "$NAME.setup.sql" cat cat "$ROOM/setup.sql" || return 1
  case $VERIFY in equal) keep_fingerprint rows.source schema.source ;; esac
}

# ---- the scratch instance ----

# Makes an instance in folder $3, and becomes it: $1 the server, $2 its flavour, $4 lower_case_table_names. It listens on a socket alone.
MYSQL_SCRATCH='mkdir -p "$3" && cd "$3" && case $2 in
  mariadb) mariadb-install-db --no-defaults --datadir="$3" --auth-root-authentication-method=normal --skip-test-db --force --user="$(id -un)" ;;
  mysql) "$1" --no-defaults --initialize-insecure --datadir="$3" --user="$(id -un)" ;;
esac >&2 && exec "$1" --no-defaults --datadir="$3" --socket="$5" --pid-file="$3/scratch.pid" --user="$(id -un)" --skip-networking --skip-log-bin --innodb-flush-log-at-trx-commit=0 \
  --innodb-doublewrite=0 --innodb-strict-mode=OFF --event-scheduler=OFF --max-allowed-packet=1G --lower-case-table-names="$4" --log-error="$3/log"'
begin_scratch_mysql() {
  names_are=$(ask_lower_case) || return 1
  if [ -n "$CONTAINER" ]; then
    begin_scratch_container mysql "$MYSQL_SCRATCH" "$my_server" "$flavour" /tmp/cluster "$names_are" "$my_socket" || return 1
  else
    mkdir -m 700 "$SOCKETS" "$ROOM/cluster" || return 1
    # shellcheck disable=SC2086
    $GENTLE sh -c "$MYSQL_SCRATCH" sh "$my_server" "$flavour" "$ROOM/cluster" "$names_are" "$my_socket" </dev/null >/dev/null 2>"$ROOM/install.out" 9>&- &
  fi
  await_scratch scratch_mysql -e 'select 1' mysql || fail "The scratch instance could not be made: $(tail -n 2 "$ROOM/install.out" 2>/dev/null)"
}
scratch_mysql() { in_scratch "$my_client" --no-defaults --socket="$my_socket" --user=root --batch --raw --skip-column-names --default-character-set=utf8mb4 --max-allowed-packet=1G --init-command="set time_zone = '+00:00', group_concat_max_len = 16000000" "$@"; }
scratch_mysqldump() { in_scratch "$my_dump" --no-defaults --socket="$my_socket" --user=root "$@"; }
end_scratch_mysql() {
  end_scratch "$ROOM/cluster/scratch.pid"
  end_scratch_container
  leave_containers
  rm -rf "$ROOM/cluster" "$SOCKETS"
}
# What the part holds, in a database of its name of a scratch instance that goes on until end_scratch_mysql.
hold_mysql() {
  reach_mysql && begin_scratch_mysql || return 1
  restored_mysql() { scratch_mysql "$@"; }
  restored_mysqldump() { scratch_mysqldump "$@"; }
  filled_mysql() { restored_mysql "$RESTORED"; }
  RESTORED=$DATABASE
  make_mysql && fill_mysql
}
# An empty database called RESTORED, with the part's character set.
make_mysql() {
  read_back "$NAME.setup.sql" cat cat >"$ROOM/setup.again" || return 1
  sed "s/^create database \`.*\` character set/create database $(mysql_name "$RESTORED" | sed 's/[\\/&]/\\&/g') character set/" "$ROOM/setup.again" | restored_mysql mysql 2>"$ROOM/mysql.err" || fail "$RESTORED could not be made: $(words_of mysql)"
}
# What is restored beside what is live must not begin to work on its own: its events come disabled, and are told as they were.
QUIET_EVENTS='/^\/\*!50106 CREATE\*\//s/\( ON COMPLETION \(NOT \)\{0,1\}PRESERVE\) ENABLE/\1 DISABLE/'
loud_events_mysql() {
  [ ! -s "$ROOM/events.loud" ] || {
    sed "$QUIET_EVENTS" "$ROOM/events.loud" >"$ROOM/events.quiet" &&
      awk 'FILENAME == ARGV[1] { loud[++n] = $0; next } FILENAME == ARGV[2] { was[$0] = loud[++m]; next } { print ($0 in was) ? was[$0] : $0 }' "$ROOM/events.loud" "$ROOM/events.quiet" "$1" >"$1.loud" && mv "$1.loud" "$1"
  }
}
mysql_name() { printf '%s' "$1" | sed 's/`/``/g; s/^/`/; s/$/`/'; }
# Fills it and compares it with the fingerprint.
fill_mysql() {
  began=$(now)
  read_back "$NAME.sql" mysql filled_mysql >/dev/null || { ! grep -q '^ERROR \(1153\|2006\) ' "$ROOM/mysql.err" || fail "A row may be larger than the server takes: set global max_allowed_packet = 1073741824, then again."; return 1; }
  fact '"restoreSeconds":'"$(elapsed_since "$began")"
  case $VERIFY in restored) return ;; esac
  mysql_queries | restored_mysql "$RESTORED" >"$ROOM/queries" 2>"$ROOM/mysql.err" && {
    mysql_section rows.restored
    cat "$ROOM/queries"
  } | restored_mysql "$RESTORED" >"$ROOM/answers" 2>"$ROOM/mysql.err" && mysql_sections "$ROOM/answers" || fail "$NAME came back, but cannot be read: $(words_of mysql)" || return 1
  mysql_schema schema.restored "$RESTORED" restored_mysqldump && loud_events_mysql "$ROOM/schema.restored" || return 1
  compare_rows || { ! grep -q '^  `.*` float' "$ROOM/schema.restored" || fail "${my_dump##*/} writes six digits of a FLOAT. Make such columns of these tables DOUBLE, or give $NAME verify: restored."; return 1; }
  compare_schema || return 1
  fact '"tables":'"$(grep -c '^table ' "$ROOM/rows.source")"
  fact '"rows":'"$(awk -F'|' '/^table /{n += $(NF - 1)} END {printf "%d", n}' "$ROOM/rows.source")"
}
