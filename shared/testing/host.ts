import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { waitUntil } from './ports.ts';
import { ended, isAlive, processTree, send } from './processes.ts';
import { findProgram } from './programs.ts';
import { pathWithShell, type ShellName } from './shells.ts';
import { startSite, type Site, type SiteMode, type SiteOptions } from './site.ts';
import { killSessions, startSshd, type Sshd } from './sshd.ts';

// The service's own commands are not busybox's; sv could be, but it is runit's that runs here.
const OF_THE_SERVICE = ['sv', 'curl'];

/** What a server is like. */
export interface HostOptions extends SiteOptions {
  readonly mode: SiteMode;
  /** The machine's own `sh` and tools when not given. */
  readonly shell?: ShellName;
  /** More environment for every SSH session, and so for plans. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A server to deploy to: a site that is reached by SSH. In a session `~` and the working directory are `home`. */
export interface Host extends Site {
  readonly sshd: Sshd;
  /** Inputs of an action, by name: connection, service, path, runtime-dir, start, stop, health, url, and those of the router. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Starts sshd, the proxy and the supervisor. `powerCut()` also kills what was ever started in a session, such as a detached plan. */
export async function startHost({ mode, shell, env = {}, ...options }: HostOptions): Promise<Host> {
  const site = await startSite(mode, options);
  try {
    const path = shell === undefined ? undefined : pathWithShell(shell, OF_THE_SERVICE, join(site.root, 'bin'));
    const sshd = await startSshd({
      setEnv: { ...env, HOME: site.home, ...(path !== undefined && { PATH: path }) },
      config: ['ForceCommand cd && exec sh -c "$SSH_ORIGINAL_COMMAND"'], // sshd itself starts a session in the real home
    });
    return hostOf(site, sshd, await daemonOf(sshd));
  } catch (error) {
    await site.stop();
    throw error;
  }
}

function hostOf(site: Site, sshd: Sshd, firstDaemon: number): Host {
  let daemon = firstDaemon;
  return {
    ...site,
    sshd: { ...sshd, killConnections: () => killSessions(daemon) },
    inputs: {
      host: sshd.host, port: String(sshd.port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': sshd.knownHosts,
      service: site.service, path: site.path, 'runtime-dir': site.runtimeDir, url: site.url,
      start: site.supervisor.startCommand, stop: site.supervisor.stopCommand, health: '/health', ...site.proxy.inputs,
    },
    powerCut: (more = []) => site.powerCut([...more, daemon]),
    boot: async () => {
      await site.boot();
      daemon = await restartSshd(sshd);
    },
    stop: async (expected) => {
      const sessions = processTree(daemon);
      send(daemon, 'SIGTERM');
      for (const pid of sessions) send(pid, 'SIGTERM');
      await ended(sessions);
      await sshd.stop();
      await site.stop(expected);
    },
  };
}

/** The pid of its daemon, which sshd writes a moment after it began to listen. */
async function daemonOf(sshd: Sshd): Promise<number> {
  const file = join(sshd.folder, 'pid');
  await waitUntil('sshd has written its pid', () => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
  return Number(readFileSync(file, 'utf8'));
}

/** The same sshd after a power cut: its keys, port and configuration are on disk. */
async function restartSshd(sshd: Sshd): Promise<number> {
  const pid = spawn(findProgram('sshd') ?? 'sshd', ['-D', '-f', join(sshd.folder, 'sshd_config')], { stdio: 'ignore' }).pid ?? 0;
  await waitUntil('sshd listens again', async () => isAlive(pid) && (await greets(sshd.port)));
  return pid;
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', answer(true)).once('error', answer(false)).once('end', answer(false));
  });
}
