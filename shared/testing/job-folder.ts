import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folders and files that a runner gives to a step. */
export interface JobFolder {
  readonly path: string;
  readonly workspace: string;
  readonly temp: string;
  /** GITHUB_OUTPUT and its like, by the last part of their name. */
  readonly files: Readonly<Record<'OUTPUT' | 'STATE' | 'STEP_SUMMARY' | 'ENV' | 'PATH', string>>;
}

/** New folders for one step, under the system's temporary folder. */
export function prepareJobFolder(workspace?: string): JobFolder {
  const path = mkdtempSync(join(tmpdir(), 'slipway-step-'));
  const folders = { workspace: workspace ?? join(path, 'workspace'), temp: join(path, 'temp') };
  Object.values(folders).forEach((folder) => mkdirSync(folder, { recursive: true }));
  const file = (name: string): string => {
    writeFileSync(join(path, name), '');
    return join(path, name);
  };
  return { path, ...folders, files: { OUTPUT: file('output'), STATE: file('state'), STEP_SUMMARY: file('summary'), ENV: file('env'), PATH: file('path') } };
}

/** What a step left in its files; the folders are removed, except for a workspace that was brought along. */
export function readJobFolder(folder: JobFolder): { readonly outputs: Readonly<Record<string, string>>; readonly summary: string; readonly environment: Readonly<Record<string, string>> } {
  const outputs = parseFileCommands(readFileSync(folder.files.OUTPUT, 'utf8'));
  const summary = readFileSync(folder.files.STEP_SUMMARY, 'utf8');
  const environment = parseFileCommands(readFileSync(folder.files.ENV, 'utf8'));
  rmSync(folder.path, { recursive: true, force: true });
  return { outputs, summary, environment };
}

/** The values in a GITHUB_OUTPUT or GITHUB_ENV file: `name=value` lines and `name<<DELIMITER` blocks. Throws on what GitHub would refuse. */
export function parseFileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line === '') continue;
    const [, name, operator, rest] = /^([^=<]+)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) throw new Error(`Invalid format in a file command: ${line}`);
    const end = operator === '=' ? index : lines.indexOf(rest, index + 1);
    if (end < 0) throw new Error(`The delimiter ${rest} of ${name} is missing`);
    values[name] = operator === '=' ? rest : lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return values;
}
