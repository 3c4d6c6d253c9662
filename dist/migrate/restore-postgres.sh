# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174,SC2030,SC2031
# (SC2030, SC2031: in at_database another database is meant for a moment.)
# PostgreSQL: a new database beside the live one, and two renames in one transaction while nobody is let in.

# Another database of the same server, from which this one can be renamed.
at_server() {
  case $DATABASE in postgres) at_database template1 "$@" ;; *) at_database postgres "$@" ;; esac
}
# at_database NAME COMMAND...
at_database() (
  DATABASE=$1
  export PGDATABASE="$DATABASE"
  shift
  "$@"
)
server_sql() { at_server ask_postgres -v live="$DATABASE" -v next="$NEXT" -v before="$BEFORE" -f - 2>"$ROOM/psql.err" || fail "$DATABASE: $(postgres_fault)"; }
there_is() { [ "$(printf '%s\n' "select 1 from pg_database where datname = :'$1'" | server_sql)" = 1 ]; }
# The programs were found by the first step; between closed and opened doors they are not looked for again.
at_postgres() {
  postgres_surroundings
  [ -e "$ROOM/reached.$PART" ] || at_server reach_again || return 1
  { read -r pg_bin && read -r pg_major && read -r container && read -r key_inside; } <"$ROOM/reached.$PART"
}
reach_again() { reach_postgres && printf '%s\n' "$pg_bin" "$pg_major" "${container-}" "${key_inside-}" >"$ROOM/reached.$PART"; }

check_live_postgres() {
  at_postgres || return 1
  case $SERVER in '' | "PostgreSQL $pg_major".*) ;; *) fail "$NAME was taken from $SERVER, but the server of $DATABASE is version $pg_major. Restore it by hand, as the manifest says, or on a server of that version."; return 1 ;; esac
  [ "$(printf '%s\n' "select rolsuper or rolcreatedb from pg_roles where rolname = current_user" | server_sql)" = t ] || fail "$DATABASE is restored into a new database beside it, which takes the right CREATEDB. Give a user who has it." || return 1
  ! there_is before || { fail "There is a database $BEFORE already."; return 1; }
  if [ -z "$MADE" ]; then there_is next || { fail "There is no database $NEXT to swap back."; return 1; }; fi
  there_is live || { : >"$ROOM/absent.$PART"; return; }
  [ "$(printf '%s\n' "select pg_has_role(datdba, 'MEMBER') from pg_database where datname = :'live'" | server_sql)" = t ] || fail "$DATABASE belongs to a role that this user is no member of, so it cannot be renamed." || return 1
  no_prepared || return 1
  [ -z "$MADE" ] || room_for_postgres
}
no_prepared() { prepared=$(counting_prepared | server_sql) && is_none_prepared; }
counting_prepared() { printf '%s\n' "select count(*) from pg_prepared_xacts where database = :'live';"; }
is_none_prepared() {
  [ "$prepared" = 0 ] || fail "$DATABASE has $prepared prepared transactions, which hold on to it. Commit them or roll them back (pg_prepared_xacts), then run again."
}
# Another of its size, and its log; the disk is known where the server is on this machine.
room_for_postgres() {
  size=$(printf '%s\n' "select pg_database_size(:'live') / 1024 * 5 / 4 + 65536" | server_sql) || return 1
  cluster=$(printf '%s\n' "select pg_tablespace_location(dattablespace) from pg_database where datname = :'live'" | server_sql) || return 1
  [ -n "$cluster" ] || cluster=$(printf '%s\n' "select current_setting('data_directory')" | server_sql 2>/dev/null)
  if [ -n "$CONTAINER" ] || [ ! -d "${cluster:-/nowhere}" ]; then say "$NAME: how much is free on the disk of its server cannot be told; not checked."; return 0; fi
  enough_in "$cluster" "$size" "another $DATABASE"
}

# Owner, rights, collation and settings are the set's; roles must be there.
restore_postgres() {
  at_postgres || return 1
  restored_tool() { at_database "$NEXT" pg "$@"; }
  read_back "$NAME.setup.sql" cat cat >"$ROOM/setup.again" || return 1
  sed '/^create role /d; /^create tablespace /d' "$ROOM/setup.again" | at_server ask_postgres -v VERBOSITY=default -v restored="$NEXT" -f - >/dev/null 2>"$ROOM/psql.err" || fail "A database like $DATABASE could not be made: $(sed -n 's/^psql:[^ ]* *//; /^ERROR/p' "$ROOM/psql.err" | head -n 1 | cut -c 1-300)" || return 1
  fill_postgres && restored_psql -c 'analyze' || { tell_lacking_roles; return 1; }
}
tell_lacking_roles() {
  echo "select format('%I', rolname) from pg_roles" | server_sql >"$ROOM/roles" || return 0
  lacking=$(sed -n 's/^create role \(.*\);$/\1/p' "$ROOM/setup.again" | sed 's/ superuser$//' | grep -vxF -f "$ROOM/roles" | tr '\n' ' ')
  [ -z "$lacking" ] || fail "The server lacks roles that it had when the set was taken: ${lacking% }. Create those that something belonged to or had rights (create role), then again."
}
drop_next_postgres() { at_postgres && echo 'drop database if exists :"next";' | server_sql 2>/dev/null; }

# From its first statement on nobody is served, so what each step has to say is said in one session.
close_postgres() {
  at_postgres || return 1
  there_is live || return 0
  prepared=$({ printf '%s\n' 'alter database :"next" allow_connections false;' 'alter database :"live" allow_connections false;' && ending_sessions live && counting_prepared; } | server_sql) && is_none_prepared
}
end_sessions() { ending_sessions "$1" | server_sql; }
# Only those of that database; a session that is busy with something uninterruptible is waited for.
ending_sessions() {
  printf '%s\n' "select set_config('slipway.database', :'$1', false) \\g /dev/null" 'do $$ begin for tries in 1..500 loop
    perform pg_terminate_backend(pid) from pg_stat_activity where datname = current_setting($t$slipway.database$t$) and pid <> pg_backend_pid();
    perform pg_stat_clear_snapshot();
    if not exists (select from pg_stat_activity where datname = current_setting($t$slipway.database$t$)) then return; end if;
    perform pg_sleep(0.01);
  end loop; raise exception using errcode = $t$55006$t$, message = $t$its sessions do not end$t$; end $$;'
}
swap_postgres() {
  at_postgres || return 1
  server_sql <<'SQL'
select not exists (select from pg_database where datname = :'before') and exists (select from pg_database where datname = :'next') as is_due, exists (select from pg_database where datname = :'live') as is_live \gset
\if :is_due
begin;
\if :is_live
alter database :"live" rename to :"before";
\endif
alter database :"next" rename to :"live";
commit;
\endif
SQL
}
open_postgres() { at_postgres && echo 'alter database :"live" allow_connections true;' | server_sql; }
back_postgres() {
  at_postgres || return 1
  if there_is before; then
    echo 'alter database :"live" allow_connections false;' | server_sql && end_sessions live &&
      echo 'begin; alter database :"live" rename to :"next"; alter database :"before" rename to :"live"; commit;' | server_sql || return 1
  elif [ -e "$ROOM/absent.$PART" ] && there_is live; then
    echo 'alter database :"live" allow_connections false;' | server_sql && end_sessions live && echo 'alter database :"live" rename to :"next";' | server_sql || return 1
  fi
  ! there_is live || open_postgres
}

# ---- what would be lost ----

weigh_postgres() {
  at_postgres || return 1
  there_is live || return 0
  # What an earlier restore put aside lets nobody in.
  [ -n "$MADE" ] || echo 'alter database :"next" allow_connections true;' | server_sql || return 1
  compare_live_postgres || return 1
  [ -n "$MADE" ] || echo 'alter database :"next" allow_connections false;' | server_sql
}
compare_live_postgres() {
  for side in live next; do
    { printf '%s\n' "$POSTGRES_SETTINGS"; postgres_rows; } | beside_postgres "$side" >"$ROOM/rows.any" && LC_ALL=C sort "$ROOM/rows.any" >"$ROOM/rows.$side" || return 1
  done
  LC_ALL=C comm -13 "$ROOM/rows.next" "$ROOM/rows.live" >"$ROOM/differ"
  since_postgres
  while IFS= read -r line; do
    line=${line%|*}
    name=${line%|*} rows=${line##*|}
    lost "$(lost_of_table "$name" "$rows")" "of $rows rows in $name"
  done <"$ROOM/differ"
}
beside_postgres() {
  case $1 in live) at_database "$DATABASE" ask_postgres -f - ;; next) at_database "$NEXT" ask_postgres -f - ;; esac 2>"$ROOM/psql.err" || fail "$NAME cannot be read: $(postgres_fault)"
}
# Of a table that both have, the rows of which the columns that both have are the same nowhere on the other side; else all of them.
lost_of_table() {
  key=$(printf '%s' "${1#table }" | sed "s/'/''/g")
  for side in live next; do
    printf '%s\n' 'set search_path = pg_catalog;' "select coalesce(json_agg(attname order by attname)::text, '[]') from pg_attribute a join pg_class c on c.oid = a.attrelid where to_json(c.oid::regclass::text)::text = '$key' and attnum > 0 and not attisdropped" | beside_postgres "$side" >"$ROOM/columns.$side" || return 1
  done
  case $(cat "$ROOM/columns.live" "$ROOM/columns.next") in *'[]'*) printf '%s\n' "$2"; return ;; esac
  for side in live next; do
    case $side in live) other=next ;; next) other=live ;; esac
    printf '%s\n' "$POSTGRES_SETTINGS" "select format('select hashtextextended(row(%s)::text collate \"C\", 0) from only %s x', string_agg(format('x.%I', attname), ', ' order by attname collate \"C\"), attrelid::regclass)
      from pg_attribute where attrelid = (select c.oid from pg_class c where to_json(c.oid::regclass::text)::text = '$key' and relkind = 'r') and attnum > 0 and not attisdropped
      and attname in (select json_array_elements_text('$(sed "s/'/''/g" "$ROOM/columns.$other")')) group by attrelid" '\gexec' | beside_postgres "$side" >"$ROOM/hashes.$side" || return 1
  done
  only_in "$ROOM/hashes.live" "$ROOM/hashes.next"
}
# What the server itself has counted since the snapshot, of everything that was written: more than what is lost, and gone with a crash.
since_postgres() {
  [ -n "$WAL_POSITION" ] || return 0
  printf '%s\n' "select case when pg_is_in_recovery() then '' else pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), '$WAL_POSITION')) end || ' of log by all databases, ' || (select xact_commit - $TRANSACTIONS from pg_stat_database where datname = :'live') || ' transactions in this one, those that only read among them'" | server_sql >"$ROOM/since" 2>/dev/null && say "$NAME: since the snapshot $(cat "$ROOM/since")" || return 0
}
