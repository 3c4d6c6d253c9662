import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '#shared/core/quote';
import { waitUntil } from './ports.ts';
import { cutPower, ended, processTree, send } from './processes.ts';

/** The two slots of a service. */
export type Slot = 'blue' | 'green';

/** What is supervised: the app in `<path>/slots/<slot>`, on `<runtimeDir>/<slot>.sock`, or on its port where `ports` are given. */
export interface SupervisedService {
  readonly path: string;
  readonly runtimeDir: string;
  readonly ports?: Readonly<Record<Slot, number>>;
  /** The app's command line, run by sh in the release; `node server.js` when not given. */
  readonly command?: string;
  /** More environment for runsvdir and so for the app. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running runit, which stands in for systemd: a slot that holds a release runs, and is restarted when it ends by itself. */
export interface Supervisor {
  /** Inputs of a deployment: commands for a server's shell, which has SLOT. */
  readonly startCommand: string;
  readonly stopCommand: string;
  /** What the app in the slot has printed. */
  output(slot: Slot): string;
  /** runsvdir, the runsv of each slot and the apps. */
  pids(): readonly number[];
  /** Kills supervisor and apps at once. */
  powerCut(): Promise<void>;
  /** Starts again after `powerCut`: exactly the slots that hold a release. */
  boot(): Promise<void>;
  /** Ends the apps as the supervisor does, then the supervisor. */
  stop(): Promise<void>;
}

const SLOTS: readonly Slot[] = ['blue', 'green'];

/** Starts runsvdir on two service folders under `folder`, and waits until it looks after both. */
export async function startSupervisor(folder: string, service: SupervisedService): Promise<Supervisor> {
  for (const slot of SLOTS) writeService(folder, slot, service);
  const sv = (args: string) => `sv ${args} ${quote(folder)}/"$SLOT"`;
  let pid = await launch(folder, service);
  const pids = (): readonly number[] => processTree(pid);
  return {
    startCommand: sv('-w 10 restart'),
    stopCommand: sv('-w 30 force-stop'),
    output: (slot) => readFileSync(join(folder, `${slot}.output`), 'utf8'),
    pids,
    powerCut: () => cutPower(pids),
    boot: async () => {
      pid = await launch(folder, service);
    },
    stop: () => stop(pid),
  };
}

async function launch(folder: string, service: SupervisedService): Promise<number> {
  const log = openSync(`${folder}.log`, 'a');
  const child = spawn('runsvdir', ['-P', folder], { stdio: ['ignore', log, log], detached: true, env: { PATH: process.env['PATH'], ...service.env } });
  closeSync(log);
  // On a busy machine: runsvdir looks for services every five seconds.
  await waitUntil('runsv looks after both slots', () => SLOTS.every((slot) => hasStarted(folder, slot, service)), 30_000);
  return child.pid ?? 0;
}

function hasStarted(folder: string, slot: Slot, service: SupervisedService): boolean {
  return status(join(folder, slot)).startsWith(existsSync(join(service.path, 'slots', slot)) ? 'run:' : 'down:');
}

function status(folder: string): string {
  try {
    return execFileSync('sv', ['status', folder], { encoding: 'utf8' });
  } catch (error) {
    return String((error as { stdout?: string }).stdout); // sv fails while runsv is not there yet
  }
}

/** The same rules as examples/systemd/service@.service: no release, no start; a stale socket is removed by the app itself. */
function writeService(folder: string, slot: Slot, { path, runtimeDir, ports, command }: SupervisedService): void {
  const home = join(folder, slot);
  mkdirSync(home, { recursive: true });
  const listen = ports === undefined ? `SOCKET=${quote(join(runtimeDir, `${slot}.sock`))}` : `PORT=${ports[slot]}`;
  const lines = [
    '#!/bin/sh',
    `cd -P ${quote(join(path, 'slots', slot))} 2>/dev/null || exec sv down ${quote(home)}`,
    `exec env SLOT=${slot} ${listen} ${command ?? `${quote(process.execPath)} server.js`} >>${quote(join(folder, `${slot}.output`))} 2>&1`,
  ];
  writeFileSync(join(folder, `${slot}.output`), '', { flag: 'a' });
  writeFileSync(join(home, 'run'), `${lines.join('\n')}\n`, { mode: 0o755 });
}

async function stop(pid: number): Promise<void> {
  const pids = processTree(pid);
  send(pid, 'SIGHUP'); // runsvdir passes SIGTERM on to each runsv, which ends its app first
  try {
    await ended(pids, 5000);
  } finally {
    await cutPower(() => pids.filter((candidate) => processTree(candidate).length > 0));
  }
}
