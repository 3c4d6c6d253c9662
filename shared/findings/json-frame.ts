import { Damage, shownPath, typeName } from './damage.ts';
import { pathOf, type Scope, type Shape } from './json-shape.ts';

/** Facts by the path of their object. */
export type LateFacts = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** An open object or list, or the place where documents begin. */
export interface Frame extends Scope {
  readonly parent: Frame | undefined;
  readonly shape: Shape | undefined;
  readonly isList: boolean;
  readonly depth: number;
  readonly facts: Record<string, unknown>;
  readonly seen: Set<string>;
  readonly gathered: unknown[];
  /** What may come next. */
  awaits: 'document' | 'first' | 'key' | 'colon' | 'value' | 'comma';
  /** The key or index of the value that comes next. */
  next: string | number;
  /** A handler was called in here. */
  wasUsed: boolean;
  /** A fact came after that. */
  isLate: boolean;
}

/** Where a document begins; `shape` is the document's. */
export function rootFrame(document: number, shape: Shape | undefined): Frame {
  return frame({ key: document, parent: undefined, shape, isList: true, depth: 0, awaits: 'document', next: document });
}

/** An object or a list that opens as the next value of its parent. */
export function childFrame(parent: Frame, shape: Shape | undefined, isList: boolean): Frame {
  return frame({ key: parent.next, parent, shape, isList, depth: parent.depth + 1, awaits: 'first', next: isList ? 0 : '' });
}

function frame(fields: Pick<Frame, 'key' | 'parent' | 'shape' | 'isList' | 'depth' | 'awaits' | 'next'>): Frame {
  return { ...fields, facts: {}, seen: new Set(), gathered: [], wasUsed: false, isLate: false };
}

/** A name of an open object or list, the same in every walk. */
export function idOf(frame: Frame): string {
  let root: Frame = frame;
  while (root.parent !== undefined) root = root.parent;
  return JSON.stringify([root.key, ...pathOf(frame)]);
}

/** The shape that the next value of a frame should have. */
export function nextShape({ shape, next, depth }: Frame): Shape | undefined {
  if (depth === 0) return shape;
  if (shape?.kind === 'members') return Object.hasOwn(shape.of, next) ? shape.of[next] : undefined;
  return shape?.kind === 'elements' || shape?.kind === 'entries' ? shape.of : undefined;
}

/** The shape that a list, or anything else, has where a tool writes either. */
export function chosenShape(shape: Shape | undefined, isList: boolean): Shape | undefined {
  return shape?.kind === 'either' ? shape[isList ? 'list' : 'object'] : shape;
}

/** Hands a whole value to what its frame wants done with it. @throws {Damage} when a list or an object was wanted. */
export function deliver(frame: Frame, value: unknown): void {
  const given = nextShape(frame);
  if (given?.kind === 'either' && value !== null && typeof value !== 'object') throw mistyped(frame, value);
  const wanted = chosenShape(given, Array.isArray(value));
  if (frame.shape?.kind === 'gather' && frame.depth > 0) return gatherValue(frame, frame.shape.reduce(value, frame.next));
  // In an object, null is what some languages write for nothing.
  if (wanted === undefined || (value === null && !frame.isList)) return;
  frame.seen.add(String(frame.next));
  if (wanted.kind === 'fact') setFact(frame, String(frame.next), wanted.reduce(value));
  else if (wanted.kind === 'value') {
    for (let at: Frame | undefined = frame; at !== undefined && !at.wasUsed; at = at.parent) at.wasUsed = true;
    wanted.take(value, frame, frame.next);
  } else throw mistyped(frame, value);
}

/** What to throw where the next value of a frame is of another type than its shape says. */
export function mistyped(frame: Frame, value: unknown): Damage {
  return new Damage(`${shownPath([...pathOf(frame), ...(frame.depth === 0 ? [] : [frame.next])])} is ${typeName(value)}, which this format does not have there`);
}

/** Sets a fact, and notes when it comes too late. */
export function setFact(frame: Frame, name: string, value: unknown): void {
  if (frame.wasUsed && !Object.hasOwn(frame.facts, name)) frame.isLate = true;
  frame.facts[name] = value;
}

function gatherValue(frame: Frame, reduced: unknown): void {
  if (reduced !== undefined) frame.gathered.push(reduced);
}
