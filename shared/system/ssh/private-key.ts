import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { ParsedKey } from 'ssh2';
import type { Secret } from '#shared/core/secret';
import { type ConnectionFault, faultOf } from './faults.ts';
import { type KeyBlock, formatKeyBlock, readKeyBlock } from './key-text.ts';
import { packEd25519, readOpenSshHeader } from './openssh-key.ts';
import type { Party } from './target.ts';

const CURVES: readonly string[] = ['prime256v1', 'secp384r1', 'secp521r1'];

/** ssh2's own reader of keys. */
export type KeyParser = (text: string, passphrase?: string) => ParsedKey | Error;

/**
 * The private key, ready to sign with: ed25519, ECDSA or RSA in OpenSSH's format, PKCS1, SEC1 or PKCS8, encrypted or not.
 * @throws {ConnectionFault} saying what is wrong with the key or its passphrase, never quoting either.
 */
export function readPrivateKey(at: Party, key: Secret, passphrase: Secret | undefined, parse: KeyParser): ParsedKey {
  const block = readKeyBlock(key.reveal());
  if ('kind' in block) throw faultOf(block.kind, at, block.problem);
  const phrase = passphrase?.reveal() || undefined;
  return block.label.startsWith('OPENSSH') ? readOpenSsh(at, block, phrase, parse) : readPem(at, block, phrase, parse);
}

function readOpenSsh(at: Party, block: KeyBlock, passphrase: string | undefined, parse: KeyParser): ParsedKey {
  const header = readOpenSshHeader(Buffer.from(block.body, 'base64'));
  if (header === undefined) throw damaged(at);
  const { cipher, type } = header;
  if (type.startsWith('sk-')) throw unsupported(at, `it lives on a security key (${type}), which must be touched. Make one for deployments with "ssh-keygen -t ed25519", or forward an ssh-agent.`);
  if (type === 'ssh-dss') throw unsupported(at, dsaAdvice);
  if (cipher.startsWith('chacha20')) throw unsupported(at, `it is encrypted with ${cipher}. Encrypt it anew with "ssh-keygen -p -Z aes256-ctr -f <key file>".`);
  if (cipher !== 'none' && passphrase === undefined) throw faultOf('passphrase-missing', at);
  const parsed = parse(formatKeyBlock(block), passphrase);
  if ('getPublicSSH' in parsed) return parsed;
  if (/^Unsupported (?:OpenSSH|cipher|kdf)/.test(parsed.message)) throw unsupported(at, `${parsed.message}. Make one with "ssh-keygen -t ed25519".`);
  // "Malformed" is said of the outer form only; a wrong passphrase shows as nonsense inside.
  throw cipher === 'none' || parsed.message.startsWith('Malformed') ? damaged(at) : faultOf('passphrase-wrong', at);
}

function readPem(at: Party, block: KeyBlock, passphrase: string | undefined, parse: KeyParser): ParsedKey {
  if (block.label.startsWith('DSA')) throw unsupported(at, dsaAdvice);
  const isEncrypted = block.header !== '' || block.label.startsWith('ENCRYPTED');
  if (isEncrypted && passphrase === undefined) throw faultOf('passphrase-missing', at);
  const parsed = parse(portable(at, open(at, block, isEncrypted ? passphrase : undefined)));
  if ('getPublicSSH' in parsed) return parsed;
  throw damaged(at);
}

function open(at: Party, block: KeyBlock, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: formatKeyBlock(block), ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    throw passphrase === undefined ? damaged(at) : faultOf('passphrase-wrong', at);
  }
}

// ssh2 reads neither PKCS8 nor most ciphers of encrypted PEM files; Node reads them all and writes what ssh2 reads.
function portable(at: Party, key: KeyObject): string {
  const type = key.asymmetricKeyType;
  if (type === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString();
  if (type === 'ed25519') {
    const { d = '', x = '' } = key.export({ format: 'jwk' });
    return formatKeyBlock({ label: 'OPENSSH PRIVATE KEY', header: '', body: packEd25519(Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')) });
  }
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  if (type === 'ec' && CURVES.includes(curve)) return key.export({ type: 'sec1', format: 'pem' }).toString();
  throw unsupported(at, type === 'dsa' ? dsaAdvice : `it is a key of the type ${[type, curve].filter(Boolean).join(' ')}, which SSH does not use. Make one with "ssh-keygen -t ed25519".`);
}

const dsaAdvice = 'it is a DSA key, which no server accepts any more. Make one with "ssh-keygen -t ed25519".';

function damaged(at: Party): ConnectionFault {
  return faultOf('key-unreadable', at, 'its content is damaged or incomplete');
}

function unsupported(at: Party, problem: string): ConnectionFault {
  return faultOf('key-unsupported', at, problem);
}
