import { messageOf } from '#shared/core/errors';
import { type Repository, statusOf } from './questions.ts';

/** The newest commit that both have in their history, as GitHub knows them; otherwise a sentence that says why it is not known. */
export async function mergeBaseOnGitHub(repository: Repository, base: string, head: string): Promise<{ readonly commit: string } | string> {
  try {
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/compare/{basehead}', { ...repository.named, basehead: `${base}...${head}`, per_page: 1 });
    return { commit: data.merge_base_commit.sha };
  } catch (error) {
    const status = statusOf(error);
    return status === 403 || status === 404 ? 'the token needs contents: read to compare commits on GitHub' : `GitHub did not tell the merge base (${messageOf(error)})`;
  }
}
