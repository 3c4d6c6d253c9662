import type { Postgres } from './postgres.ts';

/** A value of one of its rows, which no log may show. */
export const CANARY = 'canary-of-a-row-4711';
/** The password of its role `reader`; each test process's own, because some hunt for theirs in every process of the machine. */
export const PASSWORD = `pass:word\\of-the-database-${process.pid}`;
/** What it is called. */
export const ODD_NAME = 'Shop; "2026"';

// What dumps stumble over: odd names, types and options, and things that are no tables.
const SCHEMA = `
  create role "Odd ""role""" nologin;
  create role reader login password '${PASSWORD}';
  create schema "Sales, 2026"; create extension if not exists plpgsql;
  create type "Sales, 2026".mood as enum ('calm', 'it''s "odd"');
  create table "Sales, 2026"."Order ""lines""" (
    id bigint generated always as identity primary key, x text, "select" numeric(12, 4), t timestamptz default now(), f double precision, j jsonb, b bytea, a text[], m "Sales, 2026".mood,
    doubled numeric generated always as ("select" * 2) stored, parent bigint references "Sales, 2026"."Order ""lines""", check ("select" >= 0));
  insert into "Sales, 2026"."Order ""lines""" (x, "select", f, j, b, a, m, parent)
    select case when i = 42 then '${CANARY}' when i % 7 = 0 then null else E'line\\n\\t|' || i end, i / 3.0, i / 3.0, jsonb_build_object('i', i), decode(md5(i::text), 'hex'), array['a', null, i::text], 'calm', nullif(i / 2, 0)
    from generate_series(1, 3000) i;
  alter table "Sales, 2026"."Order ""lines""" owner to "Odd ""role""";
  create table x (x text); insert into x values ('a'), ('a'), (null);
  create table nothing ();
  create unlogged table fleeting (n int); insert into fleeting values (1);
  create table parts (day date, n int) partition by range (day);
  create table parts_2026 partition of parts for values from ('2026-01-01') to ('2027-01-01'); insert into parts values ('2026-11-21', 1);
  create table events (id serial, n int); insert into events (n) select generate_series(1, 100);
  create view "v:w" as select x from x; create materialized view counted as select count(*) from events;
  create function touch() returns trigger language plpgsql as $$ begin new.n = new.n + 1; return new; end $$;
  create trigger touched before insert on events for each row execute function touch();
  create sequence downwards increment -3 maxvalue 90 minvalue -9000000 start 9; select nextval('downwards');
  alter table events enable row level security; create policy mine on events using (n > 0);
  grant select on all tables in schema public to reader; grant usage on schema "Sales, 2026" to reader; grant select on all tables in schema "Sales, 2026" to reader;
  select lo_from_bytea(0, '\\x00ff10'); comment on table x is 'it''s; a "comment"';
  alter database "Shop; ""2026""" set statement_timeout = '12s';
`;

/** Makes a database full of what dumps stumble over. */
export function fillOddly({ query }: Pick<Postgres, 'query'>): void {
  query('create database "Shop; ""2026"""');
  query(SCHEMA, ODD_NAME);
}
