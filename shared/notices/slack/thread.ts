import { setTimeout as wait } from 'node:timers/promises';
import type { Budget } from '../budget.ts';
import type { DeploymentKey, Entry } from '../entry.ts';
import { timelineOf } from '../timeline.ts';
import { faultOf } from './faults.ts';
import { fit } from './fit.ts';
import { findHeads } from './find-head.ts';
import type { Message } from './message.ts';
import type { View } from './notice.ts';
import { entriesIn, eventMetadata, headMetadata, headOf, type Head } from './record.ts';
import { renderDeployment, renderEvent, type Details } from './render.ts';
import type { Posted, StoredMessage, Workspace } from './web-api.ts';

/** A deployment's message in one channel: its thread is the ledger, and the message the ledger's view. */
export interface Thread {
  readonly workspace: Workspace;
  readonly channel: string;
  readonly key: DeploymentKey;
  /** Seconds since 1970 from which on the message may be found. */
  readonly since: number;
  readonly budget: Budget;
  /** Where the whole can be read when a message had to be shortened. */
  readonly address: string;
  /** Shows a reply in the channel as well: an edited message makes no sound. */
  readonly isBroadcast: boolean;
  /** Makes the user's own message of what the standard one was made from, where they have blocks of their own. */
  readonly view: View | undefined;
}

const MOST_REFRESHES = 4;
const LOOKS_MS = [0, 700]; // pauses before looking for a message whose answer was lost

/** Begins the thread with an event: the message itself. When another job was quicker, the event joins its thread instead. */
export async function beginThread(thread: Thread, entry: Entry, details: Details, failures: number): Promise<Posted> {
  const { workspace, channel, key, since } = thread;
  const own = async (): Promise<readonly Head[]> => (await findHeads(workspace, channel, key, since, false)).own;
  const mine = async (): Promise<Posted | undefined> => {
    const found = (await own()).find(({ founding }) => founding.id === entry.id);
    return found === undefined ? undefined : { channel, ts: found.ts };
  };
  const metadata = headMetadata({ key, founding: entry, stands: timelineOf([entry]).state, failures });
  const posted = await postOnce(() => workspace.post(channel, headMessage(thread, [entry], details), { metadata }), mine, thread.budget);
  const [first, ...strays] = await own().catch(() => []);
  if (first === undefined || (first.ts === posted.ts && strays.length === 0)) return posted;
  const head = { channel: posted.channel, ts: first.ts };
  // The event is told by now; what cannot be tidied up, the next event's step does.
  await adopt(thread, head, strays).then(() => refresh(thread, head)).catch(() => undefined);
  return head;
}

/** Adds an event to the thread. Its message shows it after `refresh`. */
export async function addToThread(thread: Thread, head: Posted, entry: Entry, details: Details): Promise<void> {
  const { workspace, key, budget, address, isBroadcast } = thread;
  const { entries } = await readThread(thread, head);
  const { message } = fit(renderEvent(entry, timelineOf([...entries, entry]), key, details), address);
  const options = { thread: head.ts, metadata: eventMetadata(key, entry), isBroadcast };
  const mine = async (): Promise<Posted | undefined> => {
    const found = (await readThread(thread, head)).found.find((candidate) => candidate.entry.id === entry.id);
    return found === undefined ? undefined : { channel: head.channel, ts: found.ts };
  };
  await postOnce(() => workspace.post(head.channel, message, options), mine, budget);
}

/** Moves the events of messages that should not have been into the thread of the one that counts, and takes them away. */
export async function adopt(thread: Thread, head: Posted, strays: readonly Head[]): Promise<void> {
  const { workspace, key, address } = thread;
  for (const { ts, founding, replies } of strays) {
    if (replies > 0) continue;
    const { entries } = await readThread(thread, head);
    const { message } = fit(renderEvent(founding, timelineOf([...entries, founding]), key), address);
    if (!entries.some(({ id }) => id === founding.id)) await workspace.post(head.channel, message, { thread: head.ts, metadata: eventMetadata(key, founding) });
    // Another job may have been quicker here as well.
    await workspace.remove({ channel: head.channel, ts }).catch(() => undefined);
  }
}

/** Shows what the thread tells, again until nothing has been added meanwhile: whoever adds last shows last. `failures` as in the record, if it changes. */
export async function refresh(thread: Thread, head: Posted, failures?: number): Promise<void> {
  let shown = '';
  for (let round = 0; round < MOST_REFRESHES; round += 1) {
    const { record, found, entries } = await readThread(thread, head);
    const [founding] = entries;
    const ids = entries.map(({ id }) => id).join(' ');
    if (founding === undefined || ids === shown) return;
    await removeTwins(thread, head, found);
    const metadata = headMetadata({ key: record?.key ?? thread.key, founding, stands: timelineOf(entries).state, failures: failures ?? record?.failures ?? 0 });
    await thread.workspace.update(head, headMessage(thread, entries), metadata);
    shown = ids;
  }
}

/** The message that shows these events. Details are for one that stands alone: where there are more events, the thread has them. */
export function headMessage({ key, address, view }: Thread, entries: readonly Entry[], details: Details = {}): Message {
  const standard = renderDeployment(timelineOf(entries), key, entries.length === 1 ? details : {});
  return fit(view === undefined ? standard : view(standard, entries), address).message;
}

// A post whose answer was lost may be there all the same: it is looked for before it is ever sent again.
async function postOnce(post: () => Promise<Posted>, find: () => Promise<Posted | undefined>, { signal }: Budget): Promise<Posted> {
  try {
    return await post();
  } catch (error) {
    if (!faultOf(error).mayHaveArrived) throw error;
    const unknown = (): never => { throw error; };
    for (const pause of LOOKS_MS) {
      await wait(pause, undefined, { signal }).catch(unknown);
      const found = await find().catch(unknown);
      if (found !== undefined) return found;
    }
    return post().catch(async () => (await find().catch(unknown)) ?? unknown());
  }
}

interface ReadThread {
  readonly record: Head | undefined;
  readonly found: ReturnType<typeof entriesIn>;
  readonly entries: readonly Entry[];
}

async function readThread({ workspace }: Thread, at: Posted): Promise<ReadThread> {
  const messages: StoredMessage[] = [];
  let cursor: string | undefined;
  do {
    const page = await workspace.replies(at, cursor);
    messages.push(...page.messages);
    cursor = page.next;
  } while (cursor !== undefined);
  const found = entriesIn(messages);
  return { record: messages.map(headOf).find((head) => head !== undefined), found, entries: found.map(({ entry }) => entry) };
}

// A late answer's post, and the one that replaced it.
async function removeTwins({ workspace }: Thread, { channel, ts: head }: Posted, found: ReadThread['found']): Promise<void> {
  const twins = found.filter(({ ts, entry }, index) => ts !== head && found.findIndex((other) => other.entry.id === entry.id) < index);
  for (const { ts } of twins) await workspace.remove({ channel, ts }).catch(() => undefined);
}
