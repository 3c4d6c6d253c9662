import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '#shared/testing/programs';
import { waitUntil } from '#shared/testing/ports';
import { capture, type Finished } from '../../../script/src/process.ts';

/** The programs that tests with an engine need, and that they run as root. */
export const ENGINE_NEEDS = ['dockerd', 'docker', 'docker-compose-v2', 'busybox', 'root'] as const;

/** A Docker engine of a test's own: nothing of it touches the machine's engine or firewall. */
export interface Engine {
  /** Holds its data, socket and log. */
  readonly folder: string;
  /** What a program needs in its environment to speak to it with `docker` and `docker compose`. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs `docker` and returns what it printed, without the last newline. Throws when it fails. */
  docker(...args: readonly string[]): Promise<string>;
  /** The same for one that may fail. */
  attempt(...args: readonly string[]): Promise<Finished>;
  /** Ends it as a power cut does, with all containers. */
  powerCut(): Promise<void>;
  /** Starts it again on what is on its disk; containers start by their restart policies. */
  boot(): Promise<void>;
  /** Ends it with all containers, removes its networks, mounts and folder. */
  stop(): Promise<void>;
}

/** Of what another engine than the usual is made. */
export interface EngineOptions {
  readonly detached?: boolean;
  /** Where it keeps images and containers: a disk of the caller's own, say. */
  readonly dataRoot?: string;
}

/**
 * Starts an engine with compose v2. Containers reach and publish ports as usual; one cannot reach another over a bridge. Where it is
 * `detached`, a Ctrl-C at the terminal does not end it, so that it can be stopped in order.
 */
export async function startEngine({ detached = false, dataRoot }: EngineOptions = {}): Promise<Engine> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-docker-')));
  const config = join(folder, 'config');
  mkdirSync(join(config, 'cli-plugins'), { recursive: true });
  symlinkSync(findProgram('docker-compose-v2') ?? '', join(config, 'cli-plugins', 'docker-compose'));
  const env = { DOCKER_HOST: `unix://${folder}/socket`, DOCKER_CONFIG: config, DOCKER_BUILDKIT: '0' };
  const attempt: Engine['attempt'] = (...args) => capture('docker', args, { env });
  const docker: Engine['docker'] = async (...args) => {
    const { code, stdout, stderr } = await attempt(...args);
    if (code !== 0) throw new Error(`docker ${args.join(' ')} failed with exit code ${code}:\n${stdout}${stderr}`);
    return stdout.trimEnd();
  };
  let engine = await launch(folder, dataRoot, attempt, detached);
  const boot = async (): Promise<void> => {
    rmSync(join(folder, 'pid'), { force: true });
    rmSync(join(folder, 'exec'), { recursive: true, force: true });
    engine = await launch(folder, dataRoot, attempt, detached);
  };
  return { folder, env, docker, attempt, boot, powerCut: () => cutOff(folder, engine), stop: () => stop(folder, engine, docker) };
}

type Process = ReturnType<typeof spawn>;

async function launch(folder: string, dataRoot = `${folder}/data`, attempt: Engine['attempt'], detached: boolean): Promise<Process> {
  const engine = spawn('dockerd', [
    '--host', `unix://${folder}/socket`, '--iptables=false', '--ip6tables=false', '--bridge=none', '--shutdown-timeout=2',
    '--data-root', dataRoot, '--exec-root', `${folder}/exec`, '--pidfile', `${folder}/pid`,
  ], { stdio: ['ignore', 'ignore', 'pipe'], detached });
  engine.stderr?.on('data', (chunk: Buffer) => writeFileSync(join(folder, 'log'), chunk, { flag: 'a' }));
  await waitUntil('the Docker engine answers', async () => engine.exitCode !== null || (await attempt('info')).code === 0, 60_000);
  if (engine.exitCode === null) return engine;
  const log = readFileSync(join(folder, 'log'), 'utf8');
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`dockerd ended with exit code ${engine.exitCode}:\n${log.slice(-2_000)}`);
}

async function stop(folder: string, engine: Process, docker: Engine['docker']): Promise<void> {
  try {
    const containers = await docker('ps', '--all', '--quiet');
    if (containers !== '') await docker('rm', '--force', ...containers.split('\n'));
    const networks = await docker('network', 'ls', '--filter', 'type=custom', '--quiet');
    if (networks !== '') await docker('network', 'rm', ...networks.split('\n'));
  } finally {
    if (engine.exitCode === null && engine.kill()) await once(engine, 'exit');
    await cutOff(folder, engine);
    engine.stderr?.destroy(); // its last words may come when its log is gone
    rmSync(folder, { recursive: true, force: true });
  }
}

// Its containerd, the shims and their containers are found by the folder that all of them have in their command lines or as root.
async function cutOff(folder: string, engine: Process): Promise<void> {
  if (engine.exitCode === null && engine.signalCode === null && engine.kill('SIGKILL')) await once(engine, 'exit');
  for (const pid of leftOf(folder)) try { process.kill(pid, 'SIGKILL'); } catch { /* ended meanwhile */ }
  await waitUntil('all of the engine has ended', () => leftOf(folder).length === 0);
  const mounts = [...readFileSync('/proc/mounts', 'utf8').matchAll(/^\S+ (\S+)/gm)].map(([, at = '']) => at);
  for (const at of mounts.filter((each) => each.startsWith(`${folder}/`)).reverse()) spawnSync('umount', ['--lazy', at]);
}

function leftOf(folder: string): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  const all = [...stdout.matchAll(/^ *(\d+) +(\d+) (\S+) +(.*)$/gm)].map(([, pid, parent, state = '', args = '']) => ({ pid: Number(pid), parent: Number(parent), state, args }));
  const found = new Set(all.filter(({ args }) => args.includes(`${folder}/`) && /^\S*(containerd|docker)/.test(args)).map(({ pid }) => pid));
  for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  return all.filter(({ pid, state }) => found.has(pid) && !state.startsWith('Z') && pid !== process.pid).map(({ pid }) => pid);
}
