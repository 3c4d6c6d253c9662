import type { PacketEntry } from './packet.ts';

const PRIVATE = 0o600;

/**
 * The same entries, with files larger than `size` bytes taken apart: the beginning at the file's own place, and the rest below `pieces/`,
 * from where receive.sh puts it behind the beginning.
 */
export function* inPieces(entries: Iterable<PacketEntry>, size: number): Generator<PacketEntry> {
  let number = 0;
  for (const entry of entries) {
    if (entry.kind !== 'file' || entry.size <= size) {
      yield entry;
      continue;
    }
    number += 1;
    const place = `pieces/${number}`;
    yield { ...entry, size, piece: { start: 0, isLast: false } };
    yield { kind: 'text', path: `${place}.path`, mode: PRIVATE, text: entry.path };
    yield { kind: 'text', path: `${place}.mode`, mode: PRIVATE, text: entry.mode.toString(8) };
    for (let start = size, count = 1; start < entry.size; start += size, count += 1) {
      const isLast = start + size >= entry.size;
      yield { ...entry, path: `${place}.${String(count).padStart(6, '0')}`, mode: PRIVATE, size: isLast ? entry.size - start : size, piece: { start, isLast } };
    }
  }
}
