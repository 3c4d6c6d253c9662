/** One thing wrong with a payload, as `blocks.validate` tells it. */
export interface Fault {
  /** JSON pointer to what is wrong. */
  readonly pointer: string;
  readonly code: 'failed_constraint' | 'invalid_type' | 'missing_field' | 'additional_property' | 'unsupported_type';
  readonly message: string;
  readonly constraint?: Readonly<Record<string, unknown>>;
}

/** Everything wrong with a value found at a pointer. */
export type Rule = (value: unknown, pointer: string) => readonly Fault[];

type Members = Readonly<Record<string, Rule>>;
const optionalRules = new WeakSet<Rule>();

/** A member that may be left out. */
export function optional(rule: Rule): Rule {
  const lenient: Rule = (value, pointer) => (value === undefined ? [] : rule(value, pointer));
  optionalRules.add(lenient);
  return lenient;
}

/** A string of so many UTF-16 units: the stricter reading of Slack's "characters". */
export function text(longest: number, shortest = 1): Rule {
  return (value, pointer) => {
    if (typeof value !== 'string') return [wrongType(pointer, 'string', value)];
    if (value.length > longest) return [failed(pointer, `must be less than ${longest + 1} characters`, { type: 'max_length', expected: longest, got: value.length })];
    return value.length < shortest ? [failed(pointer, `must be more than ${shortest - 1} characters`, { type: 'min_length', expected: shortest, got: value.length })] : [];
  };
}

/** A string that is one of these. */
export function oneOf(...values: readonly string[]): Rule {
  return (value, pointer) => (values.includes(value as string) ? [] : [failed(pointer, `must be one of ${values.join(', ')}`, { type: 'enum', expected: values, got: value })]);
}

/** An absolute http, https or mailto address. */
export function address(longest = 3000, schemes: readonly string[] = ['http:', 'https:', 'mailto:']): Rule {
  return (value, pointer) => {
    const faults = text(longest)(value, pointer);
    if (faults.length > 0) return faults;
    return URL.canParse(value as string) && schemes.includes(new URL(value as string).protocol) ? [] : [failed(pointer, 'must be a valid URL', { type: 'url', got: value })];
  };
}

/** True or false. */
export const flag: Rule = (value, pointer) => (typeof value === 'boolean' ? [] : [wrongType(pointer, 'boolean', value)]);

/** A number. */
export const number: Rule = (value, pointer) => (Number.isFinite(value) ? [] : [wrongType(pointer, 'number', value)]);

/** An array of so many. */
export function list(element: Rule, most: number, least = 1): Rule {
  return (value, pointer) => {
    if (!Array.isArray(value)) return [wrongType(pointer, 'array', value)];
    if (value.length > most) return [failed(pointer, `no more than ${most} items allowed`, { type: 'max_items', expected: most, got: value.length })];
    if (value.length < least) return [failed(pointer, `no fewer than ${least} items allowed`, { type: 'min_items', expected: least, got: value.length })];
    return value.flatMap((one: unknown, index) => element(one, `${pointer}/${index}`));
  };
}

/** An object with these members and no others. */
export function object(members: Members, also: (value: Readonly<Record<string, unknown>>, pointer: string) => readonly Fault[] = () => []): Rule {
  return (value, pointer) => {
    if (!isObject(value)) return [wrongType(pointer, 'object', value)];
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
    const own = Object.entries(members).flatMap(([name, rule]) =>
      (value[name] === undefined && !optionalRules.has(rule) ? [{ pointer, code: 'missing_field', message: `missing required field: ${name}`, constraint: { type: 'required', expected: name } } satisfies Fault] : rule(value[name], `${pointer}/${name}`)));
    return [...unknown.map((name): Fault => ({ pointer, code: 'additional_property', message: `invalid additional property: ${name}` })), ...own, ...also(value, pointer)];
  };
}

/** An object whose `type` decides by which rule it goes. */
export function byType(kinds: () => Readonly<Record<string, Rule>>): Rule {
  return (value, pointer) => {
    if (!isObject(value)) return [wrongType(pointer, 'object', value)];
    const known = kinds();
    const kind = value['type'];
    const rule = typeof kind === 'string' && Object.hasOwn(known, kind) ? known[kind] : undefined;
    return rule?.(value, pointer) ?? [{ pointer: `${pointer}/type`, code: 'unsupported_type', message: `unsupported type: ${String(kind)}`, constraint: { type: 'enum', expected: Object.keys(known), got: kind } }];
  };
}

/** That at least one of the members is there. */
export function anyOf(...names: readonly string[]) {
  return (value: Readonly<Record<string, unknown>>, pointer: string): readonly Fault[] =>
    (names.some((name) => value[name] !== undefined) ? [] : [{ pointer, code: 'missing_field', message: `one of ${names.join(', ')} is required` }]);
}

/** Whether a value is an object, and neither null nor an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failed(pointer: string, message: string, constraint: Readonly<Record<string, unknown>>): Fault {
  return { pointer, code: 'failed_constraint', message, constraint };
}

function wrongType(pointer: string, expected: string, got: unknown): Fault {
  return { pointer, code: 'invalid_type', message: `must be of type ${expected}`, constraint: { type: 'type', expected, got: Array.isArray(got) ? 'array' : typeof got } };
}
