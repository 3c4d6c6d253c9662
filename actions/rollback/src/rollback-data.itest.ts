import { appendFileSync, chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { connectionInputs, faultTold, liveVersion, outputsOf, pipeline } from '#shared/testing/pipeline';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { runBundle } from '#shared/testing/run-bundle';

// A release with a migration that cannot be taken back goes back with its data, in one plan, or not at all.
const it = needs('sshd', 'nginx', 'runsv', 'psql', 'zstd', 'flock');
// The ten minutes of a standby outlast a test.
const STANDBY_TIMER = /plan\.sh timer|sleep /;
let host: Host;
let pg: Postgres;
let sources: string;

beforeAll(async () => {
  host = await startHost({ mode: 'socket' });
  chmodSync(host.root, 0o755);
  pg = await startPostgres(join(host.root, 'pg'));
  pg.query('create database shop');
  pg.query("create table orders (id serial primary key, word text); insert into orders (word) values ('one'), ('two')", 'shop');
  sources = JSON.stringify([{ postgres: 'shop', host: pg.socket, user: pg.user }]);
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await host?.stop(STANDBY_TIMER);
});

function ledger(): string {
  return join(host.path, '.slipway', 'ledger');
}
function columns(): string {
  return pg.query("select string_agg(column_name, ' ' order by ordinal_position) from information_schema.columns where table_name = 'orders'", 'shop');
}
/** What migrate records of a migration that cannot be taken back. */
function migrate(run: string): void {
  appendFileSync(ledger(), `${JSON.stringify({ event: 'migration', generation: Number(run), time: new Date().toISOString(), run, url: `https://example.test/runs/${run}`, barrier: true, database: 'shop', plan: `20261121T000000-00000${run}` })}\n`);
  pg.query("alter table orders drop column word; alter table orders add column amount int; insert into orders (amount) values (7)", 'shop');
}

it('across a schema barrier: refused with the ways; the same with what would be lost; then traffic and data go back as one', async () => {
  const [one, two] = [pipeline(host, '1'), pipeline(host, '2')];
  outputsOf(await one.deploy('v1'));
  outputsOf(await one.switchTraffic());
  const { set = '' } = outputsOf(await runBundle('db-backup', { with: { ...connectionInputs(host), sources, 'scratch-directory': join(host.root, 'pg') }, runId: '1' }));
  outputsOf(await two.deploy('v2'));
  migrate('2');
  outputsOf(await two.switchTraffic());
  expect(await liveVersion(host)).toBe('v2');

  expect(faultTold(await two.rollback())).toMatch(new RegExp(`cannot be taken back \\(run 2, .*go forward and deploy a mended release, or go back with data: restore, set: ${set} \\(taken .*, 2 rows, proven equal\\)`));
  expect(faultTold(await two.rollback({ data: 'restore' }))).toContain('sources is missing');
  const limited = await two.rollback({ data: 'restore', sources });
  expect(faultTold(limited)).toMatch(/shop: 1 of 3 rows in table "public\.orders" would be lost.*more than max-data-loss, which is 0/s);
  expect([await liveVersion(host), columns()]).toEqual(['v2', 'id amount']);

  const result = await two.rollback({ data: 'restore', sources, 'max-data-loss': '1' });
  const outputs = outputsOf(result);
  expect(outputs).toMatchObject({ 'restored-release': 'v1', set, lost: '1', verified: 'true' });
  expect([await liveVersion(host), columns(), pg.query('select count(*) from orders', 'shop')]).toEqual(['v1', 'id word', '2']);
  expect(result.summary).toMatch(/Rows and files that were live and are not in it: 1\. What was live is kept as/);
  expect(pg.query(`select datallowconn from pg_database where datname = 'shop__before_${outputs['restore']}'`)).toBe('f');
  expect(readFileSync(ledger(), 'utf8')).toContain('"lifts":"20261121T000000-000002"');
  // Done again, nothing more is lost.
  pg.query("insert into orders (word) values ('three')", 'shop');
  outputsOf(await two.rollback({ data: 'restore', sources, 'max-data-loss': '1' }));
  expect(pg.query('select count(*) from orders', 'shop')).toBe('3');
  // Swapped back, the migration is live again, and holds up who would go back across it; and the other way round.
  const swapBack = async (of = ''): Promise<string | undefined> => outputsOf(await runBundle('db-backup', { with: { ...connectionInputs(host), sources, operation: 'swap-back', 'swap-back': of, 'accept-data-loss': of }, runId: '2' }))['restore'];
  const again = await swapBack(outputs['restore']);
  expect(readFileSync(ledger(), 'utf8')).toContain(`"raises":"20261121T000000-000002","plan":"${again}"`);
  const andBack = await swapBack(again);
  expect(readFileSync(ledger(), 'utf8')).toContain(`"lifts":"20261121T000000-000002","plan":"${andBack}"`);
}, 120_000);

it('what migrated and failed before its switch gets its data back alone', async () => {
  const run = pipeline(host, '3');
  const { set = '' } = outputsOf(await runBundle('db-backup', { with: { ...connectionInputs(host), sources, 'scratch-directory': join(host.root, 'pg') }, runId: '3' }));
  outputsOf(await run.deploy('v3'));
  migrate('3');
  const outputs = outputsOf(await run.rollback({ data: 'restore', set, sources, 'accept-data-loss': set }));
  expect(outputs).toMatchObject({ 'restored-release': 'v1', 'undone-release': '', set });
  expect([await liveVersion(host), columns(), pg.query('select count(*) from orders', 'shop')]).toEqual(['v1', 'id word', '3']);
}, 120_000);

it('what the switch back fails at is undone with the data', async () => {
  const run = pipeline(host, '4');
  outputsOf(await run.deploy('v4'));
  migrate('4');
  outputsOf(await run.switchTraffic());
  const stop = "v1-cannot-run";
  const { code, log } = await run.rollback({ data: 'restore', sources, 'max-data-loss': '100', release: 'v1', quiesce: `rm -rf ${host.path}/slots/*/nothing; mv ${host.path}/releases/v1 ${host.path}/releases/${stop}`, resume: `[ ! -d ${host.path}/releases/${stop} ] || mv ${host.path}/releases/${stop} ${host.path}/releases/v1` });
  expect({ code, log }).toMatchObject({ code: 1, log: expect.stringContaining('Traffic went back to where it was') });
  expect([await liveVersion(host), columns(), pg.query("select datallowconn from pg_database where datname = 'shop'")]).toEqual(['v4', 'id amount', 't']);
}, 120_000);
