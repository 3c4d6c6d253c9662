import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A TCP relay on loopback that behaves as badly as a network does. */
export interface Relay {
  readonly port: number;
  /** Connections relayed so far, open or not. */
  readonly count: number;
  /** Destroys every open connection, both sides at once. */
  cut(): void;
  /** Destroys the connection on which this many more bytes have passed, both directions counted together. */
  cutAfter(bytes: number): void;
  /** Passes nothing on any more, and closes nothing: what a dead firewall does. */
  freeze(): void;
  /** Refuses new connections from now on, or takes them again. */
  refuse(isRefusing: boolean): Promise<void>;
  stop(): Promise<void>;
}

interface State {
  readonly delay: number;
  isFrozen: boolean;
  bytesLeft: number;
}

/** A relay to a port on loopback, delaying each direction by `delay` ms, on a port of its own or the given one. */
export async function startRelay(to: number, { delay = 0, port = 0 } = {}): Promise<Relay> {
  const state: State = { delay, isFrozen: false, bytesLeft: Infinity };
  const sockets = new Set<Socket>();
  let count = 0;
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    count += 1;
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket) && other.destroy());
      void carry(socket, other, state).catch(() => other.destroy());
    }
  });
  const listen = async (at: number): Promise<number> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as { port: number }).port;
  };
  const own = await listen(port);
  return {
    port: own,
    get count() {
      return count;
    },
    cut,
    cutAfter: (bytes) => void (state.bytesLeft = bytes),
    freeze: () => void (state.isFrozen = true),
    refuse: async (isRefusing) => void (isRefusing ? server.close() : await listen(own)),
    async stop() {
      cut();
      if (server.listening) server.close();
    },
  };
}

const IN_FLIGHT_LIMIT = 16 * 1_048_576;

// Each chunk waits on its own, so that the delay is added once and not per chunk; equal waits keep their order.
async function carry(from: Socket, to: Socket, state: State): Promise<void> {
  let inFlight = 0;
  let landed = Promise.resolve();
  for await (const chunk of from as AsyncIterable<Buffer>) {
    if (state.isFrozen) continue;
    inFlight += chunk.length;
    const due = wait(state.delay);
    landed = landed.then(async () => {
      if (state.delay > 0) await due;
      await pass(chunk, from, to, state);
      inFlight -= chunk.length;
    });
    landed.catch(() => {});
    if (state.delay === 0 || inFlight > IN_FLIGHT_LIMIT) await landed;
  }
  await landed;
  if (!state.isFrozen) to.end();
}

async function pass(chunk: Buffer, from: Socket, to: Socket, state: State): Promise<void> {
  if (to.destroyed || state.isFrozen) return;
  const isLast = chunk.length >= state.bytesLeft;
  const isTaken = to.write(isLast ? chunk.subarray(0, state.bytesLeft) : chunk);
  state.bytesLeft = isLast ? Infinity : state.bytesLeft - chunk.length;
  if (isLast) {
    from.destroy();
    to.destroySoon();
  } else if (!isTaken) await Promise.race([once(to, 'drain'), once(to, 'close')]);
}
