import { UserError } from '#shared/core/errors';
import type { Secret } from '#shared/core/secret';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';
import type { DeployedState } from '#shared/server/service';
import type { Run } from '#shared/core/run';
import { latestClaim } from '#shared/server/ledger';
import type { MigrationDatabase } from './database-entry.ts';
import { engineOf } from './options.ts';
import { linesOf } from './seen.ts';
import type { Work } from './work.ts';

/** How a database's migrations were applied last, without its password: kept on the server, so that a rollback can undo them. */
interface Recipe {
  readonly format: 1;
  readonly engine: string;
  readonly setup: Work['setup'];
  readonly database: Omit<MigrationDatabase, 'password'>;
  readonly hasPassword: boolean;
  readonly release: string;
  readonly limits: Work['limits'];
  readonly timeout: number;
}

const READ = 'for recipe in "$1"/migrations/*/recipe; do [ ! -f "$recipe" ] || { cat "$recipe" && echo; } || exit 1; done';

/** The recipe of some work, as one line. */
export function recipeOf({ engine, setup, database, release, limits, timeout }: Work): string {
  const { password, ...open } = { password: undefined, ...database };
  return JSON.stringify({ format: 1, engine: engine.name, setup, database: open, hasPassword: password !== undefined, release, limits, timeout } satisfies Recipe);
}

/** What the migrations of each database of a service were applied with last. @throws {UserError} when a password is needed and not given, or a newer version wrote it. */
export async function worksOf(server: Server, state: DeployedState, run: Run, password: Secret | undefined): Promise<readonly Work[]> {
  const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scriptCommand(READ, [state.folder])));
  if (code !== 0) throw new UserError(`What was migrated on ${server.label} could not be read: ${stderr.trim()}`);
  return linesOf(stdout).map((line) => workOf(JSON.parse(line) as Recipe, state, run, password));
}

function workOf(recipe: Recipe, state: DeployedState, run: Run, password: Secret | undefined): Work {
  const { format, engine, setup, database, hasPassword, release, limits, timeout } = recipe;
  if (format !== 1) throw new UserError(`How ${database.name} was migrated is written in format ${String(format)}, which this version does not know. Use the version that wrote it.`);
  if (hasPassword && password === undefined) throw new UserError(`The migrations of ${database.name} were applied with a password, which is not kept on the server. Give it again (database-password).`);
  return {
    definition: state.definition, state: state.folder, generation: latestClaim(state.events)?.generation ?? 0, run, engine: engineOf(engine), setup,
    database: { ...database, ...(hasPassword && { password }) } as MigrationDatabase, release, files: [], limits, timeout,
  };
}
