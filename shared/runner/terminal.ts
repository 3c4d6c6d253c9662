import { UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';
import type { Action } from './action.ts';
import type { Field } from './fields.ts';
import type { JobLog } from './job-log.ts';
import type { Masks } from './masks.ts';
import { neutralLines } from './neutral-text.ts';
import { type Environment, inputVariable } from './read-inputs.ts';
import type { Venue } from './venue.ts';

/** A terminal on which an action is called by hand with these words: nothing is printed that only GitHub's runner would understand. */
export function terminalVenue(action: Action, words: readonly string[]): Venue {
  return {
    // What the terminal printed would show it.
    hide: () => undefined,
    createLog: createTerminalLog,
    annotate: () => undefined,
    fail: (message) => void process.stderr.write(`${neutralLines(message).join('\n')}\n`),
    environment: (given) => {
      if (!words.includes('--help') && !words.includes('-h')) return { ...given, ...readWords(action, words) };
      process.stdout.write(usage(action));
      return undefined;
    },
  };
}

/** Inputs, as variables, out of `--name value`, `--name=value`, `--flag`, and words without a name. @throws {UserError} on a name that no input has. */
export function readWords(action: Action, words: readonly string[]): Environment {
  const given: Record<string, string> = {};
  const add = (name: string, value: string): void => void (given[name] = given[name] === undefined ? value : `${given[name]}\n${value}`);
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, value] = /^--([a-z0-9][a-z0-9-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) add(positional(action, word), word);
    else add(name, value ?? valueOf(action, name, rest));
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [inputVariable(name), value]));
}

function valueOf(action: Action, name: string, rest: string[]): string {
  const field = fieldNamed(action, name);
  const isFlag = field.kind === 'flag';
  if (isFlag && !['true', 'false'].includes(rest[0] ?? '')) return 'true';
  const value = rest.shift();
  if (value === undefined) throw new UserError(`--${name} lacks its value; accepted is ${field.accepts}.`);
  return value;
}

function fieldNamed({ inputs, name: action }: Action, name: string): Field<unknown> {
  const field = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (field?.kind === 'secret') throw new UserError(`--${name} would show a secret in the list of processes: give it as the variable ${inputVariable(name)}.`);
  if (field !== undefined) return field;
  const near = likelyMeant(name, Object.keys(inputs));
  throw new UserError(`${action} has no --${name}${near === undefined ? '' : `; the nearest is --${near}`}. --help lists them.`);
}

function positional({ commandLine, name }: Action, word: string): string {
  if (commandLine === undefined || word.startsWith('-')) throw new UserError(`${word} is nothing that ${name} takes. --help lists what is.`);
  return commandLine;
}

function usage({ name, description, commandLine, inputs }: Action): string {
  const lines = Object.entries(inputs).filter(([, { kind }]) => kind !== 'secret').map(([input, field]) => `  --${input}${field.kind === 'flag' ? '' : ' …'}\n      ${field.description}${field.default === undefined ? '' : ` Default: ${field.default}`}`);
  return `${name} [--input value …] [${commandLine} …]\n\n${description}\n\n${lines.join('\n')}\n`;
}

function createTerminalLog(masks: Masks): JobLog {
  const current: string[] = [];
  const print = (text: string): void => void process.stdout.write(`${neutralLines(masks.redact(text)).join('\n')}\n`);
  return {
    current, info: print, output: print,
    warning: (message) => void process.stderr.write(`${neutralLines(masks.redact(`Warning: ${message}`)).join('\n')}\n`),
    // Nobody watches for minutes here: what a phase is called would only push its result off the screen.
    group: async (title, task) => {
      current.push(title);
      try {
        return await task();
      } finally {
        current.splice(current.lastIndexOf(title), 1);
      }
    },
  };
}
