import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { newPlanId, type Plan } from '#shared/server/plan';
import { backupSteps, planSteps, type BackupSteps, type PlanSteps } from '#shared/testing/backup-steps';
import { needs } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { parseManifest, type Manifest } from './backup-set.ts';
import { openedFiles, openedFunctions, sourcesOfParts, type Identity } from './opened-set.ts';
import type { Proof, Source } from './source.ts';

const it = needs('psql', 'zstd', 'sqlite3', 'flock', 'age', 'gpg');
const PASSPHRASE = 'a passphrase of three words';
let root: string;
let pg: Postgres;
let sources: readonly Source[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'opened-set-'));
  chmodSync(root, 0o755);
  pg = await startPostgres(join(root, 'pg'));
  for (const name of ['shop', 'stock']) pg.query(`create database ${name}`);
  pg.query('create table t as select i, md5(i::text) from generate_series(1, 500) i; create sequence s', 'shop');
  pg.query('create table t as select i from generate_series(1, 7) i', 'stock');
  mkdirSync(join(root, 'files'));
  writeFileSync(join(root, 'files', 'a'), 'content');
  execFileSync('sqlite3', [join(root, 'buffer.sqlite'), 'create table receipts (n); insert into receipts values (1)']);
  const database = (name: string): Source => ({ kind: 'postgres', name, database: name, host: pg.socket, user: pg.user });
  sources = [database('shop'), database('stock'), { kind: 'sqlite', name: 'buffer', database: join(root, 'buffer.sqlite') }, { kind: 'files', name: 'files', folder: join(root, 'files'), exclude: [] }];
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

/** A plan that opens a set and holds each of its parts, whose first it is asked about. */
function opening({ backup, server }: BackupSteps, identity: Identity = {}): PlanSteps & { readonly id: string } {
  const manifest = manifestOf({ backup });
  const id = newPlanId(new Date());
  const opened = { manifest, directory: backup.directory, scratch: backup.scratch, sources: sourcesOfParts(manifest, sources), identity, lockTimeout: 2_000 };
  const step = (name: string, script: string) => ({ name, title: name, phase: 'before', script, timeout: 60_000 }) as const;
  const plan: Plan = {
    id, state: server.state, generation: 1, confirmWithin: 0, lockWait: 1_000, environment: {}, clear: 'clear_set', back: ':', functions: openedFunctions(opened, id),
    steps: [
      step('open', 'open_set'), step('hold', 'open_part 1 && hold_postgres && say "$VERIFY"'),
      step('ask', `at_part 1 && scratch_psql -d restored -c 'select count(*) from t'`), step('end', 'at_part 1 && end_scratch_postgres'),
      step('others', 'open_part 2 && hold_postgres && end_scratch_postgres && open_part 3 && hold_sqlite && open_part 4 && hold_files && cat "$ROOM/files.files/a" && end_scratch_files'),
    ],
  };
  return { id, ...planSteps(server, plan, openedFiles(opened)) };
}

function manifestOf({ backup }: Pick<BackupSteps, 'backup'>): Manifest {
  return parseManifest(readFileSync(join(backup.directory, backup.set, 'manifest.json'), 'utf8'));
}

function taken(encryption: BackupSteps['backup']['encryption'] = { program: 'none', recipients: '' }, verify: Proof = 'equal'): BackupSteps {
  const steps = backupSteps(sources, { encryption, verify });
  expect(steps.run()).toBeUndefined();
  return steps;
}

it('two databases, a buffer and files come back as they were, compared with the fingerprints in the set', () => {
  const set = taken();
  expect(readdirSync(join(set.backup.directory, set.backup.set)).filter((name) => name.includes('fingerprint'))).toHaveLength(4);
  const { step, run } = opening(set);
  expect(run(['open'])).toBeUndefined();
  expect(step('hold')).toEqual({ code: 0, told: 'equal\n' });
  expect(step('ask').told).toBe('500\n');
  expect(run(['end'])).toBeUndefined();
  expect(step('others')).toEqual({ code: 0, told: 'content' });
  expect(step('clear').code).toBe(0);
  expect(readdirSync(set.backup.scratch)).toEqual([]);
  expect(set.names()).toEqual([set.backup.set]);
}, 60_000);

it('a set from before there were fingerprints is restored all the same, and that it is not compared is known', () => {
  const set = taken();
  const manifest = join(set.backup.directory, set.backup.set, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll(/\{"file":"\w+\.fingerprint[^}]*\},/g, ''));
  for (const name of readdirSync(join(set.backup.directory, set.backup.set))) if (name.includes('fingerprint')) rmSync(join(set.backup.directory, set.backup.set, name));
  const { step, run } = opening(set);
  expect(run(['open'])).toBeUndefined();
  expect(step('hold')).toEqual({ code: 0, told: 'restored\n' });
  expect(step('clear').code).toBe(0);
}, 60_000);

describe('what is encrypted', () => {
  const UNTIL_IT_HOLDS = ['open', 'hold'];

  it('opens with the age identity that came beside the plan, and with no other', () => {
    const key = (): string => execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
    const [own, other] = [key(), key()];
    const set = taken({ program: 'age', recipients: /public key: (age1\w+)/.exec(own)?.[1] ?? '' }, 'none');
    expect(opening(set, { age: new Secret(own) }).run(UNTIL_IT_HOLDS)).toBeUndefined();
    expect(opening(set).run()).toEqual({ step: 'open', told: expect.stringContaining('shop.sql.zst.age is encrypted: it takes age, and age-identity') });
    expect(opening(set, { age: new Secret(other) }).run()).toEqual({ step: 'open', told: expect.stringMatching(/does not open with the key given: .*no identity matched any of the recipients/s) });
  }, 90_000);

  it('opens with a secret key of gpg and its passphrase', () => {
    const home = mkdtempSync(join(tmpdir(), 'gpg-'));
    const gpg = (...args: string[]): string => execFileSync('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', PASSPHRASE, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      gpg('--quick-generate-key', 'shop', 'rsa3072', 'encr', '1d');
      const set = taken({ program: 'gpg', recipients: gpg('--armor', '--export') }, 'none');
      const secret = new Secret(gpg('--armor', '--export-secret-keys'));
      expect(opening(set, { gpg: secret, passphrase: new Secret(PASSPHRASE) }).run(UNTIL_IT_HOLDS)).toBeUndefined();
      expect(opening(set, { gpg: secret, passphrase: new Secret('another') }).run()?.told).toMatch(/does not open with the key given|not accepted by gpg/);
    } finally {
      execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
      rmSync(home, { recursive: true, force: true });
    }
  }, 90_000);
});

it('a set of which any file is damaged or gone is refused before anything is done', () => {
  const set = taken();
  const folder = join(set.backup.directory, set.backup.set);
  for (const { file } of manifestOf(set).files) {
    const whole = readFileSync(join(folder, file));
    const bad = Buffer.from(whole);
    bad[Math.floor(bad.length / 2)] = (bad[Math.floor(bad.length / 2)] ?? 0) ^ 1;
    writeFileSync(join(folder, file), bad);
    expect(opening(set).run()).toEqual({ step: 'open', told: `${file} of set ${set.backup.set} is not what was written: it is damaged. Take another set.\n` });
    rmSync(join(folder, file));
    // Without its fingerprint a set would be one of old, and not be compared.
    expect(opening(set).run()).toEqual({ step: 'open', told: expect.stringMatching(/is not in set .* any more\.\n$/) });
    writeFileSync(join(folder, file), whole);
  }
  expect(statSync(folder).isDirectory() && existsSync(`/tmp/slipway-${set.backup.set}`)).toBe(false);
}, 60_000);
