import { flag, integer, list, record, text, type Reader } from '#shared/checks/shape';
import { UserError } from '#shared/core/errors';
import { Secret } from '#shared/core/secret';
import { COMPRESSIONS, PROOFS, type Access, type Reference, type Source } from './source.ts';

const KINDS = ['postgres', 'mysql', 'mariadb', 'redis', 'mongodb', 'sqlite', 'files', 'command'] as const;
const COMMON = ['name', 'verify', 'compression'];
const ACCESS = ['host', 'port', 'user', 'password', 'tools', 'container'];
const KEYS: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = { postgres: ACCESS, mysql: ACCESS, mariadb: ACCESS, redis: ACCESS, mongodb: ACCESS, sqlite: [], files: ['exclude'], command: ['file'] };

const sourceRecord = record({
  name: text(parseName), verify: oneOf(PROOFS), compression: oneOf(COMPRESSIONS),
  postgres: text(parseLine), mysql: text(parseLine), mariadb: text(parseLine), redis: text(parseName), mongodb: text(parseLine), sqlite: text(parsePath), files: text(parsePath), command: text(),
  host: text(parseLine), port: integer(1, 65_535), user: text(parseLine), password: text((given) => new Secret(parseLine(given))), tools: text(parsePath), container: text(parseName),
  exclude: list(text(parseLine)), file: text(parseName),
});
const referenceRecord = record({ query: text(), from: text(), files: text(), prefix: text(parseLine), sha1: flag() });
type Entry = NonNullable<ReturnType<typeof sourceRecord>>;

/** The sources of a YAML list. @throws {UserError} that names every mistake by its place, such as `sources[1].port`. */
export function parseSources(yaml: unknown): readonly Source[] {
  const faults: string[] = [];
  const entries = list(sourceRecord)(yaml, 'sources', faults) ?? [];
  const sources = entries.flatMap((entry, index) => sourceOf(entry, `sources[${index}]`, faults) ?? []);
  const names = sources.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  faults.push(...new Set(twice.map((name) => `sources: ${name} is the name of two; give one of them another name`)));
  if (faults.length > 0) throw new UserError(faults.join('; '));
  return sources;
}

/** The references of a YAML list. @throws {UserError} that names every mistake by its place. */
export function parseReferences(yaml: unknown): readonly Reference[] {
  const faults: string[] = [];
  const entries = list(referenceRecord)(yaml, 'references', faults) ?? [];
  const references = entries.flatMap(({ query, from, files, prefix = '', sha1 = false }, index) => {
    if (query !== undefined && from !== undefined && files !== undefined) return [{ query, from, files, prefix, sha1 }];
    faults.push(`references[${index}]: query, from and files are all needed`);
    return [];
  });
  if (faults.length > 0) throw new UserError(faults.join('; '));
  return references;
}

function sourceOf(entry: Entry, place: string, faults: string[]): Source | undefined {
  const kinds = KINDS.filter((kind) => entry[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return note(faults, `${place}: accepted is exactly one of ${KINDS.join(', ')}`);
  faults.push(...Object.keys(entry).filter((key) => key !== kind && ![...COMMON, ...KEYS[kind]].includes(key)).map((key) => `${place}.${key} does not belong to ${kind}`));
  const { verify, compression, file } = entry;
  const main = entry[kind] ?? '';
  const name = entry.name ?? nameOf(kind === 'command' ? file ?? '' : main);
  if (name === '') return note(faults, `${place}.name is missing: none can be made of what is given`);
  const common = { name, ...(verify !== undefined && { verify }), ...(compression !== undefined && { compression }) };
  switch (kind) {
    case 'postgres': return { ...common, kind, ...accessOf(entry, main) };
    case 'mysql':
    case 'mariadb': return { ...common, kind: 'mysql', ...accessOf(entry, main) };
    case 'redis':
    case 'mongodb': return { ...common, kind, ...accessOf(entry, main) };
    case 'sqlite': return { ...common, kind, database: main };
    case 'files': return { ...common, kind, folder: main, exclude: entry.exclude ?? [] };
    case 'command': return file === undefined ? note(faults, `${place}.file is missing: the name of the file that the command's output becomes`) : { ...common, kind, command: main, file };
  }
}

function accessOf({ host, port, user, password, tools, container }: Entry, database: string): Access {
  return {
    database, ...(host !== undefined && { host }), ...(port !== undefined && { port }), ...(user !== undefined && { user }),
    ...(password !== undefined && { password }), ...(tools !== undefined && { tools }), ...(container !== undefined && { container }),
  };
}

/** The last part of a path or name, in letters, digits, dots, hyphens and underscores. */
function nameOf(text: string): string {
  const last = text.replace(/\/+$/, '').replace(/^.*\//, '').replace(/\.(sqlite3?|db)$/, '');
  return last.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 63);
}

function oneOf<const Word extends string>(words: readonly Word[]): Reader<Word> {
  return text((given) => {
    const word = words.find((candidate) => candidate === given);
    if (word === undefined) throw new UserError(`accepted is one of ${words.join(', ')}`);
    return word;
  });
}

function parseName(given: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(given)) throw new UserError('accepted are letters, digits, dots, hyphens and underscores, beginning with a letter or digit, 63 at most');
  return given;
}

function parseLine(given: string): string {
  if (/[\u0000-\u001f\u007f]/.test(given)) throw new UserError('accepted is one line of text without control characters');
  return given;
}

function parsePath(given: string): string {
  if (!given.startsWith('/') || given.split('/').includes('..')) throw new UserError('accepted is an absolute path on the server, without ..');
  return parseLine(given);
}

function note(faults: string[], fault: string): undefined {
  faults.push(fault);
  return undefined;
}
