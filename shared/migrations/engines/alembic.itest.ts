import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { engineShell, postgresOf, sqliteOf, type EngineShell } from '#shared/testing/engine-shell';
import { missing } from '#shared/testing/equipment';
import { postgresPrograms, startPostgres, type Postgres } from '#shared/testing/postgres';
import { databaseOf } from '../lint/dialect.ts';
import { irreversibleOf } from '../lint/irreversible.ts';
import { lint } from '../lint/lint.ts';
import { alembic } from './alembic.ts';

const PYTHON = '/usr/bin/python3'; // Debian's, which has Debian's Alembic
const isThere = postgresPrograms() !== undefined && missing('psql', 'sqlite3', 'dash').length === 0 && hasAlembic();
const inTest = isThere ? test : test.skip;

function hasAlembic(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import alembic, psycopg2'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const FILES = {
  'alembic.ini': '[alembic]\nscript_location = revisions\n[other]\nscript_location = nowhere\n',
  'revisions/env.py': `import os
from alembic import context
from sqlalchemy import create_engine
print('["pending","noise",null]')
if context.is_offline_mode():
    context.configure(dialect_name="sqlite" if "sqlite" in os.environ["DATABASE_URL"] else "postgresql", transactional_ddl=True, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    url = os.environ["DATABASE_URL"] if "sqlite" in os.environ["DATABASE_URL"] else "postgresql+psycopg2://"
    with create_engine(url, connect_args={"dbname": os.environ["OTHER"]} if "OTHER" in os.environ else {}).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
`,
  'revisions/versions/a1_items.py': revision('a1', 'None', 'op.create_table("item", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(20)))', 'op.drop_table("item")'),
  'revisions/versions/b2_total.py': revision('b2', '"a1"', 'op.add_column("item", sa.Column("total", sa.Integer, server_default="0", nullable=False))', 'op.drop_column("item", "total")'),
  'revisions/versions/c3_branch.py': revision('c3', '"a1"', 'op.create_table("other", sa.Column("id", sa.Integer))', 'op.drop_table("other")'),
  'revisions/versions/d4_join.py': revision('d4', '("b2", "c3")', 'pass', '"""Nothing."""\n    raise NotImplementedError'),
  'revisions/versions/e5_index.py': revision('e5', '"d4"', 'op.create_index("by_total", "item", ["total"])', 'op.drop_index("by_total")'),
  'revisions/versions/f6_asks.py': revision('f6', '"e5"', 'rows = op.get_bind().execute(sa.text("select 1")).fetchall()\n    op.execute("delete from item")', 'pass'),
};

function revision(name: string, down: string, upgrade: string, downgrade: string): string {
  return `import sqlalchemy as sa\nfrom alembic import op\nrevision = "${name}"\ndown_revision = ${down}\ndef upgrade():\n    ${upgrade}\ndef downgrade():\n    ${downgrade}\n`;
}

let folder: string;
let postgres: Postgres;
beforeAll(async () => {
  if (!isThere) return;
  folder = mkdtempSync(join(tmpdir(), 'alembic-'));
  chmodSync(folder, 0o755); // the cluster in it is another user's
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, 'db', path)), { recursive: true });
    writeFileSync(join(folder, 'db', path), text);
  }
  postgres = await startPostgres(join(folder, 'pg'));
});
afterAll(async () => {
  if (!isThere) return;
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

const told = (shell: EngineShell) => {
  const { applied, pending, unknown } = shell.status();
  return [applied, pending].map((some) => some.map(({ name }) => name).join(' ')).concat(unknown.join(' '));
};
let databases = 0;
function shop(lockTimeout = 2_000): { readonly shell: EngineShell; readonly name: string } {
  const name = `shop${databases += 1}`;
  postgres.query(`create database ${name}`);
  return { name, shell: engineShell(alembic, folder, postgresOf(postgres, name), { directory: 'db', options: { python: PYTHON }, lockTimeout }) };
}

describe('Alembic', () => {
  inTest('tells what is pending over branches, applies each alone, and undoes the newest', () => {
    const { shell, name } = shop();
    expect(shell.status()).toMatchObject({ applied: [], unknown: [], pending: expect.arrayContaining([{ name: 'a1', file: 'db/revisions/versions/a1_items.py' }]) });
    const order = shell.status().pending.map((one) => one.name);
    expect(order.toSorted()).toEqual(['a1', 'b2', 'c3', 'd4', 'e5', 'f6']);
    expect(postgres.query('select count(*) from pg_tables where schemaname = \'public\'', name)).toBe('0');
    shell.prepare();
    expect(postgres.query('select tablename from pg_tables where schemaname = \'public\'', name)).toBe('alembic_version');
    shell.apply(...order.slice(0, 5));
    expect(told(shell)).toEqual([order.slice(0, 5).join(' '), 'f6', '']);
    shell.undo('e5');
    shell.undo('e5'); // a second time changes nothing
    expect(told(shell)).toEqual([order.slice(0, 4).join(' '), 'e5 f6', '']);
    expect(() => shell.undo('d4')).toThrow('NotImplementedError');
    expect(() => shell.undo('b2')).toThrow('what was applied after b2 has to be undone before it');
    postgres.query('update alembic_version set version_num = \'zz\'', name);
    expect(told(shell)[2]).toBe('zz');
  });

  inTest('prints SQL, and says what is code and what has a way back', () => {
    const { shell } = shop();
    const read = ['a1', 'b2', 'd4', 'e5', 'f6'].map((name) => shell.sql({ name, file: `${name}.py` }));
    expect(read.map(({ down }) => down)).toEqual(['by-tool', 'by-tool', undefined, 'by-tool', undefined]);
    expect(lint(read.slice(3), { database: databaseOf('postgres', '15'), hasLockTimeout: true }).map(({ migration, rule }) => `${migration} ${rule}`)).toEqual(['e5 create-index-blocks', 'f6 dynamic-sql']);
    expect(lint(read.slice(0, 3), { database: databaseOf('postgres', '15'), hasLockTimeout: true })).toEqual([]);
    expect(irreversibleOf(read, databaseOf('postgres', '15')).map(({ migration, reason }) => `${migration}: ${reason}`)).toEqual(['d4: Nothing is written that takes it back.', 'f6: Nothing is written that takes it back.']);
  });

  inTest('is stopped when env.py leads to another database', () => {
    const { shell, name } = shop();
    const stray = shell.with({ OTHER: 'postgres' });
    for (const task of [() => stray.status(), () => stray.apply('a1')]) expect(task).toThrow(new RegExp(`env\\.py leads to postgres\\|\\d+, and the database that is meant is ${name}\\|\\d+`));
    expect(postgres.query('select count(*) from pg_tables where schemaname = \'public\'')).toBe('0');
  });

  inTest('waits for a lock as long as it may', async () => {
    const { shell, name } = shop(300);
    shell.apply('a1');
    const session = postgres.session('begin; select 1 from item; select pg_sleep(60)', name);
    while (postgres.query('select count(*) from pg_locks where relation = \'item\'::regclass', name) === '0') await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(() => shell.apply('b2')).toThrow('lock timeout');
    session.kill();
    expect(told(shell)[0]).toBe('a1');
  });

  inTest('that does not start is a fault', () => {
    const broken = engineShell(alembic, folder, postgresOf(postgres, 'postgres'), { directory: 'db', options: { python: PYTHON, section: 'other' } });
    expect(() => broken.status()).toThrow('nowhere');
    expect(() => alembic.parseStatus('a1 (head)\n', { database: 'postgres', directory: '', options: {} })).toThrow('The status of Alembic has a line that is not understood: a1 (head)');
  });

  inTest('works on SQLite too', () => {
    const path = join(folder, 'shop.sqlite');
    writeFileSync(path, '');
    const shell = engineShell(alembic, folder, sqliteOf(path), { directory: 'db', options: { python: PYTHON } });
    shell.apply('a1', 'c3', 'b2');
    expect(told(shell)[0]?.split(' ').toSorted()).toEqual(['a1', 'b2', 'c3']);
    shell.undo('c3');
    expect(told(shell)[0]).toBe('a1 b2');
  });
});
