import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findProgram } from './programs.ts';
import { renderExample, type ExampleNames } from './examples.ts';

/** Does what the machine does at boot: makes the runtime folder and its live.sock as examples/tmpfiles.d says, with systemd-tmpfiles where there is one. */
export function recreateRuntimeDir(names: ExampleNames, folder: string): void {
  const text = renderExample('tmpfiles.d/slipway.conf', names);
  const program = findProgram('systemd-tmpfiles');
  if (program === undefined) return carryOut(text);
  const file = join(folder, 'tmpfiles.conf');
  writeFileSync(file, text);
  execFileSync(program, ['--create', file]);
}

/** Carries out the `d` and `L` lines of a tmpfiles.d text as the current user. Throws on any other line. */
export function carryOut(text: string): void {
  for (const line of text.split('\n').filter((candidate) => /^[^#]/.test(candidate))) {
    const [type, path = '', mode = '', , , , target = ''] = line.split(/\s+/);
    if (type === 'd') makeFolder(path, Number.parseInt(mode, 8));
    else if (type === 'L') makeLink(target, path);
    else throw new Error(`Only d and L lines of tmpfiles.d are understood here, not: ${line}`);
  }
}

function makeFolder(path: string, mode: number): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
}

function makeLink(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
