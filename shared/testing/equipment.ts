import { test } from '@jest/globals';
import { findProgram } from './programs.ts';

/**
 * `test` when every named program (or, written `root`, the root user) is there; else a `test.skip` whose title names what is missing.
 */
export function needs(...names: readonly string[]): typeof test | typeof test.skip {
  const absent = missing(...names);
  return absent.length === 0 ? test : skipped(`skipped: needs ${absent.join(', ')}`);
}

/** Which of the programs (or, written `root`, the root user) are not there. */
export function missing(...names: readonly string[]): string[] {
  return names.filter((name) => (name === 'root' ? process.getuid?.() !== 0 : findProgram(name) === undefined));
}

/** The same for a long sample, which runs only where `script/test --full` asks for it. */
export function needsFull(...names: readonly string[]): typeof test | typeof test.skip {
  return process.env['SLIPWAY_FULL'] === '1' ? needs(...names) : skipped('runs with --full');
}

/** The same for programs that take minutes to build, so that set-up makes them only with --full; where they are there, it runs. */
export function needsBuilt(...names: readonly string[]): typeof test | typeof test.skip {
  return names.every((name) => findProgram(name) !== undefined) ? needs(...names) : needsFull(...names);
}

function skipped(reason: string): typeof test.skip {
  const skip = (title: string, ...rest: [never]): void => test.skip(`${title} (${reason})`, ...rest);
  const each = (table: readonly never[]) => (title: string, ...rest: [never]): void => test.skip.each(table)(`${title} (${reason})`, ...rest);
  return Object.assign(skip, { each }) as unknown as typeof test.skip;
}
