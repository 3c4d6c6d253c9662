/** An open object or list of the document while it is read: where it is, and what is known of it so far. */
export interface Scope {
  readonly key: string | number;
  readonly parent: Scope | undefined;
  /** Members whose shape is a `fact`, by name; complete for every handler, whatever the order in the document. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Names of the members that have a shape and a value other than null, so far; all of them in `done`. */
  readonly seen: ReadonlySet<string>;
}

/** What to do with a value of the document. What has no shape is checked to be JSON and passed over. */
export type Shape =
  | { readonly kind: 'value'; readonly take: (value: unknown, scope: Scope, key: string | number) => void }
  | { readonly kind: 'fact'; readonly reduce: (value: unknown) => unknown }
  | { readonly kind: 'gather'; readonly reduce: (value: unknown, key: string | number) => unknown }
  | { readonly kind: 'members'; readonly of: Readonly<Record<string, Shape>>; readonly done: ((scope: Scope) => void) | undefined }
  | { readonly kind: 'elements' | 'entries'; readonly of: Shape }
  | { readonly kind: 'either'; readonly list: Shape; readonly object: Shape };

/** A value wanted whole: it has to fit in memory. */
export function value(take: (value: unknown, scope: Scope, key: string | number) => void): Shape {
  return { kind: 'value', take };
}

/** A value that handlers beside or below it ask for; kept as `reduce` leaves it. */
export function fact(reduce: (value: unknown) => unknown = (whole) => whole): Shape {
  return { kind: 'fact', reduce };
}

/** A list or map, however long, read one element at a time into one fact: the list of what `reduce` makes of them, without undefined. */
export function gather(reduce: (value: unknown, key: string | number) => unknown): Shape {
  return { kind: 'gather', reduce };
}

/** An object of which some members matter; `done` is called at its end. */
export function members(of: Readonly<Record<string, Shape>>, done?: (scope: Scope) => void): Shape {
  return { kind: 'members', of, done };
}

/** A list, however long. */
export function elements(of: Shape): Shape {
  return { kind: 'elements', of };
}

/** An object used as a map, however long. */
export function entries(of: Shape): Shape {
  return { kind: 'entries', of };
}

/** A place where a tool writes now a list, now an object. */
export function either(list: Shape, object: Shape): Shape {
  return { kind: 'either', list, object };
}

/** A fact of this scope or the nearest one around it that has it. */
export function factOf(scope: Scope | undefined, name: string): unknown {
  for (let at = scope; at !== undefined; at = at.parent) if (Object.hasOwn(at.facts, name)) return at.facts[name];
  return undefined;
}

/** The same, where it is a text. */
export function factText(scope: Scope | undefined, name: string): string | undefined {
  const found = factOf(scope, name);
  return typeof found === 'string' ? found : undefined;
}

/** The keys that lead to a scope from the document's top. */
export function pathOf(scope: Scope | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = scope; at?.parent?.parent !== undefined; at = at.parent) keys.unshift(at.key);
  return keys;
}
