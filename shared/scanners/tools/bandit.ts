import { byCode, failed } from '../exit.ts';
import type { Scanner } from '../scanner.ts';

/** https://bandit.readthedocs.io: faults in Python's sources. */
export const bandit: Scanner = {
  name: 'bandit',
  program: 'bandit',
  modes: { '': { kinds: ['sast'], target: ['.'] } },
  reserved: ['--format', '-f', '--output', '-o', '--recursive', '-r', '--exit-zero', '--msg-template', '--quiet', '-q', '--silent'],
  versionArgs: ['--version'],
  args: ({ words, report }) => ['--recursive', '--format', 'json', '--output', report, ...words],
  passesOn: /^PYTHON/,
  // It is 1 for findings, and for a fault of Python's, which prints a traceback.
  judge: (exit) => (/^Traceback /m.test(exit.log) ? failed('It broke down with a traceback.') : byCode({ 0: 'clean', 1: 'findings' }, exit)),
};
