import './module-folder.ts';
import type { AnyAuthMethod, ParsedKey } from 'ssh2';
import { type ConnectionFault, faultOf } from './faults.ts';
import { fingerprintOf } from './host-keys.ts';
import { readPrivateKey } from './private-key.ts';
import { type Party, type SshTarget, hostLabel } from './target.ts';

/** How we prove who we are: by one key, or by the keys of an agent. */
export interface Login {
  /** Tried in this order. */
  readonly methods: readonly AnyAuthMethod[];
  /** The path of the agent, if it is one that is asked. */
  readonly agent?: string;
  /** The fault of a server that accepted none of the keys. */
  refused(at: Party): Promise<ConnectionFault>;
}

/** The login of a target, its key read and opened. @throws {ConnectionFault} when there is neither key nor agent, or the key is no good. */
export async function prepareLogin(target: SshTarget, at: Party): Promise<Login> {
  if (target.key !== undefined) {
    const { default: { parseKey } } = await import('ssh2/lib/protocol/keyParser.js');
    const key = readPrivateKey(at, target.key, target.passphrase, parseKey);
    return { methods: signersOf(key).map((signer) => ({ type: 'publickey', username: at.user, key: signer })), refused: async () => faultOf('key-refused', at, adviceFor(at, key)) };
  }
  if (target.agent === undefined || target.agent === '') throw faultOf('no-key', at);
  const { createAgent } = await import('ssh2/lib/agent.js');
  const agent = createAgent(target.agent);
  const keys = (): Promise<readonly ParsedKey[]> =>
    new Promise((resolve) => agent.getIdentities((error, found) => resolve(error ? [] : (found ?? []).filter((key) => typeof key === 'object' && 'getPublicSSH' in key))));
  return { methods: [{ type: 'agent', username: at.user, agent }], agent: target.agent, refused: async () => agentFault(at, await keys()) };
}

// ssh2 by itself offers RSA with SHA-256 alone (SHA-1 to servers that know no better), but a server may insist on SHA-512.
function signersOf(key: ParsedKey): readonly ParsedKey[] {
  if (key.type !== 'ssh-rsa') return [key];
  const sha512 = Object.assign(Object.create(key) as ParsedKey, { type: 'rsa-sha2-512', sign: (content: Buffer | string) => key.sign(content, 'sha512') });
  return [sha512, key];
}

function agentFault(at: Party, keys: readonly ParsedKey[]): ConnectionFault {
  const [first, ...others] = keys;
  if (first === undefined) return faultOf('agent-empty', at);
  if (others.length === 0) return faultOf('key-refused', at, adviceFor(at, first));
  return faultOf('key-refused', at, `The ssh-agent offered ${keys.map(describe).join(', ')}. ${causes(at)}`);
}

function adviceFor(at: Party, key: ParsedKey): string {
  return `Offered: ${describe(key)}. ${causes(at)} The line that lets it in:\n${key.type} ${key.getPublicSSH().toString('base64')}`;
}

function causes(at: Party): string {
  return `Either it is not in the authorized_keys of ${at.user} on ${hostLabel(at.host, at.port)}, or user is wrong, or sshd ignores that file because others may write to it or its folders ("chmod go-w ~ ~/.ssh ~/.ssh/authorized_keys").`;
}

function describe(key: ParsedKey): string {
  return `${key.type} ${fingerprintOf(key.getPublicSSH())}`;
}
