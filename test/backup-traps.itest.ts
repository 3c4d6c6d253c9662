import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Access, Source } from '#shared/database/source';
import { backupSteps } from '#shared/testing/backup-steps';
import { needs, needsFull } from '#shared/testing/equipment';
import { makeShop, programsWith } from '#shared/testing/faulty-programs';
import { removeServers } from '#shared/testing/local-server';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { at20Points, expectNothing, loadPlainly, taken } from '#shared/testing/tampered-set';
import { writeAhead, type WriteAheadLog } from '#shared/testing/write-ahead-log';

// What passes silently elsewhere, one trap a block: where quickly shown, how plain tools fall into it; then that here there is no set, or a good one.
const PROGRAMS = ['psql', 'zstd', 'flock', 'sqlite3', 'mariadbd', 'mariadb-dump'];
const [it, itInFull] = [needs(...PROGRAMS), needsFull(...PROGRAMS)];
const CANARY = 'canary.of.a.customer@example.com';
const TRAILER = '\n--\n-- PostgreSQL database dump complete\n--\n';
let root: string;
let pg: Postgres;
let maria: Mariadb;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-traps-'));
  chmodSync(root, 0o755);
  [pg, maria] = await Promise.all([startPostgres(join(root, 'pg')), startMariadb(join(root, 'db'))]);
  makeShop(pg, CANARY);
  maria.query('create database shop');
  maria.query(`create table customers (id int auto_increment primary key, email varchar(100) unique, n int);
    insert into customers (email, n) select if(seq = 42, '${CANARY}', concat('c', seq)), seq from seq_1_to_3000;
    create table events (id int auto_increment primary key, n int); insert into events (n) select seq from seq_1_to_100`, 'shop');
}, 60_000);
afterAll(async () => {
  await Promise.all([pg?.stop(), maria?.stop()]);
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

function shop(more: Partial<Access> = {}): Source {
  return { kind: 'postgres', name: 'shop', database: 'shop', host: pg.socket, user: pg.user, ...more };
}

function mariaShop(): Source {
  return { kind: 'mysql', name: 'shop', database: 'shop', host: maria.socket, user: 'root' };
}

describe('1. a pipe ends with the exit code of its last member', () => {
  it('a database that is not there', () => {
    expect(spawnSync('sh', ['-c', `pg_dump -h ${pg.socket} -U ${pg.user} nosuchdb 2>/dev/null | gzip >${root}/empty.gz && gzip -t ${root}/empty.gz`]).status).toBe(0);
    const steps = backupSteps([shop({ database: 'nosuchdb' })]);
    expect(steps.run()).toEqual({ step: 'check', told: expect.stringMatching(/nosuchdb cannot be reached: .*database "nosuchdb" does not exist/) });
    expectNothing(steps);
  });

  it.each([
    ['zstd', '/usr/bin/zstd "$@" | head -c 1000; exit 0', 'unpack ended with 1', 'prove-1'], ['zstd', '/usr/bin/zstd "$@"; exit 1', 'zstd ended with 1', 'take-1'],
  ])('a member behind it is faulty: %s %s', (name, script, words, step) => {
    const bin = mkdtempSync(join(root, 'bin-'));
    writeFileSync(join(bin, name), `#!/bin/sh\ncase "$*" in *-dc*) exec /usr/bin/zstd "$@" ;; esac\n${script}\n`, { mode: 0o755 });
    const steps = backupSteps([shop()]);
    steps.server.env.PATH = `${bin}:${steps.server.env.PATH}`;
    expect(steps.run()).toEqual({ step, told: expect.stringContaining(words) });
    expectNothing(steps);
  });
});

describe('2. a stream that has ended is not a program that has ended well', () => {
  it.each([
    ['it fails at once', 'exit 1', 'pg_dump ended with 1'],
    ['it writes some, then fails', '"$REAL" "$@" | head -c 30000; exit 3', 'pg_dump ended with 3'],
    ['it closes its output before it fails', '"$REAL" "$@"; exec >&-; sleep 0.1; exit 1', 'pg_dump ended with 1'],
    ['it is killed', '"$REAL" "$@" | head -c 30000; kill -9 $$', 'pg_dump ended with 137'],
    ['it writes nothing and is content', 'exit 0', 'pg_dump gave no schema of shop'],
    ['it has no right to a table', 'echo "pg_dump: error: query failed: ERROR:  permission denied for table customers" >&2; exit 1', 'permission denied for table customers'],
  ])('%s', (_, pgDump, words) => {
    const steps = backupSteps([shop({ tools: programsWith(root, pgDump) })]);
    expect(steps.run()).toEqual({ step: 'take-1', told: expect.stringContaining(words) });
    expectNothing(steps);
  });
});

describe('3. a plain dump that is cut loads without a fault', () => {
  it('at any of 20 points it is told by its end; with an end forged, by its rows, or by its indexes', () => {
    const { steps, sql, proveWith } = taken(shop());
    const lines = sql.split('\n');
    const upTo = (line: number): string => `${lines.slice(0, line).join('\n')}\n`;
    expect(loadPlainly(pg, upTo(lines.indexOf('\\.') - 1_000), '-v', 'ON_ERROR_STOP=1', '-1')).toBe(0);
    expect(at20Points(lines.length).map((line) => proveWith(upTo(line)))).toEqual(at20Points(20).map(() => ({ code: 1, told: expect.stringContaining('shop is cut short') })));
    expect(proveWith(`${upTo(lines.indexOf('\\.') - 1_000)}\\.\n${TRAILER}`)).toEqual({ code: 1, told: expect.stringMatching(/Rows differ in: table "public\.(customers|orders)"/) });
    expect(proveWith(`${upTo(lines.findIndex((line) => line.includes('ADD CONSTRAINT')) - 1)}${TRAILER}`)).toEqual({ code: 1, told: expect.stringMatching(/The schema of shop is not that of shop: \d+ lines differ/) });
    expectNothing(steps);
  }, 120_000);

  itInFull('at any of 20 points, with an end forged', () => {
    const { steps, sql, proveWith } = taken(shop());
    const lines = sql.split('\n');
    const isInRows = (line: number): boolean => lines.slice(0, line).findLastIndex((text) => text.startsWith('COPY ')) > lines.slice(0, line).lastIndexOf('\\.');
    for (const line of at20Points(lines.length)) expect(proveWith(`${lines.slice(0, line).join('\n')}\n${isInRows(line) ? '\\.\n' : ''}${TRAILER}`).code).toBe(1);
    expectNothing(steps);
  }, 300_000);
});

describe('4. so does one of MariaDB, cut at the end of a statement', () => {
  it('at any of 20 points it is told by its end; with an end forged, by what is not there', () => {
    const { steps, sql, proveWith } = taken(mariaShop());
    const cut = sql.slice(0, sql.indexOf('-- Table structure for table `events`'));
    maria.query('create database naive');
    expect(spawnSync('mariadb', ['--no-defaults', `--socket=${maria.socket}`, '--user=root', 'naive'], { input: cut }).status).toBe(0);
    expect(at20Points(sql.length).map((length) => proveWith(sql.slice(0, length)))).toEqual(at20Points(20).map(() => ({ code: 1, told: expect.stringContaining('shop is cut short') })));
    expect(proveWith(`${cut}\n-- Dump completed\n`)).toEqual({ code: 1, told: expect.stringMatching(/mysql ended with 1|not equal|cannot be read/) });
    expectNothing(steps);
  }, 120_000);

  itInFull('at the end of each statement, with an end forged', () => {
    const { steps, sql, proveWith } = taken(mariaShop());
    const ends = [...sql.matchAll(/;\n/g)].map(({ index }) => index + 2).filter((end) => /^(CREATE|INSERT|DROP|ALTER)/m.test(sql.slice(end)));
    for (const end of ends) expect(proveWith(`${sql.slice(0, end)}\n-- Dump completed\n`).code).toBe(1);
    expectNothing(steps);
  }, 300_000);
});

it('5. the list of an archive is at its head, so it can be read of half an archive: what is proven is read to its last byte', () => {
  const archive = execFileSync('pg_dump', ['-h', pg.socket, '-U', pg.user, '-Fc', 'shop'], { maxBuffer: 2 ** 26 });
  writeFileSync(join(root, 'half.dump'), archive.subarray(0, Math.floor(archive.length * 0.6)));
  expect(spawnSync('pg_restore', ['-l', join(root, 'half.dump')], { stdio: 'ignore' }).status).toBe(0);
  const steps = backupSteps([shop({}), { kind: 'files', name: 'files', folder: mkdtempSync(join(root, 'files-')), exclude: [] }], { verify: 'readable' });
  expect(steps.run(['check', 'take-1', 'take-2'])).toBeUndefined();
  for (const [file, step] of [['shop.sql.zst', 'prove-1'], ['files.tar.zst', 'prove-2']] as const) {
    const whole = readFileSync(join(steps.work, file));
    writeFileSync(join(steps.work, file), whole.subarray(0, Math.floor(whole.length * 0.6)));
    expect(steps.step(step)).toEqual({ code: 1, told: expect.stringMatching(/(unpack ended with 1|tar ended with 2)/) });
  }
  expectNothing(steps);
});

it('6. psql goes on after an error, and ends with 0: one error is the end of a proof', () => {
  const { steps, sql, proveWith } = taken(shop());
  const twice = sql.replace('CREATE TABLE public.orders', 'CREATE TABLE public.customers (id integer);\nCREATE TABLE public.orders');
  expect(loadPlainly(pg, twice)).toBe(0);
  expect(proveWith(twice)).toEqual({ code: 1, told: expect.stringMatching(/psql ended with 3\. line \d+: ERROR: +42P07/) });
  expectNothing(steps);
});

it('7. DDL of MariaDB stays when a later statement fails: what half a dump makes is made in the scratch instance alone', () => {
  const { steps, sql, proveWith } = taken(mariaShop());
  const failing = sql.replace('DROP TABLE IF EXISTS `events`', 'ALTER TABLE customers ADD first int; ALTER TABLE customers ADD first int; DROP TABLE IF EXISTS `events`');
  expect(proveWith(failing)).toEqual({ code: 1, told: expect.stringMatching(/mysql ended with 1\. ERROR 1060/) });
  expect(maria.query("select count(*) from information_schema.columns where table_schema = 'shop' and column_name = 'first'")).toBe('0');
  expectNothing(steps);
}, 60_000);

describe('8. what is only in the -wal of an SQLite database is not in a copy of its file', () => {
  const RECEIPTS = 103;
  let log: WriteAheadLog | undefined;
  afterAll(() => log?.stop());
  const count = (file: string): string => execFileSync('sqlite3', ['-readonly', file, 'pragma integrity_check; select count(*) from receipts'], { encoding: 'utf8' }).trim();

  it('they are in the set', async () => {
    const file = join(root, 'buffer.sqlite');
    log = await writeAhead(file, RECEIPTS);
    copyFileSync(file, join(root, 'naive.sqlite'));
    expect(count(join(root, 'naive.sqlite'))).toBe('ok\n0');
    const steps = backupSteps([{ kind: 'sqlite', name: 'buffer', database: file }]);
    expect(steps.run()).toBeUndefined();
    execFileSync('zstd', ['-qdf', join(steps.backup.directory, steps.backup.set, 'buffer.sqlite.zst'), '-o', join(root, 'restored.sqlite')]);
    expect(count(join(root, 'restored.sqlite'))).toBe(`ok\n${RECEIPTS}`);
  });

  const underWrites = (times: number) => async (): Promise<void> => {
    const file = join(root, `busy-${times}.sqlite`);
    execFileSync('sqlite3', [file, 'pragma journal_mode = wal; create table receipts (n, note)']);
    const writer = spawn('sh', ['-c', `while :; do echo "insert into receipts values (random(), hex(randomblob(900))); delete from receipts where rowid % 7 = 0;"; done | sqlite3 -cmd '.timeout 5000' "$1"`, 'sh', file], { stdio: 'ignore', detached: true });
    try {
      const faults = Array.from({ length: times }, () => backupSteps([{ kind: 'sqlite', name: 'buffer', database: file }]).run());
      expect(faults).toEqual(faults.map(() => undefined));
    } finally {
      process.kill(-(writer.pid ?? 0), 'SIGKILL');
      await once(writer, 'exit');
    }
  };
  it('none of 3 under writes is damaged', underWrites(3), 60_000);
  itInFull('none of 20 under writes is damaged', underWrites(20), 300_000);
});

it('9. behind a dump a migration waits, and everybody behind the migration: with a lock time-out they wait no longer than that, and the set is good', () => {
  // Tried while the snapshot of the backup holds the table.
  const meanwhile = `(PGOPTIONS='-c lock_timeout=500ms' psql -X -d shop -c 'alter table orders add migrated int' >${root}/migration 2>&1 &)
    sleep 0.1; began=$(date +%s%N); psql -XAtq -d shop -c 'select id from orders where id = 1' >${root}/reader; echo $((($(date +%s%N) - began) / 1000000)) >${root}/stalled
    exec "$REAL" "$@"`;
  const steps = backupSteps([shop({ tools: programsWith(root, `case "$*" in *--schema-only*) exec "$REAL" "$@" ;; esac\n${meanwhile}`) })]);
  expect(steps.run()).toBeUndefined();
  expect(readFileSync(join(root, 'migration'), 'utf8')).toContain('lock timeout');
  expect(readFileSync(join(root, 'reader'), 'utf8')).toBe('1\n');
  expect(Number(readFileSync(join(root, 'stalled'), 'utf8'))).toBeLessThan(3_000);
});

it('10. a dump that waits for a migration waits for ever: here until lock-timeout, and then holds nobody up', () => {
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

it('11. an index whose making failed is there and not valid, and not in a dump: that is said', () => {
  expect(() => pg.query('create unique index concurrently half_made on orders ((1))', 'shop')).toThrow(/duplicate|could not create unique index/);
  const steps = backupSteps([shop()]);
  expect(steps.step('check')).toEqual({ code: 0, told: expect.stringContaining('shop: an index whose making failed is not valid, and in no dump: half_made') });
  expect(steps.run(['take-1', 'prove-1'])).toBeUndefined();
  expect(steps.step('clear').code).toBe(0);
  pg.query('drop index half_made', 'shop');
});

it('12. a try that is rolled back leaves its sequences moved: a backup and its proof leave nothing in what they were taken from', () => {
  const state = (): string => pg.query("select last_value, is_called from orders_id_seq; select xact_rollback >= 0, tup_inserted, tup_updated, tup_deleted from pg_stat_database where datname = 'shop'; select count(*) from pg_database", 'shop');
  const before = state();
  const steps = backupSteps([shop()]);
  expect(steps.run()).toBeUndefined();
  expect(state()).toBe(before);
});

describe('13. what a database says of an error quotes the row', () => {
  it('PostgreSQL: the code and the line are told, the row is not', () => {
    const { steps, sql, proveWith } = taken(shop());
    expect(proveWith(sql.replace('c1@example.com', 'c1@example.org'))).toEqual({ code: 1, told: expect.stringContaining('Rows differ in: table "public.customers"') });
    for (const broken of [sql.replace(`${CANARY}\t777`, `${CANARY}\t${CANARY}`), sql.replace('c1@example.com', CANARY)]) {
      const { code, told } = proveWith(broken);
      expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(/psql ended with 3\. line \d+: ERROR: +(22P02|23505)/) });
      expect(told).not.toContain(CANARY);
    }
    expectNothing(steps);
  }, 120_000);

  it('MariaDB, whose client prints the statement: neither', () => {
    const { steps, sql, proveWith } = taken(mariaShop());
    expect(proveWith(sql.replace("'c1'", "'c0'"))).toEqual({ code: 1, told: expect.stringContaining('Rows differ in: table "customers"') });
    const { code, told } = proveWith(sql.replace("'c1'", `'${CANARY}'`));
    expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(/mysql ended with 1\. ERROR \d+ \(\w+\) at line \d+/) });
    expect(told).not.toContain(CANARY);
    expectNothing(steps);
  }, 120_000);
});
