import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alignIds } from './module-ids.ts';

const FOLDER = 'chunks';

/**
 * Keeps parts that several bundles load on demand, such as the SSH client, once for all: in `<folder>/chunks`, each bundle's own file
 * only handing it on. Whoever uses one action downloads them all, and compression does not see that far.
 */
export async function shareChunks(folder: string): Promise<void> {
  const paths: string[] = [];
  for await (const path of glob(['*/*.index.js', '*/index.js'], { cwd: folder })) paths.push(path);
  const files = await Promise.all(paths.sort().map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
  const aligned = alignIds(files);
  const changed = aligned.filter(({ text }, index) => text !== files[index]?.text);
  await Promise.all(changed.map(({ path, text }) => writeFile(join(folder, path), text)));
  const chunks = aligned.filter(({ path }) => path.endsWith('.index.js'));
  // What is found relative to its own file, an asset, must stay where it is.
  const equal = Map.groupBy(chunks.filter(({ text }) => !text.includes('import.meta')), ({ text }) => text);
  for (const [text, copies] of equal) {
    if (copies.length > 1) await share(folder, text, copies.map(({ path }) => path));
  }
}

async function share(folder: string, text: string, paths: readonly string[]): Promise<void> {
  const name = `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.js`;
  await mkdir(join(folder, FOLDER), { recursive: true });
  await writeFile(join(folder, FOLDER, 'package.json'), '{\n  "type": "module"\n}\n');
  await writeFile(join(folder, FOLDER, name), text);
  await Promise.all(paths.map((path) => writeFile(join(folder, path), `export * from '../${FOLDER}/${name}';\n`)));
}
