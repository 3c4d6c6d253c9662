import { createHash } from 'node:crypto';
import { type KnownHost, knownHostsLine, linesFor } from './known-hosts.ts';
import { keyTypeOf } from './wire.ts';

/** What is pinned for one host: its known_hosts lines and fingerprints (`SHA256:` and 43 characters). */
export interface Pins {
  readonly host: string;
  readonly port: number;
  readonly lines: readonly KnownHost[];
  readonly fingerprints: readonly string[];
}

/** A key that was not accepted, and what was expected instead. */
export interface Refusal {
  readonly reason: 'unknown' | 'changed' | 'wrong-type' | 'revoked' | 'authority';
  readonly type: string;
  readonly fingerprint: string;
  /** The known_hosts line that would pin the key. */
  readonly pin: string;
  readonly expected: readonly string[];
}

// The order of preference, and the signature algorithms of each type. SHA-1 signatures (ssh-rsa) are not accepted.
const ALGORITHMS = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
} as const;

/** A type of host key that can be checked. */
export type HostKeyType = keyof typeof ALGORITHMS;
export type HostKeyAlgorithm = (typeof ALGORITHMS)[HostKeyType][number];

/** Every type of host key that can be checked, in the order of preference. */
export const HOST_KEY_TYPES = Object.keys(ALGORITHMS) as readonly HostKeyType[];

/** SHA256 fingerprint of a public key as ssh-keygen prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** A fingerprint in its one written form, from the forms people paste (a whole line of `ssh-keygen -l`, without the prefix); undefined when it is none. */
export function normaliseFingerprint(text: string): string | undefined {
  const [, digest] = /(?:^|\s)(?:SHA256:)?([A-Za-z0-9+/]{43})=?(?:\s|$)/.exec(text.trim()) ?? [];
  return digest === undefined ? undefined : `SHA256:${digest}`;
}

/** What is pinned for a host out of all known_hosts lines. */
export function pinsFor(host: string, port: number, lines: readonly KnownHost[], fingerprints: readonly string[]): Pins {
  return { host, port, lines: linesFor(lines, host, port), fingerprints };
}

/** The algorithms of the given types, for the negotiation. */
export function algorithmsOf(types: readonly HostKeyType[]): HostKeyAlgorithm[] {
  return types.flatMap((type) => ALGORITHMS[type]);
}

/** All types, those pinned by a line first: the server follows our order, so it shows the key that is pinned if it has it. */
export function preferredTypes(pins: Pins): readonly HostKeyType[] {
  const pinned = new Set(pinnedLines(pins).map((line) => line.type));
  return [...HOST_KEY_TYPES.filter((type) => pinned.has(type)), ...HOST_KEY_TYPES.filter((type) => !pinned.has(type))];
}

/** Undefined when the key is pinned, else why it is refused. */
export function judgeHostKey(pins: Pins, key: Buffer): Refusal | undefined {
  const type = keyTypeOf(key);
  const fingerprint = fingerprintOf(key);
  const pinned = pinnedLines(pins);
  const isRevoked = pins.lines.some((line) => line.marker === 'revoked' && line.key.equals(key));
  if (!isRevoked && (pins.fingerprints.includes(fingerprint) || pinned.some((line) => line.key.equals(key)))) return undefined;
  const expected = [...pinned.map((line) => `${line.type} ${fingerprintOf(line.key)} (line ${line.line})`), ...pins.fingerprints];
  return { reason: isRevoked ? 'revoked' : reasonFor(pins, type), type, fingerprint, pin: knownHostsLine(pins.host, pins.port, key), expected };
}

function reasonFor(pins: Pins, type: string): Refusal['reason'] {
  const pinned = pinnedLines(pins);
  if (pins.fingerprints.length > 0 || pinned.some((line) => line.type === type)) return 'changed';
  if (pinned.length > 0) return 'wrong-type';
  return pins.lines.some((line) => line.marker === 'cert-authority') ? 'authority' : 'unknown';
}

function pinnedLines(pins: Pins): readonly KnownHost[] {
  return pins.lines.filter((line) => line.marker === 'none');
}
