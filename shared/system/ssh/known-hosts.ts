import { createHmac } from 'node:crypto';
import { keyTypeOf } from './wire.ts';

const LONGEST_SHOWN = 40;

/** One line of a known_hosts file, as sshd(8) describes it. */
export interface KnownHost {
  readonly line: number;
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  readonly hosts: string;
  readonly type: string;
  readonly key: Buffer;
}

/** A line that cannot be read: its number from 1, and what is wrong with it. */
export interface UnreadableLine {
  readonly line: number;
  readonly problem: string;
}

/** The lines of a known_hosts text, and those that are none. Comments and blank lines are left out. */
export function parseKnownHosts(text: string): { readonly lines: readonly KnownHost[]; readonly unreadable: readonly UnreadableLine[] } {
  const lines: KnownHost[] = [];
  const unreadable: UnreadableLine[] = [];
  // A text kept in an environment file often has its line ends written out as \n.
  for (const [index, raw] of text.replaceAll(/\\r\\n|\\n/g, '\n').split(/\r\n|\r|\n/).entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const parsed = parseLine(trimmed, index + 1);
    if ('problem' in parsed) unreadable.push(parsed);
    else lines.push(parsed);
  }
  return { lines, unreadable };
}

/** The lines that speak of this host and port. As in OpenSSH, a line without a port serves other ports too when none names the port. */
export function linesFor(lines: readonly KnownHost[], host: string, port: number): readonly KnownHost[] {
  const bareName = host.toLowerCase();
  const exactName = `[${bareName}]:${port}`;
  const candidates = lines.filter(({ hosts }) => !isExcluded(hosts, bareName) && !isExcluded(hosts, exactName));
  const bare = candidates.filter(({ hosts }) => isNamed(hosts, bareName));
  const exact = candidates.filter(({ hosts }) => isNamed(hosts, exactName));
  const hasOwn = port !== 22 && exact.some(({ marker }) => marker !== 'revoked');
  // What is revoked for the host is revoked on each of its ports.
  return [...exact, ...bare.filter((line) => !exact.includes(line) && (!hasOwn || line.marker === 'revoked'))];
}

/** The line that pins a key: `web1 ssh-ed25519 AAAA...`, or `[web1]:2222 ...` for another port than 22. */
export function knownHostsLine(host: string, port: number, key: Buffer): string {
  return `${port === 22 ? host : `[${host}]:${port}`} ${keyTypeOf(key)} ${key.toString('base64')}`;
}

function parseLine(text: string, line: number): KnownHost | UnreadableLine {
  const words = text.split(/\s+/);
  const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
  if (marker !== undefined && marker !== '@revoked' && marker !== '@cert-authority') return { line, problem: `the marker ${marker.slice(0, LONGEST_SHOWN)} is unknown` };
  const [hosts = '', type = '', encoded = ''] = words;
  if (keyTypeOf(Buffer.from(type, 'base64')) === hosts) return { line, problem: `it begins with the key: put the host's name before ${hosts}` };
  if (encoded === '') return { line, problem: 'it is not "<host> <key type> <key>"' };
  const key = Buffer.from(encoded, 'base64');
  if (keyTypeOf(key) !== type) return { line, problem: `its key is damaged or not of the type ${type.slice(0, LONGEST_SHOWN)}` };
  return { line, marker: marker === undefined ? 'none' : marker === '@revoked' ? 'revoked' : 'cert-authority', hosts, type, key };
}

function isNamed(hosts: string, name: string): boolean {
  return hosts.startsWith('|1|') ? isHashOf(hosts, name) : patternsOf(hosts).some((pattern) => isMatch(pattern, name));
}

function isExcluded(hosts: string, name: string): boolean {
  return patternsOf(hosts).some((pattern) => pattern.startsWith('!') && isMatch(pattern.slice(1), name));
}

function patternsOf(hosts: string): readonly string[] {
  return hosts.startsWith('|') ? [] : hosts.toLowerCase().split(',');
}

function isHashOf(hashed: string, name: string): boolean {
  const [, , salt = '', hash = ''] = hashed.split('|');
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

function isMatch(pattern: string, name: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(name);
}
