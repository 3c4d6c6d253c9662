import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { collectedLog } from '#shared/testing/collected-log';
import { needs } from '#shared/testing/equipment';
import { type KeyPair, type KeyType, makeKey } from '#shared/testing/keys';
import { type Sshd, startSshd } from '#shared/testing/sshd';
import { connect } from './connection.ts';

const it = needs('sshd', 'ssh-keygen', 'openssl');
const PASSPHRASE = 'correct horse "battery" staple';
let sshd: Sshd;
let folder: string;
let count = 0;

beforeAll(async () => {
  sshd = await startSshd();
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
});
afterAll(async () => {
  await sshd?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Logs in with the text of a key whose public part the server knows. */
async function expectIn(text: string, passphrase?: string): Promise<void> {
  const target = sshd.target({ key: new Secret(text), ...(passphrase === undefined ? {} : { passphrase: new Secret(passphrase) }) });
  await using connection = await connect(target, collectedLog());
  expect((await connection.exec('echo in')).stdout).toBe('in\n');
}

function newKey(type: KeyType, passphrase = '', more: readonly string[] = []): KeyPair {
  count += 1;
  const key = makeKey(join(folder, `key${count}`), type, passphrase, more);
  sshd.authorize(key.publicLine);
  return key;
}

function openssl(input: string, ...args: readonly string[]): string {
  return execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
}

const kinds: readonly (readonly [string, KeyType, readonly string[]])[] = [
  ['ed25519', 'ed25519', []], ['ECDSA 256', 'ecdsa', ['-b', '256']], ['ECDSA 384', 'ecdsa', ['-b', '384']],
  ['ECDSA 521', 'ecdsa', ['-b', '521']], ['RSA', 'rsa', ['-b', '2048']],
];

describe('keys of every kind and format', () => {
  for (const [name, type, bits] of kinds) {
    it(`${name}: OpenSSH, without and with a passphrase`, async () => {
      await expectIn(newKey(type, '', bits).text);
      await expectIn(newKey(type, PASSPHRASE, bits).text, PASSPHRASE);
    });

    it(`${name}: PKCS8, without and with a passphrase`, async () => {
      // ssh-keygen writes ed25519 in its own format alone, so openssl makes that one.
      const pkcs8 = type === 'ed25519' ? openssl('', 'genpkey', '-algorithm', 'ed25519') : newKey(type, '', [...bits, '-m', 'PKCS8']).text;
      expect(pkcs8).toMatch(/^-----BEGIN PRIVATE KEY-----/);
      if (type === 'ed25519') sshd.authorize(publicLineOf(pkcs8));
      await expectIn(pkcs8);
      const encrypted = openssl(pkcs8, 'pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', `pass:${PASSPHRASE}`);
      expect(encrypted).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
      await expectIn(encrypted, PASSPHRASE);
    });

    if (type === 'ed25519') continue;
    it(`${name}: PEM (PKCS1 or SEC1), without and with a passphrase`, async () => {
      const { text } = newKey(type, '', [...bits, '-m', 'PEM']);
      expect(text).toMatch(/^-----BEGIN (RSA|EC) PRIVATE KEY-----/);
      await expectIn(text);
      const encrypted = newKey(type, PASSPHRASE, [...bits, '-m', 'PEM']).text;
      expect(encrypted).toContain('DEK-Info: AES-128-CBC');
      await expectIn(encrypted, PASSPHRASE);
    });
  }

  it('OpenSSH, encrypted with other ciphers than the default', async () => {
    for (const cipher of ['aes128-cbc', 'aes256-gcm@openssh.com', 'aes192-ctr']) await expectIn(newKey('ed25519', PASSPHRASE, ['-Z', cipher]).text, PASSPHRASE);
  });

  it('PEM encrypted with triple DES, and with the curve named before the key', async () => {
    const rsa = newKey('rsa', '', ['-m', 'PEM']).text;
    await expectIn(openssl(rsa, 'rsa', '-traditional', '-des3', '-passout', `pass:${PASSPHRASE}`), PASSPHRASE);
    const curve = openssl('', 'ecparam', '-name', 'prime256v1', '-genkey');
    expect(curve).toContain('BEGIN EC PARAMETERS');
    sshd.authorize(publicLineOf(curve.slice(curve.indexOf('-----BEGIN EC PRIVATE'))));
    await expectIn(curve);
  });

  it('RSA is signed with SHA-2: a server that takes no SHA-1 lets it in', async () => {
    const strict = await startSshd({ config: ['PubkeyAcceptedAlgorithms rsa-sha2-512'] });
    try {
      const key = newKey('rsa');
      strict.authorize(key.publicLine);
      await using connection = await connect(strict.target({ key: new Secret(key.text) }), collectedLog());
      expect(connection.label).toBe(`127.0.0.1:${strict.port}`);
    } finally {
      await strict.stop();
    }
  });
});

function publicLineOf(pem: string): string {
  count += 1;
  const file = join(folder, `pem${count}`);
  execFileSync('sh', ['-c', 'umask 077 && cat > "$1"', 'sh', file], { input: pem });
  return openSshLine(file);
}

// ssh-keygen cannot read ed25519 in PKCS8, but ssh-keygen -i reads the public key that openssl takes out of any.
function openSshLine(file: string): string {
  const der = execFileSync('openssl', ['pkey', '-in', file, '-pubout', '-outform', 'DER']);
  const isEd25519 = der.length === 44;
  if (!isEd25519) return execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' }).trim();
  const length = (count: number): Buffer => Buffer.from([0, 0, 0, count]);
  return `ssh-ed25519 ${Buffer.concat([length(11), Buffer.from('ssh-ed25519'), length(32), der.subarray(-32)]).toString('base64')}`;
}

describe('keys that lost their shape on the way', () => {
  const mishaps: Record<string, (text: string) => string> = {
    'carriage returns': (text) => text.replaceAll('\n', '\r\n'),
    'no last line end': (text) => text.trimEnd(),
    'blanks and empty lines around': (text) => `\n\n   ${text}  \n\t\n`,
    'indented lines': (text) => text.replaceAll(/^/gm, '    '),
    'line ends written as \\n': (text) => text.replaceAll('\n', '\\n'),
    'line ends written as \\r\\n': (text) => text.replaceAll('\n', '\\r\\n'),
    'line ends turned into blanks': (text) => text.replaceAll('\n', ' '),
    'quotes around': (text) => `"${text}"`,
    'a byte order mark': (text) => `\uFEFF${text}`,
    'base64 around the whole': (text) => Buffer.from(text).toString('base64'),
  };
  for (const [mishap, spoil] of Object.entries(mishaps)) {
    it(`are mended: ${mishap}`, async () => {
      await expectIn(spoil(newKey('ed25519').text));
      await expectIn(spoil(newKey('ecdsa', PASSPHRASE, ['-m', 'PEM']).text), PASSPHRASE);
    });
  }
});
