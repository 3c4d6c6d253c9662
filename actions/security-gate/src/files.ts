import { globSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { messageOf, UserError } from '#shared/core/errors';

const MAGIC = /[*?[\]{}]/;
// What scanners write beside their reports for people.
const FOR_PEOPLE = /\.(?:html?|md|txt|log|pdf|csv|css|js|png|svg)$/i;

/** The files that a pattern, a folder or a path names, in order; those of a folder that are for people are told apart. None where nothing is there. */
export function filesOf(pattern: string): { readonly files: readonly string[]; readonly passedOver: readonly string[] } {
  const found = statSync(pattern, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return inFolder(pattern);
  if (found !== undefined) return { files: [pattern], passedOver: [] };
  return { files: MAGIC.test(pattern) ? glob(pattern) : [], passedOver: [] };
}

/** The text of a file that an input names. @throws {UserError} that names both when it cannot be read. */
export function readText(input: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${input} ${path} cannot be read: ${messageOf(error)}. Whatever depends on it stays closed.`);
  }
}

/** sha256 of a text, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function inFolder(folder: string): ReturnType<typeof filesOf> {
  const all = glob(join(folder, '**'));
  return { files: all.filter((path) => !FOR_PEOPLE.test(path)), passedOver: all.filter((path) => FOR_PEOPLE.test(path)) };
}

function glob(pattern: string): readonly string[] {
  return globSync(pattern).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true).sort();
}
