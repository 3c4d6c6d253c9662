import { glob, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { licences } from './licences.ts';
import { output } from './process.ts';

// Found from the working directory, because its own place goes into the numbers it gives to modules.
const bundler = 'node_modules/@vercel/ncc/dist/ncc/cli.js';

/** One action's bundle: sizes in bytes. */
export interface Bundle { readonly name: string; readonly entry: number; readonly total: number; readonly files: number }

/** Names of the actions in the working directory, sorted. */
export async function actionNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const path of glob('actions/*/src/index.ts')) names.push(path.split('/')[1] ?? '');
  return names.sort();
}

/**
 * Bundles a compiled action into `<folder>/<name>`. Must run in the repository root: the bundler's output depends on the working directory.
 */
export async function bundle(name: string, folder: string): Promise<Bundle> {
  const out = join(folder, name);
  await rm(out, { recursive: true, force: true });
  const statistics = `build/${name}.statistics.json`;
  await output(process.execPath, [bundler, 'build', `build/actions/${name}/src/index.js`, '--out', out, '--no-cache', '--stats-out', statistics, '--quiet']);
  await writeFile(join(out, 'licenses.txt'), await licences(statistics));
  // ssh2 brings a Windows program for PuTTY's agent; nobody wants a binary in a repository they must trust.
  await rm(join(out, 'pagent.exe'), { force: true });
  return measure(name, out);
}

async function measure(name: string, out: string): Promise<Bundle> {
  const sizes: number[] = [];
  for await (const entry of glob('**', { cwd: out, withFileTypes: true })) {
    if (entry.isFile()) sizes.push((await stat(join(entry.parentPath, entry.name))).size);
  }
  const { size } = await stat(join(out, 'index.js'));
  return { name, entry: size, total: sizes.reduce((sum, each) => sum + each, 0), files: sizes.length };
}
