import { expect, test } from '@jest/globals';
import { expiredSets, type Retention } from './retention.ts';
import type { Proof } from './source.ts';

const NOTHING: Retention = { last: 0, daily: 0, weekly: 0, monthly: 0, minimum: 1 };
const set = (day: string, proof: Proof = 'equal', hour = '02') => ({ set: `${day}-${hour}`, time: `${day}T${hour}:00:00Z`, proof });
const november = Array.from({ length: 30 }, (_, index) => set(`2026-11-${String(index + 1).padStart(2, '0')}`));
const kept = (sets: ReturnType<typeof set>[], retention: Partial<Retention>): string[] => {
  const expired = expiredSets(sets.at(-1)!, sets.slice(0, -1), { ...NOTHING, ...retention });
  return sets.map((each) => each.set).filter((name) => !expired.includes(name)).map((name) => name.slice(5));
};

test('without a word about keeping, nothing goes', () => {
  expect(kept(november, {})).toHaveLength(30);
});

test('the newest; the newest of each day, week and month', () => {
  expect(kept(november, { last: 2 })).toEqual(['11-29-02', '11-30-02']);
  const twice = [...november, set('2026-11-30', 'equal', '14')];
  expect(kept(twice, { daily: 2 })).toEqual(['11-29-02', '11-30-14']);
  // The 22nd and 29th are Sundays; the 30th, a Monday, begins a week.
  expect(kept(november, { weekly: 3 })).toEqual(['11-22-02', '11-29-02', '11-30-02']);
  expect(kept([set('2026-09-30'), set('2026-10-01'), set('2026-10-31'), ...november], { monthly: 2 })).toEqual(['10-31-02', '11-30-02']);
});

test('nothing goes while the newest is not proven, and the newest proven set never does', () => {
  const unproven = [...november, set('2026-12-01', 'readable')];
  expect(kept(unproven, { last: 1 })).toHaveLength(31);
  expect(kept([set('2026-10-01'), set('2026-11-01', 'none'), set('2026-11-02', 'restored')], { last: 1 })).toEqual(['11-02-02']);
});

test('what was just taken is kept, and the newest, also behind a set from a clock that went before', () => {
  const jumped = [set('2026-11-28'), set('2031-01-01'), set('2026-11-29'), set('2026-11-30')];
  expect(kept(jumped, { last: 1 })).toEqual(['11-30-02']);
  expect(kept(jumped, { daily: 1 })).toEqual(['11-30-02']);
  expect(kept(jumped, { last: 2 })).toEqual(['01-01-02', '11-30-02']);
});

test('a minimum counts proven sets only', () => {
  const mixed = [set('2026-11-01'), set('2026-11-02'), set('2026-11-03', 'none'), set('2026-11-04')];
  expect(kept(mixed, { last: 1, minimum: 2 })).toEqual(['11-02-02', '11-04-02']);
});
