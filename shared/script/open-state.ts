import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError } from '#shared/core/errors';
import type { Run } from '#shared/core/run';
import { claimMembers } from '#shared/server/ledger';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';

const opener = readFileSync(new URL('./open-state.sh', import.meta.url), 'utf8');

/** The generation under which every script runs. */
export const SCRIPT_GENERATION = 1;

/**
 * The folder on a server where the scripts of a service keep their plans and their lock; it is made where it is not there.
 * @throws {UserError} when it cannot be, or a tool is missing.
 */
export async function openScriptState(server: Server, key: string, run: Run): Promise<string> {
  const mark = randomBytes(8).toString('hex');
  const command = scriptCommand(opener, [mark, key, claimMembers(run, 'script')]);
  const { code, stdout, stderr } = await server.persist((connection) => connection.exec(command));
  const [, folder] = new RegExp(`${mark} (/.*)`).exec(stdout) ?? [];
  if (code !== 0 || folder === undefined) throw new UserError(`${server.label} has no place to run scripts from, ~/.slipway/.scripts: ${stderr.trim() || `exit code ${code}`}`);
  return folder;
}
