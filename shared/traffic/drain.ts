import type { Log } from '#shared/core/log';
import { commandLine } from '#shared/core/quote';
import { parseCounters, type Counters } from '#shared/server/counters';
import type { PlanOnServer, Server } from '#shared/server/server';
import type { Move } from './move.ts';

const COUNTERS = 'counters ';

/** How a drain ended. */
export interface Drained {
  /** Requests and streams still open to the slot; undefined where neither the router nor the kernel can tell. */
  readonly open: number | undefined;
  readonly counters: readonly Counters[];
}

/**
 * Waits until no request or stream is open to the slot users left, for `within` milliseconds at most. It holds no lock, so a rollback
 * need not wait.
 */
export async function drain(server: Server, plan: PlanOnServer, { from }: Move, within: number, log: Log): Promise<Drained> {
  if (from === undefined) return { open: 0, counters: [] };
  const script = `${plan.state}/plans/${plan.id}/plan.sh`;
  const command = commandLine(['sh', script, 'drain', from.slot, String(Math.ceil(within / 1_000))]);
  const heard: string[] = [];
  const hear = (chunk: Buffer): void => {
    const lines = chunk.toString().trim().split('\n');
    heard.push(...lines);
    const left = lines.filter((line) => !line.startsWith(COUNTERS));
    if (left.length > 0) log.info(`Open to slot ${from.slot}: ${left.join(', ')}`);
  };
  await server.persist((connection) => connection.exec(command, { onOutput: hear }));
  const last = heard.findLast((line) => !line.startsWith(COUNTERS)) ?? '';
  const counters = heard.filter((line) => line.startsWith(COUNTERS)).map((line) => parseCounters(line.slice(COUNTERS.length)));
  return { open: /^\d+$/.test(last) ? Number(last) : undefined, counters };
}
