import { UserError } from '#shared/core/errors';
import { quoted } from './shown.ts';

// Apart from the other fields of a check, because every action reads some of these among its inputs, and those pull in all that checks are made of.
const LONGEST_URL = 8_000; // characters; servers take no longer ones either

/** What the name of a header looks like: RFC 9110, section 5.1. */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;

/** An http or https address. @throws {UserError} on anything else, blanks and control characters included. */
export function parseUrl(given: string): string {
  const url = given.length > LONGEST_URL || /[\s\u0000-\u001f\u007f\\]/.test(given) ? null : URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol) || !isReadable(url.username + url.password)) throw new UserError('accepted is an address such as https://example.com/health');
  return url.href.replace(/#.*$/, '');
}

/** A path within the base address. @throws {UserError} when it could lead to another host. */
export function parsePath(given: string): string {
  if (given.length > LONGEST_URL || !/^\/(?!\/)[^\s\u0000-\u001f\u007f\\]*$/.test(given)) throw new UserError('accepted is a path that begins with one slash, such as /health');
  return given;
}

/** Text of one line. @throws {UserError} on control characters. */
export function oneLine(given: string): string {
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(given)) throw new UserError('accepted is one line of text without control characters');
  return given.trim();
}

/** The name of a header. @throws {UserError} when it cannot be one. */
export function parseHeaderName(given: string): string {
  if (!HEADER_NAME.test(given)) throw new UserError(`${quoted(given, 40)} cannot be the name of a header`);
  return given;
}

/** An RFC 9535 path, by a parser that is loaded only now. @throws {UserError} when it is none. */
export async function readJsonPath(given: string): Promise<string> {
  return (await import('./json-path.ts')).parseJsonPath(given);
}

function isReadable(encoded: string): boolean {
  try {
    return decodeURIComponent(encoded) !== undefined;
  } catch {
    return false; // a percent sign that stands for itself
  }
}
