import { messageOf } from '#shared/core/errors';
import { faultOf } from './faults.ts';
import { ConnectionLost } from './line-state.ts';
import type { Party } from './target.ts';
import { TunnelRefused } from './tunnel.ts';

/** The fault of a server that its jump host did not lead us to. */
export function jumpFault(error: unknown, at: Party): unknown {
  if (error instanceof TunnelRefused) return error.isForbidden ? faultOf('jump-forbidden', at) : faultOf('jump-cannot-reach', at, error.why);
  if (error instanceof ConnectionLost) return faultOf('failed', at, messageOf(error));
  return error;
}
