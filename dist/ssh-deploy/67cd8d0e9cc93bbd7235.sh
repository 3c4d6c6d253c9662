# shellcheck shell=sh
# Tells what compose makes of a release that is not on the server yet: sh -c THIS slipway STATE PROJECT ENV_FILE FILE...
# Standard input is a tar of the release's small files, with links to what is shared.
set -u
umask 077
incoming=$1/incoming project=$2 env_file=$3
shift 3
docker compose version --short >/dev/null 2>&1 || {
  ! command -v docker-compose >/dev/null || echo 'What it has is docker-compose, version 1, which is no longer kept up and is not supported.' >&2
  exit 69
}
# Found by the next plan of the service if this is killed; before the first there is no such place yet.
if [ -d "$incoming" ]; then
  place=$incoming/config.$$
  exec 8>>"$place.lock"
  flock 8
  mkdir "$place" || exit
else
  place=$(mktemp -d) || exit
fi
trap 'rm -rf "$place" "$place.lock"' EXIT
trap 'exit 1' HUP INT TERM PIPE
tar -xpf - -C "$place" || exit
cd "$place" || exit
for file; do
  shift
  set -- "$@" --file "$file"
done
[ -z "$env_file" ] || set -- "$@" --env-file "$env_file"
docker compose --project-name "$project" "$@" config --format json
