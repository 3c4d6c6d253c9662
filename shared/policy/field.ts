import { dictionary, flag, list, record, text, type Read, type Reader } from '#shared/checks/shape';
import { parseDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';

/** One kind of value in our YAML files: how it is read, what an editor is told about it, and what people are. */
export interface Field<Value> {
  readonly reader: Reader<Value>;
  /** JSON Schema. */
  readonly schema: object;
  readonly accepts: string;
}

/** A field with its name's meaning, as the reference says it. */
export interface Key<Value> extends Field<Value> {
  readonly description: string;
}

/** The keys of a mapping. */
export type Keys = Readonly<Record<string, Key<unknown>>>;

/** A mapping, and its keys for the reference. */
export interface Mapping<Value> extends Field<Value> {
  readonly keys: Keys;
}

type Readers<Given extends Keys> = { readonly [Name in keyof Given]: Given[Name]['reader'] };

/** Gives a field the meaning of its key. */
export function key<Value>(description: string, field: Field<Value>): Key<Value> {
  return { ...field, description };
}

/** Any text. */
export const anyText: Field<string> = { reader: text(), schema: { type: 'string', minLength: 1 }, accepts: 'text' };

/** True or false. */
export const yesOrNo: Field<boolean> = { reader: flag(), schema: { type: 'boolean' }, accepts: 'true or false' };

/** A time span, as milliseconds. */
export const span: Field<number> = { reader: text(parseDuration), schema: { type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$' }, accepts: 'a duration such as 12h or 7d' };

/** A number above 0 and up to 1. */
export const probability: Field<number> = {
  reader: (value, path, faults) => (typeof value === 'number' && value > 0 && value <= 1 ? value : void faults.push(`${path}: accepted is a number above 0 and up to 1`)),
  schema: { type: 'number', exclusiveMinimum: 0, maximum: 1 }, accepts: 'a number above 0 and up to 1',
};

/** One of a few words. */
export function word<const Word extends string>(words: readonly Word[]): Field<Word> {
  const parse = (given: string): Word => {
    const found = words.find((candidate) => candidate === given);
    if (found !== undefined) return found;
    const near = likelyMeant(given, words);
    throw new UserError(near === undefined ? `accepted is one of ${words.join(', ')}` : `there is no ${given}; the nearest is ${near}`);
  };
  return { reader: text(parse), schema: { enum: words }, accepts: words.join(', ') };
}

/** Text that has to fit an expression, which starts and ends with the text. */
export function formed(pattern: RegExp, accepts: string): Field<string> {
  const parse = (given: string): string => {
    if (!pattern.test(given)) throw new UserError(`accepted is ${accepts}`);
    return given;
  };
  return { reader: text(parse), schema: { type: 'string', pattern: pattern.source }, accepts };
}

/** One value, or a list of them. */
export function many<Value>(field: Field<Value>): Field<readonly Value[]> {
  return { reader: list(field.reader), schema: { anyOf: [field.schema, { type: 'array', minItems: 1, items: field.schema }] }, accepts: `one or a list of: ${field.accepts}` };
}

/** The same, where the list may be empty, and an editor does not mind it without a value. */
export function manyOrNone<Value>(field: Field<Value>): Field<readonly Value[]> {
  return {
    reader: (value, path, faults) => (Array.isArray(value) && value.length === 0 ? [] : list(field.reader)(value, path, faults)),
    schema: { anyOf: [field.schema, { type: 'array', items: field.schema }, { type: 'null' }] }, accepts: `none, one or a list of: ${field.accepts}`,
  };
}

/** Names of one's own with a value each. */
export function dictionaryOf<Value>(field: Field<Value>, names: RegExp, accepts: string): Field<Readonly<Record<string, Value>>> {
  const reader: Reader<Readonly<Record<string, Value>>> = (value, path, faults) => {
    const read = dictionary(field.reader)(value, path, faults);
    if (read !== undefined && Object.keys(read).length === 0) faults.push(`${path}: accepted is one at least`);
    faults.push(...Object.keys(read ?? {}).filter((name) => !names.test(name)).map((name) => `${path}: ${JSON.stringify(name.slice(0, 40))} is no name; accepted is ${accepts}`));
    return read;
  };
  return { reader, schema: { type: 'object', minProperties: 1, propertyNames: { pattern: names.source }, additionalProperties: field.schema }, accepts: `names with: ${field.accepts}` };
}

/** A mapping of these keys alone; those that are required have to be there. */
export function mapping<const Given extends Keys>(keys: Given, required: readonly (keyof Given & string)[] = []): Mapping<Read<Readers<Given>>> {
  const names = Object.keys(keys);
  const readers = Object.fromEntries(names.map((name) => [name, keys[name]!.reader])) as Readers<Given>;
  const reader: Reader<Read<Readers<Given>>> = (value, path, faults) => {
    const read = record(readers)(value, path, faults);
    const given = typeof value === 'object' && value !== null ? value : {};
    if (read !== undefined) faults.push(...required.filter((name) => !Object.hasOwn(given, name)).map((name) => `${path === '' ? name : `${path}.${name}`} is missing`));
    return read;
  };
  const properties = Object.fromEntries(names.map((name) => [name, { ...keys[name]!.schema, description: keys[name]!.description }]));
  return { reader, keys, schema: { type: 'object', additionalProperties: false, required, properties }, accepts: 'keys with values' };
}
