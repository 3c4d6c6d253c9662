import { nearest } from '#shared/core/nearest';
import { messageOf } from '#shared/core/errors';
import { quoted, shown } from './shown.ts';

/** Reads one value of a structure found at `path`; notes what is wrong with it in `faults`, and then gives undefined. */
export type Reader<Value> = (value: unknown, path: string, faults: string[]) => Value | undefined;

type Shape = Readonly<Record<string, Reader<unknown>>>;
/** What a record of these readers yields: whatever is absent or wrong is undefined. */
export type Read<Readers extends Shape> = { readonly [Key in keyof Readers]?: Readers[Key] extends Reader<infer Value> ? Value : never };

/** A record of known keys; an unknown one is a fault that names the nearest. A key without a value counts as absent. */
export function record<const Readers extends Shape>(readers: Readers): Reader<Read<Readers>> {
  return (value, path, faults) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(faults, path, 'accepted are keys with values', value);
    const known = Object.keys(readers);
    faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, shown(key, 40))} is unknown; the nearest is ${nearest(key, known)}`));
    const given = Object.entries(value).filter(([key, item]) => known.includes(key) && item !== undefined && item !== null);
    return Object.fromEntries(given.map(([key, item]) => [key, readers[key]!(item, join(path, key), faults)])) as Read<Readers>;
  };
}

/** A list of values; one value alone counts as a list of one. */
export function list<Value>(reader: Reader<Value>): Reader<readonly Value[]> {
  return (value, path, faults) => {
    if (!Array.isArray(value)) return asList(reader(value, path, faults));
    if (value.length === 0) return refuse(faults, path, 'it is empty', value);
    return value.map((item, index) => reader(item, `${path}[${index}]`, faults)).filter((item) => item !== undefined);
  };
}

/** A record of any keys whose values are all of one kind. */
export function dictionary<Value>(reader: Reader<Value>): Reader<Readonly<Record<string, Value>>> {
  return (value, path, faults) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(faults, path, 'accepted are names with values', value);
    const entries = Object.entries(value).map(([key, item]) => [key, reader(item, join(path, shown(key, 40)), faults)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as Record<string, Value>;
  };
}

/** Text that `parse` turns into a value. What YAML reads as a number or a truth value is refused: quotes are missing, and `1.10` would be 1.1. */
export function text(): Reader<string>;
export function text<Value>(parse: (text: string) => Value): Reader<Value>;
export function text(parse: (text: string) => unknown = (given) => given): Reader<unknown> {
  return (value, path, faults) => {
    if (typeof value === 'number' || typeof value === 'boolean') return refuse(faults, path, `YAML reads it as ${String(value)}, not as text: put it in quotes`);
    if (typeof value !== 'string' || value === '') return refuse(faults, path, 'accepted is text', value);
    return attempt(() => parse(value), path, faults);
  };
}

/** Text or a number, as text, that `parse` turns into a value. */
export function scalar<Value>(parse: (text: string) => Value): Reader<Value> {
  return (value, path, faults) => text(parse)(typeof value === 'number' ? String(value) : value, path, faults);
}

/** A whole number within bounds. */
export function integer(min: number, max: number): Reader<number> {
  return (value, path, faults) => {
    if (typeof value === 'number' && Number.isInteger(value) && min <= value && value <= max) return value;
    return refuse(faults, path, `accepted is a whole number from ${min} to ${max}`, value);
  };
}

/** `true` or `false`. */
export function flag(): Reader<boolean> {
  return (value, path, faults) => (typeof value === 'boolean' ? value : refuse(faults, path, 'accepted is true or false', value));
}

/** Whatever is there. */
export function anything(): Reader<{ readonly value: unknown }> {
  return (value) => ({ value });
}

function asList<Value>(value: Value | undefined): readonly Value[] | undefined {
  return value === undefined ? undefined : [value];
}

// A wrong value may be a secret in the wrong place: what is repeated is only its kind.
function refuse(faults: string[], path: string, reason: string, value?: unknown): undefined {
  faults.push(`${path}: ${reason}${value === undefined ? '' : `, not ${kindOf(value)}`}`);
  return undefined;
}

function kindOf(value: unknown): string {
  if (value === '') return 'empty text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'string') return 'this text';
  return typeof value === 'number' || typeof value === 'boolean' ? quoted(`${value}`) : 'a record';
}

function attempt<Value>(task: () => Value, path: string, faults: string[]): Value | undefined {
  try {
    return task();
  } catch (error) {
    return refuse(faults, path, messageOf(error));
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
