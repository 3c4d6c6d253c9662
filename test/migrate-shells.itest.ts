import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { needsFull } from '#shared/testing/equipment';
import { startMigrationHost, upAndDown } from '#shared/testing/migration-host';
import { outputsOf } from '#shared/testing/pipeline';
import { findProgram } from '#shared/testing/programs';
import { pathWithShell, type ShellName } from '#shared/testing/shells';

// The whole road under each shell that a server's sh may be; with busybox its own tools, too. A shorter one, in containers, is of each run.
const PROGRAMS = ['sqlite3', 'dbmate', 'zstd', 'flock', 'unshare'];

async function expectRoad(shell: ShellName): Promise<void> {
  const host = await startMigrationHost({ PATH: `${pathWithShell(shell, PROGRAMS)}:${dirname(findProgram('dbmate') ?? '')}` });
  try {
    const file = join(host.root, 'shop.sqlite');
    execFileSync('sqlite3', [file, 'create table users (id int); insert into users values (1)']);
    const inputs = { database: JSON.stringify({ sqlite: file }), 'scratch-directory': join(host.root, 'scratch') };
    host.release('v1', { '001_orders.sql': upAndDown('create table orders (n int); insert into orders select id from users;', 'drop table orders;'), '002_fails.sql': upAndDown('insert into nowhere values (1);', 'select 1;') });
    outputsOf(await host.backup({ sources: JSON.stringify([{ sqlite: file }]) }));
    expect((await host.migrate({ ...inputs, operation: 'rehearse' })).log).toMatch(/002_fails\.sql: failed with exit code \d+ in the rehearsal/);
    expect((await host.migrate({ ...inputs, operation: 'apply', 'require-rehearsal': 'false' })).outputs['state']).toBe('partially-applied');
    host.release('v1', { '001_orders.sql': upAndDown('create table orders (n int); insert into orders select id from users;', 'drop table orders;'), '002_fails.sql': upAndDown('insert into users values (2);', 'delete from users where id = 2;') });
    outputsOf(await host.backup({ sources: JSON.stringify([{ sqlite: file }]) }));
    const { token } = outputsOf(await host.migrate({ ...inputs, operation: 'rehearse' }));
    expect(outputsOf(await host.migrate({ ...inputs, operation: 'apply' }))).toMatchObject({ state: 'applied', token });
    expect(outputsOf(await host.migrate({ ...inputs, operation: 'undo' }))).toMatchObject({ state: 'applied', applied: '[]' });
    expect(execFileSync('sqlite3', [file, 'select count(*) from users; select count(*) from sqlite_schema where name = \'orders\''], { encoding: 'utf8' })).toBe('1\n0\n');
  } finally {
    await host.stop();
  }
}

needsFull(...PROGRAMS, 'busybox', 'root')('a database of files is rehearsed, half applied, applied and undone under busybox', () => expectRoad('busybox'), 120_000);
needsFull(...PROGRAMS, 'bash', 'root')('the same under bash', () => expectRoad('bash'), 120_000);
