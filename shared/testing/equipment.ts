import { test } from '@jest/globals';
import { findProgram } from './programs.ts';

/**
 * `test` when every named program (or, written `root`, the root user) is there; else a `test.skip` whose title names what is missing.
 */
export function needs(...names: readonly string[]): typeof test | typeof test.skip {
  const missing = names.filter((name) => (name === 'root' ? process.getuid?.() !== 0 : findProgram(name) === undefined));
  if (missing.length === 0) return test;
  return ((title: string, ...rest: [never]) => test.skip(`${title} (skipped: needs ${missing.join(', ')})`, ...rest)) as typeof test.skip;
}
