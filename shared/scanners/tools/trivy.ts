import { byCode } from '../exit.ts';
import type { Scanner } from '../scanner.ts';

const FOUND = 9;

/** https://trivy.dev: packages with known vulnerabilities in folders and images, and misconfigurations. */
export const trivy: Scanner = {
  name: 'trivy',
  program: 'trivy',
  modes: {
    fs: { kinds: ['sca'], target: ['.'] }, image: { kinds: ['container'], target: undefined }, config: { kinds: ['iac'], target: ['.'] },
    rootfs: { kinds: ['container'], target: undefined }, sbom: { kinds: ['sca'], target: undefined },
  },
  reserved: ['--exit-code', '--format', '-f', '--output', '-o', '--template', '-t', '--compliance', '--report', '--quiet', '-q', '--download-db-only', '--generate-default-config'],
  versionArgs: ['--version'],
  // By default findings are 0, and with --exit-code 1 they are what any fault is.
  args: ({ mode, words, report }) => [mode, '--format', 'json', '--output', report, '--exit-code', String(FOUND), ...(mode === 'config' ? [] : packagesOnly(words)), ...words],
  environment: (isOffline) => ({
    TRIVY_DISABLE_TELEMETRY: 'true', TRIVY_SKIP_VERSION_CHECK: 'true', TRIVY_NO_PROGRESS: 'true',
    ...(isOffline ? { TRIVY_SKIP_DB_UPDATE: 'true', TRIVY_SKIP_JAVA_DB_UPDATE: 'true', TRIVY_SKIP_CHECK_UPDATE: 'true', TRIVY_OFFLINE_SCAN: 'true' } : {}),
  }),
  passesOn: /^TRIVY_|^DOCKER_/,
  judge: (exit) => byCode({ 0: 'clean', [FOUND]: 'findings' }, exit),
};

// The packages it looked at are its proof of work; what its own files set aside is shown, not left out.
function packagesOnly(words: readonly string[]): readonly string[] {
  return ['--list-all-pkgs', '--show-suppressed', ...(words.some((word) => /^--scanners(?:=|$)/.test(word)) ? [] : ['--scanners', 'vuln'])];
}
