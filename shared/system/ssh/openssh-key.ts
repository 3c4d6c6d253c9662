import { packString, unpackStrings, keyTypeOf } from './wire.ts';

const MAGIC = 'openssh-key-v1\0';

/** What an OpenSSH private key says of itself before its encrypted part. */
export interface OpenSshHeader {
  readonly cipher: string;
  readonly type: string;
}

/** The readable part of a key in OpenSSH's format, or undefined when it is damaged. */
export function readOpenSshHeader(blob: Buffer): OpenSshHeader | undefined {
  if (blob.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) return undefined;
  const rest = blob.subarray(MAGIC.length);
  const [cipher, kdf, options] = unpackStrings(rest, 3) ?? [];
  if (cipher === undefined || kdf === undefined || options === undefined) return undefined;
  const keys = rest.subarray(12 + cipher.length + kdf.length + options.length + 4);
  const [publicKey] = unpackStrings(keys, 1) ?? [];
  return publicKey === undefined ? undefined : { cipher: cipher.toString('latin1'), type: keyTypeOf(publicKey) };
}

/** An ed25519 key (seed and public part, 32 bytes each) in OpenSSH's format, base64, not encrypted: the only form of it that ssh2 reads. */
export function packEd25519(seed: Buffer, point: Buffer): string {
  const publicKey = Buffer.concat([packString('ssh-ed25519'), packString(point)]);
  const check = Buffer.alloc(8); // two equal numbers: a sign of the right passphrase, which this key does not have
  const content = Buffer.concat([check, publicKey, packString(Buffer.concat([seed, point])), packString('')]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (content.length % 8)) % 8));
  const one = Buffer.from([0, 0, 0, 1]);
  return Buffer.concat([Buffer.from(MAGIC), packString('none'), packString('none'), packString(''), one, packString(publicKey), packString(Buffer.concat([content, padding]))]).toString('base64');
}
