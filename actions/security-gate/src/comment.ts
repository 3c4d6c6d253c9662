import { messageOf } from '#shared/core/errors';
import { type Repository, statusOf } from '#shared/github/questions';
import { renderSummary, type SummarySection } from '#shared/runner/summary';

// GitHub takes 65,536 characters; no text has more characters than bytes.
const LONGEST_BODY = 65_000;
const PAGE = 100;
const MOST_PAGES = 30;

interface Comment {
  readonly id: number;
  readonly body: string;
}

/** What a comment says, with the hidden mark by which later runs find it. */
export function commentBody(sections: readonly SummarySection[], mark: string): string {
  return `${markText(mark)}\n${renderSummary(sections, LONGEST_BODY - markText(mark).length - 1)}`;
}

/**
 * Puts the text into the one comment on a pull request that bears the mark and is our own; makes it if there is none, and takes away what
 * is there twice. Returns why it could not.
 */
export async function putComment(repository: Repository, pull: number, mark: string, body: string): Promise<string | undefined> {
  try {
    const me = await ownLogin(repository);
    const [first, ...others] = await ownComments(repository, pull, mark, me);
    if (first !== undefined) await replace(repository, first, others, body);
    else await create(repository, pull, mark, me, body);
    return undefined;
  } catch (error) {
    const status = statusOf(error);
    if (status === 403 || status === 404) return `GitHub refused it (${status}): the token needs pull-requests: write, which it never has on pull requests from forks`;
    return messageOf(error);
  }
}

// Two runs may both find no comment: each looks again after making its own, and all keep the oldest.
async function create(repository: Repository, pull: number, mark: string, me: string, body: string): Promise<void> {
  const { data } = await repository.ask('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repository.named, issue_number: pull, body });
  const [first, ...others] = await ownComments(repository, pull, mark, me);
  if (first !== undefined && first.id !== Number(data.id)) await replace(repository, first, others, body);
}

async function replace(repository: Repository, first: Comment, others: readonly Comment[], body: string): Promise<void> {
  if (first.body !== body) await repository.ask('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repository.named, comment_id: first.id, body });
  for (const { id } of others) {
    await repository.ask('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repository.named, comment_id: id }).catch((error: unknown) => {
      if (statusOf(error) !== 404) throw error;
    });
  }
}

// Anybody may write our mark into a comment: only what we wrote ourselves is ours. GET /user is closed to the tokens of workflows and apps.
async function ownLogin(repository: Repository): Promise<string> {
  const { data } = await repository.ask('POST /graphql', { query: 'query { viewer { login } }' });
  const { data: { viewer } } = data as { readonly data: { readonly viewer: { readonly login: string } } };
  return viewer.login;
}

async function ownComments(repository: Repository, pull: number, mark: string, me: string): Promise<readonly Comment[]> {
  const found: Comment[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repository.named, issue_number: pull, per_page: PAGE, page });
    found.push(...data.filter(({ body, user }) => body?.startsWith(markText(mark)) === true && sameLogin(user?.login ?? '', me)).map(({ id, body }) => ({ id: Number(id), body: body ?? '' })));
    if (data.length < PAGE) break;
  }
  return found.toSorted((one, other) => one.id - other.id);
}

// REST calls an app's account app[bot], GraphQL may leave the ending out.
function sameLogin(one: string, other: string): boolean {
  const plain = (login: string): string => login.toLowerCase().replace(/\[bot\]$/, '');
  return plain(one) === plain(other);
}

function markText(mark: string): string {
  return `<!-- slipway security-gate: ${mark.replaceAll(/[^\w. -]/g, '_').replaceAll('--', '- -')} -->`;
}
