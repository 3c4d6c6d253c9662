import type { Duplex } from 'node:stream';
import { type ExecOptions, type ExecResult, exec } from './exec.ts';
import type { Line } from './line.ts';
import { happens } from './happens.ts';
import { watchLine } from './line-state.ts';
import { openPort, openSocket } from './tunnel.ts';

/** A connection to a server, logged in. */
export interface SshConnection extends AsyncDisposable {
  /** Host as shown to people. */
  readonly label: string;
  /**
   * Runs one command line. stdin is piped at once and ended; stdout and stderr go to their handlers as they come, or are collected (the last MiB).
   * Killed by signal n, the code is 128 + n. @throws {ConnectionLost} when the line drops before the command was seen to end.
   */
  exec(command: string, options?: ExecOptions): Promise<ExecResult>;
  /** Milliseconds from here to the server and back, as the quickest command so far showed it; 0 before the first. */
  roundTrip(): number;
  /** A stream to a unix socket on the server. @throws {UserError} when the server refuses. */
  openSocket(path: string): Promise<Duplex>;
  /** A stream to a TCP port as seen from the server. @throws {UserError} when the server refuses. */
  openPort(host: string, port: number): Promise<Duplex>;
  /** Says goodbye and hangs up; what is still running rejects with ConnectionLost. */
  close(): void;
}

const GOODBYE_LIMIT = 1_000;

/** The connection over a logged-in line; `release` closes what it rests on (the jump host). */
export function connectionOver({ client, transport }: Line, label: string, release: () => void): SshConnection {
  const state = watchLine(client, label, transport.destroyed);
  const closed = state.isLost ? Promise.resolve() : happens(client, 'close');
  void closed.then(release);
  const close = (): void => {
    client.end();
    // A server that is gone answers no goodbye, and its open socket would keep the process alive.
    const timer = setTimeout(() => transport.destroy(), GOODBYE_LIMIT).unref();
    void closed.then(() => clearTimeout(timer));
  };
  return {
    label,
    exec: (command, options = {}) => exec(client, state, command, options),
    roundTrip: () => state.roundTrip,
    openSocket: (path) => openSocket(client, state, path),
    openPort: (host, port) => openPort(client, state, host, port),
    close,
    async [Symbol.asyncDispose]() {
      close();
      await closed;
    },
  };
}
