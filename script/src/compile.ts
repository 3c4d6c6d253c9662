import { copyFile, glob, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
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
  for await (const entry of glob(['actions/*/src/**', 'shared/**'], { withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || entry.name.endsWith('.ts') || path.includes('shared/testing/')) continue;
    const copy = join('build', path.startsWith('/') ? path.slice(process.cwd().length + 1) : path);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(path, copy);
  }
}
