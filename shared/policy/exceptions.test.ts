import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { decided, finding, merged, NOW, secret } from '#shared/testing/findings';
import { baselineOf, storedBaseline } from './baseline.ts';
import type { Decision } from './decision.ts';
import { samePackage } from './exemption.ts';
import { explain, meantBy } from './explain.ts';
import { parsePolicy } from './parse-policy.ts';
import { type Approval, checkStages, parseWaivers, type Waivers } from './waiver.ts';

function outcomes({ judgements }: Decision): readonly string[] {
  return judgements.map(({ outcome }) => outcome);
}

const common = { reason: 'Not reachable: redirects are off.', 'requested-by': 'ada', 'approved-by': 'grace', created: '2026-11-10', expires: '2026-12-01' };
function waivers(...given: readonly object[]): Waivers {
  return parseWaivers({ waivers: given.map((one) => ({ stages: ['staging'], ...common, ...one })) }, NOW);
}

describe('waivers', () => {
  const one = merged(finding(), finding({ key: 'GHSA', tool: 'grype', rule: 'GHSA-aaaa-bbbb-cccc', aliases: ['GHSA-aaaa-bbbb-cccc', 'CVE-2026-1111'], location: { path: 'services/web/requirements.txt' } }));
  const at = (...given: readonly object[]): Decision => decided('staging', [one], { waivers: waivers(...given) });

  test.each([
    [{ finding: 'CVE-2026-1111' }], [{ finding: 'cve-2026-1111' }], [{ finding: 'GHSA-aaaa-bbbb-cccc' }], [{ finding: 'key-of-CVE-2026-1111' }], [{ finding: 'CVE-2026-1111', package: 'requests' }],
    [{ package: 'requests' }], [{ package: 'pkg:pypi/requests' }], [{ package: 'requests@2.31.*' }], [{ paths: 'services/' }], [{ finding: 'CVE-2026-1111', severity: 'high' }],
  ])('%j holds', (waiver) => expect(at(waiver)).toMatchObject({ verdict: 'pass', blocking: 0, judgements: [{ outcome: 'waived' }] }));

  test.each([
    [{ finding: 'CVE-2026-111' }, []], [{ finding: 'CVE-2026-1111', package: 'urllib3' }, []], [{ paths: 'services/erp/' }, []],
    [{ finding: 'CVE-2026-1111', stages: ['production'] }, ['it is for production, not for staging']],
    [{ finding: 'CVE-2026-1111', expires: '2026-11-21' }, ['it expired on 2026-11-21']],
    [{ finding: 'CVE-2026-1111', severity: 'medium' }, ['it bears medium at most, and the finding is high']],
    [{ finding: 'CVE-2026-1111', 'void-when-fixed': true }, ['the problem is mended in 2.32.0']],
    [{ finding: 'CVE-2026-1111', expires: '2026-12-11' }, ['it lasts 31d, and for high findings the policy allows 30d']],
  ])('%j does not', (waiver, reasons) => {
    const { judgements, blocking } = at(waiver);
    expect(blocking).toBe(1);
    expect(judgements[0]?.voids.map(({ reason }) => reason)).toEqual(reasons);
  });

  test.each(['', '# none yet', '{}', 'waivers:', 'waivers: []', 'waivers: []\nsign-offs:'])('none are in %j, which is no mistake', (text) => {
    expect(parseWaivers(parse(text), NOW)).toEqual({ waivers: [], signOffs: [] });
  });

  test('end at midnight, UTC, before the day', () => {
    const file = waivers({ finding: 'CVE-2026-1111' });
    const verdicts = ['2026-11-30T23:59:59.999Z', '2026-12-01T00:00:00Z'].map((now) => decided('staging', [one], { waivers: file, now: new Date(now) }).verdict);
    expect(verdicts).toEqual(['pass', 'fail']);
  });

  test('count only where the stage lets them in', () => {
    const file = waivers({ finding: 'CVE-2026-1111', stages: ['build', 'production'] });
    const worst = merged(finding({ severity: 'critical' }));
    expect(['build', 'production'].map((stage) => decided(stage, [worst], { waivers: file }).judgements[0]?.voids[0]?.reason)).toEqual(['the stage build takes no waivers', 'the stage production takes no waivers']);
  });

  test('never hold for a secret, whatever they name', () => {
    for (const waiver of [{ finding: 'aws-access-token' }, { finding: secret.key }, { paths: 'services/' }]) {
      expect(decided('staging', [merged(secret)], { waivers: waivers(waiver) })).toMatchObject({ blocking: 1, judgements: [{ voids: [{ reason: expect.stringContaining('a secret is never waived') }] }] });
    }
  });

  test('of one CVE do not hold for another that an advisory brought together with it', () => {
    const both = merged(finding({ rule: 'GHSA-x', aliases: ['GHSA-x', 'CVE-2026-1111', 'CVE-2026-2222'] }), finding({ key: 'b', rule: 'CVE-2026-2222', aliases: ['CVE-2026-2222'] }));
    expect(decided('staging', [both], { waivers: waivers({ finding: 'CVE-2026-1111' }) }).blocking).toBe(1);
    const joined = merged(finding(), finding({ key: 'b', rule: 'PYSEC-2026-1', aliases: ['PYSEC-2026-1', 'GHSA-x'] }));
    expect(decided('staging', [joined], { waivers: waivers({ finding: 'CVE-2026-1111' }) }).blocking).toBe(0);
  });

  test.each<[Approval, string, number]>([
    [{ state: 'unchecked', reason: 'no token' }, 'checked', 0], [{ state: 'unchecked', reason: 'no token' }, 'proven', 1], [{ state: 'proven', by: 'review' }, 'proven', 0],
    [{ state: 'refuted', reason: 'grace wrote it' }, 'checked', 1], [{ state: 'refuted', reason: 'grace wrote it' }, 'stated', 0],
  ])('whose approval is %j block, where it has to be %s: %i', (approval, asked, blocking) => {
    const file = waivers({ finding: 'CVE-2026-1111' });
    const policy = parsePolicy({ stages: { staging: { require: 'sca', block: { severity: 'high' }, exceptions: 'waivers' } }, waivers: { approval: asked } });
    expect(decided('staging', [one], { policy, waivers: { ...file, waivers: file.waivers.map((waiver) => ({ ...waiver, approval })) } }).blocking).toBe(blocking);
  });

  test('that want attention are told', () => {
    const { waiverNotes } = at({ finding: 'CVE-2026-1111' }, { finding: 'CVE-2020-1' }, { finding: 'CVE-2020-2', expires: '2026-11-15' }, { finding: 'GHSA-aaaa-bbbb-cccc', severity: 'low' });
    expect(waiverNotes.map(({ state, waiver }) => `${waiver.place} ${state}`)).toEqual(['waivers[0] expires soon', 'waivers[1] unused', 'waivers[2] expired', 'waivers[3] void']);
  });

  test.each([
    [{}, 'waivers[0]: what it is for is missing'], [{ finding: 'CVE-1', expires: '2026-02-30' }, 'waivers[0].expires: accepted is a day such as 2026-12-01'], [{ finding: 'CVE-1', expires: 'never' }, 'waivers[0].expires: accepted is a day'],
    [{ finding: 'CVE-1', expires: '2026-11-10' }, 'waivers[0].expires is not after created'], [{ finding: 'CVE-1', created: '2026-11-23' }, 'waivers[0].created lies in the future'],
    [{ finding: 'CVE-1', 'approved-by': '@Ada' }, 'waivers[0].approved-by is who requested it'], [{ package: '*' }, 'waivers[0]: * fits everything'], [{ paths: ['**/*'] }, 'waivers[0]: **/* fits everything'],
    [{ finding: 'CVE-1', reason: 'ok' }, 'waivers[0].reason: accepted is a reason of ten characters at least'], [{ finding: 'CVE-1', expired: '2026-12-01' }, 'waivers[0].expired is unknown; the nearest is expires'],
    [{ finding: null }, 'waivers[0].finding has no value'], [{ finding: 'CVE-1', expires: undefined }, 'waivers[0].expires has no value'], [{ finding: 'CVE-1', 'approved-by': '' }, 'waivers[0].approved-by: accepted is text'],
  ])('%j is refused', (waiver, message) => expect(() => waivers(waiver)).toThrow(message));

  test('for a stage that the policy does not have are refused', () => {
    expect(() => checkStages(waivers({ finding: 'CVE-1', stages: ['stageing'] }), ['staging'])).toThrow('waivers[0]: the policy has no stage stageing; it has staging');
    expect(() => parseWaivers({ waivers: [{ ...common, stages: ['staging'], finding: 'CVE-1', expires: 20261201 }] }, NOW)).toThrow('YAML reads it as 20261201');
  });
});

describe('a sign-off', () => {
  const blocking = [merged(finding({ severity: 'medium' })), merged(finding({ rule: 'CVE-2026-2222', aliases: ['CVE-2026-2222'] }))];
  const hash = decided('production', blocking).signOffHash!;
  const signed = (given: object = {}): Waivers => parseWaivers({ 'sign-offs': [{ ...common, stage: 'production', findings: hash, ...given }] }, NOW);

  test('opens production for exactly these findings', () => {
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(decided('production', blocking.toReversed(), { waivers: signed() })).toMatchObject({ verdict: 'pass', blocking: 0, judgements: [{ outcome: 'signed off', because: 'signed off by grace: Not reachable: redirects are off.' }, {}] });
  });

  test.each([
    ['one more', [...blocking, merged(finding({ rule: 'CVE-2026-3333' }))]], ['one less', blocking.slice(1)], ['a worse one', [merged(finding({ severity: 'critical' })), blocking[1]!]],
    ['another version', [merged(finding({ severity: 'medium', package: { name: 'requests', version: '2.31.1' } })), blocking[1]!]],
  ])('is void for %s', (_, findings) => {
    const { verdict, signOffNotes } = decided('production', findings, { waivers: signed() });
    expect({ verdict, signOffNotes }).toEqual({ verdict: 'fail', signOffNotes: ['sign-offs[0] of grace does not hold: it is for another set of findings.'] });
  });

  test('expires, is capped by the worst finding, and has to be allowed', () => {
    const note = (given: object): string | undefined => decided('production', blocking, { waivers: signed(given) }).signOffNotes[0];
    expect([note({ expires: '2026-11-21' }), note({ expires: '2026-12-30' }), note({ stage: 'staging' })]).toEqual([
      'sign-offs[0] of grace does not hold: it expired on 2026-11-21.', 'sign-offs[0] of grace does not hold: it lasts 50d, and for these findings the policy allows 30d.', undefined,
    ]);
  });

  test('by the approval of this run counts for the set it was asked for', () => {
    expect(decided('production', blocking, { environmentSignOff: { findings: hash, by: 'grace' } }).verdict).toBe('pass');
    expect(decided('production', blocking, { environmentSignOff: { findings: 'sha256:0', by: 'grace' } })).toMatchObject({ verdict: 'fail', signOffNotes: ['The approval by grace is for another set of findings.'] });
  });

  test('opens nothing where there is a secret, evidence is missing, or the stage takes none', () => {
    expect(decided('production', [...blocking, merged(secret)], { waivers: signed() })).toMatchObject({ verdict: 'fail', signOffHash: undefined, signOffNotes: ['A secret cannot be signed off.'] });
    expect(decided('production', blocking, { waivers: signed(), reports: [] }).verdict).toBe('inconclusive');
    expect(decided('staging', blocking, { waivers: signed({ stage: 'staging' }) })).toMatchObject({ verdict: 'fail', signOffHash: undefined });
  });
});

describe('suppressions', () => {
  const suppressedBy = { by: '.semgrepignore', reason: 'test data' };
  test('count where every source has them, and the stage lets them in', () => {
    expect(outcomes(decided('staging', [merged(finding({ suppressedBy }))]))).toEqual(['suppressed']);
    expect(outcomes(decided('staging', [merged(finding({ suppressedBy }), finding({ key: 'b', tool: 'grype' }))]))).toEqual(['blocks']);
    expect(outcomes(decided('production', [merged(finding({ suppressedBy }))]))).toEqual(['blocks']);
  });

  test('take their severity along, where they count', () => {
    const both = { ...merged(finding({ severity: 'low' }), finding({ key: 'b', tool: 'grype', severity: 'critical', suppressedBy })), severity: 'low' as const };
    expect(['staging', 'production'].map((stage) => decided(stage, [both]).judgements[0]?.facts.severity)).toEqual(['low', 'critical']);
  });

  const ignore = { file: '.trivyignore', tool: 'trivy', id: 'CVE-2026-1111', packages: [], purl: undefined, paths: [], until: undefined, reason: undefined };
  test.each([
    [{}, 'suppressed'], [{ until: new Date('2026-11-22') }, 'suppressed'], [{ until: NOW }, 'blocks'], [{ tool: 'grype' }, 'blocks'], [{ id: 'CVE-2026-2' }, 'blocks'], [{ packages: ['flask'] }, 'blocks'],
    [{ packages: ['pkg:pypi/requests'] }, 'suppressed'], [{ paths: ['services/**'] }, 'suppressed'], [{ paths: ['docs/**'] }, 'blocks'],
  ])('in an ignore file with %j: %s', (given, wanted) => {
    expect(outcomes(decided('staging', [merged(finding())], { ignores: [{ ...ignore, ...given }] }))).toEqual([wanted]);
  });

  test('in an ignore file never hide a secret', () => {
    expect(outcomes(decided('staging', [merged(secret)], { ignores: [{ ...ignore, tool: 'gitleaks', id: 'aws-access-token' }] }))).toEqual(['blocks']);
  });
});

describe('VEX', () => {
  const exemption = { file: 'vex.json', ids: ['CVE-2026-1111'], packages: ['pkg:pypi/requests@2.31.0'], reason: 'not_affected: vulnerable_code_not_in_execute_path' };
  test.each([
    ['build', {}, 'not affected'], ['production', {}, 'not affected'], ['dast-weekly', {}, 'blocks'], ['staging', { packages: ['pkg:pypi/requests'] }, 'not affected'],
    ['staging', { packages: ['pkg:pypi/requests@2.30.0'] }, 'blocks'], ['staging', { packages: [] }, 'blocks'], ['staging', { ids: ['CVE-2026-2222'] }, 'blocks'],
  ])('at %s with %j: %s', (stage, given, wanted) => {
    expect(outcomes(decided(stage, [merged(finding({ severity: 'critical' }))], { exemptions: [{ ...exemption, ...given }] }))).toEqual([wanted]);
  });

  test.each([
    ['pkg:npm/%40a/b@1', 'pkg:npm/@a/b@1', true], ['pkg:deb/debian/openssl', 'pkg:deb/debian/openssl@3.0?distro=12', true], ['pkg:deb/debian/openssl?distro=11', 'pkg:deb/debian/openssl@3.0?distro=12', false],
    ['pkg:npm/a@1', 'pkg:npm/a', false], ['pkg:npm/a', 'pkg:npm/ab', false],
  ])('%s means %s: %s', (wanted, purl, same) => expect(samePackage(wanted, purl)).toBe(same));
});

describe('a baseline', () => {
  const policy = parsePolicy(parse('stages: { s: { require: sca, block: [{ severity: low, new: true }] } }'));
  const known = baselineOf([merged(finding({ severity: 'medium' }))], 'main');
  test.each([['medium', 0], ['low', 0], ['high', 1], ['unknown', 1]] as const)('that has a finding as medium, which is %s now', (severity, fresh) => {
    expect(decided('s', [merged(finding({ severity }))], { policy, baseline: known }).newCount).toBe(fresh);
  });

  test('lets what it has go on, and nothing else', () => {
    expect(decided('s', [merged(finding({ severity: 'medium' }))], { policy, baseline: known }).verdict).toBe('pass');
    expect(decided('s', [merged(finding({ rule: 'CVE-2026-9' }))], { policy, baseline: known }).verdict).toBe('fail');
    expect(decided('s', [merged(finding({ severity: 'medium' }))], { policy }).verdict).toBe('fail');
  });

  test.each([[{}], [{ format: 'slipway-security-decision/1' }], [{ format: 'slipway-security-decision/1', decidedAt: '2026-11-20', known: { a: ['bad'] } }], [null], [{ format: 'slipway-security-decision/2', decidedAt: '2026-11-20', known: {} }]])('%j is none', (value) => {
    expect(storedBaseline(value)).toBeUndefined();
  });
});

describe('explaining', () => {
  test('tells who says what, what each rule makes of it, and which exceptions were tried', () => {
    const claims = (severity: 'high' | 'medium', source: string) => [{ severity, from: 'score' as const, text: '7.5', source }];
    const one = merged(finding({ claims: claims('high', 'nvd') }), finding({ key: 'b', tool: 'grype', severity: 'medium', claims: claims('medium', 'ghsa') }));
    const decision = decided('staging', [one], { waivers: waivers({ finding: 'CVE-2026-1111', severity: 'low' }) });
    const [judgement] = meantBy('cve-2026-1111', decision);
    expect(explain(judgement!, decision).join('\n')).toBe(`Requests follows redirects too far — blocks at staging
  key       key-of-CVE-2026-1111
  names     CVE-2026-1111
  package   pkg:pypi/requests@2.31.0; mended in 2.32.0
  at        services/erp/requirements.txt:7
  at        services/erp/requirements.txt:7
  severity  high: the sources disagree, and the worst counts
            trivy, quoting nvd: high (score 7.5)
            grype, quoting ghsa: medium (score 7.5)
  known     new
  tools     trivy, grype
  rule      high or worse: met — this one decides
  rule      unknown: its severity is known: high
  rule      any secret: its kinds are sca
  waiver    waivers[0] does not hold: it bears low at most, and the finding is high`);
    expect(meantBy('requests', decision)).toHaveLength(1);
    expect(meantBy('services/erp/requirements.txt', decision)).toHaveLength(1);
    expect(meantBy('CVE-2026-111', decision)).toHaveLength(0);
  });
});
