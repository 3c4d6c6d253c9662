import { readFile } from 'node:fs/promises';
import ignore from 'ignore';
import { UserError, messageOf } from '#shared/core/errors';

const LONGEST_PATTERN = 1_000; // characters; a far longer one becomes a regular expression too large to run

/** Whether a path of the source tree stays out of the release. */
export type Exclude = (path: string, kind: 'folder' | 'other') => boolean;

/**
 * Exclusion by patterns as in a `.gitignore` file: `*.log`, `/build/`, `!keep.log`; later lines win, names are case-sensitive.
 * `.git` is always left out, at any depth.
 * @throws {UserError} on a pattern that cannot be understood.
 */
export function excluding(patterns: readonly string[]): Exclude {
  const tooLong = patterns.find((pattern) => pattern.length > LONGEST_PATTERN);
  if (tooLong !== undefined) throw new UserError(`The exclude pattern beginning with ${JSON.stringify(tooLong.slice(0, 40))} has ${tooLong.length} characters; accepted are ${LONGEST_PATTERN} at most.`);
  const rules = ignore({ ignorecase: false });
  try {
    rules.add(patterns);
  } catch (error) {
    throw new UserError(`The exclude patterns cannot be understood: ${messageOf(error)}`);
  }
  const hasRules = patterns.some((pattern) => pattern.trim() !== '');
  return (path, kind) => path === '.git' || path.endsWith('/.git')
    || (hasRules && rules.ignores(kind === 'folder' ? `${path}/` : path));
}

/**
 * The lines of an exclude file on the runner.
 * @throws {UserError} when it cannot be read.
 */
export async function readExcludeFile(path: string): Promise<readonly string[]> {
  try {
    return (await readFile(path, 'utf8')).split(/\r?\n/);
  } catch (error) {
    throw new UserError(`The exclude file ${path} cannot be read: ${messageOf(error)}. Give the path of a file in the checkout, or leave the input out.`);
  }
}
