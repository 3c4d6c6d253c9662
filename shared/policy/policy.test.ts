import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { DEFAULT_POLICY, defaultPolicy } from './default-policy.ts';
import { parsePolicy, stageNamed } from './parse-policy.ts';
import { policySchema, waiverSchema } from './policy-schema.ts';
import { fitsName, fitsPath } from './pattern.ts';

const example = (name: string): string => readFileSync(new URL(`../../examples/security/${name}`, import.meta.url), 'utf8');
const stage = (text: string): string => `stages: { build: { require: sca, block: ${text} } }`;

describe('the built-in policy', () => {
  test('is the one of the examples', () => {
    expect(parse(example('policy.yml'))).toEqual(DEFAULT_POLICY);
  });

  // The table of gates of the web portal's pipeline.
  test.each([
    ['pre-commit', 'any secret', ['secrets'], ['suppressions']],
    ['build', 'critical; any secret', ['sast', 'sca', 'container', 'secrets'], ['suppressions', 'vex']],
    ['staging', 'high or worse; unknown; any secret', ['sast', 'sca', 'container', 'secrets'], ['suppressions', 'vex', 'waivers']],
    ['production', 'medium or worse; unknown; any secret', ['sast', 'sca', 'container', 'secrets'], ['vex', 'sign-off']],
    ['dast-weekly', 'high or worse', ['dast'], ['suppressions', 'waivers']],
  ])('%s blocks on %s', (name, rules, kinds, exceptions) => {
    const found = stageNamed(defaultPolicy(), name);
    expect(found.block.map((rule) => rule.name).join('; ')).toBe(rules);
    expect(found.require.map(({ kind }) => kind)).toEqual(kinds);
    expect(found).toMatchObject({ exceptions, isReportOnly: false });
  });

  test('has a preview that lets everything pass', () => {
    expect(stageNamed(defaultPolicy(), 'preview')).toMatchObject({ isReportOnly: true });
    expect(stageNamed(defaultPolicy(), 'dast-weekly').require[0]?.maxAge).toBe(8 * 86_400_000);
  });
});

describe('a policy file', () => {
  test('has the schema that editors are given', () => {
    expect(JSON.parse(example('policy.schema.json'))).toEqual(JSON.parse(JSON.stringify(policySchema())));
    expect(JSON.parse(example('waivers.schema.json'))).toEqual(JSON.parse(JSON.stringify(waiverSchema())));
  });

  test.each([
    ['', 'the file has no value'],
    ['{}', 'stages is missing'],
    ['stages: {}', 'stages: accepted is one at least'],
    ['stage: {}', 'stage is unknown; the nearest is stages'],
    ['stages: { build: { block: [{ severity: high }] } }', 'stages.build.require is missing'],
    ['stages: { build: { require: [], block: [{ severity: high }] } }', 'stages.build.require: it is empty'],
    ['stages: { build: { require: sca } }', 'stages.build.block is missing'],
    ['stages: { Build!: { require: sca, block: { severity: high } } }', 'stages: "Build!" is no name'],
    ['stages: { build: { require: [sca, { kind: sca, max-age: 1d }], block: { severity: high } } }', 'stages.build.require names sca twice'],
    ['stages: { build: { require: scaa, block: { severity: high } } }', 'stages.build.require: there is no scaa; the nearest is sca'],
    [stage('[{ severity: hihg }]'), 'stages.build.block[0].severity: there is no hihg; the nearest is high'],
    [stage('[{ severity: }]'), 'stages.build.block[0].severity has no value'],
    [stage('[{}]'), 'stages.build.block[0] has no condition'],
    [stage('[{ name: all }]'), 'stages.build.block[0] has no condition'],
    [stage('[{ sevrity: high }]'), 'stages.build.block[0].sevrity is unknown; the nearest is severity'],
    [stage('[{ epss: 10 }]'), 'stages.build.block[0].epss: accepted is a number above 0 and up to 1'],
    [stage('[{ kev: yes }]'), 'stages.build.block[0].kev: accepted is true or false'],
    [stage('[{ older-than: 30 }]'), 'stages.build.block[0].older-than: YAML reads it as 30'],
    ['{ stages: { b: { require: sca, block: { severity: high }, exceptions: waiver } } }', 'stages.b.exceptions: there is no waiver; the nearest is waivers'],
    ['{ stages: { b: { require: sca, block: { severity: high } } }, waivers: { lifetime: { critcal: 7d } } }', 'waivers.lifetime.critcal is unknown; the nearest is critical'],
    ['{ stages: { b: { require: sca, block: { severity: hgh } } }, waiver: {} }', '2 mistakes:\n- waiver is unknown; the nearest is waivers\n- stages.b.block.severity'],
  ])('%s: %s', (yaml, message) => {
    expect(() => parsePolicy(parse(yaml))).toThrow(message);
  });

  test('may name stages of its own, and the one asked for must be there', () => {
    const policy = parsePolicy(parse('stages: { hotfix: { require: sca, block: { severity: low, kinds: [sca, container], fixable: true, older-than: 30d } } }'));
    expect(stageNamed(policy, 'hotfix').block[0]?.name).toBe('low or worse, fixable, sca or container, older-than 30d');
    expect(() => stageNamed(policy, 'hotfx')).toThrow('The policy has no stage hotfx; the nearest is hotfix. It has hotfix.');
    expect(() => stageNamed(policy, 'constructor')).toThrow('The policy has no stage constructor');
  });
});

describe('patterns', () => {
  test.each([
    ['src/*.py', 'src/a.py', true], ['src/*.py', 'src/a/b.py', false], ['src/**', 'src/a/b.py', true], ['src/', 'src/a/b.py', true], ['**/*.py', '.github/x.py', true], ['**/*.py', 'x.py', true],
    ['./src/a.py', 'src/a.py', true], ['src/a.py', 'src/aXpy', false], ['src/a+(b).py', 'src/a+(b).py', true], ['src', 'src/a.py', false], ['a?c', 'abc', false],
  ])('of paths: %s, %s: %s', (pattern, path, wanted) => expect(fitsPath(pattern, path)).toBe(wanted));

  test.each([['AGPL-*', 'agpl-3.0-only', true], ['GPL-*', 'AGPL-3.0', false], ['pkg:npm/*', 'pkg:npm/@a/b@1', true], ['*', 'x', true]])('of names: %s, %s: %s', (pattern, name, wanted) => expect(fitsName(pattern, name)).toBe(wanted));
});
