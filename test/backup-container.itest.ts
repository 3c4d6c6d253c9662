import { afterAll, beforeAll, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import type { Source } from '#shared/database/source';
import { backupSteps, type BackupSteps } from '#shared/testing/backup-steps';
import { startMariadbContainer } from '#shared/testing/docker/database';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { importImage, importPostgres } from '#shared/testing/docker/machine-image';
import { needs, needsFull } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { waitUntil } from '#shared/testing/ports';

const it = needs(...ENGINE_NEEDS, 'psql', 'zstd');
let engine: Engine | undefined;

beforeAll(async () => {
  engine = await startEngine();
}, 60_000);

/** Starts a container of an image that is the service `name` of a compose project. */
async function startContainer(name: string): Promise<(...args: string[]) => Promise<string>> {
  const { docker } = engine as Engine;
  await docker('run', '--detach', '--name', `shop-${name}-1`, '--label', `com.docker.compose.service=${name}`, '--network', 'none', `${name}:own`);
  return (...args) => docker('exec', `shop-${name}-1`, ...args);
}

async function startPostgresContainer(): Promise<void> {
  await importPostgres(engine as Engine, 'db:own', '/tmp/data');
  const exec = await startContainer('db');
  const psql = (database: string, sql: string): Promise<string> => exec('psql', '-U', 'postgres', '-d', database, '-c', sql);
  await waitUntil('its PostgreSQL answers', () => psql('postgres', 'select 1').then(() => true, () => false), 60_000);
  await psql('postgres', 'create database shop');
  await psql('shop', 'create table t as select i, md5(i::text) from generate_series(1, 1000) i');
}

afterAll(async () => {
  await engine?.stop();
  removeServers();
}, 60_000);

function stepsIn(sources: readonly Source[]): BackupSteps {
  const steps = backupSteps(sources);
  Object.assign(steps.server.env, engine?.env);
  return steps;
}

async function expectProven(source: Source): Promise<void> {
  const steps = stepsIn([source]);
  expect(steps.run()).toBeUndefined();
  expect(steps.names()).toEqual([steps.backup.set]);
  expect(await engine?.docker('ps', '--all', '--format', '{{.Names}}')).not.toContain('slipway');
}

it('PostgreSQL: with the programs of its own container, proven in another one of the same image', async () => {
  await startPostgresContainer();
  await expectProven({ kind: 'postgres', name: 'shop', database: 'shop', container: 'db', password: new Secret('not-asked-for') });
  expect(await engine?.docker('exec', 'shop-db-1', 'sh', '-c', 'cat /dev/shm/slipway-* 2>/dev/null; echo done')).toBe('done');
  const unknown = stepsIn([{ kind: 'postgres', name: 'shop', database: 'shop', container: 'database' }]);
  expect(unknown.run()).toEqual({ step: 'check', told: expect.stringContaining('No container called database runs, nor one of a compose service of that name.') });
}, 120_000);

needs(...ENGINE_NEEDS, 'redis-server', 'zstd')('Redis: in its container, with a password', async () => {
  const command = `printf 'requirepass s3cret-of-redis\nunixsocket /tmp/s\nport 0\nrepl-diskless-sync-delay 0\n' | exec redis-server -`;
  await importImage(engine as Engine, 'cache:own', ['redis-server', 'redis-cli'].map((name) => `/usr/bin/${name}`), { user: 'root', command });
  const exec = await startContainer('cache');
  await waitUntil('its Redis answers', () => exec('redis-cli', '-s', '/tmp/s', 'ping').then((told) => told.includes('NOAUTH'), () => false), 30_000);
  await exec('sh', '-c', `printf 's3cret-of-redis\nset a b\nrpush c d e\n' | redis-cli -s /tmp/s --askpass`);
  await expectProven({ kind: 'redis', name: 'cache', database: 'cache', host: '/tmp/s', container: 'cache', password: new Secret('s3cret-of-redis') });
}, 60_000);

needsFull(...ENGINE_NEEDS, 'mariadbd', 'zstd')('MariaDB: in its container, with a password', async () => {
  const sql = await startMariadbContainer(engine as Engine);
  await sql("use shop; create table t as select seq from seq_1_to_100; create user keeper@localhost identified by 's3cret-of-mariadb'; grant all on *.* to keeper@localhost");
  await expectProven({ kind: 'mysql', name: 'shop', database: 'shop', host: '/tmp/s', user: 'keeper', container: 'store', password: new Secret('s3cret-of-mariadb') });
  expect(await engine?.docker('exec', 'shop-store-1', 'sh', '-c', 'cat /dev/shm/slipway-* 2>/dev/null; echo done')).toBe('done');
}, 120_000);
