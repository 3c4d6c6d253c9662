import { Damage, shownPath } from './damage.ts';
import { childFrame, chosenShape, deliver, idOf, mistyped, nextShape, rootFrame, setFact, type Frame, type LateFacts } from './json-frame.ts';
import { pathOf, type Scope, type Shape } from './json-shape.ts';
import { beginSlice, takeSlice, textOfSlice, type Slice } from './json-slice.ts';
import { beginsLogLabel, isLogLine } from './log-line.ts';

/** Told of every value down to the depth that is walked; `value` is undefined for an object or a list. */
export type Sketching = (scope: Scope, key: string | number, value: unknown) => void;

/** A walk under way through a JSON document, or several after one another. */
export interface Walk {
  readonly shape: Shape | undefined;
  readonly known: LateFacts;
  readonly sketching: Sketching | undefined;
  /** Facts that handlers were called without: when not empty, walk again with them. */
  readonly late: Map<string, Readonly<Record<string, unknown>>>;
  documents: number;
  /** Lines before and between documents that are a program's log. */
  logLines: number;
  top: Frame;
  cutting: 'key' | 'value' | 'line' | undefined;
  slice: Slice;
  line: Buffer[];
}

// What has no shape is walked down to here rather than cut out, so that a large part that nobody wants is never held whole.
const WALKED_DEPTH = 4;

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;

/**
 * A walk through documents of this shape, in memory bounded by the largest single value. What has no shape is checked to be
 * JSON and passed over. With `sketching` nothing is checked below the depth that is walked, and the end may come anywhere.
 */
export function beginWalk(shape: Shape | undefined, known: LateFacts = new Map(), sketching?: Sketching): Walk {
  return { shape, known, sketching, late: new Map(), documents: 0, logLines: 0, top: rootFrame(0, shape), cutting: undefined, slice: beginSlice(0, false), line: [] };
}

/** Takes the next bytes, which are UTF-8. @throws {Damage} where they are not JSON, or not of the shape. */
export function walkOn(walk: Walk, chunk: Buffer): void {
  for (let at = 0; at < chunk.length;) {
    const byte = chunk[at] as number;
    if (walk.cutting === 'line') at = takeLine(walk, chunk, at);
    else if (walk.cutting !== undefined) at = takeCut(walk, chunk, at);
    else if (byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09) at++;
    else at = step(walk, chunk, at);
  }
}

/** Says that there are no more bytes. @throws {Damage} when a document is cut off. */
export function endWalk(walk: Walk): void {
  if (walk.cutting === 'line') endLine(walk);
  // A document that is taken as one value is cut off outside of every frame.
  const isCutOff = walk.top.depth > 0 || walk.cutting === 'value' || walk.cutting === 'key';
  if (isCutOff && walk.sketching === undefined) throw new Damage(`it ends in the middle, in ${shownPath(pathOf(walk.top))}`);
}

// One byte that is no space, outside of what is cut out.
function step(walk: Walk, chunk: Buffer, at: number): number {
  const byte = chunk[at] as number;
  const { top } = walk;
  switch (top.awaits) {
    case 'document':
      if ((byte === OPEN_LIST && !beginsLogLabel(chunk[at + 1])) || byte === OPEN_OBJECT) return beginValue(walk, byte, at);
      walk.cutting = 'line';
      return at;
    case 'first':
      if (byte === closerOf(top)) return close(walk, at);
      return top.isList ? beginValue(walk, byte, at) : beginKey(walk, byte, at);
    case 'key': return beginKey(walk, byte, at);
    case 'value': return beginValue(walk, byte, at);
    case 'colon':
      if (byte !== 0x3a) throw broken(top);
      top.awaits = 'value';
      return at + 1;
    case 'comma':
      if (byte === closerOf(top)) return close(walk, at);
      if (byte !== 0x2c) throw broken(top);
      if (top.isList) top.next = Number(top.next) + 1;
      top.awaits = top.isList ? 'value' : 'key';
      return at + 1;
  }
}

function beginKey(walk: Walk, byte: number, at: number): number {
  if (byte !== QUOTE) throw broken(walk.top);
  walk.cutting = 'key';
  walk.slice = beginSlice(byte, true);
  return at;
}

function beginValue(walk: Walk, byte: number, at: number): number {
  const { top, sketching } = walk;
  const isList = byte === OPEN_LIST;
  const isContainer = isList || byte === OPEN_OBJECT;
  if (isContainer) {
    const shape = chosenShape(nextShape(top), isList);
    sketching?.(top, top.next, undefined);
    if (isWalked(top, shape, isList)) {
      open(walk, shape, isList);
      return at + 1;
    }
  }
  walk.cutting = 'value';
  walk.slice = beginSlice(byte, sketching === undefined || !isContainer);
  return at;
}

function isWalked(top: Frame, shape: Shape | undefined, isList: boolean): boolean {
  if (shape === undefined) return top.depth < WALKED_DEPTH && (top.shape?.kind !== 'gather' || top.depth === 0);
  if (shape.kind === 'value' || shape.kind === 'fact') return false;
  if (shape.kind !== 'gather' && isList !== (shape.kind === 'elements')) throw mistyped(top, isList ? [] : {});
  return true;
}

function open(walk: Walk, shape: Shape | undefined, isList: boolean): void {
  if (shape !== undefined) walk.top.seen.add(String(walk.top.next));
  const frame = childFrame(walk.top, shape, isList);
  if (walk.known.size > 0) Object.assign(frame.facts, walk.known.get(idOf(frame)));
  walk.top = frame;
}

function close(walk: Walk, at: number): number {
  const { top: frame } = walk;
  const parent = frame.parent as Frame;
  if (frame.isLate) walk.late.set(idOf(frame), frame.facts);
  if (frame.shape?.kind === 'members') frame.shape.done?.(frame);
  if (frame.shape?.kind === 'gather') setFact(parent, String(frame.key), frame.gathered);
  walk.top = parent;
  passed(walk);
  return at + 1;
}

function passed(walk: Walk): void {
  if (walk.top.depth > 0) walk.top.awaits = 'comma';
  else walk.top = rootFrame(++walk.documents, walk.shape);
}

function takeCut(walk: Walk, chunk: Buffer, at: number): number {
  const end = takeSlice(walk.slice, chunk, at);
  if (end === -1) return chunk.length;
  const isKey = walk.cutting === 'key';
  walk.cutting = undefined;
  if (isKey) takeKey(walk);
  else takeValue(walk);
  return end;
}

function takeKey({ top, slice }: Walk): void {
  top.next = parsed(top, slice) as string;
  top.awaits = 'colon';
  if (nextShape(top) !== undefined && top.shape?.kind === 'members' && top.seen.has(top.next)) throw new Damage(`${shownPath([...pathOf(top), top.next])} is there twice`);
}

function takeValue(walk: Walk): void {
  const { top, slice } = walk;
  if (slice.isKept) {
    const value = parsed(top, slice);
    walk.sketching?.(top, top.next, value);
    deliver(top, value);
  }
  passed(walk);
}

// The parser's own message quotes the document, and what it quotes may be a secret.
function parsed(frame: Frame, slice: Slice): unknown {
  try {
    return JSON.parse(textOfSlice(slice));
  } catch {
    throw broken(frame);
  }
}

function takeLine(walk: Walk, chunk: Buffer, at: number): number {
  const end = chunk.indexOf(NEWLINE, at);
  walk.line.push(end === -1 ? Buffer.from(chunk.subarray(at)) : chunk.subarray(at, end));
  if (end === -1) return chunk.length;
  endLine(walk);
  return end + 1;
}

function endLine(walk: Walk): void {
  const line = Buffer.concat(walk.line);
  walk.line = [];
  walk.cutting = undefined;
  if (!isLogLine(line)) throw new Damage('a piece of it is neither JSON nor a line of a log');
  walk.logLines++;
}

function closerOf(frame: Frame): number {
  return frame.isList ? 0x5d : 0x7d;
}

function broken(frame: Frame): Damage {
  return new Damage(`it is not valid JSON, in ${shownPath(frame.depth === 0 ? [] : [...pathOf(frame), frame.next])}`);
}
