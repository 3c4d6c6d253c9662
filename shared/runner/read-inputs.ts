import { messageOf, UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';
import { Secret } from '#shared/core/secret';
import { type Action, camelCase, type Fields, type InputsOf } from './action.ts';
import type { Field } from './fields.ts';
import type { Masks } from './masks.ts';

/** Environment variables; entries that held a secret are removed once read, so that no child process inherits them. */
export type Environment = Record<string, string | undefined>;

const LONGEST_SHOWN = 80;

/**
 * The inputs of a step: from `INPUT_<NAME>`, else the field's DEPLOY_ variable, else its default; typed, checked and deeply frozen.
 * Secrets are masked before anything else happens.
 * @throws {UserError} that names every mistake at once.
 */
export async function readInputs<Anything extends Action>(action: Anything, environment: Environment, masks: Masks): Promise<InputsOf<Anything>> {
  maskSecrets(action.inputs, environment, masks);
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const [name, field] of Object.entries(action.inputs)) {
    try {
      values[camelCase(name)] = await readField(name, field, environment);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      mistakes.push(error.message);
    }
  }
  mistakes.push(...unknownInputs(action.inputs, environment));
  if (mistakes.length === 0) mistakes.push(...(action.check?.(values as InputsOf<Anything>) ?? []));
  forgetSecrets(action.inputs, environment);
  if (mistakes.length > 0) throw new UserError(asOneMessage(action.name, mistakes));
  return deepFreeze(values) as InputsOf<Anything>;
}

/** The variable in which GitHub hands over an input: only blanks are replaced, hyphens stay. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

async function readField(name: string, field: Field<unknown>, environment: Environment): Promise<unknown> {
  const source = [inputVariable(name), field.env].find((variable) => variable !== undefined && (environment[variable] ?? '').trim() !== '');
  const given = source === undefined ? field.default : environment[source];
  const place = source !== undefined && source === field.env ? `${name} (from ${source})` : name;
  if (given === undefined) {
    if (field.required) throw new UserError(`${name} is missing${field.env ? `; give it under \`with:\`, or as ${field.env} in \`env:\`` : ''}`);
    return field.absent;
  }
  try {
    return await field.parse(given);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${place}: ${messageOf(error)}; given was ${shown(field, given)}`);
  }
}

// A cut secret is one the runner no longer recognises and hides, so what is long or looks like a key shows little or nothing.
function shown(field: Field<unknown>, given: string): string {
  if (field.kind === 'secret') return 'a secret (not shown)';
  if (field.kind === 'structure') return `${given.length} characters of YAML (not shown: it may hold secrets)`;
  if (/PRIVATE KEY-----/.test(given)) return 'what looks like a private key (not shown)';
  if (given.length <= LONGEST_SHOWN) return JSON.stringify(given);
  return `${given.length} characters beginning with ${JSON.stringify(given.slice(0, 12))}`;
}

function maskSecrets(fields: Fields, environment: Environment, masks: Masks): void {
  for (const variable of secretVariables(fields)) masks.add(environment[variable] ?? '');
  for (const variable of Object.entries(fields).flatMap(variablesOf)) passwordsIn(environment[variable] ?? '').forEach((password) => masks.add(password));
}

function forgetSecrets(fields: Fields, environment: Environment): void {
  for (const variable of secretVariables(fields)) delete environment[variable];
}

function secretVariables(fields: Fields): string[] {
  return Object.entries(fields).filter(([, field]) => field.kind === 'secret').flatMap(variablesOf);
}

function variablesOf([name, field]: readonly [string, Field<unknown>]): string[] {
  return [inputVariable(name), ...(field.env === undefined ? [] : [field.env])];
}

// Addresses are no secrets, but one may hold the password of a protected site: https://user:password@staging.example.com
function passwordsIn(given: string): string[] {
  return [...given.matchAll(/:\/\/[^\s/?#:@]*:([^\s/?#]+)@/g)].flatMap(([, password = '']) => [password, decoded(password)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// GitHub only warns about an input that an action does not have, and a typo would silently leave the default in force. What is like
// no input of ours may be somebody else's: act hands the inputs of a composite action down to its steps.
function unknownInputs(fields: Fields, environment: Environment): string[] {
  const known = Object.keys(fields);
  const variables = new Set(known.map(inputVariable));
  return Object.keys(environment).filter((variable) => variable.startsWith('INPUT_') && !variables.has(variable.toUpperCase()))
    .map((variable) => variable.slice('INPUT_'.length).toLowerCase())
    .flatMap((name) => {
      const meant = likelyMeant(name, known);
      return meant === undefined ? [] : [`${name}: there is no such input; the nearest is ${meant}`];
    });
}

function asOneMessage(action: string, mistakes: readonly string[]): string {
  if (mistakes.length === 1) return `Input of ${action} to mend: ${mistakes[0]}.`;
  return [`${mistakes.length} inputs of ${action} to mend:`, ...mistakes.map((mistake) => `- ${mistake}.`)].join('\n');
}

function deepFreeze<Value>(value: Value): Value {
  if (isContainer(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
