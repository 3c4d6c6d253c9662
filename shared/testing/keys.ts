import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A key pair of ssh-keygen: files, private key as text, public line (type, key, no comment) and SHA256 fingerprint. */
export interface KeyPair {
  readonly file: string;
  readonly text: string;
  readonly publicLine: string;
  readonly type: string;
  readonly fingerprint: string;
}

export type KeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** Makes a key pair at `file`; `more` are further arguments of ssh-keygen, such as `-m PEM`. */
export function makeKey(file: string, type: KeyType = 'ed25519', passphrase = '', more: readonly string[] = []): KeyPair {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', '', '-f', file, ...more]);
  const publicLine = readFileSync(`${file}.pub`, 'utf8').trim();
  const fingerprint = execFileSync('ssh-keygen', ['-lf', `${file}.pub`], { encoding: 'utf8' }).split(' ')[1] ?? '';
  return { file, text: readFileSync(file, 'utf8'), publicLine, type: publicLine.split(' ')[0] ?? '', fingerprint };
}
