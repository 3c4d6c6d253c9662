import { describe, expect, test } from '@jest/globals';
import { finding, decided, merged, NOW, OK, report, secret } from '#shared/testing/findings';
import { parseWaivers } from '#shared/policy/waiver';
import { renderSummary } from '#shared/runner/summary';
import { annotationsOf } from './annotations.ts';
import { reportLines } from './report-text.ts';
import { mergedSarif } from './sarif.ts';
import { summarySections } from './summary.ts';
import { headline } from './wording.ts';

const other = (index: number, given: object = {}) => merged(finding({ key: `key-${index}`, rule: `CVE-2026-${1_000 + index}`, aliases: [`CVE-2026-${1_000 + index}`], ...given }));
const waivers = parseWaivers({ waivers: [
  { finding: 'CVE-2026-1111', stages: ['staging'], reason: 'Redirects are off.', 'requested-by': 'ada', 'approved-by': 'grace', created: '2026-11-10', expires: '2026-11-30' },
  { finding: 'CVE-2026-1002', stages: ['staging'], severity: 'low', reason: 'Only in a test.', 'requested-by': 'ada', 'approved-by': 'grace', created: '2026-11-10', expires: '2026-12-01' },
] }, NOW);
const mixed = () => decided('staging', [merged(finding()), other(2, { fixedIn: [], url: 'https://example.com/CVE-2026-1002' }), merged(secret), other(3, { severity: 'low' })], { waivers });

describe('the headline', () => {
  test.each([
    [() => decided('build', []), 'build may go on: nothing blocks. 0 findings in 1 sound report.'],
    [() => decided('build', [other(1), other(2, { severity: 'low' })]), 'build may go on: nothing blocks. 2 findings in 1 sound report (1 high, 1 low; 2 new).'],
    [() => decided('staging', [other(1)]), 'staging is blocked by 1 finding (1 high).'],
    [() => decided('preview', [other(1), merged(secret)]), 'preview would be blocked by 2 findings (1 critical, 1 high).'],
    [() => decided('dast-weekly', [], { reports: [] }), 'dast-weekly is held: 1 report of 1 is no evidence (dast: missing). 0 findings in 0 sound reports.'],
    [() => decided('staging', [other(1)], { reports: [{ report: OK }, { report: report({ path: 'b.json', fault: { kind: 'empty', reason: 'It is empty.' } }) }] }), 'staging is blocked by 1 finding (1 high), and 1 report of 2 is no evidence (b.json: empty).'],
  ])('%#', (decision, wanted) => expect(headline(decision())).toBe(wanted));
});

test('the summary has the verdict first, then what blocks and what to do, what is let through and until when, and the evidence', () => {
  expect(renderSummary(summarySections(mixed(), 'api'))).toBe(`## ❌ Security gate · staging · api

staging is blocked by 2 findings (1 critical, 1 high).

## What blocks, and how to mend it

| Severity | Finding | Where | What to do | Found by | Rule |
| --- | --- | --- | --- | --- | --- |
| critical, new | aws-access-token: AWS access token | services/erp/settings.py:3 | Revoke it where it was issued, then take it out of the code and give it as a secret. | gitleaks | high or worse |
| high, new | [CVE-2026-1002: Requests follows redirects too far](<https://example.com/CVE-2026-1002>) | requests 2.31.0 (services/erp/requirements.txt:7) | No version without it is known: replace requests, or have it waived for a while. Its waiver (waivers\\[1\\]) does not hold: it bears low at most, and the finding is high. | trivy | high or worse |

## Waived

| Severity | Finding | Where | Until | Allowed by | Because |
| --- | --- | --- | --- | --- | --- |
| high, new | CVE-2026-1111: Requests follows redirects too far | requests 2.31.0 (services/erp/requirements.txt:7) | 2026-11-30 (in 8d 12h) | grace (unchecked) | Redirects are off. |

## Waivers to look at

| Waiver | For | State | Why | Requested by |
| --- | --- | --- | --- | --- |
| waivers\\[0\\] | CVE-2026-1111 | expires soon | it expires on 2026-11-30 | ada |
| waivers\\[1\\] | CVE-2026-1002 | void | it bears low at most, and the finding is high | ada |

## Evidence

| Report | Tool | Kind | Status | What it tells |
| --- | --- | --- | --- | --- |
| reports/trivy.json | trivy | sast, sca, container, secrets, dast | ✅ ok | made 2026-11-20T00:00:00Z |

## Findings

| Severity | All | New | Blocking |
| --- | --- | --- | --- |
| critical | 1 | 1 | 1 |
| high | 2 | 2 | 1 |
| medium | 0 | 0 | 0 |
| low | 1 | 1 | 0 |
| info | 0 | 0 | 0 |
| unknown | 0 | 0 | 0 |
`);
});

test('the log says what to do, and ends with the verdict unless the step fails with it', () => {
  const lines = reportLines(mixed());
  expect(lines.slice(0, 3)).toEqual(['CRITICAL  aws-access-token: AWS access token', '    services/erp/settings.py:3 · gitleaks', '    Revoke it where it was issued, then take it out of the code and give it as a secret.']);
  expect(lines.slice(-2)).toEqual(['waivers[1] void: it bears low at most, and the finding is high', 'ok  reports/trivy.json (trivy)  made 2026-11-20T00:00:00Z']);
  expect(reportLines(decided('preview', [other(1)])).slice(-2)).toEqual(['', 'preview would be blocked by 1 finding (1 high).']);
});

test('a sign-off is told with the hash that it has to be for', () => {
  const decision = decided('production', [other(1)]);
  expect(renderSummary(summarySections(decision, undefined))).toContain(`<code>${decision.signOffHash}</code>`);
  expect(reportLines(decision)).toContain(`A sign-off of these findings is for ${decision.signOffHash}`);
});

describe('annotations', () => {
  test('are at the lines of the ten most important', () => {
    const many = [merged(secret), ...Array.from({ length: 20 }, (_, index) => other(index, { location: { path: `src/${index}.py`, line: index, endLine: index + 1 } }))];
    const found = annotationsOf(decided('staging', many));
    expect(found.map(({ level }) => level)).toEqual([...Array.from({ length: 9 }, () => 'error'), 'warning']);
    expect(found[0]).toMatchObject({ title: 'critical: aws-access-token: AWS access token', path: 'services/erp/settings.py', line: 3 });
    expect(found[1]).toMatchObject({ path: 'src/0.py', line: 0, endLine: 1, message: expect.stringContaining('Update requests from 2.31.0 to 2.32.0.') });
  });

  test('of a preview are warnings, and what is in no file has no line', () => {
    expect(annotationsOf(decided('preview', [other(1, { location: { path: 'https://shop.example.com/login' } })]))).toEqual([expect.not.objectContaining({ path: expect.anything() })]);
    expect(annotationsOf(decided('preview', [other(1)]))[0]?.level).toBe('warning');
    expect(annotationsOf(decided('build', [other(1)]))).toEqual([]);
  });
});

interface SarifFile { readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly properties: object }[] } }; readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly locations: readonly object[] }[] }[] }
const sarif = (decision: Parameters<typeof mergedSarif>[0]): SarifFile => JSON.parse(mergedSarif(decision, undefined)?.text ?? '{}') as SarifFile;

describe('the SARIF', () => {
  test('has every finding with its rule, place and severity, and what was set aside as suppressed', () => {
    const [run] = sarif(mixed()).runs;
    expect(run?.results.map(({ ruleId, ruleIndex }) => ruleId === run.tool.driver.rules[ruleIndex]?.id)).toEqual([true, true, true, true]);
    expect(run?.tool.driver.rules[0]).toMatchObject({ id: 'gitleaks/aws-access-token', properties: { 'security-severity': '9.5', tags: ['security', 'secrets'] } });
    expect(run?.results.find(({ ruleId }) => ruleId === 'CVE-2026-1111')).toMatchObject({
      level: 'error', partialFingerprints: { primaryLocationLineHash: 'key-of-CVE-2026-1111' }, suppressions: [{ kind: 'external', status: 'accepted', justification: 'Redirects are off.' }],
      locations: [{ physicalLocation: { artifactLocation: { uri: 'services/erp/requirements.txt' }, region: { startLine: 7 } } }],
    });
  });

  test('gives every result a place that GitHub takes', () => {
    const placed = (one: ReturnType<typeof finding>) => sarif(decided('staging', [merged(one)])).runs[0]?.results[0]?.locations;
    for (const [path, uri] of [['https://shop.example.com/a b?c', 'shop.example.com/a%20b?c'], ['/etc/passwd', 'etc/passwd'], ['', 'unknown'], ['src/ü.py', 'src/%C3%BC.py']]) {
      expect(placed(finding({ location: { path: path! } }))).toEqual([{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } }]);
    }
    const bare = Object.fromEntries(Object.entries(finding()).filter(([name]) => name !== 'location')) as unknown as ReturnType<typeof finding>;
    expect(JSON.stringify(placed(bare))).toContain('"uri":"requests"');
  });

  test('stays within the limits, the most important first', () => {
    const decision = decided('staging', Array.from({ length: 6_000 }, (_, index) => other(index, { severity: index === 5_999 ? 'critical' : 'low' })), { reports: [{ report: OK }, { report: report({ beyond: { low: 10 } }) }] });
    expect(mergedSarif(decision, undefined)?.left).toBe(1_010);
    const { results, tool } = sarif(decision).runs[0]!;
    expect([results.length, results[0]?.ruleId, tool.driver.rules.length]).toEqual([5_000, 'CVE-2026-6999', 5_000]);
  });

  test('is none where evidence is missing, and an empty one where nothing was found', () => {
    expect(mergedSarif(decided('build', [other(1)], { reports: [] }), undefined)).toBeUndefined();
    expect(sarif(decided('build', [])).runs[0]?.results).toEqual([]);
  });
});
