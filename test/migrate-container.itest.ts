import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startMariadbContainer, startPostgresContainer } from '#shared/testing/docker/database';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { needs, needsFull } from '#shared/testing/equipment';
import { startMigrationHost, upAndDown, type MigrationHost } from '#shared/testing/migration-host';
import { faultTold, outputsOf, type Inputs } from '#shared/testing/pipeline';
import { pathWithShell } from '#shared/testing/shells';
import type { Rehearsed } from '#shared/migrations/rehearse';

// A database in a container, on a server that has none of its clients: the programs are the container's, only dbmate is the server's.
const NEEDS = [...ENGINE_NEEDS, 'dbmate', 'zstd', 'flock', 'unshare'];
const PASSWORD = 's3cret-of-the-container';
let engine: Engine;
let host: MigrationHost;

beforeAll(async () => {
  engine = await startEngine();
  await engine.docker('network', 'create', 'shop');
  host = await startMigrationHost({ ...engine.env, PATH: pathWithShell('busybox', ['docker', 'dbmate', 'zstd', 'unshare', 'sh']) });
}, 60_000);
afterAll(async () => {
  await engine?.stop();
  await host?.stop();
}, 60_000);

const json = <Value>(text: string | undefined): Value => JSON.parse(text ?? 'null') as Value;

async function expectNothingLeft(): Promise<void> {
  expect(readdirSync(`${host.root}/scratch`)).toEqual([]);
  expect(await engine.docker('ps', '--all', '--format', '{{.Names}}')).not.toContain('slipway');
  expect(await engine.docker('volume', 'ls', '--quiet')).not.toContain('slipway');
}

/** Rehearses and applies what is pending; the inputs that did. */
async function rehearseAndApply(database: object, more: Inputs = {}): Promise<Inputs> {
  const entry = { ...database, password: PASSWORD };
  const inputs = { ...more, database: JSON.stringify(entry) };
  outputsOf(await host.backup({ sources: JSON.stringify([entry]) }));
  const rehearsed = outputsOf(await host.migrate({ ...inputs, operation: 'rehearse' }));
  expect(json<Rehearsed>(rehearsed['rehearsal']).tables).toEqual(expect.arrayContaining([{ table: 'orders', is: 'new', rows: 0 }]));
  await expectNothingLeft();
  expect(outputsOf(await host.migrate({ ...inputs, operation: 'apply' }))).toMatchObject({ state: 'applied', token: rehearsed['token'] });
  return inputs;
}

needs(...NEEDS, 'psql')('PostgreSQL: rehearsed in another container of its image, without a network, then applied', async () => {
  const ask = await startPostgresContainer(engine, 'shop');
  await ask(`alter role postgres password '${PASSWORD}'; create table mail (sent boolean); insert into mail values (false)`);
  host.release('v1', { '001_orders.sql': upAndDown('create table orders (n int); insert into orders select 1 from mail where not sent;', 'drop table orders;') });
  // Where the rehearsal is, there is no way to Docker, to the live database or to any network; the copy is asked all the same.
  const neutralize = `echo 'update mail set sent = true' | sh "$SLIPWAY_SQL"; if docker ps; then exit 1; fi; [ -S "$PGHOST/.s.PGSQL.5432" ]; [ "$(wc -l </proc/net/dev)" -eq 3 ]`;
  await rehearseAndApply({ postgres: 'shop', container: 'db' }, { neutralize });
  expect(await ask('select sent from mail')).toBe('f');
  expect(await engine.docker('exec', 'shop-db-1', 'sh', '-c', 'cat /dev/shm/slipway-* 2>/dev/null; echo done')).toBe('done');
}, 120_000);

needs(...NEEDS, 'psql')('a container without a network, or that is not there, is refused by its name', async () => {
  await engine.docker('network', 'disconnect', 'shop', 'shop-db-1');
  const inputs = { database: JSON.stringify({ postgres: 'shop', container: 'db' }), operation: 'status' };
  expect(faultTold(await host.migrate(inputs))).toMatch(/Container db \(database\.container\) is on no network/);
  expect(faultTold(await host.migrate({ ...inputs, database: JSON.stringify({ postgres: 'shop', container: 'store' }) }))).toMatch(/No container called store runs/);
  expect(faultTold(await host.migrate({ ...inputs, database: JSON.stringify({ sqlite: '/srv/shop.sqlite', container: 'db' }) }))).toMatch(/database\.container/);
}, 60_000);

needsFull(...NEEDS, 'mariadbd')('MariaDB: the same, and undone', async () => {
  const ask = await startMariadbContainer(engine, 'shop');
  await ask(`create user keeper@'%' identified by '${PASSWORD}'; grant all on *.* to keeper@'%' with grant option; use shop; create table users (id int primary key)`);
  host.release('v2', { '001_orders.sql': upAndDown('create table orders (n int);', 'drop table orders;') });
  const inputs = await rehearseAndApply({ mariadb: 'shop', host: '/tmp/s', user: 'keeper', container: 'store' });
  expect(outputsOf(await host.migrate({ ...inputs, operation: 'undo' }))).toMatchObject({ state: 'applied', pending: '["001_orders.sql"]' });
  expect(outputsOf(await host.migrate({ ...inputs, operation: 'status' }))).toMatchObject({ applied: '[]', pending: '["001_orders.sql"]' });
}, 180_000);
