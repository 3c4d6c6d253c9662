import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runWorkflow, type Workflow } from '#shared/testing/act';
import { needs, needsFull } from '#shared/testing/equipment';
import { createLoopback } from '#shared/testing/loopback';
import { findProgram } from '#shared/testing/programs';
import { SOUND_REPORTS } from '#shared/testing/sound-reports';
import { output } from '../script/src/process.ts';

// The workflows of examples/security as people copy them, under act and with the bundles in dist/. bandit, gitleaks, semgrep and pip-audit
// are real; what cannot be had here (Docker, Trivy, Snyk, the actions of others) has a stand-in that answers as the real one does.

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const example = (name: string): string => readFileSync(join(ROOT, 'examples/security', name), 'utf8');

/** What each pipeline asks for: its workflow, the stages it asks, and its scanners. */
const PIPELINES: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
  ['A', ['portal.yml'], ['preview', 'staging', 'production', 'dast-weekly'], ['bandit', 'semgrep', 'sonar', 'snyk', 'dependency-check', 'trivy', 'clair', 'grype', 'gitleaks', 'trufflehog', 'zap']],
  ['B', ['cash-register.yml'], ['build'], ['bandit', 'trivy', 'gitleaks']],
  ['C', ['docker-service.yml'], ['staging'], ['semgrep', 'trivy', 'gitleaks']],
  ['D', ['pull-request.yml', 'shop.yml'], ['preview', 'staging'], ['trivy', 'snyk', 'pip-audit', 'semgrep', 'gitleaks']],
  ['E', ['inventory.yml'], ['build'], ['bandit', 'safety', 'checkov', 'trivy', 'gitleaks']],
];

test.each(PIPELINES)('Pipeline %s has its stages and its scanners, each in a version of its own', (_, files, stages, scanners) => {
  const text = files.map(example).join('\n').replace(/^ *#.*$/gm, '');
  for (const stage of stages) expect(text).toMatch(new RegExp(`\\b${stage}\\b`));
  for (const scanner of scanners) expect(text.toLowerCase()).toContain(scanner);
  expect(text).not.toMatch(/pipx (?:run|install) (?![\w-]+==)|install --global (?!\S+@\d)|docker run [^\n]*(?:zaproxy|dependency-check)(?::latest|\s)/);
});

const loopback = createLoopback();
const root = mkdtempSync(join(tmpdir(), 'examples-'));
const tree = join(root, 'tree');
const programs = join(root, 'programs');
let otherActions: NonNullable<Workflow['otherActions']> = {};

function put(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}

const standIn = (name: string, script: string): void => put(`programs/${name}`, `#!/bin/bash\nset -e\nreal=${findProgram(name) ?? 'none'}\n${script}\n`, 0o755);
const action = (path: string, inputs: readonly string[], script: string): void => put(`actions/${path}/action.yml`, JSON.stringify({
  name: path, description: path, inputs: Object.fromEntries(inputs.map((name) => [name, { description: name }])),
  runs: { using: 'composite', steps: [{ shell: 'bash', run: script, env: { STORE: join(root, 'store'), ...Object.fromEntries(inputs.map((name) => [name === 'path' ? 'GIVEN' : name.toUpperCase().replaceAll('-', '_'), `\${{ inputs.${name} }}`])) } }] },
}));

const IMAGE = `sha256:${'ab'.repeat(32)}`;
const IMAGE_REPORT = JSON.stringify({
  SchemaVersion: 2, CreatedAt: new Date().toISOString(), ArtifactName: 'image', ArtifactType: 'container_image', Metadata: { ImageID: IMAGE, OS: { Family: 'debian', Name: '12' } },
  Results: [{ Target: 'image (debian 12)', Class: 'os-pkgs', Type: 'debian', Packages: [{ Name: 'libc6', Version: '2.36' }] }],
});
const ADVISORY = { id: 'PYSEC-2019-217', modified: '2021-01-01T00:00:00Z', aliases: ['CVE-2019-10906'], details: 'A sandbox escape in Jinja.', affected: [{ package: { ecosystem: 'PyPI', name: 'jinja2' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.10.1' }] }] }] };

function putReports(): void {
  for (const [name, text] of [['image', IMAGE_REPORT], ['files', SOUND_REPORTS['trivy']?.text], ['snyk', SOUND_REPORTS['snyk']?.text], ['safety', SOUND_REPORTS['safety']?.text], ['checkov', SOUND_REPORTS['checkov']?.text], ['grype', SOUND_REPORTS['grype']?.text], ['dependency-check', SOUND_REPORTS['dependency-check']?.text]] as const) put(`reports/${name}`, text ?? '');
}

async function putPrograms(): Promise<void> {
  const osv = await loopback.web(async (request, response) => {
    const asked = JSON.parse(await textOf(request)) as { readonly package: { readonly name: string } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(asked.package.name === 'jinja2' ? { vulns: [ADVISORY] } : {}));
  });
  const reports = join(root, 'reports');
  const intoOutput = (report: string, option = '--output'): string => `while [ $# -gt 0 ]; do [ "$1" != ${option} ] || cp ${reports}/${report} "$2"; shift; done`;
  standIn('docker', `case "$*" in 'image inspect'*) echo ${IMAGE} ;; *dependency-check*) cp ${reports}/dependency-check reports/dependency-check.json ;; esac`);
  standIn('pipx', '[ "$1" = install ]');
  standIn('npm', '[ "$1" != install ] || exit 0\nexec "$real" "$@"');
  standIn('snyk', `for word in "$@"; do case $word in --json-file-output=*) cp ${reports}/snyk "\${word#*=}" ;; esac; done`);
  standIn('trivy', `[ "$1" != --version ] || { echo 'Version: 0.74.0'; exit; }\nreport=files\n[ "$1" != image ] || report=image\n${intoOutput('$report')}`);
  standIn('grype', `[ "$1" != version ] || { echo 'Version: 0.117.0'; exit; }\n${intoOutput('grype', '--file')}`);
  standIn('trufflehog', `[ "$1" != --version ] || { echo 'trufflehog 3.97.0'; exit; }\necho '{"level":"info-0","logger":"trufflehog","msg":"finished scanning","chunks":7}' >&2`);
  standIn('safety', `cat ${reports}/safety`);
  standIn('checkov', `cat ${reports}/checkov`);
  // The real ones; what they would ask their makers for comes from here.
  standIn('semgrep', `exec "$real" "\${@/#p\\/*/${root}/rules.yml}"`);
  standIn('pip-audit', `exec "$real" "$@" --no-deps --disable-pip --vulnerability-service osv --osv-url ${osv}`);
}

beforeAll(async () => {
  await output(process.execPath, [join(ROOT, 'script/src/release-tree.ts'), tree], { cwd: ROOT });
  putReports();
  await putPrograms();
  put('rules.yml', JSON.stringify({ rules: [{ id: 'no-eval', languages: ['python'], severity: 'ERROR', message: 'eval', pattern: 'eval(...)' }] }));
  action('upload-artifact', ['name', 'path'], 'mkdir -p "$STORE/$NAME" && for path in $GIVEN; do cp -r "$path" "$STORE/$NAME/"; done');
  action('download-artifact', ['name', 'pattern', 'path'], 'mkdir -p "$GIVEN" && cp -r "$STORE"/$NAME$PATTERN "$GIVEN/"');
  action('cache', ['path', 'key', 'restore-keys'], 'true');
  action('codeql/upload-sarif', ['sarif_file'], 'grep -q 2.1.0 "$SARIF_FILE"');
  otherActions = { 'actions/upload-artifact@v5': join(root, 'actions/upload-artifact'), 'actions/download-artifact@v6': join(root, 'actions/download-artifact'), 'actions/cache@v5': join(root, 'actions/cache'), 'github/codeql-action@v4': join(root, 'actions/codeql') };
});
afterAll(async () => {
  await loopback.close();
  rmSync(root, { recursive: true, force: true });
});

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const waiver = (finding: string): string => `waivers:\n  - { finding: ${finding}, stages: staging, reason: Only its own timer calls it., requested-by: ada, approved-by: grace, created: ${day(0)}, expires: ${day(9)} }\n`;
const NONE = '{}\n';
const SHELL = 'import subprocess\n\n\ndef run(name):\n    subprocess.call("ls " + name, shell=True)\n';
const HARMLESS = 'def add(one, other):\n    return one + other\n';
const run = async (name: string, files: Readonly<Record<string, string>>, event?: string) => runWorkflow({ yaml: example(name), releaseTree: tree, files, otherActions, programs, ...(event === undefined ? {} : { event }) });
const key = (): string => `ghp_${'x9Kq2LmT7vWzR4bNcY8sDfGhJ1pAe5Uo3iBk'.split('').reverse().join('')}`;

describe('examples/security', () => {
  const portal = (waivers: string) => run('portal.yml', { 'services/erp/report.py': SHELL, '.github/security-waivers.yml': waivers, '.trivyignore': '' }, 'push');

  needs('act', 'bandit', 'gitleaks', 'semgrep')('portal.yml holds staging up for a finding, and lets it go on with a waiver', async () => {
    const blocked = await portal(NONE);
    expect(blocked.log).toContain('staging is blocked by 1 finding (1 high).');
    expect(blocked.code).toBe(1);
    const waived = await portal(waiver('B602'));
    expect(waived.log).toContain('staging may go on: nothing blocks.');
    expect(waived.code).toBe(0);
  }, 240_000);

  needs('act', 'pip-audit', 'gitleaks', 'semgrep')('shop.yml holds a deployment up for a vulnerable package and for a secret', async () => {
    const { code, log } = await run('shop.yml', { 'backend/app.py': HARMLESS, 'backend/requirements.txt': 'jinja2==2.10\n', 'backend/settings.py': `TOKEN = '${key()}'\n`, '.github/security-waivers.yml': NONE });
    expect(log).toMatch(/staging is blocked by 2 findings \(1 critical, 1 unknown\)\./);
    expect(log).not.toContain(key());
    expect(code).toBe(1);
  }, 240_000);

  needsFull('act', 'bandit', 'gitleaks')('cash-register.yml lets go on what is not critical', async () => {
    const { code, log } = await run('cash-register.yml', { 'addons/a.py': SHELL, 'adapter/b.py': HARMLESS }, 'push');
    expect(log).toContain('build may go on: nothing blocks.');
    expect(code).toBe(0);
  }, 240_000);

  needsFull('act', 'gitleaks', 'semgrep')('docker-service.yml finds what a rule describes', async () => {
    const { code, log } = await run('docker-service.yml', { 'app.py': 'eval(input())\n' });
    expect(log).toContain('staging is blocked by 1 finding (1 high).');
    expect(code).toBe(1);
  }, 240_000);

  needsFull('act', 'bandit', 'gitleaks')('inventory.yml gathers the reports of many jobs', async () => {
    const { code, log } = await run('inventory.yml', { 'app/a.py': HARMLESS, 'terraform/main.tf': '', 'requirements.txt': '', '.github/security-policy.yml': example('inventory-policy.yml') }, 'push');
    expect(log).toContain('build may go on: nothing blocks.');
    expect(code).toBe(0);
  }, 240_000);
});
