import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceDefinition } from '#shared/server/definition';
import { runBundle, startBundle, type RunningStep, type StepResult } from './run-bundle.ts';
import { startSshd } from './sshd.ts';

/** A server that knows a service, for backups of what belongs to it. */
export interface BackupHost {
  /** Its folder; the user postgres may enter it. */
  readonly root: string;
  /** The folder of the sets. */
  readonly sets: string;
  readonly state: string;
  /** The inputs that every action finds it by. */
  readonly connection: Readonly<Record<string, string>>;
  /** Runs db-backup to its end. */
  backup(inputs: Readonly<Record<string, string>>, run?: string): Promise<StepResult>;
  start(inputs: Readonly<Record<string, string>>, run?: string): RunningStep;
  /** The names of the sets there are, and of what is left of others. */
  names(): readonly string[];
  ledger(): readonly Record<string, unknown>[];
  killConnections(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an sshd and writes down a service as a deployment does; `env` is that of its sessions, whose commands are run by `shell`. */
export async function startBackupHost(env: Readonly<Record<string, string>> = {}, shell?: string): Promise<BackupHost> {
  const root = mkdtempSync(join(tmpdir(), 'backup-'));
  chmodSync(root, 0o755);
  const [home, path] = [join(root, 'home'), join(root, 'srv')];
  const state = join(path, '.slipway');
  for (const folder of [join(home, '.slipway'), join(state, 'plans'), join(state, 'incoming'), join(root, 'scratch')]) mkdirSync(folder, { recursive: true });
  chmodSync(join(root, 'scratch'), 0o755);
  const definition: ServiceDefinition = {
    format: 1, service: 'shop', environment: 'production', path, strategy: 'in-place', runtimeDir: join(root, 'run'), start: '', stop: '', restart: 'true', url: '', keep: 5,
    router: { name: 'nginx-socket', entry: '', config: '', control: '', test: '', reload: '' }, health: { path: '', command: 'true', timeout: 1_000 },
  };
  writeFileSync(join(state, 'definition'), JSON.stringify(definition));
  writeFileSync(join(state, 'ledger'), `${JSON.stringify({ event: 'claim', generation: 1, time: '2026-11-21T14:02:10Z', run: '811', attempt: 1, url: 'https://example.test/runs/811' })}\n`);
  symlinkSync(state, join(home, '.slipway', 'shop.production'));
  const sshd = await startSshd({ setEnv: { PATH: process.env['PATH'] ?? '', ...env, HOME: home }, ...(shell !== undefined && { shell }) });
  const connection = { host: sshd.host, port: String(sshd.port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': sshd.knownHosts, service: 'shop' };
  const sets = join(path, 'backups');
  const step = (inputs: Readonly<Record<string, string>>, runId = '812') => ({ with: { ...connection, 'scratch-directory': join(root, 'scratch'), ...inputs }, runId });
  return {
    root, sets, state, connection,
    backup: (inputs, run) => runBundle('db-backup', step(inputs, run)),
    start: (inputs, run) => startBundle('db-backup', step(inputs, run)),
    names: () => (existsSync(sets) ? readdirSync(sets).sort() : []),
    ledger: () => readFileSync(join(state, 'ledger'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>),
    killConnections: sshd.killConnections,
    stop: async () => {
      await sshd.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
