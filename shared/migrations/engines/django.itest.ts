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
import { django } from './django.ts';

const PYTHON = '/usr/bin/python3'; // Debian's, which has Debian's Django
const isThere = postgresPrograms() !== undefined && missing('psql', 'sqlite3', 'dash').length === 0 && hasDjango();
const inTest = isThere ? test : test.skip;

function hasDjango(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import django, psycopg2'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const FILES = {
  'manage.py': 'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
  'settings.py': `import os
print("[ ] noise.0001_of_the_settings")
SECRET_KEY = "x"
INSTALLED_APPS = ["shop"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
if "PGDATABASE" in os.environ:
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ.get("OTHER", os.environ["PGDATABASE"]), "HOST": os.environ["PGHOST"], "USER": os.environ["PGUSER"]}}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE_URL"][len("sqlite:///"):]}}
`,
  'shop/__init__.py': '', 'shop/migrations/__init__.py': '',
  'shop/migrations/0001_initial.py': migration('[]', 'migrations.CreateModel("Item", [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=20))])'),
  'shop/migrations/0002_total.py': migration('[("shop", "0001_initial")]', 'migrations.AddField("item", "total", models.IntegerField(default=0))'),
  'shop/migrations/0003_code.py': migration('[("shop", "0002_total")]', 'migrations.RunPython(lambda apps, editor: apps.get_model("shop", "Item").objects.create(name="made")), migrations.RemoveField("item", "name")'),
  'shop/migrations/0004_index.py': migration('[("shop", "0003_code")]', 'migrations.AddIndex("item", models.Index(fields=["total"], name="by_total"))'),
};

function migration(dependencies: string, operations: string): string {
  return `from django.db import migrations, models\nclass Migration(migrations.Migration):\n    dependencies = ${dependencies}\n    operations = [${operations}]\n`;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

let folder: string;
let postgres: Postgres;
beforeAll(async () => {
  if (!isThere) return;
  folder = mkdtempSync(join(tmpdir(), 'django-'));
  write(join(folder, 'site'), FILES);
  chmodSync(folder, 0o755); // the cluster in it is another user's
  postgres = await startPostgres(join(folder, 'pg'));
});
afterAll(async () => {
  if (!isThere) return;
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

const NAMES = ['shop.0001_initial', 'shop.0002_total', 'shop.0003_code', 'shop.0004_index'];
const told = (shell: EngineShell) => {
  const { applied, pending, unknown } = shell.status();
  return [applied, pending].map((some) => some.map(({ name }) => name)).concat([[...unknown]]);
};
let databases = 0;
function shop(lockTimeout = 2_000): { readonly shell: EngineShell; readonly name: string } {
  const name = `shop${databases += 1}`;
  postgres.query(`create database ${name}`);
  return { name, shell: engineShell(django, folder, postgresOf(postgres, name), { directory: 'site', options: { python: PYTHON }, lockTimeout }) };
}

describe('Django', () => {
  inTest('tells what is pending, applies each alone, and undoes the newest', () => {
    const { shell, name } = shop();
    expect(shell.status()).toEqual({ applied: [], unknown: [], pending: NAMES.map((one) => ({ name: one, file: `site/shop/migrations/${one.slice(5)}.py` })) });
    expect(postgres.query('select count(*) from pg_tables where schemaname = \'public\'', name)).toBe('0');
    shell.prepare();
    expect(postgres.query('select tablename from pg_tables where schemaname = \'public\'', name)).toBe('django_migrations');
    shell.apply('shop.0001_initial');
    expect(told(shell)).toEqual([NAMES.slice(0, 1), NAMES.slice(1), []]);
    shell.apply(...NAMES.slice(1));
    shell.undo('shop.0004_index');
    shell.undo('shop.0004_index'); // a second time changes nothing
    expect(told(shell)).toEqual([NAMES.slice(0, 3), NAMES.slice(3), []]);
    expect(() => shell.undo('shop.0003_code')).toThrow('IrreversibleError');
    expect(() => shell.undo('shop.0002_total')).toThrow('undoing shop.0002_total would also undo others: shop.0003_code, shop.0002_total');
    postgres.query('insert into django_migrations (app, name, applied) values (\'old\', \'0001_gone\', now())', name);
    expect(told(shell)[2]).toEqual(['old.0001_gone']);
  });

  inTest('prints SQL, and says what is code and what has a way back', () => {
    const { shell } = shop();
    shell.apply('shop.0001_initial');
    const read = NAMES.slice(1).map((name) => shell.sql({ name, file: `${name}.py` }));
    expect(read.map(({ down }) => down)).toEqual(['by-tool', undefined, 'by-tool']);
    expect(lint(read, { database: databaseOf('postgres', '15'), hasLockTimeout: true }).map(({ migration: of, rule, line }) => [of, rule, line])).toEqual([
      ['shop.0003_code', 'drop-column', undefined], ['shop.0003_code', 'dynamic-sql', undefined], ['shop.0004_index', 'create-index-blocks', undefined],
    ]);
    expect(irreversibleOf(read, databaseOf('postgres', '15')).map(({ migration: of, reason }) => `${of}: ${reason}`)).toEqual(['shop.0003_code: DROP COLUMN removes the values of shop_item.name.', 'shop.0003_code: Nothing is written that takes it back.']);
  });

  inTest('is stopped when its settings lead to another database', () => {
    const { shell, name } = shop();
    const stray = shell.with({ OTHER: 'postgres' });
    for (const task of [() => stray.status(), () => stray.apply('shop.0001_initial'), () => stray.sql({ name: 'shop.0001_initial' })]) expect(task).toThrow(new RegExp(`settings lead to postgres\\|\\d+, and the database that is meant is ${name}\\|\\d+`));
    expect(postgres.query('select count(*) from pg_tables where schemaname = \'public\'')).toBe('0');
  });

  inTest('waits for a lock as long as it may', async () => {
    const { shell, name } = shop(300);
    shell.apply('shop.0001_initial');
    const session = postgres.session('begin; select 1 from shop_item; select pg_sleep(60)', name);
    while (postgres.query('select count(*) from pg_locks where relation = \'shop_item\'::regclass', name) === '0') await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect(() => shell.apply('shop.0002_total')).toThrow('lock timeout');
    session.kill();
    expect(told(shell)[0]).toEqual(['shop.0001_initial']);
  });

  inTest('that does not start is a fault, and so is a status without its end', () => {
    const { shell } = shop();
    expect(() => shell.with({ DJANGO_SETTINGS_MODULE: 'absent' }).status()).toThrow('No module named \'absent\'');
    for (const printed of ['', '["pending","a.b",null]\n', '[ ] a.b\n["end"]\n', '["done","a.b",null]\n["end"]\n']) expect(() => django.parseStatus(printed, { database: 'postgres', directory: '', options: {} })).toThrow('The status of Django has');
  });

  inTest('works on SQLite too', () => {
    const path = join(folder, 'shop.sqlite');
    writeFileSync(path, '');
    const shell = engineShell(django, folder, sqliteOf(path), { directory: 'site', options: { python: PYTHON } });
    shell.apply(...NAMES);
    shell.undo('shop.0004_index');
    expect(told(shell)).toEqual([NAMES.slice(0, 3), NAMES.slice(3), []]);
  });
});
