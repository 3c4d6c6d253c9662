import { Damage, shownPath, typeName } from './damage.ts';
import { elements, pathOf, value, type Scope, type Shape } from './json-shape.ts';

/** An object of a report whose members are read by name and type. Absent and null are the same; another type is damage. */
export interface Fields {
  readonly path: readonly (string | number)[];
  readonly members: Readonly<Record<string, unknown>>;
}

/** The fields of a value. @throws {Damage} when it is no object. */
export function fields(value: unknown, ...path: readonly (string | number)[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, value, 'an object');
  return { path, members: value as Record<string, unknown> };
}

/** The shape of a list, however long, of which each object is handed over as its fields. */
export function objects(take: (one: Fields, scope: Scope) => void): Shape {
  return elements(object(take));
}

/** The shape of an object that is handed over as its fields. */
export function object(take: (one: Fields, scope: Scope, key: string | number) => void): Shape {
  return value((one, scope, key) => { take(fields(one, ...pathOf(scope), key), scope, key); });
}

/** The shape of a text, or of a number taken as text. */
export function wording(take: (text: string) => void): Shape {
  return value((one, scope, key) => { take(textOrNumber({ path: pathOf(scope), members: { [key]: one } }, String(key)) ?? ''); });
}

/** A text. @throws {Damage} */
export function text(of: Fields, name: string): string | undefined {
  const value = member(of, name);
  if (value !== undefined && typeof value !== 'string') throw wrong([...of.path, name], value, 'a text');
  return value;
}

/** A text that has to be there and not be empty. @throws {Damage} */
export function need(of: Fields, name: string): string {
  const value = text(of, name);
  if (value === undefined || value === '') throw new Damage(`${shownPath([...of.path, name])} is missing`);
  return value;
}

/** A text, or a number as text: tools do not agree on ids. @throws {Damage} */
export function textOrNumber(of: Fields, name: string): string | undefined {
  const value = member(of, name);
  return typeof value === 'number' ? String(value) : text(of, name);
}

/** A number, also where it is written as text. @throws {Damage} */
export function number(of: Fields, name: string): number | undefined {
  const value = member(of, name);
  if (value === undefined || value === '') return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) throw wrong([...of.path, name], value, 'a number');
  return number;
}

/** How many of something there are; no text is no number of them, and no less than none can be. @throws {Damage} */
export function amount(of: Fields, name: string): number | undefined {
  const value = member(of, name);
  const found = value === '' ? Number.NaN : number(of, name);
  if (found !== undefined && !(Number.isInteger(found) && found >= 0)) throw wrong([...of.path, name], value, 'how many there are');
  return found;
}

/** True or false. @throws {Damage} */
export function flag(of: Fields, name: string): boolean | undefined {
  const value = member(of, name);
  if (value !== undefined && typeof value !== 'boolean') throw wrong([...of.path, name], value, 'true or false');
  return value;
}

/** The fields of an object; of an empty one when there is none. @throws {Damage} */
export function inner(of: Fields, name: string): Fields {
  return fields(member(of, name) ?? {}, ...of.path, name);
}

/** A list; empty when there is none. @throws {Damage} */
export function list(of: Fields, name: string): readonly unknown[] {
  const value = member(of, name) ?? [];
  if (!Array.isArray(value)) throw wrong([...of.path, name], value, 'a list');
  return value;
}

/** The fields of each object in a list. @throws {Damage} */
export function each(of: Fields, name: string): readonly Fields[] {
  return list(of, name).map((value, index) => fields(value, ...of.path, name, index));
}

/** The texts of a list; a single text counts as a list of one. @throws {Damage} */
export function texts(of: Fields, name: string): readonly string[] {
  const value = member(of, name);
  if (typeof value === 'string') return value === '' ? [] : [value];
  return list(of, name).map((one, index) => {
    if (typeof one !== 'string') throw wrong([...of.path, name, index], one, 'a text');
    return one;
  });
}

/** Whether a member is there and not null. */
export function has(of: Fields, name: string): boolean {
  return member(of, name) !== undefined;
}

function member({ members }: Fields, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] ?? undefined : undefined;
}

function wrong(path: readonly (string | number)[], value: unknown, wanted: string): Damage {
  return new Damage(`${shownPath(path)} is ${typeName(value)}, expected is ${wanted}`);
}
