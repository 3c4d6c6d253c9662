# shellcheck shell=sh disable=SC2153,SC2154
# held_as NAME ID: the tag of ours by which the images of a compose project are held: it neither moves nor is taken for rubbish.
held_as() { say "slipway/$1:$(say "${2#sha256:}" | cut -c 1-12)"; }

# is_mounted FOLDER: whether a container, such as one that lasts, has a file of it, without which it could not start again. An engine that does
# not answer may have one.
is_mounted() {
  ids=$(docker ps --all --quiet) || return 0
  # shellcheck disable=SC2086 # ids
  [ -n "$ids" ] && docker inspect --format '{{range .Mounts}}{{.Source}}/{{println}}{{end}}' $ids 2>/dev/null | grep -qF "$1/"
}

# prune_images NAME: removes images that a release of this service brought here, and that none on this server is made of any more; NAME is that of
# the compose project. A newer run may just be bringing some.
prune_images() {
  [ -s "$STATE/images.brought" ] && ! is_superseded || return 0
  # Nothing on the way is written down: on a full disk a part of it would be taken for all that is needed.
  needed=$(images_needed) && brought=$(sort -u "$STATE/images.brought") || return 0
  left=$(say "$brought" | while read -r id reference; do
    case $needed in *"$id"*) say "$id $reference"; continue ;; esac
    for name in "$(held_as "$1" "$id")" "$reference"; do
      [ "$(docker image inspect --format '{{.Id}}' "$name" 2>/dev/null)" != "$id" ] || docker image rm "$name" >/dev/null 2>&1 || :
    done
    [ -n "$(docker image inspect --format '{{join .RepoTags " "}}' "$id" 2>/dev/null)" ] || docker image rm "$id" >/dev/null 2>&1 || :
    # What still runs in it, or somebody named otherwise, is asked about again the next time.
    if docker image inspect "$id" >/dev/null 2>&1; then say "$id $reference"; else say "Removed image $reference ($id)" >&2; fi
  done)
  # Where there is no room for it, the longer list stays.
  new=$STATE/images.brought.new
  if printf '%s' "${left:+$left
}" 2>/dev/null >"$new"; then mv "$new" "$STATE/images.brought"; else rm -f "$new"; fi
}
images_needed() {
  for records in "$HOME"/.slipway/* "$STATE"; do
    for list in "$records"/releases/*/images "$records"/releases/*/containers/images; do
      [ ! -e "$list" ] || cat "$list" || return
    done
  done
}
