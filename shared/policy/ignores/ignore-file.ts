import { messageOf, UserError } from '#shared/core/errors';
import type { Ignore } from '../exemption.ts';

/** What a scanner's own ignore file says, and what of it we do not follow because we cannot tell whether it is met. */
export interface IgnoreFile {
  readonly ignores: readonly Ignore[];
  readonly notes: readonly string[];
}

/** A mapping of any value; an empty one for what is none. */
export type Loose = Readonly<Record<string, unknown>>;

/** The value as a mapping, an empty one if it is none. */
export function looseMapping(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

/** The mappings of a list; what is no list has none. */
export function looseList(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.map(looseMapping) : [];
}

/** The texts of a list. */
export function looseTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The value as text that is not empty. */
export function looseText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The names of conditions in an entry that are not among those we can judge. */
export function beyondUs(entry: Loose, known: readonly string[]): readonly string[] {
  return Object.keys(entry).filter((key) => !known.includes(key));
}

/** When an entry ends: never if nothing is said, undefined when what is said is no time. */
export function untilOf(value: unknown): { readonly until: Date | undefined } | undefined {
  if (value === undefined || value === null) return { until: undefined };
  const isWritten = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
  const until = value instanceof Date ? new Date(value.getTime()) : new Date(isWritten ? value : Number.NaN);
  return Number.isNaN(until.getTime()) ? undefined : { until };
}

/** Runs a parser of a file. @throws {UserError} that names the file, where the parser fails. */
export async function parsing<Value>(file: string, parse: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await parse();
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error).split('\n', 1)[0]}`);
  }
}
