import { type DeploymentKey, type Entry } from '../entry.ts';
import type { Happening, Role } from '../event.ts';
import { mentionsOf, type People } from '../mention.ts';
import type { Listener } from '../routing.ts';
import { timelineOf } from '../timeline.ts';
import { templateValues } from '../values.ts';
import { fit, type Fitted } from './fit.ts';
import type { Message } from './message.ts';
import { fillBlocks, type OwnBlocks } from './own-blocks.ts';
import { renderDeployment, type Details } from './render.ts';

/** Something that happened, with everything that can be told of it. */
export interface Notice {
  readonly happening: Happening;
  readonly key: DeploymentKey;
  readonly entry: Entry;
  readonly details: Details;
  /** Where the whole can be read. */
  readonly address: string;
  /** Seconds since 1970 from which on its message may be found. */
  readonly since: number;
}

/** Whose names are known, and how the user's own message looks. */
export interface Style {
  readonly people: People;
  readonly ownBlocks: OwnBlocks | undefined;
  /** Told what a user should know. */
  say(note: string): void;
}

/** Makes the user's own message of what the standard one was made from. */
export type View = (standard: Message, entries: readonly Entry[]) => Message;

/** One message that shows these entries and all details, within Slack's limits: what a webhook posts, and a first post shows. */
export function wholeMessage({ key, address, details }: Notice, entries: readonly Entry[], listener: Listener, style: Style): Fitted {
  const standard = renderDeployment(timelineOf(entries), key, calling(details, entries.at(-1)!, listener, style));
  const view = viewOf(key, style.ownBlocks);
  return fit(view === undefined ? standard : view(standard, entries), address);
}

/** Why a webhook is not called for an event of this role, or undefined when it is. */
export function webhookSilence(role: Role, onStart: boolean): string | undefined {
  if (role === 'progress') return 'A webhook cannot change its message, so stages are kept for the last one.';
  return role === 'start' && !onStart ? 'A webhook cannot change its message, so the start is told only with on-start: true.' : undefined;
}

/** The details with those who are to be called; says who cannot be. */
export function calling(details: Details, entry: Entry, { mention }: Listener, { people, say }: Pick<Style, 'people' | 'say'>): Details {
  const { texts, problems } = mentionsOf(mention, people, entry.facts);
  problems.forEach((problem) => say(`Not called: ${problem}.`));
  return { ...details, mentions: texts };
}

/** The view of a user who has blocks of their own. */
export function viewOf(key: DeploymentKey, blocks: OwnBlocks | undefined): View | undefined {
  return blocks && ((standard, entries) => ({ text: standard.text, blocks: fillBlocks(blocks, templateValues(timelineOf(entries), key)) }));
}
