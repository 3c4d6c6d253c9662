import { createHash } from 'node:crypto';
import { messageOf } from '#shared/core/errors';
import { type Repository, statusOf } from '#shared/github/questions';
import { looseList, looseMapping, looseText, type Loose } from './ignores/ignore-file.ts';

/** Who brought lines of a file, and who reviewed that. Logins in small letters. */
export interface Change {
  /** Lines, counted from 1, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly commit: string;
  readonly authors: readonly string[];
  readonly pulls: readonly Pull[];
}

/** A pull request that a commit came by. */
export interface Pull {
  readonly number: number;
  readonly author: string;
  /** Who approved it as it is now, or as it was merged. */
  readonly approvers: readonly string[];
}

const QUESTION = `query($owner: String!, $name: String!, $commit: String!, $blob: String!, $path: String!) {
  repository(owner: $owner, name: $name) {
    file: object(expression: $blob) { oid }
    commit: object(expression: $commit) { ... on Commit { blame(path: $path) { ranges { startingLine endingLine commit {
      oid
      authors(first: 20) { nodes { user { login } } }
      associatedPullRequests(first: 5) { nodes { number headRefOid author { login } reviews(states: [APPROVED], first: 100) { nodes { author { login } commit { oid } } } } }
    } } } } }
  }
}`;

/**
 * Who brought each line of a file as it is at a commit, by GitHub's blame; a sentence that says why it is not known, otherwise.
 * `text` is the file as this run reads it: another one would have lines that nobody reviewed.
 */
export async function historyOf(repository: Repository, { path, commit, text }: { readonly path: string; readonly commit: string; readonly text: string }): Promise<readonly Change[] | string> {
  const { owner, repo: name } = repository.named;
  try {
    const { data } = await repository.ask('POST /graphql', { query: QUESTION, variables: { owner, name, commit, blob: `${commit}:${path}`, path } });
    const { file, commit: found } = looseMapping(looseMapping(looseMapping(data)['data'])['repository']);
    if (looseText(looseMapping(file)['oid']) === undefined) return `GitHub has no ${path} at commit ${commit.slice(0, 12)}${faultsOf(data)}`;
    if (looseMapping(file)['oid'] !== blobName(text)) return `${path} is not the same here as at commit ${commit.slice(0, 12)}`;
    const ranges = looseList(looseMapping(looseMapping(found)['blame'])['ranges']);
    return ranges.length === 0 ? `GitHub tells nothing about the lines of ${path}${faultsOf(data)}` : ranges.map(changeOf);
  } catch (error) {
    const status = statusOf(error);
    return status === undefined || status >= 500 ? `GitHub did not answer (${messageOf(error)})` : `GitHub refused (${status}): the token needs contents: read and pull-requests: read`;
  }
}

/** Git's name for a file's content. */
export function blobName(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function changeOf({ startingLine, endingLine, commit }: Loose): Change {
  const about = looseMapping(commit);
  return {
    from: Number(startingLine), to: Number(endingLine), commit: looseText(about['oid']) ?? '',
    authors: nodesOf(about['authors']).map(({ user }) => loginOf(user)).filter((login) => login !== ''),
    pulls: nodesOf(about['associatedPullRequests']).map(pullOf),
  };
}

// An approval is of the commit that was the newest then: what was pushed after it, nobody has approved.
function pullOf({ number, headRefOid, author, reviews }: Loose): Pull {
  const approvals = nodesOf(reviews).filter(({ commit }) => looseMapping(commit)['oid'] === headRefOid);
  return { number: Number(number), author: loginOf(author), approvers: approvals.map((review) => loginOf(review['author'])).filter((login) => login !== '') };
}

function nodesOf(connection: unknown): readonly Loose[] {
  return looseList(looseMapping(connection)['nodes']);
}

function loginOf(actor: unknown): string {
  return (looseText(looseMapping(actor)['login']) ?? '').toLowerCase();
}

function faultsOf(answer: unknown): string {
  const [first] = looseList(looseMapping(answer)['errors']);
  const message = looseText(first?.['message']);
  return message === undefined ? '' : `: ${message}`;
}
