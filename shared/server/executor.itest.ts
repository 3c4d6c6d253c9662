import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { faultOf } from '#shared/server/outcome';
import { renderPlan } from '#shared/server/plan';
import { isRunning, killPlan, localServer, planOn, removeServers, step, until } from '#shared/testing/local-server';
import { pathWithShell, SHELLS } from '#shared/testing/shells';

afterAll(removeServers);

const TITLES = new Map([['prepare', 'Doing prepare'], ['check', 'Doing check']]);

describe.each(SHELLS)('under %s', (shell) => {
  const path = pathWithShell(shell);

  test('runs its steps in order, journals each, and records in the ledger', async () => {
    const host = localServer(path);
    host.claim(1);
    const plan = planOn(host);
    const outcome = await host.run(plan);
    expect(outcome).toMatchObject({ state: 'completed', code: 0 });
    expect(host.journal(plan).split('\n').filter((line) => /^(begin|end|act|verified|final)/.test(line))).toEqual([
      'begin prepare', 'end prepare 0', 'act', 'begin switch', 'end switch 0', 'begin check', 'end check 0', 'verified', 'begin tidy-up', 'end tidy-up 0', 'final completed',
    ]);
    expect(host.live()).toBe('new');
    expect(host.ledger()).toMatch(/\n\{"event":"confirm","generation":1,"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ","release":"r1"\}\n$/);
  });

  test('a failing step before the act is cleared away, with its own last words', async () => {
    const host = localServer(path);
    host.claim(1);
    const outcome = await host.run(planOn(host, { steps: [step('prepare', 'before', `touch ${host.root}/prepared\necho no such package >&2\nfalse\necho not reached`)] }));
    expect(outcome).toMatchObject({ state: 'cleared', failedStep: 'prepare', exitCode: 1, lastLines: ['no such package'], code: 1 });
    expect(host.has('prepared')).toBe(false);
    expect(faultOf(outcome, 'shop', TITLES)).toBe('"Doing prepare" failed with exit code 1.\n  | no such package\n What had begun was cleared away; users noticed nothing.');
  });

  test('a failing check takes the act back', async () => {
    const host = localServer(path);
    host.claim(1);
    symlinkSync('old', join(host.root, 'live'));
    const plan = planOn(host);
    const outcome = await host.run({ ...plan, steps: plan.steps.map((each) => (each.name === 'check' ? { ...each, script: 'exit 3' } : each)) });
    expect(outcome).toMatchObject({ state: 'back', failedStep: 'check', exitCode: 3 });
    expect(host.live()).toBe('old');
  });

  test('a step over its time is ended with its whole process group', async () => {
    const host = localServer(path);
    host.claim(1);
    const outcome = await host.run(planOn(host, { steps: [step('prepare', 'before', `(sleep 30; touch ${host.root}/late) & echo $! >${host.root}/child; wait`, 1_000)] }));
    expect(outcome).toMatchObject({ state: 'cleared', timedOutAfter: 1 });
    expect(isRunning(Number(host.read('child')))).toBe(false);
  });

  test('a superseded plan is refused by name, and stops what it was doing', async () => {
    const host = localServer(path);
    host.claim(1, '811');
    const plan = planOn(host, { slow: 'prepare' });
    host.start(plan);
    await until(() => host.has('in-prepare'));
    host.claim(2, '812');
    const outcome = await host.follow(plan);
    expect(outcome).toMatchObject({ state: 'cleared', refusedBy: { generation: 2, run: '812', time: '2026-11-21T14:02:10Z' } });
    expect(faultOf(outcome, 'shop', TITLES)).toContain('Refused: run 812 took over shop at 2026-11-21T14:02:10Z (https://example.test/runs/812).');
    expect(host.live()).toBeUndefined();
  });

  test('one plan at a time; the second waits for the first', async () => {
    const host = localServer(path);
    host.claim(1);
    const first = planOn(host, { steps: [step('hold', 'before', `echo first >>${host.root}/order; sleep 1; echo first >>${host.root}/order`)] });
    const second = planOn(host, { steps: [step('hold', 'before', `echo second >>${host.root}/order`)] });
    host.start(first);
    await until(() => host.has('order'));
    const outcomes = await Promise.all([host.follow(first), host.run(second)]);
    expect(outcomes.map(({ state }) => state)).toEqual(['completed', 'completed']);
    expect(host.read('order')).toBe('first\nfirst\nsecond\n');
  });

  test.each(['executor', 'everything'])('killed (%s) while preparing: the next plan clears away and goes on', async (victim) => {
    const host = localServer(path);
    host.claim(1);
    const killed = planOn(host, { slow: 'prepare' });
    host.start(killed);
    await until(() => host.has('in-prepare'));
    killPlan(host, killed, victim);
    expect(await host.follow(killed)).toMatchObject({ state: undefined, code: 71 });
    const outcome = await host.run(planOn(host));
    expect(outcome).toMatchObject({ state: 'completed', healed: [killed.id] });
    expect(host.journal(killed)).toContain('final cleared');
  });

  test.each(['switch', 'check'])('killed in %s: the next plan goes back first', async (slow) => {
    const host = localServer(path);
    host.claim(1);
    symlinkSync('old', join(host.root, 'live'));
    const killed = planOn(host, { slow });
    host.start(killed);
    await until(() => host.has(`in-${slow}`));
    killPlan(host, killed, 'everything');
    await host.run(planOn(host, { steps: [step('look', 'before', `readlink ${host.root}/live >${host.root}/seen`)] }));
    expect(host.read('seen')).toBe('old\n');
    expect(host.journal(killed)).toContain('final back');
  });

  test('killed after it was verified: the next plan finishes it', async () => {
    const host = localServer(path);
    host.claim(1);
    const killed = planOn(host, { slow: 'tidy-up' });
    host.start(killed);
    await until(() => host.has('in-tidy-up'));
    killPlan(host, killed, 'everything');
    writeFileSync(join(host.folder(killed), 'plan.sh'), renderPlan({ ...planOn(host), id: killed.id }, 'mark'));
    expect(await host.run(planOn(host, { steps: [] }))).toMatchObject({ state: 'completed', healed: [killed.id] });
    expect(host.live()).toBe('new');
    expect(host.journal(killed)).toContain('final completed');
  });

  test('unconfirmed, it goes back by itself; confirmed, it stays', async () => {
    const host = localServer(path);
    host.claim(1);
    symlinkSync('old', join(host.root, 'live'));
    const forgotten = planOn(host, { confirmWithin: 1_000 });
    expect(await host.run(forgotten)).toMatchObject({ state: 'unconfirmed', code: 0 });
    expect(host.live()).toBe('new');
    await until(() => host.live() === 'old' && host.journal(forgotten).includes('final back'));
    expect(await host.ask(forgotten, 'confirm')).toMatchObject({ state: 'gone-back' });
    const kept = planOn(host, { confirmWithin: 2_000 });
    await host.run(kept);
    expect(await host.ask(kept, 'confirm')).toMatchObject({ state: 'completed', code: 0 });
    expect(await host.ask(kept, 'confirm')).toMatchObject({ state: 'confirmed', code: 0 });
    await sleep(2_500);
    expect(host.live()).toBe('new');
  });

  test('no confirmation for a superseded switch, and none across a barrier back', async () => {
    const host = localServer(path);
    host.claim(1);
    symlinkSync('old', join(host.root, 'live'));
    const plan = planOn(host, { confirmWithin: 60_000 });
    await host.run(plan);
    host.claim(2, '900');
    expect(await host.ask(plan, 'confirm')).toMatchObject({ state: 'refused', refusedBy: { run: '900' } });
    writeFileSync(join(host.state, 'ledger'), '{"event":"migration","generation":1,"time":"t","barrier":true}\n', { flag: 'a' });
    const next = await host.run(planOn(host, { generation: 2 }));
    expect(next).toMatchObject({ state: 'blocked' });
    expect(host.live()).toBe('new');
  });

  test('a barrier that is the plan\'s own, or was lifted by its name, holds no way back up', async () => {
    const host = localServer(path);
    host.claim(1);
    symlinkSync('old', join(host.root, 'live'));
    const barrier = (id: string): void => writeFileSync(join(host.state, 'ledger'), `{"event":"migration","generation":1,"time":"t","barrier":true,"plan":"${id}"}\n`, { flag: 'a' });
    const own = planOn(host, { steps: [step('act', 'act', 'exit 1')] });
    barrier(own.id);
    expect(await host.run(own)).toMatchObject({ state: 'back' });
    const moved = (how: string): void => writeFileSync(join(host.state, 'ledger'), `{"event":"restore","generation":1,"time":"t","${how}":"${own.id}"}\n`, { flag: 'a' });
    moved('lifts');
    moved('raises');
    const other = planOn(host, { steps: [step('act', 'act', 'exit 1')] });
    expect(await host.run(other)).toMatchObject({ state: 'barrier' });
    moved('lifts');
    expect(await host.run(planOn(host))).toMatchObject({ state: 'completed' });
  });

  test('a journal of an unknown newer format is refused by name', async () => {
    const host = localServer(path);
    host.claim(1);
    mkdirSync(join(host.state, 'plans', 'tomorrow'));
    writeFileSync(join(host.state, 'plans', 'tomorrow', 'journal'), 'slipway-journal 2\n1 run 1 2 3\n');
    expect(await host.run(planOn(host))).toMatchObject({ state: 'blocked', newer: { plan: 'tomorrow', format: '2' } });
  });

  test('a process that inherited the lock is named', async () => {
    const host = localServer(path);
    host.claim(1);
    await host.run(planOn(host, { steps: [step('prepare', 'before', `setsid sleep 60 </dev/null >/dev/null 2>&1 & echo $! >${host.root}/stray`)] }));
    const outcome = await host.run(planOn(host, { lockWait: 10_000 }));
    const stray = Number(host.read('stray'));
    expect(outcome).toMatchObject({ state: 'locked', holders: [{ pid: stray, command: 'sleep 60' }] });
    expect(faultOf(outcome, 'shop', TITLES)).toContain(`The lock of shop is held by process ${stray} (sleep 60)`);
    process.kill(stray);
  });

  test('a follower goes on at the byte where the line dropped', async () => {
    const host = localServer(path);
    host.claim(1);
    const plan = planOn(host);
    const { bytes } = await host.run(plan);
    const whole = readFileSync(join(host.folder(plan), 'output'));
    expect(bytes).toBe(whole.length);
    for (const offset of [0, 1, 17, whole.length - 1, whole.length]) {
      expect((await host.follow(plan, 'run', offset)).bytes).toBe(whole.length - offset);
    }
  });

  test('cancelled before users see anything, it clears away', async () => {
    const host = localServer(path);
    host.claim(1);
    const plan = planOn(host, { slow: 'prepare' });
    host.start(plan);
    await until(() => host.has('in-prepare'));
    spawnSync('sh', [join(host.folder(plan), 'plan.sh'), 'cancel'], { env: host.env });
    expect(await host.follow(plan)).toMatchObject({ state: 'cleared' });
    expect(host.has('prepared')).toBe(false);
  });

  test('point replaces a link in one rename, heals a stale one, and names a real folder', async () => {
    const host = localServer(path);
    host.claim(1);
    mkdirSync(join(host.root, '.slipway-new'));
    symlinkSync('stale', join(host.root, '.slipway-new', 'live'));
    await host.run(planOn(host));
    expect(host.live()).toBe('new');
    expect(readdirSync(host.root)).not.toContain('.slipway-new');
    rmSync(join(host.root, 'live'));
    mkdirSync(join(host.root, 'live', 'content'), { recursive: true });
    const outcome = await host.run(planOn(host, { back: ':' }));
    expect(outcome.lastLines.join()).toContain(`${host.root}/live is a real folder`);
  });
});
