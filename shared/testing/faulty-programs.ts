import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresPrograms, type Postgres } from './postgres.ts';

/** A folder under `root` of PostgreSQL's programs with another pg_dump: a script that finds the real one as $REAL. */
export function programsWith(root: string, pgDump: string): string {
  const folder = mkdtempSync(join(root, 'programs-'));
  chmodSync(folder, 0o755);
  const real = postgresPrograms() ?? '';
  for (const name of readdirSync(real)) if (name !== 'pg_dump') execFileSync('ln', ['-s', join(real, name), folder]);
  writeFileSync(join(folder, 'pg_dump'), `#!/bin/sh\nREAL=${real}/pg_dump\n[ "$1" != --version ] || exec "$REAL" --version\n${pgDump}\n`, { mode: 0o755 });
  return folder;
}

/** Makes a database `shop` of 4,000 customers, one of them with this address, and their orders. */
export function makeShop(pg: Postgres, canary: string): void {
  pg.query('create database shop');
  pg.query(`create table customers (id serial primary key, email text unique, n int);
    insert into customers (email, n) select case i when 777 then '${canary}' else 'c' || i || '@example.com' end, i from generate_series(1, 4000) i;
    create table orders (id serial primary key, customer int references customers); insert into orders (customer) select 1 + i % 4000 from generate_series(1, 4000) i;
    create index on orders (customer)`, 'shop');
}
