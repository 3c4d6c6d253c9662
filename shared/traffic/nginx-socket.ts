import { commandLine } from '#shared/core/quote';
import type { ServiceDefinition } from '#shared/server/definition';

/** The link that nginx follows anew for each request: the one thing a switch renames. */
export function liveLink({ runtimeDir }: ServiceDefinition): string {
  return `${runtimeDir}/live.sock`;
}

/** The link that the machine boots into. */
export function confirmedLink({ path }: ServiceDefinition): string {
  return `${path}/confirmed.sock`;
}

/**
 * Sh text that refuses an nginx configuration in which an `upstream` keeps connections to the live socket open: it would go on
 * answering from the old slot after a switch. Files that the deploy user may not read are passed over.
 */
export function refuseKeepalive(definition: ServiceDefinition): string {
  return `${FIND_KEEPALIVE}\n${commandLine(['refuse_keepalive', liveLink(definition), definition.routerConfig])}`;
}

const FIND_KEEPALIVE = String.raw`refuse_keepalive() {
  found=$(find -L "$2" -type f 2>/dev/null | while read -r file; do
    [ ! -r "$file" ] || live=$1 awk '
      { sub(/#.*/, "") }
      /^[ \t]*upstream[ \t]/ { inside = 1; names = 0; keeps = 0 }
      inside && index($0, ENVIRON["live"]) { names = 1 }
      inside && /(^|[ \t;{])keepalive[ \t]+[0-9]/ { keeps = 1 }
      inside && names && keeps { print FILENAME; exit }
      /}/ { inside = 0 }' "$file"
  done)
  [ -z "$found" ] || { echo "$found keeps connections to $1 alive (keepalive in its upstream), so the old slot would go on answering after a switch. Use proxy_pass http://unix:$1: without an upstream." >&2; return 1; }
}`;
