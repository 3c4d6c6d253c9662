import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '#shared/core/errors';
import { Secret } from '#shared/core/secret';
import { connect } from '#shared/system/ssh/connection';
import { collectedLog } from './collected-log.ts';
import { makeKey } from './keys.ts';
import { freePort, waitUntil } from './ports.ts';
import { ended, processTree, send } from './processes.ts';

const IMAGE = fileURLToPath(new URL('../../.tools/systemd-machine.tar.gz', import.meta.url));
const BOOT_LIMIT = 60_000;
const DEPLOYER = 'deploy';

/** A Debian machine with a systemd, logind and sshd of its own. It shares the network of the host, and so its loopback. */
export interface Machine {
  /** Its root folder as the host sees it; everything of it goes when the machine is stopped. */
  readonly disk: string;
  /** The user deployments log in as. */
  readonly user: string;
  /** Inputs of every action that reach it as that user, who has no rights but a home. */
  readonly connection: Readonly<Record<string, string>>;
  /** Runs a script by `sh -e` as root; returns what it printed. Throws, with all of its output, when it fails. */
  asRoot(script: string): string;
  /** Runs a command in an SSH session of the deploy user's, which is closed again; returns what it printed. Throws when it fails. */
  asDeployer(command: string): Promise<string>;
  /** Writes a file, and the folders it needs, as root. */
  put(path: string, text: string, mode?: number): void;
  /** Shuts down as `systemctl reboot` does, and boots. */
  reboot(): Promise<void>;
  /** Boots after everything died at once. */
  powerCut(): Promise<void>;
  stop(): Promise<void>;
}

/** What such a machine needs of the host, for `needsFull`. */
export const MACHINE_NEEDS: readonly string[] = ['root', 'nsenter', 'setpriv', 'unshare', ...(existsSync(IMAGE) ? [] : ['debootstrap'])];

/** Boots a new machine. Its image is made once, in two to three minutes, and kept in .tools/. */
export async function startMachine(): Promise<Machine> {
  makeImage();
  const root = mkdtempSync(join(tmpdir(), 'slipway-machine-'));
  try {
    return await machineIn(root);
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

async function machineIn(root: string): Promise<Machine> {
  execFileSync('tar', ['-C', root, '-xzf', IMAGE]);
  const put: Machine['put'] = (path, text, mode = 0o644) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  const login = await prepareLogin(root, put);
  let power = await boot(root, login);
  const again = async (end: () => void): Promise<void> => {
    end();
    await ended(power.processes, BOOT_LIMIT);
    power = await boot(root, login);
  };
  return {
    disk: root,
    user: DEPLOYER,
    connection: { host: '127.0.0.1', port: String(login.port), user: DEPLOYER, 'ssh-key': login.key.text, 'known-hosts': login.knownHosts },
    asRoot: (script) => inside(power.init, script),
    asDeployer: (command) => overSsh(login, command),
    put,
    reboot: () => again(() => inside(power.init, 'systemctl reboot')),
    powerCut: () => again(() => send(power.init, 'SIGKILL')),
    stop: async () => {
      send(power.init, 'SIGKILL');
      await ended(power.processes);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

type Login = Awaited<ReturnType<typeof prepareLogin>>;

/** What boot.sh runs as, and the machine's process 1 as the host numbers it. */
interface Power {
  readonly processes: readonly number[];
  readonly init: number;
}

function makeImage(): void {
  if (existsSync(IMAGE)) return;
  mkdirSync(dirname(IMAGE), { recursive: true });
  execFileSync('sh', [beside('systemd-machine-image.sh'), IMAGE], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function prepareLogin(root: string, put: Machine['put']) {
  const port = await freePort();
  const key = makeKey(join(root, 'root', 'deploy-key'));
  const hostKey = makeKey(join(root, 'etc', 'ssh', 'ssh_host_ed25519_key'));
  put('/etc/ssh/sshd_config.d/port.conf', `Port ${port}\nListenAddress 127.0.0.1\n`);
  execFileSync('chroot', [root, 'useradd', '--create-home', '--shell', '/bin/bash', DEPLOYER]);
  put(`/home/${DEPLOYER}/.ssh/authorized_keys`, `${key.publicLine}\n`);
  execFileSync('chroot', [root, 'chown', '-R', DEPLOYER, `/home/${DEPLOYER}/.ssh`]);
  return { port, key, knownHosts: `[127.0.0.1]:${port} ${hostKey.publicLine}\n` };
}

async function boot(root: string, { port }: Login): Promise<Power> {
  const node = realpathSync(process.execPath);
  // Should this process be killed, the machine goes with it.
  const arguments_ = ['--pdeathsig', 'KILL', 'unshare', '--mount', '--propagation', 'private', 'sh', beside('systemd-machine-boot.sh'), root, node];
  const log = openSync(join(root, 'var', 'log', 'boot'), 'a');
  const pid = spawn('setpriv', arguments_, { stdio: ['ignore', log, log] }).pid ?? 0;
  closeSync(log);
  try {
    // Until then that process is still in the host's own folders, where nothing may be run.
    await waitUntil('systemd is process 1', () => isSystemd(processTree(pid)[2]), BOOT_LIMIT);
    const processes = processTree(pid).slice(0, 3);
    const init = processes[2] as number;
    await waitUntil('the machine is up', () => stateOf(init) !== 'starting', BOOT_LIMIT);
    if (stateOf(init) !== 'running') throw new Error(`The machine did not come up well:\n${inside(init, 'systemctl --failed; journalctl -p warning')}`);
    await waitUntil(`sshd listens on port ${port}`, () => inside(init, 'systemctl show -p SubState ssh').includes('running'));
    return { init, processes };
  } catch (error) {
    const left = processTree(pid);
    left.forEach((each) => send(each, 'SIGKILL'));
    await ended(left);
    throw new Error(`${messageOf(error)}\n${readFileSync(join(root, 'var', 'log', 'boot'), 'utf8')}`);
  }
}

function isSystemd(pid: number | undefined): boolean {
  return pid !== undefined && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'systemd\n';
}

function stateOf(init: number): string {
  const { stdout } = spawnSync('nsenter', [...entering(init), 'systemctl', 'is-system-running', '--wait'], { encoding: 'utf8', timeout: BOOT_LIMIT });
  return ['running', 'degraded'].includes(stdout.trim()) ? stdout.trim() : 'starting';
}

function inside(init: number, script: string): string {
  const { status, stdout, stderr } = spawnSync('nsenter', [...entering(init), 'sh', '-ec', script], { encoding: 'utf8', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
  if (status !== 0) throw new Error(`exit ${status} of: ${script}\n${stdout}${stderr}`);
  return stdout;
}

function entering(init: number): string[] {
  return ['--target', String(init), '--all', '--wd=/'];
}

async function overSsh({ port, key, knownHosts }: Login, command: string): Promise<string> {
  const target = { host: '127.0.0.1', port, user: DEPLOYER, key: new Secret(key.text), hostKeys: { knownHosts, fingerprints: [] }, connectTimeout: 20_000, connectRetries: 0 };
  await using line = await connect(target, collectedLog());
  const { code, stdout, stderr } = await line.exec(command);
  if (code !== 0) throw new Error(`exit ${code} of: ${command}\n${stdout}${stderr}`);
  return stdout;
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
