import type { Secret } from '#shared/core/secret';

/** A server to log in to, how to prove who we are, and how it must prove who it is. */
export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** A private key as text. When it is given the agent is not asked. */
  readonly key?: Secret;
  readonly passphrase?: Secret;
  /** Path of an ssh-agent's socket, as in SSH_AUTH_SOCK. */
  readonly agent?: string;
  readonly hostKeys: HostKeyPolicy;
  /** Milliseconds one attempt may take, from the first packet to being logged in. */
  readonly connectTimeout: number;
  /** How often to try again when the server could not be reached. */
  readonly connectRetries: number;
  /** The server to go through, which may have its own. */
  readonly jump?: SshTarget;
}

/** The host keys a server may show: known_hosts lines, SHA256 fingerprints, or both. With neither every key is refused. */
export interface HostKeyPolicy {
  readonly knownHosts: string;
  readonly fingerprints: readonly string[];
}

/** A target in its place: reached directly, or as the jump host on the way to another. */
export interface Party {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly isJump: boolean;
}

/** The host as people say it: with its port only where that is not 22. */
export function hostLabel(host: string, port: number): string {
  return port === 22 ? host : `${bracketed(host)}:${port}`;
}

/** Host and port, always both: `web1:22`, `[::1]:2222`. */
export function hostAndPort(host: string, port: number): string {
  return `${bracketed(host)}:${port}`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
