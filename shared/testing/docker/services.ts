import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Engine } from './engine.ts';

/** How many containers of each service of a compose file run, as the engine tells at each start and end. */
export interface Census {
  /** The fewest and the most that ran at a time since the last `begin`. */
  fewest(service: string): number;
  most(service: string): number;
  begin(): void;
  stop(): Promise<void>;
}

/** Starts to count, where nothing runs yet. */
export function countServices(engine: Engine): Census {
  const format = '{{.Action}} {{index .Actor.Attributes "com.docker.compose.service"}} {{.ID}}';
  const filters = ['type=container', 'event=start', 'event=die'].flatMap((filter) => ['--filter', filter]);
  const child = spawn('docker', ['events', ...filters, '--format', format], { env: { PATH: process.env['PATH'], ...engine.env }, stdio: ['ignore', 'pipe', 'ignore'] });
  const running = new Map<string, Set<string>>();
  const bounds = new Map<string, { fewest: number; most: number }>();
  const count = (service: string): number => running.get(service)?.size ?? 0;
  const within = (service: string): { fewest: number; most: number } => bounds.get(service) ?? { fewest: count(service), most: count(service) };
  createInterface(child.stdout).on('line', (line) => {
    const [action = '', service = '', id = ''] = line.split(' ');
    const before = within(service);
    const all = running.get(service) ?? new Set();
    running.set(service, all);
    if (action === 'start') all.add(id);
    else all.delete(id);
    bounds.set(service, { fewest: Math.min(before.fewest, all.size), most: Math.max(before.most, all.size) });
  });
  return {
    fewest: (service) => within(service).fewest,
    most: (service) => within(service).most,
    begin: () => bounds.clear(),
    stop: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
