import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { blobName } from '#shared/policy/history';
import { dayText } from '#shared/policy/day';
import { type Step, runBundle } from '#shared/testing/run-bundle';
import { startPullRequestApi, type PullRequestApi } from '#shared/testing/pull-request-api';
import { SOUND_REPORTS } from '#shared/testing/sound-reports';
import { tellStory } from '#shared/testing/tell-story';
import { action } from './inputs.ts';
import { securityGate } from './security-gate.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const day = (days: number): string => dayText(new Date(Date.now() + days * 86_400_000));
const vulnerable = (severity: string): string => JSON.stringify({
  SchemaVersion: 2, ArtifactName: '.', ArtifactType: 'filesystem', Results: [{ Target: 'services/erp/requirements.txt', Class: 'lang-pkgs', Type: 'pip', Packages: [{ Name: 'requests' }], Vulnerabilities: [{
    VulnerabilityID: 'CVE-2026-1111', PkgName: 'requests', PkgIdentifier: { PURL: 'pkg:pypi/requests@2.31.0' }, InstalledVersion: '2.31.0', FixedVersion: '2.32.0', Severity: severity, Title: 'Redirects',
  }] }],
});
const POLICY = 'stages: { staging: { require: [sca, secrets], block: [{ severity: high }, { kinds: secrets }], exceptions: [suppressions, vex, waivers] } }\n';
const waiver = (): string => `waivers:\n  - finding: CVE-2026-1111\n    stages: [staging]\n    reason: Not reachable from outside.\n    requested-by: ada\n    approved-by: grace\n    created: ${day(-1)}\n    expires: ${day(5)}\n`;

let workspace = '';
let api: PullRequestApi;
beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'gate-'));
  put('reports/trivy.json', vulnerable('HIGH'));
  put('policy.yml', POLICY);
  put('waivers.yml', waiver());
  put('leaks.json', '[]');
  put('event.json', JSON.stringify({ pull_request: { number: 7, head: { sha: 'a'.repeat(40) } } }));
  const ranges = [{ startingLine: 1, endingLine: 8, commit: {
    oid: 'c0ffee', authors: { nodes: [{ user: { login: 'ada' } }] },
    associatedPullRequests: { nodes: [{ number: 5, headRefOid: 'h', author: { login: 'ada' }, reviews: { nodes: [{ author: { login: 'grace' }, commit: { oid: 'h' } }] } }] },
  } }];
  api = await startPullRequestApi({ blame: { repository: { file: { oid: blobName(waiver()) }, commit: { blame: { ranges } } } } });
});
afterAll(async () => {
  await api.stop();
  rmSync(workspace, { recursive: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(workspace, path)), { recursive: true });
  writeFileSync(join(workspace, path), text);
}

const BASE = { stage: 'staging', policy: 'policy.yml', reports: 'reports/trivy.json\ngitleaks=leaks.json' };
const gate = async (given: Readonly<Record<string, string>>, step: Step = {}) => runBundle('security-gate', { workspace, with: { ...BASE, ...given }, ...step });

describe('in a workflow', () => {
  test('a finding blocks: outputs, summary, annotation, decision and SARIF say so', async () => {
    const { code, outputs, summary, annotations } = await gate({});
    expect(code).toBe(1);
    expect(outputs).toMatchObject({ verdict: 'fail', blocking: '1', critical: '0', high: '1', new: '1', waived: '0', 'findings-hash': '' });
    expect(summary).toMatch(/^## ❌ Security gate · staging\n\nstaging is blocked by 1 finding \(1 high\)\./);
    expect(annotations[0]).toMatchObject({ level: 'error', title: 'high: CVE-2026-1111: Redirects', message: expect.stringContaining('Update requests from 2.31.0 to 2.32.0.') });
    expect(annotations.at(-1)).toMatchObject({ level: 'error', message: 'staging is blocked by 1 finding (1 high).' });
  });

  test('a file of a folder is of the tool that is said of it, wherever that is said, and read once', async () => {
    put('reports/leaks.json', '[]');
    for (const reports of ['reports/\ngitleaks=./reports/leaks.json', 'gitleaks=reports/leaks.json\nreports/']) {
      const { annotations, summary } = await gate({ reports });
      expect(annotations.at(-1)?.message).toBe('staging is blocked by 1 finding (1 high).');
      expect(summary.match(/reports\/leaks\.json/g)).toHaveLength(1);
    }
    rmSync(join(workspace, 'reports/leaks.json'));
  });

  test('a waiver whose approval GitHub proves opens it, the comment tells, and what was known is not new again', async () => {
    const env = { GITHUB_API_URL: api.apiUrl, GITHUB_EVENT_PATH: join(workspace, 'event.json') };
    const given = { waivers: 'waivers.yml', 'github-token': api.token, comment: 'true', 'output-folder': join(workspace, 'out') };
    const { code, outputs, summary } = await gate(given, { env });
    expect({ code, ...outputs }).toMatchObject({ code: 0, verdict: 'pass', blocking: '0', waived: '1', report: join(workspace, 'out/decision.json'), sarif: join(workspace, 'out/findings.sarif') });
    expect(summary).toContain('grace (proven)');
    expect(api.comments.map(({ body }) => body)).toEqual([expect.stringMatching(/^<!-- slipway security-gate: staging -->\n## ✅ Security gate · staging\n/)]);
    const decision = JSON.parse(readFileSync(outputs['report']!, 'utf8')) as { findings: object[]; evidence: object[] };
    expect(decision).toMatchObject({ format: 'slipway-security-decision/1', verdict: 'pass', findings: [{ outcome: 'waived', waiver: { approval: { state: 'proven', by: 'grace approved #5' } } }] });
    const again = await gate({ ...given, baseline: join(workspace, 'out/decision.json'), comment: 'false' }, { env });
    expect(again.outputs).toMatchObject({ new: '0', verdict: 'pass' });
  });

  test('missing evidence holds it: no SARIF, and no output that reads as a pass', async () => {
    const { code, outputs, summary } = await gate({ reports: 'gone/*.json' });
    expect({ code, ...outputs }).toMatchObject({ code: 1, verdict: 'inconclusive', sarif: '' });
    expect(summary).toContain('❌ missing');
  });

  test.each([
    ['a policy with a typo', { policy: 'typo.yml' }, 'stages.staging.blok is unknown; the nearest is block'], ['a policy that is not there', { policy: 'gone.yml' }, 'gone.yml cannot be read'],
    ['waivers that are not there', { waivers: 'gone.yml' }, 'gone.yml cannot be read'], ['waivers that are no YAML', { waivers: 'broken.yml' }, 'broken.yml: the YAML has a mistake'],
    ['a waiver of a stage that is not there', { waivers: 'stagin.yml' }, 'waivers[0]: the policy has no stage stagin'], ['an unknown stage', { stage: 'stagin' }, 'The policy has no stage stagin; the nearest is staging'],
    ['VEX that is none', { vex: 'policy.yml' }, 'policy.yml cannot be read'], ['an ignore file that is not there', { 'ignore-files': '.trivyignore' }, 'ignore-files: there is no file'],
    ['a KEV file that is none', { 'kev-file': 'leaks.json' }, 'leaks.json is not the KEV catalogue'],
  ])('%s decides nothing, and says inconclusive', async (_, given, message) => {
    put('typo.yml', POLICY.replace('block', 'blok'));
    put('broken.yml', 'waivers: [');
    put('stagin.yml', waiver().replace('[staging]', '[stagin]'));
    const inputs = { ...BASE, reports: join(workspace, 'reports'), policy: join(workspace, 'policy.yml'), ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, name === 'stage' ? value : join(workspace, value)])) };
    const { outputs, failure } = await tellStory(action, securityGate, inputs);
    expect({ verdict: outputs['verdict'], told: failure?.message }).toEqual({ verdict: 'inconclusive', told: expect.stringContaining(message) });
  });

  test('no report at all is a mistake in the inputs', async () => {
    expect((await tellStory(action, securityGate, { stage: 'build', reports: '' })).failure?.message).toContain('no report is no evidence');
  });
});

describe('on a terminal', () => {
  const call = (...words: readonly string[]) => spawnSync(`${ROOT}node_modules/node/bin/node`, [`${ROOT}actions/security-gate/src/index.ts`, ...words], { cwd: workspace, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: workspace } });

  test('it decides the same, readably, and prints nothing that only a runner understands', () => {
    const value = ['AKIA', 'IOSFODNN7EXAMPLQ'].join('');
    put('found/leaks.json', JSON.stringify([{ RuleID: 'aws-access-token', Description: 'AWS key', File: 'a.py', StartLine: 3, Secret: value, Match: `k=${value}`, Fingerprint: 'a.py:x:3' }]));
    const { status, stdout, stderr } = call('--stage', 'pre-commit', 'found/', '--explain', 'aws-access-token');
    expect(status).toBe(1);
    expect(stderr).toBe('pre-commit is blocked by 1 finding (1 critical).\n');
    expect(stdout).toMatch(/^CRITICAL {2}aws-access-token: AWS key\n {4}a\.py:3 · gitleaks\n {4}Revoke it/);
    expect(stdout).toContain('rule      any secret: met — this one decides');
    expect(stdout + stderr).not.toMatch(new RegExp(`::|${value}`));
  });

  test('it exits with 0 where nothing blocks', () => {
    put('clean/bandit.json', SOUND_REPORTS['bandit']!.text);
    put('own.yml', 'stages: { mine: { require: sast, block: { severity: high } } }');
    expect(call('--stage=mine', '--policy', 'own.yml', 'clean')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('mine may go on: nothing blocks.') });
  });
});
