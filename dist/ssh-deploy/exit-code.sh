# shellcheck shell=sh
# last_exit_code CONTAINER: what it ended with the last time. While it runs again its state does not tell, and the engine tells its events a
# moment late; by its id, for another one may have had its name before.
last_exit_code() {
  ended=$(docker inspect --format '{{.Id}}' "$1") || return 1
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    code=$(docker events --since 1h --until 0s --filter "container=$ended" --filter event=die --format '{{.Actor.Attributes.exitCode}}' 2>/dev/null | tail -n 1)
    [ -z "$code" ] || break
    nap 0.1
  done
  say "${code:-unknown}"
}
