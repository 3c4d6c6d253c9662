import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { output } from '../script/src/process.ts';
import { rootFiles } from '../script/src/release.ts';
import { figureOf, type Benchmark, type Row } from './benchmark.ts';
import { builtBundles } from './bundles.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const GOAL = 3_000_000;

/** What a runner downloads. */
export const benchmark: Benchmark = {
  title: 'Size of what ships',
  method: `The tree of a release, which \`script/release-tree\` makes, with bundles built anew, as \`git archive\` packs it (without what \`.gitattributes\` leaves out), compressed
by gzip: GitHub's runner downloads it once for each job that uses any of the actions. Below it each action's bundle by itself, and the parts that several share; parts are loaded only when they are needed.`,
  needs: ['git', 'tar'],
  async run() {
    const names = Object.keys(await builtBundles());
    const folder = mkdtempSync(join(tmpdir(), 'slipway-size-'));
    try {
      await layOut(folder, names);
      const rows: Row[] = [
        { name: `the tree of all ${names.length} actions`, figure: figureOf([packed(folder, '.')]), goal: { median: GOAL } },
        { name: 'its bundles alone', figure: figureOf([packed(folder, 'dist')]) },
        { name: '`chunks`, which several share', figure: figureOf([packed(folder, 'dist/chunks')]) },
        ...names.map((name) => ({ name: `\`${name}\``, figure: figureOf([packed(folder, `dist/${name}`)]) })),
      ];
      return [{ title: 'Bytes, compressed', unit: 'bytes', rows }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function layOut(folder: string, names: readonly string[]): Promise<void> {
  // Files that an attribute leaves out of archives, as `git archive` does; but uncommitted ones count, too.
  const shipped = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '.', ':!dist', ':(exclude,attr:export-ignore)'];
  const listed = (await output('git', shipped, { cwd: ROOT })).split('\0').filter((path) => path !== '');
  for (const path of listed) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path));
  }
  const [entry = ''] = Object.values(await builtBundles());
  cpSync(dirname(dirname(entry)), join(folder, 'dist'), { recursive: true });
  for (const name of names) {
    const read = (file: string): string => readFileSync(join(folder, 'actions', name, file), 'utf8');
    mkdirSync(join(folder, name));
    for (const { path, content } of rootFiles(name, read('action.yml'), read('README.md'))) writeFileSync(join(folder, path), content);
  }
}

function packed(folder: string, path: string): number {
  return gzipSync(spawnSync('tar', ['-cf', '-', '-C', folder, path], { maxBuffer: 2 ** 30 }).stdout).length;
}
