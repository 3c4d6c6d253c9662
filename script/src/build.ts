import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { actionNames, bundle } from './bundle.ts';
import type { Bundle } from './bundle.ts';
import { compile } from './compile.ts';
import { differences } from './dist-check.ts';
import { inParallel } from './process.ts';
import { shareChunks } from './shared-chunks.ts';
import { markPure } from './side-effects.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, out: { type: 'string', default: 'dist' } } });

await (values.check ? check() : build(values.out)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function build(folder: string): Promise<void> {
  await markPure();
  await compile();
  const names = await actionNames();
  await removeOthers(folder, names);
  const bundles = await inParallel(names, 2, (name) => bundle(name, folder));
  await shareChunks(folder);
  process.stdout.write(table(bundles));
}

async function check(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-dist-'));
  try {
    await build(folder);
    const found = await differences(folder);
    if (found.length === 0) return void process.stdout.write('dist/ is what the sources build, byte for byte.\n');
    process.stderr.write(`${found.join('\n')}\nRun script/build and commit dist/.\n`);
    process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bundles of actions that are gone, and anything else that was not built. */
async function removeOthers(folder: string, names: readonly string[]): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  await Promise.all(entries.filter((entry) => !names.includes(entry)).map((entry) => rm(join(folder, entry), { recursive: true })));
}

function table(bundles: readonly Bundle[]): string {
  const rows = bundles.map(({ name, entry, total, files }) => [name, kilobytes(entry), kilobytes(total), String(files)]);
  return [['action', 'index.js', 'total', 'files'], ...rows]
    .map(([name = '', ...cells]) => `${name.padEnd(24)}${cells.map((cell) => cell.padStart(12)).join('')}\n`)
    .join('');
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
