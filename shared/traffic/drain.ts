import type { Log } from '#shared/core/log';
import { commandLine } from '#shared/core/quote';
import type { PlanOnServer, Server } from '#shared/server/server';
import { slotSocket } from '#shared/server/user-command';
import type { Move } from './move.ts';

/**
 * Waits until no request or stream is open to the slot users left, for `within` milliseconds at most. It holds no lock, so a rollback
 * need not wait. Returns how many are open at the end; undefined where nobody listens on the slot's socket by its full name.
 */
export async function drain(server: Server, plan: PlanOnServer, { definition, from }: Move, within: number, log: Log): Promise<number | undefined> {
  if (from === undefined) return 0;
  const script = `${plan.state}/plans/${plan.id}/plan.sh`;
  const command = commandLine(['sh', script, 'drain', slotSocket(definition, from.slot), String(Math.ceil(within / 1_000))]);
  const counts: string[] = [];
  const hear = (chunk: Buffer): void => {
    const heard = chunk.toString().trim().split('\n');
    counts.push(...heard);
    log.info(`Open to slot ${from.slot}: ${heard.join(', ')}`);
  };
  await server.persist((connection) => connection.exec(command, { onOutput: hear }));
  const last = counts.at(-1) ?? '';
  return /^\d+$/.test(last) ? Number(last) : undefined;
}
