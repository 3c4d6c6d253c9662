# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# The rehearsal: the pending migrations, run on a set's part in a scratch instance, with no way out to a network, and what they do there written down.
# Settings besides those of applying.sh: OPENED (the set's folder), NETWORK (none or allowed), SCHEMA (hash of the live schema)

can_isolate() {
  [ "$NETWORK" = none ] || { say 'The rehearsal may reach the network (rehearsal-network: allowed): what sends mail, charges cards or calls others must be off by neutralize.'; return 0; }
  command -v unshare >/dev/null && isolated_by_unshare true 2>/dev/null || fail 'This server lets a plan have no network of its own (unshare fails: user namespaces are off), so the rehearsal could send mail or charge cards. Allow them (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone=1 or kernel.apparmor_restrict_unprivileged_userns=0), or set rehearsal-network: allowed.'
}
# Root needs no user namespace, and in one of its own would not see what belongs to the user postgres.
isolated_by_unshare() { if [ "$(id -u)" -eq 0 ]; then unshare --net --mount "$@"; else unshare --map-root-user --net --mount "$@"; fi; }
# isolated FUNCTION: runs a text of the engine's where there is no network but its own loopback, and where nothing that listens on a socket of this
# machine is to be seen but the copy: what takes its database from elsewhere than its variables finds none, instead of the live one.
isolated() {
  [ "$NETWORK" = none ] || { engine "$1"; return; }
  listening >"$ROOM/listening" && begin_answering || return 1
  if (export ISOLATED=yes && engine "$1" isolated_by_unshare); then isolated_code=0; else isolated_code=$?; fi
  end_answering
  return "$isolated_code"
}
# Sockets that somebody listens on, and those of engines of containers, who may listen in a network of their own.
listening() {
  sed -n 's/^[0-9a-f]*: [0-9A-F]* [0-9A-F]* 00010000 [0-9A-F]* [0-9A-F]*  *[0-9]* \(\/.*\)/\1/p' /proc/net/unix
  docker_host=${DOCKER_HOST-}
  printf '%s\n' "${docker_host#unix://}" /run/docker.sock "${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/docker.sock" "$HOME/.docker/run/docker.sock" /run/containerd/containerd.sock /run/podman/podman.sock
}
hide_others() {
  ip link set lo up 2>/dev/null || :
  while IFS= read -r hidden; do
    case $hidden in "$SOCKETS"/*) ;; *) [ ! -S "$hidden" ] || mount --bind /dev/null "$hidden" 2>/dev/null || [ ! -w "$hidden" ] || fail "$hidden cannot be hidden from what is rehearsed." || exit 1 ;; esac
  done <"$ROOM/listening"
  # A server that starts again meanwhile makes its socket anew.
  for hidden in /run/postgresql /var/run/postgresql /run/mysqld /var/run/mysqld "${CONTAINER:-$DB_HOST}"; do
    case $hidden in /*) [ ! -d "$hidden" ] || is_needed "$hidden" || mount -t tmpfs none "$hidden" 2>/dev/null || : ;; esac
  done
}
is_needed() {
  for needed in "$SOCKETS" "$ROOM" "$FOLDER" "$HERE" "$STATE"; do case $needed/ in "$1"/*) return 0 ;; esac; done
  return 1
}
# What is rehearsed cannot enter a container. The copy in one is asked for it, by the programs in there.
begin_answering() {
  answerer=''
  [ -n "$CONTAINER" ] || return 0
  rm -f "$ROOM/asked" "$ROOM/answered" && mkfifo "$ROOM/asked" "$ROOM/answered" || return 1
  answer_questions </dev/null >/dev/null 2>&1 5>&- 6>&- 9>&- &
  answerer=$!
}
answer_questions() {
  while read -r _ <"$ROOM/asked"; do
    if rows_of <"$ROOM/question" >"$ROOM/answer" 2>"$ROOM/answer.err"; then answer_code=0; else answer_code=$?; fi
    say "$answer_code" >"$ROOM/answered"
  done
}
ask_outside() {
  cat >"$ROOM/question" && say asked >"$ROOM/asked" && read -r answer_code <"$ROOM/answered" && cat "$ROOM/answer.err" >&2 && cat "$ROOM/answer" && return "$answer_code"
}
end_answering() { if [ -n "$answerer" ]; then kill "$answerer" 2>/dev/null; wait "$answerer" 2>/dev/null || answerer=''; fi; }

# The part of the set, in a scratch instance that goes on until the plan ends.
hold_copy() {
  open_part 1 && "hold_$KIND" || full_or_failed || return 1
  WHERE=scratch
  "take_role_$KIND" || return 1
  say "$NAME as of set ${OPENED##*/} is in a scratch instance"
}
at_copy() {
  WHERE=scratch
  at_database
}
# In the copy the engine is who it is in the live database, with the same rights and settings: a set holds none of roles.
take_role_postgres() {
  { rights_of_role && postgres_role_settings "case when setrole = 0 then 'role all' else format('role %I', current_user) end" 'setdatabase = 0 and setrole in (0, (select oid from pg_roles where rolname = current_user))'; } | ask_postgres >"$ROOM/role.sql" || return 1
  echo 'select current_user' | ask_postgres >"$ROOM/role" && printf '%s' "${URL_USER:-$(cat "$ROOM/role")}" >"$ROOM/role.url" || return 1
  scratch_psql -d restored -f - <"$ROOM/role.sql" >/dev/null 2>"$ROOM/psql.err" || fail "Role $(cat "$ROOM/role") cannot be had in the scratch instance: $(words_of psql)"
}
rights_of_role() {
  cat <<'SQL'
select format('alter role %I login %s %s %s %s;', rolname, case when rolsuper then 'superuser' else 'nosuperuser' end, case when rolcreatedb then 'createdb' else 'nocreatedb' end,
  case when rolcreaterole then 'createrole' else 'nocreaterole' end, case when rolbypassrls then 'bypassrls' else 'nobypassrls' end) from pg_roles where rolname = current_user;
select format('grant %I to %I;', g.rolname, m.rolname) from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member where m.rolname = current_user;
SQL
}
take_role_mysql() {
  echo "select concat('create user if not exists ', a, ';', 'grant all on *.* to ', a, ' with grant option;') from (select concat(quote(substring_index(current_user(), '@', 1)), '@', quote(substring_index(current_user(), '@', -1))) a) b" | ask_mysql >"$ROOM/role.sql" || return 1
  echo "select substring_index(current_user(), '@', 1)" | ask_mysql >"$ROOM/role" && printf '%s' "${URL_USER:-$(cat "$ROOM/role")}" >"$ROOM/role.url" || return 1
  # A mode that is not the live server's takes, or refuses, other values.
  echo "select concat('set global sql_mode = ', quote(@@global.sql_mode), ', global innodb_strict_mode = ', @@global.innodb_strict_mode, ', global explicit_defaults_for_timestamp = ', @@global.explicit_defaults_for_timestamp, ';')" | ask_mysql >>"$ROOM/role.sql" || return 1
  scratch_mysql mysql <"$ROOM/role.sql" 2>"$ROOM/mysql.err" || fail "User $(cat "$ROOM/role") cannot be had in the scratch instance: $(words_of mysql)"
}
take_role_sqlite() { :; }

neutralize() { at_copy && isolated call_neutralize >"$BOOK/output" 2>&1 || { tame <"$BOOK/output" | tail -n 5 >&2; fail "neutralize failed, so nothing was rehearsed. All that it printed is in $BOOK/output on the server."; }; }

rehearse_all() {
  live_before=$(live_status) && at_copy && look "$HERE/source" || return 1
  [ "$(hash_of "$HERE/source/schema")" = "$SCHEMA" ] || { schema_differs; return 1; }
  isolated engine_prepare >"$BOOK/output" 2>&1 || { tame <"$BOOK/output" >&2; return 1; }
  began_all=$(clock)
  figures >"$HERE/figures.before" && begin_sampling || return 1
  rehearsed=yes
  for call in $CALLS; do rehearse_one "$call" || { rehearsed=no; break; }; done
  end_sampling
  [ "$rehearsed" = yes ] && figures >"$HERE/figures.after" && look "$HERE/rehearsed" || return 1
  [ "$(live_status)" = "$live_before" ] || { fail "While the migrations were rehearsed, those of the live $DATABASE changed: either somebody applied them meanwhile, or what runs here takes its database from elsewhere than the variables that it is given. Look at $DATABASE now."; return 1; }
  keep_rehearsal "$(since "$began_all")"
}
live_status() { (WHERE=live && at_database && status_into "$HERE/live.status" && hash_of "$HERE/live.status"); }
schema_differs() {
  (WHERE=live && at_database && schema_of "$HERE/live.schema") && difference "$HERE/source/schema" "$HERE/live.schema" >&2
  fail "Set ${OPENED##*/} has another schema than $DATABASE has now (after neutralize, if there is one), so a rehearsal on it would say nothing. Take a new set (db-backup), and let neutralize change rows alone."
}
rehearse_one() {
  status_into "$HERE/call.status" || return 1
  began=$(clock)
  if isolated "call_$1" >"$BOOK/output" 2>&1; then code=0; else code=$?; fi
  seconds=$(since "$began")
  [ "$code" -eq 0 ] || { tame <"$BOOK/output" | tail -n 8 >&2; fail "$(title "$1"): failed with exit code $code in the rehearsal. The live database was not touched. All that it printed is in $BOOK/output on the server."; return 1; }
  status_into "$HERE/now.status" || return 1
  ! cmp -s "$HERE/call.status" "$HERE/now.status" || { fail "$(title "$1"): it ended well, but in the scratch instance nothing is applied: what runs takes its database from elsewhere than the variables that it is given."; return 1; }
  say "$(title "$1"): $seconds s"
  say "$1 $seconds" >>"$HERE/times"
}

# ---- what it does there ----

PLAIN_TABLES="where c.relkind in ('r', 'm') and c.relpersistence <> 't' and c.relnamespace not in (select oid from pg_namespace where nspname ~ '^pg_' or nspname = 'information_schema')"
# figures: a line a table: its number | its file | rows changed so far, or rows | its name as JSON. Who has another file was rewritten.
figures() {
  case $KIND in
    postgres) echo "select c.oid, pg_relation_filenode(c.oid), coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0), to_json(c.oid::regclass::text) from pg_class c left join pg_stat_user_tables s on s.relid = c.oid $PLAIN_TABLES order by 1" | rows_of ;;
    mysql)
      echo "select concat('select ', quote(table_name), ', (select max(table_id) from information_schema.innodb_sys_tables where name = concat(database(), ''/'', ', quote(table_name), ')), count(*), ', quote(json_quote(table_name)), ' from \`', replace(table_name, '\`', '\`\`'), '\`;') from information_schema.tables where table_schema = database() and table_type in ('BASE TABLE', 'SYSTEM VERSIONED') order by 1" |
        rows_of | sed "$(case $flavour in mysql) say 's/innodb_sys_tables/innodb_tables/' ;; *) say '' ;; esac)" | rows_of ;;
    sqlite) echo "select 'select ' || quote(name) || ', 0, count(*), ' || quote(json_quote(name)) || ' from \"' || replace(name, '\"', '\"\"') || '\";' from sqlite_schema where type = 'table' and name not like 'sqlite!_%' escape '!' order by name" | rows_of | rows_of ;;
  esac
}
# Which locks on tables are held while it runs, looked at ten times a second.
begin_sampling() {
  : >"$HERE/locks"
  sampler=''
  case $KIND in
    postgres)
      printf '%s\n' "select l.mode, to_json(c.oid::regclass::text) from pg_locks l join pg_class c on c.oid = l.relation $PLAIN_TABLES and l.granted and l.pid <> pg_backend_pid() and l.mode !~ '^(AccessShare|RowShare|RowExclusive)Lock'" '\watch 0.1' | scratch_psql -d restored >"$HERE/locks" 2>/dev/null 5>&- 6>&- 9>&- &
      sampler=$! ;;
    mysql)
      [ "$flavour" = mysql ] || echo "install soname 'metadata_lock_info'" | rows_of 2>/dev/null || { say 'This MariaDB does not tell which locks are held (it has no metadata_lock_info), so none are told.'; return 0; }
      sample_mysql 5>&- 6>&- 9>&- &
      sampler=$! ;;
  esac
}
sample_mysql() {
  case $flavour in
    mariadb) asking="select lock_mode, json_quote(table_name) from information_schema.metadata_lock_info where table_schema = database() and thread_id <> connection_id() and lock_mode not in ('MDL_INTENTION_EXCLUSIVE', 'MDL_SHARED_READ', 'MDL_SHARED_WRITE', 'MDL_SHARED')" ;;
    mysql) asking="select lock_type, json_quote(object_name) from performance_schema.metadata_locks where object_schema = database() and object_type = 'TABLE' and lock_status = 'GRANTED' and lock_type not in ('INTENTION_EXCLUSIVE', 'SHARED_READ', 'SHARED_WRITE', 'SHARED')" ;;
  esac
  while nap 0.1; do echo "$asking" | rows_of; done >>"$HERE/locks" 2>/dev/null
}
end_sampling() { if [ -n "$sampler" ]; then kill "$sampler" 2>/dev/null; wait "$sampler" 2>/dev/null || sampler=''; fi; }

# keep_rehearsal SECONDS: writes it down beside the ledger; the record last, so that half of one is none. The newest ten are kept.
keep_rehearsal() {
  hash_files=$(hash_of "$HERE/source/files") hash_release=$(release_hash) set=${OPENED##*/}
  token=$(printf '%s\n' 'slipway-rehearsal 1' "$hash_files" "$hash_release" "$set" "$SCHEMA" | sha256sum | cut -c 1-40)
  kept=$BOOK/rehearsals/$token
  rm -rf "$kept" && mkdir -p "$kept" && cp "$HERE/rehearsed/schema" "$kept/schema" || return 1
  printf '%s\n' "{\"token\":\"$token\",\"set\":\"$set\",\"time\":\"$(timestamp)\",\"seconds\":$1,\"schema\":\"$SCHEMA\",\"files\":\"$hash_files\",\"release\":\"$hash_release\",\"result\":\"$(hash_of "$kept/schema")\"}" >"$kept/record.new" || return 1
  durable "$kept/schema" && durable "$kept/record.new" && mv "$kept/record.new" "$kept/record" && durable "$kept" || return 1
  cp "$kept/record" "$HERE/record"
  # shellcheck disable=SC2012 # names are ours
  ls -1t "$BOOK/rehearsals" | tail -n +11 | while read -r old; do rm -rf "${BOOK:?}/rehearsals/$old"; done
}
clear_rehearsal() {
  clear_room
  ROOM=$SCRATCH/.slipway-$SET
  clear_set
}
