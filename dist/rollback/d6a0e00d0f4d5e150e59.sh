# shellcheck shell=sh disable=SC2153,SC2154
# What plans of strategy compose-rolling are made of; PROJECT, SERVICE_PATH, STOP_TIMEOUT (seconds) and PRE_STOP stand before it. A release's
# record says how compose is called for it, what its services are and which images it is made of. A container says of which release it
# is, so that what is done twice is done once.

record_of() { say "$STATE/releases/$1/containers"; }
compose_in() {
  compose_script=$(record_of "$1")/compose.sh
  shift
  # Some that call this read a list from their standard input.
  sh "$compose_script" "$@" </dev/null
}
# services_of RELEASE ROLE...: its services of these roles, one "NAME REPLICAS ROLE" a line.
services_of() {
  while read -r name role replicas; do
    case " $* " in *" $role "*) say "$name $replicas $role" ;; esac
  done <"$(record_of "$1")/services"
}
# containers FILTER...: whatever state they are in, one "ID RELEASE" a line; those that compose itself made are without a release.
containers() {
  for filter; do
    shift
    set -- "$@" --filter "$filter"
  done
  docker ps --all --no-trunc --filter "label=com.docker.compose.project=$PROJECT" --filter label=com.docker.compose.oneoff=False "$@" --format '{{.ID}} {{.Label "slipway.release"}}'
}
containers_of() { containers "label=com.docker.compose.service=$1" ${2:+"label=slipway.release=$2"}; }
# ids_of RELEASE ROLE...: the containers, of whatever release, of those of its services that have these roles.
ids_of() { services_of "$@" | while read -r name _; do containers_of "$name"; done | sed 's/ .*//'; }
lines_in() { grep -c . || :; }
name_of() { docker inspect --format '{{slice .Name 1}}' "$1"; }

# What a release is made of is there, or comes by its digest; the registry is asked for nothing that is there.
require_images() {
  while read -r id reference digest; do
    docker image inspect "$id" >/dev/null 2>&1 && continue
    say "$reference ($id) is not here any more."
    [ "$digest" = - ] || docker pull "$digest" </dev/null || :
    docker image inspect "$id" >/dev/null 2>&1 || { say "$reference of release $1 cannot be had. Deploy it again." >&2; return 1; }
  done <"$(record_of "$1")/images"
}

# Databases and caches are started if they are not there, and left alone if they are.
start_lasting() {
  refuse_twins "$1" || return 1
  services_of "$1" lasting | while read -r name replicas _; do
    [ "$(containers "label=com.docker.compose.service=$name" status=running | lines_in)" -lt "$replicas" ] || continue
    say "$name" >>"$HERE/lasting"
    compose_in "$1" up --detach --no-deps --no-recreate --no-build --scale "$name=$replicas" "$name" || exit
  done
}

# Two databases on one volume destroy it, as after a label that was forgotten.
refuse_twins() {
  services_of "$1" web | while read -r name _; do
    lasts=$(containers "label=com.docker.compose.service=$name" label=slipway.role=lasting status=running | sed 's/ .*//;q')
    [ -z "$lasts" ] || {
      say "Service $name lasts here ($(name_of "$lasts")), but not in this release, and two of it would work on the same data. Give it the label slipway.role: lasting again, or stop and remove that container first." >&2
      exit 1
    }
  done
}

# start_beside RELEASE: its containers, beside whatever runs.
start_beside() {
  services_of "$1" web | while read -r name replicas _; do
    remove_idle "$name"
    missing=$((replicas - $(containers_of "$name" "$1" | lines_in)))
    [ "$missing" -gt 0 ] || continue
    all=$(($(containers_of "$name" | lines_in) + missing))
    compose_in "$1" up --detach --no-deps --no-recreate --no-build --scale "$name=$all" "$name" || exit
  done
}
# Compose would start those that have ended again, where new ones are wanted.
remove_idle() {
  for state in created exited dead; do
    containers "label=com.docker.compose.service=$1" "status=$state"
  done | while read -r id _; do
    docker rm --volumes "$id" >/dev/null || exit
  done
}

# await_containers RELEASE SECONDS ROLE...: until each of its containers is healthy, or has run for a while where nothing is to be asked.
# One that ends, restarts or turns unhealthy is not waited for.
await_containers() {
  release=$1 until=$(($(now) + $2))
  shift 2
  services_of "$release" "$@" >"$HERE/awaited"
  while read -r name replicas role; do
    found=$(containers_of "$name" "$release" | lines_in)
    [ "$found" -ge "$replicas" ] || { say "Of $name $found of $replicas containers are there." >&2; return 1; }
    containers_of "$name" "$release" >"$HERE/awaited.containers"
    while read -r id _; do await_container "$id" "$until" "$role" || return 1; done <"$HERE/awaited.containers"
  done <"$HERE/awaited"
}
# await_lasting SECONDS: the same for what lasts, where it was just started.
await_lasting() {
  [ -e "$HERE/lasting" ] || return 0
  until=$(($(now) + $1))
  while read -r name; do containers_of "$name"; done <"$HERE/lasting" >"$HERE/awaited.containers"
  while read -r id _; do await_container "$id" "$until" lasting || return 1; done <"$HERE/awaited.containers"
}
# await_container ID UNTIL ROLE
await_container() {
  while :; do
    condition=$(docker inspect --format '{{.State.Status}} {{.RestartCount}} {{.State.ExitCode}} {{with .State.Health}}{{.Status}}{{else}}none{{end}}' "$1") || return 1
    # shellcheck disable=SC2086 # four words
    set -- "$1" "$2" "$3" $condition
    case $4:$5:$7 in
      running:0:healthy) say "$(name_of "$1") is healthy"; return 0 ;;
      running:0:unhealthy) tell_container "$1" 'is unhealthy by its health check'; return 1 ;;
      running:0:none)
        if [ "$3$HAS_OWN_CHECK" = webno ]; then
          tell_container "$1" 'has no health check, and without one there is no evidence: give it a healthcheck in the compose file, or health-command'
          return 1
        fi
        if runs_well "$1"; then return 0; fi ;;
      running:0:*) ;;
      created:*) ;;
      *:0:*) tell_container "$1" "ended with exit code $6"; return 1 ;;
      *) tell_container "$1" "ended with exit code $(last_exit_code "$1"), and was restarted $5 times"; return 1 ;;
    esac
    [ "$(now)" -lt "$2" ] || { tell_container "$1" 'was not healthy in time'; return 1; }
    nap 0.2
  done
}
# Without a check of Docker's there is ours, or only that it keeps running.
runs_well() {
  if [ "$HAS_OWN_CHECK" = yes ]; then
    if (CONTAINER=$1 own_check) >/dev/null 2>&1; then say "$(name_of "$1") is healthy"; return 0; fi
    return 1
  fi
  stays_from=$(now)
  while [ "$(($(now) - stays_from))" -lt 5 ]; do
    nap 0.5
    [ "$(docker inspect --format '{{.State.Status}} {{.RestartCount}}' "$1")" = 'running 0' ] || return 1
  done
  say "$(name_of "$1") has no health check, and keeps running"
}
tell_container() {
  docker logs --tail 8 "$1" 2>&1 || :
  say "$(name_of "$1") $2. Above is what it printed last." >&2
}

# others_than RELEASE: the containers that it replaces: of other releases, and of its services from before there were releases; not what is to
# last from now on.
others_than() {
  {
    containers label=slipway.release
    services_of "$1" web worker singleton | while read -r name _; do containers_of "$name"; done
  } | sort -u | while read -r id release; do
    [ "$release" = "$1" ] || say "$id"
  done | grep -vxF "$(ids_of "$1" lasting)" || :
}
# drain ID...: tells containers to finish, all at the same time, and removes them.
drain_all() {
  pids=
  for id; do
    drain_container "$id" &
    pids="$pids $!"
  done
  code=0
  for pid in $pids; do wait "$pid" || code=1; done
  return "$code"
}
drain_container() {
  drained=$(name_of "$1" 2>/dev/null) || return 0 # gone already
  if [ -n "$PRE_STOP" ] && [ "$(docker inspect --format '{{.State.Running}}' "$1")" = true ]; then
    timeout "$STOP_TIMEOUT" docker exec "$1" sh -c "$PRE_STOP" || say "pre-stop failed in $drained with exit code $?; it is stopped all the same"
  fi
  docker stop --time "$STOP_TIMEOUT" "$1" >/dev/null && docker rm --volumes "$1" >/dev/null || ! docker inspect "$1" >/dev/null 2>&1 || return 1
  say "$drained has ended"
}
# Going back and clearing away have two minutes for all of it.
hurry() { [ "$STOP_TIMEOUT" -le 20 ] || STOP_TIMEOUT=20; }
drain_others() {
  # shellcheck disable=SC2046 # ids
  drain_all $(others_than "$1")
}
remove_release() {
  # shellcheck disable=SC2046
  drain_all $(containers "label=slipway.release=$1" | sed 's/ .*//')
}

# swap_single RELEASE: what must never run twice stops before its successor starts, also where that has another name; says for how long it was away.
swap_single() {
  # shellcheck disable=SC2046
  drain_all $(for role in worker singleton; do containers "label=slipway.role=$role"; done | sed 's/ .*//' | grep -vxF "$(ids_of "$1" web worker singleton lasting)")
  services_of "$1" worker singleton >"$HERE/single"
  while read -r name replicas _; do
    [ "$(containers "label=com.docker.compose.service=$name" "label=slipway.release=$1" status=running | lines_in)" -lt "$replicas" ] || continue
    left=$(centiseconds)
    # shellcheck disable=SC2046
    drain_all $(containers_of "$name" | while read -r id release; do [ "$release" = "$1" ] || say "$id"; done)
    compose_in "$1" up --detach --no-deps --no-recreate --no-build --scale "$name=$replicas" "$name" || return 1
    say "$name was away for $((($(centiseconds) - left) * 10)) ms"
  done <"$HERE/single"
}
centiseconds() { sed 's/\([0-9]*\)\.\([0-9]*\) .*/\1\2/' /proc/uptime; }

# keep_record RELEASE [ENV_FILE]: how it runs is kept beside its list of files. A name stands for the same images for ever, and those are held
# by a tag of ours, which neither moves nor is taken for rubbish.
keep_record() {
  kept_at=$(record_of "$1")
  if [ -e "$kept_at/images" ] && ! cmp -s "$HERE/containers/images" "$kept_at/images" && [ ! -e "$HERE/placed" ]; then
    say "There is a release $1 already, made of other images. Give this one another name." >&2
    return 1
  fi
  if [ -n "${2-}" ] && [ -e "$kept_at/env" ] && ! cmp -s "$2" "$kept_at/env" && [ -n "$(containers "label=slipway.release=$1")" ]; then
    say "Containers of $1 run already, with other variables than $2 has now. Give this release another name, so that new ones start with these." >&2
    return 1
  fi
  rm -rf "$kept_at.new"
  cp -R "$HERE/containers" "$kept_at.new"
  [ -z "${2-}" ] || cp "$2" "$kept_at.new/env"
  rm -rf "$kept_at"
  mv "$kept_at.new" "$kept_at"
  durable "${kept_at%/*}"
  while read -r id _; do docker tag "$id" "$(held_as "$PROJECT" "$id")"; done <"$kept_at/images"
}

# What the names of its images meant, as a member of a ledger event.
images_member() {
  say "\"images\":{$(sed 's/^\([^ ]*\) \([^ ]*\) .*/"\2":"\1"/' "$(record_of "$1")/images" | paste -s -d , -)}"
}
