import { byCode } from '../exit.ts';
import type { Scanner } from '../scanner.ts';

/** https://github.com/pypa/pip-audit: Python packages with known vulnerabilities. */
export const pipAudit: Scanner = {
  name: 'pip-audit',
  program: 'pip-audit',
  // Without a target it would audit the packages it is itself installed with.
  modes: { '': { kinds: ['sca'], target: ['--requirement', 'requirements.txt'] } },
  reserved: ['--format', '-f', '--output', '-o', '--fix', '--dry-run', '-d'],
  versionArgs: ['--version'],
  args: ({ words, report }) => ['--format', 'json', '--output', report, '--progress-spinner', 'off', ...words],
  passesOn: /^PIP_|^PYTHON/,
  // It is 1 for findings and for faults, and writes the report only when it got to the end.
  judge: (exit) => byCode({ 0: 'clean', 1: 'findings' }, exit),
};
