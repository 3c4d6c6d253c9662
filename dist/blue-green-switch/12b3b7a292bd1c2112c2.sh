# shellcheck shell=sh disable=SC2154,SC2086,SC2163
# What a compose project is, as plans read it. They find STACK_NAME (the project's name), STACK_PATH (the service's folder), STACK_FILES
# and STACK_ENV_FILE (in a release), STACK_SERVICE, STACK_ENVIRONMENT, STACK_BLUE and STACK_GREEN (the slots' ports, as "PORT=3001 PORT_AI=4001"), and STATE.
# `<release's state>/variables` is the env file it came with, and `<release's state>/services` has a line a service: NAME ROLE IMAGE RESTART, parted by tabs, `-` for what is not there.

# Says why a stack cannot be deployed, and what to do.
refuse_stack() {
  say "$*" >&2
  return 1
}
stack_record() { say "$STATE/releases/$1"; }
project_of() { if [ "$1" = base ]; then say "$STACK_NAME"; else say "$STACK_NAME-$1"; fi; }
other_slot() { if [ "$1" = blue ]; then say green; else say blue; fi; }

# compose SLOT RELEASE ARGUMENTS...: docker compose on the files of a release and its pins, as the project of a slot; `base` is the one of what lasts.
compose() { compose_with "$(stack_record "$2")/pins.yml" "$@"; }
# compose_with PINS SLOT RELEASE ARGUMENTS...: the same with other pins, if that file is there.
compose_with() (
  pins=$1 place=$2 release=$3 folder=$STACK_PATH/releases/$3 files=$STACK_FILES variables=$(stack_record "$3")/variables
  shift 3
  cd "$folder" || exit
  [ ! -e "$pins" ] || files=$files:$pins
  case $place in blue) ports=$STACK_BLUE ;; *) ports=$STACK_GREEN ;; esac
  export COMPOSE_FILE="$files" COMPOSE_PATH_SEPARATOR=: COMPOSE_ANSI=never COMPOSE_PROGRESS=plain
  export SERVICE="$STACK_SERVICE" ENVIRONMENT="$STACK_ENVIRONMENT" SERVICE_PATH="$STACK_PATH" RELEASE="$release" RELEASE_DIR="$folder" SLOT="$place" $ports
  [ ! -e "$variables" ] || set -- --env-file "$variables" "$@"
  exec docker compose --project-name "$(project_of "$place")" --project-directory "$folder" "$@" </dev/null
)

# stack_model SLOT RELEASE: the project with all names filled in, one value a line, its path parted by tabs, as "services web image shop:v1".
# Environments, commands and the like are left out, because they hold secrets; so are the pins of a release that was deployed before.
stack_model() {
  told=$HERE/told
  { compose_with '' "$1" "$2" config --format json 2>"$told" && rm "$told"; } | awk '
    { depth = match($0, /[^ ]/) - 1; depth /= 2; line = substr($0, depth * 2 + 1); sub(/,$/, "", line) }
    line == "{" || line == "[" { key[depth] = "-"; next }
    line ~ /^"/ && match(line, /^"[^"]*": /) {
      key[depth] = substr(line, 2, RLENGTH - 4); value = substr(line, RLENGTH + 1)
      if (key[1] == "services" ? depth > 2 && key[3] !~ /^(image|restart|depends_on|container_name|ports|labels)$/ : key[1] != "volumes") next
      if (depth == 4 && key[3] == "labels" && key[4] != "slipway.role") next
      if (depth < 2) next
      gsub(/^"|"$/, "", value); path = key[1]
      for (at = 2; at <= depth; at++) path = path "\t" key[at]
      print path "\t" value
    }'
  [ -e "$told" ] || return 0
  without_values <"$told" >&2
  rm "$told"
  return 1
}
# An error may quote the line of an env file, or the value, that it stumbled over.
without_values() { sed -e 's/\(unexpected character\|variable name\|invalid interpolation format\|invalid template\).*/\1 (what it found is not shown, for it may be a secret)/'; }

# The engine and compose are there, this user may use them, and compose is not the one of old.
check_compose() {
  command -v docker >/dev/null || refuse_stack 'docker is not installed here. Install Docker Engine and its compose plugin.' || return 1
  told=$(docker version --format '{{.Server.Version}}' 2>&1) || refuse_stack "Docker does not answer $(id -un): $told. As root: usermod -aG docker $(id -un), and see that it runs." || return 1
  version=$(docker compose version --short 2>/dev/null) || version=
  case ${version#v} in
    [2-9]* | [1-9][0-9]*) return 0 ;;
  esac
  old=$(docker-compose version --short 2>/dev/null) || old=
  refuse_stack "docker compose ${version:-(the plugin)} is not here as version 2 or newer${old:+; docker-compose $old is, which is the old Compose v1 that is not supported}. Install docker-compose-plugin (Docker's packages) or docker-compose-v2 (Ubuntu's)."
}

# check_stack RELEASE: refuses what could not be deployed beside itself, before anything is pulled or moved, and writes down what the services are.
check_stack() {
  check_compose || return 1
  record=$(stack_record "$1")
  # The variables stay as they are now until the release is deployed again: a rollback restores them with it.
  if [ -z "$STACK_ENV_FILE" ]; then
    rm -f "$record/variables"
  else
    (cd "$STACK_PATH/releases/$1" && [ -r "$STACK_ENV_FILE" ]) || refuse_stack "env-file $STACK_ENV_FILE is not there, or $(id -un) may not read it." || return 1
    (cd "$STACK_PATH/releases/$1" && cat "$STACK_ENV_FILE") >"$record/variables.new" && mv "$record/variables.new" "$record/variables" || return 1
  fi
  for slot in blue green; do
    stack_model "$slot" "$1" >"$HERE/model.$slot" || refuse_stack "docker compose config refuses the files of $1, see above." || return 1
  done
  awk -F '\t' '
    function fault(text) { print "fault\t" text }
    FNR == NR { if ($1 == "services") green[$2, $3, $NF] = 1; next }
    $1 == "services" && !($2 in role) { role[$2] = "web"; names[++count] = $2; image[$2] = restart[$2] = "-"}
    $1 != "services" { next }
    $3 == "image" { image[$2] = $4 }
    $3 == "restart" { restart[$2] = $4 }
    $3 == "labels" && $4 == "slipway.role" { role[$2] = $5; told[$2] = 1 }
    $3 == "depends_on" && $5 == "condition" && $6 == "service_completed_successfully" { task[$4] = 1 }
    $3 == "container_name" { if (($2, $3, $4) in green) named[$2] = $4 }
    $3 == "ports" && $5 == "published" && $6 != "0" { if (($2, $3, $6) in green) fixed[$2] = $6 }
    END {
      for (at = 1; at <= count; at++) {
        name = names[at]
        if (role[name] !~ /^(web|worker|singleton|lasting)$/) fault("Service " name " has the label slipway.role=" role[name] ". Roles are web, worker, singleton and lasting.")
        if (task[name] && !told[name]) role[name] = "task"
        if (image[name] == "-") fault("Service " name " has no image. Build it before, in CI, and name the image.")
        if (role[name] == "web") webs++
        if (role[name] != "lasting" && (name in named)) fault("Service " name " has the container_name " named[name] ", which both slots cannot have. Take it away, or put ${SLOT} into it.")
        if (role[name] == "web" && (name in fixed)) fault("Service " name " publishes port " fixed[name] " in both slots. Publish 127.0.0.1:${PORT} instead, which is blue-port in one and green-port in the other, or a port of more-apps.")
        print "service\t" name "\t" role[name] "\t" image[name] "\t" restart[name]
      }
      if (!webs) fault("No service has the role web, so there is nothing to move users to.")
    }' "$HERE/model.green" "$HERE/model.blue" >"$HERE/services"
  if grep -q '^fault' "$HERE/services"; then
    sed -n 's/^fault.//p' "$HERE/services" >&2
    return 1
  fi
  sed -n 's/^service.//p' "$HERE/services" >"$record/services.new"
  sed -n "s/^volumes.\([^	]*\).name.$STACK_NAME-blue_\1\$/\1/p" "$HERE/model.blue" >"$record/volumes.new"
  mv "$record/services.new" "$record/services" && mv "$record/volumes.new" "$record/volumes"
  services_of "$1" web | while read -r web; do
    [ "$(field_of "$1" "$web" 4)" != - ] || say "Service $web has no restart policy, so a boot leaves it down: give it restart: unless-stopped."
  done
}

# services_of RELEASE ROLE...: the names of the services that have one of the roles.
services_of() {
  of=$(stack_record "$1")/services
  shift
  roles=" $* " awk -F '\t' 'index(ENVIRON["roles"], " " $2 " ") { print $1 }' "$of"
}
# field_of RELEASE SERVICE NUMBER: what that line says of it.
field_of() { name=$2 field=$3 awk -F '\t' '$1 == ENVIRON["name"] { print $ENVIRON["field"] }' "$(stack_record "$1")/services"; }
