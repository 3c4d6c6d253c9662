import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { needs, needsFull } from '#shared/testing/equipment';
import { makeGate, type Gate } from '#shared/testing/kill-gate';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import type { StepResult } from '#shared/testing/run-bundle';
import { huntFor } from '#shared/testing/secret-hunt';
import { mountSmallDisk, type SmallDisk } from '#shared/testing/small-disk';

// What cannot become live again is refused, or fails, and what is live stays what it was.
const PROGRAMS = ['psql', 'zstd', 'sqlite3', 'flock'];
const it = needs(...PROGRAMS);
const CANARY = 'row-of-a-customer-4711';
const PASSWORD = 'pass-of-the-keeper-9c1f';
let gate: Gate;
let host: BackupHost;
let pg: Postgres;
let buffer: string;
let files: string;
let disk: SmallDisk | undefined;
let set: string;
let inputs: Record<string, string>;

beforeAll(async () => {
  gate = makeGate();
  host = await startBackupHost({ PATH: `${gate.bin}:${process.env['PATH']}` });
  pg = await startPostgres(join(host.root, 'pg'), 'local all keeper scram-sha-256', ['max_prepared_transactions=2']);
  pg.query(`create role "is gone"; create role keeper login createdb password '${PASSWORD}'; create database shop owner keeper`);
  pg.query(`create table t as select i, md5(i::text) as word from generate_series(1, 2000) i; insert into t values (0, '${CANARY}'); alter table t owner to keeper; grant all on schema public to keeper; grant select on t to "is gone"`, 'shop');
  [files, buffer] = [join(host.root, 'filestore'), join(host.root, 'buffer.sqlite')];
  mkdirSync(files);
  writeFileSync(join(files, 'a'), CANARY);
  execFileSync('sqlite3', [buffer, `pragma journal_mode = wal; create table t (word); insert into t values ('${CANARY}')`]);
  set = await take(sourcesOf('keeper', PASSWORD));
  inputs = { sources: sourcesOf('keeper', PASSWORD), operation: 'restore', set };
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  disk?.unmount();
  await host?.stop();
  gate?.remove();
});

function sourcesOf(user: string, password: string): string {
  return JSON.stringify([{ postgres: 'shop', host: pg.socket, user, password }, { sqlite: buffer }, { files }]);
}
async function take(sources: string): Promise<string> {
  return outputsOf(await host.backup({ sources }))['set'] ?? '';
}
/** The schema and every row of what is live, and every file. */
function live(): Record<string, string> {
  return {
    databases: pg.query('select datname, datallowconn, pg_get_userbyid(datdba) from pg_database order by 1'),
    shop: execFileSync('pg_dump', ['-h', pg.socket, '-U', pg.user, 'shop'], { encoding: 'utf8' }).replaceAll(/^\\(un)?restrict .*$/gm, ''),
    buffer: execFileSync('sqlite3', [buffer, '.dump'], { encoding: 'utf8' }),
    files: execFileSync('sh', ['-c', 'cd "$1" && find . -type f -exec sha256sum {} + | sort', 'sh', files], { encoding: 'utf8' }),
    beside: readdirSync(host.root).filter((name) => name.includes('__')).join(' '),
  };
}

it('a set of another version of the server: both are named', async () => {
  const manifest = join(host.sets, set, 'manifest.json');
  const own = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, own.replace(/PostgreSQL \d+\.\d+/, 'PostgreSQL 14.9'));
  const before = live();
  expect(faultTold(await host.backup({ ...inputs, 'accept-data-loss': set }))).toMatch(/shop was taken from PostgreSQL 14\.9, but the server of shop is version 15\./);
  expect(live()).toEqual(before);
  writeFileSync(manifest, own);
}, 60_000);

it('a role that is gone: it is named', async () => {
  pg.query('drop owned by "is gone"; drop role "is gone"', 'shop');
  const before = live();
  expect(faultTold(await host.backup({ ...inputs, 'accept-data-loss': set }))).toMatch(/The server lacks roles that it had when the set was taken: "is gone"\. Create those that something belonged to/);
  expect(live()).toEqual(before);
  pg.query('create role "is gone"; grant select on t to "is gone"', 'shop');
}, 60_000);

it('a prepared transaction holds on to the database: it is refused before anything is restored, and told how to go on', async () => {
  pg.query("begin; insert into t values (-1, 'prepared'); prepare transaction 'an order'", 'shop');
  const before = live();
  const refused = await host.backup({ ...inputs, 'accept-data-loss': set });
  expect(faultTold(refused)).toMatch(/shop has 1 prepared transactions, which hold on to it\. Commit them or roll them back \(pg_prepared_xacts\)/);
  expect(refused.log).not.toContain('Restoring shop');
  expect(live()).toEqual(before);
  pg.query("commit prepared 'an order'", 'shop');
  outputsOf(await host.backup({ ...inputs, 'accept-data-loss': set }));
  expect(pg.query('select count(*) from t where i < 0', 'shop')).toBe('0');
}, 60_000);

it('a log that belongs to another state of a buffer lies beside it: what becomes live is the set, and nothing of that log', async () => {
  // A log whose frames are whole, as a killed process leaves it, brought here from another database.
  const other = join(host.root, 'other.sqlite');
  execFileSync('sh', ['-c', `sqlite3 "$1" "pragma journal_mode = wal; create table t (word); insert into t values ('foreign')" ".shell cp '$1-wal' '$1-kept'" >/dev/null`, 'sh', other]);
  copyFileSync(`${other}-kept`, `${buffer}-wal`);
  expect(readFileSync(`${buffer}-wal`).length).toBeGreaterThan(4_096);
  const result = await host.backup({ ...inputs, parts: 'buffer', 'accept-data-loss': set });
  const { restore = '' } = outputsOf(result);
  expect(execFileSync('sqlite3', [buffer, 'select word from t; pragma integrity_check'], { encoding: 'utf8' })).toBe(`${CANARY}\nok\n`);
  for (const end of ['-wal', '-shm']) expect(existsSync(`${buffer}__before_${restore}${end}`)).toBe(false);
  renameSync(`${buffer}__before_${restore}`, other);
}, 60_000);

it('neither rows nor the password reach a command line, environment, log, journal or file that stays', async () => {
  const hunt = huntFor({ password: PASSWORD, row: CANARY });
  pg.query(`insert into t values (-2, 'also ${CANARY}')`, 'shop');
  const look = async (changes: Record<string, string>): Promise<StepResult> => {
    const step = host.start({ ...inputs, ...changes });
    const watch = hunt.watch(() => step.pid);
    const result = await step.result;
    const { found, samples } = watch.stop();
    expect(samples).toBeGreaterThan(5);
    expect([...found, ...hunt.inText('the log', result.log), ...hunt.inText('its outputs', JSON.stringify(result.outputs)), ...hunt.inFiles(host.state)]).toEqual([]);
    return result;
  };
  expect(faultTold(await look({}))).toMatch(/more than max-data-loss/);
  expect(outputsOf(await look({ 'accept-data-loss': set }))['lost']).toBe('1');
  expect(faultTold(await look({ sources: sourcesOf('keeper', 'another-password-entirely') }))).toMatch(/password authentication failed for user "keeper"/);
  // A dump that does not load: what the server says of it quotes the row.
  pg.query('create function public.is_fine(text) returns bool language sql as $$ select true $$; alter function public.is_fine owner to keeper; alter table t add check (public.is_fine(word)); create or replace function public.is_fine(text) returns bool language sql as $$ select false $$', 'shop');
  const bad = outputsOf(await host.backup({ sources: inputs['sources'] ?? '', verify: 'readable' }))['set'] ?? '';
  expect(faultTold(await look({ set: bad, 'accept-data-loss': bad }))).toMatch(/psql ended with 3\. line \d+: ERROR: {2}23514/);
}, 120_000);

needsFull('root', ...PROGRAMS)('a disk that is full half-way: the tablespace of a database, a folder, and that of a buffer', async () => {
  const small = join(host.root, 'small');
  mkdirSync(small);
  disk = mountSmallDisk(small, 'size=160m,mode=755');
  mkdirSync(join(small, 'space'));
  execFileSync('chown', ['postgres:', join(small, 'space')]);
  pg.query(`create tablespace small location '${join(small, 'space')}'`);
  pg.query('create database large tablespace small');
  pg.query('create table t as select i, md5(i::text) as word from generate_series(1, 120000) i', 'large');
  const [folder, file] = [join(small, 'files'), join(small, 'sqlite')];
  [folder, file].forEach((each) => mkdirSync(each));
  execFileSync('sh', ['-c', 'head -c 1000000 /dev/urandom >"$1/a" && sqlite3 "$2/buffer.sqlite" "create table t as select hex(randomblob(400000)) as word"', 'sh', folder, file]);
  const fingerprint = (): readonly string[] => [
    pg.query('select count(*), sum(hashtext(t::text)) from t', 'large'), execFileSync('sh', ['-c', 'sha256sum "$1"/a "$2"/buffer.sqlite', 'sh', folder, file], { encoding: 'utf8' }),
    execFileSync('find', [small, '-not', '-path', `${small}/space/*`, '-not', '-path', `${small}/ballast*`], { encoding: 'utf8' }), pg.query('select datname, datallowconn from pg_database order by 1'),
  ];
  // There is room for an empty database, and not for its rows.
  const large = { postgres: 'large', host: pg.socket, user: pg.user };
  const most = (): void => writeFileSync(join(small, 'ballast', 'most'), Buffer.alloc(statfsSync(small).bavail * statfsSync(small).bsize - 10_000_000));
  const taken = await expectFull(large, most, fingerprint, /ERROR: {2}53100/);
  for (const source of [{ sqlite: join(file, 'buffer.sqlite') }, { files: folder }]) await expectFull(source, () => disk?.fill(), fingerprint, /The disk of \S+small\S* is full\./);
  most();
  expect(faultTold(await host.backup({ sources: JSON.stringify([large]), operation: 'restore', set: taken }))).toMatch(/The disk of \S+small\/space is too full for another large: about \d+ MB needed/);
}, 120_000);

/** Once the room was asked for the disk fills up; nothing that is live has changed when the restore has failed. */
async function expectFull(source: Readonly<Record<string, unknown>>, fill: () => void, fingerprint: () => readonly string[], fault: RegExp): Promise<string> {
  const sources = JSON.stringify([source]);
  const taken = await take(sources);
  const before = fingerprint();
  gate.close('step-restore-1', 'before');
  const step = host.start({ sources, operation: 'restore', set: taken, 'accept-data-loss': taken });
  let isOver = false;
  void step.result.then(() => (isOver = true));
  await gate.untilHeld(() => isOver);
  fill();
  gate.open();
  const failed = await step.result;
  expect(faultTold(failed)).toMatch(fault);
  expect(faultTold(failed)).toMatch(/what is live was not touched/);
  disk?.makeRoom();
  expect(fingerprint()).toEqual(before);
  return taken;
}
