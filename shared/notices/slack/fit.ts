import { cut } from '../cut.ts';
import { findingsOf, findingText, textPlaces, weightOf, type Finding } from './inspect.ts';
import { HEAVIEST_BLOCKS, LIMITS } from './limits.ts';
import { context, type Message } from './message.ts';
import { link, UNBREAKABLE } from './mrkdwn.ts';
import { withValue } from './places.ts';

/** A message that Slack accepts, and what had to be changed for it, each as one line. */
export interface Fitted {
  readonly message: Message;
  readonly changes: readonly string[];
}

const MOST_ROUNDS = 60;
const SHORTEST = 200; // characters that a text keeps while others are longer
const NOTE_ID = 'slipway-shortened';
const BOX_END = '\n```';
const MOST_BLOCKS = LIMITS.find(({ of, at }) => of === 'message' && at === 'blocks')!.most;

/**
 * A message within Slack's limits: texts are cut, what is too many is left out, what cannot be mended goes; a last line then
 * says so and leads to the whole at `address`. The text for notifications stays in any case.
 */
export function fit(message: Message, address: string): Fitted {
  const changes: string[] = [];
  let fitted = message;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const [finding] = findingsOf(fitted);
    const isDone = finding === undefined && (changes.length === 0 || hasNote(fitted));
    if (isDone) return { message: fitted, changes };
    if (finding !== undefined) changes.push(findingText(finding));
    fitted = finding === undefined ? withNote(fitted, address) : mended(fitted, finding);
  }
  return { message: withNote({ text: fitted.text, blocks: [] }, address), changes };
}

function mended(message: Message, { path, limit, message: what }: Finding): Message {
  if (path.length === 1 && path[0] === 'text') return { ...message, text: message.text === '' ? 'Notice' : shortened(message.text, limit?.most ?? 1) };
  if (path.length === 1) return limit === undefined ? lessText(message) : { ...message, blocks: message.blocks.slice(0, limit.most - 1) };
  const value = path.reduce<unknown>((node, step) => (node as Readonly<Record<string | number, unknown>>)[step], message);
  if (limit?.beyond === 'cut' && typeof value === 'string') return withValue(message, path, shortened(value, limit.most));
  if (limit?.beyond === 'cut' && Array.isArray(value)) return withValue(message, path, value.slice(0, limit.most));
  if (path.at(-1) === 'text' && what === 'is empty') return withValue(message, path, '–');
  if (path.at(-1) === 'block_id') return withValue(message, path, undefined);
  return without(message, path);
}

// The innermost list item around the place goes; with the last of a list, what holds the list.
function without(message: Message, path: readonly (string | number)[]): Message {
  const last = path.findLastIndex((step) => typeof step === 'number');
  const [listPath, index] = [path.slice(0, last), path[last]];
  const list = listPath.reduce<unknown>((node, step) => (node as Readonly<Record<string | number, unknown>>)[step], message);
  if (!Array.isArray(list)) return { ...message, blocks: [] };
  if (list.length === 1 && listPath.length > 1) return without(message, listPath);
  return withValue(message, listPath, list.filter((_, position) => position !== index));
}

// The longest text gives way first.
function lessText(message: Message): Message {
  const [longest] = [...textPlaces(message.blocks)].sort((one, other) => (other.value as string).length - (one.value as string).length);
  const text = longest?.value as string;
  const excess = weightOf(message.blocks) - HEAVIEST_BLOCKS;
  if (longest === undefined || text.length <= SHORTEST) return { ...message, blocks: message.blocks.slice(0, -1) };
  const most = Math.max(SHORTEST, text.length - excess, Math.ceil(text.length / 2));
  return { ...message, blocks: withValue(message.blocks, longest.path, shortened(text, most)) };
}

/** The text in at most `most` characters; a box of code that is cut is closed again. */
function shortened(text: string, most: number): string {
  const shorter = cut(text, most, { whole: UNBREAKABLE });
  if (!endsInBox(shorter) || most < 20) return shorter;
  const inside = cut(text, most - BOX_END.length, { whole: UNBREAKABLE });
  return endsInBox(inside) ? inside + BOX_END : inside;
}

function endsInBox(text: string): boolean {
  return text.split('```').length % 2 === 0;
}

function hasNote({ blocks }: Message): boolean {
  return blocks.some(({ block_id: id }) => id === NOTE_ID);
}

function withNote({ text, blocks }: Message, address: string): Message {
  const note = { ...context(`Shortened: ${link(address, 'the whole is in the run')}.`), block_id: NOTE_ID };
  return { text, blocks: [...blocks.slice(0, MOST_BLOCKS - 1), note] };
}
