import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { needs, needsFull } from '#shared/testing/equipment';
import { makeGate, type Gate, type Side } from '#shared/testing/kill-gate';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { cutPower, processesUsing } from '#shared/testing/processes';

// Whatever is killed at whatever step: what is live is wholly as it was or wholly the set, its doors are open, and nothing half is left.
const PROGRAMS = ['psql', 'zstd', 'sqlite3', 'flock'];
let gate: Gate;
let host: BackupHost;
let pg: Postgres;
let files: string;
let buffer: string;
let inputs: Record<string, string>;

beforeAll(async () => {
  gate = makeGate();
  host = await startBackupHost({ PATH: `${gate.bin}:${process.env['PATH']}` });
  pg = await startPostgres(join(host.root, 'pg'));
  pg.query('create database shop');
  [files, buffer] = [join(host.root, 'filestore'), join(host.root, 'buffer.sqlite')];
  mkdirSync(files);
  pg.query('create table state (word text)', 'shop');
  execFileSync('sqlite3', [buffer, 'pragma journal_mode = wal; create table state (word)']);
  write('taken');
  const sources = JSON.stringify([{ postgres: 'shop', host: pg.socket, user: pg.user, password: 'not-asked-for-9c1f' }, { sqlite: buffer }, { files }]);
  const { set = '' } = outputsOf(await host.backup({ sources }));
  inputs = { sources, operation: 'restore', set, 'accept-data-loss': set, quiesce: `echo held >>${host.root}/held`, resume: `rm -f ${host.root}/held` };
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await host?.stop();
  gate?.remove();
});

function write(word: string): void {
  pg.query(`delete from state; insert into state values ('${word}')`, 'shop');
  execFileSync('sqlite3', [buffer, `delete from state; insert into state values ('${word}')`]);
  writeFileSync(join(files, 'state'), word);
}
/** What each part says, the database's doors being open. */
function live(): string[] {
  return [pg.query('select word from state', 'shop'), execFileSync('sqlite3', [buffer, 'select word from state'], { encoding: 'utf8' }).trim(), readFileSync(join(files, 'state'), 'utf8')];
}
function isOpen(): boolean {
  try {
    return live().length === 3;
  } catch {
    return false;
  }
}
function besides(): string[] {
  const names = [...pg.query('select datname from pg_database').split('\n'), ...readdirSync(host.root)];
  return names.filter((name) => name.includes('__next_') || name.includes('__before_'));
}

async function killedIn(step: string, side: Side, isGuardKilled: boolean): Promise<void> {
  write('written since');
  const kept = besides();
  gate.close(`step-${step}`, side);
  const killed = host.start(inputs);
  let isOver = false;
  void killed.result.then(() => (isOver = true));
  await gate.untilHeld(() => isOver);
  const plan = readdirSync(join(host.state, 'plans')).sort().at(-1) ?? '';
  await cutPower(() => processesUsing(plan).filter(({ command }) => isGuardKilled || !command.includes('stand-guard')).map(({ pid }) => pid));
  gate.open();
  expect((await killed.result).code).toBe(1);
  // Nobody waits before writers are held back, nor once all is settled: then the next run is soon enough.
  const hasGuard = ['close-doors', 'swap', 'open-doors'].includes(step) || (step === 'hold-back' && side === 'after') || (step === 'settle' && side === 'before');
  if (isGuardKilled || !hasGuard) outputsOf(await host.backup({ sources: JSON.stringify([{ files }]) }));
  await waitUntil('it is healed', () => existsSync(join(host.state, 'plans', plan, 'final')), 20_000);

  expect(isOpen()).toBe(true);
  expect(new Set(live()).size).toBe(1);
  const isRestored = live()[0] === 'taken';
  expect(isRestored).toBe(step === 'settle' || (step === 'open-doors' && side === 'after' && readFileSync(join(host.state, 'plans', plan, 'journal'), 'utf8').includes(' verified')));
  const fresh = besides().filter((name) => !kept.includes(name));
  // What users could have written to is never thrown away.
  if (!(step === 'open-doors' && side === 'after')) expect(fresh.filter((name) => !name.endsWith('-wal') && !name.endsWith('-shm'))).toHaveLength(isRestored ? 3 : 0);
  expect(existsSync(join(host.root, 'held'))).toBe(false);
  expect(readdirSync(join(host.root, 'scratch'))).toEqual([]);
  expect(existsSync(join(host.state, 'plans', plan, 'once'))).toBe(false);
  expect(host.ledger().filter((event) => event['plan'] === plan)).toHaveLength(isRestored ? 1 : 0);
}

needs(...PROGRAMS).each([
  ['swap', 'after', false], ['open-doors', 'before', true],
] as const)('killed in %s, %s it has done its work, its guard too: %s', killedIn, 90_000);
needsFull(...PROGRAMS).each(['check-set', 'restore-1', 'restore-3', 'weigh', 'hold-back', 'close-doors', 'swap', 'open-doors', 'settle'].flatMap((step) =>
  (['before', 'after'] as const).flatMap((side) => [[step, side, false], [step, side, true]] as const),
))('killed in %s, %s it has done its work, its guard too: %s', killedIn, 90_000);

needs(...PROGRAMS)('a set that is damaged, a wrong login, a buffer that is in use: refused, and what is live is as it was', async () => {
  write('written since');
  const before = [...live(), ...besides()];
  const shop = { postgres: 'shop', host: pg.socket, user: 'nobody-there' };
  const [, second, third] = JSON.parse(inputs['sources'] ?? '') as unknown[];
  expect(faultTold(await host.backup({ ...inputs, sources: JSON.stringify([shop, second, third]) }))).toMatch(/cannot be reached: .*role "nobody-there" does not exist/);
  const holder = execFileSync('sh', ['-c', 'sleep 60 <"$1" >/dev/null 2>&1 & echo $!', 'sh', buffer], { encoding: 'utf8' }).trim();
  try {
    expect(faultTold(await host.backup({ ...inputs, 'lock-timeout': '1s' }))).toMatch(/buffer\.sqlite is open in process \d+ \(sleep 60 \)\. Have quiesce stop what uses it/);
  } finally {
    process.kill(Number(holder));
  }
  expect([...live(), ...besides()]).toEqual(before);
  const part = join(host.sets, inputs['set'] ?? '', 'filestore.tar.zst');
  const whole = readFileSync(part);
  writeFileSync(part, whole.subarray(0, whole.length - 1));
  expect(faultTold(await host.backup(inputs))).toMatch(/filestore\.tar\.zst of set \S+ is not what was written: it is damaged/);
  writeFileSync(part, whole);
  expect([...live(), ...besides()]).toEqual(before);
}, 90_000);
