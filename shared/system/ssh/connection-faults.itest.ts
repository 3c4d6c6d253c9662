import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, connect as dial, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { collectedLog } from '#shared/testing/collected-log';
import { startDeafPort } from '#shared/testing/deaf-port';
import { needs } from '#shared/testing/equipment';
import { escaped, expectFault, faultFor } from '#shared/testing/expected-fault';
import { type KeyPair, makeKey } from '#shared/testing/keys';
import { freePort } from '#shared/testing/ports';
import { startRelay } from '#shared/testing/relay';
import { type Sshd, type SshdOptions, startSshd } from '#shared/testing/sshd';
import { connect } from './connection.ts';
import { FAULT_KINDS, type FaultKind, faultOf, isPassing } from './faults.ts';
import type { HostKeyPolicy, SshTarget } from './target.ts';

const it = needs('sshd', 'ssh-keygen');
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

async function sshdWith(options: SshdOptions): Promise<Sshd> {
  const other = await startSshd(options);
  cleanups.push(() => other.stop());
  return other;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('host keys', () => {
  const pin = (policy: Partial<HostKeyPolicy>): SshTarget => sshd.target({ hostKeys: { knownHosts: '', fingerprints: [], ...policy } });
  const name = (): string => `[127.0.0.1]:${sshd.port}`;
  const shown = (): string => `Shown: ssh-ed25519 ${sshd.fingerprints[0]}.`;
  const check = 'If "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub" on the server itself prints the shown fingerprint';
  const line = (): string => `${name()} ${sshd.hostKeys[0]?.publicLine}`;

  it('unknown: refused, with the line to pin and its fingerprint; the line does it', async () => {
    await expectFault(pin({}), 'host-key-unknown', `The host key of ${at()} is not pinned, so it was refused and nothing was sent. ${shown()} ${check}, add this line to known-hosts:\n${line()}`);
    await using connection = await connect(pin({ knownHosts: (await faultFor(pin({}))).message.split('\n')[1] ?? '' }), collectedLog());
    expect(connection.label).toBe(`127.0.0.1:${sshd.port}`);
  });

  it('changed: says CHANGED, with both fingerprints', () =>
    expectFault(pin({ knownHosts: `${name()} ${stranger.publicLine}` }), 'host-key-changed', `THE HOST KEY OF ${at()} HAS CHANGED, so it was refused and nothing was sent. Either the server was set up anew, or somebody is listening in between. ${shown()} Pinned: ssh-ed25519 ${stranger.fingerprint} (line 1). ${check}, pin this line in known-hosts instead:\n${line()}`));

  it('changed: a fingerprint that is none of the server\'s, after all its types were asked for', () =>
    expectFault(pin({ fingerprints: [stranger.fingerprint] }), 'host-key-changed', new RegExp(`HAS CHANGED.* Shown: ssh-ed25519 ${escaped(sshd.fingerprints[0])}, ssh-rsa ${escaped(sshd.fingerprints[1])}\\. Pinned: ${escaped(stranger.fingerprint)}\\.`)));

  it('of another type than the pinned', async () => {
    const ecdsa = makeKey(join(sshd.folder, `ecdsa${cleanups.length}`), 'ecdsa');
    await expectFault(pin({ knownHosts: `${name()} ${ecdsa.publicLine}` }), 'host-key-wrong-type', new RegExp(`^The host key of ${at()} is of another type than the one pinned.* Shown: ssh-ed25519 .* Pinned: ecdsa-sha2-nistp256 ${escaped(ecdsa.fingerprint)} \\(line 1\\)`));
  });

  it('revoked', () => expectFault(pin({ knownHosts: `${line()}\n@revoked ${line()}` }), 'host-key-revoked', new RegExp(`^The host key of ${at()} is marked @revoked in known-hosts`)));

  it('vouched for by an authority alone', () =>
    expectFault(pin({ knownHosts: `@cert-authority * ${stranger.publicLine}` }), 'host-key-authority', new RegExp(`only a @cert-authority line, and certificates of hosts cannot be checked here.*add this line to known-hosts:\\n${escaped(line())}$`, 's')));

  it('known-hosts that cannot be read: each line named, none repeated', async () => {
    await expectFault(pin({ knownHosts: `# fine\nweb1\n${sshd.hostKeys[0]?.publicLine}\n@trusted ${line()}\nweb1 ssh-rsa ${sshd.hostKeys[0]?.publicLine.split(' ')[1]}` }), 'known-hosts-unreadable',
      `known-hosts for ${at()} cannot be read: line 2: it is not "<host> <key type> <key>"; line 3: it begins with the key: put the host's name before ssh-ed25519; line 4: the marker @trusted is unknown; line 5: its key is damaged or not of the type ssh-rsa. Each line is "<host> <key type> <key>", as "ssh-keyscan" prints it; correct or remove it.`);
  });

  it('a fingerprint that is none', async () => {
    for (const text of ['MD5:aa:bb:cc', 'SHA256:short', sshd.fingerprints[0]?.toLowerCase().slice(0, 40) ?? '']) {
      await expectFault(pin({ fingerprints: [sshd.fingerprints[0] ?? '', text] }), 'fingerprint-unreadable', /^host-fingerprint for .* cannot be read: number 2 is not a SHA256 fingerprint\./);
    }
  });
});

describe('the log-in', () => {
  it('with a key that the server does not know: its fingerprint, the causes, the line that lets it in', async () => {
    const target = sshd.target({ key: new Secret(stranger.text) });
    await expectFault(target, 'key-refused', `${at()} does not accept the key. Offered: ssh-ed25519 ${stranger.fingerprint}. Either it is not in the authorized_keys of ${sshd.user} on 127.0.0.1:${sshd.port}, or user is wrong, or sshd ignores that file because others may write to it or its folders ("chmod go-w ~ ~/.ssh ~/.ssh/authorized_keys"). The line that lets it in:\n${stranger.publicLine}`);
    await expectFault(sshd.target({ user: 'nobody-of-this-name' }), 'key-refused', /as nobody-of-this-name does not accept the key/);
  });

  it('at a server that takes no keys at all', async () => {
    const strict = await sshdWith({ config: ['PubkeyAuthentication no', 'PasswordAuthentication yes'] });
    await expectFault(strict.target(), 'keys-not-accepted', `${at(strict)} lets nobody in by key, only by password. Set "PubkeyAuthentication yes" in its sshd_config.`);
  });

  it('at a server that wants more than the key', async () => {
    const strict = await sshdWith({ config: ['PasswordAuthentication yes', 'AuthenticationMethods publickey,password'] });
    await expectFault(strict.target(), 'second-factor', new RegExp(`^${at(strict)} accepts the key but asks for more: password\\. Nobody is here to answer`));
  });

  // The server looks the key up with a command that takes its time.
  const slow = ['AuthorizedKeysCommand /bin/sleep 5', `AuthorizedKeysCommandUser ${userInfo().username}`];

  it('that the server breaks off', async () => {
    const strict = await sshdWith({ config: ['LoginGraceTime 1', ...slow] });
    await expectFault(strict.target({ key: new Secret(stranger.text) }), 'login-closed', new RegExp(`^${at(strict)} closed the connection during the log-in`));
  });

  it('that takes too long', async () => {
    const strict = await sshdWith({ config: slow });
    await expectFault(strict.target({ key: new Secret(stranger.text), connectTimeout: 1_500 }), 'login-time-out', new RegExp(`^${at(strict)} did not decide about the key within 1\\.5s`));
  });
});

describe('the network', () => {
  const to = (port: number, changes: Partial<SshTarget> = {}): SshTarget => sshd.target({ port, connectTimeout: 1_500, ...changes });

  it('refused', async () => {
    const port = await freePort();
    await expectFault(to(port), 'refused', `${at({ port })} refused the connection: nothing listens there, or a firewall rejects it. Check host and port, and that sshd runs ("systemctl status ssh" on the server).`);
    await expectFault(to(port, { host: 'localhost' }), 'refused', /^localhost:\d+ as/); // several addresses, each tried
  });

  it('no answer, as behind a firewall that drops packets', async () => {
    const { port, stop } = await startDeafPort();
    cleanups.push(stop);
    await expectFault(to(port), 'time-out', `${at({ port })} did not answer within 1.5s. Usually a firewall drops the packets, or the address is wrong. Check host and port, and that this runner's address may come in.`);
  });

  it('taken, but never a word', async () => {
    const port = await listening(createServer((peer) => peer.resume()));
    await expectFault(to(port), 'silent', new RegExp(`^${at({ port })} took the connection but did not finish the SSH greeting within 1\\.5s`));
  });

  it('a name without an address', async () => {
    const fault = await faultFor(sshd.target({ host: 'web1.does-not-exist.invalid' }));
    // Where there is no name server at all, that is what must be said.
    expect(['dns', 'dns-down']).toContain(fault.kind);
    expect(fault.message).toMatch(/web1\.does-not-exist\.invalid(, so | has no address, so ).*cannot be reached/);
  });

  it('closed or cut before the log-in', async () => {
    const closing = await listening(createServer((peer) => peer.end()));
    const resetting = await listening(createServer((peer) => peer.resetAndDestroy()));
    const relay = await startRelay(sshd.port);
    cleanups.push(() => relay.stop());
    relay.cutAfter(100); // within the key exchange
    for (const port of [closing, resetting, relay.port]) await expectFault(to(port), 'reset', new RegExp(`^${at({ port })} closed the connection before the log-in began`));
  });

  it('a server that has too many log-ins under way', async () => {
    const busy = await sshdWith({ config: ['MaxStartups 1:100:1'] });
    const idle = dial(busy.port, '127.0.0.1');
    cleanups.push(() => idle.destroy());
    await once(idle, 'data');
    await expectFault(busy.target(), 'crowded', new RegExp(`^${at(busy)} turned the connection away \\("Exceeded MaxStartups"\\)`));
  });

  it('something else than SSH', async () => {
    const port = await listening(createHttpServer());
    await expectFault(to(port), 'not-ssh', new RegExp(`^${at({ port })} answers, but not as an SSH server: it said "HTTP/1\\.1 400 Bad Request`));
    const chatty = await listening(createServer((peer) => peer.on('error', () => {}).end('220 mail.example ESMTP\r\n'.repeat(2_000))));
    await expectFault(to(chatty), 'not-ssh', /it said "220 mail\.example ESMTP/);
  });

  it('a server with which nothing is in common', async () => {
    const odd = await sshdWith({ config: ['KexAlgorithms sntrup761x25519-sha512@openssh.com'] });
    await expectFault(odd.target(), 'no-common-algorithm', new RegExp(`^${at(odd)} and Slipway have no key exchange algorithm in common`));
  });
});

it('every kind of fault is in the documentation, with the words of its message, and marked when it is tried again', () => {
  const rows = [...readFileSync(new URL('../../../docs/connection-faults.md', import.meta.url), 'utf8').matchAll(/^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm)];
  expect(rows.map(([, kind]) => kind)).toEqual([...FAULT_KINDS]);
  for (const [, kind, words = '', cause = ''] of rows) {
    const fault = faultOf(kind as FaultKind, { host: 'web1', port: 22, user: 'deploy', isJump: false }, '…');
    expect(fault.message).toContain(words.trim());
    expect([kind, isPassing(fault)]).toEqual([kind, cause.includes('↻')]);
  }
});
