# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# MariaDB and MySQL know no renaming of databases, and a table with a trigger cannot be renamed into another one. So: triggers, views, routines and events
# are taken out of both sides, all tables change places in one statement, and what was taken out is made again. Meanwhile the accounts that
# use the database are locked; one may hold rights by *.* or be this plan's own, so it is waited until none has a session in it.

at_mysql() {
  reach_mysql || return 1
  restored_mysql() { my "$my_client" --batch --raw --skip-column-names --default-character-set=utf8mb4 --max-allowed-packet=1G --init-command="set time_zone = '+00:00', group_concat_max_len = 16000000, foreign_key_checks = 0, sql_mode = '', innodb_strict_mode = 0, lock_wait_timeout = $LOCK_TIMEOUT" "$@"; }
  restored_mysqldump() { my "$my_dump" "$@"; }
  {
    printf 'set @live = %s, @next = %s, @before = %s;\n' "$(mysql_text "$DATABASE")" "$(mysql_text "$NEXT")" "$(mysql_text "$BEFORE")"
  } >"$ROOM/names.sql"
}
mysql_text() { printf '%s' "$1" | sed "s/\\\\/\\\\\\\\/g; s/'/''/g; s/^/'/; s/\$/'/"; }
# server_mysql: SQL on standard input, in which @live, @next and @before are the names.
server_mysql() { cat "$ROOM/names.sql" - | restored_mysql information_schema 2>"$ROOM/mysql.err" || fail "$DATABASE: $(words_of mysql)"; }
# What a query prints is SQL itself, which is carried out.
carry_out_mysql() { server_mysql >"$ROOM/made.sql" && server_mysql <"$ROOM/made.sql"; }
has_mysql() { [ "$(echo "select count(*) from schemata where schema_name = @$1" | server_mysql)" = 1 ]; }
tables_mysql() { [ "$(echo "select count(*) from tables where table_schema = @$1 and table_type in ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE')" | server_mysql)" != 0 ]; }

check_live_mysql() {
  at_mysql || return 1
  case $SERVER in '' | "$flavour $(short_version "$my_version")".*) ;; *) fail "$NAME was taken from $SERVER, but the server of $DATABASE is $flavour $my_version. Restore it by hand, as the manifest says, or on a server of that version."; return 1 ;; esac
  ! has_mysql before || { fail "There is a database $BEFORE already."; return 1; }
  if [ -z "$MADE" ]; then has_mysql next || { fail "There is no database $NEXT to swap back."; return 1; }; fi
  has_mysql live || { : >"$ROOM/absent.$PART"; return; }
  # It would follow the table that is put aside.
  referring=$(echo "select concat(constraint_schema, '.', table_name) from referential_constraints where unique_constraint_schema = @live and constraint_schema <> @live limit 1" | server_mysql) || return 1
  [ -z "$referring" ] || { fail "A foreign key of $referring refers to $DATABASE, and would then refer to what is put aside. Drop it, restore, and make it again."; return 1; }
  accounts_mysql >"$ROOM/accounts" || return 1
  size=$(echo "select floor(coalesce(sum(data_length + index_length), 0) / 1024 * 5 / 4) + 65536 from tables where table_schema = @live" | server_mysql) && folder=$(echo 'select @@datadir' | server_mysql) || return 1
  if [ -n "$CONTAINER" ] || [ ! -d "$folder" ]; then say "$NAME: how much is free on the disk of its server cannot be told; not checked."; return 0; fi
  [ -z "$MADE" ] || enough_in "$folder" "$size" "another $DATABASE"
}
# The accounts with rights on this database, or sessions in it, that are not locked anyway and not this plan's own.
accounts_mysql() {
  case $flavour in
    mariadb) locked="select concat(quote(user), '@', quote(host)) from mysql.global_priv where json_value(priv, '\$.account_locked') = 1 or json_value(priv, '\$.is_role') = 1" ;;
    mysql) locked="select concat(quote(user), '@', quote(host)) from mysql.user where account_locked = 'Y'" ;;
  esac
  printf '%s\n' "select account from (
    select concat(quote(user), '@', quote(host)) account, user, host from mysql.db where @live like db union select concat(quote(user), '@', quote(host)), user, host from mysql.tables_priv where db = @live
    union select concat(quote(u.user), '@', quote(u.host)), u.user, u.host from mysql.user u join processlist p on p.user = u.user where p.db = @live
  ) accounts where user <> '' and concat(user, '@', host) <> current_user() and account not in ($locked)" | server_mysql
}

restore_mysql() {
  at_mysql || return 1
  filled_mysql() { LC_ALL=C sed -e "/^\/\*!50106 CREATE\*\//w $ROOM/events.loud" -e "$QUIET_EVENTS" | restored_mysql "$RESTORED"; }
  RESTORED=$NEXT
  make_mysql && fill_mysql && take_out_mysql next "$NEXT" "$ROOM/objects.new.$PART"
}
drop_next_mysql() { at_mysql && printf 'drop database if exists %s;\n' "$(mysql_name "$NEXT")" | server_mysql; }

# take_out_mysql WHICH DATABASE FILE: writes down what is no table, and drops it.
take_out_mysql() { [ -e "$3" ] || { write_down_mysql "$1" "$2" "$3.new" && loud_events_mysql "$3.new" && durable "$3.new" && mv "$3.new" "$3"; } && drop_objects_mysql "$1"; }
write_down_mysql() {
  my "$my_dump" --default-character-set=utf8mb4 --no-data --no-create-info --routines --triggers --events --skip-dump-date --skip-add-drop-table "$2" >"$3" 2>"$ROOM/mysqldump.err" || fail "What is no table in $2 cannot be read: $(words_of mysqldump)" || return 1
  echo "select table_name from tables where table_schema = @$1 and table_type = 'VIEW'" | server_mysql >"$ROOM/views" || return 1
  set -- "$2" "$3"
  while IFS= read -r view; do set -- "$@" "$view"; done <"$ROOM/views"
  [ "$#" -gt 2 ] || return 0
  of=$1 into=$2
  shift 2
  my "$my_dump" --default-character-set=utf8mb4 --no-data --skip-triggers --skip-dump-date "$of" "$@" >>"$into" 2>"$ROOM/mysqldump.err" || fail "The views of $of cannot be read: $(words_of mysqldump)"
}
drop_objects_mysql() {
  sed "s/@which/@$1/g" <<'SQL' | carry_out_mysql
select concat('drop trigger `', replace(trigger_schema, '`', '``'), '`.`', replace(trigger_name, '`', '``'), '`;') from triggers where trigger_schema = @which;
select concat('drop event `', replace(event_schema, '`', '``'), '`.`', replace(event_name, '`', '``'), '`;') from events where event_schema = @which;
select concat('drop view `', replace(table_schema, '`', '``'), '`.`', replace(table_name, '`', '``'), '`;') from tables where table_schema = @which and table_type = 'VIEW';
select concat('drop ', routine_type, ' `', replace(routine_schema, '`', '``'), '`.`', replace(routine_name, '`', '``'), '`;') from routines where routine_schema = @which;
SQL
}
# put_in_mysql WHICH DATABASE FILE: makes it again, in that database and in no other.
put_in_mysql() { drop_objects_mysql "$1" && restored_mysql "$2" <"$3" >/dev/null 2>"$ROOM/mysql.err" || fail "What is no table in $2 could not be made again: $(words_of mysql)"; }

close_mysql() {
  at_mysql || return 1
  [ -e "$ROOM/objects.new.$PART" ] || take_out_mysql next "$NEXT" "$ROOM/objects.new.$PART" || return 1
  has_mysql live || return 0
  accounts_mysql >"$ROOM/accounts" && cp "$ROOM/accounts" "$HERE/accounts.$PART" && durable "$HERE/accounts.$PART" || return 1
  sed 's/.*/alter user & account lock;/' "$ROOM/accounts" | server_mysql || return 1
  end=$(($(now) + 10))
  until [ "$(echo "select count(*) from processlist where db = @live and id <> connection_id()" | server_mysql)" = 0 ]; do
    [ "$(now)" -lt "$end" ] || { fail "$DATABASE is used by an account that cannot be locked out: the one of this restore, or one with rights everywhere. Have quiesce stop what uses it."; return 1; }
    # Who ended by itself meanwhile is no fault.
    echo "select concat('kill connection ', id, ';') from processlist where db = @live and id <> connection_id()" | server_mysql >"$ROOM/kill.sql" && restored_mysql --force information_schema <"$ROOM/kill.sql" 2>/dev/null
    nap 0.05
  done
  write_down_mysql live "$DATABASE" "$ROOM/objects.old.$PART.new" && durable "$ROOM/objects.old.$PART.new" && mv "$ROOM/objects.old.$PART.new" "$ROOM/objects.old.$PART"
}
# move_mysql FROM TO FROM TO: all tables in one statement.
move_mysql() {
  sed "s/@a1/@$1/g; s/@a2/@$2/g; s/@b1/@$3/g; s/@b2/@$4/g" <<'SQL' | carry_out_mysql
select coalesce(concat('rename table ', group_concat(concat('`', replace(table_schema, '`', '``'), '`.`', replace(table_name, '`', '``'), '` to `', replace(if(table_schema = @a1, @a2, @b2), '`', '``'), '`.`', replace(table_name, '`', '``'), '`') order by table_schema <> @a1 separator ', '), ';'), 'select 1 from tables where false;')
from tables where table_schema in (@a1, @b1) and table_type in ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE');
SQL
}
like_mysql() { printf '%s\n' "select concat('create database if not exists \`', replace(@$1, '\`', '\`\`'), '\` character set ', default_character_set_name, ' collate ', default_collation_name, ';') from schemata where schema_name = @$2" | carry_out_mysql; }
swap_mysql() {
  at_mysql || return 1
  if has_mysql live; then like_mysql before live && drop_objects_mysql live; else like_mysql live next; fi || return 1
  move_mysql live before next live && put_in_mysql live "$DATABASE" "$ROOM/objects.new.$PART" || return 1
  [ ! -e "$ROOM/objects.old.$PART" ] || { quiet_events_mysql "$ROOM/objects.old.$PART" >"$ROOM/objects.quiet" && put_in_mysql before "$BEFORE" "$ROOM/objects.quiet"; } || return 1
  [ -n "$MADE" ] || ! grep -q '^/\*!50106 CREATE\*/.* EVENT ' "$ROOM/objects.new.$PART" || say "$NAME: its events were disabled while it was put aside. Enable those that should run: alter event ... enable"
  drop_next_mysql
}
# What is kept does nothing by itself. ALTER EVENT would make itself the definer.
quiet_events_mysql() { sed "$QUIET_EVENTS" "$1"; }
open_mysql() {
  [ -s "$HERE/accounts.$PART" ] || return 0
  at_mysql && sed 's/.*/alter user & account unlock;/' "$HERE/accounts.$PART" | server_mysql
}
back_mysql() {
  at_mysql || return 1
  if [ -e "$ROOM/absent.$PART" ]; then
    ! has_mysql live || { like_mysql next live && drop_objects_mysql live && move_mysql live next live next && printf 'drop database %s;\n' "$(mysql_name "$DATABASE")" | server_mysql; }
    return
  fi
  if tables_mysql before; then
    drop_objects_mysql live && drop_objects_mysql before && like_mysql next live && move_mysql live next before live || return 1
    [ ! -e "$ROOM/opened" ] && [ -n "$MADE" ] || put_in_mysql next "$NEXT" "$ROOM/objects.new.$PART" || return 1
  fi
  [ ! -e "$ROOM/objects.old.$PART" ] || put_in_mysql live "$DATABASE" "$ROOM/objects.old.$PART" || return 1
  tables_mysql before || printf 'drop database if exists %s;\n' "$(mysql_name "$BEFORE")" | server_mysql || return 1
  open_mysql
}

# ---- what would be lost ----

# Of each table the rows of which the columns that both have are the same nowhere on the other side, each as often as it stands there.
weigh_mysql() {
  at_mysql || return 1
  has_mysql live || return 0
  cat >"$ROOM/weigh.sql" <<'SQL'
select concat('select ', quote(json_quote(t.table_name)), ', ''|'', (select count(*) from `', replace(@live, '`', '``'), '`.`', replace(t.table_name, '`', '``'), '`), ''|'', ', if(k.columns is null,
  concat('(select count(*) from `', replace(@live, '`', '``'), '`.`', replace(t.table_name, '`', '``'), '`)'),
  concat('(select coalesce(sum(greatest(l.n - coalesce(r.n, 0), 0)), 0) from (select md5(concat_ws('','', ', k.columns, ')) h, count(*) n from `', replace(@live, '`', '``'), '`.`', replace(t.table_name, '`', '``'), '` group by h) l left join (select md5(concat_ws('','', ', k.columns, ')) h, count(*) n from `', replace(@next, '`', '``'), '`.`', replace(t.table_name, '`', '``'), '` group by h) r on r.h = l.h)')), ';')
from tables t left join (
  select c.table_name, group_concat(concat('ifnull(hex(', if(b.data_type is null, 'cast(', ''), '`', replace(c.column_name, '`', '``'), '`', if(b.data_type is null, ' as char character set utf8mb4)', ''), '), ''-'')') order by c.column_name separator ', ') columns
  from columns c join columns d on d.table_schema = @next and d.table_name = c.table_name and d.column_name = c.column_name
  left join (select 'binary' data_type union select 'varbinary' union select 'tinyblob' union select 'blob' union select 'mediumblob' union select 'longblob' union select 'bit' union select 'geometry' union select 'point' union select 'linestring' union select 'polygon' union select 'multipoint' union select 'multilinestring' union select 'multipolygon' union select 'geometrycollection') b on b.data_type = c.data_type
  where c.table_schema = @live and coalesce(c.generation_expression not in ('ROW START', 'ROW END'), true) group by c.table_name
) k on k.table_name = t.table_name where t.table_schema = @live and t.table_type in ('BASE TABLE', 'SYSTEM VERSIONED') order by t.table_name;
SQL
  carry_out_mysql <"$ROOM/weigh.sql" >"$ROOM/weighed" || return 1
  while IFS= read -r line; do
    rest=${line%	|	*}
    lost "${line##*	|	}" "of ${rest##*	|	} rows in table ${rest%	|	*}"
  done <"$ROOM/weighed"
}
