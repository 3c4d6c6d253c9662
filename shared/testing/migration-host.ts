import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBackupHost, type BackupHost } from './backup-host.ts';
import { runBundle, startBundle, type RunningStep, type StepResult } from './run-bundle.ts';

type Inputs = Readonly<Record<string, string>>;

/** A server that knows a service whose releases hold migrations. */
export interface MigrationHost extends BackupHost {
  /** Makes a release whose `db/migrations` are these files, by name, and has it be the one that users reach. */
  release(name: string, migrations: Readonly<Record<string, string>>): void;
  /** Runs migrate to its end. */
  migrate(inputs: Inputs, run?: string): Promise<StepResult>;
  startMigrate(inputs: Inputs, run?: string): RunningStep;
}

/** Starts one; `env` is that of its sessions, whose commands are run by `shell`. */
export async function startMigrationHost(env: Readonly<Record<string, string>> = {}, shell?: string): Promise<MigrationHost> {
  const host = await startBackupHost(env, shell);
  const step = (inputs: Inputs, runId = '812') => ({ with: { ...host.connection, 'lock-timeout': '500ms', 'wait-for-others': '0s', ...inputs }, runId });
  return {
    ...host,
    release(name, migrations) {
      const folder = join(host.root, 'srv', 'releases', name);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(join(folder, 'db', 'migrations'), { recursive: true });
      for (const [file, text] of Object.entries(migrations)) writeFileSync(join(folder, 'db', 'migrations', file), text);
      mkdirSync(join(host.state, 'releases', name), { recursive: true });
      writeFileSync(join(host.state, 'releases', name, 'manifest'), `release ${name}\n`);
      rmSync(join(host.root, 'srv', 'current'), { force: true });
      symlinkSync(`releases/${name}`, join(host.root, 'srv', 'current'));
    },
    migrate: (inputs, run) => runBundle('migrate', step(inputs, run)),
    startMigrate: (inputs, run) => startBundle('migrate', step(inputs, run)),
  };
}

/** A migration of SQL that can be taken back. */
export function upAndDown(up: string, down: string): string {
  return `-- migrate:up\n${up}\n\n-- migrate:down\n${down}\n`;
}
