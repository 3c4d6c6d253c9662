import { afterEach, describe, expect, test } from '@jest/globals';
import type { Run } from '#shared/core/run';
import { Secret } from '#shared/core/secret';
import { type GitHub, type GitHubSettings, startGitHub } from '#shared/testing/github-api';
import { readRunContext, type RunContext } from './run-context.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const run: Run = { id: '812', attempt: 2, url: 'https://github.example/octo-org/shop/actions/runs/812/attempts/2', actor: 'ada', commit: SHA, ref: 'refs/heads/main', repository: 'octo-org/shop', workflow: 'Release' };
const github: GitHub[] = [];
const redact = (text: string): string => text.replaceAll('hunter2', '***');

afterEach(async () => {
  await Promise.all(github.splice(0).map((one) => one.stop()));
});

async function read(settings: GitHubSettings, { limit = 20_000, environment = 'production', token = undefined as string | undefined } = {}): Promise<RunContext & { api: GitHub }> {
  const api = await startGitHub(settings);
  github.push(api);
  const access = { apiUrl: api.apiUrl, token: new Secret(token ?? api.token), environment, redact };
  return { ...await readRunContext(access, run, AbortSignal.timeout(limit)), api };
}

const step = (name: string, conclusion: string | null, number: number) => ({ name, number, conclusion, status: 'completed' as const, started_at: '2026-11-21T14:00:00Z', completed_at: '2026-11-21T14:00:09Z' });

describe('the commit', () => {
  test('has its subject, its author, its pull request, and what changed since the last deployment', async () => {
    const { missing, commit, pullRequest, compareUrl } = await read({
      pullRequests: [{ number: 6, title: 'Open' }, { number: 7, title: 'Sell tea', mergedAs: SHA }],
      deployments: [
        { sha: SHA, environment: 'production', run: '812', states: ['in_progress', 'success'] },
        { sha: 'bad', environment: 'production', run: '811', states: ['in_progress', 'failure'] },
        { sha: 'staged', environment: 'staging', run: '810', states: ['success'] },
        { sha: 'good', environment: 'production', run: '809', states: ['in_progress', 'success', 'inactive'] },
        { sha: 'older', environment: 'production', run: '808', states: ['success', 'inactive'] },
      ],
    });
    expect(missing).toEqual([]);
    expect(commit).toEqual({ sha: SHA, subject: 'Sell tea', author: 'ada', url: `https://github.example/octo-org/shop/commit/${SHA}` });
    expect(pullRequest).toEqual({ number: 7, title: 'Sell tea', url: 'https://github.example/octo-org/shop/pull/7' });
    expect(compareUrl).toBe(`https://github.example/octo-org/shop/compare/good...${SHA}`);
  });

  test('by somebody whom GitHub does not know has the name in the commit', async () => {
    const { commit, compareUrl } = await read({ commit: { sha: SHA, message: 'One line', name: 'Charles Babbage' }, deployments: [{ sha: SHA, environment: 'production', run: '1', states: ['success'] }] });
    expect(commit).toMatchObject({ subject: 'One line', author: 'Charles Babbage' });
    expect(compareUrl).toBeUndefined();
  });
});

describe('the jobs', () => {
  test('come from all pages, in the order they started; matrix, called workflows and earlier attempts told apart', async () => {
    const many = Array.from({ length: 240 }, (_, index) => ({ name: `test (node ${index})`, startedAt: `2026-11-21T14:${String(10 + Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}Z` }));
    const { jobs, failing, missing } = await read({ jobs: [
      ...many.toReversed(),
      { name: 'release / deploy', conclusion: 'failure', startedAt: '2026-11-21T15:00:00Z', log: 'old' },
      { name: 'release / deploy', attempt: 2, status: 'in_progress', startedAt: '2026-11-21T16:00:00Z' },
      { name: 'release / deploy', attempt: 3, status: 'queued', startedAt: '2026-11-21T17:00:00Z' },
    ] });
    expect(missing).toEqual([]);
    expect(jobs.map(({ name }) => name)).toEqual([...many.map(({ name }) => name), 'release / deploy']);
    expect(jobs.at(-1)).toMatchObject({ attempt: 2, status: 'in_progress', conclusion: null, completedAt: undefined, startedAt: '2026-11-21T16:00:00Z' });
    expect(jobs[0]).toMatchObject({ attempt: 1, conclusion: 'success' });
    expect(failing).toBeUndefined();
  });

  test('that fail are told with step and end of the log, secrets hidden, and the token goes to GitHub alone', async () => {
    const line = (second: string, text: string): string => `2026-11-21T14:00:${second}.1234567Z ${text}`;
    const { failing, api } = await read({ jobs: [
      { name: 'lint', conclusion: 'failure', completedAt: '2026-11-21T14:30:00Z', log: 'later' },
      {
        name: 'build', conclusion: 'failure', completedAt: '2026-11-21T14:00:30Z', steps: [step('Check out', 'success', 1), step('Compile', 'failure', 2)],
        log: [line('01', '##[group]Run make'), line('01', '##[endgroup]'), line('02', '\u001B[31mno rule for hunter2\u001B[0m'), line('03', '##[error]Process completed with exit code 2.'), line('20', 'Cleaning up')].join('\n'),
      },
    ] });
    expect(failing).toEqual({ job: 'build', step: 'Compile', url: 'https://github.example/octo-org/shop/actions/runs/812/job/2#step:2:1', logTail: 'Run make\nno rule for ***\nError: Process completed with exit code 2.' });
    expect(api.requests).toContain('GET storage/2');
    expect(api.leaked).toEqual([]);
  });

  test('that still run and have a failed step are failing, without a log yet', async () => {
    const { failing, missing } = await read({ jobs: [{ name: 'deploy', attempt: 2, status: 'in_progress', steps: [step('Switch', 'failure', 3), { ...step('Tell', null, 4), status: 'in_progress' }] }] });
    expect(failing).toMatchObject({ job: 'deploy', step: 'Switch', logTail: '' });
    expect(missing).toEqual([]);
  });

  test('have logs of any size', async () => {
    const { failing } = await read({ jobs: [{ name: 'build', conclusion: 'failure', log: `${'x'.repeat(99)}\n`.repeat(200_000) + 'the end' }] });
    expect(failing?.logTail.split('\n')).toHaveLength(20);
    expect(failing?.logTail).toMatch(/the end$/);
  });
});

describe('what is missing', () => {
  test('is named as a workflow writes permissions, and the rest is told', async () => {
    const { missing, commit, jobs } = await read({ permissions: ['contents'], jobs: [{ name: 'build' }] });
    expect(missing.toSorted()).toEqual(['actions: read (the jobs of the run)', 'deployments: read (the last deployment to production)', 'pull-requests: read (the pull request of the commit)']);
    expect(commit?.subject).toBe('Sell tea');
    expect(jobs).toEqual([]);
  });

  test('is a token', async () => {
    expect(await readRunContext({ apiUrl: 'http://127.0.0.1:9', redact }, run, AbortSignal.timeout(1_000))).toEqual({ jobs: [], missing: ['a token to ask GitHub with'] });
    expect((await read({}, { token: 'ghs_old' })).missing).toContain('the commit: GitHub does not take the token');
  });

  test('is what does not come in time, or at all', async () => {
    const slow = await read({ delay: 60_000 }, { limit: 300 });
    expect(slow.missing).toContain('the jobs of the run: GitHub did not answer in time');
    const nowhere = await readRunContext({ apiUrl: 'http://127.0.0.1:9', token: new Secret('x'), redact }, run, AbortSignal.timeout(5_000));
    expect(nowhere.missing).toContainEqual(expect.stringMatching(/^the commit: /));
  });
});

test('GitHub Enterprise has its API below a path', async () => {
  const { api, commit } = await read({ prefix: '/api/v3' });
  expect(commit?.author).toBe('ada');
  expect(api.requests.every((request) => request.includes('/api/v3/'))).toBe(true);
});
