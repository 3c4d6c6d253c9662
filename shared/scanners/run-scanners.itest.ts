import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { evidenceOf, type Evidence } from '#shared/findings/evidence';
import { secretHider } from '#shared/findings/hidden-secret';
import { readReports } from '#shared/findings/read-report';
import type { Report } from '#shared/findings/report';
import { collectedLog } from '#shared/testing/collected-log';
import { needs, needsBuilt } from '#shared/testing/equipment';
import { createLoopback } from '#shared/testing/loopback';
import { withScanSigns } from './evidence.ts';
import { LOCK } from './lock.ts';
import { runScanners, type Scanning, type ScanResult } from './run-scanners.ts';
import { readScans } from './scan.ts';

const loopback = createLoopback();
const root = mkdtempSync(join(tmpdir(), 'scanners-'));
let workspace: string;
let programs: string;
beforeEach(() => {
  workspace = mkdtempSync(join(root, 'workspace-'));
  programs = mkdtempSync(join(root, 'programs-'));
});
afterAll(async () => {
  await loopback.close();
  rmSync(root, { recursive: true, force: true });
});

type Scanned = ScanResult & { readonly found: Report; readonly evidence: Evidence; readonly lines: readonly string[] };

async function scan(text: string, more: Partial<Scanning> = {}, variables: Readonly<Record<string, string>> = {}): Promise<Scanned> {
  const log = collectedLog();
  const signal = more.signal ?? new AbortController().signal;
  const [result] = await runScanners(readScans([text]), {
    log, signal, workspace, folder: join(root, 'reports', String(Math.random())), environment: { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`, ...variables }, timeout: 60_000, lock: LOCK,
    terms: { minimumAge: 0, now: new Date('2026-11-21T12:00:00Z') }, redact: (one) => one.replaceAll('s3cret', '***'), ...more,
    installing: { base: 'https://github.com', isOffline: true, hasToolCache: false, temp: root, platform: 'linux-x64', downloading: { hosts: [], proxy: {}, signal, pauses: [], patience: 1_000, onRetry: () => undefined } },
  });
  if (result === undefined) throw new Error('There was no scan.');
  const [report] = await readReports(result.report, { hide: secretHider(() => undefined, 'key'), format: result.tool });
  if (report === undefined) throw new Error('There was no report.');
  const found = withScanSigns(report, result);
  return { ...result, found, evidence: evidenceOf(found, { tool: result.tool, commits: [], digests: [], needsSubject: false, takesIncomplete: false, now: new Date() }), lines: log.lines };
}

const write = (name: string, content: string): void => {
  mkdirSync(join(workspace, name, '..'), { recursive: true });
  writeFileSync(join(workspace, name), content);
};
// Stands in for a scanner that cannot be had here: it answers as the published one does.
const program = (name: string, script: string): void => writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
const git = (...args: readonly string[]): void => void execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: workspace, stdio: 'ignore' });
const key = (): string => `ghp_${'x9Kq2LmT7vWzR4bNcY8sDfGhJ1pAe5Uo3iBk'.split('').reverse().join('')}`;

const ADVISORY = { id: 'PYSEC-2019-217', modified: '2021-01-01T00:00:00Z', aliases: ['CVE-2019-10906'], details: 'A sandbox escape in Jinja.', affected: [{ package: { ecosystem: 'PyPI', name: 'jinja2' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.10.1' }] }] }] };

needs('bandit')('bandit finds what is in the sources', async () => {
  write('app.py', 'import subprocess\n\ndef run(name):\n    subprocess.call("ls " + name, shell=True)\n');
  const { outcome, found, evidence } = await scan('bandit');
  expect([outcome, evidence.status]).toEqual(['findings', 'ok']);
  expect(found.findings.map(({ rule, location }) => [rule, location?.path, location?.line])).toContainEqual(['B602', 'app.py', 4]);
});

needs('bandit')('bandit that finds nothing is clean, and one that is called wrongly has failed', async () => {
  write('app.py', 'print("hello")\n');
  expect(await scan('bandit')).toMatchObject({ outcome: 'clean', evidence: { status: 'ok' } });
  expect(await scan('bandit --no-such-option .')).toMatchObject({ outcome: 'failed', evidence: { status: 'scanner failed' } });
});

needs('gitleaks', 'git')('gitleaks finds a key in the history, and nothing prints it', async () => {
  git('init', '-q');
  write('config.js', `export const token = '${key()}';\n`);
  git('add', '.');
  git('commit', '-qm', 'token');
  const { outcome, found, evidence, lines, program: run } = await scan('gitleaks');
  expect([outcome, evidence.status, run?.from, run?.version]).toEqual(['findings', 'ok', 'PATH', '8.30.1']);
  expect(found.findings.map(({ rule, severity, location }) => [rule, severity, location])).toEqual([['github-pat', 'critical', expect.objectContaining({ path: 'config.js', line: 1 })]]);
  expect(lines.join('\n')).not.toContain(key());
  expect(JSON.stringify(found)).not.toContain(key());
});

needs('gitleaks', 'git')('gitleaks ends with 0 where git fails, and it is not taken for clean', async () => {
  write('config.js', 'export const token = 1;\n');
  expect(await scan('gitleaks')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('not a git repository'), evidence: { status: 'scanner failed' } });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'nothing secret');
  expect(await scan('gitleaks')).toMatchObject({ outcome: 'clean', found: { tools: ['gitleaks'], kinds: ['secrets'] }, evidence: { status: 'ok' } });
  expect(await scan('gitleaks --log-opts=v1..v2')).toMatchObject({ outcome: 'failed', evidence: { status: 'scanner failed' } });
  expect(await scan('gitleaks --log-opts=HEAD..HEAD')).toMatchObject({ outcome: 'nothing scanned', evidence: { status: 'nothing scanned' } });
});

const PACKAGE = { name: 'shop', version: '1.0.0', dependencies: { lodash: '4.17.4' } };
const lockFile = (registry: string): string => JSON.stringify({ name: 'shop', version: '1.0.0', lockfileVersion: 3, packages: { '': PACKAGE, 'node_modules/lodash': { version: '4.17.4', resolved: `${registry}lodash/-/lodash-4.17.4.tgz` } } });
const npmVariables = (registry: string): Record<string, string> => ({ npm_config_registry: registry, npm_config_fetch_retries: '0', npm_config_cache: join(root, 'npm-cache'), npm_config_logs_max: '0' });

needs('npm')('npm audit finds what its registry knows', async () => {
  const advisory = { id: 1, url: 'https://github.com/advisories/GHSA-fvqr-27wr-82fm', title: 'Prototype Pollution in lodash', severity: 'high', vulnerable_versions: '<4.17.5', cwe: ['CWE-471'], cvss: { score: 6.5, vectorString: null } };
  const versions = Object.fromEntries(['4.17.4', '4.17.5'].map((version) => [version, { name: 'lodash', version }]));
  const registry = await loopback.web((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.method === 'POST' ? { lodash: [advisory] } : { name: 'lodash', 'dist-tags': { latest: '4.17.5' }, versions }));
  });
  write('package.json', JSON.stringify(PACKAGE));
  write('package-lock.json', lockFile(registry));
  const { outcome, found, evidence } = await scan('npm audit', {}, npmVariables(registry));
  expect([outcome, evidence.status]).toEqual(['done', 'ok']);
  expect(found.findings.map(({ rule, severity, package: of }) => [rule, severity, of?.name])).toEqual([['GHSA-fvqr-27wr-82fm', 'high', 'lodash']]);
});

needs('npm')('npm audit whose registry does not answer has failed, though its report is sound JSON and its exit code that of findings', async () => {
  const registry = await loopback.web((_, response) => response.writeHead(405).end());
  write('package.json', JSON.stringify(PACKAGE));
  write('package-lock.json', lockFile(registry));
  expect(await scan('npm audit', {}, npmVariables(registry))).toMatchObject({ evidence: { status: 'scanner failed' } });
  rmSync(join(workspace, 'package-lock.json'));
  expect(await scan('npm audit', {}, npmVariables(registry))).toMatchObject({ evidence: { status: 'scanner failed' } });
});

needs('semgrep')('semgrep finds what a rule of the repository describes, and tells its version without asking anybody', async () => {
  write('rules.yml', JSON.stringify({ rules: [{ id: 'no-eval', languages: ['js'], severity: 'ERROR', message: 'eval', pattern: 'eval(...)' }] }));
  write('src/app.js', 'eval(location.hash);\n');
  const [, pinned = ''] = /^semgrep==(\S+)/m.exec(readFileSync(new URL('../../script/python-scanners.txt', import.meta.url), 'utf8')) ?? [];
  expect(await scan(`semgrep@${pinned} --config rules.yml src`)).toMatchObject({ outcome: 'done', program: { version: pinned }, evidence: { status: 'ok' }, found: { findings: [{ location: { path: 'src/app.js', line: 1 } }] } });
  expect(await scan('semgrep --config missing.yml src')).toMatchObject({ outcome: 'failed', evidence: { status: 'scanner failed', reason: expect.stringMatching(/^It failed with exit code 7\. Semgrep reports an error: .*missing\.yml/) } });
});

needsBuilt('osv-scanner', 'python3')('OSV-Scanner finds what its own database knows, and has scanned nothing where it knows no file', async () => {
  const database = join(root, 'osv/osv-scanner/PyPI');
  mkdirSync(database, { recursive: true });
  writeFileSync(join(database, 'PYSEC-2019-217.json'), JSON.stringify(ADVISORY));
  execFileSync('python3', ['-m', 'zipfile', '-c', 'all.zip', 'PYSEC-2019-217.json'], { cwd: database });
  const here = { OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY: join(root, 'osv') };
  const [, version = ''] = /version: (\S+)/.exec(execFileSync('osv-scanner', ['--version'], { encoding: 'utf8' })) ?? [];
  write('requirements.txt', 'jinja2==2.10\n');
  const { outcome, evidence, found } = await scan(`osv-scanner@${version}`, {}, here);
  expect([outcome, evidence.status]).toEqual(['findings', 'ok']);
  expect(found.findings.map(({ rule, package: of, fixedIn }) => [rule, of?.name, of?.version, fixedIn])).toEqual([['PYSEC-2019-217', 'jinja2', '2.10', ['2.10.1']]]);
  write('requirements.txt', 'jinja2==2.10.1\n');
  expect(await scan(`osv-scanner@${version}`, {}, here)).toMatchObject({ outcome: 'clean', evidence: { status: 'ok' } });
  expect(await scan(`osv-scanner@${version}`, {}, { OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY: join(root, 'nowhere') })).toMatchObject({ outcome: 'failed', evidence: { status: 'scanner failed' } });
  rmSync(join(workspace, 'requirements.txt'));
  expect(await scan(`osv-scanner@${version}`, {}, here)).toMatchObject({ outcome: 'nothing scanned', evidence: { status: 'nothing scanned' } });
}, 120_000);

const TRIVY = 'if [ "$1" = --version ]; then echo "Version: 0.74.0"; exit; fi\nwhile [ $# -gt 0 ]; do [ "$1" = --output ] && report=$2; shift; done\n';

test('A scan that fails is not clean, whatever an older scan left behind', async () => {
  program('trivy', `${TRIVY}echo "2026-11-21T12:00:00Z FATAL Fatal error s3cret at https://ada:hunter2@registry.test" >&2; exit 1`);
  const folder = join(root, 'kept');
  mkdirSync(folder);
  writeFileSync(join(folder, '1-trivy-fs.json'), '{"SchemaVersion":2,"Results":[]}');
  const { outcome, reason, evidence, lines } = await scan('trivy fs', { folder });
  expect([outcome, evidence.status]).toEqual(['failed', 'scanner failed']);
  expect(reason).toBe('It failed with exit code 1: 2026-11-21T12:00:00Z FATAL Fatal error *** at https://***@registry.test');
  expect(lines.join('\n')).not.toContain('hunter2');
  expect(existsSync(join(folder, '1-trivy-fs.json'))).toBe(false);
});

test('A report that contradicts its scanner is of a scan that failed', async () => {
  program('trivy', `${TRIVY}echo '{"SchemaVersion":2,"ArtifactName":".","ArtifactType":"filesystem","Results":[]}' > "$report"; exit 9`);
  expect(await scan('trivy fs')).toMatchObject({ outcome: 'findings', evidence: { status: 'scanner failed', reason: 'trivy ended as with findings, and its report has none.' } });
});

test('TruffleHog writes nothing when it finds nothing, and that is clean only with its word for it', async () => {
  const hog = (said: string): void => program('trufflehog', `if [ "$1" = --version ]; then echo "trufflehog 3.97.0"; exit; fi\n${said}`);
  hog(`echo '{"level":"info-0","logger":"trufflehog","msg":"finished scanning","chunks": 7}' >&2`);
  expect(await scan('trufflehog')).toMatchObject({ outcome: 'clean', evidence: { status: 'ok', tools: ['trufflehog'], kinds: ['secrets'] } });
  hog('exit 0');
  expect(await scan('trufflehog')).toMatchObject({ outcome: 'failed', evidence: { status: 'scanner failed' } });
});

test('A scan that takes too long is ended, with all it started', async () => {
  program('trivy', `${TRIVY}sleep 300 & echo $! > "$HOME/child"; wait`);
  const { outcome, reason } = await scan('trivy fs', { timeout: 300 }, { HOME: workspace });
  expect([outcome, reason]).toEqual(['failed', 'It was ended after 300ms, the limit for one scan.']);
  expect(existsSync(`/proc/${readFileSync(join(workspace, 'child'), 'utf8').trim()}/cmdline`) && readFileSync(`/proc/${readFileSync(join(workspace, 'child'), 'utf8').trim()}/cmdline`, 'utf8') !== '').toBe(false);
});

test('A cancelled run ends its scan and scans no further', async () => {
  const controller = new AbortController();
  program('trivy', `${TRIVY}exec sleep 300`);
  setTimeout(() => controller.abort(new Error('cancelled')), 200);
  await expect(scan('trivy fs, trivy config', { signal: controller.signal })).rejects.toThrow('cancelled');
});

test('A scanner gets arguments and no shell, and sees no secrets of the job', async () => {
  program('trivy', `${TRIVY.replace('while', 'printf "%s\\n" "$@" > "$HOME/args"; env > "$HOME/env"\nwhile')}echo '{"SchemaVersion":2,"ArtifactType":"filesystem"}' > "$report"`);
  await scan('trivy fs $(touch${IFS}evil) "a b"', {}, { HOME: workspace, INPUT_TOKEN: 'x', DEPLOY_SSH_KEY: 'x', GITHUB_TOKEN: 'x', TRIVY_CACHE_DIR: '/cache' });
  expect(readFileSync(join(workspace, 'args'), 'utf8')).toMatch(/\n\$\(touch\$\{IFS\}evil\)\na b\n$/);
  const seen = readFileSync(join(workspace, 'env'), 'utf8');
  expect(seen).toContain('TRIVY_CACHE_DIR=/cache');
  expect(seen).not.toMatch(/^(?:INPUT_|DEPLOY_|GITHUB_)/m);
});

test('A scanner on PATH is run only in the pinned version, or the one asked for, and never from the repository itself', async () => {
  program('trivy', `${TRIVY.replace('0.74.0', '0.69.4')}echo '{"SchemaVersion":2,"ArtifactType":"filesystem"}' > "$report"`);
  expect(await scan('trivy fs')).toMatchObject({ outcome: 'failed', reason: 'trivy 0.74.0 is neither on PATH nor in the tool cache, and nothing may be downloaded.', evidence: { status: 'scanner failed' } });
  expect(await scan('trivy@0.69.4 fs')).toMatchObject({ outcome: 'clean', program: { from: 'PATH', version: '0.69.4' } });
  expect(await scan('trivy@0.1.2 fs')).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/^trivy 0\.1\.2 is not pinned; pinned is 0\.74\.0\./) });
  expect(await scan('pip-audit', {}, { PATH: '/nowhere' })).toMatchObject({ outcome: 'failed', reason: 'pip-audit is not on PATH, and is not among the scanners that are installed here. Install it in a step before this one.' });
  write('bin/semgrep', '#!/bin/sh\necho 1.2.3\n');
  execFileSync('chmod', ['+x', join(workspace, 'bin/semgrep')]);
  expect(await scan('semgrep --config r.yml .', {}, { PATH: join(workspace, 'bin') })).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/^semgrep is not on PATH/) });
});
