import { byCode, failed, nothingScanned } from '../exit.ts';
import type { Ended, Exit, Scanner } from '../scanner.ts';

/** https://github.com/gitleaks/gitleaks: secrets in files and in git's history. */
export const gitleaks: Scanner = {
  name: 'gitleaks',
  program: 'gitleaks',
  modes: { git: { kinds: ['secrets'], target: ['.'] }, dir: { kinds: ['secrets'], target: ['.'] } },
  reserved: ['--exit-code', '--report-format', '-f', '--report-path', '-r', '--report-template', '--no-color', '--log-level', '-l'],
  versionArgs: ['version'],
  // By default findings and faults are both 1.
  args: ({ mode, words, report }) => [mode, '--no-banner', '--no-color', '--exit-code', '2', '--report-format', 'json', '--report-path', report, ...words],
  passesOn: /^GITLEAKS_/,
  judge,
};

// A fault of git's, such as a wrong range or a folder of another user, ends with "no leaks found" and exit code 0:
// https://github.com/gitleaks/gitleaks/issues/1464, https://github.com/gitleaks/gitleaks/issues/2129
function judge(exit: Exit): Ended {
  const ended = byCode({ 0: 'clean', 2: 'findings' }, exit);
  if (ended.outcome === 'failed') return ended;
  const fault = /^.*\b(?:ERR|FTL)\b(.*)$/m.exec(exit.log);
  if (fault !== null) return failed(`It met a fault and went on: ${fault[1]?.trim()}`);
  const scanned = /scanned ~(\d+) bytes/.exec(exit.log);
  if (scanned === null) return failed('It did not tell how much it scanned.');
  if (Number(scanned[1]) > 0) return ended;
  return nothingScanned('It scanned 0 bytes. Is there anything in the folder, and does the checkout have its history (fetch-depth: 0)?');
}
