import { messageOf, UserError } from '#shared/core/errors';
import type { Address, Check, CommandCheck, HttpCheck, TcpCheck, VersionExpectation } from './check.ts';
import { checkRecord } from './check-fields.ts';
import { parseJsonPath } from './json-path.ts';
import { addressText } from './dial.ts';
import { list } from './shape.ts';
import { shown } from './shown.ts';

type Entry = NonNullable<ReturnType<typeof checkRecord>>;
/** Completes a check with the base address, which a check without `url` needs. */
export type Draft = (base: string | undefined) => Check;

const SERVER_ITSELF = '127.0.0.1';
const COMMON = ['name', 'timeout', 'through'];
const KEYS = {
  http: [...COMMON, 'url', 'path', 'method', 'headers', 'body', 'host', 'follow-redirects', 'insecure', 'body-limit', 'socket', 'port', 'status',
    'expect-headers', 'text', 'matches', 'json', 'max-response-time', 'version'],
  tcp: [...COMMON, 'tcp', 'banner'],
  command: [...COMMON, 'command', 'exit-code', 'text', 'matches'],
};

/** Checks as written in YAML. `needsBase` tells that one of them is a path without an address. */
export interface CheckList {
  readonly drafts: readonly Draft[];
  readonly needsBase: boolean;
  readonly needsServer: boolean;
}

/**
 * The checks of a list, or of one check alone; `place` is what messages call the list.
 * @throws {UserError} that names every mistake by its place, such as `checks[2].status`. An empty list is one.
 */
export async function parseChecks(yaml: unknown, place = 'checks'): Promise<CheckList> {
  const faults: string[] = [];
  const entries = list(checkRecord)(Array.isArray(yaml) ? yaml : [yaml], place, faults) ?? [];
  if (Array.isArray(yaml) && yaml.length === 0) throw new UserError('the list is empty, and no check is no evidence: give one, or leave checks out');
  const drafts = entries.map((entry, index) => draft(entry, `${place}[${index}]`, faults));
  faults.push(...(await Promise.all(entries.map((entry, index) => jsonPathFaults(entry, `${place}[${index}]`)))).flat());
  if (faults.length > 0) throw new UserError(faults.join('; '));
  return {
    drafts: drafts.filter((one) => one !== undefined),
    needsBase: entries.some((entry) => kindOf(entry) === 'http' && entry.url === undefined),
    needsServer: entries.some((entry) => entry.through === 'ssh' || entry.command !== undefined),
  };
}

/** A path put behind a base address: `https://example.com/shop` and `/health` make `https://example.com/shop/health`. */
export function joinUrl(base: string, path: string): string {
  const url = new URL(base);
  const [, pathname = '', search = ''] = /^([^?#]*)(\?[^#]*)?/.exec(path) ?? [];
  url.pathname = url.pathname.replace(/\/$/, '') + pathname;
  url.search = search;
  return url.href;
}

function draft(entry: Entry, place: string, faults: string[]): Draft | undefined {
  const kind = kindOf(entry);
  if (kind === undefined) return note(faults, `${place}: accepted is exactly one of url, path, tcp and command`);
  const foreign = Object.keys(entry).filter((key) => !KEYS[kind].includes(key));
  faults.push(...foreign.map((key) => `${place}.${key} does not belong to ${kind === 'http' ? 'an HTTP' : `a ${kind}`} check`));
  if (entry.through === undefined && entry.socket !== undefined) faults.push(`${place}.socket is a path on the server: add through: ssh`);
  if (entry.through === undefined && entry.port !== undefined) faults.push(`${place}.port is a port of the server: add through: ssh`);
  if (entry.socket !== undefined && entry.port !== undefined) faults.push(`${place}: accepted is socket or port, not both`);
  if (kind === 'command') return () => commandCheck(entry);
  if (kind === 'tcp') return tcpDraft(entry, place, faults);
  faults.push(...httpFaults(entry, place));
  return (base) => httpCheck(entry, base);
}

function kindOf(entry: Entry): 'http' | 'tcp' | 'command' | undefined {
  const given = [entry.url, entry.path, entry.tcp, entry.command].filter((value) => value !== undefined);
  if (given.length !== 1) return undefined;
  if (entry.tcp !== undefined) return 'tcp';
  return entry.command === undefined ? 'http' : 'command';
}

function httpFaults({ version, json = [], method, body }: Entry, place: string): string[] {
  const faults = json.flatMap((expected, index) => jsonFaults(expected, `${place}.json[${index}]`));
  if (version !== undefined && version.equals === undefined) faults.push(`${place}.version.equals is missing`);
  if (version !== undefined && (version.header === undefined) === (version['json-path'] === undefined)) {
    faults.push(`${place}.version: accepted is exactly one of header and json-path, which say where the answer tells its version`);
  }
  if (body !== undefined && ['GET', 'HEAD'].includes(method ?? 'GET')) faults.push(`${place}.body needs a method that sends one, such as method: POST`);
  return faults;
}

function jsonFaults(expected: NonNullable<Entry['json']>[number], place: string): string[] {
  if (expected.path === undefined) return [`${place}.path is missing`];
  const hasValue = expected.equals !== undefined || expected.matches !== undefined;
  if (hasValue && expected.exists === false) return [`${place}: exists: false leaves nothing to compare`];
  return hasValue || expected.exists !== undefined ? [] : [`${place}: accepted is at least one of equals, matches and exists`];
}

async function jsonPathFaults({ json = [], version }: Entry, place: string): Promise<string[]> {
  const paths = [...json.map(({ path }, index) => [`json[${index}].path`, path] as const), ['version.json-path', version?.['json-path']] as const];
  const faults = paths.map(async ([key, path]) => (path === undefined ? [] : parseJsonPath(path).then(() => [], (error: unknown) => [`${place}.${key}: ${messageOf(error)}`])));
  return (await Promise.all(faults)).flat();
}

function httpCheck(entry: Entry, base: string | undefined): HttpCheck {
  const url = entry.url ?? joinUrl(base ?? '', entry.path ?? '');
  return {
    kind: 'http', name: entry.name ?? `${entry.method ?? 'GET'} ${shownPath(entry.path, url)}`, url, timeout: entry.timeout, method: entry.method,
    headers: entry.headers, body: entry.body, host: entry.host, followRedirects: entry['follow-redirects'], insecure: entry.insecure,
    bodyLimit: entry['body-limit'], from: entry.through === 'ssh' ? 'server' : 'runner', connectTo: slotAddress(entry),
    expect: {
      status: entry.status?.flat(), headers: entry['expect-headers'], text: entry.text, matches: entry.matches,
      json: entry.json?.map(({ path = '$', equals, matches, exists }) => ({ path, matches, exists, ...(equals === undefined ? {} : { equals: equals.value }) })),
      maxResponseTime: entry['max-response-time'], version: versionOf(entry),
    },
  };
}

function tcpCheck(entry: Entry): TcpCheck {
  const address = 'host' in entry.tcp! && entry.tcp.host === '' ? { ...entry.tcp, host: SERVER_ITSELF } : entry.tcp!;
  const from = entry.through === 'ssh' ? 'server' : 'runner';
  return { kind: 'tcp', name: entry.name ?? `tcp ${addressText(address)}`, address, banner: entry.banner, timeout: entry.timeout, from };
}

function tcpDraft(entry: Entry, place: string, faults: string[]): Draft {
  const isServersOwn = 'socket' in entry.tcp! || entry.tcp!.host === '';
  if (isServersOwn && entry.through === undefined) faults.push(`${place}.tcp without a host is a port or socket of the server: add through: ssh`);
  return () => tcpCheck(entry);
}

function commandCheck({ name, command = '', timeout, text, matches, 'exit-code': exitCode }: Entry): CommandCheck {
  const line = typeof command === 'string' ? command : command.join(' ');
  return { kind: 'command', name: name ?? line.slice(0, 60), command, timeout, text, matches, exitCode };
}

function versionOf({ version }: Entry): VersionExpectation | undefined {
  return version?.equals === undefined ? undefined : { equals: version.equals, header: version.header, jsonPath: version['json-path'] };
}

function slotAddress({ socket, port }: Entry): Address | undefined {
  if (socket !== undefined) return { socket };
  return port === undefined ? undefined : { host: SERVER_ITSELF, port };
}

// A query may hold a token.
function shownPath(path: string | undefined, url: string): string {
  const { host, pathname } = new URL(url);
  return shown(path?.split('?')[0] ?? `${host}${pathname}`);
}

function note(faults: string[], fault: string): undefined {
  faults.push(fault);
  return undefined;
}
