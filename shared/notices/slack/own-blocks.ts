import { UserError } from '#shared/core/errors';
import { filled, type TemplateValues } from '../template.ts';
import type { Block } from './message.ts';
import { escapeText, oneLine, visible, webAddress } from './mrkdwn.ts';
import { placeName } from './places.ts';

/** The user's own blocks, as read from their file. */
export type OwnBlocks = readonly Block[];

const MENTION = /<!(?!date\^)[^<>]*>|<@[^<>]*>/;
const CALLING_ELEMENTS = new Set(['user', 'usergroup', 'broadcast']);
const MOST_DEPTH = 12;

/**
 * Blocks out of parsed YAML or JSON: a list, or `blocks:` with one.
 * @throws {UserError} when it is neither, or calls somebody: that is for the input `mention` alone.
 */
export function parseOwnBlocks(yaml: unknown): OwnBlocks {
  const list: unknown = Array.isArray(yaml) ? yaml : (yaml as { readonly blocks?: unknown } | null)?.blocks;
  if (!Array.isArray(list) || list.length === 0) throw new UserError('accepted is a list of blocks, or a mapping with the list blocks');
  const odd = list.findIndex((block: unknown) => typeof (block as { readonly type?: unknown } | null)?.type !== 'string');
  if (odd >= 0) throw new UserError(`blocks[${odd}]: its type is missing`);
  refuseCalls(list, ['blocks']);
  return list as OwnBlocks;
}

/** The blocks with their `{{ names }}` filled in. Only texts are looked at, each by itself, so no value can become a block, a link or a call. */
export function fillBlocks(blocks: OwnBlocks, values: TemplateValues): readonly Block[] {
  return fillNode(blocks, values, '', '') as readonly Block[];
}

function fillNode(node: unknown, values: TemplateValues, name: string, type: string): unknown {
  if (typeof node === 'string') return filledLeaf(node, values, name, type);
  if (Array.isArray(node)) return node.map((item) => fillNode(item, values, name, type));
  if (typeof node !== 'object' || node === null) return node;
  const own = (node as { readonly type?: unknown }).type;
  const kind = typeof own === 'string' ? own : type;
  return Object.fromEntries(Object.entries(node).map(([member, value]) => [member, fillNode(value, values, member, kind)]));
}

function filledLeaf(leaf: string, values: TemplateValues, name: string, type: string): string {
  if (!leaf.includes('{{') || name === 'type') return leaf;
  if (name === 'url' || name.endsWith('_url')) return filledAddress(leaf, values);
  const isFormatted = name === 'text' && (type === 'mrkdwn' || type === 'markdown');
  return filled(leaf, values, isFormatted ? escapeText : visible);
}

// A value that is the whole address stays one; as a part of one it can be no more than a part.
function filledAddress(leaf: string, values: TemplateValues): string {
  const address = /^\s*\{\{[^{}]*\}\}\s*$/.test(leaf) ? filled(leaf, values) : filled(leaf, values, (value) => encodeURIComponent(oneLine(value)));
  return webAddress(address) ?? '';
}

function refuseCalls(node: unknown, path: readonly (string | number)[]): void {
  if (path.length > MOST_DEPTH) throw new UserError(`${placeName(path)}: blocks are not nested that deep`);
  if (typeof node === 'string' && MENTION.test(node)) throw new UserError(`${placeName(path)}: people and channels are called by the input mention only`);
  if (typeof node !== 'object' || node === null) return;
  if (CALLING_ELEMENTS.has(String((node as { readonly type?: unknown }).type))) throw new UserError(`${placeName(path)}: people and channels are called by the input mention only`);
  for (const [name, value] of Object.entries(node)) refuseCalls(value, [...path, Array.isArray(node) ? Number(name) : name]);
}
