/** A private key's block of text: the words between BEGIN and the dashes, the encryption header of old formats, and the base64 in between. */
export interface KeyBlock {
  readonly label: string;
  readonly header: string;
  readonly body: string;
}

/** A text that is no private key: a public one, one that cannot be used, or one that is damaged. `problem` never quotes the text. */
export interface NoKey {
  readonly kind: 'key-public' | 'key-unsupported' | 'key-unreadable';
  readonly problem: string;
}

/**
 * The key in a pasted text. Carriage returns, a missing last line end, blanks around lines, quotes, line ends written as `\n` or
 * turned into blanks, and a base64 layer around the whole are mended, because secrets lose their shape on the way into a store.
 */
export function readKeyBlock(pasted: string): KeyBlock | NoKey {
  const text = unpasted(pasted);
  const [, label = '', content = ''] = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \1-----/s.exec(text) ?? [];
  if (label === '') return notAKey(text);
  const [, header = '', rest = content] = /^\s*Proc-Type:\s*4,ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+,[0-9A-Fa-f]+)\s(.*)$/s.exec(content) ?? [];
  const body = rest.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+=*$/.test(body)) return { kind: 'key-unreadable', problem: 'there are characters in it that no key has' };
  return { label, header, body };
}

/** The block in its canonical form: lines of 64 characters, each ended. */
export function formatKeyBlock({ label, header, body }: KeyBlock): string {
  const head = header === '' ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${header}\n\n`;
  return `-----BEGIN ${label}-----\n${head}${body.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END ${label}-----\n`;
}

function unpasted(pasted: string): string {
  const text = pasted.replace(/^\uFEFF/, '').replaceAll(/\\r\\n|\\n|\\r/g, '\n').trim();
  return text.startsWith('LS0tLS1CRUdJTi') ? Buffer.from(text, 'base64').toString('latin1') : text;
}

function notAKey(text: string): NoKey {
  const unreadable = (problem: string): NoKey => ({ kind: 'key-unreadable', problem });
  const unsupported = (problem: string): NoKey => ({ kind: 'key-unsupported', problem });
  if (text === '') return unreadable('it is empty');
  if (/-cert-v01@openssh\.com/.test(text)) return unsupported('it is a user certificate. Give the private key that it belongs to, and put its public key into authorized_keys on the server.');
  if (/^(?:ssh-|ecdsa-|sk-)\S+\s+AAAA/.test(text) || /-----BEGIN [A-Z0-9 ]*PUBLIC KEY-----/.test(text)) return { kind: 'key-public', problem: '' };
  if (text.startsWith('PuTTY-User-Key-File-')) return unsupported('it is in PuTTY\'s format. Convert it with "puttygen key.ppk -O private-openssh -o key".');
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return unreadable('its END line is missing, so it was cut off while it was copied');
  if (/-----END [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return unreadable('its BEGIN line is missing');
  if (/-----BEGIN /.test(text)) return unreadable('it is another kind of PEM file');
  if (/^[~./][^\s]*$/.test(text)) return unreadable('it looks like the path of a file, and the text of the key itself is wanted');
  return unreadable('it has no BEGIN line');
}
