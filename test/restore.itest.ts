import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { needs } from '#shared/testing/equipment';
import { CANARY, fillOddly, ODD_NAME, PASSWORD } from '#shared/testing/odd-database';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { shutOut } from '#shared/testing/reconnecting-clients';

// A set of a database with everything odd in it, files and a buffer becomes live again as one.
const it = needs('psql', 'zstd', 'sqlite3', 'flock');
// A second where nothing else runs; the machine of a test may have other things to do.
const SHUT_OUT_MS = 5_000;
let host: BackupHost;
let pg: Postgres;
let files: string;
let buffer: string;
let inputs: Record<string, string>;
let set: string;

beforeAll(async () => {
  host = await startBackupHost();
  pg = await startPostgres(join(host.root, 'pg'));
  fillOddly(pg);
  pg.query(`revoke connect on database "Shop; ""2026""" from public; grant connect on database "Shop; ""2026""" to reader with grant option; alter role reader in database "Shop; ""2026""" set work_mem = '9MB';
    alter database "Shop; ""2026""" owner to "Odd ""role"""; alter database "Shop; ""2026""" connection limit 40`);
  [files, buffer] = [join(host.root, 'filestore'), join(host.root, 'buffer.sqlite')];
  mkdirSync(join(files, 'aa'), { recursive: true });
  // A folder in which another user may write whatever comes, and an attribute.
  execFileSync('sh', ['-c', `cd "$1" && mkdir shared && : >shared/file && tar -c --format=posix --pax-option='SCHILY.xattr.user.kept:=yes,SCHILY.acl.default:=user::rwx
user:1234:rwx
group::r-x
mask::rwx
other::r-x' shared | tar -x --acls --xattrs`, 'sh', files]);
  for (const name of ['one\ntwo & "three"', 'kept']) writeFileSync(join(files, 'aa', name), 'content');
  execFileSync('sqlite3', [buffer, 'pragma journal_mode = wal; create table "Odd ""table""" (n, "b c"); insert into "Odd ""table""" values (1, 2), (3, 4)']);
  inputs = { sources: JSON.stringify([{ postgres: ODD_NAME, name: 'shop', host: pg.socket, user: pg.user, password: PASSWORD }, { sqlite: buffer }, { files }]) };
  ({ set = '' } = outputsOf(await host.backup(inputs)));
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await host?.stop();
});

/** All that a restore must bring back, and a failed one must leave alone. */
function live(): Record<string, string> {
  const dump = execFileSync('pg_dump', ['-h', pg.socket, '-U', pg.user, '--create', ODD_NAME], { encoding: 'utf8', maxBuffer: 2 ** 27 });
  return {
    dump: dump.replaceAll(/^\\(un)?restrict .*$/gm, '').split('\n').sort().join('\n'),
    attributes: execFileSync('sh', ['-c', 'tar -c --format=posix --acls --xattrs -C "$1" shared | grep -a -o "xattr[.]user[.]kept=yes\\|^user:1234:rwx" | sort', 'sh', files], { encoding: 'utf8' }),
    files: execFileSync('sh', ['-c', 'cd "$1" && find . -type f -exec sha256sum {} + | sort && find . -printf "%p %m\\n" | sort', 'sh', files], { encoding: 'utf8' }),
    buffer: execFileSync('sqlite3', [buffer, '.dump'], { encoding: 'utf8' }),
  };
}

function write(): void {
  pg.query(`insert into "Sales, 2026"."Order ""lines""" (x, "select") values ('new', 1), ('newer', 2); update "Sales, 2026"."Order ""lines""" set x = 'changed' where id = 3; drop table nothing; insert into events (n) values (1);
    create table added (n int); insert into added values (1), (2); alter table x add column y int; select lo_unlink(oid) from pg_largeobject_metadata`, ODD_NAME);
  writeFileSync(join(files, 'aa', 'new'), 'new');
  appendFileSync(join(files, 'aa', 'kept'), ', and changed');
  execFileSync('sqlite3', [buffer, 'insert into "Odd ""table""" values (5, 6)']);
}

function databases(): string[] {
  return pg.query("select datname from pg_database where datname not in ('postgres', 'template0', 'template1') order by 1").split('\n');
}

it('what would be lost is told and, above the limit, refused; accepted, all is as it was; and it can be swapped back', async () => {
  const before = live();
  write();
  const written = live();
  // Two rows added and one changed, one event, two of a new table; two files; one row of the buffer.
  const refused = await host.backup({ ...inputs, operation: 'restore', set, 'max-data-loss': '8' });
  expect(faultTold(refused)).toMatch(/That is more than max-data-loss, which is 8\. Nothing was changed\. To go on all the same, give accept-data-loss: \d{8}T/);
  expect(refused.log).toMatch(/shop: 3 of 3002 rows in table "\\"Sales, 2026\\"\.\\"Order \\"\\"lines\\"\\"\\"" would be lost/);
  expect(refused.log).toMatch(/shop: since the snapshot \d+ \w+ of log by all databases, -?\d+ transactions/);
  for (const told of ['shop: 2 of 2 rows in table "public.added"', `buffer: 1 of 3 rows in table 'Odd "table"'`, 'filestore: 2 of 4 files', '9 rows and files that are live are not in what takes their place']) expect(refused.log).toContain(told);
  expect(live()).toEqual(written);
  expect(databases()).toEqual([ODD_NAME]);

  const result = await host.backup({ ...inputs, operation: 'restore', set: 'latest', 'accept-data-loss': set });
  const { restore = '', lost } = outputsOf(result);
  expect(lost).toBe('9');
  expect(live()).toEqual(before);
  expect(databases()).toEqual([ODD_NAME, `Shop; "2026"__before_${restore}`]);
  expect(host.ledger().at(-1)).toMatchObject({ event: 'restore', set, plan: restore, lost: 9, parts: 'shop, buffer, filestore' });
  expect(pg.query(`select reltuples > 0 from pg_class where relname = 'events'`, ODD_NAME)).toBe('t');

  const back = outputsOf(await host.backup({ ...inputs, operation: 'swap-back', 'swap-back': restore, 'max-data-loss': '4' }));
  expect(live()).toEqual(written);
  outputsOf(await host.backup({ ...inputs, operation: 'swap-back', 'swap-back': back['restore'] ?? '', 'max-data-loss': '1000' }));
  expect(live()).toEqual(before);
  for (const log of [refused.log, result.log]) expect(log).not.toContain(CANARY);
  expect(readdirSync(join(host.root, 'scratch'))).toEqual([]);
  for (const plan of readdirSync(join(host.state, 'plans'))) expect(existsSync(join(host.state, 'plans', plan, 'once'))).toBe(false);
  expect(readFileSync(join(host.state, 'ledger'), 'utf8')).not.toContain(CANARY);
}, 180_000);

it('while clients connect anew for each transaction, the swap wins, and shuts them out for a moment', async () => {
  pg.query('create database busy; ');
  pg.query('create table t as select generate_series(1, 1000) i', 'busy');
  const busy = { sources: JSON.stringify([{ postgres: 'busy', host: pg.socket, user: pg.user }]) };
  const { set: taken = '' } = outputsOf(await host.backup(busy));
  pg.query('insert into t values (0)', 'busy');
  let lost: string | undefined;
  const { transactions, longestGapMs } = await shutOut({ count: 32, folder: pg.socket, user: pg.user, database: 'busy', sql: 'select count(*) from t' }, async () => {
    ({ lost } = outputsOf(await host.backup({ ...busy, operation: 'restore', set: taken, 'max-data-loss': '1' })));
  });
  expect({ lost, rows: pg.query('select count(*) from t', 'busy') }).toEqual({ lost: '1', rows: '1000' });
  expect(transactions).toBeGreaterThan(100);
  expect(longestGapMs).toBeLessThan(SHUT_OUT_MS);
}, 120_000);
