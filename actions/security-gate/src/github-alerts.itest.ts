import { afterEach, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitHub, type GitHubSettings, startGitHub } from '#shared/testing/github-api';
import { REPORTS } from '#shared/testing/report-lines';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';

const COMMIT = 'c'.repeat(40);
const ANALYSIS = { ref: 'refs/pull/7/merge', commit_sha: COMMIT, category: '/language:js', created_at: new Date().toISOString(), error: '', results_count: 0, tool: { name: 'CodeQL', version: '2.23.3' } };
const POLICY = 'stages: { mine: { require: [sast, sca], block: { severity: high }, exceptions: suppressions } }\n';
const alerts = (name: string): readonly object[] => JSON.parse(readFileSync(join(REPORTS, name, 'alerts.json'), 'utf8')) as readonly object[];

let github: GitHub | undefined;
afterEach(async () => github?.stop());

async function gateWith(settings: GitHubSettings): Promise<StepResult> {
  github = await startGitHub(settings);
  const workspace = mkdtempSync(join(tmpdir(), 'gate-alerts-'));
  try {
    writeFileSync(join(workspace, 'policy.yml'), POLICY);
    const given = { stage: 'mine', policy: 'policy.yml', 'github-alerts': 'code-scanning\ndependabot', 'github-token': github.token };
    return await runBundle('security-gate', { workspace, with: given, env: { GITHUB_API_URL: github.apiUrl, GITHUB_SHA: COMMIT, GITHUB_REF: 'refs/pull/7/merge' } });
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

test('alerts of every page are findings, and evidence where none is', async () => {
  const [open = {}, dismissed = {}] = alerts('github-dependabot');
  const { code, outputs, summary } = await gateWith({ codeScanning: { analyses: [ANALYSIS], alerts: alerts('github-code-scanning') }, dependabot: [...Array.from({ length: 130 }, () => dismissed), open] });
  expect({ code, ...outputs }).toMatchObject({ code: 1, verdict: 'fail', critical: '1', high: '1', blocking: '2' });
  expect(summary).toContain('lodash');
  expect(github?.requests.filter((path) => path.includes('/dependabot/alerts'))).toHaveLength(2);
  expect(github?.requests.find((path) => path.includes('/code-scanning/alerts'))).toContain('ref=refs%2Fpull%2F7%2Fmerge');
});

test.each<[string, GitHubSettings, string]>([
  ['no permission', { permissions: ['contents'] }, 'unreadable'], ['both switched off', { codeScanning: 'off', dependabot: 'off' }, 'nothing scanned'], ['no analysis', {}, 'nothing scanned'],
  ['an analysis of another commit', { codeScanning: { analyses: [{ ...ANALYSIS, commit_sha: 'd'.repeat(40) }], alerts: [] } }, 'wrong subject'],
])('%s never opens the gate', async (_name, settings, status) => {
  const { code, outputs, summary } = await gateWith(settings);
  expect({ code, ...outputs }).toMatchObject({ code: 1, verdict: 'inconclusive', sarif: '' });
  expect(summary).toContain(`❌ ${status}`);
});

test('analysed and without alerts is clean', async () => {
  expect((await gateWith({ codeScanning: { analyses: [ANALYSIS], alerts: [] } })).outputs).toMatchObject({ verdict: 'pass' });
});
