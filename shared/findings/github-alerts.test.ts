import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf, REPORTS } from '#shared/testing/report-lines';
import { evidenceOf } from './evidence.ts';
import { readCodeScanningAlerts, readDependabotAlerts, type Ask } from './github-alerts.ts';

const about = { owner: 'acme', repo: 'shop', ref: 'refs/heads/main' };
const options = { hide: () => 'hash' };
const alerts = (name: string): readonly unknown[] => JSON.parse(readFileSync(join(REPORTS, name, 'alerts.json'), 'utf8')) as readonly unknown[];
const analysis = { ref: 'refs/heads/main', commit_sha: '1f0c4a9d2b7e63850a1b2c3d4e5f60718293a4b5', category: '/language:js', created_at: '2026-11-21T08:00:00Z', error: '', results_count: 2, tool: { name: 'CodeQL', version: '2.23.3' } };
const refused = (status: number, message: string): never => { throw Object.assign(new Error(message), { status }); };
const verdict = async (report: ReturnType<typeof readDependabotAlerts>): Promise<readonly string[]> => {
  const { status, reason } = evidenceOf(await report, { commits: [], digests: [], needsSubject: false, takesIncomplete: false, now: new Date('2026-11-21T20:00:00Z') });
  return [status, reason];
};

test('all pages of Dependabot alerts, by the cursors that GitHub gives', async () => {
  const asked: unknown[] = [];
  const ask: Ask = (route, { after, state }) => {
    asked.push([route, state, after]);
    const [first, second] = alerts('github-dependabot');
    const link = '<https://api.github.com/repositories/1/dependabot/alerts?per_page=100&after=Y3Vyc29y>; rel="next"';
    return Promise.resolve({ data: after === undefined ? [first] : [second], headers: after === undefined ? { link } : {} });
  };
  const report = await readDependabotAlerts(ask, about, options);
  expect(linesOf(report.findings)).toEqual(['critical sca GHSA-jf85-cpcp-j695 lodash -> 4.17.12 at package-lock.json']);
  expect(report.suppressed).toHaveLength(1);
  expect(asked).toEqual([undefined, 'Y3Vyc29y'].map((after) => ['GET /repos/{owner}/{repo}/dependabot/alerts', 'open,dismissed,auto_dismissed', after]));
});

test('code scanning alerts with the analyses that they are from', async () => {
  const ask: Ask = (route, { state }) => Promise.resolve({ data: route.endsWith('/analyses') ? [analysis, { ...analysis, commit_sha: '0000000', created_at: '2026-11-01T08:00:00Z' }] : state === 'open' ? alerts('github-code-scanning') : [], headers: {} });
  const report = await readCodeScanningAlerts(ask, about, options);
  expect(report).toMatchObject({ format: 'github-code-scanning', tools: ['codeql', 'github-code-scanning'], kinds: ['sast'], signs: { createdAt: '2026-11-21T08:00:00.000Z', subject: { commits: ['1f0c4a9d2b7e63850a1b2c3d4e5f60718293a4b5'] } } });
  expect(linesOf(report.findings)).toEqual(['high sast js/sql-injection at src/db.js:42']);
});

test('a tool that has analysed another commit is no evidence beside one that has analysed ours, nor is one of another kind', async () => {
  const ours = 'f'.repeat(40);
  const answering = (...analyses: readonly unknown[]): Ask => (route) => Promise.resolve({ data: route.endsWith('/analyses') ? analyses : [], headers: {} });
  const read = async (...analyses: readonly unknown[]) => readCodeScanningAlerts(answering(...analyses), { ...about, commits: [ours] }, options);
  const image = { ...analysis, tool: { name: 'Trivy' }, commit_sha: ours };
  expect(await read(analysis, image)).toMatchObject({ tools: ['trivy', 'github-code-scanning'], kinds: ['sca'], signs: { subject: { commits: [ours] } } });
  expect(await read({ ...analysis, commit_sha: ours }, { ...image, tool: { name: 'Odd Lint' } })).toMatchObject({ tools: ['codeql', 'odd-lint', 'github-code-scanning'], kinds: ['sast'] });
  expect(await read(analysis)).toMatchObject({ tools: ['codeql', 'github-code-scanning'], signs: { subject: { commits: [analysis.commit_sha] } } });
});

test('no alert is clean only when something was analysed', async () => {
  const answering = (analyses: readonly unknown[]): Ask => (route) => Promise.resolve({ data: route.endsWith('/analyses') ? analyses : [], headers: {} });
  expect(await verdict(readCodeScanningAlerts(answering([analysis]), about, options))).toEqual(['ok', '']);
  expect(await verdict(readCodeScanningAlerts(answering([]), about, options))).toEqual(['nothing scanned', 'There is no analysis of this branch on GitHub.']);
  expect(await verdict(readCodeScanningAlerts(answering([{ ...analysis, error: 'SARIF is too large' }]), about, options))).toEqual(['scanner failed', 'GitHub could not take an analysis: SARIF is too large']);
  expect(await verdict(readCodeScanningAlerts(() => refused(404, 'no analysis found'), about, options))).toEqual(['nothing scanned', 'There is no analysis of this branch on GitHub.']);
});

test('what GitHub refuses is no clean report', async () => {
  const dependabot = (status: number, message: string) => verdict(readDependabotAlerts(() => refused(status, message), about, options));
  const why = (reason: string): readonly string[] => ['unreadable', `GitHub did not give its alerts: ${reason}.`];
  expect(await dependabot(403, 'Resource not accessible by integration')).toEqual(why('the token may not read them'));
  expect(await dependabot(404, 'Not Found')).toEqual(why('the token may not read them'));
  expect(await dependabot(401, 'Bad credentials')).toEqual(why('it does not take the token'));
  expect(await dependabot(403, 'API rate limit exceeded for installation ID 1.')).toEqual(why('its rate limit is reached'));
  expect(await dependabot(502, 'Bad gateway')).toEqual(why('Bad gateway'));
  const isOff = ['nothing scanned', 'This is switched off for the repository: see its settings, under Advanced Security.'];
  expect(await dependabot(403, 'Dependabot alerts are disabled for this repository.')).toEqual(isOff);
  expect(await verdict(readCodeScanningAlerts(() => refused(403, 'Advanced Security must be enabled for this repository to use code scanning.'), about, options))).toEqual(isOff);
  expect(await verdict(readDependabotAlerts(() => Promise.resolve({ data: { message: 'odd' }, headers: {} }), about, options))).toEqual(['unreadable', expect.stringContaining('is an object, expected is a list')]);
  const endless: Ask = (_route, { page = '1' }) => Promise.resolve({ data: [], headers: { link: `<https://api.github.com/x?page=${Number(page) + 1}>; rel="next"` } });
  expect(await verdict(readDependabotAlerts(endless, about, options))).toEqual(['incomplete', 'GitHub has more than 10000 alerts; the rest was not fetched.']);
});
