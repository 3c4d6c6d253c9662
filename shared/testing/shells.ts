import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.ts';

/** The shells a server's `sh` may be. */
export const SHELLS = ['dash', 'bash', 'busybox'] as const;

/** One of them. */
export type ShellName = (typeof SHELLS)[number];

/** A PATH on which `sh` is the given shell; for busybox it holds busybox's own tools, flock, and the programs named. `folder` must not exist yet. */
export function pathWithShell(shell: ShellName, programs: readonly string[] = [], folder = join(mkdtempSync(join(tmpdir(), 'slipway-shell-')), 'bin')): string {
  const program = findProgram(shell);
  if (program === undefined) throw new Error(`${shell} is not installed`);
  mkdirSync(folder);
  if (shell !== 'busybox') {
    symlinkSync(program, join(folder, 'sh'));
    return `${folder}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`;
  }
  execFileSync(program, ['--install', '-s', folder]);
  // Debian builds its busybox without flock; Alpine and OpenWrt have it.
  for (const name of ['flock', ...programs]) replaceLink(findProgram(name), join(folder, name));
  return folder;
}

function replaceLink(target: string | undefined, at: string): void {
  if (target === undefined) return;
  rmSync(at, { force: true });
  symlinkSync(target, at);
}
