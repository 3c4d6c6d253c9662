# shellcheck shell=sh
# Tells what the name of an image means to the engine, and notes that it was brought for a service: sh -c THIS slipway STATE REFERENCE
told=$(docker image inspect --format '{{.Id}} {{json .RepoDigests}}' "$2") || exit
printf '%s %s\n' "${told%% *}" "$2" >>"$1/images.brought" || exit
printf '%s\n' "$told"
