import { copyFile, glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { basename, dirname, join, relative } from 'node:path';
import { output } from './process.ts';

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** Turns the sources under the working directory into JavaScript in build/, with their assets beside them. */
export async function compile(): Promise<void> {
  await rm('build', { recursive: true, force: true });
  await output(process.execPath, [compiler, '-p', 'tsconfig.build.json']);
  await writeFile('build/package.json', JSON.stringify({ type: 'module', imports: { '#shared/*': './shared/*.js' } }));
  await copyAssets();
}

/** Files read with `readFileSync(new URL('./name', import.meta.url))`: the bundler takes them from beside the JavaScript. */
async function copyAssets(): Promise<void> {
  const paths = await assets();
  refuseEqualNames(paths);
  for (const path of paths) {
    await mkdir(dirname(join('build', path)), { recursive: true });
    await copyFile(path, join('build', path));
  }
}

async function assets(): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of glob(['actions/*/src/**', 'shared/**'], { withFileTypes: true })) {
    const path = relative(process.cwd(), join(entry.parentPath, entry.name));
    if (entry.isFile() && !path.endsWith('.ts') && !path.startsWith('shared/testing/')) paths.push(path);
  }
  return paths.sort();
}

/** The bundler puts assets into one folder and numbers equal names in the order it happens to read them: not reproducible. */
function refuseEqualNames(paths: readonly string[]): void {
  for (const [name, same = []] of Object.entries(Object.groupBy(paths, (path) => basename(path)))) {
    if (same.length > 1) throw new Error(`Assets must have different names, and ${same.join(' and ')} are both called ${name}.`);
  }
}
