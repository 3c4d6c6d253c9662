import { piecesOf } from './mrkdwn.ts';
import { isObject } from './rules.ts';
import type { Content } from './workspace.ts';

/** Everybody whom a message would call, as `!channel`, `@U…` or `!subteam^S…`; in whatever part of it. */
export function calledBy({ text, blocks = [], attachments = [] }: Content): readonly string[] {
  return [...mentionsIn(text), ...textsOf([blocks, attachments]).flatMap(({ text: one, isPlain }) => (isPlain ? [] : mentionsIn(one))), ...richMentions([blocks, attachments])];
}

/** Every link of a message: where it leads and what it is called. */
export function linksIn({ text, blocks = [], attachments = [] }: Content): readonly { readonly url: string; readonly label: string }[] {
  const formatted = [text, ...textsOf([blocks, attachments]).filter(({ isPlain }) => !isPlain).map((one) => one.text)];
  return formatted.flatMap((one) => piecesOf(one)).filter((piece) => piece.kind === 'link');
}

/** All that a reader sees in the blocks, a text a line, as it is sent. */
export function shownTexts({ blocks = [], attachments = [] }: Content): readonly string[] {
  return textsOf([blocks, attachments]).map(({ text }) => text);
}

interface ShownText {
  readonly text: string;
  readonly isPlain: boolean;
}

// Every member called `text` that is a string, wherever it stands. Markdown is taken to call people too.
function textsOf(value: unknown): readonly ShownText[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => textsOf(one));
  if (!isObject(value)) return [];
  const own = typeof value['text'] === 'string' ? [{ text: value['text'], isPlain: !['mrkdwn', 'markdown', undefined].includes(value['type'] as string | undefined) }] : [];
  return [...own, ...Object.values(value).flatMap((one) => textsOf(one))];
}

function richMentions(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => richMentions(one));
  if (!isObject(value)) return [];
  const { type, range, user_id: user, usergroup_id: group } = value;
  const own = type === 'broadcast' ? [`!${String(range as string)}`] : type === 'user' ? [`@${String(user as string)}`] : type === 'usergroup' ? [`!subteam^${String(group as string)}`] : [];
  return [...own, ...Object.values(value).flatMap((one) => richMentions(one))];
}

function mentionsIn(text: string): readonly string[] {
  return piecesOf(text).filter((piece) => piece.kind === 'mention').map(({ of }) => of);
}
