# shellcheck shell=sh disable=SC2154,SC2034,SC2015,SC2016,SC2153,SC2174
# A database that lives in a container: entered by its name, with its own programs, and proven in another container of the same image.
# A part's settings: CONTAINER (empty where the database is on this machine)

# The running container of that name, or of that service of a compose project.
enter_container() {
  command -v docker >/dev/null || { fail "docker is not installed, so container $CONTAINER cannot be entered."; return 1; }
  container=$(docker ps --quiet --filter "name=^/\{0,1\}$CONTAINER\$") && [ -n "$container" ] || container=$(docker ps --quiet --filter "label=com.docker.compose.service=$CONTAINER") || return 1
  case $(say "$container" | grep -c .) in
    1) ;;
    0) fail "No container called $CONTAINER runs, nor one of a compose service of that name."; return 1 ;;
    *) fail "More than one container belongs to a service called $CONTAINER. Give the container's own name."; return 1 ;;
  esac
}
# The password as a file in its memory, because its own files outlive this.
hand_in_password() {
  key_inside=/dev/shm/slipway-$SET-$PART
  [ ! -e "$KEYS/$PART" ] || {
    say "$container $key_inside" >>"$ROOM/inside" &&
      docker exec --interactive "$container" sh -c 'umask 077; cat >"$1"' sh "$key_inside" <"$KEYS/$PART" || fail "The password could not be handed into container $CONTAINER."
  }
}
leave_containers() {
  [ ! -e "$ROOM/inside" ] || while read -r entered key_inside; do docker exec "$entered" rm -f "$key_inside" </dev/null; done <"$ROOM/inside"
  rm -f "$ROOM/inside"
}
# inside COMMAND...: a program of the database's, in its container or on this machine.
inside() { if [ -n "$CONTAINER" ]; then docker exec --interactive "$container" "$@"; else "$@"; fi; }
# program_inside NAME...: the first of these programs that there is.
program_inside() {
  for program; do
    case $CONTAINER in
      '') command -v "$program" && return ;;
      *) docker exec "$container" sh -c 'command -v "$1"' sh "$program" </dev/null && return ;;
    esac
  done
  return 1
}

# The folder of a scratch container's socket, as it is called in there: with SHARED=yes one of this machine, by which programs outside reach it.
socket_folder() { case $SHARED in yes) say /run/slipway ;; *) say /tmp ;; esac; }
# begin_scratch_container USER SCRIPT ARGUMENTS...: a container of the same image, that reaches no network and whose files go with it. Its /tmp is the
# volume slipway-SET; the folder for its socket may be entered by whoever is who in there, and on this machine by this user alone.
begin_scratch_container() {
  owner=$1 script=$2 shared=''
  shift 2
  : >"$ROOM/scratch-container"
  case $SHARED in yes) shared=$SOCKETS/inside:$(socket_folder):z && mkdir -m 700 "$SOCKETS" && mkdir "$SOCKETS/inside" && chmod 1777 "$SOCKETS/inside" || return 1 ;; esac
  docker run --detach --rm --name "slipway-$SET" --network none --volume "slipway-$SET:/tmp" ${shared:+--volume "$shared"} --cpu-shares 128 ${owner:+--user "$owner"} --entrypoint sh "$(docker inspect --format '{{.Image}}' "$container")" -c "$script" sh "$@" >/dev/null 2>"$ROOM/docker.err" ||
    fail "The scratch container could not be started: $(tail -n 2 "$ROOM/docker.err")"
}
end_scratch_container() { [ ! -e "$ROOM/scratch-container" ] || { docker rm --force --volumes "slipway-$SET" >/dev/null 2>&1; docker volume rm --force "slipway-$SET" >/dev/null 2>&1; rm -f "$ROOM/scratch-container"; }; }
# await_scratch PROBE...: waits until a scratch instance, the last process in the background or a container, answers.
await_scratch() {
  scratch=$!
  until "$@" >/dev/null 2>&1; do
    if [ -n "$CONTAINER" ]; then docker inspect "slipway-$SET" >/dev/null 2>&1; else [ -n "$(started "$scratch")" ]; fi || return 1
    nap 0.1
  done
}
# in_scratch COMMAND...: a program beside a scratch instance, in its container or on this machine.
in_scratch() { if [ -n "$CONTAINER" ]; then docker exec --interactive "slipway-$SET" "$@"; else "$@"; fi; }
