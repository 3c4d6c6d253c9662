import type { Duplex } from 'node:stream';
import { formatDuration } from '#shared/core/duration';
import { messageOf } from '#shared/core/errors';
import { type ConnectionFault, faultOf } from './faults.ts';
import type { Login } from './login.ts';
import type { Party } from './target.ts';

/** How far an attempt has come, which tells what its failure means. */
export interface Progress {
  stage: 'reaching' | 'greeting' | 'handshake' | 'login';
  /** What the server said before SSH's own first line. */
  greeting: string;
  /** Ways to log in that the server still offers after it refused ours. */
  methods: readonly string[];
  isPartlyIn: boolean;
}

const GREETING_LIMIT = 2_048;

/** Notes when the transport stands and what the server says first. To be called after ssh2 took the transport, which it has paused. */
export function watchGreeting(transport: Duplex, progress: Progress): void {
  transport.once('connect', () => {
    progress.stage = 'greeting';
  });
  const note = (chunk: Buffer): void => {
    progress.greeting = (progress.greeting + chunk.toString('latin1')).slice(0, GREETING_LIMIT);
    const isSsh = /^SSH-/m.test(progress.greeting);
    if (isSsh) progress.stage = 'handshake';
    if (isSsh || progress.greeting.length === GREETING_LIMIT) transport.off('data', note);
  };
  transport.on('data', note);
}

/** The fault that a failed attempt shows, by how far it came and what went wrong. */
export async function faultAt(progress: Progress, error: unknown, at: Party, login: Login, limitMs: number): Promise<ConnectionFault> {
  const limit = formatDuration(limitMs);
  const isTimeOut = (error as { level?: string }).level === 'client-timeout';
  if (progress.stage === 'reaching') return isTimeOut ? faultOf('time-out', at, limit) : reachingFault(error, at);
  if (progress.stage === 'login') return isTimeOut ? faultOf('login-time-out', at, limit) : loginFault(progress, error, at, login);
  if (isTimeOut) return faultOf('silent', at, limit);
  return progress.stage === 'greeting' ? greetingFault(progress, at) : handshakeFault(error, at);
}

function reachingFault(error: unknown, at: Party): ConnectionFault {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ECONNREFUSED': return faultOf('refused', at);
    case 'ETIMEDOUT': return faultOf('time-out', at, "the system's own limit");
    case 'ENOTFOUND': return faultOf('dns', at);
    case 'EAI_AGAIN': return faultOf('dns-down', at);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH': return faultOf('unreachable', at);
    case 'ECONNRESET': return faultOf('reset', at);
    default: return faultOf('failed', at, messageOf(error));
  }
}

function greetingFault({ greeting }: Progress, at: Party): ConnectionFault {
  const said = printable(greeting);
  if (said === '') return faultOf('reset', at);
  // OpenSSH says so in plain text when it drops a connection unheard.
  return faultOf(/Exceeded MaxStartups|Not allowed at this time/.test(said) ? 'crowded' : 'not-ssh', at, said);
}

function handshakeFault(error: unknown, at: Party): ConnectionFault {
  const message = messageOf(error);
  const [, missing] = /no matching (.+)/.exec(message) ?? [];
  if (missing !== undefined) return faultOf('no-common-algorithm', at, missing.replace('host key format', 'type of host key').replace(/^[CS]->[CS] /, ''));
  const isCut = (error as NodeJS.ErrnoException).code === 'ECONNRESET' || message === CLOSED;
  return isCut ? faultOf('reset', at) : faultOf('handshake', at, printable(message));
}

async function loginFault({ methods, isPartlyIn }: Progress, error: unknown, at: Party, login: Login): Promise<ConnectionFault> {
  const { level } = error as { level?: string };
  const message = messageOf(error);
  if (level === 'agent') return faultOf('agent-failed', at, `${message} at ${login.agent}`);
  if (/too many authentication failures/i.test(message)) return faultOf('too-many-failures', at);
  if (level !== 'client-authentication') return faultOf('login-closed', at);
  if (isPartlyIn) return faultOf('second-factor', at, methods.join(', '));
  if (methods.length > 0 && !methods.includes('publickey')) return faultOf('keys-not-accepted', at, methods.join(', '));
  return login.refused(at);
}

/** What is said of a line that closed before the log-in was done, where nothing says why. */
export const CLOSED = 'No response from server';

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 80);
}
