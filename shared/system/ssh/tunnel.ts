import type { Duplex } from 'node:stream';
import type { Client, ClientCallback } from 'ssh2';
import { messageOf, UserError } from '#shared/core/errors';
import { type LineState, ConnectionLost } from './line-state.ts';

/** The server would not open a channel: `isForbidden` tells its rules from a peer that does not answer. */
export class TunnelRefused extends UserError {
  readonly isForbidden: boolean;
  readonly why: string;

  constructor(label: string, to: string, isForbidden: boolean, why: string) {
    super(isForbidden
      ? `${label} does not allow connections to ${to} through SSH. Allow them in its sshd_config (AllowTcpForwarding, AllowStreamLocalForwarding, PermitOpen).`
      : `${label} could not connect to ${to}: ${why}. Check that something listens there, that the user may use it, and that sshd allows it (AllowStreamLocalForwarding for sockets).`);
    this.isForbidden = isForbidden;
    this.why = why;
  }
}

/** A stream to a unix socket on the server. @throws {TunnelRefused} {ConnectionLost} */
export function openSocket(client: Client, state: LineState, path: string): Promise<Duplex> {
  // sshd gives the same answer for a socket that is not there and for one it forbids.
  return openTunnel(state, path, (done) => client.openssh_forwardOutStreamLocal(path, done));
}

/** A stream to a TCP port as the server reaches it. @throws {TunnelRefused} {ConnectionLost} */
export function openPort(client: Client, state: LineState, host: string, port: number): Promise<Duplex> {
  return openTunnel(state, `${host}:${port}`, (done) => client.forwardOut('127.0.0.1', 0, host, port, done));
}

const FORBIDDEN = 1; // SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, RFC 4254 section 5.1

function openTunnel(state: LineState, to: string, open: (done: ClientCallback) => void): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    if (state.isLost) throw new ConnectionLost(state);
    open((error, channel) => {
      if (!error) return resolve(channel);
      const { reason } = error as { reason?: number };
      const why = messageOf(error).replace('(SSH) Channel open failure: ', '');
      reject(state.isLost ? new ConnectionLost(state) : new TunnelRefused(state.label, to, reason === FORBIDDEN, why));
    });
  });
}
