import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { capture } from '../script/src/process.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
// Where these are shows in a bundle, and some are edited, so they are copies; the types are only read.
const copied = ['@actions', '@vercel/ncc', 'undici', 'tunnel'];
const linked = ['@types', 'undici-types'];
const sources: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules\nbuild\n',
  '.gitattributes': readFileSync(join(root, '.gitattributes'), 'utf8'),
  'actions/greet/src/index.ts': [
    "import * as core from '@actions/core';", "import { greeting } from '#shared/core/greeting';",
    "const { late } = await import('#shared/core/late');", "await import('#shared/core/common').then(({ common }) => core.info(`${greeting()} ${late} ${common} on ${process.version}`));", '',
  ].join('\n'),
  'actions/other/src/index.ts': "import * as core from '@actions/core';\n\nvoid import('#shared/core/common').then(({ common }) => core.info(`other ${common}`));\n",
  'shared/core/common.ts': "export const common = 'common to both';\n",
  'shared/core/greeting.ts': [
    "import { readFileSync } from 'node:fs';", '', 'export function greeting(): string {',
    "  return readFileSync(new URL('./greeting.sh', import.meta.url), 'utf8').trim();", '}', '',
  ].join('\n'),
  'shared/core/greeting.sh': 'echo "hello $1"\n',
  'shared/core/late.ts': "import { readFileSync } from 'node:fs';\n\nexport const late = readFileSync(new URL('./late.txt', import.meta.url), 'utf8');\n",
  'shared/core/late.txt': 'late text',
};
let trees: string[] = [];

function plant(tree: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
}

function makeTree(folder: string): string {
  plant(folder, sources);
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json']) cpSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of copied) cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  for (const name of linked) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  return folder;
}

const build = (tree: string, ...args: string[]): ReturnType<typeof capture> => capture(process.execPath, [join(root, 'script/src/build.ts'), ...args], { cwd: tree });

function commit(tree: string): void {
  execFileSync('git', ['add', '--all'], { cwd: tree });
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--message', 'feat: greet'], { cwd: tree });
}

function content(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

const licensed = (files: Record<string, string>): string[] => [...(files['licenses.txt'] ?? '').matchAll(/(?:^|^-{80}\n\n)(\S+) \([\w.-]+\)$/gm)].map(([, name = '']) => name);

beforeAll(async () => {
  const base = mkdtempSync(join(tmpdir(), 'slipway-build-'));
  trees = [base, makeTree(join(base, 'one')), makeTree(join(base, 'deeper/two'))];
  for (const tree of trees.slice(1)) expect(await build(tree)).toMatchObject({ code: 0, stderr: '' });
});

afterAll(() => rmSync(trees[0]!, { recursive: true, force: true }));

describe('a bundle', () => {
  test('runs from a folder without node_modules, with the files its code reads', () => {
    const elsewhere = join(trees[0]!, 'else where#é');
    cpSync(join(trees[1]!, 'dist'), elsewhere, { recursive: true });
    const printed = (name: string): string => execFileSync(process.execPath, [join(elsewhere, name, 'index.js')], { cwd: '/', encoding: 'utf8' });
    expect(printed('greet')).toBe(`echo "hello $1" late text common to both on ${process.version}\n`);
    expect(printed('other')).toBe('other common to both\n');
  });

  test('shares with others what it loads on demand, unless that reads files beside it', () => {
    const files = Object.entries(content(join(trees[1]!, 'dist')));
    const holding = (text: string): string[] => files.filter(([path, held]) => path.endsWith('.js') && held.includes(text)).map(([path]) => path.split('/')[0] ?? '');
    expect([holding("'common to both'"), holding('late.txt')]).toEqual([['chunks'], ['greet']]);
  });

  test('leaves out the HTTP client that nothing uses, and lists the licences of what is in it', () => {
    const files = content(join(trees[1]!, 'dist/greet'));
    expect(files['index.js']?.length).toBeLessThan(60_000);
    expect(files['index.js']?.includes('undici')).toBe(false);
    expect(licensed(files)).toEqual(['@actions/core', '@vercel/ncc']);
    expect(files['licenses.txt']).toContain('Permission is hereby granted');
    // This one has no top-level await, so the bundler merges the package's modules into ours, which must not hide the package.
    expect(licensed(content(join(trees[1]!, 'dist/other')))).toEqual(['@actions/core', '@vercel/ncc']);
    expect(JSON.parse(files['package.json'] ?? '')).toEqual({ type: 'module' });
  });

  test('has the same bytes wherever the repository is, and when built again', async () => {
    const [, one = '', two = ''] = trees;
    const first = content(join(one, 'dist'));
    expect(content(join(two, 'dist'))).toEqual(first);
    await build(one);
    expect(content(join(one, 'dist'))).toEqual(first);
  });
});

test('bundles of actions that are gone are removed', async () => {
  const tree = trees[1]!;
  plant(tree, { 'dist/gone/index.js': '' });
  await build(tree);
  expect(existsSync(join(tree, 'dist/gone'))).toBe(false);
});

test('two files of one name that code reads are refused: which comes first would be chance', async () => {
  const tree = trees[1]!;
  plant(tree, { 'shared/other/late.txt': '' });
  const { code, stderr } = await build(tree);
  rmSync(join(tree, 'shared/other'), { recursive: true });
  expect(code).toBe(1);
  expect(stderr).toContain('shared/core/late.txt and shared/other/late.txt are both called late.txt');
});

test('sources with a type error are not bundled', async () => {
  const tree = trees[1]!;
  plant(tree, { 'shared/core/wrong.ts': 'export const wrong: number = "text";\n' });
  const { code, stderr } = await build(tree);
  rmSync(join(tree, 'shared/core/wrong.ts'));
  expect(code).toBe(1);
  expect(stderr).toContain('shared/core/wrong.ts');
});

test('--check compares a fresh build with the commit, byte for byte, and changes nothing', async () => {
  const tree = trees[2]!;
  execFileSync('git', ['init', '--quiet'], { cwd: tree });
  commit(tree);
  expect(await build(tree, '--check')).toMatchObject({ code: 0, stderr: '' });
  plant(tree, { 'dist/greet/index.js': `${readFileSync(join(tree, 'dist/greet/index.js'), 'utf8')} `, 'dist/greet/extra.js': '' });
  rmSync(join(tree, 'dist/other/licenses.txt'), { force: true });
  rmSync(join(tree, 'dist/other/package.json'));
  commit(tree);
  const { code, stderr } = await build(tree, '--check');
  expect(code).toBe(1);
  expect(stderr.split('\n')).toEqual(expect.arrayContaining([
    'dist/greet/extra.js is committed but no longer built', 'dist/greet/index.js differs from a fresh build', 'dist/other/package.json is built but not committed',
  ]));
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: tree, encoding: 'utf8' })).toBe('');
});
