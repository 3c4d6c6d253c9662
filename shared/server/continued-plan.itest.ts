import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { faultOf } from '#shared/server/outcome';
import type { Plan } from '#shared/server/plan';
import { localServer, planOn, removeServers, step, until } from '#shared/testing/local-server';
import { processes } from '#shared/testing/processes';
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
