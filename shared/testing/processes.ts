import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { waitUntil } from './ports.ts';

/** A process as /proc shows it; `environ` has NUL between its entries. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly environ: string;
  readonly cwd: string;
}

/** Every living process (zombies are dead) that may be looked at. */
export function processes(): readonly ProcessInfo[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => inspect(Number(name))).filter((info) => info !== undefined);
}

/** The process and all its descendants, parents first; empty when it is gone. */
export function processTree(root: number): readonly number[] {
  const all = processes();
  const tree = all.filter((info) => info.pid === root).map((info) => info.pid);
  for (const pid of tree) tree.push(...all.filter((info) => info.parent === pid).map((info) => info.pid));
  return tree;
}

/** Processes, other than this one, that have the folder in their command line, environment or working directory. */
export function processesUsing(folder: string): readonly ProcessInfo[] {
  return processes().filter((info) => info.pid !== process.pid && `${info.command}\0${info.environ}\0${info.cwd}`.includes(folder));
}

/**
 * Kills processes all at once, as a power cut does: no parent lives to see its child die, no child to replace another.
 * `find` is asked again until it finds nothing new, because a process may have forked meanwhile.
 */
export async function cutPower(find: () => readonly number[]): Promise<void> {
  const frozen = new Set<number>();
  for (let fresh = find(); fresh.length > 0; fresh = find().filter((pid) => !frozen.has(pid))) {
    for (const pid of fresh) {
      send(pid, 'SIGSTOP');
      frozen.add(pid);
    }
  }
  for (const pid of frozen) send(pid, 'SIGKILL');
  await ended([...frozen]);
}

/** Waits until none of the processes lives; throws after `limitMs`. */
export async function ended(pids: readonly number[], limitMs = 10_000): Promise<void> {
  await waitUntil(`processes ${pids.join(', ')} ended`, () => pids.every((pid) => !isAlive(pid)), limitMs);
}

/** Whether the process lives; a zombie does not. */
export function isAlive(pid: number): boolean {
  return stat(pid) !== undefined;
}

/** Sends the signal; a process that is gone already is no fault. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function inspect(pid: number): ProcessInfo | undefined {
  const found = stat(pid);
  if (found === undefined) return undefined;
  const cwd = attempt(() => readlinkSync(`/proc/${pid}/cwd`)) ?? '';
  return { pid, parent: found.parent, command: read(pid, 'cmdline'), environ: read(pid, 'environ'), cwd };
}

function stat(pid: number): { readonly parent: number } | undefined {
  // pid (name, may hold blanks and parentheses) state parent ...
  const [state = 'X', parent = '0'] = read(pid, 'stat').replace(/^.*\) /s, '').split(' ');
  return ['', 'X', 'Z'].includes(state) ? undefined : { parent: Number(parent) };
}

function read(pid: number, file: string): string {
  return attempt(() => readFileSync(`/proc/${pid}/${file}`, 'utf8')) ?? '';
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined; // the process ended meanwhile, or belongs to somebody else
  }
}
