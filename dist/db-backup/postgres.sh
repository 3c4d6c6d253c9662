# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174,SC2030,SC2031
# (SC2030, SC2031: the time zone is meant for one dump.)
# PostgreSQL: a dump in an exported snapshot, the fingerprints of that snapshot, and both again from a scratch instance.
# A part's settings: NAME, DATABASE, DB_HOST, DB_PORT, DB_USER, PART (its number), CONTAINER, TOOLS, LOCK_TIMEOUT

postgres_surroundings() {
  unset PGPASSWORD PGSERVICE PGOPTIONS PGHOST PGPORT PGUSER PGPASSFILE
  export PGDATABASE="$DATABASE" PGAPPNAME=slipway PGCONNECT_TIMEOUT=10
  [ -z "$DB_HOST" ] || export PGHOST="$DB_HOST"
  [ -z "$DB_PORT" ] || export PGPORT="$DB_PORT"
  [ -z "$DB_USER" ] || export PGUSER="$DB_USER"
  [ ! -e "$KEYS/$PART" ] || export PGPASSFILE="$KEYS/$PART"
}
reach_postgres() {
  postgres_surroundings
  [ -n "$CONTAINER" ] || { find_postgres; return; }
  enter_container && hand_in_password || return 1
  [ -n "$DB_USER" ] || DB_USER=$(docker exec "$container" printenv POSTGRES_USER) || DB_USER=postgres
  find_postgres_version || return 1
  dump_version=$(pg pg_dump --version | sed 's/.* \([0-9][0-9.]*\).*/\1/')
  case $dump_version in "$pg_major" | "$pg_major".*) ;; *) wrong_version ;; esac
}
# pg TOOL ARGUMENTS...: a program of PostgreSQL that speaks to the database, of its container or of this machine.
pg() {
  tool=$1
  shift
  [ -n "$CONTAINER" ] || { "${pg_bin:+$pg_bin/}$tool" "$@"; return; }
  set -- "$container" "$tool" "$@"
  [ ! -e "$KEYS/$PART" ] || set -- --env "PGPASSFILE=$key_inside" "$@"
  [ -z "$DB_HOST" ] || set -- --env "PGHOST=$DB_HOST" "$@"
  [ -z "$DB_PORT" ] || set -- --env "PGPORT=$DB_PORT" "$@"
  [ -z "${PGTZ-}" ] || set -- --env "PGTZ=$PGTZ" "$@"
  docker exec --interactive --env "PGUSER=$DB_USER" --env "PGDATABASE=$DATABASE" --env "PGAPPNAME=$PGAPPNAME" --env PGCONNECT_TIMEOUT=10 "$@"
}
ask_postgres() { pg psql -XAtqw -v ON_ERROR_STOP=1 -v VERBOSITY=terse -v SHOW_CONTEXT=never "$@"; }

# The programs of the server's own version: a dump by another one may not load again, or say less than there is.
find_postgres() {
  pg_bin=$TOOLS
  [ -n "$pg_bin" ] || command -v psql >/dev/null || for pg_bin in /usr/lib/postgresql/*/bin; do :; done
  find_postgres_version || return 1
  on_path=$(command -v pg_dump) && on_path=${on_path%/*}
  for pg_bin in "${TOOLS:-/usr/lib/postgresql/$pg_major/bin}" "${TOOLS:-/usr/pgsql-$pg_major/bin}" "${TOOLS:-$on_path}"; do
    [ -x "$pg_bin/pg_dump" ] || continue
    dump_version=$("$pg_bin/pg_dump" --version | sed 's/.* \([0-9][0-9.]*\).*/\1/')
    case $dump_version in "$pg_major" | "$pg_major".*) return 0 ;; esac
  done
  wrong_version
}
wrong_version() {
  [ "$PROVING" != away ] || { fail "PostgreSQL is version ${dump_version:-unknown} here, but the server of $DATABASE is version $pg_version. Its scratch instance has to be of the same version: install postgresql-$pg_major, which need not run, or set verify: readable."; return 1; }
  fail "pg_dump is version ${dump_version:-unknown}, but the server of $DATABASE is version $pg_version. A dump by another version may not load again: install postgresql-client-$pg_major, name the folder of the right programs (tools), or the database's container."
}
find_postgres_version() {
  if [ "$PROVING" = away ]; then pg_version=$(told server) pg_major=${pg_version%%.*}; return; fi
  pg_version=$(ask_postgres -c 'show server_version_num' 2>"$ROOM/ask.err") || { fail "$DATABASE cannot be reached: $(sed -n 's/^psql: //p' "$ROOM/ask.err" | cut -c 1-300)"; return 1; }
  pg_major=$((pg_version / 10000)) pg_version=$((pg_version / 10000)).$((pg_version % 10000))
}
check_postgres() {
  reach_postgres || return 1
  fact '"server":"'"PostgreSQL $pg_version"'"'
  about server "$pg_version"
  database_bytes=$(ask_postgres -c 'select pg_database_size(current_database())') || return 1
  tell_what_is_left_out || return 1
  case $PROVING,$VERIFY,$CONTAINER in here,restored, | here,equal,) fit_scratch_postgres ;; esac
}
# Whether a scratch instance can be had.
fit_postgres() { reach_postgres && fit_scratch_postgres; }
fit_scratch_postgres() {
  [ -x "$pg_bin/initdb" ] || { fail "$DATABASE is to be proven, but its scratch instance needs initdb and postgres $pg_major in $pg_bin. Install postgresql-$pg_major, which need not run, or set verify: readable."; return 1; }
  [ "$(id -u)" -ne 0 ] || id postgres >/dev/null 2>&1 || fail 'PostgreSQL does not run as root, and there is no user postgres for the scratch instance.'
}

tell_what_is_left_out() {
  # What CREATE INDEX CONCURRENTLY leaves where it fails: pg_dump passes it over, in what it compares too.
  invalid=$(ask_postgres -c "select indexrelid::regclass from pg_index i join pg_class t on t.oid = i.indrelid where not i.indisvalid and t.relkind <> 'p' and t.relpersistence <> 't'") || return 1
  [ -z "$invalid" ] || say "$NAME: an index whose making failed is not valid, and in no dump: $(printf '%s' "$invalid" | tr '\n' ' ')"
  # It holds a password, and restored beside the live one would be a second one at the same slot.
  subscribed=$(ask_postgres -c 'select subname from pg_subscription where subdbid = (select oid from pg_database where datname = current_database())') || return 1
  [ -z "$subscribed" ] || say "$NAME: a subscription is in no set: $(printf '%s' "$subscribed" | tr '\n' ' ')"
}

POSTGRES_SETTINGS="set search_path = pg_catalog; set extra_float_digits = 3; set datestyle = iso; set intervalstyle = postgres; set timezone = utc; set bytea_output = hex; set lc_monetary = 'C'; set row_security = off;"
USER_TABLES="from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relpersistence <> 't' and n.nspname !~ '^pg_(toast|temp|catalog)' and n.nspname <> 'information_schema' and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')"
# One line for each table, in an order of its own and whatever order its rows are in; names as JSON, so that each stays on its line.
postgres_rows() {
  cat <<SQL
select format('select %L, count(*), coalesce(sum(hashtextextended(row(x.*)::text collate "C", 0)), 0) from only %s x', 'table ' || to_json(c.oid::regclass::text), c.oid::regclass) $USER_TABLES and c.relkind = 'r' order by c.oid::regclass::text collate "C"
\\gexec
select 'large objects', count(*), coalesce(sum(hashtextextended(oid || ' ' || md5(lo_get(oid)), 0)), 0) from pg_largeobject_metadata;
SQL
}
# Sequences go on whatever snapshot looks at them, so they are asked before and after the dump.
postgres_sequences() {
  cat <<SQL
select format('select %L, last_value from %s', to_json(c.oid::regclass::text), c.oid::regclass) $USER_TABLES and c.relkind = 'S' order by c.oid::regclass::text collate "C"
\\gexec
SQL
}
# What a plain dump leaves out, as SQL for a new database: roles, tablespaces, and how the database was made. No passwords.
postgres_setup() {
  cat <<'SQL'
select format('create role %I%s;', rolname, case when rolsuper then ' superuser' else '' end) from pg_roles where rolname !~ '^pg_' order by rolname;
select format('create tablespace %I location '''';', spcname) from pg_tablespace where spcname !~ '^pg_' order by spcname;
select format('create database :"restored" template template0 encoding %L lc_collate %L lc_ctype %L', pg_encoding_to_char(encoding), datcollate, datctype)
  || case when to_jsonb(d) ->> 'datlocprovider' = 'i' then format(' locale_provider icu icu_locale %L', coalesce(to_jsonb(d) ->> 'daticulocale', to_jsonb(d) ->> 'datlocale')) else '' end
  || case when t.spcname = 'pg_default' then '' else format(' tablespace %I', t.spcname) end || case when datconnlimit = -1 then '' else format(' connection limit %s', datconnlimit) end
  || format(' owner %I;', pg_get_userbyid(datdba)) from pg_database d join pg_tablespace t on t.oid = dattablespace where datname = current_database();
select format('revoke all on database :"restored" from public, %I;', pg_get_userbyid(datdba)) from pg_database where datname = current_database() and datacl is not null;
select format('grant %s on database :"restored" to %s%s;', a.privilege_type, case when a.grantee = 0 then 'public' else format('%I', pg_get_userbyid(a.grantee)) end, case when a.is_grantable then ' with grant option' else '' end)
  from pg_database, aclexplode(datacl) a where datname = current_database() order by 1;
SQL
  postgres_role_settings "case when setrole = 0 then 'database :\"restored\"' else format('role %I in database :\"restored\"', pg_get_userbyid(setrole)) end" 'setdatabase = (select oid from pg_database where datname = current_database())'
}
# postgres_role_settings WHOSE WHICH: settings that sessions begin with, as SQL that sets them; lists of names are no one name.
postgres_role_settings() {
  cat <<SQL
select format('alter %s set %I to %s;', $1, name,
    case when name in ('local_preload_libraries', 'search_path', 'session_preload_libraries', 'temp_tablespaces') then regexp_replace(value, '(^|, )""(?=, |$)', '\1''''', 'g') else quote_literal(value) end)
  from pg_db_role_setting, unnest(setconfig) setting, lateral (select split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)) s (name, value) where $2 order by 1;
SQL
}
# The schema as pg_dump tells it, without what differs from dump to dump, and in a time zone that is not the server's own.
postgres_schema() {
  schema=$1
  shift
  (export PGTZ=UTC && "$@" --schema-only --no-subscriptions) >"$ROOM/schema.whole" 2>"$ROOM/pg_dump.err" || fail "The schema cannot be read: $(words_of pg_dump)" || return 1
  sed '/^\\\(un\)\{0,1\}restrict /d; /^-- Dumped /d' "$ROOM/schema.whole" | cast_singly >"$ROOM/$schema" || return 1
  [ -s "$ROOM/$schema" ] || fail "pg_dump gave no schema of $DATABASE, and no reason."
}
# What was made as varchar IN ('a', 'b') is told as the cast of a list, and, once that was read again, as a list of casts. Here it is always that.
cast_singly() {
  LC_ALL=C awk '{
    told = ""
    while ((at = index($0, "(ARRAY[")) > 0) {
      told = told substr($0, 1, at - 1)
      $0 = substr($0, at)
      list = "ARRAY[("
      depth = quoted = 0
      for (i = 8; i <= length($0); i++) {
        sign = substr($0, i, 1)
        if (sign == "\047") quoted = !quoted
        if (!quoted && sign == "]" && depth == 0) break
        if (!quoted) depth += (sign == "[" || sign == "(") - (sign == "]" || sign == ")")
        if (!quoted && sign == "," && depth == 0) { list = list ")\001, ("; i++ } else list = list sign
      }
      rest = substr($0, i + 1)
      if (!match(rest, /^\)::[a-z ]+\[\]/)) { told = told "(ARRAY["; $0 = substr($0, 8); continue }
      type = substr(rest, 2, RLENGTH - 3)
      gsub(/\001/, type, list)
      told = told list ")" type "]"
      $0 = substr(rest, RLENGTH + 1)
    }
    print told $0
  }'
}

# ---- the snapshot's session ----

# Opens a transaction whose snapshot other sessions can look at, and keeps it open until end_snapshot.
begin_snapshot() {
  rm -f "$ROOM/questions" "$ROOM/answers" && mkfifo "$ROOM/questions" || return 1
  ask_postgres -v VERBOSITY=verbose <"$ROOM/questions" >"$ROOM/answers" 2>"$ROOM/psql.err" &
  session=$!
  exec 5>"$ROOM/questions"
  {
    printf '%s\n' 'begin isolation level repeatable read read only;' "set lock_timeout = '${LOCK_TIMEOUT}s'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; $POSTGRES_SETTINGS"
    # Whoever would change a table waits until it is fingerprinted, as it waits for pg_dump.
    printf '%s\n' "select format('lock table %s in access share mode', c.oid::regclass) $USER_TABLES and c.relkind in ('r', 'p') \\gexec"
    section sequences.before
    postgres_sequences
    section snapshot
    printf '%s\n' "select 'snapshot ' || pg_export_snapshot();"
  } >&5 || return 1
  until snapshot=$(sed -n 's/^snapshot //p' "$ROOM/answers") && [ -n "$snapshot" ]; do
    [ -n "$(started "$session")" ] || { end_snapshot; return 1; }
    nap 0.05
  done
}
end_snapshot() {
  exec 5>&-
  wait "$session" || { fail "$DATABASE ended the session that held its snapshot: $(postgres_fault)"; return 1; }
}
# What a session said, whole where it is about rights, names, locks and the server, and as a bare code where rows may be in it.
postgres_fault() {
  sed -n 's/^psql:[^ ]* *//; /^\(ERROR\|FATAL\): *\(08\|25\|28\|3D\|42\|53\|55\|57\)[0-9A-Z]\{3\}: /p; s/^\(ERROR: *[0-9A-Z]\{5\}\): .*/\1/p; /^error: /p' "$ROOM/psql.err" | head -n 1 | cut -c 1-300
}
capture_postgres() {
  trap '' PIPE # a session that is gone is told of, not died of
  reach_postgres || return 1
  begin_snapshot || fail "$DATABASE: no snapshot, so no dump." || return 1
  began=$(now)
  taken_now
  # How far the server is, so that it can be told what was written since.
  fact "$(ask_postgres -c "select format('\"walPosition\":\"%s\",\"transactions\":%s', case when pg_is_in_recovery() then '' else pg_current_wal_lsn()::text end, xact_commit) from pg_stat_database where datname = current_database()" 5>&-)"
  kept "$NAME.sql" pg_dump pg pg_dump --no-password --no-subscriptions --snapshot="$snapshot" --lock-wait-timeout="${LOCK_TIMEOUT}s" 5>&- || { exec 5>&-; return 1; }
  fact '"dumpSeconds":'"$(elapsed_since "$began")"
  case $VERIFY in equal) fingerprint_snapshot || return 1 ;; esac
  postgres_references
  postgres_setup | ask_postgres 5>&- >"$ROOM/setup.sql" || return 1
  end_snapshot && sections "$ROOM/answers" || return 1
  leave_containers
  case $VERIFY in equal) keep_fingerprint rows.source sequences.before sequences.after schema.source || return 1 ;; esac
  kept "$NAME.setup.sql" cat cat "$ROOM/setup.sql"
}
fingerprint_snapshot() {
  postgres_schema schema.source pg pg_dump --no-password --snapshot="$snapshot" 5>&- || return 1
  {
    section rows.source
    postgres_rows
    section sequences.after
    postgres_sequences
  } >&5
}
# The user's own queries, in the same snapshot, with names found where the user finds them.
postgres_references() {
  echo 'reset search_path;' >&5
  for reference in $REFERENCES; do
    section "reference.$reference"
    cat "$HERE/reference.$reference"
    printf '\n;\n'
  done >&5
}
# The session prints what it is asked into one file, in which each answer has a heading that no row can have.
section() { printf '%s\n' "\\echo section $SET $1"; }
sections() { awk -v heading="section $SET " -v folder="$ROOM/" 'index($0, heading) == 1 { file = folder substr($0, length(heading) + 1); printf "" >file; next } file != "" { print >file }' "$1"; }

# ---- the scratch instance ----

# begin_scratch_postgres: a cluster of the same version with a folder, a socket and processes of its own, that listens nowhere else.
begin_scratch_postgres() {
  in_place=''
  [ "$pg_major" -lt 15 ] || in_place='-c allow_in_place_tablespaces=on'
  scratch_settings="-c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=512MB -c min_wal_size=32MB -c autovacuum=off -c maintenance_work_mem=128MB -c log_min_messages=panic -c log_min_error_statement=panic -c logging_collector=off -c max_connections=10 -c max_locks_per_transaction=8192 $in_place"
  if [ -n "$CONTAINER" ]; then begin_scratch_inside; else begin_scratch_here; fi && patiently 60 scratch_is_up
}
begin_scratch_inside() {
  begin_scratch_container postgres '
    cluster=${PGDATA:-/tmp/cluster}/proof
    mkdir -p "$cluster" 2>/dev/null || cluster=/tmp/cluster/proof
    mkdir -p "$cluster" && initdb --pgdata="$cluster" --username="$1" --auth=trust --no-sync --encoding=UTF8 --locale=C >/dev/null && exec postgres -D "$cluster" -k "$3" $2' "proof_$SET" "$scratch_settings" "$(socket_folder)"
}
begin_scratch_here() {
  mkdir -m 700 "$SOCKETS" && mkdir -m 700 "$ROOM/cluster" && own postgres "$SOCKETS" "$ROOM/cluster" || return 1
  as_owner postgres "$pg_bin/initdb" --pgdata="$ROOM/cluster" --username="proof_$SET" --auth=trust --no-sync --encoding=UTF8 --locale=C >"$ROOM/initdb.out" 2>&1 ||
    { fail "initdb failed: $(tail -n 2 "$ROOM/initdb.out")"; return 1; }
  # It may outlive the step, so it must not hold on to the lock or to whom the step speaks to; a function's own redirections would keep both.
  (
    exec </dev/null >"$ROOM/cluster.out" 2>&1 9>&-
    # shellcheck disable=SC2086
    as_owner postgres $GENTLE "$pg_bin/postgres" -D "$ROOM/cluster" -k "$SOCKETS" $scratch_settings
  ) &
}
scratch_is_up() { scratch_psql -d postgres -c 'select' >/dev/null; }
scratch_psql() { scratch_tool psql -XAtqw -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate -v SHOW_CONTEXT=never "$@"; }
restored_psql() { restored_tool psql -XAtqw -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate -v SHOW_CONTEXT=never "$@"; }
scratch_tool() {
  tool=$1
  shift
  if [ -n "$CONTAINER" ]; then
    docker exec --interactive --env "PGHOST=$(socket_folder)" --env "PGUSER=proof_$SET" --env PGDATABASE=restored ${PGTZ:+--env "PGTZ=$PGTZ"} "slipway-$SET" "$tool" "$@"
  else
    PGHOST=$SOCKETS PGPORT=5432 PGUSER=proof_$SET PGDATABASE=restored "$pg_bin/$tool" "$@"
  fi
}
end_scratch_postgres() {
  end_scratch "$ROOM/cluster/postmaster.pid"
  end_scratch_container
  leave_containers
  rm -rf "$ROOM/cluster" "$SOCKETS"
}
# What the part holds, in a database called restored of a scratch instance that goes on until end_scratch_postgres.
hold_postgres() {
  reach_postgres && begin_scratch_postgres || return 1
  restored_tool() { scratch_tool "$@"; }
  read_back "$NAME.setup.sql" cat cat >"$ROOM/setup.again" || return 1
  scratch_psql -d postgres -v restored=restored -f - <"$ROOM/setup.again" >/dev/null 2>"$ROOM/psql.err" || { fail "The scratch instance could not be made like $DATABASE: $(words_of psql)"; return 1; }
  fill_postgres
}
# Fills the empty database that restored_tool leads to, and compares it with the fingerprint.
fill_postgres() {
  began=$(now)
  # What ON_ERROR_STOP and one transaction leave possible is a dump that is cut: the comparison finds it.
  read_back "$NAME.sql" psql restored_psql --single-transaction -f - >/dev/null || return 1
  restore_seconds=$(elapsed_since "$began")
  fact '"restoreSeconds":'"$restore_seconds"
  case $VERIFY in restored) return ;; esac
  {
    printf '%s\n' "$POSTGRES_SETTINGS"
    section rows.restored
    postgres_rows
    section sequences.restored
    postgres_sequences
  } | restored_psql -f - >"$ROOM/answers" 2>"$ROOM/psql.err" && sections "$ROOM/answers" || fail "$NAME came back, but cannot be read: $(words_of psql)" || return 1
  postgres_schema schema.restored restored_tool pg_dump -w || return 1
  compare_rows && compare_sequences && compare_schema || return 1
  fact '"tables":'"$(grep -c '^table ' "$ROOM/rows.source")"
  fact '"rows":'"$(awk -F'|' '/^table /{n += $(NF - 1)} END {printf "%d", n}' "$ROOM/rows.source")"
}
