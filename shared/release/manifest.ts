import { StringDecoder } from 'node:string_decoder';
import { UserError } from '#shared/core/errors';
import { fileTable } from './file-table.ts';
import { byPath, comparePaths, type ReleaseFile, type ReleaseFolder, type ReleaseLink, type Tree } from './tree.ts';

const FORMAT = 1;
const HEADER = /^slipway-manifest (\d+)$/;

/**
 * A tree as lines of text: a format line, then one line an entry, sorted bytewise by path:
 * kind, octal mode, size, sha256, path and link target, parted by tabs, `-` where a kind has none. Names are escaped, so an entry is always one line.
 */
export function* manifestLines({ files, folders, links }: Tree): Generator<string> {
  yield `slipway-manifest ${FORMAT}\n`;
  const others = [...folders.map(folderLine), ...links.map(linkLine)].sort(byPath);
  let next = 0;
  for (const file of files) {
    for (; next < others.length && comparePaths(others[next]!.path, file.path) < 0; next += 1) yield others[next]!.line;
    yield `file\t${file.mode.toString(8)}\t${file.size}\t${file.sha256}\t${escaped(file.path)}\t-\n`;
  }
  for (; next < others.length; next += 1) yield others[next]!.line;
}

/** Reads a manifest as it comes, and holds no more of it than what it means. */
export interface ManifestReader {
  /** @throws {UserError} when a newer Slipway wrote it, or when it is damaged. */
  read(chunk: Buffer): void;
  /** The tree it describes; undefined where there was nothing to read. @throws {UserError} when its end is missing. */
  tree(): Tree | undefined;
}

/** A reader of one manifest, from its first byte on. */
export function manifestReader(): ManifestReader {
  const tree = { files: fileTable(), folders: [] as ReleaseFolder[], links: [] as ReleaseLink[] };
  const decoder = new StringDecoder();
  let [rest, number] = ['', 0];
  const take = (line: string): void => {
    number += 1;
    if (number === 1) checkFormat(line);
    else if (!addLine(tree, line)) throw new UserError(`The manifest of the release on the server is damaged: line ${number} cannot be read.`);
  };
  return {
    read(chunk) {
      const lines = `${rest}${decoder.write(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    },
    tree() {
      if (number === 0 && rest === '') return undefined;
      if (number === 0) checkFormat(rest);
      if (rest !== '' || number === 0) throw new UserError('The manifest of the release on the server is damaged: its end is missing.');
      return tree;
    },
  };
}

interface Growing {
  readonly files: { add(file: ReleaseFile): unknown };
  readonly folders: ReleaseFolder[];
  readonly links: ReleaseLink[];
}

function folderLine({ path, mode }: ReleaseFolder): { readonly path: string; readonly line: string } {
  return { path, line: `folder\t${mode.toString(8)}\t-\t-\t${escaped(path)}\t-\n` };
}

function linkLine({ path, target }: ReleaseLink): { readonly path: string; readonly line: string } {
  return { path, line: `link\t-\t-\t-\t${escaped(path)}\t${escaped(target)}\n` };
}

function checkFormat(line: string): void {
  const format = HEADER.exec(line)?.[1];
  if (format === undefined) throw new UserError('The manifest of the release on the server is damaged: its first line is not "slipway-manifest 1".');
  if (Number(format) > FORMAT) {
    throw new UserError(`The manifest of the release on the server has format ${format}, and this version of Slipway reads up to ${FORMAT}. A newer one deployed last: use that version or a later one here, too.`);
  }
}

function addLine(tree: Growing, line: string): boolean {
  const [kind, mode = '', size = '', sha256 = '', path = '', target = '', ...rest] = line.split('\t');
  if (rest.length > 0 || path === '' || target === '') return false;
  if (kind === 'link') tree.links.push({ path: unescaped(path), target: unescaped(target) });
  else if (!/^[0-7]{1,3}$/.test(mode)) return false;
  else if (kind === 'folder') tree.folders.push({ path: unescaped(path), mode: parseInt(mode, 8) });
  else if (kind !== 'file' || !/^\d+$/.test(size) || !/^[0-9a-f]{64}$/.test(sha256)) return false;
  else tree.files.add({ path: unescaped(path), mode: parseInt(mode, 8), size: Number(size), sha256 });
  return true;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };

function escaped(name: string): string {
  return name.replace(/[\\\n\t]/g, (character) => ESCAPES[character]!);
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\nt])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\')) : text;
}
