import { waitUntil } from '#shared/testing/ports';
import type { Engine } from './engine.ts';
import { importMariadb, importPostgres, mariadbIn } from './machine-image.ts';

/** Asks the database of a container; rows, the columns as its client parts them. */
export type Ask = (sql: string) => Promise<string>;

const DATA = '/tmp/data';

/** A container of the compose service `db` with PostgreSQL and a database `shop`. Whoever comes from the network needs a password, the user postgres within none. */
export async function startPostgresContainer(engine: Engine, network: string): Promise<Ask> {
  await importPostgres(engine, 'db:own', DATA);
  const begin = `initdb -D ${DATA} -U postgres --auth=trust --no-sync >/dev/null && echo 'host all all all scram-sha-256' >>${DATA}/pg_hba.conf && exec postgres -D ${DATA} -c 'listen_addresses=*'`;
  await engine.docker('run', '--detach', '--name', 'shop-db-1', '--label', 'com.docker.compose.service=db', '--network', network, 'db:own', 'sh', '-c', begin);
  const ask = (database: string, sql: string): Promise<string> => engine.docker('exec', 'shop-db-1', 'psql', '-U', 'postgres', '-d', database, '-XAtqc', sql);
  await waitUntil('its PostgreSQL answers', () => ask('postgres', 'select 1').then(() => true, () => false), 60_000);
  await ask('postgres', 'create database shop');
  return (sql) => ask('shop', sql);
}

/** A container of the compose service `store` with MariaDB on the socket `/tmp/s`, where root needs no password, and on a network if it is on one. */
export async function startMariadbContainer(engine: Engine, network = 'none'): Promise<Ask> {
  await importMariadb(engine, 'store:own', DATA);
  const listen = network === 'none' ? [] : ['sh', '-c', `${mariadbIn(DATA)} --bind-address=0.0.0.0 --skip-name-resolve`];
  await engine.docker('run', '--detach', '--name', 'shop-store-1', '--label', 'com.docker.compose.service=store', '--network', network, 'store:own', ...listen);
  const ask: Ask = (sql) => engine.docker('exec', 'shop-store-1', 'mariadb', '--no-defaults', '--socket=/tmp/s', '--user=root', '--batch', '--skip-column-names', '-e', sql);
  await waitUntil('its MariaDB answers', () => ask('select 1').then(() => true, () => false), 60_000);
  await ask('create database shop');
  return ask;
}
