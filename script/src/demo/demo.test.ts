import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { DeliveredStep } from './delivery.ts';
import { evaluate, isDue, type Context } from './expressions.ts';
import { GO_BACK, reportOf, UNDO, WATCH, type Seen } from './measured.ts';
import { workflowText } from './repository.ts';
import { GATE, waiversText } from './security.ts';
import { stepReader } from './with-act.ts';

const context: Context = { inputs: { release: 'v2' }, vars: { START: 'sv up' }, secrets: {}, steps: { deploy: { outputs: { 'slot-url': 'unix:/x' }, outcome: 'success' } } };

describe('expressions', () => {
  test.each([
    ['${{ inputs.release }}-${{vars.START}}', 'v2-sv up'],
    ["${{ vars.STOP || 'sudo ''x'' \"$SLOT\"' }}", 'sudo \'x\' "$SLOT"'],
    ["${{ vars.START || 'other' }}", 'sv up'],
    ['${{ secrets.KEY }}', ''],
    ['${{ steps.deploy.outputs.slot-url }}', 'unix:/x'],
    ['${{ steps.deploy.outcome }} ${{ steps.back.outcome }}', 'success skipped'],
    ['$HOME', '$HOME'],
  ])('%s is %s', (text, value) => expect(evaluate(text, context)).toBe(value));

  test('one that is not understood is refused, not left out', () => {
    expect(() => evaluate('${{ github.sha }}', context)).toThrow('"github.sha"');
  });

  test.each<[string | undefined, boolean, boolean]>([
    [undefined, false, true], [undefined, true, false], ['failure()', false, false], ['failure()', true, true], ["failure() && steps.deploy.outcome == 'success'", true, true],
    ["failure() && steps.deploy.outcome != 'success'", true, false], ["failure() && steps.back.outcome != 'success'", true, true], ["failure() && steps.deploy.outcome == 'success'", false, false],
  ])('if: %s, failed: %s, is due: %s', (condition, hasFailed, due) => expect(isDue(condition, hasFailed, context)).toBe(due));

  test('a condition that is not understood is refused', () => expect(() => isDue('always()', true, context)).toThrow('"always()"'));

  test('all of the workflow are understood', () => {
    expect(evaluate(workflowText(), context)).not.toContain('${{');
  });
});

test('the steps that the demo measures by are in the workflow', () => {
  const { jobs } = parse(workflowText()) as { jobs: Record<string, { steps: { name: string }[] }> };
  expect(Object.values(jobs).flatMap(({ steps }) => steps.map(({ name }) => name))).toEqual(expect.arrayContaining([GATE, WATCH, GO_BACK, UNDO]));
});

test('the waiver holds for two weeks from the day of the demo', () => {
  expect(parse(waiversText(false))).toEqual({});
  expect(parse(waiversText(true, new Date('2026-12-25T10:00:00Z')))).toMatchObject({ waivers: [{ finding: 'B602', created: '2026-12-25', expires: '2027-01-08' }] });
});

test("act's log is read in whatever pieces it comes", () => {
  const log = [
    '[Deploy/deploy] ⭐ Run Set up job', '[Deploy/deploy]   ✅  Success - Set up job', '[Deploy/deploy] ⭐ Run Main Build it', '[Deploy/deploy]   | ::error::no',
    '[Deploy/deploy]   ✅  Success - Main Build it [1.010835218s]', '[Deploy/deploy] ⭐ Run Main Watch', '[Deploy/deploy]   ❗  ::error title=Smoke::bad%0Anews: 50%25',
    '[Deploy/deploy]   ❌  Failure - Main Watch [3.9ms]', '',
  ].join('\n');
  const steps: DeliveredStep[] = [];
  let clock = 0;
  const read = stepReader((step) => steps.push(step), () => (clock += 10));
  for (const piece of log.match(/.{1,7}/gs) ?? []) read(piece);
  expect(steps).toEqual([
    { name: 'Build it', began: 10, ended: 20, passed: true, fault: '' },
    { name: 'Watch', began: 30, ended: 40, passed: false, fault: 'bad\nnews: 50%' },
  ]);
});

describe('the report', () => {
  const kind = { sent: 0, ok: 0, lost: 0, p50: 0, p99: 0, max: 0 };
  const spell = (version: string, firstSeen: number, lastSeen: number) => ({ version, firstSeen, lastSeen, answers: 5 });
  const step = (name: string, ended: number, passed: boolean): DeliveredStep => ({ name, began: ended - 10, ended, passed, fault: '' });
  const seen: Seen = {
    runner: 'act', stages: [{ name: 'PostgreSQL', ms: 5, passed: true }], storedOrders: 7, columns: ['id', 'item', 'ordered_at', 'channel'], switchedAt: 100, tookMs: 9, live: { release: '2.0.0', slot: 'green', verified: true }, messages: 3,
    blocked: [step('Check out', 5, true), step(GATE, 10, false)],
    third: [step(WATCH, 260, false), step(GO_BACK, 300, true), step(UNDO, 320, true)],
    load: {
      sent: 15, ok: 15, lost: 0, renewed: 0, causes: { reset: 0, refused: 0, timeout: 0, status: 0, body: 0 }, losses: [], ends: [],
      kinds: { get: { ...kind, sent: 8, ok: 8 }, post: kind, slow: kind, download: kind, order: { ...kind, sent: 7, ok: 7 } },
      streams: { sse: { opened: 0, closed: 0, cut: 0, refused: 0, events: 0 }, ws: { opened: 0, closed: 0, cut: 0, refused: 0, events: 0 } },
      versions: [spell('1.0.0', 50, 108), spell('2.0.0', 104, 400), spell('3.0.0', 210, 275)],
    },
  };

  test('says how long the switch, the bad news and the way back took', () => {
    expect(reportOf(seen)).toMatchObject({ ok: true, requests: 15, lost: 0, switch_ms: 4, bad_news_ms: 50, rollback_ms: 15 });
  });

  test.each<[string, Partial<Seen>]>([
    ['1 of 15 requests were lost', { load: { ...seen.load, lost: 1 } }],
    ['7 orders were answered, and 8 are stored', { storedOrders: 8 }],
    ['The migration of 3.0.0 was not taken back: orders have id, note', { columns: ['id', 'note'] }],
    ['The migration of 3.0.0 was not taken back', { third: seen.third.slice(0, 2) }],
    ['No user was ever answered by release 3.0.0', { load: { ...seen.load, versions: seen.load.versions.slice(0, 2) } }],
    ['should have failed at "Watch it under real use", and nowhere else', { third: [step(WATCH, 260, true), step(GO_BACK, 300, true)] }],
    ['should have failed at "Watch it under real use", and nowhere else', { third: [step('Build', 1, false), ...seen.third] }],
    ['"Go back" did not succeed', { third: seen.third.slice(0, 1) }],
    ['Release 3.0.0 is live', { live: { release: '3.0.0', slot: 'blue', verified: true } }],
    ['Release 2.0.0 is live, not verified', { live: { release: '2.0.0', slot: 'green', verified: false } }],
    ['Slack shows 4 messages of 3 deployments', { messages: 4 }],
    ['"Ask the security gate" should have kept the first release back', { blocked: [step('Check out', 5, true), step(GATE, 10, true)] }],
    ['"Ask the security gate" should have kept the first release back, and nothing should have followed', { blocked: [step(GATE, 10, false), step('Build', 20, true)] }],
    ['"Ask the security gate" of release 2.0.0 failed', { stages: [{ release: '1.0.0', name: GATE, ms: 5, passed: false }, { release: '2.0.0', name: GATE, ms: 5, passed: false }] }],
    ['"PostgreSQL" failed', { stages: [{ name: 'PostgreSQL', ms: 5, passed: false }] }],
  ])('is not ok: %s', (fault, change) => {
    const { ok, faults } = reportOf({ ...seen, ...change });
    expect(faults.join(' ')).toContain(fault);
    expect(ok).toBe(false);
  });
});
