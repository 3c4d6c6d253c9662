# shellcheck shell=sh disable=SC2154
# What is known of Docker, for a service that runs in containers: "<matter> <what there is to say>", a line each.
if command -v docker >/dev/null 2>&1; then
  if told=$(docker info --format '{{.ServerVersion}} {{.LoggingDriver}} {{.DockerRootDir}}' 2>&1); then
    say "engine $told"
    # Its folder itself is closed to others; the nearest that may be looked at is on the same disk, or is not told.
    say "disk $(df -Pk "${told#* * }" 2>/dev/null | tail -n 1)"
    ! grep -qs '"max-size"' "$root/etc/docker/daemon.json" || say 'rotation yes'
  else
    say "silent $(say "$told" | tail -n 1 | cut -c 1-300)"
  fi
  version=$(docker compose version --short 2>/dev/null) && say "compose ${version#v}"
  if [ -d "$root/run/systemd/system" ] && command -v systemctl >/dev/null 2>&1; then say "boot $(systemctl is-enabled docker 2>/dev/null)"; fi
fi
if old=$(docker-compose version --short 2>/dev/null); then say "old ${old#v}"; fi
