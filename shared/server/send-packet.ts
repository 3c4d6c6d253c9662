import { randomBytes } from 'node:crypto';
import { UserError } from '#shared/core/errors';
import type { ExecOptions, ExecResult, SshConnection } from '#shared/system/ssh/connection';
import { chooseUnpacker, compressed, type Unpacker } from './compression.ts';
import { packet, type PacketEntry } from './packet.ts';
import { inPieces } from './pieces.ts';
import type { Plan } from './plan.ts';
import { laneCommand, receiveCommand } from './scripts.ts';

const LONG = 15; // milliseconds of a round trip from which on the window of one channel, 2 MiB in OpenSSH, limits what passes
// How many channels more, and from how many bytes of files on: what is less passes in one window anyway. With the packet itself 7 of the 10
// sessions that an sshd allows unless told otherwise.
const PLAIN = { lanes: 6, worthIt: 2 * 1_048_576 };
const COMPRESSED = { lanes: 2, worthIt: 64 * 1_048_576 };
const PIECE = 8 * 1_048_576; // bytes

/** What of a packet the server is told beforehand. */
export interface Parcel {
  readonly plan: Pick<Plan, 'state' | 'id'>;
  /** The last arguments of receive.sh that take the service over; none where the generation is taken already. */
  readonly takeover: readonly string[];
  readonly entries: Iterable<PacketEntry>;
  /** What the server could open it with; empty where compressing it would be in vain. */
  readonly unpackers: readonly Unpacker[];
}

/**
 * Sends a plan's packet and follows the plan. Over a long line it goes through several channels at once, each with a window of its own;
 * whichever has room takes the next entry. Where the server opens no more channels, the first carries what is left.
 */
export async function sendPacket(connection: SshConnection, { plan: { state, id }, takeover, entries, unpackers }: Parcel, options: ExecOptions): Promise<ExecResult> {
  const attempt = randomBytes(6).toString('hex');
  const isLong = connection.roundTrip() > LONG;
  const unpacker = chooseUnpacker(unpackers, isLong);
  const { lanes, worthIt } = unpacker === undefined ? PLAIN : COMPRESSED;
  const queue = (isLong ? inPieces(entries, PIECE) : entries)[Symbol.iterator]();
  const over = new AbortController();
  const allTaken = Promise.withResolvers<void>();
  const signal = AbortSignal.any([over.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const openLanes = (): Promise<unknown> => allOf(lanes, () => openLane(connection, { command: laneCommand(state, id, attempt, unpacker), unpacker, signal, allTaken: allTaken.promise }, queue));
  try {
    return await connection.exec(receiveCommand(state, id, takeover, attempt, unpacker), { ...options, stdin: compressed(packet(firstLane(queue, { open: isLong ? openLanes : undefined, worthIt, allTaken: allTaken.resolve })), unpacker) });
  } finally {
    over.abort(new Error('The packet was sent'));
  }
}

interface Lane {
  readonly command: string;
  readonly unpacker: Unpacker | undefined;
  readonly signal: AbortSignal;
  /** There is nothing left to take for a lane that is not open by then. */
  readonly allTaken: Promise<void>;
}

interface Lanes {
  readonly open: (() => Promise<unknown>) | undefined;
  /** From so many bytes of files on. */
  readonly worthIt: number;
  allTaken(): void;
}

// One that fails before it is waited for must not look like nobody's fault.
function allOf(count: number, open: () => Promise<void>): Promise<unknown> {
  const all = Promise.all(Array.from({ length: count }, open));
  all.catch(() => {});
  return all;
}

// Folders come before files in a packet, and those of the lanes' own before the sign by which lane.sh knows that all are there.
async function* firstLane(queue: Iterator<PacketEntry>, { open, worthIt, allTaken }: Lanes): AsyncGenerator<PacketEntry> {
  let bytes = 0;
  let lanes: Promise<unknown> | undefined;
  for (const entry of rest(queue)) {
    bytes += entry.kind === 'file' ? entry.size : 0;
    if (bytes > worthIt && open !== undefined && lanes === undefined) {
      yield { kind: 'folder', path: 'pieces', mode: 0o700 };
      yield { kind: 'text', path: 'folders-made', mode: 0o600, text: '' };
      lanes = open();
    }
    yield entry;
  }
  allTaken();
  await lanes;
  yield { kind: 'text', path: 'complete', mode: 0o600, text: '' };
}

// Takes nothing out of the queue before the other side has said that it is there; refused, it has taken nothing.
async function openLane(connection: SshConnection, { command, unpacker, signal, allTaken }: Lane, queue: Iterator<PacketEntry>): Promise<void> {
  const ready = Promise.withResolvers<boolean>();
  const ended = connection.exec(command, { signal, onOutput: () => ready.resolve(true), stdin: compressed(packet(laterEntries(ready.promise, queue)), unpacker) });
  ended.catch(() => {}).finally(() => ready.resolve(false));
  void allTaken.then(() => ready.resolve(false));
  if (!(await ready.promise)) return;
  const { code, stderr } = await ended;
  if (code !== 0) throw new UserError(`${connection.label} did not take a part of the plan: ${stderr.trim()}`);
}

async function* laterEntries(isReady: Promise<boolean>, queue: Iterator<PacketEntry>): AsyncGenerator<PacketEntry> {
  if (await isReady) yield* rest(queue);
}

// A loop over the iterator itself would end it for the others, too, when one lane breaks off.
function* rest<Entry>(queue: Iterator<Entry>): Generator<Entry> {
  for (let next = queue.next(); next.done !== true; next = queue.next()) yield next.value;
}
