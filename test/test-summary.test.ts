import { expect, test } from '@jest/globals';
import { failedSuites, readReport, summarise, withSecondTry } from '../script/src/test-summary.ts';
import type { Report } from '../script/src/test-summary.ts';

type Status = 'passed' | 'failed' | 'pending';

function report(...tests: readonly (readonly [status: Status, title: string])[]): Report {
  const assertionResults = tests.map(([status, title]) => ({ status, title, fullName: `deploy ${title}` }));
  const status = tests.some(([each]) => each === 'failed') ? 'failed' : 'passed';
  return { success: status === 'passed', testResults: [{ name: 'deploy.test.ts', status, message: '', assertionResults }] };
}

test('counts what passed, failed and was skipped, and gives the reasons before the count', () => {
  const { lines, good } = summarise(report(['passed', 'a'], ['passed', 'b'], ['failed', 'c'], ['pending', 'd (skipped: needs socat)']), false);
  expect(lines).toEqual(['skipped: deploy d (skipped: needs socat)', 'jest: 2 passed, 1 failed, 1 skipped']);
  expect(good).toBe(false);
});

test('a run whose tests pass is good, with a skip too', () => {
  expect(summarise(report(['passed', 'a'], ['pending', 'b (skipped: needs socat)']), false).good).toBe(true);
});

test('in CI a test skipped for want of an installable program has failed, one that needs root has not', () => {
  const { lines, good } = summarise(report(['passed', 'a'], ['pending', 'b (skipped: needs socat, root)'], ['pending', 'c (skipped: needs root)']), true);
  expect(lines.at(-1)).toBe('jest: 1 passed, 1 failed, 1 skipped');
  expect(good).toBe(false);
  expect(summarise(report(['passed', 'a'], ['pending', 'c (skipped: needs root)']), true).good).toBe(true);
});

test('a suite that could not run, and a jest that left no report, count as failures', async () => {
  const broken = { success: false, testResults: [{ name: 'x.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] }] };
  expect(summarise(broken, false)).toEqual({ lines: ['could not run: x.test.ts', 'jest: 0 passed, 1 failed, 0 skipped'], good: false });
  expect(summarise(await readReport('/nowhere/jest.json'), false).lines.at(-1)).toBe('jest: 0 passed, 1 failed, 0 skipped');
});

test('no test at all is not a pass', () => {
  expect(summarise({ success: true, testResults: [] }, false).good).toBe(false);
});

test('what fails twice has failed; what passes at the second try is named', () => {
  const first = report(['passed', 'a'], ['failed', 'b']);
  expect(failedSuites(first)).toEqual(['deploy.test.ts']);
  expect(summarise(withSecondTry(first, first), false).good).toBe(false);
  const { lines, good } = summarise(withSecondTry(first, report(['passed', 'a'], ['passed', 'b'])), false);
  expect(lines).toEqual(['passed only at the second try: deploy.test.ts', 'jest: 2 passed, 0 failed, 0 skipped']);
  expect(good).toBe(true);
});
