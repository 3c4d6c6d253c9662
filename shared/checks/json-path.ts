import { isDeepStrictEqual } from 'node:util';
import { UserError } from '#shared/core/errors';
import type { JsonExpectation } from './check.ts';
import { inTime, isMatch } from './pattern.ts';
import { quoted, shown } from './shown.ts';

/** An RFC 9535 path. @throws {UserError} when it is none. */
export async function parseJsonPath(given: string): Promise<string> {
  const query = await loadQuery();
  try {
    query(null, given);
    return given;
  } catch (error) {
    throw new UserError(`accepted is a JSON path such as $.status (${shown((error as Error).message, 200)})`);
  }
}

/**
 * The values an RFC 9535 path selects.
 * @throws {Error} when the path is malformed.
 */
export async function select(document: unknown, path: string): Promise<readonly unknown[]> {
  const query = await loadQuery();
  return inTime(`The path ${quoted(path)}`, () => query(document as never, path));
}

/** What is wrong with the document by this expectation, or undefined. A path that selects nothing is wrong unless that is what is wanted. */
export async function jsonFault(document: unknown, expectation: JsonExpectation, say: (text: string) => string): Promise<string | undefined> {
  const values = await select(document, expectation.path);
  const path = shown(expectation.path);
  if (expectation.exists === false) return values.length === 0 ? undefined : `${path} is there (${json(values[0], say)}) and should not be`;
  if (values.length === 0) return `${path} selects nothing in the body`;
  if ('equals' in expectation && expectation.equals !== undefined) {
    const wrong = values.find((value) => !isDeepStrictEqual(value, expectation.equals));
    if (values.some((value) => !isDeepStrictEqual(value, expectation.equals))) return `${path} is ${json(wrong, say)}, expected ${json(expectation.equals, say)}`;
  }
  const { matches } = expectation;
  const unmatched = matches === undefined ? [] : values.filter((value) => !isScalar(value) || !isMatch(matches, String(value)));
  return unmatched.length === 0 ? undefined : `${path} is ${json(unmatched[0], say)}, which does not match ${say(matches ?? '')}`;
}

// On demand: its parser is a third of what a smoke test that asks for no JSON would load.
async function loadQuery(): Promise<typeof import('jsonpath-rfc9535').query> {
  return (await import('jsonpath-rfc9535')).query;
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

// Text has its quotes either way, so a number and the text of it can be told apart.
function json(value: unknown, say: (text: string) => string): string {
  return typeof value === 'string' ? say(value) : say(JSON.stringify(value) ?? String(value)).slice(1, -1);
}
