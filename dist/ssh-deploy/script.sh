# shellcheck shell=sh
# Runs a person's script as the one step of a plan. Its text and its environment are in once/, which goes with the end of the plan.

# run_script SHELL...: what the script prints goes to the files stdout and stderr, so nobody waits for a process that it leaves
# running. Nor has such a process the lock: this one keeps it, until the script has ended.
run_script() {
  command -v "$1" >/dev/null || { say "There is no $1 on this server. Install it, or give shell: sh." >&2; return 127; }
  trap end_script TERM
  (
    exec </dev/null >>"$HERE/stdout" 2>>"$HERE/stderr" 9>&-
    umask "${SLIPWAY_UMASK:-022}"
    unset SLIPWAY_UMASK SLIPWAY_SYNC
    environment=$(cat "$HERE/once/env")
    rm "$HERE/once/env"
    set -- "$@" "$HERE/once/script"
    cd || exit
    eval "$environment"
    exec "$@"
  ) &
  script=$! code=0
  wait "$script" || code=$?
  return "$code"
}
# Whoever ends this process, for the time or because its executor died, means all that the script started.
end_script() {
  trap '' TERM
  kill -s TERM 0
  wait "$script"
  kill -s KILL 0
}
