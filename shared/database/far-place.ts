import type { Secret } from '#shared/core/secret';

/** A folder of another server, which a server reaches over SSH. */
export interface FarPlace {
  readonly user: string;
  readonly host: string;
  readonly port: number;
  readonly folder: string;
}

/** How it logs in there, and by which lines of known_hosts it knows whom it speaks to. */
export interface FarLogin {
  readonly sshKey: Secret;
  readonly knownHosts: string;
}

/** What far.sh reads, among the files that go with the plan's end. */
export function farFiles({ sshKey, knownHosts }: FarLogin): Readonly<Record<string, string>> {
  return { 'far-key': `${sshKey.reveal().trimEnd()}\n`, 'far-hosts': `${knownHosts.trimEnd()}\n` };
}
