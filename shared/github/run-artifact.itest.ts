import { expect, test } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { runIdentity } from '#shared/runner/run-identity';
import { type ArtifactSettings, type GitHubSettings, startGitHub } from '#shared/testing/github-api';
import { repositoryOf } from './questions.ts';
import { artifactOf } from './run-artifact.ts';

const COMMIT = 'c'.repeat(40);
const KEPT: ArtifactSettings = { name: 'decision', commit: COMMIT, zip: Buffer.from('what was kept') };

async function found(settings: GitHubSettings): Promise<string> {
  const github = await startGitHub(settings);
  try {
    const repository = await repositoryOf({ apiUrl: github.apiUrl, token: new Secret(github.token) }, runIdentity({ GITHUB_REPOSITORY: 'octo-org/shop' }), new AbortController().signal);
    const artifact = await artifactOf(repository, 'decision', COMMIT);
    expect(github.leaked).toEqual([]);
    return typeof artifact === 'string' ? artifact : artifact.zip.toString();
  } finally {
    await github.stop();
  }
}

test('the newest of the commit, on whatever page it is', async () => {
  const others = Array.from({ length: 130 }, (_, index) => ({ ...KEPT, commit: index.toString(16).padStart(40, '0') }));
  expect(await found({ artifacts: [{ ...KEPT, zip: Buffer.from('older') }, KEPT, ...others] })).toBe('what was kept');
});

test.each<[string, GitHubSettings, string]>([
  ['there is none', {}, 'no run of cccccccccccc has an artifact decision'], ['it is of another commit', { artifacts: [{ ...KEPT, commit: 'd'.repeat(40) }] }, 'no run of'], ['a fork made it', { artifacts: [{ ...KEPT, isForeign: true }] }, 'no run of'],
  ['it has another name', { artifacts: [{ ...KEPT, name: 'decisions' }] }, 'no run of'], ['it has expired', { artifacts: [{ ...KEPT, isExpired: true }] }, 'has expired'], ['the token may not', { artifacts: [KEPT], permissions: ['contents'] }, 'the token needs actions: read'],
])('none when %s, and a sentence that says so', async (_name, settings, why) => {
  expect(await found(settings)).toContain(why);
});
