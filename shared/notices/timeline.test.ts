import { describe, expect, test } from '@jest/globals';
import type { Entry } from './entry.ts';
import { EVENTS, happeningOf, type EventName, type State } from './event.ts';
import { timelineOf } from './timeline.ts';
import { headline } from './wording.ts';

const key = { repository: 'octo-org/shop', run: '812', environment: 'production', service: 'shop' };
let count = 0;

function entry(event: EventName, more: Partial<Entry> = {}): Entry {
  count += 1;
  const { state, stage } = happeningOf({ event })!;
  return { id: `e${count}`, attempt: 1, event, state, at: 1_000 + count, facts: { release: 'v1' }, fields: {}, links: {}, ...(stage !== undefined && { stage }), ...more };
}
function stage(name: string, state: State, more: Partial<Entry> = {}): Entry {
  return entry('stage', { stage: name, state, ...more });
}
function told(...entries: readonly Entry[]): string {
  const timeline = timelineOf(entries);
  return [headline(timeline, key), ...timeline.stages.map(({ name, state }) => `${name} ${state}`)].join(' | ');
}

describe('a deployment', () => {
  test('stands as its last word says, and its stages as theirs', () => {
    const started = entry('production-started');
    const asked = entry('approval-requested');
    expect(told(started, asked)).toBe('✋ shop v1: approval asked for production | approval waiting');
    expect(told(started, asked, stage('approval', 'succeeded'), stage('backup', 'running'))).toBe('⏳ shop v1 → production: under way | approval succeeded | backup running');
    expect(told(started, stage('switch', 'failed'), entry('failed'))).toBe('❌ shop v1: failed in production at switch | switch failed');
    expect(told(started, entry('failed'), stage('rollback', 'running'), entry('rolled-back'))).toBe('↩️ shop v1 was rolled back in production | rollback rolled-back');
    expect(told(stage('backup', 'succeeded'))).toBe('⏳ shop v1 → production: under way | backup succeeded');
    expect(told(stage('backup', 'succeeded'), stage('deploy', 'failed'))).toBe('❌ shop v1: failed in production at deploy | backup succeeded | deploy failed');
  });

  test('is the same whatever order its events came in, and however often', () => {
    const entries = [entry('production-started'), stage('a', 'running'), stage('a', 'succeeded'), stage('b', 'failed'), entry('failed'), stage('b', 'succeeded', { attempt: 2 }), entry('production-succeeded', { attempt: 2 })];
    const wanted = timelineOf(entries);
    for (let turn = 1; turn < entries.length; turn += 1) expect(timelineOf([...entries.slice(turn), ...entries, ...entries.slice(0, turn)])).toEqual(wanted);
    expect(timelineOf(entries.toReversed())).toEqual(wanted);
    expect(wanted).toMatchObject({ state: 'succeeded', attempt: 2, earlier: ['attempt 1 failed'] });
  });

  test('knows how long stages took: by their start, or as they say themselves', () => {
    const { stages, started, ended } = timelineOf([entry('production-started', { at: 100 }), stage('a', 'running', { at: 110 }), stage('a', 'succeeded', { at: 151 }), stage('b', 'succeeded', { at: 200, started: 180 }), entry('production-succeeded', { at: 300 })]);
    expect(stages.map((one) => [one.started, one.ended])).toEqual([[110, 151], [180, 200]]);
    expect([started, ended]).toEqual([100, 300]);
  });

  test('that is over has no stage under way', () => {
    expect(told(entry('production-started'), stage('watch', 'running'), entry('production-succeeded'))).toBe('✅ shop v1 is live in production | watch noted');
  });

  test('keeps the last word on each fact', () => {
    const { facts } = timelineOf([entry('production-started', { facts: { release: 'v1', actor: 'ada' } }), stage('a', 'succeeded', { facts: { release: 'v2' } })]);
    expect(facts).toEqual({ release: 'v2', actor: 'ada' });
  });
});

describe('what happened', () => {
  test.each([
    [{ status: 'success' }, 'custom succeeded info outcome '], [{ status: 'failure' }, 'failed failed critical outcome '], [{ status: 'cancelled' }, 'failed cancelled warning outcome '],
    [{ status: 'success', environment: 'production' }, 'production-succeeded succeeded info outcome production'], [{ status: 'success', environment: 'qa' }, 'staging-succeeded succeeded info outcome qa'],
    [{ status: 'started', environment: 'prod-eu' }, 'production-started running info start prod-eu'], [{ stage: 'backup' }, 'stage running info progress '],
    [{ stage: 'backup', status: 'failure' }, 'stage failed warning progress '], [{ event: 'staging-started' }, 'staging-started running info start staging'],
    [{ event: 'production-succeeded', environment: 'eu' }, 'production-succeeded succeeded info outcome eu'], [{ event: 'failed', status: 'cancelled' }, 'failed cancelled warning outcome '],
    [{ status: 'skipped', environment: 'production' }, 'custom skipped info outcome production'],
  ] as const)('%j is %s', (said, wanted) => {
    const { event, state, severity, role, environment } = happeningOf(said)!;
    expect([event, state, severity, role, environment].join(' ')).toBe(wanted);
  });

  test('nothing said is nothing', () => expect(happeningOf({})).toBeUndefined());

  test('every event has a headline of its own', () => {
    const lines = EVENTS.filter((name) => name !== 'stage').map((name) => headline(timelineOf([entry(name)]), { ...key, environment: name.startsWith('staging') ? 'staging' : 'production' }));
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.filter((line) => line.includes('undefined'))).toEqual([]);
  });
});
