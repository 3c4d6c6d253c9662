import { pathOf, type Scope } from './json-shape.ts';
import { beginWalk, type Walk } from './json-walk.ts';

/** The outline of a document, as far as it was read: what it is recognised by. */
export interface Sketch {
  /** Whether there is such a path; members by name, elements of lists as `#`: `runs.#.tool`. */
  has(...paths: readonly string[]): boolean;
  /** The first text or number at a path. */
  text(path: string): string | undefined;
  readonly documents: number;
  /** Whether the document is a list or an object without anything in it. */
  readonly isEmpty: boolean;
}

// Keys can be names of packages or files; enough of them for any format, and no more.
const MOST_PATHS = 20_000;
const LONGEST_TEXT = 300;

/** A sketch under way; feed its walk. */
export interface Sketching {
  readonly walk: Walk;
  readonly sketch: Sketch;
}

/** Begins to sketch; feed its walk with chunk after chunk until the sketch is enough. */
export function beginSketch(): Sketching {
  const texts = new Map<string, string | undefined>();
  const walk = beginWalk(undefined, undefined, (scope, key, value) => { note(texts, scope, key, value); });
  const sketch = {
    has: (...paths: readonly string[]) => paths.every((path) => texts.has(path)),
    text: (path: string) => texts.get(path),
    get documents() { return walk.documents; },
    get isEmpty() { return texts.size === 1 && texts.has(''); },
  };
  return { walk, sketch };
}

function note(texts: Map<string, string | undefined>, scope: Scope, key: string | number, value: unknown): void {
  if (texts.size > MOST_PATHS) return;
  const isTop = scope.parent === undefined;
  const path = isTop ? '' : [...pathOf(scope), key].map((one) => (typeof one === 'number' ? '#' : one)).join('.');
  if (texts.has(path) && texts.get(path) !== undefined) return;
  texts.set(path, typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, LONGEST_TEXT) : undefined);
}
