import { join } from 'node:path';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { fillWithRows } from '#shared/testing/many-rows';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { shutOut } from '#shared/testing/reconnecting-clients';
import { output } from '../script/src/process.ts';
import { type Bench, type Benchmark, figureOf, interleave, type Row, type Table } from './benchmark.ts';

const ROWS = { quick: 100_000, whole: 1_000_000 };
const CLIENTS = 32;
const GOAL = 1_000; // milliseconds
// Nobody is served before each table has its rows again: a table that is there and empty is a wrong answer.
const QUESTION = 'select 1 / count(*) from t1, t2, t3, t4 where t1.id = 7 and t2.id = 7 and t3.id = 7 and t4.id = 7';

/** How long users are shut out while a set becomes live again. */
export const benchmark: Benchmark = {
  title: 'A restore under 32 clients',
  method: `A PostgreSQL database of ${ROWS.whole / 1e6} million rows in four tables is restored while ${CLIENTS} clients connect anew for each transaction and read a row of each table: the longest time in which none of them was
served. \`db-backup\` with \`operation: restore\` restores beside it, counts what would be lost, and swaps. Beside it what is done by hand, from a dump of the same moment: \`pg_restore --clean\` into the live database, and
\`dropdb --force\`, \`createdb\`, \`pg_restore\`.`,
  needs: ['psql', 'pg_restore', 'zstd', 'flock'],
  async run(bench: Bench) {
    const host = await startBackupHost();
    const pg = await startPostgres(join(host.root, 'pg'));
    try {
      fillWithRows(pg, 'shop', bench.isQuick ? ROWS.quick : ROWS.whole);
      return [await measure(bench, host, pg)];
    } finally {
      await pg.stop();
      await host.stop();
    }
  },
};

async function measure({ isQuick, say }: Bench, host: BackupHost, pg: Postgres): Promise<Table> {
  const access = ['-h', pg.socket, '-U', pg.user];
  const dump = join(host.root, 'dump');
  await output('pg_dump', [...access, '-Fc', '-f', dump, 'shop']);
  const inputs = { sources: JSON.stringify([{ postgres: 'shop', host: pg.socket, user: pg.user }]) };
  const { set = '' } = outputsOf(await host.backup(inputs));
  const during = (what: string, work: () => Promise<unknown>) => async (): Promise<number> => {
    say(what);
    return (await shutOut({ count: CLIENTS, folder: pg.socket, user: pg.user, database: 'shop', sql: QUESTION }, work)).longestGapMs;
  };
  const load = (...options: readonly string[]): Promise<string> => output('pg_restore', [...access, '--dbname=shop', ...options, dump]);
  const swap = async (): Promise<void> => {
    const result = await host.backup({ ...inputs, operation: 'restore', set, 'accept-data-loss': set });
    if (result.code !== 0) throw new Error(faultTold(result));
  };
  const anew = async (): Promise<void> => {
    await output('dropdb', [...access, '--force', 'shop']);
    await output('createdb', [...access, 'shop']);
    await load();
  };
  const forget = async (): Promise<void> => {
    for (const name of pg.query("select datname from pg_database where datname like 'shop\\_\\_before%'").split('\n').filter((each) => each !== '')) pg.query(`drop database "${name}"`);
  };
  const samples = await interleave({
    clean: during('pg_restore --clean', () => load('--clean', '--if-exists')), anew: during('dropdb, createdb, pg_restore', anew),
    swap: during('db-backup, operation: restore', () => swap().then(forget)),
  }, isQuick ? 1 : 5);
  const row = (name: string, sample: keyof typeof samples, goal?: number): Row => ({ name, figure: figureOf(samples[sample]), ...(goal !== undefined && { goal: { median: goal } }) });
  return {
    title: 'Nobody is served', unit: 'ms',
    rows: [row('`pg_restore --clean`', 'clean'), row('`dropdb --force`, `createdb`, `pg_restore`', 'anew'), row('`db-backup`, `operation: restore`', 'swap', GOAL)],
  };
}
