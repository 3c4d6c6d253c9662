import './module-folder.ts';
import { connect as dial } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NodeSSH } from 'node-ssh';
import type { AuthHandlerMiddleware, Client } from 'ssh2';
import { type HostKeyType, type Pins, type Refusal, algorithmsOf, judgeHostKey } from './host-keys.ts';
import type { Login } from './login.ts';
import { type Progress, faultAt, watchGreeting } from './progress.ts';
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

/** A TCP connection. Without TCP_NODELAY each command waits for the peer's delayed acknowledgement: 250 ms for the first. */
export async function reachDirectly({ host, port }: Party): Promise<Duplex> {
  return dial({ host, port, noDelay: true });
}

/**
 * One attempt, offering these types of host key in this order. Returns the refusal when the server's key is not pinned.
 * @throws {ConnectionFault} for every other failure; the reason of the signal when it was aborted.
 */
export async function openLine(attempt: Attempt, types: readonly HostKeyType[]): Promise<Line | Refusal> {
  const { at, login, signal } = attempt;
  signal?.throwIfAborted();
  const { NodeSSH } = await import('node-ssh');
  const transport = await attempt.reach();
  const progress: Progress = { stage: 'connecting' in transport ? 'reaching' : 'greeting', greeting: '', methods: [], isPartlyIn: false };
  const abort = (): void => void transport.destroy();
  signal?.addEventListener('abort', abort);
  const seen: { refusal?: Refusal } = {};
  try {
    return { client: await logIn(new NodeSSH(), transport, attempt, types, progress, seen), transport };
  } catch (error) {
    transport.destroy();
    signal?.throwIfAborted();
    if (seen.refusal !== undefined) return seen.refusal;
    throw await faultAt(progress, error, at, login, attempt.limit);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function logIn(ssh: NodeSSH, transport: Duplex, attempt: Attempt, types: readonly HostKeyType[], progress: Progress, seen: { refusal?: Refusal }): Promise<Client> {
  const connected = ssh.connect({
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
  const client = ssh.connection;
  if (client === null) throw new Error('node-ssh did not make a connection.');
  // node-ssh stops listening once connected; an error without a listener would end the process.
  client.on('error', () => {});
  client.once('handshake', () => {
    progress.stage = 'login';
  });
  watchGreeting(transport, progress);
  await connected;
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
