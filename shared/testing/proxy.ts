import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ServiceDefinition } from '#shared/server/definition';
import { waitUntil } from './ports.ts';
import { cutPower, ended, isAlive, processTree, send } from './processes.ts';
import { findProgram } from './programs.ts';
import type { Slot } from './supervisor.ts';

/** The service that a proxy shows to the public on `port`; `ports` are those of an app that listens on no sockets. */
export interface ProxySite {
  readonly service: string;
  readonly path: string;
  readonly runtimeDir: string;
  readonly port: number;
  readonly ports?: Readonly<Record<Slot, number>>;
  readonly moreApps?: ServiceDefinition['moreApps'];
}

/** A reverse proxy of our own: ordinary processes, everything of them in one folder. */
export interface Proxy {
  readonly url: string;
  /** What a deployment must be told of it: the inputs `router`, `router-entry` and what belongs to them. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Its main process and all below it. */
  pids(): readonly number[];
  /** What it wrote to its error log. */
  errors(): string;
  /** Has it read its configuration again, as an administrator does, and waits until it has. */
  reload(): Promise<void>;
  powerCut(): Promise<void>;
  /** Starts it again after `powerCut`. */
  boot(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a proxy for a site, everything of it in a folder; its processes get `env`. */
export type ProxyStart = (folder: string, site: ProxySite, env?: Readonly<Record<string, string>>) => Promise<Proxy>;

/** How a proxy is started. */
export interface ProxyProgram {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** What the machine does for it at each boot, before it starts. */
  readonly atBoot?: () => void;
  /** Whether it serves; asked until it does or its process has ended. */
  isReady(pid: number): boolean | Promise<boolean>;
  reload(pid: number): Promise<void>;
}

/** Starts a proxy in `folder`. Throws with its error log when it does not come up. */
export async function startProxy(folder: string, port: number, program: ProxyProgram): Promise<Proxy> {
  let pid = await launch(folder, program);
  const pids = (): readonly number[] => processTree(pid);
  return {
    url: `http://127.0.0.1:${port}`,
    inputs: program.inputs,
    pids,
    errors: () => readFileSync(join(folder, 'error.log'), 'utf8'),
    reload: () => program.reload(pid),
    powerCut: () => cutPower(pids),
    boot: async () => {
      pid = await launch(folder, program);
    },
    stop: async () => {
      const all = pids();
      send(pid, 'SIGTERM');
      await ended(all).catch(() => cutPower(() => all.filter(isAlive))); // one waits for streams as long as they last
    },
  };
}

/** Whether somebody listens on the port of loopback, or on the unix socket. */
export async function takesConnections(at: number | string): Promise<boolean> {
  const socket = typeof at === 'number' ? connect(at, '127.0.0.1') : connect(at);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function launch(folder: string, { name, args, env = {}, atBoot, isReady }: ProxyProgram): Promise<number> {
  mkdirSync(folder, { recursive: true });
  atBoot?.();
  const log = openSync(join(folder, 'error.log'), 'a');
  const pid = spawn(findProgram(name) ?? name, args, { cwd: folder, stdio: ['ignore', log, log], detached: true, env: { PATH: process.env['PATH'], ...env } }).pid ?? 0;
  closeSync(log);
  await waitUntil(`${name} serves`, async () => !isAlive(pid) || (await isReady(pid)));
  if (!isAlive(pid)) throw new Error(`${name} did not start: ${readFileSync(join(folder, 'error.log'), 'utf8')}`);
  return pid;
}
