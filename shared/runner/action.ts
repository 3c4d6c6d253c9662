import type { Log } from '#shared/core/log';
import type { Run } from '#shared/core/run';
import type { Secret } from '#shared/core/secret';
import type { Field } from './fields.ts';
import type { SummarySection } from './summary.ts';

/** The inputs of an action by their kebab-case names. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What an action is: the one source of its action.yml, its README tables and its types. */
export interface Action<Inputs extends Fields = Fields, Outputs extends Readonly<Record<string, string>> = Readonly<Record<string, string>>> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Icon (of Feather) and colour in GitHub's marketplace. */
  readonly branding: { readonly icon: string; readonly color: string };
  readonly inputs: Inputs;
  /** Descriptions by kebab-case name. */
  readonly outputs: Outputs;
  /** The input that words of a command line without a name go to, one a line; an action without it takes no command line. */
  readonly commandLine?: string;
  /** What is wrong with inputs that are each well by themselves; shown with every other mistake. */
  check?(inputs: Values<Inputs>): readonly string[];
}

/** `ssh-key` as code says it: `sshKey`. */
export type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Rest}` ? `${Head}${Capitalize<CamelCase<Rest>>}` : Name;

/** The values that a set of fields yields, by their camelCase names. */
export type Values<Inputs extends Fields> = {
  readonly [Name in keyof Inputs as Name extends string ? CamelCase<Name> : never]: Inputs[Name] extends Field<infer Value> ? Value : never;
};

/** The inputs that an action's story gets: typed, checked, frozen. */
export type InputsOf<Anything extends Action> = Values<Anything['inputs']>;

/** What may be put out; undefined leaves the output unset. */
export type OutputValue = string | number | boolean | object | undefined;

/** A remark beside a line of a file, which GitHub shows in the changes of a pull request; it shows ten of each level a step. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
  readonly path?: string | undefined;
  readonly line?: number | undefined;
  readonly endLine?: number | undefined;
}

/** What a story works with besides its inputs. */
export interface Job<Anything extends Action = Action> {
  readonly log: Log;
  readonly run: Run;
  /** Aborted by GitHub's cancel (reason: Cancelled) and by the `timeout` input (reason: UserError). */
  readonly signal: AbortSignal;
  /** Sets outputs at once, so that they are there even if the story fails later. */
  output(values: { readonly [Name in keyof Anything['outputs']]?: OutputValue }): void;
  /** Adds a section to the job summary, which is written at the end, failed or not. */
  summarise(section: SummarySection): void;
  /** Remarks beside a line; on a terminal this does nothing. */
  annotate(annotation: Annotation): void;
  /** Hides a secret that turned up on the way (a minted token, a password in an address) from log, summary and outputs. */
  mask(value: string, forms?: 'all' | 'as-is'): Secret;
  /** The text with everything secret in it replaced, for what leaves for another place than log, summary and outputs, which do so by themselves. */
  redact(text: string): string;
}

/** The work of an action, told in domain verbs. */
export type Story<Anything extends Action> = (inputs: InputsOf<Anything>, job: Job<Anything>) => Promise<void>;

/** Declares an action; the returned object carries the types of its inputs and outputs. */
export function defineAction<const Inputs extends Fields, const Outputs extends Readonly<Record<string, string>>>(
  action: Action<Inputs, Outputs>,
): Action<Inputs, Outputs> {
  return action;
}

/** `ssh-key` -> `sshKey`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
