import type { Run } from '#shared/core/run';
import type { Repository } from './questions.ts';
import type { RunContext } from './run-context.ts';

/** The commit that the run releases. */
export async function readCommit(repository: Repository, { commit: ref }: Run): Promise<RunContext['commit'] & object> {
  const { data } = await repository.ask('GET /repos/{owner}/{repo}/commits/{ref}', { ...repository.named, ref });
  return { sha: data.sha, subject: data.commit.message.split(/\r?\n/, 1)[0] ?? '', author: loginOf(data.author) ?? data.commit.author?.name ?? '', url: data.html_url };
}

/** The pull request by which the commit came: the one it merged, or else one it is part of; undefined without one. */
export async function readPullRequest(repository: Repository, { commit }: Run): Promise<RunContext['pullRequest']> {
  const { data } = await repository.ask('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { ...repository.named, commit_sha: commit });
  const found = data.find((one) => one.merge_commit_sha === commit && one.merged_at !== null) ?? data.find(({ merged_at: merged }) => merged !== null) ?? data[0];
  return found && { number: found.number, title: found.title, url: found.html_url };
}

// An author that GitHub does not know is null, or an object without members.
function loginOf(author: object | null): string | undefined {
  return author !== null && 'login' in author && typeof author.login === 'string' ? author.login : undefined;
}
