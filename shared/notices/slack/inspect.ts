import { ADDED_TO_EACH_BLOCK, BLOCK_TYPES, HEAVIEST_BLOCKS, LIMITS, LONGEST_BLOCK_ID, REQUIRED, type Limit } from './limits.ts';
import type { Block, Message } from './message.ts';
import { webAddress } from './mrkdwn.ts';
import { placeName, placesAt, typedNodes, type Place } from './places.ts';

/** What Slack would refuse in a message. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The limit that is exceeded, where that is what is wrong. */
  readonly limit?: Limit;
}

/** Everything that Slack would refuse in a message, by its place; empty when it can be sent. */
export function findingsOf(message: Message): readonly Finding[] {
  return [...shapeFindings(message.blocks), ...limitFindings(message), ...emptyTexts(message), ...addressFindings(message.blocks), ...idFindings(message.blocks), ...totalFinding(message.blocks)];
}

/** A finding as one line. */
export function findingText({ path, message }: Finding): string {
  return `${placeName(path)}: ${message}`;
}

/** What the blocks weigh together, as HEAVIEST_BLOCKS counts it. */
export function weightOf(blocks: readonly Block[]): number {
  return JSON.stringify(blocks).length + blocks.length * ADDED_TO_EACH_BLOCK;
}

function limitFindings(message: Message): readonly Finding[] {
  const nodes = [{ type: 'message', path: [], value: message } as const, ...typedNodes(message.blocks, ['blocks'])];
  return nodes.flatMap((node) => LIMITS.filter(({ of }) => of === node.type).flatMap((limit) => placesAt(node.value, limit.at)
    .filter(({ value }) => lengthOf(value, limit.unit) > limit.most)
    .map(({ path, value }) => ({ path: [...node.path, ...path], limit, message: `${lengthOf(value, limit.unit)} ${limit.unit}, at most ${limit.most} are accepted` }))));
}

function lengthOf(value: unknown, unit: Limit['unit']): number {
  if (unit === 'items') return Array.isArray(value) ? value.length : 0;
  return typeof value === 'string' ? value.length : 0;
}

function shapeFindings(blocks: readonly Block[]): readonly Finding[] {
  return blocks.flatMap((block, index) => {
    const path = ['blocks', index];
    if (!BLOCK_TYPES.includes(block.type)) return [{ path, message: `a message has no block of the type ${JSON.stringify(block.type)}` }];
    const missing = (REQUIRED[block.type] ?? []).filter((member) => block[member] === undefined);
    if (block.type === 'section' && block['text'] === undefined && block['fields'] === undefined) missing.push('text or fields');
    const kind = block.type === 'header' && (block['text'] as { readonly type?: unknown } | undefined)?.type !== 'plain_text' ? ['the text of a header is of the type plain_text'] : [];
    const lists = ['elements', 'fields'].filter((member) => Array.isArray(block[member]) && (block[member] as readonly unknown[]).length === 0).map((member) => `${member} is empty`);
    return [...missing.map((member) => `${member} is missing`), ...(missing.length === 0 ? kind : []), ...lists].map((message) => ({ path, message }));
  });
}

function emptyTexts({ blocks, text }: Message): readonly Finding[] {
  const empty = typedNodes(blocks, ['blocks']).filter(({ type, value }) => ['mrkdwn', 'plain_text'].includes(type) && !isText((value as { readonly text?: unknown }).text));
  return [...(isText(text) ? [] : [{ path: ['text'], message: 'is empty' }]), ...empty.map(({ path }) => ({ path: [...path, 'text'], message: 'is empty' }))];
}

function addressFindings(blocks: readonly Block[]): readonly Finding[] {
  return typedNodes(blocks, ['blocks']).flatMap(({ path, value }) => Object.entries(value as object)
    .filter(([name, address]) => /^(?:url|\w+_url)$/.test(name) && (typeof address !== 'string' || webAddress(address) === undefined))
    .map(([name]) => ({ path: [...path, name], message: 'is no address that begins with https://' })));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function idFindings(blocks: readonly Block[]): readonly Finding[] {
  const ids = blocks.map(({ block_id: id }) => id);
  return ids.flatMap((id, index) => {
    if (id === undefined) return [];
    if (typeof id !== 'string' || id.length > LONGEST_BLOCK_ID) return [{ path: ['blocks', index, 'block_id'], message: `text of at most ${LONGEST_BLOCK_ID} characters is accepted` }];
    return ids.indexOf(id) < index ? [{ path: ['blocks', index, 'block_id'], message: 'another block has the same' }] : [];
  });
}

function totalFinding(blocks: readonly Block[]): readonly Finding[] {
  const weight = weightOf(blocks);
  return weight <= HEAVIEST_BLOCKS ? [] : [{ path: ['blocks'], message: `${weight} characters in all, at most ${HEAVIEST_BLOCKS} are accepted` }];
}

/** The places of the texts that Slack shows. */
export function textPlaces(blocks: readonly Block[]): readonly Place[] {
  return typedNodes(blocks).flatMap(({ path, value }) => {
    const { text } = value as { readonly text?: unknown };
    return typeof text === 'string' ? [{ path: [...path, 'text'], value: text }] : [];
  });
}
