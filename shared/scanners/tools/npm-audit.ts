import { byCode } from '../exit.ts';
import type { Scanner } from '../scanner.ts';

/** https://docs.npmjs.com/cli/commands/npm-audit: npm packages of the lock file with known vulnerabilities. */
export const npmAudit: Scanner = {
  name: 'npm-audit',
  program: 'npm',
  modes: { '': { kinds: ['sca'], target: [] } },
  reserved: ['--json', '--audit-level', '--dry-run', '--force'],
  mistake: (words) => (/^[^-]/.test(words[0] ?? '-') ? `"npm audit ${words[0]}" is not a scan` : undefined),
  versionArgs: ['--version'],
  args: ({ words }) => ['audit', '--json', ...words],
  reportsTo: 'stdout',
  environment: () => ({ npm_config_update_notifier: 'false' }),
  // A private registry's token, which .npmrc takes from the environment.
  passesOn: /^npm_config_|^NPM_|^NODE_AUTH_TOKEN$|^NODE_EXTRA_CA_CERTS$/i,
  // It is 1 for findings and for faults, and its report says which: a fault is a document of its own.
  judge: (exit) => byCode({ 0: 'clean', 1: 'done' }, exit),
};
