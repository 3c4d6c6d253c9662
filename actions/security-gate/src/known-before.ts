import type { MergedFinding } from '#shared/findings/finding';
import { reportBytes, type ReportBytes } from '#shared/findings/report-bytes';
import type { Repository } from '#shared/github/questions';
import { baselineOf, storedBaseline, type Baseline } from '#shared/policy/baseline';
import type { Case } from '#shared/policy/decide';
import { readEpss, readKev } from '#shared/policy/feeds';
import type { Job } from '#shared/runner/action';
import { baselineFiles } from './baseline-files.ts';
import { readText } from './files.ts';
import type { Inputs } from './inputs.ts';
import type { Reading } from './reading.ts';
import { mergedFindings, readAllReports } from './reports.ts';

const LARGEST_DECISION = 200_000_000; // bytes

/** The baseline that the inputs name, with why a part of it does not count; without any, everything is new. */
export async function readBaseline(inputs: Inputs, reading: Reading, repository: Repository | undefined, job: Job): Promise<{ readonly baseline: Baseline | undefined; readonly notes: readonly string[] }> {
  if (inputs.baseline.length === 0) return { baseline: undefined, notes: [] };
  const { paths, notes: lacks } = await baselineFiles(inputs, repository, job);
  const stored = await Promise.all(paths.map(async (path) => ({ path, decisions: await decisionsIn(path) })));
  const decisions = stored.flatMap((one) => one.decisions);
  const { reports } = await readAllReports(stored.filter((one) => one.decisions.length === 0).map(({ path }) => path), reading, job);
  const faulty = reports.filter(({ report }) => report.fault !== undefined);
  const sound = reports.filter(({ report }) => report.fault === undefined);
  const all = [...decisions, ...(sound.length > 0 ? [baselineOf(mergedFindings(sound), sound.map(({ report }) => report.path).join(', '))] : [])];
  const notes = [
    ...lacks,
    ...faulty.map(({ report }) => `The baseline ${report.path} does not count: ${report.fault?.reason}`),
    ...(all.length === 0 ? ['There is no baseline that counts: every finding is new.'] : [`New is what is not in ${all.map(({ of }) => of).join(' and ')}.`]),
  ];
  return { notes, baseline: all.length === 0 ? undefined : { of: all.map(({ of }) => of).join(' and '), known: new Map(all.flatMap(({ known }) => [...known])) } };
}

/** What the KEV and EPSS files tell of what was found. @throws {UserError} when one cannot be read. */
export async function readFeeds(inputs: Inputs, findings: readonly MergedFinding[]): Promise<Pick<Case, 'feeds' | 'feedsAt'>> {
  const wanted = new Set(findings.flatMap(({ aliases }) => aliases.map((alias) => alias.toUpperCase())));
  const kev = inputs.kevFile === undefined ? undefined : await readKev(readText('kev-file', inputs.kevFile), inputs.kevFile);
  const epss = inputs.epssFile === undefined ? undefined : await readEpss(inputs.epssFile, wanted);
  return { feeds: { kev: kev?.content, epss: epss?.content }, feedsAt: { kev: kev?.madeAt, epss: epss?.madeAt } };
}

// What is damaged is read as a report, which tells why it does not count.
async function decisionsIn(path: string): Promise<readonly Baseline[]> {
  try {
    const texts = await Promise.all((await reportBytes(path, LARGEST_DECISION)).map(decisionText));
    return texts.flatMap((text) => (text === undefined ? [] : storedBaseline(JSON.parse(text)) ?? []));
  } catch {
    return [];
  }
}

async function decisionText({ open }: ReportBytes): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of open()) {
    if (chunks.length === 0 && !chunk.toString('latin1', 0, 200).includes('slipway-security-decision/')) return undefined;
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString();
}
