import { byCode } from '../exit.ts';
import type { Scanner } from '../scanner.ts';

/** https://github.com/anchore/grype: packages with known vulnerabilities in images, folders and SBOMs. */
export const grype: Scanner = {
  name: 'grype',
  program: 'grype',
  modes: { '': { kinds: ['sca', 'container'], target: ['dir:.'] } },
  reserved: ['--output', '-o', '--file', '--fail-on', '-f', '--template', '-t', '--quiet', '-q'],
  versionArgs: ['version'],
  args: ({ words, report }) => ['--output', 'json', '--file', report, ...words],
  environment: (isOffline) => ({ GRYPE_CHECK_FOR_APP_UPDATE: 'false', ...(isOffline ? { GRYPE_DB_AUTO_UPDATE: 'false' } : {}) }),
  passesOn: /^GRYPE_|^SYFT_|^DOCKER_/,
  judge: (exit) => byCode({ 0: 'done' }, exit),
};
