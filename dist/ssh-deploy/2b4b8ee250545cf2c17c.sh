# shellcheck shell=sh disable=SC2154,SC2046,SC2086,SC2015
# Workers and singletons run in one slot only: the one that users reach. What runs moves with the traffic; what a boot starts moves at the
# confirmation, by the containers' restart policies. A power cut between these and the link that a boot follows leaves them with the new release
# and users with the old one, until the next run: rather that than none at all.

# stop_role SLOT ROLE: returns once none of them runs, and fails where one goes on.
stop_role() {
  ids=$(containers_of "$1" "$2") || return 1
  [ -n "$ids" ] || return 0
  quietly docker stop $ids || return 1
  case " $(docker inspect --format '{{.State.Running}}' $ids | tr '\n' ' ')" in *' true '*) say "A $2 of slot $1 does not stop." >&2; return 1 ;; esac
}

# hand_over ROLE SLOT SECONDS: what has that role stops in the other slot, and then starts in this one. Its end and its beginning never overlap.
hand_over() {
  role=$1 slot=$2 from=$(other_slot "$2")
  found=$(docker ps --all --no-trunc --filter "label=slipway.service=$STACK_NAME" --filter "label=slipway.role=$role" --filter label=com.docker.compose.oneoff=False --format '{{.Label "com.docker.compose.project"}} {{.Label "com.docker.compose.service"}} {{.ID}}') || return 1
  [ -n "$found" ] || return 0
  names=$(say "$found" | cut -d ' ' -f 2 | sort -u | tr '\n' ' ')
  to_ids=$(say "$found" | awk -v project="$(project_of "$slot")" '$1 == project { print $3 }')
  [ "$role" != singleton ] || say "${names}stops in slot $from before it starts in slot $slot: it is away meanwhile."
  began=$(uptime_now)
  stop_role "$from" "$role" || return 1
  if [ -n "$to_ids" ]; then
    quietly docker start $to_ids && await_role "$slot" "$role" "$3" || return 1
  fi
  [ "$role" != singleton ] || say "${names}was away for $(awk -v from="$began" -v to="$(uptime_now)" 'BEGIN { printf "%.2f", to - from }') s."
}
uptime_now() { cut -d ' ' -f 1 /proc/uptime; }
await_role() {
  [ -n "$(containers_of "$1" "$2")" ] || return 0
  over=$(($(now) + $3))
  while :; do
    words=$(stack_faults "$1" later "$2") && return 0 || code=$?
    if [ "$code" -eq 2 ] || [ "$(now)" -ge "$over" ]; then say "$words" >&2; return 1; fi
    nap 0.2
  done
}

# check_roles SLOT: they still run, a moment after they were started.
check_roles() { await_role "$1" singleton 10 && await_role "$1" worker 10; }

# settle_roles SLOT: from now on a boot starts them in this slot and in the other one not. An engine that restarted meanwhile is put right.
settle_roles() {
  from=$(other_slot "$1")
  ids=$(containers_of "$from" worker singleton) || return 1
  if [ -n "$ids" ]; then quietly docker update --restart=no $ids || return 1; fi
  stop_role "$from" worker && stop_role "$from" singleton || return 1
  ids=$(containers_of "$1" worker singleton) || return 1
  [ -n "$ids" ] || return 0
  for id in $ids; do
    policy=$(docker inspect --format '{{index .Config.Labels "slipway.restart"}}' "$id")
    case $policy in no | -) policy=no ;; unless-stopped) policy=always ;; esac
    quietly docker update --restart="$policy" "$id" || return 1
  done
  quietly docker start $ids
}
