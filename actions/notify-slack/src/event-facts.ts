type Json = Readonly<Record<string, unknown>>;

/** What the event that started the run says of its commit; only its hash where it says nothing. */
export function commitOf(event: Json, sha: string, url: string): { readonly sha: string; readonly subject: string; readonly author: string; readonly url: string } {
  const head = objectIn(event, 'head_commit');
  const isIt = head['id'] === sha;
  const author = objectIn(head, 'author');
  return {
    sha, url: sha === '' ? '' : url, subject: isIt ? textIn(head, 'message').split('\n')[0] ?? '' : '',
    author: isIt ? textIn(author, 'username') || textIn(author, 'name') : '',
  };
}

/** The pull request that started the run, if one did. */
export function pullRequestOf(event: Json): { readonly number: number; readonly title: string; readonly url: string } | undefined {
  const pull = objectIn(event, 'pull_request');
  const { number } = pull;
  return typeof number === 'number' ? { number, title: textIn(pull, 'title'), url: textIn(pull, 'html_url') } : undefined;
}

function objectIn(from: Json, name: string): Json {
  const value = from[name];
  return typeof value === 'object' && value !== null ? value as Json : {};
}

function textIn(from: Json, name: string): string {
  const value = from[name];
  return typeof value === 'string' ? value : '';
}
