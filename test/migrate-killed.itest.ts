import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { needsFull } from '#shared/testing/equipment';
import { startMigrationHost, upAndDown, type MigrationHost } from '#shared/testing/migration-host';
import { outputsOf } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { cutPower, processesUsing } from '#shared/testing/processes';

// Whatever is killed at whatever step: the next run tells the state that is there, nothing goes on in secret, and then all can be applied.
const it = needsFull('psql', 'dbmate', 'zstd', 'flock', 'root', 'unshare');
let host: MigrationHost;
let pg: Postgres;
let shop: Readonly<Record<string, string>>;
let number = 0;
const files: Record<string, string> = {};

beforeAll(async () => {
  host = await startMigrationHost();
  pg = await startPostgres(join(host.root, 'pg'));
  pg.query('create database shop');
  shop = { database: JSON.stringify({ postgres: 'shop', host: pg.socket, user: pg.user, password: 'not-asked-for-9c1f' }), 'scratch-directory': join(host.root, 'scratch') };
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await host?.stop();
});

const plans = (): string[] => readdirSync(join(host.state, 'plans'));

/** The journal of a plan, empty before there is one. */
function journal(plan: string): string {
  const file = join(host.state, 'plans', plan, 'journal');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function killedIn(operation: 'rehearse' | 'apply', step: string): Promise<string> {
  const old = plans();
  const killed = host.startMigrate({ ...shop, operation });
  let plan = '';
  await waitUntil(`${step} has begun`, async () => {
    plan = plans().find((each) => !old.includes(each) && journal(each).includes(` begin ${step}\n`)) ?? '';
    return plan !== '';
  }, 120_000);
  await cutPower(() => processesUsing(plan).map(({ pid }) => pid));
  await killed.result;
  return plan;
}

function expectNothingLeft(plan: string): void {
  expect(readdirSync(join(host.root, 'scratch'))).toEqual([]);
  expect(existsSync(`/tmp/slipway-${plan}`)).toBe(false);
  expect(existsSync(join(host.state, 'plans', plan, 'once'))).toBe(false);
  expect(existsSync(join(host.state, 'migrations', 'sql.shop', 'under-way'))).toBe(false);
  expect(processesUsing(plan)).toEqual([]);
  expect(pg.query(`select count(*) from pg_stat_activity where application_name = 'slipway-${plan}'`)).toBe('0');
}

it.each([['rehearse', 'open'], ['rehearse', 'hold'], ['rehearse', 'rehearse'], ['rehearse', 'tidy'], ['apply', 'still-so'], ['apply', 'free'], ['apply', 'apply'], ['apply', 'compare'], ['apply', 'tidy']] as const)('%s: the executor and its steps killed in %s', async (operation, step) => {
  number += 1;
  const table = `t${number}`;
  files[`${String(number).padStart(3, '0')}_m.sql`] = upAndDown(`create table ${table} (n int); select pg_sleep(1);`, `drop table ${table};`);
  host.release('v1', files);
  outputsOf(await host.backup({ sources: JSON.stringify([{ postgres: 'shop', host: pg.socket, user: pg.user }]), 'keep-last': '1' }));
  if (operation === 'apply') outputsOf(await host.migrate({ ...shop, operation: 'rehearse' }));
  const plan = await killedIn(operation, step);
  const told = outputsOf(await host.migrate({ ...shop, operation: 'status' }));
  const isThere = pg.query(`select to_regclass('${table}') is not null`, 'shop') === 't';
  expect(JSON.parse(told['pending'] ?? '')).toHaveLength(isThere ? 0 : 1);
  expectNothingLeft(plan);
  const events = host.ledger().filter((event) => event['event'] === 'migration' && JSON.stringify(event).includes(plan));
  expect(events.flatMap(({ state }) => state ?? [])).toEqual(events.some(({ state }) => state !== undefined) ? [isThere ? 'applied' : 'untouched'] : []);
  outputsOf(await host.migrate({ ...shop, operation: 'rehearse' }));
  expect(outputsOf(await host.migrate({ ...shop, operation: 'apply' }))['state']).toBe(isThere ? 'untouched' : 'applied');
}, 300_000);
