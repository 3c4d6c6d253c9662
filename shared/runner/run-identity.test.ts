import { expect, test } from '@jest/globals';
import { runIdentity } from './run-identity.ts';

test("a workflow run is named by GitHub's variables", () => {
  expect(runIdentity({
    GITHUB_RUN_ID: '812', GITHUB_RUN_ATTEMPT: '2', GITHUB_SERVER_URL: 'https://ghe.example.com', GITHUB_REPOSITORY: 'o/r', GITHUB_ACTOR: 'ann',
    GITHUB_TRIGGERING_ACTOR: 'bob', GITHUB_SHA: 'abc', GITHUB_REF: 'refs/tags/v1', GITHUB_WORKFLOW: 'Release',
  })).toEqual({
    id: '812', attempt: 2, url: 'https://ghe.example.com/o/r/actions/runs/812/attempts/2', actor: 'bob', commit: 'abc', ref: 'refs/tags/v1', repository: 'o/r', workflow: 'Release',
  });
});

test('a run by hand is one of the shell it was started from', () => {
  const run = runIdentity({});
  expect(run).toMatchObject({ id: `local-${process.ppid}`, attempt: 1, url: '', repository: '' });
  expect(run.actor).not.toBe('');
});

test('a name far longer than GitHub gives is cut', () => {
  expect(runIdentity({ GITHUB_RUN_ID: '1', GITHUB_ACTOR: 'a'.repeat(65_536) }).actor).toHaveLength(300);
});
