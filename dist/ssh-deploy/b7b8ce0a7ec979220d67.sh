# shellcheck shell=sh
# Has the engine of a server pull images, or asks their registry what they are made of: sh -c THIS slipway pull|ask INCOMING SECONDS REFERENCE...
# Standard input is a config.json with the login to the registry, or empty. It lives in a folder of its own for as long as this does;
# where this is killed, the next plan of the service finds the folder's lock free and removes it.
set -u
umask 077
verb=$1 login=$2/login.$$ limit=$3
shift 3
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
# The manifests of an image, and of those of its repository that are here: what they share need not come again. An engine speaks plain HTTP
# to a registry on loopback, and so may we.
ask() {
  repository=${1%%@*}
  case ${repository##*/} in *:*) repository=${repository%:*} ;; esac
  case $1 in 127.* | localhost*) insecure=--insecure ;; *) insecure= ;; esac
  for each in "$1" $(docker image ls --digests --format '{{.Repository}}@{{.Digest}}' "$repository" | grep -v '<none>' | head -n 3); do
    printf '\036%s\n' "$each"
    # shellcheck disable=SC2086 # nothing, or one word
    timeout 20 docker manifest inspect --verbose $insecure "$each" 2>/dev/null 8>&-
  done
}
for reference; do
  if [ "$verb" = ask ]; then ask "$reference"; continue; fi
  timeout "$limit" docker pull "$reference" 8>&- &
  pull=$!
  wait "$pull"
  code=$?
  pull=
  [ "$code" -eq 0 ] || exit "$code"
  # At once: what is brought and never deployed is removed again, too.
  id=$(docker image inspect --format '{{.Id}}' "$reference") && printf '%s %s\n' "$id" "$reference" >>"${login%/incoming/*}/images.brought" || exit
done
