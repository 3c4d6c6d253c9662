import { statSync } from 'node:fs';
import { UserError } from '#shared/core/errors';
import { install, type Installing } from '#shared/scanners/install';
import type { Release } from '#shared/scanners/lock';
import { carryOut, type Follow } from '#shared/server/carry-out';
import { newPlanId } from '#shared/server/plan';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';
import { planOf, stepOf, type Work } from './work.ts';

/**
 * dbmate, for servers that lack it. The hash is that of the program in its npm package, and an unrelated project that checked the file of the release
 * recorded the same; script/scanner-pins compares it with the file. For another processor there is no such pair.
 */
export const DBMATE: Release = {
  version: '2.27.0', released: '2026-08-24',
  artefacts: {
    'linux-x64': { path: '/amacneil/dbmate/releases/download/v2.27.0/dbmate-linux-amd64', sha256: '5b8db597fbe58c7ae49a35fc16eacc6febb2f3b0e286c804b58142455fe6a106', bytes: 32_894_536 },
  },
};

const LOOK = 'PATH=$1/programs:$PATH; if command -v dbmate >/dev/null; then echo there; else uname -m; fi';
const PROCESSORS: Readonly<Record<string, string>> = { x86_64: 'linux-x64' };

/** Brings dbmate to a server that does not have it, into the service's folder. @throws {UserError} when it cannot be had for that machine. */
export async function bringDbmate(server: Server, work: Work, installing: Omit<Installing, 'platform'>, follow: Follow): Promise<void> {
  const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scriptCommand(LOOK, [work.state])));
  const machine = stdout.trim();
  if (code !== 0) throw new UserError(`${server.label} does not tell whether it has dbmate: ${stderr.trim()}`);
  if (machine === 'there') return;
  const platform = PROCESSORS[machine];
  if (platform === undefined) throw new UserError(`dbmate is not on the PATH of ${server.label}, and none is pinned for its processor, ${machine}. Install it there.`);
  follow.log.info(`dbmate is not on the PATH of ${server.label}, so it is brought along.`);
  const { path } = await install('dbmate', DBMATE, { ...installing, platform });
  const plan = planOf(work, newPlanId(new Date()), {
    steps: [stepOf(work, 'bring', 'after', `Keeping dbmate ${DBMATE.version}`, 'mkdir -p "$STATE/programs" && durable "$HERE/dbmate" && mv "$HERE/dbmate" "$STATE/programs/dbmate"')],
  });
  await carryOut(server, plan, [{ kind: 'file', path: 'dbmate', mode: 0o700, size: statSync(path).size, source: path }], follow);
}
