/** What a tar archive says of an entry: `target` for links, `size` in bytes for files. */
export interface TarEntry {
  readonly kind: 'file' | 'link' | 'folder';
  readonly path: string;
  readonly mode: number;
  readonly size: number;
  readonly target?: string;
}

/** Bytes; headers are as long, and contents are filled up to a multiple of it. */
export const TAR_BLOCK = 512;

const FLAGS = { file: '0', link: '2', folder: '5', pax: 'x' } as const;
const [NAME, PREFIX] = [100, 155]; // bytes that a name and what stands before it may have
const LARGEST = 8 ** 11 - 1; // what fits in octal; beyond, GNU's binary numbers are used

/** The header of an entry, with one of pax ahead of it where a name does not fit. Its owner is 0:0, its time the given one. */
export function tarHeader(entry: TarEntry, mtime: Date): Buffer {
  const path = entry.kind === 'folder' ? `${entry.path}/` : entry.path;
  const target = entry.target ?? '';
  const parts = isPlain(target, NAME) ? partsOf(path) : undefined;
  const fields = { flag: FLAGS[entry.kind], mode: entry.mode, size: entry.size, mtime };
  if (parts !== undefined) return block({ ...fields, ...parts, target });
  const records = Buffer.from(record('path', path) + (target === '' ? '' : record('linkpath', target)));
  const head = block({ ...fields, flag: FLAGS.pax, mode: 0o644, size: records.length, name: 'pax', prefix: '', target: '' });
  return Buffer.concat([head, records, Buffer.alloc(filling(records.length)), block({ ...fields, name: 'pax', prefix: '', target: '' })]);
}

/** How many zeros follow a content of this size. */
export function filling(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

interface Fields {
  readonly name: string;
  readonly prefix: string;
  readonly target: string;
  readonly flag: string;
  readonly mode: number;
  readonly size: number;
  readonly mtime: Date;
}

function block({ name, prefix, target, flag, mode, size, mtime }: Fields): Buffer {
  const bytes = Buffer.alloc(TAR_BLOCK);
  bytes.write(`${octal(mode, 7)}\0${'0'.repeat(7)}\0${'0'.repeat(7)}\0`, 100, 'latin1');
  if (size <= LARGEST) {
    bytes.write(octal(size, 11), 124, 'latin1');
  } else {
    bytes.writeUInt8(0x80, 124);
    bytes.writeBigUInt64BE(BigInt(size), 128);
  }
  bytes.write(`${octal(Math.floor(mtime.getTime() / 1_000), 11)}\0${' '.repeat(8)}${flag}`, 136, 'latin1');
  bytes.write('ustar\x0000', 257, 'latin1');
  bytes.write(name, 0, 'latin1');
  bytes.write(target, 157, 'latin1');
  bytes.write(prefix, 345, 'latin1');
  let sum = 0;
  for (let at = 0; at < TAR_BLOCK; at += 1) sum += bytes[at]!;
  bytes.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return bytes;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

// Undefined where it takes pax.
function partsOf(path: string): Pick<Fields, 'name' | 'prefix'> | undefined {
  if (!isPlain(path, NAME + 1 + PREFIX)) return undefined;
  if (path.length <= NAME) return { name: path, prefix: '' };
  const cut = path.indexOf('/', path.length - NAME - 1);
  return cut < 1 || cut > PREFIX || cut === path.length - 1 ? undefined : { name: path.slice(cut + 1), prefix: path.slice(0, cut) };
}

// Whether all of it is ASCII, and no more of it.
function isPlain(text: string, longest: number): boolean {
  return text.length <= longest && /^[\x01-\x7f]*$/.test(text);
}

// Its length is counted with the digits that tell it.
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (String(length).length > String(bytes).length) length = bytes + String(length).length;
  return `${length}${rest}`;
}
