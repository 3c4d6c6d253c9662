import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { collectedLog } from '#shared/testing/collected-log';
import { needs } from '#shared/testing/equipment';
import { type KeyPair, makeKey } from '#shared/testing/keys';
import { type Relay, startRelay } from '#shared/testing/relay';
import { type Sshd, startSshd } from '#shared/testing/sshd';
import { connect } from './connection.ts';
import type { HostKeyPolicy } from './target.ts';

const it = needs('sshd', 'ssh-keygen');
let sshd: Sshd;
let relay: Relay;
let stranger: KeyPair;

beforeAll(async () => {
  sshd = await startSshd({ hostKeys: ['ed25519', 'ecdsa', 'rsa'] });
  relay = await startRelay(sshd.port);
  stranger = makeKey(join(sshd.folder, 'stranger'));
});
afterAll(async () => {
  await relay?.stop();
  await sshd?.stop();
});

async function reach(policy: Partial<HostKeyPolicy>, changes: { port?: number; host?: string } = {}): Promise<void> {
  await using connection = await connect(sshd.target({ hostKeys: { knownHosts: '', fingerprints: [], ...policy }, ...changes }), collectedLog());
  expect((await connection.exec('echo in')).stdout).toBe('in\n');
}

function pinned(index: number, hosts = `[127.0.0.1]:${sshd.port}`): string {
  return `${hosts} ${sshd.hostKeys[index]?.publicLine}`;
}

describe('a pin of each type on a server that has all three', () => {
  for (const [index, type] of ['ed25519', 'ecdsa', 'rsa'].entries()) {
    it(`as a known-hosts line: ${type}`, () => reach({ knownHosts: pinned(index) }));
    it(`as a fingerprint: ${type}`, () => reach({ fingerprints: [sshd.fingerprints[index] ?? ''] }));
    it(`as a fingerprint without its prefix, as ssh-keygen prints it, beside others: ${type}`, async () => {
      const digest = (sshd.fingerprints[index] ?? '').slice('SHA256:'.length);
      await reach({ fingerprints: [digest] });
      await reach({ fingerprints: [stranger.fingerprint, ` 256 SHA256:${digest} root@web1 (${type.toUpperCase()})\n`] });
    });
  }

  it('the pinned type is negotiated at once: one connection, and none more for a fingerprint of the preferred type', async () => {
    const before = relay.count;
    await reach({ knownHosts: pinned(2, `[127.0.0.1]:${relay.port}`) }, { port: relay.port });
    await reach({ fingerprints: [sshd.fingerprints[0] ?? ''] }, { port: relay.port });
    expect(relay.count - before).toBe(2);
  });
});

describe('known-hosts lines', () => {
  it('of all forms: comma lists, wildcards, comments, hashed, CRLF, written-out line ends', async () => {
    const port = sshd.port;
    await reach({ knownHosts: pinned(0, `web1,[127.0.0.1]:${port},web2`) });
    await reach({ knownHosts: pinned(0, `[127.0.0.*]:${port}`) });
    await reach({ knownHosts: pinned(0, '*') });
    await reach({ knownHosts: pinned(0, '127.0.0.1') }); // as in OpenSSH: no line names the port
    await reach({ knownHosts: `# the servers\r\n\r\nother ${stranger.publicLine}\r\n  ${pinned(0)} comment of two words\r\n` });
    await reach({ knownHosts: `other ${stranger.publicLine}\\n${pinned(0)}\\n` });
  });

  it('hashed by ssh-keygen itself, with and without a port', async () => {
    for (const name of [`[127.0.0.1]:${sshd.port}`, '127.0.0.1']) {
      const file = join(sshd.folder, 'known_hosts');
      writeFileSync(file, `${pinned(0, name)}\n`);
      execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
      const hashed = execFileSync('cat', [file], { encoding: 'utf8' });
      expect(hashed).toMatch(/^\|1\|/);
      await reach({ knownHosts: hashed });
    }
  });

  it('what ssh-keyscan prints is accepted as it is', async () => {
    await reach({ knownHosts: execFileSync('ssh-keyscan', ['-p', String(sshd.port), '127.0.0.1'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) });
  });

  it('with an exclusion, or of another host or port, pin nothing', async () => {
    const port = sshd.port;
    for (const hosts of [`*,![127.0.0.1]:${port}`, 'web1', `[127.0.0.1]:${port + 1}`, `[web?]:${port}`]) {
      await expect(reach({ knownHosts: pinned(0, hosts) })).rejects.toMatchObject({ kind: 'host-key-unknown' });
    }
  });

  it('a key beside its successor is accepted as well (rotation)', () => reach({ knownHosts: `[127.0.0.1]:${sshd.port} ${stranger.publicLine}\n${pinned(0)}` }));

  it('a revoked key is refused though another line or a fingerprint pins it', async () => {
    const policy = { knownHosts: `${pinned(0)}\n@revoked * ${sshd.hostKeys[0]?.publicLine}`, fingerprints: [sshd.fingerprints[0] ?? ''] };
    await expect(reach(policy)).rejects.toMatchObject({ kind: 'host-key-revoked' });
  });

  it('an authority beside a pinned key does no harm', () => reach({ knownHosts: `@cert-authority * ${stranger.publicLine}\n${pinned(0)}` }));
});

it('a key is pinned by lines and fingerprints together, each enough alone', async () => {
  await reach({ knownHosts: `[127.0.0.1]:${sshd.port} ${stranger.publicLine}`, fingerprints: [sshd.fingerprints[2] ?? ''] });
  await reach({ knownHosts: pinned(1), fingerprints: [stranger.fingerprint] });
});
