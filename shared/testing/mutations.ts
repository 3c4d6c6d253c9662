/** A number below `limit`, from 0: the same sequence for the same seed. Mulberry32. */
export type Random = (limit: number) => number;

/** Random numbers that repeat with their seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** The text with its end missing; at least its last character that is no space is. */
export function truncated(text: string, random: Random): string {
  return text.slice(0, random(text.trimEnd().length));
}

/** The bytes with a few of them changed, removed or doubled. */
export function scrambled(text: string, random: Random): Buffer {
  let bytes = Buffer.from(text);
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(bytes.length);
    const length = 1 + random(30);
    const change = [[Buffer.from([random(256)]), 1], [Buffer.alloc(0), length], [bytes.subarray(at, at + length), 0]][random(3)] as [Buffer, number];
    bytes = Buffer.concat([bytes.subarray(0, at), change[0], bytes.subarray(at + change[1])]);
  }
  return bytes;
}

const OTHERS: readonly unknown[] = [7, -1, true, 'text', '', ['text'], [[]], { key: 'text' }, {}];

/** A copy of a JSON document in which one value, anywhere, is of another type, and where that is. */
export function mistyped(document: unknown, random: Random): { readonly document: unknown; readonly at: string } {
  const copy = structuredClone({ document });
  const places: { of: Record<string, unknown>; key: string; path: string }[] = [];
  collect(copy, '', places);
  const { of, key, path } = places[random(places.length)] as (typeof places)[number];
  const others = OTHERS.filter((other) => typeOf(other) !== typeOf(of[key]));
  of[key] = others[random(others.length)];
  return { document: copy.document, at: `${path} = ${JSON.stringify(of[key])}` };
}

function collect(value: unknown, path: string, places: { of: Record<string, unknown>; key: string; path: string }[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    places.push({ of: value as Record<string, unknown>, key, path: `${path}.${key}` });
    collect(inner, `${path}.${key}`, places);
  }
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
