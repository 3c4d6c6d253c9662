import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Action } from '#shared/runner/action';
import type { ActionFile } from '#shared/testing/step-environment';
import { actionFolders, generatedFiles, loadAction } from '../script/src/docs.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

test('every folder under actions/ declares an action', () => {
  const folders = globSync('actions/*/', { cwd: ROOT }).map((path) => path.replace(/^actions\/|\/$/g, '')).sort();
  expect(actionFolders()).toEqual(folders);
});

// One name stands for "no actions yet", as jest wants at least one row.
const actions = actionFolders();
const each = actions.length > 0 ? describe.each(actions) : describe.skip.each(['no action yet']);

each('%s', (name) => {
  test('action.yml and README.md are what the field spec generates', async () => {
    for (const { found, wanted } of await generatedFiles(name)) expect(found).toBe(wanted);
  });

  test('action.yml has the inputs and outputs of the spec, and runs the bundle', async () => {
    const action = await loadAction(name);
    const file = parse(read('actions', name, 'action.yml')) as ActionFile;
    expect(Object.keys(file.inputs ?? {})).toEqual(Object.keys(action.inputs));
    expect(Object.keys(file.outputs ?? {})).toEqual(Object.keys(action.outputs));
    expect(file.runs).toEqual({ using: 'node24', main: `../../dist/${name}/index.js` });
  });

  test('inputs with an environment variable have no default in action.yml', async () => {
    const action = await loadAction(name);
    const file = parse(read('actions', name, 'action.yml')) as ActionFile;
    const withBoth = Object.entries(action.inputs).filter(([input, field]) => field.env !== undefined && file.inputs?.[input]?.default !== undefined);
    expect(withBoth.map(([input]) => input)).toEqual([]);
  });

  test('defaults are values that the field accepts', async () => {
    const fields = Object.values((await loadAction(name)).inputs).filter((field) => field.default !== undefined);
    const values = await Promise.all(fields.map((field) => field.parse(field.default!)));
    expect(values).not.toContain(undefined);
  });

  test('every declared output is set by the code', async () => {
    expect(unsetOutputs(await loadAction(name))).toEqual([]);
  });

  const bundle = join('dist', name, 'index.js');
  (existsSync(join(ROOT, bundle)) ? test : test.skip)('its bundle is an ES module', () => {
    expect(JSON.parse(read('dist', name, 'package.json'))).toMatchObject({ type: 'module' });
    expect(read(bundle)).toMatch(/^(?:import|export) /m);
  });
});

function unsetOutputs({ name, outputs }: Action): string[] {
  // What a fleet puts out is put out for all actions at one place.
  const files = globSync([`actions/${name}/src/**/*.ts`, 'shared/runner/over-fleet.ts'], { cwd: ROOT }).filter((path) => !/(?:inputs|test)\.ts$/.test(path));
  const source = files.map((path) => read(path)).join('\n');
  return Object.keys(outputs).filter((output) => !new RegExp(`['"]${output}['"]|\\b${output}\\b\\s*[:,}]`).test(source));
}
