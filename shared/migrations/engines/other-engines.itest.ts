import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { engineShell, postgresOf, sqliteOf, type EngineDatabase, type EngineShell } from '#shared/testing/engine-shell';
import { missing } from '#shared/testing/equipment';
import { postgresPrograms, startPostgres, type Postgres } from '#shared/testing/postgres';
import { golangMigrate } from './golang-migrate.ts';
import { odoo } from './odoo.ts';
import { prisma } from './prisma.ts';
import { rails } from './rails.ts';

const isThere = postgresPrograms() !== undefined && missing('psql', 'sqlite3', 'dash').length === 0;
const testWith = (...programs: readonly string[]): typeof test | typeof test.skip => (isThere && missing(...programs).length === 0 ? test : test.skip);

let folder: string;
let postgres: Postgres;
beforeAll(async () => {
  if (!isThere) return;
  folder = mkdtempSync(join(tmpdir(), 'engines-'));
  chmodSync(folder, 0o755); // the cluster in it is another user's
  postgres = await startPostgres(join(folder, 'pg'));
});
afterAll(async () => {
  if (!isThere) return;
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
function database(name: string): EngineDatabase {
  postgres.query(`create database ${name}`);
  return postgresOf(postgres, name);
}
const told = (shell: EngineShell): string => {
  const { applied, pending, unknown } = shell.status();
  return [applied.map(({ name }) => name), pending.map(({ name }) => name), unknown].map((names) => names.join(' ')).join(' | ');
};

describe('golang-migrate', () => {
  const files = { 'gm/001_items.up.sql': 'create table item (id int);', 'gm/001_items.down.sql': 'drop table item;', 'gm/002_total.up.sql': 'alter table item add total int;\nalter table item drop id;\n', 'gm/010_bad.up.sql': 'alter table absent add x int;' };
  testWith('migrate').each(['postgres', 'sqlite'])('on %s: each alone, the number that the database is at, and a failure half-way', (kind) => {
    write({ ...files, 'shop.sqlite': '' });
    const path = join(folder, 'shop.sqlite');
    const place = kind === 'postgres' ? database('gm') : sqliteOf(path);
    write({ 'address': `DATABASE_URL='${kind === 'postgres' ? `${place.environment['DATABASE_URL']}&sslmode=disable` : `sqlite:${path}`}'\n` });
    const shell = engineShell(golangMigrate, folder, { ...place, environment: { ...place.environment, ADDRESS: join(folder, 'address') } }, { directory: 'gm' });
    expect(told(shell)).toBe(' | 001_items 002_total 010_bad | ');
    shell.apply('001_items');
    expect(told(shell)).toBe('001_items | 002_total 010_bad | ');
    shell.apply('002_total');
    expect(shell.sql({ name: '002_total', file: 'gm/002_total.up.sql' })).toMatchObject({ up: { firstLine: 1, path: 'gm/002_total.up.sql' }, down: undefined });
    expect(shell.sql({ name: '001_items' }).down).toBe('by-tool');
    expect(() => shell.apply('010_bad')).toThrow('absent');
    expect(() => shell.status()).toThrow('golang-migrate has left version 10 dirty');
  });
  testWith('migrate')('undoes the newest, once', () => {
    write(files);
    const place = database('gmundo');
    write({ 'address': `DATABASE_URL='${place.environment['DATABASE_URL']}&sslmode=disable'\n` });
    const shell = engineShell(golangMigrate, folder, { ...place, environment: { ...place.environment, ADDRESS: join(folder, 'address') } }, { directory: 'gm' });
    shell.apply('001_items');
    shell.undo('001_items');
    shell.undo('001_items');
    expect(told(shell)).toBe(' | 001_items 002_total 010_bad | ');
  });
});

describe('Rails', () => {
  const change = (name: string, body: string): string => `class ${name} < ActiveRecord::Migration[6.1]\n  def change\n    ${body}\n  end\nend\n`;
  testWith('rails')('each alone, undone, and what has no file', () => {
    write({
      'rails/bin/rails': 'APP_PATH = File.expand_path("../config/application", __dir__)\nrequire "rails/commands"\n', 'rails/Rakefile': 'require_relative "config/application"\nRails.application.load_tasks\n', 'rails/config/environment.rb': 'require_relative "application"\nRails.application.initialize!\n',
      'rails/config/application.rb': 'require "rails"\nrequire "active_record/railtie"\nclass Shop < Rails::Application\n  config.eager_load = false\n  config.secret_key_base = "x"\n  config.active_record.dump_schema_after_migration = false\nend\n', 'rails/config/database.yml': 'production:\n  adapter: postgresql\n',
      'rails/db/migrate/20260101000000_items.rb': change('Items', 'create_table(:items) { |t| t.string :name }'), 'rails/db/migrate/20260102000000_total.rb': change('Total', 'add_column :items, :total, :integer'),
    });
    const place = database('railsshop');
    const shell = engineShell(rails, folder, { ...place, environment: { ...place.environment, DATABASE_URL: `postgresql:///railsshop?host=${postgres.socket}&user=${postgres.user}` } }, { directory: 'rails' });
    expect(told(shell)).toBe(' | 20260101000000_items 20260102000000_total | ');
    shell.apply('20260101000000_items', '20260102000000_total');
    expect(told(shell)).toBe('20260101000000_items 20260102000000_total |  | ');
    shell.undo('20260102000000_total');
    postgres.query('insert into schema_migrations values (\'7\')', 'railsshop');
    expect(told(shell)).toBe('20260101000000_items | 20260102000000_total | 7');
  });
});

// Neither is here: what is tried is the question to the database, which says what they have done.
describe('of tools that cannot be had here, the truth in the database', () => {
  testWith('python3')('Odoo: versions and states of modules, whatever its exit code says', () => {
    for (const [module, version] of [['base', '1.3'], ['shop', '1.1'], ['till', '16.0.2.0.0']]) write({ [`addons/${module}/__manifest__.py`]: `# a comment\n{'name': '${module}', 'version': '${version}'}\n` });
    const place = database('erp');
    postgres.query('create table ir_module_module (name text, state text, latest_version text); insert into ir_module_module values (\'base\', \'installed\', \'16.0.1.3\'), (\'shop\', \'installed\', \'16.0.1.0\'), (\'till\', \'installed\', \'16.0.2.0.0\'), (\'gone\', \'installed\', \'16.0.1.0\'), (\'unused\', \'uninstalled\', null)', 'erp');
    const shell = engineShell(odoo, folder, place, { options: { odoo: 'true', addons: 'elsewhere, addons' } });
    expect(told(shell)).toBe('base 16.0.1.3 till 16.0.2.0.0 | shop 16.0.1.1 | gone 16.0.1.0');
    expect(() => shell.apply('shop 16.0.1.1')).toThrow('ir_module_module says that these are not updated: shop 16.0.1.1');
    postgres.query('update ir_module_module set latest_version = \'16.0.1.1\', state = \'to upgrade\' where name = \'shop\'', 'erp');
    expect(told(shell)).toContain('| shop 16.0.1.1 |');
    postgres.query('delete from ir_module_module', 'erp');
    expect(() => shell.status()).toThrow('no module base');
  });

  testWith('psql')('Prisma: its table and its folders', () => {
    write({ 'prisma/migrations/20260101_items/migration.sql': 'create table item ();', 'prisma/migrations/20260102_total/migration.sql': 'select 1;', 'prisma/migrations/migration_lock.toml': '' });
    const shell = engineShell(prisma, folder, database('pr'), { directory: '.' });
    expect(told(shell)).toBe(' | 20260101_items 20260102_total | ');
    postgres.query('create table _prisma_migrations (migration_name text, started_at timestamptz default now(), finished_at timestamptz, rolled_back_at timestamptz); insert into _prisma_migrations values (\'20260101_items\', now(), now(), null), (\'20250101_old\', now(), now(), null), (\'20260102_total\', now(), null, now())', 'pr');
    expect(told(shell)).toBe('20260101_items | 20260102_total | 20250101_old');
    postgres.query('update _prisma_migrations set rolled_back_at = null', 'pr');
    expect(() => shell.status()).toThrow('Prisma\'s migration 20260102_total has failed half-way');
  });
});
