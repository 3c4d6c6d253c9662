import type { Secret } from '#shared/core/secret';

/** Where and how to log in. */
export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly key?: Secret;
  readonly passphrase?: Secret;
  /** Path of an ssh-agent's socket. */
  readonly agent?: string;
  readonly hostKeys: HostKeyPolicy;
  /** Milliseconds, for one attempt. */
  readonly connectTimeout: number;
  readonly connectRetries: number;
  readonly jump?: SshTarget;
}

/** Which host keys are accepted; with both empty, none is, and the line to pin is shown. */
export interface HostKeyPolicy {
  /** Lines of a known_hosts file. */
  readonly knownHosts: string;
  /** `SHA256:...` fingerprints. */
  readonly fingerprints: readonly string[];
}
