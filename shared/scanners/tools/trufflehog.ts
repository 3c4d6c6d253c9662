import { byCode, failed, nothingScanned } from '../exit.ts';
import type { Ended, Exit, Scanner } from '../scanner.ts';

/** https://github.com/trufflesecurity/trufflehog: secrets, which it tries out with who issued them unless offline. */
export const trufflehog: Scanner = {
  name: 'trufflehog',
  program: 'trufflehog',
  modes: { git: { kinds: ['secrets'], target: ['file://.'] }, filesystem: { kinds: ['secrets'], target: ['.'] } },
  reserved: ['--json', '-j', '--json-legacy', '--github-actions', '--fail', '--fail-on-scan-errors', '--log-level', '--print-avg-detector-time'],
  versionArgs: ['--version'],
  args: ({ mode, words, isOffline }) => [mode, '--json', '--no-update', '--fail', '--fail-on-scan-errors', ...(isOffline ? ['--no-verification'] : []), ...words],
  reportsTo: 'stdout',
  passesOn: /^TRUFFLEHOG_/,
  judge,
  isSilentWhenClean: true,
};

// A range that is wrong ends with exit code 0: https://github.com/trufflesecurity/trufflehog/issues/4218
function judge(exit: Exit): Ended {
  const ended = byCode({ 0: 'clean', 183: 'findings' }, { ...exit, reportBytes: Math.max(exit.reportBytes, exit.code === 0 ? 1 : 0) });
  if (ended.outcome === 'failed') return ended;
  if (/encountered errors during scan/.test(exit.log)) return failed('It met errors and went on: "encountered errors during scan".');
  const chunks = /"chunks":\s*(\d+)/.exec(exit.log);
  if (chunks === null) return failed('It did not tell how much it scanned.');
  return Number(chunks[1]) > 0 ? ended : nothingScanned('It scanned 0 chunks. Is the range right, and does the checkout have its history (fetch-depth: 0)?');
}
