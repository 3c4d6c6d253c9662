import { type Entry, parseEntry } from './entry.ts';

/** What the steps of one job remember of a deployment in one channel. */
export interface Remembered {
  /** The deployment's key, as text. */
  readonly key: string;
  /** As the step was given it; empty for a webhook. */
  readonly channel: string;
  /** Where its message is, if one could be posted. */
  readonly at?: { readonly channel: string; readonly ts: string } | undefined;
  readonly entries: readonly Entry[];
}

const MOST_ENTRIES = 30;
const MOST_DEPLOYMENTS = 8;

/** What was remembered, out of the text of the job's variable; nothing where it holds something else. */
export function parseMemory(text: string): readonly Remembered[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.flatMap(parseRemembered) : [];
  } catch {
    return [];
  }
}

/** The memory with what is known of a deployment now. */
export function remember(memory: readonly Remembered[], fresh: Remembered): readonly Remembered[] {
  const others = memory.filter(({ key, channel }) => key !== fresh.key || channel !== fresh.channel);
  return [...others.slice(-MOST_DEPLOYMENTS + 1), { ...fresh, entries: fresh.entries.slice(-MOST_ENTRIES) }];
}

/** What is remembered of a deployment in a channel. */
export function recall(memory: readonly Remembered[], key: string, channel: string): Remembered | undefined {
  return memory.find((item) => item.key === key && item.channel === channel);
}

function parseRemembered(given: unknown): readonly Remembered[] {
  const { key, channel, at, entries } = (given ?? {}) as { readonly [Name in keyof Remembered]?: unknown };
  if (typeof key !== 'string' || typeof channel !== 'string' || !Array.isArray(entries)) return [];
  const place = (at ?? {}) as { readonly channel?: unknown; readonly ts?: unknown };
  const known = typeof place.channel === 'string' && typeof place.ts === 'string' ? { at: { channel: place.channel, ts: place.ts } } : {};
  return [{ key, channel, ...known, entries: entries.map(parseEntry).filter((entry) => entry !== undefined) }];
}
