import { rmSync } from 'node:fs';
import { cutPower, processesUsing, send } from '#shared/testing/processes';

/** Kills every process that has the folder in its command line, environment or working directory, and removes the folder. */
export async function sweep(folder: string): Promise<void> {
  const using = (): number[] => processesUsing(folder).map(({ pid }) => pid);
  await cutPower(using);
  // What was begun meanwhile, before this process itself ends.
  for (const pid of using()) send(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
