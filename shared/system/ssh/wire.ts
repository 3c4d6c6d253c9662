/** SSH's length-prefixed string. */
export function packString(value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The first `count` length-prefixed strings of a blob, or undefined when it is too short to hold them. */
export function unpackStrings(blob: Buffer, count: number): readonly Buffer[] | undefined {
  const strings: Buffer[] = [];
  let at = 0;
  while (strings.length < count) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    strings.push(blob.subarray(at + 4, end));
    at = end;
  }
  return strings;
}

/** The type a public key names itself by, such as `ssh-ed25519`; empty when the blob is not a key. */
export function keyTypeOf(publicKey: Buffer): string {
  return unpackStrings(publicKey, 1)?.[0]?.toString('latin1') ?? '';
}
