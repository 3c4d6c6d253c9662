import { byCode } from '../exit.ts';
import type { Scanner } from '../scanner.ts';

/** https://google.github.io/osv-scanner/: packages of lock files with known vulnerabilities. Exit codes: https://google.github.io/osv-scanner/output/#return-codes */
export const osvScanner: Scanner = {
  name: 'osv-scanner',
  program: 'osv-scanner',
  modes: { source: { kinds: ['sca'], target: ['--recursive', '.'] }, image: { kinds: ['container'], target: undefined } },
  reserved: ['--format', '-f', '--output', '--output-file', '--serve', '--allow-no-lockfiles'],
  versionArgs: ['--version'],
  args: ({ mode, words, report, isOffline }) => ['scan', mode, '--format', 'json', '--output-file', report, '--all-packages', ...(isOffline ? ['--offline'] : []), ...words],
  passesOn: /^OSV_SCANNER_/,
  judge: (exit) => byCode({ 0: 'clean', 1: 'findings', 128: 'nothing scanned' }, exit),
};
