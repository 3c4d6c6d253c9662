import { isIPv6 } from 'node:net';
import { parseDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { Secret } from '#shared/core/secret';
import { parseSize } from '#shared/core/size';
import type { Address, HeaderExpectation } from './check.ts';
import { compile } from './pattern.ts';
import { dictionary, flag, integer, record, scalar, text, list, anything, type Reader } from './shape.ts';
import { shown } from './shown.ts';
import { HEADER_NAME, oneLine, parseHeaderName, parsePath, parseUrl } from './texts.ts';
import { parseStatus } from './status-range.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
// RFC 9110, section 5.5.
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const LONGEST_SOCKET = 107;

/** Every key a check of the list may have; which of them go together is the parser's matter. */
export const checkRecord = record({
  name: text(oneLine),
  url: text(parseUrl),
  path: text(parsePath),
  method: text(parseMethod),
  headers: readHeaders,
  body: text((given) => new Secret(given)),
  host: text(parseHost),
  'follow-redirects': integer(0, 20),
  insecure: flag(),
  'body-limit': text(parseSize),
  timeout: text(parseDuration),
  through: text(parseThrough),
  socket: text(parseSocket),
  port: integer(1, 65_535),
  status: list(scalar(parseStatus)),
  'expect-headers': readHeaderExpectations,
  text: list(text()),
  matches: list(text(parsePattern)),
  json: list(record({ path: text(), equals: anything(), matches: text(parsePattern), exists: flag() })),
  'max-response-time': text(parseDuration),
  version: record({ equals: text(oneLine), header: text(parseHeaderName), 'json-path': text() }),
  tcp: scalar(parseTcp),
  banner: text(),
  command: readCommand,
  'exit-code': integer(0, 255),
});

/** A regular expression's source. @throws {UserError} when it is none. */
export function parsePattern(given: string): string {
  try {
    compile(given);
    return given;
  } catch (error) {
    throw new UserError(`accepted is a JavaScript regular expression (${shown((error as Error).message, 200)})`);
  }
}

function parseMethod(given: string): string {
  if (!METHODS.includes(given)) throw new UserError(`accepted is one of ${METHODS.join(', ')}`);
  return given;
}

function parseHost(given: string): string {
  const url = /[\s/?#@\\]/.test(given) ? null : URL.parse(`http://${given}`);
  if (url === null) throw new UserError('accepted is a host name, with :port if it is not the usual one');
  return url.host;
}

function parseThrough(given: string): 'ssh' {
  if (given !== 'ssh') throw new UserError('accepted is ssh; leave it out to look from the runner');
  return given;
}

function parseSocket(given: string): string {
  if (!given.startsWith('/') || given.includes('\0') || Buffer.byteLength(given) > LONGEST_SOCKET) {
    throw new UserError(`accepted is the absolute path of a unix socket, ${LONGEST_SOCKET} bytes at most`);
  }
  return given;
}

// Without a host it is left empty: the server itself is meant.
function parseTcp(given: string): Address {
  if (given.startsWith('/')) return { socket: parseSocket(given) };
  const [, bracketed, plain, port] = /^(?:(?:\[([^\]]+)\]|([^\s:[\]/@\\]+)):)?(\d{1,5})$/.exec(given) ?? [];
  const isAddress = Number(port) >= 1 && Number(port) <= 65_535 && (bracketed === undefined || isIPv6(bracketed));
  if (!isAddress) throw new UserError('accepted is host:port or [IPv6 address]:port, and through: ssh also a port or the path of a socket alone');
  return { host: bracketed ?? plain ?? '', port: Number(port) };
}

// A header's value is taken as a secret: nothing about it is repeated.
function readHeaders(value: unknown, path: string, faults: string[]): Readonly<Record<string, Secret>> | undefined {
  const headers = dictionary(scalar((given) => given))(value, path, faults);
  for (const [name, content] of Object.entries(headers ?? {})) {
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(content)) {
      faults.push(`${path}.${shown(name, 40)}: this cannot be a header: its name takes letters, digits and hyphens, its value no line breaks`);
    }
  }
  return headers && Object.fromEntries(Object.entries(headers).map(([name, content]) => [name, new Secret(content)]));
}

function readHeaderExpectations(value: unknown, path: string, faults: string[]): readonly HeaderExpectation[] | undefined {
  const expectation: Reader<Omit<HeaderExpectation, 'name'>> = (item, place, found) => (
    typeof item === 'object' ? record({ text: text(), matches: text(parsePattern) })(item, place, found) : { text: scalar((given) => given)(item, place, found) ?? '' }
  );
  const headers = dictionary(expectation)(value, path, faults);
  return headers && Object.entries(headers).map(([name, expected]) => ({ name, ...expected }));
}

function readCommand(value: unknown, path: string, faults: string[]): string | readonly string[] | undefined {
  const isRunnable = (given: string): string => {
    if (given.includes('\0')) throw new UserError('accepted is a command without NUL bytes');
    return given;
  };
  return (Array.isArray(value) ? list(text(isRunnable)) : text(isRunnable))(value, path, faults);
}
