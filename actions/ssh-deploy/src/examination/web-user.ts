import type { Examination } from './examination.ts';
import type { Rights, WebServer } from './facts.ts';

/** The group nginx works as; guessed from the kind of system where nginx does not run. */
export function webGroup({ webServers, packageManager }: Examination): string {
  const worker = webServers.find(({ isWorker }) => isWorker);
  return worker?.groupName || (packageManager === 'apt-get' ? 'www-data' : 'nginx');
}

/** nginx's workers, one for each user and groups they work as; users' requests pass through them. */
export function webWorkers({ webServers }: Examination): readonly WebServer[] {
  const workers = webServers.filter(({ isWorker }) => isWorker);
  return [...new Map(workers.map((worker) => [`${worker.uid} ${worker.groups.join(' ')}`, worker])).values()];
}

/** Whether the worker has the right, `w` or `x`; access lists, which `ls` only hints at, count as granting it. */
export function may(worker: WebServer, right: 'w' | 'x', { mode, uid, gid }: Rights): boolean {
  if (worker.uid === 0 || mode.endsWith('+')) return true;
  const [owner, group, others] = [mode.slice(1, 4), mode.slice(4, 7), mode.slice(7, 10)];
  const granted = worker.uid === uid ? owner : worker.groups.includes(gid) ? group : others;
  return new RegExp(right === 'x' ? '[xst]' : 'w').test(granted);
}
