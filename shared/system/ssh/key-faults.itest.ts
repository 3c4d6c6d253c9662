import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { collectedLog } from '#shared/testing/collected-log';
import { needs } from '#shared/testing/equipment';
import { escaped, expectFault } from '#shared/testing/expected-fault';
import { type KeyPair, makeKey } from '#shared/testing/keys';
import { startSshAgent } from '#shared/testing/ssh-agent';
import { type Sshd, startSshd } from '#shared/testing/sshd';
import { connect } from './connection.ts';
import type { SshTarget } from './target.ts';

const it = needs('sshd', 'ssh-keygen', 'openssl', 'ssh-agent');
const PASSPHRASE = 'canary-passphrase-5f2c';
let sshd: Sshd;
let stranger: KeyPair;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  sshd = await startSshd({ hostKeys: ['ed25519', 'rsa'] });
  stranger = makeKey(join(sshd.folder, 'stranger'));
});
afterAll(async () => sshd?.stop());
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const at = (target: { port: number } = sshd): string => `127.0.0.1:${target.port} as ${sshd.user}`;

function keyless(server: Sshd): SshTarget {
  const target: { key?: Secret } & SshTarget = server.target();
  delete target.key;
  return target;
}

async function agentWith(...files: readonly string[]): Promise<string> {
  const agent = await startSshAgent(...files);
  cleanups.push(() => agent.stop());
  return agent.socket;
}

describe('keys', () => {
  const withKey = (text: string, passphrase?: string): SshTarget => sshd.target({ key: new Secret(text), ...(passphrase === undefined ? {} : { passphrase: new Secret(passphrase) }) });
  const unreadable = (problem: string): string => `ssh-key for ${at()} is not a readable private key: ${problem}. Paste the whole file, from its BEGIN line to its END line.`;

  it('none at all', () => {
    return expectFault(keyless(sshd), 'no-key', `There is no key to log in to ${at()} with. Put a private key into ssh-key, or start an ssh-agent before this step (SSH_AUTH_SOCK).`);
  });

  it('that cannot be read', async () => {
    const { text } = sshd.key;
    const lines = text.trim().split('\n');
    await expectFault(withKey(' \n'), 'key-unreadable', unreadable('it is empty'));
    await expectFault(withKey(lines.slice(0, -1).join('\n')), 'key-unreadable', unreadable('its END line is missing, so it was cut off while it was copied'));
    await expectFault(withKey(lines.slice(1).join('\n')), 'key-unreadable', unreadable('its BEGIN line is missing'));
    await expectFault(withKey(lines.slice(1, -1).join('\n')), 'key-unreadable', unreadable('it has no BEGIN line'));
    await expectFault(withKey(lines.toSpliced(2, 1).join('\n')), 'key-unreadable', unreadable('its content is damaged or incomplete'));
    await expectFault(withKey(text.replace('b3BlbnNzaC1rZXk', '***')), 'key-unreadable', unreadable('there are characters in it that no key has'));
    await expectFault(withKey('~/.ssh/id_ed25519'), 'key-unreadable', unreadable('it looks like the path of a file, and the text of the key itself is wanted'));
    await expectFault(withKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'), 'key-unreadable', unreadable('its content is damaged or incomplete'));
    await expectFault(withKey(execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=x'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })), 'key-unreadable', unreadable('it is another kind of PEM file'));
  });

  it('a public key pasted by mistake, in both formats', async () => {
    const message = new RegExp(`^ssh-key for ${at()} is a public key; the private one is wanted`);
    await expectFault(withKey(sshd.key.publicLine), 'key-public', message);
    await expectFault(withKey(execFileSync('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', sshd.hostKeys[1]?.file ?? ''], { encoding: 'utf8' })), 'key-public', message);
  });

  it('of unsupported kinds, each by name', async () => {
    const openssl = (...args: readonly string[]): string => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    await expectFault(withKey(makeKey(join(sshd.folder, 'chacha'), 'ed25519', PASSPHRASE, ['-Z', 'chacha20-poly1305@openssh.com']).text, PASSPHRASE), 'key-unsupported', /it is encrypted with chacha20-poly1305@openssh\.com\. Encrypt it anew with "ssh-keygen -p -Z aes256-ctr/);
    await expectFault(withKey(securityKey()), 'key-unsupported', /it lives on a security key \(sk-ssh-ed25519@openssh\.com\)/);
    await expectFault(withKey(openssl('genpkey', '-algorithm', 'ed448')), 'key-unsupported', /it is a key of the type ed448, which SSH does not use/);
    await expectFault(withKey(openssl('ecparam', '-name', 'secp256k1', '-genkey', '-noout')), 'key-unsupported', /it is a key of the type ec secp256k1/);
    await expectFault(withKey('-----BEGIN DSA PRIVATE KEY-----\nMIIB\n-----END DSA PRIVATE KEY-----'), 'key-unsupported', /it is a DSA key, which no server accepts any more/);
    await expectFault(withKey('PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n'), 'key-unsupported', /PuTTY's format\. Convert it with "puttygen/);
    execFileSync('ssh-keygen', ['-q', '-s', stranger.file, '-I', 'id', '-n', 'root', `${sshd.key.file}.pub`]);
    await expectFault(withKey(readFileSync(`${sshd.key.file}-cert.pub`, 'utf8')), 'key-unsupported', /it is a user certificate/);
  });

  it('with a passphrase missing or wrong, in every encrypted format', async () => {
    const locked = makeKey(join(sshd.folder, 'locked'), 'ed25519', PASSPHRASE);
    const missing = `ssh-key for ${at()} is encrypted, and there is no passphrase. Put it into ssh-passphrase, or use a key without one.`;
    const wrong = new RegExp(`^ssh-passphrase does not open ssh-key for ${at()}\\.`);
    const gcm = makeKey(join(sshd.folder, 'gcm'), 'ed25519', PASSPHRASE, ['-Z', 'aes256-gcm@openssh.com']).text;
    const pem = makeKey(join(sshd.folder, 'pem'), 'rsa', PASSPHRASE, ['-m', 'PEM']).text;
    const pkcs8 = makeKey(join(sshd.folder, 'pkcs8'), 'ecdsa', PASSPHRASE, ['-m', 'PKCS8']).text;
    for (const text of [locked.text, gcm, pem, pkcs8]) {
      await expectFault(withKey(text), 'passphrase-missing', missing);
      await expectFault(withKey(text, ''), 'passphrase-missing', missing);
      await expectFault(withKey(text, `${PASSPHRASE} `), 'passphrase-wrong', wrong);
    }
  });
});

describe('the agent', () => {
  const withAgent = (agent: string, server = sshd): SshTarget => ({ ...keyless(server), agent });

  it('lets in by its key; a key that is given is used alone', async () => {
    const agent = await agentWith(stranger.file, sshd.key.file);
    await using connection = await connect(withAgent(agent), collectedLog());
    expect((await connection.exec('echo in')).stdout).toBe('in\n');
    await expectFault({ ...withAgent(agent), key: new Secret(stranger.text) }, 'key-refused', new RegExp(escaped(stranger.fingerprint)));
  });

  it('that does not answer', () => expectFault(withAgent('/nowhere/agent.sock'), 'agent-failed', new RegExp(`^The ssh-agent failed while logging in to ${at()}: Failed to connect to agent at /nowhere/agent\\.sock\\.`)));

  it('that holds no key', async () => expectFault(withAgent(await agentWith()), 'agent-empty', new RegExp(`^The ssh-agent holds no key to log in to ${at()} with`)));

  it('whose keys are all refused: each is named', async () => {
    const other = makeKey(join(sshd.folder, 'other'), 'ecdsa');
    await expectFault(withAgent(await agentWith(stranger.file, other.file)), 'key-refused', new RegExp(`The ssh-agent offered ssh-ed25519 ${escaped(stranger.fingerprint)}, ecdsa-sha2-nistp256 ${escaped(other.fingerprint)}\\.`));
  });

  it('that offers more keys than the server has patience for', async () => {
    const strict = await startSshd({ config: ['MaxAuthTries 1'] });
    cleanups.push(() => strict.stop());
    const other = makeKey(join(strict.folder, 'other'));
    await expectFault(withAgent(await agentWith(stranger.file, other.file), strict), 'too-many-failures', new RegExp(`^${at(strict)} ended the log-in after too many refused keys \\(MaxAuthTries\\)`));
  });
});

/** A key in OpenSSH's format that says of itself that it lives on a security key; none is at hand to make a real one. */
function securityKey(): string {
  const body = Buffer.from(sshd.key.text.split('\n').slice(1, -2).join(''), 'base64');
  const type = Buffer.from('sk-ssh-ed25519@openssh.com');
  const publicKey = Buffer.concat([Buffer.from([0, 0, 0, type.length]), type, Buffer.alloc(40)]);
  const start = body.subarray(0, body.indexOf('ssh-ed25519') - 8);
  const changed = Buffer.concat([start, Buffer.from([0, 0, 0, publicKey.length]), publicKey, Buffer.alloc(64)]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${changed.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
