import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LOCK } from '#shared/scanners/lock';
import { needs } from '#shared/testing/equipment';
import { createLoopback } from '#shared/testing/loopback';
import { waitUntil } from '#shared/testing/ports';
import { processesUsing } from '#shared/testing/processes';
import { findProgram } from '#shared/testing/programs';
import { runBundle, startBundle, type StepResult } from '#shared/testing/run-bundle';

// The action with `scan`, as a workflow has it: scanners that are really run, and whatever can become of them.

const loopback = createLoopback();
const root = mkdtempSync(join(tmpdir(), 'scan-'));
let workspace = '';
let programs = '';
beforeEach(() => {
  workspace = mkdtempSync(join(root, 'workspace-'));
  programs = mkdtempSync(join(root, 'programs-'));
  put('policy.yml', 'stages: { all: { require: [sast, sca, secrets], block: [{ severity: low }, { severity: unknown }] } }\n');
});
afterAll(async () => {
  await loopback.close();
  rmSync(root, { recursive: true, force: true });
});

const SYSTEM = '/usr/bin:/bin';
const key = (): string => `ghp_${'x9Kq2LmT7vWzR4bNcY8sDfGhJ1pAe5Uo3iBk'.split('').reverse().join('')}`;

function put(path: string, text: string): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  writeFileSync(join(workspace, path), text);
}

/** Stands before the scanner of that name; $real is the real one. */
function program(name: string, script: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\nreal=${findProgram(name) ?? 'false'}\n${script}\n`, { mode: 0o755 });
}

interface Row { readonly path: string; readonly status: string; readonly reason: string; readonly tools: readonly string[] }
interface Decision { readonly evidence: readonly Row[]; readonly findings: readonly { readonly rule: string; readonly tools: readonly string[] }[]; readonly reports: readonly { readonly bytes: number }[] }

interface Gated extends StepResult { readonly decision: Decision }

async function gate(scan: string, given: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}): Promise<Gated> {
  const step = await runBundle('security-gate', { workspace, with: { stage: 'all', policy: 'policy.yml', scan, ...given }, env: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, RUNNER_TEMP: root, ...env } });
  return { ...step, decision: JSON.parse(readFileSync(step.outputs['report'] ?? '', 'utf8')) as Decision };
}

const statuses = ({ decision }: Gated): readonly string[] => decision.evidence.filter(({ path }) => path.startsWith('scan ')).map(({ path, status }) => `${path.split(' ')[1]}: ${status}`);
const reasonOf = ({ decision }: Gated, scan: string): string => decision.evidence.find(({ path }) => path.startsWith(`scan ${scan}`))?.reason ?? '';

const PACKAGE = { name: 'shop', version: '1.0.0', dependencies: { lodash: '4.17.4' } };
const lockFile = (registry: string): string => JSON.stringify({ name: 'shop', version: '1.0.0', lockfileVersion: 3, packages: { '': PACKAGE, 'node_modules/lodash': { version: '4.17.4', resolved: `${registry}lodash/-/lodash-4.17.4.tgz` } } });
const npmSettings = (registry: string): Record<string, string> => ({ npm_config_registry: registry, npm_config_fetch_retries: '0', npm_config_cache: join(root, 'npm-cache'), npm_config_logs_max: '0' });
const ADVISORY = { id: 1, url: 'https://github.com/advisories/GHSA-fvqr-27wr-82fm', title: 'Prototype Pollution in lodash', severity: 'high', vulnerable_versions: '<4.17.5', cwe: ['CWE-471'], cvss: { score: 6.5, vectorString: null } };
const OSV = { id: 'PYSEC-2019-217', modified: '2021-01-01T00:00:00Z', aliases: ['CVE-2019-10906'], details: 'A sandbox escape in Jinja.', affected: [{ package: { ecosystem: 'PyPI', name: 'jinja2' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.10.1' }] }] }] };

function faultyShop(registry: string): void {
  put('src/report.py', 'import subprocess\n\ndef run(name):\n    subprocess.call("ls " + name, shell=True)\n');
  put('src/app.js', 'eval(location.hash);\n');
  put('src/settings.js', `export const token = '${key()}';\n`);
  put('rules.yml', JSON.stringify({ rules: [{ id: 'no-eval', languages: ['js'], severity: 'ERROR', message: 'eval', pattern: 'eval(...)' }] }));
  put('requirements.txt', 'jinja2==2.10\n');
  put('package.json', JSON.stringify(PACKAGE));
  put('package-lock.json', lockFile(registry));
}

describe('scanners that run', () => {
  needs('bandit', 'gitleaks', 'semgrep', 'pip-audit', 'npm')('find what is there, each is evidence of its kind, and nothing prints the secret', async () => {
    const registry = await loopback.web((request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(request.method === 'POST' ? { lodash: [ADVISORY] } : { name: 'lodash', versions: { '4.17.4': {}, '4.17.5': {} } })));
    const osv = await loopback.web((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ vulns: [OSV] })));
    faultyShop(registry);
    const gated = await gate(`bandit src, gitleaks dir src\nsemgrep --config rules.yml src\npip-audit -r requirements.txt --no-deps --disable-pip -s osv --osv-url ${osv}\nnpm audit`, {}, npmSettings(registry));
    expect({ code: gated.code, ...gated.outputs }).toMatchObject({ code: 1, verdict: 'fail' });
    expect(statuses(gated)).toEqual(['bandit: ok', 'gitleaks: ok', 'semgrep: ok', 'pip-audit: ok', 'npm: ok']);
    expect(gated.decision.findings.map(({ rule, tools }) => `${tools.join(' ')} ${rule}`).sort()).toEqual(['bandit B404', 'bandit B602', 'gitleaks github-pat', 'npm-audit GHSA-fvqr-27wr-82fm', 'pip-audit PYSEC-2019-217', 'semgrep no-eval']);
    for (const text of [gated.log, gated.summary, JSON.stringify(gated.decision), readFileSync(gated.outputs['sarif']!, 'utf8')]) expect(text).not.toContain(key());
    const kept = [...gated.log.matchAll(/(\/\S*slipway-scans-\S+\.json)/g)].map(([, path]) => path ?? '');
    expect(new Set(kept.filter((path) => existsSync(path))).size).toBe(4); // npm's goes to its standard output
  });
});

describe('scanners that do not', () => {
  needs('bandit', 'gitleaks', 'pip-audit', 'npm')('give no evidence, however they came to it, and say why', async () => {
    const registry = await loopback.web((_, response) => response.writeHead(503).end());
    faultyShop(registry);
    put('broken.toml', 'title = [');
    const nobody = 'http://127.0.0.1:1/';
    program('bandit', '"$real" "$@"\ncode=$?\nwhile [ $# -gt 0 ]; do [ "$1" = --output ] && report=$2; shift; done\nhead -c 300 "$report" > "$report.half"\nmv "$report.half" "$report"\nexit $code');
    program('semgrep', 'while [ $# -gt 0 ]; do [ "$1" = --output ] && report=$2; shift; done\nprintf %s \'{"version":"1.182.0","results":[],"errors":[],"paths":{"scanned":["src/app.js"]}}\' > "$report"\nkill -KILL $$');
    const gated = await gate(`bandit src\nsemgrep --config rules.yml src\ngitleaks dir --config broken.toml src\npip-audit -r requirements.txt --no-deps --disable-pip -s osv --osv-url ${nobody}\nnpm audit`, {}, npmSettings(registry));
    expect({ code: gated.code, ...gated.outputs }).toMatchObject({ code: 1, verdict: 'inconclusive', sarif: '' });
    expect(statuses(gated)).toEqual(['bandit: unreadable', 'semgrep: scanner failed', 'gitleaks: scanner failed', 'pip-audit: scanner failed', 'npm: scanner failed']);
    expect(reasonOf(gated, 'semgrep')).toBe('It was ended by a signal.');
    for (const [scan, reason] of [['gitleaks', 'toml'], ['pip-audit', 'wrote no report: requests.exceptions.ConnectionError'], ['npm', '503']] as const) expect(reasonOf(gated, scan)).toContain(reason);
  });

  needs('bandit', 'gitleaks')('looked at nothing, or not at all of it', async () => {
    put('src/broken.py', 'def run(:\n');
    mkdirSync(join(workspace, 'empty'));
    const gated = await gate('bandit src, bandit empty, gitleaks dir empty');
    expect(gated.outputs['verdict']).toBe('inconclusive');
    expect(statuses(gated)).toEqual(['bandit: incomplete', 'bandit: nothing scanned', 'gitleaks: nothing scanned']);
  });

  test('and are ended with all they started when the run is cancelled, and no output reads as a pass', async () => {
    program('bandit', 'sleep 300 &\nwait');
    const step = startBundle('security-gate', { workspace, with: { stage: 'all', policy: 'policy.yml', scan: 'bandit src' }, env: { PATH: `${programs}:${SYSTEM}`, RUNNER_TEMP: root } });
    await step.untilPrinted('bandit --recursive');
    await waitUntil('bandit has started another program', () => processesUsing(programs).some(({ command }) => command.startsWith('sleep')));
    const { outputs, code } = await step.cancel();
    expect(code).not.toBe(0);
    expect(outputs['verdict']).toBe('inconclusive');
    expect(processesUsing(programs)).toEqual([]);
  });
});

describe('scanners that have to be fetched', () => {
  const EVIL = gzipSync(Buffer.alloc(2_048));
  const env = (): Record<string, string> => ({ PATH: `${programs}:${SYSTEM}`, RUNNER_TOOL_CACHE: mkdtempSync(join(root, 'cache-')) });

  test('are none when the mirror sends something else, sends elsewhere, does not have it, or nothing is old enough', async () => {
    const asked: string[] = [];
    const elsewhere = await loopback.web((_, response) => response.end(EVIL));
    const mirror = await loopback.web((request, response) => {
      asked.push(request.url ?? '');
      if (request.url?.includes('/trivy/') === true) response.end(EVIL);
      else if (request.url?.includes('/grype/') === true) response.writeHead(302, { location: elsewhere }).end();
      else response.writeHead(404).end();
    });
    const gated = await gate('trivy fs, grype, trufflehog filesystem', { 'scanner-mirror': `${mirror}github` }, env());
    expect(gated.outputs['verdict']).toBe('inconclusive');
    expect(statuses(gated)).toEqual(['trivy: scanner failed', 'grype: scanner failed', 'trufflehog: scanner failed']);
    const pinned = LOCK['trivy']?.[0]?.artefacts['linux-x64'];
    expect(asked).toContain(`/github${pinned?.path}`);
    expect(reasonOf(gated, 'trivy')).toContain(`has sha256 ${createHash('sha256').update(EVIL).digest('hex')} (${EVIL.length} B), and pinned is ${pinned?.sha256}`);
    expect(reasonOf(gated, 'grype')).toContain(`${new URL(elsewhere).host} is not a host that scanners may come from. Those are: ${new URL(mirror).host}.`);
    expect(reasonOf(gated, 'trufflehog')).toContain('answered 404');
    const young = await gate('trivy fs', { 'scanner-mirror': mirror, 'scanner-minimum-age': '20000d' }, env());
    expect(reasonOf(young, 'trivy')).toContain('No release of trivy is old enough');
  });

  test('are none offline, also where somebody wrote into the tool cache', async () => {
    const surroundings = env();
    const folder = join(surroundings['RUNNER_TOOL_CACHE'] ?? '', 'slipway-trivy', LOCK['trivy']?.[0]?.version ?? '', process.arch);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'archive'), EVIL);
    writeFileSync(`${folder}.complete`, '');
    const gated = await gate('trivy fs', { 'scanner-offline': 'true' }, surroundings);
    expect(statuses(gated)).toEqual(['trivy: scanner failed']);
    expect(reasonOf(gated, 'trivy')).toContain('is neither on PATH nor in the tool cache, and nothing may be downloaded');
    expect(gated.log).toContain('in the tool cache is not what is pinned, and is not used: somebody else wrote there.');
  });
});
