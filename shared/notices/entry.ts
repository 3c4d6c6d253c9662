import { EVENTS, STATES, type EventName, type State } from './event.ts';

/** What belongs together: the events of one run about one service in one environment. */
export interface DeploymentKey {
  readonly repository: string;
  readonly run: string;
  readonly environment: string;
  readonly service: string;
}

/** What an entry may tell besides what happened; all of it text as its authors wrote it. */
export type FactName =
  | 'release' | 'actor' | 'sha' | 'subject' | 'author' | 'commitUrl' | 'compareUrl' | 'pull' | 'pullTitle' | 'pullUrl'
  | 'runUrl' | 'workflow' | 'title' | 'message' | 'failingJob' | 'failingStep' | 'failingUrl' | 'failures';
export type Facts = { readonly [Name in FactName]?: string };

/** One event of a deployment, as it is kept beside the message and read back by later jobs. */
export interface Entry {
  /** Told once only, however often it was sent. */
  readonly id: string;
  readonly attempt: number;
  readonly event: EventName;
  readonly state: State;
  readonly stage?: string;
  /** Seconds since 1970. */
  readonly at: number;
  /** When the stage began, where the event itself knows. */
  readonly started?: number;
  readonly facts: Facts;
  /** Labels and values of the user's own. */
  readonly fields: Readonly<Record<string, string>>;
  /** Labels and addresses of the buttons. */
  readonly links: Readonly<Record<string, string>>;
}

/** The key in one line, by which a message is found again. */
export function keyText({ repository, run, environment, service }: DeploymentKey): string {
  return [repository, run, environment, service].join('\n');
}

/** The entry in what came back from outside, or undefined where it is none of ours. */
export function parseEntry(given: unknown): Entry | undefined {
  if (!isObject(given)) return undefined;
  const { id, attempt, event, state, stage, at, started, facts, fields, links } = given;
  const isOurs = typeof id === 'string' && isCount(attempt) && isCount(at) && isOneOf(EVENTS, event) && isOneOf(STATES, state);
  if (!isOurs) return undefined;
  return {
    id, attempt, event, state, at, ...(typeof stage === 'string' && { stage }), ...(isCount(started) && { started }),
    facts: texts(facts), fields: texts(fields), links: texts(links),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isOneOf<Word extends string>(words: readonly Word[], value: unknown): value is Word {
  return words.includes(value as Word);
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {};
}
