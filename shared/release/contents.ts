const ROOM = 48 * 1_048_576; // bytes
const BLOCK = 1_048_576; // bytes taken at once

/** What small files held when they were hashed, by path: they are sent from here, and need not be read again. */
export type Contents = ReadonlyMap<string, Buffer>;

/** Takes a copy of a file's bytes. */
export type Keep = (path: string, bytes: Buffer) => void;

/** Some to be filled: no file of more than 1 MiB, until 48 MiB are taken up; later ones are read again. */
export function openContents(): { readonly contents: Contents; readonly keep: Keep } {
  const contents = new Map<string, Buffer>();
  let [block, used, room] = [Buffer.alloc(0), 0, ROOM / BLOCK];
  return {
    contents,
    keep(path, bytes) {
      if (used + bytes.length > block.length) {
        if (room === 0) return;
        [block, used, room] = [Buffer.allocUnsafeSlow(BLOCK), 0, room - 1];
      }
      contents.set(path, block.subarray(used, used += bytes.copy(block, used)));
    },
  };
}
