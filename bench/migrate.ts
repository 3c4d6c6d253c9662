import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';
import { startMigrationHost, upAndDown, type MigrationHost } from '#shared/testing/migration-host';
import { waitUntil } from '#shared/testing/ports';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { readMariadb, readPostgres, type Reading } from '#shared/testing/slowest-read';
import { type Bench, type Benchmark, figureOf, interleave, type Row, type Table } from './benchmark.ts';

const LOCK_TIMEOUT = 500; // milliseconds
const HELD = 3; // seconds
const GOAL = LOCK_TIMEOUT + 300;

/** How long readers are held up by a migration that waits for a lock. */
export const benchmark: Benchmark = {
  title: 'A migration behind somebody who holds the table',
  method: `Somebody reads a table in a transaction that stays open for ${HELD} s. Meanwhile a migration adds a column, and another client reads the table without pause: how long its slowest read took. \`migrate\` has
\`lock-timeout: ${LOCK_TIMEOUT}ms\` and no second try; beside it the same statement by the database's own client, which has none and waits until the transaction is over.`,
  needs: ['psql', 'mariadb', 'dbmate', 'flock'],
  async run(bench: Bench) {
    const host = await startMigrationHost();
    const pg = await startPostgres(join(host.root, 'pg'));
    const maria = await startMariadb(join(host.root, 'maria'));
    try {
      for (const query of [pg.query, maria.query]) {
        query('create database shop');
        query('create table users (id int primary key)', 'shop');
        query('insert into users values (1)', 'shop');
      }
      host.release('v1', { '001_age.sql': upAndDown('alter table users add column age int;', 'alter table users drop column age;') });
      return [await measure(bench, host, onPostgres(pg), onMariadb(maria))];
    } finally {
      await Promise.all([pg.stop(), maria.stop()]);
      await host.stop();
    }
  },
};

interface Subject {
  readonly entry: string;
  read(): Reading;
  /** Holds the table for so many seconds, or until it is ended. */
  hold(seconds: number): Promise<Holder>;
  /** Adds the column by the database's own client, and takes it away. */
  alone(): Promise<void>;
}

interface Holder {
  readonly ended: Promise<void>;
  end(): Promise<void>;
}

function onPostgres(pg: Postgres): Subject {
  const client = (sql: string) => spawn('psql', ['-h', pg.socket, '-U', pg.user, '-d', 'shop', '-XAtqc', sql], { stdio: 'ignore' });
  return {
    entry: JSON.stringify({ postgres: 'shop', host: pg.socket, user: pg.user }),
    read: () => readPostgres(pg, 'shop', 'users'),
    hold: (seconds) => holding(client(`begin; select * from users; select pg_sleep(${seconds}); commit`), () => void pg.query("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()"), () => pg.query("select count(*) from pg_locks where relation = 'users'::regclass and mode = 'AccessShareLock'", 'shop') !== '0'),
    async alone() {
      await once(client('alter table users add column age int'), 'close');
      pg.query('alter table users drop column age', 'shop');
    },
  };
}

function onMariadb(maria: Mariadb): Subject {
  const client = (sql: string) => spawn('mariadb', ['--no-defaults', `--socket=${maria.socket}`, '--user=root', 'shop', '-e', sql], { stdio: 'ignore' });
  return {
    entry: JSON.stringify({ mariadb: 'shop', host: maria.socket, user: 'root' }),
    read: () => readMariadb(maria, 'shop', 'users'),
    hold: (seconds) => holding(client(`begin; select * from users; select sleep(${seconds}); commit`), () => void maria.query(maria.query("select concat('kill ', id) from information_schema.processlist where state = 'User sleep'")), () => maria.query("select count(*) from information_schema.processlist where state = 'User sleep'") !== '0'),
    async alone() {
      await once(client('alter table users add column age int'), 'close');
      maria.query('alter table users drop column age', 'shop');
    },
  };
}

async function holding(client: ReturnType<typeof spawn>, kill: () => void, isHeld: () => boolean): Promise<Holder> {
  const ended = once(client, 'close').then(() => undefined);
  await waitUntil('the table is held', async () => isHeld(), 10_000);
  return { ended, end: () => (kill(), ended) };
}

async function measure({ isQuick, say }: Bench, host: MigrationHost, postgres: Subject, mariadb: Subject): Promise<Table> {
  const stalled = (what: string, subject: Subject, migrate: () => Promise<unknown>) => async (): Promise<number> => {
    say(what);
    const reading = subject.read();
    await migrate();
    return (await reading.stop()) * 1_000;
  };
  const ours = (subject: Subject) => async (): Promise<void> => {
    const holder = await subject.hold(120);
    const { outputs } = await host.migrate({ database: subject.entry, operation: 'apply', 'require-rehearsal': 'false', 'lock-timeout': `${LOCK_TIMEOUT}ms`, 'lock-retries': '0', 'long-transaction': '1h' });
    if (outputs['state'] !== 'untouched') throw new Error(`The migration has left the state ${outputs['state']}`);
    await holder.end();
  };
  const peer = (subject: Subject) => async (): Promise<void> => {
    const holder = await subject.hold(HELD);
    await Promise.all([subject.alone(), holder.ended]);
  };
  const samples = await interleave({
    psql: stalled('psql', postgres, peer(postgres)), postgres: stalled('migrate, PostgreSQL', postgres, ours(postgres)),
    client: stalled('mariadb', mariadb, peer(mariadb)), mariadb: stalled('migrate, MariaDB', mariadb, ours(mariadb)),
  }, isQuick ? 1 : 5);
  const row = (name: string, sample: keyof typeof samples, goal?: number): Row => ({ name, figure: figureOf(samples[sample]), ...(goal !== undefined && { goal: { median: goal } }) });
  return {
    title: 'The slowest read', unit: 'ms',
    rows: [row('PostgreSQL: `psql`', 'psql'), row('PostgreSQL: `migrate`', 'postgres', GOAL), row('MariaDB: `mariadb`', 'client'), row('MariaDB: `migrate`', 'mariadb', GOAL)],
  };
}
