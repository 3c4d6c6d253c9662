import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitHub, type GitHubSettings, startGitHub } from '#shared/testing/github-api';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';
import { zip } from '#shared/testing/zip';

const POLICY = 'stages: { review: { require: sast, block: { severity: high, new: true } } }\n';
const bandit = (...rules: readonly string[]): string => JSON.stringify({
  errors: [], metrics: { 'app.py': { loc: 20 }, _totals: { loc: 20 } },
  results: rules.map((rule) => ({ test_id: rule, test_name: rule, issue_severity: 'HIGH', issue_confidence: 'HIGH', issue_text: `About ${rule}`, filename: 'app.py', line_number: 3, code: rule })),
});

let folder: string;
let main: string;
let head: string;
let decision: string;
const git = (...args: readonly string[]): string => execFileSync('git', ['-C', join(folder, 'clone'), '-c', 'user.name=ada', '-c', 'user.email=ada@example.com', ...args], { encoding: 'utf8' }).trim();

// Somebody's main branch, with a finding that is known, and a pull request that brings another.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gate-base-'));
  mkdirSync(join(folder, 'clone'));
  git('init', '--quiet', '--initial-branch', 'main');
  git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
  git('commit', '--quiet', '--allow-empty', '--message', 'Sell tea');
  main = git('rev-parse', 'HEAD');
  git('switch', '--quiet', '--create', 'coffee');
  git('commit', '--quiet', '--allow-empty', '--message', 'Sell coffee');
  head = git('rev-parse', 'HEAD');
  writeFileSync(join(folder, 'policy.yml'), POLICY);
  writeFileSync(join(folder, 'event.json'), JSON.stringify({ pull_request: { number: 7, base: { sha: main }, head: { sha: head } } }));
  writeFileSync(join(folder, 'before.json'), bandit('B602'));
  writeFileSync(join(folder, 'after.json'), bandit('B602', 'B301'));
  const before = await gate(join(folder, 'clone'), 'before.json', { 'output-folder': join(folder, 'kept', main) }, { GITHUB_SHA: main });
  expect(before.outputs).toMatchObject({ verdict: 'fail', new: '1' });
  decision = readFileSync(join(folder, 'kept', main, 'decision.json'), 'utf8');
});
afterAll(() => { rmSync(folder, { recursive: true }); });

function gate(workspace: string, report: string, given: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  const inputs = { stage: 'review', policy: join(folder, 'policy.yml'), reports: join(folder, report), ...given };
  return runBundle('security-gate', { workspace, with: inputs, env: { GITHUB_SHA: head, GITHUB_EVENT_PATH: join(folder, 'event.json'), ...env } });
}

async function withGitHub(settings: GitHubSettings, task: (github: GitHub) => Promise<void>): Promise<void> {
  const github = await startGitHub(settings);
  try {
    await task(github);
  } finally {
    await github.stop();
  }
}

function shallow(name: string): string {
  const path = join(folder, name);
  execFileSync('git', ['clone', '--quiet', '--depth', '1', '--branch', 'coffee', `file://${join(folder, 'clone')}`, path]);
  return path;
}

const ARTIFACT = { baseline: 'artifact:security-decision' };
const kept = (): GitHubSettings['artifacts'] => [{ name: 'security-decision', commit: main, zip: zip({ 'decision.json': decision }) }];

test('a pull request is held up by what it brings, and not by what was there: git knows the merge base', async () => {
  await withGitHub({ artifacts: kept()! }, async ({ apiUrl, token, leaked }) => {
    const { code, outputs, summary } = await gate(join(folder, 'clone'), 'after.json', { ...ARTIFACT, 'github-token': token }, { GITHUB_API_URL: apiUrl });
    expect({ code, ...outputs }).toMatchObject({ code: 1, verdict: 'fail', high: '2', new: '1', blocking: '1' });
    expect(summary).toContain(`New is what is not in ${main.slice(0, 12)}`);
    expect((await gate(join(folder, 'clone'), 'before.json', { ...ARTIFACT, 'github-token': token }, { GITHUB_API_URL: apiUrl })).outputs).toMatchObject({ verdict: 'pass', new: '0' });
    expect(leaked).toEqual([]);
  });
});

test('in a shallow clone GitHub tells the merge base', async () => {
  await withGitHub({ artifacts: kept()!, mergeBase: main }, async ({ apiUrl, token }) => {
    expect((await gate(shallow('asked'), 'after.json', { ...ARTIFACT, 'github-token': token }, { GITHUB_API_URL: apiUrl })).outputs).toMatchObject({ new: '1', blocking: '1' });
  });
});

test('a baseline kept by the commit\'s name needs no token', async () => {
  const path = join(folder, 'kept', '{merge-base}', 'decision.json');
  expect((await gate(join(folder, 'clone'), 'after.json', { baseline: path })).outputs).toMatchObject({ new: '1', blocking: '1' });
  const { outputs, summary } = await gate(shallow('untold'), 'after.json', { baseline: path });
  expect(outputs).toMatchObject({ new: '2', blocking: '2' });
  expect(summary).toContain('fetch-depth: 0, or give github-token');
});

test('a damaged baseline does not count: everything is new', async () => {
  await withGitHub({ artifacts: [{ ...kept()![0]!, zip: Buffer.from('PK\u0003\u0004 and nothing else') }] }, async ({ apiUrl, token }) => {
    const { outputs, summary } = await gate(join(folder, 'clone'), 'after.json', { ...ARTIFACT, 'github-token': token }, { GITHUB_API_URL: apiUrl });
    expect(outputs).toMatchObject({ new: '2', blocking: '2' });
    expect(summary).toContain('security-decision.zip does not count');
  });
});
