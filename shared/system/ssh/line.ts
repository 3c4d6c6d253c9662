import './module-folder.ts';
import { type Socket, connect as dial } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AuthHandlerMiddleware, Client } from 'ssh2';
import { type HostKeyType, type Pins, type Refusal, algorithmsOf, judgeHostKey } from './host-keys.ts';
import type { Login } from './login.ts';
import { CLOSED, type Progress, faultAt, watchGreeting } from './progress.ts';
import { keepKeysReady, writeTogether } from './quick-packets.ts';
import type { Party } from './target.ts';

/** What an attempt to log in needs to know. Times in milliseconds. */
export interface Attempt {
  readonly at: Party;
  readonly login: Login;
  readonly pins: Pins;
  readonly limit: number;
  readonly keepalive: number;
  readonly signal: AbortSignal | undefined;
  /** Opens the way to the server: a TCP connection, or a channel of the jump host. */
  reach(): Promise<Duplex>;
}

/** A logged-in line. */
export interface Line {
  readonly client: Client;
  readonly transport: Duplex;
}

/** A TCP connection, perhaps still in the making. Without TCP_NODELAY each command waits for the peer's delayed acknowledgement: 250 ms for the first. */
export function dialDirectly({ host, port }: Party): Socket {
  const socket = dial({ host, port, noDelay: true });
  socket.on('error', () => {}); // it may fail before anybody attends to it; openLine looks
  writeTogether(socket);
  return socket;
}

/**
 * One attempt, offering these types of host key in this order. Returns the refusal when the server's key is not pinned.
 * @throws {ConnectionFault} for every other failure; the reason of the signal when it was aborted.
 */
export async function openLine(attempt: Attempt, types: readonly HostKeyType[]): Promise<Line | Refusal> {
  const { at, login, signal } = attempt;
  signal?.throwIfAborted();
  const transport = await attempt.reach();
  const progress: Progress = { stage: 'reaching', greeting: '', methods: [], isPartlyIn: false };
  const abort = (): void => void transport.destroy();
  signal?.addEventListener('abort', abort);
  const seen: { refusal?: Refusal } = {};
  try {
    // Only now, so that the server is being called meanwhile. Only the client: with its server, SFTP's tools and agents for HTTP, loading ssh2 takes half as long again.
    const { default: SshClient } = await import('ssh2/lib/client.js');
    if (transport.errored) throw transport.errored;
    if ((transport as Partial<Socket>).connecting !== true) progress.stage = 'greeting';
    return { client: await logIn(new SshClient(), transport, attempt, types, progress, seen), transport };
  } catch (error) {
    transport.destroy();
    signal?.throwIfAborted();
    if (seen.refusal !== undefined) return seen.refusal;
    throw await faultAt(progress, error, at, login, attempt.limit);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function logIn(client: Client, transport: Duplex, attempt: Attempt, types: readonly HostKeyType[], progress: Progress, seen: { refusal?: Refusal }): Promise<Client> {
  const ready = Promise.withResolvers<void>();
  // The first listener stays: an error without one would end the process.
  client.on('error', ready.reject).once('ready', ready.resolve).once('close', () => ready.reject(new Error(CLOSED)));
  client.once('handshake', () => {
    progress.stage = 'login';
  });
  keepKeysReady(client);
  client.connect({
    sock: transport as never, // typed as a Readable, used as a Duplex
    username: attempt.at.user,
    readyTimeout: attempt.limit,
    keepaliveInterval: attempt.keepalive,
    keepaliveCountMax: 3,
    strictVendor: false,
    algorithms: { serverHostKey: algorithmsOf(types) },
    authHandler: inTurn(attempt.login, progress),
    hostVerifier: (key: Buffer) => {
      const refusal = judgeHostKey(attempt.pins, key);
      if (refusal !== undefined) seen.refusal = refusal;
      return refusal === undefined;
    },
  });
  watchGreeting(transport, progress);
  await ready.promise;
  return client;
}

// Only ours: asking for "none" first, as ssh2 does by itself, costs a round trip.
function inTurn(login: Login, progress: Progress): AuthHandlerMiddleware {
  const untried = [...login.methods];
  return (offered, isPartial) => {
    progress.methods = offered ?? [];
    progress.isPartlyIn = isPartial ?? false;
    return untried.shift() ?? false;
  };
}
