import { constants } from 'node:os';
import { PassThrough, Readable, pipeline } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { messageOf, UserError } from '#shared/core/errors';
import { type LineState, ConnectionLost } from './line-state.ts';
import { happens } from './happens.ts';
import { gather } from './output.ts';

/** What a command is given, and who hears what it says. */
export interface ExecOptions {
  /** Piped at once, ended at its end. */
  readonly stdin?: Readable | Uint8Array | string;
  onOutput?(chunk: Buffer): void;
  onError?(chunk: Buffer): void;
  /** Closes the channel when aborted, and rejects with the signal's reason. The command itself may run on. */
  readonly signal?: AbortSignal;
}

/** How a command ended. A command killed by signal n has code 128 + n, as in a shell. */
export interface ExecResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one command line.
 * @throws {ConnectionLost} when the line drops before the command was seen to end.
 */
export function exec(client: Client, state: LineState, command: string, options: ExecOptions): Promise<ExecResult> {
  const feed = feedOf(options.stdin);
  // Derived, because one signal may serve many commands at once, and more than ten listeners on it look like a leak.
  const signal = options.signal && AbortSignal.any([options.signal]);
  return new Promise<ExecResult>((resolve, reject) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => reject(signal.reason));
    if (state.isLost) throw new ConnectionLost(state);
    const asked = performance.now();
    client.exec(command, (error, channel) => {
      if (error) return reject(state.isLost ? new ConnectionLost(state) : new UserError(refusalOf(state.label, error)));
      measure(state, performance.now() - asked);
      if (signal?.aborted) channel.close();
      signal?.addEventListener('abort', () => channel.close());
      // At once, not in a later microtask: a short command's last words may be in the same packet.
      attend(channel, feed, state, options).then(resolve, reject);
    });
  }).finally(() => feed.destroy());
}

// The channel is opened, then the command is asked for: two round trips.
function measure(state: LineState, took: number): void {
  state.roundTrip = Math.min(state.roundTrip || Infinity, took / 2);
}

async function attend(channel: ClientChannel, feed: Readable, state: LineState, options: ExecOptions): Promise<ExecResult> {
  const failed = Promise.withResolvers<never>();
  const fail = (error: unknown): void => {
    failed.reject(error);
    channel.close();
  };
  const stdout = gather(channel, options.onOutput, fail);
  const stderr = gather(channel.stderr, options.onError, fail);
  const ended = endOf(channel);
  pump(feed, channel, ended).catch(fail);
  const code = await Promise.race([ended, failed.promise]);
  if (code === undefined || state.isLost) throw new ConnectionLost(state);
  return { code, stdout: stdout(), stderr: stderr() };
}

// Settles when both streams were read to their end; undefined when the channel closed without saying how the command ended.
async function endOf(channel: ClientChannel): Promise<number | undefined> {
  let code: number | undefined;
  channel.once('exit', (status: number | null, signal?: string) => {
    code = status ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 127);
  });
  channel.on('error', () => {}); // writing to a command that has ended is no fault; its exit status says what happened
  await Promise.all([happens(channel, 'close'), happens(channel.stderr, 'close')]);
  return code;
}

// Read from the first moment on: a child process that ends before the channel is open would take its unread output with it.
function feedOf(stdin: ExecOptions['stdin']): Readable {
  const source = stdin instanceof Readable ? stdin : Readable.from(stdin === undefined || stdin.length === 0 ? [] : [Buffer.from(stdin as string)], { objectMode: false });
  const feed = new PassThrough();
  feed.on('error', () => {}); // the pump sees it, if it is still at work
  pipeline(source, feed, () => {});
  return feed;
}

// By hand, because the channel never calls back for what is written after the command has closed it, and a pipeline would wait for ever.
async function pump(feed: Readable, channel: ClientChannel, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = ended.then(() => {
    isOver = true;
    feed.destroy();
  });
  try {
    for await (const chunk of feed) {
      if (isOver || !channel.writable) return;
      if (!channel.write(chunk)) await Promise.race([happens(channel, 'drain'), over]);
    }
    if (!isOver) channel.end();
  } catch (error) {
    if (!isOver) throw error;
  }
}

function refusalOf(label: string, error: Error): string {
  return `${label} refused to run a command: ${messageOf(error)}. Its sshd may limit sessions (MaxSessions), or the key may be restricted in authorized_keys.`;
}
