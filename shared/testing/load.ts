import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadKind, LoadOptions, LoadTotals } from './load-totals.ts';

/** A load that is running. */
export interface Load {
  readonly pid: number;
  /** The totals so far. */
  stats(): Promise<LoadTotals>;
  /** Sends nothing new, waits for what is in flight (it may yet be lost), closes the streams from this side, and ends the process. */
  stop(): Promise<LoadTotals>;
}

/** An order to the load's process; each is answered by `{ id, totals }`. */
export type LoadMessage = { readonly id: number } & LoadOrder;
type LoadOrder = { readonly order: 'start'; readonly options: LoadOptions } | { readonly order: 'stats' | 'stop' };

/** A hundred connections, every kind included that the tests' app answers. */
export const EVERY_KIND: Readonly<Record<Exclude<LoadKind, 'order'>, number>> = { get: 50, post: 35, slow: 10, download: 5 };

/** Starts a load in a process of its own, so that a busy test cannot delay it; it ends with this process at the latest. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const program = fileURLToPath(new URL('./load-process.ts', import.meta.url));
  const child = fork(program, { execPath: process.execPath, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exit = once(child, 'exit');
  const ask = askedBy(child);
  await ask({ order: 'start', options });
  return {
    pid: child.pid ?? 0,
    stats: () => ask({ order: 'stats' }),
    stop: async () => {
      const totals = await ask({ order: 'stop' });
      child.disconnect();
      await exit;
      return totals;
    },
  };
}

function askedBy(child: ChildProcess): (order: LoadOrder) => Promise<LoadTotals> {
  let last = 0;
  return (order) => {
    const id = (last += 1);
    return new Promise((resolve, reject) => {
      const hear = (answer: { readonly id: number; readonly totals: LoadTotals }): void => {
        if (answer.id !== id) return;
        child.off('message', hear).off('exit', fail);
        resolve(answer.totals);
      };
      const fail = (code: number): void => reject(new Error(`The load generator ended too soon, with ${code}.`));
      child.on('message', hear).once('exit', fail);
      child.send({ id, ...order }, (error) => error && reject(error));
    });
  };
}
