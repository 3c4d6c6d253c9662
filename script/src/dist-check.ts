import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { output } from './process.ts';

/** How a fresh build differs from the committed dist/, one line a file, sorted; none when they are equal byte for byte. */
export async function differences(fresh: string): Promise<string[]> {
  const committed = await committedFiles();
  const built = await builtFiles(fresh);
  const paths = [...new Set([...committed.keys(), ...built.keys()])].sort();
  return paths.filter((path) => committed.get(path) !== built.get(path)).map((path) => {
    if (!built.has(path)) return `dist/${path} is committed but no longer built`;
    return committed.has(path) ? `dist/${path} differs from a fresh build` : `dist/${path} is built but not committed`;
  });
}

async function committedFiles(): Promise<Map<string, string>> {
  const listing = await output('git', ['ls-tree', '-r', '-z', 'HEAD', '--', 'dist/']);
  const lines = listing.split('\0').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + '\tdist/'.length), line.split(/\s/)[2] ?? '']));
}

async function builtFiles(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const entry of glob('**', { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path), blobId(await readFile(path)));
  }
  return files;
}

function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
