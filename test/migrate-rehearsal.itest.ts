import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';
import { startMigrationHost, upAndDown, type MigrationHost } from '#shared/testing/migration-host';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { huntFor } from '#shared/testing/secret-hunt';
import type { Rehearsed } from '#shared/migrations/rehearse';

// Production gets only what was rehearsed on its own rows, and the rehearsal reaches nothing else.
const it = needs('psql', 'mariadb', 'sqlite3', 'dbmate', 'zstd', 'flock', 'root', 'unshare');
const LINT = '{ work-under-lock: off, change-column-type: off, write-without-where: off, add-not-null-column: off, alter-copies: off, alter-blocks-writes: off }';
const PASSPHRASE = 'passphrase of a set 9c1f';
let host: MigrationHost;
let pg: Postgres;
let maria: Mariadb;
let shop: Readonly<Record<string, string>>;
let scratch: string;
const entry = (): object => ({ postgres: 'shop', host: pg.socket, user: 'app' });

beforeAll(async () => {
  host = await startMigrationHost();
  scratch = join(host.root, 'scratch');
  [pg, maria] = await Promise.all([startPostgres(join(host.root, 'pg')), startMariadb(join(host.root, 'maria'))]);
  pg.query('create role app login createrole; alter role app set slipway.tenant = \'it\'\'s\'; alter role app set search_path = public, \'\'; create database shop owner app');
  pg.query('set role app; create table users (id int primary key, email text); insert into users select i, i || \'@example.com\' from generate_series(1, 1000) i; create table mail (id int, sent boolean)', 'shop');
  // As many old ones are: lenient.
  maria.query("create database shop; set global sql_mode = ''");
  maria.query('create table users (id int primary key, email varchar(80)); insert into users values (1, \'a\'), (2, \'b\')', 'shop');
  shop = { database: JSON.stringify(entry()), 'scratch-directory': scratch, lint: LINT };
}, 60_000);
afterAll(async () => {
  await Promise.all([pg?.stop(), maria?.stop()]);
  await host?.stop();
});

const json = <Value>(text: string | undefined): Value => JSON.parse(text ?? 'null') as Value;

it('PostgreSQL: nothing but what was rehearsed is applied, and what was rehearsed is told', async () => {
  host.release('v1', {
    '001_typed.sql': upAndDown('alter table users alter column id type bigint; update users set email = lower(email); select pg_sleep(0.5);', 'alter table users alter column id type int;'),
    '002_orders.sql': upAndDown('create table orders (id int, "user" bigint references users);', 'drop table orders;'),
  });
  expect(faultTold(await host.migrate({ ...shop, operation: 'rehearse' }))).toMatch(/There is no proven set with shop in .*to rehearse on\. Take one with db-backup first/);
  const { set } = outputsOf(await host.backup({ sources: JSON.stringify([entry()]) }));
  // It may not reach the network, nor the live database, nor find the mail that is switched off first.
  const neutralize = `psql -qc 'update mail set sent = true' && [ "$(psql -Atc 'select current_user, current_setting($$slipway.tenant$$), current_setting($$search_path$$)')" = "app|it's|public, \\"\\"" ] && ! psql -qh ${pg.socket} -d shop -c 'select 1' && [ "$(cat /proc/net/dev | wc -l)" -eq 3 ]`;
  const rehearsed = outputsOf(await host.migrate({ ...shop, operation: 'rehearse', neutralize }));
  const saw = json<Rehearsed>(rehearsed['rehearsal']);
  expect(saw).toMatchObject({
    set, migrations: [{ migration: '001_typed.sql' }, { migration: '002_orders.sql' }],
    tables: expect.arrayContaining([{ table: 'users', is: 'rewritten', rows: 1_000 }, { table: 'orders', is: 'new', rows: 0 }]), locks: expect.arrayContaining([expect.objectContaining({ table: 'users', mode: 'AccessExclusiveLock' })]),
  });
  expect(saw.migrations[0]?.seconds).toBeGreaterThanOrEqual(0.5);
  expect(readdirSync(scratch)).toEqual([]);
  expect(pg.query("select count(*) from pg_class where relname = 'orders'", 'shop')).toBe('0');

  const more = { '001_typed.sql': upAndDown('select 1;', 'select 1;') };
  host.release('v2', more);
  expect(faultTold(await host.migrate({ ...shop, operation: 'apply' }))).toMatch(/since the rehearsal of .* the files of the migrations and the release changed/);
  host.release('v1', {
    '001_typed.sql': upAndDown('alter table users alter column id type bigint; update users set email = lower(email); select pg_sleep(0.5);', 'alter table users alter column id type int;'),
    '002_orders.sql': upAndDown('create table orders (id int, "user" bigint references users);', 'drop table orders;'),
  });
  pg.query('set role app; create table meanwhile (n int)', 'shop');
  expect(faultTold(await host.migrate({ ...shop, operation: 'apply' }))).toMatch(/the schema of the database changed/);
  expect(faultTold(await host.migrate({ ...shop, operation: 'rehearse' }))).toMatch(/> CREATE TABLE public\.meanwhile[\s\S]*has another schema than shop has now/);
  pg.query('drop table meanwhile', 'shop');
  const applied = outputsOf(await host.migrate({ ...shop, operation: 'apply' }));
  expect({ state: applied['state'], token: applied['token'] }).toEqual({ state: 'applied', token: rehearsed['token'] });
}, 240_000);

it('MariaDB and SQLite, whose changes of tables no transaction takes back, are rehearsed the same way', async () => {
  const file = join(host.root, 'buffer.sqlite');
  execFileSync('sqlite3', [file, "create table users (id int primary key, email text); insert into users values (1, 'a'), (2, 'b')"]);
  const databases = [{ mariadb: 'shop', host: maria.socket, user: 'root' }, { sqlite: file }];
  outputsOf(await host.backup({ sources: JSON.stringify(databases) }));
  host.release('v3', { '001_all.sql': upAndDown(`alter table users add column age int not null default 0; insert into users (id, email) values (3, '${'longer than it takes, and cut '.repeat(3)}'); create table orders (id int);`, 'drop table orders;') });
  for (const database of databases) {
    const inputs = { ...shop, database: JSON.stringify(database) };
    const rehearsed = outputsOf(await host.migrate({ ...inputs, operation: 'rehearse' }));
    expect(json<Rehearsed>(rehearsed['rehearsal']).tables).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'users', rows: 1 }), { table: 'orders', is: 'new', rows: 0 }]));
    expect(outputsOf(await host.migrate({ ...inputs, operation: 'apply' }))).toMatchObject({ state: 'applied', token: rehearsed['token'] });
  }
  expect(readdirSync(scratch)).toEqual([]);
}, 240_000);

needs('sqlite3', 'dbmate', 'zstd', 'flock', 'age', 'gpg', 'root', 'unshare')('a set that is encrypted with age or gpg is opened with its key, refused without, and nothing of the key stays', async () => {
  const file = join(host.root, 'encrypted.sqlite');
  execFileSync('sqlite3', [file, 'create table users (id int)']);
  const inputs = { ...shop, database: JSON.stringify({ sqlite: file }), operation: 'rehearse' };
  const home = mkdtempSync(join(tmpdir(), 'gpg-'));
  const gpg = (...args: string[]): string => execFileSync('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', PASSPHRASE, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    gpg('--quick-generate-key', 'shop', 'rsa3072', 'encr', '1d');
    const identity = execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
    const ways = [
      { to: { 'age-recipients': /age1\w+/.exec(identity)?.[0] ?? '' }, secret: /AGE-SECRET-KEY-\w+/.exec(identity)?.[0] ?? '', key: { 'age-identity': identity }, lacking: /it takes age, and age-identity/ },
      { to: { 'gpg-key': gpg('--armor', '--export') }, secret: PASSPHRASE, key: { 'gpg-secret-key': gpg('--armor', '--export-secret-keys'), 'gpg-passphrase': PASSPHRASE }, lacking: /it takes gpg-secret-key/ },
    ];
    for (const [index, { to, secret, key, lacking }] of ways.entries()) {
      host.release('v4', { '001_orders.sql': upAndDown(`create table orders (n${index} int);`, 'drop table orders;') });
      outputsOf(await host.backup({ sources: JSON.stringify([{ sqlite: file }]), ...to }));
      expect(faultTold(await host.migrate(inputs))).toMatch(lacking);
      const rehearsed = await host.migrate({ ...inputs, ...key });
      expect(outputsOf(rehearsed)['token']).toMatch(/^[0-9a-f]{40}$/);
      expect([...huntFor({ secret }).inText('the log', rehearsed.log), ...huntFor({ secret }).inFiles(host.root)]).toEqual([]);
    }
  } finally {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  }
}, 120_000);

it('what fails in the rehearsal, or takes its database from elsewhere, never comes to the live one', async () => {
  const settings = `psql -h ${pg.socket} -U app -d shop -qc "create table elsewhere (n int)"`;
  const status = `psql -Atc "select case when to_regclass('elsewhere') is null then 'pending' else 'applied' end || ' elsewhere'"`;
  outputsOf(await host.backup({ sources: JSON.stringify([entry()]) }));
  const inputs = { ...shop, engine: 'command', operation: 'rehearse' };
  const failed = await host.migrate({ ...inputs, options: JSON.stringify({ status, apply: settings }) });
  expect(faultTold(failed)).toMatch(/elsewhere: failed with exit code \d+ in the rehearsal\. The live database was not touched/);
  const idle = await host.migrate({ ...inputs, options: JSON.stringify({ status, apply: 'true' }) });
  expect(faultTold(idle)).toMatch(/it ended well, but in the scratch instance nothing is applied: what runs takes its database from elsewhere/);
  expect(pg.query("select to_regclass('elsewhere') is null", 'shop')).toBe('t');
  expect(readdirSync(scratch)).toEqual([]);
}, 120_000);
