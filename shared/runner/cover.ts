/** Texts that are hidden in others, however many there are. */
export interface Cover {
  /** Has a text hidden from now on; shorter ones than `SHORTEST_COVERED` never are. */
  add(hidden: string): void;
  /** The text with all of them replaced; where they overlap, by one mark. */
  over(text: string): string;
}

/** Shorter pieces would hide half of every log and protect nothing. */
export const SHORTEST_COVERED = 4;

const MARK = '***';

// Tokens of one maker all begin alike: thousands have few lengths.
interface Beginning { readonly texts: Set<string>; readonly lengths: readonly number[] }

/** An empty cover. A text is gone through once, not once for each hidden text: scanners find thousands of secrets, and decisions have megabytes. */
export function createCover(): Cover {
  const byStart = new Map<string, Beginning>();
  const slots = new Uint8Array(0x10000);
  const longestAt = (text: string, at: number): number => {
    const found = slots[slotOf(text, at)] === 0 ? undefined : byStart.get(text.slice(at, at + SHORTEST_COVERED));
    return found?.lengths.find((length) => found.texts.has(text.slice(at, at + length))) ?? 0;
  };
  return {
    add(hidden) {
      if (hidden.length < SHORTEST_COVERED) return;
      const start = hidden.slice(0, SHORTEST_COVERED);
      const { texts, lengths } = byStart.get(start) ?? { texts: new Set<string>(), lengths: [] };
      texts.add(hidden);
      byStart.set(start, { texts, lengths: lengths.includes(hidden.length) ? lengths : [...lengths, hidden.length].sort((one, other) => other - one) });
      slots[slotOf(hidden, 0)] = 1;
    },
    over: (text) => (byStart.size === 0 ? text : covered(text, longestAt)),
  };
}

function covered(text: string, longestAt: (text: string, at: number) => number): string {
  let shown = '';
  let end = 0;
  for (let at = 0; at + SHORTEST_COVERED <= text.length; at++) {
    const length = longestAt(text, at);
    if (length === 0) continue;
    if (at >= end) shown += text.slice(end, at) + MARK;
    end = Math.max(end, at + length);
  }
  return end === 0 ? text : shown + text.slice(end);
}

function slotOf(text: string, at: number): number {
  return (((text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2)) * 31 + text.charCodeAt(at + 3)) & 0xffff;
}
