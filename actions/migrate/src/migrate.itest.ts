import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { createLoopback } from '#shared/testing/loopback';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';
import { startMigrationHost, upAndDown, type MigrationHost } from '#shared/testing/migration-host';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { findProgram } from '#shared/testing/programs';
import { runBundle } from '#shared/testing/run-bundle';
import { startPostgres, type Postgres } from '#shared/testing/postgres';

const it = needs('psql', 'sqlite3', 'mariadb', 'dbmate', 'flock');
const CANARY = 'canary-of-a-row-4711';
let host: MigrationHost;
let pg: Postgres;
let maria: Mariadb;
let databases: Readonly<Record<string, { readonly entry: string; query(sql: string): string }>>;

beforeAll(async () => {
  host = await startMigrationHost();
  [pg, maria] = await Promise.all([startPostgres(join(host.root, 'pg')), startMariadb(join(host.root, 'maria'))]);
  pg.query('create database shop');
  maria.query('create database shop');
  const file = join(host.root, "odd name%20'#.sqlite");
  execFileSync('sqlite3', [file, 'create table t (n); drop table t']);
  databases = {
    postgres: { entry: JSON.stringify({ postgres: 'shop', host: pg.socket, user: pg.user }), query: (sql) => pg.query(sql, 'shop') },
    mariadb: { entry: JSON.stringify({ mariadb: 'shop', host: maria.socket, user: 'root' }), query: (sql) => maria.query(sql, 'shop') },
    sqlite: { entry: JSON.stringify({ sqlite: file, name: 'shop' }), query: (sql) => execFileSync('sqlite3', [file, sql], { encoding: 'utf8' }).trim() },
  };
}, 60_000);
afterAll(async () => {
  await Promise.all([pg?.stop(), maria?.stop()]);
  await host?.stop();
});

const USERS = upAndDown('create table users (id int primary key, email varchar(80));', 'drop table users;');
const json = (text: string | undefined): unknown => JSON.parse(text ?? 'null');

describe.each(['postgres', 'mariadb', 'sqlite'])('%s', (name) => {
  it('what is pending is told, applied, told again, and undone', async () => {
    const { entry, query } = databases[name]!;
    const inputs = { database: entry, 'require-rehearsal': 'false' };
    host.release('v1', { '001_users.sql': USERS });
    const planned = outputsOf(await host.migrate({ ...inputs, operation: 'plan' }));
    expect({ pending: json(planned['pending']), irreversible: json(planned['irreversible']), findings: json(planned['lint-findings']) }).toEqual({ pending: ['001_users.sql'], irreversible: [], findings: [] });
    expect(faultTold(await host.migrate({ database: entry, operation: 'apply' }))).toMatch(/was not rehearsed as it is: it was never rehearsed here/);
    const applied = outputsOf(await host.migrate({ ...inputs, operation: 'apply' }, '901'));
    expect({ state: applied['state'], pending: json(applied['pending']), applied: json(applied['applied']) }).toEqual({ state: 'applied', pending: [], applied: ['001_users.sql'] });
    expect(query('select count(*) from users')).toBe('0');
    expect(host.ledger().at(-1)).toMatchObject({ event: 'migration', what: 'apply', state: 'applied', migrations: ['001_users.sql'], run: '901', database: 'shop' });
    expect(outputsOf(await host.migrate({ ...inputs, operation: 'undo' }, '902'))['state']).toBe('untouched');
    const undone = outputsOf(await host.migrate({ ...inputs, operation: 'undo' }, '901'));
    expect({ state: undone['state'], pending: json(undone['pending']) }).toEqual({ state: 'applied', pending: ['001_users.sql'] });
    expect(() => query('select count(*) from users')).toThrow(/users/);
  }, 60_000);

  it('one that fails in its middle: the state told is the state found, and no row is', async () => {
    const { entry, query } = databases[name]!;
    const inputs = { database: entry, 'require-rehearsal': 'false', operation: 'apply', lint: '{ create-index-blocks: off, work-under-lock: off }' };
    host.release('v2', {
      '001_users.sql': USERS,
      '002_rows.sql': upAndDown(`insert into users values (1, '${CANARY}'), (2, '${CANARY}');`, 'delete from users;'),
      '003_fails.sql': upAndDown(`alter table users add column age int; insert into users values (3, 'x', 3); create unique index one_each on users (email); create table orders (n int);`, 'drop table orders;'),
      '004_never.sql': upAndDown('create table never (n int);', 'drop table never;'),
    });
    const failed = await host.migrate(inputs, '903');
    expect(faultTold(failed)).toMatch(/State found: partially-applied/);
    const evidence = json(failed.outputs['evidence']) as { applied: string[]; pending: string[]; half?: string[] };
    expect({ state: failed.outputs['state'], ...evidence }).toMatchObject({ state: 'partially-applied', applied: ['001_users.sql', '002_rows.sql'], pending: ['003_fails.sql', '004_never.sql'] });
    const columns = { postgres: "select count(*) from information_schema.columns where table_name = 'users'", mariadb: "select count(*) from information_schema.columns where table_schema = 'shop' and table_name = 'users'", sqlite: "select count(*) from pragma_table_info('users')" }[name] ?? '';
    // MariaDB commits at each change of a table, so a column and a row stay; the others take all of it back.
    expect({ half: evidence.half?.some((line) => line.includes('age')) ?? false, columns: query(columns) }).toEqual(name === 'mariadb' ? { half: true, columns: '3' } : { half: false, columns: '2' });
    expect(failed.log).not.toContain(CANARY);
    expect(failed.log).toMatch(/unique|UNIQUE|Duplicate entry/);
    expect(host.ledger().at(-1)).toMatchObject({ event: 'migration', state: 'partially-applied' });
  }, 60_000);
});

it('an edited history is caught, and so are a file that is gone and a record that somebody changed', async () => {
  const { entry } = databases['sqlite']!;
  host.release('v3', { '001_users.sql': USERS.replace('varchar(80)', 'varchar(81)') });
  const edited = await host.migrate({ database: entry, operation: 'plan' });
  expect(faultTold(edited)).toMatch(/001_users\.sql was edited after it was applied: its sha256 was [0-9a-f]{64}, and is [0-9a-f]{64}\n.*002 was applied, and its file is not among the migrations any more/);
  expect(outputsOf(await host.migrate({ database: entry, operation: 'plan', 'edited-history': 'accept' }))['state']).toBeUndefined();
  const chain = join(host.state, 'migrations', 'sql.shop', 'chain');
  expect(existsSync(chain)).toBe(true);
  const text = readFileSync(chain, 'utf8');
  execFileSync('sed', ['-i', '1d', chain]);
  expect(faultTold(await host.migrate({ database: entry, operation: 'plan' }))).toMatch(/does not hold together at 002_rows\.sql: somebody changed it/);
  execFileSync('sh', ['-c', 'printf %s "$2" >"$1"', 'sh', chain, text]);
}, 60_000);

it('what is applied counts when what is pending is judged', async () => {
  const { entry } = databases['postgres']!;
  const before = { '101_check.sql': upAndDown('create table judged (a int); alter table judged add constraint c check (a is not null) not valid;', 'drop table judged;'), '102_valid.sql': upAndDown('alter table judged validate constraint c;', 'select 1;') };
  const inputs = { database: entry, 'require-rehearsal': 'false', 'edited-history': 'accept' };
  host.release('v4', before);
  expect(outputsOf(await host.migrate({ ...inputs, operation: 'apply' }))['state']).toBe('applied');
  host.release('v5', { ...before, '103_not_null.sql': upAndDown('alter table judged alter a set not null;', 'alter table judged alter a drop not null;') });
  const planned = outputsOf(await host.migrate({ ...inputs, operation: 'plan' }));
  expect(json(planned['lint-findings'])).toEqual([]);
  expect(Number(planned['duration'])).toBeGreaterThan(0);
}, 60_000);

it('rollback with data: undo-migrations undoes what its run has applied, with what came along then', async () => {
  const { entry, query } = databases['postgres']!;
  const workspace = join(host.root, 'workspace');
  mkdirSync(join(workspace, 'migrations'), { recursive: true });
  for (const [name, table] of [['001_users.sql', 'users'], ['002_rows.sql', 'nothing'], ['005_late.sql', 'late']] as const) writeFileSync(join(workspace, 'migrations', name), upAndDown(`create table ${table} (n int);`, `drop table ${table};`));
  const applied = await runBundle('migrate', { with: { ...host.connection, database: entry, operation: 'apply', source: 'migrations', 'require-rehearsal': 'false', 'edited-history': 'accept' }, runId: '950', workspace });
  expect(outputsOf(applied)['state']).toBe('applied');
  const back = outputsOf(await runBundle('rollback', { with: { ...host.connection, data: 'undo-migrations' }, runId: '950' }));
  expect(json(back['undone-migrations'])).toEqual(['005_late.sql']);
  expect(query("select to_regclass('late') is null and to_regclass('users') is not null")).toBe('t');
}, 60_000);

it('dbmate is brought to a server that lacks it, if it is what is pinned', async () => {
  const program = readFileSync(findProgram('dbmate') ?? '');
  let sent = Buffer.from('another program');
  const loopback = createLoopback();
  const mirror = await loopback.web((_, response) => response.end(sent));
  const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !existsSync(join(folder, 'dbmate'))).join(':');
  const bare = await startMigrationHost({ PATH: path });
  try {
    const file = join(bare.root, 'buffer.sqlite');
    execFileSync('sqlite3', [file, 'create table t (n)']);
    bare.release('v1', { '001_users.sql': USERS });
    const inputs = { database: JSON.stringify({ sqlite: file }), operation: 'plan', 'program-mirror': mirror };
    expect(faultTold(await bare.migrate(inputs))).toMatch(/dbmate 2\.27\.0 is not what is pinned/);
    sent = program;
    expect(json(outputsOf(await bare.migrate(inputs))['pending'])).toEqual(['001_users.sql']);
    await loopback.close();
    expect(json(outputsOf(await bare.migrate(inputs))['pending'])).toEqual(['001_users.sql']);
  } finally {
    await loopback.close();
    await bare.stop();
  }
}, 60_000);
