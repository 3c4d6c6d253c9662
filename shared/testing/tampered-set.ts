import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Source } from '#shared/database/source';
import { backupSteps, type BackupSteps } from './backup-steps.ts';
import type { Postgres } from './postgres.ts';

/** A set that is taken and not proven yet, of which a test changes the dump. */
export interface Tampered {
  readonly steps: BackupSteps;
  /** What the dump says. */
  readonly sql: string;
  /** Proves the set with another dump in its place. */
  proveWith(sql: string): { readonly code: number; readonly told: string };
}

/** Takes a set of one database that is called shop. */
export function taken(source: Source): Tampered {
  const steps = backupSteps([source]);
  expect(steps.run(['check', 'take-1'])).toBeUndefined();
  const file = join(steps.work, 'shop.sql.zst');
  const proveWith: Tampered['proveWith'] = (sql) => {
    execFileSync('zstd', ['-qf', '-', '-o', file], { input: Buffer.from(sql, 'latin1') });
    return steps.step('prove-1');
  };
  return { steps, sql: execFileSync('zstd', ['-dc', file], { encoding: 'latin1', maxBuffer: 2 ** 26 }), proveWith };
}

/** Expects that there is no set, nothing of one once it is cleared away, and nothing left running. */
export function expectNothing(steps: BackupSteps): void {
  expect(steps.step('clear').code).toBe(0);
  expect(steps.names()).toEqual([]);
  expect(readdirSync(steps.backup.scratch)).toEqual([]);
  expect(existsSync(`/tmp/slipway-${steps.backup.set}`)).toBe(false);
  expect(execFileSync('sh', ['-c', `ps axww -o args | grep -F ${steps.backup.set} | grep -v grep || true`], { encoding: 'utf8' })).toBe('');
}

/** 20 places spread over a length. */
export function at20Points(length: number): readonly number[] {
  return Array.from({ length: 20 }, (_, index) => Math.floor((length * (index + 0.5)) / 20));
}

/** A plain load into a new database, as it is usually written; its exit code. */
export function loadPlainly(pg: Postgres, sql: string, ...options: readonly string[]): number | null {
  pg.query('drop database if exists naive');
  pg.query('create database naive');
  return spawnSync('psql', ['-h', pg.socket, '-U', pg.user, '-d', 'naive', '-qX', ...options], { input: Buffer.from(sql, 'latin1'), stdio: ['pipe', 'ignore', 'ignore'] }).status;
}
