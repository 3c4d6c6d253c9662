import { readFile } from 'node:fs/promises';

interface Assertion { readonly status: string; readonly title: string; readonly fullName: string }
interface Suite { readonly name: string; readonly status: string; readonly message: string; readonly assertionResults: readonly Assertion[] }

/** What jest's `--json` report holds that is used here. */
export interface Report { readonly success: boolean; readonly testResults: readonly Suite[]; readonly unsteady?: readonly string[] }

/** How a whole run ended: the lines to print, of which the last is the count, and whether it is good enough. */
export interface Summary { readonly lines: readonly string[]; readonly good: boolean }

/**
 * Sums up a report. A suite that could not run counts as one failure, no test at all is a failure, and so is, in CI, a test skipped for a program that could have been installed.
 */
export function summarise(report: Report, ci: boolean): Summary {
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const skipped = tests.filter(({ status }) => status === 'pending' || status === 'todo' || status === 'disabled');
  const unrun = report.testResults.filter((suite) => suite.status === 'failed' && !suite.assertionResults.some(hasFailed));
  const failed = tests.filter(hasFailed).length + unrun.length;
  const avoidable = ci ? skipped.filter(({ title }) => lacksInstallable(title)) : [];
  return {
    lines: [
      ...skipped.map(({ fullName }) => `skipped: ${fullName}`),
      ...unrun.map(({ name }) => `could not run: ${name}`),
      ...(report.unsteady ?? []).map((name) => `passed only at the second try: ${name}`),
      ...avoidable.map(({ fullName }) => `in CI everything installable must be installed: ${fullName}`),
      `jest: ${passed} passed, ${failed + avoidable.length} failed, ${skipped.length - avoidable.length} skipped`,
    ],
    good: report.success && passed > 0 && failed + avoidable.length === 0,
  };
}

/** The files of the suites that failed. */
export function failedSuites(report: Report): string[] {
  return report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** The report with failed suites as they were when run again; what passes only then is said, so that it is looked into. */
export function withSecondTry(first: Report, second: Report): Report {
  const again = new Map(second.testResults.map((suite) => [suite.name, suite]));
  return { success: second.success, testResults: first.testResults.map((suite) => again.get(suite.name) ?? suite), unsteady: failedSuites(first).filter((name) => again.get(name)?.status === 'passed') };
}

function hasFailed({ status }: Assertion): boolean {
  return status === 'failed';
}

/** Being root is the one need that no package brings. */
function lacksInstallable(title: string): boolean {
  const [, needs = ''] = /\(skipped: needs ([^)]*)\)/.exec(title) ?? [];
  return needs.split(', ').some((need) => need !== '' && need !== 'root');
}

/** Reads the report jest wrote; without one, for whatever reason, the run has failed. */
export async function readReport(path: string): Promise<Report> {
  const nothing: Report = { success: false, testResults: [{ name: 'jest itself: it left no report', status: 'failed', message: '', assertionResults: [] }] };
  return readFile(path, 'utf8').then((text) => JSON.parse(text) as Report, () => nothing);
}
