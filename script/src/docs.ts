import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Action } from '#shared/runner/action';
import { names } from '../../bench/names.ts';
import { keptResults } from '../../bench/result.ts';
import { actionYml, firstReadme, readmeWithTables } from './action-docs.ts';
import { benchmarksPage } from './bench-page.ts';
import { lintPage } from './lint-docs.ts';
import { policySchemas, withPolicyReference } from './policy-docs.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A file that is generated wholly or in part: what is there, and what should be. */
export interface GeneratedFile {
  readonly path: string;
  readonly found: string;
  readonly wanted: string;
}

/** The names of the actions in a repository: the folders that declare their inputs. */
export function actionFolders(root = ROOT): readonly string[] {
  const folder = join(root, 'actions');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'src', 'inputs.ts'))).sort();
}

/** What an action's src/inputs.ts declares. Throws when it declares none, or one named unlike its folder. */
export async function loadAction(name: string, root = ROOT): Promise<Action> {
  const { action } = (await import(pathToFileURL(join(root, 'actions', name, 'src', 'inputs.ts')).href)) as { readonly action?: Action };
  if (action?.name !== name) throw new Error(`actions/${name}/src/inputs.ts must export an action named ${name}; its name is ${action?.name}`);
  return action;
}

/** The generated files of one action. */
export async function generatedFiles(name: string, root = ROOT): Promise<readonly GeneratedFile[]> {
  const action = await loadAction(name, root);
  const [yml, readme] = ['action.yml', 'README.md'].map((file) => join('actions', name, file)) as [string, string];
  const read = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
  const found = read(readme);
  return [
    { path: yml, found: read(yml), wanted: actionYml(action) },
    { path: readme, found, wanted: withPolicyReference(readmeWithTables(found === '' ? firstReadme(action) : found, action)) },
  ];
}

function generatedPages(): readonly GeneratedFile[] {
  const pages = { 'docs/benchmarks.md': benchmarksPage(keptResults(names)), 'docs/migration-lint.md': lintPage(), ...policySchemas() };
  return Object.entries(pages).map(([path, wanted]) => ({ path, found: existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : '', wanted }));
}

/** The lines that differ, as `- found` and `+ wanted` with their number. */
export function difference({ found, wanted, path }: GeneratedFile): string {
  const [old, next] = [found.split('\n'), wanted.split('\n')];
  const start = old.findIndex((line, index) => line !== next[index]);
  const from = start < 0 ? old.length : start;
  let same = 0;
  while (same < Math.min(old.length, next.length) - from && old.at(-1 - same) === next.at(-1 - same)) same += 1;
  const changed = [...old.slice(from, old.length - same).map((line) => `- ${line}`), ...next.slice(from, next.length - same).map((line) => `+ ${line}`)];
  return [`${path}, line ${from + 1}:`, ...changed].join('\n');
}

async function main(isCheck: boolean): Promise<void> {
  const files = [...(await Promise.all(actionFolders().map((name) => generatedFiles(name)))).flat(), ...generatedPages()];
  const stale = files.filter(({ found, wanted }) => found !== wanted);
  if (!isCheck) for (const { path, wanted } of stale) writeFileSync(join(ROOT, path), wanted);
  const report = stale.map((file) => (isCheck ? difference(file) : `wrote ${file.path}`));
  if (stale.length > 0) process.stdout.write(`${report.join('\n')}\n`);
  if (isCheck && stale.length > 0) {
    process.stderr.write('Run script/docs and commit what it writes.\n');
    process.exitCode = 1;
  }
}

if (import.meta.main) await main(process.argv.includes('--check'));
