import { appendFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { faultOf } from '#shared/server/outcome';
import type { Plan } from '#shared/server/plan';
import { localServer, planOn, removeServers, step, until } from '#shared/testing/local-server';
import { cutPower, processes, processesUsing } from '#shared/testing/processes';
import { pathWithShell, SHELLS } from '#shared/testing/shells';

afterAll(removeServers);

describe.each(SHELLS)('under %s a plan that goes on from an unconfirmed one', (shell) => {
  const path = pathWithShell(shell);
  const unconfirmed = async (changes: Partial<Plan> = {}) => {
    const host = localServer(path);
    host.claim(1);
    symlinkSync('old', join(host.root, 'live'));
    const first = planOn(host, { confirmWithin: 1_000, ...changes });
    expect(await host.run(first)).toMatchObject({ state: 'unconfirmed' });
    return { host, first };
  };
  const ended = async ({ host, first }: Awaited<ReturnType<typeof unconfirmed>>): Promise<void> => until(() => !processes().some(({ command }) => command.includes(`${host.folder(first)}/plan.sh\0`)));

  test('takes its place, even where its time is over meanwhile', async () => {
    const { host, first } = await unconfirmed();
    const next = planOn(host, { continues: first.id, confirmWithin: 60_000, steps: [step('prepare', 'before', `sleep 2`), step('switch', 'act', `point ${host.root}/live newer`)] });
    expect(await host.run(next)).toMatchObject({ state: 'unconfirmed', healed: [] });
    await ended({ host, first });
    expect(host.live()).toBe('newer');
    expect(host.journal(first)).toMatch(/\nverified\nfinal continued\n$/);
  });

  test('follows one that was going back when it came', async () => {
    const { host, first } = await unconfirmed({ back: 'sleep 1' });
    await until(() => host.journal(first).includes('begin back'));
    const next = planOn(host, { continues: first.id, confirmWithin: 60_000 });
    expect(await host.run(next)).toMatchObject({ state: 'unconfirmed' });
    await ended({ host, first });
    expect(host.live()).toBe('new');
    expect(host.journal(first)).toMatch(/\nfinal back\n$/);
  });

  test('takes it back at once where it cannot go on', async () => {
    const { host, first } = await unconfirmed({ confirmWithin: 60_000 });
    const outcome = await host.run(planOn(host, { continues: first.id, confirmWithin: 60_000, steps: [step('prepare', 'before', 'exit 1'), step('switch', 'act', ':')] }));
    expect(outcome).toMatchObject({ state: 'back', healed: [first.id] });
    expect(faultOf(outcome, 'shop', new Map([['prepare', 'Doing prepare']]))).toBe('"Doing prepare" failed with exit code 1.\n Traffic went back to where it was.');
    expect(host.live()).toBe('old');
  });

  test('takes it back where nobody could write down that it has taken its place', async () => {
    const { host, first } = await unconfirmed({ confirmWithin: 60_000 });
    const next = planOn(host, { continues: first.id, confirmWithin: 60_000, steps: [step('prepare', 'before', `rm ${host.folder(first)}/journal; mkdir ${host.folder(first)}/journal`), step('switch', 'act', `point ${host.root}/live newer`)] });
    expect(await host.run(next)).toMatchObject({ state: 'back' });
    expect(host.live()).toBe('old');
  });
});

describe.each(SHELLS.slice(0, 1))('under %s a plan that goes on from one that stopped at a barrier', (shell) => {
  const path = pathWithShell(shell);
  // What goes back with the data does not stop where the barrier stands.
  const across = { functions: 'is_behind_barrier() { return 1; }' };
  const stopped = async () => {
    const host = localServer(path);
    host.claim(1);
    symlinkSync('old', join(host.root, 'live'));
    appendFileSync(join(host.state, 'ledger'), '{"event":"migration","generation":1,"time":"2026-11-21T14:02:10Z","what":"apply","plan":"20261121T140200-aaaaaa","barrier":true}\n');
    const first = planOn(host, { steps: [step('switch', 'act', `point ${host.root}/live new`), step('check', 'verify', 'exit 1')] });
    expect(await host.run(first)).toMatchObject({ state: 'barrier' });
    expect(host.journal(first)).toMatch(/\nstopped\n$/);
    return { host, first };
  };
  const killedIn = async (host: Awaited<ReturnType<typeof stopped>>['host'], plan: Plan, name: string): Promise<void> => {
    host.start(plan);
    await until(() => host.has(`in-${name}`));
    await cutPower(() => processesUsing(host.folder(plan)).map(({ pid }) => pid));
  };

  test('takes its place; one that does not go on from it is blocked', async () => {
    const { host, first } = await stopped();
    expect(await host.run(planOn(host))).toMatchObject({ state: 'blocked', code: 1 });
    expect(host.live()).toBe('new');
    expect(await host.run(planOn(host, { ...across, continues: first.id }))).toMatchObject({ state: 'completed', healed: [] });
    expect(host.journal(first)).toMatch(/\nfinal continued\n$/);
    // Nothing is left that stands in the way of the next.
    expect(await host.run(planOn(host))).toMatchObject({ state: 'completed', healed: [] });
  });

  test('killed before it took the place: another takes that over', async () => {
    const { host, first } = await stopped();
    const next = planOn(host, { ...across, continues: first.id, slow: 'prepare' });
    await killedIn(host, next, 'prepare');
    expect(await host.run(planOn(host, { ...across, continues: first.id }))).toMatchObject({ state: 'completed', healed: [next.id] });
    expect(host.journal(next)).toMatch(/\nfinal cleared\n$/);
    expect(host.journal(first)).toMatch(/\nfinal continued\n$/);
  });

  test('killed after it: another takes back what it did, and is not stopped by the one before', async () => {
    const { host, first } = await stopped();
    const next = planOn(host, { ...across, continues: first.id, slow: 'switch' });
    await killedIn(host, next, 'switch');
    expect(host.journal(first)).toMatch(/\nfinal continued\n$/);
    const last = planOn(host, { steps: [step('look', 'before', `readlink ${host.root}/live >${host.root}/seen`), step('switch', 'act', `point ${host.root}/live newest`)] });
    expect(await host.run(last)).toMatchObject({ state: 'completed', healed: [next.id] });
    expect(host.journal(next)).toMatch(/\nfinal back\n$/);
    expect({ seen: host.read('seen').trim(), live: host.live() }).toEqual({ seen: 'old', live: 'newest' });
  });
});
