import { UserError } from '#shared/core/errors';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';
import { parseManifest, type Manifest } from './backup-set.ts';

// A set is a folder with a manifest; one that still grows has another name.
const LIST = `for manifest in "$1"/*/manifest.json; do
  case $manifest in *.partial/manifest.json) ;; *) [ ! -f "$manifest" ] || { printf '\\036'; cat "$manifest" || exit 1; } ;; esac
done`;

/** The sets in a folder of the server, oldest first; none where there is no such folder. @throws {UserError} when one cannot be read. */
export async function readSets(server: Server, directory: string): Promise<readonly Manifest[]> {
  const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scriptCommand(LIST, [directory])));
  if (code !== 0) throw new UserError(`The sets in ${directory} of ${server.label} could not be read: ${stderr.trim()}`);
  return stdout.split('\u001e').filter((text) => text !== '').map(parseManifest).sort((one, other) => one.set.localeCompare(other.set, 'en'));
}
