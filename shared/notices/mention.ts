import { likelyMeant } from '#shared/core/nearest';

/** GitHub logins, in lower case, and the Slack IDs that belong to them. */
export type People = Readonly<Record<string, string>>;

/** Whom to call, as Slack writes it, and what could not be understood. */
export interface Mentions {
  readonly texts: readonly string[];
  readonly problems: readonly string[];
}

const EVERYBODY = new Set(['here', 'channel', 'everyone']);

/** Mentions out of `@here`, user and group IDs, and GitHub logins; `actor` and `author` stand for people of the run. */
export function mentionsOf(names: readonly string[], people: People, run: { readonly actor?: string | undefined; readonly author?: string | undefined }): Mentions {
  const found = [...new Set(names)].map((name) => mentionOf(name, people, run));
  const unique = new Set(found.flatMap(({ text }) => text ?? []));
  return { texts: [...unique], problems: found.flatMap(({ problem }) => problem ?? []) };
}

/** What is wrong with the form of a name to mention, or undefined. */
export function mentionMistake(name: string): string | undefined {
  return /^@?[A-Za-z0-9](?:[\w[\]-]{0,60})$/.test(name) ? undefined : `${JSON.stringify(name.slice(0, 40))} is neither @here, @channel, a Slack ID such as U024BE7LH or S0604QSJC, nor a GitHub login`;
}

/** Whether a text is a Slack ID of a person or a group. */
export function isSlackId(text: string): boolean {
  return /^[UWS][A-Z0-9]{5,20}$/.test(text);
}

function mentionOf(name: string, people: People, { actor, author }: { readonly actor?: string | undefined; readonly author?: string | undefined }): { readonly text?: string; readonly problem?: string } {
  const bare = name.replace(/^@/, '');
  // Only with its sign: somebody's GitHub login may be one of these words.
  if (name.startsWith('@') && EVERYBODY.has(bare)) return { text: `<!${bare}>` };
  if (isSlackId(bare)) return { text: idMention(bare) };
  const login = bare === 'actor' ? actor : bare === 'author' ? author : bare;
  if (login === undefined) return { problem: `nobody is known as the ${bare}` };
  const id = people[login.toLowerCase()];
  if (id !== undefined) return { text: idMention(id) };
  const near = likelyMeant(login.toLowerCase(), Object.keys(people));
  return { problem: `people has no Slack ID for ${login}${near === undefined ? '' : `; the nearest is ${near}`}` };
}

function idMention(id: string): string {
  return id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`;
}
