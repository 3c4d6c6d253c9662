import { fileURLToPath } from 'node:url';
import { actionNames } from '../script/src/bundle.ts';
import { output } from '../script/src/process.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = '.tools/bench/dist';
let building: Promise<unknown> | undefined;

/** The entry file of each action's bundle as it ships, by the action's name; built from the sources once a run, and not into dist/. */
export async function builtBundles(): Promise<Readonly<Record<string, string>>> {
  building ??= output(`${ROOT}script/build`, ['--out', FOLDER], { cwd: ROOT });
  await building;
  return Object.fromEntries((await actionNames()).map((name) => [name, `${ROOT}${FOLDER}/${name}/index.js`]));
}
