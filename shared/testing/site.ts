import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNginx } from './nginx.ts';
import { freePort } from './ports.ts';
import type { Proxy, ProxyStart } from './proxy.ts';
import { cutPower, processes, processesUsing, processTree, type ProcessInfo } from './processes.ts';
import { recreateRuntimeDir } from './runtime-dir.ts';
import { startSupervisor, type Slot, type Supervisor } from './supervisor.ts';

/** How users reach the app: it listens on the slot's socket itself, or on a port, with nginx behind bridges. */
export type SiteMode = 'socket' | 'bridge';

/** A machine's web side in a temporary folder: a proxy, a supervisor with two slots, the runtime folder. */
export interface Site {
  /** Holds everything; short, because a unix socket's path may have 107 bytes. */
  readonly root: string;
  /** The home of the deploy user; whatever has it as HOME counts as running on this machine. */
  readonly home: string;
  readonly service: string;
  readonly path: string;
  readonly runtimeDir: string;
  readonly ports?: Readonly<Record<Slot, number>>;
  /** The public address. */
  readonly url: string;
  readonly proxy: Proxy;
  readonly supervisor: Supervisor;
  /** A folder with the app as this version, behaving as `fault` says (see app/fault.js). */
  makeRelease(version: string, fault?: string): string;
  /** Everything of this machine, and the trees under `more`, dies at once; the runtime folder is gone as /run is. */
  powerCut(more?: readonly number[]): Promise<void>;
  /** The machine comes up again from what is on its disk. */
  boot(): Promise<void>;
  /** Ends all, removes the folder. Throws when a process that uses the folder is left, naming it; it is killed. Not so one whose command line is `expected`. */
  stop(expected?: RegExp): Promise<void>;
}

/** What a site is like, besides its mode: its name, more environment for the app, and its proxy, which is nginx with the live socket unless given. */
export interface SiteOptions {
  readonly service?: string;
  readonly appEnv?: Readonly<Record<string, string>>;
  readonly proxy?: ProxyStart;
}

/** Starts a site without any release. */
export async function startSite(mode: SiteMode, { service = 'shop', appEnv = {}, proxy: start = startNginx }: SiteOptions = {}): Promise<Site> {
  const root = mkdtempSync(join(tmpdir(), 'slip-'));
  const [home, path, runtimeDir] = [join(root, 'home'), join(root, 'srv', service), join(root, 'run', service)];
  for (const folder of [home, join(path, 'slots'), join(path, 'releases')]) mkdirSync(folder, { recursive: true });
  const names = { service, path, runtimeDir };
  recreateRuntimeDir(names, root);
  const ports = mode === 'bridge' ? { blue: await freePort(), green: await freePort() } : undefined;
  const supervisor = await startSupervisor(join(root, 'sv'), { ...names, ...(ports && { ports }), env: { HOME: home, ...appEnv } });
  const proxy = await start(join(root, 'proxy'), { ...names, port: await freePort(), ...(ports && { ports }) }, { HOME: home });
  return {
    ...names, root, home, ...(ports && { ports }), url: proxy.url, proxy, supervisor,
    makeRelease: (version, fault) => makeRelease(join(root, 'builds', version), version, fault),
    powerCut: async (more = []) => {
      await cutPower(() => [...supervisor.pids(), ...proxy.pids(), ...more.flatMap(processTree), ...withHome(home)]);
      rmSync(runtimeDir, { recursive: true });
    },
    boot: async () => {
      recreateRuntimeDir(names, root);
      await Promise.all([supervisor.boot(), proxy.boot()]);
    },
    stop: async (expected = /^$/) => {
      await Promise.all([supervisor.stop(), proxy.stop()]);
      const left = processesUsing(root).map(describe).filter((text) => !expected.test(text));
      await cutPower(() => processesUsing(root).map((info) => info.pid));
      rmSync(root, { recursive: true, force: true });
      if (left.length > 0) throw new Error(`Left running: ${left.join('; ')}`);
    },
  };
}

/** Makes a folder that holds the app as this version, behaving as `fault` says (see app/fault.js); returns it. */
export function makeRelease(folder: string, version: string, fault?: string): string {
  cpSync(fileURLToPath(new URL('./app', import.meta.url)), folder, { recursive: true });
  writeFileSync(join(folder, 'VERSION'), `${version}\n`);
  rmSync(join(folder, 'FAULT'), { force: true });
  if (fault !== undefined) writeFileSync(join(folder, 'FAULT'), `${fault}\n`);
  return folder;
}

function withHome(home: string): readonly number[] {
  return processes().filter((info) => info.pid !== process.pid && `\0${info.environ}\0`.includes(`\0HOME=${home}\0`)).map((info) => info.pid);
}

function describe({ pid, command }: ProcessInfo): string {
  return `${pid} ${command.replaceAll('\0', ' ').trim()}`;
}
