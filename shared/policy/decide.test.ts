import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Evidence } from '#shared/findings/evidence';
import type { MergedFinding } from '#shared/findings/finding';
import { decided, finding, merged, NOW, OK, report, secret } from '#shared/testing/findings';
import type { Case } from './decide.ts';
import { parsePolicy } from './parse-policy.ts';

const severities = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const;
describe('the gates of the built-in policy', () => {
  test.each([
    ['pre-commit', [0, 0, 0, 0, 0, 0]], ['build', [1, 0, 0, 0, 0, 0]], ['staging', [1, 1, 0, 0, 0, 1]], ['production', [1, 1, 1, 0, 0, 1]], ['dast-weekly', [1, 1, 0, 0, 0, 0]], ['preview', [1, 1, 0, 0, 0, 1]],
  ])('%s', (stage, blocking) => {
    expect(severities.map((severity) => decided(stage, [merged(finding({ severity }))]).blocking)).toEqual(blocking);
  });

  test.each(['pre-commit', 'build', 'staging', 'production'])('%s blocks on any secret', (stage) => {
    expect(decided(stage, [merged(secret)])).toMatchObject({ verdict: 'fail', isOpen: false, blocking: 1 });
  });

  test('a preview tells its verdict and stays open', () => {
    expect(decided('preview', [merged(finding())])).toMatchObject({ verdict: 'fail', isOpen: true, blocking: 1 });
    expect(decided('preview', [], { reports: [] })).toMatchObject({ verdict: 'inconclusive', isOpen: true });
  });
});

describe('evidence', () => {
  test('all of it there, and nothing found, passes', () => {
    expect(decided('staging', [])).toMatchObject({ verdict: 'pass', isOpen: true, blocking: 0, newCount: 0 });
  });

  test('none at all is inconclusive, and names each kind', () => {
    const { verdict, isOpen, evidence } = decided('build', [], { reports: [] });
    expect({ verdict, isOpen }).toEqual({ verdict: 'inconclusive', isOpen: false });
    expect(evidence.map(({ path, status }) => `${path} ${status}`)).toEqual(['sast missing', 'sca missing', 'container missing', 'secrets missing']);
  });

  test('one damaged report among sound ones does not pass, even one nobody asked for', () => {
    expect(decided('dast-weekly', [], { reports: [{ report: OK }, { report: report({ kinds: ['sast'], signs: { failures: ['It fell over.'] } }) }] })).toMatchObject({ verdict: 'inconclusive', isOpen: false });
    const missing: Evidence = { path: 'reports/*.sarif', tools: [], kinds: [], status: 'missing', reason: 'No file fits.', remarks: [] };
    expect(decided('build', [], { missing: [missing] })).toMatchObject({ verdict: 'inconclusive', isOpen: false });
  });

  test('what blocks is told before what is missing', () => {
    expect(decided('build', [merged(finding({ severity: 'critical' }))], { reports: [] })).toMatchObject({ verdict: 'fail' });
  });

  test('of named tools has to come from each of them', () => {
    const policy = parsePolicy(parse('stages: { s: { require: [{ kind: sca, tools: [Snyk, trivy] }], block: { severity: high } } }'));
    expect(decided('s', [], { policy }).evidence.map(({ path, status }) => `${path} ${status}`)).toEqual(['reports/trivy.json ok', 'sca: snyk missing']);
  });

  test('incomplete is taken only where the policy says so', () => {
    const gap = { report: report({ signs: { gaps: ['It does not know acme-tools.'] } }) };
    const policy = (more: string) => parsePolicy(parse(`stages: { s: { require: [{ kind: sca${more} }], block: { severity: high } } }`));
    expect(decided('s', [], { policy: policy(''), reports: [gap] })).toMatchObject({ verdict: 'inconclusive', evidence: [{ status: 'incomplete' }] });
    expect(decided('s', [], { policy: policy(', accept-incomplete: true'), reports: [gap] })).toMatchObject({ verdict: 'pass', evidence: [{ status: 'ok', remarks: ['It does not know acme-tools.'] }] });
  });

  test('findings beyond what is kept count by their severity', () => {
    const crowd = { report: report({ beyond: { low: 5, high: 2 } }) };
    expect(decided('staging', [], { reports: [{ report: OK }, crowd] })).toMatchObject({ verdict: 'fail', blocking: 2, counts: { low: 5, high: 2 }, newCount: 7 });
  });
});

describe('rules', () => {
  const blocks = (rule: string, one: MergedFinding, given: Partial<Case> = {}): boolean =>
    decided('s', [one], { policy: parsePolicy(parse(`stages: { s: { require: sca, block: [${rule}] } }`)), ...given }).blocking === 1;
  const feeds = { kev: new Set(['CVE-2026-1111']), epss: new Map([['CVE-2026-1111', 0.4]]) };
  const feedsAt = { kev: NOW, epss: NOW };

  test.each([
    ['{ fixable: true }', {}, true], ['{ fixable: true }', { fixedIn: [] }, false], ['{ fixable: false }', { fixedIn: [] }, true],
    ['{ tools: Trivy }', {}, true], ['{ tools: grype }', {}, false], ['{ kinds: [sast, sca] }', {}, true], ['{ kinds: sast }', {}, false],
    ['{ packages: "requests@2.*" }', {}, true], ['{ packages: "pkg:pypi/requests" }', {}, true], ['{ packages: flask }', {}, false],
    ['{ paths: services/erp/ }', {}, true], ['{ paths: services/web/ }', {}, false],
    ['{ licences: "AGPL-*" }', { kind: 'licence', rule: 'AGPL-3.0-only', aliases: [] }, true], ['{ licences: "AGPL-*" }', { licence: 'MIT' }, false], ['{ licences: "AGPL-*" }', {}, false],
    ['{ scope: runtime }', {}, true], ['{ scope: runtime }', { scope: 'development' }, false], ['{ scope: development }', { scope: 'development' }, true],
    ['{ kev: true }', { knownExploited: true }, true], ['{ severity: low, older-than: 30d }', {}, true], ['{ severity: low, older-than: 30d }', { firstSeen: '2026-11-01T00:00:00Z' }, false],
    ['{ older-than: 30d }', { firstSeen: '2026-10-01T00:00:00Z' }, true], ['{ older-than: 30d }', { firstSeen: 'yesterday' }, true],
    ['{ severity: low, new: true }', {}, true], ['{ severity: unknown }', { severity: 'unknown', claims: [] }, true], ['{ severity: info }', { severity: 'unknown', claims: [] }, false],
  ] as const)('%s on %j: %s', (rule, given, wanted) => expect(blocks(rule, merged(finding(given as object)))).toBe(wanted));

  test.each([
    ['{ kev: true }', {}, true], ['{ kev: true }', { aliases: ['CVE-2026-2222'] }, false], ['{ epss: 0.3 }', {}, true], ['{ epss: 0.5 }', {}, false],
    ['{ epss: 0.5 }', { aliases: ['CVE-2026-2222'] }, true], ['{ epss: 0.5 }', { aliases: [], kind: 'sast' }, false], ['{ epss: 0.5 }', { epss: 0.6 }, true],
  ] as const)('with feeds, %s on %j: %s', (rule, given, wanted) => expect(blocks(rule, merged(finding(given as object)), { feeds, feedsAt })).toBe(wanted));

  test('that ask for feeds do not pass without them, or with old ones', () => {
    const policy = parsePolicy(parse('stages: { s: { require: sca, block: [{ kev: true }, { severity: low, epss: 0.1 }] } }'));
    expect(decided('s', [], { policy })).toMatchObject({ verdict: 'inconclusive', evidence: [{ status: 'ok' }, { path: 'kev-file', status: 'missing' }, { path: 'epss-file', status: 'missing' }] });
    expect(decided('s', [], { policy, feeds, feedsAt: { kev: new Date('2026-11-01') } })).toMatchObject({ verdict: 'inconclusive', evidence: [{}, { status: 'stale' }, { status: 'stale' }] });
    expect(decided('s', [], { policy, feeds, feedsAt })).toMatchObject({ verdict: 'pass' });
  });

  test('the worst source counts, unless the policy ranks them', () => {
    const claims = (severity: 'critical' | 'low', source: string) => [{ severity, from: 'label' as const, text: severity, source }];
    const one = merged(finding({ severity: 'critical', claims: claims('critical', 'nvd') }), finding({ key: 'b', tool: 'grype', severity: 'low', claims: claims('low', 'redhat') }));
    const ranked = (names: string) => parsePolicy(parse(`{ stages: { s: { require: sca, block: { severity: medium } } }, severity-from: [${names}] }`));
    expect(['ghsa', 'nvd', 'redhat', 'grype', 'ghsa, redhat'].map((names) => decided('s', [one], { policy: ranked(names) }).blocking)).toEqual([1, 1, 0, 0, 0]);
  });
});
