import { join } from 'node:path';
import type { Finding } from '#shared/findings/finding';
import { secretHider } from '#shared/findings/hidden-secret';
import { readReports, type ReadOptions } from '#shared/findings/read-report';
import type { Report } from '#shared/findings/report';

/** The folder of reports that tests read; ORIGINS.md in it says where each is from. */
export const REPORTS = join(import.meta.dirname, '../../test/fixtures/reports');

/** The one report in a file, read with a key for tests; `hidden` gets every value that would be masked. */
export async function readReport(path: string, options: Partial<ReadOptions> & { readonly hidden?: string[] } = {}): Promise<Report> {
  const reports = await readReports(path.startsWith('/') ? path : join(REPORTS, path), { hide: secretHider((value) => options.hidden?.push(value), 'a key'), ...options });
  if (reports.length !== 1) throw new Error(`${path} has ${reports.length} reports`);
  return reports[0] as Report;
}

/** A finding in a line: `high sca CVE-2019-10744 lodash@4.17.11 -> 4.17.12 at package-lock.json:3 x2`; what it lacks is left out. */
export function lineOf({ severity, kind, rule, package: of, fixedIn, location, occurrences }: Finding): string {
  const parts = [
    `${severity} ${kind} ${rule}`, of === undefined ? '' : `${of.name}${of.version === undefined ? '' : `@${of.version}`}`, fixedIn.length === 0 ? '' : `-> ${fixedIn.join(', ')}`,
    location === undefined ? '' : `at ${location.path}${location.line === undefined ? '' : `:${location.line}`}`, occurrences === 1 ? '' : `x${occurrences}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A report's findings in lines, sorted. */
export function linesOf(findings: readonly Finding[]): string[] {
  return findings.map(lineOf).sort();
}
