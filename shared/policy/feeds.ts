import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { UserError } from '#shared/core/errors';
import { looseList, looseMapping, looseText, parsing } from './ignores/ignore-file.ts';

/** A file that tells of exploits, and when it was made, where it tells. */
export interface Feed<Content> {
  readonly content: Content;
  readonly madeAt: Date | undefined;
}

const CVE = /^CVE-\d{4}-\d{4,}$/i;
const LARGEST_LINE = 10_000; // characters

/** CISA's catalogue of known exploited vulnerabilities, its JSON or its CSV. @throws {UserError} when it is neither, or empty. */
export async function readKev(text: string, file: string): Promise<Feed<ReadonlySet<string>>> {
  const feed = text.trimStart().startsWith('{') ? await parsing(file, () => kevJson(JSON.parse(text))) : kevCsv(text);
  if (feed.content.size === 0) throw new UserError(`${file} is not the KEV catalogue: it names no CVE. Take known_exploited_vulnerabilities.json of CISA.`);
  return feed;
}

/** The scores of these CVEs in FIRST's EPSS file, CSV or gzipped CSV. @throws {UserError} when it is none, is cut off, or has no score at all. */
export async function readEpss(path: string, wanted: ReadonlySet<string>): Promise<Feed<ReadonlyMap<string, number>>> {
  const content = new Map<string, number>();
  let madeAt: Date | undefined;
  let count = 0;
  try {
    for await (const line of linesOf(path)) {
      const [, date] = /^#.*\bscore_date:(\S+)/.exec(line.slice(0, LARGEST_LINE)) ?? [];
      madeAt ??= dateOf(date);
      const [cve = '', score = ''] = line.slice(0, LARGEST_LINE).split(',');
      const value = score === '' ? Number.NaN : Number(score);
      if (!CVE.test(cve) || !(value >= 0 && value <= 1)) continue;
      count += 1;
      if (wanted.has(cve.toUpperCase())) content.set(cve.toUpperCase(), value);
    }
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (count === 0) throw new UserError(`${path} is not the EPSS file: it has no line such as CVE-2026-1234,0.5,0.9. Take epss_scores-current.csv.gz of FIRST.`);
  return { content, madeAt };
}

function kevJson(json: unknown): Feed<ReadonlySet<string>> {
  const root = looseMapping(json);
  const names = looseList(root['vulnerabilities']).map(({ cveID }) => looseText(cveID)).filter((name) => name !== undefined);
  return { content: cves(names), madeAt: dateOf(looseText(root['dateReleased'])) };
}

// The CSV does not tell when it was made: the day on which its newest entry was added is the least it can be.
function kevCsv(text: string): Feed<ReadonlySet<string>> {
  const lines = text.split('\n');
  const added = lines.flatMap((line) => /,(\d{4}-\d{2}-\d{2}),/.exec(line)?.[1] ?? []).sort().at(-1);
  return { content: cves(lines.map((line) => line.split(',')[0]?.replaceAll('"', '') ?? '')), madeAt: dateOf(added) };
}

function cves(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => CVE.test(name)).map((name) => name.toUpperCase()));
}

function linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  const lines = createInterface({ input: text, crlfDelay: Infinity });
  // An error of the file reaches neither the unpacker nor the lines by itself.
  return (async function* () {
    const failed = new Promise<never>((_, reject) => [file, text].forEach((stream) => stream.on('error', reject)));
    failed.catch(() => undefined);
    const iterator = lines[Symbol.asyncIterator]();
    for (let next = await Promise.race([iterator.next(), failed]); next.done !== true; next = await Promise.race([iterator.next(), failed])) yield next.value;
  })();
}

function dateOf(text: string | undefined): Date | undefined {
  const date = new Date(text === undefined ? Number.NaN : text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(date.getTime()) ? undefined : date;
}
