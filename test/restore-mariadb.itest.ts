import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { needs } from '#shared/testing/equipment';
import { makeGate, type Gate } from '#shared/testing/kill-gate';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import { cutPower, processesUsing } from '#shared/testing/processes';

// MariaDB knows no renaming of databases: tables change places in one statement, with triggers, views, routines and events out of the way.
const it = needs('mariadbd', 'mariadb-dump', 'zstd', 'flock');
const CANARY = 'canary.of.a.customer@example.com';
let gate: Gate;
let host: BackupHost;
let db: Mariadb;
let inputs: Record<string, string>;
let set: string;

beforeAll(async () => {
  gate = makeGate();
  host = await startBackupHost({ PATH: `${gate.bin}:${process.env['PATH']}` });
  db = await startMariadb(join(host.root, 'db'));
  db.query('create database `Shop 2026` character set utf8mb4 collate utf8mb4_unicode_ci; create user app@localhost; grant all on `Shop 2026`.* to app@localhost; create user idle@localhost account lock; grant select on `Shop 2026`.* to idle@localhost');
  db.query(`create table \`Order "lines"\` (id int auto_increment primary key, email varchar(100) unique, \`select\` decimal(12, 4), b varbinary(20), doubled decimal(13, 4) as (\`select\` * 2) stored, parent int, foreign key (parent) references \`Order "lines"\` (id));
    insert into \`Order "lines"\` (email, \`select\`, b, parent) select if(seq = 42, '${CANARY}', concat('c', seq)), seq / 3, unhex(md5(seq)), nullif(floor(seq / 2), 0) from seq_1_to_500;
    create table events (id int auto_increment primary key, n int, line int, foreign key (line) references \`Order "lines"\` (id)); insert into events (n) values (1), (2);
    create table prices (p int) with system versioning; insert into prices values (1); update prices set p = 2; create sequence numbers; create table numbered (id int primary key default nextval(numbers), n int); insert into numbered (n) values (1);
    delimiter //
    create function f(a int) returns int deterministic return a + 1//
    create trigger touched before insert on events for each row begin set new.n = f(new.n); end//
    create procedure p() begin select 1; end//
    delimiter ;
    create view \`v w\` as select email, f(id) as next from \`Order "lines"\`; create view above as select * from \`v w\`;
    create event nosy on schedule every 1 second do delete from \`Order "lines"\` where database() <> 'Shop 2026' and id = 500;
    create event nightly on schedule every 1 day do delete from events where false;`, 'Shop 2026');
  db.query('set global event_scheduler = on');
  inputs = { sources: JSON.stringify([{ mariadb: 'Shop 2026', host: db.socket, user: 'root', name: 'shop' }]) };
  ({ set = '' } = outputsOf(await host.backup(inputs)));
}, 60_000);
afterAll(async () => {
  await db?.stop();
  await host?.stop();
  gate?.remove();
});

/** All there is in the database, as its dump tells, and that its accounts may log in. */
function live(): string {
  const dump = execFileSync('mariadb-dump', ['--no-defaults', `--socket=${db.socket}`, '--user=root', '--routines', '--triggers', '--events', '--dump-history', '--skip-add-locks', '--skip-comments', '--skip-dump-date', 'Shop 2026'], { encoding: 'utf8' });
  const app = execFileSync('mariadb', ['--no-defaults', `--socket=${db.socket}`, '--user=app', '-N', '-B', 'Shop 2026', '-e', 'select count(*) > 0 from above'], { encoding: 'utf8' });
  return `${app}${dump.replaceAll(/AUTO_INCREMENT=\d+/g, '')}`;
}
function write(): void {
  db.query(`insert into events (n) values (10), (11); update prices set p = 3; do setval(numbers, 7000); update \`Order "lines"\` set email = 'changed' where id = 7; create table added (n int); alter table \`Order "lines"\` add column y int; drop view above; create view above as select 1 as one; drop procedure p`, 'Shop 2026');
}
function besides(): string {
  return db.query("select group_concat(schema_name order by 1) from information_schema.schemata where schema_name like '%\\_\\_%'");
}

it('comes back with triggers, views, routines and events, and goes back the same way; a failure in the middle leaves it as it was', async () => {
  const before = live();
  write();
  const written = live();
  const refused = await host.backup({ ...inputs, operation: 'restore', set });
  expect(faultTold(refused)).toMatch(/shop: 2 of 4 rows in table "events" would be lost.*shop: 1 of 500 rows in table "Order \\"lines\\"" would be lost.*1 of 1 rows in table "prices" would be lost.*4 rows and files.*max-data-loss, which is 0/s);
  expect([live(), besides()]).toEqual([written, 'NULL']);

  db.query('create database other; create table other.refers (id int, foreign key (id) references `Shop 2026`.events (id))');
  expect(faultTold(await host.backup({ ...inputs, operation: 'restore', set, 'max-data-loss': '4' }))).toContain('A foreign key of other.refers refers to Shop 2026, and would then refer to what is put aside.');
  db.query('drop database other');

  // Killed with the tables swapped: the guard puts them back.
  gate.close('step-swap', 'after');
  const killed = host.start({ ...inputs, operation: 'restore', set, 'max-data-loss': '4' });
  await gate.untilHeld(() => false);
  const plan = readdirSync(join(host.state, 'plans')).sort().at(-1) ?? '';
  expect(db.query("select count(*) from information_schema.tables where table_schema like '%\\_\\_before%'")).not.toBe('0');
  await cutPower(() => processesUsing(plan).filter(({ command }) => !command.includes('stand-guard')).map(({ pid }) => pid));
  gate.open();
  await killed.result;
  await waitUntil('it is healed', () => besides() === 'NULL' && db.query('select count(*) from mysql.global_priv where user = \'app\' and json_value(priv, \'$.account_locked\') = 1') === '0', 20_000);
  expect(live()).toBe(written);

  const result = await host.backup({ ...inputs, operation: 'restore', set, 'max-data-loss': '4' });
  const { restore = '', lost } = outputsOf(result);
  expect([live(), lost, besides()]).toEqual([before, '4', `Shop 2026__before_${restore}`]);
  expect(db.query('select count(*) from mysql.global_priv where user = \'idle\' and json_value(priv, \'$.account_locked\') = 1')).toBe('1');
  outputsOf(await host.backup({ ...inputs, operation: 'swap-back', 'swap-back': restore, 'max-data-loss': '1000' }));
  expect(live().replaceAll(' PRESERVE DISABLE ', ' PRESERVE ENABLE ')).toBe(written);
  for (const log of [refused.log, result.log]) expect(log).not.toContain(CANARY);
}, 120_000);
