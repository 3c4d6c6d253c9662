import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { runProgram, type ProgramRun } from './run-program.ts';

const LIMIT = 60_000;

/** A program on PATH, or undefined. What the repository itself brings, such as its node_modules/.bin, is passed over: it would judge itself. */
export function findOnPath(name: string, path: string, workspace: string): string | undefined {
  const inside = (folder: string): boolean => `${resolved(folder)}${sep}`.startsWith(`${resolved(workspace)}${sep}`);
  return path.split(delimiter).filter((folder) => isAbsolute(folder) && !inside(folder)).map((folder) => join(folder, name)).find(isProgram);
}

/** The version that a program says it has; undefined when it does not tell. */
export async function versionOf(program: string, args: readonly string[], run: Pick<ProgramRun, 'cwd' | 'env' | 'signal'>): Promise<string | undefined> {
  const { log } = await runProgram({ ...run, program, args, timeout: LIMIT });
  return /(?<![\d.])\d+\.\d+\.\d+(?![\d.])/.exec(log)?.[0];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function resolved(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
