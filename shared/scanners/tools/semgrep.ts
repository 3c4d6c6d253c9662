import { byCode } from '../exit.ts';
import type { Scanner } from '../scanner.ts';

/** https://semgrep.dev: faults in sources, by rules that the scan names. */
export const semgrep: Scanner = {
  name: 'semgrep',
  program: 'semgrep',
  modes: { scan: { kinds: ['sast'], target: undefined } },
  reserved: ['--json', '--json-output', '--sarif', '--sarif-output', '--text', '--emacs', '--vim', '--gitlab-sast', '--gitlab-secrets', '--junit-xml', '--output', '-o', '--error', '--metrics', '--autofix', '-a'],
  // Without rules it asks its maker's server which to take, and tells that server about the project.
  mistake: (words) => (words.some((word) => /^(?:--config(?:=|$)|-c|-f)/.test(word)) ? undefined : 'it needs its rules and what to scan: semgrep --config rules.yml .'),
  // Without the second it asks its maker for newer versions, and where there is no network waits a hundred seconds for the answer.
  versionArgs: ['--version', '--disable-version-check'],
  args: ({ words, report }) => ['scan', '--json', '--output', report, '--metrics', 'off', '--disable-version-check', ...words],
  passesOn: /^SEMGREP_|^PYTHON/,
  judge: (exit) => byCode({ 0: 'done' }, exit),
};
