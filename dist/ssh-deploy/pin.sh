# shellcheck shell=sh
# Tells what the name of an image means to the engine: sh -c THIS slipway REFERENCE
exec docker image inspect --format '{{.Id}} {{json .RepoDigests}}' "$1"
