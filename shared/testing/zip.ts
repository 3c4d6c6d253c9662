import { crc32, deflateRawSync } from 'node:zlib';

/** The smallest archive of some files; `sum` is added to their checksums. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export function zip(files: Readonly<Record<string, string>>, { sum = 0 } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    for (const [at, into] of [[4, head], [6, entry]] as const) {
      into.writeUInt16LE(20, at);
      into.writeUInt16LE(8, at + 4);
      into.writeUInt32LE(crc32(content) + sum, at + 10);
      into.writeUInt32LE(packed.length, at + 14);
      into.writeUInt32LE(Buffer.byteLength(content), at + 18);
      into.writeUInt16LE(Buffer.byteLength(name), at + 22);
    }
    entry.writeUInt32LE(offset, 42);
    parts.push(head, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
