import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { collectGarbage, keepHeapSmall } from '#shared/system/heap';
import { createCollector, type Collected, type Collecting } from './collector.ts';
import { Damage } from './damage.ts';
import type { Format } from './format.ts';
import { FORMATS_READ } from './formats.ts';
import type { LateFacts } from './json-frame.ts';
import { beginWalk, endWalk, walkOn } from './json-walk.ts';
import { plainText } from './plain-text.ts';
import { fileChunks, reportBytes, type ReportBytes } from './report-bytes.ts';
import { NO_SIGNS, type FaultKind, type FormatName, type Report } from './report.ts';
import { beginSketch, type Sketch } from './sketch.ts';
import { isXml, readZapXml } from './formats/zap-xml.ts';

/** How reports are read. */
export interface ReadOptions extends Collecting {
  /** The format to take it for when its content does not tell: an empty list is what several tools write. */
  readonly format?: FormatName | undefined;
  /** Unpacked size that is still read, bytes. */
  readonly largest?: number | undefined;
}

/** The reports in a file: one, or those of a ZIP archive. Never throws for what is in the file: that is the report's `fault`. */
export async function readReports(path: string, options: ReadOptions): Promise<readonly Report[]> {
  const missing = missingFault(path);
  if (missing !== undefined) return [faulty({ path, sha256: '', bytes: 0 }, ...missing)];
  const file = await digestOf(path);
  if (file.bytes === 0) return [faulty({ path, ...file }, 'empty', 'The file is empty: the scan did not run, or did not write its report.')];
  try {
    const found = await reportBytes(path, options.largest);
    if (found.length === 0) return [faulty({ path, ...file }, 'empty', 'The archive has no files.')];
    const reports: Report[] = [];
    for (const bytes of found) reports.push(await readReportBytes(bytes, file, options));
    return reports;
  } catch (error) {
    return [faulty({ path, ...file }, 'unreadable', reasonOf(error))];
  }
}

const MANY_BYTES = 1024 * 1024; // up to here memory is no question
const COLLECTED_EVERY = 32 * 1024 * 1024; // bytes of a report, which make about as much garbage

/** What is known of a file without reading a report in it. */
export type FileFacts = Pick<Report, 'sha256' | 'bytes'>;

/** The report in some bytes, which are of this file. Never throws for what is in them. */
export async function readReportBytes(bytes: ReportBytes, file: FileFacts, options: ReadOptions): Promise<Report> {
  const about = { path: bytes.path, ...file };
  let collected: Collected | undefined;
  let format: Format | undefined;
  try {
    if (await isXml(bytes)) return { ...about, format: 'zap', ...await readZapXml(bytes, options) };
    const sketch = await sketchOf(bytes);
    format = FORMATS_READ.find((one) => one.recognise(sketch)) ?? toldFormat(sketch, options.format);
    if (format === undefined) return faulty(about, ...unrecognised(sketch));
    collected = await readAs(format, bytes, options);
    return { ...about, format: format.name, ...collected };
  } catch (error) {
    return { ...faulty(about, 'unreadable', reasonOf(error)), ...(format === undefined ? {} : { format: format.name }) };
  }
}

// Of the tools that have to be named, only these write an empty list when all is well.
const EMPTY_WHEN_CLEAN: readonly (FormatName | undefined)[] = ['gitleaks', 'github-code-scanning', 'github-dependabot'];
// These write a list alone, by a name that others have too; without it they are of a scan that failed.
const BARE_WHEN_CLEAN: typeof EMPTY_WHEN_CLEAN = ['osv-scanner', 'pip-audit'];

// A first line that is cut off is no document, and a number no report, whatever it is said to be.
function toldFormat(sketch: Sketch, told: FormatName | undefined): Format | undefined {
  const isWhole = sketch.documents > 0 && sketch.text('') === undefined;
  if (!isWhole || !(sketch.isEmpty ? EMPTY_WHEN_CLEAN : BARE_WHEN_CLEAN).includes(told)) return undefined;
  return FORMATS_READ.find(({ name }) => name === told);
}

// It is read to where it is recognised, which is mostly the first chunk.
async function sketchOf(bytes: ReportBytes): Promise<Sketch> {
  const { walk, sketch } = beginSketch();
  for await (const chunk of bytes.open()) {
    walkOn(walk, chunk);
    if (FORMATS_READ.some((format) => format.recognise(sketch))) return sketch;
  }
  endWalk(walk);
  return sketch;
}

async function readAs(format: Format, bytes: ReportBytes, options: ReadOptions): Promise<Collected> {
  const first = await readOnce(format, bytes, options, new Map());
  // Members came in another order than the tool writes them: what comes late is known the second time.
  return first.late.size === 0 ? first.collected : (await readOnce(format, bytes, options, first.late)).collected;
}

async function readOnce(format: Format, bytes: ReportBytes, options: ReadOptions, known: LateFacts): Promise<{ collected: Collected; late: LateFacts }> {
  const { collect, collected } = createCollector(options);
  const reading = format.read(collect);
  const walk = beginWalk(reading.shape, known);
  let read = 0;
  let collectAt = COLLECTED_EVERY;
  for await (const chunk of bytes.open()) {
    walkOn(walk, chunk);
    if ((read += chunk.length) > MANY_BYTES) keepHeapSmall();
    if (read < collectAt) continue;
    collectGarbage();
    collectAt += COLLECTED_EVERY;
  }
  if (read > MANY_BYTES) collectGarbage();
  endWalk(walk);
  if (walk.documents > 1 && reading.takesMany !== true) throw new Damage('it has several documents, one after another; this format has one');
  if (walk.logLines > 0) collect.remark(`${walk.logLines} lines of a log are mixed into the report: let the tool write it to a file of its own.`);
  reading.done?.(walk.documents);
  return { collected: collected(), late: walk.late };
}

function unrecognised(sketch: Sketch): [FaultKind, string] {
  if (sketch.documents === 0) return ['empty', 'There is no document in the file.'];
  return ['unrecognised', sketch.isEmpty
    ? 'It is an empty list or object, which several tools write when they found nothing: say which tool it is of.'
    : 'It is JSON, but no report of a tool that is known here.'];
}

function missingFault(path: string): [FaultKind, string] | undefined {
  try {
    const found = statSync(path);
    if (found.isFile()) return undefined;
    return ['unreadable', found.isDirectory() ? 'It is a folder.' : 'It is not a file.'];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? ['missing', 'There is no such file.'] : ['unreadable', `It cannot be opened (${code}).`];
  }
}

async function digestOf(path: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of fileChunks(path)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch {
    return { sha256: '', bytes };
  }
  return { sha256: hash.digest('hex'), bytes };
}

function reasonOf(error: unknown): string {
  if (error instanceof Damage) return `It is damaged, or not what it seems: ${plainText(error.message)}.`;
  const { code } = error as NodeJS.ErrnoException;
  // A fault of ours must not pass for a fault of the report.
  if (typeof code !== 'string') throw error;
  return `It cannot be read (${code}).`;
}

function faulty(about: Pick<Report, 'path' | 'sha256' | 'bytes'>, kind: FaultKind, reason: string): Report {
  return { ...about, tools: [], kinds: [], fault: { kind, reason }, signs: NO_SIGNS, findings: [], suppressed: [] };
}
