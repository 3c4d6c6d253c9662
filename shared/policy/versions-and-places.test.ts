import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createCollector } from '#shared/findings/collector';
import { mergeFindings } from '#shared/findings/merge';
import { decided, NOW } from '#shared/testing/findings';
import { parsePolicy } from './parse-policy.ts';
import { parseWaivers } from './waiver.ts';

describe('a report that has a package in two files and versions, and a secret in two files', () => {
  const { collect, collected } = createCollector({ hide: () => 'f00' });
  for (const [version, path, scope] of [['3.0.0', 'legacy/package-lock.json', 'development'], ['4.0.0', 'app/package-lock.json', 'runtime']] as const) {
    const claims = [{ severity: 'high', from: 'label', text: 'HIGH' }] as const;
    collect.add({ kind: 'sca', tool: 'trivy', rule: 'CVE-2026-1111', package: { name: 'lodash', version, ecosystem: 'npm', purl: `pkg:npm/lodash@${version}` }, path, scope, claims });
    // As Yarn writes it: no file, and a line for each way to the package.
    collect.add({ kind: 'sca', tool: 'yarn-audit', rule: 'CVE-2026-3333', package: { name: 'ws', version: '1.0.0', ecosystem: 'npm' }, scope, claims });
    collect.add({ kind: 'secrets', tool: 'gitleaks', rule: 'aws-access-token', path: path.replace('package-lock.json', '.env'), secret: 'placeholder' });
  }
  const all = mergeFindings(collected().findings);
  const lodash = all.filter(({ aliases }) => aliases.includes('CVE-2026-1111'));
  const outcomesWith = (given: Partial<Parameters<typeof decided>[2]>): readonly string[] => decided('staging', lodash, given).judgements.map(({ outcome }) => outcome);
  const ignore = { file: '.trivyignore', tool: 'trivy', id: 'CVE-2026-1111', packages: [], purl: undefined, paths: [], until: undefined, reason: undefined };
  const exemption = { file: 'vex.json', ids: ['CVE-2026-1111'], reason: 'not_affected: component_not_present' };

  test('it is one finding', () => expect(lodash).toMatchObject([{ occurrences: 2, locations: [{ path: 'app/package-lock.json' }, { path: 'legacy/package-lock.json' }], sources: [{}, {}] }]));

  test.each([
    [{ finding: 'CVE-2026-1111', paths: 'legacy/' }, 'blocks'], [{ package: 'lodash@3.0.0' }, 'blocks'], [{ package: 'lodash@4.0.0' }, 'blocks'],
    [{ paths: ['legacy/', 'app/'] }, 'waived'], [{ package: 'lodash' }, 'waived'], [{ package: 'lodash@*' }, 'waived'],
  ])('a waiver for %j: %s', (given, wanted) => {
    const waiver = { stages: ['staging'], reason: 'Not reachable: redirects are off.', 'requested-by': 'ada', 'approved-by': 'grace', created: '2026-11-10', expires: '2026-12-01', ...given };
    expect(outcomesWith({ waivers: parseWaivers({ waivers: [waiver] }, NOW) })).toEqual([wanted]);
  });

  test('ignores and VEX speak for what they name', () => {
    const ignored = (...given: readonly object[]): readonly string[] => outcomesWith({ ignores: given.map((one) => ({ ...ignore, ...one })) });
    expect([ignored({ paths: ['legacy/**'] }), ignored({ packages: ['lodash@3.0.0'] }), ignored({ paths: ['legacy/**'] }, { packages: ['lodash@4.0.0'] })]).toEqual([['blocks'], ['blocks'], ['suppressed']]);
    const exempt = (...packages: readonly string[]): readonly string[] => outcomesWith({ exemptions: packages.map((one) => ({ ...exemption, packages: [one] })) });
    expect([exempt('pkg:npm/lodash@3.0.0'), exempt('pkg:npm/lodash@3.0.0', 'pkg:npm/lodash@4.0.0'), exempt('pkg:npm/lodash')]).toEqual([['blocks'], ['not affected'], ['not affected']]);
  });

  test.each([['severity: high, paths: app/', ['lodash']], ['kinds: secrets, paths: app/', [undefined]], ['severity: high, scope: runtime', ['lodash', 'ws']]])('a rule of %s blocks them', (rule, blocked) => {
    const policy = parsePolicy(parse(`stages: { staging: { require: sca, block: { ${rule} } } }`));
    expect(decided('staging', all, { policy }).judgements.filter(({ outcome }) => outcome === 'blocks').map(({ facts }) => facts.finding.package?.name).sort()).toEqual(blocked);
  });

  test('a sign-off is for all versions', () => {
    const hashes = [lodash, mergeFindings(lodash[0]!.sources.slice(1)), mergeFindings(lodash[0]!.sources.slice(0, 1))].map((findings) => decided('production', findings).signOffHash);
    expect(new Set(hashes).size).toBe(3);
  });
});
