import { describe, expect, test } from '@jest/globals';
import type { ServiceDefinition } from '#shared/server/definition';
import type { LedgerEvent } from '#shared/server/ledger';
import type { DeployedState } from '#shared/server/service';
import type { Manifest } from '#shared/database/backup-set';
import { decideRollback, isDataToGoBack, refuseBarrier } from './decide.ts';

const DEFINITION = { service: 'shop', strategy: 'slots' } as ServiceDefinition;

type Told = Omit<LedgerEvent, 'generation' | 'time'>;

/** A service whose ledger tells these events of one run each, in order. */
function service(live: string, ...runs: readonly (readonly [run: string, ...Told[]])[]): DeployedState {
  const events = runs.flatMap(([run, ...told], index) =>
    [{ event: 'claim' }, ...told].map((event, step) => ({ ...event, run, generation: index + 1, time: `2026-11-21T0${index}:0${step}:00Z`, url: `https://ci/${run}` })));
  const releases = [...new Set(events.map((event) => (event as Told).release).filter((release) => release !== undefined))];
  return { definition: DEFINITION, events, live: 'blue', confirmed: 'blue', slots: { blue: live }, releases, current: undefined } as unknown as DeployedState;
}

const deployed = (release: string): Told[] => [{ event: 'release', release }, { event: 'switch', release }, { event: 'confirm', release, by: 'switch' }];
const first = ['1', ...deployed('v1')] as const;
const second = ['2', ...deployed('v2')] as const;

describe('without a release named', () => {
  test('what this run switched to is taken back', () => {
    expect(decideRollback(service('v2', first, second), undefined, '2')).toEqual({ kind: 'go-back', to: 'v1', undone: 'v2' });
  });

  test('a switch that nobody confirmed is taken back too', () => {
    const pending = ['2', { event: 'release', release: 'v2' }, { event: 'switch', release: 'v2' }] as const;
    expect(decideRollback(service('v2', first, pending), undefined, '2')).toEqual({ kind: 'go-back', to: 'v1', undone: 'v2' });
  });

  test('a rollback that was killed half-way, and went back itself, is done again', () => {
    const back: Told = { event: 'back', release: 'v2', undone: 'v1' };
    expect(decideRollback(service('v2', first, [...second, back]), undefined, '2')).toEqual({ kind: 'go-back', to: 'v1', undone: 'v2' });
  });

  test.each([
    ['a run that never deployed here', service('v2', first, second), '3', 'This run has not deployed shop here'],
    ['a run that only prepared', service('v1', first, ['2', { event: 'release', release: 'v2' }]), '2', 'This run has not changed what users reach. Users still reach v1.'],
    ['a run that was superseded', service('v3', first, second, ['3', ...deployed('v3')]), '2', 'Run 3 took over shop at 2026-11-21T02:00:00Z (https://ci/3)'],
    ['a run whose switch went back by itself', service('v1', first, ['2', { event: 'switch', release: 'v2' }, { event: 'back', undone: 'v2', release: 'v1' }]), '2', 'This run has not changed what users reach'],
    ['a run that rolled back already', service('v1', first, [...second, { event: 'rollback', release: 'v1', undone: 'v2' }, { event: 'confirm', release: 'v1', by: 'rollback' }]), '2', 'This run has not changed what users reach'],
  ])('nothing changes for %s', (_, state, run, reason) => {
    expect(decideRollback(state, undefined, run)).toEqual({ kind: 'nothing', reason: expect.stringContaining(reason) });
  });

  test('the very first release has nothing before it', () => {
    expect(() => decideRollback(service('v1', first), undefined, '1')).toThrow('none but v1 was ever verified');
  });

  test('unless it is not confirmed: then users go back to the app that was there before', () => {
    const pending = service('v1', ['1', { event: 'release', release: 'v1' }, { event: 'switch', release: 'v1' }]);
    expect(decideRollback({ ...pending, confirmed: 'green' }, undefined, '1')).toEqual({ kind: 'go-back', to: undefined, undone: 'v1' });
  });
});

describe('with a release named', () => {
  test('previous is the last verified one before what is live, and once only', () => {
    expect(decideRollback(service('v2', first, second), 'previous', '9')).toEqual({ kind: 'go-back', to: 'v1', undone: 'v2' });
    const done = service('v1', first, second, ['9', { event: 'rollback', release: 'v1', undone: 'v2' }, { event: 'confirm', release: 'v1', by: 'rollback' }]);
    expect(decideRollback(done, 'previous', '10')).toEqual({ kind: 'nothing', reason: expect.stringContaining('Traffic already went back to v1 at 2026-11-21T02:01:00Z (https://ci/9)') });
  });

  test('previous goes no further back than what was before a switch that has gone back, or that this rollback has healed', () => {
    const third = ['3', { event: 'release', release: 'v3' }, { event: 'switch', release: 'v3' }, { event: 'back', undone: 'v3', release: 'v2' }] as const;
    expect(decideRollback(service('v2', first, second, third, ['9']), 'previous', '9')).toEqual({ kind: 'nothing', reason: 'Traffic already went back to v2 at 2026-11-21T02:03:00Z (https://ci/3). To go back further, name a release: v1.' });
    const killed = ['9', { event: 'back', undone: 'v1', release: 'v2' }] as const;
    expect(decideRollback(service('v2', first, second, killed), 'previous', '9')).toEqual({ kind: 'go-back', to: 'v1', undone: 'v2' });
    expect(decideRollback(service('v4', first, second, third, ['4', ...deployed('v4')]), 'previous', '9')).toEqual({ kind: 'go-back', to: 'v2', undone: 'v4' });
  });

  test('a name must be that of a release once verified, and still kept', () => {
    const state = service('v3', first, second, ['3', ...deployed('v3')], ['4', { event: 'release', release: 'broken' }]);
    expect(decideRollback(state, 'v1', '9')).toEqual({ kind: 'go-back', to: 'v1', undone: 'v3' });
    expect(decideRollback(state, 'v3', '9')).toEqual({ kind: 'nothing', reason: 'v3 is live already.' });
    expect(() => decideRollback(state, 'broken', '9')).toThrow('Candidates are v1, v2.');
    expect(() => decideRollback({ ...state, releases: ['v3'] }, 'v2', '9')).toThrow('There is none.');
  });
});

describe('across a schema barrier', () => {
  const state = service('v2', first, [...second, { event: 'migration', barrier: true }]);
  const decision = { kind: 'go-back', to: 'v1', undone: 'v2' } as const;
  const taken = (set: string, time: string, proof: Manifest['proof'] = 'equal'): Manifest => ({ set, time, proof, parts: [{ name: 'shop', rows: 12 }] }) as unknown as Manifest;
  const [older, unproven, newer] = [taken('a', '2026-11-21T00:30:00Z'), taken('b', '2026-11-21T00:40:00Z', 'none'), taken('c', '2026-11-21T09:00:00Z')];

  test('nothing goes back without its data, and the ways are said', () => {
    expect(() => refuseBarrier(state, decision, [older, unproven, newer])).toThrow(/lies a migration of shop that cannot be taken back \(run 2, .*Decide: go forward and deploy a mended release, or go back with data: restore, set: a \(taken 2026-11-21T00:30:00Z, 12 rows, proven equal\)/);
    expect(() => refuseBarrier(state, decision, [unproven, newer])).toThrow('no proven set is that old');
    expect(() => refuseBarrier(state, { ...decision, to: undefined }, [])).not.toThrow();
  });

  test('a set from before it is a way back, one from after it is none', () => {
    expect(() => refuseBarrier(state, decision, [older, newer], older)).not.toThrow();
    expect(() => refuseBarrier(state, decision, [older, newer], newer)).toThrow(/Set c is no way back: it was taken after that.*set: a/);
    const ofShop = service('v2', first, [...second, { event: 'migration', barrier: true, database: 'shop' }]);
    expect(() => refuseBarrier(ofShop, decision, [older], older)).not.toThrow();
    expect(() => refuseBarrier(ofShop, decision, [older], { ...older, parts: [{ ...older.parts[0]!, name: 'filestore' }] })).toThrow(/Nothing of shop is restored with set a, so that is no way back\. Go back with data: restore, set: a/);
  });
});

test('data goes back where traffic does, where a release was named, or where this run has migrated it, and once', () => {
  const nothing = { kind: 'nothing', reason: '' } as const;
  expect(isDataToGoBack(service('v1', first), nothing, undefined, '1')).toBe(false);
  expect(isDataToGoBack(service('v1', first), nothing, 'v1', '9')).toBe(true);
  expect(isDataToGoBack(service('v2', first, second), { kind: 'go-back', to: 'v1', undone: 'v2' }, undefined, '2')).toBe(true);
  expect(isDataToGoBack(service('v1', first, ['2', { event: 'migration' }]), nothing, undefined, '2')).toBe(true);
  expect(isDataToGoBack(service('v1', first, ['2', { event: 'migration' }, { event: 'restore' }]), nothing, undefined, '2')).toBe(false);
});
