import type { Duplex } from 'node:stream';
import { formatDuration } from '#shared/core/duration';
import { messageOf } from '#shared/core/errors';
import { faultOf } from './faults.ts';
import { ConnectionLost } from './line-state.ts';
import type { SshConnection } from './session.ts';
import type { Party } from './target.ts';
import { TunnelRefused } from './tunnel.ts';

/**
 * The way to a server through its jump host, opened within `limit` ms; the jump host itself may wait for minutes.
 * @throws {ConnectionFault} when it cannot or may not lead there.
 */
export async function reachThrough(jump: SshConnection, at: Party, limit: number, signal: AbortSignal | undefined): Promise<Duplex> {
  const opening = jump.openPort(at.host, at.port);
  const given = Promise.withResolvers<never>();
  const abort = (): void => given.reject(signal?.reason);
  const timer = setTimeout(() => given.reject(faultOf('jump-cannot-reach', at, `it did not answer within ${formatDuration(limit)}`)), limit);
  signal?.addEventListener('abort', abort);
  try {
    return await Promise.race([opening, given.promise]);
  } catch (error) {
    opening.then((late) => late.destroy(), () => {});
    throw jumpFault(error, at);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function jumpFault(error: unknown, at: Party): unknown {
  if (error instanceof TunnelRefused) return error.isForbidden ? faultOf('jump-forbidden', at) : faultOf('jump-cannot-reach', at, error.why);
  if (error instanceof ConnectionLost) return faultOf('failed', at, messageOf(error));
  return error;
}
