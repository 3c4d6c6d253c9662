import { runInNewContext } from 'node:vm';
import { NotMeasured } from './failure.ts';
import { quoted } from './shown.ts';

const PATTERN_LIMIT_MS = 2_000;

/**
 * A JavaScript regular expression in which `^` and `$` match at lines.
 * @throws {SyntaxError} when it is none.
 */
export function compile(pattern: string): RegExp {
  return new RegExp(pattern, 'm');
}

/**
 * Whether the pattern is found in the text.
 * @throws {NotMeasured} when that takes over two seconds: a pattern that backtracks without end would hold up every other check.
 */
export function isMatch(pattern: string, text: string): boolean {
  const expression = compile(pattern);
  return inTime(`The pattern ${quoted(pattern)}`, () => expression.test(text));
}

/**
 * The task's result, computed at once.
 * @throws {NotMeasured} when it takes over two seconds.
 */
export function inTime<Result>(what: string, task: () => Result): Result {
  try {
    return runInNewContext('task()', { task }, { timeout: PATTERN_LIMIT_MS }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new NotMeasured(`${what} took over ${PATTERN_LIMIT_MS / 1_000} s on this text; simplify it`);
  }
}
