# shellcheck shell=sh
# Tells what images the engine of a server has, and which pieces of layers arrived earlier: sh -c THIS slipway STORE
set -u
store=$1
# One line each: where images are kept, for which platform, and how.
told=$(docker info --format '{{.DockerRootDir}}{{println}}{{.OSType}} {{.Architecture}}{{println}}{{json .DriverStatus}}') || exit
root=$(printf '%s\n' "$told" | sed -n 1p)
# As images call it, not as kernels do.
printf '%s\n' "$told" | sed -n '2{s/x86_64$/amd64/;s/aarch64$/arm64/;s/armv.*$/arm/;s/i[3-6]86$/386/;s/\(.*\) \(.*\)/platform \1\/\2/p;}
3s/^/store /p'
ids=$(docker image ls --quiet --no-trunc | sort -u)
# One may have been removed meanwhile: it is not told then.
# shellcheck disable=SC2086 # digests
[ -z "$ids" ] || docker image inspect --format 'image {{.Id}}{{range .RootFS.Layers}} {{.}}{{end}}' $ids 2>/dev/null
for piece in "$store"/*/[0-9]*; do
  [ ! -f "$piece" ] || printf 'piece %s\n' "${piece#"$store/"}"
done
# What nobody came back for is not kept for ever.
[ ! -d "$store" ] || find "$store" -type f -mmin +1440 -exec rm -f {} + 2>/dev/null
free() { printf '%s %s %s\n' "$1" "$(free_in -k "$2" || echo unknown)" "$(df -P "$2" 2>/dev/null | sed -n '$s/ .*//p')"; }
above=$store
while [ ! -d "$above" ]; do above=${above%/*}; done
free engine "$root"
free here "$above"
