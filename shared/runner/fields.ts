import { parseDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { parsePercentage, PERCENTAGE } from '#shared/core/percentage';
import type { Secret } from '#shared/core/secret';
import { parseSize } from '#shared/core/size';
import { parseLines, parseYaml } from './yaml-text.ts';
import { choiceOf, flagOf, integerIn, plainText, secretText, withinRange } from './field-parsers.ts';

/** The kinds of input there are; documentation and messages tell them apart. */
export type FieldKind = 'text' | 'secret' | 'choice' | 'integer' | 'percentage' | 'duration' | 'size' | 'flag' | 'lines' | 'structure';

/** One input: what people read about it, and how its text becomes a value. */
export interface Field<Value> {
  readonly kind: FieldKind;
  readonly description: string;
  readonly required: boolean;
  /** Text that stands in when nothing was given. */
  readonly default?: string;
  /** Environment variable read when the input is empty. */
  readonly env?: string;
  readonly example?: string;
  /** What is accepted, as it reads after "accepted is". */
  readonly accepts: string;
  /** The value when nothing was given and there is no default. */
  readonly absent: Value;
  /** Turns the given text into the value. Throws UserError that says what is accepted. */
  parse(given: string): Value | Promise<Value>;
}

interface Common<Value> {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
  readonly env?: `DEPLOY_${string}`;
  readonly example?: string;
  /** What is wrong with a value that parsed well, or undefined when nothing is. */
  readonly check?: (value: Value) => string | undefined | Promise<string | undefined>;
}
interface Range {
  readonly min?: string;
  readonly max?: string;
}

/** The type of an input: never undefined where it is required or has a default. */
type Given<Options, Value> = Options extends { readonly required: true } | { readonly default: string } ? Value : Value | undefined;

/** A line of text, or several with `multiline`; control characters are refused. Surrounding blanks are dropped. */
export function text<const Options extends Common<string> & { readonly multiline?: boolean; readonly accepts?: string }>(
  options: Options,
): Field<Given<Options, string>> {
  const isMultiline = options.multiline === true;
  const accepts = options.accepts ?? (isMultiline ? 'text without control characters' : 'one line of text without control characters');
  return optional('text', accepts, options, (given) => plainText(given, accepts, isMultiline)) as Field<Given<Options, string>>;
}

/** A value that is masked before anything is printed, and reaches the code as a Secret. */
export function secret<const Options extends Omit<Common<Secret>, 'default'>>(options: Options): Field<Given<Options, Secret>> {
  return optional('secret', 'text without NUL bytes', options, secretText) as Field<Given<Options, Secret>>;
}

/** One of a few words. */
export function choice<const Word extends string, const Options extends Common<Word>>(
  options: Options & { readonly options: readonly Word[] },
): Field<Given<Options, Word>> {
  const accepts = `one of ${options.options.join(', ')}`;
  return optional('choice', accepts, options, (given) => choiceOf(options.options, given, accepts)) as Field<Given<Options, Word>>;
}

/** A whole number in decimal digits. */
export function integer<const Options extends Common<number> & { readonly min?: number; readonly max?: number }>(
  options: Options,
): Field<Given<Options, number>> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  const accepts = `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`;
  return optional('integer', accepts, options, (given) => integerIn(min, max, given, accepts)) as Field<Given<Options, number>>;
}

/** A percentage, as the number of percent. */
export function percentage<const Options extends Common<number>>(options: Options): Field<Given<Options, number>> {
  return optional('percentage', PERCENTAGE, options, parsePercentage) as Field<Given<Options, number>>;
}

/** A time span with its unit, as milliseconds. */
export function duration<const Options extends Common<number> & Range>(options: Options): Field<Given<Options, number>> {
  const accepts = `a duration with its unit, such as 90s or 5m${rangeOf(options)}`;
  const parse = (given: string): number => withinRange(parseDuration, options, given, accepts);
  return optional('duration', accepts, options, parse) as Field<Given<Options, number>>;
}

/** A size with its unit, as bytes. */
export function size<const Options extends Common<number> & Range>(options: Options): Field<Given<Options, number>> {
  const accepts = `a size with its unit, such as 64KiB or 2GiB${rangeOf(options)}`;
  const parse = (given: string): number => withinRange(parseSize, options, given, accepts);
  return optional('size', accepts, options, parse) as Field<Given<Options, number>>;
}

/** true or false; false when nothing is said. */
export function flag(options: Common<boolean>): Field<boolean> {
  return field('flag', 'true or false', options, (given) => flagOf(given), false);
}

/** A YAML list, or one value a line; empty when nothing is said. */
export function lines(options: Common<readonly string[]>): Field<readonly string[]> {
  return field('lines', 'a YAML list, or one value per line', options, parseLines, [] as readonly string[]);
}

/**
 * YAML that `parser` turns into a value; the parser throws UserError naming the place and what belongs there. With `schema: failsafe`
 * every plain value reaches it as the text it was written as: `1.10` stays `1.10`.
 */
export function structure<Value, const Options extends Common<Value> = Common<Value>>(
  options: Options & { readonly parser: (yaml: unknown) => Value | Promise<Value>; readonly accepts?: string; readonly schema?: 'core' | 'failsafe' },
): Field<Given<Options, Value>> {
  const parse = async (given: string): Promise<Value> => options.parser(await parseYaml(given, options.schema));
  return optional('structure', options.accepts ?? 'YAML', options, parse) as Field<Given<Options, Value>>;
}

type Parser<Value> = (given: string) => Value | Promise<Value>;

function optional<Value>(kind: FieldKind, accepts: string, options: Common<Value>, parse: Parser<Value>): Field<Value | undefined> {
  return field<Value | undefined, Value>(kind, accepts, options, parse, undefined);
}

function field<Value, Parsed extends Value>(
  kind: FieldKind, accepts: string, options: Common<Parsed>, parse: Parser<Parsed>, absent: Value,
): Field<Value> {
  const { description, required = false, env, example, default: standIn } = options;
  const checked = async (given: string): Promise<Value> => {
    const value = await parse(given);
    const complaint = await options.check?.(value);
    if (complaint !== undefined) throw new UserError(complaint);
    return value;
  };
  return {
    kind, description, required, accepts, absent, parse: checked,
    ...(standIn !== undefined && { default: standIn }), ...(env !== undefined && { env }), ...(example !== undefined && { example }),
  };
}

function rangeOf({ min, max }: Range): string {
  if (min !== undefined && max !== undefined) return `, from ${min} to ${max}`;
  if (min !== undefined) return `, at least ${min}`;
  return max === undefined ? '' : `, at most ${max}`;
}
