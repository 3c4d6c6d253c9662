import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.ts';

/** The shells a server's `sh` may be. */
export const SHELLS = ['dash', 'bash', 'busybox'] as const;

/** One of them. */
export type ShellName = (typeof SHELLS)[number];

/** A PATH on which `sh` is the given shell; for busybox it holds busybox's own tools and flock. */
export function pathWithShell(shell: ShellName): string {
  const program = findProgram(shell);
  if (program === undefined) throw new Error(`${shell} is not installed`);
  const folder = mkdtempSync(join(tmpdir(), `slipway-${shell}-`));
  if (shell === 'busybox') {
    execFileSync(program, ['--install', '-s', folder]);
    // Debian builds its busybox without flock; Alpine and OpenWrt have it.
    if (!existsSync(join(folder, 'flock'))) symlinkSync(findProgram('flock') ?? 'flock', join(folder, 'flock'));
    return folder;
  }
  symlinkSync(program, join(folder, 'sh'));
  return `${folder}:/usr/bin:/bin:/usr/sbin:/sbin`;
}
