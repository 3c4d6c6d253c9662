import { type DeploymentKey, type Entry, type Facts, keyText, parseEntry } from '../entry.ts';
import type { State } from '../event.ts';
import { cut } from '../cut.ts';
import { LONGEST_METADATA } from './limits.ts';
import type { Metadata, StoredMessage } from './web-api.ts';

/** What the message of a deployment tells other runs and later jobs. */
export interface HeadRecord {
  readonly key: DeploymentKey;
  /** The event that made the message. */
  readonly founding: Entry;
  /** How the deployment stands. */
  readonly stands: State;
  /** How many deployments of this service have failed in a row, this one included. */
  readonly failures: number;
}

/** A head found in a channel. */
export interface Head extends HeadRecord {
  readonly ts: string;
  readonly replies: number;
}

const HEAD = 'slipway_deployment';
const EVENT = 'slipway_event';
const TEXT_STEPS = [1_000, 300, 100, 40];

/** The metadata of a deployment's message. */
export function headMetadata({ key, founding, stands, failures }: HeadRecord): Metadata {
  return small(founding, (entry) => ({ event_type: HEAD, event_payload: { ...payloadOf(entry), ...key, key: keyText(key), stands, failures } }));
}

/** The metadata of one event in its thread. */
export function eventMetadata(key: DeploymentKey, entry: Entry): Metadata {
  return small(entry, (shorter) => ({ event_type: EVENT, event_payload: { ...payloadOf(shorter), run: key.run, environment: key.environment, service: key.service } }));
}

/** The head that a message is, or undefined when it is none of ours. */
export function headOf({ ts, metadata, replies }: StoredMessage): Head | undefined {
  if (metadata?.event_type !== HEAD) return undefined;
  const { repository, run, environment, service, stands, failures } = metadata.event_payload;
  const founding = parseEntry(metadata.event_payload);
  const names = [repository, run, environment, service];
  if (founding === undefined || !names.every((name) => typeof name === 'string')) return undefined;
  return {
    ts, replies, founding, stands: (typeof stands === 'string' ? stands : founding.state) as State, failures: typeof failures === 'number' ? failures : 0,
    key: { repository: String(repository), run: String(run), environment: String(environment), service: String(service) },
  };
}

/** The events that messages of a thread tell of, the head's own among them, each with its place. */
export function entriesIn(messages: readonly StoredMessage[]): readonly { readonly ts: string; readonly entry: Entry }[] {
  return messages.flatMap(({ ts, metadata }) => {
    const entry = metadata?.event_type === EVENT || metadata?.event_type === HEAD ? parseEntry(metadata.event_payload) : undefined;
    return entry === undefined ? [] : [{ ts, entry }];
  });
}

function payloadOf({ id, attempt, event, state, stage, at, started, facts, fields, links }: Entry): Readonly<Record<string, unknown>> {
  return { id, attempt, event, state, at, ...(stage !== undefined && { stage }), ...(started !== undefined && { started }), facts, fields, links };
}

// Long texts stay in the message; the record needs only as much as the head shows.
function small(entry: Entry, metadata: (entry: Entry) => Metadata): Metadata {
  for (const most of TEXT_STEPS) {
    const shorter = metadata({ ...entry, facts: shortTexts(entry.facts, most), fields: shortTexts(entry.fields, most) });
    if (JSON.stringify(shorter).length <= LONGEST_METADATA) return shorter;
  }
  const { release, actor } = entry.facts;
  const facts: Facts = { ...(release !== undefined && { release }), ...(actor !== undefined && { actor }) };
  return metadata({ ...entry, facts: shortTexts(facts, 100), fields: {}, links: {} });
}

// An address that is cut leads nowhere.
function shortTexts<Texts extends Readonly<Record<string, string>>>(texts: Texts, most: number): Texts {
  const short = Object.entries(texts).filter(([name, value]) => !name.endsWith('Url') || value.length <= Math.max(most, 300));
  return Object.fromEntries(short.map(([name, value]) => [name, name.endsWith('Url') ? value : cut(value, most)])) as Texts;
}
