import { UserError } from '#shared/core/errors';
import { byPath, type Tree } from './tree.ts';

const FORMAT = 1;
const HEADER = /^slipway-manifest (\d+)$/;

/**
 * A tree as text: a format line, then one line an entry, sorted bytewise by path:
 * kind, octal mode, size, sha256, path and link target, parted by tabs, `-` where a kind has none. Names are escaped, so an entry is always one line.
 */
export function formatManifest(tree: Tree): string {
  const entries = [
    ...tree.files.map(({ path, mode, size, sha256 }) => ({ path, line: `file\t${mode.toString(8)}\t${size}\t${sha256}\t${escaped(path)}\t-` })),
    ...tree.folders.map(({ path, mode }) => ({ path, line: `folder\t${mode.toString(8)}\t-\t-\t${escaped(path)}\t-` })),
    ...tree.links.map(({ path, target }) => ({ path, line: `link\t-\t-\t-\t${escaped(path)}\t${escaped(target)}` })),
  ];
  return [`slipway-manifest ${FORMAT}`, ...entries.sort(byPath).map(({ line }) => line), ''].join('\n');
}

/**
 * The tree that a manifest describes.
 * @throws {UserError} when a newer Slipway wrote it, or when it is damaged.
 */
export function parseManifest(text: string): Tree {
  const lines = text.split('\n');
  checkFormat(lines[0] ?? '');
  if (lines.pop() !== '') throw new UserError('The manifest of the release on the server is damaged: its end is missing.');
  const tree: Growing = { files: [], folders: [], links: [] };
  for (let index = 1; index < lines.length; index += 1) {
    if (!addLine(tree, lines[index]!)) throw new UserError(`The manifest of the release on the server is damaged: line ${index + 1} cannot be read.`);
  }
  return tree;
}

type Growing = { -readonly [List in keyof Tree]: Tree[List][number][] };

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
  else tree.files.push({ path: unescaped(path), mode: parseInt(mode, 8), size: Number(size), sha256 });
  return true;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };

function escaped(name: string): string {
  return name.replace(/[\\\n\t]/g, (character) => ESCAPES[character]!);
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\nt])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\')) : text;
}
