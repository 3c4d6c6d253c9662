import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { collectedLog } from '#shared/testing/collected-log';
import { startDeafPort } from '#shared/testing/deaf-port';
import { needs } from '#shared/testing/equipment';
import { makeKey } from '#shared/testing/keys';
import { freePort } from '#shared/testing/ports';
import { type Sshd, startSshd } from '#shared/testing/sshd';
import { ConnectionLost, connect } from './connection.ts';
import type { SshTarget } from './target.ts';

const it = needs('sshd', 'ssh-keygen');
let inner: Sshd;
let gate: Sshd;
let outerGate: Sshd;

beforeAll(async () => {
  [inner, gate, outerGate] = await Promise.all([startSshd({ hostKeys: ['ed25519', 'ecdsa'] }), startSshd(), startSshd({ hostKeys: ['rsa'] })]);
});
afterAll(async () => {
  await Promise.all([inner, gate, outerGate].map((sshd) => sshd?.stop()));
});

const pinNothing = { knownHosts: '', fingerprints: [] };

async function refusal(target: SshTarget): Promise<unknown> {
  return connect(target, collectedLog()).then((connection) => connection.close(), (error: unknown) => error);
}

describe('a jump host', () => {
  it('with its own key and host key leads to a server with others, over one hop and over two', async () => {
    for (const jump of [gate.target(), gate.target({ jump: outerGate.target() })]) {
      await using connection = await connect(inner.target({ jump }), collectedLog());
      const { stdout } = await connection.exec('echo "$SSH_CONNECTION"; cat', { stdin: Buffer.alloc(3_000_000, 'x') });
      expect(stdout).toMatch(/x{1000}$/);
      expect((await connection.exec('echo "$SSH_CONNECTION"')).stdout).toContain(` ${inner.port}`);
      expect(connection.label).toBe(`127.0.0.1:${inner.port}`);
    }
    expect(gate.log()).toContain(`Accepted publickey for ${gate.user}`);
    expect(outerGate.log()).toContain(`Accepted publickey for ${gate.user}`);
  });

  it('passes on the search for a fingerprint, each host checked against its own', async () => {
    const jump = gate.target({ hostKeys: { knownHosts: '', fingerprints: gate.fingerprints } });
    const target = inner.target({ jump, hostKeys: { knownHosts: '', fingerprints: [inner.fingerprints[1] ?? ''] } });
    await using connection = await connect(target, collectedLog());
    expect((await connection.exec('echo in')).stdout).toBe('in\n');
  });

  it('is not trusted by the server\'s pins, nor the server by the jump host\'s', async () => {
    const both = `${inner.knownHosts}${gate.knownHosts}`;
    expect(await refusal(inner.target({ hostKeys: { knownHosts: both, fingerprints: [] }, jump: gate.target({ hostKeys: pinNothing }) }))).toMatchObject({
      kind: 'host-key-unknown',
      message: expect.stringMatching(new RegExp(`^The host key of the jump host 127\\.0\\.0\\.1:${gate.port} as .*add this line to jump-known-hosts:\\n\\[127\\.0\\.0\\.1\\]:${gate.port} ssh-ed25519 `)),
    });
    expect(await refusal(inner.target({ hostKeys: pinNothing, jump: gate.target({ hostKeys: { knownHosts: both, fingerprints: [] } }) }))).toMatchObject({
      kind: 'host-key-unknown',
      message: expect.stringMatching(new RegExp(`^The host key of 127\\.0\\.0\\.1:${inner.port} as .*add this line to known-hosts:\\n\\[127\\.0\\.0\\.1\\]:${inner.port} ssh-ed25519 `)),
    });
  });

  it('is named by its own faults', async () => {
    const stranger = new Secret(makeKey(join(gate.folder, 'stranger')).text);
    expect(await refusal(inner.target({ jump: gate.target({ key: stranger }) }))).toMatchObject({ kind: 'key-refused', message: expect.stringMatching(/^The jump host 127\.0\.0\.1:\d+ as .* does not accept the key/) });
    expect(await refusal(inner.target({ jump: gate.target({ port: await freePort() }) }))).toMatchObject({ kind: 'refused', message: expect.stringMatching(/^The jump host .* refused the connection.*Check jump-host/) });
    expect(await refusal(inner.target({ jump: gate.target({ key: new Secret('x') }) }))).toMatchObject({ kind: 'key-unreadable', message: expect.stringMatching(/^jump-ssh-key for the jump host /) });
  });

  it('that cannot reach the server, or may not, says so', async () => {
    const target = inner.target({ port: await freePort(), jump: gate.target() });
    expect(await refusal(target)).toMatchObject({ kind: 'jump-cannot-reach', message: `The jump host cannot reach 127.0.0.1:${target.port} as ${target.user}: Connection refused. Check host and port as they are seen from the jump host, and its firewall.` });
    const deaf = await startDeafPort();
    expect(await refusal(inner.target({ port: deaf.port, jump: gate.target(), connectTimeout: 1_500 }))).toMatchObject({ kind: 'jump-cannot-reach', message: expect.stringContaining('it did not answer within 1.5s') });
    deaf.stop();
    const strict = await startSshd({ config: ['AllowTcpForwarding no'] });
    try {
      expect(await refusal(inner.target({ jump: strict.target() }))).toMatchObject({ kind: 'jump-forbidden', message: expect.stringContaining('AllowTcpForwarding') });
    } finally {
      await strict.stop();
    }
  });

  it('that drops takes the server\'s line with it', async () => {
    const connection = await connect(inner.target({ jump: gate.target() }), collectedLog());
    await Promise.all([expect(connection.exec('sleep 30')).rejects.toBeInstanceOf(ConnectionLost), gate.killConnections()]);
  });
});
