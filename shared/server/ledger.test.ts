import { describe, expect, test } from '@jest/globals';
import { barriersSince, claimMembers, latestClaim, members, parseLedger, verifiedReleases } from '#shared/server/ledger';

const RUN = { id: '812', attempt: 2, url: 'https://github.com/o/r/actions/runs/812', actor: 'mona', commit: 'abc', ref: 'r', repository: 'o/r', workflow: 'w' };

function ledger(...events: object[]): ReturnType<typeof parseLedger> {
  return parseLedger(events.map((event, index) => JSON.stringify({ generation: 1, time: `t${index}`, ...event })).join('\n'));
}

describe('parseLedger', () => {
  test('passes over torn, empty and foreign lines', () => {
    const text = '{"event":"claim","generation":1,"time":"t"}\n{"event":"rel\n\n[]\n7\n{"event":"release","generation":1,"time":"t","release":"a"}\n';
    expect(parseLedger(text).map(({ event }) => event)).toEqual(['claim', 'release']);
  });
});

describe('claimMembers', () => {
  test('holds nothing a shell could not read back', () => {
    const text = claimMembers({ ...RUN, id: '1","generation":9', url: 'https://x/{a},"b\n' }, 'deploy');
    expect(JSON.parse(`{${text}}`)).toMatchObject({ purpose: 'deploy', run: '1generation:9', url: 'https://x/ab', attempt: 2 });
  });
});

test('the newest claim is the one that counts', () => {
  expect(latestClaim(ledger({ event: 'claim', generation: 1 }, { event: 'claim', generation: 2 }, { event: 'release' }))?.generation).toBe(2);
  expect(latestClaim([])).toBeUndefined();
});

test('a release is a candidate once confirmed, until it is taken back', () => {
  const events = ledger({ event: 'confirm', release: 'a' }, { event: 'release', release: 'b' }, { event: 'confirm', release: 'b' }, { event: 'confirm', release: 'c' });
  expect(verifiedReleases(events)).toEqual(['a', 'b', 'c']);
  expect(verifiedReleases([...events, ...ledger({ event: 'rollback', release: 'b', undone: 'c' })])).toEqual(['a', 'b']);
  expect(verifiedReleases([...events, ...ledger({ event: 'back', release: 'c', undone: 'b' })])).toEqual(['a', 'b', 'c']);
});

test('a barrier counts from the last time the release was confirmed', () => {
  const events = ledger({ event: 'migration', barrier: true }, { event: 'confirm', release: 'a' }, { event: 'migration', barrier: false }, { event: 'confirm', release: 'b' });
  expect(barriersSince(events, 'a')).toEqual([]);
  expect(barriersSince([...events, ...ledger({ event: 'migration', barrier: true, run: '9' })], 'b')).toMatchObject([{ run: '9' }]);
});

test('a barrier that was lifted, by the name of its plan, counts no more; others do', () => {
  const events = ledger({ event: 'confirm', release: 'a' }, { event: 'migration', barrier: true, plan: 'p1', run: '8' }, { event: 'migration', lifts: 'p1' });
  expect(barriersSince(events, 'a')).toEqual([]);
  expect(barriersSince([...events, ...ledger({ event: 'migration', barrier: true, plan: 'p2', run: '9' })], 'a')).toMatchObject([{ run: '9' }]);
});

test('a barrier that stands again counts again', () => {
  const events = ledger({ event: 'confirm', release: 'a' }, { event: 'migration', barrier: true, plan: 'p1', run: '8' }, { event: 'lift', lifts: 'p1', plan: 'r1' }, { event: 'raise', raises: 'p1', plan: 'r2' });
  expect(barriersSince(events, 'a')).toMatchObject([{ run: '8' }]);
  // Confirmed while the data was that of before it.
  expect(barriersSince([...events.slice(0, 3), ...ledger({ event: 'confirm', release: 'b' }), ...events.slice(3)], 'b')).toMatchObject([{ run: '8' }]);
  expect(barriersSince([...events.slice(0, 2), ...ledger({ event: 'confirm', release: 'c' }), ...events.slice(2)], 'c')).toEqual([]);
});

test('members are the inside of an object', () => {
  expect(members({ a: 'x', b: undefined, c: 1 })).toBe('"a":"x","c":1');
});
