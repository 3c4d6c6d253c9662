# shellcheck shell=sh
# Has the engine of a server pull images: sh -c THIS slipway INCOMING SECONDS REFERENCE...
# Standard input is a config.json with the login to the registry, or empty. It lives in a folder of its own for as long as this does;
# where this is killed, the next plan of the service finds the folder's lock free and removes it.
set -u
umask 077
login=$1/login.$$ limit=$2
shift 2
pull=
away() {
  [ -z "$pull" ] || kill "$pull" 2>/dev/null
  rm -rf "$login" "$login.lock"
}
trap away EXIT
trap 'exit 1' HUP INT TERM PIPE

mkdir -p "${login%/*}" || exit
exec 8>>"$login.lock"
flock 8
mkdir "$login" && cat >"$login/config.json" || exit
if [ -s "$login/config.json" ]; then
  # Which engine is meant may be written in the user's own configuration.
  host=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null)
  [ -z "$host" ] || export DOCKER_HOST="$host"
  export DOCKER_CONFIG="$login"
fi
for reference; do
  timeout "$limit" docker pull "$reference" 8>&- &
  pull=$!
  wait "$pull"
  code=$?
  pull=
  [ "$code" -eq 0 ] || exit "$code"
done
