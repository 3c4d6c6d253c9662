import { messageOf, UserError } from '#shared/core/errors';
import { Secret } from '#shared/core/secret';

// Line and paragraph separators are line breaks to some readers; a tab is harmless.
const BREAKS_A_LINE = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029]/;
const BREAKS_A_TEXT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;

/**
 * Text without its surrounding blanks, line ends as LF.
 * @throws {UserError} on control characters, and on line breaks where one line is wanted.
 */
export function plainText(given: string, accepts: string, isMultiline = false): string {
  const value = given.replace(/\r\n/g, '\n').trim();
  if ((isMultiline ? BREAKS_A_TEXT : BREAKS_A_LINE).test(value)) throw new UserError(`accepted is ${accepts}`);
  return value;
}

/**
 * A secret with its line ends as LF and none at its end, whatever the place it was pasted from added.
 * @throws {UserError} on a NUL byte.
 */
export function secretText(given: string): Secret {
  if (given.includes('\0')) throw new UserError('accepted is text without NUL bytes');
  return new Secret(normaliseSecret(given));
}

/** The form in which a secret is used: LF line ends, none trailing. */
export function normaliseSecret(given: string): string {
  return given.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}

/** The word of the list that was given. @throws {UserError} when it is none of them. */
export function choiceOf<Word extends string>(words: readonly Word[], given: string, accepts: string): Word {
  const word = words.find((candidate) => candidate === given.trim());
  if (word === undefined) throw new UserError(`accepted is ${accepts}`);
  return word;
}

/** A whole number within bounds. @throws {UserError} on anything else, `1e3`, `0x10` and `12abc` included. */
export function integerIn(min: number, max: number, given: string, accepts: string): number {
  const value = /^-?\d{1,16}$/.test(given.trim()) ? Number(given) : Number.NaN;
  if (!(value >= min && value <= max)) throw new UserError(`accepted is ${accepts}`);
  return value;
}

/** A measured value between two others of its kind. @throws {UserError} outside of them or without a unit. */
export function withinRange(
  parse: (text: string) => number, range: { readonly min?: string; readonly max?: string }, given: string, accepts: string,
): number {
  const value = parse(given.trim());
  const isTooSmall = range.min !== undefined && value < parse(range.min);
  const isTooLarge = range.max !== undefined && value > parse(range.max);
  if (isTooSmall || isTooLarge) throw new UserError(`accepted is ${accepts}`);
  return value;
}

/** YAML 1.2's idea of a boolean (core schema), as GitHub documents it. @throws {UserError} on `yes`, `1`, `on` and the like. */
export function flagOf(given: string): boolean {
  const value = given.trim();
  if (!/^(?:true|True|TRUE|false|False|FALSE)$/.test(value)) throw new UserError('accepted is true or false');
  return value.toLowerCase() === 'true';
}

/** A field's `check` out of a parser that throws: the message of its error, or undefined when it has none. */
export function mistakeOf<Value>(parse: (given: Value) => unknown): (given: Value) => Promise<string | undefined> {
  return async (given) => {
    try {
      await parse(given);
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  };
}
