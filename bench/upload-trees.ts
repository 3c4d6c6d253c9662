import { randomBytes } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SMALL_FILES = 10_000;
const SMALL_BYTES = 44_000_000;
const LARGE_BYTES = 500_000_000;
const CHANGED = 10;
const PER_FOLDER = 50;

/** Writes 10,000 files of 44 MB together, cut from the JavaScript of node_modules, into 200 folders three deep. */
export function writeSmallFiles(folder: string, count = SMALL_FILES, bytes = SMALL_BYTES): void {
  const text = someJavaScript(bytes);
  const size = Math.floor(text.length / count);
  for (let index = 0; index < count; index += 1) {
    const path = join(folder, smallFile(index));
    if (index % PER_FOLDER === 0) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.subarray(index * size, (index + 1) * size));
  }
}

/** Writes one file of 500 MB that cannot be compressed. */
export function writeLargeFile(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'large'), randomBytes(LARGE_BYTES));
}

/** A second checkout of the small files: every file is new to the file system, ten differ in content and not in size. */
export function checkOutAnew(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (let index = 0; index < CHANGED; index += 1) {
    const path = join(to, smallFile(index * (SMALL_FILES / CHANGED)));
    const text = readFileSync(path);
    text.fill('x', 0, 8);
    writeFileSync(path, text);
  }
}

function smallFile(index: number): string {
  const folder = Math.floor(index / PER_FOLDER);
  return `lib/${folder % 10}/part-${folder}/file-${index}.js`;
}

function someJavaScript(bytes: number): Buffer {
  const pieces: Buffer[] = [];
  let length = 0;
  for (const path of globSync('node_modules/{typescript,@types,jest*,@jest,@slack,yaml,ssh2,@octokit}/**/*.{js,ts}').sort()) {
    const piece = readFileSync(path);
    pieces.push(piece);
    length += piece.length;
    if (length >= bytes) break;
  }
  const once = Buffer.concat(pieces);
  return Buffer.alloc(bytes, once);
}
