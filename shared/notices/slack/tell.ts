import { type Entry, keyText } from '../entry.ts';
import { recall, type Remembered } from '../memory.ts';
import type { Outcome, Unsent } from '../outcome.ts';
import { timelineOf } from '../timeline.ts';
import type { Role } from '../event.ts';
import { faultOf, faultText } from './faults.ts';
import { findHeads, type Heads } from './find-head.ts';
import { fit } from './fit.ts';
import type { Message } from './message.ts';
import { eventMetadata, headMetadata } from './record.ts';
import { renderEvent, type Details } from './render.ts';
import { addToThread, adopt, beginThread, headMessage, refresh, type Thread } from './thread.ts';
import type { Metadata, Posted } from './web-api.ts';

/** An event that a channel is to hear of. */
export interface Telling {
  readonly thread: Thread;
  readonly entry: Entry;
  readonly role: Role;
  readonly details: Details;
  readonly memory: readonly Remembered[];
  /** The message's `ts` as the workflow handed it on, if it did. */
  readonly given: string | undefined;
  readonly isOnlyOnChange: boolean;
  /** Told what a user should know, once. */
  say(note: string): void;
}

const GONE = new Set(['message_not_found', 'thread_not_found']);
const UNREADABLE = new Set(['missing_scope', 'not_in_channel', 'channel_not_found', 'not_allowed_token_type', 'no_permission']);

/** Tells a channel: in the deployment's message, found again wherever it is, or in a new one. Never rejects. */
export async function tellChannel(given: Telling): Promise<Outcome> {
  const known = recall(given.memory, keyText(given.thread.key), given.thread.channel);
  // A name serves to post; everything else needs the ID, which the first answer told.
  const telling = { ...given, thread: { ...given.thread, channel: known?.at?.channel ?? given.thread.channel } };
  const entries = [...(known?.entries ?? []), given.entry];
  const channel = given.thread.channel;
  let at: Posted | undefined;
  let hasSpoken = false;
  try {
    const heads = await lookFor(telling, known !== undefined);
    hasSpoken = true;
    at = givenPlace(telling) ?? placeOf(heads, telling.thread) ?? known?.at;
    const silence = heads === undefined || at !== undefined ? undefined : await changeOnly(telling, heads);
    if (silence !== undefined) return { channel, delivered: 'no', reason: silence, isSilence: true, entries: [] };
    const told = at === undefined ? await begin(telling, heads) : await goOn(telling, at, heads, entries);
    at = told.at;
    const permalink = await telling.thread.workspace.permalink(at).catch(() => undefined);
    return { channel, delivered: 'yes', ...told, ...(permalink !== undefined && { permalink }), entries };
  } catch (error) {
    const fault = faultOf(error);
    return { channel, delivered: hasSpoken && fault.mayHaveArrived ? 'unknown' : 'no', reason: faultText(fault), entries, ...(at !== undefined && { at }), unsent: unsentMessage(telling, at, entries) };
  }
}

type Told = Required<Pick<Outcome, 'at' | 'reason'>> & Pick<Outcome, 'unsent'>;

async function begin(telling: Telling, heads: Heads | undefined): Promise<Told> {
  const at = await beginThread(telling.thread, withFailures(telling.entry, heads), telling.details, failuresNow(telling, heads) ?? 0);
  return { at, reason: '' };
}

async function goOn(telling: Telling, at: Posted, heads: Heads | undefined, entries: readonly Entry[]): Promise<Told> {
  const { thread, entry, details, say } = telling;
  if (heads === undefined) return tellBlindly(telling, at, entries);
  try {
    await addToThread(thread, at, withFailures(entry, heads), details);
  } catch (error) {
    const { code } = faultOf(error);
    if (!UNREADABLE.has(code) && !GONE.has(code)) throw error;
    if (UNREADABLE.has(code)) {
      say(unreadable(telling, code));
      return tellBlindly(telling, at, entries);
    }
    say(`The deployment's message in ${thread.channel} is gone, so there is a new one.`);
    return begin(telling, heads);
  }
  const tidied = adopt(thread, at, heads.own.filter(({ ts }) => ts !== at.ts)).then(() => refresh(thread, at, failuresNow(telling, heads)));
  return tidied.then(() => ({ at, reason: '' }), (error: unknown) => staleMessage(telling, at, entries, error));
}

// Without the thread to read, the message shows what this job knows.
async function tellBlindly(telling: Telling, at: Posted, entries: readonly Entry[]): Promise<Told> {
  const { thread: { workspace, key, address, isBroadcast }, entry, details } = telling;
  const { message } = fit(renderEvent(entry, timelineOf(entries), key, details), address);
  await workspace.post(at.channel, message, { thread: at.ts, metadata: eventMetadata(key, entry), isBroadcast });
  const { body } = unsentMessage(telling, at, entries) as { readonly body: Message & { readonly metadata: Metadata } };
  return workspace.update(at, { text: body.text, blocks: body.blocks }, body.metadata)
    .then(() => ({ at, reason: '' }), (error: unknown) => staleMessage(telling, at, entries, error));
}

function staleMessage(telling: Telling, at: Posted, entries: readonly Entry[], error: unknown): Told {
  return { at, reason: `The thread tells it, but the message above could not be changed; the next notice does that. ${faultText(faultOf(error))}`, unsent: unsentMessage(telling, at, entries) };
}

function unsentMessage({ thread, details }: Telling, at: Posted | undefined, entries: readonly Entry[]): Unsent {
  const message = headMessage(thread, entries, details);
  const metadata = headMetadata({ key: thread.key, founding: entries[0]!, stands: timelineOf(entries).state, failures: 0 });
  if (at === undefined) return { method: 'chat.postMessage', body: { channel: thread.channel, ...message, metadata } };
  return { method: 'chat.update', body: { ...at, ...message, metadata } };
}

// Undefined where Slack lets nobody look: then only what this job remembers, or was told, is known.
async function lookFor(telling: Telling, isKnown: boolean): Promise<Heads | undefined> {
  const { thread, role, isOnlyOnChange, say } = telling;
  const needsPrevious = role === 'outcome' || isOnlyOnChange;
  if (isKnown && !needsPrevious) return { own: [], previous: undefined };
  if (thread.channel.startsWith('#')) return void say(unreadable(telling, 'its name was given and not its ID'));
  try {
    return await findHeads(thread.workspace, thread.channel, thread.key, thread.since, needsPrevious);
  } catch (error) {
    const { code } = faultOf(error);
    if (!UNREADABLE.has(code)) throw error;
    return void say(unreadable(telling, code));
  }
}

function unreadable({ thread: { channel } }: Telling, why: string): string {
  return `Messages of ${channel} cannot be looked through (${why}), so other jobs do not find this deployment's message by themselves. `
    + 'Give the app the scope channels:history (groups:history for a private channel), invite it, and give the channel\'s ID; or hand the output ts on to the input thread.';
}

function placeOf(heads: Heads | undefined, { channel }: Thread): Posted | undefined {
  const [first] = heads?.own ?? [];
  return first === undefined ? undefined : { channel, ts: first.ts };
}

function givenPlace({ given, thread }: Telling): Posted | undefined {
  return given === undefined ? undefined : { channel: thread.channel, ts: given };
}

// Says why nothing is told, or undefined when it is. A failure after a failure is added to the message of the first.
async function changeOnly(telling: Telling, { previous }: Heads): Promise<string | undefined> {
  const { isOnlyOnChange, role, entry, thread, details } = telling;
  if (!isOnlyOnChange) return undefined;
  if (role !== 'outcome' || !['succeeded', 'failed'].includes(entry.state)) return 'This channel hears only of changes.';
  const [wasFailing, isFailing] = [(previous?.failures ?? 0) > 0, entry.state === 'failed'];
  if (wasFailing !== isFailing) return undefined;
  if (!isFailing || previous === undefined) return 'Nothing has changed: it succeeded before.';
  const joined = { ...thread, key: previous.key, isBroadcast: false };
  const head = { channel: thread.channel, ts: previous.ts };
  await addToThread(joined, head, { ...entry, facts: { ...entry.facts, failures: String(previous.failures) } }, details);
  await refresh(joined, head, previous.failures + 1);
  return `Nothing has changed: it failed before. Added to that message, ${previous.failures + 1} failures in a row.`;
}

function failuresNow({ role, entry }: Telling, heads: Heads | undefined): number | undefined {
  if (role !== 'outcome') return undefined;
  const before = heads?.previous?.failures ?? 0;
  if (entry.state === 'succeeded') return 0;
  return entry.state === 'failed' ? before + 1 : before;
}

function withFailures(entry: Entry, heads: Heads | undefined): Entry {
  const before = heads?.previous;
  const isOutcome = entry.state === 'succeeded' || entry.state === 'failed';
  return isOutcome && before !== undefined && before.failures > 0 && entry.event !== 'stage' ? { ...entry, facts: { ...entry.facts, failures: String(before.failures) } } : entry;
}
