import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';
import { startMigrationHost, upAndDown, type MigrationHost } from '#shared/testing/migration-host';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { cutPower, processesUsing } from '#shared/testing/processes';
import { huntFor } from '#shared/testing/secret-hunt';
import { readMariadb, readPostgres } from '#shared/testing/slowest-read';

// What goes wrong around an apply: others who hold tables, two at once, and whatever is killed. The state told is the state found.
const it = needs('psql', 'mariadb', 'dbmate', 'flock');
const PASSWORD = "pass:word'%\\of-the-database-9c1f";
let host: MigrationHost;
let pg: Postgres;
let maria: Mariadb;
let shop: Readonly<Record<string, string>>;
let sessions: { kill(): void }[] = [];
let number = 0;

beforeAll(async () => {
  host = await startMigrationHost();
  [pg, maria] = await Promise.all([startPostgres(join(host.root, 'pg'), 'local all migrator scram-sha-256'), startMariadb(join(host.root, 'maria'))]);
  pg.query(`create role migrator login superuser password '${PASSWORD.replaceAll("'", "''")}'`);
  pg.query('create database shop');
  pg.query('create table users (id int primary key); insert into users values (1)', 'shop');
  maria.query('create database shop');
  maria.query('create table users (id int primary key); insert into users values (1)', 'shop');
  shop = { database: JSON.stringify({ postgres: 'shop', host: pg.socket, user: pg.user }), 'require-rehearsal': 'false', operation: 'apply' };
}, 60_000);
afterEach(() => {
  for (const session of sessions) session.kill();
  sessions = [];
  pg.query("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()");
});
afterAll(async () => {
  await Promise.all([pg?.stop(), maria?.stop()]);
  await host?.stop();
});

/** A release with one migration more, whose name it gives. */
const files: Record<string, string> = {};
function another(up: string, down = 'select 1;'): string {
  number += 1;
  const name = `${String(number).padStart(3, '0')}_m.sql`;
  files[name] = upAndDown(up, down);
  host.release('v1', files);
  return name;
}
function withdraw(name: string): void {
  delete files[name];
  host.release('v1', files);
}

it('a table that somebody holds (PostgreSQL): readers wait no longer than the lock time-out, the migration is tried again, then all is untouched', async () => {
  another('alter table users add column age int;');
  sessions.push(pg.session('begin; select * from users; select pg_sleep(60);', 'shop'));
  await waitUntil('it holds the table', async () => pg.query("select count(*) from pg_locks where relation = 'users'::regclass and granted", 'shop') !== '0', 10_000);
  const reading = readPostgres(pg, 'shop', 'users');
  const held = await host.migrate({ ...shop, 'lock-retries': '1', 'long-transaction': '1h' });
  const stalled = await reading.stop();
  expect(faultTold(held)).toMatch(/State found: untouched\.[\s\S]*A lock was waited for 2 times, 500 ms each, and not had/);
  expect(held.outputs['state']).toBe('untouched');
  expect(stalled).toBeGreaterThan(0.3);
  expect(stalled).toBeLessThan(0.5 + 0.3 + 0.7); // 0.3 s is what is promised, the rest is for a machine that is busy; bench/migrate.ts measures it alone
  // Whoever has been there for long is not even waited behind.
  const refused = await host.migrate({ ...shop, 'long-transaction': '1s' });
  expect(faultTold(refused)).toMatch(/In the way of migrations of shop: process \d+ \(psql\), in a transaction for \d+ s\. Nothing was changed/);
  const later = host.startMigrate({ ...shop, 'long-transaction': '1h' });
  await later.untilPrinted('once more in 1 s');
  for (const session of sessions) session.kill();
  pg.query("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()");
  expect(outputsOf(await later.result)['state']).toBe('applied');
}, 90_000);

it('the same with MariaDB, whose engines take no time-out from their environment', async () => {
  const inputs = { ...shop, database: JSON.stringify({ mariadb: 'shop', host: maria.socket, user: 'root' }), engine: 'command', 'long-transaction': '1h', 'lock-retries': '0' };
  host.release('v1', { 'any.sql': '' });
  const client = 'mariadb --defaults-extra-file="${MYSQL_DEFAULTS_FILE:-/dev/null}" --socket="$MYSQL_UNIX_PORT" --user="$MYSQL_USER" -N -B "$SLIPWAY_DATABASE"';
  const options = JSON.stringify({ status: `${client} -e "select if(count(*) = 2, 'applied', 'pending'), 'age' from information_schema.columns where table_name = 'users' and table_schema = 'shop'" | tr '\\t' ' '`, apply: `${client} -e 'alter table users add column age int'` });
  const holder = spawn('mariadb', ['--no-defaults', `--socket=${maria.socket}`, '--user=root', 'shop'], { stdio: ['pipe', 'ignore', 'ignore'] });
  sessions.push({ kill: () => void holder.kill('SIGKILL') });
  holder.stdin.write('begin; select * from users; select sleep(60);\n');
  await waitUntil('it holds the table', async () => maria.query("select count(*) from information_schema.processlist where info like '%sleep(60)%' and info not like '%processlist%'") === '1', 10_000);
  const reading = readMariadb(maria, 'shop', 'users');
  const held = await host.migrate({ ...inputs, options });
  const stalled = await reading.stop();
  expect(faultTold(held)).toMatch(/State found: untouched\.[\s\S]*A lock was waited for 1 times/);
  expect(stalled).toBeGreaterThan(0.3);
  expect(stalled).toBeLessThan(1.5);
}, 60_000);

it('two at once, of two services: one wins, and the other changes nothing', async () => {
  another('select pg_sleep(3); create table won (n int);', 'drop table won;');
  const other = await startMigrationHost();
  other.release('v1', files);
  try {
    const first = host.startMigrate(shop);
    await waitUntil('the first holds the lock', async () => pg.query("select count(*) from pg_locks where locktype = 'advisory'") === '1', 30_000);
    const second = await other.migrate(shop);
    expect(faultTold(second)).toMatch(/Other migrations of shop are under way, maybe from another server\. Nothing was changed|is not as it was when this was decided/);
    expect(outputsOf(await first.result)['state']).toBe('applied');
    expect(pg.query("select count(*) from pg_locks where locktype = 'advisory'")).toBe('0');
  } finally {
    await other.stop();
  }
}, 90_000);

it('killed in the middle of an apply: its session ends, and the next run tells the state found', async () => {
  const name = another('create table half (n int); select pg_sleep(60);', 'drop table half;');
  const step = host.startMigrate(shop);
  await waitUntil('it is under way', async () => pg.query("select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()") === '1', 30_000);
  const plan = readdirSync(join(host.state, 'plans')).find((each) => !existsSync(join(host.state, 'plans', each, 'final')) && readFileSync(join(host.state, 'plans', each, 'journal'), 'utf8').includes('begin apply')) ?? '';
  await cutPower(() => processesUsing(plan).map(({ pid }) => pid));
  const killed = await step.result;
  expect(faultTold(killed)).toMatch(/did not come to its end\. State found: untouched/);
  expect(killed.outputs['state']).toBe('untouched');
  expect(pg.query("select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid()")).toBe('0');
  expect(existsSync(join(host.state, 'migrations', 'sql.shop', 'under-way'))).toBe(false);
  expect(host.ledger().at(-1)).toMatchObject({ event: 'migration', state: 'untouched', of: plan });
  withdraw(name);
}, 90_000);

it('what cannot be taken back is told before, is a barrier in the ledger, and is none where nothing came of it', async () => {
  // 1205 is also what a lock wait time-out is called.
  const name = another('create table last_word (n int); drop index nowhere_1205;', '');
  const planned = await host.migrate({ ...shop, operation: 'plan' });
  expect({ irreversible: planned.outputs['irreversible'], warned: planned.log.includes(`${name} cannot be taken back`) }).toEqual({ irreversible: JSON.stringify([name]), warned: true });
  expect((await host.migrate(shop)).outputs['state']).toBe('untouched');
  const [barrier, lifted] = host.ledger().slice(-2);
  expect([barrier, lifted]).toMatchObject([{ event: 'migration', barrier: true, irreversible: [name] }, { event: 'migration', lifts: barrier?.['plan'], state: 'untouched' }]);
  withdraw(name);
}, 60_000);

it('a finding of the lint that weighs as an error stops it, at its file and line, until it is waived with a reason', async () => {
  const name = another('create index on users (id);', 'drop index users_id_idx;');
  const stopped = await host.migrate(shop);
  expect(faultTold(stopped)).toMatch(new RegExp(`The lint stops this[\\s\\S]*db/migrations/${name}:2 create-index-blocks: `));
  expect(stopped.raw).toMatch(new RegExp(`^::error .*file=db/migrations/${name},line=2`, 'm'));
  const waived = await host.migrate({ ...shop, operation: 'plan', waivers: JSON.stringify([{ rule: 'create-index-blocks', migration: name, reason: 'the table has ten rows' }]) });
  expect({ code: waived.code, findings: waived.outputs['lint-findings'] }).toEqual({ code: 0, findings: '[]' });
  withdraw(name);
}, 60_000);

it('a line that is cut in the middle: the server goes on, and what it did is told', async () => {
  another('select pg_sleep(2); create table cut_line (n int);', 'drop table cut_line;');
  const step = host.startMigrate(shop);
  await step.untilPrinted(/Applying 1 migration/);
  await host.killConnections();
  expect(outputsOf(await step.result)['state']).toBe('applied');
}, 60_000);

it('a password reaches no command line, environment, log or file that stays', async () => {
  const hunt = huntFor({ password: PASSWORD });
  another('create table secretly (n int); select pg_sleep(1);', 'drop table secretly;');
  const step = host.startMigrate({ ...shop, database: JSON.stringify({ postgres: 'shop', host: pg.socket, user: 'migrator', password: PASSWORD }) });
  const watch = hunt.watch(() => step.pid);
  const result = await step.result;
  const { found, samples } = watch.stop();
  expect(outputsOf(result)['state']).toBe('applied');
  expect(samples).toBeGreaterThan(5);
  expect([...found, ...hunt.inText('the log', result.log), ...hunt.inFiles(host.state)]).toEqual([]);
}, 60_000);

it('the engine prints what it likes: its output stays on the server', async () => {
  const inputs = { ...shop, engine: 'command', options: JSON.stringify({ status: 'echo pending one', apply: 'echo "row of a customer: canary-4711"; echo "ERROR: duplicate key value, Key (email)=(canary-4712) already exists"; exit 3' }) };
  host.release('v2', { 'any.sql': '' });
  const failed = await host.migrate(inputs);
  expect(faultTold(failed)).toMatch(/failed with exit code 3/);
  expect(failed.log).not.toMatch(/canary-471/);
  expect(readFileSync(join(host.state, 'migrations', 'command.shop', 'output'), 'utf8')).toMatch(/canary-4711/);
  expect(execFileSync('stat', ['-c', '%a', join(host.state, 'migrations', 'command.shop', 'output')], { encoding: 'utf8' }).trim()).toBe('600');
}, 60_000);
