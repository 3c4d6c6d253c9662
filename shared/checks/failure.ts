import { UserError, messageOf } from '#shared/core/errors';
import { formatDuration } from '#shared/core/duration';
import type { Verdict } from '#shared/core/verdict';
import { TimeLimit } from './deadline.ts';
import { shown } from './shown.ts';

/** Thrown where evidence is missing and the thing measured is not what withheld it. */
export class NotMeasured extends Error {
  override readonly name = 'NotMeasured';
}

/** Thrown where the thing measured answered, and wrongly, in a way that ends the attempt. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** How far an attempt came; kept up to date while it runs, so that a time-out can say what it waited for. */
export interface Progress {
  phase: 'connecting' | 'securing' | 'waiting' | 'reading';
  /** What is connected to, as shown to people. */
  target: string;
  bytes: number;
}

/** What an attempt that ended in an error found. */
export interface Failure {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly answered: boolean;
  readonly isFinal?: boolean;
}

// Ours, not the server's: the runner's resolver, routes, sockets and firewall.
const LOCAL: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the resolver did not answer',
  EAI_FAIL: 'the resolver failed',
  ENETUNREACH: 'this machine has no route to the network',
  EADDRNOTAVAIL: 'this machine has no address to connect from',
  EMFILE: 'this machine has no free file descriptor',
  ENFILE: 'this machine has no free file descriptor',
  ENOBUFS: 'this machine has no free socket buffer',
  ENOMEM: 'this machine is out of memory',
  EPERM: "this machine's firewall forbids the connection",
};

const REMOTE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such name in DNS',
  ENODATA: 'the name has no address in DNS',
  ETIMEDOUT: 'no connection: the network timed out',
  EHOSTUNREACH: 'the host is unreachable',
  ENOENT: 'no such socket',
  EACCES: 'no right to connect to this socket',
};

const CERTIFICATE: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority this machine does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'cannot be verified: the server does not send the intermediate certificate',
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
};

/** Sorts an error into a verdict by the rule at CheckResult. `signal` is the attempt's own: once aborted, its reason is the cause. */
export function failureOf(error: unknown, progress: Progress, signal: AbortSignal): Failure {
  if (error instanceof WrongAnswer) return { verdict: 'fail', reason: error.message, answered: true };
  if (error instanceof NotMeasured) return { verdict: 'inconclusive', reason: error.message, answered: false };
  const cause = signal.aborted ? signal.reason as unknown : error;
  if (cause instanceof TimeLimit) return { verdict: 'fail', reason: overdue(progress, cause.limitMs), answered: progress.phase === 'reading' };
  if (signal.aborted) return { verdict: 'inconclusive', reason: `stopped before it was done: ${shown(messageOf(cause))}`, answered: false, isFinal: true };
  if (cause instanceof UserError) return { verdict: 'inconclusive', reason: shown(cause.message.replace(/\s*\n\s*/g, ' '), 2_000), answered: false, isFinal: true };
  if ((cause as Error | undefined)?.name === 'ConnectionLost') {
    return { verdict: 'inconclusive', reason: `the SSH connection was lost: ${shown(messageOf(cause))}`, answered: false };
  }
  return networkFailure(cause, progress);
}

function overdue({ phase, target, bytes }: Progress, limitMs: number): string {
  const limit = formatDuration(limitMs);
  switch (phase) {
    case 'connecting': return `no connection to ${target} within ${limit}`;
    case 'securing': return `${target} accepted the connection but did not finish the TLS handshake within ${limit}`;
    case 'waiting': return `${target} accepted the connection but sent no answer within ${limit}`;
    case 'reading': return `the answer was not complete within ${limit} (${bytes} bytes of it arrived)`;
  }
}

function networkFailure(error: unknown, progress: Progress): Failure {
  const errors = error instanceof AggregateError ? error.errors as unknown[] : [error];
  const codes = errors.map(codeOf);
  // Of several addresses tried, one that refused is evidence, whatever the others lacked.
  const code = codes.find((one) => !(one in LOCAL)) ?? codes[0] ?? '';
  if (code in LOCAL) return { verdict: 'inconclusive', reason: `${progress.target} was not reached: ${LOCAL[code]}`, answered: false };
  return { verdict: 'fail', reason: remoteReason(code, errors, progress), answered: hasAnswered(progress, code) };
}

// A certificate and a broken answer are answers; a connection that closed before either is none.
function hasAnswered({ phase }: Progress, code: string): boolean {
  return phase === 'reading' || (phase === 'securing' && code !== 'ECONNRESET') || code.startsWith('HPE_');
}

function remoteReason(code: string, errors: readonly unknown[], progress: Progress): string {
  const message = errors.map((one) => shown(messageOf(one))).join(', ');
  if (progress.phase === 'connecting') return `${progress.target}: ${REMOTE[code] ?? message}`;
  if (code in CERTIFICATE) return `${progress.target}: its certificate ${CERTIFICATE[code]}; insecure: true accepts it`;
  if (progress.phase === 'securing') return `${progress.target}: TLS failed: ${message}`;
  if (code.startsWith('HPE_')) return `${progress.target} answered with something that is not HTTP (${message})`;
  if (code.startsWith('Z_')) return `the body could not be decompressed (${message})`;
  if (progress.phase === 'waiting') return `${progress.target} closed the connection without an answer (${code || message})`;
  return `the connection closed before the answer was complete (${progress.bytes} bytes arrived)`;
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}
