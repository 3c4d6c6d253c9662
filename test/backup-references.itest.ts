import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Reference, Source } from '#shared/database/source';
import { backupSteps } from '#shared/testing/backup-steps';
import { needs } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { startPostgres, type Postgres } from '#shared/testing/postgres';

// What databases name must be among the files, and files that are named by their content must be what their names say, as Odoo's attachments are.
const it = needs('psql', 'sqlite3', 'zstd', 'flock');
let root: string;
let pg: Postgres;
let filestore: string;
let sources: readonly Source[];
let names: string[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-references-'));
  chmodSync(root, 0o755);
  pg = await startPostgres(join(root, 'pg'));
  filestore = join(root, 'filestore', 'erp');
  names = ['a contract', 'an invoice', 'a picture'].map(store);
  pg.query('create database erp');
  pg.query(`create table ir_attachment (id serial primary key, name text, store_fname text);
    insert into ir_attachment (name, store_fname) values ${[...names, names[0] ?? ''].map((name) => `('file', '${name}')`).join(', ')}, ('in the database', null)`, 'erp');
  execFileSync('sqlite3', [join(root, 'buffer.sqlite'), `create table receipts (id integer primary key, image text); insert into receipts (image) values ('${names[2] ?? ''}')`]);
  sources = [
    { kind: 'postgres', name: 'erp', database: 'erp', host: pg.socket, user: pg.user },
    { kind: 'sqlite', name: 'buffer', database: join(root, 'buffer.sqlite') },
    { kind: 'files', name: 'filestore', folder: join(root, 'filestore'), exclude: [] },
  ];
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

/** Puts a file where Odoo would, and gives its name there. */
function store(content: string): string {
  const hash = createHash('sha1').update(content).digest('hex');
  mkdirSync(join(filestore, hash.slice(0, 2)), { recursive: true });
  writeFileSync(join(filestore, hash.slice(0, 2), hash), content);
  return `${hash.slice(0, 2)}/${hash}`;
}

const ATTACHMENTS: Reference = { from: 'erp', query: 'select store_fname from ir_attachment where store_fname is not null', files: 'filestore', prefix: 'erp/', sha1: true };
const RECEIPTS: Reference = { from: 'buffer', query: 'select image from receipts', files: 'filestore', prefix: 'erp/', sha1: false };

/** Takes the set; what was told by the step that failed, or by the look-up. */
function lookUp(): { readonly failedIn?: string; readonly told: string } {
  const steps = backupSteps(sources, { references: [ATTACHMENTS, RECEIPTS] });
  const fault = steps.run(['check', 'take-1', 'take-2', 'take-3', 'prove-3']);
  const { code, told } = fault === undefined ? steps.step('references') : { code: 0, told: fault.told };
  expect(steps.step('clear').code).toBe(0);
  return { ...((fault !== undefined || code !== 0) && { failedIn: fault?.step ?? 'references' }), told };
}

it('all that a database and a buffer name is among the files', () => {
  const { failedIn, told } = lookUp();
  expect({ failedIn, told }).toEqual({ failedIn: undefined, told: 'references[0]: all 3 files that the database names are in filestore\nreferences[1]: all 1 files that the database names are in filestore\n' });
}, 60_000);

it('a file that is gone: no set, with how many there are and none of their names', () => {
  rmSync(join(filestore, names[1] ?? ''));
  const { failedIn, told } = lookUp();
  expect({ failedIn, told }).toEqual({ failedIn: 'references', told: 'references[0]: 1 of 3 files that the database names are not in filestore.\n' });
  store('an invoice');
}, 60_000);

it('a file whose content is not what its name says: no set', () => {
  writeFileSync(join(filestore, names[1] ?? ''), 'an invoicE');
  expect(lookUp()).toEqual({ failedIn: 'prove-3', told: expect.stringContaining('1 files are not what their names say (SHA-1).') });
  store('an invoice');
}, 60_000);

it('a query that cannot be asked: no set, and its own words are not told', () => {
  const steps = backupSteps(sources, { references: [{ ...ATTACHMENTS, query: "select 'a secret of a row'::int" }] });
  expect(steps.run()).toEqual({ step: 'take-1', told: expect.stringMatching(/ended the session that held its snapshot: ERROR: +22P02/) });
  expect(steps.step('clear').code).toBe(0);
}, 60_000);
