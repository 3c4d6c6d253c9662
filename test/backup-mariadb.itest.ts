import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import type { Source } from '#shared/database/source';
import { backupSteps } from '#shared/testing/backup-steps';
import { needs } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';

const it = needs('mariadbd', 'mariadb-dump', 'zstd', 'flock');
const CANARY = 'canary.of.a.customer@example.com';
const PASSWORD = 'pass"word\\of #the';
let root: string;
let db: Mariadb;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-mariadb-'));
  db = await startMariadb(join(root, 'db'));
  db.query(`create database \`Shop 2026\` character set utf8mb4 collate utf8mb4_unicode_ci; create user reader@localhost identified by '${PASSWORD.replaceAll('\\', '\\\\')}'; grant select, lock tables, show view, trigger, event on *.* to reader@localhost; grant select on mysql.* to reader@localhost`);
  db.query(`create table \`Order "lines"\` (id int auto_increment primary key, email varchar(100) unique, \`select\` decimal(12, 4), f double, b varbinary(20), bits bit(5), j json, t timestamp default now(), e enum('a', 'it''s'), doubled decimal(13, 4) as (\`select\` * 2) stored, parent int, foreign key (parent) references \`Order "lines"\` (id));
    insert into \`Order "lines"\` (email, \`select\`, f, b, bits, j, e, parent) select if(seq = 42, '${CANARY}', concat('c', seq)), seq / 3, seq / 3, unhex(md5(seq)), seq % 32, json_object('i', seq), 'it''s', nullif(floor(seq / 2), 0) from seq_1_to_3000;
    create table x (x text); insert into x values ('a'), ('a'), (null), ('\\\\ \\t \\n''');
    create table large (b longblob, t longtext); insert into large values (repeat('b', 9000000), repeat('t', 9000000));
    create sequence numbers cache 0; create table numbered (id int primary key default nextval(numbers), n int); insert into numbered (n) values (1);
    create table prices (p int) with system versioning; insert into prices values (1); update prices set p = 2;
    create view \`v w\` as select email from \`Order "lines"\`; create table events (id int auto_increment primary key, n int); insert into events (n) select seq from seq_1_to_100;
    delimiter //
    create trigger touched before insert on events for each row begin set new.n = new.n + 1; end//
    create procedure p() begin select 1; end//
    create function f(a int) returns int deterministic return a + 1//
    delimiter ;
    create event nightly on schedule every 1 day do delete from x where false;`, 'Shop 2026');
}, 60_000);
afterAll(async () => {
  await db?.stop();
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

function shop(more: Partial<Extract<Source, { kind: 'mysql' }>> = {}): Source {
  return { kind: 'mysql', name: 'shop', database: 'Shop 2026', host: db.socket, user: 'root', ...more };
}

it('is proven equal while it is written to', () => {
  const writer = spawn('sh', ['-c', 'while :; do echo "insert into events (n) values (1); update x set x = rand(); do nextval(numbers); delete from events order by id limit 1" | mariadb --no-defaults --socket="$1" --user=root "Shop 2026"; done', 'sh', db.socket], { stdio: 'ignore', detached: true });
  try {
    const steps = backupSteps([shop()]);
    expect(steps.run()).toBeUndefined();
    expect(steps.names()).toEqual([steps.backup.set]);
    const manifest = execFileSync('cat', [join(steps.backup.directory, steps.backup.set, 'manifest.json')], { encoding: 'utf8' });
    expect(execFileSync('sh', ['-c', 'zstd -dc "$1"/shop.sql.zst | grep -a -A 2 "INTO .prices."', 'sh', join(steps.backup.directory, steps.backup.set)], { encoding: 'utf8' })).toMatch(/row_start, row_end\) VALUES \(2,'.*'\),\s\(1,'.*'\);/);
    expect(JSON.parse(manifest)).toMatchObject({ proof: 'equal', parts: [{ kind: 'mysql', tables: 6, server: expect.stringContaining('mariadb 10.') }] });
  } finally {
    process.kill(-(writer.pid ?? 0), 'SIGKILL');
  }
}, 60_000);

it('a password in a file of its own; without the right to hold up the server, the tables of the database wait', () => {
  const steps = backupSteps([shop({ user: 'reader', password: new Secret(PASSWORD), verify: 'readable' })]);
  expect(steps.run()).toBeUndefined();
  const refused = backupSteps([shop({ user: 'reader', password: new Secret('another') })]).run();
  expect(refused).toEqual({ step: 'check', told: expect.stringContaining("Access denied for user 'reader'@'localhost'") });
}, 60_000);

it('a FLOAT of more digits than a dump has of it is not equal, and that is said', () => {
  db.query('create database measured; create table measured.at (lat float, height float(7, 2)); insert into measured.at values (0.1, 12345.67)');
  // Nor does it matter how the server takes SQL, or that it took a row wider than it should be.
  db.query(`set innodb_strict_mode = 0; create table measured.wide (${Array.from({ length: 197 }, (_, index) => `c${index} varchar(200)`).join(', ')}) charset latin1; create table measured.\`b\\c'd\` (c char(10)); insert into measured.\`b\\c'd\` values ('a');
    set global sql_mode = 'ANSI,PAD_CHAR_TO_FULL_LENGTH,NO_BACKSLASH_ESCAPES'`);
  const steps = backupSteps([shop({ database: 'measured' })]);
  expect(steps.run(['check', 'take-1', 'prove-1'])).toBeUndefined();
  db.query("insert into measured.at values (52.520008, 1); set global sql_mode = 'STRICT_TRANS_TABLES'");
  expect(backupSteps([shop({ database: 'measured' })]).run()).toEqual({ step: 'prove-1', told: expect.stringMatching(/Rows differ in: table "at" \n.*writes six digits of a FLOAT\. Make such columns of these tables DOUBLE, or give shop verify: restored/) });
}, 60_000);
