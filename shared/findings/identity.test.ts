import { expect, jest, test } from '@jest/globals';
import { normaliseAlias, aliasesIn } from './alias.ts';
import { createCollector } from './collector.ts';
import { scoreOfVector } from './cvss.ts';
import { complete, isoTime, type Draft } from './draft.ts';
import type { Finding } from './finding.ts';
import { isBlotted, secretHider } from './hidden-secret.ts';
import { normalisePath } from './identity.ts';
import { packageName } from './package-name.ts';
import { plainText } from './plain-text.ts';
import { severityOfScore, severityOfWord, worst } from './severity.ts';

const hide = secretHider(() => {}, 'key');
const finding = (draft: Partial<Draft>): Finding => complete({ kind: 'sast', rule: 'R1', path: 'src/a.ts', line: 3, ...draft }, { tool: 'linter', hide, root: '/work/shop' });
const vulnerability = (name: string, version: string, aliases: readonly string[], ecosystem = 'npm'): Finding => finding({ kind: 'sca', rule: aliases[0] ?? '', aliases, package: { name, version, ecosystem } });

function keysOf(...drafts: readonly Partial<Draft>[]): readonly string[] {
  const { collect, collected } = createCollector({ hide });
  collect.tool('linter');
  for (const draft of drafts) collect.add({ kind: 'sast', rule: 'R1', path: 'src/a.ts', ...draft });
  return collected().findings.map(({ key }) => key).sort();
}

test('a key is kept over lines that move, formatting, and the checkout', () => {
  const { key } = finding({ code: 'eval(input)' });
  expect(finding({ code: '  eval(input) ', line: 90 }).key).toBe(key);
  expect(finding({ code: 'eval(input)', path: 'file:///work/shop/src/a.ts' }).key).toBe(key);
  expect(finding({ code: 'eval(input)', path: '/home/runner/work/shop/shop/src/a.ts' }).key).toBe(key);
  expect(finding({ code: 'eval(input)', path: 'D:\\a\\shop\\shop\\src\\a.ts' }).key).toBe(key);
  for (const other of [{ code: 'eval(other)' }, { code: 'eval(input)', path: 'src/b.ts' }, { code: 'eval(input)', rule: 'R2' }, { code: 'eval(input)', tool: 'other' }]) expect(finding(other).key).not.toBe(key);
});

test('findings that only lines tell apart keep their keys when they move, and one more is one more', () => {
  const two = keysOf({ line: 3 }, { line: 8 });
  expect(two).toHaveLength(2);
  expect(keysOf({ line: 13 }, { line: 18 })).toEqual(two);
  expect(keysOf({ line: 3 }, { line: 3 })).toHaveLength(1);
  const three = keysOf({ line: 1 }, { line: 3 }, { line: 8 });
  expect(three).toEqual(expect.arrayContaining([...two]));
  expect(three).toHaveLength(3);
});

test('a vulnerability is the advisory and the package, whatever its version', () => {
  const { key } = vulnerability('lodash', '4.17.11', ['CVE-2019-10744', 'GHSA-jf85-cpcp-j695']);
  expect(key).toMatch(/^vuln-[0-9a-f]{16}$/);
  expect(vulnerability('lodash', '4.17.10', ['GHSA-JF85-CPCP-J695', 'cve-2019-10744']).key).toBe(key);
  expect(vulnerability('lodash-es', '4.17.11', ['CVE-2019-10744']).key).not.toBe(key);
  expect(vulnerability('lodash', '4.17.11', ['CVE-2019-10744'], 'pypi').key).not.toBe(key);
});

test('a secret is its value, under a key', () => {
  const one = finding({ kind: 'secrets', secret: 'hunter2-hunter2', path: 'a.env', title: 'found hunter2-hunter2 here' });
  expect(finding({ kind: 'secrets', secret: 'hunter2-hunter2\n', path: 'b.env', rule: 'other', tool: 'other' }).key).toBe(one.key);
  expect(JSON.stringify(one)).not.toContain('hunter2');
  const otherKey = complete({ kind: 'secrets', rule: 'R1', secret: 'hunter2-hunter2' }, { tool: 'linter', hide: secretHider(() => {}, 'another'), root: undefined });
  expect(otherKey.secretHash).not.toBe(one.secretHash);
});

test('blotted out values name nothing; what is left of them is hidden all the same', () => {
  expect(['REDACTED', '*****', 'ghp_****abcd', 'AKIA...', '', ' '].map(isBlotted)).toEqual([true, true, true, true, true, true]);
  const hidden: string[] = [];
  const partly = complete({ kind: 'secrets', rule: 'R1', secret: 'ghp_****abcd', conceal: ['REDACTED', '****'] }, { tool: 'x', hide: (value) => String(hidden.push(value)), root: undefined });
  expect([partly.secretHash, hidden]).toEqual([undefined, ['ghp_****abcd']]);
});

test('names of advisories', () => {
  const names = ['cve-2021-44228', 'ghsa-JFH8-c2jp-5v3q', 'pysec-2019-217', 'GO-2023-1571', 'RUSTSEC-2021-0001', 'SNYK-JS-LODASH-450202', 'npm:lodash:20180130', 'DSA-5343-1', 'RHSA-2023:0946', 'ALAS2-2023-1935', 'js/sql-injection', 'CVE-21', '37093', 'DS002'];
  expect(names.map(normaliseAlias)).toEqual(['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q', 'PYSEC-2019-217', 'GO-2023-1571', 'RUSTSEC-2021-0001', 'SNYK-JS-LODASH-450202', 'npm:lodash:20180130', 'DSA-5343-1', 'RHSA-2023:0946', 'ALAS2-2023-1935', undefined, undefined, undefined, undefined]);
  expect(aliasesIn('see https://github.com/advisories/GHSA-jf85-cpcp-j695, CVE-2019-10744 and cve-2019-10744')).toEqual(['CVE-2019-10744', 'GHSA-jf85-cpcp-j695']);
});

test('the same package under the names that tools have for it', () => {
  const same = (...packages: Parameters<typeof packageName>[0][]) => expect(new Set(packages.map((one) => JSON.stringify(packageName(one)))).size).toBe(1);
  same({ name: 'Flask_Login', ecosystem: 'PyPI' }, { name: 'flask-login', ecosystem: 'pip' }, { name: 'x', purl: 'pkg:pypi/flask.login@1.0?x=y' });
  same({ name: 'org.apache.logging.log4j:log4j-core', ecosystem: 'Maven' }, { name: 'log4j-core', purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1' });
  same({ name: 'openssl/libssl1.1', ecosystem: 'debian:10' }, { name: 'libssl1.1', ecosystem: 'Debian:12' }, { name: 'libssl1.1', purl: 'pkg:deb/debian/libssl1.1@1.1.1n-0%2Bdeb10u3?arch=amd64' });
  same({ name: '@babel/core', ecosystem: 'npm' }, { name: 'core', purl: 'pkg:npm/%40babel/core@7.0.0' });
  same({ name: 'golang.org/x/net', ecosystem: 'Go' }, { name: 'golang.org/x/net', ecosystem: 'gomod' });
});

test('paths are those of the repository', () => {
  const paths = ['./src/a.ts', 'src\\a.ts', '/work/shop/src/a.ts', 'file:///work/shop/src/a.ts', '/github/workspace/src/a.ts', '/__w/shop/shop/src/a.ts', 'src//a.ts'];
  expect(new Set(paths.map((path) => normalisePath(path, '/work/shop')))).toEqual(new Set(['src/a.ts']));
  expect(['/usr/lib/x.so', 'https://example.com//a', '/work/shopping/a', 'file:///C:/x/%20a'].map((path) => normalisePath(path, '/work/shop'))).toEqual(['/usr/lib/x.so', 'https://example.com//a', '/work/shopping/a', 'C:/x/ a']);
});

test('severities: words, scores by version, vectors', () => {
  expect(['CRITICAL', 'Moderate', 'important', 'Negligible', 'note', 'Severe', 'constructor', ''].map(severityOfWord)).toEqual(['critical', 'medium', 'high', 'info', 'low', 'unknown', 'unknown', 'unknown']);
  expect([9, 8.9, 4, 3.9, 0.1, 0, -1, 11, Number.NaN].map((score) => severityOfScore(score))).toEqual(['critical', 'high', 'medium', 'low', 'low', 'info', 'unknown', 'unknown', 'unknown']);
  expect(severityOfScore(10, 2)).toBe('high');
  // The calculators at https://www.first.org/cvss/
  expect(['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '(AV:N/AC:L/Au:N/C:P/I:P/A:P)', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U', 'CVSS:3.1/AV:N', 'none'].map(scoreOfVector))
    .toEqual([{ score: 9.8, version: 3 }, { score: 7.5, version: 2 }, { score: 9.3, version: 4 }, undefined, undefined]);
  expect([worst(['low', 'unknown']), worst(['unknown']), worst(['info', 'critical'])]).toEqual(['low', 'unknown', 'critical']);
});

test('a vector that is none prints nothing', () => {
  const printed = jest.spyOn(console, 'warn').mockImplementation(() => {});
  expect(['CVSS:3.1/AV:N/::error::x', 'CVSS:4.0/Q:Q', 'AV:N/AC:\n::error::'].map(scoreOfVector)).toEqual([undefined, undefined, undefined]);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

test('texts are one line that turns nothing round, and times are UTC', () => {
  expect(plainText(`a\n::error::b\u202Ec\u0000 d${'x'.repeat(400)}`, 20)).toBe('a ::error::b c dxxxx…');
  const times = ['2026-11-21T08:10:11.123456789Z', '2026-11-21 08:10:11.123456789 +0000 UTC', 'Sat, 21 Nov 2026 08:10:11', '2026-11-21 08:10:11', '2026-11-21T08:10:11', '2026-11-21T09:10:11+01:00', 'soon'];
  expect(times.map(isoTime).map((time) => time?.slice(0, 19))).toEqual([...Array.from({ length: 6 }, () => '2026-11-21T08:10:11'), undefined]);
});
