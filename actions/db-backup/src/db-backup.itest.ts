import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Manifest } from '#shared/database/backup-set';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { needs } from '#shared/testing/equipment';
import { fillWithRows } from '#shared/testing/many-rows';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { CANARY, fillOddly, ODD_NAME, PASSWORD } from '#shared/testing/odd-database';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { huntFor } from '#shared/testing/secret-hunt';

const it = needs('psql', 'zstd', 'sqlite3', 'flock', 'age');
let host: BackupHost;
let pg: Postgres;
let sources: string;

beforeAll(async () => {
  host = await startBackupHost();
  pg = await startPostgres(join(host.root, 'pg'), 'local all reader scram-sha-256');
  fillOddly(pg);
  const files = join(host.root, 'filestore');
  mkdirSync(join(files, 'aa'), { recursive: true });
  writeFileSync(join(files, 'aa', 'one\ntwo & "three"'), 'content');
  writeFileSync(join(files, '-rf'), '');
  execFileSync('ln', ['-s', 'nowhere', join(files, 'link')]);
  execFileSync('sqlite3', [join(host.root, 'buffer.sqlite'), 'pragma journal_mode = wal; create table receipts (n); insert into receipts values (1)']);
  sources = JSON.stringify([
    { postgres: ODD_NAME, name: 'shop', host: pg.socket, user: pg.user }, { sqlite: join(host.root, 'buffer.sqlite') }, { files },
  ]);
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await host?.stop();
});

/** A client that writes until `stop`, which tells how often it did. */
function repeating(program: string, args: readonly string[], sql: string): { stop(): Promise<number> } {
  const child = spawn('sh', ['-c', 'n=0; trap "echo \\$n; exit" TERM; while :; do "$@" >/dev/null && n=$((n + 1)); done', 'sh', program, ...args, sql], { stdio: ['ignore', 'pipe', 'inherit'] });
  return {
    stop: () => new Promise((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
      child.kill('SIGTERM');
    }),
  };
}

/** Clients that write until `stop`, and how often the slower of them did. */
function writers(): { stop(): Promise<number> } {
  const all = [
    repeating('psql', ['-h', pg.socket, '-U', pg.user, '-d', ODD_NAME, '-XAtqc'], "insert into events (n) values (1); update x set x = random()::text; select nextval('downwards'); insert into \"Sales, 2026\".\"Order \"\"lines\"\"\" (x) values ('new')"),
    repeating('sqlite3', ['-cmd', '.timeout 2000', join(host.root, 'buffer.sqlite')], 'insert into receipts values (random()); delete from receipts where n in (select n from receipts limit 1)'),
  ];
  return { stop: async () => Math.min(...await Promise.all(all.map((each) => each.stop()))) };
}

it('a set of a database, a buffer and files, proven equal while both databases are written to, and restored by hand as its manifest says', async () => {
  const writing = writers();
  const result = await host.backup({ sources });
  const written = await writing.stop();
  const { set, proof, manifest } = outputsOf(result);
  expect(proof).toBe('equal');
  expect(written).toBeGreaterThan(3);
  const { parts, size } = JSON.parse(manifest ?? '') as Manifest;
  expect(parts).toMatchObject([{ name: 'shop', kind: 'postgres', tables: 6, server: expect.stringMatching(/^PostgreSQL \d+/) }, { name: 'buffer', kind: 'sqlite' }, { name: 'filestore', kind: 'files', files: 5 }]);
  expect(size).toBeGreaterThan(10_000);
  expect(host.names()).toEqual([set]);
  expect(host.ledger().at(-1)).toMatchObject({ event: 'backup', set, proof: 'equal', size, run: '812' });
  expect(result.log).not.toContain(CANARY);

  const folder = join(host.sets, set ?? '');
  for (const { restore } of parts) {
    const script = restore.filter((line) => !line.startsWith('#')).join('\n');
    execFileSync('sh', ['-c', script], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env['PATH'], PGHOST: pg.socket, PGUSER: pg.user } });
  }
  expect(pg.query('select count(*) from "Sales, 2026"."Order ""lines""" where id <= 3000', 'Shop; "2026"_restored')).toBe('3000');
  expect(pg.query('show statement_timeout', 'Shop; "2026"_restored')).toBe('12s');
  expect(readFileSync(join(folder, 'restored', 'aa', 'one\ntwo & "three"'), 'utf8')).toBe('content');
}, 120_000);

it('50 MB and 250,000 rows are proven equal while rows change, come and go', async () => {
  fillWithRows(pg, 'large', 250_000);
  const writing = repeating('psql', ['-h', pg.socket, '-U', pg.user, '-d', 'large', '-XAtqc'], 'update t1 set amount = random() where id = 1 + (random() * 60000)::int; delete from t2 where id = (select min(id) from t2); insert into t3 select max(id) + 1 from t3');
  const { proof, manifest } = outputsOf(await host.backup({ sources: JSON.stringify([{ postgres: 'large', host: pg.socket, user: pg.user }]) }));
  expect(await writing.stop()).toBeGreaterThan(10);
  expect(proof).toBe('equal');
  const [part] = (JSON.parse(manifest ?? '') as Manifest).parts;
  expect(part).toMatchObject({ tables: 4, rows: expect.any(Number) });
  expect(Math.abs(Number(part?.rows) - 250_000)).toBeLessThan(2_000);
}, 120_000);

it('a password reaches no command line, environment, log or file that stays; a wrong one is told as such', async () => {
  const hunt = huntFor({ password: PASSWORD });
  const withPassword = (password: string): string => JSON.stringify([{ postgres: ODD_NAME, name: 'shop', host: pg.socket, user: 'reader', password, verify: 'readable' }]);
  pg.query('alter table events disable row level security; grant select on all sequences in schema public, "Sales, 2026" to reader', ODD_NAME);
  pg.query('select lo_unlink(oid) from pg_largeobject_metadata', ODD_NAME);
  const step = host.start({ sources: withPassword(PASSWORD) });
  const watch = hunt.watch(() => step.pid);
  const result = await step.result;
  const { found, samples } = watch.stop();
  expect(outputsOf(result)['proof']).toBe('readable');
  expect(samples).toBeGreaterThan(5);
  expect([...found, ...hunt.inText('the log', result.log), ...hunt.inFiles(host.state), ...hunt.inFiles(host.sets)]).toEqual([]);
  const refused = await host.backup({ sources: withPassword('another-one-entirely') });
  expect(faultTold(refused)).toMatch(/password authentication failed for user "reader"/);
  expect(hunt.inFiles(host.state)).toEqual([]);
  expect(readdirSync(host.sets).filter((name) => name.endsWith('.partial'))).toEqual([]);
}, 60_000);

it('encrypted to a key: no plain part is kept, it is proven all the same, and the key opens it', async () => {
  const key = execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  writeFileSync(join(host.root, 'key'), key);
  const recipient = /public key: (age1\w+)/.exec(key)?.[1] ?? '';
  const { set = '', proof } = outputsOf(await host.backup({ sources, 'age-recipients': recipient, compression: 'gzip' }));
  expect(proof).toBe('equal');
  expect(readdirSync(join(host.sets, set)).sort()).toEqual(['buffer.fingerprint.tar.gz.age', 'buffer.sqlite.gz.age', 'filestore.fingerprint.tar.gz.age', 'filestore.tar.gz.age', 'manifest.json', 'shop.fingerprint.tar.gz.age', 'shop.setup.sql.gz.age', 'shop.sql.gz.age']);
  expect(execFileSync('sh', ['-c', `age -d -i "$1/key" "$2/shop.sql.gz.age" | gzip -dc | tail -n 5`, 'sh', host.root, join(host.sets, set)], { encoding: 'utf8' })).toContain('PostgreSQL database dump complete');
}, 60_000);

it('keep-last removes older sets once a newer one is proven, and list tells what there is', async () => {
  const before = host.names();
  const buffer = JSON.stringify([{ sqlite: join(host.root, 'buffer.sqlite') }]);
  const failed = await host.backup({ sources: JSON.stringify([{ sqlite: join(host.root, 'nothing.sqlite') }]), 'keep-last': '1' });
  expect(faultTold(failed)).toMatch(/nothing\.sqlite is no SQLite database/);
  expect(host.names()).toEqual(before);
  const { set: older = '' } = outputsOf(await host.backup({ sources: buffer }));
  // Staging keeps its sets in the same folder; and once a clock went before.
  const [ofStaging, ahead] = ['20991231T000000-aaaaaa', '20991231T000000-bbbbbb'];
  for (const [name, word, other] of [[ofStaging, '"environment":"production"', '"environment":"staging"'], [ahead, /"time":"[^"]*"/, '"time":"2099-12-31T00:00:00Z"']] as const) {
    mkdirSync(join(host.sets, name));
    writeFileSync(join(host.sets, name, 'manifest.json'), readFileSync(join(host.sets, older, 'manifest.json'), 'utf8').replace(older, name).replace(word, other));
  }
  const { set } = outputsOf(await host.backup({ sources: buffer, 'keep-last': '1' }));
  expect(host.names()).toEqual([...before, set, ofStaging]);
  const listed = outputsOf(await host.backup({ operation: 'list' }));
  expect(JSON.parse(listed['sets'] ?? '')).toMatchObject([{ set: ofStaging }, { set, proof: 'equal' }, ...before.map(() => ({ proof: expect.any(String) }))]);
  expect((await host.backup({ operation: 'restore', sources: buffer, set: 'latest' })).log).toContain(`Set ${set} (buffer) is live again`);
}, 60_000);
