import { readFileSync } from 'node:fs';
import type { MergedFinding } from '#shared/findings/finding';
import { baselineOf, storedBaseline, type Baseline } from '#shared/policy/baseline';
import type { Case } from '#shared/policy/decide';
import { readEpss, readKev } from '#shared/policy/feeds';
import type { Job } from '#shared/runner/action';
import { filesOf, readText } from './files.ts';
import type { Inputs } from './inputs.ts';
import { mergedFindings, readAllReports } from './reports.ts';

const LARGEST_DECISION = 200_000_000; // bytes

/** The baseline that the inputs name, with why a part of it does not count; without any, everything is new. */
export async function readBaseline(inputs: Inputs, job: Job): Promise<{ readonly baseline: Baseline | undefined; readonly notes: readonly string[] }> {
  if (inputs.baseline.length === 0) return { baseline: undefined, notes: [] };
  const paths = inputs.baseline.flatMap((pattern) => filesOf(pattern).files);
  const stored = paths.map((path) => ({ path, baseline: decisionIn(path) }));
  const decisions = stored.flatMap(({ baseline }) => (baseline === undefined ? [] : [baseline]));
  const { reports } = await readAllReports(stored.filter(({ baseline }) => baseline === undefined).map(({ path }) => path), inputs, job);
  const faulty = reports.filter(({ report }) => report.fault !== undefined);
  const sound = reports.filter(({ report }) => report.fault === undefined);
  const all = [...decisions, ...(sound.length > 0 ? [baselineOf(mergedFindings(sound), sound.map(({ report }) => report.path).join(', '))] : [])];
  const notes = [
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

function decisionIn(path: string): Baseline | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    return text.length <= LARGEST_DECISION && text.slice(0, 200).includes('slipway-security-decision/') ? storedBaseline(JSON.parse(text)) : undefined;
  } catch {
    return undefined;
  }
}
