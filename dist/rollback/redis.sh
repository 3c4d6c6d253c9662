# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# Redis: the snapshot that it gives a replica, proven in a server of its own. It has no session that looks at a snapshot, so each key is
# fingerprinted before and after: what stood still must come back as it was.
# A part's settings: NAME, DB_HOST, DB_PORT, DB_USER, PART (its number), CONTAINER, TOOLS

# Where its programs are.
find_redis() {
  [ -z "$CONTAINER" ] || enter_container || return 1
  redis_client=$(program_inside "${TOOLS:+$TOOLS/}redis-cli") || { fail "There is no redis-cli${CONTAINER:+ in container $CONTAINER}. On Debian: apt-get install redis-tools"; return 1; }
  redis_server=$(program_inside "${TOOLS:+$TOOLS/}redis-server") || redis_server=''
}
reach_redis() {
  unset REDISCLI_AUTH
  find_redis || return 1
  redis_via=source_redis redis_key=''
  [ ! -e "$KEYS/$PART" ] || redis_key=$KEYS/$PART
  echo info | ask_redis | tr -d '\r' >"$ROOM/redis.info"
  redis_version=$(sed -n 's/^redis_version://p' "$ROOM/redis.info")
  [ -n "$redis_version" ] || { fail "The Redis of $NAME cannot be reached: $(cat "$ROOM/redis.info" >>"$ROOM/redis.err"; words_of redis)"; return 1; }
}
# ask_redis ARGUMENTS...: its client, given commands; it reads a password from the first line.
ask_redis() { { [ -z "$redis_key" ] || cat "$redis_key"; cat; } | "$redis_via" "$@" 2>"$ROOM/redis.err"; }
source_redis() {
  [ -z "$redis_key" ] || set -- --askpass "$@"
  [ -z "$DB_USER" ] || set -- --user "$DB_USER" "$@"
  [ -z "$DB_PORT" ] || set -- -p "$DB_PORT" "$@"
  case $DB_HOST in '') ;; /*) set -- -s "$DB_HOST" "$@" ;; *) set -- -h "$DB_HOST" "$@" ;; esac
  inside "$redis_client" "$@"
}
check_redis() {
  reach_redis || return 1
  fact '"server":"'"Redis $(printf '%s' "$redis_version" | tr -dc '0-9A-Za-z.')"'"'
  ! grep -q '^redis_mode:cluster' "$ROOM/redis.info" || { fail "$NAME is a node of a Redis cluster, which holds a share of the keys only. Clusters are not supported."; return 1; }
  database_bytes=$(sed -n 's/^used_memory://p' "$ROOM/redis.info")
  case $VERIFY in restored | equal) may_prove_redis ;; esac
}
# The scratch instance has all of it in memory.
may_prove_redis() {
  [ -n "$redis_server" ] || { fail "$NAME is to be proven, but its scratch instance needs redis-server. Install it, which need not run, or set verify: readable."; return 1; }
  server_version=$(inside "$redis_server" --version </dev/null | sed 's/.* v=\([0-9.]*\).*/\1/')
  [ "$(short_version "$server_version")" = "$(short_version "$redis_version")" ] || { fail "$redis_server is version $server_version, but the server of $NAME is version $redis_version. Its scratch instance has to be of the same version."; return 1; }
  needed_kb=$((database_bytes / 1024 + 32768)) spare_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)
  [ "${spare_kb:-$needed_kb}" -ge "$needed_kb" ] || fail "There is too little memory for the proof of $NAME: about $((needed_kb / 1000)) MB needed, $((spare_kb / 1000)) MB free. Set verify: readable."
}

# Digests of so many keys from a cursor on: a line for each, then "next CURSOR". Of a key it tells the hash of its name, that of its value
# in whatever order it is kept, and the second in which it expires or 0.
REDIS_KEYS='local found = redis.call("SCAN", ARGV[1], "COUNT", 500) local out = {} local now = redis.call("TIME") local hash = redis.sha1hex
local function digest(x) if type(x) ~= "table" then return hash(tostring(x)) end local all = {} for i, item in ipairs(x) do all[i] = digest(item) end return hash(table.concat(all)) end
local function unordered(x, width) local all = {} for i = 1, #x, width do local one = hash(x[i]) if width == 2 then one = one .. hash(x[i + 1]) end all[#all + 1] = one end table.sort(all) return hash(table.concat(all)) end
for _, key in ipairs(found[2]) do local kind = redis.call("TYPE", key).ok local value
if kind == "string" then value = hash(redis.call("GET", key)) elseif kind == "list" then value = digest(redis.call("LRANGE", key, 0, -1)) elseif kind == "set" then value = unordered(redis.call("SMEMBERS", key), 1)
elseif kind == "hash" then value = unordered(redis.call("HGETALL", key), 2) elseif kind == "zset" then value = digest(redis.call("ZRANGE", key, 0, -1, "WITHSCORES"))
elseif kind == "stream" then value = digest({redis.call("XRANGE", key, "-", "+"), redis.call("XINFO", "GROUPS", key)}) elseif kind ~= "none" then value = hash(redis.call("DUMP", key)) end
if value then local left = redis.call("PTTL", key) local at = 0 local exact = "" if left >= 0 then at = math.floor(now[1] + (now[2] / 1000 + left + 500) / 1000)
local known = redis.pcall("PEXPIRETIME", key) if type(known) == "number" then exact = string.format("%.0f", known) at = math.floor(known / 1000) + 1 end end
out[#out + 1] = hash(key) .. " " .. kind .. ":" .. value .. exact .. " " .. string.format("%d", at) end end
out[#out + 1] = "next " .. found[1] return out'
# print_redis RESULT: a fingerprint of every key in every of its databases.
print_redis() {
  : >"$ROOM/keys.all"
  for number in $(echo 'info keyspace' | ask_redis | sed -n 's/^db\([0-9]*\):.*/\1/p'); do
    rm -f "$ROOM"/*.exit "$ROOM/questions"
    mkfifo "$ROOM/questions" || return 1
    of_pipe redis "$redis_via" -n "$number" <"$ROOM/questions" | of_pipe awk talk_redis "$number" >>"$ROOM/keys.all"
    ended_well redis awk || { fail "$NAME could not be fingerprinted: $(cat "$ROOM/awk.err" >>"$ROOM/redis.err"; words_of redis)"; return 1; }
  done
  # Libraries of functions, whose lines come in whatever order; before Redis 7 there are none.
  echo 'function list withcode' | ask_redis | LC_ALL=C sort | sha1sum | sed 's/^\([0-9a-f]*\).*/- functions -:\1 0/' >>"$ROOM/keys.all"
  LC_ALL=C sort -u -T "$ROOM" "$ROOM/keys.all" >"$ROOM/$1" && rm -f "$ROOM/keys.all"
}
# One side of a conversation: what is asked next depends on the answer.
talk_redis() {
  awk -v number="$1" -v script="$(printf '%s' "$REDIS_KEYS" | tr '\n' ' ')" -v questions="$ROOM/questions" -v key="$redis_key" '
    function ask_from(cursor) { print "EVAL \047" script "\047 0 " cursor >questions; fflush(questions) }
    BEGIN { if (key != "") while ((getline line <key) > 0) print line >questions; ask_from("0") }
    /^next 0$/ { whole = 1; exit }
    /^next [0-9]+$/ { ask_from($2); next }
    /^[0-9a-f]+ [^ ]+:[0-9a-f]+ [0-9]+$/ { print number " " $0; next }
    { print >"/dev/stderr"; exit }
    END { exit !whole }'
}

capture_redis() {
  reach_redis || return 1
  began=$(now)
  case $VERIFY in equal) print_redis "$NAME.before" || return 1 ;; esac
  taken_now
  kept "$NAME.rdb" redis dump_redis || return 1
  case $VERIFY in equal) print_redis "$NAME.after" && keep_fingerprint "$NAME.before" "$NAME.after" || return 1 ;; esac
  fact '"dumpSeconds":'"$(elapsed_since "$began")"
}
dump_redis() { : | ask_redis --rdb - && grep -q '^Transfer finished with success' "$ROOM/redis.err"; }
# Its last byte but a checksum is one of its own, and behind that the mark of the transfer may stand.
is_whole_redis() {
  read_back "$FILE" tail tail -c 49 >"$ROOM/end" || return 1
  for at in 9 49; do [ "$(tail -c "$at" "$ROOM/end" | head -c 1 | od -An -tx1 | tr -d ' ')" != ff ] || return 0; done
  return 1
}

# ---- the scratch instance ----

# It listens nowhere but on a socket, writes nothing down, and has room for every database there may be.
REDIS_SETTINGS='port 0
save ""
appendonly no
databases 16384
daemonize no
logfile ""
loglevel warning'
begin_scratch_redis() {
  if [ -n "$CONTAINER" ]; then
    begin_scratch_container '' 'mkdir /tmp/proof && cd /tmp/proof && until [ -e ready ]; do sleep 1; done; printf "%s\n" "$1" "dir /tmp/proof" "unixsocket /tmp/proof/s" | exec "$2" -' "$REDIS_SETTINGS" "$redis_server" &&
      read_back "$NAME.rdb" docker docker exec --interactive "slipway-$SET" sh -c 'until [ -d /tmp/proof ]; do sleep 1; done; cat >/tmp/proof/dump.rdb && : >/tmp/proof/ready' || return 1
    redis_socket=/tmp/proof/s
  else
    mkdir -m 700 "$SOCKETS" "$ROOM/cluster" && read_back "$NAME.rdb" cat cat >"$ROOM/cluster/dump.rdb" || return 1
    redis_socket=$SOCKETS/s
    # shellcheck disable=SC2086
    printf '%s\n' "$REDIS_SETTINGS" "dir $ROOM/cluster" "unixsocket $redis_socket" "pidfile $ROOM/cluster/scratch.pid" | $GENTLE "$redis_server" - >"$ROOM/cluster.out" 2>&1 9>&- &
  fi
  redis_via=scratch_redis redis_key=''
  await_scratch scratch_redis_is_up || fail "$NAME cannot be loaded: its scratch instance ended."
}
scratch_redis() { in_scratch "$redis_client" -s "$redis_socket" "$@"; }
scratch_redis_is_up() { [ "$(echo ping | ask_redis)" = PONG ]; }
end_scratch_redis() {
  end_scratch "$ROOM/cluster/scratch.pid" TERM
  end_scratch_container
  rm -rf "$ROOM/cluster" "$SOCKETS"
}
# What the part holds, in a scratch instance that goes on until end_scratch_redis.
hold_redis() {
  find_redis || return 1
  began=$(now)
  begin_scratch_redis && fact '"restoreSeconds":'"$(elapsed_since "$began")" || return 1
  case $VERIFY in equal) print_redis restored && compare_redis ;; esac
}
# What stood still from before the snapshot until after it must be there, unless its time was over; where all did, nothing else may be.
compare_redis() {
  LC_ALL=C comm -12 "$ROOM/$NAME.before" "$ROOM/$NAME.after" >"$ROOM/still"
  LC_ALL=C comm -23 "$ROOM/still" "$ROOM/restored" | awk -v now="$(now)" '$4 == 0 || $4 > now' >"$ROOM/lost"
  ! cmp -s "$ROOM/$NAME.before" "$ROOM/$NAME.after" || LC_ALL=C comm -13 "$ROOM/still" "$ROOM/restored" >>"$ROOM/lost"
  keys=$(grep -vc '^-' "$ROOM/restored") still=$(grep -vc '^-' "$ROOM/still")
  [ ! -s "$ROOM/lost" ] || { fail "$NAME is not equal to what it was taken from: of $still keys that nobody changed meanwhile, $(cut -d' ' -f1,2 "$ROOM/lost" | sort -u | wc -l) did not come back as they were. Of these kinds: $(sed 's/^[^ ]* [^ ]* \([^:]*\):.*/\1/' "$ROOM/lost" | sort -u | tr '\n' ' ')"; return 1; }
  fact '"keys":'"$keys"',"unchangedKeys":'"$still"
}
