import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Source } from '#shared/database/source';
import { backupSteps, type BackupSteps } from '#shared/testing/backup-steps';
import { needs } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { postgresPrograms, startPostgres, type Postgres } from '#shared/testing/postgres';
import { mountSmallDisk } from '#shared/testing/small-disk';

// What goes wrong in a dump, and what every peer calls a good backup then. Here: no set, and a reason.
const it = needs('psql', 'zstd', 'flock');
const itAsRoot = needs('psql', 'zstd', 'flock', 'root', 'mount');
const CANARY = 'canary.of.a.customer@example.com';
let root: string;
let pg: Postgres;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-faults-'));
  chmodSync(root, 0o755);
  pg = await startPostgres(join(root, 'pg'));
  pg.query('create database shop');
  pg.query(`create table customers (id serial primary key, email text unique, n int);
    insert into customers (email, n) select case i when 777 then '${CANARY}' else 'c' || i || '@example.com' end, i from generate_series(1, 4000) i;
    create table orders (id serial primary key, customer int references customers); insert into orders (customer) select 1 + i % 4000 from generate_series(1, 4000) i;
    create index on orders (customer)`, 'shop');
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

function shop(more: Partial<Extract<Source, { kind: 'postgres' }>> = {}): Source {
  return { kind: 'postgres', name: 'shop', database: 'shop', host: pg.socket, user: pg.user, ...more };
}

/** PostgreSQL's programs with another pg_dump, a script that finds the real one as $REAL. */
function programsWith(pgDump: string): string {
  const folder = mkdtempSync(join(root, 'programs-'));
  chmodSync(folder, 0o755);
  const real = postgresPrograms() ?? '';
  for (const name of readdirSync(real)) if (name !== 'pg_dump') execFileSync('ln', ['-s', join(real, name), folder]);
  writeFileSync(join(folder, 'pg_dump'), `#!/bin/sh\nREAL=${real}/pg_dump\n[ "$1" != --version ] || exec "$REAL" --version\n${pgDump}\n`, { mode: 0o755 });
  return folder;
}

/** That there is no set, nothing of one once cleared, and nothing left running. */
function expectNothing(steps: BackupSteps): void {
  expect(steps.step('clear').code).toBe(0);
  expect(steps.names()).toEqual([]);
  expect(readdirSync(steps.backup.scratch)).toEqual([]);
  expect(existsSync(`/tmp/slipway-${steps.backup.set}`)).toBe(false);
  expect(execFileSync('sh', ['-c', `ps axww -o args | grep -F ${steps.backup.set} | grep -v grep || true`], { encoding: 'utf8' })).toBe('');
}

describe('exit codes that are lost in a pipe', () => {
  it.each([
    ['it fails at once', 'exit 1', 'pg_dump ended with 1'],
    ['it writes some, then fails', '"$REAL" "$@" | head -c 30000; exit 3', 'pg_dump ended with 3'],
    ['it closes its output before it fails', '"$REAL" "$@"; exec >&-; sleep 0.1; exit 1', 'pg_dump ended with 1'],
    ['it is killed', '"$REAL" "$@" | head -c 30000; kill -9 $$', 'pg_dump ended with 137'],
    ['it writes nothing and is content', 'exit 0', 'pg_dump gave no schema of shop'],
    ['it has no right to a table', 'echo "pg_dump: error: query failed: ERROR:  permission denied for table customers" >&2; exit 1', 'permission denied for table customers'],
  ])('%s: no set', (_, pgDump, words) => {
    const steps = backupSteps([shop({ tools: programsWith(pgDump) })]);
    expect(steps.run()).toEqual({ step: 'take-1', told: expect.stringContaining(words) });
    expectNothing(steps);
  });

  it.each([
    ['zstd', '/usr/bin/zstd "$@" | head -c 1000; exit 0', 'unpack ended with 1', 'prove-1'], ['zstd', '/usr/bin/zstd "$@"; exit 1', 'zstd ended with 1', 'take-1'],
  ])('%s is faulty (%s): no set', (name, script, words, step) => {
    const bin = mkdtempSync(join(root, 'bin-'));
    writeFileSync(join(bin, name), `#!/bin/sh\ncase "$*" in *-dc*) exec /usr/bin/zstd "$@" ;; esac\n${script}\n`, { mode: 0o755 });
    const steps = backupSteps([shop()]);
    steps.server.env.PATH = `${bin}:${steps.server.env.PATH}`;
    expect(steps.run()).toEqual({ step, told: expect.stringContaining(words) });
    expectNothing(steps);
  });
});

describe('a dump that is cut', () => {
  it('at any of 20 points: told, whether its last line is there or not, and no row in what is told', () => {
    const steps = backupSteps([shop()]);
    expect(steps.run(['check', 'take-1'])).toBeUndefined();
    const file = join(steps.work, 'shop.sql.zst');
    const lines = execFileSync('zstd', ['-dc', file], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n');
    const cuts = Array.from({ length: 20 }, (_, index) => Math.floor((lines.length * (index + 0.5)) / 20));
    const cutAt = (cut: number, end: string): { code: number; told: string } => {
      execFileSync('zstd', ['-qf', '-', '-o', file], { input: `${lines.slice(0, cut).join('\n')}\n${end}` });
      return steps.step('prove-1');
    };
    expect(cuts.map((cut) => cutAt(cut, ''))).toEqual(cuts.map(() => ({ code: 1, told: expect.stringContaining('shop is cut short') })));
    // In the middle of COPY, and between the data and the indexes: it loads without a fault.
    const data = lines.indexOf('\\.');
    const end = '\n--\n-- PostgreSQL database dump complete\n--\n';
    expect(cutAt(data - 1_000, `\\.\n${end}`)).toEqual({ code: 1, told: expect.stringMatching(/Rows differ in: table "public\.(customers|orders)"/) });
    expect(cutAt(lines.findIndex((line) => line.includes('ADD CONSTRAINT')) - 1, end)).toEqual({ code: 1, told: expect.stringMatching(/The schema of shop is not that of shop: \d+ lines differ/) });
    expectNothing(steps);
  }, 120_000);

  it('of which a row is changed: told, without the row; and what cannot be loaded says no row either', () => {
    const steps = backupSteps([shop()]);
    expect(steps.run(['check', 'take-1'])).toBeUndefined();
    const file = join(steps.work, 'shop.sql.zst');
    const sql = execFileSync('zstd', ['-dc', file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    const proveWith = (changed: string): { code: number; told: string } => {
      execFileSync('zstd', ['-qf', '-', '-o', file], { input: changed });
      return steps.step('prove-1');
    };
    expect(proveWith(sql.replace('c1@example.com', 'c1@example.org'))).toEqual({ code: 1, told: expect.stringContaining('Rows differ in: table "public.customers"') });
    for (const broken of [sql.replace(`${CANARY}\t777`, `${CANARY}\t${CANARY}`), sql.replace('c1@example.com', CANARY)]) {
      const { code, told } = proveWith(broken);
      expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(/psql ended with 3\. line \d+: ERROR: +(22P02|23505)/) });
      expect(told).not.toContain(CANARY);
    }
    expectNothing(steps);
  }, 120_000);
});

describe('surroundings that a backup cannot be taken or proven in', () => {
  it.each([
    ['a database that is not there', () => shop({ database: 'nosuchdb' }), 'check', /nosuchdb cannot be reached: .*database "nosuchdb" does not exist/],
    ['a wrong user', () => shop({ user: 'nobody' }), 'check', /shop cannot be reached: .*no pg_hba.conf entry|role "nobody" does not exist/],
    ['pg_dump of another version', () => shop({ tools: oldPrograms() }), 'check', /pg_dump is version 14\.9, but the server of shop is version 15\.\d+\. .*install postgresql-client-15/],
  ])('%s: refused before anything is taken', (_, source, step, words) => {
    const steps = backupSteps([source()]);
    expect(steps.run()).toEqual({ step, told: expect.stringMatching(words) });
    expectNothing(steps);
  });

  it('a table that somebody holds: refused once lock-timeout is over', () => {
    const holder = pg.session('begin; lock table orders in access exclusive mode; select pg_sleep(60);', 'shop');
    while (pg.query("select count(*) from pg_locks where mode = 'AccessExclusiveLock' and relation = (select oid from pg_class where relname = 'orders')", 'shop') !== '1');
    try {
      const steps = backupSteps([shop()], { lockTimeout: 1_000 });
      expect(steps.run()).toEqual({ step: 'take-1', told: expect.stringMatching(/55P03: canceling statement due to lock timeout/) });
      expectNothing(steps);
    } finally {
      holder.kill();
      pg.query("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()");
    }
  });

  it('no right to a table: refused by name', () => {
    pg.query("do $$ begin create role reader login; exception when duplicate_object then null; end $$; grant select on orders to reader", 'shop');
    const steps = backupSteps([shop({ user: 'reader' })]);
    expect(steps.run()).toEqual({ step: 'take-1', told: expect.stringContaining('42501: permission denied for table customers') });
    expectNothing(steps);
  });

  itAsRoot('a disk that is too small: refused first; one that fills up in the dump or the proof: no set, and said so', () => {
    const small = mkdtempSync(join(root, 'small-'));
    chmodSync(small, 0o755);
    const disk = mountSmallDisk(small, 'size=220m');
    try {
      for (const folder of ['sets', 'scratch']) mkdirSync(join(small, folder));
      chmodSync(join(small, 'scratch'), 0o755);
      const on = (): BackupSteps => backupSteps([shop()], { directory: join(small, 'sets'), scratch: join(small, 'scratch') });
      for (const before of ['take-1', 'prove-1', 'seal']) {
        const steps = on();
        expect(steps.run(before === 'take-1' ? ['check'] : before === 'prove-1' ? ['check', 'take-1'] : ['check', 'take-1', 'prove-1'])).toBeUndefined();
        disk.fill();
        const { code, told } = steps.step(before);
        expect({ before, code: code !== 0, told }).toEqual({ before, code: true, told: expect.stringMatching(/disk of \S+ is full|No space left on device/) });
        disk.makeRoom();
        expectNothing(steps);
      }
      disk.fill();
      expect(on().run()).toEqual({ step: 'check', told: expect.stringMatching(/The disk of \S+ is too full for the set: about \d+ MB needed, 0 MB free\. Nothing was taken|The disk of \S+ is full|no place for the set/) });
    } finally {
      disk.unmount();
    }
  }, 120_000);
});

function oldPrograms(): string {
  const folder = programsWith('exit 1');
  writeFileSync(join(folder, 'pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 14.9 (Debian 14.9-1)"\n', { mode: 0o755 });
  return folder;
}
