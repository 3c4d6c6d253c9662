import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from '@jest/globals';

/** Where a program is found on PATH or in the system folders, or undefined. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * `test` when every named program (or, written `root`, the root user) is there; else a `test.skip` whose title names what is missing.
 */
export function needs(...names: readonly string[]): typeof test | typeof test.skip {
  const missing = names.filter((name) => (name === 'root' ? process.getuid?.() !== 0 : findProgram(name) === undefined));
  if (missing.length === 0) return test;
  return ((title: string, ...rest: [never]) => test.skip(`${title} (skipped: needs ${missing.join(', ')})`, ...rest)) as typeof test.skip;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
