import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { backupSteps } from '#shared/testing/backup-steps';
import { needs } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { startPostgres, type Postgres } from '#shared/testing/postgres';

const it = needs('psql', 'zstd', 'flock');
const CANARY = 'canary-of-a-subscription-4711';
let root: string;
let pg: Postgres;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-postgres-'));
  chmodSync(root, 0o755);
  pg = await startPostgres(join(root, 'pg'));
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

it('what comes back in other words is equal, and what needs a superuser, names no schema, or locks more than is usual comes back at all', () => {
  pg.query("create database wordy; alter role owner set timezone = 'Asia/Tokyo'; create role plain nologin");
  pg.query(`create table states (state varchar(20) default 'a' check (state in ('a', 'it''s, [b]', 'c')), at timestamptz) partition by range (at);
    create table states_2026 partition of states for values from ('2026-01-01') to ('2027-01-01'); insert into states values ('a', '2026-11-21');
    create index on states (at) where state not in ('a', 'c'); create view lasting as select * from states where state in ('a', 'c');
    create function nothing() returns event_trigger language plpgsql as 'begin end'; create event trigger watching on ddl_command_end when tag in ('COMMENT') execute function nothing();
    create subscription taken connection 'host=/nowhere password=${CANARY}' publication p with (connect = false);
    alter role plain in database wordy set search_path = ''; alter database wordy set search_path = public, ''; alter database wordy set "app.user" = 'it''s'`, 'wordy');
  for (const part of [0, 1, 2, 3]) pg.query(`do $$ begin for i in 1..225 loop execute format('create table t%s_%s (id serial primary key, x text unique)', ${part}, i); end loop; end $$`, 'wordy');
  const steps = backupSteps([{ kind: 'postgres', name: 'shop', database: 'wordy', host: pg.socket, user: pg.user }]);
  expect(steps.step('check')).toEqual({ code: 0, told: expect.stringContaining('shop: a subscription is in no set: taken') });
  expect(steps.run(['take-1', 'prove-1', 'seal', 'publish'])).toBeUndefined();
  const kept = execFileSync('sh', ['-c', 'cd "$1" && zstd -dc shop.sql.zst shop.setup.sql.zst', 'sh', join(steps.backup.directory, steps.backup.set)], { encoding: 'utf8', maxBuffer: 2 ** 27 });
  expect(kept).not.toContain(CANARY);
  for (const line of ["alter role plain in database :\"restored\" set search_path to '';", "alter database :\"restored\" set search_path to public, '';", "alter database :\"restored\" set \"app.user\" to 'it''s';"]) expect(kept).toContain(line);
}, 120_000);
