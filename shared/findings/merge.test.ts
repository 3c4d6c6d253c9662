import { expect, test } from '@jest/globals';
import { lineOf, readReport } from '#shared/testing/report-lines';
import { complete, type Draft } from './draft.ts';
import type { Finding, MergedFinding } from './finding.ts';
import { mergeFindings } from './merge.ts';

const found = (tool: string, draft: Partial<Draft>): Finding => complete({ kind: 'sca', rule: '', ...draft }, { tool, hide: (value) => `hash of ${value.length}`, root: undefined });
const vulnerability = (tool: string, aliases: readonly string[], of: Draft['package'], word?: 'critical' | 'high' | 'low'): Finding =>
  found(tool, { rule: aliases[0] ?? '', aliases, package: of, claims: word === undefined ? [] : [{ severity: word, from: 'label', text: word }] });
const told = (merged: readonly MergedFinding[]): string[] => merged.map((one) => `${one.severity} ${one.aliases.join('+')} ${one.package?.name ?? '-'} by ${one.tools.join('+')}${one.isDisputed ? ', disputed' : ''}`);

const npm = { name: 'lodash', ecosystem: 'npm' };

test('one problem under several names in several tools is one, and the highest severity counts', () => {
  const merged = mergeFindings([
    vulnerability('trivy', ['CVE-2019-10744'], { ...npm, version: '4.17.11' }, 'high'), vulnerability('osv-scanner', ['GHSA-jf85-cpcp-j695', 'CVE-2019-10744'], npm, 'critical'),
    vulnerability('npm-audit', ['GHSA-jf85-cpcp-j695'], npm, 'critical'), vulnerability('pip-audit', ['CVE-2019-10744'], { name: 'lodash', ecosystem: 'pypi' }, 'low'),
  ]);
  expect(told(merged)).toEqual(['critical CVE-2019-10744+GHSA-jf85-cpcp-j695 lodash by npm-audit+osv-scanner+trivy, disputed', 'low CVE-2019-10744 lodash by pip-audit']);
  expect(merged[0]?.sources.map(({ tool, severity }) => `${tool} ${severity}`).sort()).toEqual(['npm-audit critical', 'osv-scanner critical', 'trivy high']);
});

test('the key does not depend on who came first or knew which name', () => {
  const sources = [vulnerability('a', ['GHSA-jf85-cpcp-j695'], npm), vulnerability('b', ['CVE-2019-10744', 'GHSA-jf85-cpcp-j695'], { name: 'lodash' }), vulnerability('c', ['CVE-2019-10744'], npm)];
  const [one] = mergeFindings(sources);
  expect(mergeFindings(sources.toReversed())).toEqual([one]);
  expect(one?.key).toBe(sources[2]?.key);
  expect(one?.keys).toEqual([...new Set(sources.map(({ key }) => key))].sort());
});

test('without an ecosystem or a package, it is the only one there is; of two, none', () => {
  const bare = vulnerability('sarif-tool', ['CVE-2019-10744'], undefined, 'high');
  const nameless = vulnerability('safety', ['CVE-2019-10744'], { name: 'lodash' }, 'high');
  expect(told(mergeFindings([bare, nameless, vulnerability('trivy', ['CVE-2019-10744'], npm, 'high')]))).toEqual(['high CVE-2019-10744 lodash by safety+sarif-tool+trivy']);
  const two = [vulnerability('trivy', ['CVE-2019-10744'], npm, 'high'), vulnerability('trivy', ['CVE-2019-10744'], { name: 'lodash-es', ecosystem: 'npm' }, 'high')];
  expect(mergeFindings([...two, bare])).toHaveLength(3);
});

test('a transitive chain of names joins all', () => {
  const chain = [vulnerability('a', ['PYSEC-2019-217'], { name: 'Jinja2', ecosystem: 'pypi' }), vulnerability('b', ['GHSA-462w-v97r-4m45', 'PYSEC-2019-217'], { name: 'jinja2', ecosystem: 'pip' }), vulnerability('c', ['CVE-2019-10906', 'GHSA-462w-v97r-4m45'], { name: 'jinja2', purl: 'pkg:pypi/jinja2@2.10' })];
  expect(told(mergeFindings(chain))).toEqual(['unknown CVE-2019-10906+GHSA-462w-v97r-4m45+PYSEC-2019-217 jinja2 by a+b+c']);
});

test('what one source knows more is kept, and what one sets aside still counts by the others', () => {
  const open = { ...vulnerability('grype', ['CVE-2019-10744'], npm, 'low'), epss: 0.4, firstSeen: '2026-02-01T00:00:00.000Z', scope: 'runtime' as const };
  const aside = { ...vulnerability('trivy', ['CVE-2019-10744'], { ...npm, purl: 'pkg:npm/lodash@4.17.11' }, 'critical'), suppressedBy: { by: 'a file' }, knownExploited: true, fixedIn: ['4.17.12'], firstSeen: '2026-01-01T00:00:00.000Z', scope: 'development' as const };
  const [both] = mergeFindings([open, aside]);
  expect(both).toMatchObject({ severity: 'low', isDisputed: false, knownExploited: true, epss: 0.4, fixedIn: ['4.17.12'], firstSeen: '2026-01-01T00:00:00.000Z', scope: 'runtime', package: { purl: 'pkg:npm/lodash@4.17.11' } });
  expect(both).not.toHaveProperty('suppressedBy');
  expect(mergeFindings([aside])[0]).toMatchObject({ suppressedBy: { by: 'a file' }, severity: 'critical', scope: 'development' });
});

test('a place that a tool tells in two formats is one; other tools there are others', () => {
  const at = (tool: string, code: string): Finding => found(tool, { kind: 'sast', rule: 'eval', path: 'src/a.js', line: 3, code });
  expect(mergeFindings([at('semgrep', 'eval(x)'), at('semgrep', 'requires login')])).toHaveLength(1);
  expect(mergeFindings([at('semgrep', 'eval(x)'), at('codeql', 'eval(x)')])).toHaveLength(2);
});

test('reports of real tools over one project', async () => {
  const reports = [];
  for (const path of ['npm-audit/found.json', 'pnpm-audit/found.json', 'osv-scanner/found.json', 'sarif/osv-scanner.sarif', 'pip-audit/found.json', 'gitleaks/found.json', 'sarif/gitleaks.sarif', 'trufflehog/found.jsonl']) reports.push(await readReport(path));
  const merged = mergeFindings(reports.flatMap(({ findings }) => findings));
  expect(merged.map((one) => `${lineOf(one).split(' ').slice(0, 2).join(' ')} ${one.package?.name ?? one.locations.map(({ path }) => path).join(' ')} by ${one.tools.join('+')}`).sort()).toEqual([
    'critical sca lodash by npm-audit+osv-scanner+pnpm-audit', 'critical sca minimist by npm-audit+pnpm-audit', 'critical secrets config.env by gitleaks+trufflehog',
    'critical secrets config.env copy.env by gitleaks+trufflehog', 'high sca jinja2 by osv-scanner+pip-audit',
  ]);
});
