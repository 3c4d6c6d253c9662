# shellcheck shell=sh disable=SC2154,SC2046,SC2086
# A slot that is a compose project. What runs is found by the labels of its containers, so that stopping and starting again need no
# file, no environment and no registry.

# containers_of SLOT ROLE...: the ids of the slot's containers that have one of the roles, or of all.
containers_of() {
  project=$(project_of "$1")
  shift
  [ $# -gt 0 ] || set -- any
  for role; do
    docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$project" $([ "$role" = any ] || say "--filter label=slipway.role=$role --filter label=com.docker.compose.oneoff=False") || return 1
  done
}

# quietly COMMAND...: says what a command printed only where it fails.
quietly() { words=$("$@" 2>&1) || { code=$?; say "$words" >&2; return "$code"; }; }

# empty_stack SLOT: stops and removes the slot's containers, with volumes that have no name. Networks stay, for what lasts is connected to them, and named volumes are nobody's but the user's.
empty_stack() {
  ids=$(containers_of "$1") || return 1
  [ -n "$ids" ] || return 0
  quietly docker stop $ids
  quietly docker rm --force --volumes $ids
}

# start_stack SLOT RELEASE LASTING: starts what is `web`, and makes all else of the slot, ready to be started. LASTING is `keep` or `update`.
start_stack() {
  refuse_twins "$2" && write_pins "$2" && hold_images "$2" || return 1
  start_lasting "$2" "$3" || return 1
  quietly compose "$1" "$2" up --no-start --no-deps --no-build $(services_of "$2" web task worker singleton) || return 1
  connect_lasting "$1" "$2" || return 1
  quietly compose "$1" "$2" up --detach --no-deps --no-build $(services_of "$2" web task) || { stack_faults "$1" fresh; return 1; }
}

# refuse_twins RELEASE: what lasts must not be started while a slot runs it, nor the other way round, as after a change of its role: two databases
# on one volume destroy it.
refuse_twins() {
  running=$(docker ps --format '{{.Label "com.docker.compose.project"}} {{.Label "com.docker.compose.service"}} {{.Names}} {{.Label "slipway.role"}}') || return 1
  say "$running" | name=$STACK_NAME awk '
    FNR == NR { split($0, part, "\t"); role[part[1]] = part[2]; next }
    !($2 in role) { next }
    role[$2] == "lasting" && ($1 == ENVIRON["name"] "-blue" || $1 == ENVIRON["name"] "-green") {
      print "Service " $2 " is to last, but runs in slot " substr($1, length(ENVIRON["name"]) + 2) " as " $3 ", and two of it would work on the same data. Stop and remove that container (users are without it until the new one runs), then deploy again."
      found = 1
    }
    role[$2] != "lasting" && $1 == ENVIRON["name"] && $4 == "lasting" {
      print "Service " $2 " lasts here (" $3 "), but its role is " role[$2] " in this release, and two of it would work on the same data. Give it the label slipway.role: lasting again, or stop and remove that container first."
      found = 1
    }
    END { exit found }' "$(stack_record "$1")/services" - >&2
}

# revive_stack SLOT RELEASE: starts what is there, or all anew where it was removed. Nothing is asked of a registry.
revive_stack() {
  ids=$(containers_of "$1" web) || return 1
  if [ -n "$ids" ]; then quietly docker start $ids; else start_stack "$1" "$2" keep; fi
}

# What lasts runs in a project of its own, which a deployment makes once, and leaves alone unless it is told to update it. The release it was
# made from is kept, for its files may be mounted.
start_lasting() {
  services=$(services_of "$1" lasting)
  [ -n "$services" ] || return 0
  if [ "$2" = update ]; then
    # With the registry down, or a login that the server lacks, what is here has to do; where nothing is, `up` says so.
    compose base "$1" pull --quiet $services >/dev/null 2>&1 || say 'Not every image of what lasts could be pulled; those that are here are used.'
    quietly compose base "$1" up --detach --wait --no-deps --no-build $services || return 1
    point "$STACK_PATH/lasting" "releases/$1" || return 1
    return 0
  fi
  for service in $services; do
    ids=$(docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$STACK_NAME" --filter "label=com.docker.compose.service=$service")
    if [ -n "$ids" ]; then
      quietly docker start $ids || return 1
    else
      say "Starting $service, which lasts."
      quietly compose base "$1" up --detach --wait --no-deps --no-build --no-recreate $service || return 1
      [ -L "$STACK_PATH/lasting" ] || point "$STACK_PATH/lasting" "releases/$1" || return 1
    fi
  done
}
# connect_lasting SLOT RELEASE: what lasts is found under its name in the slot's own networks; the other slot's services are not.
connect_lasting() {
  for service in $(services_of "$2" lasting); do
    ids=$(docker ps --all --quiet --no-trunc --filter "label=com.docker.compose.project=$STACK_NAME" --filter "label=com.docker.compose.service=$service") || return 1
    for network in $(docker network ls --filter "label=com.docker.compose.project=$(project_of "$1")" --format '{{.Name}}'); do
      for id in $ids; do
        case " $(docker inspect --format '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}' "$id")" in
          *" host "* | *" $network "*) ;;
          *) quietly docker network connect --alias "$service" "$network" "$id" || return 1 ;;
        esac
      done
    done
  done
}

# stack_faults SLOT WHEN [ROLE]: succeeds when all that should run does, and says what does not; 2 means that waiting is of no use. `fresh`
# containers must not have restarted either, and one must have a health check where STACK_HEALTH (`ours` or `none`) says that we have none.
stack_faults() {
  ids=$(containers_of "$1" "${3:-web}") || return 2
  [ "${3:-web}" != web ] || ids="$ids $(containers_of "$1" task)"
  [ -n "${ids# }" ] || { say "Slot $1 has no container of role ${3:-web}."; return 2; }
  docker inspect --format '{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{index .Config.Labels "slipway.role"}} {{index .Config.Labels "com.docker.compose.service"}}' $ids >"$HERE/containers.$$" || return 2
  waits=0 ends=0 proofs=0
  while read -r id status code restarts health role service; do
    id=${id#/}
    [ "$health" = none ] || proofs=1
    [ "$2" = fresh ] || restarts=0
    case $role:$status:$code:$restarts:$health in
      task:exited:0:*) ;;
      task:running:* | task:created:*) waits=1; say "Service $service has not come to its end." ;;
      *:exited:* | *:dead:* | *:removing:*) ends=1; tell_container "$id" "Service $service exited with code $code." ;;
      *:restarting:*) ends=1; tell_container "$id" "Service $service exited with code $code, and is restarted over and over." ;;
      *:running:*:[1-9]*:*) ends=1; tell_container "$id" "Service $service exited with code $(last_exit_code "$id"), and was restarted." ;;
      *:running:*:unhealthy) ends=1; tell_container "$id" "Service $service is unhealthy: $(docker inspect --format '{{with .State.Health}}{{with index .Log 0}}{{.Output}}{{end}}{{end}}' "$id" 2>/dev/null | head -c 300)" ;;
      *:running:*:none | *:running:*:healthy) ;;
      *) waits=1; say "Service $service is $status, health: $health." ;;
    esac
  done <"$HERE/containers.$$"
  rm -f "$HERE/containers.$$"
  if [ "$2$STACK_HEALTH$proofs" = freshnone0 ]; then
    say 'No service of role web has a health check, and neither health nor health-command is given: without one there is no evidence, and that is never a pass.'
    return 2
  fi
  [ "$ends" -eq 0 ] || return 2
  [ "$waits" -eq 0 ]
}
tell_container() {
  say "$2 Its last lines:"
  docker logs --tail 20 "$1" 2>&1 | sed 's/^/  | /'
}

# await_stack SLOT SECONDS WHEN [COMMAND...]: waits until the slot's containers run and are healthy, and the command succeeds. One that ends,
# restarts or turns unhealthy ends the wait.
await_stack() {
  at_slot=$1 due=$(($(now) + $2)) limit=$2 when=$3
  shift 3
  while :; do
    words=$(stack_faults "$at_slot" "$when") && code=0 || code=$?
    if [ "$code" -eq 0 ]; then
      [ $# -gt 0 ] || return 0
      if words=$("$@" 2>&1); then return 0; fi
    fi
    [ "$code" -ne 2 ] || { say "$words" >&2; return 1; }
    [ "$(now)" -lt "$due" ] || break
    nap 0.2
  done
  say "$words" "Not so within $limit s." >&2
  for id in $(containers_of "$at_slot" web); do tell_container "$id" "$(docker inspect --format '{{index .Config.Labels "com.docker.compose.service"}}' "$id") runs." >&2; done
  return 1
}
