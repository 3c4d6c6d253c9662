import { resolve } from 'node:path';
import type { Evidence } from '#shared/findings/evidence';
import type { MergedFinding } from '#shared/findings/finding';
import { mergeFindings } from '#shared/findings/merge';
import { readReports } from '#shared/findings/read-report';
import { FORMATS, type FormatName } from '#shared/findings/report';
import type { GivenReport } from '#shared/policy/require';
import type { Job } from '#shared/runner/action';
import { filesOf } from './files.ts';
import type { Reading } from './reading.ts';

/** What the reports hold. */
export interface GivenReports {
  readonly reports: readonly GivenReport[];
  /** Where a report was looked for and none was found. */
  readonly missing: readonly Evidence[];
  readonly notes: readonly string[];
}

/** Reads every report that the patterns name, one after the other. */
export async function readAllReports(patterns: readonly string[], reading: Reading, job: Job): Promise<GivenReports> {
  const reports: GivenReport[] = [];
  const missing: Evidence[] = [];
  const notes: string[] = [];
  const read = new Set<string>();
  // What says more of a file comes before the folder that has it, too.
  const ordered = patterns.map(typed).sort((one, other) => Number(one.tool === undefined) - Number(other.tool === undefined));
  for (const { pattern, tool } of ordered) {
    const { files, passedOver } = filesOf(pattern);
    if (files.length === 0) missing.push({ path: pattern, tools: tool === undefined ? [] : [tool], kinds: [], status: 'missing', reason: `Nothing is at ${pattern}: did the scan run, and was its report downloaded?`, remarks: [] });
    if (passedOver.length > 0) notes.push(`${pattern}: ${passedOver.length} files for people were passed over (${passedOver.slice(0, 3).join(', ')}${passedOver.length > 3 ? ', …' : ''})`);
    for (const path of files.filter((one) => !read.has(resolve(one)))) {
      job.signal.throwIfAborted();
      read.add(resolve(path));
      reports.push(...(await readReports(path, { ...reading, format: formatOf(tool) })).map((report) => ({ report, tool })));
    }
  }
  return { reports, missing, notes };
}

/** What all of them hold, what they set aside included, each problem once. */
export function mergedFindings(reports: readonly GivenReport[]): readonly MergedFinding[] {
  return mergeFindings(reports.flatMap(({ report }) => [...report.findings, ...report.suppressed]));
}

function typed(given: string): { readonly pattern: string; readonly tool: string | undefined } {
  const [, tool, pattern] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? [];
  return { pattern: pattern ?? given, tool };
}

function formatOf(tool: string | undefined): FormatName | undefined {
  return FORMATS.find((format) => format === tool);
}
