import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { parseManifest } from '#shared/database/backup-set';
import { planRestore } from '#shared/database/restore-plan';
import type { Source } from '#shared/database/source';
import { newPlanId } from '#shared/server/plan';
import { backupSteps, type BackupSteps } from '#shared/testing/backup-steps';
import { startMariadbContainer, startPostgresContainer } from '#shared/testing/docker/database';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { importImage } from '#shared/testing/docker/machine-image';
import { needs, needsFull } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { waitUntil } from '#shared/testing/ports';

const it = needs(...ENGINE_NEEDS, 'psql', 'zstd');
let engine: Engine | undefined;

beforeAll(async () => {
  engine = await startEngine();
}, 60_000);

afterAll(async () => {
  await engine?.stop();
  removeServers();
}, 60_000);

function stepsIn(sources: readonly Source[]): BackupSteps {
  const steps = backupSteps(sources);
  Object.assign(steps.server.env, engine?.env);
  return steps;
}

async function expectProven(source: Source): Promise<BackupSteps> {
  const steps = stepsIn([source]);
  expect(steps.run()).toBeUndefined();
  expect(steps.names()).toEqual([steps.backup.set]);
  expect(await engine?.docker('ps', '--all', '--format', '{{.Names}}')).not.toContain('slipway');
  return steps;
}

/** Makes the set of these steps live again, in the container that it was taken from. */
async function restore({ backup, server }: BackupSteps, maxLoss: number): Promise<{ readonly id: string; readonly outcome: Awaited<ReturnType<typeof server.run>> }> {
  const { definition, run, directory, scratch, sources, set, timeout } = backup;
  const manifest = parseManifest(readFileSync(join(directory, set, 'manifest.json'), 'utf8'));
  const id = newPlanId(new Date());
  const opened = { manifest, directory, scratch, sources, identity: {}, lockTimeout: 2_000 };
  const outcome = await server.run(planRestore({ id, definition, run, opened, undoes: undefined, lifts: [], raises: [], maxLoss, isLossAccepted: false, quiesce: '', resume: '', timeout }, server.state, 1));
  return { id, outcome };
}

it('PostgreSQL: with the programs of its own container, proven in another one of the same image', async () => {
  const shop = await startPostgresContainer(engine as Engine, 'none');
  await shop('create table t as select i, md5(i::text) from generate_series(1, 1000) i');
  const steps = await expectProven({ kind: 'postgres', name: 'shop', database: 'shop', container: 'db', password: new Secret('not-asked-for') });
  expect(await engine?.docker('exec', 'shop-db-1', 'sh', '-c', 'cat /dev/shm/slipway-* 2>/dev/null; echo done')).toBe('done');
  const unknown = stepsIn([{ kind: 'postgres', name: 'shop', database: 'shop', container: 'database' }]);
  expect(unknown.run()).toEqual({ step: 'check', told: expect.stringContaining('No container called database runs, nor one of a compose service of that name.') });

  await shop('insert into t values (0)');
  const refused = await restore(steps, 0);
  expect(refused.outcome).toMatchObject({ state: 'cleared' });
  expect(await shop('select count(*) from t')).toBe('1001');
  const { id, outcome } = await restore(steps, 1);
  expect(outcome).toMatchObject({ state: 'completed' });
  expect(await shop('select count(*) from t')).toBe('1000');
  expect((await shop("select datname from pg_database where datname like 'shop%' order by 1")).split('\n')).toEqual(['shop', `shop__before_${id}`]);
}, 120_000);

needs(...ENGINE_NEEDS, 'redis-server', 'zstd')('Redis: in its container, with a password', async () => {
  const command = `printf 'requirepass s3cret-of-redis\nunixsocket /tmp/s\nport 0\nrepl-diskless-sync-delay 0\n' | exec redis-server -`;
  await importImage(engine as Engine, 'cache:own', ['redis-server', 'redis-cli'].map((name) => `/usr/bin/${name}`), { user: 'root', command });
  const { docker } = engine as Engine;
  await docker('run', '--detach', '--name', 'shop-cache-1', '--label', 'com.docker.compose.service=cache', '--network', 'none', 'cache:own');
  const exec = (...args: string[]): Promise<string> => docker('exec', 'shop-cache-1', ...args);
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
