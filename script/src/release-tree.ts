import { mkdir, readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { GitTree } from './git-tree.ts';
import { startTree } from './git-tree.ts';
import { output } from './process.ts';
import { rootFiles } from './release.ts';

const usage = 'Usage: script/release-tree OUT_DIR [--commit], or script/release-tree --commit';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { commit: { type: 'boolean', default: false } } });
  const [folder, ...others] = positionals;
  if (others.length > 0 || (folder === undefined && !values.commit)) throw new Error(usage);
  if (folder !== undefined) await mustBeEmpty(folder);
  await using tree = await startTree({ uncommitted: !values.commit });
  const actions = await addActions(tree);
  if (folder !== undefined) await tree.checkOut(folder);
  if (values.commit) console.log(await commit(await tree.write(), actions));
}

async function mustBeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty. Name a new or an empty folder.`);
}

async function addActions(tree: GitTree): Promise<string[]> {
  const paths = new Set(await tree.paths());
  const names = [...paths].flatMap((path) => /^actions\/([^/]+)\/action\.yml$/.exec(path)?.[1] ?? []);
  if (names.length === 0) throw new Error('There is no actions/<name>/action.yml to release.');
  for (const name of names) await addAction(tree, name, paths);
  return names;
}

async function addAction(tree: GitTree, name: string, paths: ReadonlySet<string>): Promise<void> {
  if (!paths.has(`dist/${name}/index.js`)) throw new Error(`dist/${name}/index.js is missing. Run script/build and commit dist/.`);
  const taken = [...paths].find((path) => path.startsWith(`${name}/`));
  if (taken !== undefined) throw new Error(`A release only adds files, and ${taken} is there already.`);
  const readme = paths.has(`actions/${name}/README.md`) ? await tree.read(`actions/${name}/README.md`) : undefined;
  for (const file of rootFiles(name, await tree.read(`actions/${name}/action.yml`), readme)) await tree.add(file);
}

async function commit(tree: string, actions: readonly string[]): Promise<string> {
  const message = `chore(release): put the actions at the root\n\nOnly adds ${actions.map((name) => `${name}/`).join(', ')} to the commit before it.`;
  return (await output('git', ['commit-tree', tree, '-p', 'HEAD', '-m', message])).trim();
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
