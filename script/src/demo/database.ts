import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { waitUntil } from '#shared/testing/ports';
import { output } from '../process.ts';

/** A PostgreSQL cluster of the demo's own, reached by a unix socket alone. */
export interface Database {
  /** Such as `PostgreSQL 15.14`. */
  readonly version: string;
  /** The environment that an app needs to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** The number of orders stored; throws before there is a table of them. */
  countOrders(): Promise<number>;
  /** The columns of that table, in their order. */
  columns(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

const NAME = 'shop';
const START_LIMIT = 30_000;
const AS_TEXT = { getTypeParser: () => (text: string) => text };

/** Makes a cluster under `folder` and starts it. As root it runs as the user postgres, because PostgreSQL refuses root. */
export async function startDatabase(folder: string): Promise<Database> {
  mkdirSync(folder, { mode: 0o700 });
  const [initdb, server] = [findBinary('initdb'), findBinary('postgres')];
  if (process.getuid?.() === 0) chownSync(folder, await postgresId('-u'), await postgresId('-g'));
  const cluster = join(folder, 'cluster');
  const create = asOwner(initdb, ['--pgdata', cluster, '--username', NAME, '--auth=trust', '--no-locale', '--encoding=UTF8', '--no-sync']);
  await output(create.program, create.args, { cwd: folder });
  const run = asOwner(server, ['-D', cluster, '-k', folder, '-c', 'listen_addresses=', '-c', 'logging_collector=off']);
  const postmaster = spawn(run.program, run.args, { cwd: folder, stdio: 'ignore', detached: true });
  await waitUntil('PostgreSQL answers', () => query(folder, 'postgres', 'select 1').then(() => true, () => hasEnded(postmaster)), START_LIMIT);
  await query(folder, 'postgres', `create database ${NAME}`);
  return {
    version: `PostgreSQL ${(await query(folder, NAME, 'show server_version')).split(' ')[0]}`,
    env: { PGHOST: folder, PGUSER: NAME, PGDATABASE: NAME },
    countOrders: async () => Number(await query(folder, NAME, 'select count(*) from orders')),
    columns: async () => (await query(folder, NAME, "select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = 'orders'::regclass and attnum > 0 and not attisdropped")).split(','),
    stop: async () => {
      if (hasEnded(postmaster)) return;
      const ended = once(postmaster, 'exit');
      postmaster.kill('SIGINT'); // its fast shutdown: open sessions are ended
      await ended;
    },
  };
}

/** Debian keeps the server's programs out of PATH, in a folder for each version. */
function findBinary(name: string): string {
  const found = globSync(`/usr/lib/postgresql/*/bin/${name}`).sort((one, other) => one.localeCompare(other, undefined, { numeric: true })).at(-1);
  if (found === undefined) throw new Error(`PostgreSQL's ${name} is not installed. On Debian: apt-get install postgresql`);
  return found;
}

function asOwner(program: string, args: readonly string[]): { readonly program: string; readonly args: readonly string[] } {
  if (process.getuid?.() !== 0) return { program, args };
  return { program: 'setpriv', args: ['--reuid=postgres', '--regid=postgres', '--init-groups', '--', program, ...args] };
}

async function postgresId(flag: '-u' | '-g'): Promise<number> {
  return Number(await output('id', [flag, 'postgres']));
}

/** The first value of the first row. */
async function query(host: string, database: string, sql: string): Promise<string> {
  const client = new pg.Client({ host, database, user: NAME });
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array', types: AS_TEXT });
    return rows[0]?.[0] ?? '';
  } finally {
    await client.end();
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
