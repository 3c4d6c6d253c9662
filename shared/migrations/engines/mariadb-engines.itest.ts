import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { engineShell, mariadbOf, type EngineShell } from '#shared/testing/engine-shell';
import { needs } from '#shared/testing/equipment';
import { startMariadb, type Mariadb } from '#shared/testing/mariadb';
import { waitUntil } from '#shared/testing/ports';
import type { Engine } from '../engine.ts';
import { alembic } from './alembic.ts';
import { django } from './django.ts';

// Django and Alembic with MariaDB, which takes neither time-out from an environment, and whose changes of tables no transaction takes back.
const PYTHON = '/usr/bin/python3';
const it = hasClients() ? needs('mariadbd', 'mariadb', 'dash') : needs('python3-mysqldb');

function hasClients(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import django, alembic, MySQLdb'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const DJANGO = {
  'manage.py': 'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
  'settings.py': `import os
SECRET_KEY = "x"
INSTALLED_APPS = ["shop"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "NAME": os.environ.get("OTHER", os.environ["SLIPWAY_DATABASE"]), "HOST": os.environ["MYSQL_UNIX_PORT"], "USER": os.environ["MYSQL_USER"]}}
`,
  'shop/__init__.py': '', 'shop/migrations/__init__.py': '',
  'shop/migrations/0001_item.py': migration('[]', 'migrations.CreateModel("Item", [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=20))])'),
  'shop/migrations/0002_total.py': migration('[("shop", "0001_item")]', 'migrations.AddField("item", "total", models.IntegerField(default=0))'),
};
const ALEMBIC = {
  'alembic.ini': '[alembic]\nscript_location = revisions\n',
  'revisions/env.py': `import os
from alembic import context
from sqlalchemy import create_engine
if context.is_offline_mode():
    context.configure(dialect_name="mysql", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    url = "mysql+mysqldb://%s@/%s?unix_socket=%s" % (os.environ["MYSQL_USER"], os.environ.get("OTHER", os.environ["SLIPWAY_DATABASE"]), os.environ["MYSQL_UNIX_PORT"])
    with create_engine(url).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
`,
  'revisions/versions/a1_item.py': revision('a1', 'None', 'op.create_table("shop_item", sa.Column("id", sa.Integer, primary_key=True))', 'op.drop_table("shop_item")'),
  'revisions/versions/b2_total.py': revision('b2', '"a1"', 'op.add_column("shop_item", sa.Column("total", sa.Integer, server_default="0"))', 'op.drop_column("shop_item", "total")'),
};
const TOOLS: readonly { readonly engine: Engine; readonly files: Readonly<Record<string, string>>; readonly names: readonly [string, string] }[] = [
  { engine: django, files: DJANGO, names: ['shop.0001_item', 'shop.0002_total'] }, { engine: alembic, files: ALEMBIC, names: ['a1', 'b2'] },
];

function migration(dependencies: string, operations: string): string {
  return `from django.db import migrations, models\nclass Migration(migrations.Migration):\n    dependencies = ${dependencies}\n    operations = [${operations}]\n`;
}
function revision(name: string, down: string, upgrade: string, downgrade: string): string {
  return `import sqlalchemy as sa\nfrom alembic import op\nrevision = "${name}"\ndown_revision = ${down}\ndef upgrade():\n    ${upgrade}\ndef downgrade():\n    ${downgrade}\n`;
}

let folder: string;
let maria: Mariadb;
beforeAll(async () => {
  if (!hasClients()) return;
  folder = mkdtempSync(join(tmpdir(), 'mariadb-engines-'));
  chmodSync(folder, 0o755);
  for (const { engine, files } of TOOLS) {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, engine.name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  maria = await startMariadb(join(folder, 'maria'));
}, 60_000);
afterAll(async () => {
  await maria?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

describe.each(TOOLS)('$engine.name', ({ engine, names: [first, second] }) => {
  it('applies each migration alone, waits for a lock as long as it may, undoes the newest, and is stopped where it is led elsewhere', async () => {
    maria.query(`create database ${engine.name}; create database elsewhere_${engine.name}`);
    const shell: EngineShell = engineShell(engine, folder, mariadbOf(maria, engine.name), { directory: engine.name, options: { python: PYTHON }, lockTimeout: 1_000 });
    const applied = (): readonly string[] => shell.status().applied.map(({ name }) => name);
    shell.prepare();
    shell.apply(first);
    expect(applied()).toEqual([first]);
    expect(shell.sql({ name: second, file: second }).up.text).toMatch(/alter table `?shop_item`? add column `?total`?/i);
    const holder = spawn('mariadb', ['--no-defaults', `--socket=${maria.socket}`, '--user=root', engine.name], { stdio: ['pipe', 'ignore', 'ignore'] });
    holder.stdin.write('begin; select * from shop_item; select sleep(60);\n');
    await waitUntil('it holds the table', async () => maria.query("select count(*) from information_schema.processlist where info = 'select sleep(60)'") === '1', 10_000);
    expect(() => shell.apply(second)).toThrow(/Lock wait timeout exceeded/);
    maria.query(`kill ${maria.query("select id from information_schema.processlist where info = 'select sleep(60)'")}`);
    holder.kill('SIGKILL');
    shell.apply(second);
    expect(applied()).toEqual([first, second]);
    shell.undo(second);
    expect(applied()).toEqual([first]);
    expect(() => shell.with({ OTHER: `elsewhere_${engine.name}` }).apply(second)).toThrow(new RegExp(`lead(s)? to elsewhere_${engine.name}\\|.*, and the database that is meant is ${engine.name}\\|`));
    expect(maria.query(`select count(*) from information_schema.tables where table_schema = 'elsewhere_${engine.name}'`)).toBe('0');
  }, 60_000);
});
