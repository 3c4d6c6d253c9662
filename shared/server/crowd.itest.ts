import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { faultOf } from '#shared/server/outcome';
import { packet } from '#shared/server/packet';
import { renderPlan, type Plan } from '#shared/server/plan';
import { receiveCommand } from '#shared/server/scripts';
import { isRunning, killPlan, localServer, planOn, removeServers, step, until, type LocalServer } from '#shared/testing/local-server';
import { findProgram } from '#shared/testing/programs';
import { pathWithShell, SHELLS } from '#shared/testing/shells';

const slowFolders: string[] = [];
afterAll(() => {
  removeServers();
  for (const folder of slowFolders) rmSync(folder, { recursive: true, force: true });
});

/** A PATH on which the program waits two seconds when one of its arguments matches the sh pattern. */
function pathWithSlow(program: string, pattern: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-slow-'));
  slowFolders.push(folder);
  writeFileSync(join(folder, program), `#!/bin/sh\ncase "$*" in ${pattern}) sleep 2 ;; esac\nexec ${findProgram(program)} "$@"\n`, { mode: 0o755 });
  return `${folder}:${process.env['PATH']}`;
}
function age(path: string, hours = 2): void {
  const then = Date.now() / 1_000 - hours * 3_600;
  utimesSync(path, then, then);
}
function endedPlans(host: LocalServer, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const folder = join(host.state, 'plans', `20261121T1000${String(at).padStart(2, '0')}-000000`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'journal'), 'slipway-journal 1\n1 run 1 2 3\n1 final completed\n');
    writeFileSync(join(folder, 'final'), '');
    return folder;
  });
}

describe.each(SHELLS)('under %s', (shell) => {
  const path = pathWithShell(shell);

  test('a switch that a newer run took back is refused by its name, however it is asked', async () => {
    const host = localServer(path);
    host.claim(1);
    const plan = planOn(host, { confirmWithin: 60_000 });
    await host.run(plan);
    host.claim(2, '900');
    expect(await host.run(planOn(host, { generation: 2, steps: [] }))).toMatchObject({ healed: [plan.id] });
    for (const [verb, state] of [['confirm', 'gone-back'], ['revert', 'back']] as const) {
      const outcome = await host.ask(plan, verb);
      expect(outcome).toMatchObject({ state, refusedBy: { run: '900' } });
      expect(faultOf(outcome, 'shop', new Map())).toMatch(/^Refused: run 900 took over shop at .* Traffic went back to where it was\.$/);
    }
  });

  test('a slot on standby is not stopped while a switch back to it waits to be confirmed', async () => {
    const host = localServer(path);
    host.claim(1);
    const first = planOn(host, { retire: `echo stopped >>${host.root}/stopped` });
    await host.run(first);
    writeFileSync(join(host.state, 'standby'), `${first.id}\n`);
    const back = planOn(host, { confirmWithin: 60_000 });
    expect(await host.run(back)).toMatchObject({ state: 'unconfirmed' });
    const retire = (): void => void spawnSync('sh', [join(host.folder(first), 'plan.sh'), 'retire'], { env: host.env, stdio: 'ignore' });
    retire();
    expect(host.has('stopped')).toBe(false);
    expect(await host.ask(back, 'revert')).toMatchObject({ state: 'back' });
    retire();
    expect(host.read('stopped')).toBe('stopped\n');
    expect(existsSync(join(host.state, 'standby'))).toBe(false); // which also ends the timer that was to try again
  });

  test('a ledger with bytes that are no text, torn in the middle of a letter, still tells whose turn it is', async () => {
    const host = localServer(path);
    host.claim(1);
    writeFileSync(join(host.state, 'ledger'), Buffer.concat([Buffer.from('{"event":"release","actor":"J\u00fcrg'), Buffer.from([0xc3, 0, 0, 0x80])]), { flag: 'a' });
    const plan = planOn(host);
    Object.assign(host.env, { LANG: 'C.UTF-8' });
    expect(await host.run(plan)).toMatchObject({ state: 'completed' });
    expect(host.ledger().split('\n').at(-2)).toContain('"event":"confirm"');
  });

  test('what ended just now is kept for its followers, and the plan that is to end the standby too', async () => {
    const host = localServer(path);
    host.claim(1);
    const folders = endedPlans(host, 34);
    for (const folder of folders.slice(0, 3)) age(join(folder, 'final'));
    for (const [at, folder] of folders.entries()) age(folder, 40 - at);
    writeFileSync(join(host.state, 'standby'), '20261121T100001-000000\n');
    await host.run(planOn(host));
    const kept = readdirSync(join(host.state, 'plans'));
    expect(folders.filter((folder) => !kept.includes(folder.split('/').at(-1) as string))).toEqual([folders[0], folders[2]]);
  });
});

test('a packet is not cleared away while it arrives, from its first moment on', async () => {
  const host = localServer(process.env['PATH'] as string);
  host.claim(1);
  const plan = planOn(host, { steps: [] });
  const receiver = spawn('sh', ['-c', receiveCommand(host.state, plan.id)], { env: { ...host.env, PATH: pathWithSlow('flock', '8') }, stdio: ['pipe', 'ignore', 'inherit'] });
  const code = new Promise((resolve) => receiver.on('close', resolve));
  await until(() => readdirSync(join(host.state, 'incoming')).length > 0);
  await host.run(planOn(host, { steps: [] }));
  packet([{ path: 'plan.sh', mode: 0o600, kind: 'text', text: renderPlan(plan, 'mark') }, { path: 'complete', mode: 0o600, kind: 'text', text: '' }]).pipe(receiver.stdin);
  expect(await code).toBe(0);
  expect(host.journal(plan)).toContain('final completed');
  expect(readdirSync(join(host.state, 'incoming'))).toEqual(['lock']);
});

test('a step that its executor did not live to write down is ended with all that it started', async () => {
  const host = localServer(process.env['PATH'] as string);
  host.claim(1);
  const killed = planOn(host, { slow: 'prepare' });
  host.start(killed);
  await until(() => host.has('in-prepare'));
  killPlan(host, killed, 'executor');
  const journal = join(host.folder(killed), 'journal');
  writeFileSync(journal, readFileSync(journal, 'utf8').replace(/^\d+ process .*\n/m, ''));
  expect(await host.run(planOn(host))).toMatchObject({ state: 'completed', holders: [], healed: [killed.id] });
});

test('who looks for what a dead plan left running spares the plan that got the lock meanwhile', async () => {
  const host = localServer(process.env['PATH'] as string);
  host.claim(1);
  await host.run(planOn(host, { steps: [step('prepare', 'before', `setsid sleep 60 </dev/null >/dev/null 2>&1 & echo $! >${host.root}/stray`)] }));
  const [looking, working] = [planOn(host, { steps: [] }), planOn(host, { steps: [step('work', 'before', 'sleep 5')] })];
  for (const plan of [looking, working]) layDown(host, plan);
  launch(host, looking, pathWithSlow('cat', '*/journal*'));
  await until(() => spawnSync('pgrep', ['-f', `cat ${host.state}/plans/`]).status === 0);
  process.kill(Number(host.read('stray')));
  await until(() => !isRunning(Number(host.read('stray'))));
  launch(host, working, host.env.PATH);
  expect(await host.follow(working)).toMatchObject({ state: 'completed' });
  expect(await host.follow(looking)).toMatchObject({ state: 'completed' });
});

function layDown(host: LocalServer, plan: Plan): void {
  mkdirSync(host.folder(plan));
  writeFileSync(join(host.folder(plan), 'plan.sh'), renderPlan(plan, 'mark'));
  writeFileSync(join(host.folder(plan), 'journal'), 'slipway-journal 1\n');
  writeFileSync(join(host.folder(plan), 'output'), '');
}
function launch(host: LocalServer, plan: Plan, path: string): void {
  spawnSync('sh', [join(host.folder(plan), 'plan.sh'), 'launch', 'run'], { env: { ...host.env, PATH: path }, stdio: 'ignore' });
}
