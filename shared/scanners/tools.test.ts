import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { LOCK } from './lock.ts';
import { passedOn } from './environment.ts';
import { readScans } from './scan.ts';
import type { Exit, Outcome } from './scanner.ts';
import { SCANNERS } from './tools/all.ts';

const argsOf = (text: string, isOffline = false): string => {
  const [scan] = readScans([text]);
  if (scan === undefined) throw new Error(text);
  return [scan.scanner.program, ...scan.scanner.args({ mode: scan.mode, words: scan.words, report: 'R', isOffline })].join(' ');
};

test.each([
  ['trivy fs', 'trivy fs --format json --output R --exit-code 9 --list-all-pkgs --show-suppressed --scanners vuln .'],
  ['trivy fs --scanners license src', 'trivy fs --format json --output R --exit-code 9 --list-all-pkgs --show-suppressed --scanners license src'],
  ['trivy config', 'trivy config --format json --output R --exit-code 9 .'],
  ['gitleaks', 'gitleaks git --no-banner --no-color --exit-code 2 --report-format json --report-path R .'],
  ['osv-scanner', 'osv-scanner scan source --format json --output-file R --all-packages --recursive .'],
  ['grype', 'grype --output json --file R dir:.'],
  ['trufflehog', 'trufflehog git --json --no-update --fail --fail-on-scan-errors file://.'],
  ['bandit src', 'bandit --recursive --format json --output R src'],
  ['semgrep --config r.yml .', 'semgrep scan --json --output R --metrics off --disable-version-check --config r.yml .'],
  ['pip-audit', 'pip-audit --format json --output R --progress-spinner off --requirement requirements.txt'],
  ['npm audit --omit=dev', 'npm audit --json --omit=dev'],
])('%s runs as %s', (text, command) => {
  expect(argsOf(text)).toBe(command);
});

test('Offline nothing is asked of the network', () => {
  expect(argsOf('osv-scanner', true)).toContain(' --offline ');
  expect(argsOf('trufflehog', true)).toContain(' --no-verification ');
  expect(SCANNERS.find(({ name }) => name === 'trivy')?.environment?.(true)).toMatchObject({ TRIVY_SKIP_DB_UPDATE: 'true', TRIVY_OFFLINE_SCAN: 'true' });
});

const CLEAN_GIT = '9:01PM INF 12 commits scanned.\n9:01PM INF scanned ~4711 bytes (4.7 KB) in 2ms\n9:01PM INF no leaks found';
const CHUNKS = '{"level":"info-0","msg":"finished scanning","chunks": 7,"bytes":120}';
const truth: readonly (readonly [string, Partial<Exit>, Outcome])[] = [
  ['trivy', { code: 0 }, 'clean'], ['trivy', { code: 9 }, 'findings'], ['trivy', { code: 1, log: 'FATAL Fatal error run error' }, 'failed'], ['trivy', { code: 0, reportBytes: 0 }, 'failed'],
  ['gitleaks', { code: 0, log: CLEAN_GIT }, 'clean'], ['gitleaks', { code: 2, log: CLEAN_GIT }, 'findings'], ['gitleaks', { code: 1, log: CLEAN_GIT }, 'failed'], ['gitleaks', { code: 126 }, 'failed'],
  ['gitleaks', { code: 0, log: '9PM ERR [git] fatal: bad revision\n9PM INF scanned ~0 bytes (0) in 1ms' }, 'failed'], ['gitleaks', { code: 0, log: '9PM INF scanned ~0 bytes (0) in 1ms' }, 'nothing scanned'], ['gitleaks', { code: 0, log: '' }, 'failed'],
  ['osv-scanner', { code: 0 }, 'clean'], ['osv-scanner', { code: 1 }, 'findings'], ['osv-scanner', { code: 127 }, 'failed'], ['osv-scanner', { code: 128, reportBytes: 0 }, 'nothing scanned'], ['osv-scanner', { code: 129 }, 'failed'], ['osv-scanner', { code: 130 }, 'failed'],
  ['grype', { code: 0 }, 'done'], ['grype', { code: 1 }, 'failed'], ['grype', { code: 2 }, 'failed'],
  ['trufflehog', { code: 0, log: CHUNKS, reportBytes: 0 }, 'clean'], ['trufflehog', { code: 183, log: CHUNKS }, 'findings'], ['trufflehog', { code: 183, log: CHUNKS, reportBytes: 0 }, 'failed'], ['trufflehog', { code: 1, log: CHUNKS }, 'failed'],
  ['trufflehog', { code: 0, log: '' }, 'failed'], ['trufflehog', { code: 0, log: CHUNKS.replace('7', '0') }, 'nothing scanned'], ['trufflehog', { code: 0, log: `encountered errors during scan\n${CHUNKS}` }, 'failed'],
  ['bandit', { code: 0 }, 'clean'], ['bandit', { code: 1 }, 'findings'], ['bandit', { code: 1, reportBytes: 0 }, 'failed'], ['bandit', { code: 1, log: 'Traceback (most recent call last):' }, 'failed'], ['bandit', { code: 2 }, 'failed'],
  ['semgrep', { code: 0 }, 'done'], ['semgrep', { code: 1 }, 'failed'], ['semgrep', { code: 2 }, 'failed'], ['semgrep', { code: 7 }, 'failed'],
  ['pip-audit', { code: 0 }, 'clean'], ['pip-audit', { code: 1 }, 'findings'], ['pip-audit', { code: 1, reportBytes: 0 }, 'failed'], ['pip-audit', { code: 2 }, 'failed'],
  ['npm-audit', { code: 0 }, 'clean'], ['npm-audit', { code: 1 }, 'done'], ['npm-audit', { code: 1, reportBytes: 0 }, 'failed'], ['npm-audit', { code: 254 }, 'failed'],
];

test.each(truth)('%s that leaves %j is: %s', (name, exit, outcome) => {
  const ended = SCANNERS.find((scanner) => scanner.name === name)?.judge({ code: 0, log: '', reportBytes: 20, ...exit });
  expect(ended?.outcome).toBe(outcome);
  expect(ended?.reason === '').toBe(['clean', 'findings', 'done'].includes(outcome));
});

test.each(SCANNERS.map(({ name }) => [name]))('%s ended by a signal has failed', (name) => {
  expect(SCANNERS.find((scanner) => scanner.name === name)?.judge({ code: undefined, log: CLEAN_GIT, reportBytes: 20 }).outcome).toBe('failed');
});

test('Scanners see neither inputs nor secrets of the job', () => {
  const job = { PATH: '/bin', HOME: '/root', https_proxy: 'http://proxy.test', INPUT_SSH_KEY: 'x', DEPLOY_SSH_KEY: 'x', GITHUB_TOKEN: 'x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x', ACTIONS_RUNTIME_TOKEN: 'x', AWS_SECRET_ACCESS_KEY: 'x', NPM_TOKEN: 'n', TRIVY_CACHE_DIR: '/c' };
  const seenBy = (name: string) => Object.keys(passedOn(job, SCANNERS.find((scanner) => scanner.name === name)?.passesOn ?? /^$/)).sort();
  expect(seenBy('gitleaks')).toEqual(['HOME', 'PATH', 'https_proxy']);
  expect(seenBy('trivy')).toEqual(['HOME', 'PATH', 'TRIVY_CACHE_DIR', 'https_proxy']);
  expect(seenBy('npm-audit')).toEqual(['HOME', 'NPM_TOKEN', 'PATH', 'https_proxy']);
});

test('What is pinned names one release by version, day, file and sha256', () => {
  const artefacts = Object.values(LOCK).flat().flatMap(({ version, artefacts: files }) => Object.values(files).map((file) => ({ version, ...file })));
  expect(artefacts.length).toBeGreaterThan(0);
  for (const { version, path, sha256 } of artefacts) {
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(path).toContain(`/releases/download/v${version}/`);
  }
  expect(new Set(artefacts.map(({ sha256 }) => sha256)).size).toBe(artefacts.length);
  expect(Object.keys(LOCK).filter((name) => !SCANNERS.some((scanner) => scanner.name === name))).toEqual([]);
  for (const { released } of Object.values(LOCK).flat()) expect(new Date(released).toISOString().slice(0, 10)).toBe(released);
});

test('docs/scanners.md tells of every scanner, and which version is pinned', () => {
  const rows = readFileSync(new URL('../../docs/scanners.md', import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('| `'));
  for (const { name } of SCANNERS) {
    const own = rows.filter((row) => row.startsWith(`| \`${name === 'npm-audit' ? 'npm audit' : name}`));
    const from = LOCK[name] === undefined ? 'PATH' : `pinned: ${LOCK[name].map(({ version }) => version).join(', ')}`;
    expect(own.length).toBeGreaterThan(0);
    for (const row of own) expect(row.split('|')[3]?.trim()).toBe(from);
  }
});
