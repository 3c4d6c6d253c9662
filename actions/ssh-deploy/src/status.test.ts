import { describe, expect, test } from '@jest/globals';
import type { ServiceDefinition } from '#shared/server/definition';
import type { LedgerEvent } from '#shared/server/ledger';
import type { ServerState } from '#shared/server/state';
import { statusOf } from './service-status.ts';
import { ago, statusSection, statusText } from './status-text.ts';

const CLOCK = Date.parse('2026-11-21T14:30:00Z') / 1_000;
const WHERE = { service: 'shop', environment: 'production', server: 'web1' };
const RUN = { run: '812', attempt: 1, url: 'https://github.example/o/shop/actions/runs/812', actor: 'octocat' };

const event = (kind: string, time: string, more: Partial<LedgerEvent> & { readonly standby?: number } = {}): LedgerEvent =>
  ({ event: kind, generation: 2, time: `2026-11-21T${time}:00Z`, ...RUN, ...more });

const FIRST = [event('claim', '12:00'), event('release', '12:01', { release: 'r1', slot: 'blue' }), event('switch', '12:05', { release: 'r1', slot: 'blue' }), event('confirm', '12:06', { release: 'r1', slot: 'blue' })];
const SECOND = [event('claim', '14:00'), event('release', '14:10', { release: 'r2', slot: 'green' })];
const SWITCH = [event('switch', '14:18', { release: 'r2', slot: 'green' })];
const CONFIRM = [event('confirm', '14:20', { release: 'r2', slot: 'green' })];

const STATE: ServerState = {
  folder: '/srv/shop/.slipway', claimed: undefined, clock: CLOCK, events: FIRST, definition: { strategy: 'slots', path: '/srv/shop' } as ServiceDefinition, definitions: new Map(),
  live: 'blue', closed: undefined, confirmed: 'blue', slots: { blue: 'r1' }, current: undefined, standby: undefined, releases: ['r1'], unfinished: [], interrupted: [], ledgerLength: 0, missingTools: [], unpackers: [],
  freeBytes: undefined, freeInodes: undefined,
};
const statusWith = (changes: Partial<ServerState>) => statusOf(WHERE, { ...STATE, ...changes });
const textWith = (changes: Partial<ServerState>): string => statusText(statusWith(changes));

const BOTH = { slots: { blue: 'r1', green: 'r2' }, releases: ['r0', 'r1', 'r2'] } as const;
const PREPARED = { ...BOTH, events: [...FIRST, ...SECOND] } as const;
const UNCONFIRMED = { ...BOTH, events: [...FIRST, ...SECOND, ...SWITCH], live: 'green' } as const;
const STANDBY = { ...BOTH, events: [...FIRST, ...SECOND, ...SWITCH, ...CONFIRM], live: 'green', confirmed: 'green', standby: 'plan-7' } as const;

describe('the status of a service', () => {
  test('says which release users reach, since when, and through whom', () => {
    expect(textWith({})).toContain('shop (production) on web1, 2026-11-21 14:30 UTC\n'
      + 'Users reach r1 in slot blue since 2026-11-21 12:05 UTC (2 h ago) by octocat, run 812 https://github.example/o/shop/actions/runs/812. Generation 2, in /srv/shop.\n');
    expect(textWith({})).toMatch(/^ {2}slot green {2}empty$/m);
  });

  test('tells a release that waits for its switch from one on standby', () => {
    expect(textWith(PREPARED)).toMatch(/slot green {2}r2: prepared, waits for its switch since 2026-11-21 14:10 UTC \(20 min ago\)/);
    expect(textWith(STANDBY)).toMatch(/slot blue {3}r1: on standby since 2026-11-21 14:20 UTC \(10 min ago\) by octocat, run 812 \S+$/m);
    expect(statusWith({ ...STANDBY, events: [...STANDBY.events, event('release', '14:29', { release: 'r3', slot: 'blue' })], slots: { blue: 'r3', green: 'r2' } }).slots[0]).toMatchObject({ role: 'prepared', release: 'r3' });
    expect(statusWith({ ...STANDBY, standby: undefined }).slots[0]).toMatchObject({ role: 'prepared', release: 'r1' });
  });

  test('says until when a standby stays warm, where the ledger tells', () => {
    const events = [...FIRST, ...SECOND, ...SWITCH, event('confirm', '14:20', { release: 'r2', slot: 'green', standby: 1_800 })];
    expect(textWith({ ...STANDBY, events })).toContain('until 2026-11-21 14:50 UTC (in 20 min)');
  });

  test('says that a switch is not confirmed, and where a boot leads', () => {
    expect(textWith(UNCONFIRMED)).toContain('! the switch to slot green of 2026-11-21 14:18 UTC (12 min ago) by octocat, run 812');
    expect(textWith(UNCONFIRMED)).toContain('is not confirmed: a boot leads back to slot blue');
    expect(statusWith(UNCONFIRMED).slots[0]).toMatchObject({ role: 'standby', release: 'r1', since: { time: '2026-11-21T14:18:00Z' } });
    expect(statusWith(UNCONFIRMED).unconfirmed).toMatchObject({ slot: 'green', back: 'blue' });
    expect(statusWith(STANDBY).unconfirmed).toBeUndefined();
  });

  test('says which release has a share of the traffic, as long as its plan has not ended', () => {
    const events = [...PREPARED.events, event('share', '14:20', { release: 'r2', slot: 'green', percent: 5 })];
    const sharing = { ...PREPARED, events, unfinished: [{ plan: 'p2', last: `${CLOCK - 5} verified` }] };
    expect(textWith(sharing)).toContain('Users reach r1 in slot blue since 2026-11-21 12:05 UTC');
    expect(textWith(sharing)).toMatch(/slot green {2}r2: gets 5 % of the requests since 2026-11-21 14:20 UTC \(10 min ago\) by octocat, run 812/);
    expect(textWith(sharing)).toContain('! r2 has a share of the traffic, which is no state to stay in: without a further step it goes back');
    expect(textWith(sharing)).toContain('(10 min ago)   share 5 % to r2 in green by octocat run 812');
    expect(statusSection(statusWith(sharing)).paragraphs).toContain('! r2 has a share of the traffic, which is no state to stay in: without a further step it goes back');
    expect(statusWith(sharing)).toMatchObject({ share: { release: 'r2', slot: 'green', percent: 5, since: { time: '2026-11-21T14:20:00Z', run: '812' } } });
    expect(statusWith({ ...sharing, unfinished: [] }).share).toBeUndefined();
    expect(statusWith({ ...sharing, interrupted: ['p2'] }).share).toBeUndefined();
    expect(statusWith({ ...sharing, unfinished: [] }).slots[1]).toMatchObject({ role: 'prepared' });
  });

  test('says that a service is closed, since when and by whom, and since when it is open again', () => {
    const closed = event('close', '14:00', { release: 'r1', slot: 'blue' });
    const shut = { events: [...FIRST, closed], closed };
    expect(textWith(shut)).toContain('Closed for maintenance since 2026-11-21 14:00 UTC (30 min ago) by octocat, run 812 https://github.example/o/shop/actions/runs/812: users get status 503');
    expect(textWith(shut)).toMatch(/slot blue {3}r1: behind the maintenance page$/m);
    expect(textWith(shut)).not.toContain('Users reach');
    expect(statusWith(shut)).toMatchObject({ maintenance: { since: { time: '2026-11-21T14:00:00Z' } }, live: { release: 'r1' } });
    const stopped = statusWith({ ...shut, slots: {} });
    expect(stopped.live).toBeUndefined();
    expect(statusText(stopped)).toContain('Closed for maintenance since');
    const open = { events: [...FIRST, closed, event('open', '14:10', { release: 'r1', slot: 'blue' })] };
    expect(statusWith(open)).toMatchObject({ live: { since: { time: '2026-11-21T14:10:00Z' } } });
    expect(statusWith(open).maintenance).toBeUndefined();
  });

  test('counts time from the going back, where users came back to a release', () => {
    const events = [...UNCONFIRMED.events, event('back', '14:25', { release: 'r1', slot: 'blue', undone: 'r2' })];
    expect(statusWith({ ...BOTH, events }).live).toMatchObject({ release: 'r1', since: { time: '2026-11-21T14:25:00Z' } });
    expect(textWith({ ...BOTH, events })).toMatch(/slot green {2}r2: taken back 2026-11-21 14:25 UTC/);
  });

  test('offers for a rollback what was verified and is still there, newest first', () => {
    const r0 = event('confirm', '11:00', { release: 'r0', slot: 'green' });
    const gone = event('confirm', '10:00', { release: 'deleted', slot: 'green' });
    expect(statusWith({ ...STANDBY, events: [gone, r0, ...STANDBY.events] }).candidates).toEqual(['r1', 'r0']);
    expect(textWith(UNCONFIRMED)).toContain('kept for a rollback: r1');
    expect(textWith({})).toContain('kept for a rollback: no other release');
  });

  test('tells an unfinished plan from one that waits to be confirmed', () => {
    const unfinished = [{ plan: 'p1', last: `${CLOCK - 90} begin assemble` }, { plan: 'p2', last: `${CLOCK - 5} verified` }];
    expect(textWith({ unfinished })).toContain('! plan p1 has not ended: it is running, or the next deployment or rollback heals it (begin assemble 1 min ago)');
    expect(textWith({ unfinished })).toContain('! plan p2 waits to be confirmed (verified 5 s ago)');
  });

  test('knows a service in place, and one that was never deployed', () => {
    const inPlace = statusWith({ definition: { strategy: 'in-place', path: '/srv/shop' } as ServiceDefinition, live: undefined, confirmed: undefined, slots: {}, current: 'r1' });
    expect(inPlace).toMatchObject({ slots: [], live: { release: 'r1', since: { time: '2026-11-21T12:06:00Z' } } });
    expect(statusText(inPlace)).toContain('Users reach r1 in place since');
    expect(textWith({ definition: undefined, events: [], live: undefined, confirmed: undefined, slots: {} })).toContain('No deployment has come to its end yet.');
  });

  test('shows the last ten events, newest first, in the summary with links', () => {
    const many = Array.from({ length: 12 }, (_, index) => event('release', `13:${10 + index}`, { release: `r${index}`, slot: 'blue' }));
    const { events } = statusWith({ events: many });
    expect(events.map(({ release }) => release)).toEqual(['r11', 'r10', 'r9', 'r8', 'r7', 'r6', 'r5', 'r4', 'r3', 'r2']);
    expect(textWith({ events: many })).toContain('  2026-11-21 13:21 UTC (1 h ago)   release r11 in blue by octocat run 812');
    expect(statusSection(statusWith({ events: many })).table?.rows[0]).toEqual(['2026-11-21 13:21 UTC (1 h ago)', 'release', 'r11', 'blue', '2', 'octocat', { text: '812', href: RUN.url }]);
  });
});

test.each([['14:29:59', '1 s ago'], ['14:18:00', '12 min ago'], ['11:30:00', '3 h ago'], ['14:40:00', 'in 10 min']])('%s is %s', (time, said) => {
  expect(ago(`2026-11-21T${time}Z`, '2026-11-21T14:30:00.000Z')).toBe(said);
});
