import type { Files, ReleaseFile } from './tree.ts';

const HASH = 32; // bytes of a sha256
const BLOCK = 262_144; // bytes taken at once; a growing buffer would leave its smaller selves behind each time

/** Files in flat buffers: about 120 bytes each, where objects take 400. */
export interface FileTable extends Files {
  /** Takes a file's record in, and returns its number. */
  add(file: ReleaseFile): number;
  /** Puts another record of the same path in that place. */
  replace(index: number, file: ReleaseFile): void;
}

/** An empty table, which gives its files back in the order they came. */
export function fileTable(): FileTable {
  const [paths, hashes] = [blocks(), blocks()];
  const [starts, lengths, modes, sizes]: [number[], number[], number[], number[]] = [[], [], [], []];
  const fileAt = (index: number): ReleaseFile => ({
    path: paths.text('utf8', starts[index]!, lengths[index]!), mode: modes[index]!, size: sizes[index]!, sha256: hashes.text('hex', index * HASH, HASH),
  });
  return {
    get length() {
      return starts.length;
    },
    add({ path, mode, size, sha256 }) {
      modes.push(mode);
      sizes.push(size);
      hashes.append(sha256, 'hex', HASH);
      const length = Buffer.byteLength(path);
      lengths.push(length);
      return starts.push(paths.append(path, 'utf8', length)) - 1;
    },
    replace(index, { mode, size, sha256 }) {
      [modes[index], sizes[index]] = [mode, size];
      hashes.write(sha256, 'hex', index * HASH);
    },
    * [Symbol.iterator]() {
      for (let index = 0; index < starts.length; index += 1) yield fileAt(index);
    },
  };
}

/** The files for which it holds, and the others. Each is asked for once, in order; only a bit of the answer is held. */
export function parted(files: Files, holds: (file: ReleaseFile) => boolean): readonly [yes: Files, no: Files] {
  const answers = new Uint8Array(files.length);
  let [index, count] = [0, 0];
  for (const file of files) {
    const answer = holds(file) ? 1 : 0;
    answers[index] = answer;
    count += answer;
    index += 1;
  }
  return [answering(1, count), answering(0, files.length - count)];

  function answering(answer: number, length: number): Files {
    return {
      length,
      * [Symbol.iterator]() {
        let at = 0;
        for (const file of files) if (answers[at++] === answer) yield file;
      },
    };
  }
}

interface Blocks {
  /** Returns where the text begins. */
  append(text: string, encoding: 'utf8' | 'hex', length: number): number;
  write(text: string, encoding: 'utf8' | 'hex', at: number): void;
  text(encoding: 'utf8' | 'hex', at: number, length: number): string;
}

// No text lies across two blocks.
function blocks(): Blocks {
  const all: Buffer[] = [];
  let used = 0;
  const blockOf = (at: number): Buffer => all[Math.floor(at / BLOCK)]!;
  const write: Blocks['write'] = (text, encoding, at) => void blockOf(at).write(text, at % BLOCK, encoding);
  return {
    write,
    text: (encoding, at, length) => blockOf(at).toString(encoding, at % BLOCK, (at % BLOCK) + length),
    append(text, encoding, length) {
      if (used + length > all.length * BLOCK) used = all.push(Buffer.allocUnsafeSlow(BLOCK)) * BLOCK - BLOCK;
      const at = used;
      write(text, encoding, at);
      used += length;
      return at;
    },
  };
}
