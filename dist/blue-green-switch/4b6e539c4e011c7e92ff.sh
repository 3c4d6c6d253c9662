# shellcheck shell=sh disable=SC2154,SC2046
# The images of a release: pinned when it is prepared, so that its bits are the same for ever. `<release's state>/images` has a line a
# service: NAME ID REFERENCE, the last what a registry would give the very same by, or `-`. Each image in use is held by a tag of ours,
# which names its id: no tag that moves, and no prune of what is untagged, takes it away.

held_name() { say "slipway/$STACK_NAME:$(say "${1#sha256:}" | cut -c 1-12)"; }

# pin_images RELEASE: writes down what its images are, which were brought before. A release that is deployed again keeps its own.
pin_images() {
  record=$(stack_record "$1")
  if [ ! -e "$record/images" ]; then
    services_of "$1" web worker singleton task | while read -r name; do
      pin_image "$name" "$(field_of "$1" "$name" 3)" || exit 1
    done >"$record/images.new" || return 1
    mv "$record/images.new" "$record/images"
  fi
  write_pins "$1" && hold_images "$1"
}
pin_image() {
  id=$(docker image inspect --format '{{.Id}}' "$2" 2>/dev/null) || refuse_stack "The image $2 of service $1 is not on this server any more: somebody removed it just now. Deploy again." || return 1
  repository=${2%%@*}
  case ${repository##*/} in *:*) repository=${repository%:*} ;; esac
  digests=$(docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$id" | sed '/^$/d')
  digest=$(say "$digests" | awk -v own="$repository@" 'index($0, own) == 1 { print; found = 1; exit } NR == 1 { first = $0 } END { if (!found) print first }')
  printf '%s\t%s\t%s\n' "$1" "$id" "${digest:--}"
}

# write_pins RELEASE: the compose file that is laid over those of the release: images by id, roles as labels, volumes that both slots share.
# What must not run in both slots gets its restart policy when a boot may start it, not before.
write_pins() {
  record=$(stack_record "$1")
  {
    say 'services:'
    while read -r name id _; do
      role=$(field_of "$1" "$name" 2) policy=$(field_of "$1" "$name" 4)
      printf '  "%s":\n    image: "%s"\n    pull_policy: never\n' "$name" "$(held_name "$id")"
      case $role in worker | singleton) say '    restart: "no"' ;; esac
      printf '    labels:\n      slipway.service: "%s"\n      slipway.release: "%s"\n      slipway.role: "%s"\n      slipway.restart: "%s"\n' "$STACK_NAME" "$1" "$role" "$policy"
    done <"$record/images"
    if [ -s "$record/volumes" ]; then
      say 'volumes:'
      while read -r volume; do printf '  "%s":\n    name: "%s_%s"\n' "$volume" "$STACK_NAME" "$volume"; done <"$record/volumes"
    fi
  } >"$record/pins.new" && mv "$record/pins.new" "$record/pins.yml"
}

# hold_images RELEASE: they are on this server under our own names; one that somebody removed is had again by its digest.
hold_images() {
  while read -r name id reference; do
    held=$(held_name "$id")
    [ "$(docker image inspect --format '{{.Id}}' "$held" 2>/dev/null)" != "$id" ] || continue
    if ! docker tag "$id" "$held" 2>/dev/null; then
      [ "$reference" != - ] || refuse_stack "The image of service $name of $1 ($id) is not on this server any more, and came from no registry. Deploy $1 again." || return 1
      say "The image of service $name of $1 is not on this server any more: pulling $reference."
      docker pull --quiet "$reference" >/dev/null && docker tag "$reference" "$held" || return 1
    fi
  done <"$(stack_record "$1")/images"
}

# The images of a release as a member of a ledger event.
images_member() {
  awk -F '\t' '{ list = list (NR > 1 ? "," : "") "\"" $1 "\":\"" ($3 == "-" ? $2 : $3) "\"" } END { print "\"images\":{" list "}" }' "$(stack_record "$1")/images"
}

# Gives up the images that no release kept here needs, and with them the names by which they came.
release_images() {
  docker image ls --format '{{.Tag}}' "slipway/$STACK_NAME" | while read -r tag; do
    cat "$STATE"/releases/*/images 2>/dev/null | grep -q "sha256:$tag" || docker rmi "slipway/$STACK_NAME:$tag" >/dev/null 2>&1 || :
  done
  prune_images "$STACK_NAME"
}
