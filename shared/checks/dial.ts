import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { once } from 'node:events';
import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { TunnelRefused } from '#shared/system/ssh/tunnel';
import type { Address, CheckContext, Server, Vantage } from './check.ts';
import { TimeLimit, orAborted } from './deadline.ts';
import { NotMeasured, type Progress } from './failure.ts';
import { shown } from './shown.ts';

/** How an address is shown to people. */
export function addressText(address: Address): string {
  if ('socket' in address) return `socket ${shown(address.socket)}`;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${shown(address.host)}:${address.port}`;
}

/**
 * A fresh connection to the address: from the runner by the first of its IPv6 and IPv4 addresses that answers (each connection asks
 * DNS anew), or from the server through SSH. Rejects with the system's error, or with the signal's reason when it aborts.
 */
export async function dial(address: Address, from: Vantage, context: CheckContext, progress: Progress): Promise<Duplex> {
  progress.phase = 'connecting';
  progress.target = addressText(address);
  return from === 'server' ? dialThroughServer(address, context, progress) : dialHere(address, context.signal);
}

async function dialHere(address: Address, signal: AbortSignal): Promise<Socket> {
  const socket = 'socket' in address
    ? connect({ path: address.socket })
    : connect({ ...address, noDelay: true, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 500 });
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  }
}

async function dialThroughServer(address: Address, context: CheckContext, progress: Progress): Promise<Duplex> {
  const server = await serverOf(context);
  progress.target = `${addressText(address)} on ${server.label}`;
  const opening = 'socket' in address ? server.openSocket(address.socket) : server.openPort(address.host, address.port);
  try {
    return await orAborted(opening, context.signal, (late) => late.destroy());
  } catch (error) {
    if (!(error instanceof TunnelRefused)) throw error;
    // Nothing listening is an answer; a rule of sshd's against asking is none.
    throw error.isForbidden ? new NotMeasured(error.message) : new Error(error.why);
  }
}

/**
 * The context's server, connected.
 * @throws {UserError} when the context has none, and NotMeasured when SSH takes the whole attempt.
 */
export async function serverOf({ server, signal }: CheckContext): Promise<Server> {
  if (server === undefined) throw new UserError('This check looks from the server, and there is no connection to one: give host, user and ssh-key');
  try {
    return await orAborted(server(), signal);
  } catch (error) {
    if (!(error instanceof TimeLimit)) throw error;
    throw new NotMeasured(`no SSH connection to the server within ${formatDuration(error.limitMs)}`);
  }
}
