import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { capture } from '../script/src/process.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
let tree = '';

// One file a rule, in a tree with our settings; the import keyword is put in here so that this file's own imports stay what they seem.
const lines = (count: number): string => 'void 0;\n'.repeat(count);
const refused: readonly (readonly [rule: string, path: string, source: string])[] = [
  ['typescript(no-floating-promises)', 'shared/core/floating.ts', 'export async function save(): Promise<void> {}\nexport function run(): void { save(); }\n'],
  ['typescript(no-misused-promises)', 'shared/core/misused.ts', 'export async function isOpen(): Promise<boolean> { return true; }\nexport const word = (): string => (isOpen() ? "a" : "b");\n'],
  ['typescript(no-explicit-any)', 'shared/core/any.ts', 'export const value: any = 1;\n'],
  ['import(no-cycle)', 'shared/core/left.ts', '@import { right } from "#shared/core/right";\nexport const left = (): unknown => right;\n'],
  ['import(no-cycle)', 'shared/core/right.ts', '@import { left } from "./left.ts";\nexport const right = (): unknown => left;\n'],
  ['eslint(max-lines)', 'shared/core/long.ts', lines(251)],
  ['eslint(max-lines-per-function)', 'shared/core/longer.ts', `export function long(): void {\n${lines(50)}}\n`],
  ['import(no-default-export)', 'shared/core/default.ts', 'export default 1;\n'],
  ['oxc(no-barrel-file)', 'shared/core/barrel.ts', 'export * from "./any.ts";\n'],
  ['eslint(no-unused-vars)', 'shared/core/unused.ts', 'const unused = 1;\n'],
  ['eslint(no-console)', 'shared/core/console.ts', 'console.log(1);\n'],
  ['unicorn(no-process-exit)', 'shared/core/exit.ts', 'process.exit(1);\n'],
  ['node(no-process-env)', 'shared/core/environment.ts', 'export const home = process.env["HOME"];\n'],
  ['eslint(no-restricted-imports)', 'shared/core/imported-environment.ts', '@import { env } from "node:process";\nexport const home = env["HOME"];\n'],
  ['is in shared/system, which shared/core must not know', 'shared/core/upward.ts', '@import { a } from "#shared/system/a";\nexport const b = a;\n'],
  ['is in shared/server, which shared/system must not know', 'shared/system/upward.ts', '@import type { a } from "../server/a.ts";\nexport type B = typeof a;\n'],
  ['is in shared/checks, which shared/server must not know', 'shared/server/upward.ts', 'export const load = (): Promise<unknown> => @import("#shared/checks/a");\n'],
  ['is in shared/runner, which shared/checks must not know', 'shared/checks/upward.ts', '@import {\n  a,\n} from "#shared/runner/a";\nexport const b = a;\n'],
  ['is in actions/one, which shared/runner must not know', 'shared/runner/upward.ts', '@import { a } from "../../actions/one/src/a.ts";\nexport const b = a;\n'],
  ['is another action', 'actions/one/src/other.ts', '@import { a } from "../../two/src/a.ts";\nexport const b = a;\n'],
  ['is for tests only', 'shared/server/tested.ts', '@import "#shared/testing/a";\n'],
  ['must be written with .ts', 'shared/core/extension.ts', '@import { a } from "./a.js";\nexport const b = a;\n'],
  ['must be written without its extension', 'shared/system/extension.ts', '@import { a } from "#shared/core/a.js";\nexport const b = a;\n'],
];
const accepted: readonly (readonly [path: string, source: string])[] = [
  ['shared/core/fine.ts', 'export const fine = 1;\n'],
  ['shared/testing/a.ts', '@import "#shared/runner/fine";\nexport const home = process.env["HOME"];\n'],
  ['shared/runner/fine.ts', '@import { fine } from "#shared/core/fine";\nexport const home = `${process.env["HOME"]}${fine}`;\n'],
  ['shared/core/fine.test.ts', '@import "#shared/testing/a";\n'],
  ['actions/one/src/fine.ts', '@import "#shared/runner/fine";\n@import "./inputs.ts";\n'],
];

async function plant(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), source.replaceAll('@import', 'import'));
}

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'slipway-lint-'));
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) await cp(join(root, name), join(tree, name));
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const [path, source] of accepted) await plant(path, source);
  for (const [, path, source] of refused) await plant(path, source);
});

afterAll(() => rm(tree, { recursive: true, force: true }));

test('every rule refuses the file that breaks it, and nothing refuses the files that break none', async () => {
  const linted = await capture(join(root, 'node_modules/.bin/oxlint'), ['--type-aware', '--deny-warnings', '--format=unix'], { cwd: tree });
  const layered = await capture(process.execPath, [join(root, 'script/src/lint.ts')], { cwd: tree });
  expect([linted.code, layered.code]).toEqual([1, 1]);
  const findings = `${linted.stdout}${layered.stderr}`.split('\n');
  const missed = refused.filter(([rule, path]) => !findings.some((line) => line.includes(path) && line.includes(rule)));
  const wronged = findings.filter((line) => accepted.some(([path]) => line.startsWith(path)));
  expect({ missed, wronged }).toEqual({ missed: [], wronged: [] });
});
