import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDefinition } from '#shared/server/definition';
import type { PacketEntry } from '#shared/server/packet';
import { newPlanId, renderPlan, type Plan } from '#shared/server/plan';
import { backupFiles, planBackup, type Backup } from '#shared/database/set-plan';
import type { Source } from '#shared/database/source';
import { localServer, type LocalServer } from './local-server.ts';

/** A plan whose steps are run one by one, so that a test may meddle between them. */
export interface PlanSteps {
  /** Runs a step of the plan, `clear` and `back` too. */
  step(name: string): { readonly code: number; readonly told: string };
  /** Runs the steps up to the first that fails, whose name and words it gives; undefined when none does. */
  run(names?: readonly string[]): { readonly step: string; readonly told: string } | undefined;
}

/** The same for a backup. */
export interface BackupSteps extends PlanSteps {
  readonly backup: Backup;
  readonly server: LocalServer;
  /** The folder in which the set grows. */
  readonly work: string;
  names(): readonly string[];
}

/** Lays a backup's plan down in a folder of its own, without starting it. `folder` takes sets and scratch instances, `env` is the plan's own. */
export function backupSteps(sources: readonly Source[], changes: Partial<Backup> = {}): BackupSteps {
  const server = localServer(process.env['PATH'] ?? '');
  chmodSync(server.root, 0o755);
  server.claim(1);
  const directory = join(server.root, 'backups');
  const scratch = join(server.root, 'scratch');
  for (const folder of [directory, scratch]) if (!existsSync(folder)) mkdirSync(folder);
  const definition = { format: 1, service: 'shop', environment: 'production', path: server.root } as ServiceDefinition;
  const backup: Backup = {
    set: newPlanId(new Date()), definition, state: server.state, generation: 1, directory, scratch, sources, references: [], verify: 'equal', proofHost: undefined, compression: 'zstd',
    encryption: { program: 'none', recipients: '' }, quiesce: '', resume: '', lockTimeout: 2_000, timeout: 60_000, expired: [],
    run: { id: '812', attempt: 1, url: 'https://example.test/runs/812', actor: 'ada', commit: '0123', ref: 'main', repository: 'octo-org/shop', workflow: 'Nightly' }, ...changes,
  };
  return {
    backup, server, work: join(backup.directory, `${backup.set}.partial`), ...planSteps(server, planBackup(backup), backupFiles(backup)),
    names: () => readdirSync(backup.directory).sort(),
  };
}

/** Lays a plan and what travels beside it down, without starting it. */
export function planSteps(server: LocalServer, plan: Plan, files: readonly PacketEntry[]): PlanSteps {
  const folder = server.folder(plan);
  mkdirSync(folder);
  writeFileSync(join(folder, 'plan.sh'), renderPlan(plan, 'mark'));
  writeFileSync(join(folder, 'journal'), 'slipway-journal 1\n');
  writeFileSync(join(folder, 'output'), '');
  for (const entry of files) {
    if (entry.kind === 'folder') mkdirSync(join(folder, entry.path), { mode: entry.mode });
    else if (entry.kind === 'text') writeFileSync(join(folder, entry.path), entry.text, { mode: entry.mode });
  }
  const step = (name: string): { code: number; told: string } => {
    const { status, stderr, stdout } = spawnSync('sh', ['-c', 'umask 077; exec sh "$1" step "$2"', 'sh', join(folder, 'plan.sh'), name], { env: server.env, encoding: 'utf8' });
    return { code: status ?? -1, told: `${stdout}${stderr}` };
  };
  return {
    step,
    run(names = plan.steps.map(({ name }) => name)) {
      for (const name of names) {
        const { code, told } = step(name);
        if (code !== 0) return { step: name, told };
      }
      return undefined;
    },
  };
}
