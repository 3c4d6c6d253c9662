import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Secret } from '#shared/core/secret';
import type { SshTarget } from '#shared/system/ssh/target';
import { findProgram } from './programs.ts';
import { type KeyPair, type KeyType, makeKey } from './keys.ts';
import { freePort } from './ports.ts';
import { ended, isAlive, processTree, processes, send } from './processes.ts';

/** What an sshd is started with; all is optional. */
export interface SshdOptions {
  readonly hostKeys?: readonly KeyType[];
  /** Environment of every session, PATH too. HOME is an empty folder unless it is given: what the machine's own .bashrc does is not wanted. */
  readonly setEnv?: Readonly<Record<string, string>>;
  /** The shell that runs commands instead of the login shell, such as `busybox ash`. */
  readonly shell?: string;
  /** Lines for sshd_config in place of ours. */
  readonly config?: readonly string[];
  readonly port?: number;
  /** A command line that the daemon's own is appended to, and which becomes the daemon by `exec`. */
  readonly within?: readonly string[];
}

/** A real sshd on loopback, serving the current user, in a folder of its own. */
export interface Sshd {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  /** The key that is let in. */
  readonly key: KeyPair;
  readonly hostKeys: readonly KeyPair[];
  readonly knownHosts: string;
  readonly fingerprints: readonly string[];
  /** How to reach it, with what is given changed. */
  target(changes?: Partial<SshTarget>): SshTarget;
  /** Lets another public key in; the line may begin with options. */
  authorize(line: string): void;
  /** What sshd has logged so far. */
  log(): string;
  /** Kills the sessions' sshd processes, and not the commands in them: the line is cut, as far as both sides can see. */
  killConnections(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an sshd. `stop()` ends it with its sessions and removes its folder. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  mkdirSync(join(folder, 'home'));
  const user = userInfo().username;
  const key = makeKey(join(folder, 'user'));
  const hostKeys = (options.hostKeys ?? ['ed25519']).map((type) => makeKey(join(folder, `host_${type}`), type));
  const authorized = join(folder, 'authorized_keys');
  writeFileSync(authorized, `${key.publicLine}\n`);
  const port = options.port ?? (await freePort());
  const configuration = join(folder, 'sshd_config');
  writeFileSync(configuration, configure(port, folder, hostKeys, options));
  const { daemon, log } = await run(configuration, options.within);
  const knownHosts = hostKeys.map(({ publicLine }) => `[127.0.0.1]:${port} ${publicLine}\n`).join('');
  const killConnections = (): Promise<void> => killSessions(daemon.pid as number);
  return {
    host: '127.0.0.1', port, user, folder, key, hostKeys, knownHosts, log, killConnections,
    fingerprints: hostKeys.map(({ fingerprint }) => fingerprint),
    target: (changes = {}) => ({
      host: '127.0.0.1', port, user, key: new Secret(key.text), hostKeys: { knownHosts, fingerprints: [] }, connectTimeout: 20_000, connectRetries: 0, ...changes,
    }),
    authorize: (line) => appendFileSync(authorized, `${line}\n`),
    async stop() {
      await killConnections();
      if (daemon.exitCode === null && daemon.kill()) await once(daemon, 'exit');
      daemon.stderr?.destroy(); // whatever outlives the sessions may hold the other end
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configure(port: number, folder: string, hostKeys: readonly KeyPair[], { setEnv = {}, shell, config = [] }: SshdOptions): string {
  const environment = Object.entries({ HOME: join(folder, 'home'), ...setEnv }).map(([name, value]) => `"${name}=${value}"`);
  const ours = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map(({ file }) => `HostKey ${file}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    `PidFile ${join(folder, 'pid')}`,
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'UseDNS no',
    'PrintMotd no',
    'MaxStartups 1000',
    'MaxSessions 1000',
    'LogLevel VERBOSE',
    ...(hasPenalties() ? ['PerSourcePenalties no'] : []),
    `SetEnv ${environment.join(' ')}`,
    ...(shell === undefined ? [] : [`ForceCommand exec ${shell} -c "$SSH_ORIGINAL_COMMAND"`]),
  ];
  // Of most settings sshd takes the first, of some the last.
  const keyword = (line: string): string | undefined => line.trim().split(/\s/)[0];
  const given = new Set(config.map(keyword));
  return [...config, ...ours.filter((line) => !given.has(keyword(line))), ''].join('\n');
}

// OpenSSH 9.8 and later turn an address away for a while after failed log-ins; older ones do not know the word.
function hasPenalties(): boolean {
  const { stderr } = spawnSync(program(), ['-V'], { encoding: 'utf8' });
  const [, major = '0', minor = '0'] = /OpenSSH_(\d+)\.(\d+)/.exec(stderr) ?? [];
  return Number(major) > 9 || (Number(major) === 9 && Number(minor) >= 8);
}

async function run(configuration: string, within: readonly string[] = []): Promise<{ daemon: ChildProcess; log(): string }> {
  if (process.getuid?.() === 0 && !existsSync('/run/sshd')) mkdirSync('/run/sshd', { mode: 0o755 });
  execFileSync(program(), ['-t', '-f', configuration]);
  const [command, ...args] = [...within, program(), '-D', '-e', '-f', configuration] as const;
  const daemon = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    daemon.once('exit', () => reject(new Error(`sshd did not start: ${said}`)));
    daemon.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Server listening')) resolve();
    });
  });
  return { daemon, log: () => said };
}

/** Kills the sessions' sshd processes under the daemon, which lives on; the commands in them live, too. */
export async function killSessions(daemon: number): Promise<void> {
  const sessions = new Set(processes().filter((info) => /^(\/\S*\/)?sshd/.test(info.command)).map((info) => info.pid));
  const victims = isAlive(daemon) ? processTree(daemon).filter((pid) => pid !== daemon && sessions.has(pid)) : [];
  for (const pid of victims) send(pid, 'SIGKILL');
  await ended(victims);
}

function program(): string {
  const path = findProgram('sshd'); // it insists on being called by its whole path
  if (path === undefined) throw new Error('sshd is not installed: Debian package openssh-server.');
  return path;
}
