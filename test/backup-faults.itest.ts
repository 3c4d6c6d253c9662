import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Source } from '#shared/database/source';
import { backupSteps, type BackupSteps } from '#shared/testing/backup-steps';
import { needs } from '#shared/testing/equipment';
import { makeShop, programsWith } from '#shared/testing/faulty-programs';
import { removeServers } from '#shared/testing/local-server';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { expectNothing } from '#shared/testing/tampered-set';
import { mountSmallDisk } from '#shared/testing/small-disk';

// Surroundings in which no backup can be taken or proven: no set, and a reason.
const it = needs('psql', 'zstd', 'flock');
const itAsRoot = needs('psql', 'zstd', 'flock', 'root', 'mount');
const CANARY = 'canary.of.a.customer@example.com';
let root: string;
let pg: Postgres;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-faults-'));
  chmodSync(root, 0o755);
  pg = await startPostgres(join(root, 'pg'));
  makeShop(pg, CANARY);
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

function shop(more: Partial<Extract<Source, { kind: 'postgres' }>> = {}): Source {
  return { kind: 'postgres', name: 'shop', database: 'shop', host: pg.socket, user: pg.user, ...more };
}

describe('surroundings that a backup cannot be taken or proven in', () => {
  it.each([
    ['a database that is not there', () => shop({ database: 'nosuchdb' }), 'check', /nosuchdb cannot be reached: .*database "nosuchdb" does not exist/],
    ['a wrong user', () => shop({ user: 'nobody' }), 'check', /shop cannot be reached: .*no pg_hba.conf entry|role "nobody" does not exist/],
    ['pg_dump of another version', () => shop({ tools: oldPrograms() }), 'check', /pg_dump is version 14\.9, but the server of shop is version 15\.\d+\. .*install postgresql-client-15/],
  ])('%s: refused before anything is taken', (_, source, step, words) => {
    const steps = backupSteps([source()]);
    expect(steps.run()).toEqual({ step, told: expect.stringMatching(words) });
    expectNothing(steps);
  });

  it('no right to a table: refused by name', () => {
    pg.query("do $$ begin create role reader login; exception when duplicate_object then null; end $$; grant select on orders to reader", 'shop');
    const steps = backupSteps([shop({ user: 'reader' })]);
    expect(steps.run()).toEqual({ step: 'take-1', told: expect.stringContaining('42501: permission denied for table customers') });
    expectNothing(steps);
  });

  itAsRoot('a disk that is too small: refused first; one that fills up in the dump or the proof: no set, and said so', () => {
    const small = mkdtempSync(join(root, 'small-'));
    chmodSync(small, 0o755);
    const disk = mountSmallDisk(small, 'size=220m');
    try {
      for (const folder of ['sets', 'scratch']) mkdirSync(join(small, folder));
      chmodSync(join(small, 'scratch'), 0o755);
      const on = (): BackupSteps => backupSteps([shop()], { directory: join(small, 'sets'), scratch: join(small, 'scratch') });
      for (const before of ['take-1', 'prove-1', 'seal']) {
        const steps = on();
        expect(steps.run(before === 'take-1' ? ['check'] : before === 'prove-1' ? ['check', 'take-1'] : ['check', 'take-1', 'prove-1'])).toBeUndefined();
        disk.fill();
        const { code, told } = steps.step(before);
        expect({ before, code: code !== 0, told }).toEqual({ before, code: true, told: expect.stringMatching(/disk of \S+ is full|No space left on device/) });
        disk.makeRoom();
        expectNothing(steps);
      }
      disk.fill();
      expect(on().run()).toEqual({ step: 'check', told: expect.stringMatching(/The disk of \S+ is too full for the set: about \d+ MB needed, 0 MB free\. Nothing was taken|The disk of \S+ is full|no place for the set/) });
    } finally {
      disk.unmount();
    }
  }, 120_000);
});

function oldPrograms(): string {
  const folder = programsWith(root, 'exit 1');
  writeFileSync(join(folder, 'pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 14.9 (Debian 14.9-1)"\n', { mode: 0o755 });
  return folder;
}
